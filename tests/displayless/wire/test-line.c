/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Lines of a roster on the wire (the columns of the business that are set, nothing else) and in the client's database
 * (everything, unreadable cells too), a submission of many lines, and what a newer center may say.
 */
#include <string.h>
#include "qc-month.h"
#include "qc-wire-line.h"
#include "qc-wire-page.h"
#include "qc-wire-fact.h"
#include "qc-wire-submission.h"
#include "qc-wire.h"

/* Some value for each field. */
static void
fill (QcRosterLine *line, QcLineFieldId id, GRand *rand)
{
  static const char *const texts[] = {"阿卜杜拉·买买提𠮷䶮", "a", "!name", "x=1\\n\"'", "{\"line\":1}", " "};
  switch (qc_line_field (id)->type) {
  case QC_FIELD_TEXT:
    qc_line_set_text (line, id, texts[g_rand_int_range (rand, 0, G_N_ELEMENTS (texts))]);
    break;
  case QC_FIELD_CODE:
    qc_line_set_text (line, id, g_rand_boolean (rand) ? "01" : "a-B_9");
    break;
  case QC_FIELD_MONEY:
    qc_line_set_int (line, id, g_rand_boolean (rand) ? QC_MONEY_MAX : g_rand_int_range (rand, 1, G_MAXINT32));
    break;
  case QC_FIELD_DIFFERENCE:
    qc_line_set_int (line, id, g_rand_boolean (rand) ? -QC_MONEY_MAX : g_rand_int_range (rand, 1, G_MAXINT32));
    break;
  case QC_FIELD_CHANGE:
    qc_line_set_int (line, id, g_rand_boolean (rand) ? -QC_LINE_MAX_CHANGE : QC_LINE_MAX_CHANGE);
    break;
  case QC_FIELD_NUMBER:
    qc_line_set_int (line, id, g_rand_boolean (rand) ? G_MAXINT32 : 1);
    break;
  case QC_FIELD_FLAG:
    qc_line_set_int (line, id, TRUE);
    break;
  case QC_FIELD_MONTH:
    qc_line_set_int (line, id, qc_month_add (202001, g_rand_int_range (rand, 0, 200)));
    break;
  case QC_FIELD_DATE:
    qc_line_set_int (line, id, 20240229);
    break;
  case QC_FIELD_STATUS:
    qc_line_set_int (line, id, g_rand_boolean (rand) ? QC_PERSON_NORMAL : QC_PERSON_OTHER);
    break;
  case QC_FIELD_SEX:
    qc_line_set_int (line, id, g_rand_int_range (rand, QC_SEX_MALE, QC_SEX_FEMALE + 1));
    break;
  case QC_FIELD_CLASS:
    qc_line_set_int (line, id, g_rand_int_range (rand, QC_RETIREMENT_MEN_60, QC_RETIREMENT_WOMEN_60 + 1));
    break;
  default:
    g_assert_not_reached ();
  }
}

/* About every second field. */
static QcRosterLine *
random_line (GRand *rand, gint64 id)
{
  QcRosterLine *line = qc_roster_line_new ();
  line->id = id;
  for (guint i = 0; i < QC_N_LINE_FIELDS; i++)
    if (g_rand_boolean (rand))
      fill (line, i, rand);
  return line;
}

/* ---- on the wire ---- */

