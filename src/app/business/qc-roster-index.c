/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-roster-index.h. The lines of one person are a chain, which as a rule has one link.
 */
#include "qc-roster-index.h"

struct _QcRosterIndex {
  gboolean once;      /* a line is meant by one row only */
  gboolean of_months; /* the first month tells lines of a person apart */
  GHashTable *first;  /* (owned) identity → QcRosterLine */
  GHashTable *next;   /* (owned) QcRosterLine → the next one of the same identity */
  GHashTable *taken;  /* (owned) set of QcRosterLine */
};

QcRosterIndex *
qc_roster_index_new (QcBusiness business)
{
  const QcBusinessInfo *info = qc_business_info (business);
  QcRosterIndex *index = g_new0 (QcRosterIndex, 1);
  index->of_months = info->of_months;
  index->once = info->of_months || info->opens_accounts;
  index->first = g_hash_table_new (g_str_hash, g_str_equal);
  index->next = g_hash_table_new (NULL, NULL);
  index->taken = g_hash_table_new (NULL, NULL);
  return index;
}

void
qc_roster_index_free (QcRosterIndex *index)
{
  g_hash_table_unref (index->first);
  g_hash_table_unref (index->next);
  g_hash_table_unref (index->taken);
  g_free (index);
}

void
qc_roster_index_add (QcRosterIndex *index, const QcRosterLine *line)
{
  const char *identity = qc_roster_line_identity (line);
  if (identity == NULL)
    return;
  gpointer last = g_hash_table_lookup (index->first, identity);
  if (last == NULL) {
    g_hash_table_insert (index->first, (gpointer)identity, (gpointer)line);
    return;
  }
  if (!index->once)
    return; /* the first one is meant */
  for (gpointer next; (next = g_hash_table_lookup (index->next, last)) != NULL;)
    last = next;
  g_hash_table_insert (index->next, last, (gpointer)line);
}

static gboolean
begins (const QcRosterLine *line, const char *from)
{
  g_autofree char *own = qc_line_dup_text (line, QC_LINE_FROM, NULL, NULL);
  return g_str_equal (own, from);
}

const QcRosterLine *
qc_roster_index_take (QcRosterIndex *index, const char *identity, const char *from)
{
  const QcRosterLine *meant = NULL, *open = NULL;
  gboolean any = !index->of_months || *from == '\0';
  for (const QcRosterLine *line = g_hash_table_lookup (index->first, identity); line != NULL && meant == NULL;
       line = g_hash_table_lookup (index->next, line)) {
    if (index->once && g_hash_table_contains (index->taken, line))
      continue;
    if (any || begins (line, from))
      meant = line;
    else if (open == NULL && begins (line, ""))
      open = line;
  }
  if (meant == NULL)
    meant = open;
  if (meant != NULL)
    g_hash_table_add (index->taken, (gpointer)meant);
  return meant;
}

guint
qc_roster_index_count_left (const QcRosterIndex *index)
{
  return g_hash_table_size (index->first) + g_hash_table_size (index->next) - g_hash_table_size (index->taken);
}
