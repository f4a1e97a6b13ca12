/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-keep-window.h. One thing is done at a time, with what it is, how to stop it, and what came of it at the
 * bottom. Main thread.
 */
#include "qc-keep-window-private.h"

#include <glib/gi18n.h>

#include "qc-dialogs.h"
#include "qc-error-text.h"
#include "qc-fit.h"
#include "qc-focus.h"
#include "qc-format.h"
#include "qc-spoken.h"

G_DEFINE_FINAL_TYPE (QcKeepWindow, qc_keep_window, ADW_TYPE_WINDOW)

#define TICK_MS 100

/* --- what is being done --- */

static void
enable_all (QcKeepWindow *self)
{
  static const char *const actions[] = {"keep.back-up", "keep.restore",   "keep.pack",        "keep.pack-to",
                                        "keep.receive", "keep.hand-over", "keep.hand-over-to"};
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i], self->cancellable == NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "keep.cancel", self->cancellable != NULL);
  gtk_widget_set_visible (self->working, self->cancellable != NULL);
}

static gboolean
tick_cb (gpointer user_data)
{
  QcKeepWindow *self = user_data;
  double progress = self->keeper ? qc_keeper_get_progress (self->keeper) : -1;
  if (progress < 0)
    gtk_progress_bar_pulse (GTK_PROGRESS_BAR (self->bar));
  else
    gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->bar), progress);
  return G_SOURCE_CONTINUE;
}

static void
say (QcKeepWindow *self, const char *words)
{
  gtk_label_set_text (GTK_LABEL (self->said), words);
  gtk_widget_set_visible (self->bottom, *words != '\0');
}

GCancellable *
qc_keep_window_begin (QcKeepWindow *self, const char *words)
{
  self->cancellable = g_cancellable_new ();
  say (self, words);
  self->tick = g_timeout_add (TICK_MS, tick_cb, self);
  enable_all (self);
  return self->cancellable;
}

void
qc_keep_window_end (QcKeepWindow *self, const char *words, const GError *error)
{
  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_object (&self->cancellable);
  if (!self->keeper) /* closed meanwhile */
    return;
  enable_all (self);
  say (self, words ? words : "");
  if (!error)
    return;
  if (qc_error_is_silent (error)) {
    say (self, _ ("It was stopped; nothing was changed."));
    return;
  }
  g_autoptr (QcErrorText) text = qc_error_text_new (error);
  g_autofree char *body = qc_error_text_dup_body (text);
  say (self, text->title);
  qc_dialog_tell (GTK_WIDGET (self), text->title, body);
}

static void
cancel (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_cancellable_cancel (QC_KEEP_WINDOW (widget)->cancellable);
}

static gboolean
restart_cb (gpointer application)
{
  g_action_group_activate_action (application, "restart", NULL);
  return G_SOURCE_REMOVE;
}

/* Once nobody holds this window any more, which must not outlive the one it is over. */
void
qc_keep_window_start_anew (QcKeepWindow *self)
{
  GtkWindow *window = gtk_window_get_transient_for (GTK_WINDOW (self));
  GtkApplication *application = window ? gtk_window_get_application (window) : NULL;
  gtk_window_close (GTK_WINDOW (self));
  if (application)
    g_idle_add_full (G_PRIORITY_DEFAULT, restart_cb, g_object_ref (application), g_object_unref);
}

/* --- the backups --- */

static GtkWidget *
new_row (const QcKept *kept)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_label (_ ("Restore…"));
  g_autofree char *made = qc_format_date_time (kept->made);
  g_autofree char *contents = qc_kept_dup_words (kept);
  /* Translators: what a screen reader says of the button beside a backup: the time it was made. */
  g_autofree char *spoken = g_strdup_printf (_ ("Restore %s…"), made);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), made);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), contents);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "keep.restore");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", kept->name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

static void
say_last (QcKeepWindow *self)
{
  const QcKept *newest = self->list->len > 0 ? g_ptr_array_index (self->list, 0) : NULL;
  const GError *fault = qc_keeper_get_fault (self->keeper);
  g_autofree char *made = newest ? qc_format_date_time (newest->made) : g_strdup (_ ("There is none yet."));
  g_autofree char *words = NULL;
  if (fault) {
    g_autoptr (QcErrorText) text = qc_error_text_new (fault);
    /* Translators: the last backup, and why the one after it failed. */
    words = g_strdup_printf (_ ("%s · the one after it failed: %s"), made, text->title);
  }
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->last), words ? words : made);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcKeepWindow) self = user_data;
  g_autoptr (GPtrArray) list = qc_keeper_list_finish (QC_KEEPER (source), result, NULL);
  if (!self->keeper || !list)
    return;
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self->backups), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  g_ptr_array_unref (self->list);
  self->list = g_steal_pointer (&list);
  for (guint i = 0; i < self->list->len; i++) {
    GtkWidget *row = new_row (g_ptr_array_index (self->list, i));
    g_ptr_array_add (self->rows, row);
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->backups), row);
  }
  gtk_widget_set_visible (self->backups, self->list->len > 0);
  say_last (self);
}

