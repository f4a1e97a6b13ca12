/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The gate: what passes, what does not, and why and where.
 */
#include <string.h>
#include "qc-wire.h"

typedef struct {
  const char *json;
  int code; /* -1 = passes */
  int at;   /* byte in the message, -1 = not looked at */
} Row;

static const Row rows[] = {
    {"{}", -1, -1},
    {" [ ] \n", -1, -1},
    {"null", -1, -1},
    {"\"a\"", -1, -1},
    {"[1,-1,0,{\"a\":[true,false,null]}]", -1, -1},
    {"9223372036854775807", -1, -1},
    {"-9223372036854775808", -1, -1},
    {"{\"a\":{\"a\":{\"a\":1}},\"b\":{\"a\":1}}", -1, -1},
    {"[{\"a\":1},{\"a\":2}]", -1, -1},
    {"\"\\u4e2d\\ud842\\udfb7\\n\\/\"", -1, -1},
    {"\"𠮷䶮·\"", -1, -1},
    {"\"\\uFFFF\"", -1, -1},
    {"\t\r\n [\t1\r,\n2 ]\r\n\t ", -1, -1},
    {"\"\\ud7ff\\ue000\"", -1, -1}, /* on either side of the surrogates */
    {"\"\\ud800\\udc00\"", -1, -1}, /* the first and the last pair */
    {"\"\\udbff\\udfff\"", -1, -1},
    /* numbers */
    {"9223372036854775808", QC_WIRE_ERROR_NUMBER, 0},
    {"[-9223372036854775809]", QC_WIRE_ERROR_NUMBER, 1},
    {"99999999999999999999999999", QC_WIRE_ERROR_NUMBER, 0},
    {"1e5", QC_WIRE_ERROR_NUMBER, 0},
    {"1E5", QC_WIRE_ERROR_NUMBER, 0},
    {"{\"fen\":1.0}", QC_WIRE_ERROR_NUMBER, 7},
    {"-0", QC_WIRE_ERROR_NUMBER, 0},
    {"01", QC_WIRE_ERROR_SYNTAX, 0},
    {"-", QC_WIRE_ERROR_SYNTAX, 0},
    {"+1", QC_WIRE_ERROR_SYNTAX, 0},
    {"0x10", QC_WIRE_ERROR_SYNTAX, 1},
    {"NaN", QC_WIRE_ERROR_SYNTAX, 0},
    {"Infinity", QC_WIRE_ERROR_SYNTAX, 0},
    /* duplicates */
    {"{\"a\":1,\"a\":1}", QC_WIRE_ERROR_DUPLICATE, 7},
    {"{\"a\":1,\"\\u0061\":1}", QC_WIRE_ERROR_DUPLICATE, 7},
    {"{\"b\":{\"a\":[{}]},\"a\":1,\"c\":{\"a\":1},\"b\":2}", QC_WIRE_ERROR_DUPLICATE, -1},
    {"{\"\":1,\"\":2}", QC_WIRE_ERROR_DUPLICATE, 6},
    /* encoding */
    {"\"\\ud842\"", QC_WIRE_ERROR_ENCODING, 1},
    {"\"\\ud842x\"", QC_WIRE_ERROR_ENCODING, 1},
    {"\"\\ud842\\u0041\"", QC_WIRE_ERROR_ENCODING, 1},
    {"\"\\udfb7\"", QC_WIRE_ERROR_ENCODING, 1},
    {"\"\\udfb7\\ud842\"", QC_WIRE_ERROR_ENCODING, 1},
    {"\"\\udc00\"", QC_WIRE_ERROR_ENCODING, 1},
    {"\"\\udfff\"", QC_WIRE_ERROR_ENCODING, 1},
    {"\"\\ud800\\udbff\"", QC_WIRE_ERROR_ENCODING, 1},
    {"\"\\udbff\\ue000\"", QC_WIRE_ERROR_ENCODING, 1},
    {"\"\\ud800\\n12345\"", QC_WIRE_ERROR_ENCODING, 1},
    {"\"\\ud800xu1234\"", QC_WIRE_ERROR_ENCODING, 1},
    {"\"\\ud800\\u12g4\"", QC_WIRE_ERROR_SYNTAX, 11},
    {"\"\\u0000\"", QC_WIRE_ERROR_ENCODING, 1},
    {"\"\xff\"", QC_WIRE_ERROR_ENCODING, 1},
    {"\"\xc0\xaf\"", QC_WIRE_ERROR_ENCODING, 1},
    {"\"\xed\xa1\x82\"", QC_WIRE_ERROR_ENCODING, 1},
    {"\"\xf4\x90\x80\x80\"", QC_WIRE_ERROR_ENCODING, 1},
    {"\"\xe4\xb8\"", QC_WIRE_ERROR_ENCODING, 1},
    {"\xEF\xBB\xBF{}", QC_WIRE_ERROR_ENCODING, 0},
    /* syntax */
    {"", QC_WIRE_ERROR_SYNTAX, 0},
    {"\v1", QC_WIRE_ERROR_SYNTAX, 0},
    {"1\f", QC_WIRE_ERROR_SYNTAX, 1},
    {" ", QC_WIRE_ERROR_SYNTAX, 1},
    {"{} x", QC_WIRE_ERROR_SYNTAX, 3},
    {"{}{}", QC_WIRE_ERROR_SYNTAX, 2},
    {"[]]", QC_WIRE_ERROR_SYNTAX, 2},
    {"[1,]", QC_WIRE_ERROR_SYNTAX, 3},
    {"[,1]", QC_WIRE_ERROR_SYNTAX, 1},
    {"[1 2]", QC_WIRE_ERROR_SYNTAX, 3},
    {"{\"a\":1,}", QC_WIRE_ERROR_SYNTAX, 7},
    {"{a:1}", QC_WIRE_ERROR_SYNTAX, 1},
    {"{'a':1}", QC_WIRE_ERROR_SYNTAX, 1},
    {"{\"a\" 1}", QC_WIRE_ERROR_SYNTAX, 5},
    {"{\"a\"}", QC_WIRE_ERROR_SYNTAX, 4},
    {"{1:1}", QC_WIRE_ERROR_SYNTAX, 1},
    {"[}", QC_WIRE_ERROR_SYNTAX, 1},
    {"{]", QC_WIRE_ERROR_SYNTAX, 1},
    {"[1}", QC_WIRE_ERROR_SYNTAX, 2},
    {"[", QC_WIRE_ERROR_SYNTAX, 1},
    {"{\"a\":", QC_WIRE_ERROR_SYNTAX, 5},
    {"\"a", QC_WIRE_ERROR_SYNTAX, 0},
    {"\"a\nb\"", QC_WIRE_ERROR_SYNTAX, 2},
    {"\"\\x41\"", QC_WIRE_ERROR_SYNTAX, 2},
    {"\"\\u12g4\"", QC_WIRE_ERROR_SYNTAX, 5},
    {"\"\\", QC_WIRE_ERROR_SYNTAX, 2},
    {"// x\n{}", QC_WIRE_ERROR_SYNTAX, 0},
    {"[/* x */]", QC_WIRE_ERROR_SYNTAX, 1},
    {"tru", QC_WIRE_ERROR_SYNTAX, 0},
    {"truex", QC_WIRE_ERROR_SYNTAX, 4},
    {"True", QC_WIRE_ERROR_SYNTAX, 0},
};