static void
test_columns (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  for (guint business = 0; business < QC_N_BUSINESSES; business++) {
    const QcBusinessInfo *info = qc_business_info (business);
    for (int round = 0; round < 50; round++) {
      g_autoptr (QcSubmission) sent = qc_submission_new (business), wanted = qc_submission_new (business);
      for (gint64 id = 1; id < 4; id++) {
        QcRosterLine *line = random_line (rand, id * 1000), *cut = qc_roster_line_new ();
        cut->id = line->id;
        for (guint i = 0; i < info->n_columns; i++)
          qc_line_copy_field (cut, line, info->columns[i].field);
        qc_line_set_raw (line, QC_LINE_NAME, "is not sent");
        qc_roster_take (sent->roster, -1, line);
        qc_roster_take (wanted->roster, -1, cut);
      }
      if (business == QC_BUSINESS_REMITTANCE)
        continue; /* its claim is another matter */
      sent->effective = wanted->effective = info->moves_month ? 202610 : QC_MONTH_NONE;
      g_autoptr (GBytes) bytes = qc_wire_encode_submission (sent);
      g_autoptr (GError) error = NULL;
      g_autoptr (QcSubmission) got = qc_wire_decode_submission (bytes, &error);
      g_assert_no_error (error);
      g_assert_true (qc_submission_equal (got, wanted));
      guint n;
      g_autoptr (QcSubmission) head = qc_wire_decode_submission_head (bytes, &n, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (n, ==, 3);
      g_assert_cmpuint (head->roster->lines->len, ==, 0);
      g_assert_cmpint (head->effective, ==, sent->effective);
    }
  }
}

static QcSubmission *
decode (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  return qc_wire_decode_submission (bytes, error);
}

/* Members of a newer client and of no column are passed over; a business nobody knows is left to the engine. */
static void
test_unknown (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QcSubmission) later = decode ("{\"business\":\"sealing\",\"effective\":202610,\"lines\":1,\"later\":[1]}\n"
                                           "{\"line\":3,\"account\":\"1\",\"class\":\"women-50\",\"later\":{}}",
                                           &error);
  g_assert_no_error (error);
  const QcRosterLine *line = g_ptr_array_index (later->roster->lines, 0);
  g_assert_cmpstr (line->account, ==, "1");
  g_assert_cmpint (line->klass, ==, QC_RETIREMENT_UNKNOWN);
  g_autoptr (QcSubmission) other = decode ("{\"business\":\"loan\",\"lines\":1}\n{\"line\":1,\"fen\":1}\n", &error);
  g_assert_no_error (error);
  g_assert_cmpint (other->business, ==, QC_BUSINESS_OTHER);
}

/* The gate stands before each line of text, and before the whole. */
static void
test_gates (void)
{
  g_autoptr (GString) text = g_string_new ("{\"business\":\"sealing\",\"lines\":1}\n{\"line\":1,\"later\":\"");
  while (text->len < 5000)
    g_string_append_c (text, 'x');
  g_string_append (text, "\"}\n");
  g_autoptr (GError) error = NULL;
  g_assert_null (decode (text->str, &error));
  g_assert_error (error, QC_WIRE_ERROR, QC_WIRE_ERROR_SIZE);
  g_assert_true (g_str_has_prefix (error->message, "line 2: "));
  g_clear_error (&error);

  g_string_assign (text, "{\"business\":\"sealing\",\"lines\":1}\n{\"line\":1");
  for (int i = 0; i < 70; i++)
    g_string_append_printf (text, ",\"m%d\":1", i);
  g_string_append (text, "}\n");
  g_assert_null (decode (text->str, &error));
  g_assert_true (g_str_has_prefix (error->message, "line 2: "));
  g_clear_error (&error);

  g_string_assign (text, "{\"business\":\"sealing\",\"lines\":0,\"later\":\"");
  while (text->len < 300 * 1024)
    g_string_append_c (text, 'x');
  g_string_append (text, "\"}\n");
  g_assert_null (decode (text->str, &error));
  g_assert_error (error, QC_WIRE_ERROR, QC_WIRE_ERROR_SIZE);
  g_clear_error (&error);

  g_autofree char *large = g_malloc0 (QC_SUBMISSION_MAX_SIZE + 1);
  g_autoptr (GBytes) bytes = g_bytes_new_static (large, QC_SUBMISSION_MAX_SIZE + 1);
  g_assert_null (qc_wire_decode_submission (bytes, &error));
  g_assert_error (error, QC_WIRE_ERROR, QC_WIRE_ERROR_SIZE);
}

