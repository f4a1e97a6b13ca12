/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What is looked at on this computer alone: disk, folder, fonts, keyring, the programs beside this one, language,
 * browser. A thread of its own; answers in the caller's context. Nothing is changed, but that a file is made in the
 * data folder and removed again.
 */
#pragma once

#include "qc-check.h"

G_BEGIN_DECLS

/* @verdict is taken. */
typedef void (*QcCheckLocalFunc) (const char *id, QcCheckVerdict verdict, gpointer user_data);
/* @found is called once for each of "disk" "folder" "fonts" "keyring" "reader" "practice" "language" "browser", as soon
 * as it is known, and not any more once cancelled. */
void qc_check_local_run (const char *data_dir, GCancellable *cancellable, QcCheckLocalFunc found, gpointer user_data,
                         GDestroyNotify free_data);

/* @damage: (nullable): what looking through the database said. */
QcCheckVerdict qc_check_local_judge_database (const GError *damage);

G_END_DECLS
