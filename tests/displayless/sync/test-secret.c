/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The refresh token in a real secret service on a private bus, and a service that never answers.
 */
#include "sync-fake.h"

#include <string.h>

#define SERVICE "org.freedesktop.secrets"

static gboolean
store (QcSecret *secret, const char *token)
{
  g_autoptr (GAsyncResult) result = NULL;
  qc_secret_store_async (secret, token, NULL, keep_result_cb, &result);
  wait_result (&result);
  return qc_secret_store_finish (secret, result);
}

static char *
lookup (QcSecret *secret)
{
  g_autoptr (GAsyncResult) result = NULL;
  qc_secret_lookup_async (secret, NULL, keep_result_cb, &result);
  wait_result (&result);
  return qc_secret_lookup_finish (secret, result, NULL);
}

/* ---- a service that never answers ---- */

static GDBusMessage *
swallow (GDBusConnection *connection, GDBusMessage *message, gboolean incoming, gpointer user_data)
{
  const char *path = g_dbus_message_get_path (message);
  if (incoming && path && g_str_has_prefix (path, "/org/freedesktop/secrets"))
    g_clear_object (&message);
  return message;
}

static void
test_silent (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) connection = g_dbus_connection_new_for_address_sync (
      g_getenv ("DBUS_SESSION_BUS_ADDRESS"),
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL,
      &error);
  g_assert_no_error (error);
  g_dbus_connection_add_filter (connection, swallow, NULL, NULL);
  g_autoptr (GVariant) owned = g_dbus_connection_call_sync (
      connection, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName",
      g_variant_new ("(su)", SERVICE, 0), NULL, 0, -1, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (QcSecret) secret = qc_secret_new ("test");
  gint64 start = g_get_monotonic_time ();
  g_assert_false (store (secret, "token"));
  g_assert_cmpint (g_get_monotonic_time () - start, <, 6 * G_USEC_PER_SEC); /* three, and some for a busy machine */
  g_assert_false (qc_secret_is_persistent (secret));
  start = g_get_monotonic_time ();
  g_autofree char *token = lookup (secret); /* not asked again */
  g_assert_cmpstr (token, ==, "token");
  g_assert_cmpint (g_get_monotonic_time () - start, <, G_USEC_PER_SEC);
  g_dbus_connection_close_sync (connection, NULL, NULL);
}

/* ---- gnome-keyring ---- */

static void
appeared_cb (GDBusConnection *connection, const char *name, const char *owner, gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *)data;
}

static GSubprocess *
start_keyring (const char *folder)
{
  static const char *const variables[] = {"HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME"};
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GError) error = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (variables); i++)
    g_subprocess_launcher_setenv (launcher, variables[i], folder, TRUE);
  g_subprocess_launcher_unsetenv (launcher, "G_DEBUG"); /* its warnings are not ours */
  GSubprocess *process = g_subprocess_launcher_spawn (launcher, &error, "gnome-keyring-daemon", "--foreground",
                                                      "--unlock", "--components=secrets", NULL);
  g_assert_no_error (error);
  GOutputStream *input = g_subprocess_get_stdin_pipe (process);
  g_output_stream_write_all (input, "password", strlen ("password"), NULL, NULL, NULL);
  g_output_stream_close (input, NULL, NULL);
  return process;
}

static void
test_keyring (void)
{
  g_autofree char *program = g_find_program_in_path ("gnome-keyring-daemon");
  if (program == NULL) {
    g_test_skip ("gnome-keyring-daemon is not installed");
    return;
  }
  gboolean there = FALSE;
  g_autofree char *folder = g_dir_make_tmp ("qc-keyring-XXXXXX", NULL);
  g_autoptr (GSubprocess) keyring = start_keyring (folder);
  guint watch = g_bus_watch_name (G_BUS_TYPE_SESSION, SERVICE, 0, appeared_cb, NULL, &there, NULL);
  wait_until (is_true, &there);
  g_bus_unwatch_name (watch);
  g_autoptr (QcSecret) secret = qc_secret_new ("one");
  g_autoptr (QcSecret) again = qc_secret_new ("one");
  g_autoptr (QcSecret) after = qc_secret_new ("one");
  g_autoptr (QcSecret) other = qc_secret_new ("two");
  g_assert_true (store (secret, "first"));
  g_assert_true (store (secret, "rotated"));
  g_assert_true (qc_secret_is_persistent (secret));
  g_autofree char *kept = lookup (again); /* as the next start of the program would */
  g_assert_cmpstr (kept, ==, "rotated");
  g_assert_true (qc_secret_is_persistent (again));
  g_assert_null (lookup (other));
  g_autoptr (GAsyncResult) cleared = NULL;
  qc_secret_clear_async (secret, NULL, keep_result_cb, &cleared);
  wait_result (&cleared);
  g_assert_true (qc_secret_clear_finish (secret, cleared, NULL));
  g_assert_null (lookup (after));
  g_subprocess_force_exit (keyring);
  g_subprocess_wait (keyring, NULL, NULL);
  remove_tree (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  GTestDBus *bus = g_test_dbus_new (G_TEST_DBUS_NONE); /* kept: dropping it waits for libsecret's connection */
  g_test_dbus_up (bus);
  g_test_add_func ("/sync/secret/silent", test_silent);
  g_test_add_func ("/sync/secret/keyring", test_keyring);
  int status = g_test_run ();
  g_test_dbus_stop (bus);
  return status;
}
