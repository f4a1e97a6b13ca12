/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Edits of a roster: each is one step of the draft, on the screen at once. What a cell holds follows core's rules: a
 * text that cannot be read stays in its cell. Main context.
 */
#include "qc-roster-service-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "qc-fold.h"
#include "qc-paste-block.h"
#include "qc-resident-id.h"
#include "qc-rules-person.h"

/* The month the roster is made for is noted with its first line, so that it shows when it moves. */
void
qc_roster_service_note_month (QcRosterService *self)
{
  QcMonth effective
      = self->ground != NULL ? qc_rules_roster_effective (self->business, self->ground->unit) : QC_MONTH_NONE;
  if (effective != QC_MONTH_NONE
      && (qc_draft_get (self->draft, QC_FACT_EFFECTIVE) == NULL || qc_draft_get_roster (self->draft)->lines->len == 0))
    qc_draft_set_int (self->draft, QC_FACT_EFFECTIVE, effective);
}

/* (transfer full) */
static GArray *
dup_all_ids (QcRosterService *self)
{
  const GPtrArray *lines = qc_draft_get_roster (self->draft)->lines;
  GArray *ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), lines->len);
  for (guint i = 0; i < lines->len; i++)
    g_array_append_val (ids, ((QcRosterLine *)g_ptr_array_index (lines, i))->id);
  return ids;
}

/* What is done to each of many lines. */
typedef struct {
  QcRosterService *service; /* (owned) */
  QcLineFieldId field;
  char *text; /* (owned) (nullable) */
  gint32 change;
  QcRounding rounding;
} ForAll;

static ForAll *
for_all_new (QcRosterService *self)
{
  ForAll *all = g_new0 (ForAll, 1);
  all->service = g_object_ref (self);
  return all;
}

static void
for_all_free (gpointer data)
{
  ForAll *all = data;
  g_object_unref (all->service);
  g_free (all->text);
  g_free (all);
}

static gboolean
complete_line (QcRosterLine *line, gpointer data)
{
  const QcRosterService *self = ((ForAll *)data)->service;
  qc_rules_roster_complete (self->business, &self->ground->facts, line);
  return TRUE;
}

void
qc_roster_service_accept_month (QcRosterService *self)
{
  g_return_if_fail (QC_IS_ROSTER_SERVICE (self));
  if (self->ground == NULL)
    return;
  g_autoptr (GArray) ids = dup_all_ids (self);
  qc_draft_begin_step (self->draft);
  qc_draft_set_int (self->draft, QC_FACT_EFFECTIVE, qc_rules_roster_effective (self->business, self->ground->unit));
  /* amounts are of the month */
  qc_draft_change_lines (self->draft, (const gint64 *)ids->data, ids->len, "month", complete_line, for_all_new (self),
                         for_all_free);
  qc_draft_end_step (self->draft);
  qc_roster_service_check (self, NULL, 0);
}

/* One more, before the line @before (0: at the end), as one step. Its id, 0 where it cannot be. (transfer full) */
static gint64
add_line (QcRosterService *self, QcRosterLine *line, gint64 before)
{
  GPtrArray *added = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_roster_line_free);
  gint64 id = qc_draft_get_roster (self->draft)->next_id;
  g_ptr_array_add (added, line);
  qc_draft_begin_step (self->draft);
  qc_roster_service_note_month (self);
  gboolean done = qc_draft_add_lines (self->draft, added, before, "lines.add");
  qc_draft_end_step (self->draft);
  return done ? id : 0;
}

