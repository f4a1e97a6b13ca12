/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Lines of a roster by their table of fields; see the header. Plain values, one thread at a time.
 */
#include "qc-line-field.h"
#include "qc-month.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define AT(member) G_STRUCT_OFFSET (QcRosterLine, member)

/* clang-format off */
static const QcLineField fields[QC_N_LINE_FIELDS] = {
  [QC_LINE_ACCOUNT] = { "account", QC_FIELD_TEXT, AT (account), N_ ("Individual account"), 15, 20 },
  [QC_LINE_NAME] = { "name", QC_FIELD_TEXT, AT (name), N_ ("Name"), 10, 120 },
  [QC_LINE_DOCUMENT_TYPE] = { "document_type", QC_FIELD_CODE, AT (document_type), N_ ("Document type"), 10, 8 },
  [QC_LINE_DOCUMENT] = { "document", QC_FIELD_TEXT, AT (document), N_ ("Document number"), 19, 32 },
  [QC_LINE_SEX] = { "sex", QC_FIELD_SEX, AT (sex), N_ ("Sex"), 6, 0 },
  [QC_LINE_BIRTH] = { "birth", QC_FIELD_DATE, AT (birth), N_ ("Born"), 10, 0 },
  [QC_LINE_MOBILE] = { "mobile", QC_FIELD_TEXT, AT (mobile), N_ ("Mobile phone"), 12, 32 },
  [QC_LINE_OPENED] = { "opened", QC_FIELD_MONTH, AT (opened), N_ ("Opening month"), 10, 0 },
  [QC_LINE_PAID_TO] = { "paid_to", QC_FIELD_MONTH, AT (paid_to), N_ ("Paid up to"), 10, 0 },
  [QC_LINE_STATUS] = { "status", QC_FIELD_STATUS, AT (status), N_ ("Present status"), 8, 0 },
  [QC_LINE_STATUS_AFTER] = { "status_after", QC_FIELD_STATUS, AT (status_after), N_ ("Status afterwards"), 8, 0 },
  [QC_LINE_REASON] = { "reason", QC_FIELD_CODE, AT (reason), N_ ("Reason for the change"), 18, 32 },
  [QC_LINE_REASON_TEXT] = { "reason_text", QC_FIELD_TEXT, AT (reason_text), N_ ("Explanation"), 14, 200 },
  [QC_LINE_BASE] = { "base", QC_FIELD_MONEY, AT (base), N_ ("Base"), 11, 0 },
  [QC_LINE_BASE_PENDING] = { "base_pending", QC_FIELD_FLAG, AT (base_pending), N_ ("Base to be adjusted"), 8, 0 },
  [QC_LINE_NEW_BASE] = { "new_base", QC_FIELD_MONEY, AT (new_base), N_ ("New contribution base"), 11, 0 },
  [QC_LINE_DIFFERENCE] = { "difference", QC_FIELD_DIFFERENCE, AT (difference), N_ ("Difference"), 11, 0 },
  [QC_LINE_CHANGE] = { "change", QC_FIELD_CHANGE, AT (change), N_ ("Change in percent"), 8, 0 },
  [QC_LINE_OLD_UNIT_FEN] = { "old_unit_fen", QC_FIELD_MONEY, AT (old_unit_fen), N_ ("Unit's monthly part before"), 11, 0 },
  [QC_LINE_OLD_PERSONAL_FEN] = { "old_personal_fen", QC_FIELD_MONEY, AT (old_personal_fen), N_ ("Personal monthly part before"), 11, 0 },
  [QC_LINE_UNIT_FEN] = { "unit_fen", QC_FIELD_MONEY, AT (unit_fen), N_ ("Unit's monthly part"), 11, 0 },
  [QC_LINE_PERSONAL_FEN] = { "personal_fen", QC_FIELD_MONEY, AT (personal_fen), N_ ("Personal monthly part"), 11, 0 },
  [QC_LINE_FROM] = { "from", QC_FIELD_MONTH, AT (from), N_ ("From month"), 10, 0 },
  [QC_LINE_TO] = { "to", QC_FIELD_MONTH, AT (to), N_ ("To month"), 10, 0 },
  [QC_LINE_MONTHS] = { "months", QC_FIELD_NUMBER, AT (months), N_ ("Months paid for"), 6, 0 },
  [QC_LINE_TARGET_UNIT] = { "target_unit", QC_FIELD_TEXT, AT (target_unit), N_ ("Receiving unit"), 15, 20 },
  [QC_LINE_TARGET_NAME] = { "target_name", QC_FIELD_TEXT, AT (target_name), N_ ("Name of the receiving unit"), 28, 100 },
  [QC_LINE_FIRST_MONTH] = { "first_month", QC_FIELD_MONTH, AT (first_month), N_ ("First month there"), 10, 0 },
  [QC_LINE_CLASS_BEFORE] = { "class_before", QC_FIELD_CLASS, AT (class_before), N_ ("Present retirement class"), 10, 0 },
  [QC_LINE_CLASS] = { "class", QC_FIELD_CLASS, AT (klass), N_ ("Retirement class"), 12, 0 },
  [QC_LINE_STATUTORY] = { "statutory", QC_FIELD_MONTH, AT (statutory), N_ ("Statutory retirement month"), 10, 0 },
  [QC_LINE_AUTHORIZED_BEFORE] = { "authorized_before", QC_FIELD_MONTH, AT (authorized_before), N_ ("Authorized so far up to"), 10, 0 },
  [QC_LINE_LAST_MONTH] = { "last_month", QC_FIELD_MONTH, AT (last_month), N_ ("Otherwise remitted up to"), 10, 0 },
  [QC_LINE_AUTHORIZED] = { "authorized", QC_FIELD_MONTH, AT (authorized), N_ ("Authorize up to"), 10, 0 },
};
/* clang-format on */

