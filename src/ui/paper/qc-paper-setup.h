/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Which paper is printed on and what of it is kept free: a drop-down and a button with four amounts of millimetres,
 * kept in the settings, the margins of each paper by themselves. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "qc-paper-size.h"

G_BEGIN_DECLS

#define QC_TYPE_PAPER_SETUP (qc_paper_setup_get_type ())
G_DECLARE_FINAL_TYPE (QcPaperSetup, qc_paper_setup, QC, PAPER_SETUP, GtkWidget)

/* @natural: what it is made for: another choice is remembered for all that are made for the same. Signal "changed". */
GtkWidget *qc_paper_setup_new (QcPaperSize natural);
QcPaper qc_paper_setup_get (QcPaperSetup *self);
void qc_paper_setup_choose (QcPaperSetup *self, QcPaperSize size);

G_END_DECLS
