/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The commands of the 汇缴 page as actions (win.remittance-…), the confirmation of 办理 and the question of
 * 授权退休年龄. Main thread.
 */
#include "qc-remittance-page-private.h"

#include <glib/gi18n.h>

#include "qc-application-detail.h"
#include "qc-business-ask.h"
#include "qc-dialogs.h"
#include "qc-drop-down.h"
#include "qc-format.h"
#include "qc-month.h"
#include "qc-paper-months.h"
#include "qc-paper-window.h"
#include "qc-printout-kinds.h"
#include "qc-sheet-window.h"
#include "qc-window.h"

static void
set_enabled (QcRemittancePage *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (qc_page_get_actions (QC_PAGE (self)), name);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

void
qc_remittance_page_show_error (QcRemittancePage *self, const GError *error)
{
  QcWindow *window = qc_window_of (GTK_WIDGET (self));
  if (window)
    qc_window_show_error (window, error);
}

/* --- 办理 --------------------------------------------------------------------------------------------------------- */

static GtkWidget *
build_confirmation (QcRemittancePage *self, const QcRemittanceClaim *claim)
{
  QcRemittancePreview *preview = qc_remittance_service_get_preview (self->service);
  const QcUnit *unit = qc_remittance_preview_get_unit (preview);
  const QcProfileInfo *profile = qc_session_get_profile (qc_page_get_session (QC_PAGE (self)));
  GtkWidget *widget = qc_confirm_box_new (profile ? profile->name : NULL, qc_remittance_preview_get_total (preview));
  QcConfirmBox *box = QC_CONFIRM_BOX (widget);
  qc_confirm_box_add (box, _ ("Unit"), unit->name);
  qc_confirm_box_add (box, _ ("Method"), qc_application_words_method (claim->method));
  if (claim->method == QC_METHOD_COLLECTION && unit->agreement_account)
    qc_confirm_box_add (box, _ ("Drawn from"), unit->agreement_account);
  for (guint i = 0; i < claim->months->len; i++) {
    const QcMonthLine *line = &g_array_index (claim->months, QcMonthLine, i);
    g_autofree char *month = qc_format_month (line->month);
    g_autofree char *people = qc_format_people (line->people);
    g_autofree char *money = qc_format_yuan (qc_month_line_fen (line));
    g_autofree char *value = g_strdup_printf ("%s · %s", people, money);
    qc_confirm_box_add (box, month, value);
  }
  qc_sheet_words_confirm (qc_remittance_preview_get_sheet (preview), box);
  for (guint i = 0; i < qc_remittance_preview_get_answers (preview)->len; i++) {
    const QcRemittanceAnswer *answer
        = &g_array_index (qc_remittance_preview_get_answers (preview), QcRemittanceAnswer, i);
    g_autofree char *value = g_strdup_printf ("%s · %s · %s", answer->name, answer->account,
                                              _ (qc_retirement_class_to_msgid (answer->klass)));
    qc_confirm_box_add (box, i == 0 ? _ ("Retirement class") : "", value);
  }
  qc_business_ask_add_warnings (box, qc_remittance_preview_get_findings (preview));
  return widget;
}

static void
computed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcRemittancePage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (QcRemittancePreview) preview
      = qc_remittance_service_preview_finish (QC_REMITTANCE_SERVICE (source), result, &error);
  if (self->service != QC_REMITTANCE_SERVICE (source)) /* of the unit before */
    return;
  if (!preview)
    qc_remittance_page_show_error (self, error);
  else
    qc_remittance_page_confirm (self);
}

/* 办理 was allowed when it was pressed, and the figures that came then do not allow it. */
static void
tell_why_not (QcRemittancePage *self)
{
  g_autofree char *why = qc_remittance_page_dup_why_not (self);
  qc_dialog_tell (GTK_WIDGET (self), _ ("This cannot be submitted yet"),
                  why ? why : _ ("The figures have just been renewed. Look at them and submit again."));
}

static void
show_confirmation (QcRemittancePage *self, const QcRemittanceClaim *claim)
{
  QcBusinessService *service = QC_BUSINESS_SERVICE (self->service);
  QcRemittancePreview *preview = qc_remittance_service_get_preview (self->service);
  g_autofree char *title = qc_business_ask_dup_title (
      qc_page_get_session (QC_PAGE (self)), QC_BUSINESS_REMITTANCE, qc_remittance_preview_get_unit (preview),
      qc_remittance_preview_get_start (preview), qc_remittance_preview_get_end (preview));
  qc_business_ask (GTK_WIDGET (self), service, qc_business_service_dup_token (service), title,
                   build_confirmation (self, claim), &self->dialog,
                   (QcBusinessAskClosed)qc_remittance_page_update_actions);
}

