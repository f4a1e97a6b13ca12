/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-picture-card.h. Main thread.
 */
#include "qc-picture-card.h"

#include <glib/gi18n.h>

#define SIDE 220 /* pixels */

struct _QcPictureCard {
  GtkWidget parent_instance;
  gint64 id;
  char *path;                /* (owned) */
  GCancellable *cancellable; /* (owned) */
  GtkWidget *child;          /* borrowed */
  GtkPicture *picture;       /* borrowed */
};

G_DEFINE_FINAL_TYPE (QcPictureCard, qc_picture_card, GTK_TYPE_WIDGET)
enum { TURN, REPLACE, REMOVE, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
previewed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcPictureCard) self = user_data;
  guint width, height;
  g_autoptr (GBytes) pixels = qc_attachments_preview_finish (QC_ATTACHMENTS (source), result, &width, &height, NULL);
  if (!pixels || !self->picture)
    return; /* its name stands there, and adding it said what was wrong */
  g_autoptr (GdkTexture) texture
      = gdk_memory_texture_new ((int)width, (int)height, GDK_MEMORY_R8G8B8, pixels, 3 * (gsize)width);
  gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
}

static void
button_cb (GtkButton *button, QcPictureCard *self)
{
  g_signal_emit (self, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "signal")), 0, self->id);
}

static void
open_cb (QcPictureCard *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autoptr (GFile) file = g_file_new_for_path (self->path);
  g_autofree char *uri = g_file_get_uri (file);
  gtk_show_uri (GTK_WINDOW (root), uri, GDK_CURRENT_TIME);
}

static GtkWidget *
new_button (const char *icon, const char *label)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return button;
}

static GtkWidget *
build_buttons (QcPictureCard *self)
{
  const struct {
    const char *icon, *label;
    guint signal;
  } rows[] = {{"object-rotate-right-symbolic", _ ("Turn clockwise"), TURN},
              {"document-open-symbolic", _ ("Replace by another picture"), REPLACE},
              {"user-trash-symbolic", _ ("Remove"), REMOVE}};
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    GtkWidget *button = new_button (rows[i].icon, rows[i].label);
    g_object_set_data (G_OBJECT (button), "signal", GUINT_TO_POINTER (signals[rows[i].signal]));
    g_signal_connect (button, "clicked", G_CALLBACK (button_cb), self);
    gtk_box_append (GTK_BOX (buttons), button);
  }
  GtkWidget *open = new_button ("view-fullscreen-symbolic", _ ("Open in full size"));
  g_signal_connect_swapped (open, "clicked", G_CALLBACK (open_cb), self);
  gtk_box_append (GTK_BOX (buttons), open);
  gtk_widget_set_halign (buttons, GTK_ALIGN_CENTER);
  return buttons;
}

static GtkWidget *
new_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 24);
  gtk_widget_set_tooltip_text (label, text);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
qc_picture_card_dispose (GObject *object)
{
  QcPictureCard *self = QC_PICTURE_CARD (object);
  g_cancellable_cancel (self->cancellable);
  self->picture = NULL;
  g_clear_pointer (&self->child, gtk_widget_unparent);
  G_OBJECT_CLASS (qc_picture_card_parent_class)->dispose (object);
}

static void
qc_picture_card_finalize (GObject *object)
{
  QcPictureCard *self = QC_PICTURE_CARD (object);
  g_object_unref (self->cancellable);
  g_free (self->path);
  G_OBJECT_CLASS (qc_picture_card_parent_class)->finalize (object);
}

static void
qc_picture_card_class_init (QcPictureCardClass *klass)
{
  static const char *const names[N_SIGNALS] = {"turn", "replace", "remove"};
  G_OBJECT_CLASS (klass)->dispose = qc_picture_card_dispose;
  G_OBJECT_CLASS (klass)->finalize = qc_picture_card_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], QC_TYPE_PICTURE_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                               G_TYPE_INT64);
}

static void
qc_picture_card_init (QcPictureCard *self)
{
  self->cancellable = g_cancellable_new ();
}

GtkWidget *
qc_picture_card_new (QcAttachments *attachments, const QcAttachmentPicture *picture)
{
  QcPictureCard *self = g_object_new (QC_TYPE_PICTURE_CARD, NULL);
  g_autofree char *size = g_format_size ((guint64)picture->size);
  self->id = picture->id;
  self->path = g_strdup (picture->path);
  self->child = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  self->picture = GTK_PICTURE (gtk_picture_new ());
  gtk_picture_set_alternative_text (self->picture, picture->name);
  gtk_widget_set_size_request (GTK_WIDGET (self->picture), SIDE, SIDE);
  gtk_widget_add_css_class (self->child, "card");
  gtk_box_append (GTK_BOX (self->child), GTK_WIDGET (self->picture));
  gtk_box_append (GTK_BOX (self->child), new_label (picture->name, "heading"));
  gtk_box_append (GTK_BOX (self->child), new_label (size, "dim-label"));
  if (picture->outdated)
    gtk_box_append (GTK_BOX (self->child), new_label (_ ("Out of date: print, stamp and take it anew"), "error"));
  if (picture->look) {
    GtkWidget *look = new_label (_ ("Looks like a scan or a copy"), "warning");
    gtk_widget_set_tooltip_text (look, picture->look);
    gtk_accessible_update_property (GTK_ACCESSIBLE (look), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, picture->look, -1);
    gtk_box_append (GTK_BOX (self->child), look);
  }
  gtk_box_append (GTK_BOX (self->child), build_buttons (self));
  gtk_widget_set_parent (self->child, GTK_WIDGET (self));
  qc_attachments_preview_async (attachments, self->path, self->cancellable, previewed_cb, g_object_ref (self));
  return GTK_WIDGET (self);
}
