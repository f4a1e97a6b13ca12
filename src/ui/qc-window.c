/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-window.h. This file has the layout, the pages and their title, search and badges; the commands are in
 * qc-window-commands.c, opening the data in qc-window-open.c. Main thread.
 */
#include "qc-window-private.h"

#include <glib/gi18n.h>

#include "qc-dialogs.h"
#include "qc-error-text.h"
#include "qc-focus.h"
#include "qc-pages.h"
#include "qc-saved-toast.h"
#include "qc-spoken.h"
#include "qc-stack.h"
#include "qc-text-size.h"
#include "qc-tooltip.h"
#include "qc-way-back.h"

G_DEFINE_FINAL_TYPE (QcWindow, qc_window, ADW_TYPE_APPLICATION_WINDOW)

enum { PROP_OFFERS_TOUR = 1 };

/* --- pages --- */

/* So many characters of a long title stand beside the search, however little room there is. */
static int
get_title_kept (QcWindow *self)
{
  return 24 * 100 / qc_text_size_scale (self->title, 100);
}

static void
sync_title (QcWindow *self)
{
  const char *title = self->page ? qc_page_get_title (self->page) : NULL;
  const char *hint = self->page ? qc_page_get_search_hint (self->page) : NULL;
  const QcUnitChoice *unit = qc_session_get_unit (self->session);
  gboolean practice = qc_session_is_practice (self->session);
  gtk_label_set_label (GTK_LABEL (self->title), title ? title : "");
  gtk_label_set_width_chars (GTK_LABEL (self->title),
                             title ? MIN ((int)g_utf8_strlen (title, -1), get_title_kept (self)) : -1);
  gtk_widget_set_visible (self->mark, practice);
  gtk_widget_set_visible (self->search, hint != NULL);
  g_object_set (self->search, "placeholder-text", hint, NULL);
  if (hint)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL, hint, -1);
  const char *unit_name = unit ? unit->name : _ ("Qingce");
  /* Translators: the window's title in practice: page, unit. */
  g_autofree char *text = practice ? g_strdup_printf (_ ("%s (practice) — %s"), title ? title : "", unit_name)
                                   : g_strdup_printf ("%s — %s", title ? title : "", unit_name);
  gtk_window_set_title (GTK_WINDOW (self), text);
}

static void
page_notify_cb (QcPage *page, GParamSpec *pspec, QcWindow *self)
{
  if (page == self->page)
    sync_title (self);
}

static void
page_badge_cb (QcPage *page, GParamSpec *pspec, QcWindow *self)
{
  qc_sidebar_set_badge (QC_SIDEBAR (self->sidebar), g_object_get_data (G_OBJECT (page), "qc-name"),
                        qc_page_get_badge (page));
}

/* What waits of each business, whether its page was ever opened or not; 授权退休年龄 belongs to 汇缴. */
static void
show_badges (QcWindow *self)
{
  if (!self->sidebar)
    return;
  const QcPageInfo *info;
  for (guint i = 0; (info = qc_pages_get (i)); i++) {
    if (info->section != QC_SECTION_BUSINESS)
      continue;
    guint count = qc_badges_get (self->badges, (QcBusiness)info->business);
    if (info->business == QC_BUSINESS_REMITTANCE)
      count += qc_badges_get (self->badges, QC_BUSINESS_RETIREMENT);
    qc_sidebar_set_badge (QC_SIDEBAR (self->sidebar), info->name, count);
  }
}

/* The page's commands become the window's. */
static void
adopt_actions (QcWindow *self, QcPage *page)
{
  GActionMap *actions = qc_page_get_actions (page);
  g_auto (GStrv) names = g_action_group_list_actions (G_ACTION_GROUP (actions));
  for (char **name = names; *name; name++)
    g_action_map_add_action (G_ACTION_MAP (self), g_action_map_lookup_action (actions, *name));
}

