/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-store-inquiry.h. A list is data: tables, what tells a row from another, and one expression for each column of
 * core's table; conditions are made of those by the types of the columns. Database threads only.
 */
#include "qc-store-inquiry.h"

#include <string.h>

#include "qc-month.h"
#include "qc-store-private.h"

#define SCOPE "(SELECT id FROM scope WHERE profile = ?1 AND unit = ?2)"
/* The parameters of every statement: profile, unit, person, then those of the key, or of the conditions. */
#define FIRST_PARAMETER 4

typedef struct {
  const char *with; /* (nullable) common table expression */
  const char *from;
  const char *where;
  const char *key;                                 /* text "…/number" that tells the rows apart */
  const char *is_key;                              /* ?4 is its text, ?5 its number */
  const char *order;                               /* newest first */
  const char *columns[QC_INQUIRY_MAX_COLUMNS + 1]; /* as many as the inquiry has, ended by NULL */
} Source;

/* What is short of money or was sent back has its reason. */
#define REASON "coalesce (a.return_reason, CASE WHEN a.draw = 'failed' THEN a.draw_reason END)"
/* A line says account or document of the person, in the form that qc-wire-line.h has for keeping. */
#define LINE_OF(field, value) "instr (l.facts || char (30), '" field "' || char (31) || " value " || char (30)) > 0"

static const Source sources[QC_N_INQUIRIES] = {
    [QC_INQUIRY_MONTHS] = {
        .from = "application_month AS m JOIN application AS a ON a.scope = m.scope AND a.serial = m.serial",
        .where = "m.scope = " SCOPE " AND a.business = 'remittance' AND a.state = 'finished'",
        .key = "m.serial || '/' || m.month",
        .is_key = "m.serial = ?4 AND m.month = ?5",
        .order = "m.month DESC, m.serial DESC",
        .columns = {"m.month", "m.people", "m.added_people", "m.removed_people", "m.unit_fen", "m.personal_fen",
                    "m.unit_fen + m.personal_fen", "a.method", "a.serial", "a.finished", "a.entered_by"},
    },
    [QC_INQUIRY_BACK_PAYMENTS] = {
        .from = "application AS a LEFT JOIN application_month AS m ON m.scope = a.scope AND m.serial = a.serial",
        .where = "a.scope = " SCOPE " AND a.business = 'back-payment'",
        .key = "a.serial || '/' || coalesce (m.month, 0)",
        .is_key = "a.serial = ?4 AND coalesce (m.month, 0) = ?5",
        .order = "a.created DESC, a.serial DESC, m.month",
        .columns = {"a.serial", "coalesce (m.month, a.start_month)", "coalesce (m.people, a.people)", "m.unit_fen",
                    "m.personal_fen", "coalesce (m.unit_fen + m.personal_fen, a.fen)", "a.state", "a.method",
                    "a.created", "a.finished", REASON},
    },
    [QC_INQUIRY_APPLICATIONS] = {
        .from = "application AS a",
        .where = "a.scope = " SCOPE,
        .key = "a.serial || '/0'",
        .is_key = "a.serial = ?4",
        .order = "a.created DESC, a.serial DESC",
        .columns = {"a.serial", "a.business", "a.created", "a.start_month", "a.end_month", "a.people", "a.fen",
                    "a.state", "a.draw", "a.method", "a.finished", "a.entered_by", "a.reviewed_by", REASON},
    },
    [QC_INQUIRY_MOVEMENTS] = {
        .from = "movement AS v LEFT JOIN application AS a ON a.scope = v.scope AND a.serial = v.serial",
        .where = "v.scope = " SCOPE,
        .key = "v.key || '/0'",
        .is_key = "v.key = ?4",
        /* keys are the center's numbers: in one second the longer one is the later one */
        .order = "v.time DESC, length (v.key) DESC, v.key DESC",
        .columns = {"v.serial", "v.time", "v.kind", "CASE v.kind WHEN 'booking' THEN -v.fen ELSE v.fen END",
                    "v.balance_after", "a.business", "a.start_month", "a.end_month", "a.people", "v.text"},
    },
    [QC_INQUIRY_PAID] = {
        .with = "WITH RECURSIVE every (month) AS (SELECT min (from_month) FROM paid_span WHERE scope = " SCOPE
                " AND person = ?3 UNION ALL SELECT month + CASE month % 100 WHEN 12 THEN 89 ELSE 1 END FROM every"
                " WHERE month < (SELECT max (to_month) FROM paid_span WHERE scope = " SCOPE " AND person = ?3)) ",
        .from = "paid_span AS s JOIN every AS n ON n.month BETWEEN s.from_month AND s.to_month",
        .where = "s.scope = " SCOPE " AND s.person = ?3",
        .key = "s.key || '/' || n.month",
        .is_key = "s.key = ?4 AND n.month = ?5",
        .order = "n.month DESC, s.key DESC",
        .columns = {"n.month", "CASE s.kind WHEN 0 THEN 'remittance' ELSE 'back-payment' END", "s.base", "s.unit",
                    "s.personal", "s.unit + s.personal", "s.serial"},
    },
    [QC_INQUIRY_BASES] = {
        .from = "base_history AS b",
        .where = "b.scope = " SCOPE " AND b.person = ?3",
        .key = "b.key || '/0'",
        .is_key = "b.key = ?4",
        .order = "b.from_month DESC, b.entered DESC, b.key DESC",
        .columns = {"b.from_month", "b.base", "CASE b.retroactive WHEN 0 THEN 'usual' ELSE 'retroactive' END",
                    "b.entered"},
    },
    [QC_INQUIRY_CHANGES] = {
        .from = "application_line AS l JOIN application AS a ON a.scope = l.scope AND a.serial = l.serial",
        .where = "l.scope = " SCOPE " AND l.line > 0 AND (" LINE_OF ("account", "?3") " OR " LINE_OF (
            "document", "(SELECT document FROM person WHERE scope = " SCOPE " AND account = ?3 AND document <> '')") ")",
        .key = "l.serial || '/' || l.line",
        .is_key = "l.serial = ?4 AND l.line = ?5",
        .order = "a.created DESC, a.serial DESC, l.line",
        .columns = {"a.created", "a.business", "l.facts", "a.state", "a.effective", "a.serial"},
    },
};

