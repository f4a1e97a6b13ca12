/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Practice reviews by itself, so that a learner sees both verdicts: after a delay, and a share is returned for a
 * stated reason. Which ones follows from the serial number. Writer thread only.
 */
#include "qc-center-db.h"
#include "qc-engine-private.h"
#include "qc-engine-review.h"

#define DELAY_SETTING    "review_delay"
#define RETURNED_SETTING "review_returned"

gboolean
qc_engine_set_review_practice (QcConnection *connection, const QcEngineCall *call, const QcReviewPractice *practice,
                               GError **error)
{
  g_autofree char *detail
      = g_strdup_printf ("%" G_GINT64_FORMAT " s, %d %%", MAX (practice->delay, -1), practice->returned);
  g_autofree char *delay = g_strdup_printf ("%" G_GINT64_FORMAT, practice->delay);
  return qc_center_db_set_setting (connection, DELAY_SETTING, practice->delay < 0 ? NULL : delay, error)
         && qc_center_db_set_setting_int (connection, RETURNED_SETTING, CLAMP (practice->returned, 0, 100), error)
         && qc_engine_log (connection, call->now, call->actor, "set-review-practice", NULL, NULL, detail, error);
}

gboolean
qc_engine_get_review_practice (QcConnection *connection, QcReviewPractice *out, GError **error)
{
  gint64 returned;
  if (!qc_center_db_get_setting_int (connection, DELAY_SETTING, -1, &out->delay, error)
      || !qc_center_db_get_setting_int (connection, RETURNED_SETTING, 0, &returned, error))
    return FALSE;
  out->returned = (int)returned;
  return TRUE;
}

/* The number of the center's own at the end of @serial; 37 leaves no pattern that is seen. */
static guint64
number_of (const char *serial)
{
  gsize length = strlen (serial);
  return g_ascii_strtoull (serial + (length > 8 ? length - 8 : 0), NULL, 10);
}

gboolean
qc_review_practice_returns (const QcReviewPractice *practice, const char *serial)
{
  return (int)(number_of (serial) * 37 % 100) < practice->returned;
}

/* Which of the center's reasons: those that need words of their own are a person's. */
static const QcCode *
choose_code (const GPtrArray *codes, const char *serial)
{
  g_autoptr (GPtrArray) usable = g_ptr_array_new ();
  for (guint i = 0; i < codes->len; i++) {
    QcCode *code = g_ptr_array_index (codes, i);
    if (g_str_equal (code->list, QC_RETURN_REASON_LIST) && !code->needs_text)
      g_ptr_array_add (usable, code);
  }
  return usable->len > 0 ? g_ptr_array_index (usable, number_of (serial) % usable->len) : NULL;
}

/* About a picture where there are some, else a line: never about nothing. */
static void
aim (QcReturnReason *reason, const QcSubmission *submission, const char *serial)
{
  if (submission->attachments->len > 0) {
    const QcAttachment *attachment
        = g_ptr_array_index (submission->attachments, number_of (serial) % submission->attachments->len);
    reason->target = QC_RETURN_ATTACHMENT;
    reason->line = attachment->line;
    reason->attachment = g_strdup (attachment->digest);
  } else if (submission->roster->lines->len > 0) {
    reason->target = QC_RETURN_LINE;
    reason->line = ((const QcRosterLine *)g_ptr_array_index (submission->roster->lines, 0))->id;
  }
}

static QcOutcome *
return_it (QcConnection *connection, const QcEngineCall *call, const char *serial, const char *why, GError **error)
{
  g_autoptr (GPtrArray) codes = qc_engine_load_codes (connection, error);
  g_autoptr (QcSubmission) submission
      = codes != NULL ? qc_engine_load_submission (connection, call->unit, serial, error) : NULL;
  if (submission == NULL)
    return NULL;
  const QcCode *code = choose_code (codes, serial);
  g_autoptr (GPtrArray) reasons = qc_return_reasons_new ();
  if (code == NULL)
    return qc_outcome_new (QC_OUTCOME_REFUSED); /* this center has no reasons: it waits for a person */
  QcReturnReason *reason = qc_return_reason_new (code->code, QC_RETURN_APPLICATION, why != NULL ? why : code->label);
  if (why == NULL)
    aim (reason, submission, serial);
  g_ptr_array_add (reasons, reason);
  return qc_engine_return (connection, call, serial, reasons, error);
}

typedef struct {
  char *unit, *serial; /* (owned) */
  gint64 created, revision;
} Waiting;

static void
waiting_clear (Waiting *waiting)
{
  g_free (waiting->unit);
  g_free (waiting->serial);
}

/* What nobody at the console looks at just now. */
static GArray *
list_waiting (QcConnection *connection, gint64 now, GError **error)
{
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (Waiting));
  g_array_set_clear_func (list, (GDestroyNotify)waiting_clear);
  g_autoptr (QcStatement) s
      = qc_connection_prepare (connection,
                               "SELECT u.account, a.serial, a.created, a.revision FROM application AS a JOIN unit AS "
                               "u ON u.id = a.unit WHERE a.state = 'in-review' AND NOT EXISTS (SELECT 1 FROM "
                               "review_claim AS c WHERE c.application = a.id AND c.until > ?) ORDER BY a.id",
                               error);
  if (s == NULL)
    return NULL;
  qc_statement_bind_int (s, 1, now);
  gboolean has_row;
  while (qc_statement_step (s, &has_row, error)) {
    if (!has_row)
      return g_steal_pointer (&list);
    Waiting waiting = {qc_statement_dup_text (s, 0), qc_statement_dup_text (s, 1), qc_statement_get_int (s, 2),
                       qc_statement_get_int (s, 3)};
    g_array_append_val (list, waiting);
  }
  return NULL;
}

/* What can no longer be approved is returned. NULL on error. */
static QcOutcome *
decide (QcConnection *connection, const QcReviewPractice *practice, const Waiting *waiting, gint64 now, GError **error)
{
  QcEngineCall call = {
      .unit = waiting->unit,
      .actor = "center",
      .actors = QC_ACTOR_CENTER,
      .now = now,
      .if_match = waiting->revision,
  };
  if (qc_review_practice_returns (practice, waiting->serial))
    return return_it (connection, &call, waiting->serial, NULL, error);
  g_autoptr (QcOutcome) outcome = qc_engine_approve (connection, &call, waiting->serial, error);
  return outcome == NULL || outcome->status == QC_OUTCOME_DONE
             ? g_steal_pointer (&outcome)
             : return_it (connection, &call, waiting->serial, "提交之后情况已有变化，请核对后重新提交", error);
}

int
qc_engine_review_tick (QcConnection *connection, gint64 now, gint64 *next, GError **error)
{
  QcReviewPractice practice;
  if (!qc_engine_get_review_practice (connection, &practice, error))
    return -1;
  if (practice.delay < 0)
    return 0;
  g_autoptr (GArray) list = list_waiting (connection, now, error);
  int happened = 0;
  for (guint i = 0; list != NULL && i < list->len; i++) {
    const Waiting *waiting = &g_array_index (list, Waiting, i);
    gint64 due = waiting->created + practice.delay;
    if (due > now) {
      *next = *next == 0 ? due : MIN (*next, due);
      continue;
    }
    g_autoptr (QcOutcome) outcome = decide (connection, &practice, waiting, now, error);
    if (outcome == NULL)
      return -1;
    happened += outcome->status == QC_OUTCOME_DONE;
  }
  return list != NULL ? happened : -1;
}
