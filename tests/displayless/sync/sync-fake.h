/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A small server over TLS that can misbehave in every way a network and a center can. It speaks as much of the API as
 * the faults need (greeting, tokens, feeds of people, submissions that keep their key); what business means is tested
 * against the real center.
 */
#pragma once

#include <libsoup/soup.h>
#include "qc-sync.h"
#include "sync-certificates.h"

typedef struct _Fake Fake;
/* Answers @message itself and returns TRUE, or leaves it to the fake. */
typedef gboolean (*FakeHook) (Fake *fake, SoupServerMessage *message, const char *path, GHashTable *query);

#define FAKE_MOST_UPLOADS 32

struct _Fake {
  TestAuthority *authority;
  SoupServer *server;
  char *address; /* "https://127.0.0.1:port" */
  gboolean practice;
  FakeHook hook;
  gpointer data;  /* the test's own */
  GPtrArray *log; /* "METHOD /path" of every request */

  /* tokens */
  guint token_number; /* counts what was given out */
  char *access, *refresh;
  char *before; /* the refresh token that was good until the answer with the one of now: taken until that is used */
  guint refreshes;
  guint revoked;
  char *code, *challenge; /* of the sign-in under way */

  /* feeds */
  guint n_people;   /* rows of the feed of people */
  guint generation; /* cursors of another one have expired */
  guint pages;      /* pages handed out */

  /* pictures */
  guint uploads; /* begun; of each how much is there */
  gint64 have[FAKE_MOST_UPLOADS], size[FAKE_MOST_UPLOADS];

  /* submissions */
  GHashTable *keys;      /* key → answer (char*) */
  GHashTable *bodies;    /* key → body */
  guint applications;    /* made */
  guint received;        /* submissions that arrived */
  char *content_type;    /* of the last one */
  gboolean refuse;       /* the next ones are refused by a finding */
  const char *twist;     /* answers are another's: "other" "person" "nothing" "business" "start" "end" "fen"
                          * "effective" "people" */
  gboolean twist_status; /* what is said of a key as well */
};

/* Submissions that it takes: a 汇缴, and a roster of two. */
#define FAKE_SUBMISSION                                                                                   \
  "{\"business\":\"remittance\",\"remittance\":{\"method\":\"transfer\",\"start\":202609,\"end\":202610," \
  "\"terms\":\"sha256:1\",\"months\":[{\"month\":202609,\"people\":2,\"fen\":120000},"                    \
  "{\"month\":202610,\"people\":2,\"fen\":120050}]},\"lines\":0}\n"
#define FAKE_ROSTER                                               \
  "{\"business\":\"sealing\",\"effective\":202609,\"lines\":2}\n" \
  "{\"line\":1,\"account\":\"1\"}\n{\"line\":2,\"account\":\"2\"}\n"

Fake *fake_new (void);
/* With a certificate that is wrong on purpose. */
Fake *fake_new_with (GTlsCertificate *certificate, TestAuthority *authority);
void fake_free (Fake *fake);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fake, fake_free)

/* What it says without a hook. */
void fake_answer (Fake *fake, SoupServerMessage *message, const char *path, GHashTable *query);
void fake_json (SoupServerMessage *message, guint status, const char *json);
void fake_problem (SoupServerMessage *message, guint status, const char *code);
/* Ends the connection without a word, or after @raw bytes of an answer. */
void fake_cut (SoupServerMessage *message, const char *raw);
/*
 * Says @head, then @again and again without end, from a thread of its own, until the client leaves: as fast as it goes,
 * or with @pause microseconds after each.
 */
void fake_babble (SoupServerMessage *message, const char *head, const char *again, gulong pause);
/* What a change does, without an answer: its key, or NULL when that was used for another body. */
const char *fake_process (Fake *fake, SoupServerMessage *message, const char *path);
/* How many requests of the log begin with @start. */
guint fake_count (Fake *fake, const char *start);

/* A profile for it; @ca NULL = the fake's own. */
QcProfile *fake_profile (Fake *fake, gboolean practice, const char *ca);
QcProfile *profile_from (const char *id, gboolean practice, const char *api, const char *ca);
QcTransport *fake_transport (Fake *fake);
/* Memory only; holds refresh token @refresh if given. */
QcTokens *fake_tokens (Fake *fake, const char *refresh);

/* The callback for async calls under test: keeps the result in *user_data (GAsyncResult **). */
void keep_result_cb (GObject *source, GAsyncResult *result, gpointer user_data);
/* Runs the main context until *@result is there. */
void wait_result (GAsyncResult **result);
/* Runs the main context until @done says so; fails the test after 20 seconds. */
void wait_until (gboolean (*done) (gpointer data), gpointer data);
void remove_tree (const char *path);