/* Always answered: by the question, by the reason why not, or by an error. */
void
qc_remittance_page_confirm (QcRemittancePage *self)
{
  if (!self->service || self->dialog)
    return; /* the question stands already */
  if (qc_business_service_is_loading (
          QC_BUSINESS_SERVICE (self->service))) { /* data came just now: asked with what is true then */
    qc_remittance_service_preview_async (self->service, NULL, computed_cb, g_object_ref (self));
    return;
  }
  g_autoptr (QcRemittanceClaim) claim = qc_remittance_service_dup_claim (self->service);
  if (claim)
    show_confirmation (self, claim);
  else
    tell_why_not (self);
}

/* --- 与上月相同, 本月与上月 -----------------------------------------------------------------------------------------
 */

static void
open_sheet (QcRemittancePage *self)
{
  QcRemittancePreview *preview = qc_remittance_service_get_preview (self->service);
  qc_sheet_window_open (GTK_WIDGET (self), qc_remittance_preview_get_sheet (preview), _ ("This month and last month"));
}

/* Who is otherwise, in one line. (transfer full) */
static char *
dup_differences (QcMonthSheet *sheet)
{
  g_autoptr (GString) words = g_string_new (NULL);
  for (guint part = 0; part <= QC_SHEET_CHANGED; part++) {
    g_autofree char *count = qc_format_count (qc_month_sheet_get_count (sheet, part));
    if (qc_month_sheet_get_count (sheet, part) > 0)
      g_string_append_printf (words, "%s%s %s", words->len > 0 ? _ (", ") : "", qc_sheet_words_title (part), count);
  }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* Where the month is not as the last one was, the step that says so is shown, and what it is about is said. */
static void
tell_same (QcRemittancePage *self, QcSameResult same)
{
  static const QcStep steps[] = {
      [QC_SAME_READY] = QC_STEP_CONFIRM,
      [QC_SAME_METHOD] = QC_STEP_METHOD,
      [QC_SAME_BLOCKED] = QC_STEP_REVIEW,
      [QC_SAME_DIFFERS] = QC_STEP_REVIEW,
  };
  QcRemittancePreview *preview = qc_remittance_service_get_preview (self->service);
  g_autofree char *differences = dup_differences (qc_remittance_preview_get_sheet (preview));
  /* Translators: "Joined 1, left 2". */
  g_autofree char *differs
      = g_strdup_printf (_ ("Not as last month: %s. Look at them, then mark the month as reviewed."),
                         *differences ? differences : _ ("amounts"));
  const char *words = same == QC_SAME_METHOD    ? _ ("Last month was paid otherwise than the unit can pay now.")
                      : same == QC_SAME_BLOCKED ? _ ("Not as last month: something has to be mended or answered first.")
                      : same == QC_SAME_DIFFERS ? differs
                                                : NULL;
  qc_wizard_update (self->wizard);
  qc_wizard_go (self->wizard, steps[same]);
  if (words)
    qc_window_toast (qc_window_of (GTK_WIDGET (self)), words, NULL, NULL, NULL);
}

static void
same_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcRemittancePage) self = user_data;
  g_autoptr (GError) error = NULL;
  QcSameResult same;
  if (self->service != QC_REMITTANCE_SERVICE (source) || !gtk_widget_get_root (GTK_WIDGET (self)))
    return; /* of the unit before */
  if (qc_remittance_service_same_finish (QC_REMITTANCE_SERVICE (source), result, &same, &error))
    tell_same (self, same);
  else
    qc_remittance_page_show_error (self, error);
}

void
qc_remittance_page_remit_same (QcRemittancePage *self)
{
  if (self->service && !self->shows_result)
    qc_remittance_service_same_async (self->service, NULL, same_cb, g_object_ref (self));
}

/* --- 授权退休年龄 ---------------------------------------------------------------------------------------------------
 */

typedef struct {
  QcRemittancePage *page;     /* (owned) */
  QcRemittancePerson *person; /* (owned) */
  QcMonth first;
  GtkWidget *choice; /* (weak) */
} Authorization;

static void
authorization_free (gpointer data)
{
  Authorization *authorization = data;
  g_clear_weak_pointer (&authorization->choice);
  g_object_unref (authorization->page);
  g_object_unref (authorization->person);
  g_free (authorization);
}

