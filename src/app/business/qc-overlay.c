/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Waiting rosters over the people; see the header. Database threads.
 */
#include "qc-overlay.h"

#include "qc-store-outbox.h"
#include "qc-wire-submission.h"

typedef struct {
  const QcRosterRules *rules;
  const QcRosterLine *line; /* of one of the submissions */
} Waiting;

struct _QcOverlay {
  QcRosterFacts facts;
  GPtrArray *submissions; /* (owned) QcSubmission */
  GHashTable *by_person;  /* (owned) 个人账号 → GArray of Waiting, in order */
  guint immediate, reviewed;
  gboolean has_remittance;
};

static void
add_lines (QcOverlay *overlay, const QcSubmission *submission, const QcRosterRules *rules)
{
  for (guint i = 0; i < submission->roster->lines->len; i++) {
    Waiting waiting = {rules, g_ptr_array_index (submission->roster->lines, i)};
    if (waiting.line->account == NULL)
      continue;
    GArray *of_person = g_hash_table_lookup (overlay->by_person, waiting.line->account);
    if (of_person == NULL) {
      of_person = g_array_new (FALSE, FALSE, sizeof (Waiting));
      g_hash_table_insert (overlay->by_person, waiting.line->account, of_person);
    }
    g_array_append_val (of_person, waiting);
  }
}

static gboolean
add_item (QcOverlay *overlay, QcConnection *connection, QcStoreOutboxItem *item, GError **error)
{
  const QcRosterRules *rules = qc_roster_rules (item->business);
  QcRun run = qc_business_info (item->business)->run;
  overlay->has_remittance |= run == QC_RUN_REMITTANCE;
  overlay->reviewed += run == QC_RUN_REVIEWED;
  if (run != QC_RUN_IMMEDIATE || rules == NULL)
    return TRUE;
  QcSubmission *submission
      = qc_store_outbox_load_body (connection, item, error) ? qc_wire_decode_submission (item->body, error) : NULL;
  if (submission == NULL)
    return FALSE;
  g_ptr_array_add (overlay->submissions, submission);
  overlay->immediate++;
  add_lines (overlay, submission, rules);
  return TRUE;
}

static GPtrArray *
list_waiting (QcConnection *connection, const char *profile, const char *unit, GError **error)
{
  return qc_store_outbox_list (
      connection, profile, unit,
      1u << QC_STORE_OUTBOX_QUEUED | 1u << QC_STORE_OUTBOX_SENDING | 1u << QC_STORE_OUTBOX_UNKNOWN, error);
}

QcOverlay *
qc_overlay_load (QcConnection *connection, const char *profile, const QcUnit *unit, GError **error)
{
  g_autoptr (GPtrArray) items = list_waiting (connection, profile, unit->account, error);
  if (items == NULL)
    return NULL;
  g_autoptr (QcOverlay) overlay = g_new0 (QcOverlay, 1);
  overlay->facts.unit = unit;
  overlay->submissions = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_submission_free);
  overlay->by_person = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_array_unref);
  for (guint i = 0; i < items->len; i++) {
    QcStoreOutboxItem *item = g_ptr_array_index (items, i);
    if (g_strcmp0 (item->kind, "submission") == 0 && !add_item (overlay, connection, item, error))
      return NULL;
  }
  return g_steal_pointer (&overlay);
}

gboolean
qc_overlay_append_stamp (QcConnection *connection, const char *profile, const char *unit, GString *stamp,
                         GError **error)
{
  g_autoptr (GPtrArray) items = list_waiting (connection, profile, unit, error);
  for (guint i = 0; items != NULL && i < items->len; i++) {
    const QcStoreOutboxItem *item = g_ptr_array_index (items, i);
    if (g_strcmp0 (item->kind, "submission") == 0 && qc_business_info (item->business)->run == QC_RUN_IMMEDIATE)
      g_string_append_printf (stamp, " +%" G_GINT64_FORMAT, item->id);
  }
  return items != NULL;
}

void
qc_overlay_free (QcOverlay *overlay)
{
  if (overlay == NULL)
    return;
  g_hash_table_unref (overlay->by_person);
  g_ptr_array_unref (overlay->submissions);
  g_free (overlay);
}

guint
qc_overlay_get_immediate (const QcOverlay *overlay)
{
  return overlay->immediate;
}

guint
qc_overlay_get_reviewed (const QcOverlay *overlay)
{
  return overlay->reviewed;
}

gboolean
qc_overlay_has_remittance (const QcOverlay *overlay)
{
  return overlay->has_remittance;
}

/* A row of the same month gives way. */
static void
add_base (GArray *bases, const QcBaseChange *base)
{
  guint at = 0;
  while (at < bases->len && g_array_index (bases, QcBaseChange, at).from < base->from)
    at++;
  if (at < bases->len && g_array_index (bases, QcBaseChange, at).from == base->from)
    g_array_index (bases, QcBaseChange, at) = *base;
  else
    g_array_insert_val (bases, at, *base);
}

gboolean
qc_overlay_apply (const QcOverlay *overlay, QcEmployee *person, GArray *bases)
{
  const GArray *waiting = g_hash_table_lookup (overlay->by_person, person->account);
  for (guint i = 0; waiting != NULL && i < waiting->len; i++) {
    const Waiting *one = &g_array_index (waiting, Waiting, i);
    QcRosterEffect effect = {0};
    one->rules->effect (&overlay->facts, one->line, person, &effect);
    if (bases != NULL && effect.base.from != QC_MONTH_NONE)
      add_base (bases, &effect.base);
  }
  return waiting != NULL;
}
