/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The practice center's certificates: kept while they are good, renewed in time, replaced when damaged.
 */
#include <glib/gstdio.h>

#include "qc-center-tls.h"

#define DAY 86400

typedef struct {
  char *dir, *ca_path, *server_path; /* (owned) */
  char *ca, *server;                 /* (owned) as last read */
} Folder;

static void
folder_open (Folder *folder)
{
  folder->dir = g_dir_make_tmp ("qc-tls-XXXXXX", NULL);
  folder->ca_path = g_build_filename (folder->dir, QC_CENTER_TLS_CA, NULL);
  folder->server_path = g_build_filename (folder->dir, QC_CENTER_TLS_SERVER, NULL);
  folder->ca = folder->server = NULL;
}

static void
folder_close (Folder *folder)
{
  g_autofree char *key = g_build_filename (folder->dir, "ca-key.pem", NULL);
  g_unlink (key);
  g_unlink (folder->ca_path);
  g_unlink (folder->server_path);
  g_rmdir (folder->dir);
  g_free (folder->dir);
  g_free (folder->ca_path);
  g_free (folder->server_path);
  g_free (folder->ca);
  g_free (folder->server);
}

/* Sees to the certificates at @now; says which files are new. */
static void
ensure (Folder *folder, gint64 now, gboolean *out_ca, gboolean *out_server)
{
  g_autofree char *ca = g_steal_pointer (&folder->ca);
  g_autofree char *server = g_steal_pointer (&folder->server);
  g_autoptr (GError) error = NULL;
  g_assert_true (qc_center_tls_ensure (folder->dir, "演练", now, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (folder->ca_path, &folder->ca, NULL, NULL));
  g_assert_true (g_file_get_contents (folder->server_path, &folder->server, NULL, NULL));
  *out_ca = g_strcmp0 (ca, folder->ca) != 0;
  *out_server = g_strcmp0 (server, folder->server) != 0;
}

static void
test_renewal (void)
{
  const struct {
    int days;
    gboolean ca, server;
  } rows[] = {
      {0, TRUE, TRUE},     {0, FALSE, FALSE},  {300, FALSE, FALSE},  {340, FALSE, TRUE}, {345, FALSE, FALSE},
      {1000, FALSE, TRUE}, {3600, TRUE, TRUE}, {3601, FALSE, FALSE}, {3000, TRUE, TRUE}, /* the clock was wrong: nothing
                                                                                            of it is good yet */
  };
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  Folder folder;
  folder_open (&folder);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("row %u", i);
    gboolean ca, server;
    ensure (&folder, now + (gint64)rows[i].days * DAY, &ca, &server);
    g_assert_cmpint (ca, ==, rows[i].ca);
    g_assert_cmpint (server, ==, rows[i].server);
  }
  folder_close (&folder);
}

static void
test_damage (void)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  Folder folder;
  folder_open (&folder);
  gboolean ca, server;
  ensure (&folder, now, &ca, &server);
  g_assert_true (g_file_set_contents (folder.server_path, "nothing", -1, NULL));
  ensure (&folder, now, &ca, &server);
  g_assert_false (ca);
  g_assert_true (g_str_has_prefix (folder.server, "-----BEGIN CERTIFICATE"));
  /* A new authority makes the old server certificate worthless. */
  g_assert_cmpint (g_unlink (folder.ca_path), ==, 0);
  ensure (&folder, now, &ca, &server);
  g_assert_true (ca);
  g_assert_true (server);
  folder_close (&folder);
}

static void
test_it_verifies (void)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  Folder folder;
  folder_open (&folder);
  gboolean ca, server;
  ensure (&folder, now, &ca, &server);
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_file (folder.server_path, &error);
  g_assert_no_error (error);
  g_autoptr (GTlsCertificate) authority = g_tls_certificate_new_from_file (folder.ca_path, &error);
  g_assert_no_error (error);
  g_autoptr (GSocketConnectable) here = g_network_address_new ("127.0.0.1", 1);
  g_autoptr (GSocketConnectable) elsewhere = g_network_address_new ("example.org", 1);
  g_assert_cmpint (g_tls_certificate_verify (certificate, here, authority), ==, 0);
  g_assert_cmpint (g_tls_certificate_verify (certificate, elsewhere, authority), ==, G_TLS_CERTIFICATE_BAD_IDENTITY);
  folder_close (&folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/center/tls/renewal", test_renewal);
  g_test_add_func ("/center/tls/damage", test_damage);
  g_test_add_func ("/center/tls/verifies", test_it_verifies);
  return g_test_run ();
}
