/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The frame of the businesses with two steps of a test's own: where one can go, findings by step and group, and what a
 * confirmation shows.
 */
#include <adwaita.h>

#include "play.h"
#include "qc-confirm-box.h"
#include "qc-dialogs.h"
#include "qc-findings-list.h"
#include "qc-prose.h"
#include "qc-spoken.h"
#include "qc-step-words.h"
#include "qc-wizard.h"

#define TEST_TYPE_STEP (test_step_get_type ())
G_DECLARE_FINAL_TYPE (TestStep, test_step, TEST, STEP, GtkWidget)
struct _TestStep {
  GtkWidget parent_instance;
  gboolean done;
  const char *code; /* of its findings */
  guint went;
};

static gboolean
is_done (QcWizardStep *step)
{
  return TEST_STEP (step)->done;
}

static gboolean
owns (QcWizardStep *step, const QcFinding *finding)
{
  return g_strcmp0 (TEST_STEP (step)->code, finding->code) == 0;
}

static void
go_to (QcWizardStep *step, const QcFinding *finding)
{
  TEST_STEP (step)->went++;
}

static void
step_init (QcWizardStepInterface *iface)
{
  iface->is_done = is_done;
  iface->owns = owns;
  iface->go_to = go_to;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestStep, test_step, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (QC_TYPE_WIZARD_STEP, step_init))

static void
test_step_class_init (TestStepClass *klass)
{
}

static void
test_step_init (TestStep *self)
{
}

static void
test_where_one_can_go (void)
{
  QcWizard *wizard = g_object_ref_sink (QC_WIZARD (qc_wizard_new (QC_BUSINESS_REMITTANCE)));
  TestStep *method = g_object_new (TEST_TYPE_STEP, NULL);
  TestStep *months = g_object_new (TEST_TYPE_STEP, NULL);
  TestStep *last = g_object_new (TEST_TYPE_STEP, NULL);
  qc_wizard_add_step (wizard, QC_STEP_METHOD, GTK_WIDGET (method), FALSE);
  qc_wizard_add_step (wizard, QC_STEP_MONTHS, GTK_WIDGET (months), FALSE);
  qc_wizard_add_step (wizard, QC_STEP_CONFIRM, GTK_WIDGET (last), TRUE);
  g_assert_cmpint (qc_wizard_get_step (wizard), ==, QC_STEP_METHOD);
  g_assert_false (qc_wizard_can_go (wizard, QC_STEP_MONTHS));
  g_assert_false (qc_wizard_go (wizard, QC_STEP_MONTHS));
  g_assert_false (qc_wizard_can_go (wizard, QC_STEP_ROSTER)); /* 汇缴 has no such step */
  method->done = months->done = TRUE;
  g_assert_true (qc_wizard_go (wizard, QC_STEP_CONFIRM));
  g_assert_true (qc_wizard_go (wizard, QC_STEP_METHOD)); /* any reached step can be revisited */
  g_assert_true (qc_wizard_go (wizard, QC_STEP_CONFIRM));
  months->done = FALSE; /* undone behind its back: back to where something is missing */
  qc_wizard_update (wizard);
  g_assert_cmpint (qc_wizard_get_step (wizard), ==, QC_STEP_MONTHS);
  g_object_unref (wizard);
}

