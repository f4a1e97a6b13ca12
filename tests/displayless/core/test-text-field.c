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
  {QC_TEXT_REMARK, "甲\ue78d", "甲\ue78d", "text.character"},
  {QC_TEXT_LABEL, "甲\n乙", "甲\n乙", "text.character"},
  {QC_TEXT_BANK_ACCOUNT, NULL, "", "text.empty"},
  {QC_TEXT_BANK_ACCOUNT, "٣٣٣", "٣٣٣", "text.character"},
  {QC_TEXT_REFERENCE, "é234", "é234", "text.character"},
  {QC_TEXT_USER, "a-_.@+9", "a-_.@+9", NULL},
  {QC_TEXT_USER, "abc!", "abc!", "text.character"},
  {QC_TEXT_USER, "abc٣", "abc٣", NULL}, /* a digit, if of another script */
  {QC_TEXT_PERSON_NAME, "Smith 三", "Smith 三", NULL},
  {QC_TEXT_PERSON_NAME, "张 Smith", "张 Smith", NULL},
  {QC_TEXT_PERSON_NAME, "O’Neil", "O’Neil", NULL},
  {QC_TEXT_PERSON_NAME, "张,三", "张,三", "person.name-character"},
  {QC_TEXT_PERSON_NAME, "张1", "张1", "person.name-character"},
  {QC_TEXT_SEARCH, " ", "", NULL},
};
/* clang-format on */

/* What may stand in the name of a unit, in that of a person, and in a text where all may that can be seen: U, P, T, and
 * I where it counts as invisible there; a row for what lies at the border of each range, inside and outside. */
static const struct {
  gunichar c;
  const char *may;
} characters[] = {
    /* ideographs */
    {0x3006, "UT"},
    {0x3007, "UPT"},
    {0x33ff, "T"},
    {0x3400, "UPT"},
    {0x4dbf, "UPT"},
    {0x4dc0, "T"},
    {0x4e00, "UPT"},
    {0x9fff, "UPT"},
    {0xfa0e, "UPT"},
    {0xfa29, "UPT"},
    {0x20000, "UPT"},
    {0x2a6df, "UPT"},
    {0x2a700, "UPT"},
    {0x2b739, "UPT"},
    {0x2b740, "UPT"},
    {0x2b81d, "UPT"},
    {0x2b820, "UPT"},
    {0x2cea1, "UPT"},
    {0x2ceb0, "UPT"},
    {0x2ebe0, "UPT"},
    {0x2ebf0, "UPT"},
    {0x2ee5d, "UPT"},
    {0x30000, "UPT"},
    {0x3134a, "UPT"},
    {0x31350, "UPT"},
    {0x323af, "UPT"},
    {0x1fffe, "T"},
    {0x2a6e0, "T"},
    {0x323b0, "T"},
    /* signs of either width */
    {'!', "UT"},
    {'~', "UT"},
    {0x7f, ""},
    {0xff01, "UT"},
    {0xff5e, "UT"},
    {0xffe6, "UT"},
    {'\'', "UPT"},
    {'-', "UPT"},
    {'.', "UPT"},
    {',', "UT"},
    {0x00b7, "UPT"},
    {0x2019, "UPT"},
    {'0', "UT"},
    {'A', "UPT"},
    {'z', "UPT"},
    {0x2460, "UT"},
    {0x2116, "T"},
    {0x20ac, "T"},
    {0x2603, "T"},
    {0x3000, "UT"},
    {0x0663, "T"},
    {0x300a, "UT"},
    {0x2014, "UT"},
    {0x0416, "UT"},
    {0x03b1, "UT"},
    /* what cannot be seen */
    {0x115e, "UT"},
    {0x115f, ""},
    {0x1160, ""},
    {0x1161, "UT"},
    {0x180b, ""},
    {0x180f, ""},
    {0x180a, "T"},
    {0x1810, "T"},
    {0x17b3, "T"},
    {0x17b4, ""},
    {0x17b5, ""},
    {0x17b6, "T"},
    {0x2800, ""},
    {0x2801, "T"},
    {0x3163, "UT"},
    {0x3164, ""},
    {0x3165, "UT"},
    {0xff9f, "UT"},
    {0xffa0, ""},
    {0xffa1, "UT"},
    {0xfdff, "T"},
    {0xfe00, ""},
    {0xfe0f, ""},
    {0xfe10, "UT"},
    {0xe0000, ""},
    {0xe0fff, ""},
    {0xdfffd, "T"},
    {0xe1000, "T"},
    {0x034e, "T"},
    {0x034f, ""},
    {0x0350, "T"},
    {0x2028, ""},
    {0x2029, ""},
    {0x202e, ""},
    {0xe000, ""},
    {0xf8ff, ""},
};

