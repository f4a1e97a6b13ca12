/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-status-button.h. The list of what waits, in all units, is made anew whenever the popover opens. Main thread.
 */
#include "qc-status-button.h"

#include <glib/gi18n.h>

#include "qc-application-detail.h"
#include "qc-error-text.h"
#include "qc-focus.h"
#include "qc-format.h"
#include "qc-outbox-list.h"
#include "qc-pages.h"
#include "qc-spoken.h"

#define HIGHEST 480 /* pixels of what is said: more is scrolled */

struct _QcStatusButton {
  AdwBin parent_instance;
  QcSession *session;  /* (owned) */
  QcOutboxList *queue; /* (owned) (nullable) */
  GtkWidget *menu;     /* borrowed: menu button */
  GtkWidget *icon;     /* borrowed */
  GtkWidget *label;    /* borrowed */
  GtkWidget *popover;  /* borrowed */
  GtkWidget *title;    /* borrowed */
  GtkWidget *words;    /* borrowed */
  GtkWidget *bar;      /* borrowed: progress */
  GtkWidget *list;     /* borrowed: what waits */
  /* borrowed: buttons. One for each deed, so that none turns into another under the finger. */
  GtkWidget *sync, *sign_in, *sign_out, *portal, *change;
  GtkWidget *who;    /* borrowed: whose account is signed in */
  char *shown;       /* (owned) (nullable) accessible label in use */
  QcSyncStatus told; /* what a screen reader was told of last */
};

G_DEFINE_FINAL_TYPE (QcStatusButton, qc_status_button, ADW_TYPE_BIN)

static void
qc_status_button_dispose (GObject *object)
{
  QcStatusButton *self = QC_STATUS_BUTTON (object);
  g_clear_object (&self->queue);
  g_clear_object (&self->session);
  g_clear_pointer (&self->shown, g_free);
  G_OBJECT_CLASS (qc_status_button_parent_class)->dispose (object);
}

static void
qc_status_button_class_init (QcStatusButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qc_status_button_dispose;
}

static gboolean
may_act (QcStatusButton *self)
{
  return qc_session_may_act (self->session, qc_session_get_unit_account (self->session));
}

/* Pictures go beside the rounds of sync, and for longer: they are what there is to say while nothing is wrong. */
static gboolean
is_sending (QcStatusButton *self, QcSyncStatus status)
{
  return status != QC_SYNC_SIGNED_OUT && status != QC_SYNC_OFFLINE && status != QC_SYNC_FAILED
         && qc_session_get_uploads (self->session).pictures > 0;
}

static const char *
status_icon (QcStatusButton *self, QcSyncStatus status)
{
  static const char *const icons[] = {
      [QC_SYNC_SIGNED_OUT] = "system-log-out-symbolic", [QC_SYNC_NO_API] = "network-offline-symbolic",
      [QC_SYNC_IDLE] = "object-select-symbolic",        [QC_SYNC_RUNNING] = "emblem-synchronizing-symbolic",
      [QC_SYNC_OFFLINE] = "network-offline-symbolic",   [QC_SYNC_FAILED] = "dialog-warning-symbolic",
  };
  if (is_sending (self, status))
    return icons[QC_SYNC_RUNNING];
  return status == QC_SYNC_IDLE && !may_act (self) ? "dialog-warning-symbolic" : icons[status];
}

/* The word beside the icon. */
static char *
dup_status_words (QcStatusButton *self, QcSyncStatus status)
{
  g_autofree char *time = qc_format_time (qc_session_get_synced_at (self->session));
  double progress = qc_session_get_sync_progress (self->session);
  const QcUploadProgress uploads = qc_session_get_uploads (self->session);
  if (is_sending (self, status))
    /* Translators: pictures at the center, pictures in all. */
    return g_strdup_printf (_ ("Uploading attachments %u/%u"), uploads.there, uploads.pictures);
  switch (status) {
  case QC_SYNC_SIGNED_OUT:
    return g_strdup (_ ("Signed out"));
  case QC_SYNC_NO_API:
    return g_strdup (_ ("Not connected"));
  case QC_SYNC_RUNNING:
    if (progress < 0)
      return g_strdup (_ ("Syncing"));
    /* Translators: %d is how much of the sync is done, in percent. */
    return g_strdup_printf (_ ("Syncing %d%%"), (int)(progress * 100));
  case QC_SYNC_OFFLINE:
    return g_strdup (_ ("Offline"));
  case QC_SYNC_FAILED:
    return g_strdup (_ ("Sync failed"));
  case QC_SYNC_IDLE:
  default:
    if (!may_act (self))
      return g_strdup (_ ("Not for this account"));
    /* Translators: the time of the last sync. */
    return *time ? g_strdup_printf (_ ("Synced %s"), time) : g_strdup (_ ("Not synced yet"));
  }
}

