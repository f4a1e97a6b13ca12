/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The commands of businesses with a draft: do, which drafts, checks and submits one roster or the facts given, and
 * drafts, which lists what lies unfinished. A roster comes from the command line or from a file as spreadsheets write
 * it; what the clerk has drafted herself is not touched. Main thread.
 */
#include "qc-cli.h"

#include <glib/gi18n.h>
#include <string.h>

#include "qc-attachments.h"
#include "qc-cli-out.h"
#include "qc-draft-list.h"
#include "qc-facts-service.h"
#include "qc-format.h"
#include "qc-roster-service.h"

typedef struct {
  QcBusiness business;
  char *file;      /* (owned) (nullable) */
  char **facts;    /* (owned) (nullable) NAME=VALUE */
  char **attached; /* (owned) (nullable) KIND[@LINE]=FILE */
  gboolean dry_run, submit;
  gboolean seal, unseal;            /* which way accounts may go */
  gint64 expect_people, expect_fen; /* -1 = not given */
  gint64 draft;                     /* 0 = one of its own */
} Options;

static void
options_clear (Options *options)
{
  g_free (options->file);
  g_strfreev (options->facts);
  g_strfreev (options->attached);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* Whether an account's state is turned: then which way is to be said. */
static gboolean
turns (QcBusiness business)
{
  return qc_business_find_column (business, QC_LINE_STATUS_AFTER) != NULL;
}

/* --- the roster --- */

/* Takes FIELD=VALUE words into @row; a part without "=" belongs to the value before it, whose comma parted it:
 * new_base=6,000. A first one without "=" is whom the row is about. */
static void
read_row (const char *word, GHashTable *row, GPtrArray *fields)
{
  g_auto (GStrv) parts = g_strsplit (word, ",", -1);
  g_autofree char *name = g_strdup ("account");
  for (char **part = parts; *part; part++) {
    const char *equals = strchr (*part, '=');
    const char *before = g_hash_table_lookup (row, name);
    char *value = equals ? g_strdup (equals + 1) : before ? g_strconcat (before, ",", *part, NULL) : g_strdup (*part);
    if (equals) {
      g_free (name);
      name = g_strndup (*part, (gsize)(equals - *part));
    }
    if (!g_ptr_array_find_with_equal_func (fields, name, g_str_equal, NULL))
      g_ptr_array_add (fields, g_strdup (name));
    g_hash_table_insert (row, g_strdup (name), value);
  }
}

/* "ACCOUNT,reason=05" or "name=…,document=…" becomes a row; the fields named anywhere are the columns. (transfer full)
 */
static char *
dup_rows (char **words)
{
  g_autoptr (GPtrArray) fields = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify)g_hash_table_unref);
  for (char **word = words; *word; word++) {
    GHashTable *row = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
    read_row (*word, row, fields);
    g_ptr_array_add (rows, row);
  }
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < fields->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\t" : "", (const char *)g_ptr_array_index (fields, i));
  for (guint r = 0; r < rows->len; r++)
    for (guint i = 0; i < fields->len; i++) {
      const char *cell = g_hash_table_lookup (g_ptr_array_index (rows, r), g_ptr_array_index (fields, i));
      g_string_append_printf (text, "%s%s", i > 0 ? "\t" : "\n", cell ? cell : "");
    }
  return g_string_free (text, FALSE);
}

/* (transfer full) (nullable): then *@out_exit */
static char *
read_rows (QcCli *cli, const Options *options, char **words, int *out_exit)
{
  if (!options->file)
    return dup_rows (words);
  char *text = NULL;
  g_autoptr (GError) error = NULL;
  if (!g_file_get_contents (g_str_equal (options->file, "-") ? "/dev/stdin" : options->file, &text, NULL, &error))
    *out_exit = qc_cli_fail_with (cli, QC_EXIT_NOT_FOUND, "file", error->message);
  else if (!g_utf8_validate (text, -1, NULL)) {
    *out_exit = qc_cli_fail_with (cli, QC_EXIT_USAGE, "file", _ ("The file is no UTF-8 text."));
    g_clear_pointer (&text, g_free);
  }
  return text;
}

