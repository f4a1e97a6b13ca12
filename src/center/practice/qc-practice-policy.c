/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Policy rows and code lists of practice: made up, and each row says so (decisions 1, 11). Writer thread only.
 */
#include "qc-attachment.h"
#include "qc-engine-private.h"
#include "qc-practice-private.h"
#include "qc-return-reason.h"
#include "qc-unit-field.h"

#define REMARK          "演练数据，与任何城市的实际政策无关"
#define FUND_YEAR_START 7

#define LOCKED_REGISTERED "以市场监管部门的登记为准，登记变更后到中心柜台更新。"
#define LOCKED_BANK       "由中心指定，如需更换请到中心柜台办理。"

QcMonth
qc_practice_fund_year (QcMonth month)
{
  int year = qc_month_year (month);
  return qc_month_new (qc_month_number (month) >= FUND_YEAR_START ? year : year - 1, FUND_YEAR_START);
}

static gboolean
insert_policy (QcConnection *connection, QcMonth from, QcMoney floor, QcMoney cap, GError **error)
{
  const char *rounding = qc_rounding_to_code (QC_ROUNDING_HALF_UP_YUAN);
  gint64 change;
  return qc_engine_take_change (connection, &change, error)
         && qc_sql_run (connection, error,
                        "INSERT INTO policy_row VALUES (?, ?, ?, 0, 0, 500, 1200, 500, 1200, ?, ?, ?, 1, 12, "
                        "'normal', 0, ?, ?)",
                        from, floor, cap, rounding, rounding, FUND_YEAR_START, REMARK, change);
}

typedef struct {
  const char *list, *code, *label;
  gboolean needs_text;
  gboolean difference; /* back payments */
  gboolean of_line;    /* attachments: and how many */
  int at_least, at_most;
} CodeRow;

#define ATTACHMENT_SIZE (10 * 1024 * 1024)

