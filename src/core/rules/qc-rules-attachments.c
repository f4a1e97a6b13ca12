/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Pictures of an application (guide 3.2, 3.4); see the header. Pure functions, any one thread.
 */
#include "qc-rules-attachments.h"

#include <string.h>

#define FIELD "attachments"

typedef struct {
  const QcRoster *roster;
  const GPtrArray *attachments;
  GPtrArray *asked; /* (owned) QcCode, borrowed */
  GPtrArray *out;
} Check;

GPtrArray *
qc_rules_attachments_asked (QcBusiness business, const GPtrArray *codes)
{
  g_autofree char *list = qc_attachment_dup_list (business);
  GPtrArray *asked = g_ptr_array_new ();
  for (guint i = 0; i < codes->len; i++) {
    QcCode *code = g_ptr_array_index (codes, i);
    if (g_str_equal (code->list, list))
      g_ptr_array_add (asked, code);
  }
  return asked;
}

static const QcCode *
find_asked (const GPtrArray *asked, const char *kind)
{
  for (guint i = 0; i < asked->len; i++) {
    const QcCode *code = g_ptr_array_index (asked, i);
    if (g_str_equal (code->code, kind))
      return code;
  }
  return NULL;
}

/* @line: NULL = of the application. */
static QcFinding *
add (GPtrArray *out, const char *code, const QcRosterLine *line)
{
  QcFinding *finding = qc_finding_new (code, NULL);
  if (line != NULL && line->name != NULL)
    qc_finding_set_arg (finding, "person", line->name);
  qc_finding_at (finding, line != NULL ? line->id : 0, line != NULL ? line->account : NULL, FIELD);
  g_ptr_array_add (out, finding);
  return finding;
}

/* ---- one by one ---- */

static void
check_name (Check *check, const QcAttachment *attachment, const QcRosterLine *line, guint nth)
{
  if (!g_str_equal (attachment->kind, QC_ATTACHMENT_AUTHORIZATION) || line == NULL || line->document == NULL)
    return;
  g_autofree char *wanted = qc_attachment_dup_person_name (line->document, nth);
  if (g_str_equal (attachment->name, wanted))
    return;
  QcFinding *finding = add (check->out, "attachment.name", line);
  qc_finding_set_arg (finding, "name", attachment->name);
  qc_finding_set_arg (finding, "wanted", wanted);
}

static void
check_one (Check *check, const QcAttachment *attachment, const QcCode *code, const QcRosterLine *line)
{
  if (attachment->line != 0 && line == NULL) {
    qc_finding_set_arg (add (check->out, "attachment.line-gone", NULL), "name", attachment->name);
  } else if (code == NULL || code->of_line != (line != NULL)) {
    qc_finding_set_arg (add (check->out, "attachment.kind-unknown", line), "name", attachment->name);
  } else if (code->max_size > 0 && attachment->size > code->max_size) {
    QcFinding *finding = add (check->out, "attachment.too-large", line);
    qc_finding_set_arg (finding, "name", attachment->name);
    qc_finding_set_arg_int (finding, "size", (attachment->size + 1023) / 1024);
    qc_finding_set_arg_int (finding, "most", code->max_size / 1024);
  }
}

/* ---- how many ---- */

static void
check_count (Check *check, const QcCode *code, gint count, const QcRosterLine *line)
{
  gboolean few = count < code->at_least;
  if (!few && (code->at_most == 0 || count <= code->at_most))
    return;
  QcFinding *finding = add (check->out, few ? "attachment.missing" : "attachment.too-many", line);
  qc_finding_set_arg (finding, "kind", code->label);
  qc_finding_set_arg_int (finding, "count", count);
  qc_finding_set_arg_int (finding, few ? "least" : "most", few ? code->at_least : code->at_most);
}

/* Each attachment of @code, then how many there are of the application or of each line. */
static void
check_kind (Check *check, const QcCode *code)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (g_int64_hash, g_int64_equal);
  for (guint i = 0; i < check->attachments->len; i++) {
    QcAttachment *attachment = g_ptr_array_index (check->attachments, i);
    if (!g_str_equal (attachment->kind, code->code))
      continue;
    guint nth = GPOINTER_TO_UINT (g_hash_table_lookup (counts, &attachment->line));
    check_name (check, attachment, qc_roster_find (check->roster, attachment->line), nth);
    g_hash_table_insert (counts, &attachment->line, GUINT_TO_POINTER (nth + 1));
  }
  gint64 none = 0;
  for (guint i = 0; i < (code->of_line ? check->roster->lines->len : 1); i++) {
    const QcRosterLine *line = code->of_line ? g_ptr_array_index (check->roster->lines, i) : NULL;
    check_count (check, code, GPOINTER_TO_INT (g_hash_table_lookup (counts, line != NULL ? &line->id : &none)), line);
  }
}

/* ---- the same picture in two places ---- */

/* Where it stands, as a person calls it: the person, else what it is. */
static const char *
place_of (const Check *check, const QcAttachment *attachment)
{
  const QcRosterLine *line = qc_roster_find (check->roster, attachment->line);
  const QcCode *code = find_asked (check->asked, attachment->kind);
  return line != NULL && line->name != NULL ? line->name : code != NULL ? code->label : attachment->name;
}

static void
check_repeated (Check *check)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < check->attachments->len; i++) {
    QcAttachment *attachment = g_ptr_array_index (check->attachments, i);
    const QcAttachment *first = g_hash_table_lookup (seen, attachment->digest);
    if (first == NULL) {
      g_hash_table_insert (seen, attachment->digest, attachment);
      continue;
    }
    QcFinding *finding = qc_finding_new ("attachment.same-picture", "name", place_of (check, first), "other",
                                         place_of (check, attachment), NULL);
    qc_finding_at (finding, qc_roster_find (check->roster, attachment->line) != NULL ? attachment->line : 0, NULL,
                   FIELD);
    g_ptr_array_add (check->out, finding);
  }
}

