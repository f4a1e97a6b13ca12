/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A file that the clerk asked for appears whole or not at all: it is written without a name, synced, then given the
 * name asked for, then the folder synced. Whatever happens before, that name still holds what it held, and nothing else
 * lies in the folder. Any one thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Writes everything into the file that is open as @fd and can be opened for writing as @name. 0 or an errno. */
typedef int (*QcNewFileFunc) (int fd, const char *name, gpointer user_data);

/* Whether @path can be written, before much is made: 0 or an errno. */
int qc_new_file_check (const char *path);
/* 0 or an errno: @func's own, or that of what came after it. */
int qc_new_file_save (const char *path, QcNewFileFunc func, gpointer user_data);

G_END_DECLS
