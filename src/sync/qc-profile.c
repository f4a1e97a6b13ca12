/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Center profiles: decoded by the wire room, then judged here before anything trusts them: identity, addresses, CA,
 * keys, and that practice can pass for nothing else. Immutable. Main thread.
 */
#include "qc-profile.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "qc-sync-resources.h"

#define MAX_SIZE        (256 * 1024)
#define HEIHE_PATH      "/org/qingce/Qingce/profiles/heihe.json"
#define PRACTICE_SUFFIX "（演练）"

struct _QcProfile {
  GObject parent;
  QcWireProfile *wire; /* (owned) */
  char *api;           /* (owned) (nullable) without a slash at its end */
  gboolean builtin;
};

G_DEFINE_FINAL_TYPE (QcProfile, qc_profile, G_TYPE_OBJECT)

static void
qc_profile_finalize (GObject *object)
{
  QcProfile *self = QC_PROFILE (object);
  g_clear_pointer (&self->wire, qc_wire_profile_free);
  g_free (self->api);
  G_OBJECT_CLASS (qc_profile_parent_class)->finalize (object);
}

static void
qc_profile_class_init (QcProfileClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = qc_profile_finalize;
}

static void
qc_profile_init (QcProfile *self)
{
}

/* ---- judging ---- */

static gboolean
refuse (GError **error, const char *reason, const char *message)
{
  g_propagate_error (error, qc_sync_error_new (QC_SYNC_ERROR_PROFILE, reason, message));
  return FALSE;
}

/* The id becomes a file name. */
static gboolean
is_id (const char *id)
{
  gsize length = strlen (id);
  if (length == 0 || length > 64 || id[0] == '.' || id[0] == '-')
    return FALSE;
  return strspn (id, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-_.") == length;
}

static gboolean
is_loopback (GUri *uri)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (g_uri_get_host (uri));
  return address != NULL && g_inet_address_get_is_loopback (address);
}

/* https, a host, nothing that hides where it leads; @http_loopback: practice pages may speak http on this computer. */
static gboolean
is_address (const char *text, gboolean loopback_only, gboolean http_loopback)
{
  g_autoptr (GUri) uri = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);
  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0' || g_uri_get_userinfo (uri)
      || g_uri_get_fragment (uri) || g_uri_get_query (uri))
    return FALSE;
  if (loopback_only && !is_loopback (uri))
    return FALSE;
  if (g_str_equal (g_uri_get_scheme (uri), "https"))
    return TRUE;
  return http_loopback && is_loopback (uri) && g_str_equal (g_uri_get_scheme (uri), "http");
}

static gboolean
check_addresses (const QcWireProfile *wire, GError **error)
{
  if (wire->portal && !is_address (wire->portal, wire->practice, wire->practice))
    return refuse (error, "portal", _ ("The portal address in this profile is not a secure (https) address."));
  if (wire->api && !is_address (wire->api, wire->practice, FALSE))
    return refuse (error, "api", _ ("The center address in this profile is not a secure (https) address."));
  if (wire->portal == NULL && wire->api == NULL)
    return refuse (error, "address", _ ("This profile names neither a portal nor a center."));
  return TRUE;
}

static gboolean
check_ca (const QcWireProfile *wire, GError **error)
{
  if (wire->ca_pem == NULL)
    return !wire->practice || refuse (error, "ca", _ ("A practice profile must name its own certificate authority."));
  if (strstr (wire->ca_pem, "PRIVATE KEY"))
    return refuse (error, "private-key", _ ("This profile contains a private key, which no center hands out."));
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_pem (wire->ca_pem, -1, NULL);
  return certificate != NULL
         || refuse (error, "ca",
                    _ ("The certificate authority in this profile cannot be read. Ask for the file again."));
}

static gboolean
check_keys (const QcWireProfile *wire, GError **error)
{
  for (guint i = 0; i < wire->keys->len; i++) {
    const QcWireKey *key = g_ptr_array_index (wire->keys, i);
    gsize size = 0;
    g_autofree guchar *bytes = g_base64_decode (key->public_key, &size);
    if (!g_str_equal (key->algorithm, "ed25519") || size != 32 || (key->until != 0 && key->until < key->from))
      return refuse (error, "key", _ ("A signing key in this profile cannot be read. Ask for the file again."));
    for (guint j = 0; j < i; j++)
      if (g_str_equal (((QcWireKey *)g_ptr_array_index (wire->keys, j))->id, key->id))
        return refuse (error, "key", _ ("This profile names the same signing key twice."));
  }
  return TRUE;
}

