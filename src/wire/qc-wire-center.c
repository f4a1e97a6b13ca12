/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The center's own document, practice controls and payee notice: codecs. Any thread.
 */
#include "qc-wire-center.h"

#include <string.h>

#define MAX_KEYS     64
#define MAX_DELAY    31536000
#define MAX_FEATURES 64

/* ---- keys ---- */

void
qc_wire_key_free (QcWireKey *key)
{
  if (key == NULL)
    return;
  g_free (key->id);
  g_free (key->algorithm);
  g_free (key->public_key);
  g_free (key);
}

void
qc_wire_write_key (QcJsonWriter *writer, const QcWireKey *key)
{
  qc_json_writer_begin_object (writer);
  qc_json_writer_add_string (writer, "id", key->id);
  qc_json_writer_add_string (writer, "algorithm", key->algorithm);
  qc_json_writer_add_string (writer, "public", key->public_key);
  qc_json_writer_add_int (writer, "from", key->from);
  qc_json_writer_add_int (writer, "until", key->until);
  qc_json_writer_end_object (writer);
}

void
qc_wire_write_keys (QcJsonWriter *writer, const GPtrArray *keys)
{
  qc_json_writer_begin_array (writer);
  for (guint i = 0; keys != NULL && i < keys->len; i++)
    qc_wire_write_key (writer, g_ptr_array_index (keys, i));
  qc_json_writer_end_array (writer);
}

/* Base64 of 32 bytes. */
static gboolean
is_public_key (const char *text)
{
  if (text[0] == '\0')
    return FALSE;
  gsize length = 0;
  g_autofree guchar *bytes = g_base64_decode (text, &length);
  g_autofree char *again = g_base64_encode (bytes, length);
  return length == 32 && g_str_equal (again, text);
}

QcWireKey *
qc_wire_read_key (const QcWireObject *object)
{
  QcWireKey *key = g_new0 (QcWireKey, 1);
  key->id = g_strdup (qc_wire_code (object, "id"));
  if (strpbrk (key->id, ".:") != NULL)
    qc_wire_fault (object, "id", "not a key id");
  key->algorithm = g_strdup (qc_wire_code (object, "algorithm"));
  if (!g_str_equal (key->algorithm, "ed25519"))
    qc_wire_fault (object, "algorithm", "unknown algorithm");
  key->public_key = qc_wire_string (object, "public", 64);
  if (!is_public_key (key->public_key))
    qc_wire_fault (object, "public", "not a key");
  key->from = qc_wire_time (object, "from");
  key->until = qc_wire_time (object, "until");
  if (key->until != 0 && key->until <= key->from)
    qc_wire_fault (object, "until", "before from");
  return key;
}

GPtrArray *
qc_wire_read_keys (const QcWireObject *object)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_wire_key_free);
  QcWireArray array;
  QcWireObject child;
  guint n = qc_wire_opt_array (object, "keys", MAX_KEYS, &array);
  for (guint i = 0; i < n && qc_wire_array_object (&array, i, &child); i++)
    g_ptr_array_add (keys, qc_wire_read_key (&child));
  return keys;
}

/* ---- the center ---- */

void
qc_wire_center_free (QcWireCenter *center)
{
  if (center == NULL)
    return;
  g_free (center->name);
  g_free (center->department);
  g_clear_pointer (&center->keys, g_ptr_array_unref);
  g_strfreev (center->features);
  g_free (center);
}

GBytes *
qc_wire_encode_center (const QcWireCenter *center)
{
  g_autoptr (QcJsonWriter) writer = qc_json_writer_new (512);
  qc_json_writer_begin_object (writer);
  qc_json_writer_add_text (writer, "name", QC_TEXT_CENTER, center->name);
  qc_json_writer_add_text (writer, "department", QC_TEXT_CENTER, center->department);
  qc_json_writer_add_bool (writer, "practice", center->practice);
  qc_json_writer_add_int (writer, "today", center->today);
  qc_json_writer_add_int (writer, "time", center->time);
  qc_json_writer_name (writer, "keys");
  qc_wire_write_keys (writer, center->keys);
  qc_json_writer_name (writer, "features");
  qc_json_writer_begin_array (writer);
  for (gsize i = 0; center->features != NULL && center->features[i] != NULL; i++)
    qc_json_writer_string (writer, center->features[i]);
  qc_json_writer_end_array (writer);
  qc_json_writer_end_object (writer);
  return qc_json_writer_finish (writer);
}

