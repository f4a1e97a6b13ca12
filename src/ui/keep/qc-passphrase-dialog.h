/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Asks for a passphrase: once where something is opened, twice and with how hard it is to guess where something is
 * made. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @passphrase: borrowed, and wiped afterwards. */
typedef void (*QcPassphraseFunc) (const char *passphrase, gpointer user_data);
/* @body: what it is for. @made: a new one, at least eight characters and twice the same. */
void qc_passphrase_dialog_ask (GtkWidget *parent, const char *title, const char *body, gboolean made,
                               QcPassphraseFunc entered, gpointer user_data, GDestroyNotify user_data_free);

G_END_DECLS
