/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Center profile: what a center hands out so that a client finds and trusts it: portal address, API address, the CA,
 * the signing keys, and the directory of levels, cities and departments. Immutable once made. A profile's identity is
 * its id; the practice profile's is the id of its data folder, never its port. Main thread (files are small).
 */
#pragma once

#include <gio/gio.h>
#include "qc-sync-error.h"
#include "qc-wire-profile.h"

G_BEGIN_DECLS

#define QC_TYPE_PROFILE (qc_profile_get_type ())
G_DECLARE_FINAL_TYPE (QcProfile, qc_profile, QC, PROFILE, GObject)

/* A signing key of the center with its validity. */
typedef QcWireKey QcProfileKey;
/* A leaf of the directory: level, level_name, city, department, connected. */
typedef QcWireDepartment QcProfileDepartment;

/* The id of the built-in profile of 黑河. */
#define QC_PROFILE_HEIHE "heihe"

/* Decodes and validates; QC_SYNC_ERROR_PROFILE says what is wrong. @size ≤ 256 KiB. */
QcProfile *qc_profile_new_from_bytes (GBytes *bytes, GError **error);
QcProfile *qc_profile_new_from_file (GFile *file, GError **error);
/* The profile that ships with the program: portal only, no API. Never fails. */
QcProfile *qc_profile_new_heihe (void);
/* From what a running practice center wrote (profile.json in its data folder); refused unless practice and loopback. */
QcProfile *qc_profile_new_practice (const char *profile_path, GError **error);

/*
 * qc_profile_import:
 * Checks @file and keeps a copy (0600) in "<data_dir>/profiles/<id>.json", replacing an older one of the same id. The
 * ids of built-in profiles, and practice profiles, cannot be imported. The copy is complete before it gets its name.
 */
QcProfile *qc_profile_import (GFile *file, const char *data_dir, GError **error);
/* Imported profiles by name, after the built-in 黑河; files that are not good are left out and named in @out_bad
 * (nullable, char* paths). (transfer full) (element-type QcProfile) */
GPtrArray *qc_profile_list (const char *data_dir, GPtrArray **out_bad);

const char *qc_profile_get_id (QcProfile *self);
const char *qc_profile_get_name (QcProfile *self);   /* the department's name, with （演练） in practice */
const char *qc_profile_get_portal (QcProfile *self); /* (nullable) address */
const char *
qc_profile_get_api (QcProfile *self); /* (nullable) address without a slash at its end; NULL = not connected */
const char *qc_profile_get_ca_pem (QcProfile *self);    /* (nullable) the CA it trusts; NULL = the system's */
const char *qc_profile_get_client_id (QcProfile *self); /* OAuth client id, "qingce" */
gboolean qc_profile_is_practice (QcProfile *self);
gboolean qc_profile_is_builtin (QcProfile *self);
gboolean qc_profile_has_api (QcProfile *self);
guint qc_profile_get_n_keys (QcProfile *self);
const QcProfileKey *qc_profile_get_key (QcProfile *self, guint i);
guint qc_profile_get_n_departments (QcProfile *self);
const QcProfileDepartment *qc_profile_get_department (QcProfile *self, guint i);

G_END_DECLS
