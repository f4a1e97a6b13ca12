/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Pictures of an application (B5, B13, O3): each row is which pictures there are and exactly which findings come of it;
 * names that may be one; and the check code, which every change of any line changes.
 */
#include <string.h>
#include "qc-rules-attachments.h"
#include "qc-submission.h"

#define A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
#define C "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc"
#define D "dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"

#define NOW "NOW" /* stands for the check code of the roster */

#define MOST 1000

static GPtrArray *
new_codes (void)
{
  GPtrArray *codes = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_code_free);
  const QcCode rows[] = {
      {(char *)"attachment-back-payment", (char *)"roster", (char *)"补缴清册", 0, .at_least = 1, .at_most = 2,
       .max_size = MOST},
      {(char *)"attachment-back-payment", (char *)"statement", (char *)"补缴说明", 1, .at_least = 1, .max_size = 0},
      {(char *)"attachment-account-opening", (char *)"credit-authorization", (char *)"征信授权书", 0, .of_line = TRUE,
       .at_least = 1, .at_most = 1, .max_size = MOST},
      {(char *)"attachment-transfer", (char *)"letter", (char *)"函", 0, .at_most = 1},
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    QcCode *code = g_new (QcCode, 1);
    *code = rows[i];
    code->list = g_strdup (rows[i].list);
    code->code = g_strdup (rows[i].code);
    code->label = g_strdup (rows[i].label);
    g_ptr_array_add (codes, code);
  }
  return codes;
}

static void
add_line (QcRoster *roster, gint64 id, const char *name, const char *document)
{
  QcRosterLine *line = qc_roster_line_new ();
  line->id = id;
  qc_line_set_text (line, QC_LINE_NAME, name);
  qc_line_set_text (line, QC_LINE_DOCUMENT, document);
  qc_roster_take (roster, -1, line);
}

/* Two people, 张三 (line 1) and 李四 (line 9), and of a third one no line any more (line 3). */
static QcRoster *
new_roster (void)
{
  QcRoster *roster = qc_roster_new ();
  add_line (roster, 1, "张三", "23110219900307001X");
  add_line (roster, 9, "李四", "E12345678");
  return roster;
}

typedef struct {
  const char *kind;
  gint64 line;
  const char *name, *digest;
  gint64 size;
  const char *lines;
} Given;

#define ROSTER(digest)                      \
  {                                         \
    "roster", 0, "清册.jpg", digest, 9, NOW \
  }
#define STATEMENT(digest)                       \
  {                                             \
    "statement", 0, "说明.jpg", digest, 9, NULL \
  }
#define ZHANG(digest)                                                    \
  {                                                                      \
    "credit-authorization", 1, "23110219900307001X.jpg", digest, 9, NULL \
  }
#define LI(digest)                                              \
  {                                                             \
    "credit-authorization", 9, "E12345678.jpg", digest, 9, NULL \
  }

