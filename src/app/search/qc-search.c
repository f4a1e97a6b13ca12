/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-search.h. One job of the reader thread answers all kinds at once; what it reads is in qc-search-read.c. Main
 * context.
 */
#include "qc-search-private.h"

#include <string.h>

#include "qc-session-private.h"

/* What was opened last is one text of the profile for each unit: a letter and a key on each line. */
#define RECENT "search-recent:"

struct _QcSearch {
  GObject parent_instance;
  QcSession *session;    /* (owned) */
  char *text;            /* (owned) */
  QcSearchAnswer *given; /* (owned) (nullable) */
  GCancellable *reading; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (QcSearch, qc_search, G_TYPE_OBJECT)
enum { FOUND, FAILED, N_SIGNALS };
static guint signals[N_SIGNALS];

QcSearchHit *
qc_search_hit_new (QcSearchKind kind, const char *key)
{
  QcSearchHit *hit = g_new0 (QcSearchHit, 1);
  hit->kind = kind;
  hit->key = g_strdup (key);
  hit->business = QC_BUSINESS_OTHER;
  return hit;
}

void
qc_search_hit_free (QcSearchHit *hit)
{
  g_free (hit->key);
  g_free (hit->title);
  g_free (hit->detail);
  g_free (hit);
}

/* --- asking --- */

static char *
dup_recent_name (QcSearch *self)
{
  return g_strconcat (RECENT, qc_session_get_unit_account (self->session), NULL);
}

static QcSearchQuestion *
question_new (QcSearch *self)
{
  QcSearchQuestion *question = g_new0 (QcSearchQuestion, 1);
  question->profile = g_strdup (qc_session_get_profile_id (self->session));
  question->unit = g_strdup (qc_session_get_unit_account (self->session));
  question->text = g_strdup (self->text);
  question->recent = dup_recent_name (self);
  return question;
}

/* While the clerk looks at what was opened last, what the first key needs is read into memory; a failure will be that
 * key's. */
static void
warm (QcSearch *self)
{
  qc_database_read_async (qc_session_get_database (self->session), "search-warm", qc_search_warm, question_new (self),
                          (GDestroyNotify)qc_search_question_free, NULL, NULL, NULL, NULL);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcSearch) self = user_data;
  g_autoptr (GError) error = NULL;
  QcSearchAnswer *answer = qc_database_finish (QC_DATABASE (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* another key came, or nobody looks any more */
  g_clear_object (&self->reading);
  if (!answer) {
    g_signal_emit (self, signals[FAILED], 0, error);
    return;
  }
  g_clear_pointer (&self->given, qc_search_answer_free);
  self->given = answer;
  g_signal_emit (self, signals[FOUND], 0);
  if (*self->text == '\0')
    warm (self);
}

static void
ask (QcSearch *self)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  if (!qc_session_get_database (self->session) || !qc_session_get_unit_account (self->session))
    return;
  QcSearchQuestion *question = question_new (self);
  self->reading = g_cancellable_new ();
  qc_database_read_async (qc_session_get_database (self->session), "search", qc_search_read, question,
                          (GDestroyNotify)qc_search_question_free, (GDestroyNotify)qc_search_answer_free, self->reading,
                          read_cb, g_object_ref (self));
}

void
qc_search_set_text (QcSearch *self, const char *text)
{
  g_return_if_fail (QC_IS_SEARCH (self) && text);
  g_autofree char *plain = g_strstrip (g_strdup (text));
  g_free (self->text);
  self->text = g_steal_pointer (&plain);
  ask (self);
}

const char *
qc_search_get_text (QcSearch *self)
{
  g_return_val_if_fail (QC_IS_SEARCH (self), "");
  return self->text;
}

gboolean
qc_search_is_pending (QcSearch *self)
{
  g_return_val_if_fail (QC_IS_SEARCH (self), FALSE);
  return self->reading != NULL;
}

/* --- what was found --- */

const GPtrArray *
qc_search_get_hits (QcSearch *self, QcSearchKind kind, gint64 *out_total)
{
  g_return_val_if_fail (QC_IS_SEARCH (self) && kind < QC_N_SEARCH_KINDS, NULL);
  if (out_total)
    *out_total = self->given->totals[kind];
  return self->given->hits[kind];
}

const GPtrArray *
qc_search_get_recent (QcSearch *self)
{
  g_return_val_if_fail (QC_IS_SEARCH (self), NULL);
  return self->given->recent;
}

/* --- what was opened last --- */

typedef struct {
  char *profile, *name, *line; /* (owned) */
} Opened;

static void
opened_free (Opened *opened)
{
  g_free (opened->profile);
  g_free (opened->name);
  g_free (opened->line);
  g_free (opened);
}

/* Read and written in one transaction, so that nothing between is lost. */
static gpointer
write_opened (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Opened *opened = data;
  g_autofree char *before = NULL;
  g_autoptr (GString) lines = g_string_new (opened->line);
  if (!qc_store_prefs_get (connection, opened->profile, opened->name, &before, error))
    return NULL;
  g_auto (GStrv) old = g_strsplit (before ? before : "", "\n", -1);
  for (guint i = 0, n = 1; old[i] && n < QC_SEARCH_MOST; i++)
    if (*old[i] && strcmp (old[i], opened->line) != 0) {
      g_string_append_printf (lines, "\n%s", old[i]);
      n++;
    }
  return qc_store_prefs_set (connection, opened->profile, opened->name, lines->str, error) ? QC_DATABASE_DONE : NULL;
}

void
qc_search_remember (QcSearch *self, QcSearchKind kind, const char *key)
{
  g_return_if_fail (QC_IS_SEARCH (self) && kind < QC_N_SEARCH_KINDS && key);
  if (!qc_session_get_database (self->session) || !qc_session_get_unit_account (self->session))
    return;
  Opened *opened = g_new0 (Opened, 1);
  opened->profile = g_strdup (qc_session_get_profile_id (self->session));
  opened->name = dup_recent_name (self);
  opened->line = g_strdup_printf ("%c%s", QC_SEARCH_LETTERS[kind], key);
  qc_database_write_async (qc_session_get_database (self->session), "search-opened", write_opened, opened,
                           (GDestroyNotify)opened_free, NULL, NULL, qc_session_written_cb, (gpointer) "search-opened");
}

/* --- object --- */

static void
qc_search_dispose (GObject *object)
{
  QcSearch *self = QC_SEARCH (object);
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  G_OBJECT_CLASS (qc_search_parent_class)->dispose (object);
}

static void
qc_search_finalize (GObject *object)
{
  QcSearch *self = QC_SEARCH (object);
  g_clear_object (&self->session);
  g_clear_pointer (&self->given, qc_search_answer_free);
  g_free (self->text);
  G_OBJECT_CLASS (qc_search_parent_class)->finalize (object);
}

static void
qc_search_class_init (QcSearchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qc_search_dispose;
  G_OBJECT_CLASS (klass)->finalize = qc_search_finalize;
  signals[FOUND] = g_signal_new ("found", QC_TYPE_SEARCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED]
      = g_signal_new ("failed", QC_TYPE_SEARCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
qc_search_init (QcSearch *self)
{
  self->text = g_strdup ("");
  self->given = qc_search_answer_new ();
}

QcSearch *
qc_search_new (QcSession *session)
{
  g_return_val_if_fail (QC_IS_SESSION (session), NULL);
  QcSearch *self = g_object_new (QC_TYPE_SEARCH, NULL);
  self->session = g_object_ref (session);
  return self;
}