static gboolean
loaded (gpointer service)
{
  gboolean read = QC_IS_FACTS_SERVICE (service) ? qc_facts_service_get_unit (service) != NULL
                                                : qc_roster_service_get_facts (service) != NULL;
  return read || qc_business_service_get_error (service);
}

static gboolean
settled (gpointer service)
{
  QcDraft *draft = qc_business_service_get_draft (service);
  return !qc_business_service_is_loading (service) && qc_draft_get_unsaved (draft) == 0 && !qc_draft_is_busy (draft)
         && (!QC_IS_ROSTER_SERVICE (service) || qc_roster_service_is_settled (service));
}

/* --- showing --- */

static void
show_roster (QcCli *cli, QcRosterService *service)
{
  const QcRoster *roster = qc_draft_get_roster (qc_business_service_get_draft (QC_BUSINESS_SERVICE (service)));
  QcBusiness business = qc_business_service_get_business (QC_BUSINESS_SERVICE (service));
  QcMonth effective = qc_roster_service_get_effective (service);
  QcRosterTotals totals;
  const QcRosterFacts *facts = qc_roster_service_get_facts (service);
  qc_roster_sum (roster, &totals);
  qc_cli_show_roster (cli, business, roster, facts ? facts->codes : NULL);
  qc_cli_show_findings (cli, qc_business_service_get_findings (QC_BUSINESS_SERVICE (service)));
  if (cli->json) {
    QcLine *line = qc_line_new ("roster");
    qc_line_text (line, "business", qc_business_info (business)->code);
    qc_line_text (line, "unit", qc_session_get_unit_account (cli->session));
    qc_line_month (line, "effective", effective);
    qc_line_int (line, "people", totals.people);
    if (qc_business_info (business)->has_money) {
      qc_line_text (line, "method", qc_method_to_code (qc_roster_service_get_method (service)));
      qc_line_int (line, "unit_fen", totals.unit_fen);
      qc_line_int (line, "personal_fen", totals.personal_fen);
      qc_line_int (line, "fen", totals.unit_fen + totals.personal_fen);
    }
    if (totals.sealing + totals.unsealing > 0) {
      qc_line_int (line, "sealing", totals.sealing);
      qc_line_int (line, "unsealing", totals.unsealing);
    }
    qc_line_print (line);
    return;
  }
  g_autofree char *people = qc_format_people (totals.people);
  g_autofree char *month = qc_format_month (effective);
  g_autofree char *fen = qc_business_info (business)->has_money ? qc_format_yuan (totals.unit_fen + totals.personal_fen)
                                                                : g_strdup (month);
  qc_say ("%s: %s%s%s", _ (qc_business_info (business)->msgid), people, *fen ? ", " : "", fen);
}

/* Rows that came to nothing: nothing is submitted then. */
static gboolean
show_left_over (QcCli *cli, const QcPasteResult *pasted)
{
  for (guint i = 0; i < pasted->unknown->len; i++) {
    const char *row = g_ptr_array_index (pasted->unknown, i);
    if (cli->json) {
      QcLine *line = qc_line_new ("unknown");
      qc_line_text (line, "row", row);
      qc_line_print (line);
    } else {
      qc_say (_ ("✘ Nobody of this unit: %s"), row);
    }
  }
  qc_cli_show_findings (cli, pasted->refused);
  return pasted->unknown->len > 0 || pasted->refused->len > 0;
}

static gboolean
is_done (gpointer data)
{
  return *(gboolean *)data;
}

static void
done_cb (gboolean *done)
{
  *done = TRUE;
}

/* --- pictures --- */

static gboolean
nothing_under_way (gpointer attachments)
{
  return qc_attachments_get_busy (attachments) == 0;
}