guint
qc_roster_service_add_people (QcRosterService *self, const GPtrArray *people, GArray *ids)
{
  g_return_val_if_fail (QC_IS_ROSTER_SERVICE (self), 0);
  if (self->ground == NULL)
    return 0;
  const GPtrArray *lines = qc_draft_get_roster (self->draft)->lines;
  const QcRosterRules *rules = qc_roster_rules (self->business);
  gboolean of_months = qc_business_info (self->business)->of_months; /* once more, for other months */
  g_autoptr (GHashTable) there = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *added = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_roster_line_free);
  for (guint i = 0; i < lines->len; i++) {
    const char *key = qc_roster_line_identity (g_ptr_array_index (lines, i));
    if (key != NULL)
      g_hash_table_add (there, (gpointer)key);
  }
  for (guint i = 0; i < people->len; i++) {
    g_autoptr (QcEmployee) person = qc_employee_copy (g_ptr_array_index (people, i));
    qc_overlay_apply (self->ground->overlay, person, NULL);
    g_autoptr (QcFinding) refused = rules->refuse (&self->ground->facts, person);
    if (refused != NULL || (!of_months && g_hash_table_contains (there, person->account)))
      continue;
    QcRosterLine *line = qc_rules_roster_new_line (self->business, &self->ground->facts, person);
    g_ptr_array_add (added, line);
    g_hash_table_add (there, line->account);
    qc_roster_people_put (self->ground->people, person);
  }
  guint n = added->len;
  if (n == 0) { /* nothing is done, and no draft begins */
    g_ptr_array_unref (added);
    return 0;
  }
  gint64 first = qc_draft_get_roster (self->draft)->next_id;
  qc_draft_begin_step (self->draft);
  qc_roster_service_note_month (self);
  gboolean done = qc_draft_add_lines (self->draft, added, 0, "lines.add");
  qc_draft_end_step (self->draft);
  for (gint64 id = first; done && ids != NULL && id < first + n; id++)
    g_array_append_val (ids, id);
  return done ? n : 0;
}

QcRosterLine *
qc_roster_service_make_line (QcRosterService *self, const char *const texts[QC_N_LINE_FIELDS], GPtrArray *findings)
{
  g_return_val_if_fail (QC_IS_ROSTER_SERVICE (self), NULL);
  g_return_val_if_fail (qc_business_info (self->business)->opens_accounts, NULL);
  if (self->ground == NULL)
    return NULL;
  const QcBusinessInfo *info = qc_business_info (self->business);
  QcRosterLine *line = qc_roster_line_new ();
  for (guint i = 0; i < info->n_columns; i++) {
    QcLineFieldId field = info->columns[i].field;
    gboolean read;
    if (texts[field] != NULL && *texts[field] != '\0')
      qc_roster_service_put (self, line, field, texts[field], &read);
  }
  qc_rules_roster_complete (self->business, &self->ground->facts, line);
  if (findings != NULL)
    qc_rules_roster_check_line (self->business, &self->ground->facts, line, findings);
  return line;
}

gint64
qc_roster_service_take_line (QcRosterService *self, QcRosterLine *line)
{
  g_return_val_if_fail (QC_IS_ROSTER_SERVICE (self), 0);
  return add_line (self, line, 0);
}

gint64
qc_roster_service_add_again (QcRosterService *self, gint64 id)
{
  g_return_val_if_fail (QC_IS_ROSTER_SERVICE (self), 0);
  g_return_val_if_fail (qc_business_info (self->business)->of_months, 0);
  const QcRoster *roster = qc_draft_get_roster (self->draft);
  const QcRosterLine *old = qc_roster_find (roster, id);
  if (old == NULL || self->ground == NULL)
    return 0;
  QcRosterLine *line = qc_roster_line_copy (old);
  line->id = 0;
  qc_line_clear (line, QC_LINE_FROM);
  qc_line_clear (line, QC_LINE_TO);
  qc_rules_roster_complete (self->business, &self->ground->facts, line);
  guint place;
  gint64 below = 0;
  if (g_ptr_array_find (roster->lines, old, &place) && place + 1 < roster->lines->len)
    below = ((QcRosterLine *)g_ptr_array_index (roster->lines, place + 1))->id;
  return add_line (self, line, below);
}

/* The code whose word is @text but for the way it is written. (nullable) */
static const QcCode *
find_similar_code (const GPtrArray *codes, const char *list, const char *text)
{
  g_autofree char *folded = qc_text_fold (text);
  for (guint i = 0; i < codes->len; i++) {
    const QcCode *code = g_ptr_array_index (codes, i);
    g_autofree char *word = g_strcmp0 (code->list, list) == 0 ? qc_text_fold (code->label) : NULL;
    if (g_strcmp0 (word, folded) == 0)
      return code;
  }
  return NULL;
}

char *
qc_roster_fold_account (const char *text)
{
  char *folded = qc_text_fold (text);
  char *end = folded;
  for (const char *p = folded; *p != '\0'; p++)
    if (!g_ascii_isspace (*p))
      *end++ = *p;
  *end = '\0';
  return folded;
}

