/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * qingce-cli: the use cases of app without a window, for scripts. A command parses its words, asks for what it needs
 * (data folder, profile, unit), waits for app's answers on the main context, and says what came of it as text for
 * people or as one JSON object a line. Main thread.
 */
#pragma once

#include "qc-application-list.h"
#include "qc-draft-list.h"
#include "qc-export.h"
#include "qc-people-list.h"
#include "qc-roster.h"
#include "qc-session.h"

G_BEGIN_DECLS

/* What the exit status of the program means; documented in --help and the manual, never renumbered. */
typedef enum {
  QC_EXIT_OK = 0,
  QC_EXIT_REFUSED = 1,      /* by a finding, by the center, or by the bank */
  QC_EXIT_USAGE = 2,        /* the command line */
  QC_EXIT_SIGNED_OUT = 3,   /* sign in first */
  QC_EXIT_OFFLINE = 4,      /* the center cannot be reached; what was queued is sent later */
  QC_EXIT_UNKNOWN = 5,      /* sent, and the outcome is not known yet: do not do it again */
  QC_EXIT_LOCKED = 6,       /* another process holds the data folder */
  QC_EXIT_NOT_FOUND = 7,    /* no such profile, unit, serial, key or file */
  QC_EXIT_STATE = 8,        /* not possible in the present state */
  QC_EXIT_FIGURES = 9,      /* the amount is not the expected one: nothing was sent */
  QC_EXIT_NOT_GENUINE = 10, /* a journal, voucher or bundle does not hold, or its passphrase does not fit */
  QC_EXIT_FAILED = 11,      /* this computer, the connection's safety, or an answer that makes no sense */
  QC_EXIT_SIGN_IN = 12,     /* the sign-in was declined or not finished */
  QC_EXIT_PAGE = 13,        /* the signed facts are genuine, but the page does not say the same */
  QC_EXIT_DAMAGED = 14,     /* the database was; what could be read of it is in a new one, nothing else was done */
  QC_EXIT_INTERRUPTED = 130,
} QcExit;

typedef struct {
  /* the command line */
  char *data, *profile, *unit; /* (owned) (nullable) */
  gboolean practice, json, keep_going, help, version;
  gboolean batch; /* commands come from standard input */
  int wait;       /* seconds a command may take in all, G_MININT = not said */
  /* what runs */
  QcContext *context;        /* (owned) (nullable) until a command needs it */
  QcSession *session;        /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) of the command: cancelled by SIGINT and SIGTERM, and when its time is up */
  gboolean interrupted;      /* by a signal */
  gboolean late;             /* the command's time is up */
  gint64 until;              /* monotonic, when that is; with --wait only */
  guint timer, signals[2];   /* source ids, 0 = none */
  int token_out;             /* descriptor that gets each new refresh token, -1 = none */
  char *token_told;          /* (owned) (nullable) a secret */
} QcCli;

typedef struct {
  const char *name;
  const char *args;    /* as in a usage line */
  const char *summary; /* N_() */
  int (*run) (QcCli *cli, char ***argv);
} QcCommand;

QcCli *qc_cli_new (void);
void qc_cli_free (QcCli *cli);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcCli, qc_cli_free)

/* The whole program: @argv without its name. */
int qc_cli_main (QcCli *cli, char **argv);
/* A command begins, and is over: between the two --wait counts. */
void qc_cli_begin (QcCli *cli);
void qc_cli_end (QcCli *cli);
/* Commands by name, ended by one without name. */
const QcCommand *qc_cli_commands (void);
void qc_cli_print_help (void);

/*
 * Takes the options of one command out of *@argv (its name first, NULL-ended; @entries may be NULL). What remains is
 * between @min and @max words after the name. FALSE: the command ends with *@out_exit (after --help that is 0).
 */
gboolean qc_cli_parse (QcCli *cli, char ***argv, const GOptionEntry *entries, guint min, guint max, int *out_exit);

/* Its words are not what the command takes: its usage. */
int qc_cli_fail_usage (QcCli *cli, const char *command);

/* --- what commands need: QC_EXIT_OK, or why not (already said) --- */
int qc_cli_need_data (QcCli *cli);
int qc_cli_need_profile (QcCli *cli);
/* Who did business last, for the journal; where that is not known, nobody. */
void qc_cli_recall (QcCli *cli);
int qc_cli_need_unit (QcCli *cli);
/* Closes everything and opens it anew: with what was made ready to take its place. */
int qc_cli_open_anew (QcCli *cli);
/* In practice: its center runs. */
int qc_cli_start_practice (QcCli *cli);
/* The practice center runs (in practice), and one whole round with the center has ended well. */
int qc_cli_sync (QcCli *cli);
/* A round has ended, well or not. */
void qc_cli_round (QcCli *cli);
/* Hands the refresh token on when it changed. */
void qc_cli_tell_token (QcCli *cli);

/* --- waiting --- */

