/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See the header. Pure.
 */
#include "qc-unit-name.h"

#include <string.h>

#define LEAST 2 /* characters that have to be left of a name */
#define PLACE 4 /* characters of a place before 省, 市, 区 … at the most */

static const char *const provinces[] = {
    "黑龙江", "内蒙古", "北京", "天津", "河北", "山西", "辽宁", "吉林", "上海", "江苏", "浙江",
    "安徽",   "福建",   "江西", "山东", "河南", "湖北", "湖南", "广东", "广西", "海南", "重庆",
    "四川",   "贵州",   "云南", "西藏", "陕西", "甘肃", "青海", "宁夏", "新疆",
};

static const char *const forms[] = {
    "股份有限责任公司", "有限责任公司", "股份有限公司", "集团有限公司", "有限公司", "总公司", "公司",
};

/* A character that ends a place, and those before it with which it is another word: 城市, 超市, 园区, 小区. */
static const struct {
  const char *end, *not_after;
} places[] = {
    {"省", "节"},       {"市", "城都超门股夜集菜上"},         {"自治州", ""}, {"地区", ""}, {"县", ""},
    {"旗", "红国锦战"}, {"区", "社小园地景校库厂林矿牧灾新"},
};

/* Where the name goes on behind @length bytes, if enough of it is left. */
static const char *
past (const char *name, gsize length)
{
  return g_utf8_strlen (name + length, -1) >= LEAST ? name + length : NULL;
}

static const char *
skip_province (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (provinces); i++)
    if (g_str_has_prefix (name, provinces[i])) {
      const char *rest = past (name, strlen (provinces[i]));
      static const char *const ends[] = {"维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "省", "市"};
      for (gsize k = 0; rest && k < G_N_ELEMENTS (ends); k++)
        if (g_str_has_prefix (rest, ends[k]) && past (rest, strlen (ends[k])))
          return rest + strlen (ends[k]);
      return rest;
    }
  return NULL;
}

/* A place of two to four characters, of which the last says that it is one: 黑河市, 爱辉区. */
static const char *
skip_place (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++) {
    const char *end = strstr (name, places[i].end);
    glong before = end ? g_utf8_pointer_to_offset (name, end) : 0;
    if (before < 1 || before > PLACE)
      continue;
    g_autofree char *last = g_utf8_substring (name, before - 1, before);
    gboolean is_place = before >= 2 || g_str_equal (places[i].end, "县");
    if (is_place && !strstr (places[i].not_after, last) && past (end, strlen (places[i].end)))
      return end + strlen (places[i].end);
  }
  return NULL;
}

static char *
dup_without_form (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    if (g_str_has_suffix (name, forms[i])) {
      g_autofree char *head = g_strndup (name, strlen (name) - strlen (forms[i]));
      return g_utf8_strlen (head, -1) >= LEAST ? g_steal_pointer (&head) : g_strdup (name);
    }
  return g_strdup (name);
}

char *
qc_unit_name_dup_short (const char *name)
{
  g_return_val_if_fail (name, NULL);
  const char *rest = name, *next = skip_province (name);
  while (next) {
    rest = next;
    next = skip_place (rest);
  }
  if (rest == name)
    while ((next = skip_place (rest)))
      rest = next;
  g_autofree char *label = dup_without_form (rest);
  if (g_utf8_strlen (label, -1) <= QC_UNIT_LABEL_CHARS)
    return g_steal_pointer (&label);
  g_autofree char *head = g_utf8_substring (label, 0, QC_UNIT_LABEL_CHARS - 1);
  return g_strconcat (head, "…", NULL);
}
