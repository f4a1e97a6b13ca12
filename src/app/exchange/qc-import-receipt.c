/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-import-receipt.h. Which lines were changed since follows from what the draft tells between the import's step
 * and now; a step that completes the import's own is none. Main context.
 */
#include "qc-import-receipt.h"

#define NAMES_TOLD 20

struct _QcImportReceipt {
  GObject parent_instance;
  QcDraft *draft; /* (owned) */
  guint step;     /* the import's; 0 until it is made */
  gboolean spent; /* what was left of it was taken back: once is all */
  gboolean there; /* it counted when the draft told last */
  gint64 first;
  guint added;
  GPtrArray *was;           /* (owned) QcRosterLine */
  GHashTable *touched;      /* (owned) gint64* set: lines that were changed since */
  GPtrArray *kept, *failed; /* (owned) char* */
};

G_DEFINE_FINAL_TYPE (QcImportReceipt, qc_import_receipt, G_TYPE_OBJECT)
enum { TAKEN_BACK, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
note_step (QcImportReceipt *self)
{
  self->step = qc_draft_get_last_step (self->draft);
  self->there = TRUE;
}

static void
lines_changed_cb (QcDraft *draft, GArray *ids, gboolean structure, QcImportReceipt *self)
{
  if (self->spent)
    return;
  if (self->step == 0) { /* its own lines */
    note_step (self);
    return;
  }
  gboolean there = qc_draft_has_step (draft, self->step);
  if (!there && self->there && ids != NULL) /* else the draft was read anew: submitted, it has no steps */
    g_signal_emit (self, signals[TAKEN_BACK], 0, self->added + self->was->len, 0, 0);
  self->there = there;
  if (qc_draft_get_last_step (draft) == self->step)
    g_hash_table_remove_all (self->touched); /* what was done since is undone */
  else if (there)
    for (guint i = 0; ids != NULL && i < ids->len; i++)
      g_hash_table_add (self->touched, g_memdup2 (&g_array_index (ids, gint64, i), sizeof (gint64)));
}

static void
tell_name (GPtrArray *names, const QcRosterLine *line)
{
  const char *name = line->name != NULL ? line->name : qc_roster_line_identity (line);
  if (names->len < NAMES_TOLD)
    g_ptr_array_add (names, g_strdup (name != NULL ? name : ""));
}

gboolean
qc_import_receipt_can_take_back (QcImportReceipt *self)
{
  g_return_val_if_fail (QC_IS_IMPORT_RECEIPT (self), FALSE);
  return !self->spent && self->there && qc_draft_has_step (self->draft, self->step)
         && qc_draft_get_outbox (self->draft) == 0 && !qc_draft_is_busy (self->draft)
         && !qc_draft_is_unwritten (self->draft);
}

/* The lines that nobody touched, as a step of its own. */
static gboolean
take_back_rest (QcImportReceipt *self)
{
  const QcRoster *roster = qc_draft_get_roster (self->draft);
  g_autoptr (GArray) gone = g_array_new (FALSE, FALSE, sizeof (gint64));
  GPtrArray *back = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_roster_line_free);
  guint kept = 0, failed = 0, removed = 0; /* who was taken off by hand is off */
  for (gint64 id = self->first; id < self->first + self->added; id++) {
    const QcRosterLine *line = qc_roster_find (roster, id);
    if (line == NULL) {
      removed++;
    } else if (g_hash_table_contains (self->touched, &id)) {
      tell_name (self->kept, line);
      kept++;
    } else {
      g_array_append_val (gone, id);
    }
  }
  for (guint i = 0; i < self->was->len; i++) {
    const QcRosterLine *was = g_ptr_array_index (self->was, i);
    const QcRosterLine *line = qc_roster_find (roster, was->id);
    if (line == NULL) {
      tell_name (self->failed, was);
      failed++;
    } else if (g_hash_table_contains (self->touched, &was->id)) {
      tell_name (self->kept, line);
      kept++;
    } else {
      g_ptr_array_add (back, qc_roster_line_copy (was));
    }
  }
  guint taken = gone->len + back->len + removed;
  self->spent = TRUE;
  qc_draft_begin_step (self->draft);
  gboolean done = qc_draft_remove_lines (self->draft, (const gint64 *)gone->data, gone->len, "lines.import-undo")
                  && qc_draft_put_lines (self->draft, g_ptr_array_ref (back), "lines.import-undo");
  qc_draft_end_step (self->draft);
  g_ptr_array_unref (back);
  if (done)
    g_signal_emit (self, signals[TAKEN_BACK], 0, taken, kept, failed);
  return done;
}

gboolean
qc_import_receipt_take_back (QcImportReceipt *self)
{
  g_return_val_if_fail (QC_IS_IMPORT_RECEIPT (self), FALSE);
  if (!qc_import_receipt_can_take_back (self))
    return FALSE;
  if (qc_draft_get_last_step (self->draft) != self->step)
    return take_back_rest (self);
  qc_draft_undo (self->draft);
  return TRUE;
}

const GPtrArray *
qc_import_receipt_get_kept (QcImportReceipt *self)
{
  return self->kept;
}

const GPtrArray *
qc_import_receipt_get_failed (QcImportReceipt *self)
{
  return self->failed;
}

static void
qc_import_receipt_finalize (GObject *object)
{
  QcImportReceipt *self = QC_IMPORT_RECEIPT (object);
  g_object_unref (self->draft);
  g_ptr_array_unref (self->was);
  g_ptr_array_unref (self->kept);
  g_ptr_array_unref (self->failed);
  g_hash_table_unref (self->touched);
  G_OBJECT_CLASS (qc_import_receipt_parent_class)->finalize (object);
}

static void
qc_import_receipt_class_init (QcImportReceiptClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = qc_import_receipt_finalize;
  signals[TAKEN_BACK] = g_signal_new ("taken-back", QC_TYPE_IMPORT_RECEIPT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 3, G_TYPE_UINT, G_TYPE_UINT, G_TYPE_UINT);
}

static void
qc_import_receipt_init (QcImportReceipt *self)
{
  self->touched = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->kept = g_ptr_array_new_with_free_func (g_free);
  self->failed = g_ptr_array_new_with_free_func (g_free);
}

QcImportReceipt *
qc_import_receipt_new (QcDraft *draft, gint64 first, guint added, GPtrArray *was)
{
  QcImportReceipt *self = g_object_new (QC_TYPE_IMPORT_RECEIPT, NULL);
  self->draft = g_object_ref (draft);
  self->first = first;
  self->added = added;
  self->was = was;
  if (!qc_draft_is_busy (draft))
    note_step (self);
  g_signal_connect_object (draft, "lines-changed", G_CALLBACK (lines_changed_cb), self, 0);
  return self;
}
