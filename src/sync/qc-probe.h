/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * How an address is reached, looked at without asking anything there: which proxy the system names, whether it and the
 * address answer, and what certificates are shown, walked to a bound. Nothing is sent but the greeting of TLS, whoever
 * answers. Runs on a thread of its own; answers in the caller's context.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define QC_PROBE_MOST_CERTIFICATES 10 /* of a chain */

typedef struct {
  char *host; /* (owned) */
  guint port;
  char *proxy;                /* (owned) (nullable) the first the system names; NULL = none on the way */
  GError *proxy_error;        /* (owned) (nullable) it does not answer */
  GError *error;              /* (owned) (nullable) no certificate was shown: no such name, no answer, no TLS */
  GTlsCertificateFlags flags; /* what is wrong with it, by the CA that the profile trusts */
  guint n_certificates;       /* of the chain, as far as it was walked */
  gboolean is_endless;        /* there was more of it */
  char *subject, *issuer;     /* (owned) (nullable) of the first */
  gint64 from, until;         /* unix seconds in which all of them hold; 0 = not said */
} QcProbe;
void qc_probe_free (QcProbe *probe);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcProbe, qc_probe_free)

/* @address: https://…; @ca_pem: (nullable): the system's; @direct: past every proxy, as practice goes. */
void qc_probe_async (const char *address, const char *ca_pem, gboolean direct, GCancellable *cancellable,
                     GAsyncReadyCallback callback, gpointer user_data);
/* Fails only when it was cancelled, or @address is none. */
QcProbe *qc_probe_finish (GAsyncResult *result, GError **error);

/* The dates and the length of what @first leads to, into @probe. */
void qc_probe_walk (QcProbe *probe, GTlsCertificate *first);

G_END_DECLS
