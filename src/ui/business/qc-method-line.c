/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-method-line.h. Main thread.
 */
#include "qc-method-line.h"

#include <glib/gi18n.h>

#include "qc-spoken.h"
#include "qc-wrap-layout.h"

static const QcMethod methods[] = {QC_METHOD_COLLECTION, QC_METHOD_TRANSFER};
#define N_METHODS G_N_ELEMENTS (methods)

struct _QcMethodLine {
  GtkWidget parent_instance;
  QcRosterService *service;             /* (owned) (nullable) */
  GtkWidget *child, *checks[N_METHODS]; /* borrowed */
  GtkLabel *why;                        /* borrowed */
};

G_DEFINE_FINAL_TYPE (QcMethodLine, qc_method_line, GTK_TYPE_WIDGET)

const char *
qc_method_why_not (QcMethod method, QcMethod allowed)
{
  if (method == allowed)
    return NULL;
  return method == QC_METHOD_COLLECTION
             ? _ ("Not possible: the unit's clerk must first sign a collection agreement at the center's counter.")
             : _ ("Not possible: a unit with a collection agreement can only pay by collection.");
}

void
qc_method_line_update (QcMethodLine *self)
{
  g_return_if_fail (QC_IS_METHOD_LINE (self));
  const QcRosterFacts *facts = self->service ? qc_roster_service_get_facts (self->service) : NULL;
  gtk_widget_set_sensitive (self->child, facts != NULL);
  if (!facts)
    return;
  QcMethod chosen = qc_roster_service_get_method (self->service);
  for (guint i = 0; i < N_METHODS; i++) {
    const char *why = qc_method_why_not (methods[i], qc_unit_method (facts->unit));
    gboolean is_chosen = methods[i] == chosen;
    gtk_widget_set_sensitive (self->checks[i], why == NULL || is_chosen);
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->checks[i]), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    why ? why : "", -1);
    if (is_chosen)
      gtk_check_button_set_active (GTK_CHECK_BUTTON (self->checks[i]), TRUE);
    if (why)
      gtk_label_set_text (self->why, why);
  }
}

void
qc_method_line_set_service (QcMethodLine *self, QcRosterService *service)
{
  g_return_if_fail (QC_IS_METHOD_LINE (self));
  g_set_object (&self->service, service);
  qc_method_line_update (self);
}

static void
toggled_cb (GtkCheckButton *check, QcMethodLine *self)
{
  if (!gtk_check_button_get_active (check) || !self->service)
    return;
  for (guint i = 0; i < N_METHODS; i++)
    if (self->checks[i] == GTK_WIDGET (check) && methods[i] != qc_roster_service_get_method (self->service))
      qc_roster_service_set_method (self->service, methods[i]);
}

static void
qc_method_line_dispose (GObject *object)
{
  QcMethodLine *self = QC_METHOD_LINE (object);
  g_clear_pointer (&self->child, gtk_widget_unparent);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (qc_method_line_parent_class)->dispose (object);
}

static void
qc_method_line_class_init (QcMethodLineClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qc_method_line_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
qc_method_line_init (QcMethodLine *self)
{
  GtkWidget *title = gtk_label_new (_ ("Way of payment"));
  self->child = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_layout_manager (self->child, qc_wrap_layout_new (12));
  gtk_widget_add_css_class (title, "dim-label");
  gtk_box_append (GTK_BOX (self->child), title);
  self->checks[0] = gtk_check_button_new_with_label (_ ("Collection"));
  self->checks[1] = gtk_check_button_new_with_label (_ ("Transfer by the unit"));
  for (guint i = 0; i < N_METHODS; i++) {
    qc_spoken_radio (self->checks[i]);
    if (i > 0)
      gtk_check_button_set_group (GTK_CHECK_BUTTON (self->checks[i]), GTK_CHECK_BUTTON (self->checks[0]));
    g_signal_connect (self->checks[i], "toggled", G_CALLBACK (toggled_cb), self);
    gtk_box_append (GTK_BOX (self->child), self->checks[i]);
  }
  self->why = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->why), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->why), "caption");
  gtk_label_set_wrap (self->why, TRUE);
  gtk_label_set_xalign (self->why, 0);
  gtk_box_append (GTK_BOX (self->child), GTK_WIDGET (self->why));
  gtk_widget_set_margin_start (self->child, 12);
  gtk_widget_set_margin_end (self->child, 12);
  gtk_widget_set_parent (self->child, GTK_WIDGET (self));
}

GtkWidget *
qc_method_line_new (void)
{
  return g_object_new (QC_TYPE_METHOD_LINE, NULL);
}
