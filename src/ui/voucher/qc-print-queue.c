/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-print-queue.h. A connection of its own for each question. Worker threads.
 */
#include "qc-print-queue.h"

#include <cups/cups.h>

#define PATIENCE 3 /* seconds for connecting, and for each answer */

/* The jobs of a queue that are read at most: servers keep some hundreds. */
#define MAX_JOBS 20000

void
qc_queue_answer_clear (QcQueueAnswer *answer)
{
  g_clear_pointer (&answer->words, g_free);
  g_clear_pointer (&answer->job_words, g_free);
}

/* Nobody is asked for a password here: what needs one is not answered. */
static const char *
no_password_cb (const char *prompt, http_t *http, const char *method, const char *resource, void *user_data)
{
  return NULL;
}

/* Where it does not answer in time, it does not answer. */
static int
late_cb (http_t *http, void *user_data)
{
  return 0;
}

static http_t *
reach (void)
{
  http_t *http = httpConnect2 (cupsServer (), ippPort (), NULL, AF_UNSPEC, cupsEncryption (), 1, PATIENCE * 1000, NULL);
  if (http)
    httpSetTimeout (http, PATIENCE, late_cb, NULL);
  return http;
}

static ipp_t *
new_request (ipp_op_t operation, const char *queue)
{
  ipp_t *request = ippNewRequest (operation);
  char uri[HTTP_MAX_URI];
  httpAssembleURIf (HTTP_URI_CODING_ALL, uri, sizeof uri, "ipp", NULL, "localhost", ippPort (), "/printers/%s", queue);
  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", NULL, uri);
  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", NULL, cupsUser ());
  return request;
}

/* NULL where @name is not in it, or says nothing. */
static char *
dup_words (ipp_t *response, const char *name)
{
  ipp_attribute_t *attribute = ippFindAttribute (response, name, IPP_TAG_TEXT);
  const char *words = attribute ? ippGetString (attribute, 0, NULL) : NULL;
  return words && *words ? g_utf8_make_valid (words, -1) : NULL;
}

/* ---- the server ---- */

QcServerState
qc_print_queue_ask_server (void)
{
  cupsSetPasswordCB2 (no_password_cb, NULL);
  http_t *http = reach ();
  if (!http)
    return QC_SERVER_AWAY;
  ipp_t *request = ippNewRequest (IPP_OP_CUPS_GET_PRINTERS);
  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", NULL, "printer-name");
  ipp_t *response = cupsDoRequest (http, request, "/");
  QcServerState state = QC_SERVER_SILENT;
  if (cupsLastError () == IPP_STATUS_ERROR_NOT_FOUND)
    state = QC_SERVER_EMPTY;
  else if (response && cupsLastError () <= IPP_STATUS_OK_EVENTS_COMPLETE)
    state = ippFindAttribute (response, "printer-name", IPP_TAG_NAME) ? QC_SERVER_READY : QC_SERVER_EMPTY;
  ippDelete (response);
  httpClose (http);
  return state;
}

char *
qc_print_queue_dup_default (void)
{
  http_t *http = reach ();
  char *name = http ? g_strdup (cupsGetDefault2 (http)) : NULL;
  httpClose (http);
  return name;
}

/* ---- the queue ---- */

static void
read_queue (ipp_t *response, QcQueueAnswer *answer)
{
  ipp_attribute_t *accepts = ippFindAttribute (response, "printer-is-accepting-jobs", IPP_TAG_BOOLEAN);
  ipp_attribute_t *state = ippFindAttribute (response, "printer-state", IPP_TAG_ENUM);
  answer->words = dup_words (response, "printer-state-message");
  if (accepts && !ippGetBoolean (accepts, 0))
    answer->state = QC_QUEUE_REJECTS;
  else if (state && ippGetInteger (state, 0) == IPP_PSTATE_STOPPED)
    answer->state = QC_QUEUE_STOPPED;
  else
    answer->state = QC_QUEUE_READY;
}

