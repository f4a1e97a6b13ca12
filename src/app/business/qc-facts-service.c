/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The facts service; see the header. In the draft a field has two facts, what it is to be and what was seen; both go
 * in and out together. Main context.
 */
#include "qc-facts-service.h"

#include <glib/gi18n-lib.h>

#include "qc-app-error.h"
#include "qc-complete.h"
#include "qc-connection.h"
#include "qc-draft-io.h"
#include "qc-rules-unit-change.h"
#include "qc-session-private.h"
#include "qc-store-outbox.h"
#include "qc-store-policies.h"
#include "qc-store-units.h"
#include "qc-wire-submission.h"

/* What was read for one computation; gone with the next one. */
typedef struct {
  QcUnit *unit;       /* (owned) with what waits laid over it */
  GPtrArray *codes;   /* (owned) */
  GArray *ratios;     /* (owned) */
  GPtrArray *waiting; /* (owned) QcFact, the last one of each field */
} Ground;

struct _QcFactsService {
  QcBusinessService parent_instance;
  QcBusiness business;
  QcDraft *draft;        /* borrowed from the parent */
  Ground *ground;        /* (owned) (nullable) */
  GPtrArray *findings;   /* (owned) */
  GCancellable *reading; /* (owned) (nullable) */
  gint64 faults_told;    /* to the draft */
};

G_DEFINE_FINAL_TYPE (QcFactsService, qc_facts_service, QC_TYPE_BUSINESS_SERVICE)

static void
ground_free (Ground *ground)
{
  if (ground == NULL)
    return;
  g_clear_pointer (&ground->unit, qc_unit_free);
  g_clear_pointer (&ground->codes, g_ptr_array_unref);
  g_clear_pointer (&ground->ratios, g_array_unref);
  g_clear_pointer (&ground->waiting, g_ptr_array_unref);
  g_free (ground);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Ground, ground_free)

/* ---- facts of the draft ---- */

static char *
key_of (const char *kind, const QcUnitField *field)
{
  return g_strconcat (kind, field->name, NULL);
}

static const char *
get_fact (QcFactsService *self, const char *kind, const QcUnitField *field)
{
  g_autofree char *key = key_of (kind, field);
  return qc_draft_get (self->draft, key);
}

/* Both at once and one step of undo; @value NULL takes the change back. */
static void
set_fact (QcFactsService *self, const QcUnitField *field, const char *before, const char *value)
{
  g_autofree char *value_key = key_of (QC_DRAFT_VALUE, field);
  g_autofree char *before_key = key_of (QC_DRAFT_BEFORE, field);
  qc_draft_begin_step (self->draft);
  qc_draft_set (self->draft, value_key, value);
  qc_draft_set (self->draft, before_key, value != NULL ? before : NULL);
  qc_draft_end_step (self->draft);
}

GPtrArray *
qc_facts_service_dup_facts (QcFactsService *self)
{
  g_return_val_if_fail (QC_IS_FACTS_SERVICE (self), NULL);
  GPtrArray *facts = qc_fact_list_new ();
  for (guint i = 0; i < qc_unit_fields_count (); i++) {
    const QcUnitField *field = qc_unit_field (i);
    const char *value = get_fact (self, QC_DRAFT_VALUE, field);
    const char *before = get_fact (self, QC_DRAFT_BEFORE, field);
    if (value != NULL)
      qc_fact_list_add (facts, field->name, before != NULL ? before : "", value);
  }
  return facts;
}

/* ---- what is found ---- */

/* What was changed elsewhere is said by what is known now, not by what the center said then. */
static void
add_refusal (QcFactsService *self, const GPtrArray *facts)
{
  const GPtrArray *refused = qc_draft_get_findings (self->draft);
  for (guint i = 0; i < refused->len; i++) {
    const QcFinding *finding = g_ptr_array_index (refused, i);
    const QcUnitField *field = qc_unit_field_find (finding->field);
    gboolean stale = g_str_equal (finding->code, "unit-change.stale");
    gboolean known = stale && field != NULL && qc_facts_service_get_elsewhere (self, field) != NULL;
    if (!known && (field == NULL || qc_fact_list_find (facts, field->name) != NULL))
      g_ptr_array_add (self->findings, qc_finding_copy (finding));
  }
}

