/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See web-client.h. One thread.
 */
#include "web-client.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "qc-digest.h"

void
web_answer_free (WebAnswer *answer)
{
  if (answer == NULL)
    return;
  g_free (answer->text);
  g_bytes_unref (answer->bytes);
  g_free (answer->location);
  soup_message_headers_unref (answer->headers);
  g_free (answer);
}

static void
start (Web *web, QcDate today)
{
  QcCenterOptions options = {.data_dir = web->dir, .practice = TRUE, .today = today};
  options.password_cost = &qc_password_cost_test;
  options.limits = web->limits;
  g_autoptr (GError) error = NULL;
  web->server = qc_center_server_start (&options, &error);
  g_assert_no_error (error);
  g_autoptr (GTlsDatabase) database = g_tls_file_database_new (qc_center_server_get_ca_path (web->server), &error);
  g_assert_no_error (error);
  g_clear_object (&web->api);
  web->api = soup_session_new ();
  soup_session_set_proxy_resolver (web->api, NULL);
  soup_session_set_tls_database (web->api, database);
}

void
web_new_browser (Web *web)
{
  g_autoptr (SoupCookieJar) jar = soup_cookie_jar_new ();
  g_clear_object (&web->browser);
  web->browser = soup_session_new ();
  soup_session_set_proxy_resolver (web->browser, NULL);
  soup_session_add_feature (web->browser, SOUP_SESSION_FEATURE (jar));
}

void
web_open (Web *web, const char *today)
{
  web_open_with (web, today, NULL);
}

void
web_open_with (Web *web, const char *today, const QcHttpLimits *limits)
{
  memset (web, 0, sizeof *web);
  web->limits = limits;
  web->dir = g_dir_make_tmp ("qc-web-XXXXXX", NULL);
  g_assert_nonnull (web->dir);
  start (web, atoi (today));
  web_new_browser (web);
}

void
web_restart (Web *web)
{
  g_clear_pointer (&web->server, qc_center_server_stop);
  start (web, QC_DATE_NONE);
}

static void
remove_folder (const char *path)
{
  GDir *dir = g_dir_open (path, 0, NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *file = g_build_filename (path, name, NULL);
    if (g_file_test (file, G_FILE_TEST_IS_DIR))
      remove_folder (file);
    g_unlink (file);
  }
  if (dir != NULL)
    g_dir_close (dir);
  g_rmdir (path);
}

void
web_close (Web *web)
{
  g_clear_object (&web->api);
  g_clear_object (&web->browser);
  g_clear_pointer (&web->server, qc_center_server_stop);
  remove_folder (web->dir);
  if (web->recorded != NULL)
    remove_folder (web->recorded);
  g_clear_pointer (&web->recorded, g_free);
  g_clear_pointer (&web->dir, g_free);
  g_clear_pointer (&web->access, g_free);
  g_clear_pointer (&web->refresh, g_free);
}

/* ---- sending ---- */

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

WebAnswer *
web_send (Web *web, SoupSession *session, const char *method, const char *address, const char *type, const char *body,
          const char *const *headers)
{
  g_autoptr (GBytes) bytes = type != NULL ? g_bytes_new (body, strlen (body)) : NULL;
  return web_send_bytes (web, session, method, address, type, bytes, headers);
}

/* Whatever is answered is kept by nobody, but for what a page looks like: of every call of every test. */
static void
check_keeping (const char *address, const WebAnswer *answer)
{
  static const char *const looks[] = {"/center.css", "/phone.css", "/center.svg", "/review.js", "/favicon.ico", NULL};
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_ENCODED, NULL);
  const char *keeping = soup_message_headers_get_list (answer->headers, "Cache-Control");
  gboolean looks_only = g_strv_contains (looks, g_uri_get_path (uri)) && answer->status == 200;
  if (g_strcmp0 (keeping, looks_only ? "max-age=300" : "no-store") != 0)
    g_error ("%s may be kept: %s", address, keeping);
}

WebAnswer *
web_send_bytes (Web *web, SoupSession *session, const char *method, const char *address, const char *type, GBytes *body,
                const char *const *headers)
{
  g_autoptr (SoupMessage) message = soup_message_new (method, address);
  WebAnswer *answer = g_new0 (WebAnswer, 1);
  g_assert_nonnull (message);
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  if (type != NULL)
    soup_message_set_request_body_from_bytes (message, type, body);
  for (guint i = 0; headers != NULL && headers[i] != NULL; i += 2)
    soup_message_headers_replace (soup_message_get_request_headers (message), headers[i], headers[i + 1]);
  g_autoptr (GAsyncResult) result = NULL;
  soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL, done_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = soup_session_send_and_read_finish (session, result, &error);
  g_assert_no_error (error);
  answer->status = soup_message_get_status (message);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  answer->text = size > 0 ? g_strndup (data, size) : g_strdup ("");
  answer->bytes = g_bytes_ref (bytes);
  answer->headers = soup_message_headers_ref (soup_message_get_response_headers (message));
  answer->location = g_strdup (soup_message_headers_get_one (answer->headers, "Location"));
  check_keeping (address, answer);
  return answer;
}

