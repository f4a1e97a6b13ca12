/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-home-page.h. Main thread.
 */
#include "qc-home-page.h"
#include "qc-spoken.h"
#include "qc-window.h"

#include <glib/gi18n.h>

#include "qc-app-error.h"
#include "qc-business-card.h"
#include "qc-format.h"
#include "qc-home-rows.h"
#include "qc-month-charts.h"
#include "qc-month.h"

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

/* --- loading --- */

static void
fill_head (QcHomePage *self, const QcHomeFigures *figures)
{
  const QcUnit *unit = figures->unit;
  g_autofree char *people = qc_format_people (unit->headcount);
  g_autofree char *month = qc_format_month (unit->paid_to);
  g_autofree char *paid
      = unit->paid_to ? g_strdup_printf (_ ("remitted up to %s"), month) : g_strdup (_ ("nothing remitted yet"));
  const char *method = qc_unit_method (unit) == QC_METHOD_COLLECTION ? _ ("Collection") : _ ("Transfer by the unit");
  /* Translators: account number, headcount, up to when it is remitted, payment method. */
  g_autofree char *facts = g_strdup_printf (_ ("%s · %s paying · %s · %s"), unit->account, people, paid, method);
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
  qc_home_rows_fill (GTK_LIST_BOX (self->rows), figures, self->waits_for);
  QcWindow *window = qc_window_of (GTK_WIDGET (self));
  if (window && qc_window_offers_tour (window))
    qc_home_rows_add_tour (GTK_LIST_BOX (self->rows));
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

/* What the window offers is the window's; it is known once the page is in it. */
static void
root_cb (QcHomePage *self)
{
  QcWindow *window = qc_window_of (GTK_WIDGET (self));
  if (window)
    g_signal_connect_object (window, "notify::offers-tour", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
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
  g_signal_connect (object, "notify::root", G_CALLBACK (root_cb), NULL);
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
  qc_spoken_heading (label);
  return label;
}

static GtkWidget *
new_line (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (label), 0.0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
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
