/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 上传附件 without a screen: files come into slots, by name or by place, are made ready, kept, undone and redone, also
 * after a restart; what cannot be taken is said in words; what is missing, outdated or twice there holds 办理 up; and
 * what goes out is named after its person.
 */
#include <glib/gstdio.h>

#include "made-pictures.h"
#include "qc-attachments.h"
#include "qc-jpeg.h"
#include "qc-store-attachments.h"
#include "roster-play.h"

#define LETTER "credit-authorization"
#define ROSTER "roster"

typedef struct {
  QcAppFixture *fixture;
  QcRosterService *service;
  QcAttachments *attachments;
  char *files; /* folder of what is to be added */
} Play;

static void
open_again (Play *play)
{
  play->service = play_open (play->fixture, QC_BUSINESS_SEALING, 0);
  play->attachments = qc_attachments_new (play->service);
}

/* A roster of 安大海 and 白小溪, each with a reason; one letter is asked for each, one or two pages of the roster. */
static void
open_play (Play *play)
{
  play->fixture = qc_app_fixture_new (NULL, 0, 0);
  play->files = g_dir_make_tmp ("qc-files-XXXXXX", NULL);
  qc_app_fixture_sql (
      play->fixture,
      "INSERT INTO code (scope, key, pull, list, code, label, position, needs_text, of_line, at_least,"
      " at_most, max_size) SELECT scope, 'x' || n, pull, 'attachment-sealing', c, l, n, 0, o, 1, m, 300000"
      " FROM (SELECT scope, pull FROM code LIMIT 1), (SELECT 1 AS n, '" ROSTER "' AS c, '清册' AS l,"
      " 0 AS o, 2 AS m UNION ALL SELECT 2, '" LETTER "', '授权书', 1, 1)");
  open_again (play);
  g_autoptr (QcPasteResult) pasted = play_paste (play->service, "account\treason\n2311000001\t01\n2311000002\t01\n");
  g_assert_cmpuint (pasted->added, ==, 2);
}

static void
close_play (Play *play)
{
  g_clear_object (&play->attachments);
  g_clear_object (&play->service);
  g_autoptr (GDir) dir = g_dir_open (play->files, 0, NULL);
  const char *name;
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (play->files, name, NULL);
    g_remove (path);
  }
  g_rmdir (play->files);
  g_free (play->files);
  qc_app_fixture_free (play->fixture);
}

static GFile *
put_bytes (Play *play, const char *name, gconstpointer data, gsize size)
{
  g_autofree char *path = g_build_filename (play->files, name, NULL);
  g_assert_true (g_file_set_contents (path, data, (gssize)size, NULL));
  return g_file_new_for_path (path);
}

/* A photograph with EXIF, another one for each width. */
static GFile *
put_picture (Play *play, const char *name, guint width)
{
  g_auto (MadePixels) pixels = made_pixels (width, 320);
  g_autoptr (GByteArray) jpeg = made_jpeg (&pixels, MADE_444, FALSE);
  made_jpeg_talk (jpeg, 1);
  return put_bytes (play, name, jpeg->data, jpeg->len);
}

static void
result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

static gboolean
result_there (gpointer data)
{
  return *(GAsyncResult **)data != NULL;
}

static gboolean
is_quiet (gpointer data)
{
  Play *play = data;
  return qc_roster_service_is_settled (play->service) && !g_main_context_pending (NULL);
}

static void
settle (Play *play)
{
  play_settle (play->service);
  qc_app_fixture_until (is_quiet, play);
}

static QcAttachmentResult *
finish (Play *play, GAsyncResult **result)
{
  qc_app_fixture_until (result_there, result);
  g_autoptr (GError) error = NULL;
  QcAttachmentResult *done = qc_attachments_add_finish (play->attachments, *result, &error);
  g_assert_no_error (error);
  g_clear_object (result);
  settle (play);
  return done;
}

static QcAttachmentResult *
add (Play *play, const char *kind, gint64 line, GFile *const *files, guint n)
{
  GAsyncResult *result = NULL;
  qc_attachments_add_async (play->attachments, kind, line, files, n, NULL, result_cb, &result);
  return finish (play, &result);
}

