/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-practice.h. One GSubprocess at a time; its stdin is a pipe that only we hold, so that it ends when we do,
 * however we end. Main thread.
 */
#include "qc-practice.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "qc-app-error.h"
#include "qc-wire-object.h"

/* This many deaths within a minute, and it is not started again. */
#define MAX_DEATHS    3
#define DEATHS_WINDOW (60 * G_USEC_PER_SEC)
#define START_LIMIT_S 120
/* As qingce-center ends where what it has in its folder does not hold. */
#define EXIT_DAMAGED 2

struct _QcPractice {
  GObject parent_instance;
  char *folder;         /* (owned) */
  GSubprocess *process; /* (owned) (nullable) */
  GCancellable *cancel; /* (owned) (nullable) of what belongs to @process */
  QcPracticeState state;
  GError *error;           /* (owned) (nullable) */
  GPtrArray *waiting;      /* (owned) GTask of start calls */
  char *console, *profile; /* (owned) (nullable) */
  QcDate today;
  int pid;
  int deaths;
  gint64 first_death; /* monotonic */
  guint limit;        /* timeout of the start */
};

G_DEFINE_FINAL_TYPE (QcPractice, qc_practice, G_TYPE_OBJECT)

enum { PROP_STATE = 1, PROP_TODAY, N_PROPS };
static GParamSpec *props[N_PROPS];
enum { READY, N_SIGNALS };
static guint signals[N_SIGNALS];

static void spawn (QcPractice *self);

static void
qc_practice_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  QcPractice *self = QC_PRACTICE (object);
  if (id == PROP_STATE)
    g_value_set_int (value, self->state);
  else if (id == PROP_TODAY)
    g_value_set_int (value, self->today);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
qc_practice_finalize (GObject *object)
{
  QcPractice *self = QC_PRACTICE (object);
  qc_practice_stop (self);
  g_ptr_array_unref (self->waiting);
  g_clear_error (&self->error);
  g_free (self->folder);
  g_free (self->console);
  g_free (self->profile);
  G_OBJECT_CLASS (qc_practice_parent_class)->finalize (object);
}

static void
qc_practice_class_init (QcPracticeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  object_class->get_property = qc_practice_get_property;
  object_class->finalize = qc_practice_finalize;
  props[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, 0, QC_PRACTICE_FAILED, 0, flags);
  props[PROP_TODAY] = g_param_spec_int ("today", NULL, NULL, 0, G_MAXINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[READY] = g_signal_new ("ready", QC_TYPE_PRACTICE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
qc_practice_init (QcPractice *self)
{
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
}

QcPractice *
qc_practice_new (const char *folder)
{
  QcPractice *self = g_object_new (QC_TYPE_PRACTICE, NULL);
  self->folder = g_strdup (folder);
  return self;
}

static void
set_state (QcPractice *self, QcPracticeState state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
}

/* Ends all start calls, with @error or well. */
static void
answer_waiting (QcPractice *self, const GError *error)
{
  g_autoptr (GPtrArray) tasks = g_steal_pointer (&self->waiting);
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < tasks->len; i++) {
    if (error)
      g_task_return_error (g_ptr_array_index (tasks, i), g_error_copy (error));
    else
      g_task_return_boolean (g_ptr_array_index (tasks, i), TRUE);
  }
}

static void
fail (QcPractice *self, QcAppError code, const char *message)
{
  g_autoptr (QcPractice) alive = g_object_ref (self);
  g_clear_error (&self->error);
  self->error = g_error_new_literal (QC_APP_ERROR, code, message);
  set_state (self, QC_PRACTICE_FAILED);
  answer_waiting (self, self->error);
}

static void
forget_process (QcPractice *self)
{
  g_clear_handle_id (&self->limit, g_source_remove);
  if (self->cancel)
    g_cancellable_cancel (self->cancel);
  g_clear_object (&self->cancel);
  g_clear_object (&self->process);
  self->pid = 0;
}

static gboolean
limit_cb (gpointer data)
{
  QcPractice *self = data;
  self->limit = 0;
  if (self->process)
    g_subprocess_force_exit (self->process);
  forget_process (self);
  fail (self, QC_APP_ERROR_CENTER_DIED, _ ("The practice center did not get ready in time."));
  return G_SOURCE_REMOVE;
}

static gboolean
read_ready_line (QcPractice *self, const char *line, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (line, strlen (line));
  QcWireReader reader;
  QcWireObject root;
  if (!qc_wire_reader_open (&reader, bytes, &qc_gate_file, &root, error))
    return FALSE;
  gboolean ready = qc_wire_bool (&root, "ready") && qc_wire_bool (&root, "practice");
  g_autofree char *console = qc_wire_string (&root, "console", 500);
  g_autofree char *profile = qc_wire_string (&root, "profile", 4096);
  QcDate today = qc_wire_date (&root, "today");
  int pid = (int)qc_wire_int (&root, "pid", 1, G_MAXINT);
  if (!ready)
    qc_wire_fault (&root, "ready", "not a practice center");
  if (!qc_wire_reader_close (&reader, error))
    return FALSE;
  g_free (self->console);
  self->console = g_steal_pointer (&console);
  g_free (self->profile);
  self->profile = g_steal_pointer (&profile);
  self->pid = pid;
  qc_practice_set_today (self, today);
  return TRUE;
}

static void
line_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (QcPractice) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *line
      = g_data_input_stream_read_line_finish_utf8 (G_DATA_INPUT_STREAM (source), result, NULL, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || !self->process)
    return;
  if (!line) /* it died: exit_cb() says so */
    return;
  if (!read_ready_line (self, line, &error)) {
    g_subprocess_force_exit (self->process);
    forget_process (self);
    fail (self, QC_APP_ERROR_CENTER_DIED, error->message);
    return;
  }
  g_clear_handle_id (&self->limit, g_source_remove);
  g_clear_error (&self->error);
  set_state (self, QC_PRACTICE_READY);
  /* Who listens takes the new address before who waited uses it. */
  g_signal_emit (self, signals[READY], 0);
  answer_waiting (self, NULL);
}

static gboolean
may_restart (QcPractice *self)
{
  gint64 now = g_get_monotonic_time ();
  if (now - self->first_death > DEATHS_WINDOW) {
    self->first_death = now;
    self->deaths = 0;
  }
  return ++self->deaths < MAX_DEATHS;
}

static void
exit_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (QcPractice) self = data;
  g_autoptr (GError) error = NULL;
  if (!g_subprocess_wait_finish (G_SUBPROCESS (source), result, &error) || self->process != (GSubprocess *)source)
    return;
  gboolean damaged = g_subprocess_get_if_exited (G_SUBPROCESS (source))
                     && g_subprocess_get_exit_status (G_SUBPROCESS (source)) == EXIT_DAMAGED;
  forget_process (self);
  if (damaged) {
    g_autofree char *message
        = g_strdup_printf (_ ("The made-up data of practice are damaged. They lie in the folder %s: "
                              "once it is renamed, practice begins anew. Real business is not "
                              "touched."),
                           self->folder);
    fail (self, QC_APP_ERROR_CENTER_DIED, message);
    return;
  }
  if (may_restart (self)) {
    spawn (self);
    return;
  }
  fail (self, QC_APP_ERROR_CENTER_DIED, _ ("The practice center ended several times in a row."));
}

