/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The console by its own forms: sign-in, roles, 到账确认 equal, less and more (decision 13), a form sent twice,
 * balances, agreements, changes, log.
 */
#include <string.h>

#include "center-fixture.h"
#include "web-client.h"

#define PASSWORD "yanlian-2026"
#define MUYE     QC_PRACTICE_UNIT_COLLECTION
#define SCHOOL   QC_PRACTICE_UNIT_TRANSFER

/* An unfinished 汇缴 of the school; returns its serial and what is due. */
static char *
submit (Web *web, QcMoney *out_fen)
{
  Fx fx;
  fx_attach (&fx, web->dir);
  g_autoptr (QcOutcome) outcome = fx_submit (&fx, SCHOOL, 202610);
  fx_assert_done (outcome);
  char *serial = g_strdup (outcome->application->serial);
  *out_fen = outcome->application->fen;
  qc_connection_close (fx.connection);
  return serial;
}

static gint64
count (Web *web, const char *sql)
{
  Fx fx;
  fx_attach (&fx, web->dir);
  gint64 n = fx_int (&fx, sql);
  fx_audit (&fx);
  qc_connection_close (fx.connection);
  return n;
}

/* With the number that the page proposes: the made-up bank's. */
static WebAnswer *
arrive (Web *web, const char *serial, QcMoney fen)
{
  g_autofree char *path = g_strdup_printf ("/console/units/" SCHOOL "/applications/%s", serial);
  g_autofree char *target = g_strconcat (path, "/arrival", NULL);
  g_autofree char *amount = qc_money_to_string (fen);
  g_autoptr (WebAnswer) page = web_page (web, path);
  g_autofree char *reference = web_field (page, "reference");
  g_assert_cmpstr (reference, !=, "");
  return web_form (web, path, target, "amount", amount, "reference", reference, NULL);
}

static void
assert_page_has (Web *web, const char *path, const char *needle)
{
  g_autoptr (WebAnswer) page = web_page (web, path);
  web_assert_status (page, 200);
  web_assert_has (page, needle);
}

static void
test_arrival_less_then_rest (void)
{
  Web web;
  web_open (&web, "20261123");
  QcMoney fen;
  g_autofree char *serial = submit (&web, &fen);
  g_autofree char *path = g_strdup_printf ("/console/units/" SCHOOL "/applications/%s", serial);
  web_staff (&web, "chuna");
  assert_page_has (&web, "/console/", serial);
  g_autoptr (WebAnswer) less = arrive (&web, serial, 100);
  web_assert_status (less, 303);
  assert_page_has (&web, path, "id=\"state\">登记<");
  assert_page_has (&web, less->location, "业务还没有办结。");
  g_autoptr (WebAnswer) rest = arrive (&web, serial, fen - 100);
  web_assert_status (rest, 303);
  assert_page_has (&web, path, "id=\"state\">已办结<");
  assert_page_has (&web, rest->location, "已办理。");
  assert_page_has (&web, "/console/log", "提交Remittance");
  g_assert_cmpint (count (&web, "SELECT suspense FROM unit WHERE account = '" SCHOOL "'"), ==, 0);
  web_close (&web);
}

static void
test_arrival_more (void)
{
  Web web;
  web_open (&web, "20261123");
  QcMoney fen;
  g_autofree char *serial = submit (&web, &fen);
  web_staff (&web, "chuna");
  g_autoptr (WebAnswer) more = arrive (&web, serial, fen + 12345);
  web_assert_status (more, 303);
  assert_page_has (&web, "/console/units/" SCHOOL, "id=\"suspense\">123.45<");
  g_assert_cmpint (count (&web, "SELECT suspense FROM unit WHERE account = '" SCHOOL "'"), ==, 12345);
  web_close (&web);
}

static void
test_form_sent_twice (void)
{
  Web web;
  web_open (&web, "20261123");
  QcMoney fen;
  g_autofree char *serial = submit (&web, &fen);
  web_staff (&web, "chuna");
  g_autofree char *path = g_strdup_printf ("/console/units/" SCHOOL "/applications/%s", serial);
  g_autofree char *target = g_strconcat (path, "/arrival", NULL);
  g_autoptr (WebAnswer) page = web_page (&web, path);
  g_autofree char *csrf = web_field (page, "csrf");
  g_autofree char *form = web_field (page, "form");
  g_autoptr (WebAnswer) first
      = web_post (&web, target, "csrf", csrf, "form", form, "amount", "1.00", "reference", "R-0001", NULL);
  web_assert_status (first, 303);
  g_autoptr (WebAnswer) second
      = web_post (&web, target, "csrf", csrf, "form", form, "amount", "1.00", "reference", "R-0001", NULL);
  web_assert_status (second, 303);
  g_autoptr (WebAnswer) other
      = web_post (&web, target, "csrf", csrf, "form", form, "amount", "2.00", "reference", "R-0001", NULL);
  web_assert_status (other, 422);
  g_assert_cmpint (count (&web, "SELECT suspense FROM unit WHERE account = '" SCHOOL "'"), ==, 100);
  web_close (&web);
}