/* Facts: as many and as long as may travel, one character and one fact above; as they are kept; and of a business that
 * has none they are passed over. */
static void
test_facts (void)
{
  g_autoptr (QcSubmission) sent = qc_submission_new (QC_BUSINESS_UNIT_CHANGE);
  g_autoptr (GString) longest = g_string_new (NULL);
  for (int i = 0; i < 500; i++)
    g_string_append (longest, "𠮷");
  for (int i = 0; i < QC_MAX_FACTS; i++) {
    g_autofree char *name = g_strdup_printf ("F%d", i);
    qc_fact_list_add (sent->facts, name, i == 0 ? longest->str : "\"\\\n", i == 1 ? longest->str : "");
  }
  g_autoptr (GBytes) bytes = qc_wire_encode_submission (sent);
  g_autoptr (GError) error = NULL;
  g_autoptr (QcSubmission) got = qc_wire_decode_submission (bytes, &error);
  g_assert_no_error (error);
  g_assert_true (qc_submission_equal (sent, got));

  g_autofree char *text = qc_wire_facts_to_text (sent->facts);
  g_autoptr (GPtrArray) kept = qc_wire_facts_from_text (text, &error);
  g_assert_no_error (error);
  g_assert_true (qc_fact_list_equal (sent->facts, kept));
  g_assert_null (qc_wire_facts_from_text ("{\"facts\":[{}]}", &error));
  g_assert_error (error, QC_WIRE_ERROR, QC_WIRE_ERROR_MISSING);
  g_clear_error (&error);

  QcFact *first = g_ptr_array_index (sent->facts, 0);
  g_string_append (longest, "x");
  g_free (first->before);
  first->before = g_strdup (longest->str);
  g_assert_false (qc_submission_equal (sent, got));
  g_autoptr (GBytes) longer = qc_wire_encode_submission (sent);
  g_assert_null (qc_wire_decode_submission (longer, &error));
  g_assert_error (error, QC_WIRE_ERROR, QC_WIRE_ERROR_VALUE);
  g_clear_error (&error);

  qc_fact_list_add (got->facts, "ONE-MORE", "", "x");
  g_autoptr (GBytes) more = qc_wire_encode_submission (got);
  g_assert_null (qc_wire_decode_submission (more, &error));
  g_assert_error (error, QC_WIRE_ERROR, QC_WIRE_ERROR_VALUE);
  g_clear_error (&error);

  g_autoptr (QcSubmission) other = decode ("{\"business\":\"sealing\",\"facts\":[{\"name\":\"DWYB\",\"before\":\"\","
                                           "\"value\":\"1\"}],\"lines\":0}\n",
                                           &error);
  g_assert_no_error (error);
  g_assert_cmpuint (other->facts->len, ==, 0);
}

static void
test_most (void)
{
  g_autoptr (QcSubmission) sent = qc_submission_new (QC_BUSINESS_SEALING);
  for (guint i = 0; i < QC_SUBMISSION_MAX_LINES; i++) {
    QcRosterLine *line = qc_roster_line_new ();
    line->account = g_strdup_printf ("%u", i);
    line->name = g_strdup ("张三");
    line->document = g_strdup ("23110219900307001X");
    line->status = QC_PERSON_NORMAL;
    line->status_after = QC_PERSON_SEALED;
    line->reason = g_strdup ("01");
    line->base = 500000;
    qc_roster_take (sent->roster, -1, line);
  }
  gint64 begin = g_get_monotonic_time ();
  g_autoptr (GBytes) bytes = qc_wire_encode_submission (sent);
  gint64 encoded = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;
  g_autoptr (QcSubmission) got = qc_wire_decode_submission (bytes, &error);
  g_assert_no_error (error);
  g_test_message ("%u lines, %" G_GSIZE_FORMAT " bytes: encoded in %.2f s, decoded in %.2f s", QC_SUBMISSION_MAX_LINES,
                  g_bytes_get_size (bytes), (double)(encoded - begin) / G_USEC_PER_SEC,
                  (double)(g_get_monotonic_time () - encoded) / G_USEC_PER_SEC);
  g_assert_true (qc_submission_equal (sent, got));
  qc_roster_take (sent->roster, -1, qc_roster_line_new ());
  g_autoptr (GBytes) more = qc_wire_encode_submission (sent);
  g_assert_null (qc_wire_decode_submission (more, &error));
  g_assert_cmpstr (error->message, ==, "lines: out of range");
}

