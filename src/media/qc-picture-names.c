/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See the header. The few files go into a table and the many people pass by it. Pure; any thread.
 */
#include "qc-picture-names.h"

#include <string.h>

#include "qc-ascii.h"
#include "qc-digest.h"

#define SUFFIX ".jpg"

char *
qc_picture_dup_name (GBytes *jpeg)
{
  g_return_val_if_fail (jpeg != NULL, NULL);
  g_autofree char *digest = qc_digest_hex_bytes (jpeg);
  return g_strconcat (digest, SUFFIX, NULL);
}

gboolean
qc_picture_is_name (const char *name)
{
  const gsize digits = 2 * QC_DIGEST_SIZE;
  if (name == NULL || strlen (name) != digits + strlen (SUFFIX) || !g_str_has_suffix (name, SUFFIX))
    return FALSE;
  return strspn (name, "0123456789abcdef") == digits;
}

/* ---- whose ---- */

/* The number that a file name is, or "". (transfer full) */
static char *
fold_file_name (const char *name)
{
  static const char *const endings[] = {".JPG", ".JPEG", ".JFIF", ".PNG", ".HEIC", ".HEIF"};
  const char *slash = strrchr (name, '/');
  char *folded = qc_ascii_fold_code (slash != NULL ? slash + 1 : name);
  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (folded, endings[i])) {
      folded[strlen (folded) - strlen (endings[i])] = '\0';
      return folded;
    }
  *folded = '\0';
  return folded;
}

static gboolean
is_folded (const char *number)
{
  for (; *number != '\0'; number++)
    if (!g_ascii_isdigit (*number) && !g_ascii_isupper (*number))
      return FALSE;
  return TRUE;
}

typedef struct {
  guint n;      /* how many there are */
  guint person; /* G_MAXUINT = nobody yet */
} Number;

/* Number by its text; @of_file: the one each file names (nullable). */
static GHashTable *
count_numbers (const char *const *file_names, guint n_files, Number **of_file)
{
  GHashTable *numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < n_files; i++) {
    g_autofree char *text = fold_file_name (file_names[i]);
    of_file[i] = NULL;
    if (*text == '\0')
      continue;
    Number *number = g_hash_table_lookup (numbers, text);
    if (number == NULL) {
      number = g_new (Number, 1);
      *number = (Number) {.person = G_MAXUINT};
      g_hash_table_insert (numbers, g_steal_pointer (&text), number);
    }
    number->n++;
    of_file[i] = number;
  }
  return numbers;
}

static Number *
find_number (GHashTable *numbers, const char *text)
{
  if (is_folded (text))
    return g_hash_table_lookup (numbers, text);
  g_autofree char *folded = qc_ascii_fold_code (text);
  return g_hash_table_lookup (numbers, folded);
}

QcNaming *
qc_picture_match_names (const char *const *file_names, guint n_files, const char *const *numbers, guint n_people)
{
  g_autofree Number **of_file = g_new (Number *, n_files);
  g_autoptr (GHashTable) table = count_numbers (file_names, n_files, of_file);
  QcNaming *naming = g_new0 (QcNaming, 1);
  naming->lacking = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < n_people; i++) {
    Number *number = find_number (table, numbers[i] != NULL ? numbers[i] : "");
    if (number != NULL && number->person == G_MAXUINT)
      number->person = i;
    else
      g_array_append_val (naming->lacking, i);
  }
  naming->files = g_new (QcNamed, n_files);
  for (guint i = 0; i < n_files; i++) {
    const Number *number = of_file[i];
    if (number == NULL || number->person == G_MAXUINT)
      naming->files[i] = (QcNamed) {QC_NAME_NOBODY, G_MAXUINT};
    else
      naming->files[i] = (QcNamed) {number->n > 1 ? QC_NAME_TWICE : QC_NAME_MATCHED, number->person};
    naming->n_matched += naming->files[i].match == QC_NAME_MATCHED;
  }
  return naming;
}

void
qc_naming_free (QcNaming *naming)
{
  if (naming == NULL)
    return;
  g_free (naming->files);
  g_array_unref (naming->lacking);
  g_free (naming);
}
