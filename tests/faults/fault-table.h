/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fault-lesson.h"

/* Every scenario with every fault, each at places all over it. */

typedef struct
{
  FaultSite *site;
  FaultLesson *lesson;
  const Fault *fault;
} FaultTest;

/* Runs the scenario with the fault at the @n-th place. Returns: whether there was an n-th place. */
typedef gboolean (*FaultTryFunc) (const FaultTest *test, guint n);

int fault_table_run (int argc, char **argv, const Fault *faults, guint n_faults, FaultTryFunc try);
