/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Bytes of attachments on the center's disk, in a folder beside the database: those that are whole under their digest,
 * the others under the number of their upload. Which there are is the database's to say: a file that it does not know
 * is nothing. Any thread; what is on its way belongs to whoever has claimed it.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _QcUploadFiles QcUploadFiles;

/* @data_dir: of the database. */
QcUploadFiles *qc_upload_files_new (const char *data_dir);
void qc_upload_files_free (QcUploadFiles *self);

/* FALSE: somebody else is at it. */
gboolean qc_upload_files_claim (QcUploadFiles *self, const char *upload);
void qc_upload_files_release (QcUploadFiles *self, const char *upload);

typedef enum {
  QC_UPLOAD_WRITTEN,
  QC_UPLOAD_LOST, /* less than @have is there: it has to begin again */
} QcUploadWrite;
/* Puts @bytes behind the first @have of @upload; what was there beyond them goes. On the disk when it returns. */
gboolean qc_upload_files_append (QcUploadFiles *self, const char *upload, gint64 have, GBytes *bytes,
                                 QcUploadWrite *out, GError **error);

typedef enum {
  QC_UPLOAD_GOOD,
  QC_UPLOAD_OTHER,    /* not the bytes that were announced */
  QC_UPLOAD_NOT_BARE, /* no JPEG, or one that holds more than the picture */
} QcUploadVerdict;
/* What has arrived as @upload, as a whole. */
gboolean qc_upload_files_judge (QcUploadFiles *self, const char *upload, const char *digest, QcUploadVerdict *out,
                                GError **error);
/* Gives @upload its name; nothing to do where it has it. On the disk when it returns. */
gboolean qc_upload_files_keep (QcUploadFiles *self, const char *upload, const char *digest, GError **error);
/* The same without waiting for the disk, for whoever has called keep before: the file may have been swept since. */
gboolean qc_upload_files_keep_again (QcUploadFiles *self, const char *upload, const char *digest, GError **error);
gboolean qc_upload_files_has (QcUploadFiles *self, const char *digest);
void qc_upload_files_drop (QcUploadFiles *self, const char *upload);
/* What has arrived as @upload, mapped. (transfer full) */
GBytes *qc_upload_files_read_part (QcUploadFiles *self, const char *upload, GError **error);
/* A file without a name in the folder: gone when it is closed. −1 on error. */
int qc_upload_files_open_spool (QcUploadFiles *self, GError **error);
/* The bytes of @digest, mapped. (transfer full) */
GBytes *qc_upload_files_read (QcUploadFiles *self, const char *digest, GError **error);

/* Whether the database knows of it. *@error: nobody can tell. */
typedef gboolean (*QcUploadKnownFunc) (const char *name, gboolean is_upload, gpointer user_data, GError **error);
/* Removes files that are older than @age seconds and that @known does not know. */
gboolean qc_upload_files_sweep (QcUploadFiles *self, gint64 age, QcUploadKnownFunc known, gpointer user_data,
                                GError **error);

G_END_DECLS
