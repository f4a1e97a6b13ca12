/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 修改后重新提交 (B11, decision 23): a returned application is closed for good; a new draft is made of its lines, facts
 * and pictures, with the reasons where they belong, and names the one it comes after. Main context.
 */
#pragma once

#include "qc-application-lines.h"

G_BEGIN_DECLS

/* @lines: of a returned application, and whole. */
void qc_reopen_async (QcSession *session, QcApplicationLines *lines, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer user_data);
/* The id of the new draft, or of the one that was made of it before and is open still; 0 on error. */
gint64 qc_reopen_finish (QcSession *session, GAsyncResult *result, GError **error);

G_END_DECLS
