/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-facts-step.h. Main thread.
 */
#include "qc-facts-step.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "qc-fact-row.h"
#include "qc-focus.h"
#include "qc-format.h"
#include "qc-month.h"
#include "qc-spoken.h"
#include "qc-text-size.h"
#include "qc-wizard-step.h"

#define READABLE 720

/* What is shown of the unit and never changed here. */
typedef enum { SHOWN_ACCOUNT, SHOWN_STATUS, SHOWN_FIRST, SHOWN_PAID_TO, SHOWN_RATIOS, N_SHOWN } Shown;

struct _QcFactsStep {
  GtkWidget parent_instance;
  QcFactsService *service; /* (owned) (nullable) */
  GPtrArray *rows;         /* (owned) QcFactRow, borrowed, in the order of the form */
  /* borrowed */
  GtkWidget *box, *bar, *waiting;
  QcFactRow *shown[N_SHOWN];
};

static void qc_facts_step_step_init (QcWizardStepInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (QcFactsStep, qc_facts_step, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (QC_TYPE_WIZARD_STEP, qc_facts_step_step_init))

/* --- what the frame asks --- */

static gboolean
is_done (QcWizardStep *step)
{
  return FALSE; /* the only step */
}

static char *
dup_missing (QcWizardStep *step)
{
  QcFactsStep *self = QC_FACTS_STEP (step);
  return self->service ? qc_business_service_dup_why_not (QC_BUSINESS_SERVICE (self->service)) : NULL;
}

static gboolean
owns (QcWizardStep *step, const QcFinding *finding)
{
  return TRUE;
}

static QcFactRow *
find_row (QcFactsStep *self, const char *name)
{
  for (guint i = 0; i < self->rows->len; i++) {
    QcFactRow *row = g_ptr_array_index (self->rows, i);
    if (g_strcmp0 (qc_fact_row_get_field (row)->name, name) == 0)
      return row;
  }
  return NULL;
}

static void
go_to (QcWizardStep *step, const QcFinding *finding)
{
  QcFactRow *row = find_row (QC_FACTS_STEP (step), finding->field);
  if (row)
    qc_fact_row_grab_focus (row);
}

static void
qc_facts_step_step_init (QcWizardStepInterface *iface)
{
  iface->is_done = is_done;
  iface->dup_missing = dup_missing;
  iface->owns = owns;
  iface->go_to = go_to;
}

void
qc_facts_step_first_fault (QcFactsStep *self)
{
  g_return_if_fail (QC_IS_FACTS_STEP (self));
  for (guint i = 0; self->service && i < self->rows->len; i++) {
    QcFactRow *row = g_ptr_array_index (self->rows, i);
    g_autoptr (GPtrArray) found = qc_facts_service_dup_field_findings (self->service, qc_fact_row_get_field (row));
    if (qc_findings_block (found) && qc_fact_row_grab_focus (row))
      return;
  }
}

/* --- what is shown --- */

static void
update_shown (QcFactsStep *self, const QcUnit *unit)
{
  const GArray *all = qc_facts_service_get_ratios (self->service);
  const QcRatios *ratios = all ? qc_ratios_at (all, qc_unit_due_month (unit)) : NULL;
  g_autofree char *first = qc_format_month (unit->first_month);
  g_autofree char *paid_to = qc_format_month (unit->paid_to);
  g_autofree char *of_unit = ratios ? qc_ratio_to_string (ratios->unit) : NULL;
  g_autofree char *of_person = ratios ? qc_ratio_to_string (ratios->personal) : NULL;
  /* Translators: contribution ratios of the unit and of the person. */
  g_autofree char *both = ratios ? g_strdup_printf (_ ("unit %s, person %s"), of_unit, of_person) : g_strdup ("—");
  qc_fact_row_set_text (self->shown[SHOWN_ACCOUNT], unit->account);
  qc_fact_row_set_text (self->shown[SHOWN_STATUS], _ (qc_unit_status_to_msgid (unit->status)));
  qc_fact_row_set_text (self->shown[SHOWN_FIRST], *first ? first : "—");
  qc_fact_row_set_text (self->shown[SHOWN_PAID_TO], *paid_to ? paid_to : "—");
  qc_fact_row_set_text (self->shown[SHOWN_RATIOS], both);
}

static void
update_waiting (QcFactsStep *self)
{
  guint n = qc_facts_service_get_n_waiting (self->service);
  g_autofree char *fields = qc_format_fields (n);
  g_autofree char *text
      = g_strdup_printf (_ ("%s were submitted and wait to be sent; they are shown as they will be."), fields);
  gtk_label_set_text (GTK_LABEL (self->waiting), text);
  gtk_widget_set_visible (self->waiting, n > 0);
}

void
qc_facts_step_update (QcFactsStep *self)
{
  g_return_if_fail (QC_IS_FACTS_STEP (self));
  const QcUnit *unit = self->service ? qc_facts_service_get_unit (self->service) : NULL;
  for (guint i = 0; i < self->rows->len; i++)
    qc_fact_row_update (g_ptr_array_index (self->rows, i), self->service);
  if (!unit)
    return;
  update_shown (self, unit);
  update_waiting (self);
}

void
qc_facts_step_commit (QcFactsStep *self)
{
  g_return_if_fail (QC_IS_FACTS_STEP (self));
  for (guint i = 0; i < self->rows->len; i++)
    qc_fact_row_commit (g_ptr_array_index (self->rows, i));
}

void
qc_facts_step_set_service (QcFactsStep *self, QcFactsService *service)
{
  g_return_if_fail (QC_IS_FACTS_STEP (self));
  for (guint i = 0; i < self->rows->len; i++)
    qc_fact_row_update (g_ptr_array_index (self->rows, i), NULL);
  g_set_object (&self->service, service);
  qc_draft_bar_set_service (QC_DRAFT_BAR (self->bar), service ? QC_BUSINESS_SERVICE (service) : NULL);
  qc_facts_step_update (self);
}

QcDraftBar *
qc_facts_step_get_bar (QcFactsStep *self)
{
  g_return_val_if_fail (QC_IS_FACTS_STEP (self), NULL);
  return QC_DRAFT_BAR (self->bar);
}

/* --- the widget --- */

static GtkWidget *
build_group (QcFactsStep *self, QcUnitGroup group, GtkSizeGroup *names)
{
  static const struct {
    QcUnitGroup group;
    Shown shown;
    const char *msgid;
  } shown[] = {
      {QC_UNIT_GROUP_KEY, SHOWN_ACCOUNT, N_ ("Unit account")},
      {QC_UNIT_GROUP_KEY, SHOWN_STATUS, N_ ("State of the unit's account")},
      {QC_UNIT_GROUP_REGISTRATION, SHOWN_FIRST, N_ ("First month of remittance")},
      {QC_UNIT_GROUP_REGISTRATION, SHOWN_PAID_TO, N_ ("Remitted up to")},
      {QC_UNIT_GROUP_REGISTRATION, SHOWN_RATIOS, N_ ("Contribution ratios")},
  };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  GtkWidget *title = gtk_label_new (_ (qc_unit_group_to_msgid (group)));
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "heading");
  qc_spoken_heading (title);
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "qc-form");
  for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
    if (shown[i].group == group) {
      GtkWidget *row = qc_fact_row_new_shown (_ (shown[i].msgid), names);
      self->shown[shown[i].shown] = QC_FACT_ROW (row);
      gtk_box_append (GTK_BOX (card), row);
    }
  for (guint i = 0; i < qc_unit_fields_count (); i++)
    if (qc_unit_field (i)->group == group) {
      GtkWidget *row = qc_fact_row_new (qc_unit_field (i), names);
      g_ptr_array_add (self->rows, row);
      gtk_box_append (GTK_BOX (card), row);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (card), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (qc_unit_group_to_msgid (group)), -1);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), card);
  return box;
}

