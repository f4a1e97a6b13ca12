/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-business-records.h. Main thread.
 */
#include "qc-business-records.h"

#include <glib/gi18n.h>

#include "qc-window.h"

#define LEAST 200 /* pixels of the open records */

struct _QcBusinessRecords {
  GtkWidget parent_instance;
  /* borrowed */
  GtkPaned *paned;
  GtkExpander *expander;
  QcApplicationsPane *pane;
};

G_DEFINE_FINAL_TYPE (QcBusinessRecords, qc_business_records, GTK_TYPE_WIDGET)

/* Closed, the handle between is of no use, and the line below has its height only. */
static void
place (QcBusinessRecords *self)
{
  int height = gtk_widget_get_height (GTK_WIDGET (self->paned));
  gboolean open = gtk_expander_get_expanded (self->expander);
  QcWindow *window = qc_window_of (GTK_WIDGET (self));
  gtk_widget_set_size_request (GTK_WIDGET (self->pane), -1, open ? LEAST : -1);
  gtk_paned_set_position (
      self->paned, open && window ? height - qc_window_get_records_height (window, QC_RECORDS_OF_OTHERS) : G_MAXINT16);
}

static void
moved_cb (QcBusinessRecords *self)
{
  int height = gtk_widget_get_height (GTK_WIDGET (self->paned));
  QcWindow *window = qc_window_of (GTK_WIDGET (self));
  if (window && gtk_expander_get_expanded (self->expander) && height > 0)
    qc_window_set_records_height (window, QC_RECORDS_OF_OTHERS, height - gtk_paned_get_position (self->paned));
}

void
qc_business_records_set_open (QcBusinessRecords *self, gboolean open)
{
  g_return_if_fail (QC_IS_BUSINESS_RECORDS (self));
  gtk_expander_set_expanded (self->expander, open);
}

gboolean
qc_business_records_is_open (QcBusinessRecords *self)
{
  g_return_val_if_fail (QC_IS_BUSINESS_RECORDS (self), FALSE);
  return gtk_expander_get_expanded (self->expander);
}

static void
qc_business_records_dispose (GObject *object)
{
  GtkWidget *paned = gtk_widget_get_first_child (GTK_WIDGET (object));
  if (paned)
    gtk_widget_unparent (paned);
  G_OBJECT_CLASS (qc_business_records_parent_class)->dispose (object);
}

static void
qc_business_records_class_init (QcBusinessRecordsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qc_business_records_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
qc_business_records_init (QcBusinessRecords *self)
{
}

GtkWidget *
qc_business_records_new (GtkWidget *above, QcApplicationsPane *pane)
{
  QcBusinessRecords *self = g_object_new (QC_TYPE_BUSINESS_RECORDS, NULL);
  GtkWidget *expander = gtk_expander_new (NULL);
  GtkWidget *paned = gtk_paned_new (GTK_ORIENTATION_VERTICAL);
  self->expander = GTK_EXPANDER (expander);
  self->paned = GTK_PANED (paned);
  self->pane = pane;
  g_autoptr (GtkWidget) head = qc_applications_pane_take_head (pane);
  gtk_expander_set_label_widget (self->expander, head);
  gtk_accessible_update_property (GTK_ACCESSIBLE (expander), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Application records"),
                                  -1);
  gtk_expander_set_child (self->expander, GTK_WIDGET (pane));
  gtk_widget_set_margin_start (expander, 12);
  gtk_widget_set_margin_end (expander, 12);
  gtk_widget_set_margin_top (expander, 6);
  gtk_widget_set_margin_bottom (expander, 6);
  gtk_paned_set_start_child (self->paned, above);
  gtk_paned_set_end_child (self->paned, expander);
  gtk_paned_set_shrink_start_child (self->paned, FALSE);
  gtk_paned_set_shrink_end_child (self->paned, FALSE);
  gtk_paned_set_resize_end_child (self->paned, FALSE);
  gtk_paned_set_position (self->paned, G_MAXINT16);
  gtk_widget_set_vexpand (paned, TRUE);
  gtk_widget_set_parent (paned, GTK_WIDGET (self));
  g_signal_connect_object (expander, "notify::expanded", G_CALLBACK (place), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (paned, "notify::position", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