QcPage *
qc_window_ensure_page (QcWindow *self, const char *name)
{
  g_return_val_if_fail (QC_IS_WINDOW (self), NULL);
  qc_window_show_work (self);
  GtkWidget *known = gtk_stack_get_child_by_name (GTK_STACK (self->pages), name);
  const QcPageInfo *info = qc_pages_find (name);
  if (known || !info)
    return known ? QC_PAGE (known) : NULL;
  QcPage *page = qc_pages_build (info, self->session);
  g_object_set_data (G_OBJECT (page), "qc-name", (gpointer)info->name);
  adopt_actions (self, page);
  g_signal_connect_object (page, "notify::title", G_CALLBACK (page_notify_cb), self, 0);
  g_signal_connect_object (page, "notify::search-hint", G_CALLBACK (page_notify_cb), self, 0);
  g_signal_connect_object (page, "notify::badge", G_CALLBACK (page_badge_cb), self, 0);
  gtk_stack_add_named (GTK_STACK (self->pages), GTK_WIDGET (page), info->name);
  if (QC_PAGE_GET_CLASS (page)->unit_changed)
    QC_PAGE_GET_CLASS (page)->unit_changed (page);
  return page;
}

static void
set_search_text (QcWindow *self, const char *text)
{
  self->searching = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->search), text);
  self->searching = FALSE;
}

static void
show_page (QcWindow *self, QcPage *page, const char *argument)
{
  const char *name = g_object_get_data (G_OBJECT (page), "qc-name");
  if (self->page && self->page != page) {
    qc_page_enter_typed (self->page);
    if (QC_PAGE_GET_CLASS (self->page)->hidden)
      QC_PAGE_GET_CLASS (self->page)->hidden (self->page);
  }
  self->page = page;
  qc_sidebar_select (QC_SIDEBAR (self->sidebar), name); /* first: a reader takes what is chosen for the focus */
  qc_stack_show (self->pages, GTK_WIDGET (page));
  const char *search = g_object_get_data (G_OBJECT (page), "qc-search");
  set_search_text (self, search ? search : "");
  sync_title (self);
  if (QC_PAGE_GET_CLASS (page)->shown)
    QC_PAGE_GET_CLASS (page)->shown (page, argument);
  qc_window_update_commands (self);
}

void
qc_window_go (QcWindow *self, const char *name, const char *argument)
{
  g_return_if_fail (QC_IS_WINDOW (self));
  QcPage *page = qc_window_ensure_page (self, name);
  if (!page)
    return;
  if (self->page && self->page != page)
    qc_way_back_push (QC_WAY_BACK (self->way_back), g_object_get_data (G_OBJECT (self->page), "qc-name"),
                      qc_page_get_title (self->page));
  show_page (self, page, argument);
}

void
qc_window_choose (QcWindow *self, const char *name)
{
  g_return_if_fail (QC_IS_WINDOW (self));
  QcPage *page = qc_window_ensure_page (self, name);
  if (!page)
    return;
  qc_way_back_clear (QC_WAY_BACK (self->way_back));
  show_page (self, page, NULL);
}

void
qc_window_go_back (QcWindow *self)
{
  g_autofree char *name = self->way_back ? qc_way_back_pop (QC_WAY_BACK (self->way_back)) : NULL;
  QcPage *page = name ? qc_window_ensure_page (self, name) : NULL;
  if (page)
    show_page (self, page, NULL);
}

QcPage *
qc_window_get_page (QcWindow *self)
{
  return self->page;
}

static void
foreach_page (QcWindow *self, void (*func) (QcPage *page, gpointer data), gpointer data)
{
  for (GtkWidget *child = self->pages ? gtk_widget_get_first_child (self->pages) : NULL; child;
       child = gtk_widget_get_next_sibling (child))
    func (QC_PAGE (child), data);
}

static void
tell_unit_changed (QcPage *page, gpointer data)
{
  if (QC_PAGE_GET_CLASS (page)->unit_changed)
    QC_PAGE_GET_CLASS (page)->unit_changed (page);
}

static void
tell_data_changed (QcPage *page, gpointer what)
{
  if (QC_PAGE_GET_CLASS (page)->data_changed)
    QC_PAGE_GET_CLASS (page)->data_changed (page, GPOINTER_TO_UINT (what));
}

/* Practice looks different everywhere, also before a unit is there. */
static void
profile_changed_cb (QcSession *session, QcWindow *self)
{
  if (qc_session_is_practice (session))
    gtk_widget_add_css_class (GTK_WIDGET (self), "practice");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "practice");
  if (self->work)
    sync_title (self);
}

