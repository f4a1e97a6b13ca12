/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-focus.h. What has the focus is remembered with everything around it, because a row that is taken out of a list
 * no longer knows where it was. The focus moves before the next picture, and before GTK would move it; where GTK was
 * first, in the midst of a picture, it is moved once more. Main thread.
 */
#include "qc-focus.h"

typedef struct {
  GtkWindow *window; /* borrowed: it owns this */
  GPtrArray *around; /* (owned) GWeakRef: what had the focus last, and from inside out what was around it */
  guint source;
  gboolean drawing; /* a picture is being made */
  gboolean moved;   /* by GTK, to whatever stood beside what went */
} Keeper;

static void
weak_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static GtkWidget *
dup_last (Keeper *keeper)
{
  GWeakRef *innermost = keeper->around->len > 0 ? g_ptr_array_index (keeper->around, 0) : NULL;
  return innermost ? g_weak_ref_get (innermost) : NULL;
}

static void
forget (Keeper *keeper)
{
  g_autoptr (GtkWidget) last = dup_last (keeper);
  if (last)
    g_signal_handlers_disconnect_by_data (last, keeper);
  g_ptr_array_unref (keeper->around);
  keeper->around = g_ptr_array_new_with_free_func (weak_free);
}

static void
keeper_free (gpointer data)
{
  Keeper *keeper = data;
  g_clear_handle_id (&keeper->source, g_source_remove);
  forget (keeper);
  g_ptr_array_unref (keeper->around);
  g_free (keeper);
}

/* --- places --- */

void
qc_focus_guard (GtkWidget *widget)
{
  g_object_set_data (G_OBJECT (widget), "qc-focus-guarded", GINT_TO_POINTER (TRUE));
}

void
qc_focus_set_home (GtkWidget *part, QcFocusFunc home)
{
  g_object_set_data (G_OBJECT (part), "qc-focus-home", home);
}

void
qc_focus_set_default_home (GtkWidget *part)
{
  if (!g_object_get_data (G_OBJECT (part), "qc-focus-home"))
    qc_focus_set_home (part, qc_focus_enter);
}

static gboolean
is_usable (GtkWidget *widget)
{
  return gtk_widget_get_mapped (widget) && gtk_widget_is_sensitive (widget);
}

void
qc_focus_set_list (GtkWidget *widget)
{
  g_object_set_data (G_OBJECT (widget), "qc-focus-list", GINT_TO_POINTER (TRUE));
}

static gboolean
is_guarded (GtkWidget *widget)
{
  return g_object_get_data (G_OBJECT (widget), "qc-focus-guarded")
         || gtk_widget_has_css_class (widget, "destructive-action");
}

static gboolean
is_list (GtkWidget *widget)
{
  return GTK_IS_LIST_BOX (widget) || GTK_IS_COLUMN_VIEW (widget)
         || g_object_get_data (G_OBJECT (widget), "qc-focus-list")
         || (GTK_IS_LIST_VIEW (widget) && !GTK_IS_COLUMN_VIEW (gtk_widget_get_parent (widget)));
}

/* Among the rows of a list, where that was chosen or looked at last; a grid has its titles before them. */
static gboolean
enter_list (GtkWidget *list)
{
  if (g_object_get_data (G_OBJECT (list), "qc-focus-list"))
    return gtk_widget_grab_focus (list);
  GtkWidget *rows = GTK_IS_COLUMN_VIEW (list) ? gtk_widget_get_last_child (list) : list;
  while (rows && GTK_IS_COLUMN_VIEW (list) && !GTK_IS_LIST_VIEW (rows))
    rows = gtk_widget_get_prev_sibling (rows);
  return rows && gtk_widget_child_focus (rows, GTK_DIR_TAB_FORWARD);
}

static gboolean
is_filled_in (GtkWidget *widget)
{
  return GTK_IS_TEXT (widget) || GTK_IS_TEXT_VIEW (widget) || GTK_IS_CHECK_BUTTON (widget) || GTK_IS_SWITCH (widget);
}

/* The place of its own that @part gives the focus to; NULL where it has none, or is just asked for it. */
static QcFocusFunc
get_own_home (GtkWidget *part)
{
  QcFocusFunc home = (QcFocusFunc)g_object_get_data (G_OBJECT (part), "qc-focus-home");
  return home != qc_focus_enter && !g_object_get_data (G_OBJECT (part), "qc-focus-asked") ? home : NULL;
}

static gboolean
ask (GtkWidget *part, QcFocusFunc home)
{
  g_object_set_data (G_OBJECT (part), "qc-focus-asked", GINT_TO_POINTER (TRUE));
  gboolean taken = home (part);
  g_object_set_data (G_OBJECT (part), "qc-focus-asked", NULL);
  return taken;
}

