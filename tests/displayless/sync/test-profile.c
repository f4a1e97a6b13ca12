/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Profiles: the built-in one, files that are good, files that are not, and the folder.
 */
#include "sync-fake.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

static char *authority_pem; /* JSON-escaped */

/* A profile file: @extra goes before the end; "%CA%" stands for a good authority. */
static char *
profile_json (const char *id, const char *name, const char *extra)
{
  g_autofree char *text = g_strdup_printf (
      "{\"format\":1,\"id\":\"%s\",\"name\":\"%s\",\"keys\":[],\"directory\":[],%s}", id, name, extra);
  g_auto (GStrv) parts = g_strsplit (text, "%CA%", -1);
  return g_strjoinv (authority_pem, parts);
}

static QcProfile *
parse (const char *json, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (json, strlen (json));
  return qc_profile_new_from_bytes (bytes, error);
}

static void
test_heihe (void)
{
  g_autoptr (QcProfile) profile = qc_profile_new_heihe ();
  g_assert_cmpstr (qc_profile_get_id (profile), ==, QC_PROFILE_HEIHE);
  g_assert_cmpstr (qc_profile_get_portal (profile), ==, "https://www.zwfw.hlj.gov.cn");
  g_assert_false (qc_profile_has_api (profile));
  g_assert_false (qc_profile_is_practice (profile));
  g_assert_true (qc_profile_is_builtin (profile));
  gboolean found = FALSE;
  for (guint i = 0; i < qc_profile_get_n_departments (profile); i++) {
    const QcProfileDepartment *leaf = qc_profile_get_department (profile, i);
    g_assert_false (leaf->connected); /* nothing may look connected that is not */
    found |= g_strcmp0 (leaf->city, "黑河市") == 0 && g_strcmp0 (leaf->department, "黑河市住房公积金管理中心") == 0;
  }
  g_assert_true (found);
}

