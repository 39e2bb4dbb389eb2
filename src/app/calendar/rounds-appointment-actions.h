/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shell/rounds-app-context.h"

G_BEGIN_DECLS

void rounds_appointment_delete_with_undo (RoundsAppContext *context, RoundsRecord *appointment);
RoundsRecord *rounds_appointment_make_interaction (RoundsAppContext *context, RoundsRecord *appointment);

G_END_DECLS
