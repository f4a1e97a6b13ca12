/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The command remit: what a remittance would be, and 办理 of exactly that. Trying writes nothing; only what is about to
 * be submitted goes into the unit's draft. Main thread.
 */
#include "qc-cli.h"

#include <glib/gi18n.h>
#include <string.h>

#include "qc-cli-out.h"
#include "qc-format.h"
#include "qc-remittance-service.h"

typedef struct {
  char *method_word, *end_word; /* (owned) (nullable) as given */
  char **answer_words;          /* (owned) (nullable) as given */
  gboolean reviewed, dry_run, submit;
  gint64 expect_fen; /* -1 = not given */
  QcMethod method;
  QcMonth end;
  GHashTable *answers; /* (owned) account → GINT_TO_POINTER (QcRetirementClass) */
} Options;

static void
options_clear (Options *options)
{
  g_free (options->method_word);
  g_free (options->end_word);
  g_strfreev (options->answer_words);
  g_clear_pointer (&options->answers, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* --- the command line --- */

static gboolean
read_answers (Options *options)
{
  options->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (char **word = options->answer_words; word && *word; word++) {
    const char *equals = strchr (*word, '=');
    QcRetirementClass klass;
    if (!equals || equals == *word || !qc_retirement_class_from_code (equals + 1, &klass)
        || klass == QC_RETIREMENT_UNKNOWN)
      return FALSE;
    g_hash_table_replace (options->answers, g_strndup (*word, (gsize)(equals - *word)), GINT_TO_POINTER (klass));
  }
  return TRUE;
}

/* NULL when all is well. */
static const char *
read_options (Options *options)
{
  if (options->method_word
      && (!qc_method_from_code (options->method_word, &options->method) || options->method == QC_METHOD_NONE))
    return _ ("--method takes collection or transfer.");
  if (options->end_word && (options->end = qc_month_parse (options->end_word)) == QC_MONTH_NONE)
    return _ ("--end takes a month, as in 202611.");
  if (!read_answers (options))
    return _ ("--answer takes ACCOUNT=CLASS, as in 23110000000101=women-55.");
  if (options->dry_run == options->submit)
    return _ ("Say either --dry-run or --submit.");
  if (options->submit && options->expect_fen < 0)
    return _ ("--submit needs --expect-fen: the amount that was reviewed, in fen.");
  return NULL;
}

/* --- showing --- */

/* Findings of one code stand together. */
static gboolean
is_first (const GPtrArray *findings, guint i)
{
  const QcFinding *finding = g_ptr_array_index (findings, i);
  const QcFinding *before = i > 0 ? g_ptr_array_index (findings, i - 1) : NULL;
  return !before || !g_str_equal (before->code, finding->code);
}

void
qc_cli_show_findings (QcCli *cli, const GPtrArray *findings)
{
  for (guint i = 0; findings && i < findings->len; i++) {
    const QcFinding *finding = g_ptr_array_index (findings, i);
    g_autofree char *sentence = qc_finding_dup_sentence (finding);
    g_autofree char *advice = qc_finding_dup_advice (finding);
    if (!cli->json && finding->total > 0 && is_first (findings, i)) {
      g_autofree char *total = qc_format_count (finding->total);
      g_autofree char *group = qc_finding_dup_group (finding);
      /* Translators: how many there are, what; of these the first ones follow. */
      qc_say (_ ("✘ %s in all: %s"), total, group);
    }
    if (!cli->json) {
      qc_say ("%s %s%s%s",
              finding->severity >= QC_SEVERITY_ASK       ? "✘"
              : finding->severity == QC_SEVERITY_WARNING ? "!"
                                                         : "·",
              sentence, advice ? " " : "", advice ? advice : "");
      continue;
    }
    QcLine *line = qc_line_new ("finding");
    qc_line_text (line, "code", finding->code);
    qc_line_text (line, "severity", qc_severity_to_code (finding->severity));
    qc_line_bool (line, "blocks", finding->severity >= QC_SEVERITY_ASK);
    if (finding->line)
      qc_line_int (line, "line", finding->line);
    qc_line_text (line, "person", finding->person);
    qc_line_text (line, "field", finding->field);
    qc_line_month (line, "month", finding->month);
    if (finding->total)
      qc_line_int (line, "total", finding->total);
    qc_line_text (line, "reason", sentence);
    qc_line_text (line, "advice", advice);
    qc_line_print (line);
  }
}

/* Those who must be answered for: what --answer takes. */
static void
show_asked (QcCli *cli, QcRemittancePreview *preview)
{
  g_autoptr (GListModel) people = qc_remittance_preview_dup_left_out (preview);
  for (guint i = 0; i < g_list_model_get_n_items (people); i++) {
    g_autoptr (QcRemittancePerson) person = g_list_model_get_item (people, i);
    gboolean ask = qc_remittance_person_get_statutory (person) == QC_MONTH_NONE;
    if (!cli->json) {
      qc_say ("  %s %s: %s", qc_remittance_person_get_account (person), qc_remittance_person_get_name (person),
              ask ? _ ("answer with --answer") : _ ("past retirement, left out"));
      continue;
    }
    QcLine *line = qc_line_new (ask ? "ask" : "left-out");
    qc_line_text (line, "account", qc_remittance_person_get_account (person));
    qc_line_text (line, "name", qc_remittance_person_get_name (person));
    qc_line_int (line, "birth", qc_remittance_person_get_birth (person));
    qc_line_month (line, "month", qc_remittance_person_get_month (person));
    qc_line_month (line, "statutory", qc_remittance_person_get_statutory (person));
    qc_line_print (line);
  }
}

static void
show_total (QcCli *cli, QcRemittancePreview *preview)
{
  if (cli->json) {
    QcLine *line = qc_line_new ("remittance");
    qc_line_text (line, "unit", qc_session_get_unit_account (cli->session));
    qc_line_text (line, "method", qc_method_to_code (qc_remittance_preview_get_method (preview)));
    qc_line_month (line, "start", qc_remittance_preview_get_start (preview));
    qc_line_month (line, "end", qc_remittance_preview_get_end (preview));
    qc_line_month (line, "last", qc_remittance_preview_get_last (preview));
    qc_line_int (line, "people", qc_remittance_preview_get_people (preview));
    qc_line_int (line, "fen", qc_remittance_preview_get_total (preview));
    qc_line_bool (line, "blocked", qc_remittance_preview_is_blocked (preview));
    qc_line_print (line);
    return;
  }
  g_autofree char *months
      = qc_format_months (qc_remittance_preview_get_start (preview), qc_remittance_preview_get_end (preview));
  g_autofree char *people = qc_format_people (qc_remittance_preview_get_people (preview));
  g_autofree char *yuan = qc_format_yuan (qc_remittance_preview_get_total (preview));
  g_autofree char *fen = g_strdup_printf ("%" G_GINT64_FORMAT, qc_remittance_preview_get_total (preview));
  /* Translators: months, method, people, amount, and the same in fen as --expect-fen takes it. */
  qc_say (_ ("%s, %s: %s, %s (%s fen)"), months, _ (qc_method_to_msgid (qc_remittance_preview_get_method (preview))),
          people, yuan, fen);
}

static void
show_preview (QcCli *cli, QcRemittancePreview *preview)
{
  qc_cli_show_months (cli, qc_remittance_preview_get_lines (preview));
  show_total (cli, preview);
  qc_cli_show_findings (cli, qc_remittance_preview_get_findings (preview));
  show_asked (cli, preview);
}

/* --- trying --- */

static QcRemittancePreview *
try_out (QcCli *cli, QcRemittanceService *service, const Options *options, int *out_exit)
{
  GAsyncResult *slot = NULL;
  qc_remittance_service_try_async (service, options->method, options->end, options->answers, cli->cancellable,
                                   qc_cli_done_cb, &slot);
  g_autoptr (GAsyncResult) result = qc_cli_await (&slot);
  g_autoptr (GError) error = NULL;
  QcRemittancePreview *preview = qc_remittance_service_try_finish (service, result, &error);
  if (!preview)
    *out_exit = qc_cli_fail (cli, error);
  return preview;
}

static int
judge (QcCli *cli, QcRemittancePreview *preview, const Options *options)
{
  if (qc_remittance_preview_is_blocked (preview))
    return qc_cli_fail_with (cli, QC_EXIT_REFUSED, "blocked",
                             _ ("It cannot be submitted like this; see the findings."));
  if (options->expect_fen >= 0 && options->expect_fen != qc_remittance_preview_get_total (preview)) {
    g_autofree char *real = qc_format_yuan (qc_remittance_preview_get_total (preview));
    g_autofree char *wanted = qc_format_yuan (options->expect_fen);
    g_autofree char *sentence
        = g_strdup_printf (_ ("The amount is %s, not the expected %s; nothing was sent."), real, wanted);
    return qc_cli_fail_with (cli, QC_EXIT_FIGURES, "figures", sentence);
  }
  return QC_EXIT_OK;
}

/* --- 办理 --- */

static gboolean
settled (gpointer service)
{
  return !qc_business_service_is_loading (QC_BUSINESS_SERVICE (service)) && qc_remittance_service_get_preview (service)
         && qc_draft_get_unsaved (qc_business_service_get_draft (QC_BUSINESS_SERVICE (service))) == 0;
}

static void
set_answer (gpointer account, gpointer klass, gpointer service)
{
  qc_remittance_service_answer_class (service, account, GPOINTER_TO_INT (klass));
}

/* The options become the draft, and its preview what was tried. */
static void
write_draft (QcCli *cli, QcRemittanceService *service, QcRemittancePreview *tried, const Options *options)
{
  QcDraft *draft = qc_business_service_get_draft (QC_BUSINESS_SERVICE (service));
  qc_draft_begin_step (draft);
  qc_remittance_service_set_method (service, qc_remittance_preview_get_method (tried));
  qc_remittance_service_set_end (service, qc_remittance_preview_get_end (tried));
  g_hash_table_foreach (options->answers, set_answer, service);
  qc_draft_end_step (draft);
  qc_cli_wait_here (cli, settled, service);
  if (options->reviewed)
    qc_remittance_service_set_all_reviewed (service, TRUE);
  qc_cli_wait_here (cli, settled, service);
}

static gboolean
item_answered (gpointer item)
{
  switch (qc_outbox_item_get_state (item)) {
  case QC_OUTBOX_ITEM_QUEUED:
  case QC_OUTBOX_ITEM_SENDING:
  case QC_OUTBOX_ITEM_UNKNOWN:
    return FALSE;
  case QC_OUTBOX_ITEM_ACCEPTED:
  case QC_OUTBOX_ITEM_REFUSED:
  case QC_OUTBOX_ITEM_HELD:
  case QC_OUTBOX_ITEM_WITHDRAWN:
  default:
    return TRUE;
  }
}

/* Sending it again is sync's own business; here it is only waited for. */
int
qc_cli_follow_item (QcCli *cli, QcOutboxItem *item)
{
  gint64 until = qc_cli_patience (cli);
  do {
    qc_cli_round (cli);
    qc_cli_wait_until (cli, item_answered, item, 1);
  } while (!item_answered (item) && g_get_monotonic_time () < until
           && !(qc_outbox_item_get_state (item) == QC_OUTBOX_ITEM_QUEUED
                && qc_session_get_sync_status (cli->session) != QC_SYNC_IDLE)
           && !g_cancellable_is_cancelled (cli->cancellable));
  qc_cli_show_item (cli, item);
  switch (qc_outbox_item_get_state (item)) {
  case QC_OUTBOX_ITEM_ACCEPTED:
    qc_cli_round (cli);
    return qc_cli_follow (cli, qc_outbox_item_get_serial (item));
  case QC_OUTBOX_ITEM_REFUSED:
    qc_cli_show_findings (cli, qc_outbox_item_get_findings (item));
    return qc_cli_fail_with (cli, QC_EXIT_REFUSED, "refused", _ ("The center refused it; the draft is open again."));
  case QC_OUTBOX_ITEM_HELD:
    return qc_cli_fail_with (cli, QC_EXIT_STATE, "held", _ ("It is held, because one before it was refused."));
  case QC_OUTBOX_ITEM_QUEUED:
    return qc_cli_fail_with (cli, QC_EXIT_OFFLINE, "queued",
                             _ ("It waits here and is sent by the next “pull”, or by the window."));
  case QC_OUTBOX_ITEM_SENDING:
  case QC_OUTBOX_ITEM_UNKNOWN:
    return qc_cli_fail_with (cli, QC_EXIT_UNKNOWN, "sync.unknown-outcome",
                             _ ("It was sent and the outcome is not known yet; do not do it again, “pull” asks."));
  case QC_OUTBOX_ITEM_WITHDRAWN:
  default:
    return qc_cli_fail_with (cli, QC_EXIT_STATE, "state", _ ("It was taken back."));
  }
}

static int
submit (QcCli *cli, QcRemittanceService *service, QcRemittancePreview *tried, const Options *options)
{
  if (qc_draft_get_outbox (qc_business_service_get_draft (QC_BUSINESS_SERVICE (service))) != 0)
    return qc_cli_fail_with (cli, QC_EXIT_STATE, "state", _ ("This remittance has already been submitted."));
  write_draft (cli, service, tried, options);
  g_autoptr (QcRemittanceClaim) claim = qc_remittance_service_dup_claim (service);
  if (!claim)
    return qc_cli_fail_with (cli, QC_EXIT_STATE, "not-reviewed",
                             _ ("Not every month is reviewed: look at the figures, then say --reviewed."));
  if (judge (cli, qc_remittance_service_get_preview (service), options) != QC_EXIT_OK)
    return QC_EXIT_FIGURES;
  g_autofree char *token = qc_business_service_dup_token (QC_BUSINESS_SERVICE (service));
  GAsyncResult *slot = NULL;
  qc_business_service_submit_async (QC_BUSINESS_SERVICE (service), token, NULL, qc_cli_done_cb, &slot);
  g_autoptr (GAsyncResult) result = qc_cli_await (&slot);
  g_autoptr (GError) error = NULL;
  g_autoptr (QcOutboxItem) item = qc_business_service_submit_finish (QC_BUSINESS_SERVICE (service), result, &error);
  return item ? qc_cli_follow_item (cli, item) : qc_cli_fail (cli, error);
}

static int
remit (QcCli *cli, const Options *options)
{
  int status = QC_EXIT_OK;
  g_autoptr (QcRemittanceService) service = qc_remittance_service_new (cli->session);
  g_autoptr (QcRemittancePreview) preview = try_out (cli, service, options, &status);
  if (!preview)
    return status;
  show_preview (cli, preview);
  status = judge (cli, preview, options);
  return status == QC_EXIT_OK && options->submit ? submit (cli, service, preview, options) : status;
}

int
qc_cli_remit (QcCli *cli, char ***argv)
{
  int status;
  g_auto (Options) options = {.expect_fen = -1};
  const GOptionEntry entries[] = {
      {"end", 0, 0, G_OPTION_ARG_STRING, &options.end_word, NULL, NULL},
      {"method", 0, 0, G_OPTION_ARG_STRING, &options.method_word, NULL, NULL},
      {"answer", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.answer_words, NULL, NULL},
      {"reviewed", 0, 0, G_OPTION_ARG_NONE, &options.reviewed, NULL, NULL},
      {"dry-run", 0, 0, G_OPTION_ARG_NONE, &options.dry_run, NULL, NULL},
      {"submit", 0, 0, G_OPTION_ARG_NONE, &options.submit, NULL, NULL},
      {"expect-fen", 0, 0, G_OPTION_ARG_INT64, &options.expect_fen, NULL, NULL},
      {NULL},
  };
  if (!qc_cli_parse (cli, argv, entries, 0, 0, &status))
    return status;
  const char *fault = read_options (&options);
  if (fault)
    return qc_cli_fail_with (cli, QC_EXIT_USAGE, "options", fault);
  status = qc_cli_need_unit (cli);
  return status == QC_EXIT_OK ? remit (cli, &options) : status;
}
