/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Lists and notices of one printing, one behind the other in one PDF, each with page numbers of its own. They are
 * filled once and can be drawn on any paper, any number of times. One thread at a time.
 */
#pragma once

#include "qc-list-form.h"
#include "qc-notice.h"

G_BEGIN_DECLS

typedef struct _QcBinder QcBinder;

/* (transfer full) */
QcBinder *qc_binder_new (void);
void qc_binder_free (QcBinder *binder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcBinder, qc_binder_free)

/* One more list, to be filled. Borrowed. */
QcListForm *qc_binder_add_list (QcBinder *binder, const QcListHead *head);
/* One more notice; @notice is copied. */
void qc_binder_add_notice (QcBinder *binder, const QcNotice *notice);

typedef struct {
  QcPaper paper;
  double left, top;    /* mm by which all is moved to the right and down */
  const char *title;   /* of the PDF */
  const char *subject; /* the same */
  gint64 created;      /* unix seconds */
  QcListProgress progress;
} QcBinding;

/* On any canvas, all pages; how many, 0 on error. */
guint qc_binder_draw (QcBinder *binder, QcCanvas *canvas, const QcBinding *binding, GError **error);
/* The PDF in a file that has no name any more: many pages need no memory. (transfer full) */
GBytes *qc_binder_to_bytes (QcBinder *binder, QcFont *font, const QcBinding *binding, GError **error);

G_END_DECLS
