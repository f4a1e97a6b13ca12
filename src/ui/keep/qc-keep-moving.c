/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 迁移到另一台电脑, 接收, 工作移交: a file is chosen, a passphrase entered, and then it is done. Main thread.
 */
#include "qc-keep-window-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "qc-app-error.h"
#include "qc-dialogs.h"
#include "qc-error-text.h"
#include "qc-format.h"
#include "qc-passphrase-dialog.h"
#include "qc-window.h"

#define SUFFIX ".qcdata"

/* What is asked about on the way to one file. */
typedef struct {
  QcKeepWindow *self; /* (owned) */
  char *path;         /* (owned) (nullable) */
  char *passphrase;   /* (owned) (nullable) */
  GPtrArray *units;   /* (owned) (nullable) char*: of a hand-over */
} Way;

static void
way_free (gpointer data)
{
  Way *way = data;
  if (way->passphrase)
    memset (way->passphrase, 0, strlen (way->passphrase));
  g_object_unref (way->self);
  g_free (way->passphrase);
  g_free (way->path);
  g_clear_pointer (&way->units, g_ptr_array_unref);
  g_free (way);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Way, way_free)

static Way *
way_new (QcKeepWindow *self)
{
  Way *way = g_new0 (Way, 1);
  way->self = g_object_ref (self);
  return way;
}

/* --- out --- */

static void
handed_over_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Way) way = user_data;
  g_autoptr (GError) error = NULL;
  qc_keeper_hand_over_finish (QC_KEEPER (source), result, &error);
  g_autofree char *words = g_strdup_printf (_ ("%s and the list of what is open beside it are written. Give both, and "
                                               "tell the passphrase by another way."),
                                            way->path);
  qc_keep_window_end (way->self, words, error);
}

static void
packed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Way) way = user_data;
  g_autoptr (GError) error = NULL;
  qc_keeper_pack_finish (QC_KEEPER (source), result, &error);
  g_autofree char *words
      = g_strdup_printf (_ ("%s is written. Take it to the other computer and receive it there; go on with the work on "
                            "that one only."),
                         way->path);
  qc_keep_window_end (way->self, words, error);
}

/* Takes @way, of which everything is known. */
static void
write_file (Way *way)
{
  QcKeepWindow *self = way->self;
  GCancellable *cancellable = qc_keep_window_begin (self, _ ("Packing everything…"));
  if (way->units)
    qc_keeper_hand_over_async (self->keeper, way->path, way->passphrase, way->units, cancellable, handed_over_cb, way);
  else
    qc_keeper_pack_async (self->keeper, way->path, way->passphrase, NULL, cancellable, packed_cb, way);
}

static void
place_cb (GFile *file, gpointer user_data)
{
  Way *way = user_data;
  way->path = file ? g_file_get_path (file) : NULL;
  if (way->path && way->self->keeper)
    write_file (way);
  else
    way_free (way);
}

static void
passphrase_made_cb (const char *passphrase, gpointer user_data)
{
  Way *asked = user_data;
  if (!asked->self->keeper)
    return;
  Way *way = way_new (asked->self);
  way->passphrase = g_strdup (passphrase);
  way->path = g_strdup (asked->path);
  way->units = asked->units ? g_ptr_array_ref (asked->units) : NULL;
  if (way->path) {
    write_file (way);
    return;
  }
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *day = g_date_time_format (now, "%Y-%m-%d");
  g_autofree char *name = g_strdup_printf ("%s_%s%s", way->units ? _ ("Hand-over") : _ ("Moving"), day, SUFFIX);
  QcWindow *window = qc_window_of (GTK_WIDGET (way->self));
  g_autofree char *folder = window ? qc_window_dup_export_folder (window) : NULL;
  qc_dialog_save_file (GTK_WIDGET (way->self), _ ("Where to Write the File"), folder, name, place_cb, way);
}

static void
ask_new_passphrase (Way *way)
{
  qc_passphrase_dialog_ask (GTK_WIDGET (way->self),
                            way->units ? _ ("Passphrase for the Hand-Over") : _ ("Passphrase for Moving"),
                            _ ("Without it nobody can read the file, and nobody can help who has forgotten it. It is "
                               "asked for where the file "
                               "is received."),
                            TRUE, passphrase_made_cb, way, way_free);
}

/* @parameter: (nullable) a path. (transfer full) */
static Way *
way_to (QcKeepWindow *self, GVariant *parameter)
{
  Way *way = way_new (self);
  way->path = parameter ? g_variant_dup_string (parameter, NULL) : NULL;
  return way;
}

void
qc_keep_window_pack (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ask_new_passphrase (way_to (QC_KEEP_WINDOW (widget), parameter));
}

/* --- handing over --- */

typedef struct {
  Way *way;         /* (owned) */
  GPtrArray *ticks; /* (owned) borrowed check buttons, each with its "qc-account" */
} Choosing;

static void
choosing_free (gpointer data)
{
  Choosing *choosing = data;
  g_clear_pointer (&choosing->way, way_free);
  g_ptr_array_unref (choosing->ticks);
  g_free (choosing);
}

static void
units_chosen (gpointer user_data)
{
  Choosing *choosing = user_data;
  choosing->way->units = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < choosing->ticks->len; i++) {
    GtkCheckButton *tick = g_ptr_array_index (choosing->ticks, i);
    if (gtk_check_button_get_active (tick))
      g_ptr_array_add (choosing->way->units, g_strdup (g_object_get_data (G_OBJECT (tick), "qc-account")));
  }
  if (choosing->way->units->len > 0 && choosing->way->self->keeper)
    ask_new_passphrase (g_steal_pointer (&choosing->way));
}

