/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Between what the preview does (qc-paper-window.c) and how it is built (qc-paper-window-view.c). Main thread.
 */
#pragma once

#include <adwaita.h>

#include "qc-paper-setup.h"
#include "qc-pdf-search.h"
#include "qc-printout.h"

G_BEGIN_DECLS

#define QC_TYPE_PAPER_WINDOW (qc_paper_window_get_type ())
G_DECLARE_FINAL_TYPE (QcPaperWindow, qc_paper_window, QC, PAPER_WINDOW, AdwWindow)

typedef enum { QC_PAPER_SHOW, QC_PAPER_SAVE, QC_PAPER_PRINT } QcPaperDeed;

struct _QcPaperWindow {
  AdwWindow parent_instance;
  QcPrintout *printout;      /* (owned) */
  GSettings *position;       /* (owned) (nullable) where this computer's printer puts pages */
  GBytes *pdf;               /* (owned) (nullable) as it is shown */
  GCancellable *cancellable; /* (owned) (nullable) of what is under way */
  gboolean busy;
  guint tick;          /* source: how far it is */
  QcPdfSearch *search; /* (owned) */
  /* borrowed */
  GtkWidget *stack, *preview, *setup, *entry, *page, *bar, *fault, *toasts;
  GtkLabel *pages, *zoom, *told;
};

/* Sets the widgets; the printout is there. */
void qc_paper_window_build (QcPaperWindow *self);
/* Labels and commands follow. */
void qc_paper_window_update (QcPaperWindow *self);
void qc_paper_window_say_fault (QcPaperWindow *self, const char *title, const char *words);

G_END_DECLS
