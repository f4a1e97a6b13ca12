/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The page of 汇缴: it hands the service to its steps, passes on what changed, and shows what came of 办理. Its
 * commands lie in qc-remittance-actions.c. Main thread.
 */
#include "qc-remittance-page-private.h"

#include <glib/gi18n.h>

#include "qc-dialogs.h"
#include "qc-business-ask.h"
#include "qc-draft-error.h"
#include "qc-error-text.h"
#include "qc-format.h"
#include "qc-window.h"

G_DEFINE_FINAL_TYPE (QcRemittancePage, qc_remittance_page, QC_TYPE_PAGE)

/* Both what was checked here and what the center said of the draft. (transfer full) (nullable) */
static GPtrArray *
dup_findings (QcRemittancePage *self)
{
  QcRemittancePreview *preview = qc_remittance_service_get_preview (self->service);
  const GPtrArray *lists[] = {
      qc_draft_get_findings (qc_business_service_get_draft (QC_BUSINESS_SERVICE (self->service))),
      preview ? qc_remittance_preview_get_findings (preview) : NULL,
  };
  GPtrArray *all = qc_findings_new ();
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    for (guint k = 0; lists[i] && k < lists[i]->len; k++)
      g_ptr_array_add (all, qc_finding_copy (g_ptr_array_index (lists[i], k)));
  qc_findings_say_once (all);
  return all;
}

/* A profile with a portal only: everything can be prepared, nothing can be submitted. */
static gboolean
is_connected (QcRemittancePage *self)
{
  return qc_session_get_sync_status (qc_page_get_session (QC_PAGE (self))) != QC_SYNC_NO_API;
}

static gboolean
may_act (QcRemittancePage *self)
{
  QcSession *session = qc_page_get_session (QC_PAGE (self));
  return qc_session_may_act (session, qc_session_get_unit_account (session));
}

char *
qc_remittance_page_dup_why_not (QcRemittancePage *self)
{
  QcRemittancePreview *preview = qc_remittance_service_get_preview (self->service);
  const GError *error = qc_business_service_get_error (QC_BUSINESS_SERVICE (self->service));
  if (!is_connected (self))
    return g_strdup (_ ("This center is not connected: prepare and check here, submit on the portal."));
  if (!may_act (self))
    return g_strdup (_ ("The account that is signed in may not act for this unit. Change the account or switch the "
                        "unit."));
  if (error && !qc_business_service_is_loading (QC_BUSINESS_SERVICE (self->service))) {
    g_autoptr (QcErrorText) text = qc_error_text_new (error);
    return qc_error_text_dup_body (text);
  }
  if (!preview || qc_business_service_is_loading (QC_BUSINESS_SERVICE (self->service)))
    return g_strdup (_ ("The figures are being computed."));
  if (qc_draft_is_unwritten (qc_business_service_get_draft (QC_BUSINESS_SERVICE (self->service))))
    return g_strdup (_ ("The last change is not saved yet."));
  if (qc_findings_block (qc_remittance_preview_get_findings (preview)))
    return g_strdup (_ ("First mend or answer what the findings say."));
  return qc_wizard_step_dup_missing (QC_WIZARD_STEP (self->review));
}

static void
update_totals (QcRemittancePage *self)
{
  QcRemittancePreview *preview = qc_remittance_service_get_preview (self->service);
  const GArray *lines = preview ? qc_remittance_preview_get_lines (preview) : NULL;
  if (!lines || lines->len == 0) {
    qc_wizard_set_totals (self->wizard, NULL, -1);
    return;
  }
  g_autofree char *people = qc_format_people (qc_remittance_preview_get_people (preview));
  g_autofree char *text
      = g_strdup_printf (ngettext ("%u month · %s", "%u months · %s", lines->len), lines->len, people);
  qc_wizard_set_totals (self->wizard, text, qc_remittance_preview_get_total (preview));
}

/* What became of the last 办理; a draft that was begun since goes before one that is merely unfinished. */
static void
show_result (QcRemittancePage *self)
{
  gboolean shows = FALSE;
  gboolean showed = self->shows_result;
  if (self->service)
    shows = qc_business_service_get_item (QC_BUSINESS_SERVICE (self->service))
            || (qc_draft_is_empty (qc_business_service_get_draft (QC_BUSINESS_SERVICE (self->service)))
                && qc_business_result_get_row (self->result));
  self->shows_result = shows;
  qc_wizard_set_result (self->wizard, shows ? GTK_WIDGET (self->result) : NULL);
  if (showed && !shows && qc_draft_is_empty (qc_business_service_get_draft (QC_BUSINESS_SERVICE (self->service))))
    qc_wizard_go (self->wizard, QC_STEP_METHOD); /* another month */
  qc_remittance_page_update_actions (self);
}