static void
authorized_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcRemittancePage) self = user_data;
  g_autoptr (GError) error = NULL;
  QcWindow *window = qc_window_of (GTK_WIDGET (self));
  if (!qc_remittance_service_authorize_finish (QC_REMITTANCE_SERVICE (source), result, &error))
    qc_remittance_page_show_error (self, error);
  else if (window)
    qc_window_toast (window, _ ("The retirement age is handed in to be authorized"), NULL, NULL, NULL);
}

static void
authorize_confirmed (gpointer user_data)
{
  Authorization *authorization = user_data;
  guint position = authorization->choice ? gtk_drop_down_get_selected (GTK_DROP_DOWN (authorization->choice)) : 0;
  if (authorization->page->service && position != GTK_INVALID_LIST_POSITION)
    qc_remittance_service_authorize_async (authorization->page->service, authorization->person,
                                           qc_month_add (authorization->first, (int)position), NULL, authorized_cb,
                                           g_object_ref (authorization->page));
}

static GtkWidget *
build_month_choice (QcMonth first, QcMonth last)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  for (QcMonth month = first; month <= last; month = qc_month_add (month, 1))
    g_ptr_array_add (names, qc_format_month (month));
  g_ptr_array_add (names, NULL);
  GtkWidget *choice = gtk_drop_down_new_from_strings ((const char *const *)names->pdata);
  gtk_widget_set_halign (choice, GTK_ALIGN_CENTER);
  qc_drop_down_set_name (GTK_DROP_DOWN (choice), _ ("Last month of contribution"));
  return choice;
}

static void
ask_authorization (QcRemittancePage *self, const char *account)
{
  g_autoptr (QcRemittancePerson) person = qc_review_step_dup_left_out (self->review, account);
  QcMonth first, last;
  if (!person || !qc_remittance_person_can_authorize (person, &first, &last))
    return;
  g_autofree char *statutory = qc_format_month (qc_remittance_person_get_statutory (person));
  g_autofree char *body
      = g_strdup_printf (_ ("%s reached the statutory retirement age in %s. Up to which month does the unit go on "
                            "contributing? It counts at once; the center is told as soon as it can be reached."),
                         qc_remittance_person_get_name (person), statutory);
  Authorization *authorization = g_new0 (Authorization, 1);
  authorization->page = g_object_ref (self);
  authorization->person = g_object_ref (person);
  authorization->first = first;
  g_set_weak_pointer (&authorization->choice, build_month_choice (first, last));
  qc_dialog_confirm (GTK_WIDGET (self), _ ("Authorize retirement age"), body, _ ("_Authorize"), QC_CONFIRM_PLAIN,
                     authorization->choice, authorize_confirmed, authorization, authorization_free);
}

static void
authorize_until (QcRemittancePage *self, GVariant *parameter)
{
  const char *account;
  int until;
  g_variant_get (parameter, "(&si)", &account, &until);
  g_autoptr (QcRemittancePerson) person = qc_review_step_dup_left_out (self->review, account);
  if (person)
    qc_remittance_service_authorize_async (self->service, person, until, NULL, authorized_cb, g_object_ref (self));
}

/* --- the actions ---------------------------------------------------------------------------------------------------
 */

static void
set_method (QcRemittancePage *self, GVariant *parameter)
{
  QcRemittancePreview *preview = qc_remittance_service_get_preview (self->service);
  QcMethod method;
  /* only what the unit may use; why not stands beside the other one */
  if (preview && qc_method_from_code (g_variant_get_string (parameter, NULL), &method)
      && method == qc_remittance_preview_get_allowed_method (preview))
    qc_remittance_service_set_method (self->service, method);
}

static void
toggle_reviewed (QcRemittancePage *self, QcMonth month)
{
  qc_remittance_service_set_reviewed (self->service, month, !qc_remittance_service_is_reviewed (self->service, month));
}

/* Only what is on the screen can have been reviewed: from elsewhere the command leads there first. */
static gboolean
shows_review (QcRemittancePage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self->review)))
    return TRUE;
  qc_wizard_go (self->wizard, QC_STEP_REVIEW);
  return FALSE;
}

static void
answer_classes (QcRemittancePage *self, GVariant *parameter)
{
  g_autofree const char **accounts = NULL;
  const char *code;
  g_variant_get (parameter, "(^a&s&s)", &accounts, &code);
  QcRetirementClass klass;
  if (qc_retirement_class_from_code (code, &klass))
    qc_remittance_service_answer_classes (self->service, accounts, klass);
}

