/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The folder that a program keeps its data in: for its owner only, or not used. Any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Makes @path (0700) where it is not there. One that others may look into becomes 0700, if it is ours and there is
 * nothing in it, or @mark, which only we put there; else it is refused: whoever chose /tmp or a home folder did not
 * mean that. QC_DB_ERROR_EXPOSED says why, in English; QC_DB_ERROR_FULL, _IO where it cannot be made.
 */
gboolean qc_data_folder_prepare (const char *path, const char *mark, GError **error);

G_END_DECLS
