/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 清册: the draft roster of any of the eight businesses, and its lines with the findings of each. Plain values: a line
 * holds what any business may say of a person, and each business uses its part (the rules say which). Lines keep their
 * id for life, so that undo, the draft store and findings mean the same line. One thread at a time.
 */
#pragma once

#include "qc-business.h"
#include "qc-employee.h"
#include "qc-finding.h"

G_BEGIN_DECLS

typedef struct {
  gint64 id;           /* unique in its roster, never used again; 0 = not in a roster yet */
  char *account;       /* (owned) (nullable) 个人账号; NULL for somebody new */
  char *name;          /* (owned) (nullable) */
  char *document_type; /* (owned) (nullable) A.1 */
  char *document;      /* (owned) (nullable) folded */
  QcSex sex;
  QcDate birth;
  char *mobile;     /* (owned) (nullable) */
  QcMoney base;     /* in effect before, fen */
  QcMoney new_base; /* 开户, 基数调整, 启封, 补缴: the base meant, fen */
  QcMonth from, to; /* months meant, inclusive; NONE = not used */
  QcMoney unit_fen; /* of all months meant */
  QcMoney personal_fen;
  char *reason_code;           /* (owned) (nullable) code of the center's list */
  char *reason_text;           /* (owned) (nullable) for codes that need words */
  QcPersonStatus status;       /* before; 0 = not used */
  QcPersonStatus status_after; /* 封存/启封; 0 = not used */
  char *target_unit;           /* (owned) (nullable) 同城转移: account of the receiving unit */
  char *target_name;           /* (owned) (nullable) its name as the center gave it */
  QcMonth effective;           /* 变更年月 as shown when the line was added; NONE = not used */
  gint64 person_revision;      /* what the line was decided on */
  GPtrArray *findings;         /* (owned) QcFinding of this line */
} QcRosterLine;

QcRosterLine *qc_roster_line_new (void);
/* The person's part of a line filled from @employee. (transfer full) */
QcRosterLine *qc_roster_line_new_for (const QcEmployee *employee);
QcRosterLine *qc_roster_line_copy (const QcRosterLine *line);
void qc_roster_line_free (QcRosterLine *line);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcRosterLine, qc_roster_line_free)
/* Unit part and personal part. */
#define qc_roster_line_fen(l) ((l)->unit_fen + (l)->personal_fen)
/* Whether everything but the findings is the same. */
gboolean qc_roster_line_equal (const QcRosterLine *a, const QcRosterLine *b);

typedef struct {
  QcBusiness business;
  GPtrArray *lines; /* (owned) QcRosterLine, in the order entered */
  gint64 next_id;   /* id of the next line added */
} QcRoster;

QcRoster *qc_roster_new (QcBusiness business);
QcRoster *qc_roster_copy (const QcRoster *roster);
void qc_roster_free (QcRoster *roster);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcRoster, qc_roster_free)

/* Takes @line at @position (-1 = at the end); a line without id gets the next one. Returns the id. */
gint64 qc_roster_take (QcRoster *roster, int position, QcRosterLine *line);
/* (transfer none) (nullable); *@position may be NULL. */
QcRosterLine *qc_roster_find (const QcRoster *roster, gint64 id, int *position);
/* The first line of the person, by account or else by folded document. (transfer none) (nullable) */
QcRosterLine *qc_roster_find_person (const QcRoster *roster, const char *account, const char *document);
/* Takes the line out. (transfer full) (nullable) */
QcRosterLine *qc_roster_steal (QcRoster *roster, gint64 id);
/* 全部删除. */
void qc_roster_clear (QcRoster *roster);

typedef struct {
  gint64 lines, people; /* people: distinct */
  QcMoney unit_fen, personal_fen;
} QcRosterTotals;
/* FALSE if a sum goes beyond QC_MONEY_MAX. */
gboolean qc_roster_sum (const QcRoster *roster, QcRosterTotals *out);

/*
 * What every roster must satisfy, whatever the business: not empty, nobody twice (unless @may_repeat: 补缴 takes a
 * person more than once for different months), reasons from @codes (QcCode; list @reason_list, or NULL when none is
 * needed). Puts each finding at its line (index), into the line and into the result. Earlier findings of the lines go.
 * (transfer full)
 */
GPtrArray *qc_roster_check (QcRoster *roster, gboolean may_repeat, const GPtrArray *codes, const char *reason_list);

G_END_DECLS
