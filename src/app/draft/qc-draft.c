/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A draft: facts and roster in memory, and the steps that are made of edits. The jobs for the database lie in
 * qc-draft-queue.c, the work on many lines, undo and redo in qc-draft-work.c. Main context.
 */
#include "qc-draft-private.h"

#include "qc-session-private.h"
#include "qc-wire-line.h"

#define MANY 1000 /* lines that come in pieces */

G_DEFINE_FINAL_TYPE (QcDraft, qc_draft, G_TYPE_OBJECT)

enum { PROP_0, PROP_LOADED, PROP_EMPTY, PROP_CAN_UNDO, PROP_CAN_REDO, PROP_BUSY, PROP_UNSAVED, PROP_ERROR, N_PROPS };
static GParamSpec *props[N_PROPS];
enum { CHANGED, LINES_CHANGED, ATTACHMENTS_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

void
qc_draft_notify (QcDraft *self)
{
  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = 1; i < N_PROPS; i++)
    g_object_notify_by_pspec (G_OBJECT (self), props[i]);
  g_object_thaw_notify (G_OBJECT (self));
}

void
qc_draft_tell_facts (QcDraft *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

void
qc_draft_tell_lines (QcDraft *self, GArray *ids, gboolean structure)
{
  g_signal_emit (self, signals[LINES_CHANGED], 0, ids, structure);
}

void
qc_draft_tell_attachments (QcDraft *self)
{
  g_signal_emit (self, signals[ATTACHMENTS_CHANGED], 0);
}

void
qc_draft_set_label (char **text, const char *value)
{
  char *old = *text;
  *text = g_strdup (value);
  g_free (old);
}

/* ---- edits ---- */

gboolean
qc_draft_may_edit (QcDraft *self)
{
  return self->outbox == 0 && !qc_draft_is_busy (self);
}

/* The step is over: what it changed goes to the database as one. */
static void
store_step (QcDraft *self)
{
  if (self->facts_changed) {
    QcStoreChange change = {.kind = QC_STORE_CHANGE_FACTS, .facts = qc_draft_facts_to_json (self->facts)};
    g_array_append_val (self->changes, change);
  }
  if (self->changes->len == 0)
    return;
  gboolean facts = self->facts_changed;
  GArray *changes = g_steal_pointer (&self->changes);
  self->changes = qc_store_changes_new ();
  self->facts_changed = FALSE;
  qc_draft_set_label (&self->undo, self->label);
  g_clear_pointer (&self->redo, g_free);
  g_array_set_size (self->undone, 0);
  self->last_step++;
  g_array_append_val (self->steps, self->last_step);
  g_ptr_array_set_size (self->findings, 0);
  qc_draft_push (self, QC_DRAFT_EDIT, changes, g_steal_pointer (&self->label), NULL);
  if (facts)
    qc_draft_tell_facts (self);
  qc_draft_notify (self);
}

void
qc_draft_note_change (QcDraft *self, const char *label)
{
  if (self->label == NULL)
    self->label = g_strdup (label);
  if (self->step == 0)
    store_step (self);
}

void
qc_draft_begin_step (QcDraft *self)
{
  g_return_if_fail (QC_IS_DRAFT (self));
  self->step++;
}

void
qc_draft_end_step (QcDraft *self)
{
  g_return_if_fail (QC_IS_DRAFT (self));
  g_return_if_fail (self->step > 0);
  if (--self->step == 0)
    store_step (self);
}

void
qc_draft_set (QcDraft *self, const char *name, const char *value)
{
  g_return_if_fail (QC_IS_DRAFT (self));
  g_return_if_fail (name);
  if (!qc_draft_may_edit (self) || g_strcmp0 (g_hash_table_lookup (self->facts, name), value) == 0)
    return;
  if (value != NULL)
    g_hash_table_replace (self->facts, g_strdup (name), g_strdup (value));
  else
    g_hash_table_remove (self->facts, name);
  self->facts_changed = TRUE;
  qc_draft_note_change (self, name);
}

void
qc_draft_set_int (QcDraft *self, const char *name, gint64 value)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);
  qc_draft_set (self, name, text);
}