static GtkWidget *
new_tick (const QcUnitChoice *unit)
{
  g_autofree char *words = g_strdup_printf ("%s  %s", unit->name, unit->account);
  GtkWidget *tick = gtk_check_button_new ();
  GtkWidget *label = gtk_label_new (words);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (tick), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (tick), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  g_object_set_data_full (G_OBJECT (tick), "qc-account", g_strdup (unit->account), g_free);
  return tick;
}

void
qc_keep_window_hand_over (GtkWidget *widget, const char *name, GVariant *parameter)
{
  QcKeepWindow *self = QC_KEEP_WINDOW (widget);
  QcSession *session = qc_keeper_get_session (self->keeper);
  GPtrArray *units = qc_session_get_units (session);
  Choosing *choosing = g_new0 (Choosing, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  choosing->way = way_to (self, parameter);
  choosing->ticks = g_ptr_array_new ();
  for (guint i = 0; i < units->len; i++) {
    const QcUnitChoice *unit = g_ptr_array_index (units, i);
    GtkWidget *tick = new_tick (unit);
    g_ptr_array_add (choosing->ticks, tick);
    if (g_strcmp0 (unit->account, qc_session_get_unit_account (session)) == 0) { /* seen without scrolling */
      gtk_check_button_set_active (GTK_CHECK_BUTTON (tick), TRUE);
      gtk_box_prepend (GTK_BOX (box), tick);
    } else {
      gtk_box_append (GTK_BOX (box), tick);
    }
  }
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 300);
  qc_dialog_confirm (
      widget, _ ("Which units are handed over?"),
      _ ("Their drafts, what waits to be submitted and what the center said go along; your journal, your "
         "settings and your sign-in do not. A list of what is open is written beside the file."),
      _ ("_Go On"), QC_CONFIRM_PLAIN, scrolled, units_chosen, choosing, choosing_free);
}

/* --- in --- */

static void
adopted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcKeepWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean ready = qc_keeper_adopt_finish (QC_KEEPER (source), result, &error);
  qc_keep_window_end (self, NULL, error);
  if (ready && self->keeper)
    qc_keep_window_start_anew (self);
}

static void
adopt_confirmed (gpointer user_data)
{
  QcKeepWindow *self = user_data;
  if (!self->keeper)
    return;
  qc_keep_window_begin (self, _ ("Taking it over…"));
  qc_keeper_adopt_async (self->keeper, adopted_cb, g_object_ref (self));
}

static void ask_old_passphrase (Way *way, const char *title);

static void
unpacked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Way) way = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (QcKept) kept = qc_keeper_unpack_finish (QC_KEEPER (source), result, &error);
  if (g_error_matches (error, QC_APP_ERROR, QC_APP_ERROR_PASSPHRASE) && way->self->keeper) {
    qc_keep_window_end (way->self, NULL, NULL);
    ask_old_passphrase (g_steal_pointer (&way), _ ("The passphrase does not fit"));
    return;
  }
  qc_keep_window_end (way->self, NULL, error);
  if (!kept || !way->self->keeper)
    return;
  g_autofree char *contents = qc_kept_dup_words (kept);
  g_autofree char *made = qc_format_date_time (kept->made);
  g_autofree char *body = g_strdup_printf ("%s · %s\n\n%s", made, contents,
                                           _ ("It takes the place of the data on this computer, which are set aside "
                                              "whole. What waits in it is asked about at "
                                              "the center first, so that nothing is submitted twice. Go on with the "
                                              "work on this computer only; sign in once "
                                              "Qingce has opened anew."));
  qc_dialog_confirm (GTK_WIDGET (way->self), _ ("Take these data over?"), body, _ ("_Take Over"), QC_CONFIRM_PLAIN,
                     NULL, adopt_confirmed, g_object_ref (way->self), g_object_unref);
}

static void
passphrase_entered_cb (const char *passphrase, gpointer user_data)
{
  Way *asked = user_data;
  QcKeepWindow *self = asked->self;
  if (!self->keeper)
    return;
  Way *way = way_new (self);
  way->path = g_strdup (asked->path);
  GCancellable *cancellable = qc_keep_window_begin (self, _ ("Unpacking and looking through it…"));
  qc_keeper_unpack_async (self->keeper, way->path, passphrase, cancellable, unpacked_cb, way);
}

/* Takes @way. */
static void
ask_old_passphrase (Way *way, const char *title)
{
  g_autofree char *name = g_path_get_basename (way->path);
  g_autofree char *body = g_strdup_printf (_ ("It was entered where %s was made."), name);
  qc_passphrase_dialog_ask (GTK_WIDGET (way->self), title, body, FALSE, passphrase_entered_cb, way, way_free);
}

static void
chosen_cb (GFile *file, gpointer user_data)
{
  g_autoptr (Way) way = user_data;
  way->path = file ? g_file_get_path (file) : NULL;
  if (way->path && way->self->keeper)
    ask_old_passphrase (g_steal_pointer (&way), _ ("Passphrase of the File"));
}

void
qc_keep_window_receive (GtkWidget *widget, const char *name, GVariant *parameter)
{
  qc_dialog_open_file (widget, _ ("Choose the File"), _ ("Files of Qingce for moving"), "*" SUFFIX, chosen_cb,
                       way_new (QC_KEEP_WINDOW (widget)));
}
