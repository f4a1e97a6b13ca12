/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Where somebody with an identity document has an account already, before another is opened (开户). Another unit is
 * never named. Plain values, any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  QC_KNOWN_NOBODY,
  QC_KNOWN_HERE,             /* in this unit */
  QC_KNOWN_SEALED_ELSEWHERE, /* 封存 at another unit, which can transfer it */
  QC_KNOWN_NORMAL_ELSEWHERE, /* in use at another unit */
  QC_KNOWN_CLOSED,           /* had one that was closed */
  QC_KNOWN_BEING_OPENED,     /* in an opening that is not finished */
} QcKnownPlace;

typedef struct {
  QcKnownPlace place;
  char *serial; /* (owned) (nullable) BEING_OPENED: of the application, where it is the unit's own */
} QcKnownPerson;

QcKnownPerson *qc_known_person_new (QcKnownPlace place, const char *serial);
void qc_known_person_free (QcKnownPerson *known);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcKnownPerson, qc_known_person_free)
/* What tells one document from another: kind and number. (transfer full) */
char *qc_known_person_dup_key (const char *document_type, const char *document);

G_END_DECLS
