/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-bundle.h. Any thread but the main one.
 */
#include "qc-bundle.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "qc-app-error.h"
#include "qc-keeper.h"
#include "qc-new-file.h"
#include "qc-sealed.h"

#define MAGIC    "QCB1"
#define PIECE    (256 * 1024)
#define MOST     255 /* bytes of a name */
#define IN_NAMES "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-"

static const char *const folders[] = {"attachments", "profiles"};

static gboolean
fail_errno (const char *path, int number, GError **error)
{
  gboolean is_full = number == ENOSPC || number == EDQUOT || number == EFBIG;
  g_set_error (error, G_IO_ERROR, is_full ? (int)G_IO_ERROR_NO_SPACE : (int)g_io_error_from_errno (number), "%s: %s",
               path, g_strerror (number));
  return FALSE;
}

/* "qingce.db", "about", or a plain name in one of the folders: nothing that leads elsewhere. */
static gboolean
is_good_name (const char *name)
{
  if (g_str_equal (name, "qingce.db") || g_str_equal (name, "about"))
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++) {
    const char *rest = g_str_has_prefix (name, folders[i]) ? name + strlen (folders[i]) : "";
    if (rest[0] == '/' && rest[1] != '\0' && rest[1] != '.' && strspn (rest + 1, IN_NAMES) == strlen (rest + 1))
      return TRUE;
  }
  return FALSE;
}

typedef struct {
  const char *folder, *passphrase;
  GCancellable *cancellable;
  int *permille;
  int fd;
  gint64 done, all; /* bytes */
  GError *error;    /* (owned) (nullable) */
} Work;

static void
advance (Work *work, gsize size)
{
  work->done += (gint64)size;
  if (work->all > 0)
    g_atomic_int_set (work->permille, (int)MIN (work->done * 1000 / work->all, 1000));
}

/* ---- writing ---- */

static gboolean
write_bytes (const guint8 *data, gsize size, gpointer user_data, GError **error)
{
  Work *work = user_data;
  if (g_cancellable_set_error_if_cancelled (work->cancellable, error))
    return FALSE;
  while (size > 0) {
    gssize n = TEMP_FAILURE_RETRY (write (work->fd, data, size));
    if (n <= 0)
      return fail_errno (_ ("The file cannot be written"), errno, error);
    data += n;
    size -= (gsize)n;
  }
  return TRUE;
}

static gboolean
add_head (QcSealer *sealer, const char *name, guint64 size, GError **error)
{
  guint16 length = GUINT16_TO_LE ((guint16)strlen (name));
  guint64 little = GUINT64_TO_LE (size);
  return qc_sealer_add (sealer, &length, sizeof length, error) && qc_sealer_add (sealer, &little, sizeof little, error)
         && qc_sealer_add (sealer, name, strlen (name), error);
}

/* Exactly as much of the open file as was announced. */
static gboolean
add_content (Work *work, QcSealer *sealer, int fd, const char *path, gint64 size, GError **error)
{
  g_autofree guint8 *piece = g_malloc (PIECE);
  while (size > 0) {
    gssize n = TEMP_FAILURE_RETRY (read (fd, piece, (gsize)MIN (size, PIECE)));
    if (n <= 0)
      return fail_errno (path, n < 0 ? errno : EIO, error);
    if (!qc_sealer_add (sealer, piece, (gsize)n, error))
      return FALSE;
    size -= n;
    advance (work, (gsize)n);
  }
  return TRUE;
}

static gboolean
add_file (Work *work, QcSealer *sealer, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (work->folder, name, NULL);
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  struct stat info;
  if (fd < 0 || fstat (fd, &info) != 0) {
    fail_errno (path, errno, error);
    if (fd >= 0)
      close (fd);
    return FALSE;
  }
  gboolean good = add_head (sealer, name, (guint64)info.st_size, error)
                  && add_content (work, sealer, fd, path, info.st_size, error);
  close (fd);
  return good;
}

