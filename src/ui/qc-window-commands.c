/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The window's commands. Each is an action win.*, so that keys, menus, buttons and tests come the same way; those of
 * the start and of practice stand beside this. Main thread.
 */
#include "qc-window-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "qc-check-window.h"
#include "qc-focus.h"
#include "qc-guide-window.h"
#include "qc-journal-window.h"
#include "qc-keep-window.h"
#include "qc-pages.h"
#include "qc-preferences-window.h"
#include "qc-search-palette.h"
#include "qc-tour-window.h"
#include "qc-trash-window.h"
#include "qc-unit-dialog.h"
#include "qc-way-back.h"

/* --- going --- */

static gboolean
enter_cb (gpointer data)
{
  QcWindow *self = data;
  self->entering = 0;
  if (self->page && qc_window_is_working (self))
    qc_focus_enter (GTK_WIDGET (self->page));
  return G_SOURCE_REMOVE;
}

/* When all that follows from what was read is said, and its commands can be used. */
static void
entered_cb (QcPage *page, GParamSpec *pspec, QcWindow *self)
{
  if (qc_page_get_state (page) == QC_PAGE_LOADING)
    return;
  g_signal_handlers_disconnect_by_func (page, entered_cb, self);
  if (page == self->page && self->entering == 0)
    self->entering = g_idle_add (enter_cb, self);
}

/* Whatever had the focus, the page has it now; one that is read first takes it once it is there. */
static void
enter_page (QcWindow *self)
{
  if (!self->page)
    return;
  g_signal_handlers_disconnect_by_func (self->page, entered_cb, self);
  g_signal_connect (self->page, "notify::state", G_CALLBACK (entered_cb), self);
  entered_cb (self->page, NULL, self);
}

/* "remittance" or "remittance/ARGUMENT". */
static void
go_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_auto (GStrv) parts = g_strsplit (g_variant_get_string (parameter, NULL), "/", 2);
  if (parts[0])
    qc_window_go (data, parts[0], parts[1]);
}

static void
go_nth_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const QcPageInfo *info = qc_pages_get (g_variant_get_uint32 (parameter));
  if (!info)
    return;
  qc_window_choose (data, info->name);
  enter_page (data);
}

static void
choose_page_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  qc_window_choose (data, g_variant_get_string (parameter, NULL));
}

static void
go_back_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  qc_window_go_back (data);
  enter_page (data);
}

static void
search_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  QcWindow *self = data;
  if (self->search && gtk_widget_get_visible (self->search))
    gtk_widget_grab_focus (self->search);
}

static void
set_search_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  QcWindow *self = data;
  if (self->search)
    gtk_editable_set_text (GTK_EDITABLE (self->search), g_variant_get_string (parameter, NULL));
}

static void
find_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  qc_search_palette_show (data, QC_WINDOW (data)->session);
}

static void
show_status_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  QcWindow *self = data;
  if (self->status)
    qc_status_button_popup (QC_STATUS_BUTTON (self->status));
}

/* --- units --- */

static void
switch_unit_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  qc_session_set_unit (QC_WINDOW (data)->session, g_variant_get_string (parameter, NULL));
}

static void
step_unit (QcWindow *self, int step)
{
  GPtrArray *units = qc_session_get_units (self->session);
  const char *account = qc_session_get_unit_account (self->session);
  for (guint i = 0; account && i < units->len; i++) {
    const QcUnitChoice *unit = g_ptr_array_index (units, i);
    if (!g_str_equal (unit->account, account))
      continue;
    for (guint n = 1; n < units->len; n++) { /* past those the account may not act for */
      const QcUnitChoice *next = g_ptr_array_index (units, (i + (step > 0 ? n : units->len - n)) % units->len);
      if (qc_session_may_act (self->session, next->account)) {
        qc_session_set_unit (self->session, next->account);
        break;
      }
    }
    return;
  }
}

static void
next_unit_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  step_unit (data, 1);
}

static void
previous_unit_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  step_unit (data, -1);
}

static void
choose_unit_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  QcWindow *self = data;
  if (self->sidebar)
    qc_window_choose_unit (self);
}

static void
show_sidebar_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  qc_window_show_sidebar (data);
}

static void
mark_unit_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  QcWindow *self = data;
  qc_unit_dialog_show (self, self->session, qc_session_get_unit_account (self->session));
}

typedef struct {
  QcWindow *window; /* (owned) */
  char *account;    /* (owned) */
} Opening;

static void
opened_profile_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Opening *opening = data;
  g_autoptr (QcWindow) self = opening->window;
  g_autofree char *account = opening->account;
  g_autoptr (GError) error = NULL;
  g_free (opening);
  if (qc_session_choose_profile_finish (QC_SESSION (source), result, &error)) {
    qc_session_set_unit (self->session, account);
    qc_window_go (self, "home", NULL);
  } else {
    qc_window_show_error (self, error);
  }
}

