/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-unit-dialog.h. An entry and eight colours, each with its name; what cannot be a short name is said at the
 * entry, and nothing is kept. Main thread.
 */
#include "qc-unit-dialog.h"

#include <glib/gi18n.h>

#include "qc-spoken.h"
#include "qc-text-field.h"
#include "qc-unit-dot.h"
#include "qc-unit-name.h"

typedef struct {
  QcWindow *window;   /* borrowed: the dialog is transient for it */
  QcSession *session; /* (owned) */
  char *account;      /* (owned) */
  char *proposed;     /* (owned) what the name proposes */
  GtkWidget *dialog;  /* borrowed */
  GtkWidget *entry;   /* borrowed */
  GtkWidget *error;   /* borrowed */
  GtkWidget *colours[QC_N_UNIT_COLOURS];
} Dialog;

static void
dialog_free (gpointer data)
{
  Dialog *self = data;
  g_object_unref (self->session);
  g_free (self->account);
  g_free (self->proposed);
  g_free (self);
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (QcWindow) window = data;
  g_autoptr (GError) error = NULL;
  if (!qc_session_mark_unit_finish (QC_SESSION (source), result, &error))
    qc_window_show_error (window, error);
}

static guint
chosen_colour (Dialog *self)
{
  for (guint i = 0; i < QC_N_UNIT_COLOURS; i++)
    if (gtk_check_button_get_active (GTK_CHECK_BUTTON (self->colours[i])))
      return i;
  return 0;
}

/* An empty entry, or what is proposed anyway: nothing of her own. */
static void
keep_cb (GtkWidget *widget, Dialog *self)
{
  g_autofree char *label = NULL;
  const char *entered = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autoptr (QcFinding) wrong = qc_text_field_take (QC_TEXT_SHORT_NAME, entered, &label);
  gboolean own = label && *label && g_strcmp0 (label, self->proposed) != 0;
  if (wrong && label && *label) {
    g_autofree char *sentence = qc_finding_dup_sentence (wrong);
    gtk_label_set_label (GTK_LABEL (self->error), sentence);
    gtk_widget_set_visible (self->error, TRUE);
    gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
                                 GTK_ACCESSIBLE_INVALID_TRUE, -1);
    gtk_widget_add_css_class (self->entry, "error");
    gtk_widget_grab_focus (self->entry);
    return;
  }
  qc_session_mark_unit_async (self->session, self->account, own ? label : NULL, chosen_colour (self), kept_cb,
                              g_object_ref (self->window));
  gtk_window_destroy (GTK_WINDOW (self->dialog));
}

static void
cancel_cb (GtkWidget *widget, Dialog *self)
{
  gtk_window_close (GTK_WINDOW (self->dialog));
}

static GtkWidget *
build_colours (Dialog *self, guint chosen)
{
  GtkWidget *grid = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  for (guint i = 0; i < QC_N_UNIT_COLOURS; i++) {
    GtkWidget *button = gtk_check_button_new ();
    GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
    qc_spoken_radio (button);
    gtk_box_append (GTK_BOX (box), qc_unit_dot_new (i));
    gtk_box_append (GTK_BOX (box), gtk_label_new (qc_unit_colour_get_name (i)));
    gtk_check_button_set_child (GTK_CHECK_BUTTON (button), box);
    gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, qc_unit_colour_get_name (i),
                                    -1);
    if (i > 0)
      gtk_check_button_set_group (GTK_CHECK_BUTTON (button), GTK_CHECK_BUTTON (self->colours[0]));
    gtk_check_button_set_active (GTK_CHECK_BUTTON (button), i == chosen);
    self->colours[i] = button;
    gtk_grid_attach (GTK_GRID (grid), button, (int)i % 4, (int)i / 4, 1, 1);
  }
  return grid;
}

static GtkWidget *
new_heading (const char *text, GtkWidget *of)
{
  GtkWidget *label = gtk_label_new_with_mnemonic (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0.0);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), of);
  gtk_widget_add_css_class (label, "heading");
  return label;
}

