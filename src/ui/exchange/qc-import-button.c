/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-import-button.h: the menu is read anew whenever it opens. Main thread.
 */
#include "qc-import-button.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "qc-drop-down.h"
#include "qc-import-recent.h"

typedef struct {
  QcSession *session; /* (owned) */
  char *prefix;       /* (owned) */
  GMenu *menu;        /* (owned) */
} Recent;

static void
recent_free (Recent *recent)
{
  g_object_unref (recent->session);
  g_object_unref (recent->menu);
  g_free (recent->prefix);
  g_free (recent);
}

/* No letter of a file's name is a mnemonic. */
static void
append_file (GMenu *menu, const QcRecentFile *file, const char *action)
{
  g_autofree char *name = g_filename_display_basename (file->path);
  g_auto (GStrv) parts = g_strsplit (name, "_", -1);
  g_autofree char *plain = g_strjoinv ("__", parts);
  g_autofree char *label = file->gone ? g_strdup_printf (_ ("%s · %s · not there any more"), plain, file->date)
                                      : g_strdup_printf ("%s · %s", plain, file->date);
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);
  /* a command that nobody has cannot be given */
  g_menu_item_set_action_and_target (item, file->gone ? "import.gone" : action, "s", file->path);
  g_menu_append_item (menu, item);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) button = user_data;
  const Recent *recent = g_object_get_data (G_OBJECT (button), "qc-recent");
  g_autoptr (GPtrArray) files = qc_import_recent_list_finish (result, NULL);
  g_autofree char *open = g_strconcat ("win.", recent->prefix, "-import-file", NULL);
  g_autofree char *forget = g_strconcat ("win.", recent->prefix, "-import-forget", NULL);
  g_autofree char *back = g_strconcat ("win.", recent->prefix, "-import-undo", NULL);
  g_autoptr (GMenu) last = g_menu_new ();
  g_autoptr (GMenu) other = g_menu_new ();
  for (guint i = 0; files && i < files->len; i++)
    append_file (last, g_ptr_array_index (files, i), open);
  if (files && files->len > 0)
    g_menu_append (other, _ ("_Forget these files"), forget);
  g_menu_append (other, _ ("_Take the last import back"), back);
  g_menu_remove_all (recent->menu);
  if (files && files->len > 0)
    g_menu_append_section (recent->menu, _ ("Imported last"), G_MENU_MODEL (last));
  g_menu_append_section (recent->menu, NULL, G_MENU_MODEL (other));
}

static void
read_files (GtkWidget *button)
{
  const Recent *recent = g_object_get_data (G_OBJECT (button), "qc-recent");
  qc_import_recent_list_async (recent->session, NULL, listed_cb, g_object_ref (button));
}

GtkWidget *
qc_import_button_new (QcSession *session, const char *prefix, const char *label, const char *tooltip)
{
  GtkWidget *button = adw_split_button_new ();
  gtk_widget_add_css_class (button, "raised"); /* as the buttons beside it */
  Recent *recent = g_new0 (Recent, 1);
  recent->session = g_object_ref (session);
  recent->prefix = g_strdup (prefix);
  recent->menu = g_menu_new ();
  g_object_set_data_full (G_OBJECT (button), "qc-recent", recent, (GDestroyNotify)recent_free);
  g_autofree char *action = g_strconcat ("win.", prefix, "-import", NULL);
  adw_split_button_set_label (ADW_SPLIT_BUTTON (button), label);
  adw_split_button_set_use_underline (ADW_SPLIT_BUTTON (button), TRUE);
  adw_split_button_set_menu_model (ADW_SPLIT_BUTTON (button), G_MENU_MODEL (recent->menu));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_tooltip_text (button, tooltip);
  qc_split_button_set_menu_name (ADW_SPLIT_BUTTON (button), _ ("Imported last"));
  g_signal_connect_object (adw_split_button_get_popover (ADW_SPLIT_BUTTON (button)), "show", G_CALLBACK (read_files),
                           button, G_CONNECT_SWAPPED);
  return button;
}
