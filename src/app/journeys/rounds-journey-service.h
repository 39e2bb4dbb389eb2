/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-journey-entry.h"
#include "rounds-journey-kind.h"
#include "rounds-store.h"

G_BEGIN_DECLS

void rounds_journey_save_async (RoundsStore *store, const RoundsJourneyEntry *entry, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer data);
gboolean rounds_journey_save_finish (RoundsStore *store, GAsyncResult *result, GError **error);

RoundsQuery *rounds_journey_steps_query (const RoundsUuid *journey);

G_END_DECLS
