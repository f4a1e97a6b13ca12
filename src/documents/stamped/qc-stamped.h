/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What a unit prints, stamps and photographs (B13): 补缴清册, which bears the check code of its lines, so that what is
 * stamped is what is entered; and 补缴说明. Forms of the trade: their words are Chinese in every language of the
 * program. Not changed while it is drawn: any thread; not for the main loop when there are many lines.
 */
#pragma once

#include "qc-policy.h"
#include "qc-roster.h"
#include "qc-sheet.h"
#include "qc-unit.h"

G_BEGIN_DECLS

/* Everything is borrowed. */
typedef struct {
  const char *center;     /* to whom it goes: the department's name */
  const char *unit_name;  /* who stamps it */
  const char *unit;       /* 单位公积金账号 */
  const char *handler;    /* (nullable) 经办人 */
  QcMethod method;        /* NONE: not said */
  QcDate date;            /* 填制日期 */
  const QcRoster *roster; /* lines of a 补缴, complete */
  const GPtrArray *codes; /* QcCode: the words of its reasons */
  const char *check_code; /* of the roster, qc_roster_dup_check_code() */
  const char *statement;  /* (nullable) the text of the 补缴说明, a paragraph a line */
  gboolean practice;
} QcStampedPaper;

typedef enum {
  QC_STAMPED_ROSTER,    /* 补缴清册 */
  QC_STAMPED_STATEMENT, /* 补缴说明 */
} QcStampedKind;

/* On any canvas, all its pages; returns how many. */
int qc_stamped_draw (const QcStampedPaper *paper, QcStampedKind kind, QcCanvas *canvas);
/* @created: unix seconds. Errors: QC_DOCUMENTS_ERROR. (transfer full) */
GBytes *qc_stamped_to_pdf (QcFont *font, const QcStampedPaper *paper, QcStampedKind kind, gint64 created,
                           GError **error);
/* A good name for the file: "补缴清册-<check code>.pdf". (transfer full) */
char *qc_stamped_dup_file_name (const QcStampedPaper *paper, QcStampedKind kind);

G_END_DECLS
