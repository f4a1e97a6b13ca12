/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Pictures from a telephone for one slot of the attachments: the center gives out an address, is asked every two
 * seconds what has come, and each picture is fetched and shown; only what the clerk takes goes into the draft. Whoever
 * made it stops it. Main context.
 */
#pragma once

#include "qc-attachments.h"

G_BEGIN_DECLS

/* ---- one picture that came ---- */

typedef enum {
  QC_PHONE_ARRIVAL_COMING,
  QC_PHONE_ARRIVAL_READY,
  QC_PHONE_ARRIVAL_TAKING, /* it is on its way into the draft */
  QC_PHONE_ARRIVAL_BAD,    /* it cannot be taken: "text" says why */
} QcPhoneArrivalState;

#define QC_TYPE_PHONE_ARRIVAL (qc_phone_arrival_get_type ())
G_DECLARE_FINAL_TYPE (QcPhoneArrival, qc_phone_arrival, QC, PHONE_ARRIVAL, GObject)
/* Signal "changed". */

QcPhoneArrivalState qc_phone_arrival_get_state (QcPhoneArrival *self);
guint qc_phone_arrival_get_number (QcPhoneArrival *self);
const char *qc_phone_arrival_get_text (QcPhoneArrival *self); /* (nullable) */
/* Three bytes a pixel; NULL before it is READY. Borrowed. */
GBytes *qc_phone_arrival_get_preview (QcPhoneArrival *self, guint *width, guint *height);

/* ---- all of them ---- */

typedef enum {
  QC_PHONE_SLOT_ASKING,
  QC_PHONE_SLOT_OPEN,
  QC_PHONE_SLOT_FULL,   /* as many came as can */
  QC_PHONE_SLOT_LATE,   /* its time is over */
  QC_PHONE_SLOT_FAILED, /* there is no address: "fault" says why */
} QcPhoneSlotState;

#define QC_TYPE_PHONE_SLOT (qc_phone_slot_get_type ())
G_DECLARE_FINAL_TYPE (QcPhoneSlot, qc_phone_slot, QC, PHONE_SLOT, GObject)
/* A GListModel of QcPhoneArrival: those that the clerk has not decided on. Signal "changed": anything else. */

/* Asks at once. */
QcPhoneSlot *qc_phone_slot_new (QcAttachments *attachments, QcAttachmentSlot *slot);
QcPhoneSlotState qc_phone_slot_get_state (QcPhoneSlot *self);
const char *qc_phone_slot_get_label (QcPhoneSlot *self);   /* as the telephone shows it */
const char *qc_phone_slot_get_address (QcPhoneSlot *self); /* (nullable) */
/* The QR code of the address, *@n × *@n by rows, 1 = dark; NULL before there is one. */
const guint8 *qc_phone_slot_get_code (QcPhoneSlot *self, guint *n);
guint qc_phone_slot_get_minutes (QcPhoneSlot *self);     /* left, the one that has begun too */
guint qc_phone_slot_get_left (QcPhoneSlot *self);        /* pictures that can still come */
const char *qc_phone_slot_get_fault (QcPhoneSlot *self); /* (nullable) why nothing can be heard just now */
const char *qc_phone_slot_get_note (QcPhoneSlot *self);  /* (nullable) of what was taken last: look at it again */
/* Into the draft. It stays, and says why, if it is not taken. */
void qc_phone_slot_accept (QcPhoneSlot *self, QcPhoneArrival *arrival);
/* It is dropped, here and at the center. */
void qc_phone_slot_refuse (QcPhoneSlot *self, QcPhoneArrival *arrival);
/* Nothing more comes, and what was not taken is gone. */
void qc_phone_slot_stop (QcPhoneSlot *self);

G_END_DECLS
