/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The columns of <业务申请记录>: what a row says of an application or of what still waits. Main thread.
 */
#include "qc-applications-columns.h"

#include <glib/gi18n.h>
#include <string.h>

#include "qc-application-detail.h"
#include "qc-format.h"
#include "qc-grid.h"
#include "qc-gtk-4-8.h"
#include "qc-pill.h"

static char *
cell_serial (gpointer item, gpointer user_data)
{
  const QcApplication *application = qc_application_row_get_application (item);
  return g_strdup (application ? application->serial : "—");
}

static char *
cell_business (gpointer item, gpointer user_data)
{
  return g_strdup (_ (qc_business_info (qc_application_row_get_business (item))->msgid));
}

static char *
cell_months (gpointer item, gpointer user_data)
{
  return qc_application_words_months (qc_application_row_get_start (item), qc_application_row_get_end (item));
}

static char *
cell_method (gpointer item, gpointer user_data)
{
  QcMethod method = qc_application_row_get_method (item);
  /* Translators: a unit that pays by itself (非托收), in a narrow column. */
  return g_strdup (method == QC_METHOD_TRANSFER ? C_ ("method", "Transfer") : qc_application_words_method (method));
}

static char *
cell_people (gpointer item, gpointer user_data)
{
  gint64 people = qc_application_row_get_people (item);
  return qc_business_is_of_people (qc_application_row_get_business (item)) && people >= 0 ? qc_format_count (people)
                                                                                          : NULL;
}

static char *
cell_amount (gpointer item, gpointer user_data)
{
  QcMoney fen;
  return qc_application_row_get_fen (item, &fen) ? qc_format_money (fen) : NULL;
}

static char *
cell_time (gpointer item, gpointer user_data)
{
  return qc_format_date_time (qc_application_row_get_time (item));
}

static char *
cell_note (gpointer item, gpointer user_data)
{
  const QcApplication *application = qc_application_row_get_application (item);
  QcMoney missing = application ? qc_application_missing (application) : 0;
  if (qc_application_row_get_draft (item))
    return qc_application_words_draft (qc_application_row_get_draft (item));
  if (!application)
    return qc_application_words_item (qc_application_row_get_item (item));
  if (application->draw == QC_DRAW_FAILED)
    return g_strdup (application->draw_reason);
  if (application->return_reason)
    return g_strdup (application->return_reason);
  if (missing <= 0)
    return NULL;
  g_autofree char *money = qc_format_yuan (missing);
  return g_strdup_printf (application->arrived > 0 ? _ ("Still missing %s") : _ ("Waiting for %s"), money);
}

/* A failed draw says more than 登记 or 已受理 does. */
static gboolean
shows_draw (const QcApplication *application)
{
  return qc_application_can (application, QC_ACTION_REDRAW);
}

/* Its state in words, N_(). */
static const char *
state_msgid (QcApplicationRow *row)
{
  const QcApplication *application = qc_application_row_get_application (row);
  if (qc_application_row_get_draft (row))
    return qc_state_to_msgid (QC_STATE_DRAFT);
  if (qc_application_row_is_registered (row))
    return qc_state_to_msgid (QC_STATE_REGISTERED);
  if (!application)
    return qc_outbox_item_get_state_msgid (qc_application_row_get_item (row));
  return shows_draw (application) ? qc_draw_to_msgid (application->draw) : qc_state_to_msgid (application->state);
}

/* What a screen reader says of a row: the state stands in a pill, which is no text of the grid. */
static char *
row_name (gpointer item, gpointer user_data)
{
  const char *state = state_msgid (item);
  g_autofree char *business = cell_business (item, user_data);
  g_autofree char *months = cell_months (item, user_data);
  g_autofree char *amount = cell_amount (item, user_data);
  if (!amount)
    /* Translators: business, state. */
    return g_strdup_printf (_ ("%s, %s"), business, _ (state));
  /* Translators: business, months, state, amount. */
  return g_strdup_printf (_ ("%s %s, %s, %s"), business, months, _ (state), amount);
}

/* Where there is not room for all, what is left can be told apart, and the details beside it have the rest. */
static const QcGridColumn columns[] = {
    {"serial", N_ ("Serial number"), cell_serial, QC_GRID_CODE, .sortable = TRUE},
    {"business", N_ ("Business"), cell_business, QC_GRID_TEXT, .chars = 20, .yields = 5, .sortable = TRUE},
    {"months", N_ ("Months"), cell_months, QC_GRID_CODE, .yields = 6, .sortable = TRUE},
    {"method", N_ ("Method"), cell_method, QC_GRID_TEXT, .chars = 16, .yields = 3, .sortable = TRUE},
    {"people", N_ ("Headcount"), cell_people, QC_GRID_NUMBER, .yields = 4, .sortable = TRUE},
    {"amount", N_ ("Amount"), cell_amount, QC_GRID_NUMBER, .sortable = TRUE},
    {"time", N_ ("Submitted"), cell_time, QC_GRID_CODE, .yields = 2, .sortable = TRUE},
    {"note", N_ ("Remarks"), cell_note, QC_GRID_TEXT, .chars = 20, .yields = 1, .expand = TRUE, .sortable = TRUE},
};

