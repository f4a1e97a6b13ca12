/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-guide-text.h. Main thread.
 */
#include "qc-guide-text.h"

#include <string.h>

#include "qc-guide-book.h"
#include "qc-spoken.h"

typedef struct {
  QcGuideLinkFunc func;
  gpointer data;
} Follow;

/* --- a line --- */

/* Up to the next @end; NULL where there is none. (transfer full) (nullable) */
static char *
dup_until (const char *start, const char *end, const char **after)
{
  const char *found = strstr (start, end);
  *after = found ? found + strlen (end) : NULL;
  return found ? g_markup_escape_text (start, found - start) : NULL;
}

char *
qc_guide_text_dup_markup (const char *line)
{
  GString *out = g_string_new (NULL);
  for (const char *p = line; *p;) {
    const char *after = NULL, *behind = NULL;
    g_autofree char *strong = g_str_has_prefix (p, "**") ? dup_until (p + 2, "**", &after) : NULL;
    g_autofree char *words = *p == '[' ? dup_until (p + 1, "](", &after) : NULL;
    g_autofree char *chapter = words ? dup_until (after, ")", &behind) : NULL;
    if (strong) {
      g_string_append_printf (out, "<b>%s</b>", strong);
      p = after;
    } else if (chapter) {
      g_string_append_printf (out, "<a href=\"%s\">%s</a>", chapter, words);
      p = behind;
    } else {
      const char *next = g_utf8_next_char (p);
      g_autofree char *character = g_markup_escape_text (p, next - p);
      g_string_append (out, character);
      p = next;
    }
  }
  return g_string_free (out, FALSE);
}

static gboolean
link_cb (GtkLabel *label, const char *chapter, Follow *follow)
{
  follow->func (chapter, follow->data);
  return TRUE;
}

static GtkWidget *
new_label (const char *line, Follow *follow)
{
  g_autofree char *markup = qc_guide_text_dup_markup (line);
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_markup (GTK_LABEL (label), markup);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0.0);
  gtk_label_set_selectable (GTK_LABEL (label), strstr (markup, "<a ") == NULL);
  gtk_widget_set_focusable (label, strstr (markup, "<a ") != NULL);
  gtk_widget_set_hexpand (label, TRUE);
  g_signal_connect (label, "activate-link", G_CALLBACK (link_cb), follow);
  return label;
}

/* --- the kinds of lines --- */

static GtkWidget *
new_heading (const char *line, const char *css_class, int level)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING, "label", line,
                                   "xalign", 0.0, "wrap", TRUE, NULL);
  gtk_widget_add_css_class (label, css_class);
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LEVEL, level, -1);
  return label;
}

/* @mark stands before the line, and the line hangs behind it. */
static GtkWidget *
new_item (const char *mark, const char *line, Follow *follow)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *before = gtk_label_new (mark);
  gtk_widget_set_valign (before, GTK_ALIGN_START);
  gtk_label_set_width_chars (GTK_LABEL (before), 3);
  gtk_label_set_xalign (GTK_LABEL (before), 1.0);
  gtk_widget_add_css_class (before, "dim-label");
  gtk_widget_add_css_class (before, "numeric");
  gtk_box_append (GTK_BOX (box), before);
  gtk_box_append (GTK_BOX (box), new_label (line, follow));
  return box;
}

static GtkWidget *
new_note (const char *line, Follow *follow)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-information-symbolic");
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_add_css_class (box, "qc-bar");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), new_label (line, follow));
  return box;
}

/* "name what it shows" */
static GtkWidget *
new_picture (const char *line)
{
  const char *blank = strchr (line, ' ');
  g_autofree char *name = blank ? g_strndup (line, (gsize)(blank - line)) : g_strdup (line);
  g_autofree char *path = qc_guide_dup_picture_path (name);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *picture = gtk_picture_new_for_resource (path);
  qc_spoken_decoration (picture); /* what it shows is said beside it */
  GtkWidget *caption = gtk_label_new (blank ? blank + 1 : "");
  gtk_picture_set_alternative_text (GTK_PICTURE (picture), blank ? blank + 1 : name);
  gtk_picture_set_can_shrink (GTK_PICTURE (picture), TRUE);
  gtk_widget_add_css_class (picture, "card");
  gtk_widget_add_css_class (caption, "dim-label");
  gtk_widget_add_css_class (caption, "caption");
  gtk_label_set_wrap (GTK_LABEL (caption), TRUE);
  gtk_box_append (GTK_BOX (box), picture);
  gtk_box_append (GTK_BOX (box), caption);
  return box;
}

static GtkWidget *
new_line (const char *line, Follow *follow)
{
  const char *dot = strstr (line, ". ");
  g_autofree char *number
      = dot && g_ascii_isdigit (*line) && dot - line <= 2 ? g_strndup (line, (gsize)(dot - line) + 1) : NULL;
  if (g_str_has_prefix (line, "# "))
    return new_heading (line + 2, "title-2", 1);
  if (g_str_has_prefix (line, "## "))
    return new_heading (line + 3, "heading", 2);
  if (g_str_has_prefix (line, "- "))
    return new_item ("•", line + 2, follow);
  if (g_str_has_prefix (line, "> "))
    return new_note (line + 2, follow);
  if (*line == '!')
    return new_picture (line + 1);
  return number ? new_item (number, dot + 2, follow) : new_label (line, follow);
}

GtkWidget *
qc_guide_text_new (const char *text, QcGuideLinkFunc func, gpointer user_data)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  Follow *follow = g_new0 (Follow, 1);
  *follow = (Follow) {func, user_data};
  g_object_set_data_full (G_OBJECT (column), "qc-follow", follow, g_free);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line; line++)
    if (**line)
      gtk_box_append (GTK_BOX (column), new_line (*line, follow));
  return column;
}
