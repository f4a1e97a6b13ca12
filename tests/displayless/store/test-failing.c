/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A story in which each statement of each chapter fails once, as on a full disk: that is said every time, with its
 * reason, and never taken for an answer. After that the chapter is told as if nothing had happened.
 */
#include "../full-disk.h"
#include "store-fixture.h"
#include "store-people-made-up.h"

#include "qc-store-applications.h"
#include "qc-store-attachments.h"
#include "qc-store-bases.h"
#include "qc-store-home.h"
#include "qc-store-inquiry.h"
#include "qc-store-journal.h"
#include "qc-store-keys.h"
#include "qc-store-lines.h"
#include "qc-store-movements.h"
#include "qc-store-outbox.h"
#include "qc-store-policies.h"
#include "qc-store-prefs.h"
#include "qc-store-profiles.h"
#include "qc-store-receivers.h"
#include "qc-store-search.h"
#include "qc-store-sheets.h"
#include "qc-store-spans.h"
#include "qc-store-units.h"
#include "qc-store-uses.h"
#include "qc-store-vouchers.h"

/* ---- the story ---- */

typedef struct {
  gint64 draft, other, item, second, third;
  guint seen;
} Story;

typedef gboolean (*Chapter) (QcConnection *connection, Story *story, GError **error);

#define HERE       connection, PROFILE, UNIT
#define ATTACHMENT "other", 0, "a.jpg", "00", 1, NULL

static gboolean
apply (QcConnection *connection, QcFeed feed, const QcFeedRow *rows, gsize n, GError **error)
{
  return qc_store_apply_page (HERE, feed, rows, n, "1.9", FALSE, NOW, error);
}

static gboolean
profile (QcConnection *connection, Story *story, GError **error)
{
  const QcStoreProfile here = {.id = (char *)PROFILE, .name = (char *)"中心", .department = (char *)"一", .used = NOW};
  QcStoreGrant grant = {.account = (char *)UNIT, .name = (char *)"单位", .credit_code = (char *)"91", .granted = TRUE};
  g_autoptr (GPtrArray) grants = g_ptr_array_new ();
  g_ptr_array_add (grants, &grant);
  return qc_store_profile_put (connection, &here, error) && qc_store_grants_set (connection, PROFILE, grants, error)
         && qc_store_unit_mark_set (HERE, "一", 2, error) && qc_store_unit_used (HERE, NOW, error);
}

static gboolean
profile_read (QcConnection *connection, Story *story, GError **error)
{
  g_autoptr (QcStoreProfile) got = NULL;
  if (!qc_store_profile_get (connection, PROFILE, &got, error))
    return FALSE;
  g_autoptr (GPtrArray) list = qc_store_profile_list (connection, error);
  g_autoptr (GPtrArray) grants = list != NULL ? qc_store_grants_list (connection, PROFILE, error) : NULL;
  return grants != NULL;
}

static gboolean
unit (QcConnection *connection, Story *story, GError **error)
{
  g_autoptr (QcUnit) unit = qc_unit_new ();
  unit->account = g_strdup (UNIT);
  unit->name = g_strdup ("单位");
  unit->fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_insert (unit->fields, g_strdup ("DWDZ"), g_strdup ("某街 1 号"));
  const QcFeedRow row = {.key = UNIT, .unit = unit};
  return qc_store_cursor_begin_full (HERE, QC_FEED_UNIT, error) && apply (connection, QC_FEED_UNIT, &row, 1, error);
}

static gboolean
unit_read (QcConnection *connection, Story *story, GError **error)
{
  g_autoptr (QcUnit) got = NULL;
  return qc_store_unit_get (HERE, &got, error);
}

