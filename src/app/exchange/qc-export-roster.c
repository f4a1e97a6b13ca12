/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Rosters that are exported: a line for everybody of the unit, or for what the list shows; where accounts are opened
 * the roster's own lines instead of everybody, which may be none, and rows to be filled in. The columns are those of
 * the business by core's table; in the file for everybody without those that follow from what is still to be entered.
 * On the thread of the walk.
 */
#include "qc-export-private.h"

#include <glib/gi18n-lib.h>

#include "qc-format.h"
#include "qc-roster-service-private.h"
#include "qc-store-drafts.h"
#include "qc-store-people.h"
#include "qc-wire-line.h"

typedef struct {
  QcBusiness business;
  gint64 draft;           /* 0 = the one changed last, if there is one */
  GArray *lines;          /* (owned) (nullable) gint64: what the list shows; NULL = everybody */
  char *filter;           /* (owned) (nullable) in words, what of the roster is left out */
  QcRosterGround *ground; /* (owned) (nullable) until it is prepared */
  GArray *fields;         /* (owned) QcLineFieldId, a column each */
} Roster;

static void
roster_free (gpointer data)
{
  Roster *roster = data;
  g_clear_pointer (&roster->lines, g_array_unref);
  g_clear_pointer (&roster->ground, qc_roster_ground_free);
  g_array_unref (roster->fields);
  g_free (roster->filter);
  g_free (roster);
}

/* ---- columns ---- */

/* What follows from what is entered: in a file that is to be filled in it would only be out of date. */
static gboolean
follows (QcLineFieldId field)
{
  switch ((int)field) {
  case QC_LINE_STATUS_AFTER:
  case QC_LINE_DIFFERENCE:
  case QC_LINE_CHANGE:
  case QC_LINE_UNIT_FEN:
  case QC_LINE_PERSONAL_FEN:
  case QC_LINE_TARGET_NAME:
  case QC_LINE_FIRST_MONTH:
  case QC_LINE_LAST_MONTH:
  case QC_LINE_MONTHS:
  case QC_LINE_OPENED:
    return TRUE;
  default:
    return FALSE;
  }
}

static QcSheetKind
kind_of (QcFieldType type)
{
  switch (type) {
  case QC_FIELD_MONEY:
  case QC_FIELD_DIFFERENCE:
    return QC_SHEET_MONEY;
  case QC_FIELD_CHANGE:
    return QC_SHEET_PERCENT;
  case QC_FIELD_NUMBER:
    return QC_SHEET_NUMBER;
  case QC_FIELD_MONTH:
    return QC_SHEET_MONTH;
  case QC_FIELD_CODE:
  case QC_FIELD_STATUS:
  case QC_FIELD_SEX:
  case QC_FIELD_FLAG:
  case QC_FIELD_CLASS:
    return QC_SHEET_CODE;
  case QC_FIELD_TEXT:
  case QC_FIELD_DATE:
  default:
    return QC_SHEET_TEXT;
  }
}

static void
choose_fields (const Roster *roster)
{
  const QcBusinessInfo *info = qc_business_info (roster->business);
  QcLineFieldId status = QC_LINE_STATUS;
  gboolean has_status = FALSE;
  for (guint i = 0; i < info->n_columns; i++) {
    const QcBusinessColumn *column = &info->columns[i];
    gboolean entered = qc_column_is_entered (column);
    if (entered && !has_status && qc_business_find_column (roster->business, status) != NULL) {
      g_array_append_val (roster->fields, status); /* whoever is 封存 is marked, and the word says why */
      has_status = TRUE;
    }
    if (column->field == QC_LINE_STATUS ? has_status : (column->flags & QC_COLUMN_HIDDEN) != 0)
      continue;
    if (!entered && roster->lines == NULL && follows (column->field))
      continue;
    has_status = has_status || column->field == QC_LINE_STATUS;
    g_array_append_val (roster->fields, column->field);
  }
}

