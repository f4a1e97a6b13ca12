/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-phone-dialog.h. Main thread.
 */
#include "qc-phone-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "qc-dialogs.h"
#include "qc-fit.h"
#include "qc-focus.h"
#include "qc-phone-slot.h"
#include "qc-wrap-layout.h"

#define QR_SIDE   240 /* pixels */
#define QR_QUIET  4   /* modules around it */
#define CARD_SIDE 220

typedef struct {
  GtkWidget *window; /* borrowed */
  QcPhoneSlot *slot; /* (owned) */
  /* borrowed */
  GtkWidget *code, *copy;
  GtkLabel *address, *standing, *how, *fault, *note;
  GtkWidget *cards;
  gboolean leaving; /* the clerk has said so */
} Dialog;

static void
destroy_cb (GtkWidget *window, Dialog *dialog)
{
  g_signal_handlers_disconnect_by_data (dialog->slot, dialog);
  qc_phone_slot_stop (dialog->slot);
}

static void
dialog_free (Dialog *dialog)
{
  g_object_unref (dialog->slot);
  g_free (dialog);
}

/* --- the code --- */

static void
draw_code (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer user_data)
{
  const Dialog *dialog = user_data;
  guint n;
  const guint8 *modules = qc_phone_slot_get_code (dialog->slot, &n);
  if (!modules)
    return;
  /* dark on white whatever the theme is, and whole pixels: it is read by a camera */
  guint all = n + 2 * QR_QUIET;
  double step = MAX (1, MIN (width, height) / (int)all);
  double left = (width - step * all) / 2, top = (height - step * all) / 2;
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  for (guint y = 0; y < n; y++)
    for (guint x = 0; x < n; x++)
      if (modules[y * n + x])
        cairo_rectangle (cr, left + step * (x + QR_QUIET), top + step * (y + QR_QUIET), step, step);
  cairo_fill (cr);
}

static void
copy_cb (Dialog *dialog)
{
  const char *address = qc_phone_slot_get_address (dialog->slot);
  if (address)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (dialog->window), address);
}

/* --- what has come --- */

typedef struct {
  Dialog *dialog;          /* borrowed */
  QcPhoneArrival *arrival; /* (owned) */
  GtkPicture *picture;
  GtkLabel *words;
  GtkWidget *take, *refuse;
} Card;

static void
card_free (Card *card)
{
  g_signal_handlers_disconnect_by_data (card->arrival, card);
  g_object_unref (card->arrival);
  g_free (card);
}

static void
show_card (Card *card)
{
  QcPhoneArrivalState state = qc_phone_arrival_get_state (card->arrival);
  const char *text = qc_phone_arrival_get_text (card->arrival);
  guint width;
  guint height;
  GBytes *preview = qc_phone_arrival_get_preview (card->arrival, &width, &height);
  if (preview && !gtk_picture_get_paintable (card->picture)) {
    g_autoptr (GdkTexture) texture
        = gdk_memory_texture_new ((int)width, (int)height, GDK_MEMORY_R8G8B8, preview, 3 * (gsize)width);
    gtk_picture_set_paintable (card->picture, GDK_PAINTABLE (texture));
  }
  gtk_widget_set_visible (GTK_WIDGET (card->picture), preview != NULL);
  g_autofree char *name = g_strdup_printf (_ ("Picture %u"), qc_phone_arrival_get_number (card->arrival));
  gtk_label_set_text (card->words, text                               ? text
                                   : state == QC_PHONE_ARRIVAL_COMING ? _ ("It is being fetched …")
                                   : state == QC_PHONE_ARRIVAL_TAKING ? _ ("It is being taken …")
                                                                      : name);
  gtk_widget_set_sensitive (card->take, state == QC_PHONE_ARRIVAL_READY);
  gtk_widget_set_sensitive (card->refuse, state != QC_PHONE_ARRIVAL_TAKING);
}

static void
take_cb (Card *card)
{
  qc_phone_slot_accept (card->dialog->slot, card->arrival);
}

static void
refuse_cb (Card *card)
{
  qc_phone_slot_refuse (card->dialog->slot, card->arrival);
}

static GtkWidget *
new_card_button (Card *card, const char *label, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_label (label);
  g_autofree char *name = g_strdup_printf (_ ("%s: picture %u"), label, qc_phone_arrival_get_number (card->arrival));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_swapped (button, "clicked", clicked, card);
  gtk_widget_set_hexpand (button, TRUE);
  return button;
}

