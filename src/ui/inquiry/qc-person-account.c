/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-person-account.h. Main thread.
 */
#include "qc-person-account.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "qc-error-text.h"
#include "qc-fact-grid.h"
#include "qc-format.h"
#include "qc-inquiry-pane.h"
#include "qc-people-list.h"
#include "qc-pill.h"
#include "qc-spoken.h"
#include "qc-stack.h"
#include "qc-tabs.h"

#define MOST_FOUND 20
#define N_LISTS    3

static const QcInquiry inquiries[N_LISTS] = {QC_INQUIRY_PAID, QC_INQUIRY_BASES, QC_INQUIRY_CHANGES};

struct _QcPersonAccount {
  GtkWidget parent_instance;
  QcSession *session;        /* (owned) */
  QcPeopleList *people;      /* (owned) who fits what is typed */
  char *account;             /* (owned) (nullable) */
  GCancellable *cancel;      /* (owned) (nullable) */
  GtkWidget *stack;          /* borrowed: the child: nobody, found, account */
  GtkWidget *found;          /* borrowed: list box */
  GtkWidget *found_words;    /* borrowed */
  GtkWidget *facts_box;      /* borrowed */
  GtkWidget *name, *pill;    /* borrowed */
  GtkWidget *facts;          /* borrowed: QcFactGrid */
  GtkWidget *note;           /* borrowed */
  GtkWidget *lists;          /* borrowed: stack */
  GtkWidget *panes[N_LISTS]; /* borrowed */
};

G_DEFINE_FINAL_TYPE (QcPersonAccount, qc_person_account, GTK_TYPE_WIDGET)