static void
test_good (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = profile_json ("a.b-1", "某市中心",
                                        "\"practice\":false,\"api\":\"https://center.example/hpf/\",\"ca\":\"%CA%\"");
  g_autoptr (QcProfile) profile = parse (json, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (qc_profile_get_api (profile), ==, "https://center.example/hpf");
  g_assert_cmpstr (qc_profile_get_client_id (profile), ==, "qingce");
  g_assert_nonnull (strstr (qc_profile_get_ca_pem (profile), "BEGIN CERTIFICATE"));
}

typedef struct {
  const char *reason, *id, *name, *extra;
} Row;

static void
test_bad (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *json = profile_json (row->id, row->name, row->extra);
  g_assert_null (parse (json, &error));
  g_assert_error (error, QC_SYNC_ERROR, QC_SYNC_ERROR_PROFILE);
  g_assert_cmpstr (qc_sync_error_get_reason (error), ==, row->reason);
}

static GFile *
write_file (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return g_file_new_for_path (path);
}

static void
test_folder (void)
{
  g_autofree char *folder = g_dir_make_tmp ("qc-profile-XXXXXX", NULL);
  g_autofree char *json = profile_json ("one", "一号中心", "\"practice\":false,\"portal\":\"https://one.example\"");
  g_autofree char *practice
      = profile_json ("p", "一号中心（演练）", "\"practice\":true,\"api\":\"https://127.0.0.1:1\",\"ca\":\"%CA%\"");
  g_autoptr (GFile) file = write_file (folder, "anything.json", json);
  g_autoptr (GFile) practice_file = write_file (folder, "practice.json", practice);
  g_autoptr (GError) error = NULL;
  g_autoptr (QcProfile) profile = qc_profile_import (file, folder, &error);
  g_assert_no_error (error);
  g_autofree char *kept = g_build_filename (folder, "profiles", "one.json", NULL);
  GStatBuf status;
  g_assert_cmpint (g_stat (kept, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 0777, ==, 0600);
  /* a practice profile is made by the practice center, never imported */
  g_assert_null (qc_profile_import (practice_file, folder, &error));
  g_assert_error (error, QC_SYNC_ERROR, QC_SYNC_ERROR_PROFILE);
  g_clear_error (&error);
  /* damaged, or lying under another's name: left out and named */
  g_autofree char *profiles = g_build_filename (folder, "profiles", NULL);
  g_autoptr (GFile) damaged = write_file (profiles, "two.json", "{");
  g_autoptr (GFile) renamed = write_file (profiles, "three.json", json);
  g_autoptr (GPtrArray) bad = NULL;
  g_autoptr (GPtrArray) list = qc_profile_list (folder, &bad);
  g_assert_cmpuint (list->len, ==, 2);
  g_assert_cmpstr (qc_profile_get_id (list->pdata[0]), ==, QC_PROFILE_HEIHE);
  g_assert_cmpstr (qc_profile_get_id (list->pdata[1]), ==, "one");
  g_assert_cmpuint (bad->len, ==, 2);
  remove_tree (folder);
}

static void
test_practice (void)
{
  g_autofree char *folder = g_dir_make_tmp ("qc-profile-XXXXXX", NULL);
  g_autofree char *json = profile_json ("practice-7f", "中心（演练）",
                                        "\"practice\":true,\"portal\":\"http://127.0.0.1:7/portal/\","
                                        "\"api\":\"https://127.0.0.1:8\",\"ca\":\"%CA%\"");
  g_autofree char *real = profile_json ("x", "中心", "\"practice\":false,\"api\":\"https://127.0.0.1:8\"");
  g_autoptr (GFile) file = write_file (folder, "profile.json", json);
  g_autoptr (GFile) real_file = write_file (folder, "real.json", real);
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *real_path = g_file_get_path (real_file);
  g_autoptr (GError) error = NULL;
  g_autoptr (QcProfile) profile = qc_profile_new_practice (path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (qc_profile_get_id (profile), ==, "practice-7f");
  g_assert_true (qc_profile_is_practice (profile));
  g_assert_null (qc_profile_new_practice (real_path, &error));
  g_assert_error (error, QC_SYNC_ERROR, QC_SYNC_ERROR_PROFILE);
  remove_tree (folder);
}

int
main (int argc, char **argv)
{
#define REAL "\"practice\":false,"
#define PLAY "\"practice\":true,\"ca\":\"%CA%\","
  static const Row rows[] = {
      {"format", "a", "n", "\"practice\":false,\"practice\":true"},
      {"format", "a b", "n", REAL "\"portal\":\"https://a\""},
      {"id", "..", "n", REAL "\"portal\":\"https://a\""},
      {"id", "practice", "n", REAL "\"portal\":\"https://a\""},
      {"portal", "a", "n", REAL "\"portal\":\"http://a.example\""},
      {"portal", "a", "n", REAL "\"portal\":\"file:///etc/passwd\""},
      {"api", "a", "n", REAL "\"api\":\"http://127.0.0.1:80\""},
      {"api", "a", "n", REAL "\"api\":\"https://user@center.example\""},
      {"api", "a", "n", REAL "\"api\":\"https:center.example\""},
      {"api", "a", "n", REAL "\"api\":\"https:///hpf\""},
      {"api", "a", "n", REAL "\"api\":\"https://center.example?x=1\""},
      {"address", "a", "n", REAL "\"client_id\":\"qingce\""},
      {"ca", "a", "n", REAL "\"api\":\"https://a\",\"ca\":\"no certificate\""},
      {"private-key", "a", "n", REAL "\"api\":\"https://a\",\"ca\":\"-----BEGIN PRIVATE KEY-----\""},
      {"practice", "a", "n", PLAY "\"api\":\"https://127.0.0.1:8\""},
      {"practice", "a", "n（演练）", REAL "\"api\":\"https://center.example\""},
      {"api", "a", "n（演练）", PLAY "\"api\":\"https://center.example\""},
      {"api", "a", "n（演练）", PLAY "\"api\":\"https://localhost:8\""},
      {"ca", "a", "n（演练）", "\"practice\":true,\"api\":\"https://127.0.0.1:8\""},
  };
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  TestAuthority *authority = test_authority_new (NULL);
  g_auto (GStrv) lines = g_strsplit (authority->pem, "\n", -1);
  authority_pem = g_strjoinv ("\\n", lines);
  test_authority_free (authority);
  g_test_add_func ("/sync/profile/heihe", test_heihe);
  g_test_add_func ("/sync/profile/good", test_good);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strdup_printf ("/sync/profile/bad/%02u-%s", i, rows[i].reason);
    g_test_add_data_func (path, &rows[i], test_bad);
  }
  g_test_add_func ("/sync/profile/folder", test_folder);
  g_test_add_func ("/sync/profile/practice", test_practice);
  int status = g_test_run ();
  g_free (authority_pem);
  return status;
}
