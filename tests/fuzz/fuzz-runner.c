/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Runs a fuzz target without libFuzzer: fuzz-runner ROUNDS CORPUS…  Every file of the folders is fed as it is and then
 * changed in ROUNDS random ways, which are the same in every run, and in more of them in the long form. A fault ends
 * the program; its input is printed by the round's number: run again with the number as FUZZ_ROUND to stop right before
 * it.
 */
#include <stdlib.h>
#include <string.h>
#include "../displayless/prove.h"
#include "fuzz.h"

static const char *const words[] = {
    "0",
    "-1",
    "1",
    "7",
    "9223372036854775807",
    "-9223372036854775808",
    "99999999999999",
    "202613",
    "20260229",
    "null",
    "true",
    "false",
    "[]",
    "{}",
    "[[]]",
    "\"\"",
    "\"a\"",
    "\"\\u0001\"",
    "\"\\ud842\\udfb7\"",
    "\"\\ud842\"",
    "{\"key\":\"x\",\"deleted\":true}",
    "1e5",
    ",",
    ":",
    "\"",
};

static const char *const xml_words[] = {
    "",           "0",   "1",         "-1", "2",    "3",        "16384",      "16385",      "1048576",
    "4294967296", "1e5", "A1",        "B2", "C2",   "XFD3",     "XFD1048576", "A1:B9",      "1:2 3:3",
    "s",          "str", "inlineStr", "b",  "true", "检查结果", "&amp;",      "&#x10FFFF;",
};

static void
change_byte (GByteArray *input, GRand *rand)
{
  if (input->len > 0)
    input->data[g_rand_int_range (rand, 0, (gint32)input->len)] ^= (guint8)(1 << g_rand_int_range (rand, 0, 8));
}

static void
insert (GByteArray *input, guint at, const void *data, guint length)
{
  guint tail = input->len - at;
  g_byte_array_set_size (input, input->len + length);
  memmove (input->data + at + length, input->data + at, tail);
  memcpy (input->data + at, data, length);
}

static void
remove_some (GByteArray *input, GRand *rand)
{
  if (input->len < 2)
    return;
  guint at = (guint)g_rand_int_range (rand, 0, (gint32)input->len);
  guint length = (guint)g_rand_int_range (rand, 1, 1 + MIN (16, (gint32)(input->len - at)));
  g_byte_array_remove_range (input, at, length);
}

static void
copy_some (GByteArray *input, GRand *rand)
{
  if (input->len < 2 || input->len > 64 * 1024)
    return;
  guint from = (guint)g_rand_int_range (rand, 0, (gint32)input->len);
  guint length = (guint)g_rand_int_range (rand, 1, 1 + MIN (256, (gint32)(input->len - from)));
  guint to = (guint)g_rand_int_range (rand, 0, (gint32)input->len);
  g_autofree guint8 *piece = g_memdup2 (input->data + from, length);
  insert (input, to, piece, length);
}

/* How a format bounds its values, and which may stand there. */
typedef struct {
  const char *before, *behind;
  const char *const *words;
  guint n_words;
} Grammar;

static const Grammar json = {":,[", ",]}", words, G_N_ELEMENTS (words)};
static const Grammar xml = {"'\">", "'\"<", xml_words, G_N_ELEMENTS (xml_words)};

/* Puts a word in the place of a value: what stands between two bounds. */
static void
change_value (GByteArray *input, GRand *rand)
{
  const Grammar *grammar = input->len > 0 && memchr (input->data, '<', input->len) != NULL ? &xml : &json;
  const char *word = grammar->words[g_rand_int_range (rand, 0, (gint32)grammar->n_words)];
  if (input->len == 0)
    return;
  guint at = (guint)g_rand_int_range (rand, 0, (gint32)input->len);
  while (at < input->len && strchr (grammar->before, input->data[at]) == NULL)
    at++;
  at = MIN (at + 1, input->len);
  guint end;
  for (end = at; end < input->len && strchr (grammar->behind, input->data[end]) == NULL;)
    end++;
  if (end > at)
    g_byte_array_remove_range (input, at, end - at);
  insert (input, at, word, (guint)strlen (word));
}

