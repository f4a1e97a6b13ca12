/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What was saved; see the header. A notice of libadwaita has one button: the second stands beside its words.
 * Main thread.
 */
#include "qc-saved-toast.h"

#include <glib/gi18n.h>

#include "qc-spoken.h"

static GtkWidget *
new_title (const char *words, const char *path)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (words);
  GtkWidget *folder = gtk_button_new_with_mnemonic (_ ("Open the _Folder"));
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_set_tooltip_text (label, path);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (folder), "app.open-saved-folder");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (folder), "s", path);
  gtk_widget_set_valign (folder, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), folder);
  return box;
}

static void
dismiss (gpointer toast)
{
  adw_toast_dismiss (toast);
  g_object_unref (toast);
}

void
qc_saved_toast_show (AdwToastOverlay *overlay, const char *words, const char *path, gboolean is_folder)
{
  g_autofree char *escaped = g_markup_escape_text (words, -1);
  AdwToast *toast = adw_toast_new (escaped);
  if (!is_folder)
    adw_toast_set_custom_title (toast, new_title (words, path));
  adw_toast_set_timeout (toast, 12); /* long enough to read a path and to reach for one of two buttons */
  adw_toast_set_button_label (toast, is_folder ? _ ("Open the _Folder") : _ ("_Open"));
  adw_toast_set_action_name (toast, "app.open-saved");
  adw_toast_set_action_target (toast, "s", path);
  g_object_set_data_full (G_OBJECT (overlay), "qc-saved-toast", g_object_ref (toast), dismiss);
  adw_toast_overlay_add_toast (overlay, toast);
  qc_spoken_announce (GTK_WIDGET (overlay), words);
}