static char *
pages_address (Web *web, const char *path)
{
  g_autofree char *base = g_strndup (qc_center_server_get_portal (web->server),
                                     strlen (qc_center_server_get_portal (web->server)) - strlen ("/portal/"));
  return g_strconcat (base, path, NULL);
}

WebAnswer *
web_page (Web *web, const char *path)
{
  g_autofree char *address = pages_address (web, path);
  return web_send (web, web->browser, "GET", address, NULL, NULL, NULL);
}

/* @page: (nullable) where the form stands: what it carries along is taken from there. */
static char *
encode (va_list list, const WebAnswer *page)
{
  static const char *const hidden[] = {"csrf", "form"};
  g_autoptr (GHashTable) form = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  for (guint i = 0; page != NULL && i < G_N_ELEMENTS (hidden); i++)
    g_hash_table_insert (form, (gpointer)hidden[i], web_field (page, hidden[i]));
  const char *name;
  while ((name = va_arg (list, const char *)) != NULL)
    g_hash_table_insert (form, (gpointer)name, g_strdup (va_arg (list, char *)));
  return soup_form_encode_hash (form);
}

#define FORM "application/x-www-form-urlencoded"

static WebAnswer *
send_form (Web *web, const char *path, const char *body)
{
  g_autofree char *address = pages_address (web, path);
  g_autofree char *origin = pages_address (web, "");
  const char *headers[] = {"Origin", origin, NULL};
  return web_send (web, web->browser, "POST", address, FORM, body, headers);
}

WebAnswer *
web_post (Web *web, const char *path, ...)
{
  va_list list;
  va_start (list, path);
  g_autofree char *body = encode (list, NULL);
  va_end (list);
  return send_form (web, path, body);
}

char *
web_action (const WebAnswer *page, const char *path)
{
  g_autofree char *start = g_strdup_printf ("action=\"%s", path);
  const char *found = strstr (page->text, start);
  if (found == NULL)
    g_error ("no form for %s in: %s", path, page->text);
  found += strlen ("action=\"");
  return g_strndup (found, strcspn (found, "\""));
}

WebAnswer *
web_form (Web *web, const char *page, const char *target, ...)
{
  g_autoptr (WebAnswer) opened = web_page (web, page);
  web_assert_status (opened, 200);
  va_list list;
  va_start (list, target);
  g_autofree char *body = encode (list, opened);
  va_end (list);
  return send_form (web, target, body);
}

void
web_staff (Web *web, const char *user)
{
  web_new_browser (web);
  g_autoptr (WebAnswer) answer = web_post (web, "/console/sign-in", "user", user, "password", "yanlian-2026", NULL);
  web_assert_status (answer, 303);
}

char *
web_field (const WebAnswer *page, const char *name)
{
  g_autofree char *start = g_strdup_printf ("name=\"%s\" value=\"", name);
  const char *found = strstr (page->text, start);
  if (found == NULL)
    g_error ("no field %s in: %s", name, page->text);
  found += strlen (start);
  const char *end = strchr (found, '"');
  return g_strndup (found, end - found);
}

char *
web_parameter (const char *address, const char *name)
{
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_ENCODED, NULL);
  g_assert_nonnull (uri);
  g_autoptr (GHashTable) query
      = g_uri_parse_params (g_uri_get_query (uri) ? g_uri_get_query (uri) : "", -1, "&", G_URI_PARAMS_NONE, NULL);
  return g_strdup (g_hash_table_lookup (query, name));
}

static void record (Web *web, const char *method, const char *pattern, const WebAnswer *answer);

/* ---- signing in ---- */

char *
web_dup_authorization (Web *web)
{
  g_autofree char *challenge = qc_digest_pkce (WEB_VERIFIER);
  g_autofree char *redirect = g_uri_escape_string (WEB_REDIRECT, NULL, FALSE);
  return g_strdup_printf ("/portal/authorize?response_type=code&client_id=qingce&redirect_uri=%s&state=%s"
                          "&code_challenge=%s&code_challenge_method=S256",
                          redirect, WEB_STATE, challenge);
}

char *
web_authorize (Web *web, const char *user, const char *password)
{
  g_autofree char *address = web_dup_authorization (web);
  g_autoptr (WebAnswer) first = web_page (web, address);
  web_assert_status (first, 303);
  g_autoptr (WebAnswer) second = web_page (web, first->location);
  web_assert_status (second, 303);
  g_autoptr (WebAnswer) page = web_page (web, second->location);
  web_assert_status (page, 200);
  g_autofree char *sign_in = web_action (page, "/portal/sign-in");
  g_autoptr (WebAnswer) signed_in = web_post (web, sign_in, "kind", "legal", "user", user, "password", password, NULL);
  web_assert_status (signed_in, 303);
  g_autoptr (WebAnswer) third = web_page (web, signed_in->location);
  web_assert_status (third, 303);
  g_autoptr (WebAnswer) consent = web_page (web, third->location);
  web_assert_status (consent, 200);
  g_autofree char *agree = web_action (consent, "/portal/consent");
  g_autofree char *csrf = web_field (consent, "csrf");
  g_autoptr (WebAnswer) back = web_post (web, agree, "csrf", csrf, "decision", "allow", NULL);
  web_assert_status (back, 303);
  return g_strdup (back->location);
}

