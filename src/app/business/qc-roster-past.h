/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What the rules of some businesses look at beside the people themselves: bases and payments of those on a 补缴, what
 * is under way of them, and whether the documents on a 个人账户设立 are of somebody of the unit. Reader thread.
 */
#pragma once

#include "qc-roster.h"
#include "qc-store-people.h"

G_BEGIN_DECLS

/* Identities of people or documents, one after the other, each ended by a NUL, an empty one at the end. */
#define qc_packed_next(text) ((text) + strlen (text) + 1)

/* @accounts: packed. @func with each of them who is with the unit, and the history. Few are looked up, of many all
 * people are gone through. */
gboolean qc_roster_histories_walk (QcConnection *connection, const char *profile, const char *unit,
                                   const char *accounts, QcStoreHistoryFunc func, gpointer user_data,
                                   GCancellable *cancellable, GError **error);
/* @accounts: packed. A set of account → QcPersonHistory of those. (transfer full) */
GHashTable *qc_roster_histories_read (QcConnection *connection, const char *profile, const char *unit,
                                      const char *accounts, GCancellable *cancellable, GError **error);
/* @documents: packed, kind and number in turn. A set of qc_known_person_dup_key() → QcKnownPerson of all of them, HERE
 * or NOBODY: what other units have is the center's to say. (transfer full) */
GHashTable *qc_roster_known_read (QcConnection *connection, const char *profile, const char *unit,
                                  const char *documents, GCancellable *cancellable, GError **error);

/* The documents of @lines that are whole. (transfer full) */
char *qc_roster_pack_documents (const GPtrArray *lines);

G_END_DECLS
