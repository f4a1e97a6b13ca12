/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The form and what came of it; see the header. The body lies on the disk and is read where it lies, off the database's
 * threads; each picture is a file before its row is written. Nothing here decodes a picture.
 */
#include "qc-phone-page.h"

#include <string.h>

#include "qc-attachment.h"
#include "qc-engine-phone.h"
#include "qc-multipart.h"
#include "qc-portal-page.h"
#include "qc-random.h"

#define TITLE      "发送照片"
#define POLICY     "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
#define MAX_FIELDS 64 /* parts of the form that are not looked at */

/* ---- pages ---- */

static QcHttpAnswer *
make_page (const QcHttpCall *call, int status, const char *title, QcHtml *values)
{
  QcHttpAnswer *answer = qc_http_answer_new (status, "text/html; charset=utf-8", NULL);
  g_autofree char *template = qc_portal_load ("phone");
  qc_html_set (values, "title", title);
  qc_html_set_flag (values, "practice", call->center->practice);
  char *text = qc_html_render (template, values);
  answer->body = g_bytes_new_take (text, strlen (text));
  qc_http_answer_add_header (answer, "Content-Security-Policy", POLICY);
  qc_http_answer_add_header (answer, "X-Frame-Options", "DENY");
  qc_http_answer_add_header (answer, "Referrer-Policy", "no-referrer");
  qc_http_answer_add_header (answer, "X-Robots-Tag", "noindex, nofollow");
  if (call->center->pages_tls)
    qc_http_answer_add_header (answer, "Strict-Transport-Security", "max-age=31536000");
  return answer;
}

static QcHttpAnswer *
say (const QcHttpCall *call, int status, const char *title, const char *text)
{
  g_autoptr (QcHtml) values = qc_html_new ();
  qc_html_set (values, "bad", text);
  return make_page (call, status, title, values);
}

QcHttpAnswer *
qc_phone_page_fallback (const QcHttpCall *call, int status)
{
  const char *title = "出了点问题", *text = "请稍后再试。";
  if (status == 404 || status == 405 || status == 421) {
    title = "没有这个页面";
    text = "请重新扫描电脑上的二维码。";
  } else if (status == 413) {
    title = "照片太大";
    text = "没有收下。每张不超过 32 MB；请分几次发送。";
  } else if (status == 415 || status == 400) {
    title = "没有收下";
    text = "发送的内容不完整或无法识别。请返回上一页，重新选择照片后再发送。";
  }
  QcHttpAnswer *answer = say (call, status, title, text);
  if (status == 503)
    qc_http_answer_add_header (answer, "Retry-After", "2");
  return answer;
}

/* Why nothing can be sent here any more. NULL: it can. */
static QcHttpAnswer *
find_obstacle (const QcHttpCall *call, const QcPhone *phone)
{
  if (phone == NULL)
    return say (call, 404, "没有这个页面", "地址不对，或早已失效。请重新扫描电脑上的二维码。");
  switch (qc_phone_get_state (phone, call->now)) {
  case QC_PHONE_USED_UP:
    return say (call, 410, "照片已发完", "这个二维码能收的照片已经收满。还要再发，请让经办人在电脑上重新打开二维码。");
  case QC_PHONE_LATE:
    return say (call, 410, "二维码已过期", "二维码只在 10 分钟内有效。请让经办人在电脑上重新打开二维码。");
  case QC_PHONE_ENDED:
    return say (call, 410, "二维码已停用", "经办人已停止接收照片。还要再发，请让经办人在电脑上重新打开二维码。");
  case QC_PHONE_OPEN:
    break;
  }
  return NULL;
}

/* The form of @phone, which has taken @just now. (texts are taken) */
static QcHttpAnswer *
show (const QcHttpCall *call, int status, const QcPhone *phone, guint just, char *good, char *bad)
{
  g_autoptr (QcHtml) values = qc_html_new ();
  gint64 left = phone->pictures - phone->taken - just;
  qc_html_set (values, "unit", phone->unit_name);
  qc_html_set (values, "label", phone->label);
  qc_html_take (values, "good", good);
  qc_html_take (values, "bad", bad);
  qc_html_set_flag (values, "open", left > 0);
  qc_html_set_flag (values, "many", left > 1);
  qc_html_set_int (values, "left", left);
  qc_html_set_int (values, "minutes", MAX (1, (phone->expires - call->now + 59) / 60));
  return make_page (call, status, TITLE, values);
}

static QcHttpAnswer *
get_page (QcHttpCall *call, QcConnection *connection, GError **error)
{
  g_autoptr (QcPhone) phone = NULL;
  if (!qc_engine_phone_find_token (connection, call->params[0], &phone, error))
    return NULL;
  QcHttpAnswer *answer = find_obstacle (call, phone);
  return answer != NULL ? answer : show (call, 200, phone, 0, NULL, NULL);
}

/* ---- what is sent ---- */

typedef struct {
  QcUploadFiles *files; /* borrowed */
  QcPhone *phone;       /* (owned) */
  GArray *pictures;     /* (owned) QcPhonePicture: written */
  guint kept;           /* of them, the first */
  guint n, too_large;   /* files of the form; that are */
} Delivery;

