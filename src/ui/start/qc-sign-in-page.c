/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-sign-in-page.h. Main thread.
 */
#include "qc-sign-in-page.h"

#include <glib/gi18n.h>

#include "qc-error-text.h"
#include "qc-spoken.h"
#include "qc-text-size.h"

struct _QcSignInPage {
  AdwBin parent_instance;
  QcSession *session;   /* (owned) */
  GCancellable *cancel; /* (owned) (nullable) while it waits */
  char *address;        /* (owned) (nullable) */
  gboolean open, copy;  /* what to do with the address once it is there */
  GtkWidget *status;    /* borrowed: status page */
  GtkWidget *entry;     /* borrowed: the address */
  GtkWidget *frame;     /* borrowed: address and what waits */
  GtkWidget *spinner;   /* borrowed */
  GtkWidget *error;     /* borrowed: what went wrong */
  GtkWidget *failed;    /* borrowed: its headline */
  GtkWidget *why;       /* borrowed: its reason and what to do */
  GtkWidget *begin;     /* borrowed: button */
  GtkWidget *stop;      /* borrowed: button */
};

G_DEFINE_FINAL_TYPE (QcSignInPage, qc_sign_in_page, ADW_TYPE_BIN)

enum { SIGNED_IN, N_SIGNALS };
static guint signals[N_SIGNALS];
enum { PROP_WAITING = 1, N_PROPS };
static GParamSpec *props[N_PROPS];

static void
qc_sign_in_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_boolean (value, QC_SIGN_IN_PAGE (object)->cancel != NULL);
}

static void
qc_sign_in_page_dispose (GObject *object)
{
  QcSignInPage *self = QC_SIGN_IN_PAGE (object);
  if (self->cancel)
    g_cancellable_cancel (self->cancel);
  g_clear_object (&self->cancel);
  g_clear_object (&self->session);
  g_clear_pointer (&self->address, g_free);
  G_OBJECT_CLASS (qc_sign_in_page_parent_class)->dispose (object);
}

static void
qc_sign_in_page_class_init (QcSignInPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  object_class->get_property = qc_sign_in_page_get_property;
  object_class->dispose = qc_sign_in_page_dispose;
  props[PROP_WAITING] = g_param_spec_boolean ("waiting", NULL, NULL, FALSE,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[SIGNED_IN]
      = g_signal_new ("signed-in", QC_TYPE_SIGN_IN_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  if (!gtk_show_uri_full_finish (NULL, result, &error))
    g_message ("The browser did not open: %s", error->message);
}

void
qc_open_in_browser (GtkWidget *widget, const char *address)
{
  const char *browser = g_getenv ("QINGCE_BROWSER");
  if (g_strcmp0 (browser, "none") == 0)
    return;
  g_autoptr (GError) error = NULL;
  if (browser && *browser) {
    const char *command[] = {browser, address, NULL};
    g_autoptr (GSubprocess) process = g_subprocess_newv (command, G_SUBPROCESS_FLAGS_NONE, &error);
    if (!process)
      g_message ("%s: %s", browser, error->message);
    return;
  }
  GtkRoot *root = gtk_widget_get_root (widget);
  gtk_show_uri_full (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, address, GDK_CURRENT_TIME, NULL, opened_cb, NULL);
}

static void
show_state (QcSignInPage *self, const GError *error)
{
  gboolean waiting = self->cancel != NULL;
  gtk_widget_set_visible (self->frame, waiting);
  gtk_widget_set_visible (self->stop, waiting);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), waiting);
  qc_spoken_set_button (GTK_BUTTON (self->begin),
                        waiting ? _ ("_Open the Page Again") : _ ("_Open the Portal and Sign In"));
  gtk_editable_set_text (GTK_EDITABLE (self->entry), self->address ? self->address : "");
  gtk_widget_set_visible (self->error, error != NULL);
  if (error) {
    g_autoptr (QcErrorText) text = qc_error_text_new (error);
    g_autofree char *body = qc_error_text_dup_body (text);
    gtk_label_set_label (GTK_LABEL (self->failed), text->title);
    gtk_label_set_label (GTK_LABEL (self->why), body);
  }
}

static void
use_address (QcSignInPage *self)
{
  if (!self->address)
    return;
  if (self->copy)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->address);
  if (self->open)
    qc_open_in_browser (GTK_WIDGET (self), self->address);
  self->copy = self->open = FALSE;
}

static void
address_cb (const char *address, gpointer data)
{
  QcSignInPage *self = data;
  g_free (self->address);
  self->address = g_strdup (address);
  show_state (self, NULL);
  use_address (self);
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (QcSignInPage) self = data;
  g_autoptr (GError) error = NULL;
  gboolean good = qc_session_sign_in_finish (QC_SESSION (source), result, &error);
  g_clear_object (&self->cancel);
  g_clear_pointer (&self->address, g_free);
  show_state (self, qc_error_is_silent (error) ? NULL : error);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_WAITING]);
  if (good)
    g_signal_emit (self, signals[SIGNED_IN], 0);
}