static gboolean
policies (QcConnection *connection, Story *story, GError **error)
{
  const QcPolicy policy = {.from = 202001, .months_ahead = 1, .fund_year_start = 7};
  const QcRatios ratios = {202001, 1200, 800, FALSE};
  const QcCode code = {(char *)"seal-reason", (char *)"02", (char *)"退休", 2, TRUE};
  const QcFeedRow rows[]
      = {{.key = "p", .policy = &policy}, {.key = "r", .ratios = &ratios}, {.key = "c", .code = &code}};
  return apply (connection, QC_FEED_POLICY, &rows[0], 1, error)
         && apply (connection, QC_FEED_RATIOS, &rows[1], 1, error)
         && apply (connection, QC_FEED_CODES, &rows[2], 1, error);
}

static gboolean
policies_read (QcConnection *connection, Story *story, GError **error)
{
  g_autoptr (GArray) policies = qc_store_policies_get (HERE, error);
  g_autoptr (GArray) ratios = policies != NULL ? qc_store_ratios_get (HERE, error) : NULL;
  g_autoptr (GPtrArray) all = ratios != NULL ? qc_store_codes_get (HERE, NULL, error) : NULL;
  g_autoptr (GPtrArray) some = all != NULL ? qc_store_codes_get (HERE, "seal-reason", error) : NULL;
  return some != NULL;
}

/* The second comes twice, the second time under another name. */
static gboolean
people (QcConnection *connection, Story *story, GError **error)
{
  g_autoptr (QcEmployee) one = make_person (1), two = make_person (2), three = make_person (3),
                         renamed = make_person (2);
  g_free (renamed->name);
  renamed->name = g_strdup ("另名");
  const QcFeedRow rows[] = {{.key = one->account, .employee = one},
                            {.key = two->account, .employee = two},
                            {.key = three->account, .employee = three},
                            {.key = two->account, .employee = renamed}};
  return apply (connection, QC_FEED_PEOPLE, rows, G_N_ELEMENTS (rows), error);
}

static gboolean
paid (QcConnection *connection, Story *story, GError **error)
{
  g_autoptr (QcEmployee) one = make_person (1);
  const QcBaseChange change = {202001, 500000, FALSE};
  const QcPaidSpan span = {202601, 202610, 500000, 60000, 40000, QC_SPAN_REMITTANCE};
  const QcFeedRow base = {.key = "b", .person = one->account, .base = &change};
  const QcFeedRow row = {.key = "s", .person = one->account, .span = &span, .serial = "HJ1"};
  return apply (connection, QC_FEED_BASES, &base, 1, error) && apply (connection, QC_FEED_PAID, &row, 1, error);
}

/* One with something paid, one without, and one that was never known. */
static gboolean
people_gone (QcConnection *connection, Story *story, GError **error)
{
  g_autoptr (QcEmployee) one = make_person (1), three = make_person (3), stranger = make_person (9);
  const QcFeedRow rows[] = {{.key = one->account, .deleted = TRUE},
                            {.key = three->account, .deleted = TRUE},
                            {.key = stranger->account, .deleted = TRUE, .employee = stranger}};
  return apply (connection, QC_FEED_PEOPLE, rows, G_N_ELEMENTS (rows), error);
}

static gboolean
people_again (QcConnection *connection, Story *story, GError **error)
{
  return people (connection, story, error) && qc_store_cursor_begin_full (HERE, QC_FEED_PEOPLE, error)
         && people (connection, story, error);
}

static gboolean
see_employee (const QcEmployee *employee, gpointer story)
{
  ((Story *)story)->seen++;
  return TRUE;
}

static gboolean
see_facts (const QcStorePersonFacts *facts, gpointer story)
{
  return see_employee (facts->employee, story);
}

static gboolean
see_history (const QcEmployee *employee, const QcPersonHistory *history, gpointer story)
{
  return see_employee (employee, story);
}

static gboolean
see_month (const QcStoreMonthPerson *person, gpointer story)
{
  return see_employee (person->employee, story);
}

