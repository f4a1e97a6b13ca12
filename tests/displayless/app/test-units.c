/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * All units side by side: what each needs, as of when, which stand first; and asking the center about those that are
 * not on screen, where nothing of one unit gets into another, whatever becomes of the token between them.
 */
#include <string.h>

#include "fake-session.h"
#include "qc-error-text.h"
#include "qc-session-private.h"
#include "qc-unit-overview.h"

#define OTHER "231100000077"
#define THIRD "231100000088"

static void
result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

static gboolean
is_there (gpointer result)
{
  return *(GAsyncResult **)result != NULL;
}

static GPtrArray *
load (QcAppFixture *app)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  qc_unit_overview_load_async (app->session, NULL, result_cb, &result);
  qc_app_fixture_until (is_there, &result);
  GPtrArray *standings = qc_unit_overview_load_finish (app->session, result, &error);
  g_assert_no_error (error);
  return standings;
}

static const QcUnitStanding *
find (GPtrArray *standings, const char *account)
{
  for (guint i = 0; i < standings->len; i++) {
    const QcUnitStanding *standing = g_ptr_array_index (standings, i);
    if (g_str_equal (standing->unit->account, account))
      return standing;
  }
  g_assert_not_reached ();
}

#define ADD_UNIT(account, name, granted)                                                                          \
  "INSERT INTO scope (profile, unit, name, granted, colour) VALUES ('heihe', '" account "', '" name "', " granted \
  ", 3);"

/* What lies where is counted there; a unit of which nothing was fetched needs nothing, and says so. */
static void
test_standing (void)
{
  static const struct {
    QcFill fill;
    gboolean due_is_open;
    gint64 failed, waiting, open;
  } rows[] = {
      {0, TRUE, 0, 0, 0},
      {QC_FILL_OPEN, FALSE, 0, 0, 1}, /* it is under way: nothing more is due */
      {QC_FILL_FAILED_DRAW, FALSE, 1, 0, 1},
      {QC_FILL_HELD, FALSE, 0, 2, 0}, /* two in the outbox behind one that was taken back */
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (QcAppFixture) app = qc_app_fixture_new (NULL, rows[i].fill, 0);
    qc_app_fixture_sql (app, ADD_UNIT (OTHER, "嫩江某某学校", "1"));
    g_autoptr (GPtrArray) standings = load (app);
    const QcUnitStanding *here = find (standings, QC_FIXTURE_UNIT), *other = find (standings, OTHER);
    /* by name the other would be first */
    g_assert_cmpint (g_ptr_array_index (standings, 0) == here, ==, qc_unit_standing_needs_her (here));
    g_assert_true (here->is_known);
    g_assert_cmpint (here->due_is_open, ==, rows[i].due_is_open);
    g_assert_cmpint (here->failed, ==, rows[i].failed);
    g_assert_cmpint (here->waiting, ==, rows[i].waiting);
    g_assert_cmpint (here->open, ==, rows[i].open);
    g_assert_cmpint (here->people, ==, 3);
    g_assert_cmpstr (here->unit->label, ==, "爱辉某某商贸");
    g_assert_false (other->is_known);
    g_assert_false (qc_unit_standing_needs_her (other));
    g_assert_cmpint (other->waiting, ==, 0);
    g_assert_cmpint (other->unit->colour, ==, 3);
  }
}

/* The center on screen first; in each those that need her, then by name. */
static void
test_order (void)
{
  static const char *const order[] = {QC_FIXTURE_UNIT, OTHER, THIRD, "231100000071", "231100000073", "231100000072"};
  g_autoptr (QcAppFixture) app = qc_app_fixture_new (NULL, 0, 0);
  qc_app_fixture_sql (app, ADD_UNIT (OTHER, "乙", "1") ADD_UNIT (THIRD, "丙", "1"));
  qc_app_fixture_sql (app, "UPDATE scope SET name = '1' WHERE unit = '" OTHER "';"
                           "UPDATE scope SET name = '2' WHERE unit = '" THIRD "'");
  qc_app_fixture_sql (app,
                      "INSERT INTO profile (id, name, department) VALUES ('else', '一', '一'), ('far', '二', '二')");
  qc_app_fixture_sql (app, "INSERT INTO scope (profile, unit, name, granted) VALUES ('else', '231100000071', 'z', 1),"
                           " ('far', '231100000072', 'b', 1), ('far', '231100000073', 'a', 1)");
  g_autoptr (GPtrArray) standings = load (app);
  g_assert_cmpuint (standings->len, ==, G_N_ELEMENTS (order));
  for (guint i = 0; i < standings->len; i++)
    g_assert_cmpstr (((const QcUnitStanding *)g_ptr_array_index (standings, i))->unit->account, ==, order[i]);
}

