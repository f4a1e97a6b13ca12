/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-package.h: libzip inflates, expat reads. Any one thread.
 */
#include "qc-package.h"

#include <expat.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

#define PIECE 65536

G_DEFINE_QUARK (qc - sheet - error - quark, qc_sheet_error)

typedef struct {
  char *name; /* (owned) folded */
  zip_uint64_t index, packed;
} Entry;

struct _QcPackage {
  zip_t *zip;          /* (owned) */
  GHashTable *entries; /* (owned) folded name → Entry */
  gint64 inflated;     /* of all parts, so far */
  gint64 size, packed; /* of the file; of the parts that were read */
};

static void
entry_free (Entry *entry)
{
  g_free (entry->name);
  g_free (entry);
}

/* "\XL\Worksheets/./sheet1.XML" → "xl/worksheets/sheet1.xml"; NULL for one that leads out of the archive. */
static char *
fold_name (const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);
  g_strdelimit (lower, "\\", '/');
  g_auto (GStrv) parts = g_strsplit (lower, "/", -1);
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();
  for (char **part = parts; *part != NULL; part++) {
    if (**part == '\0' || g_str_equal (*part, "."))
      continue;
    if (!g_str_equal (*part, ".."))
      g_ptr_array_add (kept, *part);
    else if (kept->len == 0)
      return NULL;
    else
      g_ptr_array_set_size (kept, (int)kept->len - 1);
  }
  g_ptr_array_add (kept, NULL);
  return g_strjoinv ("/", (char **)kept->pdata);
}

static gboolean
refuse (GError **error, QcSheetError code, const char *words)
{
  g_set_error_literal (error, QC_SHEET_ERROR, (int)code, words);
  return FALSE;
}

static gboolean
damaged (GError **error)
{
  return refuse (error, QC_SHEET_ERROR_DAMAGED,
                 _ ("The file is damaged, or was not saved to its end. Open it in the program that made it and save it "
                    "again."));
}

static gboolean
hostile (GError **error)
{
  return refuse (
      error, QC_SHEET_ERROR_HOSTILE,
      _ ("The file holds what no spreadsheet writes, and is not read. Open it in Excel or WPS and save it as "
         "a new workbook."));
}

/* Parts that lie in one another, or bear the same name, are found before any is read. */
static gboolean
list_entries (QcPackage *package, GError **error)
{
  zip_int64_t n = zip_get_num_entries (package->zip, 0);
  if (n > QC_PACKAGE_MAX_ENTRIES)
    return hostile (error);
  gint64 packed = 0;
  for (zip_uint64_t i = 0; i < (zip_uint64_t)n; i++) {
    zip_stat_t stat;
    zip_stat_init (&stat);
    if (zip_stat_index (package->zip, i, ZIP_FL_ENC_GUESS, &stat) < 0 || !(stat.valid & ZIP_STAT_NAME)
        || !(stat.valid & ZIP_STAT_COMP_SIZE))
      return damaged (error);
    if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) && stat.encryption_method != ZIP_EM_NONE)
      return refuse (error, QC_SHEET_ERROR_ENCRYPTED,
                     _ ("The file has a password. Open it in Excel or WPS, save it without one, and try again."));
    if (stat.comp_size > (zip_uint64_t)package->size || (packed += (gint64)stat.comp_size) > package->size)
      return hostile (error);
    if (g_str_has_suffix (stat.name, "/"))
      continue;
    g_autofree char *folded = fold_name (stat.name);
    if (folded == NULL || g_hash_table_contains (package->entries, folded))
      return hostile (error);
    Entry *entry = g_new0 (Entry, 1);
    entry->name = g_strdup (folded);
    entry->index = i;
    entry->packed = stat.comp_size;
    g_hash_table_insert (package->entries, g_steal_pointer (&folded), entry);
  }
  return TRUE;
}

QcPackage *
qc_package_open (int fd, GError **error)
{
  struct stat stat;
  if (fstat (fd, &stat) != 0 || !S_ISREG (stat.st_mode)) {
    refuse (error, QC_SHEET_ERROR_FILE, _ ("This is no file that can be read."));
    return NULL;
  }
  if (stat.st_size > QC_PACKAGE_MAX_FILE) {
    refuse (error, QC_SHEET_ERROR_LIMIT,
            _ ("The file is larger than 64 MiB. Save the sheet that is meant as a workbook "
               "of its own."));
    return NULL;
  }
  int own = dup (fd), code = 0;
  g_autoptr (QcPackage) package = g_new0 (QcPackage, 1);
  package->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)entry_free);
  package->size = stat.st_size;
  package->zip = own >= 0 ? zip_fdopen (own, 0, &code) : NULL;
  if (package->zip == NULL) {
    if (own >= 0)
      close (own);
    damaged (error);
    return NULL;
  }
  return list_entries (package, error) ? g_steal_pointer (&package) : NULL;
}

