/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What is written can be read: each text that a page paints is held against the colours painted under it, 4.5 : 1 at
 * least, 7 : 1 in high contrast. Measured in what GTK is about to draw, so that opacity, states and colours of the
 * theme count as they are; what cannot be pressed now may be fainter. Run once for each contrast, in light and dark.
 */
#include <adwaita.h>
#include <math.h>

#include "play.h"
#include "qc-app-fixture.h"
#include "qc-pages.h"
#include "qc-pill.h"
#include "qc-session-private.h"

/* Something painted evenly. */
typedef struct {
  graphene_rect_t place;
  GdkRGBA colour;
} Fill;

typedef struct {
  GtkWidget *content;
  GArray *fills; /* (owned) Fill, in the order they are painted */
  const char *where;
  guint texts, faint;
} Look;

/* What a node is painted within. */
typedef struct {
  GskTransform *transform; /* (nullable) */
  graphene_rect_t clip;
  double opacity;
} Frame;

static double
linear (double part)
{
  return part <= 0.04045 ? part / 12.92 : pow ((part + 0.055) / 1.055, 2.4);
}

static double
luminance (const GdkRGBA *colour)
{
  return 0.2126 * linear (colour->red) + 0.7152 * linear (colour->green) + 0.0722 * linear (colour->blue);
}

static double
contrast (const GdkRGBA *a, const GdkRGBA *b)
{
  double one = luminance (a), other = luminance (b);
  return (MAX (one, other) + 0.05) / (MIN (one, other) + 0.05);
}

static GdkRGBA
over (const GdkRGBA *below, const GdkRGBA *colour)
{
  float a = colour->alpha;
  return (GdkRGBA) {colour->red * a + below->red * (1 - a), colour->green * a + below->green * (1 - a),
                    colour->blue * a + below->blue * (1 - a), 1};
}

static GdkRGBA
named (GtkWidget *widget, const char *name)
{
  GdkRGBA colour;
  g_assert_true (gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), name, &colour));
  return colour;
}

static double
wanted (void)
{
  return adw_style_manager_get_high_contrast (adw_style_manager_get_default ()) ? 7.0 : 4.5;
}

static GdkRGBA
ground_at (Look *look, const graphene_point_t *point)
{
  GdkRGBA ground = named (look->content, "window_bg_color");
  for (guint i = 0; i < look->fills->len; i++) {
    const Fill *fill = &g_array_index (look->fills, Fill, i);
    if (graphene_rect_contains_point (&fill->place, point))
      ground = over (&ground, &fill->colour);
  }
  return ground;
}

static const char *
words_of (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return gtk_label_get_text (GTK_LABEL (widget));
  return GTK_IS_INSCRIPTION (widget) ? gtk_inscription_get_text (GTK_INSCRIPTION (widget)) : "?";
}

static void
judge (Look *look, const graphene_rect_t *place, GdkRGBA colour)
{
  graphene_point_t middle;
  graphene_rect_get_center (place, &middle);
  GtkWidget *widget
      = gtk_widget_pick (look->content, middle.x, middle.y, GTK_PICK_INSENSITIVE | GTK_PICK_NON_TARGETABLE);
  if (!widget || !gtk_widget_is_sensitive (widget))
    return;
  GdkRGBA ground = ground_at (look, &middle);
  GdkRGBA seen = over (&ground, &colour);
  double ratio = contrast (&seen, &ground);
  look->texts++;
  if (ratio >= wanted () - 0.005)
    return;
  g_autofree char *on = gdk_rgba_to_string (&ground), *of = gdk_rgba_to_string (&seen);
  g_autofree char *classes = g_strjoinv (".", gtk_widget_get_css_classes (widget));
  g_test_message ("%s: %.2f : 1, %s on %s, “%s” (%s.%s in %s)", look->where, ratio, of, on, words_of (widget),
                  gtk_widget_get_css_name (widget), classes, gtk_widget_get_css_name (gtk_widget_get_parent (widget)));
  look->faint++;
}

