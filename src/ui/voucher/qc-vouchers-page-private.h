/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Between the page's files: the widgets, and what is under way. Main thread.
 */
#pragma once

#include "qc-application-list.h"
#include "qc-voucher-check-view.h"
#include "qc-pdf-view.h"
#include "qc-voucher-service.h"
#include "qc-vouchers-page.h"

G_BEGIN_DECLS

typedef enum { QC_OUTPUT_NONE, QC_OUTPUT_FILE, QC_OUTPUT_FOLDER, QC_OUTPUT_PRINTER } QcVoucherOutput;

struct _QcVouchersPage {
  QcPage parent_instance;
  QcVoucherService *service; /* (owned) */
  QcApplicationList *list;   /* (owned) */
  GtkMultiSelection *selection;
  GSettings *settings;         /* (owned) (nullable) */
  QcVoucherBatch *batch;       /* (owned) (nullable) what the preview shows */
  GBytes *pdf;                 /* (owned) (nullable) its bytes */
  GCancellable *cancellable;   /* (owned) (nullable) what is under way */
  QcVoucherStanding *standing; /* (owned) (nullable) of the batch, where it is no longer true */
  GCancellable *comparing;     /* (owned) (nullable) */
  char *searched;              /* (owned) (nullable) */
  gboolean busy;
  QcVoucherOutput output; /* what is made of it in the end, while it is busy */
  gboolean checking;      /* what it is busy with is a check, */
  guint slow;             /* which is not said before this timeout */
  guint resting;          /* timeout until what is selected is opened */
  gboolean marking;       /* the rows of what is shown are selected, which opens nothing */
  GtkWidget *stack, *preview, *check, *spinner, *stop, *rows, *nothing;
  GtkLabel *caption, *pages, *zoom;
};

/* ---- qc-vouchers-flow.c ---- */
/* Prepares @serials, shows them, and then makes what is asked for. Ends what was under way. */
void qc_vouchers_page_open (QcVouchersPage *self, const char *const *serials, QcVoucherOutput output, const char *path);
/* The same of one that was chosen in the list. */
void qc_vouchers_page_look (QcVouchersPage *self, const char *serial);
/* Of what is shown; prepares again first where it was used before. */
void qc_vouchers_page_make (QcVouchersPage *self, QcVoucherOutput output, const char *path);
void qc_vouchers_page_check_files (QcVouchersPage *self, const char *const *paths);
void qc_vouchers_page_check_text (QcVouchersPage *self, const char *text);
/* What is shown, against what is known by now; says so where it is no longer true. */
void qc_vouchers_page_compare (QcVouchersPage *self);
/* Whether paper is being made: nothing else begins meanwhile. */
gboolean qc_vouchers_page_is_making (QcVouchersPage *self);
/* Ends what is under way; what is in its place already stays. */
void qc_vouchers_page_stop (QcVouchersPage *self);
void qc_vouchers_page_forget (QcVouchersPage *self);
/* ---- qc-vouchers-view.c ---- */
/* Sets the page's widgets; its selection and its settings are there. */
GtkWidget *qc_vouchers_view_build (QcVouchersPage *self);
/* ---- qc-vouchers-page.c ---- */
void qc_vouchers_page_update (QcVouchersPage *self);
/* What the paper is of is what is selected. */
void qc_vouchers_page_mark (QcVouchersPage *self);

G_END_DECLS
