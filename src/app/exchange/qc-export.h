/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 导出: a roster to be filled in and imported again, with all people of the unit or with what its list shows, and the
 * lists of the program as they are shown. What is exported is settled when the object is made; reading and
 * writing run beside everything else on a thread of their own, over one snapshot of the database. Main context.
 */
#pragma once

#include "qc-application-list.h"
#include "qc-people-list.h"
#include "qc-roster-service.h"

G_BEGIN_DECLS

#define QC_TYPE_EXPORT (qc_export_get_type ())
G_DECLARE_FINAL_TYPE (QcExport, qc_export, QC, EXPORT, GObject)

/* 附有单位所有人员: everybody of the unit, 封存 marked; what is to be entered is empty, or as in the draft of @business
 * that was changed last. */
QcExport *qc_export_new_everybody (QcSession *session, QcBusiness business);
/* The same with the draft that is on the screen. */
QcExport *qc_export_new_everybody_of (QcRosterService *service);
/* What the list of the roster shows, in its order. */
QcExport *qc_export_new_shown (QcRosterService *service);
QcExport *qc_export_new_people (QcPeopleList *list);
QcExport *qc_export_new_applications (QcApplicationList *list);

/* A column of any other list. */
typedef struct {
  const char *title; /* translated, for good */
  guint chars;       /* about as wide */
  gboolean figures;  /* amounts or numbers: what is read as one is written as one */
  gboolean unsummed; /* of which there is no sum: a base, a balance after each movement */
} QcExportColumn;
/* A list as it is read on the screen. @cells: char* (nullable), @n_columns a row (transfer full); @note: (nullable)
 * what of it is shown, in words; @month: in the name of the file, NONE = none. */
QcExport *qc_export_new_table (QcSession *session, const char *title, QcMonth month, const QcExportColumn *columns,
                               guint n_columns, GPtrArray *cells, const char *note);

/* 缴存基数调整_<unit>_2026年10月.xlsx: a name that every system takes. (transfer full) */
char *qc_export_dup_file_name (QcExport *self);
/* How far it is, 0 … 1. */
double qc_export_get_progress (QcExport *self);
/* Once. The file is there whole when it ends well, and what was there before otherwise. */
void qc_export_run_async (QcExport *self, const char *path, GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data);
/* How many rows were written; -1 on error. */
gint64 qc_export_run_finish (QcExport *self, GAsyncResult *result, GError **error);

G_END_DECLS
