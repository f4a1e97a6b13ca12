/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See the header. The reader gets the file as its standard input and a pipe as its standard output, and is killed when
 * it is late, when it says too much, or when nobody waits for it any more. Any thread but the main one.
 */
#include "qc-reader.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "qc-paper.h"

/* Longer than the reader's own bound of computing time takes on a busy computer. */
#define DEADLINE_S 60
#define ENDING_MS  3000

/* A picture that is turned is read across all of its memory. That takes half as long in large pages, and where what was
 * freed is used again instead of being asked for anew. Other C libraries pass it by. */
#define TUNABLES "glibc.malloc.hugetlb=1:glibc.malloc.mmap_threshold=1073741824:glibc.malloc.trim_threshold=1073741824"

#define READING (O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)

/* $QINGCE_READER, beside our own program, or where it is installed. (transfer full) (nullable) */
static char *
find_program (void)
{
  const char *wanted = g_getenv ("QINGCE_READER");
  g_autofree char *own = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = own != NULL ? g_path_get_dirname (own) : g_strdup (".");
  static const char *const places[]
      = {"reader/qingce-reader", "../reader/qingce-reader", "../libexec/qingce-reader", QC_LIBEXECDIR "/qingce-reader"};
  if (wanted != NULL && *wanted != '\0')
    return g_strdup (wanted);
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++) {
    g_autofree char *path
        = g_path_is_absolute (places[i]) ? g_strdup (places[i]) : g_build_filename (folder, places[i], NULL);
    if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE) && !g_file_test (path, G_FILE_TEST_IS_DIR))
      return g_steal_pointer (&path);
  }
  return NULL;
}

/* A descriptor of a file of bounded size; -1 with @error. A pipe or a device would have no end. */
static int
open_file (const char *path, GError **error)
{
  struct stat status;
  int fd = g_open (path, READING, 0);
  if (fd >= 0 && fstat (fd, &status) == 0 && S_ISREG (status.st_mode) && status.st_size <= QC_READER_MAX_FILE)
    return fd;
  if (fd >= 0)
    close (fd);
  g_set_error (error, QC_READER_ERROR, QC_READER_ERROR_OPEN, _ ("%s cannot be opened, or is too large."), path);
  return -1;
}

/* Ours, without what would make the reader talk or end at a warning about a stranger's file. (transfer full) */
static char **
make_environment (gboolean for_picture)
{
  char **environment = g_get_environ ();
  static const char *const without[] = {"G_DEBUG", "G_MESSAGES_DEBUG", "G_SLICE"};
  for (gsize i = 0; i < G_N_ELEMENTS (without); i++)
    environment = g_environ_unsetenv (environment, without[i]);
  if (for_picture)
    environment = g_environ_setenv (environment, "GLIBC_TUNABLES", TUNABLES, TRUE);
  return environment;
}

/* Takes what comes out of the pipe. FALSE: with @error, and it is not read on. */
typedef gboolean (*Sink) (gpointer sink, const guint8 *bytes, gsize length, GError **error);

typedef struct {
  GPid pid;
  int out;
  Sink take;
  gpointer sink; /* borrowed */
} Running;

/* @task: the reader's arguments, a blank between them. */
static gboolean
start (Running *running, const char *task, int fd, GError **error)
{
  g_autofree char *program = find_program ();
  g_auto (GStrv) words = g_strsplit (task, " ", 3);
  const char *const argv[] = {program, words[0], words[1], words[1] != NULL ? words[2] : NULL, NULL};
  g_auto (GStrv) environment = make_environment (g_str_has_prefix (task, "picture "));
  g_autoptr (GError) fault = NULL;
  if (program != NULL
      && g_spawn_async_with_pipes_and_fds (
          NULL, argv, (const char *const *)environment,
          G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_CLOEXEC_PIPES | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, fd, -1, -1, NULL,
          NULL, 0, &running->pid, NULL, &running->out, NULL, &fault))
    return TRUE;
  g_set_error (error, QC_READER_ERROR, QC_READER_ERROR_MISSING, _ ("The program qingce-reader cannot be started%s%s"),
               fault != NULL ? ": " : ".", fault != NULL ? fault->message : "");
  return FALSE;
}

static gint64
get_deadline (void)
{
  const char *wanted = g_getenv ("QINGCE_READER_DEADLINE");
  guint64 seconds = wanted != NULL ? g_ascii_strtoull (wanted, NULL, 10) : 0;
  return g_get_monotonic_time () + (gint64)(seconds > 0 && seconds < 3600 ? seconds : DEADLINE_S) * G_USEC_PER_SEC;
}

/* What is there in the pipe. FALSE at its end, or with @error. */
static gboolean
read_some (Running *running, GError **error)
{
  guint8 buffer[64 * 1024];
  gssize n = read (running->out, buffer, sizeof buffer);
  if (n < 0 && (errno == EINTR || errno == EAGAIN))
    return TRUE;
  return n > 0 && running->take (running->sink, buffer, (gsize)n, error);
}

