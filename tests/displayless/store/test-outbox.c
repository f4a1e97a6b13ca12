/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The outbox: each move from each state, what it does to drafts and to what waits behind, and what survives.
 */
#include "store-fixture.h"

#include "qc-store-applications.h"
#include "qc-store-drafts.h"
#include "qc-store-journal.h"
#include "qc-store-outbox.h"
#include "qc-store-profiles.h"

static QcStoreOutboxItem *
make_item (gint64 draft, gint64 depends)
{
  QcStoreOutboxItem *item = qc_store_outbox_item_new ();
  item->profile = g_strdup (PROFILE);
  item->unit = g_strdup (UNIT);
  item->kind = g_strdup ("submission");
  item->business = QC_BUSINESS_REMITTANCE;
  item->method = g_strdup ("POST");
  item->path = g_strdup ("/api/v1/units/231100000042/submissions");
  item->body = g_bytes_new ("{\"a\":\0 1}", 9);
  item->summary = g_strdup ("{\"fen\":1}");
  item->actor = g_strdup ("经办人");
  item->draft = draft;
  if (depends != 0)
    g_array_append_val (item->depends, depends);
  return item;
}

static gint64
enqueue (QcConnection *connection, gint64 draft, gint64 depends)
{
  g_autoptr (QcStoreOutboxItem) item = make_item (draft, depends);
  g_autoptr (GError) error = NULL;
  qc_store_outbox_enqueue (connection, item, NOW, &error);
  g_assert_no_error (error);
  return item->id;
}

static QcStoreOutboxState
state_of (QcConnection *connection, gint64 id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QcStoreOutboxItem) item = qc_store_outbox_get (connection, id, &error);
  g_assert_no_error (error);
  return item->state;
}

static gboolean
withdrawable (QcConnection *connection, gint64 id)
{
  g_autoptr (QcStoreOutboxItem) item = qc_store_outbox_get (connection, id, NULL);
  return item->withdrawable;
}

static gint64
new_draft (QcConnection *connection)
{
  g_autoptr (GError) error = NULL;
  gint64 id = 0;
  qc_store_draft_create (connection, PROFILE, UNIT, QC_BUSINESS_REMITTANCE, "{\"end\":202611}", NOW, &id, &error);
  g_assert_no_error (error);
  edit_one (connection, id, QC_STORE_CHANGE_ADD_LINE, 1, NULL, "{}", NOW, &error);
  g_assert_no_error (error);
  return id;
}

static QcStoreDraftState
draft_state (QcConnection *connection, gint64 id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QcStoreDraft) draft = qc_store_draft_get (connection, id, &error);
  g_assert_no_error (error);
  return draft->state;
}