static void
reload (QcKeepWindow *self)
{
  qc_keeper_list_async (self->keeper, NULL, listed_cb, g_object_ref (self));
}

static void
backed_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcKeepWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  qc_keeper_back_up_finish (QC_KEEPER (source), result, &error);
  qc_keep_window_end (self, _ ("The backup is made and was looked through."), error);
}

static void
back_up (GtkWidget *widget, const char *name, GVariant *parameter)
{
  QcKeepWindow *self = QC_KEEP_WINDOW (widget);
  GCancellable *cancellable = qc_keep_window_begin (self, _ ("Making a backup…"));
  qc_keeper_back_up_async (self->keeper, cancellable, backed_up_cb, g_object_ref (self));
}

/* --- going back to one --- */

static void
restored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcKeepWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean ready = qc_keeper_restore_finish (QC_KEEPER (source), result, &error);
  qc_keep_window_end (self, NULL, error);
  if (ready && self->keeper)
    qc_keep_window_start_anew (self);
}

typedef struct {
  QcKeepWindow *self; /* (owned) */
  char *name;         /* (owned) */
} Asked;

static void
asked_free (gpointer data)
{
  Asked *asked = data;
  g_object_unref (asked->self);
  g_free (asked->name);
  g_free (asked);
}

static void
restore_confirmed (gpointer user_data)
{
  const Asked *asked = user_data;
  if (!asked->self->keeper)
    return;
  GCancellable *cancellable = qc_keep_window_begin (asked->self, _ ("Preparing the backup…"));
  qc_keeper_restore_async (asked->self->keeper, asked->name, cancellable, restored_cb, g_object_ref (asked->self));
}

static void
restore (GtkWidget *widget, const char *action, GVariant *parameter)
{
  QcKeepWindow *self = QC_KEEP_WINDOW (widget);
  const char *name = g_variant_get_string (parameter, NULL);
  for (guint i = 0; i < self->list->len; i++) {
    const QcKept *kept = g_ptr_array_index (self->list, i);
    if (!g_str_equal (kept->name, name))
      continue;
    Asked *asked = g_new0 (Asked, 1);
    asked->self = g_object_ref (self);
    asked->name = g_strdup (name);
    g_autofree char *made = qc_format_date_time (kept->made);
    g_autofree char *contents = qc_kept_dup_words (kept);
    g_autofree char *title = g_strdup_printf (_ ("Go back to %s?"), made);
    g_autofree char *body = g_strdup_printf (
        "%s\n\n%s", contents,
        _ ("The data of now are set aside whole, nothing is deleted. What was entered since is not in the backup. What "
           "waits in it is asked about at the center first, so that nothing is submitted twice. Qingce opens anew."));
    qc_dialog_confirm (widget, title, body, _ ("_Restore"), QC_CONFIRM_CAREFUL, NULL, restore_confirmed, asked,
                       asked_free);
  }
}

/* --- the window --- */

GtkWidget *
qc_keep_window_new_command (const char *title, const char *subtitle, const char *label, const char *action)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic (label);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  qc_spoken_set_row_button (row, button);
  return row;
}

/* There once something is done. */
static void
build_bottom (QcKeepWindow *self, GtkWidget *column)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *cancel_button = gtk_button_new_with_mnemonic (_ ("_Stop"));
  self->bottom = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->working = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  self->said = gtk_label_new (NULL);
  self->bar = gtk_progress_bar_new ();
  gtk_label_set_wrap (GTK_LABEL (self->said), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->said), 0);
  gtk_widget_set_hexpand (self->bar, TRUE);
  gtk_widget_set_valign (self->bar, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("How far it is"), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel_button), "keep.cancel");
  gtk_box_append (GTK_BOX (self->working), self->bar);
  gtk_box_append (GTK_BOX (self->working), cancel_button);
  gtk_box_append (GTK_BOX (box), self->said);
  gtk_box_append (GTK_BOX (box), self->working);
  gtk_widget_add_css_class (box, "qc-panel");
  gtk_box_append (GTK_BOX (self->bottom), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (self->bottom), box);
  gtk_widget_set_visible (self->bottom, FALSE);
  gtk_box_append (GTK_BOX (column), self->bottom);
}