/* Each thing by itself needs her, where anything is known. */
static void
test_needs (void)
{
  const QcUnitStanding rows[] = {{.due_is_open = TRUE}, {.returned = 1}, {.failed = 1}, {.drafts = 1}, {.waiting = 1}};
  const QcUnitStanding nothing = {.is_known = TRUE, .open = 1, .behind = 1};
  g_assert_false (qc_unit_standing_needs_her (&nothing));
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    QcUnitStanding standing = rows[i];
    g_assert_false (qc_unit_standing_needs_her (&standing));
    standing.is_known = TRUE;
    g_assert_true (qc_unit_standing_needs_her (&standing));
  }
}

/* Due from this month on, not before; and not in a unit that may not remit. */
static void
test_due (void)
{
  static const struct {
    QcMonth paid_to;
    gboolean due;
    guint behind;
  } rows[] = {{202609, TRUE, 1}, {202610, TRUE, 0}, {202611, FALSE, 0}};
  g_autoptr (QcAppFixture) app = qc_app_fixture_new (NULL, 0, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    qc_app_fixture_move_unit (app, rows[i].paid_to);
    g_autoptr (GPtrArray) standings = load (app);
    const QcUnitStanding *here = find (standings, QC_FIXTURE_UNIT);
    g_assert_cmpint (here->due_is_open, ==, rows[i].due);
    g_assert_cmpuint (here->behind, ==, rows[i].behind);
  }
  qc_app_fixture_move_unit (app, 202609);
  qc_app_fixture_sql (app, "UPDATE unit SET status = 5");
  g_autoptr (GPtrArray) sealed = load (app);
  g_assert_false (find (sealed, QC_FIXTURE_UNIT)->due_is_open);
}

