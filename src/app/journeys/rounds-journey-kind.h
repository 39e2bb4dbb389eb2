/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-record.h"

G_BEGIN_DECLS

/** RoundsJourneyKind: what clinical-trial and expanded-access journeys have in common, and where each keeps it. */
typedef struct
{
  RoundsEntity entity;
  const char *type;     /* JOURNEY_STEP's journey_type */
  RoundsEntity subject; /* TRIAL or EAP_PROGRAM */
  guint subject_title;
  guint patient_field;
  guint physician_field;
  guint subject_field;
  guint stage_field;
  guint enrollment_field;
  guint completion_field;
} RoundsJourneyKind;

const RoundsJourneyKind *rounds_journey_kind_get (RoundsEntity entity);
const char *const *rounds_journey_kind_get_stages (const RoundsJourneyKind *self);
const char *rounds_journey_kind_get_stage_label (const RoundsJourneyKind *self, const char *stage);

RoundsRecord *rounds_journey_find_open_step (GPtrArray *steps);
int rounds_journey_count_days (gint64 from, gint64 to);
GPtrArray *rounds_journey_plan_steps (RoundsRecord *journey, GPtrArray *steps, const char *note, const RoundsUuid *by,
                                      gint64 now);
void rounds_journey_fill_dates (RoundsRecord *journey, const char *today);

G_END_DECLS
