/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Pages of feeds: rows are written straight into the page, and read from a tree of one page. Any thread.
 */
#include "qc-wire-page.h"

#define MAX_KEY 128

static const char *const feed_codes[QC_N_WIRE_FEEDS] = {
    [QC_WIRE_FEED_UNIT] = "unit",           [QC_WIRE_FEED_RATIOS] = "ratios",
    [QC_WIRE_FEED_POLICY] = "policy",       [QC_WIRE_FEED_CODES] = "codes",
    [QC_WIRE_FEED_PEOPLE] = "people",       [QC_WIRE_FEED_BASES] = "bases",
    [QC_WIRE_FEED_PAID] = "paid",           [QC_WIRE_FEED_APPLICATIONS] = "applications",
    [QC_WIRE_FEED_MOVEMENTS] = "movements",
};

const char *
qc_wire_feed_to_code (QcWireFeed feed)
{
  g_return_val_if_fail ((guint)feed < QC_N_WIRE_FEEDS, feed_codes[0]);
  return feed_codes[feed];
}

gboolean
qc_wire_feed_from_code (const char *code, QcWireFeed *out)
{
  for (guint i = 0; i < QC_N_WIRE_FEEDS; i++) {
    if (g_strcmp0 (code, feed_codes[i]) != 0)
      continue;
    *out = (QcWireFeed)i;
    return TRUE;
  }
  return FALSE;
}

/* ---- writing ---- */

void
qc_wire_page_begin (QcJsonWriter *writer, QcWireFeed feed)
{
  qc_json_writer_begin_object (writer);
  qc_json_writer_add_string (writer, "feed", qc_wire_feed_to_code (feed));
  qc_json_writer_name (writer, "rows");
  qc_json_writer_begin_array (writer);
}

static void
begin_row (QcJsonWriter *writer, const char *key)
{
  qc_json_writer_begin_object (writer);
  qc_json_writer_add_string (writer, "key", key);
}

void
qc_wire_page_add_deleted (QcJsonWriter *writer, const char *key)
{
  begin_row (writer, key);
  qc_json_writer_add_bool (writer, "deleted", TRUE);
  qc_json_writer_end_object (writer);
}

void
qc_wire_page_add_unit (QcJsonWriter *writer, const char *key, const QcUnit *unit)
{
  begin_row (writer, key);
  qc_wire_write_unit_members (writer, unit);
  qc_json_writer_end_object (writer);
}

void
qc_wire_page_add_ratios (QcJsonWriter *writer, const char *key, const QcRatios *ratios)
{
  begin_row (writer, key);
  qc_wire_write_ratios_members (writer, ratios);
  qc_json_writer_end_object (writer);
}

void
qc_wire_page_add_policy (QcJsonWriter *writer, const char *key, const QcPolicy *policy)
{
  begin_row (writer, key);
  qc_wire_write_policy_members (writer, policy);
  qc_json_writer_end_object (writer);
}

void
qc_wire_page_add_code (QcJsonWriter *writer, const char *key, const QcCode *code)
{
  begin_row (writer, key);
  qc_wire_write_code_members (writer, code);
  qc_json_writer_end_object (writer);
}

void
qc_wire_page_add_person (QcJsonWriter *writer, const char *key, const QcEmployee *employee)
{
  begin_row (writer, key);
  qc_wire_write_person_members (writer, employee);
  qc_json_writer_end_object (writer);
}

void
qc_wire_page_add_base (QcJsonWriter *writer, const char *key, const char *person, const QcBaseChange *change,
                       gint64 time)
{
  begin_row (writer, key);
  qc_wire_write_base_members (writer, person, change, time);
  qc_json_writer_end_object (writer);
}

void
qc_wire_page_add_paid (QcJsonWriter *writer, const char *key, const char *person, const QcPaidSpan *span,
                       const char *application)
{
  begin_row (writer, key);
  qc_wire_write_paid_members (writer, person, span, application);
  qc_json_writer_end_object (writer);
}

void
qc_wire_page_add_application (QcJsonWriter *writer, const char *key, const QcApplication *application)
{
  begin_row (writer, key);
  qc_wire_write_application_members (writer, application);
  qc_json_writer_end_object (writer);
}