static guint
place_of (const Roster *roster, QcLineFieldId field)
{
  for (guint i = 0; i < roster->fields->len; i++)
    if (g_array_index (roster->fields, QcLineFieldId, i) == field)
      return i;
  return 0;
}

/* The words of one of the center's lists, ended by NULL. */
static const char *const *
keep_words (QcExportJob *job, const GPtrArray *codes, const char *list)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  for (guint i = 0; i < codes->len; i++) {
    const QcCode *code = g_ptr_array_index (codes, i);
    if (g_str_equal (code->list, list))
      g_ptr_array_add (words, qc_export_job_keep (job, g_strdup (code->label)));
  }
  g_ptr_array_add (words, NULL);
  return qc_export_job_keep (job, g_ptr_array_free (g_steal_pointer (&words), FALSE));
}

static const char *
status_word (QcPersonStatus status)
{
  return _ (qc_person_status_to_msgid (status));
}

/* From which list the reason of somebody of @status is. */
static const char *
reasons_of (const Roster *roster, QcPersonStatus status)
{
  QcRosterLine line = {.status = status};
  qc_rules_roster_complete (roster->business, &roster->ground->facts, &line);
  return qc_rules_roster_reason_list (roster->business, &line);
}

/* Which reasons there are may depend on whether the account is 正常. */
static void
add_reasons (QcExportJob *job, const Roster *roster, QcSheetColumn *column)
{
  const char *normal = reasons_of (roster, QC_PERSON_NORMAL), *sealed = reasons_of (roster, QC_PERSON_SEALED);
  if (normal == NULL)
    return;
  QcSheetChoices *choices = qc_export_job_keep (job, g_new0 (QcSheetChoices, QC_SHEET_MAX_CHOICES));
  column->choices = choices;
  column->n_choices = g_strcmp0 (normal, sealed) == 0 ? 1 : 2;
  column->depends_on = place_of (roster, QC_LINE_STATUS);
  for (guint i = 0; i < column->n_choices; i++) {
    const char *word = status_word (i == 0 ? QC_PERSON_NORMAL : QC_PERSON_SEALED);
    choices[i].words = keep_words (job, roster->ground->codes, i == 0 ? normal : sealed);
    choices[i].when = word;
    choices[i].title = column->n_choices == 1
                           ? column->title
                           : qc_export_job_keep (job, g_strdup_printf (_ ("%s (%s)"), column->title, word));
  }
}

static void
add_words (QcExportJob *job, QcSheetColumn *column, const char *const *words)
{
  QcSheetChoices *choices = qc_export_job_keep (job, g_new0 (QcSheetChoices, 1));
  *choices = (QcSheetChoices) {.title = column->title, .words = words};
  column->choices = choices;
  column->n_choices = 1;
}

static const char *const *
keep_classes (QcExportJob *job)
{
  guint n = 0;
  const char **words = qc_export_job_keep (job, g_new0 (const char *, QC_RETIREMENT_WOMEN_60 + 2));
  for (QcRetirementClass klass = QC_RETIREMENT_MEN_60; klass <= QC_RETIREMENT_WOMEN_60; klass++)
    words[n++] = _ (qc_retirement_class_to_msgid (klass));
  return words;
}

static const char *const *
keep_sexes (QcExportJob *job)
{
  const char **words = qc_export_job_keep (job, g_new0 (const char *, 3));
  const QcRosterLine man = {.sex = QC_SEX_MALE}, woman = {.sex = QC_SEX_FEMALE};
  words[0] = qc_export_job_keep (job, qc_line_dup_text (&man, QC_LINE_SEX, NULL, NULL));
  words[1] = qc_export_job_keep (job, qc_line_dup_text (&woman, QC_LINE_SEX, NULL, NULL));
  return words;
}

