/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The real center as a process of its own, a browser that fills in its forms, and a client of it.
 */
#pragma once

#include "qc-calls.h"
#include "qc-store.h"
#include "qc-sync.h"

typedef struct {
  char *folder;         /* its data */
  GSubprocess *process; /* (nullable) while it runs */
  GOutputStream *pipe;  /* its standard input: it ends when this closes */
  char *profile_path;
  char *console; /* address */
} Center;

/* Starts it on @folder (made when it is not there) with @people in the main unit. */
Center *center_start (const char *folder, guint people);
/* Again on the same data; @kill: kill -9 first if it runs. */
void center_restart (Center *center, gboolean kill);
void center_kill (Center *center);
void center_free (Center *center);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Center, center_free)

/* For qc_sign_in_async: signs in as the user named by @user_data (password of practice) and agrees. */
void center_browse_cb (const char *address, gpointer user_data);

/* A client of @center with a fresh data folder, signed in as @user. */
typedef struct {
  char *folder;
  QcStore *store;
  QcDatabase *database;
  QcProfile *profile;
  QcTransport *transport;
  QcTokens *tokens;
  QcOutbox *outbox;
} Client;
Client *client_new (Center *center, const char *user);
void client_free (Client *client);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Client, client_free)
/* The center has a new port. */
void client_follow (Client *client, Center *center);
gboolean client_pull (Client *client, const char *unit, QcPullResult *out, GError **error);
/* With the pictures that are needed. What pictures could not be sent is no error: their item waits, and says why. */
gboolean client_push (Client *client, GError **error);
/* The body of a 汇缴 of the month that is due, with what the clerk would confirm; who must be answered first has been
 * answered by an 授权退休年龄 that the center has accepted. (transfer full) */
GBytes *client_claim (Client *client, const char *unit);
/* Queues @body; returns the item. */
gint64 client_enqueue (Client *client, const char *unit, GBytes *body);
