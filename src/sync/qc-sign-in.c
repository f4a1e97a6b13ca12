/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * One sign-in: metadata → listener → address for the browser → redirect with the code → exchange. The listener is on
 * 127.0.0.1 with a random port, answers one path, and takes one answer; for a while after that it only says how it
 * ended. Main context.
 */
#include "qc-sign-in.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <string.h>
#include <sys/random.h>

#include "qc-wire-session.h"

#define DEFAULT_TIMEOUT 600
#define CALLBACK_PATH   "/callback"
#define LINGER_S        900 /* portals keep what was asked for about as long */

typedef struct {
  QcSignInReadyFunc ready;
  gpointer ready_data;
  guint timeout;
  QcWireMetadata *metadata; /* (owned) (nullable) */
  SoupServer *server;       /* (owned) (nullable) only while waited for */
  char *redirect;           /* (owned) (nullable) */
  char *verifier, *state;   /* (owned) */
  guint timer;              /* source id, 0 = none */
  GSource *cancel_source;   /* (owned) (nullable) */
  char *code;               /* (owned) (nullable) */
  GError *outcome;          /* (owned) (nullable) what the redirect said */
  gboolean ended;           /* the listener has heard what it waited for */
} SignIn;

static void linger (SignIn *s);

static void
stop_listening (SignIn *s)
{
  if (s->timer)
    g_source_remove (s->timer);
  s->timer = 0;
  if (s->cancel_source) {
    g_source_destroy (s->cancel_source);
    g_clear_pointer (&s->cancel_source, g_source_unref);
  }
  if (s->server)
    linger (s);
}

static void
sign_in_free (SignIn *s)
{
  stop_listening (s);
  g_clear_pointer (&s->metadata, qc_wire_metadata_free);
  g_clear_error (&s->outcome);
  g_free (s->redirect);
  g_free (s->verifier);
  g_free (s->state);
  g_free (s->code);
  g_free (s);
}

/* ---- PKCE ---- */

/* base64url without padding. (transfer full) */
static char *
base64url (const guint8 *data, gsize size)
{
  char *text = g_base64_encode (data, size);
  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  text[strcspn (text, "=")] = '\0';
  return text;
}

