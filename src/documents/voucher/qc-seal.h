/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The center's seal, drawn. Whether a seal may be drawn at all is decided in
 * qc-voucher.c. One thread at a time.
 */
#pragma once

#include "qc-sheet.h"

G_BEGIN_DECLS

#define QC_SEAL_RADIUS 20.0

/* @ring: around the star; @band: below it. */
void qc_seal_draw (QcSheet *sheet, double x, double y, const char *ring, const char *band);

G_END_DECLS