/* As it was typed or pasted, else as it is meant: full-width, with blanks in it, in other cases. */
static gboolean
read_cell (QcRosterService *self, QcRosterLine *line, QcLineFieldId field, const char *text)
{
  const char *list = qc_rules_roster_code_list (self->business, line, field);
  const GPtrArray *codes = self->ground->codes;
  if (field == QC_LINE_TARGET_UNIT) { /* digits, in whichever width; the name of another unit goes */
    g_autofree char *account = qc_roster_fold_account (text);
    gboolean read = qc_line_enter (line, field, account, codes, NULL);
    qc_roster_service_name_receiver (self, line);
    return read;
  }
  g_autofree char *kept = field == QC_LINE_DOCUMENT ? qc_resident_id_fold (text)
                          : field == QC_LINE_MOBILE ? qc_roster_fold_account (text)
                          : field == QC_LINE_NAME   ? qc_text_fold_name (text)
                                                    : NULL;
  if (qc_line_enter (line, field, kept != NULL ? kept : text, codes, list))
    return TRUE;
  if (qc_line_field (field)->type == QC_FIELD_TEXT)
    return FALSE;
  const QcCode *code = list != NULL ? find_similar_code (codes, list, text) : NULL;
  g_autofree char *meant = code != NULL ? g_strdup (code->code) : qc_text_fold (text);
  if (qc_line_enter (line, field, meant, codes, list))
    return TRUE;
  qc_line_set_raw (line, field, text);
  return FALSE;
}

gboolean
qc_roster_service_put (QcRosterService *self, QcRosterLine *line, QcLineFieldId field, const char *text,
                       gboolean *out_read)
{
  g_autofree char *cell = qc_paste_cell_new (text, strlen (text));
  *out_read = FALSE;
  if (self->ground == NULL
      || (*cell != '\0' && !qc_rules_roster_takes (self->business, &self->ground->facts, line, field)))
    return FALSE;
  *out_read = read_cell (self, line, field, cell);
  qc_rules_roster_complete (self->business, &self->ground->facts, line);
  return TRUE;
}

char *
qc_roster_service_dup_as_read (QcRosterService *self, QcLineFieldId field, const char *text)
{
  if (*text == '\0')
    return g_strdup ("");
  QcRosterLine *line = qc_roster_line_new ();
  g_autofree char *cell = qc_paste_cell_new (text, strlen (text));
  read_cell (self, line, field, cell);
  char *read = qc_line_dup_text (line, field, NULL, NULL);
  qc_roster_line_free (line);
  return read;
}

void
qc_roster_service_tell_document_type (QcRosterService *self, QcRosterLine *line)
{
  if (line->document == NULL || line->document_type != NULL || qc_line_get_raw (line, QC_LINE_DOCUMENT_TYPE) != NULL
      || qc_resident_id_check (line->document, self->ground->facts.today) != QC_ID_OK
      || qc_codes_find (self->ground->codes, "document-type", QC_DOCUMENT_RESIDENT_ID) == NULL)
    return;
  qc_line_set_text (line, QC_LINE_DOCUMENT_TYPE, QC_DOCUMENT_RESIDENT_ID);
  qc_rules_roster_complete (self->business, &self->ground->facts, line);
}

void
qc_roster_service_find_contradictions (QcRosterService *self, const QcRosterLine *line, const char *sex,
                                       const char *birth, GPtrArray *out)
{
  QcDate today = self->ground->facts.today;
  if (line->document == NULL || g_strcmp0 (line->document_type, QC_DOCUMENT_RESIDENT_ID) != 0
      || qc_resident_id_check (line->document, today) != QC_ID_OK)
    return;
  g_autoptr (QcRosterLine) stated = qc_roster_line_new ();
  read_cell (self, stated, QC_LINE_SEX, sex);
  read_cell (self, stated, QC_LINE_BIRTH, birth);
  guint before = out->len;
  qc_rules_person_check_document (out, line->id, line->document_type, line->document, stated->birth, stated->sex,
                                  today);
  for (guint i = before; i < out->len; i++)
    qc_finding_set_arg (g_ptr_array_index (out, i), "person", qc_roster_line_whom (line));
}

static char *
entry_label (QcLineFieldId field)
{
  return g_strconcat ("line.", qc_line_field (field)->name, NULL);
}

gboolean
qc_roster_service_enter (QcRosterService *self, gint64 id, QcLineFieldId field, const char *text)
{
  g_return_val_if_fail (QC_IS_ROSTER_SERVICE (self), FALSE);
  const QcRosterLine *old = qc_roster_find (qc_draft_get_roster (self->draft), id);
  if (old == NULL)
    return FALSE;
  QcRosterLine *line = qc_roster_line_copy (old);
  GPtrArray *changed = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_roster_line_free);
  g_ptr_array_add (changed, line);
  g_autofree char *label = entry_label (field);
  gboolean read;
  if (!qc_roster_service_put (self, line, field, text, &read)) {
    g_ptr_array_unref (changed);
    return FALSE;
  }
  return qc_draft_set_lines (self->draft, changed, label) && read;
}

