/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-inquiry-page.h. A view is made when it is first asked for, and reads when it is on the screen. Its command is
 * win.inquiry-show (string: an argument as above). Main thread.
 */
#include "qc-inquiry-page.h"

#include <glib/gi18n.h>

#include "qc-inquiry-pane.h"
#include "qc-month.h"
#include "qc-people-pane.h"
#include "qc-person-account.h"
#include "qc-stack.h"
#include "qc-tabs.h"
#include "qc-trends-view.h"
#include "qc-unit-view.h"

typedef enum { UNIT, PEOPLE, PERSON, LIST, CHARTS } ViewKind;

static const struct {
  const char *id; /* of a LIST that of core's table */
  ViewKind kind;
  const char *icon;
  const char *msgid;
  const char *hint; /* N_() (nullable) what can be searched for */
} views[] = {
    {"unit", UNIT, "qc-unit-change-symbolic", N_ ("Unit's account"), NULL},
    {"people", PEOPLE, "system-users-symbolic", N_ ("Employees"), N_ ("Name, pinyin, end of document number, account")},
    {"person", PERSON, "avatar-default-symbolic", N_ ("Employee's account"),
     N_ ("Name, pinyin, end of document number, account")},
    {"months", LIST, "qc-remittance-symbolic", N_ ("Remitted months"), N_ ("Month, amount, headcount, serial number")},
    {"back-payments", LIST, "qc-back-payment-symbolic", N_ ("Back payments"),
     N_ ("Serial number, month, amount, state, name on the roster")},
    {"applications", LIST, "view-list-symbolic", N_ ("Businesses handled"),
     N_ ("Serial number, month, amount, state, name on the roster")},
    {"movements", LIST, "view-sort-descending-symbolic", N_ ("Money movements"),
     N_ ("Amount whatever its sign, month, day, serial number, words")},
    {"charts", CHARTS, "qc-inquiry-symbolic", N_ ("Charts"), NULL},
};

struct _QcInquiryPage {
  QcPage parent_instance;
  GtkWidget *tabs;                          /* borrowed */
  GtkWidget *stack;                         /* borrowed */
  GtkWidget *widgets[G_N_ELEMENTS (views)]; /* borrowed (nullable): those that were asked for */
  gboolean searched[G_N_ELEMENTS (views)];  /* what is shown of it is narrowed by a search */
};

G_DEFINE_FINAL_TYPE (QcInquiryPage, qc_inquiry_page, QC_TYPE_PAGE)

static int
find_view (const char *id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (views); i++)
    if (g_strcmp0 (views[i].id, id) == 0)
      return (int)i;
  return -1;
}

/* --- where rows and bars lead --- */

static void
go (QcInquiryPage *self, const char *target)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.go", "s", target);
}

static void
open_cb (gpointer view, const char *target, QcInquiryPage *self)
{
  go (self, target);
}

static void
person_cb (gpointer view, const char *account, QcInquiryPage *self)
{
  g_autofree char *target = g_strconcat ("inquiry/person:", account, NULL);
  go (self, target);
}

static void
failed_cb (gpointer view, const GError *error, QcPage *page)
{
  qc_page_set_error (page, error);
}

/* --- views --- */

static GtkWidget *
new_view (QcInquiryPage *self, int i)
{
  QcSession *session = qc_page_get_session (QC_PAGE (self));
  QcInquiry inquiry;
  switch (views[i].kind) {
  case UNIT:
    return qc_unit_view_new (session);
  case PEOPLE:
    return qc_people_pane_new (session);
  case PERSON:
    return qc_person_account_new (session);
  case CHARTS:
    return qc_trends_view_new (session);
  case LIST:
  default:
    return qc_inquiry_from_id (views[i].id, &inquiry) ? qc_inquiry_pane_new (session, inquiry) : NULL;
  }
}

