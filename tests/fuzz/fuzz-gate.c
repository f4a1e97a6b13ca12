/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Fuzz target: any bytes into the gate. What it lets pass, the parser must read, and what the parser read and wrote
 * again must pass the gate too. The flat tree must say the same as the parser's.
 */
#include "fuzz.h"
#include "qc-wire-tree.h"
#include "qc-wire.h"

static void compare (JsonNode *node, QcWireNode *flat);

static void
compare_scalar (JsonNode *node, const QcWireNode *flat)
{
  gboolean same = FALSE;
  if (JSON_NODE_HOLDS_NULL (node))
    same = flat->type == QC_WIRE_NODE_NULL;
  else if (json_node_get_value_type (node) == G_TYPE_STRING)
    same = flat->type == QC_WIRE_NODE_STRING && g_str_equal (json_node_get_string (node), flat->u.text);
  else if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    same = flat->type == QC_WIRE_NODE_BOOL && json_node_get_boolean (node) == flat->u.number;
  else
    same = flat->type == QC_WIRE_NODE_INT && json_node_get_int (node) == flat->u.number;
  if (!same)
    g_error ("the two trees differ");
}

/* From the last to the first, so that looking up is tried out of order too. */
static void
compare_object (JsonObject *object, QcWireNode *flat)
{
  g_autoptr (GList) names = json_object_get_members (object);
  if (flat->type != QC_WIRE_NODE_OBJECT || flat->n != json_object_get_size (object))
    g_error ("the two trees differ");
  for (GList *l = g_list_last (names); l != NULL; l = l->prev) {
    QcWireNode *member = qc_wire_node_member (flat, l->data);
    if (member == NULL)
      g_error ("a member is missing");
    compare (json_object_get_member (object, l->data), member);
  }
  if (qc_wire_node_member (flat, "there is no such member") != NULL)
    g_error ("a member that is not there");
}

static void
compare (JsonNode *node, QcWireNode *flat)
{
  if (JSON_NODE_HOLDS_OBJECT (node)) {
    compare_object (json_node_get_object (node), flat);
  } else if (JSON_NODE_HOLDS_ARRAY (node)) {
    JsonArray *array = json_node_get_array (node);
    if (flat->type != QC_WIRE_NODE_ARRAY || flat->n != json_array_get_length (array))
      g_error ("the two trees differ");
    for (guint i = 0; i < flat->n; i++)
      compare (json_array_get_element (array, i), qc_wire_node_entry (flat, i));
  } else {
    compare_scalar (node, flat);
  }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GBytes) again = NULL, bytes = NULL;
  g_autoptr (QcWireTree) tree = NULL;
  gsize length;
  const guint8 *text;

  if (!qc_gate_check (data, size, &qc_gate_request, &error)) {
    if (error == NULL || error->domain != QC_WIRE_ERROR)
      g_error ("refused without a reason");
    return 0;
  }
  node = qc_wire_parse (data, size, &qc_gate_request, &error);
  if (node == NULL)
    g_error ("passes the gate, but not the parser: %s", error->message);
  again = qc_wire_serialize (node);
  text = g_bytes_get_data (again, &length);
  if (!qc_gate_check (text, length, &qc_gate_answer, &error))
    g_error ("does not pass the gate again: %s", error->message);
  bytes = g_bytes_new_static (data, size);
  tree = qc_wire_tree_new (bytes, &qc_gate_request, NULL);
  compare (node, tree->nodes);
  return 0;
}

const char *
fuzz_prefix (const char *name, guint8 *out)
{
  return name;
}