enum { OPEN, FAILED, FOUND, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
qc_person_account_dispose (GObject *object)
{
  QcPersonAccount *self = QC_PERSON_ACCOUNT (object);
  if (self->cancel)
    g_cancellable_cancel (self->cancel);
  g_clear_object (&self->cancel);
  g_clear_pointer (&self->stack, gtk_widget_unparent);
  g_clear_object (&self->people);
  g_clear_object (&self->session);
  g_clear_pointer (&self->account, g_free);
  G_OBJECT_CLASS (qc_person_account_parent_class)->dispose (object);
}

static void
qc_person_account_class_init (QcPersonAccountClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qc_person_account_dispose;
  signals[OPEN] = g_signal_new ("open", QC_TYPE_PERSON_ACCOUNT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                G_TYPE_STRING);
  signals[FAILED] = g_signal_new ("failed", QC_TYPE_PERSON_ACCOUNT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                  1, G_TYPE_ERROR);
  signals[FOUND] = g_signal_new ("found", QC_TYPE_PERSON_ACCOUNT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 1, G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
qc_person_account_init (QcPersonAccount *self)
{
}

/* --- the person --- */

static void
add_months (QcPersonAccount *self, const QcEmployee *person)
{
  QcFactGrid *facts = QC_FACT_GRID (self->facts);
  g_autofree char *opened = qc_format_month (person->opened);
  g_autofree char *paid_to = qc_format_month (person->paid_to);
  g_autofree char *authorized = qc_format_month (person->authorized_until);
  qc_fact_grid_add (facts, _ ("Account opened"), opened);
  qc_fact_grid_add (facts, _ ("Paid up to"), paid_to);
  qc_fact_grid_add (facts, _ ("Authorized retirement age until"), authorized);
}

static void
add_money (QcPersonAccount *self, const QcPersonDetails *details)
{
  QcFactGrid *facts = QC_FACT_GRID (self->facts);
  g_autofree char *base = qc_format_money (details->employee->base);
  g_autofree char *balance = qc_format_money (details->employee->balance);
  qc_fact_grid_add_copyable (facts, _ ("Contribution base"), base, NULL);
  if (details->has_contribution) {
    g_autofree char *unit = qc_format_money (details->contribution.unit);
    g_autofree char *personal = qc_format_money (details->contribution.personal);
    g_autofree char *both = qc_format_money (qc_contribution_total (details->contribution));
    qc_fact_grid_add (facts, _ ("Unit's monthly part"), unit);
    qc_fact_grid_add (facts, _ ("Personal monthly part"), personal);
    qc_fact_grid_add_copyable (facts, _ ("Monthly amount"), both, NULL);
  }
  qc_fact_grid_add_copyable (facts, _ ("Account balance"), balance, NULL);
}

static void
show_person (QcPersonAccount *self, const QcPersonDetails *details)
{
  const QcEmployee *person = details->employee;
  QcFactGrid *facts = QC_FACT_GRID (self->facts);
  g_autofree char *birth = qc_format_date (person->birth);
  gtk_label_set_label (GTK_LABEL (self->name), person->name);
  qc_pill_set_person_status (QC_PILL (self->pill), person->status);
  gtk_widget_set_visible (self->pill, TRUE);
  qc_fact_grid_add_copyable (facts, _ ("Individual account"), person->account, NULL);
  qc_fact_grid_add_copyable (facts, _ ("Document number"), person->document, NULL);
  qc_fact_grid_add (facts, _ ("Born"), birth);
  qc_fact_grid_add_copyable (facts, _ ("Mobile phone"), person->mobile, NULL);
  add_months (self, person);
  add_money (self, details);
  gtk_label_set_label (GTK_LABEL (self->note),
                       person->base_pending ? _ ("The base still has to be adjusted after the transfer.") : "");
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (QcPersonAccount) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (QcPersonDetails) details = qc_person_details_load_finish (QC_SESSION (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  qc_fact_grid_clear (QC_FACT_GRID (self->facts));
  if (details) {
    show_person (self, details);
    return;
  }
  g_autoptr (QcErrorText) text = qc_error_text_new (error);
  g_autofree char *body = qc_error_text_dup_body (text);
  gtk_label_set_label (GTK_LABEL (self->name), text->title);
  gtk_label_set_label (GTK_LABEL (self->note), body);
  gtk_widget_set_visible (self->pill, FALSE);
}

static void
load (QcPersonAccount *self)
{
  if (self->cancel)
    g_cancellable_cancel (self->cancel);
  g_clear_object (&self->cancel);
  if (!self->account)
    return;
  self->cancel = g_cancellable_new ();
  qc_person_details_load_async (self->session, self->account, self->cancel, loaded_cb, g_object_ref (self));
}

void
qc_person_account_reload (QcPersonAccount *self)
{
  g_return_if_fail (QC_IS_PERSON_ACCOUNT (self));
  load (self);
  for (guint i = 0; i < N_LISTS; i++)
    qc_inquiry_pane_reload (QC_INQUIRY_PANE (self->panes[i]));
}

void
qc_person_account_set_account (QcPersonAccount *self, const char *account)
{
  g_return_if_fail (QC_IS_PERSON_ACCOUNT (self));
  if (g_strcmp0 (account, self->account) != 0) {
    g_free (self->account);
    self->account = g_strdup (account);
    for (guint i = 0; i < N_LISTS; i++)
      qc_inquiry_pane_set_person (QC_INQUIRY_PANE (self->panes[i]), account);
    load (self);
  }
  qc_stack_show_named (self->stack, account ? "account" : "nobody");
}

/* --- finding one --- */

static void
add_found (QcPersonAccount *self, const QcEmployee *person)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *document = qc_format_document (person->document);
  g_autofree char *name = g_markup_escape_text (person->name, -1);
  g_autofree char *words
      = g_strdup_printf ("%s · %s · %s", person->account, document, _ (qc_person_status_to_msgid (person->status)));
  g_autofree char *escaped = g_markup_escape_text (words, -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), escaped);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "qc-account", g_strdup (person->account), g_free);
  gtk_list_box_append (GTK_LIST_BOX (self->found), row);
}

static void
found_cb (QcPeopleList *people, QcPersonAccount *self)
{
  GtkWidget *child;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (people)), shown = MIN (n, MOST_FOUND);
  while ((child = gtk_widget_get_first_child (self->found)))
    gtk_list_box_remove (GTK_LIST_BOX (self->found), child);
  for (guint i = 0; i < shown; i++) {
    g_autoptr (QcPersonRow) row = g_list_model_get_item (G_LIST_MODEL (people), i);
    if (qc_person_row_get_employee (row))
      add_found (self, qc_person_row_get_employee (row));
  }
  g_autofree char *more = g_strdup_printf (
      ngettext ("%u more fits: type more of it.", "%u more fit: type more of it.", n - shown), n - shown);
  gtk_widget_set_visible (self->found, n > 0);
  gtk_label_set_label (GTK_LABEL (self->found_words), n == 0 ? _ ("Nobody fits the search.") : n > shown ? more : "");
}

static void
found_activated_cb (GtkListBox *found, GtkListBoxRow *row, QcPersonAccount *self)
{
  g_signal_emit (self, signals[FOUND], 0, g_object_get_data (G_OBJECT (row), "qc-account"));
}

void
qc_person_account_set_search (QcPersonAccount *self, const char *text)
{
  g_return_if_fail (QC_IS_PERSON_ACCOUNT (self));
  if (*text)
    qc_people_list_set_search (self->people, text);
  qc_stack_show_named (self->stack, *text ? "found" : self->account ? "account" : "nobody");
}

/* --- building --- */

static void
open_cb (QcInquiryPane *pane, const char *target, QcPersonAccount *self)
{
  g_signal_emit (self, signals[OPEN], 0, target);
}

static void
failed_cb (gpointer from, const GError *error, QcPersonAccount *self)
{
  g_signal_emit (self, signals[FAILED], 0, error);
}

static void
tab_cb (QcTabs *tabs, const char *id, QcPersonAccount *self)
{
  qc_stack_show_named (self->lists, id);
}

static GtkWidget *
build_lists (QcPersonAccount *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *tabs = qc_tabs_new (_ ("What is shown of this person"), FALSE);
  self->lists = qc_stack_new ();
  gtk_widget_set_vexpand (self->lists, TRUE);
  for (guint i = 0; i < N_LISTS; i++) {
    const QcInquiryInfo *info = qc_inquiry_info (inquiries[i]);
    self->panes[i] = qc_inquiry_pane_new (self->session, inquiries[i]);
    g_signal_connect_object (self->panes[i], "open", G_CALLBACK (open_cb), self, 0);
    g_signal_connect_object (self->panes[i], "failed", G_CALLBACK (failed_cb), self, 0);
    gtk_stack_add_named (GTK_STACK (self->lists), self->panes[i], info->id);
    qc_tabs_add (QC_TABS (tabs), info->id, NULL, _ (info->msgid), NULL);
  }
  g_signal_connect (tabs, "chosen", G_CALLBACK (tab_cb), self);
  qc_tabs_choose (QC_TABS (tabs), qc_inquiry_info (inquiries[0])->id);
  gtk_widget_set_margin_start (tabs, 6);
  gtk_widget_set_margin_top (tabs, 6);
  gtk_box_append (GTK_BOX (column), tabs);
  gtk_box_append (GTK_BOX (column), self->lists);
  gtk_widget_set_hexpand (column, TRUE);
  return column;
}

static GtkWidget *
build_facts (QcPersonAccount *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  self->facts_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->name = gtk_label_new (NULL);
  self->pill = qc_pill_new ();
  self->facts = qc_fact_grid_new ();
  self->note = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->name), 0.0);
  gtk_label_set_wrap (GTK_LABEL (self->name), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->name), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (self->name, "title-3");
  qc_spoken_heading (self->name);
  gtk_label_set_xalign (GTK_LABEL (self->note), 0.0);
  gtk_label_set_wrap (GTK_LABEL (self->note), TRUE);
  gtk_widget_add_css_class (self->note, "warning");
  gtk_box_append (GTK_BOX (self->facts_box), self->name);
  gtk_box_append (GTK_BOX (self->facts_box), self->pill);
  gtk_box_append (GTK_BOX (self->facts_box), self->facts);
  gtk_box_append (GTK_BOX (self->facts_box), self->note);
  gtk_widget_add_css_class (self->facts_box, "qc-panel");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->facts_box);
  return scroller;
}

