/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-unit-switcher.h. The list is there at once; what is due is read when it is opened. Main thread.
 */
#include "qc-unit-switcher.h"

#include <glib/gi18n.h>
#include <string.h>

#include "qc-focus.h"
#include "qc-list.h"
#include "qc-unit-dot.h"
#include "qc-unit-overview.h"
#include "qc-unit-words.h"

/* With more units than this the list has a search field. */
#define MANY_UNITS 8

struct _QcUnitSwitcher {
  AdwBin parent_instance;
  QcSession *session;   /* (owned) */
  GCancellable *cancel; /* (owned) (nullable) of the read under way */
  GtkWidget *button;    /* borrowed: menu button */
  GtkWidget *dot;       /* borrowed */
  GtkWidget *label;     /* borrowed */
  GtkWidget *account;   /* borrowed */
  GtkWidget *units;     /* borrowed: list box in the popover */
  GtkWidget *search;    /* borrowed */
};

G_DEFINE_FINAL_TYPE (QcUnitSwitcher, qc_unit_switcher, ADW_TYPE_BIN)

static void
qc_unit_switcher_dispose (GObject *object)
{
  QcUnitSwitcher *self = QC_UNIT_SWITCHER (object);
  g_cancellable_cancel (self->cancel);
  g_clear_object (&self->cancel);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (qc_unit_switcher_parent_class)->dispose (object);
}

static void
qc_unit_switcher_class_init (QcUnitSwitcherClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qc_unit_switcher_dispose;
}

/* --- rows --- */

static GtkWidget *
new_unit_row (const QcUnitChoice *unit)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *tick = gtk_image_new_from_icon_name ("object-select-symbolic");
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), unit->label);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 3);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), qc_unit_dot_new (unit->colour));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), tick);
  g_object_set_data (G_OBJECT (row), "qc-tick", tick);
  g_object_set_data_full (G_OBJECT (row), "qc-account", g_strdup (unit->account), g_free);
  g_object_set_data_full (G_OBJECT (row), "qc-name", g_strdup (unit->name), g_free);
  g_object_set_data_full (G_OBJECT (row), "qc-text",
                          g_strdup_printf ("%s %s %s", unit->label, unit->name, unit->account), g_free);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.switch-unit");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", unit->account);
  return row;
}

static gboolean
filter_cb (GtkListBoxRow *row, gpointer data)
{
  QcUnitSwitcher *self = data;
  const char *wanted = gtk_editable_get_text (GTK_EDITABLE (self->search));
  const char *text = g_object_get_data (G_OBJECT (row), "qc-text");
  return !*wanted || strstr (text, wanted) != NULL;
}

static void
search_cb (GtkSearchEntry *entry, QcUnitSwitcher *self)
{
  gtk_list_box_invalidate_filter (GTK_LIST_BOX (self->units));
}

/* What is said below the short name: the whole name and account, and what the unit needs or why it cannot be gone to.
 */
static void
describe_row (QcUnitSwitcher *self, GtkListBoxRow *row, const QcUnitStanding *standing)
{
  const char *account = g_object_get_data (G_OBJECT (row), "qc-account");
  const char *name = g_object_get_data (G_OBJECT (row), "qc-name");
  gboolean is = g_strcmp0 (account, qc_session_get_unit_account (self->session)) == 0;
  gboolean may_act = qc_session_may_act (self->session, account);
  g_autofree char *needs = may_act && standing ? qc_unit_standing_dup_needs (standing) : NULL;
  g_autofree char *rest = may_act ? g_strdup (needs ? needs : "") : g_strdup (_ ("Not for the account signed in"));
  gboolean is_label = g_str_equal (name, adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));
  g_autofree char *facts = is_label ? g_strdup (account) : g_strdup_printf ("%s · %s", name, account);
  g_autofree char *subtitle = *rest ? g_strdup_printf ("%s\n%s", facts, rest) : g_strdup (facts);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_sensitive (GTK_WIDGET (row), is || may_act);
  gtk_widget_set_visible (g_object_get_data (G_OBJECT (row), "qc-tick"), is);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  is ? _ ("The unit on screen") : rest, -1);
}

