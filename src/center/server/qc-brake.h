/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * So many a minute and no more, of each one who asks. Forgotten when the center stops. One thread: who shares one
 * takes it on the database's writer.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _QcBrake QcBrake;

QcBrake *qc_brake_new (guint per_minute);
void qc_brake_free (QcBrake *brake);
/* One more of @who. 0: it is allowed; else the seconds until the next one is. */
gint64 qc_brake_take (QcBrake *brake, gint64 who, gint64 now);

G_END_DECLS
