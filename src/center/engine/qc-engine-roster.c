/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The roster businesses at the center, all of them: the lines are judged by core's rules on the center's own rows,
 * compared with what the clerk saw, and only then written, each line's effect as core says it. Writer thread only.
 */
#include "qc-engine-past.h"
#include "qc-engine-review.h"
#include "qc-engine-roster.h"
#include "qc-engine-transfer.h"
#include "qc-engine-upload.h"
#include "qc-rules-remittance.h"
#include "qc-wire-attachment.h"
#include "qc-wire-fact.h"
#include "qc-wire-line.h"
#include "qc-wire-return.h"

static void
planned_line_clear (QcPlannedLine *planned)
{
  g_clear_pointer (&planned->employee, qc_employee_free);
}

void
qc_roster_plan_free (QcRosterPlan *plan)
{
  if (plan == NULL)
    return;
  g_clear_pointer (&plan->policies, g_array_unref);
  g_clear_pointer (&plan->ratios, g_array_unref);
  g_clear_pointer (&plan->codes, g_ptr_array_unref);
  g_clear_pointer (&plan->open, g_ptr_array_unref);
  g_clear_pointer (&plan->units, g_hash_table_unref);
  g_clear_pointer (&plan->histories, g_hash_table_unref);
  g_clear_pointer (&plan->known, g_hash_table_unref);
  g_clear_pointer (&plan->lines, g_array_unref);
  g_clear_pointer (&plan->later, qc_unit_free);
  g_free (plan);
}

/* ---- what the rules look at ---- */

/* One statement for all lines. */
static gboolean
find_people (QcWork *work, QcRosterPlan *plan, GError **error)
{
  const GPtrArray *lines = plan->submission->roster->lines;
  g_autoptr (QcStatement) s = qc_connection_prepare (
      work->connection, "SELECT id, " QC_ENGINE_PERSON_COLUMNS " FROM person WHERE account = ? AND unit = ?", error);
  if (s == NULL)
    return FALSE;
  for (guint i = 0; i < lines->len; i++) {
    QcPlannedLine planned = {.line = g_ptr_array_index (lines, i)};
    qc_statement_reset (s);
    qc_statement_bind_text (s, 1, planned.line->account);
    qc_statement_bind_int (s, 2, work->unit_id);
    gboolean has_row = FALSE;
    if (planned.line->account != NULL && !qc_statement_step (s, &has_row, error))
      return FALSE;
    if (has_row) {
      planned.person = qc_statement_get_int (s, 0);
      planned.employee = qc_employee_new ();
      qc_engine_read_person (s, 1, FALSE, planned.employee);
    }
    g_array_append_val (plan->lines, planned);
  }
  return TRUE;
}

/* Only where lines have a column for them. */
static gboolean
load_units (QcWork *work, QcRosterPlan *plan, GError **error)
{
  if (qc_business_find_column (plan->submission->business, QC_LINE_TARGET_UNIT) == NULL)
    return TRUE;
  plan->units = qc_engine_load_receivers (work->connection, plan->submission->roster, error);
  return plan->units != NULL;
}

/* What was paid for the people of 补缴, and is pending of those who are to leave; who is known of those to be opened.
 */
static gboolean
load_past (QcWork *work, QcRosterPlan *plan, GError **error)
{
  const QcBusinessInfo *info = qc_business_info (plan->submission->business);
  const GPtrArray *lines = plan->submission->roster->lines;
  if (info->opens_accounts) {
    plan->known = qc_engine_load_known (work->connection, work->unit_id, lines, plan->application, error);
    return plan->known != NULL;
  }
  if (!info->of_months && qc_roster_rules (info->kind)->arrive == NULL)
    return TRUE;
  g_autoptr (GArray) people = g_array_sized_new (FALSE, FALSE, sizeof (gint64), plan->lines->len);
  for (guint i = 0; i < plan->lines->len; i++)
    g_array_append_val (people, g_array_index (plan->lines, QcPlannedLine, i).person);
  plan->histories
      = qc_engine_load_histories (work->connection, lines, people, info->of_months, plan->application, error);
  return plan->histories != NULL;
}

/* Accounts that are opened while a 汇缴 is unfinished count from the month behind it (decision 15). */
static void
look_later (QcWork *work, QcRosterPlan *plan)
{
  plan->later = qc_unit_copy (work->unit);
  for (guint i = 0; i < plan->open->len; i++) {
    const QcApplication *open = g_ptr_array_index (plan->open, i);
    if (open->business == QC_BUSINESS_REMITTANCE)
      plan->later->paid_to = MAX (plan->later->paid_to, open->end);
  }
  plan->facts.unit = plan->later;
}

