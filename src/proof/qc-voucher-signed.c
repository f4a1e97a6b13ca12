/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Signing a voucher, carrying it as one line of text, and judging one that comes from outside. Nothing is relied on
 * before the signature fits and the full form gives exactly the compact bytes that were signed. Any thread.
 */
#include "qc-voucher-codec.h"

#include <string.h>
#include "qc-digest.h"

#define MAX_TEXT (4 * QC_FACTS_MAX_SIZE)

void
qc_signed_voucher_free (QcSignedVoucher *self)
{
  if (self == NULL)
    return;
  qc_signed_free (self->compact);
  g_clear_pointer (&self->full, g_bytes_unref);
  g_free (self);
}

void
qc_voucher_check_free (QcVoucherCheck *check)
{
  if (check == NULL)
    return;
  g_free (check->field);
  g_free (check->key_id);
  g_free (check->signer);
  qc_voucher_facts_free (check->facts);
  g_free (check);
}

QcVoucherCenter *
qc_voucher_center_new (const char *name, gboolean practice)
{
  QcVoucherCenter *center = g_new0 (QcVoucherCenter, 1);
  center->name = g_strdup (name);
  center->practice = practice;
  center->keys = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_verify_key_free);
  return center;
}

void
qc_voucher_center_free (QcVoucherCenter *center)
{
  if (center == NULL)
    return;
  g_free (center->name);
  g_ptr_array_unref (center->keys);
  g_free (center);
}

QcSignedVoucher *
qc_voucher_sign (const QcSigningKey *key, const QcVoucherFacts *facts, gint64 time, GError **error)
{
  if (!qc_voucher_facts_check (facts, NULL, error))
    return NULL;
  g_autoptr (QcSignedVoucher) self = g_new0 (QcSignedVoucher, 1);
  g_autoptr (QcFacts) full = qc_voucher_facts_to_full (facts);
  self->full = qc_facts_to_bytes (full);
  g_autoptr (QcFacts) compact = qc_voucher_facts_to_compact (facts, self->full);
  self->compact = qc_sign_facts (key, compact, time, error);
  return self->compact != NULL ? g_steal_pointer (&self) : NULL;
}

char *
qc_signed_voucher_to_qr (const QcSignedVoucher *self)
{
  return qc_signed_to_text (self->compact);
}

char *
qc_signed_voucher_to_text (const QcSignedVoucher *self)
{
  g_autofree char *qr = qc_signed_voucher_to_qr (self);
  if (self->full == NULL)
    return g_steal_pointer (&qr);
  g_autofree char *full = qc_base64url_encode (g_bytes_get_data (self->full, NULL), g_bytes_get_size (self->full));
  return g_strconcat (qr, " ", full, NULL);
}

QcSignedVoucher *
qc_signed_voucher_from_text (const char *text, GError **error)
{
  g_autoptr (QcSignedVoucher) self = g_new0 (QcSignedVoucher, 1);
  if (text == NULL || strlen (text) > MAX_TEXT) {
    g_set_error_literal (error, QC_PROOF_ERROR, QC_PROOF_ERROR_FACTS, "This is no voucher");
    return NULL;
  }
  g_autofree char *copy = g_strstrip (g_strdup (text));
  char *blank = strpbrk (copy, " \t\r\n");
  if (blank != NULL) {
    *blank = '\0';
    self->full = qc_base64url_decode (g_strstrip (blank + 1));
    if (self->full == NULL) {
      g_set_error_literal (error, QC_PROOF_ERROR, QC_PROOF_ERROR_FACTS, "The voucher's full form cannot be read");
      return NULL;
    }
  }
  self->compact = qc_signed_from_text (copy, error);
  return self->compact != NULL ? g_steal_pointer (&self) : NULL;
}

/* ---- verifying ---- */

static gboolean
same_value (const QcFacts *a, const QcFacts *b, const char *name)
{
  const char *text = qc_facts_get_string (a, name);
  if (text != NULL)
    return g_strcmp0 (text, qc_facts_get_string (b, name)) == 0;
  gint64 y = 0;
  gint64 x = 0;
  if (qc_facts_get_int (a, name, &x))
    return qc_facts_get_int (b, name, &y) && x == y;
  gboolean q = FALSE;
  gboolean p = FALSE;
  return qc_facts_get_bool (a, name, &p) && qc_facts_get_bool (b, name, &q) && p == q;
}

