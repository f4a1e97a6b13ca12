/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * People made up from a number, the same each time; nobody's data.
 */
#pragma once

#include "qc-employee.h"

static const char *const SURNAMES[] = {"王", "李", "张", "刘", "陈", "杨", "单", "曾", "仇", "䶮", "欧阳", "𠮷"};
static const char *const GIVEN[] = {"伟",
                                    "芳",
                                    "娜",
                                    "秀英",
                                    "敏",
                                    "静",
                                    "丽",
                                    "强",
                                    "磊",
                                    "洋",
                                    "艳",
                                    "勇",
                                    "杰",
                                    "涛",
                                    "明",
                                    "超",
                                    "秀兰",
                                    "建国",
                                    "建华",
                                    "文博",
                                    "子涵",
                                    "雨桐",
                                    "阿依古丽·买买提",
                                    "Anna"};

/* Person @n, to be freed. */
static QcEmployee *
make_person (guint n)
{
  QcEmployee *e = qc_employee_new ();
  guint mixed = n * 2654435761u;

  e->account = g_strdup_printf ("2311%08u", n);
  e->name = g_strconcat (SURNAMES[(mixed >> 8) % G_N_ELEMENTS (SURNAMES)], GIVEN[(mixed >> 16) % G_N_ELEMENTS (GIVEN)],
                         (mixed >> 24) % 3 == 0 ? GIVEN[n % 16] : "", NULL);
  e->document_type = g_strdup ("01");
  e->document = g_strdup_printf ("231102%04u%02u%02u%03u%c", 1960 + mixed % 45, 1 + mixed / 45 % 12,
                                 1 + mixed / 540 % 28, (mixed >> 5) % 1000, "0123456789X"[mixed % 11]);
  e->sex = n % 2 ? QC_SEX_MALE : QC_SEX_FEMALE;
  e->birth = 19800101;
  e->status = n % 10 == 3 ? QC_PERSON_SEALED : QC_PERSON_NORMAL;
  e->status_from = 202001;
  e->base = (3000 + (gint64)(mixed % 9000)) * 100;
  e->opened = 202001;
  e->paid_to = 202610;
  e->balance = (gint64)(mixed % 10000000);
  e->retirement_class = QC_RETIREMENT_MEN_60;
  e->mobile = g_strdup_printf ("139%08u", n);
  e->revision = 1;
  return e;
}
