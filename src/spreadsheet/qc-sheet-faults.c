/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-sheet-faults.h: a part more, and a line more in each of the three parts that list parts. Any one thread.
 */
#include "qc-sheet-faults.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "qc-sheet-scan.h"
#include "qc-table.h"

#define LONGEST_NAME 31    /* of a sheet */
#define MAX_LINKS    60000 /* a sheet may have 65,530 */
#define SHEET_TYPE   "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
#define MAX_SPACES   1000
#define NO_AREA      "#REF!"
#define PRINT_AREA   "_xlnm.Print_Area"

typedef struct {
  char *name, *part; /* (owned) part nullable: a sheet of charts */
  char *id;          /* (owned) of the relationship */
} Sheet;

typedef struct {
  guint sheet; /* place among the sheets */
  char *area;  /* (owned) */
} Area;

struct _QcSheetBook {
  QcPackage *package; /* borrowed */
  char *part;         /* (owned) */
  GPtrArray *sheets;  /* (owned) Sheet */
  GPtrArray *areas;   /* (owned) Area that is printed */
  guint last_number;  /* sheetId */
  char *id_prefix;    /* (owned) (nullable) of the relationships' ids */
  GHashTable *spaces; /* (owned) prefix → namespace, wherever it is declared */
  gint64 end;         /* of the sheets; -1 */
  QcPartForm form;    /* of the workbook */
  gboolean in_area;   /* while it is read */
  GString *text;      /* (owned) */
};

static void
sheet_free (gpointer data)
{
  Sheet *sheet = data;
  g_free (sheet->name);
  g_free (sheet->part);
  g_free (sheet->id);
  g_free (sheet);
}

static void
area_free (gpointer data)
{
  Area *area = data;
  g_free (area->area);
  g_free (area);
}

/* ---- the workbook ---- */

static void
take_sheet (QcSheetBook *book, const QcPartTag *tag)
{
  Sheet *sheet = g_new0 (Sheet, 1);
  for (const char **a = tag->attributes; *a != NULL; a += 2)
    if (g_str_has_suffix (a[0], ":id")) {
      g_free (sheet->id);
      sheet->id = g_strdup (a[1]);
      g_free (book->id_prefix);
      book->id_prefix = g_strndup (a[0], strlen (a[0]) - strlen (":id"));
    }
  const char *name = qc_part_get (tag, "name"), *number = qc_part_get (tag, "sheetId");
  sheet->name = g_strdup (name != NULL ? name : "");
  book->last_number = MAX (book->last_number, number != NULL ? (guint)strtoul (number, NULL, 10) : 0);
  g_ptr_array_add (book->sheets, sheet);
}

static void
book_start (gpointer user_data, const QcPartTag *tag)
{
  QcSheetBook *book = user_data;
  for (const char **a = tag->attributes; *a != NULL; a += 2)
    if (g_str_has_prefix (a[0], "xmlns:") && g_hash_table_size (book->spaces) < MAX_SPACES)
      g_hash_table_replace (book->spaces, g_strdup (a[0] + strlen ("xmlns:")), g_strdup (a[1]));
  if (g_str_equal (tag->name, "sheet") && book->sheets->len < QC_PACKAGE_MAX_ENTRIES) {
    take_sheet (book, tag);
  } else if (g_str_equal (tag->name, "definedName") && g_strcmp0 (qc_part_get (tag, "name"), PRINT_AREA) == 0
             && qc_part_get (tag, "localSheetId") != NULL) {
    Area *area = g_new0 (Area, 1);
    area->sheet = (guint)strtoul (qc_part_get (tag, "localSheetId"), NULL, 10);
    g_ptr_array_add (book->areas, area);
    book->in_area = TRUE;
    g_string_truncate (book->text, 0);
  }
}

static void
book_end (gpointer user_data, const QcPartTag *tag)
{
  QcSheetBook *book = user_data;
  if (g_str_equal (tag->name, "sheets") && tag->length > 0)
    book->end = tag->offset;
  if (g_str_equal (tag->name, "definedName") && book->in_area) {
    ((Area *)g_ptr_array_index (book->areas, book->areas->len - 1))->area = g_strdup (book->text->str);
    book->in_area = FALSE;
  }
}

static void
book_text (gpointer user_data, const char *text, int length)
{
  QcSheetBook *book = user_data;
  if (book->in_area)
    g_string_append_len (book->text, text, length);
}