void
qc_remittance_page_put_result_away (QcRemittancePage *self)
{
  QcApplicationRow *row = qc_business_result_get_row (self->result);
  const QcApplication *application = row ? qc_application_row_get_application (row) : NULL;
  g_autofree char *serial = application ? g_strdup (application->serial) : NULL;
  if (qc_business_service_get_item (QC_BUSINESS_SERVICE (self->service)))
    qc_business_service_dismiss (QC_BUSINESS_SERVICE (self->service));
  qc_business_result_set_item (self->result, qc_business_service_get_item (QC_BUSINESS_SERVICE (self->service)));
  qc_business_result_put_away (self->result, serial);
}

/* The whole page stands for an error only where there is nothing to show instead. */
static void
update_state (QcRemittancePage *self)
{
  QcPage *page = QC_PAGE (self);
  const GError *error = qc_business_service_get_error (QC_BUSINESS_SERVICE (self->service));
  if (qc_remittance_service_get_preview (self->service)) {
    qc_page_set_state (page, QC_PAGE_CONTENT);
  } else if (error && g_strcmp0 (qc_app_error_code (error), "app.no-unit") == 0) {
    qc_page_set_empty (page, "folder-download-symbolic", _ ("Nothing of this unit is here yet"),
                       _ ("Once it has been fetched from the center, remittance works without a network too."),
                       _ ("_Fetch now"), "win.sync-now");
    qc_page_set_state (page, QC_PAGE_EMPTY);
  } else if (error && g_strcmp0 (qc_app_error_code (error), "app.incomplete") == 0) {
    qc_page_set_empty (page, "folder-download-symbolic", _ ("Not all data is here yet"),
                       _ ("The unit's data are still being fetched. No figures are given before all of them are here."),
                       _ ("_Fetch now"), "win.sync-now");
    qc_page_set_state (page, QC_PAGE_EMPTY);
  } else if (error) {
    qc_page_set_error (page, error);
    qc_page_set_state (page, QC_PAGE_ERROR);
  } else {
    qc_page_set_state (page, QC_PAGE_LOADING);
  }
}

/* While figures are renewed behind the clerk's back 办理 stays what it was: a press in that moment is not lost but
 * answered with what is true then. */
static gboolean
may_submit (QcRemittancePage *self)
{
  QcBusinessService *service = QC_BUSINESS_SERVICE (self->service);
  return is_connected (self) && may_act (self)
         && (qc_business_service_can_submit (service)
             || (self->submittable && qc_business_service_is_loading (service)));
}

static void
update (QcRemittancePage *self)
{
  if (!self->service)
    return;
  update_state (self);
  qc_method_step_update (self->method);
  qc_months_step_update (self->months);
  qc_review_step_update (self->review);
  qc_submit_step_update (self->submit);
  g_autoptr (GPtrArray) findings = dup_findings (self);
  qc_wizard_set_findings (self->wizard, findings);
  update_totals (self);
  g_autofree char *why = qc_remittance_page_dup_why_not (self);
  QcRemittancePreview *preview = qc_remittance_service_get_preview (self->service);
  g_autofree char *label
      = preview ? qc_business_ask_dup_button (
            qc_page_get_session (QC_PAGE (self)), QC_BUSINESS_REMITTANCE, qc_remittance_preview_get_unit (preview),
            qc_remittance_preview_get_start (preview), qc_remittance_preview_get_end (preview))
                : qc_business_ask_dup_button (qc_page_get_session (QC_PAGE (self)), QC_BUSINESS_REMITTANCE, NULL,
                                              QC_MONTH_NONE, QC_MONTH_NONE);
  qc_wizard_set_submit_label (self->wizard, label);
  self->submittable = may_submit (self);
  qc_wizard_set_can_submit (self->wizard, self->submittable, why);
  qc_business_result_set_item (self->result, qc_business_service_get_item (QC_BUSINESS_SERVICE (self->service)));
  show_result (self);
}

