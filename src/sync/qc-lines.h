/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Fetching the roster and the facts of an application, page by page, when somebody looks at it. A page and its cursor
 * go into the database in one transaction, so that a fetch that was cut off goes on from there. It ends, whatever the
 * center says: the lines of a page rise, and there are never more of them or of pages than a submission can have. Main
 * context; decoding and SQL run on other threads.
 */
#pragma once

#include "qc-application.h"
#include "qc-database.h"
#include "qc-tokens.h"

G_BEGIN_DECLS

/* @lines: so many are here now. */
typedef void (*QcLinesProgressFunc) (gint64 lines, gpointer user_data);

/*
 * qc_lines_fetch_async:
 * @profile, @unit: the keys under which they are kept
 * @now: unix seconds, as the clerk's clock has it
 * @progress: (nullable): called on the main context after each page
 *
 * Fails with the transport's errors or the database's; the pages that came before stay.
 */
void qc_lines_fetch_async (QcTokens *tokens, QcDatabase *database, const char *profile, const char *unit,
                           const QcApplication *application, gint64 now, QcLinesProgressFunc progress,
                           gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data);
gboolean qc_lines_fetch_finish (QcTokens *tokens, GAsyncResult *result, GError **error);

G_END_DECLS