QcSheetBook *
qc_sheet_book_new (QcPackage *package, const char *part, GCancellable *cancellable, GError **error)
{
  static const QcPartHandlers handlers = {book_start, book_end, book_text};
  g_autoptr (QcSheetBook) book = g_new0 (QcSheetBook, 1);
  book->package = package;
  book->part = g_strdup (part);
  book->sheets = g_ptr_array_new_with_free_func (sheet_free);
  book->areas = g_ptr_array_new_with_free_func (area_free);
  book->text = g_string_new (NULL);
  book->spaces = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  book->end = -1;
  if (!qc_part_scan (package, part, &handlers, book, &book->form, NULL, cancellable, error))
    return NULL;
  for (guint i = 0; i < book->sheets->len; i++) {
    Sheet *sheet = g_ptr_array_index (book->sheets, i);
    GError *fault = NULL;
    sheet->part = sheet->id != NULL ? qc_package_dup_related (package, part, "/worksheet", sheet->id, &fault) : NULL;
    if (fault != NULL) {
      g_propagate_error (error, fault);
      return NULL;
    }
  }
  return g_steal_pointer (&book);
}

void
qc_sheet_book_free (QcSheetBook *book)
{
  if (book == NULL)
    return;
  g_free (book->part);
  g_ptr_array_unref (book->sheets);
  g_ptr_array_unref (book->areas);
  g_free (book->id_prefix);
  g_hash_table_unref (book->spaces);
  g_string_free (book->text, TRUE);
  qc_part_form_clear (&book->form);
  g_free (book);
}

/* The sheet of this part; NULL */
static const Sheet *
find_sheet (const QcSheetBook *book, const char *part, guint *out_place)
{
  for (guint i = 0; i < book->sheets->len; i++) {
    const Sheet *sheet = g_ptr_array_index (book->sheets, i);
    if (g_strcmp0 (sheet->part, part) == 0) {
      *out_place = i;
      return sheet;
    }
  }
  return NULL;
}

gboolean
qc_sheet_book_prints_without (const QcSheetBook *book, const char *sheet_part, guint column)
{
  guint place;
  if (find_sheet (book, sheet_part, &place) == NULL)
    return TRUE;
  for (guint i = 0; i < book->areas->len; i++) {
    const Area *area = g_ptr_array_index (book->areas, i);
    if (area->sheet != place || g_strcmp0 (area->area, NO_AREA) == 0)
      continue;
    const char *bang = area->area != NULL ? strrchr (area->area, '!') : NULL;
    QcSheetRange range;
    if (bang == NULL || !qc_sheet_range_parse (bang + 1, &range) || column < range.left || column > range.right)
      return TRUE;
  }
  return FALSE;
}

/* ---- the sheet of faults ---- */

/* @title as the name of a sheet. */
static char *
make_name (const char *title, const char *taken)
{
  g_autofree char *plain = g_utf8_make_valid (title, -1);
  g_strdelimit (plain, "[]:*?/\\'", ' ');
  g_autofree char *name = g_utf8_substring (plain, 0, MIN (g_utf8_strlen (plain, -1), LONGEST_NAME - 2));
  g_strstrip (name);
  g_autofree char *one = g_utf8_casefold (name, -1), *other = g_utf8_casefold (taken, -1);
  return g_strdup_printf ("%s%s", *name != '\0' ? name : "!", g_str_equal (one, other) ? " 2" : "");
}

static const Sheet *
find_faults (const QcSheetBook *book, const char *sheet_part, const char *title, char **out_name)
{
  guint place;
  const Sheet *own = find_sheet (book, sheet_part, &place);
  g_autofree char *name = make_name (title, own != NULL ? own->name : "");
  g_autofree char *wanted = g_utf8_casefold (name, -1);
  const Sheet *found = NULL;
  for (guint i = 0; i < book->sheets->len && found == NULL; i++) {
    const Sheet *sheet = g_ptr_array_index (book->sheets, i);
    g_autofree char *its = g_utf8_casefold (sheet->name, -1);
    if (g_str_equal (its, wanted))
      found = sheet;
  }
  if (out_name != NULL)
    *out_name = g_steal_pointer (&name);
  return found;
}

gboolean
qc_sheet_book_has_faults (const QcSheetBook *book, const char *sheet_part, const char *title)
{
  const Sheet *found = find_faults (book, sheet_part, title, NULL);
  return found != NULL && found->part != NULL;
}

static void
append_text (GString *xml, guint column, guint row, const char *text)
{
  g_autofree char *name = qc_table_dup_column_name (column), *escaped = qc_part_escape (text);
  g_string_append_printf (xml, "<c r=\"%s%u\" t=\"inlineStr\"><is><t xml:space=\"preserve\">%s</t></is></c>", name, row,
                          escaped);
}

