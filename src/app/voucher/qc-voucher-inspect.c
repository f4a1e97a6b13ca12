/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 核验凭证: what a PDF, a picture or a scanner's text is worth, in words. All centers that profiles of this computer
 * name are tried, each with its own keys; nothing is asked over the network. Judging happens on worker threads.
 */
#include "qc-voucher-service-private.h"

#include <glib/gi18n-lib.h>

#include "qc-error-text.h"
#include "qc-format.h"
#include "qc-session-private.h"
#include "qc-store-profiles.h"
#include "qc-voucher-check.h"

#define CLOCK_SKEW 600 /* seconds by which this computer may be behind the center */

gint64
qc_voucher_latest (void)
{
  return g_get_real_time () / G_USEC_PER_SEC + CLOCK_SKEW;
}

static void
warning_free (gpointer data)
{
  QcVoucherWarning *warning = data;
  g_free (warning->amount);
  g_free (warning->text);
  g_free (warning);
}

void
qc_voucher_result_free (QcVoucherResult *result)
{
  if (result == NULL)
    return;
  g_free (result->title);
  g_free (result->reason);
  g_free (result->field);
  g_free (result->key);
  g_free (result->file);
  g_free (result->serial);
  g_free (result->center);
  g_free (result->unit);
  g_free (result->unit_name);
  g_free (result->signed_by);
  g_ptr_array_unref (result->warnings);
  g_free (result->line);
  qc_voucher_keys_unref (result->keys);
  g_free (result);
}

/* ---- in words ---- */

static const struct {
  const char *title, *reason;
} words[QC_N_VERDICTS] = {
    [QC_VERDICT_GENUINE] = {N_ ("The signed facts are genuine"),
                            N_ ("This holds for the facts that the center signed, not for what a page or a picture "
                                "shows: only the voucher drawn from the facts counts.")},
    [QC_VERDICT_PRACTICE] = {N_ ("Practice, worth nothing"),
                             N_ ("A practice center signed it. It proves no payment; do not book anything by it.")},
    [QC_VERDICT_ALTERED] = {N_ ("Altered"), N_ ("It is not what the center signed. Do not accept it; ask the center.")},
    [QC_VERDICT_UNKNOWN_KEY]
    = {N_ ("Unknown center"),
       N_ ("It is signed with a key that no center known here names. Import the center's file, then check again.")},
    [QC_VERDICT_WRONG_CENTER] = {N_ ("Signed by another center than it names"),
                                 N_ ("A center's key counts for that center only. Do not accept it; ask the center.")},
    [QC_VERDICT_EXPIRED_KEY]
    = {N_ ("The key was not valid"),
       N_ ("It is signed with a key of the center outside the time for which the key counts. Ask the center.")},
    [QC_VERDICT_FUTURE]
    = {N_ ("Signed in the future"), N_ ("Check this computer's date and time. If they are right, do not accept it.")},
    [QC_VERDICT_UNREADABLE]
    = {N_ ("No voucher"), N_ ("What was read is no voucher of a center. Scan the whole QR code, or open the PDF.")},
};

static void
take_facts (QcVoucherResult *result, const QcVoucherFacts *facts)
{
  g_autofree char *time = qc_format_date_time (facts->issued);
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
  /* Translators: a center, a date with time, the name of a key. */
  result->signed_by = g_strdup_printf (_ ("%s signed it on %s (key %s)."), facts->center, time, result->key);
}

static char *
dup_reason (const QcVoucherCheck *check)
{
  const char *reason = _ (words[check->verdict].reason);
  g_autofree char *time = check->verdict == QC_VERDICT_FUTURE ? qc_format_date_time (check->time) : NULL;
  if (check->verdict == QC_VERDICT_ALTERED && check->field)
    return g_strdup_printf (_ ("%s What does not fit: %s."), reason, qc_voucher_field_to_chinese (check->field));
  if (check->verdict == QC_VERDICT_WRONG_CENTER)
    return g_strdup_printf (_ ("Its key %s is one of %s. %s"), check->key_id, check->signer, reason);
  if (time)
    return g_strdup_printf (_ ("It says that it was signed on %s. %s"), time, reason);
  if (check->facts && check->facts->state != QC_STATE_FINISHED)
    return g_strdup_printf (_ ("%s The business was not finished when it was issued."), reason);
  return g_strdup (reason);
}

