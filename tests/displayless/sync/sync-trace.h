/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What happened to an outbox, event by event as seen from outside (the clerk, the center, the database at the moment
 * that something is told), and what must hold of any such trace.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  TRACE_QUEUED, /* the clerk: @item under @key, behind @needs if that is not 0 */
  TRACE_SENT,   /* the center: @what (a digest of the body) came under @key (nullable) */
  TRACE_NO,     /* the center said no to @key, in its own words */
  TRACE_TOLD,   /* @item was told to be other than before; @what is how the database has it at that moment */
  TRACE_OVER,   /* likewise, and @what is "accepted", "refused" or "withdrawn" */
  TRACE_CLEAR,  /* the cause of the failure is gone */
} TraceKind;

typedef struct {
  TraceKind kind;
  gint64 at, item, needs;
  char *key, *what; /* (owned) (nullable) */
  gboolean action;  /* of TRACE_QUEUED: at once or not at all */
} TraceEvent;

/* of TraceEvent */
GPtrArray *trace_new (void);
TraceEvent *trace_add (GPtrArray *trace, TraceKind kind, gint64 at, gint64 item, const char *key, const char *what);
GPtrArray *trace_copy (GPtrArray *trace);
/* For people, a line an event. (transfer full) */
char *trace_print (GPtrArray *trace);

/*
 * NULL when all of it is in order, else what is not: "no-key" (sent without the key it was queued under, or with
 * another body), "dropped" (over without the center's word), "late" (not over within @longest + 1 seconds after the
 * cause was gone), "woken" (only when the clerk wrote something), "early" (told before it was written down), "order"
 * (sent before what it needs was accepted).
 */
const char *trace_judge (GPtrArray *trace, gint64 longest);

G_END_DECLS
