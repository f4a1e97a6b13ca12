/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-text-size.h. Main thread.
 */
#include "qc-text-size.h"

#include <adwaita.h>

#define USUAL_DPI (96 * PANGO_SCALE)

int
qc_text_size_scale (GtkWidget *widget, int pixels)
{
  int dpi = 0;
  g_object_get (gtk_widget_get_settings (widget), "gtk-xft-dpi", &dpi, NULL);
  return dpi > USUAL_DPI ? (int)((gint64)pixels * dpi / USUAL_DPI) : pixels;
}

static void
fit_clamp (AdwClamp *clamp)
{
  int usual = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (clamp), "qc-width"));
  int width = qc_text_size_scale (GTK_WIDGET (clamp), usual);
  adw_clamp_set_maximum_size (clamp, width);
  adw_clamp_set_tightening_threshold (clamp, width);
}

GtkWidget *
qc_text_size_clamp (GtkWidget *child, int width)
{
  GtkWidget *clamp = adw_clamp_new ();
  g_object_set_data (G_OBJECT (clamp), "qc-width", GINT_TO_POINTER (width));
  adw_clamp_set_child (ADW_CLAMP (clamp), child);
  g_signal_connect_object (gtk_widget_get_settings (clamp), "notify::gtk-xft-dpi", G_CALLBACK (fit_clamp), clamp,
                           G_CONNECT_SWAPPED);
  fit_clamp (ADW_CLAMP (clamp));
  return clamp;
}
