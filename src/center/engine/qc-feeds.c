/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Pages of the feeds. Each feed is one row of a table: its SQL (rows of a unit after a number, in order) and the
 * function that reads a row; paging, tombstones and cursors exist once. Any database thread.
 */
#include "qc-feeds.h"

#include "qc-center-db.h"
#include "qc-engine-private.h"

/* What a row is read into; lives for one callback. */
typedef struct {
  QcConnection *connection;
  QcFeedRow row;
  char key[96];
  QcRatios ratios;
  QcPolicy policy;
  QcCode code;
  QcEmployee employee;
  QcBaseChange base;
  QcPaidSpan span;
  QcMovement movement;
  QcUnit *unit;               /* (owned) (nullable) */
  QcApplication *application; /* (owned) (nullable) */
} Row;

typedef gboolean (*ReadFunc) (QcStatement *s, Row *row, GError **error);

/* Column 0 is seq, the rest is the reader's. ?1 unit, ?2 after, ?3 limit. */
typedef struct {
  const char *sql;
  ReadFunc read;
  const char *count; /* (nullable) rows in all, ?1 unit */
} Feed;

static gboolean
read_unit (QcStatement *s, Row *row, GError **error)
{
  row->unit = qc_engine_load_unit_row (row->connection, qc_statement_get_int (s, 1), error);
  if (row->unit == NULL)
    return FALSE;
  row->row.key = row->unit->account;
  row->row.unit = row->unit;
  return TRUE;
}

static void
set_key_month (Row *row, QcMonth month)
{
  g_snprintf (row->key, sizeof row->key, "%d", month);
  row->row.key = row->key;
}

static gboolean
read_ratios (QcStatement *s, Row *row, GError **error)
{
  row->ratios.from = (QcMonth)qc_statement_get_int (s, 1);
  row->ratios.unit = (QcRatio)qc_statement_get_int (s, 2);
  row->ratios.personal = (QcRatio)qc_statement_get_int (s, 3);
  row->ratios.retroactive = qc_statement_get_int (s, 4) != 0;
  set_key_month (row, row->ratios.from);
  row->row.ratios = &row->ratios;
  return TRUE;
}

static gboolean
read_policy (QcStatement *s, Row *row, GError **error)
{
  if (!qc_engine_read_policy (s, 1, &row->policy, error))
    return FALSE;
  set_key_month (row, row->policy.from);
  row->row.policy = &row->policy;
  return TRUE;
}

static gboolean
read_code (QcStatement *s, Row *row, GError **error)
{
  qc_engine_read_code (s, 1, TRUE, &row->code);
  g_snprintf (row->key, sizeof row->key, "%s/%s", row->code.list, row->code.code);
  row->row.key = row->key;
  row->row.code = &row->code;
  return TRUE;
}

static gboolean
read_person (QcStatement *s, Row *row, GError **error)
{
  qc_engine_read_person (s, 1, TRUE, &row->employee);
  row->row.key = row->employee.account;
  row->row.employee = &row->employee;
  row->row.deleted = qc_statement_get_int (s, 18) != 0;
  return TRUE;
}

static gboolean
read_base (QcStatement *s, Row *row, GError **error)
{
  row->row.person = qc_statement_get_text (s, 1);
  row->base.from = (QcMonth)qc_statement_get_int (s, 2);
  row->base.base = qc_statement_get_int (s, 3);
  row->base.retroactive = qc_statement_get_int (s, 4) != 0;
  row->row.time = qc_statement_get_int (s, 5);
  g_snprintf (row->key, sizeof row->key, "%s/%d", row->row.person, row->base.from);
  row->row.key = row->key;
  row->row.base = &row->base;
  return TRUE;
}

static gboolean
read_paid (QcStatement *s, Row *row, GError **error)
{
  row->row.key = qc_statement_get_text (s, 1);
  row->row.person = qc_statement_get_text (s, 2);
  row->span.from = (QcMonth)qc_statement_get_int (s, 3);
  row->span.to = (QcMonth)qc_statement_get_int (s, 4);
  row->span.base = qc_statement_get_int (s, 5);
  row->span.unit = qc_statement_get_int (s, 6);
  row->span.personal = qc_statement_get_int (s, 7);
  row->span.kind = (QcSpanKind)qc_statement_get_int (s, 8);
  row->row.serial = qc_statement_get_text (s, 9);
  row->row.span = &row->span;
  return TRUE;
}

