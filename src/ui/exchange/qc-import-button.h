/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 导入 with the files that were imported last in its menu: each with its date, those that are gone said so. Its
 * commands are the page's: import, import-file, import-forget and import-undo. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "qc-session.h"

G_BEGIN_DECLS

/* @prefix of the page's actions; @label with mnemonic. */
GtkWidget *qc_import_button_new (QcSession *session, const char *prefix, const char *label, const char *tooltip);

G_END_DECLS
