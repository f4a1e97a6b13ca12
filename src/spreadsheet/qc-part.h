/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A part of a package as the bytes that it is: read as XML with the place of every tag, so that single places can be
 * replaced and all others stay as they are. Any one thread.
 */
#pragma once

#include "qc-package.h"

G_BEGIN_DECLS

/* ---- places that are replaced ---- */

typedef struct {
  gint64 offset, remove; /* bytes of the part */
  char *text;            /* (owned) what stands there instead, UTF-8 */
} QcPartEdit;

/* QcPartEdit, with their texts. (transfer full) */
GArray *qc_part_edits_new (void);
/* @text: (transfer full) */
void qc_part_edits_take (GArray *edits, gint64 offset, gint64 remove, char *text);
/* Into the order of the part; of edits of one place that which came first stands first. */
void qc_part_edits_sort (GArray *edits);

/* ---- how a part is written ---- */

typedef struct {
  gboolean wide, big_endian; /* UTF-16 */
  gboolean ascii;            /* what is not ASCII is written as a reference */
  char prefix[64];           /* of the main namespace with its colon; "" = none */
  char *space;               /* (owned) (nullable) the main namespace */
} QcPartForm;

void qc_part_form_clear (QcPartForm *form);
/* @text, which is XML, as this part has it. (transfer full) */
char *qc_part_form_encode (const QcPartForm *form, const char *text, gsize *length);
/* @text as a value or as characters; what no XML may hold becomes a blank. (transfer full) */
char *qc_part_escape (const char *text);

/* ---- reading with places ---- */

typedef struct {
  const char *name;        /* without prefix if it is of the main namespace */
  const char **attributes; /* NULL of an end */
  gint64 offset, length;   /* of the tag; the end of <a/> has no length and stands behind it */
  gpointer parser;
} QcPartTag;

typedef struct {
  void (*start) (gpointer user_data, const QcPartTag *tag);
  void (*end) (gpointer user_data, const QcPartTag *tag);
  void (*text) (gpointer user_data, const char *text, int length); /* (nullable) */
} QcPartHandlers;

/* @form: set before the first handler is called; cleared by the caller. @stop: a handler sets it to end early, which is
 * no error. */
gboolean qc_part_scan (QcPackage *package, const char *part, const QcPartHandlers *handlers, gpointer user_data,
                       QcPartForm *form, const gboolean *stop, GCancellable *cancellable, GError **error);
/* The bytes of the tag, while its handler runs. (transfer full) */
char *qc_part_tag_dup (const QcPartTag *tag);

/* Where attribute @name of @tag, the text of a start tag, has its value; *@out_begin (nullable): where the blank before
 * its name stands. FALSE if it is not there. */
gboolean qc_part_find_attribute (const char *tag, const char *name, gsize *out_begin, gsize *out_value,
                                 gsize *out_length);
/* Where a further attribute goes: behind the name of the element. */
gsize qc_part_after_name (const char *tag);
/* An attribute without a prefix. (nullable) borrowed */
const char *qc_part_get (const QcPartTag *tag, const char *name);

G_END_DECLS