static GtkWidget *
new_card (Dialog *dialog, QcPhoneArrival *arrival)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *picture = gtk_picture_new (), *words = gtk_label_new (NULL);
  Card *card = g_new0 (Card, 1);
  card->dialog = dialog;
  card->arrival = g_object_ref (arrival);
  card->picture = GTK_PICTURE (picture);
  card->words = GTK_LABEL (words);
  card->take = new_card_button (card, _ ("Take it"), G_CALLBACK (take_cb));
  card->refuse = new_card_button (card, _ ("Do not take it"), G_CALLBACK (refuse_cb));
  gtk_widget_set_size_request (picture, CARD_SIDE, CARD_SIDE);
  gtk_widget_set_halign (picture, GTK_ALIGN_CENTER);
  gtk_label_set_wrap (card->words, TRUE);
  gtk_label_set_max_width_chars (card->words, 24);
  gtk_box_append (GTK_BOX (buttons), card->take);
  gtk_box_append (GTK_BOX (buttons), card->refuse);
  gtk_box_append (GTK_BOX (box), picture);
  gtk_box_append (GTK_BOX (box), words);
  gtk_box_append (GTK_BOX (box), buttons);
  g_object_set_data_full (G_OBJECT (box), "qc-card", card, (GDestroyNotify)card_free);
  g_signal_connect_swapped (arrival, "changed", G_CALLBACK (show_card), card);
  show_card (card);
  return box;
}

static void
arrived_cb (GListModel *model, guint position, guint removed, guint added, gpointer user_data)
{
  Dialog *dialog = user_data;
  GtkWidget *child = gtk_widget_get_first_child (dialog->cards);
  for (guint i = 0; i < position; i++)
    child = gtk_widget_get_next_sibling (child);
  for (guint i = 0; i < removed; i++) {
    GtkWidget *next = gtk_widget_get_next_sibling (child);
    gtk_box_remove (GTK_BOX (dialog->cards), child);
    child = next;
  }
  for (guint i = 0; i < added; i++) {
    g_autoptr (QcPhoneArrival) arrival = g_list_model_get_item (model, position + i);
    gtk_box_append (GTK_BOX (dialog->cards), new_card (dialog, arrival)); /* they come at the end */
  }
}

/* --- how it stands --- */

/* (transfer full) */
static char *
dup_standing (QcPhoneSlot *slot)
{
  guint minutes = qc_phone_slot_get_minutes (slot), left = qc_phone_slot_get_left (slot);
  switch (qc_phone_slot_get_state (slot)) {
  case QC_PHONE_SLOT_ASKING:
    return g_strdup (_ ("The center is asked for a code …"));
  case QC_PHONE_SLOT_FULL:
    return g_strdup (_ ("All the pictures that can be taken have come."));
  case QC_PHONE_SLOT_LATE:
    return g_strdup (_ ("The code is out of date. Close this and open it again for another one."));
  case QC_PHONE_SLOT_FAILED:
    return g_strdup (_ ("There is no code now."));
  case QC_PHONE_SLOT_OPEN:
    break;
  }
  g_autofree char *time = g_strdup_printf (ngettext ("%u minute left", "%u minutes left", minutes), minutes);
  g_autofree char *count = g_strdup_printf (ngettext ("%u more picture", "%u more pictures", left), left);
  return g_strdup_printf ("%s · %s", time, count);
}

static void
set_or_hide (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

static void
show (Dialog *dialog)
{
  const char *address = qc_phone_slot_get_address (dialog->slot);
  gboolean open = qc_phone_slot_get_state (dialog->slot) == QC_PHONE_SLOT_OPEN;
  g_autofree char *standing = dup_standing (dialog->slot);
  gtk_label_set_text (dialog->standing, standing);
  set_or_hide (dialog->address, open ? address : NULL);
  gtk_widget_set_visible (GTK_WIDGET (dialog->how), open);
  gtk_widget_set_visible (dialog->copy, open);
  gtk_widget_set_visible (dialog->code, open);
  gtk_widget_queue_draw (dialog->code);
  set_or_hide (dialog->fault, qc_phone_slot_get_fault (dialog->slot));
  set_or_hide (dialog->note, qc_phone_slot_get_note (dialog->slot));
}

/* --- the end --- */

static void
leave_cb (gpointer user_data)
{
  Dialog *dialog = g_object_get_data (user_data, "qc-dialog");
  dialog->leaving = TRUE;
  gtk_window_close (user_data);
}

/* What was not decided on is not lost without a word. */
static gboolean
close_request_cb (GtkWindow *window, Dialog *dialog)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (dialog->slot));
  if (n == 0 || dialog->leaving)
    return FALSE;
  g_autofree char *body = g_strdup_printf (
      ngettext ("%u picture has come and was not taken. It is gone afterwards, here and at the center.",
                "%u pictures have come and were not taken. They are gone afterwards, here and at the center.", n),
      n);
  qc_dialog_confirm (GTK_WIDGET (window), _ ("Stop receiving?"), body, _ ("_Stop"), QC_CONFIRM_DESTRUCTIVE, NULL,
                     leave_cb, g_object_ref (window), g_object_unref);
  return TRUE;
}

