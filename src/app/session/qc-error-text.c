/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-error-text.h. One table: what went wrong, why, and what to do next, by the stable name app gives the error.
 * An error with a message of its own ("own") brings its reason along. Any thread.
 */
#include "qc-error-text.h"

#include <glib/gi18n-lib.h>

#include "qc-app-error.h"

typedef struct {
  const char *code;
  const char *title;
  const char *reason; /* NULL: the error's own message */
  const char *advice; /* NULL: none */
} Row;

static const Row rows[] = {
    /* the data of this computer */
    {"app.locked", N_ ("Qingce is already open"), NULL,
     N_ ("Go on in the window that is open, or close it and try again.")},
    {"app.data-dir", N_ ("The data folder cannot be used"), NULL,
     N_ ("Check that the folder exists and that you may write into it.")},
    {"app.not-open", N_ ("The data are not open"), N_ ("They were closed, or could not be opened."),
     N_ ("Close Qingce and start it again.")},
    {"app.no-unit", N_ ("No unit is chosen"), N_ ("Nothing is known of a unit yet."),
     N_ ("Sign in, then choose the unit in the sidebar.")},
    {"app.incomplete", N_ ("Not all data is here yet"),
     N_ ("The unit's data are still being fetched. No figures are given before all of them are here."),
     N_ ("Nothing needs to be done; they appear as soon as everything has arrived.")},
    {"app.draft", N_ ("The draft cannot be changed now"), NULL, NULL},
    {"db.full", N_ ("The disk is full"), N_ ("Nothing was written; what was saved before is unharmed."),
     N_ ("Free some space, then try again.")},
    {"io.no-space", N_ ("The disk is full"), N_ ("Nothing was written; what was saved before is unharmed."),
     N_ ("Free some space, then try again.")},
    {"db.newer", N_ ("These data are from a newer Qingce"),
     N_ ("A newer version has written them. They were not touched."),
     N_ ("Install the newer version and open it again.")},
    {"db.corrupt", N_ ("The database is damaged"), N_ ("It cannot be read. It was moved aside, not deleted."),
     N_ ("Sign in to fetch everything from the center again. Keep the file that was moved aside: drafts are in it.")},
    {"db.busy", N_ ("The database is in use"), N_ ("Another program holds the database file."),
     N_ ("Close the other program and try again.")},
    {"db.io", N_ ("The disk cannot be read or written"), N_ ("The system reported an input or output error."),
     N_ ("Check the disk, then try again.")},
    {"db.exposed", N_ ("Others can look into the data folder"),
     N_ ("It belongs to another user, or has other things in it, so that their rights were left as they are."),
     N_ ("Choose an empty folder of your own, or take away the rights of others (chmod 700).")},
    {"db.not-found", N_ ("It is no longer there"), N_ ("It was changed or removed in the meantime."),
     N_ ("Look at the list again.")},
    {"db.failed", N_ ("The database refused it"), NULL, N_ ("Try again. If it stays so, restart Qingce.")},
    {"store.state", N_ ("This is not possible anymore"), N_ ("It has been sent, or is locked, in the meantime."),
     N_ ("Look at the list again.")},
    {"store.tampered", N_ ("The journal was changed from outside"), N_ ("Its entries no longer fit together."),
     N_ ("Keep a copy of the data folder and tell whoever is responsible.")},
    {"io.permission", N_ ("No permission"), N_ ("The system does not allow reading or writing there."),
     N_ ("Choose another place, or ask whoever looks after this computer.")},
    {"io.not-found", N_ ("Not found"), N_ ("The file or folder does not exist."), NULL},
    /* vouchers */
    {"app.voucher", N_ ("The voucher cannot be printed"), NULL,
     N_ ("Nothing was printed. Sync and try again; if it stays so, tell the center.")},
    {"app.not-counted", N_ ("The voucher was made, but not written into the book"), NULL,
     N_ ("Do not make it once more because of this. Write down by hand where it went: the next copy bears the same "
         "number of reprints as this one.")},
    /* what is kept, and what moves */
    {"keep.waiting", N_ ("Something still waits to be submitted"), NULL,
     N_ ("Let it be submitted, or take it back; then try again. Nothing was changed.")},
    {"keep.busy", N_ ("It is being done already"), NULL, N_ ("Wait a moment.")},
    {"bundle.none", N_ ("This is not a moving file"), N_ ("It was not made by Qingce, or its beginning is damaged."),
     N_ ("Choose the file that was made on the other computer. Nothing was changed.")},
    {"bundle.passphrase", N_ ("The passphrase does not fit"), N_ ("The file was made with another one."),
     N_ ("Enter it as it was entered on the other computer. Nothing was changed.")},
    {"bundle.torn", N_ ("The moving file is damaged"),
     N_ ("It is cut short, or something in it was changed on its way."),
     N_ ("Copy it once more, or make it anew on the other computer. Nothing was changed.")},
    {"bundle.newer", N_ ("The moving file is from a newer Qingce"), N_ ("This version cannot read it."),
     N_ ("Install the newer version here, then try again. Nothing was changed.")},
    {"documents.no-font", N_ ("The font for paper is missing"), NULL,
     N_ ("Install the package fonts-lxgw-wenkai, then try again.")},
    {"documents.no-glyph", N_ ("A character cannot be printed"), NULL,
     N_ ("Install a font that has it, then try again. Nothing is left out silently.")},
    {"documents.too-rare", N_ ("Too many rare characters for one file"), NULL, N_ ("Save fewer vouchers in one file.")},
    {"documents.pdf", N_ ("The PDF could not be made"), NULL, N_ ("Try again. If it stays so, restart Qingce.")},
    {"documents.write", N_ ("The file could not be written"), NULL,
     N_ ("Choose another place. What was there before is unharmed.")},
    {"documents.too-small", N_ ("The paper is too small"), NULL,
     N_ ("Choose a larger paper, one that lies across, or narrower margins. Nothing is cut off.")},
    {"app.paper", N_ ("It cannot be printed"), NULL, NULL},
    {"documents.no-code", N_ ("No voucher was found in the file"), NULL,
     N_ ("Take the picture of the QR code from nearer and in better light, or open the PDF itself.")},
    {"reader.missing", N_ ("Files cannot be read"), NULL,
     N_ ("Install Qingce completely, with the program qingce-reader.")},
    {"reader.open", N_ ("The file cannot be opened"), NULL, N_ ("Choose a PDF, or a picture of the QR code.")},
    {"reader.unreadable", N_ ("The file cannot be read"), NULL, N_ ("Choose a PDF, or a picture of the QR code.")},
    {"reader.locked", N_ ("The file is locked"), NULL,
     N_ ("Ask for a file without a password, or take a picture of the QR code.")},
    {"reader.gave-up", N_ ("Reading the file was given up"), NULL,
     N_ ("Nothing else was harmed. Do not trust the file; ask for another copy, or take a picture of the QR code.")},
    /* pictures that are to be sent */
    {"picture.open", N_ ("The picture cannot be opened"), NULL,
     N_ ("Look whether it is still where it was, and choose it again.")},
    {"picture.kind", N_ ("The file is not taken"), NULL,
     N_ ("Choose a JPEG, PNG or HEIC picture, as a telephone or a camera makes it.")},
    {"picture.damaged", N_ ("The picture is damaged"), NULL,
     N_ ("Copy it once more from where it came, or take it again.")},
    {"picture.large", N_ ("The picture is too large"), NULL,
     N_ ("Save it smaller, or take it again with fewer pixels.")},
    {"picture.small", N_ ("The picture is too small"), NULL, N_ ("Choose the picture itself, not its preview.")},
    {"picture.given-up", N_ ("Reading the picture was given up"), NULL,
     N_ ("Nothing else was harmed. Take the picture again, or ask for another copy.")},
    /* workbooks */
    {"sheet.write", N_ ("The file could not be written"), NULL,
     N_ ("If it is open in another program, close it there; else choose another place. Then export again.")},
    {"sheet.no-space", N_ ("The disk is full"), NULL,
     N_ ("Free some space or choose another place, then export again.")},
    /* practice */
    {"app.no-center", N_ ("The practice center is missing"), NULL,
     N_ ("Install Qingce completely, with the program qingce-center.")},
    {"app.center-died", N_ ("The practice center stopped"), NULL,
     N_ ("Try again to start it once more. What you entered is kept.")},
    {"sync.practice", N_ ("Practice and real business do not mix"),
     N_ ("A practice file met a real center, or the other way round. Nothing was sent."),
     N_ ("Choose the center again.")},
    /* the network */
    {"sync.offline", N_ ("The center cannot be reached"),
     N_ ("There is no network, or the center does not answer. Nothing was lost; drafting goes on offline."),
     N_ ("It is tried again by itself.")},
    {"sync.timeout", N_ ("The center did not answer in time"), N_ ("The network or the center is slow."),
     N_ ("It is tried again by itself.")},
    {"sync.retry-later", N_ ("The center is busy"), N_ ("It asked to be left alone for a while."),
     N_ ("It is tried again by itself.")},
    {"sync.not-center", N_ ("This is not a center"),
     N_ ("Something answers at the center's address, but not a center: perhaps a sign-in page of the network."),
     N_ ("Check the network; if it stays so, ask the center for a new file.")},
    {"sync.bad-answer", N_ ("The center's answer cannot be understood"), NULL,
     N_ ("Nothing was changed here. If it stays so, tell the center.")},
    {"sync.clock", N_ ("This computer's clock is wrong"), N_ ("It differs too much from the center's clock."),
     N_ ("Set the date and time, then try again.")},
    {"sync.tls", N_ ("The connection is not safe"), N_ ("The center's certificate was not accepted. Nothing was sent."),
     N_ ("Ask the center; do not go on before it is clear.")},
    {"sync.tls.unknown-ca", N_ ("The connection is not safe"),
     N_ ("The certificate was not issued by the authority this center's file names. Nothing was sent."),
     N_ ("Ask the center for its present file; do not go on before it is clear.")},
    {"sync.tls.expired", N_ ("The center's certificate has expired"), N_ ("Nothing was sent."),
     N_ ("Check this computer's date. If it is right, tell the center.")},
    {"sync.tls.not-yet", N_ ("The center's certificate is not valid yet"), N_ ("Nothing was sent."),
     N_ ("Check this computer's date. If it is right, tell the center.")},
    {"sync.tls.wrong-host", N_ ("The certificate belongs to another address"), N_ ("Nothing was sent."),
     N_ ("Ask the center for its present file.")},
    {"sync.tls.revoked", N_ ("The center's certificate was revoked"), N_ ("Nothing was sent."),
     N_ ("Ask the center; do not go on before it is clear.")},
    {"sync.tls.old", N_ ("The connection is not safe"),
     N_ ("The center offers only a kind of encryption that can be broken (before TLS 1.2). Nothing was sent."),
     N_ ("Tell the center; do not go on before it is clear.")},
    {"sync.no-api", N_ ("This center is not connected"), N_ ("Its file names a portal, but no interface for programs."),
     N_ ("Do the business on the portal's pages, or ask the center for a file with its interface.")},
    {"sync.profile", N_ ("This center file cannot be used"), NULL, NULL},
    {"sync.unknown-outcome", N_ ("The outcome is not known yet"),
     N_ ("It was sent, but the answer was lost. The center is being asked; do not do it again."), NULL},
    {"sync.not-allowed", N_ ("This is not possible anymore"), NULL, N_ ("Look at the list again.")},
    {"sync.problem", N_ ("The center refused it"), NULL, NULL},
    /* signing in */
    {"sync.unauthorized", N_ ("You are signed out"), N_ ("The sign-in has ended. Drafts and what waits are kept."),
     N_ ("Sign in again.")},
    {"sync.sign-in", N_ ("Signing in failed"), NULL, NULL},
    {"sync.sign-in.denied", N_ ("You did not agree"), N_ ("On the portal's page the request was declined."),
     N_ ("Sign in again if that was not meant.")},
    {"sync.sign-in.legal-person", N_ ("Sign in as a legal person"),
     N_ ("Unit business needs a sign-in as a legal person; you came as an individual."),
     N_ ("Sign in again with the unit's legal person account, or register one on the portal.")},
    {"sync.sign-in.no-unit", N_ ("No unit belongs to this account"),
     N_ ("The legal person has no unit at this center."),
     N_ ("Check that it is the right account; a new unit is registered at the center's counter.")},
    {"sync.sign-in.not-verified", N_ ("The account is not verified"), NULL, NULL},
    {"sync.sign-in.timeout", N_ ("Nobody signed in"), N_ ("The portal's page was not finished in time."),
     N_ ("Sign in again.")},
};

