/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The commands of the page 凭证, and its models. Main thread.
 */
#include "qc-vouchers-page-private.h"

#include <glib/gi18n.h>

#include "qc-dialogs.h"
#include "qc-print-position.h"
#include "qc-stack.h"
#include "qc-window.h"

G_DEFINE_FINAL_TYPE (QcVouchersPage, qc_vouchers_page, QC_TYPE_PAGE)

/* What a voucher can be printed of. */
#define PRINTABLE \
  ((1u << QC_STATE_REGISTERED) | (1u << QC_STATE_IN_REVIEW) | (1u << QC_STATE_ACCEPTED) | (1u << QC_STATE_FINISHED))

#define REST_MS 250

/* ---- state ---- */

static void
enable (QcVouchersPage *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (qc_page_get_actions (QC_PAGE (self)), name);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

/* One voucher by its number and kind, many by their count. */
static char *
dup_caption (QcVouchersPage *self)
{
  guint n = qc_voucher_batch_get_n (self->batch);
  const QcVoucherInfo *info = qc_voucher_batch_get_info (self->batch, 0);
  if (self->standing)
    return g_strdup (_ ("No longer true"));
  if (n > 1)
    return g_strdup_printf (ngettext ("%u voucher", "%u vouchers", n), n);
  g_autofree char *reprint = NULL;
  if (info->reprint > 0)
    reprint = g_strdup_printf (info->offline ? _ (" · reprint %d, from what is kept here") : _ (" · reprint %d"),
                               info->reprint);
  return g_strdup_printf ("%s · %s%s", info->serial,
                          info->finished ? _ ("finished, with seal") : _ ("not finished, without seal"),
                          reprint ? reprint : "");
}

/* ---- pages and size, of the preview or of a check ---- */

static gboolean
shows_check (QcVouchersPage *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (self->stack)), "check") == 0;
}

static int
get_n_pages (QcVouchersPage *self)
{
  return shows_check (self) ? qc_voucher_check_view_get_n_pages (QC_VOUCHER_CHECK_VIEW (self->check))
                            : qc_pdf_view_get_n_pages (QC_PDF_VIEW (self->preview));
}

static int
get_page (QcVouchersPage *self)
{
  return shows_check (self) ? qc_voucher_check_view_get_page (QC_VOUCHER_CHECK_VIEW (self->check))
                            : qc_pdf_view_get_page (QC_PDF_VIEW (self->preview));
}

static void
set_page (QcVouchersPage *self, int page)
{
  if (shows_check (self))
    qc_voucher_check_view_set_page (QC_VOUCHER_CHECK_VIEW (self->check), page);
  else
    qc_pdf_view_set_page (QC_PDF_VIEW (self->preview), page);
}

static double
get_zoom (QcVouchersPage *self)
{
  return shows_check (self) ? qc_voucher_check_view_get_zoom (QC_VOUCHER_CHECK_VIEW (self->check))
                            : qc_pdf_view_get_zoom (QC_PDF_VIEW (self->preview));
}

static void
set_zoom (QcVouchersPage *self, double zoom)
{
  if (shows_check (self))
    qc_voucher_check_view_set_zoom (QC_VOUCHER_CHECK_VIEW (self->check), zoom);
  else
    qc_pdf_view_set_zoom (QC_PDF_VIEW (self->preview), zoom);
}

static gboolean
has_selected (QcVouchersPage *self)
{
  g_autoptr (GtkBitset) set = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  return !gtk_bitset_is_empty (set);
}

