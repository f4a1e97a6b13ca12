/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Drafts: edits are whole, undo and redo give back exactly what was, also over a restart; findings; locks.
 */
#include "store-fixture.h"

#include "qc-store-attachments.h"
#include "qc-store-drafts.h"
#include "qc-store-journal.h"
#include "qc-store-receivers.h"
#include "qc-store-outbox.h"

typedef struct {
  gint64 line;
  char *facts; /* (owned) */
} Line;

static void
line_clear (gpointer data)
{
  g_free (((Line *)data)->facts);
}

static gboolean
collect_line (gint64 id, const char *facts, gpointer user_data)
{
  Line line = {id, g_strdup (facts)};
  g_array_append_val ((GArray *)user_data, line);
  return TRUE;
}

/* GArray of Line, in order. (transfer full) */
static GArray *
lines_of (QcConnection *connection, gint64 draft)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (Line));
  g_array_set_clear_func (lines, line_clear);
  g_autoptr (GError) error = NULL;
  qc_store_draft_each_line (connection, draft, collect_line, lines, &error);
  g_assert_no_error (error);
  return lines;
}

/* The whole draft as one text: "facts|line:facts|…". */
static char *
picture (QcConnection *connection, gint64 id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QcStoreDraft) draft = qc_store_draft_get (connection, id, &error);
  g_assert_no_error (error);
  g_autoptr (GArray) lines = lines_of (connection, id);
  g_assert_cmpint (draft->n_lines, ==, lines->len);
  g_autoptr (GString) text = g_string_new (draft->facts);
  for (guint i = 0; i < lines->len; i++) {
    const Line *line = &g_array_index (lines, Line, i);
    g_string_append_printf (text, "|%" G_GINT64_FORMAT ":%s", line->line, line->facts);
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

/* The ids come from whoever edits: the next one of the draft. */
static gint64
next_line (QcConnection *connection, gint64 draft)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QcStoreDraft) head = qc_store_draft_get (connection, draft, &error);
  g_assert_no_error (error);
  return head->next_line;
}

static gint64
add (QcConnection *connection, gint64 draft, const char *person, gint64 before)
{
  g_autoptr (GArray) changes = qc_store_changes_new ();
  gint64 line = next_line (connection, draft);
  add_change (changes, QC_STORE_CHANGE_ADD_LINE, line, before, person, "{}");
  g_autoptr (GError) error = NULL;
  qc_store_draft_edit (connection, draft, "add", changes, take_change, NOW, &error);
  g_assert_no_error (error);
  return line;
}

/* Undo, or redo. *@done FALSE: there is nothing. */
static gboolean
travel (QcConnection *connection, gint64 draft, gboolean forwards, gboolean *done, GError **error)
{
  g_autoptr (QcStoreStep) step = qc_store_draft_find_step (connection, draft, forwards, error);
  *done = step != NULL && step->step != 0;
  return step != NULL
         && (!*done || qc_store_draft_do_step (connection, draft, step->step, forwards, take_change, NOW, error));
}

static gpointer
check_basics (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 draft = new_draft (connection, QC_BUSINESS_BASE_ADJUSTMENT);

  gint64 other = new_draft (connection, QC_BUSINESS_SEALING);
  gint64 one = add (connection, draft, "p1", 0);
  gint64 two = add (connection, draft, "p2", one);
  g_assert_cmpint (one, !=, two);
  g_autoptr (QcStoreDraft) found = NULL;
  GOOD (qc_store_draft_latest (connection, PROFILE, UNIT, QC_BUSINESS_BASE_ADJUSTMENT, &found, error));
  g_assert_cmpint (found->id, ==, draft);
  g_assert_cmpint (found->n_lines, ==, 2);
  g_assert_cmpint (found->next_line, ==, 3);
  g_assert_cmpint (found->revision, ==, 3);
  g_assert_cmpstr (found->undo, ==, "add");
  g_assert_null (found->redo);
  g_assert_cmpstr (found->unit, ==, UNIT);
  g_autoptr (QcStoreDraft) none = NULL;
  GOOD (qc_store_draft_latest (connection, PROFILE, UNIT, QC_BUSINESS_TRANSFER, &none, error));
  g_assert_null (none);
  GOOD (qc_store_draft_delete (connection, other, NOW, error));
  g_autoptr (QcStoreDraft) got = qc_store_draft_get (connection, draft, error);
  g_assert_nonnull (got);
  return QC_DATABASE_DONE;
}

static void
test_basics (Fixture *fixture, gconstpointer data)
{
  WRITE (fixture, check_basics, NULL);
}

static guint
count_listed (QcConnection *connection)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = qc_store_draft_list (connection, PROFILE, NULL, &error);
  g_assert_no_error (error);
  return list->len;
}

static void
count_named (const QcStoreDraft *draft, const char *person, gpointer user_data)
{
  g_assert_cmpstr (person, ==, "p1");
  ++*(guint *)user_data;
}

static void
check_trash (QcConnection *connection, guint n, GError **error)
{
  g_autoptr (GPtrArray) list = qc_store_draft_list_deleted (connection, PROFILE, UNIT, error);
  g_assert_no_error (*error);
  g_assert_cmpuint (list->len, ==, n);
  for (guint i = 0; i < list->len; i++)
    g_assert_cmpint (((QcStoreDraft *)g_ptr_array_index (list, i))->deleted, ==, NOW);
}

