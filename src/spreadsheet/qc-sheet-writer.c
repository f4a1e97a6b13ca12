/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-sheet-writer.h. libxlsxwriter puts rows aside in a file without a name until all are there, and does not look
 * whether the disk took them: what was written is counted once more before it gets its name. Any one thread.
 */
#include "qc-sheet-writer.h"

#include <glib/gi18n-lib.h>
#include <errno.h>
#include <string.h>

#include "qc-lxw.h"
#include "qc-new-file.h"

#define LAST_ROW   1048575
#define NOTE_WIDTH 80  /* characters */
#define EACH       256 /* rows between two looks whether somebody cancelled */
/* Of the time it takes, how much has passed when all rows are there, and when the file is. */
#define FILLED 0.65
#define CLOSED 0.95

/* Colors are for the eye; what they say stands in words too. */
#define COLOR_KEY     0xE7E6E6
#define COLOR_ENTERED 0xDDEBF7
#define COLOR_MARKED  0xFFF2CC
#define COLOR_LINE    0xA6A6A6

typedef enum { PLAIN, MARKED, N_STATES } State;
#define N_KINDS (QC_SHEET_CODE + 1)

struct _QcSheetWriter {
  const QcSheetPlan *plan;
  QcWorkbookProgress progress;
  gpointer user_data;
  GCancellable *cancellable;
  GError *error;                             /* (owned) (nullable) what ended it, where it is no errno */
  const char *scratch;                       /* folder of what is put aside */
  lxw_workbook *book;                        /* (owned) until it is closed */
  lxw_worksheet *sheet;                      /* borrowed */
  lxw_format *formats[N_KINDS][2][N_STATES]; /* borrowed; locked, or entered; NULL until one is needed */
  guint row, column;                         /* where the next cell goes */
  State state;                               /* of the row */
  guint64 cells;                             /* of the sheet of rows, that hold something or have a format */
  lxw_error fault;                           /* the first one */
};

/* ---- the look of it ---- */

static lxw_format *
new_format (QcSheetWriter *self, const char *number_format)
{
  lxw_format *format = workbook_add_format (self->book);
  format_set_align (format, LXW_ALIGN_VERTICAL_CENTER);
  if (number_format != NULL)
    format_set_num_format (format, number_format);
  return format;
}

static const char *
number_format_of (QcSheetKind kind)
{
  switch (kind) {
  case QC_SHEET_MONEY:
    return "#,##0.00";
  case QC_SHEET_NUMBER:
    return "#,##0";
  case QC_SHEET_PERCENT:
    return "0.00%";
  case QC_SHEET_TEXT:
  case QC_SHEET_MONTH:
  case QC_SHEET_CODE:
  default:
    return "@"; /* a number that is typed there is a text too: all its digits stay */
  }
}

static gboolean
is_text (QcSheetKind kind)
{
  return *number_format_of (kind) == '@';
}

/* Nothing is entered: a report, which its reader may change as she likes. */
static gboolean
is_form (const QcSheetPlan *plan)
{
  for (guint i = 0; i < plan->n_columns; i++)
    if (plan->columns[i].entered)
      return TRUE;
  return FALSE;
}

/* Texts keep away from the amounts before them. */
static void
set_side (lxw_format *format, QcSheetKind kind)
{
  format_set_align (format, is_text (kind) ? LXW_ALIGN_LEFT : LXW_ALIGN_RIGHT);
  if (is_text (kind))
    format_set_indent (format, 1);
}

/* One of a kind: the library looks at every property of a format that is like another one, for each cell. */
static lxw_format *
format_of (QcSheetWriter *self, QcSheetKind kind, gboolean entered, State state)
{
  QcSheetKind like = is_text (kind) ? QC_SHEET_TEXT : kind;
  lxw_format **format = &self->formats[like][entered != FALSE][state];
  if (*format != NULL)
    return *format;
  *format = new_format (self, number_format_of (kind));
  set_side (*format, kind);
  if (entered)
    format_set_unlocked (*format);
  if (state == MARKED) {
    format_set_bg_color (*format, COLOR_MARKED);
    format_set_bottom (*format, LXW_BORDER_HAIR); /* the fill hides the lines of the sheet */
    format_set_bottom_color (*format, COLOR_LINE);
  }
  return *format;
}

static guint
cells_of (const char *text)
{
  guint cells = 0;
  for (; *text != '\0'; text = g_utf8_next_char (text))
    cells += g_unichar_iswide (g_utf8_get_char (text)) ? 2 : 1;
  return cells;
}

/* The header has room for two lines and for the button of the filter. */
static double
width_of (const QcSheetColumn *column)
{
  return MAX (column->width * 1.1 + 2, MIN (cells_of (column->title) + 4, 20));
}

