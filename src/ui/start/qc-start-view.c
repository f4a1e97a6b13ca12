/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-start-view.h. Main thread.
 */
#include "qc-start-view.h"

#include <glib/gi18n.h>

#include "qc-error-text.h"
#include "qc-focus.h"
#include "qc-spoken.h"
#include "qc-stack.h"
#include "qc-text-size.h"

struct _QcStartView {
  AdwBin parent_instance;
  QcSession *session;    /* (owned) */
  GtkWidget *stack;      /* borrowed */
  GtkWidget *title;      /* borrowed */
  GtkWidget *back;       /* borrowed: button */
  GtkWidget *practice;   /* borrowed: mark */
  GtkWidget *error;      /* borrowed: label above the steps */
  GtkWidget *busy;       /* borrowed: spinner of the welcome page */
  GtkWidget *choices;    /* borrowed: what busy makes insensitive */
  GtkWidget *centers;    /* borrowed: list box */
  GtkWidget *sign_in;    /* borrowed */
  GtkWidget *department; /* borrowed */
  QcStartStep step;
  gboolean can_leave;
  gboolean is_busy;
};

G_DEFINE_FINAL_TYPE (QcStartView, qc_start_view, ADW_TYPE_BIN)

enum { BUSY_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static const char *const step_names[] = {"welcome", "centers", "sign-in", "department"};

static void
qc_start_view_dispose (GObject *object)
{
  g_clear_object (&QC_START_VIEW (object)->session);
  G_OBJECT_CLASS (qc_start_view_parent_class)->dispose (object);
}

static void
qc_start_view_class_init (QcStartViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = qc_start_view_dispose;
  gtk_widget_class_set_css_name (widget_class, "qcstartview");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "win.start-back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "win.start-back", NULL);
  signals[BUSY_CHANGED]
      = g_signal_new ("busy-changed", QC_TYPE_START_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
show_error (QcStartView *self, const GError *error)
{
  gtk_widget_set_visible (self->error, error && !qc_error_is_silent (error));
  if (!error || qc_error_is_silent (error))
    return;
  g_autoptr (QcErrorText) text = qc_error_text_new (error);
  g_autofree char *body = qc_error_text_dup_body (text);
  g_autofree char *words = g_strdup_printf ("%s\n%s", text->title, body);
  gtk_label_set_label (GTK_LABEL (self->error), words);
}

static void
set_busy (QcStartView *self, gboolean busy)
{
  gtk_widget_set_sensitive (self->choices, !busy);
  gtk_widget_set_sensitive (self->centers, !busy);
  gtk_widget_set_visible (self->busy, busy);
  gtk_spinner_set_spinning (GTK_SPINNER (self->busy), busy);
  self->is_busy = busy;
  g_signal_emit (self, signals[BUSY_CHANGED], 0);
}

gboolean
qc_start_view_is_busy (QcStartView *self)
{
  return self->is_busy;
}

/* --- the list of centers --- */

static GtkWidget *
new_center_row (const QcProfileInfo *info)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Choose"));
  g_autofree char *name = g_markup_escape_text (info->name, -1);
  g_autofree char *portal = g_markup_escape_text (info->portal ? info->portal : "", -1);
  g_autofree char *words = info->has_api
                               ? g_strdup (portal)
                               : g_strdup_printf ("%s\n%s", portal, _ ("Only the portal: not connected to Qingce yet"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.choose-profile");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", info->id);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, info->name, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

static void
fill_centers (QcStartView *self)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (self->centers)))
    gtk_list_box_remove (GTK_LIST_BOX (self->centers), child);
  g_autoptr (GPtrArray) profiles = qc_context_list_profiles (qc_session_get_context (self->session));
  for (guint i = 0; i < profiles->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->centers), new_center_row (g_ptr_array_index (profiles, i)));
}

/* --- steps --- */

void
qc_start_view_set_step (QcStartView *self, QcStartStep step)
{
  static const char *const titles[]
      = {N_ ("Welcome"), N_ ("Connect to a Center"), N_ ("Sign In"), N_ ("Choose the Business")};
  g_return_if_fail (QC_IS_START_VIEW (self));
  self->step = step;
  show_error (self, NULL);
  if (step == QC_START_CENTERS)
    fill_centers (self);
  qc_stack_show_named (self->stack, step_names[step]);
  gtk_label_set_label (GTK_LABEL (self->title), _ (titles[step]));
  gtk_widget_set_visible (self->back, step != QC_START_WELCOME || self->can_leave);
  gtk_widget_set_visible (self->practice, qc_session_is_practice (self->session) && step >= QC_START_SIGN_IN);
  if (step < QC_START_SIGN_IN) /* nothing of it is practice yet, whatever is open behind it */
    gtk_widget_add_css_class (GTK_WIDGET (self), "qc-real");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "qc-real");
}

