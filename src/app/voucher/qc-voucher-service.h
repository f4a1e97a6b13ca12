/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 汇补缴凭证 for the windows and the command line (V1–V3, R6). The facts come signed from the center once, are verified
 * against the keys one trusts before anything is drawn or kept, and are printed again from what is kept where there is
 * no network: then marked as a reprint. PDFs are made on worker threads. Main context.
 */
#pragma once

#include "qc-application.h"
#include "qc-session.h"

G_BEGIN_DECLS

/* One voucher that is ready. Borrowed from its batch. */
typedef struct {
  const char *serial;
  gboolean finished; /* FALSE: it bears no seal and says 未办结 */
  gboolean practice;
  int reprint;      /* as printed; 0 = the first */
  gboolean offline; /* made again from what is kept: the center was not asked */
  QcMoney fen;
  QcMonth start, end;
} QcVoucherInfo;

/* What was prepared together: verified, not yet drawn. Never changes, but for being used. */
#define QC_TYPE_VOUCHER_BATCH (qc_voucher_batch_get_type ())
G_DECLARE_FINAL_TYPE (QcVoucherBatch, qc_voucher_batch, QC, VOUCHER_BATCH, GObject)
guint qc_voucher_batch_get_n (QcVoucherBatch *self);
const QcVoucherInfo *qc_voucher_batch_get_info (QcVoucherBatch *self, guint i);
/* Once saved or printed, the next copy is a reprint: prepare again for it. */
gboolean qc_voucher_batch_is_used (QcVoucherBatch *self);
/* A good name for one file of all: "汇补缴凭证-<serial>.pdf". (transfer full) */
char *qc_voucher_batch_dup_file_name (QcVoucherBatch *self);
/* (transfer full) */
char **qc_voucher_batch_dup_serials (QcVoucherBatch *self);

#define QC_TYPE_VOUCHER_SERVICE (qc_voucher_service_get_type ())
G_DECLARE_FINAL_TYPE (QcVoucherService, qc_voucher_service, QC, VOUCHER_SERVICE, GObject)

/* Of the session's profile; the unit is the one that is chosen when preparing begins. */
QcVoucherService *qc_voucher_service_new (QcSession *session);

/*
 * qc_voucher_service_prepare_async:
 * @serials: NULL-ended
 *
 * Asks the center where nothing usable is kept, or for another copy of what was used. Errors: QC_APP_ERROR_VOUCHER
 * (not provable, or its state allows none), sync's where the network is needed and is not there, QC_APP_ERROR_NO_UNIT.
 */
void qc_voucher_service_prepare_async (QcVoucherService *self, const char *const *serials, GCancellable *cancellable,
                                       GAsyncReadyCallback callback, gpointer user_data);
QcVoucherBatch *qc_voucher_service_prepare_finish (QcVoucherService *self, GAsyncResult *result, GError **error);

/* How a batch stands to what is known of its applications by now. */
typedef struct {
  guint changed;            /* vouchers that are no longer true: their applications moved on */
  QcApplicationState state; /* of the first of them, as it is now */
  char **serials;           /* (owned) of the batch, those that have a voucher as things are now */
} QcVoucherStanding;
void qc_voucher_standing_free (QcVoucherStanding *standing);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcVoucherStanding, qc_voucher_standing_free)
/* To be asked after every sync, as long as the batch may be printed. */
void qc_voucher_service_compare_async (QcVoucherService *self, QcVoucherBatch *batch, GCancellable *cancellable,
                                       GAsyncReadyCallback callback, gpointer user_data);
QcVoucherStanding *qc_voucher_service_compare_finish (QcVoucherService *self, GAsyncResult *result, GError **error);

/* The PDF's bytes, for a preview or a printer. Counts nothing. @left, @top: mm by which what is drawn is moved to the
 * right and down; it is the same voucher, whole. */