static lxw_format *
new_header_format (QcSheetWriter *self, QcSheetKind kind, gboolean entered)
{
  lxw_format *format = new_format (self, "@");
  set_side (format, kind);
  format_set_bold (format);
  format_set_text_wrap (format);
  format_set_bottom (format, LXW_BORDER_THIN);
  format_set_bottom_color (format, COLOR_LINE);
  format_set_bg_color (format, entered ? COLOR_ENTERED : COLOR_KEY);
  return format;
}

static void
note (QcSheetWriter *self, lxw_error code)
{
  if (self->fault == LXW_NO_ERROR)
    self->fault = code;
}

static void
write_header (QcSheetWriter *self)
{
  const QcSheetPlan *plan = self->plan;
  g_autoptr (GString) texts = g_string_new (NULL);
  worksheet_set_row (self->sheet, 0, 34, NULL);
  for (guint i = 0; i < plan->n_columns; i++) {
    const QcSheetColumn *column = &plan->columns[i];
    note (self, worksheet_set_column (self->sheet, i, i, width_of (column),
                                      format_of (self, column->kind, column->entered, PLAIN)));
    note (self, worksheet_write_string (self->sheet, 0, i, column->title,
                                        new_header_format (self, column->kind, column->entered)));
    if (is_text (column->kind)) {
      g_autofree char *name = qc_table_dup_column_name (i);
      g_string_append_printf (texts, "%s%s1:%s%d", texts->len > 0 ? " " : "", name, name, LAST_ROW + 1);
    }
  }
  self->cells = plan->n_columns;
  worksheet_freeze_panes (self->sheet, 1, plan->frozen);
  if (texts->len > 0)
    note (self, worksheet_ignore_errors (self->sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, texts->str));
  worksheet_set_landscape (self->sheet);
  worksheet_set_paper (self->sheet, 9); /* A4 */
  worksheet_fit_to_pages (self->sheet, 1, 0);
  worksheet_repeat_rows (self->sheet, 0, 0);
  worksheet_set_footer (self->sheet, "&C&P / &N");
  if (!is_form (plan))
    return;
  lxw_protection allowed = {.format_columns = 1, .format_rows = 1, .sort = 1, .autofilter = 1};
  worksheet_protect (self->sheet, NULL, &allowed);
}

/* ---- words to choose from ---- */

typedef struct {
  lxw_worksheet *sheet; /* borrowed */
  guint used;           /* columns */
} Lists;

/* Writes them and returns where they are: 'Lists'!$A$2:$A$9. (transfer full) */
static char *
write_list (QcSheetWriter *self, Lists *lists, const QcSheetChoices *choices)
{
  guint column = lists->used++, n = 0, width = cells_of (choices->title);
  note (self, worksheet_write_string (lists->sheet, 0, column, choices->title,
                                      new_header_format (self, QC_SHEET_TEXT, FALSE)));
  for (; choices->words[n] != NULL; n++)
    width = MAX (width, cells_of (choices->words[n]));
  note (self,
        worksheet_set_column (lists->sheet, column, column, width + 3, format_of (self, QC_SHEET_TEXT, FALSE, PLAIN)));
  g_autofree char *name = qc_table_dup_column_name (column);
  return g_strdup_printf ("'%s'!$%s$2:$%s$%u", self->plan->lists_name, name, name, MAX (n, 1) + 1);
}

/* A row is gone as soon as the next one is begun: the lists are written side by side. */
static void
write_words (QcSheetWriter *self, Lists *lists)
{
  gboolean more = TRUE;
  for (guint row = 0; more; row++) {
    guint column = 0;
    more = FALSE;
    for (guint i = 0; i < self->plan->n_columns; i++)
      for (guint k = 0; k < self->plan->columns[i].n_choices; k++, column++) {
        const char *const *words = self->plan->columns[i].choices[k].words;
        if (row >= g_strv_length ((char **)words))
          continue;
        note (self, worksheet_write_string (lists->sheet, row + 1, column, words[row],
                                            format_of (self, QC_SHEET_TEXT, FALSE, PLAIN)));
        more = TRUE;
      }
  }
}

/* IF($E2="Normal",'Lists'!…,'Lists'!…) where a column of the row says which. (transfer full) */
static char *
dup_source (QcSheetWriter *self, Lists *lists, const QcSheetColumn *column)
{
  g_autofree char *range = write_list (self, lists, &column->choices[0]);
  if (column->n_choices < 2)
    return g_strconcat ("=", range, NULL);
  g_autofree char *other = write_list (self, lists, &column->choices[1]);
  g_autofree char *name = qc_table_dup_column_name (column->depends_on);
  return g_strdup_printf ("=IF($%s2=\"%s\",%s,%s)", name, column->choices[0].when, range, other);
}