static void
add_one (Play *play, const char *kind, gint64 line, const char *name, guint width)
{
  g_autoptr (GFile) file = put_picture (play, name, width);
  g_autoptr (QcAttachmentResult) result = add (play, kind, line, &file, 1);
  for (guint i = 0; i < result->failed->len; i++)
    g_test_message ("%s", ((QcAttachmentFault *)result->failed->pdata[i])->text);
  g_assert_cmpuint (result->added, ==, 1);
}

static gint64
line_of (Play *play, const char *account)
{
  return play_find (play->service, account)->id;
}

static guint
n_in (Play *play, const char *kind, gint64 line)
{
  QcAttachmentSlot *slot = qc_attachments_find (play->attachments, kind, line);
  g_assert_nonnull (slot);
  return qc_attachment_slot_get_pictures (slot)->len;
}

static const QcAttachmentPicture *
picture_in (Play *play, const char *kind, gint64 line)
{
  return g_ptr_array_index (qc_attachment_slot_get_pictures (qc_attachments_find (play->attachments, kind, line)), 0);
}

static const char *
fault_of (const GPtrArray *faults, const char *file)
{
  for (guint i = 0; i < faults->len; i++) {
    const QcAttachmentFault *fault = g_ptr_array_index (faults, i);
    if (g_str_equal (fault->file, file))
      return fault->text;
  }
  return NULL;
}

/* ---- ---- */

static void
test_whole (void)
{
  Play play;
  open_play (&play);
  settle (&play);
  gint64 an = line_of (&play, "2311000001");
  gint64 bai = line_of (&play, "2311000002");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (play.attachments)), ==, 3);
  g_assert_cmpuint (qc_attachments_get_n_lacking (play.attachments), ==, 3);
  g_assert_nonnull (play_finding (play.service, 0, "attachment.missing"));
  g_autofree char *lacking = play_why_not (play.service);
  g_assert_nonnull (lacking);

  add_one (&play, ROSTER, 0, "清册.jpg", 400);
  add_one (&play, LETTER, an, "IMG_0001.JPG", 401);
  add_one (&play, LETTER, bai, "IMG_0002.JPG", 402);
  g_assert_cmpuint (qc_attachments_get_n_lacking (play.attachments), ==, 0);
  g_autofree char *may = play_why_not (play.service);
  g_assert_cmpstr (may, ==, NULL);
  /* what is kept is the picture and nothing else, under its person's name */
  const QcAttachmentPicture *kept = picture_in (&play, LETTER, an);
  g_autofree char *bytes = NULL;
  gsize size;
  g_assert_true (g_file_get_contents (kept->path, &bytes, &size, NULL));
  g_assert_true (qc_jpeg_is_bare ((const guint8 *)bytes, size));
  g_assert_cmpint (kept->size, ==, (gint64)size);
  g_assert_cmpstr (kept->name, ==, "231102199003070016.jpg");

  g_autoptr (GError) error = NULL;
  g_autoptr (QcOutboxItem) item = play_submit (play.service, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (QcSubmission) sent = play_outbox_body (play.fixture, qc_outbox_item_get_id (item));
  g_assert_cmpuint (sent->attachments->len, ==, 3);
  const QcAttachment *roster = sent->attachments->pdata[0], *letter = sent->attachments->pdata[2];
  g_assert_cmpstr (roster->name, ==, "清册.jpg");
  g_assert_cmpuint (strlen (roster->lines), ==, 8);
  g_assert_cmpstr (letter->name, ==, "231102198502140029.jpg");
  g_assert_cmpint (letter->line, ==, bai);
  close_play (&play);
}

