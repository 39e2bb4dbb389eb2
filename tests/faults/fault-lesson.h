/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fault-scenarios.h"
#include "faults.h"

/* What a scenario does when nothing fails: the states it goes through, and where it can be hit. */
typedef struct
{
  const FaultScenario *scenario;
  GPtrArray *states; /* (owned) of char *: before, and after each mark */
  guint counts[FAULT_N_OPERATIONS];
} FaultLesson;

FaultLesson *fault_lesson_learn (FaultSite *site, const FaultScenario *scenario);
void fault_lesson_free (FaultLesson *self);
void fault_lesson_begin (FaultLesson *self, FaultSite *site);
void fault_lesson_assert_state (FaultLesson *self, FaultSite *site, guint first, guint last);
void fault_lesson_assert_complete (FaultLesson *self, FaultSite *site);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FaultLesson, fault_lesson_free)
