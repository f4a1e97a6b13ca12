/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The side panel of one application. Main thread.
 */
#include "qc-application-detail.h"

#include <glib/gi18n.h>

#include "qc-application-roster.h"
#include "qc-attachment.h"
#include "qc-columns-layout.h"
#include "qc-error-text.h"
#include "qc-fact-grid.h"
#include "qc-focus.h"
#include "qc-format.h"
#include "qc-money-words.h"
#include "qc-pill.h"
#include "qc-return-reason.h"
#include "qc-sheet-window.h"
#include "qc-spoken.h"
#include "qc-unit-field.h"
#include "qc-wrap-layout.h"

#define LISTED 20 /* pictures */

struct _QcApplicationDetail {
  GtkWidget parent_instance;
  QcSession *session;            /* (owned) */
  QcApplicationService *service; /* (owned) */
  QcApplicationRow *row;         /* (owned) (nullable) */
  QcApplicationLines *lines;     /* (owned) (nullable) of the row, where it has any */
  /* borrowed */
  GtkWidget *child, *body, *buttons;
  GtkLabel *title, *explain, *reason;
  GtkWidget *state, *draw;
  GtkWidget *facts, *notice_box, *notice, *months_box, *months, *roster_box, *roster, *changes_box, *changes,
      *timeline_box, *timeline, *reasons_box, *reasons, *pictures_box, *pictures;
  GtkLabel *changes_words;
  GtkWidget *go_on, *redraw, *remove, *cancel, *reopen, *print, *withdraw, *release, *sheet;
};

G_DEFINE_FINAL_TYPE (QcApplicationDetail, qc_application_detail, GTK_TYPE_WIDGET)

static void
set_text (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text && *text);
}

static const char *
actor_words (const char *actor)
{
  if (g_strcmp0 (actor, "center") == 0)
    return _ ("Center");
  if (g_strcmp0 (actor, "bank") == 0)
    return _ ("Bank");
  return actor ? actor : "";
}

static void
clear_box (GtkWidget *box)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (box)))
    gtk_box_remove (GTK_BOX (box), child);
}

static void
fill_timeline (QcApplicationDetail *self, const QcApplication *application)
{
  clear_box (self->timeline);
  for (guint i = 0; application && i < application->timeline->len; i++) {
    const QcTimelineEntry *entry = g_ptr_array_index (application->timeline, i);
    g_autofree char *time = qc_format_date_time (entry->time);
    g_autofree char *money = entry->fen ? qc_format_yuan (entry->fen) : g_strdup ("");
    g_autofree char *head = g_strdup_printf ("%s · %s", time, actor_words (entry->actor));
    g_autofree char *text = g_strdup_printf ("%s %s%s%s", _ (qc_timeline_event_to_msgid (entry->event)), money,
                                             entry->text ? "\n" : "", entry->text ? entry->text : "");
    GtkWidget *when = gtk_label_new (head);
    GtkWidget *what = gtk_label_new (g_strstrip (text));
    gtk_label_set_xalign (GTK_LABEL (when), 0);
    gtk_label_set_wrap (GTK_LABEL (when), TRUE);
    gtk_widget_add_css_class (when, "caption");
    gtk_widget_add_css_class (when, "dim-label");
    gtk_label_set_xalign (GTK_LABEL (what), 0);
    gtk_label_set_wrap (GTK_LABEL (what), TRUE);
    gtk_label_set_wrap_mode (GTK_LABEL (what), PANGO_WRAP_WORD_CHAR);
    gtk_widget_set_margin_bottom (what, 6);
    gtk_box_append (GTK_BOX (self->timeline), when);
    gtk_box_append (GTK_BOX (self->timeline), what);
  }
  gtk_widget_set_visible (self->timeline_box, application && application->timeline->len > 0);
}

