/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The figures of 首页, from one snapshot on the reader thread. The due month's headcount and amount need every person
 * of the unit, so they are kept with a stamp of everything they depend on, and computed anew only when that moved.
 * Reader thread inside the database's functions, main thread outside.
 */
#include "qc-session-internal.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "qc-complete.h"
#include "qc-draft-io.h"
#include "qc-draft-list.h"
#include "qc-month-due.h"
#include "qc-month.h"
#include "qc-overlay.h"
#include "qc-remittance.h"
#include "qc-store-applications.h"
#include "qc-store-cursors.h"
#include "qc-store-drafts.h"
#include "qc-store-home.h"
#include "qc-store-outbox.h"
#include "qc-store-people.h"
#include "qc-store-policies.h"
#include "qc-store-units.h"

#define N_MONTHS      12
#define MOST_RETIRING 20 /* named */
#define MOST_STOPPED  12

typedef struct {
  char *profile, *unit; /* (owned) */
  QcMonth current;
  gint64 now;
} Request;

/* What was computed anew, to be kept. */
typedef struct {
  char *profile, *unit, *stamp; /* (owned) */
  QcStoreHome *home;            /* (owned) */
} Keep;

typedef struct {
  QcHomeFigures *figures; /* (owned) (nullable) */
  Keep *keep;             /* (owned) (nullable) */
} Answer;

static void
request_free (gpointer data)
{
  Request *request = data;
  g_free (request->profile);
  g_free (request->unit);
  g_free (request);
}

static void
keep_free (gpointer data)
{
  Keep *keep = data;
  g_free (keep->profile);
  g_free (keep->unit);
  g_free (keep->stamp);
  qc_store_home_free (keep->home);
  g_free (keep);
}

static void
answer_free (gpointer data)
{
  Answer *answer = data;
  g_clear_pointer (&answer->figures, qc_home_figures_free);
  g_clear_pointer (&answer->keep, keep_free);
  g_free (answer);
}

void
qc_home_figures_free (QcHomeFigures *figures)
{
  g_clear_pointer (&figures->unit, qc_unit_free);
  g_array_unref (figures->months);
  g_ptr_array_unref (figures->payments);
  g_ptr_array_unref (figures->drafts);
  g_ptr_array_unref (figures->under_way);
  g_ptr_array_unref (figures->stopped);
  g_ptr_array_unref (figures->waiting);
  g_ptr_array_unref (figures->retiring);
  g_free (figures);
}

/* Everything the due figures depend on: the month, where the feeds stand, and what waits in the outbox. */
static char *
make_stamp (QcConnection *connection, const Request *request, const QcUnit *unit, GError **error)
{
  static const QcFeed feeds[] = {QC_FEED_RATIOS, QC_FEED_POLICY, QC_FEED_PEOPLE, QC_FEED_BASES, QC_FEED_PAID};
  GString *stamp = g_string_new (NULL);
  g_string_append_printf (stamp, "%d %d", qc_unit_due_month (unit), request->current);
  for (gsize i = 0; i < G_N_ELEMENTS (feeds); i++) {
    g_auto (QcStoreCursor) cursor = {0};
    if (!qc_store_cursor_get (connection, request->profile, request->unit, feeds[i], &cursor, error)) {
      g_string_free (stamp, TRUE);
      return NULL;
    }
    g_string_append_printf (stamp, " %s", cursor.cursor ? cursor.cursor : "-");
  }
  if (!qc_overlay_append_stamp (connection, request->profile, request->unit, stamp, error)) {
    g_string_free (stamp, TRUE);
    return NULL;
  }
  return g_string_free (stamp, FALSE);
}

typedef struct {
  QcRemittanceCalc *calc;    /* (owned) (nullable) */
  QcOverlay *overlay;        /* (owned) (nullable) */
  GArray *policies, *ratios; /* (owned) (nullable) */
  GArray *bases;             /* (owned) QcBaseChange of one person */
  gint64 pending;
  QcMonth month, until; /* who drops out after @month and by @until is retiring */
  GArray *retiring;     /* (owned) QcStoreRetiring */
} Due;

