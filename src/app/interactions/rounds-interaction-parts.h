/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-store.h"
#include "rounds-visit-records.h"

G_BEGIN_DECLS

/**
 * RoundsInteractionParts:
 *
 * What an interaction's form holds beside the interaction itself: who else was there, what is to be done next, what was
 * promised, and why a submitted one is amended. Main thread.
 */
typedef struct
{
  GArray *attendees;       /* (owned) of RoundsUuid: people beside the one whom the interaction names */
  RoundsRecord *follow_up; /* (owned) (nullable): a task, stored or new */
  GPtrArray *promises;     /* (owned) of RoundsRecord: stored or new; further tasks as well */
  char *reason;            /* (owned) (nullable) */
  gboolean is_unread;      /* all but the reason could not be read, and stays as it is stored */
} RoundsInteractionParts;

RoundsInteractionParts *rounds_interaction_parts_new (void);
RoundsInteractionParts *rounds_interaction_parts_load (RoundsStore *store, const RoundsUuid *interaction,
                                                       GError **error);
void rounds_interaction_parts_free (RoundsInteractionParts *self);
gboolean rounds_interaction_parts_is_empty (RoundsInteractionParts *self);

void rounds_interaction_parts_add_attendee (RoundsInteractionParts *self, const RoundsUuid *person);

char *rounds_interaction_parts_add_to_draft (RoundsInteractionParts *self, const char *body);
RoundsInteractionParts *rounds_interaction_parts_read_draft (RoundsRecord *draft);
gboolean rounds_interaction_parts_collect (RoundsInteractionParts *self, RoundsStore *store, RoundsRecord *interaction,
                                           RoundsRecord *begun, GPtrArray *records, GPtrArray *before, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsInteractionParts, rounds_interaction_parts_free)

G_END_DECLS