static void
unit_changed_cb (QcSession *session, QcWindow *self)
{
  foreach_page (self, tell_unit_changed, NULL);
  if (self->way_back)
    qc_way_back_clear (QC_WAY_BACK (self->way_back));
  if (self->work)
    sync_title (self);
}

static void
data_changed_cb (QcSession *session, guint what, QcWindow *self)
{
  foreach_page (self, tell_data_changed, GUINT_TO_POINTER (what));
}

static void
search_changed_cb (GtkSearchEntry *entry, QcWindow *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (entry));
  if (self->searching || !self->page || !QC_PAGE_GET_CLASS (self->page)->search)
    return;
  g_object_set_data_full (G_OBJECT (self->page), "qc-search", g_strdup (text), g_free);
  QC_PAGE_GET_CLASS (self->page)->search (self->page, text);
}

static void
stop_search_cb (GtkSearchEntry *entry, QcWindow *self)
{
  gtk_editable_set_text (GTK_EDITABLE (entry), "");
  gtk_widget_grab_focus (self->pages);
}

/* --- layout --- */

static GMenuModel *
build_main_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) account = g_menu_new ();
  g_autoptr (GMenu) keep = g_menu_new ();
  g_autoptr (GMenu) look = g_menu_new ();
  g_autoptr (GMenu) help = g_menu_new ();
  g_menu_append (account, _ ("Search _Everywhere…"), "win.find");
  g_menu_append (account, _ ("Sync _Now"), "win.sync-now");
  g_menu_append (account, _ ("Sign _In…"), "win.show-sign-in");
  g_menu_append (account, _ ("Sign _Out"), "win.sign-out");
  g_menu_append (account, _ ("Change the _Center…"), "win.show-start");
  g_menu_append (account, _ ("Open the _Portal"), "win.open-portal");
  g_menu_append (keep, _ ("_Trash…"), "win.show-trash");
  g_menu_append (keep, _ ("Backup and _Moving…"), "win.show-keep");
  g_menu_append (keep, _ ("_Journal…"), "win.show-journal");
  g_menu_append (look, _ ("_Follow the Desktop"), "win.color-scheme::follow");
  g_menu_append (look, _ ("_Light"), "win.color-scheme::light");
  g_menu_append (look, _ ("_Dark"), "win.color-scheme::dark");
  g_menu_append (help, _ ("P_references…"), "win.preferences");
  g_menu_append (help, _ ("_Guide"), "win.show-guide");
  g_menu_append (help, _ ("A Look _Around"), "win.show-tour");
  g_menu_append (help, _ ("_Keyboard Shortcuts"), "win.show-help-overlay");
  g_menu_append (help, _ ("Check This Comp_uter…"), "win.check-computer");
  g_menu_append (help, _ ("About _Qingce"), "win.about");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (account));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (keep));
  g_menu_append_section (menu, _ ("Appearance"), G_MENU_MODEL (look));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (help));
  return G_MENU_MODEL (menu);
}

static GtkWidget *
build_title (QcWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  self->title = gtk_label_new (NULL);
  self->mark = gtk_label_new (_ ("Practice"));
  gtk_label_set_ellipsize (GTK_LABEL (self->title), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (self->title, "title");
  qc_spoken_heading (self->title);
  gtk_widget_add_css_class (self->mark, "qc-practice-mark");
  gtk_widget_set_valign (self->mark, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), self->title);
  gtk_box_append (GTK_BOX (box), self->mark);
  return box;
}

/* --- the sidebar, where there is no room for it beside the pages --- */

void
qc_window_show_sidebar (QcWindow *self)
{
  if (!self->work || !adw_flap_get_folded (ADW_FLAP (self->work)))
    return;
  adw_flap_set_reveal_flap (ADW_FLAP (self->work), TRUE);
}

static void
sidebar_moved_cb (AdwFlap *flap, GParamSpec *pspec, QcWindow *self)
{
  if (!self->choosing || adw_flap_get_reveal_progress (flap) < 1)
    return;
  self->choosing = FALSE;
  qc_sidebar_choose_unit (QC_SIDEBAR (self->sidebar));
}

