/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The fields of the attachments, shared by the slots and the intake of files. Main context.
 */
#pragma once

#include "qc-attachments.h"
#include "qc-picture-desk.h"

G_BEGIN_DECLS

struct _QcAttachments {
  GObject parent_instance;
  QcRosterService *service; /* (owned) */
  QcDraft *draft;           /* borrowed from the service */
  char *folder;             /* (owned) data folder */
  QcPictureDesk *desk;      /* (owned) */
  GPtrArray *slots;         /* (owned) QcAttachmentSlot */
  GHashTable *by_key;       /* (owned) "line kind" → QcAttachmentSlot, borrowed */
  guint n_lacking;
  guint busy;
  guint rebuild;             /* source */
  GHashTable *looks;         /* (owned) digest → QcPaperLook */
  gboolean looking;          /* one is looked at */
  GCancellable *cancellable; /* (owned) of that */
};

/* The entry of the center's list. (nullable) */
const QcCode *qc_attachments_find_code (QcAttachments *self, const char *kind);
/* A descriptor from which @bytes can be read, without a file; −1 where there is no room. */
int qc_attachments_open_bytes (GBytes *bytes);
/* The slots are made anew, soon. */
void qc_attachments_changed (QcAttachments *self);
/* Why a picture with this look is not what was asked for; NULL: nothing speaks against it. */
const char *qc_attachments_look_words (QcPaperLook look);
void qc_attachments_note_look (QcAttachments *self, const char *digest, QcPaperLook look);
/* The same words of one in the draft, as far as its look is known. (nullable) */
const char *qc_attachments_get_look (QcAttachments *self, const QcAttachment *attachment);
/* In the background, of all that nobody has looked at. */
void qc_attachments_find_looks (QcAttachments *self);
void qc_attachments_set_busy (QcAttachments *self, int by);

G_END_DECLS
