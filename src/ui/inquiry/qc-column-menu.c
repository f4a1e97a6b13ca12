/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-column-menu.h. Widths are kept when they have come to rest. Main thread.
 */
#include "qc-column-menu.h"

#include <glib/gi18n.h>

#include "qc-drop-down.h"
#include "qc-list-memory.h"
#include "qc-window.h"

#define REST_MS 500

struct _QcColumnMenu {
  GtkWidget parent_instance;
  QcSession *session;          /* (owned) */
  GtkColumnView *grid;         /* borrowed: a weak pointer */
  char *list;                  /* (owned) */
  QcListMemory *memory;        /* (owned) */
  GCancellable *cancel;        /* (owned) of the load under way */
  GSimpleActionGroup *actions; /* (owned) a toggle for each column that may go */
  GtkWidget *button;           /* borrowed: the child */
  GAction *toggle;             /* (owned) (nullable) what is beside the list */
  guint resting;               /* source */
  gboolean applying;           /* what is remembered is not chosen anew */
  gboolean widths_only;        /* which columns there are is decided elsewhere */
};

G_DEFINE_FINAL_TYPE (QcColumnMenu, qc_column_menu, GTK_TYPE_WIDGET)

static void
keep (QcColumnMenu *self)
{
  g_clear_handle_id (&self->resting, g_source_remove);
  qc_list_memory_keep (self->session, self->list, self->memory);
}

static void
qc_column_menu_dispose (GObject *object)
{
  QcColumnMenu *self = QC_COLUMN_MENU (object);
  if (self->resting)
    keep (self);
  if (self->cancel)
    g_cancellable_cancel (self->cancel);
  g_clear_object (&self->cancel);
  if (self->grid)
    qc_grid_set_width_func (self->grid, NULL, NULL);
  g_clear_weak_pointer (&self->grid);
  g_clear_pointer (&self->button, gtk_widget_unparent);
  G_OBJECT_CLASS (qc_column_menu_parent_class)->dispose (object);
}

static void
qc_column_menu_finalize (GObject *object)
{
  QcColumnMenu *self = QC_COLUMN_MENU (object);
  qc_list_memory_free (self->memory);
  g_clear_object (&self->toggle);
  g_clear_object (&self->actions);
  g_clear_object (&self->session);
  g_free (self->list);
  G_OBJECT_CLASS (qc_column_menu_parent_class)->finalize (object);
}

static void
qc_column_menu_class_init (QcColumnMenuClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qc_column_menu_dispose;
  G_OBJECT_CLASS (klass)->finalize = qc_column_menu_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
qc_column_menu_init (QcColumnMenu *self)
{
  self->memory = qc_list_memory_new ();
  self->actions = g_simple_action_group_new ();
}

/* --- choosing --- */

static void
toggled_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  QcColumnMenu *self = data;
  const char *id = g_action_get_name (G_ACTION (action));
  g_simple_action_set_state (action, value);
  if (!self->grid)
    return;
  qc_grid_set_wanted (self->grid, id, g_variant_get_boolean (value));
  if (self->applying)
    return;
  qc_list_memory_set_shown (self->memory, id, g_variant_get_boolean (value));
  keep (self);
}

static void
add_choices (QcColumnMenu *self)
{
  const QcGridColumn *columns;
  guint n = qc_grid_get_columns (self->grid, &columns);
  g_autoptr (GMenu) menu = g_menu_new ();
  for (guint i = 1; i < n; i++) {
    g_autoptr (GSimpleAction) action
        = g_simple_action_new_stateful (columns[i].id, NULL, g_variant_new_boolean (!columns[i].hidden));
    g_autofree char *name = g_strconcat ("columns.", columns[i].id, NULL);
    g_signal_connect (action, "change-state", G_CALLBACK (toggled_cb), self);
    g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (action));
    g_menu_append (menu, _ (columns[i].msgid), name);
  }
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->button), G_MENU_MODEL (menu));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "columns", G_ACTION_GROUP (self->actions));
}

static gboolean
rested_cb (gpointer data)
{
  QcColumnMenu *self = data;
  self->resting = 0;
  keep (self);
  return G_SOURCE_REMOVE;
}

static void
width_cb (const char *id, int width, gpointer data)
{
  QcColumnMenu *self = data;
  qc_list_memory_set_width (self->memory, id, width);
  g_clear_handle_id (&self->resting, g_source_remove);
  self->resting = g_timeout_add (REST_MS, rested_cb, self);
}

/* --- what is beside the list --- */

static gboolean
is_on (GAction *toggle)
{
  g_autoptr (GVariant) state = g_action_get_state (toggle);
  return g_variant_get_boolean (state);
}

