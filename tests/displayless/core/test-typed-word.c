/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What a typed word may mean, each meaning with its borders.
 */
#include "qc-typed-word.h"

typedef struct {
  const char *word;
  QcTypedWord means;
} Row;

#define AMOUNT(from, to) .has_fen = TRUE, .fen_from = (from), .fen_to = (to)
#define COUNT(n)         .has_count = TRUE, .count = (n)

static const Row rows[] = {
    {"46,226.00", {AMOUNT (4622600, 4622600)}},
    {"-46226", {AMOUNT (4622600, 4622699)}},
    {"−46,226.5", {AMOUNT (4622650, 4622659)}},
    {"+0.01", {AMOUNT (1, 1)}},
    {"¥3500.0元", {AMOUNT (350000, 350009)}},
    {"12.345", {0}},
    {"--12", {0}},
    {"12", {AMOUNT (1200, 1299), COUNT (12)}},
    {"123456789", {AMOUNT (12345678900, 12345678999), COUNT (123456789)}},
    {"1234567890", {AMOUNT (123456789000, 123456789099)}},
    {"202610", {AMOUNT (20261000, 20261099), COUNT (202610), .from = 202610, .to = 202610}},
    {"2026年10月", {.from = 202610, .to = 202610}},
    {"2026-13", {0}},
    {"2026", {AMOUNT (202600, 202699), COUNT (2026), .from = 202601, .to = 202612}},
    {"2026年", {.from = 202601, .to = 202612}},
    {"1989", {AMOUNT (198900, 198999), COUNT (1989)}},
    {"2101年", {0}},
    {"026年", {0}},
    {"10月", {.month_number = 10}},
    {"1月", {.month_number = 1}},
    {"0月", {0}},
    {"13月", {0}},
    {"2026-10-08", {.day = 20261008}},
    {"2026-02-30", {0}},
    {"王", {0}},
    {"", {0}},
};

static void
test_rows (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    const QcTypedWord word = qc_typed_word_read (rows[i].word), *means = &rows[i].means;
    g_test_message ("%s", rows[i].word);
    g_assert_cmpint (word.has_fen, ==, means->has_fen);
    g_assert_cmpint (word.has_fen ? word.fen_from : 0, ==, means->fen_from);
    g_assert_cmpint (word.has_fen ? word.fen_to : 0, ==, means->fen_to);
    g_assert_cmpint (word.has_count, ==, means->has_count);
    g_assert_cmpint (word.count, ==, means->count);
    g_assert_cmpint (word.from, ==, means->from);
    g_assert_cmpint (word.to, ==, means->to);
    g_assert_cmpint (word.month_number, ==, means->month_number);
    g_assert_cmpint (word.day, ==, means->day);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/typed-word/rows", test_rows);
  return g_test_run ();
}
