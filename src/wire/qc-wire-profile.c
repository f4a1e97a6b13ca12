/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The profile file: codec. The directory is nested in the file and a list of leaves in memory. Any thread.
 */
#include "qc-wire-profile.h"

#define FORMAT          1
#define MAX_URL         500
#define MAX_PEM         65536
#define MAX_LEVELS      64
#define MAX_CITIES      1000
#define MAX_DEPARTMENTS 100

void
qc_wire_department_free (QcWireDepartment *department)
{
  if (department == NULL)
    return;
  g_free (department->level);
  g_free (department->level_name);
  g_free (department->city);
  g_free (department->department);
  g_free (department);
}

QcWireProfile *
qc_wire_profile_new (void)
{
  QcWireProfile *profile = g_new0 (QcWireProfile, 1);
  profile->client_id = g_strdup ("qingce");
  profile->keys = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_wire_key_free);
  profile->directory = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_wire_department_free);
  return profile;
}

void
qc_wire_profile_add_department (QcWireProfile *profile, const char *level, const char *level_name, const char *city,
                                const char *department, gboolean connected)
{
  QcWireDepartment *leaf = g_new0 (QcWireDepartment, 1);
  leaf->level = g_strdup (level);
  leaf->level_name = g_strdup (level_name);
  leaf->city = g_strdup (city);
  leaf->department = g_strdup (department);
  leaf->connected = connected;
  g_ptr_array_add (profile->directory, leaf);
}

void
qc_wire_profile_free (QcWireProfile *profile)
{
  if (profile == NULL)
    return;
  g_free (profile->id);
  g_free (profile->name);
  g_free (profile->portal);
  g_free (profile->api);
  g_free (profile->ca_pem);
  g_free (profile->client_id);
  g_ptr_array_unref (profile->keys);
  g_ptr_array_unref (profile->directory);
  g_free (profile);
}

/* ---- writing ---- */

/* The leaf at @i if it is one of @like's level, and of its city when @city. */
static const QcWireDepartment *
leaf_like (const GPtrArray *directory, guint i, const QcWireDepartment *like, gboolean city)
{
  const QcWireDepartment *leaf = i < directory->len ? g_ptr_array_index (directory, i) : NULL;
  if (leaf == NULL || g_strcmp0 (leaf->level, like->level) != 0 || g_strcmp0 (leaf->level_name, like->level_name) != 0)
    return NULL;
  return !city || g_strcmp0 (leaf->city, like->city) == 0 ? leaf : NULL;
}

/* Returns where the next city begins. */
static guint
write_city (QcJsonWriter *writer, const GPtrArray *directory, guint i)
{
  const QcWireDepartment *first = g_ptr_array_index (directory, i);
  qc_json_writer_begin_object (writer);
  qc_json_writer_add_text (writer, "name", QC_TEXT_LABEL, first->city);
  qc_json_writer_name (writer, "departments");
  qc_json_writer_begin_array (writer);
  const QcWireDepartment *leaf;
  for (; (leaf = leaf_like (directory, i, first, TRUE)) != NULL; i++) {
    if (leaf->department == NULL)
      continue;
    qc_json_writer_begin_object (writer);
    qc_json_writer_add_text (writer, "name", QC_TEXT_CENTER, leaf->department);
    qc_json_writer_add_bool (writer, "connected", leaf->connected);
    qc_json_writer_end_object (writer);
  }
  qc_json_writer_end_array (writer);
  qc_json_writer_end_object (writer);
  return i;
}

static guint
write_level (QcJsonWriter *writer, const GPtrArray *directory, guint i)
{
  const QcWireDepartment *first = g_ptr_array_index (directory, i);
  qc_json_writer_begin_object (writer);
  qc_json_writer_add_string (writer, "level", first->level);
  qc_json_writer_add_text (writer, "name", QC_TEXT_LABEL, first->level_name);
  qc_json_writer_name (writer, "cities");
  qc_json_writer_begin_array (writer);
  const QcWireDepartment *leaf;
  while ((leaf = leaf_like (directory, i, first, FALSE)) != NULL)
    i = leaf->city != NULL ? write_city (writer, directory, i) : i + 1;
  qc_json_writer_end_array (writer);
  qc_json_writer_end_object (writer);
  return i;
}

