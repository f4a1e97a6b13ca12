/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Pictures from a telephone without a screen: what comes is shown, and only what the clerk takes is in the draft; what
 * is no picture, an address that is late or full, a center that does not answer, and the end.
 */
#include <string.h>

#include "fake-session.h"
#include "made-pictures.h"
#include "qc-phone-slot.h"
#include "roster-play.h"

#define LETTER "credit-authorization"
#define WHERE  "/api/v1/units/" QC_FIXTURE_UNIT "/phone"
#define MOST   20

typedef struct {
  Fake *fake;
  QcAppFixture *fixture;
  QcRosterService *service;
  QcAttachments *attachments;
  QcPhoneSlot *slot;
  /* the center's */
  GBytes *pictures[MOST + 1]; /* (owned) (nullable) by number */
  guint taken, seconds;
  gboolean deaf, gone, ended;
  guint refuse_bytes; /* so many questions for bytes break */
  guint looks;        /* how often it was asked what has come */
  char *asked;        /* (owned) body of the question for an address */
} Play;

static void
say_standing (Play *play, SoupServerMessage *message, guint status)
{
  GString *text = g_string_new ("{\"id\":\"a\",");
  if (status == 201)
    g_string_append (text, "\"address\":\"https://center.example/p/AAECAwQFBgcICQoLDA0ODw\",");
  g_string_append_printf (text, "\"expires\":1800000000,\"seconds\":%u,\"pictures\":2,\"taken\":%u,\"arrived\":[",
                          play->seconds, play->taken);
  gboolean first = TRUE;
  for (guint i = 1; i <= MOST; i++)
    if (play->pictures[i] != NULL) {
      g_string_append_printf (text, "%s{\"number\":%u,\"size\":%" G_GSIZE_FORMAT "}", first ? "" : ",", i,
                              g_bytes_get_size (play->pictures[i]));
      first = FALSE;
    }
  g_string_append (text, "]}");
  fake_json (message, status, text->str);
  g_string_free (text, TRUE);
}

static void
say_bytes (Play *play, SoupServerMessage *message, guint number)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (play->pictures[number], &size);
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "application/octet-stream", SOUP_MEMORY_COPY, data, size);
}

static void
drop (Play *play, SoupServerMessage *message, guint number)
{
  if (number > 0)
    g_clear_pointer (&play->pictures[number], g_bytes_unref);
  else
    play->ended = TRUE;
  soup_server_message_set_status (message, 204, NULL);
}

static gboolean
hook (Fake *fake, SoupServerMessage *message, const char *path, GHashTable *query)
{
  Play *play = fake->data;
  if (!g_str_has_prefix (path, WHERE))
    return FALSE;
  guint number = g_str_has_prefix (path, WHERE "/a/") ? (guint)atoi (path + strlen (WHERE "/a/")) : 0;
  const char *method = soup_server_message_get_method (message);
  g_assert_cmpuint (number, <=, MOST);
  if (play->deaf || (number > 0 && g_str_equal (method, "GET") && play->refuse_bytes > 0)) {
    play->refuse_bytes -= play->refuse_bytes > 0;
    fake_cut (message, NULL);
  } else if (play->gone) {
    fake_problem (message, 404, QC_PROBLEM_NOT_FOUND);
  } else if (g_str_equal (method, "POST")) {
    g_autoptr (GBytes) body = soup_message_body_flatten (soup_server_message_get_request_body (message));
    g_free (play->asked);
    play->asked = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
    say_standing (play, message, 201);
  } else if (g_str_equal (method, "DELETE")) {
    drop (play, message, number);
  } else if (number > 0) {
    say_bytes (play, message, number);
  } else {
    play->looks++;
    say_standing (play, message, 200);
  }
  return TRUE;
}

/* ---- the clerk ---- */

