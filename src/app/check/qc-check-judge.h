/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What a fact about this computer means for the clerk. Pure functions: whatever was measured goes in, words come out.
 * All (transfer full). Any thread.
 */
#pragma once

#include "qc-check.h"
#include "qc-probe.h"
#include "qc-secret-service.h"

G_BEGIN_DECLS

/* @offset: seconds by which the center's clock is ahead, @known: it was asked; @zone: minutes this computer's time is
 * ahead of UTC. */
QcCheckVerdict qc_judge_clock (gboolean known, gint64 offset, int zone);
/* @error: (nullable): what the greeting failed with. */
QcCheckVerdict qc_judge_center (const GError *error, const char *host);
QcCheckVerdict qc_judge_certificate (const QcProbe *probe, gint64 now);
QcCheckVerdict qc_judge_proxy (const QcProbe *probe);
/* Bytes. */
QcCheckVerdict qc_judge_disk (gboolean known, guint64 free, guint64 size);

typedef struct {
  gboolean is_there;
  guint mode;                    /* permission bits of the folder */
  gboolean is_own;               /* it belongs to who runs the program */
  gboolean is_writable;          /* a file could be made in it */
  gboolean database_is_writable; /* the file itself is not read-only */
  gboolean is_remote;            /* on another computer: SQLite's locks may not hold there */
} QcCheckFolder;
QcCheckVerdict qc_judge_folder (const QcCheckFolder *folder);
/* @damage: (nullable): what looking through the file said. */
QcCheckVerdict qc_judge_database (int version, const char *text, gboolean threadsafe, const GError *damage);
/* @missing: (nullable): no font for paper; @rare: a character beyond the BMP can be printed. */
QcCheckVerdict qc_judge_fonts (const GError *missing, gboolean rare);
QcCheckVerdict qc_judge_keyring (QcSecretServiceState state);
/* @words: what the reader says of itself, NULL with @error. */
QcCheckVerdict qc_judge_reader (const char *words, const GError *error);
QcCheckVerdict qc_judge_practice (const char *program);
/* @charset: of the locale; @wants_chinese: it is a Chinese one; @has_chinese: the translation is installed. */
QcCheckVerdict qc_judge_language (const char *charset, gboolean wants_chinese, gboolean has_chinese);
/* @name: (nullable): of the program that opens web pages. */
QcCheckVerdict qc_judge_browser (const char *name);

/* @reason, @advice (nullable): copied. */
QcCheckVerdict qc_check_verdict (QcCheckState state, const char *reason, const char *advice);

G_END_DECLS
