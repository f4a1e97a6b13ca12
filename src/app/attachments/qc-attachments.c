/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Slots: what is asked for × the application or the lines, and the draft's pictures in them. Made anew when either
 * changes, once for as many changes as come together; a slot that stays is the same object. Main context.
 */
#include "qc-attachments-private.h"

#include "qc-rules-attachments.h"
#include "qc-session-private.h"
#include "qc-store-attachments.h"

/* ---- a slot ---- */

struct _QcAttachmentSlot {
  GObject parent_instance;
  char *kind, *label; /* (owned) */
  char *person;       /* (owned) (nullable) */
  gint64 line;
  guint least, most;
  GPtrArray *pictures; /* (owned) QcAttachmentPicture */
};

G_DEFINE_FINAL_TYPE (QcAttachmentSlot, qc_attachment_slot, G_TYPE_OBJECT)

static guint slot_changed;

static void
picture_free (QcAttachmentPicture *picture)
{
  g_free (picture->name);
  g_free (picture->path);
  g_free (picture);
}

static void
qc_attachment_slot_finalize (GObject *object)
{
  QcAttachmentSlot *self = QC_ATTACHMENT_SLOT (object);
  g_free (self->kind);
  g_free (self->label);
  g_free (self->person);
  g_ptr_array_unref (self->pictures);
  G_OBJECT_CLASS (qc_attachment_slot_parent_class)->finalize (object);
}

