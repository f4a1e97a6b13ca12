/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The command export: a roster to be filled in, people or applications as a workbook. Main thread.
 */
#include "qc-cli.h"

#include <glib/gi18n.h>

#include "qc-cli-out.h"
#include "qc-format.h"

typedef struct {
  gboolean shown;
  char *search;                       /* (owned) (nullable) */
  char *business;                     /* (owned) (nullable) */
  char **statuses, **states;          /* (owned) (nullable) */
  QcBusiness kind;                    /* of a roster */
  QcPeopleFilter filter;              /* of people */
  QcApplicationConditions conditions; /* of applications */
} Options;

static void
options_clear (Options *options)
{
  g_free (options->search);
  g_free (options->business);
  g_strfreev (options->statuses);
  g_strfreev (options->states);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
is_people (const char *what)
{
  return g_str_equal (what, "people");
}

static gboolean
is_applications (const char *what)
{
  return g_str_equal (what, "applications");
}

/* Options that would do nothing are told, not passed over. */
static gboolean
understand (Options *options, const char *what)
{
  if (is_people (what))
    return !options->shown && !options->business && !options->states
           && qc_cli_read_people_filter (options->statuses, &options->filter);
  if (options->search || options->statuses)
    return FALSE;
  if (is_applications (what))
    return !options->shown && qc_cli_read_conditions (options->states, options->business, &options->conditions);
  return !options->business && !options->states && qc_business_from_code (what, &options->kind)
         && qc_roster_rules (options->kind);
}

int
qc_cli_write_export (QcCli *cli, QcExport *export, const char *what, const char *path)
{
  GAsyncResult *slot = NULL;
  qc_export_run_async (export, path, cli->cancellable, qc_cli_done_cb, &slot);
  g_autoptr (GAsyncResult) result = qc_cli_await (&slot);
  g_autoptr (GError) error = NULL;
  gint64 rows = qc_export_run_finish (export, result, &error);
  if (rows < 0)
    return qc_cli_fail (cli, error);
  if (cli->json) {
    QcLine *line = qc_line_new ("exported");
    qc_line_text (line, "what", what);
    qc_line_text (line, "path", path);
    qc_line_int (line, "rows", rows);
    qc_line_print (line);
    return QC_EXIT_OK;
  }
  g_autofree char *count = qc_format_count (rows);
  qc_say (g_dngettext (GETTEXT_PACKAGE, "%s row in %s", "%s rows in %s", (gulong)rows), count, path);
  return QC_EXIT_OK;
}

static gboolean
people_read (gpointer list)
{
  return !qc_people_list_is_loading (list);
}

static int
export_people (QcCli *cli, const Options *options, const char *path)
{
  g_autoptr (QcPeopleList) list = qc_people_list_new (cli->session);
  qc_people_list_set_search (list, options->search);
  qc_people_list_set_filter (list, options->filter);
  qc_people_list_set_sort (list, QC_PEOPLE_BY_ACCOUNT, FALSE); /* an order that a script can rely on */
  qc_cli_wait_here (cli, people_read, list);
  if (qc_people_list_get_error (list))
    return qc_cli_fail (cli, qc_people_list_get_error (list));
  g_autoptr (QcExport) export = qc_export_new_people (list);
  return qc_cli_write_export (cli, export, "people", path);
}

static int
export_applications (QcCli *cli, const Options *options, const char *path)
{
  int status = QC_EXIT_OK;
  g_autoptr (QcApplicationList) list = qc_cli_read_applications (cli, &options->conditions, &status);
  g_autoptr (QcExport) export = list ? qc_export_new_applications (list) : NULL;
  return export ? qc_cli_write_export (cli, export, "applications", path) : status;
}

static gboolean
roster_read (gpointer service)
{
  return qc_business_service_get_error (service) || qc_roster_service_is_settled (service);
}

static int
export_roster (QcCli *cli, const Options *options, const char *path)
{
  const char *what = qc_business_info (options->kind)->code;
  if (!options->shown) {
    g_autoptr (QcExport) export = qc_export_new_everybody (cli->session, options->kind);
    return qc_cli_write_export (cli, export, what, path);
  }
  g_autoptr (QcRosterService) service = qc_roster_service_new (cli->session, options->kind, 0);
  qc_cli_wait_here (cli, roster_read, service);
  if (qc_business_service_get_error (QC_BUSINESS_SERVICE (service)))
    return qc_cli_fail (cli, qc_business_service_get_error (QC_BUSINESS_SERVICE (service)));
  g_autoptr (QcExport) export = qc_export_new_shown (service);
  return qc_cli_write_export (cli, export, what, path);
}

int
qc_cli_export (QcCli *cli, char ***argv)
{
  int status;
  g_auto (Options) options = {0};
  const GOptionEntry entries[] = {
      {"shown", 0, 0, G_OPTION_ARG_NONE, &options.shown, NULL, NULL},
      {"search", 0, 0, G_OPTION_ARG_STRING, &options.search, NULL, NULL},
      {"status", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.statuses, NULL, NULL},
      {"state", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.states, NULL, NULL},
      {"business", 0, 0, G_OPTION_ARG_STRING, &options.business, NULL, NULL},
      {NULL},
  };
  if (!qc_cli_parse (cli, argv, entries, 2, 2, &status))
    return status;
  const char *what = (*argv)[1], *path = (*argv)[2];
  if (!understand (&options, what))
    return qc_cli_fail_with (cli, QC_EXIT_USAGE, "options",
                             _ ("export takes a business with a roster (and --shown), people (--search, --status) or "
                                "applications (--state, --business)."));
  status = qc_cli_need_unit (cli);
  if (status != QC_EXIT_OK)
    return status;
  return is_people (what)         ? export_people (cli, &options, path)
         : is_applications (what) ? export_applications (cli, &options, path)
                                  : export_roster (cli, &options, path);
}
