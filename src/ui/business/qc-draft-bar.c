/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-draft-bar.h. Main thread.
 */
#include "qc-draft-bar.h"

#include <glib/gi18n.h>

#include "qc-drop-down.h"
#include "qc-focus.h"
#include "qc-format.h"
#include "qc-roster-service.h"
#include "qc-wrap-layout.h"

struct _QcDraftBar {
  GtkWidget parent_instance;
  QcDraftList *list;          /* (owned) */
  QcBusinessService *service; /* (owned) (nullable) */
  /* borrowed */
  GtkWidget *box;
  GtkWidget *button; /* menu button with the name */
  GtkLabel *title, *month;
  GtkWidget *popover, *rows, *name, *remove;
};

G_DEFINE_FINAL_TYPE (QcDraftBar, qc_draft_bar, GTK_TYPE_WIDGET)
enum { CHOSEN, DELETE, FAILED, N_SIGNALS };
static guint signals[N_SIGNALS];

static QcDraft *
get_draft (QcDraftBar *self)
{
  return self->service ? qc_business_service_get_draft (self->service) : NULL;
}

/* (transfer full) (nullable) the draft shown, as the list knows it */
static QcDraftEntry *
dup_entry (QcDraftBar *self)
{
  QcDraft *draft = get_draft (self);
  for (guint i = 0; draft && i < g_list_model_get_n_items (G_LIST_MODEL (self->list)); i++) {
    QcDraftEntry *entry = g_list_model_get_item (G_LIST_MODEL (self->list), i);
    if (qc_draft_entry_get_id (entry) == qc_draft_get_id (draft))
      return entry;
    g_object_unref (entry);
  }
  return NULL;
}

static void
update (QcDraftBar *self)
{
  g_autoptr (QcDraftEntry) entry = dup_entry (self);
  g_autofree char *name = entry ? qc_draft_entry_dup_name (entry) : g_strdup (_ ("New draft"));
  gtk_label_set_text (self->title, name);
  qc_menu_button_set_name (GTK_MENU_BUTTON (self->button), name);
  QcMonth effective = QC_IS_ROSTER_SERVICE (self->service)
                          ? qc_roster_service_get_effective (QC_ROSTER_SERVICE (self->service))
                          : QC_MONTH_NONE;
  g_autofree char *month = qc_format_month (effective);
  /* Translators: the month from which what is submitted holds: 变更年月. */
  g_autofree char *text = g_strdup_printf (_ ("Month of change: %s"), month);
  gtk_label_set_text (self->month, effective != QC_MONTH_NONE ? text : "");
}

/* --- the list --- */

static GtkWidget *
new_row (gpointer item, gpointer user_data)
{
  QcDraftEntry *entry = item;
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *name = qc_draft_entry_dup_name (entry);
  g_autofree char *people = qc_draft_entry_dup_count (entry);
  g_autofree char *changed = qc_format_time (qc_draft_entry_get_changed (entry));
  gint64 n = qc_draft_entry_get_faults (entry);
  g_autofree char *faults = NULL;
  if (n > 0 && qc_business_info (qc_draft_entry_get_business (entry))->n_columns > 0)
    faults = g_strdup_printf (ngettext ("%d faulty line", "%d faulty lines", (gulong)n), (int)n);
  else if (n > 0)
    faults = g_strdup_printf (ngettext ("%d fault", "%d faults", (gulong)n), (int)n);
  g_autofree char *facts = g_strjoin (" · ", people, changed, faults, NULL);
  GtkWidget *title = gtk_label_new (name);
  GtkWidget *caption = gtk_label_new (facts);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_xalign (GTK_LABEL (caption), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (title), 36);
  gtk_widget_add_css_class (caption, "dim-label");
  gtk_widget_add_css_class (caption, "caption");
  gtk_widget_add_css_class (caption, "numeric");
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), caption);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), "qc-entry", g_object_ref (entry), g_object_unref);
  g_autofree char *spoken = g_strjoin (", ", name, facts, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  return row;
}

