/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Tabs with icon and label over a stack. Tab comes to the one that is chosen, the arrows, Home and End choose another;
 * a screen reader hears a list of tabs. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QC_TYPE_TABS (qc_tabs_get_type ())
G_DECLARE_FINAL_TYPE (QcTabs, qc_tabs, QC, TABS, GtkWidget)

/* Signal "chosen" (string): the id of the tab that is chosen now. @name: accessible. @large: icons above the labels. */
GtkWidget *qc_tabs_new (const char *name, gboolean large);
/* @icon (nullable), @tooltip (nullable) */
void qc_tabs_add (QcTabs *self, const char *id, const char *icon, const char *label, const char *tooltip);
void qc_tabs_choose (QcTabs *self, const char *id);
const char *qc_tabs_get_chosen (QcTabs *self); /* (nullable) */

G_END_DECLS
