/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 汇缴 for one unit: the preview that follows the draft. Edits of the draft lie in qc-remittance-edits.c, what leads to
 * 办理 in qc-remittance-submit.c. Main context.
 */
#include "qc-remittance-service-private.h"

#include "qc-month.h"
#include "qc-session-private.h"
#include "qc-weak.h"

G_DEFINE_FINAL_TYPE (QcRemittanceService, qc_remittance_service, QC_TYPE_BUSINESS_SERVICE)

enum { PROP_0, PROP_PREVIEW, PROP_REVIEWED, N_PROPS };
static GParamSpec *props[N_PROPS];

/* --- the preview ------------------------------------------------------------------------------------------------ */

static void
collect_answer (gpointer name, gpointer value, gpointer user_data)
{
  GHashTable *answers = user_data;
  QcRetirementClass klass;
  if (qc_retirement_class_from_code (value, &klass) && klass != QC_RETIREMENT_UNKNOWN)
    g_hash_table_replace (answers, g_strdup ((char *)name + strlen (QC_FACT_CLASS)), GINT_TO_POINTER (klass));
}

QcPreviewRequest *
qc_remittance_service_dup_request (QcRemittanceService *self)
{
  QcPreviewRequest *request = qc_preview_request_new ();
  const char *method = qc_draft_get (self->draft, QC_FACT_METHOD);
  request->profile = g_strdup (qc_business_service_get_profile (QC_BUSINESS_SERVICE (self)));
  request->unit = g_strdup (qc_business_service_get_unit (QC_BUSINESS_SERVICE (self)));
  request->current
      = qc_date_month (qc_session_get_today (qc_business_service_get_session (QC_BUSINESS_SERVICE (self))));
  request->end = (QcMonth)qc_draft_get_int (self->draft, QC_FACT_END, QC_MONTH_NONE);
  if (method)
    qc_method_from_code (method, &request->method);
  qc_draft_foreach (self->draft, QC_FACT_CLASS, collect_answer, request->answers);
  return request;
}

static int
compare_text (gconstpointer a, gconstpointer b, gpointer user_data)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* Everything the figures depend on, so that a tick does not compute anew. (transfer full) */
static char *
request_signature (const QcPreviewRequest *request)
{
  guint n;
  g_autofree char **names = (char **)g_hash_table_get_keys_as_array (request->answers, &n);
  GString *text = g_string_new (NULL);
  g_qsort_with_data (names, (int)n, sizeof *names, compare_text, NULL);
  g_string_printf (text, "%d %d %d", request->method, request->end, request->current);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, " %s=%d", names[i],
                            GPOINTER_TO_INT (g_hash_table_lookup (request->answers, names[i])));
  return g_string_free (text, FALSE);
}

static void
answer_waiting (QcRemittanceService *self, const GError *error)
{
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->waiting);
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < waiting->len; i++) {
    GTask *task = g_ptr_array_index (waiting, i);
    if (error)
      g_task_return_error (task, g_error_copy (error));
    else
      g_task_return_pointer (task, g_object_ref (self->preview), g_object_unref);
  }
}

static void
stop_progress (QcRemittanceService *self)
{
  g_clear_handle_id (&self->progress_source, g_source_remove);
  g_clear_pointer (&self->request, qc_preview_request_unref);
}

