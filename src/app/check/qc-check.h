/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 检查这台电脑: what Qingce needs of a computer, looked at one thing after the other: what is wrong, and what to do
 * about it. Nothing is changed by looking. Whoever shows it may add what only a window can look at. Main thread;
 * whatever takes time runs elsewhere.
 */
#pragma once

#include "qc-session.h"

G_BEGIN_DECLS

typedef enum {
  QC_CHECK_RUNNING,
  QC_CHECK_GOOD,
  QC_CHECK_NOTICE,  /* it works, but not as well as it could */
  QC_CHECK_FAULT,   /* something will not work */
  QC_CHECK_SKIPPED, /* it does not apply here */
} QcCheckState;

/* What was found of one thing, in words. */
typedef struct {
  QcCheckState state;
  char *reason; /* (owned) what is so */
  char *advice; /* (owned) (nullable) what to do */
} QcCheckVerdict;

typedef struct {
  const char *id;         /* static: "clock" "disk" … */
  const char *title;      /* static, translated */
  QcCheckVerdict verdict; /* running: without words */
} QcCheckItem;

#define QC_TYPE_CHECK (qc_check_get_type ())
G_DECLARE_FINAL_TYPE (QcCheck, qc_check, QC, CHECK, GObject)

/* Signals: "changed" (guint: the place of the item that is known now), "done" (all of them are). */
QcCheck *qc_check_new (QcSession *session);
/* One more thing, @id static, which is not looked at here: qc_check_set() says what was found. */
void qc_check_add (QcCheck *self, const char *id, const char *title);
/* Looks at everything anew; what was under way is given up. Who added things says what they are in answer to
 * "changed" of their places, which come first. */
void qc_check_run (QcCheck *self);
void qc_check_cancel (QcCheck *self);
gboolean qc_check_is_running (QcCheck *self);
QcSession *qc_check_get_session (QcCheck *self);
/* (element-type QcCheckItem) borrowed, in order */
const GPtrArray *qc_check_get_items (QcCheck *self);
/* @verdict is taken; nothing when @id is not being looked at. */
void qc_check_set (QcCheck *self, const char *id, QcCheckVerdict verdict);
guint qc_check_count (QcCheck *self, QcCheckState state);

/* All of it for whoever helps, without whose it is: names of units and people, numbers, the home folder and the name of
 * the computer are masked. @more: (nullable): lines put first. (transfer full) */
char *qc_check_dup_report (QcCheck *self, const char *more);
/* (transfer full) */
char *qc_check_dup_masked (QcSession *session, const char *text);

const char *qc_check_state_get_word (QcCheckState state); /* translated */

G_END_DECLS
