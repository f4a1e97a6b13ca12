/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Facts and their canonical bytes. Writing is straightforward; reading parses just enough, builds the facts, writes
 * them again and accepts only equal bytes, so that the two can never disagree. Any thread.
 */
#include "qc-facts.h"

#include <string.h>

#define MAX_NAME    64
#define MAX_FACTS   256
#define MAX_ENTRIES 4096

typedef enum { FACT_STRING, FACT_INT, FACT_BOOL, FACT_INTS } FactType;

typedef struct {
  FactType type;
  char *text;      /* (owned) */
  gint64 number;   /* booleans too */
  GArray *numbers; /* (owned) gint64 */
} Fact;

struct _QcFacts {
  GTree *facts; /* (owned) char* → Fact, in byte order */
};

static void
fact_free (Fact *fact)
{
  g_free (fact->text);
  g_clear_pointer (&fact->numbers, g_array_unref);
  g_free (fact);
}

static int
compare_names (gconstpointer a, gconstpointer b, gpointer user_data)
{
  return strcmp (a, b);
}

static QcFacts *
facts_new_empty (void)
{
  QcFacts *facts = g_new0 (QcFacts, 1);
  facts->facts = g_tree_new_full (compare_names, NULL, g_free, (GDestroyNotify)fact_free);
  return facts;
}

QcFacts *
qc_facts_new (const char *kind, gboolean practice)
{
  QcFacts *facts = facts_new_empty ();
  qc_facts_set_int (facts, "format", QC_FACTS_FORMAT);
  qc_facts_set_string (facts, "kind", kind);
  qc_facts_set_bool (facts, "practice", practice);
  return facts;
}

void
qc_facts_free (QcFacts *facts)
{
  if (facts == NULL)
    return;
  g_tree_unref (facts->facts);
  g_free (facts);
}

/* ---- setting ---- */

static gboolean
name_is_good (const char *name)
{
  gsize length = strlen (name);
  return length > 0 && length <= MAX_NAME && strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789_") == length;
}

static Fact *
add (QcFacts *facts, const char *name, FactType type)
{
  Fact *fact = g_new0 (Fact, 1);
  g_assert (name_is_good (name) && g_tree_lookup (facts->facts, name) == NULL);
  fact->type = type;
  g_tree_insert (facts->facts, g_strdup (name), fact);
  return fact;
}

void
qc_facts_set_string (QcFacts *facts, const char *name, const char *value)
{
  g_assert (g_utf8_validate (value, -1, NULL));
  add (facts, name, FACT_STRING)->text = g_strdup (value);
}

void
qc_facts_set_int (QcFacts *facts, const char *name, gint64 value)
{
  add (facts, name, FACT_INT)->number = value;
}

void
qc_facts_set_bool (QcFacts *facts, const char *name, gboolean value)
{
  add (facts, name, FACT_BOOL)->number = value ? 1 : 0;
}

void
qc_facts_set_ints (QcFacts *facts, const char *name, const gint64 *values, gsize n_values)
{
  Fact *fact = add (facts, name, FACT_INTS);
  fact->numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (n_values > 0)
    g_array_append_vals (fact->numbers, values, (guint)n_values);
}

/* ---- writing ---- */