const QcLineField *
qc_line_field (QcLineFieldId id)
{
  g_return_val_if_fail ((guint)id < QC_N_LINE_FIELDS, NULL);
  return &fields[id];
}

gboolean
qc_line_field_from_name (const char *name, QcLineFieldId *out)
{
  for (guint i = 0; i < QC_N_LINE_FIELDS; i++)
    if (g_strcmp0 (name, fields[i].name) == 0) {
      *out = (QcLineFieldId)i;
      return TRUE;
    }
  return FALSE;
}

const QcLineField *
qc_line_field_find (const char *name)
{
  QcLineFieldId id;
  return qc_line_field_from_name (name, &id) ? &fields[id] : NULL;
}

static gboolean
is_text (QcLineFieldId id)
{
  return fields[id].type == QC_FIELD_TEXT || fields[id].type == QC_FIELD_CODE;
}

static gboolean
is_money (QcLineFieldId id)
{
  return fields[id].type == QC_FIELD_MONEY || fields[id].type == QC_FIELD_DIFFERENCE;
}

/* ---- whole lines ---- */

QcRosterLine *
qc_roster_line_new (void)
{
  return g_new0 (QcRosterLine, 1);
}

static void
raw_cell_free (QcRawCell *cell)
{
  g_free (cell->text);
  g_free (cell);
}

static char **
text_of (QcRosterLine *line, QcLineFieldId id)
{
  return G_STRUCT_MEMBER_P (line, fields[id].offset);
}

static void
free_text (const QcRosterLine *line, char *text)
{
  if (line->packed == NULL || text < line->packed || text >= line->packed + line->packed_size)
    g_free (text);
}

