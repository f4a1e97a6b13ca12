/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 单位缴存登记信息变更: the table of fields, each check as rows (field, what is typed → what is kept, what is found),
 * and what the facts together are refused with.
 */
#include "qc-rules-unit-change.h"

#include <string.h>

#define TODAY 20261123

static void
add_code (GPtrArray *codes, const char *list, const char *code, const char *label)
{
  QcCode *entry = g_new0 (QcCode, 1);
  entry->list = g_strdup (list);
  entry->code = g_strdup (code);
  entry->label = g_strdup (label);
  g_ptr_array_add (codes, entry);
}

static GPtrArray *
codes_new (void)
{
  GPtrArray *codes = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_code_free);
  add_code (codes, "document-type", "01", "居民身份证");
  add_code (codes, "document-type", "03", "护照");
  add_code (codes, "unit-economic-type", "159", "其他有限责任公司");
  add_code (codes, "unit-industry", "C", "制造业");
  add_code (codes, QC_UNIT_LOCKED_LIST, "STYHMC", "由中心指定。");
  return codes;
}

static QcUnit *
unit_new (void)
{
  static const char *const values[][2] = {
      {"DWDZ", "黑河市某街1号"},  {"DWYB", "164300"}, {"DWFRDBXM", "王小明"},
      {"DWFRDBZJLX", "03"},       {"JBRZJLX", "01"},  {"JBRZJHM", "11010519491231002X"},
      {"DWFRDBZJHM", "E1234567"}, {"DWJJLX", "159"},  {"STYHMC", "演练银行"},
  };
  QcUnit *unit = qc_unit_new ();
  unit->account = g_strdup ("231100000042");
  unit->name = g_strdup ("黑河某某有限公司");
  unit->credit_code = g_strdup ("91231102MA18XAAA9H");
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    g_hash_table_insert (unit->fields, g_strdup (values[i][0]), g_strdup (values[i][1]));
  return unit;
}

/* ---- the table ---- */

static void
test_table (void)
{
  for (guint i = 0; i < qc_unit_fields_count (); i++) {
    const QcUnitField *field = qc_unit_field (i);
    g_assert_true (qc_unit_field_find (field->name) == field);
    g_assert_cmpint ((int)field->group, <, QC_N_UNIT_GROUPS);
    g_assert_true (i == 0 || field->group >= qc_unit_field (i - 1)->group);
    g_assert_nonnull (field->msgid);
    g_assert_true ((field->kind == QC_UNIT_FIELD_CODE) == (field->list != NULL));
    g_assert_true ((field->kind == QC_UNIT_FIELD_DOCUMENT) == (field->type != NULL));
    if (field->type != NULL)
      g_assert_cmpint (qc_unit_field_find (field->type)->kind, ==, QC_UNIT_FIELD_CODE);
    g_autoptr (QcUnit) unit = unit_new ();
    qc_unit_field_set (field, unit, "x");
    g_assert_cmpstr (qc_unit_field_get (field, unit), ==, "x");
  }
  g_assert_cmpuint (qc_unit_fields_count (), <=, QC_MAX_FACTS);
  g_assert_null (qc_unit_field_find ("DWZH"));
  g_autoptr (QcUnit) unit = unit_new ();
  qc_unit_field_set (qc_unit_field_find ("DWMC"), unit, "新名");
  qc_unit_field_set (qc_unit_field_find ("ZZJGDM"), unit, "1");
  g_assert_cmpstr (unit->name, ==, "新名");
  g_assert_cmpstr (unit->credit_code, ==, "1");
  g_assert_cmpstr (qc_unit_field_get (qc_unit_field_find ("DWCZ"), unit), ==, "");
}

