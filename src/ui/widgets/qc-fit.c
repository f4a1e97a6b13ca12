/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-fit.h. Main thread.
 */
#include "qc-fit.h"

#define MARGIN 40 /* of the window below that stays to be seen, in all */

static double
get_text_scale (GtkWindow *window)
{
  int dpi = 0;
  g_object_get (gtk_widget_get_settings (GTK_WIDGET (window)), "gtk-xft-dpi", &dpi, NULL);
  return dpi > 0 ? dpi / (96.0 * PANGO_SCALE) : 1.0;
}

static int
grow (int size, double scale, int room)
{
  return CLAMP ((int)(size * scale), size, MAX (room - MARGIN, size));
}

void
qc_fit_over (GtkWindow *window, int width, int height)
{
  g_return_if_fail (GTK_IS_WINDOW (window));
  GtkWindow *below = gtk_window_get_transient_for (window);
  double scale = get_text_scale (window);
  if (below)
    gtk_window_set_default_size (window, grow (width, scale, gtk_widget_get_width (GTK_WIDGET (below))),
                                 grow (height, scale, gtk_widget_get_height (GTK_WIDGET (below))));
  else
    gtk_window_set_default_size (window, width, height);
}
