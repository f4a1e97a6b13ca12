/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Facts as values; see the header. One thread at a time.
 */
#include "qc-fact.h"

void
qc_fact_free (QcFact *fact)
{
  if (fact == NULL)
    return;
  g_free (fact->name);
  g_free (fact->before);
  g_free (fact->value);
  g_free (fact);
}

GPtrArray *
qc_fact_list_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)qc_fact_free);
}

void
qc_fact_list_add (GPtrArray *facts, const char *name, const char *before, const char *value)
{
  QcFact *fact = g_new (QcFact, 1);
  *fact = (QcFact) {g_strdup (name), g_strdup (before), g_strdup (value)};
  g_ptr_array_add (facts, fact);
}

const QcFact *
qc_fact_list_find (const GPtrArray *facts, const char *name)
{
  for (guint i = 0; i < facts->len; i++) {
    const QcFact *fact = g_ptr_array_index (facts, i);
    if (g_strcmp0 (fact->name, name) == 0)
      return fact;
  }
  return NULL;
}

gboolean
qc_fact_list_equal (const GPtrArray *a, const GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++) {
    const QcFact *x = g_ptr_array_index (a, i), *y = g_ptr_array_index (b, i);
    if (g_strcmp0 (x->name, y->name) != 0 || g_strcmp0 (x->before, y->before) != 0
        || g_strcmp0 (x->value, y->value) != 0)
      return FALSE;
  }
  return TRUE;
}
