/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A roster service played over the fixture's people: everything is waited for until it is read, written and checked.
 */
#pragma once

#include "qc-app-fixture.h"
#include "qc-roster-service.h"
#include "qc-submission.h"

G_BEGIN_DECLS

/* Opens draft @draft (0 = the newest). (transfer full) */
QcRosterService *play_open (QcAppFixture *fixture, QcBusiness business, gint64 draft);
/* Everything is read, written and checked, and has been told. Fails where the data could not be read. */
void play_settle (QcRosterService *service);
QcDraft *play_draft (QcRosterService *service);
const QcRoster *play_roster (QcRosterService *service);
/* (nullable) */
const QcRosterLine *play_find (QcRosterService *service, const char *account);
/* Settled afterwards. (transfer full) */
QcPasteResult *play_paste (QcRosterService *service, const char *text);
/* The same with a cursor. NULL on error. (transfer full) (nullable) */
QcPasteResult *play_paste_at (QcRosterService *service, gint64 line, QcLineFieldId field, const char *text,
                              GError **error);
void play_enter (QcRosterService *service, const char *account, QcLineFieldId field, const char *text);
/* (transfer full) (nullable) */
char *play_why_not (QcRosterService *service);
/* 办理 of what stands there now, or of @token. (transfer full) (nullable) */
QcOutboxItem *play_submit (QcRosterService *service, const char *token, GError **error);
/* What of @item lies in the outbox. (transfer full) */
QcSubmission *play_outbox_body (QcAppFixture *fixture, gint64 item);
/* The roster as it is on the screen, every cell of it. (transfer full) */
char *play_picture (QcRosterService *service);
/* A finding with @code among those of the line, or (0) of all that is told. Borrowed until the next one is asked for.
 * (nullable) */
const QcFinding *play_finding (QcRosterService *service, gint64 line, const char *code);

G_END_DECLS
