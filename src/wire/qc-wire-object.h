/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Reading a parsed message strictly: every access states type and range, the first fault is kept with its path
 * ("rows[3].months[0].fen"), and what follows it gets harmless values, so that decoders need no branches. Members
 * nobody asks for are ignored. A reader lives on the stack of one thread.
 */
#pragma once

#include "qc-text-field.h"
#include "qc-types.h"
#include "qc-wire.h"

G_BEGIN_DECLS

typedef struct {
  JsonNode *root; /* (owned) */
  GError *error;  /* (owned) (nullable) the first fault */
} QcWireReader;

typedef struct _QcWireObject {
  QcWireReader *reader;
  const struct _QcWireObject *parent; /* (nullable) must outlive this */
  const char *name;                   /* (nullable) borrowed */
  int index;                          /* -1 = not in an array */
  JsonObject *json;                   /* (nullable) borrowed; NULL once something failed */
} QcWireObject;

typedef struct {
  const QcWireObject *owner;
  const char *name;
  JsonArray *json; /* (nullable) borrowed */
} QcWireArray;

/* Gate, parse, and see that an object is there. On FALSE there is nothing to close. */
gboolean qc_wire_reader_open (QcWireReader *reader, GBytes *bytes, const QcGateLimits *limits, QcWireObject *root,
                              GError **error);
/* FALSE with the first fault. Frees the tree. */
gboolean qc_wire_reader_close (QcWireReader *reader, GError **error);

/* Records that @name is wrong (@what: "unknown code"), unless something failed before. */
void qc_wire_fault (const QcWireObject *object, const char *name, const char *what);
gboolean qc_wire_has (const QcWireObject *object, const char *name);      /* there and not null */
gboolean qc_wire_mentions (const QcWireObject *object, const char *name); /* there, or null */

gint64 qc_wire_int (const QcWireObject *object, const char *name, gint64 min, gint64 max);
gint64 qc_wire_opt_int (const QcWireObject *object, const char *name, gint64 min, gint64 max, gint64 fallback);
gboolean qc_wire_bool (const QcWireObject *object, const char *name);
gboolean qc_wire_opt_bool (const QcWireObject *object, const char *name, gboolean fallback);
QcMoney qc_wire_money (const QcWireObject *object, const char *name);        /* 0 … QC_MONEY_MAX */
QcMoney qc_wire_signed_money (const QcWireObject *object, const char *name); /* −QC_MONEY_MAX … */
QcMonth qc_wire_month (const QcWireObject *object, const char *name);
QcMonth qc_wire_month_or_none (const QcWireObject *object, const char *name); /* 0 too; absent = 0 */
QcDate qc_wire_date (const QcWireObject *object, const char *name);
QcDate qc_wire_date_or_none (const QcWireObject *object, const char *name);
gint64 qc_wire_count (const QcWireObject *object, const char *name);    /* 0 … 1,000,000,000 */
gint64 qc_wire_revision (const QcWireObject *object, const char *name); /* ≥ 0 */
gint64 qc_wire_time (const QcWireObject *object, const char *name);     /* unix seconds ≥ 0 */
/* @max: characters. Empty strings pass. (transfer full); "" after a fault. */
char *qc_wire_string (const QcWireObject *object, const char *name, glong max);
/* A text that people write: what is longer than the table of texts lets travel, or holds controls, was entered under
 * other rules and is made plain, since one row must not hold up all others. (transfer full); "" after a fault. */
char *qc_wire_text (const QcWireObject *object, const char *name, QcTextField kind);
char *qc_wire_opt_text (const QcWireObject *object, const char *name, QcTextField kind);
/* NULL when absent or null. (transfer full) (nullable) */
char *qc_wire_opt_string (const QcWireObject *object, const char *name, glong max);
/* A non-empty stable code or identifier of ASCII letters, digits and "-_.:". Borrowed; "" after a fault. */
const char *qc_wire_code (const QcWireObject *object, const char *name);
/* Object of texts → char* → char*. Absent = empty. (transfer full) */
GHashTable *qc_wire_text_map (const QcWireObject *object, const char *name, guint max_members, QcTextField kind);
/* Array of strings. Absent = empty. (transfer full) */
char **qc_wire_string_list (const QcWireObject *object, const char *name, guint max_members, glong max);
/* FALSE when absent, null, or faulty; only the first is no fault, and only for opt. */
gboolean qc_wire_child (const QcWireObject *object, const char *name, QcWireObject *child);
gboolean qc_wire_opt_child (const QcWireObject *object, const char *name, QcWireObject *child);
/* The length; 0 when absent (a fault, but for opt) or faulty. */
guint qc_wire_array (const QcWireObject *object, const char *name, guint max, QcWireArray *array);
guint qc_wire_opt_array (const QcWireObject *object, const char *name, guint max, QcWireArray *array);
gboolean qc_wire_array_object (const QcWireArray *array, guint i, QcWireObject *child);

G_END_DECLS
