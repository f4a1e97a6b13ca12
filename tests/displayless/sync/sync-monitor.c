/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A network that is switched by hand. Main context.
 */
#include "sync-monitor.h"

struct _TestMonitor {
  GObject parent;
  gboolean available, metered;
  GNetworkConnectivity connectivity;
};

enum { PROP_AVAILABLE = 1, PROP_METERED, PROP_CONNECTIVITY };

static gboolean
monitor_init (GInitable *initable, GCancellable *cancellable, GError **error)
{
  return TRUE;
}

static void
initable_iface_init (GInitableIface *iface)
{
  iface->init = monitor_init;
}

static void
monitor_iface_init (GNetworkMonitorInterface *iface)
{
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestMonitor, test_monitor, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_INITABLE, initable_iface_init)
                                   G_IMPLEMENT_INTERFACE (G_TYPE_NETWORK_MONITOR, monitor_iface_init))

static void
test_monitor_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TestMonitor *self = TEST_MONITOR (object);
  if (id == PROP_CONNECTIVITY)
    g_value_set_enum (value, (int)self->connectivity);
  else
    g_value_set_boolean (value, id == PROP_AVAILABLE ? self->available : self->metered);
}

static void
test_monitor_class_init (TestMonitorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  object_class->get_property = test_monitor_get_property;
  g_object_class_override_property (object_class, PROP_AVAILABLE, "network-available");
  g_object_class_override_property (object_class, PROP_METERED, "network-metered");
  g_object_class_override_property (object_class, PROP_CONNECTIVITY, "connectivity");
}

static void
test_monitor_init (TestMonitor *self)
{
  self->available = TRUE;
  self->connectivity = G_NETWORK_CONNECTIVITY_FULL;
}

TestMonitor *
test_monitor_new (void)
{
  return g_object_new (TEST_TYPE_MONITOR, NULL);
}

void
test_monitor_set (TestMonitor *self, gboolean available, gboolean metered, GNetworkConnectivity connectivity)
{
  gboolean changed = self->available != available;
  g_object_freeze_notify (G_OBJECT (self));
  if (changed)
    g_object_notify (G_OBJECT (self), "network-available");
  if (self->metered != metered)
    g_object_notify (G_OBJECT (self), "network-metered");
  if (self->connectivity != connectivity)
    g_object_notify (G_OBJECT (self), "connectivity");
  self->available = available;
  self->metered = metered;
  self->connectivity = connectivity;
  g_object_thaw_notify (G_OBJECT (self));
  if (changed)
    g_signal_emit_by_name (self, "network-changed", available);
}
