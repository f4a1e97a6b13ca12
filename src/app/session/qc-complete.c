/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-complete.h. Reader thread.
 */
#include "qc-complete.h"

#include <glib/gi18n-lib.h>

#include "qc-app-error.h"
#include "qc-store-cursors.h"

gboolean
qc_complete_check (QcConnection *connection, const char *profile, const char *unit, GError **error)
{
  gint64 as_of;
  if (!qc_store_cursor_as_of (connection, profile, unit, &as_of, error))
    return FALSE;
  if (as_of == 0)
    g_set_error_literal (error, QC_APP_ERROR, QC_APP_ERROR_INCOMPLETE,
                         _ ("Not all data of this unit is on this computer yet; no figures are given before it is."));
  return as_of != 0;
}
