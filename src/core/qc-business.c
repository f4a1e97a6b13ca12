/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The table of the eight businesses, in the order of the guide. Constant, any thread.
 */
#include "qc-business.h"

#include <glib/gi18n-lib.h>

static const QcBusinessInfo businesses[QC_N_BUSINESSES] = {
    {
        .kind = QC_BUSINESS_REMITTANCE,
        .code = "remittance",
        .standard = "01",
        .msgid = N_ ("Remittance"),
        .does_msgid = N_ ("Remits what is due for the unit's people, month by month."),
        .needs_msgid = N_ ("For collection, an agreement signed at the center's counter and enough money in the unit's "
                           "bank account; otherwise a transfer by the unit itself."),
        .icon = "qc-remittance-symbolic",
        .has_roster = TRUE,
        .has_money = TRUE,
        .changes_month = TRUE,
        .available = TRUE,
        .steps = QC_STEP_METHOD | QC_STEP_MONTHS | QC_STEP_REVIEW | QC_STEP_CHECKS | QC_STEP_CONFIRM,
    },
    {
        .kind = QC_BUSINESS_BACK_PAYMENT,
        .code = "back-payment",
        .standard = "02",
        .msgid = N_ ("Back payment"),
        .does_msgid = N_ ("Pays for months in which a person was missed or paid too little."),
        .needs_msgid = N_ ("Pictures of the back payment list and of the explanation, both with the unit's seal. The "
                           "center reviews it."),
        .icon = "qc-back-payment-symbolic",
        .reviewed = TRUE,
        .has_roster = TRUE,
        .has_money = TRUE,
        .steps = QC_STEP_METHOD | QC_STEP_PEOPLE | QC_STEP_FACTS | QC_STEP_ROSTER | QC_STEP_CHECKS | QC_STEP_ATTACHMENTS
                 | QC_STEP_CONFIRM,
    },
    {
        .kind = QC_BUSINESS_UNIT_CHANGE,
        .code = "unit-change",
        .standard = "99",
        .msgid = N_ ("Change of unit registration"),
        .does_msgid = N_ ("Changes the unit's registered facts."),
        .needs_msgid = N_ ("Nothing but the new facts. It is done at once."),
        .icon = "qc-unit-change-symbolic",
        .steps = QC_STEP_FACTS | QC_STEP_CHECKS | QC_STEP_CONFIRM,
    },
    {
        .kind = QC_BUSINESS_ACCOUNT_OPENING,
        .code = "account-opening",
        .standard = "03",
        .msgid = N_ ("Opening of individual accounts"),
        .does_msgid = N_ ("Opens accounts for new people from the month shown."),
        .needs_msgid = N_ ("A photo of each person's signed credit-inquiry authorization. The center reviews it."),
        .icon = "qc-account-opening-symbolic",
        .reviewed = TRUE,
        .has_roster = TRUE,
        .changes_month = TRUE,
        .steps = QC_STEP_FACTS | QC_STEP_ROSTER | QC_STEP_CHECKS | QC_STEP_ATTACHMENTS | QC_STEP_CONFIRM,
    },
    {
        .kind = QC_BUSINESS_TRANSFER,
        .code = "transfer",
        .standard = "06",
        .msgid = N_ ("Same-city transfer"),
        .does_msgid = N_ ("Moves sealed accounts to another unit of the city."),
        .needs_msgid = N_ ("The account number of the receiving unit. It is done at once."),
        .icon = "qc-transfer-symbolic",
        .has_roster = TRUE,
        .changes_month = TRUE,
        .steps = QC_STEP_PEOPLE | QC_STEP_FACTS | QC_STEP_ROSTER | QC_STEP_CHECKS | QC_STEP_CONFIRM,
    },
    {
        .kind = QC_BUSINESS_SEALING,
        .code = "sealing",
        .standard = "05",
        .msgid = N_ ("Sealing and unsealing"),
        .does_msgid = N_ ("Seals accounts that no longer pay, or unseals those that pay again."),
        .needs_msgid = N_ ("A reason for each person. It is done at once."),
        .icon = "qc-sealing-symbolic",
        .has_roster = TRUE,
        .changes_month = TRUE,
        .steps = QC_STEP_PEOPLE | QC_STEP_FACTS | QC_STEP_ROSTER | QC_STEP_CHECKS | QC_STEP_CONFIRM,
    },
    {
        .kind = QC_BUSINESS_BASE_ADJUSTMENT,
        .code = "base-adjustment",
        .standard = "10",
        .msgid = N_ ("Base adjustment"),
        .does_msgid = N_ ("Gives people new contribution bases, typed or from a sheet."),
        .needs_msgid = N_ ("The new bases. It is done at once."),
        .icon = "qc-base-adjustment-symbolic",
        .has_roster = TRUE,
        .changes_month = TRUE,
        .steps = QC_STEP_PEOPLE | QC_STEP_FACTS | QC_STEP_ROSTER | QC_STEP_CHECKS | QC_STEP_CONFIRM,
    },
    {
        .kind = QC_BUSINESS_INQUIRY,
        .code = "inquiry",
        .msgid = N_ ("Unit inquiry"),
        .does_msgid = N_ ("Shows the unit's account, people, payments and applications."),
        .needs_msgid = N_ ("Nothing; it works without a network too."),
        .icon = "qc-inquiry-symbolic",
    },
};

const QcBusinessInfo *
qc_business_info (QcBusiness kind)
{
  g_return_val_if_fail ((guint)kind < QC_N_BUSINESSES, NULL);
  return &businesses[kind];
}

gboolean
qc_business_from_code (const char *code, QcBusiness *out)
{
  for (guint i = 0; i < QC_N_BUSINESSES; i++)
    if (g_strcmp0 (code, businesses[i].code) == 0) {
      *out = (QcBusiness)i;
      return TRUE;
    }
  return FALSE;
}
