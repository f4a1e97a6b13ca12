/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-home-rows.h. What must be done comes before what is only waited for. Main thread.
 */
#include "qc-home-rows.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "qc-business.h"
#include "qc-format.h"
#include "qc-month.h"
#include "qc-spoken.h"

#define MOST_DRAFTS 6  /* a row each */
#define MOST_OPEN   6  /* a row each */
#define MOST_NAMES  4  /* of who will retire */
#define LONG_HOURS  24 /* received and not processed: from then on it is asked about */

typedef struct {
  GtkListBox *list;
  QcWaitsFor waits_for;
} Rows;

static GtkWidget *
add_button (GtkWidget *row, const char *title, const char *label, const char *action, const char *target)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  if (target)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, title, -1);
  return button;
}

/* Gives the row. */
static GtkWidget *
add_row (Rows *self, const char *icon, const char *css_class, const char *title, const char *subtitle,
         const char *button_label, const char *action, const char *target)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *escaped = g_markup_escape_text (title, -1);
  g_autofree char *escaped_sub = subtitle ? g_markup_escape_text (subtitle, -1) : NULL;
  GtkWidget *image = gtk_image_new_from_icon_name (icon);
  if (css_class)
    gtk_widget_add_css_class (image, css_class);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), image);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped);
  if (escaped_sub)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), escaped_sub);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  if (button_label) /* a click anywhere on the row does the same */
    qc_spoken_set_row_button (row, add_button (row, title, button_label, action, target));
  gtk_list_box_append (self->list, row);
  return row;
}

static char *
dup_due_words (const QcHomeFigures *figures)
{
  g_autofree char *people = qc_format_people (figures->due_people);
  g_autofree char *amount = qc_format_yuan (figures->due_fen);
  GString *words = g_string_new (NULL);
  /* Translators: headcount and amount. */
  g_string_append_printf (words, _ ("%s, %s expected"), people, amount);
  if (figures->left_out > 0)
    g_string_append_printf (
        words, ngettext (" · %d past retirement left out", " · %d past retirement left out", figures->left_out),
        (int)figures->left_out);
  if (figures->unanswered > 0)
    g_string_append_printf (words,
                            ngettext (" · %d question to answer", " · %d questions to answer", figures->unanswered),
                            (int)figures->unanswered);
  if (figures->due_waiting > 0)
    g_string_append_printf (
        words, ngettext (" · with %u change that waits", " · with %u changes that wait", figures->due_waiting),
        figures->due_waiting);
  return g_string_free (words, FALSE);
}

static void
add_due_row (Rows *self, const QcHomeFigures *figures)
{
  g_autofree char *month = qc_format_month (figures->due);
  g_autofree char *words = dup_due_words (figures);
  int behind = qc_month_diff (figures->due, figures->current);
  if (!figures->due_is_open)
    return;
  g_autofree char *title = NULL;
  if (behind > 0)
    /* Translators: a month, and by how many months it is late. */
    title = g_strdup_printf (
        ngettext ("Remittance due since %s: %d month overdue", "Remittance due since %s: %d months overdue", behind),
        month, behind);
  else
    title = g_strdup_printf (_ ("Remittance of %s is due"), month);
  GtkWidget *row = add_row (self, "qc-remittance-symbolic", behind > 0 ? "warning" : "accent", title, words,
                            _ ("Same as _last month"), "win.go", "remittance/same");
  add_button (row, title, _ ("_Remit"), "win.go", "remittance");
}

static void
add_count_row (Rows *self, gint64 count, const char *icon, const char *css_class, const char *title,
               const char *subtitle, const char *button, const char *target)
{
  if (count > 0)
    add_row (self, icon, css_class, title, subtitle, button, "win.go", target);
}

static char *
dup_count (const char *format, gint64 count)
{
  return g_strdup_printf (format, (int)count);
}

