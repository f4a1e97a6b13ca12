/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-business-result.h. Main thread.
 */
#include "qc-business-result.h"

#include <glib/gi18n.h>

#include "qc-application-detail.h"
#include "qc-fact-grid.h"
#include "qc-findings-list.h"
#include "qc-focus.h"
#include "qc-format.h"
#include "qc-pill.h"
#include "qc-roster-words.h"
#include "qc-spoken.h"
#include "qc-text-size.h"

struct _QcBusinessResult {
  GtkWidget parent_instance;
  QcBusiness business;
  QcApplicationsPane *pane; /* borrowed: it is beside this one */
  QcOutboxItem *item;       /* (owned) (nullable) */
  QcApplicationList *list;  /* (owned) (nullable) without conditions, to find the application in */
  char *put_away;           /* (owned) (nullable) serial of the unfinished one nobody wants to see now */
  /* borrowed */
  GtkWidget *child, *icon, *spinner;
  GtkWidget *said; /* around the title: has the focus while there is nothing to press */
  GtkLabel *title, *text;
  GtkWidget *bar; /* of pictures on their way */
  GtkWidget *amount, *groups, *notice, *findings, *buttons;
  GtkLabel *hint;     /* how it goes on in practice */
  GtkWidget *console; /* where she plays the center */
  gboolean practice;
};

G_DEFINE_FINAL_TYPE (QcBusinessResult, qc_business_result, GTK_TYPE_WIDGET)

enum { UPDATED, N_SIGNALS };
static guint signals[N_SIGNALS];

typedef struct {
  const char *icon, *css_class;
  const char *title; /* translated */
  char *own_title;   /* (owned) (nullable) instead of it */
  char *text;        /* (owned) (nullable) */
  gboolean spins;
} Look;

/* The unit's unfinished 汇缴: there is one at most. G_MAXUINT where there is none, or it was put away. */
static guint
find_unfinished (QcBusinessResult *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->list)); i++) {
    g_autoptr (QcApplicationRow) row = g_list_model_get_item (G_LIST_MODEL (self->list), i);
    const QcApplication *application = qc_application_row_get_application (row);
    if (application && qc_application_is_open (application))
      return g_strcmp0 (application->serial, self->put_away) == 0 ? G_MAXUINT : i;
  }
  return G_MAXUINT;
}

QcApplicationRow *
qc_business_result_get_row (QcBusinessResult *self)
{
  if (!self->list)
    return NULL;
  guint position = self->item ? qc_application_list_find (self->list, qc_outbox_item_get_serial (self->item))
                   : self->business == QC_BUSINESS_REMITTANCE ? find_unfinished (self)
                                                              : G_MAXUINT;
  if (position == G_MAXUINT)
    return NULL;
  QcApplicationRow *row = g_list_model_get_item (G_LIST_MODEL (self->list), position);
  g_object_unref (row); /* the list keeps it */
  return row;
}

/* Less than the amount has arrived: both figures at once, before anything is to be read. (transfer full) */
static char *
dup_transfer_title (const QcApplication *application)
{
  g_autofree char *arrived = qc_format_yuan (application->arrived);
  g_autofree char *missing = qc_format_yuan (qc_application_missing (application));
  if (application->arrived > 0)
    return g_strdup_printf (_ ("%s has arrived, %s is still missing"), arrived, missing);
  return g_strdup (application->state == QC_STATE_ACCEPTED ? _ ("Accepted: now transfer the amount")
                                                           : _ ("Registered: now transfer the amount"));
}

static const char *
transfer_text (const QcApplication *application)
{
  if (application->arrived > 0)
    return _ ("What has arrived is kept as suspense money. Transfer the rest to the account below and write only the "
              "serial number as the remark.");
  return _ ("Transfer exactly this amount to the account below and write only the serial number as the remark. It is "
            "finished when the center confirms the arrival.");
}

