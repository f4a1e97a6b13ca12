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
  char *profile, *unit; /* (owned) */
  gint64 version;       /* of the data, as the connection counts it */
  GArray *rows;         /* (owned) QcStorePeopleMemoRow */
  GArray *gone;         /* (owned) (nullable) the same of who left, once asked for */
  GString *texts;       /* (owned) */
};

static void
memo_free (gpointer data)
{
  QcStorePeopleMemo *memo = data;
  g_free (memo->profile);
  g_free (memo->unit);
  g_array_unref (memo->rows);
  g_clear_pointer (&memo->gone, g_array_unref);
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
