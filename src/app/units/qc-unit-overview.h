/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * All units of all center profiles side by side (X7): what is due, returned, unfinished and waiting in each, as far as
 * it is known here and as of when. For the 代账会计, who asks every morning which of her thirty units needs something.
 * Main thread; figures come from the reader thread.
 */
#pragma once

#include "qc-session.h"

G_BEGIN_DECLS

typedef struct {
  char *profile;      /* (owned) its id */
  char *center;       /* (owned) its department, with （演练） in practice */
  gboolean practice;  /* nothing of it is real */
  QcUnitChoice *unit; /* (owned) */
  gboolean is_known;  /* FALSE: nothing of it was fetched yet, and no figure below counts */
  QcUnitStatus status;
  QcMonth due;          /* 应汇缴年月 */
  gboolean due_is_open; /* due ≤ this month of its center, and no 汇缴 of it is under way */
  guint behind;         /* so many months before this one */
  gint64 people;        /* 缴存人数 */
  gint64 returned;      /* 已退回, and refused drafts */
  gint64 failed;        /* 划款失败 */
  gint64 drafts;        /* unfinished */
  gint64 waiting;       /* in the outbox: 待联网提交, held, of unknown outcome */
  gint64 open;          /* at the center, not ended */
  gint64 as_of;         /* unix seconds of what is known of it, 0 = never */
} QcUnitStanding;
void qc_unit_standing_free (QcUnitStanding *standing);
/* Whether she has something to do there. */
gboolean qc_unit_standing_needs_her (const QcUnitStanding *standing);

/* Those that need her first, then by name. GPtrArray of QcUnitStanding. */
void qc_unit_overview_load_async (QcSession *session, GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data);
GPtrArray *qc_unit_overview_load_finish (QcSession *session, GAsyncResult *result, GError **error);

/* One more of the @n units has been asked about. */
typedef void (*QcUnitOverviewFunc) (guint done, guint n, gpointer user_data);
/* Asks the center how the other units of this profile stand, one after the other: the unit itself and its applications.
 * The unit on screen has its own round. Ends early when the unit on screen changes. */
void qc_unit_overview_refresh_async (QcSession *session, QcUnitOverviewFunc progress, gpointer progress_data,
                                     GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean qc_unit_overview_refresh_finish (QcSession *session, GAsyncResult *result, GError **error);

G_END_DECLS