static void
test_table (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const Row *row = &rows[i];
    g_autoptr (GError) error = NULL;
    gsize length = strlen (row->json);
    gboolean good = qc_gate_check ((const guint8 *)row->json, length, &qc_gate_request, &error);
    g_autoptr (GBytes) bytes = g_bytes_new_static (row->json, length);
    if (row->code >= 0) {
      g_autofree char *where = g_strdup_printf ("byte %d:", row->at);
      if (good || !g_error_matches (error, QC_WIRE_ERROR, row->code))
        g_error ("row %u: %s: %s", i, row->json, good ? "passes" : error->message);
      if (row->at >= 0 && !g_str_has_prefix (error->message, where))
        g_error ("row %u: %s: %s, not %s", i, row->json, error->message, where);
      continue;
    }
    if (!good)
      g_error ("row %u: %s: %s", i, row->json, error->message);
    /* what passes the gate, the parser reads too */
    g_autoptr (JsonNode) node = qc_wire_parse (bytes, &qc_gate_request, &error);
    g_assert_no_error (error);
    g_assert_nonnull (node);
  }
}

static GString *
nested (guint depth, const char *open, const char *middle, const char *close)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < depth; i++)
    g_string_append (text, open);
  g_string_append (text, middle);
  for (guint i = 0; i < depth; i++)
    g_string_append (text, close);
  return text;
}