QcStartStep
qc_start_view_get_step (QcStartView *self)
{
  return self->step;
}

void
qc_start_view_set_can_leave (QcStartView *self, gboolean can_leave)
{
  self->can_leave = can_leave;
}

gboolean
qc_start_view_go_back (QcStartView *self)
{
  g_return_val_if_fail (QC_IS_START_VIEW (self), FALSE);
  if (self->step == QC_START_SIGN_IN)
    qc_sign_in_page_cancel (QC_SIGN_IN_PAGE (self->sign_in));
  if (self->step == QC_START_WELCOME || self->can_leave)
    return FALSE;
  qc_start_view_set_step (self, QC_START_WELCOME);
  return TRUE;
}

void
qc_start_view_continue (QcStartView *self)
{
  const QcProfileInfo *info = qc_session_get_profile (self->session);
  if (!info)
    qc_start_view_set_step (self, QC_START_WELCOME);
  else if (info->has_api && qc_session_get_units (self->session)->len == 0)
    qc_start_view_set_step (self, QC_START_SIGN_IN);
  else
    qc_start_view_set_step (self, QC_START_DEPARTMENT);
}

static gboolean
take_focus (GtkWidget *widget)
{
  QcStartView *self = QC_START_VIEW (widget);
  return self->step == QC_START_DEPARTMENT ? qc_department_page_take_focus (QC_DEPARTMENT_PAGE (self->department))
                                           : qc_focus_enter (gtk_stack_get_visible_child (GTK_STACK (self->stack)));
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (QcStartView) self = data;
  set_busy (self, FALSE);
  g_autoptr (GError) error = NULL;
  if (qc_session_choose_profile_finish (QC_SESSION (source), result, &error))
    qc_start_view_continue (self);
  else
    show_error (self, error);
  if (gtk_widget_get_mapped (GTK_WIDGET (self))) /* while it was busy nothing here could have it */
    take_focus (GTK_WIDGET (self));
}

void
qc_start_view_choose (QcStartView *self, const char *profile)
{
  g_return_if_fail (QC_IS_START_VIEW (self));
  show_error (self, NULL);
  set_busy (self, TRUE);
  qc_session_choose_profile_async (self->session, profile, NULL, chosen_cb, g_object_ref (self));
}

void
qc_start_view_import (QcStartView *self, GFile *file)
{
  g_return_if_fail (QC_IS_START_VIEW (self));
  g_autoptr (GError) error = NULL;
  g_autoptr (QcProfileInfo) info = qc_session_import_profile (self->session, file, &error);
  if (!info) {
    show_error (self, error);
    return;
  }
  fill_centers (self);
  qc_start_view_choose (self, info->id);
}

QcSignInPage *
qc_start_view_get_sign_in (QcStartView *self)
{
  return QC_SIGN_IN_PAGE (self->sign_in);
}

QcDepartmentPage *
qc_start_view_get_department (QcStartView *self)
{
  return QC_DEPARTMENT_PAGE (self->department);
}

static void
signed_in_cb (QcSignInPage *page, QcStartView *self)
{
  /* The browser stands in front, and says to come back here. */
  gtk_window_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
  if (self->can_leave && qc_session_is_entered (self->session) && qc_session_get_unit (self->session)) {
    gtk_widget_activate_action (GTK_WIDGET (self), "win.start-back", NULL); /* to the page she came from */
  } else {
    qc_start_view_continue (self);
    take_focus (GTK_WIDGET (self));
  }
}

/* --- building --- */

static GtkWidget *
new_choice (const char *icon, const char *title, const char *words, const char *action)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *image = gtk_image_new_from_icon_name (icon);
  GtkWidget *name = gtk_label_new (title);
  GtkWidget *text = gtk_label_new (words);
  gtk_image_set_pixel_size (GTK_IMAGE (image), 48);
  gtk_widget_add_css_class (name, "title-2");
  gtk_widget_add_css_class (text, "dim-label");
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_justify (GTK_LABEL (text), GTK_JUSTIFY_CENTER);
  gtk_label_set_max_width_chars (GTK_LABEL (text), 28);
  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), text);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_add_css_class (button, "card");
  gtk_widget_add_css_class (button, "qc-choice");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
  return button;
}

