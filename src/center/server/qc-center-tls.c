/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Certificates of the practice center: see qc-center-tls.h. Keys are ECDSA P-256; each file holds certificate and key,
 * but for ca.pem, which is handed out: the key of the authority lies beside it in ca-key.pem.
 */
#include "qc-center-tls.h"

#include <glib/gstdio.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <string.h>

#include "qc-center-server.h"
#include "qc-random.h"

#define CA_KEY      "ca-key.pem"
#define DAY         86400
#define CA_LIFE     (10 * 365 * DAY)
#define SERVER_LIFE (397 * DAY)
#define RENEW       (60 * DAY) /* this long before the end */
#define BACKDATE    DAY        /* for clocks that are a little slow */

/* A certificate with its key. */
typedef struct {
  gnutls_x509_crt_t certificate;
  gnutls_x509_privkey_t key;
} Pair;

static void
pair_clear (Pair *pair)
{
  if (pair->certificate != NULL)
    gnutls_x509_crt_deinit (pair->certificate);
  if (pair->key != NULL)
    gnutls_x509_privkey_deinit (pair->key);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pair, pair_clear)

static gboolean
check (int code, GError **error)
{
  if (code >= 0)
    return TRUE;
  g_set_error (error, QC_CENTER_SERVER_ERROR, QC_CENTER_SERVER_ERROR_TLS, "certificate: %s", gnutls_strerror (code));
  return FALSE;
}

static gboolean
pair_init (Pair *pair, GError **error)
{
  return check (gnutls_x509_crt_init (&pair->certificate), error)
         && check (gnutls_x509_privkey_init (&pair->key), error);
}

/* ---- files ---- */

gboolean
qc_center_tls_write_file (const char *path, const char *data, gsize size, GError **error)
{
  return g_file_set_contents_full (path, data, (gssize)size,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error);
}

/* FALSE without an error: not there, or not to be read. */
static gboolean
pair_load (Pair *pair, const char *certificate_path, const char *key_path)
{
  g_autofree char *certificate = NULL, *key = NULL;
  gsize certificate_size, key_size;
  if (!g_file_get_contents (certificate_path, &certificate, &certificate_size, NULL)
      || !g_file_get_contents (key_path, &key, &key_size, NULL) || !pair_init (pair, NULL))
    return FALSE;
  gnutls_datum_t datum = (gnutls_datum_t) {(unsigned char *)certificate, (unsigned int)certificate_size};
  if (gnutls_x509_crt_import (pair->certificate, &datum, GNUTLS_X509_FMT_PEM) < 0)
    return FALSE;
  datum = (gnutls_datum_t) {(unsigned char *)key, (unsigned int)key_size};
  return gnutls_x509_privkey_import (pair->key, &datum, GNUTLS_X509_FMT_PEM) >= 0;
}

static gboolean
append_pem (GString *out, const Pair *pair, gboolean key, GError **error)
{
  gnutls_datum_t datum = {NULL, 0};
  int code = key ? gnutls_x509_privkey_export2_pkcs8 (pair->key, GNUTLS_X509_FMT_PEM, NULL, GNUTLS_PKCS_PLAIN, &datum)
                 : gnutls_x509_crt_export2 (pair->certificate, GNUTLS_X509_FMT_PEM, &datum);
  if (!check (code, error))
    return FALSE;
  g_string_append_len (out, (const char *)datum.data, datum.size);
  gnutls_free (datum.data);
  return TRUE;
}

static gboolean
pair_save (const Pair *pair, const char *certificate_path, const char *key_path, GError **error)
{
  gboolean together = g_str_equal (certificate_path, key_path);
  g_autoptr (GString) first = g_string_new (NULL);
  g_autoptr (GString) second = g_string_new (NULL);
  if (!append_pem (first, pair, FALSE, error) || !append_pem (together ? first : second, pair, TRUE, error))
    return FALSE;
  if (!together && !qc_center_tls_write_file (key_path, second->str, second->len, error))
    return FALSE;
  return qc_center_tls_write_file (certificate_path, first->str, first->len, error);
}

/* ---- making ---- */

static gboolean
set_common (Pair *pair, const char *name, gint64 now, gint64 life, GError **error)
{
  guint8 serial[16];
  qc_random_bytes (serial, sizeof serial);
  serial[0] &= 0x7f;
  return check (gnutls_x509_privkey_generate (pair->key, GNUTLS_PK_ECDSA,
                                              GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1), 0),
                error)
         && check (gnutls_x509_crt_set_version (pair->certificate, 3), error)
         && check (gnutls_x509_crt_set_serial (pair->certificate, serial, sizeof serial), error)
         && check (gnutls_x509_crt_set_activation_time (pair->certificate, (time_t)(now - BACKDATE)), error)
         && check (gnutls_x509_crt_set_expiration_time (pair->certificate, (time_t)(now + life)), error)
         && check (gnutls_x509_crt_set_key (pair->certificate, pair->key), error)
         && check (gnutls_x509_crt_set_dn_by_oid (pair->certificate, GNUTLS_OID_X520_COMMON_NAME, 0, name,
                                                  (unsigned int)strlen (name)),
                   error);
}