/* The first field of the compact form that the full form says otherwise. */
static const char *
first_difference (const QcFacts *compact, const QcFacts *full)
{
  static const char *const order[]
      = {"practice",     "serial", "center", "unit",  "unit_name", "business", "method",  "state", "unit_fen",
         "personal_fen", "fen",    "people", "start", "end",       "arrived",  "reprint", NULL};
  for (gsize i = 0; order[i] != NULL; i++)
    if (!same_value (compact, full, order[i]))
      return order[i];
  return NULL;
}

/* What the digests still tell when no field of the head differs. */
static const char *
field_by_digest (const QcFacts *compact, const QcVoucherFacts *facts, gboolean signature_fits)
{
  g_autofree char *lines = qc_voucher_facts_lines_digest (facts);
  g_autoptr (QcFacts) made = qc_voucher_facts_to_full (facts);
  g_autoptr (GBytes) full = qc_facts_to_bytes (made);
  g_autoptr (QcFacts) again = qc_voucher_facts_to_compact (facts, full);
  if (g_strcmp0 (lines, qc_facts_get_string (compact, "lines")) != 0)
    return "months";
  if (g_strcmp0 (qc_facts_get_string (again, "digest"), qc_facts_get_string (compact, "digest")) != 0)
    return "parties";
  return signature_fits ? NULL : "signature";
}

/* As far as it can be told from what contradicts what. */
static const char *
find_altered_field (const QcFacts *compact, const QcFacts *full, gboolean signature_fits)
{
  if (compact == NULL)
    return NULL;
  g_autoptr (QcVoucherFacts) facts = NULL;
  if (full == NULL) {
    facts = qc_voucher_facts_from (compact, NULL);
    return facts == NULL ? "fen" : "signature";
  }
  const char *field = first_difference (compact, full);
  if (field != NULL)
    return field;
  facts = qc_voucher_facts_from (full, NULL);
  if (facts == NULL)
    return "fen";
  if (!qc_voucher_facts_check (facts, &field, NULL))
    return field;
  return field_by_digest (compact, facts, signature_fits);
}

static void
set_altered (QcVoucherCheck *check, const QcSignedVoucher *voucher, gboolean signature_fits)
{
  g_autoptr (QcFacts) compact = qc_facts_from_bytes (voucher->compact->facts, NULL);
  g_autoptr (QcFacts) full = voucher->full != NULL ? qc_facts_from_bytes (voucher->full, NULL) : NULL;
  const char *field = voucher->full != NULL && full == NULL ? "parties" : NULL;
  if (field == NULL)
    field = find_altered_field (compact, full, signature_fits);
  check->verdict = QC_VERDICT_ALTERED;
  check->field = g_strdup (field != NULL ? field : "signature");
}

/* The facts of a signature that fits, if the full form (where there is one) gives the same compact bytes. */
static QcVoucherFacts *
facts_of (const QcSignedVoucher *voucher, const QcFacts *compact)
{
  if (voucher->full == NULL)
    return qc_voucher_facts_from (compact, NULL);
  g_autoptr (QcFacts) full = qc_facts_from_bytes (voucher->full, NULL);
  g_autoptr (QcVoucherFacts) facts = full != NULL ? qc_voucher_facts_from (full, NULL) : NULL;
  if (facts == NULL || !g_str_equal (qc_facts_get_kind (full), QC_VOUCHER_KIND_FULL)
      || !qc_voucher_facts_check (facts, NULL, NULL))
    return NULL;
  g_autoptr (QcFacts) again = qc_voucher_facts_to_compact (facts, voucher->full);
  g_autoptr (GBytes) bytes = qc_facts_to_bytes (again);
  return g_bytes_equal (bytes, voucher->compact->facts) ? g_steal_pointer (&facts) : NULL;
}

/* What is told where no key vouches: a signature that fits and came too late says more than one that does not fit. */
static QcVerdict
verdict_of_error (const GError *error)
{
  if (g_error_matches (error, QC_PROOF_ERROR, QC_PROOF_ERROR_UNKNOWN))
    return QC_VERDICT_UNKNOWN_KEY;
  if (g_error_matches (error, QC_PROOF_ERROR, QC_PROOF_ERROR_EXPIRED))
    return QC_VERDICT_EXPIRED_KEY;
  return QC_VERDICT_ALTERED;
}