/* @line's texts become copies that lie in one piece of its own. Whose they were has them still. */
static void
pack_copies (QcRosterLine *line)
{
  gsize sizes[QC_N_LINE_FIELDS] = {0}, all = 0;
  for (guint i = 0; i < QC_N_LINE_FIELDS; i++) {
    const char *text = is_text (i) ? *text_of (line, i) : NULL;
    all += sizes[i] = text != NULL ? strlen (text) + 1 : 0;
  }
  line->packed = all > 0 ? g_malloc (all) : NULL;
  line->packed_size = (guint)all;
  char *room = line->packed;
  for (guint i = 0; i < QC_N_LINE_FIELDS; room += sizes[i++])
    if (sizes[i] > 0)
      *text_of (line, i) = memcpy (room, *text_of (line, i), sizes[i]);
}

static void
free_texts (QcRosterLine *line)
{
  for (guint i = 0; i < QC_N_LINE_FIELDS; i++)
    if (is_text (i))
      free_text (line, *text_of (line, i));
  g_free (line->packed);
}

void
qc_roster_line_pack (QcRosterLine *line)
{
  QcRosterLine before = *line;
  pack_copies (line);
  free_texts (&before);
}

QcRosterLine *
qc_roster_line_copy (const QcRosterLine *line)
{
  QcRosterLine *copy = g_new (QcRosterLine, 1);
  *copy = *line;
  copy->raw = NULL;
  pack_copies (copy);
  for (guint i = 0; line->raw != NULL && i < line->raw->len; i++) {
    const QcRawCell *cell = g_ptr_array_index (line->raw, i);
    qc_line_set_raw (copy, cell->field, cell->text);
  }
  return copy;
}

void
qc_roster_line_free (QcRosterLine *line)
{
  if (line == NULL)
    return;
  free_texts (line);
  g_clear_pointer (&line->raw, g_ptr_array_unref);
  g_free (line);
}

gboolean
qc_roster_line_equal (const QcRosterLine *a, const QcRosterLine *b)
{
  for (guint i = 0; i < QC_N_LINE_FIELDS; i++)
    if (!qc_line_same (a, b, i))
      return FALSE;
  return TRUE;
}

/* The texts that are seen of a person. */
static const struct {
  QcLineFieldId field;
  gsize offset; /* into QcEmployee */
} seen_texts[] = {
    {QC_LINE_ACCOUNT, G_STRUCT_OFFSET (QcEmployee, account)},
    {QC_LINE_NAME, G_STRUCT_OFFSET (QcEmployee, name)},
    {QC_LINE_DOCUMENT_TYPE, G_STRUCT_OFFSET (QcEmployee, document_type)},
    {QC_LINE_DOCUMENT, G_STRUCT_OFFSET (QcEmployee, document)},
};

static void
see_numbers (QcRosterLine *line, const QcEmployee *person)
{
  line->sex = person->sex;
  line->birth = person->birth;
  line->opened = person->opened;
  line->paid_to = person->paid_to;
  line->status = person->status;
  line->base = person->base;
  line->base_pending = person->base_pending != FALSE;
  line->class_before = person->retirement_class;
  line->authorized_before = person->authorized_until;
}

void
qc_roster_line_see (QcRosterLine *line, const QcEmployee *person)
{
  for (guint i = 0; i < G_N_ELEMENTS (seen_texts); i++)
    qc_line_set_text (line, seen_texts[i].field, G_STRUCT_MEMBER (char *, person, seen_texts[i].offset));
  see_numbers (line, person);
}

void
qc_roster_line_borrow (QcRosterLine *out, const QcRosterLine *line, const QcEmployee *person)
{
  *out = *line;
  for (guint i = 0; i < G_N_ELEMENTS (seen_texts); i++) {
    char *text = G_STRUCT_MEMBER (char *, person, seen_texts[i].offset);
    G_STRUCT_MEMBER (char *, out, fields[seen_texts[i].field].offset) = text != NULL && *text != '\0' ? text : NULL;
  }
  see_numbers (out, person);
}

const char *
qc_roster_line_identity (const QcRosterLine *line)
{
  return line->account != NULL ? line->account : line->document;
}

