/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-fact-row.h. Which control stands there follows the center's policy and lists, so it may be another one after a
 * sync. Main thread.
 */
#include "qc-fact-row.h"

#include <glib/gi18n.h>

#include "qc-drop-down.h"
#include "qc-focus.h"
#include "qc-line-field.h"

#define NAME_CHARS 20

typedef enum { CONTROL_NONE, CONTROL_LOCKED, CONTROL_ENTRY, CONTROL_CHOICE } Control;

struct _QcFactRow {
  GtkWidget parent_instance;
  const char *title;        /* static, translated */
  const QcUnitField *field; /* (nullable) */
  QcFactsService *service;  /* (nullable) borrowed: that of the page */
  Control kind;
  char **choices; /* (owned) (nullable) codes of the drop-down, in order */
  char *shown;    /* (owned) (nullable) what the entry was last set to */
  char *noted;    /* (owned) (nullable) what the notes were made of */
  gboolean filling, taking;
  /* borrowed */
  GtkWidget *grid, *name, *control, *notes;
};

G_DEFINE_FINAL_TYPE (QcFactRow, qc_fact_row, GTK_TYPE_WIDGET)

/* --- what is entered --- */

static gboolean
has_focus (QcFactRow *self)
{
  return self->control && (gtk_widget_get_state_flags (self->control) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}

static void
show_text (QcFactRow *self, const char *text)
{
  char *copy = g_strdup (text);
  g_free (self->shown);
  self->shown = copy;
  self->filling = TRUE;
  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->control)), text) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->control), text);
  self->filling = FALSE;
}

void
qc_fact_row_commit (QcFactRow *self)
{
  g_return_if_fail (QC_IS_FACT_ROW (self));
  if (self->kind != CONTROL_ENTRY || !self->service || !self->shown || self->taking)
    return;
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->control)));
  if (g_str_equal (text, self->shown))
    return;
  self->taking = TRUE;
  if (qc_facts_service_enter (self->service, self->field, text))
    show_text (self, qc_facts_service_get_value (self->service, self->field));
  self->taking = FALSE;
}

/* What was entered and is not taken yet is never written over: a draft that is just being read refuses for a moment, so
 * it is tried again. */
static void
update_entry (QcFactRow *self, const char *value)
{
  if (!self->shown || g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self->control)), self->shown))
    show_text (self, value);
  else if (!has_focus (self))
    qc_fact_row_commit (self);
}

static gboolean
key_cb (QcFactRow *self, guint keyval)
{
  if (keyval != GDK_KEY_Escape || g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->control)), self->shown) == 0)
    return GDK_EVENT_PROPAGATE;
  show_text (self, self->shown);
  return GDK_EVENT_STOP;
}

static void
chosen_cb (QcFactRow *self)
{
  guint position = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->control));
  if (!self->filling && self->service && position < g_strv_length (self->choices))
    qc_facts_service_enter (self->service, self->field, self->choices[position]);
}

static void
take_back_cb (QcFactRow *self)
{
  qc_facts_service_take_theirs (self->service, self->field);
  qc_fact_row_grab_focus (self);
}

static void
keep_mine_cb (QcFactRow *self)
{
  qc_facts_service_keep_mine (self->service, self->field);
  qc_fact_row_grab_focus (self);
}

/* --- the control --- */

/* A number that takes two lines has no hyphen in it. */
static void
break_plainly (GtkLabel *label)
{
  g_autoptr (PangoAttrList) plain = pango_attr_list_new ();
  pango_attr_list_insert (plain, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (label, plain);
}

static GtkWidget *
build_locked (void)
{
  GtkWidget *label = gtk_label_new (NULL);
  break_plainly (GTK_LABEL (label));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "numeric");
  return label;
}

static GtkWidget *
build_entry (QcFactRow *self)
{
  GtkWidget *entry = gtk_entry_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  /* as much as one above every limit, so that what is too long is said and not cut off in silence */
  gtk_entry_set_max_length (GTK_ENTRY (entry), qc_text_field_limits (self->field->text)->carried + 1);
  gtk_widget_add_css_class (entry, "numeric");
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (qc_fact_row_commit), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (qc_fact_row_commit), self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (entry, focus);
  gtk_widget_add_controller (entry, keys);
  return entry;
}

