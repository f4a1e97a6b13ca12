/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What was saved, and where, with what she would do next: open it, or the folder it lies in. Main thread.
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* @words name @path; @is_folder: @path holds several files, and only the folder is opened. The buttons call
 * app.open-saved and app.open-saved-folder. What was said of the file before goes. */
void qc_saved_toast_show (AdwToastOverlay *overlay, const char *words, const char *path, gboolean is_folder);

G_END_DECLS
