/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 本月与上月 (X12) on the screen: the sum of each month, and the people of each part as a list that can be exported;
 * and in a few words for a confirmation. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "qc-confirm-box.h"
#include "qc-month-sheet.h"

G_BEGIN_DECLS

/* Over the window of @parent. @title: what it is of, translated. */
void qc_sheet_window_open (GtkWidget *parent, QcMonthSheet *sheet, const char *title);
/* The one that was kept when @name (业务流水号 or key) of @fen was submitted here; where none was, that is said. */
void qc_sheet_window_open_kept (GtkWidget *parent, QcSession *session, const char *name, QcMoney fen,
                                const char *title);

/* "Joined" …; borrowed, translated. */
const char *qc_sheet_words_title (QcSheetPart part);
/* "3 people: 丁一, 王二 and 1 more"; "nobody". (transfer full) */
char *qc_sheet_words_part (QcMonthSheet *sheet, QcSheetPart part);
/* The same in a confirmation: only what is there, or that it is as last month. */
void qc_sheet_words_confirm (QcMonthSheet *sheet, QcConfirmBox *box);
/* 上月 + 增加 − 减少 = 本月. (transfer full) */
char *qc_sheet_words_sum (const QcMonthLine *line);

G_END_DECLS