GBytes *
qc_wire_encode_profile (const QcWireProfile *profile)
{
  g_autoptr (QcJsonWriter) writer = qc_json_writer_new (4096);
  qc_json_writer_begin_object (writer);
  qc_json_writer_add_int (writer, "format", FORMAT);
  qc_json_writer_add_string (writer, "id", profile->id);
  qc_json_writer_add_text (writer, "name", QC_TEXT_CENTER, profile->name);
  qc_json_writer_add_bool (writer, "practice", profile->practice);
  qc_json_writer_opt_string (writer, "portal", profile->portal);
  qc_json_writer_opt_string (writer, "api", profile->api);
  qc_json_writer_opt_string (writer, "ca", profile->ca_pem);
  qc_json_writer_opt_string (writer, "client_id", profile->client_id);
  qc_json_writer_name (writer, "keys");
  qc_wire_write_keys (writer, profile->keys);
  qc_json_writer_name (writer, "directory");
  qc_json_writer_begin_array (writer);
  for (guint i = 0; i < profile->directory->len;)
    i = write_level (writer, profile->directory, i);
  qc_json_writer_end_array (writer);
  qc_json_writer_end_object (writer);
  return qc_json_writer_finish (writer);
}

/* ---- reading ---- */

static void
read_departments (const QcWireObject *object, QcWireProfile *profile, const char *level, const char *level_name)
{
  g_autofree char *city = qc_wire_text (object, "name", QC_TEXT_LABEL);
  QcWireArray array;
  guint n = qc_wire_opt_array (object, "departments", MAX_DEPARTMENTS, &array);
  if (n == 0)
    qc_wire_profile_add_department (profile, level, level_name, city, NULL, FALSE);
  QcWireObject child;
  for (guint i = 0; i < n && qc_wire_array_object (&array, i, &child); i++) {
    g_autofree char *name = qc_wire_text (&child, "name", QC_TEXT_CENTER);
    qc_wire_profile_add_department (profile, level, level_name, city, name, qc_wire_bool (&child, "connected"));
  }
}

static void
read_cities (const QcWireObject *object, QcWireProfile *profile)
{
  g_autofree char *level_name = qc_wire_text (object, "name", QC_TEXT_LABEL);
  const char *level = qc_wire_code (object, "level");
  QcWireArray array;
  guint n = qc_wire_opt_array (object, "cities", MAX_CITIES, &array);
  if (n == 0)
    qc_wire_profile_add_department (profile, level, level_name, NULL, NULL, FALSE);
  QcWireObject child;
  for (guint i = 0; i < n && qc_wire_array_object (&array, i, &child); i++)
    read_departments (&child, profile, level, level_name);
}

static QcWireProfile *
read_profile (const QcWireObject *root)
{
  QcWireProfile *profile = qc_wire_profile_new ();
  qc_wire_int (root, "format", FORMAT, FORMAT);
  profile->id = g_strdup (qc_wire_code (root, "id"));
  profile->name = qc_wire_text (root, "name", QC_TEXT_CENTER);
  profile->practice = qc_wire_bool (root, "practice");
  profile->portal = qc_wire_opt_string (root, "portal", MAX_URL);
  profile->api = qc_wire_opt_string (root, "api", MAX_URL);
  profile->ca_pem = qc_wire_opt_string (root, "ca", MAX_PEM);
  if (qc_wire_has (root, "client_id")) {
    g_free (profile->client_id);
    profile->client_id = g_strdup (qc_wire_code (root, "client_id"));
  }
  g_ptr_array_unref (profile->keys);
  profile->keys = qc_wire_read_keys (root);
  QcWireArray array;
  guint n = qc_wire_array (root, "directory", MAX_LEVELS, &array);
  QcWireObject child;
  for (guint i = 0; i < n && qc_wire_array_object (&array, i, &child); i++)
    read_cities (&child, profile);
  return profile;
}

QcWireProfile *
qc_wire_decode_profile (GBytes *bytes, GError **error)
{
  QcWireReader reader;
  QcWireObject root;
  if (!qc_wire_reader_open (&reader, bytes, &qc_gate_file, &root, error))
    return NULL;
  g_autoptr (QcWireProfile) profile = read_profile (&root);
  return qc_wire_reader_close (&reader, error) ? g_steal_pointer (&profile) : NULL;
}
