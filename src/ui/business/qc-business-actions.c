/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The commands of the page of a business. Main thread.
 */
#include "qc-business-page-private.h"

#include <glib/gi18n.h>

#include "qc-back-find.h"
#include "qc-choose-people.h"
#include "qc-dialogs.h"
#include "qc-export-flow.h"
#include "qc-paper-window.h"
#include "qc-printout-kinds.h"
#include "qc-import-dialog.h"
#include "qc-import-recent.h"
#include "qc-months-window.h"
#include "qc-new-person.h"
#include "qc-roster-words.h"
#include "qc-stamped-flow.h"
#include "qc-window.h"

static GSimpleAction *
find_action (QcBusinessPage *self, const char *name)
{
  g_autofree char *full = g_strconcat (qc_business_page_code (self), "-", name, NULL);
  return G_SIMPLE_ACTION (g_action_map_lookup_action (qc_page_get_actions (QC_PAGE (self)), full));
}

static void
set_enabled (QcBusinessPage *self, const char *name, gboolean enabled)
{
  g_simple_action_set_enabled (find_action (self, name), enabled);
}

/* --- 选择人员 ------------------------------------------------------------------------------------------------------
 */

static void
added_cb (QcBusinessPage *self, gint64 first)
{
  if (self->entering == 0)
    self->entering = first;
}

void
qc_business_page_go_entering (QcBusinessPage *self)
{
  QcRosterGrid *grid = qc_business_page_get_grid (self);
  gint64 line = self->entering;
  if (!grid || line == 0 || self->chooser
      || !qc_roster_find (qc_draft_get_roster (qc_business_service_get_draft (qc_business_page_base (self))), line))
    return; /* many lines come in pieces */
  self->entering = 0;
  qc_roster_grid_go_to_empty (grid, line);
}

/* The clerk goes on where something is to be filled in. */
static void
chooser_gone_cb (QcBusinessPage *self)
{
  g_clear_weak_pointer (&self->chooser);
  qc_business_page_go_entering (self);
}

static void
choose_people (QcBusinessPage *self)
{
  if (self->chooser)
    return;
  gboolean opens = qc_business_info (self->business)->opens_accounts;
  GtkWidget *chooser = opens ? qc_new_person_new (GTK_WIDGET (self), self->service)
                             : qc_choose_people_new (GTK_WIDGET (self), self->service);
  g_set_weak_pointer (&self->chooser, chooser);
  if (!opens) {
    g_signal_connect_object (chooser, "added", G_CALLBACK (added_cb), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (chooser, "failed", G_CALLBACK (qc_business_page_show_error), self, G_CONNECT_SWAPPED);
  }
  g_signal_connect_object (chooser, "destroy", G_CALLBACK (chooser_gone_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (chooser));
}

/* --- 导入 --------------------------------------------------------------------------------------------------------- */

/* "张三、李四 …" (transfer full) */
static char *
dup_names (const GPtrArray *names, guint all)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < names->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? _ (", ") : "", (const char *)g_ptr_array_index (names, i));
  if (names->len < all)
    g_string_append (text, " …");
  return g_string_free (text, FALSE);
}

/* All of it went: that is said and gone. What did not go must be read. */
static void
taken_back_cb (QcImportReceipt *receipt, guint taken, guint kept, guint failed, QcBusinessPage *self)
{
  g_autofree char *went = g_strdup_printf (
      ngettext ("%u row of the import taken back", "%u rows of the import taken back", taken), taken);
  if (kept + failed == 0) {
    qc_window_toast (qc_window_of (GTK_WIDGET (self)), went, NULL, NULL, NULL);
    return;
  }
  g_autoptr (GString) body = g_string_new (went);
  g_autofree char *stayed = dup_names (qc_import_receipt_get_kept (receipt), kept);
  g_autofree char *lost = dup_names (qc_import_receipt_get_failed (receipt), failed);
  if (kept > 0) {
    g_string_append (body, "\n");
    g_string_append_printf (body,
                            ngettext ("%u row kept, because it was changed since: %s",
                                      "%u rows kept, because they were changed since: %s", kept),
                            kept, stayed);
  }
  if (failed > 0) {
    g_string_append (body, "\n");
    g_string_append_printf (body,
                            ngettext ("%u row could not be put back as it was, because it is on the roster no more: %s",
                                      "%u rows could not be put back as they were, because they are on the roster no "
                                      "more: %s",
                                      failed),
                            failed, lost);
  }
  qc_dialog_tell (GTK_WIDGET (self), _ ("Not all of the import was taken back"), body->str);
}

