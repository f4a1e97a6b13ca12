/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Certificates for tests by the GnuTLS API: quick enough to make one per case.
 */
#include "sync-certificates.h"

#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <string.h>
#include <time.h>

static gnutls_x509_privkey_t
key_new (void)
{
  gnutls_x509_privkey_t key;
  g_assert_cmpint (gnutls_x509_privkey_init (&key), ==, 0);
  g_assert_cmpint (
      gnutls_x509_privkey_generate (key, GNUTLS_PK_ECDSA, GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1), 0), ==, 0);
  return key;
}

static gnutls_x509_crt_t
certificate_new (gnutls_x509_privkey_t key, const char *name, gint64 from, gint64 until)
{
  static guint16 n;
  n++;
  const guint8 serial[] = {1, (guint8)(n >> 8), (guint8)n};
  gnutls_x509_crt_t certificate;
  g_assert_cmpint (gnutls_x509_crt_init (&certificate), ==, 0);
  gnutls_x509_crt_set_version (certificate, 3);
  gnutls_x509_crt_set_key (certificate, key);
  gnutls_x509_crt_set_serial (certificate, serial, sizeof serial);
  gnutls_x509_crt_set_dn_by_oid (certificate, GNUTLS_OID_X520_COMMON_NAME, 0, name, (unsigned)strlen (name));
  gnutls_x509_crt_set_activation_time (certificate, time (NULL) + from);
  gnutls_x509_crt_set_expiration_time (certificate, time (NULL) + until);
  return certificate;
}

static char *
export_certificate (gnutls_x509_crt_t certificate)
{
  gnutls_datum_t out = {0};
  g_assert_cmpint (gnutls_x509_crt_export2 (certificate, GNUTLS_X509_FMT_PEM, &out), ==, 0);
  char *text = g_strndup ((char *)out.data, out.size);
  gnutls_free (out.data);
  return text;
}

TestAuthority *
test_authority_new (const char *name)
{
  TestAuthority *authority = g_new0 (TestAuthority, 1);
  authority->key = key_new ();
  authority->certificate = certificate_new (authority->key, name ? name : "Test authority", -86400, 86400);
  gnutls_x509_crt_set_basic_constraints (authority->certificate, 1, 0);
  gnutls_x509_crt_set_key_usage (authority->certificate, GNUTLS_KEY_KEY_CERT_SIGN);
  g_assert_cmpint (
      gnutls_x509_crt_sign2 (authority->certificate, authority->certificate, authority->key, GNUTLS_DIG_SHA256, 0), ==,
      0);
  authority->pem = export_certificate (authority->certificate);
  return authority;
}

void
test_authority_free (TestAuthority *authority)
{
  gnutls_x509_crt_deinit (authority->certificate);
  gnutls_x509_privkey_deinit (authority->key);
  g_free (authority->pem);
  g_free (authority);
}

GTlsCertificate *
test_authority_issue (TestAuthority *authority, const char *host, gint64 from, gint64 until)
{
  gnutls_x509_privkey_t key = key_new ();
  gnutls_x509_crt_t certificate = certificate_new (key, "center", from, until);
  if (host)
    gnutls_x509_crt_set_subject_alt_name (certificate, GNUTLS_SAN_DNSNAME, host, (unsigned)strlen (host),
                                          GNUTLS_FSAN_SET);
  else
    gnutls_x509_crt_set_subject_alt_name (certificate, GNUTLS_SAN_IPADDRESS, "\x7f\0\0\1", 4, GNUTLS_FSAN_SET);
  gnutls_x509_crt_set_key_purpose_oid (certificate, GNUTLS_KP_TLS_WWW_SERVER, 0);
  g_assert_cmpint (gnutls_x509_crt_sign2 (certificate, authority->certificate, authority->key, GNUTLS_DIG_SHA256, 0),
                   ==, 0);
  gnutls_datum_t out = {0};
  g_assert_cmpint (gnutls_x509_privkey_export2 (key, GNUTLS_X509_FMT_PEM, &out), ==, 0);
  g_autofree char *certificate_pem = export_certificate (certificate);
  g_autofree char *key_pem = g_strndup ((char *)out.data, out.size);
  g_autofree char *both = g_strconcat (certificate_pem, key_pem, NULL);
  g_autoptr (GError) error = NULL;
  GTlsCertificate *result = g_tls_certificate_new_from_pem (both, -1, &error);
  g_assert_no_error (error);
  gnutls_free (out.data);
  gnutls_x509_crt_deinit (certificate);
  gnutls_x509_privkey_deinit (key);
  return result;
}
