/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The way in: see qc-http-door.h. Until a request begins, a connection is a descriptor in one epoll set, so that the
 * main loop does not look at each of thousands that say nothing. Each stage has a queue in the order of arrival: who is
 * over time stands in front. Main thread.
 */
#include "qc-http-door.h"

#include <arpa/inet.h>
#include <errno.h>
#include <glib-unix.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define BACKLOG  1024 /* the system may allow less */
#define AT_ONCE  16   /* let in before others have their turn */
#define HEARD    64   /* listened to before; more than speak of those let in, so that nobody waits for ever */
#define SPARE    256  /* descriptors for all that is no connection */
#define FEWEST   64   /* connections of a server, however few descriptors there are */
#define PAUSE    1000 /* milliseconds before what failed is tried again */
#define MOMENT   50   /* milliseconds before it is looked again whether somebody may go */
#define QUIET    60   /* seconds in which the same trouble is told once */
#define PEER_KEY "qc-http-peer"

const QcHttpLimits qc_http_limits_usual = {
    .connections = 4096,
    .per_address = 512,
    .seconds = {[QC_HTTP_SILENT] = 15,
                [QC_HTTP_HANDSHAKE] = 15,
                [QC_HTTP_HEADERS] = 15,
                [QC_HTTP_BODY] = 60,
                [QC_HTTP_ANSWER] = 120,
                [QC_HTTP_IDLE] = 60},
    .grace = 1000,
    .bodies = 96 << 20, /* the largest roster, and room for others beside it */
};

void
qc_http_limits_fit (QcHttpLimits *limits, guint n)
{
  struct rlimit allowed;
  rlim_t wanted = (rlim_t)limits->connections * n + SPARE;
  if (getrlimit (RLIMIT_NOFILE, &allowed) != 0)
    return;
  if (allowed.rlim_cur < wanted) {
    allowed.rlim_cur = MIN (wanted, allowed.rlim_max);
    if (setrlimit (RLIMIT_NOFILE, &allowed) != 0)
      getrlimit (RLIMIT_NOFILE, &allowed);
  }
  if (allowed.rlim_cur >= wanted)
    return;
  limits->connections
      = MAX (FEWEST, allowed.rlim_cur > SPARE ? (guint)((allowed.rlim_cur - SPARE) / n) : (guint)FEWEST);
  g_printerr ("only %" G_GUINT64_FORMAT " descriptors may be open: %u connections a server\n",
              (guint64)allowed.rlim_cur, limits->connections);
}

/* ---- connections ---- */

/* Connections of one address. */
typedef struct {
  char *name; /* (owned) */
  guint n;
} Address;

struct _QcHttpDoor {
  const char *name;
  QcHttpLimits limits;
  QcHttpTls *tls; /* (owned) (nullable) */
  QcHttpDoorFunc func;
  gpointer user_data;

  guint16 port;
  gboolean loopback_only;
  int listener;     /* descriptor; −1 = dead or shut */
  guint accepting;  /* source */
  guint reviving;   /* source: it is tried again, or accepting goes on, after a pause */
  int waiting;      /* epoll set of those that have not begun a request */
  guint listening;  /* source of that set */
  guint sweeping;   /* source, while anybody waits */
  gint64 last_told; /* monotonic: trouble with accepting */

  GQueue stages[QC_HTTP_N_STAGES]; /* QcHttpPeer, longest there first */
  GHashTable *addresses;           /* (owned) char* → Address (owned) */
  gsize held;
};

struct _QcHttpPeer {
  QcHttpDoor *door;
  int fd;
  QcHttpStage stage;
  gint64 since;           /* monotonic, when it came to its stage */
  GList link;             /* in the stage's queue */
  Address *address;       /* counted */
  GSocketAddress *remote; /* (owned) */
  QcHttpStream *stream;   /* (owned) (nullable) until it is handed on */
  gboolean given;         /* handed on: the stream's user closes it */
  gsize held;             /* bytes of its body */
};

static void
address_free (gpointer data)
{
  Address *address = data;
  g_free (address->name);
  g_free (address);
}

/* One household has many addresses of IPv6, and one of IPv4. */
static char *
dup_address_name (GSocketAddress *remote)
{
  GInetAddress *inet = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (remote));
  if (g_inet_address_get_family (inet) != G_SOCKET_FAMILY_IPV6)
    return g_inet_address_to_string (inet);
  guint8 first[16] = {0};
  memcpy (first, g_inet_address_to_bytes (inet), 8);
  g_autoptr (GInetAddress) network = g_inet_address_new_from_bytes (first, G_SOCKET_FAMILY_IPV6);
  return g_inet_address_to_string (network);
}

