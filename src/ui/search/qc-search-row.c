/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-search-row.h. Main thread.
 */
#include "qc-search-row.h"

#include <glib/gi18n.h>

struct _QcSearchRow {
  GtkListBoxRow parent_instance;
  guint group;
  const char *group_name; /* borrowed */
  char *target, *key;     /* (owned) (nullable) */
  QcSearchKind kind;
  /* borrowed */
  GtkWidget *icon, *title, *detail, *shortcut;
};

G_DEFINE_FINAL_TYPE (QcSearchRow, qc_search_row, GTK_TYPE_LIST_BOX_ROW)

static void
set_text (GtkWidget *label, const char *text)
{
  gtk_label_set_label (GTK_LABEL (label), text ? text : "");
  gtk_widget_set_visible (label, text != NULL);
}

void
qc_search_row_set (QcSearchRow *self, const char *icon, const char *title, const char *detail, const char *shortcut,
                   const char *target, QcSearchKind kind, const char *key)
{
  g_return_if_fail (QC_IS_SEARCH_ROW (self));
  g_autofree char *name
      = g_strjoin (_ (", "), title, detail ? detail : self->group_name, detail ? self->group_name : shortcut, NULL);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), icon);
  set_text (self->title, title);
  set_text (self->detail, detail);
  set_text (self->shortcut, shortcut);
  g_free (self->target);
  self->target = g_strdup (target);
  g_free (self->key);
  self->key = g_strdup (key);
  self->kind = kind;
  gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (self), target != NULL);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), target != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

guint
qc_search_row_get_group (QcSearchRow *self)
{
  return self->group;
}

const char *
qc_search_row_get_title (QcSearchRow *self)
{
  return gtk_label_get_label (GTK_LABEL (self->title));
}

const char *
qc_search_row_get_target (QcSearchRow *self)
{
  return self->target;
}

const char *
qc_search_row_get_key (QcSearchRow *self, QcSearchKind *out_kind)
{
  *out_kind = self->kind;
  return self->key;
}

static void
qc_search_row_finalize (GObject *object)
{
  QcSearchRow *self = QC_SEARCH_ROW (object);
  g_free (self->target);
  g_free (self->key);
  G_OBJECT_CLASS (qc_search_row_parent_class)->finalize (object);
}

static void
qc_search_row_class_init (QcSearchRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = qc_search_row_finalize;
}

static GtkWidget *
new_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (css_class)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
qc_search_row_init (QcSearchRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  self->icon = gtk_image_new ();
  self->title = new_label (NULL);
  self->detail = new_label ("dim-label");
  self->shortcut = new_label ("dim-label");
  gtk_label_set_ellipsize (GTK_LABEL (self->title), PANGO_ELLIPSIZE_MIDDLE); /* serial numbers differ at their ends */
  gtk_widget_add_css_class (self->detail, "numeric");
  gtk_label_set_max_width_chars (GTK_LABEL (self->title), 30);
  gtk_widget_set_hexpand (self->detail, TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (self->shortcut), PANGO_ELLIPSIZE_NONE);
  gtk_widget_set_halign (self->shortcut, GTK_ALIGN_END);
  gtk_widget_set_hexpand (self->shortcut, TRUE);
  gtk_box_append (GTK_BOX (box), self->icon);
  gtk_box_append (GTK_BOX (box), self->title);
  gtk_box_append (GTK_BOX (box), self->detail);
  gtk_box_append (GTK_BOX (box), self->shortcut);
  gtk_widget_add_css_class (box, "qc-found");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
}

GtkWidget *
qc_search_row_new (guint group, const char *group_name)
{
  QcSearchRow *self = g_object_new (QC_TYPE_SEARCH_ROW, NULL);
  self->group = group;
  self->group_name = group_name;
  return GTK_WIDGET (self);
}