static GtkWidget *
build_welcome (QcStartView *self)
{
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->choices = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  gtk_box_set_homogeneous (GTK_BOX (self->choices), TRUE);
  gtk_widget_set_halign (self->choices, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->choices),
                  new_choice ("qc-practice-symbolic", _ ("Practice"),
                              _ ("A complete center on this computer, with made-up units. Nothing is real."),
                              "win.start-practice"));
  gtk_box_append (GTK_BOX (self->choices),
                  new_choice ("qc-center-symbolic", _ ("Connect to a Center"),
                              _ ("Do the unit's real business, with a file that the center hands out."),
                              "win.start-centers"));
  self->busy = gtk_spinner_new ();
  gtk_widget_set_size_request (self->busy, 24, 24);
  gtk_box_append (GTK_BOX (column), self->choices);
  gtk_box_append (GTK_BOX (column), self->busy);
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "org.qingce.Qingce");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("What would you like to do?"));
  adw_status_page_set_child (ADW_STATUS_PAGE (page), column);
  return page;
}

static GtkWidget *
build_centers (QcStartView *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("Choose a Center _File…"));
  GtkWidget *words
      = gtk_label_new (_ ("Your center hands out a center file: it names the portal and the center to "
                          "connect to, and how its vouchers are known. Without one, a center can be opened "
                          "on its portal only."));
  gtk_label_set_wrap (GTK_LABEL (words), TRUE);
  gtk_label_set_xalign (GTK_LABEL (words), 0.0);
  gtk_widget_add_css_class (words, "dim-label");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.choose-center-file");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "pill");
  self->centers = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->centers), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->centers, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->centers), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Centers"), -1);
  gtk_box_append (GTK_BOX (column), words);
  gtk_box_append (GTK_BOX (column), self->centers);
  gtk_box_append (GTK_BOX (column), button);
  gtk_widget_add_css_class (column, "qc-column");
  return qc_text_size_clamp (column, 640);
}

static GtkWidget *
build_header (QcStartView *self)
{
  GtkWidget *bar = adw_header_bar_new ();
  GtkWidget *middle = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  self->title = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->title, "title");
  qc_spoken_heading (self->title);
  self->practice = gtk_label_new (_ ("Practice"));
  gtk_widget_add_css_class (self->practice, "qc-practice-mark");
  gtk_widget_set_valign (self->practice, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (middle), self->title);
  gtk_box_append (GTK_BOX (middle), self->practice);
  self->back = gtk_button_new_from_icon_name ("go-previous-symbolic");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->back), "win.start-back");
  gtk_widget_set_tooltip_text (self->back, _ ("Back"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->back), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Back"), -1);
  adw_header_bar_pack_start (ADW_HEADER_BAR (bar), self->back);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (bar), middle);
  return bar;
}

static void
qc_start_view_init (QcStartView *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->stack = gtk_stack_new ();
  gtk_widget_set_vexpand (self->stack, TRUE);
  self->error = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->error), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->error), 0.0);
  gtk_label_set_selectable (GTK_LABEL (self->error), TRUE);
  gtk_widget_add_css_class (self->error, "qc-bar");
  gtk_widget_add_css_class (self->error, "error");
  gtk_box_append (GTK_BOX (column), build_header (self));
  gtk_box_append (GTK_BOX (column), self->error);
  gtk_box_append (GTK_BOX (column), self->stack);
  adw_bin_set_child (ADW_BIN (self), column);
}

GtkWidget *
qc_start_view_new (QcSession *session)
{
  QcStartView *self = g_object_new (QC_TYPE_START_VIEW, NULL);
  self->session = g_object_ref (session);
  self->sign_in = qc_sign_in_page_new (session);
  self->department = qc_department_page_new (session);
  g_signal_connect_object (self->sign_in, "signed-in", G_CALLBACK (signed_in_cb), self, 0);
  gtk_stack_add_named (GTK_STACK (self->stack), build_welcome (self), "welcome");
  gtk_stack_add_named (GTK_STACK (self->stack), build_centers (self), "centers");
  gtk_stack_add_named (GTK_STACK (self->stack), self->sign_in, "sign-in");
  gtk_stack_add_named (GTK_STACK (self->stack), self->department, "department");
  qc_focus_set_home (GTK_WIDGET (self), take_focus);
  set_busy (self, FALSE);
  qc_start_view_set_step (self, QC_START_WELCOME);
  return GTK_WIDGET (self);
}
