/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A business as a card: name, immediate or reviewed, ▲ that opens what it does and needs, and 在线办理 (P3). Main
 * thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "qc-business.h"

G_BEGIN_DECLS

#define QC_TYPE_BUSINESS_CARD (qc_business_card_get_type ())
G_DECLARE_FINAL_TYPE (QcBusinessCard, qc_business_card, QC, BUSINESS_CARD, GtkWidget)

/* @action_prefix: "win.enter-" makes the button activate "win.enter-remittance". */
GtkWidget *qc_business_card_new (QcBusiness business, const char *action_prefix);
void qc_business_card_set_open (QcBusinessCard *self, gboolean open);
/* All eight in their order, in a grid that reflows; only one card is open at a time. */
GtkWidget *qc_business_cards_new (const char *action_prefix);

G_END_DECLS
