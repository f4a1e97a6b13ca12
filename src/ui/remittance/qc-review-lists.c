/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-review-lists.h. Main thread.
 */
#include "qc-review-lists.h"

#include <glib/gi18n.h>

#include "qc-column-menu.h"
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
    {"name", N_ ("Name"), cell_name, QC_GRID_NAME, .chars = 30, .expand = TRUE},
    {"account", N_ ("Individual account"), cell_account, QC_GRID_CODE, .yields = 1},
    {"kind", N_ ("Change"), cell_kind, QC_GRID_TEXT, .chars = 16, .yields = 3},
    {"base", N_ ("Base"), cell_base, QC_GRID_NUMBER, .yields = 2},
    {"before", N_ ("Before"), cell_before, QC_GRID_NUMBER},
    {"after", N_ ("After"), cell_after, QC_GRID_NUMBER},
};

static const QcGridColumn left_out_columns[] = {
    {"name", N_ ("Name"), cell_name, QC_GRID_NAME, .chars = 30},
    {"account", N_ ("Individual account"), cell_account, QC_GRID_CODE, .yields = 2},
    {"birth", N_ ("Born"), cell_birth, QC_GRID_CODE, .yields = 1},
    {"reason", N_ ("Reason"), cell_reason, QC_GRID_TEXT, .chars = 30, .yields = 3, .expand = TRUE},
};

/* --- the button of a person who is left out or must be answered for ---------------------------------------------- */

typedef struct {
  GtkColumnView *grid; /* borrowed */
  QcRemittancePerson *person;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;
  g_object_unref (question->person);
  g_free (question);
}

/* For whom the answer is: the person of the row, and everybody else selected with her. (transfer full) */
static GPtrArray *
dup_asked (Question *question)
{
  GtkSelectionModel *model = gtk_column_view_get_model (question->grid);
  g_autoptr (GPtrArray) asked = g_ptr_array_new_with_free_func (g_object_unref);
  const char *account = qc_remittance_person_get_account (question->person); /* the list makes a person each time */
  gboolean among = FALSE;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (model)); i++) {
    g_autoptr (QcRemittancePerson) person = g_list_model_get_item (G_LIST_MODEL (model), i);
    if (!gtk_selection_model_is_selected (model, i)
        || qc_remittance_person_get_state (person) != QC_RETIREMENT_STATE_ASK)
      continue;
    among = among || g_str_equal (qc_remittance_person_get_account (person), account);
    g_ptr_array_add (asked, g_steal_pointer (&person));
  }
  if (!among) {
    g_ptr_array_set_size (asked, 0);
    g_ptr_array_add (asked, g_object_ref (question->person));
  }
  return g_steal_pointer (&asked);
}

/* What an answer does, before it is given. */
static char *
say_answer (GPtrArray *asked, QcRetirementClass klass, const char *words)
{
  guint retired = 0;
  QcMonth statutory = QC_MONTH_NONE;
  for (guint i = 0; i < asked->len; i++) {
    QcRemittancePerson *person = asked->pdata[i];
    retired += qc_retirement_state (qc_remittance_person_get_birth (person), QC_SEX_FEMALE, klass, QC_MONTH_NONE,
                                    qc_remittance_person_get_month (person), &statutory)
               == QC_RETIREMENT_STATE_RETIRED;
  }
  g_autofree char *month = qc_format_month (statutory);
  /* Translators: retirement class, month in which she retires by it. */
  return asked->len == 1 ? g_strdup_printf (_ ("%s: retires in %s"), words, month)
                         /* Translators: retirement class, how many retire by it, of how many. */
                         : g_strdup_printf (_ ("%s: %u of %u have reached the age"), words, retired, asked->len);
}

