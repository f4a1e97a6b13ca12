/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Pictures of a telephone made ready and stored: bench-pictures make FOLDER N writes N of 12 megapixels, every
 * second one lying on its side; bench-pictures run FOLDER OUT matches their names to a hundred thousand people, makes
 * them ready and stores them. Prints milliseconds, the longest pause of the main loop, and how much memory it took at
 * its most.
 */
#include <stdlib.h>

#include "bench.h"
#include "made-pictures.h"
#include "qc-picture-desk.h"
#include "qc-picture-names.h"

#define PEOPLE  100000
#define MOST    (8 * 1024 * 1024)
#define TICK_MS 4
#define NOISE   15 /* makes 2 MB of it */

static void
make (const char *folder, guint n)
{
  MadePixels pixels = made_pixels (4032, 3024);
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (GError) error = NULL;
  for (gsize i = 0; i < (gsize)pixels.width * pixels.height; i++) {
    guint8 noise = (guint8)(g_rand_int (rand) & NOISE);
    for (guint c = 0; c < 3; c++)
      pixels.rgb[3 * i + c] ^= noise;
  }
  g_autoptr (GByteArray) standing = made_jpeg (&pixels, MADE_420, FALSE), lying = g_byte_array_new ();
  made_pixels_clear (&pixels);
  g_byte_array_append (lying, standing->data, standing->len);
  made_jpeg_talk (standing, 1);
  made_jpeg_talk (lying, 6);
  for (guint i = 0; i < n; i++) {
    const GByteArray *jpeg = i % 2 == 0 ? lying : standing;
    g_autofree char *path = g_strdup_printf ("%s/23010319%010u.jpg", folder, i * 499);
    if (!g_file_set_contents (path, (const char *)jpeg->data, jpeg->len, &error))
      bench_die ("writing", error);
  }
  bench_print_one ("bytes", lying->len);
}

typedef struct {
  const char *out;
  guint left;
  gint64 last; /* tick */
  double pause;
} Run;

static gboolean
tick_cb (gpointer user_data)
{
  Run *run = user_data;
  run->pause = MAX (run->pause, bench_since (run->last) - TICK_MS);
  run->last = g_get_monotonic_time ();
  return G_SOURCE_CONTINUE;
}

static void
stored_cb (GObject *file, GAsyncResult *result, gpointer user_data)
{
  Run *run = user_data;
  g_autoptr (GError) error = NULL;
  if (!g_file_replace_contents_finish (G_FILE (file), result, NULL, &error))
    bench_die ("storing", error);
  run->left--;
}

static void
prepared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Run *run = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (QcPicture) picture = qc_picture_desk_prepare_finish (result, &error);
  if (picture == NULL || !picture->lossless)
    bench_die ("preparing", error);
  g_autofree char *name = g_strdup_printf ("%u-%s", run->left, picture->name);
  g_autofree char *path = g_build_filename (run->out, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_file_replace_contents_bytes_async (file, picture->jpeg, NULL, FALSE, G_FILE_CREATE_NONE, NULL, stored_cb, run);
}

static void
match (const GPtrArray *files)
{
  g_autoptr (GPtrArray) numbers = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < PEOPLE; i++)
    g_ptr_array_add (numbers, g_strdup_printf ("23010319%010u", i));
  gint64 begun = g_get_monotonic_time ();
  g_autoptr (QcNaming) naming = qc_picture_match_names ((const char *const *)files->pdata, files->len,
                                                        (const char *const *)numbers->pdata, PEOPLE);
  bench_print_one ("match", bench_since (begun));
  if (naming->n_matched != files->len)
    bench_die ("matching", NULL);
}

static void
prepare (const char *folder, const char *out)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  if (dir == NULL)
    bench_die ("the folder", error);
  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    g_ptr_array_add (files, g_build_filename (folder, name, NULL));
  match (files);
  double before = bench_memory ("VmRSS:");
  gint64 begun = g_get_monotonic_time ();
  Run run = {out, files->len, begun, 0};
  g_autoptr (QcPictureDesk) desk = qc_picture_desk_new ();
  guint tick = g_timeout_add (TICK_MS, tick_cb, &run);
  for (guint i = 0; i < files->len; i++)
    qc_picture_desk_prepare_async (desk, files->pdata[i], 0, MOST, NULL, prepared_cb, &run);
  while (run.left > 0)
    g_main_context_iteration (NULL, TRUE);
  bench_print_one ("took", bench_since (begun));
  g_source_remove (tick);
  bench_print_one ("pause", run.pause);
  bench_print_one ("mib", bench_memory ("VmHWM:") - before);
}

int
main (int argc, char **argv)
{
  if (argc == 4 && g_str_equal (argv[1], "make"))
    make (argv[2], (guint)strtoul (argv[3], NULL, 10));
  else if (argc == 4 && g_str_equal (argv[1], "run"))
    prepare (argv[2], argv[3]);
  else
    bench_die ("usage: bench-pictures make FOLDER N | run FOLDER OUT", NULL);
  return 0;
}