/* The letter takes @most pictures, 0 any number. @document: (nullable) of the person, another than the fixture's. */
static void
open_play_with (Play *play, guint most, const char *document)
{
  *play = (Play) {.seconds = 600};
  play->fake = fake_new ();
  play->fake->generation = 1;
  play->fake->hook = hook;
  play->fake->data = play;
  play->fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autofree char *letter = g_strdup_printf (
      "INSERT INTO code (scope, key, pull, list, code, label, position, needs_text, of_line, at_least, at_most,"
      " max_size) SELECT scope, 'x1', pull, 'attachment-sealing', '" LETTER "', '授权书', 0, 0, 1, 1, %u, 300000"
      " FROM (SELECT scope, pull FROM code LIMIT 1)",
      most);
  qc_app_fixture_sql (play->fixture, letter);
  g_autofree char *number = g_strdup_printf ("UPDATE person SET document = '%s' WHERE account = '2311000001'",
                                             document != NULL ? document : "");
  if (document != NULL)
    qc_app_fixture_sql (play->fixture, number);
  fake_session_connect (play->fixture, play->fake);
  play->service = play_open (play->fixture, QC_BUSINESS_SEALING, 0);
  play->attachments = qc_attachments_new (play->service);
  g_autoptr (QcPasteResult) pasted = play_paste (play->service, "account\treason\n2311000001\t01\n");
  g_assert_cmpuint (pasted->added, ==, 1);
}

static void
open_play (Play *play)
{
  open_play_with (play, 2, NULL);
}

static QcAttachmentSlot *
letter (Play *play)
{
  return qc_attachments_find (play->attachments, LETTER, play_find (play->service, "2311000001")->id);
}

static gboolean
is_asked (gpointer slot)
{
  return qc_phone_slot_get_state (slot) != QC_PHONE_SLOT_ASKING;
}

static void
ask (Play *play)
{
  play->slot = qc_phone_slot_new (play->attachments, letter (play));
  qc_app_fixture_until (is_asked, play->slot);
}

static void
close_play (Play *play)
{
  qc_phone_slot_stop (play->slot);
  g_object_unref (play->slot);
  g_object_unref (play->attachments);
  g_object_unref (play->service);
  qc_app_fixture_free (play->fixture);
  fake_free (play->fake);
  for (guint i = 0; i <= MOST; i++)
    g_clear_pointer (&play->pictures[i], g_bytes_unref);
  g_free (play->asked);
}

static void
put_kind (Play *play, guint number, guint width, MadeSampling kind)
{
  g_auto (MadePixels) pixels = made_pixels (width, 320);
  GByteArray *jpeg = made_jpeg (&pixels, kind, FALSE);
  made_jpeg_talk (jpeg, 1);
  play->pictures[number] = g_byte_array_free_to_bytes (jpeg);
  play->taken++;
}

static void
put (Play *play, guint number, guint width)
{
  put_kind (play, number, width, MADE_444);
}

static QcPhoneArrival *
nth (Play *play, guint position)
{
  g_autoptr (QcPhoneArrival) arrival = g_list_model_get_item (G_LIST_MODEL (play->slot), position);
  return arrival;
}

static guint
n_shown (Play *play)
{
  return g_list_model_get_n_items (G_LIST_MODEL (play->slot));
}

/* All that the center has is here, fetched and looked at. */
static gboolean
is_shown (gpointer data)
{
  Play *play = data;
  guint n = 0;
  for (guint i = 1; i <= MOST; i++)
    n += play->pictures[i] != NULL;
  if (n_shown (play) != n)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (qc_phone_arrival_get_state (nth (play, i)) < QC_PHONE_ARRIVAL_READY
        || qc_phone_arrival_get_state (nth (play, i)) == QC_PHONE_ARRIVAL_TAKING)
      return FALSE;
  return TRUE;
}

static gboolean
is_full (gpointer data)
{
  return qc_phone_slot_get_state (((Play *)data)->slot) == QC_PHONE_SLOT_FULL && is_shown (data);
}

static gboolean
has_one_less (gpointer data)
{
  Play *play = data;
  return n_shown (play) == 1 && play->pictures[1] == NULL;
}

static gboolean
has_picture (gpointer data)
{
  return qc_attachment_slot_get_pictures (letter (data))->len == 1;
}

static gboolean
has_one_left (gpointer data)
{
  return qc_phone_slot_get_left (((Play *)data)->slot) == 1 && is_shown (data);
}

