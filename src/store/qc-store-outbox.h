/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The outbox: what is to reach the center exactly once. Key and body are stored, byte for byte, before a request
 * leaves; the answer is stored before it is shown. States and their moves stand here once; every move is also written
 * to the journal. Database threads only; each function is called inside a write function (list, get, counts: read).
 */
#pragma once

#include "qc-application.h"
#include "qc-attachment.h"
#include "qc-connection.h"
#include "qc-finding.h"

G_BEGIN_DECLS

typedef enum {
  QC_STORE_OUTBOX_QUEUED,    /* 待联网提交 */
  QC_STORE_OUTBOX_SENDING,   /* a request is under way (or the program died with it) */
  QC_STORE_OUTBOX_UNKNOWN,   /* sent, no answer: the key is asked about before anything is sent again */
  QC_STORE_OUTBOX_ACCEPTED,  /* the center answered yes */
  QC_STORE_OUTBOX_REFUSED,   /* the center answered no: findings */
  QC_STORE_OUTBOX_WITHDRAWN, /* 撤回 */
  QC_STORE_OUTBOX_HELD,      /* one it depends on was refused or withdrawn: waits for the clerk */
} QcStoreOutboxState;
#define QC_N_STORE_OUTBOX_STATES (QC_STORE_OUTBOX_HELD + 1)
const char *qc_store_outbox_state_to_code (QcStoreOutboxState state); /* "queued" … */

typedef struct {
  gint64 id;            /* set by enqueue */
  char *profile, *unit; /* (owned) */
  char *key;            /* (owned) Idempotency-Key; NULL at enqueue: a UUID is made */
  char *kind;           /* (owned) "submission" "delete" "cancel" "redraw" … */
  QcBusiness business;
  char *method, *path;    /* (owned) "POST", "/api/v1/units/…" */
  char *if_match;         /* (owned) (nullable) */
  GBytes *body;           /* (owned) (nullable) exactly what is sent; lists leave it NULL, see load_body */
  GPtrArray *people;      /* (owned) (nullable) at enqueue: char*, whom it names */
  GPtrArray *attachments; /* (owned) (nullable) at enqueue: QcAttachment, what has to be sent before it */
  char *summary;          /* (owned) (nullable) JSON for lists: months, people, amount as confirmed */
  char *actor;            /* (owned) (nullable) who pressed 办理 */
  gint64 draft;           /* 0 = none */
  GArray *depends;        /* (owned) (nullable) gint64: items that must be accepted first */
  QcStoreOutboxState state;
  gint64 created, next_try; /* unix seconds; next_try 0 = at once */
  gint64 attempts;
  gint64 tried;          /* unix seconds: when the last of them began, 0 = there was none */
  guint n_to_upload;     /* pictures that have to be at the center before it, and are not yet */
  gboolean withdrawable; /* no byte of it can have reached the center */
  gboolean releasable;   /* held, and nothing before it is held itself */
  char *reason;          /* (owned) (nullable) why the last attempt failed, a stable code */
  int status;            /* HTTP status of the answer, 0 = none */
  GBytes *answer;        /* (owned) (nullable) as it came: the application or the problem */
  char *serial;          /* (owned) (nullable) 业务流水号 of what came of it, or what it acts on */
  GPtrArray *findings;   /* (owned) QcFinding: of the refusal */
} QcStoreOutboxItem;
QcStoreOutboxItem *qc_store_outbox_item_new (void);
void qc_store_outbox_item_free (QcStoreOutboxItem *item);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcStoreOutboxItem, qc_store_outbox_item_free)

/*
 * Stores @item as queued and locks its draft; item->id (and key) are set. Items it depends on that are already refused
 * or withdrawn make it held at once. QC_STORE_ERROR_STATE when the draft is locked already; QC_DB_ERROR_CONSTRAINT when
 * the key was used before.
 */
gboolean qc_store_outbox_enqueue (QcConnection *connection, QcStoreOutboxItem *item, gint64 now, GError **error);
/*
 * The next item of @profile that may go at @now: queued (to be sent) or unknown (to be asked about), due (or put off
 * before the clock was set back), with all it depends on accepted, of a unit that the session has not lost (see
 * qc_store_grants_set()); oldest first. Not one of @except (gint64, nullable), and without @uploads none whose pictures
 * are still to be sent. *@out NULL when none, and then *@out_next_due (nullable) is the time of the next one of these,
 * 0 = none. (transfer full)
 */