QcRosterPlan *
qc_roster_plan_new (QcWork *work, QcSubmission *submission, gint64 application, GError **error)
{
  g_autoptr (QcRosterPlan) plan = g_new0 (QcRosterPlan, 1);
  plan->submission = submission;
  plan->application = application;
  plan->lines = g_array_sized_new (FALSE, FALSE, sizeof (QcPlannedLine), submission->roster->lines->len);
  g_array_set_clear_func (plan->lines, (GDestroyNotify)planned_line_clear);
  if ((plan->policies = qc_engine_load_policies (work->connection, error)) == NULL
      || (plan->ratios = qc_engine_load_ratios (work->connection, work->unit_id, error)) == NULL
      || (plan->codes = qc_engine_load_codes (work->connection, error)) == NULL
      || (plan->open = qc_engine_load_open (work->connection, work->unit_id, error)) == NULL
      || !load_units (work, plan, error) || !find_people (work, plan, error) || !load_past (work, plan, error))
    return NULL;
  plan->facts = (QcRosterFacts) {
      .unit = work->unit,
      .policies = plan->policies,
      .ratios = plan->ratios,
      .codes = plan->codes,
      .open = plan->open,
      .units = plan->units,
      .histories = plan->histories,
      .known = plan->known,
      .today = qc_date_from_unix (work->call->now),
  };
  if (application != 0 && qc_business_info (submission->business)->opens_accounts)
    look_later (work, plan);
  return g_steal_pointer (&plan);
}

static gpointer
prepare (QcWork *work, const QcSubmission *submission, GError **error)
{
  return qc_roster_plan_new (work, (QcSubmission *)submission, 0, error);
}

static void
plan_free (gpointer plan)
{
  qc_roster_plan_free (plan);
}

/* ---- judging ---- */

/* What holds of the whole; FALSE: there is too much of it to look at the lines. */
static gboolean
check_whole (const QcRosterPlan *plan, GPtrArray *out)
{
  const QcSubmission *submission = plan->submission;
  qc_rules_roster_check_whole (submission->business, &plan->facts, submission->roster, submission->effective, out);
  if (qc_business_info (submission->business)->has_money)
    qc_rules_remittance_check_method (out, plan->facts.unit, submission->method);
  return submission->roster->lines->len <= QC_ROSTER_MAX_LINES;
}

/* A line that does not stand on what is has nothing to be judged beyond that. */
static void
check_line (const QcRosterPlan *plan, const QcPlannedLine *planned, GPtrArray *out)
{
  QcBusiness business = plan->submission->business;
  guint before = out->len;
  qc_rules_roster_compare (business, &plan->facts, planned->line, planned->employee, out);
  if (out->len == before)
    qc_rules_roster_check_line (business, &plan->facts, planned->line, out);
}

static void
finish_findings (GPtrArray *findings)
{
  qc_findings_sort (findings);
  qc_findings_cap (findings, QC_ENGINE_FINDINGS_PER_CODE, QC_ENGINE_FINDINGS_IN_ALL);
}

/* The returned application that this one comes after, which nothing else may come after. */
static gboolean
check_replaces (QcWork *work, const QcSubmission *submission, GPtrArray *out, GError **error)
{
  if (submission->replaces == NULL)
    return TRUE;
  g_autoptr (QcStatement) s
      = qc_connection_prepare (work->connection,
                               "SELECT (SELECT b.serial FROM application AS b WHERE b.replaces = a.id AND b.state <> "
                               "'cancelled') FROM application AS a WHERE a.serial = ? AND a.unit = ? AND a.business "
                               "= ? AND a.state = 'returned'",
                               error);
  if (s == NULL)
    return FALSE;
  qc_statement_bind_text (s, 1, submission->replaces);
  qc_statement_bind_int (s, 2, work->unit_id);
  qc_statement_bind_text (s, 3, qc_business_info (submission->business)->code);
  gboolean has_row;
  if (!qc_statement_step (s, &has_row, error))
    return FALSE;
  const char *other = has_row ? qc_statement_get_text (s, 0) : NULL;
  if (!has_row)
    g_ptr_array_add (out, qc_finding_new ("replaces.unknown", "serial", submission->replaces, NULL));
  else if (other != NULL)
    g_ptr_array_add (out, qc_finding_new ("replaces.replaced", "serial", submission->replaces, "other", other, NULL));
  return TRUE;
}

