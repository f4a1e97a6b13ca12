/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The built-in guide as a book: its chapters in the order of the center's own guide, then what this program adds. A
 * chapter is a text of the resources, in the language of the program; what its lines mean stands in qc-guide-text.h.
 * Pure but for reading resources. Any thread.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Static; NULL behind the last. */
const char *qc_guide_chapter_get_id (guint i);
/* The chapter about the page @page of the window ("remittance" …); the first one for a page of no chapter. Static. */
const char *qc_guide_chapter_of_page (const char *page);
/* Its text; never NULL for a chapter's id. (transfer full) */
char *qc_guide_chapter_dup_text (const char *id);
/* Its first line. (transfer full) */
char *qc_guide_chapter_dup_title (const char *id);
/* Whether every word of @wanted stands in it, whatever the case. */
gboolean qc_guide_chapter_has (const char *id, const char *wanted);
/* The picture @name of this language as a resource path. (transfer full) */
char *qc_guide_dup_picture_path (const char *name);

G_END_DECLS
