/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What an ICC profile says of colours, and nothing else it says: not who made it, when, for which device or with which
 * words. Pure; any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A profile written anew of the three colours and their curves in @profile; NULL where it has none of that simple form
 * (tables of a print shop), or is damaged. What came out of here comes out the same again. (transfer full) (nullable)
 */
GBytes *qc_colour_profile_keep (const guint8 *profile, gsize size);
/* Whether @profile is one that qc_colour_profile_keep() has written. */
gboolean qc_colour_profile_is_kept (const guint8 *profile, gsize size);

G_END_DECLS