/* The first is taken and the second not: one is in the draft, none is left at the center. */
static void
test_taken (void)
{
  Play play;
  open_play (&play);
  ask (&play);
  g_assert_cmpint (qc_phone_slot_get_state (play.slot), ==, QC_PHONE_SLOT_OPEN);
  g_assert_cmpuint (qc_phone_slot_get_minutes (play.slot), ==, 10);
  g_assert_nonnull (strstr (play.asked, "\"pictures\":2"));
  guint n;
  g_assert_nonnull (qc_phone_slot_get_code (play.slot, &n));
  g_assert_cmpuint (n, >=, 21);
  /* whose it is: no name, and no more of a number than its end */
  const QcRosterLine *line = play_find (play.service, "2311000001");
  g_assert_null (strstr (play.asked, line->name));
  g_assert_null (strstr (play.asked, line->document));
  g_assert_nonnull (strstr (play.asked, line->document + strlen (line->document) - 4));

  g_assert_cmpuint (qc_phone_slot_get_left (play.slot), ==, 2);
  put (&play, 1, 480);
  qc_app_fixture_until (has_one_left, &play);
  put (&play, 2, 496);
  qc_app_fixture_until (is_full, &play);
  g_assert_cmpuint (qc_phone_slot_get_left (play.slot), ==, 0);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (play.slot), 2));
  g_assert_cmpuint (qc_attachment_slot_get_pictures (letter (&play))->len, ==, 0);
  guint width, height;
  g_assert_nonnull (qc_phone_arrival_get_preview (nth (&play, 0), &width, &height));
  g_assert_cmpuint (width, >, height);
  qc_phone_slot_accept (play.slot, nth (&play, 0));
  qc_phone_slot_refuse (play.slot, nth (&play, 0)); /* too late */
  g_assert_cmpuint (n_shown (&play), ==, 2);
  qc_app_fixture_until (has_one_less, &play);
  qc_app_fixture_until (has_picture, &play);
  g_assert_null (qc_phone_slot_get_note (play.slot));
  qc_phone_slot_refuse (play.slot, nth (&play, 0));
  qc_app_fixture_until (is_shown, &play);
  while (play.pictures[2] != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (n_shown (&play), ==, 0);
  g_assert_cmpuint (qc_attachment_slot_get_pictures (letter (&play))->len, ==, 1);
  /* of two there is one: one more is asked for */
  qc_phone_slot_stop (play.slot);
  g_object_unref (play.slot);
  ask (&play);
  g_assert_nonnull (strstr (play.asked, "\"pictures\":1"));
  close_play (&play);
}

