/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-store-people-memo.h. The memo hangs on its connection. Database threads only.
 */
#include "qc-store-people-memo.h"

#include "qc-fold.h"
#include "qc-store-private.h"

#include <string.h>

#define NAME "people memo"

struct _QcStorePeopleMemo {
  char *profile, *unit;                    /* (owned) */
  gint64 version;                          /* of the data, as the connection counts it */
  GArray *rows;                            /* (owned) QcStorePeopleMemoRow */
  GArray *gone;                            /* (owned) (nullable) the same of who left, once asked for */
  GString *texts;                          /* (owned) */
  GArray *details;                         /* (owned) (nullable) Detail of each row, once an order asks for it */
  GArray *orders[QC_STORE_N_PEOPLE_SORTS]; /* (owned) (nullable) guint32: the numbers of the rows */
};

/* What the narrow table does not have. */
typedef struct {
  gint64 paid_to, opened, balance;
} Detail;

static void
memo_free (gpointer data)
{
  QcStorePeopleMemo *memo = data;
  g_free (memo->profile);
  g_free (memo->unit);
  g_array_unref (memo->rows);
  g_clear_pointer (&memo->gone, g_array_unref);
  g_clear_pointer (&memo->details, g_array_unref);
  for (int sort = 0; sort < QC_STORE_N_PEOPLE_SORTS; sort++)
    g_clear_pointer (&memo->orders[sort], g_array_unref);
  g_string_free (memo->texts, TRUE);
  g_free (memo);
}

static QcStorePeopleMemo *
memo_new (const char *profile, const char *unit, gint64 version)
{
  QcStorePeopleMemo *memo = g_new0 (QcStorePeopleMemo, 1);
  memo->profile = g_strdup (profile);
  memo->unit = g_strdup (unit);
  memo->version = version;
  memo->rows = g_array_new (FALSE, TRUE, sizeof (QcStorePeopleMemoRow));
  memo->texts = g_string_new (NULL);
  return memo;
}

/* -1 where the connection may write: its own changes do not count. */
static gboolean
get_version (QcConnection *connection, gint64 *version, GError **error)
{
  return qc_connection_get_int (connection,
                                "SELECT CASE query_only WHEN 1 THEN data_version ELSE -1 END"
                                " FROM pragma_query_only, pragma_data_version",
                                -1, version, error);
}

/* Whether it fits. */
static gboolean
add_text (QcStorePeopleMemo *memo, const char *text, guint16 *length)
{
  gsize n = strlen (text);
  *length = (guint16)n;
  g_string_append_len (memo->texts, text, (gssize)n);
  return n <= G_MAXUINT16 && memo->texts->len <= G_MAXUINT32;
}

static gboolean
add_row (QcStorePeopleMemo *memo, QcStatement *statement)
{
  QcStorePeopleMemoRow row = {
      .person = qc_statement_get_int (statement, 0),
      .status = (guint8)CLAMP (qc_statement_get_int (statement, 1), 0, G_MAXUINT8),
      .base = qc_statement_get_int (statement, 2),
      .start = (guint32)memo->texts->len,
  };
  guint16 *lengths[] = {&row.name, &row.pinyin, &row.account, &row.document};
  gboolean fits = TRUE;
  for (int i = 0; i < (int)G_N_ELEMENTS (lengths); i++)
    fits &= add_text (memo, qc_statement_get_text (statement, 3 + i), lengths[i]);
  g_array_append_val (memo->rows, row);
  return fits;
}

/* TRUE with *@fits FALSE: such texts are left to SQLite. */
static gboolean
fill (QcStorePeopleMemo *memo, QcConnection *connection, gboolean *fits, GError **error)
{
  g_autoptr (QcStatement) statement
      = qc_sql_bind (connection, error,
                     "SELECT person, status, base, name, pinyin, account, document FROM person_find"
                     " WHERE scope = (SELECT id FROM scope WHERE profile = ? AND unit = ?) ORDER BY sort_key, person",
                     memo->profile, memo->unit);
  gboolean has_row = statement != NULL;
  *fits = TRUE;
  while (has_row) {
    if (!qc_statement_step (statement, &has_row, error))
      return FALSE;
    if (has_row)
      *fits &= add_row (memo, statement);
  }
  /* it grew by doubling, and grows no more but for who left */
  memo->texts->allocated_len = memo->texts->len + 1;
  memo->texts->str = g_realloc (memo->texts->str, memo->texts->allocated_len);
  return statement != NULL;
}

static gboolean
is_of (const QcStorePeopleMemo *memo, const char *profile, const char *unit, gint64 version)
{
  return memo->version == version && strcmp (memo->profile, profile) == 0 && strcmp (memo->unit, unit) == 0;
}

