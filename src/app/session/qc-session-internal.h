/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The session's fields, shared by the files it is written in and by nobody else. Main thread.
 */
#pragma once

#include "qc-session-private.h"

G_BEGIN_DECLS

struct _QcSession {
  GObject parent_instance;
  QcContext *context;  /* (owned) */
  QcProfile *profile;  /* (owned) (nullable) */
  QcProfileInfo *info; /* (owned) (nullable) */
  QcSync *sync;        /* (owned) (nullable) */
  GPtrArray *units;    /* (owned) QcUnitChoice */
  char *unit;          /* (owned) (nullable) account of the current one */
  char *user;          /* (owned) (nullable) */
  gboolean entered;
  gboolean started;
  guint changed_flags; /* QcDataKind not yet told */
  guint changed_source;
  guint rest_source;   /* after a round of sync */
  gboolean watched;    /* somebody waits for the center */
  GHashTable *uploads; /* (owned) gint64, item of the outbox → QcUploadProgress */
  guint uploads_source;
  GError *faults[QC_N_SESSION_FAULTS]; /* (owned) (nullable) what went wrong where nobody waited */
};

/* What the database knows of a profile. */
typedef struct {
  GPtrArray *units; /* (owned) QcUnitChoice */
  char *unit;       /* (owned) (nullable) last one */
  char *user;       /* (owned) (nullable) */
  gboolean entered;
} QcProfileState;
void qc_profile_state_free (QcProfileState *state);
QcProfileState *qc_profile_state_read (QcConnection *connection, const char *profile, GError **error);

/* Makes @profile the current one, with a sync of its own; takes nothing from the database. */
void qc_session_adopt_profile (QcSession *self, QcProfile *profile);
void qc_session_adopt_state (QcSession *self, QcProfileState *state);
/* The current unit was gone to now: those gone to last stand first. (qc-session-memory.c) */
void qc_session_note_used (QcSession *self);
void qc_session_emit_units_changed (QcSession *self);
/* Also where it is the same one, of which what was done is gone. */
void qc_session_emit_unit_changed (QcSession *self);
/* Connects and disconnects what sync says. */
void qc_session_watch_sync (QcSession *self);
void qc_session_drop_sync (QcSession *self);
/* Sync said how far the pictures of @item are. (qc-session-uploads.c) */
void qc_session_take_upload (QcSession *self, gint64 item, const QcUploadProgress *progress);
void qc_session_forget_uploads (QcSession *self);
/* Emits "sync-changed" and "data-changed". */
void qc_session_emit_sync_changed (QcSession *self);

G_END_DECLS
