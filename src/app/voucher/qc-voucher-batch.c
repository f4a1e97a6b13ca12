/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Centers one trusts, proving a voucher by them, and the vouchers that were prepared together. See the private header.
 */
#include "qc-voucher-service-private.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "qc-store-keys.h"

/* ---- keys ---- */

QcVoucherKeys *
qc_voucher_keys_new (void)
{
  QcVoucherKeys *keys = g_new0 (QcVoucherKeys, 1);
  g_atomic_ref_count_init (&keys->refs);
  keys->centers = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_voucher_center_free);
  return keys;
}

QcVoucherKeys *
qc_voucher_keys_ref (QcVoucherKeys *keys)
{
  g_atomic_ref_count_inc (&keys->refs);
  return keys;
}

void
qc_voucher_keys_unref (QcVoucherKeys *keys)
{
  if (keys == NULL || !g_atomic_ref_count_dec (&keys->refs))
    return;
  g_ptr_array_unref (keys->centers);
  g_free (keys);
}

/* Once; a key that cannot be read proves nothing and is left out. */
static void
add (GPtrArray *list, const char *id, const char *algorithm, const char *public_key, gint64 from, gint64 until)
{
  QcVerifyKey *key = qc_verify_key_new (id, algorithm, public_key, from, until, NULL);
  for (guint i = 0; key && i < list->len; i++) {
    const QcVerifyKey *known = g_ptr_array_index (list, i);
    if (g_str_equal (known->id, id) && memcmp (known->key, key->key, sizeof key->key) == 0)
      g_clear_pointer (&key, qc_verify_key_free);
  }
  if (key)
    g_ptr_array_add (list, key);
}

/* The keys of @name; two profiles of one center are one center. Borrowed. */
static GPtrArray *
keys_of (QcVoucherKeys *keys, const char *name, gboolean practice)
{
  for (guint i = 0; i < keys->centers->len; i++) {
    QcVoucherCenter *center = g_ptr_array_index (keys->centers, i);
    if (center->practice == practice && g_str_equal (center->name, name))
      return center->keys;
  }
  g_ptr_array_add (keys->centers, qc_voucher_center_new (name, practice));
  return ((QcVoucherCenter *)g_ptr_array_index (keys->centers, keys->centers->len - 1))->keys;
}

void
qc_voucher_keys_add_profile (QcVoucherKeys *keys, QcProfile *profile)
{
  GPtrArray *list = keys_of (keys, qc_profile_get_name (profile), qc_profile_is_practice (profile));
  for (guint i = 0; i < qc_profile_get_n_keys (profile); i++) {
    const QcProfileKey *key = qc_profile_get_key (profile, i);
    add (list, key->id, key->algorithm, key->public_key, key->from, key->until);
  }
}

gboolean
qc_voucher_keys_add_stored (QcVoucherKeys *keys, QcConnection *connection, const char *id, const char *name,
                            gboolean practice, GError **error)
{
  g_autoptr (GPtrArray) stored = qc_store_keys_list (connection, id, error);
  GPtrArray *list = keys_of (keys, name, practice);
  for (guint i = 0; stored && i < stored->len; i++) {
    const QcStoreKey *key = g_ptr_array_index (stored, i);
    add (list, key->id, key->algorithm, key->public_key, key->from, key->until);
  }
  return stored != NULL;
}

QcVoucher *
qc_voucher_prove (const char *text, const char *unit, const char *serial, const QcVoucherKeys *keys, GError **error)
{
  g_autoptr (QcSignedVoucher) read = qc_signed_voucher_from_text (text, NULL);
  g_autoptr (GError) fault = NULL;
  g_autoptr (QcVoucher) voucher = read ? qc_voucher_new (read, keys->centers, &fault) : NULL;
  const QcVoucherFacts *facts = voucher ? qc_voucher_get_facts (voucher) : NULL;
  if (facts && g_str_equal (facts->serial, serial) && g_str_equal (facts->unit, unit))
    return g_steal_pointer (&voucher);
  if (fault)
    g_message ("voucher of %s: %s", serial, fault->message);
  g_set_error (error, QC_APP_ERROR, QC_APP_ERROR_VOUCHER,
               facts ? _ ("The center answered with the voucher of another application than %s.")
                     : _ ("The facts of the voucher of %s bear no valid signature of this center."),
               serial);
  return NULL;
}

/* ---- the batch ---- */

struct _QcVoucherBatch {
  GObject parent_instance;
  QcVoucherKeys *keys;  /* (owned) */
  char *profile, *unit; /* (owned) */
  GPtrArray *entries;   /* (owned) QcVoucherEntry */
  gboolean used;
};

