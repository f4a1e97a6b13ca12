/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-person-panel.h. Main thread.
 */
#include "qc-person-panel.h"

#include <glib/gi18n.h>

#include "qc-error-text.h"
#include "qc-format.h"
#include "qc-month.h"
#include "qc-pill.h"

/* The newest of a long history; how many older ones there are is said. */
#define MAX_SPANS 60

struct _QcPersonPanel {
  AdwBin parent_instance;
  QcSession *session;   /* (owned) */
  GCancellable *cancel; /* (owned) (nullable) */
  GtkWidget *column;    /* borrowed */
};

G_DEFINE_FINAL_TYPE (QcPersonPanel, qc_person_panel, ADW_TYPE_BIN)

static void
qc_person_panel_dispose (GObject *object)
{
  QcPersonPanel *self = QC_PERSON_PANEL (object);
  if (self->cancel)
    g_cancellable_cancel (self->cancel);
  g_clear_object (&self->cancel);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (qc_person_panel_parent_class)->dispose (object);
}

static void
qc_person_panel_class_init (QcPersonPanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qc_person_panel_dispose;
}

static void
qc_person_panel_init (QcPersonPanel *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  self->column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_add_css_class (self->column, "qc-panel");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->column);
  gtk_widget_set_size_request (GTK_WIDGET (self), 340, -1);
  adw_bin_set_child (ADW_BIN (self), scroller);
}

GtkWidget *
qc_person_panel_new (QcSession *session)
{
  QcPersonPanel *self = g_object_new (QC_TYPE_PERSON_PANEL, NULL);
  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}

