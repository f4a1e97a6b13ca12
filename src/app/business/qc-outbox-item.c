/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * One thing that waits in the outbox, as the lists show it. Main context.
 */
#include "qc-outbox-item.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "qc-json-writer.h"
#include "qc-problem.h"
#include "qc-roster-target.h"
#include "qc-rules-roster.h"
#include "qc-wire-object.h"

#define MAX_TARGETS 12 /* that a summary has */

struct _QcOutboxItem {
  GObject parent_instance;
  gint64 id, draft;
  char *key, *unit; /* (owned) */
  QcBusiness business;
  QcOutboxItemState state;
  gint64 created, next_try;
  guint attempts;
  gboolean withdrawable, releasable, submission;
  const char *title;   /* msgid */
  QcWaitsFor missing;  /* by the session */
  QcWaitsFor answered; /* by the last answer of the center, and by what is before it */
  char *serial;        /* (owned) (nullable) */
  char *detail;        /* (owned) (nullable) */
  GPtrArray *findings; /* (owned) (nullable) */
  QcMethod method;
  QcMonth start, end;
  gint64 people;
  QcMoney fen;
  GArray *targets; /* (owned) QcRosterTarget */
  guint n_targets;
  QcUploadProgress upload; /* no pictures = none is on its way */
};

G_DEFINE_FINAL_TYPE (QcOutboxItem, qc_outbox_item, G_TYPE_OBJECT)

enum { PROP_0, PROP_STATE, PROP_WAITS_FOR, PROP_ATTEMPTS, PROP_NEXT_TRY, PROP_SERIAL, PROP_UPLOADING, N_PROPS };
static GParamSpec *props[N_PROPS];

static const struct {
  QcOutboxItemState state;
  const char *msgid;
} states[QC_N_STORE_OUTBOX_STATES] = {
    [QC_STORE_OUTBOX_QUEUED] = {QC_OUTBOX_ITEM_QUEUED, NULL}, /* says what it waits for */
    [QC_STORE_OUTBOX_SENDING] = {QC_OUTBOX_ITEM_SENDING, N_ ("Being sent")},
    [QC_STORE_OUTBOX_UNKNOWN] = {QC_OUTBOX_ITEM_UNKNOWN, N_ ("Being verified with the center")},
    [QC_STORE_OUTBOX_ACCEPTED] = {QC_OUTBOX_ITEM_ACCEPTED, N_ ("Received by the center")},
    [QC_STORE_OUTBOX_REFUSED] = {QC_OUTBOX_ITEM_REFUSED, N_ ("Refused by the center")},
    [QC_STORE_OUTBOX_WITHDRAWN] = {QC_OUTBOX_ITEM_WITHDRAWN, N_ ("Taken back")},
    [QC_STORE_OUTBOX_HELD] = {QC_OUTBOX_ITEM_HELD, N_ ("Held")},
};

/* What the session knows now says more than what an answer said then. */
QcWaitsFor
qc_outbox_item_get_waits_for (QcOutboxItem *self)
{
  g_return_val_if_fail (QC_IS_OUTBOX_ITEM (self), QC_WAITS_FOR_NETWORK);
  return self->missing != QC_WAITS_FOR_NETWORK ? self->missing : self->answered;
}

const char *
qc_outbox_item_get_state_msgid (QcOutboxItem *self)
{
  static const char *const queued[] = {
      [QC_WAITS_FOR_NETWORK] = N_ ("Waiting for the network"),
      [QC_WAITS_FOR_SIGN_IN] = N_ ("Waiting for a sign-in"),
      [QC_WAITS_FOR_ACCOUNT] = N_ ("Waiting for another account"),
      [QC_WAITS_FOR_CENTER] = N_ ("Waiting to be sent again"),
      [QC_WAITS_FOR_BEFORE] = N_ ("Waiting for what is before it"),
  };
  g_return_val_if_fail (QC_IS_OUTBOX_ITEM (self), "");
  if (qc_outbox_item_get_upload (self) != NULL)
    return N_ ("Uploading attachments");
  if (self->state == QC_OUTBOX_ITEM_QUEUED)
    return queued[qc_outbox_item_get_waits_for (self)];
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (states[i].state == self->state)
      return states[i].msgid;
  return "";
}