void
qc_package_close (QcPackage *package)
{
  if (package == NULL)
    return;
  if (package->zip != NULL)
    zip_discard (package->zip);
  g_hash_table_unref (package->entries);
  g_free (package);
}

static const Entry *
find (QcPackage *package, const char *name)
{
  g_autofree char *folded = fold_name (name);
  return folded != NULL ? g_hash_table_lookup (package->entries, folded) : NULL;
}

const char *
qc_package_find (QcPackage *package, const char *name)
{
  const Entry *entry = find (package, name);
  return entry != NULL ? entry->name : NULL;
}

double
qc_package_get_progress (QcPackage *package)
{
  return package->size > 0 ? CLAMP ((double)package->packed / (double)package->size, 0, 1) : 0;
}

/* ---- what a part holds ---- */

gboolean
qc_package_read (QcPackage *package, const char *part, QcPackageTake take, gpointer user_data,
                 GCancellable *cancellable, GError **error)
{
  const Entry *entry = find (package, part);
  zip_file_t *file = entry != NULL ? zip_fopen_index (package->zip, entry->index, 0) : NULL;
  if (file == NULL)
    return damaged (error);
  g_autofree char *piece = g_malloc (PIECE);
  gint64 all = 0;
  zip_int64_t n;
  gboolean ok = TRUE;
  while (ok && (n = zip_fread (file, piece, PIECE)) > 0) {
    all += n;
    package->inflated += n;
    if (all > QC_PACKAGE_MAX_PART || package->inflated > QC_PACKAGE_MAX_ALL)
      ok = refuse (error, QC_SHEET_ERROR_LIMIT,
                   _ ("What is packed into the file is larger than what is read. Delete what is not needed, or save "
                      "the sheet as a workbook of its own."));
    else
      ok = !g_cancellable_set_error_if_cancelled (cancellable, error) && take (piece, (gsize)n, user_data, error);
  }
  if (ok && n < 0) /* it ends early, or its sum is wrong */
    ok = damaged (error);
  zip_fclose (file);
  package->packed += (gint64)entry->packed;
  return ok;
}

typedef struct {
  XML_Parser parser;
  const QcPackageHandlers *handlers; /* borrowed */
  gpointer user_data;
  GError **failed; /* (nullable) */
  gint64 fed;      /* bytes */
  char prefix[64]; /* of the main namespace with its colon; "" = none */
  gsize prefix_length;
  gboolean root, doctype;
} Parsing;

/* The name behind the prefix of the main namespace. */
static const char *
local_name (const Parsing *parsing, const char *name)
{
  return parsing->prefix_length > 0 && strncmp (name, parsing->prefix, parsing->prefix_length) == 0
             ? name + parsing->prefix_length
             : name;
}

static void
stop_if_failed (Parsing *parsing)
{
  if (parsing->failed != NULL && *parsing->failed != NULL)
    XML_StopParser (parsing->parser, XML_FALSE);
}

static void
start_cb (void *data, const XML_Char *name, const XML_Char **attributes)
{
  Parsing *parsing = data;
  if (!parsing->root) {
    const char *colon = strchr (name, ':');
    if (colon != NULL)
      g_strlcpy (parsing->prefix, name, MIN (sizeof parsing->prefix, (gsize)(colon - name) + 2));
    parsing->prefix_length = strlen (parsing->prefix);
    parsing->root = TRUE;
  }
  parsing->handlers->start (parsing->user_data, local_name (parsing, name), attributes);
  stop_if_failed (parsing);
}

static void
end_cb (void *data, const XML_Char *name)
{
  Parsing *parsing = data;
  parsing->handlers->end (parsing->user_data, local_name (parsing, name));
  stop_if_failed (parsing);
}

static void
text_cb (void *data, const XML_Char *text, int length)
{
  Parsing *parsing = data;
  parsing->handlers->text (parsing->user_data, text, length);
}

static void
doctype_cb (void *data, const XML_Char *name, const XML_Char *system, const XML_Char *public, int internal)
{
  Parsing *parsing = data;
  parsing->doctype = TRUE;
  XML_StopParser (parsing->parser, XML_FALSE);
}

static gboolean
parsed (Parsing *parsing, enum XML_Status status, GError **error)
{
  if (status == XML_STATUS_OK)
    return TRUE;
  if (parsing->doctype)
    return hostile (error);
  if (parsing->failed != NULL && *parsing->failed != NULL) {
    g_propagate_error (error, *parsing->failed);
    *parsing->failed = NULL;
    return FALSE;
  }
  return damaged (error);
}

