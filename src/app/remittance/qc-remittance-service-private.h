/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The fields of the 汇缴 service, shared by the files it is written in. Main context.
 */
#pragma once

#include <string.h>

#include "qc-remittance-private.h"
#include "qc-remittance-service.h"

struct _QcRemittanceService {
  QcBusinessService parent_instance;
  QcDraft *draft;               /* borrowed from the parent */
  QcRemittancePreview *preview; /* (owned) (nullable) */
  GCancellable *computing;      /* (owned) (nullable) of the computation under way */
  QcPreviewRequest *request;    /* (owned) (nullable) the same one's */
  char *signature;              /* (owned) (nullable) what the preview was made for */
  GPtrArray *waiting;           /* (owned) GTask */
  guint progress_source;
};

/* qc-remittance-submit.c: what 办理 needs of the subclass. */
void qc_remittance_service_submit_class_init (QcBusinessServiceClass *klass);
/* What the present draft asks for. (transfer full) */
QcPreviewRequest *qc_remittance_service_dup_request (QcRemittanceService *self);

#define QC_FACT_END      "end"
#define QC_FACT_REVIEWED "reviewed."
#define QC_FACT_CLASS    "class."