static void
qc_attachment_slot_class_init (QcAttachmentSlotClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = qc_attachment_slot_finalize;
  slot_changed
      = g_signal_new ("changed", QC_TYPE_ATTACHMENT_SLOT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
qc_attachment_slot_init (QcAttachmentSlot *self)
{
  self->pictures = g_ptr_array_new_with_free_func ((GDestroyNotify)picture_free);
}

const char *
qc_attachment_slot_get_kind (QcAttachmentSlot *self)
{
  g_return_val_if_fail (QC_IS_ATTACHMENT_SLOT (self), NULL);
  return self->kind;
}

const char *
qc_attachment_slot_get_label (QcAttachmentSlot *self)
{
  g_return_val_if_fail (QC_IS_ATTACHMENT_SLOT (self), NULL);
  return self->label;
}

gint64
qc_attachment_slot_get_line (QcAttachmentSlot *self)
{
  g_return_val_if_fail (QC_IS_ATTACHMENT_SLOT (self), 0);
  return self->line;
}

const char *
qc_attachment_slot_get_person (QcAttachmentSlot *self)
{
  g_return_val_if_fail (QC_IS_ATTACHMENT_SLOT (self), NULL);
  return self->person;
}

guint
qc_attachment_slot_get_least (QcAttachmentSlot *self)
{
  g_return_val_if_fail (QC_IS_ATTACHMENT_SLOT (self), 0);
  return self->least;
}

guint
qc_attachment_slot_get_most (QcAttachmentSlot *self)
{
  g_return_val_if_fail (QC_IS_ATTACHMENT_SLOT (self), 0);
  return self->most;
}

const GPtrArray *
qc_attachment_slot_get_pictures (QcAttachmentSlot *self)
{
  g_return_val_if_fail (QC_IS_ATTACHMENT_SLOT (self), NULL);
  return self->pictures;
}

gboolean
qc_attachment_slot_is_lacking (QcAttachmentSlot *self)
{
  g_return_val_if_fail (QC_IS_ATTACHMENT_SLOT (self), FALSE);
  return self->pictures->len < self->least;
}

gboolean
qc_attachment_slot_is_outdated (QcAttachmentSlot *self)
{
  g_return_val_if_fail (QC_IS_ATTACHMENT_SLOT (self), FALSE);
  for (guint i = 0; i < self->pictures->len; i++)
    if (((const QcAttachmentPicture *)g_ptr_array_index (self->pictures, i))->outdated)
      return TRUE;
  return FALSE;
}

gboolean
qc_attachment_slot_is_doubtful (QcAttachmentSlot *self)
{
  g_return_val_if_fail (QC_IS_ATTACHMENT_SLOT (self), FALSE);
  for (guint i = 0; i < self->pictures->len; i++)
    if (((const QcAttachmentPicture *)g_ptr_array_index (self->pictures, i))->look != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
same_pictures (const GPtrArray *a, const GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++) {
    const QcAttachmentPicture *x = g_ptr_array_index (a, i), *y = g_ptr_array_index (b, i);
    if (x->id != y->id || x->outdated != y->outdated || x->look != y->look || !g_str_equal (x->name, y->name))
      return FALSE;
  }
  return TRUE;
}

/* ---- the list ---- */

enum { PROP_0, PROP_BUSY, N_PROPS };
static GParamSpec *props[N_PROPS];
static guint updated;

static GType
get_item_type (GListModel *model)
{
  return QC_TYPE_ATTACHMENT_SLOT;
}

static guint
get_n_items (GListModel *model)
{
  return QC_ATTACHMENTS (model)->slots->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  const GPtrArray *slots = QC_ATTACHMENTS (model)->slots;
  return position < slots->len ? g_object_ref (g_ptr_array_index (slots, position)) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (QcAttachments, qc_attachments, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static char *
dup_key (const char *kind, gint64 line)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT " %s", line, kind);
}

const QcCode *
qc_attachments_find_code (QcAttachments *self, const char *kind)
{
  const QcRosterFacts *facts = qc_roster_service_get_facts (self->service);
  g_autofree char *list = qc_attachment_dup_list (qc_draft_get_business (self->draft));
  return facts != NULL ? qc_codes_find (facts->codes, list, kind) : NULL;
}

/* The slot of @code for @line (nullable), as it is now: the one that there was, if there was one. @known: those. */
static void
add_slot (QcAttachments *self, GHashTable *known, const QcCode *code, const QcRosterLine *line)
{
  g_autofree char *key = dup_key (code->code, line != NULL ? line->id : 0);
  QcAttachmentSlot *slot = g_hash_table_lookup (known, key);
  if (slot != NULL) {
    g_object_ref (slot);
  } else {
    slot = g_object_new (QC_TYPE_ATTACHMENT_SLOT, NULL);
    slot->kind = g_strdup (code->code);
    slot->line = line != NULL ? line->id : 0;
  }
  if (g_strcmp0 (slot->label, code->label) != 0) {
    g_free (slot->label);
    slot->label = g_strdup (code->label);
  }
  slot->least = (guint)code->at_least;
  slot->most = (guint)code->at_most;
  g_ptr_array_add (self->slots, slot);
  g_hash_table_insert (self->by_key, g_steal_pointer (&key), slot);
}

static void
make_slots (QcAttachments *self, GHashTable *known)
{
  const QcRosterFacts *facts = qc_roster_service_get_facts (self->service);
  const GPtrArray *lines = qc_draft_get_roster (self->draft)->lines;
  if (facts == NULL)
    return;
  g_autoptr (GPtrArray) asked = qc_rules_attachments_asked (qc_draft_get_business (self->draft), facts->codes);
  for (guint i = 0; i < asked->len; i++)
    if (!((const QcCode *)g_ptr_array_index (asked, i))->of_line)
      add_slot (self, known, g_ptr_array_index (asked, i), NULL);
  for (guint l = 0; l < lines->len; l++)
    for (guint i = 0; i < asked->len; i++)
      if (((const QcCode *)g_ptr_array_index (asked, i))->of_line)
        add_slot (self, known, g_ptr_array_index (asked, i), g_ptr_array_index (lines, l));
}

/* slot → its pictures now. (transfer full) */
static GHashTable *
place_pictures (QcAttachments *self)
{
  const GPtrArray *attachments = qc_draft_get_attachments (self->draft);
  const QcRoster *roster = qc_draft_get_roster (self->draft);
  GHashTable *pictures = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)g_ptr_array_unref);
  g_autofree char *code = NULL;
  for (guint i = 0; i < attachments->len; i++) {
    const QcStoreAttachment *stored = g_ptr_array_index (attachments, i);
    const QcAttachment *value = stored->value;
    QcAttachmentSlot *slot = qc_attachments_find (self, value->kind, value->line);
    if (slot == NULL)
      continue;
    GPtrArray *of_slot = g_hash_table_lookup (pictures, slot);
    if (of_slot == NULL) {
      of_slot = g_ptr_array_new_with_free_func ((GDestroyNotify)picture_free);
      g_hash_table_insert (pictures, slot, of_slot);
    }
    if (value->lines != NULL && code == NULL)
      code = qc_roster_dup_check_code (qc_draft_get_business (self->draft), roster);
    const QcRosterLine *line = qc_roster_find (roster, value->line);
    QcAttachmentPicture *picture = g_new0 (QcAttachmentPicture, 1);
    picture->id = stored->id;
    picture->name = qc_rules_attachments_dup_name (value, line, of_slot->len);
    picture->path = qc_store_attachment_path (self->folder, value->digest);
    picture->size = value->size;
    picture->outdated = value->lines != NULL && g_strcmp0 (value->lines, code) != 0;
    picture->look = qc_attachments_get_look (self, value);
    g_ptr_array_add (of_slot, picture);
  }
  return pictures;
}

/* TRUE: it is otherwise than it was. Takes @pictures. */
static gboolean
fill_slot (QcAttachments *self, QcAttachmentSlot *slot, GPtrArray *pictures)
{
  const QcRosterLine *line = qc_roster_find (qc_draft_get_roster (self->draft), slot->line);
  const char *person = line != NULL ? line->name : NULL;
  gboolean other = g_strcmp0 (person, slot->person) != 0 || !same_pictures (slot->pictures, pictures);
  if (other) {
    g_free (slot->person);
    slot->person = g_strdup (person);
  }
  g_ptr_array_unref (slot->pictures);
  slot->pictures = pictures;
  return other;
}

static void
fill_slots (QcAttachments *self)
{
  g_autoptr (GHashTable) pictures = place_pictures (self);
  self->n_lacking = 0;
  for (guint i = 0; i < self->slots->len; i++) {
    QcAttachmentSlot *slot = g_ptr_array_index (self->slots, i);
    GPtrArray *now = g_hash_table_lookup (pictures, slot);
    now = now != NULL ? g_ptr_array_ref (now) : g_ptr_array_new_with_free_func ((GDestroyNotify)picture_free);
    if (fill_slot (self, slot, now))
      g_signal_emit (slot, slot_changed, 0);
    self->n_lacking += qc_attachment_slot_is_lacking (slot);
  }
}

/* Only what lies between the first and the last one that are others is told. */
static void
tell_items (QcAttachments *self, const GPtrArray *before)
{
  const GPtrArray *now = self->slots;
  guint same = 0;
  while (same < before->len && same < now->len && g_ptr_array_index (before, same) == g_ptr_array_index (now, same))
    same++;
  guint tail = 0;
  while (tail < before->len - same && tail < now->len - same
         && g_ptr_array_index (before, before->len - 1 - tail) == g_ptr_array_index (now, now->len - 1 - tail))
    tail++;
  if (before->len - same - tail > 0 || now->len - same - tail > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), same, before->len - same - tail, now->len - same - tail);
}

