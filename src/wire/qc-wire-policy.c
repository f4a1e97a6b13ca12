/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Ratios, policy rows and code lists: codecs. Any thread.
 */
#include "qc-wire-policy.h"

#include "qc-attachment.h"

#define RATIO_MAX 10000

static QcRatio
read_ratio (const QcWireObject *object, const char *name)
{
  return (QcRatio)qc_wire_int (object, name, 0, RATIO_MAX);
}

void
qc_wire_write_ratios_members (QcJsonWriter *writer, const QcRatios *ratios)
{
  qc_json_writer_add_int (writer, "from", ratios->from);
  qc_json_writer_add_int (writer, "unit", ratios->unit);
  qc_json_writer_add_int (writer, "personal", ratios->personal);
  qc_json_writer_add_bool (writer, "retroactive", ratios->retroactive);
}

QcRatios
qc_wire_read_ratios (const QcWireObject *object)
{
  return (QcRatios) {
      .from = qc_wire_month (object, "from"),
      .unit = read_ratio (object, "unit"),
      .personal = read_ratio (object, "personal"),
      .retroactive = qc_wire_bool (object, "retroactive"),
  };
}

void
qc_wire_write_policy_members (QcJsonWriter *writer, const QcPolicy *policy)
{
  gboolean sealed = policy->transfer_arrival == QC_ARRIVAL_SEALED;
  qc_json_writer_add_int (writer, "from", policy->from);
  qc_json_writer_add_int (writer, "base_floor", policy->base_floor);
  qc_json_writer_add_int (writer, "base_cap", policy->base_cap);
  qc_json_writer_add_int (writer, "monthly_floor", policy->monthly_floor);
  qc_json_writer_add_int (writer, "monthly_cap", policy->monthly_cap);
  qc_json_writer_add_int (writer, "unit_ratio_min", policy->unit_ratio_min);
  qc_json_writer_add_int (writer, "unit_ratio_max", policy->unit_ratio_max);
  qc_json_writer_add_int (writer, "personal_ratio_min", policy->personal_ratio_min);
  qc_json_writer_add_int (writer, "personal_ratio_max", policy->personal_ratio_max);
  qc_json_writer_add_string (writer, "unit_rounding", qc_rounding_to_code (policy->unit_rounding));
  qc_json_writer_add_string (writer, "personal_rounding", qc_rounding_to_code (policy->personal_rounding));
  qc_json_writer_add_int (writer, "fund_year_start", policy->fund_year_start);
  qc_json_writer_add_int (writer, "months_ahead", policy->months_ahead);
  qc_json_writer_add_int (writer, "back_payment_warn", policy->back_payment_warn);
  qc_json_writer_add_string (writer, "transfer_arrival", sealed ? "sealed" : "normal");
  qc_json_writer_add_bool (writer, "in_flight_blocks", policy->in_flight_blocks);
}

static QcRounding
read_rounding (const QcWireObject *object, const char *name)
{
  QcRounding rounding;
  return qc_rounding_from_code (qc_wire_code (object, name), &rounding) ? rounding : QC_ROUNDING_OTHER;
}

/* How people arrive is the center's to say; what a newer one calls it is not shown anywhere. */
static QcTransferArrival
read_arrival (const QcWireObject *object)
{
  return g_str_equal (qc_wire_code (object, "transfer_arrival"), "sealed") ? QC_ARRIVAL_SEALED : QC_ARRIVAL_NORMAL;
}

QcPolicy
qc_wire_read_policy (const QcWireObject *object)
{
  return (QcPolicy) {
      .from = qc_wire_month (object, "from"),
      .base_floor = qc_wire_money (object, "base_floor"),
      .base_cap = qc_wire_money (object, "base_cap"),
      .monthly_floor = qc_wire_money (object, "monthly_floor"),
      .monthly_cap = qc_wire_money (object, "monthly_cap"),
      .unit_ratio_min = read_ratio (object, "unit_ratio_min"),
      .unit_ratio_max = read_ratio (object, "unit_ratio_max"),
      .personal_ratio_min = read_ratio (object, "personal_ratio_min"),
      .personal_ratio_max = read_ratio (object, "personal_ratio_max"),
      .unit_rounding = read_rounding (object, "unit_rounding"),
      .personal_rounding = read_rounding (object, "personal_rounding"),
      .fund_year_start = (int)qc_wire_int (object, "fund_year_start", 1, 12),
      .months_ahead = (int)qc_wire_int (object, "months_ahead", 0, 120),
      .back_payment_warn = (int)qc_wire_int (object, "back_payment_warn", 0, 1200),
      .transfer_arrival = read_arrival (object),
      .in_flight_blocks = qc_wire_bool (object, "in_flight_blocks"),
  };
}

void
qc_wire_write_code_members (QcJsonWriter *writer, const QcCode *code)
{
  qc_json_writer_add_string (writer, "list", code->list);
  qc_json_writer_add_string (writer, "code", code->code);
  qc_json_writer_add_text (writer, "label", QC_TEXT_LABEL, code->label);
  qc_json_writer_add_int (writer, "order", code->order);
  qc_json_writer_add_bool (writer, "needs_text", code->needs_text);
  if (code->difference)
    qc_json_writer_add_bool (writer, "difference", TRUE);
  if (code->of_line)
    qc_json_writer_add_bool (writer, "of_line", TRUE);
  if (code->at_least > 0)
    qc_json_writer_add_int (writer, "at_least", code->at_least);
  if (code->at_most > 0)
    qc_json_writer_add_int (writer, "at_most", code->at_most);
  if (code->max_size > 0)
    qc_json_writer_add_int (writer, "max_size", code->max_size);
}

QcCode *
qc_wire_read_code (const QcWireObject *object)
{
  QcCode *code = g_new0 (QcCode, 1);
  code->list = g_strdup (qc_wire_code (object, "list"));
  code->code = g_strdup (qc_wire_code (object, "code"));
  code->label = qc_wire_text (object, "label", QC_TEXT_LABEL);
  code->order = (int)qc_wire_int (object, "order", 0, 100000);
  code->needs_text = qc_wire_bool (object, "needs_text");
  code->difference = qc_wire_opt_bool (object, "difference", FALSE);
  code->of_line = qc_wire_opt_bool (object, "of_line", FALSE);
  code->at_least = (gint)qc_wire_opt_int (object, "at_least", 0, QC_ATTACHMENT_MAX_OWN, 0);
  code->at_most = (gint)qc_wire_opt_int (object, "at_most", 0, 1000, 0);
  code->max_size = qc_wire_opt_int (object, "max_size", 0, G_MAXINT64, 0);
  return code;
}