static int
code_of (const char *text, gsize length, const QcGateLimits *limits)
{
  g_autoptr (GError) error = NULL;
  if (qc_gate_check ((const guint8 *)text, length, limits, &error))
    return -1;
  g_assert_true (error->domain == QC_WIRE_ERROR);
  return error->code;
}

static void
test_depth (void)
{
  const struct {
    guint depth;
    int code;
  } depths[] = {{31, -1}, {32, -1}, {33, QC_WIRE_ERROR_DEPTH}, {100000, QC_WIRE_ERROR_DEPTH}};
  for (guint i = 0; i < G_N_ELEMENTS (depths); i++) {
    g_autoptr (GString) arrays = nested (depths[i].depth, "[", "", "]");
    g_autoptr (GString) objects = nested (depths[i].depth, "{\"a\":", "1", "}");
    g_assert_cmpint (code_of (arrays->str, arrays->len, &qc_gate_answer), ==, depths[i].code);
    g_assert_cmpint (code_of (objects->str, objects->len, &qc_gate_answer), ==, depths[i].code);
  }
}

/* What one kind of message may, and what no kind may. */
static void
test_depth_of_kind (void)
{
  QcGateLimits limits = {.max_size = 1000, .max_depth = 2, .max_values = 1000, .max_members = 2};
  g_assert_cmpint (code_of ("[{\"a\":1}]", 9, &limits), ==, -1);
  g_assert_cmpint (code_of ("[{\"a\":[]}]", 10, &limits), ==, QC_WIRE_ERROR_DEPTH);
  limits.max_depth = 1000;
  for (guint more = 0; more <= 1; more++) {
    g_autoptr (GString) text = nested (QC_GATE_MAX_DEPTH + more, "[", "", "]");
    g_assert_cmpint (code_of (text->str, text->len, &limits), ==, more == 0 ? -1 : (int)QC_WIRE_ERROR_DEPTH);
  }
  for (guint more = 0; more <= 1; more++) {
    g_autoptr (GString) text = nested (QC_GATE_MAX_NAME + more, "n", "", "");
    g_string_prepend (text, "{\"");
    g_string_append (text, "\":1}");
    g_assert_cmpint (code_of (text->str, text->len, &limits), ==, more == 0 ? -1 : (int)QC_WIRE_ERROR_SIZE);
  }
}

static void
test_size (void)
{
  QcGateLimits limits = {.max_size = 8, .max_depth = 4, .max_values = 3, .max_members = 2};
  g_autoptr (GString) members = g_string_new ("{");
  g_autoptr (GString) name = nested (QC_GATE_MAX_NAME + 1, "n", "", "");
  g_assert_cmpint (code_of ("[1,2]   ", 8, &limits), ==, -1);
  g_assert_cmpint (code_of ("[1,2]    ", 9, &limits), ==, QC_WIRE_ERROR_SIZE);
  g_assert_cmpint (code_of ("[1,2,3]", 7, &limits), ==, QC_WIRE_ERROR_SIZE);
  limits.max_size = 100;
  limits.max_values = 100;
  g_assert_cmpint (code_of ("{\"a\":1,\"b\":1}", 13, &limits), ==, -1);
  g_assert_cmpint (code_of ("{\"a\":1,\"b\":1,\"c\":1}", 19, &limits), ==, QC_WIRE_ERROR_SIZE);
  /* as many members as there may be, none of them twice; then one more */
  for (guint i = 0; i < QC_GATE_MAX_MEMBERS; i++)
    g_string_append_printf (members, "%s\"m%u\":%u", i > 0 ? "," : "", i, i);
  g_string_append (members, "}");
  g_assert_cmpint (code_of (members->str, members->len, &qc_gate_request), ==, -1);
  g_string_truncate (members, members->len - 1);
  g_string_append (members, ",\"n\":1}");
  g_assert_cmpint (code_of (members->str, members->len, &qc_gate_request), ==, QC_WIRE_ERROR_SIZE);
  g_string_prepend (name, "{\"");
  g_string_append (name, "\":1}");
  g_assert_cmpint (code_of (name->str, name->len, &qc_gate_request), ==, QC_WIRE_ERROR_SIZE);
}

