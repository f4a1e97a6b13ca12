/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The roster businesses at the center, all of them: the lines are judged by core's rules on the center's own rows,
 * compared with what the clerk saw, and only then written, each line's effect as core says it. Writer thread only.
 */
#include "qc-engine-transfer.h"
#include "qc-engine-upload.h"
#include "qc-wire-attachment.h"
#include "qc-wire-fact.h"
#include "qc-wire-line.h"

/* One line with the person it is about. */
typedef struct {
  const QcRosterLine *line; /* borrowed */
  gint64 person;            /* row, 0 = nobody of the unit */
  QcEmployee *employee;     /* (owned) (nullable) */
} PlannedLine;

typedef struct {
  const QcSubmission *submission; /* (not owned) */
  GArray *policies, *ratios;      /* (owned) */
  GPtrArray *codes, *open;        /* (owned) */
  GHashTable *units;              /* (owned) (nullable) where lines name other units */
  GArray *lines;                  /* (owned) PlannedLine */
  QcRosterFacts facts;
} Plan;

static void
planned_line_clear (PlannedLine *planned)
{
  g_clear_pointer (&planned->employee, qc_employee_free);
}

static void
plan_free (gpointer data)
{
  Plan *plan = data;
  g_clear_pointer (&plan->policies, g_array_unref);
  g_clear_pointer (&plan->ratios, g_array_unref);
  g_clear_pointer (&plan->codes, g_ptr_array_unref);
  g_clear_pointer (&plan->open, g_ptr_array_unref);
  g_clear_pointer (&plan->units, g_hash_table_unref);
  g_clear_pointer (&plan->lines, g_array_unref);
  g_free (plan);
}

/* ---- what the rules look at ---- */

