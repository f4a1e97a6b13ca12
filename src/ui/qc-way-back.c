/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-way-back.h. Main thread.
 */
#include "qc-way-back.h"

#include <glib/gi18n.h>

#define MOST_PLACES 20

typedef struct {
  char *page, *title;
} Place;

struct _QcWayBack {
  GtkWidget parent_instance;
  GPtrArray *places; /* (owned) Place, the last one last */
  GtkWidget *button; /* borrowed */
};

G_DEFINE_FINAL_TYPE (QcWayBack, qc_way_back, GTK_TYPE_WIDGET)

static void
place_free (gpointer data)
{
  Place *place = data;
  g_free (place->page);
  g_free (place->title);
  g_free (place);
}

static void
update (QcWayBack *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), self->places->len > 0);
  if (self->places->len == 0)
    return;
  const Place *last = self->places->pdata[self->places->len - 1];
  /* Translators: a page. */
  g_autofree char *name = g_strdup_printf (_ ("Back to: %s"), last->title);
  g_autofree char *tooltip = g_strdup_printf (_ ("Back to: %s (Alt+Left)"), last->title);
  gtk_widget_set_tooltip_text (self->button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
qc_way_back_push (QcWayBack *self, const char *page, const char *title)
{
  g_return_if_fail (QC_IS_WAY_BACK (self));
  if (self->places->len == MOST_PLACES)
    g_ptr_array_remove_index (self->places, 0);
  Place *place = g_new (Place, 1);
  *place = (Place) {g_strdup (page), g_strdup (title)};
  g_ptr_array_add (self->places, place);
  update (self);
}

char *
qc_way_back_pop (QcWayBack *self)
{
  g_return_val_if_fail (QC_IS_WAY_BACK (self), NULL);
  if (self->places->len == 0)
    return NULL;
  Place *last = self->places->pdata[self->places->len - 1];
  char *page = g_steal_pointer (&last->page);
  g_ptr_array_set_size (self->places, (int)self->places->len - 1);
  update (self);
  return page;
}

void
qc_way_back_clear (QcWayBack *self)
{
  g_return_if_fail (QC_IS_WAY_BACK (self));
  g_ptr_array_set_size (self->places, 0);
  update (self);
}

gboolean
qc_way_back_is_empty (QcWayBack *self)
{
  g_return_val_if_fail (QC_IS_WAY_BACK (self), TRUE);
  return self->places->len == 0;
}

static void
qc_way_back_dispose (GObject *object)
{
  QcWayBack *self = QC_WAY_BACK (object);
  g_clear_pointer (&self->button, gtk_widget_unparent);
  g_clear_pointer (&self->places, g_ptr_array_unref);
  G_OBJECT_CLASS (qc_way_back_parent_class)->dispose (object);
}

static void
qc_way_back_class_init (QcWayBackClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qc_way_back_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
qc_way_back_init (QcWayBack *self)
{
  self->places = g_ptr_array_new_with_free_func (place_free);
  self->button = gtk_button_new_from_icon_name ("go-previous-symbolic");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), "win.go-back");
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  update (self);
}

GtkWidget *
qc_way_back_new (void)
{
  return g_object_new (QC_TYPE_WAY_BACK, NULL);
}
