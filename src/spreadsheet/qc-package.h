/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The archive that an .xlsx is (ECMA-376 part 2): parts found by relationship and content type, names compared without
 * case and with \ as /, and every part inflated piece by piece under limits that do not believe what the archive
 * says of its sizes. Any one thread.
 */
#pragma once

#include "qc-sheet-error.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define QC_PACKAGE_MAX_FILE    (64 * 1024 * 1024LL)
#define QC_PACKAGE_MAX_PART    (512 * 1024 * 1024LL) /* inflated */
#define QC_PACKAGE_MAX_ALL     (1024 * 1024 * 1024LL)
#define QC_PACKAGE_MAX_TAG     (G_GINT64_CONSTANT (1) << 20) /* of one tag, with its attributes, or one comment */
#define QC_PACKAGE_MAX_ENTRIES 10000

typedef struct _QcPackage QcPackage;

/* @fd: of a file that is only read; stays the caller's. (transfer full) (nullable) */
QcPackage *qc_package_open (int fd, GError **error);
void qc_package_close (QcPackage *package);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcPackage, qc_package_close)

/* The one form of the name of a part ("xl/workbook.xml"), whichever way @name is written; NULL if there is none.
 * Borrowed. */
const char *qc_package_find (QcPackage *package, const char *name);
/* The part that @part ("" = the package) has a relationship to whose type ends in @type ("/styles"), the first one of
 * several; where @id is not NULL, the one with that id. NULL without an error if there is none. (transfer full)
 * (nullable) */
char *qc_package_dup_related (QcPackage *package, const char *part, const char *type, const char *id, GError **error);
/* The first part whose content type ends in @type ("sheet.main+xml"). (transfer full) (nullable) */
char *qc_package_dup_typed (QcPackage *package, const char *type, GError **error);

/* ---- what a part holds ---- */

/* Called with pieces in order. FALSE with @error set ends it. */
typedef gboolean (*QcPackageTake) (const char *bytes, gsize length, gpointer user_data, GError **error);
gboolean qc_package_read (QcPackage *package, const char *part, QcPackageTake take, gpointer user_data,
                          GCancellable *cancellable, GError **error);

/* An element begins: its name without prefix if it is of the main namespace of the part (that of its root), else with
 * it; @attributes name, value pairs with their prefixes, NULL-ended. */
typedef struct {
  void (*start) (gpointer user_data, const char *name, const char **attributes);
  void (*end) (gpointer user_data, const char *name);
  void (*text) (gpointer user_data, const char *text, int length); /* (nullable) */
} QcPackageHandlers;
/* A part as XML; one with a document type is refused. @failed (nullable): set by a handler to end it early, the error
 * is the handler's. */
gboolean qc_package_parse (QcPackage *package, const char *part, const QcPackageHandlers *handlers, gpointer user_data,
                           GError **failed, GCancellable *cancellable, GError **error);
/* The value of an attribute, whatever its prefix; NULL. borrowed */
const char *qc_package_attribute (const char **attributes, const char *name);

/* How much of the archive's bytes has been read: 0 … 1. */
double qc_package_get_progress (QcPackage *package);

G_END_DECLS
