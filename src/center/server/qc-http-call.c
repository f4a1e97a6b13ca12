/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Reading requests with bounds (path, query, form, headers, body), matching routes, writing answers; the door hears how
 * far each is. Main thread.
 */
#include "qc-http-private.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define MAX_FIELDS    64
#define MAX_FIELD     4096       /* bytes of one value of a form or query */
#define MAX_SWALLOWED (16 << 20) /* what is read and thrown away beyond the room of a body */
#define MAX_HEADER    8192
#define SPOOL_BREATH  (1 << 20) /* bytes for which a form with files is given the time of a body each */

/* ---- a request comes in ---- */

#define INTAKE "qc-http-intake"

/* What is known of a request while it comes. */
typedef struct {
  QcHttpServer *server;
  gsize room, seen; /* bytes of its body: that are kept at most, that came */
  int refusal;      /* status; 0 = none */
  int spool;        /* descriptor of what is kept on the disk; −1 = in memory */
  gsize spooled;
  gsize *all; /* (owned) the server's, which a message may outlive */
} Intake;

static void
intake_free (gpointer data)
{
  Intake *intake = data;
  *intake->all -= intake->spooled;
  g_rc_box_release (intake->all);
  if (intake->spool >= 0)
    close (intake->spool);
  g_free (intake);
}

static QcHttpPeer *
find_peer (SoupServerMessage *message)
{
  return qc_http_door_find (soup_server_message_get_remote_address (message));
}

void
qc_http_move_peer (SoupServerMessage *message, QcHttpStage stage)
{
  QcHttpPeer *peer = find_peer (message);
  if (peer != NULL)
    qc_http_peer_move (peer, stage);
}

/* Nothing more of the body is kept, nor what came so far. */
static void
refuse_body (SoupServerMessage *message, Intake *intake, int status)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  QcHttpPeer *peer = find_peer (message);
  intake->refusal = status;
  soup_message_body_set_accumulate (body, FALSE);
  soup_message_body_truncate (body);
  if (peer != NULL)
    qc_http_peer_release (peer);
}

/* ---- a body on the disk ---- */

static gboolean
begin_spool (SoupServerMessage *message, Intake *intake)
{
  g_autoptr (GError) error = NULL;
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  intake->spool = qc_upload_files_open_spool (intake->server->center->uploads, &error);
  if (intake->spool < 0)
    g_printerr ("%s: %s\n", intake->server->setup.name, error->message);
  return intake->spool >= 0;
}

/* Into the system's memory of the file, which waits for no disk. */
static gboolean
spool (SoupServerMessage *message, Intake *intake, GBytes *chunk)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (chunk, &size);
  if (*intake->all + size > QC_HTTP_MAX_SPOOL)
    return FALSE;
  if ((intake->spooled + size) / SPOOL_BREATH > intake->spooled / SPOOL_BREATH)
    qc_http_move_peer (message, QC_HTTP_BODY);
  *intake->all += size;
  intake->spooled += size;
  while (size > 0) {
    gssize n = write (intake->spool, data, size);
    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return FALSE;
    data += n;
    size -= (gsize)n;
  }
  return TRUE;
}

static GBytes *
map_spool (SoupServerMessage *message)
{
  const Intake *intake = g_object_get_data (G_OBJECT (message), INTAKE);
  g_autoptr (GMappedFile) file = intake->spool >= 0 ? g_mapped_file_new_from_fd (intake->spool, FALSE, NULL) : NULL;
  return file != NULL ? g_mapped_file_get_bytes (file) : NULL;
}

/* Bytes of a body that this request may bring. Who shows no token brings none where one is needed. *@on_disk: it is
 * kept there. */
static gsize
find_room (const QcHttpServer *server, SoupServerMessage *message, gboolean *on_disk)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *path = g_uri_get_path (soup_server_message_get_uri (message));
  const QcHttpRoute *route;
  if (qc_http_find_route (server->setup.tables, soup_server_message_get_method (message), path, NULL, &route) != 0)
    return 0;
  *on_disk = route->body == QC_HTTP_BODY_FILES;
  if (*on_disk)
    return QC_HTTP_MAX_FILES;
  if (route->body == QC_HTTP_BODY_FORM)
    return QC_HTTP_MAX_FORM;
  if (route->body == QC_HTTP_BODY_NONE || soup_message_headers_get_one (headers, "Authorization") == NULL)
    return 0;
  return route->body == QC_HTTP_BODY_LINES ? QC_HTTP_MAX_LINES : QC_HTTP_MAX_BODY;
}

