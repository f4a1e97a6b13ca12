/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The minute of each one begins with the first that is asked in it; see the header.
 */
#include "qc-brake.h"

#define MINUTE 60

typedef struct {
  gint64 who, begin;
  guint taken;
} Minute;

struct _QcBrake {
  guint per_minute;
  GHashTable *minutes; /* (owned) gint64* who → Minute */
};

QcBrake *
qc_brake_new (guint per_minute)
{
  QcBrake *brake = g_new (QcBrake, 1);
  brake->per_minute = per_minute;
  brake->minutes = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  return brake;
}

void
qc_brake_free (QcBrake *brake)
{
  if (brake == NULL)
    return;
  g_hash_table_unref (brake->minutes);
  g_free (brake);
}

gint64
qc_brake_take (QcBrake *brake, gint64 who, gint64 now)
{
  Minute *minute = g_hash_table_lookup (brake->minutes, &who);
  if (minute == NULL) {
    minute = g_new0 (Minute, 1);
    minute->who = who;
    g_hash_table_insert (brake->minutes, &minute->who, minute);
  }
  if (now < minute->begin || now >= minute->begin + MINUTE) /* a clock set back begins anew */
    *minute = (Minute) {.who = who, .begin = now};
  if (minute->taken >= brake->per_minute)
    return minute->begin + MINUTE - now;
  minute->taken++;
  return 0;
}