void
qc_vouchers_page_update (QcVouchersPage *self)
{
  /* What was opened before a check is no longer on screen: its commands rest, its name is not said. */
  gboolean checked = shows_check (self);
  int n = get_n_pages (self), page = get_page (self);
  gboolean ready = self->batch && self->pdf && !self->busy && !checked && !self->standing && self->resting == 0;
  g_autofree char *caption = checked                    ? g_strdup (_ ("What the check found"))
                             : self->batch && self->pdf ? dup_caption (self)
                                                        : NULL;
  g_autofree char *pages = n > 0 ? g_strdup_printf ("%d / %d", page + 1, n) : NULL;
  g_autofree char *zoom = n > 0 ? g_strdup_printf ("%.0f %%", get_zoom (self) * 100) : NULL;
  static const char *const of_ready[]
      = {"voucher-save", "voucher-save-to", "voucher-save-each", "voucher-save-each-to", "voucher-print"};
  /* They would end what is under way. */
  static const char *const of_rest[] = {"voucher-open",        "voucher-check-file", "voucher-check-path",
                                        "voucher-check-paths", "voucher-check-text", "voucher-check-paste"};
  static const char *const of_paper[]
      = {"voucher-zoom-in", "voucher-zoom-out", "voucher-zoom-fit", "voucher-zoom-page"};
  /* What a printer's queue may have cannot be called back. */
  gboolean can_stop = (qc_vouchers_page_is_making (self) && self->output != QC_OUTPUT_PRINTER) || self->checking;
  for (gsize i = 0; i < G_N_ELEMENTS (of_ready); i++)
    enable (self, of_ready[i], ready);
  for (gsize i = 0; i < G_N_ELEMENTS (of_rest); i++)
    enable (self, of_rest[i], !qc_vouchers_page_is_making (self));
  for (gsize i = 0; i < G_N_ELEMENTS (of_paper); i++)
    enable (self, of_paper[i], n > 0);
  enable (self, "voucher-show", has_selected (self) && !qc_vouchers_page_is_making (self));
  enable (self, "voucher-select-all",
          g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0 && !qc_vouchers_page_is_making (self));
  enable (self, "voucher-stop", can_stop);
  enable (self, "voucher-renew", self->standing && self->standing->serials[0] && !qc_vouchers_page_is_making (self));
  enable (self, "voucher-previous-page", page > 0);
  enable (self, "voucher-next-page", page + 1 < n);
  gtk_label_set_text (self->caption, caption ? caption : "");
  gtk_label_set_text (self->pages, pages ? pages : "");
  gtk_label_set_text (self->zoom, zoom ? zoom : "");
  gtk_button_set_label (GTK_BUTTON (self->stop), self->checking ? _ ("S_top Checking") : _ ("S_top Saving"));
  gtk_widget_set_visible (self->stop, can_stop && self->slow == 0);
  gtk_widget_set_visible (self->spinner, self->busy);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), self->busy);
}

static char **
dup_selected (QcVouchersPage *self)
{
  g_autoptr (GtkBitset) set = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  g_autoptr (GPtrArray) serials = g_ptr_array_new ();
  for (guint64 i = 0; i < gtk_bitset_get_size (set); i++) {
    g_autoptr (QcApplicationRow) row
        = g_list_model_get_item (G_LIST_MODEL (self->selection), gtk_bitset_get_nth (set, (guint)i));
    const QcApplication *application = row ? qc_application_row_get_application (row) : NULL;
    if (application && qc_application_can (application, QC_ACTION_PRINT))
      g_ptr_array_add (serials, g_strdup (application->serial));
  }
  g_ptr_array_add (serials, NULL);
  return (char **)g_ptr_array_steal (serials, NULL);
}

/* ---- what is selected is what is shown ---- */

static gboolean
is_shown (QcVouchersPage *self, const char *serial)
{
  g_auto (GStrv) serials = self->batch && !shows_check (self) ? qc_voucher_batch_dup_serials (self->batch) : NULL;
  return serials && g_strcmp0 (serials[0], serial) == 0 && !serials[1];
}

/* One that is not shown is opened; several when they are asked for. (transfer full) (nullable) */
static char *
dup_to_open (QcVouchersPage *self)
{
  g_auto (GStrv) serials = dup_selected (self);
  return serials[0] && !serials[1] && !is_shown (self, serials[0]) ? g_strdup (serials[0]) : NULL;
}

static gboolean
rested_cb (gpointer data)
{
  QcVouchersPage *self = data;
  g_autofree char *serial = dup_to_open (self);
  self->resting = 0;
  qc_vouchers_page_update (self);
  if (serial)
    qc_vouchers_page_look (self, serial);
  return G_SOURCE_REMOVE;
}

/* The center notes each voucher that it gives out: none is asked for that was only passed on the way to another.
 * Meanwhile the paper that is still there cannot be printed for the one that is selected. */
static void
selected_cb (QcVouchersPage *self)
{
  g_autofree char *serial = self->marking ? NULL : dup_to_open (self);
  g_clear_handle_id (&self->resting, g_source_remove);
  if (serial)
    self->resting = g_timeout_add (REST_MS, rested_cb, self);
  qc_vouchers_page_update (self);
}

