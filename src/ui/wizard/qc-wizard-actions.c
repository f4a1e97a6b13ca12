/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The commands of the wizard frame as actions of its page (win.PREFIX-next …), with shortcuts, enabled exactly where
 * they can be done. Main thread.
 */
#include "qc-wizard-private.h"

#include "qc-step-words.h"

static void
set_enabled (QcWizard *self, const char *name, gboolean enabled)
{
  g_autofree char *full = g_strconcat (self->prefix, "-", name, NULL);
  GAction *action = g_action_map_lookup_action (self->actions, full);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

/* Said anew only when it is otherwise: a reader hears each change. */
static void
name_button (GtkWidget *button, const char *words)
{
  if (g_strcmp0 (gtk_widget_get_tooltip_text (button), words) == 0)
    return;
  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

void
qc_wizard_update_actions (QcWizard *self, guint index, guint reachable)
{
  gboolean steps = g_strcmp0 (gtk_stack_get_visible_child_name (self->outer), "steps") == 0;
  if (!self->actions)
    return;
  set_enabled (self, "back", steps && index > 0);
  set_enabled (self, "next", steps && index < reachable);
  set_enabled (self, "submit", steps && self->can_submit);
  set_enabled (self, "step", steps);
  set_enabled (self, "findings", steps);
  set_enabled (self, "undo", steps && self->draft && qc_draft_can_undo (self->draft));
  set_enabled (self, "redo", steps && self->draft && qc_draft_can_redo (self->draft));
  g_autofree char *undo = qc_step_words_dup_undo (self->draft ? qc_draft_get_undo_label (self->draft) : NULL);
  g_autofree char *redo = qc_step_words_dup_redo (self->draft ? qc_draft_get_redo_label (self->draft) : NULL);
  name_button (self->undo, undo);
  name_button (self->redo, redo);
  set_enabled (self, "discard", steps && self->draft && !qc_draft_is_empty (self->draft));
}

static void
next_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  qc_wizard_go_by (user_data, 1);
}

static void
back_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  qc_wizard_go_by (user_data, -1);
}

static void
submit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  qc_wizard_emit_submit (user_data);
}

static void
discard_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  qc_wizard_emit_discard (user_data);
}

static void
undo_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  qc_draft_undo (QC_WIZARD (user_data)->draft);
}

static void
redo_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  qc_draft_redo (QC_WIZARD (user_data)->draft);
}

static void
findings_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  QcWizard *self = user_data;
  qc_wizard_show_findings (self, !gtk_widget_get_visible (self->findings_side));
}

static void
step_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  QcWizard *self = user_data;
  int number = g_variant_get_int32 (parameter);
  if (number >= 1 && number <= (int)self->steps->len)
    qc_wizard_go (self, ((QcWizardEntry *)g_ptr_array_index (self->steps, number - 1))->step);
}

static void
bind_button (QcWizard *self, GtkWidget *button, const char *name)
{
  g_autofree char *full = g_strconcat ("win.", self->prefix, "-", name, NULL);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), full);
}

static void
add_shortcut (QcWizard *self, QcPage *page, const char *accelerator, const char *name)
{
  g_autofree char *full = g_strconcat ("win.", self->prefix, "-", name, NULL);
  qc_page_add_shortcut (page, accelerator, full);
}

void
qc_wizard_install (QcWizard *self, QcPage *page, const char *prefix)
{
  static const struct {
    const char *name, *accelerator, *type;
    void (*activate) (GSimpleAction *, GVariant *, gpointer);
  } table[] = {
      {"next", "<Alt>Page_Down", NULL, next_cb},
      {"back", "<Alt>Page_Up", NULL, back_cb},
      {"submit", "<Control>Return", NULL, submit_cb},
      {"undo", "<Control>z", NULL, undo_cb},
      {"redo", "<Control><Shift>z", NULL, redo_cb},
      {"findings", "F8", NULL, findings_cb},
      {"discard", NULL, NULL, discard_cb},
      {"step", NULL, "i", step_cb},
  };
  g_return_if_fail (QC_IS_WIZARD (self));
  g_return_if_fail (!self->prefix);
  self->prefix = g_strdup (prefix);
  self->actions = qc_page_get_actions (page);
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autofree char *full = g_strconcat (prefix, "-", table[i].name, NULL);
    g_autoptr (GSimpleAction) action
        = g_simple_action_new (full, table[i].type ? G_VARIANT_TYPE (table[i].type) : NULL);
    g_signal_connect_object (action, "activate", G_CALLBACK (table[i].activate), self, 0);
    g_action_map_add_action (self->actions, G_ACTION (action));
    if (table[i].accelerator)
      add_shortcut (self, page, table[i].accelerator, table[i].name);
  }
  bind_button (self, self->next, "next");
  bind_button (self, self->back, "back");
  bind_button (self, self->submit, "submit");
  bind_button (self, self->undo, "undo");
  bind_button (self, self->redo, "redo");
  bind_button (self, self->findings_toggle, "findings");
  qc_wizard_update (self);
}
