/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Attachments as rows and as files; see the header.
 */
#include "qc-store-attachments.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "qc-store-private.h"

#define FOLDER  "attachments"
#define PICTURE ".jpg"
#define HALF    ".part" /* of a name: still being written */

/* ---- of drafts ---- */

QcStoreAttachment *
qc_store_attachment_new (gint64 id, QcAttachment *value)
{
  QcStoreAttachment *attachment = g_new (QcStoreAttachment, 1);
  *attachment = (QcStoreAttachment) {id, value};
  return attachment;
}

void
qc_store_attachment_free (QcStoreAttachment *attachment)
{
  if (attachment == NULL)
    return;
  qc_attachment_free (attachment->value);
  g_free (attachment);
}

GPtrArray *
qc_store_attachments_list (QcConnection *connection, gint64 draft, gint64 *out_next, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_store_attachment_free);
  if (!qc_sql_int (connection, 0, out_next, error, "SELECT max (id) FROM draft_attachment WHERE draft = ?", draft))
    return NULL;
  ++*out_next;
  g_autoptr (QcStatement) s = qc_sql_bind (connection, error,
                                           "SELECT " QC_STORE_ATTACHMENT_COLUMNS
                                           " FROM draft_attachment AS t WHERE draft = ? AND removed = 0 ORDER BY id",
                                           draft);
  gboolean has_row;
  while (s != NULL && qc_statement_step (s, &has_row, error)) {
    if (!has_row)
      return g_steal_pointer (&list);
    g_ptr_array_add (list, qc_store_read_attachment (s));
  }
  return NULL;
}

QcStoreAttachment *
qc_store_read_attachment (QcStatement *s)
{
  return qc_store_attachment_new (qc_statement_get_int (s, 0),
                                  qc_attachment_new (qc_statement_get_text (s, 1), qc_statement_get_int (s, 2),
                                                     qc_statement_get_text (s, 3), qc_statement_get_text (s, 4),
                                                     qc_statement_get_int (s, 5), qc_statement_get_text (s, 6)));
}

/* ---- of items ---- */

void
qc_store_upload_free (QcStoreUpload *upload)
{
  if (upload == NULL)
    return;
  g_free (upload->digest);
  g_free (upload->name);
  g_free (upload->upload);
  g_free (upload);
}

GPtrArray *
qc_store_uploads_list (QcConnection *connection, gint64 item, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_store_upload_free);
  g_autoptr (QcStatement) s = qc_sql_bind (
      connection, error, "SELECT digest, name, size, upload, sent, done FROM outbox_attachment WHERE item = ?", item);
  gboolean has_row;
  while (s != NULL && qc_statement_step (s, &has_row, error)) {
    if (!has_row)
      return g_steal_pointer (&list);
    QcStoreUpload *upload = g_new0 (QcStoreUpload, 1);
    upload->digest = qc_statement_dup_text (s, 0);
    upload->name = qc_statement_dup_text (s, 1);
    upload->size = qc_statement_get_int (s, 2);
    upload->upload = qc_statement_dup_text (s, 3);
    upload->sent = qc_statement_get_int (s, 4);
    upload->done = qc_statement_get_int (s, 5) != 0;
    g_ptr_array_add (list, upload);
  }
  return NULL;
}

gboolean
qc_store_uploads_set (QcConnection *connection, gint64 item, const QcStoreUpload *upload, GError **error)
{
  return qc_sql_run (connection, error,
                     "UPDATE outbox_attachment SET upload = ?, sent = ?, done = ? WHERE item = ? AND digest = ?",
                     upload->upload, upload->sent, upload->done, item, upload->digest);
}

gboolean
qc_store_uploads_insert (QcConnection *connection, gint64 item, const GPtrArray *attachments, GError **error)
{
  for (guint i = 0; attachments != NULL && i < attachments->len; i++) {
    const QcAttachment *a = g_ptr_array_index (attachments, i);
    if (!qc_sql_run (connection, error,
                     "INSERT OR IGNORE INTO outbox_attachment (item, digest, name, size) VALUES (?, ?, ?, ?)", item,
                     a->digest, a->name, a->size))
      return FALSE;
  }
  return TRUE;
}