static GtkWidget *
build_form (QcFactsStep *self)
{
  g_autoptr (GtkSizeGroup) names = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  GtkWidget *form = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  self->waiting = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->waiting), 0);
  gtk_label_set_wrap (GTK_LABEL (self->waiting), TRUE);
  gtk_widget_add_css_class (self->waiting, "qc-bar");
  gtk_widget_set_visible (self->waiting, FALSE);
  gtk_box_append (GTK_BOX (form), self->waiting);
  GtkWidget *marks = gtk_label_new (_ ("* must not be left empty"));
  gtk_label_set_xalign (GTK_LABEL (marks), 0);
  gtk_widget_add_css_class (marks, "caption");
  gtk_widget_add_css_class (marks, "dim-label");
  gtk_box_append (GTK_BOX (form), marks);
  for (guint group = 0; group < QC_N_UNIT_GROUPS; group++)
    gtk_box_append (GTK_BOX (form), build_group (self, (QcUnitGroup)group, names));
  gtk_widget_add_css_class (form, "qc-column");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), qc_text_size_clamp (form, READABLE));
  gtk_widget_set_vexpand (scrolled, TRUE);
  return scrolled;
}

static gboolean
take_focus (GtkWidget *widget)
{
  QcFactsStep *self = QC_FACTS_STEP (widget);
  for (guint i = 0; i < self->rows->len; i++)
    if (qc_fact_row_grab_focus (g_ptr_array_index (self->rows, i)))
      return TRUE;
  return qc_focus_enter (self->bar); /* while it is being read nothing can be filled in */
}

static void
qc_facts_step_dispose (GObject *object)
{
  QcFactsStep *self = QC_FACTS_STEP (object);
  g_ptr_array_set_size (self->rows, 0);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (qc_facts_step_parent_class)->dispose (object);
}

static void
qc_facts_step_finalize (GObject *object)
{
  g_ptr_array_unref (QC_FACTS_STEP (object)->rows);
  G_OBJECT_CLASS (qc_facts_step_parent_class)->finalize (object);
}

static void
qc_facts_step_class_init (QcFactsStepClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qc_facts_step_dispose;
  G_OBJECT_CLASS (klass)->finalize = qc_facts_step_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
qc_facts_step_init (QcFactsStep *self)
{
  self->rows = g_ptr_array_new ();
}

GtkWidget *
qc_facts_step_new (QcSession *session, QcBusiness business)
{
  QcFactsStep *self = g_object_new (QC_TYPE_FACTS_STEP, NULL);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->bar = qc_draft_bar_new (session, business);
  gtk_box_append (GTK_BOX (self->box), self->bar);
  gtk_box_append (GTK_BOX (self->box), build_form (self));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  qc_focus_set_home (GTK_WIDGET (self), take_focus);
  return GTK_WIDGET (self);
}
