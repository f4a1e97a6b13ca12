/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Strict access to a parsed message. The first fault wins; after it every access answers with something harmless. One
 * thread.
 */
#include "qc-wire-object.h"

#include <string.h>
#include "qc-month.h"

#define MAX_TIME G_GINT64_CONSTANT (253402300799) /* the end of 9999 */

/* ---- the reader ---- */

gboolean
qc_wire_reader_open (QcWireReader *reader, GBytes *bytes, const QcGateLimits *limits, QcWireObject *root,
                     GError **error)
{
  reader->error = NULL;
  reader->tree = qc_wire_tree_new (bytes, limits, error);
  if (reader->tree == NULL)
    return FALSE;
  if (reader->tree->nodes[0].type != QC_WIRE_NODE_OBJECT) {
    g_set_error (error, QC_WIRE_ERROR, QC_WIRE_ERROR_TYPE, "$: an object is expected");
    g_clear_pointer (&reader->tree, qc_wire_tree_free);
    return FALSE;
  }
  *root = (QcWireObject) {reader, NULL, NULL, -1, &reader->tree->nodes[0]};
  return TRUE;
}

gboolean
qc_wire_reader_close (QcWireReader *reader, GError **error)
{
  g_clear_pointer (&reader->tree, qc_wire_tree_free);
  if (reader->error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&reader->error));
  return FALSE;
}

/* ---- faults ---- */

static void
append_path (GString *path, const QcWireObject *object)
{
  if (object->parent != NULL)
    append_path (path, object->parent);
  if (object->name == NULL)
    return;
  if (path->len > 0)
    g_string_append_c (path, '.');
  g_string_append (path, object->name);
  if (object->index >= 0)
    g_string_append_printf (path, "[%d]", object->index);
}

static void
fault (const QcWireObject *object, const char *name, int index, QcWireError code, const char *what)
{
  g_autoptr (GString) path = NULL;
  if (object->reader->error != NULL)
    return;
  path = g_string_new (NULL);
  append_path (path, &(QcWireObject) {object->reader, object, name, index, NULL});
  object->reader->error = g_error_new (QC_WIRE_ERROR, code, "%s: %s", path->str, what);
}

void
qc_wire_fault (const QcWireObject *object, const char *name, const char *what)
{
  fault (object, name, -1, QC_WIRE_ERROR_VALUE, what);
}

gboolean
qc_wire_has_failed (const QcWireObject *object)
{
  return object->reader->error != NULL;
}

/* ---- members ---- */

static QcWireNode *
find (const QcWireObject *object, const char *name)
{
  QcWireNode *node;
  if (object->node == NULL || object->reader->error != NULL)
    return NULL;
  node = qc_wire_node_member (object->node, name);
  return node == NULL || node->type == QC_WIRE_NODE_NULL ? NULL : node;
}

gboolean
qc_wire_mentions (const QcWireObject *object, const char *name)
{
  return object->node != NULL && qc_wire_node_member (object->node, name) != NULL;
}

gboolean
qc_wire_has (const QcWireObject *object, const char *name)
{
  return find (object, name) != NULL;
}

static QcWireNode *
need (const QcWireObject *object, const char *name)
{
  QcWireNode *node = find (object, name);
  if (node == NULL)
    fault (object, name, -1, QC_WIRE_ERROR_MISSING, "missing");
  return node;
}

static gint64
int_of (const QcWireObject *object, const char *name, QcWireNode *node, gint64 min, gint64 max, gint64 fallback)
{
  gint64 value;
  if (node == NULL)
    return fallback;
  if (node->type != QC_WIRE_NODE_INT) {
    fault (object, name, -1, QC_WIRE_ERROR_TYPE, "an integer is expected");
    return fallback;
  }
  value = node->u.number;
  if (value < min || value > max) {
    fault (object, name, -1, QC_WIRE_ERROR_VALUE, "out of range");
    return fallback;
  }
  return value;
}

gint64
qc_wire_int (const QcWireObject *object, const char *name, gint64 min, gint64 max)
{
  return int_of (object, name, need (object, name), min, max, min > 0 || max < 0 ? min : 0);
}

