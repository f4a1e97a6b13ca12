/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Texts a person enters: a row on each side of every border: length, what may stand in a name or a title, blanks of
 * Unicode at the ends; and texts from outside made plain.
 */
#include <string.h>

#include "qc-text-field.h"

typedef struct {
  QcTextField kind;
  const char *entered, *kept;
  const char *code; /* (nullable) of the finding */
} Row;

/* clang-format off */
static const Row rows[] = {
  {QC_TEXT_UNIT_NAME, "黑河演练木业有限公司", "黑河演练木业有限公司", NULL},
  {QC_TEXT_UNIT_NAME, "“宝”·A&B（黑河）〇号①Ⅳ\u3000分公司-2 厂", "“宝”·A&B（黑河）〇号①Ⅳ\u3000分公司-2 厂", NULL},
  {QC_TEXT_UNIT_NAME, "ООО Восток, カナ ぴ 한국 ㄅ ꀀ", "ООО Восток, カナ ぴ 한국 ㄅ ꀀ", NULL},
  {QC_TEXT_UNIT_NAME, "㐀𠮷𪜀𫝀𫠠𬺰\U0002ebf0\U00030000\U00031350", "㐀𠮷𪜀𫝀𫠠𬺰\U0002ebf0\U00030000\U00031350", NULL},
  {QC_TEXT_UNIT_NAME, " \t\u3000\u200b\ufeff甲\u00a0乙\u200b\u3000\n", "甲 乙", NULL},
  {QC_TEXT_UNIT_NAME, "Cafe\u0301 M\u0302", "Café M\u0302", NULL},
  {QC_TEXT_UNIT_NAME, "", "", "text.empty"},
  {QC_TEXT_UNIT_NAME, "\u3000\u200b\ufeff\u2003\u00ad", "", "text.empty"},
  {QC_TEXT_UNIT_NAME, "\xff\xfe", "", "text.empty"},
  {QC_TEXT_UNIT_NAME, "甲", "甲", "text.short"},
  {QC_TEXT_UNIT_NAME, "甲\t乙", "甲\t乙", "text.character"},
  {QC_TEXT_UNIT_NAME, "甲\n乙", "甲\n乙", "text.character"},
  {QC_TEXT_UNIT_NAME, "甲\x01乙", "甲\x01乙", "text.character"},
  {QC_TEXT_UNIT_NAME, "甲\x1b乙", "甲\x1b乙", "text.character"},
  {QC_TEXT_UNIT_NAME, "甲\x7f乙", "甲\x7f乙", "text.character"},
  {QC_TEXT_UNIT_NAME, "甲\xc2\x85乙", "甲\xc2\x85乙", "text.character"},
  {QC_TEXT_UNIT_NAME, "甲\xc2\x9b乙", "甲\xc2\x9b乙", "text.character"},
  {QC_TEXT_UNIT_NAME, "甲\u200b乙", "甲\u200b乙", "text.character"},
  {QC_TEXT_UNIT_NAME, "甲\u200d乙", "甲\u200d乙", "text.character"},
  {QC_TEXT_UNIT_NAME, "甲\u202e乙", "甲\u202e乙", "text.character"},
  {QC_TEXT_UNIT_NAME, "\u202e甲乙", "\u202e甲乙", "text.character"},
  {QC_TEXT_UNIT_NAME, "甲\u2066乙", "甲\u2066乙", "text.character"},
  {QC_TEXT_UNIT_NAME, "甲\u2028乙", "甲\u2028乙", "text.character"},
  {QC_TEXT_UNIT_NAME, "甲乙\ufe00", "甲乙\ufe00", "text.character"},
  {QC_TEXT_UNIT_NAME, "甲乙\U000e0100", "甲乙\U000e0100", "text.character"},
  {QC_TEXT_UNIT_NAME, "\u3164\u3164", "\u3164\u3164", "text.character"},
  {QC_TEXT_UNIT_NAME, "甲\ue78d", "甲\ue78d", "text.character"},
  {QC_TEXT_UNIT_NAME, "甲😀", "甲😀", "text.character"},
  {QC_TEXT_UNIT_NAME, "甲☃", "甲☃", "text.character"},
  {QC_TEXT_UNIT_NAME, "甲�", "甲�", "text.character"},
  {QC_TEXT_UNIT_NAME, "甲𝐀", "甲𝐀", "text.character"},
  {QC_TEXT_UNIT_NAME, "甲\U0002ebe1", "甲\U0002ebe1", "text.character"},
  {QC_TEXT_UNIT_NAME, "甲\U0002ee5e", "甲\U0002ee5e", "text.character"},
  {QC_TEXT_UNIT_NAME, "سلام", "سلام", "text.character"},
  {QC_TEXT_UNIT_NAME, "ᠮᠣᠩᠭᠣᠯ", "ᠮᠣᠩᠭᠣᠯ", "text.character"},
  {QC_TEXT_UNIT_NAME, "甲\u0302", "甲\u0302", "text.character"},
  {QC_TEXT_UNIT_NAME, "M\u0302\u0302", "M\u0302\u0302", "text.character"},

  {QC_TEXT_PERSON_NAME, " 张三\u3000", "张三", NULL},
  {QC_TEXT_PERSON_NAME, "阿依古丽·买买提", "阿依古丽·买买提", NULL},
  {QC_TEXT_PERSON_NAME, "𬭚\U0002ebf0䶮", "𬭚\U0002ebf0䶮", NULL},
  {QC_TEXT_PERSON_NAME, "José M\u0302 O'Neil-Smith Jr.", "José M\u0302 O'Neil-Smith Jr.", NULL},
  {QC_TEXT_PERSON_NAME, "\u200b", "", "person.name-empty"},
  {QC_TEXT_PERSON_NAME, "张<三>", "张<三>", "person.name-character"},
  {QC_TEXT_PERSON_NAME, "张 三", "张 三", "person.name-blank"},
  {QC_TEXT_PERSON_NAME, "Иван", "Иван", "person.name-character"},
  {QC_TEXT_PERSON_NAME, "张\x01三", "张\x01三", "person.name-character"},
  {QC_TEXT_PERSON_NAME, "张\ue78d", "张\ue78d", "person.name-character"},

  {QC_TEXT_BANK, "中国工商银行", "中国工商银行", NULL},
  {QC_TEXT_BANK, "中国\t银行", "中国\t银行", "text.character"},
  {QC_TEXT_BANK_ACCOUNT, " ０８０９ 2311 ", "08092311", NULL},
  {QC_TEXT_BANK_ACCOUNT, "0809-2311", "0809-2311", "text.character"},
  {QC_TEXT_BANK_ACCOUNT, "\u3000", "", "text.empty"},
  {QC_TEXT_REFERENCE, " ａb12 34/7-x ", "AB1234/7-X", NULL},
  {QC_TEXT_REFERENCE, "123", "123", "text.short"},
  {QC_TEXT_REFERENCE, "1234", "1234", NULL},
  {QC_TEXT_REFERENCE, "流水1234", "流水1234", "text.character"},
  {QC_TEXT_USER, " ZhangＳan@1 ", "zhangsan@1", NULL},
  {QC_TEXT_USER, "张三李", "张三李", NULL},
  {QC_TEXT_USER, "zh", "zh", "text.short"},
  {QC_TEXT_USER, "zhang san", "zhang san", "text.character"},
  {QC_TEXT_USER, "zhang\u200bsan", "zhang\u200bsan", "text.character"},
  {QC_TEXT_REMARK, "سلام ☃", "سلام ☃", NULL},
  {QC_TEXT_REMARK, "甲\n乙", "甲\n乙", NULL},
  {QC_TEXT_REMARK, "甲\u202e乙", "甲\u202e乙", "text.character"},
  {QC_TEXT_SEARCH, " ", "", NULL},
};
/* clang-format on */

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *kept = NULL;
    g_autoptr (QcFinding) finding = qc_text_field_take (rows[i].kind, rows[i].entered, &kept);
    g_test_message ("row %u: %s", i, kept);
    g_assert_cmpstr (kept, ==, rows[i].kept);
    g_assert_cmpstr (finding != NULL ? finding->code : NULL, ==, rows[i].code);
  }
}

