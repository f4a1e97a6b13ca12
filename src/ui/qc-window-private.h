/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The window's fields, shared by the files it is written in. Main thread.
 */
#pragma once

#include "qc-badges.h"
#include "qc-decisions.h"
#include "qc-keeper.h"
#include "qc-lines-ahead.h"
#include "qc-sidebar.h"
#include "qc-start-view.h"
#include "qc-status-button.h"
#include "qc-window.h"

G_BEGIN_DECLS

struct _QcWindow {
  AdwApplicationWindow parent_instance;
  QcSession *session;     /* (owned) */
  QcKeeper *keeper;       /* (owned) */
  GSettings *settings;    /* (owned) (nullable) where the schema is installed */
  gboolean practice;      /* asked for on the command line */
  GtkWidget *views;       /* borrowed: stack of opening, failed, start, work */
  GtkWidget *failed;      /* borrowed: status page */
  GtkWidget *start;       /* borrowed (nullable): built when it is needed */
  GtkWidget *work;        /* borrowed (nullable): built when it is needed */
  GtkWidget *sidebar;     /* borrowed (nullable) */
  QcBadges *badges;       /* (owned) (nullable) of the sidebar */
  QcDecisions *decisions; /* (owned) (nullable) */
  QcLinesAhead *ahead;    /* (owned) (nullable) */
  GtkWidget *pages;       /* borrowed (nullable): stack of pages by name */
  GtkWidget *toasts;      /* borrowed (nullable): overlay */
  GtkWidget *title;       /* borrowed (nullable) */
  GtkWidget *mark;        /* borrowed (nullable): practice mark */
  GtkWidget *search;      /* borrowed (nullable) */
  GtkWidget *bar;         /* borrowed (nullable): lasting state above the pages */
  GtkWidget *bar_label;   /* borrowed (nullable) */
  GtkWidget *bar_button;  /* borrowed (nullable) */
  guint bar_delay;        /* timeout before the bar shows */
  guint entering;         /* source: the page takes the focus */
  guint present_delay;    /* timeout before the window shows without anything in it */
  GtkWidget *status;      /* borrowed (nullable) */
  QcPage *page;           /* borrowed (nullable): the one shown */
  GtkWidget *way_back;    /* borrowed (nullable) to the page one was led from */
  gboolean searching;     /* the entry is set by us */
  gboolean choosing;      /* the list of units opens once the sidebar is in its place */
  int records_height[QC_N_RECORDS];
  guint closing;     /* source: closes as soon as everything is saved */
  gboolean gives_up; /* closes with what cannot be saved */
};

/* To where one was led from; nothing, where nobody was led. */
void qc_window_go_back (QcWindow *self);

/* Adds every win.* command that belongs to the window itself. */
void qc_window_add_commands (QcWindow *self);
void qc_window_add_start_commands (QcWindow *self);
void qc_window_add_practice_commands (QcWindow *self);
/* Opens the data, restores the session, shows what comes next. */
void qc_window_open (QcWindow *self);
void qc_window_show_start (QcWindow *self);
void qc_window_show_work (QcWindow *self);
gboolean qc_window_is_working (QcWindow *self);
/* Where it is out of sight for want of room. */
void qc_window_show_sidebar (QcWindow *self);
/* Opens the list of units, where that is needed once the sidebar is in its place. */
void qc_window_choose_unit (QcWindow *self);
/* The bar that says what lasts: signed out, offline, failed. */
GtkWidget *qc_window_build_bar (QcWindow *self);
void qc_window_update_bar (QcWindow *self);
/* FALSE: something that was entered is not saved yet; the window closes by itself once it is, and asks where it cannot
 * be. */
gboolean qc_window_may_close (QcWindow *self);
/* Enables and disables commands by how things stand. */
void qc_window_update_commands (QcWindow *self);

/* From then on what the center decides is said. */
void qc_window_listen_for_news (QcWindow *self);

G_END_DECLS
