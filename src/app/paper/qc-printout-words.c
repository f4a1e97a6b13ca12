/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The words of the trade on paper, which is Chinese in every language of the program: those of core's tables as
 * po/zh_CN.po has them, which a test compares. Constant, any thread.
 */
#include "qc-printout-words.h"

#include <glib/gi18n-lib.h>

#include "qc-money.h"
#include "qc-month.h"
#include "qc-printout-private.h"

static const struct {
  const char *msgid, *word;
} words[] = {
    /* fields of a line */
    {"Individual account", "个人账号"},
    {"Name", "姓名"},
    {"Document type", "证件类型"},
    {"Document number", "证件号码"},
    {"Sex", "性别"},
    {"Born", "出生日期"},
    {"Mobile phone", "手机号码"},
    {"Opening month", "开户年月"},
    {"Paid up to", "缴至年月"},
    {"Present status", "现账户状态"},
    {"Status afterwards", "变更后状态"},
    {"Reason for the change", "变更原因"},
    {"Explanation", "说明"},
    {"Base", "缴存基数"},
    {"Base to be adjusted", "待调整基数"},
    {"New contribution base", "新缴存基数"},
    {"Difference", "差额"},
    {"Change in percent", "变动幅度"},
    {"Unit's monthly part before", "原单位月缴存额"},
    {"Personal monthly part before", "原个人月缴存额"},
    {"Unit's monthly part", "单位月缴存额"},
    {"Personal monthly part", "个人月缴存额"},
    {"From month", "自年月"},
    {"To month", "至年月"},
    {"Months paid for", "补缴月数"},
    {"Receiving unit", "转入单位账号"},
    {"Name of the receiving unit", "转入单位名称"},
    {"First month there", "转入后起缴年月"},
    {"Present retirement class", "现退休类别"},
    {"Retirement class", "退休类别"},
    {"Statutory retirement month", "法定退休年月"},
    {"Authorized so far up to", "现授权至"},
    {"Otherwise remitted up to", "不授权则汇缴至"},
    {"Authorize up to", "授权至"},
    {"Reason for back payment", "补缴原因"},
    {"Base of these months", "补缴基数"},
    {"Unit's part in all", "单位补缴额"},
    {"Personal part in all", "个人补缴额"},
    {"Contribution base", "缴存基数"},
    {"Month of change", "变更年月"},
    /* businesses */
    {"Remittance", "汇缴"},
    {"Back payment", "补缴"},
    {"Change of unit registration", "单位缴存登记信息变更"},
    {"Opening of individual accounts", "个人账户设立"},
    {"Same-city transfer", "同城转移"},
    {"Sealing and unsealing", "个人账户封存或启封"},
    {"Base adjustment", "缴存基数调整"},
    {"Authorization of later retirement", "授权退休年龄"},
    {"Business this version does not know", "本版本不认识的业务"},
    /* states of people and of applications */
    {"Normal", "正常"},
    {"Sealed", "封存"},
    {"Closed by merging", "合并销户"},
    {"Closed by moving away", "外部转出销户"},
    {"Closed by withdrawal", "提取销户"},
    {"Frozen", "冻结"},
    {"Transferred", "已转出"},
    {"Other", "其他"},
    {"Draft roster", "录入清册"},
    {"Registered", "登记"},
    {"In review", "待审核"},
    {"Accepted", "已受理"},
    {"Finished", "已办结"},
    {"Returned", "已退回"},
    {"Cancelled", "已取消"},
    {"Deleted", "已删除"},
    {"State this version does not know", "本版本不认识的状态"},
    /* classes */
    {"Not known", "未知"},
    {"Men 60", "男60"},
    {"Women 55", "女55"},
    {"Women 50", "女50"},
    {"Women 60 (at the men's age)", "女60（按男职工年龄）"},
    /* who came and who left */
    {"Opened", "新增"},
    {"Unsealed", "启封"},
    {"Transferred in", "转入"},
    {"Transferred out", "转出"},
    {"Closed", "销户"},
    {"Retired", "退休"},
    {"New base", "基数调整"},
    {"Ratio or rule changed", "比例或政策变化"},
    {"Later retirement authorized", "授权退休年龄"},
    {"Other change", "其他变化"},
};

const char *
qc_printout_word (const char *msgid)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (words[i].msgid, msgid) == 0)
      return words[i].word;
  return msgid != NULL ? g_dgettext (GETTEXT_PACKAGE, msgid) : "";
}

gboolean
qc_printout_has_word (const char *msgid)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (words[i].msgid, msgid) == 0)
      return TRUE;
  return FALSE;
}

char *
qc_printout_dup_cell (const QcRosterLine *line, QcLineFieldId id, const GPtrArray *codes, const char *list)
{
  if (qc_line_get_raw (line, id) != NULL || !qc_line_is_set (line, id))
    return qc_line_dup_text (line, id, codes, list);
  switch (qc_line_field (id)->type) {
  case QC_FIELD_MONTH:
    return qc_printout_dup_month ((QcMonth)qc_line_get_int (line, id));
  case QC_FIELD_STATUS:
    return g_strdup (qc_printout_word (qc_person_status_to_msgid ((QcPersonStatus)qc_line_get_int (line, id))));
  case QC_FIELD_CLASS:
    return g_strdup (qc_printout_word (qc_retirement_class_to_msgid ((QcRetirementClass)qc_line_get_int (line, id))));
  case QC_FIELD_SEX:
    return g_strdup (qc_printout_sex ((QcSex)qc_line_get_int (line, id)));
  case QC_FIELD_FLAG:
    return g_strdup ("是");
  case QC_FIELD_DIFFERENCE:
    return qc_money_to_signed_string (qc_line_get_int (line, id));
  case QC_FIELD_TEXT:
  case QC_FIELD_CODE:
  case QC_FIELD_MONEY:
  case QC_FIELD_CHANGE:
  case QC_FIELD_NUMBER:
  case QC_FIELD_DATE:
  default:
    return qc_line_dup_text (line, id, codes, list);
  }
}

const char *
qc_printout_sex (QcSex sex)
{
  return sex == QC_SEX_MALE ? "男" : sex == QC_SEX_FEMALE ? "女" : "";
}
