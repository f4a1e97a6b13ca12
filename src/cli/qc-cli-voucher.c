/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Commands about paper: voucher (汇补缴凭证 as PDF) and check (whether one is genuine, without network). Main thread.
 */
#include "qc-cli.h"

#include <glib/gi18n.h>

#include "qc-cli-out.h"
#include "qc-format.h"
#include "qc-voucher-service.h"

/* --- voucher --- */

static void
show_made (QcCli *cli, QcVoucherBatch *batch, const char *path)
{
  for (guint i = 0; i < qc_voucher_batch_get_n (batch); i++) {
    const QcVoucherInfo *info = qc_voucher_batch_get_info (batch, i);
    if (!cli->json) {
      g_autofree char *yuan = qc_format_yuan (info->fen);
      qc_say ("%s  %s  %s", info->serial, yuan,
              info->finished ? _ ("with the center's seal") : _ ("without seal: not finished"));
      continue;
    }
    QcLine *line = qc_line_new ("voucher");
    qc_line_text (line, "serial", info->serial);
    qc_line_text (line, "path", path);
    qc_line_bool (line, "finished", info->finished);
    qc_line_bool (line, "practice", info->practice);
    qc_line_int (line, "reprint", info->reprint);
    qc_line_bool (line, "offline", info->offline);
    qc_line_month (line, "start", info->start);
    qc_line_month (line, "end", info->end);
    qc_line_int (line, "fen", info->fen);
    qc_line_print (line);
  }
}

static int
write_vouchers (QcCli *cli, QcVoucherService *service, QcVoucherBatch *batch, const char *path)
{
  GAsyncResult *slot = NULL;
  qc_voucher_service_save_async (service, batch, path, FALSE, cli->cancellable, qc_cli_done_cb, &slot);
  g_autoptr (GAsyncResult) result = qc_cli_await (&slot);
  g_autoptr (GError) error = NULL;
  if (!qc_voucher_service_save_finish (service, result, NULL, &error))
    return qc_cli_fail (cli, error);
  show_made (cli, batch, path);
  return QC_EXIT_OK;
}

/* The center is asked where it can be; without it what is kept is printed again. */
static int
prepare (QcCli *cli, char **serials, const char *path)
{
  g_autoptr (QcVoucherService) service = qc_voucher_service_new (cli->session);
  int status = qc_cli_start_practice (cli);
  if (status != QC_EXIT_OK)
    return status;
  GAsyncResult *slot = NULL;
  qc_voucher_service_prepare_async (service, (const char *const *)serials, cli->cancellable, qc_cli_done_cb, &slot);
  g_autoptr (GAsyncResult) result = qc_cli_await (&slot);
  g_autoptr (GError) error = NULL;
  g_autoptr (QcVoucherBatch) batch = qc_voucher_service_prepare_finish (service, result, &error);
  return batch ? write_vouchers (cli, service, batch, path) : qc_cli_fail (cli, error);
}

int
qc_cli_voucher (QcCli *cli, char ***argv)
{
  int status;
  g_autofree char *output = NULL;
  const GOptionEntry entries[] = {
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &output, NULL, NULL},
      {NULL},
  };
  if (!qc_cli_parse (cli, argv, entries, 1, 1000, &status))
    return status;
  if (!output)
    return qc_cli_fail_with (cli, QC_EXIT_USAGE, "options", _ ("voucher needs --output FILE."));
  status = qc_cli_need_unit (cli);
  return status == QC_EXIT_OK ? prepare (cli, *argv + 1, output) : status;
}

/* --- check --- */