void
qc_window_choose_unit (QcWindow *self)
{
  qc_window_show_sidebar (self);
  self->choosing = TRUE;
  sidebar_moved_cb (ADW_FLAP (self->work), NULL, self);
}

static void
sidebar_entered_cb (QcWindow *self)
{
  if (adw_flap_get_folded (ADW_FLAP (self->work)))
    adw_flap_set_reveal_flap (ADW_FLAP (self->work), FALSE);
}

/* The keyboard goes where one looks now; out of sight nothing of it is heard. */
static void
sidebar_revealed_cb (AdwFlap *flap, GParamSpec *pspec, QcWindow *self)
{
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->sidebar), GTK_ACCESSIBLE_STATE_HIDDEN,
                               !adw_flap_get_reveal_flap (flap), -1);
  if (adw_flap_get_folded (flap) && adw_flap_get_reveal_flap (flap))
    qc_focus_enter (self->sidebar);
}

static GtkWidget *
build_sidebar_button (QcWindow *self)
{
  GtkWidget *button = gtk_toggle_button_new ();
  gtk_button_set_icon_name (GTK_BUTTON (button), "sidebar-show-symbolic");
  gtk_widget_set_tooltip_text (button, _ ("Pages"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Pages"), -1);
  g_object_bind_property (self->work, "folded", button, "visible", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self->work, "reveal-flap", button, "active", G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  return button;
}

static GtkWidget *
build_header (QcWindow *self)
{
  g_autoptr (GMenuModel) menu = build_main_menu ();
  GtkWidget *bar = adw_header_bar_new ();
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *middle = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "open-menu-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), menu);
  gtk_menu_button_set_primary (GTK_MENU_BUTTON (button), TRUE);
  gtk_widget_set_tooltip_text (button, _ ("Main menu"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Main menu"), -1);
  self->search = gtk_search_entry_new ();
  gtk_editable_set_width_chars (GTK_EDITABLE (self->search), 12);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->search), 36);
  gtk_search_entry_set_search_delay (GTK_SEARCH_ENTRY (self->search), 0); /* pages drop what is overtaken */
  g_signal_connect (self->search, "search-changed", G_CALLBACK (search_changed_cb), self);
  g_signal_connect (self->search, "stop-search", G_CALLBACK (stop_search_cb), self);
  gtk_box_append (GTK_BOX (middle), self->search);
  self->status = qc_status_button_new (self->session);
  adw_header_bar_pack_start (ADW_HEADER_BAR (bar), build_sidebar_button (self));
  adw_header_bar_pack_start (ADW_HEADER_BAR (bar), button);
  self->way_back = qc_way_back_new ();
  adw_header_bar_pack_start (ADW_HEADER_BAR (bar), self->way_back);
  adw_header_bar_pack_start (ADW_HEADER_BAR (bar), build_title (self));
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (bar), middle);
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), self->status);
  return bar;
}

static GtkWidget *
build_sidebar_side (QcWindow *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *handle = gtk_window_handle_new ();
  self->sidebar = qc_sidebar_new (self->session);
  g_signal_connect_object (self->sidebar, "entered", G_CALLBACK (sidebar_entered_cb), self, G_CONNECT_SWAPPED);
  self->badges = qc_badges_new (self->session);
  qc_window_listen_for_news (self);
  self->ahead = qc_lines_ahead_new (self->session);
  g_signal_connect_object (self->badges, "changed", G_CALLBACK (show_badges), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->badges, "failed", G_CALLBACK (qc_window_show_error), self, G_CONNECT_SWAPPED);
  gtk_window_handle_set_child (GTK_WINDOW_HANDLE (handle), self->sidebar);
  gtk_widget_set_vexpand (handle, TRUE);
  gtk_box_append (GTK_BOX (column), handle);
  return column;
}

