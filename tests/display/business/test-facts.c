/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The form of 单位信息变更 in the real window: what was entered there stays, whatever comes meanwhile.
 */
#include "play.h"
#include "qc-app-fixture.h"
#include "qc-fact-row.h"
#include "qc-facts-step.h"
#include "qc-session-private.h"

static gboolean
can_go (gpointer play)
{
  return play_is_enabled (play, "go");
}

/* The field of the postal code, once it can be entered. (nullable) */
static GtkWidget *
find_entry (GtkWidget *root)
{
  if (QC_IS_FACT_ROW (root)) {
    const QcUnitField *field = qc_fact_row_get_field (QC_FACT_ROW (root));
    return field && g_str_equal (field->name, "DWYB") ? play_find (root, GTK_TYPE_ENTRY) : NULL;
  }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child; child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_entry (child);
    if (found)
      return found;
  }
  return NULL;
}

static gboolean
is_filled (gpointer play)
{
  GtkWidget *entry = find_entry (GTK_WIDGET (((Play *)play)->window));
  return entry && g_str_equal (gtk_editable_get_text (GTK_EDITABLE (entry)), "164300");
}

/* Text comes into a field that does not have the keyboard (dropped there, or while its draft was read and refused it):
 * the next change of anything takes it, and does not write the old value over it. */
static void
test_kept (void)
{
  Play play;
  play_begin_in (&play, qc_app_fixture_make_folder (0, 0));
  play_wait (can_go, &play, "go");
  qc_context_set_today (play.context, QC_FIXTURE_TODAY);
  QcAppFixture fixture = {play.folder, play.context, play.session};
  qc_app_fixture_sql (&fixture, "DELETE FROM unit_field WHERE name = 'DWYB';"
                                "INSERT INTO unit_field (scope, name, value) SELECT id, 'DWYB', '164300' FROM scope");
  play_do (&play, "go", g_variant_new_string ("unit-change"));
  play_wait (is_filled, &play, "the form");
  GtkWidget *root = GTK_WIDGET (play.window);
  GtkWidget *entry = find_entry (root);
  g_assert_false (gtk_widget_get_state_flags (entry) & GTK_STATE_FLAG_FOCUS_WITHIN);
  gtk_editable_set_text (GTK_EDITABLE (entry), "164301");
  qc_facts_step_update (QC_FACTS_STEP (play_find (root, QC_TYPE_FACTS_STEP)));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "164301");
  play_wait_words (&play, "1 field changed");
  play_end (&play);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/facts/kept", test_kept);
  return g_test_run ();
}
