/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * One line of a roster (清册) and the one table of its fields. A line holds what any business may say of a person; each
 * business uses some of the fields (qc-business.h says which). Whoever copies, compares, shows, reads, writes or sends
 * a line loops over the table; nobody lists the members a second time. Plain values, one thread at a time.
 */
#pragma once

#include "qc-employee.h"

G_BEGIN_DECLS

typedef enum {
  QC_LINE_ACCOUNT,
  QC_LINE_NAME,
  QC_LINE_DOCUMENT_TYPE,
  QC_LINE_DOCUMENT,
  QC_LINE_SEX,
  QC_LINE_BIRTH,
  QC_LINE_MOBILE,
  QC_LINE_OPENED,
  QC_LINE_PAID_TO,
  QC_LINE_STATUS,
  QC_LINE_STATUS_AFTER,
  QC_LINE_REASON,
  QC_LINE_REASON_TEXT,
  QC_LINE_BASE,
  QC_LINE_BASE_PENDING,
  QC_LINE_NEW_BASE,
  QC_LINE_DIFFERENCE,
  QC_LINE_CHANGE,
  QC_LINE_OLD_UNIT_FEN,
  QC_LINE_OLD_PERSONAL_FEN,
  QC_LINE_UNIT_FEN,
  QC_LINE_PERSONAL_FEN,
  QC_LINE_FROM,
  QC_LINE_TO,
  QC_LINE_MONTHS,
  QC_LINE_TARGET_UNIT,
  QC_LINE_TARGET_NAME,
  QC_LINE_FIRST_MONTH,
  QC_LINE_CLASS_BEFORE,
  QC_LINE_CLASS,
  QC_LINE_STATUTORY,
  QC_LINE_AUTHORIZED_BEFORE,
  QC_LINE_LAST_MONTH,
  QC_LINE_AUTHORIZED,
} QcLineFieldId;
#define QC_N_LINE_FIELDS (QC_LINE_AUTHORIZED + 1)

typedef enum {
  QC_FIELD_TEXT,       /* char * */
  QC_FIELD_CODE,       /* char *, a code of one of the center's lists */
  QC_FIELD_MONEY,      /* QcMoney, 0 = nothing said */
  QC_FIELD_DIFFERENCE, /* QcMoney with its sign */
  QC_FIELD_CHANGE,     /* gint32 with its sign, 1/10,000 */
  QC_FIELD_NUMBER,     /* gint32, a count */
  QC_FIELD_MONTH,      /* QcMonth */
  QC_FIELD_DATE,       /* QcDate */
  QC_FIELD_STATUS,     /* QcPersonStatus, 0 = nothing said */
  QC_FIELD_SEX,        /* QcSex */
  QC_FIELD_FLAG,       /* gboolean, FALSE = nothing said */
  QC_FIELD_CLASS,      /* QcRetirementClass */
} QcFieldType;

/* Nobody reads more digits of a percentage: ten-thousandfold. */
#define QC_LINE_MAX_CHANGE 100000000

/* What was typed or pasted into a cell and could not be read: it stays until it is corrected. */
typedef struct {
  QcLineFieldId field;
  char *text; /* (owned) */
} QcRawCell;

typedef struct {
  gint64 id; /* unique in its roster for life, never used again; 0 = not in a roster yet */
  /* what is asked of every line of a large roster lies together */
  char *account;                  /* (owned) (nullable) 个人账号; NULL for somebody new */
  QcMoney unit_fen, personal_fen; /* a month's parts after, or of all months meant (补缴), fen */
  QcPersonStatus status;          /* 现账户状态, as seen */
  QcPersonStatus status_after;    /* 变更后状态 */
  char *name;                     /* (owned) (nullable) */
  char *document_type;            /* (owned) (nullable) A.1 */
  char *document;                 /* (owned) (nullable) folded */
  QcSex sex;
  QcDate birth;
  char *mobile;                           /* (owned) (nullable) */
  QcMonth opened, paid_to;                /* of the person, as seen */
  char *reason;                           /* (owned) (nullable) code of the center's list */
  char *reason_text;                      /* (owned) (nullable) for codes that need words */
  QcMoney base;                           /* as seen, fen */
  gboolean base_pending;                  /* 待调整基数, as seen */
  QcMoney new_base;                       /* 开户, 基数调整, 启封, 补缴: the base meant, fen */
  QcMoney difference;                     /* new_base − base, fen; 0 = none, or no new base */
  gint32 change;                          /* the same in 1/10,000 of the base, within ±QC_LINE_MAX_CHANGE */
  QcMoney old_unit_fen, old_personal_fen; /* a month's parts before, fen */
  QcMonth from, to;                       /* months meant, inclusive */
  gint32 months;                          /* how many of them are paid for */
  char *target_unit;                      /* (owned) (nullable) 同城转移: account of the receiving unit */
  char *target_name;                      /* (owned) (nullable) its name as the center gave it */
  QcMonth first_month;                    /* there the person counts from this month on */
  QcRetirementClass class_before, klass;  /* as seen; as stated now, UNKNOWN = nothing stated */
  QcMonth statutory;                      /* statutory retirement month by the class in force */
  QcMonth authorized_before, authorized;  /* as seen; as asked for now, NONE = nothing asked */
  QcMonth last_month;                     /* the last one remitted if nothing is authorised now */
  GPtrArray *raw;                         /* (owned) (nullable) QcRawCell */
  char *packed;                           /* (owned) (nullable) texts that lie in one piece, see below */
  guint packed_size;
} QcRosterLine;

