/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Every message of messages/ (which the API document is held against too) is decoded and encoded again: the same bytes
 * must come out. Then each of its members in turn is given a wrong type, a wrong value, or taken away: the decoder must
 * refuse and name the path.
 */
#include <string.h>
#include "qc-wire-codecs.h"
#include "qc-wire.h"

/* Members that no decoder reads, because encoders set them alone. */
static const char *const unread[] = {"token_endpoint_auth_methods_supported", NULL};

/* A message as trees: one, or one per line of text. */
typedef struct {
  gboolean lines;
  GPtrArray *roots; /* (owned) JsonNode */
} Message;

static void
message_clear (Message *message)
{
  g_clear_pointer (&message->roots, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Message, message_clear)

static GBytes *
to_bytes (const Message *message)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < message->roots->len; i++) {
    g_autofree char *one = json_to_string (g_ptr_array_index (message->roots, i), FALSE);
    g_string_append (text, one);
    if (message->lines)
      g_string_append_c (text, '\n');
  }
  return g_string_free_to_bytes (text);
}

static void
add_root (Message *message, const char *text, gsize length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length);
  g_autoptr (GError) error = NULL;
  JsonNode *node = qc_wire_parse (bytes, &qc_gate_answer, &error);
  g_assert_no_error (error);
  g_ptr_array_add (message->roots, node);
}

/* @file of messages/: "Problem.json", "Submission.ndjson". */
static void
load_message (const char *file, Message *message)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "tests", "displayless", "wire", "messages", file, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;
  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  message->lines = g_str_has_suffix (file, ".ndjson");
  message->roots = g_ptr_array_new_with_free_func ((GDestroyNotify)json_node_unref);
  if (!message->lines) {
    add_root (message, text, length);
    return;
  }
  for (const char *p = text, *end; *p != '\0'; p = end + 1) {
    end = strchr (p, '\n');
    g_assert_nonnull (end);
    add_root (message, p, (gsize)(end - p));
  }
}

static GBytes *
load (const char *file)
{
  g_auto (Message) message = {0};
  load_message (file, &message);
  return to_bytes (&message);
}

static void
test_round_trip (gconstpointer data)
{
  const char *name = data;
  g_autoptr (GBytes) bytes = load (name);
  g_autoptr (GError) error = NULL;

  g_autoptr (GBytes) again = qc_wire_recode (name, bytes, &error);
  g_assert_no_error (error);
  g_assert_nonnull (again);
  if (!g_bytes_equal (bytes, again))
    g_error ("%s:\n%.*s\n%.*s", name, (int)g_bytes_get_size (bytes), (const char *)g_bytes_get_data (bytes, NULL),
             (int)g_bytes_get_size (again), (const char *)g_bytes_get_data (again, NULL));
}

/* ---- changing one member at a time ---- */

typedef enum { CHANGE_TYPE, CHANGE_VALUE, CHANGE_REMOVE, N_CHANGES } Change;

typedef struct {
  const char *name;
  const Message *message; /* changed in place and put back */
  guint line;             /* the tree that is walked, 1… */
  guint n_refused, n_tried;
} Walk;

/* Where the decoder must say the fault is. (transfer full) */
static char *
dup_place (const Walk *walk, const char *path)
{
  return walk->message->lines && walk->line > 1 ? g_strdup_printf ("line %u: %s:", walk->line, path)
                                                : g_strconcat (path, ":", NULL);
}

/* The decoder must refuse; if it does, at @path or, for what is taken away or null, at all. */
static void
expect_refusal (Walk *walk, const char *path, Change change)
{
  g_autoptr (GBytes) bytes = to_bytes (walk->message);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) again = qc_wire_recode (walk->name, bytes, &error);
  g_autofree char *place = dup_place (walk, path);
  walk->n_tried++;
  if (again != NULL) {
    if (change == CHANGE_TYPE)
      g_error ("%s: a wrong type at %s passes", walk->name, place);
    return; /* another value, or one that may be absent */
  }
  walk->n_refused++;
  g_assert_true (error->domain == QC_WIRE_ERROR);
  g_assert_false (strstr (error->message, "byte") == error->message);
  if (change == CHANGE_TYPE && !g_str_has_prefix (error->message, place))
    g_error ("%s: a wrong type at %s is said as: %s", walk->name, place, error->message);
  if (change == CHANGE_REMOVE)
    g_assert_cmpint (error->code, !=, QC_WIRE_ERROR_TYPE);
}