static gboolean
read_application (QcStatement *s, Row *row, GError **error)
{
  row->application = qc_engine_load_application_row (row->connection, qc_statement_get_int (s, 1), TRUE, error);
  if (row->application == NULL)
    return FALSE;
  row->row.key = row->application->serial;
  row->row.application = row->application;
  return TRUE;
}

static gboolean
read_movement (QcStatement *s, Row *row, GError **error)
{
  qc_engine_read_movement (s, 1, TRUE, &row->movement);
  row->row.key = row->movement.key;
  row->row.movement = &row->movement;
  return TRUE;
}

#define AFTER " WHERE unit = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3"
#define DEPARTED                                                                                                   \
  "FROM departure AS d JOIN person AS p ON p.id = d.person JOIN unit AS u ON u.id = d.unit WHERE d.unit = ?1 AND " \
  "p.unit <> ?1 AND d.from_month > u.paid_to"
#define AFTER_T(t) " WHERE " t ".unit = ?1 AND " t ".seq > ?2 ORDER BY " t ".seq LIMIT ?3"
static const Feed feeds[QC_N_FEEDS] = {
    [QC_FEED_UNIT] = {"SELECT seq, id FROM unit WHERE id = ?1 AND seq > ?2 LIMIT ?3", read_unit, NULL},
    [QC_FEED_RATIOS]
    = {"SELECT seq, from_month, unit_ratio, personal_ratio, retroactive FROM ratio_row" AFTER, read_ratios, NULL},
    [QC_FEED_POLICY]
    = {"SELECT seq, " QC_ENGINE_POLICY_COLUMNS " FROM policy_row WHERE ?1 > 0 AND seq > ?2 ORDER BY seq LIMIT ?3",
       read_policy, NULL},
    [QC_FEED_CODES] = {"SELECT seq, " QC_ENGINE_CODE_COLUMNS " FROM code_row "
                       "WHERE ?1 > 0 AND seq > ?2 ORDER BY seq LIMIT ?3",
                       read_code, NULL},
    /* who left and still shows in the next 减少 is known by name, and by nothing the other unit has of them */
    [QC_FEED_PEOPLE]
    = {"SELECT seq, " QC_ENGINE_PERSON_COLUMNS ", 0 FROM person WHERE unit = ?1 AND seq > ?2 UNION ALL "
       "SELECT d.seq, p.account, p.name, p.document_type, p.document, p.sex, p.birth, 2, "
       "d.from_month, 0, d.from_month, 0, 0, 0, 0, 0, NULL, 1, 1 " DEPARTED " AND d.seq > ?2 "
       "ORDER BY 1 LIMIT ?3",
       read_person, "SELECT (SELECT count(*) FROM person WHERE unit = ?1) + (SELECT count(*) " DEPARTED ")"},
    [QC_FEED_BASES] = {"SELECT b.seq, p.account, b.from_month, b.base, b.retroactive, b.time FROM base_row AS b "
                       "JOIN person AS p ON p.id = b.person" AFTER_T ("b"),
                       read_base, "SELECT count(*) FROM base_row WHERE unit = ?1"},
    [QC_FEED_PAID] = {"SELECT s.seq, s.id, p.account, s.from_month, s.to_month, s.base, s.unit_fen, s.personal_fen, "
                      "s.kind, a.serial FROM span AS s JOIN person AS p ON p.id = s.person JOIN application AS a "
                      "ON a.id = s.application WHERE s.booked = 1 AND s.unit = ?1 AND s.seq > ?2 "
                      "ORDER BY s.seq LIMIT ?3",
                      read_paid, "SELECT count(*) FROM span WHERE booked = 1 AND unit = ?1"},
    [QC_FEED_APPLICATIONS] = {"SELECT seq, id FROM application" AFTER, read_application, NULL},
    [QC_FEED_MOVEMENTS] = {"SELECT m.seq, m.id, m.time, m.kind, m.fen, a.serial, m.balance_after, m.text "
                           "FROM movement AS m LEFT JOIN application AS a ON a.id = m.application" AFTER_T ("m"),
                           read_movement, NULL},
};

static void
row_reset (Row *row, QcFeed feed)
{
  g_clear_pointer (&row->unit, qc_unit_free);
  g_clear_pointer (&row->application, qc_application_free);
  memset (&row->row, 0, sizeof row->row);
  row->row.feed = feed;
}

/* ---- cursors ---- */

