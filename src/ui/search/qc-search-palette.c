/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-search-palette.h. The rows are made once, and only their words change: making them anew would take longer than
 * finding what they say. What was found before stays until the answer to the last key is there; Enter waits for it.
 * Main thread.
 */
#include "qc-search-palette.h"

#include <glib/gi18n.h>

#include "qc-error-text.h"
#include "qc-fit.h"
#include "qc-format.h"
#include "qc-pages.h"
#include "qc-search-places.h"
#include "qc-search-row.h"
#include "qc-search.h"

#define WIDTH 680

/* Where all of the people are: what was typed goes into the search of that page. */
#define PEOPLE "win.go::people"

typedef enum { GROUP_RECENT, GROUP_PEOPLE, GROUP_PLACES, GROUP_APPLICATIONS, GROUP_DRAFTS, N_GROUPS } Group;

struct _QcSearchPalette {
  AdwWindow parent_instance;
  QcWindow *window;   /* borrowed: it is over that one */
  QcSession *session; /* (owned) */
  QcSearch *search;   /* (owned) */
  gboolean opens;     /* Enter was pressed before the answer came */
  /* borrowed */
  GtkWidget *entry, *foot, *status, *nothing;
  GtkListBox *list;
  GtkWidget *rows[N_GROUPS][QC_SEARCH_MOST + 1]; /* the last one says how many more there are */
};

G_DEFINE_FINAL_TYPE (QcSearchPalette, qc_search_palette, ADW_TYPE_WINDOW)

static const char *const group_msgids[N_GROUPS] = {
    [GROUP_RECENT] = N_ ("Opened last"),
    [GROUP_PEOPLE] = N_ ("People"),
    [GROUP_PLACES] = N_ ("Pages and commands"),
    [GROUP_APPLICATIONS] = N_ ("Application records"),
    [GROUP_DRAFTS] = N_ ("Drafts"),
};

/* --- rows --- */

static const char *
icon_of (const QcSearchHit *hit)
{
  if (hit->kind == QC_SEARCH_PEOPLE)
    return hit->gone ? "system-log-out-symbolic" : "avatar-default-symbolic";
  const char *icon = qc_business_info (hit->business)->icon;
  return icon ? icon : hit->kind == QC_SEARCH_DRAFTS ? "document-edit-symbolic" : "view-list-symbolic";
}

/* Where a hit leads. (transfer full) */
static char *
dup_target (const QcSearchHit *hit)
{
  const char *code = qc_business_info (hit->business)->code;
  const QcPageInfo *inquiry = qc_pages_find ("inquiry");
  switch (hit->kind) {
  case QC_SEARCH_PEOPLE:
    return inquiry && inquiry->get_type && !hit->gone ? g_strdup_printf ("win.go::inquiry/person:%s", hit->key)
                                                      : g_strdup_printf ("win.go::people/%s", hit->key);
  case QC_SEARCH_APPLICATIONS:
    return g_strdup_printf ("win.go::applications/%s", hit->key);
  case QC_SEARCH_DRAFTS:
    return hit->business == QC_BUSINESS_REMITTANCE ? g_strdup_printf ("win.go::%s", code)
                                                   : g_strdup_printf ("win.go::%s/draft:%s", code, hit->key);
  case QC_SEARCH_PLACES:
  default:
    return g_strdup (hit->key);
  }
}

static void
show_hit (QcSearchPalette *self, Group group, guint i, const QcSearchHit *hit)
{
  g_autofree char *target = dup_target (hit);
  qc_search_row_set (QC_SEARCH_ROW (self->rows[group][i]), icon_of (hit), hit->title, hit->detail, NULL, target,
                     hit->kind, hit->key);
}

static void
show_place (QcSearchPalette *self, Group group, guint i, const QcSearchPlace *place)
{
  qc_search_row_set (QC_SEARCH_ROW (self->rows[group][i]), place->icon, place->label, NULL, place->shortcut, place->id,
                     QC_SEARCH_PLACES, place->id);
}

