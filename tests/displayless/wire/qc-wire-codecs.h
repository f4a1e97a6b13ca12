/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Every codec of the wire by the name of its message, for tests and fuzzing: decode, then encode again.
 */
#pragma once

#include "qc-wire-center.h"
#include "qc-wire-line.h"
#include "qc-wire-page.h"
#include "qc-wire-profile.h"
#include "qc-wire-receiver.h"
#include "qc-wire-session.h"
#include "qc-wire-submission.h"
#include "qc-wire-voucher.h"

/* @name: "<Schema>[.<variant>]" as in data/openapi.yaml. NULL with the decoder's error. */
GBytes *qc_wire_recode (const char *name, GBytes *bytes, GError **error);
guint qc_wire_n_codecs (void);
const char *qc_wire_codec_name (guint i);