static guint
count_peers (const QcHttpDoor *self)
{
  guint n = 0;
  for (guint i = 0; i < QC_HTTP_ENDING; i++)
    n += self->stages[i].length;
  return n;
}

static Address *
take_address (QcHttpDoor *self, GSocketAddress *remote)
{
  g_autofree char *name = dup_address_name (remote);
  Address *address = g_hash_table_lookup (self->addresses, name);
  if (address == NULL) {
    address = g_new0 (Address, 1);
    address->name = g_steal_pointer (&name);
    g_hash_table_insert (self->addresses, address->name, address);
  }
  address->n++;
  return address;
}

static void
drop_address (QcHttpDoor *self, Address *address)
{
  if (--address->n == 0)
    g_hash_table_remove (self->addresses, address->name);
}

/* Its descriptor is closed. */
static void
peer_free (QcHttpPeer *peer)
{
  QcHttpDoor *self = peer->door;
  qc_http_peer_release (peer);
  g_queue_unlink (&self->stages[peer->stage], &peer->link);
  drop_address (self, peer->address);
  g_object_set_data (G_OBJECT (peer->remote), PEER_KEY, NULL);
  g_object_unref (peer->remote);
  g_free (peer);
}

static void
closed_cb (gpointer data)
{
  peer_free (data);
}

/* Of one that was not handed on: it is gone afterwards. */
static void
peer_close (QcHttpPeer *peer)
{
  g_autoptr (QcHttpStream) stream = g_steal_pointer (&peer->stream);
  if (stream != NULL) {
    g_io_stream_close (G_IO_STREAM (stream), NULL, NULL);
    return;
  }
  close (peer->fd);
  peer_free (peer);
}

static gboolean sweep_cb (gpointer user_data);

static void
enter (QcHttpPeer *peer, QcHttpStage stage)
{
  QcHttpDoor *self = peer->door;
  peer->stage = stage;
  peer->since = g_get_monotonic_time ();
  g_queue_push_tail_link (&self->stages[stage], &peer->link);
  if (self->sweeping == 0)
    self->sweeping = g_timeout_add_seconds (1, sweep_cb, self);
}

void
qc_http_peer_move (QcHttpPeer *peer, QcHttpStage stage)
{
  if (peer->stage == QC_HTTP_ENDING)
    return;
  g_queue_unlink (&peer->door->stages[peer->stage], &peer->link);
  enter (peer, stage);
}

void
qc_http_peer_end (QcHttpPeer *peer)
{
  if (!peer->given) {
    peer_close (peer);
    return;
  }
  qc_http_peer_release (peer);
  qc_http_peer_move (peer, QC_HTTP_ENDING);
  shutdown (peer->fd, SHUT_RDWR);
}

QcHttpPeer *
qc_http_door_find (GSocketAddress *remote)
{
  return remote != NULL ? g_object_get_data (G_OBJECT (remote), PEER_KEY) : NULL;
}

/* ---- who goes ---- */

static gboolean
sweep_cb (gpointer user_data)
{
  QcHttpDoor *self = user_data;
  gint64 now = g_get_monotonic_time ();
  QcHttpPeer *peer;
  for (guint i = 0; i < QC_HTTP_N_WAITING; i++)
    while ((peer = g_queue_peek_head (&self->stages[i])) != NULL
           && peer->since + self->limits.seconds[i] * G_USEC_PER_SEC <= now)
      qc_http_peer_end (peer);
  if (count_peers (self) > 0)
    return G_SOURCE_CONTINUE;
  self->sweeping = 0;
  return G_SOURCE_REMOVE;
}

static gboolean
may_go (const QcHttpPeer *peer)
{
  return peer->since + peer->door->limits.grace * G_TIME_SPAN_MILLISECOND <= g_get_monotonic_time ();
}

/* Who has kept us waiting longest, of @address (NULL = any); nobody who has but come. */
static QcHttpPeer *
find_longest (QcHttpDoor *self, const Address *address)
{
  QcHttpPeer *longest = NULL;
  for (guint i = 0; i < QC_HTTP_N_WAITING; i++) {
    GList *l = self->stages[i].head;
    while (l != NULL && address != NULL && ((QcHttpPeer *)l->data)->address != address)
      l = l->next;
    if (l != NULL && (longest == NULL || ((QcHttpPeer *)l->data)->since < longest->since))
      longest = l->data;
  }
  return longest != NULL && may_go (longest) ? longest : NULL;
}

