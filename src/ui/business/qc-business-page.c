/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-business-page.h. The page hands the service to its parts, passes on what changed, and shows what came of 办理.
 * Its commands lie in qc-business-actions.c, the confirmation in qc-business-confirm.c. Main thread.
 */
#include "qc-business-page-private.h"

#include <glib/gi18n.h>

#include "qc-app-error.h"
#include "qc-business-ask.h"
#include "qc-draft-error.h"
#include "qc-format.h"
#include "qc-roster-words.h"
#include "qc-window.h"

G_DEFINE_FINAL_TYPE (QcBusinessPage, qc_business_page, QC_TYPE_PAGE)

QcBusinessService *
qc_business_page_base (QcBusinessPage *self)
{
  return self->service ? QC_BUSINESS_SERVICE (self->service) : self->facts ? QC_BUSINESS_SERVICE (self->facts) : NULL;
}

QcDraftBar *
qc_business_page_get_bar (QcBusinessPage *self)
{
  return self->step ? qc_roster_step_get_bar (self->step) : qc_facts_step_get_bar (self->form);
}

QcRosterGrid *
qc_business_page_get_grid (QcBusinessPage *self)
{
  return self->step ? qc_roster_step_get_grid (self->step) : NULL;
}

const QcUnit *
qc_business_page_get_unit (QcBusinessPage *self)
{
  if (self->facts)
    return qc_facts_service_get_unit (self->facts);
  const QcRosterFacts *facts = self->service ? qc_roster_service_get_facts (self->service) : NULL;
  return facts ? facts->unit : NULL;
}

QcMonth
qc_business_page_get_effective (QcBusinessPage *self)
{
  return self->service ? qc_roster_service_get_effective (self->service) : QC_MONTH_NONE;
}

gboolean
qc_business_page_is_settled (QcBusinessPage *self)
{
  return self->facts ? qc_facts_service_is_settled (self->facts) : qc_roster_service_is_settled (self->service);
}

void
qc_business_page_show_error (QcBusinessPage *self, const GError *error)
{
  QcWindow *window = qc_window_of (GTK_WIDGET (self));
  if (window)
    qc_window_show_error (window, error);
}

/* A profile with a portal only: everything can be prepared, nothing can be submitted. */
static gboolean
is_connected (QcBusinessPage *self)
{
  return qc_session_get_sync_status (qc_page_get_session (QC_PAGE (self))) != QC_SYNC_NO_API;
}

static gboolean
may_act (QcBusinessPage *self)
{
  QcSession *session = qc_page_get_session (QC_PAGE (self));
  return qc_session_may_act (session, qc_session_get_unit_account (session));
}

char *
qc_business_page_dup_why_not (QcBusinessPage *self)
{
  if (!qc_business_page_base (self))
    return g_strdup (_ ("No unit is open"));
  if (!is_connected (self))
    return g_strdup (_ ("This center is not connected: prepare and check here, submit on the portal."));
  if (!may_act (self))
    return g_strdup (_ ("The account that is signed in may not act for this unit. Change the account or switch the "
                        "unit."));
  QcRosterGrid *grid = qc_business_page_get_grid (self);
  if (grid && qc_roster_grid_is_editing (grid))
    return g_strdup (_ ("A cell is still being edited: Enter takes it over, Esc leaves it as it was."));
  return qc_business_service_dup_why_not (qc_business_page_base (self));
}

/* What became of the last 办理. */
static void
show_result (QcBusinessPage *self)
{
  QcBusinessService *service = qc_business_page_base (self);
  QcOutboxItem *item = service ? qc_business_service_get_item (service) : NULL;
  self->shows_result = item != NULL;
  qc_wizard_set_result (self->wizard, item ? GTK_WIDGET (self->result) : NULL);
  qc_business_page_update_actions (self);
}

