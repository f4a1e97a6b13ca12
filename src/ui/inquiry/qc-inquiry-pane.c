/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-inquiry-pane.h. Columns, choices and totals follow from core's table. Main thread.
 */
#include "qc-inquiry-pane.h"

#include <glib/gi18n.h>

#include "qc-column-menu.h"
#include "qc-drop-down.h"
#include "qc-error-text.h"
#include "qc-export-flow.h"
#include "qc-paper-window.h"
#include "qc-format.h"
#include "qc-grid-stage.h"
#include "qc-grid.h"
#include "qc-inquiry-words.h"
#include "qc-month.h"
#include "qc-pane-commands.h"
#include "qc-roster-fetch.h"
#include "qc-row-menu.h"
#include "qc-window.h"
#include "qc-wrap-layout.h"

#define TEXT_CHARS 24
#define LINE_CHARS 48

struct _QcInquiryPane {
  GtkWidget parent_instance;
  QcSession *session; /* (owned) */
  QcInquiry inquiry;
  QcInquiryList *list;                          /* (owned) */
  GtkSingleSelection *selection;                /* (owned) */
  GSimpleActionGroup *actions;                  /* (owned) */
  QcGridColumn columns[QC_INQUIRY_MAX_COLUMNS]; /* of the grid */
  GtkColumnView *grid;                          /* borrowed */
  GtkWidget *column;                            /* borrowed: the child */
  GtkWidget *menu;                              /* borrowed: QcColumnMenu */
  GtkWidget *nothing, *totals, *as_of;          /* borrowed */
  GtkWidget *unread, *unread_box;               /* borrowed: rosters that are not here */
  QcRosterFetch *fetch;                         /* (owned) (nullable) of those, once it was asked for */
  char *chosen;                                 /* (owned) (nullable) key of the row selected last */
  QcMonth wanted;                               /* to be selected as soon as it is read */
  gboolean stale;                               /* to be read when it is mapped */
};

G_DEFINE_FINAL_TYPE (QcInquiryPane, qc_inquiry_pane, GTK_TYPE_WIDGET)

