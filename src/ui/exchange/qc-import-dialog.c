/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-import-dialog.h. Its commands are import.check, import.columns, import.correct, import.enter, import.put-back,
 * import.adopt, import.adopt-good, import.cancel, import.save, import.open and import.open-folder. Main thread.
 */
#include "qc-import-dialog.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "qc-dialogs.h"
#include "qc-drop-down.h"
#include "qc-fit.h"
#include "qc-format.h"
#include "qc-import-groups.h"
#include "qc-roster-import.h"
#include "qc-stack.h"
#include "qc-text-size.h"
#include "qc-wrap-layout.h"

#define SAMPLES       3
#define COLUMNS_SHOWN 256

struct _QcImportDialog {
  AdwWindow parent_instance;
  QcRosterService *service;  /* (owned) */
  QcRosterImport *import;    /* (owned) */
  GCancellable *cancellable; /* (owned) of what is under way */
  GArray *choices;           /* (owned) int: what stands in the lists of fields, from the second entry on */
  gboolean filling;          /* the lists are being filled: nobody has chosen anything */
  /* borrowed */
  GtkWidget *stack, *progress, *columns, *missing, *sheet, *sums, *groups, *fault, *fault_text;
  GtkWidget *check, *back, *adopt, *good, *cancel;
  GtkWidget *faults, *saved_text, *save, *open, *folder; /* the line that offers a copy with its faults */
  GFile *saved;                                          /* (owned) (nullable) that copy */
};

G_DEFINE_FINAL_TYPE (QcImportDialog, qc_import_dialog, ADW_TYPE_WINDOW)
enum { ADOPTED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
show_step (QcImportDialog *self, const char *step)
{
  gboolean columns = g_str_equal (step, "columns"), rows = g_str_equal (step, "rows");
  qc_stack_show_named (self->stack, step);
  gtk_widget_set_visible (self->check, columns);
  gtk_widget_set_visible (self->back, rows);
  gtk_widget_set_visible (self->adopt, rows);
  gtk_widget_set_visible (self->good, FALSE);
  if (columns)
    gtk_window_set_default_widget (GTK_WINDOW (self), self->check);
}

/* Nothing was taken over: why, and what to do. */
static void
show_fault (QcImportDialog *self, const GError *error)
{
  gtk_label_set_text (GTK_LABEL (self->fault_text), error->message);
  show_step (self, "fault");
  gtk_button_set_label (GTK_BUTTON (self->cancel), _ ("_Close")); /* nothing is left to be cancelled */
  gtk_widget_grab_focus (self->cancel);
}

/* --- 列对应 ------------------------------------------------------------------------------------------------------- */

static void
update_missing (QcImportDialog *self)
{
  g_autofree char *why_not = qc_roster_import_dup_why_not (self->import);
  gtk_label_set_text (GTK_LABEL (self->missing), why_not ? why_not : "");
  gtk_widget_set_visible (self->missing, why_not != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.check", why_not == NULL);
}

static void fill_columns (QcImportDialog *self);

static void
field_chosen_cb (GtkDropDown *list, GParamSpec *pspec, QcImportDialog *self)
{
  if (self->filling)
    return;
  guint selected = gtk_drop_down_get_selected (list);
  guint column = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (list), "qc-column"));
  int field = selected == 0 || selected > self->choices->len ? -1 : g_array_index (self->choices, int, selected - 1);
  qc_roster_import_set_field (self->import, column, field);
  /* another column may have lost it */
  self->filling = TRUE;
  const GArray *mapping = qc_roster_import_get_mapping (self->import);
  for (GtkWidget *row = gtk_widget_get_first_child (self->columns); row; row = gtk_widget_get_next_sibling (row)) {
    GtkDropDown *other = g_object_get_data (G_OBJECT (row), "qc-list");
    guint its = other ? GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (other), "qc-column")) : 0;
    if (other && g_array_index (mapping, int, its) == QC_HEADER_NONE)
      gtk_drop_down_set_selected (other, 0);
  }
  self->filling = FALSE;
  update_missing (self);
}

