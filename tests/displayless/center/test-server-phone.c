/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Pictures from a telephone: the whole way, an address used up, late, ended, unknown or another unit's, too many and
 * too large, cut off in the midst, forms that are none, what is swept, and what the page and the database know.
 */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "center-fixture.h"
#include "qc-attachment.h"
#include "qc-center-db.h"
#include "qc-engine-phone.h"
#include "qc-wire-phone.h"
#include "web-client.h"

#define PASSWORD "yanlian-2026"
#define MUYE     QC_PRACTICE_UNIT_COLLECTION
#define SCHOOL   QC_PRACTICE_UNIT_TRANSFER
#define P_ALL    "/api/v1/units/{unit}/phone"
#define P_ONE    "/api/v1/units/{unit}/phone/{phone}"
#define P_BYTES  "/api/v1/units/{unit}/phone/{phone}/{number}"
#define FORM     "multipart/form-data; boundary=----WebKitFormBoundaryq1w2e3"
#define MARK     "------WebKitFormBoundaryq1w2e3"

typedef struct {
  Web web;
  QcWirePhone *phone;
} Play;

static QcWirePhone *
decode (const WebAnswer *answer)
{
  g_autoptr (GError) error = NULL;
  QcWirePhone *phone = qc_wire_decode_phone (answer->bytes, &error);
  g_assert_no_error (error);
  return phone;
}

static WebAnswer *
ask (Web *web, const char *unit, guint pictures)
{
  g_autofree char *path = g_strdup_printf ("/api/v1/units/%s/phone", unit);
  g_autofree char *body = g_strdup_printf ("{\"label\":\"征信授权书 尾号 1234\",\"pictures\":%u}", pictures);
  return web_api (web, "POST", path, P_ALL, body, NULL);
}

static QcWirePhone *
issue (Web *web, guint pictures)
{
  g_autoptr (WebAnswer) answer = ask (web, MUYE, pictures);
  web_assert_status (answer, 201);
  return decode (answer);
}

static void
open_play (Play *play, guint pictures)
{
  web_open (&play->web, "20261123");
  web_sign_in (&play->web, "muye", PASSWORD);
  play->phone = issue (&play->web, pictures);
}

static char *
path_of (const char *unit, const QcWirePhone *phone, guint number)
{
  return number == 0 ? g_strdup_printf ("/api/v1/units/%s/phone/%s", unit, phone->id)
                     : g_strdup_printf ("/api/v1/units/%s/phone/%s/%u", unit, phone->id, number);
}

static WebAnswer *
call (Web *web, const char *method, const char *unit, const QcWirePhone *phone, guint number)
{
  g_autofree char *path = path_of (unit, phone, number);
  return web_api (web, method, path, number == 0 ? P_ONE : P_BYTES, NULL, NULL);
}

static QcWirePhone *
look (Play *play)
{
  g_autoptr (WebAnswer) answer = call (&play->web, "GET", MUYE, play->phone, 0);
  web_assert_status (answer, 200);
  return decode (answer);
}

static void
assert_arrived (Play *play, guint taken, guint waiting)
{
  g_autoptr (QcWirePhone) now = look (play);
  g_assert_null (now->address);
  g_assert_cmpuint (now->taken, ==, taken);
  g_assert_cmpuint (now->arrived->len, ==, waiting);
}

static WebAnswer *
see (Play *play)
{
  return web_send (&play->web, play->web.browser, "GET", play->phone->address, NULL, NULL, NULL);
}

static void
add_file (GString *form, const char *bytes, gsize size)
{
  g_string_append (form, MARK "\r\nContent-Disposition: form-data; name=\"pictures\"; filename=\"IMG_1.jpg\"\r\n"
                              "Content-Type: image/jpeg\r\n\r\n");
  g_string_append_len (form, bytes, (gssize)size);
  g_string_append (form, "\r\n");
}

static WebAnswer *
post_form (Play *play, GString *form, const char *type)
{
  g_autoptr (GBytes) body = g_string_free_to_bytes (form);
  return web_send_bytes (&play->web, play->web.browser, "POST", play->phone->address, type, body, NULL);
}

