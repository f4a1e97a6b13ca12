/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A finding: what a check found, where, and what to do. Client and center make the same findings from the same rules;
 * they travel as code + arguments, each argument with its kind, and become sentences at the last moment, in the
 * reader's language. Every code stands once in the table of qc-finding-table.c with its severity, its sentence and its
 * next step.
 */
#pragma once

#include "qc-types.h"

G_BEGIN_DECLS

typedef enum {
  QC_SEVERITY_NOTE,    /* said, nothing to do */
  QC_SEVERITY_WARNING, /* said before 办理, does not block */
  QC_SEVERITY_ASK,     /* must be answered before 办理 */
  QC_SEVERITY_ERROR,   /* blocks */
} QcSeverity;

typedef struct {
  char *code; /* (owned) for example "remittance.unfinished" */
  QcSeverity severity;
  gint64 line;      /* id of the roster line, 0 = none */
  QcMonth month;    /* the month concerned, or QC_MONTH_NONE */
  char *person;     /* (owned) (nullable) 个人账号 */
  char *field;      /* (owned) (nullable) field name as on the wire: "base", "document" … */
  GHashTable *args; /* (owned) char* → char*: "kind:value", see QcArgKind */
  gint64 total;     /* how many of this code there are where only some are kept (qc_findings_cap), else 0 */
} QcFinding;

/* What an argument is. It travels and is kept as "kind:value"; a text without a kind that is known is a text. */
typedef enum {
  QC_ARG_TEXT,          /* text: as it is */
  QC_ARG_COUNT,         /* count: a whole number, shown with its thousands */
  QC_ARG_MONEY,         /* money: fen */
  QC_ARG_MONTH,         /* month: 2026-10 */
  QC_ARG_STATE,         /* state: code of a QcApplicationState; these and the following become words */
  QC_ARG_BUSINESS,      /* business: code of a QcBusiness */
  QC_ARG_ACTION,        /* action: code of a QcApplicationAction */
  QC_ARG_UNIT_STATUS,   /* unit-status: code of a QcUnitStatus */
  QC_ARG_PERSON_STATUS, /* person-status: A.6 */
  QC_ARG_CLASS,         /* class: code of a QcRetirementClass */
  QC_ARG_FIELD,         /* field: name of a line's field */
  QC_ARG_TEXT_FIELD,    /* text-field: code of a QcTextField */
  QC_ARG_UNIT_FIELD,    /* unit-field: name of a QcUnitField */
} QcArgKind;
#define QC_N_ARG_KINDS (QC_ARG_UNIT_FIELD + 1)

/* @code must be in the table; the severity comes from there. Arguments: name, value pairs of texts, NULL-ended. */
QcFinding *qc_finding_new (const char *code, ...) G_GNUC_NULL_TERMINATED;
/* For what arrives by wire. An unknown @code gets a general sentence that names it, in our words: no prose of a center
 * is kept. Never fails. */
QcFinding *qc_finding_new_received (const char *code, QcSeverity severity);
QcFinding *qc_finding_copy (const QcFinding *finding);
void qc_finding_free (QcFinding *finding);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcFinding, qc_finding_free)

void qc_finding_set_arg (QcFinding *finding, const char *name, const char *value);
void qc_finding_set_arg_code (QcFinding *finding, QcArgKind kind, const char *name, const char *code);
/* As it travels and is kept: "kind:value". */
void qc_finding_set_arg_tagged (QcFinding *finding, const char *name, const char *tagged);
/* The value without its kind, borrowed; NULL if there is none. *@kind may be NULL. */
const char *qc_finding_get_arg (const QcFinding *finding, const char *name, QcArgKind *kind);
void qc_finding_set_arg_money (QcFinding *finding, const char *name, QcMoney money);
void qc_finding_set_arg_month (QcFinding *finding, const char *name, QcMonth month);
/* To the minute, in China's time. */
void qc_finding_set_arg_time (QcFinding *finding, const char *name, gint64 unix_seconds);
void qc_finding_set_arg_int (QcFinding *finding, const char *name, gint64 value);
void qc_finding_at (QcFinding *finding, gint64 line, const char *person, const char *field);

/* The sentence in the current language (gettext domain "qingce"), {name} replaced by its argument. (transfer full) */
char *qc_finding_dup_sentence (const QcFinding *finding);
/* Whom it concerns, name and account, where its sentence does not say so itself, else NULL. (transfer full) (nullable)
 */
char *qc_finding_dup_whom (const QcFinding *finding);
/* The next step, or NULL where the sentence suffices. (transfer full) (nullable) */
char *qc_finding_dup_advice (const QcFinding *finding);
/* The headline under which findings of one code are grouped ("base below the floor {floor}"). (transfer full) */
char *qc_finding_dup_group (const QcFinding *finding);

/* GPtrArray of QcFinding with its free function set. (transfer full) */
GPtrArray *qc_findings_new (void);
/* Whether any of @findings blocks (ERROR, or ASK). */
gboolean qc_findings_block (const GPtrArray *findings);
/* Worst first, then in the order of the table, then by line and month. */
void qc_findings_sort (GPtrArray *findings);
/* Drops each one that says the same of the same as one before it: what the center and the checks here both found. */
void qc_findings_say_once (GPtrArray *findings);
/* Keeps the first @per_code of each code, of all together at most @most; those of a code that lost some say its total.
 */
void qc_findings_cap (GPtrArray *findings, guint per_code, guint most);

const char *qc_severity_to_code (QcSeverity severity); /* "note" "warning" "ask" "error" */
gboolean qc_severity_from_code (const char *code, QcSeverity *out);

/* For tests: the i-th code of the table, NULL at its end. */
const char *qc_finding_table_code (guint i);

G_END_DECLS
