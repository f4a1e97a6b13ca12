/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What went wrong, as words and as an exit status. One table. Main thread.
 */
#include "qc-cli.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "qc-cli-out.h"
#include "qc-error-text.h"

static const struct {
  QcExit status;
  const char *code;
} statuses[] = {
    {QC_EXIT_OK, "ok"},
    {QC_EXIT_REFUSED, "refused"},
    {QC_EXIT_USAGE, "usage"},
    {QC_EXIT_SIGNED_OUT, "signed-out"},
    {QC_EXIT_OFFLINE, "offline"},
    {QC_EXIT_UNKNOWN, "unknown-outcome"},
    {QC_EXIT_LOCKED, "locked"},
    {QC_EXIT_NOT_FOUND, "not-found"},
    {QC_EXIT_STATE, "state"},
    {QC_EXIT_FIGURES, "figures"},
    {QC_EXIT_NOT_GENUINE, "not-genuine"},
    {QC_EXIT_FAILED, "failed"},
    {QC_EXIT_SIGN_IN, "sign-in"},
    {QC_EXIT_DAMAGED, "damaged"},
    {QC_EXIT_INTERRUPTED, "interrupted"},
};

const char *
qc_exit_to_code (QcExit status)
{
  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    if (statuses[i].status == status)
      return statuses[i].code;
  return "failed";
}

/* By the beginning of the error's name; the first that fits counts. */
static const struct {
  const char *prefix;
  QcExit status;
} by_name[] = {
    {"app.locked", QC_EXIT_LOCKED},
    {"app.no-unit", QC_EXIT_SIGNED_OUT},
    {"keep.", QC_EXIT_STATE},
    {"bundle.newer", QC_EXIT_FAILED},
    {"bundle.", QC_EXIT_NOT_GENUINE},
    {"app.draft", QC_EXIT_STATE},
    {"app.voucher", QC_EXIT_STATE},
    {"sync.offline", QC_EXIT_OFFLINE},
    {"sync.timeout", QC_EXIT_OFFLINE},
    {"sync.retry-later", QC_EXIT_OFFLINE},
    {"sync.unauthorized", QC_EXIT_SIGNED_OUT},
    {"sync.unknown-outcome", QC_EXIT_UNKNOWN},
    {"sync.not-allowed", QC_EXIT_STATE},
    {"sync.sign-in", QC_EXIT_SIGN_IN},
    {"store.state", QC_EXIT_STATE},
    {"store.tampered", QC_EXIT_NOT_GENUINE},
    {"db.not-found", QC_EXIT_NOT_FOUND},
    {"io.not-found", QC_EXIT_NOT_FOUND},
    {"documents.no-code", QC_EXIT_NOT_GENUINE},
    {"reader.unreadable", QC_EXIT_NOT_GENUINE},
    {"reader.locked", QC_EXIT_NOT_GENUINE},
    {"reader.gave-up", QC_EXIT_NOT_GENUINE},
    {"cancelled", QC_EXIT_INTERRUPTED},
};

/* What the center said no with, where that is more than "no". */
static const struct {
  const char *code;
  QcExit status;
} by_problem[] = {
    {"revision-moved", QC_EXIT_STATE},
    {"not-allowed-in-state", QC_EXIT_STATE},
    {"not-found", QC_EXIT_NOT_FOUND},
};

static QcExit
status_of (const GError *error)
{
  const char *name = qc_app_error_code (error);
  const char *problem = qc_app_error_get_problem_code (error);
  for (gsize i = 0; problem && i < G_N_ELEMENTS (by_problem); i++)
    if (g_str_equal (by_problem[i].code, problem))
      return by_problem[i].status;
  for (gsize i = 0; i < G_N_ELEMENTS (by_name); i++)
    if (g_str_has_prefix (name, by_name[i].prefix))
      return by_name[i].status;
  return g_str_equal (name, "sync.problem") ? QC_EXIT_REFUSED : QC_EXIT_FAILED;
}

static int
tell (QcCli *cli, QcExit status, const char *code, const char *title, const char *reason, const char *advice)
{
  if (cli->json) {
    QcLine *line = qc_line_new ("error");
    qc_line_text (line, "code", code);
    qc_line_int (line, "exit", status);
    qc_line_text (line, "meaning", qc_exit_to_code (status));
    qc_line_text (line, "title", title);
    qc_line_text (line, "reason", reason);
    qc_line_text (line, "advice", advice);
    qc_line_print (line);
    return status;
  }
  fflush (stdout);
  qc_say_fault ("qingce-cli: %s", title);
  if (reason && *reason)
    qc_say_fault ("  %s", reason);
  if (advice && *advice)
    qc_say_fault ("  %s", advice);
  return status;
}

int
qc_cli_fail (QcCli *cli, const GError *error)
{
  if (qc_error_is_silent (error) && cli->late && !cli->interrupted)
    return qc_cli_fail_late (cli, QC_EXIT_FAILED);
  if (qc_error_is_silent (error))
    return tell (cli, QC_EXIT_INTERRUPTED, "cancelled", _ ("Interrupted"), NULL, NULL);
  g_autoptr (QcErrorText) text = qc_error_text_new (error);
  return tell (cli, status_of (error), qc_app_error_code (error), text->title, text->reason, text->advice);
}

int
qc_cli_fail_late (QcCli *cli, QcExit status)
{
  return tell (cli, status, "late", _ ("It was not done in the time that --wait gives."), NULL, NULL);
}

int
qc_cli_fail_with (QcCli *cli, QcExit status, const char *code, const char *sentence)
{
  return tell (cli, status, code, sentence, NULL, NULL);
}
