/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The short name that a unit's full name proposes: the place and the form of company go, the rest is never cut to
 * nothing, and words that only look like a place stay.
 */
#include "qc-unit-name.h"

static const struct {
  const char *name, *label;
} rows[] = {
    {"黑河市爱辉区晨光商贸有限责任公司", "晨光商贸"},
    {"黑龙江省黑河市北安市第一人民医院", "第一人民医院"},
    {"黑龙江晨光商贸有限公司", "晨光商贸"},
    {"黑河市市政工程有限公司", "市政工程"},
    {"黑河市城市建设集团有限公司", "城市建设"},
    {"北方城市建设有限公司", "北方城市建设"},         /* 城市 is no place */
    {"黑河高新区超市股份有限公司", "黑河高新区超市"}, /* nor are 新区 and 超市 */
    {"逊克县粮库", "粮库"},
    {"内蒙古自治区通辽市科尔沁左翼后旗供电公司", "科尔沁左翼后旗供电"},
    {"新疆维吾尔自治区伊犁哈萨克自治州气象局",
     "伊犁哈萨克自治州气象局"}, /* a place longer than four characters stays */
    {"上海市公司", "公司"},     /* a form is not taken from where nothing would be left */
    {"黑河市", "黑河市"},       /* nor is a place */
    {"市政", "市政"},
    {"重庆火锅", "火锅"},
    {"红旗公司", "红旗"}, /* 红旗 is no 旗 */
    {"A", "A"},
    {"一二三四五六七八九十一二", "一二三四五六七八九十一二"},  /* twelve */
    {"一二三四五六七八九十一二三", "一二三四五六七八九十一…"}, /* thirteen */
};

static void
test_short (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *label = qc_unit_name_dup_short (rows[i].name);
    g_assert_cmpstr (label, ==, rows[i].label);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/unit-name/short", test_short);
  return g_test_run ();
}
