/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 手机拍照: the QR code of an address for a telephone, how long it is good, and what has come, to be taken or not. Main
 * thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "qc-attachments.h"

G_BEGIN_DECLS

/* A window over that of @parent; closing it ends the address. (transfer none) */
GtkWidget *qc_phone_dialog_open (GtkWidget *parent, QcAttachments *attachments, QcAttachmentSlot *slot);

G_END_DECLS
