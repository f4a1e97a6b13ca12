/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-attachments-step.h. Main thread.
 */
#include "qc-attachments-step.h"

#include <glib/gi18n.h>

#include "qc-attachment.h"
#include "qc-attachments.h"
#include "qc-dialogs.h"
#include "qc-focus.h"
#include "qc-gtk-4-8.h"
#include "qc-list.h"
#include "qc-phone-dialog.h"
#include "qc-picture-card.h"
#include "qc-text-size.h"
#include "qc-wizard-step.h"
#include "qc-wrap-layout.h"

#define MAX_PASTED (64 * 1024 * 1024) /* bytes */
#define PATTERN    "*.jpg;*.jpeg;*.png;*.heic;*.heif;*.JPG;*.JPEG;*.PNG;*.HEIC;*.HEIF"

struct _QcAttachmentsStep {
  GtkWidget parent_instance;
  QcBusiness business;
  char *prefix;               /* (owned) */
  QcRosterService *service;   /* (owned) (nullable) */
  QcAttachments *attachments; /* (owned) (nullable) */
  QcAttachmentSlot *shown;    /* (owned) (nullable) whose pictures stand on the right */
  gulong shown_handler;
  GCancellable *cancellable; /* (owned) of what is on its way */
  /* borrowed */
  GtkWidget *child, *spinner;
  GtkListView *list;
  GtkSingleSelection *selection;
  GtkBox *pictures;
  GtkLabel *summary, *title, *hint;
};

static void qc_attachments_step_step_init (QcWizardStepInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (QcAttachmentsStep, qc_attachments_step, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (QC_TYPE_WIZARD_STEP, qc_attachments_step_step_init))
enum { FAILED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* --- what the frame asks --- */

static gboolean
is_done (QcWizardStep *step)
{
  QcAttachmentsStep *self = QC_ATTACHMENTS_STEP (step);
  return self->attachments && qc_attachments_get_n_lacking (self->attachments) == 0;
}

static char *
dup_missing (QcWizardStep *step)
{
  return is_done (step) ? NULL : g_strdup (_ ("Pictures that the center asks for are still missing."));
}

static gboolean
owns (QcWizardStep *step, const QcFinding *finding)
{
  return g_str_has_prefix (finding->code, "attachment.");
}

static void
select_slot_of (QcAttachmentsStep *self, gint64 line)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->selection)); i++) {
    g_autoptr (QcAttachmentSlot) slot = g_list_model_get_item (G_LIST_MODEL (self->selection), i);
    if (qc_attachment_slot_get_line (slot) != line)
      continue;
    gtk_single_selection_set_selected (self->selection, i);
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", i);
    if (qc_attachment_slot_is_lacking (slot) || qc_attachment_slot_is_outdated (slot))
      return; /* of several the one that is to be seen to */
  }
}

