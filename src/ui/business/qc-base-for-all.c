/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-base-for-all.h. Main thread.
 */
#include "qc-base-for-all.h"

#include <glib/gi18n.h>

#include "qc-drop-down.h"

typedef struct {
  QcChosenLinesFunc chosen;
  gpointer user_data;
  QcRosterService *service; /* (owned) (nullable) */
  /* of the popover that is open; borrowed */
  GtkWidget *popover, *amount, *percent, *rounding, *fault;
  GArray *lines; /* (owned) (nullable) gint64: those it was opened for */
} ForAll;

static const struct {
  QcRounding rounding;
  const char *msgid;
} roundings[] = {
    {QC_ROUNDING_HALF_UP_YUAN, N_ ("half up to the yuan")},
    {QC_ROUNDING_HALF_UP_JIAO, N_ ("half up to the jiao")},
    {QC_ROUNDING_HALF_UP_FEN, N_ ("half up to the fen")},
    {QC_ROUNDING_UP_TO_YUAN, N_ ("any fraction up to the yuan")},
};

static void
for_all_free (gpointer data)
{
  ForAll *all = data;
  g_clear_object (&all->service);
  g_clear_pointer (&all->lines, g_array_unref);
  g_free (all);
}

static void
say (ForAll *all, GtkWidget *entry, const char *fault)
{
  gtk_label_set_text (GTK_LABEL (all->fault), fault);
  gtk_widget_set_visible (all->fault, TRUE);
  gtk_widget_add_css_class (entry, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, fault, -1);
  gtk_widget_grab_focus (entry);
}

static void
amount_cb (GtkWidget *widget, ForAll *all)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (all->amount));
  QcMoney money;
  if (!qc_money_parse (text, &money) || money <= 0) {
    say (all, all->amount, _ ("Enter an amount with at most two decimals, such as 5,500.00."));
    return;
  }
  qc_roster_service_enter_many (all->service, (const gint64 *)all->lines->data, all->lines->len, QC_LINE_NEW_BASE,
                                text);
  gtk_popover_popdown (GTK_POPOVER (all->popover));
}

static void
percent_cb (GtkWidget *widget, ForAll *all)
{
  gint32 change;
  if (!qc_change_parse (gtk_editable_get_text (GTK_EDITABLE (all->percent)), &change)) {
    say (all, all->percent, _ ("Enter a percentage such as 5 or −3.5: above −100, not 0, and at most 100."));
    return;
  }
  guint chosen = gtk_drop_down_get_selected (GTK_DROP_DOWN (all->rounding));
  qc_roster_service_scale_base (all->service, (const gint64 *)all->lines->data, all->lines->len, change,
                                roundings[MIN (chosen, G_N_ELEMENTS (roundings) - 1)].rounding);
  gtk_popover_popdown (GTK_POPOVER (all->popover));
}

static GtkWidget *
add_row (GtkWidget *grid, int row, const char *label, GtkWidget *entry, const char *apply, GCallback callback,
         ForAll *all)
{
  GtkWidget *words = gtk_label_new_with_mnemonic (label);
  GtkWidget *button = gtk_button_new_with_mnemonic (apply);
  gtk_label_set_xalign (GTK_LABEL (words), 0);
  gtk_label_set_mnemonic_widget (GTK_LABEL (words), entry);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_RELATION_LABELLED_BY, words, NULL, -1);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 12);
  gtk_editable_set_alignment (GTK_EDITABLE (entry), 1);
  gtk_widget_set_sensitive (entry, all->lines->len > 0);
  gtk_widget_set_sensitive (button, all->lines->len > 0);
  g_signal_connect (entry, "activate", callback, all);
  g_signal_connect (button, "clicked", callback, all);
  gtk_grid_attach (GTK_GRID (grid), words, 0, row, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), entry, 1, row, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), button, 3, row, 1, 1);
  return entry;
}

static GtkWidget *
new_note (const char *text)
{
  GtkWidget *note = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (note), 0);
  gtk_label_set_wrap (GTK_LABEL (note), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (note), 48);
  return note;
}

static void
fill_cb (GtkMenuButton *button, gpointer user_data)
{
  ForAll *all = user_data;
  g_clear_pointer (&all->lines, g_array_unref);
  all->lines = all->service ? all->chosen (all->user_data) : g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *head
      = all->lines->len > 0 ? g_strdup_printf (
            ngettext ("For the %u line chosen", "For the %u lines chosen", all->lines->len), all->lines->len)
                            : g_strdup (_ ("First choose the lines it is for."));
  GtkWidget *grid = gtk_grid_new ();
  gtk_grid_set_row_spacing (GTK_GRID (grid), 8);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 8);
  GtkWidget *title = new_note (head);
  gtk_widget_add_css_class (title, "dim-label");
  gtk_grid_attach (GTK_GRID (grid), title, 0, 0, 4, 1);
  all->amount = add_row (grid, 1, _ ("_Same base"), gtk_entry_new (), _ ("_Set"), G_CALLBACK (amount_cb), all);
  all->percent = add_row (grid, 2, _ ("By _percent"), gtk_entry_new (), _ ("_Change"), G_CALLBACK (percent_cb), all);
  gtk_entry_set_placeholder_text (GTK_ENTRY (all->percent), "+5");
  const char *words[G_N_ELEMENTS (roundings) + 1] = {NULL};
  for (guint i = 0; i < G_N_ELEMENTS (roundings); i++)
    words[i] = _ (roundings[i].msgid);
  all->rounding = gtk_drop_down_new_from_strings (words);
  qc_drop_down_set_name (GTK_DROP_DOWN (all->rounding), _ ("Rounding"));
  gtk_grid_attach (GTK_GRID (grid), all->rounding, 2, 2, 1, 1);
  GtkWidget *note = new_note (_ ("Each new base is the present base changed by the percentage and rounded as chosen. "
                                 "One undo takes all of it back."));
  gtk_widget_add_css_class (note, "dim-label");
  gtk_grid_attach (GTK_GRID (grid), note, 0, 3, 4, 1);
  all->fault = new_note ("");
  gtk_widget_add_css_class (all->fault, "error");
  gtk_widget_set_visible (all->fault, FALSE);
  gtk_grid_attach (GTK_GRID (grid), all->fault, 0, 4, 4, 1);
  all->popover = gtk_popover_new ();
  gtk_widget_add_css_class (all->popover, "qc-popover");
  gtk_popover_set_child (GTK_POPOVER (all->popover), grid);
  gtk_menu_button_set_popover (button, all->popover);
}

GtkWidget *
qc_base_for_all_new (QcChosenLinesFunc chosen, gpointer user_data)
{
  GtkWidget *button = gtk_menu_button_new ();
  gtk_widget_add_css_class (button, "raised");
  ForAll *all = g_new0 (ForAll, 1);
  all->chosen = chosen;
  all->user_data = user_data;
  qc_menu_button_set_words (GTK_MENU_BUTTON (button), _ ("_Base for all chosen"));
  g_object_set_data_full (G_OBJECT (button), "qc-for-all", all, for_all_free);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (button), fill_cb, all, NULL);
  return button;
}

void
qc_base_for_all_set_service (GtkWidget *button, QcRosterService *service)
{
  ForAll *all = g_object_get_data (G_OBJECT (button), "qc-for-all");
  g_return_if_fail (all != NULL);
  g_set_object (&all->service, service);
}
