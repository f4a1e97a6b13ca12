/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-check-judge.h. Pure.
 */
#include "qc-check-judge.h"

#include <glib/gi18n-lib.h>

#include "qc-error-text.h"
#include "qc-format.h"
#include "qc-sqlite-version.h"

#define CHINA        (8 * 60)                         /* minutes ahead of UTC */
#define CLOCK_MOST   300                              /* seconds: what the center bears */
#define CLOCK_NOTICE 60                               /* seconds */
#define EXPIRES_SOON (30 * 86400)                     /* seconds */
#define DISK_LEAST   (G_GUINT64_CONSTANT (50) << 20)  /* bytes: a backup and a workbook may not fit any more */
#define DISK_NOTICE  (G_GUINT64_CONSTANT (500) << 20) /* bytes */
#define OTHERS       0077

QcCheckVerdict
qc_check_verdict (QcCheckState state, const char *reason, const char *advice)
{
  return (QcCheckVerdict) {state, g_strdup (reason), g_strdup (advice)};
}

static QcCheckVerdict
judge_error (const GError *error)
{
  g_autoptr (QcErrorText) text = qc_error_text_new (error);
  g_autofree char *reason
      = text->reason ? g_strdup_printf ("%s: %s", text->title, text->reason) : g_strdup (text->title);
  return qc_check_verdict (QC_CHECK_FAULT, reason, text->advice);
}

QcCheckVerdict
qc_judge_clock (gboolean known, gint64 offset, int zone)
{
  gint64 off = ABS (offset);
  g_autofree char *words
      = off < 120 ? g_strdup_printf (ngettext ("%d second", "%d seconds", (gulong)off), (int)off)
                  : g_strdup_printf (ngettext ("%d minute", "%d minutes", (gulong)(off / 60)), (int)(off / 60));
  /* Translators: a time span. */
  g_autofree char *behind = g_strdup_printf (_ ("This computer's clock is %s behind the center's."), words);
  /* Translators: a time span. */
  g_autofree char *ahead = g_strdup_printf (_ ("This computer's clock is %s ahead of the center's."), words);
  const char *advice = _ ("Set date and time in the system's settings, best by itself over the network.");
  if (known && off > CLOCK_MOST)
    return qc_check_verdict (QC_CHECK_FAULT, offset > 0 ? behind : ahead, advice);
  if (known && off > CLOCK_NOTICE)
    return qc_check_verdict (QC_CHECK_NOTICE, offset > 0 ? behind : ahead, advice);
  if (zone != CHINA)
    return qc_check_verdict (
        QC_CHECK_NOTICE,
        _ ("This computer is not set to China's time. Qingce shows China's time; other programs may not."),
        _ ("Set the time zone to Asia/Shanghai in the system's settings."));
  return known ? qc_check_verdict (QC_CHECK_GOOD, _ ("It agrees with the center's clock."), NULL)
               : qc_check_verdict (QC_CHECK_SKIPPED, _ ("No center answered to compare it with."), NULL);
}

QcCheckVerdict
qc_judge_center (const GError *error, const char *host)
{
  if (error)
    return judge_error (error);
  /* Translators: the name of a computer. */
  g_autofree char *words = g_strdup_printf (_ ("%s answers as a center does."), host);
  return qc_check_verdict (QC_CHECK_GOOD, words, NULL);
}

/* What is wrong with it, the worst first; NULL = nothing. */
static const char *
certificate_fault (const QcProbe *probe, gint64 now)
{
  if (probe->is_endless)
    return _ ("Its chain of certificates does not end.");
  if (probe->until != 0 && probe->until <= now)
    return _ ("One of its certificates has expired.");
  if (probe->from > now)
    return _ ("One of its certificates is not valid yet.");
  if (probe->flags & G_TLS_CERTIFICATE_BAD_IDENTITY)
    return _ ("The certificate is for another address.");
  if (probe->flags & G_TLS_CERTIFICATE_UNKNOWN_CA)
    return _ ("The certificate is not from whom the center's file names.");
  if (probe->flags & G_TLS_CERTIFICATE_REVOKED)
    return _ ("The certificate was revoked.");
  return probe->flags != 0 ? _ ("The certificate cannot be trusted.") : NULL;
}