static gboolean
people_walk (QcConnection *connection, Story *story, GError **error)
{
  g_autoptr (QcEmployee) one = make_person (1);
  g_autoptr (GPtrArray) accounts = g_ptr_array_new ();
  g_ptr_array_add (accounts, one->account);
  gint64 n;
  return qc_store_people_scan (HERE, see_employee, story, error)
         && qc_store_people_scan_by_account (HERE, see_employee, story, error)
         && qc_store_people_count (HERE, &n, error) && qc_store_people_each (HERE, 202610, see_facts, story, error)
         && qc_store_histories_each (HERE, see_history, story, error)
         && qc_store_histories_of (HERE, accounts, see_history, story, error)
         && qc_store_spans_each_of_month (HERE, 202610, see_month, story, error);
}

static gboolean
people_query (QcConnection *connection, Story *story, GError **error)
{
  const QcStorePeopleQuery query
      = {.text = "1", .month = 202610, .changed = 202001, .unadjusted = 202607, .sort = QC_STORE_PEOPLE_BY_BASE};
  const QcStorePeopleQuery all = {.month = 202610};
  QcStorePeopleTotals totals;
  g_autoptr (QcStorePeopleList) list = qc_store_people_list (HERE, &query, error);
  if (list == NULL || !qc_store_people_totals (HERE, &all, &totals, error))
    return FALSE;
  g_autoptr (QcStorePeopleList) everybody = qc_store_people_list (HERE, &all, error);
  if (everybody == NULL)
    return FALSE;
  g_autoptr (GHashTable) accounts = qc_store_people_accounts (HERE, &all, error);
  g_autoptr (GPtrArray) rows
      = accounts == NULL
            ? NULL
            : qc_store_people_by_ids (connection, (const gint64 *)everybody->ids->data, everybody->ids->len, error);
  return rows != NULL;
}

static gboolean
person (QcConnection *connection, Story *story, GError **error)
{
  g_autoptr (QcEmployee) one = make_person (1);
  g_autoptr (QcEmployee) got = NULL, kept = NULL, found = NULL;
  gint64 id;
  if (!qc_store_people_get (HERE, one->account, &got, error)
      || !qc_store_people_get_kept (HERE, one->account, &kept, &id, error)
      || !qc_store_people_find (HERE, one->document, &found, error))
    return FALSE;
  g_autoptr (GArray) bases = qc_store_bases_get (HERE, one->account, error);
  g_autoptr (GPtrArray) spans = bases != NULL ? qc_store_spans_of (HERE, one->account, error) : NULL;
  g_autoptr (GArray) months = spans != NULL ? qc_store_spans_by_month (HERE, 202609, 202612, error) : NULL;
  return months != NULL;
}

static gboolean
applications (QcConnection *connection, Story *story, GError **error)
{
  g_autoptr (QcApplication) a = qc_application_new ();
  a->serial = g_strdup ("HJ1");
  a->key = g_strdup ("key");
  a->business = QC_BUSINESS_REMITTANCE;
  a->state = QC_STATE_REGISTERED;
  a->start = a->end = 202611;
  a->revision = 2;
  const QcMonthLine line = {.month = 202611, .people = 1};
  g_array_append_val (a->months, line);
  QcTimelineEntry *entry = g_new0 (QcTimelineEntry, 1);
  entry->event = g_strdup ("registered");
  g_ptr_array_add (a->timeline, entry);
  QcMovement movement = {(char *)"9", NOW, (char *)"arrival", 500, (char *)"HJ1", 500, (char *)"到账"};
  const QcFeedRow row = {.key = "HJ1", .application = a}, moved = {.key = "9", .movement = &movement},
                  not_moved = {.key = "8", .deleted = TRUE};
  if (!apply (connection, QC_FEED_APPLICATIONS, &row, 1, error)
      || !apply (connection, QC_FEED_MOVEMENTS, &moved, 1, error)
      || !apply (connection, QC_FEED_MOVEMENTS, &not_moved, 1, error))
    return FALSE;
  a->revision++;
  return qc_store_applications_put (HERE, a, error);
}

