/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-units-page.h. Main thread.
 */
#include "qc-units-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "qc-error-text.h"
#include "qc-format.h"
#include "qc-list.h"
#include "qc-pill.h"
#include "qc-unit-dot.h"
#include "qc-unit-overview.h"
#include "qc-unit-words.h"
#include "qc-wrap-layout.h"

/* What is older than this is asked about when the page is shown. Seconds. */
#define STALE 300

struct _QcUnitsPage {
  QcPage parent_instance;
  GCancellable *cancel;  /* (owned) (nullable) of the read under way */
  GCancellable *refresh; /* (owned) (nullable) while the center is asked */
  GtkWidget *list;       /* borrowed */
  GtkWidget *summary;    /* borrowed */
  GtkWidget *button;     /* borrowed: asks the center */
  GtkWidget *nobody;     /* borrowed: when nothing fits */
  char *search;          /* (owned) */
  gboolean visible, stale;
  gboolean asked; /* the center, since the page came on screen */
};

G_DEFINE_FINAL_TYPE (QcUnitsPage, qc_units_page, QC_TYPE_PAGE)

static void reload (QcUnitsPage *self);

/* --- rows --- */

static const QcUnitStanding *
row_standing (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "qc-standing");
}

static GtkWidget *
new_pill (QcPillTone tone, const char *icon, const char *text)
{
  GtkWidget *pill = qc_pill_new ();
  qc_pill_set (QC_PILL (pill), tone, icon, text);
  gtk_widget_set_valign (pill, GTK_ALIGN_CENTER);
  return pill;
}

/* What waits for her, each a pill: it is read from the left, and the worst stands there. */
static void
add_pills (GtkWidget *row, const QcUnitStanding *standing)
{
  const struct {
    gint64 count;
    QcPillTone tone;
    const char *icon, *text;
  } counts[] = {
      {standing->failed, QC_PILL_ERROR, "dialog-error-symbolic", N_ ("Collection failed %d")},
      {standing->returned, QC_PILL_ERROR, "edit-undo-symbolic", N_ ("Returned %d")},
      {standing->waiting, QC_PILL_ACCENT, "network-offline-symbolic", N_ ("To be sent %d")},
      {standing->drafts, QC_PILL_NEUTRAL, "document-edit-symbolic", N_ ("Drafts %d")},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++) {
    g_autofree char *text = g_strdup_printf (_ (counts[i].text), (int)counts[i].count);
    if (counts[i].count > 0)
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), new_pill (counts[i].tone, counts[i].icon, text));
  }
  if (!standing->due_is_open)
    return;
  g_autofree char *month = qc_format_month (standing->due);
  /* Translators: a month. */
  g_autofree char *due = g_strdup_printf (_ ("%s due"), month);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             new_pill (standing->behind > 0 ? QC_PILL_WARNING : QC_PILL_ACCENT,
                                       standing->behind > 0 ? "dialog-warning-symbolic" : "qc-remittance-symbolic",
                                       due));
}

static char *
dup_facts (const QcUnitStanding *standing)
{
  const QcUnitChoice *unit = standing->unit;
  if (!unit->granted)
    /* Translators: account. */
    return g_strdup_printf (_ ("%s · no longer granted: what was entered is kept"), unit->account);
  if (!standing->is_known)
    /* Translators: account. */
    return g_strdup_printf (_ ("%s · not fetched yet"), unit->account);
  g_autofree char *people = qc_format_people (standing->people);
  g_autofree char *time = qc_format_time (standing->as_of);
  /* Translators: account, headcount, a time. */
  return g_strdup_printf (_ ("%s · %s · as of %s"), unit->account, people, time);
}

static GtkWidget *
new_row (QcUnitsPage *self, QcUnitStanding *standing)
{
  const QcUnitChoice *unit = standing->unit;
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *facts = dup_facts (standing);
  g_autofree char *needs = qc_unit_standing_dup_needs (standing);
  g_autofree char *subtitle
      = g_str_equal (unit->label, unit->name) ? g_strdup (facts) : g_strdup_printf ("%s\n%s", unit->name, facts);
  g_autofree char *words = g_strdup_printf ("%s, %s", subtitle, *needs ? needs : _ ("Nothing is waiting for you"));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), unit->label);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 3);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), qc_unit_dot_new (unit->colour));
  add_pills (row, standing);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "(ss)",
                                    standing->practice ? QC_SESSION_PRACTICE : standing->profile, unit->account);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.open-unit");
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
  gtk_widget_set_sensitive (row, unit->granted || !standing->is_known
                                     || qc_session_may_act (qc_page_get_session (QC_PAGE (self)), unit->account));
  g_object_set_data_full (G_OBJECT (row), "qc-standing", standing, (GDestroyNotify)qc_unit_standing_free);
  return row;
}

