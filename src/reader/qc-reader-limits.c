/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See the header. One thread.
 */
#include "qc-reader-limits.h"

#include <math.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#define MEMORY ((rlim_t)1024 * 1024 * 1024)

static gboolean
set (int resource, rlim_t soft, rlim_t hard)
{
  const struct rlimit limit = {soft, hard};
  return setrlimit (resource, &limit) == 0;
}

gboolean
qc_reader_limits_set (guint seconds)
{
  gboolean good
      = set (RLIMIT_CPU, seconds, seconds + 2) && set (RLIMIT_FSIZE, 0, 0) /* nothing is written but to the pipe */
        && set (RLIMIT_NOFILE, 64, 64) && set (RLIMIT_CORE, 0, 0) && prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
#ifndef __SANITIZE_ADDRESS__ /* which takes terabytes of addresses for itself */
  good = good && set (RLIMIT_AS, MEMORY, MEMORY);
#endif
  alarm (55); /* also where nobody waits any more */
  return good;
}

double
qc_reader_scale_for (double width, double height, double wanted, double side, double most)
{
  double scale = MIN (wanted, side / MAX (width, height));
  return MIN (scale, sqrt (most / (width * height)));
}
