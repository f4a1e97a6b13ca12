/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The error domain of this room. Any thread.
 */
#include "qc-documents.h"

G_DEFINE_QUARK (qc - documents - error - quark, qc_documents_error)
