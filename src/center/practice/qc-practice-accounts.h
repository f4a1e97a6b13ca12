/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The accounts everybody may use in practice, and the units of those who register there. Writer thread.
 */
#pragma once

#include "qc-practice-data.h"

G_BEGIN_DECLS

/* 个人: signs in, and is told to come as a legal person. Ends with an entry whose user is NULL. */
const QcPracticeAccount *qc_practice_accounts_persons (void);
/* Adds whichever of the practice accounts are not there yet. */
gboolean qc_practice_accounts_create (QcConnection *connection, gint64 now, GError **error);
/* After 重新开始: legal persons who registered get their unit anew, and their grants follow. */
gboolean qc_practice_accounts_renew_units (QcConnection *connection, gint64 now, GError **error);

G_END_DECLS
