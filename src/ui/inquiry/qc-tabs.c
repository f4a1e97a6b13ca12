/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-tabs.h. Each tab is a toggle of one group. Main thread.
 */
#include "qc-tabs.h"

#include "qc-wrap-layout.h"

struct _QcTabs {
  GtkWidget parent_instance;
  GPtrArray *tabs; /* borrowed: toggle buttons, in order */
  GtkWidget *box;  /* borrowed: the child, holds them */
  gboolean large;
};

G_DEFINE_FINAL_TYPE (QcTabs, qc_tabs, GTK_TYPE_WIDGET)

enum { CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

static GtkToggleButton *
nth (QcTabs *self, guint i)
{
  return GTK_TOGGLE_BUTTON (g_ptr_array_index (self->tabs, i));
}

static const char *
id_of (gpointer tab)
{
  return g_object_get_data (G_OBJECT (tab), "qc-id");
}

static guint
find_chosen (QcTabs *self)
{
  for (guint i = 0; i < self->tabs->len; i++)
    if (gtk_toggle_button_get_active (nth (self, i)))
      return i;
  return 0;
}

static gboolean
key_pressed_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, QcTabs *self)
{
  guint last = self->tabs->len - 1, now = find_chosen (self), to = now;
  if (state & gtk_accelerator_get_default_mod_mask ())
    return FALSE;
  if (key == GDK_KEY_Left || key == GDK_KEY_KP_Left)
    to = now > 0 ? now - 1 : last;
  else if (key == GDK_KEY_Right || key == GDK_KEY_KP_Right)
    to = now < last ? now + 1 : 0;
  else if (key == GDK_KEY_Home || key == GDK_KEY_KP_Home)
    to = 0;
  else if (key == GDK_KEY_End || key == GDK_KEY_KP_End)
    to = last;
  else
    return FALSE;
  gtk_toggle_button_set_active (nth (self, to), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (nth (self, to)));
  return TRUE;
}

static void
qc_tabs_dispose (GObject *object)
{
  QcTabs *self = QC_TABS (object);
  g_ptr_array_set_size (self->tabs, 0);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (qc_tabs_parent_class)->dispose (object);
}

static void
qc_tabs_finalize (GObject *object)
{
  g_ptr_array_unref (QC_TABS (object)->tabs);
  G_OBJECT_CLASS (qc_tabs_parent_class)->finalize (object);
}

static void
qc_tabs_class_init (QcTabsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qc_tabs_dispose;
  G_OBJECT_CLASS (klass)->finalize = qc_tabs_finalize;
  signals[CHOSEN]
      = g_signal_new ("chosen", QC_TYPE_TABS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "qctabs");
}

static void
qc_tabs_init (QcTabs *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  self->tabs = g_ptr_array_new ();
  self->box = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_TAB_LIST, NULL);
  gtk_widget_set_layout_manager (self->box, qc_wrap_layout_new (2));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE); /* before the focus moves by itself */
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (self->box, keys);
}

GtkWidget *
qc_tabs_new (const char *name, gboolean large)
{
  QcTabs *self = g_object_new (QC_TYPE_TABS, NULL);
  self->large = large;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->box), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return GTK_WIDGET (self);
}

static void
toggled_cb (GtkToggleButton *tab, QcTabs *self)
{
  gboolean chosen = gtk_toggle_button_get_active (tab);
  for (guint i = 0; chosen && i < self->tabs->len; i++)
    gtk_widget_set_focusable (GTK_WIDGET (nth (self, i)), nth (self, i) == tab);
  gtk_accessible_update_state (GTK_ACCESSIBLE (tab), GTK_ACCESSIBLE_STATE_SELECTED, chosen, -1);
  if (chosen)
    g_signal_emit (self, signals[CHOSEN], 0, id_of (tab));
}

static GtkWidget *
new_face (const QcTabs *self, const char *icon, const char *label)
{
  GtkWidget *face = gtk_box_new (self->large ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL, 4);
  if (icon)
    gtk_box_append (GTK_BOX (face), gtk_image_new_from_icon_name (icon));
  gtk_box_append (GTK_BOX (face), gtk_label_new (label));
  gtk_widget_set_halign (face, GTK_ALIGN_CENTER);
  return face;
}

void
qc_tabs_add (QcTabs *self, const char *id, const char *icon, const char *label, const char *tooltip)
{
  g_return_if_fail (QC_IS_TABS (self) && id && label);
  GtkWidget *tab = g_object_new (GTK_TYPE_TOGGLE_BUTTON, "accessible-role", GTK_ACCESSIBLE_ROLE_TAB, "child",
                                 new_face (self, icon, label), "tooltip-text", tooltip, NULL);
  gtk_widget_add_css_class (tab, "flat");
  gtk_widget_set_focusable (tab, self->tabs->len == 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (tab), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (self->tabs->len > 0)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (tab), nth (self, 0));
  g_object_set_data_full (G_OBJECT (tab), "qc-id", g_strdup (id), g_free);
  g_signal_connect (tab, "toggled", G_CALLBACK (toggled_cb), self);
  g_ptr_array_add (self->tabs, tab);
  gtk_box_append (GTK_BOX (self->box), tab);
}

void
qc_tabs_choose (QcTabs *self, const char *id)
{
  g_return_if_fail (QC_IS_TABS (self));
  for (guint i = 0; i < self->tabs->len; i++)
    if (g_strcmp0 (id_of (nth (self, i)), id) == 0)
      gtk_toggle_button_set_active (nth (self, i), TRUE);
}

const char *
qc_tabs_get_chosen (QcTabs *self)
{
  g_return_val_if_fail (QC_IS_TABS (self), NULL);
  guint chosen = find_chosen (self);
  return chosen < self->tabs->len && gtk_toggle_button_get_active (nth (self, chosen)) ? id_of (nth (self, chosen))
                                                                                       : NULL;
}