static gpointer
check_way (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 draft = new_draft (connection);
  gint64 id = enqueue (connection, draft, 0);
  g_autoptr (GBytes) answer = g_bytes_new ("{}", 2);
  g_autoptr (GBytes) body = g_bytes_new ("{\"a\":\0 1}", 9);

  g_autoptr (QcStoreOutboxItem) item = qc_store_outbox_get (connection, id, error);
  g_assert_true (g_uuid_string_is_valid (item->key));
  GOOD (qc_store_outbox_load_body (connection, item, error));
  g_assert_true (g_bytes_equal (item->body, body)); /* byte for byte */
  g_assert_cmpstr (item->actor, ==, "经办人");
  g_assert_true (item->withdrawable);
  QcStoreBadges badges;
  GOOD (qc_store_badges (connection, PROFILE, UNIT, &badges, error));
  g_assert_cmpint (badges.queued[QC_BUSINESS_REMITTANCE], ==, 1);
  g_assert_cmpint (badges.drafts[QC_BUSINESS_REMITTANCE], ==, 0);
  /* the draft is locked, and cannot be sent twice */
  g_assert_cmpint (draft_state (connection, draft), ==, QC_STORE_DRAFT_LOCKED);
  FAILS (edit_one (connection, draft, QC_STORE_CHANGE_FACTS, 0, NULL, "{}", NOW, error), QC_STORE_ERROR,
         QC_STORE_ERROR_STATE);
  FAILS (qc_store_draft_delete (connection, draft, NOW, error), QC_STORE_ERROR, QC_STORE_ERROR_STATE);
  g_autoptr (QcStoreOutboxItem) next = NULL;
  gint64 due;
  /* there and back */
  GOOD (qc_store_outbox_next (connection, PROFILE, NOW, NULL, TRUE, &next, &due, error));
  g_assert_cmpint (next->id, ==, id);
  GOOD (qc_store_outbox_begin_attempt (connection, id, NOW, error));
  g_assert_cmpint (state_of (connection, id), ==, QC_STORE_OUTBOX_SENDING);
  FAILS (qc_store_outbox_withdraw (connection, id, NOW, error), QC_STORE_ERROR, QC_STORE_ERROR_STATE);
  FAILS (qc_store_outbox_begin_attempt (connection, id, NOW, error), QC_STORE_ERROR, QC_STORE_ERROR_STATE);
  GOOD (qc_store_outbox_accept (connection, id, 201, answer, "HJ2026000001", NOW + 1, error));
  g_autoptr (QcStoreOutboxItem) done = qc_store_outbox_get (connection, id, error);
  g_assert_cmpint (done->state, ==, QC_STORE_OUTBOX_ACCEPTED);
  g_assert_cmpint (done->status, ==, 201);
  g_assert_cmpstr (done->serial, ==, "HJ2026000001");
  g_assert_true (g_bytes_equal (done->answer, answer));
  g_assert_cmpint (done->attempts, ==, 1);
  g_autoptr (QcStoreDraft) after = qc_store_draft_get (connection, draft, error);
  g_assert_cmpint (after->state, ==, QC_STORE_DRAFT_DONE);
  g_assert_cmpstr (after->serial, ==, "HJ2026000001");
  FAILS (qc_store_outbox_accept (connection, id, 201, answer, NULL, NOW, error), QC_STORE_ERROR, QC_STORE_ERROR_STATE);
  FAILS (qc_store_outbox_retry (connection, id, "x", TRUE, 0, NOW, error), QC_STORE_ERROR, QC_STORE_ERROR_STATE);
  gint64 counts[QC_N_STORE_OUTBOX_STATES];
  GOOD (qc_store_outbox_counts (connection, PROFILE, NULL, counts, error));
  g_assert_cmpint (counts[QC_STORE_OUTBOX_ACCEPTED], ==, 1);
  /* a key is used once */
  g_autoptr (QcStoreOutboxItem) twice = make_item (0, 0);
  twice->key = g_strdup (item->key);
  FAILS (qc_store_outbox_enqueue (connection, twice, NOW, error), QC_DB_ERROR, QC_DB_ERROR_CONSTRAINT);
  /* done drafts can be taken up again */
  GOOD (qc_store_draft_reopen (connection, draft, NOW, error));
  g_assert_cmpint (draft_state (connection, draft), ==, QC_STORE_DRAFT_OPEN);
  GOOD (qc_store_journal_verify (connection, NULL, error));
  return QC_DATABASE_DONE;
}

static void
test_way (Fixture *fixture, gconstpointer data)
{
  WRITE (fixture, check_way, NULL);
}

