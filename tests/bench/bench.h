/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What the programs that measure share: waiting for an asynchronous call on the main context, the portal's robot, the
 * session over a data folder, and samples as lines of JSON for bench.py. Main thread.
 */
#pragma once

#include "qc-session.h"

G_BEGIN_DECLS

/* Ends the program with a sentence; a benchmark that cannot go on has no figure to give. */
G_NORETURN void bench_die (const char *what, const GError *error);

/* A GAsyncReadyCallback; @slot is a GAsyncResult **. */
void bench_result_cb (GObject *source, GAsyncResult *result, gpointer slot);
/* Runs the main context until there is a result. (transfer full) */
GAsyncResult *bench_await (GAsyncResult **slot);
/* Runs the main context until *@flag; dies after @seconds. */
void bench_await_flag (const gboolean *flag, guint seconds, const char *what);

/* Signs in on the portal's pages as the practice center's first account: a QcSessionAddressFunc and a
 * QcSignInReadyFunc. @robot: path of portal_robot.py. */
void bench_robot_cb (const char *address, gpointer robot);
/* As @user of the practice accounts, NULL: the first one. */
void bench_robot_sign_in (const char *robot, const char *address, const char *user);

/* The session over @folder as the program itself restores it; *@out_context (owned) must outlive it. */
QcSession *bench_session_open (const char *folder, QcContext **out_context);
/* Ends both. */
void bench_session_close (QcSession *session, QcContext *context);

/* Runs the main context for so long. */
void bench_rest (guint milliseconds);

/* Milliseconds since @begun, a g_get_monotonic_time(). */
double bench_since (gint64 begun);
/* A number of /proc/self/status ("VmRSS:"), in MiB. */
double bench_memory (const char *name);
/* One line: {"name": …, "samples": […]}. @samples: double */
void bench_print (const char *name, const GArray *samples);
void bench_print_one (const char *name, double value);

G_END_DECLS
