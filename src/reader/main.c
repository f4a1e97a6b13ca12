/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * qingce-reader: reads one file that a stranger may have made, from its standard input, and answers on its standard
 * output as qc-reading.h and, of an old workbook, qc-sheets.h, of a picture to be sent, qc-picture.h have it. It bounds
 * itself before the first byte, writes no file and needs no network; whatever becomes of it, the program that started
 * it only sees that it ended. One thread.
 *
 *   qingce-reader vouchers <FILE
 *   qingce-reader page NUMBER <FILE
 *   qingce-reader sheets <FILE
 *   qingce-reader cells SHEET ROWS <FILE
 *   qingce-reader picture TURN BYTES <FILE
 *   qingce-reader about
 */
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "qc-heic.h"
#include "qc-paper.h"
#include "qc-picture.h"
#include "qc-read-xls.h"
#include "qc-reader-limits.h"
#include "qc-reader-sandbox.h"
#include "qc-reading.h"
#include "qc-sheets.h"

#define BEHIND 10 /* programs that a person waits for */

/* What reads papers and HEIC needs fifty libraries, which take as long to load as a picture to be turned: they are
 * loaded where they are needed, from beside the program. */
static void *
load (const char *module_name, const char *function)
{
  g_autofree char *own = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = own != NULL ? g_path_get_dirname (own) : g_strdup (".");
  g_autofree char *path = g_build_filename (folder, module_name, NULL);
  void *module = dlopen (path, RTLD_NOW | RTLD_LOCAL);
  void *found = module != NULL ? dlsym (module, function) : NULL;
  if (found == NULL)
    exit (QC_PAPER_MISSING);
  return found;
}

static gboolean
write_all (const GByteArray *answer)
{
  for (gsize done = 0; done < answer->len;) {
    gssize n = write (STDOUT_FILENO, answer->data + done, answer->len - done);
    if (n < 0 && errno != EINTR)
      return FALSE;
    done += n > 0 ? (gsize)n : 0;
  }
  return TRUE;
}

typedef struct {
  enum { VOUCHERS, PAGE, SHEETS, CELLS, PICTURE, ABOUT } what;
  guint number; /* of the page or the sheet; degrees */
  guint most;   /* rows, 0 = all; bytes */
} Task;

static gboolean
take_task (int argc, char **argv, Task *task)
{
  static const struct {
    const char *name;
    int arguments;
  } tasks[] = {[VOUCHERS] = {"vouchers", 0}, [PAGE] = {"page", 1},       [SHEETS] = {"sheets", 0},
               [CELLS] = {"cells", 2},       [PICTURE] = {"picture", 2}, [ABOUT] = {"about", 0}};
  for (guint i = 0; argc > 1 && i < G_N_ELEMENTS (tasks); i++)
    if (strcmp (argv[1], tasks[i].name) == 0 && argc == 2 + tasks[i].arguments) {
      task->what = i;
      task->number = argc > 2 ? (guint)strtoul (argv[2], NULL, 10) : 0;
      task->most = argc > 3 ? (guint)strtoul (argv[3], NULL, 10) : 0;
      return (i != PAGE || task->number > 0) && (i != PICTURE || (task->number < 360 && task->number % 90 == 0));
    }
  return FALSE;
}

static void
answer_paper (GByteArray *answer, GMappedFile *file, const Task *task)
{
  qc_reading_begin (answer);
  const guint empty = answer->len;
  if (file != NULL)
    ((QcPaperAnswer)load (QC_PAPER_MODULE, QC_PAPER_FUNCTION)) (answer, file, task->number);
  if (answer->len == empty)
    qc_reading_fail (answer, "unreadable");
  qc_reading_end (answer);
}

static void
answer_workbook (GByteArray *answer, GMappedFile *file, const Task *task)
{
  const guint8 *data = file != NULL ? (const guint8 *)g_mapped_file_get_contents (file) : NULL;
  gsize size = file != NULL ? g_mapped_file_get_length (file) : 0;
  if (!qc_is_xls (data, size))
    qc_sheets_fail (answer, "kind");
  else if (task->what == SHEETS)
    qc_read_xls_book (answer, data, size);
  else
    qc_read_xls_cells (answer, data, size, task->number, task->most);
  qc_sheets_end (answer);
}

static void
answer_picture (GByteArray *answer, GMappedFile *file, const Task *task)
{
  const guint8 *data = file != NULL ? (const guint8 *)g_mapped_file_get_contents (file) : NULL;
  gsize size = file != NULL ? g_mapped_file_get_length (file) : 0;
  setpriority (PRIO_PROCESS, 0, BEHIND); /* many of them at once must not hold up the window */
  QcPrepareHow how = {.turn = task->number, .most = task->most};
  if (qc_picture_kind (data, size) == QC_PICTURE_HEIC)
    how.read_heic = ((QcHeicBegin)load (QC_HEIC_MODULE, QC_HEIC_FUNCTION)) ();
  how.confined = qc_reader_sandbox_enter ();
  qc_prepare_picture (answer, data, size, &how);
  qc_picture_end (answer);
}

/* Whether the system lets us confine ourselves, in a word. */
static void
answer_about (GByteArray *answer)
{
  const char *word = qc_reader_sandbox_enter () ? "confined" : "refused";
  g_byte_array_append (answer, (const guint8 *)word, (guint)strlen (word));
}

int
main (int argc, char **argv)
{
  Task task = {0};
  g_log_writer_default_set_use_stderr (TRUE); /* the answer alone goes to standard output */
  g_autoptr (GByteArray) answer = g_byte_array_new ();
  if (!take_task (argc, argv, &task))
    return 2;
  if (!qc_reader_limits_set (task.what == PICTURE ? 10 : 20))
    return 3;
  g_autoptr (GMappedFile) file = g_mapped_file_new_from_fd (STDIN_FILENO, FALSE, NULL);
  if (task.what == VOUCHERS || task.what == PAGE)
    answer_paper (answer, file, &task);
  else if (task.what == PICTURE)
    answer_picture (answer, file, &task);
  else if (task.what == ABOUT)
    answer_about (answer);
  else
    answer_workbook (answer, file, &task);
  return write_all (answer) ? 0 : 1;
}
