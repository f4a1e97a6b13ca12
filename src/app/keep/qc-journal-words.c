/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-journal-words.h. A wording more is a row here; the lint `journal` holds the table against what is written.
 */
#include "qc-journal-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "qc-format.h"
#include "qc-outbox-item.h"

/* ---- what an entry is about ---- */

/* Takes @words; "" and NULL are nothing. */
static void
add (GPtrArray *parts, char *words)
{
  if (words != NULL && *words != '\0')
    g_ptr_array_add (parts, words);
  else
    g_free (words);
}

static const char *
business_msgid (const char *code)
{
  QcBusiness business;
  return code != NULL && qc_business_from_code (code, &business) && business != QC_BUSINESS_OTHER
             ? qc_business_info (business)->msgid
             : NULL;
}

static void
add_business (GPtrArray *parts, const char *code)
{
  const char *msgid = business_msgid (code);
  add (parts, g_strdup (msgid != NULL ? _ (msgid) : code));
}

/* Why something was refused, put off or asked about; what the center's own codes say is said where the item is shown.
 */
static void
add_reason (GPtrArray *parts, const char *reason)
{
  static const struct {
    const char *code, *msgid;
  } reasons[] = {
      {"offline", N_ ("no connection")},
      {"busy", N_ ("the center has put it off")},
      {"signed-out", N_ ("nobody was signed in")},
      {"forbidden", N_ ("the account may not act for the unit")},
      {"not-ours", N_ ("the answer belongs to something else")},
      {"not-asked", N_ ("the center could not be asked")},
      {"attachment", N_ ("a picture is gone")},
      {"refused", N_ ("by the rules of the center")},
      {"revision-moved", N_ ("it was changed in the meantime")},
      {"not-allowed-in-state", N_ ("not possible in its state")},
      {"restored", N_ ("after going back to other data")},
  };
  for (gsize i = 0; reason != NULL && i < G_N_ELEMENTS (reasons); i++)
    if (g_str_equal (reasons[i].code, reason))
      add (parts, g_strdup (_ (reasons[i].msgid)));
}

/* Of an application: months, people, amount. */
static void
add_figures (GPtrArray *parts, QcMonth start, QcMonth end, gint64 people, QcMoney fen)
{
  add (parts, start != QC_MONTH_NONE ? qc_format_months (start, end) : NULL);
  add (parts, people > 0 ? qc_format_people (people) : NULL);
  add (parts, fen > 0 ? qc_format_yuan (fen) : NULL);
}

/* The item as it was confirmed, or the application as the center has it. */
static void
describe_item (const QcStoreJournalEntry *entry, GPtrArray *parts)
{
  QcStoreOutboxItem row = {.kind = entry->kind, .summary = entry->summary, .state = QC_STORE_OUTBOX_QUEUED};
  QcBusiness business = QC_BUSINESS_OTHER;
  qc_business_from_code (entry->business != NULL ? entry->business : "", &business);
  row.business = business;
  g_autoptr (QcOutboxItem) item = qc_outbox_item_new (&row, NULL);
  if (entry->kind != NULL && !qc_outbox_item_is_submission (item))
    add (parts, g_strdup (_ (qc_outbox_item_get_title (item))));
  add_business (parts, entry->business);
  QcMonth start = qc_outbox_item_get_start (item);
  add_figures (parts, start != QC_MONTH_NONE ? start : (QcMonth)entry->start,
               start != QC_MONTH_NONE ? qc_outbox_item_get_end (item) : (QcMonth)entry->end,
               MAX (qc_outbox_item_get_people (item), entry->people), MAX (qc_outbox_item_get_fen (item), entry->fen));
  gboolean is_accepted = g_str_equal (entry->action, "outbox.accepted");
  add (parts, g_strdup (entry->serial != NULL ? entry->serial : is_accepted ? entry->detail : NULL));
  add_reason (parts, is_accepted ? NULL : entry->detail);
}

/* Business; id/lines/name. */
static void
describe_draft (const QcStoreJournalEntry *entry, GPtrArray *parts)
{
  g_auto (GStrv) fields = g_strsplit (entry->detail != NULL ? entry->detail : "", "/", 3);
  gboolean has_fields = g_strv_length (fields) == 3;
  gint64 lines = has_fields ? g_ascii_strtoll (fields[1], NULL, 10) : 0;
  add_business (parts, entry->subject);
  add (parts, has_fields ? g_strdup (fields[2]) : NULL);
  add (parts, lines > 0 ? qc_format_lines (lines) : NULL);
}

