/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-stamped-papers.h. What is drawn are copies of what was there when it was asked for.
 */
#include "qc-stamped-papers.h"

#include <glib/gi18n-lib.h>

#include "qc-app-error.h"
#include "qc-month.h"
#include "qc-pdf.h"
#include "qc-rules-attachments.h"
#include "qc-session-private.h"
#include "qc-stamped.h"

#define FACT_STATEMENT "statement."
#define PIECES         4                                   /* facts that it is kept in */
#define PIECE          (QC_STAMPED_STATEMENT_MAX / PIECES) /* characters of each */
#define HANDLER_FIELD  "JBRXM"
#define NAMED          3 /* people of a sentence */

/* ---- the text ---- */

static char *
dup_fact_name (guint piece)
{
  return g_strdup_printf ("%s%u", FACT_STATEMENT, piece);
}

char *
qc_stamped_papers_dup_statement (QcRosterService *service)
{
  g_return_val_if_fail (QC_IS_ROSTER_SERVICE (service), NULL);
  QcDraft *draft = qc_business_service_get_draft (QC_BUSINESS_SERVICE (service));
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < PIECES; i++) {
    g_autofree char *name = dup_fact_name (i);
    const char *piece = qc_draft_get (draft, name);
    g_string_append (text, piece ? piece : "");
  }
  return g_string_free (text, FALSE);
}

gboolean
qc_stamped_papers_set_statement (QcRosterService *service, const char *text)
{
  g_return_val_if_fail (QC_IS_ROSTER_SERVICE (service), FALSE);
  QcDraft *draft = qc_business_service_get_draft (QC_BUSINESS_SERVICE (service));
  glong length = g_utf8_strlen (text, -1);
  if (length > QC_STAMPED_STATEMENT_MAX)
    return FALSE;
  qc_draft_begin_step (draft);
  for (guint i = 0; i < PIECES; i++) {
    g_autofree char *name = dup_fact_name (i);
    glong from = MIN ((glong)i * PIECE, length), to = MIN (from + PIECE, length);
    g_autofree char *piece = to > from ? g_utf8_substring (text, from, to) : NULL;
    qc_draft_set (draft, name, piece);
  }
  qc_draft_end_step (draft);
  return TRUE;
}

/* "张三、李四、王五等5人" (transfer full) */
static char *
dup_people (const QcRoster *roster)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < roster->lines->len; i++) {
    const QcRosterLine *line = g_ptr_array_index (roster->lines, i);
    const char *who = qc_roster_line_identity (line);
    if (!who || !g_hash_table_add (seen, (gpointer)who) || g_hash_table_size (seen) > NAMED)
      continue;
    g_string_append_printf (text, "%s%s", text->len > 0 ? "、" : "", line->name ? line->name : "");
  }
  if (g_hash_table_size (seen) > NAMED)
    g_string_append_printf (text, "等%u人", g_hash_table_size (seen));
  return g_string_free (text, FALSE);
}

static char *
dup_month (QcMonth month)
{
  return g_strdup_printf ("%d年%d月", qc_month_year (month), qc_month_number (month));
}

/* "2026年1月至2026年3月"; "" where nothing was entered. (transfer full) */
static char *
dup_months (const QcRoster *roster)
{
  QcMonth from = QC_MONTH_NONE, to = QC_MONTH_NONE;
  for (guint i = 0; i < roster->lines->len; i++) {
    const QcRosterLine *line = g_ptr_array_index (roster->lines, i);
    if (line->from != QC_MONTH_NONE && (from == QC_MONTH_NONE || line->from < from))
      from = line->from;
    to = MAX (to, line->to);
  }
  if (from == QC_MONTH_NONE || to < from)
    return g_strdup ("");
  g_autofree char *first = dup_month (from);
  g_autofree char *last = dup_month (to);
  return from == to ? g_steal_pointer (&first) : g_strdup_printf ("%s至%s", first, last);
}

/* The paper is Chinese, whatever the language of the program. */
GPtrArray *
qc_stamped_papers_dup_sentences (QcRosterService *service)
{
  g_return_val_if_fail (QC_IS_ROSTER_SERVICE (service), NULL);
  const QcRoster *roster = qc_draft_get_roster (qc_business_service_get_draft (QC_BUSINESS_SERVICE (service)));
  GPtrArray *sentences = g_ptr_array_new_with_free_func (g_free);
  QcRosterTotals totals;
  qc_roster_sum (roster, &totals);
  g_autofree char *people = dup_people (roster);
  g_autofree char *months = dup_months (roster);
  g_autofree char *unit = qc_money_to_string (totals.unit_fen);
  g_autofree char *personal = qc_money_to_string (totals.personal_fen);
  g_autofree char *all = qc_money_to_string (totals.unit_fen + totals.personal_fen);
  g_ptr_array_add (sentences,
                   g_strdup_printf ("我单位职工%s%s的住房公积金因经办疏漏未按时缴存，现申请补缴。", people, months));
  g_ptr_array_add (sentences, g_strdup_printf ("我单位职工%s入职后个人账户设立较晚，%s未缴存住房公积金，现申请补缴。",
                                               people, months));
  g_ptr_array_add (
      sentences, g_strdup_printf ("我单位职工%s的缴存基数调整后，%s少缴住房公积金，现申请补缴差额。", people, months));
  g_ptr_array_add (sentences, g_strdup_printf ("本次补缴单位部分%s元，个人部分%s元，合计%s元，明细见补缴清册。", unit,
                                               personal, all));
  g_ptr_array_add (sentences, g_strdup ("以上情况属实，所附材料真实、完整，如有不实，由我单位承担相应责任。"));
  return sentences;
}

