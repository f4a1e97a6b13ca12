/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The program qingce-reader gives up what decoding a picture does not need: opening anything, starting anything,
 * talking to anybody. For good, and for every thread it may start. One thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* FALSE where the system refuses it: then only the bounds of qc-reader-limits.h hold, and whoever asked is told. */
gboolean qc_reader_sandbox_enter (void);

G_END_DECLS
