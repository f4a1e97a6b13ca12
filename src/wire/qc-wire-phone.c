/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * An address for a telephone: codec. Any thread.
 */
#include "qc-wire-phone.h"

#include <string.h>

#include "qc-attachment.h"
#include "qc-json-writer.h"
#include "qc-wire-object.h"

#define MAX_ID      64
#define MAX_ADDRESS 200
#define MAX_SECONDS (24 * 3600)

void
qc_wire_phone_request_clear (QcWirePhoneRequest *request)
{
  g_clear_pointer (&request->label, g_free);
}

GBytes *
qc_wire_encode_phone_request (const QcWirePhoneRequest *request)
{
  g_autoptr (QcJsonWriter) writer = qc_json_writer_new (128);
  qc_json_writer_begin_object (writer);
  qc_json_writer_add_text (writer, "label", QC_TEXT_LABEL, request->label);
  qc_json_writer_add_int (writer, "pictures", request->pictures);
  qc_json_writer_end_object (writer);
  return qc_json_writer_finish (writer);
}

gboolean
qc_wire_decode_phone_request (GBytes *bytes, QcWirePhoneRequest *out, GError **error)
{
  QcWireReader reader;
  QcWireObject root;
  *out = (QcWirePhoneRequest) {0};
  if (!qc_wire_reader_open (&reader, bytes, &qc_gate_request, &root, error))
    return FALSE;
  out->label = qc_wire_text (&root, "label", QC_TEXT_LABEL);
  out->pictures = (guint)qc_wire_int (&root, "pictures", 1, QC_WIRE_PHONE_MOST);
  return qc_wire_reader_close (&reader, error);
}

QcWirePhone *
qc_wire_phone_new (void)
{
  QcWirePhone *phone = g_new0 (QcWirePhone, 1);
  phone->arrived = g_array_new (FALSE, FALSE, sizeof (QcWirePhonePicture));
  return phone;
}

void
qc_wire_phone_free (QcWirePhone *phone)
{
  if (phone == NULL)
    return;
  g_free (phone->id);
  g_free (phone->address);
  g_array_unref (phone->arrived);
  g_free (phone);
}

GBytes *
qc_wire_encode_phone (const QcWirePhone *phone)
{
  g_autoptr (QcJsonWriter) writer = qc_json_writer_new (512);
  qc_json_writer_begin_object (writer);
  qc_json_writer_add_string (writer, "id", phone->id);
  if (phone->address != NULL)
    qc_json_writer_add_string (writer, "address", phone->address);
  qc_json_writer_add_int (writer, "expires", phone->expires);
  qc_json_writer_add_int (writer, "seconds", phone->seconds);
  qc_json_writer_add_int (writer, "pictures", phone->pictures);
  qc_json_writer_add_int (writer, "taken", phone->taken);
  qc_json_writer_name (writer, "arrived");
  qc_json_writer_begin_array (writer);
  for (guint i = 0; i < phone->arrived->len; i++) {
    const QcWirePhonePicture *picture = &g_array_index (phone->arrived, QcWirePhonePicture, i);
    qc_json_writer_begin_object (writer);
    qc_json_writer_add_int (writer, "number", picture->number);
    qc_json_writer_add_int (writer, "size", picture->size);
    qc_json_writer_end_object (writer);
  }
  qc_json_writer_end_array (writer);
  qc_json_writer_end_object (writer);
  return qc_json_writer_finish (writer);
}

static void
read_arrived (const QcWireObject *root, GArray *out)
{
  QcWireArray array;
  QcWireObject child;
  guint n = qc_wire_array (root, "arrived", QC_WIRE_PHONE_MOST, &array);
  guint last = 0;
  for (guint i = 0; i < n && qc_wire_array_object (&array, i, &child); i++) {
    QcWirePhonePicture picture = {(guint)qc_wire_int (&child, "number", last + 1, QC_WIRE_PHONE_MOST),
                                  qc_wire_int (&child, "size", 1, QC_ATTACHMENT_MAX_SIZE)};
    last = picture.number;
    g_array_append_val (out, picture);
  }
}

QcWirePhone *
qc_wire_decode_phone (GBytes *bytes, GError **error)
{
  QcWireReader reader;
  QcWireObject root;
  if (!qc_wire_reader_open (&reader, bytes, &qc_gate_answer, &root, error))
    return NULL;
  g_autoptr (QcWirePhone) phone = qc_wire_phone_new ();
  phone->id = qc_wire_string (&root, "id", MAX_ID);
  phone->address = qc_wire_opt_string (&root, "address", MAX_ADDRESS);
  phone->expires = qc_wire_time (&root, "expires");
  phone->seconds = qc_wire_int (&root, "seconds", 0, MAX_SECONDS);
  phone->pictures = (guint)qc_wire_int (&root, "pictures", 1, QC_WIRE_PHONE_MOST);
  phone->taken = (guint)qc_wire_int (&root, "taken", 0, QC_WIRE_PHONE_MOST);
  read_arrived (&root, phone->arrived);
  return qc_wire_reader_close (&reader, error) ? g_steal_pointer (&phone) : NULL;
}
