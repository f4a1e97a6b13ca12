/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Who works on what: the current profile and unit, what is known of them, and how sync stands. Switching the unit or
 * the profile changes this one object, and pages listen to its signals. Nothing of ICU, PDF or secrets is opened by
 * making it. Lives on the main thread; figures come from the reader thread.
 */
#pragma once

#include "qc-application.h"
#include "qc-attachment.h"
#include "qc-context.h"
#include "qc-unit.h"

G_BEGIN_DECLS

#define QC_TYPE_SESSION (qc_session_get_type ())
G_DECLARE_FINAL_TYPE (QcSession, qc_session, QC, SESSION, GObject)

/* What changed in the database, as flags of the signal "data-changed". */
typedef enum {
  QC_DATA_UNIT = 1 << 0,
  QC_DATA_PEOPLE = 1 << 1,
  QC_DATA_APPLICATIONS = 1 << 2,
  QC_DATA_DRAFTS = 1 << 3,
  QC_DATA_QUEUE = 1 << 4,
  QC_DATA_POLICY = 1 << 5,
  QC_DATA_ALL = 0x3f,
} QcDataKind;

typedef enum {
  QC_SYNC_SIGNED_OUT, /* nobody is signed in: local work goes on */
  QC_SYNC_NO_API,     /* the profile is not connected */
  QC_SYNC_IDLE,       /* in step since qc_session_get_synced_at() */
  QC_SYNC_RUNNING,
  QC_SYNC_OFFLINE, /* tried again by itself */
  QC_SYNC_FAILED,  /* see qc_session_get_sync_error() */
} QcSyncStatus;

typedef struct {
  char *account;     /* (owned) 单位公积金账号 */
  char *name;        /* (owned) */
  char *credit_code; /* (owned) (nullable) */
  gboolean granted;  /* by the last sign-in; without it drafts and what waits are kept */
  char *label;       /* (owned) what she calls it, or what its name proposes (X11) */
  guint colour;      /* by which she knows it, 0 … QC_N_UNIT_COLOURS - 1 */
  gint64 used;       /* unix seconds when it was last gone to, 0 = never */
} QcUnitChoice;
#define QC_N_UNIT_COLOURS 8
void qc_unit_choice_free (QcUnitChoice *choice);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcUnitChoice, qc_unit_choice_free)

/* What is missing before something submitted can leave. */
typedef enum {
  QC_WAITS_FOR_NETWORK,
  QC_WAITS_FOR_SIGN_IN, /* nobody is signed in */
  QC_WAITS_FOR_ACCOUNT, /* the account that is signed in may not act for the unit */
  QC_WAITS_FOR_CENTER,  /* which put it off */
  QC_WAITS_FOR_BEFORE,  /* the center is being asked about what it depends on */
} QcWaitsFor;

/* Figures of one month for the chart of 首页. */
typedef struct {
  QcMonth month;
  gint64 people;
  QcMoney fen;
} QcMonthFigure;

/* A draft that is not finished. */
typedef struct {
  gint64 id;
  QcBusiness business;
  char *title; /* (owned) shown */
  gint64 faults, changed;
  gboolean refused; /* by the center, and not touched since */
} QcHomeDraft;

/* Somebody who will drop out of 汇缴 by retirement age. */
typedef struct {
  char *account, *name; /* (owned) */
  QcMonth month;        /* the last one she is remitted for; NONE = her class is not known, and it will matter */
} QcHomeRetiring;
/* From the month that is due on so many more are looked at. */
#define QC_HOME_RETIRING_MONTHS 3