static JsonNode *
wrong (JsonNode *node, Change change)
{
  JsonNode *other = json_node_new (JSON_NODE_VALUE);
  if (change == CHANGE_TYPE && (JSON_NODE_HOLDS_VALUE (node) || JSON_NODE_HOLDS_NULL (node))) {
    JsonArray *array = json_array_new ();
    json_node_init_array (other, array);
    json_array_unref (array);
    return other;
  }
  if (change == CHANGE_TYPE || !JSON_NODE_HOLDS_VALUE (node))
    json_node_set_int (other, 7);
  else if (json_node_get_value_type (node) == G_TYPE_STRING)
    json_node_set_string (other, "\x01 no such thing");
  else
    json_node_set_int (other, -2);
  return other;
}

static void walk_node (Walk *walk, JsonNode *node, const char *path);

static void
walk_member (Walk *walk, JsonObject *object, const char *name, const char *path)
{
  g_autofree char *here = path[0] != '\0' ? g_strconcat (path, ".", name, NULL) : g_strdup (name);
  g_autoptr (JsonNode) kept = json_object_dup_member (object, name);
  if (g_strv_contains (unread, name))
    return;
  walk_node (walk, json_object_get_member (object, name), here);
  for (Change change = 0; change < N_CHANGES; change++) {
    if (change == CHANGE_REMOVE)
      json_object_remove_member (object, name);
    else
      json_object_set_member (object, name, wrong (kept, change));
    expect_refusal (walk, here, change);
    json_object_set_member (object, name, json_node_copy (kept));
  }
}

static void
walk_node (Walk *walk, JsonNode *node, const char *path)
{
  if (JSON_NODE_HOLDS_OBJECT (node)) {
    JsonObject *object = json_node_get_object (node);
    g_autoptr (GList) names = json_object_get_members (object);
    for (GList *l = names; l != NULL; l = l->next) {
      g_autofree char *name = g_strdup (l->data);
      walk_member (walk, object, name, path);
    }
  } else if (JSON_NODE_HOLDS_ARRAY (node)) {
    JsonArray *array = json_node_get_array (node);
    for (guint i = 0; i < json_array_get_length (array); i++) {
      g_autofree char *here = g_strdup_printf ("%s[%u]", path, i);
      walk_node (walk, json_array_get_element (array, i), here);
    }
  }
}

static void
test_changes (gconstpointer data)
{
  g_auto (Message) message = {0};
  Walk walk = {.name = data, .message = &message};
  load_message (data, &message);
  for (guint i = 0; i < message.roots->len; i++) {
    walk.line = i + 1;
    walk_node (&walk, g_ptr_array_index (message.roots, i), "");
  }
  g_test_message ("%u changes, %u refused", walk.n_tried, walk.n_refused);
  g_assert_cmpuint (walk.n_refused, >, 0);
}

/* ---- what is wrong in ways of its own ---- */

typedef struct {
  const char *message, *json, *fault;
} Bad;

#define DIGEST "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define ATTACHED(name, digest, size) \
  "{\"kind\":\"roster\",\"name\":\"" name "\",\"digest\":\"" digest "\",\"size\":" #size "}"