static GtkWidget *
build_account (QcPersonAccount *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_box_append (GTK_BOX (row), build_facts (self));
  gtk_box_append (GTK_BOX (row), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  gtk_box_append (GTK_BOX (row), build_lists (self));
  return row;
}

static GtkWidget *
build_found (QcPersonAccount *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  self->found = gtk_list_box_new ();
  self->found_words = gtk_label_new (NULL);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->found), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->found, "boxed-list");
  gtk_widget_add_css_class (self->found_words, "dim-label");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->found), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("People found"), -1);
  g_signal_connect (self->found, "row-activated", G_CALLBACK (found_activated_cb), self);
  gtk_box_append (GTK_BOX (column), self->found);
  gtk_box_append (GTK_BOX (column), self->found_words);
  gtk_widget_add_css_class (column, "qc-column");
  adw_clamp_set_child (ADW_CLAMP (clamp), column);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  return scroller;
}

static GtkWidget *
build_nobody (void)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Find a Person"));
  GtkWidget *page = adw_status_page_new ();
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.search");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "pill");
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "avatar-default-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("Whose account?"));
  adw_status_page_set_description (ADW_STATUS_PAGE (page),
                                   _ ("Type name, pinyin, the end of the document number or the account above, or open "
                                      "a row of the employees."));
  adw_status_page_set_child (ADW_STATUS_PAGE (page), button);
  return page;
}

GtkWidget *
qc_person_account_new (QcSession *session)
{
  QcPersonAccount *self = g_object_new (QC_TYPE_PERSON_ACCOUNT, NULL);
  self->session = g_object_ref (session);
  self->people = qc_people_list_new (session);
  g_signal_connect_object (self->people, "reloaded", G_CALLBACK (found_cb), self, 0);
  g_signal_connect_object (self->people, "failed", G_CALLBACK (failed_cb), self, 0);
  self->stack = qc_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), build_nobody (), "nobody");
  gtk_stack_add_named (GTK_STACK (self->stack), build_found (self), "found");
  gtk_stack_add_named (GTK_STACK (self->stack), build_account (self), "account");
  gtk_widget_set_parent (self->stack, GTK_WIDGET (self));
  qc_stack_show_named (self->stack, "nobody");
  return GTK_WIDGET (self);
}