void
qc_business_page_set_receipt (QcBusinessPage *self, QcImportReceipt *receipt)
{
  if (self->receipt)
    g_signal_handlers_disconnect_by_data (self->receipt, self);
  g_set_object (&self->receipt, receipt);
  if (receipt)
    g_signal_connect_object (receipt, "taken-back", G_CALLBACK (taken_back_cb), self, 0);
}

static void
adopted_cb (QcBusinessPage *self, guint added, guint changed, guint left, QcImportReceipt *receipt)
{
  g_autofree char *undo = g_strconcat ("win.", qc_business_page_code (self), "-import-undo", NULL);
  g_autofree char *taken
      = g_strdup_printf (ngettext ("%u row imported", "%u rows imported", added + changed), added + changed);
  g_autofree char *rest
      = left > 0 ? g_strdup_printf (ngettext ("%u row not taken over", "%u rows not taken over", left), left) : NULL;
  g_autofree char *text = rest ? g_strdup_printf ("%s · %s", taken, rest) : g_strdup (taken);
  qc_business_page_set_receipt (self, receipt);
  qc_window_toast (qc_window_of (GTK_WIDGET (self)), text, added + changed > 0 ? _ ("_Undo") : NULL,
                   added + changed > 0 ? undo : NULL, NULL);
}

void
qc_business_page_import (QcBusinessPage *self, GFile *file)
{
  if (self->importer || !self->service || !file || !g_action_get_enabled (G_ACTION (find_action (self, "import"))))
    return;
  GtkWidget *importer = qc_import_dialog_new (GTK_WIDGET (self), self->service, file);
  g_set_weak_pointer (&self->importer, importer);
  g_signal_connect_object (importer, "adopted", G_CALLBACK (adopted_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (importer));
}

static void
file_chosen_cb (GFile *file, gpointer user_data)
{
  g_autoptr (QcBusinessPage) self = user_data;
  qc_business_page_import (self, file);
}

static void
import_file_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (g_variant_get_string (parameter, NULL));
  qc_business_page_import (user_data, file);
}

/* Told where a picture is: for who is driven without a dialog. */
static void
picture_file_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  QcBusinessPage *self = user_data;
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  g_autofree const char **paths = g_variant_get_strv (parameter, NULL);
  for (guint i = 0; paths[i]; i++) {
    g_autoptr (GFile) file = g_file_new_for_commandline_arg (paths[i]);
    g_list_store_append (files, file);
  }
  if (self->pictures)
    qc_attachments_step_add_files (self->pictures, G_LIST_MODEL (files), paths[0] && paths[1]);
}

static gboolean
dropped_cb (GtkDropTarget *target, const GValue *value, double x, double y, QcBusinessPage *self)
{
  const GSList *files = gdk_file_list_get_files (g_value_get_boxed (value));
  if (!files)
    return FALSE;
  qc_business_page_import (self, files->data);
  return TRUE;
}

static void
concerned_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcBusinessPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = qc_roster_service_add_concerned_finish (QC_ROSTER_SERVICE (source), result, &error);
  QcRosterGrid *grid = qc_roster_step_get_grid (self->step);
  if (!ids)
    qc_business_page_show_error (self, error);
  else if (QC_ROSTER_SERVICE (source) != self->service || !grid)
    return; /* another draft meanwhile */
  else if (ids->len > 0) {
    self->entering = g_array_index (ids, gint64, 0);
    qc_business_page_go_entering (self);
  } else
    qc_dialog_tell (GTK_WIDGET (self), _ ("Nobody else is concerned"),
                    _ (qc_business_info (self->business)->nobody_msgid));
}

/* --- the roster --------------------------------------------------------------------------------------------------- */

static void
update_lines (QcBusinessPage *self)
{
  g_autoptr (GArray) lines = qc_roster_grid_dup_selected (qc_roster_step_get_grid (self->step));
  qc_roster_service_update_lines (self->service, (const gint64 *)lines->data, lines->len);
}

