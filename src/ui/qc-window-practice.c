/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Commands of the window for practice: what the menu of practice sets and asks for. Main thread.
 */
#include "qc-window-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "qc-dialogs.h"

static void
practice_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (QcWindow) self = data;
  g_autoptr (GError) error = NULL;
  if (!qc_session_practice_finish (QC_SESSION (source), result, &error))
    qc_window_show_error (self, error);
}

static void
set_state (QcWindow *self, const char *name, GVariant *state)
{
  g_simple_action_set_state (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), name)), state);
}

static void
practice_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (QcWindow) self = data;
  QcPracticeSettings settings;
  if (!qc_session_practice_read_finish (QC_SESSION (source), result, &settings, NULL))
    return; /* why it cannot be reached is said by the sync */
  g_autofree char *review
      = g_strdup_printf ("%" G_GINT64_FORMAT "/%d", settings.review_delay, settings.review_returned);
  set_state (self, "practice-delay", g_variant_new_int32 ((gint32)settings.arrival_delay));
  set_state (self, "practice-review", g_variant_new_string (review));
}

/* What the menu shows is what the center does. */
static void
practice_look_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  qc_session_practice_read_async (QC_WINDOW (data)->session, NULL, practice_read_cb, g_object_ref (data));
}

static void
practice_advance_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  qc_session_practice_advance_async (QC_WINDOW (data)->session, 1, NULL, practice_done_cb, g_object_ref (data));
}

static void
practice_delay_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  g_simple_action_set_state (action, value);
  qc_session_practice_set_delay_async (QC_WINDOW (data)->session, g_variant_get_int32 (value), NULL, practice_done_cb,
                                       g_object_ref (data));
}

/* "10/33": after ten seconds, a third is returned. */
static void
practice_review_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  const char *words = g_variant_get_string (value, NULL), *slash = strchr (words, '/');
  int seconds = (int)g_ascii_strtoll (words, NULL, 10);
  int returned = slash ? (int)g_ascii_strtoll (slash + 1, NULL, 10) : 0;
  g_simple_action_set_state (action, value);
  qc_session_practice_set_review_async (QC_WINDOW (data)->session, seconds, returned, NULL, practice_done_cb,
                                        g_object_ref (data));
}

static void
reset_confirmed (gpointer data)
{
  qc_session_practice_reset_async (QC_WINDOW (data)->session, NULL, practice_done_cb, g_object_ref (data));
}

static void
practice_reset_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  qc_dialog_confirm (data, _ ("Start practice over?"),
                     _ ("All units of practice go back to how they were on the first day; drafts and what waits for "
                        "them are gone. Real centers are not touched."),
                     _ ("_Start Over"), QC_CONFIRM_DESTRUCTIVE, NULL, reset_confirmed, data, NULL);
}

static void
open_console_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  QcPractice *practice = qc_context_get_practice (qc_session_get_context (QC_WINDOW (data)->session));
  if (qc_practice_get_console_address (practice))
    qc_open_in_browser (data, qc_practice_get_console_address (practice));
}

void
qc_window_add_practice_commands (QcWindow *self)
{
  static const GActionEntry commands[] = {
      {"practice-look", practice_look_cb},
      {"practice-advance", practice_advance_cb},
      {"practice-delay", NULL, "i", "-1", practice_delay_cb},
      {"practice-review", NULL, "s", "'-1/0'", practice_review_cb},
      {"practice-reset", practice_reset_cb},
      {"open-console", open_console_cb},
  };
  g_action_map_add_action_entries (G_ACTION_MAP (self), commands, G_N_ELEMENTS (commands), self);
}
