/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The table of the businesses, in the order of the guide. Constant, any thread.
 */
#include "qc-business.h"

#include <glib/gi18n-lib.h>

#define EDITABLE QC_COLUMN_EDITABLE
#define REQUIRED (QC_COLUMN_EDITABLE | QC_COLUMN_REQUIRED)
#define SHOWN    QC_COLUMN_SHOWN
#define HIDDEN   QC_COLUMN_HIDDEN

/* 封存/启封 (guide 3.6): the status afterwards follows from the present one, the amounts from the base. */
static const QcBusinessColumn sealing_columns[] = {
    {QC_LINE_NAME, SHOWN},           {QC_LINE_ACCOUNT, SHOWN},      {QC_LINE_DOCUMENT, SHOWN},
    {QC_LINE_STATUS, SHOWN},         {QC_LINE_STATUS_AFTER, SHOWN}, {QC_LINE_REASON, REQUIRED},
    {QC_LINE_REASON_TEXT, EDITABLE}, {QC_LINE_BASE, SHOWN},         {QC_LINE_NEW_BASE, EDITABLE},
    {QC_LINE_UNIT_FEN, SHOWN},       {QC_LINE_PERSONAL_FEN, SHOWN}, {QC_LINE_OPENED, HIDDEN},
    {QC_LINE_PAID_TO, HIDDEN},
};

/* 同城转移 (guide 3.5): to whom, by number and name, and what is known of the person. */
static const QcBusinessColumn transfer_columns[] = {
    {QC_LINE_NAME, SHOWN},        {QC_LINE_ACCOUNT, SHOWN},        {QC_LINE_DOCUMENT, SHOWN},
    {QC_LINE_STATUS, SHOWN},      {QC_LINE_TARGET_UNIT, REQUIRED}, {QC_LINE_TARGET_NAME, SHOWN},
    {QC_LINE_FIRST_MONTH, SHOWN}, {QC_LINE_BASE, HIDDEN},          {QC_LINE_PAID_TO, HIDDEN},
    {QC_LINE_OPENED, HIDDEN},     {QC_LINE_BASE_PENDING, HIDDEN},
};

/* 缴存基数调整 (guide 3.7): old and new side by side, all amounts follow from the two bases. */
static const QcBusinessColumn base_columns[] = {
    {QC_LINE_NAME, SHOWN},         {QC_LINE_ACCOUNT, SHOWN},
    {QC_LINE_DOCUMENT, SHOWN},     {QC_LINE_BASE, SHOWN},
    {QC_LINE_NEW_BASE, REQUIRED},  {QC_LINE_DIFFERENCE, SHOWN},
    {QC_LINE_CHANGE, SHOWN},       {QC_LINE_OLD_UNIT_FEN, SHOWN},
    {QC_LINE_UNIT_FEN, SHOWN},     {QC_LINE_OLD_PERSONAL_FEN, SHOWN},
    {QC_LINE_PERSONAL_FEN, SHOWN}, {QC_LINE_STATUS, HIDDEN},
    {QC_LINE_OPENED, HIDDEN},      {QC_LINE_BASE_PENDING, HIDDEN},
};

/* 授权退休年龄 (guide 3.1 item 7, decision 20). */
static const QcBusinessColumn retirement_columns[] = {
    {QC_LINE_NAME, SHOWN},          {QC_LINE_ACCOUNT, SHOWN},           {QC_LINE_SEX, SHOWN},
    {QC_LINE_BIRTH, SHOWN},         {QC_LINE_CLASS_BEFORE, SHOWN},      {QC_LINE_CLASS, EDITABLE},
    {QC_LINE_STATUTORY, SHOWN},     {QC_LINE_AUTHORIZED_BEFORE, SHOWN}, {QC_LINE_LAST_MONTH, SHOWN},
    {QC_LINE_AUTHORIZED, EDITABLE}, {QC_LINE_STATUS, HIDDEN},
};