/* The first ones; how many there are is a number. */
static void
write_targets (QcJsonWriter *writer, const QcRoster *roster)
{
  g_autoptr (GArray) targets = qc_roster_dup_targets (roster);
  if (targets->len == 0)
    return;
  qc_json_writer_add_int (writer, "units", targets->len);
  qc_json_writer_name (writer, "targets");
  qc_json_writer_begin_array (writer);
  for (guint i = 0; i < MIN (targets->len, MAX_TARGETS); i++) {
    const QcRosterTarget *target = &g_array_index (targets, QcRosterTarget, i);
    qc_json_writer_begin_object (writer);
    qc_json_writer_add_string (writer, "account", target->account);
    qc_json_writer_add_text (writer, "name", QC_TEXT_UNIT_NAME, target->name);
    qc_json_writer_add_int (writer, "people", target->people);
    qc_json_writer_add_int (writer, "first", target->first);
    qc_json_writer_add_int (writer, "last", target->last);
    qc_json_writer_end_object (writer);
  }
  qc_json_writer_end_array (writer);
}

static void
read_targets (QcOutboxItem *self, const QcWireObject *summary)
{
  QcWireArray array;
  guint n = qc_wire_opt_array (summary, "targets", MAX_TARGETS, &array);
  self->n_targets = (guint)qc_wire_opt_int (summary, "units", n, QC_ROSTER_MAX_LINES, n);
  for (guint i = 0; i < n; i++) {
    QcWireObject object;
    if (!qc_wire_array_object (&array, i, &object))
      return;
    QcRosterTarget target = {.account = g_strdup (qc_wire_code (&object, "account")),
                             .name = qc_wire_opt_text (&object, "name", QC_TEXT_UNIT_NAME),
                             .people = qc_wire_count (&object, "people"),
                             .first = qc_wire_month (&object, "first"),
                             .last = qc_wire_month (&object, "last")};
    g_array_append_val (self->targets, target);
  }
}

char *
qc_outbox_summary_new (const QcSubmission *submission, gint64 people)
{
  g_autoptr (QcJsonWriter) writer = qc_json_writer_new (128);
  const QcRemittanceClaim *claim = submission->remittance;
  qc_json_writer_begin_object (writer);
  QcMoney fen = 0;
  if (claim) {
    for (guint i = 0; i < claim->months->len; i++)
      fen += qc_month_line_fen (&g_array_index (claim->months, QcMonthLine, i));
    qc_json_writer_add_string (writer, "method", qc_method_to_code (claim->method));
    qc_json_writer_add_int (writer, "start", claim->start);
    qc_json_writer_add_int (writer, "end", claim->end);
  }
  if (submission->effective != QC_MONTH_NONE)
    qc_json_writer_add_int (writer, "effective", submission->effective);
  qc_json_writer_add_int (writer, "people", people);
  qc_json_writer_add_int (writer, "fen", fen);
  write_targets (writer, submission->roster);
  qc_json_writer_end_object (writer);
  g_autoptr (GBytes) bytes = qc_json_writer_finish (writer);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* A summary we cannot read costs figures in a list, nothing else. */
static void
read_summary (QcOutboxItem *self, const char *summary)
{
  g_autoptr (GBytes) bytes = summary ? g_bytes_new (summary, strlen (summary)) : NULL;
  g_autoptr (GError) error = NULL;
  QcWireReader reader;
  QcWireObject root;
  if (!bytes || !qc_wire_reader_open (&reader, bytes, &qc_gate_request, &root, &error))
    return;
  if (qc_wire_has (&root, "method"))
    qc_method_from_code (qc_wire_code (&root, "method"), &self->method);
  self->start = qc_wire_month_or_none (&root, "start");
  self->end = qc_wire_month_or_none (&root, "end");
  self->people = qc_wire_opt_int (&root, "people", 0, G_MAXINT64, 0);
  self->fen = qc_wire_opt_int (&root, "fen", 0, QC_MONEY_MAX, 0);
  read_targets (self, &root);
  if (!qc_wire_reader_close (&reader, &error))
    g_info ("summary of item %" G_GINT64_FORMAT ": %s", self->id, error->message);
}

/* What was asked of the center, in a word. */
static const char *
title_of (const QcStoreOutboxItem *row)
{
  QcApplicationAction action;
  return qc_action_from_code (row->kind, &action) ? qc_action_to_msgid (action)
                                                  : qc_business_info (row->business)->msgid;
}

/* What the last answer comes to, in our words. */
static char *
dup_detail (const QcStoreOutboxItem *row)
{
  if (row->state == QC_STORE_OUTBOX_UNKNOWN && g_strcmp0 (row->reason, "not-ours") == 0)
    return g_strdup (_ ("The center answered with something else than what was sent. It is asked again; if this "
                        "stays, tell the center."));
  if (row->state != QC_STORE_OUTBOX_REFUSED || row->findings->len == 0)
    return NULL;
  return qc_finding_dup_sentence (g_ptr_array_index (row->findings, 0));
}

static GPtrArray *
copy_findings (const GPtrArray *findings)
{
  GPtrArray *copy = qc_findings_new ();
  for (guint i = 0; findings && i < findings->len; i++)
    g_ptr_array_add (copy, qc_finding_copy (g_ptr_array_index (findings, i)));
  return copy;
}

/* What keeps the one before from leaving keeps this one too. */
static QcWaitsFor
answer_of (const QcStoreOutboxItem *row, const QcStoreOutboxItem *before)
{
  const char *reason = before ? before->reason : row->reason;
  if (before && before->state == QC_STORE_OUTBOX_UNKNOWN)
    return QC_WAITS_FOR_BEFORE;
  if (g_strcmp0 (reason, "busy") == 0)
    return QC_WAITS_FOR_CENTER;
  return g_strcmp0 (reason, QC_PROBLEM_FORBIDDEN) == 0 ? QC_WAITS_FOR_ACCOUNT : QC_WAITS_FOR_NETWORK;
}

gboolean
qc_outbox_item_set_missing (QcOutboxItem *self, QcWaitsFor missing)
{
  QcWaitsFor before = qc_outbox_item_get_waits_for (self);
  self->missing = missing;
  if (self->state != QC_OUTBOX_ITEM_QUEUED || qc_outbox_item_get_waits_for (self) == before)
    return FALSE;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_WAITS_FOR]);
  return TRUE;
}

