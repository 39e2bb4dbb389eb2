/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-calendar-range.h"
#include "rounds-record.h"
#include "rounds-wall-time.h"

G_BEGIN_DECLS

/** RoundsAppointmentTimes: an appointment's times as a form shows them, in the terms of a calendar and a clock. */
typedef struct
{
  gboolean all_day;
  GDate first_day;
  GDate last_day;
  int start_minute; /* since midnight of the first day */
  int end_minute;   /* since midnight of the last day; 0 may mean its end */
} RoundsAppointmentTimes;

void rounds_appointment_times_load (RoundsAppointmentTimes *self, RoundsRecord *appointment, const char *zone);
gboolean rounds_appointment_times_store (const RoundsAppointmentTimes *self, RoundsRecord *appointment,
                                         const char *zone, RoundsWallTimeKind *kind, GError **error);

G_END_DECLS
