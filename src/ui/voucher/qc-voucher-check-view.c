/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See the header. What was handed in is never decoded here: its picture comes from the reader as plain pixels. Main
 * thread.
 */
#include "qc-voucher-check-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "qc-error-text.h"
#include "qc-pdf-view.h"
#include "qc-spoken.h"
#include "qc-voucher-results.h"

#define FEW         2   /* rows that are shown whole; more of them scroll */
#define MANY_HEIGHT 240 /* pixels */
#define PAPER_WIDTH 794 /* pixels of A4, as on paper */

struct _QcVoucherCheckView {
  GtkWidget parent_instance;
  GtkWidget *box, *list, *many, *sides, *preview, *right, *scrolled, *picture;
  GtkLabel *heading, *note;
  QcVoucherService *service;     /* (owned) (nullable) */
  GPtrArray *results;            /* (owned) (nullable) QcVoucherResult */
  const QcVoucherResult *chosen; /* (nullable) of @results, with a serial */
  GCancellable *drawing;         /* (owned) (nullable) of what counts */
  GCancellable *looking;         /* (owned) (nullable) of what was handed in */
  int page;
  guint n_handed_in;
};

G_DEFINE_FINAL_TYPE (QcVoucherCheckView, qc_voucher_check_view, GTK_TYPE_WIDGET)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
end (GCancellable **cancellable)
{
  g_cancellable_cancel (*cancellable);
  g_clear_object (cancellable);
}

/* Why a side cannot be shown; NULL = nothing. */
static void
set_note (QcVoucherCheckView *self, const char *text)
{
  gtk_label_set_text (self->note, text ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), text != NULL);
}

/* ---- what counts ---- */

static void
drawn_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcVoucherCheckView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = qc_voucher_service_draw_finish (QC_VOUCHER_SERVICE (source), result, &error);
  if (g_task_get_cancellable (G_TASK (result)) != self->drawing)
    return;
  qc_pdf_view_set_page (QC_PDF_VIEW (self->preview), 0);
  qc_pdf_view_set_pdf (QC_PDF_VIEW (self->preview), pdf, NULL);
  if (!pdf) {
    g_autoptr (QcErrorText) text = qc_error_text_new (error);
    set_note (self, text->title);
  }
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
draw (QcVoucherCheckView *self)
{
  end (&self->drawing);
  self->drawing = g_cancellable_new ();
  qc_pdf_view_set_pdf (QC_PDF_VIEW (self->preview), NULL, NULL);
  qc_voucher_service_draw_async (self->service, self->chosen, self->drawing, drawn_cb, g_object_ref (self));
}

/* ---- what was handed in ---- */

