/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-typed-word.h. Pure functions, any thread.
 */
#include "qc-typed-word.h"

#include <string.h>

#define MOST_PEOPLE_DIGITS 9
#define FIRST_YEAR         1990
#define LAST_YEAR          2100

static gboolean
is_digits (const char *text, gsize most)
{
  gsize length = strspn (text, "0123456789");
  return length > 0 && length <= most && text[length] == '\0';
}

/* Whichever it is: nobody remembers whether money came or went. */
static const char *
past_sign (const char *text)
{
  static const char *const signs[] = {"-", "+", "−", "–"};
  for (gsize i = 0; i < G_N_ELEMENTS (signs); i++)
    if (g_str_has_prefix (text, signs[i]))
      return text + strlen (signs[i]);
  return text;
}

static void
read_amount (const char *text, QcTypedWord *word)
{
  word->has_fen = qc_money_parse (past_sign (text), &word->fen_from);
  if (!word->has_fen)
    return;
  const char *point = strchr (text, '.');
  gsize decimals = point ? strspn (point + 1, "0123456789") : 0;
  QcMoney unit = decimals >= 2 ? 1 : decimals == 1 ? 10 : 100;
  word->fen_to = word->fen_from + unit - 1;
}

/* "2026" and "2026年" are a year, "10月" is a month of any. */
static void
read_months (const char *text, QcTypedWord *word)
{
  word->from = word->to = qc_month_parse (text);
  gsize length = strspn (text, "0123456789");
  const char *behind = text + length;
  int number = length > 0 && length <= 4 ? (int)g_ascii_strtoll (text, NULL, 10) : 0;
  if (word->from != QC_MONTH_NONE || number == 0)
    return;
  if (g_str_equal (behind, "月") && number <= 12) {
    word->month_number = number;
  } else if (length == 4 && (*behind == '\0' || g_str_equal (behind, "年")) && number >= FIRST_YEAR
             && number <= LAST_YEAR) {
    word->from = qc_month_new (number, 1);
    word->to = qc_month_new (number, 12);
  }
}

/* "2026-10-08" */
static QcDate
read_day (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "-", 4);
  if (g_strv_length (parts) != 3 || !is_digits (parts[0], 4) || !is_digits (parts[1], 2) || !is_digits (parts[2], 2))
    return QC_DATE_NONE;
  QcDate date = qc_date_new ((int)g_ascii_strtoll (parts[0], NULL, 10), (int)g_ascii_strtoll (parts[1], NULL, 10),
                             (int)g_ascii_strtoll (parts[2], NULL, 10));
  return qc_date_is_valid (date) ? date : QC_DATE_NONE;
}

QcTypedWord
qc_typed_word_read (const char *word)
{
  QcTypedWord typed = {.day = read_day (word), .has_count = is_digits (word, MOST_PEOPLE_DIGITS)};
  typed.count = typed.has_count ? g_ascii_strtoll (word, NULL, 10) : 0;
  read_amount (word, &typed);
  read_months (word, &typed);
  return typed;
}
