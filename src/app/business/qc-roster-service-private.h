/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The fields of the roster service, shared by the files it is written in: what is known of the unit and its people, and
 * what was found. Main context.
 */
#pragma once

#include "qc-overlay.h"
#include "qc-roster-people.h"
#include "qc-roster-service.h"

G_BEGIN_DECLS

#define QC_FINDINGS_PER_CODE 200  /* that are told; and so many lines are looked at at once */
#define QC_MANY_LINES        2000 /* what takes its time with these is done in pieces */

/* What was read for one computation; gone with the next one. People are added who come onto the roster. */
typedef struct {
  QcUnit *unit;              /* (owned) */
  GArray *policies, *ratios; /* (owned) */
  GPtrArray *codes, *open;   /* (owned) */
  QcOverlay *overlay;        /* (owned) */
  QcRosterPeople *people;    /* (owned) as they will be, of those on the roster */
  GHashTable *units;         /* (owned) account → QcOtherUnit: other units that were asked for once */
  GHashTable *histories;     /* (owned) (nullable) where lines mean months: account → QcPersonHistory */
  GHashTable *known;         /* (owned) (nullable) where accounts are opened: document → QcKnownPerson */
  QcRosterFacts facts;       /* points into the rest */
} QcRosterGround;
void qc_roster_ground_free (QcRosterGround *ground);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcRosterGround, qc_roster_ground_free)

/* What is read of it, all packed (qc-roster-past.h). */
typedef struct {
  QcBusiness business;
  char *profile, *unit; /* (owned) */
  char *accounts;       /* (owned) whose people are read */
  char *documents;      /* (owned) (nullable) of people who are to get an account */
  QcDate today;
} QcRosterGroundRequest;
void qc_roster_ground_request_free (QcRosterGroundRequest *request);

/* A QcReadFunc; @data: QcRosterGroundRequest. (transfer full) */
gpointer qc_roster_ground_read (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error);
/* Whether all is read that the rules look at for @line: its person, the months that were paid, its document. */
gboolean qc_roster_ground_has (const QcRosterGround *ground, const QcRosterLine *line);
/* What @more read for @lines is part of @ground from now on. */
void qc_roster_ground_add (QcRosterGround *ground, QcRosterGround *more, const GPtrArray *lines);

struct _QcRosterService {
  QcBusinessService parent_instance;
  QcBusiness business;
  QcDraft *draft;         /* borrowed from the parent */
  QcRosterModel *model;   /* (owned) */
  QcRosterGround *ground; /* (owned) (nullable) */
  GCancellable *reading;  /* (owned) (nullable) */
  gboolean reading_more;  /* for lines that came: what the others stand on is read */
  guint pass;             /* source: lines are being looked through, first all (if all are wanted), then @recheck */
  gboolean pass_all;
  guint pass_position;
  gboolean many_came; /* so many lines came since people were read that the pass sees whose are not */
  gboolean unread;    /* it saw some */
  GArray *recheck;    /* (owned) gint64: ids of lines that wait to be looked at */
  guint recheck_position;
  GHashTable *line_codes; /* (owned) gint64* → GPtrArray of static codes: lines with findings */
  GHashTable *repeated;   /* (owned) gint64* → QcFinding: lines of people who are on the roster before */
  gboolean repeated_known;
  GHashTable *seen;      /* (owned) (nullable) while looking for them: texts of lines before the position, borrowed */
  GPtrArray *seen_again; /* (owned) (nullable) QcFinding */
  guint seen_position;
  GHashTable *counts;    /* (owned) static code → GUINT_TO_POINTER */
  GPtrArray *findings;   /* (owned) QcFinding: of the whole, and the first ones of each code of lines */
  GPtrArray *returned;   /* (owned) QcReturnReason: of the application that this draft comes after */
  GHashTable *elsewhere; /* (owned) identity → name of another open draft that has them */
  int ahead;             /* months: who is concerned then is looked for too, once */
  guint publish;         /* source: findings are to be told */
  gint64 faults_told;    /* to the draft */
  /* other units that lines name */
  GHashTable *units;    /* (owned) account → QcOtherUnit: what is known */
  GHashTable *answered; /* (owned) set of accounts that the center named in this sitting */
  GHashTable *wanted;   /* (owned) set of accounts that wait to be asked for, or are */
  GQueue to_ask;        /* of the same, the first one is being asked for */
  gboolean asking;
  guint ask_again;     /* source: the center was busy */
  GCancellable *asked; /* (owned) */
};

