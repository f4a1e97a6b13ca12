/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * <业务申请记录>: the unit's applications by condition, newest first; on top of them what is not with the center yet:
 * 录入清册 (the drafts of reviewed business) where they are asked for, and what waits in the outbox (R5, B9). A live
 * list: it reads again after every sync. Main context; SQL runs on the reader thread.
 */
#pragma once

#include "qc-application-row.h"
#include "qc-session.h"

G_BEGIN_DECLS

/* Conditions; zero values mean "any". */
typedef struct {
  gboolean any_business;
  gboolean with_money; /* leave out what moves none */
  gboolean drafts;     /* those of reviewed business too */
  QcBusiness business;
  guint states;     /* bit per QcApplicationState, 0 = all; what waits of reviewed business is 登记 */
  QcMethod method;  /* QC_METHOD_NONE = both */
  QcMonth from, to; /* applications that touch these months */
  QcDate created_from, created_to;
  char *text; /* (nullable) part of the 业务流水号 or of the name of somebody on the roster, or an amount */
} QcApplicationConditions;

#define QC_TYPE_APPLICATION_LIST (qc_application_list_get_type ())
G_DECLARE_FINAL_TYPE (QcApplicationList, qc_application_list, QC, APPLICATION_LIST, GObject)

/* A GListModel of QcApplicationRow. Properties: "loading" (boolean), "loaded" (boolean), "error" (boxed GError). */
QcApplicationList *qc_application_list_new (QcSession *session);
/* Copies @conditions and reads; what runs is cancelled. */
void qc_application_list_query (QcApplicationList *self, const QcApplicationConditions *conditions);
void qc_application_list_reload (QcApplicationList *self);
gboolean qc_application_list_is_loading (QcApplicationList *self);
gboolean qc_application_list_is_loaded (QcApplicationList *self);
/* Whether the conditions leave something out: an empty list then means "nothing found", not "nothing there". */
gboolean qc_application_list_is_filtered (QcApplicationList *self);
/* Borrowed until the next query. */
const QcApplicationConditions *qc_application_list_get_conditions (QcApplicationList *self);
QcSession *qc_application_list_get_session (QcApplicationList *self);
const GError *qc_application_list_get_error (QcApplicationList *self);
/* Over everything that fits the conditions, of which the list holds the newest only where that is very much. */
guint qc_application_list_get_total (QcApplicationList *self);
gint64 qc_application_list_get_total_fen (QcApplicationList *self); /* of those that are 已办结 */
/* Another order of the rows that are listed; @compare NULL: the list's own. What is equal stays as it was. */
typedef int (*QcApplicationCompare) (QcApplicationRow *a, QcApplicationRow *b, const char *by);
void qc_application_list_set_order (QcApplicationList *self, QcApplicationCompare compare, const char *by,
                                    gboolean descending);
/* The row with this 业务流水号, key in the outbox, or "draft:" and number; G_MAXUINT if none. */
guint qc_application_list_find (QcApplicationList *self, const char *serial);
guint qc_application_list_find_item (QcApplicationList *self, gint64 item);

G_END_DECLS
