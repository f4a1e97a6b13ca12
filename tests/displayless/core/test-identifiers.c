/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Resident ID, unified social credit code, cards and numbers: every vector of domain notes 3.1, 3.2, 3.3.
 */
#include "qc-ascii.h"
#include "qc-credit-code.h"
#include "qc-resident-id.h"

static void
test_resident_id (void)
{
  static const struct {
    const char *id;
    QcIdFault fault;
    QcSex sex;
  } rows[] = {
      {"11010519491231002X", QC_ID_OK, QC_SEX_FEMALE},
      {"440524188001010014", QC_ID_DATE, QC_SEX_UNKNOWN}, /* check good, born 1880 */
      {"53010219200508011X", QC_ID_OK, QC_SEX_MALE},
      {"231102198502140029", QC_ID_OK, QC_SEX_FEMALE},
      {"231102199003070016", QC_ID_OK, QC_SEX_MALE},
      {"231102197511301125", QC_ID_OK, QC_SEX_FEMALE},
      {"23110219650110131X", QC_ID_OK, QC_SEX_MALE},
      {"231124198805150054", QC_ID_OK, QC_SEX_MALE},
      {"110105194912310021", QC_ID_CHECK, QC_SEX_UNKNOWN},
      {"231102199003070017", QC_ID_CHECK, QC_SEX_UNKNOWN},
      {"231181198202290012", QC_ID_DATE, QC_SEX_UNKNOWN},
      {"23110219901307001X", QC_ID_DATE, QC_SEX_UNKNOWN},
      {"110105491231002", QC_ID_OLD, QC_SEX_UNKNOWN},
      {"231121670401001", QC_ID_OLD, QC_SEX_UNKNOWN},
      {"", QC_ID_EMPTY, QC_SEX_UNKNOWN},
      {NULL, QC_ID_EMPTY, QC_SEX_UNKNOWN},
      {"1101051949123100", QC_ID_LENGTH, QC_SEX_UNKNOWN},
      {"11010519491231002A", QC_ID_CHARACTER, QC_SEX_UNKNOWN},
      {"1101O519491231002X", QC_ID_CHARACTER, QC_SEX_UNKNOWN},
      {"11010519491231002x", QC_ID_CHARACTER, QC_SEX_UNKNOWN}, /* not folded */
      {"991105194912310021", QC_ID_PROVINCE, QC_SEX_UNKNOWN},
      {"231102203003070016", QC_ID_DATE, QC_SEX_UNKNOWN}, /* in the future */
      {"11010549123100A", QC_ID_CHARACTER, QC_SEX_UNKNOWN},
      {"110105491331002", QC_ID_DATE, QC_SEX_UNKNOWN},
      {"身份证号", QC_ID_CHARACTER, QC_SEX_UNKNOWN},
      {"11010549123100", QC_ID_LENGTH, QC_SEX_UNKNOWN},
      {"1101054912310021", QC_ID_LENGTH, QC_SEX_UNKNOWN},
      {"11010519491231002", QC_ID_LENGTH, QC_SEX_UNKNOWN},
      {"11010519491231002XX", QC_ID_LENGTH, QC_SEX_UNKNOWN},
      {"991105491231002", QC_ID_PROVINCE, QC_SEX_UNKNOWN},
      {"A10105491231002", QC_ID_CHARACTER, QC_SEX_UNKNOWN},
      {"A1010519491231002X", QC_ID_CHARACTER, QC_SEX_UNKNOWN},
      {"110105194912310A2X", QC_ID_CHARACTER, QC_SEX_UNKNOWN},
      {"1101051949123100AX", QC_ID_CHARACTER, QC_SEX_UNKNOWN},
      {"830105491231002", QC_ID_OLD, QC_SEX_UNKNOWN}, /* the last of the provinces */
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("%s", rows[i].id);
    g_assert_cmpint (qc_resident_id_check (rows[i].id, 20261123), ==, rows[i].fault);
    if (rows[i].fault == QC_ID_OK)
      g_assert_cmpint (qc_resident_id_sex (rows[i].id), ==, rows[i].sex);
  }
  g_assert_cmpint (qc_resident_id_birth ("23110219650110131X"), ==, 19650110);
  g_assert_cmpint (qc_resident_id_check_character ("44052418800101001"), ==, '4');
  g_assert_cmpint (qc_resident_id_check_character ("1234"), ==, 0);
  g_assert_cmpint (qc_resident_id_check_character ("4405241880010100"), ==, 0);
  g_assert_cmpint (qc_resident_id_check_character ("4405241880010100A"), ==, 0);
  g_assert_cmpint (qc_resident_id_check_character ("A4052418800101001"), ==, 0);
  g_assert_cmpint (qc_resident_id_check_character (NULL), ==, 0);
}

