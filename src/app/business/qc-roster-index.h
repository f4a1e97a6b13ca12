/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Which line of a roster a row of a sheet means: by whom it is about, and where a person may stand on several lines by
 * its first month. Borrows the lines, which must not change meanwhile. One thread at a time.
 */
#pragma once

#include "qc-business.h"
#include "qc-roster.h"

G_BEGIN_DECLS

typedef struct _QcRosterIndex QcRosterIndex;

QcRosterIndex *qc_roster_index_new (QcBusiness business);
void qc_roster_index_free (QcRosterIndex *index);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcRosterIndex, qc_roster_index_free)

void qc_roster_index_add (QcRosterIndex *index, const QcRosterLine *line);
/*
 * The line that is meant by @identity (qc_roster_line_identity()) and @from, what the row says of the first month as it
 * is read ("" = nothing). Where that tells people or months apart a line is meant by one row only, and one that has no
 * months yet by any. NULL: there is none. Borrowed.
 */
const QcRosterLine *qc_roster_index_take (QcRosterIndex *index, const char *identity, const char *from);
/* How many people, or lines of theirs, no row was about. */
guint qc_roster_index_count_left (const QcRosterIndex *index);

G_END_DECLS