static char *
repeated (const char *character, int n)
{
  GString *out = g_string_new (NULL);
  for (int i = 0; i < n; i++)
    g_string_append (out, character);
  return g_string_free (out, FALSE);
}

/* The longest of each kind, of the widest characters it may have, and one more. */
static void
test_lengths (void)
{
  static const int most[QC_N_TEXT_KINDS] = {
      [QC_TEXT_UNIT_NAME] = 100,  [QC_TEXT_PERSON_NAME] = 60, [QC_TEXT_BANK] = 100,      [QC_TEXT_BANK_ACCOUNT] = 30,
      [QC_TEXT_REFERENCE] = 40,   [QC_TEXT_CENTER] = 50,      [QC_TEXT_USER] = 32,       [QC_TEXT_LABEL] = 60,
      [QC_TEXT_UNIT_FIELD] = 200, [QC_TEXT_REMARK] = 500,     [QC_TEXT_SHORT_NAME] = 12, [QC_TEXT_SEARCH] = 100,
  };
  for (QcTextField kind = 0; kind < QC_N_TEXT_KINDS; kind++) {
    const QcTextFieldLimits *limits = qc_text_field_limits (kind);
    gboolean ascii = kind == QC_TEXT_BANK_ACCOUNT || kind == QC_TEXT_REFERENCE;
    const char *wide = ascii ? "8" : "𠮷";
    g_autofree char *longest = repeated (wide, limits->most), *over = repeated (wide, limits->most + 1);
    g_autoptr (QcFinding) good = qc_text_field_check (kind, longest);
    g_autoptr (QcFinding) bad = qc_text_field_check (kind, over);
    g_test_message ("%s", limits->code);
    g_assert_cmpint (limits->most, ==, most[kind]);
    g_assert_cmpint (limits->carried, >=, limits->most);
    g_assert_cmpstr (qc_text_field_code_to_msgid (limits->code), ==, limits->msgid);
    g_assert_null (good);
    g_assert_nonnull (bad);
    g_assert_true (g_str_has_suffix (bad->code, "long"));
    if (kind <= QC_TEXT_CENTER)
      g_assert_cmpint (limits->most, <=, QC_TEXT_MOST_ON_PAPER);
  }
  g_assert_null (qc_text_field_code_to_msgid ("no such kind"));
}