static gboolean
applications_read (QcConnection *connection, Story *story, GError **error)
{
  const QcStoreApplicationQuery query = QC_STORE_APPLICATION_QUERY_ALL;
  g_autoptr (GPtrArray) list = qc_store_applications_list (HERE, &query, 0, 10, error);
  gint64 n;
  QcMoney fen;
  g_autoptr (QcApplication) one = NULL;
  QcStoreBadges badges;
  if (list == NULL || !qc_store_applications_count (HERE, &query, &n, &fen, error)
      || !qc_store_applications_get (HERE, "HJ1", &one, error) || !qc_store_badges (HERE, &badges, error)
      || !qc_store_cursor_as_of (HERE, &n, error))
    return FALSE;
  g_autoptr (GPtrArray) open = qc_store_applications_open (HERE, error);
  g_autoptr (GPtrArray) movements = open != NULL ? qc_store_movements_list (HERE, "HJ1", 0, 9, error) : NULL;
  return movements != NULL;
}

static gboolean
inquiries (QcConnection *connection, Story *story, GError **error)
{
  for (int i = 0; i < QC_N_INQUIRIES; i++) {
    g_autoptr (QcStoreInquiry) query = qc_store_inquiry_new (i);
    g_autoptr (QcStoreInquiryList) list = qc_store_inquiry_list (HERE, query, error);
    if (list == NULL)
      return FALSE;
    g_autoptr (GPtrArray) rows
        = qc_store_inquiry_rows (HERE, query, (const char *const *)list->keys->pdata, list->keys->len, error);
    if (rows == NULL)
      return FALSE;
  }
  gint64 unread;
  if (!qc_store_inquiry_unread (HERE, &unread, error))
    return FALSE;
  g_autoptr (GArray) trends = qc_store_trends (HERE, 202001, error);
  g_autoptr (GArray) bases = trends != NULL ? qc_store_trend_bases (HERE, error) : NULL;
  return bases != NULL;
}

static gboolean
small_things (QcConnection *connection, Story *story, GError **error)
{
  const QcOtherUnit other = {.account = (char *)"231100000067", .name = (char *)"他单位"};
  QcStoreKey key = {.id = (char *)"k", .algorithm = (char *)"ed25519", .public_key = (char *)"AA=="};
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();
  g_ptr_array_add (keys, &key);
  const QcStoreVoucher voucher = {.serial = (char *)"HJ1", .created = NOW, .issued = NOW, .text = (char *)"{}"};
  return qc_store_prefs_set (connection, PROFILE, "a", "b", error)
         && qc_store_prefs_set (connection, PROFILE, "a", NULL, error)
         && qc_store_sheet_put (HERE, "sheet/1", "x", NOW, error) && qc_store_uses_add (HERE, "HJ1", error)
         && qc_store_receiver_put (connection, PROFILE, &other, error)
         && qc_store_keys_put (connection, PROFILE, keys, error) && qc_store_vouchers_put (HERE, &voucher, error)
         && qc_store_vouchers_add_print (HERE, "HJ1", NOW, 0, error);
}

static gboolean
small_things_read (QcConnection *connection, Story *story, GError **error)
{
  g_autofree char *pref = NULL, *sheet = NULL;
  gint64 uses;
  g_autoptr (QcStoreVoucher) voucher = NULL;
  if (!qc_store_prefs_get (connection, PROFILE, "a", &pref, error)
      || !qc_store_sheet_get (HERE, "sheet/1", &sheet, error) || !qc_store_uses_get (HERE, "HJ1", &uses, error)
      || !qc_store_vouchers_get (HERE, "HJ1", &voucher, error))
    return FALSE;
  g_autoptr (GHashTable) receivers = qc_store_receivers_get (connection, PROFILE, error);
  g_autoptr (GPtrArray) keys = receivers != NULL ? qc_store_keys_list (connection, PROFILE, error) : NULL;
  return keys != NULL;
}

/* ---- drafts ---- */

static gboolean
draft_made (QcConnection *connection, Story *story, GError **error)
{
  return qc_store_draft_create (HERE, QC_BUSINESS_SEALING, "{}", NOW, &story->draft, error)
         && qc_store_draft_create (HERE, QC_BUSINESS_REMITTANCE, "{}", NOW, &story->other, error);
}

