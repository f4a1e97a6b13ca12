/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-new-person.h. Main thread.
 */
#include "qc-new-person.h"

#include <glib/gi18n.h>

#include "qc-drop-down.h"
#include "qc-finding.h"
#include "qc-fit.h"
#include "qc-format.h"
#include "qc-rules-person.h"
#include "qc-spoken.h"

/* What is entered into one column. */
typedef struct {
  QcLineFieldId field;
  GtkWidget *label, *input, *fault; /* borrowed */
  GPtrArray *choices;               /* (owned) (nullable) char*: what the drop-down's rows enter, "" first */
} Field;

struct _QcNewPerson {
  AdwWindow parent_instance;
  QcRosterService *service;  /* (owned) */
  GPtrArray *fields;         /* (owned) Field */
  GtkWidget *follows, *said; /* borrowed */
  guint added;
};

G_DEFINE_FINAL_TYPE (QcNewPerson, qc_new_person, ADW_TYPE_WINDOW)

static void
field_free (gpointer data)
{
  Field *field = data;
  g_clear_pointer (&field->choices, g_ptr_array_unref);
  g_free (field);
}

static const char *
text_of (const Field *field)
{
  if (!field->choices)
    return gtk_editable_get_text (GTK_EDITABLE (field->input));
  guint chosen = gtk_drop_down_get_selected (GTK_DROP_DOWN (field->input));
  return chosen < field->choices->len ? g_ptr_array_index (field->choices, chosen) : "";
}

/* --- what is entered --- */

/* (transfer full) (nullable) */
static QcRosterLine *
make_line (QcNewPerson *self, GPtrArray *findings)
{
  const char *texts[QC_N_LINE_FIELDS] = {NULL};
  for (guint i = 0; i < self->fields->len; i++) {
    const Field *field = g_ptr_array_index (self->fields, i);
    if (gtk_widget_get_visible (field->input))
      texts[field->field] = text_of (field);
  }
  return qc_roster_service_make_line (self->service, texts, findings);
}

static void
say_fault (const Field *field, const char *sentence)
{
  gtk_label_set_text (GTK_LABEL (field->fault), sentence ? sentence : "");
  gtk_widget_set_visible (field->fault, sentence != NULL);
  if (sentence)
    gtk_widget_add_css_class (field->input, "error");
  else
    gtk_widget_remove_css_class (field->input, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (field->input), GTK_ACCESSIBLE_STATE_INVALID,
                               sentence ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

/* The first sentence of each field. Returns the first faulty one. (nullable) */
static const Field *
say_faults (QcNewPerson *self, const GPtrArray *findings)
{
  const Field *first = NULL;
  for (guint i = 0; i < self->fields->len; i++) {
    const Field *field = g_ptr_array_index (self->fields, i);
    g_autofree char *sentence = NULL;
    for (guint k = 0; k < findings->len && !sentence; k++) {
      const QcFinding *finding = g_ptr_array_index (findings, k);
      if (finding->severity >= QC_SEVERITY_ASK && g_strcmp0 (finding->field, qc_line_field (field->field)->name) == 0)
        sentence = qc_finding_dup_sentence (finding);
    }
    say_fault (field, sentence);
    if (sentence && !first)
      first = field;
  }
  return first;
}

/* What follows from what stands there, and which fields are asked for at all. */
static void
changed_cb (QcNewPerson *self)
{
  g_autoptr (QcRosterLine) line = make_line (self, NULL);
  if (!line)
    return;
  gboolean resident = g_strcmp0 (line->document_type, QC_DOCUMENT_RESIDENT_ID) == 0;
  for (guint i = 0; i < self->fields->len; i++) {
    const Field *field = g_ptr_array_index (self->fields, i);
    gboolean asked = !resident || (field->field != QC_LINE_SEX && field->field != QC_LINE_BIRTH);
    gtk_widget_set_visible (field->input, asked);
    gtk_widget_set_visible (field->label, asked);
    say_fault (field, NULL); /* it is being corrected */
  }
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *month = line->opened != QC_MONTH_NONE ? qc_format_month (line->opened) : NULL;
  if (month)
    /* Translators: 变更年月, the month from which the account counts. */
    g_string_append_printf (text, _ ("Counts from %s."), month);
  if (line->unit_fen > 0) {
    g_autofree char *unit = qc_money_to_string (line->unit_fen);
    g_autofree char *personal = qc_money_to_string (line->personal_fen);
    g_string_append_printf (text, _ (" A month: unit %s, personal %s."), unit, personal);
  }
  if (resident && line->birth != QC_DATE_NONE) {
    g_autofree char *birth = qc_line_dup_text (line, QC_LINE_BIRTH, NULL, NULL);
    g_autofree char *sex = qc_line_dup_text (line, QC_LINE_SEX, NULL, NULL);
    g_string_append_printf (text, _ (" By the document: %s, born %s."), sex, birth);
  }
  gtk_label_set_text (GTK_LABEL (self->follows), text->str);
}

static void
begin_anew (QcNewPerson *self)
{
  for (guint i = 0; i < self->fields->len; i++) {
    const Field *field = g_ptr_array_index (self->fields, i);
    if (!field->choices)
      gtk_editable_set_text (GTK_EDITABLE (field->input), "");
    else if (field->field != QC_LINE_DOCUMENT_TYPE)
      gtk_drop_down_set_selected (GTK_DROP_DOWN (field->input), 0);
  }
  changed_cb (self);
  gtk_widget_grab_focus (((Field *)g_ptr_array_index (self->fields, 0))->input);
}

static void
add_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  QcNewPerson *self = QC_NEW_PERSON (widget);
  g_autoptr (GPtrArray) findings = qc_findings_new ();
  g_autoptr (QcRosterLine) line = make_line (self, findings);
  if (!line)
    return;
  const Field *fault = say_faults (self, findings);
  if (fault || qc_findings_block (findings)) {
    if (fault)
      gtk_widget_grab_focus (fault->input);
    return;
  }
  g_autofree char *name = g_strdup (line->name);
  if (qc_roster_service_take_line (self->service, g_steal_pointer (&line)) == 0)
    return;
  self->added++;
  g_autofree char *said = g_strdup_printf (ngettext ("%s is on the roster; %u person added here.",
                                                     "%s is on the roster; %u people added here.", self->added),
                                           name, self->added);
  gtk_label_set_text (GTK_LABEL (self->said), said);
  begin_anew (self);
  qc_spoken_announce (GTK_WIDGET (self), said);
}

static void
close_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_window_close (GTK_WINDOW (widget));
}