/* LINE: the number of the row, from 1; "*" = to whom the file is named after. −2: there is none. */
static gint64
find_line (QcRosterService *service, const char *text)
{
  const GPtrArray *lines = qc_draft_get_roster (qc_business_service_get_draft (QC_BUSINESS_SERVICE (service)))->lines;
  guint64 number;
  if (g_str_equal (text, "*"))
    return QC_ATTACHMENTS_BY_NAME;
  if (lines->len == 0 || !g_ascii_string_to_unsigned (text, 10, 1, lines->len, &number, NULL))
    return -2;
  return ((const QcRosterLine *)g_ptr_array_index (lines, number - 1))->id;
}

static void
show_fault (QcCli *cli, const char *type, const char *file, const char *text)
{
  if (cli->json) {
    QcLine *line = qc_line_new (type);
    qc_line_text (line, "file", file);
    qc_line_text (line, "text", text);
    qc_line_print (line);
  } else {
    qc_say ("%s %s: %s", g_str_equal (type, "not-taken") ? "✘" : "△", file, text);
  }
}

/* One --attach. FALSE: it was said why not. */
static gboolean
attach_one (QcCli *cli, QcRosterService *service, QcAttachments *attachments, const char *word)
{
  const char *equals = strchr (word, '=');
  g_autofree char *slot = equals != NULL ? g_strndup (word, (gsize)(equals - word)) : g_strdup ("");
  char *at = strchr (slot, '@');
  if (at != NULL)
    *at++ = '\0';
  gint64 line = at != NULL ? find_line (service, at) : 0;
  if (*slot == '\0' || line == -2) {
    show_fault (cli, "not-taken", word, _ ("Give it as KIND[@LINE]=FILE, LINE being a row of the roster."));
    return FALSE;
  }
  GAsyncResult *result = NULL;
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (equals + 1);
  qc_attachments_add_async (attachments, slot, line, &file, 1, cli->cancellable, qc_cli_done_cb, &result);
  g_autoptr (GAsyncResult) done = qc_cli_await (&result);
  g_autoptr (GError) error = NULL;
  g_autoptr (QcAttachmentResult) told = qc_attachments_add_finish (attachments, done, &error);
  if (told == NULL)
    show_fault (cli, "not-taken", equals + 1, error->message);
  for (guint i = 0; told != NULL && i < told->failed->len; i++) {
    const QcAttachmentFault *fault = g_ptr_array_index (told->failed, i);
    show_fault (cli, "not-taken", fault->file, fault->text);
  }
  for (guint i = 0; told != NULL && i < told->nobody->len; i++)
    show_fault (cli, "not-taken", g_ptr_array_index (told->nobody, i), _ ("It is named after nobody on the roster."));
  for (guint i = 0; told != NULL && i < told->looks->len; i++) {
    const QcAttachmentFault *fault = g_ptr_array_index (told->looks, i);
    show_fault (cli, "looks", fault->file, fault->text);
  }
  return told != NULL && told->added == 1;
}

/* What a draft that is gone on with has for KIND[@LINE] makes room for what is attached. */
static void
make_room (QcRosterService *service, QcAttachments *attachments, const char *word)
{
  g_autofree char *kind = g_strndup (word, strcspn (word, "=@"));
  const char *at = word[strlen (kind)] == '@' ? word + strlen (kind) + 1 : NULL;
  g_autofree char *number = at != NULL ? g_strndup (at, strcspn (at, "=")) : NULL;
  QcAttachmentSlot *slot = qc_attachments_find (attachments, kind, number != NULL ? find_line (service, number) : 0);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  const GPtrArray *pictures = slot != NULL ? qc_attachment_slot_get_pictures (slot) : NULL;
  for (guint i = 0; pictures != NULL && i < pictures->len; i++)
    g_array_append_val (ids, ((const QcAttachmentPicture *)g_ptr_array_index (pictures, i))->id);
  if (ids->len > 0)
    qc_attachments_remove (attachments, (const gint64 *)ids->data, ids->len);
}