void
qc_business_page_put_result_away (QcBusinessPage *self)
{
  if (qc_business_page_base (self) && qc_business_service_get_item (qc_business_page_base (self)))
    qc_business_service_dismiss (qc_business_page_base (self));
}

/* The whole page stands for an error only where there is nothing to show instead. */
static void
update_state (QcBusinessPage *self)
{
  QcPage *page = QC_PAGE (self);
  const GError *error = qc_business_service_get_error (qc_business_page_base (self));
  gboolean loaded = qc_draft_is_loaded (qc_business_service_get_draft (qc_business_page_base (self)));
  if (error && g_strcmp0 (qc_app_error_code (error), "app.no-unit") == 0) {
    qc_page_set_empty (page, "folder-download-symbolic", _ ("Nothing of this unit is here yet"),
                       _ ("Once it has been fetched from the center, this works without a network too."),
                       _ ("_Fetch now"), "win.sync-now");
    qc_page_set_state (page, QC_PAGE_EMPTY);
  } else if (error && !qc_business_page_get_unit (self)) {
    qc_page_set_error (page, error);
    qc_page_set_state (page, QC_PAGE_ERROR);
  } else {
    qc_page_set_state (page, loaded ? QC_PAGE_CONTENT : QC_PAGE_LOADING);
  }
}

static void
update_totals (QcBusinessPage *self)
{
  if (self->facts) {
    g_autoptr (GPtrArray) facts = qc_facts_service_dup_facts (self->facts);
    g_autofree char *fields = qc_format_fields (facts->len);
    g_autofree char *changed = g_strdup_printf (_ ("%s changed"), fields);
    qc_wizard_set_totals (self->wizard, facts->len > 0 ? changed : _ ("Nothing has been changed."), -1);
    return;
  }
  QcRosterModel *model = qc_roster_service_get_model (self->service);
  g_autofree char *text = qc_roster_words_totals (self->business, model);
  qc_wizard_set_totals (self->wizard, text,
                        qc_business_info (self->business)->has_money
                            ? qc_roster_model_get_totals (model)->unit_fen
                                  + qc_roster_model_get_totals (model)->personal_fen
                            : -1);
}

static void
draft_error_cb (QcBusinessPage *self)
{
  qc_draft_error_show (QC_PAGE (self), qc_business_service_get_draft (qc_business_page_base (self)));
}

/* 办理 of a roster that cannot be submitted yet says why, and leads there. */
static gboolean
may_ask (QcBusinessPage *self)
{
  QcDraft *draft = qc_business_service_get_draft (qc_business_page_base (self));
  return !self->shows_result && qc_draft_get_outbox (draft) == 0
         && (self->facts || qc_draft_get_roster (draft)->lines->len > 0); /* a form may hold what is being typed */
}

/* Whether everybody on the roster is one of those who arrived: then more of them belong there too. */
static gboolean
holds_arrived_only (const QcRoster *roster)
{
  for (guint i = 0; i < roster->lines->len; i++)
    if (!((const QcRosterLine *)g_ptr_array_index (roster->lines, i))->base_pending)
      return FALSE;
  return TRUE;
}

/* Led here by those concerned: exactly they are put on a roster, never among others. */
static void
add_concerned (QcBusinessPage *self)
{
  QcDraft *draft = qc_business_service_get_draft (qc_business_page_base (self));
  if (!self->concerned || !qc_roster_service_get_facts (self->service) || !qc_draft_is_loaded (draft)
      || !qc_roster_service_is_settled (self->service))
    return;
  if (!holds_arrived_only (qc_draft_get_roster (draft))) {
    if (!self->apart)
      qc_draft_bar_create (qc_roster_step_get_bar (self->step));
    self->apart = TRUE;
    return;
  }
  self->concerned = self->apart = FALSE;
  qc_roster_service_look_ahead (self->service, self->ahead);
  g_autofree char *action = g_strconcat (qc_business_page_code (self), "-concerned", NULL);
  g_action_group_activate_action (G_ACTION_GROUP (qc_page_get_actions (QC_PAGE (self))), action, NULL);
}

