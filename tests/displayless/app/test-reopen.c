/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 修改后重新提交 on another computer than the one it was submitted on: its pictures come from the center, as they went
 * there; what the center does not have any more, or has otherwise, leaves its slot empty and is said; a center that is
 * not there makes no draft.
 */
#include <glib/gstdio.h>
#include <string.h>

#include "../bare-jpeg.h"
#include "fake-session.h"
#include "qc-digest.h"
#include "qc-reopen.h"
#include "qc-session-private.h"
#include "qc-store-attachments.h"
#include "qc-store-drafts.h"
#include "qc-store-lines.h"
#include "qc-wire-attachment.h"
#include "qc-wire-line.h"
#include "qc-wire-return.h"

#define SERIAL  "KH202600000001"
#define WHERE   "/api/v1/units/" QC_FIXTURE_UNIT "/applications/" SERIAL "/attachments/"
#define CREATED 1795320000
#define N       6

typedef struct {
  Fake *fake;
  QcAppFixture *fixture;
  QcApplicationLines *lines;
  GBytes *pictures[N]; /* (owned) */
  char *digests[N];    /* (owned) */
  GBytes *given[N];    /* (owned) (nullable) what the center gives out; NULL = it has none */
  gboolean deaf;
  guint told, there; /* progress */
} Play;

static gboolean
hook (Fake *fake, SoupServerMessage *message, const char *path, GHashTable *query)
{
  Play *play = fake->data;
  if (!g_str_has_prefix (path, WHERE))
    return FALSE;
  if (play->deaf) {
    fake_cut (message, NULL);
    return TRUE;
  }
  guint i = 0;
  while (i < N && !g_str_equal (play->digests[i], path + strlen (WHERE)))
    i++;
  g_assert_cmpuint (i, <, N);
  if (play->given[i] == NULL) {
    fake_problem (message, 404, QC_PROBLEM_NOT_FOUND);
    return TRUE;
  }
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, QC_ATTACHMENT_TYPE, SOUP_MEMORY_COPY,
                                    g_bytes_get_data (play->given[i], NULL), g_bytes_get_size (play->given[i]));
  return TRUE;
}

/* ---- what is kept of it ---- */

static void
add_row (GArray *rows, gint64 line, char *text)
{
  QcStoreLine row = {line, text};
  g_array_append_val (rows, row);
}

/* Two people, a picture of the application and then one of a line in turn; the first one twice. */
static gpointer
put_lines (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Play *play = data;
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (QcStoreLine));
  g_array_set_clear_func (rows, (GDestroyNotify)qc_store_line_clear);
  g_autoptr (GPtrArray) attachments = qc_attachment_list_new ();
  for (guint i = 0; i <= N; i++) {
    g_autofree char *name = g_strdup_printf ("%u.jpg", i);
    g_ptr_array_add (attachments,
                     qc_attachment_new (i % 2 ? "credit-authorization" : "roster", i % 2 ? 1 + i / 4 : 0, name,
                                        play->digests[i % N], (gint64)g_bytes_get_size (play->pictures[i % N]), NULL));
  }
  qc_attachment_list_sort (attachments);
  g_autoptr (GPtrArray) reasons = qc_return_reasons_new ();
  g_ptr_array_add (reasons, qc_return_reason_new ("01", QC_RETURN_APPLICATION, "看不清。"));
  add_row (rows, QC_STORE_LINE_REASONS, qc_wire_reasons_to_text (reasons));
  add_row (rows, QC_STORE_LINE_ATTACHMENTS, qc_wire_attachments_to_text (attachments));
  for (gint64 id = 1; id <= 2; id++) {
    g_autoptr (QcRosterLine) line = qc_roster_line_new ();
    line->id = id;
    line->name = g_strdup (id == 1 ? "郑新" : "于晓");
    line->document = g_strdup (id == 1 ? "231102199003070016" : "231102199003070024");
    add_row (rows, id, qc_wire_line_to_text (line));
  }
  return qc_store_lines_put (connection, "heihe", QC_FIXTURE_UNIT, SERIAL, CREATED, rows, NULL, NULL,
                             g_get_real_time () / G_USEC_PER_SEC, error)
             ? QC_DATABASE_DONE
             : NULL;
}