static void
begin (QcSignInPage *self)
{
  if (self->cancel) {
    use_address (self);
    return;
  }
  self->cancel = g_cancellable_new ();
  show_state (self, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_WAITING]);
  qc_session_sign_in_async (self->session, address_cb, self, self->cancel, signed_in_cb, g_object_ref (self));
}

void
qc_sign_in_page_begin (QcSignInPage *self, gboolean open)
{
  g_return_if_fail (QC_IS_SIGN_IN_PAGE (self));
  self->open = open;
  begin (self);
}

void
qc_sign_in_page_copy (QcSignInPage *self)
{
  g_return_if_fail (QC_IS_SIGN_IN_PAGE (self));
  self->copy = TRUE;
  begin (self);
}

void
qc_sign_in_page_cancel (QcSignInPage *self)
{
  g_return_if_fail (QC_IS_SIGN_IN_PAGE (self));
  if (self->cancel)
    g_cancellable_cancel (self->cancel);
}

static GtkWidget *
new_button (const char *label, const char *action, const char *css_class)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_add_css_class (button, "pill");
  if (css_class)
    gtk_widget_add_css_class (button, css_class);
  return button;
}

static GtkWidget *
build_waiting (QcSignInPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (_ ("Waiting for you to sign in in the browser …"));
  self->spinner = gtk_spinner_new ();
  self->entry = gtk_entry_new ();
  gtk_editable_set_editable (GTK_EDITABLE (self->entry), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Sign-in address"),
                                  -1);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_halign (row, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (row), self->spinner);
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (box), row);
  gtk_box_append (GTK_BOX (box), self->entry);
  return self->frame = box;
}

/* A symbol and a headline, then the sentences: red alone says nothing. */
static GtkWidget *
build_error (QcSignInPage *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  self->error = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->failed = gtk_label_new (NULL);
  self->why = gtk_label_new (NULL);
  gtk_widget_add_css_class (line, "error");
  gtk_widget_add_css_class (self->failed, "heading");
  gtk_widget_set_halign (line, GTK_ALIGN_CENTER);
  gtk_label_set_wrap (GTK_LABEL (self->why), TRUE);
  gtk_label_set_justify (GTK_LABEL (self->why), GTK_JUSTIFY_CENTER);
  gtk_label_set_selectable (GTK_LABEL (self->why), TRUE);
  gtk_widget_set_can_focus (self->why, FALSE);
  gtk_box_append (GTK_BOX (line), gtk_image_new_from_icon_name ("dialog-error-symbolic"));
  gtk_box_append (GTK_BOX (line), self->failed);
  gtk_box_append (GTK_BOX (self->error), line);
  gtk_box_append (GTK_BOX (self->error), self->why);
  return self->error;
}

static void
qc_sign_in_page_init (QcSignInPage *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  self->begin = new_button (_ ("_Open the Portal and Sign In"), "win.sign-in", "suggested-action");
  self->stop = new_button (_ ("_Cancel"), "win.cancel-sign-in", NULL);
  gtk_box_append (GTK_BOX (buttons), self->begin);
  gtk_box_append (GTK_BOX (buttons), new_button (_ ("Copy the _Address"), "win.copy-sign-in-address", NULL));
  gtk_box_append (GTK_BOX (buttons), self->stop);
  gtk_widget_set_halign (buttons, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (column), build_error (self));
  gtk_box_append (GTK_BOX (column), build_waiting (self));
  gtk_box_append (GTK_BOX (column), buttons);
  self->status = adw_status_page_new ();
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->status), "dialog-password-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (self->status), _ ("Sign In on the Portal"));
  adw_status_page_set_child (ADW_STATUS_PAGE (self->status), qc_text_size_clamp (column, 620));
  adw_bin_set_child (ADW_BIN (self), self->status);
}

static void
profile_changed_cb (QcSession *session, QcSignInPage *self)
{
  const QcProfileInfo *info = qc_session_get_profile (session);
  const char *words
      = _ ("Sign in or register on the portal's own pages, as a legal person. The password is typed there "
           "and never seen by Qingce.");
  g_autofree char *name = info ? g_markup_escape_text (info->name, -1) : g_strdup ("");
  const char *accounts = qc_session_is_practice (session) ? _ ("The page names the accounts to practise with.") : "";
  g_autofree char *text = g_strdup_printf ("%s\n%s\n%s", name, words, accounts);
  adw_status_page_set_description (ADW_STATUS_PAGE (self->status), text);
}

GtkWidget *
qc_sign_in_page_new (QcSession *session)
{
  QcSignInPage *self = g_object_new (QC_TYPE_SIGN_IN_PAGE, NULL);
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "profile-changed", G_CALLBACK (profile_changed_cb), self, 0);
  profile_changed_cb (session, self);
  show_state (self, NULL);
  return GTK_WIDGET (self);
}