static gpointer
check_withdraw (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 draft = new_draft (connection);
  gint64 id = enqueue (connection, draft, 0);
  gint64 behind = enqueue (connection, 0, id);
  /* an attempt without a connection sent nothing */
  GOOD (qc_store_outbox_begin_attempt (connection, id, NOW, error));
  GOOD (qc_store_outbox_retry (connection, id, "no-network", TRUE, NOW + 60, NOW, error));
  g_assert_true (withdrawable (connection, id));
  GOOD (qc_store_outbox_withdraw (connection, id, NOW, error));
  g_assert_cmpint (state_of (connection, id), ==, QC_STORE_OUTBOX_WITHDRAWN);
  g_autoptr (QcStoreDraft) opened = qc_store_draft_get (connection, draft, error);
  g_assert_cmpint (opened->state, ==, QC_STORE_DRAFT_OPEN);
  g_assert_cmpstr (opened->facts, ==, "{\"end\":202611}");
  g_assert_cmpint (opened->n_lines, ==, 1);
  g_assert_cmpstr (opened->undo, ==, "edit"); /* and undo still works */
  g_assert_cmpint (state_of (connection, behind), ==, QC_STORE_OUTBOX_HELD);
  FAILS (qc_store_outbox_withdraw (connection, id, NOW, error), QC_STORE_ERROR, QC_STORE_ERROR_STATE);
  /* an answer that says "busy" came from the center: what it has, it may have */
  gint64 other = enqueue (connection, 0, 0);
  GOOD (qc_store_outbox_begin_attempt (connection, other, NOW, error));
  GOOD (qc_store_outbox_retry (connection, other, "busy", FALSE, NOW, NOW, error));
  g_assert_false (withdrawable (connection, other));
  FAILS (qc_store_outbox_withdraw (connection, other, NOW, error), QC_STORE_ERROR, QC_STORE_ERROR_STATE);
  /* a later attempt without a connection does not take that back */
  GOOD (qc_store_outbox_begin_attempt (connection, other, NOW, error));
  GOOD (qc_store_outbox_retry (connection, other, "no-network", TRUE, NOW, NOW, error));
  g_assert_false (withdrawable (connection, other));
  /* but the center's word does */
  GOOD (qc_store_outbox_begin_attempt (connection, other, NOW, error));
  GOOD (qc_store_outbox_set_unknown (connection, other, "cut", NOW, NOW, error));
  FAILS (qc_store_outbox_withdraw (connection, other, NOW, error), QC_STORE_ERROR, QC_STORE_ERROR_STATE);
  GOOD (qc_store_outbox_retry (connection, other, "not-known", TRUE, NOW, NOW, error));
  g_assert_true (withdrawable (connection, other));
  GOOD (qc_store_outbox_withdraw (connection, other, NOW, error));
  return QC_DATABASE_DONE;
}

static void
test_withdraw (Fixture *fixture, gconstpointer data)
{
  WRITE (fixture, check_withdraw, NULL);
}

static gint64
next_id (QcConnection *connection, gint64 now, gint64 *due)
{
  g_autoptr (QcStoreOutboxItem) item = NULL;
  g_autoptr (GError) error = NULL;
  qc_store_outbox_next (connection, PROFILE, now, NULL, TRUE, &item, due, &error);
  g_assert_no_error (error);
  return item != NULL ? item->id : 0;
}

static gpointer
check_dependencies (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 sealing = enqueue (connection, 0, 0);
  gint64 draft = new_draft (connection);
  gint64 remittance = enqueue (connection, draft, sealing);
  gint64 third = enqueue (connection, 0, remittance);
  g_autoptr (GPtrArray) findings = qc_findings_new ();
  FAILS (qc_store_outbox_begin_attempt (connection, remittance, NOW, error), QC_STORE_ERROR, QC_STORE_ERROR_STATE);
  gint64 free_one = enqueue (connection, 0, 0);
  gint64 due;
  g_assert_cmpint (next_id (connection, NOW, &due), ==, sealing);
  GOOD (qc_store_outbox_begin_attempt (connection, sealing, NOW, error));
  g_assert_cmpint (next_id (connection, NOW, &due), ==, free_one); /* what does not depend goes on */
  g_ptr_array_add (findings, qc_finding_new_received ("effective-moved", QC_SEVERITY_ERROR));
  GOOD (qc_store_outbox_refuse (connection, sealing, 422, NULL, findings, "effective-moved", NOW, error));
  g_autoptr (QcStoreOutboxItem) refused = qc_store_outbox_get (connection, sealing, error);
  g_assert_cmpint (refused->state, ==, QC_STORE_OUTBOX_REFUSED);
  g_assert_cmpuint (refused->findings->len, ==, 1);
  g_assert_cmpstr (((QcFinding *)refused->findings->pdata[0])->code, ==, "effective-moved");
  /* both behind it are held, the one that is free is not */
  g_assert_cmpint (state_of (connection, remittance), ==, QC_STORE_OUTBOX_HELD);
  g_assert_cmpint (state_of (connection, third), ==, QC_STORE_OUTBOX_HELD);
  g_assert_cmpint (state_of (connection, free_one), ==, QC_STORE_OUTBOX_QUEUED);
  g_assert_cmpint (draft_state (connection, draft), ==, QC_STORE_DRAFT_LOCKED);
  gint64 late = enqueue (connection, 0, sealing); /* comes after the refusal */
  g_assert_cmpint (state_of (connection, late), ==, QC_STORE_OUTBOX_HELD);
  g_autoptr (GPtrArray) waiting = qc_store_outbox_list (connection, PROFILE, UNIT, 0, error);
  g_assert_cmpuint (waiting->len, ==, 4);
  g_assert_cmpuint (((QcStoreOutboxItem *)waiting->pdata[0])->depends->len, ==, 1);
  /* by the clerk's decision, in order */
  FAILS (qc_store_outbox_release (connection, third, NOW, error), QC_STORE_ERROR, QC_STORE_ERROR_STATE);
  return QC_DATABASE_DONE;
}

