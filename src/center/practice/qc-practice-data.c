/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The practice center as a whole: its settings, the four units and those that are registered later,
 * and starting anew. Writer thread only, each function inside the caller's transaction.
 */
#include "qc-practice-data.h"

#include "qc-bank.h"
#include "qc-center-db.h"
#include "qc-engine-private.h"
#include "qc-practice-clock.h"
#include "qc-practice-private.h"
#include "qc-rules-person.h"

#define DEFAULT_PEOPLE  42
#define DEFAULT_SEED    20221012
#define NEW_UNIT_PEOPLE 30
#define BANK_NAME       "演练银行黑河分行"

/* ---- accounts shown on the practice pages ---- */

static const QcPracticeAccount staff[] = {
    {"shenhe", "yanlian-2026", "李审核（演练）", NULL, {NULL}, .what = "审核、柜台业务、到账确认"},
    {"chuna", "yanlian-2026", "赵出纳（演练）", NULL, {NULL}, "cashier", "到账确认"},
    {NULL},
};

static const QcPracticeAccount legal_persons[] = {
    {"muye",
     "yanlian-2026",
     "王经办（演练）",
     "91231102MA18XAAA9H",
     {QC_PRACTICE_UNIT_COLLECTION, NULL},
     .what = "黑河演练木业，托收"},
    {"xuexiao",
     "yanlian-2026",
     "孙经办（演练）",
     "12231102414350019L",
     {QC_PRACTICE_UNIT_TRANSFER, NULL},
     .what = "黑河演练第一中学，非托收"},
    {"daizhang",
     "yanlian-2026",
     "周会计（演练）",
     "91231102702648151X",
     {QC_PRACTICE_UNIT_RECEIVER, QC_PRACTICE_UNIT_COLLECTION, QC_PRACTICE_UNIT_TRANSFER, QC_PRACTICE_UNIT_ARREARS,
      NULL},
     .what = "代账会计：以下四个单位都可办理"},
    {"bowuguan",
     "yanlian-2026",
     "马经办（演练）",
     "112311000017300056",
     {QC_PRACTICE_UNIT_ARREARS, NULL},
     .what = "黑河演练博物馆，非托收，欠缴数月"},
    {NULL},
};

const QcPracticeAccount *
qc_practice_data_staff (void)
{
  return staff;
}

const QcPracticeAccount *
qc_practice_data_legal_persons (void)
{
  return legal_persons;
}

/* ---- a unit ---- */

