/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See the header. One thread.
 */
#include "qc-prepare.h"

#include <string.h>
#include <turbojpeg.h>

#include "qc-colour-profile.h"
#include "qc-picture.h"
#include "qc-raster.h"

#define MAX_SCANS 128 /* progressive ones of cameras and programs have 20 at the most */
#define JFIF_END  20
#define LOOK_SIDE 512 /* pixels that are looked at for previews and guesses */

typedef struct {
  guint8 *data; /* (owned) by libturbojpeg */
  gulong size;
  guint width, height, trimmed;
  gboolean lossless;
} Jpeg;

static void
jpeg_clear (Jpeg *jpeg)
{
  tjFree (jpeg->data);
  *jpeg = (Jpeg) {0};
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Jpeg, jpeg_clear)

/* ---- a JPEG without loss ---- */

static const char *
judge_jpeg (QcJpegState state, const QcJpegHeader *header)
{
  enum { BASELINE = 0xc0, EXTENDED, PROGRESSIVE, ARITHMETIC = 0xc9, ARITHMETIC_PROGRESSIVE };
  if (header->components == 0)
    return state == QC_JPEG_CUT_OFF ? "cut-off" : "damaged";
  if (header->bits != 8)
    return "bits";
  if (header->frame > PROGRESSIVE && header->frame != ARITHMETIC && header->frame != ARITHMETIC_PROGRESSIVE)
    return "rare";
  const char *fault = qc_raster_judge (header->width, header->height);
  if (fault == NULL && header->n_scans > MAX_SCANS)
    fault = "scans";
  if (fault == NULL && state != QC_JPEG_GOOD)
    fault = state == QC_JPEG_CUT_OFF ? "cut-off" : "damaged";
  return fault;
}

/* Bytes too many between two parts do no harm; cameras write them. */
static gboolean
is_harmless (tjhandle handle)
{
  return tjGetErrorCode (handle) == TJERR_WARNING && strstr (tjGetErrorStr2 (handle), "extraneous") != NULL;
}

static gboolean
transform (tjhandle handle, const guint8 *data, gsize size, QcUpright upright, int options, Jpeg *out)
{
  static const int operations[]
      = {0,           TJXOP_NONE,       TJXOP_HFLIP, TJXOP_ROT180, TJXOP_VFLIP, TJXOP_TRANSPOSE,
         TJXOP_ROT90, TJXOP_TRANSVERSE, TJXOP_ROT270};
  tjtransform how = {.op = operations[upright], .options = TJXOPT_COPYNONE | TJXOPT_TRIM | options};
  jpeg_clear (out);
  out->lossless = TRUE;
  return tjTransform (handle, data, (gulong)size, 1, &out->data, &out->size, &how, TJFLAG_LIMITSCANS) == 0
         || (is_harmless (handle) && out->data != NULL);
}

/* FALSE without a fault: it has to be decoded. */
static gboolean
scrub (const guint8 *data, gsize size, const QcJpegHeader *header, QcUpright upright, gsize most, Jpeg *out,
       const char **fault)
{
  int width, height, sampling, colours;
  tjhandle handle = tjInitTransform ();
  gboolean can = header->components != 4
                 && tjDecompressHeader3 (handle, data, (gulong)size, &width, &height, &sampling, &colours) == 0;
  if (can && !transform (handle, data, size, upright, 0, out))
    *fault = "damaged";
  if (can && *fault == NULL && out->size > most) /* the same in layers, which are smaller */
    can = transform (handle, data, size, upright, TJXOPT_PROGRESSIVE, out) && out->size <= most;
  tjDestroy (handle);
  return can && *fault == NULL;
}

/* ---- the colours ---- */

/* The bytes that are left for the picture of @most. */
static gsize
room_beside (GBytes *profile, gsize most)
{
  gsize taken = profile != NULL ? 4 + QC_JPEG_PROFILE_LENGTH + g_bytes_get_size (profile) : 0;
  return most > taken ? most - taken : 0;
}

