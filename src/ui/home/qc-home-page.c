/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-home-page.h. Main thread.
 */
#include "qc-home-page.h"

#include <glib/gi18n.h>

#include "qc-app-error.h"
#include "qc-business-card.h"
#include "qc-format.h"
#include "qc-month-charts.h"
#include "qc-month.h"

#define MOST_DRAFTS 6 /* a row each */

struct _QcHomePage {
  QcPage parent_instance;
  GCancellable *cancel;  /* (owned) (nullable) of the load under way */
  QcWaitsFor waits_for;  /* what is submitted here, as it is shown */
  GtkWidget *unit_name;  /* borrowed */
  GtkWidget *unit_facts; /* borrowed */
  GtkWidget *rows;       /* borrowed: list box of this month */
  GtkWidget *chart;      /* borrowed */
};

G_DEFINE_FINAL_TYPE (QcHomePage, qc_home_page, QC_TYPE_PAGE)

/* --- rows of this month --- */

static void
add_row (QcHomePage *self, const char *icon, const char *css_class, const char *title, const char *subtitle,
         const char *button_label, const char *action, const char *target)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *escaped = g_markup_escape_text (title, -1);
  g_autofree char *escaped_sub = subtitle ? g_markup_escape_text (subtitle, -1) : NULL;
  GtkWidget *image = gtk_image_new_from_icon_name (icon);
  if (css_class)
    gtk_widget_add_css_class (image, css_class);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), image);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped);
  if (escaped_sub)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), escaped_sub);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  if (button_label) {
    GtkWidget *button = gtk_button_new_with_mnemonic (button_label);
    g_autofree char *name = g_strdup_printf ("%s: %s", title, gtk_button_get_label (GTK_BUTTON (button)));
    gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
    gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
    if (target)
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
    gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, title, -1);
  }
  gtk_list_box_append (GTK_LIST_BOX (self->rows), row);
}

static char *
dup_due_words (const QcHomeFigures *figures)
{
  g_autofree char *people = qc_format_people (figures->due_people);
  g_autofree char *amount = qc_format_yuan (figures->due_fen);
  GString *words = g_string_new (NULL);
  /* Translators: headcount and amount. */
  g_string_append_printf (words, _ ("%s, %s expected"), people, amount);
  if (figures->left_out > 0)
    g_string_append_printf (
        words, ngettext (" · %d past retirement left out", " · %d past retirement left out", figures->left_out),
        (int)figures->left_out);
  if (figures->unanswered > 0)
    g_string_append_printf (words,
                            ngettext (" · %d question to answer", " · %d questions to answer", figures->unanswered),
                            (int)figures->unanswered);
  if (figures->due_waiting > 0)
    g_string_append_printf (
        words, ngettext (" · with %u change that waits", " · with %u changes that wait", figures->due_waiting),
        figures->due_waiting);
  return g_string_free (words, FALSE);
}

static void
add_due_row (QcHomePage *self, const QcHomeFigures *figures)
{
  g_autofree char *month = qc_format_month (figures->due);
  g_autofree char *words = dup_due_words (figures);
  int behind = qc_month_diff (figures->due, figures->current);
  if (!figures->due_is_open)
    return;
  g_autofree char *title = NULL;
  if (behind > 0)
    /* Translators: a month, and by how many months it is late. */
    title = g_strdup_printf (
        ngettext ("Remittance due since %s: %d month overdue", "Remittance due since %s: %d months overdue", behind),
        month, behind);
  else
    title = g_strdup_printf (_ ("Remittance of %s is due"), month);
  add_row (self, "qc-remittance-symbolic", behind > 0 ? "warning" : "accent", title, words, _ ("_Remit"), "win.go",
           "remittance");
}

static void
add_count_row (QcHomePage *self, gint64 count, const char *icon, const char *css_class, const char *title,
               const char *subtitle, const char *button, const char *target)
{
  if (count > 0)
    add_row (self, icon, css_class, title, subtitle, button, "win.go", target);
}

static char *
dup_count (const char *format, gint64 count)
{
  return g_strdup_printf (format, (int)count);
}

/* What cannot leave yet, and what is missing for it. */
static void
add_queued_row (QcHomePage *self, gint64 count)
{
  g_autofree char *queued = dup_count (ngettext ("%d waiting to be sent", "%d waiting to be sent", count), count);
  g_autofree char *out
      = dup_count (ngettext ("%d waiting for your sign-in", "%d waiting for your sign-in", count), count);
  g_autofree char *wrong
      = dup_count (ngettext ("%d waiting for another account", "%d waiting for another account", count), count);
  if (count == 0)
    return;
  if (self->waits_for == QC_WAITS_FOR_SIGN_IN)
    add_row (self, "avatar-default-symbolic", "warning", out, _ ("It is sent as soon as you have signed in."),
             _ ("Sign _In"), "win.show-sign-in", NULL);
  else if (self->waits_for == QC_WAITS_FOR_ACCOUNT)
    add_row (self, "avatar-default-symbolic", "warning", wrong,
             _ ("The account that is signed in may not act for this unit."), _ ("Change _Account"), "win.show-sign-in",
             NULL);
  else
    add_row (self, "network-offline-symbolic", NULL, queued, _ ("It is sent once the center can be reached."),
             _ ("_Look"), "win.go", "applications");
}

