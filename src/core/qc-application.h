/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 业务申请: an application at the center, its state, its draw (划款), its months, and the one table of what may be done
 * in which state (decisions 3, 4; R7, R8, B10).
 */
#pragma once

#include "qc-business.h"
#include "qc-unit.h"

G_BEGIN_DECLS

typedef enum {
  QC_STATE_DRAFT,      /* 录入清册: local only */
  QC_STATE_REGISTERED, /* 登记: 汇缴: at the center, money not in; reviewed kinds: locked in the outbox */
  QC_STATE_IN_REVIEW,  /* 待审核 */
  QC_STATE_ACCEPTED,   /* 已受理 */
  QC_STATE_FINISHED,   /* 已办结 */
  QC_STATE_RETURNED,   /* 已退回 */
  QC_STATE_CANCELLED,  /* 已取消 */
  QC_STATE_DELETED,    /* 已删除 */
  QC_STATE_OTHER,      /* one of a newer center: nothing can be done in it */
} QcApplicationState;
#define QC_N_APPLICATION_STATES (QC_STATE_OTHER + 1)

/* 划款结果: a second field beside the state (decision 4). */
typedef enum {
  QC_DRAW_NONE,
  QC_DRAW_RUNNING, /* 划款中 */
  QC_DRAW_FAILED,
  QC_DRAW_DONE,    /* 成功 */
  QC_DRAW_UNKNOWN, /* the bank has not answered: asked about before another draw */
  QC_DRAW_OTHER,   /* a result of a newer center */
} QcDrawResult;

typedef enum {
  QC_ACTION_DELETE, /* 删除 */
  QC_ACTION_CANCEL, /* 取消 */
  QC_ACTION_REDRAW, /* 重新划款 */
  QC_ACTION_PRINT,  /* 打印汇补缴凭证 */
  QC_ACTION_REOPEN, /* 修改后重新提交 */
} QcApplicationAction;
#define QC_N_APPLICATION_ACTIONS (QC_ACTION_REOPEN + 1)

typedef enum {
  QC_EVENT_SUBMIT,  /* client → 登记 */
  QC_EVENT_RECEIVE, /* center has it with all attachments */
  QC_EVENT_APPROVE,
  QC_EVENT_RETURN,
  QC_EVENT_CANCEL,
  QC_EVENT_DELETE,
  QC_EVENT_FINISH,   /* all money in, or processed */
  QC_EVENT_WITHDRAW, /* 撤回 out of the outbox, before the first byte is sent (decision 5) */
} QcApplicationEvent;
#define QC_N_APPLICATION_EVENTS (QC_EVENT_WITHDRAW + 1)

/* Who acts on an application, as bits. */
typedef enum {
  QC_ACTOR_CLERK = 1 << 0,    /* of the unit */
  QC_ACTOR_REVIEWER = 1 << 1, /* the center's staff, by role */
  QC_ACTOR_CASHIER = 1 << 2,
  QC_ACTOR_COUNTER = 1 << 3,
  QC_ACTOR_CENTER = 1 << 4, /* by itself: what follows from a rule, money or time */
} QcActor;

/* One line of the voucher: 上月 + 增加 − 减少 = 本月 holds for people and for fen. */
typedef struct {
  QcMonth month;
  gint64 previous_people, added_people, removed_people, people;
  QcMoney previous_fen, added_fen, removed_fen;
  QcMoney unit_fen, personal_fen; /* of 本月 */
} QcMonthLine;
#define qc_month_line_fen(l) ((l)->unit_fen + (l)->personal_fen)
/* Whether the identity of decision 8 holds on @line. */
gboolean qc_month_line_is_balanced (const QcMonthLine *line);

