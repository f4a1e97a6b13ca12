/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-app-error.h. Any thread.
 */
#include "qc-app-error.h"

#include "qc-connection.h"
#include "qc-documents.h"
#include "qc-reading.h"
#include "qc-sheet-error.h"
#include "qc-store.h"
#include "qc-sync-error.h"

G_DEFINE_QUARK (qc - app - error - quark, qc_app_error)

static const char *const app_codes[] = {
    [QC_APP_ERROR_LOCKED] = "app.locked",
    [QC_APP_ERROR_DATA_DIR] = "app.data-dir",
    [QC_APP_ERROR_NO_CENTER] = "app.no-center",
    [QC_APP_ERROR_CENTER_DIED] = "app.center-died",
    [QC_APP_ERROR_NOT_OPEN] = "app.not-open",
    [QC_APP_ERROR_NO_UNIT] = "app.no-unit",
    [QC_APP_ERROR_INCOMPLETE] = "app.incomplete",
    [QC_APP_ERROR_DRAFT] = "app.draft",
    [QC_APP_ERROR_VOUCHER] = "app.voucher",
    [QC_APP_ERROR_NOT_COUNTED] = "app.not-counted",
    [QC_APP_ERROR_PAPER] = "app.paper",
    [QC_APP_ERROR_WAITING] = "keep.waiting",
    [QC_APP_ERROR_BUSY] = "keep.busy",
    [QC_APP_ERROR_NO_BUNDLE] = "bundle.none",
    [QC_APP_ERROR_PASSPHRASE] = "bundle.passphrase",
    [QC_APP_ERROR_TORN] = "bundle.torn",
    [QC_APP_ERROR_NEWER] = "bundle.newer",
};

static const char *const db_codes[] = {
    [QC_DB_ERROR_FAILED] = "db.failed",
    [QC_DB_ERROR_BUSY] = "db.busy",
    [QC_DB_ERROR_CONSTRAINT] = "db.failed",
    [QC_DB_ERROR_FULL] = "db.full",
    [QC_DB_ERROR_CORRUPT] = "db.corrupt",
    [QC_DB_ERROR_NEWER] = "db.newer",
    [QC_DB_ERROR_IO] = "db.io",
    [QC_DB_ERROR_NOT_FOUND] = "db.not-found",
    [QC_DB_ERROR_EXPOSED] = "db.exposed",
};

static const char *const store_codes[] = {
    [QC_STORE_ERROR_LOCKED] = "app.locked",       [QC_STORE_ERROR_STATE] = "store.state",
    [QC_STORE_ERROR_NOT_FOUND] = "db.not-found",  [QC_STORE_ERROR_INVALID] = "db.failed",
    [QC_STORE_ERROR_TAMPERED] = "store.tampered",
};

static const char *const sync_codes[] = {
    [QC_SYNC_ERROR_OFFLINE] = "sync.offline",
    [QC_SYNC_ERROR_TLS] = "sync.tls",
    [QC_SYNC_ERROR_NOT_CENTER] = "sync.not-center",
    [QC_SYNC_ERROR_UNAUTHORIZED] = "sync.unauthorized",
    [QC_SYNC_ERROR_PROBLEM] = "sync.problem",
    [QC_SYNC_ERROR_RETRY_LATER] = "sync.retry-later",
    [QC_SYNC_ERROR_TOO_LARGE] = "sync.bad-answer",
    [QC_SYNC_ERROR_BAD_ANSWER] = "sync.bad-answer",
    [QC_SYNC_ERROR_UNKNOWN_OUTCOME] = "sync.unknown-outcome",
    [QC_SYNC_ERROR_CLOCK] = "sync.clock",
    [QC_SYNC_ERROR_TIMEOUT] = "sync.timeout",
    [QC_SYNC_ERROR_PRACTICE] = "sync.practice",
    [QC_SYNC_ERROR_NO_API] = "sync.no-api",
    [QC_SYNC_ERROR_PROFILE] = "sync.profile",
    [QC_SYNC_ERROR_SIGN_IN] = "sync.sign-in",
    [QC_SYNC_ERROR_CURSOR_EXPIRED] = "sync.bad-answer",
    [QC_SYNC_ERROR_NOT_ALLOWED] = "sync.not-allowed",
};

static const char *const documents_codes[] = {
    [QC_DOCUMENTS_ERROR_NO_FONT] = "documents.no-font",     [QC_DOCUMENTS_ERROR_NO_GLYPH] = "documents.no-glyph",
    [QC_DOCUMENTS_ERROR_UNPROVEN] = "app.voucher",          [QC_DOCUMENTS_ERROR_PDF] = "documents.pdf",
    [QC_DOCUMENTS_ERROR_WRITE] = "documents.write",         [QC_DOCUMENTS_ERROR_NO_SPACE] = "io.no-space",
    [QC_DOCUMENTS_ERROR_TOO_RARE] = "documents.too-rare",   [QC_DOCUMENTS_ERROR_NO_CODE] = "documents.no-code",
    [QC_DOCUMENTS_ERROR_TOO_SMALL] = "documents.too-small",
};

