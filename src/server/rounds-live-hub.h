/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "rounds-api-worker.h"

G_BEGIN_DECLS

/* Seconds after which one who finds no room may come back. */
#define ROUNDS_LIVE_RETRY_AFTER "300"

/**
 * RoundsLiveHub:
 *
 * Those who listen at /live, each over a WebSocket: tells them that something can be pulled, and nothing else, at most
 * once a second however much is written, by this server or by another program on its database. Asks the API now and
 * then, and whenever sessions have ended, whether they may still listen. Belongs to the loop of its worker.
 */
typedef struct _RoundsLiveHub RoundsLiveHub;

RoundsLiveHub *rounds_live_hub_new (RoundsApiWorker *worker);
void rounds_live_hub_free (RoundsLiveHub *self);
gboolean rounds_live_hub_has_room (RoundsLiveHub *self);
void rounds_live_hub_add (RoundsLiveHub *self, SoupWebsocketConnection *connection, const RoundsApiNews *session,
                          const char *authorization);
void rounds_live_hub_take_news (RoundsLiveHub *self, const RoundsApiNews *news);
guint rounds_live_hub_get_n_listeners (RoundsLiveHub *self);
guint rounds_live_hub_get_n_checks (RoundsLiveHub *self);
void rounds_live_hub_close (RoundsLiveHub *self, GSourceFunc ended, gpointer data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsLiveHub, rounds_live_hub_free)

G_END_DECLS
