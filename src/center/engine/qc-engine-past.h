/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What the rules of reviewed businesses look at beside the people of a roster: what was paid for them and by which
 * bases, what is under way, and who has an account already. One prepared statement each, whatever the number of
 * lines. Database threads.
 */
#pragma once

#include "qc-engine-private.h"

G_BEGIN_DECLS

/*
 * 个人账号 → QcPersonHistory of the people with the rows @people (gint64, 0 = nobody) and the accounts of @lines
 * (QcRosterLine). @whole: with bases and spans; else only what is pending. What belongs to @application (0 = none) is
 * not pending. (transfer full)
 */
GHashTable *qc_engine_load_histories (QcConnection *connection, const GPtrArray *lines, const GArray *people,
                                      gboolean whole, gint64 application, GError **error);
/* qc_known_person_dup_key() → QcKnownPerson for the documents of @lines; @application as above. (transfer full) */
GHashTable *qc_engine_load_known (QcConnection *connection, gint64 unit, const GPtrArray *lines, gint64 application,
                                  GError **error);

G_END_DECLS