static void
go_to (QcWizardStep *step, const QcFinding *finding)
{
  QcAttachmentsStep *self = QC_ATTACHMENTS_STEP (step);
  select_slot_of (self, finding->line);
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
qc_attachments_step_step_init (QcWizardStepInterface *iface)
{
  iface->is_done = is_done;
  iface->dup_missing = dup_missing;
  iface->owns = owns;
  iface->go_to = go_to;
}

/* --- words --- */

/* How a slot stands: "missing", "2 pictures", "out of date". (transfer full) */
static char *
dup_stand (QcAttachmentSlot *slot)
{
  guint n = qc_attachment_slot_get_pictures (slot)->len, least = qc_attachment_slot_get_least (slot);
  if (qc_attachment_slot_is_outdated (slot))
    return g_strdup (_ ("Out of date: the roster was changed since"));
  if (n == 0 && least > 0)
    return g_strdup (_ ("Missing"));
  if (n < least)
    return g_strdup_printf (_ ("%u of %u"), n, least);
  if (qc_attachment_slot_is_doubtful (slot))
    return g_strdup (_ ("Looks like a scan or a copy"));
  return g_strdup_printf (ngettext ("%u picture", "%u pictures", n), n);
}

static char *
dup_slot_title (QcAttachmentSlot *slot)
{
  const char *person = qc_attachment_slot_get_person (slot);
  return person ? g_strdup_printf ("%s · %s", person, qc_attachment_slot_get_label (slot))
                : g_strdup (qc_attachment_slot_get_label (slot));
}

static void
append_faults (GString *text, const char *headline, const GPtrArray *faults)
{
  if (faults->len == 0)
    return;
  g_string_append_printf (text, "%s%s", text->len > 0 ? "\n\n" : "", headline);
  for (guint i = 0; i < faults->len; i++) {
    const QcAttachmentFault *fault = g_ptr_array_index (faults, i);
    g_string_append_printf (text, "\n%s: %s", fault->file, fault->text);
  }
}

/* What did not go as it was meant; NULL: all is well. (transfer full) */
static char *
dup_result (const QcAttachmentResult *result)
{
  if (result->failed->len + result->nobody->len + result->looks->len == 0)
    return NULL;
  GString *text = g_string_new (NULL);
  g_string_append_printf (text, ngettext ("%u picture was taken.", "%u pictures were taken.", result->added),
                          result->added);
  append_faults (text, _ ("Not taken:"), result->failed);
  if (result->nobody->len > 0) {
    g_string_append_printf (text, "\n\n%s",
                            _ ("Named by nobody's document number; select the person, then choose the file:"));
    for (guint i = 0; i < result->nobody->len; i++)
      g_string_append_printf (text, "\n%s", (const char *)g_ptr_array_index (result->nobody, i));
  }
  append_faults (text, _ ("Taken, but look at them again:"), result->looks);
  return g_string_free (text, FALSE);
}

/* --- adding --- */

static void
added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcAttachmentsStep) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (QcAttachmentResult) added = qc_attachments_add_finish (QC_ATTACHMENTS (source), result, &error);
  if (!added) {
    if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      g_signal_emit (self, signals[FAILED], 0, error);
    return;
  }
  g_autofree char *words = dup_result (added);
  if (words)
    qc_dialog_tell (GTK_WIDGET (self),
                    added->added > 0 ? _ ("Not everything went as it should") : _ ("Nothing was taken"), words);
}

static void
add_files_to (QcAttachmentsStep *self, const char *kind, gint64 line, GListModel *files)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    g_ptr_array_add (list, g_list_model_get_item (files, i));
  if (list->len > 0)
    qc_attachments_add_async (self->attachments, kind, line, (GFile *const *)list->pdata, list->len, self->cancellable,
                              added_cb, g_object_ref (self));
}

/* The kind that people have, of the list's first slot with one. (nullable) Borrowed. */
static const char *
kind_of_people (QcAttachmentsStep *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->selection)); i++) {
    g_autoptr (QcAttachmentSlot) slot = g_list_model_get_item (G_LIST_MODEL (self->selection), i);
    if (qc_attachment_slot_get_line (slot) != 0)
      return qc_attachment_slot_get_kind (slot);
  }
  return NULL;
}

void
qc_attachments_step_add_files (QcAttachmentsStep *self, GListModel *files, gboolean by_name)
{
  g_return_if_fail (QC_IS_ATTACHMENTS_STEP (self));
  if (!self->attachments)
    return;
  const char *people = by_name ? kind_of_people (self) : NULL;
  if (people)
    add_files_to (self, people, QC_ATTACHMENTS_BY_NAME, files);
  else if (self->shown)
    add_files_to (self, qc_attachment_slot_get_kind (self->shown), qc_attachment_slot_get_line (self->shown), files);
}

static void
chosen_cb (GListModel *files, gpointer user_data)
{
  g_autoptr (QcAttachmentsStep) self = user_data;
  if (files) /* several for people are those of several; one is for whom it was chosen */
    qc_attachments_step_add_files (self, files, g_list_model_get_n_items (files) > 1);
}

void
qc_attachments_step_choose (QcAttachmentsStep *self)
{
  g_return_if_fail (QC_IS_ATTACHMENTS_STEP (self));
  if (self->attachments)
    qc_dialog_open_files (GTK_WIDGET (self), _ ("Choose pictures"), _ ("Pictures"), PATTERN, chosen_cb,
                          g_object_ref (self));
}

