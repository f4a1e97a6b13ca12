/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Pictures for tests, made by the libraries themselves: no two pixels around a corner alike, so that what was turned
 * the wrong way is seen. Main thread.
 */
#pragma once

#include <glib.h>

typedef struct {
  guint width, height;
  guint8 *rgb; /* (owned) */
} MadePixels;
void made_pixels_clear (MadePixels *pixels);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MadePixels, made_pixels_clear)

MadePixels made_pixels (guint width, guint height);
/* As EXIF's @upright says, written anew here and not as the program has it. */
MadePixels made_turned (const MadePixels *pixels, guint upright);
/* The largest difference of any colour; G_MAXUINT where the sizes differ. */
guint made_difference (const MadePixels *a, const MadePixels *b);

typedef enum { MADE_444, MADE_422, MADE_420, MADE_GREY, MADE_CMYK } MadeSampling;
/* (transfer full) */
GByteArray *made_jpeg (const MadePixels *pixels, MadeSampling sampling, gboolean progressive);
/* Puts EXIF with @upright, a place on earth and a preview, XMP, a colour profile, a comment and a second picture into
 * it. */
void made_jpeg_talk (GByteArray *jpeg, guint upright);
/* Puts a colour profile into it that says "secret" besides its colours. */
void made_jpeg_colour (GByteArray *jpeg);
/* Puts a segment behind the first marker. */
void made_jpeg_insert (GByteArray *jpeg, guint8 marker, const void *body, gsize length);
/* Decoded as the test reads it. */
MadePixels made_from_jpeg (const void *jpeg, gsize size);

/* @format: a PNG_FORMAT_… of libpng for what is written. */
GByteArray *made_png (const MadePixels *pixels, guint format);
/* NULL where libheif has nothing to encode it with. */
GByteArray *made_heic (const MadePixels *pixels);