static gboolean
is_whole (gpointer lines)
{
  return qc_application_lines_is_whole (lines);
}

static void
open_play (Play *play)
{
  *play = (Play) {.fake = fake_new (), .fixture = qc_app_fixture_new (NULL, 0, 0)};
  play->fake->data = play;
  play->fake->hook = hook;
  fake_session_connect (play->fixture, play->fake);
  for (guint i = 0; i < N; i++) {
    play->pictures[i] = bare_jpeg (5000 + i, (guint8)(i + 1));
    play->digests[i] = qc_digest_hex_bytes (play->pictures[i]);
    play->given[i] = g_bytes_ref (play->pictures[i]);
  }
  g_autoptr (GError) error = NULL;
  qc_database_write (qc_session_get_database (play->fixture->session), "lines", put_lines, play, &error);
  g_assert_no_error (error);
  QcApplication *application = qc_application_new ();
  application->serial = g_strdup (SERIAL);
  application->business = QC_BUSINESS_ACCOUNT_OPENING;
  application->state = QC_STATE_RETURNED;
  application->created = CREATED;
  application->people = 2;
  g_autoptr (QcApplicationRow) row = qc_application_row_new (application);
  play->lines = qc_application_lines_new (play->fixture->session, row);
  qc_app_fixture_until (is_whole, play->lines);
}

static void
close_play (Play *play)
{
  g_object_unref (play->lines);
  qc_app_fixture_free (play->fixture);
  fake_free (play->fake);
  for (guint i = 0; i < N; i++) {
    g_bytes_unref (play->pictures[i]);
    g_free (play->digests[i]);
    g_clear_pointer (&play->given[i], g_bytes_unref);
  }
}

/* ---- what becomes of it ---- */

static void
progress_cb (const QcUploadProgress *progress, gpointer user_data)
{
  Play *play = user_data;
  play->told++;
  play->there = progress->there;
  g_assert_cmpuint (progress->there, <=, progress->pictures);
  g_assert_cmpint (progress->sent, <=, progress->size);
}

static gint64
reopen (Play *play, guint *lost, GError **error)
{
  GAsyncResult *slot = NULL;
  play->told = play->there = 0;
  qc_reopen_async (play->fixture->session, play->lines, progress_cb, play, NULL, keep_result_cb, &slot);
  wait_result (&slot);
  gint64 draft = qc_reopen_finish (play->fixture->session, slot, lost, error);
  g_object_unref (slot);
  return draft;
}

static gpointer
list_attachments (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 next;
  return qc_store_attachments_list (connection, *(gint64 *)data, &next, error);
}

/* Names of the draft's pictures, each with its bytes on the disk. (transfer full) */
static char *
dup_names (Play *play, gint64 draft)
{
  g_autoptr (GError) error = NULL;
  QcDatabase *database = qc_session_get_database (play->fixture->session);
  g_autoptr (GPtrArray) list = qc_database_read (database, "attachments", list_attachments, &draft, &error);
  g_assert_no_error (error);
  g_autofree char *folder = g_path_get_dirname (qc_database_get_path (database));
  GString *names = g_string_new (NULL);
  for (guint i = 0; i < list->len; i++) {
    const QcAttachment *value = ((const QcStoreAttachment *)g_ptr_array_index (list, i))->value;
    g_autofree char *path = qc_store_attachment_path (folder, value->digest);
    g_autofree char *data = NULL;
    gsize size;
    g_assert_true (g_file_get_contents (path, &data, &size, NULL));
    g_autofree char *digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *)data, size);
    g_assert_cmpstr (digest, ==, value->digest);
    g_string_append_printf (names, "%s%s", i > 0 ? " " : "", value->name);
  }
  return g_string_free (names, FALSE);
}

static guint
n_asked (Play *play)
{
  return fake_count (play->fake, "GET " WHERE);
}