/* For an async call with a GAsyncResult** as its data, and the wait for it. (transfer full) */
void qc_cli_done_cb (GObject *source, GAsyncResult *result, gpointer slot);
GAsyncResult *qc_cli_await (GAsyncResult **slot);
/* FALSE when it did not come true within @seconds, or before the command has to end. */
typedef gboolean (*QcCliCondition) (gpointer data);
gboolean qc_cli_wait_until (QcCli *cli, QcCliCondition condition, gpointer data, double seconds);
/* For what is only read from the database: a moment is left for it also when the command's time is up. */
gboolean qc_cli_wait_here (QcCli *cli, QcCliCondition condition, gpointer data);
/* Until when an outcome is waited for that may never come (monotonic). */
gint64 qc_cli_patience (const QcCli *cli);

/* The rows under @conditions. (transfer full) (nullable): then *@out_exit */
QcApplicationList *qc_cli_read_applications (QcCli *cli, const QcApplicationConditions *conditions, int *out_exit);
QcOutboxList *qc_cli_read_outbox (QcCli *cli);

/* Until the list is as the database has it. */
void qc_cli_read_drafts (QcCli *cli, QcDraftList *drafts);

/* One line of descriptor @fd, NULL when there is none; to be wiped. (transfer full) (nullable) */
char *qc_cli_read_secret (int fd);
/* Wipes and frees it. */
void qc_cli_wipe (char *secret);

/* What --status says (@words nullable); FALSE: no such word. */
gboolean qc_cli_read_people_filter (char **words, QcPeopleFilter *out);
/* What --state and --business say (both nullable). */
gboolean qc_cli_read_conditions (char **states, const char *business, QcApplicationConditions *conditions);

/* --- saying what went wrong --- */

/* In words, with the next step, and the exit status that fits. */
int qc_cli_fail (QcCli *cli, const GError *error);
/* The time is up: with @status. */
int qc_cli_fail_late (QcCli *cli, QcExit status);
int qc_cli_fail_with (QcCli *cli, QcExit status, const char *code, const char *sentence);
const char *qc_exit_to_code (QcExit status);

/* --- commands --- */
int qc_cli_profiles (QcCli *cli, char ***argv);
int qc_cli_import_profile (QcCli *cli, char ***argv);
int qc_cli_sign_in (QcCli *cli, char ***argv);
int qc_cli_sign_out (QcCli *cli, char ***argv);
int qc_cli_units (QcCli *cli, char ***argv);
int qc_cli_pull (QcCli *cli, char ***argv);
int qc_cli_people (QcCli *cli, char ***argv);
int qc_cli_remit (QcCli *cli, char ***argv);
int qc_cli_applications (QcCli *cli, char ***argv);
int qc_cli_application (QcCli *cli, char ***argv);
int qc_cli_redraw (QcCli *cli, char ***argv);
int qc_cli_delete (QcCli *cli, char ***argv);
int qc_cli_cancel (QcCli *cli, char ***argv);
int qc_cli_reopen (QcCli *cli, char ***argv);
int qc_cli_do (QcCli *cli, char ***argv);
int qc_cli_import (QcCli *cli, char ***argv);
int qc_cli_drafts (QcCli *cli, char ***argv);
int qc_cli_outbox (QcCli *cli, char ***argv);
int qc_cli_withdraw (QcCli *cli, char ***argv);
int qc_cli_release (QcCli *cli, char ***argv);
int qc_cli_export (QcCli *cli, char ***argv);
int qc_cli_voucher (QcCli *cli, char ***argv);
int qc_cli_check (QcCli *cli, char ***argv);
int qc_cli_trash (QcCli *cli, char ***argv);
int qc_cli_backup (QcCli *cli, char ***argv);
int qc_cli_bundle (QcCli *cli, char ***argv);
int qc_cli_handover (QcCli *cli, char ***argv);
int qc_cli_journal (QcCli *cli, char ***argv);
int qc_cli_journal_verify (QcCli *cli, char ***argv);

/* --- shared by commands --- */
void qc_cli_show_findings (QcCli *cli, const GPtrArray *findings);
void qc_cli_show_months (QcCli *cli, const GArray *lines);
/* One line each. @codes: (nullable) QcCode. */
void qc_cli_show_roster (QcCli *cli, QcBusiness business, const QcRoster *roster, const GPtrArray *codes);
/* What each was and becomes, one line each: QcFact. @codes: (nullable) QcCode. */
void qc_cli_show_facts (QcCli *cli, const GPtrArray *facts, const GPtrArray *codes);
/* Writes the workbook, and says how many rows it has. @what: its name in JSON */
int qc_cli_write_export (QcCli *cli, QcExport *export, const char *what, const char *path);
int qc_cli_verify_journal (QcCli *cli);
/* @row: of an application. */
void qc_cli_show_application (QcCli *cli, QcApplicationRow *row);
void qc_cli_show_item (QcCli *cli, QcOutboxItem *item);
/* Waits for the center's answer to what 办理 made, says what came of it, and what became of the application. */
int qc_cli_follow_item (QcCli *cli, QcOutboxItem *item);
/* Waits until the bank has answered the draw of @serial, then shows it. */
int qc_cli_follow (QcCli *cli, const char *serial);

G_END_DECLS
