/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-archive-copy.h. libzip writes every header anew, so the container is copied here, as far as needed: between
 * the records of changed entries all bytes pass as they are; in the directory at the end only places and sums change
 * (APPNOTE 4.3). Any one thread.
 */
#include "qc-archive-copy.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#define PIECE         65536
#define LEVEL         4 /* of compression: half the time of the usual 6, and a tenth larger */
#define LOCAL         0x04034b50
#define CENTRAL       0x02014b50
#define END           0x06054b50
#define END_64        0x06064b50
#define LOCATOR_64    0x07064b50
#define LOCAL_SIZE    30
#define CENTRAL_SIZE  46
#define END_SIZE      22
#define LOCATOR_SIZE  20
#define END_64_SIZE   56
#define LONGEST_END   (END_SIZE + 65535)
#define EXTRA_64      1
#define DEFLATED      8
#define VERSION       20
#define FLAG_UTF_8    (1 << 11)
#define KEPT_FLAGS    FLAG_UTF_8
#define NOWHERE       0xffffffffu
#define MAX_DIRECTORY (16 * 1024 * 1024)

typedef struct {
  char *name;                 /* (owned) as the archive has it */
  gsize directory, size;      /* of its record in the directory */
  guint64 offset, end, moved; /* of its record; moved: in the copy */
  GArray *edits;              /* (owned) (nullable) */
  QcPartForm form;
  char *text; /* (owned) (nullable) the whole of it instead */
  gboolean added;
  guint32 sum, packed, whole; /* of a changed one */
} Entry;

struct _QcArchiveCopy {
  int fd;               /* borrowed */
  QcPackage *package;   /* (owned) */
  GPtrArray *entries;   /* (owned) Entry, in the order of the directory */
  guint8 *directory;    /* (owned) from the directory to the end of the file */
  gsize length;         /* of it all */
  gsize listed;         /* of the directory alone */
  guint64 offset, size; /* where it begins; of the file */
  int out;
  guint64 at; /* how much has been written */
};

static guint16
get_16 (const guint8 *p)
{
  return (guint16)(p[0] | p[1] << 8);
}

static guint32
get_32 (const guint8 *p)
{
  return get_16 (p) | (guint32)get_16 (p + 2) << 16;
}

static guint64
get_64 (const guint8 *p)
{
  return get_32 (p) | (guint64)get_32 (p + 4) << 32;
}

static void
put_16 (guint8 *p, guint value)
{
  p[0] = (guint8)value;
  p[1] = (guint8)(value >> 8);
}

static void
put_32 (guint8 *p, guint32 value)
{
  put_16 (p, value & 0xffff);
  put_16 (p + 2, value >> 16);
}

static void
put_64 (guint8 *p, guint64 value)
{
  put_32 (p, (guint32)value);
  put_32 (p + 4, (guint32)(value >> 32));
}

static void
entry_free (gpointer data)
{
  Entry *entry = data;
  g_free (entry->name);
  g_clear_pointer (&entry->edits, g_array_unref);
  g_free (entry->text);
  g_free (entry);
}

static gboolean
damaged (GError **error)
{
  g_set_error_literal (
      error, QC_SHEET_ERROR, QC_SHEET_ERROR_DAMAGED,
      _ ("The file is damaged, or was not saved to its end. Open it in the program that made it and save it again."));
  return FALSE;
}

static gboolean
read_all (QcArchiveCopy *copy, guint64 offset, guint8 *bytes, gsize length, GError **error)
{
  while (length > 0) {
    gssize n = pread (copy->fd, bytes, length, (off_t)offset);
    if (n <= 0) {
      g_set_error_literal (error, QC_SHEET_ERROR, QC_SHEET_ERROR_FILE,
                           _ ("The file was changed while it was read. Try again."));
      return FALSE;
    }
    bytes += n;
    offset += (guint64)n;
    length -= (gsize)n;
  }
  return TRUE;
}

/* ---- the directory ---- */

/* The extra field of a record for large entries; NULL. It has places for those values that do not stand in the record.
 */
