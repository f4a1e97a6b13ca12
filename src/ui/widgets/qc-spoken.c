/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What a screen reader is told; see the header. The classes of GTK are changed once, so that whatever GTK and
 * libadwaita put together by themselves is spoken as well as what is made here. Main thread.
 */
#include "qc-spoken.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* --- words of buttons and labels --- */

char *
qc_spoken_dup_plain (const char *label)
{
  GString *plain = g_string_new (NULL);
  for (const char *p = label ? label : ""; *p; p++) {
    gboolean is_suffix
        = p[0] == '(' && p[1] == '_' && p[2] && p[3] == ')'; /* Chinese: the key stands behind the words */
    if (is_suffix)
      p += 3;
    else if (*p != '_' || p[1] == '_')
      g_string_append_c (plain, *p);
    if (*p == '_' && p[1] == '_')
      p++;
  }
  return g_string_free (plain, FALSE);
}

static void
say_label (GObject *widget)
{
  gboolean marked = FALSE;
  g_object_get (widget, "use-underline", &marked, NULL);
  if (!marked)
    return;
  g_autofree char *label = NULL;
  g_object_get (widget, "label", &label, NULL);
  g_autofree char *plain = qc_spoken_dup_plain (label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, plain, -1);
  if (!GTK_IS_LABEL (widget)) /* GTK has the label within say the same once more */
    gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

static void
notify_cb (GObject *widget, GParamSpec *property)
{
  if (g_str_equal (property->name, "label") || g_str_equal (property->name, "use-underline"))
    say_label (widget);
}

/* The title of a page that says its state. (nullable) */
static GtkWidget *
find_title (GtkWidget *widget)
{
  GtkWidget *found = GTK_IS_LABEL (widget) && gtk_widget_has_css_class (widget, "title") ? widget : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found;
       child = gtk_widget_get_next_sibling (child))
    found = find_title (child);
  return found;
}

/* Until it is given words: a label has none, and how far something is needs a name. */
static void
constructed_cb (GObject *widget)
{
  GObjectClass *parent = g_type_class_peek (GTK_TYPE_WIDGET);
  parent->constructed (widget);
  GtkWidget *title = ADW_IS_STATUS_PAGE (widget) ? find_title (GTK_WIDGET (widget)) : NULL;
  if (title)
    qc_spoken_heading (title);
  if (GTK_IS_PROGRESS_BAR (widget))
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Progress"), -1);
  if (GTK_IS_LABEL (widget) && *gtk_label_get_text (GTK_LABEL (widget)) == '\0')
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, "", -1);
}

/* --- classes --- */

/* The classes stay: what they say is for as long as the program runs. */
static gpointer
take_class (GType type)
{
  return g_type_class_ref (type);
}

void
qc_spoken_set_up (void)
{
  const struct {
    GType type;
    GtkAccessibleRole role;
  } roles[] = {
      {GTK_TYPE_IMAGE, GTK_ACCESSIBLE_ROLE_PRESENTATION},
      {GTK_TYPE_SCROLLBAR, GTK_ACCESSIBLE_ROLE_PRESENTATION},
  };
  const GType marked[] = {GTK_TYPE_BUTTON, GTK_TYPE_TOGGLE_BUTTON, GTK_TYPE_CHECK_BUTTON, GTK_TYPE_LABEL};
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    gtk_widget_class_set_accessible_role (take_class (roles[i].type), roles[i].role);
  for (guint i = 0; i < G_N_ELEMENTS (marked); i++)
    G_OBJECT_CLASS (take_class (marked[i]))->notify = notify_cb;
  GObjectClass *named[]
      = {take_class (GTK_TYPE_LABEL), take_class (GTK_TYPE_PROGRESS_BAR), take_class (ADW_TYPE_STATUS_PAGE)};
  GObjectClass *widgets = take_class (GTK_TYPE_WIDGET);
  for (guint i = 0; i < G_N_ELEMENTS (named); i++)
    if (named[i]->constructed == widgets->constructed) /* nothing of its own that would be passed over */
      named[i]->constructed = constructed_cb;
}

/* --- headings and news --- */

void
qc_spoken_heading (GtkWidget *label)
{
  g_object_set (label, "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING, NULL);
}

/* GTK has a call for it from 4.14 on. Before, a reader says what becomes of the name of the window that is active. */
void
qc_spoken_announce (GtkWidget *widget, const char *words)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  if (!GTK_IS_WINDOW (root) || !words || !*words)
    return;
  const char *title = gtk_window_get_title (GTK_WINDOW (root));
  g_autofree char *name = title ? g_strdup_printf ("%s — %s", words, title) : g_strdup (words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (root), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}