static GtkWidget *
ensure_view (QcInquiryPage *self, int i)
{
  if (self->widgets[i])
    return self->widgets[i];
  GtkWidget *view = self->widgets[i] = new_view (self, i);
  g_signal_connect_object (view, "failed", G_CALLBACK (failed_cb), self, 0);
  if (views[i].kind == PEOPLE)
    g_signal_connect_object (view, "open", G_CALLBACK (person_cb), self, 0);
  else if (views[i].kind != UNIT)
    g_signal_connect_object (view, "open", G_CALLBACK (open_cb), self, 0);
  if (views[i].kind == PERSON)
    g_signal_connect_object (view, "found", G_CALLBACK (person_cb), self, 0);
  gtk_stack_add_named (GTK_STACK (self->stack), view, views[i].id);
  return view;
}

static void
search_view (QcInquiryPage *self, int i, const char *text)
{
  self->searched[i] = *text != '\0';
  if (views[i].kind == PEOPLE)
    qc_people_pane_set_search (QC_PEOPLE_PANE (self->widgets[i]), text);
  else if (views[i].kind == PERSON)
    qc_person_account_set_search (QC_PERSON_ACCOUNT (self->widgets[i]), text);
  else if (views[i].kind == LIST)
    qc_inquiry_pane_set_search (QC_INQUIRY_PANE (self->widgets[i]), text);
}

static void
chosen_cb (QcTabs *tabs, const char *id, QcInquiryPage *self)
{
  int i = find_view (id);
  ensure_view (self, i);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.set-search", "s", "");
  if (self->searched[i])
    search_view (self, i, ""); /* when it was last shown */
  qc_page_set_search_hint (QC_PAGE (self), views[i].hint ? _ (views[i].hint) : NULL);
  qc_stack_show_named (self->stack, id);
}

/* @what: "people", "person:ACCOUNT", "months:2026-10". */
static void
show (QcInquiryPage *self, const char *what)
{
  g_auto (GStrv) parts = g_strsplit (what, ":", 2);
  int i = find_view (parts[0]);
  if (i < 0)
    return;
  qc_tabs_choose (QC_TABS (self->tabs), views[i].id);
  if (parts[1]) /* whatever was searched for, it is this that is to be seen */
    gtk_widget_activate_action (GTK_WIDGET (self), "win.set-search", "s", "");
  if (parts[1] && views[i].kind == PERSON)
    qc_person_account_set_account (QC_PERSON_ACCOUNT (self->widgets[i]), parts[1]);
  else if (parts[1] && views[i].kind == LIST)
    qc_inquiry_pane_show_month (QC_INQUIRY_PANE (self->widgets[i]), qc_month_parse (parts[1]));
}

static void
show_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  show (data, g_variant_get_string (parameter, NULL));
}

/* --- page --- */

static void
qc_inquiry_page_shown (QcPage *page, const char *argument)
{
  QcInquiryPage *self = QC_INQUIRY_PAGE (page);
  if (argument && *argument)
    show (self, argument);
  else if (!qc_tabs_get_chosen (QC_TABS (self->tabs)))
    show (self, views[0].id);
}

static void
reload_view (GtkWidget *view, ViewKind kind)
{
  switch (kind) {
  case UNIT:
    qc_unit_view_reload (QC_UNIT_VIEW (view));
    break;
  case PEOPLE:
    qc_people_pane_reload (QC_PEOPLE_PANE (view));
    break;
  case PERSON:
    qc_person_account_reload (QC_PERSON_ACCOUNT (view));
    break;
  case CHARTS:
    qc_trends_view_reload (QC_TRENDS_VIEW (view));
    break;
  case LIST:
  default:
    qc_inquiry_pane_reload (QC_INQUIRY_PANE (view));
  }
}

static void
qc_inquiry_page_data_changed (QcPage *page, guint what)
{
  QcInquiryPage *self = QC_INQUIRY_PAGE (page);
  if (!(what & (QC_DATA_UNIT | QC_DATA_PEOPLE | QC_DATA_APPLICATIONS | QC_DATA_POLICY)))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (views); i++)
    if (self->widgets[i])
      reload_view (self->widgets[i], views[i].kind);
}