/* What cannot leave yet, and what is missing for it. */
static void
add_queued_row (Rows *self, gint64 count, const char *target)
{
  g_autofree char *queued = dup_count (ngettext ("%d waiting to be sent", "%d waiting to be sent", count), count);
  g_autofree char *out
      = dup_count (ngettext ("%d waiting for your sign-in", "%d waiting for your sign-in", count), count);
  g_autofree char *wrong
      = dup_count (ngettext ("%d waiting for another account", "%d waiting for another account", count), count);
  if (count == 0)
    return;
  if (self->waits_for == QC_WAITS_FOR_SIGN_IN)
    add_row (self, "avatar-default-symbolic", "warning", out, _ ("It is sent as soon as you have signed in."),
             _ ("Sign _In"), "win.show-sign-in", NULL);
  else if (self->waits_for == QC_WAITS_FOR_ACCOUNT)
    add_row (self, "avatar-default-symbolic", "warning", wrong,
             _ ("The account that is signed in may not act for this unit."), _ ("Change _Account"), "win.show-sign-in",
             NULL);
  else
    add_row (self, "network-offline-symbolic", NULL, queued, _ ("It is sent once the center can be reached."),
             _ ("_Look"), "win.go", target);
}

/* Whom to pay, and what to write: the page of the business has it with buttons to copy it. */
static void
add_payment_row (Rows *self, const QcUnit *unit, const QcApplication *application)
{
  g_autofree char *money = qc_format_yuan (qc_application_missing (application));
  g_autofree char *title = g_strdup_printf (
      application->arrived > 0 ? _ ("Still to be transferred: %s") : _ ("To be transferred: %s"), money);
  /* Translators: payee, its account and bank, and the business serial number. */
  g_autofree char *words = unit->payee_account
                               ? g_strdup_printf (_ ("To %s, account %s, %s; the remark is only %s"), unit->payee_name,
                                                  unit->payee_account, unit->payee_bank, application->serial)
                               : g_strdup (application->serial);
  g_autofree char *target
      = g_strconcat (qc_business_info (application->business)->code, "/", application->serial, NULL);
  add_row (self, "mail-send-symbolic", "warning", title, words, _ ("_Look"), "win.go", target);
}

/* Where the item of the outbox is that comes as the @nth. (transfer full) */
static char *
dup_waiting (const QcHomeFigures *figures, guint nth)
{
  return nth < figures->waiting->len
             ? g_strdup_printf ("applications/%s", (const char *)g_ptr_array_index (figures->waiting, nth))
             : g_strdup ("applications");
}

/* What was submitted here and has no answer yet. */
static void
add_outbox_rows (Rows *self, const QcHomeFigures *figures)
{
  g_autofree char *held = dup_count (ngettext ("%d held", "%d held", figures->held), figures->held);
  g_autofree char *unknown = dup_count (
      ngettext ("%d being verified with the center", "%d being verified with the center", figures->unknown),
      figures->unknown);
  g_autofree char *first_held = dup_waiting (figures, 0);
  g_autofree char *first_unknown = dup_waiting (figures, (guint)figures->held);
  g_autofree char *first_queued = dup_waiting (figures, (guint)(figures->held + figures->unknown));
  add_count_row (self, figures->held, "media-playback-pause-symbolic", "warning", held,
                 _ ("Something before was refused or taken back: send this on, or take it back."), _ ("_Look"),
                 first_held);
  add_count_row (self, figures->unknown, "dialog-question-symbolic", "warning", unknown,
                 _ ("The center is asked whether it was received; please do not submit it again."), _ ("_Look"),
                 first_unknown);
  add_queued_row (self, figures->queued, first_queued);
}

static void
add_draft_row (Rows *self, const QcHomeDraft *draft)
{
  const QcBusinessInfo *info = qc_business_info (draft->business);
  g_autofree char *time = qc_format_time (draft->changed);
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *title = NULL;
  g_autofree char *target = draft->business == QC_BUSINESS_REMITTANCE
                                ? g_strdup (info->code)
                                : g_strdup_printf ("%s/draft:%" G_GINT64_FORMAT, info->code, draft->id);
  if (draft->refused) {
    /* Translators: the name of a draft. */
    title = g_strdup_printf (_ ("Refused by the center: %s"), draft->title);
    g_string_append (words, _ ("The draft is open again, with the reasons beside it: mend it and submit again."));
  } else {
    /* Translators: the name of a draft. */
    title = g_strdup_printf (_ ("Not finished: %s"), draft->title);
    if (draft->faults > 0)
      g_string_append_printf (words, ngettext ("%d faulty line · ", "%d faulty lines · ", draft->faults),
                              (int)draft->faults);
    /* Translators: a time. */
    g_string_append_printf (words, _ ("Everything entered up to %s is saved."), time);
  }
  add_row (self, draft->refused ? "dialog-error-symbolic" : "document-edit-symbolic", draft->refused ? "error" : NULL,
           title, words->str, _ ("_Continue"), "win.go", target);
}