static GtkWidget *
build_choice (QcFactRow *self)
{
  GtkWidget *choice = gtk_drop_down_new (NULL, NULL);
  g_signal_connect_swapped (choice, "notify::selected", G_CALLBACK (chosen_cb), self);
  return choice;
}

/* What must not be left empty bears a mark, and a screen reader says the word. */
static void
name_control (QcFactRow *self)
{
  gboolean required = self->kind != CONTROL_LOCKED && self->field && self->field->required;
  g_autofree char *marked = g_strdup_printf ("%s *", self->title);
  /* Translators: name of a field that must not be left empty, as a screen reader says it. */
  g_autofree char *spoken = g_strdup_printf (_ ("%s, required"), self->title);
  gtk_label_set_text (GTK_LABEL (self->name), required ? marked : self->title);
  if (self->kind != CONTROL_LOCKED) /* of what is locked the name says the value too, see qc_fact_row_set_text() */
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->control), GTK_ACCESSIBLE_PROPERTY_REQUIRED, required, -1);
  if (self->kind == CONTROL_ENTRY) /* a list says its choice as well, see fill_choices() */
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->control), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    required ? spoken : self->title, -1);
}

static void
set_control (QcFactRow *self, Control kind)
{
  if (kind == self->kind)
    return;
  gboolean focused = has_focus (self);
  if (self->control)
    gtk_grid_remove (GTK_GRID (self->grid), self->control);
  g_clear_pointer (&self->choices, g_strfreev);
  g_clear_pointer (&self->shown, g_free);
  self->kind = kind;
  self->control = kind == CONTROL_ENTRY    ? build_entry (self)
                  : kind == CONTROL_CHOICE ? build_choice (self)
                                           : build_locked ();
  gtk_widget_set_hexpand (self->control, TRUE);
  name_control (self);
  gtk_grid_attach (GTK_GRID (self->grid), self->control, 1, 0, 1, 1);
  if (focused)
    gtk_widget_grab_focus (self->control);
}

/* The center's list, nothing where nothing is allowed or stands there, and what stands there and is not on the list. */
static void
fill_choices (QcFactRow *self, const GPtrArray *codes, const char *value)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  gboolean found = FALSE;
  if (!self->field->required || *value == '\0') {
    g_strv_builder_add (builder, "");
    gtk_string_list_append (words, "—");
    found = *value == '\0';
  }
  for (guint i = 0; codes && i < codes->len; i++) {
    const QcCode *code = g_ptr_array_index (codes, i);
    if (!g_str_equal (code->list, self->field->list))
      continue;
    g_strv_builder_add (builder, code->code);
    gtk_string_list_append (words, code->label);
    found |= g_str_equal (code->code, value);
  }
  if (!found) {
    g_strv_builder_add (builder, value);
    gtk_string_list_append (words, value);
  }
  g_auto (GStrv) choices = g_strv_builder_end (builder);
  self->filling = TRUE;
  if (!self->choices || !g_strv_equal ((const char *const *)choices, (const char *const *)self->choices)) {
    gtk_drop_down_set_model (GTK_DROP_DOWN (self->control), G_LIST_MODEL (words));
    g_strfreev (self->choices);
    self->choices = g_steal_pointer (&choices);
    g_autofree char *spoken = g_strdup_printf (_ ("%s, required"), self->title);
    qc_drop_down_set_name (GTK_DROP_DOWN (self->control), self->field->required ? spoken : self->title);
  }
  for (guint i = 0; self->choices[i]; i++)
    if (g_str_equal (self->choices[i], value))
      gtk_drop_down_set_selected (GTK_DROP_DOWN (self->control), i);
  self->filling = FALSE;
}

static gboolean
has_list (const QcUnitField *field, const GPtrArray *codes)
{
  for (guint i = 0; field->list && codes && i < codes->len; i++)
    if (g_str_equal (((QcCode *)g_ptr_array_index (codes, i))->list, field->list))
      return TRUE;
  return FALSE;
}

/* --- what there is to say --- */

