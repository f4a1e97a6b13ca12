/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Pictures from a telephone: an address is asked for, looked after, and what arrived there fetched. What comes is
 * anybody's: nothing is believed of it but its size. Main context.
 */
#pragma once

#include "qc-tokens.h"
#include "qc-wire-phone.h"

G_BEGIN_DECLS

/* An address for @pictures at @label. (transfer full) */
void qc_phone_ask_async (QcTokens *tokens, const char *unit, const char *label, guint pictures,
                         GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* What has arrived at @id. */
void qc_phone_look_async (QcTokens *tokens, const char *unit, const char *id, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data);
/* Of either; the transport's errors: a problem of status 404 says that the address is over and gone. (transfer full) */
QcWirePhone *qc_phone_ask_finish (QcTokens *tokens, GAsyncResult *result, GError **error);

/* The bytes of @picture, all of them. (transfer full) */
void qc_phone_fetch_async (QcTokens *tokens, const char *unit, const char *id, const QcWirePhonePicture *picture,
                           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GBytes *qc_phone_fetch_finish (QcTokens *tokens, GAsyncResult *result, GError **error);

/* Picture @number is not needed there any more; 0: the address is over, with whatever is there. @callback: (nullable):
 * nobody waits for it. */
void qc_phone_drop_async (QcTokens *tokens, const char *unit, const char *id, guint number, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data);
gboolean qc_phone_drop_finish (QcTokens *tokens, GAsyncResult *result, GError **error);

G_END_DECLS