static void
add_warning (QcVoucherResult *result, const QcPageRemark *remark)
{
  static const char *const codes[]
      = {[QC_PAGE_LACKS] = "lacks", [QC_PAGE_OTHER] = "other", [QC_PAGE_STRANGER] = "stranger"};
  QcVoucherWarning *warning = g_new0 (QcVoucherWarning, 1);
  warning->code = codes[remark->kind];
  warning->field = remark->field;
  warning->amount = g_strdup (remark->amount);
  if (remark->kind == QC_PAGE_LACKS)
    /* Translators: the name of a field, and the amount that was signed. */
    warning->text = g_strdup_printf (_ ("The page does not show what was signed: %s %s."),
                                     qc_voucher_field_to_chinese (remark->field), remark->amount);
  else if (remark->kind == QC_PAGE_OTHER)
    warning->text = g_strdup_printf (_ ("The page shows %s, which was not signed."), remark->amount);
  else
    warning->text = g_strdup_printf (_ ("No page shows the serial number %s."), result->serial);
  g_ptr_array_add (result->warnings, warning);
}

static QcVoucherResult *
result_new (QcVerdict verdict)
{
  QcVoucherResult *result = g_new0 (QcVoucherResult, 1);
  result->verdict = (QcVoucherVerdict)verdict;
  result->code = qc_verdict_to_code (verdict);
  result->title = g_strdup (_ (words[verdict].title));
  result->warnings = g_ptr_array_new_with_free_func (warning_free);
  return result;
}

static QcVoucherResult *
describe (const QcVoucherCheck *check)
{
  QcVoucherResult *result = result_new (check->verdict);
  result->reason = dup_reason (check);
  result->field = g_strdup (check->field);
  result->key = g_strdup (check->key_id);
  result->complete = check->complete;
  if (check->facts)
    take_facts (result, check->facts);
  return result;
}

static QcVoucherResult *
describe_found (const QcCheckedVoucher *found, const char *file, QcVoucherKeys *keys)
{
  QcVoucherResult *result = describe (found->check);
  result->file = g_strdup (file);
  result->page = found->page;
  result->compared = found->compared;
  for (guint i = 0; i < found->remarks->len; i++)
    add_warning (result, g_ptr_array_index (found->remarks, i));
  if (!result->serial)
    return result;
  result->line = g_strdup (found->text);
  result->keys = qc_voucher_keys_ref (keys);
  if (!found->compared) {
    g_autofree char *reason = g_steal_pointer (&result->reason);
    result->reason = g_strdup_printf (_ ("%s What it shows was not compared: look at it."), reason);
  }
  return result;
}

/* A file among several that could not be read. */
static QcVoucherResult *
describe_failure (const char *file, const GError *error)
{
  QcVoucherResult *result = result_new (QC_VERDICT_UNREADABLE);
  g_autoptr (QcErrorText) text = qc_error_text_new (error);
  g_free (result->title);
  result->title = g_strdup (text->title);
  result->reason = qc_error_text_dup_body (text);
  result->file = g_strdup (file);
  return result;
}

#define ASSERT_SAME(name) G_STATIC_ASSERT ((int)QC_VOUCHER_##name == (int)QC_VERDICT_##name)
ASSERT_SAME (GENUINE);
ASSERT_SAME (PRACTICE);
ASSERT_SAME (ALTERED);
ASSERT_SAME (UNKNOWN_KEY);
ASSERT_SAME (WRONG_CENTER);
ASSERT_SAME (EXPIRED_KEY);
ASSERT_SAME (FUTURE);
ASSERT_SAME (UNREADABLE);

