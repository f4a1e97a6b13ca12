/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-back-find.h. Main thread.
 */
#include "qc-back-find.h"

#include <glib/gi18n.h>

#include "qc-back-search.h"
#include "qc-dialogs.h"
#include "qc-error-text.h"
#include "qc-format.h"
#include "qc-window.h"

#define SLOW_MS 300 /* what is done by then is not shown while it runs */
#define TICK_MS 100
#define RUNNING "qc-back-find-running"

typedef struct {
  GtkWidget *parent;         /* (owned) */
  QcRosterService *service;  /* (owned) */
  GCancellable *cancellable; /* (owned) */
  GPtrArray *found;          /* (owned) (nullable) QcBackCandidate */
  QcBackFindFunc added;
  gpointer user_data;
  GDestroyNotify user_data_free;
  GtkWidget *dialog;                       /* (weak) (nullable) how far it is */
  GtkWidget *bar;                          /* borrowed from that */
  GtkWidget *kinds[QC_N_BACK_FOUND_KINDS]; /* (owned) (nullable) which of it is wanted */
  guint tick;                              /* source */
} Search;

static void
search_free (gpointer data)
{
  Search *search = data;
  g_object_set_data (G_OBJECT (search->service), RUNNING, NULL);
  g_clear_handle_id (&search->tick, g_source_remove);
  if (search->dialog)
    gtk_window_destroy (GTK_WINDOW (search->dialog));
  g_clear_weak_pointer (&search->dialog);
  for (guint kind = 0; kind < QC_N_BACK_FOUND_KINDS; kind++)
    g_clear_object (&search->kinds[kind]);
  g_clear_pointer (&search->found, g_ptr_array_unref);
  if (search->user_data_free)
    search->user_data_free (search->user_data);
  g_object_unref (search->cancellable);
  g_object_unref (search->service);
  g_object_unref (search->parent);
  g_free (search);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Search, search_free)

/* --- what was found --- */

static void
add_wanted (gpointer user_data)
{
  Search *search = user_data;
  QcWindow *window = qc_window_of (search->parent);
  g_autoptr (GPtrArray) wanted = g_ptr_array_new ();
  for (guint i = 0; i < search->found->len; i++) {
    const QcBackCandidate *candidate = g_ptr_array_index (search->found, i);
    GtkWidget *check = search->kinds[candidate->found.kind];
    if (check && gtk_check_button_get_active (GTK_CHECK_BUTTON (check)))
      g_ptr_array_add (wanted, (gpointer)candidate);
  }
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint n = wanted->len > 0 ? qc_back_search_add (search->service, wanted, ids) : 0;
  if (!window)
    return;
  if (n == 0) {
    qc_dialog_tell (search->parent, _ ("Nobody was added"),
                    wanted->len == 0 ? _ ("None of what was found was chosen.")
                                     : _ ("All months that were found are on the roster already."));
    return;
  }
  g_autofree char *count = qc_format_count (n);
  g_autofree char *text = g_strdup_printf (ngettext ("%s line added", "%s lines added", n), count);
  qc_window_toast (window, text, NULL, NULL, NULL);
  search->added (g_array_index (ids, gint64, 0), search->user_data);
}

/* "漏缴：12 人，24,000.00 元", to be chosen. */
static GtkWidget *
new_kind (QcBackFoundKind kind, guint people, QcMoney fen)
{
  g_autofree char *count = qc_format_people (people);
  g_autofree char *amount = qc_format_yuan (fen);
  g_autofree char *label = g_strdup_printf (_ ("%s: %s, %s"), _ (qc_back_found_kind_to_msgid (kind)), count, amount);
  GtkWidget *check = gtk_check_button_new_with_label (label);
  /* the account was opened late, or people came late: only the clerk knows which */
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), kind != QC_BACK_FOUND_LATE_OPENED);
  return check;
}

