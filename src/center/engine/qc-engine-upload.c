/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Uploads and attachments as rows; see the header. Database threads.
 */
#include "qc-engine-upload.h"

#include "qc-center-db.h"
#include "qc-engine-private.h"
#include "qc-random.h"
#include "qc-rules-attachments.h"

/* Bytes that a unit may have sent, or announced, without using them. */
#define QUOTA ((gint64)4 << 30)

/* Of those that nothing names; files that are younger may be of a call that is under way. */
#define FILE_AGE 3600

void
qc_upload_free (QcUpload *upload)
{
  if (upload == NULL)
    return;
  g_free (upload->id);
  g_free (upload->digest);
  g_free (upload);
}

/* ---- on the way ---- */

static gboolean
read_upload (QcStatement *s, QcUpload **out, GError **error)
{
  gboolean has_row;
  *out = NULL;
  if (s == NULL || !qc_statement_step (s, &has_row, error))
    return FALSE;
  if (!has_row)
    return TRUE;
  *out = g_new0 (QcUpload, 1);
  (*out)->id = qc_statement_dup_text (s, 0);
  (*out)->unit = qc_statement_get_int (s, 1);
  (*out)->digest = qc_statement_dup_text (s, 2);
  (*out)->size = qc_statement_get_int (s, 3);
  (*out)->have = qc_statement_get_int (s, 4);
  return TRUE;
}

gboolean
qc_engine_upload_find (QcConnection *connection, const char *unit, const char *id, QcUpload **out, GError **error)
{
  g_autoptr (QcStatement) s
      = qc_sql_bind (connection, error,
                     "SELECT p.id, p.unit, p.digest, p.size, p.have FROM upload AS p JOIN unit AS u ON u.id = p.unit"
                     " WHERE p.id = ? AND u.account = ?",
                     id, unit);
  return read_upload (s, out, error);
}

static gboolean
find_same (QcConnection *connection, gint64 unit, const char *digest, gint64 size, QcUpload **out, GError **error)
{
  g_autoptr (QcStatement) s = qc_sql_bind (
      connection, error, "SELECT id, unit, digest, size, have FROM upload WHERE unit = ? AND digest = ? AND size = ?",
      unit, digest, size);
  return read_upload (s, out, error);
}

/* Whether @size more bytes are not too much. */
static gboolean
has_room (QcConnection *connection, gint64 unit, gint64 size, gboolean *out, GError **error)
{
  gint64 quota;
  gint64 used;
  if (!qc_center_db_get_setting_int (connection, "upload_quota", QUOTA, &quota, error)
      || !qc_sql_int (connection, 0, &used, error,
                      "SELECT (SELECT coalesce (sum (size), 0) FROM upload WHERE unit = ?1 AND have < size)"
                      " + (SELECT coalesce (sum (t.size), 0) FROM attachment AS t WHERE t.unit = ?1 AND NOT EXISTS"
                      " (SELECT 1 FROM application_attachment AS n JOIN application AS a ON a.id = n.application"
                      " WHERE n.digest = t.digest AND a.unit = ?1))",
                      unit))
    return FALSE;
  *out = used + size <= quota;
  return TRUE;
}

/* Whether the unit has sent it whole before, and it is there. */
static gboolean
find_whole (QcConnection *connection, QcUploadFiles *files, gint64 unit, const char *digest, gint64 size, gint64 now,
            gboolean *out, GError **error)
{
  if (!qc_sql_run (connection, error, "UPDATE attachment SET time = ? WHERE unit = ? AND digest = ? AND size = ?", now,
                   unit, digest, size))
    return FALSE;
  *out = qc_connection_changes (connection) > 0 && qc_upload_files_has (files, digest);
  return TRUE;
}

static gboolean
insert_upload (QcConnection *connection, gint64 unit, const char *digest, gint64 size, gboolean whole, gint64 now,
               QcUpload **out, GError **error)
{
  gboolean room = whole;
  if (!room && !has_room (connection, unit, size, &room, error))
    return FALSE;
  if (!room)
    return TRUE;
  *out = g_new0 (QcUpload, 1);
  (*out)->id = qc_random_token (16);
  (*out)->digest = g_strdup (digest);
  (*out)->unit = unit;
  (*out)->size = size;
  (*out)->have = whole ? size : 0;
  return qc_sql_run (connection, error,
                     "INSERT INTO upload (id, unit, digest, size, have, time) VALUES (?, ?, ?, ?, ?, ?)", (*out)->id,
                     unit, digest, size, (*out)->have, now);
}

gboolean
qc_engine_upload_begin (QcConnection *connection, QcUploadFiles *files, const char *unit, const char *digest,
                        gint64 size, gint64 now, QcUpload **out, GError **error)
{
  gint64 id;
  gboolean whole;
  g_autoptr (QcUpload) upload = NULL;
  *out = NULL;
  if (!qc_engine_find_unit (connection, unit, &id, error)
      || !find_whole (connection, files, id, digest, size, now, &whole, error)
      || !find_same (connection, id, digest, size, &upload, error))
    return FALSE;
  /* one that was whole once, and is not any more, begins again */
  gint64 have = whole ? size : upload == NULL || upload->have == size ? 0 : upload->have;
  if (upload == NULL
          ? !insert_upload (connection, id, digest, size, whole, now, &upload, error)
          : !qc_sql_run (connection, error, "UPDATE upload SET have = ?, time = ? WHERE id = ?", have, now, upload->id))
    return FALSE;
  if (upload != NULL)
    upload->have = have;
  *out = g_steal_pointer (&upload);
  return TRUE;
}

