/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The way into the center: who says nothing, or too slowly, or comes too often, goes, and never keeps others out; a
 * listener that dies comes back; a connection leaves nothing behind. The other sides are plain sockets of this process,
 * the center runs on its main context.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "qc-http.h"
#include "web-client.h"

/* Everything times out at once. */
static const QcHttpLimits hasty = {.connections = 1000,
                                   .per_address = 1000,
                                   .seconds = {[QC_HTTP_SILENT] = 1,
                                               [QC_HTTP_HANDSHAKE] = 1,
                                               [QC_HTTP_HEADERS] = 1,
                                               [QC_HTTP_BODY] = 1,
                                               [QC_HTTP_ANSWER] = 1,
                                               [QC_HTTP_IDLE] = 1},
                                   .bodies = 1 << 20};

static QcHttpLimits
patient (guint connections, guint per_address, gsize bodies)
{
  QcHttpLimits limits = qc_http_limits_usual;
  for (guint i = 0; i < QC_HTTP_N_WAITING; i++)
    limits.seconds[i] = 3600;
  limits.grace = 0;
  limits.connections = connections;
  limits.per_address = per_address;
  limits.bodies = bodies;
  return limits;
}

static guint16
port_of (const char *address)
{
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);
  return (guint16)g_uri_get_port (uri);
}

static guint16
api_port (Web *web)
{
  return port_of (qc_center_server_get_api (web->server));
}

static guint16
pages_port (Web *web)
{
  return port_of (qc_center_server_get_portal (web->server));
}

/* From 127.0.0.@from: the whole of 127/8 is this computer. */
static int
begin (guint16 port, guint8 from)
{
  struct sockaddr_in address = {.sin_family = AF_INET};
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  g_assert_cmpint (fd, >=, 0);
  address.sin_addr.s_addr = htonl (0x7f000000 | from);
  g_assert_cmpint (bind (fd, (struct sockaddr *)&address, sizeof address), ==, 0);
  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  address.sin_port = htons (port);
  g_assert_true (connect (fd, (struct sockaddr *)&address, sizeof address) == 0 || errno == EINPROGRESS);
  return fd;
}

static gboolean
is_connected (int fd)
{
  struct pollfd one = {fd, POLLOUT, 0};
  return poll (&one, 1, 0) == 1 && (one.revents & POLLERR) == 0;
}

static gboolean
late_cb (gpointer data)
{
  g_error ("waited too long for %s", (const char *)data);
  return G_SOURCE_REMOVE;
}

static gboolean
tick_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* Lets the center run until @done says so; fails after two minutes. */
static void
run_until (gboolean (*done) (gpointer data), gpointer data, const char *what)
{
  guint late = g_timeout_add_seconds (120, late_cb, (gpointer)what);
  guint tick = g_timeout_add (20, tick_cb, NULL);
  while (!done (data))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (late);
  g_source_remove (tick);
}

static gboolean
connected_cb (gpointer data)
{
  return is_connected (GPOINTER_TO_INT (data));
}

static void
say (int fd, const char *text, gsize size)
{
  run_until (connected_cb, GINT_TO_POINTER (fd), "a connection");
  for (gsize done = 0; done < size;) {
    gssize sent = send (fd, text + done, size - done, MSG_NOSIGNAL);
    if (sent > 0)
      done += (gsize)sent;
    else
      g_main_context_iteration (NULL, FALSE);
  }
}

/* Whether the center has ended it; what it said meanwhile is read. */
static gboolean
is_over (int fd)
{
  char buffer[4096];
  gssize got;
  do
    got = recv (fd, buffer, sizeof buffer, MSG_DONTWAIT);
  while (got > 0);
  return got == 0 || (errno != EAGAIN && errno != EINTR);
}

static gboolean
over_cb (gpointer data)
{
  return is_over (GPOINTER_TO_INT (data));
}

/* Both servers answer, to somebody new. */
static void
assert_serves (Web *web)
{
  g_autofree char *address = g_strconcat (qc_center_server_get_api (web->server), "/api/v1/center", NULL);
  soup_session_abort (web->api);
  soup_session_abort (web->browser);
  g_autoptr (WebAnswer) answer = web_send (web, web->api, "GET", address, NULL, NULL, NULL);
  web_assert_status (answer, 200);
  g_autoptr (WebAnswer) page = web_page (web, "/portal/");
  web_assert_status (page, 200);
}

/* ---- time ---- */

typedef struct {
  int fd;
  const char *text;
  guint timer;
} Dripping;

static gboolean
drip_cb (gpointer data)
{
  const Dripping *drip = data;
  send (drip->fd, drip->text, strlen (drip->text), MSG_NOSIGNAL);
  return G_SOURCE_CONTINUE;
}

#define HEAD(line) line "\r\nHost: 127.0.0.1:%d\r\n"

