/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Pages of feeds: rows are written straight into the page, and read from a tree of one page. Any thread.
 */
#include "qc-wire-page.h"

#define MAX_KEY 128

/* ---- writing ---- */

void
qc_wire_page_begin (QcJsonWriter *writer, QcFeed feed)
{
  qc_json_writer_begin_object (writer);
  qc_json_writer_add_string (writer, "feed", qc_feed_to_code (feed));
  qc_json_writer_name (writer, "rows");
  qc_json_writer_begin_array (writer);
}

static void
write_content (QcJsonWriter *writer, const QcFeedRow *row)
{
  switch (row->feed) {
  case QC_FEED_UNIT:
    qc_wire_write_unit_members (writer, row->unit);
    break;
  case QC_FEED_RATIOS:
    qc_wire_write_ratios_members (writer, row->ratios);
    break;
  case QC_FEED_POLICY:
    qc_wire_write_policy_members (writer, row->policy);
    break;
  case QC_FEED_CODES:
    qc_wire_write_code_members (writer, row->code);
    break;
  case QC_FEED_PEOPLE:
    qc_wire_write_person_members (writer, row->employee);
    break;
  case QC_FEED_BASES:
    qc_wire_write_base_members (writer, row);
    break;
  case QC_FEED_PAID:
    qc_wire_write_paid_members (writer, row);
    break;
  case QC_FEED_APPLICATIONS:
    qc_wire_write_application_members (writer, row->application);
    break;
  case QC_FEED_MOVEMENTS:
    qc_wire_write_movement_members (writer, row->movement);
    break;
  }
}

void
qc_wire_page_add (QcJsonWriter *writer, const QcFeedRow *row)
{
  qc_json_writer_begin_object (writer);
  qc_json_writer_add_string (writer, "key", row->key);
  if (row->deleted)
    qc_json_writer_add_bool (writer, "deleted", TRUE);
  if (!row->deleted || row->employee != NULL)
    write_content (writer, row);
  qc_json_writer_end_object (writer);
}

GBytes *
qc_wire_page_end (QcJsonWriter *writer, const char *cursor, gboolean more, gint64 total)
{
  qc_json_writer_end_array (writer);
  qc_json_writer_add_string (writer, "cursor", cursor);
  qc_json_writer_add_bool (writer, "more", more);
  if (total >= 0)
    qc_json_writer_add_int (writer, "total", total);
  qc_json_writer_end_object (writer);
  return qc_json_writer_finish (writer);
}

/* ---- reading ---- */

static void
read_content (const QcWireObject *object, QcFeedRow *row)
{
  QcRatios ratios;
  QcPolicy policy;
  switch (row->feed) {
  case QC_FEED_UNIT:
    row->unit = qc_wire_read_unit (object);
    break;
  case QC_FEED_RATIOS:
    ratios = qc_wire_read_ratios (object);
    row->ratios = g_memdup2 (&ratios, sizeof ratios);
    break;
  case QC_FEED_POLICY:
    policy = qc_wire_read_policy (object);
    row->policy = g_memdup2 (&policy, sizeof policy);
    break;
  case QC_FEED_CODES:
    row->code = qc_wire_read_code (object);
    break;
  case QC_FEED_PEOPLE:
    row->employee = qc_wire_read_person (object);
    break;
  case QC_FEED_BASES:
    qc_wire_read_base (object, row);
    break;
  case QC_FEED_PAID:
    qc_wire_read_paid (object, row);
    break;
  case QC_FEED_APPLICATIONS:
    row->application = qc_wire_read_application (object);
    break;
  case QC_FEED_MOVEMENTS:
    row->movement = qc_wire_read_movement (object);
    break;
  }
}

static QcFeedRow
read_row (const QcWireObject *object, QcFeed feed)
{
  QcFeedRow row = {.feed = feed};
  row.key = qc_wire_string (object, "key", MAX_KEY);
  if (row.key[0] == '\0')
    qc_wire_fault (object, "key", "empty");
  row.deleted = qc_wire_opt_bool (object, "deleted", FALSE);
  /* who is gone may be said all the same */
  if (!row.deleted || (feed == QC_FEED_PEOPLE && qc_wire_has (object, "name")))
    read_content (object, &row);
  return row;
}

static QcWirePage *
read_page (const QcWireObject *root, QcFeed feed)
{
  QcWirePage *page = g_new0 (QcWirePage, 1);
  page->feed = feed;
  page->rows = g_array_new (FALSE, TRUE, sizeof (QcFeedRow));
  g_array_set_clear_func (page->rows, (GDestroyNotify)qc_feed_row_clear);
  if (!g_str_equal (qc_wire_code (root, "feed"), qc_feed_to_code (feed)))
    qc_wire_fault (root, "feed", "not the feed that was asked for");
  QcWireArray array;
  guint n = qc_wire_array (root, "rows", QC_WIRE_MAX_ROWS, &array);
  QcWireObject child;
  for (guint i = 0; i < n && qc_wire_array_object (&array, i, &child); i++) {
    QcFeedRow row = read_row (&child, feed);
    g_array_append_val (page->rows, row);
  }
  page->cursor = qc_wire_string (root, "cursor", QC_WIRE_MAX_CURSOR);
  if (page->cursor[0] == '\0')
    qc_wire_fault (root, "cursor", "empty");
  page->more = qc_wire_bool (root, "more");
  page->total = qc_wire_opt_int (root, "total", 0, 1000 * 1000 * 1000, -1);
  return page;
}

QcWirePage *
qc_wire_decode_page (GBytes *bytes, QcFeed feed, GError **error)
{
  QcWireReader reader;
  QcWireObject root;
  if (!qc_wire_reader_open (&reader, bytes, &qc_gate_answer, &root, error))
    return NULL;
  g_autoptr (QcWirePage) page = read_page (&root, feed);
  return qc_wire_reader_close (&reader, error) ? g_steal_pointer (&page) : NULL;
}

void
qc_wire_page_free (QcWirePage *page)
{
  if (page == NULL)
    return;
  g_array_unref (page->rows);
  g_free (page->cursor);
  g_free (page);
}
