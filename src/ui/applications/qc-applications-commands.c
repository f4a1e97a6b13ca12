/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The commands of <业务申请记录>: they belong to the window while the pane is on screen, and are enabled exactly where
 * the application selected allows it. Main thread.
 */
#include "qc-applications-pane-private.h"

#include <glib/gi18n.h>

#include "qc-application-detail.h"
#include "qc-dialogs.h"
#include "qc-export-flow.h"
#include "qc-export-grid.h"
#include "qc-paper-window.h"
#include "qc-printout-kinds.h"
#include "qc-format.h"
#include "qc-query-bar.h"
#include "qc-reopen-flow.h"
#include "qc-window.h"

static void
set_enabled (QcApplicationsPane *self, const char *name, const char *why, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);
  g_autofree char *full = g_strconcat ("win.", name, NULL);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
  qc_application_detail_set_why_not (QC_APPLICATION_DETAIL (self->detail), full, why);
}

void
qc_applications_pane_update_actions (QcApplicationsPane *self)
{
  static const struct {
    const char *name;
    QcApplicationAction action;
  } table[] = {
      {"application-redraw", QC_ACTION_REDRAW}, {"application-delete", QC_ACTION_DELETE},
      {"application-cancel", QC_ACTION_CANCEL}, {"application-reopen", QC_ACTION_REOPEN},
      {"application-print", QC_ACTION_PRINT},
  };
  QcApplicationRow *row = qc_applications_pane_get_row (self);
  QcWhyNot why;
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    why = qc_application_service_why_not (self->service, row, table[i].action);
    set_enabled (self, table[i].name, qc_application_words_why_not (why, table[i].action), why == QC_WHY_NONE);
  }
  why = qc_application_service_why_not_withdraw (self->service, row);
  set_enabled (self, "application-withdraw", qc_application_words_why_not (why, QC_ACTION_CANCEL), why == QC_WHY_NONE);
  why = qc_application_service_why_not_release (self->service, row);
  set_enabled (self, "application-release", qc_application_words_why_not (why, QC_ACTION_CANCEL), why == QC_WHY_NONE);
  set_enabled (self, "application-go-on", NULL, row && qc_application_row_get_draft (row));
  set_enabled (self, "application-sheet", NULL, qc_application_detail_has_sheet (QC_APPLICATION_DETAIL (self->detail)));
  set_enabled (self, "application-print-roster", NULL, row && qc_printout_has_roster (row));
  set_enabled (self, "application-print-notice", NULL, row && qc_printout_has_notice (row));
  set_enabled (self, "application-roster", NULL,
               qc_application_detail_has_roster (QC_APPLICATION_DETAIL (self->detail)));
}

typedef struct {
  QcApplicationsPane *pane; /* (owned) */
  QcApplicationRow *row;    /* (owned) */
  QcApplicationAction action;
} Deed;

/* A question is on the screen: win.application-confirm says yes to it. */
static void
begin_question (QcApplicationsPane *self, GtkWidget *dialog)
{
  g_set_weak_pointer (&self->dialog, dialog);
  set_enabled (self, "application-confirm", NULL, TRUE);
}

static void
end_question (QcApplicationsPane *self)
{
  g_clear_weak_pointer (&self->dialog);
  set_enabled (self, "application-confirm", NULL, FALSE);
}

static void
deed_free (gpointer data)
{
  Deed *deed = data;
  end_question (deed->pane);
  g_object_unref (deed->pane);
  g_object_unref (deed->row);
  g_free (deed);
}

static void
show_error (QcApplicationsPane *self, const GError *error)
{
  QcWindow *window = qc_window_of (GTK_WIDGET (self));
  if (window)
    qc_window_show_error (window, error);
}

static void
acted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcApplicationsPane) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (QcApplication) application
      = qc_application_service_act_finish (QC_APPLICATION_SERVICE (source), result, &error);
  if (!application)
    show_error (self, error);
}

static void
act_confirmed (gpointer user_data)
{
  Deed *deed = user_data;
  qc_application_service_act_async (deed->pane->service, deed->row, deed->action, NULL, acted_cb,
                                    g_object_ref (deed->pane));
}

