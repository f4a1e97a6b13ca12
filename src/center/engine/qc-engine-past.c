/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What was paid, what is under way, who is known; see the header. Database threads.
 */
#include "qc-engine-past.h"

#include "qc-back-payment.h"
#include "qc-known-person.h"

/* ---- histories ---- */

typedef struct {
  QcStatement *bases, *spans, *moved; /* (owned) (nullable) */
  QcStatement *pending;               /* (owned) */
} Past;

static void
past_clear (Past *past)
{
  g_clear_pointer (&past->bases, qc_statement_release);
  g_clear_pointer (&past->spans, qc_statement_release);
  g_clear_pointer (&past->moved, qc_statement_release);
  g_clear_pointer (&past->pending, qc_statement_release);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Past, past_clear)

static gboolean
past_open (Past *past, QcConnection *connection, gboolean whole, gint64 application, GError **error)
{
  if (whole
      && ((past->bases = qc_connection_prepare (
               connection, "SELECT from_month, base, retroactive FROM base_row WHERE person = ? ORDER BY from_month",
               error))
              == NULL
          || (past->spans = qc_connection_prepare (connection,
                                                   "SELECT from_month, to_month, base, unit_fen, personal_fen, kind "
                                                   "FROM span WHERE person = ? AND booked = 1",
                                                   error))
                 == NULL
          || (past->moved = qc_connection_prepare (connection,
                                                   "SELECT 1 FROM application_line AS l JOIN application AS a ON a.id "
                                                   "= l.application WHERE l.person = ? AND a.business = 'transfer' "
                                                   "AND a.state = 'finished' LIMIT 1",
                                                   error))
                 == NULL))
    return FALSE;
  past->pending = qc_connection_prepare (
      connection,
      "SELECT a.serial, json_extract (l.fields, '$.from'), json_extract (l.fields, '$.to') FROM application_line AS l "
      "JOIN application AS a ON a.id = l.application WHERE l.person = ?1 AND a.business = 'back-payment' AND a.state "
      "IN ('in-review', 'accepted') AND a.id <> ?2 ORDER BY a.id, l.line",
      error);
  if (past->pending == NULL)
    return FALSE;
  qc_statement_bind_int (past->pending, 2, application);
  return TRUE;
}

static void
start (QcStatement *s, gint64 person)
{
  qc_statement_reset (s);
  qc_statement_bind_int (s, 1, person);
}

static gboolean
read_bases (QcStatement *s, gint64 person, GArray *bases, GError **error)
{
  start (s, person);
  gboolean has_row;
  while (qc_statement_step (s, &has_row, error)) {
    if (!has_row)
      return TRUE;
    QcBaseChange row = {
        .from = (QcMonth)qc_statement_get_int (s, 0),
        .base = qc_statement_get_int (s, 1),
        .retroactive = qc_statement_get_int (s, 2) != 0,
    };
    g_array_append_val (bases, row);
  }
  return FALSE;
}

static gboolean
read_spans (QcStatement *s, gint64 person, GArray *spans, GError **error)
{
  start (s, person);
  gboolean has_row;
  while (qc_statement_step (s, &has_row, error)) {
    if (!has_row)
      return TRUE;
    QcPaidSpan span = {
        .from = (QcMonth)qc_statement_get_int (s, 0),
        .to = (QcMonth)qc_statement_get_int (s, 1),
        .base = qc_statement_get_int (s, 2),
        .unit = qc_statement_get_int (s, 3),
        .personal = qc_statement_get_int (s, 4),
        .kind = (QcSpanKind)qc_statement_get_int (s, 5),
    };
    g_array_append_val (spans, span);
  }
  return FALSE;
}

/* Whether the account ever went from one unit to another. */
static gboolean
read_moved (QcStatement *s, gint64 person, gboolean *out, GError **error)
{
  start (s, person);
  return qc_statement_step (s, out, error);
}

static gboolean
read_pending (QcStatement *s, gint64 person, QcPersonHistory *history, GError **error)
{
  start (s, person);
  gboolean has_row;
  while (qc_statement_step (s, &has_row, error)) {
    if (!has_row)
      return TRUE;
    qc_person_history_add_pending (history, qc_statement_get_text (s, 0), (QcMonth)qc_statement_get_int (s, 1),
                                   (QcMonth)qc_statement_get_int (s, 2));
  }
  return FALSE;
}