gboolean
qc_outbox_item_set_upload (QcOutboxItem *self, const QcUploadProgress *upload)
{
  const QcUploadProgress *now = &self->upload;
  if (now->pictures == upload->pictures && now->there == upload->there && now->sent == upload->sent)
    return FALSE;
  self->upload = *upload;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_UPLOADING]);
  return TRUE;
}

gboolean
qc_outbox_item_update (QcOutboxItem *self, const QcStoreOutboxItem *row, const QcStoreOutboxItem *before)
{
  QcOutboxItemState state = states[row->state].state;
  QcWaitsFor answered = answer_of (row, before);
  gint64 next_try = before ? MAX (row->next_try, before->next_try) : row->next_try;
  if (state == self->state && answered == self->answered && self->attempts == row->attempts
      && self->next_try == next_try && self->withdrawable == row->withdrawable && self->releasable == row->releasable
      && g_strcmp0 (self->serial, row->serial) == 0)
    return FALSE;
  self->state = state;
  self->answered = answered;
  self->attempts = row->attempts;
  self->next_try = next_try;
  self->withdrawable = row->withdrawable;
  self->releasable = row->releasable;
  g_free (self->serial);
  self->serial = g_strdup (row->serial);
  g_free (self->detail);
  self->detail = dup_detail (row);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  self->findings = copy_findings (row->findings);
  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = 1; i < PROP_UPLOADING; i++)
    g_object_notify_by_pspec (G_OBJECT (self), props[i]);
  g_object_thaw_notify (G_OBJECT (self));
  return TRUE;
}

QcOutboxItem *
qc_outbox_item_new (const QcStoreOutboxItem *row, const QcStoreOutboxItem *before)
{
  QcOutboxItem *self = g_object_new (QC_TYPE_OUTBOX_ITEM, NULL);
  self->id = row->id;
  self->draft = row->draft;
  self->key = g_strdup (row->key);
  self->unit = g_strdup (row->unit);
  self->business = row->business;
  self->submission = g_strcmp0 (row->kind, "submission") == 0;
  self->title = title_of (row);
  self->created = row->created;
  self->attempts = G_MAXUINT; /* so that the first update takes everything */
  read_summary (self, row->summary);
  qc_outbox_item_update (self, row, before);
  return self;
}

