/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 个人账户设立 in the ledger: each line becomes a person with an account of the center's numbers and the first row of a
 * base history. Writer thread only.
 */
#include "qc-engine-roster.h"

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
  writer->person
      = qc_connection_prepare (connection,
                               "INSERT INTO person (account, unit, name, document_type, document, mobile, sex, birth, "
                               "status, status_from, base, opened, class, seq) "
                               "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                               error);
  if (writer->person != NULL)
    writer->base = qc_connection_prepare (
        connection, "INSERT INTO base_row (person, from_month, base, time, unit, seq) VALUES (?, ?, ?, ?, ?, ?)",
        error);
  if (writer->base != NULL)
    writer->line = qc_connection_prepare (
        connection, "UPDATE application_line SET person = ?, fields = ? WHERE application = ? AND line = ?", error);
  return writer->line != NULL;
}

static gboolean
write_person (QcWork *work, QcStatement *s, const QcEmployee *e, gint64 change, gint64 *out_id, GError **error)
{
  const char *texts[] = {e->name, e->document_type, e->document, e->mobile};
  const gint64 numbers[]
      = {e->sex, e->birth, e->status, e->status_from, e->base, e->opened, e->retirement_class, change};
  qc_statement_bind_text (s, 1, e->account);
  qc_statement_bind_int (s, 2, work->unit_id);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    qc_statement_bind_text (s, 3 + (int)i, texts[i]);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    qc_statement_bind_int (s, 7 + (int)i, numbers[i]);
  if (!qc_statement_run (s, error))
    return FALSE;
  *out_id = qc_connection_last_rowid (work->connection);
  return TRUE;
}

static gboolean
write_base (QcWork *work, QcStatement *s, gint64 person, const QcBaseChange *base, gint64 change, GError **error)
{
  const gint64 values[] = {person, base->from, base->base, work->call->now, work->unit_id, change};
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    qc_statement_bind_int (s, (int)i + 1, values[i]);
  return qc_statement_run (s, error);
}

/* As it counts: from the month of now. */
static gboolean
write_line (QcStatement *s, const QcRosterPlan *plan, const QcRosterLine *line, gint64 person, GError **error)
{
  g_autofree char *fields = qc_roster_plan_dup_line (plan, line);
  qc_statement_bind_int (s, 1, person);
  qc_statement_bind_text (s, 2, fields);
  qc_statement_bind_int (s, 3, plan->application);
  qc_statement_bind_int (s, 4, line->id);
  return qc_statement_run (s, error);
}

gboolean
qc_engine_open_accounts (QcWork *work, const QcRosterPlan *plan, gint64 application, GError **error)
{
  const QcRosterRules *rules = qc_roster_rules (plan->submission->business);
  g_auto (Writer) writer = {NULL, NULL, NULL};
  gint64 number, change;
  if (!writer_open (&writer, work->connection, error)
      || !qc_engine_take (work->connection, "person", plan->lines->len, &number, error)
      || !qc_engine_take (work->connection, "change", 2 * (gint64)plan->lines->len, &change, error))
    return FALSE;
  for (guint i = 0; i < plan->lines->len; i++) {
    const QcRosterLine *line = g_array_index (plan->lines, QcPlannedLine, i).line;
    g_autoptr (QcEmployee) person = qc_employee_new ();
    QcRosterEffect effect = {0};
    person->account = g_strdup_printf ("2311%010" G_GINT64_FORMAT, number++);
    rules->effect (&plan->facts, line, person, &effect);
    gint64 id;
    if (!write_person (work, writer.person, person, change++, &id, error)
        || !write_base (work, writer.base, id, &effect.base, change++, error)
        || !write_line (writer.line, plan, line, id, error))
      return FALSE;
  }
  return qc_sql_run (work->connection, error, "UPDATE application SET effective_month = ? WHERE id = ?",
                     plan->submission->effective, application)
         && qc_engine_count_people (work->connection, work->unit_id, error);
}
