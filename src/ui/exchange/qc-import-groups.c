/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-import-groups.h. The rows of a group are made when it is opened, a few at a time: two hundred of them take the
 * fifth of a second. Main thread.
 */
#include "qc-import-groups.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "qc-drop-down.h"
#include "qc-findings-list.h"
#include "qc-format.h"

#define ROWS_SHOWN         200
#define FEW_ROWS           3 /* they are open at once */
#define PIECE_MICROSECONDS 4000

GtkWidget *
qc_import_groups_new (void)
{
  GtkWidget *list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Findings"), -1);
  return list;
}

static void
append_line (GtkWidget *group, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_row_set_title_selectable (ADW_PREFERENCES_ROW (row), TRUE);
  if (subtitle)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (group), row);
}

/* ---- the rows of a group ---- */

/* What stands in a group: what a row says is asked for when it is made. */
typedef struct _Filling Filling;
typedef void (*LineFunc) (const Filling *filling, guint index, char **title, char **subtitle);
struct _Filling {
  GtkWidget *group; /* borrowed: it has this */
  LineFunc line;
  QcRosterImport *import;      /* borrowed */
  GPtrArray *items, *findings; /* (owned) findings: (nullable) */
  guint all, next, source;
};

static void
filling_free (gpointer data)
{
  Filling *filling = data;
  g_clear_handle_id (&filling->source, g_source_remove);
  g_ptr_array_unref (filling->items);
  g_clear_pointer (&filling->findings, g_ptr_array_unref);
  g_free (filling);
}

static gboolean
fill_cb (gpointer user_data)
{
  Filling *filling = user_data;
  gint64 until = g_get_monotonic_time () + PIECE_MICROSECONDS;
  guint n = MIN (filling->items->len, ROWS_SHOWN);
  for (; filling->next < n; filling->next++) {
    g_autofree char *title = NULL, *subtitle = NULL;
    if (g_get_monotonic_time () > until)
      return G_SOURCE_CONTINUE;
    filling->line (filling, filling->next, &title, &subtitle);
    append_line (filling->group, title, subtitle);
  }
  if (filling->all > n) {
    g_autofree char *count = qc_format_count (filling->all - n);
    g_autofree char *text = g_strdup_printf (_ ("and %s more"), count);
    append_line (filling->group, text, NULL);
  }
  filling->source = 0;
  return G_SOURCE_REMOVE;
}

static void
expanded_cb (GtkWidget *group, GParamSpec *pspec, Filling *filling)
{
  if (filling->next == 0 && filling->source == 0 && adw_expander_row_get_expanded (ADW_EXPANDER_ROW (group)))
    filling->source = g_idle_add (fill_cb, filling);
}

/* @group has these rows, @all of which there are. */
static Filling *
set_rows (GtkWidget *group, LineFunc line, QcRosterImport *import, GPtrArray *items, guint all)
{
  Filling *filling = g_new0 (Filling, 1);
  filling->group = group;
  filling->line = line;
  filling->import = import;
  filling->items = g_ptr_array_ref (items);
  filling->all = all;
  g_object_set_data_full (G_OBJECT (group), "qc-filling", filling, filling_free);
  g_signal_connect (group, "notify::expanded", G_CALLBACK (expanded_cb), filling);
  return filling;
}

static GtkWidget *
append_group (GtkWidget *groups, const char *title, const char *subtitle, QcSeverity severity)
{
  GtkWidget *group = adw_expander_row_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name (qc_severity_icon (severity));
  gtk_widget_add_css_class (icon, qc_severity_class (severity));
  gtk_widget_set_tooltip_text (icon, qc_severity_word (severity));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (group), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (group), title);
  if (subtitle)
    adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (group), subtitle);
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (group), icon);
  gtk_list_box_append (GTK_LIST_BOX (groups), group);
  return group;
}

/* C7  王芳 */
static char *
dup_place (const Filling *filling, const QcImportRow *row, const QcFinding *finding)
{
  g_autofree char *cell = qc_roster_import_dup_place (filling->import, row, finding);
  return g_strdup_printf ("%s  %s", cell, row->who);
}

