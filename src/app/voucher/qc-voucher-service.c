/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Preparing vouchers: what is kept is proven on the reader thread; what is missing, old or used is asked for, one after
 * the other, proven, and kept. The key one is asked for under is written down first and used until it is answered, so
 * that a lost answer is not a second issue. Main context.
 */
#include "qc-voucher-service-private.h"

#include <glib/gi18n-lib.h>

#include "qc-calls.h"
#include "qc-random.h"
#include "qc-session-private.h"
#include "qc-store-applications.h"
#include "qc-store-prefs.h"

struct _QcVoucherService {
  GObject parent_instance;
  QcSession *session; /* (owned) */
};

G_DEFINE_FINAL_TYPE (QcVoucherService, qc_voucher_service, G_TYPE_OBJECT)

QcSession *
qc_voucher_service_get_session (QcVoucherService *self)
{
  return self->session;
}

/* ---- what is kept ---- */

typedef struct {
  QcApplication *application; /* (owned) (nullable) */
  QcStoreVoucher *kept;       /* (owned) (nullable) proven, and of this application as it is */
  QcVoucher *voucher;         /* (owned) (nullable) of @kept */
  char *key;                  /* (owned) (nullable) under which it was asked for, without an answer so far */
} Found;

static void
found_free (gpointer data)
{
  Found *found = data;
  qc_application_free (found->application);
  qc_store_voucher_free (found->kept);
  qc_voucher_unref (found->voucher);
  g_free (found->key);
  g_free (found);
}

typedef struct {
  char *profile, *center, *unit; /* (owned) */
  gboolean practice;
  char **serials;        /* (owned) */
  QcVoucherKeys *keys;   /* (owned) filled on the reader thread */
  GPtrArray *found;      /* (owned) Found, as serials; set by the main thread */
  QcVoucherBatch *batch; /* (owned) (nullable) */
  guint next;
  gboolean newer;  /* the center knows more than was pulled */
  GError *refusal; /* (owned) (nullable) why there is none, while the key is forgotten */
} Prepare;

static void
prepare_free (Prepare *prepare)
{
  g_free (prepare->profile);
  g_free (prepare->center);
  g_free (prepare->unit);
  g_strfreev (prepare->serials);
  qc_voucher_keys_unref (prepare->keys);
  g_clear_pointer (&prepare->found, g_ptr_array_unref);
  g_clear_object (&prepare->batch);
  g_clear_error (&prepare->refusal);
  g_free (prepare);
}

/* Where the key is kept until it is answered. */
static char *
dup_key_name (const char *unit, const char *serial)
{
  return g_strdup_printf ("voucher-key/%s/%s", unit, serial);
}

/* A serial given anew, or a state that went on: then it is another paper. */
static gboolean
is_current (const QcStoreVoucher *kept, const QcApplication *application)
{
  return application == NULL
         || (kept->created == application->created && kept->fen == application->fen
             && kept->revision >= application->revision);
}

static gboolean
find_one (QcConnection *connection, Prepare *prepare, const char *serial, Found *found, GError **error)
{
  g_autofree char *key_name = dup_key_name (prepare->unit, serial);
  if (!qc_store_applications_get (connection, prepare->profile, prepare->unit, serial, &found->application, error)
      || !qc_store_vouchers_get (connection, prepare->profile, prepare->unit, serial, &found->kept, error)
      || !qc_store_prefs_get (connection, prepare->profile, key_name, &found->key, error))
    return FALSE;
  if (found->kept && is_current (found->kept, found->application))
    found->voucher = qc_voucher_prove (found->kept->text, prepare->unit, serial, prepare->keys, NULL);
  if (!found->voucher)
    g_clear_pointer (&found->kept, qc_store_voucher_free);
  return TRUE;
}

static gpointer
find_all (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Prepare *prepare = data;
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (found_free);
  if (!qc_voucher_keys_add_stored (prepare->keys, connection, prepare->profile, prepare->center, prepare->practice,
                                   error))
    return NULL;
  for (guint i = 0; prepare->serials[i]; i++) {
    Found *found = g_new0 (Found, 1);
    g_ptr_array_add (all, found);
    if (g_cancellable_set_error_if_cancelled (cancellable, error)
        || !find_one (connection, prepare, prepare->serials[i], found, error))
      return NULL;
  }
  return g_steal_pointer (&all);
}

/* ---- asking ---- */

static void go_on (GTask *task);

static QcTokens *
get_tokens (QcVoucherService *self)
{
  QcSync *sync = qc_session_get_sync (self->session);
  return sync ? qc_sync_get_tokens (sync) : NULL;
}

/* What is written of one voucher: the key before it is asked for; once it is answered, the voucher in place of the key;
 * when it is refused, neither. */
typedef struct {
  char *profile, *unit, *serial; /* (owned) */
  char *key;                     /* (owned) (nullable) */
  QcStoreVoucher *voucher;       /* (owned) (nullable) */
} Note;

