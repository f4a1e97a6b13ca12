/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See the header.
 */
#include "fixture.h"

#include <glib/gstdio.h>
#include "qc-month.h"

#define CENTER "黑河市住房公积金管理中心"

static QcVerifyKey *
public_half (const QcSigningKey *key)
{
  g_autofree char *text = qc_signing_key_dup_public (key);
  QcVerifyKey *half = qc_verify_key_new (qc_signing_key_get_id (key), QC_SIGNATURE_ALGORITHM, text,
                                         qc_signing_key_get_from (key), qc_signing_key_get_until (key), NULL);
  g_assert_nonnull (half);
  return half;
}

QcVoucherCenter *
center_make (const char *name, gboolean practice, const QcSigningKey *key)
{
  QcVoucherCenter *center = qc_voucher_center_new (name, practice);
  g_ptr_array_add (center->keys, public_half (key));
  return center;
}

void
stage_open_bare (Stage *stage)
{
  stage->key = qc_signing_key_new ("heihe-2026", 0, 0);
  stage->practice_key = qc_signing_key_new ("practice-1", 0, 0);
  stage->centers = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_voucher_center_free);
  g_ptr_array_add (stage->centers, center_make (CENTER, FALSE, stage->key));
  g_ptr_array_add (stage->centers, center_make (CENTER "（演练）", TRUE, stage->practice_key));
  g_autoptr (GError) error = NULL;
  stage->font = qc_font_new (&error);
  g_assert_no_error (error);
  stage->folder = NULL;
}

void
stage_open (Stage *stage)
{
  stage_open_bare (stage);
  g_autoptr (GError) error = NULL;
  stage->folder = g_dir_make_tmp ("qingce-documents-XXXXXX", &error);
  g_assert_no_error (error);
}

/* With all that is in it. */
static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
      remove_folder (path);
    else
      g_unlink (path);
  }
  g_assert_no_errno (g_rmdir (folder));
}

void
stage_close (Stage *stage)
{
  if (stage->folder != NULL)
    remove_folder (stage->folder);
  g_free (stage->folder);
  qc_font_unref (stage->font);
  g_ptr_array_unref (stage->centers);
  qc_signing_key_free (stage->key);
  qc_signing_key_free (stage->practice_key);
}

char *
stage_path (const Stage *stage, const char *name)
{
  return g_build_filename (stage->folder, name, NULL);
}

void
set_text (char **field, const char *text)
{
  g_free (*field);
  *field = g_strdup (text);
}

/* @start and wide characters after it, as many as the table of texts allows. */
static void
set_longest (char **field, QcTextField kind, const char *start)
{
  static const char *const wide[] = {"𠮷", "龘", "䶮", "鑫", "爨"};
  GString *text = g_string_new (start);
  for (int n = (int)g_utf8_strlen (start, -1); n < qc_text_field_limits (kind)->most; n++)
    g_string_append (text, wide[n % 5]);
  set_text (field, text->str);
  g_string_free (text, TRUE);
}

void
facts_set_longest (QcVoucherFacts *facts)
{
  set_longest (&facts->center, QC_TEXT_CENTER, "黑河市");
  set_longest (&facts->unit_name, QC_TEXT_UNIT_NAME, "黑河市爱辉区");
  set_longest (&facts->payer.name, QC_TEXT_UNIT_NAME, "黑河市爱辉区");
  set_longest (&facts->payer.bank, QC_TEXT_BANK, "中国");
  set_longest (&facts->payee.name, QC_TEXT_CENTER, "黑河市");
  set_longest (&facts->payee.bank, QC_TEXT_BANK, "建设");
  set_text (&facts->payer.account, "123456789012345678901234567890");
  set_text (&facts->payee.account, "123456789012345678901234567890");
  set_longest (&facts->entered, QC_TEXT_PERSON_NAME, "阿依古丽·");
  set_longest (&facts->reviewed, QC_TEXT_PERSON_NAME, "王");
  set_longest (&facts->cashier, QC_TEXT_PERSON_NAME, "李");
}

