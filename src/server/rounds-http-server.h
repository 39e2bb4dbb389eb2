/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-api-worker.h"

G_BEGIN_DECLS

/**
 * RoundsHttpServer:
 *
 * HTTP/1.1 by libsoup on one main context: checks what must be checked before anything is believed (one Host, one way
 * to say how long a body is, methods, sizes), hands requests to the worker and writes its answers. TLS, HTTP/2, slow
 * clients and the number of connections are left to a proxy in front.
 */
typedef struct _RoundsHttpServer RoundsHttpServer;

RoundsHttpServer *rounds_http_server_new (RoundsApiWorker *worker);
void rounds_http_server_free (RoundsHttpServer *self);
void rounds_http_server_set_behind_proxy (RoundsHttpServer *self, gboolean behind_proxy);
gboolean rounds_http_server_listen (RoundsHttpServer *self, const char *address, GError **error);
char *rounds_http_server_dup_uri (RoundsHttpServer *self);
guint rounds_http_server_get_port (RoundsHttpServer *self);
guint rounds_http_server_get_in_flight (RoundsHttpServer *self);
guint rounds_http_server_get_n_listeners (RoundsHttpServer *self);
void rounds_http_server_drain (RoundsHttpServer *self, GSourceFunc done, gpointer data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsHttpServer, rounds_http_server_free)

G_END_DECLS
