/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Whatever the language: no page, no step and no open panel makes the window wider than the smallest screen, each
 * mnemonic is of one thing on the screen, every button says what it does, in words or in a tooltip, and no figure of a
 * list is cut, however narrow the window and however large the text. Run once in each language.
 */
#include <glib/gi18n.h>
#include <locale.h>

#include "play.h"
#include "qc-app-fixture.h"
#include "qc-grid.h"
#include "qc-pages.h"
#include "qc-session-private.h"

#define WIDEST  1024
#define HIGHEST 700 /* of 768 lines a panel and the title bar of the desktop take some */

static gboolean
is_ready (gpointer data)
{
  QcPage *page = qc_window_get_page (data);
  return page && qc_page_get_state (page) != QC_PAGE_LOADING;
}

static gboolean
is_enabled (gpointer data)
{
  gpointer *both = data;
  return play_is_enabled (both[0], both[1]);
}

static void
wait_enabled (Play *play, const char *action)
{
  gpointer both[] = {play, (gpointer)action};
  play_wait (is_enabled, both, action);
}

static void
measure (Play *play, const char *where)
{
  int width;
  gtk_widget_measure (GTK_WIDGET (play->window), GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  int height;
  gtk_widget_measure (GTK_WIDGET (play->window), GTK_ORIENTATION_VERTICAL, 1366, &height, NULL, NULL, NULL);
  g_test_message ("%s: at least %d × %d", where, width, height);
  g_assert_cmpint (width, <=, WIDEST);
  g_assert_cmpint (height, <=, HIGHEST);
}

static gboolean
has_label (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget) && *gtk_label_get_text (GTK_LABEL (widget)))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    if (!GTK_IS_POPOVER (child) && has_label (child))
      return TRUE;
  return FALSE;
}

/* A button in a menu button or a drop down has the tooltip of that one. */
static gboolean
has_tooltip (GtkWidget *widget)
{
  for (int up = 0; widget && up < 3; up++, widget = gtk_widget_get_parent (widget))
    if (gtk_widget_get_tooltip_text (widget))
      return TRUE;
  return FALSE;
}

static void
look_at_buttons (GtkWidget *widget, const char *where)
{
  if (GTK_IS_WINDOW_CONTROLS (widget)) /* GTK's own */
    return;
  if (GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget) && !has_label (widget) && !has_tooltip (widget))
    g_error ("%s: a %s without words or tooltip, in a %s", where, G_OBJECT_TYPE_NAME (widget),
             G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    look_at_buttons (child, where);
}

/* --- mnemonics --- */

/* Each of them is one label's of those that are on the screen together. */
static void
look_at_mnemonics (GtkWidget *widget, GHashTable *met, const char *where)
{
  guint key = GTK_IS_LABEL (widget) ? gtk_label_get_mnemonic_keyval (GTK_LABEL (widget)) : GDK_KEY_VoidSymbol;
  if (!gtk_widget_get_mapped (widget))
    return;
  if (key != GDK_KEY_VoidSymbol && key != 0) {
    const char *words = gtk_label_get_label (GTK_LABEL (widget));
    const char *other = g_hash_table_lookup (met, GUINT_TO_POINTER (key));
    if (other && !g_str_equal (other, words)) { /* rows with the same button: the key goes from one to the next */
      g_test_message ("%s: %s means “%s” and “%s”", where, gdk_keyval_name (key), other, words);
      g_test_fail ();
    }
    g_hash_table_insert (met, GUINT_TO_POINTER (key), (gpointer)words);
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    if (!GTK_IS_POPOVER (child))
      look_at_mnemonics (child, met, where);
}

static void
look_once (GtkWidget *part, const char *where)
{
  g_autoptr (GHashTable) met = g_hash_table_new (NULL, NULL);
  look_at_mnemonics (part, met, where);
}

/* A menu is a screen of its own while it is open. */
static void
look_at_menus (GtkWidget *widget, const char *where)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  if (GTK_IS_MENU_BUTTON (widget)) {
    if (!gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (widget)) || !gtk_widget_is_sensitive (widget))
      return;
    gtk_menu_button_popup (GTK_MENU_BUTTON (widget));
    GtkPopover *popover = gtk_menu_button_get_popover (GTK_MENU_BUTTON (widget));
    g_autofree char *here = g_strdup_printf ("a menu of %s", where);
    look_once (GTK_WIDGET (popover), here);
    gtk_popover_popdown (popover);
    return;
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    if (!GTK_IS_POPOVER (child))
      look_at_menus (child, where);
}

static void
look (Play *play, const char *where)
{
  measure (play, where);
  look_at_buttons (GTK_WIDGET (play->window), where);
  look_once (GTK_WIDGET (play->window), where);
  look_at_menus (GTK_WIDGET (play->window), where);
}