static void
add_lines (QcVoucherFacts *facts, guint n_months, guint index)
{
  gint64 people = 120 + index % 17;
  QcMoney fen = people * 123400;
  for (guint i = 0; i < n_months; i++) {
    QcMonthLine line = {.month = qc_month_add (202601, (int)i), .previous_people = people, .previous_fen = fen};
    line.added_people = 1 + i % 3;
    line.added_fen = line.added_people * (98765 + index);
    line.removed_people = i % 2;
    line.removed_fen = line.removed_people * 87650;
    line.people = people = people + line.added_people - line.removed_people;
    fen = fen + line.added_fen - line.removed_fen;
    line.unit_fen = fen / 2;
    line.personal_fen = fen - fen / 2;
    g_array_append_val (facts->lines, line);
    facts->unit_fen += line.unit_fen;
    facts->personal_fen += line.personal_fen;
  }
  facts->people = people;
}

QcVoucherFacts *
facts_make (guint n_months, guint index)
{
  QcVoucherFacts *facts = qc_voucher_facts_new ();
  facts->serial = g_strdup_printf ("HJ20261123%06u", index);
  facts->center = g_strdup (CENTER);
  facts->unit = g_strdup ("231100000042");
  facts->unit_name = g_strdup ("爱辉区木业加工有限责任公司");
  facts->business = QC_BUSINESS_REMITTANCE;
  facts->method = QC_METHOD_COLLECTION;
  facts->state = QC_STATE_FINISHED;
  facts->start = 202601;
  facts->end = qc_month_add (202601, (int)n_months - 1);
  facts->arrived = 20261123;
  set_text (&facts->payer.name, "爱辉区木业加工有限责任公司");
  set_text (&facts->payer.account, "2300 1695 0510 5000 1234");
  set_text (&facts->payer.bank, "中国建设银行黑河爱辉支行");
  set_text (&facts->payee.name, "黑河市住房公积金管理中心");
  set_text (&facts->payee.account, "2300 1695 0510 5000 9876");
  set_text (&facts->payee.bank, "中国建设银行黑河分行营业部");
  set_text (&facts->entered, "王小木");
  set_text (&facts->reviewed, "中心审核岗");
  set_text (&facts->cashier, "中心出纳岗");
  add_lines (facts, n_months, index);
  return facts;
}

void
facts_set_practice (QcVoucherFacts *facts)
{
  facts->practice = TRUE;
  set_text (&facts->center, CENTER "（演练）");
}

QcSignedVoucher *
facts_sign (const Stage *stage, const QcVoucherFacts *facts)
{
  g_autoptr (GError) error = NULL;
  QcSignedVoucher *signed_voucher
      = qc_voucher_sign (facts->practice ? stage->practice_key : stage->key, facts, SIGNED_AT, &error);
  g_assert_no_error (error);
  return signed_voucher;
}

/* The stage's keys also count for the center of @facts, whatever its name is. */
static void
trust (const Stage *stage, const QcVoucherFacts *facts)
{
  for (guint i = 0; i < stage->centers->len; i++)
    if (g_str_equal (((QcVoucherCenter *)g_ptr_array_index (stage->centers, i))->name, facts->center))
      return;
  g_ptr_array_add (stage->centers,
                   center_make (facts->center, facts->practice, facts->practice ? stage->practice_key : stage->key));
}

QcVoucher *
voucher_make (const Stage *stage, const QcVoucherFacts *facts)
{
  g_autoptr (QcSignedVoucher) signed_voucher = facts_sign (stage, facts);
  trust (stage, facts);
  g_autoptr (GError) error = NULL;
  QcVoucher *voucher = qc_voucher_new (signed_voucher, stage->centers, &error);
  g_assert_no_error (error);
  return voucher;
}

char *
run (const char *const *argv)
{
  g_autoptr (GError) error = NULL;
  char *out = NULL;
  g_autofree char *err = NULL;
  int status = 0;
  g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, &err, &status, &error);
  g_assert_no_error (error);
  if (!g_spawn_check_wait_status (status, NULL))
    g_error ("%s: %s%s", argv[0], out, err);
  return out;
}

char *
read_text (const char *path)
{
  const char *const argv[] = {"pdftotext", "-layout", "-enc", "UTF-8", path, "-", NULL};
  g_autofree char *text = run (argv);
  GString *out = g_string_new (NULL);
  for (const char *p = text; *p != '\0'; p++)
    if (*p != ' ' || (out->len > 0 && out->str[out->len - 1] != ' '))
      g_string_append_c (out, *p);
  return g_string_free (out, FALSE);
}
