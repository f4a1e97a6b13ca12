/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Uploads that are resumed, over TLS: cut off, at a wrong offset, of other bytes, too large, too many, by two at once,
 * over a restart, by somebody whose right is withdrawn; what may be a picture; what a submission names; what is swept.
 */
#include <glib/gstdio.h>
#include <string.h>
#include <utime.h>

#include "../bare-jpeg.h"
#include "center-fixture.h"
#include "qc-center-audit.h"
#include "qc-center-db.h"
#include "qc-digest.h"
#include "qc-engine-upload.h"
#include "qc-random.h"
#include "qc-wire-line.h"
#include "qc-wire-submission.h"
#include "web-client.h"

#define PASSWORD "yanlian-2026"
#define MUYE     QC_PRACTICE_UNIT_COLLECTION
#define SCHOOL   QC_PRACTICE_UNIT_TRANSFER
#define P_ALL    "/api/v1/units/{unit}/uploads"
#define P_ONE    "/api/v1/units/{unit}/uploads/{upload}"
#define P_BYTES  "/api/v1/units/{unit}/applications/{serial}/attachments/{digest}"
#define PART     (1 << 20) /* most bytes of a part */

static const char *
header (const WebAnswer *answer, const char *name)
{
  const char *value = soup_message_headers_get_one (answer->headers, name);
  return value != NULL ? value : "";
}

static gint64
offset_of (const WebAnswer *answer)
{
  const char *value = header (answer, "Upload-Offset");
  return *value != '\0' ? g_ascii_strtoll (value, NULL, 10) : -1;
}

static char *
digest_header (GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  guint8 digest[QC_DIGEST_SIZE];
  qc_digest (data, size, digest);
  g_autofree char *text = g_base64_encode (digest, sizeof digest);
  return g_strdup_printf ("sha-256=:%s:", text);
}

static WebAnswer *
begin_as (Web *web, const char *unit, const char *digest, const char *length, const char *complete)
{
  g_autofree char *path = g_strdup_printf ("/api/v1/units/%s/uploads", unit);
  const char *headers[] = {"Repr-Digest", digest, "Upload-Length", length, "Upload-Complete", complete, NULL};
  return web_api (web, "POST", path, P_ALL, NULL, headers);
}

/* The path of an upload of @bytes. */
static char *
begin (Web *web, const char *unit, GBytes *bytes)
{
  g_autofree char *digest = digest_header (bytes);
  g_autofree char *length = g_strdup_printf ("%" G_GSIZE_FORMAT, g_bytes_get_size (bytes));
  g_autoptr (WebAnswer) answer = begin_as (web, unit, digest, length, "?0");
  web_assert_status (answer, 201);
  return g_strdup (answer->location);
}

static WebAnswer *
part_as (Web *web, const char *path, GBytes *bytes, const char *offset, const char *complete)
{
  const char *headers[] = {"Upload-Offset", offset, "Upload-Complete", complete, NULL};
  return web_api_part (web, path, P_ONE, bytes, headers);
}

/* Bytes @from to @to of @bytes. */
static WebAnswer *
part (Web *web, const char *path, GBytes *bytes, gsize from, gsize to)
{
  g_autoptr (GBytes) some = g_bytes_new_from_bytes (bytes, from, to - from);
  g_autofree char *offset = g_strdup_printf ("%" G_GSIZE_FORMAT, from);
  return part_as (web, path, some, offset, to == g_bytes_get_size (bytes) ? "?1" : "?0");
}

static WebAnswer *
head (Web *web, const char *path)
{
  return web_api (web, "HEAD", path, P_ONE, NULL, NULL);
}

static gint64
stands (Web *web, const char *path)
{
  g_autoptr (WebAnswer) answer = head (web, path);
  web_assert_status (answer, 204);
  g_assert_cmpstr (header (answer, "Cache-Control"), ==, "no-store");
  return offset_of (answer);
}

static void
send_from (Web *web, const char *path, GBytes *bytes, gsize from)
{
  gsize size = g_bytes_get_size (bytes);
  while (from < size) {
    gsize to = MIN (from + PART, size);
    g_autoptr (WebAnswer) answer = part (web, path, bytes, from, to);
    web_assert_status (answer, 204);
    g_assert_cmpint (offset_of (answer), ==, (gint64)to);
    g_assert_cmpstr (header (answer, "Upload-Complete"), ==, to == size ? "?1" : "?0");
    from = to;
  }
}

static char *
send_whole (Web *web, const char *unit, GBytes *bytes)
{
  char *path = begin (web, unit, bytes);
  send_from (web, path, bytes, 0);
  return path;
}

static void
assert_problem (const WebAnswer *answer, guint status, const char *code)
{
  web_assert_status (answer, status);
  g_autofree char *said = web_member (answer, "code");
  g_assert_cmpstr (said, ==, code);
}

static gint64
count (Web *web, const char *sql)
{
  Fx fx;
  fx_attach (&fx, web->dir);
  gint64 n = fx_int (&fx, sql);
  qc_connection_close (fx.connection);
  return n;
}

