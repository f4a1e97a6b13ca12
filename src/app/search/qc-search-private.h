/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The question of a search and its answer, between the two files it is written in. Inside app.
 */
#pragma once

#include "qc-search.h"
#include "qc-store-prefs.h"

G_BEGIN_DECLS

/* A kind in what was opened last. */
#define QC_SEARCH_LETTERS "padc"

typedef struct {
  char *profile, *unit; /* (owned) */
  char *text;           /* (owned) "": what was opened last */
  char *recent;         /* (owned) name of the preference that has that */
} QcSearchQuestion;
void qc_search_question_free (QcSearchQuestion *question);

typedef struct {
  GPtrArray *hits[QC_N_SEARCH_KINDS]; /* (owned) QcSearchHit */
  gint64 totals[QC_N_SEARCH_KINDS];
  GPtrArray *recent; /* (owned) QcSearchHit */
} QcSearchAnswer;
QcSearchAnswer *qc_search_answer_new (void);
void qc_search_answer_free (QcSearchAnswer *answer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcSearchAnswer, qc_search_answer_free)

/* A QcDatabaseFunc over a QcSearchQuestion; gives a QcSearchAnswer. */
gpointer qc_search_read (QcConnection *connection, gpointer question, GCancellable *cancellable, GError **error);
/* The same, for no answer: what the first key would wait for is read into memory. */
gpointer qc_search_warm (QcConnection *connection, gpointer question, GCancellable *cancellable, GError **error);

G_END_DECLS
