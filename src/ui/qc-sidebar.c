/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-sidebar.h. Main thread.
 */
#include "qc-sidebar.h"

#include <glib/gi18n.h>

#include "qc-format.h"
#include "qc-list.h"
#include "qc-pages.h"
#include "qc-unit-switcher.h"

struct _QcSidebar {
  AdwBin parent_instance;
  QcSession *session;      /* (owned) */
  GtkWidget *column;       /* borrowed */
  GtkWidget *list;         /* borrowed */
  GtkWidget *switcher;     /* borrowed */
  GtkWidget *practice;     /* borrowed: menu button */
  GtkWidget *practice_day; /* borrowed */
  GtkListBoxRow *shown;    /* borrowed (nullable): of the page that is there */
};

G_DEFINE_FINAL_TYPE (QcSidebar, qc_sidebar, ADW_TYPE_BIN)

enum { ENTERED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
qc_sidebar_dispose (GObject *object)
{
  g_clear_object (&QC_SIDEBAR (object)->session);
  G_OBJECT_CLASS (qc_sidebar_parent_class)->dispose (object);
}

static void
qc_sidebar_class_init (QcSidebarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qc_sidebar_dispose;
  signals[ENTERED] = g_signal_new ("entered", QC_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

/* GtkMenuButton centers what it is given; here it is as wide as the sidebar. */
static void
set_wide_child (GtkWidget *menu_button, GtkWidget *child)
{
  gtk_menu_button_set_child (GTK_MENU_BUTTON (menu_button), child);
  gtk_widget_set_hexpand (child, TRUE);
  gtk_widget_set_halign (gtk_widget_get_parent (child), GTK_ALIGN_FILL);
}

/* --- pages --- */

static const QcPageInfo *
row_page (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "qc-page");
}

static GtkWidget *
new_page_row (const QcPageInfo *info)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *label = gtk_label_new (qc_page_info_get_label (info));
  GtkWidget *badge = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (label), 0.0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (badge, "qc-badge");
  gtk_widget_add_css_class (badge, "numeric");
  gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
  gtk_widget_set_opacity (badge, 0); /* its room is there from the start: no label is cut when it comes */
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (qc_page_info_get_icon (info)));
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), badge);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_tooltip_text (row, qc_page_info_get_label (info));
  g_object_set_data (G_OBJECT (row), "qc-page", (gpointer)info);
  g_object_set_data (G_OBJECT (row), "qc-badge", badge);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, qc_page_info_get_label (info),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "", -1);
  return row;
}

static void
header_cb (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data)
{
  static const char *const sections[] = {NULL, N_ ("Businesses"), N_ ("Views")};
  QcPageSection section = row_page (row)->section;
  if (!before || row_page (before)->section == section || !sections[section]) {
    gtk_list_box_row_set_header (row, NULL);
    return;
  }
  GtkWidget *label = gtk_label_new (_ (sections[section]));
  gtk_label_set_xalign (GTK_LABEL (label), 0.0);
  gtk_widget_add_css_class (label, "qc-section");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_list_box_row_set_header (row, label);
}

/* Tab selects the row of the page that is there once more: to come by is not to go. */
static void
row_selected_cb (GtkListBox *list, GtkListBoxRow *row, QcSidebar *self)
{
  if (row)
    qc_list_rove (list, row);
  if (row && row != self->shown)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.choose-page", "s", row_page (row)->name);
}

/* Chosen for good, not only passed on the way down. */
static void
row_activated_cb (GtkListBox *list, GtkListBoxRow *row, QcSidebar *self)
{
  g_signal_emit (self, signals[ENTERED], 0);
}

static GtkListBoxRow *
find_row (QcSidebar *self, const char *page)
{
  GtkListBoxRow *row;
  for (int i = 0; (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), i)); i++)
    if (g_strcmp0 (row_page (row)->name, page) == 0)
      return row;
  return NULL;
}

void
qc_sidebar_select (QcSidebar *self, const char *page)
{
  g_return_if_fail (QC_IS_SIDEBAR (self));
  self->shown = find_row (self, page);
  gtk_list_box_select_row (GTK_LIST_BOX (self->list), self->shown);
}

void
qc_sidebar_set_badge (QcSidebar *self, const char *page, guint count)
{
  g_return_if_fail (QC_IS_SIDEBAR (self));
  GtkListBoxRow *row = find_row (self, page);
  if (!row)
    return;
  GtkWidget *badge = g_object_get_data (G_OBJECT (row), "qc-badge");
  g_autofree char *text = count > 0 ? g_strdup_printf ("%u", count) : g_strdup ("");
  gtk_label_set_label (GTK_LABEL (badge), text);
  gtk_widget_set_opacity (badge, count > 0 ? 1 : 0);
  g_autofree char *words
      = count > 0 ? g_strdup_printf (ngettext ("%u waits for you", "%u wait for you", count), count) : g_strdup ("");
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
}

void
qc_sidebar_choose_unit (QcSidebar *self)
{
  g_return_if_fail (QC_IS_SIDEBAR (self));
  qc_unit_switcher_popup (QC_UNIT_SWITCHER (self->switcher));
}

/* With one unit there is nothing to look over. */
static void
units_changed_cb (QcSession *session, QcSidebar *self)
{
  GtkListBoxRow *row = find_row (self, "units");
  gtk_widget_set_visible (GTK_WIDGET (row), qc_session_get_units (session)->len > 1);
}

