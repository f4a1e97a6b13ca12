/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-choose-people.h. Its commands are choose.add, choose.add-close, choose.all, choose.clear, choose.toggle
 * (uint32: the position) and choose.search (string). Main thread.
 */
#include "qc-choose-people.h"

#include <glib/gi18n.h>

#include "qc-column-menu.h"
#include "qc-fit.h"
#include "qc-focus.h"
#include "qc-format.h"
#include "qc-grid-stage.h"
#include "qc-grid.h"
#include "qc-gtk-4-8.h"
#include "qc-people-choice.h"
#include "qc-spoken.h"
#include "qc-wrap-layout.h"

#define NAMES_SHOWN 30

struct _QcChoosePeople {
  AdwWindow parent_instance;
  QcPeopleChoice *choice;        /* (owned) */
  QcPeopleList *list;            /* borrowed from the choice */
  GtkSingleSelection *selection; /* (owned) */
  GPtrArray *checks;             /* (owned) GtkListItem borrowed: those on screen */
  GCancellable *choosing;        /* (owned) (nullable) 全选 under way */
  /* borrowed */
  GtkColumnView *grid;
  GtkWidget *search, *nobody, *add, *spinner;
  GtkLabel *count, *names;
  GtkWidget *filters[3]; /* 正常, 封存, 本月变化 */
  GtkWidget *unadjusted; /* (nullable) toggle: 本年度未调整 */
  GtkLabel *progress;    /* how far the year's adjustment is, while that toggle is on */
};

G_DEFINE_FINAL_TYPE (QcChoosePeople, qc_choose_people, ADW_TYPE_WINDOW)
enum { ADDED, FAILED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* --- cells --- */

#define CELL(name, expression)                                    \
  static char *name (gpointer item, gpointer data)                \
  {                                                               \
    const QcEmployee *person = qc_person_row_get_employee (item); \
    return person ? (expression) : NULL;                          \
  }
CELL (cell_name, g_strdup (person->name))
CELL (cell_account, g_strdup (person->account))
CELL (cell_document, qc_format_document (person->document))
CELL (cell_status, g_strdup (_ (qc_person_status_to_msgid (person->status))))
CELL (cell_base, qc_format_money (person->base))
#undef CELL

static char *
cell_why (gpointer item, gpointer data)
{
  QcChoosePeople *self = data;
  const QcEmployee *person = qc_person_row_get_employee (item);
  char *why = person ? qc_people_choice_dup_why_not (self->choice, person) : NULL;
  return why ? why : g_strdup (person ? "" : NULL);
}

static char *
row_name (gpointer item, gpointer data)
{
  QcChoosePeople *self = data;
  const QcEmployee *person = qc_person_row_get_employee (item);
  if (!person)
    return NULL;
  g_autofree char *why = qc_people_choice_dup_why_not (self->choice, person);
  const char *state = qc_people_choice_is_chosen (self->choice, person) ? _ ("chosen") : _ ("not chosen");
  return g_strdup_printf ("%s, %s, %s", person->name, person->account, why ? why : state);
}

static const QcGridColumn columns[] = {
    {"name", N_ ("Name"), cell_name, QC_GRID_NAME, 30, .expand = TRUE, .sortable = TRUE},
    {"account", N_ ("Individual account"), cell_account, QC_GRID_CODE, 16, 0, .sortable = TRUE},
    {"document", N_ ("Document number"), cell_document, QC_GRID_CODE, 19, 1},
    {"status", N_ ("Status"), cell_status, QC_GRID_TEXT, 6, 0, .sortable = TRUE},
    {"base", N_ ("Contribution base"), cell_base, QC_GRID_NUMBER, 11, 2, .sortable = TRUE},
    {"why", N_ ("Why not"), cell_why, QC_GRID_NAME, 40, .expand = TRUE},
};

static void
sort_cb (const char *id, gboolean descending, gpointer data)
{
  static const struct {
    const char *id;
    QcPeopleSort sort;
  } sorts[] = {{"name", QC_PEOPLE_BY_NAME},
               {"account", QC_PEOPLE_BY_ACCOUNT},
               {"status", QC_PEOPLE_BY_STATUS},
               {"base", QC_PEOPLE_BY_BASE}};
  QcChoosePeople *self = data;
  QcPeopleSort sort = QC_PEOPLE_BY_NAME;
  for (gsize i = 0; i < G_N_ELEMENTS (sorts); i++)
    if (g_strcmp0 (sorts[i].id, id) == 0)
      sort = sorts[i].sort;
  qc_people_list_set_sort (self->list, sort, id && descending);
  qc_column_menu_keep_sort (self->grid, id, descending);
}

/* --- the ticks --- */

/* Who stands at @position now: a row is a place, see qc-people-list.h. (transfer full) (nullable) */
static QcPersonRow *
dup_row (QcChoosePeople *self, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (self->list), position);
}