/* --- the widget --- */

static void
activate_cb (QcNewPerson *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "new-person.add", NULL);
}

/* The words that a drop-down offers, and what each enters. */
static GtkWidget *
new_choices (QcNewPerson *self, Field *field, gboolean empty)
{
  g_autoptr (QcRosterLine) none = qc_roster_line_new ();
  g_autoptr (GPtrArray) codes = qc_roster_service_dup_choices (self->service, none, field->field);
  GtkStringList *words = gtk_string_list_new (NULL);
  field->choices = g_ptr_array_new_with_free_func (g_free);
  if (empty) {
    gtk_string_list_append (words, _ ("Not chosen"));
    g_ptr_array_add (field->choices, g_strdup (""));
  }
  for (guint i = 0; i < codes->len; i++) {
    const QcCode *code = g_ptr_array_index (codes, i);
    gtk_string_list_append (words, code->label);
    g_ptr_array_add (field->choices, g_strdup (code->code));
  }
  if (field->field == QC_LINE_SEX) {
    static const char *const sexes[] = {N_ ("Man"), N_ ("Woman")};
    for (guint i = 0; i < G_N_ELEMENTS (sexes); i++) {
      gtk_string_list_append (words, _ (sexes[i]));
      g_ptr_array_add (field->choices, g_strdup (_ (sexes[i])));
    }
  }
  GtkWidget *drop_down = gtk_drop_down_new (G_LIST_MODEL (words), NULL);
  g_signal_connect_swapped (drop_down, "notify::selected", G_CALLBACK (changed_cb), self);
  return drop_down;
}

static GtkWidget *
new_input (QcNewPerson *self, Field *field)
{
  QcFieldType type = qc_line_field (field->field)->type;
  if (type == QC_FIELD_CODE)
    return new_choices (self, field, FALSE);
  if (type == QC_FIELD_SEX)
    return new_choices (self, field, TRUE);
  GtkWidget *entry = gtk_entry_new ();
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 24);
  if (type == QC_FIELD_DATE)
    gtk_entry_set_placeholder_text (GTK_ENTRY (entry), "1990-03-07");
  else if (type == QC_FIELD_MONEY)
    gtk_entry_set_placeholder_text (GTK_ENTRY (entry), "5,000.00");
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (activate_cb), self);
  return entry;
}

