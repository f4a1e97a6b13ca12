/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The people of a practice unit and what was remitted for them. One pass over the people writes
 * persons, bases and spans and sums the months up; 200,000 of them take seconds. Writer thread only.
 */
#include "qc-bank.h"
#include "qc-engine-private.h"
#include "qc-practice-private.h"

#define MAX_MONTHS       48
#define MAX_APPLICATIONS 48
#define MANY_PEOPLE      2000 /* more than these: fewer applications with more months */

/* One application of the history. */
typedef struct {
  gint64 id;
  int first, last; /* indexes of months */
  gint64 people;
  QcMoney fen;
} Past;

typedef struct {
  QcConnection *connection;
  gint64 unit;
  const QcPracticeUnit *spec;
  QcPracticeMaker make;
  int n_past;
  QcMonthLine lines[MAX_MONTHS];
  Past past[MAX_APPLICATIONS];
  GArray *ratios; /* (owned) */
  gint64 change, account, person_id;
  gint64 headcount, sealed;
  QcStatement *insert_person, *insert_base, *insert_span, *find_document;
} Maker;

static void
maker_clear (Maker *m)
{
  g_clear_pointer (&m->make.policies, g_array_unref);
  g_clear_pointer (&m->ratios, g_array_unref);
  g_clear_pointer (&m->insert_person, qc_statement_release);
  g_clear_pointer (&m->insert_base, qc_statement_release);
  g_clear_pointer (&m->insert_span, qc_statement_release);
  g_clear_pointer (&m->find_document, qc_statement_release);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Maker, maker_clear)

QcMonth
qc_practice_first_month (const QcPracticeUnit *spec)
{
  return qc_month_add (qc_practice_fund_year (spec->paid_to), spec->people > MANY_PEOPLE ? -12 : -24);
}

/* The next number whose identity number nobody has. */
static gboolean
make_document (Maker *m, QcPracticePerson *p, GError **error)
{
  gboolean taken = p->document[0] == '\0'; /* else a passport */
  for (gint64 number = m->account; taken; number += 7919) {
    qc_practice_resident_id (number, p->e.birth, p->e.sex, p->document);
    qc_statement_reset (m->find_document);
    qc_statement_bind_text (m->find_document, 1, p->document);
    if (!qc_statement_step (m->find_document, &taken, error))
      return FALSE;
  }
  qc_statement_reset (m->find_document);
  return TRUE;
}

/* ---- what was remitted ---- */

static gboolean
was_remitted (const QcPracticePerson *p, QcMonth month, gboolean may_retire)
{
  const QcEmployee *e = &p->e;
  if (month < e->opened || (p->gap_from != 0 && month >= p->gap_from && month <= p->gap_to))
    return FALSE;
  if (e->status == QC_PERSON_SEALED && month >= e->status_from)
    return FALSE;
  return !may_retire
         || qc_retirement_state (e->birth, e->sex, e->retirement_class, e->authorized_until, month, NULL)
                != QC_RETIREMENT_STATE_RETIRED;
}

/* Base and ratios as they were then: what is retroactive came later. */
static QcMoney
base_then (const QcPracticePerson *p, QcMonth month)
{
  QcMoney base = 0;
  for (guint i = 0; i < p->n_bases && p->bases[i].from <= month; i++)
    if (!p->bases[i].retroactive)
      base = p->bases[i].base;
  return base;
}

static void
sum_up (QcMonthLine *line, const QcContribution *before, gboolean was, const QcContribution *now, gboolean is)
{
  QcMoney old = was ? qc_contribution_total (*before) : 0;
  QcMoney new = is ? qc_contribution_total (*now) : 0;
  line->previous_people += was;
  line->people += is;
  line->added_people += is && !was;
  line->removed_people += was && !is;
  line->previous_fen += old;
  line->added_fen += MAX (new - old, 0);
  line->removed_fen += MAX (old - new, 0);
  line->unit_fen += is ? now->unit : 0;
  line->personal_fen += is ? now->personal : 0;
}

static gboolean
write_span (Maker *m, QcPracticePerson *p, Past *past, const QcPaidSpan *span, GError **error)
{
  int months = qc_month_diff (span->from, span->to) + 1;
  p->paid += months * (span->unit + span->personal);
  past->fen += months * (span->unit + span->personal);
  p->e.paid_to = span->to;
  qc_statement_bind_int (m->insert_span, 1, past->id);
  qc_statement_bind_int (m->insert_span, 2, m->person_id);
  qc_statement_bind_int (m->insert_span, 3, m->unit);
  qc_statement_bind_int (m->insert_span, 4, span->from);
  qc_statement_bind_int (m->insert_span, 5, span->to);
  qc_statement_bind_int (m->insert_span, 6, span->base);
  qc_statement_bind_int (m->insert_span, 7, span->unit);
  qc_statement_bind_int (m->insert_span, 8, span->personal);
  qc_statement_bind_int (m->insert_span, 9, ++m->change);
  return qc_statement_run (m->insert_span, error);
}

