/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The page behind an address for a telephone: one form without script, which says whose pictures are wanted by nothing
 * but the name of the unit and the label of the place. Whoever has the address may send. Any thread.
 */
#pragma once

#include "qc-http.h"

G_BEGIN_DECLS

#define QC_PHONE_PATH "/p/"

extern const QcHttpRoute qc_phone_page_routes[];
/* What the server answers under QC_PHONE_PATH when no step does. */
QcHttpAnswer *qc_phone_page_fallback (const QcHttpCall *call, int status);

G_END_DECLS