/* Each is one step, a slot of one picture changes it for the new one, and a restart changes nothing. */
static void
test_undo (void)
{
  Play play;
  open_play (&play);
  settle (&play);
  gint64 an = line_of (&play, "2311000001");
  add_one (&play, LETTER, an, "a.jpg", 401);
  gint64 first = picture_in (&play, LETTER, an)->id;
  add_one (&play, LETTER, an, "b.jpg", 402);
  g_assert_cmpuint (n_in (&play, LETTER, an), ==, 1);
  gint64 second = picture_in (&play, LETTER, an)->id;
  g_assert_cmpint (second, !=, first);
  qc_draft_undo (play_draft (play.service));
  settle (&play);
  g_assert_cmpint (picture_in (&play, LETTER, an)->id, ==, first);
  qc_draft_redo (play_draft (play.service));
  settle (&play);
  g_assert_cmpint (picture_in (&play, LETTER, an)->id, ==, second);
  g_assert_true (qc_attachments_remove (play.attachments, &second, 1));
  settle (&play);
  g_assert_cmpuint (n_in (&play, LETTER, an), ==, 0);

  g_clear_object (&play.attachments);
  g_clear_object (&play.service);
  qc_app_fixture_restart (play.fixture);
  open_again (&play);
  settle (&play);
  g_assert_cmpuint (n_in (&play, LETTER, an), ==, 0);
  qc_draft_undo (play_draft (play.service));
  settle (&play);
  g_assert_cmpint (picture_in (&play, LETTER, an)->id, ==, second);
  g_assert_true (g_file_test (picture_in (&play, LETTER, an)->path, G_FILE_TEST_EXISTS));

  /* who goes off the roster takes the picture along, and brings it back */
  qc_roster_service_remove (play.service, &an, 1);
  settle (&play);
  g_assert_null (qc_attachments_find (play.attachments, LETTER, an));
  g_assert_null (play_finding (play.service, 0, "attachment.line-gone"));
  qc_draft_undo (play_draft (play.service));
  settle (&play);
  g_assert_cmpuint (n_in (&play, LETTER, an), ==, 1);
  close_play (&play);
}

/* Many at once go to whom they are named after; what is nobody's is said. */
static void
test_by_name (void)
{
  Play play;
  open_play (&play);
  settle (&play);
  GFile *const files[] = {put_picture (&play, "231102199003070016.JPG", 401),
                          put_picture (&play, "２３１１０２１９８５０２１４００２９ .jpeg", 402),
                          put_picture (&play, "231102199003070099.jpg", 403)};
  g_autoptr (QcAttachmentResult) result = add (&play, LETTER, QC_ATTACHMENTS_BY_NAME, files, 3);
  g_assert_cmpuint (result->added, ==, 2);
  g_assert_cmpuint (result->failed->len, ==, 0);
  g_assert_cmpuint (result->nobody->len, ==, 1);
  g_assert_cmpstr (result->nobody->pdata[0], ==, "231102199003070099.jpg");
  g_assert_cmpuint (n_in (&play, LETTER, line_of (&play, "2311000001")), ==, 1);
  g_assert_cmpuint (n_in (&play, LETTER, line_of (&play, "2311000002")), ==, 1);
  qc_draft_undo (play_draft (play.service));
  settle (&play);
  g_assert_cmpuint (n_in (&play, LETTER, line_of (&play, "2311000001")), ==, 0);
  g_assert_cmpuint (n_in (&play, LETTER, line_of (&play, "2311000002")), ==, 0);
  for (guint i = 0; i < 3; i++)
    g_object_unref (files[i]);
  close_play (&play);
}