gint64
qc_wire_opt_int (const QcWireObject *object, const char *name, gint64 min, gint64 max, gint64 fallback)
{
  return int_of (object, name, find (object, name), min, max, fallback);
}

static gboolean
bool_of (const QcWireObject *object, const char *name, QcWireNode *node, gboolean fallback)
{
  if (node == NULL)
    return fallback;
  if (node->type != QC_WIRE_NODE_BOOL) {
    fault (object, name, -1, QC_WIRE_ERROR_TYPE, "true or false is expected");
    return fallback;
  }
  return node->u.number != 0;
}

gboolean
qc_wire_bool (const QcWireObject *object, const char *name)
{
  return bool_of (object, name, need (object, name), FALSE);
}

gboolean
qc_wire_opt_bool (const QcWireObject *object, const char *name, gboolean fallback)
{
  return bool_of (object, name, find (object, name), fallback);
}

QcMoney
qc_wire_money (const QcWireObject *object, const char *name)
{
  return qc_wire_int (object, name, 0, QC_MONEY_MAX);
}

QcMoney
qc_wire_signed_money (const QcWireObject *object, const char *name)
{
  return qc_wire_int (object, name, -QC_MONEY_MAX, QC_MONEY_MAX);
}

static QcMonth
month_of (const QcWireObject *object, const char *name, QcWireNode *node, gboolean none)
{
  QcMonth month = (QcMonth)int_of (object, name, node, 0, 299912, 0);
  if (node != NULL && !qc_month_is_valid (month) && !(none && month == QC_MONTH_NONE)) {
    fault (object, name, -1, QC_WIRE_ERROR_VALUE, "no such month");
    return QC_MONTH_NONE;
  }
  return month;
}

QcMonth
qc_wire_month (const QcWireObject *object, const char *name)
{
  return month_of (object, name, need (object, name), FALSE);
}

QcMonth
qc_wire_month_or_none (const QcWireObject *object, const char *name)
{
  return month_of (object, name, find (object, name), TRUE);
}

static QcDate
date_of (const QcWireObject *object, const char *name, QcWireNode *node, gboolean none)
{
  QcDate date = (QcDate)int_of (object, name, node, 0, 29991231, 0);
  if (node != NULL && !qc_date_is_valid (date) && !(none && date == QC_DATE_NONE)) {
    fault (object, name, -1, QC_WIRE_ERROR_VALUE, "no such day");
    return QC_DATE_NONE;
  }
  return date;
}

QcDate
qc_wire_date (const QcWireObject *object, const char *name)
{
  return date_of (object, name, need (object, name), FALSE);
}

QcDate
qc_wire_date_or_none (const QcWireObject *object, const char *name)
{
  return date_of (object, name, find (object, name), TRUE);
}

gint64
qc_wire_count (const QcWireObject *object, const char *name)
{
  return qc_wire_int (object, name, 0, 1000 * 1000 * 1000);
}

gint64
qc_wire_revision (const QcWireObject *object, const char *name)
{
  return qc_wire_int (object, name, 0, G_MAXINT64);
}

gint64
qc_wire_time (const QcWireObject *object, const char *name)
{
  return qc_wire_int (object, name, 0, MAX_TIME);
}

/* ---- strings ---- */

/* NULL after a fault. */
static const char *
text_of (const QcWireObject *object, const char *name, int index, QcWireNode *node, glong max)
{
  const char *text;
  if (node == NULL)
    return NULL;
  if (node->type != QC_WIRE_NODE_STRING) {
    fault (object, name, index, QC_WIRE_ERROR_TYPE, "a string is expected");
    return NULL;
  }
  text = node->u.text;
  if (g_utf8_strlen (text, -1) > max) {
    fault (object, name, index, QC_WIRE_ERROR_VALUE, "too long");
    return NULL;
  }
  return text;
}

char *
qc_wire_string (const QcWireObject *object, const char *name, glong max)
{
  const char *text = text_of (object, name, -1, need (object, name), max);
  return g_strdup (text != NULL ? text : "");
}

