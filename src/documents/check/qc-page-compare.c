/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See the header. Any thread.
 */
#include "qc-page-compare.h"

#include <string.h>
#include "qc-money-words.h"
#include "qc-money.h"

#define MAX_OTHERS 10 /* so many are said; a page of another kind would have hundreds */

void
qc_page_remark_free (QcPageRemark *remark)
{
  g_free (remark->amount);
  g_free (remark);
}

void
qc_page_remarks_add (GPtrArray *remarks, QcPageRemarkKind kind, const char *field, const char *amount)
{
  QcPageRemark *remark = g_new0 (QcPageRemark, 1);
  remark->kind = kind;
  remark->field = field;
  remark->amount = g_strdup (amount);
  g_ptr_array_add (remarks, remark);
}

char *
qc_page_fold (const char *text)
{
  return g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);
}

char *
qc_page_without_blanks (const char *text)
{
  GString *out = g_string_new (NULL);
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)))
      g_string_append_unichar (out, g_utf8_get_char (p));
  return g_string_free (out, FALSE);
}

/* ---- amounts ---- */

/* The amount at @p, which begins with a digit: digits with a comma or one point between them. -1 for a number of
 * another kind; *@end is behind it. */
static gint64
read_amount (const char *p, const char **end)
{
  gint64 fen = 0;
  int decimals = -1, marks = 0;
  gboolean good = TRUE;
  for (; g_ascii_isdigit (*p) || ((*p == '.' || *p == ',') && g_ascii_isdigit (p[1])); p++) {
    if (g_ascii_isdigit (*p)) {
      good = good && fen <= QC_MONEY_MAX && decimals < 2;
      fen = good ? fen * 10 + (*p - '0') : fen;
      decimals += decimals >= 0 && good ? 1 : 0;
      continue;
    }
    marks++;
    good = good && decimals < 0; /* nothing more behind the point */
    decimals = *p == '.' ? 0 : decimals;
  }
  *end = p;
  for (int i = MAX (decimals, 0); good && i < 2; i++)
    fen *= 10;
  return good && marks > 0 && fen <= QC_MONEY_MAX ? fen : -1;
}

/* All amounts in @text, in order, each once. (element-type gint64) (transfer full) */
static GArray *
amounts_in (const char *text, GHashTable *set)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (const char *p = text; *p != '\0';) {
    if (!g_ascii_isdigit (*p)) {
      p++;
      continue;
    }
    gint64 fen = read_amount (p, &p);
    if (fen >= 0 && g_hash_table_add (set, g_memdup2 (&fen, sizeof fen)))
      g_array_append_val (list, fen);
  }
  return list;
}

static GHashTable *
set_new (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

static void
find_lacking (const QcVoucherFacts *facts, const char *folded, GHashTable *shown, GPtrArray *remarks)
{
  g_autofree char *words = qc_money_to_words (qc_voucher_facts_fen (facts));
  g_autofree char *same = qc_page_fold (words);
  g_autofree char *dense = qc_page_without_blanks (folded);
  const struct {
    const char *field;
    gint64 fen;
  } wanted[]
      = {{"fen", qc_voucher_facts_fen (facts)}, {"unit_fen", facts->unit_fen}, {"personal_fen", facts->personal_fen}};
  for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
    if (!g_hash_table_contains (shown, &wanted[i].fen)) {
      g_autofree char *amount = qc_money_to_string (wanted[i].fen);
      qc_page_remarks_add (remarks, QC_PAGE_LACKS, wanted[i].field, amount);
    }
  if (same == NULL || strstr (dense, same) == NULL)
    qc_page_remarks_add (remarks, QC_PAGE_LACKS, "fen_words", words);
}

/* What our own page of these facts has: a page may have no other amount. */
static GHashTable *
signed_amounts (const QcVoucher *voucher)
{
  GHashTable *set = set_new ();
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func (g_free);
  g_autofree QcCanvas *reader = qc_canvas_new_reader (pages);
  qc_voucher_draw (voucher, reader);
  for (guint i = 0; i < pages->len; i++) {
    g_autofree char *folded = qc_page_fold (g_ptr_array_index (pages, i));
    g_autoptr (GArray) list = folded != NULL ? amounts_in (folded, set) : NULL;
  }
  return set;
}

void
qc_page_compare (const QcVoucher *voucher, const char *folded, GPtrArray *remarks)
{
  const QcVoucherFacts *facts = qc_voucher_get_facts (voucher);
  g_autoptr (GHashTable) shown = set_new ();
  g_autoptr (GArray) list = amounts_in (folded, shown);
  find_lacking (facts, folded, shown, remarks);
  if (facts->lines->len == 0)
    return; /* a code alone does not know the amounts of the months */
  g_autoptr (GHashTable) known = signed_amounts (voucher);
  guint others = 0;
  for (guint i = 0; i < list->len && others < MAX_OTHERS; i++) {
    gint64 fen = g_array_index (list, gint64, i);
    if (!g_hash_table_contains (known, &fen)) {
      g_autofree char *amount = qc_money_to_string (fen);
      qc_page_remarks_add (remarks, QC_PAGE_OTHER, NULL, amount);
      others++;
    }
  }
}
