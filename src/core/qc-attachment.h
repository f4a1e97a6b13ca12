/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A picture that goes with an application or with one of its lines, by the digest of its bytes: the bytes travel apart
 * and are the same thing wherever their digest is named. Plain values, any thread.
 */
#pragma once

#include "qc-business.h"

G_BEGIN_DECLS

/* Kinds that mean something to the programs; a center's list may have others. */
#define QC_ATTACHMENT_ROSTER        "roster"    /* 补缴清册 with the seal: of the lines as they were printed */
#define QC_ATTACHMENT_STATEMENT     "statement" /* 补缴说明 with the seal */
#define QC_ATTACHMENT_AUTHORIZATION "credit-authorization" /* 征信授权书: of a line, a photograph, 身份证号.jpg */

#define QC_ATTACHMENT_TYPE     "image/jpeg"
#define QC_ATTACHMENT_MAX_NAME 100                /* characters */
#define QC_ATTACHMENT_MAX_SIZE (32 * 1024 * 1024) /* bytes, whatever a list says */
#define QC_ATTACHMENT_MAX_OWN  64                 /* of an application, beside those of its lines */
#define QC_ATTACHMENT_MAX_LINE 8                  /* of one line */

/* How far the pictures of one submission, or of several, are on their way. */
typedef struct {
  guint there, pictures; /* at the center, and in all; 0 in all = none is on its way */
  gint64 sent, size;     /* bytes of them */
} QcUploadProgress;

typedef struct {
  char *kind;   /* (owned) code of the center's list */
  gint64 line;  /* id of the roster line; 0 = of the application */
  char *name;   /* (owned) under which it goes out */
  char *digest; /* (owned) SHA-256 of the bytes, lower-case hex */
  gint64 size;  /* bytes */
  char *lines;  /* (owned) (nullable) check code of the roster that is on the picture */
} QcAttachment;

/* @lines (nullable). (transfer full) */
QcAttachment *qc_attachment_new (const char *kind, gint64 line, const char *name, const char *digest, gint64 size,
                                 const char *lines);
QcAttachment *qc_attachment_copy (const QcAttachment *attachment);
void qc_attachment_free (QcAttachment *attachment);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcAttachment, qc_attachment_free)
gboolean qc_attachment_equal (const QcAttachment *a, const QcAttachment *b);

/* GPtrArray of QcAttachment with its free function set. (transfer full) */
GPtrArray *qc_attachment_list_new (void);
GPtrArray *qc_attachment_list_copy (const GPtrArray *attachments);
gboolean qc_attachment_list_equal (const GPtrArray *a, const GPtrArray *b);
/* The application's own first, then line by line; pages of one kind keep the order they were given in. */
void qc_attachment_list_sort (GPtrArray *attachments);

/* Nothing else may become part of a path or an address. */
gboolean qc_attachment_is_digest (const char *text);
/* A plain file name in any system: no folders, no controls, not too long. */
gboolean qc_attachment_is_name (const char *text);
/* The name under which the @nth picture (from 0) of a person goes out: 身份证号.jpg, 身份证号-2.jpg … (transfer full)
 */
char *qc_attachment_dup_person_name (const char *document, guint nth);
/* The list of codes that says what @business asks for. (transfer full) */
char *qc_attachment_dup_list (QcBusiness business);

G_END_DECLS