/* FALSE: some of them were not taken. */
static gboolean
attach (QcCli *cli, QcRosterService *service, const Options *options)
{
  gboolean good = TRUE;
  if (options->attached == NULL)
    return good;
  g_autoptr (QcAttachments) attachments = qc_attachments_new (service);
  gboolean read = FALSE;
  gulong handler = g_signal_connect_swapped (attachments, "updated", G_CALLBACK (done_cb), &read);
  qc_cli_wait_here (cli, is_done, &read);
  g_signal_handler_disconnect (attachments, handler);
  for (char **word = options->attached; options->draft != 0 && *word != NULL; word++)
    make_room (service, attachments, *word);
  for (char **word = options->attached; *word != NULL; word++)
    good = attach_one (cli, service, attachments, *word) && good;
  qc_cli_wait_here (cli, nothing_under_way, attachments);
  qc_cli_wait_here (cli, settled, service);
  return good;
}

/* --- doing it --- */

static int
judge (QcCli *cli, QcBusinessService *base, const Options *options)
{
  guint people = qc_draft_get_roster (qc_business_service_get_draft (base))->lines->len;
  g_autofree char *why_not = qc_business_service_dup_why_not (base);
  if (why_not)
    return qc_cli_fail_with (cli, QC_EXIT_REFUSED, "blocked", why_not);
  if (options->expect_people >= 0 && options->expect_people != people) {
    g_autofree char *sentence
        = g_strdup_printf (_ ("There are %u people on the roster, not the expected %d; nothing was sent."), people,
                           (int)options->expect_people);
    return qc_cli_fail_with (cli, QC_EXIT_FIGURES, "figures", sentence);
  }
  QcRosterTotals totals;
  qc_roster_sum (qc_draft_get_roster (qc_business_service_get_draft (base)), &totals);
  if (options->expect_fen >= 0 && options->expect_fen != totals.unit_fen + totals.personal_fen) {
    g_autofree char *real = qc_format_yuan (totals.unit_fen + totals.personal_fen);
    g_autofree char *wanted = qc_format_yuan (options->expect_fen);
    g_autofree char *sentence
        = g_strdup_printf (_ ("The amount is %s, not the expected %s; nothing was sent."), real, wanted);
    return qc_cli_fail_with (cli, QC_EXIT_FIGURES, "figures", sentence);
  }
  return QC_EXIT_OK;
}

static int
submit (QcCli *cli, QcBusinessService *base)
{
  GAsyncResult *slot = NULL;
  g_autofree char *token = qc_business_service_dup_token (base);
  qc_business_service_submit_async (base, token, NULL, qc_cli_done_cb, &slot);
  g_autoptr (GAsyncResult) result = qc_cli_await (&slot);
  g_autoptr (GError) error = NULL;
  g_autoptr (QcOutboxItem) item = qc_business_service_submit_finish (base, result, &error);
  return item ? qc_cli_follow_item (cli, item) : qc_cli_fail (cli, error);
}

/* Whoever is in that state already is not turned back again: the same command twice is one. */
static gboolean
goes_the_wrong_way (QcCli *cli, QcRosterService *service, const Options *options)
{
  const GPtrArray *lines = qc_draft_get_roster (qc_business_service_get_draft (QC_BUSINESS_SERVICE (service)))->lines;
  for (guint i = 0; i < lines->len; i++) {
    const QcRosterLine *line = g_ptr_array_index (lines, i);
    if (line->status_after != QC_PERSON_NORMAL && line->status_after != QC_PERSON_SEALED)
      continue;
    if (line->status_after == QC_PERSON_SEALED ? options->seal : options->unseal)
      continue;
    g_autofree char *sentence
        = g_strdup_printf (_ ("%s (%s) is in the state “%s” already; nothing was sent."), line->name, line->account,
                           _ (qc_person_status_to_msgid (line->status)));
    qc_cli_fail_with (cli, QC_EXIT_REFUSED, "direction", sentence);
    return TRUE;
  }
  return FALSE;
}

