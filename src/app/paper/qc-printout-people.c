/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 人员清册 as the list of people shows it: who is found, in its order. On the thread of the walk, but for making it.
 */
#include "qc-printout-kinds.h"

#include "qc-people-list-private.h"
#include "qc-printout-private.h"
#include "qc-printout-words.h"

#define PAGE 512 /* people that are read at once */

typedef struct {
  char *text; /* (owned) */
  QcStorePeopleQuery query;
  gboolean is_part; /* search or filter leave somebody out */
} People;

static void
people_free (gpointer data)
{
  People *people = data;
  g_free (people->text);
  g_free (people);
}

static const QcListColumn columns[] = {
    {"序号", 12, QC_ALIGN_CENTER, FALSE},     {"姓名", 24, QC_ALIGN_LEFT, FALSE},
    {"个人账号", 31, QC_ALIGN_LEFT, FALSE},   {"证件号码", 38, QC_ALIGN_LEFT, FALSE},
    {"账户状态", 17, QC_ALIGN_CENTER, FALSE}, {"待调整基数", 12, QC_ALIGN_CENTER, FALSE},
    {"缴存基数", 24, QC_ALIGN_RIGHT, TRUE},   {"开户年月", 21, QC_ALIGN_CENTER, FALSE},
    {"缴至年月", 21, QC_ALIGN_CENTER, FALSE},
};

/* Whoever is sealed pays nothing: the sum is that of the list on the screen, of the normal ones. */
static gboolean
add_person (QcListForm *list, const QcEmployee *person, guint number, GError **error)
{
  g_autofree char *opened = qc_printout_dup_month (person->opened);
  g_autofree char *paid_to = qc_printout_dup_month (person->paid_to);
  g_autofree char *base = qc_money_to_string (person->base);
  qc_list_form_begin_row (list, 0);
  qc_list_form_number (list, number);
  qc_list_form_text (list, person->name);
  qc_list_form_text (list, person->account);
  qc_list_form_text (list, person->document);
  qc_list_form_text (list, qc_printout_word (qc_person_status_to_msgid (person->status)));
  qc_list_form_text (list, person->base_pending ? "是" : NULL);
  if (person->status == QC_PERSON_NORMAL)
    qc_list_form_amount (list, person->base);
  else
    qc_list_form_text (list, base);
  qc_list_form_text (list, opened);
  qc_list_form_text (list, paid_to);
  return qc_list_form_end_row (list, error);
}

static gboolean
fill_rows (QcPrintoutJob *job, QcConnection *connection, const GArray *ids, QcListForm *list, GError **error)
{
  guint number = 0;
  for (guint at = 0; at < ids->len; at += PAGE) {
    g_autoptr (GPtrArray) page
        = qc_store_people_by_ids (connection, &g_array_index (ids, gint64, at), MIN (PAGE, ids->len - at), error);
    if (page == NULL || !qc_printout_job_go_on (job, error))
      return FALSE;
    for (guint i = 0; i < page->len; i++)
      if (g_ptr_array_index (page, i) != NULL && !add_person (list, g_ptr_array_index (page, i), ++number, error))
        return FALSE;
  }
  return TRUE;
}

static gboolean
fill (QcPrintoutJob *job, QcConnection *connection, gpointer data, GError **error)
{
  const People *people = data;
  g_autoptr (QcStorePeopleList) found
      = qc_store_people_list (connection, job->profile, job->unit, &people->query, error);
  if (found == NULL)
    return FALSE;
  g_autofree char *running = g_strdup_printf ("%s（%s）", job->unit_name, job->unit);
  QcListHead head = qc_printout_job_head (job, "职工住房公积金账户清册");
  head.running = running;
  head.counted = "人";
  head.is_signed = TRUE;
  QcListForm *list = qc_binder_add_list (job->binder, &head);
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    qc_list_form_add_column (list, 0, &columns[i]);
  if (!fill_rows (job, connection, found->ids, list, error))
    return FALSE;
  g_autofree char *note = g_strdup_printf (
      "%s其中正常 %" G_GINT64_FORMAT " 人，封存 %" G_GINT64_FORMAT " 人；缴存基数合计为正常账户的合计。",
      people->is_part ? "本清册只列出按条件查询的人员。" : "", found->totals.normal, found->totals.sealed);
  qc_list_form_add_note (list, note);
  return TRUE;
}

static const QcPrintoutKind people_kind = {fill, people_free};

QcPrintout *
qc_printout_new_people (QcPeopleList *list)
{
  g_return_val_if_fail (QC_IS_PEOPLE_LIST (list), NULL);
  People *people = g_new0 (People, 1);
  qc_people_list_get_query (list, &people->query);
  people->text = g_strdup (people->query.text);
  people->query.text = people->text;
  people->is_part = (people->text != NULL && *people->text != '\0') || people->query.changed != QC_MONTH_NONE
                    || people->query.unadjusted != QC_MONTH_NONE
                    || (qc_people_list_get_filter (list) & QC_PEOPLE_EVERY) != QC_PEOPLE_EVERY;
  QcPrintout *self
      = qc_printout_new (qc_people_list_get_session (list), "职工住房公积金账户清册", QC_PAPER_A4_LANDSCAPE);
  qc_printout_add (self, &people_kind, people);
  return self;
}