static const Bad bads[] = {
    {"Practice", "[]", "$: an object"},
    {"Practice", "{\"today\":20260230,\"arrival_delay_seconds\":1}", "today: no such day"},
    {"Practice", "{\"today\":0,\"arrival_delay_seconds\":1}", "today: no such day"},
    {"Practice", "{\"today\":20261123,\"arrival_delay_seconds\":-1}", "arrival_delay_seconds: out of range"},
    {"PracticeRequest", "{\"review_delay_seconds\":-1}", "review_delay_seconds: out of range"},
    {"PracticeRequest", "{\"review_delay_seconds\":1,\"review_returned_percent\":101}",
     "review_returned_percent: out of range"},
    {"Lines", "{\"lines\":[],\"reasons\":[{\"code\":\"01\",\"target\":\"line\"}]}", "reasons[0].text: missing"},
    {"Lines", "{\"lines\":[],\"reasons\":[{\"code\":\"01\",\"target\":\"line\",\"text\":\"a\",\"line\":-1}]}",
     "reasons[0].line: out of range"},
    {"PracticeRequest", "{}", "today: nothing is said"},
    {"ActionRequest", "{\"action\":\"print\"}", "action: unknown code"},
    {"ActionRequest", "{\"action\":\"\"}", "action: not a code"},
    {"AdvanceRequest", "{\"months\":25}", "months: out of range"},
    {"AdvanceRequest", "{\"months\":0}", "months: out of range"},
    {"Submission", "{\"business\":\"remittance\"}", "remittance: missing"},
    {"Submission", "{\"business\":\"remittance\",\"remittance\":{\"method\":\"none\"}}",
     "remittance.method: unknown code"},
    {"Submission",
     "{\"business\":\"remittance\",\"remittance\":{\"method\":\"transfer\",\"start\":202611,\"end\":202611,"
     "\"terms\":\"sha256:0000000000000000000000000000000000000000000000000000000000000000\",\"months\":[]}}",
     "remittance.months: empty"},
    {"Submission",
     "{\"business\":\"remittance\",\"remittance\":{\"method\":\"transfer\",\"start\":202611,\"end\":202611,"
     "\"terms\":\"sha256:0000000000000000000000000000000000000000000000000000000000000000\",\"months\":[{\"month\":"
     "202611,\"people\":1,\"fen\":100000000000000}]}}",
     "remittance.months[0].fen: out of range"},
    {"Submission",
     "{\"business\":\"remittance\",\"remittance\":{\"method\":\"transfer\",\"start\":202611,\"end\":202611,"
     "\"terms\":\"sha256:0000000000000000000000000000000000000000000000000000000000000000\",\"months\":[1]}}",
     "remittance.months[0]: an object"},
    {"Submission", "", "byte 0: empty"},
    {"Submission", "{\"business\":\"sealing\"}", "lines: missing"},
    {"Submission", "{\"business\":\"sealing\",\"effective\":202613,\"lines\":0}", "effective: no such month"},
    {"Submission", "{\"business\":\"sealing\",\"lines\":250001}", "lines: out of range"},
    {"Submission", "{\"business\":\"sealing\",\"lines\":-1}", "lines: out of range"},
    {"Submission", "{\"business\":\"sealing\",\"lines\":2}\n{\"line\":1}\n", "lines: 2 announced, 1 there"},
    {"Submission", "{\"business\":\"sealing\",\"lines\":1}\n{\"line\":1}\n{\"line\":2}\n", "lines: more than the 1"},
    {"Submission", "{\"business\":\"sealing\",\"lines\":1}\n{\"line\":1}\n\n", "lines: more than the 1"},
    {"Submission", "{\"business\":\"sealing\",\"lines\":2}\n{\"line\":1}\n{\"line\":1}\n",
     "line 3: line: the same id twice"},
    {"Submission", "{\"business\":\"sealing\",\"lines\":1}\n{\"line\":0}\n", "line 2: line: out of range"},
    {"Submission", "{\"business\":\"sealing\",\"lines\":1}\n{}\n", "line 2: line: missing"},
    {"Submission", "{\"business\":\"sealing\",\"lines\":1}\n[]\n", "line 2: $: an object"},
    {"Submission", "{\"business\":\"sealing\",\"lines\":1}\n{\"line\":1,\"base\":1.5}\n", "line 2: "},
    {"Submission", "{\"business\":\"sealing\",\"lines\":1}\n{\"line\":1,\"line\":2}\n", "line 2: "},
    {"Submission", "{\"business\":\"retirement\",\"lines\":1}\n{\"line\":1,\"class\":\"men-70\"}\n",
     "line 2: class: unknown code"},
    {"Submission", "{\"business\":\"retirement\",\"lines\":1}\n{\"line\":1,\"birth\":20260230}\n",
     "line 2: birth: no such day"},
    {"Submission", "{\"business\":\"unit-change\",\"facts\":{},\"lines\":0}\n", "facts: "},
    {"Submission", "{\"business\":\"unit-change\",\"facts\":[1],\"lines\":0}\n", "facts[0]: "},
    {"Submission", "{\"business\":\"unit-change\",\"facts\":[{\"name\":\"DWYB\",\"value\":\"1\"}],\"lines\":0}\n",
     "facts[0].before: missing"},
    {"Submission",
     "{\"business\":\"unit-change\",\"facts\":[{\"name\":\"\",\"before\":\"\",\"value\":\"1\"}],\"lines\":0}\n",
     "facts[0].name: "},
    {"Submission",
     "{\"business\":\"unit-change\",\"facts\":[{\"name\":\"DWYB\",\"before\":\"\",\"value\":\"1\"},"
     "{\"name\":\"DWYB\",\"before\":\"\",\"value\":\"2\"}],\"lines\":0}\n",
     "facts[1].name: the same fact twice"},
    {"Submission",
     "{\"business\":\"unit-change\",\"facts\":[{\"name\":\"DWYB\",\"before\":7,\"value\":\"1\"}],\"lines\":0}\n",
     "facts[0].before: "},
    {"Submission", "{\"business\":\"back-payment\",\"method\":\"cash\",\"lines\":0}", "method: unknown code"},
    {"Submission", "{\"business\":\"back-payment\",\"replaces\":\"\",\"lines\":0}", "replaces: not a code"},
    {"Submission", "{\"business\":\"back-payment\",\"attachments\":[" ATTACHED ("a.jpg", "00", 1) "],\"lines\":0}",
     "attachments[0].digest: no digest"},
    {"Submission", "{\"business\":\"back-payment\",\"attachments\":[" ATTACHED ("../a.jpg", DIGEST, 1) "],\"lines\":0}",
     "attachments[0].name: no file name"},
    {"Submission",
     "{\"business\":\"back-payment\",\"attachments\":[" ATTACHED ("a\\u0000.jpg", DIGEST, 1) "],\"lines\":0}", "byte "},
    {"Submission",
     "{\"business\":\"back-payment\",\"lines\":1}\n{\"line\":1,\"attachments\":[" ATTACHED ("a/b.jpg", DIGEST, 1) "]}",
     "line 2: attachments[0].name: no file name"},
    {"Submission", "{\"business\":\"back-payment\",\"attachments\":[" ATTACHED ("a.jpg", DIGEST, 0) "],\"lines\":0}",
     "attachments[0].size: out of range"},
    {"Submission",
     "{\"business\":\"back-payment\",\"attachments\":[" ATTACHED ("a.jpg", DIGEST, 33554433) "],\"lines\":0}",
     "attachments[0].size: out of range"},
    {"Submission", "{\"business\":\"back-payment\",\"lines\":1}\n{\"line\":1,\"attachments\":[1,2,3,4,5,6,7,8,9]}",
     "line 2: attachments: too many"},
    {"SubmissionStatus", "{\"state\":\"accepted\"}", "answer: missing"},
    {"SubmissionStatus", "{\"state\":\"refused\"}", "problem: missing"},
    {"Answer", "{}", "application: neither"},
    {"Tokens", "{\"access_token\":\"a b\",\"token_type\":\"Bearer\",\"expires_in\":1}", "access_token: not a token"},
    {"Tokens", "{\"access_token\":\"\",\"token_type\":\"Bearer\",\"expires_in\":1}", "access_token: not a token"},
    {"Tokens", "{\"access_token\":\"a\",\"token_type\":\"mac\",\"expires_in\":1}", "token_type: not Bearer"},
    {"Center",
     "{\"name\":\"a\",\"department\":\"b\",\"practice\":true,\"today\":20261123,\"time\":1,\"keys\":[],"
     "\"features\":[]}",
     "department: does not say"},
    {"PagePeople", "{\"feed\":\"bases\",\"rows\":[],\"cursor\":\"1\",\"more\":false}", "feed: not the feed"},
    {"PagePeople", "{\"feed\":\"people\",\"rows\":[],\"cursor\":\"\",\"more\":false}", "cursor: empty"},
    {"PagePeople", "{\"feed\":\"people\",\"rows\":[{\"key\":\"\",\"deleted\":true}],\"cursor\":\"1\",\"more\":false}",
     "rows[0].key: empty"},
    {"PagePeople", "{\"feed\":\"people\",\"rows\":[{\"key\":\"1\"}],\"cursor\":\"1\",\"more\":false}",
     "rows[0].account: missing"},
    {"PagePaid",
     "{\"feed\":\"paid\",\"rows\":[{\"key\":\"1\",\"person\":\"1\",\"from\":202602,\"to\":202601,\"base\":0,\"unit\":0,"
     "\"personal\":0,\"kind\":\"remittance\"}],\"cursor\":\"1\",\"more\":false}",
     "rows[0].to: before from"},
    {"Problem", "{\"type\":\"urn:qingce:problem:a\",\"title\":\"x\",\"status\":422,\"code\":\"b\"}", "type: does not"},
    {"Problem", "{\"type\":\"about:blank\",\"title\":\"x\",\"status\":422,\"code\":\"b\"}", "type: does not"},
    {"Profile", "{\"format\":2,\"id\":\"a\",\"name\":\"a\",\"practice\":false,\"keys\":[],\"directory\":[]}",
     "format: out of range"},
};