/* What she calls it, over a restart and in every list; one profile's mark is not another's. */
static void
test_mark (void)
{
  g_autoptr (QcAppFixture) app = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  qc_app_fixture_sql (app, "INSERT INTO scope (profile, unit, name, granted) VALUES ('else', '" QC_FIXTURE_UNIT
                           "', '另一处', 1)");
  qc_session_mark_unit_async (app->session, QC_FIXTURE_UNIT, "甲", 5, result_cb, &result);
  qc_app_fixture_until (is_there, &result);
  g_assert_true (qc_session_mark_unit_finish (app->session, result, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < 2; i++) {
    g_autofree char *label = qc_session_dup_unit_label (app->session, QC_FIXTURE_UNIT, "别的");
    g_assert_cmpstr (label, ==, "甲");
    g_assert_cmpuint (qc_session_get_unit (app->session)->colour, ==, 5);
    qc_app_fixture_restart (app);
  }
  g_autofree char *unknown = qc_session_dup_unit_label (app->session, OTHER, "黑河市某某学校");
  g_assert_cmpstr (unknown, ==, "某某学校");
}

/* --- asking the center --- */

typedef struct {
  Fake *fake;
  QcSession *session;
  guint expire_after; /* units, 0 = never */
  const char *go_to;  /* (nullable) the clerk goes there after the first unit */
  guint told;
} Asking;

static void
progress_cb (guint done, guint n, gpointer data)
{
  Asking *asking = data;
  asking->told = done;
  if (done == asking->expire_after) {
    g_free (asking->fake->access);
    asking->fake->access = g_strdup ("another one");
  }
  if (asking->go_to)
    qc_session_set_unit (asking->session, asking->go_to);
}

static gboolean
ask (QcAppFixture *app, Asking *asking, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  qc_unit_overview_refresh_async (app->session, progress_cb, asking, NULL, result_cb, &result);
  qc_app_fixture_until (is_there, &result);
  return qc_unit_overview_refresh_finish (app->session, result, error);
}

static void
begin (QcAppFixture *app, Fake *fake)
{
  fake->generation = 1;
  fake->n_people = 3;
  qc_app_fixture_sql (app, ADD_UNIT (OTHER, "嫩江某某学校", "1") ADD_UNIT (THIRD, "北安某某医院", "1")
                               ADD_UNIT ("231100000099", "不再授权", "0"));
  fake_session_connect (app, fake);
}

static guint
asked (Fake *fake, const char *account, const char *feed)
{
  g_autofree char *start = g_strdup_printf ("GET /api/v1/units/%s/feeds/%s", account, feed);
  return fake_count (fake, start);
}

static gint64
as_of (QcAppFixture *app, const char *account)
{
  g_autoptr (GPtrArray) standings = load (app);
  return find (standings, account)->as_of;
}

/* Two feeds of each unit that is not on screen and may be acted for; a token that ends between two of them is renewed,
 * and the units after it are asked about all the same. */
static void
test_refresh (void)
{
  for (guint expire = 0; expire < 2; expire++) {
    g_autoptr (Fake) fake = fake_new ();
    g_autoptr (QcAppFixture) app = qc_app_fixture_new (NULL, 0, 0);
    g_autoptr (GError) error = NULL;
    begin (app, fake);
    guint before = asked (fake, QC_FIXTURE_UNIT, ""), refreshes = fake->refreshes;
    Asking asking = {.fake = fake, .session = app->session, .expire_after = expire};
    g_assert_true (ask (app, &asking, &error));
    g_assert_no_error (error);
    g_assert_cmpuint (asking.told, ==, 2);
    g_assert_cmpuint (asked (fake, OTHER, "unit"), ==, 1 + expire); /* the second by name */
    g_assert_cmpuint (asked (fake, OTHER, "applications"), ==, 1);
    g_assert_cmpuint (asked (fake, OTHER, "people"), ==, 0);
    g_assert_cmpuint (asked (fake, THIRD, "unit"), ==, 1);
    g_assert_cmpuint (asked (fake, "231100000099", ""), ==, 0);
    g_assert_cmpuint (asked (fake, QC_FIXTURE_UNIT, ""), ==, before);
    g_assert_cmpuint (fake->refreshes, ==, refreshes + expire);
    g_assert_cmpint (as_of (app, OTHER), >, 0);
    g_assert_cmpint (as_of (app, THIRD), >, 0);
    g_assert_cmpint (as_of (app, "231100000099"), ==, 0);
  }
}

/* She goes to one of them meanwhile: its round asks about it, and nobody else does. */
static void
test_gone (void)
{
  g_autoptr (Fake) fake = fake_new ();
  g_autoptr (QcAppFixture) app = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (GError) error = NULL;
  begin (app, fake);
  Asking asking = {.fake = fake, .session = app->session, .go_to = OTHER};
  g_assert_false (ask (app, &asking, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (asking.told, ==, 1);
  g_assert_cmpstr (qc_session_get_unit_account (app->session), ==, OTHER);
  g_assert_cmpuint (asked (fake, OTHER, "unit"), <=, 1);
}

static gboolean
refuse_unit (Fake *fake, SoupServerMessage *message, const char *path, GHashTable *query)
{
  if (!g_str_has_prefix (path, "/api/v1/units/" QC_FIXTURE_UNIT))
    return FALSE;
  fake_problem (message, 403, "forbidden");
  return TRUE;
}

/* Signed in or not, how far it is, and how the clocks stand. */
static void
test_status (void)
{
  g_autoptr (Fake) fake = fake_new ();
  g_autoptr (QcAppFixture) app = qc_app_fixture_new (NULL, 0, 0);
  g_assert_cmpint (qc_session_get_sync_status (app->session), ==, QC_SYNC_NO_API);
  g_assert_false (qc_session_is_signed_in (app->session));
  begin (app, fake);
  g_assert_cmpint (qc_session_get_sync_status (app->session), ==, QC_SYNC_IDLE);
  g_assert_true (qc_session_is_signed_in (app->session));
  g_assert_cmpint (qc_session_get_n_waiting (app->session), ==, 0);
  g_assert_cmpint (qc_session_get_clock_offset (app->session), ==, 0);
  g_assert_cmpint (qc_session_get_synced_at (app->session), >, 0);
  g_assert_null (qc_session_get_sync_error (app->session));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  qc_session_sign_out_async (app->session, NULL, result_cb, &result);
  qc_app_fixture_until (is_there, &result);
  g_assert_true (qc_session_sign_out_finish (app->session, result, &error));
  g_assert_cmpint (qc_session_get_sync_status (app->session), ==, QC_SYNC_SIGNED_OUT);
  g_assert_false (qc_session_is_signed_in (app->session));
}

static gboolean
has_failed (gpointer session)
{
  return qc_session_get_sync_status (session) == QC_SYNC_FAILED;
}

/* The center takes the unit away from her between two syncs: that is said with what to do, and what is here stays. */
static void
test_lost (void)
{
  g_autoptr (Fake) fake = fake_new ();
  g_autoptr (QcAppFixture) app = qc_app_fixture_new (NULL, 0, 0);
  begin (app, fake);
  g_autoptr (GPtrArray) before = load (app);
  gint64 people = find (before, QC_FIXTURE_UNIT)->people;
  g_assert_cmpint (people, >, 0);
  fake->hook = refuse_unit;
  qc_session_sync_now (app->session);
  qc_app_fixture_until (has_failed, app->session);
  g_autoptr (QcErrorText) text = qc_error_text_new (qc_session_get_sync_error (app->session));
  g_assert_nonnull (strstr (text->reason, "may not act for this unit"));
  g_assert_nonnull (strstr (text->reason, "Change the account or switch the unit"));
  g_autoptr (GPtrArray) after = load (app);
  g_assert_cmpint (find (after, QC_FIXTURE_UNIT)->people, ==, people);
  fake->hook = NULL;
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/units/standing", test_standing);
  g_test_add_func ("/units/order", test_order);
  g_test_add_func ("/units/needs", test_needs);
  g_test_add_func ("/units/due", test_due);
  g_test_add_func ("/units/mark", test_mark);
  g_test_add_func ("/units/refresh", test_refresh);
  g_test_add_func ("/units/gone", test_gone);
  g_test_add_func ("/units/status", test_status);
  g_test_add_func ("/units/lost", test_lost);
  return g_test_run ();
}