/* Born today, tomorrow, and on no particular day to judge by. */
static void
test_born (void)
{
  char id[] = "231102202611230016", tomorrow[] = "231102202611240016";
  const char *never[] = {"23110220261301001X", "231102202600010016"};
  id[17] = qc_resident_id_check_character (id);
  tomorrow[17] = qc_resident_id_check_character (tomorrow);
  g_assert_cmpint (qc_resident_id_check (id, 20261123), ==, QC_ID_OK);
  g_assert_cmpint (qc_resident_id_check (id, 20261122), ==, QC_ID_DATE);
  g_assert_cmpint (qc_resident_id_check (tomorrow, 20261123), ==, QC_ID_DATE);
  g_assert_cmpint (qc_resident_id_check (tomorrow, QC_DATE_NONE), ==, QC_ID_OK);
  for (guint i = 0; i < G_N_ELEMENTS (never); i++)
    g_assert_cmpint (qc_resident_id_check (never[i], QC_DATE_NONE), ==, QC_ID_DATE);
  g_assert_cmpint (qc_resident_id_check ("110105491231002", 19491231), ==, QC_ID_OLD);
  g_assert_cmpint (qc_resident_id_check ("110105491231002", 19491230), ==, QC_ID_DATE);
  g_assert_cmpint (qc_resident_id_check ("110105491231002", QC_DATE_NONE), ==, QC_ID_OLD);
}

/* Each of the 17 digits changed by one is noticed. */
static void
test_single_errors (void)
{
  char id[] = "231102199003070016";
  for (int i = 0; i < 18; i++) {
    char right = id[i];
    id[i] = right == '9' ? '8' : (char)(right + 1);
    g_assert_cmpint (qc_resident_id_check (id, 20261123), !=, QC_ID_OK);
    id[i] = right;
  }
  g_assert_cmpint (qc_resident_id_check (id, 20261123), ==, QC_ID_OK);
}

static void
assert_folded (char *folded, const char *expected)
{
  g_assert_cmpstr (folded, ==, expected);
  g_free (folded);
}

static void
test_fold_and_upgrade (void)
{
  assert_folded (qc_resident_id_fold (" 110105 19491231 002x "), "11010519491231002X");
  assert_folded (qc_resident_id_fold ("１１０１０５１９４９１２３１００２Ｘ"), "11010519491231002X");
  assert_folded (qc_resident_id_fold (NULL), "");
  assert_folded (qc_resident_id_upgrade ("110105491231002"), "11010519491231002X");
  assert_folded (qc_resident_id_upgrade ("231121670401001"), "231121196704010011");
  g_assert_null (qc_resident_id_upgrade ("11010519491231002X"));
  g_assert_null (qc_resident_id_upgrade ("110105491331002"));
  g_assert_null (qc_resident_id_upgrade (NULL));
}