static GtkWidget *
build_content (Dialog *self, const QcUnitChoice *unit)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *name = gtk_label_new (unit->name);
  GtkWidget *note
      = gtk_label_new (_ ("It stands on the button that submits, in confirmations and in the list of units. "
                          "The center does not see it."));
  GtkWidget *colours = build_colours (self, unit->colour);
  self->entry = gtk_entry_new ();
  self->error = gtk_label_new (NULL);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), unit->label);
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), self->proposed);
  gtk_entry_set_activates_default (GTK_ENTRY (self->entry), TRUE);
  GtkWidget *lines[] = {name, note, self->error};
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++) {
    gtk_label_set_xalign (GTK_LABEL (lines[i]), 0.0);
    gtk_label_set_wrap (GTK_LABEL (lines[i]), TRUE);
    gtk_label_set_max_width_chars (GTK_LABEL (lines[i]), 48);
  }
  gtk_widget_add_css_class (note, "dim-label");
  gtk_widget_add_css_class (self->error, "error");
  gtk_widget_set_visible (self->error, FALSE);
  gtk_widget_add_css_class (box, "qc-panel");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), new_heading (_ ("_Short name"), self->entry));
  gtk_box_append (GTK_BOX (box), self->entry);
  gtk_box_append (GTK_BOX (box), self->error);
  gtk_box_append (GTK_BOX (box), note);
  gtk_box_append (GTK_BOX (box), new_heading (_ ("Co_lour"), self->colours[unit->colour]));
  gtk_box_append (GTK_BOX (box), colours);
  gtk_accessible_update_property (GTK_ACCESSIBLE (colours), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Colour"), -1);
  return box;
}

static const QcUnitChoice *
find_unit (QcSession *session, const char *account)
{
  GPtrArray *units = qc_session_get_units (session);
  for (guint i = 0; i < units->len; i++) {
    const QcUnitChoice *unit = g_ptr_array_index (units, i);
    if (g_strcmp0 (unit->account, account) == 0)
      return unit;
  }
  return NULL;
}

static gboolean
escape_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  gtk_window_close (GTK_WINDOW (widget));
  return TRUE;
}

void
qc_unit_dialog_show (QcWindow *window, QcSession *session, const char *account)
{
  const QcUnitChoice *unit = find_unit (session, account);
  if (!unit)
    return;
  Dialog *self = g_new0 (Dialog, 1);
  GtkWidget *bar = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));
  GtkWidget *keep = gtk_button_new_with_mnemonic (_ ("_Keep"));
  self->window = window;
  self->session = g_object_ref (session);
  self->account = g_strdup (account);
  self->proposed = qc_unit_name_dup_short (unit->name);
  self->dialog = adw_window_new ();
  gtk_window_set_title (GTK_WINDOW (self->dialog), _ ("Short Name and Colour"));
  gtk_window_set_transient_for (GTK_WINDOW (self->dialog), GTK_WINDOW (window));
  gtk_window_set_modal (GTK_WINDOW (self->dialog), TRUE);
  gtk_window_set_resizable (GTK_WINDOW (self->dialog), FALSE);
  gtk_widget_add_css_class (keep, "suggested-action");
  g_signal_connect (cancel, "clicked", G_CALLBACK (cancel_cb), self);
  g_signal_connect (keep, "clicked", G_CALLBACK (keep_cb), self);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (bar), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (bar), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), keep);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (column), bar);
  gtk_box_append (GTK_BOX (column), build_content (self, unit));
  adw_window_set_content (ADW_WINDOW (self->dialog), column);
  gtk_window_set_default_widget (GTK_WINDOW (self->dialog), keep);
  GtkEventController *keys = gtk_shortcut_controller_new ();
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0), gtk_callback_action_new (escape_cb, NULL, NULL)));
  gtk_widget_add_controller (self->dialog, keys);
  g_object_set_data_full (G_OBJECT (self->dialog), "qc-dialog", self, dialog_free);
  gtk_window_present (GTK_WINDOW (self->dialog));
  gtk_widget_grab_focus (self->entry);
}
