/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Whether the desktop has somewhere to keep a sign-in (qc-secret.h), asked without storing or unlocking anything.
 * Blocks for a few seconds at most: worker threads only.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum {
  QC_SECRET_SERVICE_AWAY,    /* no session bus, or nobody on it that keeps secrets */
  QC_SECRET_SERVICE_NOWHERE, /* it has no collection yet: the first sign-in asks to make one */
  QC_SECRET_SERVICE_LOCKED,
  QC_SECRET_SERVICE_OPEN,
} QcSecretServiceState;

QcSecretServiceState qc_secret_service_ask (GCancellable *cancellable);

G_END_DECLS
