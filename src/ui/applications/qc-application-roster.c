/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-application-roster.h: the part at the side. Main thread.
 */
#include "qc-application-roster.h"

#include <glib/gi18n.h>

#include "qc-error-text.h"
#include "qc-fact-grid.h"
#include "qc-format.h"
#include "qc-roster-words.h"

#define LISTED 20

struct _QcApplicationRoster {
  GtkWidget parent_instance;
  QcApplicationLines *lines; /* (owned) (nullable) */
  QcRosterModel *shown;      /* (owned) (nullable) whose people are listed */
  gulong handler;
  /* borrowed */
  GtkWidget *child, *groups, *list, *button;
  GtkLabel *more, *words;
};

G_DEFINE_FINAL_TYPE (QcApplicationRoster, qc_application_roster, GTK_TYPE_WIDGET)

/* ---- words ---- */

static char *
dup_missing_words (QcApplicationLines *lines)
{
  g_autofree char *here = qc_format_count (qc_application_lines_get_here (lines));
  g_autofree char *all = qc_format_count (qc_application_lines_get_people (lines));
  const GError *error = qc_application_lines_get_error (lines);
  g_autofree char *what = NULL;
  if (qc_application_lines_get_here (lines) > 0)
    /* Translators: two numbers of lines. */
    what = g_strdup_printf (_ ("Only the first %s of %s lines are on this computer."), here, all);
  else if (error)
    what = g_strdup (_ ("The lines are not on this computer; they come from the center."));
  else
    what = g_strdup_printf (_ ("%s lines. They are fetched when the roster is opened."), all);
  if (!error)
    return g_steal_pointer (&what);
  g_autoptr (QcErrorText) text = qc_error_text_new (error);
  return g_strdup_printf ("%s\n%s%s%s", what, text->title, text->advice ? "\n" : "", text->advice ? text->advice : "");
}

char *
qc_application_roster_words (QcApplicationLines *lines)
{
  if (!qc_application_lines_get_model (lines) && !qc_application_lines_get_error (lines))
    return g_strdup (""); /* a moment */
  if (qc_application_lines_is_busy (lines)) {
    g_autofree char *here = qc_format_count (qc_application_lines_get_here (lines));
    g_autofree char *all = qc_format_count (qc_application_lines_get_people (lines));
    return g_strdup_printf (_ ("Being fetched: %s of %s lines."), here, all);
  }
  if (!qc_application_lines_is_whole (lines))
    return dup_missing_words (lines);
  if (qc_application_lines_get_fetched (lines) == 0)
    return g_strdup ("");
  g_autofree char *time = qc_format_date_time (qc_application_lines_get_fetched (lines));
  return g_strdup_printf (_ ("As it was confirmed; fetched %s."), time);
}

/* What the business does to the person: the status before and after, and what was entered. (transfer full) */
static char *
dup_change (QcApplicationLines *lines, const QcRosterLine *line)
{
  QcBusiness business = qc_application_lines_get_business (lines);
  const QcBusinessInfo *info = qc_business_info (business);
  const GPtrArray *codes = qc_application_lines_get_codes (lines);
  GString *text = g_string_new (NULL);
  if (line->status && line->status_after) {
    g_autofree char *before = qc_roster_dup_shown (business, codes, line, QC_LINE_STATUS);
    g_autofree char *after = qc_roster_dup_shown (business, codes, line, QC_LINE_STATUS_AFTER);
    g_string_append_printf (text, "%s → %s", before, after);
  }
  for (guint i = 0; i < info->n_columns; i++) {
    const QcBusinessColumn *column = &info->columns[i];
    if (!qc_column_is_entered (column) || !qc_line_is_set (line, column->field))
      continue;
    g_autofree char *value = qc_roster_dup_shown (business, codes, line, column->field);
    g_string_append_printf (text, "%s%s %s", text->len > 0 ? " · " : "", _ (qc_business_column_msgid (column)), value);
  }
  return g_string_free (text, FALSE);
}

/* ---- what is shown ---- */

static void
add_label (GtkWidget *box, const char *text, gboolean dim)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (dim) {
    gtk_widget_add_css_class (label, "caption");
    gtk_widget_add_css_class (label, "dim-label");
    gtk_widget_set_margin_bottom (label, 4);
  }
  gtk_box_append (GTK_BOX (box), label);
}

static void
list_people (QcApplicationRoster *self, const QcRoster *roster)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (self->list)))
    gtk_box_remove (GTK_BOX (self->list), child);
  for (guint i = 0; i < MIN (roster->lines->len, LISTED); i++) {
    const QcRosterLine *line = g_ptr_array_index (roster->lines, i);
    const char *identity = qc_roster_line_identity (line);
    g_autofree char *who = g_strdup_printf ("%s · %s", line->name ? line->name : "—", identity ? identity : "—");
    g_autofree char *change = dup_change (self->lines, line);
    add_label (self->list, who, FALSE);
    add_label (self->list, change, TRUE);
  }
}

