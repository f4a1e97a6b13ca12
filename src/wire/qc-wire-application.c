/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Applications and movements: codecs. Any thread.
 */
#include "qc-wire-application.h"

#define MAX_SERIAL 32 /* characters */

/* ---- writing ---- */

static void
write_month_line (QcJsonWriter *writer, const QcMonthLine *line)
{
  qc_json_writer_begin_object (writer);
  qc_json_writer_add_int (writer, "month", line->month);
  qc_json_writer_add_int (writer, "previous_people", line->previous_people);
  qc_json_writer_add_int (writer, "added_people", line->added_people);
  qc_json_writer_add_int (writer, "removed_people", line->removed_people);
  qc_json_writer_add_int (writer, "people", line->people);
  qc_json_writer_add_int (writer, "previous_fen", line->previous_fen);
  qc_json_writer_add_int (writer, "added_fen", line->added_fen);
  qc_json_writer_add_int (writer, "removed_fen", line->removed_fen);
  qc_json_writer_add_int (writer, "unit_fen", line->unit_fen);
  qc_json_writer_add_int (writer, "personal_fen", line->personal_fen);
  qc_json_writer_end_object (writer);
}

static void
write_timeline_entry (QcJsonWriter *writer, const QcTimelineEntry *entry)
{
  qc_json_writer_begin_object (writer);
  qc_json_writer_add_int (writer, "time", entry->time);
  qc_json_writer_add_text (writer, "actor", QC_TEXT_PERSON_NAME, entry->actor);
  qc_json_writer_add_string (writer, "event", entry->event);
  qc_json_writer_opt_text (writer, "text", QC_TEXT_REMARK, entry->text);
  if (entry->fen != 0)
    qc_json_writer_add_int (writer, "fen", entry->fen);
  qc_json_writer_end_object (writer);
}

static void
write_lists (QcJsonWriter *writer, const QcApplication *application)
{
  qc_json_writer_name (writer, "months");
  qc_json_writer_begin_array (writer);
  for (guint i = 0; application->months != NULL && i < application->months->len; i++)
    write_month_line (writer, &g_array_index (application->months, QcMonthLine, i));
  qc_json_writer_end_array (writer);
  qc_json_writer_name (writer, "timeline");
  qc_json_writer_begin_array (writer);
  guint n_events = application->timeline != NULL ? application->timeline->len : 0;
  guint first = n_events > QC_WIRE_MAX_TIMELINE ? n_events - QC_WIRE_MAX_TIMELINE : 0; /* the latest count */
  for (guint i = first; i < n_events; i++)
    write_timeline_entry (writer, g_ptr_array_index (application->timeline, i));
  qc_json_writer_end_array (writer);
}

void
qc_wire_write_application_members (QcJsonWriter *writer, const QcApplication *application)
{
  qc_json_writer_add_string (writer, "serial", application->serial);
  qc_json_writer_opt_string (writer, "idempotency_key", application->key);
  qc_json_writer_add_string (writer, "business", qc_business_info (application->business)->code);
  qc_json_writer_add_string (writer, "state", qc_state_to_code (application->state));
  qc_json_writer_add_string (writer, "draw", qc_draw_to_code (application->draw));
  qc_json_writer_add_int (writer, "draw_number", application->draw_number);
  qc_json_writer_opt_text (writer, "draw_reason", QC_TEXT_REMARK, application->draw_reason);
  qc_json_writer_opt_text (writer, "return_reason", QC_TEXT_REMARK, application->return_reason);
  qc_json_writer_add_string (writer, "method", qc_method_to_code (application->method));
  qc_json_writer_add_int (writer, "start", application->start);
  qc_json_writer_add_int (writer, "end", application->end);
  qc_json_writer_add_int (writer, "effective", application->effective);
  qc_json_writer_add_int (writer, "people", application->people);
  qc_json_writer_add_int (writer, "fen", application->fen);
  qc_json_writer_add_int (writer, "arrived", application->arrived);
  qc_json_writer_add_int (writer, "created", application->created);
  qc_json_writer_add_int (writer, "finished", application->finished);
  if (application->received != 0)
    qc_json_writer_add_int (writer, "received", application->received);
  if (application->processed != 0)
    qc_json_writer_add_int (writer, "processed", application->processed);
  qc_json_writer_opt_string (writer, "replaces", application->replaces);
  qc_json_writer_opt_string (writer, "replaced_by", application->replaced_by);
  qc_json_writer_opt_text (writer, "entered_by", QC_TEXT_PERSON_NAME, application->entered_by);
  qc_json_writer_opt_text (writer, "reviewed_by", QC_TEXT_PERSON_NAME, application->reviewed_by);
  qc_json_writer_opt_text (writer, "cashier", QC_TEXT_PERSON_NAME, application->cashier);
  write_lists (writer, application);
  qc_json_writer_add_int (writer, "revision", application->revision);
}

void
qc_wire_write_application (QcJsonWriter *writer, const QcApplication *application)
{
  qc_json_writer_begin_object (writer);
  qc_wire_write_application_members (writer, application);
  qc_json_writer_end_object (writer);
}

/* ---- reading ---- */

