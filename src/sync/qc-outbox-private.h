/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The pusher's inside: its object and the steps of one item, shared by the loop and the direct actions. Main context.
 */
#pragma once

#include "qc-outbox-moves.h"
#include "qc-outbox.h"

G_BEGIN_DECLS

#define QC_OUTBOX_LONGEST_WAIT 600 /* seconds that an item waits for which the center named no time */

struct _QcOutbox {
  GObject parent;
  QcTokens *tokens;     /* (owned) */
  QcDatabase *database; /* (owned) */
  char *profile;        /* (owned) */
  QcClock clock;
  gboolean has_clock;
  GPtrArray *pushers;  /* (owned) (nullable) GTask that wait for the push under way */
  gboolean again;      /* somebody asked while the push under way was about to end */
  gboolean recovered;  /* what an earlier process left "sending" is to be asked about */
  GArray *unwritten;   /* (owned) gint64: items of which the outcome could not be written down */
  GHashTable *uploads; /* (owned) gint64 → GCancellable, borrowed: items whose pictures are on their way */
  guint n_uploads;     /* of them */
  QcOutboxStepFunc step_func;
  gpointer step_data;
};

/* A step of one item: the task it belongs to, and the item. */
typedef struct {
  GTask *task;             /* (owned) source object: the outbox */
  QcStoreOutboxItem *item; /* (owned) */
  GError *error;           /* (owned) (nullable) what to say after the move is written */
  GBytes *answer;          /* (owned) (nullable) likewise */
  gint64 retry_at;
  gboolean direct; /* a direct action: the task gets the answer; else the push goes on */
} QcOutboxStep;

void qc_outbox_step_free (QcOutboxStep *step);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcOutboxStep, qc_outbox_step_free)

gint64 qc_outbox_now (QcOutbox *self);
/* "changed": stored before it is announced. */
void qc_outbox_announce (QcOutbox *self, gint64 item);
/* Attempt committed, then sent (taken). */
void qc_outbox_step_begin (QcOutboxStep *step);
/* The pictures that @item (taken) needs, beside the loop; it goes itself when they are there. (qc-outbox-uploads.c) */
void qc_outbox_upload_begin (QcOutbox *self, QcStoreOutboxItem *item);
/* @item was taken back. */
void qc_outbox_upload_cancel (QcOutbox *self, gint64 item);
/* gint64: the items whose pictures are on their way. (transfer full) */
GArray *qc_outbox_dup_uploading (QcOutbox *self);
/* FALSE: enough items send theirs. */
gboolean qc_outbox_may_upload (QcOutbox *self);
void qc_outbox_tell_progress (QcOutbox *self, gint64 item, const QcUploadProgress *progress);
/* The push under way looks once more, or else somebody is to begin one; with @error (nullable) not at once. */
void qc_outbox_tell_uploaded (QcOutbox *self, const GError *error);
/* Seconds until @item is tried again. */
guint qc_outbox_step_wait (const QcStoreOutboxItem *item);
/* Whether what went wrong holds for every other item too. */
gboolean qc_outbox_stops_push (const GError *error);
/* Sends what was begun (taken), writes down what came of it, then goes on: see the next two. */
void qc_outbox_step_send (QcOutboxStep *step);
/* Asks what became of an item of unknown outcome (taken). */
void qc_outbox_step_ask (QcOutboxStep *step);
/* The loop: the next item, or the end of the push with @next_due or @error. */
void qc_outbox_push_next (GTask *task);
void qc_outbox_end_push (QcOutbox *self, gint64 next_due, const GError *error);

G_END_DECLS
