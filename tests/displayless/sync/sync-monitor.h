/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A network monitor that says what a test wants it to say.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TEST_TYPE_MONITOR (test_monitor_get_type ())
G_DECLARE_FINAL_TYPE (TestMonitor, test_monitor, TEST, MONITOR, GObject)

/* Available, not metered, the whole internet. */
TestMonitor *test_monitor_new (void);
/* From now on, and says so: what is other is notified; that the network is there or not is "network-changed" too. */
void test_monitor_set (TestMonitor *self, gboolean available, gboolean metered, GNetworkConnectivity connectivity);

G_END_DECLS
