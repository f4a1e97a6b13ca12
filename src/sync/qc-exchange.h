/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * One HTTP exchange of the transport: send, read within the bound and the time, judge what came. It runs on the
 * courier's thread; the answer, the end of the time and the cancelling come to the context it was asked from. Private
 * to the transport.
 */
#pragma once

#include "qc-courier.h"
#include "qc-transport.h"

G_BEGIN_DECLS

/* @limit: (transfer full): its time is over when this is ready. */
void qc_exchange_async (QcCourier *courier, const char *base, const QcRequest *request, GSource *limit,
                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* To be called once by every callback. @out_date: the center's Date (unix seconds), also of a failure; 0 = none. */
QcAnswer *qc_exchange_finish (GAsyncResult *result, gint64 *out_date, GError **error);

/* What a failed TLS handshake means, in words. @flags as GIO tells. */
GError *qc_exchange_tls_error (GTlsCertificateFlags flags, const char *host);

G_END_DECLS
