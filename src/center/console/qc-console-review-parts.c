/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-console-review.h. Database threads.
 */
#include "qc-console-review.h"

#include <glib/gi18n-lib.h>

#include "qc-engine-private.h"
#include "qc-rules-attachments.h"
#include "qc-rules-roster.h"

#define LINES_PER_PAGE 200

/* ---- the roster ---- */

static gboolean
is_shown (const QcBusinessColumn *column)
{
  return (column->flags & QC_COLUMN_HIDDEN) == 0;
}

static const char *
title_of (const QcBusinessColumn *column)
{
  return g_dgettext (GETTEXT_PACKAGE, qc_business_column_msgid (column));
}

/* "正常 · 基数 5,000.00 · 缴至 2026年10月"; NULL: nobody of the unit has that account. */
static gboolean
add_person (QcHtml *row, QcConnection *connection, gint64 unit, const QcRosterLine *line, GError **error)
{
  gint64 id = 0;
  if (line->account == NULL)
    return TRUE;
  if (!qc_engine_find_person (connection, unit, line->account, &id, error))
    return FALSE;
  if (id == 0) {
    qc_html_set (row, "now", "现不在该单位");
    return TRUE;
  }
  g_autoptr (QcEmployee) person = qc_engine_load_person_row (connection, id, error);
  if (person == NULL)
    return FALSE;
  g_autofree char *base = qc_money_to_string (person->base);
  g_autofree char *paid_to = qc_console_dup_month (person->paid_to);
  qc_html_take (row, "now",
                g_strdup_printf ("%s · 基数 %s · 缴至 %s",
                                 g_dgettext (GETTEXT_PACKAGE, qc_person_status_to_msgid (person->status)), base,
                                 *paid_to != '\0' ? paid_to : "—"));
  return TRUE;
}

/* The line of the same person in what came before; of several the one for the same months. */
static const QcRosterLine *
find_before (const QcSubmission *before, const QcRosterLine *line)
{
  const QcRosterLine *found = NULL;
  const char *identity = qc_roster_line_identity (line);
  for (guint i = 0; before != NULL && i < before->roster->lines->len; i++) {
    const QcRosterLine *other = g_ptr_array_index (before->roster->lines, i);
    if (g_strcmp0 (qc_roster_line_identity (other), identity) == 0 && (found == NULL || other->from == line->from))
      found = other;
  }
  return found;
}

static void
add_difference (QcHtml *row, const QcSubmission *before, QcBusiness business, const QcRosterLine *line,
                const GPtrArray *codes)
{
  const QcBusinessInfo *info = qc_business_info (business);
  const QcRosterLine *old = find_before (before, line);
  if (before == NULL)
    return;
  if (old == NULL) {
    qc_html_set (row, "difference", "新增");
    return;
  }
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < info->n_columns; i++) {
    QcLineFieldId field = info->columns[i].field;
    if (!is_shown (&info->columns[i]) || qc_line_same (line, old, field))
      continue;
    const char *list = qc_rules_roster_code_list (business, line, field);
    g_autofree char *was = qc_line_dup_text (old, field, codes, list);
    g_string_append_printf (text, "%s%s 原为 %s", text->len > 0 ? "；" : "", title_of (&info->columns[i]),
                            *was != '\0' ? was : "空");
  }
  qc_html_set (row, "difference", text->len > 0 ? text->str : NULL);
}

static void
add_columns (QcHtml *values, QcBusiness business)
{
  const QcBusinessInfo *info = qc_business_info (business);
  for (guint i = 0; i < info->n_columns; i++)
    if (is_shown (&info->columns[i]))
      qc_html_set (qc_html_add (values, "columns"), "title", title_of (&info->columns[i]));
}

static void
add_cells (QcHtml *row, QcBusiness business, const QcRosterLine *line, const GPtrArray *codes)
{
  const QcBusinessInfo *info = qc_business_info (business);
  for (guint i = 0; i < info->n_columns; i++) {
    QcLineFieldId field = info->columns[i].field;
    if (!is_shown (&info->columns[i]))
      continue;
    QcHtml *cell = qc_html_add (row, "cells");
    qc_html_take (cell, "text",
                  qc_line_dup_text (line, field, codes, qc_rules_roster_code_list (business, line, field)));
    qc_html_set (cell, "kind",
                 qc_line_field (field)->type == QC_FIELD_MONEY ? "number"
                 : field == QC_LINE_REASON_TEXT                ? "text"
                                                               : "time");
  }
}

