/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-record.h"

G_BEGIN_DECLS

/** What stands in place of minutes where no reminder is wanted. */
#define ROUNDS_REMINDER_NONE (-1)

gboolean rounds_reminder_is_open (RoundsRecord *reminder);
int rounds_reminder_get_offset (RoundsRecord *appointment, GPtrArray *reminders);
GPtrArray *rounds_reminder_plan (RoundsRecord *appointment, RoundsRecord *before, GPtrArray *reminders,
                                 int offset_minutes, gint64 now);
GPtrArray *rounds_reminder_plan_cancel (GPtrArray *reminders);
GPtrArray *rounds_appointment_settle (RoundsRecord *appointment, GPtrArray *reminders, gboolean took_place);

G_END_DECLS