static void
test_locks (void)
{
  g_autoptr (GPtrArray) codes = codes_new ();
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  const QcUnitField *bank = qc_unit_field_find ("STYHMC"), *name = qc_unit_field_find ("DWMC");
  const QcUnitField *code = qc_unit_field_find ("ZZJGDM"), *address = qc_unit_field_find ("DWDZ");
  g_assert_cmpstr (qc_unit_field_lock (bank, codes), ==, "由中心指定。");
  g_assert_null (qc_unit_field_lock (name, codes));
  /* a center that says nothing locks what the unit is known by */
  g_assert_cmpstr (qc_unit_field_lock (name, none), ==, "");
  g_assert_cmpstr (qc_unit_field_lock (code, NULL), ==, "");
  g_assert_null (qc_unit_field_lock (address, none));
  g_assert_null (qc_unit_field_lock (bank, none));
}

/* ---- one field ---- */

typedef struct {
  const char *field, *typed;
  const char *kept; /* NULL = as typed */
  const char *code; /* NULL = good */
} Row;

static const Row rows[] = {
    {"DWMC", " 黑河新名有限公司 ", "黑河新名有限公司", NULL},
    {"DWMC", "", NULL, "unit-change.missing"},
    {"DWMC", "黑河 新名", NULL, "unit-change.blank"},
    {"DWMC", "黑河　新名", NULL, "unit-change.blank"},
    {"DWMC", "黑", NULL, "text.short"},
    {"ZZJGDM", "９1231102ma18xaaa9h", "91231102MA18XAAA9H", NULL},
    {"ZZJGDM", "91231102MA18XAAA9J", NULL, "unit-change.credit-code"},
    {"ZZJGDM", "91231102MA18XAAA9", NULL, "unit-change.credit-code"},
    {"ZZJGDM", "", NULL, "unit-change.missing"},
    {"DWDZ", " 黑河市爱辉区中央街 2 号 ", "黑河市爱辉区中央街 2 号", NULL},
    {"DWDZ", "   ", "", "unit-change.missing"},
    {"DWDZ", "一\t号", "一\t号", "text.character"},
    {"DWFRDBXM", "欧阳·小明", NULL, NULL},
    {"DWFRDBXM", "王 小明", NULL, "person.name-blank"},
    {"DWFRDBXM", "王1", NULL, "person.name-character"},
    {"DWFRDBXM", "", NULL, "unit-change.missing"},
    {"DWFRDBZJLX", "居民身份证", "01", NULL},
    {"DWFRDBZJLX", "01", NULL, NULL},
    {"DWFRDBZJLX", "02", NULL, "unit-change.code"},
    {"DWLSGX", "90", NULL, NULL}, /* the center has no such list */
    {"DWJJLX", "159", NULL, NULL},
    {"DWJJLX", "其他有限责任公司", "159", NULL},
    {"DWJJLX", "160", NULL, "unit-change.code"},
    {"DWJJLX", "", NULL, "unit-change.missing"},
    {"DWSSHY", "制造业", "C", NULL},
    {"DWLB", "", NULL, NULL},
    {"DJZCH", "2311 0000 1", "231100001", NULL},
    {"DWLXDH", "0456-8221234", NULL, NULL},
    {"DWLXDH", "０４５６－８２２１２３４", "0456-8221234", NULL},
    {"DWLXDH", "010-12345678", NULL, NULL},
    {"DWLXDH", "13912345678", NULL, NULL},
    {"DWLXDH", "8221234", NULL, "unit-change.phone"},
    {"DWLXDH", "0456-822123", NULL, "unit-change.phone"},
    {"DWLXDH", "0456-822123456", NULL, "unit-change.phone"},
    {"DWLXDH", "04567-8221234", NULL, "unit-change.phone"},
    {"DWLXDH", "", NULL, NULL},
    {"DWCZ", "0456-8221235", NULL, NULL},
    {"DWCZ", "传真", NULL, "unit-change.phone"},
    {"DWYB", "164300", NULL, NULL},
    {"DWYB", "１６４ 300", "164300", NULL},
    {"DWYB", "16430", NULL, "unit-change.postcode"},
    {"DWYB", "1643000", NULL, "unit-change.postcode"},
    {"DWYB", "16430A", NULL, "unit-change.postcode"},
    {"DWYB", "", NULL, "unit-change.missing"},
    {"DWDZXX", "caiwu@example.cn", NULL, NULL},
    {"DWDZXX", " a.b+c@mail.example.com.cn ", "a.b+c@mail.example.com.cn", NULL},
    {"DWDZXX", "caiwu.example.cn", NULL, "unit-change.e-mail"},
    {"DWDZXX", "@example.cn", NULL, "unit-change.e-mail"},
    {"DWDZXX", "a@@example.cn", NULL, "unit-change.e-mail"},
    {"DWDZXX", "a@b@example.cn", NULL, "unit-change.e-mail"},
    {"DWDZXX", "a@example", NULL, "unit-change.e-mail"},
    {"DWDZXX", "a@.cn", NULL, "unit-change.e-mail"},
    {"DWDZXX", "a@example.", NULL, "unit-change.e-mail"},
    {"DWDZXX", "a@example..cn", NULL, "unit-change.e-mail"},
    {"DWDZXX", "财务@example.cn", NULL, "unit-change.e-mail"},
    {"DWDZXX", "a b@example.cn", NULL, "unit-change.e-mail"},
    {"DWDZXX", "", NULL, NULL},
    {"DWSLRQ", "2005-3-8", "2005-03-08", NULL},
    {"DWSLRQ", "2005年3月8日", "2005-03-08", NULL},
    {"DWSLRQ", "20050308", "2005-03-08", NULL},
    {"DWSLRQ", "2005/03/08", "2005-03-08", NULL},
    {"DWSLRQ", "2026-11-23", NULL, NULL},
    {"DWSLRQ", "2026-11-24", NULL, "unit-change.date"},
    {"DWSLRQ", "2005-02-30", NULL, "unit-change.date"},
    {"DWSLRQ", "去年", NULL, "unit-change.date"},
    {"DWSLRQ", "2005-03", NULL, "unit-change.date"},
    {"DWSLRQ", "", NULL, "unit-change.missing"},
    {"DWFXR", "1", NULL, NULL},
    {"DWFXR", "31", NULL, NULL},
    {"DWFXR", "０5", "5", NULL},
    {"DWFXR", "0", NULL, "unit-change.day"},
    {"DWFXR", "32", NULL, "unit-change.day"},
    {"DWFXR", "十", NULL, "unit-change.day"},
    {"DWFXR", "1.5", NULL, "unit-change.day"},
    {"DWFXR", "", NULL, "unit-change.missing"},
    {"DWFXR", "05", "5", NULL},
    {"DWFXR", "00", "0", "unit-change.day"},
    {"DWFXR", "005", NULL, "unit-change.day"},
    {"DWFXR", "0a", "0A", "unit-change.day"},
    {"DWSLRQ", "20050318", "2005-03-18", NULL},
    {"DWSLRQ", "2005-03-18", NULL, NULL},
    {"DWSLRQ", "20050230", NULL, "unit-change.date"},
    {"DWSLRQ", "2005031", NULL, "unit-change.date"},
    {"DWSLRQ", "200503181", NULL, "unit-change.date"},
    {"DWSLRQ", "2005-003-18", NULL, "unit-change.date"},
    {"DWSLRQ", "2005-3-018", NULL, "unit-change.date"},
    {"DWSLRQ", "02005-3-18", NULL, "unit-change.date"},
    {"DWSLRQ", "2005-3", NULL, "unit-change.date"},
    {"DWSLRQ", "2005-3-18-1", NULL, "unit-change.date"},
    {"DWSLRQ", "2005--18", NULL, "unit-change.date"},
    {"DWDZXX", "~!a@b.c", NULL, NULL}, /* the first and the last sign that may stand */
    {"DWDZXX", "a\x7f@c.d", NULL, "text.character"},
    {"FXZH", "0809 2311 0000 42", "08092311000042", NULL},
    {"FXZH", "12-34", NULL, "text.character"},
    {"FXZH", "", NULL, "unit-change.missing"},
    {"FXHM", "黑河某某有限公司", NULL, NULL},
    {"FXHM", "", NULL, "unit-change.missing"},
    {"FXYH", "演练银行", NULL, NULL},
    {"BZ", "", NULL, NULL},
    {"JBRXM", "李四", NULL, NULL},
    {"JBRZJHM", "11010519491231002x", "11010519491231002X", NULL},
    {"JBRZJHM", "110105194912310021", NULL, "person.id-check"},
    {"JBRZJHM", "1101051949123100", NULL, "person.id-length"},
    {"JBRSJHM", "139 1234 5678", "13912345678", NULL},
    {"JBRSJHM", "1391234567", NULL, "unit-change.mobile"},
    {"JBRSJHM", "12912345678", NULL, "unit-change.mobile"},
    {"JBRSJHM", "0456-8221234", NULL, "unit-change.mobile"},
    {"JBRSJHM", "", NULL, "unit-change.missing"},
    {"JBRGDDHHM", "0456-8221234", NULL, NULL},
    {"STYHDM", "901", NULL, NULL},
};