/* --- practice --- */

static void
practice_changed_cb (GObject *object, GParamSpec *pspec, QcSidebar *self)
{
  QcPractice *practice = qc_context_get_practice (qc_session_get_context (self->session));
  g_autofree char *day = qc_format_date (qc_practice_get_today (practice));
  gtk_label_set_label (GTK_LABEL (self->practice_day), day);
  gtk_widget_set_visible (self->practice, qc_session_is_practice (self->session));
}

static void
profile_changed_cb (QcSession *session, QcSidebar *self)
{
  practice_changed_cb (NULL, NULL, self);
}

static GMenuModel *
build_practice_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) time = g_menu_new ();
  g_autoptr (GMenu) money = g_menu_new ();
  g_autoptr (GMenu) review = g_menu_new ();
  g_autoptr (GMenu) rest = g_menu_new ();
  g_menu_append (time, _ ("_Advance a Month"), "win.practice-advance");
  g_menu_append (money, _ ("By _Hand in the Console"), "win.practice-delay(-1)");
  g_menu_append (money, _ ("At _Once"), "win.practice-delay(0)");
  g_menu_append (money, _ ("After _10 Seconds"), "win.practice-delay(10)");
  g_menu_append (money, _ ("After a _Minute"), "win.practice-delay(60)");
  g_menu_append (review, _ ("By Hand in the Console"), "win.practice-review('-1/0')");
  g_menu_append (review, _ ("After 10 Seconds, All Accepted"), "win.practice-review('10/0')");
  g_menu_append (review, _ ("After 10 Seconds, a Third Returned"), "win.practice-review('10/33')");
  g_menu_append (review, _ ("After 10 Seconds, All Returned"), "win.practice-review('10/100')");
  g_menu_append (rest, _ ("Open the Center's _Console"), "win.open-console");
  g_menu_append (rest, _ ("_Start Over…"), "win.practice-reset");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (time));
  g_menu_append_section (menu, _ ("Money Arrives"), G_MENU_MODEL (money));
  g_menu_append_section (menu, _ ("Applications Are Reviewed"), G_MENU_MODEL (review));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (rest));
  return G_MENU_MODEL (menu);
}

static void
practice_opened_cb (GtkWidget *button)
{
  gtk_widget_activate_action (button, "win.practice-look", NULL);
}

static GtkWidget *
build_practice (QcSidebar *self)
{
  g_autoptr (GMenuModel) menu = build_practice_menu ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = gtk_label_new (_ ("Practice mode"));
  self->practice_day = gtk_label_new (NULL);
  /* Room for the date from the start: the sidebar must not widen when it comes. */
  gtk_label_set_width_chars (GTK_LABEL (self->practice_day), 10);
  gtk_label_set_xalign (GTK_LABEL (self->practice_day), 1.0);
  gtk_widget_add_css_class (self->practice_day, "numeric");
  gtk_widget_set_hexpand (label, TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0.0);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("qc-practice-symbolic"));
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), self->practice_day);
  self->practice = gtk_menu_button_new ();
  set_wide_child (self->practice, box);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->practice), menu);
  gtk_menu_button_set_direction (GTK_MENU_BUTTON (self->practice), GTK_ARROW_UP);
  g_signal_connect_swapped (gtk_menu_button_get_popover (GTK_MENU_BUTTON (self->practice)), "show",
                            G_CALLBACK (practice_opened_cb), self->practice);
  gtk_widget_add_css_class (self->practice, "qc-practice");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->practice), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Practice mode"),
                                  -1);
  return self->practice;
}

/* --- building --- */

static void
qc_sidebar_init (QcSidebar *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  self->list = gtk_list_box_new ();
  gtk_widget_add_css_class (self->list, "navigation-sidebar");
  gtk_list_box_set_header_func (GTK_LIST_BOX (self->list), header_cb, NULL, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Pages"), -1);
  for (guint i = 0; qc_pages_get (i); i++)
    if (qc_pages_get (i)->section != QC_SECTION_NONE)
      gtk_list_box_append (GTK_LIST_BOX (self->list), new_page_row (qc_pages_get (i)));
  g_signal_connect (self->list, "row-selected", G_CALLBACK (row_selected_cb), self);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  gtk_widget_set_vexpand (scroller, TRUE);
  self->column = column;
  gtk_box_append (GTK_BOX (column), scroller);
  gtk_box_append (GTK_BOX (column), build_practice (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), "qc-sidebar");
  gtk_widget_set_size_request (GTK_WIDGET (self), 232, -1);
  adw_bin_set_child (ADW_BIN (self), column);
}

GtkWidget *
qc_sidebar_new (QcSession *session)
{
  QcSidebar *self = g_object_new (QC_TYPE_SIDEBAR, NULL);
  QcPractice *practice = qc_context_get_practice (qc_session_get_context (session));
  self->session = g_object_ref (session);
  self->switcher = qc_unit_switcher_new (session);
  gtk_box_prepend (GTK_BOX (self->column), self->switcher);
  g_signal_connect_object (session, "units-changed", G_CALLBACK (units_changed_cb), self, 0);
  g_signal_connect_object (session, "profile-changed", G_CALLBACK (profile_changed_cb), self, 0);
  g_signal_connect_object (practice, "notify::today", G_CALLBACK (practice_changed_cb), self, 0);
  units_changed_cb (session, self);
  practice_changed_cb (NULL, NULL, self);
  return GTK_WIDGET (self);
}