static void
fill_months (QcApplicationDetail *self, const QcApplication *application)
{
  qc_fact_grid_clear (QC_FACT_GRID (self->months));
  for (guint i = 0; application && i < application->months->len; i++) {
    const QcMonthLine *line = &g_array_index (application->months, QcMonthLine, i);
    g_autofree char *month = qc_format_month (line->month);
    g_autofree char *people = qc_format_people (line->people);
    g_autofree char *money = qc_format_yuan (qc_month_line_fen (line));
    g_autofree char *value = g_strdup_printf ("%s · %s", people, money);
    qc_fact_grid_add (QC_FACT_GRID (self->months), month, value);
  }
  gtk_widget_set_visible (self->months_box, application && application->months->len > 1);
}

static void
fill_notice (QcApplicationDetail *self, const QcApplication *application)
{
  g_autoptr (QcPayeeNotice) notice = qc_application_service_dup_notice (self->service, application);
  qc_payee_notice_fill (QC_FACT_GRID (self->notice), notice, application);
  gtk_widget_set_visible (self->notice_box, notice != NULL);
}

void
qc_payee_notice_fill (QcFactGrid *grid, const QcPayeeNotice *notice, const QcApplication *application)
{
  gboolean rest = application && application->arrived > 0;
  qc_fact_grid_clear (grid);
  if (!notice)
    return;
  g_autofree char *money = qc_format_yuan (notice->fen);
  g_autofree char *plain = qc_money_to_plain (notice->fen);
  qc_fact_grid_add_copyable (grid, _ ("Payee"), notice->payee_name, NULL);
  qc_fact_grid_add_copyable (grid, _ ("Account"), notice->payee_account, NULL);
  qc_fact_grid_add_copyable (grid, _ ("Bank"), notice->payee_bank, NULL);
  qc_fact_grid_add_copyable (grid, rest ? _ ("Still to pay") : _ ("Amount"), money, plain);
  qc_fact_grid_add_copyable (grid, _ ("Remark"), notice->remark, NULL);
}

static void
add_money (QcFactGrid *grid, const char *name, QcMoney fen)
{
  g_autofree char *money = qc_format_yuan (fen);
  g_autofree char *words = qc_money_to_words (fen);
  GtkWidget *label = qc_fact_grid_add (grid, name, money);
  gtk_widget_set_tooltip_text (label, words);
}

static void
add_amount (QcApplicationDetail *self)
{
  QcMoney fen;
  if (qc_application_row_get_fen (self->row, &fen))
    add_money (QC_FACT_GRID (self->facts), _ ("Amount"), fen);
}

/* Of a business that is about nobody nothing is said. (transfer full) */
static char *
dup_headcount (QcBusiness business, gint64 people)
{
  return qc_business_is_of_people (business) ? qc_format_people (people) : g_strdup ("");
}

/* Sent, received, processed (X14); and how long it has been lying there. */
static void
fill_clocks (QcFactGrid *facts, const QcApplication *application, gint64 now)
{
  if (qc_business_info (application->business)->run != QC_RUN_REVIEWED)
    return;
  g_autofree char *received = qc_format_date_time (application->received);
  g_autofree char *processed = qc_format_date_time (application->processed);
  qc_fact_grid_add (facts, _ ("Received by the center"), received);
  qc_fact_grid_add (facts, _ ("Processed by the center"), processed);
  gint64 hours = application->received > 0 ? (now - application->received) / 3600 : 0;
  if (application->state != QC_STATE_IN_REVIEW || hours < 1)
    return;
  g_autofree char *waits = g_strdup_printf (ngettext ("For %d hour; ask the center if it is urgent",
                                                      "For %d hours; ask the center if it is urgent", (gulong)hours),
                                            (int)hours);
  qc_fact_grid_add (facts, _ ("Received, not processed"), waits);
}