static const struct {
  const char *what;
  QcBusiness business;
  Given given[5];
  const char *found; /* code@line, in the order in which they are found */
} rows[] = {
    {"complete", QC_BUSINESS_BACK_PAYMENT, {ROSTER (A), STATEMENT (B)}, ""},
    {"two-pages", QC_BUSINESS_BACK_PAYMENT, {ROSTER (A), ROSTER (C), STATEMENT (B)}, ""},
    {"nothing", QC_BUSINESS_BACK_PAYMENT, {{NULL}}, "attachment.missing@0 attachment.missing@0"},
    {"one-missing", QC_BUSINESS_BACK_PAYMENT, {ROSTER (A)}, "attachment.missing@0"},
    {"too-many",
     QC_BUSINESS_BACK_PAYMENT,
     {ROSTER (A), ROSTER (B), ROSTER (C), STATEMENT (D)},
     "attachment.too-many@0"},
    {"no-limit",
     QC_BUSINESS_BACK_PAYMENT,
     {ROSTER (A), {"statement", 0, "1.jpg", B, 1 << 24}, STATEMENT (C), STATEMENT (D)},
     ""},
    {"too-large",
     QC_BUSINESS_BACK_PAYMENT,
     {{"roster", 0, "a.jpg", A, MOST + 1, NOW}, STATEMENT (B)},
     "attachment.too-large@0"},
    {"as-large-as-may-be", QC_BUSINESS_BACK_PAYMENT, {{"roster", 0, "a.jpg", A, MOST, NOW}, STATEMENT (B)}, ""},
    {"unknown-kind",
     QC_BUSINESS_BACK_PAYMENT,
     {ROSTER (A), STATEMENT (B), {"letter", 0, "a.jpg", C, 1}},
     "attachment.kind-unknown@0"},
    {"of-a-line-but-asked-of-the-application",
     QC_BUSINESS_BACK_PAYMENT,
     {ROSTER (A), STATEMENT (B), {"statement", 1, "a.jpg", C, 1}},
     "attachment.kind-unknown@1"},
    {"same-picture-twice", QC_BUSINESS_BACK_PAYMENT, {ROSTER (A), STATEMENT (A)}, "attachment.same-picture@0"},
    {"outdated",
     QC_BUSINESS_BACK_PAYMENT,
     {{"roster", 0, "a.jpg", A, 1, "22222222"}, STATEMENT (B)},
     "attachment.outdated@0"},
    {"without-its-code",
     QC_BUSINESS_BACK_PAYMENT,
     {{"roster", 0, "a.jpg", A, 1, NULL}, STATEMENT (B)},
     "attachment.outdated@0"},
    {"each-has-one", QC_BUSINESS_ACCOUNT_OPENING, {ZHANG (A), LI (B)}, ""},
    {"nobody-has-one", QC_BUSINESS_ACCOUNT_OPENING, {{NULL}}, "attachment.missing@1 attachment.missing@9"},
    {"one-has-none", QC_BUSINESS_ACCOUNT_OPENING, {ZHANG (A)}, "attachment.missing@9"},
    {"one-has-two",
     QC_BUSINESS_ACCOUNT_OPENING,
     {ZHANG (A), LI (B), {"credit-authorization", 9, "E12345678-2.jpg", C, 1}},
     "attachment.too-many@9"},
    {"of-a-line-that-is-gone",
     QC_BUSINESS_ACCOUNT_OPENING,
     {ZHANG (A), {"credit-authorization", 3, "3.jpg", C, 1}, LI (B)},
     "attachment.line-gone@0"},
    {"of-the-application-but-asked-of-lines",
     QC_BUSINESS_ACCOUNT_OPENING,
     {{"credit-authorization", 0, "a.jpg", C, 1}, ZHANG (A), LI (B)},
     "attachment.kind-unknown@0"},
    {"under-another-name",
     QC_BUSINESS_ACCOUNT_OPENING,
     {{"credit-authorization", 1, "E12345678.jpg", A, 1}, LI (B)},
     "attachment.name@1"},
    {"under-a-name-in-small-letters",
     QC_BUSINESS_ACCOUNT_OPENING,
     {{"credit-authorization", 1, "23110219900307001x.jpg", A, 1}, LI (B)},
     "attachment.name@1"},
    {"same-picture-of-two-people", QC_BUSINESS_ACCOUNT_OPENING, {ZHANG (A), LI (A)}, "attachment.same-picture@9"},
    {"none-has-to-be", QC_BUSINESS_TRANSFER, {{NULL}}, ""},
    {"nothing-is-asked", QC_BUSINESS_SEALING, {{NULL}}, ""},
    {"what-is-not-asked", QC_BUSINESS_SEALING, {ROSTER (A)}, "attachment.kind-unknown@0"},
};

static void
test_row (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (GPtrArray) codes = new_codes ();
  g_autoptr (QcRoster) roster = new_roster ();
  g_autoptr (GPtrArray) attachments = qc_attachment_list_new ();
  g_autofree char *now = qc_roster_dup_check_code (rows[i].business, roster);
  for (const Given *g = rows[i].given; g->kind != NULL; g++)
    g_ptr_array_add (attachments, qc_attachment_new (g->kind, g->line, g->name, g->digest, g->size,
                                                     g_strcmp0 (g->lines, NOW) == 0 ? now : g->lines));
  QcRosterFacts facts = {.codes = codes};
  g_autoptr (GPtrArray) out = qc_findings_new ();
  qc_rules_attachments_check (rows[i].business, &facts, roster, attachments, out);
  g_autoptr (GString) found = g_string_new (NULL);
  for (guint f = 0; f < out->len; f++) {
    const QcFinding *finding = g_ptr_array_index (out, f);
    g_autofree char *sentence = qc_finding_dup_sentence (finding);
    g_autofree char *group = qc_finding_dup_group (finding);
    g_string_append_printf (found, "%s%s@%" G_GINT64_FORMAT, f > 0 ? " " : "", finding->code, finding->line);
    g_assert_null (strchr (sentence, '{')); /* every argument is given */
    g_assert_null (strchr (group, '{'));
    g_assert_cmpstr (finding->field, ==, "attachments");
  }
  g_assert_cmpstr (found->str, ==, rows[i].found);
}

