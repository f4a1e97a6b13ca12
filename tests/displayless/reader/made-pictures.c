/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See the header. Main thread.
 */
#include "made-pictures.h"

#include <libheif/heif.h>
#include <png.h>
#include <string.h>
#include <turbojpeg.h>

void
made_pixels_clear (MadePixels *pixels)
{
  g_clear_pointer (&pixels->rgb, g_free);
}

static MadePixels
room (guint width, guint height)
{
  return (MadePixels) {width, height, g_malloc0 ((gsize)width * height * 3)};
}

MadePixels
made_pixels (guint width, guint height)
{
  MadePixels pixels = room (width, height);
  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++) {
      guint8 *p = pixels.rgb + 3 * ((gsize)y * width + x);
      p[0] = (guint8)(60 + 160 * x / width);
      p[1] = (guint8)(60 + 160 * y / height);
      p[2] = x < width / 4 && y < height / 4 ? 200 : 90;
    }
  return pixels;
}

MadePixels
made_turned (const MadePixels *pixels, guint upright)
{
  guint w = pixels->width, h = pixels->height;
  MadePixels out = upright > 4 ? room (h, w) : room (w, h);
  for (guint y = 0; y < h; y++)
    for (guint x = 0; x < w; x++) {
      /* where this pixel goes to */
      const guint to[9][2] = {{0, 0}, {x, y},         {w - 1 - x, y},         {w - 1 - x, h - 1 - y}, {x, h - 1 - y},
                              {y, x}, {h - 1 - y, x}, {h - 1 - y, w - 1 - x}, {y, w - 1 - x}};
      memcpy (out.rgb + 3 * ((gsize)to[upright][1] * out.width + to[upright][0]), pixels->rgb + 3 * ((gsize)y * w + x),
              3);
    }
  return out;
}

guint
made_difference (const MadePixels *a, const MadePixels *b)
{
  if (a->width != b->width || a->height != b->height)
    return G_MAXUINT;
  int most = 0;
  for (gsize i = 0; i < (gsize)a->width * a->height * 3; i++)
    most = MAX (most, ABS ((int)a->rgb[i] - (int)b->rgb[i]));
  return (guint)most;
}

/* ---- JPEG ---- */

/* Of a print shop: no black, inverted or not as the library leaves it. */
static guint8 *
to_print (const MadePixels *pixels)
{
  gsize n = (gsize)pixels->width * pixels->height;
  guint8 *print = g_malloc (n * 4);
  for (gsize i = 0; i < n; i++) {
    memcpy (print + 4 * i, pixels->rgb + 3 * i, 3);
    print[4 * i + 3] = 255;
  }
  return print;
}

GByteArray *
made_jpeg (const MadePixels *pixels, MadeSampling sampling, gboolean progressive)
{
  static const int samplings[] = {[MADE_444] = TJSAMP_444,
                                  [MADE_422] = TJSAMP_422,
                                  [MADE_420] = TJSAMP_420,
                                  [MADE_GREY] = TJSAMP_GRAY,
                                  [MADE_CMYK] = TJSAMP_444};
  tjhandle handle = tjInitCompress ();
  guint8 *data = NULL;
  gulong size = 0;
  g_autofree guint8 *print = sampling == MADE_CMYK ? to_print (pixels) : NULL;
  g_assert_cmpint (tjCompress2 (handle, print != NULL ? print : pixels->rgb, (int)pixels->width, 0, (int)pixels->height,
                                print != NULL ? TJPF_CMYK : TJPF_RGB, &data, &size, samplings[sampling], 92,
                                progressive ? TJFLAG_PROGRESSIVE : 0),
                   ==, 0);
  GByteArray *jpeg = g_byte_array_new ();
  g_byte_array_append (jpeg, data, (guint)size);
  tjFree (data);
  tjDestroy (handle);
  return jpeg;
}

