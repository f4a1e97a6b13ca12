/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 办理 of a roster: whether it may go, why not, and what goes. Main context; building on the thread that writes.
 */
#include "qc-roster-service-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "qc-rules-attachments.h"
#include "qc-store-drafts.h"
#include "qc-store-units.h"
#include "qc-wire-line.h"
static gboolean
is_loading (QcBusinessService *service)
{
  QcRosterService *self = QC_ROSTER_SERVICE (service);
  return self->reading != NULL || self->pass != 0 || self->asking || self->ask_again != 0
         || (self->ground == NULL && qc_business_service_get_error (service) == NULL);
}

static double
get_progress (QcBusinessService *service)
{
  QcRosterService *self = QC_ROSTER_SERVICE (service);
  guint n = qc_draft_get_roster (self->draft)->lines->len;
  return self->pass != 0 && self->pass_all && n > 0 ? (double)self->pass_position / n : 0;
}

static const GPtrArray *
get_findings (QcBusinessService *service)
{
  return QC_ROSTER_SERVICE (service)->findings;
}

gboolean
qc_roster_service_is_settled (QcRosterService *self)
{
  g_return_val_if_fail (QC_IS_ROSTER_SERVICE (self), FALSE);
  return (qc_draft_get_unsaved (self->draft) == 0 || qc_draft_is_unwritten (self->draft))
         && !qc_draft_is_busy (self->draft) && self->publish == 0
         && !qc_business_service_is_loading (QC_BUSINESS_SERVICE (self));
}

/* Whose line is the first of those told that cannot be submitted, and why. (transfer full) */
static char *
dup_first_fault (QcRosterService *self, guint faulty)
{
  const QcFinding *first = NULL;
  for (guint i = 0; i < self->findings->len && !first; i++) {
    const QcFinding *finding = g_ptr_array_index (self->findings, i);
    if (finding->severity >= QC_SEVERITY_ASK && qc_roster_model_is_faulty (self->model, finding->line))
      first = finding;
  }
  const QcRosterLine *line = first ? qc_roster_find (qc_draft_get_roster (self->draft), first->line) : NULL;
  g_autofree char *more = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u line cannot be submitted as it is.",
                                                        "%u lines cannot be submitted as they are.", faulty),
                                           faulty);
  if (!line)
    return g_steal_pointer (&more);
  g_autofree char *sentence = qc_finding_dup_sentence (first);
  const char *who = line->name ? line->name : line->account ? line->account : "";
  gboolean names_who = *who && strstr (sentence, who);
  if (faulty == 1)
    /* Translators: person, what is wrong. */
    return names_who ? g_steal_pointer (&sentence) : g_strdup_printf (_ ("%s: %s"), who, sentence);
  if (names_who)
    /* Translators: what is wrong with somebody, how many lines there are like this. */
    return g_strdup_printf (_ ("%s %s"), sentence, more);
  /* Translators: person, what is wrong, how many lines there are like this. */
  return g_strdup_printf (_ ("%s: %s %s"), who, sentence, more);
}

/* What is wrong with a line and with none of its cells: its pictures. (transfer full) (nullable) */
static char *
dup_first_of_lines (QcRosterService *self)
{
  for (guint i = 0; i < self->findings->len; i++) {
    const QcFinding *finding = g_ptr_array_index (self->findings, i);
    if (finding->severity < QC_SEVERITY_ASK)
      continue;
    g_autofree char *whom = qc_finding_dup_whom (finding);
    g_autofree char *sentence = qc_finding_dup_sentence (finding);
    /* Translators: person, what is wrong. */
    return whom != NULL ? g_strdup_printf (_ ("%s: %s"), whom, sentence) : g_steal_pointer (&sentence);
  }
  return NULL;
}

static char *
dup_why_not (QcBusinessService *service)
{
  QcRosterService *self = QC_ROSTER_SERVICE (service);
  guint faulty = qc_roster_model_get_n_faulty (self->model);
  if (qc_draft_get_roster (self->draft)->lines->len == 0)
    return g_strdup (_ ("Nobody is on the roster yet."));
  if (qc_draft_get_unsaved (self->draft) > 0 || qc_draft_is_busy (self->draft) || self->publish != 0)
    return g_strdup (_ ("It is being saved."));
  for (guint i = 0; i < self->findings->len; i++) {
    const QcFinding *finding = g_ptr_array_index (self->findings, i);
    if (finding->line == 0 && finding->severity >= QC_SEVERITY_ASK)
      return qc_finding_dup_sentence (finding);
  }
  if (faulty > 0)
    return dup_first_fault (self, faulty);
  if (qc_draft_get_findings (self->draft)->len > 0 && qc_findings_block (self->findings))
    return g_strdup (_ ("The center has refused it; correct it first."));
  return dup_first_of_lines (self);
}