/* Whom to pay, and what to write: the page of the business has it with buttons to copy it. */
static void
add_payment_row (QcHomePage *self, const QcUnit *unit, const QcApplication *application)
{
  g_autofree char *money = qc_format_yuan (qc_application_missing (application));
  g_autofree char *title = g_strdup_printf (
      application->arrived > 0 ? _ ("Still to be transferred: %s") : _ ("To be transferred: %s"), money);
  /* Translators: payee, its account and bank, and the business serial number. */
  g_autofree char *words = unit->payee_account
                               ? g_strdup_printf (_ ("To %s, account %s, %s; the remark is only %s"), unit->payee_name,
                                                  unit->payee_account, unit->payee_bank, application->serial)
                               : g_strdup (application->serial);
  g_autofree char *target
      = g_strconcat (qc_business_info (application->business)->code, "/", application->serial, NULL);
  add_row (self, "mail-send-symbolic", "warning", title, words, _ ("_Look"), "win.go", target);
}

/* What was submitted here and has no answer yet. */
static void
add_outbox_rows (QcHomePage *self, const QcHomeFigures *figures)
{
  g_autofree char *held = dup_count (ngettext ("%d held", "%d held", figures->held), figures->held);
  g_autofree char *unknown = dup_count (
      ngettext ("%d being verified with the center", "%d being verified with the center", figures->unknown),
      figures->unknown);
  add_count_row (self, figures->held, "media-playback-pause-symbolic", "warning", held,
                 _ ("Something before was refused or taken back: send this on, or take it back."), _ ("_Look"),
                 "applications");
  add_count_row (self, figures->unknown, "dialog-question-symbolic", "warning", unknown,
                 _ ("The center is asked whether it was received; please do not submit it again."), _ ("_Look"),
                 "applications");
  add_queued_row (self, figures->queued);
}

static void
add_draft_row (QcHomePage *self, const QcHomeDraft *draft)
{
  const QcBusinessInfo *info = qc_business_info (draft->business);
  g_autofree char *time = qc_format_time (draft->changed);
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *title = NULL;
  g_autofree char *target = draft->business == QC_BUSINESS_REMITTANCE
                                ? g_strdup (info->code)
                                : g_strdup_printf ("%s/draft:%" G_GINT64_FORMAT, info->code, draft->id);
  if (draft->refused) {
    /* Translators: the name of a draft. */
    title = g_strdup_printf (_ ("Refused by the center: %s"), draft->title);
    g_string_append (words, _ ("The draft is open again, with the reasons beside it: mend it and submit again."));
  } else {
    /* Translators: the name of a draft. */
    title = g_strdup_printf (_ ("Not finished: %s"), draft->title);
    if (draft->faults > 0)
      g_string_append_printf (words, ngettext ("%d faulty line · ", "%d faulty lines · ", draft->faults),
                              (int)draft->faults);
    /* Translators: a time. */
    g_string_append_printf (words, _ ("Everything entered up to %s is saved."), time);
  }
  add_row (self, draft->refused ? "dialog-error-symbolic" : "document-edit-symbolic", draft->refused ? "error" : NULL,
           title, words->str, _ ("_Continue"), "win.go", target);
}

static void
add_draft_rows (QcHomePage *self, const GPtrArray *drafts, gboolean refused)
{
  guint rest = 0, shown = 0;
  for (guint i = 0; i < drafts->len; i++) {
    const QcHomeDraft *draft = g_ptr_array_index (drafts, i);
    if (draft->refused == refused && shown++ < MOST_DRAFTS)
      add_draft_row (self, draft);
    else if (draft->refused == refused)
      rest++;
  }
  if (rest > 0) {
    g_autofree char *words = dup_count (ngettext ("%d older draft", "%d older drafts", rest), rest);
    add_row (self, "document-edit-symbolic", NULL, words, _ ("The pages of the businesses list all of them."), NULL,
             NULL, NULL);
  }
}

/* Who arrived from another unit is remitted by the old base until it is adjusted (T6). */
static void
add_arrived_row (QcHomePage *self, gint64 count)
{
  g_autofree char *title = dup_count (ngettext ("%d person arrived by transfer: the base is to be adjusted",
                                                "%d people arrived by transfer: their bases are to be adjusted", count),
                                      count);
  add_count_row (self, count, "qc-transfer-symbolic", "warning", title,
                 _ ("Until then they are remitted by the base of their former unit."), _ ("_Adjust Bases"),
                 "base-adjustment/concerned");
}

