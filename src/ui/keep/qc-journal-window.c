/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-journal-window.h. Main thread.
 */
#include "qc-journal-window.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "qc-column-menu.h"
#include "qc-drop-down.h"
#include "qc-error-text.h"
#include "qc-export-grid.h"
#include "qc-fit.h"
#include "qc-focus.h"
#include "qc-format.h"
#include "qc-grid.h"
#include "qc-journal-list.h"

#define QC_TYPE_JOURNAL_WINDOW (qc_journal_window_get_type ())
G_DECLARE_FINAL_TYPE (QcJournalWindow, qc_journal_window, QC, JOURNAL_WINDOW, AdwWindow)

struct _QcJournalWindow {
  AdwWindow parent_instance;
  QcSession *session;            /* (owned) */
  QcJournalList *list;           /* (owned) */
  GtkSingleSelection *selection; /* (owned) */
  /* borrowed */
  GtkColumnView *grid;
  GtkWidget *search, *kinds, *periods, *only_unit, *words;
};

G_DEFINE_FINAL_TYPE (QcJournalWindow, qc_journal_window, ADW_TYPE_WINDOW)

#define CELL(name, function)                       \
  static char *name (gpointer item, gpointer data) \
  {                                                \
    return function (item);                        \
  }
CELL (cell_time, qc_journal_row_dup_time)
CELL (cell_actor, qc_journal_row_dup_actor)
CELL (cell_action, qc_journal_row_dup_action)
CELL (cell_unit, qc_journal_row_dup_unit)
CELL (cell_subject, qc_journal_row_dup_subject)
#undef CELL

static char *
cell_number (gpointer item, gpointer data)
{
  gint64 number = qc_journal_row_get_number (item);
  return number > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, number) : NULL;
}

static char *
row_name (gpointer item, gpointer data)
{
  g_autofree char *time = qc_journal_row_dup_time (item);
  g_autofree char *actor = qc_journal_row_dup_actor (item);
  g_autofree char *action = qc_journal_row_dup_action (item);
  g_autofree char *subject = qc_journal_row_dup_subject (item);
  return g_strjoin (", ", time, actor, action, subject, NULL);
}

static const QcGridColumn columns[] = {
    {"time", N_ ("Time"), cell_time, QC_GRID_CODE},
    {"action", N_ ("What was done"), cell_action, QC_GRID_TEXT, .chars = 20},
    {"subject", N_ ("What it is about"), cell_subject, QC_GRID_NAME, .chars = 30, .expand = TRUE},
    {"actor", N_ ("Done by"), cell_actor, QC_GRID_TEXT, .chars = 16, .yields = 3},
    {"unit", N_ ("Unit"), cell_unit, QC_GRID_NAME, .chars = 24, .yields = 2},
    {"number", N_ ("Number"), cell_number, QC_GRID_NUMBER, .yields = 1},
};

static const struct {
  const char *code, *msgid;
} kinds[] = {
    {NULL, N_ ("All kinds")},
    {"outbox.", N_ ("Submitting")},
    {"draft.", N_ ("Drafts")},
    {"import.", N_ ("Imports")},
    {"exported", N_ ("Exports")},
    {"voucher.", N_ ("Vouchers")},
    {"paper.", N_ ("Rosters and notices")},
    {"sign-", N_ ("Signing in")},
    {"backup.", N_ ("Backups")},
    {"bundle.", N_ ("Moving")},
};

/* --- what is shown --- */

static void
show_count (QcJournalWindow *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  g_autofree char *count = qc_format_count (n);
  g_autofree char *words = g_strdup_printf (ngettext ("%s entry", "%s entries", n), count);
  gtk_label_set_text (GTK_LABEL (self->words), words);
  qc_grid_refresh (self->grid);
}

static void
filled_cb (QcJournalWindow *self)
{
  qc_grid_fill_blanks (self->grid);
}