static void
test_findings (void)
{
  QcWizard *wizard = g_object_ref_sink (QC_WIZARD (qc_wizard_new (QC_BUSINESS_REMITTANCE)));
  TestStep *method = g_object_new (TEST_TYPE_STEP, NULL);
  TestStep *last = g_object_new (TEST_TYPE_STEP, NULL);
  g_autoptr (GPtrArray) findings = qc_findings_new ();
  method->code = "remittance.no-method";
  method->done = TRUE;
  qc_wizard_add_step (wizard, QC_STEP_METHOD, GTK_WIDGET (method), FALSE);
  qc_wizard_add_step (wizard, QC_STEP_CONFIRM, GTK_WIDGET (last), FALSE);
  g_ptr_array_add (findings, qc_finding_new ("remittance.no-method", NULL));
  g_ptr_array_add (findings, qc_finding_new ("remittance.overflow", NULL));
  qc_wizard_set_findings (wizard, findings);
  GtkWidget *list = play_find (GTK_WIDGET (wizard), QC_TYPE_FINDINGS_LIST);
  g_assert_cmpuint (qc_findings_list_get_n_groups (QC_FINDINGS_LIST (list)), ==, 2);
  g_assert_true (qc_wizard_go (wizard, QC_STEP_CONFIRM));
  GtkWidget *row = play_find (list, GTK_TYPE_LIST_BOX_ROW);
  g_signal_emit_by_name (gtk_widget_get_ancestor (row, GTK_TYPE_LIST_BOX), "row-activated", row);
  g_assert_cmpint (qc_wizard_get_step (wizard), ==, QC_STEP_METHOD); /* it jumped to its place */
  g_assert_cmpuint (method->went, ==, 1);
  qc_wizard_set_findings (wizard, NULL);
  g_assert_cmpuint (qc_findings_list_get_n_groups (QC_FINDINGS_LIST (list)), ==, 0);
  g_object_unref (wizard);
}

/* What was refused opens where it is to be mended, whatever step comes first; from there one goes where one likes. */
static void
test_after_refusal (void)
{
  QcWizard *wizard = g_object_ref_sink (QC_WIZARD (qc_wizard_new (QC_BUSINESS_REMITTANCE)));
  TestStep *method = g_object_new (TEST_TYPE_STEP, NULL);
  TestStep *months = g_object_new (TEST_TYPE_STEP, NULL);
  TestStep *last = g_object_new (TEST_TYPE_STEP, NULL);
  GtkWidget *result = g_object_ref_sink (gtk_label_new ("refused"));
  g_autoptr (GPtrArray) findings = qc_findings_new ();
  method->done = months->done = TRUE;
  method->code = "remittance.left-out"; /* a note leads nowhere */
  months->code = "remittance.overflow";
  qc_wizard_add_step (wizard, QC_STEP_METHOD, GTK_WIDGET (method), FALSE);
  qc_wizard_add_step (wizard, QC_STEP_MONTHS, GTK_WIDGET (months), FALSE);
  qc_wizard_add_step (wizard, QC_STEP_CONFIRM, GTK_WIDGET (last), FALSE);
  g_ptr_array_add (findings, qc_finding_new ("remittance.left-out", "count", "3", NULL));
  g_ptr_array_add (findings, qc_finding_new ("remittance.overflow", NULL));
  qc_wizard_set_findings (wizard, findings);
  g_assert_cmpint (qc_wizard_get_step (wizard), ==, QC_STEP_METHOD); /* nothing was refused */
  g_assert_true (qc_wizard_go (wizard, QC_STEP_CONFIRM));
  qc_wizard_set_result (wizard, result);
  qc_wizard_set_findings (wizard, findings);
  g_assert_cmpint (qc_wizard_get_step (wizard), ==, QC_STEP_CONFIRM);
  qc_wizard_set_result (wizard, NULL);
  qc_wizard_set_findings (wizard, NULL); /* not checked yet */
  g_assert_cmpint (qc_wizard_get_step (wizard), ==, QC_STEP_CONFIRM);
  qc_wizard_set_findings (wizard, findings);
  g_assert_cmpint (qc_wizard_get_step (wizard), ==, QC_STEP_MONTHS);
  g_assert_true (qc_wizard_go (wizard, QC_STEP_METHOD));
  qc_wizard_set_findings (wizard, findings);
  g_assert_cmpint (qc_wizard_get_step (wizard), ==, QC_STEP_METHOD);
  g_object_unref (result);
  g_object_unref (wizard);
}

/* What must be mended stands on top, in whatever order it was found. */
static void
test_worst_first (void)
{
  GtkWidget *list = g_object_ref_sink (qc_findings_list_new ());
  g_autoptr (GPtrArray) findings = qc_findings_new ();
  g_ptr_array_add (findings, qc_finding_new ("remittance.left-out", "count", "3", NULL));
  g_ptr_array_add (findings, qc_finding_new ("remittance.balance-unknown", "total", "1.00", NULL));
  g_ptr_array_add (findings, qc_finding_new ("remittance.overflow", NULL));
  qc_findings_list_set (QC_FINDINGS_LIST (list), findings);
  GtkWidget *first = play_find (list, GTK_TYPE_LIST_BOX_ROW);
  const QcFinding *shown = g_object_get_data (G_OBJECT (first), "finding");
  g_assert_cmpstr (shown->code, ==, "remittance.overflow");
  g_object_unref (list);
}

