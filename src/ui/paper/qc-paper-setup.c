/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-paper-setup.h. Main thread.
 */
#include "qc-paper-setup.h"

#include <glib/gi18n.h>

#include "qc-drop-down.h"

#define SCHEMA  "org.qingce.Qingce"
#define CHOICES "paper-choices"
#define MARGINS "paper-margins"
#define WAIT_MS 400 /* after the last change of an amount until it counts */

typedef enum { LEFT, TOP, RIGHT, BOTTOM, N_SIDES } Side;

struct _QcPaperSetup {
  GtkWidget parent_instance;
  GSettings *settings; /* (owned) (nullable) */
  QcPaperSize natural;
  QcPaper paper;
  gboolean filling;
  guint waiting; /* source */
  /* borrowed */
  GtkWidget *box, *sizes, *spins[N_SIDES];
};

G_DEFINE_FINAL_TYPE (QcPaperSetup, qc_paper_setup, GTK_TYPE_WIDGET)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static GSettings *
new_settings (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = source ? g_settings_schema_source_lookup (source, SCHEMA, TRUE) : NULL;
  return schema && g_settings_schema_has_key (schema, CHOICES) ? g_settings_new (SCHEMA) : NULL;
}

/* ---- what is remembered ---- */

static double *
side_of (QcPaper *paper, Side side)
{
  double *const sides[N_SIDES] = {&paper->left, &paper->top, &paper->right, &paper->bottom};
  return sides[side];
}

static QcPaper
recall_paper (QcPaperSetup *self, QcPaperSize size)
{
  QcPaper paper = qc_paper_new (size);
  g_autoptr (GVariant) all = self->settings ? g_settings_get_value (self->settings, MARGINS) : NULL;
  double margins[N_SIDES];
  if (all
      && g_variant_lookup (all, qc_paper_info (size)->code, "(dddd)", &margins[LEFT], &margins[TOP], &margins[RIGHT],
                           &margins[BOTTOM]))
    for (Side side = LEFT; side < N_SIDES; side++)
      *side_of (&paper, side) = CLAMP (margins[side], 0, QC_PAPER_MARGIN_MAX);
  return paper;
}

static void
remember_margins (QcPaperSetup *self)
{
  if (!self->settings)
    return;
  g_autoptr (GVariant) all = g_settings_get_value (self->settings, MARGINS);
  GVariantBuilder builder;
  GVariantIter iter;
  const char *code;
  GVariant *value;
  const char *own = qc_paper_info (self->paper.size)->code;
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{s(dddd)}"));
  g_variant_iter_init (&iter, all);
  while (g_variant_iter_next (&iter, "{&s@(dddd)}", &code, &value)) {
    if (!g_str_equal (code, own))
      g_variant_builder_add (&builder, "{s@(dddd)}", code, value);
    g_variant_unref (value);
  }
  g_variant_builder_add (&builder, "{s(dddd)}", own, self->paper.left, self->paper.top, self->paper.right,
                         self->paper.bottom);
  g_settings_set_value (self->settings, MARGINS, g_variant_builder_end (&builder));
}

static QcPaperSize
recall_size (QcPaperSetup *self)
{
  g_autoptr (GVariant) all = self->settings ? g_settings_get_value (self->settings, CHOICES) : NULL;
  const char *code = NULL;
  QcPaperSize size;
  return all && g_variant_lookup (all, qc_paper_info (self->natural)->code, "&s", &code)
                 && qc_paper_size_from_code (code, &size)
             ? size
             : self->natural;
}

static void
remember_size (QcPaperSetup *self)
{
  if (!self->settings)
    return;
  g_autoptr (GVariant) all = g_settings_get_value (self->settings, CHOICES);
  GVariantBuilder builder;
  GVariantIter iter;
  const char *natural, *chosen;
  const char *own = qc_paper_info (self->natural)->code;
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  g_variant_iter_init (&iter, all);
  while (g_variant_iter_next (&iter, "{&s&s}", &natural, &chosen))
    if (!g_str_equal (natural, own))
      g_variant_builder_add (&builder, "{ss}", natural, chosen);
  g_variant_builder_add (&builder, "{ss}", own, qc_paper_info (self->paper.size)->code);
  g_settings_set_value (self->settings, CHOICES, g_variant_builder_end (&builder));
}

/* ---- changes ---- */

static void
fill (QcPaperSetup *self)
{
  self->filling = TRUE;
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->sizes), self->paper.size);
  for (Side side = LEFT; side < N_SIDES; side++)
    gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->spins[side]), *side_of (&self->paper, side));
  self->filling = FALSE;
}

static void
size_cb (QcPaperSetup *self)
{
  guint chosen = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->sizes));
  if (!self->filling && chosen < QC_N_PAPER_SIZES)
    qc_paper_setup_choose (self, (QcPaperSize)chosen);
}

