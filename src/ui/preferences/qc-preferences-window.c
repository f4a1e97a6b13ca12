/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-preferences-window.h. Rows are bound to the settings; the colours go through the window's own command. Main
 * thread.
 */
#include "qc-preferences-window.h"

#include <glib/gi18n.h>

#include "qc-dialogs.h"
#include "qc-drop-down.h"
#include "qc-spoken.h"
#include "qc-fit.h"

static GtkWidget *
new_row (const char *title, const char *subtitle, GtkWidget *control)
{
  GtkWidget *row = adw_action_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_valign (control, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), control);
  qc_spoken_set_row_button (row, control);
  gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, subtitle, -1);
  return row;
}

/* --- colours --- */

static const char *const schemes[] = {"follow", "light", "dark"};

static void
scheme_chosen_cb (GtkDropDown *choice, GParamSpec *pspec, GtkWindow *over)
{
  guint i = gtk_drop_down_get_selected (choice);
  if (i < G_N_ELEMENTS (schemes))
    g_action_group_change_action_state (G_ACTION_GROUP (over), "color-scheme", g_variant_new_string (schemes[i]));
}

static GtkWidget *
build_scheme (GtkWindow *over)
{
  const char *const names[] = {_ ("Follow the desktop"), _ ("Light"), _ ("Dark"), NULL};
  GtkWidget *choice = gtk_drop_down_new_from_strings (names);
  g_autoptr (GVariant) state = g_action_group_get_action_state (G_ACTION_GROUP (over), "color-scheme");
  for (guint i = 0; state && i < G_N_ELEMENTS (schemes); i++)
    if (g_str_equal (g_variant_get_string (state, NULL), schemes[i]))
      gtk_drop_down_set_selected (GTK_DROP_DOWN (choice), i);
  g_signal_connect_object (choice, "notify::selected", G_CALLBACK (scheme_chosen_cb), over, 0);
  GtkWidget *row = new_row (_ ("Appearance"), _ ("High contrast and large text follow the desktop."), choice);
  qc_drop_down_set_name (GTK_DROP_DOWN (choice), _ ("Appearance"));
  return row;
}

/* --- the folder of exports --- */

typedef struct {
  GtkWidget *button;   /* (owned) */
  GSettings *settings; /* (owned) */
} Folder;

static void
show_folder (GSettings *settings, const char *key, GtkWidget *button)
{
  g_autofree char *folder = g_settings_get_string (settings, "export-folder");
  g_autofree char *name = *folder ? g_path_get_basename (folder) : g_strdup (_ ("Documents"));
  g_autofree char *spoken = g_strdup_printf (_ ("%s: %s"), _ ("Folder of exports"), name);
  gtk_button_set_label (GTK_BUTTON (button), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_widget_set_tooltip_text (button, *folder ? folder : NULL);
}

static void
folder_chosen (GFile *file, gpointer data)
{
  Folder *folder = data;
  g_autofree char *path = file ? g_file_get_path (file) : NULL;
  if (path && g_utf8_validate (path, -1, NULL))
    g_settings_set_string (folder->settings, "export-folder", path);
  g_object_unref (folder->button);
  g_object_unref (folder->settings);
  g_free (folder);
}

static void
choose_folder_cb (GtkButton *button, GSettings *settings)
{
  Folder *folder = g_new0 (Folder, 1);
  *folder = (Folder) {g_object_ref (GTK_WIDGET (button)), g_object_ref (settings)};
  qc_dialog_save_file (GTK_WIDGET (button), _ ("Folder of Exports"), NULL, NULL, folder_chosen, folder);
}

static GtkWidget *
build_folder (GSettings *settings)
{
  GtkWidget *button = gtk_button_new ();
  g_signal_connect_object (button, "clicked", G_CALLBACK (choose_folder_cb), settings, 0);
  g_signal_connect_object (settings, "changed::export-folder", G_CALLBACK (show_folder), button, 0);
  GtkWidget *row = new_row (_ ("Folder of exports"), _ ("Where saving a workbook begins."), button);
  show_folder (settings, "export-folder", button);
  return row;
}

/* --- the others --- */

static GtkWidget *
build_switch (GSettings *settings, const char *key, const char *title, const char *subtitle)
{
  GtkWidget *toggle = gtk_switch_new ();
  g_settings_bind (settings, key, toggle, "active", G_SETTINGS_BIND_DEFAULT);
  return new_row (title, subtitle, toggle);
}

static GtkWidget *
build_offset (GSettings *settings, const char *key, const char *title)
{
  GtkWidget *spin = gtk_spin_button_new_with_range (-20, 20, 0.5);
  gtk_editable_set_width_chars (GTK_EDITABLE (spin), 5);
  gtk_spin_button_set_digits (GTK_SPIN_BUTTON (spin), 1);
  g_settings_bind (settings, key, spin, "value", G_SETTINGS_BIND_DEFAULT);
  return new_row (title, _ ("Millimetres. Saved files stay as they are."), spin);
}

static AdwPreferencesGroup *
new_group (AdwPreferencesPage *page, const char *title)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (group, title);
  adw_preferences_page_add (page, group);
  return group;
}

static void
fill (AdwPreferencesPage *page, GtkWindow *over, GSettings *settings)
{
  AdwPreferencesGroup *window = new_group (page, _ ("Window"));
  AdwPreferencesGroup *news = new_group (page, _ ("Notifications"));
  AdwPreferencesGroup *files = new_group (page, _ ("Files"));
  AdwPreferencesGroup *paper = new_group (page, _ ("Printing"));
  adw_preferences_group_add (window, build_scheme (over));
  adw_preferences_group_add (news, build_switch (settings, "notify-decisions", _ ("When the center has decided"),
                                                 _ ("While another program has the screen. Names of people are never "
                                                    "shown.")));
  adw_preferences_group_add (files, build_folder (settings));
  adw_preferences_group_add (paper, build_offset (settings, "print-offset-left", _ ("Shift to the right")));
  adw_preferences_group_add (paper, build_offset (settings, "print-offset-top", _ ("Shift downwards")));
}

GtkWidget *
qc_preferences_window_open (GtkWidget *parent, GSettings *settings)
{
  GtkWindow *over = GTK_WINDOW (gtk_widget_get_root (parent));
  if (!settings) {
    qc_dialog_tell (parent, _ ("Preferences cannot be kept"),
                    _ ("Qingce is not installed completely: the list of its settings is missing."));
    return NULL;
  }
  GtkWidget *self = g_object_new (ADW_TYPE_PREFERENCES_WINDOW, "accessible-role", GTK_ACCESSIBLE_ROLE_DIALOG, "title",
                                  _ ("Preferences"), "modal", TRUE, "transient-for", over, "destroy-with-parent", TRUE,
                                  "search-enabled", FALSE, NULL);
  qc_fit_over (GTK_WINDOW (self), 620, 560);
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  fill (page, over, settings);
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (self), page);
  gtk_window_present (GTK_WINDOW (self));
  return self;
}