const char *
qc_roster_line_whom (const QcRosterLine *line)
{
  if (line->name != NULL)
    return line->name;
  const char *identity = qc_roster_line_identity (line);
  return identity != NULL ? identity : "—";
}

/* ---- one field ---- */

const char *
qc_line_get_text (const QcRosterLine *line, QcLineFieldId id)
{
  g_return_val_if_fail ((guint)id < QC_N_LINE_FIELDS && is_text (id), NULL);
  return G_STRUCT_MEMBER (char *, line, fields[id].offset);
}

void
qc_line_set_text (QcRosterLine *line, QcLineFieldId id, const char *text)
{
  g_return_if_fail ((guint)id < QC_N_LINE_FIELDS && is_text (id));
  char **member = text_of (line, id);
  char *old = *member;
  *member = text != NULL && *text != '\0' ? g_strdup (text) : NULL;
  free_text (line, old);
  if (line->raw != NULL)
    qc_line_set_raw (line, id, NULL);
}

gint64
qc_line_get_int (const QcRosterLine *line, QcLineFieldId id)
{
  g_return_val_if_fail ((guint)id < QC_N_LINE_FIELDS && !is_text (id), 0);
  if (is_money (id))
    return G_STRUCT_MEMBER (QcMoney, line, fields[id].offset);
  return G_STRUCT_MEMBER (gint32, line, fields[id].offset); /* months, days and enums */
}

void
qc_line_set_int (QcRosterLine *line, QcLineFieldId id, gint64 value)
{
  g_return_if_fail ((guint)id < QC_N_LINE_FIELDS && !is_text (id));
  if (is_money (id))
    G_STRUCT_MEMBER (QcMoney, line, fields[id].offset) = value;
  else
    G_STRUCT_MEMBER (gint32, line, fields[id].offset) = (gint32)value;
  if (line->raw != NULL)
    qc_line_set_raw (line, id, NULL);
}

gboolean
qc_line_is_set (const QcRosterLine *line, QcLineFieldId id)
{
  return is_text (id) ? qc_line_get_text (line, id) != NULL : qc_line_get_int (line, id) != 0;
}

void
qc_line_clear (QcRosterLine *line, QcLineFieldId id)
{
  if (is_text (id))
    qc_line_set_text (line, id, NULL);
  else
    qc_line_set_int (line, id, 0);
}

void
qc_line_copy_field (QcRosterLine *to, const QcRosterLine *from, QcLineFieldId id)
{
  if (is_text (id))
    qc_line_set_text (to, id, qc_line_get_text (from, id));
  else
    qc_line_set_int (to, id, qc_line_get_int (from, id));
  qc_line_set_raw (to, id, qc_line_get_raw (from, id));
}

gboolean
qc_line_same (const QcRosterLine *a, const QcRosterLine *b, QcLineFieldId id)
{
  if ((a->raw != NULL || b->raw != NULL) && g_strcmp0 (qc_line_get_raw (a, id), qc_line_get_raw (b, id)) != 0)
    return FALSE;
  return is_text (id) ? g_strcmp0 (qc_line_get_text (a, id), qc_line_get_text (b, id)) == 0
                      : qc_line_get_int (a, id) == qc_line_get_int (b, id);
}

const char *
qc_line_get_raw (const QcRosterLine *line, QcLineFieldId id)
{
  for (guint i = 0; line->raw != NULL && i < line->raw->len; i++) {
    const QcRawCell *cell = g_ptr_array_index (line->raw, i);
    if (cell->field == id)
      return cell->text;
  }
  return NULL;
}