/* What stands in the first rows below the header. (transfer full) */
static char *
dup_samples (QcImportDialog *self, guint column)
{
  GString *text = g_string_new (NULL);
  guint n = qc_roster_import_get_n_rows (self->import), shown = 0;
  for (guint row = qc_roster_import_get_header (self->import) + 1; row < n && shown < SAMPLES; row++) {
    const char *cell = qc_roster_import_get_text (self->import, row, column);
    if (*cell == '\0')
      continue;
    g_string_append_printf (text, "%s%s", shown > 0 ? " · " : "", cell);
    shown++;
  }
  return g_string_free (text, FALSE);
}

static GtkWidget *
build_fields (QcImportDialog *self, guint column, const char *title)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  const GArray *mapping = qc_roster_import_get_mapping (self->import);
  guint selected = 0;
  gtk_string_list_append (names, _ ("Not used"));
  for (guint i = 0; i < self->choices->len; i++) {
    int field = g_array_index (self->choices, int, i);
    gtk_string_list_append (names, _ (qc_roster_import_get_title_msgid (self->import, (QcLineFieldId)field)));
    if (g_array_index (mapping, int, column) == field)
      selected = i + 1;
  }
  GtkWidget *list = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&names)), NULL);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (list), selected);
  gtk_widget_set_valign (list, GTK_ALIGN_CENTER);
  g_object_set_data (G_OBJECT (list), "qc-column", GUINT_TO_POINTER (column));
  g_autofree char *name = g_strdup_printf (_ ("What “%s” is"), title);
  qc_drop_down_set_name (GTK_DROP_DOWN (list), name);
  g_signal_connect (list, "notify::selected", G_CALLBACK (field_chosen_cb), self);
  return list;
}

static void
append_column (QcImportDialog *self, guint column)
{
  guint header = qc_roster_import_get_header (self->import);
  g_autofree char *letter = qc_roster_import_dup_column_name (column);
  const char *heading = header != G_MAXUINT ? qc_roster_import_get_text (self->import, header, column) : "";
  g_autofree char *samples = dup_samples (self, column);
  if (*heading == '\0' && *samples == '\0')
    return;
  g_autofree char *title = *heading != '\0' ? g_strdup_printf ("%s · %s", letter, heading) : g_strdup (letter);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *list = build_fields (self, column, title);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), samples);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), list);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), list);
  g_object_set_data (G_OBJECT (row), "qc-list", list);
  gtk_list_box_append (GTK_LIST_BOX (self->columns), row);
}

/* Which sheet it is, and which others are passed over. */
static void
tell_sheet (QcImportDialog *self)
{
  const GPtrArray *sheets = qc_roster_import_get_sheets (self->import);
  guint chosen = qc_roster_import_get_sheet (self->import);
  g_autofree char *file = g_file_get_basename (qc_roster_import_get_file (self->import));
  g_autofree char *shown = g_filename_display_name (file);
  g_autoptr (GString) others = g_string_new (NULL);
  for (guint i = 0; i < sheets->len; i++)
    if (i != chosen)
      g_string_append_printf (others, "%s%s", others->len > 0 ? ", " : "", (const char *)g_ptr_array_index (sheets, i));
  const char *name = g_ptr_array_index (sheets, chosen);
  g_autofree char *rows = qc_format_count (qc_roster_import_get_n_rows (self->import));
  g_autoptr (GString) text = g_string_new (shown);
  if (*name != '\0')
    g_string_append_printf (text, _ (", sheet “%s”"), name);
  g_string_append_printf (text, _ (": %s rows that hold something."), rows);
  if (others->len > 0)
    g_string_append_printf (text, _ (" Not used: %s."), others->str);
  const char *remembered = qc_roster_import_get_remembered (self->import);
  if (remembered)
    g_string_append_printf (text, _ (" The columns go where they went on %s."), remembered);
  gtk_label_set_text (GTK_LABEL (self->sheet), text->str);
}

