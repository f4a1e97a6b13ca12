/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-roster-words.h. Main thread.
 */
#include "qc-roster-words.h"

#include <glib/gi18n.h>

#include "qc-column-menu.h"
#include "qc-format.h"
#include "qc-roster-grid.h"

#define UNKNOWN_SHOWN      12
#define UNKNOWN_CHARACTERS 60
#define VIEW_MIN_WIDTH     820

/* " · 12,345.67 a month, so far 12,000.00" */
static void
append_monthly (GString *text, const QcRosterTotals *totals)
{
  g_autofree char *after = qc_money_to_string (totals->unit_fen + totals->personal_fen);
  g_autofree char *before = qc_money_to_string (totals->old_unit_fen + totals->old_personal_fen);
  g_string_append_printf (text, _ (" · %s a month, so far %s"), after, before);
}

char *
qc_roster_words_totals (QcBusiness business, QcRosterModel *model)
{
  const QcRosterTotals *totals = qc_roster_model_get_totals (model);
  g_autofree char *people = qc_format_people (totals->people);
  if (totals->lines == 0 && !qc_roster_model_is_filtered (model))
    return NULL;
  GString *text = g_string_new (NULL);
  if (qc_roster_model_is_filtered (model))
    g_string_append_printf (text, "%s: ", _ ("Only those shown"));
  g_string_append (text, people);
  if (totals->sealing > 0)
    g_string_append_printf (text, _ (" · sealing %d"), (int)totals->sealing);
  if (totals->unsealing > 0)
    g_string_append_printf (text, _ (" · unsealing %d"), (int)totals->unsealing);
  if (qc_business_find_column (business, QC_LINE_OLD_UNIT_FEN) && totals->unit_fen + totals->personal_fen > 0)
    append_monthly (text, totals);
  guint faulty = qc_roster_model_get_n_faulty (model);
  if (faulty > 0)
    g_string_append_printf (text, ngettext (" · %u faulty line", " · %u faulty lines", faulty), faulty);
  return g_string_free (text, FALSE);
}

char *
qc_roster_words_target (const QcRosterTarget *target)
{
  g_autofree char *people = qc_format_people (target->people);
  g_autofree char *first = qc_format_month (target->first);
  g_autofree char *last = qc_format_month (target->last);
  g_autofree char *months
      = target->first == target->last ? g_strdup (first) : g_strdup_printf (_ ("%s to %s"), first, last);
  /* Translators: headcount, name and account of the receiving unit, month from which people count there. */
  return g_strdup_printf (_ ("%s to %s (%s), counting there from %s"), people, target->name ? target->name : "",
                          target->account, months);
}

void
qc_roster_words_add_groups (QcBusiness business, const QcRoster *roster, QcConfirmBox *box)
{
  QcRosterTotals totals = {0};
  qc_roster_sum (roster, &totals);
  g_autofree char *people = qc_format_people (totals.people);
  qc_confirm_box_add (box, _ ("People"), people);
  if (totals.sealing > 0) {
    g_autofree char *sealing = qc_format_people (totals.sealing);
    qc_confirm_box_add (box, _ ("Of these sealed"), sealing);
  }
  if (totals.unsealing > 0) {
    g_autofree char *unsealing = qc_format_people (totals.unsealing);
    qc_confirm_box_add (box, _ ("Of these unsealed"), unsealing);
  }
  g_autoptr (GArray) targets = qc_roster_dup_targets (roster);
  for (guint i = 0; i < targets->len; i++) {
    g_autofree char *target = qc_roster_words_target (&g_array_index (targets, QcRosterTarget, i));
    qc_confirm_box_add (box, _ ("Goes to"), target);
  }
  if (!qc_business_find_column (business, QC_LINE_OLD_UNIT_FEN))
    return;
  QcMoney after = totals.unit_fen + totals.personal_fen;
  QcMoney before = totals.old_unit_fen + totals.old_personal_fen;
  g_autofree char *monthly_before = qc_money_to_string (before);
  g_autofree char *monthly_after = qc_money_to_string (after);
  g_autofree char *difference = qc_money_to_signed_string (after - before);
  qc_confirm_box_add (box, _ ("A month so far"), monthly_before);
  qc_confirm_box_add (box, _ ("A month from then on"), monthly_after);
  qc_confirm_box_add (box, _ ("Difference"), difference);
}

