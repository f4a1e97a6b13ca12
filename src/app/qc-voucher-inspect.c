/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 核验凭证: what a PDF, a picture or a scanner's text is worth, in words. All keys that profiles of this computer name
 * are tried; nothing is asked over the network. Reading and judging happens on worker threads.
 */
#include "qc-voucher-service-private.h"

#include <glib/gi18n-lib.h>

#include "qc-session-private.h"
#include "qc-store-profiles.h"
#include "qc-voucher-check.h"

void
qc_voucher_result_free (QcVoucherResult *result)
{
  if (result == NULL)
    return;
  g_free (result->title);
  g_free (result->reason);
  g_free (result->field);
  g_free (result->serial);
  g_free (result->center);
  g_free (result->unit);
  g_free (result->unit_name);
  g_free (result);
}

/* ---- in words ---- */

static const struct {
  const char *title, *reason;
} words[QC_N_VERDICTS] = {
    [QC_VERDICT_GENUINE] = {N_ ("Genuine"), N_ ("It says what the center signed, in every field.")},
    [QC_VERDICT_PRACTICE] = {N_ ("Practice, worth nothing"),
                             N_ ("A practice center signed it. It proves no payment; do not book anything by it.")},
    [QC_VERDICT_ALTERED] = {N_ ("Altered"), N_ ("It is not what the center signed. Do not accept it; ask the center.")},
    [QC_VERDICT_UNKNOWN_KEY]
    = {N_ ("Unknown center"),
       N_ ("It is signed with a key that no center known here names. Import the center's file, then check again.")},
    [QC_VERDICT_EXPIRED_KEY]
    = {N_ ("The key was not valid"),
       N_ ("It is signed with a key of the center outside the time for which the key counts. Ask the center.")},
    [QC_VERDICT_UNREADABLE]
    = {N_ ("No voucher"), N_ ("What was read is no voucher of a center. Scan the whole QR code, or open the PDF.")},
};

static void
take_facts (QcVoucherResult *result, const QcVoucherFacts *facts)
{
  result->serial = g_strdup (facts->serial);
  result->center = g_strdup (facts->center);
  result->unit = g_strdup (facts->unit);
  result->unit_name = g_strdup (facts->unit_name);
  result->state = facts->state;
  result->start = facts->start;
  result->end = facts->end;
  result->people = facts->people;
  result->fen = qc_voucher_facts_fen (facts);
  result->reprint = facts->reprint;
  result->issued = facts->issued;
}

static QcVoucherResult *
describe (const QcVoucherCheck *check)
{
  QcVoucherResult *result = g_new0 (QcVoucherResult, 1);
  const char *reason = _ (words[check->verdict].reason);

  result->verdict = (QcVoucherVerdict)check->verdict;
  result->code = qc_verdict_to_code (check->verdict);
  result->title = g_strdup (_ (words[check->verdict].title));
  result->field = g_strdup (check->field);
  result->complete = check->complete;
  if (check->verdict == QC_VERDICT_ALTERED && check->field)
    result->reason
        = g_strdup_printf (_ ("%s What does not fit: %s."), reason, qc_voucher_field_to_chinese (check->field));
  else if (check->facts && check->facts->state != QC_STATE_FINISHED)
    result->reason = g_strdup_printf (_ ("%s The business was not finished when it was issued."), reason);
  else
    result->reason = g_strdup (reason);
  if (check->facts)
    take_facts (result, check->facts);
  return result;
}

G_STATIC_ASSERT ((int)QC_VOUCHER_GENUINE == (int)QC_VERDICT_GENUINE);
G_STATIC_ASSERT ((int)QC_VOUCHER_PRACTICE == (int)QC_VERDICT_PRACTICE);
G_STATIC_ASSERT ((int)QC_VOUCHER_ALTERED == (int)QC_VERDICT_ALTERED);
G_STATIC_ASSERT ((int)QC_VOUCHER_UNKNOWN_KEY == (int)QC_VERDICT_UNKNOWN_KEY);
G_STATIC_ASSERT ((int)QC_VOUCHER_EXPIRED_KEY == (int)QC_VERDICT_EXPIRED_KEY);
G_STATIC_ASSERT ((int)QC_VOUCHER_UNREADABLE == (int)QC_VERDICT_UNREADABLE);

/* ---- keys, then the check ---- */