static guint8 *
find_large (guint8 *record, gsize *out_length)
{
  guint8 *extra = record + CENTRAL_SIZE + get_16 (record + 28), *end = extra + get_16 (record + 30);
  while (end - extra >= 4 && get_16 (extra + 2) <= end - extra - 4) {
    *out_length = get_16 (extra + 2);
    if (get_16 (extra) == EXTRA_64)
      return extra + 4;
    extra += 4 + *out_length;
  }
  return NULL;
}

/* Where the offset of an entry stands. */
static guint8 *
find_offset (guint8 *record, gboolean *out_wide)
{
  *out_wide = get_32 (record + 42) == NOWHERE;
  if (!*out_wide)
    return record + 42;
  gsize before = (get_32 (record + 24) == NOWHERE ? 8u : 0u) + (get_32 (record + 20) == NOWHERE ? 8u : 0u), length;
  guint8 *large = find_large (record, &length);
  return large != NULL && before + 8 <= length ? large + before : NULL;
}

/* The sizes of a changed entry, where they stand. */
static void
put_sizes (guint8 *record, guint32 whole, guint32 packed)
{
  gsize length = 0;
  guint8 *large = find_large (record, &length);
  const guint32 values[] = {whole, packed};
  static const gsize places[] = {24, 20};
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    if (get_32 (record + places[i]) != NOWHERE || large == NULL || length < 8) {
      put_32 (record + places[i], values[i]);
    } else {
      put_64 (large, values[i]);
      large += 8;
      length -= 8;
    }
}

static gboolean
list_entries (QcArchiveCopy *copy, guint64 n, GError **error)
{
  gsize at = 0;
  for (guint64 i = 0; i < n; i++) {
    guint8 *record = copy->directory + at;
    if (copy->listed - at < CENTRAL_SIZE || get_32 (record) != CENTRAL)
      return damaged (error);
    gsize size = CENTRAL_SIZE + (gsize)get_16 (record + 28) + get_16 (record + 30) + get_16 (record + 32);
    gboolean wide;
    guint8 *place = copy->listed - at >= size ? find_offset (record, &wide) : NULL;
    if (place == NULL)
      return damaged (error);
    Entry *entry = g_new0 (Entry, 1);
    entry->name = g_strndup ((const char *)record + CENTRAL_SIZE, get_16 (record + 28));
    entry->directory = at;
    entry->size = size;
    entry->offset = wide ? get_64 (place) : get_32 (place);
    g_ptr_array_add (copy->entries, entry);
    at += size;
  }
  return TRUE;
}

static int
compare_offsets (gconstpointer a, gconstpointer b)
{
  const Entry *one = *(Entry *const *)a, *other = *(Entry *const *)b;
  return (one->offset > other->offset) - (one->offset < other->offset);
}

/* In the order of the file. (transfer container) */
static GPtrArray *
entries_by_offset (QcArchiveCopy *copy)
{
  GPtrArray *sorted = g_ptr_array_new ();
  for (guint i = 0; i < copy->entries->len; i++)
    g_ptr_array_add (sorted, g_ptr_array_index (copy->entries, i));
  g_ptr_array_sort (sorted, compare_offsets);
  return sorted;
}

/* A record goes to where the next one begins, with what may stand behind its data. */
static gboolean
find_ends (QcArchiveCopy *copy, GError **error)
{
  g_autoptr (GPtrArray) sorted = entries_by_offset (copy);
  for (guint i = 0; i < sorted->len; i++) {
    Entry *entry = g_ptr_array_index (sorted, i);
    entry->end = i + 1 < sorted->len ? ((Entry *)g_ptr_array_index (sorted, i + 1))->offset : copy->offset;
    if (entry->end > copy->offset || entry->end < entry->offset + LOCAL_SIZE)
      return damaged (error);
  }
  return TRUE;
}