static gboolean
is_toggled (QcUnitsPage *self)
{
  GAction *action = g_action_map_lookup_action (qc_page_get_actions (QC_PAGE (self)), "units-needing");
  g_autoptr (GVariant) state = g_action_get_state (action);
  return g_variant_get_boolean (state);
}

static gboolean
fits (QcUnitsPage *self, const QcUnitStanding *standing)
{
  const QcUnitChoice *unit = standing->unit;
  g_autofree char *wanted = g_utf8_casefold (self->search, -1);
  g_autofree char *text = g_strdup_printf ("%s %s %s", unit->label, unit->name, unit->account);
  g_autofree char *folded = g_utf8_casefold (text, -1);
  return (!is_toggled (self) || qc_unit_standing_needs_her (standing)) && strstr (folded, wanted) != NULL;
}

static gboolean
filter_cb (GtkListBoxRow *row, gpointer data)
{
  return fits (data, row_standing (row));
}

/* The name of the center stands above its units, where there are several. */
static void
header_cb (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data)
{
  const QcUnitStanding *standing = row_standing (row);
  if (before && g_str_equal (row_standing (before)->profile, standing->profile)) {
    gtk_list_box_row_set_header (row, NULL);
    return;
  }
  GtkWidget *label = gtk_label_new (standing->center);
  gtk_label_set_xalign (GTK_LABEL (label), 0.0);
  gtk_widget_add_css_class (label, "qc-section");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_list_box_row_set_header (row, label);
}

/* --- what is shown --- */

static char *
dup_summary (guint n, guint due, guint returned, guint waiting)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_string_append_printf (text, ngettext ("%u unit", "%u units", n), n);
  if (due > 0)
    g_string_append_printf (text, ngettext (" · %u due", " · %u due", due), due);
  if (returned > 0)
    g_string_append_printf (text, ngettext (" · %u returned or failed", " · %u returned or failed", returned),
                            returned);
  if (waiting > 0)
    g_string_append_printf (text, ngettext (" · %u with something to send", " · %u with something to send", waiting),
                            waiting);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
show_summary (QcUnitsPage *self)
{
  guint n = 0, due = 0, returned = 0, waiting = 0;
  GtkListBoxRow *row;
  for (int i = 0; (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), i)); i++) {
    const QcUnitStanding *standing = row_standing (row);
    if (!fits (self, standing))
      continue;
    n++;
    due += standing->is_known && standing->due_is_open;
    returned += standing->is_known && standing->returned + standing->failed > 0;
    waiting += standing->is_known && standing->waiting > 0;
  }
  g_autofree char *text = dup_summary (n, due, returned, waiting);
  gtk_label_set_label (GTK_LABEL (self->summary), text);
  gtk_widget_set_visible (self->nobody, n == 0);
  gtk_widget_set_visible (self->list, n > 0);
}

static void
refilter (QcUnitsPage *self)
{
  gtk_list_box_invalidate_filter (GTK_LIST_BOX (self->list));
  gtk_list_box_invalidate_headers (GTK_LIST_BOX (self->list));
  show_summary (self);
}

/* The row that had the focus has it again. */
static void
fill (QcUnitsPage *self, GPtrArray *standings)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *root_focus = root ? gtk_root_get_focus (root) : NULL;
  GtkWidget *child = root_focus ? gtk_widget_get_ancestor (root_focus, GTK_TYPE_LIST_BOX_ROW) : NULL;
  gboolean has_focus = child && gtk_widget_get_parent (child) == self->list;
  g_autofree char *focused = has_focus ? g_strdup (row_standing (GTK_LIST_BOX_ROW (child))->unit->account) : NULL;
  GtkWidget *again = NULL;
  while ((child = gtk_widget_get_first_child (self->list)))
    gtk_list_box_remove (GTK_LIST_BOX (self->list), child);
  while (standings->len > 0) {
    QcUnitStanding *standing = g_ptr_array_steal_index (standings, 0);
    GtkWidget *row = new_row (self, standing);
    gtk_list_box_append (GTK_LIST_BOX (self->list), row);
    if (!again && g_strcmp0 (focused, standing->unit->account) == 0)
      again = row;
  }
  refilter (self);
  if (again)
    gtk_widget_grab_focus (again);
}

/* --- asking the center --- */

static gboolean
can_ask (QcUnitsPage *self)
{
  QcSession *session = qc_page_get_session (QC_PAGE (self));
  QcSyncStatus status = qc_session_get_sync_status (session);
  return !self->refresh && (status == QC_SYNC_IDLE || status == QC_SYNC_RUNNING)
         && qc_session_get_units (session)->len > 1;
}