/* What is to be seen first: the amount, or what of it is still to be paid. */
static QcMoney
shown_amount (const QcApplication *application)
{
  QcMoney missing = qc_application_missing (application);
  return missing > 0 ? missing : application->fen;
}

/* It is with people: the center's staff look at it, or sent it back. FALSE = none of these. */
static gboolean
look_reviewed (Look *look, const QcApplication *application)
{
  switch (application->state) {
  case QC_STATE_IN_REVIEW:
    look->icon = "view-reveal-symbolic";
    look->css_class = "accent";
    look->title = _ ("With the center, waiting for its review");
    look->text = g_strdup_printf (_ ("The center has the roster and every attachment. Its decision comes by itself and "
                                     "is shown here and in the application record %s."),
                                  application->serial);
    return TRUE;
  case QC_STATE_RETURNED:
    look->icon = "edit-undo-symbolic";
    look->css_class = "error";
    look->title = _ ("Returned");
    look->text = g_strdup_printf (_ ("The center says: “%s”. Nothing was changed and nothing is lost: the roster comes "
                                     "back with each reason at its place, to be corrected and submitted again."),
                                  application->return_reason ? application->return_reason : _ ("no reason given"));
    return TRUE;
  case QC_STATE_CANCELLED:
    look->icon = "window-close-symbolic";
    look->title = _ ("Cancelled");
    look->text
        = g_strdup_printf (_ ("The application %s was withdrawn before the center reviewed it."), application->serial);
    return TRUE;
  case QC_STATE_DRAFT:
  case QC_STATE_REGISTERED:
  case QC_STATE_ACCEPTED:
  case QC_STATE_FINISHED:
  case QC_STATE_DELETED:
  case QC_STATE_OTHER:
  default:
    return FALSE;
  }
}

/* (transfer full) */
static char *
dup_finished_text (const QcApplication *application)
{
  g_autofree char *money = qc_format_yuan (application->fen);
  g_autofree char *month = qc_format_month (application->effective);
  if (qc_business_info (application->business)->has_money)
    return g_strdup_printf (_ ("%s is booked. Serial number %s."), money, application->serial);
  if (application->effective != QC_MONTH_NONE)
    return g_strdup_printf (_ ("The center has done it; it takes effect from %s. Serial number %s."), month,
                            application->serial);
  return g_strdup_printf (_ ("The center has done it; it holds from now on. Serial number %s."), application->serial);
}

static void
look_application (Look *look, const QcApplication *application)
{
  if (look_reviewed (look, application))
    return;
  if (application->state == QC_STATE_FINISHED) {
    look->icon = "emblem-ok-symbolic";
    look->css_class = "success";
    look->title = _ ("Finished");
    look->text = dup_finished_text (application);
  } else if (application->state == QC_STATE_DELETED) {
    g_autofree char *arrived = qc_format_yuan (application->arrived);
    look->icon = "user-trash-symbolic";
    look->title = _ ("Deleted");
    look->text = application->arrived > 0
                     ? g_strdup_printf (_ ("The record %s was deleted. %s that had arrived is kept as suspense money."),
                                        application->serial, arrived)
                     : g_strdup_printf (_ ("The record %s was deleted; nothing was paid."), application->serial);
  } else if (application->draw == QC_DRAW_FAILED) {
    look->icon = "dialog-error-symbolic";
    look->css_class = "error";
    look->title = _ ("Drawing failed");
    look->text = g_strdup_printf (_ ("The bank says: %s. See to the balance, then draw again; until then the unit's "
                                     "later business is blocked."),
                                  application->draw_reason ? application->draw_reason : _ ("no reason given"));
  } else if (application->method == QC_METHOD_TRANSFER) {
    look->icon = "mail-send-symbolic";
    look->css_class = "accent";
    look->own_title = dup_transfer_title (application);
    look->text = g_strdup (transfer_text (application));
  } else {
    look->icon = "content-loading-symbolic";
    look->css_class = "accent";
    look->title = application->draw == QC_DRAW_UNKNOWN ? _ ("The bank has not answered yet") : _ ("Drawing");
    look->text = g_strdup (_ ("The center asks the bank again by itself; there is nothing to do."));
    look->spins = TRUE;
  }
}