static void
test_elsewhere (void)
{
  Play play;
  open_play (&play);
  g_autoptr (GError) error = NULL;
  guint lost;
  gint64 draft = reopen (&play, &lost, &error);
  g_assert_no_error (error);
  g_assert_cmpint (draft, >, 0);
  g_assert_cmpuint (lost, ==, 0);
  g_autofree char *names = dup_names (&play, draft);
  g_assert_cmpstr (names, ==, "0.jpg 2.jpg 4.jpg 6.jpg 1.jpg 3.jpg 5.jpg");
  g_assert_cmpuint (n_asked (&play), ==, N); /* the same bytes once */
  g_assert_cmpuint (play.told, ==, N);
  g_assert_cmpuint (play.there, ==, N);
  g_autofree char *entry = qc_app_fixture_dup_journal (play.fixture, "draft.reopened");
  g_assert_true (g_str_has_prefix (entry, "account-opening|") && g_str_has_suffix (entry, "/" SERIAL));
  qc_app_fixture_sql (play.fixture, "DELETE FROM journal");
  /* the draft that is there already, and nothing is fetched a second time */
  g_assert_cmpint (reopen (&play, &lost, &error), ==, draft);
  g_assert_cmpuint (n_asked (&play), ==, N);
  g_autofree char *none = qc_app_fixture_dup_journal (play.fixture, "draft.reopened");
  g_assert_cmpstr (none, ==, "");
  close_play (&play);
}

/* Gone, other bytes of the same length, and more bytes than were said. */
static void
test_lost (void)
{
  Play play;
  open_play (&play);
  g_bytes_unref (play.given[1]);
  g_bytes_unref (play.given[2]);
  g_bytes_unref (play.given[3]);
  play.given[1] = NULL;
  play.given[2] = bare_jpeg (5002, 99);
  play.given[3] = bare_jpeg (50000, 4);
  g_autoptr (GError) error = NULL;
  guint lost;
  gint64 draft = reopen (&play, &lost, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (lost, ==, 3);
  g_autofree char *names = dup_names (&play, draft);
  g_assert_cmpstr (names, ==, "0.jpg 4.jpg 6.jpg 5.jpg");
  g_autofree char *words = qc_reopen_dup_lost (lost);
  g_assert_nonnull (strstr (words, "3 pictures"));
  close_play (&play);
}

/* A center that breaks off makes no half of a draft; what came stays, and the rest is fetched the next time. */
static void
test_cut_off (void)
{
  Play play;
  open_play (&play);
  g_autoptr (GError) error = NULL;
  guint lost;
  play.deaf = TRUE;
  g_assert_cmpint (reopen (&play, &lost, &error), ==, 0);
  g_assert_nonnull (error);
  g_clear_error (&error);
  play.deaf = FALSE;
  gint64 draft = reopen (&play, &lost, &error);
  g_assert_no_error (error);
  g_assert_cmpint (draft, ==, 1);
  g_assert_cmpuint (lost, ==, 0);
  close_play (&play);
}

/* Only what was returned comes back as a draft. */
static void
test_not_returned (void)
{
  Play play;
  open_play (&play);
  QcApplication *application = (QcApplication *)qc_application_lines_get_application (play.lines);
  for (int state = 0; state <= QC_STATE_DELETED; state++) {
    g_autoptr (GError) error = NULL;
    guint lost;
    if (state == QC_STATE_RETURNED)
      continue;
    application->state = state;
    g_assert_cmpint (reopen (&play, &lost, &error), ==, 0);
    g_assert_error (error, QC_APP_ERROR, QC_APP_ERROR_DRAFT);
  }
  g_assert_cmpuint (n_asked (&play), ==, 0);
  close_play (&play);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reopen/elsewhere", test_elsewhere);
  g_test_add_func ("/reopen/lost", test_lost);
  g_test_add_func ("/reopen/cut-off", test_cut_off);
  g_test_add_func ("/reopen/not-returned", test_not_returned);
  return g_test_run ();
}
