/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What can be handed to whoever helps: the findings as text, without whose they are (qc-check.h). Main thread.
 */
#include "qc-check.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "qc-format.h"
#include "qc-session-private.h"

#define LEAST_NUMBER 6 /* characters of a number that may tell whose it is */
#define SHOWN        2 /* of them stay at its beginning */

const char *
qc_check_state_get_word (QcCheckState state)
{
  static const char *const words[] = {N_ ("looking"), N_ ("good"), N_ ("notice"), N_ ("fault"), N_ ("not looked at")};
  return _ (words[state]);
}

static void
mask_word (GString *text, const char *word, const char *instead)
{
  if (word && g_utf8_strlen (word, -1) > 1)
    g_string_replace (text, word, instead, 0);
}

/* Account, document and telephone numbers: their first characters stay, so that kinds can be told apart. What is part
 * of a date, a version or a time is shorter. */
static char *
dup_without_numbers (const char *text)
{
  GString *out = g_string_new (NULL);
  for (const char *p = text; *p;) {
    gsize digits = strspn (p, "0123456789Xx*");
    if (!g_ascii_isdigit (*p) || digits == 0) {
      const char *next = g_utf8_next_char (p);
      g_string_append_len (out, p, next - p);
      p = next;
      continue;
    }
    if (digits < LEAST_NUMBER) {
      g_string_append_len (out, p, (gssize)digits);
    } else {
      g_string_append_len (out, p, SHOWN);
      g_string_append (out, "…");
    }
    p += digits;
  }
  return g_string_free (out, FALSE);
}

char *
qc_check_dup_masked (QcSession *session, const char *text)
{
  g_autoptr (GString) masked = g_string_new (text);
  GPtrArray *units = qc_session_get_units (session);
  for (guint i = 0; i < units->len; i++) {
    const QcUnitChoice *unit = g_ptr_array_index (units, i);
    mask_word (masked, unit->name, _ ("(unit)"));
    mask_word (masked, unit->label, _ ("(unit)"));
    mask_word (masked, unit->credit_code, _ ("(credit code)"));
  }
  mask_word (masked, qc_session_get_user_name (session), _ ("(user)"));
  mask_word (masked, g_get_home_dir (), "~");
  mask_word (masked, g_get_user_name (), _ ("(user)"));
  mask_word (masked, g_get_host_name (), _ ("(computer)"));
  return dup_without_numbers (masked->str);
}

char *
qc_check_dup_report (QcCheck *self, const char *more)
{
  g_autoptr (GString) report = g_string_new (NULL);
  g_autofree char *system = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);
  const GPtrArray *items = qc_check_get_items (self);
  g_string_append_printf (report, "Qingce %s · %s · GLib %u.%u.%u\n%s%s", QC_VERSION, system ? system : "?",
                          glib_major_version, glib_minor_version, glib_micro_version, more ? more : "",
                          more ? "\n" : "");
  for (guint i = 0; i < items->len; i++) {
    const QcCheckItem *item = g_ptr_array_index (items, i);
    g_string_append_printf (report, "\n[%s] %s\n    %s\n", qc_check_state_get_word (item->verdict.state), item->title,
                            item->verdict.reason ? item->verdict.reason : "");
    if (item->verdict.advice)
      g_string_append_printf (report, "    → %s\n", item->verdict.advice);
  }
  return qc_check_dup_masked (qc_check_get_session (self), report->str);
}
