/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shell/rounds-app-context.h"

G_BEGIN_DECLS

/**
 * RoundsAppointmentTimesGroup:
 *
 * The rows of a form that say when an appointment is. It warns of times that the clocks skip or show twice and of other
 * appointments at the same time; neither keeps from saving. Signal "changed": the user changed something.
 */
#define ROUNDS_TYPE_APPOINTMENT_TIMES_GROUP (rounds_appointment_times_group_get_type ())
G_DECLARE_FINAL_TYPE (RoundsAppointmentTimesGroup, rounds_appointment_times_group, ROUNDS, APPOINTMENT_TIMES_GROUP,
                      AdwPreferencesGroup)

void rounds_appointment_times_group_show (RoundsAppointmentTimesGroup *self, RoundsAppContext *context,
                                          RoundsRecord *appointment);
void rounds_appointment_times_group_set_status (RoundsAppointmentTimesGroup *self, const char *status);
void rounds_appointment_times_group_peek (RoundsAppointmentTimesGroup *self, RoundsRecord *appointment);
gboolean rounds_appointment_times_group_apply (RoundsAppointmentTimesGroup *self, RoundsRecord *appointment);

G_END_DECLS