static void
look_item (Look *look, QcOutboxItem *item)
{
  QcOutboxItemState state = qc_outbox_item_get_state (item);
  look->title = _ (qc_outbox_item_get_state_msgid (item));
  look->text = qc_application_words_item (item);
  look->icon = qc_pill_waiting_icon (item);
  look->css_class = "accent";
  if (qc_outbox_item_get_upload (item) != NULL)
    return;
  switch (state) {
  case QC_OUTBOX_ITEM_QUEUED:
  case QC_OUTBOX_ITEM_UNKNOWN:
  case QC_OUTBOX_ITEM_HELD:
    look->css_class = "warning";
    break;
  case QC_OUTBOX_ITEM_REFUSED:
    look->css_class = "error";
    break;
  case QC_OUTBOX_ITEM_SENDING:
  case QC_OUTBOX_ITEM_ACCEPTED:
  case QC_OUTBOX_ITEM_WITHDRAWN:
  default:
    look->spins = TRUE;
  }
}

/* What came of it is said, wherever the focus is. */
static void
announce (QcBusinessResult *self)
{
  qc_spoken_announce (GTK_WIDGET (self), gtk_label_get_text (self->title));
}

static void
apply_look (QcBusinessResult *self, const Look *look)
{
  static const char *const classes[] = {"success", "error", "warning", "accent"};
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    gtk_widget_remove_css_class (self->icon, classes[i]);
  if (look->css_class)
    gtk_widget_add_css_class (self->icon, look->css_class);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), look->icon);
  gtk_widget_set_visible (self->icon, !look->spins);
  gtk_widget_set_visible (self->spinner, look->spins);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), look->spins);
  gboolean same = g_strcmp0 (gtk_label_get_text (self->title), look->own_title ? look->own_title : look->title) == 0;
  gtk_label_set_text (self->title, look->own_title ? look->own_title : look->title);
  if (!same && gtk_widget_get_mapped (GTK_WIDGET (self)))
    announce (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->said), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_text (self->title), -1);
  gtk_label_set_text (self->text, look->text ? look->text : "");
}

/* What changes while pictures go; the buttons stay as they are, with the focus. */
static void
show_item (QcBusinessResult *self)
{
  const QcUploadProgress *upload = qc_outbox_item_get_upload (self->item);
  Look look = {0};
  look_item (&look, self->item);
  apply_look (self, &look);
  gtk_widget_set_visible (self->bar, upload != NULL);
  if (upload && upload->size > 0)
    gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->bar), (double)upload->sent / (double)upload->size);
  g_free (look.text);
}

/* @action: of the window, else the rest of the name of one of the page's. */
static GtkWidget *
add_button (QcBusinessResult *self, const char *label, const char *action, gboolean suggested)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  g_autofree char *own = g_strconcat ("win.", qc_business_info (self->business)->code, "-", action, NULL);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), g_str_has_prefix (action, "win.") ? action : own);
  if (suggested)
    gtk_widget_add_css_class (button, "suggested-action");
  gtk_widget_add_css_class (button, "pill");
  gtk_box_append (GTK_BOX (self->buttons), button);
  return button;
}