static void
ask_queue (http_t *http, const char *queue, QcQueueAnswer *answer)
{
  static const char *const wanted[] = {"printer-is-accepting-jobs", "printer-state", "printer-state-message"};
  ipp_t *request = new_request (IPP_OP_GET_PRINTER_ATTRIBUTES, queue);
  ippAddStrings (request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", G_N_ELEMENTS (wanted), NULL,
                 wanted);
  ipp_t *response = cupsDoRequest (http, request, "/");
  if (response && cupsLastError () <= IPP_STATUS_OK_EVENTS_COMPLETE)
    read_queue (response, answer);
  else
    answer->state = cupsLastError () == IPP_STATUS_ERROR_NOT_FOUND ? QC_QUEUE_GONE : QC_QUEUE_SILENT;
  ippDelete (response);
}

/* ---- its jobs ---- */

typedef struct {
  int number, state;
  const char *name, *words; /* borrowed; (nullable) */
} Job;

static void
read_attribute (ipp_attribute_t *attribute, Job *job)
{
  const char *name = ippGetName (attribute);
  if (g_strcmp0 (name, "job-id") == 0)
    job->number = ippGetInteger (attribute, 0);
  else if (g_strcmp0 (name, "job-state") == 0)
    job->state = ippGetInteger (attribute, 0);
  else if (g_strcmp0 (name, "job-name") == 0)
    job->name = ippGetString (attribute, 0, NULL);
  else if (g_strcmp0 (name, "job-printer-state-message") == 0)
    job->words = ippGetString (attribute, 0, NULL);
}

static void
take_job (const Job *job, const char *title, int after, QcQueueAnswer *answer)
{
  answer->newest = MAX (answer->newest, job->number);
  if (!title || job->number <= after || job->number <= answer->job || g_strcmp0 (job->name, title) != 0)
    return;
  answer->job = job->number;
  answer->ended = job->state == IPP_JSTATE_CANCELED || job->state == IPP_JSTATE_ABORTED;
  g_free (answer->job_words);
  answer->job_words = job->words && *job->words ? g_utf8_make_valid (job->words, -1) : NULL;
}

/* One group of attributes for each job, with something of another group between them. */
static void
read_jobs (ipp_t *response, const char *title, int after, QcQueueAnswer *answer)
{
  Job job = {0};
  for (ipp_attribute_t *at = ippFirstAttribute (response); at; at = ippNextAttribute (response)) {
    if (ippGetGroupTag (at) == IPP_TAG_JOB) {
      read_attribute (at, &job);
    } else if (job.number > 0) {
      take_job (&job, title, after, answer);
      job = (Job) {0};
    }
  }
  if (job.number > 0)
    take_job (&job, title, after, answer);
}

static void
ask_jobs (http_t *http, const char *queue, const char *title, int after, QcQueueAnswer *answer)
{
  static const char *const wanted[] = {"job-id", "job-name", "job-state", "job-printer-state-message"};
  ipp_t *request = new_request (IPP_OP_GET_JOBS, queue);
  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "which-jobs", NULL, "all");
  ippAddInteger (request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "limit", MAX_JOBS);
  if (after > 0)
    ippAddInteger (request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "first-job-id", after + 1);
  ippAddStrings (request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", G_N_ELEMENTS (wanted), NULL,
                 wanted);
  ipp_t *response = cupsDoRequest (http, request, "/");
  if (response && cupsLastError () <= IPP_STATUS_OK_EVENTS_COMPLETE)
    read_jobs (response, title, after, answer);
  else if (cupsLastError () != IPP_STATUS_ERROR_NOT_FOUND)
    answer->state = QC_QUEUE_SILENT; /* what is not known of the jobs is not known */
  ippDelete (response);
}

void
qc_print_queue_ask (const char *queue, const char *title, int after, QcQueueAnswer *answer)
{
  *answer = (QcQueueAnswer) {.state = QC_QUEUE_SILENT};
  cupsSetPasswordCB2 (no_password_cb, NULL);
  http_t *http = reach ();
  if (!http)
    return;
  ask_queue (http, queue, answer);
  if (answer->state > QC_QUEUE_GONE)
    ask_jobs (http, queue, title, after, answer);
  httpClose (http);
}
