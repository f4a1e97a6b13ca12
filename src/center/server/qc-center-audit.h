/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Looking through a center's data: the database's pages, every rule of the ledger, the chain of its log, its pictures
 * and its signing key. Nothing is written. It blocks: for start-up and `qingce-center --audit`.
 */
#pragma once

#include "qc-database.h"

G_BEGIN_DECLS

/* What does not hold, a sentence each; empty: all holds. A center may run on @data_dir meanwhile. NULL with @error when
 * there is nothing to look at. (transfer full) (element-type utf8) */
GPtrArray *qc_center_audit (const char *data_dir, GError **error);

/* What a start can wait for. FALSE with QC_CENTER_SERVER_ERROR_DATA, which says in words what to do. */
gboolean qc_center_audit_glance (QcDatabase *database, const char *data_dir, GError **error);

/* An error that says that the database is damaged becomes one that says what to do about it. */
void qc_center_audit_explain (const char *data_dir, GError **error);

G_END_DECLS