/* What is none is said, cannot be taken, and does not come again once it is dropped. */
static void
test_no_picture (void)
{
  Play play;
  open_play (&play);
  ask (&play);
  play.refuse_bytes = 1; /* and fetching it breaks once */
  play.pictures[1] = g_bytes_new_static ("<script>", 8);
  play.taken = 1;
  do
    g_main_context_iteration (NULL, TRUE);
  while (n_shown (&play) == 0);
  qc_app_fixture_until (is_shown, &play);
  g_assert_cmpint (qc_phone_arrival_get_state (nth (&play, 0)), ==, QC_PHONE_ARRIVAL_BAD);
  g_assert_nonnull (qc_phone_arrival_get_text (nth (&play, 0)));
  qc_phone_slot_accept (play.slot, nth (&play, 0));
  g_assert_cmpint (qc_phone_arrival_get_state (nth (&play, 0)), ==, QC_PHONE_ARRIVAL_BAD);
  g_assert_cmpuint (qc_attachments_get_busy (play.attachments), ==, 0);
  qc_phone_slot_refuse (play.slot, nth (&play, 0));
  while (play.pictures[1] != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (n_shown (&play), ==, 0);
  close_play (&play);
}

static gboolean
is_taken (gpointer data)
{
  return n_shown (data) == 1 || qc_phone_arrival_get_state (nth (data, 0)) == QC_PHONE_ARRIVAL_BAD;
}

static gboolean
has_looked (gpointer changes)
{
  return *(guint *)changes >= 1;
}

static void
count_cb (QcPhoneSlot *slot, guint *changes)
{
  ++*changes;
}

/* One that was lost is asked for again although no more may come, and then nothing is; the same picture is taken once,
 * and what looks like a copy is said. */
static void
test_full (void)
{
  Play play;
  open_play (&play);
  ask (&play);
  play.refuse_bytes = 4; /* each breaks, and so does what follows at once */
  put_kind (&play, 1, 480, MADE_GREY);
  put_kind (&play, 2, 480, MADE_GREY);
  qc_app_fixture_until (is_full, &play);
  guint looks = play.looks, changes = 0;
  g_assert_cmpuint (looks, >, 1);
  g_signal_connect (play.slot, "changed", G_CALLBACK (count_cb), &changes);
  qc_app_fixture_until (has_looked, &changes);
  g_assert_cmpuint (play.looks, ==, looks);
  qc_phone_slot_accept (play.slot, nth (&play, 0));
  qc_app_fixture_until (is_taken, &play);
  g_assert_cmpuint (n_shown (&play), ==, 1);
  g_assert_nonnull (qc_phone_slot_get_note (play.slot));
  qc_phone_slot_accept (play.slot, nth (&play, 0));
  while (qc_phone_arrival_get_state (nth (&play, 0)) == QC_PHONE_ARRIVAL_TAKING)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (qc_phone_arrival_get_state (nth (&play, 0)), ==, QC_PHONE_ARRIVAL_BAD);
  g_assert_cmpstr (qc_phone_arrival_get_text (nth (&play, 0)), ==, "This very picture is there already.");
  close_play (&play);
}

/* How many are asked for, and by what end of which number the telephone says whose they are. */
static void
test_asked (void)
{
  static const struct {
    guint most;
    const char *document, *pictures, *label;
  } rows[] = {
      {0, NULL, "\"pictures\":20", "授权书, number ending in 0016"},
      {1, "12345678", "\"pictures\":1", "授权书, number ending in 5678"},
      {20, "1234567", "\"pictures\":20", "授权书"},
      {25, "护照12345678", "\"pictures\":20", "授权书"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    Play play;
    open_play_with (&play, rows[i].most, rows[i].document);
    ask (&play);
    g_assert_nonnull (strstr (play.asked, rows[i].pictures));
    g_assert_cmpstr (qc_phone_slot_get_label (play.slot), ==, rows[i].label);
    close_play (&play);
  }
}

static gboolean
is_late (gpointer slot)
{
  return qc_phone_slot_get_state (slot) == QC_PHONE_SLOT_LATE;
}

static gboolean
has_fault (gpointer slot)
{
  return qc_phone_slot_get_fault (slot) != NULL;
}

static gboolean
has_no_fault (gpointer slot)
{
  return qc_phone_slot_get_fault (slot) == NULL;
}

/* A center that is not heard is said, and goes on when it is; an address that is over stays so. */
static void
test_standing (void)
{
  Play play;
  open_play (&play);
  ask (&play);
  play.deaf = TRUE;
  qc_app_fixture_until (has_fault, play.slot);
  g_assert_cmpint (qc_phone_slot_get_state (play.slot), ==, QC_PHONE_SLOT_OPEN);
  play.deaf = FALSE;
  qc_app_fixture_until (has_no_fault, play.slot);
  play.gone = TRUE;
  qc_app_fixture_until (is_late, play.slot);
  g_assert_null (qc_phone_slot_get_fault (play.slot));
  play.gone = FALSE;
  g_object_unref (play.slot);

  play.seconds = 0;
  play.slot = qc_phone_slot_new (play.attachments, letter (&play));
  qc_app_fixture_until (is_late, play.slot);
  g_assert_cmpuint (qc_phone_slot_get_minutes (play.slot), ==, 0);
  close_play (&play);
}

static gboolean
is_ended (gpointer data)
{
  return ((Play *)data)->ended;
}

static void
test_stop (void)
{
  Play play;
  open_play (&play);
  ask (&play);
  put (&play, 1, 480);
  do
    g_main_context_iteration (NULL, TRUE);
  while (n_shown (&play) == 0);
  qc_app_fixture_until (is_shown, &play);
  qc_phone_slot_stop (play.slot);
  qc_app_fixture_until (is_ended, &play);
  qc_phone_slot_accept (play.slot, nth (&play, 0));
  g_assert_cmpuint (qc_attachments_get_busy (play.attachments), ==, 0);
  g_object_unref (play.slot);

  /* before the center has answered: what it gives out then is ended as well */
  play.ended = FALSE;
  play.slot = qc_phone_slot_new (play.attachments, letter (&play));
  qc_phone_slot_stop (play.slot);
  qc_app_fixture_until (is_ended, &play);

  /* and where there is none */
  g_object_unref (play.slot);
  play.deaf = TRUE;
  ask (&play);
  g_assert_cmpint (qc_phone_slot_get_state (play.slot), ==, QC_PHONE_SLOT_FAILED);
  g_assert_nonnull (qc_phone_slot_get_fault (play.slot));
  close_play (&play);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/phone-slot/taken", test_taken);
  g_test_add_func ("/app/phone-slot/no-picture", test_no_picture);
  g_test_add_func ("/app/phone-slot/full", test_full);
  g_test_add_func ("/app/phone-slot/asked", test_asked);
  g_test_add_func ("/app/phone-slot/standing", test_standing);
  g_test_add_func ("/app/phone-slot/stop", test_stop);
  return g_test_run ();
}