void qc_voucher_service_render_async (QcVoucherService *self, QcVoucherBatch *batch, double left, double top,
                                      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GBytes *qc_voucher_service_render_finish (QcVoucherService *self, GAsyncResult *result, GError **error);

/*
 * qc_voucher_service_save_async:
 * @path: a file for all, or with @each a folder for one file each
 *
 * Whatever happens, under a name there is either the old file or the whole new one. Uses the batch; where it fails
 * with @each, those that were saved before. @out_saved: (out) (optional): files in their place, also where it fails.
 * QC_APP_ERROR_NOT_COUNTED: all are in their place, but the book of what was handed out could not be written.
 */
void qc_voucher_service_save_async (QcVoucherService *self, QcVoucherBatch *batch, const char *path, gboolean each,
                                    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean qc_voucher_service_save_finish (QcVoucherService *self, GAsyncResult *result, guint *out_saved,
                                         GError **error);
/* A printer's queue took it: uses the batch, and it is journalled. Both fail with QC_APP_ERROR_NOT_COUNTED only. */
void qc_voucher_service_note_printed_async (QcVoucherService *self, QcVoucherBatch *batch, const char *printer,
                                            GAsyncReadyCallback callback, gpointer user_data);
/* Nobody can say whether it took it: journalled, not counted. */
void qc_voucher_service_note_print_unknown_async (QcVoucherService *self, QcVoucherBatch *batch, const char *printer,
                                                  GAsyncReadyCallback callback, gpointer user_data);
gboolean qc_voucher_service_note_finish (QcVoucherService *self, GAsyncResult *result, GError **error);

/* ---- 核验凭证 ---- */

typedef enum {
  QC_VOUCHER_GENUINE,      /* the signed facts are; what a page shows is another matter */
  QC_VOUCHER_PRACTICE,     /* signed by a practice center: worth nothing */
  QC_VOUCHER_ALTERED,      /* not as it was signed: @field says where, as far as it can be told */
  QC_VOUCHER_UNKNOWN_KEY,  /* of a center whose keys are not here */
  QC_VOUCHER_WRONG_CENTER, /* signed with a key of a center that is not the one it names */
  QC_VOUCHER_EXPIRED_KEY,
  QC_VOUCHER_FUTURE, /* signed at a time that has not come */
  QC_VOUCHER_UNREADABLE,
} QcVoucherVerdict;

/* Where a page that was handed in does not say what was signed. */
typedef struct {
  const char *code;  /* "lacks" "other" "stranger"; static */
  const char *field; /* (nullable) lacks: "fen" "fen_words" "unit_fen" "personal_fen"; static */
  char *amount;      /* (owned) (nullable) */
  char *text;        /* (owned) in words */
} QcVoucherWarning;

typedef struct _QcVoucherKeys QcVoucherKeys;

typedef struct {
  QcVoucherVerdict verdict;
  const char
      *code;    /* "genuine" "practice" "altered" "unknown-key" "wrong-center" "expired-key" "future" "unreadable" */
  char *title;  /* (owned) the result in a few words */
  char *reason; /* (owned) what it means, and what to do */
  char *field;  /* (owned) (nullable) altered: stable name ("fen", "months" …) */
  char *key;    /* (owned) (nullable) the key it names */
  char *file;   /* (owned) (nullable) the file it was in */
  guint page;   /* of the file, from 1, where it is shown; 0 = not known */
  /* of GENUINE and PRACTICE only */
  char *serial, *center, *unit, *unit_name; /* (owned) (nullable) */
  char *signed_by;                          /* (owned) (nullable) center, time and key in a sentence */
  QcApplicationState state;
  QcMonth start, end;
  gint64 people;
  QcMoney fen;
  int reprint;
  gint64 issued;       /* unix seconds */
  gboolean complete;   /* the line of each month was there too */
  gboolean compared;   /* the text of its pages was held against the facts: @warnings says what differs */
  GPtrArray *warnings; /* (owned) QcVoucherWarning */
  /* of the service */
  char *line;          /* (owned) (nullable) */
  QcVoucherKeys *keys; /* (owned) (nullable) */
} QcVoucherResult;
void qc_voucher_result_free (QcVoucherResult *result);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcVoucherResult, qc_voucher_result_free)

/*
 * qc_voucher_service_check_files_async:
 * @paths: NULL-ended: PDFs, pictures, texts
 *
 * Answers offline. Each file is read by a process of its own, qingce-reader. A single file that cannot be read is an
 * error, one of several a result of its own.
 */
void qc_voucher_service_check_files_async (QcVoucherService *self, const char *const *paths, GCancellable *cancellable,
                                           GAsyncReadyCallback callback, gpointer user_data);
/* What a scanner typed. */
void qc_voucher_service_check_text_async (QcVoucherService *self, const char *text, GCancellable *cancellable,
                                          GAsyncReadyCallback callback, gpointer user_data);
/* One for each voucher that was found, in order. (element-type QcVoucherResult) (transfer full) */
GPtrArray *qc_voucher_service_check_finish (QcVoucherService *self, GAsyncResult *result, GError **error);

/* The voucher as its signed facts say it, as a PDF: what counts. @result: with a serial. */
void qc_voucher_service_draw_async (QcVoucherService *self, const QcVoucherResult *result, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);
GBytes *qc_voucher_service_draw_finish (QcVoucherService *self, GAsyncResult *result, GError **error);

/* A page of what was handed in, as a picture. */
typedef struct {
  int width, height; /* pixels */
  GBytes *rgb;       /* (owned) three bytes each, from the top */
  guint page, n_pages;
} QcVoucherPicture;
void qc_voucher_picture_free (QcVoucherPicture *picture);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcVoucherPicture, qc_voucher_picture_free)

/* Page @page (from 1) of the file at @path. */
void qc_voucher_service_look_async (QcVoucherService *self, const char *path, guint page, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);
QcVoucherPicture *qc_voucher_service_look_finish (QcVoucherService *self, GAsyncResult *result, GError **error);

G_END_DECLS
