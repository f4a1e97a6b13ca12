/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See bench.h. Main thread.
 */
#include "bench.h"

#include <stdlib.h>
#include <string.h>

void
bench_die (const char *what, const GError *error)
{
  g_printerr ("%s: %s\n", what, error ? error->message : "failed");
  exit (1);
}

void
bench_result_cb (GObject *source, GAsyncResult *result, gpointer slot)
{
  *(GAsyncResult **)slot = g_object_ref (result);
}

GAsyncResult *
bench_await (GAsyncResult **slot)
{
  while (*slot == NULL)
    g_main_context_iteration (NULL, TRUE);
  return g_steal_pointer (slot);
}

static gboolean
late_cb (gpointer what)
{
  bench_die (what, NULL);
}

void
bench_await_flag (const gboolean *flag, guint seconds, const char *what)
{
  guint limit = g_timeout_add_seconds (seconds, late_cb, (gpointer)what);
  while (!*flag)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (limit);
}

void
bench_robot_sign_in (const char *robot, const char *address, const char *user)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process
      = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, "/usr/bin/python3", robot, "authorize", address,
                          user, user ? "yanlian-2026" : NULL, NULL);
  if (process == NULL)
    bench_die ("the portal's robot", error);
}

void
bench_robot_cb (const char *address, gpointer robot)
{
  bench_robot_sign_in (robot, address, NULL);
}

QcSession *
bench_session_open (const char *folder, QcContext **out_context)
{
  g_autoptr (GAsyncResult) slot = NULL;
  QcContext *context = qc_context_new (folder);
  qc_context_open_async (context, NULL, bench_result_cb, &slot);
  g_autoptr (GAsyncResult) opened = bench_await (&slot);
  g_autoptr (GError) error = NULL;
  if (!qc_context_open_finish (context, opened, &error))
    bench_die ("opening the data folder", error);
  QcSession *session = qc_session_new (context);
  qc_session_restore_async (session, TRUE, NULL, bench_result_cb, &slot);
  g_autoptr (GAsyncResult) restored = bench_await (&slot);
  gboolean entered;
  if (!qc_session_restore_finish (session, restored, &entered, &error))
    bench_die ("restoring the session", error);
  *out_context = context;
  return session;
}

void
bench_session_close (QcSession *session, QcContext *context)
{
  qc_session_stop (session);
  qc_context_shutdown (context);
  g_object_unref (session);
  g_object_unref (context);
}

static gboolean
rested_cb (gpointer flag)
{
  *(gboolean *)flag = TRUE;
  return G_SOURCE_REMOVE;
}

void
bench_rest (guint milliseconds)
{
  gboolean rested = FALSE;
  g_timeout_add (milliseconds, rested_cb, &rested);
  bench_await_flag (&rested, 60, "a rest");
}

double
bench_since (gint64 begun)
{
  return (g_get_monotonic_time () - begun) / 1000.0;
}

double
bench_memory (const char *name)
{
  g_autofree char *text = NULL;
  g_file_get_contents ("/proc/self/status", &text, NULL, NULL);
  const char *line = text != NULL ? strstr (text, name) : NULL;
  return line != NULL ? g_ascii_strtod (line + strlen (name), NULL) / 1024 : 0;
}

void
bench_print (const char *name, const GArray *samples)
{
  g_print ("{\"name\": \"%s\", \"samples\": [", name);
  for (guint i = 0; i < samples->len; i++) {
    char number[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd (number, sizeof number, "%.4f", g_array_index (samples, double, i));
    g_print ("%s%s", i > 0 ? ", " : "", number);
  }
  g_print ("]}\n");
}

void
bench_print_one (const char *name, double value)
{
  g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (double));
  g_array_append_val (samples, value);
  bench_print (name, samples);
}
