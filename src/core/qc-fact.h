/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A fact of a submission: what a named thing was when the clerk saw it, and what it is to be. Both are texts as they
 * travel. Plain values, one thread at a time.
 */
#pragma once

#include "qc-types.h"

G_BEGIN_DECLS

/* So many of one submission at most. */
#define QC_MAX_FACTS 64

typedef struct {
  char *name;   /* (owned) "DWDZ" */
  char *before; /* (owned) as seen; "" = nothing */
  char *value;  /* (owned) as wanted; "" = nothing */
} QcFact;

void qc_fact_free (QcFact *fact);
/* GPtrArray of QcFact with its free function set. (transfer full) */
GPtrArray *qc_fact_list_new (void);
void qc_fact_list_add (GPtrArray *facts, const char *name, const char *before, const char *value);
/* (nullable) */
const QcFact *qc_fact_list_find (const GPtrArray *facts, const char *name);
gboolean qc_fact_list_equal (const GPtrArray *a, const GPtrArray *b);

G_END_DECLS
