/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Rosters of applications, kept as they were fetched: a page and the cursor behind it in one transaction, so that a
 * fetch that was cut off goes on from there. The application's facts, where it has any, are kept with them as line 0.
 * What nobody looks at goes after sixty days. Database threads only.
 */
#pragma once

#include "qc-connection.h"

G_BEGIN_DECLS

/* What is kept of one. */
typedef struct {
  gint64 fetched; /* unix seconds when the last page came; 0 = nothing is kept */
  char *cursor;   /* (owned) (nullable) of the page to come; NULL with something kept: it is whole */
} QcStoreRoster;
void qc_store_roster_clear (QcStoreRoster *roster);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (QcStoreRoster, qc_store_roster_clear)
#define qc_store_roster_is_whole(r) ((r)->fetched != 0 && (r)->cursor == NULL)

/* Ids that no line of a roster has: what came beside the lines. */
#define QC_STORE_LINE_FACTS       0
#define QC_STORE_LINE_REASONS     (-1)
#define QC_STORE_LINE_ATTACHMENTS (-2)

typedef struct {
  gint64 line;
  char *facts; /* (owned) */
} QcStoreLine;
void qc_store_line_clear (QcStoreLine *line);

/* @created: of the application; what was kept of another one with this serial is as if it were not there. */
gboolean qc_store_lines_get (QcConnection *connection, const char *profile, const char *unit, const char *serial,
                             gint64 created, QcStoreRoster *out, GError **error);
/*
 * @lines (QcStoreLine) came behind @after (nullable: the first page; what was kept goes), and behind them comes
 * @cursor (nullable: nothing). QC_STORE_ERROR_STATE when @after is not where the kept ones end.
 */
gboolean qc_store_lines_put (QcConnection *connection, const char *profile, const char *unit, const char *serial,
                             gint64 created, const GArray *lines, const char *after, const char *cursor, gint64 now,
                             GError **error);
/* All that are kept, in the order of their ids. @func returns FALSE to end it. */
typedef gboolean (*QcStoreLineFunc) (gint64 line, const char *facts, gpointer user_data);
gboolean qc_store_lines_each (QcConnection *connection, const char *profile, const char *unit, const char *serial,
                              QcStoreLineFunc func, gpointer user_data, GError **error);
/* Those of every roster that is kept with @text anywhere in what is kept of them. */
typedef gboolean (*QcStoreRosterLineFunc) (const char *serial, const char *facts, gpointer user_data);
gboolean qc_store_lines_each_holding (QcConnection *connection, const char *profile, const char *unit, const char *text,
                                      QcStoreRosterLineFunc func, gpointer user_data, GError **error);
/* Somebody looks at it. */
gboolean qc_store_lines_look (QcConnection *connection, const char *profile, const char *unit, const char *serial,
                              gint64 now, GError **error);
/* Those that nobody looked at for sixty days go. */
gboolean qc_store_lines_purge (QcConnection *connection, gint64 now, GError **error);

G_END_DECLS
