/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 清册 and its lines; see the header. Plain values, one thread at a time.
 */
#include "qc-roster.h"
#include "qc-money.h"

QcRosterLine *
qc_roster_line_new (void)
{
  QcRosterLine *line = g_new0 (QcRosterLine, 1);
  line->findings = qc_findings_new ();
  return line;
}

QcRosterLine *
qc_roster_line_new_for (const QcEmployee *employee)
{
  QcRosterLine *line = qc_roster_line_new ();
  line->account = g_strdup (employee->account);
  line->name = g_strdup (employee->name);
  line->document_type = g_strdup (employee->document_type);
  line->document = g_strdup (employee->document);
  line->mobile = g_strdup (employee->mobile);
  line->sex = employee->sex;
  line->birth = employee->birth;
  line->base = employee->base;
  line->status = employee->status;
  line->person_revision = employee->revision;
  return line;
}

static gpointer
copy_finding_cb (gconstpointer finding, gpointer user_data)
{
  return qc_finding_copy (finding);
}

QcRosterLine *
qc_roster_line_copy (const QcRosterLine *line)
{
  QcRosterLine *copy = g_new (QcRosterLine, 1);
  *copy = *line;
  copy->account = g_strdup (line->account);
  copy->name = g_strdup (line->name);
  copy->document_type = g_strdup (line->document_type);
  copy->document = g_strdup (line->document);
  copy->mobile = g_strdup (line->mobile);
  copy->reason_code = g_strdup (line->reason_code);
  copy->reason_text = g_strdup (line->reason_text);
  copy->target_unit = g_strdup (line->target_unit);
  copy->target_name = g_strdup (line->target_name);
  copy->findings = g_ptr_array_copy (line->findings, (GCopyFunc)copy_finding_cb, NULL);
  g_ptr_array_set_free_func (copy->findings, (GDestroyNotify)qc_finding_free);
  return copy;
}

void
qc_roster_line_free (QcRosterLine *line)
{
  if (line == NULL)
    return;
  g_free (line->account);
  g_free (line->name);
  g_free (line->document_type);
  g_free (line->document);
  g_free (line->mobile);
  g_free (line->reason_code);
  g_free (line->reason_text);
  g_free (line->target_unit);
  g_free (line->target_name);
  g_ptr_array_unref (line->findings);
  g_free (line);
}

static gboolean
same_words (const QcRosterLine *a, const QcRosterLine *b)
{
  return g_strcmp0 (a->account, b->account) == 0 && g_strcmp0 (a->name, b->name) == 0
         && g_strcmp0 (a->document_type, b->document_type) == 0 && g_strcmp0 (a->document, b->document) == 0
         && g_strcmp0 (a->mobile, b->mobile) == 0 && g_strcmp0 (a->reason_code, b->reason_code) == 0
         && g_strcmp0 (a->reason_text, b->reason_text) == 0 && g_strcmp0 (a->target_unit, b->target_unit) == 0
         && g_strcmp0 (a->target_name, b->target_name) == 0;
}

gboolean
qc_roster_line_equal (const QcRosterLine *a, const QcRosterLine *b)
{
  return a->id == b->id && a->sex == b->sex && a->birth == b->birth && a->base == b->base && a->new_base == b->new_base
         && a->from == b->from && a->to == b->to && a->unit_fen == b->unit_fen && a->personal_fen == b->personal_fen
         && a->status == b->status && a->status_after == b->status_after && a->effective == b->effective
         && a->person_revision == b->person_revision && same_words (a, b);
}

QcRoster *
qc_roster_new (QcBusiness business)
{
  QcRoster *roster = g_new0 (QcRoster, 1);
  roster->business = business;
  roster->lines = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_roster_line_free);
  roster->next_id = 1;
  return roster;
}

QcRoster *
qc_roster_copy (const QcRoster *roster)
{
  QcRoster *copy = qc_roster_new (roster->business);
  copy->next_id = roster->next_id;
  for (guint i = 0; i < roster->lines->len; i++)
    g_ptr_array_add (copy->lines, qc_roster_line_copy (g_ptr_array_index (roster->lines, i)));
  return copy;
}

void
qc_roster_free (QcRoster *roster)
{
  if (roster == NULL)
    return;
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
  return line->id;
}

QcRosterLine *
qc_roster_find (const QcRoster *roster, gint64 id, int *position)
{
  for (guint i = 0; i < roster->lines->len; i++) {
    QcRosterLine *line = g_ptr_array_index (roster->lines, i);
    if (line->id != id)
      continue;
    if (position != NULL)
      *position = (int)i;
    return line;
  }
  return NULL;
}

