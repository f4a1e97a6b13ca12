/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The widgets of the page 凭证: the applications on one side, the paper and its commands on the other. Main thread.
 */
#include "qc-vouchers-page-private.h"

#include <glib/gi18n.h>

#include "qc-format.h"
#include "qc-gtk-4-8.h"
#include "qc-list.h"
#include "qc-print-position.h"
#include "qc-text-size.h"
#include "qc-wrap-layout.h"

static void
setup_row_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *label = gtk_label_new ("");
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_set_margin_start (label, 6);
  gtk_widget_set_margin_top (label, 4);
  gtk_widget_set_margin_bottom (label, 4);
  gtk_list_item_set_child (item, label);
  qc_gtk_name_cell (label);
}

static void
bind_row_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  const QcApplication *application = qc_application_row_get_application (gtk_list_item_get_item (item));
  if (!application)
    return;
  g_autofree char *months = qc_format_months (application->start, application->end);
  g_autofree char *money = qc_format_yuan (application->fen);
  g_autofree char *text = g_strdup_printf ("%s · %s\n%s · %s", application->serial,
                                           _ (qc_state_to_msgid (application->state)), months, money);
  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)), text);
}

static void
activated_cb (GtkListView *view, guint position, gpointer user_data)
{
  QcVouchersPage *self = user_data;
  g_autoptr (QcApplicationRow) row = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  const QcApplication *application = row ? qc_application_row_get_application (row) : NULL;
  const char *serials[] = {application ? application->serial : NULL, NULL};
  if (application)
    qc_vouchers_page_open (self, serials, QC_OUTPUT_NONE, NULL);
}

/* In the place of rows, where there are none. */
static GtkWidget *
build_rows (QcVouchersPage *self, GtkWidget *view)
{
  GtkWidget *overlay = gtk_overlay_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  self->rows = view;
  self->nothing = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->nothing), TRUE);
  gtk_label_set_justify (GTK_LABEL (self->nothing), GTK_JUSTIFY_CENTER);
  gtk_widget_set_margin_start (self->nothing, 12);
  gtk_widget_set_margin_end (self->nothing, 12);
  gtk_widget_add_css_class (self->nothing, "dim-label");
  gtk_widget_set_can_target (self->nothing, FALSE);
  gtk_widget_set_visible (self->nothing, FALSE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_widget_set_size_request (scrolled, qc_text_size_scale (scrolled, 280), -1);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), scrolled);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->nothing);
  return overlay;
}

static GtkWidget *
new_button (const char *icon, const char *label, const char *action)
{
  GtkWidget *button = icon ? gtk_button_new_from_icon_name (icon) : gtk_button_new_with_mnemonic (label);
  if (icon) {
    gtk_widget_set_tooltip_text (button, label);
    gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  }
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

/* 核验 has nothing to do with what is chosen above it. */
static GtkWidget *
build_checks (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *file = new_button (NULL, _ ("_Check Vouchers…"), "win.voucher-check-file");
  GtkWidget *text = new_button (NULL, _ ("Check Pasted _Text"), "win.voucher-check-paste");
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (box), file);
  gtk_box_append (GTK_BOX (box), text);
  gtk_widget_add_css_class (box, "qc-checks");
  return box;
}

static GtkWidget *
build_list (QcVouchersPage *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_signal_connect (factory, "setup", G_CALLBACK (setup_row_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_row_cb), NULL);
  GtkWidget *view = gtk_list_view_new (GTK_SELECTION_MODEL (g_object_ref (self->selection)), factory);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Applications that have a voucher"), -1);
  g_signal_connect (view, "activate", G_CALLBACK (activated_cb), self);
  qc_list_leave_by_tab (view);
  qc_list_copy_rows (view);
  gtk_box_append (GTK_BOX (buttons), new_button (NULL, _ ("Sho_w"), "win.voucher-show"));
  gtk_box_append (GTK_BOX (buttons), new_button (NULL, _ ("Show _All"), "win.voucher-select-all"));
  gtk_widget_add_css_class (buttons, "toolbar");
  gtk_box_append (GTK_BOX (column), buttons);
  gtk_box_append (GTK_BOX (column), build_rows (self, view));
  gtk_box_append (GTK_BOX (column), build_checks ());
  return column;
}