/* The kind of document that stands beside the number. */
static const char *
type_of (const QcUnitField *field, const QcUnit *unit)
{
  return field->type != NULL ? qc_unit_field_get (qc_unit_field_find (field->type), unit) : NULL;
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  const QcUnitField *field = qc_unit_field_find (row->field);
  g_autoptr (GPtrArray) codes = codes_new ();
  g_autoptr (GPtrArray) found = qc_findings_new ();
  g_autoptr (QcUnit) unit = unit_new ();
  g_autofree char *kept = qc_unit_field_fold (field, row->typed, codes);
  g_assert_cmpstr (kept, ==, row->kept != NULL ? row->kept : row->typed);
  g_autofree char *again = qc_unit_field_fold (field, kept, codes);
  g_assert_cmpstr (again, ==, kept);
  qc_unit_field_check (field, kept, type_of (field, unit), codes, TODAY, found);
  g_assert_cmpuint (found->len, ==, row->code != NULL);
  if (row->code == NULL)
    return;
  const QcFinding *finding = g_ptr_array_index (found, 0);
  g_assert_cmpstr (finding->code, ==, row->code);
  g_assert_cmpstr (finding->field, ==, field->name);
  g_assert_cmpint (finding->line, ==, 0);
  g_autofree char *sentence = qc_finding_dup_sentence (finding);
  g_assert_null (strchr (sentence, '{'));
  g_assert_null (strchr (sentence, '?'));
}