enum { OPEN, FAILED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* How many months back one can ask for; 0: ever. */
static const struct {
  int months;
  const char *msgid;
} periods[] = {
    {0, N_ ("All times")},
    {12, N_ ("Last 12 months")},
    {36, N_ ("Last 3 years")},
    {60, N_ ("Last 5 years")},
};

static void
drop_fetch (QcInquiryPane *self)
{
  if (self->fetch)
    g_signal_handlers_disconnect_by_data (self->fetch, self);
  g_clear_object (&self->fetch);
}

static void
qc_inquiry_pane_dispose (GObject *object)
{
  QcInquiryPane *self = QC_INQUIRY_PANE (object);
  g_clear_pointer (&self->column, gtk_widget_unparent);
  drop_fetch (self);
  g_clear_object (&self->selection);
  g_clear_object (&self->list);
  g_clear_object (&self->actions);
  g_clear_object (&self->session);
  g_clear_pointer (&self->chosen, g_free);
  G_OBJECT_CLASS (qc_inquiry_pane_parent_class)->dispose (object);
}

static void
qc_inquiry_pane_class_init (QcInquiryPaneClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qc_inquiry_pane_dispose;
  signals[OPEN] = g_signal_new ("open", QC_TYPE_INQUIRY_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                G_TYPE_STRING);
  signals[FAILED] = g_signal_new ("failed", QC_TYPE_INQUIRY_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                  1, G_TYPE_ERROR);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
qc_inquiry_pane_init (QcInquiryPane *self)
{
  self->actions = g_simple_action_group_new ();
  self->stale = TRUE;
}

/* --- cells --- */

static char *
cell_text (gpointer item, const QcGridColumn *column, gpointer user_data)
{
  const QcInquiryPane *self = user_data;
  return qc_inquiry_list_dup_text (self->list, item, (guint)column->tag);
}

/* The first columns tell the rows apart. */
static char *
row_name (gpointer item, gpointer user_data)
{
  const QcInquiryPane *self = user_data;
  GString *name = g_string_new (NULL);
  for (guint i = 0; i < qc_inquiry_info (self->inquiry)->n_columns; i++) {
    g_autofree char *text = qc_inquiry_list_dup_text (self->list, item, i);
    if (*text && qc_grid_is_wanted (self->grid, self->columns[i].id))
      g_string_append_printf (name, "%s%s %s", name->len > 0 ? ", " : "", _ (self->columns[i].msgid), text);
  }
  return g_string_free (name, FALSE);
}

static QcGridKind
kind_of (QcInquiryType type)
{
  switch (type) {
  case QC_INQUIRY_MONEY:
  case QC_INQUIRY_COUNT:
    return QC_GRID_NUMBER;
  case QC_INQUIRY_SERIAL:
  case QC_INQUIRY_MONTH:
  case QC_INQUIRY_TIME:
    return QC_GRID_CODE;
  case QC_INQUIRY_TEXT:
  case QC_INQUIRY_LINE:
  case QC_INQUIRY_BUSINESS:
  case QC_INQUIRY_STATE:
  case QC_INQUIRY_DRAW:
  case QC_INQUIRY_METHOD:
  case QC_INQUIRY_MOVEMENT:
  case QC_INQUIRY_SPAN:
  case QC_INQUIRY_SETTING:
  default:
    return QC_GRID_TEXT;
  }
}

static void
fill_columns (QcInquiryPane *self)
{
  const QcInquiryInfo *info = qc_inquiry_info (self->inquiry);
  for (guint i = 0; i < info->n_columns; i++) {
    const QcInquiryColumn *column = &info->columns[i];
    gboolean is_text = column->type == QC_INQUIRY_TEXT || column->type == QC_INQUIRY_LINE;
    self->columns[i] = (QcGridColumn) {
        .id = column->id,
        .msgid = column->msgid,
        .cell = cell_text,
        .kind = kind_of (column->type),
        .chars = column->type == QC_INQUIRY_LINE ? LINE_CHARS : TEXT_CHARS,
        .yields = column->yields,
        .expand = is_text,
        .sortable = TRUE,
        .hidden = column->hidden,
        .tag = (int)i,
    };
  }
}

/* --- the chosen row --- */

/* (transfer full) (nullable) */
static QcInquiryRow *
dup_selected (QcInquiryPane *self)
{
  return g_list_model_get_item (G_LIST_MODEL (self->selection), gtk_single_selection_get_selected (self->selection));
}

/* (transfer full) (nullable) */
static char *
dup_serial (QcInquiryPane *self, QcInquiryRow *row)
{
  int column = qc_inquiry_find_type (self->inquiry, QC_INQUIRY_SERIAL);
  g_autofree char *serial = row && column >= 0 ? qc_inquiry_list_dup_text (self->list, row, (guint)column) : NULL;
  return serial && *serial ? g_steal_pointer (&serial) : NULL;
}

static void
enable (QcInquiryPane *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
update_commands (QcInquiryPane *self)
{
  g_autoptr (QcInquiryRow) row = dup_selected (self);
  g_autofree char *serial = dup_serial (self, row);
  enable (self, "inquiry-open", serial != NULL);
  enable (self, "inquiry-copy-serial", serial != NULL);
  enable (self, "inquiry-copy-row", row && qc_inquiry_row_get_record (row));
}

static void
selected_cb (GtkSingleSelection *selection, GParamSpec *pspec, QcInquiryPane *self)
{
  const char *key = qc_inquiry_list_get_key (self->list, gtk_single_selection_get_selected (selection));
  if (key) {
    g_free (self->chosen);
    self->chosen = g_strdup (key);
  }
  update_commands (self);
}

/* What was asked for, or the same row wherever it stands now. */
static void
select_again (QcInquiryPane *self)
{
  guint month = self->wanted != QC_MONTH_NONE ? qc_inquiry_list_find_month (self->list, self->wanted) : G_MAXUINT;
  guint position = month != G_MAXUINT ? month : qc_inquiry_list_find (self->list, self->chosen);
  gboolean there = position < g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  gtk_single_selection_set_selected (self->selection, there ? position : GTK_INVALID_LIST_POSITION);
  if (there && month != G_MAXUINT) {
    self->wanted = QC_MONTH_NONE;
    qc_grid_enter_row (self->grid, position);
  }
  update_commands (self);
}

static void
open_row (QcInquiryPane *self, QcInquiryRow *row)
{
  g_autofree char *serial = dup_serial (self, row);
  g_autofree char *target = serial ? g_strconcat ("applications/", serial, NULL) : NULL;
  if (target)
    g_signal_emit (self, signals[OPEN], 0, target);
}

static void
activated_cb (GtkColumnView *grid, guint position, QcInquiryPane *self)
{
  g_autoptr (QcInquiryRow) row = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  open_row (self, row);
}

/* --- what is said below --- */

/* " · Amount 1,000.00", " · Amount +1,000.00, -20.00". */
static void
say_sums (QcInquiryPane *self, GString *words)
{
  const QcInquiryInfo *info = qc_inquiry_info (self->inquiry);
  for (guint i = 0; i < info->n_columns; i++) {
    if (!info->columns[i].sums)
      continue;
    QcInquirySum sum = qc_inquiry_list_get_sum (self->list, i);
    g_autofree char *plus = qc_format_money (sum.plus);
    g_autofree char *minus = qc_format_money (sum.minus);
    if (sum.minus < 0) /* what came and what went are told apart */
      g_string_append_printf (words, " · %s +%s, %s", _ (info->columns[i].msgid), plus, minus);
    else
      g_string_append_printf (words, " · %s %s", _ (info->columns[i].msgid), plus);
  }
}

static void
show_totals (QcInquiryPane *self)
{
  guint rows = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  gboolean narrowed = qc_inquiry_list_is_narrowed (self->list);
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *count = g_strdup_printf (ngettext ("%u row", "%u rows", rows), rows);
  /* Translators: what the totals count, and how many rows that are. */
  g_string_append_printf (words, _ ("%s: %s"), narrowed ? _ ("Only what is shown") : _ ("All"), count);
  say_sums (self, words);
  gtk_label_set_label (GTK_LABEL (self->totals), words->str);
  gtk_label_set_label (GTK_LABEL (self->nothing), narrowed && qc_inquiry_list_get_all (self->list) > 0
                                                      ? _ ("Nothing fits the search and filter.")
                                                      : _ ("There is nothing of this kind yet."));
  gtk_widget_set_visible (self->nothing, rows == 0);
}

/* How far fetching them is, why it ended, or how many there are. (transfer full) */
static char *
dup_unread (QcInquiryPane *self, gint64 unread)
{
  if (self->fetch && qc_roster_fetch_is_running (self->fetch))
    return g_strdup_printf (_ ("Fetching rosters: %u of %u"), qc_roster_fetch_get_done (self->fetch),
                            qc_roster_fetch_get_all (self->fetch));
  if (self->fetch && qc_roster_fetch_get_error (self->fetch)) {
    g_autoptr (QcErrorText) text = qc_error_text_new (qc_roster_fetch_get_error (self->fetch));
    return qc_error_text_dup_body (text);
  }
  return g_strdup_printf (ngettext ("The roster of %d application is not on this computer and was not looked through.",
                                    "The rosters of %d applications are not on this computer and were not looked "
                                    "through.",
                                    (gulong)unread),
                          (int)unread);
}

static void
show_unread (QcInquiryPane *self)
{
  gint64 unread = qc_inquiry_list_get_unread (self->list);
  g_autofree char *words = dup_unread (self, unread);
  gtk_label_set_label (GTK_LABEL (self->unread), words);
  gtk_widget_set_visible (self->unread_box, unread > 0);
  enable (self, "inquiry-fetch-rosters", unread > 0 && !(self->fetch && qc_roster_fetch_is_running (self->fetch)));
}

static void
show_as_of (QcInquiryPane *self)
{
  gint64 as_of = qc_inquiry_list_get_as_of (self->list);
  g_autofree char *time = qc_format_date_time (as_of);
  /* Translators: a date and time. */
  g_autofree char *words = as_of ? g_strdup_printf (_ ("Data as of %s"), time)
                                 : g_strdup (_ ("Not all data is here yet: rows and totals may be incomplete."));
  gtk_label_set_label (GTK_LABEL (self->as_of), words);
  show_unread (self);
}

static void
reloaded_cb (QcInquiryList *list, QcInquiryPane *self)
{
  select_again (self);
  qc_grid_refresh (self->grid);
  show_totals (self);
  show_as_of (self);
}

static void
filled_cb (QcInquiryList *list, QcInquiryPane *self)
{
  qc_grid_fill_blanks (self->grid);
  update_commands (self);
}

static void
failed_cb (QcInquiryList *list, const GError *error, QcInquiryPane *self)
{
  g_signal_emit (self, signals[FAILED], 0, error);
}

/* --- asking --- */

/* Before another question is asked: its answer begins at its first row. */
static void
go_to_top (QcInquiryPane *self)
{
  gtk_adjustment_set_value (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->grid)), 0);
}

static void
sort_cb (const char *id, gboolean descending, gpointer data)
{
  QcInquiryPane *self = data;
  if (!self->column)
    return; /* the grid goes, and its order with it */
  go_to_top (self);
  qc_column_menu_note_sort (QC_COLUMN_MENU (self->menu), id, descending);
  qc_inquiry_list_set_sort (self->list, qc_inquiry_find_column (self->inquiry, id), id && descending);
}

static void
period_cb (GtkDropDown *period, GParamSpec *pspec, QcInquiryPane *self)
{
  int months = periods[gtk_drop_down_get_selected (period)].months;
  QcMonth now = qc_date_month (qc_session_get_today (self->session));
  go_to_top (self);
  qc_inquiry_list_set_since (self->list, months ? qc_month_add (now, 1 - months) : QC_MONTH_NONE);
}

static void
choice_cb (GtkDropDown *choice, GParamSpec *pspec, QcInquiryPane *self)
{
  guint column = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (choice), "qc-column"));
  const char *const *codes = qc_inquiry_codes (qc_inquiry_info (self->inquiry)->columns[column].type);
  guint chosen = gtk_drop_down_get_selected (choice);
  go_to_top (self);
  qc_inquiry_list_set_choice (self->list, column, chosen > 0 ? codes[chosen - 1] : NULL);
}

