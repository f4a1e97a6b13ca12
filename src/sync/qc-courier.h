/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The thread on which a transport's requests run, with its main context and the SoupSession that lives there: whatever
 * a center sends, and however fast, keeps this thread busy and no other. The session has everything switched off that a
 * browser would do. Any thread, but for what says otherwise.
 */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

typedef struct _QcCourier QcCourier;

/* @ca_pem: (nullable): whom to trust, NULL = the system's CAs. @direct: no proxy is asked. NULL when it is no CA. */
QcCourier *qc_courier_new (const char *ca_pem, gboolean direct, GError **error);
QcCourier *qc_courier_ref (QcCourier *courier);
void qc_courier_unref (QcCourier *courier);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcCourier, qc_courier_unref)

/* Begins an errand: runs @func once on the thread, which lives on at least until qc_courier_done(). */
void qc_courier_run (QcCourier *courier, void (*func) (gpointer data), gpointer data);
/* The errand is over. On the thread. */
void qc_courier_done (QcCourier *courier);
/* On the thread. */
SoupSession *qc_courier_get_session (QcCourier *courier);

/* Cancelled when the courier is closed. (transfer none) */
GCancellable *qc_courier_get_life (QcCourier *courier);
/* Nothing new begins; the thread ends by itself once what is under way is over. Does not wait for it. */
void qc_courier_close (QcCourier *courier);

G_END_DECLS