static void
due_clear (Due *due)
{
  g_clear_pointer (&due->calc, qc_remittance_calc_free);
  g_clear_pointer (&due->overlay, qc_overlay_free);
  g_clear_pointer (&due->policies, g_array_unref);
  g_clear_pointer (&due->ratios, g_array_unref);
  g_clear_pointer (&due->bases, g_array_unref);
  g_clear_pointer (&due->retiring, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Due, due_clear)

static gboolean
drops_out (const QcEmployee *person, QcMonth month, QcMonth *statutory)
{
  QcRetirementState state = qc_retirement_state (person->birth, person->sex, person->retirement_class,
                                                 person->authorized_until, month, statutory);
  return state == QC_RETIREMENT_STATE_RETIRED || state == QC_RETIREMENT_STATE_ASK;
}

/* Who is remitted in the month that is due, and will not be soon. */
static void
add_retiring (Due *due, const QcEmployee *person)
{
  QcMonth statutory;
  if (person->status != QC_PERSON_NORMAL || !drops_out (person, qc_month_add (due->until, 1), &statutory)
      || drops_out (person, due->month, NULL))
    return;
  QcStoreRetiring retiring = {g_strdup (person->account), g_strdup (person->name),
                              statutory != QC_MONTH_NONE ? MAX (statutory, person->authorized_until) : QC_MONTH_NONE};
  g_array_append_val (due->retiring, retiring);
}

/* Soonest first; who must be asked about is asked about now. */
static int
compare_retiring (gconstpointer a, gconstpointer b)
{
  const QcStoreRetiring *x = a, *y = b;
  return x->month != y->month ? x->month - y->month : strcmp (x->account, y->account);
}

/* As the preview of the 汇缴 counts. */
static gboolean
add_person (const QcStorePersonFacts *facts, gpointer data)
{
  Due *due = data;
  QcEmployee employee = *facts->employee; /* borrows its strings */
  g_array_set_size (due->bases, 0);
  g_array_append_vals (due->bases, facts->bases, (guint)facts->n_bases);
  qc_overlay_apply (due->overlay, &employee, due->bases);
  due->pending += !facts->gone && employee.base_pending;
  if (!facts->gone)
    add_retiring (due, &employee);
  qc_remittance_calc_add (due->calc, &employee, (const QcBaseChange *)due->bases->data, due->bases->len, NULL, 0,
                          facts->gone, QC_CHANGE_CLOSED);
  return TRUE;
}

static gboolean
compute_due (QcConnection *connection, const Request *request, const QcHomeFigures *figures, QcStoreHome *home,
             GError **error)
{
  g_auto (Due) due = {.bases = g_array_new (FALSE, FALSE, sizeof (QcBaseChange)), .month = figures->due};
  due.retiring = g_array_ref (home->retiring);
  due.until = qc_month_add (MAX (figures->due, figures->current), QC_HOME_RETIRING_MONTHS);
  if ((due.policies = qc_store_policies_get (connection, request->profile, request->unit, error)) == NULL
      || (due.ratios = qc_store_ratios_get (connection, request->profile, request->unit, error)) == NULL
      || (due.overlay = qc_overlay_load (connection, request->profile, figures->unit, error)) == NULL)
    return FALSE;
  const QcRemittanceSink sink = {0};
  due.calc = qc_remittance_calc_new (figures->due, figures->due, due.policies, due.ratios, &sink);
  if (!qc_store_people_each (connection, request->profile, request->unit, QC_MONTH_NONE, add_person, &due, error))
    return FALSE;
  const QcMonthLine *line = &g_array_index (qc_remittance_calc_get_lines (due.calc), QcMonthLine, 0);
  home->people = line->people;
  home->fen = qc_month_line_fen (line);
  home->left_out = qc_remittance_calc_left_out (due.calc);
  home->unanswered = qc_remittance_calc_unanswered (due.calc);
  home->waiting = qc_overlay_get_immediate (due.overlay);
  home->pending = due.pending;
  home->n_retiring = home->retiring->len;
  g_array_sort (home->retiring, compare_retiring);
  g_array_set_size (home->retiring, MIN (home->retiring->len, MOST_RETIRING));
  return TRUE;
}

/* What the unit has to pay by itself is a thing to do, what has failed too; the rest is one to wait for. */
static gboolean
read_open (QcConnection *connection, const Request *request, QcHomeFigures *figures, GError **error)
{
  g_autoptr (GPtrArray) open = qc_store_applications_open (connection, request->profile, request->unit, error);
  if (!open)
    return FALSE;
  for (guint i = open->len; i > 0; i--) {
    QcApplication *application = g_ptr_array_steal_index (open, i - 1);
    if (qc_application_missing (application) > 0)
      g_ptr_array_insert (figures->payments, 0, application);
    else if (application->draw == QC_DRAW_FAILED)
      g_ptr_array_add (figures->stopped, application);
    else
      g_ptr_array_add (figures->under_way, application);
  }
  return TRUE;
}

static gboolean
read_returned (QcConnection *connection, const Request *request, QcHomeFigures *figures, GError **error)
{
  QcStoreApplicationQuery query = QC_STORE_APPLICATION_QUERY_ALL;
  query.states = 1u << QC_STATE_RETURNED;
  g_autoptr (GPtrArray) returned
      = qc_store_applications_list (connection, request->profile, request->unit, &query, 0, MOST_STOPPED, error);
  if (!returned)
    return FALSE;
  g_ptr_array_extend_and_steal (figures->stopped, g_steal_pointer (&returned));
  return TRUE;
}

/* What has a row of its own in the lists: the first of each state is where its row leads. */
static gboolean
read_waiting (QcConnection *connection, const Request *request, QcHomeFigures *figures, GError **error)
{
  static const QcStoreOutboxState order[]
      = {QC_STORE_OUTBOX_HELD, QC_STORE_OUTBOX_UNKNOWN, QC_STORE_OUTBOX_QUEUED, QC_STORE_OUTBOX_SENDING};
  g_autoptr (GPtrArray) items = qc_store_outbox_list (connection, request->profile, request->unit, 0, error);
  for (guint k = 0; items && k < G_N_ELEMENTS (order); k++)
    for (guint i = 0; i < items->len; i++) {
      const QcStoreOutboxItem *item = g_ptr_array_index (items, i);
      if (item->state == order[k])
        g_ptr_array_add (figures->waiting, g_strdup (item->key));
    }
  return items != NULL;
}

static void
home_draft_free (gpointer data)
{
  QcHomeDraft *draft = data;
  g_free (draft->title);
  g_free (draft);
}

static void
retiring_free (gpointer data)
{
  QcHomeRetiring *retiring = data;
  g_free (retiring->account);
  g_free (retiring->name);
  g_free (retiring);
}

static gboolean
read_drafts (QcConnection *connection, const Request *request, QcHomeFigures *figures, GError **error)
{
  g_autoptr (GPtrArray) drafts = qc_store_draft_list (connection, request->profile, request->unit, error);
  for (guint i = 0; drafts && i < drafts->len; i++) {
    const QcStoreDraft *stored = g_ptr_array_index (drafts, i);
    if (stored->state != QC_STORE_DRAFT_OPEN || qc_store_draft_is_empty (stored))
      continue;
    QcHomeDraft *draft = g_new0 (QcHomeDraft, 1);
    draft->id = stored->id;
    draft->business = stored->business;
    draft->title = qc_draft_list_dup_title (stored->business, stored->name, qc_draft_count (stored));
    draft->faults = stored->n_faults;
    draft->changed = stored->changed;
    draft->refused = stored->refused;
    g_ptr_array_add (figures->drafts, draft);
  }
  return drafts != NULL;
}

static gboolean
read_counts (QcConnection *connection, const Request *request, QcHomeFigures *figures, GError **error)
{
  QcStoreBadges badges;
  if (!qc_store_badges (connection, request->profile, request->unit, &badges, error))
    return FALSE;
  for (guint i = 0; i < QC_N_BUSINESSES; i++) {
    figures->queued += badges.queued[i];
    figures->returned += badges.returned[i];
  }
  figures->held = badges.held;
  figures->queued -= badges.held + badges.unknown;
  figures->unknown = badges.unknown + badges.unknown_actions;
  figures->draw_failed = badges.draw_failed;
  figures->due_is_open = qc_month_is_due (figures->unit, figures->current, &badges);
  return read_open (connection, request, figures, error) && read_returned (connection, request, figures, error)
         && read_waiting (connection, request, figures, error) && read_drafts (connection, request, figures, error);
}

/* (transfer full) (nullable): NULL with @error */
static QcStoreHome *
compute_home (QcConnection *connection, const Request *request, const QcHomeFigures *figures, GError **error)
{
  g_autoptr (QcStoreHome) home = qc_store_home_new ();
  QcMonth last = figures->unit->paid_to;
  if (last != QC_MONTH_NONE) {
    g_autoptr (GArray) months = qc_store_spans_by_month (connection, request->profile, request->unit,
                                                         qc_month_add (last, 1 - N_MONTHS), last, error);
    if (!months)
      return NULL;
    g_array_append_vals (home->months, months->data, months->len);
  }
  return compute_due (connection, request, figures, home, error) ? g_steal_pointer (&home) : NULL;
}

static void
show_home (QcHomeFigures *figures, const QcStoreHome *home)
{
  figures->due_people = home->people;
  figures->due_fen = home->fen;
  figures->left_out = home->left_out;
  figures->unanswered = home->unanswered;
  figures->due_waiting = (guint)home->waiting;
  figures->pending = home->pending;
  figures->n_retiring = home->n_retiring;
  for (guint i = 0; i < home->retiring->len; i++) {
    const QcStoreRetiring *row = &g_array_index (home->retiring, QcStoreRetiring, i);
    const QcHomeRetiring retiring = {g_strdup (row->account), g_strdup (row->name), row->month};
    g_ptr_array_add (figures->retiring, g_memdup2 (&retiring, sizeof retiring));
  }
  for (guint i = 0; i < home->months->len; i++) {
    const QcStoreMonthFigure *row = &g_array_index (home->months, QcStoreMonthFigure, i);
    QcMonthFigure figure = {row->month, row->people, row->fen};
    g_array_append_val (figures->months, figure);
  }
}

/* What needs every person: as it was kept, or computed. */
static gboolean
read_long (QcConnection *connection, const Request *request, Answer *answer, GError **error)
{
  g_autoptr (QcStoreHome) home = NULL;
  g_autofree char *stamp = make_stamp (connection, request, answer->figures->unit, error);
  if (!stamp || !qc_store_home_get (connection, request->profile, request->unit, stamp, &home, error))
    return FALSE;
  if (home) {
    show_home (answer->figures, home);
    return TRUE;
  }
  home = compute_home (connection, request, answer->figures, error);
  if (!home)
    return FALSE;
  show_home (answer->figures, home);
  answer->keep = g_new0 (Keep, 1);
  answer->keep->profile = g_strdup (request->profile);
  answer->keep->unit = g_strdup (request->unit);
  answer->keep->stamp = g_steal_pointer (&stamp);
  answer->keep->home = g_steal_pointer (&home);
  return TRUE;
}

static gboolean
read_all (QcConnection *connection, const Request *request, Answer *answer, GError **error)
{
  QcHomeFigures *figures = answer->figures;
  if (!qc_store_unit_get (connection, request->profile, request->unit, &figures->unit, error))
    return FALSE;
  if (!figures->unit)
    return TRUE;
  if (!qc_complete_check (connection, request->profile, request->unit, error))
    return FALSE;
  figures->due = qc_unit_due_month (figures->unit);
  return read_counts (connection, request, figures, error)
         && (figures->due == QC_MONTH_NONE || read_long (connection, request, answer, error));
}

static gpointer
read_home (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Request *request = data;
  Answer *answer = g_new0 (Answer, 1);
  answer->figures = g_new0 (QcHomeFigures, 1);
  answer->figures->months = g_array_new (FALSE, TRUE, sizeof (QcMonthFigure));
  answer->figures->payments = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_application_free);
  answer->figures->drafts = g_ptr_array_new_with_free_func (home_draft_free);
  answer->figures->under_way = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_application_free);
  answer->figures->stopped = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_application_free);
  answer->figures->waiting = g_ptr_array_new_with_free_func (g_free);
  answer->figures->retiring = g_ptr_array_new_with_free_func (retiring_free);
  answer->figures->current = request->current;
  answer->figures->now = request->now;
  if (!read_all (connection, request, answer, error)) {
    answer_free (answer);
    return NULL;
  }
  return answer;
}

