/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Amounts in fen, rounding, reading and writing. Exact integers throughout: base in fen times ratio in 1/10,000 is a
 * number of millionths of a yuan, and every mode rounds that. Pure functions, any thread.
 */
#include "qc-money.h"
#include "qc-ascii.h"

#include <string.h>

#define MINUS "\u2212"

typedef struct {
  const char *code;
  const char *chinese;
} RoundingRow;

static const RoundingRow roundings[QC_N_ROUNDINGS] = {
    [QC_ROUNDING_HALF_UP_FEN] = {"half-up-fen", "四舍五入到分"},
    [QC_ROUNDING_HALF_UP_JIAO] = {"half-up-jiao", "四舍五入到角"},
    [QC_ROUNDING_HALF_UP_YUAN] = {"half-up-yuan", "四舍五入到元"},
    [QC_ROUNDING_LI_UP_TO_FEN] = {"li-up-to-fen", "见厘进分"},
    [QC_ROUNDING_FEN_UP_TO_JIAO] = {"fen-up-to-jiao", "见分进角"},
    [QC_ROUNDING_JIAO_UP_TO_YUAN] = {"jiao-up-to-yuan", "见角进元"},
    [QC_ROUNDING_UP_TO_YUAN] = {"up-to-yuan", "进位到元"},
    [QC_ROUNDING_UP_TO_EVEN] = {"up-to-even", "进位偶数"},
    [QC_ROUNDING_DROP_LI] = {"drop-li", "舍去厘"},
    [QC_ROUNDING_DROP_FEN] = {"drop-fen", "舍去分"},
    [QC_ROUNDING_DROP_JIAO] = {"drop-jiao", "舍去角"},
};

/* In millionths of a yuan. */
#define FEN  G_GINT64_CONSTANT (10000)
#define JIAO G_GINT64_CONSTANT (100000)
#define YUAN G_GINT64_CONSTANT (1000000)

const char *
qc_rounding_to_code (QcRounding rounding)
{
  return (guint)rounding < QC_N_ROUNDINGS ? roundings[rounding].code : "other";
}

gboolean
qc_rounding_from_code (const char *code, QcRounding *out)
{
  for (guint i = 0; i < QC_N_ROUNDINGS; i++)
    if (g_strcmp0 (code, roundings[i].code) == 0) {
      *out = (QcRounding)i;
      return TRUE;
    }
  return FALSE;
}

const char *
qc_rounding_to_chinese (QcRounding rounding)
{
  g_return_val_if_fail ((guint)rounding < QC_N_ROUNDINGS, NULL);
  return roundings[rounding].chinese;
}

static gint64
half_up (gint64 number, gint64 step)
{
  return (number + step / 2) / step;
}

static gint64
up (gint64 number, gint64 step)
{
  return (number + step - 1) / step;
}

QcMoney
qc_money_portion (QcMoney base, QcRatio ratio, QcRounding rounding)
{
  g_return_val_if_fail (base >= 0 && base <= QC_MONEY_MAX, 0);
  g_return_val_if_fail (ratio >= 0 && ratio <= QC_RATIO_MAX, 0);
  gint64 n = base * ratio; /* < 3 × 10^18 */
  gint64 even;
  switch (rounding) {
  case QC_ROUNDING_HALF_UP_FEN:
    return half_up (n, FEN);
  case QC_ROUNDING_HALF_UP_JIAO:
    return half_up (n, JIAO) * 10;
  case QC_ROUNDING_HALF_UP_YUAN:
    return half_up (n, YUAN) * 100;
  case QC_ROUNDING_LI_UP_TO_FEN:
    return up (n, FEN);
  case QC_ROUNDING_FEN_UP_TO_JIAO:
    return up (n, JIAO) * 10;
  case QC_ROUNDING_JIAO_UP_TO_YUAN:
    return up (n / JIAO * JIAO, YUAN) * 100;
  case QC_ROUNDING_UP_TO_YUAN:
    return up (n, YUAN) * 100;
  case QC_ROUNDING_UP_TO_EVEN:
    even = up (n, YUAN);
    return (even + even % 2) * 100;
  case QC_ROUNDING_DROP_LI:
    return n / FEN;
  case QC_ROUNDING_DROP_FEN:
    return n / JIAO * 10;
  case QC_ROUNDING_DROP_JIAO:
    return n / YUAN * 100;
  case QC_ROUNDING_OTHER: /* qc_policy_at() gives none with it */
  default:
    break;
  }
  g_return_val_if_reached (0);
}

/* Magnitude without overflow at G_MININT64. */
static guint64
magnitude (QcMoney money)
{
  return money < 0 ? (guint64)0 - (guint64)money : (guint64)money;
}

char *
qc_money_to_plain (QcMoney money)
{
  guint64 m = magnitude (money);
  return g_strdup_printf ("%s%" G_GUINT64_FORMAT ".%02u", money < 0 ? "-" : "", m / 100, (guint)(m % 100));
}

gint64
qc_money_share (QcMoney part, QcMoney whole)
{
  g_return_val_if_fail (whole > 0 && ABS (part) <= QC_MONEY_MAX, 0);
  gint64 n = (ABS (part) * 10000 + whole / 2) / whole;
  return part < 0 ? -n : n;
}

