/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The command people. Read in pages, so that 200,000 of them need no memory as JSON lines. Main thread.
 */
#include "qc-cli.h"

#include <glib/gi18n.h>

#include "qc-cli-out.h"
#include "qc-format.h"
#include "qc-people-list.h"

static const struct {
  const char *word;
  QcPeopleFilter filter;
} filters[] = {
    {"normal", QC_PEOPLE_NORMAL},
    {"sealed", QC_PEOPLE_SEALED},
    {"closed", QC_PEOPLE_CLOSED},
    {"other", QC_PEOPLE_OTHER},
};

static const char *
status_word (QcPersonStatus status)
{
  switch (status) {
  case QC_PERSON_NORMAL:
    return "normal";
  case QC_PERSON_SEALED:
    return "sealed";
  case QC_PERSON_MERGED:
  case QC_PERSON_MOVED_OUT:
  case QC_PERSON_WITHDRAWN:
    return "closed";
  case QC_PERSON_FROZEN:
  case QC_PERSON_TRANSFERRED:
  case QC_PERSON_OTHER:
  default:
    return "other";
  }
}

gboolean
qc_cli_read_people_filter (char **words, QcPeopleFilter *out)
{
  guint bits = 0;
  for (; words && *words; words++) {
    gsize i = 0;
    while (i < G_N_ELEMENTS (filters) && !g_str_equal (filters[i].word, *words))
      i++;
    if (i == G_N_ELEMENTS (filters))
      return FALSE;
    bits |= filters[i].filter;
  }
  *out = bits ? bits : QC_PEOPLE_EVERY;
  return TRUE;
}

static gboolean
list_read (gpointer list)
{
  return !qc_people_list_is_loading (list);
}

/* A row that is waited for, and why none will come any more. */
typedef struct {
  QcPersonRow *row; /* borrowed */
  GError *error;    /* (owned) (nullable) */
} Waiting;

static void
failed_cb (QcPeopleList *list, const GError *error, gpointer user_data)
{
  Waiting *waiting = user_data;
  g_clear_error (&waiting->error);
  waiting->error = g_error_copy (error);
}

static gboolean
row_read (gpointer data)
{
  Waiting *waiting = data;
  return waiting->error || qc_person_row_is_loaded (waiting->row);
}

static void
show_person (QcCli *cli, QcCliTable *table, const QcEmployee *person)
{
  g_autofree char *base = qc_format_money (person->base);
  g_autofree char *paid_to = qc_format_month (person->paid_to);
  if (!cli->json) {
    g_autofree char *document = qc_format_document (person->document);
    qc_cli_table_add (table, person->account, person->name, document, _ (qc_person_status_to_msgid (person->status)),
                      base, paid_to);
    return;
  }
  QcLine *line = qc_line_new ("person");
  qc_line_text (line, "account", person->account);
  qc_line_text (line, "name", person->name);
  qc_line_text (line, "document", person->document);
  qc_line_text (line, "status", status_word (person->status));
  qc_line_int (line, "base", person->base);
  qc_line_month (line, "opened", person->opened);
  qc_line_month (line, "paid_to", person->paid_to);
  qc_line_text (line, "retirement_class", qc_retirement_class_to_code (person->retirement_class));
  qc_line_month (line, "authorized_until", person->authorized_until);
  qc_line_print (line);
}

static void
show_totals (QcCli *cli, const QcPeopleTotals *totals, guint shown)
{
  if (cli->json) {
    QcLine *line = qc_line_new ("people");
    qc_line_int (line, "people", totals->people);
    qc_line_int (line, "normal", totals->normal);
    qc_line_int (line, "sealed", totals->sealed);
    qc_line_int (line, "base", totals->base);
    qc_line_int (line, "shown", shown);
    qc_line_print (line);
    return;
  }
  g_autofree char *people = qc_format_people (totals->people);
  g_autofree char *base = qc_format_yuan (totals->base);
  qc_say (_ ("%s, bases in total %s"), people, base);
}

static int
show_people (QcCli *cli, QcPeopleList *list, int limit)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (list));
  QcCliTable *table
      = qc_cli_table_new ("llllrl", _ ("Account"), _ ("Name"), _ ("Document"), _ ("Status"), _ ("Base"), _ ("Paid to"));
  if (limit > 0)
    n = MIN (n, (guint)limit);
  Waiting waiting = {NULL, NULL};
  gulong failed = g_signal_connect (list, "failed", G_CALLBACK (failed_cb), &waiting);
  guint shown = 0;
  for (; shown < n; shown++) {
    g_autoptr (QcPersonRow) row = g_list_model_get_item (G_LIST_MODEL (list), shown);
    waiting.row = row;
    if (!qc_cli_wait_here (cli, row_read, &waiting) || waiting.error)
      break;
    show_person (cli, table, qc_person_row_get_employee (row));
  }
  g_signal_handler_disconnect (list, failed);
  qc_cli_table_print (table);
  show_totals (cli, qc_people_list_get_totals (list), shown);
  if (shown == n)
    return QC_EXIT_OK;
  g_autoptr (GError) error = waiting.error;
  if (error)
    return qc_cli_fail (cli, error);
  return qc_cli_fail_with (cli, QC_EXIT_FAILED, "late", _ ("The database did not answer in time."));
}

int
qc_cli_people (QcCli *cli, char ***argv)
{
  int status, limit = 0;
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;
  const GOptionEntry entries[] = {
      {"search", 0, 0, G_OPTION_ARG_STRING, &text, NULL, NULL},
      {"status", 0, 0, G_OPTION_ARG_STRING_ARRAY, &words, NULL, NULL},
      {"limit", 0, 0, G_OPTION_ARG_INT, &limit, NULL, NULL},
      {NULL},
  };
  if (!qc_cli_parse (cli, argv, entries, 0, 0, &status))
    return status;
  QcPeopleFilter filter;
  if (!qc_cli_read_people_filter (words, &filter) || limit < 0)
    return qc_cli_fail_with (cli, QC_EXIT_USAGE, "options",
                             _ ("--status takes normal, sealed, closed or other; --limit "
                                "a number."));
  status = qc_cli_need_unit (cli);
  if (status != QC_EXIT_OK)
    return status;
  g_autoptr (QcPeopleList) list = qc_people_list_new (cli->session);
  qc_people_list_set_search (list, text);
  qc_people_list_set_filter (list, filter);
  qc_people_list_set_sort (list, QC_PEOPLE_BY_ACCOUNT, FALSE); /* an order that a script can rely on */
  qc_cli_wait_here (cli, list_read, list);
  if (qc_people_list_get_error (list))
    return qc_cli_fail (cli, qc_people_list_get_error (list));
  return show_people (cli, list, limit);
}
