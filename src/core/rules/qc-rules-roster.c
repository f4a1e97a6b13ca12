/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What holds of every roster (guide 3.2–3.7; decisions 6, 12, 15); see the header. Pure functions, any one thread.
 */
#include "qc-rules-roster.h"
#include "qc-back-payment.h"
#include "qc-month.h"
#include "qc-rules-person.h"

#define UNREADABLE_SHOWN 40 /* characters */

static const QcRosterRules *const table[QC_N_BUSINESSES] = {
    [QC_BUSINESS_BACK_PAYMENT] = &qc_rules_back_payment,
    [QC_BUSINESS_ACCOUNT_OPENING] = &qc_rules_account_opening,
    [QC_BUSINESS_TRANSFER] = &qc_rules_transfer,
    [QC_BUSINESS_SEALING] = &qc_rules_sealing,
    [QC_BUSINESS_BASE_ADJUSTMENT] = &qc_rules_base_adjustment,
    [QC_BUSINESS_RETIREMENT] = &qc_rules_retirement,
};

const QcRosterRules *
qc_roster_rules (QcBusiness business)
{
  return (guint)business < QC_N_BUSINESSES ? table[business] : NULL;
}

QcMonth
qc_rules_roster_effective (QcBusiness business, const QcUnit *unit)
{
  return qc_business_info (business)->moves_month ? qc_unit_due_month (unit) : QC_MONTH_NONE;
}

void
qc_rules_roster_complete (QcBusiness business, const QcRosterFacts *facts, QcRosterLine *line)
{
  const QcRosterRules *rules = qc_roster_rules (business);
  g_return_if_fail (rules != NULL);
  rules->complete (facts, line);
}

QcRosterLine *
qc_rules_roster_new_line (QcBusiness business, const QcRosterFacts *facts, const QcEmployee *person)
{
  QcRosterLine *line = qc_roster_line_new ();
  qc_roster_line_see (line, person);
  qc_roster_line_pack (line);
  qc_rules_roster_complete (business, facts, line);
  return line;
}

gboolean
qc_rules_roster_follows (QcBusiness business, const QcRosterLine *line, QcLineFieldId field)
{
  const QcRosterRules *rules = qc_roster_rules (business);
  return rules != NULL && rules->follows != NULL && rules->follows (line, field);
}

gboolean
qc_rules_roster_takes (QcBusiness business, const QcRosterFacts *facts, const QcRosterLine *line, QcLineFieldId field)
{
  const QcRosterRules *rules = qc_roster_rules (business);
  const QcBusinessColumn *column = qc_business_find_column (business, field);
  if (rules == NULL || column == NULL || !qc_column_is_entered (column)
      || qc_rules_roster_follows (business, line, field))
    return FALSE;
  return rules->takes == NULL || rules->takes (facts, line, field);
}

const char *
qc_rules_roster_reason_list (QcBusiness business, const QcRosterLine *line)
{
  const QcRosterRules *rules = qc_roster_rules (business);
  return rules != NULL && rules->reason_list != NULL ? rules->reason_list (line) : NULL;
}

const char *
qc_rules_roster_code_list (QcBusiness business, const QcRosterLine *line, QcLineFieldId field)
{
  if (field == QC_LINE_DOCUMENT_TYPE)
    return "document-type";
  return field == QC_LINE_REASON ? qc_rules_roster_reason_list (business, line) : NULL;
}

QcFinding *
qc_rules_roster_add (GPtrArray *out, const QcRosterLine *line, const char *code, QcLineFieldId field)
{
  QcFinding *finding = qc_finding_new (code, "person", qc_roster_line_whom (line), NULL);
  qc_finding_at (finding, line->id, line->account, qc_line_field (field)->name);
  g_ptr_array_add (out, finding);
  return finding;
}

void
qc_rules_roster_set_field (QcFinding *finding, QcBusiness business, QcLineFieldId field)
{
  const QcBusinessColumn *column = qc_business_find_column (business, field);
  qc_finding_set_arg_code (finding, QC_ARG_FIELD, "field", qc_line_field (field)->name);
  if (column != NULL && column->msgid != NULL)
    qc_finding_set_arg_code (finding, QC_ARG_BUSINESS, "business", qc_business_info (business)->code);
}

void
qc_rules_roster_set_status (QcFinding *finding, QcPersonStatus status)
{
  g_autofree char *number = g_strdup_printf ("%d", (int)status);
  qc_finding_set_arg_code (finding, QC_ARG_PERSON_STATUS, "status", number);
}