/* ---- the paper ---- */

typedef struct {
  QcStampedPaper paper; /* points into the rest */
  QcStampedKind kind;
  gint64 now;
  char *center, *unit_name, *unit, *handler, *check_code, *statement; /* (owned) */
  QcRoster *roster;                                                   /* (owned) */
  GPtrArray *codes;                                                   /* (owned) */
} Render;

static void
render_free (Render *render)
{
  g_free (render->center);
  g_free (render->unit_name);
  g_free (render->unit);
  g_free (render->handler);
  g_free (render->check_code);
  g_free (render->statement);
  qc_roster_free (render->roster);
  g_ptr_array_unref (render->codes);
  g_free (render);
}

static Render *
render_new (QcRosterService *service, QcStampedPaperKind kind, const QcRosterFacts *facts)
{
  QcBusinessService *base = QC_BUSINESS_SERVICE (service);
  QcSession *session = qc_business_service_get_session (base);
  const QcRoster *roster = qc_draft_get_roster (qc_business_service_get_draft (base));
  const QcProfileInfo *profile = qc_session_get_profile (session);
  Render *render = g_new0 (Render, 1);
  render->kind = kind == QC_STAMPED_PAPER_LIST ? QC_STAMPED_ROSTER : QC_STAMPED_STATEMENT;
  render->now = qc_clock_now (qc_context_get_clock (qc_session_get_context (session)));
  render->center = g_strdup (profile ? profile->name : "");
  render->unit_name = g_strdup (facts->unit->name);
  render->unit = g_strdup (facts->unit->account);
  render->handler = g_strdup (g_hash_table_lookup (facts->unit->fields, HANDLER_FIELD));
  render->check_code = qc_roster_dup_check_code (qc_business_service_get_business (base), roster);
  render->statement = qc_stamped_papers_dup_statement (service);
  render->codes = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_code_free);
  for (guint i = 0; i < facts->codes->len; i++)
    g_ptr_array_add (render->codes, qc_code_copy (g_ptr_array_index (facts->codes, i)));
  render->roster = qc_roster_copy (roster);
  render->paper = (QcStampedPaper) {
      .center = render->center,
      .unit_name = render->unit_name,
      .unit = render->unit,
      .handler = render->handler,
      .method = qc_roster_service_get_method (service),
      .date = facts->today,
      .roster = render->roster,
      .codes = render->codes,
      .check_code = render->check_code,
      .statement = render->statement,
      .practice = qc_session_is_practice (session),
  };
  return render;
}

static void
render_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Render *render = data;
  GError *error = NULL;
  g_autoptr (QcFont) font = qc_font_new (&error);
  GBytes *pdf = font ? qc_stamped_to_pdf (font, &render->paper, render->kind, render->now, &error) : NULL;
  if (pdf)
    g_task_return_pointer (task, pdf, (GDestroyNotify)g_bytes_unref);
  else
    g_task_return_error (task, error);
}

void
qc_stamped_papers_render_async (QcRosterService *service, QcStampedPaperKind kind, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_ROSTER_SERVICE (service));
  g_autoptr (GTask) task = g_task_new (service, cancellable, callback, user_data);
  const QcRosterFacts *facts = qc_roster_service_get_facts (service);
  if (!facts) {
    g_task_return_new_error (task, QC_APP_ERROR, QC_APP_ERROR_NO_UNIT, "%s",
                             _ ("Nothing of this unit is on this computer yet."));
    return;
  }
  g_task_set_source_tag (task, qc_stamped_papers_render_async);
  g_task_set_task_data (task, render_new (service, kind, facts), (GDestroyNotify)render_free);
  g_task_run_in_thread (task, render_thread);
}

GBytes *
qc_stamped_papers_render_finish (QcRosterService *service, GAsyncResult *result, char **file_name, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, service), NULL);
  const Render *render = g_task_get_task_data (G_TASK (result));
  GBytes *pdf = g_task_propagate_pointer (G_TASK (result), error);
  if (pdf)
    *file_name = qc_stamped_dup_file_name (&render->paper, render->kind);
  return pdf;
}

/* ---- saving ---- */

typedef struct {
  GBytes *pdf; /* (owned) */
  char *path;  /* (owned) */
} Saving;

static void
saving_free (Saving *saving)
{
  g_bytes_unref (saving->pdf);
  g_free (saving->path);
  g_free (saving);
}

static void
save_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Saving *saving = data;
  GError *error = NULL;
  if (qc_pdf_save_bytes (saving->pdf, saving->path, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
qc_stamped_papers_save_async (QcRosterService *service, GBytes *pdf, const char *path, GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (QC_IS_ROSTER_SERVICE (service) && pdf && path);
  g_autoptr (GTask) task = g_task_new (service, NULL, callback, user_data);
  Saving *saving = g_new (Saving, 1);
  *saving = (Saving) {g_bytes_ref (pdf), g_strdup (path)};
  g_task_set_source_tag (task, qc_stamped_papers_save_async);
  g_task_set_task_data (task, saving, (GDestroyNotify)saving_free);
  g_task_run_in_thread (task, save_thread);
}

gboolean
qc_stamped_papers_save_finish (QcRosterService *service, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, service), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
