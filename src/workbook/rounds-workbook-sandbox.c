/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A workbook comes from anywhere, and its formats are old and wide. Who takes this process over through one finds a
 * process that can read its input, write its output and end. */

#include "rounds-workbook-sandbox.h"

#include <errno.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#define MAX_MEMORY (G_GINT64_CONSTANT (2) * 1024 * 1024 * 1024)
#define MAX_SECONDS 120

/* All that reading an open file, allocating and ending takes, by GLib, libarchive, expat and the C library; beside
 * these writing and mapping memory, below. */
static const int allowed_calls[] = {
  SCMP_SYS (read),         SCMP_SYS (readv),           SCMP_SYS (pread64),
  SCMP_SYS (lseek),        SCMP_SYS (_llseek),         SCMP_SYS (close),
  SCMP_SYS (fstat),        SCMP_SYS (fstat64),         SCMP_SYS (brk),
  SCMP_SYS (mremap),       SCMP_SYS (munmap),          SCMP_SYS (madvise),
  SCMP_SYS (futex),        SCMP_SYS (getrandom),       SCMP_SYS (clock_gettime),
  SCMP_SYS (gettimeofday), SCMP_SYS (gettid),          SCMP_SYS (getpid),
  SCMP_SYS (rt_sigaction), SCMP_SYS (rt_sigreturn),    SCMP_SYS (rt_sigprocmask),
  SCMP_SYS (sigaltstack),  SCMP_SYS (restart_syscall), SCMP_SYS (sched_yield),
  SCMP_SYS (exit),         SCMP_SYS (exit_group),
};

static const int writing_calls[] = { SCMP_SYS (write), SCMP_SYS (writev) };
static const int mapping_calls[] = { SCMP_SYS (mmap), SCMP_SYS (mmap2), SCMP_SYS (mprotect) };

#ifdef __SANITIZE_ADDRESS__
/* The leak checker starts a process at the end, which is exactly what must not be possible. */
const char *__asan_default_options (void);

const char *
__asan_default_options (void)
{
  return "detect_leaks=0";
}
#endif

static gboolean
limit (int resource, rlim_t most)
{
  struct rlimit limits = { most, most };

  return setrlimit (resource, &limits) == 0;
}

static gboolean
set_limits (void)
{
  gboolean done = TRUE;

#ifndef __SANITIZE_ADDRESS__
  done = limit (RLIMIT_AS, MAX_MEMORY);
#endif
  /* No file is written, and none is left behind by a crash either: the file is full of people. */
  return done && limit (RLIMIT_CPU, MAX_SECONDS) && limit (RLIMIT_FSIZE, 0) && limit (RLIMIT_CORE, 0)
         && prctl (PR_SET_DUMPABLE, 0) == 0;
}

static gboolean
filter_calls (void)
{
  scmp_filter_ctx filter = seccomp_init (SCMP_ACT_ERRNO (EPERM));
  int result = filter != NULL ? 0 : -1;

  /* Those that this processor does not have are left out by the library. */
  for (guint i = 0; i < G_N_ELEMENTS (allowed_calls) && result == 0; i++)
    result = seccomp_rule_add (filter, SCMP_ACT_ALLOW, allowed_calls[i], 0);
  for (guint i = 0; i < G_N_ELEMENTS (writing_calls) && result == 0; i++)
    result = seccomp_rule_add (filter, SCMP_ACT_ALLOW, writing_calls[i], 1, SCMP_A0 (SCMP_CMP_LE, STDERR_FILENO));
  /* Nothing that came with a file may become something to execute. */
  for (guint i = 0; i < G_N_ELEMENTS (mapping_calls) && result == 0; i++)
    result = seccomp_rule_add (filter, SCMP_ACT_ALLOW, mapping_calls[i], 1, SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
  if (result == 0)
    result = seccomp_load (filter);
  if (filter != NULL)
    seccomp_release (filter);
  return result == 0;
}

/**
 * rounds_workbook_sandbox_enter:
 *
 * Takes from this process all that it will not need: memory beyond 2 GiB, processor time beyond two minutes, files,
 * network, other programs, privileges. There is no way back.
 *
 * Returns: %FALSE if that is not possible here; nothing untrusted should be read then
 */
gboolean
rounds_workbook_sandbox_enter (void)
{
  return set_limits () && prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && filter_calls ();
}