static gpointer
check_release (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 first = enqueue (connection, 0, 0);
  gint64 draft = new_draft (connection);
  gint64 second = enqueue (connection, draft, first);
  GOOD (qc_store_outbox_begin_attempt (connection, first, NOW, error));
  GOOD (qc_store_outbox_refuse (connection, first, 422, NULL, NULL, "no", NOW, error));
  gint64 due;
  g_assert_cmpint (next_id (connection, NOW, &due), ==, 0);
  GOOD (qc_store_outbox_release (connection, second, NOW, error));
  g_assert_cmpint (next_id (connection, NOW, &due), ==, second);
  GOOD (qc_store_outbox_begin_attempt (connection, second, NOW, error));
  GOOD (qc_store_outbox_refuse (connection, second, 422, NULL, NULL, "no", NOW, error));
  g_assert_cmpint (draft_state (connection, draft), ==, QC_STORE_DRAFT_OPEN);
  return QC_DATABASE_DONE;
}

/* What was refused was corrected and queued once more: what is released goes behind it, however late that came. */
static gpointer
check_release_behind (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 first = enqueue (connection, 0, 0);
  gint64 second = enqueue (connection, 0, first);

  gint64 third = enqueue (connection, 0, second);
  GOOD (qc_store_outbox_begin_attempt (connection, first, NOW, error));
  GOOD (qc_store_outbox_refuse (connection, first, 422, NULL, NULL, "no", NOW, error));
  g_autoptr (QcStoreOutboxItem) before = qc_store_outbox_get (connection, second, error);
  g_autoptr (QcStoreOutboxItem) held = qc_store_outbox_get (connection, third, error);
  g_assert_true (before->releasable);
  g_assert_false (held->releasable); /* the second is held too */
  gint64 again = enqueue (connection, 0, 0);
  GOOD (qc_store_outbox_release (connection, second, NOW, error));
  GOOD (qc_store_outbox_release (connection, third, NOW, error));
  gint64 due;
  g_assert_cmpint (next_id (connection, NOW, &due), ==, again);
  GOOD (qc_store_outbox_begin_attempt (connection, again, NOW, error));
  GOOD (qc_store_outbox_refuse (connection, again, 422, NULL, NULL, "no", NOW, error));
  g_assert_cmpint (state_of (connection, second), ==, QC_STORE_OUTBOX_HELD);
  g_assert_cmpint (state_of (connection, third), ==, QC_STORE_OUTBOX_HELD);
  GOOD (qc_store_outbox_release (connection, second, NOW, error));
  g_assert_cmpint (next_id (connection, NOW, &due), ==, second);
  GOOD (qc_store_outbox_withdraw (connection, second, NOW, error)); /* and never was anything of it sent */
  return QC_DATABASE_DONE;
}

static void
test_dependencies (Fixture *fixture, gconstpointer data)
{
  WRITE (fixture, check_dependencies, NULL);
}

static void
test_release (Fixture *fixture, gconstpointer data)
{
  WRITE (fixture, check_release, NULL);
}

static void
test_release_behind (Fixture *fixture, gconstpointer data)
{
  WRITE (fixture, check_release_behind, NULL);
}