/* Decision 11: practice says so in its name, and nothing else does. */
static gboolean
check_practice (const QcWireProfile *wire, GError **error)
{
  if (wire->practice != g_str_has_suffix (wire->name, PRACTICE_SUFFIX))
    return refuse (error, "practice",
                   wire->practice ? _ ("This practice profile does not say in its name that it is for practice.")
                                  : _ ("This profile says in its name that it is for practice, but it is not."));
  return TRUE;
}

static QcProfile *
profile_new (GBytes *bytes, GError **error)
{
  if (g_bytes_get_size (bytes) > MAX_SIZE) {
    refuse (error, "size", _ ("This file is too large to be a center profile."));
    return NULL;
  }
  g_autoptr (GError) fault = NULL;
  g_autoptr (QcWireProfile) wire = qc_wire_decode_profile (bytes, &fault);
  if (wire == NULL) {
    g_debug ("profile: %s", fault->message);
    refuse (error, "format", _ ("This file is not a center profile. Ask the center for its profile file (.json)."));
    return NULL;
  }
  if (!is_id (wire->id) || g_str_equal (wire->id, "practice")) { /* which is how the practice center is asked for */
    refuse (error, "id", _ ("The identity in this profile is not usable."));
    return NULL;
  }
  if (!check_addresses (wire, error) || !check_ca (wire, error) || !check_keys (wire, error)
      || !check_practice (wire, error))
    return NULL;
  QcProfile *self = g_object_new (QC_TYPE_PROFILE, NULL);
  self->wire = g_steal_pointer (&wire);
  self->api = g_strdup (self->wire->api);
  while (self->api && g_str_has_suffix (self->api, "/"))
    self->api[strlen (self->api) - 1] = '\0';
  return self;
}

/* ---- making ---- */

QcProfile *
qc_profile_new_from_bytes (GBytes *bytes, GError **error)
{
  g_return_val_if_fail (bytes != NULL, NULL);
  return profile_new (bytes, error);
}

/* Reads no more than a profile may have. */
static GBytes *
load_bytes (GFile *file, GError **error)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, error);
  if (stream == NULL)
    return NULL;
  gsize size = 0;
  g_autofree char *data = g_malloc (MAX_SIZE + 1);
  if (!g_input_stream_read_all (G_INPUT_STREAM (stream), data, MAX_SIZE + 1, &size, NULL, error))
    return NULL;
  return g_bytes_new (data, size);
}

QcProfile *
qc_profile_new_from_file (GFile *file, GError **error)
{
  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_autoptr (GBytes) bytes = load_bytes (file, error);
  return bytes ? profile_new (bytes, error) : NULL;
}

