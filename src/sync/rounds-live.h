/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-remote.h"

G_BEGIN_DECLS

#define ROUNDS_LIVE_PATH "/api/v1/live"

/* What the server says when there is something new to pull: no more than that. */
#define ROUNDS_LIVE_CHANGED "{\"type\":\"changed\"}"

/* How often either side asks the other whether it is still there, and for how long it waits for the answer, in seconds.
 * Shorter than the minute after which proxies take a connection for dead. */
#define ROUNDS_LIVE_KEEPALIVE 30
#define ROUNDS_LIVE_PATIENCE 20

/**
 * RoundsLive:
 *
 * One connection to a server's hints (a WebSocket, RFC 6455), with the access token in a header. Nothing depends on it:
 * a server or a proxy that does not know it costs a device nothing but the wait until its next poll. Belongs to the
 * thread of its remote. A connection is good for one use: after "lost" nothing comes any more.
 *
 * Signals: "opened": hints come from now on; "hint": there is something to pull; "lost" (GError *): there is no
 * connection (any more): UNREACHABLE, perhaps with rounds_error_get_retry_after(); UNAUTHORIZED: the access token has
 * run out, which the next sync sees to; PROTOCOL: the server, or what stands before it, knows no hints.
 */
#define ROUNDS_TYPE_LIVE (rounds_live_get_type ())
G_DECLARE_FINAL_TYPE (RoundsLive, rounds_live, ROUNDS, LIVE, GObject)

RoundsLive *rounds_live_new (RoundsRemote *remote);
void rounds_live_open (RoundsLive *self);
void rounds_live_close (RoundsLive *self);

G_END_DECLS
