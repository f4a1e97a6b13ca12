/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 上传附件 without a screen: which pictures a roster business asks for (one slot for each kind of the center's list, of
 * the application or of each line) and which there are. Files are judged and made ready by a program of their own
 * (reader), kept by digest and only then put into the draft, many at once as one step of undo. Main context.
 */
#pragma once

#include "qc-roster-service.h"

G_BEGIN_DECLS

/* ---- a slot ---- */

typedef struct {
  gint64 id;  /* in the draft */
  char *name; /* (owned) under which it goes out */
  char *path; /* (owned) its bytes */
  gint64 size;
  gboolean outdated; /* 已过期: the roster is another one than the one on it */
  const char *look;  /* (static) (nullable) why it does not look like what is asked for, translated; comes later */
} QcAttachmentPicture;

#define QC_TYPE_ATTACHMENT_SLOT (qc_attachment_slot_get_type ())
G_DECLARE_FINAL_TYPE (QcAttachmentSlot, qc_attachment_slot, QC, ATTACHMENT_SLOT, GObject)
/* Signal "changed": its pictures, or its person's name. */

const char *qc_attachment_slot_get_kind (QcAttachmentSlot *self);
const char *qc_attachment_slot_get_label (QcAttachmentSlot *self);
gint64 qc_attachment_slot_get_line (QcAttachmentSlot *self);        /* 0 = of the application */
const char *qc_attachment_slot_get_person (QcAttachmentSlot *self); /* (nullable) */
guint qc_attachment_slot_get_least (QcAttachmentSlot *self);
guint qc_attachment_slot_get_most (QcAttachmentSlot *self); /* 0 = no limit */
/* QcAttachmentPicture, borrowed until "changed". */
const GPtrArray *qc_attachment_slot_get_pictures (QcAttachmentSlot *self);
gboolean qc_attachment_slot_is_lacking (QcAttachmentSlot *self);
gboolean qc_attachment_slot_is_outdated (QcAttachmentSlot *self);
/* One of its pictures looks like a scan or a copy. */
gboolean qc_attachment_slot_is_doubtful (QcAttachmentSlot *self);

/* ---- all of them ---- */

#define QC_TYPE_ATTACHMENTS (qc_attachments_get_type ())
G_DECLARE_FINAL_TYPE (QcAttachments, qc_attachments, QC, ATTACHMENTS, GObject)

/* A GListModel of QcAttachmentSlot: those of the application first, then line by line. Signal "updated". */
QcAttachments *qc_attachments_new (QcRosterService *service);
/* (transfer none) (nullable) */
QcAttachmentSlot *qc_attachments_find (QcAttachments *self, const char *kind, gint64 line);
guint qc_attachments_get_n_lacking (QcAttachments *self); /* slots */
/* Files that are being made ready. Property "busy". */
guint qc_attachments_get_busy (QcAttachments *self);

typedef struct {
  char *file; /* (owned) as it is called */
  char *text; /* (owned) what is wrong, and what to do, translated */
} QcAttachmentFault;

typedef struct {
  guint added;
  GPtrArray *failed; /* (owned) QcAttachmentFault: files that were not taken */
  GPtrArray *nobody; /* (owned) char*: files whose names are nobody's */
  GPtrArray *looks;  /* (owned) QcAttachmentFault: taken, but they look like scans or copies */
} QcAttachmentResult;
void qc_attachment_result_free (QcAttachmentResult *result);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcAttachmentResult, qc_attachment_result_free)

#define QC_ATTACHMENTS_BY_NAME ((gint64)-1)
/*
 * @files into the slot of @kind and @line, in their order; or each to the person whose 证件号码 it is named by. Where a
 * slot takes one picture, a new one takes its place. All that can be taken are, as one step. An error only where
 * nothing could be looked at.
 */
void qc_attachments_add_async (QcAttachments *self, const char *kind, gint64 line, GFile *const *files, guint n,
                               GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* What was pasted: @name as the clerk will read it in @failed. */
void qc_attachments_add_bytes_async (QcAttachments *self, const char *kind, gint64 line, GBytes *bytes,
                                     const char *name, GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer user_data);
/* @file in the place of the picture @id. */
void qc_attachments_replace_async (QcAttachments *self, gint64 id, GFile *file, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data);
/* By 90, 180 or 270 degrees clockwise. */
void qc_attachments_turn_async (QcAttachments *self, gint64 id, guint degrees, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);
QcAttachmentResult *qc_attachments_add_finish (QcAttachments *self, GAsyncResult *result, GError **error);
/* A small picture of the one at @path (of QcAttachmentPicture): no stranger's bytes are decoded in this process. */
void qc_attachments_preview_async (QcAttachments *self, const char *path, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data);
/* Three bytes a pixel (red, green, blue), *@width pixels a line. (transfer full) */
GBytes *qc_attachments_preview_finish (QcAttachments *self, GAsyncResult *result, guint *width, guint *height,
                                       GError **error);
/* One step. FALSE: it cannot be edited now. */
gboolean qc_attachments_remove (QcAttachments *self, const gint64 *ids, guint n);

G_END_DECLS
