/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Pages from templates: {{name}} puts a value, escaped always; {{#name}}…{{/name}} once for a value that is not empty
 * and once per item of a list; {{^name}}…{{/name}} where there is none; {{! a remark }} puts nothing. Names not found
 * in an item are looked for around it. There is no way to put unescaped text. Any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _QcHtml QcHtml;

QcHtml *qc_html_new (void);
void qc_html_free (QcHtml *values);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcHtml, qc_html_free)
/* NULL @value = empty. */
void qc_html_set (QcHtml *values, const char *name, const char *value);
/* @value is taken. */
void qc_html_take (QcHtml *values, const char *name, char *value);
void qc_html_set_flag (QcHtml *values, const char *name, gboolean value);
void qc_html_set_int (QcHtml *values, const char *name, gint64 value);
/* A new item at the end of list @name; borrowed. */
QcHtml *qc_html_add (QcHtml *values, const char *name);
/* Makes list @name exist, though it may stay empty. */
void qc_html_add_list (QcHtml *values, const char *name);

/* A template that does not fit its own rules is a bug. (transfer full) */
char *qc_html_render (const char *template_text, const QcHtml *values);

G_END_DECLS