static void
hide_from (QcSearchPalette *self, Group group, guint first)
{
  for (guint i = first; i < QC_SEARCH_MOST; i++)
    gtk_widget_set_visible (self->rows[group][i], FALSE);
}

/* @target (nullable): where all of them are */
static void
show_more (QcSearchPalette *self, Group group, gint64 more, const char *target)
{
  GtkWidget *row = self->rows[group][QC_SEARCH_MOST];
  gtk_widget_set_visible (row, more > 0);
  if (more <= 0)
    return;
  g_autofree char *count = qc_format_count (more);
  g_autofree char *words = g_strdup_printf (ngettext ("%s more", "%s more", (gulong)more), count);
  qc_search_row_set (QC_SEARCH_ROW (row), "view-more-symbolic", words,
                     target ? _ ("Show all of them") : _ ("Type more to find them"), NULL, target, QC_SEARCH_PLACES,
                     NULL);
}

/* Gives how many there are. @target (nullable): where all of them are */
static gint64
show_kind (QcSearchPalette *self, Group group, QcSearchKind kind, const char *target)
{
  gint64 total;
  const GPtrArray *hits = qc_search_get_hits (self->search, kind, &total);
  for (guint i = 0; i < hits->len; i++)
    show_hit (self, group, i, g_ptr_array_index (hits, i));
  hide_from (self, group, hits->len);
  show_more (self, group, total - hits->len, target);
  return total;
}

static gint64
show_places (QcSearchPalette *self)
{
  g_autoptr (GPtrArray) places = qc_search_places_find (self->window, self->session, qc_search_get_text (self->search));
  guint n = MIN (places->len, QC_SEARCH_MOST);
  for (guint i = 0; i < n; i++)
    show_place (self, GROUP_PLACES, i, g_ptr_array_index (places, i));
  hide_from (self, GROUP_PLACES, n);
  show_more (self, GROUP_PLACES, places->len - n, NULL);
  return places->len;
}

static void
show_recent (QcSearchPalette *self)
{
  const GPtrArray *recent = qc_search_get_recent (self->search);
  guint n = 0;
  for (guint i = 0; i < recent->len && n < QC_SEARCH_MOST; i++) {
    const QcSearchHit *hit = g_ptr_array_index (recent, i);
    if (hit->kind != QC_SEARCH_PLACES) {
      show_hit (self, GROUP_RECENT, n++, hit);
      continue;
    }
    g_autoptr (QcSearchPlace) place = qc_search_places_get (self->window, self->session, hit->key);
    if (place)
      show_place (self, GROUP_RECENT, n++, place);
  }
  hide_from (self, GROUP_RECENT, n);
  gtk_widget_set_visible (self->rows[GROUP_RECENT][QC_SEARCH_MOST], FALSE);
}

/* --- what is said --- */

static gboolean
is_shown (GtkWidget *row)
{
  return row && gtk_widget_get_visible (row) && gtk_list_box_row_get_selectable (GTK_LIST_BOX_ROW (row));
}

/* From @index on in the direction of @step. (nullable) */
static GtkListBoxRow *
find_row (QcSearchPalette *self, int index, int step)
{
  GtkListBoxRow *row;
  while (index >= 0 && (row = gtk_list_box_get_row_at_index (self->list, index))) {
    if (is_shown (GTK_WIDGET (row)))
      return row;
    index += step;
  }
  return NULL;
}

/* A screen reader says what the entry is about: how many, and what Enter would open. */
static void
say (QcSearchPalette *self, const char *words)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  const char *first = row ? qc_search_row_get_title (QC_SEARCH_ROW (row)) : NULL;
  /* Translators: how many were found, and the first of them. */
  g_autofree char *all = first ? g_strdup_printf (_ ("%s. Enter opens: %s"), words, first) : g_strdup (words);
  gtk_label_set_label (GTK_LABEL (self->status), words);
  gtk_label_set_label (GTK_LABEL (self->nothing), words);
  gtk_widget_set_visible (self->foot, find_row (self, 0, 1) != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->status), GTK_ACCESSIBLE_PROPERTY_LABEL, all, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, all, -1);
}