void
qc_rules_roster_check_base (GPtrArray *out, const QcRosterFacts *facts, const QcRosterLine *line, QcMoney base,
                            QcMonth month)
{
  const QcPolicy *policy = qc_policy_at (facts->policies, month);
  const QcRatios *ratios = qc_ratios_at (facts->ratios, month);
  if (policy == NULL || ratios == NULL) {
    qc_finding_set_arg_month (qc_rules_roster_add (out, line, "base.month-invalid", QC_LINE_NEW_BASE), "month", month);
    return;
  }
  guint before = out->len;
  qc_rules_person_check_base (out, line->id, base, ratios, policy);
  for (guint i = before; i < out->len; i++) {
    QcFinding *finding = g_ptr_array_index (out, i);
    qc_finding_set_arg (finding, "person", qc_roster_line_whom (line));
    qc_finding_at (finding, line->id, line->account, qc_line_field (QC_LINE_NEW_BASE)->name);
  }
}

/* ---- one line ---- */

/* Of what was pasted into one cell, as much as a sentence bears. */
static void
set_unreadable (QcFinding *finding, const char *raw)
{
  g_autofree char *begin
      = g_utf8_strlen (raw, -1) > UNREADABLE_SHOWN ? g_utf8_substring (raw, 0, UNREADABLE_SHOWN) : NULL;
  g_autofree char *shown = begin != NULL ? g_strconcat (begin, "…", NULL) : g_strdup (raw);
  qc_finding_set_arg (finding, "text", shown);
}

static void
check_cells (QcBusiness business, const QcRosterFacts *facts, const QcRosterLine *line, GPtrArray *out)
{
  const QcBusinessInfo *info = qc_business_info (business);
  for (guint i = 0; i < info->n_columns; i++) {
    const QcBusinessColumn *column = &info->columns[i];
    const char *raw = qc_line_get_raw (line, column->field);
    if (raw != NULL) {
      QcFinding *finding = qc_rules_roster_add (out, line, "roster.unreadable", column->field);
      set_unreadable (finding, raw);
      qc_rules_roster_set_field (finding, business, column->field);
    } else if (qc_column_is_entered (column) && qc_line_is_set (line, column->field)
               && !qc_rules_roster_follows (business, line, column->field)
               && !qc_rules_roster_takes (business, facts, line, column->field)) {
      QcFinding *finding = qc_rules_roster_add (out, line, "roster.not-here", column->field);
      qc_rules_roster_set_field (finding, business, column->field);
    } else if ((column->flags & QC_COLUMN_REQUIRED) != 0 && column->field != QC_LINE_REASON
               && !qc_line_is_set (line, column->field)) {
      QcFinding *finding = qc_rules_roster_add (out, line, "roster.missing", column->field);
      qc_rules_roster_set_field (finding, business, column->field);
    }
  }
}

static void
check_reason (const QcRosterFacts *facts, const char *list, const QcRosterLine *line, GPtrArray *out)
{
  const QcCode *code = qc_codes_find (facts->codes, list, line->reason);
  if (line->reason == NULL) {
    if (qc_line_get_raw (line, QC_LINE_REASON) == NULL)
      qc_rules_roster_add (out, line, "roster.reason-missing", QC_LINE_REASON);
  } else if (code == NULL) {
    qc_finding_set_arg (qc_rules_roster_add (out, line, "roster.reason-unknown", QC_LINE_REASON), "reason",
                        line->reason);
  } else if (code->needs_text && line->reason_text == NULL) {
    qc_finding_set_arg (qc_rules_roster_add (out, line, "roster.reason-text-missing", QC_LINE_REASON_TEXT), "reason",
                        code->label);
  }
}

/* Decision 19: in two drafts at once; the other one is named. */
static void
check_elsewhere (const QcRosterFacts *facts, const QcRosterLine *line, GPtrArray *out)
{
  const char *person = qc_roster_line_identity (line);
  const char *draft
      = facts->elsewhere != NULL && person != NULL ? g_hash_table_lookup (facts->elsewhere, person) : NULL;
  if (draft != NULL)
    qc_finding_set_arg (qc_rules_roster_add (out, line, "roster.other-draft", QC_LINE_NAME), "draft", draft);
}

void
qc_rules_roster_check_line (QcBusiness business, const QcRosterFacts *facts, const QcRosterLine *line, GPtrArray *out)
{
  const QcRosterRules *rules = qc_roster_rules (business);
  g_return_if_fail (rules != NULL);
  check_cells (business, facts, line, out);
  const char *list = rules->reason_list != NULL ? rules->reason_list (line) : NULL;
  if (list != NULL)
    check_reason (facts, list, line, out);
  if (line->raw == NULL)
    rules->check (facts, line, out);
  check_elsewhere (facts, line, out);
}

