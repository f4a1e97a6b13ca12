/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See the header. One thread at a time.
 */
#include "qc-binder.h"

#include <glib/gstdio.h>
#include <unistd.h>

#include "qc-pdf.h"

/* One or the other. */
typedef struct {
  QcListForm *list; /* (owned) (nullable) */
  QcNotice *notice; /* (owned) (nullable) */
} Form;

struct _QcBinder {
  QcCharset *charset; /* (owned) */
  GArray *forms;      /* (owned) Form */
};

static void
form_clear (gpointer data)
{
  Form *form = data;
  qc_list_form_free (form->list);
  qc_notice_free (form->notice);
}

QcBinder *
qc_binder_new (void)
{
  QcBinder *binder = g_new0 (QcBinder, 1);
  binder->charset = qc_charset_new ();
  binder->forms = g_array_new (FALSE, TRUE, sizeof (Form));
  g_array_set_clear_func (binder->forms, form_clear);
  return binder;
}

void
qc_binder_free (QcBinder *binder)
{
  if (binder == NULL)
    return;
  g_array_unref (binder->forms);
  qc_charset_free (binder->charset);
  g_free (binder);
}

QcListForm *
qc_binder_add_list (QcBinder *binder, const QcListHead *head)
{
  Form form = {.list = qc_list_form_new (head, binder->charset, NULL)};
  g_array_append_val (binder->forms, form);
  return form.list;
}

void
qc_binder_add_notice (QcBinder *binder, const QcNotice *notice)
{
  Form form = {.notice = qc_notice_copy (notice)};
  qc_notice_gather (notice, binder->charset);
  g_array_append_val (binder->forms, form);
}

guint
qc_binder_draw (QcBinder *binder, QcCanvas *canvas, const QcBinding *binding, GError **error)
{
  guint pages = 0;
  canvas->left = binding->left;
  canvas->top = binding->top;
  for (guint i = 0; i < binder->forms->len; i++) {
    const Form *form = &g_array_index (binder->forms, Form, i);
    gboolean practice = form->list != NULL ? qc_list_form_is_practice (form->list) : form->notice->practice;
    QcSheet sheet = {canvas, practice ? "演练·无效" : NULL, NULL, &binding->paper};
    guint n = form->list != NULL ? qc_list_form_draw (form->list, &sheet, &binding->progress, error)
                                 : qc_notice_draw (form->notice, &sheet, error);
    if (n == 0 || g_cancellable_set_error_if_cancelled (binding->progress.cancellable, error))
      return 0;
    pages += n;
  }
  return pages;
}

static gboolean
save (QcBinder *binder, QcFont *font, const QcBinding *binding, const char *folder, const char *path, GError **error)
{
  for (guint i = 0; i < binder->forms->len; i++) {
    const Form *form = &g_array_index (binder->forms, Form, i);
    if (form->list != NULL)
      qc_list_form_gather (form->list);
  }
  QcSubset *subset = qc_subset_new (font, binder->charset, error);
  g_autoptr (QcPdf) pdf = subset != NULL ? qc_pdf_new (font, subset, folder, error) : NULL;
  if (pdf == NULL)
    return FALSE;
  qc_pdf_set_info (pdf, binding->title, binding->subject, binding->created);
  return qc_binder_draw (binder, qc_pdf_get_canvas (pdf), binding, error) > 0 && qc_pdf_check (pdf, error)
         && qc_pdf_save (pdf, path, error);
}

GBytes *
qc_binder_to_bytes (QcBinder *binder, QcFont *font, const QcBinding *binding, GError **error)
{
  g_autofree char *folder = g_dir_make_tmp ("qingce-XXXXXX", error);
  g_autofree char *path = folder != NULL ? g_build_filename (folder, "paper.pdf", NULL) : NULL;
  if (folder == NULL)
    return NULL;
  g_autoptr (GMappedFile) file
      = save (binder, font, binding, folder, path, error) ? g_mapped_file_new (path, FALSE, error) : NULL;
  g_unlink (path);
  g_rmdir (folder);
  return file != NULL ? g_mapped_file_get_bytes (file) : NULL;
}
