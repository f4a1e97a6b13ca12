/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * HEIC in the program qingce-reader. It is a module that the program loads where a picture is one, before it confines
 * itself. One thread.
 */
#pragma once

#include "qc-prepare.h"

G_BEGIN_DECLS

#define QC_HEIC_MODULE   "libqc-reader-heic.so"
#define QC_HEIC_FUNCTION "qc_heic_begin"

/* Loads what there is to load, and gives what then reads the picture that the file says is the first, turned as the
 * file has it. */
typedef QcReadHeic (*QcHeicBegin) (void);
QcReadHeic qc_heic_begin (void);

G_END_DECLS
