/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Requests that change something, and their answers: codecs. Any thread.
 */
#include "qc-wire-submission.h"

#include "qc-wire-application.h"
#include "qc-wire-person.h"

#define MAX_CLASS_ANSWERS 10000

/* ---- submissions ---- */

void
qc_wire_class_answer_clear (QcWireClassAnswer *answer)
{
  g_clear_pointer (&answer->account, g_free);
}

QcWireSubmission *
qc_wire_submission_new (QcBusiness business)
{
  QcWireSubmission *submission = g_new0 (QcWireSubmission, 1);
  submission->business = business;
  submission->class_answers = g_array_new (FALSE, TRUE, sizeof (QcWireClassAnswer));
  g_array_set_clear_func (submission->class_answers, (GDestroyNotify)qc_wire_class_answer_clear);
  return submission;
}

void
qc_wire_submission_free (QcWireSubmission *submission)
{
  if (submission == NULL)
    return;
  qc_remittance_claim_free (submission->remittance);
  g_array_unref (submission->class_answers);
  g_free (submission);
}

static void
write_claim (QcJsonWriter *writer, const QcRemittanceClaim *claim)
{
  qc_json_writer_begin_object (writer);
  qc_json_writer_add_string (writer, "method", qc_method_to_code (claim->method));
  qc_json_writer_add_int (writer, "start", claim->start);
  qc_json_writer_add_int (writer, "end", claim->end);
  qc_json_writer_add_int (writer, "unit_revision", claim->unit_revision);
  qc_json_writer_name (writer, "months");
  qc_json_writer_begin_array (writer);
  for (guint i = 0; i < claim->months->len; i++) {
    const QcMonthLine *line = &g_array_index (claim->months, QcMonthLine, i);
    qc_json_writer_begin_object (writer);
    qc_json_writer_add_int (writer, "month", line->month);
    qc_json_writer_add_int (writer, "people", line->people);
    qc_json_writer_add_int (writer, "fen", qc_month_line_fen (line));
    qc_json_writer_end_object (writer);
  }
  qc_json_writer_end_array (writer);
  qc_json_writer_end_object (writer);
}

static void
write_class_answers (QcJsonWriter *writer, const GArray *answers)
{
  qc_json_writer_begin_object (writer);
  qc_json_writer_name (writer, "retirement_classes");
  qc_json_writer_begin_array (writer);
  for (guint i = 0; i < answers->len; i++) {
    const QcWireClassAnswer *answer = &g_array_index (answers, QcWireClassAnswer, i);
    qc_json_writer_begin_object (writer);
    qc_json_writer_add_string (writer, "account", answer->account);
    qc_json_writer_add_string (writer, "class", qc_retirement_class_to_code (answer->klass));
    qc_json_writer_end_object (writer);
  }
  qc_json_writer_end_array (writer);
  qc_json_writer_end_object (writer);
}

GBytes *
qc_wire_encode_submission (const QcWireSubmission *submission)
{
  g_autoptr (QcJsonWriter) writer = qc_json_writer_new (1024);

  qc_json_writer_begin_object (writer);
  qc_json_writer_add_string (writer, "business", qc_business_info (submission->business)->code);
  if (submission->remittance != NULL) {
    qc_json_writer_name (writer, "remittance");
    write_claim (writer, submission->remittance);
  }
  if (submission->class_answers->len > 0) {
    qc_json_writer_name (writer, "answers");
    write_class_answers (writer, submission->class_answers);
  }
  qc_json_writer_end_object (writer);
  return qc_json_writer_finish (writer);
}

static QcRemittanceClaim *
read_claim (const QcWireObject *object)
{
  QcRemittanceClaim *claim = qc_remittance_claim_new ();
  QcWireArray array;
  QcWireObject child;
  guint n;

  if (!qc_method_from_code (qc_wire_code (object, "method"), &claim->method) || claim->method == QC_METHOD_NONE)
    qc_wire_fault (object, "method", "unknown code");
  claim->start = qc_wire_month (object, "start");
  claim->end = qc_wire_month (object, "end");
  claim->unit_revision = qc_wire_revision (object, "unit_revision");
  n = qc_wire_array (object, "months", QC_WIRE_MAX_MONTHS, &array);
  if (n == 0)
    qc_wire_fault (object, "months", "empty");
  for (guint i = 0; i < n && qc_wire_array_object (&array, i, &child); i++) {
    QcMonthLine line = {
        .month = qc_wire_month (&child, "month"),
        .people = qc_wire_count (&child, "people"),
        .unit_fen = qc_wire_money (&child, "fen"),
    };
    g_array_append_val (claim->months, line);
  }
  return claim;
}

