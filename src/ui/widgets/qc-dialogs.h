/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Message and file dialogs behind one small file, because their API changes with each GTK. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What Enter does, and how the button of the deed looks. */
typedef enum {
  QC_CONFIRM_PLAIN,       /* Enter says yes */
  QC_CONFIRM_CAREFUL,     /* something speaks against it: Enter says no */
  QC_CONFIRM_DESTRUCTIVE, /* Enter says no, and yes is red */
} QcConfirmKind;

typedef void (*QcConfirmFunc) (gpointer user_data);

/*
 * Asks; @confirmed is called only on yes. The dialog's response is also the actions "dialog.confirm" and
 * "dialog.cancel" of the dialog window, so that it can be driven. @extra: (nullable) shown between text and buttons.
 */
GtkWidget *qc_dialog_confirm (GtkWidget *parent, const char *title, const char *body, const char *confirm_label,
                              QcConfirmKind kind, GtkWidget *extra, QcConfirmFunc confirmed, gpointer user_data,
                              GDestroyNotify user_data_free);
/* Says something and offers what may follow: the first choice is that of Escape, the last one of several that of Enter.
 * Each is also an action "dialog.ID" of the dialog window. @extra: (nullable) as above. */
typedef struct {
  const char *id;
  const char *label; /* N_() with mnemonic */
} QcDialogChoice;
typedef void (*QcChoiceFunc) (const char *choice, gpointer user_data);
GtkWidget *qc_dialog_choose (GtkWidget *parent, const char *title, const char *body, GtkWidget *extra,
                             const QcDialogChoice *choices, guint n, QcChoiceFunc chosen, gpointer user_data,
                             GDestroyNotify user_data_free);
/* Says something that must be read. */
void qc_dialog_tell (GtkWidget *parent, const char *title, const char *body);

/* @pattern: "*.xlsx;*.csv". @file is NULL when the clerk cancelled. */
typedef void (*QcFileFunc) (GFile *file, gpointer user_data);
void qc_dialog_open_file (GtkWidget *parent, const char *title, const char *filter_name, const char *pattern,
                          QcFileFunc chosen, gpointer user_data);
/* @files is NULL when the clerk cancelled; else GFile, at least one. */
typedef void (*QcFilesFunc) (GListModel *files, gpointer user_data);
void qc_dialog_open_files (GtkWidget *parent, const char *title, const char *filter_name, const char *pattern,
                           QcFilesFunc chosen, gpointer user_data);
/* Where to write @name; @name NULL = choose a folder. @folder (nullable): where it begins. Asks before an existing file
 * is replaced. */
void qc_dialog_save_file (GtkWidget *parent, const char *title, const char *folder, const char *name, QcFileFunc chosen,
                          gpointer user_data);

G_END_DECLS
