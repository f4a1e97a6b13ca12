/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-pages.h. The businesses come from core's table of the eight. Main thread.
 */
#include "qc-pages.h"

#include <glib/gi18n.h>

#include "qc-applications-page.h"
#include "qc-business-page.h"
#include "qc-home-page.h"
#include "qc-inquiry-page.h"
#include "qc-people-page.h"
#include "qc-remittance-page.h"
#include "qc-units-page.h"
#include "qc-vouchers-page.h"

static const QcPageInfo pages[] = {
    {"home", N_ ("Start page"), "go-home-symbolic", QC_SECTION_TOP, qc_home_page_get_type, -1},
    {"remittance", NULL, NULL, QC_SECTION_BUSINESS, qc_remittance_page_get_type, QC_BUSINESS_REMITTANCE},
    {"back-payment", NULL, NULL, QC_SECTION_BUSINESS, qc_business_page_get_type, QC_BUSINESS_BACK_PAYMENT},
    {"account-opening", NULL, NULL, QC_SECTION_BUSINESS, qc_business_page_get_type, QC_BUSINESS_ACCOUNT_OPENING},
    {"transfer", NULL, NULL, QC_SECTION_BUSINESS, qc_business_page_get_type, QC_BUSINESS_TRANSFER},
    {"sealing", NULL, NULL, QC_SECTION_BUSINESS, qc_business_page_get_type, QC_BUSINESS_SEALING},
    {"base-adjustment", NULL, NULL, QC_SECTION_BUSINESS, qc_business_page_get_type, QC_BUSINESS_BASE_ADJUSTMENT},
    {"unit-change", NULL, NULL, QC_SECTION_BUSINESS, qc_business_page_get_type, QC_BUSINESS_UNIT_CHANGE},
    {"applications", N_ ("Application records"), "view-list-symbolic", QC_SECTION_VIEW, qc_applications_page_get_type,
     -1},
    {"vouchers", N_ ("Vouchers"), "document-print-symbolic", QC_SECTION_VIEW, qc_vouchers_page_get_type, -1},
    {"people", N_ ("People"), "system-users-symbolic", QC_SECTION_VIEW, qc_people_page_get_type, -1},
    {"units", N_ ("All units"), "view-grid-symbolic", QC_SECTION_VIEW, qc_units_page_get_type, -1},
    {"inquiry", NULL, NULL, QC_SECTION_VIEW, qc_inquiry_page_get_type, QC_BUSINESS_INQUIRY},
    {"retirement", NULL, NULL, QC_SECTION_NONE, qc_business_page_get_type, QC_BUSINESS_RETIREMENT},
    {NULL},
};

const QcPageInfo *
qc_pages_get (guint i)
{
  return i < G_N_ELEMENTS (pages) - 1 ? &pages[i] : NULL;
}

const QcPageInfo *
qc_pages_find (const char *name)
{
  for (const QcPageInfo *info = pages; info->name; info++)
    if (g_strcmp0 (info->name, name) == 0)
      return info;
  return NULL;
}

const QcPageInfo *
qc_pages_find_business (QcBusiness business)
{
  for (const QcPageInfo *info = pages; info->name; info++)
    if (info->business == (int)business)
      return info;
  return NULL;
}

const char *
qc_page_info_get_label (const QcPageInfo *info)
{
  return info->business < 0 ? _ (info->msgid) : _ (qc_business_info (info->business)->msgid);
}

const char *
qc_page_info_get_icon (const QcPageInfo *info)
{
  return info->business < 0 ? info->icon : qc_business_info (info->business)->icon;
}

QcPage *
qc_pages_build (const QcPageInfo *info, QcSession *session)
{
  QcPage *page = g_object_new (info->get_type (), "session", session, NULL);
  if (QC_IS_BUSINESS_PAGE (page))
    qc_business_page_set_business (QC_BUSINESS_PAGE (page), info->business);
  if (!qc_page_get_title (page))
    qc_page_set_title (page, qc_page_info_get_label (info));
  return page;
}