static void
show_check (QcChoosePeople *self, GtkListItem *item)
{
  g_autoptr (QcPersonRow) row = dup_row (self, gtk_list_item_get_position (item));
  GtkWidget *check = gtk_list_item_get_child (item);
  const QcEmployee *person = row ? qc_person_row_get_employee (row) : NULL;
  g_autofree char *why = person ? qc_people_choice_dup_why_not (self->choice, person) : NULL;
  gboolean chosen = person && qc_people_choice_is_chosen (self->choice, person);
  g_object_set_data (G_OBJECT (check), "qc-quiet", GINT_TO_POINTER (TRUE));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), chosen);
  g_object_set_data (G_OBJECT (check), "qc-quiet", NULL);
  gtk_widget_set_sensitive (check, person && !why);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, person ? person->name : "",
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, why ? why : "", -1);
}

/* Asked for where the pointer rests: setting two hundred tooltips asks the display two hundred times where it is. */
static gboolean
tooltip_cb (GtkWidget *check, int x, int y, gboolean keyboard, GtkTooltip *tooltip, QcChoosePeople *self)
{
  GtkListItem *item = g_object_get_data (G_OBJECT (check), "qc-item");
  g_autoptr (QcPersonRow) row = dup_row (self, gtk_list_item_get_position (item));
  const QcEmployee *person = row ? qc_person_row_get_employee (row) : NULL;
  g_autofree char *why = person ? qc_people_choice_dup_why_not (self->choice, person) : NULL;
  gtk_tooltip_set_text (tooltip, why);
  return why != NULL;
}

static void
choose (QcChoosePeople *self, QcPersonRow *row, gboolean chosen)
{
  const QcEmployee *person = row ? qc_person_row_get_employee (row) : NULL;
  if (!person || !qc_people_choice_choose (self->choice, person, chosen))
    gtk_widget_error_bell (GTK_WIDGET (self));
}

static void
toggled_cb (GtkCheckButton *check, QcChoosePeople *self)
{
  GtkListItem *item = g_object_get_data (G_OBJECT (check), "qc-item");
  g_autoptr (QcPersonRow) row = dup_row (self, gtk_list_item_get_position (item));
  if (!g_object_get_data (G_OBJECT (check), "qc-quiet"))
    choose (self, row, gtk_check_button_get_active (check));
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, QcChoosePeople *self)
{
  GtkWidget *check = gtk_check_button_new ();
  /* Space on the row does the same, and the cursor stays where it is. That it is not focusable is not enough: GTK would
   * take it for where Tab has come to, and the focus would stay in the titles. */
  gtk_widget_set_can_focus (check, FALSE);
  g_object_set_data (G_OBJECT (check), "qc-item", item);
  g_signal_connect (check, "toggled", G_CALLBACK (toggled_cb), self);
  gtk_widget_set_has_tooltip (check, TRUE);
  g_signal_connect (check, "query-tooltip", G_CALLBACK (tooltip_cb), self);
  gtk_list_item_set_child (item, check);
  qc_gtk_name_cell (check);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, QcChoosePeople *self)
{
  g_ptr_array_add (self->checks, item);
  show_check (self, item);
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, QcChoosePeople *self)
{
  g_ptr_array_remove_fast (self->checks, item);
}

static void
show_checks (QcChoosePeople *self)
{
  for (guint i = 0; i < self->checks->len; i++)
    show_check (self, g_ptr_array_index (self->checks, i));
}