typedef struct {
  char *path, *text;   /* (owned) one of them */
  QcVoucherKeys *keys; /* (owned) */
} Check;

static void
check_free (Check *check)
{
  g_free (check->path);
  g_free (check->text);
  qc_voucher_keys_unref (check->keys);
  g_free (check);
}

/* The last used profile first: practice folders of one computer name their keys alike. */
static gpointer
read_keys (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Check *check = data;
  g_autoptr (GPtrArray) profiles = qc_store_profile_list (connection, error);

  for (guint i = 0; profiles && i < profiles->len; i++) {
    const QcStoreProfile *profile = g_ptr_array_index (profiles, i);

    if (!qc_voucher_keys_add_stored (check->keys, connection, profile->id, profile->practice, error))
      return NULL;
  }
  return profiles ? QC_DATABASE_DONE : NULL;
}

static GPtrArray *
check_now (const Check *check, GError **error)
{
  g_autoptr (GPtrArray) checks = NULL;
  GPtrArray *results;

  if (check->path) {
    checks = qc_voucher_check_file (check->path, check->keys->real, check->keys->practice, error);
  } else {
    checks = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_voucher_check_free);
    g_ptr_array_add (checks, qc_voucher_check_text (check->text, check->keys->real, check->keys->practice));
  }
  if (!checks)
    return NULL;
  results = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_voucher_result_free);
  for (guint i = 0; i < checks->len; i++)
    g_ptr_array_add (results, describe (g_ptr_array_index (checks, i)));
  return results;
}

static void
check_thread (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;
  GPtrArray *results = check_now (task_data, &error);

  if (results)
    g_task_return_pointer (task, results, (GDestroyNotify)g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
keys_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (qc_database_finish (QC_DATABASE (source), result, &error))
    g_task_run_in_thread (task, check_thread);
  else
    g_task_return_error (task, error);
}

/* The files of profiles, also of those that were never used. */
static void
add_files (QcVoucherKeys *keys, QcSession *session)
{
  const char *folder = qc_context_get_data_dir (qc_session_get_context (session));
  g_autofree char *practice_path = g_build_filename (folder, "practice", "profile.json", NULL);
  g_autoptr (QcProfile) practice = NULL;
  g_autoptr (GPtrArray) profiles = qc_profile_list (folder, NULL);
  QcSync *sync = qc_session_get_sync (session);

  if (sync)
    qc_voucher_keys_add_profile (keys, qc_sync_get_profile (sync));
  for (guint i = 0; i < profiles->len; i++)
    qc_voucher_keys_add_profile (keys, g_ptr_array_index (profiles, i));
  practice = qc_profile_new_practice (practice_path, NULL);
  if (practice)
    qc_voucher_keys_add_profile (keys, practice);
}

static void
begin (QcVoucherService *self, Check *check, gpointer tag, GCancellable *cancellable, GAsyncReadyCallback callback,
       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  QcSession *session = qc_voucher_service_get_session (self);
  QcDatabase *database = qc_session_get_database (session);

  g_task_set_source_tag (task, tag);
  check->keys = qc_voucher_keys_new ();
  add_files (check->keys, session);
  g_task_set_task_data (task, check, (GDestroyNotify)check_free);
  if (database)
    qc_database_read_async (database, "voucher.keys", read_keys, check, NULL, NULL, cancellable, keys_cb,
                            g_object_ref (task));
  else
    g_task_run_in_thread (task, check_thread);
}

void
qc_voucher_service_check_file_async (QcVoucherService *self, const char *path, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer user_data)
{
  Check *check;

  g_return_if_fail (QC_IS_VOUCHER_SERVICE (self) && path != NULL);
  check = g_new0 (Check, 1);
  check->path = g_strdup (path);
  begin (self, check, qc_voucher_service_check_file_async, cancellable, callback, user_data);
}

void
qc_voucher_service_check_text_async (QcVoucherService *self, const char *text, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer user_data)
{
  Check *check;

  g_return_if_fail (QC_IS_VOUCHER_SERVICE (self) && text != NULL);
  check = g_new0 (Check, 1);
  check->text = g_strdup (text);
  begin (self, check, qc_voucher_service_check_text_async, cancellable, callback, user_data);
}

GPtrArray *
qc_voucher_service_check_finish (QcVoucherService *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