/* Everything that one edit can do: @line and the two behind it come. */
static gboolean
edit (QcConnection *connection, Story *story, gint64 line, GError **error)
{
  g_autoptr (GArray) changes = qc_store_changes_new ();
  add_change (changes, QC_STORE_CHANGE_ADD_LINE, line, 0, "2311", "{}");
  add_change (changes, QC_STORE_CHANGE_ADD_LINE, line + 1, line, NULL, "{}");
  add_change (changes, QC_STORE_CHANGE_ADD_LINE, line + 2, line, "2311", "{}");
  set_change (changes, line, "{}", "whose:2312");
  add_change (changes, QC_STORE_CHANGE_REMOVE_LINE, line + 1, 0, NULL, NULL);
  add_change (changes, QC_STORE_CHANGE_FACTS, 0, 0, NULL, "{\"a\":1}");
  add_change (changes, QC_STORE_CHANGE_ATTACH, line, 0, NULL, NULL);
  g_array_index (changes, QcStoreChange, changes->len - 1).attachment = qc_attachment_new (ATTACHMENT);
  add_change (changes, QC_STORE_CHANGE_DETACH, line, 0, NULL, NULL);
  return qc_store_draft_edit (connection, story->draft, "edit", changes, take_change, NOW, error);
}

static gboolean
draft_edited (QcConnection *connection, Story *story, GError **error)
{
  return edit (connection, story, 1, error);
}

/* What follows from a step and came later is a part of it. */
static gboolean
draft_amended (QcConnection *connection, Story *story, GError **error)
{
  g_autoptr (GArray) changes = qc_store_changes_new ();
  set_change (changes, 1, "whose:2312", "later");
  return qc_store_draft_edit (connection, story->draft, NULL, changes, take_change, NOW, error);
}

static gboolean
step_done (QcConnection *connection, Story *story, gboolean forwards, GError **error)
{
  g_autoptr (QcStoreStep) step = qc_store_draft_find_step (connection, story->draft, forwards, error);
  return step != NULL
         && qc_store_draft_do_step (connection, story->draft, step->step, forwards, take_change, NOW, error);
}

static gboolean
draft_undone (QcConnection *connection, Story *story, GError **error)
{
  return step_done (connection, story, FALSE, error);
}

static gboolean
draft_redone (QcConnection *connection, Story *story, GError **error)
{
  return step_done (connection, story, TRUE, error);
}

/* An edit after an undo: what could be redone is forgotten, and tidied away piece by piece. */
static gboolean
draft_tidied (QcConnection *connection, Story *story, GError **error)
{
  if (!step_done (connection, story, FALSE, error) || !edit (connection, story, 4, error))
    return FALSE;
  for (gboolean more = TRUE; more;)
    if (!qc_store_drafts_tidy (connection, &more, error))
      return FALSE;
  return TRUE;
}

static gboolean
see_line (gint64 line, const char *facts, gpointer story)
{
  ((Story *)story)->seen++;
  return TRUE;
}

static void
see_name (const QcStoreDraft *draft, const char *name, gpointer story)
{
  ((Story *)story)->seen++;
}