static void
insert_checks (QcChoosePeople *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), self);
  g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new (_ ("Chosen"), factory);
  qc_grid_insert_column (self->grid, 0, column, 0);
}

/* --- what is chosen --- */

static void
choice_changed_cb (QcChoosePeople *self)
{
  const GPtrArray *chosen = qc_people_choice_get_chosen (self->choice);
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *people = qc_format_people (chosen->len);
  /* Translators: how many people are chosen. */
  g_autofree char *count = g_strdup_printf (_ ("Chosen: %s"), people);
  for (guint i = 0; i < MIN (chosen->len, NAMES_SHOWN); i++)
    g_string_append_printf (names, "%s%s", i > 0 ? _ (", ") : "",
                            ((const QcEmployee *)g_ptr_array_index (chosen, i))->name);
  if (chosen->len > NAMES_SHOWN)
    g_string_append (names, " …");
  if (*gtk_label_get_text (self->count) && !g_str_equal (gtk_label_get_text (self->count), count))
    qc_spoken_announce (GTK_WIDGET (self), count);
  gtk_label_set_text (self->count, count);
  gtk_label_set_text (self->names, names->str);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "choose.clear", chosen->len > 0);
  show_checks (self);
}

/* Enter without anybody chosen means the one the cursor stands on. */
static gboolean
add (QcChoosePeople *self)
{
  g_autoptr (QcPersonRow) row = dup_row (self, gtk_single_selection_get_selected (self->selection));
  if (qc_people_choice_get_chosen (self->choice)->len == 0)
    choose (self, row, TRUE);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (qc_people_choice_add (self->choice, ids) == 0)
    return FALSE;
  g_signal_emit (self, signals[ADDED], 0, g_array_index (ids, gint64, 0));
  choice_changed_cb (self);
  qc_grid_refresh (self->grid); /* who is on the roster now says so */
  return TRUE;
}

static void
all_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcChoosePeople) self = user_data;
  g_autoptr (GError) error = NULL;
  int n = qc_people_choice_choose_all_finish (QC_PEOPLE_CHOICE (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->choosing);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), FALSE);
  if (n < 0)
    g_signal_emit (self, signals[FAILED], 0, error);
}

static void
choose_all (QcChoosePeople *self)
{
  if (self->choosing)
    return;
  self->choosing = g_cancellable_new ();
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), TRUE);
  qc_people_choice_choose_all_async (self->choice, self->choosing, all_chosen_cb, g_object_ref (self));
}

static void
toggle (QcChoosePeople *self, guint position)
{
  g_autoptr (QcPersonRow) row = dup_row (self, position);
  const QcEmployee *person = row ? qc_person_row_get_employee (row) : NULL;
  choose (self, row, !person || !qc_people_choice_is_chosen (self->choice, person));
}

static void
command (GtkWidget *widget, const char *name, GVariant *parameter)
{
  QcChoosePeople *self = QC_CHOOSE_PEOPLE (widget);
  if (g_str_equal (name, "choose.add")) {
    add (self);
  } else if (g_str_equal (name, "choose.add-close")) {
    if (add (self))
      gtk_window_close (GTK_WINDOW (self));
  } else if (g_str_equal (name, "choose.all")) {
    choose_all (self);
  } else if (g_str_equal (name, "choose.clear")) {
    qc_people_choice_clear (self->choice);
  } else if (g_str_equal (name, "choose.search")) {
    gtk_editable_set_text (GTK_EDITABLE (self->search), g_variant_get_string (parameter, NULL));
  } else {
    toggle (self, g_variant_get_uint32 (parameter));
  }
}

/* --- keys --- */