/* What is asked before @action, with the money it is about. (transfer full) */
static char *
dup_question (const QcApplication *application, QcApplicationAction action)
{
  g_autofree char *money = qc_format_yuan (application->fen);
  g_autofree char *arrived = qc_format_yuan (application->arrived);
  if (action == QC_ACTION_CANCEL)
    return g_strdup_printf (_ ("The center ends it at once, and nothing of it is done. Serial number %s."),
                            application->serial);
  if (action == QC_ACTION_REDRAW)
    return g_strdup_printf (_ ("%s is drawn from the bank account of the agreement again. Serial number %s."), money,
                            application->serial);
  if (application->arrived > 0)
    return g_strdup_printf (
        _ ("The record of %s is deleted at the center. Serial number %s.\n%s has arrived for it. It "
           "is not paid back: the center keeps it as suspense money of the unit, and the next "
           "transfer is paid from it first."),
        money, application->serial, arrived);
  return g_strdup_printf (_ ("The record of %s is deleted at the center. Serial number %s."), money,
                          application->serial);
}

void
qc_applications_pane_act (QcApplicationsPane *self, QcApplicationRow *row, QcApplicationAction action)
{
  const QcApplication *application = qc_application_row_get_application (row);
  static const struct {
    const char *title, *button; /* N_() */
    QcConfirmKind kind;
  } words[] = {
      [QC_ACTION_DELETE] = {N_ ("Delete this record?"), N_ ("_Delete"), QC_CONFIRM_DESTRUCTIVE},
      [QC_ACTION_CANCEL] = {N_ ("Take this application back?"), N_ ("_Take it back"), QC_CONFIRM_DESTRUCTIVE},
      [QC_ACTION_REDRAW] = {N_ ("Draw again?"), N_ ("Draw _again"), QC_CONFIRM_PLAIN},
  };
  g_return_if_fail (QC_IS_APPLICATIONS_PANE (self));
  g_return_if_fail (application && action < G_N_ELEMENTS (words) && words[action].title);
  if (self->dialog)
    return;
  g_autofree char *body = dup_question (application, action);
  Deed *deed = g_new0 (Deed, 1);
  deed->pane = g_object_ref (self);
  deed->row = g_object_ref (row);
  deed->action = action;
  GtkWidget *dialog = qc_dialog_confirm (GTK_WIDGET (self), _ (words[action].title), body, _ (words[action].button),
                                         words[action].kind, NULL, act_confirmed, deed, deed_free);
  begin_question (self, dialog);
}

static void
withdrawn_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcApplicationsPane) self = user_data;
  g_autoptr (GError) error = NULL;
  QcWindow *window = qc_window_of (GTK_WIDGET (self));
  if (!qc_application_service_withdraw_finish (QC_APPLICATION_SERVICE (source), result, &error))
    show_error (self, error);
  else if (window)
    qc_window_toast (window, _ ("Taken back: it was not sent, and its draft is open again"), NULL, NULL, NULL);
}

void
qc_applications_pane_withdraw (QcApplicationsPane *self, QcOutboxItem *item)
{
  g_return_if_fail (QC_IS_APPLICATIONS_PANE (self));
  g_return_if_fail (QC_IS_OUTBOX_ITEM (item));
  qc_application_service_withdraw_async (self->service, item, NULL, withdrawn_cb, g_object_ref (self));
}

static void
released_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcApplicationsPane) self = user_data;
  g_autoptr (GError) error = NULL;
  if (!qc_application_service_release_finish (QC_APPLICATION_SERVICE (source), result, &error))
    show_error (self, error);
}

typedef struct {
  QcApplicationsPane *pane; /* (owned) */
  gint64 item;
} Release;

static void
release_free (gpointer data)
{
  Release *release = data;
  end_question (release->pane);
  g_object_unref (release->pane);
  g_free (release);
}

static void
release_confirmed (gpointer user_data)
{
  Release *release = user_data;
  qc_application_service_release_async (release->pane->service, release->item, NULL, released_cb,
                                        g_object_ref (release->pane));
}

static void
ask_release (QcApplicationsPane *self, gint64 item)
{
  if (self->dialog)
    return;
  Release *release = g_new0 (Release, 1);
  release->pane = g_object_ref (self);
  release->item = item;
  begin_question (self,
                  qc_dialog_confirm (GTK_WIDGET (self), _ ("Send this on?"),
                                     _ ("It goes to the center as it was confirmed. If its figures depend on "
                                        "what was refused or taken back, take it back and check it first."),
                                     _ ("_Send on"), QC_CONFIRM_PLAIN, NULL, release_confirmed, release, release_free));
}