/* ---- in the client's database ---- */

static void
test_stored (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  for (int round = 0; round < 500; round++) {
    g_autoptr (QcRosterLine) line = random_line (rand, 0);
    for (guint i = 0; i < QC_N_LINE_FIELDS; i++)
      if (g_rand_int_range (rand, 0, 8) == 0) {
        qc_line_clear (line, i);
        qc_line_set_raw (line, i, i % 2 ? "五千\n!base\\" : " ");
      }
    g_autofree char *text = qc_wire_line_to_text (line);
    g_autoptr (GError) error = NULL;
    g_autoptr (QcRosterLine) again = qc_wire_line_from_text (text, &error);
    g_assert_no_error (error);
    g_assert_true (qc_roster_line_equal (line, again));
    g_autofree char *same = qc_wire_line_to_text (again);
    g_assert_cmpstr (text, ==, same);
  }
}

static QcRosterLine *
random_stored (GRand *rand)
{
  QcRosterLine *line = random_line (rand, 0);
  for (guint i = 0; i < QC_N_LINE_FIELDS; i++)
    if (g_rand_int_range (rand, 0, 8) == 0)
      qc_line_set_raw (line, i, i % 2 ? "五千\n!base\\" : " "); /* a value may stand beside it */
  return line;
}

/* What makes one line into another one, and back again. */
static void
test_changes (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (12);
  for (int round = 0; round < 500; round++) {
    g_autoptr (QcRosterLine) from = random_stored (rand);
    g_autoptr (QcRosterLine) to = round % 2 ? random_stored (rand) : qc_roster_line_copy (from);
    if (round % 4 == 0)
      qc_line_clear (to, g_rand_int_range (rand, 0, QC_N_LINE_FIELDS));
    gboolean same = qc_roster_line_equal (from, to);
    g_autoptr (GString) there = g_string_new (NULL), back = g_string_new (NULL);
    g_assert_true (qc_wire_line_append_changes (there, from, to) == !same);
    g_assert_true ((there->len == 0) == same);
    qc_wire_line_append_changes (back, to, from);
    g_autoptr (QcRosterLine) line = qc_roster_line_copy (from);
    g_autoptr (GError) error = NULL;
    qc_wire_line_change (line, there->str, &error);
    g_assert_no_error (error);
    g_assert_true (qc_roster_line_equal (line, to));
    qc_wire_line_change (line, back->str, &error);
    g_assert_no_error (error);
    g_assert_true (qc_roster_line_equal (line, from));
  }
}

/* The two characters that separate cannot be entered; where one comes all the same, the rest of the line is right. */
static void
test_separators (void)
{
  g_autoptr (QcRosterLine) line = qc_roster_line_new ();
  qc_line_set_text (line, QC_LINE_NAME,
                    "a\x1f"
                    "b\x1e"
                    "c");
  qc_line_set_raw (line, QC_LINE_BASE,
                   "\x1e"
                   "base\x1f"
                   "1");
  line->new_base = 5;
  g_autofree char *text = qc_wire_line_to_text (line);
  g_autoptr (GError) error = NULL;
  g_autoptr (QcRosterLine) again = qc_wire_line_from_text (text, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again->name, ==, "abc");
  g_assert_cmpstr (qc_line_get_raw (again, QC_LINE_BASE), ==, "base1");
  g_assert_cmpint (again->base, ==, 0);
  g_assert_cmpint (again->new_base, ==, 5);
  g_autoptr (QcRosterLine) empty = qc_wire_line_from_text ("", &error);
  g_assert_no_error (error);
  g_autoptr (QcRosterLine) nothing = qc_roster_line_new ();
  g_assert_true (qc_roster_line_equal (empty, nothing));
}

