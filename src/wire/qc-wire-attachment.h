/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Attachments as JSON: {"kind", "name", "digest", "size", "lines"?}; where they do not stand in a line, {"line"} too.
 * Any thread.
 */
#pragma once

#include "qc-attachment.h"
#include "qc-json-writer.h"
#include "qc-wire-object.h"

G_BEGIN_DECLS

/* "attachments": those of @attachments from @first on that are of @line; nothing where there are none. Returns how many
 * there were. @attachments are as qc_attachment_list_sort() has them. */
guint qc_wire_write_attachments_of (QcJsonWriter *writer, const GPtrArray *attachments, guint first, gint64 line);
/* "attachments": all of them, each with its line. */
void qc_wire_write_attachments (QcJsonWriter *writer, const GPtrArray *attachments);
/* Appends those of @object to @out. @line: whose they are; −1: each says so. */
void qc_wire_read_attachments (const QcWireObject *object, guint most, gint64 line, GPtrArray *out);

/* For the client's database: all of them, each with its line. (transfer full) */
char *qc_wire_attachments_to_text (const GPtrArray *attachments);
GPtrArray *qc_wire_attachments_from_text (const char *text, GError **error);

G_END_DECLS
