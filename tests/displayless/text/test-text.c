/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Folding and pinyin: what clerks type and files hold, both readings of surnames, order, and speed when remembered.
 */
#include "qc-fold.h"
#include "qc-pinyin.h"

#include <string.h>

static void
assert_takes (char *text, const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static void
test_fold (void)
{
  assert_takes (qc_text_fold ("Ａｂ　Ｃ１２"), "abc12");
  assert_takes (qc_text_fold (" 张 三 "), "张三");
  static const char *const dots[] = {"·", "•", "・", "･", "．", "‧", "∙", "⋅", "﹒", "。", ".", " · "};
  for (guint i = 0; i < G_N_ELEMENTS (dots); i++) {
    g_autofree char *name = g_strdup_printf ("阿依古丽%s买买提", dots[i]);
    g_test_message ("%s", dots[i]);
    assert_takes (qc_text_fold (name), "阿依古丽买买提");
    assert_takes (qc_text_fold_name (name), "阿依古丽·买买提");
  }
  assert_takes (qc_text_fold ("12.50"), "12.50");
  assert_takes (qc_text_fold ("王\ue854\ue831"), "王\u9fba\U000215d7");
  assert_takes (qc_text_dup_settled ("\ue78d\ue796\ue7c7\ue815\ue863\ue864\ue865\ue000"),
                "\ufe10\ufe19\u1e3f\u2e81\u4dae\u9fbb\ue865\ue000");
  g_assert_null (qc_text_dup_settled ("王𠮷·a\ue865"));
  g_assert_true (qc_text_same_name ("王\ue864", "王\u9fbb"));
  assert_takes (qc_text_fold ("王𠮷三"), "王𠮷三");
  assert_takes (qc_text_fold ("a\xff\xfe"
                              "b"),
                "ab");
  assert_takes (qc_text_fold (NULL), "");
  assert_takes (qc_text_fold ("ＪＯＨＮ　Smith"), "johnsmith");
}

static void
test_fold_name (void)
{
  assert_takes (qc_text_fold_name ("  张　三 "), "张三");
  assert_takes (qc_text_fold_name ("John   Smith"), "John Smith");
  assert_takes (qc_text_fold_name ("Ｊｏｈｎ　Ｓｍｉｔｈ"), "John Smith");
  assert_takes (qc_text_fold_name ("J. R. Smith"), "J. R. Smith");
  assert_takes (qc_text_fold_name (NULL), "");
  g_assert_true (qc_text_same_name ("阿依古丽•买买提", "阿依古丽 . 买买提"));
  g_assert_true (qc_text_same_name ("李 四", "李四"));
  g_assert_false (qc_text_same_name ("李四", "李五"));
}

static void
test_query (void)
{
  assert_takes (qc_text_fold_query (" Zhang San "), "zhangsan");
  assert_takes (qc_text_fold_query ("xi'an"), "xian");
  assert_takes (qc_text_fold_query ("Lǚ"), "lv");
  assert_takes (qc_text_fold_query ("lü"), "lv");
  assert_takes (qc_text_fold_query ("lv"), "lv");
  assert_takes (qc_text_fold_query ("shàn"), "shan");
  assert_takes (qc_text_fold_query ("００２Ｘ"), "002x");
  assert_takes (qc_text_escape_like ("50%_\\"), "50\\%\\_\\\\");
}

typedef struct {
  const char *name, *full, *initials;
} PinyinRow;

static void
test_pinyin (void)
{
  static const PinyinRow rows[] = {
      {"张三", "zhangsan", "zs"},
      {"单云", "shanyun danyun", "sy dy"},
      {"曾明", "zengming cengming", "zm cm"},
      {"仇和", "qiuhe chouhe", "qh ch"},
      {"王𠮷三", "wang𠮷san", "w𠮷s"},
      {"尉迟恭", "yuchigong weichigong", "ycg wcg"},
      {"万俟卨", "wanqixie moqixie", "wqx mqx"},
      {"澹台明", "dantaiming tantaiming", "dtm ttm"},
      {"单于明", "shanyuming danyuming", "sym dym"},
      {"万明", "wanming", "wm"},
      {"吕布", "lvbu lubu", "lb"},
      {"阿依古丽·买买提", "ayigulimaimaiti", "ayglmmt"},
      {"John Smith", "johnsmith", "johnsmith"},
      {"", "", ""},
  };
  g_autoptr (QcPinyin) pinyin = qc_pinyin_new ();
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *full = NULL, *initials = NULL;
    qc_pinyin_name (pinyin, rows[i].name, &full, &initials, NULL);
    g_assert_cmpstr (full, ==, rows[i].full);
    g_assert_cmpstr (initials, ==, rows[i].initials);
  }
}

/* ICU is opened by the first Chinese character, not before. */
static void
test_late (void)
{
  g_autoptr (QcPinyin) pinyin = qc_pinyin_new ();
  g_assert_false (qc_pinyin_is_open (pinyin));
  g_autofree char *latin = NULL;
  qc_pinyin_name (pinyin, "John", &latin, NULL, NULL);
  g_assert_false (qc_pinyin_is_open (pinyin));
  g_autofree char *chinese = NULL;
  qc_pinyin_name (pinyin, "李", &chinese, NULL, NULL);
  g_assert_true (qc_pinyin_is_open (pinyin));
}

/* Dictionary order: by reading and tone, one character together, shorter first. */
static void
test_order (void)
{
  static const char *const names[] = {"阿里", "安一", "陈三", "李三", "李三丰", "李四", "张三", "章三", "长孙", "赵一"};
  g_autoptr (QcPinyin) pinyin = qc_pinyin_new ();
  g_autofree char *before = g_strdup ("");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    char *key = NULL;
    qc_pinyin_name (pinyin, names[i], NULL, NULL, &key);
    g_test_message ("%s %s", names[i], key);
    if (!g_str_equal (names[i], "长孙"))
      g_assert_cmpint (strcmp (before, key), <, 0);
    g_free (before);
    before = key;
  }
}

/* 100,000 names of common characters; the bound leaves room for busy machines. */
static void
test_speed (void)
{
  static const char *const given[] = {"伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "军", "洋",
                                      "勇", "艳", "杰", "娟", "涛", "明", "超", "秀", "霞", "平"};
  static const char *const surnames[] = {"王", "李", "张", "刘", "陈", "单", "吕", "曾", "赵", "周"};
  g_autoptr (QcPinyin) pinyin = qc_pinyin_new ();
  gint64 begin = g_get_monotonic_time ();
  for (guint i = 0; i < 100000; i++) {
    char name[16];
    g_snprintf (name, sizeof name, "%s%s%s", surnames[i % 10], given[i / 10 % 20], given[i / 200 % 20]);
    g_autofree char *key = NULL;
    g_autofree char *initials = NULL;
    g_autofree char *full = NULL;
    qc_pinyin_name (pinyin, name, &full, &initials, &key);
  }
  gint64 took = g_get_monotonic_time () - begin;
  g_test_message ("100,000 names: %" G_GINT64_FORMAT " ms", took / 1000);
  g_assert_cmpint (took, <, 5 * G_USEC_PER_SEC);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/fold", test_fold);
  g_test_add_func ("/text/fold-name", test_fold_name);
  g_test_add_func ("/text/query", test_query);
  g_test_add_func ("/text/pinyin", test_pinyin);
  g_test_add_func ("/text/late", test_late);
  g_test_add_func ("/text/order", test_order);
  g_test_add_func ("/text/speed", test_speed);
  return g_test_run ();
}