typedef struct {
  gint64 time; /* unix seconds */
  char *actor; /* (owned) who: a name, or "center" / "bank" */
  char *event; /* (owned) stable code: "submitted" "draw-failed" "arrived" "finished" "deleted" … */
  char *text;  /* (owned) (nullable) reason in words, from the center */
  QcMoney fen; /* amount concerned, or 0 */
} QcTimelineEntry;
void qc_timeline_entry_free (QcTimelineEntry *entry);
/* N_(); an event nobody knows is its own name. Borrowed. */
const char *qc_timeline_event_to_msgid (const char *event);

typedef struct {
  char *serial; /* (owned) 业务流水号, given by the center */
  char *key;    /* (owned) (nullable) idempotency key it came with */
  QcBusiness business;
  QcApplicationState state;
  QcDrawResult draw;
  int draw_number;     /* number of the last draw, 0 = none yet */
  char *draw_reason;   /* (owned) (nullable) why it failed, the bank's words */
  char *return_reason; /* (owned) (nullable) 退回原因 */
  QcMethod method;
  QcMonth start, end;
  QcMonth effective;        /* 变更年月, QC_MONTH_NONE for 汇缴 */
  gint64 people;            /* distinct people (per month: see lines) */
  QcMoney fen;              /* 发生额 over all months */
  QcMoney arrived;          /* 非托收: arrived so far */
  gint64 created, finished; /* unix seconds; finished 0 = not yet */
  /* the other clocks: the center had all of it; the center decided, by itself or by its staff. 0 = not yet, or an older
   * center does not tell */
  gint64 received, processed;
  char *replaces;      /* (owned) (nullable) serial of the returned application that this one comes after */
  char *replaced_by;   /* (owned) (nullable) serial of the one that came after this one */
  char *entered_by;    /* (owned) (nullable) actor roles: enter, review, cashier */
  char *reviewed_by;   /* (owned) (nullable) */
  char *cashier;       /* (owned) (nullable) */
  GArray *months;      /* (owned) QcMonthLine */
  GPtrArray *timeline; /* (owned) QcTimelineEntry */
  gint64 revision;     /* If-Match */
} QcApplication;

QcApplication *qc_application_new (void);
QcApplication *qc_application_copy (const QcApplication *application);
void qc_application_free (QcApplication *application);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcApplication, qc_application_free)

/* 暂存 missing sum of a 非托收 remittance, 0 when nothing is missing (decision 13). */
QcMoney qc_application_missing (const QcApplication *application);

/* The state in which the center creates an application: 汇缴 登记, reviewed 待审核, immediate 已办结. */
QcApplicationState qc_application_first_state (QcBusiness business);
/* Whether @event may happen to @business in @state; *@out gets the next state. The one table of allowed moves. */
gboolean qc_application_move (QcBusiness business, QcApplicationState state, QcApplicationEvent event,
                              QcApplicationState *out);
/* Whose business @event is: QcActor bits. */
guint qc_application_event_actors (QcApplicationEvent event);
/* Whether the unit's clerk may do @action now. */
gboolean qc_application_can (const QcApplication *application, QcApplicationAction action);
/* Not yet 已办结, 已退回, 已取消, 已删除. */
gboolean qc_application_is_open (const QcApplication *application);

const char *qc_state_to_code (QcApplicationState state); /* "registered" … */
gboolean qc_state_from_code (const char *code, QcApplicationState *out);
const char *qc_state_to_msgid (QcApplicationState state); /* N_() */
/* What 登记 means for @business (decision 4), N_(); NULL where the word needs none. */
const char *qc_state_explain_msgid (QcBusiness business, QcApplicationState state);
const char *qc_draw_to_code (QcDrawResult draw); /* "none" "running" "failed" "done" "unknown" */
gboolean qc_draw_from_code (const char *code, QcDrawResult *out);
const char *qc_draw_to_msgid (QcDrawResult draw);
const char *qc_action_to_code (QcApplicationAction action);  /* "delete" "cancel" "redraw" "print" "reopen" */
const char *qc_action_to_msgid (QcApplicationAction action); /* N_() */
gboolean qc_action_from_code (const char *code, QcApplicationAction *out);

G_END_DECLS