static gpointer
check_times (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 id = enqueue (connection, 0, 0);
  GOOD (qc_store_outbox_begin_attempt (connection, id, NOW, error));
  gint64 due;
  g_assert_cmpint (next_id (connection, NOW + 1000, &due), ==, 0); /* under way */
  g_assert_cmpint (due, ==, 0);
  GOOD (qc_store_outbox_retry (connection, id, "offline", FALSE, NOW + 60, NOW, error));
  g_assert_cmpint (next_id (connection, NOW + 59, &due), ==, 0);
  g_assert_cmpint (due, ==, NOW + 60);
  g_assert_cmpint (next_id (connection, NOW + 60, &due), ==, id);
  GOOD (qc_store_outbox_wake (connection, PROFILE, error));
  g_assert_cmpint (next_id (connection, NOW, &due), ==, id);
  GOOD (qc_store_outbox_begin_attempt (connection, id, NOW, error));
  GOOD (qc_store_outbox_retry (connection, id, "busy", FALSE, NOW + 60, NOW, error));
  GOOD (qc_store_outbox_wake (connection, PROFILE, error));
  g_assert_cmpint (next_id (connection, NOW, &due), ==, 0); /* Retry-After is not overruled */
  return QC_DATABASE_DONE;
}

static void
test_times (Fixture *fixture, gconstpointer data)
{
  WRITE (fixture, check_times, NULL);
}

static gpointer
leave_sending (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 *id = data;
  *id = enqueue (connection, new_draft (connection), 0);
  GOOD (qc_store_outbox_begin_attempt (connection, *id, NOW, error));
  return QC_DATABASE_DONE;
}

static gpointer
check_recovered (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 id = *(gint64 *)data;
  gint64 n;
  GOOD (qc_store_outbox_recover (connection, PROFILE, NOW, &n, error));
  g_assert_cmpint (n, ==, 1);
  g_autoptr (QcStoreOutboxItem) item = qc_store_outbox_get (connection, id, error);
  g_assert_cmpint (item->state, ==, QC_STORE_OUTBOX_UNKNOWN);
  g_assert_false (item->withdrawable);
  gint64 due;
  g_assert_cmpint (next_id (connection, NOW, &due), ==, id); /* to be asked about */
  FAILS (qc_store_outbox_begin_attempt (connection, id, NOW, error), QC_STORE_ERROR, QC_STORE_ERROR_STATE);
  GOOD (qc_store_outbox_accept (connection, id, 200, NULL, "HJ1", NOW, error));
  return QC_DATABASE_DONE;
}

/* The program ends while a request is under way. */
static void
test_recover (Fixture *fixture, gconstpointer data)
{
  gint64 id;
  WRITE (fixture, leave_sending, &id);
  fixture_close (fixture);
  fixture_open (fixture);
  WRITE (fixture, check_recovered, &id);
}

static gint64
count_refused (QcConnection *connection)
{
  QcStoreBadges badges;
  g_autoptr (GError) error = NULL;
  qc_store_badges (connection, PROFILE, UNIT, &badges, &error);
  g_assert_no_error (error);
  return badges.refused[QC_BUSINESS_REMITTANCE];
}

/* A draft is "refused" until somebody has a hand in it again, however often it was. */
static gpointer
check_refused_draft (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 draft = new_draft (connection);
  g_assert_cmpint (count_refused (connection), ==, 0);
  for (gint64 i = 0; i < 2; i++) {
    gint64 id = enqueue (connection, draft, 0);
    g_assert_cmpint (count_refused (connection), ==, 0); /* on its way once more */
    GOOD (qc_store_outbox_begin_attempt (connection, id, NOW + i, error));
    GOOD (qc_store_outbox_refuse (connection, id, 422, NULL, NULL, "refused", NOW + i, error));
    g_assert_cmpint (count_refused (connection), ==, 1);
  }
  GOOD (edit_one (connection, draft, QC_STORE_CHANGE_FACTS, 0, NULL, "{\"end\":202612}", NOW + 5, error));
  g_assert_cmpint (count_refused (connection), ==, 0);
  return QC_DATABASE_DONE;
}