char *
qc_wire_opt_string (const QcWireObject *object, const char *name, glong max)
{
  return g_strdup (text_of (object, name, -1, find (object, name), max));
}

const char *
qc_wire_code (const QcWireObject *object, const char *name)
{
  const char *text = text_of (object, name, -1, need (object, name), 64);
  if (text == NULL)
    return "";
  for (const char *p = text; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && strchr ("-_.:", *p) == NULL)
      text = "";
  if (*text == '\0')
    fault (object, name, -1, QC_WIRE_ERROR_VALUE, "not a code");
  return text;
}

GHashTable *
qc_wire_string_map (const QcWireObject *object, const char *name, guint max_members, glong max)
{
  GHashTable *map = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  QcWireObject child;

  if (!qc_wire_opt_child (object, name, &child))
    return map;
  if (child.node->n > max_members) {
    fault (object, name, -1, QC_WIRE_ERROR_VALUE, "too many members");
    return map;
  }
  for (guint i = 0; i < child.node->n; i++) {
    QcWireNode *node = qc_wire_node_entry (child.node, i);
    const char *text = text_of (&child, node->name, -1, node, max);
    if (text != NULL)
      g_hash_table_insert (map, g_strdup (node->name), g_strdup (text));
  }
  return map;
}

char **
qc_wire_string_list (const QcWireObject *object, const char *name, guint max_members, glong max)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  QcWireArray array;
  guint n = qc_wire_opt_array (object, name, max_members, &array);

  for (guint i = 0; i < n; i++) {
    const char *text = text_of (object, name, (int)i, qc_wire_node_entry (array.node, i), max);
    g_ptr_array_add (list, g_strdup (text != NULL ? text : ""));
  }
  g_ptr_array_add (list, NULL);
  return (char **)g_ptr_array_steal (list, NULL);
}

/* ---- objects and arrays ---- */

static gboolean
child_of (const QcWireObject *object, const char *name, QcWireNode *node, QcWireObject *child)
{
  *child = (QcWireObject) {object->reader, object, name, -1, NULL};
  if (node == NULL)
    return FALSE;
  if (node->type != QC_WIRE_NODE_OBJECT) {
    fault (object, name, -1, QC_WIRE_ERROR_TYPE, "an object is expected");
    return FALSE;
  }
  child->node = node;
  return TRUE;
}

gboolean
qc_wire_child (const QcWireObject *object, const char *name, QcWireObject *child)
{
  return child_of (object, name, need (object, name), child);
}

gboolean
qc_wire_opt_child (const QcWireObject *object, const char *name, QcWireObject *child)
{
  return child_of (object, name, find (object, name), child);
}

static guint
array_of (const QcWireObject *object, const char *name, QcWireNode *node, guint max, QcWireArray *array)
{
  *array = (QcWireArray) {object, name, NULL};
  if (node == NULL)
    return 0;
  if (node->type != QC_WIRE_NODE_ARRAY) {
    fault (object, name, -1, QC_WIRE_ERROR_TYPE, "an array is expected");
    return 0;
  }
  if (node->n > max) {
    fault (object, name, -1, QC_WIRE_ERROR_VALUE, "too many entries");
    return 0;
  }
  array->node = node;
  return node->n;
}

guint
qc_wire_array (const QcWireObject *object, const char *name, guint max, QcWireArray *array)
{
  return array_of (object, name, need (object, name), max, array);
}

guint
qc_wire_opt_array (const QcWireObject *object, const char *name, guint max, QcWireArray *array)
{
  return array_of (object, name, find (object, name), max, array);
}

gboolean
qc_wire_array_object (const QcWireArray *array, guint i, QcWireObject *child)
{
  QcWireNode *node;
  *child = (QcWireObject) {array->owner->reader, array->owner, array->name, (int)i, NULL};
  if (array->node == NULL || array->owner->reader->error != NULL)
    return FALSE;
  node = qc_wire_node_entry (array->node, i);
  if (node->type != QC_WIRE_NODE_OBJECT) {
    fault (array->owner, array->name, (int)i, QC_WIRE_ERROR_TYPE, "an object is expected");
    return FALSE;
  }
  child->node = node;
  return TRUE;
}