static void
delivery_free (gpointer data)
{
  Delivery *delivery = data;
  for (guint i = delivery->kept; i < delivery->pictures->len; i++)
    qc_upload_files_drop (delivery->files, g_array_index (delivery->pictures, QcPhonePicture, i).file);
  g_array_unref (delivery->pictures);
  qc_phone_free (delivery->phone);
  g_free (delivery);
}

static QcHttpAnswer *
open_delivery (QcHttpCall *call, QcConnection *connection, GError **error)
{
  g_autoptr (QcPhone) phone = NULL;
  if (!qc_engine_phone_find_token (connection, call->params[0], &phone, error))
    return NULL;
  QcHttpAnswer *answer = find_obstacle (call, phone);
  if (answer != NULL)
    return answer;
  Delivery *delivery = g_new0 (Delivery, 1);
  delivery->files = call->center->uploads;
  delivery->phone = g_steal_pointer (&phone);
  delivery->pictures = qc_phone_pictures_new ();
  qc_http_call_set_state (call, delivery, delivery_free);
  return NULL;
}

/* Whether all of the form was there; the pictures among its files up to how many are wanted are those of @parts. */
static gboolean
read_form (QcHttpCall *call, Delivery *delivery, GArray *parts)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (call->body, &size);
  g_auto (QcMultipart) form = {0};
  guint others = 0;
  QcMultipartPart part;
  if (!qc_multipart_init (&form, data, size, call->boundary))
    return FALSE;
  while (others < MAX_FIELDS && qc_multipart_next (&form, &part)) {
    if (!part.is_file || part.size == 0) { /* a form without a choice has one without bytes */
      others++;
      continue;
    }
    delivery->n++;
    if (part.size > QC_ATTACHMENT_MAX_SIZE)
      delivery->too_large++;
    else if (parts->len < delivery->phone->pictures - delivery->phone->taken)
      g_array_append_val (parts, part);
  }
  return form.whole;
}

static QcHttpAnswer *
write_delivery (QcHttpCall *call, QcConnection *connection, GError **error)
{
  Delivery *delivery = call->state;
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (QcMultipartPart));
  g_autoptr (GError) fault = NULL;
  if (!read_form (call, delivery, parts))
    return qc_phone_page_fallback (call, 400);
  for (guint i = 0; i < parts->len; i++) {
    const QcMultipartPart *part = &g_array_index (parts, QcMultipartPart, i);
    g_autoptr (GBytes) bytes = g_bytes_new_from_bytes (call->body, part->offset, part->size);
    QcPhonePicture picture = {0, (gint64)part->size, qc_random_token (16)};
    QcUploadWrite written;
    g_array_append_val (delivery->pictures, picture);
    if (!qc_upload_files_append (delivery->files, picture.file, 0, bytes, &written, &fault)) {
      g_printerr ("phone: %s\n", fault->message);
      return qc_phone_page_fallback (call, 503);
    }
  }
  return NULL;
}

/* What was not taken, and why. (transfer full) (nullable) */
static char *
dup_rest (const Delivery *delivery, guint taken, gboolean full)
{
  guint beyond = delivery->n - delivery->too_large - taken;
  GString *text = g_string_new (NULL);
  if (delivery->n == 0)
    g_string_append (text, "没有选择照片。请先拍照或选择照片，再点“发送照片”。");
  if (delivery->too_large > 0)
    g_string_append_printf (text, "%u 张没有收下：超过 32 MB。", delivery->too_large);
  if (beyond > 0 && full)
    g_string_append_printf (text, "%u 张没有收下：单位还没有取走的照片太多，请稍后再发。", beyond);
  else if (beyond > 0)
    g_string_append_printf (text, "%u 张没有收下：超过了能收的张数。", beyond);
  gboolean nothing = text->len == 0;
  return g_string_free (text, nothing);
}

static QcHttpAnswer *
take_delivery (QcHttpCall *call, QcConnection *connection, GError **error)
{
  Delivery *delivery = call->state;
  guint taken;
  gboolean full;
  /* another one may have been quicker, or the clerk has ended it */
  g_autoptr (QcPhone) phone = NULL;
  if (!qc_engine_phone_find_token (connection, call->params[0], &phone, error))
    return NULL;
  QcHttpAnswer *answer = find_obstacle (call, phone);
  if (answer != NULL)
    return answer;
  if (!qc_engine_phone_take (connection, phone, delivery->pictures, call->now, &taken, &full, error))
    return NULL;
  delivery->kept = taken;
  char *good = NULL;
  if (taken > 0)
    good = g_strdup_printf ("已收到 %u 张照片%s。", taken,
                            phone->taken + taken < phone->pictures ? "" : "，可以关闭此页了");
  return show (call, taken > 0 ? 200 : full ? 507 : 422, phone, taken, good, dup_rest (delivery, taken, full));
}

const QcHttpRoute qc_phone_page_routes[] = {
    {"GET", QC_PHONE_PATH "*", QC_HTTP_BODY_NONE, {{QC_HTTP_READ, get_page}}},
    {"POST",
     QC_PHONE_PATH "*",
     QC_HTTP_BODY_FILES,
     {{QC_HTTP_READ, open_delivery}, {QC_HTTP_POOL, write_delivery}, {QC_HTTP_WRITE, take_delivery}}},
    {NULL},
};
