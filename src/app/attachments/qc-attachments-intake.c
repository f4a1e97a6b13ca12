/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Files on their way into the draft: whose each is by its name, made ready by the desk, kept on the disk, and then all
 * of them attached as one step. Of each only what is said of it stays in memory. Main context.
 */
#include "qc-attachments-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "qc-app-error.h"
#include "qc-error-text.h"
#include "qc-picture-names.h"
#include "qc-rules-attachments.h"
#include "qc-store-attachments.h"

void
qc_attachment_result_free (QcAttachmentResult *result)
{
  if (result == NULL)
    return;
  g_ptr_array_unref (result->failed);
  g_ptr_array_unref (result->nobody);
  g_ptr_array_unref (result->looks);
  g_free (result);
}

static void
fault_free (QcAttachmentFault *fault)
{
  g_free (fault->file);
  g_free (fault->text);
  g_free (fault);
}

/* @text is taken. */
static void
add_fault (GPtrArray *faults, const char *file, char *text)
{
  QcAttachmentFault *fault = g_new (QcAttachmentFault, 1);
  *fault = (QcAttachmentFault) {g_strdup (file), text};
  g_ptr_array_add (faults, fault);
}

/* ---- what comes in together ---- */

typedef struct {
  char *name;   /* (owned) as the clerk calls it */
  gint64 line;  /* 0 = of the application */
  char *digest; /* (owned) (nullable) once it is kept */
  gint64 size;
  QcPaperLook look;
} Piece;

typedef struct {
  char *kind;                 /* (owned) */
  char *label;                /* (owned) of the step */
  gint64 instead;             /* the picture that is replaced, 0 = none */
  char *old_name;             /* (owned) (nullable) its name, where it is only turned */
  char *old_lines;            /* (owned) (nullable) likewise: the check code that is on it */
  GPtrArray *pieces;          /* (owned) Piece, in the order they were given */
  guint left;                 /* of them */
  QcAttachmentResult *result; /* (owned) */
} Intake;

static void
piece_free (Piece *piece)
{
  g_free (piece->name);
  g_free (piece->digest);
  g_free (piece);
}

static void
intake_free (Intake *intake)
{
  g_free (intake->kind);
  g_free (intake->label);
  g_free (intake->old_name);
  g_free (intake->old_lines);
  g_ptr_array_unref (intake->pieces);
  qc_attachment_result_free (intake->result);
  g_free (intake);
}

static GTask *
begin (QcAttachments *self, const char *kind, const char *label, gint64 instead, GCancellable *cancellable,
       GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Intake *intake = g_new0 (Intake, 1);
  intake->kind = g_strdup (kind);
  intake->label = g_strdup (label);
  intake->instead = instead;
  intake->pieces = g_ptr_array_new_with_free_func ((GDestroyNotify)piece_free);
  intake->result = g_new0 (QcAttachmentResult, 1);
  intake->result->failed = g_ptr_array_new_with_free_func ((GDestroyNotify)fault_free);
  intake->result->nobody = g_ptr_array_new_with_free_func (g_free);
  intake->result->looks = g_ptr_array_new_with_free_func ((GDestroyNotify)fault_free);
  g_task_set_task_data (task, intake, (GDestroyNotify)intake_free);
  return task;
}

/* ---- into the draft ---- */

/* What stands in a slot now, and what of it goes and comes with this step. */
typedef struct {
  GArray *there;   /* (owned) gint64 */
  guint count;     /* there, and coming */
  gboolean coming; /* any of this step */
} Slot;

static void
slot_free (Slot *slot)
{
  g_array_unref (slot->there);
  g_free (slot);
}

