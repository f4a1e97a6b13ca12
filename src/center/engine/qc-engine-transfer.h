/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * People who go from one unit to another (同城转移), written on both sides in the transaction of the roster: the row of
 * the person, the base it arrives with, money and headcounts, what the feeds of both say, and the log of both.
 */
#pragma once

#include "qc-engine-private.h"
#include "qc-feed.h"
#include "qc-rules-roster.h"

G_BEGIN_DECLS

/* account → QcOtherUnit for every unit the lines name; those the center does not have are in it without a name.
 * (transfer full) */
GHashTable *qc_engine_load_receivers (QcConnection *connection, const QcRoster *roster, GError **error);

typedef struct _QcTransfer QcTransfer;

QcTransfer *qc_transfer_new (QcWork *work, GError **error);
void qc_transfer_free (QcTransfer *transfer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcTransfer, qc_transfer_free)
/* @arrived: the person with row @person as the rules say they arrive at @line's unit. */
gboolean qc_transfer_move (QcTransfer *transfer, const QcRosterLine *line, gint64 person, const QcEmployee *arrived,
                           const QcBaseChange *base, GError **error);
/* Once, after the last one: what the receiving units have now. The sending one is counted by the caller. */
gboolean qc_transfer_finish (QcTransfer *transfer, GError **error);

G_END_DECLS