GHashTable *
qc_engine_load_histories (QcConnection *connection, const GPtrArray *lines, const GArray *people, gboolean whole,
                          gint64 application, GError **error)
{
  g_autoptr (GHashTable) histories
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)qc_person_history_free);
  g_auto (Past) past = {0};
  if (!past_open (&past, connection, whole, application, error))
    return NULL;
  for (guint i = 0; i < lines->len; i++) {
    const QcRosterLine *line = g_ptr_array_index (lines, i);
    gint64 person = g_array_index (people, gint64, i);
    if (person == 0 || g_hash_table_contains (histories, line->account))
      continue;
    QcPersonHistory *history = qc_person_history_new ();
    g_hash_table_insert (histories, g_strdup (line->account), history);
    if (!read_pending (past.pending, person, history, error)
        || (whole
            && (!read_bases (past.bases, person, history->bases, error)
                || !read_spans (past.spans, person, history->spans, error)
                || !read_moved (past.moved, person, &history->elsewhere, error))))
      return NULL;
  }
  return g_steal_pointer (&histories);
}

/* ---- who has an account ---- */

static QcKnownPlace
place_of (gboolean here, QcPersonStatus status)
{
  if (status == QC_PERSON_MERGED || status == QC_PERSON_MOVED_OUT || status == QC_PERSON_WITHDRAWN)
    return QC_KNOWN_CLOSED;
  if (here)
    return QC_KNOWN_HERE;
  return status == QC_PERSON_SEALED ? QC_KNOWN_SEALED_ELSEWHERE : QC_KNOWN_NORMAL_ELSEWHERE;
}

/* Somebody's account, else an opening that is under way. *@out NULL: neither. */
static gboolean
read_known (QcStatement *account, QcStatement *opening, gint64 unit, const QcRosterLine *line, QcKnownPerson **out,
            GError **error)
{
  *out = NULL;
  qc_statement_reset (account);
  qc_statement_bind_text (account, 1, line->document);
  qc_statement_bind_text (account, 2, line->document_type);
  gboolean has_row;
  if (!qc_statement_step (account, &has_row, error))
    return FALSE;
  if (has_row) {
    gboolean here = qc_statement_get_int (account, 0) == unit;
    *out = qc_known_person_new (place_of (here, (QcPersonStatus)qc_statement_get_int (account, 1)), NULL);
    return TRUE;
  }
  qc_statement_reset (opening);
  qc_statement_bind_text (opening, 1, line->document);
  qc_statement_bind_text (opening, 2, line->document_type);
  if (!qc_statement_step (opening, &has_row, error))
    return FALSE;
  if (has_row) /* another unit's number is nobody's business */
    *out = qc_known_person_new (QC_KNOWN_BEING_OPENED,
                                qc_statement_get_int (opening, 0) == unit ? qc_statement_get_text (opening, 1) : NULL);
  return TRUE;
}

GHashTable *
qc_engine_load_known (QcConnection *connection, gint64 unit, const GPtrArray *lines, gint64 application, GError **error)
{
  g_autoptr (GHashTable) known
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)qc_known_person_free);
  g_autoptr (QcStatement) account = qc_connection_prepare (
      connection, "SELECT unit, status FROM person WHERE document = ? AND document_type = ?", error);
  g_autoptr (QcStatement) opening
      = account == NULL ? NULL
                        : qc_connection_prepare (
                            connection,
                            "SELECT a.unit, a.serial FROM application_line AS l JOIN application AS a ON a.id = "
                            "l.application WHERE l.person = 0 AND l.document = ?1 AND "
                            "json_extract (l.fields, '$.document_type') = ?2 AND a.business = 'account-opening' AND "
                            "a.state IN ('in-review', 'accepted') AND a.id <> ?3 ORDER BY a.id LIMIT 1",
                            error);
  if (opening == NULL)
    return NULL;
  qc_statement_bind_int (opening, 3, application);
  for (guint i = 0; i < lines->len; i++) {
    const QcRosterLine *line = g_ptr_array_index (lines, i);
    QcKnownPerson *found;
    if (line->document == NULL || line->document_type == NULL)
      continue;
    if (!read_known (account, opening, unit, line, &found, error))
      return NULL;
    if (found != NULL)
      g_hash_table_insert (known, qc_known_person_dup_key (line->document_type, line->document), found);
  }
  return g_steal_pointer (&known);
}