/* Until the pipe ends. */
static gboolean
collect (Running *running, GCancellable *cancellable, GError **error)
{
  gint64 deadline = get_deadline ();
  GPollFD cancel = {.fd = -1};
  gboolean can_cancel = cancellable != NULL && g_cancellable_make_pollfd (cancellable, &cancel);
  g_autoptr (GError) fault = NULL;
  gboolean more = TRUE;
  while (more && fault == NULL && !g_cancellable_set_error_if_cancelled (cancellable, &fault)) {
    GPollFD fds[] = {{.fd = running->out, .events = G_IO_IN}, cancel};
    gint64 left = deadline - g_get_monotonic_time ();
    if (left <= 0)
      g_set_error_literal (&fault, QC_READER_ERROR, QC_READER_ERROR_LIMIT,
                           _ ("Reading the file took too long, and was ended."));
    else if (g_poll (fds, can_cancel ? 2 : 1, (int)(left / 1000) + 1) > 0 && fds[0].revents != 0)
      more = read_some (running, &fault);
  }
  if (can_cancel)
    g_cancellable_release_fd (cancellable);
  if (fault == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&fault));
  return FALSE;
}

/* Whoever closed the pipe has nothing left to do: what does not end by itself then is ended. */
static int
wait_for_end (GPid pid, gboolean at_once)
{
  int status = 0;
  for (int i = 0; !at_once && i < ENDING_MS; i++) {
    pid_t got = waitpid (pid, &status, WNOHANG);
    if (got == pid)
      return status;
    g_usleep (1000);
  }
  kill (pid, SIGKILL);
  while (waitpid (pid, &status, 0) < 0 && errno == EINTR)
    ;
  return status;
}

/* Whether it ended well; without it the answer counts for nothing. */
static gboolean
ended_well (int status, GError **error)
{
  if (WIFEXITED (status) && WEXITSTATUS (status) == 0)
    return TRUE;
  if (WIFEXITED (status) && WEXITSTATUS (status) == QC_PAPER_MISSING)
    g_set_error_literal (error, QC_READER_ERROR, QC_READER_ERROR_MISSING,
                         _ ("The program qingce-reader is not installed completely."));
  else if (WIFSIGNALED (status) && (WTERMSIG (status) == SIGXCPU || WTERMSIG (status) == SIGALRM))
    g_set_error_literal (error, QC_READER_ERROR, QC_READER_ERROR_LIMIT,
                         _ ("Reading the file took too long, and was ended."));
  else
    g_set_error_literal (error, QC_READER_ERROR, QC_READER_ERROR_BROKEN,
                         _ ("The program that reads files gave the file up: it is damaged, or made to do harm."));
  return FALSE;
}

/* Whether the reader did @task with the file behind @fd, and all of what it said was taken. */
static gboolean
run (int fd, const char *task, Sink take, gpointer sink, GCancellable *cancellable, GError **error)
{
  Running running = {.out = -1, .take = take, .sink = sink};
  if (!start (&running, task, fd, error))
    return FALSE;
  g_autoptr (GError) fault = NULL;
  gboolean collected = collect (&running, cancellable, &fault);
  int status = wait_for_end (running.pid, !collected);
  close (running.out);
  if (collected && ended_well (status, &fault))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&fault));
  return FALSE;
}

/* ---- papers ---- */

static gboolean
append_bytes (gpointer sink, const guint8 *bytes, gsize length, GError **error)
{
  GByteArray *answer = sink;
  if (answer->len + length > QC_READING_MAX_SIZE) {
    g_set_error_literal (error, QC_READER_ERROR, QC_READER_ERROR_BROKEN,
                         _ ("The program that reads files gave an answer without an end."));
    return FALSE;
  }
  g_byte_array_append (answer, bytes, (guint)length);
  return TRUE;
}

static QcReading *
read_paper (const char *path, const char *task, GCancellable *cancellable, GError **error)
{
  g_autoptr (GByteArray) answer = g_byte_array_new ();
  int fd = open_file (path, error);
  if (fd < 0)
    return NULL;
  gboolean read = run (fd, task, append_bytes, answer, cancellable, error);
  close (fd);
  return read ? qc_reading_parse (answer->data, answer->len, error) : NULL;
}

QcReading *
qc_reader_find_vouchers (const char *path, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);
  return read_paper (path, "vouchers", cancellable, error);
}

QcReading *
qc_reader_draw_page (const char *path, guint page, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (path != NULL && page > 0, NULL);
  g_autofree char *task = g_strdup_printf ("page %u", page);
  g_autoptr (QcReading) reading = read_paper (path, task, cancellable, error);
  if (reading != NULL && reading->image != NULL)
    return g_steal_pointer (&reading);
  if (reading != NULL)
    g_set_error_literal (error, QC_READER_ERROR, QC_READER_ERROR_UNREADABLE, _ ("There is no such page."));
  return NULL;
}

/* ---- workbooks ---- */

