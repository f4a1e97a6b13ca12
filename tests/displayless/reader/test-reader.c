/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The program that reads files, with files made to do harm: announced sizes, endless drawings, long attachments; its
 * bounds, in the running process. And what its parent makes of a reader that hangs, dies, babbles or is not there.
 */
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "qc-reader.h"

static char *folder, *program;

static char *
save (const char *name, const void *data, gssize size)
{
  char *path = g_build_filename (folder, name, NULL);
  g_assert_true (g_file_set_contents (path, data, size, NULL));
  return path;
}

static void
run (const char *command)
{
  const char *const argv[] = {"sh", "-c", command, folder, NULL};
  int status = 0;
  g_assert_true (
      g_spawn_sync (folder, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, NULL));
  g_assert_true (g_spawn_check_wait_status (status, NULL));
}

static void
assert_refused (const char *path, int code)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (qc_reader_find_vouchers (path, NULL, &error));
  g_assert_error (error, QC_READER_ERROR, code);
}

/* Of the largest child so far. */
static long
peak_mib (void)
{
  struct rusage usage;
  getrusage (RUSAGE_CHILDREN, &usage);
  return usage.ru_maxrss / 1024;
}

/* ---- pictures ---- */

/* A PNG or the beginning of one that says how large it is, and has nothing to show for it. */
static char *
save_png_head (const char *name, guint width, guint height)
{
  guint8 data[90] = "\211PNG\r\n\032\n\0\0\0\015IHDR";
  for (int i = 0; i < 4; i++) {
    data[16 + i] = (guint8)(width >> (24 - 8 * i));
    data[20 + i] = (guint8)(height >> (24 - 8 * i));
  }
  data[24] = 8;
  data[25] = 2;
  return save (name, data, sizeof data);
}

static void
test_announced_size (void)
{
  static const guint8 jpeg[]
      = {0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xff, 0xc0, 0, 11, 8, 0xff, 0xff, 0xff, 0xff, 1, 0};
  g_autofree char *wide = save_png_head ("wide.png", 40000, 40000);
  g_autofree char *long_one = save_png_head ("long.png", 1, G_MAXUINT);
  g_autofree char *none = save_png_head ("none.png", 0, 10);
  g_autofree char *broken = save_png_head ("broken.png", 100, 100);
  g_autofree char *large = save ("large.jpg", jpeg, sizeof jpeg);
  assert_refused (wide, QC_READER_ERROR_TOO_LARGE);
  assert_refused (long_one, QC_READER_ERROR_TOO_LARGE);
  assert_refused (large, QC_READER_ERROR_TOO_LARGE);
  assert_refused (none, QC_READER_ERROR_UNREADABLE);
  assert_refused (broken, QC_READER_ERROR_UNREADABLE);
  g_assert_cmpint (peak_mib (), <, 100);
}

