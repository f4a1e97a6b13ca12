/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Workbooks that are written: read again by the room itself, and on bad days whole or not there at all. With --sample
 * FILE it writes the one that test-writer.py looks at with other eyes.
 */
#include "qc-sheet-writer.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "made-up.h"

static const char *const sealing[] = {"终止劳动关系", "退休", NULL};
static const char *const unsealing[] = {"重新入职", NULL};
static const QcSheetChoices reasons[] = {{"封存原因", sealing, "正常"}, {"启封原因", unsealing, "封存"}};
static const QcSheetColumn columns[] = {
    {.title = "姓名", .kind = QC_SHEET_TEXT, .width = 10},
    {.title = "个人账号", .kind = QC_SHEET_TEXT, .width = 15},
    {.title = "证件号码", .kind = QC_SHEET_TEXT, .width = 19},
    {.title = "现账户状态", .kind = QC_SHEET_CODE, .width = 8},
    {.title = "缴存基数", .kind = QC_SHEET_MONEY, .width = 11},
    {.title = "新缴存基数", .kind = QC_SHEET_MONEY, .width = 11, .entered = TRUE, .fault = "请填写金额"},
    {.title = "变动原因",
     .kind = QC_SHEET_CODE,
     .width = 18,
     .entered = TRUE,
     .choices = reasons,
     .n_choices = 2,
     .depends_on = 3,
     .fault = "请从列表中选择"},
    {.title = "缴至年月", .kind = QC_SHEET_MONTH, .width = 10},
    {.title = "变动比例", .kind = QC_SHEET_PERCENT, .width = 8},
    {.title = "人数", .kind = QC_SHEET_NUMBER, .width = 8},
};
static const char *const notes[] = {"缴存基数调整", "一", "二", "三", "四", "五", "六", NULL};

static QcSheetPlan
plan_of (guint rows)
{
  return (QcSheetPlan) {
      .name = "清册",
      .columns = columns,
      .n_columns = G_N_ELEMENTS (columns),
      .frozen = 1,
      .rows = rows,
      .notes_name = "填写说明",
      .notes = notes,
      .lists_name = "选项",
  };
}

static const struct {
  const char *name, *account, *document;
  gboolean sealed;
  gint64 base, new_base;
} people[] = {
    {"王𠮷三", "0023000000001", "230107199001010016", FALSE, 550050, 0},
    {"=HYPERLINK(\"http://x\",\"a\")", "+1", "-2", FALSE, 1, 1},
    {"@SUM(1+1)*cmd|' /C calc'!A0", "0", "23010719900101001X", TRUE, 99999999999999, 859258459201},
    {"<b>&amp;\"", "002", "", FALSE, 10, 0},
};