static void
fill_groups (QcApplicationRoster *self, const QcRoster *roster)
{
  QcFactGrid *groups = QC_FACT_GRID (self->groups);
  qc_fact_grid_clear (groups);
  QcRosterTotals totals;
  qc_roster_sum (roster, &totals);
  g_autofree char *sealing = qc_format_people (totals.sealing);
  g_autofree char *unsealing = qc_format_people (totals.unsealing);
  if (totals.sealing > 0)
    qc_fact_grid_add (groups, _ ("Of these sealed"), sealing);
  if (totals.unsealing > 0)
    qc_fact_grid_add (groups, _ ("Of these unsealed"), unsealing);
  g_autoptr (GArray) targets = qc_roster_dup_targets (roster);
  for (guint i = 0; i < targets->len; i++) {
    g_autofree char *target = qc_roster_words_target (&g_array_index (targets, QcRosterTarget, i));
    qc_fact_grid_add (groups, _ ("Goes to"), target);
  }
  gtk_widget_set_visible (self->groups, totals.sealing + totals.unsealing > 0 || targets->len > 0);
}

static void
show_words (QcApplicationRoster *self)
{
  g_autofree char *words = qc_application_roster_words (self->lines);
  gtk_label_set_text (self->words, words);
  gtk_widget_set_visible (GTK_WIDGET (self->words), *words != '\0');
}

/* How many of each kind is said of all of them, or not at all. */
static void
update (QcApplicationRoster *self)
{
  QcRosterModel *model = qc_application_lines_get_model (self->lines);
  const QcRoster *roster = model ? qc_roster_model_get_roster (model) : NULL;
  guint n = roster ? roster->lines->len : 0;
  show_words (self);
  gtk_widget_set_visible (self->list, n > 0);
  if (!qc_application_lines_is_whole (self->lines))
    gtk_widget_set_visible (self->groups, FALSE);
  if (!g_set_object (&self->shown, model) || !roster)
    return;
  list_people (self, roster);
  if (qc_application_lines_is_whole (self->lines))
    fill_groups (self, roster);
  g_autofree char *rest = n > LISTED ? qc_format_people (n - LISTED) : NULL;
  g_autofree char *more = rest ? g_strdup_printf (_ ("and %s more"), rest) : NULL;
  gtk_label_set_text (self->more, more ? more : "");
  gtk_widget_set_visible (GTK_WIDGET (self->more), more != NULL);
}

void
qc_application_roster_set_lines (QcApplicationRoster *self, QcApplicationLines *lines)
{
  g_return_if_fail (QC_IS_APPLICATION_ROSTER (self));
  if (self->lines == lines)
    return;
  if (self->lines)
    g_clear_signal_handler (&self->handler, self->lines);
  g_clear_object (&self->shown);
  g_set_object (&self->lines, lines);
  gtk_widget_set_visible (GTK_WIDGET (self->more), FALSE);
  if (!lines)
    return;
  self->handler = g_signal_connect_swapped (lines, "changed", G_CALLBACK (update), self);
  update (self);
}

static void
qc_application_roster_dispose (GObject *object)
{
  QcApplicationRoster *self = QC_APPLICATION_ROSTER (object);
  if (self->lines)
    g_clear_signal_handler (&self->handler, self->lines);
  g_clear_object (&self->lines);
  g_clear_object (&self->shown);
  g_clear_pointer (&self->child, gtk_widget_unparent);
  G_OBJECT_CLASS (qc_application_roster_parent_class)->dispose (object);
}

static void
qc_application_roster_class_init (QcApplicationRosterClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qc_application_roster_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkLabel *
dim_label_new (void)
{
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "dim-label");
  return GTK_LABEL (label);
}

static void
qc_application_roster_init (QcApplicationRoster *self)
{
  self->child = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->groups = qc_fact_grid_new ();
  self->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  self->more = dim_label_new ();
  self->words = dim_label_new ();
  self->button = gtk_button_new_with_mnemonic (_ ("_Open roster"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), "win.application-roster");
  gtk_widget_set_halign (self->button, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (self->child), self->groups);
  gtk_box_append (GTK_BOX (self->child), self->list);
  gtk_box_append (GTK_BOX (self->child), GTK_WIDGET (self->more));
  gtk_box_append (GTK_BOX (self->child), GTK_WIDGET (self->words));
  gtk_box_append (GTK_BOX (self->child), self->button);
  gtk_widget_set_parent (self->child, GTK_WIDGET (self));
}

GtkWidget *
qc_application_roster_new (void)
{
  return g_object_new (QC_TYPE_APPLICATION_ROSTER, NULL);
}
