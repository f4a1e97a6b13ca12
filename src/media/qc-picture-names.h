/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Names of pictures: the one under which a picture is kept, which is its digest, and those that say whose it is
 * (身份证号.jpg). Pure; any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Of a prepared picture (JPEG): its SHA-256 in lower case, and ".jpg". (transfer full) */
char *qc_picture_dup_name (GBytes *jpeg);
/* Whether @name can be such a name; nothing else may become part of a path. */
gboolean qc_picture_is_name (const char *name);

typedef enum {
  QC_NAME_MATCHED, /* one person, and the only file of that person */
  QC_NAME_TWICE,   /* one person, who has other files as well */
  QC_NAME_NOBODY,  /* nobody's number */
} QcNameMatch;

typedef struct {
  QcNameMatch match;
  guint person; /* index; G_MAXUINT = nobody */
} QcNamed;

typedef struct {
  QcNamed *files;  /* (owned) one for each file name, in their order */
  guint n_matched; /* files that are the only one of somebody */
  GArray *lacking; /* (owned) guint: people whom no file names, in their order */
} QcNaming;
void qc_naming_free (QcNaming *naming);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcNaming, qc_naming_free)

/*
 * Whose the files are by their names: @file_names with or without folders, @numbers the people's 证件号码. Width, case
 * and blanks are folded on both sides, the ending may be jpg, jpeg, jfif, png, heic or heif. Of several people with one
 * number the first is meant, and the others lack theirs. (transfer full)
 */
QcNaming *qc_picture_match_names (const char *const *file_names, guint n_files, const char *const *numbers,
                                  guint n_people);

G_END_DECLS