/* ---- files ---- */

char *
qc_store_attachment_path (const char *folder, const char *digest)
{
  g_autofree char *name = g_strconcat (digest, PICTURE, NULL);
  return g_build_filename (folder, FOLDER, name, NULL);
}

static gboolean
fail (const char *path, GError **error)
{
  int number = errno;
  g_set_error (error, QC_DB_ERROR, number == ENOSPC || number == EDQUOT ? QC_DB_ERROR_FULL : QC_DB_ERROR_IO, "%s: %s",
               path, g_strerror (number));
  return FALSE;
}

static gboolean
write_all (int fd, GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  while (size > 0) {
    gssize n = write (fd, data, size);
    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return FALSE;
    data += n;
    size -= (gsize)n;
  }
  return fsync (fd) == 0;
}

/* A name that was given in @folder is on the disk. */
static gboolean
sync_folder (const char *folder)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean good = fd >= 0 && fsync (fd) == 0;
  if (fd >= 0)
    close (fd);
  return good;
}

gboolean
qc_store_attachment_keep (const char *folder, const char *digest, GBytes *jpeg, GError **error)
{
  g_autofree char *path = qc_store_attachment_path (folder, digest);
  g_autofree char *parent = g_path_get_dirname (path);
  g_autofree char *half = g_strconcat (path, HALF "XXXXXX", NULL);
  struct stat info;
  if (stat (path, &info) == 0 && info.st_size == (goffset)g_bytes_get_size (jpeg))
    return utimensat (AT_FDCWD, path, NULL, 0) == 0 || fail (path, error); /* it is wanted: no sweep takes it */
  if (g_mkdir_with_parents (parent, 0700) != 0)
    return fail (parent, error);
  int fd = g_mkstemp_full (half, O_WRONLY | O_CLOEXEC, 0600);
  if (fd < 0)
    return fail (half, error);
  gboolean good = write_all (fd, jpeg);
  good = (close (fd) == 0 && good && g_rename (half, path) == 0 && sync_folder (parent)) || fail (path, error);
  if (!good)
    g_unlink (half);
  return good;
}

/* A digest that a draft has, even if only its log, or that waits to be sent. */
static gboolean
is_named (QcConnection *connection, const char *digest, gboolean *out, GError **error)
{
  gint64 n;
  if (!qc_sql_int (connection, 0, &n, error,
                   "SELECT (SELECT count(*) FROM draft_attachment WHERE digest = ?1)"
                   " + (SELECT count(*) FROM outbox_attachment AS t JOIN outbox AS o ON o.id = t.item"
                   " WHERE t.digest = ?1 AND o.state IN ('queued', 'sending', 'unknown', 'held'))",
                   digest))
    return FALSE;
  *out = n > 0;
  return TRUE;
}

static gboolean
sweep_one (QcConnection *connection, const char *folder, const char *name, gint64 before, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  const char *end = strstr (name, PICTURE);
  g_autofree char *digest = end != NULL ? g_strndup (name, (gsize)(end - name)) : NULL;
  struct stat info;
  if (digest == NULL || !qc_attachment_is_digest (digest) || lstat (path, &info) != 0 || info.st_mtime > before)
    return TRUE;
  gboolean named = FALSE;
  if (g_str_equal (end, PICTURE) && !is_named (connection, digest, &named, error))
    return FALSE;
  if (!named)
    g_unlink (path);
  return TRUE;
}

gboolean
qc_store_attachments_sweep (QcConnection *connection, const char *folder, gint64 age, GError **error)
{
  g_autofree char *path = g_build_filename (folder, FOLDER, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  gint64 before = g_get_real_time () / G_USEC_PER_SEC - age;
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (!sweep_one (connection, path, name, before, error))
      return FALSE;
  return TRUE;
}