static GtkListBoxRow *
nth_row (QcUnitSwitcher *self, int i)
{
  return gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->units), i);
}

static void
describe_rows (QcUnitSwitcher *self, const GPtrArray *standings)
{
  GtkListBoxRow *row;
  for (int i = 0; (row = nth_row (self, i)); i++) {
    const QcUnitStanding *standing = NULL;
    for (guint k = 0; standings && !standing && k < standings->len; k++) {
      const QcUnitStanding *one = g_ptr_array_index (standings, k);
      if (g_strcmp0 (one->profile, qc_session_get_profile (self->session)->id) == 0
          && g_strcmp0 (one->unit->account, g_object_get_data (G_OBJECT (row), "qc-account")) == 0)
        standing = one;
    }
    describe_row (self, row, standing);
  }
}

/* The one on screen first, then those she was at last. */
static int
compare (gconstpointer a, gconstpointer b, gpointer data)
{
  const QcUnitChoice *one = *(QcUnitChoice *const *)a, *two = *(QcUnitChoice *const *)b;
  const char *current = data;
  gboolean one_is = g_strcmp0 (one->account, current) == 0, two_is = g_strcmp0 (two->account, current) == 0;
  if (one_is != two_is)
    return two_is - one_is;
  return one->used != two->used ? (one->used < two->used ? 1 : -1) : g_strcmp0 (one->name, two->name);
}

static void
rebuild (QcUnitSwitcher *self)
{
  GPtrArray *units = qc_session_get_units (self->session);
  g_autoptr (GPtrArray) sorted = g_ptr_array_copy (units, NULL, NULL);
  GtkWidget *child;
  g_ptr_array_set_free_func (sorted, NULL);
  g_ptr_array_sort_with_data (sorted, compare, (gpointer)qc_session_get_unit_account (self->session));
  while ((child = gtk_widget_get_first_child (self->units)))
    gtk_list_box_remove (GTK_LIST_BOX (self->units), child);
  for (guint i = 0; i < sorted->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->units), new_unit_row (g_ptr_array_index (sorted, i)));
  describe_rows (self, NULL);
  gtk_widget_set_visible (self->search, units->len > MANY_UNITS);
  gtk_widget_set_sensitive (self->button, units->len > 0);
}

/* --- the button --- */