/* The one line that is chosen, or the first of several; 0 = none. */
static gint64
first_chosen (QcBusinessPage *self)
{
  g_autoptr (GArray) lines = qc_roster_grid_dup_selected (qc_roster_step_get_grid (self->step));
  return lines->len > 0 ? g_array_index (lines, gint64, 0) : 0;
}

static void
show_months (QcBusinessPage *self)
{
  if (!qc_months_window_open (GTK_WIDGET (self), self->service, first_chosen (self)))
    qc_dialog_tell (GTK_WIDGET (self), _ ("No months to show"),
                    _ ("Enter from which month to which is paid for; then each of them is shown with what was paid."));
}

static void
found_cb (gint64 first, gpointer user_data)
{
  QcBusinessPage *self = user_data;
  self->entering = first;
  qc_business_page_go_entering (self);
}

static void
add_again (QcBusinessPage *self)
{
  gint64 line = qc_roster_service_add_again (self->service, first_chosen (self));
  if (line != 0)
    qc_roster_grid_go_to_empty (qc_roster_step_get_grid (self->step), line);
}

static void
pasted_cb (QcBusinessPage *self, const QcPasteResult *result)
{
  const GPtrArray *lines = qc_draft_get_roster (qc_business_service_get_draft (qc_business_page_base (self)))->lines;
  QcRosterGrid *grid = qc_roster_step_get_grid (self->step);
  if (grid && result->added > 0 && result->added <= lines->len
      && !qc_draft_is_busy (qc_business_service_get_draft (qc_business_page_base (self)))) /* on with what they lack */
    qc_roster_grid_go_to_empty (grid,
                                ((const QcRosterLine *)g_ptr_array_index (lines, lines->len - result->added))->id);
  g_autofree char *words = qc_roster_words_pasted (result);
  if (words)
    qc_dialog_tell (GTK_WIDGET (self), _ ("Not everything was taken over"), words);
}

/* --- drafts ------------------------------------------------------------------------------------------------------- */

static void
delete_draft (QcBusinessPage *self)
{
  QcDraft *draft = qc_business_service_get_draft (qc_business_page_base (self));
  gint64 id = qc_draft_get_id (draft);
  g_autofree char *action = g_strconcat ("win.", qc_business_page_code (self), "-draft-undelete", NULL);
  if (id == 0)
    return;
  qc_draft_discard (draft);
  qc_window_toast (qc_window_of (GTK_WIDGET (self)), _ ("The draft is deleted; nothing was sent to the center."),
                   _ ("_Undo"), action, g_variant_new_int64 (id));
  qc_business_page_show_draft (self, 0);
}

static void
draft_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  QcBusinessPage *self = user_data;
  gint64 draft = g_variant_get_int64 (parameter);
  if (!qc_business_page_base (self))
    return;
  if (action == find_action (self, "draft-undelete")) {
    qc_draft_list_undelete (qc_draft_bar_get_list (qc_business_page_get_bar (self)), draft);
    qc_business_page_show_draft (self, draft);
  } else {
    qc_business_page_show_draft (self, draft);
  }
}

/* --- the actions ---------------------------------------------------------------------------------------------------
 */