static Slot *
open_slot (QcAttachments *self, GHashTable *slots, const Intake *intake, gint64 line)
{
  Slot *slot = g_hash_table_lookup (slots, &line);
  if (slot != NULL)
    return slot;
  slot = g_new0 (Slot, 1);
  slot->there = g_array_new (FALSE, FALSE, sizeof (gint64));
  const GPtrArray *attachments = qc_draft_get_attachments (self->draft);
  for (guint i = 0; i < attachments->len; i++) {
    const QcStoreAttachment *there = g_ptr_array_index (attachments, i);
    if (there->value->line == line && g_str_equal (there->value->kind, intake->kind) && there->id != intake->instead)
      g_array_append_val (slot->there, there->id);
  }
  slot->count = slot->there->len;
  g_hash_table_insert (slots, g_memdup2 (&line, sizeof line), slot);
  return slot;
}

static gboolean
is_there (QcAttachments *self, const Intake *intake, const Piece *piece, const GPtrArray *coming)
{
  const GPtrArray *attachments = qc_draft_get_attachments (self->draft);
  for (guint i = 0; i < attachments->len; i++) {
    const QcAttachment *value = ((const QcStoreAttachment *)g_ptr_array_index (attachments, i))->value;
    if (value->line == piece->line && g_str_equal (value->kind, intake->kind)
        && g_str_equal (value->digest, piece->digest))
      return TRUE;
  }
  for (guint i = 0; i < coming->len; i++) {
    const QcAttachment *value = g_ptr_array_index (coming, i);
    if (value->line == piece->line && g_str_equal (value->digest, piece->digest))
      return TRUE;
  }
  return FALSE;
}

/* A plain name for what goes out; those of lines follow from their documents when they go. (transfer full) */
static char *
dup_outer_name (const char *name)
{
  g_autofree char *stem = g_path_get_basename (name);
  char *dot = strrchr (stem, '.');
  if (dot != NULL && dot != stem)
    *dot = '\0';
  g_autofree char *wanted = g_strconcat (stem, ".jpg", NULL);
  return qc_attachment_is_name (wanted) ? g_steal_pointer (&wanted) : g_strdup ("1.jpg");
}

/* One piece that is kept, into @coming, or a fault. */
static void
take_piece (QcAttachments *self, Intake *intake, const Piece *piece, GHashTable *slots, GPtrArray *coming, GArray *gone)
{
  const QcCode *code = qc_attachments_find_code (self, intake->kind);
  const QcRoster *roster = qc_draft_get_roster (self->draft);
  GPtrArray *failed = intake->result->failed;
  if (piece->line != 0 && qc_roster_find (roster, piece->line) == NULL) {
    add_fault (failed, piece->name, g_strdup (_ ("Its person is not on the roster any more.")));
    return;
  }
  if (intake->instead == 0 && is_there (self, intake, piece, coming)) {
    add_fault (failed, piece->name, g_strdup (_ ("This very picture is there already.")));
    return;
  }
  Slot *slot = open_slot (self, slots, intake, piece->line);
  if (code != NULL && code->at_most == 1 && slot->count == 1 && !slot->coming) {
    g_array_append_val (gone, g_array_index (slot->there, gint64, 0));
    slot->count = 0;
  }
  if (code != NULL && code->at_most > 0 && slot->count >= (guint)code->at_most) {
    add_fault (
        failed, piece->name,
        g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "At most %d picture is taken here. Remove it first.",
                                      "At most %d pictures are taken here. Remove some first.", (gulong)code->at_most),
                         code->at_most));
    return;
  }
  slot->count++;
  slot->coming = TRUE;
  g_autofree char *name = dup_outer_name (intake->old_name != NULL ? intake->old_name : piece->name);
  g_autofree char *lines = intake->old_name != NULL ? g_strdup (intake->old_lines)
                           : g_str_equal (intake->kind, QC_ATTACHMENT_ROSTER)
                               ? qc_roster_dup_check_code (qc_draft_get_business (self->draft), roster)
                               : NULL;
  g_ptr_array_add (coming, qc_attachment_new (intake->kind, piece->line, name, piece->digest, piece->size, lines));
  if (piece->look != QC_PAPER_PHOTOGRAPH && g_str_equal (intake->kind, QC_ATTACHMENT_AUTHORIZATION))
    add_fault (intake->result->looks, piece->name, g_strdup (qc_attachments_look_words (piece->look)));
  qc_attachments_note_look (self, piece->digest, piece->look);
}

