/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The table of pages: what the sidebar lists, in which section, and how each is built. Main thread.
 */
#pragma once

#include "qc-business.h"
#include "qc-page.h"

G_BEGIN_DECLS

typedef enum {
  QC_SECTION_TOP,
  QC_SECTION_BUSINESS, /* 业务 */
  QC_SECTION_VIEW,     /* 查看 */
  QC_SECTION_NONE,     /* not in the sidebar: opened from another page */
} QcPageSection;

typedef struct {
  const char *name;  /* stable, as in win.go */
  const char *msgid; /* N_() */
  const char *icon;  /* symbolic */
  QcPageSection section;
  GType (*get_type) (void);
  int business; /* QcBusiness, or -1 */
} QcPageInfo;

/* NULL behind the last. */
const QcPageInfo *qc_pages_get (guint i);
const QcPageInfo *qc_pages_find (const char *name);
/* Where @business is done or followed, NULL where nowhere. */
const QcPageInfo *qc_pages_find_business (QcBusiness business);
/* Translated; the business's name and icon where the page is one. Borrowed. */
const char *qc_page_info_get_label (const QcPageInfo *info);
const char *qc_page_info_get_icon (const QcPageInfo *info);
/* (transfer floating) */
QcPage *qc_pages_build (const QcPageInfo *info, QcSession *session);

G_END_DECLS