static void
add_choices (QcExportJob *job, const Roster *roster, QcLineFieldId id, QcSheetColumn *column)
{
  static const QcRosterLine nobody = {0};
  QcFieldType type = qc_line_field (id)->type;
  if (id == QC_LINE_REASON)
    add_reasons (job, roster, column);
  else if (type == QC_FIELD_CLASS)
    add_words (job, column, keep_classes (job));
  else if (type == QC_FIELD_SEX)
    add_words (job, column, keep_sexes (job));
  else if (type == QC_FIELD_CODE)
    add_words (job, column,
               keep_words (job, roster->ground->codes, qc_rules_roster_code_list (roster->business, &nobody, id)));
}

static void
add_columns (QcExportJob *job, const Roster *roster)
{
  for (guint i = 0; i < roster->fields->len; i++) {
    QcLineFieldId id = g_array_index (roster->fields, QcLineFieldId, i);
    const QcLineField *field = qc_line_field (id);
    const QcBusinessColumn *known = qc_business_find_column (roster->business, id);
    qc_export_job_add_column (job, _ (qc_business_column_msgid (known)), kind_of (field->type), field->chars);
    QcSheetColumn *column = &g_array_index (job->columns, QcSheetColumn, i);
    column->entered = qc_column_is_entered (known);
    if (!column->entered)
      continue;
    add_choices (job, roster, id, column);
    column->fault = column->n_choices > 0
                        ? _ ("Choose one of the words of the list.")
                        : _ ("Enter an amount in yuan with at most two decimals, or leave the cell empty.");
  }
}

/* Nobody of the unit is among them: the roster's own lines are, if there are any. */
static gboolean
is_of_newcomers (const Roster *roster)
{
  return roster->lines == NULL && qc_business_info (roster->business)->opens_accounts;
}

/* ---- what the sheet of instructions says ---- */

static char *
dup_entered (const QcExportJob *job)
{
  g_autoptr (GString) names = g_string_new (NULL);
  for (guint i = 0; i < job->columns->len; i++) {
    const QcSheetColumn *column = &g_array_index (job->columns, QcSheetColumn, i);
    if (column->entered)
      g_string_append_printf (names, "%s%s", names->len > 0 ? _ (", ") : "", column->title);
  }
  return g_string_free (g_steal_pointer (&names), FALSE);
}

static void
add_notes (QcExportJob *job, const Roster *roster)
{
  g_autofree char *entered = dup_entered (job);
  g_autofree char *people = qc_format_people (job->rows);
  if (is_of_newcomers (roster))
    qc_export_job_take_note (
        job, job->rows > 0
                 ? g_strdup_printf (_ ("1. Everybody of the roster is here: %s. Add a row for each further person who "
                                       "gets an account."),
                                    people)
                 : g_strdup (_ ("1. Write a row for each person who gets an account, below the headings.")));
  else if (roster->lines == NULL)
    qc_export_job_take_note (job, g_strdup_printf (_ ("1. Everybody of the unit is here: %s, one row each. Leave the "
                                                      "rows as they are for whom nothing changes."),
                                                   people));
  else
    qc_export_job_take_note (job,
                             g_strdup_printf (_ ("1. The roster as the list shows it is here: %s. %s"), people,
                                              roster->filter != NULL ? roster->filter : _ ("Nothing is left out.")));
  gboolean opens = qc_business_info (roster->business)->opens_accounts;
  if (opens)
    qc_export_job_take_note (job,
                             g_strdup_printf (_ ("2. Fill in the columns: %s. Sex and date of birth are needed only "
                                                 "where the document is no resident ID."),
                                              entered));
  else
    qc_export_job_take_note (
        job, g_strdup_printf (_ ("2. Fill in the columns with a blue heading: %s. All others tell people apart and are "
                                 "locked; the protection has no password."),
                              entered));
  qc_export_job_take_note (job, g_strdup (_ ("3. Amounts are in yuan with at most two decimals, months are written as "
                                             "2026-10. Accounts and document numbers are texts and keep all digits.")));
  qc_export_job_take_note (job, g_strdup (_ ("4. Where a cell offers a list, choose from it; the sheet “Lists” has all "
                                             "its words.")));
  if (opens)
    qc_export_job_take_note (job,
                             g_strdup (_ ("5. People are told apart by their document numbers: the import only adds "
                                          "people, or changes the row of the same number.")));
  else
    qc_export_job_take_note (
        job, g_strdup_printf (_ ("5. Whose account is sealed has a colored row, and “%s” in the column “%s”."),
                              status_word (QC_PERSON_SEALED), _ (qc_line_field (QC_LINE_STATUS)->msgid)));
  qc_export_job_take_note (
      job, g_strdup_printf (_ ("6. Save the file and import it in Qingce on the page “%s”. Every fault is shown with "
                               "its row and reason; nothing reaches the center before you submit it there."),
                            job->title));
}