static void
open_page (Play *play, const char *page)
{
  play_do (play, "go", g_variant_new_string (page));
  play_wait (is_ready, play->window, page);
}

static void
begin (Play *play, QcFill fill)
{
  play_begin_in (play, qc_app_fixture_make_folder (fill, 20));
  wait_enabled (play, "go");
  qc_context_set_today (play->context, QC_FIXTURE_TODAY);
}

static void
test_pages (void)
{
  Play play;
  begin (&play, QC_FILL_AGREEMENT | QC_FILL_ASK | QC_FILL_RETIRED | QC_FILL_APPLICATIONS | QC_FILL_LONG_NAMES);
  for (guint i = 0; qc_pages_get (i); i++) {
    open_page (&play, qc_pages_get (i)->name);
    look (&play, qc_pages_get (i)->name);
  }
  play_end (&play);
}

static void
test_steps (void)
{
  Play play;
  begin (&play, QC_FILL_AGREEMENT | QC_FILL_ASK | QC_FILL_RETIRED | QC_FILL_LONG_NAMES);
  open_page (&play, "remittance");
  wait_enabled (&play, "remittance-next");
  play_do (&play, "remittance-next", NULL);
  look (&play, "months");
  play_do (&play, "remittance-next", NULL);
  play_wait_words (&play, _ ("Individual account"));
  look (&play, "review");
  play_do (&play, "remittance-answer", g_variant_new_parsed ("([\'2311000005\'], %s)", "women-55"));
  play_do (&play, "remittance-review-all", NULL);
  wait_enabled (&play, "remittance-next");
  play_do (&play, "remittance-next", NULL);
  look (&play, "submit");
  play_end (&play);
}

static gboolean
has_detail (gpointer data)
{
  return play_find_words (data, _ ("Course")) != NULL || play_find_words (data, _ ("Entered by")) != NULL;
}

static void
test_details (void)
{
  static const char *const pages[] = {"applications", "remittance"};
  Play play;
  begin (&play, QC_FILL_APPLICATIONS | QC_FILL_OPEN | QC_FILL_FAILED_DRAW | QC_FILL_LONG_NAMES);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++) {
    open_page (&play, pages[i]);
    play_wait_words (&play, "HJ2026");
    play_do (&play, "application-select", g_variant_new_string ("HJ202600000005"));
    play_wait (has_detail, play.window, "the details");
    look (&play, pages[i]);
  }
  open_page (&play, "people");
  play_do (&play, "people-details", NULL);
  look (&play, "people-details");
  play_end (&play);
}

/* --- figures --- */

typedef struct {
  Play *play;
  GtkWidget *text; /* (nullable) the first that is cut */
  int n;           /* figures in sight */
} Figures;

static gboolean
has_digit (const char *text)
{
  for (; *text; text++)
    if (g_ascii_isdigit (*text))
      return TRUE;
  return FALSE;
}