static gboolean
is_reviewed (const QcRosterPlan *plan)
{
  return qc_business_info (plan->submission->business)->run == QC_RUN_REVIEWED;
}

static GPtrArray *
check (QcWork *work, gpointer data, GError **error)
{
  QcRosterPlan *plan = data;
  g_autoptr (GPtrArray) findings = qc_findings_new ();
  if (!check_whole (plan, findings))
    return g_steal_pointer (&findings);
  for (guint i = 0; i < plan->lines->len; i++)
    check_line (plan, &g_array_index (plan->lines, QcPlannedLine, i), findings);
  if (!check_replaces (work, plan->submission, findings, error))
    return NULL;
  finish_findings (findings);
  return g_steal_pointer (&findings);
}

/* What was seen of the person does not matter any more, the amounts do. */
static void
check_line_again (const QcRosterPlan *plan, const QcPlannedLine *planned, GPtrArray *out)
{
  QcBusiness business = plan->submission->business;
  if (planned->employee != NULL)
    qc_roster_line_see (planned->line, planned->employee);
  if (qc_business_info (business)->opens_accounts)
    qc_rules_roster_complete (business, &plan->facts, planned->line);
  check_line (plan, planned, out);
}

GPtrArray *
qc_roster_plan_check_again (QcRosterPlan *plan)
{
  GPtrArray *findings = qc_findings_new ();
  QcMonth due = qc_rules_roster_effective (plan->submission->business, plan->facts.unit);
  if (due != plan->submission->effective) {
    QcFinding *finding = qc_finding_new ("opening.month-moved", NULL);
    qc_finding_set_arg_month (finding, "month", due);
    qc_finding_set_arg_month (finding, "confirmed", plan->submission->effective);
    g_ptr_array_add (findings, finding);
    plan->submission->effective = due;
  }
  check_whole (plan, findings);
  for (guint i = 0; i < plan->lines->len; i++)
    check_line_again (plan, &g_array_index (plan->lines, QcPlannedLine, i), findings);
  finish_findings (findings);
  return findings;
}

/* ---- writing ---- */

/* The statements of a line, prepared once. */
typedef struct {
  QcStatement *person, *base, *line;
} Writer;

static void
writer_clear (Writer *writer)
{
  g_clear_pointer (&writer->person, qc_statement_release);
  g_clear_pointer (&writer->base, qc_statement_release);
  g_clear_pointer (&writer->line, qc_statement_release);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Writer, writer_clear)

static gboolean
writer_open (Writer *writer, QcConnection *connection, GError **error)
{
  writer->person = qc_connection_prepare (
      connection,
      "UPDATE person SET status = ?, status_from = ?, base = ?, base_pending = ?, class = ?, authorized = ?, "
      "revision = revision + 1, seq = ? WHERE id = ?",
      error);
  if (writer->person == NULL)
    return FALSE;
  writer->base = qc_connection_prepare (
      connection,
      "INSERT INTO base_row VALUES (?, ?, ?, 0, ?, ?, ?) ON CONFLICT (person, from_month) DO UPDATE SET "
      "base = excluded.base, retroactive = 0, time = excluded.time, unit = excluded.unit, seq = excluded.seq",
      error);
  if (writer->base == NULL)
    return FALSE;
  writer->line = qc_connection_prepare (
      connection, "INSERT INTO application_line (application, line, person, fields, document) VALUES (?, ?, ?, ?, ?)",
      error);
  return writer->line != NULL;
}

static gboolean
write_person (Writer *writer, const QcEmployee *e, gint64 id, gint64 change, GError **error)
{
  const gint64 values[] = {e->status,           e->status_from,      e->base, e->base_pending != FALSE,
                           e->retirement_class, e->authorized_until, change,  id};
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    qc_statement_bind_int (writer->person, (int)i + 1, values[i]);
  return qc_statement_run (writer->person, error);
}

static gboolean
write_base (QcWork *work, Writer *writer, const QcBaseChange *base, gint64 id, gint64 change, GError **error)
{
  const gint64 values[] = {id, base->from, base->base, work->call->now, work->unit_id, change};
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    qc_statement_bind_int (writer->base, (int)i + 1, values[i]);
  return qc_statement_run (writer->base, error);
}