static GtkWidget *
new_choice (QcInquiryPane *self, guint i)
{
  const QcInquiryColumn *column = &qc_inquiry_info (self->inquiry)->columns[i];
  const char *const *codes = qc_inquiry_codes (column->type);
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  /* Translators: a column's title: whatever stands there. */
  g_autofree char *any = g_strdup_printf (_ ("%s: any"), _ (column->msgid));
  gtk_string_list_append (words, any);
  for (; *codes; codes++)
    gtk_string_list_append (words, _ (qc_inquiry_code_to_msgid (column->type, *codes)));
  GtkWidget *choice = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&words)), NULL);
  qc_drop_down_set_name (GTK_DROP_DOWN (choice), _ (column->msgid));
  g_object_set_data (G_OBJECT (choice), "qc-column", GUINT_TO_POINTER (i));
  g_signal_connect (choice, "notify::selected", G_CALLBACK (choice_cb), self);
  return choice;
}

static GtkWidget *
new_period (QcInquiryPane *self)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (periods); i++)
    gtk_string_list_append (words, _ (periods[i].msgid));
  GtkWidget *period = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&words)), NULL);
  qc_drop_down_set_name (GTK_DROP_DOWN (period), _ ("Period"));
  g_signal_connect (period, "notify::selected", G_CALLBACK (period_cb), self);
  return period;
}