static void
show_button (QcUnitsPage *self)
{
  GAction *action = g_action_map_lookup_action (qc_page_get_actions (QC_PAGE (self)), "units-refresh");
  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), can_ask (self));
  if (!self->refresh)
    gtk_button_set_label (GTK_BUTTON (self->button), _ ("_Ask About All"));
}

static void
progress_cb (guint done, guint n, gpointer data)
{
  QcUnitsPage *self = data;
  if (!self->list)
    return;
  /* Translators: how many units the center was asked about, of how many. */
  g_autofree char *text = g_strdup_printf (_ ("%u of %u"), done, n);
  gtk_button_set_label (GTK_BUTTON (self->button), text);
  reload (self);
}

static void
refreshed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (QcUnitsPage) self = data;
  g_autoptr (GError) error = NULL;
  gboolean good = qc_unit_overview_refresh_finish (QC_SESSION (source), result, &error);
  g_clear_object (&self->refresh);
  if (!self->list) /* the page is gone */
    return;
  show_button (self);
  reload (self);
  if (good || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    qc_page_set_bar (QC_PAGE (self), NULL, NULL, NULL);
    return;
  }
  g_autoptr (QcErrorText) text = qc_error_text_new (error);
  g_autofree char *body = qc_error_text_dup_body (text);
  g_autofree char *sentence = g_strdup_printf ("%s %s", text->title, body);
  qc_page_set_bar (QC_PAGE (self), sentence, _ ("_Ask About All"), "win.units-refresh");
}

static void
ask (QcUnitsPage *self)
{
  if (!can_ask (self))
    return;
  self->asked = TRUE;
  self->refresh = g_cancellable_new ();
  show_button (self);
  qc_unit_overview_refresh_async (qc_page_get_session (QC_PAGE (self)), progress_cb, self, self->refresh, refreshed_cb,
                                  g_object_ref (self));
}

static void
refresh_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ask (data);
}

static void
needing_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  g_simple_action_set_state (action, value);
  refilter (data);
}

/* --- loading --- */

static gboolean
is_old (const GPtrArray *standings, const char *profile)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  for (guint i = 0; i < standings->len; i++) {
    const QcUnitStanding *standing = g_ptr_array_index (standings, i);
    if (standing->unit->granted && g_strcmp0 (standing->profile, profile) == 0 && standing->as_of < now - STALE)
      return TRUE;
  }
  return FALSE;
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (QcUnitsPage) self = data;
  g_autoptr (GError) error = NULL;
  QcSession *session = QC_SESSION (source);
  g_autoptr (GPtrArray) standings = qc_unit_overview_load_finish (session, result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || !self->list)
    return;
  if (!standings) {
    qc_page_set_error (QC_PAGE (self), error);
    return;
  }
  gboolean old = is_old (standings, qc_session_get_profile (session)->id);
  if (standings->len == 0) {
    qc_page_set_empty (QC_PAGE (self), "view-grid-symbolic", _ ("No unit yet"),
                       _ ("The center says which units you may act for when you sign in."), _ ("Sign _In"),
                       "win.show-sign-in");
    qc_page_set_state (QC_PAGE (self), QC_PAGE_EMPTY);
    return;
  }
  fill (self, standings);
  qc_page_set_state (QC_PAGE (self), QC_PAGE_CONTENT);
  if (old && self->visible && !self->asked)
    ask (self);
}

static void
reload (QcUnitsPage *self)
{
  g_cancellable_cancel (self->cancel);
  g_clear_object (&self->cancel);
  self->cancel = g_cancellable_new ();
  self->stale = FALSE;
  qc_unit_overview_load_async (qc_page_get_session (QC_PAGE (self)), self->cancel, loaded_cb, g_object_ref (self));
}

static void
reload_if_seen (QcUnitsPage *self)
{
  if (self->visible)
    reload (self);
  else
    self->stale = TRUE;
}

/* --- page --- */

static void
shown (QcPage *page, const char *argument)
{
  QcUnitsPage *self = QC_UNITS_PAGE (page);
  self->visible = TRUE;
  self->asked = FALSE;
  reload (self);
}

static void
hidden (QcPage *page)
{
  QcUnitsPage *self = QC_UNITS_PAGE (page);
  self->visible = FALSE;
  g_cancellable_cancel (self->refresh);
}

static void
search (QcPage *page, const char *text)
{
  QcUnitsPage *self = QC_UNITS_PAGE (page);
  g_free (self->search);
  self->search = g_strdup (text);
  refilter (self);
}

static void
unit_changed (QcPage *page)
{
  reload_if_seen (QC_UNITS_PAGE (page));
}