/* @n pictures of @size bytes each, the first filled with @seed. */
static WebAnswer *
post (Play *play, guint n, gsize size, char seed)
{
  GString *form = g_string_new (NULL);
  g_autofree char *bytes = g_malloc (size);
  for (guint i = 0; i < n; i++) {
    memset (bytes, seed + (int)i, size);
    add_file (form, bytes, size);
  }
  g_string_append (form, MARK "--\r\n");
  return post_form (play, form, FORM);
}

static void
assert_bytes (Play *play, guint number, gsize size, char seed)
{
  g_autoptr (WebAnswer) answer = call (&play->web, "GET", MUYE, play->phone, number);
  g_autofree char *wanted = g_malloc (size);
  memset (wanted, seed, size);
  web_assert_status (answer, 200);
  g_assert_cmpstr (soup_message_headers_get_one (answer->headers, "Content-Type"), ==, "application/octet-stream");
  g_assert_cmpmem (g_bytes_get_data (answer->bytes, NULL), g_bytes_get_size (answer->bytes), wanted, size);
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

/* Holds everything recorded against the document. */
static void
close_play (Play *play)
{
  Web *web = &play->web;
  g_autofree char *script
      = g_test_build_filename (G_TEST_DIST, "tests", "displayless", "wire", "check-openapi.py", NULL);
  g_autofree char *document = g_test_build_filename (G_TEST_DIST, "data", "openapi.yaml", NULL);
  const char *argv[] = {"/usr/bin/python3", script, document, "--answers", web->recorded, NULL};
  g_autofree char *out = NULL, *errors = NULL;
  int status;
  g_assert_true (g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, &errors, &status, NULL));
  if (status != 0)
    g_error ("%u answers: %s%s", web->n_recorded, out, errors);
  qc_wire_phone_free (play->phone);
  web_close (web);
}

/* ---- the whole way ---- */

static void
test_whole (void)
{
  Play play;
  open_play (&play, 3);
  g_assert_cmpint (play.phone->seconds, ==, QC_PHONE_SECONDS);
  g_autoptr (WebAnswer) first = post (&play, 1, 70000, 'a');
  web_assert_status (first, 200);
  web_assert_has (first, "已收到 1 张照片。");
  web_assert_has (first, "还可以发 2 张");
  g_autoptr (WebAnswer) rest = post (&play, 2, 3000000, 'b');
  web_assert_status (rest, 200);
  web_assert_has (rest, "已收到 2 张照片，可以关闭此页了。");
  g_assert_null (strstr (rest->text, "<form"));
  assert_arrived (&play, 3, 3);
  assert_bytes (&play, 1, 70000, 'a');
  assert_bytes (&play, 3, 3000000, 'c');
  assert_bytes (&play, 3, 3000000, 'c'); /* an answer that was lost */
  for (guint number = 1; number <= 3; number++) {
    g_autoptr (WebAnswer) got = call (&play.web, "DELETE", MUYE, play.phone, number);
    web_assert_status (got, 204);
    assert_arrived (&play, 3, 3 - number);
    g_assert_cmpuint (n_files (&play.web), ==, 3 - number);
  }
  g_autoptr (WebAnswer) again = call (&play.web, "DELETE", MUYE, play.phone, 3);
  web_assert_status (again, 204);
  g_autoptr (WebAnswer) gone = call (&play.web, "GET", MUYE, play.phone, 3);
  web_assert_status (gone, 404);
  /* used up, for looking and for sending, though nothing lies there */
  g_autoptr (WebAnswer) page = see (&play);
  web_assert_status (page, 410);
  web_assert_has (page, "照片已发完");
  g_autoptr (WebAnswer) more = post (&play, 1, 100, 'z');
  web_assert_status (more, 410);
  assert_arrived (&play, 3, 0);
  close_play (&play);
}

/* ---- the page, and what is kept of its secret ---- */