static void
append_text (GString *out, const char *text)
{
  static const char plain[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";
  g_string_append_c (out, '"');
  for (const char *p = text; *p != '\0'; p++) {
    const char *found = strchr (plain, *p);
    if (found != NULL)
      g_string_append_printf (out, "\\%c", letters[found - plain]);
    else if ((guint8)*p < 0x20)
      g_string_append_printf (out, "\\u%04x", (guint8)*p);
    else
      g_string_append_c (out, *p);
  }
  g_string_append_c (out, '"');
}

static void
append_numbers (GString *out, const GArray *numbers)
{
  g_string_append_c (out, '[');
  for (guint i = 0; i < numbers->len; i++)
    g_string_append_printf (out, i > 0 ? ",%" G_GINT64_FORMAT : "%" G_GINT64_FORMAT,
                            g_array_index (numbers, gint64, i));
  g_string_append_c (out, ']');
}

static gboolean
append_fact_cb (gpointer name, gpointer value, gpointer user_data)
{
  GString *out = user_data;
  const Fact *fact = value;
  g_string_append (out, out->len > 1 ? ",\"" : "\"");
  g_string_append (out, name);
  g_string_append (out, "\":");
  if (fact->type == FACT_STRING)
    append_text (out, fact->text);
  else if (fact->type == FACT_INT)
    g_string_append_printf (out, "%" G_GINT64_FORMAT, fact->number);
  else if (fact->type == FACT_BOOL)
    g_string_append (out, fact->number ? "true" : "false");
  else
    append_numbers (out, fact->numbers);
  return FALSE;
}

GBytes *
qc_facts_to_bytes (const QcFacts *facts)
{
  GString *out = g_string_new ("{");
  g_tree_foreach (facts->facts, append_fact_cb, out);
  g_string_append_c (out, '}');
  return g_string_free_to_bytes (out);
}

/* ---- reading ---- */

/* What is left to read; at ends with a NUL. Leniency here does no harm: what was read is written again and compared. */
typedef struct {
  const char *at;
} Cursor;

static gboolean
take (Cursor *cursor, const char *token)
{
  gsize length = strlen (token);
  if (strncmp (cursor->at, token, length) != 0)
    return FALSE;
  cursor->at += length;
  return TRUE;
}

/* After a backslash; 0 = fault. */
static char
take_escape (Cursor *cursor)
{
  static const char plain[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";
  if (*cursor->at != 'u') {
    const char *found = *cursor->at != '\0' ? strchr (letters, *cursor->at) : NULL;
    if (found == NULL)
      return 0;
    cursor->at++;
    return plain[found - letters];
  }
  if (!take (cursor, "u00"))
    return 0;
  int high = g_ascii_xdigit_value (cursor->at[0]);
  int low = high >= 0 ? g_ascii_xdigit_value (cursor->at[1]) : -1;
  if (low < 0 || high > 1)
    return 0;
  cursor->at += 2;
  return (char)(high * 16 + low);
}

static char *
take_text (Cursor *cursor)
{
  g_autoptr (GString) text = g_string_new (NULL);
  if (!take (cursor, "\""))
    return NULL;
  while (*cursor->at != '"') {
    char c = *cursor->at++;
    if (c == '\0')
      return NULL;
    if (c == '\\' && (c = take_escape (cursor)) == 0)
      return NULL;
    g_string_append_c (text, c);
  }
  cursor->at++;
  return g_strdup (text->str);
}

static gboolean
take_number (Cursor *cursor, gint64 *out)
{
  gsize length = strspn (cursor->at, "-0123456789");
  if (length == 0 || length > 20)
    return FALSE;
  g_autofree char *digits = g_strndup (cursor->at, length);
  cursor->at += length;
  char *end = NULL;
  *out = g_ascii_strtoll (digits, &end, 10);
  return *end == '\0';
}

static gboolean
take_ints (Cursor *cursor, QcFacts *facts, const char *name)
{
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 number;
  do {
    if (numbers->len >= MAX_ENTRIES || !take_number (cursor, &number))
      return FALSE;
    g_array_append_val (numbers, number);
  } while (take (cursor, ","));
  if (!take (cursor, "]"))
    return FALSE;
  qc_facts_set_ints (facts, name, (const gint64 *)numbers->data, numbers->len);
  return TRUE;
}

static gboolean
take_fact (Cursor *cursor, QcFacts *facts)
{
  g_autofree char *name = take_text (cursor);
  if (name == NULL || !name_is_good (name) || g_tree_lookup (facts->facts, name) != NULL
      || g_tree_nnodes (facts->facts) >= MAX_FACTS || !take (cursor, ":"))
    return FALSE;
  if (take (cursor, "true") || take (cursor, "false")) {
    qc_facts_set_bool (facts, name, cursor->at[-2] == 'u');
    return TRUE;
  }
  if (take (cursor, "[]")) {
    qc_facts_set_ints (facts, name, NULL, 0);
    return TRUE;
  }
  if (take (cursor, "["))
    return take_ints (cursor, facts, name);
  g_autofree char *text = NULL;
  if (*cursor->at == '"') {
    text = take_text (cursor);
    if (text != NULL)
      qc_facts_set_string (facts, name, text);
    return text != NULL;
  }
  gint64 number;
  if (!take_number (cursor, &number))
    return FALSE;
  qc_facts_set_int (facts, name, number);
  return TRUE;
}

static gboolean
take_all (const char *text, QcFacts *facts)
{
  Cursor cursor = {text};
  if (!take (&cursor, "{"))
    return FALSE;
  do
    if (!take_fact (&cursor, facts))
      return FALSE;
  while (take (&cursor, ","));
  return take (&cursor, "}") && *cursor.at == '\0';
}

static gboolean
are_complete (const QcFacts *facts)
{
  gint64 format;
  gboolean practice;
  return qc_facts_get_int (facts, "format", &format) && format == QC_FACTS_FORMAT
         && qc_facts_get_string (facts, "kind") != NULL && qc_facts_get_bool (facts, "practice", &practice);
}

QcFacts *
qc_facts_from_bytes (GBytes *bytes, GError **error)
{
  g_autoptr (QcFacts) facts = facts_new_empty ();
  g_autoptr (GBytes) again = NULL;
  g_autofree char *text = NULL;
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  if (length > 0 && length <= QC_FACTS_MAX_SIZE && g_utf8_validate_len (data, length, NULL)) {
    text = g_strndup (data, length);
    if (take_all (text, facts) && are_complete (facts))
      again = qc_facts_to_bytes (facts);
  }
  if (again != NULL && g_bytes_equal (again, bytes))
    return g_steal_pointer (&facts);
  g_set_error_literal (error, QC_PROOF_ERROR, QC_PROOF_ERROR_FACTS, "These are no facts in canonical form");
  return NULL;
}

/* ---- getting ---- */

static const Fact *
lookup (const QcFacts *facts, const char *name, FactType type)
{
  const Fact *fact = g_tree_lookup (facts->facts, name);
  return fact != NULL && fact->type == type ? fact : NULL;
}

const char *
qc_facts_get_kind (const QcFacts *facts)
{
  return qc_facts_get_string (facts, "kind");
}

gboolean
qc_facts_is_practice (const QcFacts *facts)
{
  gboolean practice = TRUE;
  return !qc_facts_get_bool (facts, "practice", &practice) || practice;
}

const char *
qc_facts_get_string (const QcFacts *facts, const char *name)
{
  const Fact *fact = lookup (facts, name, FACT_STRING);
  return fact != NULL ? fact->text : NULL;
}

gboolean
qc_facts_get_int (const QcFacts *facts, const char *name, gint64 *out)
{
  const Fact *fact = lookup (facts, name, FACT_INT);
  if (fact != NULL)
    *out = fact->number;
  return fact != NULL;
}

gboolean
qc_facts_get_bool (const QcFacts *facts, const char *name, gboolean *out)
{
  const Fact *fact = lookup (facts, name, FACT_BOOL);
  if (fact != NULL)
    *out = fact->number != 0;
  return fact != NULL;
}

const gint64 *
qc_facts_get_ints (const QcFacts *facts, const char *name, gsize *out_n)
{
  static const gint64 none[1] = {0};
  const Fact *fact = lookup (facts, name, FACT_INTS);
  *out_n = fact != NULL ? fact->numbers->len : 0;
  if (fact == NULL)
    return NULL;
  return fact->numbers->len > 0 ? (const gint64 *)fact->numbers->data : none;
}
