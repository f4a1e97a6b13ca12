/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What the files of 备份与迁移 share. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "qc-keep-window.h"

G_BEGIN_DECLS

#define QC_TYPE_KEEP_WINDOW (qc_keep_window_get_type ())
G_DECLARE_FINAL_TYPE (QcKeepWindow, qc_keep_window, QC, KEEP_WINDOW, AdwWindow)

struct _QcKeepWindow {
  AdwWindow parent_instance;
  QcKeeper *keeper;          /* (owned) (nullable) NULL once it is closed */
  GPtrArray *list;           /* (owned) QcKept */
  GPtrArray *rows;           /* (owned) borrowed widgets of them */
  GCancellable *cancellable; /* (owned) (nullable) of what is being done */
  guint tick;
  /* borrowed */
  GtkWidget *last, *backups, *bottom, *said, *working, *bar;
};

/* Something begins that takes its time; until its end nothing else can be begun. Borrowed. */
GCancellable *qc_keep_window_begin (QcKeepWindow *self, const char *words);
/* @words: (nullable) what came of it, unless @error says why nothing did. */
void qc_keep_window_end (QcKeepWindow *self, const char *words, const GError *error);
/* Closes everything and begins anew, with what was made ready. */
void qc_keep_window_start_anew (QcKeepWindow *self);
GtkWidget *qc_keep_window_new_command (const char *title, const char *subtitle, const char *label, const char *action);

/* Commands: (qc-keep-moving.c) */
void qc_keep_window_pack (GtkWidget *widget, const char *name, GVariant *parameter);
void qc_keep_window_hand_over (GtkWidget *widget, const char *name, GVariant *parameter);
void qc_keep_window_receive (GtkWidget *widget, const char *name, GVariant *parameter);

G_END_DECLS
