/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The voucher's codec. Any thread.
 */
#include "qc-wire-voucher.h"

#include "qc-wire-object.h"

QcWireVoucher *
qc_wire_voucher_new (void)
{
  return g_new0 (QcWireVoucher, 1);
}

void
qc_wire_voucher_free (QcWireVoucher *voucher)
{
  if (voucher == NULL)
    return;
  g_free (voucher->serial);
  g_free (voucher->text);
  qc_wire_key_free (voucher->key);
  g_free (voucher);
}

GBytes *
qc_wire_encode_voucher (const QcWireVoucher *voucher)
{
  g_autoptr (QcJsonWriter) writer = qc_json_writer_new (4096);
  qc_json_writer_begin_object (writer);
  qc_json_writer_add_string (writer, "serial", voucher->serial);
  qc_json_writer_add_int (writer, "revision", voucher->revision);
  qc_json_writer_add_string (writer, "state", qc_state_to_code (voucher->state));
  qc_json_writer_add_bool (writer, "practice", voucher->practice);
  qc_json_writer_add_int (writer, "reprint", voucher->reprint);
  qc_json_writer_add_int (writer, "issued", voucher->issued);
  qc_json_writer_name (writer, "key");
  qc_wire_write_key (writer, voucher->key);
  qc_json_writer_add_string (writer, "voucher", voucher->text);
  qc_json_writer_end_object (writer);
  return qc_json_writer_finish (writer);
}

/* Printable ASCII: what base64url, numbers and dots make, and the blanks between. */
static gboolean
is_line (const char *text)
{
  if (*text == '\0')
    return FALSE;
  for (; *text != '\0'; text++)
    if (*text < ' ' || *text > '~')
      return FALSE;
  return TRUE;
}

QcWireVoucher *
qc_wire_decode_voucher (GBytes *bytes, GError **error)
{
  QcWireReader reader;
  QcWireObject root;
  if (!qc_wire_reader_open (&reader, bytes, &qc_gate_request, &root, error))
    return NULL;
  g_autoptr (QcWireVoucher) voucher = qc_wire_voucher_new ();
  voucher->serial = g_strdup (qc_wire_code (&root, "serial"));
  voucher->revision = qc_wire_revision (&root, "revision");
  if (!qc_state_from_code (qc_wire_code (&root, "state"), &voucher->state))
    qc_wire_fault (&root, "state", "unknown code");
  voucher->practice = qc_wire_bool (&root, "practice");
  voucher->reprint = (int)qc_wire_int (&root, "reprint", 0, G_MAXINT32);
  voucher->issued = qc_wire_time (&root, "issued");
  QcWireObject key;
  if (qc_wire_child (&root, "key", &key))
    voucher->key = qc_wire_read_key (&key);
  voucher->text = qc_wire_string (&root, "voucher", QC_WIRE_MAX_VOUCHER);
  if (!is_line (voucher->text))
    qc_wire_fault (&root, "voucher", "not a line of text");
  return qc_wire_reader_close (&reader, error) ? g_steal_pointer (&voucher) : NULL;
}
