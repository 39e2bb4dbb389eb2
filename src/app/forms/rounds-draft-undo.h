/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shell/rounds-app-context.h"

G_BEGIN_DECLS

void rounds_draft_offer_undo (RoundsAppContext *context, const char *form, const char *body, RoundsRecord *record);

G_END_DECLS