/* ---- keys, then the check ---- */

typedef struct {
  char **paths;        /* (owned) (nullable) one of them */
  char *text;          /* (owned) (nullable) */
  QcVoucherKeys *keys; /* (owned) */
} Check;

static void
check_free (Check *check)
{
  g_strfreev (check->paths);
  g_free (check->text);
  qc_voucher_keys_unref (check->keys);
  g_free (check);
}

static gpointer
read_keys (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Check *check = data;
  g_autoptr (GPtrArray) profiles = qc_store_profile_list (connection, error);
  for (guint i = 0; profiles && i < profiles->len; i++) {
    const QcStoreProfile *profile = g_ptr_array_index (profiles, i);
    if (!qc_voucher_keys_add_stored (check->keys, connection, profile->id, profile->name, profile->practice, error))
      return NULL;
  }
  return profiles ? QC_DATABASE_DONE : NULL;
}

static GPtrArray *
check_text (const Check *check)
{
  GPtrArray *results = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_voucher_result_free);
  g_autoptr (QcVoucherCheck) found = qc_voucher_check_text (check->text, check->keys->centers, qc_voucher_latest ());
  QcVoucherResult *result = describe (found);
  if (result->serial) {
    result->line = g_strdup (check->text);
    result->keys = qc_voucher_keys_ref (check->keys);
  }
  g_ptr_array_add (results, result);
  return results;
}

static GPtrArray *
check_files (const Check *check, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) results = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_voucher_result_free);
  gboolean single = g_strv_length (check->paths) == 1;
  for (char **path = check->paths; *path; path++) {
    g_autoptr (GError) fault = NULL;
    g_autoptr (GPtrArray) found
        = qc_voucher_check_file (*path, check->keys->centers, qc_voucher_latest (), cancellable, &fault);
    for (guint i = 0; found && i < found->len; i++)
      g_ptr_array_add (results, describe_found (g_ptr_array_index (found, i), *path, check->keys));
    if (fault && (single || g_error_matches (fault, G_IO_ERROR, G_IO_ERROR_CANCELLED))) {
      g_propagate_error (error, g_steal_pointer (&fault));
      return NULL;
    }
    if (fault)
      g_ptr_array_add (results, describe_failure (*path, fault));
  }
  return g_steal_pointer (&results);
}

static void
check_thread (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;
  const Check *check = task_data;
  GPtrArray *results = check->paths ? check_files (check, cancellable, &error) : check_text (check);
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
  g_autoptr (GPtrArray) profiles = qc_profile_list (folder, NULL);
  QcSync *sync = qc_session_get_sync (session);
  if (sync)
    qc_voucher_keys_add_profile (keys, qc_sync_get_profile (sync));
  for (guint i = 0; i < profiles->len; i++)
    qc_voucher_keys_add_profile (keys, g_ptr_array_index (profiles, i));
  g_autoptr (QcProfile) practice = qc_profile_new_practice (practice_path, NULL);
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
qc_voucher_service_check_files_async (QcVoucherService *self, const char *const *paths, GCancellable *cancellable,
                                      GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_VOUCHER_SERVICE (self) && paths != NULL && paths[0] != NULL);
  Check *check = g_new0 (Check, 1);
  check->paths = g_strdupv ((char **)paths);
  begin (self, check, qc_voucher_service_check_files_async, cancellable, callback, user_data);
}

void
qc_voucher_service_check_text_async (QcVoucherService *self, const char *text, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_VOUCHER_SERVICE (self) && text != NULL);
  Check *check = g_new0 (Check, 1);
  check->text = g_strdup (text);
  begin (self, check, qc_voucher_service_check_text_async, cancellable, callback, user_data);
}

GPtrArray *
qc_voucher_service_check_finish (QcVoucherService *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