static void
fill_columns (QcImportDialog *self)
{
  GtkWidget *child;
  self->filling = TRUE;
  while ((child = gtk_widget_get_first_child (self->columns)))
    gtk_list_box_remove (GTK_LIST_BOX (self->columns), child);
  for (guint column = 0; column < MIN (qc_roster_import_get_width (self->import), COLUMNS_SHOWN); column++)
    append_column (self, column);
  self->filling = FALSE;
  tell_sheet (self);
  update_missing (self);
  show_step (self, "columns");
  gtk_widget_grab_focus (self->check);
}

/* --- 核对 --------------------------------------------------------------------------------------------------------- */

static void
append_count (GString *text, guint n, const char *msgid)
{
  if (n == 0)
    return;
  g_autofree char *count = qc_format_count (n);
  g_string_append_printf (text, "%s%s %s", text->len > 0 ? " · " : "", _ (msgid), count);
}

static void
show_suggested (GtkWidget *button, gboolean suggested)
{
  if (suggested)
    gtk_widget_add_css_class (button, "suggested-action");
  else
    gtk_widget_remove_css_class (button, "suggested-action");
}

static void
show_rows (QcImportDialog *self, const QcImportResult *result)
{
  g_autoptr (GString) sums = g_string_new (NULL);
  append_count (sums, result->counts[QC_IMPORT_ADDED], N_ ("new"));
  append_count (sums, result->counts[QC_IMPORT_CHANGED], N_ ("changed"));
  append_count (sums, result->counts[QC_IMPORT_UNCHANGED], N_ ("unchanged"));
  append_count (sums, result->counts[QC_IMPORT_EMPTY], N_ ("nothing entered"));
  append_count (sums, result->counts[QC_IMPORT_UNMATCHED], N_ ("nobody of the unit"));
  append_count (sums, result->counts[QC_IMPORT_REFUSED], N_ ("not possible"));
  append_count (sums, result->counts[QC_IMPORT_LEFT_OUT], N_ ("left out"));
  append_count (sums, result->not_in_file, N_ ("on the roster, not in the file"));
  gtk_label_set_text (GTK_LABEL (self->sums), sums->str);
  qc_import_groups_fill (self->groups, self->import, result);
  gtk_widget_set_visible (self->faults, result->faulty + result->counts[QC_IMPORT_LEFT_OUT] > 0);
  gtk_widget_set_visible (self->save, TRUE);
  gtk_widget_set_visible (self->open, FALSE);
  gtk_widget_set_visible (self->folder, FALSE);
  gtk_label_set_text (
      GTK_LABEL (self->saved_text),
      qc_roster_import_is_old (self->import)
          ? _ ("An old workbook (.xls) cannot bear the faults; a copy of it as .xlsx can: filled cells, "
               "and a column that says why.")
          : _ ("A copy of your own file can bear the faults: filled cells, and a column that says why."));

  guint with_line = result->counts[QC_IMPORT_ADDED] + result->counts[QC_IMPORT_CHANGED], good = result->good;
  gboolean mixed = good > 0 && good < with_line;
  g_autofree char *all
      = good < with_line
            ? g_strdup_printf (_ ("Take over %1$u _rows, %2$u of them faulty"), with_line, with_line - good)
            : g_strdup_printf (ngettext ("Take over the _row", "Take over all %u _rows", with_line), with_line);
  g_autofree char *fine = g_strdup_printf (ngettext ("Only the _good row", "Only the %u _good rows", good), good);
  show_step (self, "rows");
  gtk_button_set_label (GTK_BUTTON (self->adopt), all);
  gtk_button_set_label (GTK_BUTTON (self->good), fine);
  gtk_widget_set_visible (self->good, mixed);
  show_suggested (self->good, mixed);
  show_suggested (self->adopt, good == with_line);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.adopt", with_line > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.adopt-good", TRUE);
  if (with_line == 0)
    gtk_button_set_label (GTK_BUTTON (self->adopt), _ ("Nothing to take over"));
  gtk_widget_grab_focus (mixed ? self->good : good > 0 ? self->adopt : self->back); /* Enter takes over no faults */
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcImportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  const QcImportResult *checked = qc_roster_import_check_finish (QC_ROSTER_IMPORT (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (checked)
    show_rows (self, checked);
  else
    show_fault (self, error);
}

static void
check_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  QcImportDialog *self = QC_IMPORT_DIALOG (widget);
  show_step (self, "reading");
  qc_roster_import_check_async (self->import, self->cancellable, checked_cb, g_object_ref (self));
}

