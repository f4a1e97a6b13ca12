/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-bar-plot.h. Main thread.
 */
#include "qc-bar-plot.h"

#include "qc-bar.h"

#define TEXT_GAP 6  /* pixels between two texts */
#define NATURAL  48 /* pixels of a bar that has room */
#define LEAP     12 /* bars: a year of months */

struct _QcBarPlot {
  GtkWidget parent_instance;
  guint n_series;
  GPtrArray *bars;         /* borrowed children: QcBar */
  guint current;           /* the one Tab comes to */
  GtkWidget *axis;         /* borrowed child */
  int top_wide, tick_wide; /* pixels of the largest */
};

G_DEFINE_FINAL_TYPE (QcBarPlot, qc_bar_plot, GTK_TYPE_WIDGET)

enum { ACTIVATE, ENTERED, N_SIGNALS };
static guint signals[N_SIGNALS];

static QcBar *
get_bar (QcBarPlot *self, guint i)
{
  return g_ptr_array_index (self->bars, i);
}

/* --- room --- */

static void
measure_texts (QcBarPlot *self)
{
  self->top_wide = self->tick_wide = 0;
  for (guint i = 0; i < self->bars->len; i++) {
    int top, tick;
    qc_bar_measure_texts (get_bar (self, i), &top, &tick);
    self->top_wide = MAX (self->top_wide, top);
    self->tick_wide = MAX (self->tick_wide, tick);
  }
}

static void
qc_bar_plot_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                     int *minimum_baseline, int *natural_baseline)
{
  QcBarPlot *self = QC_BAR_PLOT (widget);
  int least = 0;
  for (guint i = 0; i < self->bars->len; i++) {
    int one;
    gtk_widget_measure (GTK_WIDGET (get_bar (self, i)), orientation, -1, &one, NULL, NULL, NULL);
    least = orientation == GTK_ORIENTATION_VERTICAL ? MAX (least, one) : least + one;
  }
  *minimum = least;
  *natural = orientation == GTK_ORIENTATION_VERTICAL ? least : MAX (least, NATURAL * (int)self->bars->len);
}

/* Every n-th text below the bars has room; the last one always stands. */
static guint
tick_step (QcBarPlot *self, double room)
{
  guint step = 1;
  while (step < self->bars->len && step * room < self->tick_wide + TEXT_GAP)
    step++;
  return step;
}

static void
qc_bar_plot_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  QcBarPlot *self = QC_BAR_PLOT (widget);
  guint n = self->bars->len;
  measure_texts (self);
  double room = (double)width / MAX (n, 1);
  guint step = tick_step (self, room);
  for (guint i = 0; i < n; i++) {
    int x = (int)(room * i), end = (int)(room * (i + 1));
    qc_bar_set_shown (get_bar (self, i), self->top_wide + TEXT_GAP <= room, (n - 1 - i) % step == 0);
    gtk_widget_size_allocate (GTK_WIDGET (get_bar (self, i)), &(GtkAllocation) {x, 0, end - x, height}, -1);
  }
  int axis = n > 0 ? qc_bar_get_floor (get_bar (self, 0), height) : height - 1;
  gtk_widget_size_allocate (self->axis, &(GtkAllocation) {0, axis, width, 1}, -1);
}

/* --- keyboard --- */

static QcBarPoint *
current_point (QcBarPlot *self)
{
  return self->current < self->bars->len ? qc_bar_get_point (get_bar (self, self->current)) : NULL;
}

static gboolean
enter (QcBarPlot *self, guint i)
{
  if (self->bars->len == 0)
    return FALSE;
  self->current = MIN (i, self->bars->len - 1);
  return gtk_widget_grab_focus (GTK_WIDGET (get_bar (self, self->current)));
}

static gboolean
qc_bar_plot_focus (GtkWidget *widget, GtkDirectionType direction)
{
  QcBarPlot *self = QC_BAR_PLOT (widget);
  /* behind the chart, or back before it */
  if (gtk_widget_get_focus_child (widget))
    return FALSE;
  return enter (self, self->current);
}

static gboolean
qc_bar_plot_grab_focus (GtkWidget *widget)
{
  return enter (QC_BAR_PLOT (widget), QC_BAR_PLOT (widget)->current);
}

static gboolean
move (QcBarPlot *self, int by)
{
  int last = (int)self->bars->len - 1;
  int to = CLAMP ((int)self->current + by, 0, last);
  return self->bars->len > 0 && enter (self, (guint)to);
}

static gboolean
key_pressed_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, QcBarPlot *self)
{
  gboolean backwards = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  if (state & gtk_accelerator_get_default_mod_mask ())
    return FALSE;
  switch (key) {
  case GDK_KEY_Left:
  case GDK_KEY_KP_Left:
    return move (self, backwards ? 1 : -1);
  case GDK_KEY_Right:
  case GDK_KEY_KP_Right:
    return move (self, backwards ? -1 : 1);
  case GDK_KEY_Home:
  case GDK_KEY_KP_Home:
    return enter (self, 0);
  case GDK_KEY_End:
  case GDK_KEY_KP_End:
    return enter (self, G_MAXUINT);
  case GDK_KEY_Page_Up:
  case GDK_KEY_KP_Page_Up:
    return move (self, -LEAP);
  case GDK_KEY_Page_Down:
  case GDK_KEY_KP_Page_Down:
    return move (self, LEAP);
  case GDK_KEY_Return:
  case GDK_KEY_KP_Enter:
  case GDK_KEY_ISO_Enter:
    g_signal_emit (self, signals[ACTIVATE], 0, current_point (self));
    return TRUE;
  default:
    return FALSE;
  }
}