gboolean
qc_draft_add_lines (QcDraft *self, GPtrArray *lines, gint64 before, const char *label)
{
  g_autoptr (GPtrArray) owned = lines;
  g_return_val_if_fail (QC_IS_DRAFT (self), FALSE);
  if (!qc_draft_may_edit (self) || !self->loaded || lines->len == 0)
    return FALSE;
  gint64 place = qc_roster_find (self->roster, before) != NULL ? before : 0;
  for (guint i = 0; i < lines->len; i++)
    ((QcRosterLine *)g_ptr_array_index (lines, i))->id = 0;
  if (place == 0 && lines->len > MANY)
    return qc_draft_put_lines (self, g_steal_pointer (&owned), label);
  g_autoptr (GArray) ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), lines->len);
  g_autofree gint64 *places = g_new (gint64, lines->len);
  for (guint i = 0; i < lines->len; i++)
    places[i] = place;
  qc_roster_take_all (self->roster, g_ptr_array_ref (lines), places);
  for (guint i = 0; i < lines->len; i++) {
    const QcRosterLine *line = g_ptr_array_index (lines, i);
    qc_draft_note_line (self, line, place);
    g_array_append_val (ids, line->id);
  }
  qc_draft_note_change (self, label);
  qc_draft_tell_lines (self, ids, TRUE);
  return TRUE;
}

gboolean
qc_draft_set_lines (QcDraft *self, GPtrArray *lines, const char *label)
{
  g_autoptr (GPtrArray) owned = lines;
  g_return_val_if_fail (QC_IS_DRAFT (self), FALSE);
  if (!qc_draft_may_edit (self))
    return FALSE;
  g_autoptr (GArray) ids = qc_draft_replace_lines (self, lines);
  if (ids->len == 0)
    return TRUE;
  qc_draft_note_change (self, label);
  qc_draft_tell_lines (self, ids, FALSE);
  return TRUE;
}

gboolean
qc_draft_amend_lines (QcDraft *self, GPtrArray *lines)
{
  g_autoptr (GPtrArray) owned = lines;
  g_return_val_if_fail (QC_IS_DRAFT (self), FALSE);
  if (!qc_draft_may_edit (self) || self->step > 0)
    return FALSE;
  g_autoptr (GArray) ids = qc_draft_replace_lines (self, lines);
  if (ids->len == 0)
    return TRUE;
  GArray *changes = g_steal_pointer (&self->changes);
  self->changes = qc_store_changes_new ();
  qc_draft_push (self, QC_DRAFT_EDIT, changes, NULL, NULL);
  qc_draft_notify (self);
  qc_draft_tell_lines (self, ids, FALSE);
  return TRUE;
}

gboolean
qc_draft_remove_lines (QcDraft *self, const gint64 *ids, guint n, const char *label)
{
  g_return_val_if_fail (QC_IS_DRAFT (self), FALSE);
  if (!qc_draft_may_edit (self))
    return FALSE;
  guint before = self->changes->len;
  g_autoptr (GHashTable) gone = g_hash_table_new (g_int64_hash, g_int64_equal);
  for (guint i = 0; i < n; i++) {
    QcStoreChange change = {.kind = QC_STORE_CHANGE_REMOVE_LINE, .line = ids[i]};
    if (qc_roster_find (self->roster, ids[i]) != NULL && g_hash_table_add (gone, (gpointer)&ids[i]))
      g_array_append_val (self->changes, change);
  }
  if (self->changes->len == before)
    return TRUE;
  qc_draft_drop_lines (self, ids, n);
  qc_draft_note_change (self, label);
  qc_draft_tell_lines (self, NULL, TRUE);
  return TRUE;
}

/* ---- attachments ---- */

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  const QcStoreAttachment *x = *(const QcStoreAttachment *const *)a, *y = *(const QcStoreAttachment *const *)b;
  return (x->id > y->id) - (x->id < y->id);
}