static gboolean
key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, QcChoosePeople *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  gboolean in_search = focus && gtk_widget_is_ancestor (focus, self->search);
  gboolean in_list = focus && gtk_widget_is_ancestor (focus, qc_gtk_get_list (self->grid));
  if ((key == GDK_KEY_Return || key == GDK_KEY_KP_Enter) && (in_search || in_list || (state & GDK_CONTROL_MASK))) {
    command (GTK_WIDGET (self), state & GDK_CONTROL_MASK ? "choose.add-close" : "choose.add", NULL);
    return TRUE;
  }
  if (key == GDK_KEY_space && in_list) {
    toggle (self, gtk_single_selection_get_selected (self->selection));
    return TRUE;
  }
  if ((key == GDK_KEY_Down || key == GDK_KEY_KP_Down) && in_search) {
    guint selected = gtk_single_selection_get_selected (self->selection);
    qc_grid_scroll_to (self->grid, selected == GTK_INVALID_LIST_POSITION ? 0 : selected, TRUE);
    qc_grid_enter (self->grid);
    return TRUE;
  }
  if (key == GDK_KEY_Escape) {
    gtk_window_close (GTK_WINDOW (self));
    return TRUE;
  }
  return FALSE;
}

/* An input method goes before the dialog's own keys: in the search entry nothing is caught before it. */
static gboolean
search_key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, QcChoosePeople *self)
{
  return key_cb (controller, key, code, state, self);
}

/* --- the widgets --- */

static void
search_cb (GtkSearchEntry *entry, QcChoosePeople *self)
{
  qc_people_list_set_search (self->list, gtk_editable_get_text (GTK_EDITABLE (entry)));
}

/* Enter belongs to the entry before any controller sees it. The next name is typed over this one. */
static void
search_enter_cb (GtkSearchEntry *entry, QcChoosePeople *self)
{
  if (add (self))
    gtk_editable_select_region (GTK_EDITABLE (entry), 0, -1);
}

static void
filter_cb (QcChoosePeople *self)
{
  guint filter = 0;
  if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->filters[0])))
    filter |= QC_PEOPLE_NORMAL;
  if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->filters[1])))
    filter |= QC_PEOPLE_SEALED;
  qc_people_list_set_filter (self->list, filter ? filter : QC_PEOPLE_EVERY);
  qc_people_choice_set_changed_only (self->choice, gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->filters[2])));
}

/* In July the whole unit is adjusted: who is not yet, and how far it is. */
static void
unadjusted_cb (GtkToggleButton *button, QcChoosePeople *self)
{
  gboolean on = gtk_toggle_button_get_active (button);
  if (on) /* whoever is sealed gets a base when unsealed */
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->filters[0]), TRUE);
  qc_people_choice_set_unadjusted_only (self->choice, on);
}

static void
show_progress (QcChoosePeople *self)
{
  /* what is shown are all that are not adjusted yet only where nothing else narrows it */
  gboolean on = self->unadjusted && gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->unadjusted))
                && *gtk_editable_get_text (GTK_EDITABLE (self->search)) == '\0'
                && (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->filters[0]))
                    || !gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->filters[1])))
                && !gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->filters[2]));
  gtk_widget_set_visible (GTK_WIDGET (self->progress), on);
  if (!on)
    return;
  gint64 open = qc_people_list_get_totals (self->list)->normal;
  gint64 all = qc_people_choice_get_headcount (self->choice);
  g_autofree char *text = g_strdup_printf (_ ("Adjusted: %d, not yet: %d"), (int)MAX (all - open, 0), (int)open);
  gtk_label_set_text (self->progress, text);
}

static void
reloaded_cb (QcChoosePeople *self)
{
  show_progress (self);
  qc_grid_refresh (self->grid);
  show_checks (self);
  gtk_widget_set_visible (self->nobody, qc_people_list_get_totals (self->list)->people == 0);
}

static void
filled_cb (QcChoosePeople *self)
{
  qc_grid_fill_blanks (self->grid);
  show_checks (self);
}

static void
failed_cb (QcChoosePeople *self, const GError *error)
{
  g_signal_emit (self, signals[FAILED], 0, error);
}

