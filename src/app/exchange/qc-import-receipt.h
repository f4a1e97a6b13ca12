/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What an import put onto a roster, so that it can be taken back later than with the next undo (J7): lines that were
 * changed since stay as they are, and what became of each line is told. Good for as long as the draft is open. Main
 * context.
 */
#pragma once

#include "qc-draft.h"

G_BEGIN_DECLS

#define QC_TYPE_IMPORT_RECEIPT (qc_import_receipt_get_type ())
G_DECLARE_FINAL_TYPE (QcImportReceipt, qc_import_receipt, QC, IMPORT_RECEIPT, GObject)

/* Signal "taken-back" (uint taken back, uint kept, uint failed): by this, or by an undo of the draft. */

/* Right after @draft was told to put the lines on: the first one that came has the id @first, @was are the others as
 * they were before (QcRosterLine, transfer full). (transfer full) */
QcImportReceipt *qc_import_receipt_new (QcDraft *draft, gint64 first, guint added, GPtrArray *was);
/* Whether the import still counts and the draft can be edited. */
gboolean qc_import_receipt_can_take_back (QcImportReceipt *self);
/* As one step, or by undoing the import's where nothing was done since. FALSE: nothing was done. */
gboolean qc_import_receipt_take_back (QcImportReceipt *self);
/* Who stayed because the line was changed since, and whose line could not be put back because it is on the roster no
 * more: char*, the first ones. Borrowed. */
const GPtrArray *qc_import_receipt_get_kept (QcImportReceipt *self);
const GPtrArray *qc_import_receipt_get_failed (QcImportReceipt *self);

G_END_DECLS