static gpointer
keep_home (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Keep *keep = data;
  return qc_store_home_keep (connection, keep->profile, keep->unit, keep->stamp, keep->home, error) ? QC_DATABASE_DONE
                                                                                                    : NULL;
}

static void
home_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  Answer *answer = qc_database_finish (QC_DATABASE (source), result, &error);
  if (!answer) {
    g_task_return_error (task, error);
    return;
  }
  if (answer->keep)
    qc_database_write_async (QC_DATABASE (source), "home.keep", keep_home, g_steal_pointer (&answer->keep), keep_free,
                             NULL, NULL, qc_session_written_cb, (gpointer) "home.keep");
  g_task_return_pointer (task, g_steal_pointer (&answer->figures), (GDestroyNotify)qc_home_figures_free);
  answer_free (answer);
}

void
qc_session_load_home_async (QcSession *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, qc_session_load_home_async);
  if (!self->info || !self->unit || !qc_session_get_database (self)) {
    g_task_return_new_error (task, QC_APP_ERROR, QC_APP_ERROR_NO_UNIT, "%s", _ ("No unit is chosen."));
    return;
  }
  Request *request = g_new0 (Request, 1);
  request->profile = g_strdup (self->info->id);
  request->unit = g_strdup (self->unit);
  request->current = qc_date_month (qc_session_get_today (self));
  request->now = qc_clock_now (qc_context_get_clock (self->context));
  g_task_set_task_data (task, request, request_free);
  qc_database_read_async (qc_session_get_database (self), "home", read_home, request, NULL, answer_free, cancellable,
                          home_cb, g_object_ref (task));
}

QcHomeFigures *
qc_session_load_home_finish (QcSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
