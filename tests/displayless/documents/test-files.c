/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Writing: killed at any write, on a full disk, where nothing can be written: the name asked for holds the old file or
 * a whole new one. And reading pictures of the QR code, damaged up to its correction level.
 */
#include <errno.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include "fixture.h"
#include "qc-qr.h"
#include "qc-voucher-check.h"

static Stage stage;

/* Runs voucher-samples --one @path with @inject of strace; its wait status. */
static int
save_with (const char *inject, const char *path)
{
  g_autofree char *program
      = g_test_build_filename (G_TEST_BUILT, "tests", "displayless", "documents", "voucher-samples", NULL);
  g_autofree char *what = g_strconcat ("inject=", inject, NULL);
  const char *const argv[] = {"strace", "-f", "-qq", "-o", "/dev/null", "-e", what, program, "--one", path, NULL};
  g_autoptr (GError) error = NULL;
  int status = 0;
  g_spawn_sync (NULL, (char **)argv, NULL,
                G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL, NULL,
                &status, &error);
  g_assert_no_error (error);
  return status;
}

static gboolean
is_old (const char *path)
{
  g_autofree char *data = NULL;
  return g_file_get_contents (path, &data, NULL, NULL) && g_str_equal (data, "old");
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;
  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
assert_old_or_whole (const char *path)
{
  const char *const argv[] = {"qpdf", "--check", path, NULL};
  g_autofree char *out = is_old (path) ? NULL : run (argv);
}

/* Nothing is left beside it, hidden or not, but for the one moment between a second name and the rename. */
static void
test_killed (void)
{
  static const char *const calls[] = {"write:signal=KILL:when=%d", "fsync:signal=KILL:when=%d",
                                      "linkat:signal=KILL:when=%d", "/^rename:signal=KILL:when=%d"};
  static const int most[] = {14, 2, 2, 1};
  static const guint left[] = {1, 1, 1, 2};
  g_autofree char *folder = stage_path (&stage, "killed");
  g_autofree char *path = g_build_filename (folder, "killed.pdf", NULL);
  g_assert_no_errno (g_mkdir (folder, 0777));
  for (gsize c = 0; c < G_N_ELEMENTS (calls); c++) {
    int n_killed = 0;
    for (int n = 1; n <= most[c]; n++) {
      g_autofree char *inject = g_strdup_printf (calls[c], n);
      g_file_set_contents (path, "old", -1, NULL);
      int status = save_with (inject, path);
      n_killed += WIFSIGNALED (status) || WEXITSTATUS (status) >= 128 ? 1 : 0;
      assert_old_or_whole (path);
      g_assert_cmpuint (count_files (folder), <=, left[c]);
    }
    g_test_message ("%s: killed %d times", calls[c], n_killed);
    g_assert_true (n_killed >= (c == 0 ? 5 : 1));
  }
}

/* A file system that gives no name to what has none: written beside, and renamed. */
static void
test_beside (void)
{
  g_autofree char *folder = stage_path (&stage, "beside");
  g_autofree char *path = g_build_filename (folder, "beside.pdf", NULL);
  g_assert_no_errno (g_mkdir (folder, 0777));
  g_file_set_contents (path, "old", -1, NULL);
  g_assert_cmpint (save_with ("linkat:error=EPERM", path), ==, 0);
  g_assert_false (is_old (path));
  assert_old_or_whole (path);
  g_assert_cmpuint (count_files (folder), ==, 1);
}

/* What ends the giving of a name is said as it is, and nothing is written a second time. */
static void
test_no_name (void)
{
  static const struct {
    const char *inject;
    int code;
  } cases[] = {
      {"linkat:error=ENOSPC:when=1", QC_DOCUMENTS_ERROR_NO_SPACE},
      {"linkat:error=ENOSPC:when=2", QC_DOCUMENTS_ERROR_NO_SPACE},
      {"linkat:error=EIO:when=2", QC_DOCUMENTS_ERROR_WRITE},
      {"/^rename:error=ENOENT:when=1", QC_DOCUMENTS_ERROR_WRITE},
      {"/^rename:error=EPERM:when=1", QC_DOCUMENTS_ERROR_WRITE},
      {"fsync:error=EIO:when=1", QC_DOCUMENTS_ERROR_WRITE},
  };
  g_autofree char *folder = stage_path (&stage, "no-name");
  g_autofree char *path = g_build_filename (folder, "no-name.pdf", NULL);
  g_assert_no_errno (g_mkdir (folder, 0777));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_file_set_contents (path, "old", -1, NULL);
    int status = save_with (cases[i].inject, path);
    g_test_message ("%s", cases[i].inject);
    g_assert_true (WIFEXITED (status));
    g_assert_cmpint (WEXITSTATUS (status), ==, 10 + cases[i].code);
    g_assert_true (is_old (path));
    g_assert_cmpuint (count_files (folder), ==, 1);
  }
}