static GtkWidget *
add_label (GtkWidget *box, const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0.0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

/* A line of two: what it is, and the value that can be selected and copied. */
static void
add_fact (GtkGrid *grid, int row, const char *name, char *take_value)
{
  g_autofree char *value = take_value;
  GtkWidget *left = gtk_label_new (name);
  GtkWidget *right = gtk_label_new (value);
  gtk_label_set_xalign (GTK_LABEL (left), 0.0);
  gtk_label_set_xalign (GTK_LABEL (right), 1.0);
  gtk_label_set_selectable (GTK_LABEL (right), TRUE);
  gtk_label_set_wrap (GTK_LABEL (right), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (right), PANGO_WRAP_WORD); /* no figure is broken */
  gtk_widget_set_can_focus (right, FALSE);
  gtk_widget_set_hexpand (right, TRUE);
  gtk_widget_set_valign (left, GTK_ALIGN_START);
  gtk_widget_add_css_class (left, "dim-label");
  gtk_widget_add_css_class (right, "numeric");
  gtk_grid_attach (grid, left, 0, row, 1, 1);
  gtk_grid_attach (grid, right, 1, row, 1, 1);
}

static GtkGrid *
add_grid (GtkWidget *box)
{
  GtkWidget *grid = gtk_grid_new ();
  gtk_grid_set_row_spacing (GTK_GRID (grid), 4);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_box_append (GTK_BOX (box), grid);
  return GTK_GRID (grid);
}

/* Of who left only what was known then is known. */
static void
show_status (QcPersonPanel *self, const QcPersonDetails *details)
{
  GtkWidget *pill = qc_pill_new ();
  if (details->id != 0)
    qc_pill_set_person_status (QC_PILL (pill), details->employee->status);
  else
    qc_pill_set (QC_PILL (pill), QC_PILL_NEUTRAL, "system-log-out-symbolic", _ ("Left the unit"));
  gtk_box_append (GTK_BOX (self->column), pill);
}

static void
show_facts (QcPersonPanel *self, const QcPersonDetails *details)
{
  const QcEmployee *person = details->employee;
  add_label (self->column, person->name, "title-3");
  show_status (self, details);
  GtkGrid *grid = add_grid (self->column);
  int row = 0;
  add_fact (grid, row++, _ ("Individual account"), g_strdup (person->account));
  add_fact (grid, row++, _ ("Document number"), g_strdup (person->document));
  add_fact (grid, row++, _ ("Born"), qc_format_date (person->birth));
  add_fact (grid, row++, _ ("Account opened"), qc_format_month (person->opened));
  add_fact (grid, row++, _ ("Paid up to"), qc_format_month (person->paid_to));
  add_fact (grid, row++, _ ("Contribution base"), qc_format_money (person->base));
  if (person->authorized_until != QC_MONTH_NONE)
    add_fact (grid, row++, _ ("Authorized retirement age until"), qc_format_month (person->authorized_until));
  if (person->base_pending)
    add_label (self->column, _ ("The base still has to be adjusted after the transfer."), "warning");
}

static void
show_bases (QcPersonPanel *self, GArray *bases)
{
  add_label (self->column, _ ("Bases over time"), "heading");
  if (bases->len == 0) {
    add_label (self->column, _ ("None recorded."), "dim-label");
    return;
  }
  GtkGrid *grid = add_grid (self->column);
  for (guint i = 0; i < bases->len; i++) {
    const QcBaseChange *base = &g_array_index (bases, QcBaseChange, bases->len - 1 - i);
    g_autofree char *month = qc_format_month (base->from);
    g_autofree char *name = base->retroactive ? g_strdup_printf (_ ("from %s, set later"), month)
                                              : g_strdup_printf (_ ("from %s"), month);
    add_fact (grid, (int)i, name, qc_format_money (base->base));
  }
}

static void
show_spans (QcPersonPanel *self, GArray *spans)
{
  add_label (self->column, _ ("Paid months"), "heading");
  if (spans->len == 0) {
    add_label (self->column, _ ("Nothing was paid yet."), "dim-label");
    return;
  }
  GtkGrid *grid = add_grid (self->column);
  for (guint i = 0; i < spans->len && i < MAX_SPANS; i++) {
    const QcPaidSpan *span = &g_array_index (spans, QcPaidSpan, spans->len - 1 - i);
    g_autofree char *months = qc_format_months (span->from, span->to);
    g_autofree char *name = span->kind == QC_SPAN_BACK_PAYMENT ? g_strdup_printf (_ ("%s (back payment)"), months)
                                                               : g_steal_pointer (&months);
    g_autofree char *unit = qc_format_money (span->unit);
    g_autofree char *personal = qc_format_money (span->personal);
    /* Translators: the unit's part and the person's part of each month. */
    add_fact (grid, (int)i, name, g_strdup_printf (_ ("%s + %s a month"), unit, personal));
  }
  if (spans->len > MAX_SPANS) {
    g_autofree char *more = g_strdup_printf (_ ("… and %u older ones"), spans->len - MAX_SPANS);
    add_label (self->column, more, "dim-label");
  }
}

static void
clear (QcPersonPanel *self)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (self->column)))
    gtk_box_remove (GTK_BOX (self->column), child);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (QcPersonPanel) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (QcPersonDetails) details = qc_person_details_load_finish (QC_SESSION (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  clear (self);
  if (!details) {
    g_autoptr (QcErrorText) text = qc_error_text_new (error);
    g_autofree char *body = qc_error_text_dup_body (text);
    add_label (self->column, text->title, "heading");
    add_label (self->column, body, NULL);
    return;
  }
  show_facts (self, details);
  show_bases (self, details->bases);
  show_spans (self, details->spans);
}

void
qc_person_panel_set_account (QcPersonPanel *self, const char *account)
{
  g_return_if_fail (QC_IS_PERSON_PANEL (self));
  if (self->cancel)
    g_cancellable_cancel (self->cancel);
  g_clear_object (&self->cancel);
  if (!account) {
    clear (self);
    add_label (self->column, _ ("Choose a person in the list."), "dim-label");
    return;
  }
  self->cancel = g_cancellable_new ();
  qc_person_details_load_async (self->session, account, self->cancel, loaded_cb, g_object_ref (self));
}
