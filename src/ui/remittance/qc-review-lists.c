/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-review-lists.h. Main thread.
 */
#include "qc-review-lists.h"

#include <glib/gi18n.h>

#include "qc-drop-down.h"
#include "qc-focus.h"
#include "qc-format.h"
#include "qc-grid.h"
#include "qc-gtk-4-8.h"
#include "qc-remittance-person.h"

static char *
cell_name (gpointer item, gpointer user_data)
{
  return g_strdup (qc_remittance_person_get_name (item));
}

static char *
cell_account (gpointer item, gpointer user_data)
{
  return g_strdup (qc_remittance_person_get_account (item));
}

static char *
cell_kind (gpointer item, gpointer user_data)
{
  const char *kind = _ (qc_change_kind_to_msgid (qc_remittance_person_get_kind (item)));
  /* Translators: kind of a change that waits in the queue: the center does not know it yet. */
  return qc_remittance_person_is_queued (item) ? g_strdup_printf (_ ("%s (waiting)"), kind) : g_strdup (kind);
}

static char *
cell_before (gpointer item, gpointer user_data)
{
  return qc_format_money (qc_remittance_person_get_before (item));
}

static char *
cell_after (gpointer item, gpointer user_data)
{
  return qc_format_money (qc_remittance_person_get_after (item));
}

static char *
cell_base (gpointer item, gpointer user_data)
{
  g_autofree char *before = qc_format_money (qc_remittance_person_get_base_before (item));
  g_autofree char *after = qc_format_money (qc_remittance_person_get_base_after (item));
  if (qc_remittance_person_get_base_before (item) == qc_remittance_person_get_base_after (item))
    return g_steal_pointer (&after);
  if (qc_remittance_person_get_base_before (item) == 0)
    return g_steal_pointer (&after);
  if (qc_remittance_person_get_base_after (item) == 0)
    return g_steal_pointer (&before);
  return g_strdup_printf ("%s → %s", before, after);
}

static char *
cell_birth (gpointer item, gpointer user_data)
{
  return qc_format_date (qc_remittance_person_get_birth (item));
}

static char *
cell_reason (gpointer item, gpointer user_data)
{
  if (qc_remittance_person_get_state (item) == QC_RETIREMENT_STATE_ASK)
    return g_strdup (_ ("Retirement class not known; she stays in until it is answered"));
  g_autofree char *month = qc_format_month (qc_remittance_person_get_statutory (item));
  return g_strdup_printf (_ ("Reached retirement age in %s"), month);
}

/* What a screen reader says of a row. */
static char *
change_name (gpointer item, gpointer user_data)
{
  g_autofree char *before = cell_before (item, user_data), *after = cell_after (item, user_data);
  /* Translators: name, kind of change, monthly amount before and after. */
  return g_strdup_printf (_ ("%s, %s, %s before, %s after"), qc_remittance_person_get_name (item),
                          _ (qc_change_kind_to_msgid (qc_remittance_person_get_kind (item))), before, after);
}

static char *
left_out_name (gpointer item, gpointer user_data)
{
  g_autofree char *reason = cell_reason (item, user_data);
  /* Translators: name, why the person is in the list. */
  return g_strdup_printf (_ ("%s, %s"), qc_remittance_person_get_name (item), reason);
}

static const QcGridColumn change_columns[] = {
    {"name", N_ ("Name"), cell_name, QC_GRID_NAME, .chars = 8, .expand = TRUE},
    {"account", N_ ("Individual account"), cell_account, QC_GRID_CODE, .yields = 1},
    {"kind", N_ ("Change"), cell_kind, QC_GRID_TEXT, .chars = 16, .yields = 3},
    {"base", N_ ("Base"), cell_base, QC_GRID_NUMBER, .yields = 2},
    {"before", N_ ("Before"), cell_before, QC_GRID_NUMBER},
    {"after", N_ ("After"), cell_after, QC_GRID_NUMBER},
};

static const QcGridColumn left_out_columns[] = {
    {"name", N_ ("Name"), cell_name, QC_GRID_NAME, .chars = 10},
    {"account", N_ ("Individual account"), cell_account, QC_GRID_CODE, .yields = 2},
    {"birth", N_ ("Born"), cell_birth, QC_GRID_CODE, .yields = 1},
    {"reason", N_ ("Reason"), cell_reason, QC_GRID_TEXT, .chars = 30, .yields = 3, .expand = TRUE},
};