static void
test_disk_full (void)
{
  g_autofree char *path = stage_path (&stage, "full.pdf");
  g_autofree char *folder = g_path_get_dirname (path);
  int n_refused = 0;
  for (int n = 1; n <= 14; n++) {
    g_autofree char *inject = g_strdup_printf ("write:error=ENOSPC:when=%d+", n);
    g_file_set_contents (path, "old", -1, NULL);
    int status = save_with (inject, path);
    if (status == 0)
      continue;
    n_refused++;
    g_assert_true (is_old (path));
    g_assert_true (WIFEXITED (status));
    if (n > 1) /* the first is the program's own */
      g_assert_cmpint (WEXITSTATUS (status), ==, 10 + QC_DOCUMENTS_ERROR_NO_SPACE);
  }
  g_assert_cmpint (n_refused, >, 4);
}

static void
test_not_writable (void)
{
  g_autoptr (QcVoucherFacts) facts = facts_make (1, 1);
  g_autoptr (QcVoucher) voucher = voucher_make (&stage, facts);
  g_autofree char *nowhere = g_build_filename (stage.folder, "none", "a.pdf", NULL);
  g_autofree char *folder = stage_path (&stage, "folder.pdf");
  g_autoptr (GError) error = NULL;
  g_assert_false (qc_voucher_save (stage.font, voucher, nowhere, &error));
  g_assert_error (error, QC_DOCUMENTS_ERROR, QC_DOCUMENTS_ERROR_WRITE);
  g_clear_error (&error);
  g_mkdir (folder, 0700);
  g_assert_false (qc_voucher_save (stage.font, voucher, folder, &error));
  g_assert_error (error, QC_DOCUMENTS_ERROR, QC_DOCUMENTS_ERROR_WRITE);
  g_rmdir (folder);
}

/* Runs voucher-samples --one @path as somebody for whom rights count, after @before (its arguments, NULL-terminated).
 */