static QcFinding *
below_floor (gint64 line, const char *name, const char *account)
{
  QcFinding *finding = qc_finding_new ("base.below-floor", "person", name, NULL);
  qc_finding_set_arg_money (finding, "base", 100);
  qc_finding_set_arg_money (finding, "floor", 202000);
  qc_finding_at (finding, line, account, "base");
  return finding;
}

/* (nullable) the row of the list that leads to @line; borrowed. */
static GtkWidget *
row_of (GtkWidget *list, gint64 line, int *out_index)
{
  GtkListBox *box = GTK_LIST_BOX (play_find (list, GTK_TYPE_LIST_BOX));
  GtkWidget *found = NULL;
  for (int i = 1; gtk_list_box_get_row_at_index (box, i); i++) { /* the first one is the headline */
    GtkWidget *row = GTK_WIDGET (gtk_list_box_get_row_at_index (box, i));
    if (((const QcFinding *)g_object_get_data (G_OBJECT (row), "finding"))->line == line) {
      g_assert_null (found);
      found = row;
      *out_index = i;
    }
  }
  return found;
}

/* Each row says whom it concerns; an edit that makes or mends one fault leaves the other rows where they are. */
static void
test_rows_stay (void)
{
  GtkWidget *list = g_object_ref_sink (qc_findings_list_new ());
  g_autoptr (GPtrArray) findings = qc_findings_new ();
  g_ptr_array_add (findings, below_floor (2, "王芳", "23110000000002"));
  g_ptr_array_add (findings, below_floor (3, "李娜", "23110000000003"));
  g_ptr_array_add (findings, below_floor (4, "王芳", "23110000000004"));
  qc_findings_list_set (QC_FINDINGS_LIST (list), findings);
  int at;
  GtkWidget *second = row_of (list, 3, &at), *third = row_of (list, 4, &at);
  g_assert_cmpint (at, ==, 3);
  g_assert_nonnull (play_find_words (second, "李娜 23110000000003"));

  g_ptr_array_remove_index (findings, 0);
  g_ptr_array_insert (findings, 1, below_floor (9, "赵敏", "23110000000009"));
  qc_findings_list_set (QC_FINDINGS_LIST (list), findings);
  g_assert_null (row_of (list, 2, &at));
  g_assert_true (row_of (list, 3, &at) == second);
  g_assert_cmpint (at, ==, 1);
  g_assert_nonnull (row_of (list, 9, &at));
  g_assert_cmpint (at, ==, 2);
  g_assert_true (row_of (list, 4, &at) == third);
  g_assert_cmpint (at, ==, 3);
  qc_findings_list_set (QC_FINDINGS_LIST (list), NULL);
  g_assert_null (play_find (list, GTK_TYPE_LIST_BOX_ROW));
  g_object_unref (list);
}

/* A step of 500 pixels in a window of this width, with one finding. */
static GtkWidget *
show_wizard (int width)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *step = g_object_new (TEST_TYPE_STEP, NULL);
  GtkWidget *wizard = qc_wizard_new (QC_BUSINESS_REMITTANCE);
  g_autoptr (GPtrArray) findings = qc_findings_new ();
  gtk_widget_set_size_request (step, 500, 100);
  qc_wizard_add_step (QC_WIZARD (wizard), QC_STEP_REVIEW, step, TRUE);
  g_ptr_array_add (findings, qc_finding_new ("remittance.overflow", NULL));
  qc_wizard_set_findings (QC_WIZARD (wizard), findings);
  gtk_window_set_default_size (GTK_WINDOW (window), width, 400);
  gtk_window_set_child (GTK_WINDOW (window), wizard);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static gboolean
shows_findings (gpointer window)
{
  return gtk_widget_get_width (window) > 0 && play_find (window, QC_TYPE_FINDINGS_LIST);
}

static gboolean
hides_findings (gpointer window)
{
  return gtk_widget_get_width (window) > 0 && !play_find (window, QC_TYPE_FINDINGS_LIST);
}