/* The last record that is an end and reaches the end of the file with its comment. */
static const guint8 *
find_end (const guint8 *tail, gsize length)
{
  for (gsize back = END_SIZE; back <= length; back++) {
    const guint8 *p = tail + length - back;
    if (get_32 (p) == END && END_SIZE + (gsize)get_16 (p + 20) == back)
      return p;
  }
  return NULL;
}

static gboolean
load_directory (QcArchiveCopy *copy, GError **error)
{
  gsize length = MIN (copy->size, LONGEST_END + LOCATOR_SIZE);
  g_autofree guint8 *tail = g_malloc (length);
  if (!read_all (copy, copy->size - length, tail, length, error))
    return FALSE;
  const guint8 *end = find_end (tail, length);
  if (end == NULL)
    return damaged (error);
  guint64 offset = get_32 (end + 16), listed = get_32 (end + 12), n = get_16 (end + 10);
  const guint8 *locator = end - LOCATOR_SIZE;
  if (end - tail >= LOCATOR_SIZE && get_32 (locator) == LOCATOR_64) {
    guint8 large[END_64_SIZE];
    guint64 place = get_64 (locator + 8);
    if (copy->size < END_64_SIZE || place > copy->size - END_64_SIZE)
      return damaged (error);
    if (!read_all (copy, place, large, sizeof large, error))
      return FALSE;
    if (get_32 (large) != END_64)
      return damaged (error);
    offset = get_64 (large + 48);
    listed = get_64 (large + 40);
    n = get_64 (large + 32);
  }
  if (offset > copy->size || listed > copy->size - offset || copy->size - offset > MAX_DIRECTORY
      || n > QC_PACKAGE_MAX_ENTRIES)
    return damaged (error);
  copy->offset = offset;
  copy->listed = listed;
  copy->length = copy->size - offset;
  copy->directory = g_malloc (copy->length);
  return read_all (copy, offset, copy->directory, copy->length, error) && list_entries (copy, n, error)
         && find_ends (copy, error);
}

QcArchiveCopy *
qc_archive_copy_new (int fd, GError **error)
{
  struct stat stat;
  g_autoptr (QcArchiveCopy) copy = g_new0 (QcArchiveCopy, 1);
  copy->fd = fd;
  copy->entries = g_ptr_array_new_with_free_func (entry_free);
  copy->package = qc_package_open (fd, error);
  if (copy->package == NULL)
    return NULL;
  if (fstat (fd, &stat) != 0 || stat.st_size < END_SIZE) {
    damaged (error);
    return NULL;
  }
  copy->size = (guint64)stat.st_size;
  return load_directory (copy, error) ? g_steal_pointer (&copy) : NULL;
}

void
qc_archive_copy_free (QcArchiveCopy *copy)
{
  if (copy == NULL)
    return;
  qc_package_close (copy->package);
  g_ptr_array_unref (copy->entries);
  g_free (copy->directory);
  g_free (copy);
}

static Entry *
find_entry (QcArchiveCopy *copy, const char *part)
{
  for (guint i = 0; i < copy->entries->len; i++) {
    Entry *entry = g_ptr_array_index (copy->entries, i);
    if (!entry->added && g_strcmp0 (qc_package_find (copy->package, entry->name), part) == 0)
      return entry;
  }
  return NULL;
}

void
qc_archive_copy_change (QcArchiveCopy *copy, const char *part, GArray *edits, const QcPartForm *form)
{
  Entry *entry = find_entry (copy, part);
  g_return_if_fail (entry != NULL && entry->edits == NULL);
  entry->edits = edits;
  entry->form = *form;
  entry->form.space = NULL; /* is the caller's */
}

void
qc_archive_copy_replace (QcArchiveCopy *copy, const char *part, char *text)
{
  Entry *entry = find_entry (copy, part);
  g_return_if_fail (entry != NULL && entry->text == NULL);
  entry->text = text;
}

void
qc_archive_copy_add (QcArchiveCopy *copy, const char *name, char *text)
{
  Entry *entry = g_new0 (Entry, 1);
  entry->name = g_strdup (name);
  entry->text = text;
  entry->added = TRUE;
  entry->offset = G_MAXUINT64;
  g_ptr_array_add (copy->entries, entry);
}