void
made_jpeg_insert (GByteArray *jpeg, guint8 marker, const void *body, gsize length)
{
  guint8 head[4] = {0xff, marker, (guint8)((length + 2) >> 8), (guint8)(length + 2)};
  g_autoptr (GByteArray) rest = g_byte_array_new ();
  g_byte_array_append (rest, jpeg->data + 2, jpeg->len - 2);
  g_byte_array_set_size (jpeg, 2);
  g_byte_array_append (jpeg, head, 4);
  g_byte_array_append (jpeg, body, (guint)length);
  g_byte_array_append (jpeg, rest->data, rest->len);
}

#define TALK(jpeg, marker, body) made_jpeg_insert (jpeg, marker, body, sizeof (body) - 1)

void
made_jpeg_talk (GByteArray *jpeg, guint upright)
{
  /* orientation and the place in the first directory; the place: 45° 30' N; a preview in the second directory */
  char exif[] = "Exif\0\0MM\0*\0\0\0\10"
                "\0\2\1\22\0\3\0\0\0\1\0\0\0\0\210\45\0\4\0\0\0\1\0\0\0\46\0\0\0\120"
                "\0\2\0\1\0\2\0\0\0\2N\0\0\0\0\2\0\5\0\0\0\3\0\0\0\156\0\0\0\0"
                "\0\0\0\0\0\0\0\0\0\0\0\0"
                "\0\2\2\1\0\4\0\0\0\1\0\0\0\200\2\2\0\4\0\0\0\1\0\0\0\4\0\0\0\0"
                "\0\0\0\55\0\0\0\1\0\0\0\36\0\0\0\1\0\0\0\0\0\0\0\1";
  exif[6 + 8 + 2 + 9] = (char)upright;
  TALK (jpeg, 0xfe, "secret words");
  TALK (jpeg, 0xe2, "MPF\0II*\0\10\0\0\0\0\0");
  TALK (jpeg, 0xe2, "ICC_PROFILE\0\1\1 not one");
  TALK (jpeg, 0xed, "Photoshop 3.0\0008BIM\4\4\0\0\0\0\0\5\34\2\120\0\0");
  TALK (jpeg, 0xe1,
        "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF "
        "xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description rdf:about='' "
        "xmlns:dc='http://purl.org/dc/elements/1.1/' dc:source='secret'/></rdf:RDF></x:xmpmeta>");
  TALK (jpeg, 0xe1, exif);
  static const char behind[] = "\377\330\377\341 behind the end: a second picture, a film";
  g_byte_array_append (jpeg, (const guint8 *)behind, sizeof behind);
}

static void
put_number (GByteArray *out, guint32 number)
{
  number = GUINT32_TO_BE (number);
  g_byte_array_append (out, (const guint8 *)&number, 4);
}

void
made_jpeg_colour (GByteArray *jpeg)
{
  static const char *const tags[] = {"cprt", "rXYZ", "gXYZ", "bXYZ", "rTRC", "gTRC", "bTRC"};
  static const char bodies[3][21]
      = {"text\0\0\0\0secret maker", "XYZ \0\0\0\0\0\0\1\0\0\0\1\0\0\0\1", "curv\0\0\0\0\0\0\0\1\2\63\0\0\0\0\0"};
  g_autoptr (GByteArray) profile = g_byte_array_new ();
  g_byte_array_append (profile, (const guint8 *)"ICC_PROFILE\0\1\1", 14);
  const guint begin = profile->len;
  g_byte_array_set_size (profile, begin + 128);
  memset (profile->data + begin, 0, 128);
  memcpy (profile->data + begin + 12, "mntrRGB XYZ ", 12);
  memcpy (profile->data + begin + 36, "acsp", 4);
  put_number (profile, G_N_ELEMENTS (tags));
  for (guint i = 0; i < G_N_ELEMENTS (tags); i++) {
    g_byte_array_append (profile, (const guint8 *)tags[i], 4);
    put_number (profile, 132 + 12 * G_N_ELEMENTS (tags) + 20 * ((i + 2) / 3));
    put_number (profile, 20);
  }
  for (guint i = 0; i < 3; i++)
    g_byte_array_append (profile, (const guint8 *)bodies[i], 20);
  made_jpeg_insert (jpeg, 0xe2, profile->data, profile->len);
}