/* What the column of the state sorts by; its cells are pills. */
static const QcGridColumn state_column = {"state", N_ ("State"), .sortable = TRUE};

/* --- order --- */

static char *
dup_collated (QcApplicationRow *row, const char *id)
{
  g_autofree char *text = NULL;
  if (g_str_equal (id, "state"))
    text = g_strdup (_ (state_msgid (row)));
  for (guint i = 0; i < G_N_ELEMENTS (columns) && !text; i++)
    if (g_str_equal (columns[i].id, id))
      text = columns[i].text (row, NULL);
  return g_utf8_collate_key (text ? text : "", -1);
}

/* What figures stand in a column; FALSE: words. */
static gboolean
get_figure (QcApplicationRow *row, const char *id, gint64 *figure)
{
  *figure = G_MININT64;
  if (g_str_equal (id, "amount"))
    qc_application_row_get_fen (row, figure);
  else if (g_str_equal (id, "people"))
    *figure = qc_application_row_get_people (row);
  else if (g_str_equal (id, "time"))
    *figure = qc_application_row_get_time (row);
  else if (g_str_equal (id, "months"))
    *figure = (gint64)qc_application_row_get_start (row) * 1000000 + qc_application_row_get_end (row);
  else
    return FALSE;
  return TRUE;
}

int
qc_applications_compare (QcApplicationRow *a, QcApplicationRow *b, const char *id)
{
  gint64 x, y;
  if (get_figure (a, id, &x) && get_figure (b, id, &y))
    return x < y ? -1 : x > y;
  g_autofree char *one = dup_collated (a, id), *other = dup_collated (b, id);
  return strcmp (one, other);
}

static void
state_setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gtk_list_item_set_child (item, qc_pill_new ());
  qc_gtk_name_cell (gtk_list_item_get_child (item));
}

static void
show_state (QcPill *pill, QcApplicationRow *row)
{
  const QcApplication *application = qc_application_row_get_application (row);
  if (qc_application_row_get_draft (row))
    qc_pill_set_application_state (pill, QC_STATE_DRAFT);
  else if (qc_application_row_is_registered (row))
    qc_pill_set (pill, QC_PILL_WARNING, qc_pill_waiting_icon (qc_application_row_get_item (row)),
                 _ (qc_state_to_msgid (QC_STATE_REGISTERED)));
  else if (!application)
    qc_pill_set_waiting (pill, qc_application_row_get_item (row));
  else if (shows_draw (application))
    qc_pill_set_draw (pill, application->draw);
  else
    qc_pill_set_application_state (pill, application->state);
}

/* Its pictures are further: that is all of it that changes without the row being another. */
static void
uploading_cb (QcOutboxItem *waiting, GParamSpec *pspec, GtkListItem *item)
{
  GtkWidget *pill = gtk_list_item_get_child (item);
  show_state (QC_PILL (pill), gtk_list_item_get_item (item));
  qc_grid_refresh_item (GTK_COLUMN_VIEW (gtk_widget_get_ancestor (pill, GTK_TYPE_COLUMN_VIEW)),
                        gtk_list_item_get_item (item));
}

static void
state_unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  QcOutboxItem *waiting = qc_application_row_get_item (gtk_list_item_get_item (item));
  if (waiting)
    g_signal_handlers_disconnect_by_func (waiting, uploading_cb, item);
}

static void
state_bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  QcApplicationRow *row = gtk_list_item_get_item (item);
  QcOutboxItem *waiting = qc_application_row_get_item (row);
  if (waiting)
    g_signal_connect_object (waiting, "notify::uploading", G_CALLBACK (uploading_cb), item, 0);
  show_state (QC_PILL (gtk_list_item_get_child (item)), row);
}

static void
add_state_column (GtkColumnView *grid)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new (_ ("State"), factory);
  g_signal_connect (factory, "setup", G_CALLBACK (state_setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (state_bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (state_unbind_cb), NULL);
  qc_grid_insert_column (grid, 1, column, 0);
  qc_grid_sort_inserted (grid, 1, &state_column);
}

GtkColumnView *
qc_applications_grid_new (GtkSelectionModel *model, int business)
{
  gboolean money = business < 0 || qc_business_info ((QcBusiness)business)->has_money;
  GtkColumnView *grid = qc_grid_new (model, columns, G_N_ELEMENTS (columns), _ ("Application records"), row_name, NULL);
  qc_grid_set_wanted (grid, "business", business < 0);
  qc_grid_set_wanted (grid, "months", money);
  qc_grid_set_wanted (grid, "method", money);
  qc_grid_set_wanted (grid, "people", business < 0 || qc_business_is_of_people ((QcBusiness)business));
  qc_grid_set_wanted (grid, "amount", money);
  add_state_column (grid);
  return grid;
}