QcWireCenter *
qc_wire_decode_center (GBytes *bytes, GError **error)
{
  QcWireReader reader;
  QcWireObject root;
  if (!qc_wire_reader_open (&reader, bytes, &qc_gate_request, &root, error))
    return NULL;
  g_autoptr (QcWireCenter) center = g_new0 (QcWireCenter, 1);
  center->name = qc_wire_text (&root, "name", QC_TEXT_CENTER);
  center->department = qc_wire_text (&root, "department", QC_TEXT_CENTER);
  center->practice = qc_wire_bool (&root, "practice");
  if (center->practice && !g_str_has_suffix (center->department, "（演练）"))
    qc_wire_fault (&root, "department", "does not say that it is for practice");
  center->today = qc_wire_date (&root, "today");
  center->time = qc_wire_time (&root, "time");
  center->keys = qc_wire_read_keys (&root);
  center->features = qc_wire_string_list (&root, "features", MAX_FEATURES, 64);
  return qc_wire_reader_close (&reader, error) ? g_steal_pointer (&center) : NULL;
}

/* ---- practice ---- */

static void
write_delay (QcJsonWriter *writer, const char *name, gint64 delay)
{
  qc_json_writer_name (writer, name);
  if (delay < 0)
    qc_json_writer_null (writer);
  else
    qc_json_writer_int (writer, delay);
}

static void
write_review (QcJsonWriter *writer, const QcWirePractice *practice)
{
  write_delay (writer, "review_delay_seconds", practice->review_delay);
  qc_json_writer_add_int (writer, "review_returned_percent", practice->review_returned);
}

static void
read_review (const QcWireObject *root, QcWirePractice *practice)
{
  practice->has_review = qc_wire_mentions (root, "review_delay_seconds");
  practice->review_delay = qc_wire_opt_int (root, "review_delay_seconds", 0, MAX_DELAY, -1);
  practice->review_returned = (int)qc_wire_opt_int (root, "review_returned_percent", 0, 100, 0);
}

GBytes *
qc_wire_encode_practice (const QcWirePractice *practice)
{
  g_autoptr (QcJsonWriter) writer = qc_json_writer_new (128);
  qc_json_writer_begin_object (writer);
  qc_json_writer_add_int (writer, "today", practice->today);
  write_delay (writer, "arrival_delay_seconds", practice->arrival_delay);
  if (practice->has_review)
    write_review (writer, practice);
  qc_json_writer_end_object (writer);
  return qc_json_writer_finish (writer);
}

gboolean
qc_wire_decode_practice (GBytes *bytes, QcWirePractice *out, GError **error)
{
  QcWireReader reader;
  QcWireObject root;
  QcWirePractice practice = {.has_delay = TRUE};
  if (!qc_wire_reader_open (&reader, bytes, &qc_gate_request, &root, error))
    return FALSE;
  practice.today = qc_wire_date (&root, "today");
  practice.arrival_delay = qc_wire_opt_int (&root, "arrival_delay_seconds", 0, MAX_DELAY, -1);
  read_review (&root, &practice);
  if (!qc_wire_reader_close (&reader, error))
    return FALSE;
  *out = practice;
  return TRUE;
}

GBytes *
qc_wire_encode_practice_request (const QcWirePractice *practice)
{
  g_autoptr (QcJsonWriter) writer = qc_json_writer_new (128);
  qc_json_writer_begin_object (writer);
  if (practice->today != QC_DATE_NONE)
    qc_json_writer_add_int (writer, "today", practice->today);
  if (practice->has_delay)
    write_delay (writer, "arrival_delay_seconds", practice->arrival_delay);
  if (practice->has_review)
    write_review (writer, practice);
  qc_json_writer_end_object (writer);
  return qc_json_writer_finish (writer);
}

