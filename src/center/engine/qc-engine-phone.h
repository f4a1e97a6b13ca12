/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Pictures from a telephone: an address is given out for a place of a draft, takes so many pictures for some minutes
 * from whoever has it, and keeps them until the clerk has fetched them. Times are the machine's. Functions of
 * qc-engine.h's kind: they rely on the transaction of their connection.
 */
#pragma once

#include "qc-connection.h"
#include "qc-upload-files.h"

G_BEGIN_DECLS

#define QC_PHONE_SECONDS 600 /* that an address lives */
#define QC_PHONE_KEPT    600 /* and that a clerk has afterwards for what arrived in the last moment */

typedef enum {
  QC_PHONE_OPEN,
  QC_PHONE_USED_UP,
  QC_PHONE_LATE,
  QC_PHONE_ENDED, /* by the clerk */
} QcPhoneState;

typedef struct {
  char *id;                        /* (owned) */
  char *unit_name;                 /* (owned) */
  char *label;                     /* (owned) */
  gint64 unit;                     /* row */
  gint64 pictures, taken, expires; /* how many it takes, and took; unix seconds */
  gboolean ended;
} QcPhone;
void qc_phone_free (QcPhone *phone);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcPhone, qc_phone_free)
QcPhoneState qc_phone_get_state (const QcPhone *phone, gint64 now);

/* A new address of @unit (account). *@out_token, which is the secret of it, is kept nowhere. *@out NULL: the unit has
 * too many that are open, the first of them until *@out_wait seconds from now. (write) */
gboolean qc_engine_phone_issue (QcConnection *connection, const char *unit, const char *label, guint pictures,
                                gint64 now, QcPhone **out, char **out_token, gint64 *out_wait, GError **error);
/* *@out NULL: the unit has none of that number. (read) (transfer full) */
gboolean qc_engine_phone_find (QcConnection *connection, const char *unit, const char *id, QcPhone **out,
                               GError **error);
/* *@out NULL: no such secret was given out, or long ago. (read) (transfer full) */
gboolean qc_engine_phone_find_token (QcConnection *connection, const char *token, QcPhone **out, GError **error);
/* No more pictures; those that were not fetched go. (write) */
gboolean qc_engine_phone_end (QcConnection *connection, QcUploadFiles *files, const QcPhone *phone, GError **error);

typedef struct {
  gint64 number, size;
  char *file; /* (owned) as an upload's */
} QcPhonePicture;
/* What arrived and was not fetched yet, in its order. (read) (transfer full) */
GArray *qc_engine_phone_list (QcConnection *connection, const QcPhone *phone, GError **error);
/* As many of @pictures (their numbers are given) as it may still take at @now, in their order. *@out_full: not all,
 * because the unit has too much that it has not fetched. (write) */
gboolean qc_engine_phone_take (QcConnection *connection, const QcPhone *phone, const GArray *pictures, gint64 now,
                               guint *out_taken, gboolean *out_full, GError **error);
/* *@out NULL: it is not there. (read) (transfer full) */
gboolean qc_engine_phone_find_file (QcConnection *connection, const QcPhone *phone, gint64 number, char **out,
                                    GError **error);
/* The clerk has it. (write) */
gboolean qc_engine_phone_drop (QcConnection *connection, QcUploadFiles *files, const QcPhone *phone, gint64 number,
                               GError **error);
/* An array of QcPhonePicture. (transfer full) */
GArray *qc_phone_pictures_new (void);

/* What is over goes, with its pictures. *@next: when the next one is, 0 = there is none. (write) */
gboolean qc_engine_phone_sweep (QcConnection *connection, QcUploadFiles *files, gint64 now, gint64 *next,
                                GError **error);

G_END_DECLS
