/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The rosters of reviewed applications of the last year are fetched before anybody looks, one after the other, so that
 * who was on them and why they were returned is found without a network too. Main context.
 */
#pragma once

#include "qc-session.h"

G_BEGIN_DECLS

#define QC_TYPE_LINES_AHEAD (qc_lines_ahead_get_type ())
G_DECLARE_FINAL_TYPE (QcLinesAhead, qc_lines_ahead, QC, LINES_AHEAD, GObject)

/* Of the unit that is chosen, as long as it lives. Large ones wait until somebody asks (QC_APPLICATION_LINES_AT_ONCE).
 */
QcLinesAhead *qc_lines_ahead_new (QcSession *session);

G_END_DECLS