static void
test_bad (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bads); i++) {
    g_autoptr (GBytes) bytes = g_bytes_new_static (bads[i].json, strlen (bads[i].json));
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) again = qc_wire_recode (bads[i].message, bytes, &error);
    if (again != NULL || !g_str_has_prefix (error->message, bads[i].fault))
      g_error ("%s: %s, not %s", bads[i].json, again != NULL ? "passes" : error->message, bads[i].fault);
  }
}

static void
test_unknown_members (void)
{
  static const char json[]
      = "{\"later\":[{}],\"today\":20261123,\"arrival_delay_seconds\":null,\"even\":{\"later\":1}}";
  g_autoptr (GBytes) bytes = g_bytes_new_static (json, strlen (json));
  g_autoptr (GError) error = NULL;
  QcWirePractice practice;
  g_assert_true (qc_wire_decode_practice (bytes, &practice, &error));
  g_assert_no_error (error);
  g_assert_cmpint (practice.arrival_delay, ==, -1);
}

/* The values themselves, once per kind: a codec that swaps two members on both sides would pass the round trip. */
static void
test_values (void)
{
  g_autoptr (GBytes) people = load ("PagePeople.json");
  g_autoptr (GBytes) applications = load ("PageApplications.json");
  g_autoptr (GBytes) units = load ("PageUnit.json");
  g_autoptr (GError) error = NULL;
  g_autoptr (QcWirePage) page = qc_wire_decode_page (people, QC_FEED_PEOPLE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (page->rows->len, ==, 3);
  g_assert_cmpint (page->total, ==, 200000);
  g_assert_true (page->more);
  const QcFeedRow *row = &g_array_index (page->rows, QcFeedRow, 0);
  g_assert_cmpstr (row->employee->name, ==, "阿卜杜拉·买买提𠮷䶮");
  g_assert_cmpint (row->employee->birth, ==, 19900307);
  g_assert_cmpint (row->employee->base, ==, QC_MONEY_MAX);
  g_assert_cmpint (row->employee->opened, ==, 202001);
  g_assert_cmpint (row->employee->paid_to, ==, 202610);
  g_assert_cmpint (row->employee->authorized_until, ==, 205601);
  g_assert_cmpint (row->employee->revision, ==, G_MAXINT64);
  row = &g_array_index (page->rows, QcFeedRow, 2);
  g_assert_true (row->deleted);
  g_assert_cmpstr (row->key, ==, "gone");
  g_clear_pointer (&page, qc_wire_page_free);

  page = qc_wire_decode_page (applications, QC_FEED_APPLICATIONS, &error);
  g_assert_no_error (error);
  row = &g_array_index (page->rows, QcFeedRow, 0);
  const QcMonthLine *line = &g_array_index (row->application->months, QcMonthLine, 0);
  g_assert_true (qc_month_line_is_balanced (line));
  g_assert_cmpint (line->added_people, ==, 1);
  g_assert_cmpint (line->added_fen, ==, 109600);
  g_assert_cmpint (line->removed_fen, ==, 80000);
  g_assert_cmpint (row->application->state, ==, QC_STATE_REGISTERED);
  g_assert_cmpint (row->application->draw, ==, QC_DRAW_FAILED);
  g_clear_pointer (&page, qc_wire_page_free);

  page = qc_wire_decode_page (units, QC_FEED_UNIT, &error);
  g_assert_no_error (error);
  row = &g_array_index (page->rows, QcFeedRow, 0);
  g_assert_cmpint (row->unit->balance, ==, QC_MONEY_MAX);
  g_assert_cmpint (row->unit->suspense, ==, 380000);
  g_assert_cmpint (row->unit->agreement_balance, ==, 0);
  row = &g_array_index (page->rows, QcFeedRow, 1);
  g_assert_null (row->unit->agreement_account);
  row = &g_array_index (page->rows, QcFeedRow, 2);
  g_assert_cmpint (row->unit->agreement_balance, ==, -1);
}

/* What is left out is the default, and may be said all the same. */
static void
test_defaults (void)
{
  static const char *const text
      = "{\"feed\":\"people\",\"rows\":[{\"key\":\"1\",\"account\":\"1\",\"name\":\"张三\",\"document\":\"\",\"sex\":1,"
        "\"birth\":0,\"status\":1,\"base\":0,\"balance\":0,\"revision\":0%s}],\"cursor\":\"1\",\"more\":false}";
  static const char *const rests[]
      = {"", ",\"document_type\":\"01\",\"status_from\":0,\"opened\":0,\"paid_to\":0,"
             "\"retirement_class\":\"unknown\",\"authorized_until\":0,\"base_pending\":false"};
  for (guint i = 0; i < G_N_ELEMENTS (rests); i++) {
    char *json = g_strdup_printf (text, rests[i]);
    g_autoptr (GBytes) bytes = g_bytes_new_take (json, strlen (json));
    g_autoptr (GError) error = NULL;
    g_autoptr (QcWirePage) page = qc_wire_decode_page (bytes, QC_FEED_PEOPLE, &error);
    g_assert_no_error (error);
    const QcEmployee *employee = g_array_index (page->rows, QcFeedRow, 0).employee;
    g_assert_cmpstr (employee->document_type, ==, "01");
    g_assert_cmpint (employee->status_from, ==, QC_MONTH_NONE);
    g_assert_cmpint (employee->retirement_class, ==, QC_RETIREMENT_UNKNOWN);
    g_assert_cmpint (employee->authorized_until, ==, QC_MONTH_NONE);
    g_assert_false (employee->base_pending);
  }
}

static void
test_problem_copy (void)
{
  static const char *const names[]
      = {"Problem.json", "Problem.application.json", "Problem.person.json", "Problem.plain.json"};
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (GBytes) bytes = load (names[i]);
    g_autoptr (QcProblem) problem = qc_wire_decode_problem (bytes, NULL), copy = qc_problem_copy (problem);
    g_autoptr (GBytes) again = qc_wire_encode_problem (copy);
    if (!g_bytes_equal (bytes, again))
      g_error ("%s: %.*s", names[i], (int)g_bytes_get_size (again), (const char *)g_bytes_get_data (again, NULL));
  }
}

