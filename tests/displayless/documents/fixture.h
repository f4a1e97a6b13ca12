/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Made-up vouchers for the tests: a key pair of a center and one of a practice center, facts, and other programs that
 * read what was made. One thread.
 */
#pragma once

#include <gio/gio.h>
#include "qc-voucher.h"

typedef struct {
  QcSigningKey *key, *practice_key;
  GPtrArray *centers; /* QcVoucherCenter: 黑河 with @key, its practice with @practice_key */
  QcFont *font;
  char *folder; /* (nullable) for files */
} Stage;

#define SIGNED_AT 1795449600 /* 2026-11-23 */

void stage_open (Stage *stage);
/* The same without a folder. */
void stage_open_bare (Stage *stage);
void stage_close (Stage *stage);
char *stage_path (const Stage *stage, const char *name);

/* A finished 汇缴 by collection of @n_months from 202601; @index varies the figures. */
QcVoucherFacts *facts_make (guint n_months, guint index);
void facts_set_practice (QcVoucherFacts *facts);
void set_text (char **field, const char *text);
/* Every text as long and as wide as a person may enter it. */
void facts_set_longest (QcVoucherFacts *facts);
QcSignedVoucher *facts_sign (const Stage *stage, const QcVoucherFacts *facts);
/* Signed, verified, ready to draw. */
QcVoucher *voucher_make (const Stage *stage, const QcVoucherFacts *facts);

/* The center @name with the public half of @key alone. */
QcVoucherCenter *center_make (const char *name, gboolean practice, const QcSigningKey *key);

/* Runs a program; its standard output. Aborts the test if it fails. */
char *run (const char *const *argv);
/* `pdftotext -layout` of a file, with blanks squeezed. */
char *read_text (const char *path);