static void
fill_application (QcApplicationDetail *self, const QcApplication *application)
{
  QcFactGrid *facts = QC_FACT_GRID (self->facts);
  const char *explain = qc_state_explain_msgid (application->business, application->state);
  g_autofree char *months = qc_application_words_months (application->start, application->end);
  g_autofree char *people = dup_headcount (application->business, application->people);
  g_autofree char *effective = qc_format_month (application->effective);
  g_autofree char *created = qc_format_date_time (application->created);
  g_autofree char *finished = qc_format_date_time (application->finished);
  g_autofree char *number = application->draw_number > 1 ? g_strdup_printf ("%d", application->draw_number) : NULL;
  QcMoney missing = qc_application_missing (application);
  qc_pill_set_application_state (QC_PILL (self->state), application->state);
  qc_pill_set_draw (QC_PILL (self->draw), application->draw);
  set_text (self->explain, explain ? _ (explain) : NULL);
  set_text (self->reason, application->draw == QC_DRAW_FAILED ? application->draw_reason : application->return_reason);
  qc_fact_grid_add_copyable (facts, _ ("Serial number"), application->serial, NULL);
  qc_fact_grid_add (facts, _ ("Method"), qc_application_words_method (application->method));
  qc_fact_grid_add (facts, _ ("Months"), months);
  qc_fact_grid_add (facts, _ ("Month of change"), effective);
  qc_fact_grid_add (facts, _ ("Headcount"), people);
  add_amount (self);
  if (application->arrived && application->method == QC_METHOD_TRANSFER)
    add_money (facts, _ ("Arrived"), application->arrived);
  if (missing > 0 && application->arrived > 0)
    add_money (facts, _ ("Still missing"), missing);
  qc_fact_grid_add (facts, _ ("Draws"), number);
  qc_fact_grid_add (facts, _ ("Submitted"), created);
  fill_clocks (facts, application, qc_clock_now (qc_context_get_clock (qc_session_get_context (self->session))));
  qc_fact_grid_add (facts, _ ("Finished at"), finished);
  qc_fact_grid_add_copyable (facts, _ ("Comes after the returned"), application->replaces, NULL);
  qc_fact_grid_add_copyable (facts, _ ("Submitted again as"), application->replaced_by, NULL);
  qc_fact_grid_add (facts, _ ("Entered by"), application->entered_by);
}

/* What changes while its pictures go. */
static void
fill_item_words (QcApplicationDetail *self)
{
  QcOutboxItem *item = qc_application_row_get_item (self->row);
  gboolean registered = qc_application_row_is_registered (self->row);
  const char *explain
      = registered ? qc_state_explain_msgid (qc_outbox_item_get_business (item), QC_STATE_REGISTERED) : NULL;
  g_autofree char *words = qc_application_words_item (item);
  g_autofree char *both = explain ? g_strjoin ("\n", _ (explain), words, NULL) : NULL;
  if (registered)
    qc_pill_set_application_state (QC_PILL (self->state), QC_STATE_REGISTERED);
  qc_pill_set_waiting (QC_PILL (registered ? self->draw : self->state), item);
  gtk_widget_set_visible (self->draw, registered);
  set_text (self->explain, both ? both : words);
}

static void
fill_item (QcApplicationDetail *self, QcOutboxItem *item)
{
  QcFactGrid *facts = QC_FACT_GRID (self->facts);
  g_autofree char *months
      = qc_application_words_months (qc_outbox_item_get_start (item), qc_outbox_item_get_end (item));
  g_autofree char *people = dup_headcount (qc_outbox_item_get_business (item), qc_outbox_item_get_people (item));
  g_autofree char *created = qc_format_date_time (qc_outbox_item_get_created (item));
  g_autofree char *attempts = g_strdup_printf ("%u", qc_outbox_item_get_attempts (item));
  fill_item_words (self);
  set_text (self->reason, qc_outbox_item_get_detail (item));
  qc_fact_grid_add (facts, _ ("Method"), qc_application_words_method (qc_outbox_item_get_method (item)));
  qc_fact_grid_add (facts, _ ("Months"), months);
  qc_fact_grid_add (facts, _ ("Headcount"), people);
  add_amount (self);
  qc_fact_grid_add (facts, _ ("Queued"), created);
  if (qc_outbox_item_get_attempts (item) > 0)
    qc_fact_grid_add (facts, _ ("Attempts"), attempts);
}

