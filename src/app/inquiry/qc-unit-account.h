/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 单位账户: everything the center says of the unit, as groups of named values in words. Main thread; read on the reader
 * thread.
 */
#pragma once

#include "qc-session.h"

G_BEGIN_DECLS

typedef struct {
  char *name, *value; /* (owned) translated; "" = nothing is known */
} QcUnitAccountLine;

typedef struct {
  char *title;      /* (owned) translated */
  GPtrArray *lines; /* (owned) QcUnitAccountLine */
} QcUnitAccountGroup;

/* Groups in order: QcUnitAccountGroup. Empty before the first pull. */
void qc_unit_account_load_async (QcSession *session, GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer user_data);
/* *@out_as_of: unix seconds; 0: not everything is here yet. (transfer full) */
GPtrArray *qc_unit_account_load_finish (QcSession *session, GAsyncResult *result, gint64 *out_as_of, GError **error);

G_END_DECLS