/* Whether it, or what is in it, took the focus. @pressed: only what is pressed, else only what is not. */
static gboolean
enter (GtkWidget *widget, gboolean pressed)
{
  if (!is_usable (widget) || !gtk_widget_get_can_focus (widget) || is_guarded (widget) || GTK_IS_POPOVER (widget))
    return FALSE;
  if (is_list (widget))
    return !pressed && enter_list (widget);
  QcFocusFunc home = get_own_home (widget);
  if (home)
    return ask (widget, home);
  if ((pressed ? GTK_IS_BUTTON (widget) : is_filled_in (widget)) && gtk_widget_get_focusable (widget))
    return gtk_widget_grab_focus (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    if (enter (child, pressed))
      return TRUE;
  return FALSE;
}

gboolean
qc_focus_enter (GtkWidget *part)
{
  return enter (part, FALSE) || enter (part, TRUE);
}

/* --- Tab past what scrolls --- */

typedef gboolean (*Focus) (GtkWidget *widget, GtkDirectionType direction);
static G_DEFINE_QUARK (qc - focus - scrolled, scrolled)

static gboolean
scrolled_focus (GtkWidget *scrolled, GtkDirectionType direction)
{
  Focus focus = (Focus)g_type_get_qdata (GTK_TYPE_SCROLLED_WINDOW, scrolled_quark ());
  return focus (scrolled, direction) && gtk_widget_get_focus_child (scrolled);
}

/* GTK 4.8 says that a scrolled window took the focus where nothing in it can: Tab would stand before it for ever. */
static void
mend_scrolled_windows (void)
{
  GtkWidgetClass *scrolled = g_type_class_ref (GTK_TYPE_SCROLLED_WINDOW);
  if (scrolled->focus != scrolled_focus) {
    g_type_set_qdata (GTK_TYPE_SCROLLED_WINDOW, scrolled_quark (), (gpointer)scrolled->focus);
    scrolled->focus = scrolled_focus;
  }
  g_type_class_unref (scrolled);
}

/* --- from a search to what it found --- */

static gboolean
enter_first_list (GtkWidget *widget)
{
  if (!is_usable (widget) || GTK_IS_POPOVER (widget))
    return FALSE;
  if (is_list (widget) && enter_list (widget))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    if (enter_first_list (child))
      return TRUE;
  return FALSE;
}

static gboolean
down_cb (GtkWidget *entry, GVariant *arguments, gpointer part)
{
  enter_first_list (part);
  return TRUE; /* and to nothing else where nothing was found */
}

void
qc_focus_follow_search (GtkWidget *entry, GtkWidget *part)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("Down|KP_Down"),
                                                          gtk_callback_action_new (down_cb, part, NULL)));
  gtk_widget_add_controller (entry, keys);
}

/* --- keeping --- */

/* A popover that closed leaves the focus to the button that opened it. */
static gboolean
go_to_opener (GtkWidget *popover)
{
  GtkWidget *opener = gtk_widget_get_parent (popover);
  return is_usable (opener) && !is_guarded (opener) && gtk_widget_grab_focus (opener);
}

static gboolean
go_home (GtkWidget *part)
{
  QcFocusFunc home = (QcFocusFunc)g_object_get_data (G_OBJECT (part), "qc-focus-home");
  if (!is_usable (part))
    return GTK_IS_POPOVER (part) && go_to_opener (part);
  if (home)
    return ask (part, home);
  return is_list (part) && enter_list (part);
}

static void remember (Keeper *keeper, GtkWidget *focus);

static void
place_focus (Keeper *keeper)
{
  g_autoptr (GPtrArray) around = g_ptr_array_ref (keeper->around); /* another one comes with the focus */
  for (guint i = 0; i < around->len; i++) {
    g_autoptr (GtkWidget) part = g_weak_ref_get (g_ptr_array_index (around, i));
    gboolean here = part && gtk_widget_get_root (part) == GTK_ROOT (keeper->window);
    if (here && go_home (part))
      return;
  }
  GtkWidget *focus = gtk_window_get_focus (keeper->window);
  if (focus && is_usable (focus)) { /* where GTK took it */
    remember (keeper, focus);
    return;
  }
  /* Nowhere; the step in between makes GTK forget that it wanted to move the focus. */
  forget (keeper);
  gtk_root_set_focus (GTK_ROOT (keeper->window), GTK_WIDGET (keeper->window));
  gtk_root_set_focus (GTK_ROOT (keeper->window), NULL);
}