/* ---- the roster ---- */

static void
check_unit (QcBusiness business, const QcRosterFacts *facts, QcMonth effective, GPtrArray *out)
{
  const QcBusinessInfo *info = qc_business_info (business);
  if (!qc_unit_status_can_remit (facts->unit->status)) {
    QcFinding *finding = qc_finding_new ("roster.unit-status", NULL);
    qc_finding_set_arg_code (finding, QC_ARG_UNIT_STATUS, "unit_status", qc_unit_status_to_code (facts->unit->status));
    g_ptr_array_add (out, finding);
  }
  if (info->moves_month) {
    QcMonth due = qc_unit_due_month (facts->unit);
    if (due == QC_MONTH_NONE) {
      g_ptr_array_add (out, qc_finding_new ("roster.no-due-month", NULL));
    } else if (effective != due) {
      QcFinding *finding = qc_finding_new ("roster.month-moved", NULL);
      qc_finding_set_arg_month (finding, "confirmed", effective);
      qc_finding_set_arg_month (finding, "due", due);
      g_ptr_array_add (out, finding);
    }
  }
  for (guint i = 0; info->blocked_by_remittance && facts->open != NULL && i < facts->open->len; i++) {
    const QcApplication *open = g_ptr_array_index (facts->open, i);
    if (open->business == QC_BUSINESS_REMITTANCE && open->state == QC_STATE_REGISTERED)
      g_ptr_array_add (out, qc_finding_new ("unit.remittance-unfinished", "serial", open->serial, NULL));
  }
  if (info->blocked_by_remittance && facts->remittance_queued)
    g_ptr_array_add (out, qc_finding_new ("roster.remittance-queued", NULL));
}

/* Identity → lines of that person, kept only where there may be several. */
GHashTable *
qc_rules_roster_new_seen (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_slist_free);
}

/* Decision 22: for other months. The first month that is meant twice is said; a line that says one is not kept. */
static gboolean
check_overlap (const GSList *lines, const QcRosterLine *line, GPtrArray *out)
{
  for (const GSList *l = lines; l != NULL; l = l->next) {
    const QcRosterLine *other = l->data;
    QcMonth both = MAX (line->from, other->from);
    if (both > MIN (line->to, other->to))
      continue;
    QcFinding *finding = qc_rules_roster_add (out, line, "back-payment.overlap", QC_LINE_FROM);
    finding->month = both;
    qc_finding_set_arg_month (finding, "month", both);
    return FALSE;
  }
  return TRUE;
}

static void
check_months (GHashTable *seen, const char *key, const QcRosterLine *line, GPtrArray *out)
{
  GSList *lines = g_hash_table_lookup (seen, key);
  if (line->from == QC_MONTH_NONE || line->to < line->from || !check_overlap (lines, line, out))
    return;
  if (lines == NULL)
    g_hash_table_insert (seen, (gpointer)key, g_slist_prepend (NULL, (gpointer)line));
  else
    lines->next = g_slist_prepend (lines->next, (gpointer)line);
}

void
qc_rules_roster_check_repeated (QcBusiness business, GHashTable *seen, const QcRosterLine *line, GPtrArray *out)
{
  const char *key = qc_roster_line_identity (line);
  if (key == NULL)
    return;
  if (qc_business_info (business)->of_months)
    check_months (seen, key, line, out);
  else if (!g_hash_table_insert (seen, (gpointer)key, NULL))
    qc_rules_roster_add (out, line, "roster.duplicate", line->account != NULL ? QC_LINE_ACCOUNT : QC_LINE_DOCUMENT);
}

void
qc_rules_roster_check_frame (QcBusiness business, const QcRosterFacts *facts, const QcRoster *roster, QcMonth effective,
                             GPtrArray *out)
{
  check_unit (business, facts, effective, out);
  if (roster->lines->len == 0)
    g_ptr_array_add (out, qc_finding_new ("roster.empty", NULL));
  if (roster->lines->len > QC_ROSTER_MAX_LINES) {
    QcFinding *finding = qc_finding_new ("roster.too-many", NULL);
    qc_finding_set_arg_int (finding, "count", roster->lines->len);
    qc_finding_set_arg_int (finding, "limit", QC_ROSTER_MAX_LINES);
    g_ptr_array_add (out, finding);
  }
}

