/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * One HTTP exchange of the transport: send, read within the bound and the time, judge what came. Private to the
 * transport. Main context.
 */
#pragma once

#include <libsoup/soup.h>
#include "qc-transport.h"

G_BEGIN_DECLS

/* Told before the answer is judged: the center's Date (unix seconds). */
typedef void (*QcExchangeDateFunc) (gint64 date, gpointer user_data);

void qc_exchange_async (SoupSession *session, const char *base, const QcRequest *request, QcExchangeDateFunc date_func,
                        GObject *date_object, GCancellable *cancellable, GAsyncReadyCallback callback,
                        gpointer user_data);
QcAnswer *qc_exchange_finish (GAsyncResult *result, GError **error);

/* What a failed TLS handshake means, in words. @flags as GIO tells. */
GError *qc_exchange_tls_error (GTlsCertificateFlags flags, const char *host);

G_END_DECLS