static void
say_found (QcSearchPalette *self, gint64 total)
{
  g_autofree char *count = qc_format_count (total);
  g_autofree char *words = NULL;
  if (!*qc_search_get_text (self->search))
    words
        = g_strdup (_ ("Type a name, pinyin, the end of a document number, an account, an amount, a month, or what you "
                       "want to do."));
  else if (total == 0)
    words = g_strdup (_ ("Nothing was found."));
  else
    words = g_strdup_printf (ngettext ("%s found", "%s found", (gulong)total), count);
  say (self, words);
}

/* --- opening --- */

static void
open_row (QcSearchPalette *self, GtkListBoxRow *row)
{
  const char *target = qc_search_row_get_target (QC_SEARCH_ROW (row));
  g_autofree char *name = NULL;
  g_autoptr (GVariant) value = NULL;
  g_autoptr (QcWindow) window = g_object_ref (self->window);
  if (!target || !g_action_parse_detailed_name (target, &name, &value, NULL))
    return;
  QcSearchKind kind;
  const char *key = qc_search_row_get_key (QC_SEARCH_ROW (row), &kind);
  g_autofree char *typed = key ? NULL : g_strdup (qc_search_get_text (self->search));
  if (key)
    qc_search_remember (self->search, kind, key);
  gtk_window_close (GTK_WINDOW (self));
  gtk_widget_activate_action_variant (GTK_WIDGET (window), name, value);
  if (typed && g_str_equal (name, "win.go") && g_str_equal (g_variant_get_string (value, NULL), "people"))
    gtk_widget_activate_action (GTK_WIDGET (window), "win.set-search", "s", typed);
}

static void
found_cb (QcSearchPalette *self)
{
  gboolean typed = *qc_search_get_text (self->search) != '\0';
  g_autofree char *records = g_strconcat ("win.go::applications/search:", qc_search_get_text (self->search), NULL);
  gint64 total = show_kind (self, GROUP_PEOPLE, QC_SEARCH_PEOPLE, PEOPLE);
  total += show_kind (self, GROUP_APPLICATIONS, QC_SEARCH_APPLICATIONS, records);
  total += show_kind (self, GROUP_DRAFTS, QC_SEARCH_DRAFTS, NULL);
  total += show_places (self);
  show_recent (self);
  GtkListBoxRow *first = find_row (self, 0, 1);
  gtk_list_box_select_row (self->list, first);
  say_found (self, typed ? total : 0);
  gboolean opens = self->opens && first;
  self->opens = FALSE;
  if (opens)
    open_row (self, first); /* the palette goes with it */
}

static void
failed_cb (QcSearchPalette *self, const GError *error)
{
  g_autoptr (QcErrorText) text = qc_error_text_new (error);
  self->opens = FALSE;
  say (self, text->title);
}

static void
row_activated_cb (GtkListBox *list, GtkListBoxRow *row, QcSearchPalette *self)
{
  open_row (self, row);
}

static void
activate_cb (QcSearchPalette *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  if (qc_search_is_pending (self->search))
    self->opens = TRUE;
  else if (row)
    open_row (self, row);
}

/* --- keys --- */

static void
text_cb (QcSearchPalette *self)
{
  self->opens = FALSE;
  qc_search_set_text (self->search, gtk_editable_get_text (GTK_EDITABLE (self->entry)));
}

static void
go_to (QcSearchPalette *self, GtkListBoxRow *row)
{
  if (!row)
    return;
  gtk_list_box_select_row (self->list, row);
  gtk_widget_grab_focus (GTK_WIDGET (row));
}

/* From the row of the present choice, @rows further, or as far as there is one. */
static void
step (QcSearchPalette *self, int rows)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  for (int n = ABS (rows); n > 0 && row; n--) {
    int direction = rows > 0 ? 1 : -1;
    GtkListBoxRow *next = find_row (self, gtk_list_box_row_get_index (row) + direction, direction);
    if (!next)
      break;
    row = next;
  }
  go_to (self, row);
}

