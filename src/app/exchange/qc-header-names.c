/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-header-names.h. Any thread.
 */
#include "qc-header-names.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "qc-fold.h"

#define LOOKED_AT 30 /* rows; above the headers stand titles and notes */

/* What offices, centers and payroll programs write above a column, beside the program's own word; folded, the usual
 * one first. */
static const struct {
  QcLineFieldId field;
  const char *names;
} usual[] = {
    {QC_LINE_ACCOUNT,
     "个人账号 个人公积金账号 职工账号 公积金账号 个人客户号 个人编号 职工公积金账号 个人住房公积金账号 账号"},
    {QC_LINE_NAME, "姓名 职工姓名 员工姓名 缴存人姓名 name"},
    {QC_LINE_DOCUMENT_TYPE, "证件类型 证件种类 证件类别 身份证件类型"},
    {QC_LINE_DOCUMENT, "证件号码 身份证号 身份证号码 身份证 公民身份号码 证件号 居民身份证号码 idnumber"},
    {QC_LINE_NEW_BASE,
     "新缴存基数 调整后缴存基数 调整后基数 新基数 本年缴存基数 启封后缴存基数 调整后月缴存基数 newbase"},
    {QC_LINE_BASE, "缴存基数 原缴存基数 调整前缴存基数 调整前基数 原基数 现缴存基数 月缴存基数"},
    {QC_LINE_SEX, "性别"},
    {QC_LINE_BIRTH, "出生日期 出生年月日 出生"},
    {QC_LINE_MOBILE, "手机号码 手机号 手机 移动电话 联系电话 联系方式 电话"},
    {QC_LINE_REASON, "变更原因 封存原因 启封原因 补缴原因 原因"},
    {QC_LINE_FROM, "自年月 补缴起始年月 补缴开始年月 起始年月 开始年月 起始月份 起始月"},
    {QC_LINE_TO, "至年月 补缴终止年月 补缴截止年月 补缴结束年月 终止年月 截止年月 结束年月 终止月份 截止月"},
    {QC_LINE_REASON_TEXT, "原因说明 说明 备注"},
    {QC_LINE_TARGET_UNIT, "转入单位账号 转入单位公积金账号 接收单位账号 单位公积金账号 转入单位"},
    {QC_LINE_CLASS, "退休类别 人员类别"},
    {QC_LINE_AUTHORIZED, "授权至 授权退休年月 授权年月"},
    {.names = NULL},
};

/* "新缴存基数（元）*" → "新缴存基数": what stands in brackets, and marks, say nothing of which column it is. */
static char *
fold_header (const char *header)
{
  g_autofree char *folded = qc_text_fold (header);
  GString *out = g_string_new (NULL);
  guint depth = 0;
  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    if (c == '(' || c == '[' || c == 0x3010)
      depth++;
    else if (c == ')' || c == ']' || c == 0x3011)
      depth -= depth > 0;
    else if (depth == 0 && g_unichar_isalnum (c))
      g_string_append_unichar (out, c);
  }
  return g_string_free (out, FALSE);
}

static gboolean
is_title_of (const char *folded, QcBusiness business, QcLineFieldId field)
{
  const QcBusinessColumn *column = qc_business_find_column (business, field);
  if (column == NULL || column->msgid == NULL)
    return FALSE;
  g_autofree char *own = fold_header (_ (column->msgid));
  g_autofree char *english = fold_header (column->msgid);
  return g_str_equal (folded, own) || g_str_equal (folded, english);
}

