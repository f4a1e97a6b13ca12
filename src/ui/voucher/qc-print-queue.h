/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What the print server (CUPS) itself says of a queue and of a job. GTK keeps a refusal to itself, so the server is
 * asked before and after. Blocks for a few seconds at most: worker threads only.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  QC_SERVER_AWAY,   /* there is none, or it cannot be reached */
  QC_SERVER_SILENT, /* it says nothing, or nothing that is understood */
  QC_SERVER_EMPTY,  /* it has no printers */
  QC_SERVER_READY,
} QcServerState;
/* Whether there is a print server, and whether it has printers. */
QcServerState qc_print_queue_ask_server (void);
/* The queue that the server takes where none is named. (transfer full) (nullable) */
char *qc_print_queue_dup_default (void);

typedef enum {
  QC_QUEUE_SILENT,  /* the server does not answer */
  QC_QUEUE_GONE,    /* it knows no such queue */
  QC_QUEUE_REJECTS, /* no job is taken */
  QC_QUEUE_STOPPED, /* jobs are taken and wait */
  QC_QUEUE_READY,
} QcQueueState;

typedef struct {
  QcQueueState state;
  char *words;     /* (owned) (nullable) what the server says of the queue */
  int newest;      /* the largest job number on it; 0 = none */
  int job;         /* the job that was asked for; 0 = it is not on the list */
  gboolean ended;  /* that job was cancelled or aborted */
  char *job_words; /* (owned) (nullable) what the server says of it */
} QcQueueAnswer;
void qc_queue_answer_clear (QcQueueAnswer *answer);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (QcQueueAnswer, qc_queue_answer_clear)

/*
 * qc_print_queue_ask:
 * @queue: its name
 * @title: (nullable): of a job that is looked for
 * @after: only jobs of larger numbers are looked at
 * @answer: (out): all set; cleared by the caller
 */
void qc_print_queue_ask (const char *queue, const char *title, int after, QcQueueAnswer *answer);

G_END_DECLS