static void
fill_draft (QcApplicationDetail *self, QcDraftEntry *draft)
{
  QcFactGrid *facts = QC_FACT_GRID (self->facts);
  g_autofree char *name = qc_draft_entry_dup_name (draft);
  g_autofree char *count = qc_draft_entry_dup_count (draft);
  g_autofree char *faults = qc_format_count (qc_draft_entry_get_faults (draft));
  g_autofree char *changed = qc_format_date_time (qc_draft_entry_get_changed (draft));
  qc_pill_set_application_state (QC_PILL (self->state), QC_STATE_DRAFT);
  gtk_widget_set_visible (self->draw, FALSE);
  set_text (self->explain, _ (qc_state_explain_msgid (qc_draft_entry_get_business (draft), QC_STATE_DRAFT)));
  set_text (self->reason, NULL);
  qc_fact_grid_add (facts, _ ("Draft"), name);
  qc_fact_grid_add (facts, _ ("Method"), qc_application_words_method (qc_draft_entry_get_method (draft)));
  qc_fact_grid_add (facts, _ ("Roster"), count);
  if (qc_draft_entry_get_faults (draft) > 0)
    qc_fact_grid_add (facts, _ ("Faults"), faults);
  qc_fact_grid_add (facts, _ ("Last change"), changed);
  qc_fact_grid_add_copyable (facts, _ ("Comes after the returned"), qc_draft_entry_get_reopened (draft), NULL);
}

/* Why what was changed is not to be seen here. (transfer full) (nullable) */
static char *
dup_changes_words (QcApplicationLines *lines)
{
  const GError *error = qc_application_lines_get_error (lines);
  if (qc_application_lines_is_whole (lines) || (!error && !qc_application_lines_is_busy (lines)))
    return NULL;
  if (!error)
    return g_strdup (_ ("Being fetched from the center…"));
  g_autoptr (QcErrorText) text = qc_error_text_new (error);
  return g_strjoin ("\n", text->title, text->advice, NULL);
}

static void
add_words (GtkWidget *box, const char *text)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_box_append (GTK_BOX (box), label);
}

/* What it is about, before the sentence: a person and a field, a picture. (transfer full) */
static char *
dup_reason (QcApplicationDetail *self, const QcReturnReason *reason)
{
  QcRosterModel *model = qc_application_lines_get_model (self->lines);
  const QcRosterLine *line = model && reason->line ? qc_roster_model_get_line (model, reason->line) : NULL;
  QcBusiness business = qc_application_row_get_business (self->row);
  QcLineFieldId field;
  GString *text = g_string_new (line && line->name ? line->name : NULL);
  if (reason->field && qc_line_field_from_name (reason->field, &field))
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", _ (qc_business_field_msgid (business, field)));
  if (reason->target == QC_RETURN_ATTACHMENT)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", _ ("Picture"));
  if (text->len > 0)
    g_string_append (text, "\n");
  g_string_append (text, reason->text);
  return g_string_free (text, FALSE);
}

static void
fill_reasons (QcApplicationDetail *self)
{
  const GPtrArray *reasons = self->lines ? qc_application_lines_get_reasons (self->lines) : NULL;
  clear_box (self->reasons);
  for (guint i = 0; reasons && i < reasons->len; i++) {
    g_autofree char *text = dup_reason (self, g_ptr_array_index (reasons, i));
    add_words (self->reasons, text);
  }
  gtk_widget_set_visible (self->reasons_box, reasons && reasons->len > 0);
}

static void
fill_pictures (QcApplicationDetail *self)
{
  const GPtrArray *pictures = self->lines ? qc_application_lines_get_attachments (self->lines) : NULL;
  clear_box (self->pictures);
  for (guint i = 0; pictures && i < MIN (pictures->len, LISTED); i++) {
    const QcAttachment *picture = g_ptr_array_index (pictures, i);
    g_autofree char *size = g_format_size ((guint64)picture->size);
    g_autofree char *text = g_strdup_printf ("%s · %s", picture->name, size);
    add_words (self->pictures, text);
  }
  if (pictures && pictures->len > LISTED) {
    g_autofree char *more = g_strdup_printf (
        ngettext ("and %u more picture", "and %u more pictures", pictures->len - LISTED), pictures->len - LISTED);
    add_words (self->pictures, more);
  }
  gtk_widget_set_visible (self->pictures_box, pictures && pictures->len > 0);
}