static gboolean
rebuild_cb (gpointer user_data)
{
  QcAttachments *self = user_data;
  g_autoptr (GPtrArray) before = self->slots;
  g_autoptr (GHashTable) known = self->by_key;
  self->rebuild = 0;
  self->slots = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  make_slots (self, known);
  fill_slots (self);
  tell_items (self, before);
  g_signal_emit (self, updated, 0);
  qc_attachments_find_looks (self);
  return G_SOURCE_REMOVE;
}

void
qc_attachments_changed (QcAttachments *self)
{
  if (self->rebuild == 0)
    self->rebuild = g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, rebuild_cb, self, NULL);
}

QcAttachmentSlot *
qc_attachments_find (QcAttachments *self, const char *kind, gint64 line)
{
  g_return_val_if_fail (QC_IS_ATTACHMENTS (self), NULL);
  g_autofree char *key = dup_key (kind, line);
  return g_hash_table_lookup (self->by_key, key);
}

guint
qc_attachments_get_n_lacking (QcAttachments *self)
{
  g_return_val_if_fail (QC_IS_ATTACHMENTS (self), 0);
  return self->n_lacking;
}

guint
qc_attachments_get_busy (QcAttachments *self)
{
  g_return_val_if_fail (QC_IS_ATTACHMENTS (self), 0);
  return self->busy;
}

void
qc_attachments_set_busy (QcAttachments *self, int by)
{
  self->busy += (guint)by;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_BUSY]);
}

gboolean
qc_attachments_remove (QcAttachments *self, const gint64 *ids, guint n)
{
  g_return_val_if_fail (QC_IS_ATTACHMENTS (self), FALSE);
  return qc_draft_attach (self->draft, qc_attachment_list_new (), ids, n, "detach");
}

/* ---- the object ---- */

static void
qc_attachments_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_BUSY)
    g_value_set_uint (value, QC_ATTACHMENTS (object)->busy);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
qc_attachments_finalize (GObject *object)
{
  QcAttachments *self = QC_ATTACHMENTS (object);
  g_clear_handle_id (&self->rebuild, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  g_hash_table_unref (self->looks);
  g_hash_table_unref (self->by_key);
  g_ptr_array_unref (self->slots);
  qc_picture_desk_free (self->desk);
  g_free (self->folder);
  g_object_unref (self->service);
  G_OBJECT_CLASS (qc_attachments_parent_class)->finalize (object);
}

static void
qc_attachments_class_init (QcAttachmentsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  object_class->get_property = qc_attachments_get_property;
  object_class->finalize = qc_attachments_finalize;
  props[PROP_BUSY] = g_param_spec_uint ("busy", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  updated = g_signal_new ("updated", QC_TYPE_ATTACHMENTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
qc_attachments_init (QcAttachments *self)
{
  self->desk = qc_picture_desk_new ();
  self->slots = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->looks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->cancellable = g_cancellable_new ();
}

QcAttachments *
qc_attachments_new (QcRosterService *service)
{
  g_return_val_if_fail (QC_IS_ROSTER_SERVICE (service), NULL);
  QcAttachments *self = g_object_new (QC_TYPE_ATTACHMENTS, NULL);
  QcSession *session = qc_business_service_get_session (QC_BUSINESS_SERVICE (service));
  self->service = g_object_ref (service);
  self->draft = qc_business_service_get_draft (QC_BUSINESS_SERVICE (service));
  self->folder = g_path_get_dirname (qc_database_get_path (qc_session_get_database (session)));
  g_signal_connect_object (service, "updated", G_CALLBACK (qc_attachments_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->draft, "attachments-changed", G_CALLBACK (qc_attachments_changed), self,
                           G_CONNECT_SWAPPED);
  qc_attachments_changed (self);
  return self;
}
