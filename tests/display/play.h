/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What the display tests share: a data folder with a unit full of people, the window over it, waiting without sleeping,
 * and finding widgets as a reader of the screen would: by type and words.
 */
#pragma once

#include <adwaita.h>

#include "qc-window.h"
#include "seed.h"

/* A folder of seed.h and the window over it; removed by play_end(). */
typedef struct {
  char *folder;                /* (owned) */
  QcContext *context;          /* (owned) */
  QcSession *session;          /* (owned) */
  AdwApplication *application; /* borrowed */
  QcWindow *window;            /* borrowed */
} Play;

/* @n_people < 0: an empty folder, as on the first start. */
void play_begin (Play *play, int n_people);
/* Over @folder (transfer full), which somebody else filled. */
void play_begin_in (Play *play, char *folder);
void play_end (Play *play);
/* The window is closed, and opened once more over the same folder. */
void play_again (Play *play);
/* The window is closed in the midst of whatever is under way, after @turns of the main loop, and opened once more. */
void play_cut (Play *play, guint turns);
typedef gboolean (*PlayCondition) (gpointer data);
/* Iterates the main context until @condition holds; fails the test after 20 seconds. */
void play_wait (PlayCondition condition, gpointer data, const char *what);
void play_wait_page (Play *play, const char *title);

/* The first visible one below @root. */
GtkWidget *play_find (GtkWidget *root, GType type);
/* The visible label (or inscription) that contains @words; NULL when there is none. */
GtkWidget *play_find_words (GtkWidget *root, const char *words);
void play_wait_words (Play *play, const char *words);
void play_do (Play *play, const char *action, GVariant *parameter);
gboolean play_is_enabled (Play *play, const char *action);
/* @key, as gtk_shortcut_trigger_parse_string() reads it, goes from what has the focus outwards, as GTK does it with
 * shortcuts; Tab and Shift+Tab that nobody wants move the focus. FALSE: nobody wants it. */
gboolean play_press (GtkWidget *window, const char *key);
