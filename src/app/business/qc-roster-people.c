/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * People packed into blocks of whole pages; see the header. Freed memory of the usual kind would stay with the process,
 * as much again as the people take.
 */
#include "qc-roster-people.h"

#include <string.h>
#include <sys/mman.h>

#define BLOCK (1024 * 1024)

struct _QcRosterPeople {
  GHashTable *by_account; /* (owned) char* → QcEmployee, both in a block */
  GPtrArray *blocks;      /* (owned) */
  gsize used;             /* of the last block */
  GPtrArray *more;        /* (owned) QcRosterPeople that were taken */
};

static void
block_free (gpointer block)
{
  munmap (block, BLOCK);
}

QcRosterPeople *
qc_roster_people_new (void)
{
  QcRosterPeople *people = g_new0 (QcRosterPeople, 1);
  people->by_account = g_hash_table_new (g_str_hash, g_str_equal);
  people->blocks = g_ptr_array_new_with_free_func (block_free);
  people->used = BLOCK;
  people->more = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_roster_people_free);
  return people;
}

void
qc_roster_people_free (QcRosterPeople *people)
{
  if (people == NULL)
    return;
  g_hash_table_unref (people->by_account);
  g_ptr_array_unref (people->blocks);
  g_ptr_array_unref (people->more);
  g_free (people);
}

const QcEmployee *
qc_roster_people_find (const QcRosterPeople *people, const char *account)
{
  const QcEmployee *found = g_hash_table_lookup (people->by_account, account);
  for (guint i = 0; found == NULL && i < people->more->len; i++)
    found = qc_roster_people_find (g_ptr_array_index (people->more, i), account);
  return found;
}

void
qc_roster_people_take (QcRosterPeople *people, QcRosterPeople *more)
{
  g_ptr_array_insert (people->more, 0, more); /* the newest are looked at first */
}

/* Room for @size bytes, which lives as long as @people. Out of memory ends the program, as with g_malloc(). */
static char *
take_room (QcRosterPeople *people, gsize size)
{
  size = (size + sizeof (gint64) - 1) / sizeof (gint64) * sizeof (gint64);
  g_assert (size <= BLOCK);
  if (people->used + size > BLOCK) {
    gpointer block = mmap (NULL, BLOCK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
    if (block == MAP_FAILED)
      g_error ("%s: no memory", G_STRLOC);
    g_ptr_array_add (people->blocks, block);
    people->used = 0;
  }
  char *room = (char *)g_ptr_array_index (people->blocks, people->blocks->len - 1) + people->used;
  people->used += size;
  return room;
}

const QcEmployee *
qc_roster_people_put (QcRosterPeople *people, const QcEmployee *person)
{
  char *const texts[] = {person->account, person->name, person->document};
  gsize sizes[G_N_ELEMENTS (texts)], all = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    all += sizes[i] = texts[i] != NULL ? strlen (texts[i]) + 1 : 0;
  QcEmployee *kept = (QcEmployee *)take_room (people, sizeof *kept + all);
  char **members[] = {&kept->account, &kept->name, &kept->document};
  char *room = (char *)(kept + 1);
  *kept = *person;
  for (gsize i = 0; i < G_N_ELEMENTS (texts); room += sizes[i++])
    *members[i] = texts[i] != NULL ? memcpy (room, texts[i], sizes[i]) : NULL;
  kept->document_type = (char *)g_intern_string (person->document_type);
  kept->mobile = NULL;
  g_hash_table_replace (people->by_account, kept->account, kept);
  return kept;
}

gboolean
qc_roster_people_is_empty (const QcRosterPeople *people)
{
  return g_hash_table_size (people->by_account) == 0 && people->more->len == 0;
}