/* --- one correction for a group ----------------------------------------------------------------------------------- */

static void
corrected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcImportDialog) self = user_data;
  g_autoptr (QcImportDialog) shown = g_object_ref (self);
  checked_cb (source, result, g_steal_pointer (&self));
  const QcImportResult *checked = qc_roster_import_get_result (QC_ROSTER_IMPORT (source));
  if (checked && checked->faulty > 0) /* the next kind may be corrected too */
    gtk_widget_child_focus (shown->groups, GTK_DIR_TAB_FORWARD);
}

/* What was corrected, or put back, shows in what is found now. */
static void
check_corrected (QcImportDialog *self)
{
  qc_import_groups_clear (self->groups);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.adopt", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.adopt-good", FALSE);
  qc_roster_import_check_async (self->import, self->cancellable, corrected_cb, g_object_ref (self));
}

/* (nullable) */
static const QcImportGroup *
group_at (QcImportDialog *self, guint index)
{
  const QcImportResult *result = qc_roster_import_get_result (self->import);
  return result && index < result->groups->len ? g_ptr_array_index (result->groups, index) : NULL;
}

static void
correct_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  QcImportDialog *self = QC_IMPORT_DIALOG (widget);
  guint index, remedy;
  const char *value;
  g_variant_get (parameter, "(uu&s)", &index, &remedy, &value);
  const QcImportGroup *group = group_at (self, index);
  if (!group || !qc_roster_import_can_correct (self->import, group, (QcImportRemedy)remedy))
    return;
  qc_roster_import_correct (self->import, group, (QcImportRemedy)remedy, *value ? value : NULL);
  check_corrected (self);
}

static void
put_back_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  QcImportDialog *self = QC_IMPORT_DIALOG (widget);
  guint index = g_variant_get_uint32 (parameter);
  if (!qc_roster_import_get_result (self->import) || index >= qc_roster_import_get_corrections (self->import)->len)
    return;
  qc_roster_import_put_back (self->import, index);
  check_corrected (self);
}

typedef struct {
  QcImportDialog *self; /* borrowed: the question is its own */
  GtkWidget *entry;     /* borrowed */
  guint group;
} Question;

static void
entered_cb (gpointer user_data)
{
  const Question *question = user_data;
  const char *text = gtk_editable_get_text (GTK_EDITABLE (question->entry));
  if (*text)
    gtk_widget_activate_action (GTK_WIDGET (question->self), "import.correct", "(uus)", question->group,
                                (guint)QC_IMPORT_ENTER, text);
}

/* A text for all rows of the group. */
static void
enter_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  QcImportDialog *self = QC_IMPORT_DIALOG (widget);
  guint index = g_variant_get_uint32 (parameter);
  const QcImportGroup *group = group_at (self, index);
  QcLineFieldId field;
  if (!group || !group->first->field || !qc_line_field_from_name (group->first->field, &field))
    return;
  const char *title_of_field = _ (qc_roster_import_get_title_msgid (self->import, field));
  Question *question = g_new0 (Question, 1);
  *question = (Question) {self, gtk_entry_new (), index};
  guint n = group->rows->len;
  g_autofree char *title = g_strdup_printf (ngettext ("%s in %u row", "%s in %u rows", n), title_of_field, n);
  gtk_entry_set_max_length (GTK_ENTRY (question->entry), (int)qc_line_field (field)->max);
  gtk_entry_set_activates_default (GTK_ENTRY (question->entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (question->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, title_of_field, -1);
  qc_dialog_confirm (widget, title,
                     _ ("The same is entered in all of them. It can be put back before they are taken over."),
                     _ ("_Fill In"), QC_CONFIRM_PLAIN, question->entry, entered_cb, question, g_free);
  gtk_widget_grab_focus (question->entry);
}

static void
columns_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  qc_import_groups_clear (QC_IMPORT_DIALOG (widget)->groups);
  show_step (QC_IMPORT_DIALOG (widget), "columns");
  gtk_widget_grab_focus (QC_IMPORT_DIALOG (widget)->check);
}

