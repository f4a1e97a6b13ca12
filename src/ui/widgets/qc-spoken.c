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
describe (GObject *widget, const char *words)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
}

/* Before GTK 4.10 a button that stays down is a button like any other to a reader. Those of menus and tabs say it
 * otherwise.
 */
static void
say_active (GObject *widget)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (widget));
  if (GTK_IS_MENU_BUTTON (parent) || GTK_IS_DROP_DOWN (parent)
      || gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget)) != GTK_ACCESSIBLE_ROLE_BUTTON)
    return;
  const char *state = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (widget)) ? _ ("On") : _ ("Off");
  const char *tip = gtk_widget_get_tooltip_text (GTK_WIDGET (widget));
  g_autofree char *words = tip ? g_strdup_printf ("%s. %s", state, tip) : g_strdup (state);
  describe (widget, words);
}

static void
notify_cb (GObject *widget, GParamSpec *property)
{
  if (g_str_equal (property->name, "label") || g_str_equal (property->name, "use-underline"))
    say_label (widget);
  else if (g_str_equal (property->name, "active") && GTK_IS_TOGGLE_BUTTON (widget))
    say_active (widget);
  else if (g_str_equal (property->name, "tooltip-text") && GTK_IS_BUTTON (widget)
           && gtk_button_get_icon_name (GTK_BUTTON (widget)))
    describe (widget, ""); /* what it shows beside the icon is its name */
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

/* An icon says nothing until it is given words of its own: by itself it says its type within the button that it labels.
 */
static void
image_constructed_cb (GObject *image)
{
  GObjectClass *parent = g_type_class_peek (GTK_TYPE_WIDGET);
  parent->constructed (image);
  gtk_accessible_update_property (GTK_ACCESSIBLE (image), GTK_ACCESSIBLE_PROPERTY_LABEL, "", -1);
}

/* Nor does a page of a stack without a title, which would say its type whenever the focus enters it. */
static void
page_notify_cb (GObject *page, GParamSpec *property)
{
  if (!gtk_stack_page_get_title (GTK_STACK_PAGE (page)))
    gtk_accessible_update_property (GTK_ACCESSIBLE (page), GTK_ACCESSIBLE_PROPERTY_LABEL, "", -1);
}

/* What became of its words since it was made is told before it has the focus: a reader repeats what is told of the
 * focus. Where nothing can be asked for, to take it back tells all that was not told. */
static gboolean
grab_focus_cb (GtkWidget *widget)
{
  GtkWidgetClass *parent = g_type_class_peek (GTK_TYPE_WIDGET);
  gtk_accessible_reset_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_PLACEHOLDER);
  return parent->grab_focus (widget);
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
  if (GTK_IS_SEARCH_ENTRY (widget))
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Search"), -1);
  if (GTK_IS_LIST_BOX (widget) || (GTK_IS_LABEL (widget) && *gtk_label_get_text (GTK_LABEL (widget)) == '\0'))
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
  const GType focused[] = {GTK_TYPE_BUTTON, GTK_TYPE_TOGGLE_BUTTON, GTK_TYPE_CHECK_BUTTON};
  const GtkWidgetClass *widget = take_class (GTK_TYPE_WIDGET);
  for (guint i = 0; i < G_N_ELEMENTS (focused); i++) {
    GtkWidgetClass *klass = take_class (focused[i]);
    if (klass->grab_focus == widget->grab_focus)
      klass->grab_focus = grab_focus_cb;
  }
  GObjectClass *named[]
      = {take_class (GTK_TYPE_LABEL), take_class (GTK_TYPE_PROGRESS_BAR), take_class (ADW_TYPE_STATUS_PAGE),
         take_class (GTK_TYPE_SEARCH_ENTRY), take_class (GTK_TYPE_LIST_BOX)};
  GObjectClass *widgets = take_class (GTK_TYPE_WIDGET);
  for (guint i = 0; i < G_N_ELEMENTS (named); i++)
    if (named[i]->constructed == widgets->constructed) /* nothing of its own that would be passed over */
      named[i]->constructed = constructed_cb;
  GObjectClass *image = take_class (GTK_TYPE_IMAGE);
  if (image->constructed == widgets->constructed)
    image->constructed = image_constructed_cb;
  G_OBJECT_CLASS (take_class (GTK_TYPE_STACK_PAGE))->notify = page_notify_cb;
}

