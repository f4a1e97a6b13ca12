/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The journal in words for a clerk: one table of the acts that are written into it, what each is about, and which acts
 * a word may mean. Any thread. Inside app.
 */
#pragma once

#include "qc-store-journal.h"

G_BEGIN_DECLS

/* What was done; the code of an act that a newer version knows. (transfer full) */
char *qc_journal_dup_act (const QcStoreJournalEntry *entry);
/* What it is about, and what the center said: business, months, people, amount, number, file … (transfer full) */
char *qc_journal_dup_subject (const QcStoreJournalEntry *entry);

/* The codes of acts, and of businesses, in whose words @text is: " sign-in sign-out ". (transfer full) */
char *qc_journal_dup_meant_acts (const char *text);
char *qc_journal_dup_meant_businesses (const char *text);

G_END_DECLS