/* What can be paid, and stand on a voucher, together. */
static void
check_money (const QcRoster *roster, GPtrArray *out)
{
  QcRosterTotals totals;
  QcMonth first = QC_MONTH_NONE, last = QC_MONTH_NONE;
  if (!qc_roster_sum (roster, &totals))
    g_ptr_array_add (out, qc_finding_new ("remittance.overflow", NULL));
  for (guint i = 0; i < roster->lines->len; i++) {
    const QcRosterLine *line = g_ptr_array_index (roster->lines, i);
    if (line->from == QC_MONTH_NONE || line->to < line->from)
      continue;
    first = first == QC_MONTH_NONE ? line->from : MIN (first, line->from);
    last = MAX (last, line->to);
  }
  if (first == QC_MONTH_NONE || qc_month_diff (first, last) < QC_BACK_PAYMENT_MAX_MONTHS)
    return;
  QcFinding *finding = qc_finding_new ("back-payment.too-wide", NULL);
  qc_finding_set_arg_int (finding, "limit", QC_BACK_PAYMENT_MAX_MONTHS);
  g_ptr_array_add (out, finding);
}

void
qc_rules_roster_check_whole (QcBusiness business, const QcRosterFacts *facts, const QcRoster *roster, QcMonth effective,
                             GPtrArray *out)
{
  qc_rules_roster_check_frame (business, facts, roster, effective, out);
  g_autoptr (GHashTable) seen = qc_rules_roster_new_seen ();
  for (guint i = 0; i < roster->lines->len; i++)
    qc_rules_roster_check_repeated (business, seen, g_ptr_array_index (roster->lines, i), out);
  if (qc_business_info (business)->of_months)
    check_money (roster, out);
}

/* ---- what was seen against what is ---- */

/* The value of a field as an argument that is put into words where it is read. */
static void
set_value (QcFinding *finding, const char *name, const QcRosterLine *line, QcLineFieldId id)
{
  g_autofree char *number = NULL;
  switch (qc_line_field (id)->type) {
  case QC_FIELD_MONEY:
    qc_finding_set_arg_money (finding, name, qc_line_get_int (line, id));
    return;
  case QC_FIELD_MONTH:
    if (qc_line_is_set (line, id))
      qc_finding_set_arg_month (finding, name, (QcMonth)qc_line_get_int (line, id));
    else
      qc_finding_set_arg (finding, name, "—");
    return;
  case QC_FIELD_STATUS:
    number = g_strdup_printf ("%d", (int)qc_line_get_int (line, id));
    qc_finding_set_arg_code (finding, QC_ARG_PERSON_STATUS, name, number);
    return;
  case QC_FIELD_CLASS:
    qc_finding_set_arg_code (finding, QC_ARG_CLASS, name,
                             qc_retirement_class_to_code ((QcRetirementClass)qc_line_get_int (line, id)));
    return;
  case QC_FIELD_TEXT:
  case QC_FIELD_CODE:
  case QC_FIELD_DATE:
  case QC_FIELD_SEX:
  case QC_FIELD_FLAG:
  case QC_FIELD_DIFFERENCE:
  case QC_FIELD_CHANGE:
  case QC_FIELD_NUMBER:
  default:
    number = qc_line_dup_text (line, id, NULL, NULL);
    qc_finding_set_arg (finding, name, *number != '\0' ? number : "—");
  }
}

void
qc_rules_roster_compare (QcBusiness business, const QcRosterFacts *facts, const QcRosterLine *line,
                         const QcEmployee *person, GPtrArray *out)
{
  const QcBusinessInfo *info = qc_business_info (business);
  if (person == NULL && !info->opens_accounts) {
    qc_finding_set_arg (qc_rules_roster_add (out, line, "roster.unknown-person", QC_LINE_ACCOUNT), "account",
                        line->account);
    return;
  }
  QcRosterLine now = *line;
  if (person != NULL)
    qc_roster_line_borrow (&now, line, person); /* of a hundred thousand lines hardly one differs */
  qc_rules_roster_complete (business, facts, &now);
  for (guint i = 0; i < info->n_columns; i++) {
    QcLineFieldId field = info->columns[i].field;
    if (qc_column_is_entered (&info->columns[i]) || qc_line_same (line, &now, field))
      continue;
    QcFinding *finding = qc_rules_roster_add (out, line, "roster.person-changed", field);
    qc_rules_roster_set_field (finding, business, field);
    set_value (finding, "confirmed", line, field);
    set_value (finding, "now", &now, field);
    return; /* one reason a line is enough: the line is looked at anew */
  }
}
