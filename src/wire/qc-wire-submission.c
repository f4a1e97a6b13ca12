/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Requests that change something, and their answers: codecs. Any thread.
 */
#include "qc-wire-submission.h"

#include <string.h>

#include "qc-terms.h"
#include "qc-wire-application.h"
#include "qc-wire-attachment.h"
#include "qc-wire-fact.h"
#include "qc-wire-line.h"
#include "qc-wire-person.h"

/* The gates of a submission's lines of text. */
static const QcGateLimits gate_head = {.max_size = 256 * 1024, .max_depth = 8, .max_values = 8192, .max_members = 64};
static const QcGateLimits gate_line = {.max_size = 4 * 1024, .max_depth = 4, .max_values = 128, .max_members = 64};

/* ---- submissions ---- */

static void
write_claim (QcJsonWriter *writer, const QcRemittanceClaim *claim)
{
  qc_json_writer_begin_object (writer);
  qc_json_writer_add_string (writer, "method", qc_method_to_code (claim->method));
  qc_json_writer_add_int (writer, "start", claim->start);
  qc_json_writer_add_int (writer, "end", claim->end);
  qc_json_writer_add_string (writer, "terms", claim->terms);
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
add_line_of_text (GByteArray *out, QcJsonWriter *writer)
{
  g_autoptr (GBytes) bytes = qc_json_writer_finish (writer);
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  g_byte_array_append (out, data, (guint)size);
  g_byte_array_append (out, (const guint8 *)"\n", 1);
}

/* line → where its attachments begin, and one more. */
static GHashTable *
index_lines (const GPtrArray *attachments)
{
  GHashTable *index = g_hash_table_new (g_int64_hash, g_int64_equal);
  for (guint i = attachments->len; i > 0; i--) {
    QcAttachment *attachment = g_ptr_array_index (attachments, i - 1);
    g_hash_table_insert (index, &attachment->line, GUINT_TO_POINTER (i));
  }
  return index;
}

static void
write_attachments (QcJsonWriter *writer, const QcSubmission *submission, GHashTable *index, gint64 line)
{
  guint first = GPOINTER_TO_UINT (g_hash_table_lookup (index, &line));
  if (first > 0)
    qc_wire_write_attachments_of (writer, submission->attachments, first - 1, line);
}

GBytes *
qc_wire_encode_submission (const QcSubmission *submission)
{
  g_autoptr (QcJsonWriter) writer = qc_json_writer_new (1024);
  const GPtrArray *lines = submission->roster->lines;
  g_autoptr (GByteArray) out = g_byte_array_sized_new (1024 + 256 * lines->len);
  g_autoptr (GHashTable) index = index_lines (submission->attachments);
  qc_json_writer_begin_object (writer);
  qc_json_writer_add_string (writer, "business", qc_business_info (submission->business)->code);
  if (submission->method != QC_METHOD_NONE)
    qc_json_writer_add_string (writer, "method", qc_method_to_code (submission->method));
  if (submission->replaces != NULL)
    qc_json_writer_add_string (writer, "replaces", submission->replaces);
  if (submission->effective != QC_MONTH_NONE)
    qc_json_writer_add_int (writer, "effective", submission->effective);
  if (submission->remittance != NULL) {
    qc_json_writer_name (writer, "remittance");
    write_claim (writer, submission->remittance);
  }
  if (qc_business_info (submission->business)->has_facts)
    qc_wire_write_facts (writer, submission->facts);
  write_attachments (writer, submission, index, 0);
  qc_json_writer_add_int (writer, "lines", lines->len);
  qc_json_writer_end_object (writer);
  add_line_of_text (out, writer);
  for (guint i = 0; i < lines->len; i++) {
    const QcRosterLine *line = g_ptr_array_index (lines, i);
    qc_json_writer_begin_object (writer);
    qc_wire_write_line_members (writer, submission->business, line);
    write_attachments (writer, submission, index, line->id);
    qc_json_writer_end_object (writer);
    add_line_of_text (out, writer);
  }
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

static QcRemittanceClaim *
read_claim (const QcWireObject *object)
{
  QcRemittanceClaim *claim = qc_remittance_claim_new ();
  if (!qc_method_from_code (qc_wire_code (object, "method"), &claim->method) || claim->method == QC_METHOD_NONE)
    qc_wire_fault (object, "method", "unknown code");
  claim->start = qc_wire_month (object, "start");
  claim->end = qc_wire_month (object, "end");
  claim->terms = qc_wire_string (object, "terms", QC_TERMS_LENGTH);
  QcWireArray array;
  guint n = qc_wire_array (object, "months", QC_WIRE_MAX_MONTHS, &array);
  if (n == 0)
    qc_wire_fault (object, "months", "empty");
  QcWireObject child;
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

/* *@lines: how many lines the head says. */
static QcSubmission *
read_head (const QcWireObject *root, guint *lines)
{
  QcSubmission *submission = qc_submission_new (QC_BUSINESS_OTHER);
  /* of a newer client: the engine says that it does not offer it */
  qc_business_from_code (qc_wire_code (root, "business"), &submission->business);
  submission->effective = qc_wire_month_or_none (root, "effective");
  if (qc_wire_has (root, "method") && !qc_method_from_code (qc_wire_code (root, "method"), &submission->method))
    qc_wire_fault (root, "method", "unknown code");
  if (qc_wire_has (root, "replaces"))
    submission->replaces = g_strdup (qc_wire_code (root, "replaces"));
  QcWireObject child;
  if (submission->business == QC_BUSINESS_REMITTANCE && qc_wire_child (root, "remittance", &child))
    submission->remittance = read_claim (&child);
  if (qc_business_info (submission->business)->has_facts) {
    g_ptr_array_unref (submission->facts);
    submission->facts = qc_wire_read_facts (root);
  }
  qc_wire_read_attachments (root, QC_ATTACHMENT_MAX_OWN, 0, submission->attachments);
  *lines = (guint)qc_wire_int (root, "lines", 0, QC_SUBMISSION_MAX_LINES);
  return submission;
}

/* The next line of text of @bytes from *@at on. FALSE at the end. */
static gboolean
next_line_of_text (GBytes *bytes, gsize *at, GBytes **out)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  if (*at >= size)
    return FALSE;
  const char *end = memchr (data + *at, '\n', size - *at);
  gsize length = end != NULL ? (gsize)(end - data) - *at : size - *at;
  *out = g_bytes_new_from_bytes (bytes, *at, length);
  *at += length + 1;
  return TRUE;
}

static gboolean
read_line (GBytes *text, QcSubmission *submission, GError **error)
{
  QcWireReader reader;
  QcWireObject root;
  if (!qc_wire_reader_open (&reader, text, &gate_line, &root, error))
    return FALSE;
  g_autoptr (QcRosterLine) line = qc_wire_read_line (&root, submission->business);
  if (qc_roster_find (submission->roster, line->id) != NULL)
    qc_wire_fault (&root, "line", "the same id twice");
  qc_wire_read_attachments (&root, QC_ATTACHMENT_MAX_LINE, line->id, submission->attachments);
  if (!qc_wire_reader_close (&reader, error))
    return FALSE;
  qc_roster_take (submission->roster, -1, g_steal_pointer (&line));
  return TRUE;
}

static gboolean
read_lines (GBytes *bytes, gsize at, QcSubmission *submission, guint n, GError **error)
{
  for (guint i = 0; i < n; i++) {
    g_autoptr (GBytes) text = NULL;
    if (!next_line_of_text (bytes, &at, &text)) {
      g_set_error (error, QC_WIRE_ERROR, QC_WIRE_ERROR_VALUE, "lines: %u announced, %u there", n, i);
      return FALSE;
    }
    if (!read_line (text, submission, error)) {
      g_prefix_error (error, "line %u: ", i + 2);
      return FALSE;
    }
  }
  if (at < g_bytes_get_size (bytes)) {
    g_set_error (error, QC_WIRE_ERROR, QC_WIRE_ERROR_VALUE, "lines: more than the %u announced", n);
    return FALSE;
  }
  return TRUE;
}

/* *@at: where the lines begin. */
static QcSubmission *
decode_head (GBytes *bytes, gsize *at, guint *lines, GError **error)
{
  g_autoptr (GBytes) head = NULL;
  if (!next_line_of_text (bytes, at, &head))
    head = g_bytes_new_static ("", 0);
  QcWireObject root;
  QcWireReader reader;
  if (!qc_wire_reader_open (&reader, head, &gate_head, &root, error))
    return NULL;
  g_autoptr (QcSubmission) submission = read_head (&root, lines);
  return qc_wire_reader_close (&reader, error) ? g_steal_pointer (&submission) : NULL;
}

QcSubmission *
qc_wire_decode_submission_head (GBytes *bytes, guint *out_lines, GError **error)
{
  gsize at = 0;
  return decode_head (bytes, &at, out_lines, error);
}

QcSubmission *
qc_wire_decode_submission (GBytes *bytes, GError **error)
{
  if (g_bytes_get_size (bytes) > QC_SUBMISSION_MAX_SIZE) {
    g_set_error_literal (error, QC_WIRE_ERROR, QC_WIRE_ERROR_SIZE, "too large");
    return NULL;
  }
  guint n = 0;
  gsize at = 0;
  g_autoptr (QcSubmission) submission = decode_head (bytes, &at, &n, error);
  if (submission == NULL || !read_lines (bytes, at, submission, n, error))
    return NULL;
  qc_attachment_list_sort (submission->attachments);
  return g_steal_pointer (&submission);
}

/* ---- actions ---- */

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
  if (!qc_wire_reader_open (&reader, bytes, &qc_gate_request, &root, error))
    return FALSE;
  QcApplicationAction action = QC_ACTION_DELETE;
  if (!qc_action_from_code (qc_wire_code (&root, "action"), &action) || action > QC_ACTION_REDRAW)
    qc_wire_fault (&root, "action", "unknown code");
  if (!qc_wire_reader_close (&reader, error))
    return FALSE;
  *out = action;
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
  if (!qc_wire_reader_open (&reader, bytes, &qc_gate_answer, &root, error))
    return NULL;
  g_autoptr (QcWireAnswer) answer = read_answer (&root);
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
  if (g_str_equal (code, "accepted"))
    status->state = QC_WIRE_KEY_ACCEPTED;
  else if (g_str_equal (code, "refused"))
    status->state = QC_WIRE_KEY_REFUSED;
  else if (!g_str_equal (code, "unknown"))
    qc_wire_fault (root, "state", "unknown code");
  QcWireObject child;
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
  if (!qc_wire_reader_open (&reader, bytes, &qc_gate_answer, &root, error))
    return NULL;
  g_autoptr (QcWireStatus) status = read_status (&root);
  return qc_wire_reader_close (&reader, error) ? g_steal_pointer (&status) : NULL;
}