static void
add_field (QcNewPerson *self, GtkGrid *grid, const QcBusinessColumn *column)
{
  Field *field = g_new0 (Field, 1);
  int row = 2 * (int)self->fields->len;
  field->field = column->field;
  field->label = gtk_label_new (_ (qc_business_column_msgid (column)));
  field->input = new_input (self, field);
  field->fault = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (field->label), 1);
  gtk_widget_add_css_class (field->label, "dim-label");
  gtk_label_set_mnemonic_widget (GTK_LABEL (field->label), field->input);
  if (field->choices)
    qc_drop_down_set_name (GTK_DROP_DOWN (field->input), _ (qc_business_column_msgid (column)));
  else
    gtk_accessible_update_relation (GTK_ACCESSIBLE (field->input), GTK_ACCESSIBLE_RELATION_LABELLED_BY, field->label,
                                    NULL, -1);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (field->input), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, field->fault,
                                  NULL, -1);
  gtk_widget_set_hexpand (field->input, TRUE);
  gtk_widget_add_css_class (field->fault, "error");
  gtk_widget_add_css_class (field->fault, "caption");
  gtk_label_set_xalign (GTK_LABEL (field->fault), 0);
  gtk_label_set_wrap (GTK_LABEL (field->fault), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (field->fault), 36);
  gtk_widget_set_visible (field->fault, FALSE);
  gtk_grid_attach (grid, field->label, 0, row, 1, 1);
  gtk_grid_attach (grid, field->input, 1, row, 1, 1);
  gtk_grid_attach (grid, field->fault, 1, row + 1, 1, 1);
  g_ptr_array_add (self->fields, field);
}

static GtkWidget *
new_note (const char *css_class)
{
  GtkWidget *note = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (note), 0);
  gtk_label_set_wrap (GTK_LABEL (note), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (note), 48);
  gtk_widget_add_css_class (note, css_class);
  return note;
}

static GtkWidget *
build_header (void)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *close = gtk_button_new_with_mnemonic (_ ("_Close"));
  GtkWidget *add = gtk_button_new_with_mnemonic (_ ("_Add"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (close), "new-person.close");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (add), "new-person.add");
  gtk_widget_add_css_class (add, "suggested-action");
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), close);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), add);
  return header;
}

static void
build (QcNewPerson *self, QcBusiness business)
{
  const QcBusinessInfo *info = qc_business_info (business);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *form = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *grid = gtk_grid_new ();
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  for (guint i = 0; i < info->n_columns; i++)
    if (qc_column_is_entered (&info->columns[i]))
      add_field (self, GTK_GRID (grid), &info->columns[i]);
  self->follows = new_note ("dim-label");
  self->said = new_note ("heading");
  gtk_box_append (GTK_BOX (form), grid);
  gtk_box_append (GTK_BOX (form), self->follows);
  gtk_box_append (GTK_BOX (form), self->said);
  gtk_widget_set_margin_start (form, 18);
  gtk_widget_set_margin_end (form, 18);
  gtk_widget_set_margin_top (form, 12);
  gtk_widget_set_margin_bottom (form, 18);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), form);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (box), build_header ());
  gtk_box_append (GTK_BOX (box), scrolled);
  adw_window_set_content (ADW_WINDOW (self), box);
  changed_cb (self);
}

static void
qc_new_person_dispose (GObject *object)
{
  QcNewPerson *self = QC_NEW_PERSON (object);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (qc_new_person_parent_class)->dispose (object);
}

static void
qc_new_person_finalize (GObject *object)
{
  g_ptr_array_unref (QC_NEW_PERSON (object)->fields);
  G_OBJECT_CLASS (qc_new_person_parent_class)->finalize (object);
}

static void
qc_new_person_class_init (QcNewPersonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = qc_new_person_dispose;
  G_OBJECT_CLASS (klass)->finalize = qc_new_person_finalize;
  gtk_widget_class_install_action (widget_class, "new-person.add", NULL, add_cb);
  gtk_widget_class_install_action (widget_class, "new-person.close", NULL, close_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "new-person.close", NULL);
}

static void
qc_new_person_init (QcNewPerson *self)
{
  self->fields = g_ptr_array_new_with_free_func (field_free);
}

GtkWidget *
qc_new_person_new (GtkWidget *parent, QcRosterService *service)
{
  GtkRoot *root = gtk_widget_get_root (parent);
  QcNewPerson *self
      = g_object_new (QC_TYPE_NEW_PERSON, "accessible-role", GTK_ACCESSIBLE_ROLE_DIALOG, "title", _ ("Add a person"),
                      "modal", TRUE, "transient-for", root, "destroy-with-parent", TRUE, NULL);
  qc_fit_over (GTK_WINDOW (self), 520, -1);
  self->service = g_object_ref (service);
  build (self, qc_business_service_get_business (QC_BUSINESS_SERVICE (service)));
  gtk_widget_grab_focus (((Field *)g_ptr_array_index (self->fields, 0))->input);
  return GTK_WIDGET (self);
}