/* (profile, account): the unit may be another center's. */
static void
open_unit_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  QcWindow *self = data;
  const QcProfileInfo *info = qc_session_get_profile (self->session);
  const char *profile, *account;
  g_variant_get (parameter, "(&s&s)", &profile, &account);
  gboolean is_here
      = info && (g_str_equal (profile, QC_SESSION_PRACTICE) ? info->is_practice : g_str_equal (info->id, profile));
  if (is_here) {
    qc_session_set_unit (self->session, account);
    qc_window_go (self, "home", NULL);
    return;
  }
  Opening *opening = g_new0 (Opening, 1);
  *opening = (Opening) {g_object_ref (self), g_strdup (account)};
  qc_session_choose_profile_async (self->session, profile, NULL, opened_profile_cb, opening);
}

/* 在线办理: "enter-home", "enter-remittance" … */
static void
enter_online_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  QcWindow *self = data;
  const char *page = strchr (g_action_get_name (G_ACTION (action)), '-') + 1;
  gboolean enters = !qc_window_is_working (self) && self->start;
  if (enters) {
    QcDepartmentPage *department = qc_start_view_get_department (QC_START_VIEW (self->start));
    if (!qc_department_page_is_connected (department)) {
      g_action_group_activate_action (G_ACTION_GROUP (self), "open-portal", NULL);
      return;
    }
    qc_session_set_entered (self->session, (guint)qc_department_page_get_entry (department));
  }
  if (enters) { /* what she came from is gone */
    qc_window_choose (self, page);
    enter_page (self);
  } else {
    qc_window_go (self, page, NULL);
  }
  /* Its badge counts what waits for her, wherever she is. */
  qc_window_ensure_page (self, "home");
}

/* --- window --- */

static void
apply_color_scheme (const char *name)
{
  AdwColorScheme scheme = g_str_equal (name, "light")  ? ADW_COLOR_SCHEME_FORCE_LIGHT
                          : g_str_equal (name, "dark") ? ADW_COLOR_SCHEME_FORCE_DARK
                                                       : ADW_COLOR_SCHEME_DEFAULT;
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), scheme);
}

static void
color_scheme_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  QcWindow *self = data;
  const char *name = g_variant_get_string (value, NULL);
  g_simple_action_set_state (action, value);
  apply_color_scheme (name);
  if (self->settings)
    g_settings_set_string (self->settings, "color-scheme", name);
}

static void
show_help_overlay_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource ("/org/qingce/Qingce/help-overlay.ui");
  GtkWindow *shortcuts = GTK_WINDOW (gtk_builder_get_object (builder, "help_overlay"));
  gtk_window_set_transient_for (shortcuts, data);
  g_object_set (shortcuts, "section-name", "everywhere", NULL); /* GTK would begin elsewhere */
  gtk_window_present (shortcuts);
}

static void
about_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  adw_show_about_window (data, "application-name", _ ("Qingce"), "application-icon", "org.qingce.Qingce", "version",
                         QC_VERSION, "developer-name", _ ("The Qingce authors"), "license-type", GTK_LICENSE_GPL_3_0,
                         "comments", _ ("Housing provident fund business of an employer"), NULL);
}

static void
close_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gtk_window_close (data);
}

static void
retry_open_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  qc_window_open (data);
}

/* The chapter about what is on the screen. */
static void
show_guide_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  QcWindow *self = data;
  gboolean working = qc_window_is_working (self) && self->page;
  qc_guide_window_open (data, working ? g_object_get_data (G_OBJECT (self->page), "qc-name") : NULL);
}

static void
preferences_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  qc_preferences_window_open (data, QC_WINDOW (data)->settings);
}

/* Taken or declined: it is not offered again. */
static void
tour_is_seen (QcWindow *self)
{
  if (self->settings)
    g_settings_set_boolean (self->settings, "tour-seen", TRUE);
}

static void
show_tour_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  qc_tour_window_open (data);
  tour_is_seen (data);
}

static void
skip_tour_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tour_is_seen (data);
}

static void
check_computer_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  qc_check_window_open (data, QC_WINDOW (data)->session);
}

static void
show_trash_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  qc_trash_window_open (data, QC_WINDOW (data)->session);
}

static void
show_keep_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  qc_keep_window_open (data, QC_WINDOW (data)->keeper);
}

static void
show_journal_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  qc_journal_window_open (data, QC_WINDOW (data)->session);
}

