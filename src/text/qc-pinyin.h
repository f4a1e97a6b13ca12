/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Pinyin of people's names by ICU. ICU is opened at the first Chinese character asked for, not before, and each
 * character is asked for once (as a surname and as any other). An object belongs to one thread at a time.
 *
 * The first character is read as a surname (单 shàn) and in its common reading (dān): both are searchable, and so are
 * the surnames of two characters that are read otherwise together (万俟 mòqí).
 */
#pragma once

#include "qc-types.h"

G_BEGIN_DECLS

typedef struct _QcPinyin QcPinyin;

/* Costs nothing: ICU is opened later. (transfer full) */
QcPinyin *qc_pinyin_new (void);
void qc_pinyin_free (QcPinyin *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcPinyin, qc_pinyin_free)

/*
 * The search and sort columns of @name; each out may be NULL. (transfer full)
 * @full: the readings without tones, separated by a blank: "shanyun danyun"; ü is offered as v and as u.
 * @initials: the same by first letters: "sy dy".
 * @sort_key: for plain byte comparison: the surname's reading with tones, then the characters themselves, so that
 * names come in dictionary order and equal readings keep one character together.
 * Characters without a reading (𠮷, Latin letters, digits) stand for themselves, folded.
 * Matching: a folded query is a prefix of a word of @full or @initials.
 */
void qc_pinyin_name (QcPinyin *self, const char *name, char **full, char **initials, char **sort_key);

/* Whether ICU has been opened; for the test that start-up does not. */
gboolean qc_pinyin_is_open (QcPinyin *self);

G_END_DECLS
