/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See the header. One thread at a time.
 */
#include "qc-spool.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define IN_MEMORY (1024 * 1024)

struct _QcSpool {
  char *folder;       /* (owned) */
  GByteArray *memory; /* (owned) what is not in the file yet */
  int fd;             /* -1 = none yet */
  gsize in_file;
};

QcSpool *
qc_spool_new (const char *folder)
{
  QcSpool *spool = g_new0 (QcSpool, 1);
  spool->folder = g_strdup (folder != NULL ? folder : g_get_tmp_dir ());
  spool->memory = g_byte_array_new ();
  spool->fd = -1;
  return spool;
}

void
qc_spool_free (QcSpool *spool)
{
  if (spool == NULL)
    return;
  if (spool->fd >= 0)
    close (spool->fd);
  g_byte_array_unref (spool->memory);
  g_free (spool->folder);
  g_free (spool);
}

static int
open_unlinked (const char *folder)
{
  int fd = open (folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (fd >= 0)
    return fd;
  g_autofree char *name = g_build_filename (folder, ".qingce-XXXXXX", NULL);
  fd = g_mkstemp_full (name, O_RDWR | O_CLOEXEC, 0600);
  if (fd >= 0)
    g_unlink (name);
  return fd;
}

static gboolean
spill (QcSpool *spool)
{
  if (spool->fd < 0)
    spool->fd = open_unlinked (spool->folder);
  if (spool->fd < 0)
    return FALSE;
  for (gsize done = 0; done < spool->memory->len;) {
    gssize n
        = pwrite (spool->fd, spool->memory->data + done, spool->memory->len - done, (off_t)(spool->in_file + done));
    if (n < 0 && errno != EINTR)
      return FALSE;
    done += n > 0 ? (gsize)n : 0;
  }
  spool->in_file += spool->memory->len;
  g_byte_array_set_size (spool->memory, 0);
  return TRUE;
}

gboolean
qc_spool_append (QcSpool *spool, gconstpointer data, gsize length)
{
  g_byte_array_append (spool->memory, data, (guint)length);
  return spool->memory->len < IN_MEMORY || spill (spool);
}

gsize
qc_spool_get_length (const QcSpool *spool)
{
  return spool->in_file + spool->memory->len;
}

static gsize
read_file (QcSpool *spool, gsize offset, guint8 *buffer, gsize length)
{
  gsize done = 0;
  while (done < length) {
    gssize n = pread (spool->fd, buffer + done, length - done, (off_t)(offset + done));
    if (n == 0 || (n < 0 && errno != EINTR))
      break;
    done += n > 0 ? (gsize)n : 0;
  }
  return done;
}

gsize
qc_spool_read (QcSpool *spool, gsize offset, gpointer buffer, gsize length)
{
  gsize done = 0;
  if (offset < spool->in_file) {
    gsize wanted = MIN (length, spool->in_file - offset);
    done = read_file (spool, offset, buffer, wanted);
    if (done < wanted)
      return done;
  }
  if (done < length && offset + done < qc_spool_get_length (spool)) {
    gsize from = offset + done - spool->in_file;
    gsize n = MIN (length - done, spool->memory->len - from);
    memcpy ((guint8 *)buffer + done, spool->memory->data + from, n);
    done += n;
  }
  return done;
}