static char *
repeated (const char *text, int n)
{
  GString *out = g_string_new (NULL);
  for (int i = 0; i < n; i++)
    g_string_append (out, text);
  return g_string_free (out, FALSE);
}

/* Decodes the one row of @feed that was written; it must be taken. (transfer full) */
static QcWirePage *
read_written (QcJsonWriter *writer, QcFeed feed)
{
  g_autoptr (GBytes) bytes = qc_wire_page_end (writer, "1.1", FALSE, -1);
  g_autoptr (GError) error = NULL;
  QcWirePage *page = qc_wire_decode_page (bytes, feed, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (page->rows->len, ==, 1);
  return page;
}

static void
assert_plain (const char *text, QcTextField kind)
{
  int most = qc_text_field_limits (kind)->carried;
  g_assert_true (qc_text_field_is_plain (kind, text, most));
  g_assert_cmpint (g_utf8_strlen (text, -1), ==, most);
  g_assert_true (g_str_has_suffix (text, "…"));
}

/* Whatever lies in the database, what is written is read. */
static void
test_written_texts (void)
{
  g_autoptr (QcJsonWriter) writer = qc_json_writer_new (0);
  g_autofree char *wild = repeated ("𠮷\t\x7f\xc2\x9b\u202e龘", 700); /* 1,400 that can be seen */
  g_autofree char *long_text = repeated ("甲\n", 1500);
  g_autoptr (QcUnit) unit = qc_unit_new ();
  g_autoptr (QcEmployee) employee = qc_employee_new ();
  unit->account = g_strdup ("231100000042");
  unit->name = g_strdup (wild);
  unit->credit_code = g_strdup ("91231102MA18XAAA9H");
  unit->agreement_bank = g_strdup (wild);
  unit->agreement_account = g_strdup ("0809");
  unit->payee_name = g_strdup (wild);
  unit->payee_account = g_strdup ("0809");
  unit->payee_bank = g_strdup (wild);
  g_hash_table_insert (unit->fields, g_strdup ("DWDZ"), g_strdup (wild));
  qc_wire_page_begin (writer, QC_FEED_UNIT);
  qc_wire_page_add (writer, &(QcFeedRow) {.feed = QC_FEED_UNIT, .key = "1", .unit = unit});
  g_autoptr (QcWirePage) units = read_written (writer, QC_FEED_UNIT);
  const QcFeedRow *row = &g_array_index (units->rows, QcFeedRow, 0);
  assert_plain (row->unit->name, QC_TEXT_UNIT_NAME);
  assert_plain (row->unit->agreement_bank, QC_TEXT_BANK);
  assert_plain (row->unit->payee_name, QC_TEXT_CENTER);
  assert_plain (row->unit->payee_bank, QC_TEXT_BANK);
  assert_plain (g_hash_table_lookup (row->unit->fields, "DWDZ"), QC_TEXT_UNIT_FIELD);

  employee->account = g_strdup ("2311000000421");
  employee->name = g_strdup (wild);
  employee->document_type = g_strdup ("01");
  employee->document = g_strdup ("");
  qc_wire_page_begin (writer, QC_FEED_PEOPLE);
  qc_wire_page_add (writer, &(QcFeedRow) {.feed = QC_FEED_PEOPLE, .key = "1", .employee = employee});
  g_autoptr (QcWirePage) people = read_written (writer, QC_FEED_PEOPLE);
  assert_plain (g_array_index (people->rows, QcFeedRow, 0).employee->name, QC_TEXT_PERSON_NAME);

  QcCode code = {(char *)"reasons", (char *)"01", wild, 1, FALSE};
  qc_wire_page_begin (writer, QC_FEED_CODES);
  qc_wire_page_add (writer, &(QcFeedRow) {.feed = QC_FEED_CODES, .key = "1", .code = &code});
  g_autoptr (QcWirePage) codes = read_written (writer, QC_FEED_CODES);
  assert_plain (g_array_index (codes->rows, QcFeedRow, 0).code->label, QC_TEXT_LABEL);

  QcMovement movement = {.kind = (char *)"arrival", .text = long_text};
  qc_wire_page_begin (writer, QC_FEED_MOVEMENTS);
  qc_wire_page_add (writer, &(QcFeedRow) {.feed = QC_FEED_MOVEMENTS, .key = "1", .movement = &movement});
  g_autoptr (QcWirePage) movements = read_written (writer, QC_FEED_MOVEMENTS);
  assert_plain (g_array_index (movements->rows, QcFeedRow, 0).movement->text, QC_TEXT_REMARK);
  g_assert_true (g_str_has_prefix (g_array_index (movements->rows, QcFeedRow, 0).movement->text, "甲\n甲\n"));
}

/* The same of an application, which may have been through more than a message takes: the latest of it counts. */
static void
test_written_application (void)
{
  g_autofree char *wild = repeated ("𠮷\t\u202e龘", 1500);
  g_autoptr (QcApplication) application = qc_application_new ();
  g_autoptr (QcJsonWriter) writer = qc_json_writer_new (0);
  application->serial = g_strdup ("HJ1");
  application->method = QC_METHOD_TRANSFER;
  application->draw_reason = g_strdup (wild);
  application->return_reason = g_strdup (wild);
  application->entered_by = g_strdup (wild);
  application->reviewed_by = g_strdup (wild);
  application->cashier = g_strdup (wild);
  for (int i = 0; i <= QC_WIRE_MAX_TIMELINE; i++) {
    QcTimelineEntry *entry = g_new0 (QcTimelineEntry, 1);
    entry->time = i;
    entry->actor = g_strdup (i == QC_WIRE_MAX_TIMELINE ? wild : "bank");
    entry->event = g_strdup ("arrived");
    entry->text = i == QC_WIRE_MAX_TIMELINE ? g_strdup (wild) : NULL;
    g_ptr_array_add (application->timeline, entry);
  }
  qc_wire_page_begin (writer, QC_FEED_APPLICATIONS);
  qc_wire_page_add (writer, &(QcFeedRow) {.feed = QC_FEED_APPLICATIONS, .key = "1", .application = application});
  g_autoptr (QcWirePage) page = read_written (writer, QC_FEED_APPLICATIONS);
  const QcApplication *read = g_array_index (page->rows, QcFeedRow, 0).application;
  assert_plain (read->draw_reason, QC_TEXT_REMARK);
  assert_plain (read->return_reason, QC_TEXT_REMARK);
  assert_plain (read->entered_by, QC_TEXT_PERSON_NAME);
  assert_plain (read->reviewed_by, QC_TEXT_PERSON_NAME);
  assert_plain (read->cashier, QC_TEXT_PERSON_NAME);
  g_assert_cmpuint (read->timeline->len, ==, QC_WIRE_MAX_TIMELINE);
  const QcTimelineEntry *first = g_ptr_array_index (read->timeline, 0);
  const QcTimelineEntry *last = g_ptr_array_index (read->timeline, QC_WIRE_MAX_TIMELINE - 1);
  g_assert_cmpint (first->time, ==, 1);
  assert_plain (last->actor, QC_TEXT_PERSON_NAME);
  assert_plain (last->text, QC_TEXT_REMARK);
}

/* A center of another make, or of yesterday: one row's text does not hold up the rest. */
static void
test_read_texts (void)
{
  g_autofree char *longer = repeated ("长", 1300);
  char *json = g_strdup_printf (
      "{\"feed\":\"people\",\"rows\":[{\"key\":\"1\",\"account\":\"1\",\"name\":\"%s\",\"document\":\"\",\"sex\":1,"
      "\"birth\":0,\"status\":1,\"base\":0,\"balance\":0,\"revision\":0},{\"key\":\"2\",\"account\":\"2\",\"name\":"
      "\"张\\u202e\\t三\",\"document\":\"\",\"sex\":1,\"birth\":0,\"status\":1,\"base\":0,\"balance\":0,\"revision\":0}"
      "],"
      "\"cursor\":\"1\",\"more\":false}",
      longer);
  g_autoptr (GBytes) bytes = g_bytes_new_take (json, strlen (json));
  g_autoptr (GError) error = NULL;
  g_autoptr (QcWirePage) page = qc_wire_decode_page (bytes, QC_FEED_PEOPLE, &error);
  g_assert_no_error (error);
  assert_plain (g_array_index (page->rows, QcFeedRow, 0).employee->name, QC_TEXT_PERSON_NAME);
  g_assert_cmpstr (g_array_index (page->rows, QcFeedRow, 1).employee->name, ==, "张 三");
}

/* A thousand people in one page: within the gate's limits, and quick. */
static void
test_full_page (void)
{
  g_autoptr (QcJsonWriter) writer = qc_json_writer_new (0);
  g_autoptr (QcEmployee) employee = qc_employee_new ();
  employee->account = g_strdup ("2311000000421");
  employee->name = g_strdup ("阿卜杜拉·买买提𠮷䶮");
  employee->document_type = g_strdup ("01");
  employee->document = g_strdup ("23110219900307001X");
  employee->base = QC_MONEY_MAX;
  qc_wire_page_begin (writer, QC_FEED_PEOPLE);
  for (guint i = 0; i < QC_WIRE_MAX_ROWS; i++) {
    g_autofree char *key = g_strdup_printf ("%u", i);
    qc_wire_page_add (writer, &(QcFeedRow) {.feed = QC_FEED_PEOPLE, .key = key, .employee = employee});
  }
  g_assert_cmpuint (qc_json_writer_get_size (writer), <, QC_WIRE_PAGE_BYTES);
  g_autoptr (GBytes) bytes = qc_wire_page_end (writer, "1.1000", FALSE, -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (QcWirePage) page = qc_wire_decode_page (bytes, QC_FEED_PEOPLE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (page->rows->len, ==, QC_WIRE_MAX_ROWS);
  g_assert_cmpint (page->total, ==, -1);
}

/* ---- a newer center (R12) ---- */

/* What a newer center may call things, in every kind of row: the page is taken, and the row says that it is not known.
 */
static void
test_newer_center (void)
{
  static const struct {
    const char *file, *from, *to;
    QcFeed feed;
  } news[] = {
      {"PagePeople.json", "\"status\":1", "\"status\":41", QC_FEED_PEOPLE},
      {"PagePeople.json", "\"men-60\"", "\"men-63\"", QC_FEED_PEOPLE},
      {"PageUnit.json", "\"status\":1", "\"status\":41", QC_FEED_UNIT},
      {"PagePolicy.json", "\"half-up-yuan\"", "\"half-even-yuan\"", QC_FEED_POLICY},
      {"PagePolicy.json", "\"sealed\"", "\"waiting\"", QC_FEED_POLICY},
      {"PagePaid.json", "\"back-payment\"", "\"subsidy\"", QC_FEED_PAID},
      {"PageMovements.json", "\"arrival\"", "\"cheque\"", QC_FEED_MOVEMENTS},
      {"PageCodes.json", "\"seal-reason\"", "\"a-new-list\"", QC_FEED_CODES},
  };
  for (guint i = 0; i < G_N_ELEMENTS (news); i++) {
    g_autoptr (GBytes) bytes = load (news[i].file);
    g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
    g_autoptr (GString) newer = g_string_new (text);
    g_assert_cmpuint (g_string_replace (newer, news[i].from, news[i].to, 0), >, 0);
    g_autoptr (GBytes) changed = g_bytes_new (newer->str, newer->len);
    g_autoptr (GError) error = NULL;
    g_autoptr (QcWirePage) page = qc_wire_decode_page (changed, news[i].feed, &error);
    g_test_message ("%s", news[i].to);
    g_assert_no_error (error);
    g_assert_cmpuint (page->rows->len, >, 0);
    const QcFeedRow *row = &g_array_index (page->rows, QcFeedRow, 0);
    switch (i) {
    case 0:
      g_assert_cmpint (row->employee->status, ==, QC_PERSON_OTHER);
      break;
    case 1:
      g_assert_cmpint (row->employee->retirement_class, ==, QC_RETIREMENT_UNKNOWN);
      break;
    case 2:
      g_assert_cmpint (row->unit->status, ==, QC_UNIT_OTHER);
      g_assert_false (qc_unit_status_can_remit (row->unit->status));
      break;
    case 3:
      g_assert_cmpint (row->policy->unit_rounding, ==, QC_ROUNDING_OTHER);
      break;
    default:
      break;
    }
  }
}

/* Every file of messages/ is a test; a file that nobody can read fails. */
static void
add_messages (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "tests", "displayless", "wire", "messages", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  g_assert_no_error (error);
  const char *file;
  while ((file = g_dir_read_name (dir)) != NULL) {
    char *name = g_strdup (file);
    g_autofree char *trip = g_strconcat ("/wire/round-trip/", name, NULL);
    g_autofree char *changes = g_strconcat ("/wire/changes/", name, NULL);
    g_test_add_data_func (trip, name, test_round_trip);
    g_test_add_data_func_full (changes, name, test_changes, g_free);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_messages ();
  g_test_add_func ("/wire/bad", test_bad);
  g_test_add_func ("/wire/newer-center", test_newer_center);
  g_test_add_func ("/wire/unknown-members", test_unknown_members);
  g_test_add_func ("/wire/values", test_values);
  g_test_add_func ("/wire/problem-copy", test_problem_copy);
  g_test_add_func ("/wire/defaults", test_defaults);
  g_test_add_func ("/wire/full-page", test_full_page);
  g_test_add_func ("/wire/written-texts", test_written_texts);
  g_test_add_func ("/wire/written-application", test_written_application);
  g_test_add_func ("/wire/read-texts", test_read_texts);
  return g_test_run ();
}