static int
natural_width (GtkWidget *text)
{
  g_autoptr (PangoLayout) layout
      = gtk_widget_create_pango_layout (text, gtk_inscription_get_text (GTK_INSCRIPTION (text)));
  int width;
  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

/* The figures of accounts and amounts, not those within a sentence. */
static gboolean
is_figure (GtkWidget *widget)
{
  return GTK_IS_INSCRIPTION (widget) && gtk_widget_has_css_class (widget, "numeric")
         && has_digit (gtk_inscription_get_text (GTK_INSCRIPTION (widget)));
}

/* What stands in place of a figure that is half outside. */
static gboolean
is_withheld (GtkWidget *widget)
{
  return GTK_IS_INSCRIPTION (widget) && gtk_widget_has_css_class (widget, "numeric")
         && g_str_equal (gtk_inscription_get_text (GTK_INSCRIPTION (widget)), "…");
}

/* A figure is whole, and stands wholly within what its list shows of it, or wholly outside; what has room is said. */
static void
look_at_figures (GtkWidget *widget, GtkWidget *view, Figures *figures)
{
  if (!gtk_widget_get_mapped (widget) || figures->text)
    return;
  if (GTK_IS_COLUMN_VIEW (widget))
    view = widget;
  graphene_rect_t bounds;
  if (view && is_withheld (widget) && gtk_widget_compute_bounds (widget, view, &bounds)) {
    if (bounds.origin.x >= 0 && bounds.origin.x + bounds.size.width <= gtk_widget_get_width (view))
      figures->text = widget;
    return;
  }
  if (view && is_figure (widget) && gtk_widget_compute_bounds (widget, view, &bounds)) {
    double start = bounds.origin.x, end = start + bounds.size.width, room = gtk_widget_get_width (view);
    gboolean outside = end <= 0 || start >= room;
    figures->n += !outside;
    if (gtk_widget_get_width (widget) < natural_width (widget) || (!outside && (start < 0 || end > room)))
      figures->text = widget;
    return;
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    look_at_figures (child, view, figures);
}

static gboolean
is_whole (gpointer data)
{
  Figures *figures = data;
  figures->text = NULL;
  figures->n = 0;
  look_at_figures (GTK_WIDGET (figures->play->window), NULL, figures);
  return !figures->text && figures->n > 0;
}

typedef struct {
  GtkWidget *window;
  int width, asked;
} Width;

/* As wide as was asked for, or as it must be; its shadow does not count. Asked again each time: a display without a
 * window manager forgets what it is asked while it is still at something else. */
static gboolean
is_wide (gpointer data)
{
  Width *wanted = data;
  wanted->asked = !wanted->asked;
  gtk_window_set_default_size (GTK_WINDOW (wanted->window), wanted->width + wanted->asked, 700);
  int least;
  gtk_widget_measure (wanted->window, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  return ABS (gtk_widget_get_width (wanted->window) - MAX (wanted->width, MIN (least, 1366))) < 40;
}

static void
look_when_narrow (Play *play, const char *where)
{
  static const int widths[] = {1280, 1100, 1024, 900};
  for (guint i = 0; i < G_N_ELEMENTS (widths); i++) {
    Figures figures = {play, NULL, 0};
    g_autofree char *what = g_strdup_printf ("whole figures: %s, %d wide", where, widths[i]);
    play_wait (is_wide, &(Width) {GTK_WIDGET (play->window), widths[i]}, what);
    play_wait (is_whole, &figures, what);
  }
}

/* Columns give way in their order, then the list is pushed sideways: the account number and the amount of a person,
 * the serial number and the amount of a record, the amount of a month are never cut. */
static void
test_figures (void)
{
  Play play;
  begin (&play, QC_FILL_AGREEMENT | QC_FILL_ASK | QC_FILL_RETIRED | QC_FILL_APPLICATIONS | QC_FILL_LONG_NAMES);
  open_page (&play, "people");
  look_when_narrow (&play, "people");
  g_action_group_change_action_state (G_ACTION_GROUP (play.window), "people-details", g_variant_new_boolean (TRUE));
  look_when_narrow (&play, "people with details");
  open_page (&play, "applications");
  play_wait_words (&play, "HJ2026");
  look_when_narrow (&play, "records");
  play_do (&play, "application-select", g_variant_new_string ("HJ202600000003"));
  look_when_narrow (&play, "records with details");
  open_page (&play, "remittance");
  wait_enabled (&play, "remittance-next");
  play_do (&play, "remittance-step", g_variant_new_int32 (3));
  look_when_narrow (&play, "review");
  play_do (&play, "remittance-findings", NULL);
  look_when_narrow (&play, "review with findings");
  play_end (&play);
}

/* --- what is left over --- */

static char *
cell_word (gpointer item, gpointer data)
{
  return g_strdup (gtk_string_object_get_string (item));
}

/* Titles and cells stand where they would if every column had its part of what is to spare. */
static gboolean
is_shared (gpointer data)
{
  GtkWidget *grid = data, *header = gtk_widget_get_first_child (grid), *list = gtk_widget_get_next_sibling (header);
  GtkWidget *row = gtk_widget_get_first_child (list), *title = gtk_widget_get_first_child (header);
  GtkWidget *cell = row ? gtk_widget_get_first_child (row) : NULL;
  int room = gtk_widget_get_width (grid);
  return room > 900 && cell && gtk_widget_get_width (title) < room / 2 && gtk_widget_get_width (cell) < room / 2;
}

static void
test_shared (void)
{
  static const QcGridColumn columns[] = {{"name", "Name", cell_word, QC_GRID_NAME, .chars = 30, .expand = TRUE},
                                         {"second", "Second", cell_word, QC_GRID_TEXT, .chars = 10},
                                         {"third", "Third", cell_word, QC_GRID_NUMBER}};
  const char *words[] = {"1", "2", "3", NULL};
  GtkSelectionModel *model = GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (gtk_string_list_new (words))));
  GtkColumnView *grid = qc_grid_new (model, columns, G_N_ELEMENTS (columns), "Words", cell_word, NULL);
  GtkWidget *window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 300);
  gtk_window_set_child (GTK_WINDOW (window), qc_grid_scroll (grid));
  gtk_window_present (GTK_WINDOW (window));
  play_wait (is_shared, grid, "the columns to share what is to spare");
  gtk_window_destroy (GTK_WINDOW (window));
  g_object_unref (model);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("QINGCE_LOCALEDIR"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/look/pages", test_pages);
  g_test_add_func ("/look/steps", test_steps);
  g_test_add_func ("/look/details", test_details);
  g_test_add_func ("/look/figures", test_figures);
  g_test_add_func ("/look/shared", test_shared);
  return g_test_run ();
}
