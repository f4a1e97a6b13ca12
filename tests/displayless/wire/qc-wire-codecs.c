/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The table of codecs.
 */
#include "qc-wire-codecs.h"

#include <string.h>

#include "qc-wire-attachment.h"
#include "qc-wire-fact.h"
#include "qc-wire-phone.h"
#include "qc-wire-return.h"

#define RECODE(Type, name, free)                                          \
  static GBytes *recode_##name (GBytes *bytes, GError **error)            \
  {                                                                       \
    Type *value = qc_wire_decode_##name (bytes, error);                   \
    GBytes *again = value != NULL ? qc_wire_encode_##name (value) : NULL; \
    if (value != NULL)                                                    \
      free (value);                                                       \
    return again;                                                         \
  }

#define RECODE_VALUE(Type, name)                                                                 \
  static GBytes *recode_##name (GBytes *bytes, GError **error)                                   \
  {                                                                                              \
    Type value;                                                                                  \
    return qc_wire_decode_##name (bytes, &value, error) ? qc_wire_encode_##name (&value) : NULL; \
  }

RECODE (QcSubmission, submission, qc_submission_free)
RECODE (QcWireSession, session, qc_wire_session_free)
RECODE (QcWireTokens, tokens, qc_wire_tokens_free)
RECODE (QcWireMetadata, metadata, qc_wire_metadata_free)
RECODE (QcWireCenter, center, qc_wire_center_free)
RECODE (QcWireNotice, notice, qc_wire_notice_free)
RECODE (QcWireProfile, profile, qc_wire_profile_free)
RECODE (QcWireVoucher, voucher, qc_wire_voucher_free)
RECODE (QcProblem, problem, qc_problem_free)
RECODE_VALUE (QcWirePractice, practice)
RECODE_VALUE (QcWirePractice, practice_request)

static GBytes *
recode_action (GBytes *bytes, GError **error)
{
  QcApplicationAction action;
  return qc_wire_decode_action (bytes, &action, error) ? qc_wire_encode_action (action) : NULL;
}

static GBytes *
recode_advance (GBytes *bytes, GError **error)
{
  int months;
  return qc_wire_decode_advance (bytes, &months, error) ? qc_wire_encode_advance (months) : NULL;
}

static GBytes *
recode_oauth_error (GBytes *bytes, GError **error)
{
  g_autoptr (QcWireOAuthError) fault = qc_wire_decode_oauth_error (bytes, error);
  return fault != NULL ? qc_wire_encode_oauth_error (fault->error, fault->description) : NULL;
}

static GBytes *
recode_answer (GBytes *bytes, GError **error)
{
  g_autoptr (QcWireAnswer) answer = qc_wire_decode_answer (bytes, error);
  return answer != NULL ? qc_wire_encode_answer (answer->application, answer->person, answer->findings) : NULL;
}

static GBytes *
recode_status (GBytes *bytes, GError **error)
{
  g_autoptr (QcWireStatus) status = qc_wire_decode_status (bytes, error);
  if (status == NULL)
    return NULL;
  g_autoptr (GBytes) stored = NULL;
  if (status->answer != NULL)
    stored = qc_wire_encode_answer (status->answer->application, status->answer->person, status->answer->findings);
  else if (status->problem != NULL)
    stored = qc_wire_encode_problem (status->problem);
  return qc_wire_encode_status (status->state, stored);
}

static GBytes *
recode_lines (GBytes *bytes, GError **error)
{
  g_autoptr (QcWireLines) page = qc_wire_decode_lines (bytes, QC_BUSINESS_SEALING, error);
  g_autoptr (QcJsonWriter) writer = qc_json_writer_new (0);
  if (page == NULL)
    return NULL;
  qc_json_writer_begin_object (writer);
  if (page->facts->len > 0)
    qc_wire_write_facts (writer, page->facts);
  if (page->attachments->len > 0)
    qc_wire_write_attachments (writer, page->attachments);
  if (page->reasons->len > 0)
    qc_wire_write_reasons (writer, page->reasons);
  qc_json_writer_name (writer, "lines");
  qc_json_writer_begin_array (writer);
  for (guint i = 0; i < page->lines->len; i++)
    qc_wire_write_line (writer, QC_BUSINESS_SEALING, g_ptr_array_index (page->lines, i));
  qc_json_writer_end_array (writer);
  if (page->cursor != NULL)
    qc_json_writer_add_string (writer, "cursor", page->cursor);
  qc_json_writer_end_object (writer);
  return qc_json_writer_finish (writer);
}