static void
show_picture (QcVoucherCheckView *self, const QcVoucherPicture *picture)
{
  g_autoptr (GdkTexture) texture = gdk_memory_texture_new (picture->width, picture->height, GDK_MEMORY_R8G8B8,
                                                           picture->rgb, (gsize)picture->width * 3);
  g_autofree char *name = g_path_get_basename (self->chosen->file), *shown = g_filename_display_name (name);
  self->n_handed_in = picture->n_pages;
  /* Translators: a file's name, the number of a page, how many there are. */
  g_autofree char *text = picture->n_pages > 1 ? g_strdup_printf (_ ("Handed in: %s, page %u of %u"), shown,
                                                                  picture->page, picture->n_pages)
                                               : g_strdup_printf (_ ("Handed in: %s"), shown);
  gtk_label_set_text (self->heading, text);
  gtk_picture_set_paintable (GTK_PICTURE (self->picture), GDK_PAINTABLE (texture));
  gtk_picture_set_alternative_text (GTK_PICTURE (self->picture), text);
  set_note (self, NULL);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcVoucherCheckView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (QcVoucherPicture) picture = qc_voucher_service_look_finish (QC_VOUCHER_SERVICE (source), result, &error);
  if (g_task_get_cancellable (G_TASK (result)) != self->looking)
    return;
  if (picture) {
    show_picture (self, picture);
  } else {
    g_autoptr (QcErrorText) text = qc_error_text_new (error);
    g_autofree char *body = qc_error_text_dup_body (text), *both = g_strdup_printf ("%s\n%s", text->title, body);
    set_note (self, both);
    gtk_picture_set_paintable (GTK_PICTURE (self->picture), NULL);
  }
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
look (QcVoucherCheckView *self)
{
  guint first = self->chosen->page > 0 ? self->chosen->page : 1, page = first + (guint)self->page;
  if (!self->chosen->file)
    return;
  if (self->n_handed_in > 0)
    page = MIN (page, self->n_handed_in);
  end (&self->looking);
  self->looking = g_cancellable_new ();
  qc_voucher_service_look_async (self->service, self->chosen->file, page, self->looking, looked_cb,
                                 g_object_ref (self));
}

/* ---- choosing ---- */

static void
choose (QcVoucherCheckView *self, const QcVoucherResult *result)
{
  end (&self->drawing);
  end (&self->looking);
  self->chosen = result && result->serial ? result : NULL;
  self->page = 0;
  self->n_handed_in = 0;
  gtk_label_set_text (self->heading, "");
  set_note (self, NULL);
  gtk_picture_set_paintable (GTK_PICTURE (self->picture), NULL);
  gtk_widget_set_visible (self->sides, self->chosen != NULL);
  gtk_widget_set_visible (self->right, self->chosen && self->chosen->file);
  if (self->chosen) {
    draw (self);
    look (self);
  }
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
selected_cb (QcVoucherCheckView *self, GtkListBoxRow *row)
{
  int index = row ? qc_voucher_results_get_index (row) : -1;
  choose (self, index >= 0 && self->results ? g_ptr_array_index (self->results, index) : NULL);
}

/* A few rows are as high as their words need; a scrolled window would not know how they break. */
static void
place_list (QcVoucherCheckView *self)
{
  gboolean few = !gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), FEW);
  if (gtk_widget_get_visible (self->many) == !few)
    return;
  g_object_ref (self->list);
  if (few) {
    gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->many), NULL);
    gtk_box_prepend (GTK_BOX (self->box), self->list);
  } else {
    gtk_box_remove (GTK_BOX (self->box), self->list);
    gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->many), self->list);
  }
  g_object_unref (self->list);
  gtk_widget_set_visible (self->many, !few);
}

void
qc_voucher_check_view_show (QcVoucherCheckView *self, QcVoucherService *service, GPtrArray *results)
{
  g_return_if_fail (QC_IS_VOUCHER_CHECK_VIEW (self));
  choose (self, NULL);
  g_clear_pointer (&self->results, g_ptr_array_unref);
  g_set_object (&self->service, service);
  qc_voucher_results_show (GTK_LIST_BOX (self->list), results);
  place_list (self);
  if (!results)
    return;
  self->results = g_ptr_array_ref (results);
  gtk_list_box_select_row (GTK_LIST_BOX (self->list), gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0));
}

/* ---- pages and size ---- */

int
qc_voucher_check_view_get_n_pages (QcVoucherCheckView *self)
{
  int drawn = qc_pdf_view_get_n_pages (QC_PDF_VIEW (self->preview));
  if (!self->chosen)
    return 0;
  return self->results->len == 1 ? MAX (drawn, (int)self->n_handed_in) : drawn;
}

int
qc_voucher_check_view_get_page (QcVoucherCheckView *self)
{
  return self->page;
}

void
qc_voucher_check_view_set_page (QcVoucherCheckView *self, int page)
{
  page = CLAMP (page, 0, MAX (0, qc_voucher_check_view_get_n_pages (self) - 1));
  if (!self->chosen || page == self->page)
    return;
  self->page = page;
  qc_pdf_view_set_page (QC_PDF_VIEW (self->preview), page);
  look (self);
}

void
qc_voucher_check_view_set_zoom (QcVoucherCheckView *self, double zoom)
{
  qc_pdf_view_set_zoom (QC_PDF_VIEW (self->preview), zoom);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled),
                                  zoom > 0 ? GTK_POLICY_AUTOMATIC : GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  if (zoom > 0)
    zoom = qc_voucher_check_view_get_zoom (self); /* within its bounds */
  gtk_widget_set_size_request (self->picture, zoom > 0 ? (int)(PAPER_WIDTH * zoom) : -1, -1);
}