static gboolean
dropped_cb (GtkDropTarget *target, const GValue *value, double x, double y, gpointer user_data)
{
  QcAttachmentsStep *self = user_data;
  QcAttachmentSlot *slot
      = g_object_get_data (G_OBJECT (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target))), "qc-slot");
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  for (const GSList *l = gdk_file_list_get_files (g_value_get_boxed (value)); l; l = l->next)
    g_list_store_append (files, l->data);
  if (!self->attachments)
    return FALSE;
  if (slot)
    add_files_to (self, qc_attachment_slot_get_kind (slot), qc_attachment_slot_get_line (slot), G_LIST_MODEL (files));
  else
    qc_attachments_step_add_files (self, G_LIST_MODEL (files), TRUE);
  return TRUE;
}

/* --- pasting --- */

/* For whom it was pasted, whoever is looked at when it has come. */
typedef struct {
  QcAttachmentsStep *step;    /* (owned) */
  QcAttachments *attachments; /* (owned) */
  QcAttachmentSlot *slot;     /* (owned) */
} Paste;

static void
paste_free (Paste *paste)
{
  g_object_unref (paste->step);
  g_object_unref (paste->attachments);
  g_object_unref (paste->slot);
  g_free (paste);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Paste, paste_free)

static void
tell_not_pasted (Paste *paste, const char *words)
{
  if (gtk_widget_get_root (GTK_WIDGET (paste->step)))
    qc_dialog_tell (GTK_WIDGET (paste->step), _ ("No picture to paste"), words);
}

static void
pasted_bytes_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Paste) paste = user_data;
  g_autoptr (GError) error = NULL;
  QcAttachmentsStep *self = paste->step;
  gssize n = g_output_stream_splice_finish (G_OUTPUT_STREAM (source), result, &error);
  if (self->attachments != paste->attachments)
    return; /* another draft */
  if (n <= 0 || n > MAX_PASTED) {
    tell_not_pasted (paste, n > 0 ? _ ("The picture is too large. Save it as a file and choose that.")
                                  : _ ("The program that it was copied from did not hand it out. Copy it again."));
    return;
  }
  g_autoptr (GBytes) bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (source));
  qc_attachments_add_bytes_async (self->attachments, qc_attachment_slot_get_kind (paste->slot),
                                  qc_attachment_slot_get_line (paste->slot), bytes, _ ("The pasted picture"),
                                  self->cancellable, added_cb, g_object_ref (self));
}

static void
pasted_stream_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Paste) paste = user_data;
  g_autoptr (GInputStream) stream = gdk_clipboard_read_finish (GDK_CLIPBOARD (source), result, NULL, NULL);
  if (!stream) {
    tell_not_pasted (paste, _ ("Copy a picture, or picture files, then paste here."));
    return;
  }
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  GCancellable *cancellable = paste->step->cancellable;
  g_output_stream_splice_async (memory, stream,
                                G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE | G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
                                G_PRIORITY_DEFAULT, cancellable, pasted_bytes_cb, g_steal_pointer (&paste));
}

static void
pasted_files_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Paste) paste = user_data;
  QcAttachmentsStep *self = paste->step;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, NULL);
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  for (const GSList *l = value ? gdk_file_list_get_files (g_value_get_boxed (value)) : NULL; l; l = l->next)
    g_list_store_append (files, l->data);
  if (self->attachments != paste->attachments)
    return; /* another draft */
  if (g_list_model_get_n_items (G_LIST_MODEL (files)) == 1)
    add_files_to (self, qc_attachment_slot_get_kind (paste->slot), qc_attachment_slot_get_line (paste->slot),
                  G_LIST_MODEL (files));
  else
    qc_attachments_step_add_files (self, G_LIST_MODEL (files), TRUE);
}

void
qc_attachments_step_paste (QcAttachmentsStep *self)
{
  g_return_if_fail (QC_IS_ATTACHMENTS_STEP (self));
  static const char *types[] = {"image/png", "image/jpeg", NULL};
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));
  if (!self->attachments || !self->shown)
    return;
  Paste *paste = g_new (Paste, 1);
  *paste = (Paste) {g_object_ref (self), g_object_ref (self->attachments), g_object_ref (self->shown)};
  if (gdk_content_formats_contain_gtype (gdk_clipboard_get_formats (clipboard), GDK_TYPE_FILE_LIST))
    gdk_clipboard_read_value_async (clipboard, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, self->cancellable,
                                    pasted_files_cb, paste);
  else
    gdk_clipboard_read_async (clipboard, types, G_PRIORITY_DEFAULT, self->cancellable, pasted_stream_cb, paste);
}