static void
read_class_answers (const QcWireObject *object, GArray *answers)
{
  QcWireArray array;
  QcWireObject child;
  guint n = qc_wire_opt_array (object, "retirement_classes", MAX_CLASS_ANSWERS, &array);

  for (guint i = 0; i < n && qc_wire_array_object (&array, i, &child); i++) {
    QcWireClassAnswer answer = {.account = g_strdup (qc_wire_code (&child, "account"))};
    if (!qc_retirement_class_from_code (qc_wire_code (&child, "class"), &answer.klass)
        || answer.klass == QC_RETIREMENT_UNKNOWN)
      qc_wire_fault (&child, "class", "unknown code");
    g_array_append_val (answers, answer);
  }
}

static QcWireSubmission *
read_submission (const QcWireObject *root)
{
  QcWireSubmission *submission = qc_wire_submission_new (QC_BUSINESS_REMITTANCE);
  QcWireObject child;

  if (!qc_business_from_code (qc_wire_code (root, "business"), &submission->business))
    qc_wire_fault (root, "business", "unknown code");
  else if (submission->business == QC_BUSINESS_REMITTANCE && qc_wire_child (root, "remittance", &child))
    submission->remittance = read_claim (&child);
  if (qc_wire_opt_child (root, "answers", &child))
    read_class_answers (&child, submission->class_answers);
  return submission;
}

QcWireSubmission *
qc_wire_decode_submission (GBytes *bytes, GError **error)
{
  QcWireReader reader;
  QcWireObject root;
  g_autoptr (QcWireSubmission) submission = NULL;

  if (!qc_wire_reader_open (&reader, bytes, &qc_gate_request, &root, error))
    return NULL;
  submission = read_submission (&root);
  return qc_wire_reader_close (&reader, error) ? g_steal_pointer (&submission) : NULL;
}

/* ---- actions and retirement facts ---- */

GBytes *
qc_wire_encode_action (QcApplicationAction action)
{
  g_autoptr (QcJsonWriter) writer = qc_json_writer_new (64);
  qc_json_writer_begin_object (writer);
  qc_json_writer_add_string (writer, "action", qc_action_to_code (action));
  qc_json_writer_end_object (writer);
  return qc_json_writer_finish (writer);
}

gboolean
qc_wire_decode_action (GBytes *bytes, QcApplicationAction *out, GError **error)
{
  QcWireReader reader;
  QcWireObject root;
  QcApplicationAction action = QC_ACTION_DELETE;

  if (!qc_wire_reader_open (&reader, bytes, &qc_gate_request, &root, error))
    return FALSE;
  if (!qc_action_from_code (qc_wire_code (&root, "action"), &action) || action > QC_ACTION_REDRAW)
    qc_wire_fault (&root, "action", "unknown code");
  if (!qc_wire_reader_close (&reader, error))
    return FALSE;
  *out = action;
  return TRUE;
}

GBytes *
qc_wire_encode_retirement (const QcWireRetirement *retirement)
{
  g_autoptr (QcJsonWriter) writer = qc_json_writer_new (64);
  qc_json_writer_begin_object (writer);
  if (retirement->klass != QC_RETIREMENT_UNKNOWN)
    qc_json_writer_add_string (writer, "class", qc_retirement_class_to_code (retirement->klass));
  if (retirement->authorized_until != QC_MONTH_NONE)
    qc_json_writer_add_int (writer, "authorized_until", retirement->authorized_until);
  qc_json_writer_end_object (writer);
  return qc_json_writer_finish (writer);
}

gboolean
qc_wire_decode_retirement (GBytes *bytes, QcWireRetirement *out, GError **error)
{
  QcWireReader reader;
  QcWireObject root;
  QcWireRetirement retirement = {QC_RETIREMENT_UNKNOWN, QC_MONTH_NONE};

  if (!qc_wire_reader_open (&reader, bytes, &qc_gate_request, &root, error))
    return FALSE;
  if (qc_wire_has (&root, "class")
      && (!qc_retirement_class_from_code (qc_wire_code (&root, "class"), &retirement.klass)
          || retirement.klass == QC_RETIREMENT_UNKNOWN))
    qc_wire_fault (&root, "class", "unknown code");
  if (qc_wire_has (&root, "authorized_until"))
    retirement.authorized_until = qc_wire_month (&root, "authorized_until");
  if (retirement.klass == QC_RETIREMENT_UNKNOWN && retirement.authorized_until == QC_MONTH_NONE)
    qc_wire_fault (&root, "class", "nothing is said");
  if (!qc_wire_reader_close (&reader, error))
    return FALSE;
  *out = retirement;
  return TRUE;
}