/* All that were kept, as one step. Takes @task. */
static void
finish (GTask *task)
{
  g_autoptr (GTask) owned = task;
  QcAttachments *self = g_task_get_source_object (task);
  Intake *intake = g_task_get_task_data (task);
  g_autoptr (GPtrArray) coming = qc_attachment_list_new ();
  g_autoptr (GArray) gone = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GHashTable) slots = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify)slot_free);
  if (g_task_return_error_if_cancelled (task))
    return;
  for (guint i = 0; i < intake->pieces->len; i++) {
    const Piece *piece = g_ptr_array_index (intake->pieces, i);
    if (piece->digest != NULL)
      take_piece (self, intake, piece, slots, coming, gone);
  }
  if (coming->len > 0 && intake->instead != 0)
    g_array_append_val (gone, intake->instead);
  guint n = coming->len;
  if (n > 0
      && !qc_draft_attach (self->draft, g_steal_pointer (&coming), (const gint64 *)(gpointer)gone->data, gone->len,
                           intake->label)) {
    g_task_return_new_error (task, QC_APP_ERROR, QC_APP_ERROR_DRAFT, _ ("The roster cannot be edited now."));
    return;
  }
  intake->result->added = n;
  g_task_return_pointer (task, g_steal_pointer (&intake->result), (GDestroyNotify)qc_attachment_result_free);
}

/* ---- one piece ---- */

typedef struct {
  GTask *task;        /* (owned) of the intake */
  Piece *piece;       /* borrowed */
  char *folder;       /* (owned) */
  QcPicture *picture; /* (owned) (nullable) */
} Way;

/* Takes @way. @error: (nullable) why it is not taken. */
static void
end_way (Way *way, const GError *error)
{
  g_autoptr (GTask) task = way->task;
  QcAttachments *self = g_task_get_source_object (task);
  Intake *intake = g_task_get_task_data (task);
  if (error != NULL && !qc_error_is_silent (error)) {
    g_autoptr (QcErrorText) text = qc_error_text_new (error);
    g_autofree char *body = qc_error_text_dup_body (text);
    add_fault (intake->result->failed, way->piece->name,
               body != NULL && *body != '\0' ? g_steal_pointer (&body) : g_strdup (text->title));
  }
  g_clear_pointer (&way->picture, qc_picture_free);
  g_free (way->folder);
  g_free (way);
  qc_attachments_set_busy (self, -1);
  if (--intake->left == 0)
    finish (g_steal_pointer (&task));
}

static void
keep_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Way *way = data;
  g_autofree char *digest = g_strndup (way->picture->name, strcspn (way->picture->name, "."));
  GError *error = NULL;
  if (qc_store_attachment_keep (way->folder, digest, way->picture->jpeg, &error))
    g_task_return_pointer (task, g_steal_pointer (&digest), g_free);
  else
    g_task_return_error (task, error);
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Way *way = user_data;
  g_autoptr (GError) error = NULL;
  way->piece->digest = g_task_propagate_pointer (G_TASK (result), &error);
  way->piece->size = (gint64)g_bytes_get_size (way->picture->jpeg);
  way->piece->look = way->picture->look;
  end_way (way, error);
}

static void
prepared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Way *way = user_data;
  g_autoptr (GError) error = NULL;
  way->picture = qc_picture_desk_prepare_finish (result, &error);
  if (way->picture == NULL) {
    end_way (way, error);
    return;
  }
  g_autoptr (GTask) task = g_task_new (NULL, NULL, kept_cb, way);
  g_task_set_task_data (task, way, NULL);
  g_task_run_in_thread (task, keep_thread);
}