/* Two of the staff have the page open and confirm the same transfer: the second is told who was first. */
static void
test_two_pages (void)
{
  Web web;
  web_open (&web, "20261123");
  QcMoney fen;
  g_autofree char *serial = submit (&web, &fen);
  g_autofree char *amount = qc_money_to_string (fen);
  web_staff (&web, "chuna");
  g_autofree char *path = g_strdup_printf ("/console/units/" SCHOOL "/applications/%s", serial);
  g_autofree char *target = g_strconcat (path, "/arrival", NULL);
  g_autoptr (WebAnswer) one = web_page (&web, path);
  g_autoptr (WebAnswer) two = web_page (&web, path);
  g_autofree char *csrf = web_field (one, "csrf");
  g_autofree char *form[2] = {NULL};
  form[0] = web_field (one, "form");
  form[1] = web_field (two, "form");
  g_autofree char *reference = web_field (one, "reference");
  g_autofree char *again = web_field (two, "reference");
  g_assert_cmpstr (form[0], !=, form[1]);
  g_assert_cmpstr (reference, ==, again); /* the bank has one transfer */
  g_autoptr (WebAnswer) first
      = web_post (&web, target, "csrf", csrf, "form", form[0], "amount", amount, "reference", reference, NULL);
  web_assert_status (first, 303);
  g_autoptr (WebAnswer) second
      = web_post (&web, target, "csrf", csrf, "form", form[1], "amount", amount, "reference", again, NULL);
  web_assert_status (second, 422);
  web_assert_has (second, "confirmed already, by 赵出纳（演练） at 2026-11-23");
  web_assert_has (second, serial);
  web_assert_has (second, "Nothing has been booked again");
  web_assert_has (second, amount);
  g_assert_cmpint (count (&web, "SELECT suspense FROM unit WHERE account = '" SCHOOL "'"), ==, 0);
  assert_page_has (&web, path, reference);
  /* nor as money without a remark, however the number is typed */
  g_autofree char *typed = g_ascii_strdown (reference, -1);
  g_autoptr (WebAnswer) elsewhere = web_form (&web, "/console/units/" SCHOOL, "/console/units/" SCHOOL "/arrival",
                                              "amount", "1.00", "reference", typed, NULL);
  web_assert_status (elsewhere, 422);
  web_assert_has (elsewhere, "confirmed already");
  assert_page_has (&web, "/console/log", "未予办理：");
  g_assert_cmpint (count (&web, "SELECT count (*) FROM movement WHERE reference IS NOT NULL AND unit = (SELECT id FROM "
                                "unit WHERE account = '" SCHOOL "') AND time > 1795363200"),
                   ==, 1);
  web_close (&web);
}

static void
test_bad_references (void)
{
  static const struct {
    const char *reference, *sentence;
  } rows[] = {
      {"", "has not been filled in"}, {"\u3000\u200b", "has not been filled in"},
      {"123", "at least 4"},          {"12345678901234567890123456789012345678901", "more than 40"},
      {"12\t3\x01", "U+0001"},        {"流水号甲乙", "流"},
  };
  Web web;
  web_open (&web, "20261123");
  QcMoney fen;
  g_autofree char *serial = submit (&web, &fen);
  web_staff (&web, "chuna");
  g_autofree char *path = g_strdup_printf ("/console/units/" SCHOOL "/applications/%s", serial);
  g_autofree char *target = g_strconcat (path, "/arrival", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (WebAnswer) answer
        = web_form (&web, path, target, "amount", "1.00", "reference", rows[i].reference, NULL);
    web_assert_status (answer, 422);
    web_assert_has (answer, rows[i].sentence);
  }
  g_assert_cmpint (count (&web, "SELECT suspense FROM unit WHERE account = '" SCHOOL "'"), ==, 0);
  web_close (&web);
}