/* --- commands --- */

static void
open_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (QcInquiryRow) row = dup_selected (data);
  open_row (data, row);
}

static void
copy_row_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  QcInquiryPane *self = data;
  g_autoptr (QcInquiryRow) row = dup_selected (self);
  if (row)
    qc_grid_copy_row (self->grid, row);
}

static void
copy_serial_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  QcInquiryPane *self = data;
  g_autoptr (QcInquiryRow) row = dup_selected (self);
  g_autofree char *serial = dup_serial (self, row);
  if (serial)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), serial);
}

static void
fetch_changed_cb (QcRosterFetch *fetch, QcInquiryPane *self)
{
  show_unread (self);
  if (!qc_roster_fetch_is_running (fetch))
    qc_inquiry_pane_reload (self);
}

static void
fetch_rosters_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  QcInquiryPane *self = data;
  drop_fetch (self);
  self->fetch = qc_roster_fetch_new (self->session);
  g_signal_connect (self->fetch, "changed", G_CALLBACK (fetch_changed_cb), self);
  show_unread (self);
}

/* What is on its way to a workbook, or to paper. */
typedef struct {
  QcInquiryPane *pane; /* (owned) */
  GArray *columns;     /* (owned) guint */
  char *path;          /* (owned) (nullable) it is asked for */
  gboolean prints;
} Export;

