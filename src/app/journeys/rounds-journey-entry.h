/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-record.h"

G_BEGIN_DECLS

/** RoundsJourneyEntry: what a rep has entered about a journey. */
typedef struct
{
  RoundsRecord *journey; /* (owned) */
  RoundsRecord *before;  /* (owned) (nullable): as the form began with it; not in drafts */
  RoundsUuid person;     /* who the patient is; nil if nobody is named yet */
  char *new_subject;     /* (owned) (nullable): the title of a trial or the product of a program to be added */
  char *note;            /* (owned) (nullable): about the step */
  RoundsUuid by;         /* the staff member; nil if unknown */
} RoundsJourneyEntry;

RoundsJourneyEntry *rounds_journey_entry_copy (const RoundsJourneyEntry *self);
void rounds_journey_entry_free (RoundsJourneyEntry *self);
void rounds_journey_entry_clear (RoundsJourneyEntry *self);
char *rounds_journey_entry_write (const RoundsJourneyEntry *self);
gboolean rounds_journey_entry_read (RoundsJourneyEntry *self, RoundsEntity entity, const char *body);

G_END_DECLS