static void
test_bad_amounts (void)
{
  const char *amounts[] = {"", "0", "-1", "1.234", "abc", "1e3", "99999999999999999999"};
  Web web;
  web_open (&web, "20261123");
  QcMoney fen;
  g_autofree char *serial = submit (&web, &fen);
  web_staff (&web, "chuna");
  g_autofree char *path = g_strdup_printf ("/console/units/" SCHOOL "/applications/%s", serial);
  g_autofree char *target = g_strconcat (path, "/arrival", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++) {
    g_autoptr (WebAnswer) answer = web_form (&web, path, target, "amount", amounts[i], NULL);
    web_assert_status (answer, 422);
    web_assert_has (answer, "请填写到账金额");
  }
  web_close (&web);
}

/* ---- who may ---- */

static void
test_needs_sign_in (void)
{
  const char *paths[] = {"/console/",    "/console/units",    "/console/units/" MUYE,
                         "/console/log", "/console/accounts", "/console/units/" MUYE "/applications/1"};
  Web web;
  web_open (&web, "20261123");
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++) {
    g_autoptr (WebAnswer) answer = web_page (&web, paths[i]);
    web_assert_status (answer, 303);
    g_assert_cmpstr (answer->location, ==, "/console/sign-in");
  }
  g_autoptr (WebAnswer) page = web_page (&web, "/console/sign-in");
  web_assert_has (page, "shenhe");
  g_autoptr (WebAnswer) posted = web_post (&web, "/console/units/" MUYE "/balance", "amount", "1", NULL);
  web_assert_status (posted, 303);
  g_assert_cmpstr (posted->location, ==, "/console/sign-in");
  web_close (&web);
}

/* A legal person of the portal is nobody here, and a cookie of the portal opens nothing. */
static void
test_legal_person_is_nobody (void)
{
  Web web;
  web_open (&web, "20261123");
  g_autoptr (WebAnswer) answer = web_post (&web, "/console/sign-in", "user", "muye", "password", PASSWORD, NULL);
  web_assert_status (answer, 401);
  web_close (&web);
}

static WebAnswer *
unit_form (Web *web, const char *unit, const char *name, const char *field, const char *value)
{
  g_autofree char *path = g_strconcat ("/console/units/", unit, NULL);
  g_autofree char *target = g_strconcat (path, "/", name, NULL);
  return web_form (web, path, target, field, value, NULL);
}

static void
test_roles_and_csrf (void)
{
  Web web;
  web_open (&web, "20261123");
  web_staff (&web, "chuna");
  g_autoptr (WebAnswer) role = unit_form (&web, MUYE, "end-agreement", "x", "y");
  web_assert_status (role, 403);
  g_autoptr (WebAnswer) csrf = web_post (&web, "/console/units/" MUYE "/balance", "amount", "1.00", NULL);
  web_assert_status (csrf, 403);
  g_autoptr (WebAnswer) none = unit_form (&web, MUYE, "nothing", "x", "y");
  web_assert_status (none, 404);
  g_assert_cmpint (count (&web, "SELECT count (*) FROM agreement WHERE ended = 0"), >=, 1);
  web_close (&web);
}

/* ---- balances, agreements, changes ---- */

static void
test_balance (void)
{
  Web web;
  web_open (&web, "20261123");
  web_staff (&web, "shenhe");
  g_autoptr (WebAnswer) set = unit_form (&web, MUYE, "balance", "amount", "7.01");
  web_assert_status (set, 303);
  assert_page_has (&web, "/console/units/" MUYE, "id=\"bank-balance\">7.01<");
  g_autoptr (WebAnswer) bad = unit_form (&web, MUYE, "balance", "amount", "-5");
  web_assert_status (bad, 422);
  g_autoptr (WebAnswer) answers = unit_form (&web, MUYE, "answers", "answers", "no");
  web_assert_status (answers, 303);
  assert_page_has (&web, "/console/units/" MUYE, "银行现在不答复划款请求");
  assert_page_has (&web, "/console/log", "修改演练余额");
  web_close (&web);
}

static void
test_agreement (void)
{
  Web web;
  web_open (&web, "20261123");
  web_staff (&web, "shenhe");
  g_autoptr (WebAnswer) end = unit_form (&web, MUYE, "end-agreement", "x", "y");
  web_assert_status (end, 303);
  g_autoptr (WebAnswer) again = unit_form (&web, MUYE, "end-agreement", "x", "y");
  web_assert_status (again, 422);
  g_autoptr (WebAnswer) page = web_page (&web, "/console/units/" MUYE);
  g_autofree char *bank = web_field (page, "bank");
  g_autofree char *account = web_field (page, "account");
  g_autoptr (WebAnswer) sign = web_form (&web, "/console/units/" MUYE, "/console/units/" MUYE "/agreement", "bank",
                                         bank, "account", account, NULL);
  web_assert_status (sign, 303);
  assert_page_has (&web, "/console/units/" MUYE, "终止协议");
  web_close (&web);
}