static gboolean
feed_bytes (gpointer sink, const guint8 *bytes, gsize length, GError **error)
{
  return qc_sheets_feed (sink, bytes, length, error);
}

static gboolean
read_sheets (int fd, const char *task, QcSheetsTake take, gpointer user_data, GCancellable *cancellable, GError **error)
{
  g_auto (QcSheetsParser) parser = {.take = take, .user_data = user_data};
  return run (fd, task, feed_bytes, &parser, cancellable, error) && qc_sheets_finish (&parser, error);
}

gboolean
qc_reader_read_book (int fd, QcSheetsTake take, gpointer user_data, GCancellable *cancellable, GError **error)
{
  return read_sheets (fd, "sheets", take, user_data, cancellable, error);
}

gboolean
qc_reader_read_cells (int fd, guint sheet, guint most, QcSheetsTake take, gpointer user_data, GCancellable *cancellable,
                      GError **error)
{
  g_autofree char *task = g_strdup_printf ("cells %u %u", sheet, most);
  return read_sheets (fd, task, take, user_data, cancellable, error);
}

/* ---- pictures ---- */

static void
set_open_error (GError **error, int number)
{
  const char *words = _ ("The system does not let it be opened.");
  if (number == ENOENT)
    words = _ ("It is no longer there.");
  else if (number == EACCES || number == EPERM)
    words = _ ("You may not read it.");
  g_set_error_literal (error, QC_READER_ERROR, QC_READER_ERROR_PICTURE_OPEN, words);
}

/* What is wrong with the file behind @fd before anybody reads it. */
static gboolean
judge_picture (int fd, GError **error)
{
  struct stat status;
  if (fstat (fd, &status) != 0)
    set_open_error (error, errno);
  else if (S_ISDIR (status.st_mode))
    g_set_error_literal (error, QC_READER_ERROR, QC_READER_ERROR_PICTURE_OPEN, _ ("It is a folder."));
  else if (!S_ISREG (status.st_mode))
    g_set_error_literal (error, QC_READER_ERROR, QC_READER_ERROR_PICTURE_OPEN, _ ("It is no file, but a device."));
  else if (status.st_size > QC_PICTURE_MAX_FILE)
    g_set_error_literal (error, QC_READER_ERROR, QC_READER_ERROR_PICTURE_LARGE,
                         _ ("The file has more than 64 MB. It was not opened."));
  else
    return TRUE;
  return FALSE;
}

int
qc_reader_open_picture (const char *path, GError **error)
{
  g_return_val_if_fail (path != NULL, -1);
  int fd = g_open (path, READING, 0);
  if (fd < 0) {
    set_open_error (error, errno);
    return -1;
  }
  if (judge_picture (fd, error))
    return fd;
  close (fd);
  return -1;
}

#define BESIDE (512 * 1024) /* a preview, and what is coded anew may be larger: room that is not grown again */

/* What the clerk is told of a reader that ended badly is about her picture here, not about a voucher. */
static QcPicture *
give_up (GError *fault, GError **error)
{
  if (fault->domain == QC_READER_ERROR
      && (fault->code == QC_READER_ERROR_LIMIT || fault->code == QC_READER_ERROR_BROKEN))
    fault->code = QC_READER_ERROR_PICTURE_GIVEN_UP;
  g_propagate_error (error, fault);
  return NULL;
}

QcPicture *
qc_reader_prepare_picture (int fd, guint turn, gsize most, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (fd >= 0 && turn % 90 == 0, NULL);
  if (!judge_picture (fd, error))
    return NULL;
  g_autofree char *task = g_strdup_printf ("picture %u %" G_GSIZE_FORMAT, turn % 360, MIN (most, QC_PICTURE_MAX_JPEG));
  g_autoptr (GError) fault = NULL;
  struct stat status = {0};
  fstat (fd, &status);
  GByteArray *said = g_byte_array_sized_new ((guint)MIN (status.st_size, QC_PICTURE_MAX_JPEG) + BESIDE);
  gboolean read = run (fd, task, append_bytes, said, cancellable, &fault);
  g_autoptr (GBytes) answer = g_byte_array_free_to_bytes (said);
  QcPicture *picture = read ? qc_picture_parse (answer, &fault) : NULL;
  return picture != NULL ? picture : give_up (g_steal_pointer (&fault), error);
}

char *
qc_reader_describe (GCancellable *cancellable, GError **error)
{
  g_autoptr (GByteArray) said = g_byte_array_new ();
  int nothing = g_open ("/dev/null", READING, 0);
  gboolean read = run (nothing, "about", append_bytes, said, cancellable, error);
  close (nothing);
  if (!read)
    return NULL;
  gboolean confined = said->len == strlen ("confined") && memcmp (said->data, "confined", said->len) == 0;
  return g_strdup (confined ? _ ("Pictures are decoded in a process that may open, start and send nothing.")
                            : _ ("Pictures are decoded in a process of bounded memory and time. The system refuses to "
                                 "confine it further."));
}
