/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The errors of app itself, and the one place that gives every GError of the rooms below a stable name. The windows
 * turn the name into a title, a reason and the next step; rooms below stay unknown to them. Any thread.
 */
#pragma once

#include <gio/gio.h>

#include "qc-finding.h"

G_BEGIN_DECLS

typedef enum {
  QC_APP_ERROR_LOCKED,      /* another instance holds the data folder */
  QC_APP_ERROR_DATA_DIR,    /* the data folder cannot be made or written */
  QC_APP_ERROR_NO_CENTER,   /* the practice center's program was not found */
  QC_APP_ERROR_CENTER_DIED, /* the practice center ended or did not get ready */
  QC_APP_ERROR_NOT_OPEN,    /* asked before the database was open, or after it was closed */
  QC_APP_ERROR_NO_UNIT,     /* no unit is chosen */
  QC_APP_ERROR_INCOMPLETE,  /* not every feed of the unit was pulled yet */
  QC_APP_ERROR_DRAFT,       /* the draft does not allow it (anymore) */
  QC_APP_ERROR_VOUCHER,     /* there is no voucher that may be printed; the message says why */
  QC_APP_ERROR_NOT_COUNTED, /* paper was made, but not written into the book */
  QC_APP_ERROR_PAPER,       /* what is to be printed is not here, or no longer what it was; the message says why */
  QC_APP_ERROR_WAITING,     /* something waits that other data do not have */
  QC_APP_ERROR_BUSY,        /* the same is being done already */
  QC_APP_ERROR_NO_BUNDLE,   /* not a file that Qingce made to move data */
  QC_APP_ERROR_PASSPHRASE,  /* not the one it was made with */
  QC_APP_ERROR_TORN,        /* its bytes are not those that were written */
  QC_APP_ERROR_NEWER,       /* made by a newer version */
} QcAppError;
#define QC_APP_ERROR (qc_app_error_quark ())
GQuark qc_app_error_quark (void);

/*
 * A stable name: "app.locked", "db.full", "db.newer", "sync.offline", "sync.tls.expired", "sync.sign-in.denied",
 * "io.no-space" …; "other" for what nobody foresaw. Borrowed.
 */
const char *qc_app_error_code (const GError *error);
/* What the center said no with, as findings and never as its prose; NULL when @error is no problem of the center.
 * (transfer full) (nullable) */
GPtrArray *qc_app_error_dup_findings (const GError *error);
/* The center's problem code ("revision-moved", "key-reused" …), NULL when it is none. */
const char *qc_app_error_get_problem_code (const GError *error);
/* Seconds after which the center wants to be asked again, 0 = not said. */
guint qc_app_error_get_retry_after (const GError *error);

G_END_DECLS