static int
draft_and_do (QcCli *cli, QcRosterService *service, const char *rows, const Options *options)
{
  qc_cli_wait_here (cli, loaded, service);
  if (qc_business_service_get_error (QC_BUSINESS_SERVICE (service)))
    return qc_cli_fail (cli, qc_business_service_get_error (QC_BUSINESS_SERVICE (service)));
  g_autoptr (QcPasteResult) pasted = NULL;
  qc_cli_wait_here (cli, settled, service);
  if (rows) {
    GAsyncResult *slot = NULL;
    qc_roster_service_paste_async (service, 0, QC_LINE_ACCOUNT, rows, cli->cancellable, qc_cli_done_cb, &slot);
    g_autoptr (GAsyncResult) result = qc_cli_await (&slot);
    g_autoptr (GError) error = NULL;
    pasted = qc_roster_service_paste_finish (service, result, &error);
    if (!pasted)
      return qc_cli_fail (cli, error);
    qc_cli_wait_here (cli, settled, service);
  }
  gboolean attached = attach (cli, service, options);
  show_roster (cli, service);
  if (!attached)
    return qc_cli_fail_with (cli, QC_EXIT_REFUSED, "attachments",
                             _ ("Not every picture could be taken; nothing was sent."));
  if (pasted && show_left_over (cli, pasted))
    return qc_cli_fail_with (cli, QC_EXIT_REFUSED, "rows", _ ("Not every row could be taken; nothing was sent."));
  if (turns (options->business) && goes_the_wrong_way (cli, service, options))
    return QC_EXIT_REFUSED;
  int status = judge (cli, QC_BUSINESS_SERVICE (service), options);
  return status == QC_EXIT_OK && options->submit ? submit (cli, QC_BUSINESS_SERVICE (service)) : status;
}

/* --- facts --- */

static gboolean
enter_fact (QcFactsService *service, const char *word)
{
  const char *equals = strchr (word, '=');
  g_autofree char *typed = g_strndup (word, equals ? (gsize)(equals - word) : 0);
  g_autofree char *name = g_ascii_strup (typed, -1);
  const QcUnitField *field = qc_unit_field_find (name);
  return field && qc_facts_service_enter (service, field, equals + 1);
}

static void
show_facts (QcCli *cli, QcFactsService *service)
{
  QcBusiness business = qc_business_service_get_business (QC_BUSINESS_SERVICE (service));
  g_autoptr (GPtrArray) facts = qc_facts_service_dup_facts (service);
  qc_cli_show_facts (cli, facts, qc_facts_service_get_codes (service));
  qc_cli_show_findings (cli, qc_business_service_get_findings (QC_BUSINESS_SERVICE (service)));
  if (cli->json) {
    QcLine *line = qc_line_new ("facts");
    qc_line_text (line, "business", qc_business_info (business)->code);
    qc_line_text (line, "unit", qc_session_get_unit_account (cli->session));
    qc_line_int (line, "fields", facts->len);
    qc_line_print (line);
    return;
  }
  g_autofree char *fields = qc_format_fields (facts->len);
  qc_say ("%s: %s", _ (qc_business_info (business)->msgid), fields);
}

static int
state_and_do (QcCli *cli, QcFactsService *service, const Options *options)
{
  qc_cli_wait_here (cli, loaded, service);
  QcBusinessService *base = QC_BUSINESS_SERVICE (service);
  if (qc_business_service_get_error (base))
    return qc_cli_fail (cli, qc_business_service_get_error (base));
  for (char **word = options->facts; *word; word++)
    if (!enter_fact (service, *word)) {
      g_autofree char *sentence = g_strdup_printf (
          _ ("“%s” cannot be entered: there is no such field, or the center has locked it; nothing was sent."), *word);
      return qc_cli_fail_with (cli, QC_EXIT_REFUSED, "fact", sentence);
    }
  qc_cli_wait_here (cli, settled, service);
  show_facts (cli, service);
  int status = judge (cli, base, options);
  return status == QC_EXIT_OK && options->submit ? submit (cli, base) : status;
}