gboolean
qc_draft_replace_attachments (QcDraft *self, const GPtrArray *come, const GArray *gone)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_int64_hash, g_int64_equal);
  for (guint i = 0; i < gone->len; i++)
    g_hash_table_add (ids, &g_array_index (gone, gint64, i));
  guint before = self->attachments->len;
  for (guint i = before; i > 0; i--) {
    const QcStoreAttachment *attachment = g_ptr_array_index (self->attachments, i - 1);
    if (g_hash_table_contains (ids, &attachment->id))
      g_ptr_array_remove_index (self->attachments, i - 1);
  }
  gboolean any = self->attachments->len < before || come->len > 0;
  for (guint i = 0; i < come->len; i++) {
    const QcStoreAttachment *attachment = g_ptr_array_index (come, i);
    g_ptr_array_add (self->attachments,
                     qc_store_attachment_new (attachment->id, qc_attachment_copy (attachment->value)));
  }
  g_ptr_array_sort (self->attachments, compare_numbers);
  return any;
}

const GPtrArray *
qc_draft_get_attachments (QcDraft *self)
{
  g_return_val_if_fail (QC_IS_DRAFT (self), NULL);
  return self->attachments;
}

gboolean
qc_draft_attach (QcDraft *self, GPtrArray *attachments, const gint64 *gone, guint n_gone, const char *label)
{
  g_autoptr (GPtrArray) owned = attachments;
  g_return_val_if_fail (QC_IS_DRAFT (self), FALSE);
  if (!qc_draft_may_edit (self) || !self->loaded)
    return FALSE;
  g_autoptr (GArray) leave = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) come = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_store_attachment_free);
  for (guint i = 0; i < self->attachments->len; i++) {
    const QcStoreAttachment *there = g_ptr_array_index (self->attachments, i);
    for (guint g = 0; g < n_gone; g++)
      if (there->id == gone[g]) {
        QcStoreChange change = {.kind = QC_STORE_CHANGE_DETACH, .line = there->id};
        g_array_append_val (self->changes, change);
        g_array_append_val (leave, there->id);
        break;
      }
  }
  for (guint i = 0; i < attachments->len; i++) {
    const QcAttachment *value = g_ptr_array_index (attachments, i);
    gint64 id = self->next_attachment++;
    QcStoreChange change = {.kind = QC_STORE_CHANGE_ATTACH, .line = id, .attachment = qc_attachment_copy (value)};
    g_array_append_val (self->changes, change);
    g_ptr_array_add (come, qc_store_attachment_new (id, qc_attachment_copy (value)));
  }
  if (!qc_draft_replace_attachments (self, come, leave))
    return TRUE;
  qc_draft_note_change (self, label);
  qc_draft_tell_attachments (self);
  return TRUE;
}

static void
travel (QcDraft *self, QcDraftVerb verb)
{
  self->travels = TRUE;
  qc_draft_push (self, verb, NULL, NULL, NULL);
  qc_draft_notify (self);
}

void
qc_draft_undo (QcDraft *self)
{
  g_return_if_fail (QC_IS_DRAFT (self));
  if (qc_draft_can_undo (self))
    travel (self, QC_DRAFT_FIND_UNDO);
}

void
qc_draft_redo (QcDraft *self)
{
  g_return_if_fail (QC_IS_DRAFT (self));
  if (qc_draft_can_redo (self))
    travel (self, QC_DRAFT_FIND_REDO);
}

void
qc_draft_set_faults (QcDraft *self, gint64 faults)
{
  g_return_if_fail (QC_IS_DRAFT (self));
  if (self->id == 0 && self->unsaved == 0)
    return;
  self->faults = faults;
  qc_draft_push (self, QC_DRAFT_FAULTS, NULL, NULL, NULL);
}

void
qc_draft_rename (QcDraft *self, const char *name)
{
  g_return_if_fail (QC_IS_DRAFT (self));
  qc_draft_push (self, QC_DRAFT_RENAME, NULL, g_strdup (name != NULL ? name : ""), NULL);
}

void
qc_draft_discard (QcDraft *self)
{
  g_return_if_fail (QC_IS_DRAFT (self));
  if (qc_draft_may_edit (self))
    travel (self, QC_DRAFT_DISCARD);
}

/* ---- what there is ---- */

QcBusiness
qc_draft_get_business (QcDraft *self)
{
  g_return_val_if_fail (QC_IS_DRAFT (self), QC_BUSINESS_OTHER);
  return self->business;
}

gint64
qc_draft_get_id (QcDraft *self)
{
  g_return_val_if_fail (QC_IS_DRAFT (self), 0);
  return self->id;
}