/* --- the faults in her own file ---------------------------------------------------------------------------------- */

static void
show_saved (QcImportDialog *self, QcImportMarked marked)
{
  g_autofree char *base = g_file_get_basename (self->saved);
  g_autofree char *name = g_filename_display_name (base);
  g_autofree char *text
      = g_strdup_printf (marked == QC_IMPORT_MARKED_SHEET
                             ? _ ("Saved as “%s”: a sheet of faults names every one. Correct it there and import it.")
                             : _ ("Saved as “%s”: faulty cells are filled, a column says why. Correct it there and "
                                  "import it."),
                         name);
  gtk_label_set_text (GTK_LABEL (self->saved_text), text);
  gtk_widget_set_visible (self->save, FALSE);
  gtk_widget_set_visible (self->open, TRUE);
  gtk_widget_set_visible (self->folder, TRUE);
  gtk_widget_grab_focus (self->open);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcImportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  QcImportMarked marked;
  if (qc_roster_import_write_faults_finish (QC_ROSTER_IMPORT (source), result, &marked, &error))
    show_saved (self, marked);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gtk_label_set_text (GTK_LABEL (self->saved_text), error->message);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.save", TRUE);
}

static void
place_chosen_cb (GFile *file, gpointer user_data)
{
  g_autoptr (QcImportDialog) self = user_data;
  if (!file || !self->import || !qc_roster_import_get_result (self->import))
    return;
  g_set_object (&self->saved, file);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.save", FALSE);
  qc_roster_import_write_faults_async (self->import, file, self->cancellable, written_cb, g_object_ref (self));
}

/* Beside her file; where nothing can be written there, she says where. */
static void
save_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  QcImportDialog *self = QC_IMPORT_DIALOG (widget);
  g_autoptr (GFile) beside = qc_roster_import_dup_faults_file (self->import);
  g_autofree char *path = g_file_get_path (beside), *folder = g_path_get_dirname (path);
  g_autofree char *base = g_path_get_basename (path);
  if (g_access (folder, W_OK) == 0)
    place_chosen_cb (beside, g_object_ref (self));
  else
    qc_dialog_save_file (widget, _ ("Save the file with its faults"), NULL, base, place_chosen_cb, g_object_ref (self));
}

/* In the program that such files are opened with, or the folder in the file manager. */
static void
open_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  QcImportDialog *self = QC_IMPORT_DIALOG (widget);
  g_autoptr (GFile) folder = self->saved ? g_file_get_parent (self->saved) : NULL;
  if (!self->saved)
    return;
  g_autofree char *uri = g_file_get_uri (g_str_equal (name, "import.open") ? self->saved : folder);
  gtk_show_uri (GTK_WINDOW (self), uri, GDK_CURRENT_TIME);
}

/* --- 采用 --------------------------------------------------------------------------------------------------------- */

static void
adopt_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  QcImportDialog *self = QC_IMPORT_DIALOG (widget);
  const QcImportResult *result = qc_roster_import_get_result (self->import);
  guint with_line = result ? result->counts[QC_IMPORT_ADDED] + result->counts[QC_IMPORT_CHANGED] : 0;
  guint nobody = result ? result->counts[QC_IMPORT_UNMATCHED] + result->counts[QC_IMPORT_REFUSED]
                              + result->counts[QC_IMPORT_LEFT_OUT]
                        : 0;
  guint added, changed;
  g_autoptr (GError) error = NULL;
  if (!result)
    return;
  if (!qc_roster_import_adopt (self->import, g_str_equal (name, "import.adopt-good"), &added, &changed, &error)) {
    show_fault (self, error);
    return;
  }
  g_signal_emit (self, signals[ADOPTED], 0, added, changed, with_line - added - changed + nobody,
                 qc_roster_import_get_receipt (self->import));
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
cancel_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_window_close (GTK_WINDOW (widget));
}