static void
plain_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  QcBusinessPage *self = user_data;
  const char *name = g_action_get_name (G_ACTION (action)) + strlen (qc_business_page_code (self)) + 1;
  QcRosterGrid *grid = qc_business_page_get_grid (self);
  QcDraftBar *bar = qc_business_page_get_bar (self);
  if (!qc_business_page_base (self))
    return;
  QcOutboxItem *item = qc_business_service_get_item (qc_business_page_base (self));
  QcApplicationRow *row = qc_business_result_get_row (self->result);
  if (g_str_equal (name, "choose"))
    choose_people (self);
  else if (g_str_equal (name, "import"))
    qc_dialog_open_file (GTK_WIDGET (self), _ ("Import a workbook or text"), _ ("Workbooks and texts"),
                         "*.xlsx;*.xls;*.csv;*.tsv;*.txt", file_chosen_cb, g_object_ref (self));
  else if (g_str_equal (name, "import-forget"))
    qc_import_recent_clear (qc_page_get_session (QC_PAGE (self)));
  else if (g_str_equal (name, "import-undo") && self->receipt)
    qc_import_receipt_take_back (self->receipt);
  else if (g_str_equal (name, "concerned"))
    qc_roster_service_add_concerned_async (self->service, NULL, concerned_cb, g_object_ref (self));
  else if (g_str_equal (name, "paste"))
    qc_roster_grid_paste (grid);
  else if (g_str_equal (name, "fill-down"))
    qc_roster_grid_fill_down (grid);
  else if (g_str_equal (name, "update-lines"))
    update_lines (self);
  else if (g_str_equal (name, "remove"))
    qc_roster_grid_delete (grid);
  else if (g_str_equal (name, "clear"))
    qc_roster_service_clear (self->service);
  else if (g_str_equal (name, "remove-unchanged"))
    qc_roster_service_remove_found (self->service, "base.unchanged");
  else if (g_str_equal (name, "months"))
    show_months (self);
  else if (g_str_equal (name, "again"))
    add_again (self);
  else if (g_str_equal (name, "find"))
    qc_back_find (GTK_WIDGET (self), self->service, found_cb, g_object_ref (self), g_object_unref);
  else if (g_str_equal (name, "pictures-choose") && self->pictures)
    qc_attachments_step_choose (self->pictures);
  else if (g_str_equal (name, "pictures-paste") && self->pictures)
    qc_attachments_step_paste (self->pictures);
  else if (g_str_equal (name, "phone") && self->pictures)
    qc_attachments_step_phone (self->pictures);
  else if (g_str_equal (name, "print-list"))
    qc_stamped_flow_open (GTK_WIDGET (self), self->service, QC_STAMPED_PAPER_LIST);
  else if (g_str_equal (name, "write-statement"))
    qc_stamped_flow_open (GTK_WIDGET (self), self->service, QC_STAMPED_PAPER_STATEMENT);
  else if (g_str_equal (name, "reason"))
    qc_roster_step_choose_reason (self->step);
  else if (g_str_equal (name, "accept-month"))
    qc_roster_service_accept_month (self->service);
  else if (g_str_equal (name, "draft-new"))
    qc_draft_bar_create (bar);
  else if (g_str_equal (name, "draft-rename"))
    qc_draft_bar_rename (bar);
  else if (g_str_equal (name, "draft-delete"))
    delete_draft (self);
  else if (g_str_equal (name, "confirm") && self->dialog)
    gtk_widget_activate_action (self->dialog, "dialog.confirm", NULL);
  else if (g_str_equal (name, "new"))
    qc_business_page_put_result_away (self);
  else if (g_str_equal (name, "withdraw") && item)
    qc_applications_pane_withdraw (self->pane, item);
  else if (g_str_equal (name, "records"))
    qc_business_records_set_open (self->records, !qc_business_records_is_open (self->records));
  else if (g_str_equal (name, "open") && item) {
    qc_business_records_set_open (self->records, TRUE);
    qc_applications_pane_select (self->pane, qc_outbox_item_get_serial (item));
  } else if (g_str_equal (name, "print") && row)
    qc_window_go (qc_window_of (GTK_WIDGET (self)), "vouchers", qc_application_row_get_application (row)->serial);
  else if (g_str_equal (name, "redraw") && row)
    qc_applications_pane_act (self->pane, row, QC_ACTION_REDRAW);
}

/* export, export-shown ask where to; export-to, export-shown-to are told. */
static void
export_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  QcBusinessPage *self = user_data;
  if (!self->service)
    return;
  QcExport *export = strstr (g_action_get_name (G_ACTION (action)), "-export-shown")
                         ? qc_export_new_shown (self->service)
                         : qc_export_new_everybody_of (self->service);
  if (parameter)
    qc_export_flow_write (GTK_WIDGET (self), export, g_variant_get_string (parameter, NULL));
  else
    qc_export_flow_ask (GTK_WIDGET (self), export);
}

/* print alone is the voucher of what was done. */
static void
print_roster_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  QcBusinessPage *self = user_data;
  if (self->service)
    qc_paper_window_open (GTK_WIDGET (self), qc_printout_new_draft (self->service));
}