static void
test_page (void)
{
  Play play;
  open_play (&play, 20);
  run_sql (&play.web, "UPDATE unit SET name = '<b>牧业</b>&\"' WHERE account = '" MUYE "'");
  g_autoptr (WebAnswer) page = see (&play);
  g_autofree char *style_address = g_strdup_printf (
      "%.*sphone.css", (int)(strstr (play.phone->address, "/p/") + 1 - play.phone->address), play.phone->address);
  g_autoptr (WebAnswer) style = web_send (&play.web, play.web.browser, "GET", style_address, NULL, NULL, NULL);
  web_assert_status (page, 200);
  web_assert_status (style, 200);
  g_assert_cmpuint (strlen (page->text) + strlen (style->text), <=, 10000);
  g_assert_null (strstr (page->text, "<script"));
  g_assert_null (strstr (page->text, "<b>"));
  web_assert_has (page, "&lt;b&gt;牧业&lt;/b&gt;");
  web_assert_has (page, "尾号 1234");
  web_assert_has (page, "accept=\"image/*\" multiple");
  web_assert_has (page, "width=device-width");
  g_assert_cmpstr (soup_message_headers_get_one (page->headers, "Cache-Control"), ==, "no-store");
  g_assert_cmpstr (soup_message_headers_get_one (page->headers, "Referrer-Policy"), ==, "no-referrer");
  g_assert_cmpstr (soup_message_headers_get_one (page->headers, "X-Robots-Tag"), ==, "noindex, nofollow");
  g_assert_cmpstr (soup_message_headers_get_one (page->headers, "Content-Security-Policy"), ==,
                   "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'");
  g_assert_null (soup_message_headers_get_one (page->headers, "Set-Cookie"));

  /* one that takes a single picture lets choose a single one */
  g_autoptr (QcWirePhone) one = issue (&play.web, 1);
  g_autoptr (WebAnswer) single = web_send (&play.web, play.web.browser, "GET", one->address, NULL, NULL, NULL);
  g_assert_null (strstr (single->text, "multiple"));
  close_play (&play);
}

static gboolean
file_has (const char *dir, const char *name, const char *needle)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);
  g_autofree char *text = NULL;
  gsize size;
  return g_file_get_contents (path, &text, &size, NULL) && memmem (text, size, needle, strlen (needle)) != NULL;
}

static void
test_secret (void)
{
  Play play;
  open_play (&play, 2);
  const char *token = strrchr (play.phone->address, '/') + 1;
  g_assert_cmpuint (strlen (token), ==, 22); /* 128 bits */
  g_autoptr (WebAnswer) sent = post (&play, 1, 1000, 'a');
  web_assert_status (sent, 200);
  g_assert_null (strstr (sent->text, token));
  g_assert_false (file_has (play.web.dir, "center.db", token));
  g_assert_false (file_has (play.web.dir, "center.db-wal", token));
  g_assert_true (file_has (play.web.dir, "center.db", play.phone->id)
                 || file_has (play.web.dir, "center.db-wal", play.phone->id));
  g_assert_cmpint (count (&play.web, "SELECT count(*) FROM log WHERE action = 'phone-issued'"), ==, 1);
  close_play (&play);
}

/* What the center prints when it fails names the route, never the address. */
static void
test_not_printed (void)
{
  Play play;
  open_play (&play, 2);
  const char *token = strrchr (play.phone->address, '/') + 1;
  g_autofree char *path = g_build_filename (play.web.dir, "printed", NULL);
  int before = dup (STDERR_FILENO);
  int file = g_open (path, O_CREAT | O_WRONLY, 0600);
  run_sql (&play.web, "ALTER TABLE phone_picture RENAME TO elsewhere");
  g_assert_cmpint (dup2 (file, STDERR_FILENO), ==, STDERR_FILENO);
  g_autoptr (WebAnswer) failed = post (&play, 1, 1000, 'a');
  g_assert_cmpint (dup2 (before, STDERR_FILENO), ==, STDERR_FILENO);
  g_assert_cmpint (close (before) + close (file), ==, 0);
  web_assert_status (failed, 500);
  g_assert_true (file_has (play.web.dir, "printed", "pages: POST /p/*: "));
  g_assert_false (file_has (play.web.dir, "printed", token));
  g_assert_cmpuint (n_files (&play.web), ==, 0);
  close_play (&play);
}

