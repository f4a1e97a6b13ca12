/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A data folder with known people (the worked remittance of the domain notes, 2.5), opened as the program opens it:
 * context, session, a unit chosen, a profile without API, so that nothing leaves the computer.
 */
#pragma once

#include "qc-session.h"

G_BEGIN_DECLS

typedef enum {
  QC_FILL_AGREEMENT = 1 << 0,    /* 托收, balance 5,000.00 as of a day before */
  QC_FILL_ASK = 1 << 1,          /* a woman whose class matters and is not known */
  QC_FILL_RETIRED = 1 << 2,      /* a man past his statutory month */
  QC_FILL_APPLICATIONS = 1 << 3, /* one in each state 汇缴 can be in, ended ones only unless _OPEN */
  QC_FILL_OPEN = 1 << 4,         /* an unfinished one: it blocks */
  QC_FILL_LONG_NAMES = 1 << 5,
  QC_FILL_FAILED_DRAW = 1 << 6, /* an unfinished 托收 whose draw failed */
  QC_FILL_PARTIAL = 1 << 7,     /* the last feed has not been pulled yet */
  QC_FILL_HELD = 1 << 8,        /* three 汇缴 in the outbox: one withdrawn, and two held behind it */
  QC_FILL_SEALING = 1 << 9, /* two 封存/启封 that ended, of one the roster is kept; one that waits in the outbox */
  QC_FILL_BACK_PAYMENT = 1 << 10, /* a 补缴 in 待审核 whose roster is kept: 安大海, 202607 to 202608 */
  QC_FILL_ASK_ANOTHER = 1 << 11,  /* and one who is past the month of each class but the last */
} QcFill;

#define QC_FIXTURE_UNIT "231100000042"
/* Of 封存/启封: the one whose roster is kept, and the other. */
#define QC_FIXTURE_SEALING      "FQ202600000001"
#define QC_FIXTURE_SEALING2     "FQ202600000002"
#define QC_FIXTURE_BACK_PAYMENT "BJ202600000001"
#define QC_FIXTURE_TODAY        20261123

typedef struct {
  char *dir; /* (owned) */
  QcContext *context;
  QcSession *session;
} QcAppFixture;

/* @dir: (nullable): a fresh one. @extra: so many more people with base 5,000.00. */
QcAppFixture *qc_app_fixture_new (const char *dir, QcFill fill, guint extra);
/* Only the folder, for a window to be opened over. (transfer full) */
char *qc_app_fixture_make_folder (QcFill fill, guint extra);
/* The program ends and starts again on the same folder; nothing is flushed by hand. */
void qc_app_fixture_restart (QcAppFixture *fixture);
/* Closes it and leaves the folder. */
void qc_app_fixture_close (QcAppFixture *fixture);
void qc_app_fixture_free (QcAppFixture *fixture);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcAppFixture, qc_app_fixture_free)

/* Iterates the main context until @done says so; fails after a minute. */
void qc_app_fixture_until (gboolean (*done) (gpointer data), gpointer data);
/* Replaces the unit as a pull would (its revision goes up, 缴至年月 becomes @paid_to). */
void qc_app_fixture_move_unit (QcAppFixture *fixture, QcMonth paid_to);
/* Changes the database behind everybody's back; nobody is told. */
void qc_app_fixture_sql (QcAppFixture *fixture, const char *sql);
/* "subject|detail" of the newest entry of the journal with this code, "" where there is none. (transfer full) */
char *qc_app_fixture_dup_journal (QcAppFixture *fixture, const char *code);
/* The last feed comes, empty, as at the end of a first pull. */
void qc_app_fixture_complete (QcAppFixture *fixture);

G_END_DECLS
