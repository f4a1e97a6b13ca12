/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The controller's inside, shared by the object and its rounds. Main context.
 */
#pragma once

#include "qc-sync-run.h"
#include "qc-sync.h"

G_BEGIN_DECLS

struct _QcSync {
  GObject parent;
  QcProfile *profile;       /* (owned) */
  QcDatabase *database;     /* (owned) */
  GNetworkMonitor *monitor; /* (owned) */
  QcClock clock;
  gboolean has_clock;
  QcTokens *tokens; /* (owned) (nullable) NULL without API */
  QcOutbox *outbox; /* (owned) (nullable) likewise */
  char *unit;       /* (owned) (nullable) */
  QcSyncState state;
  gint64 as_of;
  guint waiting;
  double progress;
  GError *error; /* (owned) (nullable) */
  gboolean started;
  GCancellable *run;  /* (owned) (nullable) the round under way */
  gboolean again;     /* another round right after it */
  gboolean wake;      /* the next round wakes what waits */
  GSource *timer;     /* (owned) (nullable) */
  guint failures;     /* in a row */
  gboolean watched;   /* somebody waits before the window */
  guint quiet;        /* rounds in a row that brought nothing */
  gint64 ended;       /* monotonic: when the last round did */
  int dirty;          /* feed whose rows changed and nobody was told, −1 = none */
  GCancellable *life; /* (owned) */
};

enum {
  QC_SYNC_PROP_STATE = 1,
  QC_SYNC_PROP_AS_OF,
  QC_SYNC_PROP_WAITING,
  QC_SYNC_PROP_PROGRESS,
  QC_SYNC_PROP_UNIT,
  QC_SYNC_PROP_ERROR,
  QC_SYNC_PROP_PERSISTENT,
  QC_SYNC_PROP_CLOCK_OFFSET,
  QC_SYNC_N_PROPS
};

/* Emits notify of one of the above. */
void qc_sync_notify (QcSync *self, guint prop);
void qc_sync_emit_pulled (QcSync *self, guint feed);
/* ---- the rounds ---- */
void qc_sync_set_state (QcSync *self, QcSyncState state, const GError *error);
/* "as-of" and "waiting" from the database. */
void qc_sync_read_figures (QcSync *self);
/* A round now, or right after the one under way. @wake: somebody asked, or the network is back. */
void qc_sync_start_round (QcSync *self, gboolean wake);
/* Said as the state, and tried again when its time has come. */
void qc_sync_judge_failure (QcSync *self, const GError *error);
/* No round by itself any more. */
void qc_sync_stop_timer (QcSync *self);
/* Tells of rows that changed and were not told of. */
void qc_sync_tell_pulled (QcSync *self);

G_END_DECLS
