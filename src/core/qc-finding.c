/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Findings as values, and the sentences made of them. A finding belongs to one thread at a time; the words come from
 * gettext at the moment they are asked for.
 */
#include "qc-finding.h"
#include "qc-application.h"
#include "qc-finding-table.h"
#include "qc-business.h"
#include "qc-line-field.h"
#include "qc-money.h"
#include "qc-month.h"
#include "qc-text-field.h"
#include "qc-unit-field.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static QcFinding *
new_plain (const char *code, QcSeverity severity)
{
  QcFinding *finding = g_new0 (QcFinding, 1);
  finding->code = g_strdup (code);
  finding->severity = severity;
  finding->args = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return finding;
}

QcFinding *
qc_finding_new (const char *code, ...)
{
  const QcFindingRow *row = qc_finding_table_find (code);
  if (row == NULL)
    g_critical ("finding %s is not in the table", code);
  QcFinding *finding = new_plain (code, row != NULL ? row->severity : QC_SEVERITY_ERROR);
  va_list args;
  va_start (args, code);
  for (const char *name = va_arg (args, const char *); name != NULL; name = va_arg (args, const char *))
    qc_finding_set_arg (finding, name, va_arg (args, const char *));
  va_end (args);
  return finding;
}

QcFinding *
qc_finding_new_received (const char *code, QcSeverity severity)
{
  return new_plain (code != NULL ? code : "", severity);
}

QcFinding *
qc_finding_copy (const QcFinding *finding)
{
  QcFinding *copy = new_plain (finding->code, finding->severity);
  copy->month = finding->month;
  copy->total = finding->total;
  qc_finding_at (copy, finding->line, finding->person, finding->field);
  GHashTableIter iter;
  g_hash_table_iter_init (&iter, finding->args);
  gpointer name, value;
  while (g_hash_table_iter_next (&iter, &name, &value))
    g_hash_table_insert (copy->args, g_strdup (name), g_strdup (value));
  return copy;
}

void
qc_finding_free (QcFinding *finding)
{
  if (finding == NULL)
    return;
  g_free (finding->code);
  g_free (finding->person);
  g_free (finding->field);
  g_hash_table_unref (finding->args);
  g_free (finding);
}

static const char *const kind_names[QC_N_ARG_KINDS] = {
    [QC_ARG_TEXT] = "text",
    [QC_ARG_COUNT] = "count",
    [QC_ARG_MONEY] = "money",
    [QC_ARG_MONTH] = "month",
    [QC_ARG_STATE] = "state",
    [QC_ARG_BUSINESS] = "business",
    [QC_ARG_ACTION] = "action",
    [QC_ARG_UNIT_STATUS] = "unit-status",
    [QC_ARG_PERSON_STATUS] = "person-status",
    [QC_ARG_CLASS] = "class",
    [QC_ARG_FIELD] = "field",
    [QC_ARG_TEXT_FIELD] = "text-field",
    [QC_ARG_UNIT_FIELD] = "unit-field",
};

void
qc_finding_set_arg_code (QcFinding *finding, QcArgKind kind, const char *name, const char *code)
{
  g_return_if_fail ((guint)kind < QC_N_ARG_KINDS);
  g_hash_table_replace (finding->args, g_strdup (name),
                        g_strconcat (kind_names[kind], ":", code != NULL ? code : "", NULL));
}

void
qc_finding_set_arg (QcFinding *finding, const char *name, const char *value)
{
  qc_finding_set_arg_code (finding, QC_ARG_TEXT, name, value);
}

void
qc_finding_set_arg_tagged (QcFinding *finding, const char *name, const char *tagged)
{
  g_hash_table_replace (finding->args, g_strdup (name), g_strdup (tagged != NULL ? tagged : ""));
}

const char *
qc_finding_get_arg (const QcFinding *finding, const char *name, QcArgKind *kind)
{
  const char *tagged = g_hash_table_lookup (finding->args, name);
  const char *colon = tagged != NULL ? strchr (tagged, ':') : NULL;
  for (guint i = 0; colon != NULL && i < QC_N_ARG_KINDS; i++)
    if (strlen (kind_names[i]) == (gsize)(colon - tagged) && g_str_has_prefix (tagged, kind_names[i])) {
      if (kind != NULL)
        *kind = (QcArgKind)i;
      return colon + 1;
    }
  if (kind != NULL)
    *kind = QC_ARG_TEXT;
  return tagged;
}

void
qc_finding_set_arg_money (QcFinding *finding, const char *name, QcMoney money)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, money);
  qc_finding_set_arg_code (finding, QC_ARG_MONEY, name, text);
}