static gboolean
update_now_cb (gpointer user_data)
{
  QcRemittancePage *self = user_data;
  self->update_source = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

static void
queue_update (QcRemittancePage *self)
{
  if (self->update_source == 0)
    self->update_source = g_idle_add_full (G_PRIORITY_DEFAULT, update_now_cb, self, NULL);
}

static void
service_changed_cb (QcRemittancePage *self, GParamSpec *pspec)
{
  if (!g_str_equal (pspec->name, "progress"))
    queue_update (self);
}

static void
session_changed_cb (QcRemittancePage *self)
{
  gboolean able = is_connected (self) && may_act (self);
  if (able != self->able)
    queue_update (self);
  self->able = able;
}

static void
draft_error_cb (QcRemittancePage *self)
{
  qc_draft_error_show (QC_PAGE (self), qc_business_service_get_draft (QC_BUSINESS_SERVICE (self->service)));
}

static void
set_service (QcRemittancePage *self, QcRemittanceService *service)
{
  if (self->service)
    g_signal_handlers_disconnect_by_data (self->service, self);
  g_set_object (&self->service, service);
  qc_method_step_set_service (self->method, service);
  qc_months_step_set_service (self->months, service);
  qc_review_step_set_service (self->review, service);
  qc_submit_step_set_service (self->submit, service);
  qc_wizard_set_draft (self->wizard, service ? qc_business_service_get_draft (QC_BUSINESS_SERVICE (service)) : NULL);
  qc_wizard_set_findings (self->wizard, NULL);
  self->submittable = FALSE;
  qc_wizard_set_can_submit (self->wizard, FALSE, NULL);
  self->shows_result = FALSE; /* of another unit */
  qc_business_result_reset (self->result, service ? qc_page_get_session (QC_PAGE (self)) : NULL);
  if (!service)
    return;
  g_signal_connect_object (service, "notify", G_CALLBACK (service_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (qc_business_service_get_draft (QC_BUSINESS_SERVICE (service)), "notify::error",
                           G_CALLBACK (draft_error_cb), self, G_CONNECT_SWAPPED);
  update (self);
}

static void
unit_changed (QcPage *page)
{
  QcRemittancePage *self = QC_REMITTANCE_PAGE (page);
  QcSession *session = qc_page_get_session (page);
  g_autoptr (QcRemittanceService) service
      = qc_session_get_unit_account (session) ? qc_remittance_service_new (session) : NULL;
  qc_page_set_state (page, QC_PAGE_LOADING);
  qc_applications_pane_reset (self->pane);
  set_service (self, service);
  if (!service) {
    qc_page_set_empty (page, "avatar-default-symbolic", _ ("No unit is open"),
                       _ ("Sign in, so that the units you may act for are known."), NULL, NULL);
    qc_page_set_state (page, QC_PAGE_EMPTY);
  }
}

/* @argument: a serial to be shown, or "same": the month that is due as the last one was. */
static void
shown (QcPage *page, const char *argument)
{
  QcRemittancePage *self = QC_REMITTANCE_PAGE (page);
  QcApplicationRow *row = self->shows_result ? qc_business_result_get_row (self->result) : NULL;
  /* Who comes back to what has ended has seen it: the next month is what there is to do. */
  if (row && !qc_application_is_open (qc_application_row_get_application (row)))
    qc_remittance_page_put_result_away (self);
  if (g_strcmp0 (argument, "same") == 0) {
    qc_remittance_page_remit_same (self);
  } else if (argument && *argument) {
    qc_business_result_put_away (self->result, NULL);
    qc_applications_pane_select (self->pane, argument);
  }
}

static void
discard_confirmed (gpointer user_data)
{
  QcRemittancePage *self = user_data;
  qc_draft_discard (qc_business_service_get_draft (QC_BUSINESS_SERVICE (self->service)));
  qc_wizard_go (self->wizard, QC_STEP_METHOD);
}

static void
discard_cb (QcRemittancePage *self)
{
  qc_dialog_confirm (GTK_WIDGET (self), _ ("Discard this draft?"),
                     _ ("What was chosen and reviewed here is removed. Nothing was sent to the center."),
                     _ ("_Discard"), QC_CONFIRM_DESTRUCTIVE, NULL, discard_confirmed, self, NULL);
}

/* A finding about another application leads to that one. */
static void
finding_cb (QcRemittancePage *self, const QcFinding *finding)
{
  const char *serial = qc_finding_get_arg (finding, "serial", NULL);
  if (serial)
    qc_applications_pane_select (self->pane, serial);
}

static void
build_wizard (QcRemittancePage *self)
{
  self->wizard = QC_WIZARD (qc_wizard_new (QC_BUSINESS_REMITTANCE));
  self->method = QC_METHOD_STEP (qc_method_step_new ());
  self->months = QC_MONTHS_STEP (qc_months_step_new ());
  self->review = QC_REVIEW_STEP (qc_review_step_new ());
  self->submit = QC_SUBMIT_STEP (qc_submit_step_new ());
  qc_wizard_add_step (self->wizard, QC_STEP_METHOD, GTK_WIDGET (self->method), FALSE);
  qc_wizard_add_step (self->wizard, QC_STEP_MONTHS, GTK_WIDGET (self->months), FALSE);
  qc_wizard_add_step (self->wizard, QC_STEP_REVIEW, GTK_WIDGET (self->review), TRUE);
  qc_wizard_add_step (self->wizard, QC_STEP_CONFIRM, GTK_WIDGET (self->submit), FALSE);
  self->result = g_object_ref_sink (QC_BUSINESS_RESULT (qc_business_result_new (self->pane, QC_BUSINESS_REMITTANCE)));
  qc_wizard_add_way (self->wizard, qc_business_info (QC_BUSINESS_RETIREMENT)->icon,
                     _ (qc_business_info (QC_BUSINESS_RETIREMENT)->msgid), "retirement");
  qc_wizard_install (self->wizard, QC_PAGE (self), "remittance");
  g_signal_connect_object (self->result, "updated", G_CALLBACK (show_result), self, G_CONNECT_SWAPPED);
  g_signal_connect_swapped (self->wizard, "submit", G_CALLBACK (qc_remittance_page_confirm), self);
  g_signal_connect_swapped (self->wizard, "finding", G_CALLBACK (finding_cb), self);
  g_signal_connect_swapped (self->wizard, "discard", G_CALLBACK (discard_cb), self);
}

/* The records are as high as she left them, whatever the page's height; the steps have the rest. */
static void
place_cb (GtkPaned *paned, GParamSpec *pspec, QcRemittancePage *self)
{
  QcWindow *window = qc_window_of (GTK_WIDGET (self));
  int height = gtk_widget_get_height (GTK_WIDGET (paned));
  if (!window || height == 0)
    return;
  self->height = height;
  gtk_paned_set_position (paned, height - qc_window_get_records_height (window, QC_RECORDS_OF_REMITTANCE));
}

/* Moved by her, and not by what either side needs at least. */
static void
moved_cb (GtkPaned *paned, GParamSpec *pspec, QcRemittancePage *self)
{
  QcWindow *window = qc_window_of (GTK_WIDGET (self));
  int height = gtk_widget_get_height (GTK_WIDGET (paned)), position = gtk_paned_get_position (paned), least, most;
  g_object_get (paned, "min-position", &least, "max-position", &most, NULL);
  if (window && height == self->height && height > 0 && position > least && position < most)
    qc_window_set_records_height (window, QC_RECORDS_OF_REMITTANCE, height - position);
}

static void
qc_remittance_page_constructed (GObject *object)
{
  QcRemittancePage *self = QC_REMITTANCE_PAGE (object);
  QcPage *page = QC_PAGE (self);
  GtkWidget *paned = gtk_paned_new (GTK_ORIENTATION_VERTICAL);
  G_OBJECT_CLASS (qc_remittance_page_parent_class)->constructed (object);
  self->pane = QC_APPLICATIONS_PANE (qc_applications_pane_new (qc_page_get_session (page), QC_BUSINESS_REMITTANCE));
  build_wizard (self);
  qc_remittance_page_add_actions (self);
  gtk_paned_set_start_child (GTK_PANED (paned), GTK_WIDGET (self->wizard));
  gtk_paned_set_end_child (GTK_PANED (paned), GTK_WIDGET (self->pane));
  gtk_paned_set_shrink_start_child (GTK_PANED (paned), FALSE);
  gtk_paned_set_shrink_end_child (GTK_PANED (paned), FALSE);
  gtk_paned_set_resize_end_child (GTK_PANED (paned), FALSE);
  g_signal_connect (paned, "notify::min-position", G_CALLBACK (place_cb), self);
  g_signal_connect (paned, "notify::max-position", G_CALLBACK (place_cb), self);
  g_signal_connect (paned, "notify::position", G_CALLBACK (moved_cb), self);
  qc_applications_pane_install (self->pane, page);
  g_signal_connect_object (qc_page_get_session (page), "sync-changed", G_CALLBACK (session_changed_cb), self,
                           G_CONNECT_SWAPPED);
  qc_page_set_title (page, _ (qc_business_info (QC_BUSINESS_REMITTANCE)->msgid));
  qc_page_set_content (page, paned);
}

static void
qc_remittance_page_dispose (GObject *object)
{
  QcRemittancePage *self = QC_REMITTANCE_PAGE (object);
  if (self->service)
    g_signal_handlers_disconnect_by_data (self->service, self);
  g_clear_handle_id (&self->update_source, g_source_remove);
  g_clear_weak_pointer (&self->dialog);
  g_clear_object (&self->service);
  g_clear_object (&self->result);
  G_OBJECT_CLASS (qc_remittance_page_parent_class)->dispose (object);
}

static void
qc_remittance_page_class_init (QcRemittancePageClass *klass)
{
  QcPageClass *page_class = QC_PAGE_CLASS (klass);
  G_OBJECT_CLASS (klass)->constructed = qc_remittance_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = qc_remittance_page_dispose;
  page_class->unit_changed = unit_changed;
  page_class->shown = shown;
}

static void
qc_remittance_page_init (QcRemittancePage *self)
{
}
