/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Tasks that wait for the same thing, such as a refreshed token. One that is cancelled leaves at once, whether the
 * thing ever comes or not. Main context.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _QcWaiters QcWaiters;

QcWaiters *qc_waiters_new (void);
void qc_waiters_free (QcWaiters *waiters);
/* Takes @task. TRUE: nothing is under way, so that who asks has to begin it. */
gboolean qc_waiters_add (QcWaiters *waiters, GTask *task);
gboolean qc_waiters_is_under_way (QcWaiters *waiters);
/* The thing has come, or will not: it is no longer under way. Who still waits; each is to be returned. (transfer full)
 */
GPtrArray *qc_waiters_take (QcWaiters *waiters);

G_END_DECLS