static gboolean
enter_in_line (QcRosterLine *line, gpointer data)
{
  const ForAll *all = data;
  gboolean read;
  return qc_roster_service_put (all->service, line, all->field, all->text, &read);
}

gboolean
qc_roster_service_enter_many (QcRosterService *self, const gint64 *lines, guint n, QcLineFieldId field,
                              const char *text)
{
  g_return_val_if_fail (QC_IS_ROSTER_SERVICE (self), FALSE);
  g_autofree char *label = entry_label (field);
  ForAll *all = for_all_new (self);
  all->field = field;
  all->text = g_strdup (text);
  return qc_draft_change_lines (self->draft, lines, n, label, enter_in_line, all, for_all_free);
}

static gboolean
scale_line (QcRosterLine *line, gpointer data)
{
  const ForAll *all = data;
  QcRosterService *self = all->service;
  if (line->base <= 0 || !qc_rules_roster_takes (self->business, &self->ground->facts, line, QC_LINE_NEW_BASE))
    return FALSE;
  qc_line_set_int (line, QC_LINE_NEW_BASE, qc_money_portion (line->base, 10000 + all->change, all->rounding));
  qc_rules_roster_complete (self->business, &self->ground->facts, line);
  return TRUE;
}

gboolean
qc_roster_service_scale_base (QcRosterService *self, const gint64 *lines, guint n, gint32 change, QcRounding rounding)
{
  g_return_val_if_fail (QC_IS_ROSTER_SERVICE (self), FALSE);
  g_return_val_if_fail (change > -10000 && change <= QC_RATIO_MAX - 10000, FALSE);
  if (self->ground == NULL)
    return FALSE;
  ForAll *all = for_all_new (self);
  all->change = change;
  all->rounding = rounding;
  return qc_draft_change_lines (self->draft, lines, n, "line.scale", scale_line, all, for_all_free);
}

void
qc_roster_service_remove (QcRosterService *self, const gint64 *lines, guint n)
{
  g_return_if_fail (QC_IS_ROSTER_SERVICE (self));
  qc_draft_remove_lines (self->draft, lines, n, "lines.remove");
}

guint
qc_roster_service_remove_found (QcRosterService *self, const char *code)
{
  g_return_val_if_fail (QC_IS_ROSTER_SERVICE (self), 0);
  const GPtrArray *lines = qc_draft_get_roster (self->draft)->lines;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  const char *wanted = g_intern_string (code);
  for (guint i = 0; i < lines->len; i++) {
    const QcRosterLine *line = g_ptr_array_index (lines, i);
    const GPtrArray *codes = g_hash_table_lookup (self->line_codes, &line->id);
    if (codes != NULL && g_ptr_array_find ((GPtrArray *)codes, wanted, NULL))
      g_array_append_val (ids, line->id);
  }
  if (ids->len > 0)
    qc_draft_remove_lines (self->draft, (const gint64 *)ids->data, ids->len, "lines.remove");
  return ids->len;
}

void
qc_roster_service_clear (QcRosterService *self)
{
  g_return_if_fail (QC_IS_ROSTER_SERVICE (self));
  g_autoptr (GArray) ids = dup_all_ids (self);
  qc_draft_remove_lines (self->draft, (const gint64 *)ids->data, ids->len, "lines.clear");
}

static gboolean
update_line (QcRosterLine *line, gpointer data)
{
  QcRosterService *self = ((ForAll *)data)->service;
  const QcEmployee *person = line->account != NULL ? qc_roster_people_find (self->ground->people, line->account) : NULL;
  if (person == NULL && !qc_business_info (self->business)->opens_accounts)
    return FALSE;
  const char *list = qc_rules_roster_reason_list (self->business, line);
  if (person != NULL)
    qc_roster_line_see (line, person);
  qc_roster_service_see_receiver (self, line);
  qc_rules_roster_complete (self->business, &self->ground->facts, line);
  if (g_strcmp0 (list, qc_rules_roster_reason_list (self->business, line)) != 0) {
    qc_line_clear (line, QC_LINE_REASON); /* the same code is another reason on another list */
    qc_line_clear (line, QC_LINE_REASON_TEXT);
  }
  return TRUE;
}