/* ---- qc-roster-check.c ---- */
/* Looks at the lines anew: @ids (NULL = all); many in pieces. */
void qc_roster_service_check (QcRosterService *self, const gint64 *ids, guint n);
/* What is found of @line as things stand is appended to @out. */
void qc_roster_service_find_in_line (QcRosterService *self, const QcRosterLine *line, GPtrArray *out);
/* Who a line is can be entered: that two lines are of one person is looked for again after each change. */
gboolean qc_roster_service_enters_identity (QcRosterService *self);
/* Looking for them begins anew. */
void qc_roster_service_forget_seen (QcRosterService *self);
/* What was found of lines that are there no more. */
void qc_roster_service_forget_gone_lines (QcRosterService *self);
/* What is found is told in a moment, once for all that changes until then. */
void qc_roster_service_publish (QcRosterService *self);
/* ---- qc-roster-submit.c ---- */
/* 办理 of @klass is that of rosters. */
void qc_roster_service_class_submits (QcBusinessServiceClass *klass);
/* ---- beside ---- */
/* Who is in other drafts too; tells when it is otherwise than it was. */
void qc_roster_service_read_elsewhere (QcRosterService *self);
/* Inside a step that adds lines: the month the roster is made for. */
void qc_roster_service_note_month (QcRosterService *self);
/* Enters @text into a line that is not in the roster yet. FALSE: it takes nothing there. *@out_read FALSE: it could not
 * be read and stays as it is. */
gboolean qc_roster_service_put (QcRosterService *self, QcRosterLine *line, QcLineFieldId field, const char *text,
                                gboolean *out_read);
/* What @text, as it stands in a cell of a sheet, would read as in @field: 2025年03月 for 2025-3; itself where it cannot
 * be read. (transfer full) */
char *qc_roster_service_dup_as_read (QcRosterService *self, QcLineFieldId field, const char *text);
/* A number that is one of a resident ID says of which kind the document is, where nothing else does. */
void qc_roster_service_tell_document_type (QcRosterService *self, QcRosterLine *line);
/* What a sheet says of sex and day of birth beside a resident ID that tells otherwise. */
void qc_roster_service_find_contradictions (QcRosterService *self, const QcRosterLine *line, const char *sex,
                                            const char *birth, GPtrArray *out);
/* ---- qc-roster-returned.c ---- */
/* Of a draft that comes after a returned application, beside QC_FACT_REPLACES. */
#define QC_FACT_RETURNED "returned." /* and a number: a reason */
/* What the draft says of it now. Whether that is otherwise than before. */
gboolean qc_roster_service_read_returned (QcRosterService *self);
/* Reasons about @line; NULL: those that are about none. Findings are appended to @out. */
void qc_roster_service_find_returned (QcRosterService *self, const QcRosterLine *line, GPtrArray *out);
/* ---- qc-roster-receivers.c ---- */
/* Units that these lines name (@ids NULL: all) and that are not known, or were asked for long ago, are asked for. */
void qc_roster_service_ask_receivers (QcRosterService *self, const gint64 *ids, guint n);
/* The line's unit by the name that is known of it now. */
void qc_roster_service_name_receiver (QcRosterService *self, QcRosterLine *line);
/* The line's unit as it is: asked for once more, and without a name until the answer comes; where nobody can be asked,
 * by the name that is known. */
void qc_roster_service_see_receiver (QcRosterService *self, QcRosterLine *line);
gboolean qc_roster_service_is_asked (QcRosterService *self, const char *account);
/* Those that were kept; what this sitting heard is newer. */
void qc_roster_service_take_receivers (QcRosterService *self, GHashTable *units);
void qc_roster_service_sync_changed (QcRosterService *self);
/* As it is meant: in usual digits, without blanks. (transfer full) */
char *qc_roster_fold_account (const char *text);
#define QC_FACT_EFFECTIVE "effective"

G_END_DECLS
