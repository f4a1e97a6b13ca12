/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-import-groups.h. Main thread.
 */
#include "qc-import-groups.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "qc-findings-list.h"
#include "qc-format.h"

#define ROWS_SHOWN 200
#define FEW_ROWS   3 /* they are open at once */

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

typedef struct {
  const QcFinding *first; /* borrowed */
  GPtrArray *rows;        /* (owned) QcImportRow, borrowed */
  GPtrArray *findings;    /* (owned) QcFinding, borrowed, beside them */
} Group;

static void
group_free (gpointer data)
{
  Group *group = data;
  g_ptr_array_unref (group->rows);
  g_ptr_array_unref (group->findings);
  g_free (group);
}

/* What must be mended stands on top. */
static int
compare_groups (gconstpointer a, gconstpointer b)
{
  const Group *first = *(Group *const *)a, *second = *(Group *const *)b;
  return (int)second->first->severity - (int)first->first->severity;
}

static GPtrArray *
collect (const QcImportResult *result)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func (group_free);
  g_autoptr (GHashTable) by_code = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < result->rows->len; i++) {
    QcImportRow *row = g_ptr_array_index (result->rows, i);
    for (guint f = 0; row->findings && f < row->findings->len; f++) {
      QcFinding *finding = g_ptr_array_index (row->findings, f);
      Group *group = g_hash_table_lookup (by_code, finding->code);
      if (!group) {
        group = g_new0 (Group, 1);
        group->first = finding;
        group->rows = g_ptr_array_new ();
        group->findings = g_ptr_array_new ();
        g_hash_table_insert (by_code, finding->code, group);
        g_ptr_array_add (groups, group);
      }
      g_ptr_array_add (group->rows, row);
      g_ptr_array_add (group->findings, finding);
    }
  }
  g_ptr_array_sort (groups, compare_groups);
  return groups;
}

static void
show_more (GtkWidget *group, guint all)
{
  if (all <= ROWS_SHOWN)
    return;
  g_autofree char *count = qc_format_count (all - ROWS_SHOWN);
  g_autofree char *text = g_strdup_printf (_ ("and %s more"), count);
  append_line (group, text, NULL);
}

static void
show_group (GtkWidget *groups, QcRosterImport *import, const Group *group)
{
  g_autofree char *headline = qc_finding_dup_group (group->first);
  g_autofree char *advice = qc_finding_dup_advice (group->first);
  guint n = group->rows->len;
  g_autofree char *title = g_strdup_printf (ngettext ("%u row: %s", "%u rows: %s", n), n, headline);
  GtkWidget *row = append_group (groups, title, advice, group->first->severity);
  for (guint i = 0; i < MIN (n, ROWS_SHOWN); i++) {
    const QcFinding *finding = g_ptr_array_index (group->findings, i);
    const QcImportRow *faulty = g_ptr_array_index (group->rows, i);
    g_autofree char *cell = qc_roster_import_dup_place (import, faulty, finding);
    g_autofree char *place = g_strdup_printf ("%s  %s", cell, faulty->who); /* C7  王芳 */
    g_autofree char *sentence = qc_finding_dup_sentence (finding);
    append_line (row, place, sentence);
  }
  show_more (row, n);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), n <= FEW_ROWS && group->first->severity >= QC_SEVERITY_ASK);
}

static void
show_repairs (GtkWidget *groups, const QcImportResult *result)
{
  guint n = result->n_repairs;
  g_autofree char *title = g_strdup_printf (ngettext ("%u cell is read otherwise than it stands there",
                                                      "%u cells are read otherwise than they stand there", n),
                                            n);
  GtkWidget *group
      = append_group (groups, title, _ ("Full-width digits, separators, currency words."), QC_SEVERITY_NOTE);
  for (guint i = 0; i < MIN (result->repairs->len, ROWS_SHOWN); i++) {
    const QcImportRepair *repair = g_ptr_array_index (result->repairs, i);
    g_autofree char *place
        = g_strdup_printf (_ ("Row %u, %s"), repair->number, _ (qc_line_field (repair->field)->msgid));
    g_autofree char *change = g_strdup_printf ("%s → %s", repair->before, repair->after);
    append_line (group, place, change);
  }
  show_more (group, n);
}

void
qc_import_groups_fill (GtkWidget *groups, QcRosterImport *import, const QcImportResult *result)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (groups)))
    gtk_list_box_remove (GTK_LIST_BOX (groups), child);
  g_autoptr (GPtrArray) found = collect (result);
  for (guint i = 0; i < found->len; i++)
    show_group (groups, import, g_ptr_array_index (found, i));
  if (result->n_repairs > 0)
    show_repairs (groups, result);
  gtk_widget_set_visible (groups, found->len > 0 || result->n_repairs > 0);
}