/* --- 修改后重新提交 --- */

/* What is not here yet is fetched first. */
static void
go_on_reopening (QcApplicationsPane *self, QcApplicationLines *lines)
{
  if (qc_application_lines_is_busy (lines))
    return;
  g_signal_handlers_disconnect_by_func (lines, go_on_reopening, self);
  if (qc_application_lines_is_whole (lines))
    qc_reopen_flow_run (GTK_WIDGET (self), self->session, lines);
  else if (qc_application_lines_get_error (lines))
    show_error (self, qc_application_lines_get_error (lines));
}

static void
reopen (QcApplicationsPane *self)
{
  QcApplicationLines *lines = qc_application_detail_get_lines (QC_APPLICATION_DETAIL (self->detail));
  if (!lines)
    return;
  g_signal_handlers_disconnect_by_func (lines, go_on_reopening, self);
  g_signal_connect_object (lines, "changed", G_CALLBACK (go_on_reopening), self, G_CONNECT_SWAPPED);
  if (!qc_application_lines_is_whole (lines))
    qc_application_lines_fetch (lines);
  go_on_reopening (self, lines);
}

void
qc_applications_pane_open_draft (QcApplicationsPane *self)
{
  QcApplicationRow *row = qc_applications_pane_get_row (self);
  QcDraftEntry *draft = row ? qc_application_row_get_draft (row) : NULL;
  QcWindow *window = qc_window_of (GTK_WIDGET (self));
  g_return_if_fail (QC_IS_APPLICATIONS_PANE (self));
  if (!draft || !window)
    return;
  g_autofree char *argument = g_strdup_printf ("draft:%" G_GINT64_FORMAT, qc_draft_entry_get_id (draft));
  qc_window_go (window, qc_business_info (qc_draft_entry_get_business (draft))->code, argument);
}

static void
action_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  QcApplicationsPane *self = user_data;
  const char *name = g_action_get_name (G_ACTION (action));
  QcApplicationRow *row = qc_applications_pane_get_row (self);
  if (g_str_equal (name, "query-run")) {
    qc_applications_pane_query (self);
  } else if (g_str_equal (name, "query-clear")) {
    qc_query_bar_clear (QC_QUERY_BAR (self->bar));
  } else if (g_str_equal (name, "application-select")) {
    qc_applications_pane_select (self, g_variant_get_string (parameter, NULL));
  } else if (self->dialog && g_str_equal (name, "application-confirm")) {
    gtk_widget_activate_action (self->dialog, "dialog.confirm", NULL);
  } else if (row && g_str_equal (name, "application-redraw")) {
    qc_applications_pane_act (self, row, QC_ACTION_REDRAW);
  } else if (row && g_str_equal (name, "application-delete")) {
    qc_applications_pane_act (self, row, QC_ACTION_DELETE);
  } else if (row && g_str_equal (name, "application-cancel")) {
    qc_applications_pane_act (self, row, QC_ACTION_CANCEL);
  } else if (row && g_str_equal (name, "application-reopen")) {
    reopen (self);
  } else if (row && g_str_equal (name, "application-print")) {
    qc_window_go (qc_window_of (GTK_WIDGET (self)), "vouchers", qc_application_row_get_application (row)->serial);
  } else if (g_str_equal (name, "application-go-on")) {
    qc_applications_pane_open_draft (self);
  } else if (g_str_equal (name, "application-roster")) {
    qc_application_detail_open_roster (QC_APPLICATION_DETAIL (self->detail));
  } else if (g_str_equal (name, "application-sheet")) {
    qc_application_detail_open_sheet (QC_APPLICATION_DETAIL (self->detail));
  } else if (row && g_str_equal (name, "application-withdraw")) {
    qc_applications_pane_withdraw (self, qc_application_row_get_item (row));
  } else if (row && g_str_equal (name, "application-release")) {
    ask_release (self, qc_outbox_item_get_id (qc_application_row_get_item (row)));
  } else if (g_str_equal (name, "outbox-release")) {
    ask_release (self, g_variant_get_int64 (parameter));
  }
}

