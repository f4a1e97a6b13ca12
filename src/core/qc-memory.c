/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See the header. Other C libraries than glibc do it by themselves or have no call for it.
 */
#include "qc-memory.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

void
qc_memory_give_back (void)
{
#ifdef __GLIBC__
  malloc_trim (0);
#endif
}
