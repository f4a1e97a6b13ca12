/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What all handlers of a running center may know of it. Set before it listens and not changed afterwards, so that it
 * may be read from any thread.
 */
#pragma once

#include "qc-brake.h"
#include "qc-database.h"
#include "qc-password.h"
#include "qc-signature.h"
#include "qc-upload-files.h"
#include "qc-wire-center.h"

G_BEGIN_DECLS

typedef struct {
  QcDatabase *database;              /* (owned) */
  char *data_dir;                    /* (owned) */
  gboolean practice;                 /* decision 11 */
  char *department;                  /* (owned) with （演练） in practice */
  char *profile_id;                  /* (owned) of the data folder */
  char *mark;                        /* (owned) 8 hex characters of the id, for names of cookies */
  char *request_key;                 /* (owned) seals what clients ask for while their users are on the pages */
  char *api, *portal, *console;      /* (owned) addresses */
  char *pages_host;                  /* (owned) what the Host header of the pages must say */
  gboolean pages_tls;                /* the pages too speak HTTPS */
  const QcPasswordCost *cost;        /* of passwords that are secrets */
  char *nobody;                      /* (owned) a hash that fits no password: unknown users take as long as others */
  GPtrArray *keys;                   /* (owned) QcWireKey: public halves of all keys there ever were */
  QcSigningKey *key;                 /* (owned) */
  QcUploadFiles *uploads;            /* (owned) bytes of attachments */
  QcBrake *receivers;                /* (owned) how often a clerk may ask for another unit; the writer's alone */
  QcBrake *phones;                   /* (owned) how often a clerk may ask for an address for a telephone; likewise */
  void (*changed) (gpointer server); /* main thread: something was written; see to what happens by itself */
  gpointer server;
} QcCenter;

G_END_DECLS
