/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See import-play.h.
 */
#include "import-play.h"

#include <unistd.h>

static void
result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

static gboolean
result_there (gpointer data)
{
  return *(GAsyncResult **)data != NULL;
}

gboolean
play_open_file (QcRosterImport *import, const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) slot = NULL;
  qc_roster_import_open_async (import, file, NULL, result_cb, &slot);
  qc_app_fixture_until (result_there, &slot);
  return qc_roster_import_open_finish (import, slot, error);
}

static void
open_bytes (QcAppFixture *fixture, QcRosterImport *import, const char *bytes, gssize length)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (fixture->dir, "清册.csv", NULL);
  g_assert_true (g_file_set_contents (path, bytes, length, NULL));
  g_assert_true (play_open_file (import, path, &error));
  g_assert_no_error (error);
}

void
play_open_text (QcAppFixture *fixture, QcRosterImport *import, const char *text)
{
  open_bytes (fixture, import, text, -1);
}

void
play_open_fd (QcAppFixture *fixture, QcRosterImport *import, int fd)
{
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", fd), *bytes = NULL;
  gsize length;
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  open_bytes (fixture, import, bytes, (gssize)length);
  close (fd);
}

const QcImportResult *
play_check (QcRosterImport *import, GError **error)
{
  g_autoptr (GAsyncResult) slot = NULL;
  qc_roster_import_check_async (import, NULL, result_cb, &slot);
  qc_app_fixture_until (result_there, &slot);
  return qc_roster_import_check_finish (import, slot, error);
}

void
play_assert_rows (const QcImportResult *result, const char *expected)
{
  static const char *const kinds[] = {"added", "changed", "unchanged", "empty", "unmatched", "refused", "left-out"};
  g_autoptr (GString) rows = g_string_new (NULL);
  for (guint i = 0; i < result->rows->len; i++) {
    const QcImportRow *row = g_ptr_array_index (result->rows, i);
    g_string_append_printf (rows, "%u %s", row->number, kinds[row->kind]);
    for (guint f = 0; row->findings && f < row->findings->len; f++)
      g_string_append_printf (rows, " %s%s", row->faulty ? "!" : "",
                              ((const QcFinding *)g_ptr_array_index (row->findings, f))->code);
    g_string_append_c (rows, '\n');
  }
  g_assert_cmpstr (rows->str, ==, expected);
}

const QcImportGroup *
play_find_group (const QcImportResult *result, const char *code, const char *word)
{
  for (guint i = 0; i < result->groups->len; i++) {
    const QcImportGroup *group = g_ptr_array_index (result->groups, i);
    if (g_str_equal (group->first->code, code) && g_strcmp0 (group->word, word) == 0)
      return group;
  }
  return NULL;
}

const QcImportResult *
play_correct (QcRosterImport *import, const QcImportGroup *group, QcImportRemedy remedy, const char *value)
{
  g_autoptr (GError) error = NULL;
  g_assert_nonnull (group);
  g_assert_true (qc_roster_import_can_correct (import, group, remedy));
  qc_roster_import_correct (import, group, remedy, value);
  const QcImportResult *result = play_check (import, &error);
  g_assert_no_error (error);
  return result;
}

void
play_import_open (PlayImport *play, QcFill fill, guint extra, QcBusiness business)
{
  play->fixture = qc_app_fixture_new (NULL, fill, extra);
  play->service = play_open (play->fixture, business, 0);
  play->import = qc_roster_import_new (play->service);
}

void
play_import_clear (PlayImport *play)
{
  g_object_unref (play->import);
  g_object_unref (play->service);
  qc_app_fixture_free (play->fixture);
}
const QcImportResult *
play_check_text (PlayImport *play, const char *text)
{
  g_autoptr (GError) error = NULL;
  play_open_text (play->fixture, play->import, text);
  const QcImportResult *result = play_check (play->import, &error);
  g_assert_no_error (error);
  return result;
}