/* Serial number; printer or file. */
static void
describe_voucher (const QcStoreJournalEntry *entry, GPtrArray *parts)
{
  add_business (parts, entry->business);
  add_figures (parts, (QcMonth)entry->start, (QcMonth)entry->end, 0, entry->fen);
  add (parts, g_strdup (entry->subject));
  add (parts, g_strdup (entry->detail));
}

/* What is in words already. */
static void
describe_plain (const QcStoreJournalEntry *entry, GPtrArray *parts)
{
  add (parts, g_strdup (entry->subject));
  add (parts, g_strdup (entry->detail));
}

static void
describe_subject (const QcStoreJournalEntry *entry, GPtrArray *parts)
{
  add (parts, g_strdup (entry->subject));
}

static void
describe_nothing (const QcStoreJournalEntry *entry, GPtrArray *parts)
{
}

/* Its file; "title · rows". */
static void
describe_export (const QcStoreJournalEntry *entry, GPtrArray *parts)
{
  const char *detail = entry->detail != NULL ? entry->detail : "";
  const char *rows = g_strrstr (detail, " · ");
  if (rows != NULL) {
    add (parts, g_strndup (detail, (gsize)(rows - detail)));
    add (parts, qc_format_lines (g_ascii_strtoll (rows + strlen (" · "), NULL, 10)));
  }
  add (parts, g_strdup (entry->subject));
}

/* Business; rows/file. */
static void
describe_import (const QcStoreJournalEntry *entry, GPtrArray *parts)
{
  g_auto (GStrv) fields = g_strsplit (entry->detail != NULL ? entry->detail : "", "/", 2);
  add_business (parts, entry->subject);
  if (g_strv_length (fields) != 2)
    return;
  add (parts, qc_format_lines (g_ascii_strtoll (fields[0], NULL, 10)));
  add (parts, g_strdup (fields[1]));
}

/* The id of a center; its name. */
static void
describe_profile (const QcStoreJournalEntry *entry, GPtrArray *parts)
{
  add (parts, g_strdup (entry->detail != NULL ? entry->detail : entry->subject));
}

/* A file, or the folder of a backup; how many items are asked about first. */
static void
describe_arrival (const QcStoreJournalEntry *entry, GPtrArray *parts)
{
  const char *subject = entry->subject != NULL ? entry->subject : "";
  gint64 waiting = entry->detail != NULL ? g_ascii_strtoll (entry->detail, NULL, 10) : 0;
  g_auto (GStrv) name = g_strsplit (subject, "T", 2);
  g_autofree char *clock = g_strv_length (name) == 2 ? g_strdelimit (g_strdup (name[1]), "-", ':') : NULL;
  g_autofree char *text = clock != NULL ? g_strdup_printf ("%sT%.8sZ", name[0], clock) : NULL;
  g_autoptr (GDateTime) made = text != NULL ? g_date_time_new_from_iso8601 (text, NULL) : NULL;
  add (parts, made != NULL ? qc_format_date_time (g_date_time_to_unix (made)) : g_strdup (subject));
  if (waiting > 0)
    add (parts, g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d is asked about at the center first",
                                              "%d are asked about at the center first", (gulong)waiting),
                                 (int)waiting));
}

