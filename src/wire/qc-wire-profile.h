/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The center profile as a file: what a center hands out so that a client finds and trusts it. Plain values; what a
 * profile may be used for is decided above. Any thread.
 */
#pragma once

#include "qc-wire-center.h"

G_BEGIN_DECLS

/* A leaf of the directory. The file nests them: levels → cities → departments; order is kept. */
typedef struct {
  char *level;        /* (owned) code: "national" "province" "city" … */
  char *level_name;   /* (owned) */
  char *city;         /* (owned) (nullable) NULL = a level without cities */
  char *department;   /* (owned) (nullable) NULL = a city without departments */
  gboolean connected; /* this profile's API serves it */
} QcWireDepartment;
void qc_wire_department_free (QcWireDepartment *department);

typedef struct {
  char *id;   /* (owned) ASCII letters, digits, "-_." */
  char *name; /* (owned) */
  gboolean practice;
  char *portal;         /* (owned) (nullable) address */
  char *api;            /* (owned) (nullable) address; NULL = not connected */
  char *ca_pem;         /* (owned) (nullable) NULL = the system's */
  char *client_id;      /* (owned) "qingce" unless the file says otherwise */
  GPtrArray *keys;      /* (owned) QcWireKey */
  GPtrArray *directory; /* (owned) QcWireDepartment */
} QcWireProfile;
QcWireProfile *qc_wire_profile_new (void);
void qc_wire_profile_add_department (QcWireProfile *profile, const char *level, const char *level_name,
                                     const char *city, const char *department, gboolean connected);
void qc_wire_profile_free (QcWireProfile *profile);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcWireProfile, qc_wire_profile_free)
GBytes *qc_wire_encode_profile (const QcWireProfile *profile);
QcWireProfile *qc_wire_decode_profile (GBytes *bytes, GError **error);

G_END_DECLS