/* Where the step would be cut the findings give way; their number stays, and a click brings them. */
static void
test_small_screen (void)
{
  GtkWidget *wide = show_wizard (1100);
  GtkWidget *narrow = show_wizard (720);
  play_wait (hides_findings, narrow, "the findings to give way");
  play_wait (shows_findings, wide, "the findings to be shown");
  g_assert_nonnull (play_find_words (narrow, "1 finding"));
  gtk_window_destroy (GTK_WINDOW (wide));
  gtk_window_destroy (GTK_WINDOW (narrow));
}

/* A dialog asks for the height before it knows its width: no line of a warning may be missing in the answer. */
static void
test_confirmation_height (void)
{
  GtkWidget *box = g_object_ref_sink (qc_confirm_box_new ("黑河市住房公积金管理中心（演练）", 777200));
  qc_confirm_box_add_warning (QC_CONFIRM_BOX (box),
                              "The bank account of the collection agreement held 69,339.00 yuan at 2026-09-15 10:00, "
                              "24,769.00 yuan less than the 94,108.00 yuan due.");
  int width;
  gtk_widget_measure (box, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
  int asked;
  gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, -1, NULL, &asked, NULL, NULL);
  int needed;
  gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, width, NULL, &needed, NULL, NULL);
  g_assert_cmpint (asked, >=, needed);
  g_assert_cmpint (asked, <, needed + 100); /* nor is half of it empty */
  g_object_unref (box);
}

static gboolean
has_width (gpointer widget)
{
  return gtk_widget_get_width (widget) > 0;
}

static void
nothing (gpointer data)
{
}

/* --- texts that change --- */

/* What a text needs at the width that it has. */
static int
needed_height (QcProse *prose)
{
  GtkWidget *words = gtk_widget_get_first_child (GTK_WIDGET (prose));
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (words, qc_prose_get_text (prose));
  int height;
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width (layout, gtk_widget_get_width (words) * PANGO_SCALE);
  pango_layout_get_pixel_size (layout, NULL, &height);
  return height;
}

static gboolean
has_room (gpointer data)
{
  GtkWidget *words = gtk_widget_get_first_child (data);
  return gtk_widget_get_height (words) == needed_height (data) && gtk_widget_get_width (words) > 0;
}

/* In whatever order texts come, each gets the lines that it needs, and no more. */
static void
test_prose_room (void)
{
  GtkWidget *window = gtk_window_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *prose = qc_prose_new (NULL);
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261130);
  gtk_box_append (GTK_BOX (line), prose);
  gtk_box_append (GTK_BOX (line), gtk_label_new ("beside"));
  gtk_box_append (GTK_BOX (box), line);
  gtk_window_set_default_size (GTK_WINDOW (window), 300, 400);
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
  for (guint i = 0; i < 60; i++) {
    g_autoptr (GString) text = g_string_new ("人");
    for (int words = g_rand_int_range (rand, 0, 30); words > 0; words--)
      g_string_append (text, words % 3 ? "12,345.67 " : "封存 ");
    qc_prose_set_text (QC_PROSE (prose), text->str);
    play_wait (has_room, prose, "room for a text");
  }
  gtk_window_destroy (GTK_WINDOW (window));
}

/* A text that has room takes nobody else's time. */
static void
test_prose_stays (void)
{
  GtkWidget *window = gtk_window_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *prose = qc_prose_new ("Draft saved");
  gtk_box_append (GTK_BOX (box), prose);
  gtk_window_set_default_size (GTK_WINDOW (window), 300, 400);
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
  play_wait (has_room, prose, "room for a text");
  int least, natural;
  gtk_widget_measure (prose, GTK_ORIENTATION_HORIZONTAL, -1, &least, &natural, NULL, NULL);
  qc_prose_set_text (QC_PROSE (prose), "Saving");
  int after;
  gtk_widget_measure (prose, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &after, NULL, NULL);
  g_assert_cmpint (after, ==, natural); /* the answer of before still holds: nobody was told to ask again */
  qc_prose_set_text (QC_PROSE (prose), "Draft saved, and a good deal more than that, which takes another line");
  play_wait (has_room, prose, "room for a longer text");
  gtk_widget_measure (prose, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &after, NULL, NULL);
  g_assert_cmpint (after, >, natural);
  gtk_window_destroy (GTK_WINDOW (window));

  g_autoptr (GtkWidget) amount = g_object_ref_sink (qc_prose_new_unbroken ("12,345,678.90"));
  gtk_widget_measure (amount, GTK_ORIENTATION_HORIZONTAL, -1, &least, &natural, NULL, NULL);
  g_assert_cmpint (least, ==, natural);
}

