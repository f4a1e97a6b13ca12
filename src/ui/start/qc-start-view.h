/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The first start, step by step: practice or a center, signing in, then level, city, department and business. Also
 * where one comes back to sign in again or to change the center. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "qc-department-page.h"
#include "qc-session.h"
#include "qc-sign-in-page.h"

G_BEGIN_DECLS

#define QC_TYPE_START_VIEW (qc_start_view_get_type ())
G_DECLARE_FINAL_TYPE (QcStartView, qc_start_view, QC, START_VIEW, AdwBin)

typedef enum { QC_START_WELCOME, QC_START_CENTERS, QC_START_SIGN_IN, QC_START_DEPARTMENT } QcStartStep;

/* Signal "busy-changed". */
GtkWidget *qc_start_view_new (QcSession *session);
/* A profile is being chosen, which may mean that the practice center starts. */
gboolean qc_start_view_is_busy (QcStartView *self);
/* The step that comes next by what is known: no profile, no units, not entered. */
void qc_start_view_continue (QcStartView *self);
void qc_start_view_set_step (QcStartView *self, QcStartStep step);
QcStartStep qc_start_view_get_step (QcStartView *self);
/* One step back; FALSE at the first. */
gboolean qc_start_view_go_back (QcStartView *self);
/* Whether there is a work view to go back to from the first step shown. */
void qc_start_view_set_can_leave (QcStartView *self, gboolean can_leave);
/* Chooses @profile ("practice" or an id), shows what goes wrong, goes on. */
void qc_start_view_choose (QcStartView *self, const char *profile);
void qc_start_view_import (QcStartView *self, GFile *file);
QcSignInPage *qc_start_view_get_sign_in (QcStartView *self);
QcDepartmentPage *qc_start_view_get_department (QcStartView *self);

G_END_DECLS
