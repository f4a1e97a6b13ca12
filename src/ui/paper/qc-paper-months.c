/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-paper-months.h. Main thread.
 */
#include "qc-paper-months.h"

#include <glib/gi18n.h>

#include "qc-dialogs.h"
#include "qc-drop-down.h"
#include "qc-format.h"
#include "qc-month.h"
#include "qc-paper-window.h"
#include "qc-printout-kinds.h"
#include "qc-spoken.h"

typedef struct {
  GtkWidget *parent;  /* (owned) */
  QcSession *session; /* (owned) */
  QcMonth last;
  /* borrowed */
  GtkWidget *from, *to, *roster, *changes;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;
  g_object_unref (question->parent);
  g_object_unref (question->session);
  g_free (question);
}

/* The newest stands first. */
static QcMonth
month_of (const Question *question, GtkWidget *choice)
{
  return qc_month_add (question->last, -(int)gtk_drop_down_get_selected (GTK_DROP_DOWN (choice)));
}

static void
chosen_cb (const char *choice, gpointer user_data)
{
  Question *question = user_data;
  QcMonth a = month_of (question, question->from), b = month_of (question, question->to);
  guint papers = (gtk_check_button_get_active (GTK_CHECK_BUTTON (question->roster)) ? QC_MONTH_ROSTER : 0)
                 | (gtk_check_button_get_active (GTK_CHECK_BUTTON (question->changes)) ? QC_MONTH_CHANGES : 0);
  g_autoptr (GArray) months = g_array_new (FALSE, FALSE, sizeof (QcMonth));
  for (QcMonth month = MIN (a, b); month <= MAX (a, b); month = qc_month_add (month, 1))
    g_array_append_val (months, month);
  if (g_str_equal (choice, "show") && papers != 0)
    qc_paper_window_open (question->parent, qc_printout_new_months (question->session, (const QcMonth *)months->data,
                                                                    months->len, papers));
}

static GtkWidget *
attach_months (GtkWidget *grid, int row, const char *words, QcMonth first, QcMonth last)
{
  GtkWidget *label = gtk_label_new_with_mnemonic (words);
  GtkStringList *names = gtk_string_list_new (NULL);
  for (QcMonth month = last; month >= first; month = qc_month_add (month, -1)) {
    g_autofree char *name = qc_format_month (month);
    gtk_string_list_append (names, name);
  }
  GtkWidget *choice = gtk_drop_down_new (G_LIST_MODEL (names), NULL);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), choice);
  g_autofree char *plain = qc_spoken_dup_plain (words);
  qc_drop_down_set_name (GTK_DROP_DOWN (choice), plain);
  gtk_widget_set_hexpand (choice, TRUE);
  gtk_grid_attach (GTK_GRID (grid), label, 0, row, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), choice, 1, row, 1, 1);
  return choice;
}

static GtkWidget *
attach_paper (GtkWidget *grid, int row, const char *words, gboolean chosen)
{
  GtkWidget *check = gtk_check_button_new_with_mnemonic (words);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), chosen);
  gtk_grid_attach (GTK_GRID (grid), check, 0, row, 2, 1);
  return check;
}

GtkWidget *
qc_paper_months_ask (GtkWidget *parent, QcSession *session, QcMonth first, QcMonth last)
{
  static const QcDialogChoice choices[] = {{"close", N_ ("_Cancel")}, {"show", N_ ("_Show the Pages")}};
  g_return_val_if_fail (first != QC_MONTH_NONE && first <= last, NULL);
  Question *question = g_new0 (Question, 1);
  GtkWidget *grid = gtk_grid_new ();
  question->parent = g_object_ref (parent);
  question->session = g_object_ref (session);
  question->last = last;
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  question->from = attach_months (grid, 0, _ ("_From"), first, last);
  question->to = attach_months (grid, 1, _ ("_To"), first, last);
  question->roster = attach_paper (grid, 2, _ ("_Roster: who was remitted"), TRUE);
  question->changes = attach_paper (grid, 3, _ ("_Changes: who came and who left"), TRUE);
  return qc_dialog_choose (parent, _ ("Print remitted months"), _ ("Each month and each paper has pages of its own."),
                           grid, choices, G_N_ELEMENTS (choices), chosen_cb, question, question_free);
}
