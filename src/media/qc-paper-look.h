/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Whether a picture looks like a scan or a copy, where the photograph of an original is asked for. A guess for a
 * warning, never for a refusal. Pure; any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  QC_PAPER_PHOTOGRAPH = 0,
  QC_PAPER_GREY = 1 << 0, /* without colour, as a copy or a scan in black and white */
  QC_PAPER_FLAT = 1 << 1, /* even white from edge to edge, as no light falls on paper but in a scanner */
} QcPaperLook;
#define QC_PAPER_ALL (QC_PAPER_GREY | QC_PAPER_FLAT)

/*
 * Of @width × @height pixels of three bytes (red, green, blue), 400 or more the longer way where there are as many.
 *
 * GREY: of each 200 pixels at most one has colours 12 apart or more, and they are 3 apart or less in the mean. A
 * camera's white balance and the light of a room are never as exact, a red seal or a blue signature makes it a colour
 * scan.
 *
 * FLAT: the outermost 4 % all around, cut into 8 pieces a side; in each piece the brightest quarter begins at 215 or
 * more (it is paper, whatever is printed there), and the pieces are at most 10 apart. Paper that fills a photograph
 * falls off by 20 and more towards its corners; around other paper the table shows.
 */
QcPaperLook qc_paper_look (const guint8 *rgb, guint width, guint height);

G_END_DECLS