/* In the entry, behind what an input method takes for itself. */
static gboolean
entry_key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, QcSearchPalette *self)
{
  if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK))
    return GDK_EVENT_PROPAGATE;
  if (key == GDK_KEY_Down || key == GDK_KEY_KP_Down)
    step (self, 1);
  else if (key == GDK_KEY_Page_Down || key == GDK_KEY_KP_Page_Down)
    step (self, QC_SEARCH_MOST);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

static void
go_to_entry (QcSearchPalette *self)
{
  gtk_widget_grab_focus (self->entry);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
  gtk_list_box_select_row (self->list, find_row (self, 0, 1));
}

/* In the list: the arrows go on, up from the first row leads back, and what is typed belongs to the entry. */
static gboolean
list_key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, QcSearchPalette *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK))
    return GDK_EVENT_PROPAGATE;
  switch (key) {
  case GDK_KEY_Up:
  case GDK_KEY_KP_Up:
    if (row == find_row (self, 0, 1))
      go_to_entry (self);
    else
      step (self, -1);
    return GDK_EVENT_STOP;
  case GDK_KEY_Down:
  case GDK_KEY_KP_Down:
    step (self, 1);
    return GDK_EVENT_STOP;
  case GDK_KEY_Page_Up:
  case GDK_KEY_KP_Page_Up:
    step (self, -QC_SEARCH_MOST);
    return GDK_EVENT_STOP;
  case GDK_KEY_Page_Down:
  case GDK_KEY_KP_Page_Down:
    step (self, QC_SEARCH_MOST);
    return GDK_EVENT_STOP;
  default:
    break;
  }
  if (key != GDK_KEY_BackSpace && !g_unichar_isgraph (gdk_keyval_to_unicode (key)))
    return GDK_EVENT_PROPAGATE;
  go_to_entry (self);
  return gtk_event_controller_key_forward (controller,
                                           GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self->entry))));
}

static gboolean
window_key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, QcSearchPalette *self)
{
  gboolean again = (key == GDK_KEY_k || key == GDK_KEY_K) && (state & GDK_CONTROL_MASK);
  if (key != GDK_KEY_Escape && !again)
    return GDK_EVENT_PROPAGATE;
  gtk_window_close (GTK_WINDOW (self));
  return GDK_EVENT_STOP;
}

/* --- building --- */

static void
add_keys (GtkWidget *widget, GtkPropagationPhase phase, GCallback func, gpointer self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, phase);
  g_signal_connect (keys, "key-pressed", func, self);
  gtk_widget_add_controller (widget, keys);
}

/* The first row of a group has its name above it. */
static void
header_cb (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  guint group = qc_search_row_get_group (QC_SEARCH_ROW (row));
  if (before && qc_search_row_get_group (QC_SEARCH_ROW (before)) == group) {
    gtk_list_box_row_set_header (row, NULL);
  } else if (!gtk_list_box_row_get_header (row)) {
    GtkWidget *label = gtk_label_new (_ (group_msgids[group]));
    gtk_label_set_xalign (GTK_LABEL (label), 0);
    gtk_widget_add_css_class (label, "heading");
    gtk_widget_add_css_class (label, "qc-section");
    gtk_list_box_row_set_header (row, label);
  }
}

/* What is said where no row is. */
static GtkWidget *
build_nothing (QcSearchPalette *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *icon = gtk_image_new_from_icon_name ("system-search-symbolic");
  self->nothing = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, "justify",
                                GTK_JUSTIFY_CENTER, "wrap", TRUE, NULL);
  gtk_image_set_pixel_size (GTK_IMAGE (icon), 64);
  gtk_widget_add_css_class (box, "dim-label");
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (box, "qc-column");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), self->nothing);
  return box;
}