void
qc_line_set_raw (QcRosterLine *line, QcLineFieldId id, const char *text)
{
  for (guint i = 0; line->raw != NULL && i < line->raw->len; i++)
    if (((QcRawCell *)g_ptr_array_index (line->raw, i))->field == id) {
      g_ptr_array_remove_index (line->raw, i);
      break;
    }
  if (text != NULL) {
    QcRawCell *cell = g_new (QcRawCell, 1);
    cell->field = id;
    cell->text = g_strdup (text);
    if (line->raw == NULL)
      line->raw = g_ptr_array_new_with_free_func ((GDestroyNotify)raw_cell_free);
    g_ptr_array_add (line->raw, cell);
  } else if (line->raw != NULL && line->raw->len == 0) {
    g_clear_pointer (&line->raw, g_ptr_array_unref);
  }
}

/* ---- as a person reads and writes it ---- */

const QcCode *
qc_codes_find (const GPtrArray *codes, const char *list, const char *code)
{
  for (guint i = 0; codes != NULL && code != NULL && i < codes->len; i++) {
    const QcCode *entry = g_ptr_array_index (codes, i);
    if (g_strcmp0 (entry->list, list) == 0 && g_strcmp0 (entry->code, code) == 0)
      return entry;
  }
  return NULL;
}

static const char *
sex_to_msgid (QcSex sex)
{
  return sex == QC_SEX_MALE ? N_ ("Man") : sex == QC_SEX_FEMALE ? N_ ("Woman") : NULL;
}

static char *
dup_word (const char *msgid)
{
  return g_strdup (msgid != NULL ? g_dgettext (GETTEXT_PACKAGE, msgid) : "");
}

char *
qc_line_dup_text (const QcRosterLine *line, QcLineFieldId id, const GPtrArray *codes, const char *list)
{
  const char *raw = qc_line_get_raw (line, id);
  if (raw != NULL)
    return g_strdup (raw);
  if (!qc_line_is_set (line, id))
    return g_strdup ("");
  const QcCode *code;
  gint64 value = is_text (id) ? 0 : qc_line_get_int (line, id);
  switch (fields[id].type) {
  case QC_FIELD_CODE:
    code = qc_codes_find (codes, list, qc_line_get_text (line, id));
    return g_strdup (code != NULL ? code->label : qc_line_get_text (line, id));
  case QC_FIELD_MONEY:
    return qc_money_to_string (value);
  case QC_FIELD_DIFFERENCE:
    return qc_money_to_signed_string (value);
  case QC_FIELD_CHANGE:
    return qc_change_to_string (value);
  case QC_FIELD_NUMBER:
    return g_strdup_printf ("%" G_GINT64_FORMAT, value);
  case QC_FIELD_MONTH:
    return g_strdup_printf (g_dgettext (GETTEXT_PACKAGE, N_ ("%1$d-%2$02d")), qc_month_year ((QcMonth)value),
                            qc_month_number ((QcMonth)value));
  case QC_FIELD_DATE:
    return qc_date_to_string ((QcDate)value);
  case QC_FIELD_STATUS:
    return dup_word (qc_person_status_to_msgid ((QcPersonStatus)value));
  case QC_FIELD_SEX:
    return dup_word (sex_to_msgid ((QcSex)value));
  case QC_FIELD_FLAG:
    return dup_word (N_ ("Yes"));
  case QC_FIELD_CLASS:
    return dup_word (qc_retirement_class_to_msgid ((QcRetirementClass)value));
  case QC_FIELD_TEXT:
  default:
    return g_strdup (qc_line_get_text (line, id));
  }
}

/* By its code, or by the word the center gave it. */
static const QcCode *
find_entered_code (const GPtrArray *codes, const char *list, const char *text)
{
  const QcCode *found = qc_codes_find (codes, list, text);
  for (guint i = 0; found == NULL && codes != NULL && i < codes->len; i++) {
    const QcCode *entry = g_ptr_array_index (codes, i);
    if (g_strcmp0 (entry->list, list) == 0 && g_strcmp0 (entry->label, text) == 0)
      found = entry;
  }
  return found;
}