/* Each stage has its time, and only the next stage ends it: a byte now and then does not. */
static void
test_time (void)
{
  static const struct {
    const char *name;
    gboolean api;
    const char *text;
    const char *drip; /* (nullable) then, over and over */
  } rows[] = {
      {"silent, TLS", TRUE, "", NULL},
      {"silent", FALSE, "", NULL},
      {"half a handshake", TRUE, "\x16\x03\x01\x02", NULL},
      {"half a line", FALSE, "GET /portal/ HT", NULL},
      {"a header now and then", FALSE, HEAD ("GET /portal/ HTTP/1.1"), "X-More: and more\r\n"},
      {"half a body", FALSE,
       HEAD ("POST /portal/sign-in HTTP/1.1") "Content-Type: application/x-www-form-urlencoded\r\n"
                                              "Content-Length: 60000\r\n\r\nuser=",
       NULL},
      {"a body by drops", FALSE,
       HEAD ("POST /portal/sign-in HTTP/1.1") "Content-Type: application/x-www-form-urlencoded\r\n"
                                              "Content-Length: 60000\r\n\r\n",
       "a"},
      {"a body nobody wants by drops", FALSE, HEAD ("POST /nothing HTTP/1.1") "Content-Length: 60000\r\n\r\n", "a"},
      {"idle", FALSE, HEAD ("GET /portal/ HTTP/1.1") "\r\n", NULL},
  };
  Web web;
  web_open_with (&web, "20261123", &hasty);
  Dripping all[G_N_ELEMENTS (rows)];
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *text = g_strdup_printf (rows[i].text, pages_port (&web));
    all[i] = (Dripping) {begin (rows[i].api ? api_port (&web) : pages_port (&web), 2), rows[i].drip};
    say (all[i].fd, text, strlen (text));
  }
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    all[i].timer = rows[i].drip != NULL ? g_timeout_add (50, drip_cb, &all[i]) : 0;
  assert_serves (&web);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    run_until (over_cb, GINT_TO_POINTER (all[i].fd), rows[i].name);
    g_clear_handle_id (&all[i].timer, g_source_remove);
    close (all[i].fd);
  }
  assert_serves (&web);
  web_close (&web);
}

static gboolean
broken_cb (gpointer data)
{
  return send (GPOINTER_TO_INT (data), "GET", 3, MSG_NOSIGNAL) < 0 && errno != EAGAIN;
}