/* ---- queries as values ---- */

void
qc_store_inquiry_word_clear (QcStoreInquiryWord *word)
{
  g_clear_pointer (&word->text, g_free);
  g_clear_pointer (&word->codes, g_free);
  g_clear_pointer (&word->serials, g_free);
}

QcStoreInquiry *
qc_store_inquiry_new (QcInquiry inquiry)
{
  QcStoreInquiry *query = g_new0 (QcStoreInquiry, 1);
  query->inquiry = inquiry;
  query->sort = -1;
  query->words = g_array_new (FALSE, TRUE, sizeof (QcStoreInquiryWord));
  g_array_set_clear_func (query->words, (GDestroyNotify)qc_store_inquiry_word_clear);
  return query;
}

QcStoreInquiry *
qc_store_inquiry_copy (const QcStoreInquiry *query)
{
  QcStoreInquiry *copy = qc_store_inquiry_new (query->inquiry);
  copy->person = g_strdup (query->person);
  copy->since = query->since;
  copy->sort = query->sort;
  copy->descending = query->descending;
  for (guint i = 0; i < QC_INQUIRY_MAX_COLUMNS; i++)
    copy->choices[i] = g_strdup (query->choices[i]);
  for (guint i = 0; i < query->words->len; i++) {
    QcStoreInquiryWord word = g_array_index (query->words, QcStoreInquiryWord, i);
    word.text = g_strdup (word.text);
    word.codes = g_strdup (word.codes);
    word.serials = g_strdup (word.serials);
    g_array_append_val (copy->words, word);
  }
  return copy;
}

void
qc_store_inquiry_free (QcStoreInquiry *query)
{
  if (query == NULL)
    return;
  for (guint i = 0; i < QC_INQUIRY_MAX_COLUMNS; i++)
    g_free (query->choices[i]);
  g_array_unref (query->words);
  g_free (query->person);
  g_free (query);
}

void
qc_store_inquiry_list_free (QcStoreInquiryList *list)
{
  if (list == NULL)
    return;
  g_ptr_array_unref (list->keys);
  g_free (list);
}

/* ---- conditions ---- */

/* A statement that is being written, with the values of its parameters. */
typedef struct {
  const QcInquiryInfo *info;
  const Source *source;
  GString *sql;     /* (owned) */
  GPtrArray *texts; /* (owned) char*, NULL: a number */
  GArray *numbers;  /* (owned) gint64 */
} Draft;

static void
draft_init (Draft *draft, QcInquiry inquiry)
{
  draft->info = qc_inquiry_info (inquiry);
  draft->source = &sources[inquiry];
  draft->sql = g_string_new (draft->source->with);
  draft->texts = g_ptr_array_new_with_free_func (g_free);
  draft->numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
}

static void
draft_clear (Draft *draft)
{
  g_string_free (draft->sql, TRUE);
  g_ptr_array_unref (draft->texts);
  g_array_unref (draft->numbers);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Draft, draft_clear)