/* @piece (taken) of the file at @path, or behind @fd. */
static void
add_piece (GTask *task, Piece *piece, const char *path, int fd, guint turn)
{
  QcAttachments *self = g_task_get_source_object (task);
  Intake *intake = g_task_get_task_data (task);
  const QcCode *code = qc_attachments_find_code (self, intake->kind);
  gsize most = code != NULL && code->max_size > 0 ? (gsize)code->max_size : QC_ATTACHMENT_MAX_SIZE;
  Way *way = g_new0 (Way, 1);
  way->task = g_object_ref (task);
  way->piece = piece;
  way->folder = g_strdup (self->folder);
  g_ptr_array_add (intake->pieces, piece);
  intake->left++;
  qc_attachments_set_busy (self, 1);
  if (path != NULL)
    qc_picture_desk_prepare_async (self->desk, path, turn, most, g_task_get_cancellable (task), prepared_cb, way);
  else
    qc_picture_desk_prepare_fd_async (self->desk, fd, turn, most, g_task_get_cancellable (task), prepared_cb, way);
}

/* Nothing is under way: there is nothing to wait for. Takes @task. */
static void
finish_unless_busy (GTask *task)
{
  g_autoptr (GTask) owned = task;
  const Intake *intake = g_task_get_task_data (task);
  if (intake->left == 0)
    finish (g_steal_pointer (&owned));
}

static Piece *
piece_new (const char *name, gint64 line)
{
  Piece *piece = g_new0 (Piece, 1);
  piece->name = g_strdup (name);
  piece->line = line;
  return piece;
}

/* ---- whose it is ---- */

/* The line of each file by its name; 0 where there is none, which is said. (transfer full) */
static gint64 *
match_lines (QcAttachments *self, Intake *intake, char **names, guint n)
{
  const GPtrArray *lines = qc_draft_get_roster (self->draft)->lines;
  g_autofree const char **numbers = g_new0 (const char *, lines->len + 1);
  for (guint i = 0; i < lines->len; i++) {
    const char *document = ((const QcRosterLine *)g_ptr_array_index (lines, i))->document;
    numbers[i] = document != NULL ? document : "";
  }
  g_autoptr (QcNaming) naming
      = qc_picture_match_names ((const char *const *)names, n, (const char *const *)numbers, lines->len);
  gint64 *out = g_new0 (gint64, n);
  for (guint i = 0; i < n; i++) {
    const QcNamed *named = &naming->files[i];
    if (named->match == QC_NAME_MATCHED)
      out[i] = ((const QcRosterLine *)g_ptr_array_index (lines, named->person))->id;
    else if (named->match == QC_NAME_TWICE)
      add_fault (intake->result->failed, names[i],
                 g_strdup (_ ("Several of these files are named after the same person. Choose one of them.")));
    else
      g_ptr_array_add (intake->result->nobody, g_strdup (names[i]));
  }
  return out;
}

void
qc_attachments_add_async (QcAttachments *self, const char *kind, gint64 line, GFile *const *files, guint n,
                          GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_ATTACHMENTS (self));
  GTask *task = begin (self, kind, "attach", 0, cancellable, callback, user_data);
  Intake *intake = g_task_get_task_data (task);
  g_auto (GStrv) names = g_new0 (char *, n + 1);
  for (guint i = 0; i < n; i++) {
    g_autofree char *base = g_file_get_basename (files[i]);
    names[i] = g_filename_display_name (base != NULL ? base : "");
  }
  g_autofree gint64 *lines = line == QC_ATTACHMENTS_BY_NAME ? match_lines (self, intake, names, n) : NULL;
  for (guint i = 0; i < n; i++) {
    g_autofree char *path = g_file_get_path (files[i]);
    if (lines != NULL && lines[i] == 0)
      continue;
    if (path == NULL)
      add_fault (intake->result->failed, names[i],
                 g_strdup (_ ("It is not on this computer. Copy it into a folder here first.")));
    else
      add_piece (task, piece_new (names[i], lines != NULL ? lines[i] : line), path, -1, 0);
  }
  finish_unless_busy (task);
}

int
qc_attachments_open_bytes (GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  int fd = memfd_create ("qingce-picture", MFD_CLOEXEC);
  gboolean good = fd >= 0;
  for (gsize at = 0; good && at < size;) {
    gssize some = write (fd, data + at, size - at);
    good = some > 0;
    at += some > 0 ? (gsize)some : 0;
  }
  if (good && lseek (fd, 0, SEEK_SET) == 0)
    return fd;
  if (fd >= 0)
    close (fd);
  return -1;
}

