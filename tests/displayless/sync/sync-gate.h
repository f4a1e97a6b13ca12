/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What lies between a client and a center: a port of its own, behind which connections go on to the center, or what a
 * broken network makes of them. Main context, like the center of the tests.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum {
  GATE_OPEN,
  GATE_REFUSED,  /* nobody listens */
  GATE_CLOSED,   /* closed as soon as it stands */
  GATE_RESET,    /* reset as soon as it stands */
  GATE_SILENT,   /* whatever comes gets no answer */
  GATE_HELLO,    /* closed in the midst of the handshake */
  GATE_ALERT,    /* the handshake is refused */
  GATE_PORTAL,   /* a sign-in page of the network speaks HTTP where TLS is expected */
  GATE_GARBAGE,  /* so does something else */
  GATE_DIVERTED, /* goes on to another center */
} GateMode;

typedef struct {
  GSocketService *service; /* (owned) (nullable) while somebody listens */
  guint16 port;            /* where */
  guint16 to, elsewhere;   /* the center's, and of the other one */
  GateMode mode;           /* of connections that come */
  GPtrArray *held;         /* (owned) what gets no answer and is still there */
  guint waiting;           /* of them: those that have said something and wait */
} Gate;

Gate *gate_new (guint16 to);
void gate_free (Gate *gate);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Gate, gate_free)
void gate_set (Gate *gate, GateMode mode);
/* Keeps @stream (taken) without a word until the other side leaves. @heard: it has said something already. */
void gate_hold (Gate *gate, GIOStream *stream, gboolean heard);
/* Closes what is held. */
void gate_let_go (Gate *gate);

G_END_DECLS