static gboolean
is_default (GtkWidget *dialog, const char *words)
{
  GtkWidget *button = gtk_window_get_default_widget (GTK_WINDOW (dialog));
  return button && play_find_words (button, words);
}

/* Where something speaks against it, Enter does not do it. */
static void
test_careful (void)
{
  GtkWidget *box = qc_confirm_box_new ("黑河市住房公积金管理中心（演练）", 777200);
  g_assert_false (qc_confirm_box_has_warning (QC_CONFIRM_BOX (box)));
  qc_confirm_box_add_warning (QC_CONFIRM_BOX (box), "The account holds less than is due.");
  g_assert_true (qc_confirm_box_has_warning (QC_CONFIRM_BOX (box)));
  GtkWidget *careful = qc_dialog_confirm (NULL, "Submit?", "", "Do it", QC_CONFIRM_CAREFUL, box, nothing, NULL, NULL);
  GtkWidget *plain = qc_dialog_confirm (NULL, "Submit?", "", "Do it", QC_CONFIRM_PLAIN, NULL, nothing, NULL, NULL);
  g_assert_true (is_default (plain, "Do it"));
  g_assert_false (is_default (careful, "Do it"));
  gtk_window_destroy (GTK_WINDOW (plain));
  gtk_window_destroy (GTK_WINDOW (careful));
}

/* Its warnings stand above everything else, however large the text, and outside what is scrolled. */
static void
test_warning_on_top (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *box = qc_confirm_box_new ("黑河市住房公积金管理中心（演练）", 777200);
  qc_confirm_box_add_warning (QC_CONFIRM_BOX (box), "The account holds less than is due.");
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
  play_wait (has_width, box, "the box to be shown");
  GtkWidget *warning = play_find_words (box, "holds less");
  GtkWidget *amount = play_find_words (box, "7,772.00");
  graphene_rect_t above, below;
  g_assert_true (gtk_widget_compute_bounds (warning, box, &above) && gtk_widget_compute_bounds (amount, box, &below));
  g_assert_cmpfloat (above.origin.y + above.size.height, <=, below.origin.y);
  g_assert_null (gtk_widget_get_ancestor (warning, GTK_TYPE_SCROLLED_WINDOW));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_confirmation (void)
{
  GtkWidget *box = g_object_ref_sink (qc_confirm_box_new ("黑河市住房公积金管理中心（演练）", 777200));
  qc_confirm_box_add (QC_CONFIRM_BOX (box), "Method", "Collection");
  g_assert_nonnull (play_find_words (box, "7,772.00"));
  g_assert_nonnull (play_find_words (box, "人民币柒仟柒佰柒拾贰元整"));
  g_assert_nonnull (play_find_words (box, "黑河市住房公积金管理中心（演练）"));
  g_assert_nonnull (play_find_words (box, "Collection"));
  g_object_unref (box);
}

/* What would be undone has a name; of a step of a newer version nothing is known. */
static void
test_step_words (void)
{
  const struct {
    const char *label, *undo;
  } rows[] = {{NULL, "Undo"},
              {"lines.paste", "Undo: what was pasted"},
              {"lines.import", "Undo: what was imported"},
              {"lines.import-undo", "Undo: the import taken back"},
              {"line.reason", "Undo: Reason for the change"},
              {"line.scale", "Undo: bases changed"},
              {"reviewed.202610", "Undo: months reviewed"},
              {"class.23110000000043", "Undo: the retirement class"},
              {"value:DWDZ", "Undo: Address"},
              {"value:XX", "Undo"},
              {"line.nothing", "Undo"},
              {"of-a-newer-one", "Undo"}};
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *undo = qc_step_words_dup_undo (rows[i].label);
    g_assert_cmpstr (undo, ==, rows[i].undo);
  }
  g_autofree char *redo = qc_step_words_dup_redo ("lines.clear");
  g_assert_cmpstr (redo, ==, "Redo: all lines deleted");
}

