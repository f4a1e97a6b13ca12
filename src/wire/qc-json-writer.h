/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A tiny append-only JSON writer: what the encoders write with, fast enough for pages of a thousand rows. It sets the
 * commas, escapes strings (which must be UTF-8; anything else becomes U+FFFD), and knows integers only. Misuse (a value
 * without a name in an object, an end too many) is a bug and stops the program. One thread at a time.
 */
#pragma once

#include "qc-text-field.h"

G_BEGIN_DECLS

typedef struct _QcJsonWriter QcJsonWriter;

QcJsonWriter *qc_json_writer_new (gsize size_hint);
void qc_json_writer_free (QcJsonWriter *writer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcJsonWriter, qc_json_writer_free)

void qc_json_writer_begin_object (QcJsonWriter *writer);
void qc_json_writer_end_object (QcJsonWriter *writer);
void qc_json_writer_begin_array (QcJsonWriter *writer);
void qc_json_writer_end_array (QcJsonWriter *writer);
void qc_json_writer_name (QcJsonWriter *writer, const char *name);
void qc_json_writer_int (QcJsonWriter *writer, gint64 value);
void qc_json_writer_bool (QcJsonWriter *writer, gboolean value);
/* NULL is written as null. */
void qc_json_writer_string (QcJsonWriter *writer, const char *value);
void qc_json_writer_null (QcJsonWriter *writer);
/* @json: one complete JSON value that is known to be good (stored answers). */
void qc_json_writer_raw (QcJsonWriter *writer, const char *json, gssize length);

/* Name and value in one. The opt form leaves the member out when @value is NULL. */
void qc_json_writer_add_int (QcJsonWriter *writer, const char *name, gint64 value);
void qc_json_writer_add_bool (QcJsonWriter *writer, const char *name, gboolean value);
void qc_json_writer_add_string (QcJsonWriter *writer, const char *name, const char *value);
void qc_json_writer_opt_string (QcJsonWriter *writer, const char *name, const char *value);

/* Texts that people write, no longer than the table of texts lets them travel and without controls, whatever the
 * database holds: what is written here every reader takes. */
void qc_json_writer_add_text (QcJsonWriter *writer, const char *name, QcTextField kind, const char *text);
void qc_json_writer_opt_text (QcJsonWriter *writer, const char *name, QcTextField kind, const char *text);

/* Bytes written so far: for ending a page in time. */
gsize qc_json_writer_get_size (const QcJsonWriter *writer);
/* Everything must be ended. The writer is empty afterwards. (transfer full) */
GBytes *qc_json_writer_finish (QcJsonWriter *writer);

G_END_DECLS