gboolean
qc_store_people_memo_get (QcConnection *connection, const char *profile, const char *unit, gboolean make,
                          const QcStorePeopleMemo **out, GError **error)
{
  QcStorePeopleMemo *memo = qc_connection_get_data (connection, NAME);
  *out = NULL;
  gint64 version;
  if (!get_version (connection, &version, error))
    return FALSE;
  if (memo != NULL && is_of (memo, profile, unit, version)) {
    *out = memo;
    return TRUE;
  }
  qc_connection_set_data (connection, NAME, NULL, NULL);
  if (!make || version < 0)
    return TRUE;
  memo = memo_new (profile, unit, version);
  gboolean fits;
  if (!fill (memo, connection, &fits, error)) {
    memo_free (memo);
    return FALSE;
  }
  if (!fits) {
    memo_free (memo);
    return TRUE;
  }
  qc_connection_set_data (connection, NAME, memo, memo_free);
  *out = memo;
  return TRUE;
}

const QcStorePeopleMemoRow *
qc_store_people_memo_rows (const QcStorePeopleMemo *memo, gsize *out_n)
{
  *out_n = memo->rows->len;
  return (const QcStorePeopleMemoRow *)memo->rows->data;
}

/* --- orders --- */

/* In one pass over the people as they lie: by their index it would be a jump for each. */
static gboolean
fill_details (QcStorePeopleMemo *memo, QcConnection *connection, GError **error)
{
  g_autoptr (GHashTable) places = g_hash_table_new (g_int64_hash, g_int64_equal);
  for (guint i = 0; i < memo->rows->len; i++)
    g_hash_table_insert (places, &g_array_index (memo->rows, QcStorePeopleMemoRow, i).person, GUINT_TO_POINTER (i));
  g_autoptr (QcStatement) statement
      = qc_sql_bind (connection, error,
                     "SELECT id, paid_to, opened, balance FROM person NOT INDEXED"
                     " WHERE scope = (SELECT id FROM scope WHERE profile = ? AND unit = ?)",
                     memo->profile, memo->unit);
  g_autoptr (GArray) details = g_array_sized_new (FALSE, TRUE, sizeof (Detail), memo->rows->len);
  g_array_set_size (details, memo->rows->len);
  gboolean has_row = statement != NULL;
  while (has_row) {
    if (!qc_statement_step (statement, &has_row, error))
      return FALSE;
    gint64 person = has_row ? qc_statement_get_int (statement, 0) : 0;
    gpointer place;
    if (has_row && g_hash_table_lookup_extended (places, &person, NULL, &place))
      g_array_index (details, Detail, GPOINTER_TO_UINT (place))
          = (Detail) {qc_statement_get_int (statement, 1), qc_statement_get_int (statement, 2),
                      qc_statement_get_int (statement, 3)};
  }
  if (statement != NULL)
    memo->details = g_steal_pointer (&details);
  return statement != NULL;
}

/* As SQLite compares them: byte by byte. */
static int
compare_texts (const QcText *a, const QcText *b)
{
  int order = memcmp (a->bytes, b->bytes, MIN (a->length, b->length));
  return order != 0 ? order : (a->length > b->length) - (a->length < b->length);
}

static int
compare_numbers (gint64 a, gint64 b)
{
  return (a > b) - (a < b);
}

typedef struct {
  const QcStorePeopleMemo *memo;
  QcStorePeopleSort sort;
} Order;

static int
compare_rows (gconstpointer one, gconstpointer other, gpointer data)
{
  const Order *order = data;
  guint32 i = *(const guint32 *)one, j = *(const guint32 *)other;
  const QcStorePeopleMemoRow *a = &g_array_index (order->memo->rows, QcStorePeopleMemoRow, i);
  const QcStorePeopleMemoRow *b = &g_array_index (order->memo->rows, QcStorePeopleMemoRow, j);
  const Detail *details = order->memo->details ? (const Detail *)order->memo->details->data : NULL;
  QcText mine[4], its[4];
  int text = order->sort == QC_STORE_PEOPLE_BY_ACCOUNT ? 2 : 3, found = 0;
  switch (order->sort) {
  case QC_STORE_PEOPLE_BY_ACCOUNT:
  case QC_STORE_PEOPLE_BY_DOCUMENT:
    qc_store_people_memo_texts (order->memo, a, mine);
    qc_store_people_memo_texts (order->memo, b, its);
    found = compare_texts (&mine[text], &its[text]);
    break;
  case QC_STORE_PEOPLE_BY_STATUS:
    found = compare_numbers (a->status, b->status);
    break;
  case QC_STORE_PEOPLE_BY_BASE:
    found = compare_numbers (a->base, b->base);
    break;
  case QC_STORE_PEOPLE_BY_PAID_TO:
    found = compare_numbers (details[i].paid_to, details[j].paid_to);
    break;
  case QC_STORE_PEOPLE_BY_OPENED:
    found = compare_numbers (details[i].opened, details[j].opened);
    break;
  case QC_STORE_PEOPLE_BY_BALANCE:
    found = compare_numbers (details[i].balance, details[j].balance);
    break;
  case QC_STORE_PEOPLE_BY_NAME:
  default:
    break;
  }
  return found != 0 ? found : compare_numbers (i, j);
}