gboolean
qc_engine_upload_move (QcConnection *connection, const QcUpload *upload, gint64 have, gint64 now, GError **error)
{
  return qc_sql_run (connection, error, "UPDATE upload SET have = ?, time = ? WHERE id = ?", have, now, upload->id)
         && (have < upload->size
             || qc_sql_run (connection, error,
                            "INSERT INTO attachment (unit, digest, size, time) VALUES (?, ?, ?, ?)"
                            " ON CONFLICT (unit, digest) DO UPDATE SET size = excluded.size, time = excluded.time",
                            upload->unit, upload->digest, upload->size, now));
}

gboolean
qc_engine_upload_end (QcConnection *connection, const QcUpload *upload, GError **error)
{
  return qc_sql_run (connection, error, "DELETE FROM upload WHERE id = ?", upload->id);
}

/* ---- what nobody needs ---- */

static gboolean
known_cb (const char *name, gboolean is_upload, gpointer user_data, GError **error)
{
  gint64 n = 0;
  const char *sql = is_upload ? "SELECT (SELECT count(*) FROM upload WHERE id = ?1 AND have < size)"
                                " + (SELECT count(*) FROM phone_picture WHERE file = ?1)"
                              : "SELECT (SELECT count(*) FROM attachment WHERE digest = ?1)"
                                " + (SELECT count(*) FROM application_attachment WHERE digest = ?1)";
  return qc_sql_int (user_data, 0, &n, error, sql, name) && n > 0;
}

gboolean
qc_engine_upload_sweep (QcConnection *connection, QcUploadFiles *files, gint64 now, GError **error)
{
  return qc_sql_run (connection, error, "DELETE FROM upload WHERE time < ?", now - QC_UPLOAD_KEPT)
         && qc_sql_run (
             connection, error,
             "DELETE FROM attachment WHERE time < ? AND NOT EXISTS (SELECT 1 FROM application_attachment AS n"
             " JOIN application AS a ON a.id = n.application WHERE n.digest = attachment.digest"
             " AND a.unit = attachment.unit)",
             now - QC_UPLOAD_KEPT)
         && qc_upload_files_sweep (files, FILE_AGE, known_cb, connection, error);
}

/* ---- of applications ---- */

gboolean
qc_engine_find_attachment (QcConnection *connection, const char *unit, const char *serial, const char *digest,
                           gboolean *out, GError **error)
{
  gint64 n;
  if (!qc_sql_int (connection, 0, &n, error,
                   "SELECT count(*) FROM application_attachment AS n JOIN application AS a ON a.id = n.application"
                   " JOIN unit AS u ON u.id = a.unit WHERE u.account = ? AND a.serial = ? AND n.digest = ?",
                   unit, serial, digest))
    return FALSE;
  *out = n > 0;
  return TRUE;
}

GPtrArray *
qc_engine_load_attachments (QcConnection *connection, gint64 application, GError **error)
{
  g_autoptr (GPtrArray) list = qc_attachment_list_new ();
  g_autoptr (QcStatement) s = qc_sql_bind (connection, error,
                                           "SELECT kind, line, name, digest, size, lines FROM application_attachment"
                                           " WHERE application = ? ORDER BY position",
                                           application);
  gboolean has_row;
  while (s != NULL && qc_statement_step (s, &has_row, error)) {
    if (!has_row)
      return g_steal_pointer (&list);
    g_ptr_array_add (list, qc_attachment_new (qc_statement_get_text (s, 0), qc_statement_get_int (s, 1),
                                              qc_statement_get_text (s, 2), qc_statement_get_text (s, 3),
                                              qc_statement_get_int (s, 4), qc_statement_get_text (s, 5)));
  }
  return NULL;
}

gboolean
qc_engine_write_attachments (QcConnection *connection, gint64 application, const GPtrArray *attachments, GError **error)
{
  for (guint i = 0; i < attachments->len; i++) {
    const QcAttachment *a = g_ptr_array_index (attachments, i);
    if (!qc_sql_run (connection, error,
                     "INSERT INTO application_attachment (application, position, line, kind, name, digest, size, lines)"
                     " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                     application, i, a->line, a->kind, a->name, a->digest, a->size, a->lines))
      return FALSE;
  }
  return TRUE;
}

static gboolean
check_received (QcConnection *connection, gint64 unit, const GPtrArray *attachments, GPtrArray *out, GError **error)
{
  for (guint i = 0; i < attachments->len; i++) {
    const QcAttachment *a = g_ptr_array_index (attachments, i);
    gint64 n;
    if (!qc_sql_int (connection, 0, &n, error,
                     "SELECT count(*) FROM attachment WHERE unit = ? AND digest = ? AND size = ?", unit, a->digest,
                     a->size))
      return FALSE;
    if (n > 0)
      continue;
    QcFinding *finding = qc_finding_new ("attachment.not-received", "name", a->name, NULL);
    qc_finding_at (finding, a->line, NULL, "attachments");
    g_ptr_array_add (out, finding);
  }
  return TRUE;
}

GPtrArray *
qc_engine_check_attachments (QcConnection *connection, gint64 unit, const QcSubmission *submission, GError **error)
{
  g_autoptr (GPtrArray) findings = qc_findings_new ();
  g_autoptr (GPtrArray) codes = qc_engine_load_codes (connection, error);
  if (codes == NULL)
    return NULL;
  QcRosterFacts facts = {.codes = codes};
  qc_rules_attachments_check (submission->business, &facts, submission->roster, submission->attachments, findings);
  if (!check_received (connection, unit, submission->attachments, findings, error))
    return NULL;
  qc_findings_sort (findings);
  return g_steal_pointer (&findings);
}
