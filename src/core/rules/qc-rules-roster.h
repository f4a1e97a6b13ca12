/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What holds of every roster, once, and the row of functions that each roster business fills. Client and center run
 * the same: the client while a line is typed, the center on its own people. All functions are pure; any one thread at
 * a time.
 */
#pragma once

#include "qc-application.h"
#include "qc-finding.h"
#include "qc-other-unit.h"
#include "qc-roster.h"

G_BEGIN_DECLS

#define QC_ROSTER_MAX_LINES 200000

/* What the rules look at beside the lines; the caller fills it from its database. All borrowed. */
typedef struct {
  const QcUnit *unit;
  const GArray *policies;     /* QcPolicy */
  const GArray *ratios;       /* QcRatios of the unit */
  const GPtrArray *codes;     /* QcCode */
  const GPtrArray *open;      /* QcApplication of the unit that are not ended */
  QcDate today;               /* of the judging side's clock */
  gboolean remittance_queued; /* client: a 汇缴 of the unit waits in the outbox */
  GHashTable *elsewhere;      /* (nullable) client: identity of a person → name of another open draft */
  GHashTable *units;          /* (nullable) account → QcOtherUnit: what is known of those lines name */
  GHashTable *histories;      /* (nullable) account → QcPersonHistory; who is not in it is not known */
  GHashTable *known;          /* (nullable) qc_known_person_dup_key() → QcKnownPerson */
} QcRosterFacts;

/* What acceptance does to a person beside the person's own fields. */
typedef struct {
  QcBaseChange base; /* a new row of the base history; from NONE = none */
} QcRosterEffect;

/* One business. Every function sees lines whose derived fields may be out of date, and never a person that is not
 * given. */
typedef struct {
  QcBusiness business;
  /* The center's list a line's reason is from; NULL = lines have no reason. */
  const char *(*reason_list) (const QcRosterLine *line);
  /* Whether what stands in @field may be entered on this line; (nullable) = always. */
  gboolean (*takes) (const QcRosterFacts *facts, const QcRosterLine *line, QcLineFieldId field);
  /* Whether complete() fills @field, which on other lines is entered; (nullable) = no. */
  gboolean (*follows) (const QcRosterLine *line, QcLineFieldId field);
  /* Fills what follows from what was seen and entered: numbers only, never a text. */
  void (*complete) (const QcRosterFacts *facts, QcRosterLine *line);
  /* Appends what is wrong with @line, which is complete and has no unreadable cell. */
  void (*check) (const QcRosterFacts *facts, const QcRosterLine *line, GPtrArray *out);
  /* Why @person cannot be put on such a roster; NULL where it can be. (transfer full) (nullable) */
  QcFinding *(*refuse) (const QcRosterFacts *facts, const QcEmployee *person);
  /* What acceptance does to @person; said here only: the center writes it, the client lays it over its people.
   * (nullable) where it changes nothing of theirs but what was paid. */
  void (*effect) (const QcRosterFacts *facts, const QcRosterLine *line, QcEmployee *person, QcRosterEffect *out);
  /* The same at the unit that the line names, where the person is from then on; (nullable) where nobody leaves. */
  void (*arrive) (const QcRosterFacts *facts, const QcRosterLine *line, QcEmployee *person, QcRosterEffect *out);
  /* Whether @person has to be seen to by this business for @month; (nullable) where nobody has to. */
  gboolean (*concerns) (const QcEmployee *person, QcMonth month);
} QcRosterRules;

/* NULL: not a roster business, or not available. */
const QcRosterRules *qc_roster_rules (QcBusiness business);
extern const QcRosterRules qc_rules_back_payment, qc_rules_account_opening, qc_rules_transfer, qc_rules_sealing,
    qc_rules_base_adjustment, qc_rules_retirement;

/* 变更年月 as it is now: the unit's 应汇缴年月 where @business moves with it, else QC_MONTH_NONE. */
QcMonth qc_rules_roster_effective (QcBusiness business, const QcUnit *unit);
/* A line of @business for @person: what is seen now, and what follows from it. (transfer full) */
QcRosterLine *qc_rules_roster_new_line (QcBusiness business, const QcRosterFacts *facts, const QcEmployee *person);
/* After something was entered: fills what follows from it. */
void qc_rules_roster_complete (QcBusiness business, const QcRosterFacts *facts, QcRosterLine *line);
gboolean qc_rules_roster_takes (QcBusiness business, const QcRosterFacts *facts, const QcRosterLine *line,
                                QcLineFieldId field);
/* Whether what stands in @field of @line follows from the rest of it, where on other lines it is entered. */
gboolean qc_rules_roster_follows (QcBusiness business, const QcRosterLine *line, QcLineFieldId field);
const char *qc_rules_roster_reason_list (QcBusiness business, const QcRosterLine *line);
/* The center's list that what stands in @field of @line is from; NULL: from none. */
const char *qc_rules_roster_code_list (QcBusiness business, const QcRosterLine *line, QcLineFieldId field);

/* Everything that can be said of one line by itself. Findings are at the line's id. */
void qc_rules_roster_check_line (QcBusiness business, const QcRosterFacts *facts, const QcRosterLine *line,
                                 GPtrArray *out);
/*
 * What holds of the roster as a whole: the unit, the month it was made for (@effective), an unfinished 汇缴, nobody on
 * it, too many lines (the frame), anybody twice. The lines themselves are not looked at one by one.
 */
void qc_rules_roster_check_whole (QcBusiness business, const QcRosterFacts *facts, const QcRoster *roster,
                                  QcMonth effective, GPtrArray *out);
/* Its two parts, for who looks again after every key: the frame, which takes no time, and who is on it twice, which
 * takes all lines one by one (@seen: of qc_rules_roster_new_seen(), borrows from them) and changes only with whom they
 * are about, and for which months where the business is of_months.
 */
void qc_rules_roster_check_frame (QcBusiness business, const QcRosterFacts *facts, const QcRoster *roster,
                                  QcMonth effective, GPtrArray *out);
GHashTable *qc_rules_roster_new_seen (void);
void qc_rules_roster_check_repeated (QcBusiness business, GHashTable *seen, const QcRosterLine *line, GPtrArray *out);
/*
 * Whether what @line was decided on still holds of @person (nullable: nobody of that account in the unit): each shown
 * field that differs is a finding with both values.
 */
void qc_rules_roster_compare (QcBusiness business, const QcRosterFacts *facts, const QcRosterLine *line,
                              const QcEmployee *person, GPtrArray *out);

/* For the rules files: the state of an account as {status}. */
void qc_rules_roster_set_status (QcFinding *finding, QcPersonStatus status);
/* {field}: a field of a line by the title that it has in @business, which goes beside it as {business}; who does not
 * know of titles reads the field's own. */
void qc_rules_roster_set_field (QcFinding *finding, QcBusiness business, QcLineFieldId field);
/* For the rules files: whether @base may count for the person of @line from @month; said at 新缴存基数. */
void qc_rules_roster_check_base (GPtrArray *out, const QcRosterFacts *facts, const QcRosterLine *line, QcMoney base,
                                 QcMonth month);
/* For the rules files: a finding @code at @line and @field with the person's name as {person}. Owned by @out. */
QcFinding *qc_rules_roster_add (GPtrArray *out, const QcRosterLine *line, const char *code, QcLineFieldId field);

G_END_DECLS