/* Where @node is painted and seen; FALSE: nowhere. */
static gboolean
place_of (GskRenderNode *node, const Frame *frame, graphene_rect_t *place)
{
  graphene_rect_t bounds;
  gsk_render_node_get_bounds (node, &bounds);
  gsk_transform_transform_bounds (frame->transform, &bounds, &bounds);
  return graphene_rect_intersection (&bounds, &frame->clip, place) && place->size.width > 0 && place->size.height > 0;
}

static void look_at (Look *look, GskRenderNode *node, const Frame *frame);

static void
look_within (Look *look, GskRenderNode *child, GskRenderNode *clip, const Frame *frame)
{
  Frame within = *frame;
  if (place_of (clip, frame, &within.clip))
    look_at (look, child, &within);
}

static void
look_transformed (Look *look, GskRenderNode *node, const Frame *frame)
{
  g_autoptr (GskTransform) transform
      = gsk_transform_transform (gsk_transform_ref (frame->transform), gsk_transform_node_get_transform (node));
  look_at (look, gsk_transform_node_get_child (node), &(Frame) {transform, frame->clip, frame->opacity});
}

static void
look_at (Look *look, GskRenderNode *node, const Frame *frame)
{
  graphene_rect_t place;
  GdkRGBA colour;
  switch ((int)gsk_render_node_get_node_type (node)) {
  case GSK_CONTAINER_NODE:
    for (guint i = 0; i < gsk_container_node_get_n_children (node); i++)
      look_at (look, gsk_container_node_get_child (node, i), frame);
    break;
  case GSK_TRANSFORM_NODE:
    look_transformed (look, node, frame);
    break;
  case GSK_OPACITY_NODE:
    look_at (look, gsk_opacity_node_get_child (node),
             &(Frame) {frame->transform, frame->clip, frame->opacity * gsk_opacity_node_get_opacity (node)});
    break;
  case GSK_CLIP_NODE:
    look_within (look, gsk_clip_node_get_child (node), node, frame);
    break;
  case GSK_ROUNDED_CLIP_NODE:
    look_within (look, gsk_rounded_clip_node_get_child (node), node, frame);
    break;
  case GSK_DEBUG_NODE:
    look_at (look, gsk_debug_node_get_child (node), frame);
    break;
  case GSK_COLOR_NODE:
    colour = *gsk_color_node_get_color (node);
    colour.alpha *= (float)frame->opacity;
    if (place_of (node, frame, &place))
      g_array_append_val (look->fills, ((Fill) {place, colour}));
    break;
  case GSK_TEXT_NODE:
    colour = *gsk_text_node_get_color (node);
    colour.alpha *= (float)frame->opacity;
    if (place_of (node, frame, &place))
      judge (look, &place, colour);
    break;
  default: /* borders, shadows and pictures are no ground to write on */
    break;
  }
}

static gboolean
count_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  ++*(int *)data;
  gtk_widget_queue_draw (widget);
  return G_SOURCE_CONTINUE;
}

static gboolean
has_painted (gpointer data)
{
  return *(int *)data >= 4;
}

/* Its picture as it is painted now. (transfer full) (nullable) */
static GskRenderNode *
paint (GtkWidget *content)
{
  int frames = 0;
  guint tick = gtk_widget_add_tick_callback (content, count_cb, &frames, NULL);
  play_wait (has_painted, &frames, "frames");
  gtk_widget_remove_tick_callback (content, tick);
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (content);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (content), gtk_widget_get_height (content));
  return gtk_snapshot_free_to_node (snapshot);
}

/* How many texts of @content cannot be read. */
static guint
read_all (GtkWidget *content, const char *where)
{
  g_autoptr (GskRenderNode) node = paint (content);
  Look look = {content, g_array_new (FALSE, FALSE, sizeof (Fill)), where, 0, 0};
  g_assert_nonnull (node);
  graphene_rect_t all
      = GRAPHENE_RECT_INIT (0, 0, (float)gtk_widget_get_width (content), (float)gtk_widget_get_height (content));
  look_at (&look, node, &(Frame) {NULL, all, 1});
  g_test_message ("%s: %u texts", where, look.texts);
  g_assert_cmpuint (look.texts, >, 0);
  g_array_unref (look.fills);
  return look.faint;
}