static gboolean
insert_fields (QcConnection *connection, gint64 unit, const QcPracticeUnit *spec, GError **error)
{
  const guint number = (guint)g_ascii_strtoull (spec->account + strlen (spec->account) - 6, NULL, 10);
  const gboolean public = spec->credit_code[0] == '1';
  g_autofree char *address = g_strdup_printf ("黑龙江省黑河市演练路%u号", number);
  g_autofree char *account = g_strdup_printf ("0809%s", spec->account);
  char legal[19], handler[19];
  qc_practice_resident_id (number, 19700101, QC_SEX_MALE, legal);
  qc_practice_resident_id (number, 19850101, QC_SEX_FEMALE, handler);
  const char *const fields[][2] = {
      {"DWMC", spec->name},
      {"ZZJGDM", spec->credit_code},
      {"DWDZ", address},
      {"DWYB", "164300"},
      {"DWFRDBXM", "演练法人"},
      {"DWFRDBZJLX", QC_DOCUMENT_RESIDENT_ID},
      {"DWFRDBZJHM", legal},
      {"DWJJLX", public ? "110" : "159"},
      {"DWLSGX", public ? "50" : "90"},
      {"DWSSHY", public ? "P" : "C"},
      {"DWLB", public ? "2" : "3"},
      {"DWLXDH", "0456-8200000"},
      {"DWSLRQ", "2008-05-12"},
      {"DWFXR", "10"},
      {"FXZH", account},
      {"FXHM", spec->name},
      {"FXYH", BANK_NAME},
      {"JBRXM", "演练经办人"},
      {"JBRZJLX", QC_DOCUMENT_RESIDENT_ID},
      {"JBRZJHM", handler},
      {"JBRSJHM", "13900000000"},
      {"STYHMC", BANK_NAME},
      {"STYHDM", "901"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (!qc_sql_run (connection, error, "INSERT INTO unit_field VALUES (?, ?, ?)", unit, fields[i][0], fields[i][1]))
      return FALSE;
  return TRUE;
}

static gboolean
insert_ratio (QcConnection *connection, gint64 unit, QcMonth from, QcRatio ratio, gboolean retroactive, QcMonth entered,
              GError **error)
{
  gint64 change, time = (gint64)qc_date_diff_days (19700101, entered * 100 + 5) * 86400 + 2 * 3600;
  return qc_engine_take_change (connection, &change, error)
         && qc_sql_run (connection, error, "INSERT INTO ratio_row VALUES (?, ?, ?, ?, ?, ?, ?)", unit, from, ratio,
                        ratio, retroactive, time, change);
}

/* A higher ratio set by the center after two months were remitted with the old one. */
static gboolean
insert_ratios (QcConnection *connection, gint64 unit, const QcPracticeUnit *spec, GError **error)
{
  QcMonth first = qc_practice_first_month (spec);
  QcMonth late = qc_month_add (spec->paid_to, -1);
  return insert_ratio (connection, unit, first, spec->ratio, FALSE, first, error)
         && (!spec->retroactive_ratio
             || insert_ratio (connection, unit, late, spec->ratio + 200, TRUE, qc_month_add (spec->paid_to, 1), error));
}

static gboolean
insert_bank (QcConnection *connection, gint64 unit, const QcPracticeUnit *spec, GError **error)
{
  g_autofree char *account = g_strdup_printf ("0809%s", spec->account);
  gint64 time = (gint64)qc_date_diff_days (19700101, spec->paid_to * 100 + 15) * 86400 + 2 * 3600;
  return qc_bank_open_account (connection, unit, BANK_NAME, account, spec->name, 0, error)
         && (!spec->collection
             || qc_sql_run (connection, error,
                            "INSERT INTO agreement (unit, bank, account, signed, known_balance, known_time) "
                            "VALUES (?, ?, ?, ?, 0, ?)",
                            unit, BANK_NAME, account, time, time));
}

gint64
qc_practice_unit_create (QcConnection *connection, const QcPracticeUnit *spec, GError **error)
{
  gint64 change;
  if (!qc_engine_take_change (connection, &change, error)
      || !qc_sql_run (connection, error,
                      "INSERT INTO unit (account, name, credit_code, status, first_month, payee_name, "
                      "payee_account, payee_bank, seq) VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?)",
                      spec->account, spec->name, spec->credit_code, qc_practice_first_month (spec),
                      QC_PRACTICE_DEPARTMENT, "08090000231100000001", BANK_NAME, change))
    return 0;
  gint64 id = qc_connection_last_rowid (connection);
  if (!insert_fields (connection, id, spec, error) || !insert_ratios (connection, id, spec, error)
      || !insert_bank (connection, id, spec, error) || !qc_practice_people_create (connection, id, spec, error))
    return 0;
  return id;
}

/* ---- the center ---- */

static gboolean
insert_units (QcConnection *connection, const QcPracticeOptions *options, GError **error)
{
  QcMonth paid_to = qc_month_add (qc_date_month (options->today), -2);
  QcPracticeUnit units[] = {
      {.account = QC_PRACTICE_UNIT_COLLECTION,
       .name = "黑河演练木业有限公司",
       .credit_code = "91231102MA18XAAA9H",
       .people = options->people,
       .paid_to = paid_to,
       .collection = TRUE,
       .retroactive_base = TRUE,
       .ratio = 1200},
      {.account = QC_PRACTICE_UNIT_TRANSFER,
       .name = "黑河演练第一中学",
       .credit_code = "12231102414350019L",
       .people = 28,
       .paid_to = paid_to,
       .retroactive_ratio = TRUE,
       .ratio = 1000},
      {.account = QC_PRACTICE_UNIT_RECEIVER,
       .name = "黑河演练代理记账有限公司",
       .credit_code = "91231102702648151X",
       .people = 18,
       .paid_to = paid_to,
       .ratio = 800},
      {.account = QC_PRACTICE_UNIT_ARREARS,
       .name = "黑河演练博物馆",
       .credit_code = "112311000017300056",
       .people = 17,
       .paid_to = qc_month_add (paid_to, -5),
       .ratio = 1200},
  };
  for (guint i = 0; i < G_N_ELEMENTS (units); i++) {
    units[i].seed = options->seed + i * G_GUINT64_CONSTANT (0x1000003);
    if (qc_practice_unit_create (connection, &units[i], error) == 0)
      return FALSE;
  }
  return TRUE;
}

static gboolean
write_settings (QcConnection *connection, const QcPracticeOptions *options, GError **error)
{
  g_autofree char *uuid = g_uuid_string_random ();
  uuid[8] = '\0'; /* up to the first dash: letters and digits only, as a cursor needs */
  return qc_center_db_set_setting (connection, "department", QC_PRACTICE_DEPARTMENT, error)
         && qc_center_db_set_setting_int (connection, "practice", 1, error)
         && qc_center_db_set_setting (connection, "generation", uuid, error)
         && qc_center_db_set_setting (connection, "pruned", NULL, error)
         && qc_center_db_set_setting_int (connection, "practice_people", options->people, error)
         && qc_center_db_set_setting_int (connection, "practice_seed", options->seed, error)
         && qc_center_db_set_setting_int (connection, "practice_began", options->today, error)
         && qc_practice_clock_set (connection, options->today, error);
}

gboolean
qc_practice_data_create (QcConnection *connection, const QcPracticeOptions *options, GError **error)
{
  QcPracticeOptions all = *options;
  g_return_val_if_fail (qc_date_is_valid (options->today), FALSE);
  if (all.people <= 0)
    all.people = DEFAULT_PEOPLE;
  if (all.seed == 0)
    all.seed = DEFAULT_SEED;
  all.people = MIN (all.people, QC_PRACTICE_MAX_PEOPLE);
  gint64 now;
  return write_settings (connection, &all, error)
         && qc_practice_clock_now (connection, g_get_real_time () / G_USEC_PER_SEC, &now, error)
         && qc_practice_policy_create (connection, qc_date_month (all.today), error)
         && insert_units (connection, &all, error)
         && qc_sql_run (connection, error, "UPDATE counter SET value = 1000 WHERE name = 'unit'")
         && qc_engine_log (connection, now, "center", "practice-begun", NULL, NULL, QC_PRACTICE_DEPARTMENT, error);
}

gboolean
qc_practice_data_exists (QcConnection *connection, gboolean *out, GError **error)
{
  gint64 units;
  if (!qc_connection_get_int (connection, "SELECT count (*) FROM unit", 0, &units, error))
    return FALSE;
  *out = units > 0;
  return TRUE;
}

gboolean
qc_practice_data_reset (QcConnection *connection, QcDate today, GError **error)
{
  static const char *const tables[] = {
      "review_claim",
      "application_reason",
      "application_attachment",
      "phone_picture",
      "phone",
      "upload",
      "attachment",
      "answer_key",
      "voucher_issue",
      "movement",
      "draw",
      "bank_entry",
      "span",
      "application_event",
      "application_fact",
      "application_line",
      "application_month",
      "application",
      "agreement",
      "bank_account",
      "tombstone",
      "departure",
      "base_row",
      "ratio_row",
      "ratio_past",
      "policy_row",
      "code_row",
      "person",
      "unit_field",
      "unit",
      "log",
  };
  QcPracticeOptions options = {0};
  gint64 seed, began;
  if (!qc_center_db_get_setting_int (connection, "practice_people", 0, &options.people, error)
      || !qc_center_db_get_setting_int (connection, "practice_seed", 0, &seed, error)
      || !qc_center_db_get_setting_int (connection, "practice_began", 0, &began, error))
    return FALSE;
  options.seed = (guint32)seed;
  options.today = today != QC_DATE_NONE ? today : (QcDate)began;
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++) {
    g_autofree char *sql = g_strconcat ("DELETE FROM ", tables[i], NULL);
    if (!qc_connection_exec (connection, sql, error))
      return FALSE;
  }
  return qc_connection_exec (connection, "UPDATE counter SET value = 0", error)
         && qc_practice_data_create (connection, &options, error);
}

/* ---- units that are registered later ---- */

static gboolean
find_account (QcConnection *connection, const char *credit_code, char **out, GError **error)
{
  *out = NULL;
  g_autoptr (QcStatement) s
      = qc_connection_prepare (connection, "SELECT account FROM unit WHERE credit_code = ?", error);
  if (s == NULL)
    return FALSE;
  qc_statement_bind_text (s, 1, credit_code);
  gboolean has_row;
  if (!qc_statement_step (s, &has_row, error))
    return FALSE;
  if (has_row)
    *out = qc_statement_dup_text (s, 0);
  return TRUE;
}

char *
qc_practice_data_create_unit (QcConnection *connection, const char *credit_code, const char *name, gint64 now,
                              GError **error)
{
  QcPracticeUnit spec = {.name = name, .credit_code = credit_code, .people = NEW_UNIT_PEOPLE, .ratio = 1000};
  g_return_val_if_fail (credit_code != NULL && name != NULL, NULL);
  g_autofree char *account = NULL;
  if (!find_account (connection, credit_code, &account, error))
    return NULL;
  if (account != NULL)
    return g_steal_pointer (&account);
  gint64 number;
  if (!qc_engine_take (connection, "unit", 1, &number, error))
    return NULL;
  account = g_strdup_printf ("2311%08" G_GINT64_FORMAT, number);
  spec.account = account;
  spec.seed = g_str_hash (credit_code);
  spec.paid_to = qc_month_add (qc_date_month (qc_date_from_unix (now)), -2);
  if (qc_practice_unit_create (connection, &spec, error) == 0
      || !qc_engine_log (connection, now, "center", "register-unit", account, NULL, name, error))
    return NULL;
  return g_steal_pointer (&account);
}