void
qc_cli_read_drafts (QcCli *cli, QcDraftList *drafts)
{
  gboolean done = FALSE;
  gulong handler = g_signal_connect_swapped (drafts, "loaded", G_CALLBACK (done_cb), &done);
  qc_draft_list_reload (drafts);
  qc_cli_wait_here (cli, is_done, &done);
  g_signal_handler_disconnect (drafts, handler);
}

/* The draft that was named, or a new one. 0: *@out_exit. */
static gint64
take_draft (QcCli *cli, const Options *options, int *out_exit)
{
  g_autoptr (QcDraftList) drafts = qc_draft_list_new (cli->session, options->business);
  if (options->draft != 0) {
    qc_cli_read_drafts (cli, drafts);
    for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (drafts)); i++) {
      g_autoptr (QcDraftEntry) entry = g_list_model_get_item (G_LIST_MODEL (drafts), i);
      if (qc_draft_entry_get_id (entry) == options->draft && !qc_draft_entry_is_locked (entry))
        return options->draft;
    }
    *out_exit = qc_cli_fail_with (cli, QC_EXIT_NOT_FOUND, "draft", _ ("There is no such draft of this business."));
    return 0;
  }
  GAsyncResult *slot = NULL;
  qc_draft_list_create_async (drafts, options->business, cli->cancellable, qc_cli_done_cb, &slot);
  g_autoptr (GAsyncResult) result = qc_cli_await (&slot);
  g_autoptr (GError) error = NULL;
  gint64 draft = qc_draft_list_create_finish (drafts, result, &error);
  if (draft == 0)
    *out_exit = qc_cli_fail (cli, error);
  return draft;
}

/* A draft of its own goes again where it was not submitted. */
static int
do_business (QcCli *cli, const char *rows, const Options *options)
{
  int status = QC_EXIT_OK;
  gint64 draft = take_draft (cli, options, &status);
  if (draft == 0)
    return status;
  g_autoptr (QcBusinessService) service
      = options->facts ? QC_BUSINESS_SERVICE (qc_facts_service_new (cli->session, options->business, draft))
                       : QC_BUSINESS_SERVICE (qc_roster_service_new (cli->session, options->business, draft));
  status = options->facts ? state_and_do (cli, QC_FACTS_SERVICE (service), options)
                          : draft_and_do (cli, QC_ROSTER_SERVICE (service), rows, options);
  if (options->draft == 0 && qc_draft_get_outbox (qc_business_service_get_draft (service)) == 0
      && !qc_business_service_get_item (service)) {
    qc_draft_discard (qc_business_service_get_draft (service));
    qc_cli_wait_here (cli, settled, service);
  }
  return status;
}

/* NULL when all is well. */
static const char *
read_options (Options *options, char **words)
{
  if (!qc_business_from_code (words[0], &options->business)
      || (!qc_roster_rules (options->business) && !qc_business_info (options->business)->has_facts))
    return _ ("“do” takes back-payment, account-opening, transfer, sealing, base-adjustment, retirement or "
              "unit-change.");
  if (!qc_roster_rules (options->business)) {
    if (!options->facts || options->file || options->attached || words[1] || options->expect_people >= 0
        || options->seal || options->unseal || options->draft != 0 || options->expect_fen >= 0)
      return _ ("This business takes facts only: --fact DWYB=164300, as often as there are any.");
    return options->dry_run == options->submit ? _ ("Say either --dry-run or --submit.") : NULL;
  }
  if (options->facts)
    return _ ("This business takes no facts.");
  if (options->file != NULL ? words[1] != NULL : words[1] == NULL && options->draft == 0)
    return _ ("Give either --lines or people, as in 23110000000101,reason=05.");
  if (turns (options->business) != (options->seal || options->unseal))
    return _ ("For sealing say --seal, --unseal or both, for anything else neither.");
  if (options->dry_run == options->submit)
    return _ ("Say either --dry-run or --submit.");
  if (options->submit && options->expect_people < 0)
    return _ ("--submit needs --expect-people: how many people were reviewed.");
  if (!qc_business_info (options->business)->has_money && options->expect_fen >= 0)
    return _ ("No money moves in this business.");
  if (qc_business_info (options->business)->has_money && options->submit && options->expect_fen < 0)
    return _ ("--submit needs --expect-fen: the amount that was reviewed, in fen.");
  return NULL;
}

