/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 清册; see the header. Plain values, one thread at a time.
 */
#include "qc-roster.h"
#include "qc-money.h"

QcRoster *
qc_roster_new (void)
{
  QcRoster *roster = g_new0 (QcRoster, 1);
  roster->lines = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_roster_line_free);
  roster->by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  roster->next_id = 1;
  return roster;
}

QcRoster *
qc_roster_copy (const QcRoster *roster)
{
  QcRoster *copy = qc_roster_new ();
  for (guint i = 0; i < roster->lines->len; i++)
    qc_roster_take (copy, -1, qc_roster_line_copy (g_ptr_array_index (roster->lines, i)));
  copy->next_id = roster->next_id;
  return copy;
}

void
qc_roster_free (QcRoster *roster)
{
  if (roster == NULL)
    return;
  g_hash_table_unref (roster->by_id);
  g_ptr_array_unref (roster->lines);
  g_free (roster);
}

gint64
qc_roster_take (QcRoster *roster, int position, QcRosterLine *line)
{
  if (line->id == 0)
    line->id = roster->next_id;
  roster->next_id = MAX (roster->next_id, line->id + 1);
  if (position > (int)roster->lines->len)
    position = -1;
  g_ptr_array_insert (roster->lines, position, line);
  g_hash_table_insert (roster->by_id, &line->id, line);
  return line->id;
}

/* A line of which stands what has to come right before it. */
typedef struct {
  QcRosterLine *line;     /* (nullable) the end */
  const GPtrArray *ahead; /* (nullable) */
  guint next;             /* of these */
} Standing;

/* @line, with everything that goes before it, and before that. No recursion: a chain may be as long as the roster. */
static void
append_with_ahead (GPtrArray *out, GHashTable *ahead, QcRosterLine *line, GArray *stack)
{
  static const gint64 end = 0;
  Standing first = {line, g_hash_table_lookup (ahead, line != NULL ? &line->id : &end), 0};
  g_array_append_val (stack, first);
  while (stack->len > 0) {
    Standing *top = &g_array_index (stack, Standing, stack->len - 1);
    if (top->ahead != NULL && top->next < top->ahead->len) {
      QcRosterLine *child = g_ptr_array_index (top->ahead, top->next++);
      Standing standing = {child, g_hash_table_lookup (ahead, &child->id), 0};
      g_array_append_val (stack, standing);
      continue;
    }
    if (top->line != NULL)
      g_ptr_array_add (out, top->line);
    g_array_set_size (stack, stack->len - 1);
  }
}

void
qc_roster_take_all (QcRoster *roster, GPtrArray *lines, const gint64 *before)
{
  g_autoptr (GPtrArray) taken = lines;
  g_autoptr (GHashTable) ahead
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  if (lines->len == 0)
    return;
  gboolean only_end = TRUE;
  for (guint i = 0; i < lines->len; i++) {
    QcRosterLine *line = g_ptr_array_index (lines, i);
    gint64 place = before[i] != 0 && qc_roster_find (roster, before[i]) != NULL ? before[i] : 0;
    if (line->id == 0)
      line->id = roster->next_id;
    roster->next_id = MAX (roster->next_id, line->id + 1);
    g_hash_table_insert (roster->by_id, &line->id, line);
    only_end &= place == 0;
    GPtrArray *there = g_hash_table_lookup (ahead, &place);
    if (there == NULL) {
      there = g_ptr_array_new ();
      g_hash_table_insert (ahead, g_memdup2 (&place, sizeof place), there);
    }
    g_ptr_array_add (there, line);
  }
  g_ptr_array_set_free_func (taken, NULL);
  g_autoptr (GPtrArray) order = g_ptr_array_sized_new (roster->lines->len + lines->len);
  g_autoptr (GArray) stack = g_array_new (FALSE, FALSE, sizeof (Standing));
  guint untouched = only_end ? roster->lines->len : 0;
  for (guint i = untouched; i < roster->lines->len; i++)
    append_with_ahead (order, ahead, g_ptr_array_index (roster->lines, i), stack);
  append_with_ahead (order, ahead, NULL, stack);
  g_ptr_array_set_size (roster->lines, (int)(untouched + order->len));
  for (guint i = 0; i < order->len; i++)
    roster->lines->pdata[untouched + i] = g_ptr_array_index (order, i);
}

QcRosterLine *
qc_roster_find (const QcRoster *roster, gint64 id)
{
  return g_hash_table_lookup (roster->by_id, &id);
}