/* What 首页 shows, from one snapshot of the database. */
typedef struct {
  QcUnit *unit;         /* (owned) (nullable) NULL before the first pull */
  QcMonth current;      /* this month, by the center's clock */
  QcMonth due;          /* 应汇缴年月 */
  gint64 due_people;    /* expected headcount of the due month (left-out people not counted) */
  QcMoney due_fen;      /* expected amount of the due month */
  guint due_waiting;    /* so many rosters that wait in the outbox are in these figures */
  gint64 left_out;      /* past retirement */
  gint64 unanswered;    /* must be answered before 办理 */
  gint64 pending;       /* arrived by 同城转移, and the base is to be adjusted */
  gboolean due_is_open; /* due ≤ current, and no unfinished 汇缴 covers it */
  GPtrArray *drafts;    /* (owned) QcHomeDraft, last changed first */
  gint64 queued;        /* 待联网提交 and on the way */
  gint64 held;          /* 暂停提交: behind one that was refused or taken back */
  gint64 unknown;       /* being verified with the center */
  gint64 returned;      /* 已退回 */
  GPtrArray *under_way; /* (owned) QcApplication: 登记, 待审核, 已受理, but for those to be paid, newest first */
  GPtrArray *stopped;   /* (owned) QcApplication: 已退回 and 划款失败, the newest of them */
  GPtrArray *waiting;   /* (owned) char *: keys of what waits in the outbox, held ones first, then unknown ones */
  gint64 n_retiring;    /* who will soon reach retirement, beside those left out already */
  GPtrArray *retiring;  /* (owned) QcHomeRetiring: the first of them, soonest first */
  gint64 now;           /* by the center's clock */
  GPtrArray *payments;  /* (owned) QcApplication: 非托收, where money of the unit is awaited */
  gint64 draw_failed;   /* 划款失败 */
  GArray *months;       /* (owned) QcMonthFigure, the last twelve remitted months, oldest first */
} QcHomeFigures;
void qc_home_figures_free (QcHomeFigures *figures);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcHomeFigures, qc_home_figures_free)

/*
 * Signals: "profile-changed", "units-changed", "unit-changed" (all without arguments), "data-changed" (guint flags of
 * QcDataKind; only for the current unit), "sync-changed", "uploading" (without arguments: pictures on their way are
 * further, a few times a second).
 */
QcSession *qc_session_new (QcContext *context);
QcContext *qc_session_get_context (QcSession *self);

/*
 * Reads what was chosen last time: profile, entry (行政级别, city, department), unit. Call once the context is open.
 * The result says where the window opens: FALSE = first start. @practice: open in practice whatever was chosen last.
 */
void qc_session_restore_async (QcSession *self, gboolean practice, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data);
gboolean qc_session_restore_finish (QcSession *self, GAsyncResult *result, gboolean *out_entered, GError **error);

/*
 * Starts what is not needed for the first picture: sync, and in practice the practice center. Called by the window
 * once its first frame is on screen; calling it again does nothing.
 */
void qc_session_start (QcSession *self);
/* Ends sync and forgets the profile; for the end of the program. */
void qc_session_stop (QcSession *self);

/* @id: of a profile, or "practice" (starts the practice center when it is not running). */
#define QC_SESSION_PRACTICE "practice"
void qc_session_choose_profile_async (QcSession *self, const char *id, GCancellable *cancellable,
                                      GAsyncReadyCallback callback, gpointer user_data);
gboolean qc_session_choose_profile_finish (QcSession *self, GAsyncResult *result, GError **error);
const QcProfileInfo *qc_session_get_profile (QcSession *self); /* (nullable) */
gboolean qc_session_is_practice (QcSession *self);
/* Checks and keeps a profile file that a center handed out; it is not chosen by that. (transfer full) */
QcProfileInfo *qc_session_import_profile (QcSession *self, GFile *file, GError **error);
/* 行政级别 → city → department were chosen: remembered for this profile, the window opens at 首页 next time. */
void qc_session_set_entered (QcSession *self, guint directory_entry);
gboolean qc_session_is_entered (QcSession *self);