static gboolean
set_key_ids (Pair *pair, const Pair *issuer, GError **error)
{
  guint8 id[64];
  size_t size = sizeof id;
  if (!check (gnutls_x509_crt_get_key_id (pair->certificate, 0, id, &size), error)
      || !check (gnutls_x509_crt_set_subject_key_id (pair->certificate, id, size), error))
    return FALSE;
  size = sizeof id;
  return check (gnutls_x509_crt_get_key_id (issuer->certificate, 0, id, &size), error)
         && check (gnutls_x509_crt_set_authority_key_id (pair->certificate, id, size), error);
}

static gboolean
sign (Pair *pair, const Pair *issuer, GError **error)
{
  return set_key_ids (pair, issuer, error)
         && check (gnutls_x509_crt_sign2 (pair->certificate, issuer->certificate, issuer->key, GNUTLS_DIG_SHA256, 0),
                   error);
}

static gboolean
make_ca (Pair *ca, const char *label, gint64 now, GError **error)
{
  g_autofree char *name = g_strdup_printf ("Qingce CA %s", label);
  return pair_init (ca, error) && set_common (ca, name, now, CA_LIFE, error)
         && check (gnutls_x509_crt_set_basic_constraints (ca->certificate, 1, 0), error)
         && check (gnutls_x509_crt_set_key_usage (ca->certificate, GNUTLS_KEY_KEY_CERT_SIGN | GNUTLS_KEY_CRL_SIGN),
                   error)
         && sign (ca, ca, error);
}

static gboolean
make_server (Pair *server, const Pair *ca, const char *label, gint64 now, GError **error)
{
  g_autofree char *name = g_strdup_printf ("Qingce center %s", label);
  const guint8 loopback[4] = {127, 0, 0, 1};
  return pair_init (server, error) && set_common (server, name, now, SERVER_LIFE, error)
         && check (gnutls_x509_crt_set_basic_constraints (server->certificate, 0, -1), error)
         && check (gnutls_x509_crt_set_key_usage (server->certificate, GNUTLS_KEY_DIGITAL_SIGNATURE), error)
         && check (gnutls_x509_crt_set_key_purpose_oid (server->certificate, GNUTLS_KP_TLS_WWW_SERVER, 0), error)
         && check (gnutls_x509_crt_set_subject_alt_name (server->certificate, GNUTLS_SAN_IPADDRESS, loopback,
                                                         sizeof loopback, GNUTLS_FSAN_SET),
                   error)
         && check (gnutls_x509_crt_set_subject_alt_name (server->certificate, GNUTLS_SAN_DNSNAME, "localhost",
                                                         (unsigned int)strlen ("localhost"), GNUTLS_FSAN_APPEND),
                   error)
         && sign (server, ca, error);
}

static gboolean
is_fresh (const Pair *pair, gint64 now)
{
  return (gint64)gnutls_x509_crt_get_expiration_time (pair->certificate) > now + RENEW
         && (gint64)gnutls_x509_crt_get_activation_time (pair->certificate) <= now;
}

static gboolean
is_issued_by (const Pair *pair, const Pair *issuer)
{
  unsigned int status = 0;
  return gnutls_x509_crt_verify (pair->certificate, &issuer->certificate, 1,
                                 GNUTLS_VERIFY_DISABLE_TIME_CHECKS | GNUTLS_VERIFY_DISABLE_TRUSTED_TIME_CHECKS, &status)
             >= 0
         && status == 0;
}

gboolean
qc_center_tls_ensure (const char *data_dir, const char *label, gint64 now, GError **error)
{
  g_autofree char *ca_path = g_build_filename (data_dir, QC_CENTER_TLS_CA, NULL);
  g_autofree char *ca_key_path = g_build_filename (data_dir, CA_KEY, NULL);
  g_autofree char *server_path = g_build_filename (data_dir, QC_CENTER_TLS_SERVER, NULL);
  g_auto (Pair) old_ca = {NULL, NULL}, new_ca = {NULL, NULL};
  g_auto (Pair) old_server = {NULL, NULL};
  g_auto (Pair) new_server = {NULL, NULL};
  const Pair *ca = &old_ca;
  if (!pair_load (&old_ca, ca_path, ca_key_path) || !is_fresh (&old_ca, now)) {
    if (!make_ca (&new_ca, label, now, error) || !pair_save (&new_ca, ca_path, ca_key_path, error))
      return FALSE;
    ca = &new_ca;
  }
  if (pair_load (&old_server, server_path, server_path) && is_fresh (&old_server, now)
      && is_issued_by (&old_server, ca))
    return TRUE;
  return make_server (&new_server, ca, label, now, error) && pair_save (&new_server, server_path, server_path, error);
}
