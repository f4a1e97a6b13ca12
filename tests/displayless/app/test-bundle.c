/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A folder as one file, and back, byte for byte: which names go into it, which names and sizes in it are believed, how
 * far it is said to be, and that the file appears whole or not at all.
 */
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "qc-app-error.h"
#include "qc-bundle.h"
#include "qc-sealed.h"

#define PASS  "一句不易猜到的话"
#define PIECE ((gsize)256 * 1024) /* what is read and written at once */

typedef struct {
  char *dir, *from, *to, *path; /* (owned) the folder that is packed, the one it comes back to, the file */
} Fixture;

static char *
make_folder (const char *dir, const char *name)
{
  char *path = g_build_filename (dir, name, NULL);
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  return path;
}

static void
put (const char *folder, const char *name, gconstpointer bytes, gsize size)
{
  g_autofree char *path = g_build_filename (folder, name, NULL), *parent = g_path_get_dirname (path);
  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, bytes, (gssize)size, NULL));
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->dir = g_dir_make_tmp ("qc-bundle-XXXXXX", NULL);
  f->from = make_folder (f->dir, "from");
  f->to = make_folder (f->dir, "to");
  f->path = g_build_filename (f->dir, "moving.qcdata", NULL);
  put (f->from, "about", "about", 5);
  put (f->from, "qingce.db", "rows", 4);
}

static void
remove_all (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  for (const char *name; dir && (name = g_dir_read_name (dir));) {
    g_autofree char *child = g_build_filename (path, name, NULL);
    remove_all (child);
  }
  g_remove (path);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  remove_all (f->dir);
  g_free (f->dir);
  g_free (f->from);
  g_free (f->to);
  g_free (f->path);
}

static gboolean
pack (Fixture *f, int *permille, GError **error)
{
  return qc_bundle_write (f->from, f->path, PASS, NULL, permille, error);
}

/* Into a folder that is empty again. */
static gboolean
unpack (Fixture *f, int *permille, GError **error)
{
  remove_all (f->to);
  g_assert_cmpint (g_mkdir (f->to, 0700), ==, 0);
  return qc_bundle_read (f->path, PASS, f->to, NULL, permille, error);
}

static gboolean
has (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* Plain names in the folders that are known go along; nothing else does. */
static const struct {
  const char *name;
  gboolean goes;
} names[] = {
    {"attachments/aZ09._-", TRUE}, {"attachments/b", TRUE}, {"profiles/heihe.json", TRUE},
    {"profiles/.hidden", FALSE},   {"profiles/a b", FALSE}, {"profiles/黑河", FALSE},
    {"qingce.db-wal", FALSE},      {"other", FALSE},        {"backups/a", FALSE},
    {"attachmentsx/a", FALSE},
};

/* Empty, and one byte less and more than what is read at once. */
static const gsize sizes[] = {0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE + 7};

static void
test_there_and_back (Fixture *f, gconstpointer data)
{
  int permille = -1;
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = g_malloc (2 * PIECE + 7);
  for (gsize i = 0; i < 2 * PIECE + 7; i++)
    bytes[i] = (char)(i * 7 + i / 251);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    put (f->from, names[i].name, names[i].name, strlen (names[i].name));
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autofree char *name = g_strdup_printf ("attachments/size-%u", (guint)i);
    put (f->from, name, bytes, sizes[i]);
  }
  g_assert_true (pack (f, &permille, &error));
  g_assert_no_error (error);
  g_assert_cmpint (permille, ==, 1000);
  permille = -1;
  g_assert_true (unpack (f, &permille, &error));
  g_assert_no_error (error);
  g_assert_cmpint (permille, ==, 1000);
  g_assert_true (has (f->to, "about") && has (f->to, "qingce.db"));
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_cmpint (has (f->to, names[i].name), ==, names[i].goes);
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autofree char *path = g_strdup_printf ("%s/attachments/size-%u", f->to, (guint)i), *back = NULL;
    gsize size;
    g_assert_true (g_file_get_contents (path, &back, &size, NULL));
    g_assert_cmpmem (back, size, bytes, sizes[i]);
  }
}