static void
focus_moved_cb (GtkEventControllerFocus *focus, GParamSpec *pspec, QcBarPlot *self)
{
  if (!gtk_event_controller_focus_contains_focus (focus))
    g_signal_emit (self, signals[ENTERED], 0, NULL);
}

static void
qc_bar_plot_set_focus_child (GtkWidget *widget, GtkWidget *child)
{
  QcBarPlot *self = QC_BAR_PLOT (widget);
  guint i;
  GTK_WIDGET_CLASS (qc_bar_plot_parent_class)->set_focus_child (widget, child);
  if (child && g_ptr_array_find (self->bars, child, &i)) {
    self->current = i;
    g_signal_emit (self, signals[ENTERED], 0, current_point (self));
  }
}

/* --- pointer --- */

static void
pressed_cb (GtkGestureClick *click, int n_press, double x, double y, QcBarPlot *self)
{
  GtkWidget *at = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);
  guint i;
  if (!at || !g_ptr_array_find (self->bars, at, &i))
    return;
  enter (self, i);
  if (n_press == 2)
    g_signal_emit (self, signals[ACTIVATE], 0, current_point (self));
}

/* --- object --- */

static void
remove_bars (QcBarPlot *self)
{
  for (guint i = 0; i < self->bars->len; i++)
    gtk_widget_unparent (GTK_WIDGET (get_bar (self, i)));
  g_ptr_array_set_size (self->bars, 0);
}

static void
qc_bar_plot_dispose (GObject *object)
{
  QcBarPlot *self = QC_BAR_PLOT (object);
  remove_bars (self);
  g_clear_pointer (&self->axis, gtk_widget_unparent);
  G_OBJECT_CLASS (qc_bar_plot_parent_class)->dispose (object);
}

static void
qc_bar_plot_finalize (GObject *object)
{
  g_ptr_array_unref (QC_BAR_PLOT (object)->bars);
  G_OBJECT_CLASS (qc_bar_plot_parent_class)->finalize (object);
}

static void
qc_bar_plot_class_init (QcBarPlotClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = qc_bar_plot_dispose;
  G_OBJECT_CLASS (klass)->finalize = qc_bar_plot_finalize;
  widget_class->measure = qc_bar_plot_measure;
  widget_class->size_allocate = qc_bar_plot_size_allocate;
  widget_class->focus = qc_bar_plot_focus;
  widget_class->grab_focus = qc_bar_plot_grab_focus;
  widget_class->set_focus_child = qc_bar_plot_set_focus_child;
  signals[ACTIVATE] = g_signal_new ("activate", QC_TYPE_BAR_PLOT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                    1, QC_TYPE_BAR_POINT);
  signals[ENTERED] = g_signal_new ("entered", QC_TYPE_BAR_PLOT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                   QC_TYPE_BAR_POINT);
  gtk_widget_class_set_css_name (widget_class, "barplot");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
}

static void
qc_bar_plot_init (QcBarPlot *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  self->bars = g_ptr_array_new ();
  self->axis = g_object_new (GTK_TYPE_SEPARATOR, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_widget_set_parent (self->axis, GTK_WIDGET (self));
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  g_signal_connect (focus, "notify::contains-focus", G_CALLBACK (focus_moved_cb), self);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

GtkWidget *
qc_bar_plot_new (const char *name, guint n_series)
{
  QcBarPlot *self = g_object_new (QC_TYPE_BAR_PLOT, NULL);
  self->n_series = n_series;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return GTK_WIDGET (self);
}

static void
add_bar (QcBarPlot *self, QcBarPoint *point, int position, int n)
{
  GtkWidget *bar = qc_bar_new (point, self->n_series);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_RELATION_POS_IN_SET, position + 1,
                                  GTK_ACCESSIBLE_RELATION_SET_SIZE, n, -1);
  gtk_widget_set_parent (bar, GTK_WIDGET (self));
  g_ptr_array_add (self->bars, bar);
}

/* Where @title stands now, else the last one: the newest month. */
static guint
find_title (QcBarPlot *self, const char *title)
{
  for (guint i = 0; title && i < self->bars->len; i++)
    if (g_str_equal (qc_bar_point_get_title (qc_bar_get_point (get_bar (self, i))), title))
      return i;
  return self->bars->len > 0 ? self->bars->len - 1 : 0;
}

void
qc_bar_plot_set_points (QcBarPlot *self, GListModel *points)
{
  g_return_if_fail (QC_IS_BAR_PLOT (self));
  gboolean inside = gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL;
  QcBarPoint *before = current_point (self);
  g_autofree char *title = before ? g_strdup (qc_bar_point_get_title (before)) : NULL;
  guint n = g_list_model_get_n_items (points);
  gint64 most = 1;
  remove_bars (self);
  for (guint i = 0; i < n; i++) {
    g_autoptr (QcBarPoint) point = g_list_model_get_item (points, i);
    for (guint k = 0; k < self->n_series; k++)
      most = MAX (most, qc_bar_point_get_value (point, k));
    add_bar (self, point, (int)i, (int)n);
  }
  for (guint i = 0; i < n; i++)
    qc_bar_set_most (get_bar (self, i), most);
  self->current = find_title (self, title);
  if (inside)
    enter (self, self->current);
}
