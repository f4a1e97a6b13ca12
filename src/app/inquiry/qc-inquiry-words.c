/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-inquiry-words.h. Any thread.
 */
#include "qc-inquiry-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "qc-business.h"
#include "qc-format.h"
#include "qc-rules-roster.h"
#include "qc-store-inquiry.h"
#include "qc-text-field.h"
#include "qc-typed-word.h"
#include "qc-wire-line.h"

#define DAY 86400

/* --- cells --- */

/* What was entered on a line: "变更后状态 封存 · 变更原因 退休". */
static char *
dup_line (const char *facts, const char *business_code, const GPtrArray *codes)
{
  g_autoptr (QcRosterLine) line = facts ? qc_wire_line_from_text (facts, NULL) : NULL;
  QcBusiness business;
  GString *words = g_string_new (NULL);
  if (!line || !qc_business_from_code (business_code, &business))
    return g_string_free (words, FALSE);
  const QcBusinessInfo *info = qc_business_info (business);
  const char *list = qc_rules_roster_reason_list (business, line);
  for (guint i = 0; i < info->n_columns; i++) {
    const QcBusinessColumn *column = &info->columns[i];
    gboolean said = qc_column_is_entered (column) || column->field == QC_LINE_STATUS_AFTER;
    if (!said || column->field == QC_LINE_NAME || !qc_line_is_set (line, column->field))
      continue;
    g_autofree char *value = qc_line_dup_text (line, column->field, codes, list);
    g_string_append_printf (words, "%s%s %s", words->len > 0 ? " · " : "", _ (qc_business_column_msgid (column)),
                            value);
  }
  return g_string_free (words, FALSE);
}

static char *
dup_code (QcInquiryType type, const char *code)
{
  const char *msgid = qc_inquiry_code_to_msgid (type, code);
  return g_strdup (msgid ? _ (msgid) : code);
}

char *
qc_inquiry_dup_text (QcInquiry inquiry, guint column, const QcInquiryRecord *record, const GPtrArray *codes)
{
  g_return_val_if_fail (column < record->n, NULL);
  const QcInquiryColumn *info = &qc_inquiry_info (inquiry)->columns[column];
  const QcInquiryValue *value = &record->values[column];
  if (!value->is_set)
    return g_strdup ("");
  switch (info->type) {
  case QC_INQUIRY_MONEY:
    return qc_format_money (value->number);
  case QC_INQUIRY_COUNT:
    return qc_format_count (value->number);
  case QC_INQUIRY_MONTH:
    return qc_format_month ((QcMonth)value->number);
  case QC_INQUIRY_TIME:
    return qc_format_date_time (value->number);
  case QC_INQUIRY_LINE:
    return dup_line (value->text, record->values[qc_inquiry_find_type (inquiry, QC_INQUIRY_BUSINESS)].text, codes);
  case QC_INQUIRY_BUSINESS:
  case QC_INQUIRY_STATE:
  case QC_INQUIRY_DRAW:
  case QC_INQUIRY_METHOD:
  case QC_INQUIRY_MOVEMENT:
  case QC_INQUIRY_SPAN:
  case QC_INQUIRY_SETTING:
    return dup_code (info->type, value->text);
  case QC_INQUIRY_TEXT:
  case QC_INQUIRY_SERIAL:
  default:
    return g_strdup (value->text);
  }
}

/* --- words --- */

static gint64
begin_of (QcMonth month)
{
  return qc_date_to_unix (qc_date_new (qc_month_year (month), qc_month_number (month), 1));
}

static void
take_times (const QcTypedWord *typed, QcStoreInquiryWord *word)
{
  word->from = typed->from;
  word->to = typed->to;
  if (typed->day != QC_DATE_NONE) {
    word->since = qc_date_to_unix (typed->day);
    word->before = word->since + DAY;
  } else if (typed->from != QC_MONTH_NONE) {
    word->since = begin_of (typed->from);
    word->before = begin_of (qc_month_add (typed->to, 1));
  }
}

/* Every code of the inquiry's columns whose word has @text in it: " state:finished ". (nullable) (transfer full) */
static char *
find_codes (QcInquiry inquiry, const char *text)
{
  const QcInquiryInfo *info = qc_inquiry_info (inquiry);
  g_autofree char *small = g_utf8_casefold (text, -1);
  GString *found = g_string_new (NULL);
  for (guint i = 0; i < info->n_columns; i++) {
    const QcInquiryColumn *column = &info->columns[i];
    const char *const *codes = qc_inquiry_type_is_code (column->type) ? qc_inquiry_codes (column->type) : NULL;
    for (; codes && *codes; codes++) {
      g_autofree char *word = g_utf8_casefold (_ (qc_inquiry_code_to_msgid (column->type, *codes)), -1);
      if (strstr (word, small))
        g_string_append_printf (found, " %s:%s ", column->id, *codes);
    }
  }
  return g_string_free (found, found->len == 0);
}

static QcStoreInquiryWord
read_word (QcInquiry inquiry, const char *text)
{
  const QcTypedWord typed = qc_typed_word_read (text);
  QcStoreInquiryWord word = {.text = g_strdup (text),
                             .has_fen = typed.has_fen,
                             .fen_from = typed.fen_from,
                             .fen_to = typed.fen_to,
                             .has_count = typed.has_count,
                             .count = typed.count,
                             .codes = find_codes (inquiry, text)};
  take_times (&typed, &word);
  return word;
}

GArray *
qc_inquiry_words_parse (QcInquiry inquiry, const char *text)
{
  GArray *words = g_array_new (FALSE, TRUE, sizeof (QcStoreInquiryWord));
  g_array_set_clear_func (words, (GDestroyNotify)qc_store_inquiry_word_clear);
  g_autofree char *plain
      = qc_text_field_dup_plain (QC_TEXT_SEARCH, text ? text : "", qc_text_field_limits (QC_TEXT_SEARCH)->most);
  /* full-width figures are figures, and the wide blank is one */
  g_autofree char *narrow = g_utf8_normalize (plain, -1, G_NORMALIZE_NFKC);
  g_auto (GStrv) parts = g_strsplit_set (narrow ? narrow : "", " \t\n", -1);
  for (char **part = parts; *part; part++) {
    QcStoreInquiryWord word = read_word (inquiry, *part);
    if (**part)
      g_array_append_val (words, word);
    else
      qc_store_inquiry_word_clear (&word);
  }
  return words;
}