static void
headers_cb (SoupServerMessage *message, gpointer user_data)
{
  Intake *intake = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  qc_http_move_peer (message, QC_HTTP_BODY);
  gboolean on_disk = FALSE;
  intake->room = find_room (intake->server, message, &on_disk);
  if (intake->room == 0)
    refuse_body (message, intake, 0);
  else if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH
           && soup_message_headers_get_content_length (headers) > (goffset)intake->room)
    refuse_body (message, intake, 413);
  else if (on_disk && !begin_spool (message, intake))
    refuse_body (message, intake, 503);
}

static void
chunk_cb (SoupServerMessage *message, GBytes *chunk, gpointer user_data)
{
  Intake *intake = user_data;
  QcHttpPeer *peer = find_peer (message);
  gboolean kept = intake->room > 0 && intake->refusal == 0;
  intake->seen += g_bytes_get_size (chunk);
  if (peer == NULL)
    return;
  if (!kept && intake->seen > intake->room + MAX_SWALLOWED)
    qc_http_peer_end (peer);
  else if (kept && intake->seen > intake->room)
    refuse_body (message, intake, 413);
  else if (kept
           && !(intake->spool >= 0 ? spool (message, intake, chunk)
                                   : qc_http_peer_hold (peer, g_bytes_get_size (chunk))))
    refuse_body (message, intake, 503);
}

static void
finished_cb (SoupServerMessage *message, gpointer user_data)
{
  QcHttpPeer *peer = find_peer (message);
  if (peer == NULL)
    return;
  qc_http_peer_release (peer);
  qc_http_peer_move (peer, QC_HTTP_IDLE);
}

void
qc_http_watch_cb (SoupServer *soup, SoupServerMessage *message, gpointer user_data)
{
  Intake *intake = g_new0 (Intake, 1);
  intake->server = user_data;
  intake->spool = -1;
  intake->all = g_rc_box_acquire (intake->server->spooled);
  g_object_set_data_full (G_OBJECT (message), INTAKE, intake, intake_free);
  g_signal_connect (message, "got-headers", G_CALLBACK (headers_cb), intake);
  g_signal_connect (message, "got-chunk", G_CALLBACK (chunk_cb), intake);
  g_signal_connect (message, "finished", G_CALLBACK (finished_cb), NULL);
  qc_http_move_peer (message, QC_HTTP_HEADERS);
}

int
qc_http_get_refusal (SoupServerMessage *message)
{
  return ((Intake *)g_object_get_data (G_OBJECT (message), INTAKE))->refusal;
}

/* ---- fields ---- */

/* Adds "a=b&c=d" to @fields; FALSE when it is too much, not UTF-8, or holds a NUL. */
static gboolean
parse_fields (const char *text, GHashTable *fields)
{
  g_auto (GStrv) pairs = g_strsplit (text, "&", MAX_FIELDS + 1);
  if (g_strv_length (pairs) > MAX_FIELDS)
    return FALSE;
  for (guint i = 0; pairs[i] != NULL; i++) {
    char *equals = strchr (pairs[i], '=');
    if (equals != NULL)
      *equals = '\0';
    g_autofree char *name = g_uri_unescape_string (g_strdelimit (pairs[i], "+", ' '), NULL);
    g_autofree char *value = g_uri_unescape_string (equals != NULL ? g_strdelimit (equals + 1, "+", ' ') : "", NULL);
    if (name == NULL || value == NULL || strlen (value) > MAX_FIELD || !g_utf8_validate (name, -1, NULL)
        || !g_utf8_validate (value, -1, NULL))
      return FALSE;
    if (*name != '\0' && !g_hash_table_contains (fields, name))
      g_hash_table_insert (fields, g_steal_pointer (&name), g_steal_pointer (&value));
  }
  return TRUE;
}

static char *
dup_header (SoupMessageHeaders *headers, const char *name)
{
  const char *value = soup_message_headers_get_one (headers, name);
  return value != NULL && strlen (value) <= MAX_HEADER && g_utf8_validate (value, -1, NULL) ? g_strdup (value) : NULL;
}

