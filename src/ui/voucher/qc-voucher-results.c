/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A row per voucher: the verdict by icon and words, who signed, what a page says otherwise, and the facts. Main thread.
 */
#include "qc-voucher-results.h"

#include <glib/gi18n.h>

#include "qc-format.h"

/* What is genuine and shown on a page that says something else is nothing to be at ease about. */
static const char *
icon_of (const QcVoucherResult *result)
{
  if (result->verdict == QC_VOUCHER_GENUINE && result->warnings->len == 0)
    return "emblem-ok-symbolic";
  return result->verdict == QC_VOUCHER_PRACTICE && result->warnings->len == 0 ? "dialog-information-symbolic"
                                                                              : "dialog-warning-symbolic";
}

/* The facts in one paragraph; NULL where none may be relied on. */
static char *
facts_of (const QcVoucherResult *result)
{
  if (!result->serial)
    return NULL;
  g_autofree char *months = qc_format_months (result->start, result->end);
  g_autofree char *money = qc_format_yuan (result->fen);
  return g_strdup_printf (_ ("Serial number %s · %s · %s · %s · %s · %s"), result->serial, result->unit_name,
                          result->unit, months, money, g_dgettext (NULL, qc_state_to_msgid (result->state)));
}

static const char *
class_of (const QcVoucherResult *result)
{
  if (result->verdict == QC_VOUCHER_GENUINE && result->warnings->len == 0)
    return "success";
  return result->verdict == QC_VOUCHER_PRACTICE && result->warnings->len == 0 ? "accent" : "warning";
}

/* How many of @results are of the same file as the one at @at. */
static guint
count_of_file (const GPtrArray *results, guint at)
{
  const QcVoucherResult *result = g_ptr_array_index (results, at);
  guint n = 0;
  for (guint i = 0; i < results->len; i++)
    n += g_strcmp0 (((QcVoucherResult *)g_ptr_array_index (results, i))->file, result->file) == 0;
  return n;
}

/* A text of a hundred lines that are no voucher is one thing to say. */
static guint
count_alike (const GPtrArray *results, guint first)
{
  const QcVoucherResult *result = g_ptr_array_index (results, first);
  guint n = 1;
  for (; first + n < results->len; n++) {
    const QcVoucherResult *next = g_ptr_array_index (results, first + n);
    if (result->serial || next->serial || next->verdict != result->verdict || !g_str_equal (next->title, result->title)
        || g_strcmp0 (next->reason, result->reason) != 0 || g_strcmp0 (next->file, result->file) != 0)
      break;
  }
  return n;
}

/* A line of a row; adds it to what the row is called. */
static void
append_line (GtkWidget *column, GString *spoken, const char *text, const char *class_name)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (class_name)
    gtk_widget_add_css_class (label, class_name);
  gtk_box_append (GTK_BOX (column), label);
  g_string_append_printf (spoken, "%s%s", spoken->len > 0 ? "\n" : "", text);
}

/* The verdict, who signed, what the page says otherwise, what all that means, and the facts. */
static void
append_lines (GtkWidget *column, GString *spoken, const QcVoucherResult *result, const char *title)
{
  g_autofree char *facts = facts_of (result);
  append_line (column, spoken, title, "heading");
  if (result->signed_by)
    append_line (column, spoken, result->signed_by, NULL);
  for (guint i = 0; i < result->warnings->len; i++)
    append_line (column, spoken, ((QcVoucherWarning *)g_ptr_array_index (result->warnings, i))->text, "warning");
  if (result->reason)
    append_line (column, spoken, result->reason, "dim-label");
  if (facts)
    append_line (column, spoken, facts, "dim-label");
}

static GtkWidget *
make_row (const QcVoucherResult *result, guint alike)
{
  /* Translators: a verdict, and how many lines or pages in a row of a file have it. */
  g_autofree char *many = alike > 1 ? g_strdup_printf (_ ("%s (%u times)"), result->title, alike) : NULL;
  g_autofree char *name = result->file ? g_filename_display_basename (result->file) : NULL;
  g_autofree char *title
      = name ? g_strdup_printf ("%s: %s", name, many ? many : result->title) : g_strdup (many ? many : result->title);
  g_autoptr (GString) spoken = g_string_new (NULL);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *icon = gtk_image_new_from_icon_name (icon_of (result));
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  gtk_widget_add_css_class (icon, class_of (result));
  gtk_widget_set_hexpand (column, TRUE);
  append_lines (column, spoken, result, title);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), column);
  gtk_widget_add_css_class (box, "qc-result");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken->str, -1);
  return row;
}

void
qc_voucher_results_show (GtkListBox *list, const GPtrArray *results)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (list))))
    gtk_list_box_remove (list, child);
  for (guint i = 0, n; results && i < results->len; i += n) {
    n = count_alike (results, i);
    /* nothing but that in the whole file: not said of its places */
    GtkWidget *row = make_row (g_ptr_array_index (results, i), n < count_of_file (results, i) ? n : 1);
    g_object_set_data (G_OBJECT (row), "result", GUINT_TO_POINTER (i));
    gtk_list_box_append (list, row);
  }
}

int
qc_voucher_results_get_index (GtkListBoxRow *row)
{
  return (int)GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "result"));
}
