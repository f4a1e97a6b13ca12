/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The JSON writer: what it writes, and that the gate and the parser agree with it.
 */
#include <string.h>
#include "qc-json-writer.h"
#include "qc-wire.h"

static void
assert_bytes (GBytes *bytes, const char *expected)
{
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), expected, strlen (expected));
}

static void
test_structure (void)
{
  g_autoptr (QcJsonWriter) writer = qc_json_writer_new (0);
  qc_json_writer_begin_object (writer);
  qc_json_writer_add_int (writer, "a", G_MININT64);
  qc_json_writer_opt_string (writer, "left-out", NULL);
  qc_json_writer_add_string (writer, "b", NULL);
  qc_json_writer_name (writer, "c");
  qc_json_writer_begin_array (writer);
  qc_json_writer_int (writer, G_MAXINT64);
  qc_json_writer_bool (writer, FALSE);
  qc_json_writer_begin_object (writer);
  qc_json_writer_end_object (writer);
  qc_json_writer_raw (writer, "[0]", 3);
  qc_json_writer_null (writer);
  qc_json_writer_end_array (writer);
  qc_json_writer_add_bool (writer, "d", TRUE);
  qc_json_writer_end_object (writer);
  g_autoptr (GBytes) bytes = qc_json_writer_finish (writer);
  assert_bytes (bytes,
                "{\"a\":-9223372036854775808,\"b\":null,\"c\":[9223372036854775807,false,{},[0],null],\"d\":true}");
  /* it can be used again */
  qc_json_writer_int (writer, 0);
  g_autoptr (GBytes) second = qc_json_writer_finish (writer);
  assert_bytes (second, "0");
}

static void
test_strings (void)
{
  g_autoptr (GString) all = g_string_new (NULL);
  g_autoptr (QcJsonWriter) writer = qc_json_writer_new (0);
  for (gunichar c = 1; c < 0x3000; c++)
    if (g_unichar_validate (c))
      g_string_append_unichar (all, c);
  g_string_append (all, "𠮷䶮·（演练）\"\\");
  qc_json_writer_string (writer, all->str);
  g_autoptr (GBytes) bytes = qc_json_writer_finish (writer);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = qc_wire_parse (bytes, &qc_gate_request, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (json_node_get_string (node), ==, all->str);
}

static void
test_bad_utf8 (void)
{
  g_autoptr (QcJsonWriter) writer = qc_json_writer_new (0);
  qc_json_writer_string (writer, "a\xff"
                                 "b\n");
  g_autoptr (GBytes) bytes = qc_json_writer_finish (writer);
  assert_bytes (bytes, "\"a\xEF\xBF\xBD"
                       "b\\n\"");
}

static void
test_misuse (void)
{
  static const char *const cases[] = {"no-name", "two-names", "open", "wrong-end", "empty"};
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strconcat ("/wire/writer/misuse/", cases[i], "/subprocess", NULL);
    g_test_trap_subprocess (path, 0, G_TEST_SUBPROCESS_DEFAULT);
    g_test_trap_assert_failed ();
  }
}

static void
misuse (gconstpointer data)
{
  QcJsonWriter *writer = qc_json_writer_new (0);
  if (!g_test_subprocess ())
    return;
  if (!g_str_equal (data, "empty"))
    qc_json_writer_begin_object (writer);
  if (g_str_equal (data, "no-name"))
    qc_json_writer_int (writer, 1);
  if (g_str_equal (data, "two-names")) {
    qc_json_writer_name (writer, "a");
    qc_json_writer_name (writer, "b");
  }
  if (g_str_equal (data, "wrong-end"))
    qc_json_writer_end_array (writer);
  g_bytes_unref (qc_json_writer_finish (writer));
  qc_json_writer_free (writer);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/writer/structure", test_structure);
  g_test_add_func ("/wire/writer/strings", test_strings);
  g_test_add_func ("/wire/writer/bad-utf8", test_bad_utf8);
  g_test_add_func ("/wire/writer/misuse", test_misuse);
  g_test_add_data_func ("/wire/writer/misuse/no-name/subprocess", "no-name", misuse);
  g_test_add_data_func ("/wire/writer/misuse/two-names/subprocess", "two-names", misuse);
  g_test_add_data_func ("/wire/writer/misuse/open/subprocess", "open", misuse);
  g_test_add_data_func ("/wire/writer/misuse/wrong-end/subprocess", "wrong-end", misuse);
  g_test_add_data_func ("/wire/writer/misuse/empty/subprocess", "empty", misuse);
  return g_test_run ();
}