void
qc_finding_set_arg_month (QcFinding *finding, const char *name, QcMonth month)
{
  g_autofree char *text = qc_month_to_string (month);
  qc_finding_set_arg_code (finding, QC_ARG_MONTH, name, text);
}

void
qc_finding_set_arg_time (QcFinding *finding, const char *name, gint64 unix_seconds)
{
  g_autoptr (GTimeZone) china = g_time_zone_new_offset (8 * 60 * 60);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (unix_seconds);
  g_autoptr (GDateTime) local = utc == NULL ? NULL : g_date_time_to_timezone (utc, china);
  g_autofree char *text = local == NULL ? NULL : g_date_time_format (local, "%Y-%m-%d %H:%M");
  qc_finding_set_arg (finding, name, text != NULL ? text : "?");
}

void
qc_finding_set_arg_int (QcFinding *finding, const char *name, gint64 value)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);
  qc_finding_set_arg_code (finding, QC_ARG_COUNT, name, text);
}

void
qc_finding_at (QcFinding *finding, gint64 line, const char *person, const char *field)
{
  char *new_person = g_strdup (person);
  char *new_field = g_strdup (field);
  finding->line = line;
  g_free (finding->person);
  finding->person = new_person;
  g_free (finding->field);
  finding->field = new_field;
}

/* The word of a code, NULL for a code this version does not know. */
static const char *
word_of (QcArgKind kind, const char *code)
{
  QcApplicationState state;
  QcBusiness business;
  QcApplicationAction action;
  QcUnitStatus status;
  QcRetirementClass klass;
  const QcLineField *field;
  const QcUnitField *unit_field;
  switch (kind) {
  case QC_ARG_STATE:
    return qc_state_from_code (code, &state) ? qc_state_to_msgid (state) : NULL;
  case QC_ARG_BUSINESS:
    return qc_business_from_code (code, &business) ? qc_business_info (business)->msgid : NULL;
  case QC_ARG_ACTION:
    return qc_action_from_code (code, &action) ? qc_action_to_msgid (action) : NULL;
  case QC_ARG_UNIT_STATUS:
    return qc_unit_status_from_code (code, &status) ? qc_unit_status_to_msgid (status) : NULL;
  case QC_ARG_PERSON_STATUS:
    return qc_person_status_to_msgid ((QcPersonStatus)g_ascii_strtoll (code, NULL, 10));
  case QC_ARG_CLASS:
    return qc_retirement_class_from_code (code, &klass) ? qc_retirement_class_to_msgid (klass) : NULL;
  case QC_ARG_FIELD:
    field = qc_line_field_find (code);
    return field != NULL ? field->msgid : NULL;
  case QC_ARG_TEXT_FIELD:
    return qc_text_field_code_to_msgid (code);
  case QC_ARG_UNIT_FIELD:
    unit_field = qc_unit_field_find (code);
    return unit_field != NULL ? unit_field->msgid : NULL;
  case QC_ARG_TEXT:
  case QC_ARG_COUNT:
  case QC_ARG_MONEY:
  case QC_ARG_MONTH:
  default:
    return NULL;
  }
}

/* A whole number with its thousands; anything else as it is. */
static void
append_count (GString *out, const char *value)
{
  const char *digits = *value == '-' ? value + 1 : value;
  gsize n = strlen (digits);
  if (strspn (digits, "0123456789") != n) {
    g_string_append (out, value);
    return;
  }
  g_string_append_len (out, value, digits - value);
  for (gsize i = 0; i < n; i++) {
    if (i > 0 && (n - i) % 3 == 0)
      g_string_append_c (out, ',');
    g_string_append_c (out, digits[i]);
  }
}

static void
append_money (GString *out, const char *value)
{
  g_autofree char *text = NULL;
  gint64 fen;
  if (g_ascii_string_to_signed (value, 10, G_MININT64, G_MAXINT64, &fen, NULL))
    text = qc_money_to_string (fen);
  g_string_append (out, text != NULL ? text : value);
}

static void
append_month (GString *out, const char *value)
{
  QcMonth month = qc_month_parse (value);
  if (month == QC_MONTH_NONE)
    g_string_append (out, value);
  else /* Translators: year and month of a month; in Chinese 2026年10月. */
    g_string_append_printf (out, g_dgettext (GETTEXT_PACKAGE, N_ ("%1$d-%2$02d")), qc_month_year (month),
                            qc_month_number (month));
}