/* How many units. */
static void
describe_handover (const QcStoreJournalEntry *entry, GPtrArray *parts)
{
  gint64 units = entry->detail != NULL ? g_ascii_strtoll (entry->detail, NULL, 10) : 0;
  add (parts, g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d unit", "%d units", (gulong)units), (int)units));
}

/* drafts/items/entries. */
static void
describe_salvage (const QcStoreJournalEntry *entry, GPtrArray *parts)
{
  g_auto (GStrv) n = g_strsplit (entry->detail != NULL ? entry->detail : "", "/", 3);
  if (g_strv_length (n) == 3)
    add (parts, g_strdup_printf (_ ("drafts %s, waiting %s, journal entries %s"), n[0], n[1], n[2]));
}

/* ---- the wordings ---- */

typedef struct {
  const char *code, *msgid;
  void (*describe) (const QcStoreJournalEntry *entry, GPtrArray *parts);
} Wording;

static const Wording wordings[] = {
    {"sign-in", N_ ("Signed in"), describe_subject},
    {"sign-out", N_ ("Signed out"), describe_nothing},
    {"profile-import", N_ ("Imported a center"), describe_profile},
    {"unit.marked", N_ ("Unit given a name or colour"), describe_subject},
    {"draft.deleted", N_ ("Draft deleted"), describe_draft},
    {"draft.restored", N_ ("Draft restored"), describe_draft},
    {"draft.destroyed", N_ ("Draft deleted for good"), describe_draft},
    {"draft.reopened", N_ ("Returned application made a draft"), describe_draft},
    {"import.adopted", N_ ("Imported a workbook"), describe_import},
    {"import.marked", N_ ("Faults marked in a workbook"), describe_import},
    {"exported", N_ ("Exported"), describe_export},
    {"outbox.queued", N_ ("Submitted: waits to be sent"), describe_item},
    {"outbox.sending", N_ ("On its way to the center"), describe_item},
    {"outbox.accepted", N_ ("The center accepted it"), describe_item},
    {"outbox.refused", N_ ("The center refused it"), describe_item},
    {"outbox.retry", N_ ("To be tried again"), describe_item},
    {"outbox.put-off", N_ ("Put off"), describe_item},
    {"outbox.unknown", N_ ("No answer: the center is asked"), describe_item},
    {"outbox.withdrawn", N_ ("Taken back"), describe_item},
    {"outbox.held", N_ ("Held back"), describe_item},
    {"outbox.released", N_ ("Released"), describe_item},
    {"voucher.printed", N_ ("Voucher printed"), describe_voucher},
    {"voucher.print-unknown", N_ ("Voucher perhaps printed"), describe_voucher},
    {"voucher.saved", N_ ("Voucher saved"), describe_voucher},
    {"paper.printed", N_ ("Printed"), describe_plain},
    {"paper.print-unknown", N_ ("Perhaps printed"), describe_plain},
    {"paper.saved", N_ ("Saved as PDF"), describe_plain},
    {"check.copied", N_ ("Details of this computer copied"), describe_nothing},
    {"backup.made", N_ ("Backup made"), describe_nothing},
    {"backup.restored", N_ ("Went back to a backup"), describe_arrival},
    {"bundle.written", N_ ("Packed for another computer"), describe_subject},
    {"bundle.adopted", N_ ("Took over data"), describe_arrival},
    {"bundle.handed-over", N_ ("Handed over"), describe_subject},
    {"handed-over", N_ ("Handed over"), describe_handover},
    {"salvaged", N_ ("Salvaged from a damaged database"), describe_salvage},
    {"practice.advance", N_ ("Practice: went on to another month"), describe_nothing},
    {"practice.reset", N_ ("Practice: began anew"), describe_nothing},
    {"practice.delay", N_ ("Practice: arrival of money set"), describe_plain},
    {"practice.review", N_ ("Practice: review set"), describe_plain},
};

static const Wording *
find_wording (const char *code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (wordings); i++)
    if (g_str_equal (wordings[i].code, code))
      return &wordings[i];
  return NULL;
}

char *
qc_journal_dup_act (const QcStoreJournalEntry *entry)
{
  const Wording *wording = find_wording (entry->action);
  return g_strdup (wording != NULL ? _ (wording->msgid) : entry->action);
}

char *
qc_journal_dup_subject (const QcStoreJournalEntry *entry)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  const Wording *wording = find_wording (entry->action);
  (wording != NULL ? wording->describe : describe_plain) (entry, parts);
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **)parts->pdata);
}

/* ---- what a word may mean ---- */

static void
add_if_meant (GString *codes, const char *text, const char *msgid, const char *code)
{
  g_autofree char *words = g_utf8_casefold (_ (msgid), -1);
  if (strstr (words, text) != NULL)
    g_string_append_printf (codes, "%s ", code);
}

char *
qc_journal_dup_meant_acts (const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);
  GString *codes = g_string_new (" ");
  for (gsize i = 0; i < G_N_ELEMENTS (wordings); i++)
    add_if_meant (codes, folded, wordings[i].msgid, wordings[i].code);
  return g_string_free (codes, FALSE);
}

char *
qc_journal_dup_meant_businesses (const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);
  GString *codes = g_string_new (" ");
  for (guint i = 0; i < QC_N_BUSINESSES; i++)
    if (i != QC_BUSINESS_OTHER)
      add_if_meant (codes, folded, qc_business_info (i)->msgid, qc_business_info (i)->code);
  return g_string_free (codes, FALSE);
}