typedef struct {
  const char *name; /* on the wire, in JSON, in findings: "new_base" */
  QcFieldType type;
  gsize offset;      /* into QcRosterLine */
  const char *msgid; /* N_() column title; zh_CN.po has the guide's word */
  guint chars;       /* natural width of a column, in characters */
  guint max;         /* texts: most characters */
} QcLineField;

const QcLineField *qc_line_field (QcLineFieldId id);
/* By its name on the wire. (nullable) */
const QcLineField *qc_line_field_find (const char *name);
gboolean qc_line_field_from_name (const char *name, QcLineFieldId *out);

QcRosterLine *qc_roster_line_new (void);
QcRosterLine *qc_roster_line_copy (const QcRosterLine *line);
void qc_roster_line_free (QcRosterLine *line);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcRosterLine, qc_roster_line_free)
/* Its texts take the room of one: a roster may be a hundred thousand lines. Any of them can be set as before. Copies
 * are packed. */
void qc_roster_line_pack (QcRosterLine *line);
/* All fields, unreadable cells included; the id is not looked at. */
gboolean qc_roster_line_equal (const QcRosterLine *a, const QcRosterLine *b);
/* The person as seen now: every field that says what was before. What was entered stays. */
void qc_roster_line_see (QcRosterLine *line, const QcEmployee *person);
/* *@out: @line with the person as seen now, for a look only: its texts are those of the two, not its own. */
void qc_roster_line_borrow (QcRosterLine *out, const QcRosterLine *line, const QcEmployee *person);
/* What tells one person from another: the account, else the document. (nullable) */
const char *qc_roster_line_identity (const QcRosterLine *line);
/* How a sentence calls the person: the name, else what there is. Borrowed. */
const char *qc_roster_line_whom (const QcRosterLine *line);
/* Unit part and personal part. */
#define qc_roster_line_fen(l)     ((l)->unit_fen + (l)->personal_fen)
#define qc_roster_line_old_fen(l) ((l)->old_unit_fen + (l)->old_personal_fen)

/* ---- one field ---- */

gboolean qc_line_is_set (const QcRosterLine *line, QcLineFieldId id);
/* Neither a value nor an unreadable text afterwards. */
void qc_line_clear (QcRosterLine *line, QcLineFieldId id);
void qc_line_copy_field (QcRosterLine *to, const QcRosterLine *from, QcLineFieldId id);
gboolean qc_line_same (const QcRosterLine *a, const QcRosterLine *b, QcLineFieldId id);
/* Texts and codes; NULL where nothing is said. Borrowed. */
const char *qc_line_get_text (const QcRosterLine *line, QcLineFieldId id);
/* NULL and "" clear. */
void qc_line_set_text (QcRosterLine *line, QcLineFieldId id, const char *text);
/* Everything that is no text: fen, YYYYMM, YYYYMMDD, the number of an enum. 0 = nothing said. */
gint64 qc_line_get_int (const QcRosterLine *line, QcLineFieldId id);
void qc_line_set_int (QcRosterLine *line, QcLineFieldId id, gint64 value);
/* The text that could not be read, NULL where all is well. Borrowed. */
const char *qc_line_get_raw (const QcRosterLine *line, QcLineFieldId id);
void qc_line_set_raw (QcRosterLine *line, QcLineFieldId id, const char *text);

/*
 * As a person reads it: "12,345.67", 2026年11月, the word of a code of list @list in @codes (GPtrArray of QcCode, both
 * nullable), or the unreadable text as it was typed. "" where nothing is said. (transfer full)
 */
char *qc_line_dup_text (const QcRosterLine *line, QcLineFieldId id, const GPtrArray *codes, const char *list);
/*
 * What a person typed or pasted, folded (qc_text_fold()): amounts with or without separators and 元, months in any
 * usual form, a code or its word. "" clears. FALSE: it cannot be read, and stays in the line as it is
 * (qc_line_get_raw()).
 */
gboolean qc_line_enter (QcRosterLine *line, QcLineFieldId id, const char *text, const GPtrArray *codes,
                        const char *list);

/* The entry of @list with @code. Borrowed. (nullable) */
const QcCode *qc_codes_find (const GPtrArray *codes, const char *list, const char *code);

G_END_DECLS