/* Nobody of the other unit stays on the screen. */
static void
qc_inquiry_page_unit_changed (QcPage *page)
{
  QcInquiryPage *self = QC_INQUIRY_PAGE (page);
  qc_page_set_state (page, QC_PAGE_CONTENT);
  for (gsize i = 0; i < G_N_ELEMENTS (views); i++) {
    if (!self->widgets[i])
      continue;
    if (views[i].kind == PERSON)
      qc_person_account_set_account (QC_PERSON_ACCOUNT (self->widgets[i]), NULL);
    else if (views[i].kind == LIST)
      qc_inquiry_pane_reset (QC_INQUIRY_PANE (self->widgets[i]));
    else if (views[i].kind == PEOPLE)
      qc_people_pane_reset (QC_PEOPLE_PANE (self->widgets[i]));
    else
      reload_view (self->widgets[i], views[i].kind);
  }
}

static void
qc_inquiry_page_search (QcPage *page, const char *text)
{
  QcInquiryPage *self = QC_INQUIRY_PAGE (page);
  int i = find_view (qc_tabs_get_chosen (QC_TABS (self->tabs)));
  if (i >= 0 && self->widgets[i])
    search_view (self, i, text);
}

static void
add_shortcuts (QcPage *page)
{
  for (gsize i = 0; i < G_N_ELEMENTS (views); i++) {
    g_autofree char *keys = g_strdup_printf ("<Control>%d", (int)i + 1);
    g_autofree char *action = g_strdup_printf ("win.inquiry-show('%s')", views[i].id);
    qc_page_add_shortcut (page, keys, action);
  }
  qc_page_add_shortcut (page, "<Control><Shift>c", "win.inquiry-copy-row");
  qc_page_add_shortcut (page, "<Control><Shift>e", "win.inquiry-export");
  qc_page_add_shortcut (page, "<Control>p", "win.inquiry-print");
  qc_people_pane_install (page);
}

static GtkWidget *
build_tabs (QcInquiryPage *self)
{
  self->tabs = qc_tabs_new (_ ("What is asked for"), TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (views); i++) {
    g_autofree char *keys = g_strdup_printf ("Ctrl+%d", (int)i + 1);
    qc_tabs_add (QC_TABS (self->tabs), views[i].id, views[i].icon, _ (views[i].msgid), keys);
  }
  g_signal_connect (self->tabs, "chosen", G_CALLBACK (chosen_cb), self);
  gtk_widget_add_css_class (self->tabs, "toolbar");
  return self->tabs;
}

static void
qc_inquiry_page_constructed (GObject *object)
{
  QcInquiryPage *self = QC_INQUIRY_PAGE (object);
  const GActionEntry entries[] = {{"inquiry-show", show_cb, "s"}};
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  G_OBJECT_CLASS (qc_inquiry_page_parent_class)->constructed (object);
  self->stack = qc_stack_new ();
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_box_append (GTK_BOX (column), build_tabs (self));
  gtk_box_append (GTK_BOX (column), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (column), self->stack);
  g_action_map_add_action_entries (qc_page_get_actions (QC_PAGE (self)), entries, G_N_ELEMENTS (entries), self);
  add_shortcuts (QC_PAGE (self));
  qc_page_set_content (QC_PAGE (self), column);
}

static void
qc_inquiry_page_class_init (QcInquiryPageClass *klass)
{
  QcPageClass *page_class = QC_PAGE_CLASS (klass);
  G_OBJECT_CLASS (klass)->constructed = qc_inquiry_page_constructed;
  page_class->shown = qc_inquiry_page_shown;
  page_class->unit_changed = qc_inquiry_page_unit_changed;
  page_class->data_changed = qc_inquiry_page_data_changed;
  page_class->search = qc_inquiry_page_search;
}

static void
qc_inquiry_page_init (QcInquiryPage *self)
{
}