static void
failed_cb (QcJournalList *list, const GError *error, QcJournalWindow *self)
{
  g_autoptr (QcErrorText) text = qc_error_text_new (error);
  gtk_label_set_text (GTK_LABEL (self->words), text->title);
}

static void
narrow (QcJournalWindow *self)
{
  guint kind = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->kinds));
  guint period = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->periods));
  gboolean only = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->only_unit));
  QcJournalFilter filter = {.text = gtk_editable_get_text (GTK_EDITABLE (self->search)),
                            .kind = kind < G_N_ELEMENTS (kinds) ? kinds[kind].code : NULL,
                            .unit = only ? qc_session_get_unit_account (self->session) : NULL};
  if (period < QC_N_JOURNAL_PERIODS)
    qc_journal_period_get (period, qc_clock_now (qc_context_get_clock (qc_session_get_context (self->session))),
                           &filter.from, &filter.to);
  qc_journal_list_set_filter (self->list, &filter);
}

/* --- commands --- */

static void
verified_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcJournalWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 entry = 0;
  gboolean whole = qc_session_verify_journal_finish (QC_SESSION (source), result, &entry, &error);
  if (!self->list)
    return;
  g_autofree char *words = NULL;
  if (whole) {
    words = g_strdup (_ ("The journal is whole: no entry was changed, added or taken out."));
  } else if (entry > 0) {
    words
        = g_strdup_printf (_ ("The journal was changed from outside: entry %lld is the first that does not fit. Keep a "
                              "copy of the data folder."),
                           (long long)entry);
  } else {
    g_autoptr (QcErrorText) text = qc_error_text_new (error);
    words = g_strdup (text->title);
  }
  gtk_label_set_text (GTK_LABEL (self->words), words);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "journal.verify", TRUE);
}

static void
verify (GtkWidget *widget, const char *name, GVariant *parameter)
{
  QcJournalWindow *self = QC_JOURNAL_WINDOW (widget);
  gtk_label_set_text (GTK_LABEL (self->words), _ ("Verifying…"));
  gtk_widget_action_set_enabled (widget, "journal.verify", FALSE);
  qc_session_verify_journal_async (self->session, NULL, verified_cb, g_object_ref (self));
}

static void
export_list (GtkWidget *widget, const char *name, GVariant *parameter)
{
  QcJournalWindow *self = QC_JOURNAL_WINDOW (widget);
  qc_export_grid (self->grid, _ ("Journal"), QC_MONTH_NONE, NULL,
                  parameter ? g_variant_get_string (parameter, NULL) : NULL);
}

/* --- the window --- */

static GtkWidget *
build_top (QcJournalWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL), times = gtk_string_list_new (NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    gtk_string_list_append (names, _ (kinds[i].msgid));
  for (guint i = 0; i < QC_N_JOURNAL_PERIODS; i++)
    gtk_string_list_append (times, _ (qc_journal_period_to_msgid (i)));
  self->search = gtk_search_entry_new ();
  self->kinds = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&names)), NULL);
  self->periods = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&times)), NULL);
  self->only_unit = gtk_check_button_new_with_mnemonic (_ ("_This unit only"));
  g_object_set (self->search, "placeholder-text", _ ("Serial number, person, anything in an entry"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Search the journal"), -1);
  qc_drop_down_set_name (GTK_DROP_DOWN (self->kinds), _ ("Kind of entry"));
  qc_drop_down_set_name (GTK_DROP_DOWN (self->periods), _ ("When"));
  gtk_widget_set_hexpand (self->search, TRUE);
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (narrow), self);
  g_signal_connect_swapped (self->search, "stop-search", G_CALLBACK (gtk_window_close), self);
  g_signal_connect_swapped (self->kinds, "notify::selected", G_CALLBACK (narrow), self);
  g_signal_connect_swapped (self->periods, "notify::selected", G_CALLBACK (narrow), self);
  g_signal_connect_swapped (self->only_unit, "toggled", G_CALLBACK (narrow), self);
  gtk_box_append (GTK_BOX (box), self->search);
  gtk_box_append (GTK_BOX (box), self->kinds);
  gtk_box_append (GTK_BOX (box), self->periods);
  gtk_box_append (GTK_BOX (box), self->only_unit);
  return box;
}