char *
qc_roster_plan_dup_line (const QcRosterPlan *plan, const QcRosterLine *line)
{
  g_autoptr (QcJsonWriter) json = qc_json_writer_new (256);
  qc_wire_write_line (json, plan->submission->business, line);
  g_autoptr (GBytes) bytes = qc_json_writer_finish (json);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  return g_strndup (data, size);
}

/* As it was confirmed, for whoever looks at the application later. */
static gboolean
write_line (Writer *writer, const QcRosterPlan *plan, gint64 application, const QcPlannedLine *planned, GError **error)
{
  g_autofree char *text = qc_roster_plan_dup_line (plan, planned->line);
  qc_statement_bind_int (writer->line, 1, application);
  qc_statement_bind_int (writer->line, 2, planned->line->id);
  qc_statement_bind_int (writer->line, 3, planned->person);
  qc_statement_bind_text (writer->line, 4, text);
  qc_statement_bind_text (writer->line, 5, planned->person == 0 ? planned->line->document : NULL);
  return qc_statement_run (writer->line, error);
}

/* Of a business that is reviewed nothing else is done yet. */
static gboolean
write_lines (QcWork *work, QcRosterPlan *plan, gint64 application, GError **error)
{
  g_auto (Writer) writer = {NULL, NULL, NULL};
  if (!writer_open (&writer, work->connection, error))
    return FALSE;
  for (guint i = 0; i < plan->lines->len; i++)
    if (!write_line (&writer, plan, application, &g_array_index (plan->lines, QcPlannedLine, i), error))
      return FALSE;
  return TRUE;
}

/* What a roster does to the unit's own people. */
static gboolean
write_effects (QcWork *work, QcRosterPlan *plan, gint64 application, GError **error)
{
  const QcRosterRules *rules = qc_roster_rules (plan->submission->business);
  g_auto (Writer) writer = {NULL, NULL, NULL};
  gint64 change;
  if (!writer_open (&writer, work->connection, error)
      || !qc_engine_take (work->connection, "change", 2 * (gint64)plan->lines->len, &change, error))
    return FALSE;
  for (guint i = 0; i < plan->lines->len; i++) {
    QcPlannedLine *planned = &g_array_index (plan->lines, QcPlannedLine, i);
    QcRosterEffect effect = {0};
    rules->effect (&plan->facts, planned->line, planned->employee, &effect);
    if (!write_person (&writer, planned->employee, planned->person, change++, error)
        || (effect.base.from != QC_MONTH_NONE
            && !write_base (work, &writer, &effect.base, planned->person, change++, error))
        || !write_line (&writer, plan, application, planned, error))
      return FALSE;
  }
  return TRUE;
}

/* And where it sends them to other units. */
static gboolean
write_arrivals (QcWork *work, QcRosterPlan *plan, gint64 application, GError **error)
{
  const QcRosterRules *rules = qc_roster_rules (plan->submission->business);
  g_auto (Writer) writer = {NULL, NULL, NULL};
  g_autoptr (QcTransfer) transfer = qc_transfer_new (work, error);
  if (transfer == NULL || !writer_open (&writer, work->connection, error))
    return FALSE;
  for (guint i = 0; i < plan->lines->len; i++) {
    QcPlannedLine *planned = &g_array_index (plan->lines, QcPlannedLine, i);
    QcRosterEffect effect = {0};
    rules->arrive (&plan->facts, planned->line, planned->employee, &effect);
    if (!qc_transfer_move (transfer, planned->line, planned->person, planned->employee, &effect.base, error)
        || !write_line (&writer, plan, application, planned, error))
      return FALSE;
  }
  return qc_transfer_finish (transfer, error);
}

gboolean
qc_engine_count_people (QcConnection *connection, gint64 unit, GError **error)
{
  return qc_sql_run (connection, error,
                     "UPDATE unit SET headcount = p.normal, sealed_count = p.sealed FROM (SELECT "
                     "coalesce (sum (status = 1), 0) AS normal, coalesce (sum (status = 2), 0) AS sealed "
                     "FROM person WHERE unit = ?1) AS p WHERE id = ?1",
                     unit)
         && qc_engine_touch_unit (connection, unit, TRUE, error);
}

/* The one that was returned is told what came after it. */
static gboolean
link_replaced (QcWork *work, const QcSubmission *submission, gint64 application, GError **error)
{
  gint64 replaced;
  if (submission->replaces == NULL)
    return TRUE;
  return qc_engine_find_application (work->connection, work->unit_id, submission->replaces, &replaced, error)
         && qc_sql_run (work->connection, error, "UPDATE application SET replaces = ? WHERE id = ?", replaced,
                        application)
         && qc_engine_touch_application (work->connection, replaced, error);
}