/* What was done to the drafts above, newest first; nothing of the empty one. */
static void
check_journal (QcConnection *connection, GError **error)
{
  static const char *const actions[]
      = {"draft.destroyed", "draft.deleted", "draft.deleted", "draft.restored", "draft.deleted"};
  g_autoptr (GPtrArray) entries = qc_store_journal_list (connection, PROFILE, UNIT, 0, 10, error);
  g_assert_no_error (*error);
  g_assert_cmpuint (entries->len, ==, G_N_ELEMENTS (actions));
  for (guint i = 0; i < entries->len; i++) {
    const QcStoreJournalEntry *entry = g_ptr_array_index (entries, i);
    g_assert_cmpstr (entry->action, ==, actions[i]);
    g_assert_cmpstr (entry->subject, ==, "sealing");
    g_assert_true (g_str_has_suffix (entry->detail, "/1/"));
  }
  /* narrowed, and a page of it */
  static const struct {
    QcStoreJournalQuery query;
    gint64 n;
  } rows[] = {
      {{.text = NULL}, 5},
      {{.text = "deleted"}, 3},
      {{.kind = "draft.re"}, 1},
      {{.unit = "no unit"}, 0},
      {{.text = "100%"}, 0},
      {{.text = "seal", .kind = "draft.", .unit = UNIT}, 5},
      {{.kind = "raft"}, 0},
      {{.text = "what a word means", .actions = " sign-in draft.restored "}, 1},
      {{.text = "what a word means", .businesses = " sealing "}, 5},
      {{.text = "what a word means", .actions = " draft ", .businesses = " seal "}, 0}, /* whole codes */
      {{.from = NOW}, 5},
      {{.from = NOW + 1}, 1}, /* it was restored a second later */
      {{.to = NOW + 1}, 4},
      {{.from = NOW + 1, .to = NOW + 1}, 0},
      {{.to = NOW}, 0},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    gint64 n;
    g_autoptr (GPtrArray) found = qc_store_journal_find (connection, &rows[i].query, 1, 2, &n, error);
    g_assert_no_error (*error);
    g_assert_cmpint (n, ==, rows[i].n);
    g_assert_cmpuint (found->len, ==, CLAMP (rows[i].n - 1, 0, 2));
  }
}

/* Several drafts of one business, found by id and by the person they name; what is deleted can be had back for
 * thirty days. */
static gpointer
check_several (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 first = new_draft (connection, QC_BUSINESS_SEALING);
  gint64 second = new_draft (connection, QC_BUSINESS_SEALING);
  add (connection, first, "p1", 0);
  GOOD (edit_one (connection, second, QC_STORE_CHANGE_ADD_LINE, 1, "p1", "{}", NOW + 5, error));
  g_assert_cmpuint (count_listed (connection), ==, 2);
  g_autoptr (QcStoreDraft) latest = NULL;
  GOOD (qc_store_draft_latest (connection, PROFILE, UNIT, QC_BUSINESS_SEALING, &latest, error));
  g_assert_cmpint (latest->id, ==, second);
  guint named_in = 0;
  GOOD (qc_store_drafts_each_person (connection, PROFILE, UNIT, 0, count_named, &named_in, error));
  g_assert_cmpuint (named_in, ==, 2);
  GOOD (qc_store_drafts_each_person (connection, PROFILE, UNIT, first, count_named, &named_in, error));
  g_assert_cmpuint (named_in, ==, 3); /* but for the one that asks */
  GOOD (qc_store_draft_rename (connection, first, "十一月退休", error));
  GOOD (qc_store_draft_set_faults (connection, first, 1, error));
  g_autoptr (QcStoreDraft) named = qc_store_draft_get (connection, first, error);
  g_assert_cmpstr (named->name, ==, "十一月退休");
  g_assert_cmpint (named->n_faults, ==, 1);
  GOOD (qc_store_draft_rename (connection, first, "", error));
  g_autoptr (QcStoreDraft) unnamed = qc_store_draft_get (connection, first, error);
  g_assert_null (unnamed->name);
  /* deleted, and back */
  GOOD (qc_store_draft_delete (connection, second, NOW, error));
  g_assert_cmpuint (count_listed (connection), ==, 1);
  FAILS (edit_one (connection, second, QC_STORE_CHANGE_FACTS, 0, NULL, "{}", NOW, error), QC_STORE_ERROR,
         QC_STORE_ERROR_NOT_FOUND);
  check_trash (connection, 1, error);
  GOOD (qc_store_drafts_purge (connection, NOW + 30 * 86400, error));
  GOOD (qc_store_draft_undelete (connection, second, NOW + 1, error));
  g_assert_cmpuint (count_listed (connection), ==, 2);
  check_trash (connection, 0, error);
  FAILS (qc_store_draft_undelete (connection, second, NOW, error), QC_STORE_ERROR, QC_STORE_ERROR_STATE);
  FAILS (qc_store_draft_destroy (connection, second, NOW, error), QC_STORE_ERROR, QC_STORE_ERROR_STATE);
  GOOD (qc_store_draft_delete (connection, second, NOW, error));
  GOOD (qc_store_drafts_purge (connection, NOW + 30 * 86400 + 1, error));
  FAILS (qc_store_draft_undelete (connection, second, NOW, error), QC_STORE_ERROR, QC_STORE_ERROR_STATE);
  /* for good, and what is empty is never there */
  gint64 third = new_draft (connection, QC_BUSINESS_SEALING);
  GOOD (qc_store_draft_delete (connection, third, NOW, error));
  check_trash (connection, 0, error);
  GOOD (qc_store_draft_delete (connection, first, NOW, error));
  check_trash (connection, 1, error);
  GOOD (qc_store_draft_destroy (connection, first, NOW, error));
  check_trash (connection, 0, error);
  check_journal (connection, error);
  return QC_DATABASE_DONE;
}

