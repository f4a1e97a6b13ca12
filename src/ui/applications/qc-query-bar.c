/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The conditions of a query in one row. A month that cannot be read is marked and left out, and below them it is said
 * why. Main thread.
 */
#include "qc-query-bar.h"

#include <glib/gi18n.h>

#include "qc-drop-down.h"
#include "qc-month.h"
#include "qc-wrap-layout.h"

struct _QcQueryBar {
  GtkWidget parent_instance;
  int business;
  gboolean quiet; /* while it is cleared */
  /* borrowed */
  GtkWidget *child, *line;
  GtkWidget *fault; /* what is wrong with the months */
  GtkWidget *kind, *state, *method, *from, *to, *text;
  QcBusiness kinds[QC_N_BUSINESSES + 1]; /* what each entry of @kind stands for */
};

G_DEFINE_FINAL_TYPE (QcQueryBar, qc_query_bar, GTK_TYPE_WIDGET)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* The states one can ask for, in the order of the list; the first is "any". */
static const guint asked_states[] = {
    0,
    1 << QC_STATE_DRAFT,
    1 << QC_STATE_REGISTERED,
    1 << QC_STATE_IN_REVIEW,
    1 << QC_STATE_ACCEPTED,
    1 << QC_STATE_FINISHED,
    1 << QC_STATE_RETURNED,
    1 << QC_STATE_CANCELLED,
    1 << QC_STATE_DELETED,
};

/* @fault: NULL = nothing is wrong. */
static void
mark (GtkWidget *entry, const char *fault)
{
  if (fault)
    gtk_widget_add_css_class (entry, "error");
  else
    gtk_widget_remove_css_class (entry, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID,
                               fault ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, fault ? fault : "", -1);
}

static QcMonth
read_month (GtkWidget *entry)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (entry));
  return *text ? qc_month_parse (text) : QC_MONTH_NONE;
}

/* Why the month in @entry is none. (transfer full) (nullable) NULL: it is one, or nothing. */
static char *
dup_fault (GtkWidget *entry)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (entry));
  return *text && read_month (entry) == QC_MONTH_NONE
             ? g_strdup_printf (_ ("“%s” is not a month. Enter it as 202612 or 2026-12."), text)
             : NULL;
}

static void
check_months (QcQueryBar *self)
{
  QcMonth from = read_month (self->from), to = read_month (self->to);
  g_autofree char *first = dup_fault (self->from);
  g_autofree char *last = dup_fault (self->to);
  if (!first && !last && from != QC_MONTH_NONE && to != QC_MONTH_NONE && from > to)
    last = g_strdup (_ ("The last month is before the first one."));
  mark (self->from, first);
  mark (self->to, last);
  g_autofree char *both = first && last ? g_strdup_printf ("%s\n%s", first, last) : NULL;
  gtk_label_set_label (GTK_LABEL (self->fault), both ? both : first ? first : last ? last : "");
  gtk_widget_set_visible (self->fault, first || last);
}

void
qc_query_bar_get_conditions (QcQueryBar *self, QcApplicationConditions *out)
{
  g_return_if_fail (QC_IS_QUERY_BAR (self));
  *out = (QcApplicationConditions) {0};
  guint state = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->state));
  guint kind = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->kind));
  out->any_business = self->business < 0 && kind == 0;
  out->business = self->business >= 0 ? (QcBusiness)self->business : self->kinds[kind];
  out->states = state < G_N_ELEMENTS (asked_states) ? asked_states[state] : 0;
  out->method = (QcMethod)gtk_drop_down_get_selected (GTK_DROP_DOWN (self->method));
  out->from = read_month (self->from);
  out->to = read_month (self->to);
  out->drafts = TRUE;
  out->text = (char *)gtk_editable_get_text (GTK_EDITABLE (self->text));
}

static void
changed_cb (QcQueryBar *self)
{
  check_months (self);
  if (!self->quiet)
    g_signal_emit (self, signals[CHANGED], 0);
}

void
qc_query_bar_clear (QcQueryBar *self)
{
  g_return_if_fail (QC_IS_QUERY_BAR (self));
  self->quiet = TRUE;
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->kind), 0);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->state), 0);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->method), 0);
  gtk_editable_set_text (GTK_EDITABLE (self->from), "");
  gtk_editable_set_text (GTK_EDITABLE (self->to), "");
  gtk_editable_set_text (GTK_EDITABLE (self->text), "");
  self->quiet = FALSE;
  changed_cb (self);
}

GtkWidget *
qc_query_bar_get_search (QcQueryBar *self)
{
  g_return_val_if_fail (QC_IS_QUERY_BAR (self), NULL);
  return self->text;
}

void
qc_query_bar_set_text (QcQueryBar *self, const char *text)
{
  g_return_if_fail (QC_IS_QUERY_BAR (self));
  gtk_editable_set_text (GTK_EDITABLE (self->text), text ? text : "");
}