/* Who goes first where there are too many: the longest waiting of the address that has most. One who comes with
 * hundreds of connections drives out hundreds of his own before anybody else's. */
static QcHttpPeer *
find_first (QcHttpDoor *self)
{
  GHashTableIter iter;
  g_hash_table_iter_init (&iter, self->addresses);
  gpointer value;
  const Address *most = NULL;
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (most == NULL || ((Address *)value)->n > most->n)
      most = value;
  QcHttpPeer *peer = NULL;
  if (most != NULL)
    peer = find_longest (self, most);
  return peer != NULL ? peer : find_longest (self, NULL);
}

gboolean
qc_http_peer_hold (QcHttpPeer *peer, gsize n)
{
  QcHttpDoor *self = peer->door;
  GList *l = self->stages[QC_HTTP_BODY].head;
  while (self->held + n > self->limits.bodies && l != NULL) {
    QcHttpPeer *other = l->data;
    l = l->next;
    if (other != peer && other->held > 0 && may_go (other))
      qc_http_peer_end (other);
  }
  if (self->held + n > self->limits.bodies)
    return FALSE;
  peer->held += n;
  self->held += n;
  return TRUE;
}

void
qc_http_peer_release (QcHttpPeer *peer)
{
  peer->door->held -= peer->held;
  peer->held = 0;
}

/* ---- from the first byte to the first request ---- */

/* Tells the set what is waited for next. */
static gboolean
wait_for (QcHttpPeer *peer, int operation, guint32 events)
{
  struct epoll_event event = {.events = events, .data.ptr = peer};
  return epoll_ctl (peer->door->waiting, operation, peer->fd, &event) == 0;
}

static void
hand_on (QcHttpPeer *peer)
{
  QcHttpDoor *self = peer->door;
  g_autoptr (QcHttpStream) stream = g_steal_pointer (&peer->stream);
  g_autoptr (GSocketAddress) remote = g_object_ref (peer->remote);
  g_autoptr (GSocketAddress) local = NULL;
  struct sockaddr_storage address;
  socklen_t size = sizeof address;
  if (getsockname (peer->fd, (struct sockaddr *)&address, &size) == 0)
    local = g_socket_address_new_from_native (&address, size);
  epoll_ctl (self->waiting, EPOLL_CTL_DEL, peer->fd, NULL);
  peer->given = TRUE;
  if (local != NULL)
    self->func (G_IO_STREAM (stream), local, remote, self->user_data);
}

static void
shake (QcHttpPeer *peer)
{
  QcHttpShake result = qc_http_stream_shake (peer->stream);
  if (result == QC_HTTP_SHAKE_FAILED) {
    peer_close (peer);
  } else if (result != QC_HTTP_SHAKE_DONE) {
    wait_for (peer, EPOLL_CTL_MOD, result == QC_HTTP_SHAKE_READ ? EPOLLIN : EPOLLOUT);
  } else {
    qc_http_peer_move (peer, QC_HTTP_HEADERS);
    if (peer->door->tls == NULL || qc_http_stream_has_bytes (peer->stream))
      hand_on (peer);
    else
      wait_for (peer, EPOLL_CTL_MOD, EPOLLIN);
  }
}

static void
heard (QcHttpPeer *peer)
{
  if (peer->stage == QC_HTTP_HEADERS) {
    hand_on (peer);
    return;
  }
  if (peer->stage == QC_HTTP_SILENT) {
    qc_http_peer_move (peer, QC_HTTP_HANDSHAKE);
    peer->stream = qc_http_stream_new (peer->fd, peer->door->tls, closed_cb, peer);
    if (peer->stream == NULL)
      return;
  }
  shake (peer);
}

static gboolean
heard_cb (int fd, GIOCondition condition, gpointer user_data)
{
  struct epoll_event events[HEARD];
  int n = epoll_wait (fd, events, HEARD, 0);
  for (int i = 0; i < n; i++)
    heard (events[i].data.ptr);
  return G_SOURCE_CONTINUE;
}

/* ---- letting in ---- */

static gboolean accept_cb (int fd, GIOCondition condition, gpointer user_data);
static gboolean open_listener (QcHttpDoor *self, GError **error);

static void
tell (QcHttpDoor *self, const char *trouble)
{
  gint64 now = g_get_monotonic_time ();
  if (self->last_told != 0 && now - self->last_told < QUIET * G_USEC_PER_SEC)
    return;
  self->last_told = now;
  g_printerr ("%s: %s (%u connections)\n", self->name, trouble, count_peers (self));
}

