/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-check-window.h. Main thread.
 */
#include "qc-check-window.h"

#include <glib/gi18n.h>

#include "qc-check-here.h"
#include "qc-check.h"
#include "qc-fit.h"
#include "qc-focus.h"
#include "qc-pill.h"
#include "qc-spoken.h"

struct _QcCheckWindow {
  AdwWindow parent_instance;
  QcCheck *check;     /* (owned) */
  GtkWidget *summary; /* borrowed */
  GtkWidget *list;    /* borrowed */
  GtkWidget *toasts;  /* borrowed */
};

G_DEFINE_FINAL_TYPE (QcCheckWindow, qc_check_window, ADW_TYPE_WINDOW)

static const struct {
  QcPillTone tone;
  const char *icon;
} looks[] = {
    [QC_CHECK_RUNNING] = {QC_PILL_NEUTRAL, "content-loading-symbolic"},
    [QC_CHECK_GOOD] = {QC_PILL_SUCCESS, "object-select-symbolic"},
    [QC_CHECK_NOTICE] = {QC_PILL_WARNING, "dialog-warning-symbolic"},
    [QC_CHECK_FAULT] = {QC_PILL_ERROR, "dialog-error-symbolic"},
    [QC_CHECK_SKIPPED] = {QC_PILL_NEUTRAL, "media-skip-forward-symbolic"},
};

static const QcCheckItem *
nth_item (QcCheckWindow *self, guint i)
{
  return g_ptr_array_index (qc_check_get_items (self->check), i);
}

static void
show_summary (QcCheckWindow *self)
{
  guint faults = qc_check_count (self->check, QC_CHECK_FAULT), notices = qc_check_count (self->check, QC_CHECK_NOTICE);
  g_autofree char *one = g_strdup_printf (ngettext ("%u fault", "%u faults", faults), faults);
  g_autofree char *two = g_strdup_printf (ngettext ("%u notice", "%u notices", notices), notices);
  g_autofree char *words = qc_check_is_running (self->check) ? g_strdup (_ ("Looking…"))
                           : faults > 0 && notices > 0       ? g_strdup_printf ("%s · %s", one, two)
                           : faults > 0                      ? g_strdup (one)
                           : notices > 0                     ? g_strdup (two)
                                                             : g_strdup (_ ("Everything is as Qingce needs it."));
  gtk_label_set_label (GTK_LABEL (self->summary), words);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "check.again", !qc_check_is_running (self->check));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "check.copy", !qc_check_is_running (self->check));
}

static void
changed_cb (QcCheck *check, guint place, QcCheckWindow *self)
{
  const QcCheckItem *item = nth_item (self, place);
  GtkWidget *row = GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), (int)place));
  const QcCheckVerdict *verdict = &item->verdict;
  g_autofree char *words = verdict->advice ? g_strdup_printf ("%s\n→ %s", verdict->reason, verdict->advice)
                                           : g_strdup (verdict->reason ? verdict->reason : "");
  g_autofree char *said = g_strdup_printf ("%s: %s", item->title, qc_check_state_get_word (verdict->state));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  qc_pill_set (g_object_get_data (G_OBJECT (row), "qc-pill"), looks[verdict->state].tone, looks[verdict->state].icon,
               qc_check_state_get_word (verdict->state));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, said,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
  show_summary (self);
}

static void
add_row (QcCheckWindow *self, const QcCheckItem *item)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *pill = qc_pill_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), item->title);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_set_valign (pill, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), pill);
  g_object_set_data (G_OBJECT (row), "qc-pill", pill);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
}

static void
run (QcCheckWindow *self)
{
  qc_check_run (self->check);
  qc_check_here_run (self->check, GTK_WIDGET (self));
  show_summary (self);
}

static void
again (GtkWidget *widget, const char *name, GVariant *parameter)
{
  run (QC_CHECK_WINDOW (widget));
}

