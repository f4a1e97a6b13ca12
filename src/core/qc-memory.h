/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Memory that was let go of goes back to the system, where the C library would keep it. Any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Takes milliseconds: for a time in which nobody waits. */
void qc_memory_give_back (void);

G_END_DECLS