static void
preview_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcRemittanceService) self = qc_weak_end (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (QcRemittancePreview) preview = qc_database_finish (QC_DATABASE (source), result, &error);
  if (self == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* nobody is there, or a newer one runs */
  g_clear_object (&self->computing);
  stop_progress (self);
  if (preview)
    g_set_object (&self->preview, preview);
  else if (g_error_matches (error, QC_APP_ERROR, QC_APP_ERROR_INCOMPLETE))
    g_clear_object (&self->preview); /* nothing partial stands on the screen */
  qc_business_service_set_error (QC_BUSINESS_SERVICE (self), error);
  qc_business_service_changed (QC_BUSINESS_SERVICE (self));
  answer_waiting (self, error);
}

static gboolean
progress_cb (gpointer user_data)
{
  g_object_notify (user_data, "progress");
  return G_SOURCE_CONTINUE;
}

static void
refresh (QcBusinessService *service)
{
  QcRemittanceService *self = QC_REMITTANCE_SERVICE (service);
  g_cancellable_cancel (self->computing);
  g_clear_object (&self->computing);
  stop_progress (self);
  if (!qc_session_get_database (qc_business_service_get_session (service)))
    return;
  self->computing = g_cancellable_new ();
  self->request = qc_remittance_service_dup_request (self);
  g_free (self->signature);
  self->signature = request_signature (self->request);
  self->progress_source = g_timeout_add (100, progress_cb, self);
  qc_database_read_async (qc_session_get_database (qc_business_service_get_session (service)), "remittance-preview",
                          qc_remittance_compute, qc_preview_request_ref (self->request),
                          (GDestroyNotify)qc_preview_request_unref, g_object_unref, self->computing, preview_cb,
                          qc_weak_new (self));
  qc_business_service_changed (service);
}

void
qc_remittance_service_preview_async (QcRemittanceService *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  g_return_if_fail (QC_IS_REMITTANCE_SERVICE (self));
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_ptr_array_add (self->waiting, task);
  if (!self->computing && qc_draft_is_loaded (self->draft)) {
    const GError *error = qc_business_service_get_error (QC_BUSINESS_SERVICE (self));
    if (self->preview || error)
      answer_waiting (self, error);
    else
      qc_business_service_refresh (QC_BUSINESS_SERVICE (self));
  }
}

QcRemittancePreview *
qc_remittance_service_preview_finish (QcRemittanceService *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- what follows what ------------------------------------------------------------------------------------------ */

static void
draft_changed_cb (QcRemittanceService *self)
{
  QcPreviewRequest *request = qc_remittance_service_dup_request (self);
  g_autofree char *signature = request_signature (request);
  qc_preview_request_unref (request);
  if (g_strcmp0 (signature, self->signature) != 0)
    qc_business_service_refresh (QC_BUSINESS_SERVICE (self));
}

/* The draft could not be read: nothing will be computed. */
static void
updated_cb (QcRemittanceService *self)
{
  const GError *error = qc_business_service_get_error (QC_BUSINESS_SERVICE (self));
  if (error && !self->computing)
    answer_waiting (self, error);
  for (guint i = 1; i < N_PROPS; i++)
    g_object_notify_by_pspec (G_OBJECT (self), props[i]);
}

/* --- the object -------------------------------------------------------------------------------------------------- */

QcRemittancePreview *
qc_remittance_service_get_preview (QcRemittanceService *self)
{
  g_return_val_if_fail (QC_IS_REMITTANCE_SERVICE (self), NULL);
  return self->preview;
}

static gboolean
is_loading (QcBusinessService *service)
{
  return QC_REMITTANCE_SERVICE (service)->computing != NULL;
}

static double
get_progress (QcBusinessService *service)
{
  QcRemittanceService *self = QC_REMITTANCE_SERVICE (service);
  int expected = self->request ? g_atomic_int_get (&self->request->expected) : 0;
  if (expected <= 0)
    return 0;
  return MIN (1.0, (double)g_atomic_int_get (&self->request->done) / expected);
}

static void
qc_remittance_service_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  QcRemittanceService *self = QC_REMITTANCE_SERVICE (object);
  switch (id) {
  case PROP_PREVIEW:
    g_value_set_object (value, self->preview);
    break;
  case PROP_REVIEWED:
    g_value_set_uint (value, qc_remittance_service_get_reviewed (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
qc_remittance_service_dispose (GObject *object)
{
  QcRemittanceService *self = QC_REMITTANCE_SERVICE (object);
  g_cancellable_cancel (self->computing);
  g_clear_object (&self->computing);
  stop_progress (self);
  g_clear_object (&self->preview);
  G_OBJECT_CLASS (qc_remittance_service_parent_class)->dispose (object);
}

static void
qc_remittance_service_finalize (GObject *object)
{
  QcRemittanceService *self = QC_REMITTANCE_SERVICE (object);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  g_free (self->signature);
  G_OBJECT_CLASS (qc_remittance_service_parent_class)->finalize (object);
}

static void
qc_remittance_service_class_init (QcRemittanceServiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  QcBusinessServiceClass *service_class = QC_BUSINESS_SERVICE_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  object_class->get_property = qc_remittance_service_get_property;
  object_class->dispose = qc_remittance_service_dispose;
  object_class->finalize = qc_remittance_service_finalize;
  service_class->refresh = refresh;
  service_class->is_loading = is_loading;
  service_class->get_progress = get_progress;
  qc_remittance_service_submit_class_init (service_class);
  props[PROP_PREVIEW] = g_param_spec_object ("preview", NULL, NULL, QC_TYPE_REMITTANCE_PREVIEW, flags);
  props[PROP_REVIEWED] = g_param_spec_uint ("reviewed", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
qc_remittance_service_init (QcRemittanceService *self)
{
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  g_signal_connect (self, "updated", G_CALLBACK (updated_cb), NULL);
}

QcRemittanceService *
qc_remittance_service_new (QcSession *session)
{
  g_return_val_if_fail (QC_IS_SESSION (session), NULL);
  QcRemittanceService *self = g_object_new (QC_TYPE_REMITTANCE_SERVICE, NULL);
  qc_business_service_open (QC_BUSINESS_SERVICE (self), session, QC_BUSINESS_REMITTANCE, 0);
  self->draft = qc_business_service_get_draft (QC_BUSINESS_SERVICE (self));
  g_signal_connect_object (self->draft, "changed", G_CALLBACK (draft_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}
