/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Addresses for telephones as rows; see the header. A file whose row is gone is removed at once, or, where its removal
 * was not heard of, by the sweep of the uploads. Database threads.
 */
#include "qc-engine-phone.h"

#include <string.h>

#include "qc-center-db.h"
#include "qc-digest.h"
#include "qc-engine-private.h"
#include "qc-random.h"

#define MAX_OPEN 20 /* addresses of a unit at a time */

/* Bytes of a unit that nobody has fetched yet. */
#define QUOTA ((gint64)1 << 30)

#define COLUMNS "p.id, u.name, p.label, p.unit, p.pictures, p.taken, p.expires, p.ended"

void
qc_phone_free (QcPhone *phone)
{
  if (phone == NULL)
    return;
  g_free (phone->id);
  g_free (phone->unit_name);
  g_free (phone->label);
  g_free (phone);
}

QcPhoneState
qc_phone_get_state (const QcPhone *phone, gint64 now)
{
  return phone->ended                      ? QC_PHONE_ENDED
         : phone->taken >= phone->pictures ? QC_PHONE_USED_UP
         : now >= phone->expires           ? QC_PHONE_LATE
                                           : QC_PHONE_OPEN;
}

static char *
digest_of (const char *token)
{
  return qc_digest_hex ((const guint8 *)token, strlen (token));
}

static gboolean
read_phone (QcStatement *s, QcPhone **out, GError **error)
{
  gboolean has_row;
  *out = NULL;
  if (s == NULL || !qc_statement_step (s, &has_row, error))
    return FALSE;
  if (!has_row)
    return TRUE;
  *out = g_new0 (QcPhone, 1);
  (*out)->id = qc_statement_dup_text (s, 0);
  (*out)->unit_name = qc_statement_dup_text (s, 1);
  (*out)->label = qc_statement_dup_text (s, 2);
  (*out)->unit = qc_statement_get_int (s, 3);
  (*out)->pictures = qc_statement_get_int (s, 4);
  (*out)->taken = qc_statement_get_int (s, 5);
  (*out)->expires = qc_statement_get_int (s, 6);
  (*out)->ended = qc_statement_get_int (s, 7) != 0;
  return TRUE;
}

gboolean
qc_engine_phone_find (QcConnection *connection, const char *unit, const char *id, QcPhone **out, GError **error)
{
  g_autoptr (QcStatement) s = qc_sql_bind (
      connection, error,
      "SELECT " COLUMNS " FROM phone AS p JOIN unit AS u ON u.id = p.unit WHERE p.id = ? AND u.account = ?", id, unit);
  return read_phone (s, out, error);
}

gboolean
qc_engine_phone_find_token (QcConnection *connection, const char *token, QcPhone **out, GError **error)
{
  g_autofree char *digest = digest_of (token);
  g_autoptr (QcStatement) s
      = qc_sql_bind (connection, error,
                     "SELECT " COLUMNS " FROM phone AS p JOIN unit AS u ON u.id = p.unit WHERE p.digest = ?", digest);
  return read_phone (s, out, error);
}

gboolean
qc_engine_phone_issue (QcConnection *connection, const char *unit, const char *label, guint pictures, gint64 now,
                       QcPhone **out, char **out_token, gint64 *out_wait, GError **error)
{
  gint64 row;
  gint64 n;
  gint64 first;
  *out = NULL;
  *out_token = NULL;
  if (!qc_engine_find_unit (connection, unit, &row, error)
      || !qc_sql_int (connection, 0, &n, error,
                      "SELECT count(*) FROM phone WHERE unit = ? AND ended = 0 AND taken < pictures AND expires > ?",
                      row, now)
      || !qc_sql_int (
          connection, now + 1, &first, error,
          "SELECT min(expires) FROM phone WHERE unit = ? AND ended = 0 AND taken < pictures AND expires > ?", row, now))
    return FALSE;
  *out_wait = first - now;
  if (n >= MAX_OPEN)
    return TRUE;
  g_autofree char *token = qc_random_token (16);
  g_autofree char *digest = digest_of (token);
  g_autofree char *id = qc_random_token (16);
  if (!qc_sql_run (connection, error,
                   "INSERT INTO phone (id, unit, digest, label, pictures, expires) VALUES (?, ?, ?, ?, ?, ?)", id, row,
                   digest, label, pictures, now + QC_PHONE_SECONDS)
      || !qc_engine_phone_find (connection, unit, id, out, error))
    return FALSE;
  *out_token = g_steal_pointer (&token);
  return TRUE;
}

/* ---- pictures ---- */

static void
picture_clear (QcPhonePicture *picture)
{
  g_free (picture->file);
}

GArray *
qc_phone_pictures_new (void)
{
  GArray *pictures = g_array_new (FALSE, FALSE, sizeof (QcPhonePicture));
  g_array_set_clear_func (pictures, (GDestroyNotify)picture_clear);
  return pictures;
}

