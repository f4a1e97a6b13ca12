/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Attachments of drafts. Database threads only.
 */
#include "qc-store-attachments.h"

#include "qc-store-private.h"

void
qc_store_attachment_free (QcStoreAttachment *attachment)
{
  if (attachment == NULL)
    return;
  g_free (attachment->kind);
  g_free (attachment->name);
  g_free (attachment->type);
  g_free (attachment->hash);
  g_free (attachment);
}

gboolean
qc_store_attachments_put (QcConnection *connection, QcStoreAttachment *attachment, gint64 now, GError **error)
{
  if (!qc_sql_run (connection, error,
                   "INSERT INTO attachment (draft, line, kind, name, type, hash, size, sent, created)"
                   " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                   attachment->draft, attachment->line, attachment->kind, attachment->name, attachment->type,
                   attachment->hash, attachment->size, attachment->sent, now))
    return FALSE;
  attachment->id = qc_connection_last_rowid (connection);
  return TRUE;
}

gboolean
qc_store_attachments_set_sent (QcConnection *connection, gint64 attachment, gint64 sent, GError **error)
{
  return qc_sql_run (connection, error, "UPDATE attachment SET sent = ? WHERE id = ?", sent, attachment);
}

gboolean
qc_store_attachments_remove (QcConnection *connection, gint64 attachment, GError **error)
{
  return qc_sql_run (connection, error, "DELETE FROM attachment WHERE id = ?", attachment);
}

GPtrArray *
qc_store_attachments_list (QcConnection *connection, gint64 draft, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_store_attachment_free);
  g_autoptr (QcStatement) statement
      = qc_sql_bind (connection, error,
                     "SELECT id, draft, line, kind, name, type, hash, size, sent FROM attachment"
                     " WHERE draft = ? ORDER BY id",
                     draft);
  if (statement == NULL)
    return NULL;
  gboolean has_row;
  while (qc_statement_step (statement, &has_row, error)) {
    if (!has_row)
      return g_steal_pointer (&list);
    QcStoreAttachment *attachment = g_new0 (QcStoreAttachment, 1);
    attachment->id = qc_statement_get_int (statement, 0);
    attachment->draft = qc_statement_get_int (statement, 1);
    attachment->line = qc_statement_get_int (statement, 2);
    attachment->kind = qc_statement_dup_text (statement, 3);
    attachment->name = qc_statement_dup_text (statement, 4);
    attachment->type = qc_statement_dup_text (statement, 5);
    attachment->hash = qc_statement_dup_text (statement, 6);
    attachment->size = qc_statement_get_int (statement, 7);
    attachment->sent = qc_statement_get_int (statement, 8);
    g_ptr_array_add (list, attachment);
  }
  return NULL;
}
