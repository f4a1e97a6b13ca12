/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-secret-service.h. Worker threads.
 */
#include "qc-secret-service.h"

#define NAME      "org.freedesktop.secrets"
#define PATH      "/org/freedesktop/secrets"
#define PATIENCE  3000 /* milliseconds */
#define INTERFACE "org.freedesktop.Secret."

static GVariant *
call (GDBusConnection *bus, const char *path, const char *interface, const char *method, GVariant *parameters,
      const char *answer, GCancellable *cancellable)
{
  return g_dbus_connection_call_sync (bus, NAME, path, interface, method, parameters, G_VARIANT_TYPE (answer),
                                      G_DBUS_CALL_FLAGS_NONE, PATIENCE, cancellable, NULL);
}

QcSecretServiceState
qc_secret_service_ask (GCancellable *cancellable)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, cancellable, NULL);
  g_autoptr (GVariant) alias
      = bus ? call (bus, PATH, INTERFACE "Service", "ReadAlias", g_variant_new ("(s)", "default"), "(o)", cancellable)
            : NULL;
  if (!alias)
    return QC_SECRET_SERVICE_AWAY;
  const char *path;
  g_variant_get (alias, "(&o)", &path);
  if (g_str_equal (path, "/"))
    return QC_SECRET_SERVICE_NOWHERE;
  g_autoptr (GVariant) locked = call (bus, path, "org.freedesktop.DBus.Properties", "Get",
                                      g_variant_new ("(ss)", INTERFACE "Collection", "Locked"), "(v)", cancellable);
  if (!locked)
    return QC_SECRET_SERVICE_AWAY;
  g_autoptr (GVariant) value = g_variant_get_child_value (locked, 0);
  g_autoptr (GVariant) inner = g_variant_get_variant (value);
  return g_variant_is_of_type (inner, G_VARIANT_TYPE_BOOLEAN) && g_variant_get_boolean (inner)
             ? QC_SECRET_SERVICE_LOCKED
             : QC_SECRET_SERVICE_OPEN;
}