static void
export_free (Export *export)
{
  g_object_unref (export->pane);
  g_array_unref (export->columns);
  g_free (export->path);
  g_free (export);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Export, export_free)

/* About how wide a column is in a workbook and on paper, in characters of which a Han takes two. */
static guint
chars_of (QcInquiryType type)
{
  static const guint chars[] = {
      [QC_INQUIRY_TEXT] = 14, [QC_INQUIRY_SERIAL] = 19,  [QC_INQUIRY_MONEY] = 12, [QC_INQUIRY_COUNT] = 6,
      [QC_INQUIRY_MONTH] = 9, [QC_INQUIRY_TIME] = 14,    [QC_INQUIRY_LINE] = 40,  [QC_INQUIRY_BUSINESS] = 12,
      [QC_INQUIRY_STATE] = 8, [QC_INQUIRY_DRAW] = 10,    [QC_INQUIRY_METHOD] = 8, [QC_INQUIRY_MOVEMENT] = 10,
      [QC_INQUIRY_SPAN] = 8,  [QC_INQUIRY_SETTING] = 12,
  };
  return chars[type];
}

static void
write_cells (const Export *export, GPtrArray *cells)
{
  QcInquiryPane *self = export->pane;
  guint n = export->columns->len;
  g_autofree QcExportColumn *columns = g_new0 (QcExportColumn, n);
  for (guint i = 0; i < n; i++) {
    guint k = g_array_index (export->columns, guint, i);
    const QcGridColumn *column = &self->columns[k];
    const QcInquiryColumn *info = &qc_inquiry_info (self->inquiry)->columns[k];
    columns[i]
        = (QcExportColumn) {_ (column->msgid), chars_of (info->type), column->kind == QC_GRID_NUMBER, !info->sums};
  }
  g_autofree char *note = g_strdup_printf ("%s\n%s", gtk_label_get_label (GTK_LABEL (self->totals)),
                                           gtk_label_get_label (GTK_LABEL (self->as_of)));
  if (export->prints) {
    qc_paper_window_open (
        GTK_WIDGET (self),
        qc_printout_new_table (self->session, _ (qc_inquiry_info (self->inquiry)->msgid), columns, n, cells, note));
    return;
  }
  QcExport *workbook = qc_export_new_table (self->session, _ (qc_inquiry_info (self->inquiry)->msgid), QC_MONTH_NONE,
                                            columns, n, cells, note);
  if (export->path)
    qc_export_flow_write (GTK_WIDGET (self), workbook, export->path);
  else
    qc_export_flow_ask (GTK_WIDGET (self), workbook);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Export) export = data;
  g_autoptr (GError) error = NULL;
  GPtrArray *cells = qc_inquiry_list_read_finish (QC_INQUIRY_LIST (source), result, &error);
  QcWindow *window = qc_window_of (GTK_WIDGET (export->pane));
  if (cells && window)
    write_cells (export, cells);
  else if (cells)
    g_ptr_array_unref (cells);
  else if (window)
    qc_window_show_error (window, error);
}

static void
export_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  QcInquiryPane *self = data;
  Export *export = g_new0 (Export, 1);
  export->pane = g_object_ref (self);
  export->path = parameter ? g_variant_dup_string (parameter, NULL) : NULL;
  export->prints = g_str_equal (g_action_get_name (G_ACTION (action)), "inquiry-print");
  export->columns = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < qc_inquiry_info (self->inquiry)->n_columns; i++)
    if (qc_grid_is_wanted (self->grid, self->columns[i].id))
      g_array_append_val (export->columns, i);
  qc_inquiry_list_read_async (self->list, (const guint *)export->columns->data, export->columns->len, NULL, read_cb,
                              export);
}

static void
sort_action_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const char *id = g_variant_get_string (parameter, NULL);
  qc_grid_set_sort (QC_INQUIRY_PANE (data)->grid, *id == '-' ? id + 1 : id, *id == '-');
}

