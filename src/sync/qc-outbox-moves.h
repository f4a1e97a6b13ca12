/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The outbox's moves as database work: each is one transaction. Private to the pusher. Made on the main thread, run
 * on the writer's.
 */
#pragma once

#include "qc-database.h"
#include "qc-store-outbox.h"
#include "qc-sync-error.h"
#include "qc-wire-submission.h"

G_BEGIN_DECLS

typedef enum {
  QC_MOVE_BEGIN, /* queued → sending */
  QC_MOVE_ACCEPT,
  QC_MOVE_REFUSE,
  QC_MOVE_RETRY,   /* back to queued */
  QC_MOVE_PUT_OFF, /* queued stays: what goes before it could not be sent */
  QC_MOVE_UNKNOWN,
  QC_MOVE_GIVE_UP,  /* a direct action that did not reach the center: nothing is left to send */
  QC_MOVE_WITHDRAW, /* 撤回 by the clerk */
} QcMoveKind;

/* The reason of QC_MOVE_UNKNOWN when the center answered with something else than what was sent. */
#define QC_MOVE_NOT_OURS "not-ours"

typedef struct {
  QcMoveKind kind;
  gint64 item, now, next_try;
  int status;
  GBytes *answer;             /* (owned) (nullable) */
  char *profile, *unit;       /* (owned) (nullable) */
  QcApplication *application; /* (owned) (nullable) as the center now has it */
  char *serial, *reason;      /* (owned) (nullable) */
  GPtrArray *findings;        /* (owned) (nullable) */
  gboolean not_received;
} QcMove;

QcMove *qc_move_new (QcMoveKind kind, const QcStoreOutboxItem *item, gint64 now);
void qc_move_free (QcMove *move);
/* QcDatabaseFunc on a QcMove. */
gpointer qc_move_run (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error);

/* Whether @item waits for the network (a submission) or is done at once or not at all (a direct action). */
gboolean qc_move_is_submission (const QcStoreOutboxItem *item);
/* What an answer of the center (200, 201) means for @item; QC_MOVE_UNKNOWN when it cannot be read, or is not ours. */
QcMove *qc_move_for_answer (const QcStoreOutboxItem *item, int status, GBytes *answer, gint64 now);
/* What the center says of a key (GET /submissions/{key}); NULL with an error when it cannot be read. */
QcMove *qc_move_for_status (const QcStoreOutboxItem *item, GBytes *answer, guint wait, gint64 now, GError **error);
/* What a failed exchange means for @item, which is SENDING. */
QcMove *qc_move_for_error (const QcStoreOutboxItem *item, const GError *error, guint wait, gint64 now);

G_END_DECLS
