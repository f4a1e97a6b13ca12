/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * An import into a roster played step by step: opened, checked, corrected, each waited for.
 */
#pragma once

#include "qc-roster-import.h"
#include "roster-play.h"

G_BEGIN_DECLS

/* An import into an empty roster of a fixture of its own. */
typedef struct {
  QcAppFixture *fixture;    /* (owned) */
  QcRosterService *service; /* (owned) */
  QcRosterImport *import;   /* (owned) */
} PlayImport;
void play_import_open (PlayImport *play, QcFill fill, guint extra, QcBusiness business);
void play_import_clear (PlayImport *play);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PlayImport, play_import_clear)

gboolean play_open_file (QcRosterImport *import, const char *path, GError **error);
/* Writes @text to a file and opens it. */
void play_open_text (QcAppFixture *fixture, QcRosterImport *import, const char *text);
/* The same with the bytes that @fd reads; closes it. */
void play_open_fd (QcAppFixture *fixture, QcRosterImport *import, int fd);
/* NULL on error. */
const QcImportResult *play_check (QcRosterImport *import, GError **error);
/* @text opened and checked. */
const QcImportResult *play_check_text (PlayImport *play, const char *text);
/* Each row is "3 added base.jump" and a line end, faulty ones with "!" before what is found. */
void play_assert_rows (const QcImportResult *result, const char *expected);
/* The group of @code, of @word where it is of words. (nullable) Borrowed. */
const QcImportGroup *play_find_group (const QcImportResult *result, const char *code, const char *word);
/* It can be done; what is found then. */
const QcImportResult *play_correct (QcRosterImport *import, const QcImportGroup *group, QcImportRemedy remedy,
                                    const char *value);

G_END_DECLS