static char *
random_text (void)
{
  guint8 bytes[32];
  if (getrandom (bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes)
    g_error ("getrandom");
  return base64url (bytes, sizeof bytes);
}

char *
qc_sign_in_challenge (const char *verifier)
{
  g_return_val_if_fail (verifier != NULL, NULL);
  guint8 digest[32];
  gsize size = sizeof digest;
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_checksum_update (checksum, (const guchar *)verifier, (gssize)strlen (verifier));
  g_checksum_get_digest (checksum, digest, &size);
  return base64url (digest, size);
}

/* ---- the exchange ---- */

static GError *
sign_in_error (const char *reason, const char *message)
{
  return qc_sync_error_new (QC_SYNC_ERROR_SIGN_IN, reason, message);
}

static void
accepted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  if (qc_tokens_accept_finish (QC_TOKENS (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
exchanged_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  QcTokens *tokens = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (QcAnswer) answer = qc_transport_send_finish (QC_TRANSPORT (source), result, &error);
  if (answer == NULL) {
    g_task_return_error (task, error);
    return;
  }
  if (answer->status >= 400) {
    g_autoptr (QcWireOAuthError) said = qc_wire_decode_oauth_error (answer->body, NULL);
    g_debug ("token endpoint: %s", said ? said->error : "-");
    g_task_return_error (
        task, sign_in_error ("server", _ ("The center did not take the sign-in: it took too long or was used already. "
                                          "Sign in again.")));
    return;
  }
  GBytes *body = answer->body;
  qc_tokens_accept_async (tokens, body, g_task_get_cancellable (task), accepted_cb, g_object_ref (task));
}

/* The path of @address when it lies on the API's own origin, else NULL. (transfer full) */
static char *
path_on_api (QcTokens *tokens, const char *address)
{
  const char *api = qc_profile_get_api (qc_transport_get_profile (qc_tokens_get_transport (tokens)));
  if (address == NULL || !g_str_has_prefix (address, api) || address[strlen (api)] != '/')
    return NULL;
  return g_strdup (address + strlen (api));
}

/* Takes @task. */
static void
exchange (GTask *task)
{
  QcTokens *tokens = g_task_get_source_object (task);
  SignIn *s = g_task_get_task_data (task);
  QcTransport *transport = qc_tokens_get_transport (tokens);
  g_autofree char *path = path_on_api (tokens, s->metadata->token_endpoint);
  g_autofree char *form = soup_form_encode (
      "grant_type", "authorization_code", "code", s->code, "redirect_uri", s->redirect, "client_id",
      qc_profile_get_client_id (qc_transport_get_profile (transport)), "code_verifier", s->verifier, NULL);
  g_autoptr (GBytes) body = g_bytes_new (form, strlen (form));
  QcRequest request = {.method = "POST",
                       .path = path,
                       .content_type = "application/x-www-form-urlencoded",
                       .body = body,
                       .max_answer = 64 * 1024,
                       .raw_errors = TRUE};
  qc_transport_send_async (transport, &request, g_task_get_cancellable (task), exchanged_cb, task);
}

/* ---- the redirect ---- */

/* What the portal says in error_description; anything else is a plain refusal. */
static GError *
judge_denial (const char *code, const char *description)
{
  if (g_strcmp0 (description, "legal-person-required") == 0)
    return sign_in_error ("legal-person",
                          _ ("You signed in as an individual. Unit business needs a sign-in as a legal person."));
  if (g_strcmp0 (description, "not-verified") == 0)
    return sign_in_error ("not-verified", _ ("This legal person's account has not been verified. Go to the center's "
                                             "counter with the unit's documents, then sign in again."));
  if (g_strcmp0 (description, "no-unit") == 0)
    return sign_in_error ("no-unit", _ ("The center has no unit for this credit code. Register the unit at the "
                                        "center's counter first."));
  if (g_strcmp0 (code, "access_denied") == 0)
    return sign_in_error ("denied", _ ("The sign-in was refused on the portal. Nothing was changed; sign in again when "
                                       "you want to."));
  return sign_in_error ("server", _ ("The portal could not complete the sign-in. Try again later."));
}

/* Reads what the browser brought to this sign-in. (nullable) */
static GError *
judge_redirect (GTask *task, GHashTable *query)
{
  SignIn *s = g_task_get_task_data (task);
  const char *issuer = query ? g_hash_table_lookup (query, "iss") : NULL;
  const char *code = query ? g_hash_table_lookup (query, "code") : NULL;
  const char *denial = query ? g_hash_table_lookup (query, "error") : NULL;
  if (issuer != NULL && g_strcmp0 (issuer, s->metadata->issuer) != 0)
    return sign_in_error ("issuer", _ ("The answer in the browser comes from another center. It was not used."));
  if (denial != NULL)
    return judge_denial (denial, g_hash_table_lookup (query, "error_description"));
  if (code == NULL || *code == '\0' || strlen (code) > 1024)
    return sign_in_error ("server", _ ("The portal could not complete the sign-in. Try again later."));
  s->code = g_strdup (code);
  return NULL;
}

static const char page_format[]
    = "<!DOCTYPE html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>清册 Qingce</title>"
      "<style>body{font-family:sans-serif;max-width:30em;margin:15vh auto;padding:0 1em;text-align:center;color:#222}"
      "@media(prefers-color-scheme:dark){body{background:#222;color:#eee}}p+p{opacity:.7}</style></head><body>"
      "<h1>%s</h1><p>%s</p><p lang=\"en\">%s</p></body></html>";

typedef enum { PAGE_GOOD, PAGE_BAD, PAGE_STRANGE } Page;

static void
set_page (SoupServerMessage *message, Page which)
{
  static const struct {
    guint status;
    const char *title, *chinese, *english;
  } pages[] = {
      [PAGE_GOOD] = {SOUP_STATUS_OK, "登录完成", "请回到清册窗口继续，此页面可以关闭。",
                     "Signed in. Go back to the Qingce window; this page can be closed."},
      [PAGE_BAD] = {SOUP_STATUS_BAD_REQUEST, "登录未完成", "请回到清册窗口查看原因。",
                    "Not signed in. Go back to the Qingce window to see why."},
      [PAGE_STRANGE] = {SOUP_STATUS_BAD_REQUEST, "不是这次登录",
                        "此页面不属于正在进行的登录，没有使用。请在最近打开的登录页面上继续。",
                        "This page is not of the sign-in under way and was not used. Go on in the page opened last."},
  };
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  char *page = g_strdup_printf (page_format, pages[which].title, pages[which].chinese, pages[which].english);
  soup_server_message_set_status (message, pages[which].status, NULL);
  soup_message_headers_append (headers, "Cache-Control", "no-store");
  soup_message_headers_append (headers, "Referrer-Policy", "no-referrer");
  soup_message_headers_append (headers, "Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
  soup_message_headers_append (headers, "Connection", "close");
  soup_server_message_set_response (message, "text/html; charset=utf-8", SOUP_MEMORY_TAKE, page, strlen (page));
}

static gboolean
is_callback (const char *redirect, SoupServerMessage *message, const char *path)
{
  const char *host = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Host");
  g_autofree char *address = g_strconcat ("http://", host, CALLBACK_PATH, NULL);
  return g_str_equal (soup_server_message_get_method (message), "GET") && g_str_equal (path, CALLBACK_PATH)
         && host != NULL && g_str_equal (address, redirect);
}

/* ---- afterwards ---- */

typedef struct {
  SoupServer *server; /* (owned) */
  char *redirect;     /* (owned) */
  gboolean good;      /* how it ended */
} Lingering;

static void
lingering_free (gpointer data)
{
  Lingering *lingering = data;
  soup_server_disconnect (lingering->server);
  g_object_unref (lingering->server);
  g_free (lingering->redirect);
  g_free (lingering);
}

static void
late_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  const Lingering *lingering = user_data;
  if (is_callback (lingering->redirect, message, path))
    set_page (message, lingering->good ? PAGE_GOOD : PAGE_BAD);
  else
    soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
}

static gboolean
linger_over_cb (gpointer user_data)
{
  return G_SOURCE_REMOVE;
}

/* A page loaded anew, a button pressed twice, a tab left open: they are told how it ended, and do not find nobody. */
static void
linger (SignIn *s)
{
  Lingering *lingering = g_new0 (Lingering, 1);
  lingering->server = g_steal_pointer (&s->server);
  lingering->redirect = g_strdup (s->redirect);
  lingering->good = s->ended && s->outcome == NULL;
  soup_server_remove_handler (lingering->server, NULL);
  soup_server_add_handler (lingering->server, NULL, late_cb, lingering, NULL);
  g_timeout_add_seconds_full (G_PRIORITY_DEFAULT, LINGER_S, linger_over_cb, lingering, lingering_free);
}

/* ---- the redirect, once ---- */

/* The listener has heard it; not from inside its own signal. Takes the listener's reference of the task. */
static gboolean
heard_cb (gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SignIn *s = g_task_get_task_data (task);
  stop_listening (s);
  if (s->outcome)
    g_task_return_error (task, g_steal_pointer (&s->outcome));
  else
    exchange (g_steal_pointer (&task));
  return G_SOURCE_REMOVE;
}

/* The page has left, or its reader has. */
static void
page_finished_cb (SoupServerMessage *message, gpointer user_data)
{
  g_signal_handlers_disconnect_by_func (message, page_finished_cb, user_data);
  g_idle_add (heard_cb, user_data);
}

static void
request_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  GTask *task = user_data;
  SignIn *s = g_task_get_task_data (task);
  gboolean first = !s->ended;
  if (!is_callback (s->redirect, message, path)) {
    soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
    return;
  }
  /* Whoever guesses the port, or an older page, does not end what another has begun. */
  if (g_strcmp0 (query ? g_hash_table_lookup (query, "state") : NULL, s->state) != 0) {
    set_page (message, PAGE_STRANGE);
    return;
  }
  s->ended = TRUE;
  if (first)
    s->outcome = judge_redirect (task, query);
  set_page (message, s->outcome == NULL ? PAGE_GOOD : PAGE_BAD);
  if (first)
    g_signal_connect (message, "finished", G_CALLBACK (page_finished_cb), task);
}

/* ---- waiting ---- */

static gboolean
timer_cb (gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SignIn *s = g_task_get_task_data (task);
  s->timer = 0;
  if (s->ended) {
    g_steal_pointer (&task);
    return G_SOURCE_REMOVE;
  }
  stop_listening (s);
  g_task_return_error (task, sign_in_error ("timeout", _ ("Nobody signed in on the portal in time. Sign in again.")));
  return G_SOURCE_REMOVE;
}

static gboolean
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SignIn *s = g_task_get_task_data (task);
  if (s->ended) {
    g_steal_pointer (&task);
    return G_SOURCE_REMOVE;
  }
  stop_listening (s);
  g_task_return_error_if_cancelled (task);
  return G_SOURCE_REMOVE;
}

static gboolean
start_listening (GTask *task, GError **error)
{
  SignIn *s = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  s->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (s->server, NULL, request_cb, task, NULL);
  if (!soup_server_listen_local (s->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, error))
    return FALSE;
  GSList *uris = soup_server_get_uris (s->server);
  s->redirect = g_strdup_printf ("http://127.0.0.1:%d" CALLBACK_PATH, g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify)g_uri_unref);
  s->timer = g_timeout_add_seconds (s->timeout, timer_cb, task);
  if (cancellable) {
    s->cancel_source = g_cancellable_source_new (cancellable);
    g_source_set_callback (s->cancel_source, G_SOURCE_FUNC (cancelled_cb), task, NULL);
    g_source_attach (s->cancel_source, g_main_context_get_thread_default ());
  }
  return TRUE;
}

