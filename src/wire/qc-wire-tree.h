/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What the decoders read from: a message that passed the gate, as one flat array of nodes and one block of text. A page
 * of a thousand rows costs two allocations and a quarter of the time and memory of a tree of objects, which is what a
 * pull of 100,000 people needs. Looking up a member remembers where it was, so that members asked for in the order they
 * were written are found at once. One thread at a time.
 */
#pragma once

#include "qc-gate.h"

G_BEGIN_DECLS

typedef enum {
  QC_WIRE_NODE_NULL,
  QC_WIRE_NODE_BOOL,
  QC_WIRE_NODE_INT,
  QC_WIRE_NODE_STRING,
  QC_WIRE_NODE_ARRAY,
  QC_WIRE_NODE_OBJECT,
} QcWireNodeType;

typedef struct _QcWireNode {
  QcWireNodeType type;
  guint32 span;     /* nodes of it and everything in it: the next one beside it is this + span */
  guint32 n;        /* entries of an array or object */
  const char *name; /* (nullable) of a member, unescaped */
  union {
    gint64 number;    /* booleans too */
    const char *text; /* unescaped */
    struct {
      guint32 index, offset; /* of the entry that was looked at last, see above */
    } hint;
  } u;
} QcWireNode;

typedef struct {
  QcWireNode *nodes; /* (owned) the first one is the root */
  char *text;        /* (owned) */
} QcWireTree;

/* NULL with the gate's error. */
QcWireTree *qc_wire_tree_new (GBytes *bytes, const QcGateLimits *limits, GError **error);
void qc_wire_tree_free (QcWireTree *tree);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcWireTree, qc_wire_tree_free)

/* The member @name of @object, or NULL. */
QcWireNode *qc_wire_node_member (QcWireNode *object, const char *name);
/* The entry @i of @container, which must be there. Quick from first to last. */
QcWireNode *qc_wire_node_entry (QcWireNode *container, guint i);

G_END_DECLS
