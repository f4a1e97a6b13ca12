/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-later-page.h. Main thread.
 */
#include "qc-later-page.h"

#include <glib/gi18n.h>

struct _QcLaterPage {
  QcPage parent_instance;
  QcBusiness business;
};

G_DEFINE_FINAL_TYPE (QcLaterPage, qc_later_page, QC_TYPE_PAGE)

/* In practice there is no other place to do it: the practice center does not answer for what the client cannot. */
static void
unit_changed (QcPage *page)
{
  const QcBusinessInfo *info = qc_business_info (QC_LATER_PAGE (page)->business);
  gboolean practice = qc_session_is_practice (qc_page_get_session (page));
  g_autofree char *text = g_strdup_printf (
      "%s\n%s", _ (info->does_msgid),
      practice ? _ ("This version of Qingce cannot do it yet, so it cannot be practised either.")
               : _ ("This version of Qingce cannot do it yet. Until then it is done on the center's own pages."));
  qc_page_set_empty (page, info->icon, _ ("Not yet available"), text, practice ? NULL : _ ("_Open the Portal"),
                     practice ? NULL : "win.open-portal");
  qc_page_set_state (page, QC_PAGE_EMPTY);
}

static void
qc_later_page_class_init (QcLaterPageClass *klass)
{
  QC_PAGE_CLASS (klass)->unit_changed = unit_changed;
}

static void
qc_later_page_init (QcLaterPage *self)
{
}

void
qc_later_page_set_business (QcLaterPage *self, QcBusiness business)
{
  self->business = business;
}