/* Each file that cannot be taken is said in words, and the others are taken all the same. */
static void
test_faults (void)
{
  Play play;
  open_play (&play);
  settle (&play);
  g_autofree char *folder = g_build_filename (play.files, "folder.jpg", NULL);
  g_autofree char *gone = g_build_filename (play.files, "gone.jpg", NULL);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_autofree guint8 *large = g_malloc0 (40 << 20);
  GFile *const files[] = {put_bytes (&play, "text.jpg", "not a picture", 13),
                          put_bytes (&play, "empty.jpg", "", 0),
                          put_bytes (&play, "large.jpg", large, 40 << 20),
                          g_file_new_for_path (folder),
                          g_file_new_for_path (gone),
                          g_file_new_for_uri ("http://x.invalid/a.jpg"),
                          put_picture (&play, "good.jpg", 400),
                          put_picture (&play, "same.jpg", 400),
                          put_picture (&play, "second.jpg", 401),
                          put_picture (&play, "third.jpg", 402)};
  static const char *const bad[]
      = {"text.jpg", "empty.jpg", "large.jpg", "folder.jpg", "gone.jpg", "a.jpg", "same.jpg", "third.jpg"};
  g_autoptr (QcAttachmentResult) result = add (&play, ROSTER, 0, files, G_N_ELEMENTS (files));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    const char *text = fault_of (result->failed, bad[i]);
    g_test_message ("%s: %s", bad[i], text);
    g_assert_nonnull (text);
    g_assert_cmpuint (strlen (text), >, 10);
  }
  g_assert_cmpuint (result->failed->len, ==, G_N_ELEMENTS (bad));
  g_assert_cmpuint (result->added, ==, 2);
  g_assert_cmpuint (n_in (&play, ROSTER, 0), ==, 2);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    g_object_unref (files[i]);
  g_rmdir (folder);
  close_play (&play);
}

/* What is there already, beyond what is taken, of somebody who is not there, or not on this computer. */
static void
test_refused (void)
{
  static const char again[] = "This very picture is there already.";
  Play play;
  open_play (&play);
  settle (&play);
  gint64 an = line_of (&play, "2311000001"), bai = line_of (&play, "2311000002");
  GFile *const files[] = {put_picture (&play, "a.jpg", 400), put_picture (&play, "b.jpg", 401)};
  g_autoptr (QcAttachmentResult) nothing = add (&play, ROSTER, 0, files, 0);
  g_assert_cmpuint (nothing->added + nothing->failed->len, ==, 0);
  /* the same picture is another one elsewhere */
  g_autoptr (QcAttachmentResult) first = add (&play, LETTER, an, files, 1);
  g_autoptr (QcAttachmentResult) other = add (&play, LETTER, bai, files, 1);
  g_autoptr (QcAttachmentResult) roster = add (&play, ROSTER, 0, files, 1);
  g_assert_cmpuint (first->added + other->added + roster->added, ==, 3);
  g_autoptr (QcAttachmentResult) twice = add (&play, LETTER, an, files, 1);
  g_assert_cmpuint (twice->added, ==, 0);
  g_assert_cmpstr (fault_of (twice->failed, "a.jpg"), ==, again);
  /* one is taken in the place of the one that is there, but not two at once */
  GFile *const more[] = {put_picture (&play, "c.jpg", 402), put_picture (&play, "d.jpg", 403)};
  g_autoptr (QcAttachmentResult) two = add (&play, LETTER, an, more, 2);
  g_assert_cmpuint (two->added, ==, 1);
  g_assert_cmpuint (two->failed->len, ==, 1);
  g_assert_cmpstr (((QcAttachmentFault *)two->failed->pdata[0])->text, ==,
                   "At most 1 picture is taken here. Remove it first.");
  g_assert_cmpuint (n_in (&play, LETTER, an), ==, 1);
  /* of two there may be, one is there: one more */
  g_autoptr (QcAttachmentResult) third = add (&play, ROSTER, 0, more, 2);
  g_assert_cmpuint (third->added, ==, 1);
  g_assert_cmpstr (((QcAttachmentFault *)third->failed->pdata[0])->text, ==,
                   "At most 2 pictures are taken here. Remove some first.");
  g_assert_cmpuint (n_in (&play, ROSTER, 0), ==, 2);
  g_autoptr (QcAttachmentResult) nobody = add (&play, LETTER, 9999, files, 1);
  g_assert_cmpstr (fault_of (nobody->failed, "a.jpg"), ==, "Its person is not on the roster any more.");
  for (guint i = 0; i < 2; i++) {
    g_object_unref (files[i]);
    g_object_unref (more[i]);
  }

  GFile *const named[]
      = {put_picture (&play, "231102199003070016.jpg", 404), put_picture (&play, "231102199003070016.jpeg", 405)};
  g_autoptr (QcAttachmentResult) same = add (&play, LETTER, QC_ATTACHMENTS_BY_NAME, named, 2);
  g_assert_cmpuint (same->added, ==, 0);
  g_assert_cmpuint (same->nobody->len, ==, 0);
  g_assert_nonnull (strstr (fault_of (same->failed, "231102199003070016.jpg"), "same person"));

  g_autoptr (GFile) far = g_file_new_for_uri ("http://x.invalid/a.jpg");
  GAsyncResult *result = NULL;
  qc_attachments_replace_async (play.attachments, picture_in (&play, LETTER, an)->id, far, NULL, result_cb, &result);
  g_autoptr (QcAttachmentResult) replaced = finish (&play, &result);
  g_assert_cmpuint (replaced->added, ==, 0);
  g_assert_nonnull (strstr (fault_of (replaced->failed, "a.jpg"), "not on this computer"));
  g_autoptr (GAsyncResult) gone = NULL;
  g_autoptr (GError) error = NULL;
  qc_attachments_replace_async (play.attachments, 9999, named[0], NULL, result_cb, &gone);
  qc_app_fixture_until (result_there, &gone);
  g_assert_null (qc_attachments_add_finish (play.attachments, gone, &error));
  g_assert_cmpstr (error->message, ==, "The picture is not there any more.");
  g_autoptr (GAsyncResult) turned = NULL;
  g_clear_error (&error);
  qc_attachments_turn_async (play.attachments, 9999, 90, NULL, result_cb, &turned);
  qc_app_fixture_until (result_there, &turned);
  g_assert_null (qc_attachments_add_finish (play.attachments, turned, &error));
  g_assert_cmpstr (error->message, ==, "The picture is not there any more.");
  for (guint i = 0; i < 2; i++)
    g_object_unref (named[i]);
  close_play (&play);
}