/* What the clerk can do for what has no application yet. */
static void
fill_item_buttons (QcBusinessResult *self)
{
  QcWaitsFor waits_for = qc_outbox_item_get_waits_for (self->item);
  if (qc_outbox_item_get_state (self->item) == QC_OUTBOX_ITEM_QUEUED && waits_for == QC_WAITS_FOR_SIGN_IN)
    add_button (self, _ ("Sign _In"), "win.show-sign-in", TRUE);
  else if (qc_outbox_item_get_state (self->item) == QC_OUTBOX_ITEM_QUEUED && waits_for == QC_WAITS_FOR_ACCOUNT)
    add_button (self, _ ("Change _Account"), "win.show-sign-in", TRUE);
  if (qc_outbox_item_get_state (self->item) == QC_OUTBOX_ITEM_REFUSED)
    add_button (self, _ ("Back to the _draft"), "new", TRUE);
  if (qc_outbox_item_can_release (self->item)) {
    GtkWidget *send = add_button (self, _ ("_Send on"), "win.outbox-release", TRUE);
    gtk_actionable_set_action_target (GTK_ACTIONABLE (send), "x", qc_outbox_item_get_id (self->item));
    qc_focus_guard (send);
  }
  if (qc_outbox_item_can_withdraw (self->item))
    qc_focus_guard (add_button (self, _ ("_Take back"), "withdraw", FALSE));
}

static const char *
new_words (QcBusinessResult *self)
{
  if (self->business == QC_BUSINESS_REMITTANCE)
    return _ ("_New remittance");
  return qc_business_info (self->business)->n_columns > 0 ? _ ("_New roster") : _ ("_New change");
}

static void
fill_buttons (QcBusinessResult *self, const QcApplication *application)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (self->buttons)))
    gtk_box_remove (GTK_BOX (self->buttons), child);
  if (application && qc_application_can (application, QC_ACTION_REDRAW))
    qc_focus_guard (add_button (self, _ ("Draw _again"), "redraw", TRUE));
  if (application && qc_application_can (application, QC_ACTION_REOPEN))
    add_button (self, _ ("See what to _correct"), "open", TRUE);
  if (application)
    add_button (self, application->state == QC_STATE_FINISHED ? new_words (self) : _ ("_Close"), "new",
                application->state == QC_STATE_FINISHED);
  if (application
      && qc_application_can (application, QC_ACTION_PRINT)) /* unfinished too: it says where the money goes */
    add_button (self, _ ("Print _voucher"), "print", FALSE);
  if (application && self->business != QC_BUSINESS_REMITTANCE) /* its records are closed */
    add_button (self, _ ("_Show the record"), "open", FALSE);
  if (self->item && !application)
    fill_item_buttons (self);
  if (gtk_widget_has_focus (self->said))
    qc_focus_enter (self->buttons);
}

/* Who goes where, as it was confirmed. */
static void
fill_groups (QcBusinessResult *self)
{
  const GArray *targets = self->item ? qc_outbox_item_get_targets (self->item) : NULL;
  QcFactGrid *groups = QC_FACT_GRID (self->groups);
  qc_fact_grid_clear (groups);
  gtk_widget_set_visible (self->groups, targets && targets->len > 0);
  if (!targets)
    return;
  for (guint i = 0; i < targets->len; i++) {
    g_autofree char *words = qc_roster_words_target (&g_array_index (targets, QcRosterTarget, i));
    qc_fact_grid_add (groups, _ ("Goes to"), words);
  }
  guint rest = qc_outbox_item_get_n_targets (self->item) - targets->len;
  g_autofree char *more = g_strdup_printf (ngettext ("and %u more unit", "and %u more units", rest), rest);
  if (rest > 0)
    qc_fact_grid_add (groups, _ ("Goes to"), more);
}

/* What a unit waits for comes from people: in practice there are none, and she is told who plays them. */
static const char *
practice_hint (const QcApplication *application)
{
  if (application->state == QC_STATE_IN_REVIEW)
    return _ (
        "Practice: “Practice mode” at the lower left says how it is reviewed, or opens the center's console, where "
        "you decide yourself.");
  if (qc_application_missing (application) > 0)
    return _ ("Practice: “Practice mode” at the lower left says when the money arrives, or opens the center's console, "
              "where you confirm it yourself.");
  return NULL;
}

static void
show_application (QcBusinessResult *self, const QcApplication *application)
{
  Look look = {0};
  look_application (&look, application);
  apply_look (self, &look);
  gtk_widget_set_visible (self->bar, FALSE);
  g_free (look.text);
  g_free (look.own_title);
}

