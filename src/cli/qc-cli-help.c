/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * --help: enough to write a script without the manual. Main thread.
 */
#include "qc-cli.h"

#include <glib/gi18n.h>
#include <stdio.h>

#include "qc-cli-out.h"

typedef struct {
  const char *word, *msgid;
} Row;

static const Row options[] = {
    {"--data DIR", N_ ("The data folder (else $QINGCE_DATA, else the one of the window)")},
    {"--profile ID", N_ ("The center; “practice” for practice, else the one chosen last")},
    {"--practice", N_ ("The practice center, started as the window does")},
    {"--unit ACCOUNT", N_ ("The unit, else the one chosen last; also behind a command, for it and those that follow")},
    {"--json", N_ ("One JSON object a line; the last of each command has type “end”")},
    {"--wait SECONDS", N_ ("How long a command may take in all; else 60 for an outcome, and no limit for the rest")},
    {"-k, --keep-going", N_ ("Go on with the next command after one that failed")},
    {"-h, --help", N_ ("This, or one command's usage behind its name")},
    {"--version", N_ ("The version")},
};

static const Row words[] = {
    {"METHOD", N_ ("collection (the bank draws) or transfer (the unit pays itself)")},
    {"CLASS",
     N_ ("women-50, women-55 or women-60: what a woman's position is, asked for where the center does not know it")},
    {"BUSINESS", N_ ("back-payment, account-opening, transfer, sealing, base-adjustment, retirement, unit-change")},
    {"FIELD",
     N_ ("account, reason, reason_text, from, to, new_base (back-payment); name, document_type, document, sex, birth, "
         "mobile, new_base (account-opening); account, target_unit (transfer); account, reason, reason_text, new_base "
         "(sealing); account, new_base (base-adjustment); account, class, authorized (retirement)")},
    {"DRAFT", N_ ("the number of a draft that lies unfinished, as “drafts” and “reopen” tell it")},
    {"NAME",
     N_ ("of the unit's registration data (unit-change): DWDZ address, DWYB post code, DWLXDH phone, DWDZXX e-mail, "
         "DWFXR day of pay, JBRSJHM handler's mobile …; the manual has all of them")},
    {"FILE", N_ ("rows as spreadsheets copy them: tabs between the cells, the first row names the fields; - is "
                 "standard input")},
    {"KIND", N_ ("of a picture that the center asks for: roster, statement (back-payment); credit-authorization "
                 "(account-opening), which is of a line")},
    {"LINE", N_ ("a row of the roster, from 1; * is whoever the file is named after")},
    {"STATUS", N_ ("normal, sealed, closed, other")},
    {"STATE", N_ ("registered, in-review, accepted, finished, returned, cancelled, deleted")},
    {"KIND",
     N_ ("of the journal: the beginning of an act's code, such as outbox, draft, import, exported, voucher, paper, "
         "sign, backup, bundle")},
    {"DAY", N_ ("as 2026-11-23 or 20261123; both days count")},
    {"N", N_ ("an amount in fen: --expect-fen 1234500 means 12,345.00; nothing is sent when it differs")},
};

static const Row statuses[] = {
    {"0", N_ ("Done")},
    {"1", N_ ("Refused by a finding, by the center, or by the bank")},
    {"2", N_ ("The command line is wrong")},
    {"3", N_ ("Nobody is signed in")},
    {"4", N_ ("The center cannot be reached; what was queued is sent by a later “pull”")},
    {"5", N_ ("It was sent and the outcome is not known yet; do not do it again, “pull” asks")},
    {"6", N_ ("Another process has the data folder open")},
    {"7", N_ ("No such profile, unit, serial, key or file")},
    {"8", N_ ("Not possible in the present state")},
    {"9", N_ ("The amount or the number of people is not the expected one; nothing was sent")},
    {"10", N_ ("The journal, the voucher or the moving file does not hold, or its passphrase does not fit")},
    {"11", N_ ("The computer, the connection or an answer failed")},
    {"12", N_ ("The sign-in was declined or not finished")},
    {"13", N_ ("The signed facts are genuine, but the page does not show the amounts that were signed")},
    {"14", N_ ("The database was damaged; what could be read of it is in a new one, and nothing else was done")},
    {"130", N_ ("Interrupted")},
};

static void
print_rows (const Row *rows, gsize n)
{
  for (gsize i = 0; i < n; i++)
    qc_say ("  %-18s %s", rows[i].word, _ (rows[i].msgid));
  qc_say ("%s", "");
}

void
qc_cli_print_help (void)
{
  qc_say ("qingce-cli [OPTION…] COMMAND [ARGUMENT…] [--then COMMAND [ARGUMENT…]]…");
  qc_say ("qingce-cli [OPTION…] batch");
  qc_say ("\n%s\n",
          _ ("Housing provident fund business of a unit, for scripts. Commands run one after the other in one process; "
             "“batch” reads them from standard input, one a line. Without a keyring the sign-in lasts as long "
             "as the process."));
  qc_say ("%s", _ ("Commands:"));
  for (const QcCommand *command = qc_cli_commands (); command->name; command++)
    qc_say ("  %s%s%s\n        %s", command->name, *command->args ? " " : "", command->args, _ (command->summary));
  qc_say ("  batch\n        %s\n", _ ("Read commands from standard input"));
  qc_say ("%s", _ ("Options:"));
  print_rows (options, G_N_ELEMENTS (options));
  qc_say ("%s", _ ("Words:"));
  print_rows (words, G_N_ELEMENTS (words));
  qc_say ("%s", _ ("Exit status:"));
  print_rows (statuses, G_N_ELEMENTS (statuses));
  qc_say ("%s", _ ("Example:"));
  qc_say ("  qingce-cli --practice --unit 231100000042 sign-in --then pull --then remit --dry-run");
}