static void
fill_rows (QcHomePage *self, const QcHomeFigures *figures)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (self->rows)))
    gtk_list_box_remove (GTK_LIST_BOX (self->rows), child);
  g_autofree char *failed = dup_count (ngettext ("%d collection failed", "%d collections failed", figures->draw_failed),
                                       figures->draw_failed);
  g_autofree char *returned = dup_count (ngettext ("%d returned", "%d returned", figures->returned), figures->returned);
  g_autofree char *open = dup_count (
      ngettext ("%d under way at the center", "%d under way at the center", figures->unfinished), figures->unfinished);
  add_count_row (self, figures->draw_failed, "dialog-error-symbolic", "error", failed,
                 _ ("Top up the account, then collect again."), _ ("_Look"), "applications");
  add_count_row (self, figures->returned, "edit-undo-symbolic", "warning", returned,
                 _ ("See the reason, mend it and hand it in again."), _ ("_Look"), "applications");
  add_draft_rows (self, figures->drafts, TRUE);
  for (guint i = 0; i < figures->payments->len; i++)
    add_payment_row (self, figures->unit, g_ptr_array_index (figures->payments, i));
  add_arrived_row (self, figures->pending);
  add_due_row (self, figures);
  add_draft_rows (self, figures->drafts, FALSE);
  add_outbox_rows (self, figures);
  add_count_row (self, figures->unfinished, "content-loading-symbolic", NULL, open,
                 _ ("Money has to arrive, or the center is at work."), _ ("_Follow"), "applications");
  if (!gtk_widget_get_first_child (self->rows)) {
    g_autofree char *paid = qc_format_month (figures->unit->paid_to);
    g_autofree char *words = figures->unit->paid_to == QC_MONTH_NONE ? g_strdup (_ ("Nothing has been remitted yet."))
                                                                     : g_strdup_printf (_ ("Remitted up to %s."), paid);
    add_row (self, "object-select-symbolic", "success", _ ("Nothing is waiting for you"), words, NULL, NULL, NULL);
  }
}

/* --- loading --- */

static void
fill_head (QcHomePage *self, const QcHomeFigures *figures)
{
  const QcUnit *unit = figures->unit;
  g_autofree char *people = qc_format_people (unit->headcount);
  g_autofree char *paid = unit->paid_to ? qc_format_month (unit->paid_to) : g_strdup (_ ("never"));
  const char *method = qc_unit_method (unit) == QC_METHOD_COLLECTION ? _ ("Collection") : _ ("Transfer by the unit");
  /* Translators: account number, headcount, last remitted month, payment method. */
  g_autofree char *facts
      = g_strdup_printf (_ ("%s · %s paying · remitted up to %s · %s"), unit->account, people, paid, method);
  gtk_label_set_label (GTK_LABEL (self->unit_name), unit->name);
  gtk_label_set_label (GTK_LABEL (self->unit_facts), facts);
}

static gboolean
has_money (GArray *months)
{
  for (guint i = 0; i < months->len; i++)
    if (g_array_index (months, QcMonthFigure, i).fen > 0)
      return TRUE;
  return FALSE;
}

static void
show_months (QcHomePage *self, GArray *months)
{
  g_autoptr (GListStore) points = g_list_store_new (QC_TYPE_BAR_POINT);
  for (guint i = 0; i < months->len; i++) {
    const QcMonthFigure *figure = &g_array_index (months, QcMonthFigure, i);
    const QcMonthValues values = {.month = figure->month, .people = figure->people, .fen = figure->fen};
    g_autoptr (QcBarPoint) point = qc_month_chart_point (QC_MONTH_CHART_AMOUNT, &values, i == 0);
    g_list_store_append (points, point);
  }
  gtk_widget_set_visible (self->chart, has_money (months));
  qc_bar_chart_set_points (QC_BAR_CHART (self->chart), G_LIST_MODEL (points));
}

static void
open_cb (QcBarChart *chart, const char *target, gpointer data)
{
  gtk_widget_activate_action (GTK_WIDGET (chart), "win.go", "s", target);
}

static void
show_figures (QcHomePage *self, const QcHomeFigures *figures)
{
  if (!figures->unit) {
    qc_page_set_empty (QC_PAGE (self), "folder-download-symbolic", _ ("Nothing of this unit is here yet"),
                       _ ("Its people and months are fetched from the center."), _ ("_Fetch Now"), "win.sync-now");
    qc_page_set_state (QC_PAGE (self), QC_PAGE_EMPTY);
    return;
  }
  fill_head (self, figures);
  fill_rows (self, figures);
  show_months (self, figures->months);
  qc_page_set_badge (QC_PAGE (self), (guint)(figures->draw_failed + figures->returned + figures->payments->len
                                             + figures->drafts->len + figures->held + (figures->due_is_open ? 1 : 0)));
  qc_page_set_state (QC_PAGE (self), QC_PAGE_CONTENT);
}