/* With large text or in a narrow window the sidebar lies over the pages and is out of sight until it is asked for. */
static void
build_work (QcWindow *self)
{
  self->work = adw_flap_new ();
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->pages = gtk_stack_new ();
  gtk_stack_set_hhomogeneous (GTK_STACK (self->pages), FALSE); /* a page that is not shown makes no window larger */
  gtk_stack_set_vhomogeneous (GTK_STACK (self->pages), FALSE);
  gtk_stack_set_transition_type (GTK_STACK (self->pages), GTK_STACK_TRANSITION_TYPE_NONE);
  gtk_widget_set_vexpand (self->pages, TRUE);
  self->toasts = adw_toast_overlay_new ();
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (self->toasts), self->pages);
  gtk_box_append (GTK_BOX (column), build_header (self));
  qc_focus_follow_search (self->search, self->pages);
  gtk_box_append (GTK_BOX (column), qc_window_build_bar (self));
  gtk_box_append (GTK_BOX (column), self->toasts);
  gtk_widget_set_hexpand (column, TRUE);
  gtk_widget_add_css_class (column, "qc-work");
  AdwFlap *flap = ADW_FLAP (self->work);
  adw_flap_set_flap (flap, build_sidebar_side (self));
  adw_flap_set_separator (flap, gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  adw_flap_set_content (flap, column);
  adw_flap_set_fold_duration (flap, 0);
  adw_flap_set_swipe_to_open (flap, FALSE);
  adw_flap_set_swipe_to_close (flap, FALSE);
  g_signal_connect_object (flap, "notify::reveal-flap", G_CALLBACK (sidebar_revealed_cb), self, 0);
  g_signal_connect_object (flap, "notify::reveal-progress", G_CALLBACK (sidebar_moved_cb), self, 0);
}

void
qc_window_show_work (QcWindow *self)
{
  gboolean comes_back = self->page && !qc_window_is_working (self);
  if (!self->work) {
    build_work (self);
    gtk_stack_add_named (GTK_STACK (self->views), self->work, "work");
  }
  qc_stack_show (self->views, self->work);
  if (comes_back)
    sync_title (self);
  qc_window_update_commands (self);
}

gboolean
qc_window_is_working (QcWindow *self)
{
  return self->work && gtk_stack_get_visible_child (GTK_STACK (self->views)) == self->work;
}

/* Where the work is; beside it only where nothing in it takes the focus. */
static gboolean
take_focus (GtkWidget *widget)
{
  QcWindow *self = QC_WINDOW (widget);
  GtkWidget *shown = gtk_stack_get_visible_child (GTK_STACK (self->views));
  if (!qc_window_is_working (self))
    return shown && qc_focus_enter (shown);
  return (self->page && qc_focus_enter (GTK_WIDGET (self->page))) || qc_focus_enter (self->sidebar);
}

static gboolean
enter_start_cb (gpointer data)
{
  QcWindow *self = data;
  self->entering = 0;
  if (!qc_window_is_working (self))
    take_focus (GTK_WIDGET (self));
  return G_SOURCE_REMOVE;
}

void
qc_window_show_start (QcWindow *self)
{
  gboolean comes = !self->start || gtk_stack_get_visible_child (GTK_STACK (self->views)) != self->start;
  if (!self->start) {
    self->start = qc_start_view_new (self->session);
    g_signal_connect_object (self->start, "busy-changed", G_CALLBACK (qc_window_update_commands), self,
                             G_CONNECT_SWAPPED);
    gtk_stack_add_named (GTK_STACK (self->views), self->start, "start");
  }
  qc_start_view_set_can_leave (QC_START_VIEW (self->start), self->work != NULL);
  qc_stack_show (self->views, self->start);
  if (comes && self->entering == 0) /* whatever had the focus, and when its step is there */
    self->entering = g_idle_add (enter_start_cb, self);
  gtk_window_set_title (GTK_WINDOW (self), _ ("Qingce"));
  qc_window_update_commands (self);
}

/* --- telling --- */

/* Seconds that a sentence stays: long enough to be read, and to reach for its button. */
static guint
seconds_for (const char *text, gboolean has_button)
{
  return (guint)CLAMP (3 + g_utf8_strlen (text, -1) / 4, has_button ? 8 : 5, 12);
}

void
qc_window_toast_saved (QcWindow *self, const char *words, const char *path, gboolean is_folder)
{
  g_return_if_fail (QC_IS_WINDOW (self));
  qc_window_show_work (self);
  qc_saved_toast_show (ADW_TOAST_OVERLAY (self->toasts), words, path, is_folder);
}