static void
update (QcBusinessResult *self)
{
  QcApplicationRow *row = qc_business_result_get_row (self);
  const QcApplication *application = row ? qc_application_row_get_application (row) : NULL;
  if (!self->item && !application) {
    g_signal_emit (self, signals[UPDATED], 0);
    return;
  }
  if (application)
    show_application (self, application);
  else
    show_item (self);
  g_autofree char *money
      = qc_format_yuan (application ? shown_amount (application) : qc_outbox_item_get_fen (self->item));
  gtk_label_set_text (GTK_LABEL (self->amount), money);
  gtk_widget_set_visible (self->amount, qc_business_info (self->business)->has_money);
  fill_groups (self);
  const char *hint = self->practice && application ? practice_hint (application) : NULL;
  gtk_label_set_text (self->hint, hint ? hint : "");
  gtk_widget_set_visible (GTK_WIDGET (self->hint), hint != NULL);
  gtk_widget_set_visible (self->console, hint != NULL);
  g_autoptr (QcPayeeNotice) notice
      = application ? qc_application_service_dup_notice (qc_applications_pane_get_service (self->pane), application)
                    : NULL;
  qc_payee_notice_fill (QC_FACT_GRID (self->notice), notice, application);
  gtk_widget_set_visible (self->notice, notice != NULL);
  qc_findings_list_set (QC_FINDINGS_LIST (self->findings),
                        self->item ? qc_outbox_item_get_findings (self->item) : NULL);
  gtk_widget_set_visible (self->findings, qc_findings_list_get_n_groups (QC_FINDINGS_LIST (self->findings)) > 0);
  fill_buttons (self, application);
  g_signal_emit (self, signals[UPDATED], 0);
}

/* Further only, or another item than it was. */
static void
item_notify_cb (QcOutboxItem *item, GParamSpec *pspec, QcBusinessResult *self)
{
  if (g_str_equal (pspec->name, "uploading") && !qc_business_result_get_row (self))
    show_item (self);
  else
    update (self);
}

/* The payee came after the application. */
static void
service_changed_cb (QcBusinessResult *self)
{
  QcApplicationRow *row = qc_business_result_get_row (self);
  const QcApplication *application = row ? qc_application_row_get_application (row) : NULL;
  if (application && qc_application_missing (application) > 0 && !gtk_widget_get_visible (self->notice))
    update (self);
}

void
qc_business_result_reset (QcBusinessResult *self, QcSession *session)
{
  const QcApplicationConditions conditions = {.business = (int)self->business};
  g_return_if_fail (QC_IS_BUSINESS_RESULT (self));
  if (self->list)
    g_signal_handlers_disconnect_by_data (self->list, self);
  g_clear_object (&self->list);
  g_clear_pointer (&self->put_away, g_free);
  g_signal_connect_object (qc_applications_pane_get_service (self->pane), "changed", G_CALLBACK (service_changed_cb),
                           self, G_CONNECT_SWAPPED);
  self->practice = session && qc_session_is_practice (session);
  if (session) {
    self->list = qc_application_list_new (session);
    g_signal_connect_object (self->list, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
    qc_application_list_query (self->list, &conditions);
  }
  qc_business_result_set_item (self, NULL);
}

void
qc_business_result_set_item (QcBusinessResult *self, QcOutboxItem *item)
{
  g_return_if_fail (QC_IS_BUSINESS_RESULT (self));
  if (item == self->item)
    return;
  if (self->item)
    g_signal_handlers_disconnect_by_data (self->item, self);
  g_set_object (&self->item, item);
  if (item)
    g_signal_connect_object (item, "notify", G_CALLBACK (item_notify_cb), self, 0);
  update (self);
}

void
qc_business_result_put_away (QcBusinessResult *self, const char *serial)
{
  g_return_if_fail (QC_IS_BUSINESS_RESULT (self));
  char *copy = g_strdup (serial);
  g_free (self->put_away);
  self->put_away = copy;
  update (self);
}

static GtkLabel *
add_label (QcBusinessResult *self, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (self->child), label);
  return GTK_LABEL (label);
}