static char *
dup_cell_name (const QcSheetMark *mark)
{
  g_autofree char *column = mark->column >= 0 ? qc_table_dup_column_name ((guint)mark->column) : g_strdup ("");
  return mark->column >= 0 ? g_strdup_printf ("%s%u", column, mark->row) : g_strdup_printf ("A%u", mark->row);
}

/* Each fault leads to its cell. */
static void
append_links (GString *xml, const char *sheet_name, const QcSheetMark *marks, guint n, const char *column)
{
  g_autoptr (GString) quoted = g_string_new (sheet_name);
  g_string_replace (quoted, "'", "''", 0);
  g_autofree char *name = qc_part_escape (quoted->str);
  if (n > 0)
    g_string_append (xml, "<hyperlinks>");
  for (guint i = 0; i < MIN (n, MAX_LINKS); i++) {
    g_autofree char *cell = dup_cell_name (&marks[i]);
    g_string_append_printf (xml, "<hyperlink ref=\"%s%u\" location=\"'%s'!%s\"/>", column, i + 2, name, cell);
  }
  if (n > 0)
    g_string_append (xml, "</hyperlinks>");
}

static char *
make_sheet (const char *space, const char *sheet_name, const QcSheetMark *marks, guint n)
{
  gboolean who = FALSE;
  for (guint i = 0; i < n; i++)
    who = who || (marks[i].who != NULL && *marks[i].who != '\0');
  GString *xml = g_string_new ("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
  g_string_append_printf (
      xml,
      "<worksheet xmlns=\"%s\"><cols><col min=\"1\" max=\"2\" width=\"9.7109375\" customWidth=\"1\"/>%s<col "
      "min=\"%d\" max=\"%d\" width=\"80.7109375\" customWidth=\"1\"/></cols><sheetData><row r=\"1\">",
      space, who ? "<col min=\"3\" max=\"3\" width=\"20.7109375\" customWidth=\"1\"/>" : "", who ? 4 : 3, who ? 4 : 3);
  append_text (xml, 0, 1, C_ ("sheet of faults", "Row"));
  append_text (xml, 1, 1, C_ ("sheet of faults", "Cell"));
  if (who)
    append_text (xml, 2, 1, C_ ("sheet of faults", "Who"));
  append_text (xml, who ? 3 : 2, 1, C_ ("sheet of faults", "What is wrong"));
  g_string_append (xml, "</row>");
  for (guint i = 0; i < n; i++) {
    g_autofree char *cell = marks[i].column >= 0 ? dup_cell_name (&marks[i]) : g_strdup ("");
    g_string_append_printf (xml, "<row r=\"%u\"><c r=\"A%u\"><v>%u</v></c>", i + 2, i + 2, marks[i].row);
    append_text (xml, 1, i + 2, cell);
    if (who)
      append_text (xml, 2, i + 2, marks[i].who != NULL ? marks[i].who : "");
    append_text (xml, who ? 3 : 2, i + 2, marks[i].reason);
    g_string_append (xml, "</row>");
  }
  g_string_append (xml, "</sheetData>");
  append_links (xml, sheet_name, marks, n, "B");
  g_string_append (xml, "</worksheet>");
  return g_string_free (xml, FALSE);
}

/* ---- a line more in a list of parts ---- */

typedef struct {
  const char *root; /* static */
  gint64 end;       /* of the root; -1 */
  GHashTable *ids;  /* (owned) char*, of relationships */
  char *type;       /* (owned) (nullable) that of a relationship to a sheet */
  QcPartForm form;
} List;

static void
list_start (gpointer user_data, const QcPartTag *tag)
{
  List *list = user_data;
  const char *id = qc_part_get (tag, "Id"), *type = qc_part_get (tag, "Type");
  if (id != NULL)
    g_hash_table_add (list->ids, g_strdup (id));
  if (list->type == NULL && type != NULL && g_str_has_suffix (type, "/worksheet"))
    list->type = g_strdup (type);
}

static void
list_end (gpointer user_data, const QcPartTag *tag)
{
  List *list = user_data;
  if (g_str_equal (tag->name, list->root) && tag->length > 0)
    list->end = tag->offset;
}

static void
list_clear (List *list)
{
  g_hash_table_unref (list->ids);
  g_free (list->type);
  qc_part_form_clear (&list->form);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (List, list_clear)

static gboolean
damaged (GError **error)
{
  g_set_error_literal (
      error, QC_SHEET_ERROR, QC_SHEET_ERROR_DAMAGED,
      _ ("The file is damaged, or was not saved to its end. Open it in the program that made it and save it again."));
  return FALSE;
}

static gboolean
list_scan (List *list, const QcSheetBook *book, const char *part, GCancellable *cancellable, GError **error)
{
  static const QcPartHandlers handlers = {list_start, list_end, NULL};
  if (qc_package_find (book->package, part) == NULL)
    return damaged (error);
  if (!qc_part_scan (book->package, part, &handlers, list, &list->form, NULL, cancellable, error))
    return FALSE;
  return list->end >= 0 || damaged (error);
}

static void
insert_one (QcArchiveCopy *copy, const char *part, gint64 place, const QcPartForm *form, char *text)
{
  GArray *edits = qc_part_edits_new ();
  qc_part_edits_take (edits, place, 0, text);
  qc_archive_copy_change (copy, part, edits, form);
}

/* Folder and name of the part behind the workbook's folder: "worksheets/sheet3.xml". (transfer full) */
static char *
find_free_name (const QcSheetBook *book, const char *folder)
{
  for (guint i = book->sheets->len + 1;; i++) {
    g_autofree char *name = g_strdup_printf ("worksheets/sheet%u.xml", i);
    g_autofree char *whole = g_strconcat (folder, name, NULL);
    if (qc_package_find (book->package, whole) == NULL)
      return g_steal_pointer (&name);
  }
}

static gboolean
append_sheet (const QcSheetBook *book, QcArchiveCopy *copy, const char *name, char *xml, GCancellable *cancellable,
              GError **error)
{
  g_autofree char *text = xml;
  g_autofree char *base = g_path_get_basename (book->part), *dir = g_path_get_dirname (book->part);
  g_autofree char *folder = g_str_equal (dir, ".") ? g_strdup ("") : g_strconcat (dir, "/", NULL);
  g_autofree char *rels = g_strdup_printf ("%s_rels/%s.rels", folder, base), *target = find_free_name (book, folder);
  g_auto (List) related = {"Relationships", -1, g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL)};
  g_auto (List) types = {"Types", -1, g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL)};
  if (!list_scan (&related, book, rels, cancellable, error)
      || !list_scan (&types, book, "[content_types].xml", cancellable, error))
    return FALSE;
  const char *space = book->id_prefix != NULL ? g_hash_table_lookup (book->spaces, book->id_prefix) : NULL;
  if (related.type == NULL || space == NULL || book->end < 0 || book->form.space == NULL)
    return damaged (error);
  g_autofree char *id = NULL;
  for (guint i = 1; id == NULL || g_hash_table_contains (related.ids, id); i++) {
    g_free (id);
    id = g_strdup_printf ("rId%u", i);
  }
  g_autofree char *shown = qc_part_escape (name), *part = g_strconcat (folder, target, NULL);
  g_autofree char *declared = qc_part_escape (space), *type = qc_part_escape (related.type);
  insert_one (copy, book->part, book->end, &book->form,
              g_strdup_printf ("<%ssheet xmlns:%s=\"%s\" name=\"%s\" sheetId=\"%u\" %s:id=\"%s\"/>", book->form.prefix,
                               book->id_prefix, declared, shown, book->last_number + 1, book->id_prefix, id));
  insert_one (
      copy, qc_package_find (book->package, rels), related.end, &related.form,
      g_strdup_printf ("<%sRelationship Id=\"%s\" Type=\"%s\" Target=\"%s\"/>", related.form.prefix, id, type, target));
  insert_one (
      copy, "[content_types].xml", types.end, &types.form,
      g_strdup_printf ("<%sOverride PartName=\"/%s\" ContentType=\"" SHEET_TYPE "\"/>", types.form.prefix, part));
  qc_archive_copy_add (copy, part, g_steal_pointer (&text));
  return TRUE;
}

gboolean
qc_sheet_book_store (const QcSheetBook *book, QcArchiveCopy *copy, const char *sheet_part, const char *title,
                     const QcSheetMark *marks, guint n, GCancellable *cancellable, GError **error)
{
  guint place;
  g_autofree char *name = NULL;
  const Sheet *own = find_sheet (book, sheet_part, &place);
  const Sheet *old = find_faults (book, sheet_part, title, &name);
  if (own == NULL || book->form.space == NULL)
    return damaged (error);
  g_autofree char *space = qc_part_escape (book->form.space);
  char *xml = make_sheet (space, own->name, marks, n);
  if (old != NULL && old->part != NULL) {
    qc_archive_copy_replace (copy, old->part, xml);
    return TRUE;
  }
  return append_sheet (book, copy, name, xml, cancellable, error);
}
