/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See the header. Any thread.
 */
#include "qc-documents.h"

G_DEFINE_QUARK (qc - documents - error - quark, qc_documents_error)

GDateTime *
qc_documents_china_time (gint64 time)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time);
  return utc != NULL ? g_date_time_add_hours (utc, 8) : NULL;
}
