/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The figures of 首页 that need every person of a unit, kept as they were when what they depend on was as the stamp
 * says. Database threads only.
 */
#pragma once

#include "qc-store-spans.h"

G_BEGIN_DECLS

/* Somebody who will reach retirement soon. */
typedef struct {
  char *account, *name; /* (owned) */
  QcMonth month;        /* the last one she is remitted for; NONE = her class is not known */
} QcStoreRetiring;

typedef struct {
  gint64 people; /* of the month that is due */
  QcMoney fen;
  gint64 left_out, unanswered;
  gint64 waiting; /* submissions in the outbox that these figures have in them */
  gint64 pending; /* people who arrived and whose base is to be adjusted */
  gint64 n_retiring;
  GArray *retiring; /* (owned) QcStoreRetiring, the first of them, soonest first */
  GArray *months;   /* (owned) QcStoreMonthFigure, what was paid, in order */
} QcStoreHome;
QcStoreHome *qc_store_home_new (void);
void qc_store_home_free (QcStoreHome *home);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcStoreHome, qc_store_home_free)

/* *@out is NULL where nothing is kept, or under another stamp. (transfer full) */
gboolean qc_store_home_get (QcConnection *connection, const char *profile, const char *unit, const char *stamp,
                            QcStoreHome **out, GError **error);
/* In the place of what was kept of the unit. (write) */
gboolean qc_store_home_keep (QcConnection *connection, const char *profile, const char *unit, const char *stamp,
                             const QcStoreHome *home, GError **error);

G_END_DECLS