gboolean
qc_store_people_memo_order (QcConnection *connection, const QcStorePeopleMemo *memo, QcStorePeopleSort sort,
                            const guint32 **out, GError **error)
{
  QcStorePeopleMemo *self = (QcStorePeopleMemo *)memo;
  *out = NULL;
  if (sort == QC_STORE_PEOPLE_BY_NAME)
    return TRUE;
  if (sort >= QC_STORE_PEOPLE_BY_PAID_TO && self->details == NULL && !fill_details (self, connection, error))
    return FALSE;
  if (self->orders[sort] == NULL) {
    Order order = {memo, sort};
    self->orders[sort] = g_array_sized_new (FALSE, FALSE, sizeof (guint32), self->rows->len);
    for (guint32 i = 0; i < self->rows->len; i++)
      g_array_append_val (self->orders[sort], i);
    g_array_sort_with_data (self->orders[sort], compare_rows, &order);
  }
  *out = (const guint32 *)self->orders[sort]->data;
  return TRUE;
}

/* --- who left --- */

/* Who left has no row in the narrow table: the words are made here. */
static gboolean
add_gone (QcStorePeopleMemo *memo, QcConnection *connection, QcStatement *statement)
{
  const char *name = qc_statement_get_text (statement, 3);
  g_autofree char *folded = qc_text_fold (name);
  g_autofree char *pinyin = qc_store_dup_pinyin (connection, name, NULL);
  g_autofree char *account = qc_text_fold (qc_statement_get_text (statement, 4));
  g_autofree char *document = qc_text_fold (qc_statement_get_text (statement, 5));
  const char *const texts[] = {folded, pinyin, account, document};
  QcStorePeopleMemoRow row = {
      .person = qc_statement_get_int (statement, 0),
      .status = (guint8)CLAMP (qc_statement_get_int (statement, 1), 0, G_MAXUINT8),
      .base = qc_statement_get_int (statement, 2),
      .start = (guint32)memo->texts->len,
  };
  guint16 *lengths[] = {&row.name, &row.pinyin, &row.account, &row.document};
  gboolean fits = TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    fits &= add_text (memo, texts[i], lengths[i]);
  if (fits)
    g_array_append_val (memo->gone, row);
  return fits;
}

static gboolean
fill_gone (QcStorePeopleMemo *memo, QcConnection *connection, GError **error)
{
  g_autoptr (QcStatement) statement = qc_sql_bind (
      connection, error,
      "SELECT id, status, base, name, account, document FROM person"
      " WHERE scope = (SELECT id FROM scope WHERE profile = ? AND unit = ?) AND gone = 1 ORDER BY account",
      memo->profile, memo->unit);
  gboolean has_row = statement != NULL;
  memo->gone = g_array_new (FALSE, TRUE, sizeof (QcStorePeopleMemoRow));
  while (has_row) {
    if (!qc_statement_step (statement, &has_row, error)) {
      g_clear_pointer (&memo->gone, g_array_unref);
      return FALSE;
    }
    if (has_row && !add_gone (memo, connection, statement))
      break; /* what does not fit is not found */
  }
  return statement != NULL;
}

gboolean
qc_store_people_memo_gone (QcConnection *connection, const QcStorePeopleMemo *memo, const QcStorePeopleMemoRow **out,
                           gsize *out_n, GError **error)
{
  QcStorePeopleMemo *self = (QcStorePeopleMemo *)memo;
  if (self->gone == NULL && !fill_gone (self, connection, error))
    return FALSE;
  *out = (const QcStorePeopleMemoRow *)self->gone->data;
  *out_n = self->gone->len;
  return TRUE;
}

void
qc_store_people_memo_texts (const QcStorePeopleMemo *memo, const QcStorePeopleMemoRow *row, QcText texts[4])
{
  const guint16 lengths[] = {row->name, row->pinyin, row->account, row->document};
  const char *text = memo->texts->str + row->start;
  for (int i = 0; i < 4; i++) {
    texts[i] = (QcText) {text, lengths[i]};
    text += lengths[i];
  }
}
