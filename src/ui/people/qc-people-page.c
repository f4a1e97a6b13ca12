/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 人员清册 as a page: the pane of everybody. Main thread.
 */
#include "qc-people-page.h"

#include <glib/gi18n.h>

#include "qc-people-pane.h"

struct _QcPeoplePage {
  QcPage parent_instance;
  QcPeoplePane *pane; /* borrowed: the content */
};

G_DEFINE_FINAL_TYPE (QcPeoplePage, qc_people_page, QC_TYPE_PAGE)

/* In step with the center there is nothing that could still come. */
static void
say_nobody (QcPage *page)
{
  gboolean known = qc_session_get_sync_status (qc_page_get_session (page)) == QC_SYNC_IDLE;
  qc_page_set_empty (page, "system-users-symbolic", _ ("Nobody is in the roster yet"),
                     known ? _ ("The center has nobody for this unit; accounts come with an opening of individual "
                                "accounts or a transfer.")
                           : _ ("People are fetched from the center."),
                     _ ("_Fetch Now"), "win.sync-now");
}

static void
loaded_cb (QcPeoplePane *pane, gboolean nobody, QcPage *page)
{
  if (nobody)
    say_nobody (page);
  qc_page_set_state (page, nobody ? QC_PAGE_EMPTY : QC_PAGE_CONTENT);
}

static void
failed_cb (QcPeoplePane *pane, const GError *error, QcPage *page)
{
  qc_page_set_error (page, error);
}

static void
open_cb (QcPeoplePane *pane, const char *account, QcPage *page)
{
  g_autofree char *target = g_strconcat ("inquiry/person:", account, NULL);
  gtk_widget_activate_action (GTK_WIDGET (page), "win.go", "s", target);
}

static void
qc_people_page_unit_changed (QcPage *page)
{
  qc_page_set_state (page, QC_PAGE_LOADING);
  qc_people_pane_reset (QC_PEOPLE_PAGE (page)->pane);
}

/* An empty page has no pane on the screen that could read what comes. */
static void
qc_people_page_data_changed (QcPage *page, guint what)
{
  if (!(what & QC_DATA_PEOPLE))
    return;
  if (qc_page_get_state (page) == QC_PAGE_CONTENT)
    qc_people_pane_reload (QC_PEOPLE_PAGE (page)->pane);
  else
    qc_people_pane_reset (QC_PEOPLE_PAGE (page)->pane);
}

/* @argument: the account of somebody to be shown. */
static void
qc_people_page_shown (QcPage *page, const char *argument)
{
  if (argument && *argument)
    qc_people_pane_find (QC_PEOPLE_PAGE (page)->pane, argument);
}

static void
qc_people_page_search (QcPage *page, const char *text)
{
  qc_people_pane_set_search (QC_PEOPLE_PAGE (page)->pane, text);
}

static void
qc_people_page_constructed (GObject *object)
{
  QcPeoplePage *self = QC_PEOPLE_PAGE (object);
  QcPage *page = QC_PAGE (self);
  G_OBJECT_CLASS (qc_people_page_parent_class)->constructed (object);
  self->pane = QC_PEOPLE_PANE (qc_people_pane_new (qc_page_get_session (page)));
  g_signal_connect_object (self->pane, "loaded", G_CALLBACK (loaded_cb), self, 0);
  g_signal_connect_object (self->pane, "failed", G_CALLBACK (failed_cb), self, 0);
  g_signal_connect_object (self->pane, "open", G_CALLBACK (open_cb), self, 0);
  qc_people_pane_install (page);
  qc_page_set_content (page, GTK_WIDGET (self->pane));
}

static void
qc_people_page_class_init (QcPeoplePageClass *klass)
{
  QcPageClass *page_class = QC_PAGE_CLASS (klass);
  G_OBJECT_CLASS (klass)->constructed = qc_people_page_constructed;
  page_class->unit_changed = qc_people_page_unit_changed;
  page_class->data_changed = qc_people_page_data_changed;
  page_class->shown = qc_people_page_shown;
  page_class->search = qc_people_page_search;
}

static void
qc_people_page_init (QcPeoplePage *self)
{
  qc_page_set_search_hint (QC_PAGE (self), _ ("Name, pinyin, end of document number, account"));
}