static void
export_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  QcApplicationsPane *self = user_data;
  QcExport *export = qc_export_new_applications (self->list);
  if (parameter)
    qc_export_flow_write (GTK_WIDGET (self), export, g_variant_get_string (parameter, NULL));
  else
    qc_export_flow_ask (GTK_WIDGET (self), export);
}

/* Of the record that is selected, or of all that are listed. */
static void
print_records_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  QcApplicationsPane *self = user_data;
  const char *name = g_action_get_name (G_ACTION (action));
  GListModel *listed = G_LIST_MODEL (self->list);
  QcApplicationRow *row = qc_applications_pane_get_row (self);
  gboolean all = g_str_has_prefix (name, "records-");
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; all && i < g_list_model_get_n_items (listed); i++)
    g_ptr_array_add (rows, g_list_model_get_item (listed, i));
  if (!all && row)
    g_ptr_array_add (rows, g_object_ref (row));
  QcPrintout *printout = g_str_has_suffix (name, "notices") || g_str_has_suffix (name, "notice")
                             ? qc_printout_new_notices (self->session, rows)
                             : qc_printout_new_rosters (self->session, rows);
  if (printout)
    qc_paper_window_open (GTK_WIDGET (self), printout);
  else
    qc_dialog_tell (GTK_WIDGET (self), _ ("There is nothing to print"),
                    _ ("None of these records has such a paper. A payment notice is for what the unit pays by a "
                       "transfer of its own and waits for money."));
}

/* The list itself, as it stands there. */
static void
print_list_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  QcApplicationsPane *self = user_data;
  qc_print_grid (self->grid, _ ("Application records"), NULL);
}

static const GActionEntry entries[] = {
    {.name = "records-export", .activate = export_cb},
    {.name = "records-export-to", .activate = export_cb, .parameter_type = "s"},
    {.name = "records-print", .activate = print_list_cb},
    {.name = "records-print-rosters", .activate = print_records_cb},
    {.name = "records-print-notices", .activate = print_records_cb},
    {.name = "application-print-roster", .activate = print_records_cb},
    {.name = "application-print-notice", .activate = print_records_cb},
    {.name = "query-run", .activate = action_cb},
    {.name = "query-clear", .activate = action_cb},
    {.name = "application-select", .activate = action_cb, .parameter_type = "s"},
    {.name = "application-confirm", .activate = action_cb},
    {.name = "application-redraw", .activate = action_cb},
    {.name = "application-delete", .activate = action_cb},
    {.name = "application-cancel", .activate = action_cb},
    {.name = "application-reopen", .activate = action_cb},
    {.name = "application-print", .activate = action_cb},
    {.name = "application-go-on", .activate = action_cb},
    {.name = "application-roster", .activate = action_cb},
    {.name = "application-sheet", .activate = action_cb},
    {.name = "application-withdraw", .activate = action_cb},
    {.name = "application-release", .activate = action_cb},
    {.name = "outbox-release", .activate = action_cb, .parameter_type = "x"},
};

/* Two pages have such a pane; the commands are those of the one on screen. */
static void
map_cb (QcApplicationsPane *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  if (!G_IS_ACTION_MAP (root))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    g_action_map_add_action (G_ACTION_MAP (root),
                             g_action_map_lookup_action (G_ACTION_MAP (self->actions), entries[i].name));
}

static void
unmap_cb (QcApplicationsPane *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  if (!G_IS_ACTION_MAP (root))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    if (g_action_map_lookup_action (G_ACTION_MAP (root), entries[i].name)
        == g_action_map_lookup_action (G_ACTION_MAP (self->actions), entries[i].name))
      g_action_map_remove_action (G_ACTION_MAP (root), entries[i].name);
}

void
qc_applications_pane_install (QcApplicationsPane *self, QcPage *page)
{
  qc_page_add_shortcut (page, "<Control><Shift>f", "win.query-run");
  qc_page_add_shortcut (page, "<Control><Shift>r", "win.application-redraw");
  qc_page_add_shortcut (page, "<Control>Delete", "win.application-delete");
}

void
qc_applications_pane_add_actions (QcApplicationsPane *self)
{
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  g_simple_action_set_enabled (
      G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), "application-confirm")), FALSE);
  g_signal_connect (self, "map", G_CALLBACK (map_cb), NULL);
  g_signal_connect (self, "unmap", G_CALLBACK (unmap_cb), NULL);
}