static gboolean
fill_cb (QcSheetWriter *writer, gpointer user_data, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (people); i++) {
    qc_sheet_writer_begin_row (writer, people[i].sealed);
    qc_sheet_writer_text (writer, people[i].name);
    qc_sheet_writer_text (writer, people[i].account);
    qc_sheet_writer_text (writer, people[i].document);
    qc_sheet_writer_text (writer, people[i].sealed ? "封存" : "正常");
    qc_sheet_writer_number (writer, people[i].base);
    if (people[i].new_base != 0)
      qc_sheet_writer_number (writer, people[i].new_base);
    else
      qc_sheet_writer_skip (writer);
    qc_sheet_writer_text (writer, NULL);
    qc_sheet_writer_text (writer, "2026-10");
    qc_sheet_writer_number (writer, -1234);
    qc_sheet_writer_number (writer, 12345);
    if (!qc_sheet_writer_end_row (writer, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
save_sample (const char *path, GError **error)
{
  QcSheetPlan plan = plan_of (G_N_ELEMENTS (people));
  return qc_sheet_save (path, &plan, fill_cb, NULL, NULL, NULL, error);
}

/* ---- read again ---- */

typedef struct {
  char *folder, *path; /* (owned) */
} Stage;

static void
set_up (Stage *stage, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  stage->folder = g_dir_make_tmp ("qingce-writer-XXXXXX", &error);
  g_assert_no_error (error);
  stage->path = g_build_filename (stage->folder, "a.xlsx", NULL);
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;
  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
tear_down (Stage *stage, gconstpointer data)
{
  g_unlink (stage->path);
  g_assert_no_errno (g_rmdir (stage->folder)); /* nothing else is left in it */
  g_free (stage->path);
  g_free (stage->folder);
}

static QcTable *
read_back (const char *path, guint sheet)
{
  g_autoptr (GError) error = NULL;
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  g_assert_cmpint (fd, >=, 0);
  g_autoptr (QcWorkbook) workbook = qc_workbook_open (fd, NULL, &error);
  g_assert_no_error (error);
  QcTable *table = qc_workbook_read (workbook, sheet, 0, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  close (fd);
  return table;
}

/* What is written is what is read: names that look like formulas, numbers that are texts, every fen. */
static void
test_round (Stage *stage, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_assert_true (save_sample (stage->path, &error));
  g_assert_no_error (error);
  g_autoptr (QcTable) table = read_back (stage->path, 0);
  g_autofree char *dump = made_up_dump (table);
  g_assert_cmpstr (
      dump, ==,
      "1: A=text:姓名 B=text:个人账号 C=text:证件号码 D=text:现账户状态 E=text:缴存基数 F=text:新缴存基数 "
      "G=text:变动原因 H=text:缴至年月 I=text:变动比例 J=text:人数\n"
      "2: A=text:王𠮷三 B=text:0023000000001 C=text:230107199001010016 D=text:正常 E=number:5500.5 H=text:2026-10 "
      "I=number:-0.1234 J=number:12345\n"
      "3: A=text:=HYPERLINK(\"http://x\",\"a\") B=text:+1 C=text:-2 D=text:正常 E=number:0.01 F=number:0.01 "
      "H=text:2026-10 I=number:-0.1234 J=number:12345\n"
      "4: A=text:@SUM(1+1)*cmd|' /C calc'!A0 B=text:0 C=text:23010719900101001X D=text:封存 E=number:999999999999.99 "
      "F=number:8592584592.01 H=text:2026-10 I=number:-0.1234 J=number:12345\n"
      "5: A=text:<b>&amp;\" B=text:002 D=text:正常 E=number:0.1 H=text:2026-10 I=number:-0.1234 J=number:12345\n");
  g_autoptr (QcTable) instructions = read_back (stage->path, 1);
  g_assert_cmpuint (qc_table_get_n_rows (instructions), ==, 7);
  g_autoptr (QcTable) lists = read_back (stage->path, 2);
  g_autofree char *words = made_up_dump (lists);
  g_assert_cmpstr (words, ==,
                   "1: A=text:封存原因 B=text:启封原因\n2: A=text:终止劳动关系 B=text:重新入职\n3: A=text:退休\n");
}

/* ---- amounts ---- */

#define N_AMOUNTS 20000

static gint64
amount (guint i)
{
  return i % 2 == 0 ? 1 + (gint64)i : 1 + (gint64)((i * G_GUINT64_CONSTANT (6364136223846793005)) >> 17) % QC_MONEY_MAX;
}

static gboolean
fill_amounts_cb (QcSheetWriter *writer, gpointer user_data, GError **error)
{
  for (guint i = 0; i < N_AMOUNTS; i++) {
    qc_sheet_writer_begin_row (writer, FALSE);
    qc_sheet_writer_number (writer, amount (i));
    if (!qc_sheet_writer_end_row (writer, error))
      return FALSE;
  }
  return TRUE;
}

static void
test_amounts (Stage *stage, gconstpointer data)
{
  static const QcSheetColumn column = {.title = "金额", .kind = QC_SHEET_MONEY, .width = 11};
  QcSheetPlan plan = plan_of (N_AMOUNTS);
  plan.columns = &column;
  plan.n_columns = 1;
  g_autoptr (GError) error = NULL;
  qc_sheet_save (stage->path, &plan, fill_amounts_cb, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (QcTable) table = read_back (stage->path, 0);
  g_assert_cmpuint (qc_table_get_n_rows (table), ==, N_AMOUNTS + 1);
  for (guint i = 0; i < N_AMOUNTS; i++) {
    gint64 fen = amount (i);
    g_autoptr (GString) text = g_string_new (NULL);
    g_string_printf (text, "%" G_GINT64_FORMAT, fen / 100);
    if (fen % 100 != 0)
      g_string_append_printf (text, fen % 10 == 0 ? ".%d" : ".%02d", (int)(fen % 10 == 0 ? fen % 100 / 10 : fen % 100));
    g_assert_cmpstr (qc_table_get_cell (table, i + 1, 0).text, ==, text->str);
  }
}

/* ---- bad days ---- */

#define N_MANY 8000

typedef struct {
  GCancellable *cancellable; /* (nullable) cancelled at half of it */
  double told;
  gboolean refuses;
} Many;

static gboolean
fill_many_cb (QcSheetWriter *writer, gpointer user_data, GError **error)
{
  Many *many = user_data;
  for (guint i = 0; i < N_MANY; i++) {
    g_autofree char *account = g_strdup_printf ("23%011u", i);
    qc_sheet_writer_begin_row (writer, i % 10 == 0);
    for (guint k = 0; k < 4; k++)
      qc_sheet_writer_text (writer, account);
    for (guint k = 4; k < 6; k++)
      qc_sheet_writer_number (writer, i);
    if (!qc_sheet_writer_end_row (writer, error))
      return FALSE;
    if (i == N_MANY / 2 && many->cancellable != NULL)
      g_cancellable_cancel (many->cancellable);
    if (i == N_MANY / 2 && many->refuses) {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_BUSY, "x");
      return FALSE;
    }
  }
  return TRUE;
}

static void
progress_cb (double fraction, gpointer user_data)
{
  Many *many = user_data;
  g_assert_cmpfloat (fraction, >=, many->told);
  g_assert_cmpfloat (fraction, <=, 1);
  many->told = fraction;
}

static guint
count_descriptors (void)
{
  return count_files ("/proc/self/fd");
}

/* What was there stays, nothing lies beside it, no descriptor stays open. */
static void
test_ended (Stage *stage, gconstpointer data)
{
  QcSheetPlan plan = plan_of (N_MANY);
  g_autofree char *contents = NULL;
  guint descriptors = count_descriptors ();
  for (int refuses = 0; refuses < 2; refuses++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GCancellable) cancellable = refuses ? NULL : g_cancellable_new ();
    Many many = {cancellable, 0, refuses};
    g_file_set_contents (stage->path, "old", -1, NULL);
    g_assert_false (qc_sheet_save (stage->path, &plan, fill_many_cb, progress_cb, &many, cancellable, &error));
    int code = refuses ? G_IO_ERROR_BUSY : G_IO_ERROR_CANCELLED;
    g_assert_error (error, G_IO_ERROR, code);
    g_assert_cmpfloat (many.told, >, 0.2);
    g_assert_cmpfloat (many.told, <, 0.5);
    g_assert_true (g_file_get_contents (stage->path, &contents, NULL, NULL));
    g_assert_cmpstr (contents, ==, "old");
    g_clear_pointer (&contents, g_free);
    g_assert_cmpuint (count_files (stage->folder), ==, 1);
  }
  Many many = {NULL, 0, FALSE};
  g_assert_true (qc_sheet_save (stage->path, &plan, fill_many_cb, progress_cb, &many, NULL, NULL));
  g_assert_cmpfloat (many.told, ==, 1);
  g_assert_cmpuint (count_descriptors (), ==, descriptors);
}

/* Ends a process that may write files of at most @limit bytes, as on a disk that fills up. */
G_NORETURN static void
save_and_exit (const char *path, rlim_t limit)
{
  struct rlimit bounds = {limit, limit};
  QcSheetPlan plan = plan_of (N_MANY);
  Many many = {NULL, 0, FALSE};
  GError *error = NULL;
  signal (SIGXFSZ, SIG_IGN);
  setrlimit (RLIMIT_FSIZE, &bounds);
  gboolean saved = qc_sheet_save (path, &plan, fill_many_cb, NULL, &many, NULL, &error);
  _exit (saved                                                              ? 0
         : g_error_matches (error, QC_SHEET_ERROR, QC_SHEET_ERROR_NO_SPACE) ? 2
         : error != NULL && error->domain == QC_SHEET_ERROR                 ? 1
                                                                            : 3);
}

static int
save_limited (const char *path, rlim_t limit)
{
  pid_t child = fork ();
  if (child == 0)
    save_and_exit (path, limit);
  int status = 0;
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  return WEXITSTATUS (status);
}

/* Whatever does not fit, rows put aside, the sheet, or the file itself: it is said, and what was there stays. */
static void
test_no_room (Stage *stage, gconstpointer data)
{
  g_autofree char *contents = NULL;
  guint refused = 0;
  for (rlim_t limit = 1024; limit < 64 * 1024 * 1024; limit *= 2) {
    g_file_set_contents (stage->path, "old", -1, NULL);
    int status = save_limited (stage->path, limit);
    g_assert_cmpint (status, <=, 2);
    refused += status != 0;
    g_assert_true (g_file_get_contents (stage->path, &contents, NULL, NULL));
    g_assert_true ((status != 0) == g_str_equal (contents, "old"));
    g_clear_pointer (&contents, g_free);
    g_assert_cmpuint (count_files (stage->folder), ==, 1);
  }
  g_assert_cmpuint (refused, >, 8);
}

/* But for the one moment between a second name and the rename nothing lies beside it. */
static void
test_killed (Stage *stage, gconstpointer data)
{
  g_autofree char *contents = NULL;
  for (guint i = 0; i < 12; i++) {
    g_file_set_contents (stage->path, "old", -1, NULL);
    pid_t child = fork ();
    if (child == 0)
      save_and_exit (stage->path, RLIM_INFINITY);
    g_usleep (8000 * (i + 1));
    kill (child, SIGKILL);
    waitpid (child, NULL, 0);
    g_assert_true (g_file_get_contents (stage->path, &contents, NULL, NULL));
    g_assert_true (g_str_equal (contents, "old") || memcmp (contents, "PK", 2) == 0);
    g_clear_pointer (&contents, g_free);
    guint n = count_files (stage->folder);
    g_assert_cmpuint (n, <=, 2);
    if (n == 2)
      break; /* just that moment */
  }
  g_autoptr (GDir) dir = g_dir_open (stage->folder, 0, NULL);
  const char *name;
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *left = g_build_filename (stage->folder, name, NULL);
    g_unlink (left);
  }
}

/* Where, and why. */
static void
test_refused (Stage *stage, gconstpointer data)
{
  g_autofree char *nowhere = g_build_filename (stage->folder, "none", "a.xlsx", NULL);
  const char *const paths[] = {nowhere, stage->folder};
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_false (save_sample (paths[i], &error));
    g_assert_error (error, QC_SHEET_ERROR, QC_SHEET_ERROR_WRITE);
    g_assert_nonnull (strstr (error->message, paths[i]));
  }
}

int
main (int argc, char **argv)
{
  if (argc == 3 && g_str_equal (argv[1], "--sample"))
    return save_sample (argv[2], NULL) ? 0 : 1;
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/writer/" name, Stage, NULL, set_up, func, tear_down)
  ADD ("round", test_round);
  ADD ("amounts", test_amounts);
  ADD ("ended", test_ended);
  ADD ("no-room", test_no_room);
  ADD ("killed", test_killed);
  ADD ("refused", test_refused);
#undef ADD
  return g_test_run ();
}