/* The months of one application: equal months in a row are one span. @before carries over from month to month. */
static gboolean
remit (Maker *m, QcPracticePerson *p, Past *past, QcContribution *before, gboolean *was, gboolean may_retire,
       GError **error)
{
  QcPaidSpan span = {0};
  gboolean any = FALSE;
  for (int i = past->first; i <= past->last; i++) {
    QcMonth month = m->lines[i].month;
    gboolean is = was_remitted (p, month, may_retire);
    QcMoney base = is ? base_then (p, month) : 0;
    QcContribution now = {0, 0};
    if (is && span.to != 0 && span.base == base)
      now = *before;
    else if (is)
      now = qc_contribution_compute (base, &g_array_index (m->ratios, QcRatios, 0),
                                     qc_policy_at (m->make.policies, month));
    sum_up (&m->lines[i], before, *was, &now, is);
    if (span.to != 0 && (!is || span.base != base || span.unit != now.unit)) {
      if (!write_span (m, p, past, &span, error))
        return FALSE;
      span.to = 0;
    }
    if (is)
      span = (QcPaidSpan) {span.to != 0 ? span.from : month, month, base, now.unit, now.personal, QC_SPAN_REMITTANCE};
    any = any || is;
    *before = now;
    *was = is;
  }
  past->people += any;
  return span.to == 0 || write_span (m, p, past, &span, error);
}

static gboolean
write_person (Maker *m, const QcPracticePerson *p, GError **error)
{
  QcStatement *s = m->insert_person;
  const QcEmployee *e = &p->e;
  qc_statement_bind_int (s, 1, m->person_id);
  qc_statement_bind_text (s, 2, e->account);
  qc_statement_bind_int (s, 3, m->unit);
  qc_statement_bind_text (s, 4, e->name);
  qc_statement_bind_text (s, 5, e->document_type);
  qc_statement_bind_text (s, 6, e->document);
  qc_statement_bind_int (s, 7, e->sex);
  qc_statement_bind_int (s, 8, e->birth);
  qc_statement_bind_int (s, 9, e->status);
  qc_statement_bind_int (s, 10, e->status_from);
  qc_statement_bind_int (s, 11, e->base);
  qc_statement_bind_int (s, 12, e->opened);
  qc_statement_bind_int (s, 13, e->retirement_class);
  qc_statement_bind_int (s, 14, e->authorized_until);
  qc_statement_bind_text (s, 15, e->mobile);
  qc_statement_bind_int (s, 16, ++m->change);
  return qc_statement_run (s, error);
}

/* When a row was entered: at its month's beginning, or after the payment when it is retroactive. */
static gint64
entry_time (const Maker *m, const QcBaseChange *row)
{
  QcMonth month = row->retroactive ? qc_month_add (m->spec->paid_to, 1) : row->from;
  return (gint64)qc_date_diff_days (19700101, month * 100 + 3) * 86400 + 2 * 3600;
}

