/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Asking the center for the name of a unit that is to receive people (同城转移). Main context.
 */
#pragma once

#include "qc-other-unit.h"
#include "qc-tokens.h"

G_BEGIN_DECLS

void qc_receiver_ask_async (QcTokens *tokens, const char *unit, const char *account, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data);
/* Without a name where the center has no such unit; as_of is the caller's. NULL with the transport's errors.
 * (transfer full) */
QcOtherUnit *qc_receiver_ask_finish (QcTokens *tokens, GAsyncResult *result, GError **error);

G_END_DECLS