static void
add_draft_rows (Rows *self, const GPtrArray *drafts, gboolean refused)
{
  guint rest = 0, shown = 0;
  for (guint i = 0; i < drafts->len; i++) {
    const QcHomeDraft *draft = g_ptr_array_index (drafts, i);
    if (draft->refused == refused && shown++ < MOST_DRAFTS)
      add_draft_row (self, draft);
    else if (draft->refused == refused)
      rest++;
  }
  if (rest > 0) {
    g_autofree char *words = dup_count (ngettext ("%d older draft", "%d older drafts", rest), rest);
    add_row (self, "document-edit-symbolic", NULL, words, _ ("The pages of the businesses list all of them."), NULL,
             NULL, NULL);
  }
}

/* Who arrived from another unit is remitted by the old base until it is adjusted (T6). */
static void
add_arrived_row (Rows *self, gint64 count)
{
  g_autofree char *title = dup_count (ngettext ("%d person arrived by transfer: the base is to be adjusted",
                                                "%d people arrived by transfer: their bases are to be adjusted", count),
                                      count);
  add_count_row (self, count, "qc-transfer-symbolic", "warning", title,
                 _ ("Until then they are remitted by the base of their former unit."), _ ("_Adjust Bases"),
                 "base-adjustment/concerned");
}

/* Which one it is: business and months, or its number where it is of none. (transfer full) */
static char *
dup_application (const QcApplication *application)
{
  const char *word = _ (qc_business_info (application->business)->msgid);
  g_autofree char *months = qc_format_months (application->start, application->end);
  return g_strdup_printf ("%s %s", word, *months ? months : application->serial);
}

static void
add_application_row (Rows *self, const char *icon, const char *css_class, const QcApplication *application,
                     const char *state, const char *words, const char *button)
{
  g_autofree char *which = dup_application (application);
  g_autofree char *title = g_strdup_printf (_ ("%s: %s"), state, which);
  g_autofree char *target = g_strconcat ("applications/", application->serial, NULL);
  add_row (self, icon, css_class, title, words, button, "win.go", target);
}

static void
add_rest_row (Rows *self, gint64 rest, const char *icon)
{
  g_autofree char *title = dup_count (ngettext ("%d more", "%d more", rest), rest);
  add_count_row (self, rest, icon, NULL, title, _ ("The records list all of them."), _ ("_Look"), "applications");
}

/* What the bank or the center sent back. */
static void
add_stopped_rows (Rows *self, const QcHomeFigures *figures)
{
  guint shown = 0;
  for (guint i = 0; i < figures->stopped->len && shown < MOST_OPEN; i++, shown++) {
    const QcApplication *application = g_ptr_array_index (figures->stopped, i);
    if (application->state == QC_STATE_RETURNED)
      add_application_row (
          self, "edit-undo-symbolic", "warning", application, _ (qc_state_to_msgid (QC_STATE_RETURNED)),
          application->return_reason ? application->return_reason : _ ("See the reason, mend it and hand it in again."),
          _ ("_Look"));
    else
      add_application_row (self, "dialog-error-symbolic", "error", application, _ ("Collection failed"),
                           _ ("Top up the account, then collect again."), _ ("_Look"));
  }
  add_rest_row (self, figures->draw_failed + figures->returned - shown, "edit-undo-symbolic");
}

/* The three clocks of an application: it was sent, received, and is not processed. (transfer full) */
static char *
dup_clocks (const QcApplication *application, gint64 now, gint64 *hours)
{
  *hours = application->received > 0 && application->processed == 0 && application->state == QC_STATE_IN_REVIEW
               ? (now - application->received) / 3600
               : 0;
  g_autofree char *sent = qc_format_date_time (application->created);
  if (*hours < 1)
    /* Translators: a time. */
    return g_strdup_printf (_ ("Sent %s; the center is at work, or money has to arrive."), sent);
  g_autofree char *received = qc_format_date_time (application->received);
  return g_strdup_printf (
      /* Translators: two times, hours. */
      ngettext ("Sent %s, received %s, not processed for %d hour", "Sent %s, received %s, not processed for %d hours",
                (gulong)*hours),
      sent, received, (int)*hours);
}

