/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 汇缴 at the center (R1–R10, decisions 3–6, 10–17): the center computes the remittance from its own rows with core's
 * calculation and rules, compares it with what the clerk confirmed, and only then writes. Writer thread only.
 */
#include "qc-engine-private.h"
#include "qc-rules-remittance.h"
#include "qc-terms.h"

typedef struct {
  gint64 person;
  QcPaidSpan span;
} PlannedSpan;

typedef struct {
  const QcRemittanceClaim *claim; /* (not owned) */
  GArray *policies, *ratios;      /* (owned) */
  GPtrArray *open;                /* (owned) */
  QcRemittanceCalc *calc;         /* (owned) (nullable) NULL: the months cannot be computed at all */
  GArray *spans;                  /* (owned) PlannedSpan */
  gint64 person;                  /* the row being added */
} Plan;

static void
plan_free (gpointer data)
{
  Plan *plan = data;
  g_clear_pointer (&plan->policies, g_array_unref);
  g_clear_pointer (&plan->ratios, g_array_unref);
  g_clear_pointer (&plan->open, g_ptr_array_unref);
  g_clear_pointer (&plan->calc, qc_remittance_calc_free);
  g_clear_pointer (&plan->spans, g_array_unref);
  g_free (plan);
}

static void
span_cb (const QcEmployee *employee, const QcPaidSpan *span, gpointer user_data)
{
  Plan *plan = user_data;
  PlannedSpan planned = {plan->person, *span};
  g_array_append_val (plan->spans, planned);
}

/* The statements a person needs, prepared once. */
typedef struct {
  QcStatement *bases, *previous;
  GArray *rows; /* QcBaseChange, reused */
} Reader;