static GtkLabel *
append_label (GtkWidget *box)
{
  GtkWidget *label = gtk_label_new ("");
  gtk_widget_add_css_class (label, "numeric");
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static GtkWidget *
build_toolbar (QcVouchersPage *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_layout_manager (bar, qc_wrap_layout_new (6));
  gtk_box_append (GTK_BOX (bar), new_button (NULL, _ ("_Print…"), "win.voucher-print"));
  gtk_box_append (GTK_BOX (bar), qc_print_position_button_new (self->settings));
  gtk_box_append (GTK_BOX (bar), new_button (NULL, _ ("_Save…"), "win.voucher-save"));
  gtk_box_append (GTK_BOX (bar), new_button (NULL, _ ("_One File Each…"), "win.voucher-save-each"));
  gtk_box_append (GTK_BOX (bar), new_button ("go-previous-symbolic", _ ("Previous page"), "win.voucher-previous-page"));
  self->pages = append_label (bar);
  gtk_box_append (GTK_BOX (bar), new_button ("go-next-symbolic", _ ("Next page"), "win.voucher-next-page"));
  gtk_box_append (GTK_BOX (bar), new_button ("zoom-out-symbolic", _ ("Smaller"), "win.voucher-zoom-out"));
  self->zoom = append_label (bar);
  gtk_box_append (GTK_BOX (bar), new_button ("zoom-in-symbolic", _ ("Larger"), "win.voucher-zoom-in"));
  gtk_box_append (GTK_BOX (bar), new_button ("zoom-fit-best-symbolic", _ ("Fit the width"), "win.voucher-zoom-fit"));
  gtk_box_append (GTK_BOX (bar),
                  new_button ("view-fullscreen-symbolic", _ ("The whole page"), "win.voucher-zoom-page"));
  self->spinner = gtk_spinner_new ();
  gtk_box_append (GTK_BOX (bar), self->spinner);
  gtk_widget_add_css_class (bar, "toolbar");
  return bar;
}

static GtkWidget *
build_stack (QcVouchersPage *self)
{
  GtkWidget *none = adw_status_page_new ();
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (none), "document-print-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (none), _ ("No voucher is open"));
  adw_status_page_set_description (ADW_STATUS_PAGE (none),
                                   _ ("Choose one or several applications on the left, or check a voucher you hold."));
  self->check = qc_voucher_check_view_new ();
  g_signal_connect_object (self->check, "changed", G_CALLBACK (qc_vouchers_page_update), self, G_CONNECT_SWAPPED);
  self->preview = qc_pdf_view_new ();
  qc_pdf_view_set_zoom (QC_PDF_VIEW (self->preview), QC_PDF_VIEW_WHOLE); /* with its seal, which is at its end */
  g_signal_connect_object (self->preview, "resized", G_CALLBACK (qc_vouchers_page_update), self, G_CONNECT_SWAPPED);
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), none, "none");
  gtk_stack_add_named (GTK_STACK (self->stack), self->preview, "preview");
  gtk_stack_add_named (GTK_STACK (self->stack), self->check, "check");
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_widget_set_hexpand (self->stack, TRUE);
  return self->stack;
}

/* Over the paper, so that nothing moves when it comes and goes. */
static GtkWidget *
build_paper (QcVouchersPage *self)
{
  GtkWidget *overlay = gtk_overlay_new ();
  self->stop = new_button (NULL, _ ("S_top Saving"), "win.voucher-stop");
  gtk_widget_set_halign (self->stop, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->stop, GTK_ALIGN_END);
  gtk_widget_set_margin_bottom (self->stop, 24);
  gtk_widget_add_css_class (self->stop, "osd");
  gtk_overlay_set_child (GTK_OVERLAY (overlay), build_stack (self));
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->stop);
  return overlay;
}

/* The commands, what is shown, and the paper itself. */
static GtkWidget *
build_side (QcVouchersPage *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (column), build_toolbar (self));
  self->caption = append_label (column);
  gtk_label_set_xalign (self->caption, 0);
  gtk_label_set_ellipsize (self->caption, PANGO_ELLIPSIZE_NONE);
  gtk_label_set_wrap (self->caption, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->caption), "dim-label");
  gtk_widget_set_margin_start (GTK_WIDGET (self->caption), 12);
  gtk_box_append (GTK_BOX (column), build_paper (self));
  return column;
}

GtkWidget *
qc_vouchers_view_build (QcVouchersPage *self)
{
  GtkWidget *view = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_box_append (GTK_BOX (view), build_list (self));
  gtk_box_append (GTK_BOX (view), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  gtk_box_append (GTK_BOX (view), build_side (self));
  return view;
}
