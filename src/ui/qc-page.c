/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-page.h. A column of the lasting bar and a stack of the states. The spinner waits 500 ms before it shows, so
 * that what comes at once does not flicker. Main thread.
 */
#include "qc-page.h"

#include <glib/gi18n.h>

#include "qc-error-text.h"
#include "qc-focus.h"
#include "qc-stack.h"

#define SPINNER_DELAY_MS 500

typedef struct {
  QcSession *session;          /* (owned) */
  GSimpleActionGroup *actions; /* (owned) */
  char *title;                 /* (owned) */
  char *hint;                  /* (owned) (nullable) */
  guint badge;
  QcPageState state;
  guint spinner_timeout;
  GtkWidget *box;                   /* borrowed child: all of the page */
  GtkWidget *bar;                   /* borrowed: revealer */
  GtkWidget *bar_label;             /* borrowed */
  GtkWidget *bar_button;            /* borrowed */
  GtkWidget *stack;                 /* borrowed */
  GtkWidget *spinner;               /* borrowed */
  GtkWidget *empty;                 /* borrowed: status page */
  GtkWidget *error;                 /* borrowed: status page */
  GtkShortcutController *shortcuts; /* borrowed: the widget owns it */
} QcPagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (QcPage, qc_page, GTK_TYPE_WIDGET)

enum { PROP_SESSION = 1, PROP_TITLE, PROP_BADGE, PROP_SEARCH_HINT, PROP_STATE, N_PROPS };
static GParamSpec *props[N_PROPS];

#define PRIV(self) ((QcPagePrivate *)qc_page_get_instance_private (self))