static char *
make_address (GTask *task)
{
  QcTokens *tokens = g_task_get_source_object (task);
  SignIn *s = g_task_get_task_data (task);
  g_autofree char *challenge = qc_sign_in_challenge (s->verifier);
  g_autofree char *query = soup_form_encode (
      "response_type", "code", "client_id",
      qc_profile_get_client_id (qc_transport_get_profile (qc_tokens_get_transport (tokens))), "redirect_uri",
      s->redirect, "state", s->state, "code_challenge", challenge, "code_challenge_method", "S256", NULL);
  return g_strconcat (s->metadata->authorization_endpoint,
                      strchr (s->metadata->authorization_endpoint, '?') ? "&" : "?", query, NULL);
}

/* Whether the metadata belong to this center: its issuer, its endpoints (RFC 8414, 3.3). */
static gboolean
are_own (QcTokens *tokens, const QcWireMetadata *metadata)
{
  QcProfile *profile = qc_transport_get_profile (qc_tokens_get_transport (tokens));
  g_autofree char *token_path = path_on_api (tokens, metadata->token_endpoint);
  g_autoptr (GUri) page = g_uri_parse (metadata->authorization_endpoint, G_URI_FLAGS_NONE, NULL);
  const char *name = page ? g_uri_get_host (page) : NULL;
  if (!g_str_equal (metadata->issuer, qc_profile_get_api (profile)) || token_path == NULL || name == NULL
      || *name == '\0')
    return FALSE;
  g_autoptr (GInetAddress) host = g_inet_address_new_from_string (name);
  gboolean loopback = host && g_inet_address_get_is_loopback (host);
  if (qc_profile_is_practice (profile))
    return loopback;
  return g_str_equal (g_uri_get_scheme (page), "https");
}