static GMenuModel *
answers_menu (GPtrArray *asked)
{
  static const struct {
    QcRetirementClass klass;
    const char *msgid;
  } answers[] = {
      {QC_RETIREMENT_WOMEN_50, N_ ("Women 50 (workers)")},
      {QC_RETIREMENT_WOMEN_55, N_ ("Women 55 (managers and specialists)")},
      {QC_RETIREMENT_WOMEN_60, N_ ("Women 60 (at the men's age)")},
  };
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) section = g_menu_new ();
  g_autoptr (GPtrArray) accounts = g_ptr_array_new ();
  for (guint i = 0; i < asked->len; i++)
    g_ptr_array_add (accounts, (gpointer)qc_remittance_person_get_account (asked->pdata[i]));
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++) {
    g_autofree char *words = say_answer (asked, answers[i].klass, _ (answers[i].msgid));
    g_autoptr (GMenuItem) item = g_menu_item_new (words, NULL);
    GVariant *target
        = g_variant_new ("(@ass)", g_variant_new_strv ((const char *const *)accounts->pdata, accounts->len),
                         qc_retirement_class_to_code (answers[i].klass));
    g_menu_item_set_action_and_target_value (item, "win.remittance-answer", target);
    g_menu_append_item (section, item);
  }
  g_autofree char *who
      = asked->len == 1
            ? g_strdup (qc_remittance_person_get_name (asked->pdata[0]))
            : g_strdup_printf (ngettext ("The %u person selected", "The %u people selected", asked->len), asked->len);
  g_menu_append_section (menu, who, G_MENU_MODEL (section));
  return G_MENU_MODEL (menu);
}

/* A menu is some forty widgets, and there are as many buttons as rows: made for the one that is opened, and for who is
 * selected then. */
static void
open_answers_cb (GtkMenuButton *button, gpointer data)
{
  g_autoptr (GPtrArray) asked = dup_asked (data);
  g_autoptr (GMenuModel) menu = answers_menu (asked);
  gtk_menu_button_set_menu_model (button, menu);
}

static GtkWidget *
new_deed (QcRemittancePerson *person, GtkColumnView *grid)
{
  const char *name = qc_remittance_person_get_name (person);
  g_autofree char *label = NULL;
  GtkWidget *button;
  if (qc_remittance_person_get_state (person) == QC_RETIREMENT_STATE_ASK) {
    button = gtk_menu_button_new ();
    gtk_menu_button_set_label (GTK_MENU_BUTTON (button), _ ("Answer"));
    Question *question = g_new (Question, 1);
    *question = (Question) {grid, g_object_ref (person)};
    gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (button), open_answers_cb, question, question_free);
    label = g_strdup_printf (_ ("Answer the retirement class of %s"), name);
    qc_menu_button_set_name (GTK_MENU_BUTTON (button), label);
  } else if (!qc_remittance_person_can_authorize (person, NULL, NULL)) {
    button = gtk_label_new (_ ("Too late to authorize"));
    gtk_widget_add_css_class (button, "dim-label");
    gtk_widget_set_tooltip_text (button,
                                 _ ("At most three years after the statutory retirement month can be authorized."));
    return button;
  } else {
    button = gtk_button_new_with_label (_ ("Authorize retirement age"));
    gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.remittance-authorize");
    gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", qc_remittance_person_get_account (person));
    label = g_strdup_printf (_ ("Authorize the retirement age of %s"), name);
  }
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return button;
}

/* A row that is selected is bound again: its button stays, it may have the focus. */
static void
deed_bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, GtkColumnView *grid)
{
  QcRemittancePerson *person = gtk_list_item_get_item (item);
  GtkWidget *shown = gtk_list_item_get_child (item);
  if (shown && g_object_get_data (G_OBJECT (shown), "qc-person") == person)
    return;
  GtkWidget *deed = new_deed (person, grid);
  g_object_set_data_full (G_OBJECT (deed), "qc-person", g_object_ref (person), g_object_unref);
  gtk_list_item_set_child (item, deed);
  qc_gtk_name_cell (deed);
}

static void
add_deed_column (GtkColumnView *grid)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new (NULL, factory);
  g_signal_connect (factory, "bind", G_CALLBACK (deed_bind_cb), grid);
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
  GtkColumnView *grid
      = qc_grid_new (model, change_columns, G_N_ELEMENTS (change_columns), _ ("People who changed"), change_name, NULL);
  qc_column_menu_keep_widths (grid, "review-changes");
  return grid;
}

GtkColumnView *
qc_review_left_out_new (GtkSelectionModel *model)
{
  GtkColumnView *grid = qc_grid_new (model, left_out_columns, G_N_ELEMENTS (left_out_columns),
                                     _ ("People left out or to be answered for"), left_out_name, NULL);
  add_deed_column (grid);
  qc_column_menu_keep_widths (grid, "review-left-out");
  qc_focus_set_home (GTK_WIDGET (grid), go_to_answer);
  return grid;
}