static void
test_damaged (void)
{
  static const char *const bad[] = {
      "name",
      "nobody\x1f"
      "1",
      "base\x1f",
      "base\x1f"
      "-1",
      "base\x1f"
      "1x",
      "base\x1f"
      "99999999999999999",
      "to\x1f"
      "202613",
      "birth\x1f"
      "20260230",
      "class\x1f"
      "9",
      "name\x1f"
      "a\x1e",
      "!\x1f"
      "1",
      "\x1f"
      "1",
      "\x1e",
  };
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (QcRosterLine) line = qc_wire_line_from_text (bad[i], &error);
    if (line != NULL && i != 9) /* an end without a field after it is an end */
      g_error ("%u passes", i);
    if (line == NULL)
      g_assert_error (error, QC_WIRE_ERROR, QC_WIRE_ERROR_VALUE);
  }
}

/* ---- a newer center (R12) ---- */

/* One unknown code costs nothing but the word for it: the row stays, and so does the rest of the page. */
static void
test_newer_center (void)
{
  static const char text[]
      = "{\"feed\":\"applications\",\"rows\":[{\"key\":\"1\",\"serial\":\"1\",\"business\":\"loan\",\"state\":"
        "\"frozen\","
        "\"draw\":\"reversed\",\"draw_number\":0,\"method\":\"card\",\"start\":0,\"end\":0,\"effective\":0,"
        "\"finished\":0,\"people\":1,\"fen\":100,\"arrived\":0,\"created\":1,\"revision\":1,"
        "\"months\":[],\"timeline\":[]},{\"key\":\"2\",\"serial\":\"2\",\"business\":\"sealing\",\"state\":"
        "\"finished\","
        "\"draw\":\"none\",\"draw_number\":0,\"method\":\"none\",\"start\":0,\"end\":0,\"effective\":202610,"
        "\"finished\":1,\"people\":1,\"fen\":0,\"arrived\":0,\"created\":1,\"revision\":1,"
        "\"months\":[],\"timeline\":[]}],\"cursor\":\"1\",\"more\":false}";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (QcWirePage) page = qc_wire_decode_page (bytes, QC_FEED_APPLICATIONS, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (page->rows->len, ==, 2);
  const QcApplication *row = g_array_index (page->rows, QcFeedRow, 0).application;
  g_assert_cmpint (row->business, ==, QC_BUSINESS_OTHER);
  g_assert_cmpint (row->state, ==, QC_STATE_OTHER);
  g_assert_cmpint (row->draw, ==, QC_DRAW_OTHER);
  g_assert_cmpint (row->method, ==, QC_METHOD_OTHER);
  g_assert_cmpint (row->fen, ==, 100);
  for (guint action = 0; action < QC_N_APPLICATION_ACTIONS; action++)
    g_assert_false (qc_application_can (row, action));
  g_assert_cmpint (g_array_index (page->rows, QcFeedRow, 1).application->business, ==, QC_BUSINESS_SEALING);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/line/columns", test_columns);
  g_test_add_func ("/wire/line/unknown", test_unknown);
  g_test_add_func ("/wire/line/gates", test_gates);
  g_test_add_func ("/wire/line/facts", test_facts);
  g_test_add_func ("/wire/line/most", test_most);
  g_test_add_func ("/wire/line/stored", test_stored);
  g_test_add_func ("/wire/line/changes", test_changes);
  g_test_add_func ("/wire/line/separators", test_separators);
  g_test_add_func ("/wire/line/damaged", test_damaged);
  g_test_add_func ("/wire/line/newer-center", test_newer_center);
  return g_test_run ();
}