static gint64
people_of (const QcRoster *roster)
{
  QcRosterTotals totals;
  qc_roster_sum (roster, &totals);
  return totals.people;
}

static gint64
apply (QcWork *work, gpointer data, GError **error)
{
  QcRosterPlan *plan = data;
  const QcSubmission *submission = plan->submission;
  g_autoptr (QcApplication) draft = qc_application_new ();
  draft->business = submission->business;
  draft->effective = qc_business_info (draft->business)->moves_month ? submission->effective : QC_MONTH_NONE;
  draft->method = qc_business_info (draft->business)->has_money ? submission->method : QC_METHOD_NONE;
  draft->people = people_of (submission->roster);
  if (qc_business_info (draft->business)->of_months)
    qc_engine_back_payment_figures (plan, draft);
  gint64 id = qc_engine_create_application (work, draft, error);
  if (id == 0)
    return 0;
  if (is_reviewed (plan))
    return write_lines (work, plan, id, error) && link_replaced (work, submission, id, error) ? id : 0;
  gboolean moves = qc_roster_rules (draft->business)->arrive != NULL;
  if (!(moves ? write_arrivals (work, plan, id, error) : write_effects (work, plan, id, error))
      || !qc_engine_count_people (work->connection, work->unit_id, error))
    return 0;
  return id;
}

/* ---- reading ---- */

#define LINES_PER_PAGE 1000

/* What the first page has beside the lines. */
static gboolean
write_head (QcJsonWriter *json, QcConnection *connection, gint64 application, GError **error)
{
  g_autoptr (GPtrArray) facts = qc_engine_load_facts (connection, application, error);
  g_autoptr (GPtrArray) attachments
      = facts != NULL ? qc_engine_load_attachments (connection, application, error) : NULL;
  g_autoptr (GPtrArray) reasons = attachments != NULL ? qc_engine_load_reasons (connection, application, error) : NULL;
  if (reasons == NULL)
    return FALSE;
  if (facts->len > 0)
    qc_wire_write_facts (json, facts);
  if (attachments->len > 0)
    qc_wire_write_attachments (json, attachments);
  if (reasons->len > 0)
    qc_wire_write_reasons (json, reasons);
  return TRUE;
}

GBytes *
qc_engine_dup_lines_page (QcConnection *connection, const char *unit, const char *serial, gint64 after, GError **error)
{
  g_autoptr (QcJsonWriter) json = qc_json_writer_new (64 * 1024);
  gint64 unit_id;
  gint64 application = 0;
  gint64 last = after;
  if (!qc_engine_find_unit (connection, unit, &unit_id, error)
      || (unit_id != 0 && !qc_engine_find_application (connection, unit_id, serial, &application, error)))
    return NULL;
  if (application == 0) {
    qc_engine_missing (error, "application", serial);
    return NULL;
  }
  g_autoptr (QcStatement) s = qc_connection_prepare (
      connection, "SELECT line, fields FROM application_line WHERE application = ? AND line > ? ORDER BY line LIMIT ?",
      error);
  if (s == NULL)
    return NULL;
  qc_statement_bind_int (s, 1, application);
  qc_statement_bind_int (s, 2, after);
  qc_statement_bind_int (s, 3, LINES_PER_PAGE);
  qc_json_writer_begin_object (json);
  if (after == 0 && !write_head (json, connection, application, error))
    return NULL;
  qc_json_writer_name (json, "lines");
  qc_json_writer_begin_array (json);
  int n = 0;
  gboolean has_row;
  while (qc_statement_step (s, &has_row, error)) {
    if (has_row) {
      last = qc_statement_get_int (s, 0);
      qc_json_writer_raw (json, qc_statement_get_text (s, 1), -1);
      n++;
      continue;
    }
    qc_json_writer_end_array (json);
    if (n == LINES_PER_PAGE) {
      g_autofree char *cursor = g_strdup_printf ("%" G_GINT64_FORMAT, last);
      qc_json_writer_add_string (json, "cursor", cursor);
    }
    qc_json_writer_end_object (json);
    return qc_json_writer_finish (json);
  }
  return NULL;
}

const QcBusinessHandler qc_engine_roster_handler = {
    .prepare = prepare,
    .plan_free = plan_free,
    .check = check,
    .apply = apply,
};