static void
test_credit_code (void)
{
  static const struct {
    const char *code;
    QcCreditCodeFault fault;
  } rows[] = {
      {"91350100M000100Y43", QC_CREDIT_CODE_OK},
      {"91110000802100433B", QC_CREDIT_CODE_OK},
      {"9144030071526726XG", QC_CREDIT_CODE_OK},
      {"914403001922038216", QC_CREDIT_CODE_OK},
      {"91330100799655058B", QC_CREDIT_CODE_OK},
      {"91110108551385082Q", QC_CREDIT_CODE_OK},
      {"91231102MA18XAAA9H", QC_CREDIT_CODE_OK},
      {"12231102414350019L", QC_CREDIT_CODE_OK},
      {"112311000017300056", QC_CREDIT_CODE_OK},
      {"91231102702648151X", QC_CREDIT_CODE_OK},
      {"91231102MA18003210", QC_CREDIT_CODE_OK},
      {"91231102MA1800276Y", QC_CREDIT_CODE_OK},
      {"91230100MA18XAAA0D", QC_CREDIT_CODE_CHECK},
      {"12231100414350015L", QC_CREDIT_CODE_CHECK},
      {"", QC_CREDIT_CODE_EMPTY},
      {NULL, QC_CREDIT_CODE_EMPTY},
      {"9111000080210043", QC_CREDIT_CODE_LENGTH},
      {"91110000802100433b", QC_CREDIT_CODE_CHARACTER},
      {"9111000080210O433B", QC_CREDIT_CODE_CHARACTER},
      {"911100AA802100433B", QC_CREDIT_CODE_DIVISION},
      {"91A10000802100433B", QC_CREDIT_CODE_DIVISION},
      {"9111000A802100433B", QC_CREDIT_CODE_DIVISION},
      {"A1110000802100433B", QC_CREDIT_CODE_CHECK}, /* the first two may be letters */
      {"9A110000802100433B", QC_CREDIT_CODE_CHECK},
      {"91110000802100433", QC_CREDIT_CODE_LENGTH},
      {"91110000802100433BB", QC_CREDIT_CODE_LENGTH},
      {"I1110000802100433B", QC_CREDIT_CODE_CHARACTER},
      {"91110000802100433Z", QC_CREDIT_CODE_CHARACTER},
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    QcCreditCodeFault fault = qc_credit_code_check (rows[i].code);
    g_test_message ("%s: %d", rows[i].code, fault);
    if (rows[i].fault == QC_CREDIT_CODE_OK)
      g_assert_true (fault == QC_CREDIT_CODE_OK || fault == QC_CREDIT_CODE_SUBJECT_CHECK);
    else
      g_assert_cmpint (fault, ==, rows[i].fault);
  }
  /* The well-known companies also pass GB 11714; with the subject's check digit broken it is a warning only. */
  for (guint i = 2; i < 6; i++)
    g_assert_cmpint (qc_credit_code_check (rows[i].code), ==, QC_CREDIT_CODE_OK);
  g_assert_cmpint (qc_credit_code_check_character ("91230100MA18XAAA0"), ==, 'C');
  g_assert_cmpint (qc_credit_code_check_character ("12231100414350015"), ==, 'B');
  g_assert_cmpint (qc_credit_code_check_character (NULL), ==, '\0');
  g_assert_cmpint (qc_credit_code_check_character ("9123010"), ==, '\0');
  g_assert_cmpint (qc_credit_code_check_character ("91230100MA18XAAa0"), ==, '\0');
}

static void
test_subject (void)
{
  char code[] = "914403007152672500"; /* 9-17: 71526725 with a wrong check 0 instead of X */
  code[17] = qc_credit_code_check_character (code);
  g_assert_cmpint (qc_credit_code_check (code), ==, QC_CREDIT_CODE_SUBJECT_CHECK);
  assert_folded (qc_credit_code_fold (" 9111 0000 8021 0043 3b "), "91110000802100433B");
  assert_folded (qc_credit_code_fold ("９１１１００００８０２１００４３３Ｂ"), "91110000802100433B");
}

typedef gboolean (*IsValid) (const char *text);

