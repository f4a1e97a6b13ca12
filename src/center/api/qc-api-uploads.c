/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * API: uploads that can be resumed, in the words of draft-ietf-httpbis-resumable-upload ("careful creation": an empty
 * POST, then parts), and the bytes of an application's attachments. Bytes go to the disk off the database's threads;
 * the offset moves after they are there. Threads as the routes say.
 */
#include "qc-api.h"

#include "qc-engine-upload.h"
#include "qc-upload-headers.h"

/* ---- headers ---- */

static void
add_number (QcHttpAnswer *answer, const char *name, gint64 value)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);
  qc_http_answer_add_header (answer, name, text);
}

static void
add_limits (QcHttpAnswer *answer)
{
  g_autofree char *text = g_strdup_printf ("max-size=%d, max-append-size=%d, max-age=%d", QC_ATTACHMENT_MAX_SIZE,
                                           QC_HTTP_MAX_BODY, QC_UPLOAD_KEPT);
  qc_http_answer_add_header (answer, "Upload-Limit", text);
}

/* Where @upload stands. */
static QcHttpAnswer *
describe (QcHttpAnswer *answer, const QcUpload *upload)
{
  add_number (answer, "Upload-Offset", upload->have);
  qc_http_answer_add_header (answer, "Upload-Complete", upload->have == upload->size ? "?1" : "?0");
  return answer;
}

/* ---- begin and look ---- */

static QcHttpAnswer *
begin (QcHttpCall *call, QcConnection *connection, GError **error)
{
  QcHttpAnswer *answer;
  gboolean complete;
  gint64 size;
  g_autoptr (QcUpload) upload = NULL;
  if (!qc_api_authorize (call, connection, call->params[0], NULL, &answer, error))
    return answer;
  g_autofree char *digest = qc_upload_parse_digest (call->representation_digest);
  if (digest == NULL)
    return qc_api_problem (400, QC_PROBLEM_BAD_REQUEST, "Repr-Digest has no sha-256");
  if (!qc_upload_parse_flag (call->upload_complete, &complete) || complete)
    return qc_api_problem (400, QC_PROBLEM_BAD_REQUEST, "Upload-Complete is not ?0: bytes come later");
  if (!qc_upload_parse_count (call->upload_length, &size) || size == 0)
    return qc_api_problem (400, QC_PROBLEM_BAD_REQUEST, "Upload-Length is no number of bytes");
  if (size > QC_ATTACHMENT_MAX_SIZE) {
    answer = qc_api_problem (413, QC_PROBLEM_TOO_LARGE, NULL);
    add_limits (answer);
    return answer;
  }
  if (!qc_engine_upload_begin (connection, call->center->uploads, call->params[0], digest, size, call->now, &upload,
                               error))
    return NULL;
  if (upload == NULL)
    return qc_api_problem (507, QC_PROBLEM_UPLOAD_QUOTA, NULL);
  g_autofree char *location = g_strdup_printf ("/api/v1/units/%s/uploads/%s", call->params[0], upload->id);
  answer = describe (qc_http_answer_new (201, NULL, NULL), upload);
  qc_http_answer_add_header (answer, "Location", location);
  add_limits (answer);
  return answer;
}

static QcHttpAnswer *
look (QcHttpCall *call, QcConnection *connection, GError **error)
{
  QcHttpAnswer *answer;
  g_autoptr (QcUpload) upload = NULL;
  if (!qc_api_authorize (call, connection, call->params[0], NULL, &answer, error))
    return answer;
  if (!qc_engine_upload_find (connection, call->params[0], call->params[1], &upload, error))
    return NULL;
  if (upload == NULL)
    return qc_api_problem (404, QC_PROBLEM_NOT_FOUND, NULL);
  answer = describe (qc_http_answer_new (204, NULL, NULL), upload);
  add_number (answer, "Upload-Length", upload->size);
  add_limits (answer);
  return answer;
}

/* ---- parts ---- */

