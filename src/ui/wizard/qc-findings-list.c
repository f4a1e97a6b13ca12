/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The findings of a draft as a list box: one row for a reason, and below it the persons it concerns, so that "12
 * people: base below the floor" is one thing to read. At most a hundred rows a reason are made. Main thread.
 */
#include "qc-findings-list.h"

#include <glib/gi18n.h>

#include "qc-list.h"
#include "qc-prose.h"

#define MAX_ROWS 100
#define WIDTH    250 /* pixels, like HEIGHT: the least */
#define HEIGHT   100

struct _QcFindingsList {
  GtkWidget parent_instance;
  GtkWidget *scrolled; /* borrowed: the child */
  GtkListBox *box;     /* borrowed */
  guint n_groups;
};

G_DEFINE_FINAL_TYPE (QcFindingsList, qc_findings_list, GTK_TYPE_WIDGET)

enum { CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

const char *
qc_severity_icon (QcSeverity severity)
{
  switch (severity) {
  case QC_SEVERITY_ERROR:
    return "dialog-error-symbolic";
  case QC_SEVERITY_ASK:
    return "dialog-question-symbolic";
  case QC_SEVERITY_WARNING:
    return "dialog-warning-symbolic";
  case QC_SEVERITY_NOTE:
  default:
    return "dialog-information-symbolic";
  }
}

const char *
qc_severity_class (QcSeverity severity)
{
  switch (severity) {
  case QC_SEVERITY_ERROR:
    return "error";
  case QC_SEVERITY_ASK:
    return "accent";
  case QC_SEVERITY_WARNING:
    return "warning";
  case QC_SEVERITY_NOTE:
  default:
    return "dim-label";
  }
}

const char *
qc_severity_word (QcSeverity severity)
{
  switch (severity) {
  case QC_SEVERITY_ERROR:
    return _ ("Must be mended");
  case QC_SEVERITY_ASK:
    return _ ("To be answered");
  case QC_SEVERITY_WARNING:
    return _ ("Warning");
  case QC_SEVERITY_NOTE:
  default:
    return _ ("Note");
  }
}

/* --- rows --------------------------------------------------------------------------------------------------------- */

/* What a row says. */
typedef struct {
  const QcFinding *finding; /* borrowed */
  char *title;              /* (owned) */
  char *subtitle;           /* (owned) (nullable) */
  gboolean indented;
  char *key; /* (owned) what is seen of it: two with the same key look alike */
} Row;

static void
row_free (Row *row)
{
  g_free (row->title);
  g_free (row->subtitle);
  g_free (row->key);
  g_free (row);
}

static void
add_row (GPtrArray *rows, const QcFinding *finding, const char *title, const char *subtitle, gboolean indented)
{
  Row *row = g_new0 (Row, 1);
  row->finding = finding;
  row->title = g_strdup (title);
  row->subtitle = g_strdup (subtitle);
  row->indented = indented;
  row->key = g_strdup_printf ("%d%d%s\n%s", (int)finding->severity, indented, title, subtitle ? subtitle : "");
  g_ptr_array_add (rows, row);
}

static GtkWidget *
build_row (const Row *wanted)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  QcSeverity severity = wanted->finding->severity;
  g_autofree char *spoken = g_strdup_printf ("%s: %s", qc_severity_word (severity), wanted->title);
  gtk_widget_set_margin_start (line, wanted->indented ? 32 : 8);
  gtk_widget_set_margin_end (line, 8);
  gtk_widget_set_margin_top (line, 6);
  gtk_widget_set_margin_bottom (line, 6);
  if (!wanted->indented) {
    GtkWidget *icon = gtk_image_new_from_icon_name (qc_severity_icon (severity));
    gtk_widget_set_valign (icon, GTK_ALIGN_START);
    gtk_widget_add_css_class (icon, qc_severity_class (severity));
    gtk_widget_set_tooltip_text (icon, qc_severity_word (severity));
    gtk_box_append (GTK_BOX (line), icon);
  }
  gtk_box_append (GTK_BOX (words), qc_prose_new (wanted->title));
  if (wanted->subtitle) {
    GtkWidget *label = qc_prose_new (wanted->subtitle);
    gtk_widget_add_css_class (label, "caption");
    gtk_widget_add_css_class (label, "dim-label");
    gtk_box_append (GTK_BOX (words), label);
  }
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (line), words);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_object_set_data_full (G_OBJECT (row), "key", g_strdup (wanted->key), g_free);
  return row;
}

