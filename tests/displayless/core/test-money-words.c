/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 人民币大写: every row of domain notes 4.5, written in form B, read in forms A and B.
 */
#include "qc-money-words.h"

typedef struct {
  QcMoney fen;
  const char *b, *a; /* a: NULL where both forms are the same */
} Row;

static const Row rows[] = {
    {0, "人民币零元整", NULL},
    {5, "人民币伍分", NULL},
    {50, "人民币伍角", NULL},
    {56, "人民币伍角陆分", NULL},
    {1000, "人民币壹拾元整", NULL},
    {10100, "人民币壹佰零壹元整", NULL},
    {101000, "人民币壹仟零壹拾元整", NULL},
    {140950, "人民币壹仟肆佰零玖元伍角", NULL},
    {600714, "人民币陆仟零柒元壹角肆分", NULL},
    {168032, "人民币壹仟陆佰捌拾元叁角贰分", NULL},
    {10700053, "人民币壹拾万零柒仟元伍角叁分", "人民币壹拾万柒仟元伍角叁分"},
    {1640902, "人民币壹万陆仟肆佰零玖元零贰分", NULL},
    {32504, "人民币叁佰贰拾伍元零肆分", NULL},
    {1234567, "人民币壹万贰仟叁佰肆拾伍元陆角柒分", NULL},
    {1000100, "人民币壹万零壹元整", NULL},
    {1001000, "人民币壹万零壹拾元整", NULL},
    {1010000, "人民币壹万零壹佰元整", NULL},
    {2000005, "人民币贰万元零伍分", NULL},
    {30000030, "人民币叁拾万元叁角", NULL},
    {50505005, "人民币伍拾万零伍仟零伍拾元零伍分", "人民币伍拾万伍仟零伍拾元零伍分"},
    {60060000, "人民币陆拾万零陆佰元整", NULL},
    {100000100, "人民币壹佰万零壹元整", NULL},
    {100100000, "人民币壹佰万零壹仟元整", "人民币壹佰万壹仟元整"},
    {1001000100, "人民币壹仟零壹万零壹元整", NULL},
    {9999000009, "人民币玖仟玖佰玖拾玖万元零玖分", NULL},
    {10000000000, "人民币壹亿元整", NULL},
    {10001000000, "人民币壹亿零壹万元整", NULL},
    {10020030040, "人民币壹亿零贰拾万零叁佰元肆角", NULL},
    {123456789012, "人民币壹拾贰亿叁仟肆佰伍拾陆万柒仟捌佰玖拾元壹角贰分", NULL},
    {2003000400506, "人民币贰佰亿零叁仟万零肆仟零伍元零陆分", "人民币贰佰亿叁仟万肆仟零伍元零陆分"},
    {99999999999, "人民币玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分", NULL},
    {379600, "人民币叁仟柒佰玖拾陆元整", NULL},
    {777200, "人民币柒仟柒佰柒拾贰元整", NULL},
    {123450, "人民币壹仟贰佰叁拾肆元伍角", NULL},
};

static void
test_write (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *words = qc_money_to_words (rows[i].fen);
    g_assert_cmpstr (words, ==, rows[i].b);
  }
}

static void
test_read (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("%s", rows[i].b);
    g_assert_true (qc_money_words_match (rows[i].b, rows[i].fen));
    g_assert_true (rows[i].a == NULL || qc_money_words_match (rows[i].a, rows[i].fen));
    g_assert_false (qc_money_words_match (rows[i].b, rows[i].fen + 1));
    g_assert_false (qc_money_words_match (rows[i].b, rows[i].fen * 10 + 1));
  }
}

static void
test_variants (void)
{
  g_assert_true (qc_money_words_match ("人民币柒仟柒佰柒拾贰元正", 777200));
  g_assert_true (qc_money_words_match ("人民币壹仟肆佰零玖元伍角整", 140950));
  g_assert_false (qc_money_words_match ("人民币壹仟肆佰零玖元伍角壹分整", 140951));
  g_assert_false (qc_money_words_match ("柒仟柒佰柒拾贰元整", 777200));
  g_assert_false (qc_money_words_match ("人民币 柒仟柒佰柒拾贰元整", 777200));
  g_assert_false (qc_money_words_match ("人民币拾元整", 1000));
  g_assert_false (qc_money_words_match ("", 0));
  g_assert_false (qc_money_words_match (NULL, 0));
}

static void
test_negative (void)
{
  g_autofree char *words = qc_money_to_words (-777200);
  g_assert_cmpstr (words, ==, "人民币负柒仟柒佰柒拾贰元整");
  g_assert_true (qc_money_words_match (words, -777200));
  g_assert_false (qc_money_words_match (words, 777200));
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
  g_test_add_func ("/core/money-words/read", test_read);
  g_test_add_func ("/core/money-words/variants", test_variants);
  g_test_add_func ("/core/money-words/negative", test_negative);
  g_test_add_func ("/core/money-words/injective", test_injective);
  return g_test_run ();
}