static GtkWidget *
note_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  break_plainly (GTK_LABEL (label));
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, css_class);
  gtk_widget_set_hexpand (label, TRUE);
  return label;
}

static GtkWidget *
add_note (QcFactRow *self, const char *icon, const char *text, const char *css_class, GString *spoken)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  if (icon) {
    GtkWidget *image = gtk_image_new_from_icon_name (icon);
    gtk_widget_add_css_class (image, css_class);
    gtk_widget_set_valign (image, GTK_ALIGN_START);
    gtk_box_append (GTK_BOX (line), image);
  }
  gtk_box_append (GTK_BOX (line), note_label (text, css_class));
  gtk_box_append (GTK_BOX (self->notes), line);
  g_string_append_printf (spoken, "%s%s", spoken->len > 0 ? " " : "", text);
  return line;
}

static GtkWidget *
note_button (QcFactRow *self, const char *label, GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_label (label);
  gtk_widget_add_css_class (button, "caption");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_autofree char *spoken = g_strdup_printf ("%s: %s", self->title, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_signal_connect_swapped (button, "clicked", callback, self);
  return button;
}

static char *
dup_words (QcFactRow *self, const char *value)
{
  g_autofree char *words = qc_unit_field_dup_shown (self->field, value, qc_facts_service_get_codes (self->service));
  return *words ? g_steal_pointer (&words) : g_strdup (_ ("nothing"));
}

/* Was, mine, the center's; and which of the two is to hold. */
static void
add_sides (QcFactRow *self, const char *theirs, GString *spoken)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *was = dup_words (self, qc_facts_service_get_before (self->service, self->field));
  g_autofree char *mine = dup_words (self, qc_facts_service_get_value (self->service, self->field));
  g_autofree char *now = dup_words (self, theirs);
  g_autofree char *first = g_strdup_printf (_ ("Before: %s"), was);
  g_autofree char *second = g_strdup_printf (_ ("Mine: %s"), mine);
  g_autofree char *third = g_strdup_printf (_ ("The center's now: %s"), now);
  add_note (self, "dialog-warning-symbolic", _ ("Changed elsewhere meanwhile. Which of the two is to hold?"), "error",
            spoken);
  add_note (self, NULL, first, "dim-label", spoken);
  add_note (self, NULL, second, "qc-mine", spoken);
  add_note (self, NULL, third, "qc-theirs", spoken);
  gtk_box_append (GTK_BOX (buttons), note_button (self, _ ("Keep mine"), G_CALLBACK (keep_mine_cb)));
  gtk_box_append (GTK_BOX (buttons), note_button (self, _ ("Take the center's"), G_CALLBACK (take_back_cb)));
  gtk_box_append (GTK_BOX (self->notes), buttons);
}