static GtkWidget *
build_filters (QcChoosePeople *self)
{
  const char *labels[] = {_ ("_Normal"), _ ("_Sealed"), _ ("_Changed this month")};
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *linked = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *all = gtk_button_new_with_mnemonic (_ ("Choose _all shown"));
  gtk_widget_add_css_class (linked, "linked");
  gtk_accessible_update_property (GTK_ACCESSIBLE (linked), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Filter"), -1);
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++) {
    self->filters[i] = gtk_toggle_button_new_with_mnemonic (labels[i]);
    g_signal_connect_swapped (self->filters[i], "toggled", G_CALLBACK (filter_cb), self);
    gtk_box_append (GTK_BOX (linked), self->filters[i]);
  }
  if (qc_people_choice_get_fund_year (self->choice) != QC_MONTH_NONE) {
    g_autofree char *since = qc_format_month (qc_people_choice_get_fund_year (self->choice));
    g_autofree char *tip = g_strdup_printf (_ ("Whose base has not been adjusted since %s"), since);
    self->unadjusted = gtk_toggle_button_new_with_mnemonic (_ ("Not adjusted this _year"));
    gtk_widget_set_tooltip_text (self->unadjusted, tip);
    g_signal_connect (self->unadjusted, "toggled", G_CALLBACK (unadjusted_cb), self);
    gtk_box_append (GTK_BOX (linked), self->unadjusted);
  }
  self->progress = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_set_visible (GTK_WIDGET (self->progress), FALSE);
  gtk_widget_set_layout_manager (line, qc_wrap_layout_new (6));
  self->spinner = gtk_spinner_new ();
  gtk_actionable_set_action_name (GTK_ACTIONABLE (all), "choose.all");
  gtk_box_append (GTK_BOX (line), linked);
  gtk_box_append (GTK_BOX (line), all);
  gtk_box_append (GTK_BOX (line), self->spinner);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->progress));
  return line;
}

static GtkWidget *
build_list (QcChoosePeople *self)
{
  GtkWidget *overlay = gtk_overlay_new ();
  self->grid = qc_grid_new (GTK_SELECTION_MODEL (self->selection), columns, G_N_ELEMENTS (columns),
                            _ ("People to choose from"), row_name, self);
  insert_checks (self);
  qc_grid_set_sort_func (self->grid, sort_cb, self);
  qc_column_menu_keep_widths (self->grid, "choose-people");
  self->nobody = gtk_label_new (_ ("Nobody fits the search and filter."));
  gtk_widget_add_css_class (self->nobody, "dim-label");
  gtk_widget_set_visible (self->nobody, FALSE);
  gtk_widget_set_can_target (self->nobody, FALSE);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), qc_grid_scroll (self->grid));
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->nobody);
  gtk_widget_set_vexpand (overlay, TRUE);
  return overlay;
}

static GtkWidget *
build_bottom (QcChoosePeople *self)
{
  GtkWidget *bottom = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *clear = gtk_button_new_with_mnemonic (_ ("_Let all go"));
  GtkWidget *add_close = gtk_button_new_with_mnemonic (_ ("Add and _close"));
  self->count = GTK_LABEL (gtk_label_new (NULL));
  self->names = GTK_LABEL (gtk_label_new (NULL));
  self->add = gtk_button_new_with_mnemonic (_ ("_Add"));
  gtk_label_set_xalign (self->count, 0);
  gtk_label_set_xalign (self->names, 0);
  gtk_label_set_wrap (self->names, TRUE);
  gtk_label_set_lines (self->names, 2);
  gtk_label_set_ellipsize (self->names, PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (GTK_WIDGET (self->count), "heading");
  gtk_widget_add_css_class (GTK_WIDGET (self->names), "dim-label");
  gtk_widget_set_hexpand (GTK_WIDGET (self->count), TRUE);
  gtk_widget_add_css_class (add_close, "suggested-action");
  gtk_widget_set_tooltip_text (self->add, "Enter");
  gtk_widget_set_tooltip_text (add_close, "Ctrl+Enter");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (clear), "choose.clear");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->add), "choose.add");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (add_close), "choose.add-close");
  qc_focus_guard (clear);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->count));
  gtk_box_append (GTK_BOX (line), clear);
  gtk_box_append (GTK_BOX (line), self->add);
  gtk_box_append (GTK_BOX (line), add_close);
  gtk_box_append (GTK_BOX (bottom), line);
  gtk_box_append (GTK_BOX (bottom), GTK_WIDGET (self->names));
  return bottom;
}

