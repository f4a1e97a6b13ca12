/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See play.h.
 */
#include "play.h"
#include "qc-database.h"
#include "qc-session-private.h"

#include <string.h>

/* --- the window over it --- */

static void
activate_cb (GApplication *application, gpointer data)
{
}

/* One for all tests of a program: its objects stay on the bus. */
static AdwApplication *
get_application (void)
{
  static AdwApplication *application;
  if (application)
    return application;
  application = g_object_new (ADW_TYPE_APPLICATION, "application-id", "org.qingce.Qingce", "flags",
                              G_APPLICATION_NON_UNIQUE, "resource-base-path", "/org/qingce/Qingce", NULL);
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), NULL);
  g_autoptr (GError) error = NULL;
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  return application;
}

void
play_begin (Play *play, int n_people)
{
  play_begin_in (play, seed_make_folder (n_people));
}

void
play_begin_in (Play *play, char *folder)
{
  play->folder = folder;
  play->context = qc_context_new (play->folder);
  play->session = qc_session_new (play->context);
  play->application = get_application ();
  play->window = qc_window_new (play->application, play->session);
  qc_window_begin (play->window, FALSE);
  gtk_window_present (GTK_WINDOW (play->window));
}

/* GDK 4.8 asks where the pointer is over a menu that went with its window, and complains. */
static void
close_menus (GtkWidget *widget)
{
  if (GTK_IS_POPOVER (widget) && gtk_widget_get_mapped (widget))
    gtk_popover_popdown (GTK_POPOVER (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    close_menus (child);
}

static void
drain (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* What the window stood on goes after it. */
static void
end_session (Play *play)
{
  qc_session_stop (play->session);
  g_object_unref (play->session);
  qc_context_shutdown (play->context);
  g_object_unref (play->context);
}

static void
close_window (Play *play)
{
  close_menus (GTK_WIDGET (play->window));
  drain ();
  gtk_window_destroy (GTK_WINDOW (play->window));
  drain ();
  end_session (play);
}

void
play_end (Play *play)
{
  close_window (play);
  seed_remove_folder (play->folder);
  g_free (play->folder);
}

void
play_again (Play *play)
{
  char *folder = play->folder;
  gboolean stays = TRUE;
  g_signal_emit_by_name (play->window, "close-request", &stays); /* as a person does: what is kept then is kept */
  g_assert_false (stays);
  close_window (play);
  play_begin_in (play, folder);
}

/* --- waiting and looking --- */

static gboolean
late_cb (gpointer data)
{
  g_error ("waited too long for: %s", (const char *)data);
  return G_SOURCE_REMOVE;
}

void
play_wait (PlayCondition condition, gpointer data, const char *what)
{
  guint late = g_timeout_add_seconds (20, late_cb, (gpointer)what);
  while (!condition (data))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (late);
}

static gboolean
is_open (gpointer context)
{
  return qc_context_is_open (context);
}

static gpointer
do_nothing (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return QC_DATABASE_DONE;
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer answers)
{
  qc_database_finish (QC_DATABASE (source), result, NULL);
  ++*(guint *)answers;
}

static gboolean
are_both_answered (gpointer answers)
{
  return *(guint *)answers == 2;
}

/* Whatever was asked of the database is answered, and what was asked then. */
static void
wait_for_answers (Play *play)
{
  play_wait (is_open, play->context, "the data to be open");
  for (int i = 0; i < 6; i++) {
    QcDatabase *database = qc_context_get_database (play->context);
    guint answers = 0;
    qc_database_write_async (database, "nothing", do_nothing, NULL, NULL, NULL, NULL, answered_cb, &answers);
    qc_database_read_async (database, "nothing", do_nothing, NULL, NULL, NULL, NULL, answered_cb, &answers);
    play_wait (are_both_answered, &answers, "the database");
    drain ();
  }
}

void
play_cut (Play *play, guint turns)
{
  char *folder = play->folder;
  for (guint i = 0; i < turns; i++)
    g_main_context_iteration (NULL, FALSE);
  gtk_window_destroy (GTK_WINDOW (play->window));
  wait_for_answers (play);
  end_session (play);
  play_begin_in (play, folder);
}

GtkWidget *
play_find (GtkWidget *root, GType type)
{
  if (!gtk_widget_get_child_visible (root) || !gtk_widget_get_visible (root))
    return NULL;
  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child; child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = play_find (child, type);
    if (found)
      return found;
  }
  return NULL;
}

static const char *
words_of (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return gtk_label_get_text (GTK_LABEL (widget));
  if (GTK_IS_INSCRIPTION (widget))
    return gtk_inscription_get_text (GTK_INSCRIPTION (widget));
  return NULL;
}

GtkWidget *
play_find_words (GtkWidget *root, const char *words)
{
  if (!gtk_widget_get_child_visible (root) || !gtk_widget_get_visible (root))
    return NULL;
  const char *own = words_of (root);
  if (own && strstr (own, words))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child; child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = play_find_words (child, words);
    if (found)
      return found;
  }
  return NULL;
}

typedef struct {
  Play *play;
  const char *words;
} Wanted;

static gboolean
has_words (gpointer data)
{
  Wanted *wanted = data;
  return play_find_words (GTK_WIDGET (wanted->play->window), wanted->words) != NULL;
}

void
play_wait_words (Play *play, const char *words)
{
  Wanted wanted = {play, words};
  play_wait (has_words, &wanted, words);
}

static gboolean
has_title (gpointer data)
{
  Wanted *wanted = data;
  QcPage *page = qc_window_get_page (wanted->play->window);
  return page && g_strcmp0 (qc_page_get_title (page), wanted->words) == 0
         && qc_page_get_state (page) != QC_PAGE_LOADING;
}

void
play_wait_page (Play *play, const char *title)
{
  Wanted wanted = {play, title};
  play_wait (has_title, &wanted, title);
}

void
play_do (Play *play, const char *action, GVariant *parameter)
{
  g_assert_true (g_action_group_has_action (G_ACTION_GROUP (play->window), action));
  g_action_group_activate_action (G_ACTION_GROUP (play->window), action, parameter);
}

gboolean
play_is_enabled (Play *play, const char *action)
{
  return g_action_group_get_action_enabled (G_ACTION_GROUP (play->window), action);
}

/* --- keys --- */

static gboolean
is_triggered (GtkShortcutTrigger *trigger, GtkShortcutTrigger *key)
{
  if (!GTK_IS_ALTERNATIVE_TRIGGER (trigger))
    return gtk_shortcut_trigger_equal (trigger, key);
  return is_triggered (gtk_alternative_trigger_get_first (GTK_ALTERNATIVE_TRIGGER (trigger)), key)
         || is_triggered (gtk_alternative_trigger_get_second (GTK_ALTERNATIVE_TRIGGER (trigger)), key);
}

static gboolean
press_in (GtkWidget *widget, GListModel *shortcuts, GtkShortcutTrigger *key)
{
  for (guint i = 0; i < g_list_model_get_n_items (shortcuts); i++) {
    g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (shortcuts, i);
    if (is_triggered (gtk_shortcut_get_trigger (shortcut), key)
        && gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, widget,
                                         gtk_shortcut_get_arguments (shortcut)))
      return TRUE;
  }
  return FALSE;
}

static gboolean
press_at (GtkWidget *widget, GtkShortcutTrigger *key)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
    /* those of a class stand among them, and move the focus by what is around */
    if (GTK_IS_SHORTCUT_CONTROLLER (controller) && !GTK_IS_WINDOW (widget)
        && gtk_shortcut_controller_get_scope (GTK_SHORTCUT_CONTROLLER (controller)) == GTK_SHORTCUT_SCOPE_LOCAL
        && press_in (widget, G_LIST_MODEL (controller), key))
      return TRUE;
  }
  return FALSE;
}

gboolean
play_press (GtkWidget *window, const char *key)
{
  g_autoptr (GtkShortcutTrigger) trigger = gtk_shortcut_trigger_parse_string (key);
  g_assert_nonnull (trigger);
  for (GtkWidget *widget = gtk_window_get_focus (GTK_WINDOW (window)); widget; widget = gtk_widget_get_parent (widget))
    if (press_at (widget, trigger))
      return TRUE;
  if (g_str_equal (key, "Tab"))
    return gtk_widget_child_focus (window, GTK_DIR_TAB_FORWARD);
  return g_str_equal (key, "<Shift>Tab") && gtk_widget_child_focus (window, GTK_DIR_TAB_BACKWARD);
}