static GtkWidget *
build_list (QcSearchPalette *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_activate_on_single_click (self->list, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("What was found"), -1);
  for (guint group = 0; group < N_GROUPS; group++)
    for (guint i = 0; i <= QC_SEARCH_MOST; i++) {
      self->rows[group][i] = qc_search_row_new (group, _ (group_msgids[group]));
      gtk_widget_set_visible (self->rows[group][i], FALSE);
      gtk_list_box_append (self->list, self->rows[group][i]);
    }
  gtk_list_box_set_header_func (self->list, header_cb, NULL, NULL);
  gtk_list_box_set_placeholder (self->list, build_nothing (self));
  g_signal_connect (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
  add_keys (GTK_WIDGET (self->list), GTK_PHASE_CAPTURE, G_CALLBACK (list_key_cb), self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->list));
  gtk_widget_set_vexpand (scroller, TRUE);
  return scroller;
}

static GtkWidget *
build_head (QcSearchPalette *self)
{
  GtkWidget *bar = adw_header_bar_new ();
  GtkWidget *clamp = adw_clamp_new ();
  self->entry = gtk_search_entry_new ();
  g_object_set (self->entry, "placeholder-text", _ ("Search everywhere"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Search everywhere"),
                                  -1);
  /* at once: Enter must not come before what was typed */
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (text_cb), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (activate_cb), self);
  g_signal_connect_swapped (self->entry, "stop-search", G_CALLBACK (gtk_window_close), self);
  add_keys (self->entry, GTK_PHASE_BUBBLE, G_CALLBACK (entry_key_cb), self);
  gtk_widget_set_hexpand (self->entry, TRUE);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 560);
  adw_clamp_set_child (ADW_CLAMP (clamp), self->entry);
  gtk_widget_set_hexpand (clamp, TRUE);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (bar), clamp);
  return bar;
}

static void
build (QcSearchPalette *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->status = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, "xalign", 0.0f, "wrap",
                               TRUE, NULL);
  gtk_widget_add_css_class (self->status, "dim-label");
  gtk_widget_add_css_class (self->status, "qc-totals");
  gtk_box_append (GTK_BOX (column), build_head (self));
  gtk_box_append (GTK_BOX (column), build_list (self));
  self->foot = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self->foot), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (self->foot), self->status);
  gtk_box_append (GTK_BOX (column), self->foot);
  adw_window_set_content (ADW_WINDOW (self), column);
  add_keys (GTK_WIDGET (self), GTK_PHASE_BUBBLE, G_CALLBACK (window_key_cb), self);
}

static void
qc_search_palette_dispose (GObject *object)
{
  QcSearchPalette *self = QC_SEARCH_PALETTE (object);
  if (self->search)
    g_signal_handlers_disconnect_by_data (self->search, self);
  g_clear_object (&self->search);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (qc_search_palette_parent_class)->dispose (object);
}

static void
qc_search_palette_class_init (QcSearchPaletteClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qc_search_palette_dispose;
}

static void
qc_search_palette_init (QcSearchPalette *self)
{
}

void
qc_search_palette_show (QcWindow *window, QcSession *session)
{
  g_return_if_fail (QC_IS_WINDOW (window) && QC_IS_SESSION (session));
  QcSearchPalette *self = g_object_new (QC_TYPE_SEARCH_PALETTE, "accessible-role", GTK_ACCESSIBLE_ROLE_DIALOG, "title",
                                        _ ("Search everywhere"), "modal", TRUE, "transient-for", window,
                                        "destroy-with-parent", TRUE, NULL);
  int height = gtk_widget_get_height (GTK_WIDGET (window));
  self->window = window;
  self->session = g_object_ref (session);
  self->search = qc_search_new (session);
  build (self);
  g_signal_connect_swapped (self->search, "found", G_CALLBACK (found_cb), self);
  g_signal_connect_swapped (self->search, "failed", G_CALLBACK (failed_cb), self);
  qc_fit_over (GTK_WINDOW (self), WIDTH, CLAMP (height - 80, 420, 640));
  qc_search_set_text (self->search, "");
  gtk_widget_grab_focus (self->entry);
  gtk_window_present (GTK_WINDOW (self));
}