static void
qc_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  QcPagePrivate *priv = PRIV (QC_PAGE (object));
  switch (id) {
  case PROP_SESSION:
    g_value_set_object (value, priv->session);
    break;
  case PROP_TITLE:
    g_value_set_string (value, priv->title);
    break;
  case PROP_BADGE:
    g_value_set_uint (value, priv->badge);
    break;
  case PROP_SEARCH_HINT:
    g_value_set_string (value, priv->hint);
    break;
  case PROP_STATE:
    g_value_set_int (value, priv->state);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
qc_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  QcPage *self = QC_PAGE (object);
  switch (id) {
  case PROP_SESSION:
    PRIV (self)->session = g_value_dup_object (value);
    break;
  case PROP_TITLE:
    qc_page_set_title (self, g_value_get_string (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
qc_page_dispose (GObject *object)
{
  QcPagePrivate *priv = PRIV (QC_PAGE (object));
  g_clear_handle_id (&priv->spinner_timeout, g_source_remove);
  g_clear_pointer (&priv->box, gtk_widget_unparent);
  G_OBJECT_CLASS (qc_page_parent_class)->dispose (object);
}

static void
qc_page_finalize (GObject *object)
{
  QcPagePrivate *priv = PRIV (QC_PAGE (object));
  g_clear_object (&priv->session);
  g_clear_object (&priv->actions);
  g_clear_pointer (&priv->title, g_free);
  g_clear_pointer (&priv->hint, g_free);
  G_OBJECT_CLASS (qc_page_parent_class)->finalize (object);
}

static void
qc_page_class_init (QcPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags read = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  object_class->get_property = qc_page_get_property;
  object_class->set_property = qc_page_set_property;
  object_class->dispose = qc_page_dispose;
  object_class->finalize = qc_page_finalize;
  props[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, QC_TYPE_SESSION,
                                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, read | G_PARAM_WRITABLE);
  props[PROP_BADGE] = g_param_spec_uint ("badge", NULL, NULL, 0, G_MAXUINT, 0, read);
  props[PROP_SEARCH_HINT] = g_param_spec_string ("search-hint", NULL, NULL, NULL, read);
  props[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, 0, QC_PAGE_ERROR, 0, read);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "qcpage");
}

static void
build_bar (QcPagePrivate *priv)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  priv->bar_label = gtk_label_new (NULL);
  priv->bar_button = gtk_button_new ();
  gtk_label_set_wrap (GTK_LABEL (priv->bar_label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (priv->bar_label), 0.0);
  gtk_widget_set_hexpand (priv->bar_label, TRUE);
  gtk_widget_set_valign (priv->bar_button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (row, "qc-bar");
  gtk_box_append (GTK_BOX (row), priv->bar_label);
  gtk_box_append (GTK_BOX (row), priv->bar_button);
  priv->bar = gtk_revealer_new ();
  gtk_revealer_set_transition_type (GTK_REVEALER (priv->bar), GTK_REVEALER_TRANSITION_TYPE_NONE);
  gtk_revealer_set_child (GTK_REVEALER (priv->bar), row);
  gtk_widget_set_visible (priv->bar, FALSE);
}

static void
retry_cb (GtkButton *button, QcPage *self)
{
  QcPageClass *klass = QC_PAGE_GET_CLASS (self);
  if (klass->unit_changed)
    klass->unit_changed (self);
}

static void
build_states (QcPage *self, QcPagePrivate *priv)
{
  priv->stack = qc_stack_new ();
  gtk_widget_set_vexpand (priv->stack, TRUE);
  gtk_stack_set_transition_type (GTK_STACK (priv->stack), GTK_STACK_TRANSITION_TYPE_NONE);
  priv->spinner = gtk_spinner_new ();
  gtk_widget_set_size_request (priv->spinner, 32, 32);
  gtk_widget_set_halign (priv->spinner, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (priv->spinner, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (priv->spinner), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Loading"), -1);
  priv->empty = adw_status_page_new ();
  priv->error = adw_status_page_new ();
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (priv->error), "dialog-error-symbolic");
  GtkWidget *retry = gtk_button_new_with_mnemonic (_ ("_Try Again"));
  gtk_widget_add_css_class (retry, "pill");
  gtk_widget_set_halign (retry, GTK_ALIGN_CENTER);
  g_signal_connect (retry, "clicked", G_CALLBACK (retry_cb), self);
  adw_status_page_set_child (ADW_STATUS_PAGE (priv->error), retry);
  gtk_stack_add_named (GTK_STACK (priv->stack), priv->spinner, "loading");
  gtk_stack_add_named (GTK_STACK (priv->stack), priv->empty, "empty");
  gtk_stack_add_named (GTK_STACK (priv->stack), priv->error, "error");
}

static void
qc_page_init (QcPage *self)
{
  QcPagePrivate *priv = PRIV (self);
  priv->actions = g_simple_action_group_new ();
  priv->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  build_bar (priv);
  build_states (self, priv);
  gtk_box_append (GTK_BOX (priv->box), priv->bar);
  gtk_box_append (GTK_BOX (priv->box), priv->stack);
  gtk_widget_set_parent (priv->box, GTK_WIDGET (self));
  qc_focus_set_home (GTK_WIDGET (self), qc_focus_enter);
  priv->shortcuts = GTK_SHORTCUT_CONTROLLER (gtk_shortcut_controller_new ());
  gtk_shortcut_controller_set_scope (priv->shortcuts, GTK_SHORTCUT_SCOPE_GLOBAL);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (priv->shortcuts));
}

void
qc_page_enter_typed (QcPage *self)
{
  g_return_if_fail (QC_IS_PAGE (self));
  if (QC_PAGE_GET_CLASS (self)->enter_typed)
    QC_PAGE_GET_CLASS (self)->enter_typed (self);
}

QcSession *
qc_page_get_session (QcPage *self)
{
  g_return_val_if_fail (QC_IS_PAGE (self), NULL);
  return PRIV (self)->session;
}

void
qc_page_set_content (QcPage *self, GtkWidget *content)
{
  g_return_if_fail (QC_IS_PAGE (self));
  QcPagePrivate *priv = PRIV (self);
  gtk_stack_add_named (GTK_STACK (priv->stack), content, "content");
  if (priv->state == QC_PAGE_CONTENT)
    qc_stack_show_named (priv->stack, "content");
}

const char *
qc_page_get_title (QcPage *self)
{
  return PRIV (self)->title;
}

void
qc_page_set_title (QcPage *self, const char *title)
{
  g_return_if_fail (QC_IS_PAGE (self));
  QcPagePrivate *priv = PRIV (self);
  if (g_strcmp0 (priv->title, title) == 0)
    return;
  g_free (priv->title);
  priv->title = g_strdup (title);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TITLE]);
}

const char *
qc_page_get_search_hint (QcPage *self)
{
  return PRIV (self)->hint;
}

void
qc_page_set_search_hint (QcPage *self, const char *hint)
{
  g_return_if_fail (QC_IS_PAGE (self));
  QcPagePrivate *priv = PRIV (self);
  g_free (priv->hint);
  priv->hint = g_strdup (hint);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SEARCH_HINT]);
}

