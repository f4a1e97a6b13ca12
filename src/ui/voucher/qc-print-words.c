/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-print-words.h. A function for each sentence. Main thread.
 */
#include "qc-print-words.h"

#include <glib/gi18n.h>

gboolean
qc_print_waits (const QcQueueAnswer *answer)
{
  return answer->state == QC_QUEUE_STOPPED && answer->job > 0;
}

/* What the server said, as an addition. */
static char *
dup_reason (const char *words)
{
  /* Translators: the print server's own words, put behind a statement. */
  return words ? g_strdup_printf (_ (" (the print server says: %s)"), words) : g_strdup ("");
}

static char *
dup_silent (const QcPrintSubject *subject)
{
  return g_strdup_printf (
      _ ("The print server of this computer (CUPS) does not answer, so that the printer “%s” cannot "
         "be reached. Start it, or have it started by whoever looks after this computer, and print "
         "again; or save the document and print it elsewhere."),
      subject->printer);
}

static char *
dup_gone (const QcPrintSubject *subject)
{
  return g_strdup_printf (
      _ ("The printer “%s” is not there any more. Choose another one, or have it added again in the "
         "system's settings, and print again."),
      subject->printer);
}

static char *
dup_rejects (const QcPrintSubject *subject)
{
  g_autofree char *reason = dup_reason (subject->answer->words);
  return g_strdup_printf (_ ("The queue of the printer “%s” takes no jobs at the moment%s. Have it opened again in the "
                             "system's printer settings, or choose another printer, and print again."),
                          subject->printer, reason);
}

static char *
dup_fault (const QcPrintSubject *subject)
{
  if (subject->is_file)
    return g_strdup_printf (_ ("The document cannot be written to %s. See that the folder is there, that you may write "
                               "in it and that it has room, and print again."),
                            subject->target ? subject->target : subject->printer);
  return g_strdup_printf (
      _ ("The print server broke off before it had the whole document for the printer “%s”. See that "
         "the server's disk has room and that the printer is set up, or choose another printer, "
         "and print again."),
      subject->printer);
}

static char *
dup_no_job (const QcPrintSubject *subject)
{
  return g_strdup_printf (
      _ ("The print server made no job of the document for the printer “%s” and does not say why. See "
         "whether you may print on it and whether its limit is used up, or choose another printer, "
         "and print again."),
      subject->printer);
}

static char *
dup_ended (const QcPrintSubject *subject)
{
  g_autofree char *reason = dup_reason (subject->answer->job_words);
  return g_strdup_printf (_ ("The print server ended job %d on the printer “%s” before it was printed%s. Look at the "
                             "printer and its queue, and print again."),
                          subject->answer->job, subject->printer, reason);
}

static char *
dup_broken (const QcPrintSubject *subject)
{
  return g_strdup_printf (_ ("The connection to the print server broke off while the document was on its way to the "
                             "printer “%s”, and it cannot be told whether it has arrived. Look at the printer and its "
                             "queue before printing again, or it may come out twice. It was not counted as printed."),
                          subject->printer);
}

static char *
dup_late (const QcPrintSubject *subject)
{
  return g_strdup_printf (
      _ ("The print server does not answer, so that it is not known whether the document reaches the "
         "printer “%s”; it may still come out when the server goes on. Look at the printer and "
         "its queue before printing again, or it may come out twice. It was not counted as "
         "printed."),
      subject->printer);
}

static char *
dup_taken (const QcPrintSubject *subject)
{
  int job = subject->answer->job;
  if (subject->is_file)
    return subject->target ? g_strdup_printf (_ ("Written to %s"), subject->target)
                           : g_strdup (_ ("Written to a file"));
  g_autofree char *reason = NULL;
  if (qc_print_waits (subject->answer)) {
    reason = dup_reason (subject->answer->words);
    return g_strdup_printf (_ ("The queue of the printer “%s” has taken the document as job %d, but the printer is "
                               "stopped%s. It comes out when the printer is started again in the system's printer "
                               "settings; do not print it once more. It was counted as printed."),
                            subject->printer, job, reason);
  }
  return job > 0 ? g_strdup_printf (_ ("Taken by the queue of the printer %s as job %d"), subject->printer, job)
                 : g_strdup_printf (_ ("Taken by the queue of the printer %s"), subject->printer);
}

char *
qc_print_dup_words (QcPrintVerdict verdict, const QcPrintSubject *subject)
{
  switch (verdict) {
  case QC_VERDICT_TAKEN:
    return dup_taken (subject);
  case QC_VERDICT_ENDED:
    return dup_ended (subject);
  case QC_VERDICT_REJECTS:
    return dup_rejects (subject);
  case QC_VERDICT_GONE:
    return dup_gone (subject);
  case QC_VERDICT_SILENT:
    return dup_silent (subject);
  case QC_VERDICT_NO_FILE:
  case QC_VERDICT_FAULT:
    return dup_fault (subject);
  case QC_VERDICT_NO_JOB:
    return dup_no_job (subject);
  case QC_VERDICT_BROKEN:
    return dup_broken (subject);
  case QC_VERDICT_LATE:
  default:
    return dup_late (subject);
  }
}