/* ---- what others may have sealed ---- */

static gboolean
take_bytes (const guint8 *bytes, gsize size, gpointer user_data, GError **error)
{
  g_byte_array_append (user_data, bytes, (guint)size);
  return TRUE;
}

static void
seal_head (QcSealer *sealer, const char *name, guint64 size)
{
  guint16 length = GUINT16_TO_LE ((guint16)strlen (name));
  guint64 little = GUINT64_TO_LE (size);
  g_assert_true (qc_sealer_add (sealer, &length, sizeof length, NULL));
  g_assert_true (qc_sealer_add (sealer, &little, sizeof little, NULL));
  g_assert_true (qc_sealer_add (sealer, name, strlen (name), NULL));
}

/* A file with @name in it, said to be of @size bytes and of @content, then "about". */
static void
seal (Fixture *f, const char *magic, const char *name, guint64 size, gconstpointer content, gsize length)
{
  const QcPasswordCost cheap = {.operations = 1, .memory = 1024 * 1024};
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (QcSealer) sealer = qc_sealer_new (PASS, &cheap, take_bytes, bytes, &error);
  g_assert_no_error (error);
  g_assert_true (qc_sealer_add (sealer, magic, strlen (magic), NULL));
  seal_head (sealer, name, size);
  g_assert_true (qc_sealer_add (sealer, content, length, NULL));
  seal_head (sealer, "about", 2);
  g_assert_true (qc_sealer_add (sealer, "us", 2, NULL));
  seal_head (sealer, "", 0);
  g_assert_true (qc_sealer_end (sealer, NULL));
  g_assert_true (g_file_set_contents (f->path, (const char *)bytes->data, bytes->len, NULL));
}