static const struct {
  IsValid is_valid;
  const char *text;
  gboolean valid;
} number_rows[] = {
    {qc_bank_card_is_valid, "4111111111111111", TRUE},
    {qc_bank_card_is_valid, "6222023500001234562", TRUE},
    {qc_bank_card_is_valid, "6217000940006543210", TRUE},
    {qc_bank_card_is_valid, "6228480170009988776", TRUE},
    {qc_bank_card_is_valid, "79927398713", FALSE},     /* right by Luhn, too short for a card */
    {qc_bank_card_is_valid, "000000000000018", FALSE}, /* 15 */
    {qc_bank_card_is_valid, "0000000000000018", TRUE},
    {qc_bank_card_is_valid, "0000000000000000018", TRUE},
    {qc_bank_card_is_valid, "00000000000000000018", FALSE}, /* 20 */
    {qc_bank_card_is_valid, "0000000000000059", TRUE},      /* 5 twice is 10, 1 of it */
    {qc_bank_card_is_valid, "0000000000000042", TRUE},      /* 4 twice is 8 */
    {qc_bank_card_is_valid, "0000000000000091", TRUE},
    {qc_bank_card_is_valid, "0000000000000116", FALSE},
    {qc_bank_card_is_valid, "6222023500001234563", FALSE},
    {qc_bank_card_is_valid, "6222021234567890123", FALSE},
    {qc_bank_card_is_valid, "4111 1111 1111 1111", FALSE},
    {qc_bank_card_is_valid, "", FALSE},
    {qc_bank_card_is_valid, NULL, FALSE},
    {qc_mobile_is_valid, "13904561234", TRUE},
    {qc_mobile_is_valid, "19904561234", TRUE},
    {qc_mobile_is_valid, "12904561234", FALSE},
    {qc_mobile_is_valid, "23904561234", FALSE},
    {qc_mobile_is_valid, "1390456123", FALSE},
    {qc_mobile_is_valid, "139045612345", FALSE},
    {qc_mobile_is_valid, "1390456123a", FALSE},
    {qc_mobile_is_valid, NULL, FALSE},
    {qc_landline_is_valid, "0456-8221234", TRUE},
    {qc_landline_is_valid, "010-62345678", TRUE},
    {qc_landline_is_valid, "010-6234567", TRUE},
    {qc_landline_is_valid, "0456-82212345", TRUE},
    {qc_landline_is_valid, "01-62345678", FALSE},
    {qc_landline_is_valid, "04567-8221234", FALSE},
    {qc_landline_is_valid, "0456-822123", FALSE},
    {qc_landline_is_valid, "0456-822123456", FALSE},
    {qc_landline_is_valid, "456-8221234", FALSE},
    {qc_landline_is_valid, "04a6-8221234", FALSE},
    {qc_landline_is_valid, "0456-822123a", FALSE},
    {qc_landline_is_valid, "04568221234", FALSE},
    {qc_landline_is_valid, "", FALSE},
    {qc_landline_is_valid, NULL, FALSE},
    {qc_postcode_is_valid, "164300", TRUE},
    {qc_postcode_is_valid, "16430", FALSE},
    {qc_postcode_is_valid, "1643000", FALSE},
    {qc_postcode_is_valid, "16430a", FALSE},
    {qc_postcode_is_valid, NULL, FALSE},
};

static void
test_numbers (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (number_rows); i++) {
    g_test_message ("%u: %s", i, number_rows[i].text);
    g_assert_cmpint (number_rows[i].is_valid (number_rows[i].text), ==, number_rows[i].valid);
  }
}

/* Everything of full width becomes plain, from the first of them to the last; blanks of any kind become one kind. */
static void
test_folded (void)
{
  static const struct {
    const char *text, *folded;
  } rows[] = {
      {"！０Ａｚ～", "!0Az~"},
      {"\uff00\uff5f", "\uff00\uff5f"}, /* beside them: as they are */
      {"￥5", "¥5"},
      {"a\u3000b\u00a0c\ufeffd\u200be\tf\u2003g", "a b c d e f g"},
      {" \u3000a\u200b", "a"},
      {"", ""},
      {"\xff", ""},
      {NULL, ""},
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("%u", i);
    assert_folded (qc_ascii_fold (rows[i].text), rows[i].folded);
  }
  assert_folded (qc_ascii_fold_code (" a\u3000b １x "), "AB1X");
  g_assert_true (qc_ascii_is_digits ("0129"));
  g_assert_false (qc_ascii_is_digits ("01 9"));
  g_assert_false (qc_ascii_is_digits ("9a"));
  g_assert_false (qc_ascii_is_digits (""));
  g_assert_false (qc_ascii_is_digits (NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/identifiers/resident-id", test_resident_id);
  g_test_add_func ("/core/identifiers/born", test_born);
  g_test_add_func ("/core/identifiers/folded", test_folded);
  g_test_add_func ("/core/identifiers/single-errors", test_single_errors);
  g_test_add_func ("/core/identifiers/fold-and-upgrade", test_fold_and_upgrade);
  g_test_add_func ("/core/identifiers/credit-code", test_credit_code);
  g_test_add_func ("/core/identifiers/subject", test_subject);
  g_test_add_func ("/core/identifiers/numbers", test_numbers);
  return g_test_run ();
}