static const char *const reader_codes[] = {
    [QC_READER_ERROR_MISSING] = "reader.missing",
    [QC_READER_ERROR_OPEN] = "reader.open",
    [QC_READER_ERROR_UNREADABLE] = "reader.unreadable",
    [QC_READER_ERROR_TOO_LARGE] = "reader.unreadable",
    [QC_READER_ERROR_LOCKED] = "reader.locked",
    [QC_READER_ERROR_LIMIT] = "reader.gave-up",
    [QC_READER_ERROR_BROKEN] = "reader.gave-up",
    [QC_READER_ERROR_PICTURE_OPEN] = "picture.open",
    [QC_READER_ERROR_PICTURE_KIND] = "picture.kind",
    [QC_READER_ERROR_PICTURE_DAMAGED] = "picture.damaged",
    [QC_READER_ERROR_PICTURE_LARGE] = "picture.large",
    [QC_READER_ERROR_PICTURE_SMALL] = "picture.small",
    [QC_READER_ERROR_PICTURE_GIVEN_UP] = "picture.given-up",
};

static const char *const sheet_codes[] = {
    [QC_SHEET_ERROR_WRITE] = "sheet.write",
    [QC_SHEET_ERROR_NO_SPACE] = "sheet.no-space",
};

/* Where a reason tells more, its name is the reason's: "tls.expired" → "sync.tls.expired". */
static const char *
sync_code (const GError *error)
{
  static const struct {
    const char *reason, *code;
  } reasons[] = {
      {"tls.unknown-ca", "sync.tls.unknown-ca"}, {"tls.expired", "sync.tls.expired"},
      {"tls.wrong-host", "sync.tls.wrong-host"}, {"tls.not-yet", "sync.tls.not-yet"},
      {"tls.revoked", "sync.tls.revoked"},       {"tls.old", "sync.tls.old"},
      {"denied", "sync.sign-in.denied"},         {"legal-person", "sync.sign-in.legal-person"},
      {"timeout", "sync.sign-in.timeout"},       {"not-verified", "sync.sign-in.not-verified"},
      {"no-unit", "sync.sign-in.no-unit"},
  };
  const char *reason = qc_sync_error_get_reason (error);
  for (gsize i = 0; reason && i < G_N_ELEMENTS (reasons); i++)
    if (g_str_equal (reason, reasons[i].reason))
      return reasons[i].code;
  return (gsize)error->code < G_N_ELEMENTS (sync_codes) ? sync_codes[error->code] : "other";
}

static const char *
io_code (const GError *error)
{
  switch (error->code) {
  case G_IO_ERROR_CANCELLED:
    return "cancelled";
  case G_IO_ERROR_NO_SPACE:
    return "io.no-space";
  case G_IO_ERROR_PERMISSION_DENIED:
  case G_IO_ERROR_READ_ONLY:
    return "io.permission";
  case G_IO_ERROR_NOT_FOUND:
    return "io.not-found";
  case G_IO_ERROR_CLOSED:
    return "app.not-open";
  default:
    return "other";
  }
}

const char *
qc_app_error_code (const GError *error)
{
  g_return_val_if_fail (error != NULL, "other");
  if (error->domain == QC_APP_ERROR && (gsize)error->code < G_N_ELEMENTS (app_codes))
    return app_codes[error->code];
  if (error->domain == QC_DB_ERROR && (gsize)error->code < G_N_ELEMENTS (db_codes))
    return db_codes[error->code];
  if (error->domain == QC_STORE_ERROR && (gsize)error->code < G_N_ELEMENTS (store_codes))
    return store_codes[error->code];
  if (error->domain == QC_DOCUMENTS_ERROR && (gsize)error->code < G_N_ELEMENTS (documents_codes))
    return documents_codes[error->code];
  if (error->domain == QC_READER_ERROR && (gsize)error->code < G_N_ELEMENTS (reader_codes))
    return reader_codes[error->code];
  if (error->domain == QC_SHEET_ERROR && (gsize)error->code < G_N_ELEMENTS (sheet_codes)
      && sheet_codes[error->code] != NULL)
    return sheet_codes[error->code];
  if (error->domain == QC_SYNC_ERROR)
    return sync_code (error);
  if (error->domain == G_IO_ERROR)
    return io_code (error);
  return "other";
}

GPtrArray *
qc_app_error_dup_findings (const GError *error)
{
  const QcProblem *problem = error ? qc_sync_error_get_problem (error) : NULL;
  return problem ? qc_problem_dup_findings (problem) : NULL;
}

const char *
qc_app_error_get_problem_code (const GError *error)
{
  const QcProblem *problem = error ? qc_sync_error_get_problem (error) : NULL;
  return problem ? problem->code : NULL;
}

guint
qc_app_error_get_retry_after (const GError *error)
{
  return error && error->domain == QC_SYNC_ERROR ? qc_sync_error_get_retry_after (error) : 0;
}