/* Every field at its limit, and one character above it. */
static void
test_limits (void)
{
  for (guint i = 0; i < qc_unit_fields_count (); i++) {
    const QcUnitField *field = qc_unit_field (i);
    int most = qc_text_field_limits (field->text)->most;
    gboolean digits = field->text == QC_TEXT_BANK_ACCOUNT || field->text == QC_TEXT_REFERENCE;
    g_autoptr (GString) text = g_string_new (NULL);
    for (int n = 0; n < most; n++)
      g_string_append (text, digits ? "7" : "鑫");
    g_autofree char *kept = qc_unit_field_fold (field, text->str, NULL);
    g_assert_cmpstr (kept, ==, text->str);
    g_autoptr (GPtrArray) found = qc_findings_new ();
    qc_unit_field_check (field, kept, NULL, NULL, TODAY, found);
    if (field->kind == QC_UNIT_FIELD_TEXT || field->kind == QC_UNIT_FIELD_NAME)
      g_assert_cmpuint (found->len, ==, 0);
    g_string_append (text, digits ? "7" : "鑫");
    g_ptr_array_set_size (found, 0);
    qc_unit_field_check (field, text->str, NULL, NULL, TODAY, found);
    g_assert_cmpuint (found->len, ==, 1);
    const QcFinding *finding = g_ptr_array_index (found, 0);
    g_assert_cmpstr (finding->code, ==, field->text == QC_TEXT_PERSON_NAME ? "person.name-long" : "text.long");
    if (field->text == QC_TEXT_PERSON_NAME)
      continue;
    g_autofree char *sentence = qc_finding_dup_sentence (finding);
    g_assert_nonnull (strstr (sentence, field->msgid)); /* names itself, not a kind of text */
  }
}

