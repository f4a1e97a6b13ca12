/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-passphrase-dialog.h. Main thread.
 */
#include "qc-passphrase-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "qc-dialogs.h"
#include "qc-keeper.h"

typedef struct {
  GtkWidget *dialog, *words; /* borrowed */
  GtkWidget *first, *second; /* (weak) (nullable) @second: asked for twice */
  char *text;                /* (owned) what stands in the first one: its entry is gone before the answer is told */
  QcPassphraseFunc entered;
  gpointer user_data;
  GDestroyNotify user_data_free;
} Asked;

static void
forget (Asked *asked)
{
  if (asked->text)
    memset (asked->text, 0, strlen (asked->text));
  g_clear_pointer (&asked->text, g_free);
}

static void
leave (GtkWidget **entry, Asked *asked)
{
  if (*entry)
    g_signal_handlers_disconnect_by_data (*entry, asked);
  g_clear_weak_pointer (entry);
}

static void
asked_free (gpointer data)
{
  Asked *asked = data;
  leave (&asked->first, asked);
  leave (&asked->second, asked);
  forget (asked);
  if (asked->user_data_free)
    asked->user_data_free (asked->user_data);
  g_free (asked);
}

static const char *
say_strength (const char *passphrase)
{
  switch (qc_passphrase_judge (passphrase)) {
  case QC_PASSPHRASE_SHORT:
    return _ ("At least eight characters.");
  case QC_PASSPHRASE_WEAK:
    return _ ("Easy to guess: make it longer, or mix letters, digits and signs.");
  case QC_PASSPHRASE_FAIR:
    return _ ("Strength: fair");
  case QC_PASSPHRASE_STRONG:
  default:
    return _ ("Strength: good");
  }
}

static void
update (Asked *asked)
{
  const char *first = gtk_editable_get_text (GTK_EDITABLE (asked->first));
  gboolean good = *first != '\0';
  forget (asked);
  asked->text = g_strdup (first);
  if (asked->second) {
    gboolean same = g_str_equal (first, gtk_editable_get_text (GTK_EDITABLE (asked->second)));
    good = qc_passphrase_judge (first) != QC_PASSPHRASE_SHORT && same;
    gboolean differs = !same && *gtk_editable_get_text (GTK_EDITABLE (asked->second));
    gtk_label_set_text (GTK_LABEL (asked->words), differs ? _ ("The two are not the same yet.") : say_strength (first));
  }
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (asked->dialog), "confirm", good);
}

static void
confirmed (gpointer user_data)
{
  Asked *asked = user_data;
  asked->entered (asked->text, asked->user_data);
}

static gboolean
confirm_cb (gpointer dialog)
{
  if (adw_message_dialog_get_response_enabled (dialog, "confirm"))
    gtk_widget_activate_action (dialog, "dialog.confirm", NULL);
  return G_SOURCE_REMOVE;
}

/* Enter goes on, once the entry has done with it: it would not outlive its window. */
static void
activated_cb (GtkPasswordEntry *entry, Asked *asked)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, confirm_cb, g_object_ref (asked->dialog), g_object_unref);
}

/* What has the focus outlives the entry that it is in, and would tell it of losing it. */
static gboolean
close_request_cb (GtkWindow *dialog, gpointer user_data)
{
  gtk_window_set_focus (dialog, NULL);
  return FALSE;
}

static GtkWidget *
new_entry (GtkWidget *box, const char *title)
{
  GtkWidget *entry = gtk_password_entry_new ();
  GtkWidget *label = gtk_label_new (title);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_password_entry_set_show_peek_icon (GTK_PASSWORD_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), entry);
  return entry;
}

void
qc_passphrase_dialog_ask (GtkWidget *parent, const char *title, const char *body, gboolean made,
                          QcPassphraseFunc entered, gpointer user_data, GDestroyNotify user_data_free)
{
  Asked *asked = g_new0 (Asked, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  asked->entered = entered;
  asked->user_data = user_data;
  asked->user_data_free = user_data_free;
  g_set_weak_pointer (&asked->first, new_entry (box, _ ("Passphrase")));
  g_set_weak_pointer (&asked->second, made ? new_entry (box, _ ("Once more")) : NULL);
  asked->words = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (asked->words), TRUE);
  gtk_widget_add_css_class (asked->words, "dim-label");
  gtk_widget_set_visible (asked->words, made);
  gtk_box_append (GTK_BOX (box), asked->words);
  asked->dialog
      = qc_dialog_confirm (parent, title, body, _ ("_Go On"), QC_CONFIRM_PLAIN, box, confirmed, asked, asked_free);
  GtkWidget *const entries[] = {asked->first, asked->second};
  for (guint i = 0; i < (made ? 2 : 1); i++) {
    g_signal_connect_swapped (entries[i], "changed", G_CALLBACK (update), asked);
    g_signal_connect (entries[i], "activate", G_CALLBACK (activated_cb), asked);
  }
  g_signal_connect (asked->dialog, "close-request", G_CALLBACK (close_request_cb), NULL);
  update (asked);
  gtk_widget_grab_focus (asked->first);
}