static GtkWidget *
build_bottom (QcJournalWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *check = gtk_button_new_with_mnemonic (_ ("_Verify"));
  GtkWidget *export = gtk_button_new_with_mnemonic (_ ("_Export"));
  self->words = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->words), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->words), 0);
  gtk_widget_set_hexpand (self->words, TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (check), "journal.verify");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (export), "journal.export");
  gtk_box_append (GTK_BOX (box), self->words);
  gtk_box_append (GTK_BOX (box), check);
  gtk_box_append (GTK_BOX (box), export);
  return box;
}

static void
build (QcJournalWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *inside = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  self->grid = qc_grid_new (GTK_SELECTION_MODEL (self->selection), columns, G_N_ELEMENTS (columns), _ ("Journal"),
                            row_name, NULL);
  GtkWidget *scrolled = qc_grid_scroll (self->grid);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (inside), build_top (self));
  qc_focus_follow_search (self->search, scrolled);
  gtk_box_append (GTK_BOX (inside), scrolled);
  qc_column_menu_keep_widths (self->grid, "journal");
  gtk_box_append (GTK_BOX (inside), build_bottom (self));
  gtk_widget_set_margin_top (inside, 12);
  gtk_widget_set_margin_start (inside, 12);
  gtk_widget_set_margin_end (inside, 12);
  gtk_widget_set_margin_bottom (inside, 12);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), inside);
  adw_window_set_content (ADW_WINDOW (self), box);
}

static void
qc_journal_window_dispose (GObject *object)
{
  QcJournalWindow *self = QC_JOURNAL_WINDOW (object);
  if (self->list)
    g_signal_handlers_disconnect_by_data (self->list, self);
  G_OBJECT_CLASS (qc_journal_window_parent_class)->dispose (object);
  g_clear_object (&self->selection);
  g_clear_object (&self->list);
  g_clear_object (&self->session);
}

static void
qc_journal_window_class_init (QcJournalWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = qc_journal_window_dispose;
  gtk_widget_class_install_action (widget_class, "journal.verify", NULL, verify);
  gtk_widget_class_install_action (widget_class, "journal.export", NULL, export_list);
  gtk_widget_class_install_action (widget_class, "journal.export-to", "s", export_list);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_e, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "journal.export",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
qc_journal_window_init (QcJournalWindow *self)
{
}

GtkWidget *
qc_journal_window_open (GtkWidget *parent, QcSession *session)
{
  GtkRoot *root = gtk_widget_get_root (parent);
  int height = root ? gtk_widget_get_height (GTK_WIDGET (root)) : 0;
  QcJournalWindow *self
      = g_object_new (QC_TYPE_JOURNAL_WINDOW, "accessible-role", GTK_ACCESSIBLE_ROLE_DIALOG, "title", _ ("Journal"),
                      "modal", TRUE, "transient-for", root, "destroy-with-parent", TRUE, NULL);
  qc_fit_over (GTK_WINDOW (self), 980, MAX (height - 60, 480));
  self->session = g_object_ref (session);
  self->list = qc_journal_list_new (session);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->list)));
  build (self);
  g_signal_connect_swapped (self->list, "reloaded", G_CALLBACK (show_count), self);
  g_signal_connect_swapped (self->list, "filled", G_CALLBACK (filled_cb), self);
  g_signal_connect (self->list, "failed", G_CALLBACK (failed_cb), self);
  qc_focus_keep (GTK_WINDOW (self));
  gtk_widget_grab_focus (self->search);
  gtk_window_present (GTK_WINDOW (self));
  return GTK_WIDGET (self);
}