static char *
dup_token (QcBusinessService *service)
{
  QcRosterService *self = QC_ROSTER_SERVICE (service);
  return g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %d %d", qc_draft_get_id (self->draft),
                          qc_draft_get_revision (self->draft), qc_roster_service_get_effective (self),
                          (int)qc_roster_service_get_method (self));
}

/* The lines are in the database as they were confirmed: the revision says so. */
typedef struct {
  QcBusiness business;
  gint64 draft, revision;
  QcMonth effective;
  QcMethod method;
  char *replaces; /* (owned) (nullable) */
} Recipe;

static void
recipe_free (gpointer data)
{
  g_free (((Recipe *)data)->replaces);
  g_free (data);
}

static gpointer
new_recipe (QcBusinessService *service)
{
  QcRosterService *self = QC_ROSTER_SERVICE (service);
  Recipe *recipe = g_new (Recipe, 1);
  *recipe = (Recipe) {self->business,
                      qc_draft_get_id (self->draft),
                      qc_draft_get_revision (self->draft),
                      qc_roster_service_get_effective (self),
                      qc_roster_service_get_method (self),
                      g_strdup (qc_draft_get (self->draft, QC_FACT_REPLACES))};
  return recipe;
}

typedef struct {
  QcSubmission *submission;
  GError *error; /* (owned) (nullable) */
} Lines;

static gboolean
line_cb (gint64 id, const char *facts, gpointer user_data)
{
  Lines *lines = user_data;
  QcRosterLine *line = qc_wire_line_from_text (facts, &lines->error);
  if (line == NULL)
    return FALSE;
  line->id = id;
  qc_roster_take (lines->submission->roster, -1, line);
  return TRUE;
}

/* @stored: QcStoreAttachment. (transfer full) QcAttachment */
static GPtrArray *
settle (const GPtrArray *stored, const QcRoster *roster)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new ();
  for (guint i = 0; i < stored->len; i++)
    g_ptr_array_add (values, ((const QcStoreAttachment *)g_ptr_array_index (stored, i))->value);
  return qc_rules_attachments_settle (values, roster);
}

GPtrArray *
qc_roster_service_dup_attachments (QcRosterService *self)
{
  g_return_val_if_fail (QC_IS_ROSTER_SERVICE (self), NULL);
  return settle (qc_draft_get_attachments (self->draft), qc_draft_get_roster (self->draft));
}

static gboolean
take_attachments (QcConnection *connection, QcSubmission *submission, gint64 draft, GError **error)
{
  gint64 next;
  g_autoptr (GPtrArray) stored = qc_store_attachments_list (connection, draft, &next, error);
  if (stored == NULL)
    return FALSE;
  g_ptr_array_unref (submission->attachments);
  submission->attachments = settle (stored, submission->roster);
  return TRUE;
}

static QcSubmission *
build (QcConnection *connection, gpointer data, GError **error)
{
  const Recipe *recipe = data;
  g_autoptr (QcSubmission) submission = qc_submission_new (recipe->business);
  g_autoptr (QcStoreDraft) draft = qc_store_draft_get (connection, recipe->draft, error);
  g_autoptr (QcUnit) unit = NULL;
  Lines lines = {submission, NULL};
  if (draft == NULL || !qc_store_unit_get (connection, draft->profile, draft->unit, &unit, error))
    return NULL;
  if (draft->revision != recipe->revision || draft->state != QC_STORE_DRAFT_OPEN || unit == NULL
      || qc_rules_roster_effective (recipe->business, unit) != recipe->effective) {
    g_set_error_literal (error, QC_APP_ERROR, QC_APP_ERROR_DRAFT,
                         _ ("What was confirmed has changed meanwhile; nothing was submitted. Look at it again and "
                            "submit it once more."));
    return NULL;
  }
  submission->effective = recipe->effective;
  submission->method = recipe->method;
  submission->replaces = g_strdup (recipe->replaces);
  if (!qc_store_draft_each_line (connection, recipe->draft, line_cb, &lines, error))
    return NULL;
  if (lines.error != NULL) {
    g_propagate_error (error, lines.error);
    return NULL;
  }
  return take_attachments (connection, submission, recipe->draft, error) ? g_steal_pointer (&submission) : NULL;
}

static gint64
count_people (QcBusinessService *service)
{
  const QcRoster *roster = qc_draft_get_roster (QC_ROSTER_SERVICE (service)->draft);
  QcRosterTotals totals;
  if (!qc_business_info (qc_business_service_get_business (service))->of_months || !qc_roster_sum (roster, &totals))
    return roster->lines->len;
  return totals.people;
}

void
qc_roster_service_class_submits (QcBusinessServiceClass *klass)
{
  klass->is_loading = is_loading;
  klass->get_progress = get_progress;
  klass->get_findings = get_findings;
  klass->dup_why_not = dup_why_not;
  klass->dup_token = dup_token;
  klass->new_recipe = new_recipe;
  klass->build = build;
  klass->recipe_free = recipe_free;
  klass->count_people = count_people;
}