/* Under the passphrase stands what leads elsewhere, comes twice or is larger than the whole: not believed. */
static void
test_strange (Fixture *f, gconstpointer data)
{
  g_autofree char *longest = g_strnfill (255, 'a'), *too_long = g_strnfill (256, 'a');
  memcpy (longest, "attachments/", 12);
  memcpy (too_long, "attachments/", 12);
  const struct {
    const char *magic, *name;
    guint64 size;
    const char *code; /* (nullable) it is good */
  } rows[] = {
      {"QCB1", "qingce.db", 3, NULL},
      {"QCB2", "qingce.db", 3, "bundle.newer"},
      {"QCB1", "attachments/a", 3, NULL},
      {"QCB1", "profiles/a.json", 3, NULL},
      {"QCB1", longest, 3, NULL},
      {"QCB1", too_long, 3, "bundle.torn"},
      {"QCB1", "attachments", 3, "bundle.torn"},
      {"QCB1", "attachments/", 3, "bundle.torn"},
      {"QCB1", "attachments/.a", 3, "bundle.torn"},
      {"QCB1", "attachments/..", 3, "bundle.torn"},
      {"QCB1", "attachments/../../a", 3, "bundle.torn"},
      {"QCB1", "attachments/a/b", 3, "bundle.torn"},
      {"QCB1", "attachments/a b", 3, "bundle.torn"},
      {"QCB1", "attachmentsxa", 3, "bundle.torn"},
      {"QCB1", "backups/a", 3, "bundle.torn"},
      {"QCB1", "/etc/a", 3, "bundle.torn"},
      {"QCB1", "about", 3, "bundle.torn"}, /* it comes once more */
      {"QCB1", "qingce.db", 4, "bundle.torn"},
      {"QCB1", "qingce.db", 2, "bundle.torn"},
      {"QCB1", "qingce.db", G_MAXUINT64, "bundle.torn"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    int permille = -1;
    g_autoptr (GError) error = NULL;
    seal (f, rows[i].magic, rows[i].name, rows[i].size, "xyz", 3);
    gboolean good = unpack (f, &permille, &error);
    g_test_message ("%s, %" G_GUINT64_FORMAT, rows[i].name, rows[i].size);
    g_assert_cmpstr (error ? qc_app_error_code (error) : NULL, ==, rows[i].code);
    g_assert_cmpint (good, ==, rows[i].code == NULL);
    g_assert_cmpint (good && has (f->to, rows[i].name), ==, good);
  }
}

/* What is larger than the whole is not begun, and how far it is follows the bytes. */
static void
test_progress (Fixture *f, gconstpointer data)
{
  int permille = -1;
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = g_malloc0 (4 * PIECE);
  seal (f, "QCB1", "qingce.db", 5 * PIECE, bytes, 4 * PIECE);
  g_assert_false (unpack (f, &permille, &error));
  g_assert_cmpstr (qc_app_error_code (error), ==, "bundle.torn");
  g_assert_false (has (f->to, "qingce.db"));
  g_assert_cmpint (permille, >, 0);
  g_assert_cmpint (permille, <, 500);
  g_clear_error (&error);
  /* cut in the middle of what it holds */
  seal (f, "QCB1", "qingce.db", 4 * PIECE, bytes, 4 * PIECE);
  g_assert_cmpint (truncate (f->path, 3 * PIECE), ==, 0);
  g_assert_false (unpack (f, &permille, &error));
  g_assert_cmpstr (qc_app_error_code (error), ==, "bundle.torn");
}

/* ---- what stands in the way ---- */

static void
assert_fails (gboolean done, GError **error, int code)
{
  g_assert_false (done);
  g_assert_error (*error, G_IO_ERROR, code);
  g_clear_error (error);
}

/* One that leads elsewhere, or is no file: the file does not appear. */
static void
test_not_packed (Fixture *f, gconstpointer data)
{
  int permille = -1;
  g_autoptr (GError) error = NULL;
  g_autofree char *about = g_build_filename (f->from, "about", NULL);
  g_autofree char *rows = g_build_filename (f->from, "qingce.db", NULL);
  g_autofree char *nowhere = g_build_filename (f->dir, "no", "such", NULL);
  g_unlink (about);
  g_assert_cmpint (symlink (rows, about), ==, 0);
  assert_fails (pack (f, &permille, &error), &error, G_IO_ERROR_TOO_MANY_LINKS);
  g_assert_false (has (f->dir, "moving.qcdata"));
  g_unlink (about);
  g_assert_cmpint (g_mkdir (about, 0700), ==, 0);
  put (about, "a", "a", 1); /* some file systems say that an empty folder has no size */
  assert_fails (pack (f, &permille, &error), &error, G_IO_ERROR_IS_DIRECTORY);
  g_assert_false (has (f->dir, "moving.qcdata"));
  assert_fails (qc_bundle_write (f->from, nowhere, PASS, NULL, &permille, &error), &error, G_IO_ERROR_NOT_FOUND);
}

/* There is no folder to put it in, it is no file, nobody waits any longer. */
static void
test_not_read (Fixture *f, gconstpointer data)
{
  int permille = -1;
  g_autoptr (GError) error = NULL;
  g_autofree char *file = g_build_filename (f->dir, "file", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  put (f->dir, "file", "", 0);
  seal (f, "QCB1", "attachments/a", 3, "xyz", 3);
  g_assert_false (qc_bundle_read (f->path, PASS, file, NULL, &permille, &error));
  g_assert_cmpuint (error->domain, ==, G_IO_ERROR);
  g_clear_error (&error);
  assert_fails (qc_bundle_read (f->from, PASS, f->to, NULL, &permille, &error), &error, G_IO_ERROR_IS_DIRECTORY);
  g_cancellable_cancel (cancellable);
  assert_fails (qc_bundle_read (f->path, PASS, f->to, cancellable, &permille, &error), &error, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/app/bundle/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("there-and-back", test_there_and_back);
  ADD ("strange", test_strange);
  ADD ("progress", test_progress);
  ADD ("not-packed", test_not_packed);
  ADD ("not-read", test_not_read);
  return g_test_run ();
}