static gboolean
draft_read (QcConnection *connection, Story *story, GError **error)
{
  g_autoptr (QcStoreDraft) latest = NULL;
  g_autofree char *facts = NULL;
  gint64 next;
  if (!qc_store_draft_latest (HERE, QC_BUSINESS_SEALING, &latest, error)
      || !qc_store_draft_get_line (connection, story->draft, 4, &facts, error)
      || !qc_store_draft_each_line (connection, story->draft, see_line, story, error)
      || !qc_store_draft_each_of_person (connection, story->draft, "2312", see_line, story, error)
      || !qc_store_drafts_each_holding (HERE, "who", see_line, story, error)
      || !qc_store_drafts_each_person (HERE, 0, see_name, story, error)
      || !qc_store_search_openings (HERE, "a", see_line, story, error))
    return FALSE;
  g_autoptr (QcStoreDraft) one = qc_store_draft_get (connection, story->draft, error);
  g_autoptr (GPtrArray) list = one != NULL ? qc_store_draft_list (HERE, error) : NULL;
  g_autoptr (GPtrArray) attached
      = list != NULL ? qc_store_attachments_list (connection, story->draft, &next, error) : NULL;
  g_autoptr (GPtrArray) findings
      = attached != NULL ? qc_store_draft_get_findings (connection, story->draft, error) : NULL;
  g_autoptr (GPtrArray) deleted = findings != NULL ? qc_store_draft_list_deleted (HERE, error) : NULL;
  return deleted != NULL;
}

static gboolean
draft_marked (QcConnection *connection, Story *story, GError **error)
{
  g_autoptr (GPtrArray) findings = qc_findings_new ();
  g_ptr_array_add (findings, qc_finding_new ("roster.duplicate", NULL));
  return qc_store_draft_set_findings (connection, story->draft, findings, error)
         && qc_store_draft_set_faults (connection, story->draft, 2, error)
         && qc_store_draft_rename (connection, story->draft, "名", error);
}

static gboolean
draft_thrown_away (QcConnection *connection, Story *story, GError **error)
{
  return qc_store_draft_delete (connection, story->draft, NOW, error)
         && qc_store_draft_undelete (connection, story->draft, NOW, error)
         && qc_store_draft_delete (connection, story->draft, NOW, error)
         && qc_store_draft_destroy (connection, story->draft, NOW, error)
         && qc_store_drafts_purge (connection, NOW + QC_STORE_TRASH_KEEPS + 1, error);
}

/* ---- the outbox ---- */

static gboolean
enqueue (QcConnection *connection, gint64 draft, gint64 depends, gint64 *out, GError **error)
{
  g_autoptr (QcStoreOutboxItem) item = qc_store_outbox_item_new ();
  item->profile = g_strdup (PROFILE);
  item->unit = g_strdup (UNIT);
  item->kind = g_strdup ("submission");
  item->business = QC_BUSINESS_REMITTANCE;
  item->method = g_strdup ("POST");
  item->path = g_strdup ("/submissions");
  item->body = g_bytes_new ("{}", 2);
  item->draft = draft;
  item->people = g_ptr_array_new ();
  g_ptr_array_add (item->people, (gpointer) "2311");
  g_clear_pointer (&item->attachments, g_ptr_array_unref);
  item->attachments = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_attachment_free);
  if (depends != 0)
    g_array_append_val (item->depends, depends);
  else
    g_ptr_array_add (item->attachments, qc_attachment_new (ATTACHMENT));
  gboolean good = qc_store_outbox_enqueue (connection, item, NOW, error);
  *out = item->id;
  return good;
}

static gboolean
handed_in (QcConnection *connection, Story *story, GError **error)
{
  return enqueue (connection, story->other, 0, &story->item, error)
         && enqueue (connection, 0, story->item, &story->second, error)
         && enqueue (connection, 0, story->second, &story->third, error);
}

static gboolean
outbox_read (QcConnection *connection, Story *story, GError **error)
{
  g_autoptr (QcStoreOutboxItem) next = NULL;
  gint64 due, counts[QC_N_STORE_OUTBOX_STATES];
  g_autoptr (GPtrArray) people = g_ptr_array_new ();
  g_ptr_array_add (people, (gpointer) "2311");
  gboolean names;
  if (!qc_store_outbox_next (connection, PROFILE, NOW, NULL, TRUE, &next, &due, error)
      || !qc_store_outbox_counts (HERE, counts, error)
      || !qc_store_outbox_names (connection, story->item, people, &names, error))
    return FALSE;
  g_autoptr (QcStoreOutboxItem) one = qc_store_outbox_get (connection, story->second, error);
  if (one == NULL || !qc_store_outbox_load_body (connection, one, error))
    return FALSE;
  g_autoptr (GPtrArray) list = qc_store_outbox_list (HERE, 0, error);
  g_autoptr (GPtrArray) uploads = list != NULL ? qc_store_uploads_list (connection, story->item, error) : NULL;
  return uploads != NULL;
}