/* Puts a number in the place of one that lies there in binary. */
static void
change_number (GByteArray *input, GRand *rand)
{
  static const guint32 numbers[]
      = {0,      1,       2,          8,      0x3c,   0x7f,   0xff,       0x100,      0x7fff,     0x8000,    0xfffe,
         0xffff, 0x10000, 0x7fffffff, 0x0809, 0x000a, 0x0207, 0x80000000, 0xfffffffa, 0xfffffffe, 0xffffffff};
  if (input->len < 8)
    return;
  guint32 number = numbers[g_rand_int_range (rand, 0, G_N_ELEMENTS (numbers))];
  guint bytes = 1u << g_rand_int_range (rand, 0, 3);
  guint at = 1 + (guint)g_rand_int_range (rand, 0, (gint32)(input->len - bytes) / 2) * 2;
  for (guint i = 0; i < bytes && at + i < input->len; i++)
    input->data[at + i] = (guint8)(number >> (8 * i));
}

static gboolean
is_binary (const GByteArray *input)
{
  return input->len > 64 && memchr (input->data + 1, '\0', 64) != NULL;
}

static void
change (GByteArray *input, GRand *rand)
{
  for (int n = g_rand_int_range (rand, 1, 4); n > 0; n--) {
    switch (g_rand_int_range (rand, 0, 8)) {
    case 0:
      change_byte (input, rand);
      break;
    case 1:
      remove_some (input, rand);
      break;
    case 2:
      copy_some (input, rand);
      break;
    default:
      if (is_binary (input))
        change_number (input, rand);
      else
        change_value (input, rand);
      break;
    }
  }
}

static void
add_file (GPtrArray *corpus, const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL), *text = NULL;
  g_autoptr (GError) error = NULL;
  GByteArray *input = g_byte_array_new ();
  gsize length;
  if (!g_file_get_contents (path, &text, &length, &error))
    g_error ("%s", error->message);
  guint8 prefix;
  if (fuzz_prefix (name, &prefix) == NULL)
    g_byte_array_append (input, &prefix, 1);
  g_byte_array_append (input, (const guint8 *)text, (guint)length);
  g_ptr_array_add (corpus, input);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* In the order of names, so that a round means the same everywhere. */
static void
add_folder (GPtrArray *corpus, const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  if (dir == NULL)
    g_error ("%s", error->message);
  const char *name;
  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    add_file (corpus, folder, g_ptr_array_index (names, i));
}

static void
run_round (const GPtrArray *corpus, guint round, guint stop)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (round);
  const GByteArray *seed = g_ptr_array_index (corpus, round % corpus->len);
  g_autoptr (GByteArray) input = g_byte_array_new ();
  g_byte_array_append (input, seed->data, seed->len);
  if (round >= corpus->len)
    change (input, rand);
  if (round == stop)
    g_print ("# round %u: %.*s\n", round, (int)input->len, (const char *)input->data);
  /* of exactly its size, so that reading beyond it is seen by a sanitizer */
  g_autofree guint8 *exact = g_memdup2 (input->data, input->len);
  LLVMFuzzerTestOneInput (exact, input->len);
}

int
main (int argc, char **argv)
{
  g_autoptr (GPtrArray) corpus = g_ptr_array_new_with_free_func ((GDestroyNotify)g_byte_array_unref);
  const char *only = g_getenv ("FUZZ_ROUND");
  guint rounds = argc > 2 ? (guint)strtoul (argv[1], NULL, 10) : 0;
  gint64 begin = g_get_monotonic_time ();
  for (int i = 2; i < argc; i++)
    add_folder (corpus, argv[i]);
  if (rounds == 0 || corpus->len == 0)
    g_error ("usage: %s ROUNDS CORPUS...", argv[0]);
  g_print ("1..1\n");
  if (only != NULL)
    run_round (corpus, (guint)strtoul (only, NULL, 10), (guint)strtoul (only, NULL, 10));
  guint round = 0;
  for (; only == NULL && prove_goes_on (begin, round, rounds); round++) {
    if (round % 1000 == 0)
      g_print ("# from round %u\n", round);
    run_round (corpus, round, G_MAXUINT);
  }
  g_print ("ok 1 - %u rounds over %u files\n", round, corpus->len);
  return 0;
}