gint64
qc_draft_get_revision (QcDraft *self)
{
  g_return_val_if_fail (QC_IS_DRAFT (self), -1);
  return self->revision;
}

gint64
qc_draft_get_outbox (QcDraft *self)
{
  g_return_val_if_fail (QC_IS_DRAFT (self), 0);
  return self->outbox;
}

const GPtrArray *
qc_draft_get_findings (QcDraft *self)
{
  g_return_val_if_fail (QC_IS_DRAFT (self), NULL);
  return self->findings;
}

const char *
qc_draft_get (QcDraft *self, const char *name)
{
  g_return_val_if_fail (QC_IS_DRAFT (self), NULL);
  return g_hash_table_lookup (self->facts, name);
}

gint64
qc_draft_get_int (QcDraft *self, const char *name, gint64 fallback)
{
  const char *text = qc_draft_get (self, name);
  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : fallback;
}

void
qc_draft_foreach (QcDraft *self, const char *prefix, GHFunc func, gpointer user_data)
{
  g_return_if_fail (QC_IS_DRAFT (self));
  GHashTableIter iter;
  g_hash_table_iter_init (&iter, self->facts);
  gpointer name, value;
  while (g_hash_table_iter_next (&iter, &name, &value))
    if (g_str_has_prefix (name, prefix))
      func (name, value, user_data);
}

const QcRoster *
qc_draft_get_roster (QcDraft *self)
{
  g_return_val_if_fail (QC_IS_DRAFT (self), NULL);
  return self->roster;
}

gboolean
qc_draft_is_loaded (QcDraft *self)
{
  g_return_val_if_fail (QC_IS_DRAFT (self), FALSE);
  return self->loaded;
}

gboolean
qc_draft_is_empty (QcDraft *self)
{
  g_return_val_if_fail (QC_IS_DRAFT (self), TRUE);
  return g_hash_table_size (self->facts) == 0 && self->roster->lines->len == 0 && self->attachments->len == 0;
}

gboolean
qc_draft_is_busy (QcDraft *self)
{
  g_return_val_if_fail (QC_IS_DRAFT (self), FALSE);
  return self->travels || self->work != NULL;
}

gboolean
qc_draft_can_undo (QcDraft *self)
{
  g_return_val_if_fail (QC_IS_DRAFT (self), FALSE);
  return self->undo != NULL && qc_draft_may_edit (self) && !self->unwritten;
}

gboolean
qc_draft_can_redo (QcDraft *self)
{
  g_return_val_if_fail (QC_IS_DRAFT (self), FALSE);
  return self->redo != NULL && qc_draft_may_edit (self) && !self->unwritten;
}

const char *
qc_draft_get_undo_label (QcDraft *self)
{
  g_return_val_if_fail (QC_IS_DRAFT (self), NULL);
  return self->undo;
}

const char *
qc_draft_get_redo_label (QcDraft *self)
{
  g_return_val_if_fail (QC_IS_DRAFT (self), NULL);
  return self->redo;
}

guint
qc_draft_get_last_step (QcDraft *self)
{
  g_return_val_if_fail (QC_IS_DRAFT (self), 0);
  if (self->changes->len > 0 || self->facts_changed)
    return self->last_step + 1; /* it is being made */
  return self->steps->len > 0 ? g_array_index (self->steps, guint, self->steps->len - 1) : 0;
}

gboolean
qc_draft_has_step (QcDraft *self, guint step)
{
  g_return_val_if_fail (QC_IS_DRAFT (self), FALSE);
  for (guint i = self->steps->len; step != 0 && i > 0; i--)
    if (g_array_index (self->steps, guint, i - 1) == step)
      return TRUE;
  return FALSE;
}

guint
qc_draft_get_unsaved (QcDraft *self)
{
  g_return_val_if_fail (QC_IS_DRAFT (self), 0);
  return self->unsaved + (self->work != NULL);
}

gboolean
qc_draft_is_unwritten (QcDraft *self)
{
  g_return_val_if_fail (QC_IS_DRAFT (self), FALSE);
  return self->unwritten;
}

/* ---- the object ---- */