/* Rows that stay are not made anew: an edit changes one or two of them, and laying out hundreds of wrapped sentences
 * takes longer than a frame. */
static void
show_rows (QcFindingsList *self, const GPtrArray *rows)
{
  g_autoptr (GHashTable) coming = g_hash_table_new (g_str_hash, g_str_equal); /* key → how many are still to come */
  for (guint i = 0; i < rows->len; i++) {
    const Row *row = g_ptr_array_index (rows, i);
    guint n = GPOINTER_TO_UINT (g_hash_table_lookup (coming, row->key));
    g_hash_table_insert (coming, row->key, GUINT_TO_POINTER (n + 1));
  }
  for (guint i = 0; i < rows->len; i++) {
    const Row *wanted = g_ptr_array_index (rows, i);
    GtkWidget *row;
    const char *key = NULL;
    while ((row = GTK_WIDGET (gtk_list_box_get_row_at_index (self->box, (int)i)))) {
      key = g_object_get_data (G_OBJECT (row), "key");
      if (GPOINTER_TO_UINT (g_hash_table_lookup (coming, key)) > 0)
        break;
      gtk_list_box_remove (self->box, row);
    }
    if (!row || !g_str_equal (key, wanted->key)) {
      row = build_row (wanted);
      gtk_list_box_insert (self->box, row, (int)i);
    }
    g_object_set_data_full (G_OBJECT (row), "finding", qc_finding_copy (wanted->finding),
                            (GDestroyNotify)qc_finding_free);
    guint n = GPOINTER_TO_UINT (g_hash_table_lookup (coming, wanted->key));
    g_hash_table_insert (coming, wanted->key, GUINT_TO_POINTER (n - 1));
  }
  GtkListBoxRow *over;
  while ((over = gtk_list_box_get_row_at_index (self->box, (int)rows->len)))
    gtk_list_box_remove (self->box, GTK_WIDGET (over));
}

/* --- groups ------------------------------------------------------------------------------------------------------- */

/* Whom it concerns and what is wrong. */
static char *
dup_told (const QcFinding *finding)
{
  g_autofree char *whom = qc_finding_dup_whom (finding);
  g_autofree char *sentence = qc_finding_dup_sentence (finding);
  /* Translators: a person, and what is wrong there. */
  return whom ? g_strdup_printf (_ ("%1$s: %2$s"), whom, sentence) : g_steal_pointer (&sentence);
}

static void
add_each (GPtrArray *rows, const GPtrArray *group)
{
  for (guint i = 0; i < group->len && i < MAX_ROWS; i++) {
    const QcFinding *finding = g_ptr_array_index (group, i);
    g_autofree char *sentence = dup_told (finding);
    g_autofree char *advice = qc_finding_dup_advice (finding);
    add_row (rows, finding, sentence, advice, FALSE);
  }
}

/* Of very many only the first ones came. */
static guint
total_of (const GPtrArray *group)
{
  const QcFinding *first = g_ptr_array_index (group, 0);
  return (guint)MAX ((gint64)group->len, first->total);
}

/* One reason: a single finding says itself; several get a headline with their number. */
static void
add_group (GPtrArray *rows, const GPtrArray *group)
{
  const QcFinding *first = g_ptr_array_index (group, 0);
  g_autofree char *advice = qc_finding_dup_advice (first);
  g_autofree char *headline = qc_finding_dup_group (first);
  g_autofree char *own = qc_finding_dup_sentence (first);
  if (total_of (group) == 1 || g_str_equal (headline, own)) { /* nothing to sum up */
    add_each (rows, group);
    return;
  }
  g_autofree char *title
      = g_strdup_printf (ngettext ("%u case: %s", "%u cases: %s", total_of (group)), total_of (group), headline);
  add_row (rows, first, title, advice, FALSE);
  for (guint i = 0; i < group->len && i < MAX_ROWS; i++) {
    const QcFinding *finding = g_ptr_array_index (group, i);
    g_autofree char *sentence = dup_told (finding);
    add_row (rows, finding, sentence, NULL, TRUE);
  }
}