/* One statement for all lines. */
static gboolean
find_people (QcWork *work, Plan *plan, GError **error)
{
  const GPtrArray *lines = plan->submission->roster->lines;
  g_autoptr (QcStatement) s = qc_connection_prepare (
      work->connection, "SELECT id, " QC_ENGINE_PERSON_COLUMNS " FROM person WHERE account = ? AND unit = ?", error);
  if (s == NULL)
    return FALSE;
  for (guint i = 0; i < lines->len; i++) {
    PlannedLine planned = {.line = g_ptr_array_index (lines, i)};
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
load_units (QcWork *work, Plan *plan, GError **error)
{
  if (qc_business_find_column (plan->submission->business, QC_LINE_TARGET_UNIT) == NULL)
    return TRUE;
  plan->units = qc_engine_load_receivers (work->connection, plan->submission->roster, error);
  return plan->units != NULL;
}

static gpointer
prepare (QcWork *work, const QcSubmission *submission, GError **error)
{
  Plan *plan = g_new0 (Plan, 1);
  plan->submission = submission;
  plan->lines = g_array_sized_new (FALSE, FALSE, sizeof (PlannedLine), submission->roster->lines->len);
  g_array_set_clear_func (plan->lines, (GDestroyNotify)planned_line_clear);
  if ((plan->policies = qc_engine_load_policies (work->connection, error)) != NULL
      && (plan->ratios = qc_engine_load_ratios (work->connection, work->unit_id, error)) != NULL
      && (plan->codes = qc_engine_load_codes (work->connection, error)) != NULL
      && (plan->open = qc_engine_load_open (work->connection, work->unit_id, error)) != NULL
      && load_units (work, plan, error) && find_people (work, plan, error)) {
    plan->facts = (QcRosterFacts) {
        .unit = work->unit,
        .policies = plan->policies,
        .ratios = plan->ratios,
        .codes = plan->codes,
        .open = plan->open,
        .units = plan->units,
        .today = qc_date_from_unix (work->call->now),
    };
    return plan;
  }
  plan_free (plan);
  return NULL;
}

/* A line that does not stand on what is has nothing to be judged beyond that. */
static GPtrArray *
check (QcWork *work, gpointer data, GError **error)
{
  Plan *plan = data;
  QcBusiness business = plan->submission->business;
  GPtrArray *findings = qc_findings_new ();
  qc_rules_roster_check_whole (business, &plan->facts, plan->submission->roster, plan->submission->effective, findings);
  if (qc_findings_block (findings) && plan->submission->roster->lines->len > QC_ROSTER_MAX_LINES)
    return findings;
  for (guint i = 0; i < plan->lines->len; i++) {
    const PlannedLine *planned = &g_array_index (plan->lines, PlannedLine, i);
    guint before = findings->len;
    qc_rules_roster_compare (business, &plan->facts, planned->line, planned->employee, findings);
    if (findings->len == before)
      qc_rules_roster_check_line (business, &plan->facts, planned->line, findings);
  }
  qc_findings_sort (findings);
  qc_findings_cap (findings, QC_ENGINE_FINDINGS_PER_CODE, QC_ENGINE_FINDINGS_IN_ALL);
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
      connection, "INSERT INTO application_line (application, line, person, fields) VALUES (?, ?, ?, ?)", error);
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

/* As it was confirmed, for whoever looks at the application later. */
static gboolean
write_line (Writer *writer, QcBusiness business, gint64 application, const PlannedLine *planned, GError **error)
{
  g_autoptr (QcJsonWriter) json = qc_json_writer_new (256);
  qc_wire_write_line (json, business, planned->line);
  g_autoptr (GBytes) bytes = qc_json_writer_finish (json);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autofree char *text = g_strndup (data, size);
  qc_statement_bind_int (writer->line, 1, application);
  qc_statement_bind_int (writer->line, 2, planned->line->id);
  qc_statement_bind_int (writer->line, 3, planned->person);
  qc_statement_bind_text (writer->line, 4, text);
  return qc_statement_run (writer->line, error);
}

/* What a roster does to the unit's own people. */
static gboolean
write_effects (QcWork *work, Plan *plan, gint64 application, GError **error)
{
  const QcRosterRules *rules = qc_roster_rules (plan->submission->business);
  g_auto (Writer) writer = {NULL, NULL, NULL};
  gint64 change;
  if (!writer_open (&writer, work->connection, error)
      || !qc_engine_take (work->connection, "change", 2 * (gint64)plan->lines->len, &change, error))
    return FALSE;
  for (guint i = 0; i < plan->lines->len; i++) {
    PlannedLine *planned = &g_array_index (plan->lines, PlannedLine, i);
    QcRosterEffect effect = {0};
    rules->effect (&plan->facts, planned->line, planned->employee, &effect);
    if (!write_person (&writer, planned->employee, planned->person, change++, error)
        || (effect.base.from != QC_MONTH_NONE
            && !write_base (work, &writer, &effect.base, planned->person, change++, error))
        || !write_line (&writer, plan->submission->business, application, planned, error))
      return FALSE;
  }
  return TRUE;
}

/* And where it sends them to other units. */
static gboolean
write_arrivals (QcWork *work, Plan *plan, gint64 application, GError **error)
{
  const QcRosterRules *rules = qc_roster_rules (plan->submission->business);
  g_auto (Writer) writer = {NULL, NULL, NULL};
  g_autoptr (QcTransfer) transfer = qc_transfer_new (work, error);
  if (transfer == NULL || !writer_open (&writer, work->connection, error))
    return FALSE;
  for (guint i = 0; i < plan->lines->len; i++) {
    PlannedLine *planned = &g_array_index (plan->lines, PlannedLine, i);
    QcRosterEffect effect = {0};
    rules->arrive (&plan->facts, planned->line, planned->employee, &effect);
    if (!qc_transfer_move (transfer, planned->line, planned->person, planned->employee, &effect.base, error)
        || !write_line (&writer, plan->submission->business, application, planned, error))
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

static gint64
apply (QcWork *work, gpointer data, GError **error)
{
  Plan *plan = data;
  g_autoptr (QcApplication) draft = qc_application_new ();
  draft->business = plan->submission->business;
  draft->effective = plan->submission->effective;
  draft->people = plan->submission->roster->lines->len; /* nobody twice: the rules see to that */
  gint64 id = qc_engine_create_application (work, draft, error);
  gboolean moves = qc_roster_rules (draft->business)->arrive != NULL;
  if (id == 0 || !(moves ? write_arrivals (work, plan, id, error) : write_effects (work, plan, id, error))
      || !qc_engine_count_people (work->connection, work->unit_id, error))
    return 0;
  return id;
}

/* ---- reading ---- */

#define LINES_PER_PAGE 1000

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
  g_autoptr (GPtrArray) facts
      = after == 0 ? qc_engine_load_facts (connection, application, error) : qc_fact_list_new ();
  g_autoptr (GPtrArray) attachments
      = after == 0 ? qc_engine_load_attachments (connection, application, error) : qc_attachment_list_new ();
  if (facts == NULL || attachments == NULL)
    return NULL;
  qc_json_writer_begin_object (json);
  if (facts->len > 0)
    qc_wire_write_facts (json, facts);
  if (attachments->len > 0)
    qc_wire_write_attachments (json, attachments);
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
