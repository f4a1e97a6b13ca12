/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What holds of a person in every business: name, identity document, base within the center's limits. Pure functions,
 * any one thread at a time.
 */
#pragma once

#include "qc-contribution.h"
#include "qc-employee.h"
#include "qc-finding.h"

G_BEGIN_DECLS

#define QC_DOCUMENT_RESIDENT_ID  "01"
#define QC_PERSON_DOCUMENT_LIMIT 18 /* characters, JGJ/T 320 an18 */

/* Each appends its findings to @out, at @line (id, 0 = none), with the field's name on the wire. Values must be folded.
 */
void qc_rules_person_check_name (GPtrArray *out, gint64 line, const char *name);
/* @today for "not in the future"; QC_DATE_NONE skips that. For a resident ID @birth and @sex may be 0. */
void qc_rules_person_check_document (GPtrArray *out, gint64 line, const char *document_type, const char *document,
                                     QcDate birth, QcSex sex, QcDate today);
/* What is wrong with a number of a resident ID; NULL when nothing is. (transfer full) (nullable) */
QcFinding *qc_rules_person_check_resident_id (const char *document, QcDate today);
/* Never clamps: says which limit is broken and what is allowed. */
void qc_rules_person_check_base (GPtrArray *out, gint64 line, QcMoney base, const QcRatios *ratios,
                                 const QcPolicy *policy);

G_END_DECLS