static gboolean
take_xml (const char *bytes, gsize length, gpointer user_data, GError **error)
{
  Parsing *parsing = user_data;
  parsing->fed += (gint64)length;
  return parsed (parsing, XML_Parse (parsing->parser, bytes, (int)length, FALSE), error)
         && (parsing->fed - XML_GetCurrentByteIndex (parsing->parser) <= QC_PACKAGE_MAX_TAG || hostile (error));
}

gboolean
qc_package_parse (QcPackage *package, const char *part, const QcPackageHandlers *handlers, gpointer user_data,
                  GError **failed, GCancellable *cancellable, GError **error)
{
  Parsing parsing = {.parser = XML_ParserCreate (NULL), .handlers = handlers, .user_data = user_data, .failed = failed};
  XML_SetUserData (parsing.parser, &parsing);
  XML_SetElementHandler (parsing.parser, start_cb, end_cb);
  if (handlers->text != NULL)
    XML_SetCharacterDataHandler (parsing.parser, text_cb);
  XML_SetStartDoctypeDeclHandler (parsing.parser, doctype_cb);
  gboolean ok = qc_package_read (package, part, take_xml, &parsing, cancellable, error)
                && parsed (&parsing, XML_Parse (parsing.parser, "", 0, TRUE), error);
  XML_ParserFree (parsing.parser);
  return ok;
}

const char *
qc_package_attribute (const char **attributes, const char *name)
{
  for (; *attributes != NULL; attributes += 2) {
    const char *colon = strchr (attributes[0], ':');
    if (g_str_equal (attributes[0], name) || (colon != NULL && g_str_equal (colon + 1, name)))
      return attributes[1];
  }
  return NULL;
}

/* ---- which part ---- */

typedef struct {
  const char *type, *id; /* borrowed; id nullable */
  char *target;          /* (owned) (nullable) */
} Related;

static void
relationship_start (gpointer user_data, const char *name, const char **attributes)
{
  Related *related = user_data;
  if (!g_str_equal (name, "Relationship") || related->target != NULL)
    return;
  const char *type = qc_package_attribute (attributes, "Type"), *id = qc_package_attribute (attributes, "Id");
  const char *target = qc_package_attribute (attributes, "Target");
  const char *mode = qc_package_attribute (attributes, "TargetMode");
  if (type != NULL && target != NULL && g_str_has_suffix (type, related->type) && g_strcmp0 (mode, "External") != 0
      && (related->id == NULL || g_strcmp0 (related->id, id) == 0))
    related->target = g_uri_unescape_string (target, NULL);
}

static void
nothing_end (gpointer user_data, const char *name)
{
}

char *
qc_package_dup_related (QcPackage *package, const char *part, const char *type, const char *id, GError **error)
{
  static const QcPackageHandlers handlers = {relationship_start, nothing_end, NULL};
  g_autofree char *folder = *part != '\0' ? g_path_get_dirname (part) : g_strdup ("");
  g_autofree char *base = *part != '\0' ? g_path_get_basename (part) : g_strdup ("");
  g_autofree char *rels = g_strdup_printf ("%s/_rels/%s.rels", folder, base);
  Related related = {type, id, NULL};
  if (qc_package_find (package, rels) == NULL)
    return NULL;
  if (!qc_package_parse (package, rels, &handlers, &related, NULL, NULL, error)) {
    g_free (related.target);
    return NULL;
  }
  g_autofree char *target = related.target;
  if (target == NULL)
    return NULL;
  g_autofree char *whole = *target == '/' ? g_strdup (target) : g_strdup_printf ("%s/%s", folder, target);
  return g_strdup (qc_package_find (package, whole));
}

typedef struct {
  const char *type; /* borrowed */
  char *part;       /* (owned) (nullable) */
} Typed;

static void
type_start (gpointer user_data, const char *name, const char **attributes)
{
  Typed *typed = user_data;
  const char *type = qc_package_attribute (attributes, "ContentType");
  if (typed->part == NULL && g_str_equal (name, "Override") && type != NULL && g_str_has_suffix (type, typed->type))
    typed->part = g_strdup (qc_package_attribute (attributes, "PartName"));
}

char *
qc_package_dup_typed (QcPackage *package, const char *type, GError **error)
{
  static const QcPackageHandlers handlers = {type_start, nothing_end, NULL};
  Typed typed = {type, NULL};
  if (qc_package_find (package, "[Content_Types].xml") == NULL)
    return NULL;
  gboolean ok = qc_package_parse (package, "[Content_Types].xml", &handlers, &typed, NULL, NULL, error);
  g_autofree char *part = typed.part;
  return ok && part != NULL ? g_strdup (qc_package_find (package, part)) : NULL;
}
