/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Problem details and findings: codecs. Any thread.
 */
#include "qc-problem.h"

#include <string.h>
#include "qc-wire-application.h"
#include "qc-wire-person.h"

#define MAX_FINDINGS 2000

QcProblem *
qc_problem_new (int status, const char *code, const char *title, const char *detail)
{
  QcProblem *problem = g_new0 (QcProblem, 1);
  problem->status = status;
  problem->code = g_strdup (code);
  problem->title = g_strdup (title);
  problem->detail = g_strdup (detail);
  problem->findings = qc_findings_new ();
  return problem;
}

QcProblem *
qc_problem_copy (const QcProblem *problem)
{
  QcProblem *copy = qc_problem_new (problem->status, problem->code, problem->title, problem->detail);
  for (guint i = 0; i < problem->findings->len; i++)
    g_ptr_array_add (copy->findings, qc_finding_copy (g_ptr_array_index (problem->findings, i)));
  if (problem->application != NULL)
    copy->application = qc_application_copy (problem->application);
  if (problem->person != NULL)
    copy->person = qc_employee_copy (problem->person);
  return copy;
}

void
qc_problem_free (QcProblem *problem)
{
  if (problem == NULL)
    return;
  g_free (problem->code);
  g_free (problem->title);
  g_free (problem->detail);
  g_ptr_array_unref (problem->findings);
  qc_application_free (problem->application);
  qc_employee_free (problem->person);
  g_free (problem);
}

/* ---- findings ---- */

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (a, b);
}

static void
write_args (QcJsonWriter *writer, GHashTable *args)
{
  g_autoptr (GList) names = args != NULL ? g_hash_table_get_keys (args) : NULL;
  names = g_list_sort (names, compare_names);
  gboolean some = FALSE;
  for (GList *l = names; l != NULL; l = l->next) {
    if (!some) {
      qc_json_writer_name (writer, "args");
      qc_json_writer_begin_object (writer);
      some = TRUE;
    }
    qc_json_writer_opt_text (writer, l->data, QC_TEXT_REMARK, g_hash_table_lookup (args, l->data));
  }
  if (some)
    qc_json_writer_end_object (writer);
}

static void
write_finding (QcJsonWriter *writer, const QcFinding *finding)
{
  g_autofree char *sentence = qc_finding_dup_sentence (finding);
  qc_json_writer_begin_object (writer);
  qc_json_writer_add_string (writer, "code", finding->code);
  qc_json_writer_add_string (writer, "severity", qc_severity_to_code (finding->severity));
  if (finding->line != 0)
    qc_json_writer_add_int (writer, "line", finding->line);
  if (finding->month != QC_MONTH_NONE)
    qc_json_writer_add_int (writer, "month", finding->month);
  qc_json_writer_opt_string (writer, "person", finding->person);
  qc_json_writer_opt_string (writer, "field", finding->field);
  if (finding->total > 0)
    qc_json_writer_add_int (writer, "total", finding->total);
  write_args (writer, finding->args);
  qc_json_writer_add_text (writer, "detail", QC_TEXT_REMARK, sentence);
  qc_json_writer_end_object (writer);
}

void
qc_wire_write_findings (QcJsonWriter *writer, const GPtrArray *findings)
{
  qc_json_writer_begin_array (writer);
  for (guint i = 0; findings != NULL && i < MIN (findings->len, MAX_FINDINGS); i++)
    write_finding (writer, g_ptr_array_index (findings, i));
  qc_json_writer_end_array (writer);
}

static void
read_args (const QcWireObject *object, QcFinding *finding)
{
  g_autoptr (GHashTable) args = qc_wire_text_map (object, "args", 32, QC_TEXT_REMARK);
  GHashTableIter iter;
  g_hash_table_iter_init (&iter, args);
  gpointer name, value;
  while (g_hash_table_iter_next (&iter, &name, &value))
    qc_finding_set_arg_tagged (finding, name, value);
}