static gboolean
margins_cb (gpointer user_data)
{
  QcPaperSetup *self = user_data;
  self->waiting = 0;
  for (Side side = LEFT; side < N_SIDES; side++)
    *side_of (&self->paper, side) = gtk_spin_button_get_value (GTK_SPIN_BUTTON (self->spins[side]));
  remember_margins (self);
  g_signal_emit (self, signals[CHANGED], 0);
  return G_SOURCE_REMOVE;
}

static void
spin_cb (QcPaperSetup *self)
{
  if (self->filling)
    return;
  g_clear_handle_id (&self->waiting, g_source_remove);
  self->waiting = g_timeout_add (WAIT_MS, margins_cb, self);
}

static void
usual_cb (QcPaperSetup *self)
{
  self->paper = qc_paper_new (self->paper.size);
  fill (self);
  margins_cb (self);
}

void
qc_paper_setup_choose (QcPaperSetup *self, QcPaperSize size)
{
  g_return_if_fail (QC_IS_PAPER_SETUP (self));
  if (size == self->paper.size)
    return;
  self->paper = recall_paper (self, size);
  remember_size (self);
  fill (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

QcPaper
qc_paper_setup_get (QcPaperSetup *self)
{
  g_return_val_if_fail (QC_IS_PAPER_SETUP (self), qc_paper_new (QC_PAPER_A4));
  return self->paper;
}

/* ---- the widgets ---- */

static GtkWidget *
build_sizes (QcPaperSetup *self)
{
  const char *names[QC_N_PAPER_SIZES + 1] = {NULL};
  for (guint i = 0; i < QC_N_PAPER_SIZES; i++)
    names[i] = _ (qc_paper_info ((QcPaperSize)i)->msgid);
  self->sizes = gtk_drop_down_new_from_strings (names);
  qc_drop_down_set_name (GTK_DROP_DOWN (self->sizes), _ ("Paper"));
  g_signal_connect_swapped (self->sizes, "notify::selected", G_CALLBACK (size_cb), self);
  return self->sizes;
}

static void
attach (QcPaperSetup *self, GtkWidget *grid, Side side, const char *words)
{
  GtkWidget *label = gtk_label_new_with_mnemonic (words);
  GtkWidget *spin = self->spins[side] = gtk_spin_button_new_with_range (0, QC_PAPER_MARGIN_MAX, 1);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_spin_button_set_digits (GTK_SPIN_BUTTON (spin), 1);
  gtk_editable_set_width_chars (GTK_EDITABLE (spin), 5);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), spin);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL, -1);
  g_signal_connect_swapped (spin, "value-changed", G_CALLBACK (spin_cb), self);
  gtk_grid_attach (GTK_GRID (grid), label, 0, side, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), spin, 1, side, 1, 1);
}

static GtkWidget *
build_margins (QcPaperSetup *self)
{
  GtkWidget *button = gtk_menu_button_new (), *popover = gtk_popover_new (), *grid = gtk_grid_new ();
  GtkWidget *usual = gtk_button_new_with_mnemonic (_ ("As _Usual"));
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  attach (self, grid, LEFT, _ ("_Left (mm)"));
  attach (self, grid, TOP, _ ("_Above (mm)"));
  attach (self, grid, RIGHT, _ ("_Right (mm)"));
  attach (self, grid, BOTTOM, _ ("_Below (mm)"));
  gtk_grid_attach (GTK_GRID (grid), usual, 0, N_SIDES, 2, 1);
  g_signal_connect_swapped (usual, "clicked", G_CALLBACK (usual_cb), self);
  gtk_popover_set_child (GTK_POPOVER (popover), grid);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  qc_menu_button_set_words (GTK_MENU_BUTTON (button), _ ("Margins"));
  return button;
}

static void
qc_paper_setup_dispose (GObject *object)
{
  QcPaperSetup *self = QC_PAPER_SETUP (object);
  g_clear_handle_id (&self->waiting, g_source_remove);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (qc_paper_setup_parent_class)->dispose (object);
}

static void
qc_paper_setup_class_init (QcPaperSetupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qc_paper_setup_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[CHANGED]
      = g_signal_new ("changed", QC_TYPE_PAPER_SETUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
qc_paper_setup_init (QcPaperSetup *self)
{
  self->settings = new_settings ();
  self->filling = TRUE;
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_box_append (GTK_BOX (self->box), build_sizes (self));
  gtk_box_append (GTK_BOX (self->box), build_margins (self));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->filling = FALSE;
}

GtkWidget *
qc_paper_setup_new (QcPaperSize natural)
{
  QcPaperSetup *self = g_object_new (QC_TYPE_PAPER_SETUP, NULL);
  self->natural = natural;
  self->paper = recall_paper (self, recall_size (self));
  fill (self);
  return GTK_WIDGET (self);
}