static gboolean
speaks_for (const QcVoucherCenter *center, const QcFacts *compact)
{
  return g_strcmp0 (qc_facts_get_string (compact, "center"), center->name) == 0
         && qc_facts_is_practice (compact) == center->practice;
}

/* The compact facts if a key of the very center they name vouches for them; else check->verdict says why not. */
static QcFacts *
verify_compact (const QcSigned *compact, const GPtrArray *centers, QcVoucherCheck *check)
{
  check->verdict = QC_VERDICT_UNKNOWN_KEY;
  for (guint i = 0; centers != NULL && i < centers->len; i++) {
    const QcVoucherCenter *center = g_ptr_array_index (centers, i);
    g_autoptr (GError) error = NULL;
    g_autoptr (QcFacts) facts = qc_verify_facts (compact, center->keys, &error);
    if (facts != NULL && !g_str_equal (qc_facts_get_kind (facts), QC_VOUCHER_KIND_COMPACT)) {
      check->verdict = QC_VERDICT_UNREADABLE; /* signed, but something else */
      return NULL;
    }
    if (facts != NULL && speaks_for (center, facts)) {
      g_clear_pointer (&check->signer, g_free);
      return g_steal_pointer (&facts);
    }
    if (facts != NULL) {
      check->verdict = QC_VERDICT_WRONG_CENTER;
      g_free (check->signer);
      check->signer = g_strdup (center->name);
    } else if (check->verdict == QC_VERDICT_UNKNOWN_KEY
               || (check->verdict == QC_VERDICT_ALTERED && verdict_of_error (error) == QC_VERDICT_EXPIRED_KEY)) {
      check->verdict = verdict_of_error (error);
    }
  }
  return NULL;
}

QcVoucherCheck *
qc_voucher_verify (const QcSignedVoucher *voucher, const GPtrArray *centers, gint64 latest)
{
  QcVoucherCheck *check = g_new0 (QcVoucherCheck, 1);
  check->key_id = g_strdup (voucher->compact->key_id);
  check->time = voucher->compact->time;
  g_autoptr (QcFacts) compact = verify_compact (voucher->compact, centers, check);
  if (compact == NULL) {
    if (check->verdict == QC_VERDICT_ALTERED)
      set_altered (check, voucher, FALSE);
  } else if (check->time > latest && !qc_facts_is_practice (compact)) {
    check->verdict = QC_VERDICT_FUTURE;
  } else if ((check->facts = facts_of (voucher, compact)) == NULL) {
    set_altered (check, voucher, TRUE);
  } else {
    check->facts->issued = check->time;
    check->complete = voucher->full != NULL;
    check->verdict = check->facts->practice ? QC_VERDICT_PRACTICE : QC_VERDICT_GENUINE;
  }
  return check;
}

const char *
qc_verdict_to_code (QcVerdict verdict)
{
  static const char *const codes[QC_N_VERDICTS]
      = {"genuine", "practice", "altered", "unknown-key", "wrong-center", "expired-key", "future", "unreadable"};
  g_return_val_if_fail ((guint)verdict < QC_N_VERDICTS, NULL);
  return codes[verdict];
}

const char *
qc_voucher_field_to_chinese (const char *field)
{
  static const struct {
    const char *field, *name;
  } names[] = {
      {"practice", "演练标记"},       {"serial", "业务流水号"},
      {"center", "管理中心"},         {"unit", "单位公积金账号"},
      {"unit_name", "单位名称"},      {"business", "业务"},
      {"method", "缴存方式"},         {"state", "业务状态"},
      {"unit_fen", "单位缴存额"},     {"fen", "合计金额"},
      {"personal_fen", "个人缴存额"}, {"people", "缴存人数"},
      {"start", "起始年月"},          {"end", "终止年月"},
      {"arrived", "到账日期"},        {"reprint", "重打次数"},
      {"months", "各月人数与金额"},   {"signature", "签名"},
      {"fen_words", "合计（大写）"},  {"parties", "收付款方或经办人"},
  };
  for (gsize i = 0; field != NULL && i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i].field, field))
      return names[i].name;
  return field;
}