static void
update (QcBusinessPage *self)
{
  if (!qc_business_page_base (self))
    return;
  update_state (self);
  if (self->form)
    qc_facts_step_update (self->form);
  else
    qc_roster_step_update (self->step);
  if (self->checked)
    qc_wizard_set_findings (self->wizard, qc_business_service_get_findings (qc_business_page_base (self)));
  self->checked = FALSE;
  update_totals (self);
  QcMonth effective = qc_business_page_get_effective (self);
  g_autofree char *label = qc_business_ask_dup_button (qc_page_get_session (QC_PAGE (self)), self->business,
                                                       qc_business_page_get_unit (self), effective, effective);
  qc_wizard_set_submit_label (self->wizard, label);
  g_autofree char *why = qc_business_page_dup_why_not (self);
  qc_wizard_set_can_submit (self->wizard, why == NULL || may_ask (self), why);
  if (self->asked && qc_business_page_is_settled (self))
    qc_business_page_confirm (self);
  qc_business_result_set_item (self->result, qc_business_service_get_item (qc_business_page_base (self)));
  show_result (self);
  add_concerned (self);
  qc_business_page_go_entering (self);
}

static gboolean
update_now_cb (gpointer user_data)
{
  QcBusinessPage *self = user_data;
  self->update_source = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

static void
queue_update (QcBusinessPage *self)
{
  if (self->update_source == 0)
    self->update_source = g_idle_add_full (G_PRIORITY_DEFAULT, update_now_cb, self, NULL);
}

static void
updated_cb (QcBusinessPage *self)
{
  self->checked = TRUE;
  queue_update (self);
}

static void
notify_cb (QcBusinessPage *self, GParamSpec *pspec)
{
  if (!g_str_equal (pspec->name, "progress"))
    queue_update (self);
}

static void
session_changed_cb (QcBusinessPage *self)
{
  gboolean able = is_connected (self) && may_act (self);
  if (able != self->able)
    queue_update (self);
  self->able = able;
}

static void
forget_service (QcBusinessPage *self)
{
  QcBusinessService *service = qc_business_page_base (self);
  if (!service)
    return;
  if (self->service)
    g_signal_handlers_disconnect_by_data (qc_roster_service_get_model (self->service), self);
  g_signal_handlers_disconnect_by_data (qc_business_service_get_draft (service), self);
  g_signal_handlers_disconnect_by_data (service, self);
}

/* @service: (nullable) of the kind the business has. */
static void
set_service (QcBusinessPage *self, QcBusinessService *service)
{
  QcSession *session = qc_page_get_session (QC_PAGE (self));
  forget_service (self);
  if (self->chooser)
    gtk_window_destroy (GTK_WINDOW (self->chooser));
  if (self->importer)
    gtk_window_destroy (GTK_WINDOW (self->importer));
  qc_business_page_set_receipt (self, NULL);
  g_clear_object (&self->service);
  g_clear_object (&self->facts);
  if (QC_IS_ROSTER_SERVICE (service))
    self->service = g_object_ref (QC_ROSTER_SERVICE (service));
  else if (QC_IS_FACTS_SERVICE (service))
    self->facts = g_object_ref (QC_FACTS_SERVICE (service));
  self->entering = 0;
  self->asked = FALSE;
  if (self->form)
    qc_facts_step_set_service (self->form, self->facts);
  else
    qc_roster_step_set_service (self->step, self->service);
  if (self->pictures)
    qc_attachments_step_set_service (self->pictures, self->service);
  qc_wizard_set_draft (self->wizard, service ? qc_business_service_get_draft (qc_business_page_base (self)) : NULL);
  qc_wizard_set_findings (self->wizard, NULL);
  qc_wizard_set_can_submit (self->wizard, FALSE, NULL);
  qc_business_result_reset (self->result, service ? session : NULL);
  if (!service)
    return;
  QcDraft *draft = qc_business_service_get_draft (qc_business_page_base (self));
  g_signal_connect_object (service, "updated", G_CALLBACK (updated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (service, "notify", G_CALLBACK (notify_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "notify", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "notify::error", G_CALLBACK (draft_error_cb), self, G_CONNECT_SWAPPED);
  if (self->service)
    g_signal_connect_object (qc_roster_service_get_model (self->service), "totals-changed", G_CALLBACK (queue_update),
                             self, G_CONNECT_SWAPPED);
  self->checked = TRUE;
  update (self);
}

void
qc_business_page_show_draft (QcBusinessPage *self, gint64 draft)
{
  QcSession *session = qc_page_get_session (QC_PAGE (self));
  QcDraft *shown = qc_business_page_base (self) ? qc_business_service_get_draft (qc_business_page_base (self)) : NULL;
  if (!qc_session_get_unit_account (session) || (shown && draft != 0 && qc_draft_get_id (shown) == draft))
    return;
  /* what was typed belongs to the draft that is left */
  QcRosterGrid *grid = qc_business_page_get_grid (self);
  if (grid)
    qc_roster_grid_commit (grid);
  if (self->form)
    qc_facts_step_commit (self->form);
  g_autoptr (QcBusinessService) service
      = self->form ? QC_BUSINESS_SERVICE (qc_facts_service_new (session, self->business, draft))
                   : QC_BUSINESS_SERVICE (qc_roster_service_new (session, self->business, draft));
  set_service (self, service);
}

static void
unit_changed (QcPage *page)
{
  QcBusinessPage *self = QC_BUSINESS_PAGE (page);
  qc_page_set_state (page, QC_PAGE_LOADING);
  set_service (self, NULL);
  qc_applications_pane_reset (self->pane);
  qc_business_page_show_draft (self, 0);
  if (!qc_business_page_base (self)) {
    qc_page_set_empty (page, "avatar-default-symbolic", _ ("No unit is open"),
                       _ ("Sign in, so that the units you may act for are known."), NULL, NULL);
    qc_page_set_state (page, QC_PAGE_EMPTY);
  }
}

/* @argument: a serial to be shown, "draft:12", or "concerned": a roster of those concerned, "concerned:4": of
 * those too who will be in four months. */
static void
shown (QcPage *page, const char *argument)
{
  QcBusinessPage *self = QC_BUSINESS_PAGE (page);
  if (argument && g_str_has_prefix (argument, "draft:")) {
    qc_business_page_show_draft (self, g_ascii_strtoll (argument + strlen ("draft:"), NULL, 10));
  } else if (g_strcmp0 (argument, "concerned") == 0 || (argument && g_str_has_prefix (argument, "concerned:"))) {
    const char *months = strchr (argument, ':');
    self->ahead = months ? (int)g_ascii_strtoll (months + 1, NULL, 10) : 0;
    self->concerned = TRUE;
    queue_update (self);
  } else if (argument && *argument) {
    qc_business_records_set_open (self->records, TRUE);
    qc_applications_pane_select (self->pane, argument);
  }
}

static void
search (QcPage *page, const char *text)
{
  if (QC_BUSINESS_PAGE (page)->step)
    qc_roster_step_search (QC_BUSINESS_PAGE (page)->step, text);
}

static void
enter_typed (QcPage *page)
{
  QcBusinessPage *self = QC_BUSINESS_PAGE (page);
  QcRosterGrid *grid = qc_business_page_get_grid (self);
  if (grid)
    qc_roster_grid_commit (grid);
  if (self->form)
    qc_facts_step_commit (self->form);
}

/* --- the parts ---------------------------------------------------------------------------------------------------- */

void
qc_business_page_set_business (QcBusinessPage *self, QcBusiness business)
{
  g_return_if_fail (QC_IS_BUSINESS_PAGE (self));
  g_return_if_fail (qc_roster_rules (business) != NULL || qc_business_info (business)->has_facts);
  QcPage *page = QC_PAGE (self);
  QcSession *session = qc_page_get_session (page);
  self->business = business;
  const char *code = qc_business_page_code (self);
  self->pane = QC_APPLICATIONS_PANE (qc_applications_pane_new (session, (int)business));
  self->wizard = QC_WIZARD (qc_wizard_new (business));
  if (qc_roster_rules (business))
    self->step = QC_ROSTER_STEP (qc_roster_step_new (session, business, code));
  else
    self->form = QC_FACTS_STEP (qc_facts_step_new (session, business));
  self->result = g_object_ref_sink (QC_BUSINESS_RESULT (qc_business_result_new (self->pane, business)));
  if (self->form)
    qc_wizard_add_step (self->wizard, QC_STEP_FACTS, GTK_WIDGET (self->form), TRUE);
  else
    qc_wizard_add_step (self->wizard, QC_STEP_ROSTER, GTK_WIDGET (self->step), TRUE);
  if (self->step && qc_business_info (business)->run == QC_RUN_REVIEWED) {
    self->pictures = QC_ATTACHMENTS_STEP (qc_attachments_step_new (business, code));
    qc_wizard_add_step (self->wizard, QC_STEP_PICTURES, GTK_WIDGET (self->pictures), TRUE);
    g_signal_connect_object (self->pictures, "failed", G_CALLBACK (qc_business_page_show_error), self,
                             G_CONNECT_SWAPPED);
  }
  qc_wizard_install (self->wizard, page, code);
  qc_business_page_add_actions (self);
  g_signal_connect_swapped (self->wizard, "submit", G_CALLBACK (qc_business_page_confirm), self);
  g_signal_connect_object (self->result, "updated", G_CALLBACK (qc_business_page_update_actions), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (qc_business_page_get_bar (self), "chosen", G_CALLBACK (qc_business_page_show_draft), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (qc_business_page_get_bar (self), "failed", G_CALLBACK (qc_business_page_show_error), self,
                           G_CONNECT_SWAPPED);
  if (self->step)
    g_signal_connect_object (self->step, "selection-changed", G_CALLBACK (qc_business_page_update_actions), self,
                             G_CONNECT_SWAPPED);
  self->records = QC_BUSINESS_RECORDS (qc_business_records_new (GTK_WIDGET (self->wizard), self->pane));
  qc_applications_pane_install (self->pane, page);
  g_signal_connect_object (session, "sync-changed", G_CALLBACK (session_changed_cb), self, G_CONNECT_SWAPPED);
  qc_page_set_title (page, _ (qc_business_info (business)->msgid));
  if (self->step)
    qc_page_set_search_hint (page, _ ("Name, pinyin, end of document number, account"));
  qc_page_set_content (page, GTK_WIDGET (self->records));
}

static void
qc_business_page_dispose (GObject *object)
{
  QcBusinessPage *self = QC_BUSINESS_PAGE (object);
  g_clear_handle_id (&self->update_source, g_source_remove);
  g_clear_weak_pointer (&self->dialog);
  g_clear_weak_pointer (&self->chooser);
  g_clear_weak_pointer (&self->importer);
  qc_business_page_set_receipt (self, NULL);
  g_clear_object (&self->service);
  g_clear_object (&self->facts);
  g_clear_object (&self->result);
  G_OBJECT_CLASS (qc_business_page_parent_class)->dispose (object);
}

static void
qc_business_page_class_init (QcBusinessPageClass *klass)
{
  QcPageClass *page_class = QC_PAGE_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = qc_business_page_dispose;
  page_class->unit_changed = unit_changed;
  page_class->shown = shown;
  page_class->search = search;
  page_class->enter_typed = enter_typed;
}

static void
qc_business_page_init (QcBusinessPage *self)
{
}
