/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The one table of the registration data of a unit that 单位缴存登记信息变更 can change (domain notes 7): each field's
 * name on the wire (that of JGJ/T 320 where it has one), its group on the form, what may stand in it, and what is
 * required. Who shows, edits, sends, judges or keeps such data loops over it. Which of them the center locks is its own
 * policy and no part of this. Pure functions, any thread.
 */
#pragma once

#include "qc-finding.h"
#include "qc-policy.h"
#include "qc-text-field.h"
#include "qc-unit.h"

G_BEGIN_DECLS

typedef enum {
  QC_UNIT_GROUP_KEY,          /* 关键信息 */
  QC_UNIT_GROUP_CONTACT,      /* 联系方式 */
  QC_UNIT_GROUP_REGISTRATION, /* 登记信息 */
  QC_UNIT_GROUP_HANDLER,      /* 经办人 */
  QC_UNIT_GROUP_BANK,         /* 委托银行 */
} QcUnitGroup;
#define QC_N_UNIT_GROUPS (QC_UNIT_GROUP_BANK + 1)
const char *qc_unit_group_to_msgid (QcUnitGroup group); /* N_() */

typedef enum {
  QC_UNIT_FIELD_TEXT,
  QC_UNIT_FIELD_NAME,        /* without blanks */
  QC_UNIT_FIELD_CODE,        /* of the center's list; as it was typed where the center has none */
  QC_UNIT_FIELD_CREDIT_CODE, /* 统一社会信用代码 */
  QC_UNIT_FIELD_DOCUMENT,    /* a number of the kind of document that another field says */
  QC_UNIT_FIELD_POSTCODE,
  QC_UNIT_FIELD_PHONE, /* landline or mobile */
  QC_UNIT_FIELD_MOBILE,
  QC_UNIT_FIELD_EMAIL,
  QC_UNIT_FIELD_DATE, /* 2005-03-18, not in the future */
  QC_UNIT_FIELD_DAY,  /* 1 to 31 */
} QcUnitFieldKind;

typedef struct {
  const char *name;  /* on the wire, in databases and findings: "DWDZ" */
  const char *msgid; /* N_() */
  QcUnitGroup group;
  QcUnitFieldKind kind;
  QcTextField text; /* how long it may be, what may stand in it */
  const char *list; /* (nullable) CODE: the center's list */
  const char *type; /* (nullable) DOCUMENT: the field that says which kind */
  int length;       /* exactly so many characters, 0 = as @text says */
  gboolean required;
  gboolean unique; /* no other unit may have the same */
} QcUnitField;

guint qc_unit_fields_count (void);
const QcUnitField *qc_unit_field (guint i);
/* By its name on the wire. (nullable) */
const QcUnitField *qc_unit_field_find (const char *name);

/* What the unit has there, as it travels; "" where nothing is. Names and codes that are members of QcUnit are read from
 * there. Borrowed from @unit. */
const char *qc_unit_field_get (const QcUnitField *field, const QcUnit *unit);
void qc_unit_field_set (const QcUnitField *field, QcUnit *unit, const char *value);

/*
 * Why the center lets nobody change it here, in the center's own words; NULL where it may be changed. The list
 * "unit-field-locked" of @codes (QcCode) says so; a center without one locks what the unit is known by. Borrowed, "" =
 * no reason given.
 */
#define QC_UNIT_LOCKED_LIST "unit-field-locked"
const char *qc_unit_field_lock (const QcUnitField *field, const GPtrArray *codes);

/* What was typed, as it is kept: a word of the center's list becomes its code, a date its usual form. What cannot be
 * read stays as it is, for the check. (transfer full) */
char *qc_unit_field_fold (const QcUnitField *field, const char *entered, const GPtrArray *codes);
/* As a person reads it: the word of a code. (transfer full) */
char *qc_unit_field_dup_shown (const QcUnitField *field, const char *value, const GPtrArray *codes);
/*
 * Appends what is wrong with the folded @value, at the field. @type: (nullable) DOCUMENT: the kind of document. @today
 * NONE: dates to come are not looked at.
 */
void qc_unit_field_check (const QcUnitField *field, const char *value, const char *type, const GPtrArray *codes,
                          QcDate today, GPtrArray *out);
/* A finding @code at @field with its name as {field}. Owned by @out. */
QcFinding *qc_unit_field_add (const QcUnitField *field, const char *code, GPtrArray *out);

G_END_DECLS
