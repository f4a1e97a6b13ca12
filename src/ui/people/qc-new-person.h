/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 添加: the form in which somebody without an account is put on a roster (个人账户设立). A field for each column that
 * is entered, in their order; what is wrong stands at its field, and what follows is shown as one types. Enter adds and
 * begins anew. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "qc-roster-service.h"

G_BEGIN_DECLS

#define QC_TYPE_NEW_PERSON (qc_new_person_get_type ())
G_DECLARE_FINAL_TYPE (QcNewPerson, qc_new_person, QC, NEW_PERSON, AdwWindow)

GtkWidget *qc_new_person_new (GtkWidget *parent, QcRosterService *service);

G_END_DECLS
