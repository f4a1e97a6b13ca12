/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See seed.h.
 */
#include "seed.h"

#include <glib/gstdio.h>

#include "qc-store-cursors.h"
#include "qc-store-prefs.h"
#include "qc-store-profiles.h"
#include "qc-store.h"

#define PROFILE "heihe"
#define PAGE    1000

/* --- what is stored --- */

typedef struct {
  const char *unit;
  guint from, n, total;
} People;

static QcEmployee *
make_person (guint i)
{
  static const char *const surnames[] = {"王", "李", "张", "单", "䶮"};
  QcEmployee *person = qc_employee_new ();
  person->account = g_strdup_printf ("2311%08u", i);
  person->name = g_strdup_printf ("%s%u号", surnames[i % 5], i);
  person->document_type = g_strdup ("01");
  person->document = g_strdup_printf ("23110219900307%04u", i % 10000);
  person->sex = QC_SEX_MALE;
  person->birth = 19900307;
  person->status = i % 10 == 9 ? QC_PERSON_SEALED : QC_PERSON_NORMAL;
  person->status_from = 202001;
  person->base = 500000 + (QcMoney)(i % 100) * 10000;
  person->opened = 202001;
  person->paid_to = 202608;
  person->retirement_class = QC_RETIREMENT_MEN_60;
  return person;
}

static gpointer
write_people (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const People *people = data;
  g_autoptr (GPtrArray) persons = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_employee_free);
  g_autofree QcFeedRow *rows = g_new0 (QcFeedRow, people->n + 1);
  for (guint i = 0; i < people->n; i++) {
    QcEmployee *person = make_person (people->from + i);
    g_ptr_array_add (persons, person);
    rows[i].key = person->account;
    rows[i].employee = person;
  }
  g_autofree char *cursor = g_strdup_printf ("1.%u", people->from + people->n);
  gboolean more = people->from + people->n < people->total;
  return qc_store_apply_page (connection, PROFILE, people->unit, QC_FEED_PEOPLE, rows, people->n, cursor, more,
                              1790000000, error)
             ? QC_DATABASE_DONE
             : NULL;
}

static gboolean
write_unit (QcConnection *connection, const char *account, const char *name, gint64 people, GError **error)
{
  g_autoptr (QcUnit) unit = qc_unit_new ();
  unit->account = g_strdup (account);
  unit->name = g_strdup (name);
  unit->credit_code = g_strdup ("91231102MA18XAAA9H");
  unit->status = QC_UNIT_NORMAL;
  unit->first_month = 202001;
  unit->paid_to = 202608;
  unit->headcount = people;
  unit->revision = 1;
  QcFeedRow row = {.key = account, .unit = unit};
  QcRatios ratios = {.from = 202001, .unit = 1200, .personal = 1200};
  QcFeedRow ratio_row = {.key = "202001", .ratios = &ratios};
  QcPolicy policy = {.from = 202001,
                     .unit_rounding = QC_ROUNDING_HALF_UP_YUAN,
                     .personal_rounding = QC_ROUNDING_HALF_UP_YUAN,
                     .fund_year_start = 7,
                     .months_ahead = 2};
  QcFeedRow policy_row = {.key = "202001", .policy = &policy};
  for (int feed = 0; feed < QC_N_FEEDS; feed++) /* everything was pulled once; the people have their own pages */
    if ((feed != QC_FEED_PEOPLE || people == 0)
        && !qc_store_apply_page (connection, PROFILE, account, feed, NULL, 0, "1.0", FALSE, 1790000000, error))
      return FALSE;
  return qc_store_apply_page (connection, PROFILE, account, QC_FEED_UNIT, &row, 1, "1.1", FALSE, 1790000000, error)
         && qc_store_apply_page (connection, PROFILE, account, QC_FEED_RATIOS, &ratio_row, 1, "1.1", FALSE, 1790000000,
                                 error)
         && qc_store_apply_page (connection, PROFILE, account, QC_FEED_POLICY, &policy_row, 1, "1.1", FALSE, 1790000000,
                                 error);
}

static gpointer
write_choice (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  QcStoreProfile profile = {.id = (char *)PROFILE, .name = (char *)"c", .department = (char *)"d", .used = 1};
  QcStoreGrant grants[] = {{(char *)SEED_UNIT_1, (char *)"爱辉某某公司", (char *)"91231102MA18XAAA9H", TRUE},
                           {(char *)SEED_UNIT_2, (char *)"嫩江某某学校", (char *)"91231102702648151X", TRUE}};
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  g_ptr_array_add (list, &grants[0]);
  g_ptr_array_add (list, &grants[1]);
  gboolean good = qc_store_profile_put (connection, &profile, error)
                  && qc_store_grants_set (connection, PROFILE, list, error)
                  && qc_store_prefs_set (connection, "", "profile", PROFILE, error)
                  && qc_store_prefs_set (connection, PROFILE, QC_STORE_PREF_LEVEL, "city", error)
                  && qc_store_prefs_set (connection, PROFILE, QC_STORE_PREF_LAST_UNIT, SEED_UNIT_1, error)
                  && write_unit (connection, SEED_UNIT_1, "爱辉某某公司", GPOINTER_TO_INT (data), error)
                  && write_unit (connection, SEED_UNIT_2, "嫩江某某学校", 0, error);
  return good ? QC_DATABASE_DONE : NULL;
}

char *
seed_make_folder (int n_people)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("qingce-seed-XXXXXX", &error);
  g_assert_no_error (error);
  if (n_people < 0)
    return folder;
  QcStore *store = qc_store_open (folder, &error);
  g_assert_no_error (error);
  QcDatabase *database = qc_store_get_database (store);
  qc_database_write (database, "choice", write_choice, GINT_TO_POINTER (n_people), &error);
  g_assert_no_error (error);
  for (guint from = 0; from == 0 || from < (guint)n_people; from += PAGE) {
    People people = {SEED_UNIT_1, from, MIN (PAGE, (guint)n_people - from), (guint)n_people};
    qc_database_write (database, "people", write_people, &people, &error);
    g_assert_no_error (error);
  }
  qc_store_close (store);
  return folder;
}

static void
remove_below (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  while (dir && (name = g_dir_read_name (dir))) {
    g_autofree char *child = g_build_filename (path, name, NULL);
    remove_below (child);
  }
  g_remove (path);
}

void
seed_remove_folder (const char *folder)
{
  remove_below (folder);
}
