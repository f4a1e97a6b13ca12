/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-dialogs.h. AdwMessageDialog and GtkFileChooserNative today; their successors need a change here only. Main
 * thread.
 */
#include "qc-dialogs.h"

#include <adwaita.h>
#include <glib/gi18n.h>

typedef struct {
  QcConfirmFunc confirmed;
  gpointer user_data;
  GDestroyNotify user_data_free;
} Confirm;

static void
confirm_free (gpointer data, GClosure *closure)
{
  Confirm *confirm = data;
  if (confirm->user_data_free)
    confirm->user_data_free (confirm->user_data);
  g_free (confirm);
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, Confirm *confirm)
{
  if (g_str_equal (response, "confirm"))
    confirm->confirmed (confirm->user_data);
}

static void
respond_cb (GSimpleAction *action, GVariant *parameter, gpointer dialog)
{
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), g_action_get_name (G_ACTION (action)));
  gtk_window_close (GTK_WINDOW (dialog));
}

static void
add_actions (GtkWidget *dialog)
{
  const GActionEntry entries[] = {{"confirm", respond_cb}, {"cancel", respond_cb}};
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), dialog);
  gtk_widget_insert_action_group (dialog, "dialog", G_ACTION_GROUP (group));
}

static GtkWindow *
parent_window (GtkWidget *parent)
{
  GtkRoot *root = parent ? gtk_widget_get_root (parent) : NULL;
  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

GtkWidget *
qc_dialog_confirm (GtkWidget *parent, const char *title, const char *body, const char *confirm_label,
                   QcConfirmKind kind, GtkWidget *extra, QcConfirmFunc confirmed, gpointer user_data,
                   GDestroyNotify user_data_free)
{
  GtkWidget *dialog = adw_message_dialog_new (parent_window (parent), title, body);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "confirm", confirm_label,
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "confirm",
                                              kind == QC_CONFIRM_DESTRUCTIVE ? ADW_RESPONSE_DESTRUCTIVE
                                                                             : ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog),
                                           kind == QC_CONFIRM_PLAIN ? "confirm" : "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  if (extra)
    adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), extra);
  Confirm *confirm = g_new0 (Confirm, 1);
  confirm->confirmed = confirmed;
  confirm->user_data = user_data;
  confirm->user_data_free = user_data_free;
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), confirm, confirm_free, 0);
  add_actions (dialog);
  gtk_window_present (GTK_WINDOW (dialog));
  return dialog;
}

typedef struct {
  QcChoiceFunc chosen;
  gpointer user_data;
  GDestroyNotify user_data_free;
} Choosing;

static void
choosing_free (gpointer data, GClosure *closure)
{
  Choosing *choosing = data;
  if (choosing->user_data_free)
    choosing->user_data_free (choosing->user_data);
  g_free (choosing);
}

static void
choosing_cb (AdwMessageDialog *dialog, const char *response, Choosing *choosing)
{
  choosing->chosen (response, choosing->user_data);
}

GtkWidget *
qc_dialog_choose (GtkWidget *parent, const char *title, const char *body, GtkWidget *extra,
                  const QcDialogChoice *choices, guint n, QcChoiceFunc chosen, gpointer user_data,
                  GDestroyNotify user_data_free)
{
  GtkWidget *dialog = adw_message_dialog_new (parent_window (parent), title, body);
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  for (guint i = 0; i < n; i++) {
    const GActionEntry entry = {choices[i].id, respond_cb};
    adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), choices[i].id, _ (choices[i].label));
    g_action_map_add_action_entries (G_ACTION_MAP (group), &entry, 1, dialog);
  }
  gtk_widget_insert_action_group (dialog, "dialog", G_ACTION_GROUP (group));
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), choices[0].id);
  if (n > 1) {
    adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), choices[n - 1].id);
    adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), choices[n - 1].id, ADW_RESPONSE_SUGGESTED);
  }
  if (extra)
    adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), extra);
  Choosing *choosing = g_new0 (Choosing, 1);
  choosing->chosen = chosen;
  choosing->user_data = user_data;
  choosing->user_data_free = user_data_free;
  g_signal_connect_data (dialog, "response", G_CALLBACK (choosing_cb), choosing, choosing_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  return dialog;
}

void
qc_dialog_tell (GtkWidget *parent, const char *title, const char *body)
{
  GtkWidget *dialog = adw_message_dialog_new (parent_window (parent), title, body);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "close");
  gtk_window_present (GTK_WINDOW (dialog));
}

typedef struct {
  QcFileFunc chosen;
  QcFilesFunc several; /* else this */
  gpointer user_data;
} Choice;

static void
choice_free (gpointer data, GClosure *closure)
{
  g_free (data);
}

static void
file_response_cb (GtkNativeDialog *dialog, int response, Choice *choice)
{
  g_autoptr (GFile) file
      = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;
  choice->chosen (file, choice->user_data);
  g_object_unref (dialog);
}

static void
files_response_cb (GtkNativeDialog *dialog, int response, Choice *choice)
{
  g_autoptr (GListModel) files
      = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog)) : NULL;
  choice->several (files, choice->user_data);
  g_object_unref (dialog);
}

static GtkFileChooserNative *
open_dialog_new (GtkWidget *parent, const char *title, const char *filter_name, const char *pattern)
{
  GtkFileChooserNative *dialog
      = gtk_file_chooser_native_new (title, parent_window (parent), GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  gtk_file_filter_set_name (filter, filter_name);
  g_auto (GStrv) patterns = g_strsplit (pattern, ";", -1);
  for (char **each = patterns; *each; each++)
    gtk_file_filter_add_pattern (filter, *each);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  return dialog;
}

void
qc_dialog_open_file (GtkWidget *parent, const char *title, const char *filter_name, const char *pattern,
                     QcFileFunc chosen, gpointer user_data)
{
  GtkFileChooserNative *dialog = open_dialog_new (parent, title, filter_name, pattern);
  Choice *choice = g_new0 (Choice, 1);
  choice->chosen = chosen;
  choice->user_data = user_data;
  g_signal_connect_data (dialog, "response", G_CALLBACK (file_response_cb), choice, choice_free, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

void
qc_dialog_open_files (GtkWidget *parent, const char *title, const char *filter_name, const char *pattern,
                      QcFilesFunc chosen, gpointer user_data)
{
  GtkFileChooserNative *dialog = open_dialog_new (parent, title, filter_name, pattern);
  Choice *choice = g_new0 (Choice, 1);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), TRUE);
  choice->several = chosen;
  choice->user_data = user_data;
  g_signal_connect_data (dialog, "response", G_CALLBACK (files_response_cb), choice, choice_free, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

void
qc_dialog_save_file (GtkWidget *parent, const char *title, const char *folder, const char *name, QcFileFunc chosen,
                     gpointer user_data)
{
  GtkFileChooserAction action = name ? GTK_FILE_CHOOSER_ACTION_SAVE : GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER;
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (title, parent_window (parent), action, NULL, NULL);
  Choice *choice = g_new0 (Choice, 1);
  g_autoptr (GFile) start = folder && g_file_test (folder, G_FILE_TEST_IS_DIR) ? g_file_new_for_path (folder) : NULL;
  if (start)
    gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (dialog), start, NULL);
  if (name)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  choice->chosen = chosen;
  choice->user_data = user_data;
  g_signal_connect_data (dialog, "response", G_CALLBACK (file_response_cb), choice, choice_free, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}