static gboolean
is_word (const char *msgid, const char *text)
{
  return msgid != NULL && (g_str_equal (text, msgid) || g_str_equal (text, g_dgettext (GETTEXT_PACKAGE, msgid)));
}

/* The words of sheets too, in whichever language the program runs. */
static QcSex
find_entered_sex (const char *text)
{
  if (is_word (N_ ("Man"), text) || g_str_equal (text, "男"))
    return QC_SEX_MALE;
  return is_word (N_ ("Woman"), text) || g_str_equal (text, "女") ? QC_SEX_FEMALE : QC_SEX_UNKNOWN;
}

static QcRetirementClass
find_entered_class (const char *text)
{
  QcRetirementClass klass;
  if (qc_retirement_class_from_code (text, &klass))
    return klass;
  for (klass = QC_RETIREMENT_MEN_60; klass <= QC_RETIREMENT_WOMEN_60; klass++)
    if (is_word (qc_retirement_class_to_msgid (klass), text))
      return klass;
  return QC_RETIREMENT_UNKNOWN;
}

/* 20261105, 2026-11-5, 2026/11/05, 2026年11月5日 */
static QcDate
parse_date (const char *text)
{
  gint64 part[3] = {0};
  guint n = 0;
  for (const char *p = text; *p != '\0';) {
    if (!g_ascii_isdigit (*p)) {
      p = g_utf8_next_char (p);
      continue;
    }
    if (n == 3)
      return QC_DATE_NONE;
    char *end;
    part[n++] = g_ascii_strtoll (p, &end, 10);
    p = end;
  }
  if (n == 1)
    return qc_date_is_valid ((QcDate)CLAMP (part[0], 0, 99999999)) ? (QcDate)part[0] : QC_DATE_NONE;
  if (n != 3 || part[0] > 9999 || part[1] > 12 || part[2] > 31)
    return QC_DATE_NONE;
  QcDate date = (QcDate)(part[0] * 10000 + part[1] * 100 + part[2]);
  return qc_date_is_valid (date) ? date : QC_DATE_NONE;
}

gboolean
qc_line_enter (QcRosterLine *line, QcLineFieldId id, const char *text, const GPtrArray *codes, const char *list)
{
  g_return_val_if_fail ((guint)id < QC_N_LINE_FIELDS, FALSE);
  qc_line_clear (line, id);
  if (*text == '\0')
    return TRUE;
  const QcCode *code;
  QcMoney money;
  gint64 value = 0;
  switch (fields[id].type) {
  case QC_FIELD_TEXT:
    if (g_utf8_strlen (text, -1) <= fields[id].max) {
      qc_line_set_text (line, id, text);
      return TRUE;
    }
    break;
  case QC_FIELD_CODE:
    code = find_entered_code (codes, list, text);
    if (code != NULL) {
      qc_line_set_text (line, id, code->code);
      return TRUE;
    }
    break;
  case QC_FIELD_MONEY:
    if (qc_money_parse (text, &money)) {
      qc_line_set_int (line, id, money);
      if (money > 0)
        return TRUE; /* a zero stays as it was typed: nothing said is something else */
    }
    break;
  case QC_FIELD_MONTH:
    value = qc_month_parse (text);
    break;
  case QC_FIELD_DATE:
    value = parse_date (text);
    break;
  case QC_FIELD_SEX:
    value = find_entered_sex (text);
    break;
  case QC_FIELD_CLASS:
    value = find_entered_class (text);
    break;
  case QC_FIELD_STATUS: /* these follow from the rest and are never typed */
  case QC_FIELD_DIFFERENCE:
  case QC_FIELD_CHANGE:
  case QC_FIELD_NUMBER:
  case QC_FIELD_FLAG:
  default:
    break;
  }
  if (value != 0)
    qc_line_set_int (line, id, value);
  else
    qc_line_set_raw (line, id, text);
  return value != 0;
}