static const CodeRow codes[] = {
    {"seal-reason", "01", "终止、解除劳动关系", FALSE},
    {"seal-reason", "02", "保留劳动关系停发工资", FALSE},
    {"seal-reason", "03", "调动（待转移）", FALSE},
    {"seal-reason", "04", "退休", FALSE},
    {"seal-reason", "05", "出境、户口迁出", FALSE},
    {"seal-reason", "06", "死亡", FALSE},
    {"seal-reason", "07", "单位撤销、解散、破产", FALSE},
    {"seal-reason", "99", "其他", TRUE},
    {"unseal-reason", "01", "恢复发放工资", FALSE},
    {"unseal-reason", "02", "重新入职", FALSE},
    {"unseal-reason", "03", "转入启封", FALSE},
    {"unseal-reason", "04", "错误封存更正", FALSE},
    {"unseal-reason", "99", "其他", TRUE},
    {"back-payment-reason", "01", "漏缴", FALSE},
    {"back-payment-reason", "02", "少缴", FALSE, .difference = TRUE},
    {"back-payment-reason", "03", "基数调整补差", FALSE, .difference = TRUE},
    {"back-payment-reason", "04", "比例调整补差", FALSE, .difference = TRUE},
    {"back-payment-reason", "05", "缓缴补缴", FALSE},
    {"back-payment-reason", "06", "启封补缴", FALSE},
    {"back-payment-reason", "99", "其他", TRUE},
    {"document-type", "01", "居民身份证", FALSE},
    {"document-type", "02", "军官证", FALSE},
    {"document-type", "03", "护照", FALSE},
    {"document-type", "04", "外国人永久居留身份证", FALSE},
    {"document-type", "99", "其他", TRUE},
    {"attachment-back-payment", QC_ATTACHMENT_ROSTER, "补缴清册（加盖单位公章）", .at_least = 1, .at_most = 20},
    {"attachment-back-payment", QC_ATTACHMENT_STATEMENT, "补缴说明（加盖单位公章）", .at_least = 1, .at_most = 5},
    {"attachment-account-opening", QC_ATTACHMENT_AUTHORIZATION, "征信授权书（职工签字原件的照片）", .of_line = TRUE,
     .at_least = 1, .at_most = 1},
    {QC_RETURN_REASON_LIST, "01", "附件不清晰，请重新拍摄后提交", FALSE},
    {QC_RETURN_REASON_LIST, "02", "附件未加盖单位公章", FALSE},
    {QC_RETURN_REASON_LIST, "03", "附件内容与录入信息不一致", FALSE},
    {QC_RETURN_REASON_LIST, "04", "附件缺页或不齐全", FALSE},
    {QC_RETURN_REASON_LIST, "05", "征信授权书无职工本人签字", FALSE},
    {QC_RETURN_REASON_LIST, "06", "征信授权书不是签字原件的照片", FALSE},
    {QC_RETURN_REASON_LIST, "07", "人员信息有误", FALSE},
    {QC_RETURN_REASON_LIST, "08", "补缴年月或原因与说明不符", FALSE},
    {QC_RETURN_REASON_LIST, "99", "其他", TRUE},
    {QC_UNIT_LOCKED_LIST, "DWMC", LOCKED_REGISTERED, FALSE},
    {QC_UNIT_LOCKED_LIST, "ZZJGDM", LOCKED_REGISTERED, FALSE},
    {QC_UNIT_LOCKED_LIST, "DWFRDBXM", LOCKED_REGISTERED, FALSE},
    {QC_UNIT_LOCKED_LIST, "DWFRDBZJLX", LOCKED_REGISTERED, FALSE},
    {QC_UNIT_LOCKED_LIST, "DWFRDBZJHM", LOCKED_REGISTERED, FALSE},
    {QC_UNIT_LOCKED_LIST, "STYHMC", LOCKED_BANK, FALSE},
    {QC_UNIT_LOCKED_LIST, "STYHDM", LOCKED_BANK, FALSE},
    {"unit-affiliation", "10", "中央", FALSE},
    {"unit-affiliation", "20", "省（自治区、直辖市）", FALSE},
    {"unit-affiliation", "40", "市（地区）", FALSE},
    {"unit-affiliation", "50", "县（区）", FALSE},
    {"unit-affiliation", "60", "街道、镇、乡", FALSE},
    {"unit-affiliation", "90", "其他", FALSE},
    {"unit-economic-type", "110", "国有全资", FALSE},
    {"unit-economic-type", "120", "集体全资", FALSE},
    {"unit-economic-type", "151", "国有独资公司", FALSE},
    {"unit-economic-type", "159", "其他有限责任公司", FALSE},
    {"unit-economic-type", "160", "股份有限公司", FALSE},
    {"unit-economic-type", "170", "私有", FALSE},
    {"unit-economic-type", "200", "港澳台投资", FALSE},
    {"unit-economic-type", "300", "国外投资", FALSE},
    {"unit-economic-type", "900", "其他", FALSE},
    {"unit-industry", "A", "农、林、牧、渔业", FALSE},
    {"unit-industry", "B", "采矿业", FALSE},
    {"unit-industry", "C", "制造业", FALSE},
    {"unit-industry", "D", "电力、热力、燃气及水生产和供应业", FALSE},
    {"unit-industry", "E", "建筑业", FALSE},
    {"unit-industry", "F", "批发和零售业", FALSE},
    {"unit-industry", "G", "交通运输、仓储和邮政业", FALSE},
    {"unit-industry", "H", "住宿和餐饮业", FALSE},
    {"unit-industry", "I", "信息传输、软件和信息技术服务业", FALSE},
    {"unit-industry", "J", "金融业", FALSE},
    {"unit-industry", "K", "房地产业", FALSE},
    {"unit-industry", "L", "租赁和商务服务业", FALSE},
    {"unit-industry", "P", "教育", FALSE},
    {"unit-industry", "Q", "卫生和社会工作", FALSE},
    {"unit-industry", "R", "文化、体育和娱乐业", FALSE},
    {"unit-industry", "S", "公共管理、社会保障和社会组织", FALSE},
    {"unit-kind", "1", "机关", FALSE},
    {"unit-kind", "2", "事业单位", FALSE},
    {"unit-kind", "3", "企业", FALSE},
    {"unit-kind", "4", "社会团体", FALSE},
    {"unit-kind", "9", "其他", FALSE},
    {"entrusted-bank", "901", "演练银行", FALSE},
    {"entrusted-bank", "902", "演练商业银行", FALSE},
};

static gboolean
insert_codes (QcConnection *connection, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++) {
    const CodeRow *c = &codes[i];
    gint64 change;
    if (!qc_engine_take_change (connection, &change, error)
        || !qc_sql_run (connection, error,
                        "INSERT INTO code_row (" QC_ENGINE_CODE_COLUMNS ", seq) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
                        "?)",
                        c->list, c->code, c->label, i, c->needs_text, c->difference, c->of_line, c->at_least,
                        c->at_most, c->at_most > 0 ? ATTACHMENT_SIZE : 0, change))
      return FALSE;
  }
  return TRUE;
}

/* Five fund years up to the current one, and one row for all before. */
gboolean
qc_practice_policy_create (QcConnection *connection, QcMonth month, GError **error)
{
  QcMonth year = qc_practice_fund_year (month);
  if (!insert_policy (connection, 200001, 100000, 1800000, error))
    return FALSE;
  for (int back = 4; back >= 0; back--)
    if (!insert_policy (connection, qc_month_add (year, -12 * back), 186000 + 4000 * (4 - back),
                        2100000 + 90000 * (4 - back), error))
      return FALSE;
  return insert_codes (connection, error);
}