static void
qc_draft_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  QcDraft *self = QC_DRAFT (object);
  switch (id) {
  case PROP_LOADED:
    g_value_set_boolean (value, self->loaded);
    break;
  case PROP_EMPTY:
    g_value_set_boolean (value, qc_draft_is_empty (self));
    break;
  case PROP_CAN_UNDO:
    g_value_set_boolean (value, qc_draft_can_undo (self));
    break;
  case PROP_CAN_REDO:
    g_value_set_boolean (value, qc_draft_can_redo (self));
    break;
  case PROP_BUSY:
    g_value_set_boolean (value, qc_draft_is_busy (self));
    break;
  case PROP_UNSAVED:
    g_value_set_uint (value, qc_draft_get_unsaved (self));
    break;
  case PROP_ERROR:
    g_value_set_boxed (value, self->error);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
qc_draft_finalize (GObject *object)
{
  QcDraft *self = QC_DRAFT (object);
  qc_draft_clear_queue (self);
  g_clear_object (&self->session);
  g_clear_pointer (&self->facts, g_hash_table_unref);
  g_clear_pointer (&self->roster, qc_roster_free);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_clear_pointer (&self->attachments, g_ptr_array_unref);
  g_clear_pointer (&self->changes, g_array_unref);
  g_array_unref (self->steps);
  g_array_unref (self->undone);
  g_clear_error (&self->error);
  g_free (self->profile);
  g_free (self->unit);
  g_free (self->undo);
  g_free (self->redo);
  g_free (self->label);
  G_OBJECT_CLASS (qc_draft_parent_class)->finalize (object);
}

static void
qc_draft_class_init (QcDraftClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  object_class->get_property = qc_draft_get_property;
  object_class->finalize = qc_draft_finalize;
  props[PROP_LOADED] = g_param_spec_boolean ("loaded", NULL, NULL, FALSE, flags);
  props[PROP_EMPTY] = g_param_spec_boolean ("empty", NULL, NULL, TRUE, flags);
  props[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, flags);
  props[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, flags);
  props[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  props[PROP_UNSAVED] = g_param_spec_uint ("unsaved", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[CHANGED] = g_signal_new ("changed", QC_TYPE_DRAFT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[LINES_CHANGED] = g_signal_new ("lines-changed", QC_TYPE_DRAFT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 2, G_TYPE_ARRAY, G_TYPE_BOOLEAN);
  signals[ATTACHMENTS_CHANGED]
      = g_signal_new ("attachments-changed", QC_TYPE_DRAFT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
qc_draft_init (QcDraft *self)
{
  g_queue_init (&self->queue);
  self->revision = -1;
  self->facts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->roster = qc_roster_new ();
  self->findings = qc_findings_new ();
  self->attachments = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_store_attachment_free);
  self->next_attachment = 1;
  self->changes = qc_store_changes_new ();
  self->steps = g_array_new (FALSE, FALSE, sizeof (guint));
  self->undone = g_array_new (FALSE, FALSE, sizeof (guint));
}

/* (nullable) (transfer none) */
static QcDraft *
find_under_way (QcSession *session, QcBusiness business, gint64 id)
{
  const GPtrArray *drafts = qc_drafts_under_way (session);
  for (guint i = drafts->len; i > 0; i--) {
    QcDraft *draft = g_ptr_array_index (drafts, i - 1);
    if (draft->business == business && draft->outbox == 0 && (id == 0 || draft->id == id)
        && g_strcmp0 (draft->profile, qc_session_get_profile_id (session)) == 0
        && g_strcmp0 (draft->unit, qc_session_get_unit_account (session)) == 0
        && !qc_draft_has_job (draft, QC_DRAFT_DISCARD))
      return draft;
  }
  return NULL;
}

QcDraft *
qc_draft_new (QcSession *session, QcBusiness business, gint64 id)
{
  g_return_val_if_fail (QC_IS_SESSION (session), NULL);
  QcDraft *under_way = find_under_way (session, business, id);
  if (under_way != NULL)
    return g_object_ref (under_way);
  QcDraft *self = g_object_new (QC_TYPE_DRAFT, NULL);
  self->session = g_object_ref (session);
  self->business = business;
  self->id = id;
  self->profile = g_strdup (qc_session_get_profile_id (session));
  self->unit = g_strdup (qc_session_get_unit_account (session));
  return self;
}