/* An IPv4 address is the same whether it comes by a socket of IPv6 or not. */
static GSocketAddress *
read_address (const struct sockaddr_storage *address, socklen_t size)
{
  const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)address;
  struct sockaddr_in four = {.sin_family = AF_INET};
  if (address->ss_family != AF_INET6 || !IN6_IS_ADDR_V4MAPPED (&six->sin6_addr))
    return g_socket_address_new_from_native ((gpointer)address, size);
  four.sin_port = six->sin6_port;
  memcpy (&four.sin_addr, six->sin6_addr.s6_addr + 12, 4);
  return g_socket_address_new_from_native (&four, sizeof four);
}

/* @fd is taken. */
static void
let_in (QcHttpDoor *self, int fd, const struct sockaddr_storage *from, socklen_t size)
{
  g_autoptr (GSocketAddress) remote = read_address (from, size);
  Address *address = take_address (self, remote);
  gboolean too_many = address->n > self->limits.per_address;
  QcHttpPeer *peer = too_many ? find_longest (self, address) : NULL;
  if (peer != NULL) {
    qc_http_peer_end (peer);
  } else if (too_many) {
    drop_address (self, address);
    close (fd);
    return;
  }
  int yes = 1;
  setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  peer = g_new0 (QcHttpPeer, 1);
  peer->door = self;
  peer->fd = fd;
  peer->address = address;
  g_object_set_data (G_OBJECT (remote), PEER_KEY, peer);
  peer->remote = g_steal_pointer (&remote);
  peer->link.data = peer;
  enter (peer, QC_HTTP_SILENT);
  if (!wait_for (peer, EPOLL_CTL_ADD, EPOLLIN))
    peer_close (peer);
}

static gboolean
again_cb (gpointer user_data)
{
  QcHttpDoor *self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean was_dead = self->listener < 0;
  if (was_dead && !open_listener (self, &error)) {
    tell (self, error->message);
    return G_SOURCE_CONTINUE;
  }
  if (was_dead)
    g_printerr ("%s: listens again\n", self->name);
  else
    self->accepting = g_unix_fd_add (self->listener, G_IO_IN, accept_cb, self);
  self->reviving = 0;
  return G_SOURCE_REMOVE;
}

/* The source that is running ends. Who comes meanwhile waits in the system's line. */
static gboolean
pause_accepting (QcHttpDoor *self, guint milliseconds)
{
  self->accepting = 0;
  self->reviving = g_timeout_add (milliseconds, again_cb, self);
  return G_SOURCE_REMOVE;
}

/* Sees that one more may come in. */
static gboolean
make_room (QcHttpDoor *self)
{
  QcHttpPeer *first = find_first (self);
  if (first != NULL)
    qc_http_peer_end (first);
  return first != NULL;
}

static gboolean
has_no_room (int code)
{
  return code == EMFILE || code == ENFILE || code == ENOBUFS || code == ENOMEM;
}

/* The connection that was to be had failed, not the listener (accept(2)). */
static gboolean
was_the_other_side (int code)
{
  return code == EINTR || code == ECONNABORTED || code == EPROTO || code == EPERM || code == ENETDOWN
         || code == ENOPROTOOPT || code == EHOSTDOWN || code == ENONET || code == EHOSTUNREACH || code == ENETUNREACH
         || code == ETIMEDOUT;
}

/* Nobody has to go before it is known that somebody comes. */
static gboolean
somebody_waits (int fd)
{
  struct pollfd one = {fd, POLLIN, 0};
  return poll (&one, 1, 0) > 0;
}