/* What must be mended stands on top; within one severity the order is that of the rules. */
static int
compare_groups (gconstpointer a, gconstpointer b)
{
  const GPtrArray *const *first = a, *const *second = b;
  const QcFinding *x = g_ptr_array_index (*first, 0), *y = g_ptr_array_index (*second, 0);
  return (int)y->severity - (int)x->severity;
}

void
qc_findings_list_set (QcFindingsList *self, const GPtrArray *findings)
{
  g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
  g_autoptr (GHashTable) by_code = g_hash_table_new (g_str_hash, g_str_equal);
  g_return_if_fail (QC_IS_FINDINGS_LIST (self));
  for (guint i = 0; findings && i < findings->len; i++) {
    QcFinding *finding = g_ptr_array_index (findings, i);
    GPtrArray *group = g_hash_table_lookup (by_code, finding->code);
    if (!group) {
      group = g_ptr_array_new ();
      g_ptr_array_add (groups, group);
      g_hash_table_insert (by_code, finding->code, group);
    }
    g_ptr_array_add (group, finding);
  }
  g_ptr_array_sort (groups, compare_groups);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify)row_free);
  for (guint i = 0; i < groups->len; i++)
    add_group (rows, g_ptr_array_index (groups, i));
  show_rows (self, rows);
  self->n_groups = groups->len;
}

guint
qc_findings_list_get_n_groups (QcFindingsList *self)
{
  g_return_val_if_fail (QC_IS_FINDINGS_LIST (self), 0);
  return self->n_groups;
}

static void
row_activated_cb (GtkListBox *box, GtkListBoxRow *row, QcFindingsList *self)
{
  g_signal_emit (self, signals[CHOSEN], 0, g_object_get_data (G_OBJECT (row), "finding"));
}

static void
qc_findings_list_dispose (GObject *object)
{
  QcFindingsList *self = QC_FINDINGS_LIST (object);
  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  G_OBJECT_CLASS (qc_findings_list_parent_class)->dispose (object);
}

/* The frame says how wide it is, and sentences break anywhere: nobody asks each of them how wide it would like to be,
 * and how high at each width, whenever one of them changes. */
static void
qc_findings_list_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *least, int *natural,
                          int *least_baseline, int *natural_baseline)
{
  *least = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : HEIGHT;
}

static void
qc_findings_list_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  QcFindingsList *self = QC_FINDINGS_LIST (widget);
  int least;
  gtk_widget_measure (self->scrolled, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  gtk_widget_allocate (self->scrolled, MAX (width, least), height, baseline, NULL);
}

static void
qc_findings_list_class_init (QcFindingsListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = qc_findings_list_dispose;
  widget_class->measure = qc_findings_list_measure;
  widget_class->size_allocate = qc_findings_list_size_allocate;
  signals[CHOSEN] = g_signal_new ("chosen", QC_TYPE_FINDINGS_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                  1, G_TYPE_POINTER);
}

static void
qc_findings_list_init (QcFindingsList *self)
{
  self->scrolled = gtk_scrolled_window_new ();
  self->box = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->box, GTK_SELECTION_NONE);
  gtk_list_box_set_activate_on_single_click (self->box, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->box), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Findings"), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), GTK_WIDGET (self->box));
  gtk_widget_set_vexpand (self->scrolled, TRUE);
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));
  qc_list_leave_by_tab (GTK_WIDGET (self->box));
  qc_list_copy_rows (GTK_WIDGET (self->box));
  g_signal_connect (self->box, "row-activated", G_CALLBACK (row_activated_cb), self);
}

GtkWidget *
qc_findings_list_new (void)
{
  return g_object_new (QC_TYPE_FINDINGS_LIST, NULL);
}
