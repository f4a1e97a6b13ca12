/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Search everywhere, without a screen: people of the unit (those who left too), applications and drafts by what was
 * typed, a few of each and how many there are; and what was opened from it last, where nothing was typed. The last key
 * wins: what is asked for an earlier one is cancelled, and its answer never comes. Main context; reading on the
 * database's reader thread.
 */
#pragma once

#include "qc-application.h"
#include "qc-session.h"

G_BEGIN_DECLS

/* At most so many of a kind are named; a total says how many there are. */
#define QC_SEARCH_MOST 8

typedef enum {
  QC_SEARCH_PEOPLE,
  QC_SEARCH_APPLICATIONS,
  QC_SEARCH_DRAFTS,
  QC_SEARCH_PLACES, /* pages and commands: the screen's own, kept here only among those opened last */
} QcSearchKind;
#define QC_N_SEARCH_KINDS (QC_SEARCH_PLACES + 1)

typedef struct {
  QcSearchKind kind;
  char *key; /* (owned) 个人账号, 业务流水号, number of the draft, or what the screen calls a place */
  QcBusiness business;
  gboolean gone;        /* a person who left the unit */
  char *title, *detail; /* (owned) (nullable) shown; NULL for places */
} QcSearchHit;
QcSearchHit *qc_search_hit_new (QcSearchKind kind, const char *key);
void qc_search_hit_free (QcSearchHit *hit);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcSearchHit, qc_search_hit_free)

/* Signals: "found" (what is given is of the text that was set last), "failed" (GError). */
#define QC_TYPE_SEARCH (qc_search_get_type ())
G_DECLARE_FINAL_TYPE (QcSearch, qc_search, QC, SEARCH, GObject)
QcSearch *qc_search_new (QcSession *session);

/* "" or only blanks: what was opened last. */
void qc_search_set_text (QcSearch *self, const char *text);
const char *qc_search_get_text (QcSearch *self);
/* TRUE between a text and its answer. */
gboolean qc_search_is_pending (QcSearch *self);
/* QcSearchHit of @kind, at most QC_SEARCH_MOST; *@out_total (nullable): how many there are. Borrowed until "found". */
const GPtrArray *qc_search_get_hits (QcSearch *self, QcSearchKind kind, gint64 *out_total);
/* QcSearchHit as they were opened, last first, where nothing was typed; else empty. Borrowed. */
const GPtrArray *qc_search_get_recent (QcSearch *self);
/* It was opened: next time it is the first of those. */
void qc_search_remember (QcSearch *self, QcSearchKind kind, const char *key);

/* Whether every word of @text begins a word of @words, or is in one of its Chinese ones: folded, blanks between. */
gboolean qc_search_fits (const char *words, const char *text);
/* How people name @business: in both languages, pinyin and initials. Borrowed. */
const char *qc_search_business_words (QcBusiness business);

G_END_DECLS