static char *
dup_explanation (QcStatusButton *self, QcSyncStatus status)
{
  const GError *error = qc_session_get_sync_error (self->session);
  gint64 off = qc_session_get_clock_offset (self->session);
  g_autofree char *as_of = qc_format_date_time (qc_session_get_synced_at (self->session));
  if (error && !qc_error_is_silent (error)
      && (status == QC_SYNC_FAILED || status == QC_SYNC_OFFLINE || status == QC_SYNC_SIGNED_OUT)) {
    g_autoptr (QcErrorText) text = qc_error_text_new (error);
    return qc_error_text_dup_body (text);
  }
  if (off != 0)
    return g_strdup (_ ("This computer's clock differs from the center's. Set the date and time."));
  if (status == QC_SYNC_SIGNED_OUT)
    return g_strdup (_ ("What is stored here can be read, and drafting goes on. Sign in to send and fetch."));
  if (!may_act (self))
    return g_strdup (_ ("The account that is signed in may not act for this unit. What is stored here can be read; "
                        "change the account or switch the unit."));
  if (status == QC_SYNC_NO_API)
    return g_strdup (_ ("This center has only a portal; drafting and checking work all the same."));
  if (!*as_of)
    return g_strdup (_ ("Nothing was fetched from the center yet."));
  if (!qc_session_is_sign_in_kept (self->session))
    return g_strdup_printf (_ ("Everything is as the center had it at %s. There is no keyring on this computer, so the "
                               "sign-in ends when Qingce is closed."),
                            as_of);
  return g_strdup_printf (_ ("Everything is as the center had it at %s."), as_of);
}

static void
show_popover (QcStatusButton *self, QcSyncStatus status, const char *words)
{
  g_autofree char *explanation = dup_explanation (self, status);
  gboolean sending = is_sending (self, status);
  const QcUploadProgress uploads = qc_session_get_uploads (self->session);
  double progress
      = sending ? (double)uploads.sent / (double)MAX (uploads.size, 1) : qc_session_get_sync_progress (self->session);
  gboolean out = status == QC_SYNC_SIGNED_OUT;
  gtk_label_set_label (GTK_LABEL (self->title), words);
  gtk_label_set_label (GTK_LABEL (self->words), explanation);
  gtk_widget_set_visible (self->bar, (sending || status == QC_SYNC_RUNNING) && progress >= 0);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->bar), CLAMP (progress, 0, 1));
  /* There is always one button that takes the focus: a popover needs it. */
  gtk_widget_set_visible (self->sync, !out && status != QC_SYNC_NO_API);
  gtk_widget_set_visible (self->sign_out, !out && status != QC_SYNC_NO_API);
  gtk_widget_set_visible (self->sign_in, out);
  gtk_widget_set_visible (self->change, !out && status != QC_SYNC_NO_API);
  const char *user = out ? NULL : qc_session_get_user_name (self->session);
  /* Translators: the name of the person whose account is signed in. */
  g_autofree char *who = g_strdup_printf (_ ("Signed in: %s"), user ? user : "");
  gtk_label_set_label (GTK_LABEL (self->who), who);
  gtk_widget_set_visible (self->who, user != NULL);
  gtk_widget_set_visible (self->portal, status == QC_SYNC_NO_API);
}