/* A part on its way through the steps; nobody else is at its upload meanwhile. */
typedef struct {
  QcUploadFiles *files; /* borrowed */
  char *id;             /* (owned) claimed */
  QcUpload *upload;     /* (owned) (nullable) */
  QcUploadWrite write;
  QcUploadVerdict verdict; /* of all of it */
} Part;

static void
part_free (gpointer data)
{
  Part *part = data;
  qc_upload_files_release (part->files, part->id);
  qc_upload_free (part->upload);
  g_free (part->id);
  g_free (part);
}

static gint64
end_of (const Part *part, const QcHttpCall *call)
{
  return part->upload->have + (gint64)g_bytes_get_size (call->body);
}

/* It stands elsewhere than the client thinks, or another one is at it. */
static QcHttpAnswer *
conflict (const QcUpload *upload)
{
  return describe (qc_api_problem (409, QC_PROBLEM_UPLOAD_OFFSET, NULL), upload);
}

/* Claims the upload of the call. FALSE with *@out or @error. */
static gboolean
take (QcHttpCall *call, QcConnection *connection, Part **out_part, QcHttpAnswer **out, GError **error)
{
  QcUploadFiles *files = call->center->uploads;
  g_autoptr (QcUpload) seen = NULL;
  if (!qc_api_authorize (call, connection, call->params[0], NULL, out, error))
    return FALSE;
  gboolean free = qc_upload_files_claim (files, call->params[1]);
  Part *part = NULL;
  if (free) {
    part = g_new0 (Part, 1);
    part->files = files;
    part->id = g_strdup (call->params[1]);
    qc_http_call_set_state (call, part, part_free);
  }
  if (!qc_engine_upload_find (connection, call->params[0], call->params[1], free ? &part->upload : &seen, error))
    return FALSE;
  if (free && part->upload != NULL) {
    *out_part = part;
    return TRUE;
  }
  *out = seen != NULL ? conflict (seen) : qc_api_problem (404, QC_PROBLEM_NOT_FOUND, NULL);
  return FALSE;
}

static QcHttpAnswer *
open_part (QcHttpCall *call, QcConnection *connection, GError **error)
{
  QcHttpAnswer *answer = NULL;
  Part *part;
  gboolean complete;
  gint64 offset;
  if (!take (call, connection, &part, &answer, error))
    return answer;
  if (!qc_upload_parse_count (call->upload_offset, &offset))
    return qc_api_problem (400, QC_PROBLEM_BAD_REQUEST, "Upload-Offset is no number of bytes");
  if (!qc_upload_parse_flag (call->upload_complete, &complete))
    return qc_api_problem (400, QC_PROBLEM_BAD_REQUEST, "Upload-Complete is neither ?0 nor ?1");
  if (offset != part->upload->have)
    return conflict (part->upload);
  gint64 end = end_of (part, call);
  if (end > part->upload->size || complete != (end == part->upload->size))
    return qc_api_problem (400, QC_PROBLEM_BAD_REQUEST, "the part does not end where the upload does");
  return offset == end ? describe (qc_http_answer_new (204, NULL, NULL), part->upload) : NULL;
}

static QcHttpAnswer *
write_part (QcHttpCall *call, QcConnection *connection, GError **error)
{
  Part *part = call->state;
  g_autoptr (GError) fault = NULL;
  gboolean good = qc_upload_files_append (part->files, part->id, part->upload->have, call->body, &part->write, &fault);
  if (good && part->write == QC_UPLOAD_WRITTEN && end_of (part, call) == part->upload->size)
    good = qc_upload_files_judge (part->files, part->id, part->upload->digest, &part->verdict, &fault)
           && (part->verdict != QC_UPLOAD_GOOD
               || qc_upload_files_keep (part->files, part->id, part->upload->digest, &fault));
  if (good)
    return NULL;
  /* the disk: nothing has moved, and the client comes back */
  g_printerr ("uploads: %s\n", fault->message);
  return qc_api_problem_wait (503, 30);
}