static gboolean
escape_cb (GtkWidget *window, GVariant *args, gpointer user_data)
{
  gtk_window_close (GTK_WINDOW (window));
  return TRUE;
}

/* --- the window --- */

static GtkLabel *
add_label (GtkWidget *box, const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static GtkWidget *
build_body (Dialog *dialog)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  add_label (box, qc_phone_slot_get_label (dialog->slot), "title-3");
  dialog->code = gtk_drawing_area_new ();
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (dialog->code), draw_code, dialog, NULL);
  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (dialog->code), QR_SIDE);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (dialog->code), QR_SIDE);
  gtk_widget_set_halign (dialog->code, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (dialog->code), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("QR code of the address"), -1);
  gtk_box_append (GTK_BOX (box), dialog->code);
  dialog->standing = add_label (box, NULL, "heading");
  dialog->how = add_label (
      box,
      _ ("Scan the code with the telephone, in WeChat or with its camera, then take or choose the pictures there. "
         "They come here, and only what you take is used."),
      "dim-label");
  dialog->address = add_label (box, NULL, "monospace");
  gtk_label_set_wrap_mode (dialog->address, PANGO_WRAP_CHAR);
  gtk_label_set_selectable (dialog->address, TRUE);
  dialog->copy = gtk_button_new_with_mnemonic (_ ("_Copy the address"));
  g_signal_connect_swapped (dialog->copy, "clicked", G_CALLBACK (copy_cb), dialog);
  gtk_widget_set_halign (dialog->copy, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), dialog->copy);
  dialog->fault = add_label (box, NULL, "error");
  dialog->note = add_label (box, NULL, "warning");
  dialog->cards = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_layout_manager (dialog->cards, qc_wrap_layout_new (12));
  gtk_box_append (GTK_BOX (box), dialog->cards);
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 18);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  gtk_widget_set_vexpand (scrolled, TRUE);
  return scrolled;
}

static GtkWidget *
build_header (Dialog *dialog)
{
  GtkWidget *header = adw_header_bar_new (), *stop = gtk_button_new_with_mnemonic (_ ("_Stop"));
  gtk_widget_set_tooltip_text (stop, _ ("The code is not good any more"));
  g_signal_connect_swapped (stop, "clicked", G_CALLBACK (gtk_window_close), dialog->window);
  qc_focus_guard (stop);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), stop);
  return header;
}

GtkWidget *
qc_phone_dialog_open (GtkWidget *parent, QcAttachments *attachments, QcAttachmentSlot *slot)
{
  Dialog *dialog = g_new0 (Dialog, 1);
  dialog->slot = qc_phone_slot_new (attachments, slot);
  dialog->window = g_object_new (ADW_TYPE_WINDOW, "accessible-role", GTK_ACCESSIBLE_ROLE_DIALOG, "title",
                                 _ ("Pictures from a telephone"), "modal", TRUE, "transient-for",
                                 gtk_widget_get_root (parent), "destroy-with-parent", TRUE, NULL);
  qc_fit_over (GTK_WINDOW (dialog->window), 560, 640);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (box), build_header (dialog));
  gtk_box_append (GTK_BOX (box), build_body (dialog));
  adw_window_set_content (ADW_WINDOW (dialog->window), box);
  g_object_set_data_full (G_OBJECT (dialog->window), "qc-dialog", dialog, (GDestroyNotify)dialog_free);
  g_signal_connect (dialog->slot, "items-changed", G_CALLBACK (arrived_cb), dialog);
  g_signal_connect_swapped (dialog->slot, "changed", G_CALLBACK (show), dialog);
  g_signal_connect (dialog->window, "destroy", G_CALLBACK (destroy_cb), dialog);
  g_signal_connect (dialog->window, "close-request", G_CALLBACK (close_request_cb), dialog);
  GtkEventController *keys = gtk_shortcut_controller_new ();
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0), gtk_callback_action_new (escape_cb, NULL, NULL)));
  gtk_widget_add_controller (dialog->window, keys);
  show (dialog);
  qc_focus_keep (GTK_WINDOW (dialog->window));
  gtk_window_present (GTK_WINDOW (dialog->window));
  return dialog->window;
}
