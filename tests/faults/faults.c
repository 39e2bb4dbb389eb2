/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "faults-private.h"

#include <signal.h>
#include <unistd.h>

/* Whoever arms is the only one who uses SQLite then, but for the store's own threads, which come after it. */
static struct
{
  const Fault *fault; /* (nullable): none is armed */
  GThread *thread;    /* (not owned): who armed it */
  guint n;
  gint counts[FAULT_N_OPERATIONS]; /* atomic */
  gint hits;                       /* atomic */
} plan;

/**
 * faults_install:
 *
 * Puts the faults under SQLite, which must not be in use yet. Until faults_arm() they do nothing.
 */
void
faults_install (void)
{
  fault_statement_install ();
  fault_memory_install ();
  fault_vfs_install ();
}

/**
 * faults_arm:
 * @fault: what is going to happen
 * @n: to the how many-th operation from now, 0: to none, they are only counted
 */
void
faults_arm (const Fault *fault, guint n)
{
  plan.n = n;
  plan.thread = g_thread_self ();
  for (int operation = 0; operation < FAULT_N_OPERATIONS; operation++)
    g_atomic_int_set (&plan.counts[operation], 0);
  g_atomic_int_set (&plan.hits, 0);
  g_atomic_pointer_set (&plan.fault, fault);
}

/** faults_disarm: everything works from now on. */
void
faults_disarm (void)
{
  g_atomic_pointer_set (&plan.fault, NULL);
}

/** faults_get_count: Returns: how many operations there were while a fault was armed, of whichever kind. */
guint
faults_get_count (FaultOperation operation)
{
  return (guint) g_atomic_int_get (&plan.counts[operation]);
}

/** faults_pause: Returns: (nullable): for faults_resume(); what happens until then is not counted. */
const Fault *
faults_pause (void)
{
  return g_atomic_pointer_exchange (&plan.fault, NULL);
}

void
faults_resume (const Fault *fault)
{
  g_atomic_pointer_set (&plan.fault, fault);
}

/** faults_were_hit: Returns: whether what was last armed has happened. */
gboolean
faults_were_hit (void)
{
  return g_atomic_int_get (&plan.hits) > 0;
}

gboolean
fault_is_armed_here (void)
{
  return g_atomic_pointer_get (&plan.fault) != NULL && plan.thread == g_thread_self ();
}

/* Returns: (nullable): what is to happen to the operation at hand */
const Fault *
fault_count (FaultOperation operation)
{
  const Fault *fault = g_atomic_pointer_get (&plan.fault);
  guint count;

  if (fault == NULL)
    return NULL;
  count = (guint) g_atomic_int_add (&plan.counts[operation], 1) + 1;
  if (fault->operation != operation || plan.n == 0 || count < plan.n || (count > plan.n && !fault->lasts))
    return NULL;
  g_atomic_int_inc (&plan.hits);
  return fault;
}

void
fault_kill (void)
{
  const Fault *fault = g_atomic_pointer_get (&plan.fault);

  fault_disk_lose_all (fault->loss, plan.n);
  kill (getpid (), SIGKILL);
  pause ();
  g_assert_not_reached ();
}