static void
show (QcStatusButton *self)
{
  QcSyncStatus status = qc_session_get_sync_status (self->session);
  gint64 waiting = qc_session_get_n_waiting (self->session);
  g_autofree char *words = dup_status_words (self, status);
  g_autofree char *queued
      = waiting > 0 ? g_strdup_printf (ngettext ("%d waiting", "%d waiting", (gulong)waiting), (int)waiting) : NULL;
  g_autofree char *text = queued ? g_strdup_printf ("%s · %s", words, queued) : g_strdup (words);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), status_icon (self, status));
  gtk_label_set_label (GTK_LABEL (self->label), text);
  if (g_strcmp0 (text, self->shown) != 0) {
    g_free (self->shown);
    self->shown = g_strdup (text);
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  }
  show_popover (self, status, words);
  if (status != QC_SYNC_RUNNING && status != self->told) { /* that it went well is news only after it did not */
    self->told = status;
    qc_spoken_announce (GTK_WIDGET (self), text);
  }
}

/* --- what waits --- */

/* (nullable) NULL where it is the unit on screen. */
static const char *
other_unit (QcStatusButton *self, QcOutboxItem *item)
{
  GPtrArray *units = qc_session_get_units (self->session);
  const char *account = qc_outbox_item_get_unit (item);
  if (g_strcmp0 (account, qc_session_get_unit_account (self->session)) == 0)
    return NULL;
  for (guint i = 0; i < units->len; i++) {
    const QcUnitChoice *unit = g_ptr_array_index (units, i);
    if (g_str_equal (unit->account, account))
      return unit->name;
  }
  return account;
}

/* A click leads to the business, or first to the unit. */
static void
lead_to (GtkWidget *row, QcOutboxItem *item, gboolean other)
{
  const QcPageInfo *page = qc_pages_find_business (qc_outbox_item_get_business (item));
  if (!page)
    return;
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), other ? "win.switch-unit" : "win.go");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", other ? qc_outbox_item_get_unit (item) : page->name);
}

/* Where it is and what it waits for, or how far it is. */
static void
show_waiting_words (QcOutboxItem *waiting, GParamSpec *pspec, AdwActionRow *row)
{
  const char *unit = g_object_get_data (G_OBJECT (row), "unit");
  const QcUploadProgress *upload = qc_outbox_item_get_upload (waiting);
  g_autofree char *next = qc_format_time (qc_outbox_item_get_next_try (waiting));
  const char *state = _ (qc_outbox_item_get_state_msgid (waiting));
  g_autofree char *words = upload ? qc_application_words_upload (upload)
                           /* Translators: the state, and when it is tried next. */
                           : *next ? g_strdup_printf (_ ("%s · next try %s"), state, next)
                                   : g_strdup (state);
  g_autofree char *where = unit ? g_strdup_printf ("%s\n%s", unit, words) : g_strdup (words);
  adw_action_row_set_subtitle (row, where);
}

static GtkWidget *
new_waiting_row (gpointer item, gpointer data)
{
  QcOutboxItem *waiting = item;
  const char *unit = other_unit (data, waiting);
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *months = qc_format_months (qc_outbox_item_get_start (waiting), qc_outbox_item_get_end (waiting));
  const char *serial = qc_outbox_item_get_serial (waiting); /* of an action: what it acts on */
  g_autofree char *title = g_strdup_printf ("%s %s", _ (qc_outbox_item_get_title (waiting)),
                                            qc_outbox_item_is_submission (waiting) ? months
                                            : serial                               ? serial
                                                                                   : "");
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  g_object_set_data_full (G_OBJECT (row), "unit", g_strdup (unit), g_free);
  show_waiting_words (waiting, NULL, ADW_ACTION_ROW (row));
  g_signal_connect_object (waiting, "notify::uploading", G_CALLBACK (show_waiting_words), row, 0);
  lead_to (row, waiting, unit != NULL);
  return row;
}

/* The rows are made anew: an item may have another state. */
static void
queue_updated_cb (QcOutboxList *queue, QcStatusButton *self)
{
  gtk_list_box_bind_model (GTK_LIST_BOX (self->list), G_LIST_MODEL (queue), new_waiting_row, self, NULL);
  gtk_widget_set_visible (self->list, g_list_model_get_n_items (G_LIST_MODEL (queue)) > 0);
}

/* Otherwise a popover takes the first that can be focused: of these the one that is wanted most is shown. */
static void
take_focus (QcStatusButton *self)
{
  GtkWidget *buttons[] = {self->sync, self->sign_in, self->portal};
  for (gsize i = 0; i < G_N_ELEMENTS (buttons); i++)
    if (qc_focus_enter (buttons[i]))
      return;
}