static void
test_refused_draft (Fixture *fixture, gconstpointer data)
{
  WRITE (fixture, check_refused_draft, NULL);
}

static gboolean
grant (QcConnection *connection, const char *unit, GError **error)
{
  QcStoreGrant one = {.account = (char *)unit, .name = (char *)"某某公司"};
  g_autoptr (GPtrArray) grants = g_ptr_array_new ();
  g_ptr_array_add (grants, &one);
  return qc_store_grants_set (connection, PROFILE, grants, error);
}

/* What belongs to a unit the account may not act for stays here; what belongs to others goes. */
static gpointer
check_grants (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 id = enqueue (connection, 0, 0), due;
  g_assert_cmpint (next_id (connection, NOW, &due), ==, id); /* nobody has said anything yet */
  GOOD (grant (connection, UNIT, error));
  g_assert_cmpint (next_id (connection, NOW, &due), ==, id);
  GOOD (grant (connection, "231100000077", error));
  g_assert_cmpint (next_id (connection, NOW, &due), ==, 0);
  g_assert_cmpint (due, ==, 0);
  g_assert_cmpint (state_of (connection, id), ==, QC_STORE_OUTBOX_QUEUED);
  GOOD (grant (connection, UNIT, error));
  g_assert_cmpint (next_id (connection, NOW, &due), ==, id);
  return QC_DATABASE_DONE;
}

static void
test_grants (Fixture *fixture, gconstpointer data)
{
  WRITE (fixture, check_grants, NULL);
}

/* ---- pictures that go before it ---- */

#define PICTURE "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define OTHER   "1123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static gpointer
check_uploads (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 draft = new_draft (connection);
  g_autoptr (QcStoreOutboxItem) item = make_item (draft, 0);
  item->attachments = qc_attachment_list_new ();
  g_ptr_array_add (item->attachments, qc_attachment_new ("a", 0, "a.jpg", PICTURE, 100, NULL));
  g_ptr_array_add (item->attachments, qc_attachment_new ("a", 0, "b.jpg", OTHER, 200, NULL));
  g_ptr_array_add (item->attachments, qc_attachment_new ("b", 0, "c.jpg", PICTURE, 100, NULL)); /* sent once */
  GOOD (qc_store_outbox_enqueue (connection, item, NOW, error));
  g_autoptr (GPtrArray) before = qc_store_uploads_list (connection, item->id, error);
  g_assert_cmpuint (before->len, ==, 2);
  QcStoreUpload *one = before->pdata[0];
  g_assert_cmpstr (one->digest, ==, PICTURE);
  g_assert_cmpstr (one->name, ==, "a.jpg");
  g_assert_null (one->upload);
  one->upload = g_strdup ("/u/1");
  one->sent = 60;
  GOOD (qc_store_uploads_set (connection, item->id, one, error));
  g_autoptr (GPtrArray) after = qc_store_uploads_list (connection, item->id, error);
  const QcStoreUpload *read = after->pdata[0];
  g_assert_cmpstr (read->upload, ==, "/u/1");
  g_assert_cmpint (read->sent, ==, 60);
  g_assert_false (read->done);

  /* put off: it waits longer each time, nothing of it has left, and it can be taken back */
  GOOD (qc_store_outbox_put_off (connection, item->id, "offline", NOW + 10, NOW, error));
  g_autoptr (QcStoreOutboxItem) put_off = qc_store_outbox_get (connection, item->id, error);
  g_assert_cmpint (put_off->state, ==, QC_STORE_OUTBOX_QUEUED);
  g_assert_cmpint (put_off->attempts, ==, 1);
  g_assert_cmpint (put_off->next_try, ==, NOW + 10);
  g_assert_true (put_off->withdrawable);
  gint64 due;
  g_autoptr (QcStoreOutboxItem) none = NULL;
  GOOD (qc_store_outbox_next (connection, PROFILE, NOW, NULL, TRUE, &none, &due, error));
  g_assert_null (none);
  g_assert_cmpint (due, ==, NOW + 10);

  /* a picture is gone: it goes back to its draft, with what is wrong */
  g_autoptr (GPtrArray) findings = qc_findings_new ();
  g_ptr_array_add (findings, qc_finding_new ("attachment.vanished", "name", "a.jpg", NULL));
  GOOD (qc_store_outbox_refuse (connection, item->id, 0, NULL, findings, "attachment", NOW, error));
  g_assert_cmpint (draft_state (connection, draft), ==, QC_STORE_DRAFT_OPEN);
  g_autoptr (GPtrArray) said = qc_store_draft_get_findings (connection, draft, error);
  g_assert_cmpuint (said->len, ==, 1);
  FAILS (qc_store_outbox_put_off (connection, item->id, "offline", NOW, NOW, error), QC_STORE_ERROR,
         QC_STORE_ERROR_STATE);
  GOOD (qc_store_journal_verify (connection, NULL, error));
  return QC_DATABASE_DONE;
}