/* --- headings, choices and news --- */

void
qc_spoken_heading (GtkWidget *label)
{
  g_object_set (label, "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING, NULL);
}

void
qc_spoken_decoration (GtkWidget *picture)
{
  g_object_set (picture, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (picture), GTK_ACCESSIBLE_PROPERTY_LABEL, "", -1);
}

void
qc_spoken_radio (GtkWidget *check)
{
  g_object_set (check, "accessible-role", GTK_ACCESSIBLE_ROLE_RADIO, NULL);
}

void
qc_spoken_set_button (GtkButton *button, const char *label)
{
  GtkWidget *words = gtk_button_get_child (button);
  g_return_if_fail (GTK_IS_LABEL (words));
  if (g_object_get_data (G_OBJECT (button), "qc-words") != words) {
    words = gtk_label_new (NULL);
    gtk_label_set_mnemonic_widget (GTK_LABEL (words), GTK_WIDGET (button));
    gtk_button_set_child (button, words);
    gtk_widget_add_css_class (GTK_WIDGET (button), "text-button");
    g_object_set_data (G_OBJECT (button), "qc-words", words);
  }
  if (g_str_equal (gtk_label_get_label (GTK_LABEL (words)), label))
    return;
  g_autofree char *plain = qc_spoken_dup_plain (label);
  gtk_label_set_text_with_mnemonic (GTK_LABEL (words), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, plain, -1);
}

void
qc_spoken_set_row_button (GtkWidget *row, GtkWidget *button)
{
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

/* The name goes back to the title when nobody hears it: a change back would be spoken too. */
static void
active_cb (GtkWindow *window)
{
  const char *title = gtk_window_get_title (window);
  if (!gtk_window_is_active (window))
    gtk_accessible_update_property (GTK_ACCESSIBLE (window), GTK_ACCESSIBLE_PROPERTY_LABEL, title ? title : "", -1);
}

static void
focus_moved_cb (GtkWindow *window)
{
  GtkWidget *told = g_object_get_data (G_OBJECT (window), "qc-told");
  const char *tip = told ? gtk_widget_get_tooltip_text (told) : NULL;
  if (told)
    describe (G_OBJECT (told), tip ? tip : "");
  g_signal_handlers_disconnect_by_func (window, focus_moved_cb, NULL);
  g_object_set_data (G_OBJECT (window), "qc-told", NULL);
}

/* Of a dialog a reader says nothing new, only of what has the focus: until the focus moves the words describe that. */
static void
announce_at_focus (GtkWindow *window, const char *words)
{
  GtkWidget *focus = gtk_window_get_focus (window);
  GtkWidget *told = GTK_IS_TEXT (focus) ? gtk_widget_get_parent (focus) : focus;
  if (!told)
    return;
  g_signal_handlers_disconnect_by_func (window, focus_moved_cb, NULL);
  describe (G_OBJECT (told), words);
  g_object_set_data_full (G_OBJECT (window), "qc-told", g_object_ref (told), g_object_unref);
  g_signal_connect (window, "notify::focus-widget", G_CALLBACK (focus_moved_cb), NULL);
}

/* GTK has a call for it from 4.14 on. Before, a reader says what becomes of the name of the window that is active. */
void
qc_spoken_announce (GtkWidget *widget, const char *words)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  if (!GTK_IS_WINDOW (root) || !words || !*words)
    return;
  if (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (root)) == GTK_ACCESSIBLE_ROLE_DIALOG) {
    announce_at_focus (GTK_WINDOW (root), words);
    return;
  }
  const char *title = gtk_window_get_title (GTK_WINDOW (root));
  g_autofree char *name = title ? g_strdup_printf ("%s — %s", words, title) : g_strdup (words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (root), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_handlers_disconnect_by_func (root, active_cb, NULL);
  g_signal_connect (root, "notify::is-active", G_CALLBACK (active_cb), NULL);
}
