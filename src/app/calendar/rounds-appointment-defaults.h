/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shell/rounds-app-context.h"

G_BEGIN_DECLS

void rounds_appointment_fill (RoundsAppContext *context, RoundsRecord *appointment);
RoundsRecord *rounds_appointment_new_on_day (RoundsAppContext *context, const GDate *day);
RoundsRecord *rounds_appointment_new_at (RoundsAppContext *context, gint64 start);

G_END_DECLS
