/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The narrow table of one unit's people in memory, in the order of names, while somebody searches or orders it: a key
 * then costs a third of what SQLite takes for the same walk, and an order that was made once nearly nothing. It is made
 * with the first key or order, and forgotten with the first change that anybody commits. Only for a connection that
 * never writes. Database threads only.
 */
#pragma once

#include "qc-connection.h"
#include "qc-store-people.h"

G_BEGIN_DECLS

typedef struct {
  gint64 person;
  QcMoney base;
  guint32 start;                           /* of its texts, which follow each other */
  guint16 name, pinyin, account, document; /* bytes of each */
  guint8 status;
} QcStorePeopleMemoRow;

typedef struct _QcStorePeopleMemo QcStorePeopleMemo;

/* *@out NULL (which is no error) where the walk is to be left to SQLite: it is not there and shall not be made, or
 * cannot be. Borrowed until the next call. */
gboolean qc_store_people_memo_get (QcConnection *connection, const char *profile, const char *unit, gboolean make,
                                   const QcStorePeopleMemo **out, GError **error);
const QcStorePeopleMemoRow *qc_store_people_memo_rows (const QcStorePeopleMemo *memo, gsize *out_n);
/* The rows' numbers in the order of @sort, ties in the order of names; NULL is the order of names itself. Made when it
 * is first asked for. Borrowed. FALSE: could not be read. */
gboolean qc_store_people_memo_order (QcConnection *connection, const QcStorePeopleMemo *memo, QcStorePeopleSort sort,
                                     const guint32 **out, GError **error);
/* Those who left and are kept for what was paid, in any order; read when first asked for. */
gboolean qc_store_people_memo_gone (QcConnection *connection, const QcStorePeopleMemo *memo,
                                    const QcStorePeopleMemoRow **out, gsize *out_n, GError **error);
/* Name, pinyin, account and document, folded; borrowed. */
void qc_store_people_memo_texts (const QcStorePeopleMemo *memo, const QcStorePeopleMemoRow *row, QcText texts[4]);

G_END_DECLS
