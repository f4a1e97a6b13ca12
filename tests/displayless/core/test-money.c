/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Amounts: every vector of domain notes 2.4, the readings of 见角进元, reading and writing.
 */
#include "qc-money.h"

typedef struct {
  const char *base, *ratio;
  QcMoney expected[7]; /* in the order of columns */
} Vector;

static const QcRounding columns[] = {
    QC_ROUNDING_HALF_UP_FEN,    QC_ROUNDING_HALF_UP_JIAO, QC_ROUNDING_HALF_UP_YUAN, QC_ROUNDING_LI_UP_TO_FEN,
    QC_ROUNDING_FEN_UP_TO_JIAO, QC_ROUNDING_UP_TO_YUAN,   QC_ROUNDING_DROP_JIAO,
};

static const Vector vectors[] = {
    {"37302", "7%", {261114, 261110, 261100, 261114, 261120, 261200, 261100}},
    {"2690", "7%", {18830, 18830, 18800, 18830, 18830, 18900, 18800}},
    {"19512", "7%", {136584, 136580, 136600, 136584, 136590, 136600, 136500}},
    {"3333", "12%", {39996, 40000, 40000, 39996, 40000, 40000, 39900}},
    {"4567.89", "8%", {36543, 36540, 36500, 36544, 36550, 36600, 36500}},
    {"5000", "12%", {60000, 60000, 60000, 60000, 60000, 60000, 60000}},
    {"4166.67", "12%", {50000, 50000, 50000, 50001, 50010, 50100, 50000}},
    {"4999.95", "5%", {25000, 25000, 25000, 25000, 25000, 25000, 24900}},
    {"8888.88", "11.5%", {102222, 102220, 102200, 102223, 102230, 102300, 102200}},
    {"1850", "5%", {9250, 9250, 9300, 9250, 9250, 9300, 9200}},
    {"5010", "5%", {25050, 25050, 25100, 25050, 25050, 25100, 25000}},
    {"5012.50", "12%", {60150, 60150, 60200, 60150, 60150, 60200, 60100}},
    {"12345.67", "11%", {135802, 135800, 135800, 135803, 135810, 135900, 135800}},
};

static void
test_vectors (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++) {
    QcMoney base;
    g_assert_true (qc_money_parse (vectors[i].base, &base));
    QcRatio ratio;
    g_assert_true (qc_ratio_parse (vectors[i].ratio, &ratio));
    for (guint k = 0; k < G_N_ELEMENTS (columns); k++) {
      g_test_message ("%s × %s, %s", vectors[i].base, vectors[i].ratio, qc_rounding_to_code (columns[k]));
      g_assert_cmpint (qc_money_portion (base, ratio, columns[k]), ==, vectors[i].expected[k]);
    }
  }
}

/* The published amounts of 2.1: each side rounded by itself. */
static void
test_sides (void)
{
  g_assert_cmpint (2 * qc_money_portion (269000, 700, QC_ROUNDING_HALF_UP_YUAN), ==, 37600);
  g_assert_cmpint (2 * qc_money_portion (3730200, 700, QC_ROUNDING_HALF_UP_YUAN), ==, 522200);
  g_assert_cmpint (2 * qc_money_portion (202000, 700, QC_ROUNDING_HALF_UP_YUAN), ==, 28200);
  g_assert_cmpint (2 * qc_money_portion (219000, 700, QC_ROUNDING_HALF_UP_YUAN), ==, 30600);
  g_assert_cmpint (2 * qc_money_portion (1951200, 700, QC_ROUNDING_HALF_UP_YUAN), ==, 273200);
  g_assert_cmpint (2 * qc_money_portion (3581100, 1200, QC_ROUNDING_HALF_UP_YUAN), ==, 859400);
}

typedef struct {
  QcMoney base;
  QcRatio ratio;
  QcRounding rounding;
  QcMoney expected;
} Trap;