/* ---- who may not ---- */

static void
test_late (void)
{
  Play play;
  open_play (&play, 2);
  g_autoptr (WebAnswer) sent = post (&play, 1, 1000, 'a');
  web_assert_status (sent, 200);
  run_sql (&play.web, "UPDATE phone SET expires = unixepoch ()");
  g_autoptr (WebAnswer) page = see (&play);
  web_assert_status (page, 410);
  web_assert_has (page, "二维码已过期");
  g_autoptr (WebAnswer) late = post (&play, 1, 1000, 'b');
  web_assert_status (late, 410);
  /* what came in time is there for a while */
  g_autoptr (QcWirePhone) now = look (&play);
  g_assert_cmpint (now->seconds, ==, 0);
  assert_bytes (&play, 1, 1000, 'a');
  /* and goes when the center looks: at whatever is written next */
  run_sql (&play.web, "UPDATE phone SET expires = unixepoch () - 600");
  g_autoptr (QcWirePhone) other = issue (&play.web, 1);
  while (count (&play.web, "SELECT count(*) FROM phone") > 1) {
    g_main_context_iteration (NULL, FALSE);
    g_usleep (1000);
  }
  g_assert_cmpuint (n_files (&play.web), ==, 0);
  g_autoptr (WebAnswer) gone = call (&play.web, "GET", MUYE, play.phone, 0);
  web_assert_status (gone, 404);
  g_autoptr (WebAnswer) unknown = see (&play);
  web_assert_status (unknown, 404);
  close_play (&play);
}

static void
test_ended (void)
{
  Play play;
  open_play (&play, 3);
  g_autoptr (WebAnswer) sent = post (&play, 2, 1000, 'a');
  web_assert_status (sent, 200);
  g_autoptr (WebAnswer) ended = call (&play.web, "DELETE", MUYE, play.phone, 0);
  web_assert_status (ended, 204);
  g_assert_cmpuint (n_files (&play.web), ==, 0);
  g_autoptr (WebAnswer) page = see (&play);
  web_assert_status (page, 410);
  web_assert_has (page, "二维码已停用");
  g_autoptr (WebAnswer) more = post (&play, 1, 1000, 'b');
  web_assert_status (more, 410);
  assert_arrived (&play, 2, 0);
  close_play (&play);
}

static void
test_other_unit (void)
{
  Play play;
  open_play (&play, 3);
  g_autoptr (WebAnswer) sent = post (&play, 1, 1000, 'a');
  web_assert_status (sent, 200);
  web_sign_in (&play.web, "xuexiao", PASSWORD);
  static const char *const methods[] = {"GET", "DELETE"};
  for (guint number = 0; number < 2; number++)
    for (guint m = 0; m < 2; m++) {
      g_autoptr (WebAnswer) foreign = call (&play.web, methods[m], MUYE, play.phone, number);
      web_assert_status (foreign, 403);
      g_autoptr (WebAnswer) lured = call (&play.web, methods[m], SCHOOL, play.phone, number);
      web_assert_status (lured, 404);
    }
  g_autoptr (WebAnswer) refused = ask (&play.web, MUYE, 1);
  web_assert_status (refused, 403);
  web_sign_in (&play.web, "muye", PASSWORD);
  assert_arrived (&play, 1, 1);
  close_play (&play);
}

static void
test_unknown (void)
{
  Play play;
  open_play (&play, 1);
  char *end = strrchr (play.phone->address, '/') + 1;
  memset (end, 'A', strlen (end));
  g_autoptr (WebAnswer) page = see (&play);
  web_assert_status (page, 404);
  web_assert_has (page, "重新扫描");
  g_autoptr (WebAnswer) sent = post (&play, 1, 1000, 'a');
  web_assert_status (sent, 404);
  g_assert_cmpuint (n_files (&play.web), ==, 0);
  static const guint wrong[] = {0, 21};
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (WebAnswer) refused = ask (&play.web, MUYE, wrong[i]);
    web_assert_status (refused, 400);
  }
  close_play (&play);
}

