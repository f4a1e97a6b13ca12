/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What the tables of this room share: scopes, findings as rows. Not for other rooms. Database threads only.
 */
#pragma once

#include "qc-store-attachments.h"
#include "qc-connection.h"
#include "qc-finding.h"
#include "qc-pinyin.h"
#include "qc-sql.h"
#include "qc-store-cursors.h"
#include "qc-store.h"

G_BEGIN_DECLS

/* A blob column as bytes, NULL for NULL. (transfer full) (nullable) */
GBytes *qc_store_dup_bytes (QcStatement *statement, int column);

/* Brings the database @path, open as @connection, to the version of this program. */
gboolean qc_store_migrate (QcConnection *connection, const char *path, GError **error);

/* For LIKE … ESCAPE '\': anything with @text in it. (transfer full) */
char *qc_store_dup_pattern (const char *text);

/* The scope of a unit; 0 when nothing of it was ever stored. */
gboolean qc_store_scope_find (QcConnection *connection, const char *profile, const char *unit, gint64 *out,
                              GError **error);
/* The same, made if needed. */
gboolean qc_store_scope_ensure (QcConnection *connection, const char *profile, const char *unit, gint64 *out,
                                GError **error);

/* A page that is being applied: what each table's apply function needs. */
typedef struct {
  QcConnection *connection;
  gint64 scope;
  gint64 pull;
} QcStorePage;
typedef gboolean (*QcStoreApplyFunc) (const QcStorePage *page, const QcFeedRow *row, GError **error);
/* Each takes a row with its content, or a deleted one. */
gboolean qc_store_apply_unit (const QcStorePage *page, const QcFeedRow *row, GError **error);
gboolean qc_store_apply_ratios (const QcStorePage *page, const QcFeedRow *row, GError **error);
gboolean qc_store_apply_policy (const QcStorePage *page, const QcFeedRow *row, GError **error);
gboolean qc_store_apply_code (const QcStorePage *page, const QcFeedRow *row, GError **error);
gboolean qc_store_apply_person (const QcStorePage *page, const QcFeedRow *row, GError **error);
gboolean qc_store_apply_base (const QcStorePage *page, const QcFeedRow *row, GError **error);
gboolean qc_store_apply_span (const QcStorePage *page, const QcFeedRow *row, GError **error);
gboolean qc_store_apply_application (const QcStorePage *page, const QcFeedRow *row, GError **error);
gboolean qc_store_apply_movement (const QcStorePage *page, const QcFeedRow *row, GError **error);
/* What a pull from scratch did not see: people have their own way. */
gboolean qc_store_sweep_people (const QcStorePage *page, GError **error);

/* FALSE with QC_STORE_ERROR_STATE or _NOT_FOUND unless @draft may be edited. */
gboolean qc_store_draft_check_open (QcConnection *connection, gint64 draft, GError **error);

#define QC_STORE_FINDING_COLUMNS "code, severity, month, person, field, args, line, total"
/* These columns from @column on. (transfer full) */
QcFinding *qc_store_read_finding (QcStatement *statement, int column);
/* The args column. (transfer full) */
char *qc_store_finding_args (const QcFinding *finding);

#define QC_STORE_APPLICATION_COLUMNS                                                                           \
  "a.serial, a.key, a.business, a.state, a.draw, a.draw_number, a.draw_reason, a.return_reason, a.method,"     \
  " a.start_month, a.end_month, a.effective, a.people, a.fen, a.arrived, a.created, a.finished, a.entered_by," \
  " a.reviewed_by, a.cashier, a.revision, a.scope,"                                                            \
  " a.received, a.processed, a.replaces, a.replaced_by"
/* All rows of @statement (NULL gives NULL) with months and timeline: QcApplication. (transfer full) */
GPtrArray *qc_store_read_applications (QcConnection *connection, QcStatement *statement, GError **error);

#define QC_STORE_PERSON_COLUMNS                                                                                 \
  "p.account, p.name, p.document_type, p.document, p.sex, p.birth, p.status, p.status_from, p.base, p.opened, " \
  "p.paid_to, p.retirement_class, p.authorized_until, p.base_pending, p.balance, p.mobile, p.revision"
/* Columns QC_STORE_PERSON_COLUMNS from @column on. (transfer full) */
QcEmployee *qc_store_read_person (QcStatement *statement, int column);

/* " shanyun danyun sy dy": every reading of @name and its initials, each with a blank before it. @sort_key (nullable)
 * gets the place of the name in a list. (transfer full) */
char *qc_store_dup_pinyin (QcConnection *connection, const char *name, char **sort_key);

/* ---- attachments ---- */
#define QC_STORE_ATTACHMENT_COLUMNS "t.id, t.kind, t.line, t.name, t.digest, t.size, t.lines"
/* From column 0 on. (transfer full) */
QcStoreAttachment *qc_store_read_attachment (QcStatement *statement);
/* What is to be sent before @item: each digest once. */
gboolean qc_store_uploads_insert (QcConnection *connection, gint64 item, const GPtrArray *attachments, GError **error);

G_END_DECLS