void
qc_vouchers_page_mark (QcVouchersPage *self)
{
  g_auto (GStrv) serials = self->batch ? qc_voucher_batch_dup_serials (self->batch) : NULL;
  g_autoptr (GtkBitset) rows = gtk_bitset_new_empty ();
  g_autoptr (GtkBitset) all = gtk_bitset_new_range (0, g_list_model_get_n_items (G_LIST_MODEL (self->selection)));
  for (char **serial = serials; serial && *serial; serial++) {
    guint position = qc_application_list_find (self->list, *serial);
    if (position != G_MAXUINT)
      gtk_bitset_add (rows, position);
  }
  self->marking = TRUE;
  gtk_selection_model_set_selection (GTK_SELECTION_MODEL (self->selection), rows, all);
  self->marking = FALSE;
  if (!gtk_bitset_is_empty (rows))
    gtk_widget_activate_action (self->rows, "list.scroll-to-item", "u", gtk_bitset_get_minimum (rows));
}

/* Rows that were read again are selected as they were. */
static void
rows_changed_cb (QcVouchersPage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  gtk_widget_set_visible (self->nothing, n == 0 && self->list && qc_application_list_is_loaded (self->list));
  gtk_label_set_label (
      GTK_LABEL (self->nothing),
      self->searched
          ? _ ("No voucher fits the search.")
          : _ ("Nothing has a voucher yet. Remittances and back payments have one once they are submitted."));
  if (n > 0 && self->batch && !has_selected (self))
    qc_vouchers_page_mark (self);
  qc_vouchers_page_update (self);
}

/* ---- commands ---- */

static void
open_serials (QcVouchersPage *self, char **serials)
{
  if (serials && serials[0])
    qc_vouchers_page_open (self, (const char *const *)serials, QC_OUTPUT_NONE, NULL);
}

static void
save_chosen (GFile *file, gpointer user_data)
{
  g_autoptr (QcVouchersPage) self = user_data;
  g_autofree char *path = file ? g_file_get_path (file) : NULL;
  if (path)
    qc_vouchers_page_make (self, QC_OUTPUT_FILE, path);
}

static void
folder_chosen (GFile *file, gpointer user_data)
{
  g_autoptr (QcVouchersPage) self = user_data;
  g_autofree char *path = file ? g_file_get_path (file) : NULL;
  if (path)
    qc_vouchers_page_make (self, QC_OUTPUT_FOLDER, path);
}

static void
check_chosen (GListModel *files, gpointer user_data)
{
  g_autoptr (QcVouchersPage) self = user_data;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  for (guint i = 0; files && i < g_list_model_get_n_items (files); i++) {
    g_autoptr (GFile) file = g_list_model_get_item (files, i);
    g_autofree char *path = g_file_get_path (file);
    if (path)
      g_strv_builder_add (builder, path);
  }
  g_auto (GStrv) paths = g_strv_builder_end (builder);
  qc_vouchers_page_check_files (self, (const char *const *)paths);
}

static gboolean
dropped_cb (GtkDropTarget *target, const GValue *value, double x, double y, QcVouchersPage *self)
{
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  for (const GSList *each = gdk_file_list_get_files (g_value_get_boxed (value)); each; each = each->next)
    g_list_store_append (files, each->data);
  if (self->busy || g_list_model_get_n_items (G_LIST_MODEL (files)) == 0)
    return FALSE;
  check_chosen (G_LIST_MODEL (files), g_object_ref (self));
  return TRUE;
}

static void
pasted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcVouchersPage) self = user_data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
  QcWindow *window = qc_window_of (GTK_WIDGET (self));
  if (text && *g_strstrip (text))
    qc_vouchers_page_check_text (self, text);
  else if (window)
    qc_window_toast (window, _ ("The clipboard has no text that could be checked"), NULL, NULL, NULL);
}

static void
show_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  QcVouchersPage *self = user_data;
  const char *name = g_action_get_name (G_ACTION (action));
  if (g_str_equal (name, "voucher-select-all"))
    gtk_selection_model_select_all (GTK_SELECTION_MODEL (self->selection));
  g_auto (GStrv) serials = NULL;
  if (g_str_equal (name, "voucher-renew"))
    serials = self->standing ? g_strdupv (self->standing->serials) : NULL;
  else if (g_str_equal (name, "voucher-open"))
    serials = g_strsplit (g_variant_get_string (parameter, NULL), " ", -1);
  else
    serials = dup_selected (self);
  open_serials (self, serials);
}

