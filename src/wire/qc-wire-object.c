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
  reader->root = qc_wire_parse (bytes, limits, error);
  if (reader->root == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_OBJECT (reader->root)) {
    g_set_error (error, QC_WIRE_ERROR, QC_WIRE_ERROR_TYPE, "$: an object is expected");
    g_clear_pointer (&reader->root, json_node_unref);
    return FALSE;
  }
  *root = (QcWireObject) {reader, NULL, NULL, -1, json_node_get_object (reader->root)};
  return TRUE;
}

gboolean
qc_wire_reader_close (QcWireReader *reader, GError **error)
{
  g_clear_pointer (&reader->root, json_node_unref);
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
  if (object->reader->error != NULL)
    return;
  g_autoptr (GString) path = g_string_new (NULL);
  append_path (path, &(QcWireObject) {object->reader, object, name, index, NULL});
  object->reader->error = g_error_new (QC_WIRE_ERROR, code, "%s: %s", path->str, what);
}

void
qc_wire_fault (const QcWireObject *object, const char *name, const char *what)
{
  fault (object, name, -1, QC_WIRE_ERROR_VALUE, what);
}

/* ---- members ---- */

static JsonNode *
find (const QcWireObject *object, const char *name)
{
  if (object->json == NULL || object->reader->error != NULL)
    return NULL;
  JsonNode *node = json_object_get_member (object->json, name);
  return node == NULL || JSON_NODE_HOLDS_NULL (node) ? NULL : node;
}

gboolean
qc_wire_mentions (const QcWireObject *object, const char *name)
{
  return object->json != NULL && json_object_has_member (object->json, name);
}

gboolean
qc_wire_has (const QcWireObject *object, const char *name)
{
  return find (object, name) != NULL;
}

static JsonNode *
need (const QcWireObject *object, const char *name)
{
  JsonNode *node = find (object, name);
  if (node == NULL)
    fault (object, name, -1, QC_WIRE_ERROR_MISSING, "missing");
  return node;
}

static gint64
int_of (const QcWireObject *object, const char *name, JsonNode *node, gint64 min, gint64 max, gint64 fallback)
{
  if (node == NULL)
    return fallback;
  if (json_node_get_value_type (node) != G_TYPE_INT64) {
    fault (object, name, -1, QC_WIRE_ERROR_TYPE, "an integer is expected");
    return fallback;
  }
  gint64 value = json_node_get_int (node);
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
bool_of (const QcWireObject *object, const char *name, JsonNode *node, gboolean fallback)
{
  if (node == NULL)
    return fallback;
  if (json_node_get_value_type (node) != G_TYPE_BOOLEAN) {
    fault (object, name, -1, QC_WIRE_ERROR_TYPE, "true or false is expected");
    return fallback;
  }
  return json_node_get_boolean (node);
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
month_of (const QcWireObject *object, const char *name, JsonNode *node, gboolean none)
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
date_of (const QcWireObject *object, const char *name, JsonNode *node, gboolean none)
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
text_of (const QcWireObject *object, const char *name, int index, JsonNode *node, glong max)
{
  if (node == NULL)
    return NULL;
  if (json_node_get_value_type (node) != G_TYPE_STRING) {
    fault (object, name, index, QC_WIRE_ERROR_TYPE, "a string is expected");
    return NULL;
  }
  const char *text = json_node_get_string (node);
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

static char *
plain_of (const QcWireObject *object, const char *name, JsonNode *node, QcTextField kind)
{
  const char *text = text_of (object, name, -1, node, G_MAXLONG);
  int most = qc_text_field_limits (kind)->carried;
  if (text == NULL || qc_text_field_is_plain (kind, text, most))
    return g_strdup (text);
  return qc_text_field_dup_plain (kind, text, most);
}

char *
qc_wire_text (const QcWireObject *object, const char *name, QcTextField kind)
{
  char *text = plain_of (object, name, need (object, name), kind);
  return text != NULL ? text : g_strdup ("");
}

char *
qc_wire_opt_text (const QcWireObject *object, const char *name, QcTextField kind)
{
  return plain_of (object, name, find (object, name), kind);
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
qc_wire_text_map (const QcWireObject *object, const char *name, guint max_members, QcTextField kind)
{
  GHashTable *map = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  QcWireObject child;
  if (!qc_wire_opt_child (object, name, &child))
    return map;
  if (json_object_get_size (child.json) > max_members) {
    fault (object, name, -1, QC_WIRE_ERROR_VALUE, "too many members");
    return map;
  }
  JsonObjectIter iter;
  json_object_iter_init_ordered (&iter, child.json);
  JsonNode *node;
  const char *member;
  while (json_object_iter_next_ordered (&iter, &member, &node)) {
    char *text = plain_of (&child, member, node, kind);
    if (text != NULL)
      g_hash_table_insert (map, g_strdup (member), text);
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
    const char *text = text_of (object, name, (int)i, json_array_get_element (array.json, i), max);
    g_ptr_array_add (list, g_strdup (text != NULL ? text : ""));
  }
  g_ptr_array_add (list, NULL);
  return (char **)g_ptr_array_steal (list, NULL);
}

/* ---- objects and arrays ---- */

static gboolean
child_of (const QcWireObject *object, const char *name, JsonNode *node, QcWireObject *child)
{
  *child = (QcWireObject) {object->reader, object, name, -1, NULL};
  if (node == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_OBJECT (node)) {
    fault (object, name, -1, QC_WIRE_ERROR_TYPE, "an object is expected");
    return FALSE;
  }
  child->json = json_node_get_object (node);
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
array_of (const QcWireObject *object, const char *name, JsonNode *node, guint max, QcWireArray *array)
{
  *array = (QcWireArray) {object, name, NULL};
  if (node == NULL)
    return 0;
  if (!JSON_NODE_HOLDS_ARRAY (node)) {
    fault (object, name, -1, QC_WIRE_ERROR_TYPE, "an array is expected");
    return 0;
  }
  JsonArray *json = json_node_get_array (node);
  if (json_array_get_length (json) > max) {
    fault (object, name, -1, QC_WIRE_ERROR_VALUE, "too many entries");
    return 0;
  }
  array->json = json;
  return json_array_get_length (json);
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
  *child = (QcWireObject) {array->owner->reader, array->owner, array->name, (int)i, NULL};
  if (array->json == NULL || array->owner->reader->error != NULL)
    return FALSE;
  JsonNode *node = json_array_get_element (array->json, i);
  if (!JSON_NODE_HOLDS_OBJECT (node)) {
    fault (array->owner, array->name, (int)i, QC_WIRE_ERROR_TYPE, "an object is expected");
    return FALSE;
  }
  child->json = json_node_get_object (node);
  return TRUE;
}
