/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A form with files (RFC 7578) read part by part, where it lies: nothing is copied, and whoever reads stops when there
 * are too many. Pure functions, any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  const guint8 *data; /* borrowed */
  gsize size, at;
  char *delimiter; /* (owned) what ends a part */
  gboolean whole;  /* its end was seen */
} QcMultipart;

typedef struct {
  gboolean is_file;
  gsize offset, size; /* in the body */
} QcMultipartPart;

/* FALSE: @data does not begin like such a form. */
gboolean qc_multipart_init (QcMultipart *self, const guint8 *data, gsize size, const char *boundary);
void qc_multipart_clear (QcMultipart *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (QcMultipart, qc_multipart_clear)
/* FALSE: no more; if @whole, because the form ends, otherwise because it was cut off or is none. */
gboolean qc_multipart_next (QcMultipart *self, QcMultipartPart *out);

G_END_DECLS