/* The number of the parameter that is @take_text, or @number. */
static guint
add_parameter (Draft *draft, char *take_text, gint64 number)
{
  g_ptr_array_add (draft->texts, take_text);
  g_array_append_val (draft->numbers, number);
  return FIRST_PARAMETER - 1 + draft->texts->len;
}

/* @format: has the column's expression and parameters. */
#define ADD(draft, ...) g_string_append_printf ((draft)->sql, __VA_ARGS__)

static void
add_text_fit (Draft *draft, const char *expression, const QcInquiryColumn *column, const QcStoreInquiryWord *word)
{
  ADD (draft, " OR %s LIKE ?%u ESCAPE '\\'", expression, add_parameter (draft, qc_store_dup_pattern (word->text), 0));
  if (column->type == QC_INQUIRY_SERIAL && word->serials != NULL)
    ADD (draft, " OR instr (?%u, ' ' || %s || ' ') > 0", add_parameter (draft, g_strdup (word->serials), 0),
         expression);
}

static void
add_range_fit (Draft *draft, const char *expression, gint64 from, gint64 to)
{
  guint first = add_parameter (draft, NULL, from);
  ADD (draft, " OR (%s) BETWEEN ?%u AND ?%u", expression, first, add_parameter (draft, NULL, to));
}

static void
add_amount_fit (Draft *draft, const char *expression, const QcStoreInquiryWord *word)
{
  g_autofree char *amount = g_strdup_printf ("abs (%s)", expression);
  add_range_fit (draft, amount, word->fen_from, word->fen_to);
}

static void
add_column_fit (Draft *draft, guint i, const QcStoreInquiryWord *word)
{
  const QcInquiryColumn *column = &draft->info->columns[i];
  const char *expression = draft->source->columns[i];
  if (qc_inquiry_type_is_code (column->type)) {
    if (word->codes != NULL)
      ADD (draft, " OR instr (?%u, ' %s:' || %s || ' ') > 0", add_parameter (draft, g_strdup (word->codes), 0),
           column->id, expression);
    return;
  }
  if (column->type == QC_INQUIRY_MONEY && word->has_fen)
    add_amount_fit (draft, expression, word);
  else if (column->type == QC_INQUIRY_COUNT && word->has_count)
    ADD (draft, " OR (%s) = ?%u", expression, add_parameter (draft, NULL, word->count));
  else if (column->type == QC_INQUIRY_MONTH && word->from != QC_MONTH_NONE)
    add_range_fit (draft, expression, word->from, word->to);
  else if (column->type == QC_INQUIRY_TIME && word->since != 0)
    add_range_fit (draft, expression, word->since, word->before - 1);
  else if (qc_inquiry_type_is_text (column->type) && *word->text != '\0')
    add_text_fit (draft, expression, column, word);
}

/* When a month begins, for a column of times. */
static gint64
begin_of (QcMonth month)
{
  return qc_date_to_unix (qc_date_new (qc_month_year (month), qc_month_number (month), 1));
}

static void
add_conditions (Draft *draft, const QcStoreInquiry *query)
{
  for (guint i = 0; draft->source->columns[i] != NULL; i++) {
    const QcInquiryColumn *column = &draft->info->columns[i];
    const char *expression = draft->source->columns[i];
    if (query->choices[i] != NULL)
      ADD (draft, " AND %s = ?%u", expression, add_parameter (draft, g_strdup (query->choices[i]), 0));
    if (column->period && query->since != QC_MONTH_NONE)
      ADD (draft, " AND (%s) >= ?%u", expression,
           add_parameter (draft, NULL, column->type == QC_INQUIRY_TIME ? begin_of (query->since) : query->since));
  }
  for (guint k = 0; k < query->words->len; k++) {
    g_string_append (draft->sql, " AND (0");
    for (guint i = 0; draft->source->columns[i] != NULL; i++)
      add_column_fit (draft, i, &g_array_index (query->words, QcStoreInquiryWord, k));
    g_string_append_c (draft->sql, ')');
  }
}

static QcStatement *
bind_draft (QcConnection *connection, const Draft *draft, const char *profile, const char *unit, const char *person,
            GError **error)
{
  QcStatement *statement = qc_sql_bind (connection, error, draft->sql->str, profile, unit);
  if (statement == NULL)
    return NULL;
  if (qc_statement_count_parameters (statement) >= 3)
    qc_statement_bind_text (statement, 3, person);
  for (guint i = 0; i < draft->texts->len; i++) {
    int parameter = (int)(FIRST_PARAMETER + i);
    if (draft->texts->pdata[i] != NULL)
      qc_statement_bind_text (statement, parameter, draft->texts->pdata[i]);
    else
      qc_statement_bind_int (statement, parameter, g_array_index (draft->numbers, gint64, i));
  }
  return statement;
}

