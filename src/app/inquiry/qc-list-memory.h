/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * How the clerk likes a list: which columns, how wide, in which order the rows. Kept in the database by the list's
 * name, for all units; what a newer version wrote and this one does not know is passed over. Main thread.
 */
#pragma once

#include "qc-session.h"

G_BEGIN_DECLS

typedef struct {
  char *sort; /* (owned) (nullable) id of a column; NULL: the list's own order */
  gboolean descending;
  GHashTable *shown;  /* (owned) id → 1 or 2: not shown, shown; others are as the list has them */
  GHashTable *widths; /* (owned) id → pixels; others are as wide as they need */
} QcListMemory;
QcListMemory *qc_list_memory_new (void);
void qc_list_memory_free (QcListMemory *memory);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcListMemory, qc_list_memory_free)

gboolean qc_list_memory_is_shown (const QcListMemory *memory, const char *id, gboolean usual);
void qc_list_memory_set_shown (QcListMemory *memory, const char *id, gboolean shown);
int qc_list_memory_get_width (const QcListMemory *memory, const char *id); /* −1: none is kept */
void qc_list_memory_set_width (QcListMemory *memory, const char *id, int width);

/* (transfer full); the second never fails. */
char *qc_list_memory_to_text (const QcListMemory *memory);
QcListMemory *qc_list_memory_from_text (const char *text);

/* What is not there is an empty one. The same list has the same memory as long as the session lives, whoever asks. */
void qc_list_memory_load_async (QcSession *session, const char *list, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);
QcListMemory *qc_list_memory_load_finish (QcSession *session, GAsyncResult *result, GError **error);
/* Nobody waits for it. */
void qc_list_memory_keep (QcSession *session, const char *list, const QcListMemory *memory);

G_END_DECLS
