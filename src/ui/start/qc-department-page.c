/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-department-page.h. Main thread.
 */
#include "qc-department-page.h"

#include <glib/gi18n.h>

#include "qc-business-card.h"
#include "qc-drop-down.h"
#include "qc-focus.h"
#include "qc-spoken.h"
#include "qc-text-size.h"

enum { LEVEL, CITY, DEPARTMENT, N_STEPS };

struct _QcDepartmentPage {
  AdwBin parent_instance;
  QcSession *session;            /* (owned) */
  GtkWidget *combos[N_STEPS];    /* borrowed */
  GtkStringList *names[N_STEPS]; /* (owned) */
  GtkWidget *note;               /* borrowed: what is not connected */
  GtkWidget *enter;              /* borrowed: button */
  GtkWidget *portal;             /* borrowed: button */
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (QcDepartmentPage, qc_department_page, ADW_TYPE_BIN)

static void
qc_department_page_dispose (GObject *object)
{
  QcDepartmentPage *self = QC_DEPARTMENT_PAGE (object);
  for (guint i = 0; i < N_STEPS; i++)
    g_clear_object (&self->names[i]);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (qc_department_page_parent_class)->dispose (object);
}

static void
qc_department_page_class_init (QcDepartmentPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qc_department_page_dispose;
}

static const char *
entry_name (const QcDirectoryEntry *entry, guint step)
{
  return step == LEVEL ? entry->level_name : step == CITY ? entry->city : entry->department;
}

static const char *
get_chosen (QcDepartmentPage *self, guint step)
{
  guint i = adw_combo_row_get_selected (ADW_COMBO_ROW (self->combos[step]));
  return i == GTK_INVALID_LIST_POSITION ? NULL : gtk_string_list_get_string (self->names[step], i);
}

/* Whether @entry lies under what is chosen above @step. */
static gboolean
fits (QcDepartmentPage *self, const QcDirectoryEntry *entry, guint step)
{
  for (guint i = 0; i < step; i++)
    if (g_strcmp0 (entry_name (entry, i), get_chosen (self, i)) != 0)
      return FALSE;
  return TRUE;
}

static guint
find_name (GtkStringList *names, const char *name)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (names)); i++)
    if (g_str_equal (gtk_string_list_get_string (names, i), name))
      return i;
  return GTK_INVALID_LIST_POSITION;
}

/* Fills the names of @step; what is connected is chosen, else what leads to a department, else the first. */
static void
fill_step (QcDepartmentPage *self, guint step)
{
  const QcProfileInfo *info = qc_session_get_profile (self->session);
  GtkStringList *names = self->names[step];
  gtk_string_list_splice (names, 0, g_list_model_get_n_items (G_LIST_MODEL (names)), NULL);
  const char *complete = NULL;
  const char *connected = NULL;
  for (guint i = 0; info && i < info->directory->len; i++) {
    const QcDirectoryEntry *entry = g_ptr_array_index (info->directory, i);
    const char *name = entry_name (entry, step);
    if (!name || !fits (self, entry, step))
      continue;
    if (find_name (names, name) == GTK_INVALID_LIST_POSITION)
      gtk_string_list_append (names, name);
    if (entry->connected && !connected)
      connected = name;
    if (entry->department && !complete)
      complete = name;
  }
  if (!connected)
    connected = complete;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (names));
  gtk_widget_set_sensitive (self->combos[step], n > 0);
  if (n > 0)
    adw_combo_row_set_selected (ADW_COMBO_ROW (self->combos[step]), connected ? find_name (names, connected) : 0);
}

int
qc_department_page_get_entry (QcDepartmentPage *self)
{
  const QcProfileInfo *info = qc_session_get_profile (self->session);
  for (guint i = 0; info && i < info->directory->len; i++)
    if (fits (self, g_ptr_array_index (info->directory, i), N_STEPS))
      return (int)i;
  return -1;
}

gboolean
qc_department_page_is_connected (QcDepartmentPage *self)
{
  const QcProfileInfo *info = qc_session_get_profile (self->session);
  int i = qc_department_page_get_entry (self);
  return i >= 0 && info->has_api && ((QcDirectoryEntry *)g_ptr_array_index (info->directory, i))->connected;
}