/* The names of all files in it. (transfer full) */
static GPtrArray *
list_files (const char *folder)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (names, g_strdup ("about"));
  g_ptr_array_add (names, g_strdup ("qingce.db"));
  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++) {
    g_autofree char *path = g_build_filename (folder, folders[i], NULL);
    g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
    const char *file;
    while (dir && (file = g_dir_read_name (dir))) {
      g_autofree char *name = g_strconcat (folders[i], "/", file, NULL);
      if (is_good_name (name) && strlen (name) <= MOST)
        g_ptr_array_add (names, g_steal_pointer (&name));
    }
  }
  return names;
}

static gboolean
seal_all (Work *work, GError **error)
{
  g_autoptr (GPtrArray) names = list_files (work->folder);
  for (guint i = 0; i < names->len; i++) {
    g_autofree char *path = g_build_filename (work->folder, g_ptr_array_index (names, i), NULL);
    struct stat info;
    work->all += g_stat (path, &info) == 0 ? info.st_size : 0;
  }
  g_autoptr (QcSealer) sealer = qc_sealer_new (work->passphrase, &qc_seal_cost_usual, write_bytes, work, error);
  if (!sealer || !qc_sealer_add (sealer, MAGIC, strlen (MAGIC), error))
    return FALSE;
  for (guint i = 0; i < names->len; i++)
    if (!add_file (work, sealer, g_ptr_array_index (names, i), error))
      return FALSE;
  return add_head (sealer, "", 0, error) && qc_sealer_end (sealer, error);
}

static int
save_cb (int fd, const char *name, gpointer user_data)
{
  Work *work = user_data;
  work->fd = fd;
  return seal_all (work, &work->error) ? 0 : EIO;
}

gboolean
qc_bundle_write (const char *folder, const char *path, const char *passphrase, GCancellable *cancellable, int *permille,
                 GError **error)
{
  Work work = {.folder = folder, .passphrase = passphrase, .cancellable = cancellable, .permille = permille};
  int code = qc_new_file_save (path, save_cb, &work);
  if (work.error) {
    g_propagate_error (error, work.error);
    return FALSE;
  }
  return code == 0 || fail_errno (path, code, error);
}

/* ---- reading ---- */

static gssize
read_bytes (guint8 *buffer, gsize size, gpointer user_data, GError **error)
{
  Work *work = user_data;
  gsize filled = 0;
  if (g_cancellable_set_error_if_cancelled (work->cancellable, error))
    return -1;
  while (filled < size) {
    gssize n = TEMP_FAILURE_RETRY (read (work->fd, buffer + filled, size - filled));
    if (n < 0) {
      fail_errno (_ ("The file cannot be read"), errno, error);
      return -1;
    }
    if (n == 0)
      break;
    filled += (gsize)n;
  }
  advance (work, filled);
  return (gssize)filled;
}

static gboolean
torn (GError **error)
{
  g_set_error_literal (error, QC_APP_ERROR, QC_APP_ERROR_TORN, "it names files that it cannot have");
  return FALSE;
}

static gboolean
take_content (QcOpener *opener, int fd, const char *path, guint64 size, GError **error)
{
  g_autofree guint8 *piece = g_malloc (PIECE);
  while (size > 0) {
    gsize part = (gsize)MIN (size, PIECE);
    if (!qc_opener_read (opener, piece, part, error))
      return FALSE;
    for (gsize done = 0; done < part;) {
      gssize n = TEMP_FAILURE_RETRY (write (fd, piece + done, part - done));
      if (n < 0)
        return fail_errno (path, errno, error);
      done += (gsize)n;
    }
    size -= part;
  }
  return fsync (fd) == 0 || fail_errno (path, errno, error);
}

static gboolean
take_file (const Work *work, QcOpener *opener, const char *name, guint64 size, GError **error)
{
  g_autofree char *path = g_build_filename (work->folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);
  /* what the whole file does not have, nothing in it has: also keeps a bad number from filling the disk */
  if (!is_good_name (name) || size > (guint64)work->all)
    return torn (error);
  if (g_mkdir_with_parents (parent, 0700) != 0)
    return fail_errno (parent, errno, error);
  int fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0)
    return errno == EEXIST ? torn (error) : fail_errno (path, errno, error);
  gboolean good = take_content (opener, fd, path, size, error);
  close (fd);
  return good;
}

