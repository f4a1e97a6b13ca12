/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Bytes put aside while a document grows: in memory up to a bound, then in an unlinked file, so that 10,000 pages need
 * no 10,000 pages of memory. One thread at a time.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _QcSpool QcSpool;

/* @folder: (nullable): where the file goes when one is needed */
QcSpool *qc_spool_new (const char *folder);
void qc_spool_free (QcSpool *spool);
/* FALSE with errno set when the disk is full. */
gboolean qc_spool_append (QcSpool *spool, gconstpointer data, gsize length);
gsize qc_spool_get_length (const QcSpool *spool);
/* How many bytes were read, less than @length only on an error. */
gsize qc_spool_read (QcSpool *spool, gsize offset, gpointer buffer, gsize length);

G_END_DECLS