static void
add_open_rows (Rows *self, const QcHomeFigures *figures)
{
  guint n = MIN (figures->under_way->len, MOST_OPEN);
  for (guint i = 0; i < n; i++) {
    const QcApplication *application = g_ptr_array_index (figures->under_way, i);
    gint64 hours;
    g_autofree char *words = dup_clocks (application, figures->now, &hours);
    g_autofree char *asked = hours >= LONG_HOURS
                                 ? g_strdup_printf (_ ("%s. Ask the center: %s"), words, application->serial)
                                 : g_strdup (words);
    add_application_row (self, hours >= LONG_HOURS ? "alarm-symbolic" : "content-loading-symbolic",
                         hours >= LONG_HOURS ? "warning" : NULL, application,
                         _ (qc_state_to_msgid (application->state)), asked, _ ("_Follow"));
  }
  add_rest_row (self, figures->under_way->len - n, "content-loading-symbolic");
}

/* "王芳 2026年12月、李强 2027年1月": who, and the last month each is remitted for. (transfer full) */
static char *
dup_retiring (const QcHomeFigures *figures)
{
  g_autoptr (GString) words = g_string_new (NULL);
  guint n = MIN (figures->retiring->len, MOST_NAMES);
  for (guint i = 0; i < n; i++) {
    const QcHomeRetiring *retiring = g_ptr_array_index (figures->retiring, i);
    g_autofree char *month = qc_format_month (retiring->month);
    g_string_append_printf (words, "%s%s %s", i > 0 ? _ (", ") : "", retiring->name,
                            retiring->month == QC_MONTH_NONE ? _ ("(class not known)") : month);
  }
  if (figures->n_retiring > n)
    g_string_append_printf (words, ngettext (" and %d more", " and %d more", (gulong)figures->n_retiring - n),
                            (int)figures->n_retiring - (int)n);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* Named before they drop out of 汇缴 without a word. */
static void
add_retiring_row (Rows *self, const QcHomeFigures *figures)
{
  g_autofree char *title = dup_count (
      ngettext ("%d person reaches retirement age soon", "%d people reach retirement age soon", figures->n_retiring),
      figures->n_retiring);
  g_autofree char *words = dup_retiring (figures);
  g_autofree char *target = g_strdup_printf ("retirement/concerned:%d", QC_HOME_RETIRING_MONTHS + 1);
  add_count_row (self, figures->n_retiring, "alarm-symbolic", NULL, title, words, _ ("A_uthorize"), target);
}

void
qc_home_rows_fill (GtkListBox *list, const QcHomeFigures *figures, QcWaitsFor waits_for)
{
  Rows rows = {list, waits_for};
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (list))))
    gtk_list_box_remove (list, child);
  add_stopped_rows (&rows, figures);
  add_draft_rows (&rows, figures->drafts, TRUE);
  for (guint i = 0; i < figures->payments->len; i++)
    add_payment_row (&rows, figures->unit, g_ptr_array_index (figures->payments, i));
  add_arrived_row (&rows, figures->pending);
  add_due_row (&rows, figures);
  add_retiring_row (&rows, figures);
  add_draft_rows (&rows, figures->drafts, FALSE);
  add_outbox_rows (&rows, figures);
  add_open_rows (&rows, figures);
  if (!gtk_widget_get_first_child (GTK_WIDGET (list))) {
    g_autofree char *paid = qc_format_month (figures->unit->paid_to);
    g_autofree char *words = figures->unit->paid_to == QC_MONTH_NONE ? g_strdup (_ ("Nothing has been remitted yet."))
                                                                     : g_strdup_printf (_ ("Remitted up to %s."), paid);
    add_row (&rows, "object-select-symbolic", "success", _ ("Nothing is waiting for you"), words, NULL, NULL, NULL);
  }
}

void
qc_home_rows_add_tour (GtkListBox *list)
{
  Rows rows = {.list = list};
  const char *title = _ ("New here?");
  GtkWidget *row = add_row (&rows, "help-about-symbolic", NULL, title,
                            _ ("Five pictures show where everything is. The guide (F1) has the rest."), _ ("Sho_w Me"),
                            "win.show-tour", NULL);
  add_button (row, title, _ ("_Not Now"), "win.skip-tour", NULL);
}