static void
validate (QcSheetWriter *self, guint i, char *source)
{
  const QcSheetColumn *column = &self->plan->columns[i];
  lxw_data_validation validation = {
      .validate = source != NULL ? LXW_VALIDATION_TYPE_LIST_FORMULA : LXW_VALIDATION_TYPE_DECIMAL,
      .criteria = LXW_VALIDATION_CRITERIA_BETWEEN,
      .value_formula = source,
      .minimum_number = 0.01,
      .maximum_number = (double)QC_MONEY_MAX / 100.0,
      .error_type = LXW_VALIDATION_ERROR_TYPE_STOP,
      .error_title = (char *)column->title,
      .error_message = (char *)column->fault,
  };
  note (self, worksheet_data_validation_range (self->sheet, 1, i, LAST_ROW, i, &validation));
}

static void
write_choices (QcSheetWriter *self)
{
  const QcSheetPlan *plan = self->plan;
  Lists lists = {NULL, 0};
  for (guint i = 0; i < plan->n_columns; i++) {
    const QcSheetColumn *column = &plan->columns[i];
    if (column->entered && column->kind == QC_SHEET_MONEY)
      validate (self, i, NULL);
    if (column->n_choices == 0)
      continue;
    if (lists.sheet == NULL)
      lists.sheet = workbook_add_worksheet (self->book, plan->lists_name);
    if (lists.sheet == NULL) {
      note (self, LXW_ERROR_CREATING_TMPFILE);
      return;
    }
    g_autofree char *source = dup_source (self, &lists, column);
    if (column->entered)
      validate (self, i, source);
  }
  if (lists.sheet == NULL)
    return;
  write_words (self, &lists);
  worksheet_freeze_panes (lists.sheet, 1, 0);
  worksheet_protect (lists.sheet, NULL, NULL);
}

static void
write_notes (QcSheetWriter *self)
{
  const QcSheetPlan *plan = self->plan;
  lxw_worksheet *sheet = workbook_add_worksheet (self->book, plan->notes_name);
  if (sheet == NULL) {
    note (self, LXW_ERROR_CREATING_TMPFILE);
    return;
  }
  lxw_format *line = new_format (self, "@"), *heading = new_format (self, "@");
  format_set_text_wrap (line);
  format_set_align (line, LXW_ALIGN_VERTICAL_TOP);
  format_set_bold (heading);
  format_set_font_size (heading, 14);
  note (self, worksheet_set_column (sheet, 0, 0, NOTE_WIDTH, line));
  for (guint i = 0; plan->notes[i] != NULL; i++) {
    guint lines = cells_of (plan->notes[i]) / (NOTE_WIDTH - 8) + 1; /* not every program finds the height itself */
    worksheet_set_row (sheet, i, i == 0 ? 28 : 20 * lines, NULL);
    note (self, worksheet_write_string (sheet, i, 0, plan->notes[i], i == 0 ? heading : line));
  }
  worksheet_set_landscape (sheet);
  worksheet_set_paper (sheet, 9);
  worksheet_fit_to_pages (sheet, 1, 0);
}

/* ---- rows ---- */

void
qc_sheet_writer_begin_row (QcSheetWriter *self, gboolean marked)
{
  self->row++;
  self->column = 0;
  self->state = marked ? MARKED : PLAIN;
}

/* The place of the next cell; FALSE: there is no column for it. */
static gboolean
next_cell (QcSheetWriter *self, guint *out_column, lxw_format **out_format)
{
  g_return_val_if_fail (self->column < self->plan->n_columns, FALSE);
  *out_column = self->column++;
  const QcSheetColumn *column = &self->plan->columns[*out_column];
  *out_format = format_of (self, column->kind, column->entered, self->state);
  return TRUE;
}

void
qc_sheet_writer_skip (QcSheetWriter *self)
{
  guint column;
  lxw_format *format;
  if (!next_cell (self, &column, &format) || self->state == PLAIN)
    return; /* the column's own format is there anyway */
  note (self, worksheet_write_blank (self->sheet, self->row, column, format));
  self->cells++;
}

void
qc_sheet_writer_text (QcSheetWriter *self, const char *text)
{
  if (text == NULL || *text == '\0') {
    qc_sheet_writer_skip (self);
    return;
  }
  guint column;
  lxw_format *format;
  if (!next_cell (self, &column, &format))
    return;
  note (self, worksheet_write_string (self->sheet, self->row, column, text, format));
  self->cells++;
}

void
qc_sheet_writer_number (QcSheetWriter *self, gint64 value)
{
  guint column;
  lxw_format *format;
  if (!next_cell (self, &column, &format))
    return;
  QcSheetKind kind = self->plan->columns[column].kind;
  /* An amount has at most fourteen digits: the nearest double gives all of them back. */
  double number = (double)value / (kind == QC_SHEET_MONEY ? 100.0 : kind == QC_SHEET_PERCENT ? 10000.0 : 1.0);
  note (self, worksheet_write_number (self->sheet, self->row, column, number, format));
  self->cells++;
}