static void
test_several (Fixture *fixture, gconstpointer data)
{
  WRITE (fixture, check_several, NULL);
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
  g_autoptr (GArray) lines = lines_of (connection, draft);
  g_autoptr (GArray) changes = qc_store_changes_new ();
  gint64 next = next_line (connection, draft);
  g_autofree char *person = g_strdup_printf ("p%u", n);
  guint n_changes = g_test_rand_int_range (1, 5);
  for (guint i = 0; i < n_changes; i++) {
    guint place = lines->len > 0 ? (guint)g_test_rand_int_range (0, lines->len) : 0;
    gint64 line = lines->len > 0 ? g_array_index (lines, Line, place).line : 0;
    int kind = lines->len > 0 ? g_test_rand_int_range (0, 5) : g_test_rand_int_range (0, 2);
    g_autofree char *facts = g_strdup_printf ("{\"edit\":%u.%u}", n, i);
    if (kind == 0)
      add_change (changes, QC_STORE_CHANGE_FACTS, 0, 0, NULL, facts);
    else if (kind <= 2)
      add_change (changes, QC_STORE_CHANGE_ADD_LINE, next++, kind == 1 ? 0 : line, person, facts);
    else if (kind == 4)
      add_change (changes, QC_STORE_CHANGE_REMOVE_LINE, line, 0, NULL, NULL);
    if (kind == 3) {
      Line *changed = &g_array_index (lines, Line, place);
      set_change (changes, line, changed->facts, facts);
      g_free (changed->facts);
      changed->facts = g_steal_pointer (&facts);
    } else if (kind == 4) {
      g_array_remove_index (lines, place);
    }
  }
  GOOD (qc_store_draft_edit (connection, draft, "edit", changes, take_change, NOW + n, error));
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

/* What undo and redo say they will do, done to a copy elsewhere, gives the same picture. */
typedef struct {
  char *facts;   /* (owned) */
  GArray *lines; /* (owned) Line */
} Copy;

/* Where @line is; behind the last one where it is not. */
static guint
place_of (const Copy *copy, gint64 line)
{
  guint place = 0;
  while (place < copy->lines->len && g_array_index (copy->lines, Line, place).line != line)
    place++;
  return place;
}

static void
follow_changes (Copy *copy, GBytes *changes)
{
  g_autoptr (GError) error = NULL;
  QcStoreChangedLines lines;
  gint64 line;
  const char *change;
  g_assert_true (qc_store_changed_lines_open (&lines, changes, &error));
  while (qc_store_changed_lines_next (&lines, &line, &change, &error)) {
    guint place = place_of (copy, line);
    if (place == copy->lines->len)
      continue; /* it comes and goes in this very step */
    Line *there = &g_array_index (copy->lines, Line, place);
    g_free (there->facts);
    there->facts = g_strdup (change);
  }
  g_assert_no_error (error);
}

static void
follow (Copy *copy, const QcStoreStep *step)
{
  if (step->facts != NULL) {
    g_free (copy->facts);
    copy->facts = g_strdup (step->facts);
  }
  for (guint i = 0; i < step->back->len; i++) {
    const QcStoreBack *back = &g_array_index (step->back, QcStoreBack, i);
    guint place = place_of (copy, back->before);
    Line line = {back->line, g_strdup (back->facts)};
    g_assert_true (back->before == 0 || place < copy->lines->len);
    g_array_insert_val (copy->lines, place, line);
  }
  for (guint i = 0; i < step->changes->len; i++)
    follow_changes (copy, g_ptr_array_index (step->changes, i));
  for (guint i = 0; i < step->gone->len; i++) {
    guint place = place_of (copy, g_array_index (step->gone, gint64, i));
    if (place < copy->lines->len)
      g_array_remove_index (copy->lines, place);
  }
}

static void
check_copy (const Copy *copy, const char *expected)
{
  g_autoptr (GString) text = g_string_new (copy->facts);
  for (guint i = 0; i < copy->lines->len; i++) {
    const Line *line = &g_array_index (copy->lines, Line, i);
    g_string_append_printf (text, "|%" G_GINT64_FORMAT ":%s", line->line, line->facts);
  }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
step (QcConnection *connection, gboolean forwards, const History *history, guint to, Copy *copy, GError **error)
{
  g_autoptr (QcStoreStep) will = qc_store_draft_find_step (connection, history->draft, forwards, error);
  g_assert_no_error (*error);
  follow (copy, will);
  check_copy (copy, history->pictures[to]);
  FAILS (qc_store_draft_do_step (connection, history->draft, will->step + 1, forwards, take_change, NOW, error),
         QC_STORE_ERROR, QC_STORE_ERROR_STATE); /* it is another one's turn */
  GOOD (qc_store_draft_do_step (connection, history->draft, will->step, forwards, take_change, NOW, error));
  check_picture (connection, history, to);
}

static gpointer
back_and_forth (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const History *history = data;
  g_autoptr (QcStoreDraft) now = qc_store_draft_get (connection, history->draft, error);
  Copy copy = {g_strdup (now->facts), lines_of (connection, history->draft)};
  check_picture (connection, history, N_EDITS);
  for (guint i = N_EDITS; i > 0; i--)
    step (connection, FALSE, history, i - 1, &copy, error);
  gboolean done;
  GOOD (travel (connection, history->draft, FALSE, &done, error));
  g_assert_false (done);
  g_autoptr (QcStoreDraft) start = qc_store_draft_get (connection, history->draft, error);
  g_assert_null (start->undo);
  g_assert_cmpstr (start->redo, ==, "edit");
  for (guint i = 1; i <= N_EDITS; i++)
    step (connection, TRUE, history, i, &copy, error);
  GOOD (travel (connection, history->draft, TRUE, &done, error));
  g_assert_false (done);
  g_autoptr (QcStoreDraft) end = qc_store_draft_get (connection, history->draft, error);
  g_assert_cmpint (end->revision, ==, 1 + 3 * N_EDITS);
  g_free (copy.facts);
  g_array_unref (copy.lines);
  return QC_DATABASE_DONE;
}

static guint
tidy (QcConnection *connection, GError **error)
{
  guint pieces = 0;
  for (gboolean more = TRUE; more; pieces += more)
    if (!qc_store_drafts_tidy (connection, &more, error))
      g_error ("tidying: %s", (*error)->message);
  return pieces;
}

static gpointer
branch_off (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const History *history = data;
  gboolean done;
  for (guint i = 0; i < 100; i++)
    GOOD (travel (connection, history->draft, FALSE, &done, error));
  add (connection, history->draft, "new", 0);
  GOOD (travel (connection, history->draft, TRUE, &done, error));
  g_assert_false (done); /* what was undone is gone for good */
  GOOD (travel (connection, history->draft, FALSE, &done, error));
  check_picture (connection, history, N_EDITS - 100);
  /* nothing is kept that nothing can bring back, once there was time */
  tidy (connection, error);
  gint64 left;
  GOOD (qc_connection_get_int (connection,
                               "SELECT count(*) FROM draft_line WHERE removed = 1"
                               " AND NOT EXISTS (SELECT 1 FROM draft_operation AS o"
                               "  WHERE o.draft = draft_line.draft AND o.line = draft_line.line)",
                               0, &left, error));
  g_assert_cmpint (left, ==, 0);
  gint64 kept;
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

/* What follows from a step and came later is undone and done again with it; alone it is a step. */
static gpointer
amend (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 draft = new_draft (connection, QC_BUSINESS_TRANSFER);
  gint64 line = add (connection, draft, "one", 0);
  g_autoptr (GArray) entered = qc_store_changes_new ();
  g_autoptr (GArray) completed = qc_store_changes_new ();
  set_change (entered, line, "{}", "{\"number\":1}");
  set_change (completed, line, "{\"number\":1}", "{\"number\":1,\"name\":2}");
  GOOD (qc_store_draft_edit (connection, draft, "enter", entered, take_change, NOW, error));
  GOOD (qc_store_draft_edit (connection, draft, NULL, completed, take_change, NOW, error));
  g_autoptr (GArray) after = lines_of (connection, draft);
  g_assert_cmpstr (g_array_index (after, Line, 0).facts, ==, "{\"number\":1,\"name\":2}");
  gboolean done;
  GOOD (travel (connection, draft, FALSE, &done, error));
  g_autoptr (GArray) before = lines_of (connection, draft);
  g_assert_cmpstr (g_array_index (before, Line, 0).facts, ==, "{}");
  GOOD (travel (connection, draft, TRUE, &done, error));
  g_autoptr (GArray) again = lines_of (connection, draft);
  g_assert_cmpstr (g_array_index (again, Line, 0).facts, ==, "{\"number\":1,\"name\":2}");
  gint64 alone = new_draft (connection, QC_BUSINESS_TRANSFER);
  g_autoptr (GArray) first = qc_store_changes_new ();
  add_change (first, QC_STORE_CHANGE_ADD_LINE, 1, 0, "one", "{}");
  GOOD (qc_store_draft_edit (connection, alone, NULL, first, take_change, NOW, error));
  GOOD (travel (connection, alone, FALSE, &done, error));
  g_assert_true (done);
  return QC_DATABASE_DONE;
}

static void
test_amend (Fixture *fixture, gconstpointer data)
{
  WRITE (fixture, amend, NULL);
}

/* Whose a line is follows it; a log that cannot be read changes nothing. */
static gpointer
change_whose (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 draft = new_draft (connection, QC_BUSINESS_SEALING);
  gint64 line = add (connection, draft, "p2", 0);
  g_autoptr (GArray) changes = qc_store_changes_new ();
  set_change (changes, line, "{}", "whose:p1");
  GOOD (qc_store_draft_edit (connection, draft, "whose", changes, take_change, NOW, error));
  guint named_in = 0;
  GOOD (qc_store_drafts_each_person (connection, PROFILE, UNIT, 0, count_named, &named_in, error));
  g_assert_cmpuint (named_in, ==, 1);
  static const char *const damages[] = {"CAST ('1' AS BLOB)", "CAST ('x' AS BLOB) || x'00'", "x'3100'"};
  for (gsize i = 0; i < G_N_ELEMENTS (damages); i++) {
    g_autofree char *sql
        = g_strdup_printf ("UPDATE draft_operation SET before = CAST (%s AS BLOB) WHERE kind = 'set'", damages[i]);
    GOOD (qc_connection_exec (connection, sql, error));
    FAILS (qc_store_draft_do_step (connection, draft, 2, FALSE, take_change, NOW, error), QC_STORE_ERROR,
           QC_STORE_ERROR_INVALID);
  }
  return QC_DATABASE_DONE;
}

static void
test_whose (Fixture *fixture, gconstpointer data)
{
  WRITE (fixture, change_whose, NULL);
}

/* ---- places ---- */

static gpointer
paste_in_the_middle (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 draft = new_draft (connection, QC_BUSINESS_SEALING);
  gint64 first = add (connection, draft, "first", 0);
  gint64 last = add (connection, draft, "last", 0);
  g_autoptr (GArray) changes = qc_store_changes_new ();
  for (guint i = 0; i < 2000; i++)
    add_change (changes, QC_STORE_CHANGE_ADD_LINE, 3 + i, last, "pasted", "{}");
  GOOD (qc_store_draft_edit (connection, draft, "paste", changes, take_change, NOW, error));
  /* one by one before the same line, more often than a gap can be halved */
  for (guint i = 0; i < 100; i++)
    last = add (connection, draft, "single", last);
  g_autoptr (GArray) lines = lines_of (connection, draft);
  g_assert_cmpuint (lines->len, ==, 2102);
  g_assert_cmpint (g_array_index (lines, Line, 0).line, ==, first);
  for (guint i = 0; i < 2000; i++)
    g_assert_cmpint (g_array_index (lines, Line, 1 + i).line, ==, 3 + i);
  g_assert_cmpint (g_array_index (lines, Line, 2001).line, ==, last);
  gboolean done;
  for (guint i = 0; i < 101; i++)
    GOOD (travel (connection, draft, FALSE, &done, error));
  g_autoptr (GArray) left = lines_of (connection, draft);
  g_assert_cmpuint (left->len, ==, 2);
  return QC_DATABASE_DONE;
}

/* Two runs of new lines in one edit, and behind its end what looks like more of the second. */
static gpointer
paste_at_two_places (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 draft = new_draft (connection, QC_BUSINESS_SEALING);
  gint64 first = add (connection, draft, "first", 0);
  g_autoptr (GArray) changes = qc_store_changes_new ();
  add_change (changes, QC_STORE_CHANGE_ADD_LINE, 2, first, "above", "{}");
  for (guint i = 0; i < 3; i++)
    add_change (changes, QC_STORE_CHANGE_ADD_LINE, 3 + i, 0, "below", "{}");
  GArray shorter = {changes->data, changes->len - 1};
  GOOD (qc_store_draft_edit (connection, draft, "paste", &shorter, take_change, NOW, error));
  static const gint64 order[] = {2, 1, 3, 4};
  g_autoptr (GArray) lines = lines_of (connection, draft);
  g_assert_cmpuint (lines->len, ==, G_N_ELEMENTS (order));
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    g_assert_cmpint (g_array_index (lines, Line, i).line, ==, order[i]);
  return QC_DATABASE_DONE;
}

static void
test_places (Fixture *fixture, gconstpointer data)
{
  WRITE (fixture, paste_in_the_middle, NULL);
  WRITE (fixture, paste_at_two_places, NULL);
}

/* ---- edits are whole ---- */

static gpointer
half_an_edit (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) changes = qc_store_changes_new ();
  add_change (changes, QC_STORE_CHANGE_FACTS, 0, 0, NULL, "{\"half\":true}");
  set_change (changes, 999, "", "{}");
  return qc_store_draft_edit (connection, *(gint64 *)data, "half", changes, take_change, NOW, error) ? QC_DATABASE_DONE
                                                                                                     : NULL;
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
  gint64 draft;
  WRITE (fixture, make_one, &draft);
  g_autoptr (GError) error = NULL;
  g_assert_null (qc_database_write (fixture->database, "half", half_an_edit, &draft, &error));
  g_assert_error (error, QC_STORE_ERROR, QC_STORE_ERROR_NOT_FOUND);
  READ (fixture, check_untouched, &draft);
}

/* ---- findings and attachments ---- */

static gpointer
check_findings (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 draft = new_draft (connection, QC_BUSINESS_BASE_ADJUSTMENT);
  g_autoptr (GPtrArray) findings = qc_findings_new ();
  add (connection, draft, "p1", 0);
  gint64 p2 = add (connection, draft, "p2", 0);
  QcFinding *finding = qc_finding_new_received ("test.first", QC_SEVERITY_WARNING);
  finding->month = 202611;
  g_ptr_array_add (findings, finding);
  finding = qc_finding_new_received ("test.line", QC_SEVERITY_ERROR);
  qc_finding_set_arg (finding, "floor", "2,080.00 '\"\\\n元");
  qc_finding_at (finding, p2, "p2", "base");
  g_ptr_array_add (findings, finding);
  GOOD (qc_store_draft_set_findings (connection, draft, findings, error));
  g_autoptr (GPtrArray) all = qc_store_draft_get_findings (connection, draft, error);
  g_assert_cmpuint (all->len, ==, 2);
  finding = all->pdata[1];
  g_assert_cmpstr (finding->code, ==, "test.line");
  g_assert_cmpint (finding->severity, ==, QC_SEVERITY_ERROR);
  g_assert_cmpint (finding->line, ==, p2);
  g_assert_cmpstr (finding->person, ==, "p2");
  g_assert_cmpstr (finding->field, ==, "base");
  g_assert_cmpstr (qc_finding_get_arg (finding, "floor", NULL), ==, "2,080.00 '\"\\\n元");
  finding = all->pdata[0];
  g_assert_cmpint (finding->month, ==, 202611);
  g_assert_cmpint (finding->line, ==, 0);
  {
    g_autofree char *sentence = qc_finding_dup_sentence (finding);
    g_assert_nonnull (strstr (sentence, "test.first"));
  }
  GOOD (qc_store_draft_set_findings (connection, draft, NULL, error));
  g_autoptr (GPtrArray) none = qc_store_draft_get_findings (connection, draft, error);
  g_assert_cmpuint (none->len, ==, 0);
  return QC_DATABASE_DONE;
}

static gint64
count_of (QcConnection *connection, const char *sql)
{
  gint64 n = -1;
  g_assert_true (qc_connection_get_int (connection, sql, 0, &n, NULL));
  return n;
}

#define FOUR(c)   c c c c
#define DIGEST(c) FOUR (FOUR (FOUR (c)))

/* "1:a 2:b" */
static char *
attached (QcConnection *connection, gint64 draft)
{
  gint64 next;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = qc_store_attachments_list (connection, draft, &next, &error);
  g_assert_no_error (error);
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < list->len; i++) {
    const QcStoreAttachment *a = list->pdata[i];
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT ":%c", i > 0 ? " " : "", a->id, a->value->digest[0]);
  }
  return g_string_free (text, FALSE);
}

