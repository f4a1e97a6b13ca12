/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What the program runs on: the data folder and its lock, the database, the profiles, the practice center. Made in
 * main and passed on; there is no other way to it. Lives on the main thread; whatever takes time runs elsewhere and
 * comes back.
 */
#pragma once

#include <gio/gio.h>

#include "qc-app-error.h"
#include "qc-clock.h"
#include "qc-practice.h"

G_BEGIN_DECLS

#define QC_TYPE_CONTEXT (qc_context_get_type ())
G_DECLARE_FINAL_TYPE (QcContext, qc_context, QC, CONTEXT, GObject)

/* One entry of a profile's directory: 行政级别 → city → department. */
typedef struct {
  char *level;        /* (owned) stable code */
  char *level_name;   /* (owned) */
  char *city;         /* (owned) (nullable) */
  char *department;   /* (owned) (nullable) */
  gboolean connected; /* this profile's API serves it */
} QcDirectoryEntry;

/* What the windows need to know of a center profile. */
typedef struct {
  char *id;         /* (owned) */
  char *name;       /* (owned) the department's name, with （演练） in practice */
  char *portal;     /* (owned) (nullable) address */
  gboolean has_api; /* FALSE: portal only, nothing is connected */
  gboolean is_practice;
  gboolean is_builtin;
  GPtrArray *directory; /* (owned) QcDirectoryEntry */
} QcProfileInfo;
void qc_profile_info_free (QcProfileInfo *info);
QcProfileInfo *qc_profile_info_copy (const QcProfileInfo *info);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcProfileInfo, qc_profile_info_free)

/*
 * qc_context_new:
 * @data_dir: (nullable): NULL = $QINGCE_DATA, else $XDG_DATA_HOME/qingce
 *
 * Touches nothing yet.
 */
QcContext *qc_context_new (const char *data_dir);

/*
 * Takes the lock and opens the database, off the main thread. Errors: QC_APP_ERROR_LOCKED (who holds it is in the
 * message), QC_DB errors (damaged, newer, full) as qc_app_error_code() names them.
 */
void qc_context_open_async (QcContext *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean qc_context_open_finish (QcContext *self, GAsyncResult *result, GError **error);
gboolean qc_context_is_open (QcContext *self);
/* Where a damaged database was moved at this opening (a new one was begun); NULL when it was sound. To be said. */
const char *qc_context_get_set_aside (QcContext *self);
/* What of it came over into the new one; to be freed by qc_salvaged_free(). NULL: nothing could be read, or it was
 * sound. (transfer full) (nullable) */
typedef struct {
  gint64 drafts, waiting, entries, vouchers;
  GPtrArray *incomplete; /* (owned) char*: names of drafts of which lines are missing */
} QcSalvaged;
void qc_salvaged_free (QcSalvaged *salvaged);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcSalvaged, qc_salvaged_free)
QcSalvaged *qc_context_dup_salvaged (QcContext *self);
/* That in words: what came over and what is missing. @salvaged: (nullable) (transfer full) */
char *qc_salvaged_dup_words (const QcSalvaged *salvaged);
/* Where the data went whose place others took at this opening; NULL when none did. To be said. */
const char *qc_context_get_replaced (QcContext *self);
/* Ends the practice center, finishes what is queued, closes the database, gives the lock back. */
void qc_context_shutdown (QcContext *self);

const char *qc_context_get_data_dir (QcContext *self);
/* The clock everything in app asks: the system's, or in practice the practice center's day. */
const QcClock *qc_context_get_clock (QcContext *self);

/* Built-in and imported profiles, without practice. (transfer full) (element-type QcProfileInfo) */
GPtrArray *qc_context_list_profiles (QcContext *self);
/* Checks and keeps a profile file that a center handed out. (transfer full) */
QcProfileInfo *qc_context_import_profile (QcContext *self, GFile *file, GError **error);

/* The practice center of this data folder (not started by asking for it). */
QcPractice *qc_context_get_practice (QcContext *self);

G_END_DECLS