/* --- 打开 --------------------------------------------------------------------------------------------------------- */

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcImportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean opened = qc_roster_import_open_finish (QC_ROSTER_IMPORT (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (opened)
    fill_columns (self);
  else
    show_fault (self, error);
}

static void
progress_cb (QcImportDialog *self)
{
  double fraction;
  g_object_get (self->import, "progress", &fraction, NULL);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress), fraction);
}

/* --- the widgets -------------------------------------------------------------------------------------------------- */

static GtkWidget *
build_reading (QcImportDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *label = gtk_label_new (_ ("The file is being read; nothing is taken over yet."));
  self->progress = gtk_progress_bar_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Reading"), -1);
  gtk_widget_set_size_request (self->progress, 320, -1);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), self->progress);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  return box;
}

static GtkWidget *
scroll (GtkWidget *inside)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  gtk_widget_set_margin_start (inside, 12);
  gtk_widget_set_margin_end (inside, 12);
  gtk_widget_set_margin_top (inside, 6);
  gtk_widget_set_margin_bottom (inside, 12);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), qc_text_size_clamp (inside, 820));
  return scrolled;
}

static GtkWidget *
wrapped_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
build_columns (QcImportDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->sheet = wrapped_label ("body");
  self->missing = wrapped_label ("error");
  self->columns = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->columns), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->columns, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->columns), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Columns of the file"), -1);
  gtk_box_append (GTK_BOX (box), self->sheet);
  gtk_box_append (GTK_BOX (box), self->missing);
  gtk_box_append (GTK_BOX (box), self->columns);
  return scroll (box);
}

static GtkWidget *
append_button (GtkWidget *bar, const char *label, const char *action)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (bar), button);
  return button;
}

static GtkWidget *
build_faults (QcImportDialog *self)
{
  self->faults = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->saved_text = wrapped_label ("dim-label");
  gtk_widget_set_hexpand (self->saved_text, TRUE);
  gtk_box_append (GTK_BOX (self->faults), self->saved_text);
  self->save = append_button (self->faults, _ ("_Save the marked copy"), "import.save");
  self->open = append_button (self->faults, _ ("_Open"), "import.open");
  self->folder = append_button (self->faults, _ ("Open the _folder"), "import.open-folder");
  return self->faults;
}

static GtkWidget *
build_rows (QcImportDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->sums = wrapped_label ("heading");
  self->groups = qc_import_groups_new ();
  gtk_box_append (GTK_BOX (box), self->sums);
  gtk_box_append (GTK_BOX (box), build_faults (self));
  gtk_box_append (GTK_BOX (box), self->groups);
  return scroll (box);
}

static GtkWidget *
build_fault (QcImportDialog *self)
{
  GtkWidget *status = adw_status_page_new ();
  self->fault_text = wrapped_label ("body");
  gtk_label_set_justify (GTK_LABEL (self->fault_text), GTK_JUSTIFY_CENTER);
  gtk_label_set_xalign (GTK_LABEL (self->fault_text), 0.5f);
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (status), "dialog-error-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (status), _ ("Nothing was taken over"));
  adw_status_page_set_child (ADW_STATUS_PAGE (status), self->fault_text);
  gtk_widget_add_css_class (status, "compact");
  self->fault = status;
  return status;
}

static GtkWidget *
build_bar (QcImportDialog *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *ways = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_layout_manager (ways, qc_wrap_layout_new (6));
  gtk_widget_set_hexpand (ways, TRUE);
  gtk_widget_set_halign (ways, GTK_ALIGN_END);
  self->cancel = append_button (bar, _ ("_Cancel"), "import.cancel");
  gtk_box_append (GTK_BOX (bar), ways);
  self->back = append_button (ways, _ ("_Back to the columns"), "import.columns");
  self->good = append_button (ways, "", "import.adopt-good");
  self->adopt = append_button (ways, "", "import.adopt");
  self->check = append_button (ways, _ ("C_heck"), "import.check");
  gtk_button_set_use_underline (GTK_BUTTON (self->good), TRUE);
  gtk_button_set_use_underline (GTK_BUTTON (self->adopt), TRUE);
  gtk_widget_add_css_class (self->check, "suggested-action");
  gtk_widget_add_css_class (bar, "toolbar");
  return bar;
}

