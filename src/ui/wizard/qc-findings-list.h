/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The findings of a draft in one list: grouped by reason, worst first, each leading to its place. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "qc-finding.h"

G_BEGIN_DECLS

#define QC_TYPE_FINDINGS_LIST (qc_findings_list_get_type ())
G_DECLARE_FINAL_TYPE (QcFindingsList, qc_findings_list, QC, FINDINGS_LIST, GtkWidget)

/* Signal "chosen" (const QcFinding *, as pointer): go to its place. */
GtkWidget *qc_findings_list_new (void);
/* Copies @findings (nullable). */
void qc_findings_list_set (QcFindingsList *self, const GPtrArray *findings);
guint qc_findings_list_get_n_groups (QcFindingsList *self);

/* The icon of a severity; borrowed. */
const char *qc_severity_icon (QcSeverity severity);
/* The style class of a severity ("error", "warning", "accent", "dim-label"); borrowed. */
const char *qc_severity_class (QcSeverity severity);
/* Its word, translated ("Blocks", "To be answered" …); borrowed. */
const char *qc_severity_word (QcSeverity severity);

G_END_DECLS