void
qc_attachments_step_phone (QcAttachmentsStep *self)
{
  g_return_if_fail (QC_IS_ATTACHMENTS_STEP (self));
  if (self->attachments && self->shown)
    qc_phone_dialog_open (GTK_WIDGET (self), self->attachments, self->shown);
}

/* --- the pictures of one slot --- */

static void
remove_cb (QcAttachmentsStep *self, gint64 id)
{
  qc_attachments_remove (self->attachments, &id, 1);
}

static void
turn_cb (QcAttachmentsStep *self, gint64 id)
{
  qc_attachments_turn_async (self->attachments, id, 90, self->cancellable, added_cb, g_object_ref (self));
}

typedef struct {
  QcAttachmentsStep *step; /* (owned) */
  gint64 id;
} Replace;

static void
replacement_cb (GFile *file, gpointer user_data)
{
  Replace *replace = user_data;
  if (file && replace->step->attachments)
    qc_attachments_replace_async (replace->step->attachments, replace->id, file, replace->step->cancellable, added_cb,
                                  g_object_ref (replace->step));
  g_object_unref (replace->step);
  g_free (replace);
}

static void
replace_cb (QcAttachmentsStep *self, gint64 id)
{
  Replace *replace = g_new (Replace, 1);
  *replace = (Replace) {g_object_ref (self), id};
  qc_dialog_open_file (GTK_WIDGET (self), _ ("Choose another picture"), _ ("Pictures"), PATTERN, replacement_cb,
                       replace);
}

static void
show_pictures (QcAttachmentsStep *self)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->pictures))))
    gtk_box_remove (self->pictures, child);
  g_autofree char *title = self->shown ? dup_slot_title (self->shown) : NULL;
  gtk_label_set_text (self->title, title ? title : "");
  const GPtrArray *pictures = self->shown ? qc_attachment_slot_get_pictures (self->shown) : NULL;
  for (guint i = 0; pictures && i < pictures->len; i++) {
    GtkWidget *card = qc_picture_card_new (self->attachments, g_ptr_array_index (pictures, i));
    g_signal_connect_object (card, "turn", G_CALLBACK (turn_cb), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (card, "replace", G_CALLBACK (replace_cb), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (card, "remove", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
    gtk_box_append (self->pictures, card);
  }
  gboolean person = self->shown && qc_attachment_slot_get_line (self->shown) != 0;
  gtk_label_set_text (
      self->hint, person ? _ ("A photograph of the original that the person signed, no scan and no copy. "
                              "Files named by document number, such as 231102199003070016.jpg, find their people by "
                              "themselves; drop them here, all at once.")
                         : _ ("Drop pictures here, choose or paste them. JPEG, PNG and HEIC are taken; "
                              "where and with what they were taken is removed before they are sent."));
}

static void
show_slot (QcAttachmentsStep *self, QcAttachmentSlot *slot)
{
  if (self->shown)
    g_clear_signal_handler (&self->shown_handler, self->shown);
  g_set_object (&self->shown, slot);
  if (slot)
    self->shown_handler = g_signal_connect_swapped (slot, "changed", G_CALLBACK (show_pictures), self);
  show_pictures (self);
}

static void
selected_cb (QcAttachmentsStep *self)
{
  show_slot (self, gtk_single_selection_get_selected_item (self->selection));
}

/* --- the list of slots --- */

static void
fill_row (GtkWidget *row, QcAttachmentSlot *slot)
{
  GtkLabel *title = g_object_get_data (G_OBJECT (row), "title"), *stand = g_object_get_data (G_OBJECT (row), "stand");
  GtkImage *icon = g_object_get_data (G_OBJECT (row), "icon");
  gboolean lacks = qc_attachment_slot_is_lacking (slot) || qc_attachment_slot_is_outdated (slot)
                   || qc_attachment_slot_is_doubtful (slot);
  g_autofree char *name = dup_slot_title (slot), *words = dup_stand (slot);
  gtk_label_set_text (title, name);
  gtk_label_set_text (stand, words);
  gtk_image_set_from_icon_name (icon, lacks ? "dialog-warning-symbolic" : "object-select-symbolic");
  if (lacks)
    gtk_widget_add_css_class (GTK_WIDGET (icon), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (icon), "warning");
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *icon = gtk_image_new (), *title = gtk_label_new (NULL), *stand = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_label_set_lines (GTK_LABEL (title), 2);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (stand), 0);
  gtk_label_set_ellipsize (GTK_LABEL (stand), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (stand, "caption");
  gtk_widget_add_css_class (stand, "dim-label");
  gtk_box_append (GTK_BOX (words), title);
  gtk_box_append (GTK_BOX (words), stand);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (row), icon);
  gtk_box_append (GTK_BOX (row), words);
  gtk_widget_set_margin_top (row, 6);
  gtk_widget_set_margin_bottom (row, 6);
  g_object_set_data (G_OBJECT (row), "title", title);
  g_object_set_data (G_OBJECT (row), "stand", stand);
  g_object_set_data (G_OBJECT (row), "icon", icon);
  GtkDropTarget *drop = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  g_signal_connect (drop, "drop", G_CALLBACK (dropped_cb), user_data);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (drop));
  gtk_list_item_set_child (item, row);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_LABELLED_BY, title, stand, NULL, -1);
  qc_gtk_name_cell (row);
}

