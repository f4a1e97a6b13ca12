/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The cursor that the decoders read through: values as they were written, members in any order, and of several faults
 * the first with its path.
 */
#include <string.h>

#include "qc-wire-object.h"

static void
open_reader (QcWireReader *reader, const char *json, QcWireObject *root)
{
  g_autoptr (GBytes) bytes = g_bytes_new (json, strlen (json));
  g_autoptr (GError) error = NULL;
  qc_wire_reader_open (reader, bytes, &qc_gate_request, root, &error);
  g_assert_no_error (error);
}

static void
test_values (void)
{
  static const char json[]
      = " { \"a\" : \"\\ud842\\udfb7\\u4e2d\\u00b7\\\"\\\\\\/\\b\\f\\n\\r\\t𠮷\" , \"\\u0062\":[ ] ,"
        "\"c\":[{\"x\":null,\"y\":true}],\"d\":{\"k\":\"1\",\"l\":\"\"},\"e\":false,"
        "\"max\":9223372036854775807,\"min\":-9223372036854775808} ";
  QcWireReader reader;
  QcWireObject root;
  open_reader (&reader, json, &root);
  g_assert_cmpint (qc_wire_int (&root, "min", G_MININT64, G_MAXINT64), ==, G_MININT64);
  g_assert_cmpint (qc_wire_int (&root, "max", G_MININT64, G_MAXINT64), ==, G_MAXINT64);
  g_assert_false (qc_wire_bool (&root, "e"));
  g_autofree char *text = qc_wire_string (&root, "a", 13);
  g_assert_cmpstr (text, ==, "𠮷中·\"\\/\b\f\n\r\t𠮷");
  QcWireArray array;
  g_assert_cmpuint (qc_wire_array (&root, "b", 0, &array), ==, 0);
  g_assert_cmpuint (qc_wire_array (&root, "c", 1, &array), ==, 1);
  QcWireObject child;
  g_assert_true (qc_wire_array_object (&array, 0, &child));
  g_assert_true (qc_wire_bool (&child, "y"));
  g_assert_true (qc_wire_mentions (&child, "x"));
  g_assert_false (qc_wire_has (&child, "x"));
  g_assert_false (qc_wire_mentions (&child, "z"));
  g_autoptr (GHashTable) map = qc_wire_text_map (&root, "d", 2, QC_TEXT_REMARK);
  g_assert_cmpuint (g_hash_table_size (map), ==, 2);
  g_assert_cmpstr (g_hash_table_lookup (map, "k"), ==, "1");
  g_assert_true (qc_wire_reader_close (&reader, NULL));
}

static void
test_first_fault (void)
{
  QcWireReader reader;
  QcWireObject root;
  open_reader (&reader, "{\"list\":{\"rows\":[{},{\"fen\":\"1\",\"month\":202613}]}}", &root);
  QcWireObject list;
  g_assert_true (qc_wire_child (&root, "list", &list));
  QcWireArray rows;
  g_assert_cmpuint (qc_wire_array (&list, "rows", 2, &rows), ==, 2);
  QcWireObject child;
  g_assert_true (qc_wire_array_object (&rows, 1, &child));
  g_assert_cmpint (qc_wire_money (&child, "fen"), ==, 0);
  g_assert_cmpint (qc_wire_month (&child, "month"), ==, QC_MONTH_NONE);
  g_autoptr (GError) error = NULL;
  g_assert_false (qc_wire_reader_close (&reader, &error));
  g_assert_error (error, QC_WIRE_ERROR, QC_WIRE_ERROR_TYPE);
  g_assert_cmpstr (error->message, ==, "list.rows[1].fen: an integer is expected");
}

/* A message is an object, and any bytes are refused by the gate. */
static void
test_root (void)
{
  static const char *const bad[] = {"[]", "1", "null", "{} {}", "{\"a\":1,\"a\":2}", ""};
  QcWireReader reader;
  QcWireObject root;
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GBytes) bytes = g_bytes_new (bad[i], strlen (bad[i]));
    g_autoptr (GError) error = NULL;
    g_assert_false (qc_wire_reader_open (&reader, bytes, &qc_gate_request, &root, &error));
    g_assert_true (error->domain == QC_WIRE_ERROR);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/object/values", test_values);
  g_test_add_func ("/wire/object/first-fault", test_first_fault);
  g_test_add_func ("/wire/object/root", test_root);
  return g_test_run ();
}