static const GActionEntry commands[] = {
    {"go", go_cb, "s"},
    {"go-nth", go_nth_cb, "u"},
    {"go-back", go_back_cb},
    {"choose-page", choose_page_cb, "s"},
    {"search", search_cb},
    {"set-search", set_search_cb, "s"},
    {"find", find_cb},
    {"show-status", show_status_cb},
    {"switch-unit", switch_unit_cb, "s"},
    {"next-unit", next_unit_cb},
    {"previous-unit", previous_unit_cb},
    {"choose-unit", choose_unit_cb},
    {"show-sidebar", show_sidebar_cb},
    {"mark-unit", mark_unit_cb},
    {"open-unit", open_unit_cb, "(ss)"},
    {"enter-home", enter_online_cb},
    {"color-scheme", NULL, "s", "'follow'", color_scheme_cb},
    {"show-help-overlay", show_help_overlay_cb},
    {"show-guide", show_guide_cb},
    {"check-computer", check_computer_cb},
    {"show-trash", show_trash_cb},
    {"show-keep", show_keep_cb},
    {"show-journal", show_journal_cb},
    {"preferences", preferences_cb},
    {"show-tour", show_tour_cb},
    {"skip-tour", skip_tour_cb},
    {"about", about_cb},
    {"close", close_cb},
    {"retry-open", retry_open_cb},
};

void
qc_window_add_commands (QcWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), commands, G_N_ELEMENTS (commands), self);
  qc_window_add_start_commands (self);
  qc_window_add_practice_commands (self);
  for (guint i = 0; i < QC_N_BUSINESSES; i++) {
    if (qc_business_info (i)->does_msgid == NULL)
      continue;
    g_autofree char *name = g_strconcat ("enter-", qc_business_info (i)->code, NULL);
    g_autoptr (GSimpleAction) enter = g_simple_action_new (name, NULL);
    g_signal_connect (enter, "activate", G_CALLBACK (enter_online_cb), self);
    g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (enter));
  }
  if (self->settings) {
    g_autofree char *scheme = g_settings_get_string (self->settings, "color-scheme");
    GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "color-scheme");
    g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_string (scheme));
    apply_color_scheme (scheme);
  }
  qc_window_update_commands (self);
}

static void
enable (QcWindow *self, const char *name, gboolean enabled)
{
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), name)), enabled);
}

void
qc_window_update_commands (QcWindow *self)
{
  const QcProfileInfo *info = qc_session_get_profile (self->session);
  QcSyncStatus status = qc_session_get_sync_status (self->session);
  gboolean open = qc_context_is_open (qc_session_get_context (self->session));
  gboolean has_api = info && info->has_api;
  gboolean practice = info && info->is_practice;
  static const char *const need_open[] = {"show-start",     "start-practice",     "start-centers", "choose-profile",
                                          "import-profile", "choose-center-file", "show-keep",     "show-journal"};
  static const char *const need_practice[]
      = {"practice-look", "practice-advance", "practice-delay", "practice-review", "practice-reset", "open-console"};
  for (gsize i = 0; i < G_N_ELEMENTS (need_open); i++)
    enable (self, need_open[i], open);
  for (gsize i = 0; i < G_N_ELEMENTS (need_practice); i++)
    enable (self, need_practice[i], practice);
  /* Without an interface 在线办理 opens the portal; with one there has to be a unit. */
  gboolean can_enter = info && (!has_api || qc_session_get_unit (self->session));
  gboolean can_sign_in = has_api && !(self->start && qc_start_view_is_busy (QC_START_VIEW (self->start)));
  for (guint i = 0; i < QC_N_BUSINESSES; i++) {
    if (qc_business_info (i)->does_msgid == NULL)
      continue;
    g_autofree char *name = g_strconcat ("enter-", qc_business_info (i)->code, NULL);
    enable (self, name, can_enter);
  }
  enable (self, "enter-home", can_enter);
  enable (self, "mark-unit", open && qc_session_get_unit (self->session));
  enable (self, "go", open && qc_session_get_unit (self->session));
  enable (self, "go-nth", open && qc_session_get_unit (self->session));
  enable (self, "choose-page", open && qc_session_get_unit (self->session));
  enable (self, "go-back",
          qc_window_is_working (self) && self->way_back && !qc_way_back_is_empty (QC_WAY_BACK (self->way_back)));
  enable (self, "show-trash", open && qc_session_get_unit (self->session));
  gboolean working = qc_window_is_working (self);
  static const char *const need_work[]
      = {"search", "choose-unit", "next-unit", "previous-unit", "show-sidebar", "show-status"};
  for (gsize i = 0; i < G_N_ELEMENTS (need_work); i++)
    enable (self, need_work[i], working);
  enable (self, "find", open && qc_session_get_unit (self->session) && working);
  enable (self, "sync-now", has_api);
  enable (self, "show-sign-in", can_sign_in);
  enable (self, "sign-in", can_sign_in);
  enable (self, "copy-sign-in-address", can_sign_in);
  enable (self, "sign-out", has_api && status != QC_SYNC_SIGNED_OUT);
  enable (self, "open-portal", info && info->portal);
}