/* ---- reading ---- */

static gboolean
count_line (gint64 line, const char *facts, gpointer user_data)
{
  ++*(gint64 *)user_data;
  return TRUE;
}

static gboolean
prepare (QcExportJob *job, QcConnection *connection, GError **error)
{
  Roster *roster = job->data;
  QcRosterGroundRequest request = {roster->business, job->profile, job->unit, (char *)"", (char *)"", job->today};
  roster->ground = qc_roster_ground_read (connection, &request, job->cancellable, error);
  if (roster->ground == NULL)
    return FALSE;
  job->month = qc_rules_roster_effective (roster->business, roster->ground->unit);
  if (roster->draft == 0) {
    g_autoptr (QcStoreDraft) latest = NULL;
    if (!qc_store_draft_latest (connection, job->profile, job->unit, roster->business, &latest, error))
      return FALSE;
    roster->draft = latest != NULL && latest->n_lines > 0 ? latest->id : 0;
  }
  gint64 people = 0;
  if (is_of_newcomers (roster)
          ? roster->draft != 0 && !qc_store_draft_each_line (connection, roster->draft, count_line, &people, error)
          : roster->lines == NULL && !qc_store_people_count (connection, job->profile, job->unit, &people, error))
    return FALSE;
  job->rows = roster->lines != NULL ? roster->lines->len : (guint)people;
  choose_fields (roster);
  add_columns (job, roster);
  add_notes (job, roster);
  return TRUE;
}

/* ---- writing ---- */

static void
write_cell (const Roster *roster, QcSheetWriter *writer, const QcRosterLine *line, QcLineFieldId id)
{
  const QcLineField *field = qc_line_field (id);
  const char *raw = qc_line_get_raw (line, id);
  if (raw != NULL) {
    qc_sheet_writer_text (writer, raw);
    return;
  }
  if (!qc_line_is_set (line, id)) {
    qc_sheet_writer_skip (writer);
    return;
  }
  g_autofree char *words = NULL;
  switch (field->type) {
  case QC_FIELD_TEXT:
    qc_sheet_writer_text (writer, qc_line_get_text (line, id));
    break;
  case QC_FIELD_MONEY:
  case QC_FIELD_DIFFERENCE:
  case QC_FIELD_CHANGE:
  case QC_FIELD_NUMBER:
    qc_sheet_writer_number (writer, qc_line_get_int (line, id));
    break;
  case QC_FIELD_MONTH:
    qc_export_write_month (writer, (QcMonth)qc_line_get_int (line, id));
    break;
  case QC_FIELD_STATUS:
    qc_sheet_writer_text (writer, status_word ((QcPersonStatus)qc_line_get_int (line, id)));
    break;
  case QC_FIELD_CODE:
  case QC_FIELD_DATE:
  case QC_FIELD_SEX:
  case QC_FIELD_FLAG:
  case QC_FIELD_CLASS:
  default:
    words = qc_line_dup_text (line, id, roster->ground->codes, qc_rules_roster_code_list (roster->business, line, id));
    qc_sheet_writer_text (writer, words);
  }
}

