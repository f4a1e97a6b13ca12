/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What services inside app may reach through the session: the database, the ids its tables are keyed by, and sync.
 * Not for windows: its headers do not compile there. Lives on the main thread.
 */
#pragma once

#include "qc-database.h"
#include "qc-session.h"
#include "qc-sync.h"

G_BEGIN_DECLS

/* The day the center calls today, QC_DATE_NONE = this computer's. Moves the context's clock. */
void qc_context_set_today (QcContext *self, QcDate today);
/* (transfer full) */
QcProfileInfo *qc_context_describe_profile (QcProfile *profile);
/* Borrowed; NULL until the context is open. */
QcDatabase *qc_context_get_database (QcContext *self);
QcDatabase *qc_session_get_database (QcSession *self);
/* For writes of the database nobody waits for. @data: (static) what it was, for the log. */
void qc_session_written_cb (GObject *source, GAsyncResult *result, gpointer data);
/* What went wrong where nobody waits for an answer: it stands as a failed sync, so that the window says it. */
typedef enum {
  QC_SESSION_FAULT_PRACTICE, /* the practice center's profile cannot be used */
  QC_SESSION_FAULT_JOURNAL,  /* an entry could not be written */
  QC_SESSION_FAULT_QUEUE,    /* what waits could not be read */
  QC_N_SESSION_FAULTS,
} QcSessionFault;
/* @error (nullable): NULL = over. */
void qc_session_set_fault (QcSession *self, QcSessionFault fault, const GError *error);
/* Key of the tables; NULL before a profile is chosen. */
const char *qc_session_get_profile_id (QcSession *self);
/* Writes a pref of the current profile (or "" = of the program) in the background. */
void qc_session_set_pref (QcSession *self, const char *profile, const char *name, const char *value);
/* Borrowed; NULL where the profile has no API. */
QcSync *qc_session_get_sync (QcSession *self);

G_END_DECLS