static void
data_changed (QcPage *page, guint what)
{
  if (what & (QC_DATA_UNIT | QC_DATA_APPLICATIONS | QC_DATA_DRAFTS | QC_DATA_QUEUE))
    reload_if_seen (QC_UNITS_PAGE (page));
}

static void
sync_changed_cb (QcSession *session, QcUnitsPage *self)
{
  show_button (self);
}

static GtkWidget *
build_head (QcUnitsPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *needing = gtk_toggle_button_new_with_mnemonic (_ ("Only Those That _Need Something"));
  self->summary = gtk_label_new (NULL);
  self->button = gtk_button_new_with_mnemonic (_ ("_Ask About All"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (needing), "win.units-needing");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), "win.units-refresh");
  gtk_label_set_xalign (GTK_LABEL (self->summary), 0.0);
  gtk_label_set_wrap (GTK_LABEL (self->summary), TRUE);
  gtk_widget_set_hexpand (self->summary, TRUE);
  gtk_box_append (GTK_BOX (box), self->summary);
  gtk_widget_set_layout_manager (buttons, qc_wrap_layout_new (8));
  gtk_widget_set_valign (buttons, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (buttons), needing);
  gtk_box_append (GTK_BOX (buttons), self->button);
  gtk_box_append (GTK_BOX (box), buttons);
  return box;
}

static void
qc_units_page_constructed (GObject *object)
{
  QcUnitsPage *self = QC_UNITS_PAGE (object);
  const GActionEntry entries[] = {{"units-refresh", refresh_cb}, {"units-needing", NULL, NULL, "false", needing_cb}};
  G_OBJECT_CLASS (qc_units_page_parent_class)->constructed (object);
  g_action_map_add_action_entries (qc_page_get_actions (QC_PAGE (self)), entries, G_N_ELEMENTS (entries), self);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  self->list = gtk_list_box_new ();
  self->nobody = gtk_label_new (_ ("No unit fits."));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_list_box_set_filter_func (GTK_LIST_BOX (self->list), filter_cb, self, NULL);
  gtk_list_box_set_header_func (GTK_LIST_BOX (self->list), header_cb, NULL, NULL);
  qc_list_leave_by_tab (self->list);
  qc_list_copy_rows (self->list);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_widget_set_overflow (self->list, GTK_OVERFLOW_HIDDEN); /* the last row is not the last child: headers are */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Units"), -1);
  gtk_widget_add_css_class (self->nobody, "dim-label");
  gtk_widget_set_visible (self->nobody, FALSE);
  gtk_widget_add_css_class (column, "qc-column");
  gtk_box_append (GTK_BOX (column), build_head (self));
  gtk_box_append (GTK_BOX (column), self->list);
  gtk_box_append (GTK_BOX (column), self->nobody);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 1000);
  adw_clamp_set_child (ADW_CLAMP (clamp), column);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  qc_page_set_content (QC_PAGE (self), scroller);
  qc_page_set_title (QC_PAGE (self), _ ("All units"));
  qc_page_set_search_hint (QC_PAGE (self), _ ("Short name, name or account"));
  qc_page_set_state (QC_PAGE (self), QC_PAGE_LOADING);
  g_signal_connect_object (qc_page_get_session (QC_PAGE (self)), "sync-changed", G_CALLBACK (sync_changed_cb), self, 0);
  g_signal_connect_object (qc_page_get_session (QC_PAGE (self)), "units-changed", G_CALLBACK (reload_if_seen), self,
                           G_CONNECT_SWAPPED);
  show_button (self);
}

static void
qc_units_page_dispose (GObject *object)
{
  QcUnitsPage *self = QC_UNITS_PAGE (object);
  g_cancellable_cancel (self->cancel);
  g_cancellable_cancel (self->refresh);
  g_clear_object (&self->cancel);
  self->list = NULL;
  G_OBJECT_CLASS (qc_units_page_parent_class)->dispose (object);
}

static void
qc_units_page_finalize (GObject *object)
{
  g_free (QC_UNITS_PAGE (object)->search);
  G_OBJECT_CLASS (qc_units_page_parent_class)->finalize (object);
}

static void
qc_units_page_class_init (QcUnitsPageClass *klass)
{
  QcPageClass *page_class = QC_PAGE_CLASS (klass);
  G_OBJECT_CLASS (klass)->constructed = qc_units_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = qc_units_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = qc_units_page_finalize;
  page_class->shown = shown;
  page_class->hidden = hidden;
  page_class->search = search;
  page_class->unit_changed = unit_changed;
  page_class->data_changed = data_changed;
}

static void
qc_units_page_init (QcUnitsPage *self)
{
  self->search = g_strdup ("");
}