QcCheckVerdict
qc_judge_certificate (const QcProbe *probe, gint64 now)
{
  if (probe->error)
    return qc_check_verdict (QC_CHECK_SKIPPED, _ ("No certificate was shown, since nobody answered."), NULL);
  const char *fault = certificate_fault (probe, now);
  g_autofree char *from = qc_format_date_time (probe->from);
  g_autofree char *until = qc_format_date_time (probe->until);
  /* Translators: whose certificate, by whom, number of certificates, valid from, until. */
  g_autofree char *shown = g_strdup_printf (_ ("Shown: %s, by %s; a chain of %u, valid from %s to %s."),
                                            probe->subject ? probe->subject : "?", probe->issuer ? probe->issuer : "?",
                                            probe->n_certificates, from, until);
  if (fault) {
    g_autofree char *words = g_strdup_printf ("%s %s", fault, shown);
    gboolean dated = (probe->until != 0 && probe->until <= now) || probe->from > now;
    return qc_check_verdict (QC_CHECK_FAULT, words,
                             dated
                                 ? _ ("Look at this computer's date first. If it is right, tell the center.")
                                 : _ ("Nothing is sent there. Perhaps somebody on the network stands between: ask who "
                                      "looks after it, or ask the center for a new file."));
  }
  if (probe->until != 0 && probe->until - now < EXPIRES_SOON)
    return qc_check_verdict (QC_CHECK_NOTICE, shown,
                             _ ("It expires within thirty days: the center has to renew it by then."));
  return qc_check_verdict (QC_CHECK_GOOD, shown, NULL);
}

QcCheckVerdict
qc_judge_proxy (const QcProbe *probe)
{
  if (!probe->proxy)
    return qc_check_verdict (QC_CHECK_GOOD, _ ("No proxy stands between."), NULL);
  /* Translators: address of a proxy. */
  g_autofree char *words = g_strdup_printf (_ ("The system names the proxy %s."), probe->proxy);
  if (!probe->proxy_error)
    return qc_check_verdict (QC_CHECK_GOOD, words, NULL);
  g_autofree char *reason = g_strdup_printf (_ ("%s It does not answer: %s."), words, probe->proxy_error->message);
  return qc_check_verdict (
      QC_CHECK_FAULT, reason,
      _ ("Correct or remove the proxy in the system's network settings, or ask who looks after it."));
}

QcCheckVerdict
qc_judge_disk (gboolean known, guint64 free, guint64 size)
{
  if (!known)
    return qc_check_verdict (QC_CHECK_SKIPPED, _ ("The system does not say how much space is left."), NULL);
  g_autofree char *left = g_format_size (free);
  g_autofree char *all = g_format_size (size);
  /* Translators: sizes. */
  g_autofree char *words = g_strdup_printf (_ ("%s of %s are free where the data lie."), left, all);
  const char *advice = _ ("Free some space: empty the trash, move pictures and downloads away.");
  return free < DISK_LEAST    ? qc_check_verdict (QC_CHECK_FAULT, words, advice)
         : free < DISK_NOTICE ? qc_check_verdict (QC_CHECK_NOTICE, words, advice)
                              : qc_check_verdict (QC_CHECK_GOOD, words, NULL);
}

QcCheckVerdict
qc_judge_folder (const QcCheckFolder *folder)
{
  const char *ask = _ ("Ask whoever looks after this computer to give you the folder.");
  if (!folder->is_there)
    return qc_check_verdict (QC_CHECK_FAULT, _ ("The data folder is not there."), ask);
  if (!folder->is_writable)
    return qc_check_verdict (QC_CHECK_FAULT, _ ("You may not write into the data folder."), ask);
  if (!folder->database_is_writable)
    return qc_check_verdict (QC_CHECK_FAULT, _ ("The database file may not be written."), ask);
  if (!folder->is_own)
    return qc_check_verdict (QC_CHECK_NOTICE, _ ("The data folder belongs to another user of this computer."), ask);
  if (folder->is_remote)
    return qc_check_verdict (QC_CHECK_NOTICE,
                             _ ("The data folder lies on another computer. A database may be damaged there when the "
                                "network fails."),
                             _ ("Move the data to a disk of this computer."));
  if (folder->mode & OTHERS)
    return qc_check_verdict (QC_CHECK_NOTICE, _ ("Other users of this computer can look into the data folder."),
                             _ ("Close Qingce and open it again: it takes the rights away, or says why it cannot."));
  return qc_check_verdict (QC_CHECK_GOOD, _ ("Only you can read and write the data."), NULL);
}

