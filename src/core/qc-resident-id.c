/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 居民身份证 numbers; see the header. Pure functions, any thread.
 */
#include "qc-resident-id.h"
#include "qc-ascii.h"
#include "qc-month.h"

#include <string.h>

char *
qc_resident_id_fold (const char *text)
{
  return qc_ascii_fold_code (text);
}

static gboolean
digits_only (const char *text, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (!g_ascii_isdigit (text[i]))
      return FALSE;
  return TRUE;
}

static gboolean
province_is_known (const char *id)
{
  static const char known[] = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 "
                              "50 51 52 53 54 61 62 63 64 65 71 81 82 83 ";
  char prefix[] = {id[0], id[1], ' ', '\0'};
  return strstr (known, prefix) != NULL;
}

static QcDate
read_date (const char *digits, gsize n)
{
  QcDate date = 0;
  for (gsize i = 0; i < n; i++)
    date = date * 10 + (digits[i] - '0');
  return date;
}

char
qc_resident_id_check_character (const char *id)
{
  static const int weights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  if (id == NULL || strlen (id) < 17 || !digits_only (id, 17))
    return '\0';
  int sum = 0;
  for (int i = 0; i < 17; i++)
    sum += (id[i] - '0') * weights[i];
  return "10X98765432"[sum % 11];
}

static QcIdFault
check_old (const char *id, QcDate today)
{
  if (!digits_only (id, 15))
    return QC_ID_CHARACTER;
  if (!province_is_known (id))
    return QC_ID_PROVINCE;
  QcDate birth = 19000000 + read_date (id + 6, 6);
  if (!qc_date_is_valid (birth) || (today != QC_DATE_NONE && birth > today))
    return QC_ID_DATE;
  return QC_ID_OLD;
}

QcIdFault
qc_resident_id_check (const char *id, QcDate today)
{
  if (id == NULL || *id == '\0')
    return QC_ID_EMPTY;
  if (!g_str_is_ascii (id))
    return QC_ID_CHARACTER;
  gsize length = strlen (id);
  if (length == 15)
    return check_old (id, today);
  if (length != 18)
    return QC_ID_LENGTH;
  if (!digits_only (id, 17) || (!g_ascii_isdigit (id[17]) && id[17] != 'X'))
    return QC_ID_CHARACTER;
  if (!province_is_known (id))
    return QC_ID_PROVINCE;
  QcDate birth = read_date (id + 6, 8);
  if (!qc_date_is_valid (birth) || (today != QC_DATE_NONE && birth > today))
    return QC_ID_DATE;
  return qc_resident_id_check_character (id) == id[17] ? QC_ID_OK : QC_ID_CHECK;
}

QcDate
qc_resident_id_birth (const char *id)
{
  g_return_val_if_fail (id != NULL && strlen (id) == 18 && digits_only (id, 17), QC_DATE_NONE);
  return read_date (id + 6, 8);
}

QcSex
qc_resident_id_sex (const char *id)
{
  g_return_val_if_fail (id != NULL && strlen (id) == 18 && digits_only (id, 17), QC_SEX_UNKNOWN);
  return (id[16] - '0') % 2 == 1 ? QC_SEX_MALE : QC_SEX_FEMALE;
}

char *
qc_resident_id_upgrade (const char *old)
{
  if (old == NULL || strlen (old) != 15 || check_old (old, QC_DATE_NONE) != QC_ID_OLD)
    return NULL;
  char full[19] = {0};
  memcpy (full, old, 6);
  memcpy (full + 6, "19", 2);
  memcpy (full + 8, old + 6, 9);
  full[17] = qc_resident_id_check_character (full);
  return g_strdup (full);
}