static gboolean
write_bases (Maker *m, const QcPracticePerson *p, GError **error)
{
  for (guint i = 0; i < p->n_bases; i++) {
    qc_statement_bind_int (m->insert_base, 1, m->person_id);
    qc_statement_bind_int (m->insert_base, 2, p->bases[i].from);
    qc_statement_bind_int (m->insert_base, 3, p->bases[i].base);
    qc_statement_bind_int (m->insert_base, 4, p->bases[i].retroactive);
    qc_statement_bind_int (m->insert_base, 5, entry_time (m, &p->bases[i]));
    qc_statement_bind_int (m->insert_base, 6, m->unit);
    qc_statement_bind_int (m->insert_base, 7, ++m->change);
    if (!qc_statement_run (m->insert_base, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
create_person (Maker *m, gint64 index, GError **error)
{
  QcPracticePerson p = {0};
  QcContribution before = {0, 0};
  qc_practice_person_make (&m->make, index, m->account, &p);
  gboolean ok = make_document (m, &p, error) && write_person (m, &p, error) && write_bases (m, &p, error);
  gboolean may_retire = qc_month_diff (qc_date_month (p.e.birth), m->spec->paid_to) >= 50 * 12;
  gboolean was = FALSE;
  for (int i = 0; ok && i < m->n_past; i++)
    ok = remit (m, &p, &m->past[i], &before, &was, may_retire, error);
  if (ok && p.paid > 0)
    ok = qc_sql_run (m->connection, error, "UPDATE person SET balance = ?, paid_to = ? WHERE id = ?", p.paid,
                     p.e.paid_to, m->person_id);
  m->headcount += p.e.status == QC_PERSON_NORMAL;
  m->sealed += p.e.status == QC_PERSON_SEALED;
  m->account++;
  m->person_id++;
  g_free (p.e.name);
  return ok;
}

/* ---- the unit's applications ---- */

/* Fund years as one application each; the last year month by month where people are few. */
static void
plan_past (Maker *m)
{
  QcMonth last_year = qc_practice_fund_year (m->spec->paid_to);
  for (int i = 0; i < m->make.n_months; i++) {
    QcMonth month = m->lines[i].month;
    gboolean alone = m->spec->people <= MANY_PEOPLE && month >= last_year;
    if (i == 0 || alone || month == qc_practice_fund_year (month)) {
      m->past[m->n_past].first = i;
      m->n_past++;
    }
    m->past[m->n_past - 1].last = i;
  }
}

/* Ten in the morning of the 12th of its last month. */
static gint64
past_time (const Maker *m, const Past *past)
{
  return (gint64)qc_date_diff_days (19700101, m->lines[past->last].month * 100 + 12) * 86400 + 2 * 3600;
}

static gboolean
insert_past (Maker *m, Past *past, GError **error)
{
  gint64 number;
  gint64 time = past_time (m, past);
  if (!qc_engine_take (m->connection, "serial", 1, &number, error))
    return FALSE;
  g_autofree char *serial = g_strdup_printf ("2311%08d%08" G_GINT64_FORMAT, qc_date_from_unix (time), number);
  if (!qc_sql_run (m->connection, error,
                   "INSERT INTO application (serial, unit, business, state, draw, draw_number, method, start_month, "
                   "end_month, people, fen, created, finished, entered_by, cashier, seq) "
                   "VALUES (?, ?, 'remittance', 'finished', ?, ?, ?, ?, ?, 0, 0, ?, ?, '经办人', ?, ?)",
                   serial, m->unit, m->spec->collection ? "done" : "none", m->spec->collection,
                   m->spec->collection ? "collection" : "transfer", m->lines[past->first].month,
                   m->lines[past->last].month, time, time + 3600, m->spec->collection ? "bank" : "出纳", ++m->change))
    return FALSE;
  past->id = qc_connection_last_rowid (m->connection);
  return TRUE;
}

static gboolean
insert_movement (Maker *m, const Past *past, const char *kind, gboolean out, const char *text, GError **error)
{
  gboolean arrived = g_str_equal (kind, "arrival");
  g_autofree char *reference = arrived ? qc_bank_dup_reference (m->spec->account, past - m->past + 1) : NULL;
  return qc_sql_run (
      m->connection, error,
      "INSERT INTO movement (unit, time, kind, fen, application, balance_after, text, actor, seq, reference) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, 'center', ?, ?)",
      m->unit, past_time (m, past) + 3600, kind, past->fen, past->id, out ? (gint64)0 : past->fen, text, ++m->change,
      reference);
}

static gboolean
insert_past_draw (Maker *m, const Past *past, GError **error)
{
  g_autofree char *account = g_strdup_printf ("0809%s", m->spec->account);
  gint64 time = past_time (m, past);
  return qc_sql_run (
             m->connection, error,
             "INSERT INTO draw SELECT ?, 1, ?, ?, 'done', NULL, ?, ?, (SELECT bank FROM agreement WHERE unit = ?)",
             past->id, account, past->fen, time, time, m->unit)
         && qc_sql_run (m->connection, error,
                        "INSERT INTO bank_entry SELECT serial || '-1', ?, fen, 1, NULL, created FROM application "
                        "WHERE id = ?",
                        account, past->id);
}

static gboolean
insert_lines (Maker *m, const Past *past, GError **error)
{
  for (int i = past->first; i <= past->last; i++) {
    const QcMonthLine *l = &m->lines[i];
    if (!qc_sql_run (m->connection, error, "INSERT INTO application_month VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                     past->id, l->month, l->previous_people, l->added_people, l->removed_people, l->people,
                     l->previous_fen, l->added_fen, l->removed_fen, l->unit_fen, l->personal_fen))
      return FALSE;
  }
  return TRUE;
}

static gboolean
finish_past (Maker *m, const Past *past, GError **error)
{
  gboolean collection = m->spec->collection;
  gint64 time = past_time (m, past);
  return qc_sql_run (m->connection, error, "UPDATE application SET people = ?1, fen = ?2, arrived = ?2 WHERE id = ?3",
                     past->people, past->fen, past->id)
         && insert_lines (m, past, error)
         && qc_engine_add_event (m->connection, past->id, time, "经办人", "submitted", NULL, past->fen, error)
         && qc_engine_add_event (m->connection, past->id, time + 3600, collection ? "bank" : "出纳",
                                 collection ? "drawn" : "arrived", NULL, past->fen, error)
         && qc_engine_add_event (m->connection, past->id, time + 3600, "center", "finished", NULL, past->fen, error)
         && insert_movement (m, past, collection ? "draw" : "arrival", FALSE, collection ? "托收划款到账" : "到账确认",
                             error)
         && insert_movement (m, past, "booking", TRUE, "入账到职工个人账户", error)
         && (!collection || insert_past_draw (m, past, error));
}

/* What the unit's bank account holds: enough for one month, not for two (decision 17). */
static gboolean
finish_unit (Maker *m, GError **error)
{
  const QcMonthLine *last = &m->lines[m->make.n_months - 1];
  QcMoney balance = 0;
  for (int i = 0; i < m->n_past; i++)
    balance += m->past[i].fen;
  return qc_sql_run (m->connection, error,
                     "UPDATE unit SET headcount = ?, sealed_count = ?, balance = ?, paid_to = ? WHERE id = ?",
                     m->headcount, m->sealed, balance, m->spec->paid_to, m->unit)
         && qc_sql_run (m->connection, error, "UPDATE bank_account SET balance = ? WHERE unit = ?",
                        qc_month_line_fen (last) * 3 / 2, m->unit)
         && qc_sql_run (m->connection, error, "UPDATE agreement SET known_balance = ? WHERE unit = ?",
                        qc_month_line_fen (last) * 3 / 2, m->unit)
         && qc_sql_run (m->connection, error, "UPDATE counter SET value = ? WHERE name = 'change'", m->change)
         && qc_sql_run (m->connection, error, "UPDATE counter SET value = ? WHERE name = 'person'", m->account - 1);
}

static gboolean
prepare (QcConnection *connection, QcStatement **out, const char *sql, GError **error)
{
  *out = qc_connection_prepare (connection, sql, error);
  return *out != NULL;
}

static gboolean
maker_open (Maker *m, GError **error)
{
  QcConnection *c = m->connection;
  if ((m->make.policies = qc_engine_load_policies (c, error)) == NULL
      || (m->ratios = qc_engine_load_ratios (c, m->unit, error)) == NULL
      || !qc_connection_get_int (c, "SELECT value FROM counter WHERE name = 'change'", 0, &m->change, error)
      || !qc_connection_get_int (c, "SELECT value + 1 FROM counter WHERE name = 'person'", 1, &m->account, error)
      || !qc_connection_get_int (c, "SELECT coalesce (max (id), 0) + 1 FROM person", 1, &m->person_id, error))
    return FALSE;
  return prepare (c, &m->insert_person,
                  "INSERT INTO person (id, account, unit, name, document_type, document, sex, birth, status, "
                  "status_from, base, opened, class, authorized, mobile, seq) "
                  "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                  error)
         && prepare (c, &m->insert_base, "INSERT INTO base_row VALUES (?, ?, ?, ?, ?, ?, ?)", error)
         && prepare (c, &m->insert_span,
                     "INSERT INTO span (application, person, unit, from_month, to_month, base, unit_fen, personal_fen, "
                     "booked, seq) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, ?)",
                     error)
         && prepare (c, &m->find_document, "SELECT 1 FROM person WHERE document = ?", error);
}

gboolean
qc_practice_people_create (QcConnection *connection, gint64 unit, const QcPracticeUnit *spec, GError **error)
{
  g_auto (Maker) m
      = {.connection = connection, .unit = unit, .spec = spec, .make = {.spec = spec, .random = {spec->seed}}};
  m.make.first = qc_practice_first_month (spec);
  m.make.n_months = qc_month_diff (m.make.first, spec->paid_to) + 1;
  g_return_val_if_fail (m.make.n_months >= 1 && m.make.n_months <= MAX_MONTHS, FALSE);
  if (!maker_open (&m, error))
    return FALSE;
  for (int i = 0; i < m.make.n_months; i++)
    m.lines[i].month = qc_month_add (m.make.first, i);
  plan_past (&m);
  for (int i = 0; i < m.n_past; i++)
    if (!insert_past (&m, &m.past[i], error))
      return FALSE;
  for (gint64 index = 0; index < spec->people; index++)
    if (!create_person (&m, index, error))
      return FALSE;
  for (int i = 0; i < m.n_past; i++)
    if (!finish_past (&m, &m.past[i], error))
      return FALSE;
  return finish_unit (&m, error);
}