/* 补缴 (guide 3.2): months and why; the amounts of all months follow from each month's base, ratios and policy. */
static const QcBusinessColumn back_payment_columns[] = {
    {QC_LINE_NAME, SHOWN},
    {QC_LINE_ACCOUNT, SHOWN},
    {QC_LINE_DOCUMENT, SHOWN},
    {QC_LINE_STATUS, SHOWN},
    {QC_LINE_REASON, REQUIRED, N_ ("Reason for back payment")},
    {QC_LINE_REASON_TEXT, EDITABLE},
    {QC_LINE_FROM, REQUIRED},
    {QC_LINE_TO, REQUIRED},
    {QC_LINE_NEW_BASE, EDITABLE, N_ ("Base of these months")},
    {QC_LINE_MONTHS, SHOWN},
    {QC_LINE_UNIT_FEN, SHOWN, N_ ("Unit's part in all")},
    {QC_LINE_PERSONAL_FEN, SHOWN, N_ ("Personal part in all")},
    {QC_LINE_OPENED, HIDDEN},
};

/* 个人账户设立 (guide 3.4): who it is is entered; there is no account yet. */
static const QcBusinessColumn opening_columns[] = {
    {QC_LINE_NAME, REQUIRED},
    {QC_LINE_DOCUMENT_TYPE, REQUIRED},
    {QC_LINE_DOCUMENT, REQUIRED},
    {QC_LINE_SEX, EDITABLE},
    {QC_LINE_BIRTH, EDITABLE},
    {QC_LINE_MOBILE, EDITABLE},
    {QC_LINE_NEW_BASE, REQUIRED, N_ ("Contribution base")},
    {QC_LINE_OPENED, SHOWN, N_ ("Month of change")},
    {QC_LINE_UNIT_FEN, SHOWN},
    {QC_LINE_PERSONAL_FEN, SHOWN},
};

#define COLUMNS(table) .columns = (table), .n_columns = G_N_ELEMENTS (table)