/* ---- answers ---- */

void
qc_wire_answer_free (QcWireAnswer *answer)
{
  if (answer == NULL)
    return;
  qc_application_free (answer->application);
  qc_employee_free (answer->person);
  g_ptr_array_unref (answer->findings);
  g_free (answer);
}

GBytes *
qc_wire_encode_answer (const QcApplication *application, const QcEmployee *person, const GPtrArray *findings)
{
  g_autoptr (QcJsonWriter) writer = qc_json_writer_new (2048);

  qc_json_writer_begin_object (writer);
  if (application != NULL) {
    qc_json_writer_name (writer, "application");
    qc_wire_write_application (writer, application);
  }
  if (person != NULL) {
    qc_json_writer_name (writer, "person");
    qc_wire_write_person (writer, person);
  }
  if (findings != NULL && findings->len > 0) {
    qc_json_writer_name (writer, "findings");
    qc_wire_write_findings (writer, findings);
  }
  qc_json_writer_end_object (writer);
  return qc_json_writer_finish (writer);
}

static QcWireAnswer *
read_answer (const QcWireObject *object)
{
  QcWireAnswer *answer = g_new0 (QcWireAnswer, 1);
  QcWireObject child;

  if (qc_wire_opt_child (object, "application", &child))
    answer->application = qc_wire_read_application (&child);
  if (qc_wire_opt_child (object, "person", &child))
    answer->person = qc_wire_read_person (&child);
  answer->findings = qc_wire_read_findings (object, "findings");
  if (answer->application == NULL && answer->person == NULL)
    qc_wire_fault (object, "application", "neither application nor person");
  return answer;
}

QcWireAnswer *
qc_wire_decode_answer (GBytes *bytes, GError **error)
{
  QcWireReader reader;
  QcWireObject root;
  g_autoptr (QcWireAnswer) answer = NULL;

  if (!qc_wire_reader_open (&reader, bytes, &qc_gate_answer, &root, error))
    return NULL;
  answer = read_answer (&root);
  return qc_wire_reader_close (&reader, error) ? g_steal_pointer (&answer) : NULL;
}

/* ---- the state of a key ---- */

static const char *const key_states[] = {
    [QC_WIRE_KEY_UNKNOWN] = "unknown",
    [QC_WIRE_KEY_ACCEPTED] = "accepted",
    [QC_WIRE_KEY_REFUSED] = "refused",
};

void
qc_wire_status_free (QcWireStatus *status)
{
  if (status == NULL)
    return;
  qc_wire_answer_free (status->answer);
  qc_problem_free (status->problem);
  g_free (status);
}

GBytes *
qc_wire_encode_status (QcWireKeyState state, GBytes *stored)
{
  g_autoptr (QcJsonWriter) writer = qc_json_writer_new (2048);

  qc_json_writer_begin_object (writer);
  qc_json_writer_add_string (writer, "state", key_states[state]);
  if (state != QC_WIRE_KEY_UNKNOWN && stored != NULL) {
    gsize length;
    const char *json = g_bytes_get_data (stored, &length);
    qc_json_writer_name (writer, state == QC_WIRE_KEY_ACCEPTED ? "answer" : "problem");
    qc_json_writer_raw (writer, json, (gssize)length);
  }
  qc_json_writer_end_object (writer);
  return qc_json_writer_finish (writer);
}

static QcWireStatus *
read_status (const QcWireObject *root)
{
  QcWireStatus *status = g_new0 (QcWireStatus, 1);
  const char *code = qc_wire_code (root, "state");
  QcWireObject child;

  if (g_str_equal (code, "accepted"))
    status->state = QC_WIRE_KEY_ACCEPTED;
  else if (g_str_equal (code, "refused"))
    status->state = QC_WIRE_KEY_REFUSED;
  else if (!g_str_equal (code, "unknown"))
    qc_wire_fault (root, "state", "unknown code");
  if (status->state == QC_WIRE_KEY_ACCEPTED && qc_wire_child (root, "answer", &child))
    status->answer = read_answer (&child);
  if (status->state == QC_WIRE_KEY_REFUSED && qc_wire_child (root, "problem", &child))
    status->problem = qc_wire_read_problem (&child);
  return status;
}

QcWireStatus *
qc_wire_decode_status (GBytes *bytes, GError **error)
{
  QcWireReader reader;
  QcWireObject root;
  g_autoptr (QcWireStatus) status = NULL;

  if (!qc_wire_reader_open (&reader, bytes, &qc_gate_answer, &root, error))
    return NULL;
  status = read_status (&root);
  return qc_wire_reader_close (&reader, error) ? g_steal_pointer (&status) : NULL;
}