/* ---- writing ---- */

static gboolean
write_at (QcArchiveCopy *copy, guint64 offset, const void *bytes, gsize length, GError **error)
{
  const guint8 *p = bytes;
  while (length > 0) {
    gssize n = pwrite (copy->out, p, length, (off_t)offset);
    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0) {
      g_set_error (error, G_IO_ERROR, n < 0 ? (int)g_io_error_from_errno (errno) : G_IO_ERROR_FAILED, "%s",
                   g_strerror (errno));
      return FALSE;
    }
    p += n;
    offset += (guint64)n;
    length -= (gsize)n;
  }
  return TRUE;
}

static gboolean
put_out (QcArchiveCopy *copy, const void *bytes, gsize length, GError **error)
{
  gboolean ok = write_at (copy, copy->at, bytes, length, error);
  copy->at += length;
  return ok;
}

static gboolean
pass (QcArchiveCopy *copy, guint64 from, guint64 to, GCancellable *cancellable, GError **error)
{
  g_autofree guint8 *piece = g_malloc (PIECE);
  while (from < to) {
    gsize n = (gsize)MIN (to - from, PIECE);
    if (g_cancellable_set_error_if_cancelled (cancellable, error) || !read_all (copy, from, piece, n, error)
        || !put_out (copy, piece, n, error))
      return FALSE;
    from += n;
  }
  return TRUE;
}

/* What is packed on its way out, with the edits of a part laid into it. */
typedef struct {
  QcArchiveCopy *copy; /* borrowed */
  Entry *entry;        /* borrowed */
  z_stream stream;
  guint8 *packed; /* (owned) */
  gint64 place;   /* in the part as it was */
  gint64 skip;    /* bytes of it that go */
  guint next;     /* edit */
} Packing;

static gboolean
pack (Packing *packing, const char *bytes, gsize length, int flush, GError **error)
{
  Entry *entry = packing->entry;
  entry->sum = (guint32)crc32 (entry->sum, (const guint8 *)bytes, (uInt)length);
  entry->whole += (guint32)length;
  packing->stream.next_in = (guint8 *)bytes;
  packing->stream.avail_in = (uInt)length;
  do {
    packing->stream.next_out = packing->packed;
    packing->stream.avail_out = PIECE;
    deflate (&packing->stream, flush);
    gsize n = PIECE - packing->stream.avail_out;
    entry->packed += (guint32)n;
    if (!put_out (packing->copy, packing->packed, n, error))
      return FALSE;
  } while (packing->stream.avail_out == 0);
  return TRUE;
}

/* The bytes of the part come in pieces; each edit takes its place. */
static gboolean
take_piece (const char *bytes, gsize length, gpointer user_data, GError **error)
{
  Packing *packing = user_data;
  const Entry *entry = packing->entry;
  const char *end = bytes + length;
  while (bytes < end || (packing->next < entry->edits->len && packing->skip == 0)) {
    gint64 gone = MIN (packing->skip, end - bytes);
    bytes += gone;
    packing->skip -= gone;
    packing->place += gone;
    const QcPartEdit *edit
        = packing->next < entry->edits->len ? &g_array_index (entry->edits, QcPartEdit, packing->next) : NULL;
    gint64 until = edit != NULL ? MIN (end - bytes, edit->offset - packing->place) : end - bytes;
    if (until < 0)
      return damaged (error); /* the edits lie in one another: the part is not what was scanned */
    if (until > 0 && !pack (packing, bytes, (gsize)until, Z_NO_FLUSH, error))
      return FALSE;
    bytes += until;
    packing->place += until;
    if (edit == NULL || packing->place < edit->offset || packing->skip > 0)
      break;
    gsize n;
    g_autofree char *text = qc_part_form_encode (&entry->form, edit->text, &n);
    if (!pack (packing, text, n, Z_NO_FLUSH, error))
      return FALSE;
    packing->skip = edit->remove;
    packing->next++;
  }
  return TRUE;
}

