/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "interactions/rounds-interaction-parts.h"
#include "shell/rounds-app-context.h"

G_BEGIN_DECLS

void rounds_interaction_save_async (RoundsAppContext *context, RoundsRecord *record, RoundsRecord *begun,
                                    RoundsInteractionParts *parts, const RoundsUuid *draft,
                                    GAsyncReadyCallback callback, gpointer data);
gboolean rounds_interaction_save_finish (RoundsAppContext *context, GAsyncResult *result, GError **error);

G_END_DECLS