/* The browser may send several cookies in one header, and HTTP/1.1 only one such header. */
static char *
dup_cookies (SoupMessageHeaders *headers)
{
  const char *value = soup_message_headers_get_list (headers, "Cookie");
  return value != NULL && strlen (value) <= MAX_HEADER ? g_strdup (value) : NULL;
}

QcHttpRun *
qc_http_run_new (QcHttpServer *server, SoupServerMessage *message, GHashTable *query)
{
  QcHttpRun *run = g_new0 (QcHttpRun, 1);
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  GSocketAddress *remote = soup_server_message_get_remote_address (message);
  GUri *uri = soup_server_message_get_uri (message);
  QcHttpCall *call = &run->call;
  run->server = server;
  run->message = g_object_ref (message);
  call->center = server->center;
  call->method = soup_server_message_get_method (message);
  call->path = g_strdup (g_uri_get_path (uri));
  call->query = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  call->form = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  call->body = g_bytes_new (NULL, 0);
  call->now = g_get_real_time () / G_USEC_PER_SEC;
  call->cookie = dup_cookies (headers);
  call->origin = dup_header (headers, "Origin");
  call->authorization = dup_header (headers, "Authorization");
  call->if_match = dup_header (headers, "If-Match");
  call->idempotency_key = dup_header (headers, "Idempotency-Key");
  call->upload_offset = dup_header (headers, "Upload-Offset");
  call->upload_length = dup_header (headers, "Upload-Length");
  call->upload_complete = dup_header (headers, "Upload-Complete");
  call->representation_digest = dup_header (headers, "Repr-Digest");
  if (G_IS_INET_SOCKET_ADDRESS (remote))
    call->address = g_inet_address_to_string (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (remote)));
  else
    call->address = g_strdup ("");
  run->bad_query = g_uri_get_query (uri) != NULL && !parse_fields (g_uri_get_query (uri), call->query);
  if (run->bad_query)
    g_hash_table_remove_all (call->query);
  return run;
}

void
qc_http_run_free (QcHttpRun *run)
{
  QcHttpCall *call = &run->call;
  qc_http_call_set_state (call, NULL, NULL);
  if (run->gone_id != 0)
    g_signal_handler_disconnect (run->message, run->gone_id);
  g_object_unref (run->message);
  g_hash_table_unref (call->query);
  g_hash_table_unref (call->form);
  g_bytes_unref (call->body);
  for (guint i = 0; i < QC_HTTP_MAX_PARAMS; i++)
    g_free (call->params[i]);
  g_free (call->path);
  g_free (call->boundary);
  g_free (call->address);
  g_free (call->cookie);
  g_free (call->origin);
  g_free (call->authorization);
  g_free (call->if_match);
  g_free (call->idempotency_key);
  g_free (call->upload_offset);
  g_free (call->upload_length);
  g_free (call->upload_complete);
  g_free (call->representation_digest);
  g_free (run);
}

void
qc_http_call_set_state (QcHttpCall *call, gpointer state, GDestroyNotify state_free)
{
  if (call->state != NULL && call->state_free != NULL)
    call->state_free (call->state);
  call->state = state;
  call->state_free = state_free;
}

const char *
qc_http_call_field (const QcHttpCall *call, const char *name)
{
  const char *value = g_hash_table_lookup (call->form, name);
  return value != NULL ? value : "";
}

const char *
qc_http_call_query (const QcHttpCall *call, const char *name)
{
  const char *value = g_hash_table_lookup (call->query, name);
  return value != NULL ? value : "";
}

/* ---- routes ---- */

/* Whether @path is of the form @pattern; what stands for each * goes to @params. */
static gboolean
match (const char *pattern, const char *path, char **params)
{
  g_auto (GStrv) wanted = g_strsplit (pattern, "/", -1);
  g_auto (GStrv) given = g_strsplit (path, "/", 16);
  if (g_strv_length (wanted) != g_strv_length (given))
    return FALSE;
  for (guint i = 0; wanted[i] != NULL; i++)
    if (!g_str_equal (wanted[i], "*") && !g_str_equal (wanted[i], given[i]))
      return FALSE;
  guint n = 0;
  for (guint i = 0; params != NULL && wanted[i] != NULL; i++) {
    if (!g_str_equal (wanted[i], "*"))
      continue;
    g_autofree char *plain = g_uri_unescape_string (given[i], NULL);
    if (plain == NULL || *plain == '\0' || strlen (plain) > 128 || !g_utf8_validate (plain, -1, NULL))
      return FALSE;
    g_free (params[n]);
    params[n++] = g_steal_pointer (&plain);
  }
  return TRUE;
}