static gboolean
may_stand_alone (QcTextField kind, gunichar c)
{
  char text[16] = {0};
  g_unichar_to_utf8 (c, text);
  /* in the middle of a name, where no accent may stand on what is before it */
  g_autofree char *name = g_strconcat ("甲", text, "乙", NULL);
  g_autoptr (QcFinding) finding = qc_text_field_check (kind, name);
  return finding == NULL;
}

static void
test_characters (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (characters); i++) {
    gunichar c = characters[i].c;
    g_autofree char *may = g_strconcat (may_stand_alone (QC_TEXT_UNIT_NAME, c) ? "U" : "",
                                        may_stand_alone (QC_TEXT_PERSON_NAME, c) ? "P" : "",
                                        may_stand_alone (QC_TEXT_LABEL, c) ? "T" : "", NULL);
    g_test_message ("U+%04X: %s", c, may);
    g_assert_cmpstr (may, ==, characters[i].may);
  }
}

/* Accents of the one block, on letters that take them. */
static void
test_accents (void)
{
  static const struct {
    gunichar accent;
    const char *before;
    gboolean may;
  } accents[] = {{0x0300, "M", TRUE},  {0x036f, "M", TRUE},  {0x02ff, "M", FALSE}, {0x0370, "M", TRUE}, /* a letter */
                 {0x034f, "M", FALSE}, {0x0302, "1", FALSE}, {0x0302, "甲", FALSE}};
  for (guint i = 0; i < G_N_ELEMENTS (accents); i++) {
    char accent[16] = {0};
    g_unichar_to_utf8 (accents[i].accent, accent);
    g_autofree char *name = g_strconcat (accents[i].before, accent, "a", NULL);
    g_autoptr (QcFinding) finding = qc_text_field_check (QC_TEXT_UNIT_NAME, name);
    g_test_message ("U+%04X on %s", accents[i].accent, accents[i].before);
    g_assert_cmpint (finding == NULL, ==, accents[i].may);
  }
}

/* Blanks that are no spaces for Unicode, one after the other at both ends. */
static void
test_blanks (void)
{
  static const char *const blanks[] = {"\u200b", "\u2060", "\ufeff", "\u00ad", "\u180e", "\t", "\u2003", "\u3000"};
  for (guint i = 0; i < G_N_ELEMENTS (blanks); i++) {
    g_autofree char *entered = g_strconcat (blanks[i], "甲乙", blanks[i], blanks[i], NULL);
    g_autofree char *kept = qc_text_field_fold (QC_TEXT_UNIT_NAME, entered);
    g_assert_cmpstr (kept, ==, "甲乙");
  }
}

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
  g_test_add_func ("/core/text-field/characters", test_characters);
  g_test_add_func ("/core/text-field/accents", test_accents);
  g_test_add_func ("/core/text-field/blanks", test_blanks);
  g_test_add_func ("/core/text-field/lengths", test_lengths);
  g_test_add_func ("/core/text-field/sentences", test_sentences);
  g_test_add_func ("/core/text-field/plain", test_plain);
  return g_test_run ();
}