static void
build (QcImportDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), build_reading (self), "reading");
  gtk_stack_add_named (GTK_STACK (self->stack), build_columns (self), "columns");
  gtk_stack_add_named (GTK_STACK (self->stack), build_rows (self), "rows");
  gtk_stack_add_named (GTK_STACK (self->stack), build_fault (self), "fault");
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), self->stack);
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (box), build_bar (self));
  adw_window_set_content (ADW_WINDOW (self), box);
}

static void
qc_import_dialog_dispose (GObject *object)
{
  QcImportDialog *self = QC_IMPORT_DIALOG (object);
  g_cancellable_cancel (self->cancellable);
  if (self->import)
    g_signal_handlers_disconnect_by_data (self->import, self);
  G_OBJECT_CLASS (qc_import_dialog_parent_class)->dispose (object);
  g_clear_object (&self->import);
  g_clear_object (&self->service);
}

static void
qc_import_dialog_finalize (GObject *object)
{
  QcImportDialog *self = QC_IMPORT_DIALOG (object);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->saved);
  g_clear_pointer (&self->choices, g_array_unref);
  G_OBJECT_CLASS (qc_import_dialog_parent_class)->finalize (object);
}

static void
qc_import_dialog_class_init (QcImportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = qc_import_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = qc_import_dialog_finalize;
  gtk_widget_class_install_action (widget_class, "import.check", NULL, check_cb);
  gtk_widget_class_install_action (widget_class, "import.columns", NULL, columns_cb);
  gtk_widget_class_install_action (widget_class, "import.correct", "(uus)", correct_cb);
  gtk_widget_class_install_action (widget_class, "import.enter", "u", enter_cb);
  gtk_widget_class_install_action (widget_class, "import.put-back", "u", put_back_cb);
  gtk_widget_class_install_action (widget_class, "import.adopt", NULL, adopt_cb);
  gtk_widget_class_install_action (widget_class, "import.adopt-good", NULL, adopt_cb);
  gtk_widget_class_install_action (widget_class, "import.cancel", NULL, cancel_cb);
  gtk_widget_class_install_action (widget_class, "import.save", NULL, save_cb);
  gtk_widget_class_install_action (widget_class, "import.open", NULL, open_cb);
  gtk_widget_class_install_action (widget_class, "import.open-folder", NULL, open_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "import.cancel", NULL);
  signals[ADOPTED] = g_signal_new ("adopted", QC_TYPE_IMPORT_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 4, G_TYPE_UINT, G_TYPE_UINT, G_TYPE_UINT, QC_TYPE_IMPORT_RECEIPT);
}

static void
qc_import_dialog_init (QcImportDialog *self)
{
  self->cancellable = g_cancellable_new ();
}

GtkWidget *
qc_import_dialog_new (GtkWidget *parent, QcRosterService *service, GFile *file)
{
  QcImportDialog *self = g_object_new (QC_TYPE_IMPORT_DIALOG, "transient-for", gtk_widget_get_root (parent), "modal",
                                       TRUE, "destroy-with-parent", TRUE, NULL);
  qc_fit_over (GTK_WINDOW (self), 860, 600);
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = g_filename_display_name (base);
  g_autofree char *title = g_strdup_printf (_ ("Import “%s”"), name);
  gtk_window_set_title (GTK_WINDOW (self), title);
  self->service = g_object_ref (service);
  self->import = qc_roster_import_new (service);
  self->choices = qc_roster_import_dup_choices (self->import);
  build (self);
  show_step (self, "reading");
  g_signal_connect_swapped (self->import, "notify::progress", G_CALLBACK (progress_cb), self);
  qc_roster_import_open_async (self->import, file, self->cancellable, opened_cb, g_object_ref (self));
  return GTK_WIDGET (self);
}