static void
build (QcBusinessResult *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  self->child = box;
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 12);
  self->icon = gtk_image_new ();
  gtk_image_set_pixel_size (GTK_IMAGE (self->icon), 48);
  self->spinner = gtk_spinner_new ();
  gtk_widget_set_size_request (self->spinner, 48, 48);
  gtk_widget_set_halign (self->spinner, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), self->icon);
  gtk_box_append (GTK_BOX (box), self->spinner);
  self->said = self->child = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_focusable (self->said, TRUE);
  gtk_widget_set_halign (self->said, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), self->said);
  self->title = add_label (self, "title-2");
  self->child = box;
  self->amount = GTK_WIDGET (add_label (self, "title-1"));
  gtk_widget_add_css_class (self->amount, "numeric");
  self->text = add_label (self, "body");
  self->bar = gtk_progress_bar_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Uploading attachments"), -1);
  gtk_widget_set_visible (self->bar, FALSE);
  gtk_box_append (GTK_BOX (box), self->bar);
  self->groups = qc_fact_grid_new ();
  gtk_widget_set_halign (self->groups, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), self->groups);
  self->notice = qc_fact_grid_new ();
  gtk_widget_set_halign (self->notice, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), self->notice);
  self->hint = add_label (self, "dim-label");
  gtk_widget_set_visible (GTK_WIDGET (self->hint), FALSE);
  self->console = gtk_button_new_with_mnemonic (_ ("Open the Center's _Console"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->console), "win.open-console");
  gtk_widget_set_halign (self->console, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (self->console, FALSE);
  gtk_box_append (GTK_BOX (box), self->console);
  self->findings = qc_findings_list_new ();
  gtk_widget_set_size_request (self->findings, -1, 140);
  gtk_box_append (GTK_BOX (box), self->findings);
  self->buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_widget_set_halign (self->buttons, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_top (self->buttons, 6);
  gtk_box_append (GTK_BOX (box), self->buttons);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), qc_text_size_clamp (box, 560));
  gtk_widget_set_vexpand (scrolled, TRUE);
  self->child = scrolled;
  gtk_widget_set_parent (scrolled, GTK_WIDGET (self));
}

static void
qc_business_result_dispose (GObject *object)
{
  QcBusinessResult *self = QC_BUSINESS_RESULT (object);
  g_clear_pointer (&self->child, gtk_widget_unparent);
  g_clear_object (&self->item);
  g_clear_object (&self->list);
  g_clear_pointer (&self->put_away, g_free);
  G_OBJECT_CLASS (qc_business_result_parent_class)->dispose (object);
}

static void
qc_business_result_class_init (QcBusinessResultClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qc_business_result_dispose;
  signals[UPDATED]
      = g_signal_new ("updated", QC_TYPE_BUSINESS_RESULT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

/* What can be done next; until there is something, what came of it, which a screen reader then reads out. */
static gboolean
take_focus (GtkWidget *widget)
{
  QcBusinessResult *self = QC_BUSINESS_RESULT (widget);
  return qc_focus_enter (self->buttons) || gtk_widget_grab_focus (self->said);
}

static void
qc_business_result_init (QcBusinessResult *self)
{
  build (self);
  qc_focus_set_home (GTK_WIDGET (self), take_focus);
  g_signal_connect (self, "map", G_CALLBACK (announce), NULL);
}

GtkWidget *
qc_business_result_new (QcApplicationsPane *pane, QcBusiness business)
{
  QcBusinessResult *self = g_object_new (QC_TYPE_BUSINESS_RESULT, NULL);
  self->pane = pane;
  self->business = business;
  return GTK_WIDGET (self);
}