static void
print_result (const QcVoucherResult *voucher)
{
  gboolean known = voucher->verdict == QC_VOUCHER_GENUINE || voucher->verdict == QC_VOUCHER_PRACTICE;
  QcLine *line = qc_line_new ("check");
  qc_line_text (line, "verdict", voucher->code);
  qc_line_text (line, "title", voucher->title);
  qc_line_text (line, "reason", voucher->reason);
  qc_line_text (line, "field", voucher->field);
  qc_line_text (line, "file", voucher->file);
  qc_line_text (line, "key", voucher->key);
  if (known) {
    qc_line_text (line, "serial", voucher->serial);
    qc_line_text (line, "center", voucher->center);
    qc_line_text (line, "unit", voucher->unit);
    qc_line_text (line, "unit_name", voucher->unit_name);
    qc_line_text (line, "state", qc_state_to_code (voucher->state));
    qc_line_month (line, "start", voucher->start);
    qc_line_month (line, "end", voucher->end);
    qc_line_int (line, "people", voucher->people);
    qc_line_int (line, "fen", voucher->fen);
    qc_line_int (line, "reprint", voucher->reprint);
    qc_line_int (line, "issued", voucher->issued);
    qc_line_bool (line, "complete", voucher->complete);
    qc_line_bool (line, "compared", voucher->compared);
    qc_line_int (line, "warnings", voucher->warnings->len);
  }
  qc_line_print (line);
  for (guint i = 0; i < voucher->warnings->len; i++) {
    const QcVoucherWarning *warning = g_ptr_array_index (voucher->warnings, i);
    line = qc_line_new ("check-warning");
    qc_line_text (line, "serial", voucher->serial);
    qc_line_text (line, "code", warning->code);
    qc_line_text (line, "field", warning->field);
    qc_line_text (line, "amount", warning->amount);
    qc_line_text (line, "text", warning->text);
    qc_line_print (line);
  }
}

static void
show_result (QcCli *cli, const QcVoucherResult *voucher)
{
  if (cli->json) {
    print_result (voucher);
    return;
  }
  qc_say ("%s", voucher->title);
  if (voucher->signed_by)
    qc_say ("  %s", voucher->signed_by);
  if (voucher->reason)
    qc_say ("  %s", voucher->reason);
  if (voucher->serial) {
    g_autofree char *months = qc_format_months (voucher->start, voucher->end);
    g_autofree char *people = qc_format_people (voucher->people);
    g_autofree char *yuan = qc_format_yuan (voucher->fen);
    qc_say ("  %s  %s  %s  %s  %s", voucher->serial, voucher->unit_name ? voucher->unit_name : "", months, people,
            yuan);
  }
  for (guint i = 0; i < voucher->warnings->len; i++) {
    const QcVoucherWarning *warning = g_ptr_array_index (voucher->warnings, i);
    qc_say ("  ! %s", warning->text);
  }
}

/* A practice voucher holds in practice, and nowhere else. A script that takes the page for what is vouched for must
 * not go on where the page says something else. */
static int
status_of (QcCli *cli, const QcVoucherResult *voucher)
{
  if (voucher->verdict != QC_VOUCHER_GENUINE
      && !(voucher->verdict == QC_VOUCHER_PRACTICE && qc_session_is_practice (cli->session)))
    return QC_EXIT_NOT_GENUINE;
  return voucher->warnings->len > 0 ? QC_EXIT_PAGE : QC_EXIT_OK;
}

int
qc_cli_check (QcCli *cli, char ***argv)
{
  int status;
  gboolean text = FALSE;
  const GOptionEntry entries[] = {{"text", 0, 0, G_OPTION_ARG_NONE, &text, NULL, NULL}, {NULL}};
  if (!qc_cli_parse (cli, argv, entries, 1, text ? 1 : 1000, &status)
      || (status = qc_cli_need_profile (cli)) != QC_EXIT_OK)
    return status;
  for (guint i = 1; !text && (*argv)[i]; i++)
    if (!g_file_test ((*argv)[i], G_FILE_TEST_EXISTS))
      return qc_cli_fail_with (cli, QC_EXIT_NOT_FOUND, "no-file", _ ("There is no such file."));
  GAsyncResult *slot = NULL;
  g_autoptr (QcVoucherService) service = qc_voucher_service_new (cli->session);
  if (text)
    qc_voucher_service_check_text_async (service, (*argv)[1], cli->cancellable, qc_cli_done_cb, &slot);
  else
    qc_voucher_service_check_files_async (service, (const char *const *)*argv + 1, cli->cancellable, qc_cli_done_cb,
                                          &slot);
  g_autoptr (GAsyncResult) result = qc_cli_await (&slot);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) vouchers = qc_voucher_service_check_finish (service, result, &error);
  if (!vouchers)
    return qc_cli_fail (cli, error);
  status = vouchers->len > 0 ? QC_EXIT_OK : QC_EXIT_NOT_GENUINE;
  for (guint i = 0; i < vouchers->len; i++) {
    int one = status_of (cli, g_ptr_array_index (vouchers, i));
    show_result (cli, g_ptr_array_index (vouchers, i));
    if (status != QC_EXIT_NOT_GENUINE && one != QC_EXIT_OK)
      status = one;
  }
  return status;
}