MadePixels
made_from_jpeg (const void *jpeg, gsize size)
{
  int width = 0, height = 0, sampling, colours;
  tjhandle handle = tjInitDecompress ();
  g_assert_cmpint (tjDecompressHeader3 (handle, jpeg, (gulong)size, &width, &height, &sampling, &colours), ==, 0);
  MadePixels pixels = room ((guint)width, (guint)height);
  /* each colour of a block of four is the same, so that a mirrored one is too */
  g_assert_cmpint (tjDecompress2 (handle, jpeg, (gulong)size, pixels.rgb, width, 0, height, TJPF_RGB,
                                  TJFLAG_FASTUPSAMPLE | TJFLAG_ACCURATEDCT),
                   ==, 0);
  tjDestroy (handle);
  return pixels;
}

/* ---- PNG ---- */

/* Sixteen bits, colour tables and transparency come of the same pixels: half of them are seen through. */
static guint8 *
to_format (const MadePixels *pixels, guint format)
{
  gsize n = (gsize)pixels->width * pixels->height, channels = PNG_IMAGE_SAMPLE_CHANNELS (format);
  gsize bytes = PNG_IMAGE_SAMPLE_COMPONENT_SIZE (format);
  guint8 *out = g_malloc0 (n * channels * bytes);
  for (gsize i = 0; i < n; i++)
    for (gsize c = 0; c < channels; c++) {
      gboolean is_alpha = (format & PNG_FORMAT_FLAG_ALPHA) != 0 && c == channels - 1;
      guint8 value = is_alpha ? 255 * (i % pixels->width < pixels->width / 2) : pixels->rgb[3 * i + c];
      if (bytes == 2)
        ((guint16 *)(gpointer)out)[i * channels + c] = (guint16)(value * 257);
      else
        out[i * channels + c] = value;
    }
  return out;
}

GByteArray *
made_png (const MadePixels *pixels, guint format)
{
  png_image image = {.version = PNG_IMAGE_VERSION, .width = pixels->width, .height = pixels->height, .format = format};
  g_autofree guint8 *samples = to_format (pixels, format);
  png_alloc_size_t size = 0;
  g_assert_true (png_image_write_to_memory (&image, NULL, &size, FALSE, samples, 0, NULL));
  GByteArray *png = g_byte_array_new ();
  g_byte_array_set_size (png, (guint)size);
  g_assert_true (png_image_write_to_memory (&image, png->data, &size, FALSE, samples, 0, NULL));
  g_byte_array_set_size (png, (guint)size);
  return png;
}

/* ---- HEIC ---- */

static struct heif_error
append (struct heif_context *context, const void *data, size_t size, void *user_data)
{
  g_byte_array_append (user_data, data, (guint)size);
  return (struct heif_error) {heif_error_Ok, heif_suberror_Unspecified, ""};
}

GByteArray *
made_heic (const MadePixels *pixels)
{
  struct heif_context *context = heif_context_alloc ();
  struct heif_encoder *encoder = NULL;
  GByteArray *heic = NULL;
  if (heif_context_get_encoder_for_format (context, heif_compression_HEVC, &encoder).code == heif_error_Ok) {
    struct heif_image *image = NULL;
    int stride = 0;
    heif_image_create ((int)pixels->width, (int)pixels->height, heif_colorspace_RGB, heif_chroma_interleaved_RGB,
                       &image);
    heif_image_add_plane (image, heif_channel_interleaved, (int)pixels->width, (int)pixels->height, 8);
    guint8 *plane = heif_image_get_plane (image, heif_channel_interleaved, &stride);
    for (gsize y = 0; y < pixels->height; y++)
      memcpy (plane + y * (gsize)stride, pixels->rgb + 3 * y * pixels->width, 3 * pixels->width);
    heif_encoder_set_lossy_quality (encoder, 90);
    g_assert_cmpint (heif_context_encode_image (context, image, encoder, NULL, NULL).code, ==, heif_error_Ok);
    struct heif_writer writer = {.writer_api_version = 1, .write = append};
    heic = g_byte_array_new ();
    g_assert_cmpint (heif_context_write (context, &writer, heic).code, ==, heif_error_Ok);
    heif_image_release (image);
    heif_encoder_release (encoder);
  }
  heif_context_free (context);
  return heic;
}