/* ---- what is stamped is what is entered (B13) ---- */

static void
check_stamped (Check *check, QcBusiness business)
{
  g_autofree char *now = NULL;
  for (guint i = 0; i < check->attachments->len; i++) {
    const QcAttachment *attachment = g_ptr_array_index (check->attachments, i);
    const QcCode *code = find_asked (check->asked, attachment->kind);
    if (code == NULL || !g_str_equal (attachment->kind, QC_ATTACHMENT_ROSTER))
      continue;
    if (now == NULL)
      now = qc_roster_dup_check_code (business, check->roster);
    if (g_strcmp0 (attachment->lines, now) == 0)
      continue;
    QcFinding *finding = add (check->out, "attachment.outdated", NULL);
    qc_finding_set_arg (finding, "kind", code->label);
    qc_finding_set_arg (finding, "name", attachment->name);
    qc_finding_set_arg (finding, "then", attachment->lines != NULL ? attachment->lines : "—");
    qc_finding_set_arg (finding, "now", now);
  }
}

void
qc_rules_attachments_check (QcBusiness business, const QcRosterFacts *facts, const QcRoster *roster,
                            const GPtrArray *attachments, GPtrArray *out)
{
  g_autoptr (GPtrArray) asked = qc_rules_attachments_asked (business, facts->codes);
  Check check = {roster, attachments, asked, out};
  for (guint i = 0; i < attachments->len; i++) {
    const QcAttachment *attachment = g_ptr_array_index (attachments, i);
    check_one (&check, attachment, find_asked (asked, attachment->kind), qc_roster_find (roster, attachment->line));
  }
  for (guint i = 0; i < asked->len; i++)
    check_kind (&check, g_ptr_array_index (asked, i));
  check_repeated (&check);
  check_stamped (&check, business);
}

/* ---- what goes out ---- */

char *
qc_rules_attachments_dup_name (const QcAttachment *attachment, const QcRosterLine *line, guint nth)
{
  return line != NULL && line->document != NULL ? qc_attachment_dup_person_name (line->document, nth)
                                                : g_strdup (attachment->name);
}

GPtrArray *
qc_rules_attachments_settle (const GPtrArray *attachments, const QcRoster *roster)
{
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *out = qc_attachment_list_new ();
  for (guint i = 0; i < attachments->len; i++) {
    const QcAttachment *attachment = g_ptr_array_index (attachments, i);
    const QcRosterLine *line = qc_roster_find (roster, attachment->line);
    if (attachment->line != 0 && line == NULL)
      continue;
    char *slot = g_strdup_printf ("%" G_GINT64_FORMAT " %s", attachment->line, attachment->kind);
    guint nth = GPOINTER_TO_UINT (g_hash_table_lookup (counts, slot));
    g_hash_table_replace (counts, slot, GUINT_TO_POINTER (nth + 1));
    QcAttachment *settled = qc_attachment_copy (attachment);
    g_free (settled->name);
    settled->name = qc_rules_attachments_dup_name (attachment, line, nth);
    g_ptr_array_add (out, settled);
  }
  qc_attachment_list_sort (out);
  return out;
}

/* ---- the check code ---- */

/* Every byte counts once and nothing can be moved from one field to the next: a field is its name, its length and its
 * text. */
static void
add_field (GChecksum *sum, const QcRosterLine *line, QcLineFieldId id)
{
  const QcLineField *field = qc_line_field (id);
  const char *raw = qc_line_get_raw (line, id);
  g_autofree char *number = NULL;
  const char *text = raw;
  if (raw == NULL && !qc_line_is_set (line, id))
    return;
  if (raw == NULL && (field->type == QC_FIELD_TEXT || field->type == QC_FIELD_CODE))
    text = qc_line_get_text (line, id);
  else if (raw == NULL)
    text = number = g_strdup_printf ("%" G_GINT64_FORMAT, qc_line_get_int (line, id));
  g_autofree char *head = g_strdup_printf ("%s%s %u:", raw != NULL ? "!" : "", field->name, (guint)strlen (text));
  g_checksum_update (sum, (const guchar *)head, -1);
  g_checksum_update (sum, (const guchar *)text, -1);
}

char *
qc_roster_dup_check_code (QcBusiness business, const QcRoster *roster)
{
  static const char letters[] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"; /* no 0 O, no 1 I */
  const QcBusinessInfo *info = qc_business_info (business);
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_checksum_update (sum, (const guchar *)info->code, -1);
  for (guint i = 0; i < roster->lines->len; i++) {
    g_checksum_update (sum, (const guchar *)"\n", 1);
    for (guint c = 0; c < info->n_columns; c++)
      add_field (sum, g_ptr_array_index (roster->lines, i), info->columns[c].field);
  }
  guint8 digest[32];
  gsize length = sizeof digest;
  g_checksum_get_digest (sum, digest, &length);
  guint64 bits = 0;
  for (guint i = 0; i < 5; i++)
    bits = bits << 8 | digest[i];
  char code[QC_CHECK_CODE_LENGTH + 1] = {0};
  for (guint i = 0; i < QC_CHECK_CODE_LENGTH; i++)
    code[i] = letters[bits >> (5 * (QC_CHECK_CODE_LENGTH - 1 - i)) & 31];
  return g_strdup (code);
}