gboolean
qc_console_review_add_lines (QcHtml *values, QcConnection *connection, const char *unit, const QcSubmission *submission,
                             const QcSubmission *before, gint64 page, GError **error)
{
  const GPtrArray *lines = submission->roster->lines;
  guint from = (guint)MIN (MAX (page, 0) * LINES_PER_PAGE, lines->len), to = MIN (from + LINES_PER_PAGE, lines->len);
  gint64 unit_id;
  g_autoptr (GPtrArray) codes = qc_engine_load_codes (connection, error);
  if (codes == NULL || !qc_engine_find_unit (connection, unit, &unit_id, error))
    return FALSE;
  add_columns (values, submission->business);
  qc_html_set_flag (values, "beside", !qc_business_info (submission->business)->opens_accounts);
  qc_html_add_list (values, "lines");
  for (guint i = from; i < to; i++) {
    const QcRosterLine *line = g_ptr_array_index (lines, i);
    QcHtml *row = qc_html_add (values, "lines");
    qc_html_set_int (row, "line", line->id);
    add_cells (row, submission->business, line, codes);
    add_difference (row, before, submission->business, line, codes);
    if (!add_person (row, connection, unit_id, line, error))
      return FALSE;
  }
  qc_html_set_int (values, "n_lines", lines->len);
  if (to < lines->len)
    qc_html_set_int (values, "lines_next", page + 1);
  if (from > 0)
    qc_html_take (values, "lines_previous", g_strdup_printf ("%" G_GINT64_FORMAT, page - 1));
  return TRUE;
}

/* ---- pictures ---- */

static const char *
whose (const QcSubmission *submission, gint64 id)
{
  const QcRosterLine *line = id != 0 ? qc_roster_find (submission->roster, id) : NULL;
  return line != NULL ? line->name : NULL;
}

/* "张三 · 231102….jpg" (transfer full) */
static char *
dup_picture_label (const QcSubmission *submission, const QcAttachment *picture)
{
  const char *who = whose (submission, picture->line);
  return who != NULL ? g_strdup_printf ("%s · %s", who, picture->name) : g_strdup (picture->name);
}

void
qc_console_review_add_pictures (QcHtml *values, const QcSubmission *submission)
{
  g_autofree char *code = qc_roster_dup_check_code (submission->business, submission->roster);
  qc_html_add_list (values, "pictures");
  for (guint i = 0; i < submission->attachments->len; i++) {
    const QcAttachment *picture = g_ptr_array_index (submission->attachments, i);
    QcHtml *row = qc_html_add (values, "pictures");
    qc_html_set (row, "digest", picture->digest);
    qc_html_take (row, "label", dup_picture_label (submission, picture));
    qc_html_take (row, "size", g_strdup_printf ("%" G_GINT64_FORMAT " KB", (picture->size + 1023) / 1024));
    qc_html_set_flag (row, "is_roster", g_str_equal (picture->kind, QC_ATTACHMENT_ROSTER));
    qc_html_set (row, "picture_code", picture->lines);
    qc_html_set_flag (row, "other_code", picture->lines != NULL && !g_str_equal (picture->lines, code));
  }
  qc_html_set (values, "check_code", qc_business_info (submission->business)->of_months ? code : NULL);
}

/* ---- the form of reasons ---- */

static const char *
typed (const QcHttpCall *call, const char *name, guint i)
{
  g_autofree char *full = g_strdup_printf ("%s_%u", name, i);
  return qc_http_call_field (call, full);
}

static void
add_option (QcHtml *row, const char *list, const char *value, const char *label, const char *chosen)
{
  QcHtml *option = qc_html_add (row, list);
  qc_html_set (option, "value", value);
  qc_html_set (option, "label", label);
  qc_html_set_flag (option, "chosen", g_strcmp0 (value, chosen) == 0);
}

static void
add_field_options (QcHtml *row, QcBusiness business, const char *chosen)
{
  const QcBusinessInfo *info = qc_business_info (business);
  for (guint i = 0; i < info->n_columns; i++)
    if (is_shown (&info->columns[i]))
      add_option (row, "field_options", qc_line_field (info->columns[i].field)->name, title_of (&info->columns[i]),
                  chosen);
}