static void
fill_changes (QcApplicationDetail *self)
{
  const GPtrArray *facts = self->lines ? qc_application_lines_get_facts (self->lines) : NULL;
  qc_fact_grid_clear (QC_FACT_GRID (self->changes));
  for (guint i = 0; facts && i < facts->len; i++) {
    const QcFact *fact = g_ptr_array_index (facts, i);
    const QcUnitField *field = qc_unit_field_find (fact->name);
    g_autofree char *change = qc_application_words_fact (fact, qc_application_lines_get_codes (self->lines));
    qc_fact_grid_add (QC_FACT_GRID (self->changes), field ? _ (field->msgid) : fact->name, change);
  }
  g_autofree char *words = self->lines ? dup_changes_words (self->lines) : NULL;
  set_text (self->changes_words, words);
  fill_reasons (self);
  fill_pictures (self);
}

/* Lists make their rows anew; who looks at the same one goes on looking. */
static void
fill_roster (QcApplicationDetail *self)
{
  gboolean has = self->row && qc_application_row_has_lines (self->row);
  const QcBusinessInfo *info = has ? qc_business_info (qc_application_row_get_business (self->row)) : NULL;
  gboolean roster = has && info->n_columns > 0;
  if (self->lines && (!has || !qc_application_lines_is_of (self->lines, self->row))) {
    g_signal_handlers_disconnect_by_data (self->lines, self);
    g_clear_object (&self->lines);
  }
  if (has && !self->lines) {
    self->lines = qc_application_lines_new (self->session, self->row);
    g_signal_connect_object (self->lines, "changed", G_CALLBACK (fill_changes), self, G_CONNECT_SWAPPED);
  }
  qc_application_roster_set_lines (QC_APPLICATION_ROSTER (self->roster), roster ? self->lines : NULL);
  fill_changes (self);
  gtk_widget_set_visible (self->roster_box, roster);
  gtk_widget_set_visible (self->changes_box, has && info->has_facts);
}

gboolean
qc_application_detail_has_roster (QcApplicationDetail *self)
{
  g_return_val_if_fail (QC_IS_APPLICATION_DETAIL (self), FALSE);
  return self->lines && qc_business_info (qc_application_lines_get_business (self->lines))->n_columns > 0;
}

QcApplicationLines *
qc_application_detail_get_lines (QcApplicationDetail *self)
{
  g_return_val_if_fail (QC_IS_APPLICATION_DETAIL (self), NULL);
  return self->lines;
}

void
qc_application_detail_open_roster (QcApplicationDetail *self)
{
  g_return_if_fail (QC_IS_APPLICATION_DETAIL (self));
  if (qc_application_detail_has_roster (self))
    qc_roster_window_open (GTK_WIDGET (self), self->lines,
                           _ (qc_business_info (qc_application_lines_get_business (self->lines))->msgid));
}

gboolean
qc_application_detail_has_sheet (QcApplicationDetail *self)
{
  g_return_val_if_fail (QC_IS_APPLICATION_DETAIL (self), FALSE);
  return self->row && !qc_application_row_get_draft (self->row)
         && qc_application_row_get_business (self->row) == QC_BUSINESS_REMITTANCE;
}

void
qc_application_detail_open_sheet (QcApplicationDetail *self)
{
  g_return_if_fail (QC_IS_APPLICATION_DETAIL (self));
  if (!qc_application_detail_has_sheet (self))
    return;
  g_autofree char *key = qc_application_row_dup_key (self->row);
  QcMoney fen = 0;
  qc_application_row_get_fen (self->row, &fen);
  /* Translators: the title of a comparison; a serial number. */
  g_autofree char *title = g_strdup_printf (_ ("This month and last month — %s"), key);
  qc_sheet_window_open_kept (GTK_WIDGET (self), self->session, key, fen, title);
}

static void
watch_row (QcApplicationDetail *self, QcApplicationRow *row)
{
  QcOutboxItem *before = self->row ? qc_application_row_get_item (self->row) : NULL;
  if (before)
    g_signal_handlers_disconnect_by_data (before, self);
  g_set_object (&self->row, row);
  if (row && qc_application_row_get_item (row))
    g_signal_connect_object (qc_application_row_get_item (row), "notify::uploading", G_CALLBACK (fill_item_words), self,
                             G_CONNECT_SWAPPED);
}