static void
in_light_and_dark (guint (*read) (GtkWidget *content, const char *where), GtkWidget *content, const char *where)
{
  static const AdwColorScheme schemes[] = {ADW_COLOR_SCHEME_FORCE_LIGHT, ADW_COLOR_SCHEME_FORCE_DARK};
  static const char *const names[] = {"light", "dark"};
  guint faint = 0;
  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++) {
    adw_style_manager_set_color_scheme (adw_style_manager_get_default (), schemes[i]);
    g_autofree char *here = g_strdup_printf ("%s, %s", where, names[i]);
    faint += read (content, here);
  }
  if (faint > 0) {
    g_test_message ("%s: %u texts are too faint", where, faint);
    g_test_fail ();
  }
}

/* --- what is measured is what is seen --- */

static GtkWidget *
new_label (const char *words, const char *css_class)
{
  GtkWidget *label = gtk_label_new (words);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
present (GtkWidget *child)
{
  GtkWidget *window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (window), child);
  gtk_window_set_default_size (GTK_WINDOW (window), 900, 700);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

/* Half black on white is 3.98 : 1, black on half black 5.28 : 1. */
static void
test_measure (void)
{
  g_assert_cmpfloat_with_epsilon (contrast (&(GdkRGBA) {0, 0, 0, 1}, &(GdkRGBA) {1, 1, 1, 1}), 21.0, 0.01);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_data (provider,
                                   ".faint { color: black; opacity: 0.5; }"
                                   ".ground { background: white; } .dark { color: black; background: #808080; }"
                                   ".same { color: #777777; background: #787878; }",
                                   -1);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider), 900);
  gtk_widget_add_css_class (box, "ground");
  GtkWidget *faint = new_label ("faint", "faint");
  gtk_box_append (GTK_BOX (box), faint);
  gtk_box_append (GTK_BOX (box), new_label ("dark", "dark"));
  GtkWidget *same = new_label ("same", "same");
  gtk_box_append (GTK_BOX (box), same);
  GtkWidget *window = present (box);
  gboolean high = wanted () > 5;
  g_assert_cmpuint (read_all (box, "measured"), ==, high ? 3 : 2);
  gtk_widget_set_sensitive (same, FALSE);
  g_assert_cmpuint (read_all (box, "measured, insensitive"), ==, high ? 2 : 1);
  gtk_style_context_remove_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* --- everything that may be written, on everything that it may be written on --- */

static GtkWidget *
new_placeholder (void)
{
  GtkWidget *entry = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), "placeholder");
  return entry;
}

static GtkWidget *
new_row (void)
{
  GtkWidget *list = gtk_list_box_new (), *row = adw_action_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), "title");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), "subtitle");
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  gtk_widget_add_css_class (list, "boxed-list");
  return list;
}

/* @full: where anything may stand; else what stands in a bar. */
static GtkWidget *
new_samples (gboolean full)
{
  static const char *const classes[]
      = {"dim-label", "heading", "caption", "qc-practice-mark", "qc-section",   "title-1", "accent",
         "success",   "warning", "error",   "qc-badge",         "qc-attention", NULL};
  static const char *const buttons[] = {"flat", "suggested-action", "destructive-action", "link", "pill"};
  GtkWidget *samples = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  for (guint i = 0; classes[i] && (full || !g_str_equal (classes[i], "accent")); i++)
    gtk_box_append (GTK_BOX (samples), new_label (classes[i], classes[i]));
  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++) {
    GtkWidget *button = gtk_button_new_with_label (buttons[i]);
    gtk_widget_add_css_class (button, buttons[i]);
    gtk_box_append (GTK_BOX (samples), button);
  }
  for (QcPillTone tone = QC_PILL_NEUTRAL; tone <= QC_PILL_ERROR; tone++) {
    GtkWidget *pill = qc_pill_new ();
    qc_pill_set (QC_PILL (pill), tone, "dialog-information-symbolic", "pill");
    gtk_box_append (GTK_BOX (samples), pill);
    gtk_widget_set_visible (pill, full);
  }
  gtk_box_append (GTK_BOX (samples), new_placeholder ());
  gtk_box_append (GTK_BOX (samples), new_row ());
  return samples;
}

