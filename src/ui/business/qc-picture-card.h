/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * One picture of an application: small, with its name and size, and what can be done with it. It is drawn from pixels
 * that the reading program made; nothing is decoded here. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "qc-attachments.h"

G_BEGIN_DECLS

#define QC_TYPE_PICTURE_CARD (qc_picture_card_get_type ())
G_DECLARE_FINAL_TYPE (QcPictureCard, qc_picture_card, QC, PICTURE_CARD, GtkWidget)

/* Signals "turn", "replace", "remove" (int64: the picture's id). @picture is copied from. */
GtkWidget *qc_picture_card_new (QcAttachments *attachments, const QcAttachmentPicture *picture);

G_END_DECLS