static gboolean
open_all (Work *work, GError **error)
{
  g_autoptr (QcOpener) opener = qc_opener_new (work->passphrase, read_bytes, work, error);
  char magic[4];
  if (!opener || !qc_opener_read (opener, magic, sizeof magic, error))
    return FALSE;
  if (memcmp (magic, MAGIC, sizeof magic) != 0) {
    g_set_error_literal (error, QC_APP_ERROR, QC_APP_ERROR_NEWER, "what is sealed has another form");
    return FALSE;
  }
  while (TRUE) {
    guint16 length;
    guint64 size;
    char name[MOST + 1] = "";
    if (!qc_opener_read (opener, &length, sizeof length, error) || !qc_opener_read (opener, &size, sizeof size, error))
      return FALSE;
    length = GUINT16_FROM_LE (length);
    if (length == 0)
      return qc_opener_end (opener, error);
    if (length > MOST)
      return torn (error);
    if (!qc_opener_read (opener, name, length, error) || !take_file (work, opener, name, GUINT64_FROM_LE (size), error))
      return FALSE;
  }
}

/* The errors of the seal as those of this room. Always FALSE. */
static gboolean
say (GError *error, GError **out)
{
  static const struct {
    int seal, app;
  } codes[] = {
      {QC_PROOF_ERROR_SEAL_NONE, QC_APP_ERROR_NO_BUNDLE},
      {QC_PROOF_ERROR_SEAL_NEWER, QC_APP_ERROR_NEWER},
      {QC_PROOF_ERROR_SEAL_PASSPHRASE, QC_APP_ERROR_PASSPHRASE},
      {QC_PROOF_ERROR_SEAL_TORN, QC_APP_ERROR_TORN},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (error, QC_PROOF_ERROR, codes[i].seal)) {
      g_set_error_literal (out, QC_APP_ERROR, codes[i].app, error->message);
      g_error_free (error);
      return FALSE;
    }
  g_propagate_error (out, error);
  return FALSE;
}

gboolean
qc_bundle_read (const char *path, const char *passphrase, const char *folder, GCancellable *cancellable, int *permille,
                GError **error)
{
  Work work = {.folder = folder, .passphrase = passphrase, .cancellable = cancellable, .permille = permille};
  GError *fault = NULL;
  struct stat info;
  work.fd = open (path, O_RDONLY | O_CLOEXEC);
  if (work.fd < 0 || fstat (work.fd, &info) != 0) {
    fail_errno (path, errno, error);
    if (work.fd >= 0)
      close (work.fd);
    return FALSE;
  }
  work.all = info.st_size;
  gboolean good = open_all (&work, &fault);
  close (work.fd);
  return good || say (fault, error);
}

/* ---- passphrases ---- */

#define AT_LEAST 8 /* characters */

/* Bits, if each character is one of its kind; those that repeat the last one or follow it count little. */
static double
estimate (const char *passphrase)
{
  gboolean lower = FALSE, upper = FALSE, digit = FALSE, sign = FALSE, other = FALSE;
  double counted = 0;
  gunichar before = 0;
  for (const char *c = passphrase; *c; c = g_utf8_next_char (c)) {
    gunichar u = g_utf8_get_char (c);
    lower |= g_unichar_islower (u);
    upper |= g_unichar_isupper (u);
    digit |= g_unichar_isdigit (u);
    sign |= u < 128 && g_ascii_ispunct ((char)u);
    other |= u >= 128;
    counted += before && (u == before || u == before + 1 || u + 1 == before) ? 0.2 : 1;
    before = u;
  }
  int kinds = 26 * lower + 26 * upper + 10 * digit + 32 * sign + 2000 * other;
  return kinds > 0 ? counted * log2 (kinds) : 0;
}

QcPassphraseStrength
qc_passphrase_judge (const char *passphrase)
{
  g_return_val_if_fail (passphrase && g_utf8_validate (passphrase, -1, NULL), QC_PASSPHRASE_SHORT);
  if (g_utf8_strlen (passphrase, -1) < AT_LEAST)
    return QC_PASSPHRASE_SHORT;
  double bits = estimate (passphrase);
  return bits < 36 ? QC_PASSPHRASE_WEAK : bits < 60 ? QC_PASSPHRASE_FAIR : QC_PASSPHRASE_STRONG;
}