static void
show_unit (QcUnitSwitcher *self)
{
  const QcUnitChoice *unit = qc_session_get_unit (self->session);
  const char *label = unit ? unit->label : _ ("No unit yet");
  g_autofree char *words = g_strdup_printf (_ ("Unit: %s"), unit ? unit->name : label);
  gtk_label_set_label (GTK_LABEL (self->label), label);
  gtk_label_set_label (GTK_LABEL (self->account), unit ? unit->account : "");
  gtk_widget_set_tooltip_text (self->button, unit ? unit->name : label);
  gtk_widget_set_visible (self->dot, unit != NULL);
  qc_unit_dot_set (self->dot, unit ? unit->colour : 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

static void
units_changed_cb (QcSession *session, QcUnitSwitcher *self)
{
  rebuild (self);
  show_unit (self);
}

static void
unit_changed_cb (QcSession *session, QcUnitSwitcher *self)
{
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
  units_changed_cb (session, self);
}

static void
sync_changed_cb (QcSession *session, QcUnitSwitcher *self)
{
  if (!gtk_widget_get_mapped (self->units))
    describe_rows (self, NULL);
}

void
qc_unit_switcher_popup (QcUnitSwitcher *self)
{
  g_return_if_fail (QC_IS_UNIT_SWITCHER (self));
  gtk_menu_button_popup (GTK_MENU_BUTTON (self->button));
}

/* --- the list is opened --- */

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (QcUnitSwitcher) self = data;
  g_autoptr (GPtrArray) standings = qc_unit_overview_load_finish (QC_SESSION (source), result, NULL);
  if (standings && self->session) /* without them the list is a list of units all the same */
    describe_rows (self, standings);
}

/* The one she was at before has the focus: Enter goes there. */
static void
focus_last (QcUnitSwitcher *self)
{
  GtkListBoxRow *row = nth_row (self, 0);
  for (int i = 1; nth_row (self, i); i++)
    if (gtk_widget_get_sensitive (GTK_WIDGET (nth_row (self, i)))) {
      row = nth_row (self, i);
      break;
    }
  if (row)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
opened_cb (GtkWidget *popover, QcUnitSwitcher *self)
{
  g_cancellable_cancel (self->cancel);
  g_set_object (&self->cancel, NULL);
  self->cancel = g_cancellable_new ();
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  focus_last (self);
  if (qc_context_is_open (qc_session_get_context (self->session)) && qc_session_get_profile (self->session))
    qc_unit_overview_load_async (self->session, self->cancel, loaded_cb, g_object_ref (self));
}

/* --- building --- */

static GtkWidget *
new_line (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (label), 0.0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
new_command (const char *label, const char *action)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_add_css_class (button, "flat");
  return button;
}

static GtkWidget *
build_popover (QcUnitSwitcher *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *commands = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *popover = gtk_popover_new ();
  self->search = gtk_search_entry_new ();
  gtk_search_entry_set_key_capture_widget (GTK_SEARCH_ENTRY (self->search), popover);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Search units"), -1);
  self->units = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->units), GTK_SELECTION_NONE);
  gtk_list_box_set_filter_func (GTK_LIST_BOX (self->units), filter_cb, self, NULL);
  gtk_widget_add_css_class (self->units, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->units), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Units"), -1);
  g_signal_connect (self->search, "search-changed", G_CALLBACK (search_cb), self);
  g_signal_connect (popover, "show", G_CALLBACK (opened_cb), self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 420);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->units);
  gtk_widget_set_size_request (scroller, 360, -1);
  gtk_box_append (GTK_BOX (commands), new_command (_ ("_All Units"), "win.go::units"));
  gtk_box_append (GTK_BOX (commands), new_command (_ ("_Short Name and Colour…"), "win.mark-unit"));
  qc_focus_follow_search (self->search, self->units);
  qc_list_leave_by_tab (self->units);
  gtk_box_append (GTK_BOX (box), self->search);
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_box_append (GTK_BOX (box), commands);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  return popover;
}

static void
qc_unit_switcher_init (QcUnitSwitcher *self)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  self->dot = qc_unit_dot_new (0);
  self->label = new_line ("heading");
  self->account = new_line ("caption");
  gtk_widget_add_css_class (self->account, "numeric");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), self->label);
  gtk_box_append (GTK_BOX (words), self->account);
  gtk_box_append (GTK_BOX (box), self->dot);
  gtk_box_append (GTK_BOX (box), words);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("pan-down-symbolic"));
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->button), box);
  /* GtkMenuButton centers what it is given; here it is as wide as the sidebar. */
  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_set_halign (gtk_widget_get_parent (box), GTK_ALIGN_FILL);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), build_popover (self));
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_add_css_class (self->button, "qc-switcher");
  adw_bin_set_child (ADW_BIN (self), self->button);
}

GtkWidget *
qc_unit_switcher_new (QcSession *session)
{
  QcUnitSwitcher *self = g_object_new (QC_TYPE_UNIT_SWITCHER, NULL);
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "units-changed", G_CALLBACK (units_changed_cb), self, 0);
  g_signal_connect_object (session, "unit-changed", G_CALLBACK (unit_changed_cb), self, 0);
  g_signal_connect_object (session, "sync-changed", G_CALLBACK (sync_changed_cb), self, 0);
  units_changed_cb (session, self);
  return GTK_WIDGET (self);
}