/* Behind the head that says that it is a JPEG. */
static void
put_profile (Jpeg *jpeg, GBytes *profile)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (profile, &length);
  const gsize segment = 2 + QC_JPEG_PROFILE_LENGTH + length, at = jpeg->data[3] == 0xe0 ? JFIF_END : 2;
  const guint8 head[] = {0xff, 0xe2, (guint8)(segment >> 8), (guint8)segment};
  guint8 *with = tjAlloc ((int)(jpeg->size + 2 + segment));
  memcpy (with, jpeg->data, at);
  memcpy (with + at, head, sizeof head);
  memcpy (with + at + sizeof head, QC_JPEG_PROFILE, QC_JPEG_PROFILE_LENGTH);
  memcpy (with + at + sizeof head + QC_JPEG_PROFILE_LENGTH, bytes, length);
  memcpy (with + at + 2 + segment, jpeg->data + at, jpeg->size - at);
  tjFree (jpeg->data);
  jpeg->data = with;
  jpeg->size += 2 + segment;
}

/* ---- encoded anew ---- */

static const char *
encode (const QcRaster *raster, gsize most, Jpeg *out)
{
  static const int qualities[] = {90, 80, 65, 50};
  tjhandle handle = tjInitCompress ();
  const char *fault = "heavy";
  for (gsize i = 0; i < G_N_ELEMENTS (qualities) && fault != NULL; i++) {
    jpeg_clear (out);
    if (tjCompress2 (handle, raster->rgb, (int)raster->width, 0, (int)raster->height, TJPF_RGB, &out->data, &out->size,
                     TJSAMP_420, qualities[i], TJFLAG_ACCURATEDCT)
        != 0)
      break;
    if (out->size <= most)
      fault = NULL;
  }
  tjDestroy (handle);
  return fault;
}

static const char *
decode (QcPictureKind kind, const guint8 *data, gsize size, const QcJpegHeader *header, const QcPrepareHow *how,
        QcRaster *out)
{
  if (kind == QC_PICTURE_JPEG)
    return qc_raster_read_jpeg (out, data, size, header);
  return kind == QC_PICTURE_PNG ? qc_raster_read_png (out, data, size) : how->read_heic (out, data, size);
}

static const char *
make_from_pixels (QcPictureKind kind, const guint8 *data, gsize size, const QcJpegHeader *header, QcUpright upright,
                  const QcPrepareHow *how, GBytes **profile, Jpeg *out)
{
  g_auto (QcRaster) raster = {0};
  const char *fault = decode (kind, data, size, header, how, &raster);
  if (fault != NULL)
    return fault;
  if (!qc_raster_turn (&raster, upright))
    return "damaged";
  if (*profile == NULL)
    *profile = g_steal_pointer (&raster.profile);
  return encode (&raster, room_beside (*profile, how->most), out);
}

static const char *
make_jpeg (QcPictureKind kind, const guint8 *data, gsize size, const QcPrepareHow *how, Jpeg *out)
{
  QcJpegHeader header = {.upright = QC_UPRIGHT};
  g_autoptr (GBytes) profile = NULL;
  const char *fault = NULL;
  if (kind == QC_PICTURE_JPEG) {
    QcJpegState state = qc_jpeg_read_header (data, size, &header);
    fault = judge_jpeg (state, &header);
  }
  if (fault != NULL)
    return fault;
  if (header.profile != NULL && header.components == 3)
    profile = qc_colour_profile_keep (header.profile, header.profile_length);
  QcUpright upright = qc_upright_turn (header.upright, how->turn);
  gboolean scrubbed
      = kind == QC_PICTURE_JPEG && scrub (data, size, &header, upright, room_beside (profile, how->most), out, &fault);
  if (!scrubbed && fault == NULL)
    fault = make_from_pixels (kind, data, size, &header, upright, how, &profile, out);
  if (fault == NULL && profile != NULL)
    put_profile (out, profile);
  return fault;
}