static void
slot_changed_cb (QcAttachmentSlot *slot, GtkWidget *row)
{
  fill_row (row, slot);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *row = gtk_list_item_get_child (item);
  QcAttachmentSlot *slot = gtk_list_item_get_item (item);
  g_object_set_data (G_OBJECT (row), "qc-slot", slot);
  g_signal_connect_object (slot, "changed", G_CALLBACK (slot_changed_cb), row, 0);
  fill_row (row, slot);
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *row = gtk_list_item_get_child (item);
  g_object_set_data (G_OBJECT (row), "qc-slot", NULL);
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), slot_changed_cb, row);
}

/* --- the whole --- */

void
qc_attachments_step_update (QcAttachmentsStep *self)
{
  g_return_if_fail (QC_IS_ATTACHMENTS_STEP (self));
  guint busy = self->attachments ? qc_attachments_get_busy (self->attachments) : 0;
  guint lacking = self->attachments ? qc_attachments_get_n_lacking (self->attachments) : 0;
  g_autofree char *text = NULL;
  if (busy > 0)
    text = g_strdup_printf (ngettext ("%u picture is being made ready …", "%u pictures are being made ready …", busy),
                            busy);
  else if (lacking > 0)
    text = g_strdup_printf (
        ngettext ("Pictures are missing in %u place.", "Pictures are missing in %u places.", lacking), lacking);
  else
    text = g_strdup (_ ("All that the center asks for is there."));
  gtk_label_set_text (self->summary, text);
  gtk_widget_set_visible (self->spinner, busy > 0);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), busy > 0);
}

void
qc_attachments_step_set_service (QcAttachmentsStep *self, QcRosterService *service)
{
  g_return_if_fail (QC_IS_ATTACHMENTS_STEP (self));
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  if (self->attachments)
    g_signal_handlers_disconnect_by_data (self->attachments, self);
  show_slot (self, NULL);
  gtk_single_selection_set_model (self->selection, NULL);
  g_clear_object (&self->attachments);
  g_set_object (&self->service, service);
  if (service) {
    self->attachments = qc_attachments_new (service);
    gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->attachments));
    g_signal_connect_object (self->attachments, "updated", G_CALLBACK (qc_attachments_step_update), self,
                             G_CONNECT_SWAPPED);
    g_signal_connect_object (self->attachments, "notify::busy", G_CALLBACK (qc_attachments_step_update), self,
                             G_CONNECT_SWAPPED);
  }
  qc_attachments_step_update (self);
}

static GtkWidget *
new_button (QcAttachmentsStep *self, const char *label, const char *action)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);
  g_autofree char *name = g_strconcat ("win.", self->prefix, "-", action, NULL);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), name);
  return button;
}

