/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A center in this process and a client of it: over TLS to the API, over plain HTTP with cookies to the pages. Calls
 * wait on the default main context, on which the center runs too.
 */
#pragma once

#include <libsoup/soup.h>
#include "qc-center-server.h"

G_BEGIN_DECLS

typedef struct {
  QcCenterServer *server; /* (owned) */
  char *dir;              /* (owned) data folder */
  SoupSession *api;       /* (owned) trusts the center's CA */
  SoupSession *browser;   /* (owned) with cookies */
  char *access, *refresh; /* (owned) (nullable) after web_sign_in() */
  char *recorded;         /* (owned) (nullable) folder for answers of the API */
  guint n_recorded;
  const QcHttpLimits *limits; /* (nullable) borrowed */
} Web;

typedef struct {
  guint status;
  char *text;                  /* (owned) */
  GBytes *bytes;               /* (owned) the same */
  char *location;              /* (owned) (nullable) */
  SoupMessageHeaders *headers; /* (owned) */
} WebAnswer;
void web_answer_free (WebAnswer *answer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WebAnswer, web_answer_free)

void web_open (Web *web, const char *today);
void web_open_with (Web *web, const char *today, const QcHttpLimits *limits);
void web_close (Web *web);
/* Ends the center and starts it again on the same folder. */
void web_restart (Web *web);
/* A browser nobody knows yet. */
void web_new_browser (Web *web);

/* @headers: name, value pairs, NULL-ended (nullable). @type NULL = no body. (transfer full) */
WebAnswer *web_send (Web *web, SoupSession *session, const char *method, const char *address, const char *type,
                     const char *body, const char *const *headers);
WebAnswer *web_send_bytes (Web *web, SoupSession *session, const char *method, const char *address, const char *type,
                           GBytes *body, const char *const *headers);
/* GET of a page; @path from "/". */
WebAnswer *web_page (Web *web, const char *path);
/* POST of a form of ours: name, value pairs. */
WebAnswer *web_post (Web *web, const char *path, ...) G_GNUC_NULL_TERMINATED;
/* Where the form of @page for the path @path goes, with what it carries along. (transfer full) */
char *web_action (const WebAnswer *page, const char *path);
/* Opens @page of the console and sends a form of it to @target, with what it carries along. */
WebAnswer *web_form (Web *web, const char *page, const char *target, ...) G_GNUC_NULL_TERMINATED;
/* A new browser, in which @user of the practice staff is signed in to the console. */
void web_staff (Web *web, const char *user);
/* The value of input @name on @page. (transfer full) */
char *web_field (const WebAnswer *page, const char *name);
/* The parameter @name of address @address. (transfer full) (nullable) */
char *web_parameter (const char *address, const char *name);

#define WEB_REDIRECT "http://127.0.0.1:9/callback"
#define WEB_STATE    "state-of-the-test"
#define WEB_VERIFIER "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"

/* The address a client would open. (transfer full) */
char *web_dup_authorization (Web *web);
/* Signs in on the portal and consents; returns the redirect to the client. (transfer full) */
char *web_authorize (Web *web, const char *user, const char *password);
/* POST /oauth/token. */
WebAnswer *web_token (Web *web, ...) G_GNUC_NULL_TERMINATED;
WebAnswer *web_token_for_code (Web *web, const char *code, const char *verifier, const char *redirect);
/* The whole way; fills access and refresh. */
void web_sign_in (Web *web, const char *user, const char *password);
/* A call of the API; @path as sent, @pattern as in the document (NULL = not recorded). */
WebAnswer *web_api (Web *web, const char *method, const char *path, const char *pattern, const char *body,
                    const char *const *headers);
/* POST of lines of JSON. */
WebAnswer *web_api_lines (Web *web, const char *path, const char *pattern, const char *body,
                          const char *const *headers);
/* PATCH of a part of an upload. */
WebAnswer *web_api_part (Web *web, const char *path, const char *pattern, GBytes *body, const char *const *headers);
/* A member of a flat JSON answer. (transfer full) */
char *web_member (const WebAnswer *answer, const char *name);

#define web_assert_status(answer, wanted)                                                                \
  G_STMT_START                                                                                           \
  {                                                                                                      \
    if ((answer)->status != (wanted))                                                                    \
      g_error ("%s:%d: status %u, wanted %u: %s", __FILE__, __LINE__, (answer)->status, (guint)(wanted), \
               (answer)->text);                                                                          \
  }                                                                                                      \
  G_STMT_END
#define web_assert_has(answer, needle)                                                   \
  G_STMT_START                                                                           \
  {                                                                                      \
    if (strstr ((answer)->text, (needle)) == NULL)                                       \
      g_error ("%s:%d: no \"%s\" in: %s", __FILE__, __LINE__, (needle), (answer)->text); \
  }                                                                                      \
  G_STMT_END

G_END_DECLS
