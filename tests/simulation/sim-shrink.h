/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sim-world.h"

G_BEGIN_DECLS

/** SimOutcome: what came of a story. */
typedef struct
{
  guint64 trace;
  const char *failed_check; /* (nullable): %NULL: all is well */
  char *failure;            /* (owned) (nullable) */
  char *told;               /* (owned) (nullable) */
} SimOutcome;

SimOutcome *sim_run (SimStage *stage, const SimStory *story, SimTelling telling);
void sim_outcome_free (SimOutcome *outcome);
SimStory *sim_shrink (SimStage *stage, const SimStory *story, const char *check);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimOutcome, sim_outcome_free)

G_END_DECLS
