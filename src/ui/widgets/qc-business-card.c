/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-business-card.h. Main thread.
 */
#include "qc-business-card.h"

#include <glib/gi18n.h>

#include "qc-columns-layout.h"

struct _QcBusinessCard {
  GtkWidget parent_instance;
  GtkWidget *box;      /* borrowed child */
  GtkWidget *toggle;   /* borrowed */
  GtkWidget *arrow;    /* borrowed */
  GtkWidget *revealer; /* borrowed */
};

G_DEFINE_FINAL_TYPE (QcBusinessCard, qc_business_card, GTK_TYPE_WIDGET)

enum { OPENED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
qc_business_card_dispose (GObject *object)
{
  g_clear_pointer (&QC_BUSINESS_CARD (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (qc_business_card_parent_class)->dispose (object);
}

static void
qc_business_card_class_init (QcBusinessCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qc_business_card_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "businesscard");
  signals[OPENED]
      = g_signal_new ("opened", QC_TYPE_BUSINESS_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
qc_business_card_init (QcBusinessCard *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
}

static void
toggled_cb (GtkToggleButton *toggle, QcBusinessCard *self)
{
  gboolean open = gtk_toggle_button_get_active (toggle);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->arrow), open ? "pan-up-symbolic" : "pan-down-symbolic");
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), open);
  gtk_widget_set_visible (self->revealer, open);
  gtk_accessible_update_state (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_STATE_EXPANDED, open, -1);
  if (open)
    g_signal_emit (self, signals[OPENED], 0);
}

static GtkWidget *
new_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0.0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
build_head (QcBusinessCard *self, const QcBusinessInfo *info)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *icon = gtk_image_new_from_icon_name (info->icon);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *name = new_label (_ (info->msgid), "heading");
  const char *kind = info->kind == QC_BUSINESS_INQUIRY ? _ ("To look up")
                     : info->run == QC_RUN_REVIEWED    ? _ ("Reviewed by the center")
                                                       : _ ("Done at once");
  GtkWidget *sub = new_label (kind, "dim-label");
  gtk_widget_add_css_class (sub, "caption");
  gtk_label_set_lines (GTK_LABEL (name), 3);
  gtk_label_set_max_width_chars (GTK_LABEL (name), 14);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_image_set_pixel_size (GTK_IMAGE (icon), 24);
  gtk_widget_add_css_class (icon, "accent");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (words), name);
  gtk_box_append (GTK_BOX (words), sub);
  self->arrow = gtk_image_new_from_icon_name ("pan-down-symbolic");
  gtk_box_append (GTK_BOX (row), icon);
  gtk_box_append (GTK_BOX (row), words);
  gtk_box_append (GTK_BOX (row), self->arrow);
  self->toggle = gtk_toggle_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->toggle), row);
  gtk_widget_add_css_class (self->toggle, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->toggle), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (info->msgid),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, kind, -1);
  g_signal_connect (self->toggle, "toggled", G_CALLBACK (toggled_cb), self);
  return self->toggle;
}

/* As wide as the card is without it: a card that opens pushes no other one away. */
static GtkWidget *
new_text (const char *text, const char *css_class)
{
  GtkWidget *label = new_label (text, css_class);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 14);
  return label;
}

static GtkWidget *
build_body (const QcBusinessInfo *info, const char *action_prefix)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  g_autofree char *needs = g_strdup_printf (_ ("Needed: %s"), _ (info->needs_msgid));
  gtk_widget_add_css_class (box, "body");
  gtk_box_append (GTK_BOX (box), new_text (_ (info->does_msgid), NULL));
  gtk_box_append (GTK_BOX (box), new_text (needs, "dim-label"));
  g_autofree char *action = g_strconcat (action_prefix, info->code, NULL);
  g_autofree char *name = g_strdup_printf (_ ("Do it online: %s"), _ (info->msgid));
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("Do It _Online"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_widget_set_halign (button, GTK_ALIGN_END);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_box_append (GTK_BOX (box), button);
  return box;
}

GtkWidget *
qc_business_card_new (QcBusiness business, const char *action_prefix)
{
  QcBusinessCard *self = g_object_new (QC_TYPE_BUSINESS_CARD, NULL);
  const QcBusinessInfo *info = qc_business_info (business);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_box_append (GTK_BOX (self->box), build_head (self, info));
  self->revealer = gtk_revealer_new ();
  gtk_revealer_set_transition_type (GTK_REVEALER (self->revealer), GTK_REVEALER_TRANSITION_TYPE_NONE);
  gtk_revealer_set_child (GTK_REVEALER (self->revealer), build_body (info, action_prefix));
  gtk_widget_set_visible (self->revealer, FALSE);
  gtk_box_append (GTK_BOX (self->box), self->revealer);
  return GTK_WIDGET (self);
}

void
qc_business_card_set_open (QcBusinessCard *self, gboolean open)
{
  g_return_if_fail (QC_IS_BUSINESS_CARD (self));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->toggle), open);
}

/* Only one card is open at a time. */
static void
opened_cb (GtkWidget *card, GtkWidget *cards)
{
  for (GtkWidget *other = gtk_widget_get_first_child (cards); other; other = gtk_widget_get_next_sibling (other))
    if (other != card)
      qc_business_card_set_open (QC_BUSINESS_CARD (other), FALSE);
}

GtkWidget *
qc_business_cards_new (const char *action_prefix)
{
  g_autoptr (GtkSizeGroup) heads = gtk_size_group_new (GTK_SIZE_GROUP_VERTICAL); /* closed, all are as high */
  GtkWidget *cards = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  gtk_widget_set_layout_manager (cards, qc_columns_layout_new (2, 3, 12));
  gtk_accessible_update_property (GTK_ACCESSIBLE (cards), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Businesses"), -1);
  for (guint i = 0; i < QC_N_BUSINESSES; i++) {
    if (qc_business_info (i)->does_msgid == NULL)
      continue;
    GtkWidget *card = qc_business_card_new (i, action_prefix);
    gtk_size_group_add_widget (heads, QC_BUSINESS_CARD (card)->toggle);
    g_signal_connect_object (card, "opened", G_CALLBACK (opened_cb), cards, 0);
    gtk_box_append (GTK_BOX (cards), card);
  }
  return cards;
}