int
qc_cli_do (QcCli *cli, char ***argv)
{
  int status;
  g_auto (Options) options = {.expect_people = -1, .expect_fen = -1};
  const GOptionEntry entries[] = {
      {"lines", 0, 0, G_OPTION_ARG_FILENAME, &options.file, NULL, NULL},
      {"fact", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.facts, NULL, NULL},
      {"attach", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.attached, NULL, NULL},
      {"seal", 0, 0, G_OPTION_ARG_NONE, &options.seal, NULL, NULL},
      {"unseal", 0, 0, G_OPTION_ARG_NONE, &options.unseal, NULL, NULL},
      {"dry-run", 0, 0, G_OPTION_ARG_NONE, &options.dry_run, NULL, NULL},
      {"submit", 0, 0, G_OPTION_ARG_NONE, &options.submit, NULL, NULL},
      {"expect-people", 0, 0, G_OPTION_ARG_INT64, &options.expect_people, NULL, NULL},
      {"expect-fen", 0, 0, G_OPTION_ARG_INT64, &options.expect_fen, NULL, NULL},
      {"draft", 0, 0, G_OPTION_ARG_INT64, &options.draft, NULL, NULL},
      {NULL},
  };
  if (!qc_cli_parse (cli, argv, entries, 1, G_MAXUINT, &status))
    return status;
  const char *fault = read_options (&options, *argv + 1);
  if (fault)
    return qc_cli_fail_with (cli, QC_EXIT_USAGE, "options", fault);
  gboolean any = options.file || (*argv)[2];
  g_autofree char *rows = options.facts || !any ? NULL : read_rows (cli, &options, *argv + 2, &status);
  if ((!rows && any && !options.facts) || (status = qc_cli_need_unit (cli)) != QC_EXIT_OK)
    return status;
  return do_business (cli, rows, &options);
}

/* --- drafts --- */

int
qc_cli_drafts (QcCli *cli, char ***argv)
{
  int status;
  if (!qc_cli_parse (cli, argv, NULL, 0, 0, &status) || (status = qc_cli_need_unit (cli)) != QC_EXIT_OK)
    return status;
  g_autoptr (QcDraftList) drafts = qc_draft_list_new (cli->session, QC_BUSINESS_OTHER);
  qc_cli_read_drafts (cli, drafts);
  QcCliTable *table = qc_cli_table_new ("llrrl", _ ("Draft"), _ ("Business"), _ ("Lines"), _ ("Faulty"), _ ("Changed"));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (drafts)); i++) {
    g_autoptr (QcDraftEntry) entry = g_list_model_get_item (G_LIST_MODEL (drafts), i);
    const QcBusinessInfo *info = qc_business_info (qc_draft_entry_get_business (entry));
    g_autofree char *name = qc_draft_entry_dup_name (entry);
    g_autofree char *lines = qc_format_count (qc_draft_entry_get_count (entry));
    g_autofree char *faults = qc_format_count (qc_draft_entry_get_faults (entry));
    g_autofree char *changed = qc_format_date_time (qc_draft_entry_get_changed (entry));
    if (!cli->json) {
      qc_cli_table_add (table, name, _ (info->msgid), lines, faults, changed);
      continue;
    }
    QcLine *line = qc_line_new ("draft");
    qc_line_int (line, "draft", qc_draft_entry_get_id (entry));
    qc_line_text (line, "name", name);
    qc_line_text (line, "business", info->code);
    qc_line_int (line, "lines", qc_draft_entry_get_count (entry));
    qc_line_int (line, "faulty", qc_draft_entry_get_faults (entry));
    qc_line_int (line, "changed", qc_draft_entry_get_changed (entry));
    qc_line_bool (line, "submitted", qc_draft_entry_is_locked (entry));
    qc_line_print (line);
  }
  qc_cli_table_print (table);
  return QC_EXIT_OK;
}