gboolean
qc_wire_decode_practice_request (GBytes *bytes, QcWirePractice *out, GError **error)
{
  QcWireReader reader;
  QcWireObject root;
  QcWirePractice practice = {.arrival_delay = -1};
  if (!qc_wire_reader_open (&reader, bytes, &qc_gate_request, &root, error))
    return FALSE;
  if (qc_wire_has (&root, "today"))
    practice.today = qc_wire_date (&root, "today");
  practice.has_delay = qc_wire_mentions (&root, "arrival_delay_seconds");
  practice.arrival_delay = qc_wire_opt_int (&root, "arrival_delay_seconds", 0, MAX_DELAY, -1);
  read_review (&root, &practice);
  if (practice.today == QC_DATE_NONE && !practice.has_delay && !practice.has_review)
    qc_wire_fault (&root, "today", "nothing is said");
  if (!qc_wire_reader_close (&reader, error))
    return FALSE;
  *out = practice;
  return TRUE;
}

GBytes *
qc_wire_encode_advance (int months)
{
  g_autoptr (QcJsonWriter) writer = qc_json_writer_new (64);
  qc_json_writer_begin_object (writer);
  qc_json_writer_add_int (writer, "months", months);
  qc_json_writer_end_object (writer);
  return qc_json_writer_finish (writer);
}

gboolean
qc_wire_decode_advance (GBytes *bytes, int *out, GError **error)
{
  QcWireReader reader;
  QcWireObject root;
  if (!qc_wire_reader_open (&reader, bytes, &qc_gate_request, &root, error))
    return FALSE;
  int months = (int)qc_wire_int (&root, "months", 1, 24);
  if (!qc_wire_reader_close (&reader, error))
    return FALSE;
  *out = months;
  return TRUE;
}

/* ---- payee notice ---- */

void
qc_wire_notice_free (QcWireNotice *notice)
{
  if (notice == NULL)
    return;
  g_free (notice->payee_name);
  g_free (notice->payee_account);
  g_free (notice->payee_bank);
  g_free (notice->remark);
  g_free (notice);
}

GBytes *
qc_wire_encode_notice (const QcWireNotice *notice)
{
  g_autoptr (QcJsonWriter) writer = qc_json_writer_new (512);
  qc_json_writer_begin_object (writer);
  qc_json_writer_add_text (writer, "payee_name", QC_TEXT_CENTER, notice->payee_name);
  qc_json_writer_add_string (writer, "payee_account", notice->payee_account);
  qc_json_writer_add_text (writer, "payee_bank", QC_TEXT_BANK, notice->payee_bank);
  qc_json_writer_add_int (writer, "fen", notice->fen);
  qc_json_writer_add_string (writer, "remark", notice->remark);
  qc_json_writer_end_object (writer);
  return qc_json_writer_finish (writer);
}

QcWireNotice *
qc_wire_decode_notice (GBytes *bytes, GError **error)
{
  QcWireReader reader;
  QcWireObject root;
  if (!qc_wire_reader_open (&reader, bytes, &qc_gate_request, &root, error))
    return NULL;
  g_autoptr (QcWireNotice) notice = g_new0 (QcWireNotice, 1);
  notice->payee_name = qc_wire_text (&root, "payee_name", QC_TEXT_CENTER);
  notice->payee_account = qc_wire_string (&root, "payee_account", 40);
  notice->payee_bank = qc_wire_text (&root, "payee_bank", QC_TEXT_BANK);
  notice->fen = qc_wire_money (&root, "fen");
  notice->remark = g_strdup (qc_wire_code (&root, "remark"));
  return qc_wire_reader_close (&reader, error) ? g_steal_pointer (&notice) : NULL;
}