static void
test_length (void)
{
  const QcUnitField *field = qc_unit_field_find ("DWJJLX");
  g_autoptr (GPtrArray) found = qc_findings_new ();
  qc_unit_field_check (field, "159", NULL, NULL, TODAY, found);
  g_assert_cmpuint (found->len, ==, 0);
  qc_unit_field_check (field, "15", NULL, NULL, TODAY, found);
  qc_unit_field_check (field, "1599", NULL, NULL, TODAY, found);
  g_assert_cmpuint (found->len, ==, 2);
  g_assert_cmpstr (((QcFinding *)g_ptr_array_index (found, 0))->code, ==, "unit-change.length");
  g_assert_cmpstr (((QcFinding *)g_ptr_array_index (found, 1))->code, ==, "unit-change.length");
}

/* ---- all facts ---- */

typedef struct {
  const char *title;
  const char *facts[4][3]; /* name, before, value */
  const char *codes[4];    /* of the findings, in order */
} Case;

static const Case cases[] = {
    {"good", {{"DWYB", "164300", "164301"}, {"DWLXDH", "", "0456-8221234"}}, {NULL}},
    {"nothing", {{NULL}}, {"unit-change.empty"}},
    {"unknown", {{"DWZH", "", "1"}}, {"unit-change.unknown"}},
    {"locked", {{"STYHMC", "演练银行", "别的银行"}}, {"unit-change.locked"}},
    {"locked-and-good", {{"STYHMC", "演练银行", "别的银行"}, {"DWYB", "164300", "164301"}}, {"unit-change.locked"}},
    {"same", {{"DWYB", "164300", "164300"}}, {"unit-change.unchanged"}},
    {"stale", {{"DWYB", "164301", "164302"}}, {"unit-change.stale"}},
    {"stale-though-alike", {{"DWYB", "164301", "164300"}}, {"unit-change.stale"}},
    {"stale-and-wrong", {{"DWYB", "164301", "x"}}, {"unit-change.stale"}}, /* first things first */
    {"each-its-own",
     {{"DWYB", "164301", "164302"}, {"DWFXR", "", "32"}, {"DWDZ", "黑河市某街1号", ""}},
     {"unit-change.stale", "unit-change.day", "unit-change.missing"}},
    {"name", {{"DWMC", "黑河某某有限公司", "黑河新名"}}, {NULL}},
    {"type-without-number", {{"DWFRDBZJLX", "03", "01"}}, {"person.id-length"}},
    {"type-with-number", {{"DWFRDBZJLX", "03", "01"}, {"DWFRDBZJHM", "E1234567", "11010519491231002X"}}, {NULL}},
    {"number-of-the-other-type", {{"JBRZJLX", "01", "03"}, {"JBRZJHM", "11010519491231002X", "E12345"}}, {NULL}},
    {"number-too-long", {{"DWFRDBZJHM", "E1234567", "E123456789012345678"}}, {"person.document-long"}},
};

static void
test_case (gconstpointer data)
{
  const Case *one = data;
  g_autoptr (GPtrArray) codes = codes_new ();
  g_autoptr (GPtrArray) facts = qc_fact_list_new ();
  g_autoptr (GPtrArray) found = qc_findings_new ();
  g_autoptr (QcUnit) unit = unit_new ();
  const QcUnitChangeGround ground = {unit, codes, TODAY};
  guint n = 0;
  for (guint i = 0; i < G_N_ELEMENTS (one->facts) && one->facts[i][0] != NULL; i++)
    qc_fact_list_add (facts, one->facts[i][0], one->facts[i][1], one->facts[i][2]);
  qc_rules_unit_change_check (&ground, facts, found);
  for (; n < G_N_ELEMENTS (one->codes) && one->codes[n] != NULL; n++) {
    g_assert_cmpuint (found->len, >, n);
    g_assert_cmpstr (((QcFinding *)g_ptr_array_index (found, n))->code, ==, one->codes[n]);
  }
  g_assert_cmpuint (found->len, ==, n);
  qc_rules_unit_change_apply (facts, unit);
  for (guint i = 0; i < facts->len; i++) {
    const QcFact *fact = g_ptr_array_index (facts, i);
    if (qc_unit_field_find (fact->name) != NULL)
      g_assert_cmpstr (qc_unit_field_get (qc_unit_field_find (fact->name), unit), ==, fact->value);
  }
}

