/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-sync-engine.h"

G_BEGIN_DECLS

/**
 * RoundsRemote:
 *
 * The server as a client sees it, over libsoup: signing in, the access token and its renewal, one request at a time.
 * Keeps no state of its own on disk: the driver stores the address and the refresh token in the store (state keys
 * below). Errors: UNREACHABLE (no connection, time-out, 5xx, 429), UNAUTHORIZED (signing in again is needed),
 * FORBIDDEN, PROTOCOL (not our server, another version, rubbish), INVALID (field). Belongs to the thread that made it.
 */
#define ROUNDS_TYPE_REMOTE (rounds_remote_get_type ())
G_DECLARE_FINAL_TYPE (RoundsRemote, rounds_remote, ROUNDS, REMOTE, GObject)

#define ROUNDS_STATE_SERVER "server" /* base address, e.g. http://127.0.0.1:8080 */
#define ROUNDS_STATE_REFRESH_TOKEN "refresh_token"
#define ROUNDS_STATE_USER "user" /* uuid */
#define ROUNDS_STATE_USERNAME "username"
#define ROUNDS_STATE_STAFF "staff"               /* uuid of the user's staff record, or not set */
#define ROUNDS_STATE_DEVICE "device"             /* uuid, the client_id; made with the database */
#define ROUNDS_STATE_CURSOR "cursor"             /* of the last page applied; the server alone knows what it means */
#define ROUNDS_STATE_SERVER_EPOCH "server_epoch" /* of the server's data as this device knows it */
#define ROUNDS_STATE_VERIFIED "verified"         /* instant of the last check against the server's checksums */
#define ROUNDS_STATE_LAST_SYNC "last_sync"       /* instant of the last complete sync, RFC 3339 */

RoundsRemote *rounds_remote_new (const char *base_uri, GError **error); /* INVALID if not an http(s) address */
void rounds_remote_set_timeout (RoundsRemote *self, guint seconds);     /* usual: 30 */
void rounds_remote_set_refresh_token (RoundsRemote *self, const char *token);
const char *rounds_remote_get_refresh_token (RoundsRemote *self); /* changes at each renewal: store it again */

/* Signs in; on success the tokens are held here; answer: {user:{id, username, role, staff}}. */
void rounds_remote_sign_in_async (RoundsRemote *self, const char *username, const char *password, const char *device_id,
                                  GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
gboolean rounds_remote_sign_in_finish (RoundsRemote *self, GAsyncResult *result, char **user_id, char **staff_id,
                                       GError **error);
gboolean rounds_remote_sign_in (RoundsRemote *self, const char *username, const char *password, const char *device_id,
                                char **user_id, char **staff_id, GCancellable *cancellable, GError **error);

/* Sends one request with the access token, renewing it once on 401. Any HTTP status below 500 but 401, 403 and 429 is a
 * result. */
void rounds_remote_send_async (RoundsRemote *self, RoundsSyncRequest *request, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer data);
GBytes *rounds_remote_send_finish (RoundsRemote *self, GAsyncResult *result, guint *status, GError **error);
typedef gboolean (*RoundsRemoteWork) (gpointer data, GError **error);
GBytes *rounds_remote_send_beside (RoundsRemote *self, RoundsSyncRequest *request, RoundsRemoteWork work, gpointer data,
                                   guint *status, GCancellable *cancellable, GError **error);
GBytes *rounds_remote_send (RoundsRemote *self, RoundsSyncRequest *request, guint *status, GCancellable *cancellable,
                            GError **error);

/* For a connection that is not a request, see RoundsLive. */
const char *rounds_remote_get_access_token (RoundsRemote *self);
char *rounds_remote_dup_uri (RoundsRemote *self, const char *path);

/* Sends what @engine asks for until its run is done, turning the thread's default main context meanwhile. */
gboolean rounds_remote_run (RoundsRemote *self, RoundsSyncEngine *engine, GCancellable *cancellable, GError **error);

/* A whole sync for a program without a main loop of its own (rounds-cli): reads address and tokens from the store,
 * drives an engine, writes tokens and ROUNDS_STATE_LAST_SYNC back. */
gboolean rounds_remote_sync_store (RoundsRecordStore *store, RoundsSyncSummary *summary, GCancellable *cancellable,
                                   GError **error);

G_END_DECLS
