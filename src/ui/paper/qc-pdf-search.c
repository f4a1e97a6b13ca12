/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-pdf-search.h. Main thread.
 */
#include "qc-pdf-search.h"

#define PIECE_MICROSECONDS 4000

struct _QcPdfSearch {
  QcPdfView *view; /* borrowed */
  QcPdfSearchFunc changed;
  gpointer user_data;
  char *text; /* (owned) */
  QcPdfSearchState state;
  GArray *places; /* (owned) (nullable) PopplerRectangle on the page that is shown */
  int current;
  gboolean forward;
  int page, left; /* looked at next; pages until it has been everywhere */
  guint source;
};

QcPdfSearch *
qc_pdf_search_new (QcPdfView *view, QcPdfSearchFunc changed, gpointer user_data)
{
  QcPdfSearch *search = g_new0 (QcPdfSearch, 1);
  search->view = view;
  search->changed = changed;
  search->user_data = user_data;
  search->text = g_strdup ("");
  return search;
}

void
qc_pdf_search_free (QcPdfSearch *search)
{
  if (!search)
    return;
  g_clear_handle_id (&search->source, g_source_remove);
  g_clear_pointer (&search->places, g_array_unref);
  g_free (search->text);
  g_free (search);
}

QcPdfSearchState
qc_pdf_search_get_state (const QcPdfSearch *search)
{
  return search->state;
}

static void
set_state (QcPdfSearch *search, QcPdfSearchState state)
{
  search->state = state;
  search->changed (search->user_data);
}

/* (transfer full) (nullable): there is none */
static GArray *
look_at (QcPdfSearch *search, int number)
{
  PopplerPage *page = poppler_document_get_page (qc_pdf_view_get_document (search->view), number);
  GList *found = page ? poppler_page_find_text (page, search->text) : NULL;
  GArray *places = found ? g_array_new (FALSE, FALSE, sizeof (PopplerRectangle)) : NULL;
  for (GList *l = found; l; l = l->next)
    g_array_append_vals (places, l->data, 1);
  g_list_free_full (found, (GDestroyNotify)poppler_rectangle_free);
  g_clear_object (&page);
  return places;
}

static void
show (QcPdfSearch *search)
{
  if (qc_pdf_view_get_page (search->view) != search->page)
    qc_pdf_view_set_page (search->view, search->page);
  qc_pdf_view_set_found (search->view, search->places, search->current);
  set_state (search, QC_PDF_SEARCH_FOUND);
}

static gboolean
step_cb (gpointer user_data)
{
  QcPdfSearch *search = user_data;
  gint64 until = g_get_monotonic_time () + PIECE_MICROSECONDS;
  int n = qc_pdf_view_get_n_pages (search->view);
  while (search->left > 0 && g_get_monotonic_time () < until) {
    search->left--;
    g_clear_pointer (&search->places, g_array_unref);
    search->places = look_at (search, search->page);
    if (search->places) {
      search->source = 0;
      search->current = search->forward ? 0 : (int)search->places->len - 1;
      show (search);
      return G_SOURCE_REMOVE;
    }
    search->page = (search->page + (search->forward ? 1 : n - 1)) % n;
  }
  if (search->left > 0)
    return G_SOURCE_CONTINUE;
  search->source = 0;
  qc_pdf_view_set_found (search->view, NULL, 0);
  set_state (search, QC_PDF_SEARCH_ABSENT);
  return G_SOURCE_REMOVE;
}

/* All pages from @page on, in the direction that was asked for. */
static void
begin (QcPdfSearch *search, int page)
{
  int n = qc_pdf_view_get_n_pages (search->view);
  g_clear_handle_id (&search->source, g_source_remove);
  if (n == 0)
    return;
  search->page = (page + n) % n;
  search->left = n;
  search->source = g_idle_add (step_cb, search);
  set_state (search, QC_PDF_SEARCH_RUNNING);
}

void
qc_pdf_search_set_text (QcPdfSearch *search, const char *text)
{
  char *copy = g_strdup (text);
  g_free (search->text);
  search->text = copy;
  search->forward = TRUE;
  g_clear_handle_id (&search->source, g_source_remove);
  g_clear_pointer (&search->places, g_array_unref);
  if (*text) {
    begin (search, qc_pdf_view_get_page (search->view));
    return;
  }
  qc_pdf_view_set_found (search->view, NULL, 0);
  set_state (search, QC_PDF_SEARCH_NONE);
}

void
qc_pdf_search_go (QcPdfSearch *search, gboolean forward)
{
  int page = qc_pdf_view_get_page (search->view);
  if (!*search->text)
    return;
  search->forward = forward;
  if (!search->places || page != search->page) { /* she has turned the page since */
    begin (search, page);
    return;
  }
  search->current += forward ? 1 : -1;
  if (search->current >= 0 && search->current < (int)search->places->len)
    show (search);
  else
    begin (search, page + (forward ? 1 : -1));
}
