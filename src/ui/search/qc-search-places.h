/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Pages, commands and units as a search finds them: one table of commands says what each is called and in which words
 * it is looked for; pages and units follow from theirs. Only what can be done now is found. Main thread.
 */
#pragma once

#include "qc-window.h"

G_BEGIN_DECLS

typedef struct {
  char *id;       /* (owned) a detailed action name: "win.go::people" */
  char *label;    /* (owned) translated, without mnemonic */
  char *shortcut; /* (owned) (nullable) as it is written on keys */
  const char *icon;
} QcSearchPlace;
void qc_search_place_free (QcSearchPlace *place);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcSearchPlace, qc_search_place_free)

/* QcSearchPlace that fit @text, pages first. (transfer full) */
GPtrArray *qc_search_places_find (QcWindow *window, QcSession *session, const char *text);
/* The one with this id, if it can be done now. (transfer full) (nullable) */
QcSearchPlace *qc_search_places_get (QcWindow *window, QcSession *session, const char *id);

G_END_DECLS