static void
select_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  qc_grid_scroll_to (QC_INQUIRY_PANE (data)->grid, g_variant_get_uint32 (parameter), TRUE);
}

static void
scroll_to_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  qc_grid_scroll_to (QC_INQUIRY_PANE (data)->grid, g_variant_get_uint32 (parameter), FALSE);
}

static void
add_actions (QcInquiryPane *self)
{
  const GActionEntry entries[] = {
      {"inquiry-open", open_cb},
      {"inquiry-copy-row", copy_row_cb},
      {"inquiry-copy-serial", copy_serial_cb},
      {"inquiry-fetch-rosters", fetch_rosters_cb},
      {"inquiry-export", export_cb},
      {"inquiry-export-to", export_cb, "s"},
      {"inquiry-print", export_cb},
      {"inquiry-sort", sort_action_cb, "s"},
      {"inquiry-select", select_cb, "u"},
      {"inquiry-scroll-to", scroll_to_cb, "u"},
  };
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  qc_pane_commands_follow (GTK_WIDGET (self), self->actions);
}

/* --- building --- */

static gboolean
is_filtered (const QcInquiryColumn *column)
{
  return qc_inquiry_type_is_code (column->type) && column->filter;
}

static GtkWidget *
build_toolbar (QcInquiryPane *self)
{
  const QcInquiryInfo *info = qc_inquiry_info (self->inquiry);
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_layout_manager (bar, qc_wrap_layout_new (6));
  gtk_box_append (GTK_BOX (bar), new_period (self));
  for (guint i = 0; i < info->n_columns; i++)
    if (is_filtered (&info->columns[i]))
      gtk_box_append (GTK_BOX (bar), new_choice (self, i));
  GtkWidget *copy = gtk_button_new_with_mnemonic (_ ("_Copy Row"));
  GtkWidget *export = gtk_button_new_with_mnemonic (_ ("_Export"));
  GtkWidget *print = gtk_button_new_with_mnemonic (_ ("_Print…"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (print), "win.inquiry-print");
  gtk_widget_set_tooltip_text (print, _ ("What is shown, on paper: Ctrl+P"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (copy), "win.inquiry-copy-row");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (export), "win.inquiry-export");
  gtk_widget_set_tooltip_text (export, _ ("What is shown, as an Excel workbook: Ctrl+Shift+E"));
  gtk_box_append (GTK_BOX (bar), self->menu);
  gtk_box_append (GTK_BOX (bar), copy);
  gtk_box_append (GTK_BOX (bar), export);
  gtk_box_append (GTK_BOX (bar), print);
  gtk_widget_add_css_class (bar, "toolbar");
  return bar;
}

static void
add_row_menu (QcInquiryPane *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  if (qc_inquiry_find_type (self->inquiry, QC_INQUIRY_SERIAL) >= 0) {
    g_menu_append (menu, _ ("_Open the Application"), "win.inquiry-open");
    g_menu_append (menu, _ ("Copy the _Serial Number"), "win.inquiry-copy-serial");
  }
  g_menu_append (menu, _ ("_Copy Row"), "win.inquiry-copy-row");
  qc_row_menu_add (self->grid, G_MENU_MODEL (menu));
}

static GtkWidget *
build_grid (QcInquiryPane *self)
{
  const QcInquiryInfo *info = qc_inquiry_info (self->inquiry);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (qc_grid_stage_new (G_LIST_MODEL (self->list))));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (selected_cb), self, 0);
  fill_columns (self);
  self->grid = qc_grid_new (GTK_SELECTION_MODEL (self->selection), self->columns, info->n_columns, _ (info->msgid),
                            row_name, self);
  g_signal_connect (self->grid, "activate", G_CALLBACK (activated_cb), self);
  self->menu = qc_column_menu_new (self->session, self->grid, info->id);
  qc_grid_set_sort_func (self->grid, sort_cb, self);
  add_row_menu (self);
  qc_pane_commands_add_copy (self->grid, "win.inquiry-copy-row");
  self->nothing = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->nothing, "dim-label");
  gtk_widget_set_visible (self->nothing, FALSE);
  gtk_widget_set_can_target (self->nothing, FALSE);
  GtkWidget *overlay = gtk_overlay_new ();
  gtk_overlay_set_child (GTK_OVERLAY (overlay), qc_grid_scroll (self->grid));
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->nothing);
  return overlay;
}