QcProfile *
qc_profile_new_heihe (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes
      = g_resource_lookup_data (qc_sync_get_resource (), HEIHE_PATH, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
  QcProfile *self = bytes ? profile_new (bytes, &error) : NULL;
  if (self == NULL)
    g_error ("the built-in profile: %s", error->message);
  self->builtin = TRUE;
  return self;
}

QcProfile *
qc_profile_new_practice (const char *profile_path, GError **error)
{
  g_return_val_if_fail (profile_path != NULL, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (profile_path);
  g_autoptr (QcProfile) self = qc_profile_new_from_file (file, error);
  if (self == NULL)
    return NULL;
  if (!self->wire->practice || self->api == NULL) {
    refuse (error, "practice", _ ("This is not the profile of a practice center."));
    return NULL;
  }
  self->builtin = TRUE;
  return g_steal_pointer (&self);
}

/* ---- the folder ---- */

static char *
path_of (const char *data_dir, const char *id)
{
  g_autofree char *name = g_strconcat (id, ".json", NULL);
  return g_build_filename (data_dir, "profiles", name, NULL);
}

QcProfile *
qc_profile_import (GFile *file, const char *data_dir, GError **error)
{
  g_return_val_if_fail (G_IS_FILE (file) && data_dir != NULL, NULL);
  g_autoptr (GBytes) bytes = load_bytes (file, error);
  g_autoptr (QcProfile) self = bytes ? profile_new (bytes, error) : NULL;
  if (self == NULL)
    return NULL;
  if (self->wire->practice || g_str_equal (self->wire->id, QC_PROFILE_HEIHE)) {
    refuse (error, "builtin", _ ("This profile is built in and cannot be replaced by a file."));
    return NULL;
  }
  g_autofree char *folder = g_build_filename (data_dir, "profiles", NULL);
  g_autofree char *path = path_of (data_dir, self->wire->id);
  gsize size = 0;
  const char *data = g_bytes_get_data (bytes, &size);
  if (g_mkdir_with_parents (folder, 0700) != 0) {
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, _ ("The folder %s cannot be made."), folder);
    return NULL;
  }
  if (!g_file_set_contents_full (path, data, (gssize)size, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                 0600, error))
    return NULL;
  return g_steal_pointer (&self);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  QcProfile *left = *(QcProfile *const *)a, *right = *(QcProfile *const *)b;
  int order = g_utf8_collate (left->wire->name, right->wire->name);
  return order ? order : strcmp (left->wire->id, right->wire->id);
}

/* The profile in @path if it is good and lies under its own name. */
static QcProfile *
load_listed (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (QcProfile) self = qc_profile_new_from_file (file, NULL);
  g_autofree char *expected = self ? g_strconcat (self->wire->id, ".json", NULL) : NULL;
  if (self == NULL || self->wire->practice || !g_str_equal (expected, name)
      || g_str_equal (self->wire->id, QC_PROFILE_HEIHE))
    return NULL;
  return g_steal_pointer (&self);
}

GPtrArray *
qc_profile_list (const char *data_dir, GPtrArray **out_bad)
{
  g_autofree char *folder = g_build_filename (data_dir, "profiles", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  GPtrArray *list = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) bad = g_ptr_array_new_with_free_func (g_free);
  const char *name;
  while (dir && (name = g_dir_read_name (dir))) {
    if (!g_str_has_suffix (name, ".json"))
      continue;
    QcProfile *profile = load_listed (folder, name);
    if (profile)
      g_ptr_array_add (list, profile);
    else
      g_ptr_array_add (bad, g_build_filename (folder, name, NULL));
  }
  g_ptr_array_sort (list, compare_names);
  g_ptr_array_insert (list, 0, qc_profile_new_heihe ());
  if (out_bad)
    *out_bad = g_steal_pointer (&bad);
  return list;
}

/* ---- reading ---- */

const char *
qc_profile_get_id (QcProfile *self)
{
  return self->wire->id;
}

const char *
qc_profile_get_name (QcProfile *self)
{
  return self->wire->name;
}

const char *
qc_profile_get_portal (QcProfile *self)
{
  return self->wire->portal;
}

const char *
qc_profile_get_api (QcProfile *self)
{
  return self->api;
}

const char *
qc_profile_get_ca_pem (QcProfile *self)
{
  return self->wire->ca_pem;
}

const char *
qc_profile_get_client_id (QcProfile *self)
{
  return self->wire->client_id;
}

gboolean
qc_profile_is_practice (QcProfile *self)
{
  return self->wire->practice;
}

gboolean
qc_profile_is_builtin (QcProfile *self)
{
  return self->builtin;
}

gboolean
qc_profile_has_api (QcProfile *self)
{
  return self->api != NULL;
}

guint
qc_profile_get_n_keys (QcProfile *self)
{
  return self->wire->keys->len;
}

const QcProfileKey *
qc_profile_get_key (QcProfile *self, guint i)
{
  return i < self->wire->keys->len ? g_ptr_array_index (self->wire->keys, i) : NULL;
}

guint
qc_profile_get_n_departments (QcProfile *self)
{
  return self->wire->directory->len;
}

const QcProfileDepartment *
qc_profile_get_department (QcProfile *self, guint i)
{
  return i < self->wire->directory->len ? g_ptr_array_index (self->wire->directory, i) : NULL;
}
