/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Attachments in the ledger: what is on its way and how far, what a unit has sent whole, and what applications name.
 * Functions of qc-engine.h's kind: they rely on the transaction of their connection.
 */
#pragma once

#include "qc-attachment.h"
#include "qc-connection.h"
#include "qc-submission.h"
#include "qc-upload-files.h"

G_BEGIN_DECLS

#define QC_UPLOAD_KEPT (7 * 24 * 3600) /* seconds that what nothing names is kept after it was last asked for */

typedef struct {
  char *id;     /* (owned) part of its address; nobody can guess one */
  char *digest; /* (owned) */
  gint64 unit;  /* row */
  gint64 size;
  gint64 have; /* bytes that are on the disk; all of them: it is whole and has been judged */
} QcUpload;
void qc_upload_free (QcUpload *upload);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcUpload, qc_upload_free)

/*
 * An upload of @size bytes for @unit (account): the one that was begun before, where there is one; at its end, where
 * the unit has sent them before. *@out NULL: what the unit has sent without using it would be too much (write)
 */
gboolean qc_engine_upload_begin (QcConnection *connection, QcUploadFiles *files, const char *unit, const char *digest,
                                 gint64 size, gint64 now, QcUpload **out, GError **error);
/* *@out NULL: the unit has none of that number. (read) (transfer full) */
gboolean qc_engine_upload_find (QcConnection *connection, const char *unit, const char *id, QcUpload **out,
                                GError **error);
/* @have bytes are on the disk now; if all, the unit has it. (write) */
gboolean qc_engine_upload_move (QcConnection *connection, const QcUpload *upload, gint64 have, gint64 now,
                                GError **error);
/* It is no more. (write) */
gboolean qc_engine_upload_end (QcConnection *connection, const QcUpload *upload, GError **error);
/* What nothing has asked for in QC_UPLOAD_KEPT goes, and files that the ledger does not know. (write) */
gboolean qc_engine_upload_sweep (QcConnection *connection, QcUploadFiles *files, gint64 now, GError **error);

/* *@out: whether @serial of @unit has a picture of that digest. (read) */
gboolean qc_engine_find_attachment (QcConnection *connection, const char *unit, const char *serial, const char *digest,
                                    gboolean *out, GError **error);
/* QcAttachment of an application (row). (read) (transfer full) */
GPtrArray *qc_engine_load_attachments (QcConnection *connection, gint64 application, GError **error);
gboolean qc_engine_write_attachments (QcConnection *connection, gint64 application, const GPtrArray *attachments,
                                      GError **error);
/* What is wrong with the pictures of @submission, by core's rules and by what has been received. (read) (transfer full)
 */
GPtrArray *qc_engine_check_attachments (QcConnection *connection, gint64 unit, const QcSubmission *submission,
                                        GError **error);

G_END_DECLS