static void
row_activated_cb (GtkListBox *rows, GtkListBoxRow *row, QcDraftBar *self)
{
  QcDraftEntry *entry = g_object_get_data (G_OBJECT (row), "qc-entry");
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  g_signal_emit (self, signals[CHOSEN], 0, qc_draft_entry_get_id (entry));
}

/* Each opening shows it as it is then, with the draft on screen selected. */
static void
opened_cb (QcDraftBar *self)
{
  QcDraft *draft = get_draft (self);
  g_autoptr (QcDraftEntry) entry = dup_entry (self);
  g_autofree char *name = entry ? qc_draft_entry_dup_name (entry) : NULL;
  gtk_editable_set_text (GTK_EDITABLE (self->name), name ? name : "");
  gtk_widget_set_sensitive (self->name, entry != NULL);
  gtk_widget_set_sensitive (self->remove, entry && qc_draft_get_outbox (draft) == 0);
  GtkListBoxRow *row;
  for (int i = 0; (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->rows), i)); i++) {
    QcDraftEntry *other = g_object_get_data (G_OBJECT (row), "qc-entry");
    if (entry && qc_draft_entry_get_id (other) == qc_draft_entry_get_id (entry))
      gtk_list_box_select_row (GTK_LIST_BOX (self->rows), row);
  }
}

static void
renamed_cb (QcDraftBar *self)
{
  g_autoptr (QcDraftEntry) entry = dup_entry (self);
  const char *name = gtk_editable_get_text (GTK_EDITABLE (self->name));
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  g_autofree char *old = entry ? qc_draft_entry_dup_name (entry) : NULL;
  if (entry && g_strcmp0 (old, name) != 0)
    qc_draft_rename (get_draft (self), name);
}

static void
created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcDraftBar) self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 draft = qc_draft_list_create_finish (QC_DRAFT_LIST (source), result, &error);
  if (draft != 0)
    g_signal_emit (self, signals[CHOSEN], 0, draft);
  else
    g_signal_emit (self, signals[FAILED], 0, error);
}

void
qc_draft_bar_create (QcDraftBar *self)
{
  g_return_if_fail (QC_IS_DRAFT_BAR (self));
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  if (self->service)
    qc_draft_list_create_async (self->list, qc_business_service_get_business (self->service), NULL, created_cb,
                                g_object_ref (self));
}

void
qc_draft_bar_rename (QcDraftBar *self)
{
  g_return_if_fail (QC_IS_DRAFT_BAR (self));
  gtk_menu_button_popup (GTK_MENU_BUTTON (self->button));
  gtk_widget_grab_focus (self->name);
}

static void
remove_cb (QcDraftBar *self)
{
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  g_signal_emit (self, signals[DELETE], 0);
}

static void
popdown_cb (QcDraftBar *self)
{
  gtk_popover_popdown (GTK_POPOVER (self->popover));
}

static void
failed_cb (QcDraftBar *self, const GError *error)
{
  g_signal_emit (self, signals[FAILED], 0, error);
}

/* --- the widget --- */

static GtkWidget *
build_rows (QcDraftBar *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *empty = gtk_label_new (_ ("There is no other draft."));
  self->rows = gtk_list_box_new ();
  gtk_widget_add_css_class (self->rows, "boxed-list");
  gtk_widget_add_css_class (empty, "dim-label");
  gtk_list_box_set_placeholder (GTK_LIST_BOX (self->rows), empty);
  gtk_list_box_bind_model (GTK_LIST_BOX (self->rows), G_LIST_MODEL (self->list), new_row, self, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->rows), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Drafts"), -1);
  g_signal_connect (self->rows, "row-activated", G_CALLBACK (row_activated_cb), self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 320);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->rows);
  return scrolled;
}

