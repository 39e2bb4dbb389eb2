/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shell/rounds-app-context.h"

G_BEGIN_DECLS

/**
 * RoundsAttendeesGroup:
 *
 * Who else was there: a row that finds a contact by name, and a chip for each who was chosen. Signal "changed": the
 * user added or removed one. Main thread.
 */
#define ROUNDS_TYPE_ATTENDEES_GROUP (rounds_attendees_group_get_type ())
G_DECLARE_FINAL_TYPE (RoundsAttendeesGroup, rounds_attendees_group, ROUNDS, ATTENDEES_GROUP, AdwPreferencesGroup)

void rounds_attendees_group_set_up (RoundsAttendeesGroup *self, RoundsAppContext *context);
void rounds_attendees_group_set (RoundsAttendeesGroup *self, GArray *people);
GArray *rounds_attendees_group_get (RoundsAttendeesGroup *self);
gboolean rounds_attendees_group_add (RoundsAttendeesGroup *self, const RoundsUuid *person);

G_END_DECLS