/* @what: "roster" or "changes" of the month that is shown; NULL: both of every month of the draft. */
static void
print_draft (QcRemittancePage *self, const char *what)
{
  QcMonth month = what ? qc_review_step_get_month (self->review) : QC_MONTH_NONE;
  guint papers = g_strcmp0 (what, "roster") == 0    ? QC_MONTH_ROSTER
                 : g_strcmp0 (what, "changes") == 0 ? QC_MONTH_CHANGES
                                                    : QC_MONTH_ROSTER | QC_MONTH_CHANGES;
  QcPrintout *printout = qc_printout_new_draft_months (self->service, month, papers);
  if (printout)
    qc_paper_window_open (GTK_WIDGET (self), printout);
}

/* Months that were remitted before. */
static void
print_remitted (QcRemittancePage *self)
{
  QcRemittancePreview *preview = qc_remittance_service_get_preview (self->service);
  const QcUnit *unit = preview ? qc_remittance_preview_get_unit (preview) : NULL;
  if (unit && unit->paid_to != QC_MONTH_NONE && unit->first_month != QC_MONTH_NONE)
    qc_paper_months_ask (GTK_WIDGET (self), qc_page_get_session (QC_PAGE (self)),
                         MIN (unit->first_month, unit->paid_to), unit->paid_to);
}

static void
parameter_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  QcRemittancePage *self = user_data;
  const char *name = g_action_get_name (G_ACTION (action));
  if (!self->service)
    return;
  if (g_str_equal (name, "remittance-method"))
    set_method (self, parameter);
  else if (g_str_equal (name, "remittance-end"))
    qc_remittance_service_set_end (self->service, g_variant_get_int32 (parameter));
  else if (g_str_equal (name, "remittance-month"))
    qc_review_step_select_month (self->review, g_variant_get_int32 (parameter));
  else if (g_str_equal (name, "remittance-review") && shows_review (self))
    toggle_reviewed (self, g_variant_get_int32 (parameter));
  else if (g_str_equal (name, "remittance-answer"))
    answer_classes (self, parameter);
  else if (g_str_equal (name, "remittance-authorize"))
    ask_authorization (self, g_variant_get_string (parameter, NULL));
  else if (g_str_equal (name, "remittance-authorize-until"))
    authorize_until (self, parameter);
  else if (g_str_equal (name, "remittance-export-to"))
    qc_review_step_export (self->review, g_variant_get_string (parameter, NULL));
  else if (g_str_equal (name, "remittance-print-draft"))
    print_draft (self, g_variant_get_string (parameter, NULL));
}

static void
plain_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  QcRemittancePage *self = user_data;
  const char *name = g_action_get_name (G_ACTION (action));
  QcApplicationRow *row = qc_business_result_get_row (self->result);
  if (!self->service)
    return;
  if (g_str_equal (name, "remittance-review-all") && shows_review (self))
    qc_remittance_service_set_all_reviewed (self->service, TRUE);
  else if (g_str_equal (name, "remittance-export"))
    qc_review_step_export (self->review, NULL);
  else if (g_str_equal (name, "remittance-same"))
    qc_remittance_page_remit_same (self);
  else if (g_str_equal (name, "remittance-sheet"))
    open_sheet (self);
  else if (g_str_equal (name, "remittance-print-all"))
    print_draft (self, NULL);
  else if (g_str_equal (name, "remittance-print-months"))
    print_remitted (self);
  else if (g_str_equal (name, "remittance-confirm") && self->dialog)
    gtk_widget_activate_action (self->dialog, "dialog.confirm", NULL);
  else if (g_str_equal (name, "remittance-new"))
    qc_remittance_page_put_result_away (self);
  else if (g_str_equal (name, "remittance-withdraw")
           && qc_business_service_get_item (QC_BUSINESS_SERVICE (self->service)))
    qc_applications_pane_withdraw (self->pane, qc_business_service_get_item (QC_BUSINESS_SERVICE (self->service)));
  else if (g_str_equal (name, "remittance-redraw") && row)
    qc_applications_pane_act (self->pane, row, QC_ACTION_REDRAW);
  else if (g_str_equal (name, "remittance-print") && row)
    qc_window_go (qc_window_of (GTK_WIDGET (self)), "vouchers", qc_application_row_get_application (row)->serial);
}