static void
test_traps (void)
{
  static const Trap rows[] = {
      {10005, 10000, QC_ROUNDING_JIAO_UP_TO_YUAN, 10000}, /* 100.05: the fen go first */
      {10010, 10000, QC_ROUNDING_JIAO_UP_TO_YUAN, 10100},
      {10099, 10000, QC_ROUNDING_JIAO_UP_TO_YUAN, 10100},
      {10000, 10000, QC_ROUNDING_JIAO_UP_TO_YUAN, 10000},
      {10005, 10000, QC_ROUNDING_UP_TO_YUAN, 10100},
      {500000, 700, QC_ROUNDING_UP_TO_YUAN, 35000}, /* a double gives 350.00000000000006 */
      {10001, 10000, QC_ROUNDING_UP_TO_EVEN, 10200},
      {10100, 10000, QC_ROUNDING_UP_TO_EVEN, 10200},
      {10000, 10000, QC_ROUNDING_UP_TO_EVEN, 10000},
      {10199, 10000, QC_ROUNDING_UP_TO_EVEN, 10200},
      {123499, 10000, QC_ROUNDING_DROP_FEN, 123490},
      {123456, 999, QC_ROUNDING_DROP_LI, 12333},
      {0, 1200, QC_ROUNDING_UP_TO_YUAN, 0},
      {500000, 0, QC_ROUNDING_UP_TO_EVEN, 0},
      {QC_MONEY_MAX, 10000, QC_ROUNDING_HALF_UP_FEN, QC_MONEY_MAX},
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("row %u", i);
    g_assert_cmpint (qc_money_portion (rows[i].base, rows[i].ratio, rows[i].rounding), ==, rows[i].expected);
  }
}

static void
test_roundings (void)
{
  static const char *const names[]
      = {"四舍五入到分", "四舍五入到角", "四舍五入到元", "见厘进分", "见分进角", "见角进元",
         "进位到元",     "进位偶数",     "舍去厘",       "舍去分",   "舍去角"};
  for (guint i = 0; i < QC_N_ROUNDINGS; i++) {
    QcRounding back;
    g_assert_true (qc_rounding_from_code (qc_rounding_to_code ((QcRounding)i), &back));
    g_assert_cmpint (back, ==, i);
    g_assert_cmpstr (qc_rounding_to_chinese ((QcRounding)i), ==, names[i]);
  }
  QcRounding unused;
  g_assert_false (qc_rounding_from_code ("half-even", &unused));
  g_assert_false (qc_rounding_from_code (NULL, &unused));
}

typedef struct {
  const char *text;
  QcMoney fen; /* -1 = refused */
} Reading;

static void
test_parse (void)
{
  static const Reading rows[] = {
      {"5000", 500000},
      {"5,000.5", 500050},
      {"￥5000.00", 500000},
      {"¥ 5000.01", 500001},
      {"  12,345,678.90 ", 1234567890},
      {"５０００．２５", 500025},
      {"　5000　", 500000},
      {"0", 0},
      {"0.05", 5},
      {"999999999999.99", QC_MONEY_MAX},
      {"1000000000000", -1},
      {"99999999999999999999", -1},
      {"5000.123", -1},
      {"5000.120", -1},
      {"-5", -1},
      {"+5", -1},
      {"5,00", -1},
      {"50,00,000", -1},
      {",500", -1},
      {"5000,", -1},
      {"5000.", -1},
      {".5", -1},
      {"5e3", -1},
      {"5 000", -1},
      {"", -1},
      {"￥", -1},
      {"abc", -1},
      {"\xff\xfe", -1},
      {NULL, -1},
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    QcMoney fen = -1;
    gboolean ok = qc_money_parse (rows[i].text, &fen);
    g_test_message ("row %u", i);
    g_assert_cmpint (ok, ==, rows[i].fen >= 0);
    g_assert_cmpint (fen, ==, rows[i].fen);
  }
}

static void
assert_string (QcMoney money, const char *grouped, const char *plain)
{
  g_autofree char *a = qc_money_to_string (money);
  g_autofree char *b = qc_money_to_plain (money);
  g_assert_cmpstr (a, ==, grouped);
  g_assert_cmpstr (b, ==, plain);
}

static void
test_format (void)
{
  assert_string (0, "0.00", "0.00");
  assert_string (5, "0.05", "0.05");
  assert_string (-5, "-0.05", "-0.05");
  assert_string (99999, "999.99", "999.99");
  assert_string (100000, "1,000.00", "1000.00");
  assert_string (1234567890, "12,345,678.90", "12345678.90");
  assert_string (-100000, "-1,000.00", "-1000.00");
  assert_string (QC_MONEY_MAX, "999,999,999,999.99", "999999999999.99");
  assert_string (G_MININT64, "-92,233,720,368,547,758.08", "-92233720368547758.08");
}