static gboolean
write_line (const Roster *roster, QcSheetWriter *writer, QcRosterLine *line, GError **error)
{
  qc_rules_roster_complete (roster->business, &roster->ground->facts, line);
  qc_sheet_writer_begin_row (writer, line->status == QC_PERSON_SEALED);
  for (guint i = 0; i < roster->fields->len; i++)
    write_cell (roster, writer, line, g_array_index (roster->fields, QcLineFieldId, i));
  return qc_sheet_writer_end_row (writer, error);
}

typedef struct {
  const QcExportJob *job;
  QcConnection *connection;
  QcSheetWriter *writer;
  GError **error;
  gboolean good;
  const QcEmployee *person; /* who is written */
  guint written;            /* rows about them; */
  guint rows;               /*  and about all */
} Everybody;

/* With what was entered on @entered (nullable); @person: (nullable) as known now. */
static gboolean
write_person (Everybody *everybody, const QcRosterLine *entered, const QcEmployee *person)
{
  static const QcRosterLine nothing = {0};
  QcRosterLine line;
  qc_roster_line_borrow (&line, entered != NULL ? entered : &nothing, person);
  everybody->written++;
  everybody->rows++;
  everybody->good = write_line (everybody->job->data, everybody->writer, &line, everybody->error);
  return everybody->good;
}

/* A line of the person in the draft: there may be several, for other months. */
static gboolean
entered_cb (gint64 id, const char *facts, gpointer user_data)
{
  Everybody *everybody = user_data;
  g_autoptr (QcRosterLine) line = qc_wire_line_from_text (facts, everybody->error);
  everybody->good = line != NULL && write_person (everybody, line, everybody->person);
  return everybody->good;
}

/* As they will be once what waits is done; with what was entered for them. */
static gboolean
person_cb (const QcEmployee *person, gpointer user_data)
{
  Everybody *everybody = user_data;
  const Roster *roster = everybody->job->data;
  const QcOverlay *overlay = roster->ground->overlay;
  g_autoptr (QcEmployee) laid_over = qc_overlay_get_immediate (overlay) > 0 ? qc_employee_copy (person) : NULL;
  if (laid_over != NULL)
    qc_overlay_apply (overlay, laid_over, NULL);
  everybody->person = laid_over != NULL ? laid_over : person;
  everybody->written = 0;
  if (roster->draft != 0
      && !qc_store_draft_each_of_person (everybody->connection, roster->draft, person->account, entered_cb, everybody,
                                         everybody->error))
    everybody->good = FALSE;
  return everybody->good && (everybody->written > 0 || write_person (everybody, NULL, everybody->person));
}

static gboolean
newcomer_cb (gint64 id, const char *facts, gpointer user_data)
{
  Everybody *everybody = user_data;
  g_autoptr (QcRosterLine) line = qc_wire_line_from_text (facts, everybody->error);
  everybody->good = line != NULL && write_line (everybody->job->data, everybody->writer, line, everybody->error);
  return everybody->good;
}

static gboolean
fill_newcomers (const QcExportJob *job, QcConnection *connection, QcSheetWriter *writer, GError **error)
{
  const Roster *roster = job->data;
  Everybody everybody = {.job = job, .connection = connection, .writer = writer, .error = error, .good = TRUE};
  return roster->draft == 0
         || (qc_store_draft_each_line (connection, roster->draft, newcomer_cb, &everybody, error) && everybody.good);
}

static gboolean
fill_everybody (QcExportJob *job, QcConnection *connection, QcSheetWriter *writer, GError **error)
{
  Everybody everybody = {.job = job, .connection = connection, .writer = writer, .error = error, .good = TRUE};
  gboolean done = qc_store_people_scan_by_account (connection, job->profile, job->unit, person_cb, &everybody, error);
  job->rows = everybody.rows;
  return done && everybody.good;
}