char *
qc_practice_find_program (void)
{
  const char *wanted = g_getenv ("QINGCE_CENTER");
  if (wanted && *wanted)
    return g_strdup (wanted);
  g_autofree char *own = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = own ? g_path_get_dirname (own) : g_strdup (".");
  const char *const places[]
      = {"qingce-center", "center/qingce-center", "../center/qingce-center", "../libexec/qingce-center"};
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++) {
    g_autofree char *path = g_build_filename (folder, places[i], NULL);
    if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE) && !g_file_test (path, G_FILE_TEST_IS_DIR))
      return g_steal_pointer (&path);
  }
  return g_find_program_in_path ("qingce-center");
}

static void
read_line (QcPractice *self)
{
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  g_data_input_stream_read_line_async (lines, G_PRIORITY_DEFAULT, self->cancel, line_cb, g_object_ref (self));
  g_subprocess_wait_async (self->process, self->cancel, exit_cb, g_object_ref (self));
  self->limit = g_timeout_add_seconds (START_LIMIT_S, limit_cb, self);
}

static void
spawn (QcPractice *self)
{
  g_autofree char *program = qc_practice_find_program ();
  if (!program) {
    fail (self, QC_APP_ERROR_NO_CENTER, _ ("The program qingce-center was not found."));
    return;
  }
  set_state (self, QC_PRACTICE_STARTING);
  self->cancel = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  self->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program,
                                    "--practice", "--data", self->folder, "--port", "0", NULL);
  if (self->process)
    read_line (self);
  else
    fail (self, QC_APP_ERROR_NO_CENTER, error->message);
}

void
qc_practice_start_async (QcPractice *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_PRACTICE (self));
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, qc_practice_start_async);
  if (self->state == QC_PRACTICE_READY) {
    g_task_return_boolean (task, TRUE);
    return;
  }
  g_ptr_array_add (self->waiting, g_steal_pointer (&task));
  if (self->state != QC_PRACTICE_STARTING) {
    self->deaths = 0;
    spawn (self);
  }
}

gboolean
qc_practice_start_finish (QcPractice *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
qc_practice_stop (QcPractice *self)
{
  g_return_if_fail (QC_IS_PRACTICE (self));
  if (self->process) {
    /* Closing its stdin ends it in good order; it needs no signal. */
    g_output_stream_close (g_subprocess_get_stdin_pipe (self->process), NULL, NULL);
    forget_process (self);
  }
  self->state = QC_PRACTICE_STOPPED;
  if (self->waiting->len > 0) {
    g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "stopped");
    answer_waiting (self, error);
  }
}

QcPracticeState
qc_practice_get_state (QcPractice *self)
{
  return self->state;
}

const GError *
qc_practice_get_error (QcPractice *self)
{
  return self->error;
}

const char *
qc_practice_get_console_address (QcPractice *self)
{
  return self->console;
}

const char *
qc_practice_get_profile_path (QcPractice *self)
{
  return self->profile;
}

int
qc_practice_get_pid (QcPractice *self)
{
  return self->pid;
}

QcDate
qc_practice_get_today (QcPractice *self)
{
  return self->today;
}

void
qc_practice_set_today (QcPractice *self, QcDate today)
{
  if (self->today == today)
    return;
  self->today = today;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TODAY]);
}