GArray *
qc_engine_phone_list (QcConnection *connection, const QcPhone *phone, GError **error)
{
  g_autoptr (GArray) list = qc_phone_pictures_new ();
  g_autoptr (QcStatement) s = qc_sql_bind (
      connection, error, "SELECT number, size, file FROM phone_picture WHERE phone = ? ORDER BY number", phone->id);
  gboolean has_row;
  while (s != NULL && qc_statement_step (s, &has_row, error)) {
    if (!has_row)
      return g_steal_pointer (&list);
    QcPhonePicture picture = {qc_statement_get_int (s, 0), qc_statement_get_int (s, 1), qc_statement_dup_text (s, 2)};
    g_array_append_val (list, picture);
  }
  return NULL;
}

gboolean
qc_engine_phone_take (QcConnection *connection, const QcPhone *phone, const GArray *pictures, gint64 now,
                      guint *out_taken, gboolean *out_full, GError **error)
{
  gint64 room;
  gint64 taken;
  gint64 used;
  gint64 quota;
  *out_taken = 0;
  *out_full = FALSE;
  if (!qc_sql_int (connection, 0, &room, error,
                   "SELECT pictures - taken FROM phone WHERE id = ? AND ended = 0 AND expires > ?", phone->id, now)
      || !qc_sql_int (connection, 0, &taken, error, "SELECT taken FROM phone WHERE id = ?", phone->id)
      || !qc_center_db_get_setting_int (connection, "phone_quota", QUOTA, &quota, error)
      || !qc_sql_int (connection, 0, &used, error,
                      "SELECT sum(q.size) FROM phone_picture AS q JOIN phone AS p ON p.id = q.phone WHERE p.unit = ?",
                      phone->unit))
    return FALSE;
  for (guint i = 0; i < pictures->len && *out_taken < room && !*out_full; i++) {
    const QcPhonePicture *picture = &g_array_index (pictures, QcPhonePicture, i);
    used += picture->size;
    *out_full = used > quota;
    if (*out_full)
      break;
    (*out_taken)++;
    if (!qc_sql_run (connection, error, "INSERT INTO phone_picture (phone, number, size, file) VALUES (?, ?, ?, ?)",
                     phone->id, taken + *out_taken, picture->size, picture->file))
      return FALSE;
  }
  return qc_sql_run (connection, error, "UPDATE phone SET taken = taken + ? WHERE id = ?", *out_taken, phone->id);
}

gboolean
qc_engine_phone_find_file (QcConnection *connection, const QcPhone *phone, gint64 number, char **out, GError **error)
{
  g_autoptr (QcStatement) s = qc_sql_bind (
      connection, error, "SELECT file FROM phone_picture WHERE phone = ? AND number = ?", phone->id, number);
  gboolean has_row;
  *out = NULL;
  if (s == NULL || !qc_statement_step (s, &has_row, error))
    return FALSE;
  if (has_row)
    *out = qc_statement_dup_text (s, 0);
  return TRUE;
}

gboolean
qc_engine_phone_drop (QcConnection *connection, QcUploadFiles *files, const QcPhone *phone, gint64 number,
                      GError **error)
{
  g_autofree char *file = NULL;
  if (!qc_engine_phone_find_file (connection, phone, number, &file, error)
      || !qc_sql_run (connection, error, "DELETE FROM phone_picture WHERE phone = ? AND number = ?", phone->id, number))
    return FALSE;
  if (file != NULL)
    qc_upload_files_drop (files, file);
  return TRUE;
}

static gboolean
drop_all (QcConnection *connection, QcUploadFiles *files, const QcPhone *phone, GError **error)
{
  g_autoptr (GArray) list = qc_engine_phone_list (connection, phone, error);
  if (list == NULL || !qc_sql_run (connection, error, "DELETE FROM phone_picture WHERE phone = ?", phone->id))
    return FALSE;
  for (guint i = 0; i < list->len; i++)
    qc_upload_files_drop (files, g_array_index (list, QcPhonePicture, i).file);
  return TRUE;
}

gboolean
qc_engine_phone_end (QcConnection *connection, QcUploadFiles *files, const QcPhone *phone, GError **error)
{
  return drop_all (connection, files, phone, error)
         && qc_sql_run (connection, error, "UPDATE phone SET ended = 1 WHERE id = ?", phone->id);
}

/* One whose pictures nobody may fetch any more. *@out NULL: there is none. */
static gboolean
find_over (QcConnection *connection, gint64 now, QcPhone **out, GError **error)
{
  g_autoptr (QcStatement) s = qc_sql_bind (
      connection, error,
      "SELECT " COLUMNS " FROM phone AS p JOIN unit AS u ON u.id = p.unit WHERE p.expires <= ? ORDER BY p.id LIMIT 1",
      now - QC_PHONE_KEPT);
  return read_phone (s, out, error);
}

gboolean
qc_engine_phone_sweep (QcConnection *connection, QcUploadFiles *files, gint64 now, gint64 *next, GError **error)
{
  for (;;) {
    g_autoptr (QcPhone) phone = NULL;
    if (!find_over (connection, now, &phone, error))
      return FALSE;
    if (phone == NULL)
      break;
    if (!drop_all (connection, files, phone, error)
        || !qc_sql_run (connection, error, "DELETE FROM phone WHERE id = ?", phone->id))
      return FALSE;
  }
  if (!qc_sql_int (connection, 0, next, error, "SELECT min(expires) FROM phone"))
    return FALSE;
  if (*next != 0)
    *next += QC_PHONE_KEPT;
  return TRUE;
}