static int
save_as (const char *const *before, const char *path, char **out)
{
  g_autofree char *built
      = g_test_build_filename (G_TEST_BUILT, "tests", "displayless", "documents", "voucher-samples", NULL);
  g_autofree char *program = stage_path (&stage, "program"); /* where anybody may run it */
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const char *const copy[] = {"cp", built, program, NULL};
  g_autofree char *copied = run (copy);
  g_strv_builder_addv (builder, (const char **)before);
  g_strv_builder_add_many (builder, program, "--one", path, NULL);
  g_auto (GStrv) argv = g_strv_builder_end (builder);
  int status = 0;
  g_autoptr (GError) error = NULL;
  g_spawn_sync (NULL, argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, out, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_true (WIFEXITED (status));
  return WEXITSTATUS (status);
}

/* What it says: where, and why. What to do is the business of who shows it. */
static void
assert_refused (const char *const *before, const char *path, int code)
{
  g_autofree char *out = NULL;
  g_assert_cmpint (save_as (before, path, &out), ==, 10 + QC_DOCUMENTS_ERROR_WRITE);
  if (strstr (out, path) == NULL || strstr (out, g_strerror (code)) == NULL)
    g_error ("“%s” does not say “%s” and “%s”", out, path, g_strerror (code));
}

/* @before: how to become somebody else: nobody at all for who is root, oneself otherwise. */
static void
assert_read_only (const char *const *before)
{
  g_autofree char *folder = stage_path (&stage, "read-only");
  g_autofree char *old = g_build_filename (folder, "old.pdf", NULL);
  g_autofree char *fresh = g_build_filename (folder, "new.pdf", NULL);
  g_assert_no_errno (g_mkdir (folder, 0777));
  g_file_set_contents (old, "old", -1, NULL);
  g_assert_no_errno (chmod (old, 0444)); /* a file that is not to be written, in a folder where it could be replaced */
  g_assert_no_errno (chmod (folder, 0777));
  assert_refused (before, old, EACCES);
  g_assert_no_errno (chmod (old, 0666)); /* the other way round */
  g_assert_no_errno (chmod (folder, 0555));
  assert_refused (before, fresh, EACCES);
  assert_refused (before, old, EACCES);
  g_assert_true (is_old (old));
  g_assert_cmpuint (count_files (folder), ==, 1); /* and nothing half done */
  g_assert_no_errno (chmod (folder, 0777));
  g_autofree char *out = NULL;
  g_assert_cmpint (save_as (before, old, &out), ==, 0); /* it was that, and nothing else */
  g_assert_false (is_old (old));
  g_unlink (old);
  g_rmdir (folder);
}

static void
test_read_only (void)
{
  const char *const nobody[] = {"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", NULL};
  g_assert_no_errno (chmod (stage.folder, 0711));
  const char *const myself[] = {NULL};
  assert_read_only (geteuid () == 0 ? nobody : myself);
}

/* A disk that is mounted read-only, for whoever asks. */
static void
test_read_only_disk (void)
{
  const char *const probe[] = {"unshare", "-rm", "true", NULL};
  g_autofree char *folder = stage_path (&stage, "disk");
  g_autofree char *path = g_build_filename (folder, "a.pdf", NULL);
  const char *const before[] = {"unshare",
                                "-rm",
                                "sh",
                                "-c",
                                "mount --bind \"$1\" \"$1\" && mount -o remount,ro,bind \"$1\" && shift && exec \"$@\"",
                                "sh",
                                folder,
                                NULL};
  int status = 0;
  if (!g_spawn_sync (NULL, (char **)probe, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL,
                     NULL, &status, NULL)
      || status != 0) {
    g_test_skip ("namespaces cannot be made here");
    return;
  }
  g_assert_no_errno (g_mkdir (folder, 0777));
  g_file_set_contents (path, "old", -1, NULL);
  assert_refused (before, path, EROFS);
  g_assert_true (is_old (path));
  g_assert_cmpuint (count_files (folder), ==, 1);
  g_unlink (path);
  g_rmdir (folder);
}

/* Without /proc what has no name can be neither written by libharu nor named: it is written beside. */
static void
test_without_proc (void)
{
  const char *const probe[] = {"unshare", "-rm", "mount", "-t", "tmpfs", "none", "/proc", NULL};
  const char *const before[] = {"unshare", "-rm", "sh", "-c", "mount -t tmpfs none /proc && exec \"$@\"", "sh", NULL};
  g_autofree char *folder = stage_path (&stage, "without");
  g_autofree char *path = g_build_filename (folder, "a.pdf", NULL);
  int status = 0;
  if (!g_spawn_sync (NULL, (char **)probe, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL,
                     NULL, &status, NULL)
      || status != 0) {
    g_test_skip ("namespaces cannot be made here");
    return;
  }
  g_assert_no_errno (g_mkdir (folder, 0777));
  g_file_set_contents (path, "old", -1, NULL);
  g_autofree char *out = NULL;
  g_assert_cmpint (save_as (before, path, &out), ==, 0);
  g_assert_false (is_old (path));
  assert_old_or_whole (path);
  g_assert_cmpuint (count_files (folder), ==, 1);
}

static QcVoucher *
get_never_cb (guint index, gpointer user_data, GError **error)
{
  g_assert_not_reached ();
}

/* Many are not drawn first, to be refused then. */
static void
test_refused_early (void)
{
  const QcVoucherSource source = {1000, get_never_cb, NULL};
  g_autofree char *file = stage_path (&stage, "file");
  g_autofree char *below = g_build_filename (file, "a.pdf", NULL);
  g_file_set_contents (file, "old", -1, NULL);
  g_autoptr (GError) error = NULL;
  g_assert_false (qc_vouchers_save (stage.font, &source, below, NULL, &error));
  g_assert_error (error, QC_DOCUMENTS_ERROR, QC_DOCUMENTS_ERROR_WRITE);
  g_assert_nonnull (strstr (error->message, below));
  g_assert_nonnull (strstr (error->message, g_strerror (ENOTDIR)));
  g_clear_error (&error);
  g_assert_false (qc_vouchers_save (stage.font, &source, stage.folder, NULL, &error));
  g_assert_nonnull (strstr (error->message, g_strerror (EISDIR)));
}

/* Open in another program, which has read a part and maps the rest: it keeps the old one whole, the name has the new.
 */
static void
test_open_elsewhere (void)
{
  g_autoptr (QcVoucherFacts) facts = facts_make (60, 1), other = facts_make (1, 2);
  g_autoptr (QcVoucher) voucher = voucher_make (&stage, facts);
  g_autoptr (QcVoucher) next = voucher_make (&stage, other);
  g_autofree char *path = stage_path (&stage, "elsewhere.pdf");
  g_autoptr (GString) read = g_string_new (NULL);
  g_assert_true (qc_voucher_save (stage.font, voucher, path, NULL));
  gsize size = 0;
  g_autofree char *old = NULL;
  g_assert_true (g_file_get_contents (path, &old, &size, NULL));
  FILE *reader = g_fopen (path, "r");
  g_autoptr (GMappedFile) mapped = g_mapped_file_new (path, FALSE, NULL);
  char buffer[4096];
  gsize n = fread (buffer, 1, sizeof buffer, reader);
  g_string_append_len (read, buffer, (gssize)n);
  g_autoptr (GError) error = NULL;
  qc_voucher_save (stage.font, next, path, &error);
  g_assert_no_error (error);
  while ((n = fread (buffer, 1, sizeof buffer, reader)) > 0)
    g_string_append_len (read, buffer, (gssize)n);
  fclose (reader);
  g_assert_cmpmem (read->str, read->len, old, size);
  g_assert_cmpmem (g_mapped_file_get_contents (mapped), g_mapped_file_get_length (mapped), old, size);
  assert_old_or_whole (path);
  {
    g_autofree char *text = read_text (path);
    g_assert_nonnull (strstr (text, other->serial));
    g_assert_null (strstr (text, facts->serial));
  }
}

/* ---- pictures ---- */

static GPtrArray *
check_path (const char *path, GError **error)
{
  return qc_voucher_check_file (path, stage.centers, SIGNED_AT, NULL, error);
}

static void
test_page_picture (void)
{
  static const char *const kinds[][2] = {{"-png", "page.png"}, {"-jpeg", "page.jpg"}};
  g_autoptr (QcVoucherFacts) facts = facts_make (2, 7);
  g_autofree char *path = stage_path (&stage, "page.pdf");
  g_autofree char *prefix = stage_path (&stage, "page");
  set_text (&facts->unit_name, "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥金木水火土日月星天地玄黄宇宙洪荒一二");
  g_autoptr (QcVoucher) voucher = voucher_make (&stage, facts);
  g_assert_true (qc_voucher_save (stage.font, voucher, path, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++) {
    const char *const draw[] = {"pdftoppm", "-singlefile", "-r", "300", kinds[i][0], path, prefix, NULL};
    g_autofree char *out = run (draw);
    g_autofree char *picture = stage_path (&stage, kinds[i][1]);
    const char *const scan[] = {"zbarimg", "-q", "--raw", "--nodbus", picture, NULL};
    g_autofree char *scanned = run (scan);
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) checks = check_path (picture, &error);
    g_autoptr (QcVoucherCheck) by_text = qc_voucher_check_text (scanned, stage.centers, SIGNED_AT);
    g_assert_no_error (error);
    const QcVoucherCheck *check = ((QcCheckedVoucher *)g_ptr_array_index (checks, 0))->check;
    g_assert_cmpint (check->verdict, ==, QC_VERDICT_GENUINE);
    g_assert_cmpint (by_text->verdict, ==, QC_VERDICT_GENUINE);
    g_assert_cmpint (check->facts->unit_fen, ==, facts->unit_fen);
    g_assert_cmpstr (check->facts->unit_name, ==, facts->unit_name);
  }
}

/* A picture of the code alone, with a white blot over @percent of its modules, away from the corners. */
static void
save_code (const char *text, int percent, const char *path)
{
  QcQr qr;
  g_assert_true (qc_qr_init (&qr, text));
  const int quiet = 4;
  const int scale = 5;
  int width = (qr.n + 2 * quiet) * scale;
  int blot = 0;
  while (blot * blot * 100 < percent * qr.n * qr.n)
    blot++;
  GdkPixbuf *pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, width);
  gdk_pixbuf_fill (pixbuf, 0xffffffff);
  for (int y = 0; y < qr.n * scale; y++)
    for (int x = 0; x < qr.n * scale; x++) {
      int row = y / scale, column = x / scale, low = (qr.n - blot) / 2, high = low + blot;
      gboolean blotted = row >= low && row < high && column >= low && column < high;
      if ((qr.modules[row * qr.n + column] & 1) != 0 && !blotted)
        memset (gdk_pixbuf_get_pixels (pixbuf) + (gsize)(y + quiet * scale) * (gsize)gdk_pixbuf_get_rowstride (pixbuf)
                    + (gsize)(x + quiet * scale) * 3,
                0, 3);
    }
  g_assert_true (gdk_pixbuf_save (pixbuf, path, "png", NULL, NULL));
  g_object_unref (pixbuf);
  qc_qr_clear (&qr);
}