void
qc_application_detail_set_row (QcApplicationDetail *self, QcApplicationRow *row)
{
  g_return_if_fail (QC_IS_APPLICATION_DETAIL (self));
  watch_row (self, row);
  gtk_widget_set_visible (self->child, row != NULL);
  fill_roster (self);
  if (!row)
    return;
  const QcApplication *application = qc_application_row_get_application (row);
  QcOutboxItem *item = qc_application_row_get_item (row);
  QcDraftEntry *draft = qc_application_row_get_draft (row);
  gboolean is_paid = qc_business_info (qc_application_row_get_business (row))->has_money;
  gtk_label_set_text (self->title, _ (qc_business_info (qc_application_row_get_business (row))->msgid));
  qc_fact_grid_clear (QC_FACT_GRID (self->facts));
  if (application)
    fill_application (self, application);
  else if (item)
    fill_item (self, item);
  else
    fill_draft (self, draft);
  fill_months (self, application);
  fill_notice (self, application);
  fill_timeline (self, application);
  gtk_widget_set_visible (self->go_on, draft != NULL);
  gtk_widget_set_visible (self->withdraw, item != NULL);
  gtk_widget_set_visible (self->release, item && qc_outbox_item_get_state (item) == QC_OUTBOX_ITEM_HELD);
  gtk_widget_set_visible (self->redraw, application && application->method == QC_METHOD_COLLECTION);
  gtk_widget_set_visible (self->remove,
                          application && qc_business_info (application->business)->run == QC_RUN_REMITTANCE);
  gtk_widget_set_visible (self->reopen, application && qc_application_can (application, QC_ACTION_REOPEN));
  gtk_widget_set_visible (self->cancel, application && qc_application_can (application, QC_ACTION_CANCEL));
  gtk_widget_set_visible (self->print, application && is_paid);
  gtk_widget_set_visible (self->sheet, qc_application_detail_has_sheet (self));
}

void
qc_application_detail_set_service (QcApplicationDetail *self, QcApplicationService *service)
{
  g_return_if_fail (QC_IS_APPLICATION_DETAIL (self));
  g_set_object (&self->service, service);
}

void
qc_application_detail_set_why_not (QcApplicationDetail *self, const char *action_name, const char *why)
{
  GtkWidget *buttons[] = {self->go_on,  self->redraw, self->remove,   self->cancel,
                          self->reopen, self->print,  self->withdraw, self->release};
  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    if (g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (buttons[i])), action_name) == 0) {
      gtk_widget_set_tooltip_text (buttons[i], why);
      gtk_accessible_update_property (GTK_ACCESSIBLE (buttons[i]), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, why ? why : "",
                                      -1);
    }
}

/* --- widgets ------------------------------------------------------------------------------------------------------ */

static GtkLabel *
add_label (QcApplicationDetail *self, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (self->body), label);
  return GTK_LABEL (label);
}

/* A headline with @child below; gives the box around both. */
static GtkWidget *
add_section (QcApplicationDetail *self, const char *title, GtkWidget *child)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *label = gtk_label_new (title);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  qc_spoken_heading (label);
  gtk_widget_set_margin_top (box, 6);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), child);
  gtk_box_append (GTK_BOX (self->body), box);
  return box;
}

static GtkWidget *
add_button (QcApplicationDetail *self, const char *label, const char *action, const char *css_class)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  if (css_class)
    gtk_widget_add_css_class (button, css_class);
  gtk_box_append (GTK_BOX (self->buttons), button);
  return button;
}