static void
find (QcFactsService *self)
{
  g_autoptr (GPtrArray) facts = qc_facts_service_dup_facts (self);
  g_ptr_array_set_size (self->findings, 0);
  if (self->ground == NULL || facts->len == 0)
    return;
  QcSession *session = qc_business_service_get_session (QC_BUSINESS_SERVICE (self));
  const QcUnitChangeGround ground = {self->ground->unit, self->ground->codes, qc_session_get_today (session)};
  qc_rules_unit_change_check (&ground, facts, self->findings);
  add_refusal (self, facts);
  qc_findings_say_once (self->findings);
  qc_findings_sort (self->findings);
  gint64 faults = 0;
  for (guint i = 0; i < self->findings->len; i++)
    faults += ((QcFinding *)g_ptr_array_index (self->findings, i))->severity >= QC_SEVERITY_ASK;
  if (faults != self->faults_told && qc_draft_get_outbox (self->draft) == 0) {
    self->faults_told = faults;
    qc_draft_set_faults (self->draft, faults);
  }
}

static void
draft_changed_cb (QcFactsService *self)
{
  find (self);
  qc_business_service_changed (QC_BUSINESS_SERVICE (self));
}

GPtrArray *
qc_facts_service_dup_field_findings (QcFactsService *self, const QcUnitField *field)
{
  g_return_val_if_fail (QC_IS_FACTS_SERVICE (self), NULL);
  GPtrArray *out = qc_findings_new ();
  for (guint i = 0; i < self->findings->len; i++) {
    const QcFinding *finding = g_ptr_array_index (self->findings, i);
    if (g_strcmp0 (finding->field, field->name) == 0)
      g_ptr_array_add (out, qc_finding_copy (finding));
  }
  return out;
}

/* ---- what it stands on ---- */

typedef struct {
  char *profile, *unit; /* (owned) */
  QcBusiness business;
  gint64 draft;
} Request;

static void
request_free (Request *request)
{
  g_free (request->profile);
  g_free (request->unit);
  g_free (request);
}

/* The facts of @item over those of the items before it. */
static gboolean
lay_over (QcConnection *connection, QcStoreOutboxItem *item, Ground *ground, GError **error)
{
  g_autoptr (QcSubmission) submission
      = qc_store_outbox_load_body (connection, item, error) ? qc_wire_decode_submission (item->body, error) : NULL;
  if (submission == NULL)
    return FALSE;
  qc_rules_unit_change_apply (submission->facts, ground->unit);
  for (guint i = 0; i < submission->facts->len; i++) {
    const QcFact *fact = g_ptr_array_index (submission->facts, i);
    QcFact *before = (QcFact *)qc_fact_list_find (ground->waiting, fact->name);
    if (before != NULL)
      g_ptr_array_remove (ground->waiting, before);
    qc_fact_list_add (ground->waiting, fact->name, fact->before, fact->value);
  }
  return TRUE;
}

/* The draft's own submission is not another one. */
static gboolean
read_waiting (QcConnection *connection, const Request *request, Ground *ground, GError **error)
{
  ground->waiting = qc_fact_list_new ();
  g_autoptr (GPtrArray) items = qc_store_outbox_list (
      connection, request->profile, request->unit,
      1u << QC_STORE_OUTBOX_QUEUED | 1u << QC_STORE_OUTBOX_SENDING | 1u << QC_STORE_OUTBOX_UNKNOWN, error);
  if (items == NULL)
    return FALSE;
  for (guint i = 0; i < items->len; i++) {
    QcStoreOutboxItem *item = g_ptr_array_index (items, i);
    if (g_strcmp0 (item->kind, "submission") == 0 && item->business == request->business
        && (item->draft == 0 || item->draft != request->draft) && !lay_over (connection, item, ground, error))
      return FALSE;
  }
  return TRUE;
}