static const Row *
find_row (const char *code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_str_equal (rows[i].code, code))
      return &rows[i];
  return NULL;
}

/* Each finding of the center in words. */
static char *
dup_findings (const GPtrArray *findings)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < findings->len && i < 8; i++) {
    g_autofree char *sentence = qc_finding_dup_sentence (g_ptr_array_index (findings, i));
    g_autofree char *advice = qc_finding_dup_advice (g_ptr_array_index (findings, i));
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", sentence);
    if (advice)
      g_string_append_printf (text, " %s", advice);
  }
  return g_string_free (text, FALSE);
}

QcErrorText *
qc_error_text_new (const GError *error)
{
  QcErrorText *text = g_new0 (QcErrorText, 1);
  const char *code = error ? qc_app_error_code (error) : "other";
  const Row *row = find_row (code);
  if (!row) {
    text->title = g_strdup (_ ("It did not work"));
    text->reason = g_strdup (error ? error->message : NULL);
    text->advice = g_strdup (_ ("Try again. If it stays so, restart Qingce."));
    return text;
  }
  text->title = g_strdup (_ (row->title));
  text->advice = row->advice ? g_strdup (_ (row->advice)) : NULL;
  g_autoptr (GPtrArray) findings = row->reason ? NULL : qc_app_error_dup_findings (error);
  text->reason = row->reason ? g_strdup (_ (row->reason))
                 : findings  ? dup_findings (findings)
                             : g_strdup (error->message);
  guint wait = qc_app_error_get_retry_after (error);
  if (wait > 0) {
    g_free (text->advice);
    text->advice = g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "It is tried again in %u second.", "It is tried again in %u seconds.", wait),
        wait);
  }
  return text;
}

void
qc_error_text_free (QcErrorText *text)
{
  g_free (text->title);
  g_free (text->reason);
  g_free (text->advice);
  g_free (text);
}

char *
qc_error_text_dup_body (const QcErrorText *text)
{
  if (!text->reason)
    return g_strdup (text->advice ? text->advice : "");
  return text->advice ? g_strdup_printf ("%s\n%s", text->reason, text->advice) : g_strdup (text->reason);
}

gboolean
qc_error_is_silent (const GError *error)
{
  return !error || g_str_equal (qc_app_error_code (error), "cancelled");
}