static void
got_metadata_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  QcTokens *tokens = g_task_get_source_object (task);
  SignIn *s = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (QcAnswer) answer = qc_transport_send_finish (QC_TRANSPORT (source), result, &error);
  if (answer == NULL) {
    g_task_return_error (task, error);
    return;
  }
  s->metadata = qc_wire_decode_metadata (answer->body, NULL);
  if (s->metadata == NULL || !are_own (tokens, s->metadata)) {
    g_task_return_error (task, sign_in_error ("issuer", _ ("This center's sign-in is not set up as its profile says. "
                                                           "Ask the center for its current profile file.")));
    return;
  }
  if (g_task_return_error_if_cancelled (task))
    return;
  if (!start_listening (task, &error)) {
    g_task_return_error (task, error);
    return;
  }
  g_autofree char *address = make_address (task);
  QcSignInReadyFunc ready = s->ready;
  gpointer ready_data = s->ready_data;
  g_steal_pointer (&task); /* the listener's reference: given up by redirect, timer or cancelling */
  ready (address, ready_data);
}

void
qc_sign_in_async (QcTokens *tokens, guint timeout, QcSignInReadyFunc ready, gpointer ready_data,
                  GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_TOKENS (tokens) && ready != NULL);
  GTask *task = g_task_new (tokens, cancellable, callback, user_data);
  g_task_set_source_tag (task, qc_sign_in_async);
  SignIn *s = g_new0 (SignIn, 1);
  s->ready = ready;
  s->ready_data = ready_data;
  s->timeout = timeout ? timeout : DEFAULT_TIMEOUT;
  s->verifier = random_text ();
  s->state = random_text ();
  g_task_set_task_data (task, s, (GDestroyNotify)sign_in_free);
  QcRequest request = {.method = "GET", .path = "/.well-known/oauth-authorization-server", .max_answer = 64 * 1024};
  qc_transport_send_async (qc_tokens_get_transport (tokens), &request, cancellable, got_metadata_cb, task);
}

gboolean
qc_sign_in_finish (QcTokens *tokens, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