/* All three are said, codes by their words; and what is not there is said too. */
static void
test_stale_names_all (void)
{
  g_autoptr (GPtrArray) codes = codes_new ();
  g_autoptr (GPtrArray) facts = qc_fact_list_new ();
  g_autoptr (GPtrArray) found = qc_findings_new ();
  g_autoptr (QcUnit) unit = unit_new ();
  const QcUnitChangeGround ground = {unit, codes, TODAY};
  qc_fact_list_add (facts, "DWFRDBZJLX", "01", "");
  qc_rules_unit_change_check (&ground, facts, found);
  const QcFinding *finding = g_ptr_array_index (found, 0);
  g_assert_cmpstr (qc_finding_get_arg (finding, "was", NULL), ==, "居民身份证");
  g_assert_cmpstr (qc_finding_get_arg (finding, "mine", NULL), ==, "—");
  g_assert_cmpstr (qc_finding_get_arg (finding, "now", NULL), ==, "护照");
}

/* What was entered at the center under other rules travels made plain; it is still what was seen. */
static void
test_seen_plain (void)
{
  g_autoptr (QcUnit) unit = unit_new ();
  g_autoptr (GPtrArray) found = qc_findings_new ();
  g_autoptr (GPtrArray) facts = qc_fact_list_new ();
  const QcUnitChangeGround ground = {unit, NULL, TODAY};
  g_hash_table_insert (unit->fields, g_strdup ("BZ"), g_strdup ("一\t二"));
  qc_fact_list_add (facts, "BZ", "一 二", "三");
  qc_rules_unit_change_check (&ground, facts, found);
  g_assert_cmpuint (found->len, ==, 0);
  g_assert_false (qc_rules_unit_change_is_seen ("一二", "一\t二"));
}

static void
test_closed (void)
{
  g_autoptr (QcUnit) unit = unit_new ();
  g_autoptr (GPtrArray) found = qc_findings_new ();
  g_autoptr (GPtrArray) facts = qc_fact_list_new ();
  const QcUnitChangeGround ground = {unit, NULL, TODAY};
  qc_fact_list_add (facts, "DWYB", "164300", "164301");
  unit->status = QC_UNIT_SEALED;
  qc_rules_unit_change_check (&ground, facts, found);
  g_assert_cmpuint (found->len, ==, 0);
  unit->status = QC_UNIT_CLOSED;
  qc_rules_unit_change_check (&ground, facts, found);
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpstr (((QcFinding *)g_ptr_array_index (found, 0))->code, ==, "unit-change.closed");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/unit-change/table", test_table);
  g_test_add_func ("/core/unit-change/locks", test_locks);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strdup_printf ("/core/unit-change/field/%03u-%s", i, rows[i].field);
    g_test_add_data_func (path, &rows[i], test_row);
  }
  g_test_add_func ("/core/unit-change/limits", test_limits);
  g_test_add_func ("/core/unit-change/length", test_length);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strconcat ("/core/unit-change/facts/", cases[i].title, NULL);
    g_test_add_data_func (path, &cases[i], test_case);
  }
  g_test_add_func ("/core/unit-change/stale-names-all", test_stale_names_all);
  g_test_add_func ("/core/unit-change/seen-plain", test_seen_plain);
  g_test_add_func ("/core/unit-change/closed", test_closed);
  return g_test_run ();
}