static gboolean
uploaded (QcConnection *connection, Story *story, GError **error)
{
  const QcStoreUpload upload = {.digest = (char *)"00", .name = (char *)"a.jpg", .size = 1, .done = TRUE};
  return qc_store_uploads_set (connection, story->item, &upload, error);
}

static gboolean
under_way (QcConnection *connection, Story *story, GError **error)
{
  gint64 n;
  return qc_store_outbox_put_off (connection, story->item, "offline", NOW + 1, NOW, error)
         && qc_store_outbox_wake (connection, PROFILE, error)
         && qc_store_outbox_begin_attempt (connection, story->item, NOW, error)
         && qc_store_outbox_retry (connection, story->item, "no-network", TRUE, NOW, NOW, error)
         && qc_store_outbox_begin_attempt (connection, story->item, NOW, error)
         && qc_store_outbox_set_unknown (connection, story->item, "timeout", NOW, NOW, error)
         && qc_store_outbox_retry (connection, story->item, "unknown-key", TRUE, NOW, NOW, error)
         && qc_store_outbox_begin_attempt (connection, story->item, NOW, error)
         && qc_store_outbox_recover (connection, PROFILE, NOW, &n, error);
}

static gboolean
accepted (QcConnection *connection, Story *story, GError **error)
{
  g_autoptr (GBytes) answer = g_bytes_new ("{}", 2);
  return qc_store_outbox_accept (connection, story->item, 201, answer, "HJ2", NOW, error)
         && qc_store_draft_reopen (connection, story->other, NOW, error);
}

static gboolean
refused (QcConnection *connection, Story *story, GError **error)
{
  g_autoptr (GBytes) answer = g_bytes_new ("{}", 2);
  g_autoptr (GPtrArray) findings = qc_findings_new ();
  g_ptr_array_add (findings, qc_finding_new ("roster.duplicate", NULL));
  return qc_store_outbox_begin_attempt (connection, story->second, NOW, error)
         && qc_store_outbox_refuse (connection, story->second, 422, answer, findings, "x", NOW, error);
}

static gboolean
taken_back (QcConnection *connection, Story *story, GError **error)
{
  return qc_store_outbox_release (connection, story->third, NOW, error)
         && qc_store_outbox_withdraw (connection, story->third, NOW, error);
}

static gboolean
see_of (const char *serial, const char *facts, gpointer story)
{
  ((Story *)story)->seen++;
  return TRUE;
}

static gboolean
rosters (QcConnection *connection, Story *story, GError **error)
{
  const QcStoreLine first = {1, (char *)"{}"}, second = {2, (char *)"{}"};
  g_autoptr (GArray) page = g_array_new (FALSE, FALSE, sizeof (QcStoreLine));
  g_autoptr (GArray) last = g_array_new (FALSE, FALSE, sizeof (QcStoreLine));
  g_array_append_val (page, first);
  g_array_append_val (last, second);
  g_auto (QcStoreRoster) roster = {0};
  return qc_store_lines_put (HERE, "HJ1", NOW, page, NULL, "1", NOW, error)
         && qc_store_lines_put (HERE, "HJ1", NOW, last, "1", NULL, NOW, error)
         && qc_store_lines_get (HERE, "HJ1", NOW, &roster, error)
         && qc_store_lines_each (HERE, "HJ1", see_line, story, error)
         && qc_store_lines_each_holding (HERE, "{", see_of, story, error)
         && qc_store_lines_look (HERE, "HJ1", NOW, error) && qc_store_lines_purge (connection, NOW, error);
}

