/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What a search everywhere asks besides the people: applications by number, amount, month or business, and the drafts
 * that somebody is in. Database threads only.
 */
#pragma once

#include "qc-application.h"
#include "qc-connection.h"

G_BEGIN_DECLS

/* One word of what was typed, as all that it may mean: an application fits if one of them does. Borrowed. */
typedef struct {
  const char *serial; /* (nullable) a part of the 业务流水号 */
  gboolean has_fen;
  QcMoney fen_from, fen_to; /* the sign does not matter */
  QcMonth from, to;         /* a month of it lies in there; NONE: not asked for */
  int month_number;         /* 1 … 12: it has this month of whatever year; 0: not asked for */
  const char *businesses;   /* (nullable) codes, a blank before and behind each */
} QcStoreSearchWord;

/* The newest @most applications that fit every one of @words (GArray of QcStoreSearchWord), and how many do. No words:
 * none. (transfer full) */
GPtrArray *qc_store_search_applications (QcConnection *connection, const char *profile, const char *unit,
                                         const GArray *words, guint most, gint64 *out_total, GError **error);

/* Ids of the drafts that are not done and have a line of one of @accounts (char *): gint64 * → whose, borrowed from
 * @accounts. */
gboolean qc_store_search_drafts_of (QcConnection *connection, const char *profile, const char *unit,
                                    const GPtrArray *accounts, GHashTable *found, GError **error);
/* Lines with @text anywhere in what is kept of them, of drafts in which accounts are opened: whoever is in there is in
 * no other list. FALSE of @func ends the walk, which is no error. */
typedef gboolean (*QcStoreSearchLineFunc) (gint64 draft, const char *facts, gpointer user_data);
gboolean qc_store_search_openings (QcConnection *connection, const char *profile, const char *unit, const char *text,
                                   QcStoreSearchLineFunc func, gpointer user_data, GError **error);

G_END_DECLS