WebAnswer *
web_token (Web *web, ...)
{
  g_autofree char *address = g_strconcat (qc_center_server_get_api (web->server), "/oauth/token", NULL);
  va_list list;
  va_start (list, web);
  g_autofree char *body = encode (list, NULL);
  va_end (list);
  WebAnswer *answer = web_send (web, web->api, "POST", address, FORM, body, NULL);
  record (web, "POST", "/oauth/token", answer);
  return answer;
}

WebAnswer *
web_token_for_code (Web *web, const char *code, const char *verifier, const char *redirect)
{
  return web_token (web, "grant_type", "authorization_code", "client_id", "qingce", "code", code, "code_verifier",
                    verifier, "redirect_uri", redirect, NULL);
}

char *
web_member (const WebAnswer *answer, const char *name)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_assert_true (json_parser_load_from_data (parser, answer->text, -1, NULL));
  JsonObject *object = json_node_get_object (json_parser_get_root (parser));
  if (!json_object_has_member (object, name))
    g_error ("no member %s in %s", name, answer->text);
  return g_strdup (json_object_get_string_member (object, name));
}

void
web_sign_in (Web *web, const char *user, const char *password)
{
  web_new_browser (web);
  g_autofree char *location = web_authorize (web, user, password);
  g_autofree char *code = web_parameter (location, "code");
  g_assert_nonnull (code);
  g_autoptr (WebAnswer) answer = web_token_for_code (web, code, WEB_VERIFIER, WEB_REDIRECT);
  web_assert_status (answer, 200);
  g_free (web->access);
  g_free (web->refresh);
  web->access = web_member (answer, "access_token");
  web->refresh = web_member (answer, "refresh_token");
}

/* ---- the API ---- */

static void
record (Web *web, const char *method, const char *pattern, const WebAnswer *answer)
{
  const char *names[] = {"Retry-After",   "WWW-Authenticate", "ETag",          "Cache-Control", "Location",
                         "Upload-Offset", "Upload-Complete",  "Upload-Length", "Upload-Limit"};
  const char *type = soup_message_headers_get_content_type (answer->headers, NULL);
  g_autofree char *name = g_strdup_printf ("%03u.json", web->n_recorded++);
  g_autoptr (GString) text = g_string_new (NULL);
  if (web->recorded == NULL)
    web->recorded = g_dir_make_tmp ("qc-answers-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (web->recorded, name, NULL);
  g_string_printf (text, "{\"method\":\"%s\",\"path\":\"%s\",\"status\":%u,\"content-type\":\"%s\",\"headers\":{",
                   method, pattern, answer->status, type ? type : "");
  gboolean first = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    const char *value = soup_message_headers_get_one (answer->headers, names[i]);
    g_autofree char *escaped = value != NULL ? g_strescape (value, NULL) : NULL;
    if (value == NULL)
      continue;
    g_string_append_printf (text, "%s\"%s\":\"%s\"", first ? "" : ",", names[i], escaped);
    first = FALSE;
  }
  g_string_append_printf (text, "},\"body\":%s}", *answer->text == '{' || *answer->text == '[' ? answer->text : "null");
  g_assert_true (g_file_set_contents (path, text->str, -1, NULL));
}

static WebAnswer *
call_api (Web *web, const char *method, const char *path, const char *pattern, const char *type, GBytes *body,
          const char *const *headers)
{
  g_autofree char *address = g_strconcat (qc_center_server_get_api (web->server), path, NULL);
  g_autofree char *bearer = g_strconcat ("Bearer ", web->access, NULL);
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  if (web->access != NULL) {
    g_ptr_array_add (all, (gpointer) "Authorization");
    g_ptr_array_add (all, bearer);
  }
  for (guint i = 0; headers != NULL && headers[i] != NULL; i++)
    g_ptr_array_add (all, (gpointer)headers[i]);
  g_ptr_array_add (all, NULL);
  WebAnswer *answer = web_send_bytes (web, web->api, method, address, body != NULL ? type : NULL, body,
                                      (const char *const *)all->pdata);
  if (pattern != NULL)
    record (web, method, pattern, answer);
  return answer;
}

WebAnswer *
web_api (Web *web, const char *method, const char *path, const char *pattern, const char *body,
         const char *const *headers)
{
  g_autoptr (GBytes) bytes = body != NULL ? g_bytes_new (body, strlen (body)) : NULL;
  return call_api (web, method, path, pattern, "application/json", bytes, headers);
}

WebAnswer *
web_api_lines (Web *web, const char *path, const char *pattern, const char *body, const char *const *headers)
{
  g_autoptr (GBytes) bytes = body != NULL ? g_bytes_new (body, strlen (body)) : NULL;
  return call_api (web, "POST", path, pattern, "application/x-ndjson", bytes, headers);
}

WebAnswer *
web_api_part (Web *web, const char *path, const char *pattern, GBytes *body, const char *const *headers)
{
  return call_api (web, "PATCH", path, pattern, "application/partial-upload", body, headers);
}