static void
test_damaged_code (void)
{
  g_autoptr (QcVoucherFacts) facts = facts_make (2, 7);
  g_autoptr (QcSignedVoucher) signed_voucher = facts_sign (&stage, facts);
  g_autofree char *qr = qc_signed_voucher_to_qr (signed_voucher);
  g_autofree char *path = stage_path (&stage, "code.png");
  static const int percents[] = {0, 2, 4, 6, 8};
  g_autoptr (GError) error = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (percents); i++) {
    save_code (qr, percents[i], path);
    g_autoptr (GPtrArray) checks = check_path (path, &error);
    g_assert_no_error (error);
    g_assert_cmpint (((QcCheckedVoucher *)g_ptr_array_index (checks, 0))->check->verdict, ==, QC_VERDICT_GENUINE);
  }
  save_code (qr, 40, path); /* beyond it: no code, and no wrong answer */
  g_autoptr (GPtrArray) none = check_path (path, &error);
  g_assert_null (none);
  g_assert_error (error, QC_DOCUMENTS_ERROR, QC_DOCUMENTS_ERROR_NO_CODE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  stage_open (&stage);
  g_test_add_func ("/files/killed", test_killed);
  g_test_add_func ("/files/beside", test_beside);
  g_test_add_func ("/files/no-name", test_no_name);
  g_test_add_func ("/files/disk-full", test_disk_full);
  g_test_add_func ("/files/not-writable", test_not_writable);
  g_test_add_func ("/files/read-only", test_read_only);
  g_test_add_func ("/files/read-only-disk", test_read_only_disk);
  g_test_add_func ("/files/without-proc", test_without_proc);
  g_test_add_func ("/files/refused-early", test_refused_early);
  g_test_add_func ("/files/open-elsewhere", test_open_elsewhere);
  g_test_add_func ("/files/page-picture", test_page_picture);
  g_test_add_func ("/files/damaged-code", test_damaged_code);
  int result = g_test_run ();
  stage_close (&stage);
  return result;
}
