/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Drafts: edits are whole, undo and redo give back exactly what was, also over a restart; findings; locks.
 */
#include "store-fixture.h"

#include "qc-store-attachments.h"
#include "qc-store-drafts.h"

/* The whole draft as one text: "facts|id:person:facts|…". */
static char *
picture (QcConnection *connection, gint64 id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QcStoreDraft) draft = qc_store_draft_get (connection, id, &error);
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (GString) text = NULL;

  g_assert_no_error (error);
  lines = qc_store_draft_lines (connection, id, 0, G_MAXINT32, &error);
  g_assert_no_error (error);
  g_assert_cmpint (draft->n_lines, ==, lines->len);
  text = g_string_new (draft->facts);
  for (guint i = 0; i < lines->len; i++) {
    const QcStoreDraftLine *line = lines->pdata[i];

    g_string_append_printf (text, "|%" G_GINT64_FORMAT ":%s:%s", line->id, line->person, line->facts);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gint64
new_draft (QcConnection *connection, QcBusiness business)
{
  g_autoptr (GError) error = NULL;
  gint64 id = 0;

  qc_store_draft_create (connection, PROFILE, UNIT, business, "{}", NOW, &id, &error);
  g_assert_no_error (error);
  return id;
}

static gint64
add (QcConnection *connection, gint64 draft, const char *person, gint64 before)
{
  QcStoreChange change = {.kind = QC_STORE_CHANGE_ADD_LINE, .person = person, .facts = "{}", .before = before};
  g_autoptr (GError) error = NULL;

  qc_store_draft_edit (connection, draft, "add", &change, 1, NOW, &error);
  g_assert_no_error (error);
  return change.line;
}

static gpointer
check_basics (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 draft = new_draft (connection, QC_BUSINESS_BASE_ADJUSTMENT), one, two, other;
  g_autoptr (QcStoreDraft) found = NULL, none = NULL, got = NULL;
  g_autoptr (GPtrArray) list = NULL;

  FAILS (qc_store_draft_create (connection, PROFILE, UNIT, QC_BUSINESS_BASE_ADJUSTMENT, "{}", NOW, &other, error),
         QC_STORE_ERROR, QC_STORE_ERROR_STATE);
  other = new_draft (connection, QC_BUSINESS_SEALING);
  one = add (connection, draft, "p1", 0);
  two = add (connection, draft, "p2", one);
  g_assert_cmpint (one, !=, two);
  GOOD (qc_store_draft_find (connection, PROFILE, UNIT, QC_BUSINESS_BASE_ADJUSTMENT, &found, error));
  g_assert_cmpint (found->id, ==, draft);
  g_assert_cmpint (found->n_lines, ==, 2);
  g_assert_cmpint (found->revision, ==, 3);
  g_assert_cmpstr (found->undo, ==, "add");
  g_assert_null (found->redo);
  g_assert_cmpstr (found->unit, ==, UNIT);
  GOOD (qc_store_draft_find (connection, PROFILE, UNIT, QC_BUSINESS_TRANSFER, &none, error));
  g_assert_null (none);
  list = qc_store_draft_list (connection, PROFILE, NULL, error);
  g_assert_cmpuint (list->len, ==, 2);
  GOOD (qc_store_draft_delete (connection, other, error));
  got = qc_store_draft_get (connection, draft, error);
  g_assert_nonnull (got);
  FAILS (qc_store_draft_delete (connection, other, error), QC_STORE_ERROR, QC_STORE_ERROR_NOT_FOUND);
  return QC_DATABASE_DONE;
}

static void
test_basics (Fixture *fixture, gconstpointer data)
{
  WRITE (fixture, check_basics, NULL);
}

/* ---- undo and redo: hundreds of edits at random, then all the way back and forth ---- */

#define N_EDITS 300

typedef struct {
  gint64 draft;
  char *pictures[N_EDITS + 1]; /* (owned) after each edit */
} History;

static void
edit_at_random (QcConnection *connection, gint64 draft, guint n, GError **error)
{
  g_autoptr (GPtrArray) lines = qc_store_draft_lines (connection, draft, 0, 1000, error);
  QcStoreChange changes[4] = {{0}};
  char facts[4][32], person[4][32];
  guint n_changes = g_test_rand_int_range (1, 5);

  for (guint i = 0; i < n_changes; i++) {
    guint place = lines->len > 0 ? (guint)g_test_rand_int_range (0, lines->len) : 0;
    gint64 line = lines->len > 0 ? ((QcStoreDraftLine *)lines->pdata[place])->id : 0;
    int kind = lines->len > 0 ? g_test_rand_int_range (0, 5) : g_test_rand_int_range (0, 2);

    g_snprintf (facts[i], sizeof facts[i], "{\"edit\":%u.%u}", n, i);
    g_snprintf (person[i], sizeof person[i], "p%u", n);
    changes[i].facts = facts[i];
    if (kind == 0)
      changes[i].kind = QC_STORE_CHANGE_FACTS;
    else if (kind <= 2) {
      changes[i].kind = QC_STORE_CHANGE_ADD_LINE;
      changes[i].person = person[i];
      changes[i].before = kind == 1 ? 0 : line;
    } else {
      changes[i].kind = kind == 3 ? QC_STORE_CHANGE_SET_LINE : QC_STORE_CHANGE_REMOVE_LINE;
      changes[i].line = line;
      if (kind == 4)
        g_ptr_array_remove_index (lines, place);
    }
  }
  GOOD (qc_store_draft_edit (connection, draft, "edit", changes, n_changes, NOW + n, error));
}

static gpointer
make_history (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  History *history = data;

  history->draft = new_draft (connection, QC_BUSINESS_BACK_PAYMENT);
  history->pictures[0] = picture (connection, history->draft);
  for (guint i = 1; i <= N_EDITS; i++) {
    edit_at_random (connection, history->draft, i, error);
    history->pictures[i] = picture (connection, history->draft);
  }
  return QC_DATABASE_DONE;
}

static void
check_picture (QcConnection *connection, const History *history, guint i)
{
  g_autofree char *now = picture (connection, history->draft);

  g_assert_cmpstr (now, ==, history->pictures[i]);
}

static gpointer
back_and_forth (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const History *history = data;
  g_autoptr (QcStoreDraft) start = NULL, end = NULL;
  gboolean done;

  for (guint i = N_EDITS; i > 0; i--) {
    check_picture (connection, history, i);
    GOOD (qc_store_draft_undo (connection, history->draft, NOW, &done, error));
    g_assert_true (done);
  }
  check_picture (connection, history, 0);
  GOOD (qc_store_draft_undo (connection, history->draft, NOW, &done, error));
  g_assert_false (done);
  start = qc_store_draft_get (connection, history->draft, error);
  g_assert_null (start->undo);
  g_assert_cmpstr (start->redo, ==, "edit");
  for (guint i = 1; i <= N_EDITS; i++) {
    GOOD (qc_store_draft_redo (connection, history->draft, NOW, &done, error));
    g_assert_true (done);
    check_picture (connection, history, i);
  }
  GOOD (qc_store_draft_redo (connection, history->draft, NOW, &done, error));
  g_assert_false (done);
  end = qc_store_draft_get (connection, history->draft, error);
  g_assert_cmpint (end->revision, ==, 1 + 3 * N_EDITS);
  return QC_DATABASE_DONE;
}

static gpointer
branch_off (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const History *history = data;
  gint64 left, kept;
  gboolean done;

  for (guint i = 0; i < 100; i++)
    GOOD (qc_store_draft_undo (connection, history->draft, NOW, &done, error));
  add (connection, history->draft, "new", 0);
  GOOD (qc_store_draft_redo (connection, history->draft, NOW, &done, error));
  g_assert_false (done); /* what was undone is gone for good */
  GOOD (qc_store_draft_undo (connection, history->draft, NOW, &done, error));
  check_picture (connection, history, N_EDITS - 100);
  /* nothing is kept that nothing can bring back */
  GOOD (qc_connection_get_int (connection,
                               "SELECT count(*) FROM draft_line WHERE removed = 1"
                               " AND id NOT IN (SELECT line FROM draft_operation)",
                               0, &left, error));
  g_assert_cmpint (left, ==, 0);
  GOOD (qc_connection_get_int (connection, "SELECT count(*) FROM draft_line WHERE removed = 1", 0, &kept, error));
  g_assert_cmpint (kept, >, 0);
  return QC_DATABASE_DONE;
}

static void
test_undo (Fixture *fixture, gconstpointer data)
{
  History history = {0};

  WRITE (fixture, make_history, &history);
  fixture_close (fixture);
  fixture_open (fixture);
  WRITE (fixture, back_and_forth, &history);
  WRITE (fixture, branch_off, &history);
  for (guint i = 0; i <= N_EDITS; i++)
    g_free (history.pictures[i]);
}

/* ---- places ---- */

static gpointer
paste_in_the_middle (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 draft = new_draft (connection, QC_BUSINESS_SEALING);
  gint64 first = add (connection, draft, "first", 0), last = add (connection, draft, "last", 0);
  g_autofree QcStoreChange *changes = g_new0 (QcStoreChange, 2000);
  g_autoptr (GPtrArray) lines = NULL, middle = NULL;
  gboolean done;

  for (guint i = 0; i < 2000; i++)
    changes[i] = (QcStoreChange) {.kind = QC_STORE_CHANGE_ADD_LINE, .before = last, .facts = "{}", .person = "pasted"};
  GOOD (qc_store_draft_edit (connection, draft, "paste", changes, 2000, NOW, error));
  /* one by one before the same line, more often than a gap can be halved */
  for (guint i = 0; i < 100; i++)
    last = add (connection, draft, "single", last);
  lines = qc_store_draft_lines (connection, draft, 0, 5000, error);
  g_assert_cmpuint (lines->len, ==, 2102);
  g_assert_cmpint (((QcStoreDraftLine *)lines->pdata[0])->id, ==, first);
  for (guint i = 0; i < 2000; i++)
    g_assert_cmpint (((QcStoreDraftLine *)lines->pdata[1 + i])->id, ==, changes[i].line);
  g_assert_cmpint (((QcStoreDraftLine *)lines->pdata[2001])->id, ==, last);
  middle = qc_store_draft_lines (connection, draft, 1000, 3, error);
  g_assert_cmpuint (middle->len, ==, 3);
  g_assert_cmpint (((QcStoreDraftLine *)middle->pdata[0])->id, ==, changes[999].line);
  for (guint i = 0; i < 101; i++)
    GOOD (qc_store_draft_undo (connection, draft, NOW, &done, error));
  g_clear_pointer (&lines, g_ptr_array_unref);
  lines = qc_store_draft_lines (connection, draft, 0, 5000, error);
  g_assert_cmpuint (lines->len, ==, 2);
  return QC_DATABASE_DONE;
}

static void
test_places (Fixture *fixture, gconstpointer data)
{
  WRITE (fixture, paste_in_the_middle, NULL);
}

/* ---- edits are whole ---- */

static gpointer
half_an_edit (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  QcStoreChange changes[] = {{.kind = QC_STORE_CHANGE_FACTS, .facts = "{\"half\":true}"},
                             {.kind = QC_STORE_CHANGE_SET_LINE, .line = 999, .facts = "{}"}};

  return qc_store_draft_edit (connection, *(gint64 *)data, "half", changes, 2, NOW, error) ? QC_DATABASE_DONE : NULL;
}

static gpointer
make_one (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  *(gint64 *)data = new_draft (connection, QC_BUSINESS_SEALING);
  add (connection, *(gint64 *)data, "p1", 0);
  return QC_DATABASE_DONE;
}

static gpointer
check_untouched (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (QcStoreDraft) draft = qc_store_draft_get (connection, *(gint64 *)data, error);

  g_assert_cmpstr (draft->facts, ==, "{}");
  g_assert_cmpint (draft->revision, ==, 2);
  g_assert_cmpstr (draft->undo, ==, "add");
  return QC_DATABASE_DONE;
}

static void
test_whole (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 draft;

  WRITE (fixture, make_one, &draft);
  g_assert_null (qc_database_write (fixture->database, "half", half_an_edit, &draft, &error));
  g_assert_error (error, QC_STORE_ERROR, QC_STORE_ERROR_NOT_FOUND);
  READ (fixture, check_untouched, &draft);
}

/* ---- findings and attachments ---- */

static gpointer
check_findings (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 draft = new_draft (connection, QC_BUSINESS_BASE_ADJUSTMENT), p2;
  g_autoptr (GPtrArray) findings = qc_findings_new (), own = NULL, all = NULL, lines = NULL, none = NULL;
  QcFinding *finding;

  add (connection, draft, "p1", 0);
  p2 = add (connection, draft, "p2", 0);
  finding = qc_finding_new_received ("test.first", QC_SEVERITY_WARNING);
  finding->month = 202611;
  g_ptr_array_add (findings, finding);
  finding = qc_finding_new_received ("test.line", QC_SEVERITY_ERROR);
  qc_finding_set_arg (finding, "floor", "2,080.00 '\"\\\n元");
  qc_finding_at (finding, p2, "p2", "base");
  g_ptr_array_add (findings, finding);
  GOOD (qc_store_draft_set_findings (connection, draft, findings, error));
  own = qc_store_draft_get_findings (connection, draft, FALSE, error);
  g_assert_cmpuint (own->len, ==, 1);
  all = qc_store_draft_get_findings (connection, draft, TRUE, error);
  g_assert_cmpuint (all->len, ==, 2);
  lines = qc_store_draft_lines (connection, draft, 0, 10, error);
  g_assert_cmpuint (((QcStoreDraftLine *)lines->pdata[0])->reasons->len, ==, 0);
  finding = ((QcStoreDraftLine *)lines->pdata[1])->reasons->pdata[0];
  g_assert_cmpstr (finding->code, ==, "test.line");
  g_assert_cmpint (finding->severity, ==, QC_SEVERITY_ERROR);
  g_assert_cmpint (finding->line, ==, p2);
  g_assert_cmpstr (finding->person, ==, "p2");
  g_assert_cmpstr (finding->field, ==, "base");
  g_assert_cmpstr (qc_finding_get_arg (finding, "floor", NULL), ==, "2,080.00 '\"\\\n元");
  finding = own->pdata[0];
  g_assert_cmpint (finding->month, ==, 202611);
  g_assert_cmpint (finding->line, ==, 0);
  {
    g_autofree char *sentence = qc_finding_dup_sentence (finding);

    g_assert_nonnull (strstr (sentence, "test.first"));
  }
  GOOD (qc_store_draft_set_findings (connection, draft, NULL, error));
  none = qc_store_draft_get_findings (connection, draft, TRUE, error);
  g_assert_cmpuint (none->len, ==, 0);
  return QC_DATABASE_DONE;
}

static gpointer
check_attachments (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 draft = new_draft (connection, QC_BUSINESS_ACCOUNT_OPENING), left;
  QcStoreAttachment attachment = {.draft = draft,
                                  .line = 1,
                                  .kind = (char *)"credit-authorization",
                                  .name = (char *)"231102199001010011.jpg",
                                  .type = (char *)"image/jpeg",
                                  .hash = (char *)"abcd",
                                  .size = 1000};
  g_autoptr (GPtrArray) list = NULL;

  GOOD (qc_store_attachments_put (connection, &attachment, NOW, error));
  GOOD (qc_store_attachments_set_sent (connection, attachment.id, 500, error));
  list = qc_store_attachments_list (connection, draft, error);
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_cmpint (((QcStoreAttachment *)list->pdata[0])->sent, ==, 500);
  g_assert_cmpstr (((QcStoreAttachment *)list->pdata[0])->name, ==, attachment.name);
  GOOD (qc_store_attachments_remove (connection, attachment.id, error));
  GOOD (qc_store_attachments_put (connection, &attachment, NOW, error));
  GOOD (qc_store_draft_delete (connection, draft, error)); /* goes with its draft */
  GOOD (qc_connection_get_int (connection, "SELECT count(*) FROM attachment", 0, &left, error));
  g_assert_cmpint (left, ==, 0);
  return QC_DATABASE_DONE;
}

static void
test_findings (Fixture *fixture, gconstpointer data)
{
  WRITE (fixture, check_findings, NULL);
}

static void
test_attachments (Fixture *fixture, gconstpointer data)
{
  WRITE (fixture, check_attachments, NULL);
}

#define ADD(name, func) g_test_add ("/store/drafts/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("basics", test_basics);
  ADD ("undo", test_undo);
  ADD ("places", test_places);
  ADD ("whole", test_whole);
  ADD ("findings", test_findings);
  ADD ("attachments", test_attachments);
  return g_test_run ();
}
