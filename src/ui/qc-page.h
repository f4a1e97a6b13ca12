/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A page of the window. What every page has once: title, search, state (content, loading, empty, offline, error), a
 * count for its sidebar badge, and its actions, which the window offers as win.*. A page is built when it is first
 * visited and kept. Main thread.
 *
 * How to write one: derive from QcPage, build your widgets in instance init, hand them over with
 * qc_page_set_content(), add your commands to qc_page_get_actions() (names like "remittance-next"; their shortcuts with
 * qc_page_add_shortcut()), implement the virtual functions you need, and put one line into the table of qc-pages.c.
 */
#pragma once

#include <adwaita.h>

#include "qc-session.h"

G_BEGIN_DECLS

#define QC_TYPE_PAGE (qc_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (QcPage, qc_page, QC, PAGE, GtkWidget)

typedef enum {
  QC_PAGE_CONTENT,
  QC_PAGE_LOADING, /* the spinner shows after 500 ms */
  QC_PAGE_EMPTY,
  QC_PAGE_ERROR,
} QcPageState;

struct _QcPageClass {
  GtkWidgetClass parent_class;
  /* The page came on screen (also the first time, after realize_session). @argument: (nullable): what
   * qc_window_go() was given, for example a serial to be shown. */
  void (*shown) (QcPage *self, const char *argument);
  void (*hidden) (QcPage *self);
  /* The page or the window is about to be left: what is half typed counts. (nullable) */
  void (*enter_typed) (QcPage *self);
  /* The search entry of the header bar changed; "" = no search. Only with qc_page_set_search_hint(). */
  void (*search) (QcPage *self, const char *text);
  /* Another unit or profile: forget everything and load again. Also called once, before the first shown(). */
  void (*unit_changed) (QcPage *self);
  /* @what: QcDataKind flags of the current unit. */
  void (*data_changed) (QcPage *self, guint what);
};

/* Where the page has something to be typed. */
void qc_page_enter_typed (QcPage *self);
/* Construct property "session". Borrowed; never NULL. */
QcSession *qc_page_get_session (QcPage *self);
void qc_page_set_content (QcPage *self, GtkWidget *content);

/* Property "title": shown in the header bar, already translated. */
const char *qc_page_get_title (QcPage *self);
void qc_page_set_title (QcPage *self, const char *title);
/* Placeholder of the search entry; NULL (default) = no search on this page. */
void qc_page_set_search_hint (QcPage *self, const char *hint);
const char *qc_page_get_search_hint (QcPage *self);

/* EMPTY: what is missing and what can be done, with up to one button (action name "win.…", label). */
void qc_page_set_empty (QcPage *self, const char *icon, const char *title, const char *description,
                        const char *button_label, const char *action_name);
/* ERROR: the sentence of qc_error_text(), with a button that calls unit_changed() again. */
void qc_page_set_error (QcPage *self, const GError *error);
void qc_page_set_state (QcPage *self, QcPageState state);
QcPageState qc_page_get_state (QcPage *self);

/* Things of this page that wait for the clerk; property "badge", 0 = none. */
void qc_page_set_badge (QcPage *self, guint count);
guint qc_page_get_badge (QcPage *self);

/* The lasting in-page bar above the content; NULL hides it. @action_name: (nullable) */
void qc_page_set_bar (QcPage *self, const char *text, const char *button_label, const char *action_name);

/* The window offers these as win.NAME from the first visit on. Borrowed. */
GActionMap *qc_page_get_actions (QcPage *self);
/* @accelerator as "<Control>Return"; @action_name "win.remittance-next", or detailed: "win.inquiry-show('people')".
 * Works while the page is shown. */
void qc_page_add_shortcut (QcPage *self, const char *accelerator, const char *action_name);

G_END_DECLS
