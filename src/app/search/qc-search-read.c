/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What a search reads: people, applications, drafts and who is in them, in one snapshot, or what was opened last as it
 * is now. Reader thread.
 */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "qc-draft-io.h"
#include "qc-draft-list.h"
#include "qc-format.h"
#include "qc-database.h"
#include "qc-search-private.h"
#include "qc-search-words.h"
#include "qc-store-applications.h"
#include "qc-store-drafts.h"
#include "qc-store-people.h"
#include "qc-wire-line.h"

/* So many of those found are looked for in the drafts. */
#define MOST_IN_DRAFTS 64

void
qc_search_question_free (QcSearchQuestion *question)
{
  g_free (question->profile);
  g_free (question->unit);
  g_free (question->text);
  g_free (question->recent);
  g_free (question);
}

static GPtrArray *
new_hits (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)qc_search_hit_free);
}

QcSearchAnswer *
qc_search_answer_new (void)
{
  QcSearchAnswer *answer = g_new0 (QcSearchAnswer, 1);
  for (guint i = 0; i < QC_N_SEARCH_KINDS; i++)
    answer->hits[i] = new_hits ();
  answer->recent = new_hits ();
  return answer;
}

void
qc_search_answer_free (QcSearchAnswer *answer)
{
  for (guint i = 0; i < QC_N_SEARCH_KINDS; i++)
    g_ptr_array_unref (answer->hits[i]);
  g_ptr_array_unref (answer->recent);
  g_free (answer);
}

/* --- hits --- */

static QcSearchHit *
hit_of_person (const QcEmployee *person, gboolean gone)
{
  QcSearchHit *hit = qc_search_hit_new (QC_SEARCH_PEOPLE, person->account);
  g_autofree char *document = qc_format_document (person->document);
  hit->gone = gone;
  hit->title = g_strdup (person->name);
  hit->detail = g_strdup_printf ("%s · %s · %s", person->account, document,
                                 gone ? _ ("Left the unit") : _ (qc_person_status_to_msgid (person->status)));
  return hit;
}

static QcSearchHit *
hit_of_application (const QcApplication *application)
{
  const QcBusinessInfo *info = qc_business_info (application->business);
  QcSearchHit *hit = qc_search_hit_new (QC_SEARCH_APPLICATIONS, application->serial);
  g_autoptr (GString) detail = g_string_new (NULL);
  QcMonth from = application->start != QC_MONTH_NONE ? application->start : application->effective;
  g_autofree char *months = qc_format_months (from, MAX (application->end, from));
  if (*months)
    g_string_append_printf (detail, "%s · ", months);
  if (application->fen != 0) {
    g_autofree char *money = qc_format_yuan (application->fen);
    g_string_append_printf (detail, "%s · ", money);
  }
  g_string_append (detail, _ (qc_state_to_msgid (application->state)));
  hit->business = application->business;
  hit->title = g_strdup_printf ("%s %s", _ (info->msgid), application->serial);
  hit->detail = g_string_free (g_steal_pointer (&detail), FALSE);
  return hit;
}

/* @who: (nullable) somebody in it who was looked for */
static QcSearchHit *
hit_of_draft (const QcStoreDraft *draft, const char *who)
{
  g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT, draft->id);
  g_autofree char *time = qc_format_time (draft->changed);
  QcSearchHit *hit = qc_search_hit_new (QC_SEARCH_DRAFTS, key);
  const char *state = draft->state == QC_STORE_DRAFT_LOCKED ? _ ("Waiting to be sent") : _ ("Draft");
  hit->business = draft->business;
  hit->title = qc_draft_list_dup_title (draft->business, draft->name, qc_draft_count (draft));
  /* Translators: in a list of drafts: who is in it, a state, a time. */
  hit->detail = who ? g_strdup_printf (_ ("%s is in it · %s · %s"), who, state, time)
                    : g_strdup_printf ("%s · %s · %s", _ (qc_business_info (draft->business)->msgid), state, time);
  return hit;
}

/* --- reading --- */

typedef struct {
  QcConnection *connection;
  const QcSearchQuestion *question;
  QcSearchAnswer *answer;
  GPtrArray *accounts; /* (owned) char *: of the people found */
  GHashTable *names;   /* (owned) their accounts → names, borrowed from @people */
  GPtrArray *people;   /* (owned) (nullable) QcEmployee */
  GHashTable *holding; /* (owned) id of a draft → char *: who is in it */
} Work;

