/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Children in their natural widths beside each other, in as many lines as they need: a toolbar that is never cut, at
 * any text size and in any language. (libadwaita has a wrap box from 1.7 on.) Main thread.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QC_TYPE_WRAP_LAYOUT (qc_wrap_layout_get_type ())
G_DECLARE_FINAL_TYPE (QcWrapLayout, qc_wrap_layout, QC, WRAP_LAYOUT, GtkLayoutManager)

/* @spacing: pixels between children and lines. */
GtkLayoutManager *qc_wrap_layout_new (int spacing);

G_END_DECLS