static GtkWidget *
new_line (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (label), 0.0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  if (css_class)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
build_foot (QcInquiryPane *self)
{
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  self->totals = new_line (NULL);
  self->as_of = new_line ("dim-label");
  self->unread = new_line ("dim-label");
  self->unread_box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_layout_manager (self->unread_box, qc_wrap_layout_new (12));
  GtkWidget *fetch = gtk_button_new_with_mnemonic (_ ("_Fetch Rosters"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (fetch), "win.inquiry-fetch-rosters");
  gtk_widget_set_valign (fetch, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->unread_box), self->unread);
  gtk_box_append (GTK_BOX (self->unread_box), fetch);
  gtk_widget_set_hexpand (self->totals, TRUE);
  gtk_widget_set_visible (self->unread_box, FALSE);
  gtk_box_append (GTK_BOX (line), self->totals);
  gtk_box_append (GTK_BOX (line), self->as_of);
  gtk_box_append (GTK_BOX (foot), self->unread_box);
  gtk_box_append (GTK_BOX (foot), line);
  gtk_widget_add_css_class (foot, "qc-totals");
  return foot;
}

static void
map_cb (QcInquiryPane *self)
{
  if (self->stale)
    qc_inquiry_pane_reload (self);
}

GtkWidget *
qc_inquiry_pane_new (QcSession *session, QcInquiry inquiry)
{
  QcInquiryPane *self = g_object_new (QC_TYPE_INQUIRY_PANE, NULL);
  self->session = g_object_ref (session);
  self->inquiry = inquiry;
  self->list = qc_inquiry_list_new (session, inquiry);
  g_signal_connect_object (self->list, "reloaded", G_CALLBACK (reloaded_cb), self, 0);
  g_signal_connect_object (self->list, "filled", G_CALLBACK (filled_cb), self, 0);
  g_signal_connect_object (self->list, "failed", G_CALLBACK (failed_cb), self, 0);
  add_actions (self);
  GtkWidget *grid = build_grid (self);
  self->column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self->column), build_toolbar (self));
  gtk_box_append (GTK_BOX (self->column), grid);
  gtk_box_append (GTK_BOX (self->column), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (self->column), build_foot (self));
  gtk_widget_set_parent (self->column, GTK_WIDGET (self));
  g_signal_connect (self, "map", G_CALLBACK (map_cb), NULL);
  update_commands (self);
  return GTK_WIDGET (self);
}

QcInquiryList *
qc_inquiry_pane_get_list (QcInquiryPane *self)
{
  g_return_val_if_fail (QC_IS_INQUIRY_PANE (self), NULL);
  return self->list;
}

void
qc_inquiry_pane_set_search (QcInquiryPane *self, const char *text)
{
  g_return_if_fail (QC_IS_INQUIRY_PANE (self));
  go_to_top (self);
  qc_inquiry_list_set_search (self->list, text);
}

void
qc_inquiry_pane_set_person (QcInquiryPane *self, const char *account)
{
  g_return_if_fail (QC_IS_INQUIRY_PANE (self));
  g_clear_pointer (&self->chosen, g_free);
  qc_inquiry_list_set_person (self->list, account);
}

void
qc_inquiry_pane_show_month (QcInquiryPane *self, QcMonth month)
{
  g_return_if_fail (QC_IS_INQUIRY_PANE (self));
  self->wanted = month;
  if (!self->stale && !qc_inquiry_list_is_loading (self->list))
    select_again (self);
}

void
qc_inquiry_pane_reload (QcInquiryPane *self)
{
  g_return_if_fail (QC_IS_INQUIRY_PANE (self));
  self->stale = !gtk_widget_get_mapped (GTK_WIDGET (self));
  if (!self->stale)
    qc_inquiry_list_reload (self->list);
}

void
qc_inquiry_pane_reset (QcInquiryPane *self)
{
  g_return_if_fail (QC_IS_INQUIRY_PANE (self));
  drop_fetch (self);
  g_clear_pointer (&self->chosen, g_free);
  qc_inquiry_pane_reload (self);
}
