/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* What a session of rounds_http_session_new() knows of the server that it speaks to, and of its connections. */

gboolean rounds_http_peer_takes_packed (SoupSession *session);
void rounds_http_peer_learn (SoupSession *session, SoupMessage *answered);
void rounds_http_peer_watch (SoupSession *session, SoupMessage *message);
void rounds_http_peer_release (SoupSession *session, SoupMessage *written);

G_END_DECLS