static void
copy (GtkWidget *widget, const char *name, GVariant *parameter)
{
  QcCheckWindow *self = QC_CHECK_WINDOW (widget);
  g_autofree char *more = g_strdup_printf ("GTK %u.%u.%u · libadwaita %u.%u.%u", gtk_get_major_version (),
                                           gtk_get_minor_version (), gtk_get_micro_version (), adw_get_major_version (),
                                           adw_get_minor_version (), adw_get_micro_version ());
  g_autofree char *report = qc_check_dup_report (self->check, more);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), report);
  qc_session_journal (qc_check_get_session (self->check), "check.copied", NULL, NULL);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toasts),
                               adw_toast_new (_ ("Copied, without names and numbers of units and people.")));
}

/* --- the window --- */

static GtkWidget *
build_bottom (void)
{
  GtkWidget *bottom = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *copy_button = gtk_button_new_with_mnemonic (_ ("_Copy Details"));
  GtkWidget *again_button = gtk_button_new_with_mnemonic (_ ("_Look Again"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (copy_button), "check.copy");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (again_button), "check.again");
  gtk_widget_set_halign (bottom, GTK_ALIGN_END);
  gtk_widget_add_css_class (bottom, "qc-panel");
  gtk_box_append (GTK_BOX (bottom), copy_button);
  gtk_box_append (GTK_BOX (bottom), again_button);
  return bottom;
}

static void
build (QcCheckWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  self->summary = gtk_label_new (NULL);
  self->list = gtk_list_box_new ();
  self->toasts = adw_toast_overlay_new ();
  gtk_label_set_xalign (GTK_LABEL (self->summary), 0.0);
  gtk_widget_add_css_class (self->summary, "title-4");
  qc_spoken_heading (self->summary);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("What was looked at"),
                                  -1);
  for (guint i = 0; i < qc_check_get_items (self->check)->len; i++)
    add_row (self, nth_item (self, i));
  gtk_widget_add_css_class (column, "qc-column");
  gtk_box_append (GTK_BOX (column), self->summary);
  gtk_box_append (GTK_BOX (column), self->list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), column);
  gtk_widget_set_vexpand (scroller, TRUE);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (self->toasts), scroller);
  gtk_widget_set_vexpand (self->toasts, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), self->toasts);
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (box), build_bottom ());
  adw_window_set_content (ADW_WINDOW (self), box);
}

static void
qc_check_window_dispose (GObject *object)
{
  QcCheckWindow *self = QC_CHECK_WINDOW (object);
  if (self->check) {
    g_signal_handlers_disconnect_by_data (self->check, self);
    qc_check_cancel (self->check);
  }
  G_OBJECT_CLASS (qc_check_window_parent_class)->dispose (object);
  g_clear_object (&self->check);
}

static void
qc_check_window_class_init (QcCheckWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = qc_check_window_dispose;
  gtk_widget_class_install_action (widget_class, "check.again", NULL, again);
  gtk_widget_class_install_action (widget_class, "check.copy", NULL, copy);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F5, 0, "check.again", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
qc_check_window_init (QcCheckWindow *self)
{
}

GtkWidget *
qc_check_window_open (GtkWidget *parent, QcSession *session)
{
  QcCheckWindow *self = g_object_new (QC_TYPE_CHECK_WINDOW, "accessible-role", GTK_ACCESSIBLE_ROLE_DIALOG, "title",
                                      _ ("Check This Computer"), "modal", TRUE, "transient-for",
                                      gtk_widget_get_root (parent), "destroy-with-parent", TRUE, NULL);
  qc_fit_over (GTK_WINDOW (self), 720, 600);
  self->check = qc_check_new (session);
  qc_check_here_add (self->check);
  build (self);
  g_signal_connect (self->check, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->check, "done", G_CALLBACK (show_summary), self);
  qc_focus_keep (GTK_WINDOW (self));
  gtk_window_present (GTK_WINDOW (self));
  run (self);
  return GTK_WIDGET (self);
}