double
qc_voucher_check_view_get_zoom (QcVoucherCheckView *self)
{
  return qc_pdf_view_get_zoom (QC_PDF_VIEW (self->preview));
}

/* ---- the widget ---- */

static GtkLabel *
append_heading (GtkWidget *side, const char *text)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_widget_set_margin_start (label, 6);
  gtk_widget_set_margin_end (label, 6);
  gtk_widget_add_css_class (label, "heading");
  qc_spoken_heading (label);
  gtk_widget_set_margin_top (label, 6);
  gtk_box_append (GTK_BOX (side), label);
  return GTK_LABEL (label);
}

static GtkWidget *
build_left (QcVoucherCheckView *self)
{
  GtkWidget *side = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  append_heading (side, _ ("Drawn of the signed facts: this counts"));
  self->preview = qc_pdf_view_new ();
  gtk_widget_set_vexpand (self->preview, TRUE);
  gtk_box_append (GTK_BOX (side), self->preview);
  return side;
}

static GtkWidget *
build_right (QcVoucherCheckView *self)
{
  self->right = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->heading = append_heading (self->right, "");
  self->picture = gtk_picture_new ();
  gtk_widget_set_valign (self->picture, GTK_ALIGN_START);
  gtk_widget_set_margin_top (self->picture, 12);
  gtk_widget_set_margin_bottom (self->picture, 12);
  gtk_widget_set_margin_start (self->picture, 12);
  gtk_widget_set_margin_end (self->picture, 12);
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), self->picture);
  gtk_scrollable_set_vscroll_policy (
      GTK_SCROLLABLE (gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (self->scrolled))), GTK_SCROLL_NATURAL);
  gtk_widget_set_vexpand (self->scrolled, TRUE);
  gtk_widget_set_hexpand (self->scrolled, TRUE);
  gtk_box_append (GTK_BOX (self->right), self->scrolled);
  return self->right;
}

static void
build_list (QcVoucherCheckView *self)
{
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_BROWSE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_widget_set_margin_start (self->list, 12);
  gtk_widget_set_margin_end (self->list, 12);
  gtk_widget_set_margin_top (self->list, 12);
  gtk_widget_set_margin_bottom (self->list, 12);
  gtk_widget_set_valign (self->list, GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What the check found"), -1);
  g_signal_connect_swapped (self->list, "row-selected", G_CALLBACK (selected_cb), self);
  gtk_box_append (GTK_BOX (self->box), self->list);
  self->many = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (self->many), MANY_HEIGHT);
  gtk_widget_set_visible (self->many, FALSE);
  gtk_box_append (GTK_BOX (self->box), self->many);
}

static void
qc_voucher_check_view_dispose (GObject *object)
{
  QcVoucherCheckView *self = QC_VOUCHER_CHECK_VIEW (object);
  end (&self->drawing);
  end (&self->looking);
  self->chosen = NULL;
  if (self->box) /* its rows are not chosen while they go */
    g_signal_handlers_disconnect_by_data (self->list, self);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->results, g_ptr_array_unref);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (qc_voucher_check_view_parent_class)->dispose (object);
}

static void
qc_voucher_check_view_class_init (QcVoucherCheckViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qc_voucher_check_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[CHANGED]
      = g_signal_new ("changed", QC_TYPE_VOUCHER_CHECK_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
qc_voucher_check_view_init (QcVoucherCheckView *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  build_list (self);
  self->note = GTK_LABEL (gtk_label_new (""));
  gtk_label_set_wrap (self->note, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->note), FALSE);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->note));
  self->sides = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_box_set_homogeneous (GTK_BOX (self->sides), TRUE);
  gtk_box_append (GTK_BOX (self->sides), build_left (self));
  gtk_box_append (GTK_BOX (self->sides), build_right (self));
  gtk_widget_set_visible (self->sides, FALSE);
  gtk_box_append (GTK_BOX (self->box), self->sides);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
qc_voucher_check_view_new (void)
{
  return g_object_new (QC_TYPE_VOUCHER_CHECK_VIEW, NULL);
}
