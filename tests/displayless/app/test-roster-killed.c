/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * kill -9 at any key: a child edits a roster at random and tells what it is about to show and what it has shown as
 * saved; it is killed at any moment. Whatever was shown as saved is there, nothing is half done, and it can be undone.
 * In the long form as many kills as there is time for.
 */
#include <signal.h>
#include <sys/wait.h>

#include "../prove.h"
#include "roster-play.h"

#define PEOPLE 60

/* ---- the child ---- */

typedef struct {
  QcRosterService *service;
  GRand *rand;
  GPtrArray *pictures; /* (owned) digests of what was on the screen, up to what can be redone */
  guint at;            /* the one that is there now */
} Play;

static char *
dup_digest (QcRosterService *service)
{
  g_autofree char *picture = play_picture (service);
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, picture, -1);
}

static gint64
any_line (Play *play)
{
  const GPtrArray *lines = play_roster (play->service)->lines;
  guint at = (guint)g_rand_int_range (play->rand, 0, (gint32)lines->len);
  return ((QcRosterLine *)g_ptr_array_index (lines, at))->id;
}

static void
paste_some (Play *play)
{
  g_autoptr (GString) rows = g_string_new ("account\treason\treason_text\n");
  for (int n = g_rand_int_range (play->rand, 1, 12); n > 0; n--)
    g_string_append_printf (rows, "232%07d\t%s\t%d\n", g_rand_int_range (play->rand, 0, PEOPLE),
                            g_rand_boolean (play->rand) ? "01" : "99", g_rand_int_range (play->rand, 0, 1000));
  g_autoptr (QcPasteResult) pasted = play_paste (play->service, rows->str);
}

static void
edit (Play *play)
{
  g_autofree char *word = g_strdup_printf ("词%d", g_rand_int_range (play->rand, 0, 100000));
  const gint64 some[] = {any_line (play), any_line (play)};
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (gint64));
  const GPtrArray *lines = play_roster (play->service)->lines;
  for (guint i = 0; i < lines->len; i++)
    g_array_append_val (all, ((QcRosterLine *)g_ptr_array_index (lines, i))->id);
  switch (g_rand_int_range (play->rand, 0, 8)) {
  case 0:
  case 1:
    paste_some (play);
    break;
  case 2:
    qc_roster_service_remove (play->service, some, 2);
    break;
  case 3:
    qc_roster_service_enter_many (play->service, some, 2, QC_LINE_REASON, g_rand_boolean (play->rand) ? "99" : word);
    break;
  case 4:
    qc_roster_service_enter_many (play->service, (const gint64 *)all->data, all->len, QC_LINE_REASON_TEXT, word);
    break;
  default:
    qc_roster_service_enter (play->service, some[0], QC_LINE_REASON_TEXT, word);
  }
}

/* As it will be afterwards. */
static void
travel (Play *play, int by)
{
  play->at = (guint)((int)play->at + by);
  g_print ("%s\n", (char *)g_ptr_array_index (play->pictures, play->at));
  if (by < 0)
    qc_draft_undo (play_draft (play->service));
  else
    qc_draft_redo (play_draft (play->service));
  play_settle (play->service);
}

static void
step (Play *play)
{
  int what = g_rand_int_range (play->rand, 0, 6);
  if (what == 0 && play->at > 0) {
    travel (play, -1);
  } else if (what == 1 && play->at + 1 < play->pictures->len) {
    travel (play, 1);
  } else {
    if (play_roster (play->service)->lines->len == 0)
      paste_some (play);
    else
      edit (play);
    g_autofree char *shown = dup_digest (play->service);
    if (g_str_equal (shown, g_ptr_array_index (play->pictures, play->at)))
      return; /* nothing is otherwise: no step */
    g_ptr_array_set_size (play->pictures, (gint)++play->at);
    g_ptr_array_add (play->pictures, g_strdup (shown));
    g_print ("%s\n", shown);
    play_settle (play->service);
  }
  g_autofree char *now = dup_digest (play->service);
  g_assert_cmpstr (now, ==, g_ptr_array_index (play->pictures, play->at));
  g_autoptr (GError) error = NULL;
  g_object_get (play_draft (play->service), "error", &error, NULL);
  g_assert_no_error (error);
  g_print ("saved\n");
}