void
qc_roster_replace (QcRoster *roster, QcRosterLine *line)
{
  QcRosterLine *old = qc_roster_find (roster, line->id);
  g_return_if_fail (old != NULL);
  /* the old struct keeps its place and its address: nobody has to look for it among a hundred thousand */
  QcRosterLine before = *old;
  *old = *line;
  *line = before;
  qc_roster_line_free (line);
}

/* One pass, however many go: those that do are told from the others by the sign of their ids for that long. */
GPtrArray *
qc_roster_take_out (QcRoster *roster, const gint64 *ids, guint n)
{
  GPtrArray *out = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_roster_line_free);
  guint n_gone = 0;
  for (guint i = 0; i < n; i++) {
    QcRosterLine *line = qc_roster_find (roster, ids[i]);
    if (line == NULL)
      continue;
    line->id = -line->id;
    n_gone++;
  }
  if (n_gone == 0)
    return out;
  gboolean most = n_gone > roster->lines->len / 2; /* then the others are listed anew */
  guint kept = 0;
  for (guint i = 0; i < roster->lines->len; i++) {
    QcRosterLine *line = g_ptr_array_index (roster->lines, i);
    if (line->id > 0) {
      roster->lines->pdata[kept++] = line;
      continue;
    }
    line->id = -line->id;
    if (!most)
      g_hash_table_remove (roster->by_id, &line->id);
    g_ptr_array_add (out, line);
  }
  for (guint i = kept; i < roster->lines->len; i++)
    roster->lines->pdata[i] = NULL;
  g_ptr_array_set_size (roster->lines, (int)kept);
  if (most)
    g_hash_table_remove_all (roster->by_id);
  for (guint i = 0; most && i < kept; i++) {
    QcRosterLine *line = g_ptr_array_index (roster->lines, i);
    g_hash_table_insert (roster->by_id, &line->id, line);
  }
  return out;
}

guint
qc_roster_remove (QcRoster *roster, const gint64 *ids, guint n)
{
  g_autoptr (GPtrArray) gone = qc_roster_take_out (roster, ids, n);
  return gone->len;
}

QcRosterShare
qc_roster_line_share (const QcRosterLine *line)
{
  gboolean compares = line->unit_fen + line->personal_fen > 0; /* what has no sum yet is not compared with one */
  return (QcRosterShare) {line->unit_fen, line->personal_fen, compares ? line->old_unit_fen : 0,
                          compares ? line->old_personal_fen : 0, line->status_after};
}

gboolean
qc_roster_totals_add_share (QcRosterTotals *totals, const QcRosterShare *share)
{
  totals->lines++;
  totals->sealing += share->status_after == QC_PERSON_SEALED;
  totals->unsealing += share->status_after == QC_PERSON_NORMAL;
  return qc_money_add (totals->old_unit_fen, share->old_unit_fen, &totals->old_unit_fen)
         && qc_money_add (totals->old_personal_fen, share->old_personal_fen, &totals->old_personal_fen)
         && qc_money_add (totals->unit_fen, share->unit_fen, &totals->unit_fen)
         && qc_money_add (totals->personal_fen, share->personal_fen, &totals->personal_fen)
         && totals->unit_fen <= QC_MONEY_MAX && totals->personal_fen <= QC_MONEY_MAX - totals->unit_fen;
}

void
qc_roster_totals_take_back (QcRosterTotals *totals, const QcRosterShare *share)
{
  totals->lines--;
  totals->sealing -= share->status_after == QC_PERSON_SEALED;
  totals->unsealing -= share->status_after == QC_PERSON_NORMAL;
  totals->old_unit_fen -= share->old_unit_fen;
  totals->old_personal_fen -= share->old_personal_fen;
  totals->unit_fen -= share->unit_fen;
  totals->personal_fen -= share->personal_fen;
}

gboolean
qc_roster_totals_add (QcRosterTotals *totals, const QcRosterLine *line, GHashTable *people)
{
  const char *key = qc_roster_line_identity (line);
  QcRosterShare share = qc_roster_line_share (line);
  totals->people += people != NULL && (key == NULL || g_hash_table_add (people, (gpointer)key));
  return qc_roster_totals_add_share (totals, &share);
}

gboolean
qc_roster_sum (const QcRoster *roster, QcRosterTotals *out)
{
  g_autoptr (GHashTable) people = g_hash_table_new (g_str_hash, g_str_equal);
  QcRosterTotals totals = {0};
  for (guint i = 0; i < roster->lines->len; i++)
    if (!qc_roster_totals_add (&totals, g_ptr_array_index (roster->lines, i), people))
      return FALSE;
  *out = totals;
  return TRUE;
}