static GtkWidget *
build_moving (void)
{
  GtkWidget *group = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("Moving and handing over"));
  adw_preferences_group_add (
      ADW_PREFERENCES_GROUP (group),
      qc_keep_window_new_command (
          _ ("To another computer"),
          _ ("Drafts, what waits, pictures, centers and settings in one file under a passphrase. "
             "No sign-in goes along."),
          _ ("_Pack…"), "keep.pack"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                             qc_keep_window_new_command (_ ("From another computer"),
                                                         _ ("The file, its passphrase, and everything is here."),
                                                         _ ("_Receive…"), "keep.receive"));
  adw_preferences_group_add (
      ADW_PREFERENCES_GROUP (group),
      qc_keep_window_new_command (_ ("To whoever goes on with the work"),
                                  _ ("The work of some units, without anything personal, and a list of what is open."),
                                  _ ("_Hand Over…"), "keep.hand-over"));
  return group;
}

static void
build (QcKeepWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *now = adw_preferences_group_new ();
  self->last = qc_keep_window_new_command (_ ("Last backup"), "", _ ("_Back Up Now"), "keep.back-up");
  self->backups = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (now), _ ("Backup"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (now),
                                         _ ("Made by itself on each day on which something is done. Those of seven "
                                            "days, four weeks and twelve months stay."));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (now), self->last);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->backups), _ ("Go back to a backup"));
  gtk_widget_set_visible (self->backups, FALSE); /* while there is none */
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (now));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (build_moving ()));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (self->backups));
  gtk_widget_set_vexpand (page, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), page);
  build_bottom (self, box);
  adw_window_set_content (ADW_WINDOW (self), box);
}

static void
qc_keep_window_dispose (GObject *object)
{
  QcKeepWindow *self = QC_KEEP_WINDOW (object);
  g_clear_handle_id (&self->tick, g_source_remove);
  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  G_OBJECT_CLASS (qc_keep_window_parent_class)->dispose (object);
  g_clear_object (&self->keeper);
}

static void
qc_keep_window_finalize (GObject *object)
{
  QcKeepWindow *self = QC_KEEP_WINDOW (object);
  g_clear_object (&self->cancellable);
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->list);
  G_OBJECT_CLASS (qc_keep_window_parent_class)->finalize (object);
}

static void
qc_keep_window_class_init (QcKeepWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = qc_keep_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = qc_keep_window_finalize;
  gtk_widget_class_install_action (widget_class, "keep.back-up", NULL, back_up);
  gtk_widget_class_install_action (widget_class, "keep.restore", "s", restore);
  gtk_widget_class_install_action (widget_class, "keep.pack", NULL, qc_keep_window_pack);
  gtk_widget_class_install_action (widget_class, "keep.pack-to", "s", qc_keep_window_pack);
  gtk_widget_class_install_action (widget_class, "keep.receive", NULL, qc_keep_window_receive);
  gtk_widget_class_install_action (widget_class, "keep.hand-over", NULL, qc_keep_window_hand_over);
  gtk_widget_class_install_action (widget_class, "keep.hand-over-to", "s", qc_keep_window_hand_over);
  gtk_widget_class_install_action (widget_class, "keep.cancel", NULL, cancel);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
qc_keep_window_init (QcKeepWindow *self)
{
  self->rows = g_ptr_array_new ();
  self->list = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_kept_free);
}

GtkWidget *
qc_keep_window_open (GtkWidget *parent, QcKeeper *keeper)
{
  QcKeepWindow *self = g_object_new (QC_TYPE_KEEP_WINDOW, "accessible-role", GTK_ACCESSIBLE_ROLE_DIALOG, "title",
                                     _ ("Backup and Moving"), "modal", TRUE, "transient-for",
                                     gtk_widget_get_root (parent), "destroy-with-parent", TRUE, NULL);
  qc_fit_over (GTK_WINDOW (self), 680, 620);
  self->keeper = g_object_ref (keeper);
  build (self);
  g_signal_connect_object (keeper, "changed", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  qc_focus_keep (GTK_WINDOW (self));
  enable_all (self);
  reload (self);
  gtk_window_present (GTK_WINDOW (self));
  return GTK_WIDGET (self);
}