/* The center's own sentence ("detail") is for whoever reads the traffic: it must be in order and is not kept. */
static QcFinding *
read_finding (const QcWireObject *object)
{
  g_autofree char *detail = qc_wire_opt_text (object, "detail", QC_TEXT_REMARK);
  g_autofree char *person = qc_wire_opt_string (object, "person", 32);
  g_autofree char *field = qc_wire_opt_string (object, "field", 64);
  gint64 line = qc_wire_opt_int (object, "line", 1, G_MAXINT64, 0);
  QcSeverity severity = QC_SEVERITY_ERROR;
  qc_severity_from_code (qc_wire_code (object, "severity"), &severity); /* one of a newer center blocks */
  QcFinding *finding = qc_finding_new_received (qc_wire_code (object, "code"), severity);
  qc_finding_at (finding, line, person, field);
  finding->month = qc_wire_month_or_none (object, "month");
  finding->total = qc_wire_opt_int (object, "total", 1, G_MAXINT64, 0);
  read_args (object, finding);
  return finding;
}

GPtrArray *
qc_wire_read_findings (const QcWireObject *object, const char *name)
{
  GPtrArray *findings = qc_findings_new ();
  QcWireArray array;
  QcWireObject child;
  guint n = qc_wire_opt_array (object, name, MAX_FINDINGS, &array);
  for (guint i = 0; i < n && qc_wire_array_object (&array, i, &child); i++)
    g_ptr_array_add (findings, read_finding (&child));
  return findings;
}

/* ---- problems ---- */

GPtrArray *
qc_problem_dup_findings (const QcProblem *problem)
{
  GPtrArray *findings = qc_findings_new ();
  for (guint i = 0; i < problem->findings->len; i++)
    g_ptr_array_add (findings, qc_finding_copy (g_ptr_array_index (problem->findings, i)));
  if (findings->len == 0)
    g_ptr_array_add (findings, qc_finding_new_received (problem->code, QC_SEVERITY_ERROR));
  return findings;
}

void
qc_wire_write_problem (QcJsonWriter *writer, const QcProblem *problem)
{
  g_autofree char *type = g_strconcat (QC_PROBLEM_TYPE_PREFIX, problem->code, NULL);
  qc_json_writer_begin_object (writer);
  qc_json_writer_add_string (writer, "type", type);
  qc_json_writer_add_string (writer, "title", problem->title != NULL ? problem->title : problem->code);
  qc_json_writer_add_int (writer, "status", problem->status);
  qc_json_writer_add_string (writer, "code", problem->code);
  qc_json_writer_opt_text (writer, "detail", QC_TEXT_REMARK, problem->detail);
  if (problem->findings->len > 0) {
    qc_json_writer_name (writer, "findings");
    qc_wire_write_findings (writer, problem->findings);
  }
  if (problem->application != NULL) {
    qc_json_writer_name (writer, "application");
    qc_wire_write_application (writer, problem->application);
  }
  if (problem->person != NULL) {
    qc_json_writer_name (writer, "person");
    qc_wire_write_person (writer, problem->person);
  }
  qc_json_writer_end_object (writer);
}

QcProblem *
qc_wire_read_problem (const QcWireObject *object)
{
  QcProblem *problem = g_new0 (QcProblem, 1);
  g_autofree char *type = qc_wire_string (object, "type", 200);
  problem->status = (int)qc_wire_int (object, "status", 400, 599);
  problem->code = g_strdup (qc_wire_code (object, "code"));
  if (!g_str_has_prefix (type, QC_PROBLEM_TYPE_PREFIX)
      || !g_str_equal (type + strlen (QC_PROBLEM_TYPE_PREFIX), problem->code))
    qc_wire_fault (object, "type", "does not name the code");
  problem->title = qc_wire_string (object, "title", 255);
  problem->detail = qc_wire_opt_text (object, "detail", QC_TEXT_REMARK);
  problem->findings = qc_wire_read_findings (object, "findings");
  QcWireObject child;
  if (qc_wire_opt_child (object, "application", &child))
    problem->application = qc_wire_read_application (&child);
  if (qc_wire_opt_child (object, "person", &child))
    problem->person = qc_wire_read_person (&child);
  return problem;
}

GBytes *
qc_wire_encode_problem (const QcProblem *problem)
{
  g_autoptr (QcJsonWriter) writer = qc_json_writer_new (512);
  qc_wire_write_problem (writer, problem);
  return qc_json_writer_finish (writer);
}

QcProblem *
qc_wire_decode_problem (GBytes *bytes, GError **error)
{
  QcWireReader reader;
  QcWireObject root;
  if (!qc_wire_reader_open (&reader, bytes, &qc_gate_answer, &root, error))
    return NULL;
  g_autoptr (QcProblem) problem = qc_wire_read_problem (&root);
  return qc_wire_reader_close (&reader, error) ? g_steal_pointer (&problem) : NULL;
}