static GtkWidget *
add_drop_down (QcQueryBar *self, const char *const *strings, const char *label)
{
  GtkWidget *drop_down = gtk_drop_down_new_from_strings (strings);
  qc_drop_down_set_name (GTK_DROP_DOWN (drop_down), label);
  gtk_box_append (GTK_BOX (self->line), drop_down);
  g_signal_connect_swapped (drop_down, "notify::selected", G_CALLBACK (changed_cb), self);
  return drop_down;
}

static GtkWidget *
add_month (QcQueryBar *self, const char *label, const char *placeholder)
{
  GtkWidget *entry = gtk_entry_new ();
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), (int)g_utf8_strlen (placeholder, -1));
  gtk_editable_set_max_width_chars (GTK_EDITABLE (entry), (int)g_utf8_strlen (placeholder, -1));
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), placeholder);
  gtk_widget_set_tooltip_text (entry, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_box_append (GTK_BOX (self->line), entry);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (changed_cb), self);
  return entry;
}

static void
build_choices (QcQueryBar *self)
{
  const char *kinds[QC_N_BUSINESSES + 1] = {_ ("All business")};
  const char *states[G_N_ELEMENTS (asked_states) + 1] = {_ ("All states")};
  const char *methods[] = {_ ("Both methods"), _ ("Collection"), _ ("Transfer by the unit"), NULL};
  for (guint i = 0, n = 1; i < QC_N_BUSINESSES; i++)
    if (qc_business_info ((QcBusiness)i)->run != QC_RUN_NONE) {
      self->kinds[n] = (QcBusiness)i;
      kinds[n++] = _ (qc_business_info ((QcBusiness)i)->msgid);
    }
  for (guint i = 1; i < G_N_ELEMENTS (asked_states); i++)
    states[i] = _ (qc_state_to_msgid ((QcApplicationState)g_bit_nth_lsf (asked_states[i], -1)));
  self->kind = add_drop_down (self, kinds, _ ("Business"));
  self->state = add_drop_down (self, states, _ ("State"));
  self->method = add_drop_down (self, methods, _ ("Payment method"));
}

static void
build (QcQueryBar *self)
{
  GtkWidget *run = gtk_button_new_with_mnemonic (_ ("_Query"));
  GtkWidget *clear = gtk_button_new_from_icon_name ("edit-clear-symbolic");
  self->child = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  self->fault = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->fault), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->fault), 0.0);
  gtk_widget_set_margin_start (self->fault, 12);
  gtk_widget_add_css_class (self->fault, "error");
  gtk_widget_set_visible (self->fault, FALSE);
  gtk_widget_set_layout_manager (self->line, qc_wrap_layout_new (6));
  gtk_widget_add_css_class (self->line, "toolbar");
  gtk_box_append (GTK_BOX (self->child), self->line);
  gtk_box_append (GTK_BOX (self->child), self->fault);
  build_choices (self);
  self->from = add_month (self, _ ("From month"), _ ("From 202601"));
  self->to = add_month (self, _ ("To month"), _ ("To 202612"));
  self->text = gtk_search_entry_new ();
  g_object_set (self->text, "placeholder-text", _ ("Serial number, name or amount"), NULL);
  gtk_widget_set_tooltip_text (self->text, _ ("A part of the serial number, a part of the name of somebody on the "
                                              "roster, or an amount"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->text), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Serial number, name or amount"), -1);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->text), 8);
  gtk_widget_set_hexpand (self->text, TRUE);
  g_signal_connect_swapped (self->text, "search-changed", G_CALLBACK (changed_cb), self);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (run), "win.query-run");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (clear), "win.query-clear");
  gtk_widget_add_css_class (clear, "flat");
  gtk_widget_set_tooltip_text (clear, _ ("Clear the conditions"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (clear), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Clear the conditions"),
                                  -1);
  gtk_box_append (GTK_BOX (self->line), self->text);
  GtkWidget *ends = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6); /* in one line in any case */
  gtk_box_append (GTK_BOX (ends), run);
  gtk_box_append (GTK_BOX (ends), clear);
  gtk_box_append (GTK_BOX (self->line), ends);
  gtk_widget_set_parent (self->child, GTK_WIDGET (self));
}

static void
qc_query_bar_dispose (GObject *object)
{
  QcQueryBar *self = QC_QUERY_BAR (object);
  g_clear_pointer (&self->child, gtk_widget_unparent);
  G_OBJECT_CLASS (qc_query_bar_parent_class)->dispose (object);
}

static void
qc_query_bar_class_init (QcQueryBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qc_query_bar_dispose;
  signals[CHANGED]
      = g_signal_new ("changed", QC_TYPE_QUERY_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
qc_query_bar_init (QcQueryBar *self)
{
  self->quiet = TRUE;
  build (self);
  self->quiet = FALSE;
}

GtkWidget *
qc_query_bar_new (int business)
{
  QcQueryBar *self = g_object_new (QC_TYPE_QUERY_BAR, NULL);
  self->business = business;
  gtk_widget_set_visible (self->kind, business < 0);
  gtk_widget_set_visible (self->method, business < 0 || qc_business_info ((QcBusiness)business)->has_money);
  return GTK_WIDGET (self);
}