void
qc_window_toast (QcWindow *self, const char *text, const char *button_label, const char *action_name, GVariant *target)
{
  g_return_if_fail (QC_IS_WINDOW (self));
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (escaped);
  adw_toast_set_timeout (toast, seconds_for (text, button_label != NULL));
  if (button_label) {
    adw_toast_set_button_label (toast, button_label);
    adw_toast_set_action_name (toast, action_name);
    adw_toast_set_action_target_value (toast, target);
  }
  qc_window_show_work (self);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toasts), toast);
  qc_spoken_announce (GTK_WIDGET (self), text);
}

void
qc_window_show_error (QcWindow *self, const GError *error)
{
  g_return_if_fail (QC_IS_WINDOW (self));
  if (qc_error_is_silent (error))
    return;
  g_autoptr (QcErrorText) text = qc_error_text_new (error);
  g_autofree char *body = qc_error_text_dup_body (text);
  qc_dialog_tell (GTK_WIDGET (self), text->title, body);
}

QcWindow *
qc_window_of (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWindow *window = GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
  while (window && !QC_IS_WINDOW (window))
    window = gtk_window_get_transient_for (window);
  return window ? QC_WINDOW (window) : NULL;
}

QcSession *
qc_window_get_session (QcWindow *self)
{
  g_return_val_if_fail (QC_IS_WINDOW (self), NULL);
  return self->session;
}

static const char *const records_keys[] = {"remittance-records-height", "records-height"};

int
qc_window_get_records_height (QcWindow *self, QcRecordsPlace place)
{
  g_return_val_if_fail (QC_IS_WINDOW (self), 0);
  return self->records_height[place];
}

char *
qc_window_dup_export_folder (QcWindow *self)
{
  g_return_val_if_fail (QC_IS_WINDOW (self), NULL);
  g_autofree char *folder = self->settings ? g_settings_get_string (self->settings, "export-folder") : NULL;
  return folder && *folder ? g_steal_pointer (&folder) : NULL;
}

void
qc_window_set_export_folder (QcWindow *self, const char *folder)
{
  g_return_if_fail (QC_IS_WINDOW (self) && folder);
  if (self->settings && g_utf8_validate (folder, -1, NULL))
    g_settings_set_string (self->settings, "export-folder", folder);
}

gboolean
qc_window_offers_tour (QcWindow *self)
{
  g_return_val_if_fail (QC_IS_WINDOW (self), FALSE);
  return self->settings && !g_settings_get_boolean (self->settings, "tour-seen");
}

void
qc_window_set_records_height (QcWindow *self, QcRecordsPlace place, int height)
{
  g_return_if_fail (QC_IS_WINDOW (self));
  self->records_height[place] = CLAMP (height, 100, 10000);
}

/* --- object --- */

static gboolean
qc_window_close_request (GtkWindow *window)
{
  QcWindow *self = QC_WINDOW (window);
  if (!qc_window_may_close (self))
    return TRUE;
  int width, height;
  gtk_window_get_default_size (window, &width, &height);
  if (self->settings) {
    if (!gtk_window_is_maximized (window)) {
      g_settings_set_int (self->settings, "window-width", MAX (width, 800));
      g_settings_set_int (self->settings, "window-height", MAX (height, 560));
    }
    g_settings_set_boolean (self->settings, "window-maximized", gtk_window_is_maximized (window));
    for (guint i = 0; i < QC_N_RECORDS; i++)
      g_settings_set_int (self->settings, records_keys[i], self->records_height[i]);
  }
  return GTK_WINDOW_CLASS (qc_window_parent_class)->close_request (window);
}

/* A page may outlive the window in a callback under way, and the sidebar goes before the pages do. */
static void
forget_pages (QcWindow *self)
{
  for (GtkWidget *page = self->pages ? gtk_widget_get_first_child (self->pages) : NULL; page;
       page = gtk_widget_get_next_sibling (page))
    g_signal_handlers_disconnect_by_data (page, self);
  g_clear_handle_id (&self->entering, g_source_remove);
  self->page = NULL;
  self->pages = NULL;
  self->sidebar = NULL;
  self->way_back = NULL;
}

/* So do its commands, which would tell a window that is gone what can be done. */
static void
forget_commands (QcWindow *self)
{
  g_auto (GStrv) names = g_action_group_list_actions (G_ACTION_GROUP (self));
  for (guint i = 0; names[i]; i++)
    g_action_map_remove_action (G_ACTION_MAP (self), names[i]);
}

