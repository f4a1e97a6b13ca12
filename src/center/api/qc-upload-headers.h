/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What the headers of an upload say, out of whatever stands in them: structured fields as far as uploads need them.
 * Pure functions, any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* An integer of structured fields, not below 0. @text: (nullable) */
gboolean qc_upload_parse_count (const char *text, gint64 *out);
/* A boolean of structured fields. @text: (nullable) */
gboolean qc_upload_parse_flag (const char *text, gboolean *out);
/* "sha-256=:…:" among other digests, as lower-case hex. @header: (nullable). (transfer full) (nullable) */
char *qc_upload_parse_digest (const char *header);

G_END_DECLS