QcRosterLine *
qc_roster_find_person (const QcRoster *roster, const char *account, const char *document)
{
  for (guint i = 0; i < roster->lines->len; i++) {
    QcRosterLine *line = g_ptr_array_index (roster->lines, i);
    if (account != NULL ? g_strcmp0 (line->account, account) == 0
                        : document != NULL && g_strcmp0 (line->document, document) == 0)
      return line;
  }
  return NULL;
}

QcRosterLine *
qc_roster_steal (QcRoster *roster, gint64 id)
{
  int position;
  if (qc_roster_find (roster, id, &position) == NULL)
    return NULL;
  return g_ptr_array_steal_index (roster->lines, (guint)position);
}

void
qc_roster_clear (QcRoster *roster)
{
  g_ptr_array_set_size (roster->lines, 0);
}

/* What tells one person from another; (nullable) for a line that says nothing yet. */
static const char *
identity (const QcRosterLine *line)
{
  const char *key = line->account != NULL ? line->account : line->document;
  return key != NULL && *key != '\0' ? key : NULL;
}

gboolean
qc_roster_sum (const QcRoster *roster, QcRosterTotals *out)
{
  g_autoptr (GHashTable) people = g_hash_table_new (g_str_hash, g_str_equal);
  QcRosterTotals totals = {.lines = roster->lines->len};
  for (guint i = 0; i < roster->lines->len; i++) {
    const QcRosterLine *line = g_ptr_array_index (roster->lines, i);
    const char *key = identity (line);
    totals.people += key == NULL || g_hash_table_add (people, (gpointer)key);
    if (!qc_money_add (totals.unit_fen, line->unit_fen, &totals.unit_fen)
        || !qc_money_add (totals.personal_fen, line->personal_fen, &totals.personal_fen)
        || totals.unit_fen > QC_MONEY_MAX || totals.personal_fen > QC_MONEY_MAX - totals.unit_fen)
      return FALSE;
  }
  *out = totals;
  return TRUE;
}

/* Puts @finding into the line and a copy into @out. */
static void
add_at (GPtrArray *out, QcRosterLine *line, int index, const char *field, QcFinding *finding)
{
  qc_finding_at (finding, index, line->account, field);
  g_ptr_array_add (out, qc_finding_copy (finding));
  g_ptr_array_add (line->findings, finding);
}

static void
check_repeated (GPtrArray *out, GHashTable *seen, QcRosterLine *line, int index)
{
  const char *key = identity (line);
  if (key == NULL)
    return;
  gpointer other = g_hash_table_lookup (seen, key);
  if (other == NULL) {
    g_hash_table_insert (seen, (gpointer)key, GINT_TO_POINTER (index + 1));
    return;
  }
  QcFinding *finding = qc_finding_new ("roster.duplicate", "name", line->name, NULL);
  qc_finding_set_arg_int (finding, "other", GPOINTER_TO_INT (other));
  add_at (out, line, index, line->account != NULL ? "account" : "document", finding);
}

static const QcCode *
find_code (const GPtrArray *codes, const char *list, const char *code)
{
  for (guint i = 0; codes != NULL && code != NULL && i < codes->len; i++) {
    const QcCode *entry = g_ptr_array_index (codes, i);
    if (g_strcmp0 (entry->list, list) == 0 && g_strcmp0 (entry->code, code) == 0)
      return entry;
  }
  return NULL;
}

static void
check_reason (GPtrArray *out, const GPtrArray *codes, const char *list, QcRosterLine *line, int index)
{
  const QcCode *code = find_code (codes, list, line->reason_code);
  if (code == NULL)
    add_at (out, line, index, "reason", qc_finding_new ("roster.reason-missing", NULL));
  else if (code->needs_text && (line->reason_text == NULL || *line->reason_text == '\0'))
    add_at (out, line, index, "reason_text",
            qc_finding_new ("roster.reason-text-missing", "reason", code->label, NULL));
}

GPtrArray *
qc_roster_check (QcRoster *roster, gboolean may_repeat, const GPtrArray *codes, const char *reason_list)
{
  GPtrArray *out = qc_findings_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  if (roster->lines->len == 0)
    g_ptr_array_add (out, qc_finding_new ("roster.empty", NULL));
  for (guint i = 0; i < roster->lines->len; i++) {
    QcRosterLine *line = g_ptr_array_index (roster->lines, i);
    g_ptr_array_set_size (line->findings, 0);
    if (!may_repeat)
      check_repeated (out, seen, line, (int)i);
    if (reason_list != NULL)
      check_reason (out, codes, reason_list, line, (int)i);
  }
  qc_findings_sort (out);
  return out;
}
