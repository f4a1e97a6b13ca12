/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A PDF by libharu, as a canvas: one subset font, pages whose contents are compressed and put aside as they are
 * finished, one attachment, information about the document. What libharu reports becomes one error when it is saved.
 * Saving is atomic: the name asked for holds the old file or the whole new one, at any moment. One thread at a time.
 */
#pragma once

#include <gio/gio.h>
#include "qc-canvas.h"

G_BEGIN_DECLS

typedef struct _QcPdf QcPdf;

/* @subset: (transfer full). @folder: (nullable): where to put aside what is too large for memory. */
QcPdf *qc_pdf_new (QcFont *font, QcSubset *subset, const char *folder, GError **error);
void qc_pdf_free (QcPdf *pdf);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcPdf, qc_pdf_free)
QcCanvas *qc_pdf_get_canvas (QcPdf *pdf);
/* The first thing that went wrong while drawing, if any. */
gboolean qc_pdf_check (QcPdf *pdf, GError **error);

/* @created: unix seconds, said in UTC+8. */
void qc_pdf_set_info (QcPdf *pdf, const char *title, const char *subject, gint64 created);
/* Adds to the one attachment, which is called @name (ASCII). */
void qc_pdf_attach (QcPdf *pdf, const char *name, const char *text);

/* (transfer full) */
GBytes *qc_pdf_to_bytes (QcPdf *pdf, GError **error);
/* Whether @path looks as if it could be saved to: no folder, not read-only, in a folder that takes files. To be asked
 * before much is drawn. QC_DOCUMENTS_ERROR_WRITE. */
gboolean qc_pdf_check_target (const char *path, GError **error);
/* QC_DOCUMENTS_ERROR_NO_SPACE, QC_DOCUMENTS_ERROR_WRITE. */
gboolean qc_pdf_save (QcPdf *pdf, const char *path, GError **error);
/* The same for one that was made before. */
gboolean qc_pdf_save_bytes (GBytes *pdf, const char *path, GError **error);

G_END_DECLS
