/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Center profiles the client has used, and the units the signed-in legal person may act for with each. The profile
 * file itself is sync's; here is what must be known without it and offline. Database threads only.
 */
#pragma once

#include "qc-connection.h"

G_BEGIN_DECLS

typedef struct {
  char *id;         /* (owned) the profile's identity */
  char *name;       /* (owned) the center's name */
  char *department; /* (owned) */
  gboolean practice;
  char *user;      /* (owned) (nullable) who signed in last */
  char *last_unit; /* (owned) (nullable) */
  gint64 used;     /* unix seconds of the last use */
} QcStoreProfile;
void qc_store_profile_free (QcStoreProfile *profile);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcStoreProfile, qc_store_profile_free)

/* Inserts or replaces by id; user and last_unit stay as they are where NULL is given. */
gboolean qc_store_profile_put (QcConnection *connection, const QcStoreProfile *profile, GError **error);
/* *@out NULL when unknown. (transfer full) */
gboolean qc_store_profile_get (QcConnection *connection, const char *id, QcStoreProfile **out, GError **error);
/* Last used first. GPtrArray of QcStoreProfile. (transfer full) */
GPtrArray *qc_store_profile_list (QcConnection *connection, GError **error);

/* A unit of the grant: what GET /session names, before anything of it was pulled. */
typedef struct {
  char *account;     /* (owned) 单位公积金账号 */
  char *name;        /* (owned) */
  char *credit_code; /* (owned) */
  gboolean granted;  /* by the last session; a unit that lost its grant keeps its drafts */
  char *label;       /* (owned) (nullable) what the clerk calls it; of no meaning to qc_store_grants_set() */
  int colour;        /* 0 … QC_STORE_UNIT_COLOURS - 1, −1 = none yet; as @label */
  gint64 used;       /* unix seconds when it was last gone to, 0 = never; as @label */
} QcStoreGrant;
void qc_store_grant_free (QcStoreGrant *grant);

/* @grants: GPtrArray of QcStoreGrant: the units of the session; others of the profile lose their mark. */
gboolean qc_store_grants_set (QcConnection *connection, const char *profile, const GPtrArray *grants, GError **error);
/* So many colours there are for units; each new unit of a profile gets the next one by itself. */
#define QC_STORE_UNIT_COLOURS 8
/* All units ever granted, by name. (transfer full) */
GPtrArray *qc_store_grants_list (QcConnection *connection, const char *profile, GError **error);

/* What the clerk calls the unit (NULL: nothing of her own) and by which colour she knows it. */
gboolean qc_store_unit_mark_set (QcConnection *connection, const char *profile, const char *unit, const char *label,
                                 int colour, GError **error);
/* She went to it. */
gboolean qc_store_unit_used (QcConnection *connection, const char *profile, const char *unit, gint64 now,
                             GError **error);

G_END_DECLS