static gboolean
pack_entry (QcArchiveCopy *copy, Entry *entry, GCancellable *cancellable, GError **error)
{
  Packing packing = {.copy = copy, .entry = entry, .packed = g_malloc (PIECE)};
  gboolean ok
      = deflateInit2 (&packing.stream, LEVEL, Z_DEFLATED, -MAX_WBITS, MAX_MEM_LEVEL, Z_DEFAULT_STRATEGY) == Z_OK;
  if (!ok)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, g_strerror (ENOMEM));
  if (ok && entry->text != NULL)
    ok = pack (&packing, entry->text, strlen (entry->text), Z_NO_FLUSH, error);
  else if (ok)
    ok = qc_package_read (copy->package, qc_package_find (copy->package, entry->name), take_piece, &packing,
                          cancellable, error);
  ok = ok && pack (&packing, "", 0, Z_FINISH, error);
  deflateEnd (&packing.stream);
  g_free (packing.packed);
  return ok;
}

/* The head of a changed record: what its own said, but for what is no longer so. */
static gboolean
make_local (QcArchiveCopy *copy, const Entry *entry, GByteArray *head, GError **error)
{
  g_byte_array_set_size (head, LOCAL_SIZE);
  if (!read_all (copy, entry->offset, head->data, LOCAL_SIZE, error))
    return FALSE;
  gsize name = get_16 (head->data + 26), extra = get_16 (head->data + 28), at = 0;
  if (get_32 (head->data) != LOCAL || LOCAL_SIZE + name + extra > entry->end - entry->offset)
    return damaged (error);
  g_autofree guint8 *rest = g_malloc (name + extra);
  if (!read_all (copy, entry->offset + LOCAL_SIZE, rest, name + extra, error))
    return FALSE;
  g_byte_array_append (head, rest, (guint)name);
  guint kept = 0;
  while (extra - at >= 4 && extra - at - 4 >= get_16 (rest + name + at + 2)) {
    guint length = 4u + get_16 (rest + name + at + 2);
    if (get_16 (rest + name + at) != EXTRA_64) {
      g_byte_array_append (head, rest + name + at, length);
      kept += length;
    }
    at += length;
  }
  put_16 (head->data + 28, kept);
  return TRUE;
}

/* The head of a new record: as that of the first entry says its time. */
static void
make_new_local (QcArchiveCopy *copy, const Entry *entry, GByteArray *head)
{
  const guint8 *first = copy->directory;
  g_byte_array_set_size (head, LOCAL_SIZE);
  memset (head->data, 0, LOCAL_SIZE);
  put_32 (head->data, LOCAL);
  if (copy->listed >= CENTRAL_SIZE)
    memcpy (head->data + 10, first + 12, 4);
  put_16 (head->data + 26, (guint)strlen (entry->name));
  g_byte_array_append (head, (const guint8 *)entry->name, (guint)strlen (entry->name));
}

static gboolean
write_changed (QcArchiveCopy *copy, Entry *entry, GCancellable *cancellable, GError **error)
{
  g_autoptr (GByteArray) head = g_byte_array_new ();
  if (entry->added)
    make_new_local (copy, entry, head);
  else if (!make_local (copy, entry, head, error))
    return FALSE;
  guint64 begin = copy->at;
  put_16 (head->data + 4, MAX (VERSION, get_16 (head->data + 4)));
  put_16 (head->data + 6, get_16 (head->data + 6) & KEPT_FLAGS);
  put_16 (head->data + 8, DEFLATED);
  if (!put_out (copy, head->data, head->len, error) || !pack_entry (copy, entry, cancellable, error))
    return FALSE;
  put_32 (head->data + 14, entry->sum);
  put_32 (head->data + 18, entry->packed);
  put_32 (head->data + 22, entry->whole);
  return write_at (copy, begin + 14, head->data + 14, 12, error);
}