static QcHttpAnswer *
refuse_whole (QcConnection *connection, const Part *part, GError **error)
{
  gboolean other = part->verdict == QC_UPLOAD_OTHER;
  if (!qc_engine_upload_end (connection, part->upload, error))
    return NULL;
  qc_upload_files_drop (part->files, part->id);
  return qc_api_problem (422, other ? QC_PROBLEM_UPLOAD_DIGEST : QC_PROBLEM_UPLOAD_PICTURE, NULL);
}

static QcHttpAnswer *
move_on (QcHttpCall *call, QcConnection *connection, GError **error)
{
  Part *part = call->state;
  QcUpload *upload = part->upload;
  gint64 end = part->write == QC_UPLOAD_LOST ? 0 : end_of (part, call);
  gboolean whole = end == upload->size;
  if (whole && part->verdict != QC_UPLOAD_GOOD)
    return refuse_whole (connection, part, error);
  if ((whole && !qc_upload_files_keep_again (part->files, part->id, upload->digest, error))
      || !qc_engine_upload_move (connection, upload, end, call->now, error))
    return NULL;
  upload->have = end;
  if (part->write == QC_UPLOAD_LOST)
    return conflict (upload);
  if (whole)
    qc_upload_files_drop (part->files, part->id);
  return describe (qc_http_answer_new (204, NULL, NULL), upload);
}

static QcHttpAnswer *
end_upload (QcHttpCall *call, QcConnection *connection, GError **error)
{
  QcHttpAnswer *answer = NULL;
  Part *part;
  if (!take (call, connection, &part, &answer, error))
    return answer;
  if (!qc_engine_upload_end (connection, part->upload, error))
    return NULL;
  qc_upload_files_drop (part->files, part->id);
  return qc_http_answer_new (204, NULL, NULL);
}

/* ---- attachments of an application ---- */

static QcHttpAnswer *
find_attachment (QcHttpCall *call, QcConnection *connection, GError **error)
{
  QcHttpAnswer *answer;
  gboolean there;
  if (!qc_api_authorize (call, connection, call->params[0], NULL, &answer, error))
    return answer;
  if (!qc_engine_find_attachment (connection, call->params[0], call->params[1], call->params[2], &there, error))
    return NULL;
  return there ? NULL : qc_api_problem (404, QC_PROBLEM_NOT_FOUND, NULL);
}

static QcHttpAnswer *
read_attachment (QcHttpCall *call, QcConnection *connection, GError **error)
{
  g_autoptr (GError) fault = NULL;
  GBytes *bytes = qc_upload_files_read (call->center->uploads, call->params[2], &fault);
  if (g_error_matches (fault, G_IO_ERROR, G_IO_ERROR_NOT_FOUND)) /* named for ever, and not kept for ever */
    return qc_api_problem (404, QC_PROBLEM_NOT_FOUND, NULL);
  if (bytes == NULL) {
    g_propagate_error (error, g_steal_pointer (&fault));
    return NULL;
  }
  QcHttpAnswer *answer = qc_http_answer_new (200, QC_ATTACHMENT_TYPE, bytes);
  return answer;
}

const QcHttpRoute qc_api_upload_routes[] = {
    {"POST", "/api/v1/units/*/uploads", QC_HTTP_BODY_NONE, {{QC_HTTP_WRITE, begin}}},
    {"GET", "/api/v1/units/*/uploads/*", QC_HTTP_BODY_NONE, {{QC_HTTP_READ, look}}},
    {"PATCH",
     "/api/v1/units/*/uploads/*",
     QC_HTTP_BODY_PART,
     {{QC_HTTP_READ, open_part}, {QC_HTTP_POOL, write_part}, {QC_HTTP_WRITE, move_on}}},
    {"DELETE", "/api/v1/units/*/uploads/*", QC_HTTP_BODY_NONE, {{QC_HTTP_WRITE, end_upload}}},
    {"GET",
     "/api/v1/units/*/applications/*/attachments/*",
     QC_HTTP_BODY_NONE,
     {{QC_HTTP_READ, find_attachment}, {QC_HTTP_POOL, read_attachment}}},
    {NULL},
};