/* How large it became, and what it lost of @data by being trimmed. */
static const char *
measure (Jpeg *jpeg, QcPictureKind kind, const guint8 *data, gsize size)
{
  QcJpegHeader before, after;
  if (qc_jpeg_read_header (jpeg->data, jpeg->size, &after) != QC_JPEG_GOOD)
    return "damaged";
  jpeg->width = after.width;
  jpeg->height = after.height;
  if (kind == QC_PICTURE_JPEG && qc_jpeg_read_header (data, size, &before) == QC_JPEG_GOOD)
    jpeg->trimmed = before.width + before.height - after.width - after.height;
  return NULL;
}

/* ---- what it looks like ---- */

/* Decoded small: LOOK_SIDE or more the longer way, where there are as many. */
static gboolean
decode_small (const Jpeg *jpeg, QcRaster *out)
{
  int n = 0;
  const tjscalingfactor *factors = tjGetScalingFactors (&n);
  out->width = jpeg->width;
  out->height = jpeg->height;
  for (int i = 0; i < n; i++) {
    guint width = (guint)TJSCALED ((int)jpeg->width, factors[i]);
    guint height = (guint)TJSCALED ((int)jpeg->height, factors[i]);
    if (width < out->width && MAX (width, height) >= LOOK_SIDE) {
      out->width = width;
      out->height = height;
    }
  }
  out->rgb = g_try_malloc ((gsize)out->width * out->height * 3);
  if (out->rgb == NULL)
    return FALSE;
  tjhandle handle = tjInitDecompress ();
  gboolean good = tjDecompress2 (handle, jpeg->data, jpeg->size, out->rgb, (int)out->width, 0, (int)out->height,
                                 TJPF_RGB, TJFLAG_FASTUPSAMPLE | TJFLAG_FASTDCT)
                  == 0;
  tjDestroy (handle);
  return good;
}

static const char *
tell (GByteArray *answer, QcPictureKind kind, const Jpeg *jpeg, gboolean confined)
{
  g_auto (QcRaster) small = {0};
  g_auto (QcRaster) preview = {0};
  char height[16];
  if (!decode_small (jpeg, &small) || !qc_raster_shrink (&small, QC_PICTURE_MAX_PREVIEW, &preview))
    return "damaged";
  g_snprintf (height, sizeof height, "%u", jpeg->height);
  qc_picture_begin (answer);
  qc_picture_add (answer, "kind", 0, qc_picture_kind_get_name (kind), -1);
  qc_picture_add (answer, "size", jpeg->width, height, -1);
  qc_picture_add (answer, "trimmed", jpeg->trimmed, "", 0);
  qc_picture_add (answer, "lossless", jpeg->lossless, "", 0);
  qc_picture_add (answer, "look", qc_paper_look (small.rgb, small.width, small.height), "", 0);
  qc_picture_add (answer, "sandbox", confined != FALSE, "", 0);
  gboolean fits = qc_picture_add (answer, "jpeg", 0, jpeg->data, (gssize)jpeg->size);
  qc_picture_add (answer, "preview", preview.width, preview.rgb, (gssize)preview.width * preview.height * 3);
  return fits ? NULL : "heavy";
}

void
qc_prepare_picture (GByteArray *answer, const guint8 *data, gsize size, const QcPrepareHow *how)
{
  QcPictureKind kind = qc_picture_kind (data, size);
  if (!qc_picture_kind_is_taken (kind)) {
    g_autofree char *code = g_strconcat ("kind ", qc_picture_kind_get_name (kind), NULL);
    qc_picture_fail (answer, code);
    return;
  }
  g_auto (Jpeg) jpeg = {0};
  const char *fault = make_jpeg (kind, data, size, how, &jpeg);
  if (fault == NULL)
    fault = measure (&jpeg, kind, data, size);
  if (fault == NULL)
    fault = tell (answer, kind, &jpeg, how->confined);
  if (fault != NULL)
    qc_picture_fail (answer, fault);
}