static gboolean
searches (QcConnection *connection, Story *story, GError **error)
{
  g_autoptr (GArray) words = g_array_new (FALSE, FALSE, sizeof (QcStoreSearchWord));
  const QcStoreSearchWord word = {.serial = "HJ"};
  g_array_append_val (words, word);
  g_autoptr (GPtrArray) accounts = g_ptr_array_new ();
  g_ptr_array_add (accounts, (gpointer) "2312");
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  gint64 total;
  g_autoptr (GPtrArray) list = qc_store_search_applications (HERE, words, 5, &total, error);
  return list != NULL && qc_store_search_drafts_of (HERE, accounts, found, error);
}

static gboolean
journal (QcConnection *connection, Story *story, GError **error)
{
  const QcStoreJournalQuery query = {.text = "a"};
  gint64 n;
  if (!qc_store_journal_append (connection, NOW, PROFILE, UNIT, "我", "sign-in", NULL, NULL, error)
      || !qc_store_journal_verify (connection, &n, error))
    return FALSE;
  g_autoptr (GPtrArray) list = qc_store_journal_list (HERE, 0, 9, error);
  g_autoptr (GPtrArray) found = list != NULL ? qc_store_journal_find (connection, &query, 0, 9, &n, error) : NULL;
  return found != NULL;
}

static gboolean
home (QcConnection *connection, Story *story, GError **error)
{
  g_autoptr (QcStoreHome) home = qc_store_home_new (), got = NULL;
  return qc_store_home_keep (HERE, "stamp", home, error) && qc_store_home_get (HERE, "stamp", &got, error);
}

/* ---- how it is told ---- */

static const struct {
  const char *name;
  Chapter tell;
} chapters[] = {
    {"profile", profile},
    {"profile, read", profile_read},
    {"unit", unit},
    {"unit, read", unit_read},
    {"policies", policies},
    {"policies, read", policies_read},
    {"people", people},
    {"paid", paid},
    {"people, walked", people_walk},
    {"people, queried", people_query},
    {"person", person},
    {"people gone", people_gone},
    {"people, again", people_again},
    {"applications", applications},
    {"applications, read", applications_read},
    {"inquiries", inquiries},
    {"small things", small_things},
    {"small things, read", small_things_read},
    {"draft made", draft_made},
    {"draft edited", draft_edited},
    {"draft amended", draft_amended},
    {"draft undone", draft_undone},
    {"draft redone", draft_redone},
    {"draft tidied", draft_tidied},
    {"draft marked", draft_marked},
    {"draft read", draft_read},
    {"searches", searches},
    {"draft thrown away", draft_thrown_away},
    {"handed in", handed_in},
    {"outbox read", outbox_read},
    {"uploaded", uploaded},
    {"under way", under_way},
    {"accepted", accepted},
    {"refused", refused},
    {"taken back", taken_back},
    {"rosters", rosters},
    {"journal", journal},
    {"home", home},
};

/* Each call of SQLite fails once, on a connection that keeps no statement from before; then none does. */
static void
tell (const char *path, guint chapter, Story *story)
{
  gboolean told = FALSE;
  for (int nth = 1; !told; nth++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (QcConnection) connection = qc_connection_open (path, QC_CONNECTION_READ_WRITE, &error);
    g_assert_no_error (error);
    g_autoptr (QcTransaction) transaction = qc_transaction_begin (connection, QC_TRANSACTION_WRITE, "story", &error);
    g_assert_no_error (error);
    Story before = *story;
    full_disk_begin (nth);
    gboolean good = chapters[chapter].tell (connection, story, &error);
    told = full_disk_end (chapters[chapter].name, nth, good, error);
    if (told)
      g_assert_true (qc_transaction_commit (transaction, &error));
    else
      *story = before;
  }
}

static void
test_story (Fixture *fixture, gconstpointer data)
{
  Story story = {0};
  for (guint i = 0; i < G_N_ELEMENTS (chapters); i++)
    tell (fixture->path, i, &story);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/failing/story", Fixture, NULL, fixture_set_up, test_story, fixture_tear_down);
  return g_test_run ();
}
