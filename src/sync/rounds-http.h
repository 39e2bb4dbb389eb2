/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define ROUNDS_HTTP_TIMEOUT 30                    /* seconds without a byte, while connecting and later */
#define ROUNDS_HTTP_BODY_LIMIT (64 * 1024 * 1024) /* bytes of an answer, as it is handed on */

SoupSession *rounds_http_session_new (guint timeout);
void rounds_http_send_async (SoupSession *session, const char *method, const char *uri, const char *token, GBytes *body,
                             GBytes *packed, gboolean keeps_packed, gboolean *is_away, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data);
gint64 rounds_http_get_retry_after (SoupMessage *message);
GBytes *rounds_http_send_finish (SoupSession *session, GAsyncResult *result, guint *status, GError **error);

G_END_DECLS