void
qc_remittance_page_update_actions (QcRemittancePage *self)
{
  QcRemittancePreview *preview = self->service ? qc_remittance_service_get_preview (self->service) : NULL;
  QcOutboxItem *item = self->service ? qc_business_service_get_item (QC_BUSINESS_SERVICE (self->service)) : NULL;
  QcApplicationRow *row = self->shows_result ? qc_business_result_get_row (self->result) : NULL;
  QcApplicationService *applications = qc_applications_pane_get_service (self->pane);
  gboolean edits = preview && !self->shows_result;
  set_enabled (self, "remittance-method", edits);
  set_enabled (self, "remittance-end", edits);
  set_enabled (self, "remittance-review", edits);
  set_enabled (
      self, "remittance-review-all",
      edits && qc_remittance_service_get_reviewed (self->service) < qc_remittance_preview_get_lines (preview)->len);
  set_enabled (self, "remittance-export", edits);
  set_enabled (self, "remittance-same", edits);
  set_enabled (self, "remittance-sheet", edits && qc_remittance_preview_get_lines (preview)->len > 0);
  set_enabled (self, "remittance-export-to", edits);
  set_enabled (self, "remittance-print-all", edits && qc_remittance_preview_get_lines (preview)->len > 0);
  set_enabled (self, "remittance-print-draft", edits && qc_remittance_preview_get_lines (preview)->len > 0);
  set_enabled (self, "remittance-print-months",
               preview && qc_remittance_preview_get_unit (preview)->paid_to != QC_MONTH_NONE);
  set_enabled (self, "remittance-answer", edits && qc_remittance_preview_get_unanswered (preview) > 0);
  set_enabled (self, "remittance-authorize", edits && qc_remittance_preview_get_left_out (preview) > 0);
  set_enabled (self, "remittance-authorize-until", edits && qc_remittance_preview_get_left_out (preview) > 0);
  set_enabled (self, "remittance-confirm", self->dialog != NULL);
  set_enabled (self, "remittance-new",
               self->shows_result
                   && qc_draft_get_outbox (qc_business_service_get_draft (QC_BUSINESS_SERVICE (self->service))) == 0);
  set_enabled (self, "remittance-withdraw", item && qc_outbox_item_can_withdraw (item));
  set_enabled (self, "remittance-redraw",
               qc_application_service_why_not (applications, row, QC_ACTION_REDRAW) == QC_WHY_NONE);
  set_enabled (self, "remittance-print",
               qc_application_service_why_not (applications, row, QC_ACTION_PRINT) == QC_WHY_NONE);
}

void
qc_remittance_page_add_actions (QcRemittancePage *self)
{
  static const GActionEntry entries[] = {
      {.name = "remittance-method", .activate = parameter_cb, .parameter_type = "s"},
      {.name = "remittance-end", .activate = parameter_cb, .parameter_type = "i"},
      {.name = "remittance-month", .activate = parameter_cb, .parameter_type = "i"},
      {.name = "remittance-review", .activate = parameter_cb, .parameter_type = "i"},
      {.name = "remittance-answer", .activate = parameter_cb, .parameter_type = "(ass)"},
      {.name = "remittance-authorize", .activate = parameter_cb, .parameter_type = "s"},
      {.name = "remittance-authorize-until", .activate = parameter_cb, .parameter_type = "(si)"},
      {.name = "remittance-export-to", .activate = parameter_cb, .parameter_type = "s"},
      {.name = "remittance-export", .activate = plain_cb},
      {.name = "remittance-print-draft", .activate = parameter_cb, .parameter_type = "s"},
      {.name = "remittance-print-all", .activate = plain_cb},
      {.name = "remittance-print-months", .activate = plain_cb},
      {.name = "remittance-review-all", .activate = plain_cb},
      {.name = "remittance-same", .activate = plain_cb},
      {.name = "remittance-sheet", .activate = plain_cb},
      {.name = "remittance-confirm", .activate = plain_cb},
      {.name = "remittance-new", .activate = plain_cb},
      {.name = "remittance-withdraw", .activate = plain_cb},
      {.name = "remittance-redraw", .activate = plain_cb},
      {.name = "remittance-print", .activate = plain_cb},
  };
  g_action_map_add_action_entries (qc_page_get_actions (QC_PAGE (self)), entries, G_N_ELEMENTS (entries), self);
  qc_page_add_shortcut (QC_PAGE (self), "<Control><Shift>e", "win.remittance-review-all");
  qc_page_add_shortcut (QC_PAGE (self), "<Control>n", "win.remittance-new");
  qc_page_add_shortcut (QC_PAGE (self), "<Control>m", "win.remittance-same");
  qc_page_add_shortcut (QC_PAGE (self), "<Control>p", "win.remittance-print-all");
  qc_page_add_shortcut (QC_PAGE (self), "<Control><Shift>p", "win.remittance-print-months");
}