/* FALSE when the cursor is not of this generation, or older than what was forgotten. */
static gboolean
parse_cursor (const char *cursor, const char *generation, gint64 pruned, gint64 last, gint64 *out)
{
  gsize length = strlen (generation);
  *out = 0;
  if (cursor == NULL || *cursor == '\0')
    return TRUE;
  guint64 value;
  if (strncmp (cursor, generation, length) != 0 || cursor[length] != '.'
      || !g_ascii_string_to_unsigned (cursor + length + 1, 10, 0, G_MAXINT64, &value, NULL))
    return FALSE;
  *out = (gint64)value;
  return *out >= pruned && *out <= last;
}

static gboolean
read_cursor (QcConnection *connection, const char *cursor, char **out_generation, gint64 *out_after, gint64 *out_last,
             gboolean *out_good, GError **error)
{
  gint64 pruned;
  if (!qc_center_db_get_setting (connection, "generation", out_generation, error)
      || !qc_center_db_get_setting_int (connection, "pruned", 0, &pruned, error)
      || !qc_connection_get_int (connection, "SELECT value FROM counter WHERE name = 'change'", 0, out_last, error))
    return FALSE;
  if (*out_generation == NULL)
    *out_generation = g_strdup ("0");
  *out_good = parse_cursor (cursor, *out_generation, pruned, *out_last, out_after);
  return TRUE;
}

/* ---- a page ---- */

typedef struct {
  QcStatement *rows, *gone;
  gboolean has_row, has_gone;
} Pair;

static void
pair_clear (Pair *pair)
{
  g_clear_pointer (&pair->rows, qc_statement_release);
  g_clear_pointer (&pair->gone, qc_statement_release);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pair, pair_clear)

/* One row more than wanted, so that it is known whether there are more. */
static gboolean
pair_open (Pair *pair, QcConnection *connection, gint64 unit, QcFeed feed, gint64 after, int limit, GError **error)
{
  pair->rows = qc_connection_prepare (connection, feeds[feed].sql, error);
  if (pair->rows == NULL)
    return FALSE;
  pair->gone = qc_connection_prepare (
      connection, "SELECT seq, key FROM tombstone WHERE unit = ?1 AND feed = ?4 AND seq > ?2 ORDER BY seq LIMIT ?3",
      error);
  if (pair->gone == NULL)
    return FALSE;
  qc_statement_bind_int (pair->rows, 1, unit);
  qc_statement_bind_int (pair->rows, 2, after);
  qc_statement_bind_int (pair->rows, 3, limit + 1);
  qc_statement_bind_int (pair->gone, 1, unit);
  qc_statement_bind_int (pair->gone, 2, after);
  qc_statement_bind_int (pair->gone, 3, limit + 1);
  qc_statement_bind_text (pair->gone, 4, qc_feed_to_code (feed));
  return qc_statement_step (pair->rows, &pair->has_row, error)
         && qc_statement_step (pair->gone, &pair->has_gone, error);
}

/* Hands over the next of both in order of change. */
static gboolean
pair_next (Pair *pair, Row *row, QcFeed feed, gint64 *out_seq, gboolean *out_gone, GError **error)
{
  row_reset (row, feed);
  *out_gone = pair->has_gone
              && (!pair->has_row || qc_statement_get_int (pair->gone, 0) < qc_statement_get_int (pair->rows, 0));
  if (*out_gone) {
    *out_seq = qc_statement_get_int (pair->gone, 0);
    row->row.key = qc_statement_get_text (pair->gone, 1);
    row->row.deleted = TRUE;
    return TRUE;
  }
  *out_seq = qc_statement_get_int (pair->rows, 0);
  return feeds[feed].read (pair->rows, row, error);
}

static gboolean
pair_advance (Pair *pair, gboolean gone, GError **error)
{
  return gone ? qc_statement_step (pair->gone, &pair->has_gone, error)
              : qc_statement_step (pair->rows, &pair->has_row, error);
}