/* (transfer floating) */
static GtkWidget *
build_kinds (Search *search)
{
  guint people[QC_N_BACK_FOUND_KINDS] = {0};
  QcMoney fen[QC_N_BACK_FOUND_KINDS] = {0};
  const char *last[QC_N_BACK_FOUND_KINDS] = {NULL};
  for (guint i = 0; i < search->found->len; i++) { /* by account: several rows of one person stand together */
    const QcBackCandidate *candidate = g_ptr_array_index (search->found, i);
    QcBackFoundKind kind = candidate->found.kind;
    people[kind] += g_strcmp0 (last[kind], candidate->person->account) != 0;
    last[kind] = candidate->person->account;
    fen[kind] += candidate->found.unit + candidate->found.personal;
  }
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  for (guint kind = 0; kind < QC_N_BACK_FOUND_KINDS; kind++)
    if (people[kind] > 0) {
      search->kinds[kind] = g_object_ref_sink (new_kind (kind, people[kind], fen[kind]));
      gtk_box_append (GTK_BOX (box), search->kinds[kind]);
    }
  return box;
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Search) search = user_data;
  g_autoptr (GError) error = NULL;
  search->found = qc_back_search_finish (search->service, result, &error);
  QcWindow *window = qc_window_of (search->parent);
  g_clear_handle_id (&search->tick, g_source_remove);
  if (search->dialog)
    gtk_window_destroy (GTK_WINDOW (search->dialog));
  g_clear_weak_pointer (&search->dialog);
  if (!window)
    return;
  if (!search->found && !qc_error_is_silent (error))
    qc_window_show_error (window, error);
  if (!search->found)
    return;
  if (search->found->len == 0) {
    qc_dialog_tell (search->parent, _ ("Nobody can be back-paid"),
                    _ ("For all months up to the unit's last remitted one, everybody was remitted what is due by the "
                       "base, ratios and policy of the month."));
    return;
  }
  GtkWidget *kinds = build_kinds (search);
  GtkWidget *parent = search->parent;
  qc_dialog_confirm (parent, _ ("Put them on the roster?"),
                     _ ("Months are found in which less was paid than is due. Choose what is meant; every line can be "
                        "changed or taken off afterwards."),
                     _ ("_Add"), QC_CONFIRM_PLAIN, kinds, add_wanted, g_steal_pointer (&search), search_free);
}

/* --- while it runs --- */

static void
stop_cb (const char *choice, gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
}

static gboolean
tick_cb (gpointer user_data)
{
  Search *search = user_data;
  if (search->dialog)
    gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (search->bar), qc_back_search_get_progress (search->service));
  return G_SOURCE_CONTINUE;
}

static gboolean
slow_cb (gpointer user_data)
{
  static const QcDialogChoice choices[] = {{"stop", N_ ("_Stop")}};
  Search *search = user_data;
  search->tick = g_timeout_add (TICK_MS, tick_cb, search);
  if (!qc_window_of (search->parent))
    return G_SOURCE_REMOVE;
  search->bar = gtk_progress_bar_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (search->bar), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("How far it is"), -1);
  GtkWidget *dialog
      = qc_dialog_choose (search->parent, _ ("Looking through everybody of the unit…"), NULL, search->bar, choices,
                          G_N_ELEMENTS (choices), stop_cb, g_object_ref (search->cancellable), g_object_unref);
  g_set_weak_pointer (&search->dialog, dialog);
  return G_SOURCE_REMOVE;
}

void
qc_back_find (GtkWidget *parent, QcRosterService *service, QcBackFindFunc added, gpointer user_data,
              GDestroyNotify user_data_free)
{
  g_return_if_fail (GTK_IS_WIDGET (parent) && QC_IS_ROSTER_SERVICE (service) && added);
  if (g_object_get_data (G_OBJECT (service), RUNNING)) {
    if (user_data_free)
      user_data_free (user_data);
    return;
  }
  g_object_set_data (G_OBJECT (service), RUNNING, GINT_TO_POINTER (TRUE));
  Search *search = g_new0 (Search, 1);
  search->parent = g_object_ref (parent);
  search->service = g_object_ref (service);
  search->cancellable = g_cancellable_new ();
  search->added = added;
  search->user_data = user_data;
  search->user_data_free = user_data_free;
  search->tick = g_timeout_add (SLOW_MS, slow_cb, search);
  qc_back_search_async (service, QC_MONTH_NONE, search->cancellable, found_cb, search);
}