gint64
qc_outbox_item_get_id (QcOutboxItem *self)
{
  g_return_val_if_fail (QC_IS_OUTBOX_ITEM (self), 0);
  return self->id;
}

#define GETTER(type, name)                              \
  type qc_outbox_item_get_##name (QcOutboxItem *self)   \
  {                                                     \
    g_return_val_if_fail (QC_IS_OUTBOX_ITEM (self), 0); \
    return self->name;                                  \
  }

GETTER (gint64, draft)
GETTER (const char *, key)
GETTER (const char *, unit)
GETTER (QcBusiness, business)
GETTER (const char *, title)
GETTER (QcOutboxItemState, state)
GETTER (gint64, created)
GETTER (gint64, next_try)
GETTER (guint, attempts)
GETTER (const char *, serial)
GETTER (const GPtrArray *, findings)
GETTER (const char *, detail)
GETTER (QcMethod, method)
GETTER (QcMonth, start)
GETTER (QcMonth, end)
GETTER (gint64, people)
GETTER (QcMoney, fen)
GETTER (const GArray *, targets)
GETTER (guint, n_targets)

gboolean
qc_outbox_item_is_submission (QcOutboxItem *self)
{
  g_return_val_if_fail (QC_IS_OUTBOX_ITEM (self), FALSE);
  return self->submission;
}

const QcUploadProgress *
qc_outbox_item_get_upload (QcOutboxItem *self)
{
  g_return_val_if_fail (QC_IS_OUTBOX_ITEM (self), NULL);
  return self->state == QC_OUTBOX_ITEM_QUEUED && self->upload.pictures > 0 ? &self->upload : NULL;
}

gboolean
qc_outbox_item_can_withdraw (QcOutboxItem *self)
{
  g_return_val_if_fail (QC_IS_OUTBOX_ITEM (self), FALSE);
  return self->withdrawable && (self->state == QC_OUTBOX_ITEM_QUEUED || self->state == QC_OUTBOX_ITEM_HELD);
}

gboolean
qc_outbox_item_can_release (QcOutboxItem *self)
{
  g_return_val_if_fail (QC_IS_OUTBOX_ITEM (self), FALSE);
  return self->releasable && self->state == QC_OUTBOX_ITEM_HELD;
}

static void
qc_outbox_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  QcOutboxItem *self = QC_OUTBOX_ITEM (object);
  switch (id) {
  case PROP_STATE:
    g_value_set_int (value, self->state);
    break;
  case PROP_WAITS_FOR:
    g_value_set_int (value, qc_outbox_item_get_waits_for (self));
    break;
  case PROP_ATTEMPTS:
    g_value_set_uint (value, self->attempts);
    break;
  case PROP_NEXT_TRY:
    g_value_set_int64 (value, self->next_try);
    break;
  case PROP_SERIAL:
    g_value_set_string (value, self->serial);
    break;
  case PROP_UPLOADING:
    g_value_set_boolean (value, qc_outbox_item_get_upload (self) != NULL);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
qc_outbox_item_finalize (GObject *object)
{
  QcOutboxItem *self = QC_OUTBOX_ITEM (object);
  g_free (self->key);
  g_free (self->unit);
  g_free (self->serial);
  g_free (self->detail);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_array_unref (self->targets);
  G_OBJECT_CLASS (qc_outbox_item_parent_class)->finalize (object);
}

static void
qc_outbox_item_class_init (QcOutboxItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  object_class->get_property = qc_outbox_item_get_property;
  object_class->finalize = qc_outbox_item_finalize;
  props[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, 0, QC_OUTBOX_ITEM_WITHDRAWN, 0, flags);
  props[PROP_WAITS_FOR] = g_param_spec_int ("waits-for", NULL, NULL, 0, QC_WAITS_FOR_CENTER, 0, flags);
  props[PROP_ATTEMPTS] = g_param_spec_uint ("attempts", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_NEXT_TRY] = g_param_spec_int64 ("next-try", NULL, NULL, 0, G_MAXINT64, 0, flags);
  props[PROP_SERIAL] = g_param_spec_string ("serial", NULL, NULL, NULL, flags);
  props[PROP_UPLOADING] = g_param_spec_boolean ("uploading", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
qc_outbox_item_init (QcOutboxItem *self)
{
  self->targets = qc_roster_targets_new ();
}