void
qc_page_set_empty (QcPage *self, const char *icon, const char *title, const char *description, const char *button_label,
                   const char *action_name)
{
  g_return_if_fail (QC_IS_PAGE (self));
  AdwStatusPage *page = ADW_STATUS_PAGE (PRIV (self)->empty);
  adw_status_page_set_icon_name (page, icon);
  adw_status_page_set_title (page, title);
  adw_status_page_set_description (page, description);
  GtkWidget *button = NULL;
  if (button_label) {
    button = gtk_button_new_with_mnemonic (button_label);
    gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), action_name);
    gtk_widget_add_css_class (button, "pill");
    gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  }
  adw_status_page_set_child (page, button);
}

void
qc_page_set_error (QcPage *self, const GError *error)
{
  g_return_if_fail (QC_IS_PAGE (self));
  g_autoptr (QcErrorText) text = qc_error_text_new (error);
  g_autofree char *body = qc_error_text_dup_body (text);
  g_autofree char *escaped = g_markup_escape_text (body, -1);
  adw_status_page_set_title (ADW_STATUS_PAGE (PRIV (self)->error), text->title);
  adw_status_page_set_description (ADW_STATUS_PAGE (PRIV (self)->error), escaped);
  qc_page_set_state (self, QC_PAGE_ERROR);
}

static gboolean
show_spinner_cb (gpointer data)
{
  QcPagePrivate *priv = PRIV (QC_PAGE (data));
  priv->spinner_timeout = 0;
  gtk_spinner_start (GTK_SPINNER (priv->spinner));
  qc_stack_show_named (priv->stack, "loading");
  return G_SOURCE_REMOVE;
}

void
qc_page_set_state (QcPage *self, QcPageState state)
{
  static const char *const names[] = {"content", "loading", "empty", "error"};
  g_return_if_fail (QC_IS_PAGE (self));
  QcPagePrivate *priv = PRIV (self);
  if (state == QC_PAGE_LOADING && priv->state == QC_PAGE_LOADING)
    return;
  g_clear_handle_id (&priv->spinner_timeout, g_source_remove);
  priv->state = state;
  if (state == QC_PAGE_LOADING) {
    priv->spinner_timeout = g_timeout_add (SPINNER_DELAY_MS, show_spinner_cb, self);
  } else {
    gtk_spinner_stop (GTK_SPINNER (priv->spinner));
    qc_stack_show_named (priv->stack, names[state]);
  }
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
}

QcPageState
qc_page_get_state (QcPage *self)
{
  return PRIV (self)->state;
}

void
qc_page_set_badge (QcPage *self, guint count)
{
  g_return_if_fail (QC_IS_PAGE (self));
  if (PRIV (self)->badge == count)
    return;
  PRIV (self)->badge = count;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_BADGE]);
}

guint
qc_page_get_badge (QcPage *self)
{
  return PRIV (self)->badge;
}

void
qc_page_set_bar (QcPage *self, const char *text, const char *button_label, const char *action_name)
{
  g_return_if_fail (QC_IS_PAGE (self));
  QcPagePrivate *priv = PRIV (self);
  gtk_label_set_label (GTK_LABEL (priv->bar_label), text ? text : "");
  gtk_widget_set_visible (priv->bar_button, button_label != NULL);
  if (button_label) {
    gtk_button_set_label (GTK_BUTTON (priv->bar_button), button_label);
    gtk_button_set_use_underline (GTK_BUTTON (priv->bar_button), TRUE);
  }
  if (button_label)
    gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (priv->bar_button), action_name);
  else
    gtk_actionable_set_action_name (GTK_ACTIONABLE (priv->bar_button), NULL);
  gtk_widget_set_visible (priv->bar, text != NULL);
  gtk_revealer_set_reveal_child (GTK_REVEALER (priv->bar), text != NULL);
}

GActionMap *
qc_page_get_actions (QcPage *self)
{
  return G_ACTION_MAP (PRIV (self)->actions);
}

void
qc_page_add_shortcut (QcPage *self, const char *accelerator, const char *action_name)
{
  g_return_if_fail (QC_IS_PAGE (self));
  GtkShortcutTrigger *trigger = gtk_shortcut_trigger_parse_string (accelerator);
  g_return_if_fail (trigger != NULL);
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;
  g_return_if_fail (g_action_parse_detailed_name (action_name, &name, &target, NULL));
  GtkShortcut *shortcut = gtk_shortcut_new (trigger, gtk_named_action_new (name));
  gtk_shortcut_set_arguments (shortcut, target);
  gtk_shortcut_controller_add_shortcut (PRIV (self)->shortcuts, shortcut);
}