static void
work_clear (Work *work)
{
  g_clear_pointer (&work->accounts, g_ptr_array_unref);
  g_clear_pointer (&work->names, g_hash_table_unref);
  g_clear_pointer (&work->people, g_ptr_array_unref);
  g_clear_pointer (&work->holding, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, work_clear)

static gboolean
read_people (Work *work, GError **error)
{
  const QcSearchQuestion *question = work->question;
  const QcStorePeopleQuery query = {.text = question->text};
  GPtrArray *hits = work->answer->hits[QC_SEARCH_PEOPLE];
  g_autoptr (QcStorePeopleList) list
      = qc_store_people_list (work->connection, question->profile, question->unit, &query, error);
  if (!list)
    return FALSE;
  work->people = qc_store_people_by_ids (work->connection, (const gint64 *)list->ids->data,
                                         MIN (list->ids->len, MOST_IN_DRAFTS), error);
  if (!work->people)
    return FALSE;
  for (guint i = 0; i < work->people->len; i++) {
    QcEmployee *person = g_ptr_array_index (work->people, i);
    if (!person)
      continue;
    if (hits->len < QC_SEARCH_MOST)
      g_ptr_array_add (hits, hit_of_person (person, FALSE));
    g_ptr_array_add (work->accounts, person->account);
    g_hash_table_insert (work->names, person->account, person->name);
  }
  work->answer->totals[QC_SEARCH_PEOPLE] = list->totals.people;
  gint64 n_gone;
  g_autoptr (GPtrArray) gone = qc_store_people_gone (work->connection, question->profile, question->unit,
                                                     question->text, QC_SEARCH_MOST, &n_gone, error);
  if (!gone)
    return FALSE;
  for (guint i = 0; i < gone->len && hits->len < QC_SEARCH_MOST; i++)
    g_ptr_array_add (hits, hit_of_person (g_ptr_array_index (gone, i), TRUE));
  work->answer->totals[QC_SEARCH_PEOPLE] += n_gone;
  return TRUE;
}

static gboolean
read_applications (Work *work, const QcSearchWords *words, GError **error)
{
  g_autoptr (GPtrArray) list
      = qc_store_search_applications (work->connection, work->question->profile, work->question->unit, words->asked,
                                      QC_SEARCH_MOST, &work->answer->totals[QC_SEARCH_APPLICATIONS], error);
  for (guint i = 0; list && i < list->len; i++)
    g_ptr_array_add (work->answer->hits[QC_SEARCH_APPLICATIONS], hit_of_application (g_ptr_array_index (list, i)));
  return list != NULL;
}

/* Its name or its document: not the names of fields, which every line has. */
static gboolean
opening_cb (gint64 draft, const char *facts, gpointer user_data)
{
  Work *work = user_data;
  g_autoptr (QcRosterLine) line = qc_wire_line_from_text (facts, NULL);
  if (line && line->name && !g_hash_table_contains (work->holding, &draft)
      && (strstr (line->name, work->question->text)
          || (line->document && g_str_has_suffix (line->document, work->question->text))))
    g_hash_table_insert (work->holding, g_memdup2 (&draft, sizeof draft), g_strdup (line->name));
  return TRUE;
}

/* Who is in a draft: those found among the people, and those who are in no list yet. */
static gboolean
read_holding (Work *work, GError **error)
{
  const QcSearchQuestion *question = work->question;
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  if (!qc_store_search_drafts_of (work->connection, question->profile, question->unit, work->accounts, found, error))
    return FALSE;
  GHashTableIter iter;
  gpointer draft, account;
  g_hash_table_iter_init (&iter, found);
  while (g_hash_table_iter_next (&iter, &draft, &account))
    g_hash_table_insert (work->holding, g_memdup2 (draft, sizeof (gint64)),
                         g_strdup (g_hash_table_lookup (work->names, account)));
  return qc_store_search_openings (work->connection, question->profile, question->unit, question->text, opening_cb,
                                   work, error);
}

static gboolean
is_meant (const QcStoreDraft *draft, const char *text)
{
  g_autofree char *title = qc_draft_list_dup_title (draft->business, draft->name, qc_draft_count (draft));
  g_autofree char *words = g_strconcat (title, " ", qc_search_business_words (draft->business), NULL);
  return qc_search_fits (words, text);
}

static gboolean
read_drafts (Work *work, GError **error)
{
  const QcSearchQuestion *question = work->question;
  GPtrArray *hits = work->answer->hits[QC_SEARCH_DRAFTS];
  g_autoptr (GPtrArray) drafts = qc_store_draft_list (work->connection, question->profile, question->unit, error);
  if (!drafts || !read_holding (work, error))
    return FALSE;
  for (guint i = 0; i < drafts->len; i++) {
    const QcStoreDraft *draft = g_ptr_array_index (drafts, i);
    const char *who = g_hash_table_lookup (work->holding, &draft->id);
    if (qc_store_draft_is_empty (draft) || (!who && !is_meant (draft, question->text)))
      continue;
    if (hits->len < QC_SEARCH_MOST)
      g_ptr_array_add (hits, hit_of_draft (draft, who));
    work->answer->totals[QC_SEARCH_DRAFTS]++;
  }
  return TRUE;
}

/* --- what was opened last --- */

static gboolean
recall_person (Work *work, const char *account, GError **error)
{
  g_autoptr (QcEmployee) person = NULL;
  if (!qc_store_people_get (work->connection, work->question->profile, work->question->unit, account, &person, error))
    return FALSE;
  if (person)
    g_ptr_array_add (work->answer->recent, hit_of_person (person, FALSE));
  return TRUE;
}

static gboolean
recall_application (Work *work, const char *serial, GError **error)
{
  g_autoptr (QcApplication) application = NULL;
  if (!qc_store_applications_get (work->connection, work->question->profile, work->question->unit, serial, &application,
                                  error))
    return FALSE;
  if (application)
    g_ptr_array_add (work->answer->recent, hit_of_application (application));
  return TRUE;
}

static gboolean
recall_draft (Work *work, const char *key, GError **error)
{
  g_autoptr (GPtrArray) drafts
      = qc_store_draft_list (work->connection, work->question->profile, work->question->unit, error);
  for (guint i = 0; drafts && i < drafts->len; i++) {
    const QcStoreDraft *draft = g_ptr_array_index (drafts, i);
    if (draft->id == g_ascii_strtoll (key, NULL, 10))
      g_ptr_array_add (work->answer->recent, hit_of_draft (draft, NULL));
  }
  return drafts != NULL;
}

static gboolean
recall (Work *work, const char *line, GError **error)
{
  switch (*line) {
  case 'p':
    return recall_person (work, line + 1, error);
  case 'a':
    return recall_application (work, line + 1, error);
  case 'd':
    return recall_draft (work, line + 1, error);
  case 'c':
    g_ptr_array_add (work->answer->recent, qc_search_hit_new (QC_SEARCH_PLACES, line + 1));
    return TRUE;
  default:
    return TRUE;
  }
}

static gboolean
read_recent (Work *work, GError **error)
{
  g_autofree char *text = NULL;
  if (!qc_store_prefs_get (work->connection, work->question->profile, work->question->recent, &text, error))
    return FALSE;
  g_auto (GStrv) lines = g_strsplit (text ? text : "", "\n", -1);
  for (guint i = 0; lines[i]; i++)
    if (!recall (work, lines[i], error))
      return FALSE;
  return TRUE;
}

gpointer
qc_search_warm (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const QcSearchQuestion *question = data;
  gint64 total;
  g_autoptr (GPtrArray) nobody
      = qc_store_people_gone (connection, question->profile, question->unit, "0", 0, &total, error);
  return nobody ? QC_DATABASE_DONE : NULL;
}

gpointer
qc_search_read (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (QcSearchAnswer) answer = qc_search_answer_new ();
  g_auto (Work) work = {
      .connection = connection,
      .question = data,
      .answer = answer,
      .accounts = g_ptr_array_new (),
      .names = g_hash_table_new (g_str_hash, g_str_equal),
      .holding = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free),
  };
  g_autoptr (QcSearchWords) words = qc_search_words_new (work.question->text);
  if (words->words->len == 0)
    return read_recent (&work, error) ? g_steal_pointer (&answer) : NULL;
  return read_people (&work, error) && read_applications (&work, words, error) && read_drafts (&work, error)
             ? g_steal_pointer (&answer)
             : NULL;
}
