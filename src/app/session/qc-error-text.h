/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The one file that turns a GError into words: a title, the reason, and the next step, in the reader's language.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct {
  char *title;  /* (owned) */
  char *reason; /* (owned) (nullable) */
  char *advice; /* (owned) (nullable) the next step */
} QcErrorText;

QcErrorText *qc_error_text_new (const GError *error);
void qc_error_text_free (QcErrorText *text);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcErrorText, qc_error_text_free)
/* Reason and next step in one paragraph. (transfer full) */
char *qc_error_text_dup_body (const QcErrorText *text);
/* Whether nobody needs to hear of it (cancelled). */
gboolean qc_error_is_silent (const GError *error);

G_END_DECLS