/* The title that the field has in the business that @finding names; NULL where it has none of its own. */
static const char *
title_of (const QcFinding *finding, const char *field)
{
  QcArgKind kind;
  QcBusiness business;
  QcLineFieldId id;
  const char *code = qc_finding_get_arg (finding, "business", &kind);
  const QcBusinessColumn *column = code != NULL && kind == QC_ARG_BUSINESS && qc_business_from_code (code, &business)
                                           && qc_line_field_from_name (field, &id)
                                       ? qc_business_find_column (business, id)
                                       : NULL;
  return column != NULL ? column->msgid : NULL;
}

static void
append_argument (GString *out, const QcFinding *finding, const char *name)
{
  QcArgKind kind;
  const char *value = qc_finding_get_arg (finding, name, &kind);
  const char *msgid = value != NULL && kind == QC_ARG_FIELD ? title_of (finding, value) : NULL;
  if (value != NULL && msgid == NULL)
    msgid = word_of (kind, value);
  if (msgid != NULL)
    g_string_append (out, g_dgettext (GETTEXT_PACKAGE, msgid));
  else if (value != NULL && kind == QC_ARG_COUNT)
    append_count (out, value);
  else if (value != NULL && kind == QC_ARG_MONEY)
    append_money (out, value);
  else if (value != NULL && kind == QC_ARG_MONTH)
    append_month (out, value);
  else
    g_string_append (out, value != NULL ? value : "?");
}

/* {first..last}: both ends, or one where they are equal. */
static void
append_range (GString *out, const QcFinding *finding, const char *first, const char *last)
{
  g_autoptr (GString) from = g_string_new (NULL);
  g_autoptr (GString) to = g_string_new (NULL);
  append_argument (from, finding, first);
  append_argument (to, finding, last);
  if (g_string_equal (from, to))
    g_string_append (out, from->str);
  else /* Translators: from one month to another, inside a sentence. */
    g_string_append_printf (out, g_dgettext (GETTEXT_PACKAGE, N_ ("%s to %s")), from->str, to->str);
}

/* Replaces {name} and {first..last}; what an argument holds is never read as a placeholder. */
static char *
fill (const QcFinding *finding, const char *msgid)
{
  const char *text = g_dgettext (GETTEXT_PACKAGE, msgid);
  GString *out = g_string_sized_new (strlen (text) + 64);
  const char *open, *close;
  while ((open = strchr (text, '{')) != NULL && (close = strchr (open, '}')) != NULL) {
    g_autofree char *name = g_strndup (open + 1, (gsize)(close - open - 1));
    g_string_append_len (out, text, open - text);
    char *dots = strstr (name, "..");
    if (dots != NULL) {
      *dots = '\0';
      append_range (out, finding, name, dots + 2);
    } else {
      append_argument (out, finding, name);
    }
    text = close + 1;
  }
  g_string_append (out, text);
  return g_string_free (out, FALSE);
}

char *
qc_finding_dup_sentence (const QcFinding *finding)
{
  const QcFindingRow *row = qc_finding_table_find (finding->code);
  if (row != NULL)
    return fill (finding, row->sentence);
  return g_strdup_printf (
      g_dgettext (GETTEXT_PACKAGE,
                  N_ ("The center names something that this version of Qingce has no words for (code “%s”).")),
      finding->code);
}

char *
qc_finding_dup_whom (const QcFinding *finding)
{
  const QcFindingRow *row = qc_finding_table_find (finding->code);
  const char *name = qc_finding_get_arg (finding, "person", NULL);
  gboolean said = row != NULL && strstr (row->sentence, "{person}") != NULL;
  if (said || (name == NULL && finding->person == NULL))
    return NULL;
  if (name == NULL || finding->person == NULL)
    return g_strdup (name != NULL ? name : finding->person);
  return g_strdup_printf ("%s %s", name, finding->person);
}

char *
qc_finding_dup_advice (const QcFinding *finding)
{
  const QcFindingRow *row = qc_finding_table_find (finding->code);
  if (row == NULL)
    return g_strdup (
        g_dgettext (GETTEXT_PACKAGE, N_ ("Update Qingce and try again; if it stays so, ask the center by this code.")));
  return row->advice == NULL ? NULL : fill (finding, row->advice);
}

char *
qc_finding_dup_group (const QcFinding *finding)
{
  const QcFindingRow *row = qc_finding_table_find (finding->code);
  return row == NULL || row->group == NULL ? qc_finding_dup_sentence (finding) : fill (finding, row->group);
}

GPtrArray *
qc_findings_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)qc_finding_free);
}

gboolean
qc_findings_block (const GPtrArray *findings)
{
  for (guint i = 0; findings != NULL && i < findings->len; i++) {
    const QcFinding *finding = g_ptr_array_index (findings, i);
    if (finding->severity == QC_SEVERITY_ERROR || finding->severity == QC_SEVERITY_ASK)
      return TRUE;
  }
  return FALSE;
}

