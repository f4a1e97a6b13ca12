/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The inside of <业务申请记录>, shared by its widgets and its commands.
 */
#pragma once

#include "qc-applications-pane.h"

G_BEGIN_DECLS

struct _QcApplicationsPane {
  GtkWidget parent_instance;
  QcSession *session;            /* (owned) */
  int business;                  /* -1 = all */
  QcApplicationList *list;       /* (owned) */
  QcApplicationService *service; /* (owned) */
  GtkSingleSelection *selection; /* (owned) */
  GSimpleActionGroup *actions;   /* (owned) */
  char *wanted;                  /* (owned) (nullable) serial or draft to be selected when it comes */
  GtkWidget *dialog;             /* (weak) (nullable) the question on screen */
  gint64 wanted_item;            /* item to be selected, 0 = none */
  char *sort;                    /* (owned) (nullable) id of the column that the rows are ordered by */
  gboolean descending;
  gboolean restoring; /* the selection is being put back after a reload */
  /* borrowed */
  GtkWidget *child, *head, *bar, *detail, *detail_box, *empty;
  GtkWidget *menu; /* (nullable) QcColumnMenu */
  GtkStack *stack;
  GtkColumnView *grid;
  GtkLabel *totals;
};

/* Of qc-applications-pane.c. */
void qc_applications_pane_query (QcApplicationsPane *self);

/* Of qc-applications-commands.c. */
void qc_applications_pane_add_actions (QcApplicationsPane *self);
void qc_applications_pane_update_actions (QcApplicationsPane *self);
/* The one selected, on the page of its business; nothing where another row is selected. */
void qc_applications_pane_open_draft (QcApplicationsPane *self);

G_END_DECLS
