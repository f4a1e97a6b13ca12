/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What the files of the keeper share. Inside app.
 */
#pragma once

#include "qc-keeper.h"
#include "qc-session-private.h"
#include "qc-store-copies.h"

G_BEGIN_DECLS

/* Of the keeper's work on a thread, in thousandths; negative: not known. */
int *qc_keeper_permille (QcKeeper *self);
const char *qc_keeper_folder (QcKeeper *self);
gint64 qc_keeper_now (void);
/* (transfer full) */
QcKept *qc_keeper_describe (const QcStoreCopy *copy);
/* A GTask on its way to the caller, with what the database's function or the thread needs. (transfer full) */
GTask *qc_keeper_task_new (QcKeeper *self, gpointer tag, gpointer data, GDestroyNotify data_free,
                           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* Accounts. (transfer full) */
GPtrArray *qc_keeper_copy_units (const GPtrArray *units);
/* Wiped and freed; (nullable). */
void qc_keeper_forget (char *passphrase);
/* Hands the database's answer, QC_DATABASE_DONE or an error, on to the task @data as a boolean. Takes it. */
void qc_keeper_read_cb (GObject *source, GAsyncResult *result, gpointer data);
/* "store.state" of what arrives becomes QC_APP_ERROR_WAITING. (transfer full), takes @error */
GError *qc_keeper_translate (GError *error);

G_END_DECLS