/* Who asks and asks and reads no answer. */
static void
test_answers_not_read (void)
{
  Web web;
  web_open_with (&web, "20261123", &hasty);
  g_autofree char *one = g_strdup_printf (HEAD ("GET /center.css HTTP/1.1") "\r\n", pages_port (&web));
  int fd = begin (pages_port (&web), 2);
  int small = 4096;
  setsockopt (fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
  run_until (connected_cb, GINT_TO_POINTER (fd), "a connection");
  for (gboolean room = TRUE; room;) {
    room = send (fd, one, strlen (one), MSG_NOSIGNAL) == (gssize)strlen (one);
    for (int i = 0; i < 20; i++)
      g_main_context_iteration (NULL, FALSE);
  }
  run_until (broken_cb, GINT_TO_POINTER (fd), "an end");
  close (fd);
  assert_serves (&web);
  web_close (&web);
}

/* ---- numbers ---- */

typedef struct {
  int fds[1200];
  guint n, open;
} Crowd;

static gboolean
settled_cb (gpointer data)
{
  Crowd *crowd = data;
  guint open = 0;
  for (guint i = 0; i < crowd->n; i++)
    open += !is_over (crowd->fds[i]);
  return open <= crowd->open;
}

static void
come (Crowd *crowd, guint16 port, guint8 from, guint n, const char *text)
{
  for (guint i = 0; i < n; i++) {
    crowd->fds[crowd->n++] = begin (port, from);
    if (text != NULL)
      say (crowd->fds[crowd->n - 1], text, strlen (text));
    g_main_context_iteration (NULL, FALSE);
  }
}

static void
leave (Crowd *crowd)
{
  for (guint i = 0; i < crowd->n; i++)
    close (crowd->fds[i]);
}

/* Of an address that has too many the longest waiting go; of all, when there are too many, those of the address that
 * has most. */
static void
test_too_many (void)
{
  QcHttpLimits limits = patient (20, 8, 1 << 20);
  Crowd crowd = {.open = 8};
  Web web;
  web_open_with (&web, "20261123", &limits);
  come (&crowd, api_port (&web), 2, 12, NULL);
  run_until (settled_cb, &crowd, "eight of one address");
  for (guint i = 0; i < 12; i++)
    g_assert_true (is_over (crowd.fds[i]) == (i < 4));
  come (&crowd, api_port (&web), 3, 5, NULL);
  come (&crowd, api_port (&web), 4, 7, NULL);
  come (&crowd, api_port (&web), 5, 2, NULL);
  crowd.open = 20;
  run_until (settled_cb, &crowd, "twenty in all");
  /* Of 8, 5 and 7 the first has most; then two have as many, and either may go next. */
  g_assert_true (is_over (crowd.fds[4]));
  for (guint i = 12; i < 17; i++)
    g_assert_false (is_over (crowd.fds[i]));
  for (guint i = 24; i < 26; i++)
    g_assert_false (is_over (crowd.fds[i]));
  assert_serves (&web);
  leave (&crowd);
  web_close (&web);
}

/* A thousand who say nothing, or not enough, of one address, which is also that of a client. */
static void
test_crowd (void)
{
  static const char *const texts[] = {NULL, "\x16\x03\x01\x02", "GET /portal/ HT", "POST /portal/sign-in HTTP/1.1\r\n"};
  QcHttpLimits limits = patient (256, 64, 1 << 20);
  Web web;
  web_open_with (&web, "20261123", &limits);
  Crowd crowd = {0};
  for (guint i = 0; i < 250; i++) {
    come (&crowd, api_port (&web), (guint8)(1 + i % 8), 2, texts[i % 2]);
    come (&crowd, pages_port (&web), (guint8)(1 + i % 8), 2, texts[i % 4]);
    if (i % 25 == 0)
      assert_serves (&web);
  }
  web_sign_in (&web, "muye", "yanlian-2026");
  assert_serves (&web);
  leave (&crowd);
  assert_serves (&web);
  web_close (&web);
}

/* Many at once are in line at once, although the center has not looked yet. */
static void
test_burst (void)
{
  Web web;
  web_open (&web, "20261123");
  Crowd crowd = {0};
  for (guint i = 0; i < 300; i++)
    crowd.fds[crowd.n++] = begin (api_port (&web), 2);
  for (guint i = 0; i < crowd.n; i++)
    g_assert_true (is_connected (crowd.fds[i]));
  assert_serves (&web);
  leave (&crowd);
  web_close (&web);
}

/* ---- bodies ---- */

static WebAnswer *
post_body (Web *web, const char *token, gsize size)
{
  g_autofree char *address = g_strconcat (qc_center_server_get_api (web->server), "/api/v1/units/1/submissions", NULL);
  g_autofree char *body = g_strnfill (size, 'x');
  const char *headers[] = {token != NULL ? "Authorization" : NULL, token, NULL};
  return web_send (web, web->api, "POST", address, "application/x-ndjson", body, headers);
}

/* Without a token a body is not kept at all; with one that nobody has looked at, there is room for so much. */
static void
test_bodies_have_a_room (void)
{
  QcHttpLimits limits = patient (1000, 1000, 100 * 1000);
  g_autofree char *filler = g_strnfill (QC_HTTP_MAX_FORM, 'x');
  Web web;
  web_open_with (&web, "20261123", &limits);
  g_autoptr (WebAnswer) nobody = post_body (&web, NULL, 500 * 1000);
  web_assert_status (nobody, 401);
  g_autoptr (WebAnswer) small = post_body (&web, "Bearer x", 50 * 1000);
  web_assert_status (small, 401);
  g_autoptr (WebAnswer) large = post_body (&web, "Bearer x", 500 * 1000);
  web_assert_status (large, 503);
  g_autoptr (WebAnswer) form = web_post (&web, "/portal/sign-in", "user", filler, NULL);
  web_assert_status (form, 413);
  assert_serves (&web);
  web_close (&web);
}

/* Those who have sent half a body for longest go where another's would not fit, and what they held is free. */
static void
test_half_bodies (void)
{
  QcHttpLimits limits = patient (1000, 1000, 100 * 1000);
  g_autofree char *filler = g_strnfill (30 * 1000, 'x');
  Crowd crowd = {.open = 3};
  Web web;
  web_open_with (&web, "20261123", &limits);
  g_autofree char *half
      = g_strdup_printf (HEAD ("POST /portal/sign-in HTTP/1.1") "Content-Type: application/x-www-form-urlencoded\r\n"
                                                                "Content-Length: 60000\r\n\r\n%s",
                         pages_port (&web), filler);
  come (&crowd, pages_port (&web), 2, 5, half);
  run_until (settled_cb, &crowd, "three halves");
  for (guint i = 0; i < 5; i++)
    g_assert_true (is_over (crowd.fds[i]) == (i < 2));
  web_sign_in (&web, "muye", "yanlian-2026");
  leave (&crowd);
  web_close (&web);
}

/* ---- the listener ---- */

/* Ends what listens on @port, as nobody but the system could. */
static void
kill_listener (guint16 port)
{
  struct rlimit limit;
  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &limit), ==, 0);
  for (int fd = 0; fd < (int)MIN (limit.rlim_cur, 4096); fd++) {
    struct sockaddr_in address;
    socklen_t size = sizeof address, length = sizeof (int);
    int listening = 0;
    if (getsockopt (fd, SOL_SOCKET, SO_ACCEPTCONN, &listening, &length) == 0 && listening
        && getsockname (fd, (struct sockaddr *)&address, &size) == 0 && address.sin_port == htons (port))
      shutdown (fd, SHUT_RDWR);
  }
}