static void
add_print_action (QcBusinessPage *self)
{
  g_autofree char *name = g_strconcat (qc_business_page_code (self), "-print-roster", NULL);
  g_autofree char *full = g_strconcat ("win.", name, NULL);
  const GActionEntry entry = {.name = name, .activate = print_roster_cb};
  g_action_map_add_action_entries (qc_page_get_actions (QC_PAGE (self)), &entry, 1, self);
  qc_page_add_shortcut (QC_PAGE (self), "<Control>p", full);
}

static void
add_export_actions (QcBusinessPage *self)
{
  static const struct {
    const char *name, *parameter;
  } rows[] = {{"export", NULL}, {"export-to", "s"}, {"export-shown", NULL}, {"export-shown-to", "s"}};
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *name = g_strconcat (qc_business_page_code (self), "-", rows[i].name, NULL);
    const GActionEntry entry = {.name = name, .activate = export_cb, .parameter_type = rows[i].parameter};
    g_action_map_add_action_entries (qc_page_get_actions (QC_PAGE (self)), &entry, 1, self);
  }
  g_autofree char *full = g_strconcat ("win.", qc_business_page_code (self), "-export", NULL);
  qc_page_add_shortcut (QC_PAGE (self), "<Control><Shift>e", full);
}

static void
update_roster_actions (QcBusinessPage *self, QcDraft *draft, gboolean edits)
{
  QcRosterGrid *grid = qc_business_page_get_grid (self);
  guint lines = draft ? qc_draft_get_roster (draft)->lines->len : 0;
  guint chosen = grid ? qc_roster_grid_get_n_selected (grid) : 0;
  set_enabled (self, "choose", edits && qc_roster_service_get_facts (self->service));
  set_enabled (self, "concerned",
               edits && qc_roster_service_get_facts (self->service) && qc_roster_service_can_concern (self->service));
  set_enabled (self, "paste", edits && qc_roster_service_get_facts (self->service));
  set_enabled (self, "import", edits && qc_roster_service_get_facts (self->service));
  set_enabled (self, "import-undo", self->receipt && qc_import_receipt_can_take_back (self->receipt));
  gboolean known = self->service && !self->shows_result && qc_roster_service_get_facts (self->service);
  set_enabled (self, "export", known);
  set_enabled (self, "export-to", known);
  set_enabled (self, "export-shown", known && lines > 0);
  set_enabled (self, "export-shown-to", known && lines > 0);
  set_enabled (self, "print-roster", known && lines > 0);
  set_enabled (self, "fill-down", edits && chosen > 1);
  set_enabled (self, "update-lines", edits && chosen > 0);
  set_enabled (self, "remove", edits && chosen > 0);
  set_enabled (self, "clear", edits && lines > 0);
  set_enabled (self, "remove-unchanged", edits && lines > 0);
  set_enabled (self, "reason", edits && chosen > 0);
  gboolean of_months = qc_business_info (self->business)->of_months;
  set_enabled (self, "months", of_months && known && chosen > 0);
  set_enabled (self, "find", of_months && edits && known);
  set_enabled (self, "again", of_months && edits && chosen == 1);
  set_enabled (self, "pictures-choose", self->pictures && edits && lines > 0);
  set_enabled (self, "pictures-paste", self->pictures && edits && lines > 0);
  set_enabled (self, "phone", self->pictures && edits && lines > 0);
  set_enabled (self, "print-list", of_months && known && lines > 0);
  set_enabled (self, "write-statement", of_months && known && lines > 0);
  set_enabled (self, "accept-month", edits && lines > 0);
}