static void
found_line (const Filling *filling, guint index, char **title, char **subtitle)
{
  const QcFinding *finding = g_ptr_array_index (filling->findings, index);
  *title = dup_place (filling, g_ptr_array_index (filling->items, index), finding);
  *subtitle = qc_finding_dup_sentence (finding);
}

static void
repaired_line (const Filling *filling, guint index, char **title, char **subtitle)
{
  const QcImportRepair *repair = g_ptr_array_index (filling->items, index);
  *title = g_strdup_printf (_ ("Row %u, %s"), repair->number,
                            _ (qc_roster_import_get_title_msgid (filling->import, repair->field)));
  *subtitle = g_strdup_printf ("%s → %s", repair->before, repair->after);
}

static void
corrected_line (const Filling *filling, guint index, char **title, char **subtitle)
{
  const QcImportRow *row = g_ptr_array_index (filling->items, index);
  *title = g_strdup_printf (_ ("Row %u, %s"), row->number, row->who);
  if (row->findings)
    *subtitle = qc_finding_dup_sentence (g_ptr_array_index (row->findings, 0));
}

/* ---- one correction for all ---- */

static void
append_choice (GMenu *menu, const char *label, guint group, QcImportRemedy remedy, const char *value)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (NULL, NULL);
  g_menu_item_set_label (item, label);
  g_menu_item_set_action_and_target (item, "import.correct", "(uus)", group, (guint)remedy, value);
  g_menu_append_item (menu, item);
}

/* What can be entered: one of the list, or a text that is asked for. */
static void
append_values (GMenu *menu, QcRosterImport *import, const QcImportGroup *group, guint index)
{
  g_autoptr (GMenu) section = g_menu_new ();
  g_autoptr (GPtrArray) values = qc_roster_import_dup_values (import, group);
  for (guint i = 0; i < values->len; i++) {
    const QcCode *code = g_ptr_array_index (values, i);
    append_choice (section, code->label, index, QC_IMPORT_ENTER, code->code);
  }
  if (values->len == 0) {
    g_autoptr (GMenuItem) item = g_menu_item_new (_ ("_Enter the same in all …"), NULL);
    g_menu_item_set_action_and_target (item, "import.enter", "u", index);
    g_menu_append_item (section, item);
  }
  g_menu_append_section (menu, values->len > 0 ? _ ("In all of them") : NULL, G_MENU_MODEL (section));
}

/* A menu of what may be done to all rows of the group; NULL where nothing can be. */
static GtkWidget *
build_remedies (QcRosterImport *import, const QcImportGroup *group, guint index, const char *title)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) other = g_menu_new ();
  guint n = group->rows->len;
  if (qc_roster_import_can_correct (import, group, QC_IMPORT_ENTER))
    append_values (menu, import, group, index);
  if (qc_roster_import_can_correct (import, group, QC_IMPORT_MATCH))
    append_choice (other, _ ("_Find them by document or name"), index, QC_IMPORT_MATCH, "");
  g_autofree char *leave = g_strdup_printf (ngettext ("_Leave this row out", "_Leave these %u rows out", n), n);
  if (qc_roster_import_can_correct (import, group, QC_IMPORT_LEAVE_OUT))
    append_choice (other, leave, index, QC_IMPORT_LEAVE_OUT, "");
  if (g_menu_model_get_n_items (G_MENU_MODEL (other)) > 0)
    g_menu_append_section (menu, NULL, G_MENU_MODEL (other));
  if (g_menu_model_get_n_items (G_MENU_MODEL (menu)) == 0)
    return NULL;
  GtkWidget *button = gtk_menu_button_new ();
  g_autofree char *name = g_strdup_printf (_ ("Correct together: %s"), title);
  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), _ ("Correct"));
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  qc_menu_button_set_name (GTK_MENU_BUTTON (button), name);
  return button;
}

/* ---- the list ---- */

