/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-trash-window.h. Main thread.
 */
#include "qc-trash-window.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "qc-column-menu.h"
#include "qc-dialogs.h"
#include "qc-draft-list.h"
#include "qc-fit.h"
#include "qc-focus.h"
#include "qc-format.h"
#include "qc-grid.h"
#include "qc-window.h"

#define QC_TYPE_TRASH_WINDOW (qc_trash_window_get_type ())
G_DECLARE_FINAL_TYPE (QcTrashWindow, qc_trash_window, QC, TRASH_WINDOW, AdwWindow)

struct _QcTrashWindow {
  AdwWindow parent_instance;
  QcDraftList *list;             /* (owned) */
  GtkSingleSelection *selection; /* (owned) */
  /* borrowed */
  GtkColumnView *grid;
  GtkWidget *scrolled, *empty, *words, *restore;
};

G_DEFINE_FINAL_TYPE (QcTrashWindow, qc_trash_window, ADW_TYPE_WINDOW)

/* --- rows --- */

static char *
cell_name (gpointer item, gpointer user_data)
{
  return qc_draft_entry_dup_name (item);
}

static char *
cell_business (gpointer item, gpointer user_data)
{
  return g_strdup (_ (qc_business_info (qc_draft_entry_get_business (item))->msgid));
}

static char *
cell_count (gpointer item, gpointer user_data)
{
  return qc_draft_entry_dup_count (item);
}

static char *
cell_deleted (gpointer item, gpointer user_data)
{
  return qc_format_date_time (qc_draft_entry_get_deleted (item));
}

static char *
cell_left (gpointer item, gpointer user_data)
{
  int days = qc_draft_entry_get_days_left (item);
  return g_strdup_printf (ngettext ("%d day", "%d days", (gulong)days), days);
}

static char *
row_name (gpointer item, gpointer user_data)
{
  g_autofree char *name = qc_draft_entry_dup_name (item);
  g_autofree char *deleted = cell_deleted (item, NULL);
  g_autofree char *left = cell_left (item, NULL);
  /* Translators: what a screen reader says of a deleted draft: its name, when it was deleted, days. */
  return g_strdup_printf (_ ("%s, deleted %s, %s left"), name, deleted, left);
}

static const QcGridColumn columns[] = {
    {"name", N_ ("Draft"), cell_name, QC_GRID_NAME, .chars = 20, .expand = TRUE},
    {"business", N_ ("Business"), cell_business, QC_GRID_TEXT, .chars = 18, .yields = 1},
    {"count", N_ ("What is in it"), cell_count, QC_GRID_NUMBER},
    {"deleted", N_ ("Deleted"), cell_deleted, QC_GRID_CODE},
    {"left", N_ ("Kept for"), cell_left, QC_GRID_NUMBER},
};

/* (nullable) borrowed */
static QcDraftEntry *
get_selected (QcTrashWindow *self)
{
  return gtk_single_selection_get_selected_item (self->selection);
}

static void
update (QcTrashWindow *self)
{
  gboolean any = g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0;
  gtk_widget_set_visible (self->scrolled, any);
  gtk_widget_set_visible (self->empty, !any);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "trash.restore", get_selected (self) != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "trash.destroy", get_selected (self) != NULL);
}

static void
failed_cb (QcTrashWindow *self, const GError *error)
{
  QcWindow *window = qc_window_of (GTK_WIDGET (self));
  if (window)
    qc_window_show_error (window, error);
}

/* --- commands --- */

static void
restore (GtkWidget *widget, const char *name, GVariant *parameter)
{
  QcTrashWindow *self = QC_TRASH_WINDOW (widget);
  QcDraftEntry *entry = get_selected (self);
  QcWindow *window = qc_window_of (widget);
  if (!entry || !window)
    return;
  g_autofree char *title = qc_draft_entry_dup_name (entry);
  g_autofree char *words = g_strdup_printf (_ ("“%s” is back among the drafts."), title);
  const QcBusinessInfo *info = qc_business_info (qc_draft_entry_get_business (entry));
  g_autofree char *page
      = info->n_columns > 0 || info->has_facts
            ? g_strdup_printf ("%s/draft:%" G_GINT64_FORMAT, info->code, qc_draft_entry_get_id (entry))
            : g_strdup (info->code); /* 汇缴 has one */
  qc_draft_list_undelete (self->list, qc_draft_entry_get_id (entry));
  gtk_label_set_text (GTK_LABEL (self->words), words);
  qc_window_toast (window, words, _ ("_Go to it"), "win.go", g_variant_new_string (page));
}

typedef struct {
  QcTrashWindow *self; /* (owned) */
  gint64 draft;
} Destroying;

static void
destroying_free (gpointer data)
{
  Destroying *destroying = data;
  g_object_unref (destroying->self);
  g_free (destroying);
}

static void
destroy_confirmed (gpointer user_data)
{
  Destroying *destroying = user_data;
  if (destroying->self->list)
    qc_draft_list_destroy (destroying->self->list, destroying->draft);
}