/* ---- lists ---- */

static void
write_list (Draft *draft, const QcStoreInquiry *query)
{
  g_string_append_printf (draft->sql, "SELECT %s", draft->source->key);
  for (guint i = 0; draft->source->columns[i] != NULL; i++)
    if (draft->info->columns[i].sums)
      g_string_append_printf (draft->sql, ", %s", draft->source->columns[i]);
  g_string_append_printf (draft->sql, " FROM %s WHERE %s", draft->source->from, draft->source->where);
  add_conditions (draft, query);
  g_string_append (draft->sql, " ORDER BY ");
  if (query->sort >= 0 && query->sort < (int)draft->info->n_columns)
    g_string_append_printf (draft->sql, "(%s)%s, ", draft->source->columns[query->sort],
                            query->descending ? " DESC" : "");
  g_string_append (draft->sql, draft->source->order);
}

static void
add_up (const Draft *draft, QcStatement *statement, QcStoreInquiryList *list)
{
  int at = 1;
  for (guint i = 0; draft->source->columns[i] != NULL; i++)
    if (draft->info->columns[i].sums) {
      gint64 value = qc_statement_get_int (statement, at++);
      list->sums[i].plus += MAX (value, 0);
      list->sums[i].minus += MIN (value, 0);
    }
}

static gboolean
count_all (QcConnection *connection, const char *profile, const char *unit, const QcStoreInquiry *query, gint64 *out,
           GError **error)
{
  g_auto (Draft) draft = {0};
  draft_init (&draft, query->inquiry);
  g_string_append_printf (draft.sql, "SELECT count (*) FROM %s WHERE %s", draft.source->from, draft.source->where);
  g_autoptr (QcStatement) statement = bind_draft (connection, &draft, profile, unit, query->person, error);
  gboolean has_row;
  if (statement == NULL || !qc_statement_step (statement, &has_row, error))
    return FALSE;
  *out = qc_statement_get_int (statement, 0);
  return TRUE;
}

QcStoreInquiryList *
qc_store_inquiry_list (QcConnection *connection, const char *profile, const char *unit, const QcStoreInquiry *query,
                       GError **error)
{
  g_autoptr (QcStoreInquiryList) list = g_new0 (QcStoreInquiryList, 1);
  g_auto (Draft) draft = {0};
  draft_init (&draft, query->inquiry);
  list->keys = g_ptr_array_new_with_free_func (g_free);
  write_list (&draft, query);
  g_autoptr (QcStatement) statement = bind_draft (connection, &draft, profile, unit, query->person, error);
  if (statement == NULL || !count_all (connection, profile, unit, query, &list->all, error)
      || !qc_store_cursor_as_of (connection, profile, unit, &list->as_of, error))
    return NULL;
  gboolean has_row;
  while (qc_statement_step (statement, &has_row, error)) {
    if (!has_row)
      return g_steal_pointer (&list);
    g_ptr_array_add (list->keys, qc_statement_dup_text (statement, 0));
    add_up (&draft, statement, list);
  }
  return NULL;
}

/* ---- rows ---- */

static QcInquiryRecord *
read_record (const Draft *draft, QcStatement *statement)
{
  QcInquiryRecord *record = qc_inquiry_record_new (draft->info->n_columns);
  for (guint i = 0; draft->source->columns[i] != NULL; i++) {
    QcInquiryValue *value = &record->values[i];
    value->is_set = !qc_statement_is_null (statement, (int)i);
    if (qc_inquiry_type_is_text (draft->info->columns[i].type))
      value->text = qc_statement_dup_text (statement, (int)i);
    else
      value->number = qc_statement_get_int (statement, (int)i);
  }
  return record;
}

static void
bind_key (QcStatement *statement, const char *key)
{
  const char *slash = strrchr (key, '/');
  g_autofree char *text = g_strndup (key, (gsize)(slash - key));
  qc_statement_bind_text (statement, FIRST_PARAMETER, text);
  if (qc_statement_count_parameters (statement) > FIRST_PARAMETER)
    qc_statement_bind_int (statement, FIRST_PARAMETER + 1, g_ascii_strtoll (slash + 1, NULL, 10));
}