static void
beside_cb (GAction *toggle, GParamSpec *pspec, QcColumnMenu *self)
{
  const char *id = g_action_get_name (toggle);
  if (self->applying || qc_list_memory_is_shown (self->memory, id, FALSE) == is_on (toggle))
    return;
  qc_list_memory_set_shown (self->memory, id, is_on (toggle));
  keep (self);
}

void
qc_column_menu_add_toggle (QcColumnMenu *self, GAction *toggle)
{
  g_return_if_fail (QC_IS_COLUMN_MENU (self) && !self->toggle);
  self->toggle = g_object_ref (toggle);
  g_signal_connect_object (toggle, "notify::state", G_CALLBACK (beside_cb), self, 0);
}

void
qc_column_menu_note_sort (QcColumnMenu *self, const char *id, gboolean descending)
{
  g_return_if_fail (QC_IS_COLUMN_MENU (self));
  if (self->applying || (g_strcmp0 (self->memory->sort, id) == 0 && self->memory->descending == descending))
    return;
  g_free (self->memory->sort);
  self->memory->sort = g_strdup (id);
  self->memory->descending = descending;
  keep (self);
}

/* --- what is remembered --- */

static void
apply (QcColumnMenu *self)
{
  const QcGridColumn *columns;
  guint n = qc_grid_get_columns (self->grid, &columns);
  self->applying = TRUE;
  for (guint i = 0; i < n; i++) {
    gboolean shown = qc_list_memory_is_shown (self->memory, columns[i].id, !columns[i].hidden);
    if (i > 0 && !self->widths_only)
      g_action_group_change_action_state (G_ACTION_GROUP (self->actions), columns[i].id, g_variant_new_boolean (shown));
    qc_grid_set_width (self->grid, columns[i].id, qc_list_memory_get_width (self->memory, columns[i].id));
  }
  if (self->memory->sort)
    qc_grid_set_sort (self->grid, self->memory->sort, self->memory->descending);
  if (self->toggle && qc_list_memory_is_shown (self->memory, g_action_get_name (self->toggle), FALSE))
    g_action_change_state (self->toggle, g_variant_new_boolean (TRUE));
  self->applying = FALSE;
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (QcColumnMenu) self = data;
  QcListMemory *memory = qc_list_memory_load_finish (QC_SESSION (source), result, NULL);
  if (!memory) /* without it the list is as usual */
    return;
  if (!self->grid) {
    qc_list_memory_free (memory);
    return;
  }
  qc_list_memory_free (self->memory);
  self->memory = memory;
  apply (self);
}

GtkWidget *
qc_column_menu_new (QcSession *session, GtkColumnView *grid, const char *list)
{
  QcColumnMenu *self = g_object_new (QC_TYPE_COLUMN_MENU, NULL);
  self->session = g_object_ref (session);
  self->list = g_strdup (list);
  g_set_weak_pointer (&self->grid, grid);
  self->button = gtk_menu_button_new ();
  qc_menu_button_set_words (GTK_MENU_BUTTON (self->button), _ ("Columns"));
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  add_choices (self);
  qc_grid_set_width_func (grid, width_cb, self);
  self->cancel = g_cancellable_new ();
  qc_list_memory_load_async (session, list, self->cancel, loaded_cb, g_object_ref (self));
  return GTK_WIDGET (self);
}

static void
realized_cb (GtkColumnView *grid, const char *list)
{
  QcWindow *window = qc_window_of (GTK_WIDGET (grid));
  if (!window || g_object_get_data (G_OBJECT (grid), "qc-column-menu"))
    return;
  QcColumnMenu *self = QC_COLUMN_MENU (qc_column_menu_new (qc_window_get_session (window), grid, list));
  self->widths_only = TRUE;
  g_object_set_data_full (G_OBJECT (grid), "qc-column-menu", g_object_ref_sink (self), g_object_unref);
}

void
qc_column_menu_keep_widths (GtkColumnView *grid, const char *list)
{
  g_signal_connect_data (grid, "realize", G_CALLBACK (realized_cb), g_strdup (list), (GClosureNotify)(GCallback)g_free,
                         0);
}

void
qc_column_menu_keep_sort (GtkColumnView *grid, const char *id, gboolean descending)
{
  QcColumnMenu *self = g_object_get_data (G_OBJECT (grid), "qc-column-menu");
  if (self)
    qc_column_menu_note_sort (self, id, descending);
}

void
qc_column_menu_set_flat (QcColumnMenu *self)
{
  g_return_if_fail (QC_IS_COLUMN_MENU (self));
  gtk_menu_button_set_has_frame (GTK_MENU_BUTTON (self->button), FALSE);
}