/* The record of an entry in the directory of the copy. */
static gboolean
write_listed (QcArchiveCopy *copy, const Entry *entry, GError **error)
{
  g_autofree guint8 *record = NULL;
  gsize size = CENTRAL_SIZE + strlen (entry->name);
  if (entry->added) {
    record = g_malloc0 (size);
    put_32 (record, CENTRAL);
    put_16 (record + 4, VERSION);
    put_16 (record + 6, VERSION);
    if (copy->listed >= CENTRAL_SIZE)
      memcpy (record + 12, copy->directory + 12, 4);
    put_16 (record + 28, (guint)strlen (entry->name));
    memcpy (record + CENTRAL_SIZE, entry->name, strlen (entry->name));
  } else {
    size = entry->size;
    record = g_memdup2 (copy->directory + entry->directory, size);
  }
  gboolean wide = FALSE;
  guint8 *place = find_offset (record, &wide);
  if (wide)
    put_64 (place, entry->moved);
  else
    put_32 (place, (guint32)entry->moved);
  if (entry->edits != NULL || entry->text != NULL) {
    put_16 (record + 6, MAX (VERSION, get_16 (record + 6)));
    put_16 (record + 8, get_16 (record + 8) & KEPT_FLAGS);
    put_16 (record + 10, DEFLATED);
    put_32 (record + 16, entry->sum);
    put_sizes (record, entry->whole, entry->packed);
  }
  return put_out (copy, record, size, error);
}

/* What follows the directory: the ends, small and large, and the comment. */
static gboolean
write_end (QcArchiveCopy *copy, guint64 directory, guint64 listed, GError **error)
{
  gsize length = copy->length - copy->listed;
  guint8 *tail = copy->directory + copy->listed;
  guint n = copy->entries->len;
  guint8 *end = (guint8 *)find_end (tail, length);
  if (end == NULL)
    return damaged (error);
  if (end - tail >= LOCATOR_SIZE && get_32 (end - LOCATOR_SIZE) == LOCATOR_64) {
    guint64 place = get_64 (end - LOCATOR_SIZE + 8) - copy->offset - copy->listed;
    if (place > (guint64)(end - tail) - LOCATOR_SIZE || (guint64)(end - tail) - LOCATOR_SIZE - place < END_64_SIZE)
      return damaged (error);
    put_64 (tail + place + 24, n);
    put_64 (tail + place + 32, n);
    put_64 (tail + place + 40, listed);
    put_64 (tail + place + 48, directory);
    put_64 (end - LOCATOR_SIZE + 8, copy->at + place);
  }
  if (get_16 (end + 10) != 0xffff) {
    put_16 (end + 8, n);
    put_16 (end + 10, n);
  }
  if (get_32 (end + 12) != NOWHERE)
    put_32 (end + 12, (guint32)listed);
  if (get_32 (end + 16) != NOWHERE)
    put_32 (end + 16, (guint32)directory);
  return put_out (copy, tail, length, error);
}

gboolean
qc_archive_copy_write (QcArchiveCopy *copy, int out_fd, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) sorted = entries_by_offset (copy);
  guint64 passed = 0;
  copy->out = out_fd;
  copy->at = 0;
  for (guint i = 0; i < sorted->len; i++) {
    Entry *entry = g_ptr_array_index (sorted, i);
    guint64 begin = entry->added ? copy->offset : entry->offset;
    if (!pass (copy, passed, begin, cancellable, error))
      return FALSE;
    passed = begin;
    entry->moved = copy->at;
    if (entry->edits == NULL && entry->text == NULL)
      continue;
    if (!write_changed (copy, entry, cancellable, error))
      return FALSE;
    passed = entry->added ? copy->offset : entry->end;
  }
  if (!pass (copy, passed, copy->offset, cancellable, error))
    return FALSE;
  guint64 directory = copy->at;
  for (guint i = 0; i < copy->entries->len; i++)
    if (!write_listed (copy, g_ptr_array_index (copy->entries, i), error))
      return FALSE;
  return write_end (copy, directory, copy->at - directory, error);
}
