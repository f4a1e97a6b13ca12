/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The words of applications: methods, reasons why not, what a waiting item waits for. Main thread.
 */
#include "qc-application-detail.h"

#include <glib/gi18n.h>

#include "qc-format.h"
#include "qc-unit-field.h"

char *
qc_application_words_months (QcMonth start, QcMonth end)
{
  return start == QC_MONTH_NONE ? g_strdup ("") : qc_format_months (start, end);
}

const char *
qc_application_words_method (QcMethod method)
{
  switch (method) {
  case QC_METHOD_COLLECTION:
    return _ ("Collection");
  case QC_METHOD_TRANSFER:
    return _ ("Transfer by the unit");
  case QC_METHOD_NONE:
  default:
    return "";
  }
}

static const char *
why_not_state (QcApplicationAction action)
{
  switch (action) {
  case QC_ACTION_DELETE:
    return _ ("Only in the state “Registered”.");
  case QC_ACTION_CANCEL:
    return _ ("Only in the state “In review”.");
  case QC_ACTION_REDRAW:
    return _ ("Only for collection after drawing has failed.");
  case QC_ACTION_REOPEN:
    return _ ("Only for what the center has returned.");
  case QC_ACTION_PRINT:
  default:
    return _ ("The state does not allow it.");
  }
}

const char *
qc_application_words_why_not (QcWhyNot why, QcApplicationAction action)
{
  switch (why) {
  case QC_WHY_NONE:
    return NULL;
  case QC_WHY_NO_ROW:
    return _ ("Select a record first.");
  case QC_WHY_STATE:
    return why_not_state (action);
  case QC_WHY_NOT_FAILED:
    return _ ("Only for collection after drawing has failed.");
  case QC_WHY_METHOD:
    return _ ("Only for collection; here the unit pays itself.");
  case QC_WHY_DRAW_RUNNING:
    return _ ("The bank is drawing; wait for its answer.");
  case QC_WHY_OFFLINE:
    return _ ("Needs the network; the center cannot be reached now.");
  case QC_WHY_SIGNED_OUT:
    return _ ("Sign in first.");
  case QC_WHY_ACCOUNT:
    return _ ("The account that is signed in may not act for this unit.");
  case QC_WHY_NOT_SENT:
    return _ ("The center does not have it yet.");
  case QC_WHY_SENT:
    return _ ("It has been sent and cannot be taken back.");
  case QC_WHY_LATER:
    return _ ("Comes with a later version.");
  case QC_WHY_BUSY:
    return _ ("Under way…");
  case QC_WHY_NOT_HELD:
    return _ ("Only for what is held.");
  case QC_WHY_BEHIND:
    return _ ("Something before it is held too: settle that first.");
  default:
    return NULL;
  }
}

static char *
dup_held_words (QcOutboxItem *item)
{
  if (!qc_outbox_item_can_release (item))
    return g_strdup (_ ("Held, nothing was sent: something before it is held too. Settle that first, or take this back "
                        "into its draft."));
  return g_strdup (_ ("Held, nothing was sent: something before it was refused or taken back. Once that is submitted "
                      "again or no longer needed, send this on; if its figures depend on it, take this back and check "
                      "it first."));
}

static char *
dup_value (const QcUnitField *field, const char *value, const GPtrArray *codes)
{
  if (*value == '\0')
    return g_strdup (_ ("nothing"));
  return field ? qc_unit_field_dup_shown (field, value, codes) : g_strdup (value);
}

char *
qc_application_words_fact (const QcFact *fact, const GPtrArray *codes)
{
  const QcUnitField *field = qc_unit_field_find (fact->name);
  g_autofree char *before = dup_value (field, fact->before, codes);
  g_autofree char *value = dup_value (field, fact->value, codes);
  return g_strdup_printf ("%s → %s", before, value);
}

char *
qc_application_words_upload (const QcUploadProgress *upload)
{
  g_autofree char *sent = g_format_size ((guint64)upload->sent);
  g_autofree char *size = g_format_size ((guint64)upload->size);
  /* Translators: pictures at the center, pictures in all; bytes at the center, bytes in all. */
  return g_strdup_printf (_ ("Uploading attachments %u/%u · %s of %s"), upload->there, upload->pictures, sent, size);
}

static char *
dup_upload_words (const QcUploadProgress *upload)
{
  g_autofree char *words = qc_application_words_upload (upload);
  /* Translators: how far the upload is. */
  return g_strdup_printf (_ ("%s. It is submitted when all of them are there; until then it can be taken back, and "
                             "other work goes on."),
                          words);
}

static char *
dup_queued_words (QcOutboxItem *item)
{
  gint64 next = qc_outbox_item_get_next_try (item);
  g_autofree char *time = qc_format_time (next);
  switch (qc_outbox_item_get_waits_for (item)) {
  case QC_WAITS_FOR_SIGN_IN:
    return g_strdup (_ ("Goes to the center as soon as you have signed in."));
  case QC_WAITS_FOR_ACCOUNT:
    return g_strdup (_ ("The account that is signed in may not act for this unit; nothing was sent. It goes to the "
                        "center as soon as an account that may is signed in."));
  case QC_WAITS_FOR_CENTER:
    return g_strdup_printf (_ ("The center could not take it yet. Nothing was booked; it is sent again at %s."), time);
  case QC_WAITS_FOR_BEFORE:
    return g_strdup (_ ("What was submitted before it, and it depends on, is being verified with the center; this goes "
                        "out as soon as that is settled."));
  case QC_WAITS_FOR_NETWORK:
  default:
    if (next == 0)
      return g_strdup (_ ("Goes to the center as soon as it can be reached."));
    return g_strdup_printf (_ ("Goes to the center as soon as it can be reached; tried next at %s."), time);
  }
}

char *
qc_application_words_draft (QcDraftEntry *draft)
{
  g_autofree char *name = qc_draft_entry_dup_name (draft);
  gint64 faults = qc_draft_entry_get_faults (draft);
  if (faults == 0)
    return g_steal_pointer (&name);
  return g_strdup_printf (ngettext ("%s · %d fault", "%s · %d faults", (gulong)faults), name, (int)faults);
}

char *
qc_application_words_item (QcOutboxItem *item)
{
  switch (qc_outbox_item_get_state (item)) {
  case QC_OUTBOX_ITEM_QUEUED:
    return qc_outbox_item_get_upload (item) != NULL ? dup_upload_words (qc_outbox_item_get_upload (item))
                                                    : dup_queued_words (item);
  case QC_OUTBOX_ITEM_SENDING:
    return g_strdup (_ ("Being sent to the center."));
  case QC_OUTBOX_ITEM_UNKNOWN:
    return g_strdup (
        _ ("It is being verified with the center whether this business was received; please do not submit it again."));
  case QC_OUTBOX_ITEM_HELD:
    return dup_held_words (item);
  case QC_OUTBOX_ITEM_REFUSED:
    return g_strdup (_ ("The center has refused it. The draft is open again."));
  case QC_OUTBOX_ITEM_ACCEPTED:
    return g_strdup (_ ("The center has it."));
  case QC_OUTBOX_ITEM_WITHDRAWN:
  default:
    return g_strdup (_ ("Taken back into the draft."));
  }
}
