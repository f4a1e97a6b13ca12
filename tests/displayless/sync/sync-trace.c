/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Traces of an outbox; see the header.
 */
#include "sync-trace.h"

static void
event_free (TraceEvent *event)
{
  g_free (event->key);
  g_free (event->what);
  g_free (event);
}

GPtrArray *
trace_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)event_free);
}

TraceEvent *
trace_add (GPtrArray *trace, TraceKind kind, gint64 at, gint64 item, const char *key, const char *what)
{
  TraceEvent *event = g_new0 (TraceEvent, 1);
  event->kind = kind;
  event->at = at;
  event->item = item;
  event->key = g_strdup (key);
  event->what = g_strdup (what);
  g_ptr_array_add (trace, event);
  return event;
}

GPtrArray *
trace_copy (GPtrArray *trace)
{
  GPtrArray *copy = trace_new ();
  for (guint i = 0; i < trace->len; i++) {
    const TraceEvent *event = g_ptr_array_index (trace, i);
    TraceEvent *same = trace_add (copy, event->kind, event->at, event->item, event->key, event->what);
    same->needs = event->needs;
    same->action = event->action;
  }
  return copy;
}

char *
trace_print (GPtrArray *trace)
{
  static const char *const kinds[] = {"queued", "sent", "no", "told", "over", "clear"};
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < trace->len; i++) {
    const TraceEvent *event = g_ptr_array_index (trace, i);
    g_string_append_printf (text, "%6" G_GINT64_FORMAT " %-6s %" G_GINT64_FORMAT " %.8s %.40s\n", event->at,
                            kinds[event->kind], event->item, event->key ? event->key : "-",
                            event->what ? event->what : "-");
  }
  return g_string_free (text, FALSE);
}

/* ---- what must hold ---- */

/* The first one of @kind of @item (0 = any) under @key (NULL = any), from @from on, or NULL. */
static const TraceEvent *
find (GPtrArray *trace, TraceKind kind, gint64 item, const char *key, guint from)
{
  for (guint i = from; i < trace->len; i++) {
    const TraceEvent *event = g_ptr_array_index (trace, i);
    if (event->kind == kind && (item == 0 || event->item == item) && (key == NULL || g_strcmp0 (event->key, key) == 0))
      return event;
  }
  return NULL;
}

static const char *
judge_sent (GPtrArray *trace, guint at)
{
  const TraceEvent *sent = g_ptr_array_index (trace, at);
  const TraceEvent *queued = sent->key ? find (trace, TRACE_QUEUED, 0, sent->key, 0) : NULL;
  if (queued == NULL || g_strcmp0 (find (trace, TRACE_SENT, 0, sent->key, 0)->what, sent->what) != 0)
    return "no-key";
  if (queued->needs == 0)
    return NULL;
  for (guint i = 0; i < at; i++) {
    const TraceEvent *event = g_ptr_array_index (trace, i);
    if (event->kind == TRACE_OVER && event->item == queued->needs && g_str_equal (event->what, "accepted"))
      return NULL;
  }
  return "order";
}

/* What is told must be other than what the database had when it was last told. */
static const char *
judge_told (GPtrArray *trace, guint at)
{
  const TraceEvent *told = g_ptr_array_index (trace, at);
  for (guint i = at; i-- > 0;) {
    const TraceEvent *before = g_ptr_array_index (trace, i);
    if (before->item != told->item || (before->kind != TRACE_TOLD && before->kind != TRACE_OVER))
      continue;
    return g_str_equal (before->what, told->what) ? "early" : NULL;
  }
  return NULL;
}

static const char *
judge_queued (GPtrArray *trace, const TraceEvent *queued, gint64 longest)
{
  const TraceEvent *clear = find (trace, TRACE_CLEAR, 0, NULL, 0);
  const TraceEvent *over = find (trace, TRACE_OVER, queued->item, NULL, 0);
  gboolean waited = FALSE; /* it was still there when the cause was gone */
  for (guint i = 0; i < trace->len && clear != NULL; i++) {
    const TraceEvent *event = g_ptr_array_index (trace, i);
    if (event == over)
      break;
    waited |= event == clear;
    if (waited && event->kind == TRACE_QUEUED && event != queued)
      return "woken";
  }
  if (over == NULL || (clear != NULL && over->at > clear->at + longest + 1))
    return "late";
  if (g_str_equal (over->what, "refused") && find (trace, TRACE_NO, 0, queued->key, 0) == NULL)
    return "dropped";
  return g_str_equal (over->what, "withdrawn") && !queued->action ? "dropped" : NULL;
}

const char *
trace_judge (GPtrArray *trace, gint64 longest)
{
  const char *fault = NULL;
  for (guint i = 0; i < trace->len && fault == NULL; i++) {
    const TraceEvent *event = g_ptr_array_index (trace, i);
    if (event->kind == TRACE_SENT)
      fault = judge_sent (trace, i);
    else if (event->kind == TRACE_TOLD || event->kind == TRACE_OVER)
      fault = judge_told (trace, i);
    else if (event->kind == TRACE_QUEUED)
      fault = judge_queued (trace, event, longest);
  }
  return fault;
}