void
qc_console_review_add_form (QcHtml *values, const QcHttpCall *call, const QcSubmission *submission,
                            const GPtrArray *codes)
{
  for (guint i = 0; i < QC_REVIEW_REASONS; i++) {
    QcHtml *row = qc_html_add (values, "form_rows");
    qc_html_set_int (row, "i", i);
    qc_html_set_int (row, "number", i + 1);
    for (guint k = 0; k < codes->len; k++) {
      const QcCode *code = g_ptr_array_index (codes, k);
      if (g_str_equal (code->list, QC_RETURN_REASON_LIST))
        add_option (row, "code_options", code->code, code->label, typed (call, "code", i));
    }
    add_field_options (row, submission->business, typed (call, "field", i));
    for (guint k = 0; k < submission->attachments->len; k++) {
      g_autofree char *value = g_strdup_printf ("%u", k);
      g_autofree char *label = dup_picture_label (submission, g_ptr_array_index (submission->attachments, k));
      add_option (row, "picture_options", value, label, typed (call, "picture", i));
    }
    qc_html_set (row, "line_typed", typed (call, "line", i));
    qc_html_set (row, "text_typed", typed (call, "text", i));
    qc_html_set_flag (row, "unfolded", i == 0 || *typed (call, "code", i) != '\0');
  }
}

static QcReturnReason *
read_reason (const QcHttpCall *call, const QcSubmission *submission, const GPtrArray *codes, guint i)
{
  const char *code = typed (call, "code", i), *text = typed (call, "text", i);
  const char *picture = typed (call, "picture", i), *field = typed (call, "field", i), *line = typed (call, "line", i);
  const QcCode *known = qc_codes_find (codes, QC_RETURN_REASON_LIST, code);
  QcReturnReason *reason = qc_return_reason_new (code, QC_RETURN_APPLICATION,
                                                 *text != '\0'   ? text
                                                 : known != NULL ? known->label
                                                                 : code);
  guint64 index = *picture != '\0' ? g_ascii_strtoull (picture, NULL, 10) : G_MAXUINT64;
  if (index < submission->attachments->len) {
    const QcAttachment *attachment = g_ptr_array_index (submission->attachments, (guint)index);
    reason->target = QC_RETURN_ATTACHMENT;
    reason->line = attachment->line;
    reason->attachment = g_strdup (attachment->digest);
  } else if (*line != '\0') {
    reason->target = *field != '\0' ? QC_RETURN_FIELD : QC_RETURN_LINE;
    reason->line = g_ascii_strtoll (line, NULL, 10);
    reason->field = *field != '\0' ? g_strdup (field) : NULL;
  }
  return reason;
}

GPtrArray *
qc_console_review_read_reasons (const QcHttpCall *call, const QcSubmission *submission, const GPtrArray *codes)
{
  GPtrArray *reasons = qc_return_reasons_new ();
  for (guint i = 0; i < QC_REVIEW_REASONS; i++)
    if (*typed (call, "code", i) != '\0')
      g_ptr_array_add (reasons, read_reason (call, submission, codes, i));
  return reasons;
}

void
qc_console_review_add_reasons (QcHtml *values, const QcSubmission *submission, const GPtrArray *reasons)
{
  for (guint i = 0; i < reasons->len; i++) {
    const QcReturnReason *reason = g_ptr_array_index (reasons, i);
    QcLineFieldId field;
    const char *who = whose (submission, reason->line);
    g_autoptr (GString) about = g_string_new (who);
    const QcBusinessColumn *column = reason->field != NULL && qc_line_field_from_name (reason->field, &field)
                                         ? qc_business_find_column (submission->business, field)
                                         : NULL;
    if (column != NULL)
      g_string_append_printf (about, "%s%s", about->len > 0 ? " · " : "", title_of (column));
    if (reason->target == QC_RETURN_ATTACHMENT)
      g_string_append_printf (about, "%s附件", about->len > 0 ? " · " : "");
    QcHtml *row = qc_html_add (values, "reasons");
    qc_html_set (row, "about", about->len > 0 ? about->str : "整笔业务");
    qc_html_set (row, "sentence", reason->text);
  }
}