/* A NUL inside the length, and every cut of a good text: nothing is read beyond the end. */
static void
test_cuts (void)
{
  const char *good = "{\"a\":[1,-2,\"\\ud842\\udfb7\xe4\xb8\xad\",true,null],\"b\":{}}";
  gsize length = strlen (good);
  g_assert_cmpint (code_of (good, length, &qc_gate_request), ==, -1);
  for (gsize cut = 0; cut < length; cut++) {
    g_autofree char *exact = g_memdup2 (good, MAX (cut, 1));
    g_assert_cmpint (code_of (exact, cut, &qc_gate_request), !=, -1);
  }
  g_assert_cmpint (code_of ("[1]\0", 4, &qc_gate_request), ==, QC_WIRE_ERROR_ENCODING);
  g_assert_cmpint (code_of ("\"a\0b\"", 5, &qc_gate_request), ==, QC_WIRE_ERROR_ENCODING);
}

/* Linear: eight megabytes of the worst kinds in well under the time anybody would notice. */
static void
test_worst (void)
{
  static const char *const units[] = {"{\"a\":0},", "[],", "\"\\u4e2d\",", "{},"};
  QcGateLimits limits = qc_gate_answer;
  limits.max_values = G_MAXUINT;

  for (guint i = 0; i < G_N_ELEMENTS (units); i++) {
    g_autoptr (GString) text = g_string_new ("[");
    while (text->len < 8 * 1000 * 1000)
      g_string_append (text, units[i]);
    g_string_append (text, "0]");
    gint64 start = g_get_monotonic_time ();
    g_assert_cmpint (code_of (text->str, text->len, &limits), ==, -1);
    g_assert_cmpint (g_get_monotonic_time () - start, <, 5 * G_USEC_PER_SEC);
    g_assert_cmpint (code_of (text->str, text->len, &qc_gate_answer), ==, QC_WIRE_ERROR_SIZE);
  }
}

static void
test_extremes_survive (void)
{
  static const char json[] = "[9223372036854775807,-9223372036854775808,99999999999999,\"\\ud842\\udfb7\"]";
  static const char expected[] = "[9223372036854775807,-9223372036854775808,99999999999999,\"𠮷\"]";
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static (json, strlen (json));
  g_autoptr (JsonNode) node = qc_wire_parse (bytes, &qc_gate_request, &error);
  g_assert_no_error (error);
  JsonArray *array = json_node_get_array (node);
  g_assert_cmpint (json_array_get_int_element (array, 0), ==, G_MAXINT64);
  g_assert_cmpint (json_array_get_int_element (array, 1), ==, G_MININT64);
  g_assert_cmpint (json_array_get_int_element (array, 2), ==, G_GINT64_CONSTANT (99999999999999));
  g_assert_cmpstr (json_array_get_string_element (array, 3), ==, "𠮷");
  g_autofree char *again = json_to_string (node, FALSE);
  g_assert_cmpstr (again, ==, expected);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/gate/table", test_table);
  g_test_add_func ("/wire/gate/depth", test_depth);
  g_test_add_func ("/wire/gate/depth-of-kind", test_depth_of_kind);
  g_test_add_func ("/wire/gate/size", test_size);
  g_test_add_func ("/wire/gate/cuts", test_cuts);
  g_test_add_func ("/wire/gate/worst", test_worst);
  g_test_add_func ("/wire/gate/extremes-survive", test_extremes_survive);
  return g_test_run ();
}