static void
destroy (GtkWidget *widget, const char *name, GVariant *parameter)
{
  QcTrashWindow *self = QC_TRASH_WINDOW (widget);
  QcDraftEntry *entry = get_selected (self);
  if (!entry)
    return;
  Destroying *destroying = g_new0 (Destroying, 1);
  destroying->self = g_object_ref (self);
  destroying->draft = qc_draft_entry_get_id (entry);
  g_autofree char *title = qc_draft_entry_dup_name (entry);
  g_autofree char *body = g_strdup_printf (_ ("“%s” goes for good and cannot be had back."), title);
  qc_dialog_confirm (widget, _ ("Delete this draft for good?"), body, _ ("_Delete for Good"), QC_CONFIRM_DESTRUCTIVE,
                     NULL, destroy_confirmed, destroying, destroying_free);
}

static void
activated_cb (GtkColumnView *grid, guint position, GtkWidget *self)
{
  gtk_widget_activate_action (self, "trash.restore", NULL);
}

/* --- the window --- */

static GtkWidget *
build_bottom (QcTrashWindow *self)
{
  GtkWidget *bottom = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *remove = gtk_button_new_with_mnemonic (_ ("_Delete for Good"));
  self->restore = gtk_button_new_with_mnemonic (_ ("_Restore"));
  self->words = gtk_label_new (_ ("Deleted drafts are kept for 30 days. Nothing of them was sent."));
  gtk_label_set_wrap (GTK_LABEL (self->words), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->words), 0);
  gtk_widget_set_hexpand (self->words, TRUE);
  gtk_widget_add_css_class (self->words, "dim-label");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (remove), "trash.destroy");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->restore), "trash.restore");
  gtk_widget_add_css_class (remove, "qc-destructive");
  gtk_widget_add_css_class (self->restore, "suggested-action");
  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->restore, GTK_ALIGN_CENTER);
  qc_focus_guard (remove);
  gtk_box_append (GTK_BOX (bottom), self->words);
  gtk_box_append (GTK_BOX (bottom), remove);
  gtk_box_append (GTK_BOX (bottom), self->restore);
  gtk_widget_set_margin_top (bottom, 12);
  gtk_widget_set_margin_bottom (bottom, 12);
  gtk_widget_set_margin_start (bottom, 12);
  gtk_widget_set_margin_end (bottom, 12);
  return bottom;
}

static void
build (QcTrashWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->grid = qc_grid_new (GTK_SELECTION_MODEL (self->selection), columns, G_N_ELEMENTS (columns),
                            _ ("Deleted drafts"), row_name, NULL);
  qc_column_menu_keep_widths (self->grid, "trash");
  g_signal_connect (self->grid, "activate", G_CALLBACK (activated_cb), self);
  self->scrolled = qc_grid_scroll (self->grid);
  gtk_widget_set_vexpand (self->scrolled, TRUE);
  self->empty = adw_status_page_new ();
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->empty), "user-trash-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (self->empty), _ ("The trash is empty"));
  adw_status_page_set_description (ADW_STATUS_PAGE (self->empty),
                                   _ ("A draft that you delete lies here for 30 days and can be restored."));
  gtk_widget_set_vexpand (self->empty, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), self->scrolled);
  gtk_box_append (GTK_BOX (box), self->empty);
  gtk_box_append (GTK_BOX (box), build_bottom (self));
  adw_window_set_content (ADW_WINDOW (self), box);
}

static void
qc_trash_window_dispose (GObject *object)
{
  QcTrashWindow *self = QC_TRASH_WINDOW (object);
  if (self->list)
    g_signal_handlers_disconnect_by_data (self->list, self);
  G_OBJECT_CLASS (qc_trash_window_parent_class)->dispose (object);
  g_clear_object (&self->selection);
  g_clear_object (&self->list);
}

static void
qc_trash_window_class_init (QcTrashWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = qc_trash_window_dispose;
  gtk_widget_class_install_action (widget_class, "trash.restore", NULL, restore);
  gtk_widget_class_install_action (widget_class, "trash.destroy", NULL, destroy);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "trash.destroy", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
qc_trash_window_init (QcTrashWindow *self)
{
}

GtkWidget *
qc_trash_window_open (GtkWidget *parent, QcSession *session)
{
  const QcUnitChoice *unit = qc_session_get_unit (session);
  g_autofree char *title = g_strdup_printf (_ ("Trash — %s"), unit ? unit->name : "");
  QcTrashWindow *self
      = g_object_new (QC_TYPE_TRASH_WINDOW, "accessible-role", GTK_ACCESSIBLE_ROLE_DIALOG, "title", title, "modal",
                      TRUE, "transient-for", gtk_widget_get_root (parent), "destroy-with-parent", TRUE, NULL);
  qc_fit_over (GTK_WINDOW (self), 820, 440);
  self->list = qc_draft_list_new_trash (session);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->list)));
  build (self);
  g_signal_connect_swapped (self->list, "loaded", G_CALLBACK (update), self);
  g_signal_connect_swapped (self->list, "failed", G_CALLBACK (failed_cb), self);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  qc_focus_keep (GTK_WINDOW (self));
  update (self);
  gtk_window_present (GTK_WINDOW (self));
  return GTK_WIDGET (self);
}
