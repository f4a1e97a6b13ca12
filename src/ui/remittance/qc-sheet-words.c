/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 本月与上月 in words. Main thread.
 */
#include <glib/gi18n.h>

#include "qc-format.h"
#include "qc-sheet-window.h"

#define MOST_NAMES 4

const char *
qc_sheet_words_title (QcSheetPart part)
{
  static const char *const msgids[QC_N_SHEET_PARTS] = {
      [QC_SHEET_JOINED] = N_ ("Joined"),
      [QC_SHEET_LEFT] = N_ ("Left"),
      [QC_SHEET_CHANGED] = N_ ("Amount changed"),
      [QC_SHEET_JUMPED] = N_ ("Base changed by more than 20 %"),
  };
  g_return_val_if_fail (part < QC_N_SHEET_PARTS, "");
  return _ (msgids[part]);
}

void
qc_sheet_words_confirm (QcMonthSheet *sheet, QcConfirmBox *box)
{
  /* narrow: what it stands beside has room for names only then */
  static const char *const msgids[QC_N_SHEET_PARTS] = {
      [QC_SHEET_JOINED] = N_ ("Joined"),
      [QC_SHEET_LEFT] = N_ ("Left"),
      [QC_SHEET_CHANGED] = N_ ("Changed amount"),
      [QC_SHEET_JUMPED] = N_ ("Base > 20 %"),
  };
  if (qc_month_sheet_is_same (sheet))
    qc_confirm_box_add (box, _ ("Compared"), _ ("As last month, to the last person and amount"));
  for (guint part = 0; part < QC_N_SHEET_PARTS; part++) {
    g_autofree char *words = qc_sheet_words_part (sheet, part);
    if (qc_month_sheet_get_count (sheet, part) > 0)
      qc_confirm_box_add (box, _ (msgids[part]), words);
  }
}

/* Who it is, and from what to what. */
static void
append_person (GString *words, QcRemittancePerson *person, QcSheetPart part)
{
  gboolean base = part == QC_SHEET_JUMPED;
  QcMoney from = base ? qc_remittance_person_get_base_before (person) : qc_remittance_person_get_before (person);
  QcMoney to = base ? qc_remittance_person_get_base_after (person) : qc_remittance_person_get_after (person);
  g_autofree char *before = qc_format_money (from);
  g_autofree char *after = qc_format_money (to);
  if (words->len > 0)
    g_string_append (words, _ (", "));
  if (part == QC_SHEET_JOINED)
    g_string_append_printf (words, "%s %s", qc_remittance_person_get_name (person), after);
  else if (part == QC_SHEET_LEFT)
    g_string_append_printf (words, "%s %s", qc_remittance_person_get_name (person), before);
  else
    g_string_append_printf (words, "%s %s → %s", qc_remittance_person_get_name (person), before, after);
}

char *
qc_sheet_words_part (QcMonthSheet *sheet, QcSheetPart part)
{
  gint64 count = qc_month_sheet_get_count (sheet, part);
  g_autoptr (GListModel) people = qc_month_sheet_dup_people (sheet, part);
  g_autoptr (GString) names = g_string_new (NULL);
  guint n = MIN (g_list_model_get_n_items (people), MOST_NAMES);
  if (count == 0)
    return g_strdup (_ ("nobody"));
  for (guint i = 0; i < n; i++) {
    g_autoptr (QcRemittancePerson) person = g_list_model_get_item (people, i);
    append_person (names, person, part);
  }
  if (count > n)
    g_string_append_printf (names, ngettext (" and %d more", " and %d more", (gulong)(count - n)), (int)(count - n));
  g_autofree char *head = qc_format_people (count);
  /* Translators: a headcount, and who they are. */
  return g_strdup_printf (_ ("%s: %s"), head, names->str);
}

char *
qc_sheet_words_sum (const QcMonthLine *line)
{
  g_autofree char *month = qc_format_month (line->month);
  g_autofree char *previous = qc_format_money (line->previous_fen);
  g_autofree char *added = qc_format_money (line->added_fen);
  g_autofree char *removed = qc_format_money (line->removed_fen);
  g_autofree char *now = qc_format_money (qc_month_line_fen (line));
  /* Translators: a month; headcount and amount of the month before, of what was added, of what was removed, of the
   * month itself. */
  return g_strdup_printf (_ ("%s: last month %d p. %s + added %d p. %s − removed %d p. %s = this month %d p. %s"),
                          month, (int)line->previous_people, previous, (int)line->added_people, added,
                          (int)line->removed_people, removed, (int)line->people, now);
}
