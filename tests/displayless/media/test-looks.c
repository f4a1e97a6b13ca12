/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What looks like a scan or a copy: papers drawn as a camera and as a scanner see them.
 */
#include <string.h>

#include "qc-paper-look.h"

enum { WIDTH = 378, HEIGHT = 512 };

typedef struct {
  const char *name;
  double paper;     /* how bright */
  double falls_off; /* towards the corners, by how much */
  double tint;      /* warm light: blue is darker by so much */
  double noise;     /* of a camera's sensor, each colour its own */
  guint margin;     /* pixels of a table around the paper, left and top */
  gboolean seal;    /* a red one */
  gboolean grey;    /* all colour is taken out */
  QcPaperLook look;
} Row;

static guint8
clamp (double value)
{
  return (guint8)CLAMP (value, 0, 255);
}

static gboolean
is_ink (guint x, guint y)
{
  return x > 20 && x < WIDTH - 20 && y > 25 && y % 14 < 4 && (x / 3 + y) % 3 != 0;
}

static guint8 *
draw (const Row *row)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  guint8 *rgb = g_malloc (WIDTH * HEIGHT * 3);
  for (guint y = 0; y < HEIGHT; y++)
    for (guint x = 0; x < WIDTH; x++) {
      double dx = (double)x / WIDTH - 0.4, dy = (double)y / HEIGHT - 0.4;
      double light = row->paper - row->falls_off * (dx * dx + dy * dy) * 2;
      double colours[3] = {light, light - row->tint / 3, light - row->tint};
      if (x < row->margin || y < row->margin) {
        colours[0] = 120, colours[1] = 85, colours[2] = 60;
      } else if (row->seal && (x - 250.0) * (x - 250.0) + (y - 380.0) * (y - 380.0) < 45 * 45) {
        colours[0] = 205, colours[1] = colours[2] = 60;
      } else if (is_ink (x, y)) {
        colours[0] = colours[1] = colours[2] = 40;
      }
      for (guint i = 0; i < 3; i++)
        colours[i] += row->noise * (g_rand_double (rand) * 2 - 1);
      if (row->grey)
        colours[0] = colours[2] = colours[1];
      for (guint i = 0; i < 3; i++)
        rgb[3 * (y * WIDTH + x) + i] = clamp (colours[i]);
    }
  return rgb;
}

static void
test_looks (void)
{
  static const Row rows[] = {
      {"photograph, the paper fills it", 215, 40, 14, 4, 0, FALSE, FALSE, QC_PAPER_PHOTOGRAPH},
      {"photograph in daylight", 235, 30, 8, 3, 0, FALSE, FALSE, QC_PAPER_PHOTOGRAPH},
      {"photograph in even light", 245, 14, 6, 3, 0, FALSE, FALSE, QC_PAPER_PHOTOGRAPH},
      {"photograph with hardly any tint", 225, 35, 5, 1, 0, FALSE, FALSE, QC_PAPER_PHOTOGRAPH},
      {"photograph with a seal", 225, 35, 10, 4, 0, TRUE, FALSE, QC_PAPER_PHOTOGRAPH},
      {"photograph on a table", 235, 6, 6, 3, 40, TRUE, FALSE, QC_PAPER_PHOTOGRAPH},
      {"photograph, dark but even", 190, 4, 14, 4, 0, FALSE, FALSE, QC_PAPER_PHOTOGRAPH},
      {"photograph without its colours", 225, 35, 0, 4, 0, FALSE, TRUE, QC_PAPER_GREY},
      {"copy on a table, without colours", 235, 6, 0, 3, 40, FALSE, TRUE, QC_PAPER_GREY},
      {"scan in black and white", 250, 0, 0, 1, 0, FALSE, TRUE, QC_PAPER_GREY | QC_PAPER_FLAT},
      {"scan of a copy, a little yellow", 246, 0, 2, 1, 0, FALSE, FALSE, QC_PAPER_GREY | QC_PAPER_FLAT},
      {"scan in colour with a seal", 250, 0, 0, 1, 0, TRUE, FALSE, QC_PAPER_FLAT},
      {"scanning program of a telephone", 244, 2, 3, 2, 0, TRUE, FALSE, QC_PAPER_FLAT},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("%s", rows[i].name);
    g_autofree guint8 *rgb = draw (&rows[i]);
    g_assert_cmpint (qc_paper_look (rgb, WIDTH, HEIGHT), ==, rows[i].look);
  }
}

/* Too small to say anything of it. */
static void
test_small (void)
{
  guint8 white[7 * 100 * 3];
  memset (white, 255, sizeof white);
  g_assert_cmpint (qc_paper_look (white, 7, 100), ==, QC_PAPER_PHOTOGRAPH);
  g_assert_cmpint (qc_paper_look (white, 100, 7), ==, QC_PAPER_PHOTOGRAPH);
  g_assert_cmpint (qc_paper_look (white, 8, 8), ==, QC_PAPER_ALL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/media/looks", test_looks);
  g_test_add_func ("/media/looks/small", test_small);
  return g_test_run ();
}