static void
test_uploads (Fixture *fixture, gconstpointer data)
{
  WRITE (fixture, check_uploads, NULL);
}

static gboolean
is_there (Fixture *fixture, const char *digest)
{
  g_autofree char *path = qc_store_attachment_path (fixture->folder, digest);
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static gpointer
check_sweep (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Fixture *fixture = data;
  gint64 draft = new_draft (connection);
  g_autoptr (QcStoreOutboxItem) item = make_item (draft, 0);
  item->attachments = qc_attachment_list_new ();
  g_ptr_array_add (item->attachments, qc_attachment_new ("a", 0, "a.jpg", PICTURE, 7, NULL));
  GOOD (qc_store_outbox_enqueue (connection, item, NOW, error));
  GOOD (qc_store_attachments_sweep (connection, fixture->folder, 600, error)); /* what is young stays */
  GOOD (qc_store_attachments_sweep (connection, fixture->folder, -1, error));
  return QC_DATABASE_DONE;
}

static gpointer
end_and_sweep (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Fixture *fixture = data;
  GOOD (qc_connection_exec (connection, "UPDATE outbox SET state = 'withdrawn'", error));
  GOOD (qc_store_attachments_sweep (connection, fixture->folder, -1, error));
  return QC_DATABASE_DONE;
}

/* A file that nothing names goes, a half one of a program that was killed too; others stay. */
static void
test_files (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("picture", 7);
  g_autoptr (GBytes) more = g_bytes_new_static ("longer picture", 14);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = qc_store_attachment_path (fixture->folder, PICTURE);
  g_autofree char *half = g_strconcat (path, ".partABCDEF", NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *notes = g_build_filename (folder, "notes.txt", NULL);
  g_assert_true (qc_store_attachment_keep (fixture->folder, PICTURE, bytes, &error));
  g_assert_true (qc_store_attachment_keep (fixture->folder, PICTURE, bytes, &error));
  g_assert_true (qc_store_attachment_keep (fixture->folder, OTHER, bytes, &error));
  g_assert_true (qc_store_attachment_keep (fixture->folder, OTHER, more, &error)); /* one that was damaged is mended */
  g_assert_no_error (error);
  g_autofree char *other = qc_store_attachment_path (fixture->folder, OTHER);
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (other, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "longer picture");
  g_assert_true (g_file_set_contents (half, "x", 1, NULL));
  g_assert_true (g_file_set_contents (notes, "x", 1, NULL));
  WRITE (fixture, check_sweep, fixture);
  g_assert_true (is_there (fixture, PICTURE));
  g_assert_false (is_there (fixture, OTHER));
  g_assert_false (g_file_test (half, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (notes, G_FILE_TEST_EXISTS));
  WRITE (fixture, end_and_sweep, fixture);
  g_assert_false (is_there (fixture, PICTURE));
}

#define ADD(name, func) g_test_add ("/store/outbox/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("uploads", test_uploads);
  ADD ("files", test_files);
  ADD ("way", test_way);
  ADD ("withdraw", test_withdraw);
  ADD ("dependencies", test_dependencies);
  ADD ("release", test_release);
  ADD ("release-behind", test_release_behind);
  ADD ("times", test_times);
  ADD ("refused-draft", test_refused_draft);
  ADD ("grants", test_grants);
  ADD ("recover", test_recover);
  return g_test_run ();
}