/* Addresses that are open at a time, and how often a clerk may ask. */
static void
test_too_often (void)
{
  Play play;
  open_play (&play, 1);
  for (guint i = 1; i < 20; i++)
    qc_wire_phone_free (issue (&play.web, 1));
  g_autoptr (WebAnswer) full = ask (&play.web, MUYE, 1);
  web_assert_status (full, 429);
  g_assert_nonnull (soup_message_headers_get_one (full->headers, "Retry-After"));
  run_sql (&play.web, "UPDATE phone SET ended = 1");
  for (guint i = 21; i < 30; i++)
    qc_wire_phone_free (issue (&play.web, 1));
  g_autoptr (WebAnswer) braked = ask (&play.web, MUYE, 1);
  web_assert_status (braked, 429);
  close_play (&play);
}

/* ---- too much ---- */

static void
test_too_many (void)
{
  Play play;
  open_play (&play, 3);
  g_autoptr (WebAnswer) sent = post (&play, 5, 1000, 'a');
  web_assert_status (sent, 200);
  web_assert_has (sent, "已收到 3 张照片");
  web_assert_has (sent, "2 张没有收下：超过了能收的张数");
  assert_arrived (&play, 3, 3);
  g_assert_cmpuint (n_files (&play.web), ==, 3);
  assert_bytes (&play, 3, 1000, 'c');
  close_play (&play);
}

static void
test_too_large (void)
{
  Play play;
  open_play (&play, 3);
  GString *form = g_string_new (NULL);
  gsize size = QC_ATTACHMENT_MAX_SIZE + 1;
  g_autofree char *large = g_malloc0 (size);
  add_file (form, large, size);
  add_file (form, large, size - 1);
  g_string_append (form, MARK "--\r\n");
  g_autoptr (WebAnswer) sent = post_form (&play, form, FORM);
  web_assert_status (sent, 200);
  web_assert_has (sent, "已收到 1 张照片");
  web_assert_has (sent, "1 张没有收下：超过 32 MB");
  assert_arrived (&play, 1, 1);
  run_sql (&play.web, "INSERT INTO setting VALUES ('phone_quota', '33555000')");
  g_autoptr (WebAnswer) full = post (&play, 1, 1000, 'a');
  web_assert_status (full, 507);
  web_assert_has (full, "没有取走的照片太多");
  assert_arrived (&play, 1, 1);
  g_assert_cmpuint (n_files (&play.web), ==, 1);
  close_play (&play);
}

/* ---- forms that are none ---- */

static void
test_forms (void)
{
  static const struct {
    const char *type, *body;
    guint status;
  } rows[] = {
      {FORM, MARK "\r\nContent-Disposition: form-data; name=\"pictures\"; filename=\"\"\r\n\r\n\r\n" MARK "--\r\n",
       422},
      {FORM, MARK "\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\ntext\r\n" MARK "--\r\n", 422},
      {FORM, MARK "--\r\n", 422},
      {FORM, MARK "\r\nContent-Disposition: form-data; filename=\"a\"\r\n\r\nhalf", 400},
      {FORM, MARK "\r\nContent-Disposition: form-data; filename=\"a\"\r\n\r\nall\r\n" MARK, 400},
      {FORM, MARK "\r\nContent-Disposition: form-data; filename=\"a\"", 400},
      {FORM, "nothing of the kind", 400},
      {FORM, "", 400},
      {"multipart/form-data", MARK "--\r\n", 400},
      {"multipart/form-data; boundary=\"\"", "--\r\n\r\n", 400},
      {"text/plain", "text", 415},
      {"application/x-www-form-urlencoded", "a=b", 415},
  };
  Play play;
  open_play (&play, 3);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("row %u", i);
    g_autoptr (WebAnswer) answer = post_form (&play, g_string_new (rows[i].body), rows[i].type);
    web_assert_status (answer, rows[i].status);
    web_assert_has (answer, "没有");
  }
  /* a million parts are not looked at */
  GString *many = g_string_new (NULL);
  for (guint i = 0; i < 100000; i++)
    g_string_append (many, MARK "\r\n\r\n\r\n");
  g_string_append (many, MARK "--\r\n");
  g_autoptr (WebAnswer) answer = post_form (&play, many, FORM);
  web_assert_status (answer, 400);
  assert_arrived (&play, 0, 0);
  g_assert_cmpuint (n_files (&play.web), ==, 0);
  close_play (&play);
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