/* By what name it goes out: that of the file, with the ending of what it is now. */
static void
test_names (void)
{
  static const struct {
    const char *name, *out;
  } rows[] = {{"清册.png", "清册.jpg"}, {"a.b.heic", "a.b.jpg"}, {"none", "none.jpg"}, {".x", "1.jpg"}};
  Play play;
  open_play (&play);
  settle (&play);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    add_one (&play, ROSTER, 0, rows[i].name, 400 + i);
    g_assert_cmpstr (picture_in (&play, ROSTER, 0)->name, ==, rows[i].out);
    qc_draft_undo (play_draft (play.service));
    settle (&play);
  }
  close_play (&play);
}

typedef struct {
  guint position, removed, added, n;
} Change;

static void
change_cb (GListModel *model, guint position, guint removed, guint added, Change *change)
{
  *change = (Change) {position, removed, added, change->n + 1};
}

static void
assert_change (Change *change, guint position, guint removed, guint added)
{
  g_assert_cmpuint (change->n, ==, 1);
  g_assert_cmpuint (change->position, ==, position);
  g_assert_cmpuint (change->removed, ==, removed);
  g_assert_cmpuint (change->added, ==, added);
  change->n = 0;
}

/* Of the slots only those are told of that came or went: in the middle, at the end, and none where a picture comes. */
static void
test_slots (void)
{
  Play play;
  open_play (&play);
  settle (&play);
  Change change = {0};
  GListModel *model = G_LIST_MODEL (play.attachments);
  gint64 an = line_of (&play, "2311000001"), bai = line_of (&play, "2311000002");
  g_signal_connect (model, "items-changed", G_CALLBACK (change_cb), &change);
  qc_roster_service_remove (play.service, &an, 1);
  settle (&play);
  assert_change (&change, 1, 1, 0);
  qc_draft_undo (play_draft (play.service));
  settle (&play);
  assert_change (&change, 1, 0, 1);
  qc_roster_service_remove (play.service, &bai, 1);
  settle (&play);
  assert_change (&change, 2, 1, 0);
  qc_draft_undo (play_draft (play.service));
  settle (&play);
  assert_change (&change, 2, 0, 1);
  add_one (&play, ROSTER, 0, "a.jpg", 400);
  g_assert_cmpuint (change.n, ==, 0);
  g_autoptr (QcAttachmentSlot) last = g_list_model_get_item (model, 2);
  g_assert_cmpint (qc_attachment_slot_get_line (last), ==, bai);
  g_assert_null (g_list_model_get_item (model, 3));
  close_play (&play);
}