static GBytes *
recode_receiver (GBytes *bytes, GError **error)
{
  g_autoptr (QcOtherUnit) unit = qc_wire_decode_receiver (bytes, "231100000067", error);
  return unit != NULL ? qc_wire_encode_receiver (unit) : NULL;
}

static GBytes *
recode_phone (GBytes *bytes, GError **error)
{
  g_autoptr (QcWirePhone) phone = qc_wire_decode_phone (bytes, error);
  return phone != NULL ? qc_wire_encode_phone (phone) : NULL;
}

static GBytes *
recode_phone_request (GBytes *bytes, GError **error)
{
  g_auto (QcWirePhoneRequest) request = {0};
  return qc_wire_decode_phone_request (bytes, &request, error) ? qc_wire_encode_phone_request (&request) : NULL;
}

static GBytes *
recode_page (QcFeed feed, GBytes *bytes, GError **error)
{
  g_autoptr (QcWirePage) page = qc_wire_decode_page (bytes, feed, error);
  g_autoptr (QcJsonWriter) writer = qc_json_writer_new (0);
  if (page == NULL)
    return NULL;
  qc_wire_page_begin (writer, page->feed);
  for (guint i = 0; i < page->rows->len; i++)
    qc_wire_page_add (writer, &g_array_index (page->rows, QcFeedRow, i));
  return qc_wire_page_end (writer, page->cursor, page->more, page->total);
}

typedef struct {
  const char *name;
  GBytes *(*recode) (GBytes *bytes, GError **error); /* NULL = a page */
  QcFeed feed;
} Codec;

static const Codec codecs[] = {
    {"Submission", recode_submission, 0},
    {"Lines", recode_lines, 0},
    {"ActionRequest", recode_action, 0},
    {"Answer", recode_answer, 0},
    {"SubmissionStatus", recode_status, 0},
    {"Problem", recode_problem, 0},
    {"Session", recode_session, 0},
    {"Tokens", recode_tokens, 0},
    {"OAuthError", recode_oauth_error, 0},
    {"Metadata", recode_metadata, 0},
    {"Center", recode_center, 0},
    {"Practice", recode_practice, 0},
    {"PracticeRequest", recode_practice_request, 0},
    {"AdvanceRequest", recode_advance, 0},
    {"Notice", recode_notice, 0},
    {"Profile", recode_profile, 0},
    {"Receiver", recode_receiver, 0},
    {"Phone", recode_phone, 0},
    {"PhoneRequest", recode_phone_request, 0},
    {"Voucher", recode_voucher, 0},
    {"PageUnit", NULL, QC_FEED_UNIT},
    {"PageRatios", NULL, QC_FEED_RATIOS},
    {"PagePolicy", NULL, QC_FEED_POLICY},
    {"PageCodes", NULL, QC_FEED_CODES},
    {"PagePeople", NULL, QC_FEED_PEOPLE},
    {"PageBases", NULL, QC_FEED_BASES},
    {"PagePaid", NULL, QC_FEED_PAID},
    {"PageApplications", NULL, QC_FEED_APPLICATIONS},
    {"PageMovements", NULL, QC_FEED_MOVEMENTS},
};

guint
qc_wire_n_codecs (void)
{
  return G_N_ELEMENTS (codecs);
}

const char *
qc_wire_codec_name (guint i)
{
  return codecs[i].name;
}

GBytes *
qc_wire_recode (const char *name, GBytes *bytes, GError **error)
{
  gsize length = strcspn (name, ".");
  for (guint i = 0; i < G_N_ELEMENTS (codecs); i++) {
    if (strlen (codecs[i].name) != length || strncmp (codecs[i].name, name, length) != 0)
      continue;
    return codecs[i].recode != NULL ? codecs[i].recode (bytes, error) : recode_page (codecs[i].feed, bytes, error);
  }
  g_error ("no codec for %s", name);
}