static gboolean
listens_cb (gpointer data)
{
  int fd = begin ((guint16)GPOINTER_TO_UINT (data), 1);
  gboolean good = is_connected (fd);
  close (fd);
  return good;
}

static void
nobody_comes (GIOStream *stream, GSocketAddress *local, GSocketAddress *remote, gpointer user_data)
{
  g_assert_not_reached ();
}

/* A port that is taken is told, and another one may be tried. */
static void
test_port_taken (void)
{
  QcHttpDoor *first = qc_http_door_new ("first", &qc_http_limits_usual, NULL, nobody_comes, NULL);
  QcHttpDoor *second = qc_http_door_new ("second", &qc_http_limits_usual, NULL, nobody_comes, NULL);
  g_autoptr (GError) error = NULL;
  guint16 port = qc_http_door_listen (first, 0, TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (qc_http_door_listen (second, port, TRUE, &error), ==, 0);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE);
  g_clear_error (&error);
  g_assert_cmpint (qc_http_door_listen (second, 0, TRUE, &error), !=, port);
  g_assert_no_error (error);
  qc_http_door_free (first);
  qc_http_door_free (second);
}

static void
test_listener_dies (void)
{
  Web web;
  web_open (&web, "20261123");
  assert_serves (&web);
  for (int i = 0; i < 2; i++) {
    kill_listener (api_port (&web));
    g_assert_false (listens_cb (GUINT_TO_POINTER (api_port (&web))));
    run_until (listens_cb, GUINT_TO_POINTER (api_port (&web)), "the listener");
    assert_serves (&web);
  }
  web_close (&web);
}

/* ---- what is left ---- */

static void
come_and_go (Web *web, guint n)
{
  for (guint i = 0; i < n; i++) {
    Crowd one = {0};
    come (&one, pages_port (web), 1, 1, "nonsense\r\n\r\n");
    run_until (settled_cb, &one, "an end");
    leave (&one);
    come (&one, api_port (web), 1, 1, "nonsense\r\n\r\n");
    run_until (settled_cb, &one, "an end");
    leave (&one);
  }
}

/* Thousands come and go and leave nothing: one that stays behind would be 300 bytes. */
static void
test_nothing_is_left (void)
{
  Web web;
  web_open (&web, "20261123");
  come_and_go (&web, 200);
  gsize before = mallinfo2 ().uordblks;
  come_and_go (&web, 1000);
  gsize after = mallinfo2 ().uordblks;
  g_test_message ("%" G_GSIZE_FORMAT " → %" G_GSIZE_FORMAT " bytes", before, after);
  g_assert_cmpuint (after, <, before + 2000 * 50);
  web_close (&web);
}

/* One request after the other goes over one connection. */
static void
test_kept_alive (void)
{
  Crowd one = {.open = 0};
  Web web;
  web_open (&web, "20261123");
  g_autofree char *text = g_strdup_printf (HEAD ("GET /center.css HTTP/1.1") "\r\n", pages_port (&web));
  come (&one, pages_port (&web), 1, 1, NULL);
  for (int i = 0; i < 3; i++) {
    say (one.fds[0], text, strlen (text));
    char answer[64];
    while (recv (one.fds[0], answer, sizeof answer, MSG_DONTWAIT | MSG_PEEK) < 12)
      g_main_context_iteration (NULL, FALSE);
    g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 200"));
    g_assert_false (is_over (one.fds[0]));
  }
  leave (&one);
  web_close (&web);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/center/door/time", test_time);
  g_test_add_func ("/center/door/answers-not-read", test_answers_not_read);
  g_test_add_func ("/center/door/too-many", test_too_many);
  g_test_add_func ("/center/door/crowd", test_crowd);
  g_test_add_func ("/center/door/burst", test_burst);
  g_test_add_func ("/center/door/bodies-have-a-room", test_bodies_have_a_room);
  g_test_add_func ("/center/door/half-bodies", test_half_bodies);
  g_test_add_func ("/center/door/port-taken", test_port_taken);
  g_test_add_func ("/center/door/listener-dies", test_listener_dies);
  g_test_add_func ("/center/door/nothing-is-left", test_nothing_is_left);
  g_test_add_func ("/center/door/kept-alive", test_kept_alive);
  return g_test_run ();
}
