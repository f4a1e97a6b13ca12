/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The cursor that the decoders read through: values as they were written, members in any order, and of several faults
 * the first with its path.
 */
#include <string.h>

#include "qc-wire-center.h"
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

/* Bounds of a number, and what is said where there is none: the bound that is nearer to nothing. */
static void
test_bounds (void)
{
  static const struct {
    const char *json;
    gint64 min, max, value;
    int code; /* −1: good */
  } bounds[] = {
      {"{\"n\":5}", 5, 9, 5, -1},
      {"{\"n\":9}", 5, 9, 9, -1},
      {"{\"n\":4}", 5, 9, 5, QC_WIRE_ERROR_VALUE},
      {"{\"n\":10}", 5, 9, 5, QC_WIRE_ERROR_VALUE},
      {"{\"n\":\"5\"}", 5, 9, 5, QC_WIRE_ERROR_TYPE},
      {"{\"n\":null}", 1, 9, 1, QC_WIRE_ERROR_MISSING},
      {"{}", 0, 9, 0, QC_WIRE_ERROR_MISSING},
      {"{}", -9, 9, 0, QC_WIRE_ERROR_MISSING},
      {"{}", -9, 0, 0, QC_WIRE_ERROR_MISSING},
      {"{}", -9, -1, -9, QC_WIRE_ERROR_MISSING},
  };
  for (guint i = 0; i < G_N_ELEMENTS (bounds); i++) {
    QcWireReader reader;
    QcWireObject root;
    g_autoptr (GError) error = NULL;
    open_reader (&reader, bounds[i].json, &root);
    g_test_message ("%u", i);
    g_assert_cmpint (qc_wire_int (&root, "n", bounds[i].min, bounds[i].max), ==, bounds[i].value);
    g_assert_cmpint (qc_wire_reader_close (&reader, &error), ==, bounds[i].code < 0);
    if (bounds[i].code >= 0)
      g_assert_error (error, QC_WIRE_ERROR, bounds[i].code);
  }
}

/* A day or a month, none where none may be, and what is in no calendar. */
static void
test_days (void)
{
  static const struct {
    const char *json;
    gboolean none, good; /* none: there may be none */
    gint32 value;
  } days[] = {
      {"{\"d\":20280229,\"m\":202802}", FALSE, TRUE, 20280229},
      {"{\"d\":0,\"m\":0}", TRUE, TRUE, 0},
      {"{}", TRUE, TRUE, 0},
      {"{\"d\":0}", FALSE, FALSE, 0},
      {"{}", FALSE, FALSE, 0},
      {"{\"d\":20260229}", FALSE, FALSE, 0},
      {"{\"d\":20260229}", TRUE, FALSE, 0},
      {"{\"d\":1}", TRUE, FALSE, 0},
      {"{\"d\":-1}", TRUE, FALSE, 0},
  };
  for (guint i = 0; i < G_N_ELEMENTS (days); i++) {
    QcWireReader reader;
    QcWireObject root;
    open_reader (&reader, days[i].json, &root);
    g_test_message ("%u", i);
    g_assert_cmpint (days[i].none ? qc_wire_date_or_none (&root, "d") : qc_wire_date (&root, "d"), ==, days[i].value);
    if (days[i].good)
      g_assert_cmpint (days[i].none ? qc_wire_month_or_none (&root, "m") : qc_wire_month (&root, "m"), ==,
                       days[i].value / 100);
    g_assert_cmpint (qc_wire_reader_close (&reader, NULL), ==, days[i].good);
  }
}

/* As many as there may be and one more; what is no text is a fault, and the list is one all the same. */
static void
test_lists (void)
{
  for (guint most = 2; most <= 3; most++) {
    QcWireReader reader;
    QcWireObject root;
    g_autoptr (GError) error = NULL;
    open_reader (&reader, "{\"d\":{\"a\":\"1\",\"b\":\"2\",\"c\":\"3\"}}", &root);
    g_autoptr (GHashTable) map = qc_wire_text_map (&root, "d", most, QC_TEXT_REMARK);
    g_assert_cmpuint (g_hash_table_size (map), ==, most == 3 ? 3 : 0);
    g_assert_cmpint (qc_wire_reader_close (&reader, &error), ==, most == 3);
  }
  QcWireReader reader;
  QcWireObject root;
  g_autoptr (GError) error = NULL;
  open_reader (&reader, "{\"l\":[\"a\",1,\"b\"]}", &root);
  g_auto (GStrv) list = qc_wire_string_list (&root, "l", 3, 8);
  g_assert_cmpuint (g_strv_length (list), ==, 3);
  g_assert_cmpstr (list[0], ==, "a");
  g_assert_cmpstr (list[1], ==, "");
  g_assert_false (qc_wire_reader_close (&reader, &error));
  g_assert_error (error, QC_WIRE_ERROR, QC_WIRE_ERROR_TYPE);
}

/* A key: of an algorithm that is known, 32 bytes long, valid for some time at least. */
static void
test_keys (void)
{
#define KEY_31 "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=="
#define KEY_32 "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
#define KEY_33 "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
  static const struct {
    const char *id, *algorithm, *public;
    gint64 from, until;
    gboolean good;
  } keys[] = {
      {"k-1", "ed25519", KEY_32, 5, 0, TRUE},  {"k-1", "ed25519", KEY_32, 5, 6, TRUE},
      {"k-1", "ed25519", KEY_32, 5, 5, FALSE}, {"k-1", "ed25519", KEY_32, 5, 4, FALSE},
      {"k-1", "ed25519", KEY_31, 5, 0, FALSE}, {"k-1", "ed25519", KEY_33, 5, 0, FALSE},
      {"k-1", "ed25519", "", 5, 0, FALSE},     {"k-1", "ed25519", "AAAA AAA", 5, 0, FALSE},
      {"k-1", "rsa", KEY_32, 5, 0, FALSE},     {"k.1", "ed25519", KEY_32, 5, 0, FALSE},
      {"k:1", "ed25519", KEY_32, 5, 0, FALSE},
  };
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    QcWireReader reader;
    QcWireObject root;
    g_autofree char *json
        = g_strdup_printf ("{\"id\":\"%s\",\"algorithm\":\"%s\",\"public\":\"%s\",\"from\":%d,"
                           "\"until\":%d}",
                           keys[i].id, keys[i].algorithm, keys[i].public, (int)keys[i].from, (int)keys[i].until);
    open_reader (&reader, json, &root);
    QcWireKey *key = qc_wire_read_key (&root);
    g_test_message ("%s", json);
    g_assert_cmpint (qc_wire_reader_close (&reader, NULL), ==, keys[i].good);
    qc_wire_key_free (key);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/object/values", test_values);
  g_test_add_func ("/wire/object/first-fault", test_first_fault);
  g_test_add_func ("/wire/object/root", test_root);
  g_test_add_func ("/wire/object/bounds", test_bounds);
  g_test_add_func ("/wire/object/days", test_days);
  g_test_add_func ("/wire/object/lists", test_lists);
  g_test_add_func ("/wire/object/keys", test_keys);
  return g_test_run ();
}