static void
test_picture (void)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 3000, 1500);
  g_autofree char *path = g_build_filename (folder, "red.png", NULL);
  gdk_pixbuf_fill (pixbuf, 0xff0000ff);
  g_autoptr (GError) error = NULL;
  g_assert_true (gdk_pixbuf_save (pixbuf, path, "png", &error, NULL));
  g_autoptr (QcReading) found = qc_reader_find_vouchers (path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (found->kind, ==, QC_READING_PICTURE);
  g_assert_cmpuint (found->vouchers->len, ==, 0);
  g_autoptr (QcReading) drawn = qc_reader_draw_page (path, 1, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (drawn->width, ==, QC_READING_MAX_SIDE);
  g_assert_cmpuint (drawn->height, ==, QC_READING_MAX_SIDE / 2);
  g_assert_cmpmem (g_bytes_get_data (drawn->image, NULL), 6, "\377\0\0\377\0\0", 6);
}

/* ---- PDFs ---- */

/* @objects from 4 on; poppler finds them without a table. */
static char *
save_pdf (const char *name, const char *page, const char *objects)
{
  g_autofree char *text = g_strdup_printf ("%%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
                                           "2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
                                           "3 0 obj\n<< /Type /Page /Parent 2 0 R %s >>\nendobj\n%s"
                                           "trailer\n<< /Root 1 0 R /Size 40 >>\n%%%%EOF\n",
                                           page, objects);
  return save (name, text, -1);
}

static void
test_page_size (void)
{
  static const char *const pages[] = {
      "/MediaBox [0 0 1000000 1000000]",
      "/MediaBox [0 0 10 15000]",
      "/MediaBox [0 0 600 850] /UserUnit 100000",
      "/MediaBox [0 0 600 850] /CropBox [0 0 99999999 10]",
  };
  g_autofree char *good = save_pdf ("good.pdf", "/MediaBox [0 0 600 850]", "");
  g_autoptr (GError) error = NULL;
  g_autoptr (QcReading) found = qc_reader_find_vouchers (good, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->n_pages, ==, 1);
  g_autoptr (QcReading) drawn = qc_reader_draw_page (good, 1, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (drawn->height, >, drawn->width);
  g_assert_null (qc_reader_draw_page (good, 2, NULL, &error));
  g_assert_error (error, QC_READER_ERROR, QC_READER_ERROR_UNREADABLE);
  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++) {
    g_autofree char *path = save_pdf ("size.pdf", pages[i], "");
    g_autoptr (GError) fault = NULL;
    g_autoptr (QcReading) reading = qc_reader_find_vouchers (path, NULL, &fault);
    g_autoptr (QcReading) picture = qc_reader_draw_page (path, 1, NULL, NULL);
    if (i < 2)
      g_assert_error (fault, QC_READER_ERROR, QC_READER_ERROR_TOO_LARGE);
    g_assert_true (picture == NULL || picture->width <= QC_READING_MAX_SIDE);
  }
  g_assert_cmpint (peak_mib (), <, 300);
}

/* Twenty forms, each drawn ten times by the one before: no end of it. */
static char *
save_endless (void)
{
  g_autoptr (GString) objects = g_string_new (NULL);
  for (int i = 4; i < 24; i++)
    g_string_append_printf (
        objects,
        "%d 0 obj\n<< /Type /XObject /Subtype /Form /BBox [0 0 600 850] /Resources << /XObject <<"
        " /F %d 0 R >> >> /Length 60 >>\nstream\n/F Do /F Do /F Do /F Do /F Do /F Do /F Do /F Do /F Do"
        " /F Do\nendstream\nendobj\n",
        i, i + 1);
  g_string_append (objects, "24 0 obj\n<< /Type /XObject /Subtype /Form /BBox [0 0 600 850] /Length 20 >>\nstream\n"
                            "0 0 600 850 re f    \nendstream\nendobj\n"
                            "25 0 obj\n<< /Length 6 >>\nstream\n/F Do \nendstream\nendobj\n");
  return save_pdf ("endless.pdf", "/MediaBox [0 0 600 850] /Contents 25 0 R /Resources << /XObject << /F 4 0 R >> >>",
                   objects->str);
}

static void
test_endless (void)
{
  g_autofree char *path = save_endless ();
  g_setenv ("QINGCE_READER_DEADLINE", "2", TRUE);
  assert_refused (path, QC_READER_ERROR_LIMIT);
  g_unsetenv ("QINGCE_READER_DEADLINE");
}

/* What bounds the process while it reads, as the kernel says it. */
static void
test_bounds (void)
{
  static const char *const wanted[]
      = {"^Max cpu time +20 ", "^Max file size +0 ", "^Max core file size +0 ", "^Max open files +64 ",
#ifndef __SANITIZE_ADDRESS__
         "^Max address space +1073741824 "
#endif
      };
  g_autofree char *path = save_endless ();
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_subprocess_launcher_set_stdin_file_path (launcher, path);
  g_autoptr (GSubprocess) process = g_subprocess_launcher_spawn (launcher, NULL, program, "vouchers", NULL);
  g_autofree char *name = g_strdup_printf ("/proc/%s/limits", g_subprocess_get_identifier (process));
  g_autofree char *other = g_strdup_printf ("/proc/%s/status", g_subprocess_get_identifier (process));
  g_autofree char *limits = NULL;
  for (int i = 0; i < 3000; i++) {
    g_clear_pointer (&limits, g_free);
    g_assert_true (g_file_get_contents (name, &limits, NULL, NULL));
    if (g_regex_match_simple (wanted[G_N_ELEMENTS (wanted) - 1], limits, G_REGEX_MULTILINE, 0))
      break;
    g_usleep (10000);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
    if (!g_regex_match_simple (wanted[i], limits, G_REGEX_MULTILINE, 0))
      g_error ("no %s in %s", wanted[i], limits);
  g_autofree char *status = NULL;
  g_assert_true (g_file_get_contents (other, &status, NULL, NULL));
  g_assert_nonnull (strstr (status, "NoNewPrivs:\t1"));
  g_subprocess_force_exit (process);
  g_subprocess_wait (process, NULL, NULL);
}

/* A short file whose attachment is long, and one that is locked. */
static void
test_attachment_and_lock (void)
{
  g_autofree char *good = save_pdf ("plain.pdf", "/MediaBox [0 0 600 850]", ""), *locked = NULL, *bomb = NULL;
  run ("qpdf plain.pdf whole.pdf || [ $? = 3 ]");
  run ("qpdf --encrypt u o 256 -- whole.pdf locked.pdf");
  run ("head -c 300000000 /dev/zero | tr '\\0' 'x' >qingce-voucher.txt"
       " && qpdf --add-attachment qingce-voucher.txt -- whole.pdf bomb.pdf && rm qingce-voucher.txt");
  locked = g_build_filename (folder, "locked.pdf", NULL);
  assert_refused (locked, QC_READER_ERROR_LOCKED);
  bomb = g_build_filename (folder, "bomb.pdf", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (QcReading) reading = qc_reader_find_vouchers (bomb, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (reading->vouchers->len, ==, 0);
}

/* ---- files that are none ---- */

static void
test_no_file (void)
{
  g_autofree char *pipe = g_build_filename (folder, "pipe", NULL);
  g_autofree char *gone = g_build_filename (folder, "gone", NULL);
  g_autofree char *empty = save ("empty", "", 0);
  g_autofree char *text = save ("text", "\n  \nQC1.a\r\nQC1.b", -1);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  assert_refused (pipe, QC_READER_ERROR_OPEN);
  assert_refused (folder, QC_READER_ERROR_OPEN);
  assert_refused (gone, QC_READER_ERROR_OPEN);
  assert_refused ("/dev/zero", QC_READER_ERROR_OPEN);
  assert_refused (empty, QC_READER_ERROR_UNREADABLE);
  g_autoptr (GError) error = NULL;
  g_autoptr (QcReading) reading = qc_reader_find_vouchers (text, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (reading->kind, ==, QC_READING_TEXT);
  g_assert_cmpuint (reading->vouchers->len, ==, 2);
  g_assert_cmpstr (((QcReadingText *)reading->vouchers->pdata[1])->text, ==, "QC1.b");
}

/* ---- readers that are none ---- */

static void
test_bad_readers (void)
{
  static const struct {
    const char *script;
    QcReaderError error;
    const char *deadline; /* (nullable) in seconds; else long enough for a machine that is busy */
  } cases[] = {
      {"exec sleep 100", QC_READER_ERROR_LIMIT, "2"},
      {"kill -9 $$", QC_READER_ERROR_BROKEN},
      {"kill -XCPU $$", QC_READER_ERROR_LIMIT},
      {"head -c 100000 /dev/urandom", QC_READER_ERROR_BROKEN},
      {"exec yes", QC_READER_ERROR_BROKEN},
      {"printf 'qingce-reading 1\\nkind 0 3\\npdf\\nend 0 0\\n\\n'; exit 1", QC_READER_ERROR_BROKEN},
      {"exec >&-; exec sleep 100", QC_READER_ERROR_BROKEN},
      {":", QC_READER_ERROR_BROKEN},
  };
  g_autofree char *path = save ("any", "QC1.a", -1);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = g_strdup_printf ("#!/bin/sh\n%s\n", cases[i].script), *script = save ("reader", text, -1);
    g_assert_cmpint (g_chmod (script, 0700), ==, 0);
    g_setenv ("QINGCE_READER", script, TRUE);
    g_test_message ("%s", cases[i].script);
    g_setenv ("QINGCE_READER_DEADLINE", cases[i].deadline ? cases[i].deadline : "60", TRUE);
    assert_refused (path, (int)cases[i].error);
  }
  g_setenv ("QINGCE_READER", "/nonexistent/qingce-reader", TRUE);
  assert_refused (path, QC_READER_ERROR_MISSING);
  g_setenv ("QINGCE_READER", program, TRUE);
  g_unsetenv ("QINGCE_READER_DEADLINE");
}

/* The program alone, without the module that it loads for papers. */
static void
test_incomplete (void)
{
  g_autofree char *path = save ("any", "QC1.a", -1), *copy = g_build_filename (folder, "alone", NULL), *bytes = NULL;
  gsize size;
  g_assert_true (g_file_get_contents (program, &bytes, &size, NULL));
  g_assert_true (g_file_set_contents (copy, bytes, (gssize)size, NULL));
  g_assert_cmpint (g_chmod (copy, 0700), ==, 0);
  g_setenv ("QINGCE_READER", copy, TRUE);
  assert_refused (path, QC_READER_ERROR_MISSING);
  g_setenv ("QINGCE_READER", program, TRUE);
}

static gpointer
cancel_thread (gpointer cancellable)
{
  g_usleep (300000);
  g_cancellable_cancel (cancellable);
  return NULL;
}

static void
test_cancel (void)
{
  g_autofree char *path = save_endless ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GThread *thread = g_thread_new ("cancel", cancel_thread, cancellable);
  g_assert_null (qc_reader_find_vouchers (path, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_thread_join (thread);
}

int
main (int argc, char **argv)
{
  g_autofree char *command = NULL;
  g_test_init (&argc, &argv, NULL);
  program = g_strdup (g_getenv ("QINGCE_READER"));
  folder = g_dir_make_tmp ("qingce-reader-XXXXXX", NULL);
  g_test_add_func ("/reader/announced-size", test_announced_size);
  g_test_add_func ("/reader/picture", test_picture);
  g_test_add_func ("/reader/page-size", test_page_size);
  g_test_add_func ("/reader/endless", test_endless);
  g_test_add_func ("/reader/bounds", test_bounds);
  g_test_add_func ("/reader/attachment-and-lock", test_attachment_and_lock);
  g_test_add_func ("/reader/no-file", test_no_file);
  g_test_add_func ("/reader/bad-readers", test_bad_readers);
  g_test_add_func ("/reader/incomplete", test_incomplete);
  g_test_add_func ("/reader/cancel", test_cancel);
  int result = g_test_run ();
  run ("rm -r -- \"$0\"");
  g_free (folder);
  g_free (program);
  return result;
}