static gboolean
fill_shown (QcExportJob *job, QcConnection *connection, QcSheetWriter *writer, GError **error)
{
  const Roster *roster = job->data;
  job->rows = 0;
  for (guint i = 0; i < roster->lines->len; i++) {
    g_autofree char *facts = NULL;
    if (!qc_store_draft_get_line (connection, roster->draft, g_array_index (roster->lines, gint64, i), &facts, error))
      return FALSE;
    if (facts == NULL)
      continue; /* taken off the roster since the button was pressed */
    g_autoptr (QcRosterLine) line = qc_wire_line_from_text (facts, error);
    if (line == NULL || !write_line (roster, writer, line, error))
      return FALSE;
    job->rows++;
  }
  return TRUE;
}

static gboolean
fill (QcExportJob *job, QcConnection *connection, QcSheetWriter *writer, GError **error)
{
  const Roster *roster = job->data;
  return is_of_newcomers (roster) ? fill_newcomers (job, connection, writer, error)
         : roster->lines != NULL  ? fill_shown (job, connection, writer, error)
                                  : fill_everybody (job, connection, writer, error);
}

static const QcExportKind roster_kind = {prepare, fill, roster_free};

/* ---- what there is to export ---- */

static QcExport *
new_export (QcSession *session, QcBusiness business, QcMonth month, Roster **out_roster)
{
  Roster *roster = *out_roster = g_new0 (Roster, 1);
  roster->business = business;
  roster->fields = g_array_new (FALSE, FALSE, sizeof (QcLineFieldId));
  return qc_export_new (session, &roster_kind, roster, _ (qc_business_info (business)->msgid), _ ("Roster"), month);
}

QcExport *
qc_export_new_everybody (QcSession *session, QcBusiness business)
{
  g_return_val_if_fail (QC_IS_SESSION (session) && qc_roster_rules (business) != NULL, NULL);
  Roster *roster;
  return new_export (session, business, QC_MONTH_NONE, &roster);
}

static QcExport *
new_of (QcRosterService *service, Roster **out_roster)
{
  QcBusinessService *base = QC_BUSINESS_SERVICE (service);
  QcDraft *draft = qc_business_service_get_draft (base);
  const QcRosterFacts *facts = qc_roster_service_get_facts (service);
  QcBusiness business = qc_business_service_get_business (base);
  QcExport *self
      = new_export (qc_business_service_get_session (base), business,
                    facts != NULL ? qc_rules_roster_effective (business, facts->unit) : QC_MONTH_NONE, out_roster);
  (*out_roster)->draft = qc_draft_get_id (draft);
  qc_export_get_job (self)->unwritten = qc_draft_is_unwritten (draft);
  return self;
}

QcExport *
qc_export_new_everybody_of (QcRosterService *service)
{
  g_return_val_if_fail (QC_IS_ROSTER_SERVICE (service), NULL);
  Roster *roster;
  return new_of (service, &roster);
}

QcExport *
qc_export_new_shown (QcRosterService *service)
{
  g_return_val_if_fail (QC_IS_ROSTER_SERVICE (service), NULL);
  Roster *roster;
  QcExport *self = new_of (service, &roster);
  QcRosterModel *model = qc_roster_service_get_model (service);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (model));
  const char *search = qc_roster_model_get_shown_search (model);
  gboolean faulty = qc_roster_model_get_only_faulty (model);
  roster->lines = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n);
  for (guint i = 0; i < n; i++)
    g_array_append_val (roster->lines, qc_roster_model_get_line_at (model, i)->id);
  if (*search != '\0')
    roster->filter = g_strdup_printf (faulty ? _ ("Only faulty lines that fit the search “%s”.")
                                             : _ ("Only lines that fit the search “%s”."),
                                      search);
  else if (faulty)
    roster->filter = g_strdup (_ ("Only faulty lines."));
  return self;
}