static void
build (QcChoosePeople *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *inside = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *search_keys = gtk_event_controller_key_new ();
  self->search = gtk_search_entry_new ();
  g_object_set (self->search, "placeholder-text", _ ("Name, pinyin, end of document number, account"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Search people"),
                                  -1);
  gtk_search_entry_set_search_delay (GTK_SEARCH_ENTRY (self->search), 0); /* the list drops what is overtaken */
  g_signal_connect (self->search, "search-changed", G_CALLBACK (search_cb), self);
  g_signal_connect (self->search, "activate", G_CALLBACK (search_enter_cb), self);
  g_signal_connect (search_keys, "key-pressed", G_CALLBACK (search_key_cb), self);
  gtk_widget_add_controller (self->search, search_keys);
  gtk_box_append (GTK_BOX (inside), self->search);
  gtk_box_append (GTK_BOX (inside), build_filters (self));
  gtk_box_append (GTK_BOX (inside), build_list (self));
  gtk_box_append (GTK_BOX (inside), build_bottom (self));
  gtk_widget_set_margin_top (inside, 6);
  gtk_widget_set_margin_start (inside, 12);
  gtk_widget_set_margin_end (inside, 12);
  gtk_widget_set_margin_bottom (inside, 12);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), inside);
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->grid), keys);
}

static void
qc_choose_people_dispose (GObject *object)
{
  QcChoosePeople *self = QC_CHOOSE_PEOPLE (object);
  g_cancellable_cancel (self->choosing);
  g_clear_object (&self->choosing);
  G_OBJECT_CLASS (qc_choose_people_parent_class)->dispose (object);
  g_clear_object (&self->selection);
  g_clear_object (&self->choice);
  g_clear_pointer (&self->checks, g_ptr_array_unref);
}

static void
qc_choose_people_class_init (QcChoosePeopleClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = qc_choose_people_dispose;
  gtk_widget_class_install_action (widget_class, "choose.add", NULL, command);
  gtk_widget_class_install_action (widget_class, "choose.add-close", NULL, command);
  gtk_widget_class_install_action (widget_class, "choose.all", NULL, command);
  gtk_widget_class_install_action (widget_class, "choose.clear", NULL, command);
  gtk_widget_class_install_action (widget_class, "choose.toggle", "u", command);
  gtk_widget_class_install_action (widget_class, "choose.search", "s", command);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "choose.add-close", NULL);
  signals[ADDED] = g_signal_new ("added", QC_TYPE_CHOOSE_PEOPLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                 G_TYPE_INT64);
  signals[FAILED] = g_signal_new ("failed", QC_TYPE_CHOOSE_PEOPLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                  1, G_TYPE_POINTER);
}

static void
qc_choose_people_init (QcChoosePeople *self)
{
  self->checks = g_ptr_array_new ();
}

GtkWidget *
qc_choose_people_new (GtkWidget *parent, QcRosterService *service)
{
  GtkRoot *root = gtk_widget_get_root (parent);
  QcChoosePeople *self
      = g_object_new (QC_TYPE_CHOOSE_PEOPLE, "accessible-role", GTK_ACCESSIBLE_ROLE_DIALOG, "title",
                      _ ("Choose people"), "modal", TRUE, "transient-for", root, "destroy-with-parent", TRUE, NULL);
  int height = root ? gtk_widget_get_height (GTK_WIDGET (root)) : 0;
  qc_fit_over (GTK_WINDOW (self), 900, MAX (height, 480));
  self->choice = qc_people_choice_new (service);
  self->list = qc_people_choice_get_list (self->choice);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (qc_grid_stage_new (G_LIST_MODEL (self->list))));
  build (self);
  g_signal_connect_object (self->choice, "changed", G_CALLBACK (choice_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "reloaded", G_CALLBACK (reloaded_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "filled", G_CALLBACK (filled_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  qc_people_list_reload (self->list);
  qc_focus_keep (GTK_WINDOW (self));
  choice_changed_cb (self);
  gtk_widget_grab_focus (self->search);
  return GTK_WIDGET (self);
}
