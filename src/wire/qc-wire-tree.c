/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Building the flat tree. The gate has been over the bytes, so nothing is checked a second time: this only takes apart
 * what is known to be good. It recurses no deeper than the gate's depth. One thread at a time.
 */
#include "qc-wire-tree.h"

#include <string.h>

typedef struct {
  const char *at, *end;
  char *text;    /* where the next string goes; all of them fit into as many bytes as the message has */
  GArray *nodes; /* QcWireNode */
} Builder;

static void
skip_space (Builder *builder)
{
  while (*builder->at == ' ' || *builder->at == '\t' || *builder->at == '\n' || *builder->at == '\r')
    builder->at++;
}

static gunichar
take_hex4 (Builder *builder)
{
  gunichar value = 0;
  for (int i = 0; i < 4; i++)
    value = value * 16 + (gunichar)g_ascii_xdigit_value (*builder->at++);
  return value;
}

/* After the backslash. */
static void
take_escape (Builder *builder)
{
  static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
  char letter = *builder->at++;
  gunichar c;

  if (letter != 'u') {
    *builder->text++ = to[strchr (from, letter) - from];
    return;
  }
  c = take_hex4 (builder);
  if (c >= 0xD800 && c <= 0xDBFF) {
    builder->at += 2;
    c = 0x10000 + ((c - 0xD800) << 10) + (take_hex4 (builder) - 0xDC00);
  }
  builder->text += g_unichar_to_utf8 (c, builder->text);
}

static const char *
take_string (Builder *builder)
{
  const char *start = builder->text;

  builder->at++;
  while (*builder->at != '"') {
    if (*builder->at == '\\') {
      builder->at++;
      take_escape (builder);
    } else {
      *builder->text++ = *builder->at++;
    }
  }
  builder->at++;
  *builder->text++ = '\0';
  return start;
}

static gint64
take_number (Builder *builder)
{
  gboolean negative = *builder->at == '-';
  guint64 value = 0;

  if (negative)
    builder->at++;
  while (builder->at < builder->end && g_ascii_isdigit (*builder->at)) /* a number may be all there is */
    value = value * 10 + (guint64)(*builder->at++ - '0');
  return (gint64)(negative ? -value : value);
}

static QcWireNode *
node_at (Builder *builder, guint i)
{
  return &g_array_index (builder->nodes, QcWireNode, i);
}

static void take_value (Builder *builder, const char *name);

static void
take_container (Builder *builder, guint self)
{
  gboolean is_object = *builder->at == '{';
  guint32 n = 0;

  builder->at++;
  for (skip_space (builder); *builder->at != '}' && *builder->at != ']'; skip_space (builder)) {
    const char *name = NULL;
    if (*builder->at == ',') {
      builder->at++;
      skip_space (builder);
    }
    if (is_object) {
      name = take_string (builder);
      skip_space (builder);
      builder->at++;
      skip_space (builder);
    }
    take_value (builder, name);
    n++;
  }
  builder->at++;
  node_at (builder, self)->type = is_object ? QC_WIRE_NODE_OBJECT : QC_WIRE_NODE_ARRAY;
  node_at (builder, self)->n = n;
}

static void
take_value (Builder *builder, const char *name)
{
  guint self = builder->nodes->len;
  QcWireNode node = {.name = name};

  g_array_append_val (builder->nodes, node);
  switch (*builder->at) {
  case '{':
  case '[':
    take_container (builder, self);
    break;
  case '"':
    node_at (builder, self)->type = QC_WIRE_NODE_STRING;
    node_at (builder, self)->u.text = take_string (builder);
    break;
  case 't':
  case 'f':
    node_at (builder, self)->type = QC_WIRE_NODE_BOOL;
    node_at (builder, self)->u.number = *builder->at == 't';
    builder->at += *builder->at == 't' ? strlen ("true") : strlen ("false");
    break;
  case 'n':
    builder->at += strlen ("null");
    break;
  default:
    node_at (builder, self)->type = QC_WIRE_NODE_INT;
    node_at (builder, self)->u.number = take_number (builder);
    break;
  }
  node_at (builder, self)->span = builder->nodes->len - self;
}

QcWireTree *
qc_wire_tree_new (GBytes *bytes, const QcGateLimits *limits, GError **error)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  Builder builder;
  QcWireTree *tree;

  if (!qc_gate_check (data, length, limits, error))
    return NULL;
  tree = g_new0 (QcWireTree, 1);
  tree->text = g_malloc (length + 1);
  builder = (Builder) {
      .at = (const char *)data,
      .end = (const char *)data + length,
      .text = tree->text,
      .nodes = g_array_sized_new (FALSE, FALSE, sizeof (QcWireNode), (guint)(length / 16 + 16)),
  };
  skip_space (&builder);
  take_value (&builder, NULL);
  tree->nodes = (QcWireNode *)g_array_free (builder.nodes, FALSE);
  return tree;
}

void
qc_wire_tree_free (QcWireTree *tree)
{
  if (tree == NULL)
    return;
  g_free (tree->nodes);
  g_free (tree->text);
  g_free (tree);
}

/* Moves the hint of @container to the entry behind it, or to the first. */
static void
advance (QcWireNode *container)
{
  guint32 offset = container->u.hint.offset;

  container->u.hint.offset = offset == 0 ? 1 : offset + container[offset].span;
  container->u.hint.index = offset == 0 ? 0 : container->u.hint.index + 1;
  if (container->u.hint.offset >= container->span) {
    container->u.hint.offset = 1;
    container->u.hint.index = 0;
  }
}

QcWireNode *
qc_wire_node_member (QcWireNode *object, const char *name)
{
  for (guint32 i = 0; i < object->n; i++) {
    advance (object);
    if (strcmp (object[object->u.hint.offset].name, name) == 0)
      return object + object->u.hint.offset;
  }
  return NULL;
}

QcWireNode *
qc_wire_node_entry (QcWireNode *container, guint i)
{
  g_return_val_if_fail (i < container->n, NULL);
  do
    advance (container);
  while (container->u.hint.index != i);
  return container + container->u.hint.offset;
}