/* While one is looked at there is work, and afterwards none; what is kept can be looked at, what is not there cannot.
 */
static void
test_preview (void)
{
  Play play;
  open_play (&play);
  settle (&play);
  g_autoptr (GFile) file = put_picture (&play, "a.jpg", 400);
  GAsyncResult *adding = NULL;
  guint before, during, after, width = 0, height = 0;
  g_object_get (play.attachments, "busy", &before, NULL);
  qc_attachments_add_async (play.attachments, ROSTER, 0, &file, 1, NULL, result_cb, &adding);
  g_object_get (play.attachments, "busy", &during, NULL);
  g_autoptr (QcAttachmentResult) added = finish (&play, &adding);
  g_object_get (play.attachments, "busy", &after, NULL);
  g_assert_cmpuint (added->added, ==, 1);
  g_assert_cmpuint (before, ==, 0);
  g_assert_cmpuint (during, ==, 1);
  g_assert_cmpuint (after, ==, 0);
  g_autofree char *gone = g_build_filename (play.files, "gone.jpg", NULL);
  const char *const paths[] = {picture_in (&play, ROSTER, 0)->path, gone};
  for (guint i = 0; i < 2; i++) {
    g_autoptr (GAsyncResult) looked = NULL;
    g_autoptr (GError) error = NULL;
    qc_attachments_preview_async (play.attachments, paths[i], NULL, result_cb, &looked);
    qc_app_fixture_until (result_there, &looked);
    g_autoptr (GBytes) pixels = qc_attachments_preview_finish (play.attachments, looked, &width, &height, &error);
    g_assert_cmpint (pixels != NULL, ==, i == 0);
    g_assert_cmpint (error == NULL, ==, i == 0);
  }
  g_assert_cmpuint (width, >, 0);
  g_assert_cmpuint (height, >, 0);
  close_play (&play);
}

/* A roster that changes leaves its stamped picture behind (已过期) until it is replaced; turning it is no new one. */
static void
test_outdated (void)
{
  Play play;
  open_play (&play);
  settle (&play);
  add_one (&play, ROSTER, 0, "a.jpg", 400);
  QcAttachmentSlot *slot = qc_attachments_find (play.attachments, ROSTER, 0);
  g_assert_false (qc_attachment_slot_is_outdated (slot));
  play_enter (play.service, "2311000001", QC_LINE_REASON, "99");
  play_enter (play.service, "2311000001", QC_LINE_REASON_TEXT, "借调");
  settle (&play);
  g_assert_true (qc_attachment_slot_is_outdated (slot));
  g_assert_nonnull (play_finding (play.service, 0, "attachment.outdated"));
  gint64 id = picture_in (&play, ROSTER, 0)->id;
  GAsyncResult *turning = NULL;
  qc_attachments_turn_async (play.attachments, id, 90, NULL, result_cb, &turning);
  g_autoptr (QcAttachmentResult) turned = finish (&play, &turning);
  g_assert_cmpuint (turned->added, ==, 1);
  g_assert_true (qc_attachment_slot_is_outdated (slot));
  g_assert_cmpstr (picture_in (&play, ROSTER, 0)->name, ==, "a.jpg");
  g_autoptr (GFile) file = put_picture (&play, "b.jpg", 410);
  GAsyncResult *replacing = NULL;
  qc_attachments_replace_async (play.attachments, picture_in (&play, ROSTER, 0)->id, file, NULL, result_cb, &replacing);
  g_autoptr (QcAttachmentResult) replaced = finish (&play, &replacing);
  g_assert_cmpuint (replaced->added, ==, 1);
  g_assert_cmpuint (n_in (&play, ROSTER, 0), ==, 1);
  g_assert_false (qc_attachment_slot_is_outdated (slot));
  g_assert_null (play_finding (play.service, 0, "attachment.outdated"));
  close_play (&play);
}