static void
note_free (gpointer data)
{
  Note *note = data;
  g_free (note->profile);
  g_free (note->unit);
  g_free (note->serial);
  g_free (note->key);
  qc_store_voucher_free (note->voucher);
  g_free (note);
}

static gpointer
write_note (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Note *note = data;
  g_autofree char *key_name = dup_key_name (note->unit, note->serial);
  return qc_store_prefs_set (connection, note->profile, key_name, note->key, error)
                 && (!note->voucher
                     || qc_store_vouchers_put (connection, note->profile, note->unit, note->voucher, error))
             ? QC_DATABASE_DONE
             : NULL;
}

/* For the voucher whose turn it is. */
static void
write_note_async (GTask *task, const char *key, QcStoreVoucher *voucher, GAsyncReadyCallback callback)
{
  QcVoucherService *self = g_task_get_source_object (task);
  const Prepare *prepare = g_task_get_task_data (task);
  Note *note = g_new0 (Note, 1);
  note->profile = g_strdup (prepare->profile);
  note->unit = g_strdup (prepare->unit);
  note->serial = g_strdup (prepare->serials[prepare->next]);
  note->key = g_strdup (key);
  note->voucher = voucher;
  qc_database_write_async (qc_session_get_database (self->session), "voucher.note", write_note, note, note_free, NULL,
                           NULL, callback, g_object_ref (task));
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Prepare *prepare = g_task_get_task_data (task);
  GError *error = NULL;
  if (!qc_database_finish (QC_DATABASE (source), result, &error)) {
    g_task_return_error (task, error);
    return;
  }
  prepare->next++;
  go_on (task);
}

/* Kept before it is used, so that it can be printed again whatever happens next. */
static void
keep_issue (GTask *task, const QcWireVoucher *wire, const QcVoucher *voucher)
{
  QcVoucherService *self = g_task_get_source_object (task);
  Prepare *prepare = g_task_get_task_data (task);
  const Found *found = g_ptr_array_index (prepare->found, prepare->next);
  const QcVoucherFacts *facts = qc_voucher_get_facts (voucher);
  QcStoreVoucher *row = g_new0 (QcStoreVoucher, 1);
  row->serial = g_strdup (facts->serial);
  row->created = found->application ? found->application->created : 0;
  row->fen = qc_voucher_facts_fen (facts);
  row->revision = wire->revision;
  row->state = facts->state;
  row->reprint = facts->reprint;
  row->issued = facts->issued;
  row->fetched = qc_clock_now (qc_context_get_clock (qc_session_get_context (self->session)));
  row->text = g_strdup (wire->text);
  write_note_async (task, NULL, row, kept_cb);
}

static gboolean
use_kept (Prepare *prepare, gboolean offline)
{
  const Found *found = g_ptr_array_index (prepare->found, prepare->next);
  if (!found->voucher)
    return FALSE;
  qc_voucher_batch_add (prepare->batch, found->voucher, found->kept->text, found->kept->printed, offline);
  prepare->next++;
  return TRUE;
}

/* The center says no to this one: no copy is made from what is kept either. */
static gboolean
is_refusal (const GError *error)
{
  return g_error_matches (error, QC_SYNC_ERROR, QC_SYNC_ERROR_PROBLEM)
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
refused_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Prepare *prepare = g_task_get_task_data (task);
  /* That the key could not be forgotten matters less than why there is no voucher. */
  qc_database_finish (QC_DATABASE (source), result, NULL);
  g_task_return_error (task, g_steal_pointer (&prepare->refusal));
}

/* The center did answer: what is asked for later is another voucher. */
static void
forget_key (GTask *task, GError *error)
{
  Prepare *prepare = g_task_get_task_data (task);
  prepare->refusal = error;
  write_note_async (task, NULL, NULL, refused_cb);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Prepare *prepare = g_task_get_task_data (task);
  const Found *found = g_ptr_array_index (prepare->found, prepare->next);
  GError *error = NULL;
  g_autoptr (QcWireVoucher) wire = qc_calls_voucher_finish (QC_TOKENS (source), result, &error);
  if (!wire && !is_refusal (error) && use_kept (prepare, TRUE)) {
    g_error_free (error);
    go_on (task);
    return;
  }
  g_autoptr (QcVoucher) voucher = NULL;
  if (wire)
    voucher = qc_voucher_prove (wire->text, prepare->unit, prepare->serials[prepare->next], prepare->keys, &error);
  if (!voucher && (wire || g_error_matches (error, QC_SYNC_ERROR, QC_SYNC_ERROR_PROBLEM))) {
    forget_key (task, error);
    return;
  }
  if (!voucher) {
    g_task_return_error (task, error);
    return;
  }
  prepare->newer = prepare->newer || !found->application || wire->revision > found->application->revision;
  qc_voucher_batch_add (prepare->batch, voucher, wire->text, 0, FALSE);
  keep_issue (task, wire, voucher);
}