static QcMonthLine
read_month_line (const QcWireObject *object)
{
  QcMonthLine line = {
      .month = qc_wire_month (object, "month"),
      .previous_people = qc_wire_count (object, "previous_people"),
      .added_people = qc_wire_count (object, "added_people"),
      .removed_people = qc_wire_count (object, "removed_people"),
      .people = qc_wire_count (object, "people"),
      .previous_fen = qc_wire_money (object, "previous_fen"),
      .added_fen = qc_wire_money (object, "added_fen"),
      .removed_fen = qc_wire_money (object, "removed_fen"),
      .unit_fen = qc_wire_money (object, "unit_fen"),
      .personal_fen = qc_wire_money (object, "personal_fen"),
  };
  return line;
}

static QcTimelineEntry *
read_timeline_entry (const QcWireObject *object)
{
  QcTimelineEntry *entry = g_new0 (QcTimelineEntry, 1);
  entry->time = qc_wire_time (object, "time");
  entry->actor = qc_wire_text (object, "actor", QC_TEXT_PERSON_NAME);
  entry->event = g_strdup (qc_wire_code (object, "event"));
  entry->text = qc_wire_opt_text (object, "text", QC_TEXT_REMARK);
  entry->fen = qc_wire_opt_int (object, "fen", -QC_MONEY_MAX, QC_MONEY_MAX, 0);
  return entry;
}

static void
read_lists (const QcWireObject *object, QcApplication *application)
{
  QcWireArray array;
  QcWireObject child;
  guint n = qc_wire_array (object, "months", QC_WIRE_MAX_MONTHS, &array);
  for (guint i = 0; i < n && qc_wire_array_object (&array, i, &child); i++) {
    QcMonthLine line = read_month_line (&child);
    g_array_append_val (application->months, line);
  }
  n = qc_wire_array (object, "timeline", QC_WIRE_MAX_TIMELINE, &array);
  for (guint i = 0; i < n && qc_wire_array_object (&array, i, &child); i++)
    g_ptr_array_add (application->timeline, read_timeline_entry (&child));
}

/* What this version does not know is kept as that: a newer center must not stop an older client's sync. */
static void
read_codes (const QcWireObject *object, QcApplication *application)
{
  if (!qc_business_from_code (qc_wire_code (object, "business"), &application->business))
    application->business = QC_BUSINESS_OTHER;
  if (!qc_state_from_code (qc_wire_code (object, "state"), &application->state))
    application->state = QC_STATE_OTHER;
  if (!qc_draw_from_code (qc_wire_code (object, "draw"), &application->draw))
    application->draw = QC_DRAW_OTHER;
  if (!qc_method_from_code (qc_wire_code (object, "method"), &application->method))
    application->method = QC_METHOD_OTHER;
}

QcApplication *
qc_wire_read_application (const QcWireObject *object)
{
  QcApplication *application = qc_application_new ();
  application->serial = g_strdup (qc_wire_code (object, "serial"));
  application->key = qc_wire_opt_string (object, "idempotency_key", 64);
  read_codes (object, application);
  application->draw_number = (int)qc_wire_int (object, "draw_number", 0, 1000000);
  application->draw_reason = qc_wire_opt_text (object, "draw_reason", QC_TEXT_REMARK);
  application->return_reason = qc_wire_opt_text (object, "return_reason", QC_TEXT_REMARK);
  application->start = qc_wire_month_or_none (object, "start");
  application->end = qc_wire_month_or_none (object, "end");
  application->effective = qc_wire_month_or_none (object, "effective");
  application->people = qc_wire_count (object, "people");
  application->fen = qc_wire_money (object, "fen");
  application->arrived = qc_wire_money (object, "arrived");
  application->created = qc_wire_time (object, "created");
  application->finished = qc_wire_time (object, "finished");
  application->received = qc_wire_opt_int (object, "received", 0, G_MAXINT64, 0);
  application->processed = qc_wire_opt_int (object, "processed", 0, G_MAXINT64, 0);
  application->replaces = qc_wire_opt_string (object, "replaces", MAX_SERIAL);
  application->replaced_by = qc_wire_opt_string (object, "replaced_by", MAX_SERIAL);
  application->entered_by = qc_wire_opt_text (object, "entered_by", QC_TEXT_PERSON_NAME);
  application->reviewed_by = qc_wire_opt_text (object, "reviewed_by", QC_TEXT_PERSON_NAME);
  application->cashier = qc_wire_opt_text (object, "cashier", QC_TEXT_PERSON_NAME);
  read_lists (object, application);
  application->revision = qc_wire_revision (object, "revision");
  return application;
}

/* ---- movements ---- */

void
qc_wire_write_movement_members (QcJsonWriter *writer, const QcMovement *movement)
{
  qc_json_writer_add_int (writer, "time", movement->time);
  qc_json_writer_add_string (writer, "kind", movement->kind);
  qc_json_writer_add_int (writer, "fen", movement->fen);
  qc_json_writer_opt_string (writer, "application", movement->serial);
  qc_json_writer_add_int (writer, "balance_after", movement->balance_after);
  qc_json_writer_opt_text (writer, "text", QC_TEXT_REMARK, movement->text);
}

QcMovement *
qc_wire_read_movement (const QcWireObject *object)
{
  QcMovement *movement = qc_movement_new ();
  movement->key = qc_wire_string (object, "key", 128);
  movement->time = qc_wire_time (object, "time");
  movement->kind = g_strdup (qc_wire_code (object, "kind"));
  movement->fen = qc_wire_money (object, "fen");
  movement->serial = qc_wire_opt_string (object, "application", MAX_SERIAL);
  movement->balance_after = qc_wire_signed_money (object, "balance_after");
  movement->text = qc_wire_opt_text (object, "text", QC_TEXT_REMARK);
  return movement;
}