gboolean qc_store_outbox_next (QcConnection *connection, const char *profile, gint64 now, const GArray *except,
                               gboolean uploads, QcStoreOutboxItem **out, gint64 *out_next_due, GError **error);
/* queued → sending, with a row for the attempt. From here on it cannot be taken back. Commit it, then send. */
gboolean qc_store_outbox_begin_attempt (QcConnection *connection, gint64 item, gint64 now, GError **error);
/* sending or unknown → accepted: the draft is done, those that waited may go. @answer as it came. */
gboolean qc_store_outbox_accept (QcConnection *connection, gint64 item, int status, GBytes *answer, const char *serial,
                                 gint64 now, GError **error);
/* sending or unknown, or queued where it cannot even be sent (a picture is gone) → refused: the draft opens again with
 * @findings (nullable), dependents are held. */
gboolean qc_store_outbox_refuse (QcConnection *connection, gint64 item, int status, GBytes *answer,
                                 const GPtrArray *findings, const char *reason, gint64 now, GError **error);
/*
 * sending or unknown → queued until @next_try. @not_received: nothing can have reached the center (no connection was
 * made, or the center said that it does not know the key): only then it can be taken back again.
 */
gboolean qc_store_outbox_retry (QcConnection *connection, gint64 item, const char *reason, gboolean not_received,
                                gint64 next_try, gint64 now, GError **error);
/* queued stays: what goes before it could not be sent; until @next_try. No byte of it has left. */
gboolean qc_store_outbox_put_off (QcConnection *connection, gint64 item, const char *reason, gint64 next_try,
                                  gint64 now, GError **error);
/* sending → unknown (or unknown stays), asked about again at @next_try. */
gboolean qc_store_outbox_set_unknown (QcConnection *connection, gint64 item, const char *reason, gint64 next_try,
                                      gint64 now, GError **error);
/* 撤回: queued or held, and withdrawable: the draft opens again, dependents are held. Else QC_STORE_ERROR_STATE. */
gboolean qc_store_outbox_withdraw (QcConnection *connection, gint64 item, gint64 now, GError **error);
/* held → queued, by decision of the clerk: it no longer depends on what was refused or withdrawn, but goes behind what
 * the unit has queued since. QC_STORE_ERROR_STATE while something before it is held itself. */
gboolean qc_store_outbox_release (QcConnection *connection, gint64 item, gint64 now, GError **error);
/* Once after start: everything "sending" becomes unknown. *@out_n (nullable): how many. */
gboolean qc_store_outbox_recover (QcConnection *connection, const char *profile, gint64 now, gint64 *out_n,
                                  GError **error);
/* All that is queued or unknown may be tried at once (network is back, the clerk asked), but for what the center itself
 * put off (reason "busy", Retry-After). */
gboolean qc_store_outbox_wake (QcConnection *connection, const char *profile, GError **error);

/* Whether @item names one of @people (char*). */
gboolean qc_store_outbox_names (QcConnection *connection, gint64 item, const GPtrArray *people, gboolean *out,
                                GError **error);
/* Fills item->body. */
gboolean qc_store_outbox_load_body (QcConnection *connection, QcStoreOutboxItem *item, GError **error);
/* QC_STORE_ERROR_NOT_FOUND when there is none. (transfer full) */
QcStoreOutboxItem *qc_store_outbox_get (QcConnection *connection, gint64 item, GError **error);
/* Oldest first; @unit NULL = all of the profile; @states: bits 1 << state, 0 = those that still wait (queued, sending,
 * unknown, held). GPtrArray of QcStoreOutboxItem. (transfer full) */
GPtrArray *qc_store_outbox_list (QcConnection *connection, const char *profile, const char *unit, guint32 states,
                                 GError **error);
/* How many items there are by state; @unit NULL = all of the profile. */
gboolean qc_store_outbox_counts (QcConnection *connection, const char *profile, const char *unit,
                                 gint64 out[QC_N_STORE_OUTBOX_STATES], GError **error);

G_END_DECLS
