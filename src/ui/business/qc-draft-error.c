/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-draft-error.h. Main thread.
 */
#include "qc-draft-error.h"

#include <glib/gi18n.h>

#include "qc-error-text.h"

void
qc_draft_error_show (QcPage *page, QcDraft *draft)
{
  g_autoptr (GError) error = NULL;
  g_object_get (draft, "error", &error, NULL);
  if (!error) {
    qc_page_set_bar (page, NULL, NULL, NULL);
    return;
  }
  g_autoptr (QcErrorText) text = qc_error_text_new (error);
  g_autofree char *words
      = qc_draft_is_unwritten (draft)
            /* Translators: why it could not be saved, such as "The disk is full". */
            ? g_strdup_printf (_ ("The last change could not be saved: %s. It is still on the screen, and "
                                  "saving it is tried again and again."),
                               text->title)
            : g_strdup (text->title);
  qc_page_set_bar (page, words, NULL, NULL);
}