char *
qc_money_to_string (QcMoney money)
{
  guint64 m = magnitude (money);
  char digits[32];
  g_snprintf (digits, sizeof digits, "%" G_GUINT64_FORMAT, m / 100);
  GString *out = g_string_new (money < 0 ? "-" : "");
  gsize n = strlen (digits);
  for (gsize i = 0; i < n; i++) {
    if (i > 0 && (n - i) % 3 == 0)
      g_string_append_c (out, ',');
    g_string_append_c (out, digits[i]);
  }
  g_string_append_printf (out, ".%02u", (guint)(m % 100));
  return g_string_free (out, FALSE);
}

/* Reads digits at *@p into *@value, grouped by commas in threes or not at all; at least one digit. */
static gboolean
read_whole (const char **p, gint64 *value)
{
  gsize in_group = 0;
  gboolean grouped = FALSE;
  const char *s = *p;
  for (; g_ascii_isdigit (*s) || *s == ','; s++) {
    if (*s == ',') {
      if (in_group == 0 || in_group > 3 || (grouped && in_group != 3))
        return FALSE;
      grouped = TRUE;
      in_group = 0;
      continue;
    }
    in_group++;
    *value = *value * 10 + (*s - '0');
    if (*value > QC_MONEY_MAX)
      return FALSE;
  }
  *p = s;
  return in_group > 0 && (!grouped || in_group == 3);
}

/* Reads ".d…" at *@p into *@value, which has been scaled by 10^@places; nothing there is fine. */
static gboolean
read_decimals (const char **p, gint64 *value, guint places)
{
  gint64 scale = 1;
  for (guint i = 0; i < places; i++)
    scale *= 10;
  *value *= scale;
  if (**p != '.')
    return TRUE;
  const char *s = *p + 1;
  if (!g_ascii_isdigit (*s))
    return FALSE;
  for (; g_ascii_isdigit (*s); s++) {
    scale /= 10;
    if (scale == 0)
      return FALSE;
    *value += (*s - '0') * scale;
  }
  *p = s;
  return TRUE;
}

gboolean
qc_money_parse (const char *text, QcMoney *out)
{
  g_autofree char *folded = qc_ascii_fold (text);
  const char *p = folded;
  if (g_utf8_get_char (p) == 0x00a5)
    p = g_utf8_next_char (p);
  while (*p == ' ')
    p++;
  gint64 value = 0;
  if (!read_whole (&p, &value) || value > QC_MONEY_MAX / 100)
    return FALSE;
  if (!read_decimals (&p, &value, 2))
    return FALSE;
  while (*p == ' ')
    p++;
  if (g_str_has_prefix (p, "元"))
    p += strlen ("元");
  if (*p != '\0')
    return FALSE;
  *out = value;
  return TRUE;
}

gboolean
qc_money_add (QcMoney a, QcMoney b, QcMoney *out)
{
  gint64 sum;
  if (__builtin_add_overflow (a, b, &sum))
    return FALSE;
  *out = sum;
  return TRUE;
}

char *
qc_ratio_to_string (QcRatio ratio)
{
  const char *sign = ratio < 0 ? "-" : "";
  guint m = ratio < 0 ? 0u - (guint)ratio : (guint)ratio;
  guint rest = m % 100;
  if (rest == 0)
    return g_strdup_printf ("%s%u%%", sign, m / 100);
  if (rest % 10 == 0)
    return g_strdup_printf ("%s%u.%u%%", sign, m / 100, rest / 10);
  return g_strdup_printf ("%s%u.%02u%%", sign, m / 100, rest);
}

/* "12%", "11.5 %" as percent; "0.12" as the standard's fraction. A bare "12" says neither and is refused. */
gboolean
qc_ratio_parse (const char *text, QcRatio *out)
{
  g_autofree char *folded = qc_ascii_fold (text);
  const char *p = folded;
  gint64 value = 0;
  gboolean percent = strchr (folded, '%') != NULL;
  if (!read_whole (&p, &value) || value > 100 || !read_decimals (&p, &value, percent ? 2 : 4))
    return FALSE;
  while (percent && *p == ' ')
    p++;
  if (percent && *p++ != '%')
    return FALSE;
  if (*p != '\0' || value > 10000 || (!percent && value >= 10000))
    return FALSE;
  *out = (QcRatio)value;
  return TRUE;
}

/* @number (taken) without a sign, with that of @value. */
static char *
dup_signed (gint64 value, char *number)
{
  char *text = g_strconcat (value < 0 ? MINUS : "+", number, NULL);
  g_free (number);
  return text;
}

char *
qc_money_to_signed_string (QcMoney money)
{
  return dup_signed (money, qc_money_to_string (ABS (money)));
}

char *
qc_change_to_string (gint64 change)
{
  gint64 m = ABS (change);
  return dup_signed (change, g_strdup_printf ("%" G_GINT64_FORMAT ".%02d%%", m / 100, (int)(m % 100)));
}

gboolean
qc_change_parse (const char *text, gint32 *out)
{
  g_autofree char *folded = qc_ascii_fold (text);
  const char *number = folded;
  gboolean less = *number == '-' || g_str_has_prefix (number, MINUS);
  if (less || *number == '+')
    number = g_utf8_next_char (number);
  g_autofree char *percent = strchr (number, '%') != NULL ? g_strdup (number) : g_strconcat (number, "%", NULL);
  QcRatio ratio;
  if (!qc_ratio_parse (percent, &ratio) || ratio == 0 || (less && ratio == 10000))
    return FALSE;
  *out = less ? -ratio : ratio;
  return TRUE;
}
