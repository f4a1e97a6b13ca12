/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Whoever is told later of the end of a question to the center is not kept alive by it: nobody looking ends it.
 */
#pragma once

#include <glib-object.h>

/* (transfer full): for qc_weak_end(). */
static inline GWeakRef *
qc_weak_new (gpointer object)
{
  GWeakRef *weak = g_new0 (GWeakRef, 1);
  g_weak_ref_init (weak, object);
  return weak;
}

/* Takes @weak. (transfer full) (nullable) */
static inline gpointer
qc_weak_end (GWeakRef *weak)
{
  gpointer object = g_weak_ref_get (weak);
  g_weak_ref_clear (weak);
  g_free (weak);
  return object;
}