GPtrArray *
qc_store_inquiry_rows (QcConnection *connection, const char *profile, const char *unit, const QcStoreInquiry *query,
                       const char *const *keys, guint n_keys, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_inquiry_record_free);
  g_auto (Draft) draft = {0};
  draft_init (&draft, query->inquiry);
  for (guint i = 0; draft.source->columns[i] != NULL; i++)
    g_string_append_printf (draft.sql, "%s%s", i == 0 ? "SELECT " : ", ", draft.source->columns[i]);
  g_string_append_printf (draft.sql, " FROM %s WHERE %s AND %s", draft.source->from, draft.source->where,
                          draft.source->is_key);
  g_autoptr (QcStatement) statement = bind_draft (connection, &draft, profile, unit, query->person, error);
  for (guint i = 0; statement != NULL && i < n_keys; i++) {
    gboolean has_row;
    bind_key (statement, keys[i]);
    if (!qc_statement_step (statement, &has_row, error))
      return NULL;
    g_ptr_array_add (rows, has_row ? read_record (&draft, statement) : NULL);
    qc_statement_reset (statement);
  }
  return statement != NULL ? g_steal_pointer (&rows) : NULL;
}

/* ---- what is drawn ---- */

/* A month that nobody paid in stands there too. */
static void
add_trend (GArray *months, QcStoreTrend *trend)
{
  while (months->len > 0
         && g_array_index (months, QcStoreTrend, months->len - 1).month < qc_month_add (trend->month, -1)) {
    QcStoreTrend none = {.month = qc_month_add (g_array_index (months, QcStoreTrend, months->len - 1).month, 1)};
    g_array_append_val (months, none);
  }
  g_array_append_vals (months, trend, 1);
}

GArray *
qc_store_trends (QcConnection *connection, const char *profile, const char *unit, QcMonth since, GError **error)
{
  g_autoptr (GArray) months = g_array_new (FALSE, FALSE, sizeof (QcStoreTrend));
  g_autoptr (QcStatement) statement = qc_sql_bind (
      connection, error,
      "SELECT m.month, sum (m.people * (a.business = 'remittance')), sum (m.added_people * (a.business = "
      "'remittance')),"
      " sum (m.removed_people * (a.business = 'remittance')), sum (m.unit_fen + m.personal_fen)"
      " FROM application_month AS m JOIN application AS a ON a.scope = m.scope AND a.serial = m.serial"
      " WHERE m.scope = " SCOPE " AND a.state = 'finished' AND a.business IN ('remittance', 'back-payment')"
      " AND m.month >= ?3 GROUP BY m.month ORDER BY m.month",
      profile, unit, since);
  if (statement == NULL)
    return NULL;
  gboolean has_row;
  while (qc_statement_step (statement, &has_row, error)) {
    if (!has_row)
      return g_steal_pointer (&months);
    QcStoreTrend trend = {
        .month = qc_statement_get_int (statement, 0),
        .people = qc_statement_get_int (statement, 1),
        .joined = qc_statement_get_int (statement, 2),
        .left = qc_statement_get_int (statement, 3),
        .fen = qc_statement_get_int (statement, 4),
    };
    add_trend (months, &trend);
  }
  return NULL;
}

GArray *
qc_store_trend_bases (QcConnection *connection, const char *profile, const char *unit, GError **error)
{
  g_autoptr (GArray) bases = g_array_new (FALSE, FALSE, sizeof (QcMoney));
  g_autoptr (QcStatement) statement
      = qc_sql_bind (connection, error, "SELECT base FROM person_find WHERE scope = " SCOPE " AND status = ?3", profile,
                     unit, (gint64)QC_PERSON_NORMAL);
  if (statement == NULL)
    return NULL;
  gboolean has_row;
  while (qc_statement_step (statement, &has_row, error)) {
    if (!has_row)
      return g_steal_pointer (&bases);
    QcMoney base = qc_statement_get_int (statement, 0);
    g_array_append_val (bases, base);
  }
  return NULL;
}

gboolean
qc_store_inquiry_unread (QcConnection *connection, const char *profile, const char *unit, gint64 *out, GError **error)
{
  /* a 汇缴 has no lines, and a change of the unit names nobody */
  return qc_sql_int (connection, 0, out, error,
                     "SELECT count (*) FROM application AS a WHERE a.scope = " SCOPE
                     " AND a.business NOT IN ('remittance', 'unit-change', 'other') AND NOT EXISTS"
                     " (SELECT 1 FROM application_roster AS r WHERE r.scope = a.scope AND r.serial = a.serial"
                     " AND r.created = a.created AND r.fetched <> 0 AND r.cursor IS NULL)",
                     profile, unit);
}