static GtkWidget *
build_toolbar (QcAttachmentsStep *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *choose = new_button (self, _ ("_Choose pictures"), "pictures-choose");
  gtk_widget_add_css_class (choose, "suggested-action");
  gtk_box_append (GTK_BOX (bar), choose);
  gtk_box_append (GTK_BOX (bar), new_button (self, _ ("_Paste"), "pictures-paste"));
  gtk_box_append (GTK_BOX (bar), new_button (self, _ ("From a _telephone"), "phone"));
  if (qc_business_info (self->business)->of_months) {
    gtk_box_append (GTK_BOX (bar), new_button (self, _ ("Print the _list to be stamped"), "print-list"));
    gtk_box_append (GTK_BOX (bar), new_button (self, _ ("_Write the explanation"), "write-statement"));
  }
  self->spinner = gtk_spinner_new ();
  gtk_box_append (GTK_BOX (bar), self->spinner);
  gtk_widget_add_css_class (bar, "toolbar");
  gtk_widget_set_layout_manager (bar, qc_wrap_layout_new (6));
  return bar;
}

static GtkLabel *
new_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, css_class);
  return GTK_LABEL (label);
}

static GtkWidget *
build_list (QcAttachmentsStep *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  self->selection = gtk_single_selection_new (NULL);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  self->list = GTK_LIST_VIEW (gtk_list_view_new (GTK_SELECTION_MODEL (self->selection), factory));
  qc_list_leave_by_tab (GTK_WIDGET (self->list));
  qc_list_copy_rows (GTK_WIDGET (self->list));
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What the center asks for"), -1);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->list));
  gtk_widget_set_vexpand (scrolled, TRUE);
  self->summary = new_label ("dim-label");
  gtk_widget_set_margin_start (GTK_WIDGET (self->summary), 12);
  gtk_widget_set_margin_top (GTK_WIDGET (self->summary), 6);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->summary));
  gtk_box_append (GTK_BOX (box), scrolled);
  gtk_widget_set_size_request (box, qc_text_size_scale (box, 260), -1);
  return box;
}

static GtkWidget *
build_pictures (QcAttachmentsStep *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8), *cards = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  self->pictures = GTK_BOX (cards);
  gtk_widget_set_layout_manager (cards, qc_wrap_layout_new (12));
  self->title = new_label ("heading");
  self->hint = new_label ("dim-label");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->title));
  gtk_box_append (GTK_BOX (box), cards);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->hint));
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 6);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  gtk_widget_set_hexpand (scrolled, TRUE);
  return scrolled;
}

static void
build (QcAttachmentsStep *self)
{
  GtkWidget *both = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  self->child = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (both), build_list (self));
  gtk_box_append (GTK_BOX (both), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  gtk_box_append (GTK_BOX (both), build_pictures (self));
  gtk_widget_set_vexpand (both, TRUE);
  gtk_box_append (GTK_BOX (self->child), build_toolbar (self));
  gtk_box_append (GTK_BOX (self->child), both);
  gtk_widget_set_parent (self->child, GTK_WIDGET (self));
  GtkDropTarget *drop = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  g_signal_connect (drop, "drop", G_CALLBACK (dropped_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
}

static gboolean
take_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (QC_ATTACHMENTS_STEP (widget)->list));
}

static void
qc_attachments_step_dispose (GObject *object)
{
  QcAttachmentsStep *self = QC_ATTACHMENTS_STEP (object);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->shown)
    g_clear_signal_handler (&self->shown_handler, self->shown);
  g_clear_object (&self->shown);
  g_clear_pointer (&self->child, gtk_widget_unparent);
  g_clear_object (&self->attachments);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (qc_attachments_step_parent_class)->dispose (object);
}

static void
qc_attachments_step_finalize (GObject *object)
{
  g_free (QC_ATTACHMENTS_STEP (object)->prefix);
  G_OBJECT_CLASS (qc_attachments_step_parent_class)->finalize (object);
}

static void
qc_attachments_step_class_init (QcAttachmentsStepClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qc_attachments_step_dispose;
  G_OBJECT_CLASS (klass)->finalize = qc_attachments_step_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[FAILED] = g_signal_new ("failed", QC_TYPE_ATTACHMENTS_STEP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
qc_attachments_step_init (QcAttachmentsStep *self)
{
  self->cancellable = g_cancellable_new ();
}

GtkWidget *
qc_attachments_step_new (QcBusiness business, const char *prefix)
{
  QcAttachmentsStep *self = g_object_new (QC_TYPE_ATTACHMENTS_STEP, NULL);
  self->business = business;
  self->prefix = g_strdup (prefix);
  build (self);
  qc_focus_set_home (GTK_WIDGET (self), take_focus);
  return GTK_WIDGET (self);
}
