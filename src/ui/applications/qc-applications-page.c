/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 业务申请记录 as a page: the pane of all businesses. Its badge counts what waits for her. Main thread.
 */
#include "qc-applications-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "qc-applications-pane.h"

struct _QcApplicationsPage {
  QcPage parent_instance;
  QcApplicationsPane *pane; /* borrowed: the content */
};

G_DEFINE_FINAL_TYPE (QcApplicationsPage, qc_applications_page, QC_TYPE_PAGE)

/* Conditions that leave it out are taken away. */
static void
show_application (QcApplicationsPage *self, const char *serial)
{
  QcApplicationList *list = qc_applications_pane_get_list (self->pane);
  if (qc_application_list_is_filtered (list) && qc_application_list_find (list, serial) == G_MAXUINT)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.query-clear", NULL);
  qc_applications_pane_select (self->pane, serial);
}

/* @argument: a serial to be shown, or "search:…" for those that have it. */
static void
shown (QcPage *page, const char *argument)
{
  QcApplicationsPage *self = QC_APPLICATIONS_PAGE (page);
  if (argument && g_str_has_prefix (argument, "search:"))
    qc_applications_pane_search (self->pane, argument + strlen ("search:"));
  else if (argument && *argument)
    show_application (self, argument);
}

static void
unit_changed (QcPage *page)
{
  qc_applications_pane_reset (QC_APPLICATIONS_PAGE (page)->pane);
}

static void
qc_applications_page_constructed (GObject *object)
{
  QcApplicationsPage *self = QC_APPLICATIONS_PAGE (object);
  QcPage *page = QC_PAGE (self);
  G_OBJECT_CLASS (qc_applications_page_parent_class)->constructed (object);
  self->pane = QC_APPLICATIONS_PANE (qc_applications_pane_new (qc_page_get_session (page), -1));
  qc_page_set_title (page, _ ("Application records"));
  qc_page_set_content (page, GTK_WIDGET (self->pane));
  qc_applications_pane_install (self->pane, page);
  qc_page_add_shortcut (page, "<Control><Shift>e", "win.records-export");
  qc_page_add_shortcut (page, "<Control>p", "win.application-print-roster");
  qc_page_add_shortcut (page, "<Control><Shift>p", "win.records-print-rosters");
  qc_page_set_state (page, QC_PAGE_CONTENT);
}

static void
qc_applications_page_class_init (QcApplicationsPageClass *klass)
{
  QcPageClass *page_class = QC_PAGE_CLASS (klass);
  G_OBJECT_CLASS (klass)->constructed = qc_applications_page_constructed;
  page_class->shown = shown;
  page_class->unit_changed = unit_changed;
}

static void
qc_applications_page_init (QcApplicationsPage *self)
{
}
