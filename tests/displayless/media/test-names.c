/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Whose a picture is by its file's name, and the name under which it is kept.
 */
#include "qc-picture-names.h"

static const char *const people[] = {"230103199001011234", "23010319900202123X", " 2301031990 03031234 ",
                                     "Ｇ１２３４５６７８", "230103199001011234", NULL};
#define N_PEOPLE G_N_ELEMENTS (people)
#define NOBODY   G_MAXUINT

static void
test_one (void)
{
  static const struct {
    const char *file;
    guint person;
  } rows[] = {
      {"230103199001011234.jpg", 0},
      {"/home/a b/230103199001011234.JPG", 0},
      {"230103199001011234.jpeg", 0},
      {"230103199001011234.Heic", 0},
      {"230103199001011234.heif", 0},
      {"230103199001011234.png", 0},
      {"230103199001011234.jfif", 0},
      {"２３０１０３１９９００１０１１２３４．ｊｐｇ", 0},
      {" 230103 19900101 1234　.jpg ", 0},
      {"23010319900202123x.jpg", 1},
      {"23010319900202123Ｘ.jpg", 1},
      {"23010319900202123X .PNG", 1},
      {"230103199003031234.jpg", 2},
      {"g12345678.jpg", 3},
      {"230103199001011234", NOBODY},
      {"230103199001011234.pdf", NOBODY},
      {"230103199001011234.jpg.exe", NOBODY},
      {"230103199001011234 (1).jpg", NOBODY},
      {"23010319900101123.jpg", NOBODY},
      {"2301031990010112345.jpg", NOBODY},
      {"张三.jpg", NOBODY},
      {".jpg", NOBODY},
      {"", NOBODY},
      {"\377\376.jpg", NOBODY},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("row %" G_GSIZE_FORMAT, i);
    g_autoptr (QcNaming) naming = qc_picture_match_names (&rows[i].file, 1, people, N_PEOPLE);
    g_assert_cmpuint (naming->files[0].person, ==, rows[i].person);
    g_assert_cmpint (naming->files[0].match, ==, rows[i].person == NOBODY ? QC_NAME_NOBODY : QC_NAME_MATCHED);
    g_assert_cmpuint (naming->lacking->len, ==, rows[i].person == NOBODY ? N_PEOPLE : N_PEOPLE - 1);
  }
}

static void
test_many (void)
{
  static const char *const files[] = {"23010319900202123x.jpg", "a/230103199001011234.jpg", "unknown.jpg",
                                      "b/230103199001011234.png", "g12345678.heic"};
  static const guint lacking[] = {2, 4, 5}; /* the second one of a number that two people have, too */
  g_autoptr (QcNaming) naming = qc_picture_match_names (files, G_N_ELEMENTS (files), people, N_PEOPLE);
  g_assert_cmpint (naming->files[0].match, ==, QC_NAME_MATCHED);
  g_assert_cmpint (naming->files[1].match, ==, QC_NAME_TWICE);
  g_assert_cmpint (naming->files[2].match, ==, QC_NAME_NOBODY);
  g_assert_cmpint (naming->files[3].match, ==, QC_NAME_TWICE);
  g_assert_cmpuint (naming->files[1].person, ==, 0);
  g_assert_cmpuint (naming->files[3].person, ==, 0);
  g_assert_cmpuint (naming->n_matched, ==, 2);
  g_assert_cmpmem (naming->lacking->data, naming->lacking->len * sizeof (guint), lacking, sizeof lacking);
  g_autoptr (QcNaming) none = qc_picture_match_names (NULL, 0, NULL, 0);
  g_assert_cmpuint (none->lacking->len, ==, 0);
}

/* Two hundred files of a hundred thousand people; how long it takes is said by the bench. */
static void
test_large (void)
{
  enum { PEOPLE = 100000, FILES = 200 };
  g_autoptr (GPtrArray) numbers = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < PEOPLE; i++)
    g_ptr_array_add (numbers, g_strdup_printf ("23010319%010u", i));
  for (guint i = 0; i < FILES; i++)
    g_ptr_array_add (files, g_strdup_printf ("23010319%010u.jpg", i * 499));
  g_autoptr (QcNaming) naming
      = qc_picture_match_names ((const char *const *)files->pdata, FILES, (const char *const *)numbers->pdata, PEOPLE);
  for (guint i = 0; i < FILES; i++)
    g_assert_cmpuint (naming->files[i].person, ==, i * 499);
  g_assert_cmpuint (naming->lacking->len, ==, PEOPLE - FILES);
}

static void
test_kept (void)
{
  static const struct {
    const char *name;
    gboolean good;
  } rows[] = {
      {"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad.jpg", TRUE},
      {"BA7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad.jpg", FALSE},
      {"a7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad.jpg", FALSE},
      {"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad.png", FALSE},
      {"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", FALSE},
      {"../816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015adb.jpg", FALSE},
      {"", FALSE},
      {NULL, FALSE},
  };
  g_autoptr (GBytes) bytes = g_bytes_new_static ("abc", 3);
  g_autofree char *name = qc_picture_dup_name (bytes);
  g_assert_cmpstr (name, ==, rows[0].name);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (qc_picture_is_name (rows[i].name), ==, rows[i].good);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/media/names/one", test_one);
  g_test_add_func ("/media/names/many", test_many);
  g_test_add_func ("/media/names/large", test_large);
  g_test_add_func ("/media/names/kept", test_kept);
  return g_test_run ();
}