static void
show_group (GtkWidget *groups, QcRosterImport *import, const QcImportGroup *group, guint index)
{
  g_autofree char *headline = qc_finding_dup_group (group->first);
  g_autofree char *advice = qc_finding_dup_advice (group->first);
  guint n = group->rows->len;
  g_autofree char *count = qc_format_count (n);
  /* Translators: how many rows, what was found in them. */
  g_autofree char *kind = g_strdup_printf (ngettext ("%s row: %s", "%s rows: %s", n), count, headline);
  g_autofree char *title = group->word ? g_strdup_printf (_ ("%s: “%s”"), kind, group->word) : g_strdup (kind);
  GtkWidget *row = append_group (groups, title, advice, group->first->severity);
  Filling *filling = set_rows (row, found_line, import, group->rows, n);
  filling->findings = g_ptr_array_ref (group->findings);
  GtkWidget *remedies = build_remedies (import, group, index, title);
  if (remedies)
    adw_expander_row_add_action (ADW_EXPANDER_ROW (row), remedies);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), n <= FEW_ROWS && group->first->severity >= QC_SEVERITY_ASK);
}

/* (transfer full) */
static char *
dup_done (const QcImportCorrection *correction)
{
  guint n = correction->rows->len;
  g_autofree char *count = qc_format_count (n);
  const char *value = correction->shown ? correction->shown : correction->value;
  switch (correction->remedy) {
  case QC_IMPORT_ENTER:
    return correction->word ? g_strdup_printf (ngettext ("%s row: “%s” → %s", "%s rows: “%s” → %s", n), count,
                                               correction->word, value)
                            : g_strdup_printf (ngettext ("%s row: %s entered", "%s rows: %s entered", n), count, value);
  case QC_IMPORT_MATCH:
    return g_strdup_printf (ngettext ("%s row: found by document or name", "%s rows: found by document or name", n),
                            count);
  case QC_IMPORT_LEAVE_OUT:
  default:
    return g_strdup_printf (ngettext ("%s row is left out", "%s rows are left out", n), count);
  }
}

static void
show_correction (GtkWidget *groups, QcRosterImport *import, const QcImportCorrection *correction, guint index)
{
  g_autofree char *title = dup_done (correction);
  GtkWidget *row = append_group (groups, title, correction->headline, QC_SEVERITY_NOTE);
  GtkWidget *button = gtk_button_new_with_label (_ ("Put back"));
  g_autofree char *name = g_strdup_printf (_ ("Put back: %s"), title);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "import.put-back");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", index);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  adw_expander_row_add_action (ADW_EXPANDER_ROW (row), button);
  set_rows (row, corrected_line, import, correction->rows, correction->rows->len);
}

static void
show_repairs (GtkWidget *groups, QcRosterImport *import, const QcImportResult *result)
{
  guint n = result->n_repairs;
  g_autofree char *count = qc_format_count (n);
  g_autofree char *title = g_strdup_printf (ngettext ("%s cell is read otherwise than it stands there",
                                                      "%s cells are read otherwise than they stand there", n),
                                            count);
  GtkWidget *group
      = append_group (groups, title, _ ("Full-width digits, separators, currency words."), QC_SEVERITY_NOTE);
  set_rows (group, repaired_line, import, result->repairs, n);
}

void
qc_import_groups_clear (GtkWidget *groups)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (groups)))
    gtk_list_box_remove (GTK_LIST_BOX (groups), child);
  gtk_widget_set_visible (groups, FALSE);
}

void
qc_import_groups_fill (GtkWidget *groups, QcRosterImport *import, const QcImportResult *result)
{
  const GPtrArray *corrections = qc_roster_import_get_corrections (import);
  qc_import_groups_clear (groups);
  for (guint i = 0; i < result->groups->len; i++)
    show_group (groups, import, g_ptr_array_index (result->groups, i), i);
  for (guint i = 0; i < corrections->len; i++)
    show_correction (groups, import, g_ptr_array_index (corrections, i), i);
  if (result->n_repairs > 0)
    show_repairs (groups, import, result);
  gtk_widget_set_visible (groups, result->groups->len + corrections->len + result->n_repairs > 0);
}