static void
test_plain (void)
{
  static const char *const rows[][2] = {{"_Next", "Next"},
                                        {"下一步(_N)", "下一步"},
                                        {"办理(_S) · 2026年10月", "办理 · 2026年10月"},
                                        {"a__b", "a_b"},
                                        {"保存(_S)…", "保存…"},
                                        {"张三(男)", "张三(男)"},
                                        {"", ""},
                                        {"_", ""},
                                        {NULL, ""}};
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *plain = qc_spoken_dup_plain (rows[i][0]);
    g_assert_cmpstr (plain, ==, rows[i][1]);
  }
}

static void
assert_said (gpointer object, GtkAccessibleProperty property, const char *words)
{
  g_autofree char *other = gtk_test_accessible_check_property (GTK_ACCESSIBLE (object), property, words);
  g_assert_cmpstr (other, ==, NULL);
}

/* What GTK 4.8 would say of itself: types, keys, and nothing of a button that stays down. */
static void
test_spoken (void)
{
  qc_spoken_set_up ();
  GtkWidget *stack = g_object_ref_sink (gtk_stack_new ());
  GtkStackPage *plain = gtk_stack_add_named (GTK_STACK (stack), gtk_label_new ("one"), "one");
  GtkStackPage *titled = gtk_stack_add_titled (GTK_STACK (stack), gtk_label_new ("two"), "two", "Second");
  assert_said (plain, GTK_ACCESSIBLE_PROPERTY_LABEL, "");
  assert_said (titled, GTK_ACCESSIBLE_PROPERTY_LABEL, "Second");

  GtkWidget *icon = g_object_ref_sink (gtk_button_new_from_icon_name ("edit-undo-symbolic"));
  gtk_widget_set_tooltip_text (icon, "Undo");
  assert_said (gtk_button_get_child (GTK_BUTTON (icon)), GTK_ACCESSIBLE_PROPERTY_LABEL, "");
  assert_said (icon, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "");

  GtkWidget *next = g_object_ref_sink (gtk_button_new_with_mnemonic ("下一步(_N)"));
  assert_said (next, GTK_ACCESSIBLE_PROPERTY_LABEL, "下一步");
  qc_spoken_set_button (GTK_BUTTON (next), "开始(_G)");
  assert_said (next, GTK_ACCESSIBLE_PROPERTY_LABEL, "开始");
  g_assert_nonnull (play_find_words (next, "开始(G)"));

  GtkWidget *toggle = g_object_ref_sink (gtk_toggle_button_new_with_mnemonic ("_Sealed"));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (toggle), TRUE);
  assert_said (toggle, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "On");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (toggle), FALSE);
  assert_said (toggle, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "Off");
  g_object_unref (stack);
  g_object_unref (icon);
  g_object_unref (next);
  g_object_unref (toggle);
}

int
main (int argc, char *argv[])
{
  g_setenv ("GTK_A11Y", "test", TRUE); /* what a reader is told can be asked for */
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/wizard/where-one-can-go", test_where_one_can_go);
  g_test_add_func ("/wizard/after-refusal", test_after_refusal);
  g_test_add_func ("/wizard/findings", test_findings);
  g_test_add_func ("/wizard/worst-first", test_worst_first);
  g_test_add_func ("/wizard/rows-stay", test_rows_stay);
  g_test_add_func ("/wizard/small-screen", test_small_screen);
  g_test_add_func ("/wizard/confirmation", test_confirmation);
  g_test_add_func ("/wizard/prose-room", test_prose_room);
  g_test_add_func ("/wizard/prose-stays", test_prose_stays);
  g_test_add_func ("/wizard/careful", test_careful);
  g_test_add_func ("/wizard/warning-on-top", test_warning_on_top);
  g_test_add_func ("/wizard/confirmation-height", test_confirmation_height);
  g_test_add_func ("/wizard/step-words", test_step_words);
  g_test_add_func ("/wizard/plain", test_plain);
  g_test_add_func ("/wizard/spoken", test_spoken);
  return g_test_run ();
}