static void
run_sql (Web *web, const char *sql)
{
  Fx fx;
  fx_attach (&fx, web->dir);
  fx_sql (&fx, sql);
  qc_connection_close (fx.connection);
}

static guint
n_files (Web *web)
{
  g_autofree char *folder = g_build_filename (web->dir, "attachments", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;
  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
open_as (Web *web, const char *user)
{
  web_open (web, "20261123");
  web_sign_in (web, user, PASSWORD);
}

/* Holds everything recorded against the document. */
static void
close_checked (Web *web)
{
  g_autofree char *script
      = g_test_build_filename (G_TEST_DIST, "tests", "displayless", "wire", "check-openapi.py", NULL);
  g_autofree char *document = g_test_build_filename (G_TEST_DIST, "data", "openapi.yaml", NULL);
  const char *argv[] = {"/usr/bin/python3", script, document, "--answers", web->recorded, NULL};
  g_autofree char *out = NULL, *errors = NULL;
  int status;
  g_assert_true (g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, &errors, &status, NULL));
  if (status != 0)
    g_error ("%u answers: %s%s", web->n_recorded, out, errors);
  web_close (web);
}

/* ---- whole ---- */

static void
test_whole (void)
{
  Web web;
  open_as (&web, "muye");
  g_autoptr (GBytes) picture = bare_jpeg (2 * PART + 12345, 1);
  g_autofree char *path = send_whole (&web, MUYE, picture);
  g_autoptr (WebAnswer) there = head (&web, path);
  g_assert_cmpint (offset_of (there), ==, (gint64)g_bytes_get_size (picture));
  g_assert_cmpstr (header (there, "Upload-Complete"), ==, "?1");
  g_autofree char *digest = qc_digest_hex_bytes (picture);
  g_autofree char *file = g_strdup_printf ("%s/attachments/%s.jpg", web.dir, digest);
  g_autofree char *kept = NULL;
  gsize size;
  g_assert_true (g_file_get_contents (file, &kept, &size, NULL));
  g_assert_cmpmem (kept, size, g_bytes_get_data (picture, NULL), g_bytes_get_size (picture));
  g_assert_cmpuint (n_files (&web), ==, 1);

  /* the same bytes again: nothing has to be sent, whoever of the unit asks */
  g_autofree char *header = digest_header (picture);
  g_autofree char *length = g_strdup_printf ("%" G_GSIZE_FORMAT, g_bytes_get_size (picture));
  g_autoptr (WebAnswer) again = begin_as (&web, MUYE, header, length, "?0");
  web_assert_status (again, 201);
  g_assert_cmpint (offset_of (again), ==, (gint64)g_bytes_get_size (picture));
  g_assert_cmpuint (count (&web, "SELECT count(*) FROM attachment"), ==, 1);
  g_assert_cmpuint (count (&web, "SELECT count(*) FROM upload"), ==, 1);

  /* an end that was not heard of is said again */
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  g_autoptr (WebAnswer) end = part_as (&web, path, nothing, length, "?1");
  web_assert_status (end, 204);
  g_assert_cmpstr (soup_message_headers_get_one (end->headers, "Upload-Complete"), ==, "?1");
  close_checked (&web);
}

/* Another unit that has the digest, and not the bytes, has nothing. */
static void
test_other_unit (void)
{
  Web web;
  open_as (&web, "muye");
  g_autoptr (GBytes) picture = bare_jpeg (5000, 1);
  g_autofree char *path = send_whole (&web, MUYE, picture);
  web_sign_in (&web, "xuexiao", PASSWORD);
  g_autoptr (WebAnswer) foreign = head (&web, path);
  web_assert_status (foreign, 403);
  g_autofree char *lured = g_strconcat ("/api/v1/units/" SCHOOL, strrchr (path, '/') - strlen ("/uploads"), NULL);
  g_autoptr (WebAnswer) none = head (&web, lured);
  web_assert_status (none, 404);
  g_autofree char *own = begin (&web, SCHOOL, picture);
  g_assert_cmpint (stands (&web, own), ==, 0);
  send_from (&web, own, picture, 0);
  g_assert_cmpuint (n_files (&web), ==, 1);
  g_assert_cmpuint (count (&web, "SELECT count(*) FROM attachment"), ==, 2);
  close_checked (&web);
}

/* ---- cut off ---- */

typedef struct {
  GCancellable *cancellable;
  gsize seen, limit;
} Cut;

static void
wrote_cb (SoupMessage *message, guint n, gpointer user_data)
{
  Cut *cut = user_data;
  cut->seen += n;
  if (cut->seen >= cut->limit)
    g_cancellable_cancel (cut->cancellable);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

/* Sends @bytes from @from on, and hangs up after about @limit of them. */
static void
hang_up (Web *web, const char *path, GBytes *bytes, gsize from, gsize limit)
{
  g_autofree char *address = g_strconcat (qc_center_server_get_api (web->server), path, NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("PATCH", address);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  g_autofree char *bearer = g_strconcat ("Bearer ", web->access, NULL);
  g_autofree char *offset = g_strdup_printf ("%" G_GSIZE_FORMAT, from);
  soup_message_headers_replace (headers, "Authorization", bearer);
  soup_message_headers_replace (headers, "Upload-Offset", offset);
  soup_message_headers_replace (headers, "Upload-Complete", "?0");
  g_autoptr (GBytes) some = g_bytes_new_from_bytes (bytes, from, MIN (PART, g_bytes_get_size (bytes) - from));
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (some);
  soup_message_set_request_body (message, "application/partial-upload", stream, (gssize)g_bytes_get_size (some));
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Cut cut = {cancellable, 0, limit};
  g_signal_connect (message, "wrote-body-data", G_CALLBACK (wrote_cb), &cut);
  g_autoptr (GAsyncResult) result = NULL;
  soup_session_send_async (web->api, message, G_PRIORITY_DEFAULT, cancellable, done_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) answer = soup_session_send_finish (web->api, result, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (cut.seen, <, PART);
}

/* At every quarter, of each part and of the whole: it goes on where it stands, and what comes of it is the picture. */
static void
test_cut (void)
{
  Web web;
  open_as (&web, "muye");
  for (guint quarter = 0; quarter < 4; quarter++) {
    gsize size = 3 * PART;
    g_autoptr (GBytes) picture = bare_jpeg (size, (guint8)quarter);
    g_autofree char *path = begin (&web, MUYE, picture);
    for (gsize at = 0; at < size; at += PART) {
      hang_up (&web, path, picture, at, quarter * PART / 4 + 1);
      g_assert_cmpint (stands (&web, path), ==, (gint64)at);
      g_autoptr (WebAnswer) answer = part (&web, path, picture, at, at + PART);
      web_assert_status (answer, 204);
    }
  }
  /* and between parts, at each quarter */
  g_autoptr (GBytes) picture = bare_jpeg (400000, 99);
  g_autofree char *path = begin (&web, MUYE, picture);
  for (gsize at = 0; at < 400000; at += 100000) {
    g_autofree char *anew = begin (&web, MUYE, picture); /* by who has forgotten where it was */
    g_assert_cmpstr (anew, ==, path);
    g_assert_cmpint (stands (&web, path), ==, (gint64)at);
    g_autoptr (WebAnswer) answer = part (&web, path, picture, at, at + 100000);
    web_assert_status (answer, 204);
  }
  g_assert_cmpuint (count (&web, "SELECT count(*) FROM attachment"), ==, 5);
  g_assert_cmpuint (n_files (&web), ==, 5);
  close_checked (&web);
}

static void
test_restart (void)
{
  Web web;
  open_as (&web, "muye");
  g_autoptr (GBytes) picture = bare_jpeg (300000, 1);
  g_autofree char *path = begin (&web, MUYE, picture);
  g_autoptr (WebAnswer) first = part (&web, path, picture, 0, 100000);
  web_assert_status (first, 204);
  web_restart (&web);
  g_assert_cmpint (stands (&web, path), ==, 100000);
  /* bytes that came to the disk and whose offset did not move count for nothing */
  g_autofree char *file = g_strdup_printf ("%s/attachments/part-%s", web.dir, strrchr (path, '/') + 1);
  FILE *stream = g_fopen (file, "ab");
  g_assert_nonnull (stream);
  fputs ("of a part that was cut off by the power", stream);
  fclose (stream);
  send_from (&web, path, picture, 100000);
  g_assert_cmpuint (count (&web, "SELECT count(*) FROM attachment"), ==, 1);

  /* a file that is gone begins anew */
  g_autoptr (GBytes) other = bare_jpeg (300000, 2);
  g_autofree char *lost = begin (&web, MUYE, other);
  g_autoptr (WebAnswer) begun = part (&web, lost, other, 0, 100000);
  web_assert_status (begun, 204);
  g_autofree char *gone = g_strdup_printf ("%s/attachments/part-%s", web.dir, strrchr (lost, '/') + 1);
  g_assert_cmpint (g_unlink (gone), ==, 0);
  g_autoptr (WebAnswer) conflict = part (&web, lost, other, 100000, 300000);
  assert_problem (conflict, 409, "upload-offset");
  g_assert_cmpint (offset_of (conflict), ==, 0);
  send_from (&web, lost, other, 0);

  /* and so does one that was whole */
  g_autofree char *digest = qc_digest_hex_bytes (other);
  g_autofree char *whole = g_strdup_printf ("%s/attachments/%s.jpg", web.dir, digest);
  g_assert_cmpint (g_unlink (whole), ==, 0);
  g_autofree char *anew = begin (&web, MUYE, other);
  g_assert_cmpint (stands (&web, anew), ==, 0);
  send_from (&web, anew, other, 0);
  g_assert_true (g_file_test (whole, G_FILE_TEST_EXISTS));
  close_checked (&web);
}

/* ---- wrong ---- */

static void
test_offset (void)
{
  Web web;
  open_as (&web, "muye");
  g_autoptr (GBytes) picture = bare_jpeg (30000, 1);
  g_autofree char *path = begin (&web, MUYE, picture);
  static const char *const offsets[] = {"1", "10000", "30000", "9223372036854775807"};
  for (guint i = 0; i < G_N_ELEMENTS (offsets); i++) {
    g_autoptr (GBytes) some = g_bytes_new_from_bytes (picture, 0, 100);
    g_autoptr (WebAnswer) answer = part_as (&web, path, some, offsets[i], "?0");
    assert_problem (answer, 409, "upload-offset");
    g_assert_cmpint (offset_of (answer), ==, 0);
  }
  static const struct {
    const char *offset, *complete;
    gsize size;
  } bad[] = {
      {"", "?0", 100},    {"-1", "?0", 100},  {"0x0", "?0", 100}, {"0 0", "?0", 100},
      {"0", "1", 100},    {"0", "", 100},     {"0", "?1", 100}, /* not its end */
      {"0", "?0", 30000},                                       /* its end, and does not say so */
      {"0", "?1", 30001}, {"0", "?0", 30001},                   /* beyond */
  };
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autofree guint8 *data = g_malloc0 (bad[i].size);
    g_autoptr (GBytes) some = g_bytes_new (data, bad[i].size);
    g_autoptr (WebAnswer) answer = part_as (&web, path, some, bad[i].offset, bad[i].complete);
    assert_problem (answer, 400, "bad-request");
  }
  g_autofree guint8 *zeros = g_malloc0 (PART + 1);
  g_autoptr (GBytes) large = g_bytes_new (zeros, PART + 1);
  g_autoptr (WebAnswer) too_large = part_as (&web, path, large, "0", "?0");
  assert_problem (too_large, 413, "too-large");
  g_autofree char *address = g_strconcat (qc_center_server_get_api (web.server), path, NULL);
  g_autofree char *bearer = g_strconcat ("Bearer ", web.access, NULL);
  const char *headers[] = {"Authorization", bearer, "Upload-Offset", "0", "Upload-Complete", "?0", NULL};
  g_autoptr (WebAnswer) type = web_send (&web, web.api, "PATCH", address, "image/jpeg", "abc", headers);
  assert_problem (type, 415, "unsupported-type");
  g_assert_cmpint (stands (&web, path), ==, 0);
  send_from (&web, path, picture, 0);
  g_autoptr (GBytes) more = g_bytes_new_static ("more", 4);
  g_autoptr (WebAnswer) beyond = part_as (&web, path, more, "30000", "?0");
  assert_problem (beyond, 400, "bad-request");
  close_checked (&web);
}

static void
test_begin (void)
{
  Web web;
  open_as (&web, "muye");
  g_autoptr (GBytes) picture = bare_jpeg (5000, 1);
  g_autofree char *good = digest_header (picture);
  const struct {
    const char *digest, *length, *complete;
    guint status;
    const char *code;
  } rows[] = {
      {"", "5000", "?0", 400, "bad-request"},
      {"sha-256=::", "5000", "?0", 400, "bad-request"},
      {"sha-256=:AAAA:", "5000", "?0", 400, "bad-request"},
      {"sha-256=:../../../../../../etc/passwd/aaaaaaaaaaaaaa=:", "5000", "?0", 400, "bad-request"},
      {"sha-512=:AAAA:", "5000", "?0", 400, "bad-request"},
      {"md5=:AAAA:, sha-256=AAAA", "5000", "?0", 400, "bad-request"},
      {good, "", "?0", 400, "bad-request"},
      {good, "0", "?0", 400, "bad-request"},
      {good, "-1", "?0", 400, "bad-request"},
      {good, "9223372036854775808", "?0", 400, "bad-request"},
      {good, "5000", "", 400, "bad-request"},
      {good, "5000", "?1", 400, "bad-request"},
      {good, "33554433", "?0", 413, "too-large"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (WebAnswer) answer = begin_as (&web, MUYE, rows[i].digest, rows[i].length, rows[i].complete);
    g_test_message ("row %u", i);
    assert_problem (answer, rows[i].status, rows[i].code);
  }
  g_autofree char *among = g_strconcat ("sha-512=:AAAA:, ", good, NULL);
  g_autoptr (WebAnswer) two = begin_as (&web, MUYE, among, "5000", "?0");
  web_assert_status (two, 201);
  g_assert_cmpuint (count (&web, "SELECT count(*) FROM upload"), ==, 1);

  /* names that lead elsewhere lead nowhere */
  static const char *const tricks[] = {"..",
                                       "%2e%2e%2f%2e%2e%2fcenter.db",
                                       "..%2Fcenter.db",
                                       "part-1",
                                       "a%00b",
                                       "%ff",
                                       "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.jpg"};
  for (guint i = 0; i < G_N_ELEMENTS (tricks); i++) {
    g_autofree char *path = g_strconcat ("/api/v1/units/" MUYE "/uploads/", tricks[i], NULL);
    g_autoptr (WebAnswer) look = web_api (&web, "HEAD", path, NULL, NULL, NULL);
    g_autoptr (WebAnswer) patch = part (&web, path, picture, 0, 5000);
    g_autoptr (WebAnswer) drop = web_api (&web, "DELETE", path, NULL, NULL, NULL);
    if (i > 0) /* the first one is taken off the path by whoever sends it */
      g_assert_cmpuint (look->status, ==, 404);
    g_assert_cmpuint (patch->status / 100, ==, 4);
    g_assert_cmpuint (drop->status / 100, ==, 4);
  }
  g_autofree char *db = g_build_filename (web.dir, "center.db", NULL);
  g_assert_true (g_file_test (db, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (n_files (&web), ==, 0);
  web_close (&web);
}

/* ---- what it is ---- */

static void
test_not_it (void)
{
  Web web;
  open_as (&web, "muye");
  g_autoptr (GBytes) picture = bare_jpeg (30000, 1);
  g_autoptr (GBytes) other = bare_jpeg (30000, 2);
  g_autofree char *path = begin (&web, MUYE, picture);
  g_autoptr (WebAnswer) half = part (&web, path, picture, 0, 10000);
  web_assert_status (half, 204);
  g_autoptr (WebAnswer) wrong = part (&web, path, other, 10000, 30000);
  assert_problem (wrong, 422, "upload-digest");
  g_autoptr (WebAnswer) gone = head (&web, path);
  web_assert_status (gone, 404);
  g_assert_cmpuint (n_files (&web), ==, 0);

  g_autoptr (GBytes) exif = talking_jpeg (picture);
  g_autoptr (GBytes) text = g_bytes_new_static ("<script>alert(1)</script>", 25);
  g_autoptr (GBytes) png = g_bytes_new_static ("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (picture, 0, 29000);
  GByteArray *tail = g_byte_array_new ();
  g_byte_array_append (tail, g_bytes_get_data (picture, NULL), 30000);
  g_byte_array_append (tail, (const guint8 *)"PK\3\4", 4);
  g_autoptr (GBytes) polyglot = g_byte_array_free_to_bytes (tail);
  GBytes *const all[] = {exif, text, png, cut, polyglot};
  for (guint i = 0; i < G_N_ELEMENTS (all); i++) {
    g_autofree char *one = begin (&web, MUYE, all[i]);
    g_autoptr (WebAnswer) answer = part (&web, one, all[i], 0, g_bytes_get_size (all[i]));
    assert_problem (answer, 422, "upload-picture");
  }
  g_assert_cmpuint (n_files (&web), ==, 0);
  g_assert_cmpuint (count (&web, "SELECT (SELECT count(*) FROM upload) + (SELECT count(*) FROM attachment)"), ==, 0);
  close_checked (&web);
}

static void
test_quota (void)
{
  Web web;
  open_as (&web, "muye");
  run_sql (&web, "INSERT INTO setting VALUES ('upload_quota', '100000')");
  g_autoptr (GBytes) a = bare_jpeg (40000, 1), b = bare_jpeg (40000, 2), c = bare_jpeg (40000, 3);
  g_autofree char *first = send_whole (&web, MUYE, a);
  g_autofree char *second = begin (&web, MUYE, b);
  g_autofree char *digest = digest_header (c);
  g_autoptr (WebAnswer) full = begin_as (&web, MUYE, digest, "40000", "?0");
  assert_problem (full, 507, "upload-quota");
  g_autofree char *goes_on = begin (&web, MUYE, b); /* what was begun goes on */
  g_assert_cmpstr (goes_on, ==, second);
  g_autoptr (WebAnswer) dropped = web_api (&web, "DELETE", second, P_ONE, NULL, NULL);
  web_assert_status (dropped, 204);
  g_autofree char *third = send_whole (&web, MUYE, c);
  /* nobody else is concerned */
  web_sign_in (&web, "xuexiao", PASSWORD);
  g_autofree char *elsewhere = send_whole (&web, SCHOOL, b);
  close_checked (&web);
}

/* ---- two at once, and a right that goes ---- */

typedef struct {
  guint left;
  guint statuses[8];
} Both;

static void
both_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Both *both = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);
  g_assert_no_error (error);
  SoupMessage *message = soup_session_get_async_result_message (SOUP_SESSION (source), result);
  both->statuses[--both->left] = soup_message_get_status (message);
}

static void
send_at_once (Web *web, const char *path, GBytes *bytes, Both *both)
{
  g_autofree char *address = g_strconcat (qc_center_server_get_api (web->server), path, NULL);
  g_autofree char *bearer = g_strconcat ("Bearer ", web->access, NULL);
  for (guint i = 0; i < both->left; i++) {
    g_autoptr (SoupMessage) message = soup_message_new ("PATCH", address);
    SoupMessageHeaders *headers = soup_message_get_request_headers (message);
    soup_message_headers_replace (headers, "Authorization", bearer);
    soup_message_headers_replace (headers, "Upload-Offset", "0");
    soup_message_headers_replace (headers, "Upload-Complete", "?1");
    soup_message_set_request_body_from_bytes (message, "application/partial-upload", bytes);
    soup_session_send_and_read_async (web->api, message, G_PRIORITY_DEFAULT, NULL, both_cb, both);
  }
}

/* Of several parts for the same place one is taken, and the others are told where it stands; another request is
 * answered meanwhile. */
static void
test_two_clients (void)
{
  Web web;
  open_as (&web, "muye");
  for (guint8 round = 0; round < 10; round++) {
    g_autoptr (GBytes) picture = bare_jpeg (PART, round);
    g_autofree char *path = begin (&web, MUYE, picture);
    Both both = {.left = 2};
    send_at_once (&web, path, picture, &both);
    g_autoptr (WebAnswer) session = web_api (&web, "GET", "/api/v1/session", NULL, NULL, NULL);
    web_assert_status (session, 200);
    while (both.left > 0)
      g_main_context_iteration (NULL, TRUE);
    guint good = (both.statuses[0] == 204) + (both.statuses[1] == 204);
    guint told = (both.statuses[0] == 409) + (both.statuses[1] == 409);
    g_assert_cmpuint (good, ==, 1);
    g_assert_cmpuint (told, ==, 1);
    g_assert_cmpint (stands (&web, path), ==, PART);
  }
  g_assert_cmpuint (count (&web, "SELECT count(*) FROM attachment"), ==, 10);
  close_checked (&web);
}

static void
test_right_withdrawn (void)
{
  Web web;
  open_as (&web, "muye");
  g_autoptr (GBytes) picture = bare_jpeg (30000, 1);
  g_autofree char *path = begin (&web, MUYE, picture);
  g_autoptr (WebAnswer) half = part (&web, path, picture, 0, 10000);
  web_assert_status (half, 204);
  run_sql (&web, "UPDATE portal_grant SET revoked = 1");
  g_autoptr (WebAnswer) refused = part (&web, path, picture, 10000, 30000);
  assert_problem (refused, 401, "unauthorized");
  g_autoptr (WebAnswer) asked = head (&web, path);
  web_assert_status (asked, 401);
  /* signed in again, it goes on */
  web_sign_in (&web, "muye", PASSWORD);
  g_assert_cmpint (stands (&web, path), ==, 10000);
  send_from (&web, path, picture, 10000);
  close_checked (&web);
}

/* The sign-in holds, and the right to the unit does not: nothing is taken, nothing is given out, nothing is lost. */
static void
test_unit_withdrawn (void)
{
  Web web;
  open_as (&web, "muye");
  g_autoptr (GBytes) picture = bare_jpeg (30000, 1);
  g_autofree char *path = begin (&web, MUYE, picture);
  for (gsize at = 0; at < 30000; at += 10000) {
    run_sql (&web, "UPDATE portal_grant_unit SET unit = 'other' WHERE unit = '" MUYE "'");
    g_autofree char *digest = digest_header (picture);
    g_autoptr (WebAnswer) refused = part (&web, path, picture, at, at + 10000);
    assert_problem (refused, 403, "forbidden");
    g_autoptr (WebAnswer) asked = head (&web, path);
    web_assert_status (asked, 403);
    g_autoptr (WebAnswer) begun = begin_as (&web, MUYE, digest, "30000", "?0");
    web_assert_status (begun, 403);
    g_autoptr (WebAnswer) dropped = web_api (&web, "DELETE", path, P_ONE, NULL, NULL);
    web_assert_status (dropped, 403);
    run_sql (&web, "UPDATE portal_grant_unit SET unit = '" MUYE "' WHERE unit = 'other'");
    g_assert_cmpint (stands (&web, path), ==, (gint64)at);
    g_autoptr (WebAnswer) taken = part (&web, path, picture, at, at + 10000);
    web_assert_status (taken, 204);
  }
  g_assert_cmpint (count (&web, "SELECT count(*) FROM attachment"), ==, 1);
  close_checked (&web);
}

/* ---- named by a submission ---- */

/* A roster that seals one person of @unit with a picture of @digest. */
static char *
dup_submission (Web *web, const char *unit, const char *digest, gint64 size)
{
  Fx fx;
  fx_attach (&fx, web->dir);
  g_autoptr (FxView) view = fx_view_new (&fx, unit);
  g_autoptr (QcSubmission) roster = fx_roster (view, QC_BUSINESS_SEALING);
  for (guint i = 0; i < view->people->len && roster->roster->lines->len == 0; i++) {
    const QcEmployee *person = g_ptr_array_index (view->people, i);
    if (person->status != QC_PERSON_NORMAL || person->opened > view->unit->paid_to)
      continue;
    QcRosterLine *line = fx_roster_add (view, roster, person->account);
    qc_line_set_text (line, QC_LINE_REASON, "01");
    fx_roster_complete (view, roster, line);
  }
  QcRosterLine *line = g_ptr_array_index (roster->roster->lines, 0);
  g_ptr_array_add (roster->attachments, qc_attachment_new ("letter", line->id, "离职证明.jpg", digest, size, NULL));
  g_autoptr (GBytes) bytes = qc_wire_encode_submission (roster);
  qc_connection_close (fx.connection);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static WebAnswer *
submit (Web *web, const char *unit, const char *body)
{
  g_autofree char *path = g_strdup_printf ("/api/v1/units/%s/submissions", unit);
  g_autofree char *key = qc_random_uuid ();
  const char *headers[] = {"Idempotency-Key", key, NULL};
  return web_api_lines (web, path, "/api/v1/units/{unit}/submissions", body, headers);
}

/* How often an audit misses one. */
static guint
count_pictures_missed (Web *web)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) faults = qc_center_audit (web->dir, &error);
  g_assert_no_error (error);
  guint n = 0;
  for (guint i = 0; i < faults->len; i++)
    if (strstr (g_ptr_array_index (faults, i), "a picture of application") != NULL)
      n++;
  return n;
}

static char *
dup_serial (const WebAnswer *answer)
{
  const char *found = strstr (answer->text, "\"serial\":\"") + strlen ("\"serial\":\"");
  return g_strndup (found, strcspn (found, "\""));
}

static void
test_submission (void)
{
  Web web;
  open_as (&web, "muye");
  g_autoptr (GBytes) picture = bare_jpeg (30000, 1);
  g_autofree char *digest = qc_digest_hex_bytes (picture);
  g_autofree char *body = dup_submission (&web, MUYE, digest, 30000);
  g_autoptr (WebAnswer) unasked = submit (&web, MUYE, body);
  web_assert_status (unasked, 422);
  web_assert_has (unasked, "attachment.kind-unknown");
  run_sql (&web, "INSERT INTO code_row (list, code, label, position, of_line, at_least, at_most, max_size, seq) VALUES"
                 " ('attachment-sealing', 'letter', '证明', 0, 1, 1, 1, 50000, 1000000)");

  /* not begun, half of it there, whole under another size */
  g_autoptr (WebAnswer) early = submit (&web, MUYE, body);
  web_assert_status (early, 422);
  web_assert_has (early, "attachment.not-received");
  g_autofree char *path = begin (&web, MUYE, picture);
  g_autoptr (WebAnswer) half = part (&web, path, picture, 0, 10000);
  web_assert_status (half, 204);
  g_autoptr (WebAnswer) half_way = submit (&web, MUYE, body);
  web_assert_has (half_way, "attachment.not-received");
  send_from (&web, path, picture, 10000);
  g_autofree char *other_size = dup_submission (&web, MUYE, digest, 30001);
  g_autoptr (WebAnswer) sized = submit (&web, MUYE, other_size);
  web_assert_has (sized, "attachment.not-received");
  g_autofree char *too_large = dup_submission (&web, MUYE, digest, 50001);
  g_autoptr (WebAnswer) large = submit (&web, MUYE, too_large);
  web_assert_has (large, "attachment.too-large");

  g_autoptr (WebAnswer) done = submit (&web, MUYE, body);
  web_assert_status (done, 201);
  g_autofree char *serial = dup_serial (done);
  g_autofree char *lines = g_strdup_printf ("/api/v1/units/" MUYE "/applications/%s/lines", serial);
  g_autoptr (WebAnswer) page
      = web_api (&web, "GET", lines, "/api/v1/units/{unit}/applications/{serial}/lines", NULL, NULL);
  web_assert_status (page, 200);
  g_autoptr (WebAnswer) same = web_api (&web, "GET", lines, NULL, NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (QcWireLines) decoded = qc_wire_decode_lines (same->bytes, QC_BUSINESS_SEALING, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (decoded->attachments->len, ==, 1);
  const QcAttachment *named = decoded->attachments->pdata[0];
  g_assert_cmpint (named->line, ==, ((QcRosterLine *)decoded->lines->pdata[0])->id);
  g_assert_cmpstr (named->name, ==, "离职证明.jpg");
  g_assert_cmpstr (named->digest, ==, digest);

  g_autofree char *bytes = g_strdup_printf ("/api/v1/units/" MUYE "/applications/%s/attachments/%s", serial, digest);
  g_autoptr (WebAnswer) got = web_api (&web, "GET", bytes, P_BYTES, NULL, NULL);
  web_assert_status (got, 200);
  g_assert_true (g_bytes_equal (got->bytes, picture));
  g_assert_cmpstr (header (got, "Content-Type"), ==, "image/jpeg");
  g_assert_cmpstr (header (got, "X-Content-Type-Options"), ==, "nosniff");
  static const char *const none[]
      = {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "..%2fcenter.db", "x"};
  for (guint i = 0; i < G_N_ELEMENTS (none); i++) {
    g_autofree char *elsewhere
        = g_strdup_printf ("/api/v1/units/" MUYE "/applications/%s/attachments/%s", serial, none[i]);
    g_autoptr (WebAnswer) missing = web_api (&web, "GET", elsewhere, P_BYTES, NULL, NULL);
    web_assert_status (missing, 404);
  }

  /* named for ever, and not kept for ever */
  g_autofree char *kept = g_strdup_printf ("%s/attachments/%s.jpg", web.dir, digest);
  g_autofree char *aside = g_strdup_printf ("%s/aside.jpg", web.dir);
  g_assert_cmpint (g_rename (kept, aside), ==, 0);
  g_autoptr (WebAnswer) gone = web_api (&web, "GET", bytes, P_BYTES, NULL, NULL);
  assert_problem (gone, 404, "not-found");
  g_assert_cmpint (count_pictures_missed (&web), ==, 1);
  g_assert_cmpint (g_rename (aside, kept), ==, 0);
  g_assert_cmpint (count_pictures_missed (&web), ==, 0);

  /* to staff, whose browser does not keep it either */
  web_staff (&web, "shenhe");
  g_autofree char *shown = g_strdup_printf ("/console/units/" MUYE "/applications/%s/pictures/%s", serial, digest);
  g_autoptr (WebAnswer) seen = web_page (&web, shown);
  web_assert_status (seen, 200);
  g_assert_true (g_bytes_equal (seen->bytes, picture));

  /* what is named is not counted as unused, and stays */
  g_assert_cmpint (count (&web, "SELECT count(*) FROM application_attachment"), ==, 1);
  web_sign_in (&web, "xuexiao", PASSWORD);
  g_autoptr (WebAnswer) foreign = web_api (&web, "GET", bytes, P_BYTES, NULL, NULL);
  web_assert_status (foreign, 403);
  close_checked (&web);
}

/* ---- swept ---- */

static void
age_files (Web *web)
{
  g_autofree char *folder = g_build_filename (web->dir, "attachments", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    struct utimbuf long_ago = {1, 1};
    g_assert_cmpint (g_utime (path, &long_ago), ==, 0);
  }
}

static void
sweep (Web *web, gint64 now)
{
  Fx fx;
  fx_attach (&fx, web->dir);
  QcUploadFiles *files = qc_upload_files_new (web->dir);
  g_autoptr (GError) error = NULL;
  g_autoptr (QcTransaction) t = fx_begin (&fx, QC_TRANSACTION_WRITE);
  g_assert_true (qc_engine_upload_sweep (fx.connection, files, now, &error));
  g_assert_no_error (error);
  fx_commit (g_steal_pointer (&t));
  qc_upload_files_free (files);
  qc_connection_close (fx.connection);
}

static void
test_sweep (void)
{
  Web web;
  open_as (&web, "muye");
  run_sql (&web, "INSERT INTO code_row (list, code, label, position, of_line, seq) VALUES"
                 " ('attachment-sealing', 'letter', '证明', 0, 1, 1000000)");
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (GBytes) used = bare_jpeg (30000, 1), unused = bare_jpeg (30000, 2), half = bare_jpeg (30000, 3);
  g_autofree char *a = send_whole (&web, MUYE, used), *b = send_whole (&web, MUYE, unused),
                  *c = begin (&web, MUYE, half);
  g_autoptr (WebAnswer) begun = part (&web, c, half, 0, 10000);
  web_assert_status (begun, 204);
  g_autofree char *digest = qc_digest_hex_bytes (used);
  g_autofree char *body = dup_submission (&web, MUYE, digest, 30000);
  g_autoptr (WebAnswer) done = submit (&web, MUYE, body);
  web_assert_status (done, 201);
  /* files that the ledger knows nothing of: of a center that was ended between file and row */
  g_autofree char *orphan = g_strdup_printf ("%s/attachments/part-orphan", web.dir);
  g_autofree char *nobody = g_strdup_printf (
      "%s/attachments/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.jpg", web.dir);
  g_autofree char *foreign = g_strdup_printf ("%s/attachments/notes.txt", web.dir);
  g_assert_true (g_file_set_contents (orphan, "x", 1, NULL));
  g_assert_true (g_file_set_contents (nobody, "x", 1, NULL));
  g_assert_true (g_file_set_contents (foreign, "x", 1, NULL));
  sweep (&web, now);
  g_assert_cmpuint (n_files (&web), ==, 6); /* all are young */
  age_files (&web);
  sweep (&web, now + 6 * 24 * 3600);
  g_assert_cmpuint (n_files (&web), ==, 4); /* used, unused, half, and what is not ours */
  g_assert_cmpint (stands (&web, c), ==, 10000);
  sweep (&web, now + 8 * 24 * 3600);
  g_assert_cmpuint (n_files (&web), ==, 2);
  g_autoptr (WebAnswer) gone = head (&web, c);
  web_assert_status (gone, 404);
  g_autofree char *again = begin (&web, MUYE, unused);
  g_assert_cmpint (stands (&web, again), ==, 0);
  send_from (&web, again, unused, 0);
  g_autofree char *still = begin (&web, MUYE, used);
  g_assert_cmpint (stands (&web, still), ==, 30000);
  web_close (&web);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/center/uploads/whole", test_whole);
  g_test_add_func ("/center/uploads/other-unit", test_other_unit);
  g_test_add_func ("/center/uploads/cut", test_cut);
  g_test_add_func ("/center/uploads/restart", test_restart);
  g_test_add_func ("/center/uploads/offset", test_offset);
  g_test_add_func ("/center/uploads/begin", test_begin);
  g_test_add_func ("/center/uploads/not-it", test_not_it);
  g_test_add_func ("/center/uploads/quota", test_quota);
  g_test_add_func ("/center/uploads/two-clients", test_two_clients);
  g_test_add_func ("/center/uploads/right-withdrawn", test_right_withdrawn);
  g_test_add_func ("/center/uploads/unit-withdrawn", test_unit_withdrawn);
  g_test_add_func ("/center/uploads/submission", test_submission);
  g_test_add_func ("/center/uploads/sweep", test_sweep);
  return g_test_run ();
}