static void
send_question (GTask *task)
{
  const Prepare *prepare = g_task_get_task_data (task);
  const Found *found = g_ptr_array_index (prepare->found, prepare->next);
  QcTokens *tokens = get_tokens (g_task_get_source_object (task));
  if (tokens)
    qc_calls_voucher_async (tokens, prepare->unit, prepare->serials[prepare->next], found->key,
                            g_task_get_cancellable (task), answered_cb, g_object_ref (task));
  else
    go_on (task);
}

static void
key_written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  if (qc_database_finish (QC_DATABASE (source), result, &error))
    send_question (task);
  else
    g_task_return_error (task, error);
}

static void
ask (GTask *task)
{
  const Prepare *prepare = g_task_get_task_data (task);
  Found *found = g_ptr_array_index (prepare->found, prepare->next);
  if (found->key) {
    send_question (task);
    return;
  }
  found->key = qc_random_uuid ();
  write_note_async (task, found->key, NULL, key_written_cb);
}

static gboolean
check_state (GTask *task, const Found *found)
{
  if (!found->application || qc_application_can (found->application, QC_ACTION_PRINT))
    return TRUE;
  g_task_return_new_error (task, QC_APP_ERROR, QC_APP_ERROR_VOUCHER,
                           _ ("The application %s was withdrawn or deleted: there is no voucher of it."),
                           found->application->serial);
  return FALSE;
}

/* On to the first one that has to be asked for, or to the end. */
static void
go_on (GTask *task)
{
  QcVoucherService *self = g_task_get_source_object (task);
  Prepare *prepare = g_task_get_task_data (task);
  QcTokens *tokens = get_tokens (self);
  while (prepare->next < prepare->found->len) {
    const Found *found = g_ptr_array_index (prepare->found, prepare->next);
    if (g_task_return_error_if_cancelled (task) || !check_state (task, found))
      return;
    if (found->voucher && found->kept->printed == 0) {
      use_kept (prepare, FALSE);
    } else if (tokens) {
      ask (task);
      return;
    } else if (!use_kept (prepare, TRUE)) {
      g_task_return_error (task, qc_sync_error_new (QC_SYNC_ERROR_NO_API, NULL,
                                                    _ ("This center is not connected; it cannot be asked.")));
      return;
    }
  }
  if (prepare->newer)
    qc_session_sync_now (self->session);
  g_task_return_pointer (task, g_steal_pointer (&prepare->batch), g_object_unref);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Prepare *prepare = g_task_get_task_data (task);
  GError *error = NULL;
  prepare->found = qc_database_finish (QC_DATABASE (source), result, &error);
  if (!prepare->found) {
    g_task_return_error (task, error);
    return;
  }
  prepare->batch = qc_voucher_batch_new (prepare->keys, prepare->profile, prepare->unit);
  go_on (task);
}

void
qc_voucher_service_prepare_async (QcVoucherService *self, const char *const *serials, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  QcDatabase *database = qc_session_get_database (self->session);
  const char *unit = qc_session_get_unit_account (self->session);
  QcSync *sync = qc_session_get_sync (self->session);
  g_return_if_fail (QC_IS_VOUCHER_SERVICE (self) && serials != NULL && serials[0] != NULL);
  g_task_set_source_tag (task, qc_voucher_service_prepare_async);
  if (!database || !unit || !qc_session_get_profile_id (self->session)) {
    g_task_return_new_error (task, QC_APP_ERROR, QC_APP_ERROR_NO_UNIT, "%s", _ ("No unit is chosen."));
    return;
  }
  Prepare *prepare = g_new0 (Prepare, 1);
  prepare->profile = g_strdup (qc_session_get_profile_id (self->session));
  prepare->center = g_strdup (qc_session_get_profile (self->session)->name);
  prepare->unit = g_strdup (unit);
  prepare->practice = qc_session_is_practice (self->session);
  prepare->serials = g_strdupv ((char **)serials);
  prepare->keys = qc_voucher_keys_new ();
  if (sync)
    qc_voucher_keys_add_profile (prepare->keys, qc_sync_get_profile (sync));
  g_task_set_task_data (task, prepare, (GDestroyNotify)prepare_free);
  qc_database_read_async (database, "voucher.find", find_all, prepare, NULL, (GDestroyNotify)g_ptr_array_unref,
                          cancellable, found_cb, g_object_ref (task));
}

QcVoucherBatch *
qc_voucher_service_prepare_finish (QcVoucherService *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- the object ---- */

static void
qc_voucher_service_finalize (GObject *object)
{
  g_clear_object (&QC_VOUCHER_SERVICE (object)->session);
  G_OBJECT_CLASS (qc_voucher_service_parent_class)->finalize (object);
}

static void
qc_voucher_service_class_init (QcVoucherServiceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = qc_voucher_service_finalize;
}

static void
qc_voucher_service_init (QcVoucherService *self)
{
}

QcVoucherService *
qc_voucher_service_new (QcSession *session)
{
  g_return_val_if_fail (QC_IS_SESSION (session), NULL);
  QcVoucherService *self = g_object_new (QC_TYPE_VOUCHER_SERVICE, NULL);
  self->session = g_object_ref (session);
  return self;
}