/* What looks like a copy is taken, and said; what is pasted is a picture like any other. */
static void
test_looks (void)
{
  Play play;
  open_play (&play);
  settle (&play);
  g_auto (MadePixels) pixels = made_pixels (400, 400);
  g_autoptr (GByteArray) grey = made_jpeg (&pixels, MADE_GREY, FALSE);
  g_autoptr (GBytes) bytes = g_bytes_new (grey->data, grey->len);
  GAsyncResult *pasting = NULL;
  qc_attachments_add_bytes_async (play.attachments, LETTER, line_of (&play, "2311000001"), bytes, "粘贴的图片", NULL,
                                  result_cb, &pasting);
  g_autoptr (QcAttachmentResult) pasted = finish (&play, &pasting);
  g_assert_cmpuint (pasted->added, ==, 1);
  g_assert_nonnull (fault_of (pasted->looks, "粘贴的图片"));
  close_play (&play);
}

static gboolean
is_doubtful (gpointer slot)
{
  return qc_attachment_slot_is_doubtful (slot);
}

/* It is said as long as the picture is there: whoever opens the draft anew, it is looked at once more. */
static void
test_looks_again (void)
{
  Play play;
  open_play (&play);
  settle (&play);
  gint64 line = line_of (&play, "2311000001"), other = line_of (&play, "2311000002");
  g_auto (MadePixels) pixels = made_pixels (400, 400);
  g_autoptr (GByteArray) grey = made_jpeg (&pixels, MADE_GREY, FALSE);
  g_autoptr (GBytes) bytes = g_bytes_new (grey->data, grey->len);
  GAsyncResult *pasting = NULL;
  qc_attachments_add_bytes_async (play.attachments, LETTER, line, bytes, "a.jpg", NULL, result_cb, &pasting);
  g_autoptr (QcAttachmentResult) pasted = finish (&play, &pasting);
  g_autoptr (GFile) file = put_picture (&play, "b.jpg", 410);
  GAsyncResult *adding = NULL;
  qc_attachments_add_async (play.attachments, LETTER, other, &file, 1, NULL, result_cb, &adding);
  g_autoptr (QcAttachmentResult) added = finish (&play, &adding);
  g_assert_cmpuint (added->looks->len, ==, 0);
  g_assert_true (qc_attachment_slot_is_doubtful (qc_attachments_find (play.attachments, LETTER, line)));

  g_autoptr (QcAttachments) anew = qc_attachments_new (play.service);
  g_object_unref (play.attachments);
  play.attachments = g_object_ref (anew);
  settle (&play);
  QcAttachmentSlot *slot = qc_attachments_find (anew, LETTER, line);
  qc_app_fixture_until (is_doubtful, slot);
  const QcAttachmentPicture *picture = g_ptr_array_index (qc_attachment_slot_get_pictures (slot), 0);
  g_assert_nonnull (strstr (picture->look, "no colour"));
  g_assert_false (qc_attachment_slot_is_doubtful (qc_attachments_find (anew, LETTER, other)));
  close_play (&play);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/attachments/whole", test_whole);
  g_test_add_func ("/attachments/undo", test_undo);
  g_test_add_func ("/attachments/by-name", test_by_name);
  g_test_add_func ("/attachments/faults", test_faults);
  g_test_add_func ("/attachments/refused", test_refused);
  g_test_add_func ("/attachments/names", test_names);
  g_test_add_func ("/attachments/slots", test_slots);
  g_test_add_func ("/attachments/preview", test_preview);
  g_test_add_func ("/attachments/outdated", test_outdated);
  g_test_add_func ("/attachments/looks", test_looks);
  g_test_add_func ("/attachments/looks-again", test_looks_again);
  return g_test_run ();
}
