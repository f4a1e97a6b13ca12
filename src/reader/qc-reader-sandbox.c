/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See the header. What is not on the list fails as if it were not permitted, so that a library of another version that
 * asks for a little more goes on without it. One thread.
 */
#include "qc-reader-sandbox.h"

#ifndef __SANITIZE_ADDRESS__
#include <errno.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/mman.h>

static const int calls[] = {
    /* the answer */
    SCMP_SYS (write), SCMP_SYS (writev), SCMP_SYS (close), SCMP_SYS (read), SCMP_SYS (lseek), SCMP_SYS (fstat),
    SCMP_SYS (newfstatat),
    /* memory */
    SCMP_SYS (brk), SCMP_SYS (munmap), SCMP_SYS (mremap), SCMP_SYS (madvise),
    /* threads of a decoder */
    SCMP_SYS (futex), SCMP_SYS (set_robust_list), SCMP_SYS (rseq), SCMP_SYS (sched_yield), SCMP_SYS (sched_getaffinity),
    SCMP_SYS (gettid), SCMP_SYS (getpid), SCMP_SYS (tgkill), SCMP_SYS (set_tid_address),
    /* signals, time, chance, the end */
    SCMP_SYS (rt_sigaction), SCMP_SYS (rt_sigprocmask), SCMP_SYS (rt_sigreturn), SCMP_SYS (sigaltstack),
    SCMP_SYS (restart_syscall), SCMP_SYS (clock_gettime), SCMP_SYS (clock_nanosleep), SCMP_SYS (nanosleep),
    SCMP_SYS (gettimeofday), SCMP_SYS (getrandom), SCMP_SYS (sysinfo), SCMP_SYS (exit), SCMP_SYS (exit_group)};

static gboolean
allow (scmp_filter_ctx filter)
{
  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    if (seccomp_rule_add (filter, SCMP_ACT_ALLOW, calls[i], 0) != 0)
      return FALSE;
  /* memory that is no program; threads, but no processes (clone3 hides what it does: glibc then asks the old way) */
  return seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (mmap), 1, SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0
         && seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (mprotect), 1,
                              SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC, 0))
                == 0
         && seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (clone), 1,
                              SCMP_A0 (SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD))
                == 0
         && seccomp_rule_add (filter, SCMP_ACT_ERRNO (ENOSYS), SCMP_SYS (clone3), 0) == 0;
}

gboolean
qc_reader_sandbox_enter (void)
{
  scmp_filter_ctx filter = seccomp_init (SCMP_ACT_ERRNO (EPERM));
  if (filter == NULL)
    return FALSE;
  gboolean good = allow (filter) && seccomp_load (filter) == 0;
  seccomp_release (filter);
  return good;
}
#else
gboolean
qc_reader_sandbox_enter (void)
{
  return FALSE; /* the sanitizer looks into its own process */
}
#endif