static gboolean
check_cb (gpointer data)
{
  Keeper *keeper = data;
  GtkWidget *focus = gtk_window_get_focus (keeper->window);
  gboolean stays = focus && is_usable (focus) && !keeper->moved;
  keeper->source = 0;
  keeper->moved = FALSE;
  if (gtk_widget_get_mapped (GTK_WIDGET (keeper->window)) && !stays && (focus || keeper->around->len > 0))
    place_focus (keeper);
  return G_SOURCE_REMOVE;
}

static void
check_soon (Keeper *keeper)
{
  if (keeper->source == 0) /* what goes and what comes in its place are one event */
    keeper->source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, check_cb, keeper, NULL);
}

static void
state_cb (GtkWidget *widget, GtkStateFlags before, Keeper *keeper)
{
  if (!gtk_widget_is_sensitive (widget))
    check_soon (keeper);
}

/* As every widget does it: a GtkPaned looks for the focus in itself, and complains where that is elsewhere already. */
static void
let_go (GtkWidget *part)
{
  GtkWidgetClass *klass = g_type_class_peek (GTK_TYPE_WIDGET);
  klass->set_focus_child (part, NULL);
}

/* What is around a widget that went keeps pointing to where it was, and Tab would begin behind that for ever. */
static void
let_go_of_last (Keeper *keeper, GtkWidget *focus)
{
  for (guint i = 0; i < keeper->around->len; i++) {
    g_autoptr (GtkWidget) part = g_weak_ref_get (g_ptr_array_index (keeper->around, i));
    if (part && part != focus && !gtk_widget_is_ancestor (focus, part) && gtk_widget_get_focus_child (part))
      let_go (part);
  }
}

static void
remember (Keeper *keeper, GtkWidget *focus)
{
  let_go_of_last (keeper, focus);
  forget (keeper);
  for (GtkWidget *widget = focus; widget; widget = gtk_widget_get_parent (widget)) {
    GWeakRef *weak = g_new0 (GWeakRef, 1);
    g_weak_ref_init (weak, widget);
    g_ptr_array_add (keeper->around, weak);
  }
  g_signal_connect_swapped (focus, "unmap", G_CALLBACK (check_soon), keeper);
  g_signal_connect (focus, "state-flags-changed", G_CALLBACK (state_cb), keeper);
}

static void
focus_cb (GtkWindow *window, GParamSpec *pspec, Keeper *keeper)
{
  GtkWidget *focus = gtk_window_get_focus (window);
  g_autoptr (GtkWidget) last = dup_last (keeper);
  if (focus == GTK_WIDGET (window)) /* on the way to nowhere */
    return;
  if (focus && keeper->drawing && keeper->source && !(last && is_usable (last))) {
    keeper->moved = TRUE;
  } else if (focus) {
    remember (keeper, focus);
    if (!is_usable (focus)) /* a stack gives the focus back to what was hidden meanwhile */
      check_soon (keeper);
  } else if (last && is_usable (last)) {
    forget (keeper);
  } else { /* GTK takes it from what can no longer be pressed; where that was is still needed */
    check_soon (keeper);
  }
}

static void
drawing_cb (GdkFrameClock *clock, Keeper *keeper)
{
  keeper->drawing = TRUE;
}

static void
drawn_cb (GdkFrameClock *clock, Keeper *keeper)
{
  keeper->drawing = FALSE;
}

static void
realize_cb (GtkWidget *window, Keeper *keeper)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);
  g_signal_connect (clock, "before-paint", G_CALLBACK (drawing_cb), keeper);
  g_signal_connect (clock, "after-paint", G_CALLBACK (drawn_cb), keeper);
}

static void
unrealize_cb (GtkWidget *window, Keeper *keeper)
{
  g_signal_handlers_disconnect_by_data (gtk_widget_get_frame_clock (window), keeper);
}

void
qc_focus_keep (GtkWindow *window)
{
  Keeper *keeper = g_new0 (Keeper, 1);
  mend_scrolled_windows ();
  keeper->window = window;
  keeper->around = g_ptr_array_new_with_free_func (weak_free);
  g_signal_connect (window, "notify::focus-widget", G_CALLBACK (focus_cb), keeper);
  g_signal_connect (window, "realize", G_CALLBACK (realize_cb), keeper);
  g_signal_connect (window, "unrealize", G_CALLBACK (unrealize_cb), keeper);
  if (gtk_widget_get_realized (GTK_WIDGET (window)))
    realize_cb (GTK_WIDGET (window), keeper);
  g_object_set_data_full (G_OBJECT (window), "qc-focus-keeper", keeper, keeper_free);
}