static gpointer
read_ground (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Request *request = data;
  g_autoptr (Ground) ground = g_new0 (Ground, 1);
  if (!qc_store_unit_get (connection, request->profile, request->unit, &ground->unit, error))
    return NULL;
  if (ground->unit == NULL) {
    g_set_error_literal (error, QC_APP_ERROR, QC_APP_ERROR_NO_UNIT,
                         _ ("Nothing of this unit is on this computer yet."));
    return NULL;
  }
  if (!qc_complete_check (connection, request->profile, request->unit, error)
      || (ground->codes = qc_store_codes_get (connection, request->profile, request->unit, NULL, error)) == NULL
      || (ground->ratios = qc_store_ratios_get (connection, request->profile, request->unit, error)) == NULL
      || !read_waiting (connection, request, ground, error))
    return NULL;
  return g_steal_pointer (&ground);
}

static void
ground_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcFactsService) self = user_data;
  g_autoptr (GError) error = NULL;
  Ground *ground = qc_database_finish (QC_DATABASE (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* a newer one is read, or nobody is there */
  g_clear_object (&self->reading);
  qc_business_service_set_error (QC_BUSINESS_SERVICE (self), error);
  if (ground != NULL) {
    g_clear_pointer (&self->ground, ground_free);
    self->ground = ground;
    find (self);
  }
  qc_business_service_changed (QC_BUSINESS_SERVICE (self));
}

static void
refresh (QcBusinessService *service)
{
  QcFactsService *self = QC_FACTS_SERVICE (service);
  QcDatabase *database = qc_session_get_database (qc_business_service_get_session (service));
  const char *profile = qc_business_service_get_profile (service), *unit = qc_business_service_get_unit (service);
  if (database == NULL || profile == NULL || unit == NULL)
    return;
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  Request *request = g_new (Request, 1);
  *request = (Request) {g_strdup (profile), g_strdup (unit), self->business, qc_draft_get_id (self->draft)};
  qc_database_read_async (database, "facts-ground", read_ground, request, (GDestroyNotify)request_free,
                          (GDestroyNotify)ground_free, self->reading, ground_cb, g_object_ref (self));
  qc_business_service_changed (service);
}

/* ---- one field ---- */

const QcUnit *
qc_facts_service_get_unit (QcFactsService *self)
{
  g_return_val_if_fail (QC_IS_FACTS_SERVICE (self), NULL);
  return self->ground != NULL ? self->ground->unit : NULL;
}

const GPtrArray *
qc_facts_service_get_codes (QcFactsService *self)
{
  g_return_val_if_fail (QC_IS_FACTS_SERVICE (self), NULL);
  return self->ground != NULL ? self->ground->codes : NULL;
}

const GArray *
qc_facts_service_get_ratios (QcFactsService *self)
{
  g_return_val_if_fail (QC_IS_FACTS_SERVICE (self), NULL);
  return self->ground != NULL ? self->ground->ratios : NULL;
}

static const char *
get_present (QcFactsService *self, const QcUnitField *field)
{
  return self->ground != NULL ? qc_unit_field_get (field, self->ground->unit) : "";
}

const char *
qc_facts_service_get_value (QcFactsService *self, const QcUnitField *field)
{
  g_return_val_if_fail (QC_IS_FACTS_SERVICE (self), "");
  const char *value = get_fact (self, QC_DRAFT_VALUE, field);
  return value != NULL ? value : get_present (self, field);
}

gboolean
qc_facts_service_is_changed (QcFactsService *self, const QcUnitField *field)
{
  g_return_val_if_fail (QC_IS_FACTS_SERVICE (self), FALSE);
  return get_fact (self, QC_DRAFT_VALUE, field) != NULL;
}

const char *
qc_facts_service_get_before (QcFactsService *self, const QcUnitField *field)
{
  g_return_val_if_fail (QC_IS_FACTS_SERVICE (self), "");
  const char *before = get_fact (self, QC_DRAFT_BEFORE, field);
  return before != NULL ? before : get_present (self, field);
}

const char *
qc_facts_service_get_waiting (QcFactsService *self, const QcUnitField *field)
{
  g_return_val_if_fail (QC_IS_FACTS_SERVICE (self), NULL);
  const QcFact *fact = self->ground != NULL ? qc_fact_list_find (self->ground->waiting, field->name) : NULL;
  return fact != NULL ? fact->value : NULL;
}

guint
qc_facts_service_get_n_waiting (QcFactsService *self)
{
  g_return_val_if_fail (QC_IS_FACTS_SERVICE (self), 0);
  return self->ground != NULL ? self->ground->waiting->len : 0;
}

const char *
qc_facts_service_get_elsewhere (QcFactsService *self, const QcUnitField *field)
{
  g_return_val_if_fail (QC_IS_FACTS_SERVICE (self), NULL);
  const char *before = get_fact (self, QC_DRAFT_BEFORE, field);
  const char *present = get_present (self, field);
  if (self->ground == NULL || before == NULL || qc_rules_unit_change_is_seen (before, present))
    return NULL;
  return present;
}

gboolean
qc_facts_service_enter (QcFactsService *self, const QcUnitField *field, const char *text)
{
  g_return_val_if_fail (QC_IS_FACTS_SERVICE (self), FALSE);
  if (self->ground == NULL || qc_business_service_get_item (QC_BUSINESS_SERVICE (self)) != NULL
      || qc_draft_get_outbox (self->draft) != 0 || qc_draft_is_busy (self->draft) || !qc_draft_is_loaded (self->draft))
    return FALSE;
  /* what is too long is said; it need not be kept whole for that */
  const glong most = qc_text_field_limits (field->text)->carried + 1;
  g_autofree char *bounded = g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), most));
  g_autofree char *value = qc_unit_field_fold (field, bounded, self->ground->codes);
  g_autofree char *before = g_strdup (qc_facts_service_get_before (self, field));
  gboolean back = g_str_equal (value, before);
  if (!back && qc_unit_field_lock (field, self->ground->codes) != NULL)
    return FALSE;
  set_fact (self, field, before, back ? NULL : value);
  return TRUE;
}

