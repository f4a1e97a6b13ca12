/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The journal: who did what when. Each entry carries the hash of the one before it, and the head of the chain is kept
 * apart, so that a changed, removed or cut-off entry shows. Database threads only.
 */
#pragma once

#include "qc-connection.h"

G_BEGIN_DECLS

typedef struct {
  gint64 seq; /* set by append */
  gint64 time;
  char *profile, *unit; /* (owned) (nullable) */
  char *actor;          /* (owned) (nullable) */
  char *action;         /* (owned) stable code: "outbox.queued" "sign-in" … */
  char *subject;        /* (owned) (nullable) key, serial, account … it is about */
  char *detail;         /* (owned) (nullable) */
  char *hash;           /* (owned) hexadecimal, set by append */
  /* What is known of it beside the journal; only find() fills it. (owned) (nullable) */
  char *unit_name;
  char *business, *kind, *serial, *summary; /* of the item of the outbox, or the application, that @subject names */
  gint64 start, end, people, fen;           /* of the application, once the center has told of it */
} QcStoreJournalEntry;
void qc_store_journal_entry_free (QcStoreJournalEntry *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcStoreJournalEntry, qc_store_journal_entry_free)

/* Any text may be NULL but @action. */
gboolean qc_store_journal_append (QcConnection *connection, gint64 now, const char *profile, const char *unit,
                                  const char *actor, const char *action, const char *subject, const char *detail,
                                  GError **error);
/* Newest first; @profile, @unit NULL = all. GPtrArray of QcStoreJournalEntry. (transfer full) */
GPtrArray *qc_store_journal_list (QcConnection *connection, const char *profile, const char *unit, gint64 offset,
                                  gint64 limit, GError **error);
/* The same, narrowed; NULL or 0 = any. *@out_n: how many there are in all. (transfer full) */
typedef struct {
  const char *text;                 /* part of anything in an entry, or */
  const char *actions, *businesses; /* codes that it means, each between spaces: " sign-in sign-out " */
  const char *kind;                 /* the beginning of its action */
  const char *unit;
  gint64 from, to; /* unix seconds; @to is the first that does not count any more */
} QcStoreJournalQuery;
GPtrArray *qc_store_journal_find (QcConnection *connection, const QcStoreJournalQuery *query, gint64 offset,
                                  gint64 limit, gint64 *out_n, GError **error);
/*
 * Walks the whole chain. TRUE when it holds; else QC_STORE_ERROR_TAMPERED and *@out_seq (nullable) is the first entry
 * that does not fit.
 */
gboolean qc_store_journal_verify (QcConnection *connection, gint64 *out_seq, GError **error);

G_END_DECLS