/* The last feed that arrives loads the page again. */
static void
show_incomplete (QcHomePage *self)
{
  qc_page_set_empty (QC_PAGE (self), "folder-download-symbolic", _ ("Not all data is here yet"),
                     _ ("The unit's data are still being fetched. No figures are given before all of them are here."),
                     _ ("_Fetch Now"), "win.sync-now");
  qc_page_set_state (QC_PAGE (self), QC_PAGE_EMPTY);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (QcHomePage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (QcHomeFigures) figures = qc_session_load_home_finish (QC_SESSION (source), result, &error);
  if (figures)
    show_figures (self, figures);
  else if (g_strcmp0 (qc_app_error_code (error), "app.incomplete") == 0)
    show_incomplete (self);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    qc_page_set_error (QC_PAGE (self), error);
}

static QcWaitsFor
waits_for (QcHomePage *self)
{
  QcSession *session = qc_page_get_session (QC_PAGE (self));
  return qc_session_waits_for (session, qc_session_get_unit_account (session));
}

static void
load (QcHomePage *self)
{
  if (self->cancel)
    g_cancellable_cancel (self->cancel);
  g_clear_object (&self->cancel);
  self->cancel = g_cancellable_new ();
  self->waits_for = waits_for (self);
  qc_session_load_home_async (qc_page_get_session (QC_PAGE (self)), self->cancel, loaded_cb, g_object_ref (self));
}

/* Signed in or out: other words for what waits. */
static void
sync_changed_cb (QcHomePage *self)
{
  if (self->cancel && waits_for (self) != self->waits_for)
    load (self);
}

static void
qc_home_page_unit_changed (QcPage *page)
{
  qc_page_set_state (page, QC_PAGE_LOADING);
  load (QC_HOME_PAGE (page));
}

static void
qc_home_page_data_changed (QcPage *page, guint what)
{
  load (QC_HOME_PAGE (page));
}

static void
qc_home_page_dispose (GObject *object)
{
  QcHomePage *self = QC_HOME_PAGE (object);
  if (self->cancel)
    g_cancellable_cancel (self->cancel);
  g_clear_object (&self->cancel);
  G_OBJECT_CLASS (qc_home_page_parent_class)->dispose (object);
}

static void
qc_home_page_constructed (GObject *object)
{
  G_OBJECT_CLASS (qc_home_page_parent_class)->constructed (object);
  g_signal_connect_object (qc_page_get_session (QC_PAGE (object)), "sync-changed", G_CALLBACK (sync_changed_cb), object,
                           G_CONNECT_SWAPPED);
}

static void
qc_home_page_class_init (QcHomePageClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = qc_home_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = qc_home_page_dispose;
  QC_PAGE_CLASS (klass)->unit_changed = qc_home_page_unit_changed;
  QC_PAGE_CLASS (klass)->data_changed = qc_home_page_data_changed;
}

/* --- building --- */

static GtkWidget *
new_heading (const char *text)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0.0);
  gtk_widget_add_css_class (label, "heading");
  return label;
}

static GtkWidget *
new_line (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (label), 0.0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_can_focus (label, FALSE);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
qc_home_page_init (QcHomePage *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  self->unit_name = new_line ("title-2");
  self->unit_facts = new_line ("dim-label");
  gtk_box_append (GTK_BOX (head), self->unit_name);
  gtk_box_append (GTK_BOX (head), self->unit_facts);
  self->rows = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->rows), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->rows, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->rows), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("This month"), -1);
  self->chart = qc_bar_chart_new (qc_month_chart_info (QC_MONTH_CHART_AMOUNT));
  g_signal_connect (self->chart, "open", G_CALLBACK (open_cb), NULL);
  gtk_box_append (GTK_BOX (column), head);
  gtk_box_append (GTK_BOX (column), new_heading (_ ("This month")));
  gtk_box_append (GTK_BOX (column), self->rows);
  gtk_box_append (GTK_BOX (column), self->chart);
  gtk_box_append (GTK_BOX (column), new_heading (_ ("Businesses")));
  gtk_box_append (GTK_BOX (column), qc_business_cards_new ("win.enter-"));
  gtk_widget_add_css_class (column, "qc-column");
  GtkWidget *clamp = adw_clamp_new ();
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 920);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), 860);
  adw_clamp_set_child (ADW_CLAMP (clamp), column);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  qc_page_set_content (QC_PAGE (self), scroller);
}