static gboolean
accept_cb (int fd, GIOCondition condition, gpointer user_data)
{
  QcHttpDoor *self = user_data;
  for (guint i = 0; i < AT_ONCE; i++) {
    struct sockaddr_storage from;
    socklen_t size = sizeof from;
    gboolean full = count_peers (self) >= self->limits.connections;
    if (full && !somebody_waits (fd))
      return G_SOURCE_CONTINUE;
    if (full && !make_room (self))
      return pause_accepting (self, MOMENT);
    int one = accept4 (fd, (struct sockaddr *)&from, &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (one >= 0) {
      let_in (self, one, &from, size);
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      return G_SOURCE_CONTINUE;
    } else if (has_no_room (errno)) {
      tell (self, g_strerror (errno));
      /* a descriptor may be free only after its owner's own turn */
      return make_room (self) ? G_SOURCE_CONTINUE : pause_accepting (self, PAUSE);
    } else if (!was_the_other_side (errno)) {
      g_printerr ("%s: the listener died: %s\n", self->name, g_strerror (errno));
      close (self->listener);
      self->listener = -1;
      return pause_accepting (self, PAUSE);
    }
  }
  return G_SOURCE_CONTINUE;
}

/* ---- the listener ---- */

static gboolean
fail (int fd, const char *what, GError **error)
{
  g_set_error (error, G_IO_ERROR, (gint)g_io_error_from_errno (errno), "%s: %s", what, g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return FALSE;
}

/* All addresses of both families by one socket; of IPv4 only where there is no IPv6. */
static socklen_t
set_address (const QcHttpDoor *self, int family, struct sockaddr_storage *out)
{
  struct sockaddr_in *four = (struct sockaddr_in *)out;
  struct sockaddr_in6 *six = (struct sockaddr_in6 *)out;
  memset (out, 0, sizeof *out);
  out->ss_family = (sa_family_t)family;
  if (family == AF_INET6) {
    six->sin6_addr = in6addr_any;
    six->sin6_port = htons (self->port);
    return sizeof *six;
  }
  four->sin_addr.s_addr = htonl (self->loopback_only ? INADDR_LOOPBACK : INADDR_ANY);
  four->sin_port = htons (self->port);
  return sizeof *four;
}

static gboolean
open_listener (QcHttpDoor *self, GError **error)
{
  int family = self->loopback_only ? AF_INET : AF_INET6;
  int fd = socket (family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0 && family == AF_INET6 && errno == EAFNOSUPPORT) {
    family = AF_INET;
    fd = socket (family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  }
  if (fd < 0)
    return fail (fd, "socket", error);
  int yes = 1;
  setsockopt (fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  int no = 0;
  if (family == AF_INET6)
    setsockopt (fd, IPPROTO_IPV6, IPV6_V6ONLY, &no, sizeof no);
  struct sockaddr_storage address;
  socklen_t size = set_address (self, family, &address);
  if (bind (fd, (struct sockaddr *)&address, size) != 0 || listen (fd, BACKLOG) != 0
      || getsockname (fd, (struct sockaddr *)&address, &size) != 0)
    return fail (fd, "listen", error);
  self->port = ntohs (family == AF_INET6 ? ((struct sockaddr_in6 *)&address)->sin6_port
                                         : ((struct sockaddr_in *)&address)->sin_port);
  self->listener = fd;
  self->accepting = g_unix_fd_add (fd, G_IO_IN, accept_cb, self);
  return TRUE;
}

QcHttpDoor *
qc_http_door_new (const char *name, const QcHttpLimits *limits, QcHttpTls *tls, QcHttpDoorFunc func, gpointer user_data)
{
  QcHttpDoor *self = g_new0 (QcHttpDoor, 1);
  self->name = name;
  self->limits = *limits;
  self->tls = tls != NULL ? qc_http_tls_ref (tls) : NULL;
  self->func = func;
  self->user_data = user_data;
  self->listener = self->waiting = -1;
  self->addresses = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, address_free);
  return self;
}

guint16
qc_http_door_listen (QcHttpDoor *self, guint16 port, gboolean loopback_only, GError **error)
{
  if (self->waiting < 0) {
    self->waiting = epoll_create1 (EPOLL_CLOEXEC);
    if (self->waiting < 0) {
      fail (-1, "epoll", error);
      return 0;
    }
    self->listening = g_unix_fd_add (self->waiting, G_IO_IN, heard_cb, self);
  }
  self->port = port;
  self->loopback_only = loopback_only;
  return open_listener (self, error) ? self->port : 0;
}

void
qc_http_door_shut (QcHttpDoor *self)
{
  g_clear_handle_id (&self->accepting, g_source_remove);
  g_clear_handle_id (&self->reviving, g_source_remove);
  if (self->listener >= 0)
    close (self->listener);
  self->listener = -1;
}

void
qc_http_door_free (QcHttpDoor *self)
{
  qc_http_door_shut (self);
  g_clear_handle_id (&self->listening, g_source_remove);
  g_clear_handle_id (&self->sweeping, g_source_remove);
  QcHttpPeer *peer;
  for (guint i = 0; i < QC_HTTP_N_STAGES; i++)
    while ((peer = g_queue_peek_head (&self->stages[i])) != NULL)
      peer_close (peer);
  if (self->waiting >= 0)
    close (self->waiting);
  g_hash_table_unref (self->addresses);
  g_clear_pointer (&self->tls, qc_http_tls_unref);
  g_free (self);
}
