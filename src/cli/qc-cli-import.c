/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The command import: a workbook or text becomes a draft of a roster business, or is only judged. Every fault of every
 * row is told. Main thread.
 */
#include "qc-cli.h"

#include <glib/gi18n.h>

#include "qc-cli-out.h"
#include "qc-draft-list.h"
#include "qc-format.h"
#include "qc-roster-import.h"

typedef struct {
  QcBusiness business;
  const char *file; /* borrowed */
  gboolean check, good_only, all;
  char *faults; /* (owned) (nullable) where a copy with its faults goes */
} Options;

static void
options_clear (Options *options)
{
  g_free (options->faults);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static const char *const kinds[QC_N_IMPORT_KINDS]
    = {"added", "changed", "unchanged", "empty", "unmatched", "refused", "left_out"};

static void
show_row (QcCli *cli, QcRosterImport *import, const QcImportRow *row)
{
  for (guint i = 0; row->findings && i < row->findings->len; i++) {
    const QcFinding *finding = g_ptr_array_index (row->findings, i);
    g_autofree char *sentence = qc_finding_dup_sentence (finding);
    g_autofree char *advice = qc_finding_dup_advice (finding);
    g_autofree char *place = qc_roster_import_dup_place (import, row, finding);
    if (!cli->json) {
      qc_say ("%s %s %s: %s", finding->severity >= QC_SEVERITY_ASK ? "✘" : "⚠", place, row->who, sentence);
      continue;
    }
    QcLine *line = qc_line_new ("finding");
    qc_line_int (line, "row", row->number);
    qc_line_text (line, "cell", place);
    qc_line_text (line, "who", row->who);
    qc_line_text (line, "kind", kinds[row->kind]);
    qc_line_text (line, "code", finding->code);
    qc_line_text (line, "severity", qc_severity_to_code (finding->severity));
    qc_line_text (line, "field", finding->field);
    qc_line_text (line, "sentence", sentence);
    qc_line_text (line, "advice", advice);
    qc_line_print (line);
  }
}

static void
show_repairs (QcCli *cli, const QcImportResult *result)
{
  for (guint i = 0; i < result->repairs->len; i++) {
    const QcImportRepair *repair = g_ptr_array_index (result->repairs, i);
    if (!cli->json) {
      qc_say (_ ("• row %u: “%s” is read as %s"), repair->number, repair->before, repair->after);
      continue;
    }
    QcLine *line = qc_line_new ("repair");
    qc_line_int (line, "row", repair->number);
    qc_line_text (line, "field", qc_line_field (repair->field)->name);
    qc_line_text (line, "before", repair->before);
    qc_line_text (line, "after", repair->after);
    qc_line_print (line);
  }
}

static void
show_sums (QcCli *cli, const Options *options, const QcImportResult *result)
{
  if (cli->json) {
    QcLine *line = qc_line_new ("import");
    qc_line_text (line, "business", qc_business_info (options->business)->code);
    qc_line_int (line, "rows", result->rows->len);
    for (int kind = 0; kind < QC_N_IMPORT_KINDS; kind++)
      qc_line_int (line, kinds[kind], result->counts[kind]);
    qc_line_int (line, "faulty", result->faulty);
    qc_line_int (line, "repaired", result->n_repairs);
    qc_line_print (line);
    return;
  }
  qc_say (_ ("%u rows: %u new, %u changed, %u unchanged, %u with nothing entered, %u of nobody, %u refused; %u faulty"),
          result->rows->len, result->counts[QC_IMPORT_ADDED], result->counts[QC_IMPORT_CHANGED],
          result->counts[QC_IMPORT_UNCHANGED], result->counts[QC_IMPORT_EMPTY], result->counts[QC_IMPORT_UNMATCHED],
          result->counts[QC_IMPORT_REFUSED], result->faulty);
}

static const QcImportResult *
read_and_check (QcCli *cli, QcRosterImport *import, const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  GAsyncResult *slot = NULL;
  qc_roster_import_open_async (import, file, cli->cancellable, qc_cli_done_cb, &slot);
  g_autoptr (GAsyncResult) opened = qc_cli_await (&slot);
  if (!qc_roster_import_open_finish (import, opened, error))
    return NULL;
  slot = NULL;
  qc_roster_import_check_async (import, cli->cancellable, qc_cli_done_cb, &slot);
  g_autoptr (GAsyncResult) checked = qc_cli_await (&slot);
  return qc_roster_import_check_finish (import, checked, error);
}

/* The clerk's own file, with its faults marked in it. */
static int
write_faults (QcCli *cli, QcRosterImport *import, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  GAsyncResult *slot = NULL;
  qc_roster_import_write_faults_async (import, file, cli->cancellable, qc_cli_done_cb, &slot);
  g_autoptr (GAsyncResult) written = qc_cli_await (&slot);
  g_autoptr (GError) error = NULL;
  QcImportMarked marked;
  if (!qc_roster_import_write_faults_finish (import, written, &marked, &error))
    return qc_cli_fail_with (cli, QC_EXIT_FAILED, "faults", error->message);
  if (!cli->json) {
    qc_say (_ ("The faults stand in %s."), path);
    if (qc_roster_import_is_old (import))
      qc_say (_ ("An old workbook (.xls) cannot bear them: the copy is an .xlsx."));
    return QC_EXIT_OK;
  }
  QcLine *line = qc_line_new ("marked");
  qc_line_text (line, "file", path);
  qc_line_text (line, "how", marked == QC_IMPORT_MARKED_SHEET ? "sheet" : "cells");
  qc_line_text (line, "format", qc_roster_import_is_old (import) ? "xlsx" : NULL);
  qc_line_print (line);
  return QC_EXIT_OK;
}

static gboolean
loaded (gpointer service)
{
  return qc_roster_service_get_facts (service) != NULL || qc_business_service_get_error (service);
}

static gboolean
settled (gpointer service)
{
  return qc_business_service_get_error (service) || qc_roster_service_is_settled (service);
}

static int
import_into (QcCli *cli, QcRosterService *service, const Options *options)
{
  qc_cli_wait_here (cli, loaded, service);
  if (qc_business_service_get_error (QC_BUSINESS_SERVICE (service)))
    return qc_cli_fail (cli, qc_business_service_get_error (QC_BUSINESS_SERVICE (service)));
  g_autoptr (QcRosterImport) import = qc_roster_import_new (service);
  g_autoptr (GError) error = NULL;
  const QcImportResult *result = read_and_check (cli, import, options->file, &error);
  if (!result)
    return qc_cli_fail_with (cli, QC_EXIT_NOT_FOUND, "file", error->message);
  for (guint i = 0; i < result->rows->len; i++)
    show_row (cli, import, g_ptr_array_index (result->rows, i));
  show_repairs (cli, result);
  show_sums (cli, options, result);
  guint faulty = result->faulty, added, changed;
  int written = faulty > 0 && options->faults ? write_faults (cli, import, options->faults) : QC_EXIT_OK;
  if (written != QC_EXIT_OK)
    return written;
  if (options->check)
    return faulty > 0 ? QC_EXIT_REFUSED : QC_EXIT_OK;
  if (faulty > 0 && !options->good_only && !options->all)
    return qc_cli_fail_with (
        cli, QC_EXIT_REFUSED, "rows",
        _ ("Rows are faulty; nothing was taken over. Correct the file, or say --good-only or --all."));
  if (!qc_roster_import_adopt (import, options->good_only, &added, &changed, &error))
    return qc_cli_fail (cli, error);
  qc_cli_wait_here (cli, settled, service);
  return QC_EXIT_OK;
}

static gboolean
is_written (gpointer draft)
{
  return qc_draft_get_unsaved (draft) == 0 && !qc_draft_is_busy (draft);
}

/* A draft of its own; it goes again where nothing came onto it. */
static int
import_new (QcCli *cli, const Options *options)
{
  GAsyncResult *slot = NULL;
  g_autoptr (QcDraftList) drafts = qc_draft_list_new (cli->session, options->business);
  qc_draft_list_create_async (drafts, options->business, cli->cancellable, qc_cli_done_cb, &slot);
  g_autoptr (GAsyncResult) created = qc_cli_await (&slot);
  g_autoptr (GError) error = NULL;
  gint64 id = qc_draft_list_create_finish (drafts, created, &error);
  if (id == 0)
    return qc_cli_fail (cli, error);
  g_autoptr (QcRosterService) service = qc_roster_service_new (cli->session, options->business, id);
  QcDraft *draft = qc_business_service_get_draft (QC_BUSINESS_SERVICE (service));
  int status = import_into (cli, service, options);
  guint lines = qc_draft_get_roster (draft)->lines->len;
  if (lines == 0)
    qc_draft_discard (draft);
  qc_cli_wait_here (cli, is_written, draft);
  if (lines == 0 || status != QC_EXIT_OK)
    return status;
  if (!cli->json) {
    g_autofree char *people = qc_format_people (lines);
    qc_say (_ ("Draft of %s with %s; nothing was submitted."), _ (qc_business_info (options->business)->msgid), people);
    return status;
  }
  QcLine *line = qc_line_new ("draft");
  qc_line_int (line, "draft", id);
  qc_line_int (line, "lines", lines);
  qc_line_print (line);
  return status;
}

int
qc_cli_import (QcCli *cli, char ***argv)
{
  int status;
  g_auto (Options) options = {.business = QC_BUSINESS_OTHER};
  const GOptionEntry entries[] = {
      {"check", 0, 0, G_OPTION_ARG_NONE, &options.check, NULL, NULL},
      {"good-only", 0, 0, G_OPTION_ARG_NONE, &options.good_only, NULL, NULL},
      {"all", 0, 0, G_OPTION_ARG_NONE, &options.all, NULL, NULL},
      {"faults", 0, 0, G_OPTION_ARG_FILENAME, &options.faults, NULL, NULL},
      {NULL},
  };
  if (!qc_cli_parse (cli, argv, entries, 2, 2, &status))
    return status;
  if (!qc_business_from_code ((*argv)[1], &options.business) || !qc_roster_rules (options.business))
    return qc_cli_fail_with (cli, QC_EXIT_USAGE, "options",
                             _ ("“import” takes transfer, sealing, base-adjustment or retirement."));
  if (options.check + options.good_only + options.all > 1)
    return qc_cli_fail_with (cli, QC_EXIT_USAGE, "options", _ ("Say one of --check, --good-only and --all, or none."));
  options.file = (*argv)[2];
  if ((status = qc_cli_need_unit (cli)) != QC_EXIT_OK)
    return status;
  return import_new (cli, &options);
}