static void
build_buttons (QcApplicationDetail *self)
{
  self->buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_layout_manager (self->buttons, qc_columns_layout_new (1, 3, 6));
  self->go_on = add_button (self, _ ("Go on with it"), "win.application-go-on", "suggested-action");
  self->reopen = add_button (self, _ ("Correct and submit a_gain"), "win.application-reopen", "suggested-action");
  self->redraw = add_button (self, _ ("Draw _again"), "win.application-redraw", NULL);
  self->release = add_button (self, _ ("_Send on"), "win.application-release", "suggested-action");
  self->withdraw = add_button (self, _ ("_Take back"), "win.application-withdraw", NULL);
  self->print = add_button (self, _ ("Print _voucher"), "win.application-print", NULL);
  self->sheet = add_button (self, _ ("_This and last month"), "win.application-sheet", NULL);
  /* in red letters only: the question that follows has the red button */
  self->remove = add_button (self, _ ("_Delete"), "win.application-delete", "qc-destructive");
  self->cancel = add_button (self, _ ("_Take it back"), "win.application-cancel", "qc-destructive");
  qc_focus_guard (self->remove);
  qc_focus_guard (self->cancel);
  qc_focus_guard (self->redraw);
  qc_focus_guard (self->release);
  qc_focus_guard (self->withdraw);
}

static void
build_body (QcApplicationDetail *self)
{
  GtkWidget *pills = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_layout_manager (pills, qc_wrap_layout_new (6));
  self->body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_margin_top (self->body, 6);
  gtk_widget_set_margin_bottom (self->body, 12);
  gtk_widget_set_margin_start (self->body, 12);
  gtk_widget_set_margin_end (self->body, 12);
  self->title = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->title, 0);
  gtk_label_set_wrap (self->title, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->title), "heading");
  qc_spoken_heading (GTK_WIDGET (self->title));
  gtk_box_append (GTK_BOX (pills), GTK_WIDGET (self->title));
  self->state = qc_pill_new ();
  self->draw = qc_pill_new ();
  gtk_box_append (GTK_BOX (pills), self->state);
  gtk_box_append (GTK_BOX (pills), self->draw);
  gtk_box_append (GTK_BOX (self->body), pills);
  self->explain = add_label (self, "dim-label");
  self->reason = add_label (self, "error");
  build_buttons (self);
  gtk_box_append (GTK_BOX (self->body), self->buttons);
  self->reasons = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->reasons_box = add_section (self, _ ("Why it was returned"), self->reasons);
  GtkWidget *changes = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->changes = qc_fact_grid_new ();
  self->changes_words = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->changes_words, 0);
  gtk_label_set_wrap (self->changes_words, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->changes_words), "dim-label");
  gtk_box_append (GTK_BOX (changes), self->changes);
  gtk_box_append (GTK_BOX (changes), GTK_WIDGET (self->changes_words));
  self->changes_box = add_section (self, _ ("What is changed"), changes);
  self->facts = qc_fact_grid_new ();
  gtk_box_append (GTK_BOX (self->body), self->facts);
  self->notice = qc_fact_grid_new ();
  self->notice_box = add_section (self, _ ("Pay to"), self->notice);
  self->months = qc_fact_grid_new ();
  self->months_box = add_section (self, _ ("Months"), self->months);
  self->roster = qc_application_roster_new ();
  self->roster_box = add_section (self, _ ("Roster"), self->roster);
  self->pictures = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  self->pictures_box = add_section (self, _ ("Pictures"), self->pictures);
  self->timeline = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  self->timeline_box = add_section (self, _ ("Course"), self->timeline);
}

static void
qc_application_detail_dispose (GObject *object)
{
  QcApplicationDetail *self = QC_APPLICATION_DETAIL (object);
  g_clear_pointer (&self->child, gtk_widget_unparent);
  g_clear_object (&self->row);
  g_clear_object (&self->lines);
  g_clear_object (&self->service);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (qc_application_detail_parent_class)->dispose (object);
}

static void
qc_application_detail_class_init (QcApplicationDetailClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qc_application_detail_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
qc_application_detail_init (QcApplicationDetail *self)
{
  self->child = gtk_scrolled_window_new ();
  build_body (self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->child), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->child), self->body);
  gtk_widget_set_size_request (self->child, 352, -1);
  gtk_widget_set_visible (self->child, FALSE);
  gtk_widget_set_parent (self->child, GTK_WIDGET (self));
}

GtkWidget *
qc_application_detail_new (QcSession *session, QcApplicationService *service)
{
  QcApplicationDetail *self = g_object_new (QC_TYPE_APPLICATION_DETAIL, NULL);
  self->session = g_object_ref (session);
  self->service = g_object_ref (service);
  return GTK_WIDGET (self);
}
