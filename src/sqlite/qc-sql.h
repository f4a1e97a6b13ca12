/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A statement and its parameters in one call: qc_sql_run (connection, error, "UPDATE t SET name = ? WHERE id = ?",
 * name, id). One value for each parameter in order, and its type binds it: texts (NULL as (char *)NULL), GBytes (or
 * NULL) and every integer, whatever its width, since nothing goes through "…". The threads of a connection.
 */
#pragma once

#include "qc-connection.h"

G_BEGIN_DECLS

typedef struct {
  enum { QC_BIND_END, QC_BIND_INT, QC_BIND_TEXT, QC_BIND_BYTES } kind;
  union {
    gint64 number;
    const char *text; /* borrowed */
    GBytes *bytes;    /* borrowed */
  } u;
} QcBind;

static inline QcBind
qc_bind_int (gint64 value)
{
  return (QcBind) {QC_BIND_INT, {.number = value}};
}

static inline QcBind
qc_bind_text (const char *value)
{
  return (QcBind) {QC_BIND_TEXT, {.text = value}};
}

static inline QcBind
qc_bind_bytes (GBytes *value)
{
  return (QcBind) {QC_BIND_BYTES, {.bytes = value}};
}

#define QC_BIND(value) \
  _Generic ((value),                                                                       \
      char *: qc_bind_text,                                                                \
      const char *: qc_bind_text,                                                          \
      GBytes *: qc_bind_bytes,                                                             \
      default: qc_bind_int) (value)

/* QC_BINDS (a, b) is {QC_BIND (a), QC_BIND (b), end}, for up to 60 values: a macro cannot call itself, but what it
 * leaves behind is looked at once more by each of the QC_BINDS_… below. */
#define QC_BINDS(...)             ((const QcBind[]) {__VA_OPT__ (QC_BINDS_64 (QC_BINDS_EACH (__VA_ARGS__))) {QC_BIND_END, {0}}})
#define QC_BINDS_EACH(value, ...) QC_BIND (value), __VA_OPT__ (QC_BINDS_REST QC_BINDS_LATER (__VA_ARGS__))
#define QC_BINDS_REST()           QC_BINDS_EACH
#define QC_BINDS_LATER            ()
#define QC_BINDS_64(...)          QC_BINDS_16 (QC_BINDS_16 (QC_BINDS_16 (QC_BINDS_16 (__VA_ARGS__))))
#define QC_BINDS_16(...)          QC_BINDS_4 (QC_BINDS_4 (QC_BINDS_4 (QC_BINDS_4 (__VA_ARGS__))))
#define QC_BINDS_4(...)           QC_BINDS_1 (QC_BINDS_1 (QC_BINDS_1 (QC_BINDS_1 (__VA_ARGS__))))
#define QC_BINDS_1(...)           __VA_ARGS__

/* The statement, prepared, and its first parameters bound: others may follow by hand. (transfer full) (nullable) */
#define qc_sql_bind(connection, error, sql, ...) \
  qc_sql_bind_array ((connection), (error), (sql), QC_BINDS (__VA_ARGS__))
/* Run to its end. Another number of values than of parameters is an error, here and below. */
#define qc_sql_run(connection, error, sql, ...) qc_sql_run_array ((connection), (error), (sql), QC_BINDS (__VA_ARGS__))
/* The integer in the first column of its first row; @fallback where there is no row, or NULL in it. */
#define qc_sql_int(connection, fallback, out, error, sql, ...) \
  qc_sql_int_array ((connection), (fallback), (out), (error), (sql), QC_BINDS (__VA_ARGS__))

/* @binds: up to QC_BIND_END. */
QcStatement *qc_sql_bind_array (QcConnection *connection, GError **error, const char *sql, const QcBind *binds);
gboolean qc_sql_run_array (QcConnection *connection, GError **error, const char *sql, const QcBind *binds);
gboolean qc_sql_int_array (QcConnection *connection, gint64 fallback, gint64 *out, GError **error, const char *sql,
                           const QcBind *binds);

G_END_DECLS