void
qc_attachments_add_bytes_async (QcAttachments *self, const char *kind, gint64 line, GBytes *bytes, const char *name,
                                GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_ATTACHMENTS (self));
  GTask *task = begin (self, kind, "attach", 0, cancellable, callback, user_data);
  Intake *intake = g_task_get_task_data (task);
  int fd = qc_attachments_open_bytes (bytes);
  if (fd >= 0)
    add_piece (task, piece_new (name, line), NULL, fd, 0);
  else
    add_fault (intake->result->failed, name, g_strdup (_ ("There is no room to look at it.")));
  if (fd >= 0)
    close (fd);
  finish_unless_busy (task);
}

/* (nullable) borrowed */
static const QcStoreAttachment *
find_picture (QcAttachments *self, gint64 id)
{
  const GPtrArray *attachments = qc_draft_get_attachments (self->draft);
  for (guint i = 0; i < attachments->len; i++) {
    const QcStoreAttachment *there = g_ptr_array_index (attachments, i);
    if (there->id == id)
      return there;
  }
  return NULL;
}

/* @path in the place of picture @id, turned. */
static void
put_instead (QcAttachments *self, gint64 id, const char *path, const char *name, guint turn, const char *label,
             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  const QcStoreAttachment *there = find_picture (self, id);
  GTask *task = begin (self, there != NULL ? there->value->kind : "", label, id, cancellable, callback, user_data);
  Intake *intake = g_task_get_task_data (task);
  if (there == NULL) {
    g_task_return_new_error (task, QC_APP_ERROR, QC_APP_ERROR_DRAFT, _ ("The picture is not there any more."));
    g_object_unref (task);
    return;
  }
  if (path == NULL) {
    add_fault (intake->result->failed, name,
               g_strdup (_ ("It is not on this computer. Copy it into a folder here first.")));
  } else {
    intake->old_name = turn != 0 ? g_strdup (there->value->name) : NULL;
    intake->old_lines = turn != 0 ? g_strdup (there->value->lines) : NULL;
    add_piece (task, piece_new (name, there->value->line), path, -1, turn);
  }
  finish_unless_busy (task);
}

void
qc_attachments_replace_async (QcAttachments *self, gint64 id, GFile *file, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_ATTACHMENTS (self));
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = g_filename_display_name (base != NULL ? base : "");
  put_instead (self, id, path, name, 0, "replace-picture", cancellable, callback, user_data);
}

void
qc_attachments_turn_async (QcAttachments *self, gint64 id, guint degrees, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_ATTACHMENTS (self));
  const QcStoreAttachment *there = find_picture (self, id);
  g_autofree char *path = there != NULL ? qc_store_attachment_path (self->folder, there->value->digest) : NULL;
  g_autofree char *name = there != NULL ? g_strdup (there->value->name) : NULL;
  put_instead (self, id, path, name, degrees, "turn-picture", cancellable, callback, user_data);
}

QcAttachmentResult *
qc_attachments_add_finish (QcAttachments *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- to be looked at ---- */

static void
previewed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  QcPicture *picture = qc_picture_desk_prepare_finish (result, &error);
  if (picture != NULL)
    g_task_return_pointer (task, picture, (GDestroyNotify)qc_picture_free);
  else
    g_task_return_error (task, error);
}

void
qc_attachments_preview_async (QcAttachments *self, const char *path, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_ATTACHMENTS (self) && path != NULL);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  qc_picture_desk_prepare_async (self->desk, path, 0, QC_ATTACHMENT_MAX_SIZE, cancellable, previewed_cb, task);
}

GBytes *
qc_attachments_preview_finish (QcAttachments *self, GAsyncResult *result, guint *width, guint *height, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_autoptr (QcPicture) picture = g_task_propagate_pointer (G_TASK (result), error);
  if (picture == NULL)
    return NULL;
  *width = picture->preview_width;
  *height = picture->preview_height;
  return g_bytes_ref (picture->preview);
}