static void
qc_window_dispose (GObject *object)
{
  QcWindow *self = QC_WINDOW (object);
  if (self->session) {
    g_signal_handlers_disconnect_by_data (self->session, self);
    forget_commands (self);
  }
  g_clear_handle_id (&self->bar_delay, g_source_remove);
  g_clear_handle_id (&self->present_delay, g_source_remove);
  g_clear_handle_id (&self->closing, g_source_remove);
  g_clear_object (&self->settings);
  forget_pages (self);
  G_OBJECT_CLASS (qc_window_parent_class)->dispose (object);
  g_clear_object (&self->badges);
  g_clear_object (&self->decisions);
  g_clear_object (&self->ahead);
  g_clear_object (&self->keeper);
  g_clear_object (&self->session);
}

static void
qc_window_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_OFFERS_TOUR)
    g_value_set_boolean (value, qc_window_offers_tour (QC_WINDOW (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
tour_seen_cb (QcWindow *self)
{
  g_object_notify (G_OBJECT (self), "offers-tour");
}

static void
qc_window_class_init (QcWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qc_window_dispose;
  G_OBJECT_CLASS (klass)->get_property = qc_window_get_property;
  g_object_class_install_property (
      G_OBJECT_CLASS (klass), PROP_OFFERS_TOUR,
      g_param_spec_boolean ("offers-tour", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
  GTK_WINDOW_CLASS (klass)->close_request = qc_window_close_request;
}

static void
qc_window_init (QcWindow *self)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema
      = source ? g_settings_schema_source_lookup (source, "org.qingce.Qingce", TRUE) : NULL;
  if (schema) {
    self->settings = g_settings_new ("org.qingce.Qingce");
    g_signal_connect_object (self->settings, "changed::tour-seen", G_CALLBACK (tour_seen_cb), self, G_CONNECT_SWAPPED);
  }
  qc_focus_set_home (GTK_WIDGET (self), take_focus);
  qc_focus_keep (GTK_WINDOW (self));
  /* its class says so too, but GTK 4.8 forgets that for good where a screen reader asks before the window is shown */
  g_object_set (self, "accessible-role", GTK_ACCESSIBLE_ROLE_WINDOW, NULL);
  gtk_window_set_default_size (GTK_WINDOW (self),
                               self->settings ? g_settings_get_int (self->settings, "window-width") : 1280,
                               self->settings ? g_settings_get_int (self->settings, "window-height") : 720);
  gtk_widget_set_size_request (GTK_WIDGET (self), 800, 480);
  qc_tooltip_mend ();
  for (guint i = 0; i < QC_N_RECORDS; i++)
    self->records_height[i] = self->settings ? g_settings_get_int (self->settings, records_keys[i]) : 280;
  if (self->settings && g_settings_get_boolean (self->settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
  self->views = gtk_stack_new ();
  gtk_stack_set_transition_type (GTK_STACK (self->views), GTK_STACK_TRANSITION_TYPE_NONE);
  gtk_stack_set_hhomogeneous (GTK_STACK (self->views), FALSE);
  gtk_stack_set_vhomogeneous (GTK_STACK (self->views), FALSE);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (self), self->views);
}

QcWindow *
qc_window_new (AdwApplication *application, QcSession *session)
{
  QcWindow *self = g_object_new (QC_TYPE_WINDOW, "application", application, "title", _ ("Qingce"), NULL);
  self->session = g_object_ref (session);
  self->keeper = qc_keeper_new (session);
  g_signal_connect (session, "profile-changed", G_CALLBACK (profile_changed_cb), self);
  g_signal_connect_swapped (session, "units-changed", G_CALLBACK (qc_window_update_commands), self);
  g_signal_connect (session, "unit-changed", G_CALLBACK (unit_changed_cb), self);
  g_signal_connect (session, "data-changed", G_CALLBACK (data_changed_cb), self);
  g_signal_connect_swapped (session, "sync-changed", G_CALLBACK (qc_window_update_commands), self);
  g_signal_connect_swapped (session, "sync-changed", G_CALLBACK (qc_window_update_bar), self);
  qc_window_add_commands (self);
  return self;
}
