/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-later-page.h. Main thread.
 */
#include "qc-later-page.h"

#include <glib/gi18n.h>

struct _QcLaterPage {
  QcPage parent_instance;
};

G_DEFINE_FINAL_TYPE (QcLaterPage, qc_later_page, QC_TYPE_PAGE)

static void
qc_later_page_class_init (QcLaterPageClass *klass)
{
}

static void
qc_later_page_init (QcLaterPage *self)
{
}

void
qc_later_page_set_business (QcLaterPage *self, QcBusiness business)
{
  const QcBusinessInfo *info = qc_business_info (business);
  g_autofree char *text = g_strdup_printf ("%s\n%s", _ (info->does_msgid),
                                           _ ("This version of Qingce cannot do it yet. Until then it is done on the "
                                              "center's own pages."));
  qc_page_set_empty (QC_PAGE (self), info->icon, _ ("Not yet available"), text, _ ("_Open the Portal"),
                     "win.open-portal");
  qc_page_set_state (QC_PAGE (self), QC_PAGE_EMPTY);
}