static void
test_samples (void)
{
  static const char *const grounds[] = {"window", "view", "card", "qc-bar", "qc-bar error", "qc-sidebar"};
  Play play;
  play_begin (&play, 3); /* with it come the styles */
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  for (guint i = 0; i < G_N_ELEMENTS (grounds); i++) {
    GtkWidget *samples = new_samples (!g_str_has_prefix (grounds[i], "qc-bar"));
    g_auto (GStrv) classes = g_strsplit (grounds[i], " ", -1);
    gtk_widget_set_css_classes (samples, (const char **)classes);
    gtk_box_append (GTK_BOX (box), samples);
  }
  GtkWidget *window = present (box);
  in_light_and_dark (read_all, box, "samples");
  gtk_window_destroy (GTK_WINDOW (window));
  play_end (&play);
}

/* --- all pages --- */

static gboolean
is_ready (gpointer data)
{
  QcPage *page = qc_window_get_page (data);
  return page && qc_page_get_state (page) != QC_PAGE_LOADING;
}

static gboolean
can_go (gpointer play)
{
  return play_is_enabled (play, "go");
}

static void
read_page (Play *play, const char *page)
{
  play_do (play, "go", g_variant_new_string (page));
  play_wait (is_ready, play->window, page);
  in_light_and_dark (read_all, adw_application_window_get_content (ADW_APPLICATION_WINDOW (play->window)), page);
}

static gboolean
has_next (gpointer play)
{
  return play_is_enabled (play, "remittance-next");
}

static void
test_pages (void)
{
  static const char *const more[] = {"inquiry/people", "inquiry/months", "inquiry/unit", "inquiry/trends"};
  Play play;
  play_begin_in (&play,
                 qc_app_fixture_make_folder (QC_FILL_AGREEMENT | QC_FILL_ASK | QC_FILL_RETIRED | QC_FILL_APPLICATIONS
                                                 | QC_FILL_FAILED_DRAW | QC_FILL_SEALING | QC_FILL_BACK_PAYMENT,
                                             20));
  play_wait (can_go, &play, "a unit");
  qc_context_set_today (play.context, QC_FIXTURE_TODAY);
  for (guint i = 0; qc_pages_get (i); i++)
    read_page (&play, qc_pages_get (i)->name);
  for (guint i = 0; i < G_N_ELEMENTS (more); i++)
    read_page (&play, more[i]);
  play_end (&play);
}

static void
test_steps (void)
{
  Play play;
  play_begin_in (&play, qc_app_fixture_make_folder (QC_FILL_AGREEMENT | QC_FILL_ASK | QC_FILL_RETIRED, 20));
  play_wait (can_go, &play, "a unit");
  qc_context_set_today (play.context, QC_FIXTURE_TODAY);
  read_page (&play, "remittance");
  GtkWidget *content = adw_application_window_get_content (ADW_APPLICATION_WINDOW (play.window));
  play_wait (has_next, &play, "the steps");
  for (int step = 2; step <= 4; step++) {
    g_autofree char *where = g_strdup_printf ("remittance, step %d", step);
    play_do (&play, "remittance-step", g_variant_new_int32 (step));
    in_light_and_dark (read_all, content, where);
  }
  play_end (&play);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  g_test_add_func ("/contrast/measure", test_measure);
  g_test_add_func ("/contrast/samples", test_samples);
  g_test_add_func ("/contrast/pages", test_pages);
  g_test_add_func ("/contrast/steps", test_steps);
  return g_test_run ();
}