static void
output_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  QcVouchersPage *self = user_data;
  const char *name = g_action_get_name (G_ACTION (action));
  if (!self->batch)
    return;
  g_autofree char *file_name = NULL;
  if (g_str_equal (name, "voucher-save-to")) {
    qc_vouchers_page_make (self, QC_OUTPUT_FILE, g_variant_get_string (parameter, NULL));
  } else if (g_str_equal (name, "voucher-save-each-to")) {
    qc_vouchers_page_make (self, QC_OUTPUT_FOLDER, g_variant_get_string (parameter, NULL));
  } else if (g_str_equal (name, "voucher-print")) {
    qc_vouchers_page_make (self, QC_OUTPUT_PRINTER, NULL);
  } else if (g_str_equal (name, "voucher-save-each")) {
    qc_dialog_save_file (GTK_WIDGET (self), _ ("Folder for the vouchers"), NULL, NULL, folder_chosen,
                         g_object_ref (self));
  } else {
    file_name = qc_voucher_batch_dup_file_name (self->batch);
    qc_dialog_save_file (GTK_WIDGET (self), _ ("Save the voucher"), NULL, file_name, save_chosen, g_object_ref (self));
  }
}

static void
check_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  QcVouchersPage *self = user_data;
  const char *name = g_action_get_name (G_ACTION (action));
  const char *paths[] = {NULL, NULL};
  if (g_str_equal (name, "voucher-check-path")) {
    paths[0] = g_variant_get_string (parameter, NULL);
    qc_vouchers_page_check_files (self, paths);
  } else if (g_str_equal (name, "voucher-check-paths")) {
    g_autofree const char **several = g_variant_get_strv (parameter, NULL);
    qc_vouchers_page_check_files (self, several);
  } else if (g_str_equal (name, "voucher-check-text")) {
    qc_vouchers_page_check_text (self, g_variant_get_string (parameter, NULL));
  } else if (g_str_equal (name, "voucher-check-paste")) {
    gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (self)), NULL, pasted_cb, g_object_ref (self));
  } else {
    qc_dialog_open_files (GTK_WIDGET (self), _ ("Check Vouchers"), _ ("PDF or picture"), "*", check_chosen,
                          g_object_ref (self));
  }
}

static void
look_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  QcVouchersPage *self = user_data;
  const char *name = g_action_get_name (G_ACTION (action));
  if (g_str_equal (name, "voucher-next-page"))
    set_page (self, get_page (self) + 1);
  else if (g_str_equal (name, "voucher-previous-page"))
    set_page (self, get_page (self) - 1);
  else if (g_str_equal (name, "voucher-zoom-in"))
    set_zoom (self, get_zoom (self) * 1.25);
  else if (g_str_equal (name, "voucher-zoom-out"))
    set_zoom (self, get_zoom (self) / 1.25);
  else
    set_zoom (self, g_str_equal (name, "voucher-zoom-page") ? QC_PDF_VIEW_WHOLE : QC_PDF_VIEW_WIDTH);
  qc_vouchers_page_update (self);
}

static void
stop_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  qc_vouchers_page_stop (user_data);
}

static const GActionEntry entries[] = {
    {.name = "voucher-show", .activate = show_cb},
    {.name = "voucher-select-all", .activate = show_cb},
    {.name = "voucher-open", .activate = show_cb, .parameter_type = "s"}, /* serials with blanks between */
    {.name = "voucher-renew", .activate = show_cb},                       /* what is no longer true, as it is now */
    {.name = "voucher-save", .activate = output_cb},
    {.name = "voucher-save-to", .activate = output_cb, .parameter_type = "s"},
    {.name = "voucher-save-each", .activate = output_cb},
    {.name = "voucher-save-each-to", .activate = output_cb, .parameter_type = "s"},
    {.name = "voucher-print", .activate = output_cb},
    {.name = "voucher-check-file", .activate = check_cb},
    {.name = "voucher-check-path", .activate = check_cb, .parameter_type = "s"},
    {.name = "voucher-check-paths", .activate = check_cb, .parameter_type = "as"},
    {.name = "voucher-check-text", .activate = check_cb, .parameter_type = "s"},
    {.name = "voucher-check-paste", .activate = check_cb},
    {.name = "voucher-stop", .activate = stop_cb},
    {.name = "voucher-next-page", .activate = look_cb},
    {.name = "voucher-previous-page", .activate = look_cb},
    {.name = "voucher-zoom-in", .activate = look_cb},
    {.name = "voucher-zoom-out", .activate = look_cb},
    {.name = "voucher-zoom-fit", .activate = look_cb},
    {.name = "voucher-zoom-page", .activate = look_cb},
};

/* ---- the page ---- */

static void
query (QcVouchersPage *self)
{
  const QcApplicationConditions conditions
      = {.any_business = TRUE, .with_money = TRUE, .states = PRINTABLE, .text = self->searched};
  qc_application_list_query (self->list, &conditions);
}

