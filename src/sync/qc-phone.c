/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * One request each; see the header. Main context.
 */
#include "qc-phone.h"

#include <string.h>

#include "qc-sync-error.h"

#define FETCH_TIMEOUT 120 /* seconds */

static char *
dup_path (const char *unit, const char *id, guint number)
{
  g_autofree char *own = g_uri_escape_string (unit, NULL, FALSE);
  g_autofree char *one = id != NULL ? g_uri_escape_string (id, NULL, FALSE) : NULL;
  if (id == NULL)
    return g_strdup_printf ("/api/v1/units/%s/phone", own);
  return number == 0 ? g_strdup_printf ("/api/v1/units/%s/phone/%s", own, one)
                     : g_strdup_printf ("/api/v1/units/%s/phone/%s/%u", own, one, number);
}

/* Whether a telephone can be sent there: encrypted, or this computer in practice. */
static gboolean
is_address (const char *address)
{
  return g_str_has_prefix (address, "https://") || g_str_has_prefix (address, "http://127.0.0.1:");
}

/* ---- what stands there ---- */

static void
told_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const char *id = g_task_get_task_data (task); /* NULL: it is asked for */
  GError *error = NULL;
  g_autoptr (QcAnswer) answer = qc_tokens_send_finish (QC_TOKENS (source), result, &error);
  if (answer == NULL) {
    g_task_return_error (task, error);
    return;
  }
  g_autoptr (QcWirePhone) phone = qc_wire_decode_phone (answer->body, &error);
  if (phone == NULL) {
    g_task_return_error (task, qc_sync_error_new_bad_answer (error->message));
    g_error_free (error);
  } else if (id != NULL ? !g_str_equal (id, phone->id) : phone->address == NULL || !is_address (phone->address)) {
    g_task_return_error (task, qc_sync_error_new_bad_answer (id != NULL ? "/id: another one" : "/address: none"));
  } else {
    g_task_return_pointer (task, g_steal_pointer (&phone), (GDestroyNotify)qc_wire_phone_free);
  }
}

void
qc_phone_ask_async (QcTokens *tokens, const char *unit, const char *label, guint pictures, GCancellable *cancellable,
                    GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_TOKENS (tokens) && unit != NULL && label != NULL);
  GTask *task = g_task_new (tokens, cancellable, callback, user_data);
  g_autofree char *path = dup_path (unit, NULL, 0);
  QcWirePhoneRequest wanted = {(char *)label, CLAMP (pictures, 1, QC_WIRE_PHONE_MOST)};
  g_autoptr (GBytes) body = qc_wire_encode_phone_request (&wanted);
  /* one that was given out and not heard of ends by itself: it changes nothing that anybody misses */
  QcRequest request = {.method = "POST", .path = path, .body = body, .max_answer = QC_TRANSPORT_SMALL_ANSWER};
  qc_tokens_send_async (tokens, &request, cancellable, told_cb, task);
}

void
qc_phone_look_async (QcTokens *tokens, const char *unit, const char *id, GCancellable *cancellable,
                     GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_TOKENS (tokens) && unit != NULL && id != NULL);
  GTask *task = g_task_new (tokens, cancellable, callback, user_data);
  g_autofree char *path = dup_path (unit, id, 0);
  g_task_set_task_data (task, g_strdup (id), g_free);
  QcRequest request = {.method = "GET", .path = path, .max_answer = QC_TRANSPORT_SMALL_ANSWER};
  qc_tokens_send_async (tokens, &request, cancellable, told_cb, task);
}

QcWirePhone *
qc_phone_ask_finish (QcTokens *tokens, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, tokens), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- pictures ---- */

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const gint64 *size = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (QcAnswer) answer = qc_tokens_send_finish (QC_TOKENS (source), result, &error);
  if (answer == NULL)
    g_task_return_error (task, error);
  else if ((gint64)g_bytes_get_size (answer->body) != *size)
    g_task_return_error (task, qc_sync_error_new_bad_answer ("another number of bytes than was said"));
  else
    g_task_return_pointer (task, g_bytes_ref (answer->body), (GDestroyNotify)g_bytes_unref);
}

void
qc_phone_fetch_async (QcTokens *tokens, const char *unit, const char *id, const QcWirePhonePicture *picture,
                      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_TOKENS (tokens) && unit != NULL && id != NULL && picture->number > 0);
  GTask *task = g_task_new (tokens, cancellable, callback, user_data);
  g_autofree char *path = dup_path (unit, id, picture->number);
  g_task_set_task_data (task, g_memdup2 (&picture->size, sizeof picture->size), g_free);
  QcRequest request = {.method = "GET",
                       .path = path,
                       .answer_type = "application/octet-stream",
                       .max_answer = (gsize)picture->size,
                       .timeout = FETCH_TIMEOUT};
  qc_tokens_send_async (tokens, &request, cancellable, fetched_cb, task);
}

GBytes *
qc_phone_fetch_finish (QcTokens *tokens, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, tokens), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- the end ---- */

static void
dropped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (QcAnswer) answer = qc_tokens_send_finish (QC_TOKENS (source), result, &error);
  if (answer != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
qc_phone_drop_async (QcTokens *tokens, const char *unit, const char *id, guint number, GCancellable *cancellable,
                     GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_TOKENS (tokens) && unit != NULL && id != NULL);
  GTask *task = g_task_new (tokens, cancellable, callback, user_data);
  g_autofree char *path = dup_path (unit, id, number);
  QcRequest request = {.method = "DELETE", .path = path, .max_answer = QC_TRANSPORT_SMALL_ANSWER};
  qc_tokens_send_async (tokens, &request, cancellable, dropped_cb, task);
}

gboolean
qc_phone_drop_finish (QcTokens *tokens, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, tokens), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
