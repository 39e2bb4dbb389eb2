/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-journey-kind.h"
#include "rounds-store.h"

G_BEGIN_DECLS

/** RoundsJourneyEntry: what a rep has entered about a journey. The dialog owns it; saving copies it. */
typedef struct
{
  RoundsRecord *journey; /* (owned) */
  RoundsUuid person;     /* who the patient is */
  char *new_subject;     /* (owned) (nullable): the title of a trial or the product of a program to be added */
  char *note;            /* (owned) (nullable): about the step */
  RoundsUuid by;         /* the staff member; nil if unknown */
} RoundsJourneyEntry;

void rounds_journey_entry_clear (RoundsJourneyEntry *self);

void rounds_journey_save_async (RoundsStore *store, const RoundsJourneyEntry *entry, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer data);
gboolean rounds_journey_save_finish (RoundsStore *store, GAsyncResult *result, GError **error);

RoundsQuery *rounds_journey_steps_query (const RoundsUuid *journey);

G_END_DECLS