static void
search (QcPage *page, const char *text)
{
  QcVouchersPage *self = QC_VOUCHERS_PAGE (page);
  g_free (self->searched);
  self->searched = *text ? g_strdup (text) : NULL;
  query (self);
}

static void
make_models (QcVouchersPage *self)
{
  g_clear_object (&self->list);
  g_clear_object (&self->service);
  self->list = qc_application_list_new (qc_page_get_session (QC_PAGE (self)));
  self->service = qc_voucher_service_new (qc_page_get_session (QC_PAGE (self)));
  query (self);
  gtk_multi_selection_set_model (self->selection, G_LIST_MODEL (self->list));
  g_signal_connect_object (self->list, "notify::loaded", G_CALLBACK (rows_changed_cb), self, G_CONNECT_SWAPPED);
  rows_changed_cb (self);
}

/* The preview moves at once, as the paper will. */
static void
position_cb (QcVouchersPage *self)
{
  QcPrintOffset offset = qc_print_position_get (self->settings);
  qc_pdf_view_set_offset (QC_PDF_VIEW (self->preview), offset.left, offset.top);
}

static void
shown (QcPage *page, const char *argument)
{
  const char *serials[] = {argument, NULL};
  if (argument && *argument)
    qc_vouchers_page_open (QC_VOUCHERS_PAGE (page), serials, QC_OUTPUT_NONE, NULL);
}

static void
data_changed (QcPage *page, guint what)
{
  if (what & QC_DATA_APPLICATIONS)
    qc_vouchers_page_compare (QC_VOUCHERS_PAGE (page));
}

static void
unit_changed (QcPage *page)
{
  QcVouchersPage *self = QC_VOUCHERS_PAGE (page);
  qc_vouchers_page_forget (self);
  make_models (self);
}

static void
qc_vouchers_page_constructed (GObject *object)
{
  QcVouchersPage *self = QC_VOUCHERS_PAGE (object);
  QcPage *page = QC_PAGE (self);
  G_OBJECT_CLASS (qc_vouchers_page_parent_class)->constructed (object);
  self->selection = gtk_multi_selection_new (NULL);
  self->settings = qc_print_position_new_settings ();
  g_action_map_add_action_entries (qc_page_get_actions (page), entries, G_N_ELEMENTS (entries), self);
  GtkWidget *content = qc_vouchers_view_build (self);
  GtkDropTarget *drop = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  g_signal_connect (drop, "drop", G_CALLBACK (dropped_cb), self);
  gtk_widget_add_controller (content, GTK_EVENT_CONTROLLER (drop));
  position_cb (self);
  if (self->settings)
    g_signal_connect_object (self->settings, "changed", G_CALLBACK (position_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (rows_changed_cb), self, G_CONNECT_SWAPPED);
  make_models (self);
  qc_page_set_title (page, _ ("Vouchers"));
  qc_page_set_search_hint (page, _ ("Serial number, name or amount"));
  qc_page_set_content (page, content);
  qc_page_add_shortcut (page, "<Control>p", "win.voucher-print");
  qc_page_add_shortcut (page, "<Control>s", "win.voucher-save");
  qc_page_set_state (page, QC_PAGE_CONTENT);
  qc_stack_show_named (self->stack, "none");
  qc_vouchers_page_update (self);
}

static void
qc_vouchers_page_dispose (GObject *object)
{
  QcVouchersPage *self = QC_VOUCHERS_PAGE (object);
  g_clear_handle_id (&self->slow, g_source_remove);
  g_clear_handle_id (&self->resting, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_cancellable_cancel (self->comparing);
  g_clear_object (&self->comparing);
  g_clear_pointer (&self->standing, qc_voucher_standing_free);
  g_clear_object (&self->service);
  g_clear_object (&self->list);
  g_clear_object (&self->selection);
  g_clear_object (&self->settings);
  g_clear_object (&self->batch);
  g_clear_pointer (&self->pdf, g_bytes_unref);
  g_clear_pointer (&self->searched, g_free);
  G_OBJECT_CLASS (qc_vouchers_page_parent_class)->dispose (object);
}

static void
qc_vouchers_page_class_init (QcVouchersPageClass *klass)
{
  QcPageClass *page_class = QC_PAGE_CLASS (klass);
  G_OBJECT_CLASS (klass)->constructed = qc_vouchers_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = qc_vouchers_page_dispose;
  page_class->shown = shown;
  page_class->unit_changed = unit_changed;
  page_class->data_changed = data_changed;
  page_class->search = search;
}

static void
qc_vouchers_page_init (QcVouchersPage *self)
{
}