QcCheckVerdict
qc_judge_database (int version, const char *text, gboolean threadsafe, const GError *damage)
{
  /* Translators: a version. */
  g_autofree char *words = g_strdup_printf (_ ("SQLite %s; the database is whole."), text);
  /* Translators: a version. */
  g_autofree char *old = g_strdup_printf (_ ("SQLite %s is too old or was built without threads."), text);
  if (version < QC_SQLITE_LEAST || !threadsafe)
    return qc_check_verdict (QC_CHECK_FAULT, old, _ ("Update the system, then start Qingce again."));
  if (damage) {
    /* Translators: what SQLite says. */
    g_autofree char *found = g_strdup_printf (_ ("The database is damaged: %s."), damage->message);
    return qc_check_verdict (QC_CHECK_FAULT, found,
                             _ ("Close Qingce and open it again: what can be read is carried over, and you are told "
                                "what is missing."));
  }
  return qc_check_verdict (QC_CHECK_GOOD, words, NULL);
}

QcCheckVerdict
qc_judge_fonts (const GError *missing, gboolean rare)
{
  if (missing)
    return judge_error (missing);
  if (!rare)
    return qc_check_verdict (QC_CHECK_NOTICE, _ ("Names with rare characters cannot be printed."),
                             _ ("Install a font that has them, for example the package fonts-hanazono."));
  return qc_check_verdict (QC_CHECK_GOOD, _ ("Chinese can be printed, rare characters too."), NULL);
}

QcCheckVerdict
qc_judge_keyring (QcSecretServiceState state)
{
  switch (state) {
  case QC_SECRET_SERVICE_OPEN:
    return qc_check_verdict (QC_CHECK_GOOD, _ ("Your sign-in is kept until you sign out."), NULL);
  case QC_SECRET_SERVICE_NOWHERE:
    return qc_check_verdict (QC_CHECK_NOTICE, _ ("The keyring is empty: the first sign-in asks for a password for it."),
                             _ ("Choose a password for the keyring when you are asked."));
  case QC_SECRET_SERVICE_LOCKED:
    return qc_check_verdict (QC_CHECK_NOTICE, _ ("The keyring is locked: you are asked for its password."),
                             _ ("Unlock it when you are asked, else you sign in anew after each start."));
  case QC_SECRET_SERVICE_AWAY:
  default:
    return qc_check_verdict (QC_CHECK_NOTICE, _ ("There is no keyring: you sign in anew after each start."),
                             _ ("Install gnome-keyring, or another program that keeps secrets."));
  }
}

QcCheckVerdict
qc_judge_reader (const char *words, const GError *error)
{
  return error ? judge_error (error) : qc_check_verdict (QC_CHECK_GOOD, words, NULL);
}

QcCheckVerdict
qc_judge_practice (const char *program)
{
  return program
             ? qc_check_verdict (QC_CHECK_GOOD, _ ("It is installed."), NULL)
             : qc_check_verdict (QC_CHECK_FAULT, _ ("The program qingce-center was not found: there is no practice."),
                                 _ ("Install Qingce completely, with the program qingce-center."));
}

QcCheckVerdict
qc_judge_language (const char *charset, gboolean wants_chinese, gboolean has_chinese)
{
  if (g_ascii_strcasecmp (charset, "UTF-8") != 0)
    return qc_check_verdict (QC_CHECK_FAULT,
                             _ ("The system's language is not set to UTF-8: names of files may be wrong."),
                             _ ("Choose zh_CN.UTF-8 as the system's language, then sign in to the computer again."));
  if (wants_chinese && !has_chinese)
    return qc_check_verdict (QC_CHECK_NOTICE, _ ("The Chinese texts of Qingce are not installed."),
                             _ ("Install Qingce completely, with its translations."));
  return qc_check_verdict (QC_CHECK_GOOD, _ ("Characters of all languages are read and written."), NULL);
}

QcCheckVerdict
qc_judge_browser (const char *name)
{
  if (!name)
    return qc_check_verdict (QC_CHECK_FAULT,
                             _ ("No program opens web pages: the portal's sign-in page cannot be shown."),
                             _ ("Install a browser. The sign-in address can be copied in the meantime."));
  /* Translators: a browser. */
  g_autofree char *words = g_strdup_printf (_ ("%s opens the portal's pages."), name);
  return qc_check_verdict (QC_CHECK_GOOD, words, NULL);
}
