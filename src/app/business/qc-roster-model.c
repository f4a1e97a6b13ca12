/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The list of roster lines: an array of lines in the order shown, made anew when something comes, goes or is looked
 * for, and told as the one stretch that differs. Main context; a search reads people on the reader thread.
 */
#include "qc-roster-model.h"

#include <string.h>

#include "qc-format.h"
#include "qc-rules-roster.h"
#include "qc-session-private.h"
#include "qc-store-people.h"

#define FEW_LINES 16
#define AHEAD     16
#define PIECE     8192 /* lines, of which no main loop notices that they were looked at */

struct _QcRosterRow {
  GObject parent_instance;
  gint64 id;
};

G_DEFINE_FINAL_TYPE (QcRosterRow, qc_roster_row, G_TYPE_OBJECT)
static guint row_changed;

struct _QcRosterModel {
  GObject parent_instance;
  QcSession *session;    /* (owned) */
  QcDraft *draft;        /* (owned) (nullable) whose roster it is, or: */
  QcRoster *submitted;   /* (owned) (nullable) */
  gboolean of_months;    /* a person may stand on several lines */
  GArray *shown;         /* (owned) Shown, in order */
  GArray *shares;        /* (owned) QcRosterShare, what each of them adds to the totals; of the first ones at first */
  guint sharing;         /* source: the others are to come */
  GHashTable *rows;      /* (owned) gint64* → QcRosterRow that somebody asked for */
  GHashTable *faulty;    /* (owned) gint64* */
  char *search, *fitted; /* (owned) never NULL; what is looked for, and what is shown fits */
  GHashTable *found;     /* (owned) (nullable) 个人账号 of the people that fit the search */
  GCancellable *finding; /* (owned) (nullable) */
  gboolean only_faulty, descending;
  int sort; /* QcLineFieldId, -1 = as entered */
  QcRosterTotals totals;
  gboolean beyond;  /* what can be added up; the checks say so */
  guint last_found; /* the next one looked for is most often it, or beside it */
};

/* One line of the list. */
typedef struct {
  gint64 id;
  const QcRosterLine *line; /* of the roster, until lines come or go */
} Shown;
#define SHOWN_AT(shown, position)  g_array_index (shown, Shown, position)
#define SHARE_AT(shares, position) g_array_index (shares, QcRosterShare, position)

