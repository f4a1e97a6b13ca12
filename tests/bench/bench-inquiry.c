/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The lists of 单位住房公积金信息查询 over a filled data folder, through the same objects the page uses: each from
 * nothing to its first page, then every order and what is typed, until totals and the first page are new.
 *
 * bench-inquiry FOLDER
 */
#include "bench.h"

#include "qc-inquiry-list.h"
#include "qc-people-list.h"

#define ROUNDS 3
#define PAGE   30 /* rows that a window of 1366 × 768 shows */
#define WAIT   20 /* seconds */

static const char *const typed[] = {"王伟", "lxy", "0016", "46,226.00", "2026-09", "已办结", "不在这里"};

/* What a list tells, whichever it is. */
typedef struct {
  GListModel *model;
  gboolean reloaded, filled;
  gboolean (*is_there) (gpointer row);
} Watch;

static gboolean
person_is_there (gpointer row)
{
  return qc_person_row_is_loaded (row);
}

static gboolean
record_is_there (gpointer row)
{
  return qc_inquiry_row_get_record (row) != NULL;
}

static void
flag_cb (GObject *list, gboolean *flag)
{
  *flag = TRUE;
}

static void
failed_cb (GObject *list, const GError *error)
{
  bench_die ("a list", error);
}

static void
watch_begin (Watch *watch, gpointer list, gboolean (*is_there) (gpointer))
{
  *watch = (Watch) {.model = list, .is_there = is_there};
  g_signal_connect (list, "reloaded", G_CALLBACK (flag_cb), &watch->reloaded);
  g_signal_connect (list, "filled", G_CALLBACK (flag_cb), &watch->filled);
  g_signal_connect (list, "failed", G_CALLBACK (failed_cb), NULL);
}

/* From @begun until the answer is there and its first page filled. */
static void
take (Watch *watch, gint64 begun, GArray *samples)
{
  bench_await_flag (&watch->reloaded, WAIT, "an answer");
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < MIN (PAGE, g_list_model_get_n_items (watch->model)); i++)
    g_ptr_array_add (rows, g_list_model_get_item (watch->model, i));
  for (guint i = 0; i < rows->len; i++)
    while (!watch->is_there (g_ptr_array_index (rows, i))) {
      watch->filled = FALSE;
      bench_await_flag (&watch->filled, WAIT, "the first page");
    }
  double took = bench_since (begun);
  g_array_append_val (samples, took);
}

static gint64
begin (Watch *watch)
{
  watch->reloaded = FALSE;
  return g_get_monotonic_time ();
}

static GArray *
samples_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (double));
}

static void
print_rows (const char *id, GListModel *model)
{
  g_autofree char *name = g_strconcat ("rows-", id, NULL);
  bench_print_one (name, g_list_model_get_n_items (model));
}

static void
print (const char *what, const char *id, const GArray *samples)
{
  g_autofree char *name = g_strconcat (what, "-", id, NULL);
  bench_print (name, samples);
}

static void
measure_people (QcSession *session)
{
  g_autoptr (GArray) first = samples_new ();
  g_autoptr (GArray) orders = samples_new ();
  g_autoptr (GArray) keys = samples_new ();
  for (int round = 0; round < ROUNDS; round++) {
    Watch watch;
    g_autoptr (QcPeopleList) list = qc_people_list_new (session);
    watch_begin (&watch, list, person_is_there);
    gint64 begun = begin (&watch);
    qc_people_list_reload (list);
    take (&watch, begun, first);
    if (round == 0)
      print_rows ("people", G_LIST_MODEL (list));
    for (int order = QC_PEOPLE_BY_BALANCE; order >= 0; order--)
      for (int down = 1; down >= 0; down--) {
        begun = begin (&watch);
        qc_people_list_set_sort (list, order, down);
        take (&watch, begun, orders);
      }
    for (guint i = 0; i < G_N_ELEMENTS (typed); i++) {
      begun = begin (&watch);
      qc_people_list_set_search (list, typed[i]);
      take (&watch, begun, keys);
    }
    g_signal_handlers_disconnect_by_data (list, &watch.reloaded);
    g_signal_handlers_disconnect_by_data (list, &watch.filled);
  }
  print ("first", "people", first);
  print ("order", "people", orders);
  print ("key", "people", keys);
}

static void
measure_list (QcSession *session, QcInquiry inquiry, const char *person)
{
  const QcInquiryInfo *info = qc_inquiry_info (inquiry);
  g_autoptr (GArray) first = samples_new ();
  g_autoptr (GArray) orders = samples_new ();
  g_autoptr (GArray) keys = samples_new ();
  for (int round = 0; round < ROUNDS; round++) {
    Watch watch;
    g_autoptr (QcInquiryList) list = qc_inquiry_list_new (session, inquiry);
    watch_begin (&watch, list, record_is_there);
    gint64 begun = begin (&watch);
    if (info->of_person)
      qc_inquiry_list_set_person (list, person);
    qc_inquiry_list_reload (list);
    take (&watch, begun, first);
    if (round == 0)
      print_rows (info->id, G_LIST_MODEL (list));
    for (guint column = 0; column < info->n_columns; column++)
      for (int down = 1; down >= 0; down--) {
        begun = begin (&watch);
        qc_inquiry_list_set_sort (list, (int)column, down);
        take (&watch, begun, orders);
      }
    for (guint i = 0; i < G_N_ELEMENTS (typed); i++) {
      begun = begin (&watch);
      qc_inquiry_list_set_search (list, typed[i]);
      take (&watch, begun, keys);
    }
    g_signal_handlers_disconnect_by_data (list, &watch.reloaded);
    g_signal_handlers_disconnect_by_data (list, &watch.filled);
  }
  print ("first", info->id, first);
  print ("order", info->id, orders);
  print ("key", info->id, keys);
}

/* The account of whoever is first by account. (transfer full) */
static char *
dup_somebody (QcSession *session)
{
  g_autoptr (QcPeopleList) list = qc_people_list_new (session);
  gboolean reloaded = FALSE, filled = FALSE;
  g_signal_connect (list, "reloaded", G_CALLBACK (flag_cb), &reloaded);
  g_signal_connect (list, "filled", G_CALLBACK (flag_cb), &filled);
  qc_people_list_reload (list);
  bench_await_flag (&reloaded, WAIT, "the people");
  g_autoptr (QcPersonRow) row = g_list_model_get_item (G_LIST_MODEL (list), 0);
  if (!qc_person_row_is_loaded (row))
    bench_await_flag (&filled, WAIT, "the first person");
  return g_strdup (qc_person_row_get_employee (row)->account);
}

int
main (int argc, char *argv[])
{
  if (argc != 2)
    bench_die ("bench-inquiry FOLDER", NULL);
  QcContext *context;
  QcSession *session = bench_session_open (argv[1], &context);
  measure_people (session);
  g_autofree char *person = dup_somebody (session);
  for (QcInquiry inquiry = 0; inquiry < QC_N_INQUIRIES; inquiry++)
    measure_list (session, inquiry, person);
  bench_session_close (session, context);
  return 0;
}