/* Called once with the address of the portal page, to be opened in the browser or copied. */
typedef void (*QcSessionAddressFunc) (const char *address, gpointer user_data);
/* Signs in on the portal's pages (P2), then asks for the units and starts the first pull. */
void qc_session_sign_in_async (QcSession *self, QcSessionAddressFunc address, gpointer address_data,
                               GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean qc_session_sign_in_finish (QcSession *self, GAsyncResult *result, GError **error);
/* The same with a refresh token instead of a browser, for scripts; finished by qc_session_sign_in_finish(). */
void qc_session_sign_in_with_token_async (QcSession *self, const char *refresh_token, GCancellable *cancellable,
                                          GAsyncReadyCallback callback, gpointer user_data);
/* The refresh token as it is now (each use makes a new one), for scripts that have no keyring. A secret.
 * (transfer full) (nullable) */
char *qc_session_dup_refresh_token (QcSession *self);
/* Keeps drafts and queue. */
void qc_session_sign_out_async (QcSession *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean qc_session_sign_out_finish (QcSession *self, GAsyncResult *result, GError **error);
gboolean qc_session_is_signed_in (QcSession *self);
/* FALSE: the sign-in ends with the program, because there is no keyring; to be said plainly. */
gboolean qc_session_is_sign_in_kept (QcSession *self);
const char *qc_session_get_user_name (QcSession *self); /* (nullable) who is signed in */

/* (element-type QcUnitChoice) borrowed; empty before the first sign-in. */
GPtrArray *qc_session_get_units (QcSession *self);
const QcUnitChoice *qc_session_get_unit (QcSession *self); /* (nullable) the current one */
const char *qc_session_get_unit_account (QcSession *self); /* (nullable) */
void qc_session_set_unit (QcSession *self, const char *account);
/* What she calls the unit @account of this profile (a QC_TEXT_SHORT_NAME, NULL: what its name proposes) and its
 * colour; emits "units-changed" once it is kept. */
void qc_session_mark_unit_async (QcSession *self, const char *account, const char *label, guint colour,
                                 GAsyncReadyCallback callback, gpointer user_data);
gboolean qc_session_mark_unit_finish (QcSession *self, GAsyncResult *result, GError **error);
/* Its name here and on buttons: the label of the unit with this account, else what @name proposes. (transfer full) */
char *qc_session_dup_unit_label (QcSession *self, const char *account, const char *name);
/* FALSE: somebody is signed in who may not act for the unit @account. */
gboolean qc_session_may_act (QcSession *self, const char *account);
/* What a submission of the unit @account waits for, as far as the session knows: nothing of center or outbox. */
QcWaitsFor qc_session_waits_for (QcSession *self, const char *account);

void qc_session_sync_now (QcSession *self);
/* TRUE while the window is shown and something waits for the center: it is asked every half minute, later ever more
 * rarely. */
void qc_session_set_watched (QcSession *self, gboolean watched);
QcSyncStatus qc_session_get_sync_status (QcSession *self);
gint64 qc_session_get_synced_at (QcSession *self);         /* unix seconds, 0 = never */
const GError *qc_session_get_sync_error (QcSession *self); /* (nullable) */
double qc_session_get_sync_progress (QcSession *self);     /* 0 … 1, -1 = not known */
gint64 qc_session_get_n_waiting (QcSession *self);         /* items in the outbox */
gint64 qc_session_get_clock_offset (QcSession *self);      /* seconds the center is ahead; 0 when in step */
/* How far the pictures of @item of the outbox are, or those of all items; no pictures = none is on its way. */
QcUploadProgress qc_session_get_upload (QcSession *self, gint64 item);
QcUploadProgress qc_session_get_uploads (QcSession *self);
gboolean qc_session_is_uploading (QcSession *self);

/* Today by the center of the profile: practice has its own date. */
QcDate qc_session_get_today (QcSession *self);

void qc_session_load_home_async (QcSession *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer user_data);
QcHomeFigures *qc_session_load_home_finish (QcSession *self, GAsyncResult *result, GError **error);
/* To be called by services of app after they wrote: emits "data-changed". */
void qc_session_data_changed (QcSession *self, QcDataKind what);
/* Writes into the journal what the clerk did; nobody waits for it. A failure stands as
 * a failed sync until an entry is written again. */
void qc_session_journal (QcSession *self, const char *event, const char *subject, const char *details);

/* Walks the journal's chain. Fails with "store.tampered" when it does not hold. */
void qc_session_verify_journal_async (QcSession *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                      gpointer user_data);
/* *@out_entry (nullable): the first entry that does not fit, 0 = none. */
gboolean qc_session_verify_journal_finish (QcSession *self, GAsyncResult *result, gint64 *out_entry, GError **error);

/* Practice only: moves the practice date by @months, 重新开始, seconds after which arrivals confirm themselves
 * (-1 = only by hand in the console). */
void qc_session_practice_advance_async (QcSession *self, int months, GCancellable *cancellable,
                                        GAsyncReadyCallback callback, gpointer user_data);
void qc_session_practice_reset_async (QcSession *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                      gpointer user_data);
void qc_session_practice_set_delay_async (QcSession *self, int seconds, GCancellable *cancellable,
                                          GAsyncReadyCallback callback, gpointer user_data);
/* Seconds after which applications in 待审核 are decided (−1 = by hand), and how many of a hundred are returned then.
 */
void qc_session_practice_set_review_async (QcSession *self, int seconds, int returned, GCancellable *cancellable,
                                           GAsyncReadyCallback callback, gpointer user_data);
/* What the practice center does by itself now. */
typedef struct {
  gint64 arrival_delay, review_delay; /* seconds as above, −1 = by hand */
  int review_returned;
} QcPracticeSettings;
void qc_session_practice_read_async (QcSession *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean qc_session_practice_read_finish (QcSession *self, GAsyncResult *result, QcPracticeSettings *out,
                                          GError **error);
gboolean qc_session_practice_finish (QcSession *self, GAsyncResult *result, GError **error);

G_END_DECLS