void
qc_facts_service_keep_mine (QcFactsService *self, const QcUnitField *field)
{
  g_return_if_fail (QC_IS_FACTS_SERVICE (self));
  const char *elsewhere = qc_facts_service_get_elsewhere (self, field);
  g_autofree char *value = g_strdup (get_fact (self, QC_DRAFT_VALUE, field));
  if (elsewhere != NULL) /* where both want the same there is nothing left to do */
    set_fact (self, field, elsewhere, g_str_equal (value, elsewhere) ? NULL : value);
}

void
qc_facts_service_take_theirs (QcFactsService *self, const QcUnitField *field)
{
  g_return_if_fail (QC_IS_FACTS_SERVICE (self));
  set_fact (self, field, NULL, NULL);
}

/* ---- 办理 ---- */

static gboolean
is_loading (QcBusinessService *service)
{
  QcFactsService *self = QC_FACTS_SERVICE (service);
  return self->reading != NULL || self->ground == NULL;
}

static double
get_progress (QcBusinessService *service)
{
  return 0;
}

static const GPtrArray *
get_findings (QcBusinessService *service)
{
  return QC_FACTS_SERVICE (service)->findings;
}

gboolean
qc_facts_service_is_settled (QcFactsService *self)
{
  g_return_val_if_fail (QC_IS_FACTS_SERVICE (self), FALSE);
  return (qc_draft_get_unsaved (self->draft) == 0 || qc_draft_is_unwritten (self->draft))
         && !qc_draft_is_busy (self->draft) && !qc_business_service_is_loading (QC_BUSINESS_SERVICE (self));
}

static char *
dup_why_not (QcBusinessService *service)
{
  QcFactsService *self = QC_FACTS_SERVICE (service);
  g_autoptr (GPtrArray) facts = qc_facts_service_dup_facts (self);
  if (facts->len == 0)
    return g_strdup (_ ("Nothing has been changed."));
  if (qc_draft_get_unsaved (self->draft) > 0 || qc_draft_is_busy (self->draft))
    return g_strdup (_ ("It is being saved."));
  for (guint i = 0; i < self->findings->len; i++) {
    const QcFinding *finding = g_ptr_array_index (self->findings, i);
    if (finding->severity >= QC_SEVERITY_ASK)
      return qc_finding_dup_sentence (finding);
  }
  return NULL;
}

