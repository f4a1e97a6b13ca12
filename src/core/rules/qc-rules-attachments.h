/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What the pictures of an application have to be, by the center's list (B5, B13, O3): how many of which kind, of the
 * application or of each line; that a stamped roster is the one that is submitted. Pure functions, any one thread.
 */
#pragma once

#include "qc-attachment.h"
#include "qc-rules-roster.h"

G_BEGIN_DECLS

/* Appends what is wrong with @attachments (QcAttachment) of @roster. Findings of a line are at its id. */
void qc_rules_attachments_check (QcBusiness business, const QcRosterFacts *facts, const QcRoster *roster,
                                 const GPtrArray *attachments, GPtrArray *out);
/* What @business asks for: QcCode of @codes in their order, borrowed. (transfer container) */
GPtrArray *qc_rules_attachments_asked (QcBusiness business, const GPtrArray *codes);

/* The name under which the @nth picture of its slot goes out: that of a line follows from its document. @line: NULL =
 * of the application. (transfer full) */
char *qc_rules_attachments_dup_name (const QcAttachment *attachment, const QcRosterLine *line, guint nth);
/* Of @attachments (QcAttachment) what goes out with @roster: those of lines that are not on it do not, the others get
 * their names; in order. (transfer full) */
GPtrArray *qc_rules_attachments_settle (const GPtrArray *attachments, const QcRoster *roster);

#define QC_CHECK_CODE_LENGTH 8
/*
 * A code of everything the lines of @roster say, in their order: two rosters that differ anywhere have different ones.
 * It stands on the printed 补缴清册, is read aloud and typed: letters and digits that cannot be taken for one another.
 * (transfer full)
 */
char *qc_roster_dup_check_code (QcBusiness business, const QcRoster *roster);

G_END_DECLS
