/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Not a test: writes the sample pages that are looked at into a folder: voucher-samples DIR; or one voucher of 60
 * months to a file, to be killed meanwhile: voucher-samples --one FILE.
 */
#include "fixture.h"

static void
save (Stage *stage, QcVoucher *voucher, const char *folder, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (folder, name, NULL);
  qc_voucher_save (stage->font, voucher, path, &error);
  g_assert_no_error (error);
  qc_voucher_unref (voucher);
}

static void
save_common (Stage *stage, const char *folder)
{
  g_autoptr (QcVoucherFacts) one = facts_make (1, 1);
  g_autoptr (QcVoucherFacts) fourteen = facts_make (14, 2);
  g_autoptr (QcVoucherFacts) sixty = facts_make (60, 3);
  g_autoptr (QcVoucherFacts) practice = facts_make (3, 4);
  g_autoptr (QcVoucherFacts) open = facts_make (2, 5);
  save (stage, voucher_make (stage, one), folder, "one.pdf");
  save (stage, voucher_make (stage, fourteen), folder, "fourteen.pdf");
  save (stage, voucher_make (stage, sixty), folder, "sixty.pdf");
  QcVoucher *extract = voucher_make (stage, fourteen);
  qc_voucher_set_extract (extract, 202605);
  save (stage, extract, folder, "extract.pdf");
  facts_set_practice (practice);
  save (stage, voucher_make (stage, practice), folder, "practice.pdf");
  open->state = QC_STATE_REGISTERED;
  open->method = QC_METHOD_TRANSFER;
  open->arrived = QC_DATE_NONE;
  save (stage, voucher_make (stage, open), folder, "open.pdf");
  facts_set_practice (open);
  save (stage, voucher_make (stage, open), folder, "practice-open.pdf");
}

static void
save_rare (Stage *stage, const char *folder)
{
  g_autoptr (QcVoucherFacts) facts = facts_make (2, 6);
  set_text (&facts->unit_name, "黑河市爱辉区䶮𠮷达斡尔族鄂伦春族鄂温克族民族文化传承与木材加工销售联合股份有限公司");
  set_text (&facts->payer.name, facts->unit_name);
  set_text (&facts->entered, "阿依古丽·买买提·𠮷𬭚㛃");
  set_text (&facts->reviewed, "䶮");
  facts->reprint = 3;
  facts->business = QC_BUSINESS_BACK_PAYMENT;
  facts->unit_fen = facts->personal_fen = 0;
  QcMonthLine *line;
  for (guint i = 0; i < 2; i++) {
    line = &g_array_index (facts->lines, QcMonthLine, i);
    line->unit_fen = i == 0 ? 49999999999999 - 1 : 0;
    line->personal_fen = i == 0 ? 50000000000000 : 1;
    facts->unit_fen += line->unit_fen;
    facts->personal_fen += line->personal_fen;
  }
  save (stage, voucher_make (stage, facts), folder, "rare.pdf");
  facts->business = QC_BUSINESS_REMITTANCE;
  for (guint i = 0; i < 2; i++) {
    line = &g_array_index (facts->lines, QcMonthLine, i);
    line->previous_fen = i == 0 ? 99999999999999 : 99999999999998;
    line->added_fen = i == 0 ? 0 : 1;
    line->removed_fen = i == 0 ? 1 : 99999999999998;
    line->previous_people = line->people = 200000;
    line->added_people = line->removed_people = 199999;
  }
  facts->people = 200000;
  save (stage, voucher_make (stage, facts), folder, "large.pdf");
}

static void
save_longest (Stage *stage, const char *folder)
{
  g_autoptr (QcVoucherFacts) facts = facts_make (2, 7);
  facts_set_longest (facts);
  save (stage, voucher_make (stage, facts), folder, "longest.pdf");
}

static int
save_one (const char *path)
{
  Stage stage;
  int result;
  stage_open_bare (&stage); /* nobody clears up after one that is killed */
  {
    g_autoptr (GError) error = NULL;
    g_autoptr (QcVoucherFacts) facts = facts_make (60, 3);
    g_autoptr (QcVoucher) voucher = voucher_make (&stage, facts);
    qc_voucher_save (stage.font, voucher, path, &error);
    result = error == NULL ? 0 : 10 + error->code;
    if (error != NULL)
      g_print ("%s\n", error->message);
  }
  stage_close (&stage);
  return result;
}

int
main (int argc, char **argv)
{
  if (argc == 3 && g_str_equal (argv[1], "--one"))
    return save_one (argv[2]);
  if (argc != 2)
    return 2;
  Stage stage;
  stage_open (&stage);
  save_common (&stage, argv[1]);
  save_rare (&stage, argv[1]);
  save_longest (&stage, argv[1]);
  stage_close (&stage);
  return 0;
}
