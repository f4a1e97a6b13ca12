/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-unit-view.h. Main thread.
 */
#include "qc-unit-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "qc-columns-layout.h"
#include "qc-fact-grid.h"
#include "qc-format.h"
#include "qc-spoken.h"
#include "qc-unit-account.h"

struct _QcUnitView {
  GtkWidget parent_instance;
  QcSession *session;   /* (owned) */
  GCancellable *cancel; /* (owned) (nullable) */
  gboolean stale;       /* to be read when it is mapped */
  GtkWidget *scroller;  /* borrowed: the child */
  GtkWidget *groups;    /* borrowed: flow of groups */
  GtkWidget *as_of;     /* borrowed */
};

G_DEFINE_FINAL_TYPE (QcUnitView, qc_unit_view, GTK_TYPE_WIDGET)

enum { FAILED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
qc_unit_view_dispose (GObject *object)
{
  QcUnitView *self = QC_UNIT_VIEW (object);
  if (self->cancel)
    g_cancellable_cancel (self->cancel);
  g_clear_object (&self->cancel);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (qc_unit_view_parent_class)->dispose (object);
}

static void
qc_unit_view_class_init (QcUnitViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qc_unit_view_dispose;
  signals[FAILED] = g_signal_new ("failed", QC_TYPE_UNIT_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_ERROR);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
map_cb (QcUnitView *self)
{
  if (self->stale)
    qc_unit_view_reload (self);
}

static void
qc_unit_view_init (QcUnitView *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->stale = TRUE;
  self->groups = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  self->as_of = gtk_label_new (NULL);
  gtk_widget_set_layout_manager (self->groups, qc_columns_layout_new (1, 2, 12));
  gtk_widget_set_valign (self->groups, GTK_ALIGN_START);
  gtk_label_set_xalign (GTK_LABEL (self->as_of), 1.0);
  gtk_label_set_wrap (GTK_LABEL (self->as_of), TRUE);
  gtk_widget_add_css_class (self->as_of, "dim-label");
  gtk_box_append (GTK_BOX (column), self->groups);
  gtk_box_append (GTK_BOX (column), self->as_of);
  gtk_widget_add_css_class (column, "qc-column");
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), column);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  g_signal_connect (self, "map", G_CALLBACK (map_cb), NULL);
}

GtkWidget *
qc_unit_view_new (QcSession *session)
{
  QcUnitView *self = g_object_new (QC_TYPE_UNIT_VIEW, NULL);
  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}

static void
add_group (QcUnitView *self, const QcUnitAccountGroup *group)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *title = gtk_label_new (group->title);
  GtkWidget *facts = qc_fact_grid_new ();
  gtk_label_set_xalign (GTK_LABEL (title), 0.0);
  gtk_widget_add_css_class (title, "heading");
  qc_spoken_heading (title);
  for (guint i = 0; i < group->lines->len; i++) {
    const QcUnitAccountLine *line = g_ptr_array_index (group->lines, i);
    if (*line->value)
      qc_fact_grid_add_copyable (QC_FACT_GRID (facts), line->name, line->value, NULL);
    else
      qc_fact_grid_add (QC_FACT_GRID (facts), line->name, "—");
  }
  gtk_box_append (GTK_BOX (card), title);
  gtk_box_append (GTK_BOX (card), facts);
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "qc-card");
  gtk_box_append (GTK_BOX (self->groups), card);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (QcUnitView) self = data;
  g_autoptr (GError) error = NULL;
  gint64 as_of;
  g_autoptr (GPtrArray) groups = qc_unit_account_load_finish (QC_SESSION (source), result, &as_of, &error);
  GtkWidget *child;
  if (!groups) {
    if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      g_signal_emit (self, signals[FAILED], 0, error);
    return;
  }
  while ((child = gtk_widget_get_first_child (self->groups)))
    gtk_box_remove (GTK_BOX (self->groups), child);
  for (guint i = 0; i < groups->len; i++)
    add_group (self, g_ptr_array_index (groups, i));
  g_autofree char *time = qc_format_date_time (as_of);
  g_autofree char *words = as_of ? g_strdup_printf (_ ("Data as of %s"), time)
                                 : g_strdup (_ ("Not all data is here yet: rows and totals may be incomplete."));
  gtk_label_set_label (GTK_LABEL (self->as_of), words);
}

void
qc_unit_view_reload (QcUnitView *self)
{
  g_return_if_fail (QC_IS_UNIT_VIEW (self));
  self->stale = !gtk_widget_get_mapped (GTK_WIDGET (self));
  if (self->stale)
    return;
  if (self->cancel)
    g_cancellable_cancel (self->cancel);
  g_clear_object (&self->cancel);
  self->cancel = g_cancellable_new ();
  qc_unit_account_load_async (self->session, self->cancel, loaded_cb, g_object_ref (self));
}