G_GNUC_NORETURN static void
child (const char *dir, const char *seed)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (dir, 0, PEOPLE);
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32)g_ascii_strtoull (seed, NULL, 10));
  Play play = {play_open (fixture, QC_BUSINESS_SEALING, 0), rand, g_ptr_array_new_with_free_func (g_free), 0};
  g_ptr_array_add (play.pictures, dup_digest (play.service));
  g_print ("%s\nsaved\n", (char *)g_ptr_array_index (play.pictures, 0));
  for (;;)
    step (&play);
}

/* ---- the one who kills ---- */

/* What the child told last: what was to be saved, and what was saved before. */
typedef struct {
  char *shown, *saved; /* (owned) */
  guint steps;
} Told;

static void
told_clear (Told *told)
{
  g_free (told->shown);
  g_free (told->saved);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Told, told_clear)

static gboolean
hear (Told *told, GDataInputStream *out)
{
  char *line = g_data_input_stream_read_line (out, NULL, NULL, NULL);
  if (line == NULL)
    return FALSE;
  if (!g_str_equal (line, "saved")) {
    g_free (told->shown);
    told->shown = line;
    return TRUE;
  }
  g_free (line);
  g_free (told->saved);
  told->saved = g_strdup (told->shown);
  told->steps++;
  return TRUE;
}

/* Lets a child work for some steps and kills it in the midst of the next. */
static void
kill_one (const char *dir, GRand *rand, Told *told)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *seed = g_strdup_printf ("%u", g_rand_int (rand));
  const char *argv[] = {self, "--child", dir, seed, NULL};
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  g_autoptr (GDataInputStream) out = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  guint steps = (guint)g_rand_int_range (rand, 1, 20);
  while (told->steps < steps)
    g_assert_true (hear (told, out));
  g_usleep ((gulong)g_rand_int_range (rand, 0, 4000)); /* at any moment of the next */
  g_subprocess_force_exit (process);
  g_subprocess_wait (process, NULL, NULL);
  g_assert_true (g_subprocess_get_if_signaled (process));
  g_assert_cmpint (g_subprocess_get_term_sig (process), ==, SIGKILL);
  while (hear (told, out))
    ;
}

static void
undo (QcRosterService *service)
{
  g_assert_true (qc_draft_can_undo (play_draft (service)));
  qc_draft_undo (play_draft (service));
  play_settle (service);
}

/* What was shown as saved is there, or the whole of the step that was under way then; FALSE: of that step. */
static gboolean
check (QcRosterService *service, const Told *told)
{
  g_autofree char *there = dup_digest (service);
  if (g_str_equal (there, told->saved))
    return TRUE;
  if (!g_str_equal (there, told->shown)) { /* not even told */
    undo (service);
    g_autofree char *before = dup_digest (service);
    g_assert_cmpstr (before, ==, told->saved);
    qc_draft_redo (play_draft (service));
    play_settle (service);
  }
  return FALSE;
}

/* A step back and forth is where it was. */
static void
check_undo (QcRosterService *service)
{
  g_autofree char *there = dup_digest (service);
  if (!qc_draft_can_undo (play_draft (service)))
    return;
  undo (service);
  qc_draft_redo (play_draft (service));
  play_settle (service);
  g_autofree char *again = dup_digest (service);
  g_assert_cmpstr (again, ==, there);
}

static void
test_killed (void)
{
  QcAppFixture *fixture = NULL;
  g_autofree char *dir = g_dir_make_tmp ("qingce-app-XXXXXX", NULL);
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32)g_test_rand_int ());
  gint64 begin = g_get_monotonic_time ();
  guint kills = 0, steps = 0, further = 0;
  for (; prove_goes_on (begin, kills, 12); kills++) {
    if (fixture != NULL)
      qc_app_fixture_close (fixture);
    g_auto (Told) told = {0};
    kill_one (dir, rand, &told);
    steps += told.steps;
    fixture = qc_app_fixture_new (dir, 0, PEOPLE);
    g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_SEALING, 0);
    further += !check (service, &told);
    check_undo (service);
  }
  g_test_message ("%u kills, %u steps saved, %u more than was told", kills, steps, further);
  g_assert_cmpuint (steps, >, kills);
  qc_app_fixture_free (fixture);
}

int
main (int argc, char **argv)
{
  if (argc == 4 && g_str_equal (argv[1], "--child"))
    child (argv[2], argv[3]);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/roster-killed/any-key", test_killed);
  return g_test_run ();
}