static gboolean
is_word_of (const char *folded, QcLineFieldId field)
{
  g_autofree char *own = fold_header (_ (qc_line_field (field)->msgid));
  g_autofree char *english = fold_header (qc_line_field (field)->msgid);
  g_autofree char *code = fold_header (qc_line_field (field)->name);
  if (g_str_equal (folded, own) || g_str_equal (folded, english) || g_str_equal (folded, code))
    return TRUE;
  for (guint i = 0; usual[i].names != NULL; i++) {
    g_auto (GStrv) names = usual[i].field == field ? g_strsplit (usual[i].names, " ", -1) : NULL;
    if (names != NULL && g_strv_contains ((const char *const *)names, folded))
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_key (QcLineFieldId field)
{
  return field == QC_LINE_ACCOUNT || field == QC_LINE_DOCUMENT;
}

/* Whom a row is about, and what is entered. */
static gboolean
is_wanted (QcBusiness business, QcLineFieldId field)
{
  const QcBusinessColumn *column = qc_business_find_column (business, field);
  gboolean known = !qc_business_info (business)->opens_accounts; /* else it is entered who somebody is */
  return (known && (is_key (field) || field == QC_LINE_NAME)) || (column != NULL && qc_column_is_entered (column));
}

GArray *
qc_header_dup_choices (QcBusiness business)
{
  GArray *choices = g_array_new (FALSE, FALSE, sizeof (int));
  for (int field = 0; field < QC_N_LINE_FIELDS; field++)
    if (is_wanted (business, (QcLineFieldId)field))
      g_array_append_val (choices, field);
  return choices;
}

/* What is only seen is known too, so that it is not taken for what is entered. */
int
qc_header_field (QcBusiness business, const char *header)
{
  g_autofree char *folded = fold_header (header);
  if (*folded == '\0')
    return QC_HEADER_NONE;
  for (int field = 0; field < QC_N_LINE_FIELDS; field++) /* the column's own title comes first */
    if (is_title_of (folded, business, (QcLineFieldId)field))
      return field;
  for (int field = 0; field < QC_N_LINE_FIELDS; field++)
    if ((is_wanted (business, (QcLineFieldId)field) || qc_business_find_column (business, (QcLineFieldId)field) != NULL)
        && is_word_of (folded, (QcLineFieldId)field))
      return field;
  /* where there is one base only it needs no "new" */
  gboolean only = qc_business_find_column (business, QC_LINE_NEW_BASE) != NULL
                  && qc_business_find_column (business, QC_LINE_BASE) == NULL;
  return only && is_word_of (folded, QC_LINE_BASE) ? QC_LINE_NEW_BASE : QC_HEADER_NONE;
}

/* A file with one column of bases means the new one, whatever it is called. */
static void
take_only_base (GArray *fields)
{
  int at = -1;
  for (guint i = 0; i < fields->len; i++) {
    int field = g_array_index (fields, int, i);
    if (field == QC_LINE_NEW_BASE)
      return;
    if (field == QC_LINE_BASE)
      at = (int)i;
  }
  if (at >= 0)
    g_array_index (fields, int, at) = QC_LINE_NEW_BASE;
}

GArray *
qc_header_map (const QcTable *table, guint row, QcBusiness business)
{
  GArray *fields = g_array_new (FALSE, FALSE, sizeof (int));
  gboolean taken[QC_N_LINE_FIELDS] = {FALSE};
  for (guint column = 0; column < qc_table_get_width (table); column++) {
    int field = row < qc_table_get_n_rows (table)
                    ? qc_header_field (business, qc_table_get_cell (table, row, column).text)
                    : QC_HEADER_NONE;
    if (field != QC_HEADER_NONE && taken[field])
      field = QC_HEADER_NONE;
    if (field != QC_HEADER_NONE)
      taken[field] = TRUE;
    g_array_append_val (fields, field);
  }
  take_only_base (fields);
  for (guint i = 0; i < fields->len; i++) {
    int *field = &g_array_index (fields, int, i);
    if (*field != QC_HEADER_NONE && !is_wanted (business, (QcLineFieldId)*field))
      *field = QC_HEADER_NONE;
  }
  return fields;
}

guint
qc_header_find_row (const QcTable *table, QcBusiness business)
{
  guint best = G_MAXUINT, most = 0;
  for (guint row = 0; row < MIN (qc_table_get_n_rows (table), LOOKED_AT); row++) {
    g_autoptr (GArray) fields = qc_header_map (table, row, business);
    guint named = 0;
    gboolean key = FALSE;
    for (guint i = 0; i < fields->len; i++) {
      int field = g_array_index (fields, int, i);
      named += field != QC_HEADER_NONE;
      key |= field != QC_HEADER_NONE && is_key ((QcLineFieldId)field);
    }
    if (key && named > most) {
      most = named;
      best = row;
    }
  }
  return best;
}

const char *
qc_header_reason_title (void)
{
  return _ ("Why it is refused");
}
