/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What the tables of this room share; see the private header. Database threads only.
 */
#include "qc-store-private.h"

#include "qc-fold.h"

G_DEFINE_QUARK (qc - store - error - quark, qc_store_error)

GBytes *
qc_store_dup_bytes (QcStatement *statement, int column)
{
  if (qc_statement_is_null (statement, column))
    return NULL;
  gsize size;
  gconstpointer data = qc_statement_get_blob (statement, column, &size);
  return g_bytes_new (data, size);
}

char *
qc_store_dup_pattern (const char *text)
{
  g_autofree char *plain = qc_text_escape_like (text);
  return g_strdup_printf ("%%%s%%", plain);
}

gboolean
qc_store_scope_find (QcConnection *connection, const char *profile, const char *unit, gint64 *out, GError **error)
{
  return qc_sql_int (connection, 0, out, error, "SELECT id FROM scope WHERE profile = ? AND unit = ?", profile, unit);
}

gboolean
qc_store_scope_ensure (QcConnection *connection, const char *profile, const char *unit, gint64 *out, GError **error)
{
  if (!qc_store_scope_find (connection, profile, unit, out, error))
    return FALSE;
  if (*out != 0)
    return TRUE;
  if (!qc_sql_run (connection, error, "INSERT INTO scope (profile, unit) VALUES (?, ?)", profile, unit))
    return FALSE;
  *out = qc_connection_last_rowid (connection);
  return TRUE;
}

char *
qc_store_finding_args (const QcFinding *finding)
{
  GVariantBuilder builder;
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  gpointer name, value;
  GHashTableIter iter;
  if (finding->args != NULL) {
    g_hash_table_iter_init (&iter, finding->args);
    while (g_hash_table_iter_next (&iter, &name, &value))
      g_variant_builder_add (&builder, "{ss}", name, value);
  }
  g_autoptr (GVariant) args = g_variant_ref_sink (g_variant_builder_end (&builder));
  return g_variant_print (args, FALSE);
}

QcFinding *
qc_store_read_finding (QcStatement *statement, int column)
{
  g_autoptr (GVariant) args
      = g_variant_parse (G_VARIANT_TYPE ("a{ss}"), qc_statement_get_text (statement, column + 5), NULL, NULL, NULL);

  QcFinding *finding = qc_finding_new_received (qc_statement_get_text (statement, column),
                                                qc_statement_get_int (statement, column + 1));
  finding->month = qc_statement_get_int (statement, column + 2);
  finding->person = qc_statement_dup_text (statement, column + 3);
  finding->field = qc_statement_dup_text (statement, column + 4);
  finding->line = qc_statement_get_int (statement, column + 6);
  finding->total = qc_statement_get_int (statement, column + 7);
  GVariantIter iter;
  const char *name, *value;
  if (args != NULL) {
    g_variant_iter_init (&iter, args);
    while (g_variant_iter_loop (&iter, "{&s&s}", &name, &value))
      qc_finding_set_arg_tagged (finding, name, value);
  }
  return finding;
}