static void qc_roster_model_list_init (GListModelInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (QcRosterModel, qc_roster_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, qc_roster_model_list_init))
enum { TOTALS_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* ---- rows ---- */

gint64
qc_roster_row_get_id (QcRosterRow *self)
{
  g_return_val_if_fail (QC_IS_ROSTER_ROW (self), 0);
  return self->id;
}

static void
qc_roster_row_class_init (QcRosterRowClass *klass)
{
  row_changed = g_signal_new ("changed", QC_TYPE_ROSTER_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
qc_roster_row_init (QcRosterRow *self)
{
}

static QcRosterRow *
row_of (QcRosterModel *self, gint64 id)
{
  QcRosterRow *row = g_hash_table_lookup (self->rows, &id);
  if (row == NULL) {
    row = g_object_new (QC_TYPE_ROSTER_ROW, NULL);
    row->id = id;
    g_hash_table_insert (self->rows, &row->id, row);
  }
  return row;
}

static void
tell_row (QcRosterModel *self, gint64 id)
{
  QcRosterRow *row = g_hash_table_lookup (self->rows, &id);
  if (row != NULL)
    g_signal_emit (row, row_changed, 0);
}

static void
tell_row_cb (gpointer row, gpointer user_data)
{
  g_signal_emit (row, row_changed, 0);
}

/* ---- what is shown ---- */

static gboolean
contains (const char *text, const char *part)
{
  return text != NULL && strstr (text, part) != NULL;
}

static gboolean
fits (QcRosterModel *self, const QcRosterLine *line)
{
  if (self->only_faulty && !g_hash_table_contains (self->faulty, &line->id))
    return FALSE;
  if (*self->search == '\0')
    return TRUE;
  if (line->account != NULL && self->found != NULL && g_hash_table_contains (self->found, line->account))
    return TRUE;
  return contains (line->name, self->search) || contains (line->account, self->search)
         || contains (line->document, self->search);
}

typedef struct {
  const QcRosterLine *line;
  char *key; /* (owned) (nullable) of a text */
  gint64 number;
  guint place;
} Sorted;

static int
compare_cb (gconstpointer pa, gconstpointer pb, gpointer user_data)
{
  const QcRosterModel *self = user_data;
  const Sorted *a = pa, *b = pb;
  int order = a->key != NULL || b->key != NULL ? g_strcmp0 (a->key, b->key)
                                               : (a->number > b->number) - (a->number < b->number);
  if (order == 0)
    return a->place < b->place ? -1 : 1; /* as entered, whichever way */
  return self->descending ? -order : order;
}

static void
sort_lines (QcRosterModel *self, GPtrArray *lines)
{
  const QcLineField *field = qc_line_field (self->sort);
  gboolean text = field->type == QC_FIELD_TEXT || field->type == QC_FIELD_CODE;
  g_autofree Sorted *sorted = g_new0 (Sorted, lines->len);
  for (guint i = 0; i < lines->len; i++) {
    const QcRosterLine *line = g_ptr_array_index (lines, i);
    const char *value = text ? qc_line_get_text (line, self->sort) : NULL;
    sorted[i] = (Sorted) {.line = line, .place = i};
    if (value != NULL)
      sorted[i].key = self->sort == QC_LINE_NAME ? g_utf8_collate_key (value, -1) : g_strdup (value);
    else if (!text)
      sorted[i].number = qc_line_get_int (line, self->sort);
  }
  g_qsort_with_data (sorted, (int)lines->len, sizeof *sorted, compare_cb, self);
  for (guint i = 0; i < lines->len; i++) {
    lines->pdata[i] = (gpointer)sorted[i].line;
    g_free (sorted[i].key);
  }
}

/* Lines lie all over memory: waiting for one after the other takes most of the time. */
static void
expect_line (const QcRosterLine *line)
{
  __builtin_prefetch (&line->id);
  __builtin_prefetch (&line->unit_fen);
  __builtin_prefetch (&line->status_after);
}

static gboolean
share_cb (gpointer user_data)
{
  QcRosterModel *self = user_data;
  guint from = self->shares->len, to = MIN (from + PIECE, self->shown->len);
  g_array_set_size (self->shares, to);
  for (guint i = from; i < to; i++) {
    if (i + AHEAD < to)
      expect_line (SHOWN_AT (self->shown, i + AHEAD).line);
    SHARE_AT (self->shares, i) = qc_roster_line_share (SHOWN_AT (self->shown, i).line);
  }
  if (to < self->shown->len)
    return G_SOURCE_CONTINUE;
  self->sharing = 0;
  return G_SOURCE_REMOVE;
}

static gint64
count_shown_people (QcRosterModel *self)
{
  if (!self->of_months)
    return self->shown->len;
  g_autoptr (GHashTable) people = g_hash_table_new (g_str_hash, g_str_equal);
  gint64 unknown = 0;
  for (guint i = 0; i < self->shown->len; i++) {
    const char *identity = qc_roster_line_identity (SHOWN_AT (self->shown, i).line);
    if (identity)
      g_hash_table_add (people, (gpointer)identity);
    else
      unknown++;
  }
  return g_hash_table_size (people) + unknown;
}

/* Of all lines; what each adds is written down bit by bit afterwards. */
static void
add_up (QcRosterModel *self)
{
  QcRosterTotals totals = {0};
  guint n = self->shown->len;
  self->beyond = FALSE;
  for (guint i = 0; i < n && !self->beyond; i++) {
    if (i + AHEAD < n)
      expect_line (SHOWN_AT (self->shown, i + AHEAD).line);
    QcRosterShare share = qc_roster_line_share (SHOWN_AT (self->shown, i).line);
    self->beyond = !qc_roster_totals_add_share (&totals, &share);
  }
  totals.people = count_shown_people (self);
  self->totals = totals;
  g_array_set_size (self->shares, 0);
  if (n > 0 && self->sharing == 0)
    self->sharing = g_idle_add (share_cb, self);
  g_signal_emit (self, signals[TOTALS_CHANGED], 0);
}

/* The stretch in which the two differ is what changed. */
static void
show (QcRosterModel *self, GArray *shown)
{
  g_autoptr (GArray) old = self->shown;
  guint front = 0;
  guint least = MIN (old->len, shown->len);
  while (front < least && SHOWN_AT (old, front).id == SHOWN_AT (shown, front).id)
    front++;
  guint back = 0;
  while (back < least - front && SHOWN_AT (old, old->len - 1 - back).id == SHOWN_AT (shown, shown->len - 1 - back).id)
    back++;
  self->shown = shown;
  g_array_set_size (self->shares, 0);
  if (front < MAX (old->len, shown->len))
    g_list_model_items_changed (G_LIST_MODEL (self), front, old->len - front - back, shown->len - front - back);
  add_up (self);
}

static void
arrange (QcRosterModel *self)
{
  const GPtrArray *lines = qc_roster_model_get_roster (self)->lines;
  g_autoptr (GPtrArray) fitting = NULL;
  if (self->only_faulty || *self->search != '\0' || self->sort >= 0) {
    fitting = g_ptr_array_sized_new (lines->len);
    for (guint i = 0; i < lines->len; i++)
      if (fits (self, g_ptr_array_index (lines, i)))
        g_ptr_array_add (fitting, g_ptr_array_index (lines, i));
    if (self->sort >= 0)
      sort_lines (self, fitting);
    lines = fitting;
  }
  GArray *shown = g_array_sized_new (FALSE, FALSE, sizeof (Shown), lines->len);
  g_array_set_size (shown, lines->len);
  for (guint i = 0; i < lines->len; i++) {
    if (i + AHEAD < lines->len)
      __builtin_prefetch (g_ptr_array_index (lines, i + AHEAD));
    const QcRosterLine *line = g_ptr_array_index (lines, i);
    SHOWN_AT (shown, i) = (Shown) {line->id, line};
  }
  g_free (self->fitted);
  self->fitted = g_strdup (self->search);
  show (self, shown);
}

/* One line adds something else now. FALSE: what it added before is not known, or it was too much already. */
static gboolean
note_share (QcRosterModel *self, guint position)
{
  if (self->beyond || position >= self->shares->len)
    return FALSE;
  QcRosterShare *share = &SHARE_AT (self->shares, position);
  qc_roster_totals_take_back (&self->totals, share);
  *share = qc_roster_line_share (SHOWN_AT (self->shown, position).line);
  return qc_roster_totals_add_share (&self->totals, share);
}

/* What some lines add is otherwise now; of few, the totals follow without the others. */
static void
note_shares (QcRosterModel *self, const GArray *ids)
{
  gboolean noted = ids && ids->len <= FEW_LINES;
  for (guint i = 0; noted && i < ids->len; i++) {
    guint position = qc_roster_model_find (self, g_array_index (ids, gint64, i));
    noted = position == G_MAXUINT || note_share (self, position);
  }
  if (noted)
    g_signal_emit (self, signals[TOTALS_CHANGED], 0);
  else
    add_up (self);
}

static gboolean
gone_cb (gpointer key, gpointer value, gpointer user_data)
{
  QcRosterModel *self = user_data;
  return qc_roster_model_get_line (self, *(const gint64 *)key) == NULL;
}

/* Rows of cells that were edited stay where they are, also where the sort or the search would have them elsewhere now.
 */
static void
lines_changed_cb (QcDraft *draft, GArray *ids, gboolean structure, QcRosterModel *self)
{
  if (structure) {
    g_hash_table_foreach_remove (self->faulty, gone_cb, self);
    arrange (self);
    g_hash_table_foreach_remove (self->rows, gone_cb, self);
  } else {
    note_shares (self, ids);
  }
  if (ids != NULL && ids->len > g_hash_table_size (self->rows)) { /* few of many are shown */
    g_autoptr (GList) rows = g_hash_table_get_values (self->rows);
    g_list_foreach (rows, tell_row_cb, NULL);
    return;
  }
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    tell_row (self, g_array_index (ids, gint64, i));
}

/* ---- searching ---- */

typedef struct {
  char *profile, *unit, *text; /* (owned) */
} Query;

static void
query_free (Query *query)
{
  g_free (query->profile);
  g_free (query->unit);
  g_free (query->text);
  g_free (query);
}

static gpointer
find_accounts (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Query *query = data;
  const QcStorePeopleQuery wanted = {.text = query->text};
  return qc_store_people_accounts (connection, query->profile, query->unit, &wanted, error);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcRosterModel) self = user_data;
  g_autoptr (GError) error = NULL;
  GHashTable *found = qc_database_finish (QC_DATABASE (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* something else is looked for */
  g_clear_object (&self->finding);
  g_clear_pointer (&self->found, g_hash_table_unref);
  self->found = found; /* NULL: what the lines themselves say is searched all the same */
  arrange (self);
}

void
qc_roster_model_set_search (QcRosterModel *self, const char *text)
{
  g_return_if_fail (QC_IS_ROSTER_MODEL (self));
  QcDatabase *database = qc_session_get_database (self->session);
  if (g_strcmp0 (self->search, text) == 0)
    return;
  g_free (self->search);
  self->search = g_strdup (text != NULL ? text : "");
  g_cancellable_cancel (self->finding);
  g_clear_object (&self->finding);
  g_clear_pointer (&self->found, g_hash_table_unref);
  if (*self->search == '\0' || database == NULL || qc_session_get_unit_account (self->session) == NULL) {
    arrange (self);
    return;
  }
  Query *query = g_new0 (Query, 1);
  query->profile = g_strdup (qc_session_get_profile_id (self->session));
  query->unit = g_strdup (qc_session_get_unit_account (self->session));
  query->text = g_strdup (self->search);
  self->finding = g_cancellable_new ();
  qc_database_read_async (database, "roster-search", find_accounts, query, (GDestroyNotify)query_free,
                          (GDestroyNotify)g_hash_table_unref, self->finding, found_cb, g_object_ref (self));
}

const char *
qc_roster_model_get_search (QcRosterModel *self)
{
  g_return_val_if_fail (QC_IS_ROSTER_MODEL (self), "");
  return self->search;
}

const char *
qc_roster_model_get_shown_search (QcRosterModel *self)
{
  g_return_val_if_fail (QC_IS_ROSTER_MODEL (self), "");
  return self->fitted;
}

void
qc_roster_model_set_only_faulty (QcRosterModel *self, gboolean only_faulty)
{
  g_return_if_fail (QC_IS_ROSTER_MODEL (self));
  if (self->only_faulty == only_faulty)
    return;
  self->only_faulty = only_faulty;
  arrange (self);
}

gboolean
qc_roster_model_get_only_faulty (QcRosterModel *self)
{
  g_return_val_if_fail (QC_IS_ROSTER_MODEL (self), FALSE);
  return self->only_faulty;
}

void
qc_roster_model_set_sort (QcRosterModel *self, int field, gboolean descending)
{
  g_return_if_fail (QC_IS_ROSTER_MODEL (self));
  if (self->sort == field && self->descending == descending)
    return;
  self->sort = field;
  self->descending = descending;
  arrange (self);
}

/* ---- what there is ---- */

const QcRoster *
qc_roster_model_get_roster (QcRosterModel *self)
{
  g_return_val_if_fail (QC_IS_ROSTER_MODEL (self), NULL);
  return self->draft ? qc_draft_get_roster (self->draft) : self->submitted;
}

char *
qc_roster_dup_text (QcBusiness business, const GPtrArray *codes, const QcRosterLine *line, QcLineFieldId field)
{
  return qc_line_dup_text (line, field, codes, qc_rules_roster_code_list (business, line, field));
}

char *
qc_roster_dup_shown (QcBusiness business, const GPtrArray *codes, const QcRosterLine *line, QcLineFieldId field)
{
  const QcBusinessColumn *column = qc_business_find_column (business, field);
  if (field == QC_LINE_DOCUMENT && line->document && column && !(column->flags & QC_COLUMN_EDITABLE))
    return qc_format_document (line->document);
  return qc_roster_dup_text (business, codes, line, field);
}

const QcRosterLine *
qc_roster_model_get_line (QcRosterModel *self, gint64 id)
{
  g_return_val_if_fail (QC_IS_ROSTER_MODEL (self), NULL);
  return qc_roster_find (qc_roster_model_get_roster (self), id);
}

const QcRosterLine *
qc_roster_model_get_line_at (QcRosterModel *self, guint position)
{
  g_return_val_if_fail (QC_IS_ROSTER_MODEL (self), NULL);
  return position < self->shown->len ? qc_roster_model_get_line (self, SHOWN_AT (self->shown, position).id) : NULL;
}

guint
qc_roster_model_find (QcRosterModel *self, gint64 id)
{
  g_return_val_if_fail (QC_IS_ROSTER_MODEL (self), G_MAXUINT);
  guint n = self->shown->len, near = MIN (self->last_found + 2, n);
  for (guint i = self->last_found - MIN (self->last_found, 1); i < near; i++)
    if (SHOWN_AT (self->shown, i).id == id)
      return self->last_found = i;
  for (guint i = 0; i < n; i++)
    if (SHOWN_AT (self->shown, i).id == id)
      return self->last_found = i;
  return G_MAXUINT;
}

const QcRosterTotals *
qc_roster_model_get_totals (QcRosterModel *self)
{
  g_return_val_if_fail (QC_IS_ROSTER_MODEL (self), NULL);
  return &self->totals;
}

gboolean
qc_roster_model_is_filtered (QcRosterModel *self)
{
  g_return_val_if_fail (QC_IS_ROSTER_MODEL (self), FALSE);
  return self->shown->len < qc_roster_model_get_roster (self)->lines->len;
}

void
qc_roster_model_set_faulty (QcRosterModel *self, gint64 id, gboolean faulty, gboolean otherwise)
{
  g_return_if_fail (QC_IS_ROSTER_MODEL (self));
  gboolean was = g_hash_table_contains (self->faulty, &id);
  if (faulty && !was)
    g_hash_table_add (self->faulty, g_memdup2 (&id, sizeof id));
  else if (!faulty && was)
    g_hash_table_remove (self->faulty, &id);
  if (faulty || was || otherwise)
    tell_row (self, id); /* the reason may be another one */
}

gboolean
qc_roster_model_is_faulty (QcRosterModel *self, gint64 id)
{
  g_return_val_if_fail (QC_IS_ROSTER_MODEL (self), FALSE);
  return g_hash_table_contains (self->faulty, &id);
}

guint
qc_roster_model_get_n_faulty (QcRosterModel *self)
{
  g_return_val_if_fail (QC_IS_ROSTER_MODEL (self), 0);
  return g_hash_table_size (self->faulty);
}

/* ---- GListModel and the object ---- */

static GType
get_item_type (GListModel *list)
{
  return QC_TYPE_ROSTER_ROW;
}

static guint
get_n_items (GListModel *list)
{
  return QC_ROSTER_MODEL (list)->shown->len;
}

static gpointer
get_item (GListModel *list, guint position)
{
  QcRosterModel *self = QC_ROSTER_MODEL (list);
  return position < self->shown->len ? g_object_ref (row_of (self, SHOWN_AT (self->shown, position).id)) : NULL;
}

static void
qc_roster_model_list_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
qc_roster_model_dispose (GObject *object)
{
  QcRosterModel *self = QC_ROSTER_MODEL (object);
  g_clear_handle_id (&self->sharing, g_source_remove);
  g_cancellable_cancel (self->finding);
  g_clear_object (&self->finding);
  g_clear_object (&self->draft);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (qc_roster_model_parent_class)->dispose (object);
}

static void
qc_roster_model_finalize (GObject *object)
{
  QcRosterModel *self = QC_ROSTER_MODEL (object);
  g_array_unref (self->shown);
  g_array_unref (self->shares);
  g_clear_pointer (&self->submitted, qc_roster_free);
  g_hash_table_unref (self->rows);
  g_hash_table_unref (self->faulty);
  g_clear_pointer (&self->found, g_hash_table_unref);
  g_free (self->search);
  g_free (self->fitted);
  G_OBJECT_CLASS (qc_roster_model_parent_class)->finalize (object);
}

static void
qc_roster_model_class_init (QcRosterModelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qc_roster_model_dispose;
  G_OBJECT_CLASS (klass)->finalize = qc_roster_model_finalize;
  signals[TOTALS_CHANGED]
      = g_signal_new ("totals-changed", QC_TYPE_ROSTER_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
qc_roster_model_init (QcRosterModel *self)
{
  self->sort = -1;
  self->search = g_strdup ("");
  self->fitted = g_strdup ("");
  self->shown = g_array_new (FALSE, FALSE, sizeof (Shown));
  self->shares = g_array_new (FALSE, FALSE, sizeof (QcRosterShare));
  self->rows = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_object_unref);
  self->faulty = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

QcRosterModel *
qc_roster_model_new (QcSession *session, QcDraft *draft)
{
  g_return_val_if_fail (QC_IS_SESSION (session) && QC_IS_DRAFT (draft), NULL);
  QcRosterModel *self = g_object_new (QC_TYPE_ROSTER_MODEL, NULL);
  self->session = g_object_ref (session);
  self->draft = g_object_ref (draft);
  self->of_months = qc_business_info (qc_draft_get_business (draft))->of_months;
  g_signal_connect_object (draft, "lines-changed", G_CALLBACK (lines_changed_cb), self, 0);
  arrange (self);
  return self;
}

QcRosterModel *
qc_roster_model_new_submitted (QcSession *session, QcBusiness business, QcRoster *roster)
{
  g_return_val_if_fail (QC_IS_SESSION (session) && roster, NULL);
  QcRosterModel *self = g_object_new (QC_TYPE_ROSTER_MODEL, NULL);
  self->session = g_object_ref (session);
  self->submitted = roster;
  self->of_months = qc_business_info (business)->of_months;
  arrange (self);
  return self;
}
