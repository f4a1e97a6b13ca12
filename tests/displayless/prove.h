/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The long form of a test (make prove): what plays at random goes on for QINGCE_PROVE_SECONDS, and what is about size
 * takes the largest. Without that variable everything is as short as make test wants it.
 */
#pragma once

#include <glib.h>

static inline gboolean
prove_is_long (void)
{
  return g_getenv ("QINGCE_PROVE_SECONDS") != NULL;
}

/* After @done rounds of at least @least, begun at @begin (monotonic). */
static inline gboolean
prove_goes_on (gint64 begin, guint done, guint least)
{
  if (done < least || !prove_is_long ())
    return done < least;
  return g_get_monotonic_time () - begin
         < g_ascii_strtoll (g_getenv ("QINGCE_PROVE_SECONDS"), NULL, 10) * G_USEC_PER_SEC;
}