static void
assert_attached (QcConnection *connection, gint64 draft, const char *wanted)
{
  g_autofree char *found = attached (connection, draft);
  g_assert_cmpstr (found, ==, wanted);
}

static void
change_attachment (GArray *changes, gint64 id, gint64 line, const char *digest)
{
  QcStoreChange change = {.kind = digest != NULL ? QC_STORE_CHANGE_ATTACH : QC_STORE_CHANGE_DETACH, .line = id};
  if (digest != NULL)
    change.attachment = qc_attachment_new ("roster", line, "a.jpg", digest, 1000, "3KQ7WXYA");
  g_array_append_val (changes, change);
}

/* They come and go with the log, numbered apart from lines, and the log forgets them as it forgets lines. */
static gpointer
check_attachments (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 draft = new_draft (connection, QC_BUSINESS_ACCOUNT_OPENING);
  g_autoptr (GArray) two = qc_store_changes_new ();
  change_attachment (two, 1, 0, DIGEST ("a"));
  change_attachment (two, 2, 7, DIGEST ("b"));
  GOOD (qc_store_draft_edit (connection, draft, "attach", two, take_change, NOW, error));
  assert_attached (connection, draft, "1:a 2:b");
  g_autoptr (GArray) replaced = qc_store_changes_new ();
  change_attachment (replaced, 1, 0, NULL);
  change_attachment (replaced, 3, 0, DIGEST ("c"));
  GOOD (qc_store_draft_edit (connection, draft, "attach", replaced, take_change, NOW, error));
  assert_attached (connection, draft, "2:b 3:c");
  gint64 next;
  g_autoptr (GPtrArray) list = qc_store_attachments_list (connection, draft, &next, error);
  const QcStoreAttachment *first = list->pdata[0];
  g_assert_cmpint (next, ==, 4);
  g_assert_cmpint (first->value->line, ==, 7);
  g_assert_cmpint (first->value->size, ==, 1000);
  g_assert_cmpstr (first->value->lines, ==, "3KQ7WXYA");

  gboolean done;
  g_autoptr (QcStoreStep) back = qc_store_draft_find_step (connection, draft, FALSE, error);
  g_assert_cmpuint (back->attached->len, ==, 1);
  g_assert_cmpint (((QcStoreAttachment *)back->attached->pdata[0])->id, ==, 1);
  g_assert_cmpuint (back->detached->len, ==, 1);
  GOOD (travel (connection, draft, FALSE, &done, error));
  assert_attached (connection, draft, "1:a 2:b");
  GOOD (travel (connection, draft, FALSE, &done, error));
  assert_attached (connection, draft, "");
  GOOD (travel (connection, draft, TRUE, &done, error));
  GOOD (travel (connection, draft, TRUE, &done, error));
  assert_attached (connection, draft, "2:b 3:c");

  /* what no undo reaches is forgotten, and a line of the same number is not */
  GOOD (travel (connection, draft, FALSE, &done, error));
  g_autoptr (GArray) other = qc_store_changes_new ();
  change_attachment (other, 4, 0, DIGEST ("d"));
  GOOD (qc_store_draft_edit (connection, draft, "attach", other, take_change, NOW, error));
  assert_attached (connection, draft, "1:a 2:b 4:d");
  tidy (connection, error);
  g_assert_cmpint (count_of (connection, "SELECT count(*) FROM draft_attachment"), ==, 3);
  g_autoptr (GArray) unknown = qc_store_changes_new ();
  change_attachment (unknown, 3, 0, NULL);
  g_assert_false (qc_store_draft_edit (connection, draft, "detach", unknown, take_change, NOW, error));
  g_assert_error (*error, QC_STORE_ERROR, QC_STORE_ERROR_NOT_FOUND);
  g_clear_error (error);

  GOOD (qc_store_draft_delete (connection, draft, NOW, error));
  GOOD (qc_store_drafts_purge (connection, NOW + 31 * 86400, error)); /* go with their draft */
  g_assert_cmpint (count_of (connection, "SELECT count(*) FROM draft_attachment"), ==, 0);
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

/* ---- the version before ---- */

/* fixtures/v2.db was written by the version with one draft a business: one is open, one waits in the outbox. */
static gpointer
check_old (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (QcStoreDraft) open = qc_store_draft_get (connection, 1, error);
  g_autoptr (QcStoreDraft) locked = qc_store_draft_get (connection, 2, error);
  g_autoptr (QcStoreOutboxItem) item = qc_store_outbox_get (connection, 1, error);
  g_assert_no_error (*error);
  g_assert_cmpint (open->state, ==, QC_STORE_DRAFT_OPEN);
  g_assert_cmpstr (open->facts, ==, "{\"facts\":[\"end\",\"202610\"]}");
  g_assert_cmpint (open->n_lines, ==, 0);
  g_assert_null (open->name);
  g_assert_cmpint (locked->state, ==, QC_STORE_DRAFT_LOCKED);
  g_assert_cmpint (locked->outbox, ==, 1);
  GOOD (qc_store_outbox_load_body (connection, item, error));
  g_assert_cmpuint (g_bytes_get_size (item->body), ==, 243); /* byte for byte */
  g_assert_true (g_str_has_prefix (g_bytes_get_data (item->body, NULL), "{"));
  gboolean done;
  GOOD (travel (connection, 1, FALSE, &done, error));
  g_assert_true (done);
  GOOD (edit_one (connection, 1, QC_STORE_CHANGE_ADD_LINE, 1, "p1", "x", NOW, error));
  GOOD (qc_connection_check (connection, error));
  return QC_DATABASE_DONE;
}

static gpointer
check_old_edited (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (QcStoreDraft) draft = qc_store_draft_get (connection, 1, error);
  g_assert_no_error (*error);
  g_assert_cmpint (draft->n_lines, ==, 1);
  g_autoptr (GArray) lines = lines_of (connection, 1);
  g_assert_cmpuint (lines->len, ==, 1);
  g_assert_cmpstr (g_array_index (lines, Line, 0).facts, ==, "x");
  return QC_DATABASE_DONE;
}

#define MANY 2500

/* A step of many lines that nothing brings back any more costs the next edit nothing: it goes in pieces when there is
 * time, whatever was undone and entered in between. */
static gpointer
leave_many_behind (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 draft;
  GOOD (qc_store_draft_create (connection, PROFILE, UNIT, QC_BUSINESS_SEALING, NULL, NOW, &draft, error));
  g_autoptr (GArray) changes = qc_store_changes_new ();
  for (gint64 line = 1; line <= MANY; line++) {
    QcStoreChange change = {.kind = QC_STORE_CHANGE_ADD_LINE, .line = line, .facts = g_strdup ("{}")};
    g_array_append_val (changes, change);
  }
  GOOD (qc_store_draft_edit (connection, draft, "many", changes, take_change, NOW, error));
  gboolean done;
  GOOD (travel (connection, draft, FALSE, &done, error));
  g_array_set_size (changes, 1);
  g_array_index (changes, QcStoreChange, 0).line = MANY + 1;
  GOOD (qc_store_draft_edit (connection, draft, "one", changes, take_change, NOW, error));
  g_assert_cmpint (count_of (connection, "SELECT count(*) FROM draft_operation"), ==, MANY + 1);
  g_assert_cmpint (count_of (connection, "SELECT count(*) FROM draft_line"), ==, MANY + 1);
  GOOD (travel (connection, draft, TRUE, &done, error));
  g_assert_false (done);
  GOOD (travel (connection, draft, FALSE, &done, error));
  g_assert_cmpuint (tidy (connection, error), >, 2);
  g_assert_cmpint (count_of (connection, "SELECT count(*) FROM draft_operation"), ==, 1);
  g_assert_cmpint (count_of (connection, "SELECT count(*) FROM draft_line"), ==, 1);
  GOOD (travel (connection, draft, TRUE, &done, error));
  g_assert_true (done);

  /* the oldest steps cannot be undone either */
  for (guint i = 0; i < 1200; i++) {
    g_autoptr (GArray) one = qc_store_changes_new ();
    g_autofree char *facts = g_strdup_printf ("{%u}", i);
    set_change (one, MANY + 1, "{}", facts);
    GOOD (qc_store_draft_edit (connection, draft, "again", one, take_change, NOW, error));
  }
  tidy (connection, error);
  g_assert_cmpint (count_of (connection, "SELECT count(*) FROM draft_step"), ==, 1001);
  g_assert_cmpint (count_of (connection, "SELECT count(*) FROM draft_operation"), ==, 1001);
  guint undone = 0;
  do {
    GOOD (travel (connection, draft, FALSE, &done, error));
    undone += done;
  } while (done);
  g_assert_cmpuint (undone, ==, 1001);
  return QC_DATABASE_DONE;
}

static gpointer
count_operations (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  *(gint64 *)data = count_of (connection, "SELECT count(*) FROM draft_operation WHERE kind = 'add'");
  return QC_DATABASE_DONE;
}

static gpointer
branch_from_many (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 draft;
  GOOD (qc_store_draft_create (connection, PROFILE, UNIT, QC_BUSINESS_SEALING, NULL, NOW, &draft, error));
  add (connection, draft, "one", 0);
  gboolean done;
  GOOD (travel (connection, draft, FALSE, &done, error));
  add (connection, draft, "two", 0);
  return QC_DATABASE_DONE;
}

static void
test_tidy (Fixture *fixture, gconstpointer data)
{
  WRITE (fixture, leave_many_behind, NULL);
  fixture_close (fixture);
  fixture_open (fixture);
  /* nobody has to ask for it */
  WRITE (fixture, branch_from_many, NULL);
  for (gint64 left = 2; left > 1; g_usleep (1000))
    READ (fixture, count_operations, &left);
}

static void
test_from_v2 (Fixture *fixture, gconstpointer data)
{
  fixture_open_old (fixture, "v2.db");
  WRITE (fixture, check_old, NULL);
  fixture_close (fixture);
  fixture_open (fixture);
  READ (fixture, check_old_edited, NULL);
}

/* fixtures/v3.db: the same one version later, before other units were kept. */
static gpointer
check_v3 (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (QcOtherUnit) unit = qc_other_unit_new ("231100000067");
  unit->name = g_strdup ("黑河演练代理记账有限公司");
  unit->status = QC_UNIT_NORMAL;
  unit->due = unit->first_month = 202610;
  unit->as_of = NOW;
  GOOD (qc_store_receiver_put (connection, "heihe", unit, error));
  unit->first_month = 202611;
  GOOD (qc_store_receiver_put (connection, "heihe", unit, error));
  g_autoptr (GHashTable) other = qc_store_receivers_get (connection, "practice", error);
  g_assert_cmpuint (g_hash_table_size (other), ==, 0);
  g_autoptr (GHashTable) units = qc_store_receivers_get (connection, "heihe", error);
  g_assert_no_error (*error);
  const QcOtherUnit *kept = g_hash_table_lookup (units, "231100000067");
  g_assert_cmpstr (kept->name, ==, unit->name);
  g_assert_cmpint (kept->first_month, ==, 202611);
  g_assert_cmpint (kept->as_of, ==, NOW);
  g_clear_pointer (&unit->name, g_free); /* the center has it no longer */
  GOOD (qc_store_receiver_put (connection, "heihe", unit, error));
  g_autoptr (GHashTable) none = qc_store_receivers_get (connection, "heihe", error);
  g_assert_cmpuint (g_hash_table_size (none), ==, 0);
  return QC_DATABASE_DONE;
}

static void
test_from_v3 (Fixture *fixture, gconstpointer data)
{
  fixture_open_old (fixture, "v3.db");
  WRITE (fixture, check_v3, NULL);
}

/* fixtures/v4.db: draft 9 was edited when the log had all of each line. Its line is as it was, what was done until then
 * cannot be undone, and what is done from now on can. */
static gpointer
check_v4 (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (QcStoreDraft) draft = qc_store_draft_get (connection, 9, error);
  g_assert_no_error (*error);
  g_assert_null (draft->undo);
  g_assert_null (draft->redo);
  g_autofree char *before = picture (connection, 9);
  g_assert_nonnull (strstr (before, "安大海"));
  g_autoptr (QcStoreDraft) facts = qc_store_draft_get (connection, 1, error);
  g_assert_cmpstr (facts->undo, ==, "end"); /* one without lines is none of these */
  tidy (connection, error);
  g_assert_cmpint (count_of (connection, "SELECT count(*) FROM draft_step WHERE draft = 9"), ==, 0);
  g_autoptr (GArray) changes = qc_store_changes_new ();
  set_change (changes, 1, strchr (before, ':') + 1, "whose:x");
  GOOD (qc_store_draft_edit (connection, 9, "edit", changes, take_change, NOW, error));
  gboolean done;
  GOOD (travel (connection, 9, FALSE, &done, error));
  g_assert_true (done);
  g_autofree char *after = picture (connection, 9);
  g_assert_cmpstr (after, ==, before);
  GOOD (qc_connection_check (connection, error));
  return QC_DATABASE_DONE;
}

static void
test_from_v4 (Fixture *fixture, gconstpointer data)
{
  fixture_open_old (fixture, "v4.db");
  WRITE (fixture, check_v4, NULL);
}

/* fixtures/v5.db: its code lists were read before they said what is asked for: they are pulled from scratch, and
 * nothing else is. */
static gpointer
check_v5 (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_assert_cmpint (count_of (connection, "SELECT count(*) FROM cursor WHERE feed = 'codes' AND cursor IS NULL"), >, 0);
  g_assert_cmpint (count_of (connection, "SELECT count(*) FROM cursor WHERE (cursor IS NULL) <> (feed IN ('codes', "
                                         "'applications'))"),
                   ==, 0);
  GOOD (qc_connection_check (connection, error));
  return QC_DATABASE_DONE;
}

static void
test_from_v5 (Fixture *fixture, gconstpointer data)
{
  fixture_open_old (fixture, "v5.db");
  WRITE (fixture, check_v5, NULL);
}

/* fixtures/v6.db: its applications had one clock: they are pulled from scratch, and nothing else is. */
static gpointer
check_v6 (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_assert_cmpint (count_of (connection, "SELECT count(*) FROM application WHERE received = 0 AND replaces IS NULL"), >,
                   0);
  g_assert_cmpint (count_of (connection, "SELECT count(*) FROM cursor WHERE feed = 'applications' AND cursor IS NULL"),
                   >, 0);
  GOOD (qc_connection_check (connection, error));
  return QC_DATABASE_DONE;
}

static void
test_from_v6 (Fixture *fixture, gconstpointer data)
{
  fixture_open_old (fixture, "v6.db");
  WRITE (fixture, check_v6, NULL);
}

/* fixtures/v7.db was written before drafts had attachments: its log is as it was, and takes them. */
static gpointer
check_v7 (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (QcStoreDraft) draft = qc_store_draft_get (connection, 1, error);
  g_assert_no_error (*error);
  g_assert_cmpstr (draft->undo, ==, "end");
  assert_attached (connection, 1, "");
  g_autoptr (GArray) one = qc_store_changes_new ();
  change_attachment (one, 1, 0, DIGEST ("a"));
  GOOD (qc_store_draft_edit (connection, 1, "attach", one, take_change, NOW, error));
  assert_attached (connection, 1, "1:a");
  gboolean done;
  GOOD (travel (connection, 1, FALSE, &done, error));
  assert_attached (connection, 1, "");
  GOOD (travel (connection, 1, FALSE, &done, error));
  g_assert_true (done);
  GOOD (qc_connection_check (connection, error));
  return QC_DATABASE_DONE;
}

static void
test_from_v7 (Fixture *fixture, gconstpointer data)
{
  fixture_open_old (fixture, "v7.db");
  WRITE (fixture, check_v7, NULL);
}

#define ADD(name, func) g_test_add ("/store/drafts/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("basics", test_basics);
  ADD ("several", test_several);
  ADD ("undo", test_undo);
  ADD ("amend", test_amend);
  ADD ("whose", test_whose);
  ADD ("places", test_places);
  ADD ("whole", test_whole);
  ADD ("findings", test_findings);
  ADD ("attachments", test_attachments);
  ADD ("tidy", test_tidy);
  ADD ("from-v2", test_from_v2);
  ADD ("from-v3", test_from_v3);
  ADD ("from-v4", test_from_v4);
  ADD ("from-v5", test_from_v5);
  ADD ("from-v6", test_from_v6);
  ADD ("from-v7", test_from_v7);
  return g_test_run ();
}
