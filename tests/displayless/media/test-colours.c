/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Colour profiles: the colours are kept, the words are not.
 */
#include <string.h>

#include "qc-colour-profile.h"

static void
put (GByteArray *out, guint32 number)
{
  number = GUINT32_TO_BE (number);
  g_byte_array_append (out, (const guint8 *)&number, 4);
}

typedef struct {
  const char *tag, *bytes;
  gsize length;
} Element;
#define ELEMENT(tag, bytes)        \
  {                                \
    tag, bytes, sizeof (bytes) - 1 \
  }
#define XYZ(n)  "XYZ \0\0\0\0\0\0" n "\0\0\0\0\0\0\0"
#define GAMMA   "curv\0\0\0\0\0\0\0\1\2\63"
#define FORMULA "para\0\0\0\0\0\3\0\0\0\2\146\146\0\0\362\247\0\0\15\131\0\0\23\320\0\0\12\133"

static const Element telephone[] = {
    ELEMENT ("desc", "desc\0\0\0\0\0\0\0\15Display of Wu"),
    ELEMENT ("cprt", "text\0\0\0\0serial number 4711"),
    ELEMENT ("rXYZ", XYZ ("\203\337\0")),
    ELEMENT ("gXYZ", XYZ ("\112\277\0")),
    ELEMENT ("bXYZ", XYZ ("\050\070\0")),
    ELEMENT ("rTRC", FORMULA),
    ELEMENT ("gTRC", FORMULA),
    ELEMENT ("bTRC", GAMMA),
    ELEMENT ("chad", "sf32\0\0\0\0\0\1\14\102\0\0\5\336\377\377\363\46\0\0\7\223\0\0\375\220"
                     "\377\377\373\242\377\377\375\243\0\0\3\334\0\0\300\154"),
    ELEMENT ("dmnd", "desc\0\0\0\0\0\0\0\6secret"),
};

/* Without the element @without (nullable). */
static GByteArray *
make (const Element *elements, guint n, const char *without)
{
  GByteArray *out = g_byte_array_new ();
  g_byte_array_set_size (out, 128);
  memset (out->data, 'm', 128);
  memcpy (out->data + 12, "mntrRGB XYZ ", 12);
  memcpy (out->data + 36, "acsp", 4);
  put (out, n);
  guint at = 132 + 12 * n;
  for (guint i = 0; i < n; i++) {
    gboolean is_out = g_strcmp0 (elements[i].tag, without) == 0;
    g_byte_array_append (out, (const guint8 *)(is_out ? "none" : elements[i].tag), 4);
    put (out, at);
    put (out, (guint)elements[i].length);
    at += (guint)elements[i].length;
  }
  for (guint i = 0; i < n; i++)
    g_byte_array_append (out, (const guint8 *)elements[i].bytes, (guint)elements[i].length);
  return out;
}

static gboolean
has (GBytes *bytes, const void *what, gsize length)
{
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);
  return memmem (data, size, what, length) != NULL;
}

static void
test_kept (void)
{
  g_autoptr (GByteArray) profile = make (telephone, G_N_ELEMENTS (telephone), NULL);
  g_autoptr (GBytes) kept = qc_colour_profile_keep (profile->data, profile->len);
  g_assert_nonnull (kept);
  for (guint i = 2; i < 9; i++)
    g_assert_true (has (kept, telephone[i].bytes, telephone[i].length));
  static const char *const words[] = {"Wu", "4711", "secret", "mmmm", "dmnd"};
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    g_assert_false (has (kept, words[i], strlen (words[i])));
  gsize size;
  const guint8 *data = g_bytes_get_data (kept, &size);
  const guint8 *first = memmem (data, size, FORMULA, sizeof FORMULA - 1); /* two curves, one formula */
  g_assert_null (memmem (first + 1, size - (gsize)(first + 1 - data), FORMULA, sizeof FORMULA - 1));
  g_assert_true (qc_colour_profile_is_kept (data, size));
  g_assert_false (qc_colour_profile_is_kept (profile->data, profile->len));
  g_assert_cmpuint (data[2] << 8 | data[3], ==, size);
}

static void
test_refused (void)
{
  static const char *const needed[] = {"rXYZ", "gXYZ", "bXYZ", "rTRC", "gTRC", "bTRC"};
  for (guint i = 0; i < G_N_ELEMENTS (needed); i++) {
    g_autoptr (GByteArray) profile = make (telephone, G_N_ELEMENTS (telephone), needed[i]);
    g_assert_null (qc_colour_profile_keep (profile->data, profile->len));
  }
  g_autoptr (GByteArray) print = make (telephone, G_N_ELEMENTS (telephone), NULL);
  memcpy (print->data + 16, "CMYK", 4);
  g_assert_null (qc_colour_profile_keep (print->data, print->len));
  /* every beginning, and numbers that lie */
  g_autoptr (GByteArray) good = make (telephone, G_N_ELEMENTS (telephone), NULL);
  for (guint n = 0; n < good->len; n++) {
    g_autofree guint8 *exact = g_memdup2 (good->data, n);
    g_autoptr (GBytes) kept = qc_colour_profile_keep (exact, n);
    g_assert_true (kept == NULL || n > 132 + 12 * 10);
  }
  for (guint i = 128; i < good->len; i++) {
    g_autofree guint8 *exact = g_memdup2 (good->data, good->len);
    exact[i] = 0xff;
    g_autoptr (GBytes) kept = qc_colour_profile_keep (exact, good->len);
    g_assert_true (kept == NULL || qc_colour_profile_is_kept (g_bytes_get_data (kept, NULL), g_bytes_get_size (kept)));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/media/colours/kept", test_kept);
  g_test_add_func ("/media/colours/refused", test_refused);
  return g_test_run ();
}
