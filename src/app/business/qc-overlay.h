/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What waits in the outbox, laid over the unit's people (decision 12): every immediate roster that the center does not
 * have yet, in order, each line by the effect that core gives it. Previews and checks see the people as they will be.
 * Reviewed business is never laid over: nobody knows what becomes of it. Database threads; immutable once loaded.
 */
#pragma once

#include "qc-connection.h"
#include "qc-rules-roster.h"

G_BEGIN_DECLS

typedef struct _QcOverlay QcOverlay;

/* @unit as the client knows it (borrowed, must outlive it). (transfer full) */
QcOverlay *qc_overlay_load (QcConnection *connection, const char *profile, const QcUnit *unit, GError **error);
void qc_overlay_free (QcOverlay *overlay);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcOverlay, qc_overlay_free)

/* Appends to @stamp what is another text whenever another overlay would be loaded. */
gboolean qc_overlay_append_stamp (QcConnection *connection, const char *profile, const char *unit, GString *stamp,
                                  GError **error);

/* How many rosters are laid over, and how many reviewed ones wait besides. */
guint qc_overlay_get_immediate (const QcOverlay *overlay);
guint qc_overlay_get_reviewed (const QcOverlay *overlay);
gboolean qc_overlay_has_remittance (const QcOverlay *overlay);
/*
 * @person as they will be; @bases (nullable, QcBaseChange ordered by from) gets what is added to the history. FALSE
 * when nothing that waits names the person.
 */
gboolean qc_overlay_apply (const QcOverlay *overlay, QcEmployee *person, GArray *bases);

G_END_DECLS
