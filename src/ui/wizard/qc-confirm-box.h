/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What a confirmation of 办理 shows: to whom, the amount large and in words, and every fact that will be sent. Main
 * thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "qc-types.h"

G_BEGIN_DECLS

#define QC_TYPE_CONFIRM_BOX (qc_confirm_box_get_type ())
G_DECLARE_FINAL_TYPE (QcConfirmBox, qc_confirm_box, QC, CONFIRM_BOX, GtkWidget)

/* @recipient: the center's name. @fen < 0: no amount. */
GtkWidget *qc_confirm_box_new (const char *recipient, QcMoney fen);
/* One fact; both are translated text. */
void qc_confirm_box_add (QcConfirmBox *self, const char *label, const char *value);
/* What speaks against it: above the amount, where it is seen however large the text. */
void qc_confirm_box_add_warning (QcConfirmBox *self, const char *text);
/* Everything else that is sent, below the facts: a list of its own that can be scrolled. (transfer floating) */
void qc_confirm_box_set_list (QcConfirmBox *self, GtkWidget *list);
gboolean qc_confirm_box_has_warning (QcConfirmBox *self);

G_END_DECLS