/* What vouchers and clients cannot carry does not get in; what was filled in stays in the form. */
static void
test_agreement_texts (void)
{
  g_autofree char *most = g_strnfill (100, 'B'), *over = g_strnfill (101, 'B');
  const struct {
    const char *bank, *account, *sentence;
  } rows[] = {
      {"", "0809" MUYE, "has not been filled in"},
      {"\u3000\u200b", "0809" MUYE, "has not been filled in"},
      {over, "0809" MUYE, "more than 100"},
      {"某\t银行", "0809" MUYE, "U+0009"},
      {"某\u202e银行", "0809" MUYE, "U+202E"},
      {"某银行", "0809-" MUYE, "contains “-”"},
      {"某银行", "1234567890123456789012345678901", "more than 30"},
      {"某银行", "0809", "The bank knows no account 0809"},
      {most, " ０８０９" MUYE "\u3000", NULL},
  };
  Web web;
  web_open (&web, "20261123");
  web_staff (&web, "shenhe");
  g_autoptr (WebAnswer) end = unit_form (&web, MUYE, "end-agreement", "x", "y");
  web_assert_status (end, 303);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (WebAnswer) answer = web_form (&web, "/console/units/" MUYE, "/console/units/" MUYE "/agreement", "bank",
                                             rows[i].bank, "account", rows[i].account, NULL);
    web_assert_status (answer, rows[i].sentence != NULL ? 422 : 303);
    if (rows[i].sentence != NULL) {
      g_autofree char *kept = web_field (answer, "bank");
      web_assert_has (answer, rows[i].sentence);
      g_assert_cmpstr (kept, ==, rows[i].bank);
    }
  }
  g_assert_cmpint (count (&web, "SELECT count (*) FROM agreement WHERE ended = 0 AND account = '0809" MUYE "'"), ==, 1);
  web_close (&web);
}

static void
test_changes (void)
{
  Web web;
  web_open (&web, "20261123");
  web_staff (&web, "shenhe");
  g_autoptr (WebAnswer) bad = web_form (&web, "/console/units/" MUYE, "/console/units/" MUYE "/ratios", "from",
                                        "2026-13", "unit_ratio", "10%", "personal_ratio", "10%", NULL);
  web_assert_status (bad, 422);
  g_autoptr (WebAnswer) ratios = web_form (&web, "/console/units/" MUYE, "/console/units/" MUYE "/ratios", "from",
                                           "2026-08", "unit_ratio", "10%", "personal_ratio", "10%", NULL);
  web_assert_status (ratios, 303);
  g_assert_cmpint (count (&web, "SELECT count (*) FROM ratio_row WHERE from_month = 202608 AND unit_ratio = 1000"), ==,
                   1);
  g_autoptr (WebAnswer) unknown = web_form (&web, "/console/units/" MUYE, "/console/units/" MUYE "/base", "person",
                                            "404", "from", "2026-08", "base", "5000", NULL);
  web_assert_status (unknown, 422);
  web_close (&web);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/center/console/arrival-less-then-rest", test_arrival_less_then_rest);
  g_test_add_func ("/center/console/arrival-more", test_arrival_more);
  g_test_add_func ("/center/console/form-sent-twice", test_form_sent_twice);
  g_test_add_func ("/center/console/two-pages", test_two_pages);
  g_test_add_func ("/center/console/bad-references", test_bad_references);
  g_test_add_func ("/center/console/bad-amounts", test_bad_amounts);
  g_test_add_func ("/center/console/needs-sign-in", test_needs_sign_in);
  g_test_add_func ("/center/console/legal-person-is-nobody", test_legal_person_is_nobody);
  g_test_add_func ("/center/console/roles-and-csrf", test_roles_and_csrf);
  g_test_add_func ("/center/console/balance", test_balance);
  g_test_add_func ("/center/console/agreement", test_agreement);
  g_test_add_func ("/center/console/agreement-texts", test_agreement_texts);
  g_test_add_func ("/center/console/changes", test_changes);
  return g_test_run ();
}
