/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 人民币大写, form B of domain notes 4.5. Pure functions, any thread.
 */
#include "qc-money-words.h"

static const char *const digits[] = {"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"};
static const char *const places[] = {"仟", "佰", "拾", ""};
static const char *const groups[] = {"兆", "亿", "万", ""};

/* One group of four digits, 1 … 9999: an inner run of zeros is one 零, none leads or trails. */
static void
append_group (GString *out, guint value)
{
  guint divisor = 1000;
  gboolean zero = FALSE, any = FALSE;
  for (guint i = 0; i < 4; i++, divisor /= 10) {
    guint d = value / divisor % 10;
    if (d == 0) {
      zero = TRUE;
      continue;
    }
    if (zero && any)
      g_string_append (out, digits[0]);
    g_string_append (out, digits[d]);
    g_string_append (out, places[i]);
    zero = FALSE;
    any = TRUE;
  }
}

/* Form B has a 零 after a group that ends in 0, which form A leaves out. */
static void
append_yuan (GString *out, guint64 yuan)
{
  guint64 divisor = G_GUINT64_CONSTANT (1000000000000);
  gboolean zero = FALSE, any = FALSE;
  guint previous = 0;
  for (guint i = 0; i < 4; i++, divisor /= 10000) {
    guint value = (guint)(yuan / divisor % 10000);
    if (value == 0) {
      zero = TRUE;
      continue;
    }
    if (any && (zero || value < 1000 || previous % 10 == 0))
      g_string_append (out, digits[0]);
    append_group (out, value);
    g_string_append (out, groups[i]);
    zero = FALSE;
    any = TRUE;
    previous = value;
  }
}

char *
qc_money_to_words (QcMoney money)
{
  g_return_val_if_fail (
      money <= G_GINT64_CONSTANT (999999999999999999) && money >= -G_GINT64_CONSTANT (999999999999999999), NULL);
  guint64 fen = money < 0 ? (guint64)0 - (guint64)money : (guint64)money;
  guint64 yuan = fen / 100;
  guint jiao = (guint)(fen / 10 % 10);
  guint rest = (guint)(fen % 10);
  GString *out = g_string_new (money < 0 ? "人民币负" : "人民币");
  append_yuan (out, yuan);
  if (yuan > 0)
    g_string_append (out, "元");
  if (jiao == 0 && rest == 0) {
    g_string_append (out, yuan > 0 ? "整" : "零元整");
    return g_string_free (out, FALSE);
  }
  if (jiao > 0)
    g_string_append_printf (out, "%s角", digits[jiao]);
  else if (yuan > 0)
    g_string_append (out, digits[0]);
  if (rest > 0)
    g_string_append_printf (out, "%s分", digits[rest]);
  return g_string_free (out, FALSE);
}