G_DEFINE_FINAL_TYPE (QcVoucherBatch, qc_voucher_batch, G_TYPE_OBJECT)

static void
entry_free (gpointer data)
{
  QcVoucherEntry *entry = data;
  g_free (entry->serial);
  g_free (entry->text);
  g_free (entry);
}

static void
qc_voucher_batch_finalize (GObject *object)
{
  QcVoucherBatch *self = QC_VOUCHER_BATCH (object);
  qc_voucher_keys_unref (self->keys);
  g_free (self->profile);
  g_free (self->unit);
  g_ptr_array_unref (self->entries);
  G_OBJECT_CLASS (qc_voucher_batch_parent_class)->finalize (object);
}

static void
qc_voucher_batch_class_init (QcVoucherBatchClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = qc_voucher_batch_finalize;
}

static void
qc_voucher_batch_init (QcVoucherBatch *self)
{
  self->entries = g_ptr_array_new_with_free_func (entry_free);
}

QcVoucherBatch *
qc_voucher_batch_new (QcVoucherKeys *keys, const char *profile, const char *unit)
{
  QcVoucherBatch *self = g_object_new (QC_TYPE_VOUCHER_BATCH, NULL);
  self->keys = qc_voucher_keys_ref (keys);
  self->profile = g_strdup (profile);
  self->unit = g_strdup (unit);
  return self;
}

void
qc_voucher_batch_add (QcVoucherBatch *self, const QcVoucher *voucher, const char *text, int printed, gboolean offline)
{
  const QcVoucherFacts *facts = qc_voucher_get_facts (voucher);
  QcVoucherEntry *entry = g_new0 (QcVoucherEntry, 1);
  entry->serial = g_strdup (facts->serial);
  entry->text = g_strdup (text);
  entry->issued = facts->issued;
  entry->issue = facts->reprint;
  entry->info = (QcVoucherInfo) {.serial = entry->serial,
                                 .finished = facts->state == QC_STATE_FINISHED,
                                 .practice = facts->practice,
                                 .reprint = facts->reprint + printed,
                                 .offline = offline,
                                 .fen = qc_voucher_facts_fen (facts),
                                 .start = facts->start,
                                 .end = facts->end};
  g_ptr_array_add (self->entries, entry);
}

guint
qc_voucher_batch_get_n (QcVoucherBatch *self)
{
  return self->entries->len;
}

const QcVoucherEntry *
qc_voucher_batch_get_entry (QcVoucherBatch *self, guint i)
{
  g_return_val_if_fail (i < self->entries->len, NULL);
  return g_ptr_array_index (self->entries, i);
}

const QcVoucherInfo *
qc_voucher_batch_get_info (QcVoucherBatch *self, guint i)
{
  return &qc_voucher_batch_get_entry (self, i)->info;
}

const char *
qc_voucher_batch_get_unit (QcVoucherBatch *self)
{
  return self->unit;
}

const char *
qc_voucher_batch_get_profile (QcVoucherBatch *self)
{
  return self->profile;
}

gboolean
qc_voucher_batch_is_used (QcVoucherBatch *self)
{
  return self->used;
}

void
qc_voucher_batch_set_used (QcVoucherBatch *self)
{
  self->used = TRUE;
}

char **
qc_voucher_batch_dup_serials (QcVoucherBatch *self)
{
  GStrvBuilder *builder = g_strv_builder_new ();
  for (guint i = 0; i < self->entries->len; i++)
    g_strv_builder_add (builder, qc_voucher_batch_get_entry (self, i)->serial);
  char **serials = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  return serials;
}

char *
qc_voucher_batch_dup_file_name (QcVoucherBatch *self)
{
  const QcVoucherInfo *first = qc_voucher_batch_get_info (self, 0);
  const char *mark = first->practice ? "-演练" : "";
  if (self->entries->len == 1)
    return g_strdup_printf ("汇补缴凭证-%s%s.pdf", first->serial, mark);
  return g_strdup_printf ("汇补缴凭证-%s-%u份%s.pdf", self->unit, self->entries->len, mark);
}

QcVoucher *
qc_voucher_batch_open (QcVoucherBatch *self, guint i, GError **error)
{
  const QcVoucherEntry *entry = qc_voucher_batch_get_entry (self, i);
  QcVoucher *voucher = qc_voucher_prove (entry->text, self->unit, entry->serial, self->keys, error);
  if (voucher)
    qc_voucher_set_reprint (voucher, entry->info.reprint);
  return voucher;
}