static void
mapped_cb (GtkWidget *popover, QcStatusButton *self)
{
  if (self->queue)
    g_signal_handlers_disconnect_by_data (self->queue, self);
  g_clear_object (&self->queue);
  self->queue = qc_outbox_list_new_for_profile (self->session);
  g_signal_connect_object (self->queue, "updated", G_CALLBACK (queue_updated_cb), self, 0);
  queue_updated_cb (self->queue, self);
  take_focus (self);
}

/* --- building --- */

/* However many wait: the buttons below stay on the screen. */
static GtkWidget *
scroll (GtkWidget *said)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), HIGHEST);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), said);
  return scrolled;
}

static GtkWidget *
add_button (GtkWidget *box, const char *label, const char *action_name)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action_name);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static GtkWidget *
build_popover (QcStatusButton *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10), *said = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->title = gtk_label_new (NULL);
  self->words = gtk_label_new (NULL);
  self->who = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->who), 0.0);
  self->bar = gtk_progress_bar_new ();
  self->list = gtk_list_box_new ();
  gtk_widget_add_css_class (self->title, "heading");
  gtk_label_set_xalign (GTK_LABEL (self->title), 0.0);
  gtk_label_set_xalign (GTK_LABEL (self->words), 0.0);
  gtk_label_set_wrap (GTK_LABEL (self->words), TRUE);
  gtk_label_set_width_chars (GTK_LABEL (self->words), 36); /* as wide as it was measured: else its last line is cut */
  gtk_label_set_max_width_chars (GTK_LABEL (self->words), 36);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_widget_set_visible (self->list, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("What waits"), -1);
  gtk_widget_set_halign (buttons, GTK_ALIGN_END);
  self->sign_out = add_button (buttons, _ ("Sign _Out"), "win.sign-out");
  self->change = add_button (buttons, _ ("Change _Account"), "win.show-sign-in");
  self->sign_in = add_button (buttons, _ ("Sign _In"), "win.show-sign-in");
  self->portal = add_button (buttons, _ ("_Open the Portal"), "win.open-portal");
  self->sync = add_button (buttons, _ ("Sync _Now"), "win.sync-now");
  qc_focus_guard (self->sign_out);
  gtk_box_append (GTK_BOX (said), self->title);
  gtk_box_append (GTK_BOX (said), self->who);
  gtk_box_append (GTK_BOX (said), self->words);
  gtk_box_append (GTK_BOX (said), self->bar);
  gtk_box_append (GTK_BOX (said), self->list);
  gtk_widget_set_margin_start (said, 3); /* the edge of the list */
  gtk_widget_set_margin_end (said, 3);
  gtk_widget_set_margin_bottom (said, 3);
  gtk_box_append (GTK_BOX (box), scroll (said));
  gtk_box_append (GTK_BOX (box), buttons);
  gtk_widget_add_css_class (box, "qc-popover");
  self->popover = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (self->popover), box);
  g_signal_connect (self->popover, "map", G_CALLBACK (mapped_cb), self);
  return self->popover;
}

static void
qc_status_button_init (QcStatusButton *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->icon = gtk_image_new ();
  self->label = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->label, "numeric");
  gtk_box_append (GTK_BOX (box), self->icon);
  gtk_box_append (GTK_BOX (box), self->label);
  self->menu = gtk_menu_button_new ();
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->menu), box);
  gtk_widget_add_css_class (self->menu, "qc-status");
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->menu), build_popover (self));
  gtk_widget_set_tooltip_text (self->menu, _ ("Sync and what waits"));
  adw_bin_set_child (ADW_BIN (self), self->menu);
}

GtkWidget *
qc_status_button_new (QcSession *session)
{
  QcStatusButton *self = g_object_new (QC_TYPE_STATUS_BUTTON, NULL);
  self->session = g_object_ref (session);
  self->told = qc_session_get_sync_status (session);
  g_signal_connect_object (session, "sync-changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "uploading", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
  return GTK_WIDGET (self);
}

void
qc_status_button_popup (QcStatusButton *self)
{
  g_return_if_fail (QC_IS_STATUS_BUTTON (self));
  gtk_menu_button_popup (GTK_MENU_BUTTON (self->menu));
}