/* Who lacks something is said by name. */
static void
test_whom (void)
{
  g_autoptr (GPtrArray) codes = new_codes ();
  g_autoptr (QcRoster) roster = new_roster ();
  g_autoptr (GPtrArray) none = qc_attachment_list_new ();
  g_autoptr (GPtrArray) out = qc_findings_new ();
  QcRosterFacts facts = {.codes = codes};
  qc_rules_attachments_check (QC_BUSINESS_ACCOUNT_OPENING, &facts, roster, none, out);
  g_autofree char *whom = qc_finding_dup_whom (out->pdata[1]);
  g_assert_cmpstr (whom, ==, "李四");
  g_autofree char *sentence = qc_finding_dup_sentence (out->pdata[1]);
  g_assert_cmpstr (sentence, ==, "“征信授权书”: 0 of at least 1 are there.");
}

static void
test_names (void)
{
  static const struct {
    const char *name;
    gboolean is;
  } names[] = {
      {"23110219900307001X.jpg", TRUE},
      {"补缴清册 第1页.jpg", TRUE},
      {"𠮷.jpg", TRUE},
      {"", FALSE},
      {".", FALSE},
      {"..", FALSE},
      {".jpg", FALSE},
      {"a/b.jpg", FALSE},
      {"/a", FALSE},
      {"a\\b", FALSE},
      {"C:a", FALSE},
      {"a\nb", FALSE},
      {"a\xe2\x80\xae"
       "gpj.exe",
       FALSE},
      {"\xff.jpg", FALSE},
      {"a?", FALSE},
  };
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (qc_attachment_is_name (names[i].name) != names[i].is)
      g_error ("%s", names[i].name);
  g_autofree char *most = g_strnfill (QC_ATTACHMENT_MAX_NAME, 'a');
  g_autofree char *more = g_strnfill (QC_ATTACHMENT_MAX_NAME + 1, 'a');
  g_assert_true (qc_attachment_is_name (most));
  g_assert_false (qc_attachment_is_name (more));

  g_assert_true (qc_attachment_is_digest (A));
  g_assert_false (qc_attachment_is_digest (A "a"));
  g_assert_false (qc_attachment_is_digest ("../../../../../../../../../../../../../../../../../../../../../a"));
  g_assert_false (qc_attachment_is_digest ("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));

  g_autofree char *first = qc_attachment_dup_person_name ("23110219900307001X", 0);
  g_autofree char *second = qc_attachment_dup_person_name ("护照/E 1", 1);
  g_assert_cmpstr (first, ==, "23110219900307001X.jpg");
  g_assert_cmpstr (second, ==, "护照-E 1-2.jpg");
}

/* ---- lists ---- */

static void
test_lists (void)
{
  g_autoptr (GPtrArray) list = qc_attachment_list_new ();
  g_ptr_array_add (list, qc_attachment_new ("a", 2, "2.jpg", A, 1, NULL));
  g_ptr_array_add (list, qc_attachment_new ("z", 0, "page 1.jpg", A, 1, NULL));
  g_ptr_array_add (list, qc_attachment_new ("a", 1, "1.jpg", A, 1, NULL));
  g_ptr_array_add (list, qc_attachment_new ("z", 0, "page 2.jpg", A, 1, "x"));
  g_autoptr (GPtrArray) copy = qc_attachment_list_copy (list);
  g_assert_true (qc_attachment_list_equal (list, copy));
  qc_attachment_list_sort (list);
  static const char *const order[] = {"page 1.jpg", "page 2.jpg", "1.jpg", "2.jpg"};
  for (guint i = 0; i < list->len; i++)
    g_assert_cmpstr (((QcAttachment *)list->pdata[i])->name, ==, order[i]);
  g_assert_false (qc_attachment_list_equal (list, copy));
  qc_attachment_list_sort (copy);
  g_assert_true (qc_attachment_list_equal (list, copy));
  QcAttachment *last = list->pdata[3];
  g_assert_true (qc_attachment_equal (last, copy->pdata[3]));
  last->size++;
  g_assert_false (qc_attachment_equal (last, copy->pdata[3]));
  last->size--;
  last->lines = g_strdup ("x");
  g_assert_false (qc_attachment_list_equal (list, copy));
}

/* What is confirmed is what is sent, its pictures, its method and what it comes after too. */
static void
test_submissions (void)
{
  g_autoptr (QcSubmission) a = qc_submission_new (QC_BUSINESS_BACK_PAYMENT);
  g_autoptr (QcSubmission) b = qc_submission_new (QC_BUSINESS_BACK_PAYMENT);
  g_assert_true (qc_submission_equal (a, b));
  a->method = QC_METHOD_TRANSFER;
  g_assert_false (qc_submission_equal (a, b));
  b->method = QC_METHOD_TRANSFER;
  a->replaces = g_strdup ("1");
  g_assert_false (qc_submission_equal (a, b));
  b->replaces = g_strdup ("1");
  g_ptr_array_add (a->attachments, qc_attachment_new ("roster", 0, "a.jpg", A, 1, NULL));
  g_assert_false (qc_submission_equal (a, b));
  g_ptr_array_add (b->attachments, qc_attachment_new ("roster", 0, "a.jpg", B, 1, NULL));
  g_assert_false (qc_submission_equal (a, b));
}

/* ---- the check code ---- */

static QcRoster *
new_sealing (void)
{
  QcRoster *roster = qc_roster_new ();
  for (gint64 id = 1; id <= 3; id++) {
    QcRosterLine *line = qc_roster_line_new ();
    line->id = id;
    qc_line_set_text (line, QC_LINE_NAME, id == 1 ? "张三" : id == 2 ? "李四" : "王五");
    qc_line_set_text (line, QC_LINE_ACCOUNT, "2311");
    qc_line_set_text (line, QC_LINE_REASON, "01");
    qc_line_set_int (line, QC_LINE_BASE, 500000 + id);
    qc_roster_take (roster, -1, line);
  }
  return roster;
}

static void
test_check_code (void)
{
  g_autoptr (QcRoster) roster = new_sealing ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  char *first = qc_roster_dup_check_code (QC_BUSINESS_SEALING, roster);
  g_assert_cmpstr (first, ==, "WM2PPQA4"); /* the same everywhere and always */
  g_hash_table_add (seen, first);
  const QcBusinessInfo *info = qc_business_info (QC_BUSINESS_SEALING);
  for (guint i = 0; i < info->n_columns; i++) {
    g_autoptr (QcRoster) other = new_sealing ();
    QcRosterLine *line = other->lines->pdata[1];
    QcLineFieldId id = info->columns[i].field;
    QcFieldType type = qc_line_field (id)->type;
    if (type == QC_FIELD_TEXT || type == QC_FIELD_CODE)
      qc_line_set_text (line, id, "x");
    else
      qc_line_set_int (line, id, 202601);
    g_assert_true (g_hash_table_add (seen, qc_roster_dup_check_code (QC_BUSINESS_SEALING, other)));
  }
  QcRosterLine *last = roster->lines->pdata[2];
  qc_line_set_raw (last, QC_LINE_NEW_BASE, "六千");
  g_assert_true (g_hash_table_add (seen, qc_roster_dup_check_code (QC_BUSINESS_SEALING, roster)));
  qc_line_clear (last, QC_LINE_NEW_BASE);
  gint64 ids[] = {1};
  g_autoptr (GPtrArray) out = qc_roster_take_out (roster, ids, 1);
  g_assert_true (g_hash_table_add (seen, qc_roster_dup_check_code (QC_BUSINESS_SEALING, roster)));
  QcRosterLine *back = g_ptr_array_steal_index (out, 0);
  qc_roster_take (roster, -1, back); /* the order counts */
  g_assert_true (g_hash_table_add (seen, qc_roster_dup_check_code (QC_BUSINESS_SEALING, roster)));
  GHashTableIter iter;
  const char *code;
  g_hash_table_iter_init (&iter, seen);
  while (g_hash_table_iter_next (&iter, (gpointer *)&code, NULL)) {
    g_assert_cmpuint (strlen (code), ==, QC_CHECK_CODE_LENGTH);
    g_assert_null (strpbrk (code, "01IO"));
  }
  /* the line's number is the client's own business */
  g_autoptr (QcRoster) same = new_sealing ();
  QcRoster *renumbered = qc_roster_new ();
  for (guint i = 0; i < same->lines->len; i++) {
    QcRosterLine *line = qc_roster_line_copy (same->lines->pdata[i]);
    line->id = 100 + i;
    qc_roster_take (renumbered, -1, line);
  }
  g_autofree char *again = qc_roster_dup_check_code (QC_BUSINESS_SEALING, renumbered);
  g_assert_true (g_hash_table_contains (seen, again));
  g_assert_cmpstr (again, ==, first);
  qc_roster_free (renumbered);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strconcat ("/core/attachments/", rows[i].what, NULL);
    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_row);
  }
  g_test_add_func ("/core/attachments/whom", test_whom);
  g_test_add_func ("/core/attachments/names", test_names);
  g_test_add_func ("/core/attachments/lists", test_lists);
  g_test_add_func ("/core/attachments/submissions", test_submissions);
  g_test_add_func ("/core/attachments/check-code", test_check_code);
  return g_test_run ();
}