static void
test_sentences (void)
{
  g_autoptr (QcFinding) control = qc_text_field_check (QC_TEXT_UNIT_NAME, "甲\x9乙");
  g_autoptr (QcFinding) seen = qc_text_field_check (QC_TEXT_UNIT_NAME, "甲☃");
  g_autoptr (QcFinding) person = qc_text_field_check (QC_TEXT_PERSON_NAME, "张\u202e三");
  g_autofree char *first = qc_finding_dup_sentence (control);
  g_autofree char *second = qc_finding_dup_sentence (seen);
  g_autofree char *third = qc_finding_dup_sentence (person);
  g_assert_cmpstr (first, ==, "“Name of the unit” contains “U+0009”, which cannot stand there.");
  g_assert_cmpstr (second, ==, "“Name of the unit” contains “☃”, which cannot stand there.");
  g_assert_cmpstr (third, ==, "The name “张三” contains “U+202E”, which no name has.");
}

static void
test_plain (void)
{
  static const struct {
    QcTextField kind;
    const char *text, *plain;
    int most;
  } texts[] = {
      {QC_TEXT_BANK, "甲乙丙", "甲乙丙", 3},
      {QC_TEXT_BANK, "甲乙丙丁", "甲乙…", 3},
      {QC_TEXT_BANK, "甲\t乙\n丙", "甲 乙 丙", 5},
      {QC_TEXT_REMARK, "甲\t乙\n丙", "甲 乙\n丙", 5},
      {QC_TEXT_BANK, "甲\x01\u202e\u200b乙", "甲乙", 5},
      {QC_TEXT_BANK, "\x01\x02", "—", 5},
      {QC_TEXT_BANK, "", "", 5},
      {QC_TEXT_BANK, "葛\U000e0100\ue78d", "葛\U000e0100\ue78d", 3}, /* whatever it is, it is not ours to take away */
  };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autofree char *plain = qc_text_field_dup_plain (texts[i].kind, texts[i].text, texts[i].most);
    g_assert_cmpstr (plain, ==, texts[i].plain);
    g_assert_true (qc_text_field_is_plain (texts[i].kind, plain, texts[i].most));
    g_assert_cmpint (qc_text_field_is_plain (texts[i].kind, texts[i].text, texts[i].most), ==,
                     g_str_equal (texts[i].text, plain));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/text-field/rows", test_rows);
  g_test_add_func ("/core/text-field/lengths", test_lengths);
  g_test_add_func ("/core/text-field/sentences", test_sentences);
  g_test_add_func ("/core/text-field/plain", test_plain);
  return g_test_run ();
}
