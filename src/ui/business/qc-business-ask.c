/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-business-ask.h. Main thread.
 */
#include "qc-business-ask.h"

#include <glib/gi18n.h>

#include "qc-dialogs.h"
#include "qc-format.h"
#include "qc-window.h"

/* The guide's word: 开户 is handed in (提交), everything else is submitted (办理). */
static gboolean
is_handed_in (QcBusiness business)
{
  return qc_business_info (business)->opens_accounts;
}

static const char *
deed (QcBusiness business)
{
  return is_handed_in (business) ? _ ("_Hand in") : _ ("_Submit");
}

char *
qc_business_ask_dup_button (QcSession *session, QcBusiness business, const QcUnit *unit, QcMonth from, QcMonth to)
{
  if (!unit)
    return g_strdup (deed (business));
  g_autofree char *name = qc_session_dup_unit_label (session, unit->account, unit->name);
  g_autoptr (GString) escaped = g_string_new (name);
  g_string_replace (escaped, "_", "__", 0);
  if (from == QC_MONTH_NONE)
    return g_strconcat (deed (business), " · ", escaped->str, NULL);
  g_autofree char *months = qc_format_months (from, to);
  return g_strconcat (deed (business), " · ", escaped->str, " · ", months, NULL);
}

char *
qc_business_ask_dup_title (QcSession *session, QcBusiness business, const QcUnit *unit, QcMonth from, QcMonth to)
{
  const char *word = _ (qc_business_info (business)->msgid);
  g_autofree char *name = qc_session_dup_unit_label (session, unit->account, unit->name);
  if (from == QC_MONTH_NONE)
    /* Translators: business, unit. */
    return g_strdup_printf (_ ("Submit “%s” for %s?"), word, name);
  g_autofree char *months = qc_format_months (from, to);
  /* Translators: business, unit, month. */
  return g_strdup_printf (_ ("Submit “%s” for %s, %s?"), word, name, months);
}

void
qc_business_ask_add_warnings (QcConfirmBox *box, const GPtrArray *findings)
{
  for (guint i = 0; i < findings->len; i++) {
    const QcFinding *finding = g_ptr_array_index (findings, i);
    g_autofree char *sentence = qc_finding_dup_sentence (finding);
    if (finding->severity == QC_SEVERITY_WARNING)
      qc_confirm_box_add_warning (box, sentence);
  }
}

typedef struct {
  GtkWidget *page;            /* (owned) */
  QcBusinessService *service; /* (owned) of what was asked about */
  char *token;                /* (owned) what is on the screen */
  GtkWidget **dialog;         /* of @page */
  QcBusinessAskClosed closed;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;
  g_clear_weak_pointer (question->dialog);
  question->closed (question->page);
  g_object_unref (question->page);
  g_object_unref (question->service);
  g_free (question->token);
  g_free (question);
}

static void
submitted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) page = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (QcOutboxItem) item = qc_business_service_submit_finish (QC_BUSINESS_SERVICE (source), result, &error);
  QcWindow *window = qc_window_of (page);
  if (!item && window)
    qc_window_show_error (window, error);
}

static void
confirmed_cb (gpointer user_data)
{
  Question *question = user_data;
  qc_business_service_submit_async (question->service, question->token, NULL, submitted_cb,
                                    g_object_ref (question->page));
}

void
qc_business_ask (GtkWidget *page, QcBusinessService *service, char *token, const char *title, GtkWidget *box,
                 GtkWidget **dialog, QcBusinessAskClosed closed)
{
  /* what the bank is known to refuse, for one, is not sent by a key too many */
  QcConfirmKind kind = qc_confirm_box_has_warning (QC_CONFIRM_BOX (box)) ? QC_CONFIRM_CAREFUL : QC_CONFIRM_PLAIN;
  Question *question = g_new0 (Question, 1);
  *question = (Question) {g_object_ref (page), g_object_ref (service), token, dialog, closed};
  GtkWidget *asked = qc_dialog_confirm (page, title, _ ("Exactly this is sent to the center."),
                                        deed (qc_business_service_get_business (service)), kind, box, confirmed_cb,
                                        question, question_free);
  /* what is sent is only looked at: Enter answers */
  gtk_window_set_focus (GTK_WINDOW (asked), gtk_window_get_default_widget (GTK_WINDOW (asked)));
  g_set_weak_pointer (dialog, asked);
  closed (page);
}
