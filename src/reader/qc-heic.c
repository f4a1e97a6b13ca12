/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See the header. One thread.
 */
#include "qc-heic.h"

#include <libheif/heif.h>

#include "qc-colour-profile.h"

#define MAX_PROFILE (1024 * 1024) /* bytes */

/* @samples: three or four bytes a pixel. */
static void
put_over_white (QcRaster *out, const guint8 *samples, gsize stride, gboolean alpha)
{
  gsize bytes = alpha ? 4 : 3;
  guint8 *to = out->rgb;
  for (gsize y = 0; y < out->height; y++)
    for (gsize x = 0; x < out->width; x++) {
      const guint8 *p = samples + y * stride + x * bytes;
      guint cover = alpha ? p[3] : 255;
      for (guint i = 0; i < 3; i++)
        *to++ = (guint8)((p[i] * cover + 255 * (255 - cover) + 127) / 255);
    }
}

static void
take_profile (QcRaster *out, const struct heif_image_handle *handle)
{
  gsize size = heif_image_handle_get_raw_color_profile_size (handle);
  if (size == 0 || size > MAX_PROFILE)
    return;
  g_autofree guint8 *profile = g_malloc (size);
  if (heif_image_handle_get_raw_color_profile (handle, profile).code == heif_error_Ok)
    out->profile = qc_colour_profile_keep (profile, size);
}

static const char *
decode_heic (QcRaster *out, const struct heif_image_handle *handle)
{
  int width = heif_image_handle_get_width (handle), height = heif_image_handle_get_height (handle);
  const char *fault = qc_raster_judge (width, height);
  if (fault == NULL)
    fault = qc_raster_judge (heif_image_handle_get_ispe_width (handle), heif_image_handle_get_ispe_height (handle));
  if (fault != NULL)
    return fault;
  gboolean alpha = heif_image_handle_has_alpha_channel (handle) != 0;
  struct heif_decoding_options *options = heif_decoding_options_alloc ();
  options->convert_hdr_to_8bit = 1;
  struct heif_image *image = NULL;
  struct heif_error error = heif_decode_image (
      handle, &image, heif_colorspace_RGB, alpha ? heif_chroma_interleaved_RGBA : heif_chroma_interleaved_RGB, options);
  heif_decoding_options_free (options);
  if (error.code != heif_error_Ok)
    return error.code == heif_error_Unsupported_feature || error.code == heif_error_Unsupported_filetype ? "rare"
                                                                                                         : "damaged";
  int stride = 0;
  const guint8 *samples = heif_image_get_plane_readonly (image, heif_channel_interleaved, &stride);
  width = heif_image_get_width (image, heif_channel_interleaved);
  height = heif_image_get_height (image, heif_channel_interleaved);
  fault = samples != NULL && stride > 0 ? qc_raster_judge (width, height) : "damaged";
  if (fault == NULL && !qc_raster_make_room (out, (guint)width, (guint)height, 3))
    fault = "damaged";
  if (fault == NULL) {
    put_over_white (out, samples, (gsize)stride, alpha);
    take_profile (out, handle);
  }
  heif_image_release (image);
  return fault;
}

static const char *
read_heic (QcRaster *out, const guint8 *data, gsize size)
{
  struct heif_context *context = heif_context_alloc ();
  struct heif_image_handle *handle = NULL;
  heif_context_set_max_decoding_threads (context, 0);
  struct heif_error error = heif_context_read_from_memory_without_copy (context, data, size, NULL);
  if (error.code == heif_error_Ok)
    error = heif_context_get_primary_image_handle (context, &handle);
  const char *fault = error.subcode == heif_suberror_Security_limit_exceeded ? "pixels" : "damaged";
  if (error.code == heif_error_Ok)
    fault = decode_heic (out, handle);
  if (handle != NULL)
    heif_image_handle_release (handle);
  heif_context_free (context);
  return fault;
}

QcReadHeic
qc_heic_begin (void)
{
  heif_init (NULL);
  return read_heic;
}