static void
reader_clear (Reader *reader)
{
  g_clear_pointer (&reader->bases, qc_statement_release);
  g_clear_pointer (&reader->previous, qc_statement_release);
  g_clear_pointer (&reader->rows, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reader, reader_clear)

static gboolean
reader_open (Reader *reader, QcConnection *connection, GError **error)
{
  reader->rows = g_array_new (FALSE, FALSE, sizeof (QcBaseChange));
  reader->bases = qc_connection_prepare (
      connection, "SELECT from_month, base, retroactive FROM base_row WHERE person = ? ORDER BY from_month", error);
  if (reader->bases == NULL)
    return FALSE;
  reader->previous = qc_connection_prepare (connection,
                                            "SELECT base, unit_fen, personal_fen FROM span WHERE person = ?1 AND "
                                            "to_month >= ?2 AND from_month <= ?2 AND kind = 0 AND booked = 1 AND "
                                            "unit = ?3 LIMIT 1",
                                            error);
  return reader->previous != NULL;
}

static gboolean
read_bases (Reader *reader, gint64 person, GError **error)
{
  g_array_set_size (reader->rows, 0);
  qc_statement_reset (reader->bases);
  qc_statement_bind_int (reader->bases, 1, person);
  gboolean has_row;
  while (qc_statement_step (reader->bases, &has_row, error)) {
    if (!has_row)
      return TRUE;
    QcBaseChange row = {0};
    row.from = (QcMonth)qc_statement_get_int (reader->bases, 0);
    row.base = qc_statement_get_int (reader->bases, 1);
    row.retroactive = qc_statement_get_int (reader->bases, 2) != 0;
    g_array_append_val (reader->rows, row);
  }
  return FALSE;
}

static gboolean
add_person (QcWork *work, Plan *plan, Reader *reader, const QcEmployee *employee, gboolean left, QcChangeKind left_kind,
            GError **error)
{
  QcMonth before = qc_month_add (plan->claim->start, -1);
  QcContribution previous = {0, 0};
  if (!read_bases (reader, plan->person, error))
    return FALSE;
  qc_statement_reset (reader->previous);
  qc_statement_bind_int (reader->previous, 1, plan->person);
  qc_statement_bind_int (reader->previous, 2, before);
  qc_statement_bind_int (reader->previous, 3, work->unit_id);
  gboolean had;
  if (!qc_statement_step (reader->previous, &had, error))
    return FALSE;
  QcMoney previous_base = 0;
  if (had) {
    previous_base = qc_statement_get_int (reader->previous, 0);
    previous.unit = qc_statement_get_int (reader->previous, 1);
    previous.personal = qc_statement_get_int (reader->previous, 2);
  }
  qc_statement_reset (reader->previous);
  qc_remittance_calc_add (plan->calc, employee, (const QcBaseChange *)reader->rows->data, reader->rows->len,
                          had ? &previous : NULL, previous_base, left, left_kind);
  return TRUE;
}

static gboolean
add_people (QcWork *work, Plan *plan, Reader *reader, GError **error)
{
  g_autoptr (QcStatement) s = qc_connection_prepare (
      work->connection, "SELECT id, " QC_ENGINE_PERSON_COLUMNS " FROM person WHERE unit = ? ORDER BY seq", error);
  if (s == NULL)
    return FALSE;
  qc_statement_bind_int (s, 1, work->unit_id);
  gboolean has_row;
  while (qc_statement_step (s, &has_row, error)) {
    if (!has_row)
      return TRUE;
    plan->person = qc_statement_get_int (s, 0);
    QcEmployee employee = {0};
    qc_engine_read_person (s, 1, TRUE, &employee);
    if (!add_person (work, plan, reader, &employee, FALSE, QC_CHANGE_OTHER, error))
      return FALSE;
  }
  return FALSE;
}

static QcChangeKind
departure_kind (const char *code)
{
  for (guint kind = 0; kind < QC_N_CHANGE_KINDS; kind++)
    if (g_strcmp0 (qc_change_kind_to_code ((QcChangeKind)kind), code) == 0)
      return (QcChangeKind)kind;
  return QC_CHANGE_OTHER;
}

/* People who left since the last month paid: their 减少 shows. */
static gboolean
add_departed (QcWork *work, Plan *plan, Reader *reader, GError **error)
{
  g_autoptr (QcStatement) s
      = qc_connection_prepare (work->connection,
                               "SELECT p.id, d.kind, account, name, document_type, document, sex, birth, status, "
                               "status_from, base, opened, paid_to, class, authorized, base_pending, balance, mobile, "
                               "revision FROM departure AS d JOIN person AS p ON p.id = d.person "
                               "WHERE d.unit = ?1 AND p.unit <> ?1 AND d.from_month >= ?2",
                               error);
  if (s == NULL)
    return FALSE;
  qc_statement_bind_int (s, 1, work->unit_id);
  qc_statement_bind_int (s, 2, plan->claim->start);
  gboolean has_row;
  while (qc_statement_step (s, &has_row, error)) {
    if (!has_row)
      return TRUE;
    plan->person = qc_statement_get_int (s, 0);
    QcEmployee employee = {0};
    qc_engine_read_person (s, 2, TRUE, &employee);
    if (!add_person (work, plan, reader, &employee, TRUE, departure_kind (qc_statement_get_text (s, 1)), error))
      return FALSE;
  }
  return FALSE;
}

/* Whether the claim's months are such that computing them makes sense; the rules say what is wrong otherwise. */
static gboolean
can_compute (const QcWork *work, const QcRemittanceClaim *claim)
{
  return qc_month_is_valid (claim->start) && qc_month_is_valid (claim->end) && claim->start <= claim->end
         && claim->start == qc_unit_due_month (work->unit)
         && qc_month_diff (claim->start, claim->end) < QC_REMITTANCE_MAX_MONTHS;
}

static gboolean
compute (QcWork *work, Plan *plan, GError **error)
{
  QcRemittanceSink sink = {.span = span_cb, .user_data = plan};
  plan->calc = qc_remittance_calc_new (plan->claim->start, plan->claim->end, plan->policies, plan->ratios, &sink);
  g_auto (Reader) reader = {0};
  return reader_open (&reader, work->connection, error) && add_people (work, plan, &reader, error)
         && add_departed (work, plan, &reader, error);
}

static gpointer
prepare (QcWork *work, const QcSubmission *submission, GError **error)
{
  Plan *plan = g_new0 (Plan, 1);
  g_return_val_if_fail (submission->remittance != NULL, NULL);
  plan->claim = submission->remittance;
  plan->spans = g_array_new (FALSE, FALSE, sizeof (PlannedSpan));
  plan->policies = qc_engine_load_policies (work->connection, error);
  gboolean ok = plan->policies != NULL;
  if (ok)
    ok = (plan->ratios = qc_engine_load_ratios (work->connection, work->unit_id, error)) != NULL;
  if (ok)
    ok = (plan->open = qc_engine_load_open (work->connection, work->unit_id, error)) != NULL;
  if (ok && can_compute (work, plan->claim))
    ok = compute (work, plan, error);
  if (ok)
    return plan;
  plan_free (plan);
  return NULL;
}

static void
append_all (GPtrArray *to, const GPtrArray *from)
{
  for (guint i = 0; i < from->len; i++)
    g_ptr_array_add (to, qc_finding_copy (g_ptr_array_index (from, i)));
}

static GPtrArray *
check (QcWork *work, gpointer data, GError **error)
{
  Plan *plan = data;
  QcRemittanceFacts facts = {
      .unit = work->unit,
      .policies = plan->policies,
      .ratios = plan->ratios,
      .current_month = qc_date_month (qc_date_from_unix (work->call->now)),
      .open = plan->open,
      .balance_known = TRUE, /* as far as the bank says it */
  };
  if (plan->calc != NULL) {
    facts.months = qc_remittance_calc_get_lines (plan->calc);
    facts.left_out = qc_remittance_calc_left_out (plan->calc);
    facts.unanswered = qc_remittance_calc_unanswered (plan->calc);
    facts.base_pending = qc_remittance_calc_base_pending (plan->calc);
    facts.missing = qc_remittance_calc_missing (plan->calc);
    facts.overflowed = qc_remittance_calc_is_overflowed (plan->calc);
  }
  GPtrArray *findings = qc_rules_remittance_check (&facts, plan->claim);
  if (plan->calc != NULL) {
    g_autofree char *terms = qc_terms_digest (plan->policies, plan->ratios, work->unit);
    g_autoptr (GPtrArray) moved = qc_rules_remittance_compare (plan->claim, terms, facts.months);
    append_all (findings, moved);
  }
  return findings;
}

static gboolean
write_spans (QcWork *work, Plan *plan, gint64 id, GError **error)
{
  g_autoptr (QcStatement) s
      = qc_connection_prepare (work->connection,
                               "INSERT INTO span (application, person, unit, from_month, to_month, base, unit_fen, "
                               "personal_fen, kind) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                               error);
  if (s == NULL)
    return FALSE;
  for (guint i = 0; i < plan->spans->len; i++) {
    const PlannedSpan *planned = &g_array_index (plan->spans, PlannedSpan, i);
    const QcPaidSpan *span = &planned->span;
    qc_statement_bind_int (s, 1, id);
    qc_statement_bind_int (s, 2, planned->person);
    qc_statement_bind_int (s, 3, work->unit_id);
    qc_statement_bind_int (s, 4, span->from);
    qc_statement_bind_int (s, 5, span->to);
    qc_statement_bind_int (s, 6, span->base);
    qc_statement_bind_int (s, 7, span->unit);
    qc_statement_bind_int (s, 8, span->personal);
    qc_statement_bind_int (s, 9, span->kind);
    if (!qc_statement_run (s, error))
      return FALSE;
  }
  return TRUE;
}

static gint64
apply (QcWork *work, gpointer data, GError **error)
{
  Plan *plan = data;
  g_autoptr (QcApplication) draft = qc_application_new ();
  const GArray *lines = qc_remittance_calc_get_lines (plan->calc);
  draft->business = QC_BUSINESS_REMITTANCE;
  draft->method = plan->claim->method;
  draft->start = plan->claim->start;
  draft->end = plan->claim->end;
  draft->people = qc_remittance_calc_people (plan->calc);
  draft->fen = qc_remittance_calc_total (plan->calc);
  g_array_append_vals (draft->months, lines->data, lines->len);
  gint64 id = qc_engine_create_application (work, draft, error);
  if (id == 0 || !write_spans (work, plan, id, error) || !qc_engine_settle (work, id, error))
    return 0;
  return id;
}

/* 缴至年月 moves, and only here. */
static gboolean
finished (QcWork *work, gint64 application, GError **error)
{
  return qc_sql_run (work->connection, error,
                     "UPDATE unit SET paid_to = (SELECT end_month FROM application WHERE id = ?1), "
                     "status = CASE status WHEN 2 THEN 1 ELSE status END WHERE id = ?2",
                     application, work->unit_id);
}

const QcBusinessHandler qc_engine_remittance_handler = {
    .prepare = prepare,
    .plan_free = plan_free,
    .check = check,
    .apply = apply,
    .finished = finished,
};
