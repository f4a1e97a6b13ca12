/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The review console by its own forms: queue, claim and takeover, what stands beside what was entered, reasons that are
 * seen before they are sent, approval, and of two reviewers the one who is late keeps what she typed.
 */
#include <string.h>

#include "center-fixture.h"
#include "web-client.h"

#define N QC_PRACTICE_UNIT_TRANSFER

/* An opening of two people; its serial. (transfer full) */
static char *
submit_opening (Web *web, gint64 number)
{
  Fx fx;
  fx_attach (&fx, web->dir);
  fx.keys = (guint)number; /* others' keys are others */
  g_autoptr (FxView) view = fx_view_new (&fx, N);
  g_autoptr (QcSubmission) roster = fx_roster (view, QC_BUSINESS_ACCOUNT_OPENING);
  fx_opening_add (view, roster, number);
  fx_opening_add (view, roster, number + 1);
  fx_complete_reviewed (&fx, view, roster);
  g_autoptr (QcOutcome) outcome = fx_submit_roster (&fx, N, roster);
  fx_assert_done (outcome);
  char *serial = g_strdup (outcome->application->serial);
  qc_connection_close (fx.connection);
  return serial;
}

static QcApplicationState
state_of (Web *web, const char *serial)
{
  Fx fx;
  fx_attach (&fx, web->dir);
  g_autoptr (QcApplication) application = fx_application (&fx, serial);
  fx_audit (&fx);
  qc_connection_close (fx.connection);
  return application->state;
}

static char *
path_of (const char *serial, const char *end)
{
  return g_strdup_printf ("/console/units/" N "/applications/%s/review%s", serial, end);
}

static void
claim (Web *web, const char *serial)
{
  g_autofree char *page = path_of (serial, ""), *target = path_of (serial, "/claim");
  g_autoptr (WebAnswer) answer = web_form (web, page, target, NULL);
  web_assert_status (answer, 303);
}

static void
test_queue (void)
{
  Web web;
  web_open (&web, "20261123");
  g_autofree char *first = submit_opening (&web, 700), *second = submit_opening (&web, 710);
  web_staff (&web, "shenhe");
  g_autoptr (WebAnswer) queue = web_page (&web, "/console/review");
  web_assert_status (queue, 200);
  web_assert_has (queue, first);
  g_assert_true (strstr (queue->text, first) < strstr (queue->text, second)); /* the oldest first */
  /* its age: handed in at ten by the practice day, whose hour is this computer's */
  g_assert_true (strstr (queue->text, " 分钟</td>") || strstr (queue->text, " 小时</td>"));
  g_autoptr (WebAnswer) other = web_page (&web, "/console/review?business=back-payment");
  g_assert_null (strstr (other->text, first));
  g_autoptr (WebAnswer) done = web_page (&web, "/console/review?state=accepted");
  g_assert_null (strstr (done->text, first));
  claim (&web, first);
  g_autoptr (WebAnswer) claimed = web_page (&web, "/console/review");
  g_assert_cmpuint (g_strcmp0 (claimed->text, queue->text), !=, 0);
  web_close (&web);
}

static void
test_approve (void)
{
  Web web;
  web_open (&web, "20261123");
  g_autofree char *serial = submit_opening (&web, 720);
  g_autofree char *page = path_of (serial, ""), *approve = path_of (serial, "/approve");
  web_staff (&web, "shenhe");
  g_autoptr (WebAnswer) shown = web_page (&web, page);
  web_assert_status (shown, 200);
  web_assert_has (shown, "清册（2 行）");
  web_assert_has (shown, "征信授权书");
  const char *policy = soup_message_headers_get_one (shown->headers, "Content-Security-Policy");
  g_assert_nonnull (strstr (policy, "script-src 'self'")); /* and nothing that stands in the page */
  g_autofree char *revision = web_field (shown, "revision");
  claim (&web, serial);
  g_autoptr (WebAnswer) done = web_form (&web, page, approve, "revision", revision, NULL);
  web_assert_status (done, 303);
  g_assert_cmpint (state_of (&web, serial), ==, QC_STATE_FINISHED);
  web_close (&web);
}