char *
qc_roster_words_pasted (const QcPasteResult *result)
{
  if (result->unknown->len == 0 && result->refused->len == 0 && result->unreadable == 0)
    return NULL;
  GString *text = g_string_new (NULL);
  g_string_append_printf (text, _ ("Taken over: %u new lines, %u changed ones."), result->added, result->changed);
  if (result->unreadable > 0)
    g_string_append_printf (text,
                            ngettext ("\n%u cell could not be read; it stands as it was pasted and is marked.",
                                      "\n%u cells could not be read; they stand as they were pasted and are marked.",
                                      result->unreadable),
                            result->unreadable);
  if (result->unknown->len > 0)
    g_string_append_printf (
        text,
        ngettext ("\n%u row names nobody of this unit:", "\n%u rows name nobody of this unit:", result->unknown->len),
        result->unknown->len);
  for (guint i = 0; i < MIN (result->unknown->len, UNKNOWN_SHOWN); i++) {
    const char *row = g_ptr_array_index (result->unknown, i);
    glong length = g_utf8_strlen (row, -1);
    g_autofree char *shown = g_utf8_substring (row, 0, MIN (length, UNKNOWN_CHARACTERS));
    g_string_append_printf (text, "\n  %s%s", shown, length > UNKNOWN_CHARACTERS ? "…" : "");
  }
  if (result->unknown->len > UNKNOWN_SHOWN)
    g_string_append (text, "\n  …");
  for (guint i = 0; i < MIN (result->refused->len, UNKNOWN_SHOWN); i++) {
    g_autofree char *sentence = qc_finding_dup_sentence (g_ptr_array_index (result->refused, i));
    g_string_append_printf (text, "\n%s", sentence);
  }
  if (result->refused->len > UNKNOWN_SHOWN)
    g_string_append (text, "\n…");
  return g_string_free (text, FALSE);
}

/* --- the lines, to be read -----------------------------------------------------------------------------------------
 */

typedef struct {
  QcBusiness business;
  QcRosterModel *model;  /* (owned) */
  GPtrArray *codes;      /* (owned) (nullable) */
  QcGridColumn *columns; /* (owned) */
  guint n_columns;
} View;

static void
view_free (gpointer data)
{
  View *view = data;
  g_object_unref (view->model);
  g_clear_pointer (&view->codes, g_ptr_array_unref);
  g_free (view->columns);
  g_free (view);
}

static char *
cell_text (gpointer row, const QcGridColumn *column, gpointer user_data)
{
  View *view = user_data;
  const QcRosterLine *line = qc_roster_model_get_line (view->model, qc_roster_row_get_id (row));
  return line ? qc_roster_dup_shown (view->business, view->codes, line, (QcLineFieldId)column->tag) : g_strdup ("");
}

static char *
row_name (gpointer row, gpointer user_data)
{
  View *view = user_data;
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < view->n_columns; i++) {
    g_autofree char *cell = cell_text (row, &view->columns[i], view);
    if (*cell)
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", cell);
  }
  return g_string_free (text, FALSE);
}

/* Columns in which nothing stands would only push aside what does. */
static void
drop_empty_columns (View *view)
{
  const GPtrArray *lines = qc_roster_model_get_roster (view->model)->lines;
  guint kept = 0;
  for (guint i = 0; i < view->n_columns; i++) {
    gboolean any = FALSE;
    for (guint k = 0; !any && k < lines->len; k++)
      any = qc_line_is_set (g_ptr_array_index (lines, k), (QcLineFieldId)view->columns[i].tag);
    if (any)
      view->columns[kept++] = view->columns[i];
  }
  view->n_columns = kept;
}

GtkWidget *
qc_roster_view_new (QcBusiness business, QcRosterModel *model, GPtrArray *codes, const char *label)
{
  View *view = g_new0 (View, 1);
  view->business = business;
  view->model = g_object_ref (model);
  view->codes = codes ? g_ptr_array_ref (codes) : NULL;
  view->columns = qc_roster_grid_new_columns (business, cell_text, NULL, &view->n_columns);
  drop_empty_columns (view);
  g_autoptr (GtkNoSelection) selection = gtk_no_selection_new (G_LIST_MODEL (g_object_ref (model)));
  GtkColumnView *grid
      = qc_grid_new (GTK_SELECTION_MODEL (selection), view->columns, view->n_columns, label, row_name, view);
  g_autofree char *list = g_strconcat ("lines-", qc_business_info (business)->code, NULL);
  qc_column_menu_keep_widths (grid, list);
  g_object_set_data_full (G_OBJECT (grid), "qc-view", view, view_free);
  GtkWidget *scrolled = qc_grid_scroll (grid);
  gtk_scrolled_window_set_min_content_width (GTK_SCROLLED_WINDOW (scrolled), VIEW_MIN_WIDTH);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled), 200);
  return scrolled;
}
