/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 人民币大写: every row of domain notes 4.5, written in form B.
 */
#include "qc-money-words.h"

typedef struct {
  QcMoney fen;
  const char *words;
} Row;

static const Row rows[] = {
    {0, "人民币零元整"},
    {5, "人民币伍分"},
    {50, "人民币伍角"},
    {56, "人民币伍角陆分"},
    {1000, "人民币壹拾元整"},
    {10100, "人民币壹佰零壹元整"},
    {101000, "人民币壹仟零壹拾元整"},
    {140950, "人民币壹仟肆佰零玖元伍角"},
    {600714, "人民币陆仟零柒元壹角肆分"},
    {168032, "人民币壹仟陆佰捌拾元叁角贰分"},
    {10700053, "人民币壹拾万零柒仟元伍角叁分"},
    {1640902, "人民币壹万陆仟肆佰零玖元零贰分"},
    {32504, "人民币叁佰贰拾伍元零肆分"},
    {1234567, "人民币壹万贰仟叁佰肆拾伍元陆角柒分"},
    {1000100, "人民币壹万零壹元整"},
    {1001000, "人民币壹万零壹拾元整"},
    {1010000, "人民币壹万零壹佰元整"},
    {2000005, "人民币贰万元零伍分"},
    {30000030, "人民币叁拾万元叁角"},
    {50505005, "人民币伍拾万零伍仟零伍拾元零伍分"},
    {60060000, "人民币陆拾万零陆佰元整"},
    {100000100, "人民币壹佰万零壹元整"},
    {100100000, "人民币壹佰万零壹仟元整"},
    {1001000100, "人民币壹仟零壹万零壹元整"},
    {9999000009, "人民币玖仟玖佰玖拾玖万元零玖分"},
    {10000000000, "人民币壹亿元整"},
    {10001000000, "人民币壹亿零壹万元整"},
    {10020030040, "人民币壹亿零贰拾万零叁佰元肆角"},
    {123456789012, "人民币壹拾贰亿叁仟肆佰伍拾陆万柒仟捌佰玖拾元壹角贰分"},
    {2003000400506, "人民币贰佰亿零叁仟万零肆仟零伍元零陆分"},
    {99999999999, "人民币玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"},
    {379600, "人民币叁仟柒佰玖拾陆元整"},
    {777200, "人民币柒仟柒佰柒拾贰元整"},
    {123450, "人民币壹仟贰佰叁拾肆元伍角"},
    {1, "人民币壹分"},
    {99, "人民币玖角玖分"},
    {100, "人民币壹元整"},
    {101, "人民币壹元零壹分"},
    {110, "人民币壹元壹角"},
    {1099900, "人民币壹万零玖佰玖拾玖元整"},
    {1100000, "人民币壹万壹仟元整"},
    {1100100, "人民币壹万壹仟零壹元整"},
    {1000000, "人民币壹万元整"},
    {999900, "人民币玖仟玖佰玖拾玖元整"},
    {11000000, "人民币壹拾壹万元整"},
    {10000123400, "人民币壹亿零壹仟贰佰叁拾肆元整"},
};

static void
test_write (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *words = qc_money_to_words (rows[i].fen);
    g_assert_cmpstr (words, ==, rows[i].words);
  }
}

static void
test_negative (void)
{
  g_autofree char *words = qc_money_to_words (-777200);
  g_assert_cmpstr (words, ==, "人民币负柒仟柒佰柒拾贰元整");
}

/* The largest amounts that have words, and the first ones beyond them. */
static void
test_bounds (void)
{
  const QcMoney most = G_GINT64_CONSTANT (999999999999999999);
  for (int sign = -1; sign <= 1; sign += 2) {
    g_autofree char *words = qc_money_to_words (sign * most);
    g_assert_nonnull (words);
    g_test_expect_message (G_LOG_DOMAIN, G_LOG_LEVEL_CRITICAL, "*assertion*failed*");
    g_assert_null (qc_money_to_words (sign * (most + 1)));
    g_test_assert_expected_messages ();
  }
}

/* Distinct amounts have distinct words. */
static void
test_injective (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (QcMoney fen = 0; fen < 200000; fen += 7)
    g_assert_true (g_hash_table_add (seen, qc_money_to_words (fen)));
  for (QcMoney fen = 1; fen < G_GINT64_CONSTANT (10000000000000); fen *= 10)
    for (int k = 2; k < 10; k += 3)
      g_hash_table_add (seen, qc_money_to_words (fen * k));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/money-words/write", test_write);
  g_test_add_func ("/core/money-words/negative", test_negative);
  g_test_add_func ("/core/money-words/bounds", test_bounds);
  g_test_add_func ("/core/money-words/injective", test_injective);
  return g_test_run ();
}