static int
compare_cb (gconstpointer pa, gconstpointer pb)
{
  const QcFinding *a = *(QcFinding *const *)pa, *b = *(QcFinding *const *)pb;
  if (a->severity != b->severity)
    return (int)b->severity - (int)a->severity;
  int at_a = qc_finding_table_position (a->code), at_b = qc_finding_table_position (b->code);
  if (at_a != at_b)
    return at_a < at_b ? -1 : 1;
  if (a->line != b->line)
    return a->line < b->line ? -1 : 1;
  if (a->month != b->month)
    return a->month < b->month ? -1 : 1;
  return g_strcmp0 (a->person, b->person);
}

void
qc_findings_sort (GPtrArray *findings)
{
  g_ptr_array_sort (findings, compare_cb);
}

static gboolean
has_same_args (const QcFinding *a, const QcFinding *b)
{
  if (g_hash_table_size (a->args) != g_hash_table_size (b->args))
    return FALSE;
  GHashTableIter iter;
  gpointer name, value;
  g_hash_table_iter_init (&iter, a->args);
  while (g_hash_table_iter_next (&iter, &name, &value))
    if (g_strcmp0 (value, g_hash_table_lookup (b->args, name)) != 0)
      return FALSE;
  return TRUE;
}

static gboolean
is_same (gconstpointer first, gconstpointer second)
{
  const QcFinding *a = first, *b = second;
  return g_str_equal (a->code, b->code) && a->line == b->line && a->month == b->month
         && g_strcmp0 (a->person, b->person) == 0 && g_strcmp0 (a->field, b->field) == 0 && has_same_args (a, b);
}

static guint
hash_of (gconstpointer data)
{
  const QcFinding *finding = data;
  return g_str_hash (finding->code) ^ g_int64_hash (&finding->line) ^ (guint)finding->month << 8;
}

void
qc_findings_say_once (GPtrArray *findings)
{
  g_autoptr (GHashTable) said = g_hash_table_new (hash_of, is_same);
  g_autoptr (GPtrArray) kept = qc_findings_new ();
  for (guint i = 0; i < findings->len; i++)
    if (g_hash_table_add (said, g_ptr_array_index (findings, i)))
      g_ptr_array_add (kept, qc_finding_copy (g_ptr_array_index (findings, i)));
  if (kept->len == findings->len)
    return;
  g_hash_table_remove_all (said);
  g_ptr_array_set_size (findings, 0);
  g_ptr_array_extend_and_steal (findings, g_steal_pointer (&kept));
}

void
qc_findings_cap (GPtrArray *findings, guint per_code, guint most)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) kept = qc_findings_new ();
  for (guint i = 0; i < findings->len; i++) {
    QcFinding *finding = g_ptr_array_index (findings, i);
    guint before = GPOINTER_TO_UINT (g_hash_table_lookup (counts, finding->code));
    g_hash_table_insert (counts, finding->code, GUINT_TO_POINTER (before + 1));
    /* the first of each code stays, so that nothing is left unsaid */
    if (before == 0 || (before < per_code && kept->len < most))
      g_ptr_array_add (kept, qc_finding_copy (finding));
  }
  if (kept->len == findings->len)
    return;
  g_autoptr (GHashTable) said = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < kept->len; i++) {
    QcFinding *finding = g_ptr_array_index (kept, i);
    guint n = GPOINTER_TO_UINT (g_hash_table_lookup (said, finding->code));
    g_hash_table_insert (said, finding->code, GUINT_TO_POINTER (n + 1));
  }
  for (guint i = 0; i < kept->len; i++) {
    QcFinding *finding = g_ptr_array_index (kept, i);
    guint all = GPOINTER_TO_UINT (g_hash_table_lookup (counts, finding->code));
    if (all > GPOINTER_TO_UINT (g_hash_table_lookup (said, finding->code)))
      finding->total = all;
  }
  g_ptr_array_set_size (findings, 0);
  g_ptr_array_extend_and_steal (findings, g_steal_pointer (&kept));
}

static const char *const severities[] = {"note", "warning", "ask", "error"};

const char *
qc_severity_to_code (QcSeverity severity)
{
  g_return_val_if_fail ((guint)severity < G_N_ELEMENTS (severities), "error");
  return severities[severity];
}

gboolean
qc_severity_from_code (const char *code, QcSeverity *out)
{
  for (guint i = 0; i < G_N_ELEMENTS (severities); i++)
    if (g_strcmp0 (code, severities[i]) == 0) {
      *out = (QcSeverity)i;
      return TRUE;
    }
  return FALSE;
}