void
qc_business_page_update_actions (QcBusinessPage *self)
{
  QcBusinessService *service = qc_business_page_base (self);
  QcDraft *draft = service ? qc_business_service_get_draft (service) : NULL;
  QcOutboxItem *item = service ? qc_business_service_get_item (service) : NULL;
  gboolean edits = draft && !self->shows_result && qc_draft_is_loaded (draft) && qc_draft_get_outbox (draft) == 0;
  if (self->step)
    update_roster_actions (self, draft, edits);
  set_enabled (self, "draft", draft != NULL && !self->shows_result);
  set_enabled (self, "draft-new", edits && !qc_draft_is_empty (draft));
  set_enabled (self, "draft-rename", edits && qc_draft_get_id (draft) != 0);
  set_enabled (self, "draft-delete", edits && qc_draft_get_id (draft) != 0);
  set_enabled (self, "confirm", self->dialog != NULL);
  set_enabled (self, "new", self->shows_result && draft && qc_draft_get_outbox (draft) == 0);
  set_enabled (self, "withdraw", item && qc_outbox_item_can_withdraw (item));
  set_enabled (self, "open", item && qc_outbox_item_get_serial (item) != NULL);
  QcApplicationService *applications = qc_applications_pane_get_service (self->pane);
  QcApplicationRow *row = qc_business_result_get_row (self->result);
  set_enabled (self, "print", qc_application_service_why_not (applications, row, QC_ACTION_PRINT) == QC_WHY_NONE);
  set_enabled (self, "redraw", qc_application_service_why_not (applications, row, QC_ACTION_REDRAW) == QC_WHY_NONE);
}

/* @names: ended by NULL. */
static void
add_plain_actions (QcBusinessPage *self, const char *const *names)
{
  for (; *names; names++) {
    g_autofree char *name = g_strconcat (qc_business_page_code (self), "-", *names, NULL);
    const GActionEntry entry = {.name = name, .activate = plain_cb};
    g_action_map_add_action_entries (qc_page_get_actions (QC_PAGE (self)), &entry, 1, self);
  }
}

void
qc_business_page_add_actions (QcBusinessPage *self)
{
  static const char *const plain[] = {"draft-new", "draft-rename", "draft-delete", "confirm", "records", "new",
                                      "withdraw",  "open",         "print",        "redraw",  NULL};
  static const char *const of_roster[]
      = {"choose",          "concerned",        "paste",  "fill-down",   "update-lines",    "remove", "clear", "reason",
         "accept-month",    "remove-unchanged", "import", "import-undo", "import-forget",   "months", "again", "find",
         "pictures-choose", "pictures-paste",   "phone",  "print-list",  "write-statement", NULL};
  static const char *const with_draft[] = {"draft", "draft-undelete"};
  GActionMap *map = qc_page_get_actions (QC_PAGE (self));
  const char *code = qc_business_page_code (self);
  add_plain_actions (self, plain);
  if (self->step)
    add_plain_actions (self, of_roster);
  for (guint i = 0; i < G_N_ELEMENTS (with_draft); i++) {
    g_autofree char *name = g_strconcat (code, "-", with_draft[i], NULL);
    const GActionEntry entry = {.name = name, .activate = draft_cb, .parameter_type = "x"};
    g_action_map_add_action_entries (map, &entry, 1, self);
  }
  g_autofree char *choose = g_strconcat ("win.", code, "-choose", NULL);
  g_autofree char *fresh = g_strconcat ("win.", code, "-new", NULL);
  qc_page_add_shortcut (QC_PAGE (self), "<Control>n", fresh);
  g_signal_connect_object (qc_business_page_get_bar (self), "delete", G_CALLBACK (delete_draft), self,
                           G_CONNECT_SWAPPED);
  if (!self->step)
    return;
  qc_page_add_shortcut (QC_PAGE (self), "<Control>e", choose);
  g_autofree char *import = g_strconcat ("win.", code, "-import", NULL);
  g_autofree char *import_file = g_strconcat (code, "-import-file", NULL);
  const GActionEntry file_entry = {.name = import_file, .activate = import_file_cb, .parameter_type = "s"};
  g_action_map_add_action_entries (map, &file_entry, 1, self);
  qc_page_add_shortcut (QC_PAGE (self), "<Control><Shift>i", import);
  g_autofree char *picture_file = g_strconcat (code, "-pictures-add", NULL);
  const GActionEntry picture_entry = {.name = picture_file, .activate = picture_file_cb, .parameter_type = "as"};
  if (self->pictures)
    g_action_map_add_action_entries (map, &picture_entry, 1, self);
  GtkDropTarget *drop = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  g_signal_connect (drop, "drop", G_CALLBACK (dropped_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->step), GTK_EVENT_CONTROLLER (drop));
  add_export_actions (self);
  add_print_action (self);
  g_signal_connect_object (self->step, "pasted", G_CALLBACK (pasted_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->step, "failed", G_CALLBACK (qc_business_page_show_error), self, G_CONNECT_SWAPPED);
}