static char *
dup_token (QcBusinessService *service)
{
  QcFactsService *self = QC_FACTS_SERVICE (service);
  return g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT, qc_draft_get_id (self->draft),
                          qc_draft_get_revision (self->draft));
}

/* As it is on the screen; the revision says that the database has the same. */
typedef struct {
  QcSubmission *submission; /* (owned) (nullable) */
  gint64 draft, revision;
} Recipe;

static void
recipe_free (gpointer data)
{
  Recipe *recipe = data;
  g_clear_pointer (&recipe->submission, qc_submission_free);
  g_free (recipe);
}

static gpointer
new_recipe (QcBusinessService *service)
{
  QcFactsService *self = QC_FACTS_SERVICE (service);
  Recipe *recipe = g_new (Recipe, 1);
  *recipe = (Recipe) {qc_submission_new (self->business), qc_draft_get_id (self->draft),
                      qc_draft_get_revision (self->draft)};
  g_ptr_array_unref (recipe->submission->facts);
  recipe->submission->facts = qc_facts_service_dup_facts (self);
  return recipe;
}

static QcSubmission *
build (QcConnection *connection, gpointer data, GError **error)
{
  Recipe *recipe = data;
  g_autoptr (QcStoreDraft) draft = qc_store_draft_get (connection, recipe->draft, error);
  if (draft == NULL)
    return NULL;
  if (draft->revision == recipe->revision && draft->state == QC_STORE_DRAFT_OPEN)
    return g_steal_pointer (&recipe->submission);
  g_set_error_literal (error, QC_APP_ERROR, QC_APP_ERROR_DRAFT,
                       _ ("What was confirmed has changed meanwhile; nothing was submitted. Look at it again and "
                          "submit it once more."));
  return NULL;
}

static gint64
count_people (QcBusinessService *service)
{
  return 0;
}

/* ---- the object ---- */

static void
qc_facts_service_dispose (GObject *object)
{
  QcFactsService *self = QC_FACTS_SERVICE (object);
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  G_OBJECT_CLASS (qc_facts_service_parent_class)->dispose (object);
}

static void
qc_facts_service_finalize (GObject *object)
{
  QcFactsService *self = QC_FACTS_SERVICE (object);
  g_clear_pointer (&self->ground, ground_free);
  g_ptr_array_unref (self->findings);
  G_OBJECT_CLASS (qc_facts_service_parent_class)->finalize (object);
}

static void
qc_facts_service_class_init (QcFactsServiceClass *klass)
{
  QcBusinessServiceClass *service_class = QC_BUSINESS_SERVICE_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = qc_facts_service_dispose;
  G_OBJECT_CLASS (klass)->finalize = qc_facts_service_finalize;
  service_class->refresh = refresh;
  service_class->is_loading = is_loading;
  service_class->get_progress = get_progress;
  service_class->get_findings = get_findings;
  service_class->dup_why_not = dup_why_not;
  service_class->dup_token = dup_token;
  service_class->new_recipe = new_recipe;
  service_class->build = build;
  service_class->recipe_free = recipe_free;
  service_class->count_people = count_people;
}

static void
qc_facts_service_init (QcFactsService *self)
{
  self->findings = qc_findings_new ();
}

QcFactsService *
qc_facts_service_new (QcSession *session, QcBusiness business, gint64 draft)
{
  g_return_val_if_fail (QC_IS_SESSION (session), NULL);
  g_return_val_if_fail (qc_business_info (business)->has_facts, NULL);
  QcFactsService *self = g_object_new (QC_TYPE_FACTS_SERVICE, NULL);
  self->business = business;
  qc_business_service_open (QC_BUSINESS_SERVICE (self), session, business, draft);
  self->draft = qc_business_service_get_draft (QC_BUSINESS_SERVICE (self));
  g_signal_connect_object (self->draft, "changed", G_CALLBACK (draft_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}