static gboolean
run_page (Pair *pair, Row *row, QcFeed feed, int limit, QcFeedRowFunc func, gpointer user_data, gint64 *inout_after,
          GError **error)
{
  gboolean wanted = TRUE;
  for (int n = 0; n < limit && wanted && (pair->has_row || pair->has_gone); n++) {
    gboolean gone;
    if (!pair_next (pair, row, feed, inout_after, &gone, error))
      return FALSE;
    wanted = func (&row->row, user_data);
    if (!pair_advance (pair, gone, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
page (QcConnection *connection, gint64 unit, QcFeed feed, gint64 *inout_after, int limit, QcFeedRowFunc func,
      gpointer user_data, gboolean *out_more, GError **error)
{
  g_auto (Pair) pair = {0};
  Row row = {.connection = connection};
  if (!pair_open (&pair, connection, unit, feed, *inout_after, limit, error))
    return FALSE;
  gboolean ok = run_page (&pair, &row, feed, limit, func, user_data, inout_after, error);
  row_reset (&row, feed);
  *out_more = pair.has_row || pair.has_gone;
  return ok;
}

gboolean
qc_feeds_page (QcConnection *connection, const char *unit, QcFeed feed, const char *cursor, int limit,
               QcFeedRowFunc func, gpointer user_data, QcFeedPageStatus *out_status, char **out_cursor,
               gboolean *out_more, GError **error)
{
  g_return_val_if_fail ((guint)feed < QC_N_FEEDS, FALSE);
  *out_status = QC_FEED_PAGE_OK;
  *out_cursor = NULL;
  *out_more = FALSE;
  gboolean good;
  gint64 unit_id, after, last;
  g_autofree char *generation = NULL;
  if (!qc_engine_find_unit (connection, unit, &unit_id, error)
      || !read_cursor (connection, cursor, &generation, &after, &last, &good, error))
    return FALSE;
  if (unit_id == 0 || !good) {
    *out_status = unit_id == 0 ? QC_FEED_PAGE_NO_UNIT : QC_FEED_PAGE_EXPIRED;
    return TRUE;
  }
  if (!page (connection, unit_id, feed, &after, CLAMP (limit, 1, QC_WIRE_MAX_ROWS), func, user_data, out_more, error))
    return FALSE;
  if (!*out_more) /* seen everything of this snapshot: the cursor does not grow old while the feed is quiet */
    after = last;
  *out_cursor = g_strdup_printf ("%s.%" G_GINT64_FORMAT, generation, after);
  return TRUE;
}

/* ---- as the wire's bytes ---- */

static gboolean
write_row_cb (const QcFeedRow *row, gpointer user_data)
{
  QcJsonWriter *writer = user_data;
  qc_wire_page_add (writer, row);
  return qc_json_writer_get_size (writer) < QC_WIRE_PAGE_BYTES;
}

/* Only a pull from scratch is told how much there is. */
static gboolean
count_rows (QcConnection *connection, const char *unit, QcFeed feed, const char *cursor, gint64 *out, GError **error)
{
  *out = -1;
  if (feeds[feed].count == NULL || (cursor != NULL && *cursor != '\0'))
    return TRUE;
  g_autoptr (QcStatement) s = qc_connection_prepare (connection, feeds[feed].count, error);
  gint64 id;
  if (s == NULL || !qc_engine_find_unit (connection, unit, &id, error))
    return FALSE;
  qc_statement_bind_int (s, 1, id);
  gboolean has_row;
  if (!qc_statement_step (s, &has_row, error))
    return FALSE;
  *out = has_row ? qc_statement_get_int (s, 0) : 0;
  return TRUE;
}

gboolean
qc_feeds_dup_page (QcConnection *connection, const char *unit, QcFeed feed, const char *cursor, int limit,
                   QcFeedPageStatus *out_status, GBytes **out_bytes, GError **error)
{
  g_autoptr (QcJsonWriter) writer = qc_json_writer_new (256 * 1024);
  *out_bytes = NULL;
  qc_wire_page_begin (writer, feed);
  gint64 total;
  gboolean more;
  g_autofree char *next = NULL;
  if (!qc_feeds_page (connection, unit, feed, cursor, limit, write_row_cb, writer, out_status, &next, &more, error)
      || !count_rows (connection, unit, feed, cursor, &total, error))
    return FALSE;
  if (*out_status == QC_FEED_PAGE_OK)
    *out_bytes = qc_wire_page_end (writer, next, more, total);
  return TRUE;
}

gboolean
qc_feeds_prune (QcConnection *connection, gint64 keep, GError **error)
{
  gint64 last;
  if (!qc_connection_get_int (connection, "SELECT value FROM counter WHERE name = 'change'", 0, &last, error))
    return FALSE;
  last = MAX (last - keep, 0);
  return qc_sql_run (connection, error, "DELETE FROM tombstone WHERE seq <= ?", last)
         && qc_center_db_set_setting_int (connection, "pruned", last, error);
}

gboolean
qc_feeds_bury (QcConnection *connection, const char *unit, QcFeed feed, const char *key, GError **error)
{
  gint64 id, change;
  if (!qc_engine_find_unit (connection, unit, &id, error) || !qc_engine_take_change (connection, &change, error))
    return FALSE;
  return qc_sql_run (connection, error, "INSERT INTO tombstone (unit, feed, seq, key) VALUES (?, ?, ?, ?)", id,
                     qc_feed_to_code (feed), change, key);
}
