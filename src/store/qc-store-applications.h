/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 业务申请记录 as pulled, with months and timeline; lists by conditions (R5) and figures for badges. Database threads
 * only.
 */
#pragma once

#include "qc-application.h"
#include "qc-connection.h"

G_BEGIN_DECLS

#define QC_STORE_ANY (-1)

/* Conditions; start from QC_STORE_APPLICATION_QUERY_ALL. */
typedef struct {
  int business;         /* QcBusiness or QC_STORE_ANY */
  guint32 states;       /* bits 1 << QcApplicationState, 0 = any */
  int draw;             /* QcDrawResult or QC_STORE_ANY */
  QcMethod method;      /* QC_METHOD_NONE = any */
  QcMonth from, to;     /* any month of the application in [from, to]; QC_MONTH_NONE = open end */
  gint64 since, before; /* when it was handed in, unix seconds: [since, before); 0 = open end */
  const char *serial;   /* part of the 业务流水号; NULL or "" = any (borrowed) */
  const char *serials;  /* (nullable) with @serial: these too, a blank before and behind each (borrowed) */
  gboolean has_fen;
  QcMoney fen;        /* 发生额; the sign does not matter */
  gboolean has_money; /* of whatever 发生额, but of one: what moves money */
} QcStoreApplicationQuery;
#define QC_STORE_APPLICATION_QUERY_ALL             \
  {                                                \
    .business = QC_STORE_ANY, .draw = QC_STORE_ANY \
  }

/* Newest first, months and timeline filled. GPtrArray of QcApplication. (transfer full) */
GPtrArray *qc_store_applications_list (QcConnection *connection, const char *profile, const char *unit,
                                       const QcStoreApplicationQuery *query, gint64 offset, gint64 limit,
                                       GError **error);
/* How many there are, and what those of them that are finished amount to. */
gboolean qc_store_applications_count (QcConnection *connection, const char *profile, const char *unit,
                                      const QcStoreApplicationQuery *query, gint64 *out_count, QcMoney *out_fen,
                                      GError **error);
/* *@out NULL when unknown. (transfer full) */
gboolean qc_store_applications_get (QcConnection *connection, const char *profile, const char *unit, const char *serial,
                                    QcApplication **out, GError **error);
/* Not ended ones (qc_application_is_open), for the rules. (transfer full) */
GPtrArray *qc_store_applications_open (QcConnection *connection, const char *profile, const char *unit, GError **error);
/* One application as the center answered it to a submission or an action; later rows of the feed replace it. */
gboolean qc_store_applications_put (QcConnection *connection, const char *profile, const char *unit,
                                    const QcApplication *application, GError **error);

/* Badges: what waits for her. Indexed by QcBusiness. */
typedef struct {
  gint64 drafts[QC_N_BUSINESSES];   /* unfinished */
  gint64 queued[QC_N_BUSINESSES];   /* submissions 待联网提交, also those held or of unknown outcome */
  gint64 refused[QC_N_BUSINESSES];  /* of those drafts: refused by the center, and not touched since */
  gint64 open[QC_N_BUSINESSES];     /* at the center, not ended */
  gint64 returned[QC_N_BUSINESSES]; /* 已退回 */
  gint64 draw_failed;               /* 汇缴 whose collection failed */
  gint64 held, unknown;             /* of those queued: behind one that was refused; being asked about */
  gint64 unknown_actions;           /* 删除, 重新划款 … whose outcome is being asked about */
} QcStoreBadges;
gboolean qc_store_badges (QcConnection *connection, const char *profile, const char *unit, QcStoreBadges *out,
                          GError **error);

G_END_DECLS