/* Seen first, then sent; changed in between, it is seen again. */
static void
test_return (void)
{
  Web web;
  web_open (&web, "20261123");
  g_autofree char *serial = submit_opening (&web, 730);
  g_autofree char *page = path_of (serial, ""), *target = path_of (serial, "/return");
  web_staff (&web, "shenhe");
  claim (&web, serial);
  g_autoptr (WebAnswer) shown = web_page (&web, page);
  g_autofree char *revision = web_field (shown, "revision");
  g_autoptr (WebAnswer) none = web_form (&web, page, target, "revision", revision, NULL);
  web_assert_status (none, 422);
  g_autoptr (WebAnswer) seen = web_form (&web, page, target, "revision", revision, "code_0", "01", "line_0", "1",
                                         "field_0", "name", "text_0", "姓名与身份证不一致", NULL);
  web_assert_status (seen, 200);
  web_assert_has (seen, "经办人将看到");
  web_assert_has (seen, "姓名与身份证不一致");
  g_assert_cmpint (state_of (&web, serial), ==, QC_STATE_IN_REVIEW);
  g_autofree char *digest = web_field (seen, "seen");
  g_autoptr (WebAnswer) changed = web_form (&web, page, target, "revision", revision, "seen", digest, "code_0", "01",
                                            "line_0", "1", "field_0", "name", "text_0", "另一句话", NULL);
  web_assert_status (changed, 200);
  g_autoptr (WebAnswer) sent = web_form (&web, page, target, "revision", revision, "seen", digest, "code_0", "01",
                                         "line_0", "1", "field_0", "name", "text_0", "姓名与身份证不一致", NULL);
  web_assert_status (sent, 303);
  g_assert_cmpint (state_of (&web, serial), ==, QC_STATE_RETURNED);
  g_autoptr (WebAnswer) after = web_page (&web, page);
  web_assert_has (after, "姓名与身份证不一致");
  web_close (&web);
}

/* Two pages open at the same revision: one verdict; the other page says whose, and holds what was typed. */
static void
test_late (void)
{
  Web web;
  web_open (&web, "20261123");
  g_autofree char *serial = submit_opening (&web, 740);
  g_autofree char *page = path_of (serial, ""), *target = path_of (serial, "/return");
  g_autofree char *approve = path_of (serial, "/approve");
  web_staff (&web, "shenhe");
  claim (&web, serial);
  g_autoptr (WebAnswer) shown = web_page (&web, page);
  g_autofree char *revision = web_field (shown, "revision"), *csrf = web_field (shown, "csrf");
  g_autoptr (WebAnswer) seen
      = web_post (&web, target, "csrf", csrf, "revision", revision, "code_0", "01", "text_0", "照片看不清", NULL);
  g_autofree char *digest = web_field (seen, "seen");
  g_autoptr (WebAnswer) first = web_form (&web, page, approve, "revision", revision, NULL);
  web_assert_status (first, 303);
  g_autoptr (WebAnswer) late = web_post (&web, target, "csrf", csrf, "revision", revision, "seen", digest, "code_0",
                                         "01", "text_0", "照片看不清", NULL);
  web_assert_status (late, 409);
  web_assert_has (late, "先办理了这笔业务");
  g_assert_cmpint (state_of (&web, serial), ==, QC_STATE_FINISHED);
  web_close (&web);
}

/* The center is started anew while somebody reviews: it is still hers, and she decides. */
static void
test_restart (void)
{
  Web web;
  web_open (&web, "20261123");
  g_autofree char *serial = submit_opening (&web, 760);
  g_autofree char *page = path_of (serial, ""), *approve = path_of (serial, "/approve");
  web_staff (&web, "shenhe");
  claim (&web, serial);
  web_restart (&web);
  g_autoptr (WebAnswer) shown = web_page (&web, page);
  web_assert_status (shown, 200);
  web_assert_has (shown, "由您审核");
  g_autofree char *revision = web_field (shown, "revision");
  g_autoptr (WebAnswer) done = web_form (&web, page, approve, "revision", revision, NULL);
  web_assert_status (done, 303);
  g_assert_cmpint (state_of (&web, serial), ==, QC_STATE_FINISHED);
  web_close (&web);
}

/* Who may not review sees everything and decides nothing. */
static void
test_roles (void)
{
  Web web;
  web_open (&web, "20261123");
  g_autofree char *serial = submit_opening (&web, 750);
  g_autofree char *page = path_of (serial, ""), *approve = path_of (serial, "/approve");
  web_staff (&web, "chuna");
  g_autoptr (WebAnswer) shown = web_page (&web, page);
  web_assert_status (shown, 200);
  g_assert_null (strstr (shown->text, "id=\"approve\""));
  g_autoptr (WebAnswer) refused = web_form (&web, "/console/units/" N, approve, "revision", "1", NULL);
  web_assert_status (refused, 403);
  g_autoptr (WebAnswer) stranger = web_page (&web, "/console/units/" N "/applications/NONE/review");
  web_assert_status (stranger, 404);
  g_assert_cmpint (state_of (&web, serial), ==, QC_STATE_IN_REVIEW);
  web_close (&web);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/console/review/queue", test_queue);
  g_test_add_func ("/console/review/approve", test_approve);
  g_test_add_func ("/console/review/return", test_return);
  g_test_add_func ("/console/review/late", test_late);
  g_test_add_func ("/console/review/restart", test_restart);
  g_test_add_func ("/console/review/roles", test_roles);
  return g_test_run ();
}