static void
tell (QcSheetWriter *self, double fraction)
{
  if (self->progress != NULL)
    self->progress (fraction, self->user_data);
}

static void
set_write_error (GError **error, int code, const char *path)
{
  g_set_error (error, QC_SHEET_ERROR, code == ENOSPC || code == EDQUOT ? QC_SHEET_ERROR_NO_SPACE : QC_SHEET_ERROR_WRITE,
               _ ("%s cannot be written: %s. What was there before is untouched."), path, g_strerror (code));
}

gboolean
qc_sheet_writer_end_row (QcSheetWriter *self, GError **error)
{
  if (self->fault != LXW_NO_ERROR) {
    set_write_error (error, errno != 0 ? errno : EIO, self->scratch);
    return FALSE;
  }
  if (self->row % EACH != 0)
    return TRUE;
  tell (self, MIN (1, (double)self->row / MAX (1, self->plan->rows)) * FILLED);
  return !g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

/* ---- the file ---- */

/* Whether everything that was written is in the file. */
static gboolean
is_whole (QcSheetWriter *self, int fd)
{
  g_autoptr (QcPackage) package = qc_package_open (fd, NULL);
  guint64 rows, cells;
  if (package == NULL || !qc_lxw_count (package, 1, &rows, &cells, self->cancellable) || rows != self->row + 1
      || cells != self->cells)
    return FALSE;
  for (guint i = 2; qc_lxw_has (package, i); i++)
    if (!qc_lxw_count (package, i, &rows, &cells, self->cancellable))
      return FALSE;
  return TRUE;
}

static gboolean
write_rows (QcSheetWriter *self, QcSheetFill fill)
{
  const QcSheetPlan *plan = self->plan;
  self->sheet = workbook_add_worksheet (self->book, plan->name);
  if (self->sheet == NULL)
    return FALSE;
  write_header (self);
  write_notes (self);
  write_choices (self);
  if (self->fault != LXW_NO_ERROR || !fill (self, self->user_data, &self->error))
    return FALSE;
  note (self, worksheet_autofilter (self->sheet, 0, 0, MAX (self->row, 1), plan->n_columns - 1));
  worksheet_activate (self->sheet);
  return self->fault == LXW_NO_ERROR;
}

static int
fail (QcSheetWriter *self)
{
  int code = errno != 0 ? errno : EIO;
  if (self->error == NULL)
    set_write_error (&self->error, code, self->scratch);
  return code;
}

typedef struct {
  QcSheetWriter *writer;
  QcSheetFill fill;
} Saving;

static int
write_cb (int fd, const char *name, gpointer user_data)
{
  const Saving *saving = user_data;
  QcSheetWriter *self = saving->writer;
  lxw_workbook_options options = {.constant_memory = LXW_TRUE, .tmpdir = (char *)self->scratch};
  /* again from the beginning, where the folder turned out to know no files without a name */
  memset (self->formats, 0, sizeof self->formats);
  self->row = self->cells = 0;
  errno = 0;
  self->book = workbook_new_opt (name, &options);
  if (!write_rows (self, saving->fill)) {
    qc_lxw_drop (g_steal_pointer (&self->book));
    return fail (self);
  }
  tell (self, FILLED);
  errno = 0;
  lxw_error code = workbook_close (g_steal_pointer (&self->book));
  if (code == LXW_ERROR_CREATING_TMPFILE || code == LXW_ERROR_READING_TMPFILE)
    return fail (self);
  if (code != LXW_NO_ERROR)
    return errno != 0 ? errno : EIO;
  tell (self, CLOSED);
  gboolean whole = is_whole (self, fd);
  if (g_cancellable_set_error_if_cancelled (self->cancellable, &self->error))
    return ECANCELED;
  if (whole)
    return 0;
  errno = ENOSPC; /* the only thing that nobody says */
  return fail (self);
}

gboolean
qc_sheet_save (const char *path, const QcSheetPlan *plan, QcSheetFill fill, QcWorkbookProgress progress,
               gpointer user_data, GCancellable *cancellable, GError **error)
{
  QcSheetWriter writer = {
      .plan = plan,
      .progress = progress,
      .user_data = user_data,
      .cancellable = cancellable,
      .scratch = qc_lxw_get_scratch_folder (),
  };
  Saving saving = {&writer, fill};
  int code = qc_new_file_save (path, write_cb, &saving);
  if (writer.error != NULL)
    g_propagate_error (error, writer.error);
  else if (code != 0)
    set_write_error (error, code, path);
  else
    tell (&writer, 1);
  return code == 0;
}
