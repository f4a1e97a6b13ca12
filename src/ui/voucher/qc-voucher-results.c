/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * One expander-free row per voucher: the verdict by icon and words, then the facts one may rely on. Main thread.
 */
#include "qc-voucher-results.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "qc-format.h"

static const char *
icon_of (QcVoucherVerdict verdict)
{
  if (verdict == QC_VOUCHER_GENUINE)
    return "emblem-ok-symbolic";
  return verdict == QC_VOUCHER_PRACTICE ? "dialog-information-symbolic" : "dialog-warning-symbolic";
}

/* The facts in one paragraph; NULL where none may be relied on. */
static char *
facts_of (const QcVoucherResult *result)
{
  g_autofree char *months = NULL, *money = NULL, *time = NULL;

  if (!result->serial)
    return NULL;
  months = qc_format_months (result->start, result->end);
  money = qc_format_yuan (result->fen);
  time = qc_format_date_time (result->issued);
  return g_strdup_printf (_ ("Serial number %s · %s · %s · %s · %s · %s · issued %s"), result->serial,
                          result->unit_name, result->unit, months, money,
                          g_dgettext (NULL, qc_state_to_msgid (result->state)), time);
}

static const char *
class_of (QcVoucherVerdict verdict)
{
  if (verdict == QC_VOUCHER_GENUINE)
    return "success";
  return verdict == QC_VOUCHER_PRACTICE ? "accent" : "warning";
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
        || g_strcmp0 (next->reason, result->reason) != 0)
      break;
  }
  return n;
}

static GtkWidget *
make_row (const QcVoucherResult *result, guint alike)
{
  /* Translators: a verdict, and how many lines or pages in a row have it. */
  g_autofree char *many = alike > 1 ? g_strdup_printf (_ ("%s (%u times)"), result->title, alike) : NULL;
  const char *title = many ? many : result->title;
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name (icon_of (result->verdict));
  g_autofree char *facts = facts_of (result);
  g_autofree char *subtitle = facts ? g_strconcat (result->reason, "\n", facts, NULL) : g_strdup (result->reason);
  g_autofree char *label = g_strconcat (title, ": ", subtitle, NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_add_css_class (icon, class_of (result->verdict));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return row;
}

void
qc_voucher_results_show (GtkListBox *list, const GPtrArray *results)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (list))))
    gtk_list_box_remove (list, child);
  for (guint i = 0, n; i < results->len; i += n) {
    n = count_alike (results, i);
    gtk_list_box_append (list, make_row (g_ptr_array_index (results, i), n));
  }
}