static void
add_before (QcFactRow *self, GString *spoken)
{
  g_autofree char *was = dup_words (self, qc_facts_service_get_before (self->service, self->field));
  g_autofree char *text = g_strdup_printf (_ ("Before: %s"), was);
  GtkWidget *line = add_note (self, NULL, text, "qc-changed", spoken);
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-undo-symbolic");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "qc-copy");
  g_autofree char *label = g_strdup_printf ("%s: %s", self->title, _ ("Take the change back"));
  gtk_widget_set_tooltip_text (button, _ ("Take the change back"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (take_back_cb), self);
  qc_focus_guard (button);
  gtk_box_append (GTK_BOX (line), button);
}

/* TRUE: something must be mended. */
static gboolean
add_findings (QcFactRow *self, const char *elsewhere, GString *spoken)
{
  g_autoptr (GPtrArray) findings = qc_facts_service_dup_field_findings (self->service, self->field);
  for (guint i = 0; i < findings->len; i++) {
    const QcFinding *finding = g_ptr_array_index (findings, i);
    if (elsewhere && g_str_equal (finding->code, "unit-change.stale"))
      continue;
    g_autofree char *sentence = qc_finding_dup_sentence (finding);
    g_autofree char *advice = qc_finding_dup_advice (finding);
    g_autofree char *text = g_strjoin (" ", sentence, advice, NULL);
    add_note (self, "dialog-error-symbolic", text, "error", spoken);
  }
  return findings->len > 0;
}

static void
describe (QcFactRow *self, const char *spoken, gboolean faulty)
{
  GtkWidget *target = self->control;
  if (self->kind == CONTROL_CHOICE && GTK_IS_BUTTON (gtk_widget_get_first_child (self->control)))
    target = gtk_widget_get_first_child (self->control); /* what has the focus */
  gtk_accessible_update_property (GTK_ACCESSIBLE (target), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, spoken, -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (target), GTK_ACCESSIBLE_STATE_INVALID,
                               faulty ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  if (faulty)
    gtk_accessible_update_relation (GTK_ACCESSIBLE (target), GTK_ACCESSIBLE_RELATION_ERROR_MESSAGE, self->notes, -1);
  else
    gtk_accessible_reset_relation (GTK_ACCESSIBLE (target), GTK_ACCESSIBLE_RELATION_ERROR_MESSAGE);
  if (faulty)
    gtk_widget_add_css_class (self->control, "error");
  else
    gtk_widget_remove_css_class (self->control, "error");
}

/* Another text whenever there is something else to say. (transfer full) */
static char *
dup_noted (QcFactRow *self, const char *lock)
{
  const char *elsewhere = qc_facts_service_get_elsewhere (self->service, self->field);
  g_autoptr (GPtrArray) findings = qc_facts_service_dup_field_findings (self->service, self->field);
  GString *noted = g_string_new (lock ? lock : "-");
  g_string_append_printf (
      noted, "\n%d %d\n%s\n%s\n%s\n%s", self->kind, qc_facts_service_is_changed (self->service, self->field),
      qc_facts_service_get_before (self->service, self->field), qc_facts_service_get_value (self->service, self->field),
      elsewhere ? elsewhere : "-", qc_facts_service_get_waiting (self->service, self->field) ? "waits" : "-");
  for (guint i = 0; i < findings->len; i++) {
    g_autofree char *sentence = qc_finding_dup_sentence (g_ptr_array_index (findings, i));
    g_string_append_printf (noted, "\n%s", sentence);
  }
  return g_string_free (noted, FALSE);
}

/* The notes behind @last, which are new, take the place of those up to it. Tab leads from a field to the button that
 * takes its change back, and what was entered comes to be said just then: the focus goes on to the same button, and
 * does not leave the row. */
static void
replace_notes (QcFactRow *self, GtkWidget *last)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;
  if (!last)
    return;
  if (focus && gtk_widget_is_ancestor (focus, self->notes)) {
    GtkWidget *note = gtk_widget_get_next_sibling (last);
    while (note && !gtk_widget_child_focus (note, GTK_DIR_TAB_FORWARD))
      note = gtk_widget_get_next_sibling (note);
    if (!note)
      qc_fact_row_grab_focus (self);
  }
  for (GtkWidget *old = last, *before; old; old = before) {
    before = gtk_widget_get_prev_sibling (old);
    gtk_box_remove (GTK_BOX (self->notes), old);
  }
}

/* What is said already stays: nobody's button goes away under the pointer. */
static void
update_notes (QcFactRow *self, const char *lock)
{
  g_autofree char *noted = dup_noted (self, lock);
  if (g_strcmp0 (noted, self->noted) == 0)
    return;
  g_free (self->noted);
  self->noted = g_steal_pointer (&noted);
  GtkWidget *last = gtk_widget_get_last_child (self->notes);
  g_autoptr (GString) spoken = g_string_new (NULL);
  const char *waiting = qc_facts_service_get_waiting (self->service, self->field);
  const char *elsewhere = qc_facts_service_get_elsewhere (self->service, self->field);
  gboolean changed = qc_facts_service_is_changed (self->service, self->field);
  if (lock)
    add_note (self, "changes-prevent-symbolic", *lock ? lock : _ ("The center changes this at its counter."),
              "dim-label", spoken);
  if (elsewhere)
    add_sides (self, elsewhere, spoken);
  else if (changed)
    add_before (self, spoken);
  if (waiting)
    add_note (self, "document-open-recent-symbolic", _ ("A change to what stands here waits to be sent."), "dim-label",
              spoken);
  gboolean faulty = add_findings (self, elsewhere, spoken) || elsewhere;
  replace_notes (self, last);
  gtk_widget_set_visible (self->notes, spoken->len > 0);
  describe (self, spoken->str, faulty);
}

void
qc_fact_row_update (QcFactRow *self, QcFactsService *service)
{
  g_return_if_fail (QC_IS_FACT_ROW (self));
  if (service != self->service)
    g_clear_pointer (&self->shown, g_free);
  self->service = service;
  if (!service || !qc_facts_service_get_unit (service) || !self->field)
    return;
  const GPtrArray *codes = qc_facts_service_get_codes (service);
  const char *lock = qc_unit_field_lock (self->field, codes);
  const char *value = qc_facts_service_get_value (service, self->field);
  set_control (self, lock ? CONTROL_LOCKED : has_list (self->field, codes) ? CONTROL_CHOICE : CONTROL_ENTRY);
  if (self->kind == CONTROL_CHOICE)
    fill_choices (self, codes, value);
  else if (self->kind == CONTROL_LOCKED)
    qc_fact_row_set_text (self, value);
  else
    update_entry (self, value);
  update_notes (self, lock);
}

void
qc_fact_row_set_text (QcFactRow *self, const char *text)
{
  g_return_if_fail (QC_IS_FACT_ROW (self));
  set_control (self, CONTROL_LOCKED);
  g_autofree char *words = self->field && self->service ? dup_words (self, text) : g_strdup (text);
  /* Translators: name of a field and its value. */
  g_autofree char *spoken = g_strdup_printf (_ ("%s: %s"), self->title, words);
  gtk_label_set_text (GTK_LABEL (self->control), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->control), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

const QcUnitField *
qc_fact_row_get_field (QcFactRow *self)
{
  g_return_val_if_fail (QC_IS_FACT_ROW (self), NULL);
  return self->field;
}

gboolean
qc_fact_row_grab_focus (QcFactRow *self)
{
  g_return_val_if_fail (QC_IS_FACT_ROW (self), FALSE);
  return self->kind > CONTROL_LOCKED && gtk_widget_grab_focus (self->control);
}

/* --- the widget --- */

static void
qc_fact_row_dispose (GObject *object)
{
  QcFactRow *self = QC_FACT_ROW (object);
  self->service = NULL;
  g_clear_pointer (&self->grid, gtk_widget_unparent);
  self->control = NULL;
  g_clear_pointer (&self->choices, g_strfreev);
  g_clear_pointer (&self->shown, g_free);
  g_clear_pointer (&self->noted, g_free);
  G_OBJECT_CLASS (qc_fact_row_parent_class)->dispose (object);
}

static void
qc_fact_row_class_init (QcFactRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qc_fact_row_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
qc_fact_row_init (QcFactRow *self)
{
  self->grid = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), 4);
  self->name = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->name), 0);
  gtk_label_set_wrap (GTK_LABEL (self->name), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (self->name), NAME_CHARS);
  gtk_widget_set_valign (self->name, GTK_ALIGN_CENTER);
  self->notes = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  gtk_widget_set_visible (self->notes, FALSE);
  gtk_grid_attach (GTK_GRID (self->grid), self->name, 0, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (self->grid), self->notes, 1, 1, 1, 1);
  gtk_widget_set_parent (self->grid, GTK_WIDGET (self));
}

static GtkWidget *
row_new (const char *name, GtkSizeGroup *names)
{
  QcFactRow *self = g_object_new (QC_TYPE_FACT_ROW, NULL);
  self->title = name;
  gtk_label_set_text (GTK_LABEL (self->name), name);
  gtk_size_group_add_widget (names, self->name);
  return GTK_WIDGET (self);
}

GtkWidget *
qc_fact_row_new (const QcUnitField *field, GtkSizeGroup *names)
{
  GtkWidget *row = row_new (_ (field->msgid), names);
  QC_FACT_ROW (row)->field = field;
  return row;
}

GtkWidget *
qc_fact_row_new_shown (const char *name, GtkSizeGroup *names)
{
  return row_new (name, names);
}