void
qc_wire_page_add_movement (QcJsonWriter *writer, const char *key, const QcMovement *movement)
{
  begin_row (writer, key);
  qc_wire_write_movement_members (writer, movement);
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

void
qc_wire_row_clear (QcWireRow *row)
{
  g_clear_pointer (&row->key, g_free);
  if (row->deleted)
    return;
  switch (row->feed) {
  case QC_WIRE_FEED_UNIT:
    g_clear_pointer (&row->u.unit, qc_unit_free);
    break;
  case QC_WIRE_FEED_RATIOS:
  case QC_WIRE_FEED_POLICY:
    break;
  case QC_WIRE_FEED_CODES:
    g_clear_pointer (&row->u.code, qc_code_free);
    break;
  case QC_WIRE_FEED_PEOPLE:
    g_clear_pointer (&row->u.employee, qc_employee_free);
    break;
  case QC_WIRE_FEED_BASES:
    qc_wire_base_clear (&row->u.base);
    break;
  case QC_WIRE_FEED_PAID:
    qc_wire_paid_clear (&row->u.paid);
    break;
  case QC_WIRE_FEED_APPLICATIONS:
    g_clear_pointer (&row->u.application, qc_application_free);
    break;
  case QC_WIRE_FEED_MOVEMENTS:
    g_clear_pointer (&row->u.movement, qc_movement_free);
    break;
  }
}

static void
read_content (const QcWireObject *object, QcWireRow *row)
{
  switch (row->feed) {
  case QC_WIRE_FEED_UNIT:
    row->u.unit = qc_wire_read_unit (object);
    break;
  case QC_WIRE_FEED_RATIOS:
    row->u.ratios = qc_wire_read_ratios (object);
    break;
  case QC_WIRE_FEED_POLICY:
    row->u.policy = qc_wire_read_policy (object);
    break;
  case QC_WIRE_FEED_CODES:
    row->u.code = qc_wire_read_code (object);
    break;
  case QC_WIRE_FEED_PEOPLE:
    row->u.employee = qc_wire_read_person (object);
    break;
  case QC_WIRE_FEED_BASES:
    row->u.base = qc_wire_read_base (object);
    break;
  case QC_WIRE_FEED_PAID:
    row->u.paid = qc_wire_read_paid (object);
    break;
  case QC_WIRE_FEED_APPLICATIONS:
    row->u.application = qc_wire_read_application (object);
    break;
  case QC_WIRE_FEED_MOVEMENTS:
    row->u.movement = qc_wire_read_movement (object);
    break;
  }
}

static QcWireRow
read_row (const QcWireObject *object, QcWireFeed feed)
{
  QcWireRow row = {.feed = feed};
  row.key = qc_wire_string (object, "key", MAX_KEY);
  if (row.key[0] == '\0')
    qc_wire_fault (object, "key", "empty");
  row.deleted = qc_wire_opt_bool (object, "deleted", FALSE);
  if (!row.deleted)
    read_content (object, &row);
  return row;
}

static QcWirePage *
read_page (const QcWireObject *root, QcWireFeed feed)
{
  QcWirePage *page = g_new0 (QcWirePage, 1);
  QcWireArray array;
  QcWireObject child;
  guint n;

  page->feed = feed;
  page->rows = g_array_new (FALSE, TRUE, sizeof (QcWireRow));
  g_array_set_clear_func (page->rows, (GDestroyNotify)qc_wire_row_clear);
  if (!g_str_equal (qc_wire_code (root, "feed"), qc_wire_feed_to_code (feed)))
    qc_wire_fault (root, "feed", "not the feed that was asked for");
  n = qc_wire_array (root, "rows", QC_WIRE_MAX_ROWS, &array);
  for (guint i = 0; i < n && qc_wire_array_object (&array, i, &child); i++) {
    QcWireRow row = read_row (&child, feed);
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
qc_wire_decode_page (GBytes *bytes, QcWireFeed feed, GError **error)
{
  QcWireReader reader;
  QcWireObject root;
  g_autoptr (QcWirePage) page = NULL;

  if (!qc_wire_reader_open (&reader, bytes, &qc_gate_answer, &root, error))
    return NULL;
  page = read_page (&root, feed);
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