void
qc_roster_service_update_lines (QcRosterService *self, const gint64 *lines, guint n)
{
  g_return_if_fail (QC_IS_ROSTER_SERVICE (self));
  if (self->ground == NULL)
    return;
  qc_draft_change_lines (self->draft, lines, n, "lines.update", update_line, for_all_new (self), for_all_free);
  qc_roster_service_ask_receivers (self, lines, n);
}

/* ---- cells ---- */

char *
qc_roster_service_dup_text (QcRosterService *self, const QcRosterLine *line, QcLineFieldId field)
{
  g_return_val_if_fail (QC_IS_ROSTER_SERVICE (self), NULL);
  return qc_roster_dup_text (self->business, self->ground != NULL ? self->ground->codes : NULL, line, field);
}

char *
qc_roster_service_dup_shown (QcRosterService *self, const QcRosterLine *line, QcLineFieldId field)
{
  g_return_val_if_fail (QC_IS_ROSTER_SERVICE (self), NULL);
  if (field == QC_LINE_TARGET_NAME && line->target_name == NULL && qc_roster_service_is_asked (self, line->target_unit))
    return g_strdup (_ ("Being asked for …"));
  return qc_roster_dup_shown (self->business, self->ground != NULL ? self->ground->codes : NULL, line, field);
}

gboolean
qc_roster_service_takes (QcRosterService *self, const QcRosterLine *line, QcLineFieldId field)
{
  g_return_val_if_fail (QC_IS_ROSTER_SERVICE (self), FALSE);
  return self->ground != NULL && qc_draft_get_outbox (self->draft) == 0 && !qc_draft_is_busy (self->draft)
         && qc_rules_roster_takes (self->business, &self->ground->facts, line, field);
}

/* The classes a woman can be of; filled once, the language does not change. */
static void
add_classes (GPtrArray *choices)
{
  static QcCode classes[]
      = {{.order = QC_RETIREMENT_WOMEN_50}, {.order = QC_RETIREMENT_WOMEN_55}, {.order = QC_RETIREMENT_WOMEN_60}};
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++) {
    QcRetirementClass klass = (QcRetirementClass)classes[i].order;
    classes[i].code = (char *)qc_retirement_class_to_code (klass);
    classes[i].label = (char *)_ (qc_retirement_class_to_msgid (klass));
    g_ptr_array_add (choices, &classes[i]);
  }
}

GPtrArray *
qc_roster_service_dup_choices (QcRosterService *self, const QcRosterLine *line, QcLineFieldId field)
{
  g_return_val_if_fail (QC_IS_ROSTER_SERVICE (self), NULL);
  GPtrArray *choices = g_ptr_array_new ();
  const char *list = qc_rules_roster_code_list (self->business, line, field);
  if (field == QC_LINE_CLASS && line->sex != QC_SEX_MALE)
    add_classes (choices);
  for (guint i = 0; list != NULL && self->ground != NULL && i < self->ground->codes->len; i++) {
    QcCode *code = g_ptr_array_index (self->ground->codes, i);
    if (g_strcmp0 (code->list, list) == 0)
      g_ptr_array_add (choices, code);
  }
  return choices;
}

/* A cell of a spreadsheet: in quotes where it holds what parts cells. */
static void
append_cell (GString *out, const char *text)
{
  if (strpbrk (text, "\t\r\n\"") == NULL) {
    g_string_append (out, text);
    return;
  }
  g_string_append_c (out, '"');
  for (const char *p = text; *p != '\0'; p++) {
    if (*p == '"')
      g_string_append_c (out, '"');
    g_string_append_c (out, *p);
  }
  g_string_append_c (out, '"');
}

char *
qc_roster_service_dup_block (QcRosterService *self, const gint64 *lines, guint n, const QcLineFieldId *fields,
                             guint n_fields)
{
  g_return_val_if_fail (QC_IS_ROSTER_SERVICE (self), NULL);
  GString *out = g_string_new (NULL);
  for (guint i = 0; i < n; i++) {
    const QcRosterLine *line = qc_roster_find (qc_draft_get_roster (self->draft), lines[i]);
    for (guint j = 0; line != NULL && j < n_fields; j++) {
      g_autofree char *text = qc_roster_service_dup_text (self, line, fields[j]);
      if (j > 0)
        g_string_append_c (out, '\t');
      append_cell (out, text);
    }
    if (line != NULL)
      g_string_append_c (out, '\n');
  }
  return g_string_free (out, FALSE);
}