int
qc_http_find_route (const QcHttpRoute *const *tables, const char *method, const char *path, char **params,
                    const QcHttpRoute **out)
{
  if (g_str_equal (method, "HEAD"))
    method = "GET";

  int status = 404;
  for (guint t = 0; tables[t] != NULL; t++)
    for (const QcHttpRoute *route = tables[t]; route->method != NULL; route++) {
      if (!match (route->path, path, NULL))
        continue;
      status = 405;
      if (!g_str_equal (route->method, method))
        continue;
      *out = route;
      return match (route->path, path, params) ? 0 : 404;
    }
  return status;
}

void
qc_http_add_allow (const QcHttpRoute *const *tables, const char *path, QcHttpAnswer *answer)
{
  g_autoptr (GString) allow = g_string_new (NULL);
  for (guint t = 0; tables[t] != NULL; t++)
    for (const QcHttpRoute *route = tables[t]; route->method != NULL; route++)
      if (match (route->path, path, NULL))
        g_string_append_printf (allow, "%s%s", allow->len > 0 ? ", " : "", route->method);
  qc_http_answer_add_header (answer, "Allow", allow->str);
}

static const char *
type_of (QcHttpBody body)
{
  return body == QC_HTTP_BODY_FORM    ? "application/x-www-form-urlencoded"
         : body == QC_HTTP_BODY_LINES ? "application/x-ndjson"
         : body == QC_HTTP_BODY_PART  ? "application/partial-upload"
         : body == QC_HTTP_BODY_FILES ? "multipart/form-data"
                                      : "application/json";
}

int
qc_http_take_body (SoupServerMessage *message, QcHttpBody wanted, QcHttpCall *call)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  g_autoptr (GHashTable) parameters = NULL;
  const char *type = soup_message_headers_get_content_type (headers, &parameters);
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autoptr (GBytes) bytes
      = soup_message_body_get_accumulate (body) ? soup_message_body_flatten (body) : g_bytes_new (NULL, 0);
  gboolean empty = g_bytes_get_size (bytes) == 0;
  if (wanted == QC_HTTP_BODY_NONE || (wanted == QC_HTTP_BODY_JSON_OR_NONE && empty))
    return 0;
  if (g_strcmp0 (type, type_of (wanted)) != 0)
    return 415;
  if (wanted == QC_HTTP_BODY_FORM) {
    g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
    return strlen (text) == g_bytes_get_size (bytes) && parse_fields (text, call->form) ? 0 : 400;
  }
  if (wanted == QC_HTTP_BODY_FILES) {
    g_bytes_unref (g_steal_pointer (&bytes));
    bytes = map_spool (message);
    call->boundary = g_strdup (g_hash_table_lookup (parameters, "boundary"));
    if (bytes == NULL || call->boundary == NULL)
      return 400;
  }
  g_bytes_unref (call->body);
  call->body = g_steal_pointer (&bytes);
  return 0;
}

/* ---- answers ---- */

void
qc_http_send (SoupServerMessage *message, const QcHttpAnswer *answer)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  qc_http_move_peer (message, QC_HTTP_ANSWER);
  soup_server_message_set_status (message, answer->status, NULL);
  for (guint i = 0; i + 1 < answer->headers->len; i += 2)
    soup_message_headers_append (headers, g_ptr_array_index (answer->headers, i),
                                 g_ptr_array_index (answer->headers, i + 1));
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  /* what is nobody's own says itself that it may be kept */
  if (soup_message_headers_get_one (headers, "Cache-Control") == NULL)
    soup_message_headers_append (headers, "Cache-Control", "no-store");
  if (answer->type != NULL)
    soup_message_headers_replace (headers, "Content-Type", answer->type);
  if (answer->body != NULL)
    soup_message_body_append_bytes (soup_server_message_get_response_body (message), answer->body);
}