/* --- the button of a person who is left out or must be answered for ---------------------------------------------- */

static GMenuModel *
answers_menu (const char *account)
{
  static const struct {
    QcRetirementClass klass;
    const char *msgid;
  } answers[] = {
      {QC_RETIREMENT_WOMEN_50, N_ ("Women 50")},
      {QC_RETIREMENT_WOMEN_55, N_ ("Women 55")},
      {QC_RETIREMENT_WOMEN_60, N_ ("Women 60 (at the men's age)")},
  };
  GMenu *menu = g_menu_new ();
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++) {
    g_autoptr (GMenuItem) item = g_menu_item_new (_ (answers[i].msgid), NULL);
    g_menu_item_set_action_and_target (item, "win.remittance-answer", "(ss)", account,
                                       qc_retirement_class_to_code (answers[i].klass));
    g_menu_append_item (menu, item);
  }
  return G_MENU_MODEL (menu);
}

/* A menu is some forty widgets, and there are as many buttons as rows: made for the one that is opened. */
static void
open_answers_cb (GtkMenuButton *button, gpointer account)
{
  if (gtk_menu_button_get_menu_model (button))
    return;
  g_autoptr (GMenuModel) menu = answers_menu (account);
  gtk_menu_button_set_menu_model (button, menu);
}

static void
deed_bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  QcRemittancePerson *person = gtk_list_item_get_item (item);
  const char *account = qc_remittance_person_get_account (person);
  const char *name = qc_remittance_person_get_name (person);
  g_autofree char *label = NULL;
  GtkWidget *button;
  if (qc_remittance_person_get_state (person) == QC_RETIREMENT_STATE_ASK) {
    button = gtk_menu_button_new ();
    gtk_menu_button_set_label (GTK_MENU_BUTTON (button), _ ("Answer"));
    gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (button), open_answers_cb, g_strdup (account), g_free);
    label = g_strdup_printf (_ ("Answer the retirement class of %s"), name);
    qc_menu_button_set_name (GTK_MENU_BUTTON (button), label);
  } else if (!qc_remittance_person_can_authorize (person, NULL, NULL)) {
    button = gtk_label_new (_ ("Too late to authorize"));
    gtk_widget_add_css_class (button, "dim-label");
    gtk_widget_set_tooltip_text (button,
                                 _ ("At most three years after the statutory retirement month can be authorized."));
    gtk_list_item_set_child (item, button);
    qc_gtk_name_cell (button);
    return;
  } else {
    button = gtk_button_new_with_label (_ ("Authorize retirement age"));
    gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.remittance-authorize");
    gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", account);
    label = g_strdup_printf (_ ("Authorize the retirement age of %s"), name);
  }
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_list_item_set_child (item, button);
  qc_gtk_name_cell (button);
}

static void
deed_unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gtk_list_item_set_child (item, NULL);
}

static void
add_deed_column (GtkColumnView *grid)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new (NULL, factory);
  g_signal_connect (factory, "bind", G_CALLBACK (deed_bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (deed_unbind_cb), NULL);
  qc_grid_insert_column (grid, G_N_ELEMENTS (left_out_columns), column, 0);
}

/* The next question that can be answered. */
static gboolean
go_to_answer (GtkWidget *widget)
{
  if (GTK_IS_MENU_BUTTON (widget))
    return gtk_widget_get_mapped (widget) && gtk_widget_grab_focus (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    if (go_to_answer (child))
      return TRUE;
  return FALSE;
}

GtkColumnView *
qc_review_changes_new (GtkSelectionModel *model)
{
  return qc_grid_new (model, change_columns, G_N_ELEMENTS (change_columns), _ ("People who changed"), change_name,
                      NULL);
}

GtkColumnView *
qc_review_left_out_new (GtkSelectionModel *model)
{
  GtkColumnView *grid = qc_grid_new (model, left_out_columns, G_N_ELEMENTS (left_out_columns),
                                     _ ("People left out or to be answered for"), left_out_name, NULL);
  add_deed_column (grid);
  qc_focus_set_home (GTK_WIDGET (grid), go_to_answer);
  return grid;
}
