/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Compound files ([MS-CFB]), which an old workbook lies in: a stream by its name. In the program qingce-reader. One
 * thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _QcOle QcOle;

/* @data stays the caller's and must outlive it. NULL: it is damaged. (transfer full) */
QcOle *qc_ole_open (const guint8 *data, gsize size);
void qc_ole_close (QcOle *ole);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcOle, qc_ole_close)

/* Whether the file itself, not something embedded in it, has a stream of this name (ASCII). */
gboolean qc_ole_has (const QcOle *ole, const char *name);
/* All bytes of it; NULL: they are not all there. (transfer full) */
GByteArray *qc_ole_read (const QcOle *ole, const char *name);

G_END_DECLS
