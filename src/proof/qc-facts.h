/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Facts to be signed, in one canonical byte form: a flat JSON object in the manner of RFC 8785. Names are ASCII
 * (a-z, 0-9, "_"), unique and in byte order; values are strings, integers, booleans, or arrays of integers;
 * there is no white space; strings are UTF-8 with only '"', '\' and controls escaped (\b \t \n \f \r, else \u00xx in
 * lower case). The same facts therefore always give the same bytes, and other facts other bytes; reading accepts the
 * canonical form only. "practice", "format" and "kind" are always there. Any thread.
 */
#pragma once

#include "qc-proof.h"

G_BEGIN_DECLS

#define QC_FACTS_FORMAT   1
#define QC_FACTS_MAX_SIZE (64 * 1024)

typedef struct _QcFacts QcFacts;

/* @kind: what the facts are about, for example "voucher". */
QcFacts *qc_facts_new (const char *kind, gboolean practice);
void qc_facts_free (QcFacts *facts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcFacts, qc_facts_free)

/* @name must be new; @value must be UTF-8. A bug otherwise. */
void qc_facts_set_string (QcFacts *facts, const char *name, const char *value);
void qc_facts_set_int (QcFacts *facts, const char *name, gint64 value);
void qc_facts_set_bool (QcFacts *facts, const char *name, gboolean value);
void qc_facts_set_ints (QcFacts *facts, const char *name, const gint64 *values, gsize n_values);

/* The canonical bytes. (transfer full) */
GBytes *qc_facts_to_bytes (const QcFacts *facts);
/* Only canonical bytes; QC_PROOF_ERROR_FACTS otherwise. (transfer full) */
QcFacts *qc_facts_from_bytes (GBytes *bytes, GError **error);

const char *qc_facts_get_kind (const QcFacts *facts);
gboolean qc_facts_is_practice (const QcFacts *facts);
/* NULL, or FALSE, where there is none of that type. Borrowed. */
const char *qc_facts_get_string (const QcFacts *facts, const char *name);
gboolean qc_facts_get_int (const QcFacts *facts, const char *name, gint64 *out);
gboolean qc_facts_get_bool (const QcFacts *facts, const char *name, gboolean *out);
const gint64 *qc_facts_get_ints (const QcFacts *facts, const char *name, gsize *out_n);

G_END_DECLS