static void
test_cut (void)
{
  Play play;
  open_play (&play, 3);
  for (guint quarter = 0; quarter < 4; quarter++) {
    GString *form = g_string_new (NULL);
    g_autofree char *bytes = g_malloc0 (2000000);
    add_file (form, bytes, 2000000);
    add_file (form, bytes, 2000000);
    g_string_append (form, MARK "--\r\n");
    g_autoptr (GBytes) body = g_string_free_to_bytes (form);
    g_autoptr (SoupMessage) message = soup_message_new ("POST", play.phone->address);
    g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (body);
    soup_message_set_request_body (message, FORM, stream, (gssize)g_bytes_get_size (body));
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    Cut cut = {cancellable, 0, 1 + quarter * 1000000};
    g_signal_connect (message, "wrote-body-data", G_CALLBACK (wrote_cb), &cut);
    g_autoptr (GAsyncResult) result = NULL;
    soup_session_send_async (play.web.browser, message, G_PRIORITY_DEFAULT, cancellable, done_cb, &result);
    while (result == NULL)
      g_main_context_iteration (NULL, TRUE);
    g_autoptr (GError) error = NULL;
    g_autoptr (GInputStream) answer = soup_session_send_finish (play.web.browser, result, &error);
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    assert_arrived (&play, 0, 0);
  }
  g_assert_cmpuint (n_files (&play.web), ==, 0);
  g_autoptr (WebAnswer) sent = post (&play, 2, 1000, 'a');
  web_assert_status (sent, 200);
  assert_arrived (&play, 2, 2);
  close_play (&play);
}

/* ---- over a restart, and of old ---- */

static void
test_restart (void)
{
  Play play;
  open_play (&play, 3);
  g_autoptr (WebAnswer) sent = post (&play, 1, 5000, 'a');
  web_assert_status (sent, 200);
  web_restart (&play.web);
  assert_bytes (&play, 1, 5000, 'a');
  g_autoptr (WebAnswer) page = see (&play);
  web_assert_status (page, 200);
  close_play (&play);
}

static void
test_old (void)
{
  Fx fx;
  fx_open_old (&fx, "v10.db");
  g_assert_cmpint (fx_int (&fx, "PRAGMA user_version"), >=, 11);
  g_assert_cmpint (fx_int (&fx, "SELECT count(*) FROM phone"), ==, 0);
  fx_audit (&fx);
  fx_close (&fx);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/center/phone/whole", test_whole);
  g_test_add_func ("/center/phone/page", test_page);
  g_test_add_func ("/center/phone/secret", test_secret);
  g_test_add_func ("/center/phone/not-printed", test_not_printed);
  g_test_add_func ("/center/phone/late", test_late);
  g_test_add_func ("/center/phone/ended", test_ended);
  g_test_add_func ("/center/phone/other-unit", test_other_unit);
  g_test_add_func ("/center/phone/unknown", test_unknown);
  g_test_add_func ("/center/phone/too-often", test_too_often);
  g_test_add_func ("/center/phone/too-many", test_too_many);
  g_test_add_func ("/center/phone/too-large", test_too_large);
  g_test_add_func ("/center/phone/forms", test_forms);
  g_test_add_func ("/center/phone/cut", test_cut);
  g_test_add_func ("/center/phone/restart", test_restart);
  g_test_add_func ("/center/phone/old", test_old);
  return g_test_run ();
}