static const QcBusinessInfo businesses[QC_N_BUSINESSES] = {
    {
        .kind = QC_BUSINESS_REMITTANCE,
        .code = "remittance",
        .msgid = N_ ("Remittance"),
        .does_msgid = N_ ("Remits what is due for the unit's people, month by month."),
        .needs_msgid = N_ ("For collection, an agreement signed at the center's counter and enough money in the unit's "
                           "bank account; otherwise a transfer by the unit itself."),
        .icon = "qc-remittance-symbolic",
        .run = QC_RUN_REMITTANCE,
        .has_money = TRUE,
    },
    {
        .kind = QC_BUSINESS_BACK_PAYMENT,
        .code = "back-payment",
        .msgid = N_ ("Back payment"),
        .does_msgid = N_ ("Pays for months in which a person was missed or paid too little."),
        .needs_msgid = N_ ("Pictures of the back payment list and of the explanation, both with the unit's seal. The "
                           "center reviews it."),
        .icon = "qc-back-payment-symbolic",
        .run = QC_RUN_REVIEWED,
        .has_money = TRUE,
        .of_months = TRUE,
        COLUMNS (back_payment_columns),
    },
    {
        .kind = QC_BUSINESS_UNIT_CHANGE,
        .code = "unit-change",
        .msgid = N_ ("Change of unit registration"),
        .does_msgid = N_ ("Changes the unit's registered facts."),
        .needs_msgid = N_ ("Nothing but the new facts. It is done at once."),
        .icon = "qc-unit-change-symbolic",
        .run = QC_RUN_IMMEDIATE,
        .has_facts = TRUE,
    },
    {
        .kind = QC_BUSINESS_ACCOUNT_OPENING,
        .code = "account-opening",
        .msgid = N_ ("Opening of individual accounts"),
        .does_msgid = N_ ("Opens accounts for new people from the month shown."),
        .needs_msgid = N_ ("A photo of each person's signed credit-inquiry authorization. The center reviews it."),
        .icon = "qc-account-opening-symbolic",
        .run = QC_RUN_REVIEWED,
        .moves_month = TRUE,
        .opens_accounts = TRUE,
        COLUMNS (opening_columns),
    },
    {
        .kind = QC_BUSINESS_TRANSFER,
        .code = "transfer",
        .msgid = N_ ("Same-city transfer"),
        .does_msgid = N_ ("Moves sealed accounts to another unit of the city."),
        .needs_msgid = N_ ("The account number of the receiving unit. It is done at once."),
        .icon = "qc-transfer-symbolic",
        .run = QC_RUN_IMMEDIATE,
        .moves_month = TRUE,
        COLUMNS (transfer_columns),
    },
    {
        .kind = QC_BUSINESS_SEALING,
        .code = "sealing",
        .msgid = N_ ("Sealing and unsealing"),
        .does_msgid = N_ ("Seals accounts that no longer pay, or unseals those that pay again."),
        .needs_msgid = N_ ("A reason for each person. It is done at once."),
        .icon = "qc-sealing-symbolic",
        .run = QC_RUN_IMMEDIATE,
        .moves_month = TRUE,
        .blocked_by_remittance = TRUE,
        COLUMNS (sealing_columns),
    },
    {
        .kind = QC_BUSINESS_BASE_ADJUSTMENT,
        .code = "base-adjustment",
        .msgid = N_ ("Base adjustment"),
        .does_msgid = N_ ("Gives people new contribution bases, typed or from a sheet."),
        .needs_msgid = N_ ("The new bases. It is done at once."),
        .concerned_msgid = N_ ("Who arrived by a transfer and waits for a base"),
        .nobody_msgid = N_ ("Nobody who arrived by a transfer still waits for a base."),
        .icon = "qc-base-adjustment-symbolic",
        .run = QC_RUN_IMMEDIATE,
        .moves_month = TRUE,
        .blocked_by_remittance = TRUE,
        COLUMNS (base_columns),
    },
    {
        .kind = QC_BUSINESS_INQUIRY,
        .code = "inquiry",
        .msgid = N_ ("Unit inquiry"),
        .does_msgid = N_ ("Shows the unit's account, people, payments and applications."),
        .needs_msgid = N_ ("Nothing; it works without a network too."),
        .icon = "qc-inquiry-symbolic",
        .run = QC_RUN_NONE,
    },
    {
        .kind = QC_BUSINESS_RETIREMENT,
        .code = "retirement",
        .msgid = N_ ("Authorization of later retirement"),
        .concerned_msgid = N_ ("Who is past retirement, or whose retirement class must be told"),
        .nobody_msgid
        = N_ ("Nobody is past retirement without an authorization, and every class that matters is known."),
        .icon = "x-office-calendar-symbolic",
        .run = QC_RUN_IMMEDIATE,
        COLUMNS (retirement_columns),
    },
    {
        .kind = QC_BUSINESS_OTHER,
        .code = "other",
        .msgid = N_ ("Business this version does not know"),
        .icon = "dialog-question-symbolic",
        .run = QC_RUN_NONE,
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

gboolean
qc_business_is_of_people (QcBusiness kind)
{
  const QcBusinessInfo *info = qc_business_info (kind);
  return !info->has_facts || info->n_columns > 0;
}

const QcBusinessColumn *
qc_business_find_column (QcBusiness kind, QcLineFieldId field)
{
  const QcBusinessInfo *info = qc_business_info (kind);
  for (guint i = 0; i < info->n_columns; i++)
    if (info->columns[i].field == field)
      return &info->columns[i];
  return NULL;
}

const char *
qc_business_column_msgid (const QcBusinessColumn *column)
{
  return column->msgid != NULL ? column->msgid : qc_line_field (column->field)->msgid;
}

const char *
qc_business_field_msgid (QcBusiness kind, QcLineFieldId field)
{
  const QcBusinessColumn *column = qc_business_find_column (kind, field);
  return column != NULL ? qc_business_column_msgid (column) : qc_line_field (field)->msgid;
}