static void
test_add (void)
{
  QcMoney sum = 7;
  g_assert_true (qc_money_add (G_MAXINT64 - 1, 1, &sum));
  g_assert_cmpint (sum, ==, G_MAXINT64);
  sum = 7;
  g_assert_false (qc_money_add (G_MAXINT64, 1, &sum));
  g_assert_false (qc_money_add (G_MININT64, -1, &sum));
  g_assert_cmpint (sum, ==, 7);
}

/* How a base is changed by a percentage: read, and said with its sign. */
static void
test_change (void)
{
  static const struct {
    const char *text;
    gint32 change; /* 0: cannot be read */
    const char *back;
  } rows[] = {
      {"5", 500, "+5.00%"},
      {"+3.3%", 330, "+3.30%"},
      {"-3.5", -350, "\u22123.50%"},
      {"\u22120.01", -1, "\u22120.01%"},
      {"－２％", -200, "\u22122.00%"},
      {"100", 10000, "+100.00%"},
      {"-99.99", -9999, "\u221299.99%"},
      {"-100", 0, NULL},
      {"100.01", 0, NULL},
      {"0", 0, NULL},
      {"1.234", 0, NULL},
      {"--5", 0, NULL},
      {"5%%", 0, NULL},
      {"", 0, NULL},
      {"+", 0, NULL},
      {"five", 0, NULL},
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("%s", rows[i].text);
    gint32 change = 0;
    g_assert_cmpint (qc_change_parse (rows[i].text, &change), ==, rows[i].change != 0);
    g_assert_cmpint (change, ==, rows[i].change);
    g_autofree char *back = rows[i].back == NULL ? NULL : qc_change_to_string (change);
    g_assert_cmpstr (back, ==, rows[i].back);
  }
  g_autofree char *less = qc_money_to_signed_string (-1234567);
  g_assert_cmpstr (less, ==, "\u221212,345.67");
}

static void
test_ratio (void)
{
  static const struct {
    const char *text;
    QcRatio ratio;
    const char *back;
  } rows[] = {
      {"12%", 1200, "12%"},
      {"11.5 %", 1150, "11.5%"},
      {"7.25％", 725, "7.25%"},
      {"0.12", 1200, "12%"},
      {"0.0525", 525, "5.25%"},
      {"0%", 0, "0%"},
      {"100%", 10000, "100%"},
      {"12", -1, NULL},
      {"1", -1, NULL},
      {"100.01%", -1, NULL},
      {"12.345%", -1, NULL},
      {"12%%", -1, NULL},
      {"-5%", -1, NULL},
      {"%", -1, NULL},
      {"", -1, NULL},
      {NULL, -1, NULL},
      {"0.9999", 9999, "99.99%"},
      {"0.0001", 1, "0.01%"},
      {"1.0", -1, NULL},
      {"0.00005", -1, NULL},
      {"101%", -1, NULL},
      {"10%  ", 1000, "10%"},
      {"10  %", 1000, "10%"},
      {"10 % x", -1, NULL},
      {"10.", -1, NULL},
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("%s", rows[i].text);
    QcRatio ratio = -1;
    g_assert_cmpint (qc_ratio_parse (rows[i].text, &ratio), ==, rows[i].ratio >= 0);
    g_assert_cmpint (ratio, ==, rows[i].ratio);
    g_autofree char *back = rows[i].back == NULL ? NULL : qc_ratio_to_string (ratio);
    g_assert_cmpstr (back, ==, rows[i].back);
  }
  static const struct {
    QcRatio ratio;
    const char *text;
  } negative[] = {{-1, "-0.01%"}, {-10, "-0.1%"}, {-1150, "-11.5%"}, {-1200, "-12%"}};
  for (guint i = 0; i < G_N_ELEMENTS (negative); i++) {
    g_autofree char *text = qc_ratio_to_string (negative[i].ratio);
    g_assert_cmpstr (text, ==, negative[i].text);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/money/vectors", test_vectors);
  g_test_add_func ("/core/money/sides", test_sides);
  g_test_add_func ("/core/money/traps", test_traps);
  g_test_add_func ("/core/money/roundings", test_roundings);
  g_test_add_func ("/core/money/parse", test_parse);
  g_test_add_func ("/core/money/format", test_format);
  g_test_add_func ("/core/money/add", test_add);
  g_test_add_func ("/core/money/change", test_change);
  g_test_add_func ("/core/money/ratio", test_ratio);
  return g_test_run ();
}
