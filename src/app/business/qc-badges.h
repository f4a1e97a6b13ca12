/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * How much of each business waits for the clerk: drafts that are not finished, and what was returned. It follows the
 * session, so that the figures are right before a page of a business was ever opened. Main context; SQL runs on the
 * reader thread.
 */
#pragma once

#include "qc-business.h"
#include "qc-session.h"

G_BEGIN_DECLS

#define QC_TYPE_BADGES (qc_badges_get_type ())
G_DECLARE_FINAL_TYPE (QcBadges, qc_badges, QC, BADGES, GObject)

/* Signals: "changed", "failed" (GError). */
QcBadges *qc_badges_new (QcSession *session);
/* 0 without a unit. */
guint qc_badges_get (QcBadges *self, QcBusiness business);

G_END_DECLS