static void
show_note (QcDepartmentPage *self)
{
  gboolean connected = qc_department_page_is_connected (self);
  gtk_widget_set_visible (self->note, !connected);
  gtk_widget_set_visible (self->portal, !connected);
  gtk_widget_set_visible (self->enter, connected);
}

static void
selected_cb (AdwComboRow *row, GParamSpec *pspec, QcDepartmentPage *self)
{
  if (self->filling)
    return;
  self->filling = TRUE;
  guint step = LEVEL;
  while (step < N_STEPS && self->combos[step] != (GtkWidget *)row)
    step++;
  while (++step < N_STEPS)
    fill_step (self, step);
  self->filling = FALSE;
  show_note (self);
}

static void
profile_changed_cb (QcSession *session, QcDepartmentPage *self)
{
  self->filling = TRUE;
  for (guint i = 0; i < N_STEPS; i++)
    fill_step (self, i);
  self->filling = FALSE;
  show_note (self);
}

static GtkWidget *
build_choices (QcDepartmentPage *self)
{
  const char *const titles[N_STEPS] = {_ ("Administrative level"), _ ("City"), _ ("Department")};
  GtkWidget *list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Department"), -1);
  for (guint i = 0; i < N_STEPS; i++) {
    self->names[i] = gtk_string_list_new (NULL);
    self->combos[i] = adw_combo_row_new ();
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->combos[i]), titles[i]);
    adw_combo_row_set_use_subtitle (ADW_COMBO_ROW (self->combos[i]), TRUE);
    qc_drop_down_open_at_choice (self->combos[i]);
    adw_combo_row_set_model (ADW_COMBO_ROW (self->combos[i]), G_LIST_MODEL (self->names[i]));
    g_signal_connect (self->combos[i], "notify::selected", G_CALLBACK (selected_cb), self);
    gtk_list_box_append (GTK_LIST_BOX (list), self->combos[i]);
  }
  return list;
}

static GtkWidget *
new_button (const char *label, const char *action)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_halign (button, GTK_ALIGN_END);
  gtk_widget_add_css_class (button, "suggested-action");
  return button;
}

gboolean
qc_department_page_take_focus (QcDepartmentPage *self)
{
  return qc_focus_enter (self->enter) || qc_focus_enter (self->portal) || qc_focus_enter (GTK_WIDGET (self));
}

static void
qc_department_page_init (QcDepartmentPage *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *heading = gtk_label_new (_ ("Businesses"));
  gtk_label_set_xalign (GTK_LABEL (heading), 0.0);
  gtk_widget_add_css_class (heading, "heading");
  qc_spoken_heading (heading);
  self->note = gtk_label_new (_ ("This center is not connected to Qingce yet: its portal opens in the browser, and "
                                 "business is done there. Ask the center for a file with its interface."));
  gtk_label_set_wrap (GTK_LABEL (self->note), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->note), 0.0);
  gtk_widget_add_css_class (self->note, "qc-bar");
  self->enter = new_button (_ ("_Enter"), "win.enter-home");
  self->portal = new_button (_ ("_Open the Portal"), "win.open-portal");
  gtk_box_append (GTK_BOX (column), build_choices (self));
  gtk_box_append (GTK_BOX (column), self->note);
  gtk_box_append (GTK_BOX (column), self->portal);
  gtk_box_append (GTK_BOX (column), self->enter);
  gtk_box_append (GTK_BOX (column), heading);
  gtk_box_append (GTK_BOX (column), qc_business_cards_new ("win.enter-"));
  gtk_widget_add_css_class (column, "qc-column");
  GtkWidget *scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), qc_text_size_clamp (column, 860));
  adw_bin_set_child (ADW_BIN (self), scroller);
}

GtkWidget *
qc_department_page_new (QcSession *session)
{
  QcDepartmentPage *self = g_object_new (QC_TYPE_DEPARTMENT_PAGE, NULL);
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "profile-changed", G_CALLBACK (profile_changed_cb), self, 0);
  profile_changed_cb (session, self);
  return GTK_WIDGET (self);
}
