/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fault-site.h"

/* What a user does while something fails. Done again after it failed, it ends as if nothing had failed. */
typedef struct
{
  const char *name;
  gboolean (*run) (FaultSite *site, GError **error);
  const char *begins_with; /* (nullable): one of `FAULT_SITE_`… */
  gboolean opens;          /* the store is opened as a part of it */
  guint ahead;             /* steps that may be done by a run that says that it failed in them */
} FaultScenario;

const FaultScenario *fault_scenarios_get (guint *n);