static GtkWidget *
build_popover (QcDraftBar *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *create = gtk_button_new_with_mnemonic (_ ("_New draft"));
  self->name = gtk_entry_new ();
  self->remove = gtk_button_new_with_mnemonic (_ ("_Delete this draft"));
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->name), _ ("Name of this draft"));
  gtk_entry_set_max_length (GTK_ENTRY (self->name), 60);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->name), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Name of this draft"),
                                  -1);
  gtk_widget_add_css_class (self->remove, "qc-destructive");
  qc_focus_guard (self->remove);
  gtk_box_append (GTK_BOX (box), build_rows (self));
  gtk_box_append (GTK_BOX (box), self->name);
  GtkWidget *trash = gtk_button_new_with_mnemonic (_ ("_Trash…"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (trash), "win.show-trash");
  gtk_widget_set_tooltip_text (trash, _ ("Drafts that were deleted, for 30 days"));
  g_signal_connect_swapped (trash, "clicked", G_CALLBACK (popdown_cb), self);
  gtk_box_append (GTK_BOX (buttons), create);
  gtk_box_append (GTK_BOX (buttons), self->remove);
  gtk_box_append (GTK_BOX (buttons), trash);
  gtk_box_append (GTK_BOX (box), buttons);
  g_signal_connect_swapped (self->name, "activate", G_CALLBACK (renamed_cb), self);
  g_signal_connect_swapped (create, "clicked", G_CALLBACK (qc_draft_bar_create), self);
  g_signal_connect_swapped (self->remove, "clicked", G_CALLBACK (remove_cb), self);
  self->popover = gtk_popover_new ();
  gtk_widget_add_css_class (self->popover, "qc-popover");
  gtk_popover_set_child (GTK_POPOVER (self->popover), box);
  g_signal_connect_swapped (self->popover, "show", G_CALLBACK (opened_cb), self);
  return self->popover;
}

static void
build (QcDraftBar *self)
{
  GtkWidget *inside = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_layout_manager (self->box, qc_wrap_layout_new (12));
  self->title = GTK_LABEL (gtk_label_new (NULL));
  self->month = GTK_LABEL (gtk_label_new (NULL));
  self->button = gtk_menu_button_new ();
  gtk_label_set_ellipsize (self->title, PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (GTK_WIDGET (self->title), "heading");
  gtk_widget_add_css_class (GTK_WIDGET (self->month), "numeric");
  gtk_box_append (GTK_BOX (inside), GTK_WIDGET (self->title));
  gtk_box_append (GTK_BOX (inside), gtk_image_new_from_icon_name ("pan-down-symbolic"));
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->button), inside);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), build_popover (self));
  gtk_widget_add_css_class (self->button, "flat");
  gtk_box_append (GTK_BOX (self->box), self->button);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->month));
  gtk_widget_add_css_class (self->box, "toolbar");
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

void
qc_draft_bar_set_service (QcDraftBar *self, QcBusinessService *service)
{
  g_return_if_fail (QC_IS_DRAFT_BAR (self));
  if (self->service) {
    g_signal_handlers_disconnect_by_data (self->service, self);
    g_signal_handlers_disconnect_by_data (get_draft (self), self);
  }
  g_set_object (&self->service, service);
  if (service) {
    g_signal_connect_object (service, "updated", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (get_draft (self), "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  }
  qc_draft_list_reload (self->list);
  update (self);
}

QcDraftList *
qc_draft_bar_get_list (QcDraftBar *self)
{
  g_return_val_if_fail (QC_IS_DRAFT_BAR (self), NULL);
  return self->list;
}

static void
qc_draft_bar_dispose (GObject *object)
{
  QcDraftBar *self = QC_DRAFT_BAR (object);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->list);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (qc_draft_bar_parent_class)->dispose (object);
}

static void
qc_draft_bar_class_init (QcDraftBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qc_draft_bar_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[CHOSEN] = g_signal_new ("chosen", QC_TYPE_DRAFT_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_INT64);
  signals[DELETE] = g_signal_new ("delete", QC_TYPE_DRAFT_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", QC_TYPE_DRAFT_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_POINTER);
}

static void
qc_draft_bar_init (QcDraftBar *self)
{
}

GtkWidget *
qc_draft_bar_new (QcSession *session, QcBusiness business)
{
  QcDraftBar *self = g_object_new (QC_TYPE_DRAFT_BAR, NULL);
  self->list = qc_draft_list_new (session, business);
  g_signal_connect_object (self->list, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  build (self);
  update (self);
  return GTK_WIDGET (self);
}
