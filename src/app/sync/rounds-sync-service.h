/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-app-context.h"

G_BEGIN_DECLS

/**
 * RoundsSyncState:
 * @ROUNDS_SYNC_NEVER_SIGNED_IN: this device is not connected to a server
 * @ROUNDS_SYNC_IDLE: the last sync went well
 * @ROUNDS_SYNC_SYNCING: a sync is under way
 * @ROUNDS_SYNC_OFFLINE: the server cannot be reached; it is tried again
 * @ROUNDS_SYNC_NEEDS_SIGN_IN: the server asks for the password again
 * @ROUNDS_SYNC_ERROR: the server answers, but not as it should; "detail" says what
 * @ROUNDS_SYNC_STOPPED: the user has stopped it; it waits for rounds_sync_service_sync_now()
 */
typedef enum
{
  ROUNDS_SYNC_NEVER_SIGNED_IN,
  ROUNDS_SYNC_IDLE,
  ROUNDS_SYNC_SYNCING,
  ROUNDS_SYNC_OFFLINE,
  ROUNDS_SYNC_NEEDS_SIGN_IN,
  ROUNDS_SYNC_ERROR,
  ROUNDS_SYNC_STOPPED,
} RoundsSyncState;

#define ROUNDS_TYPE_SYNC_STATE (rounds_sync_state_get_type ())
GType rounds_sync_state_get_type (void);

/**
 * RoundsSyncService:
 *
 * Keeps the store in step with the server while the application runs: the steps of a RoundsSyncEngine on the database
 * thread, its requests by a RoundsRemote on the main loop. It syncs when a RoundsSyncSchedule says so (at the start,
 * after a local change, a hint of the server's, a new network, a sleep, now and then; after a failure with back-off)
 * and on demand. Never blocks; one sync at a time. Main thread.
 *
 * Properties (read-only, notified): "state" (RoundsSyncState), "pending" (changes that are not on the server yet),
 * "attention" (conflicts and refused changes), "done" (records that the sync under way has moved), "last-sync" (ms UTC,
 * 0: never), "summary" (one line for the user), "detail" (what went wrong, or %NULL), "server" and "username" (%NULL
 * before the first sign-in).
 */
#define ROUNDS_TYPE_SYNC_SERVICE (rounds_sync_service_get_type ())

G_DECLARE_FINAL_TYPE (RoundsSyncService, rounds_sync_service, ROUNDS, SYNC_SERVICE, GObject)

/**
 * rounds_sync_service_new:
 * @context: the context; its staff member is set from what the server says
 *
 * Returns: (transfer full): the service; it does nothing before rounds_sync_service_start()
 */
RoundsSyncService *rounds_sync_service_new (RoundsAppContext *context);

/**
 * rounds_sync_service_start:
 * @self: the service
 *
 * Reads what is known of the server and begins to sync.
 */
void rounds_sync_service_start (RoundsSyncService *self);

/**
 * rounds_sync_service_stop:
 * @self: the service
 *
 * Cancels what is under way; to be called before the store is closed. Nothing is lost: the next sync begins where the
 * last one got to.
 */
void rounds_sync_service_stop (RoundsSyncService *self);

/**
 * rounds_sync_service_sync_now:
 * @self: the service
 *
 * Syncs at once, whatever the back-off says. Does nothing while a sync is under way or without a sign-in.
 */
void rounds_sync_service_sync_now (RoundsSyncService *self);

/**
 * rounds_sync_service_check:
 * @self: the service
 *
 * Syncs at once and compares everything on this device with the server, record by record where it differs, and repairs
 * that. It does so by itself once a day. Signal "checked" (guint repaired) when it has come to an end. Does nothing
 * without a sign-in.
 */
void rounds_sync_service_check (RoundsSyncService *self);

/**
 * rounds_sync_service_cancel:
 * @self: the service
 *
 * Stops the sync under way, and does not begin another one by itself. What has come is kept. Does nothing while none is
 * under way.
 */
void rounds_sync_service_cancel (RoundsSyncService *self);

RoundsSyncState rounds_sync_service_get_state (RoundsSyncService *self);
guint rounds_sync_service_get_pending (RoundsSyncService *self);
guint rounds_sync_service_get_attention (RoundsSyncService *self);
gint64 rounds_sync_service_get_last_sync (RoundsSyncService *self);
guint rounds_sync_service_get_done (RoundsSyncService *self);
const char *rounds_sync_service_get_detail (RoundsSyncService *self);
const char *rounds_sync_service_get_server (RoundsSyncService *self);
const char *rounds_sync_service_get_username (RoundsSyncService *self);

/**
 * rounds_sync_service_dup_summary:
 * @self: the service
 *
 * Returns: (transfer full): how things stand in one line, e.g. "3 changes waiting: offline since 09:12"; plain text
 */
char *rounds_sync_service_dup_summary (RoundsSyncService *self);

/**
 * rounds_sync_service_dup_explanation:
 * @self: the service
 *
 * Returns: (transfer full): what the summary means, in a sentence or two; plain text
 */
char *rounds_sync_service_dup_explanation (RoundsSyncService *self);

/**
 * rounds_sync_service_sign_in_async:
 * @self: the service
 * @server: the server's address; a missing scheme is https
 * @username: user name
 * @password: password; it is not kept
 * @cancellable: (nullable): to stop
 * @callback: called when done
 * @data: for @callback
 *
 * Signs in, remembers the server and begins to sync. Errors: INVALID with the field "server" or "username",
 * UNREACHABLE, UNAUTHORIZED (user name or password wrong), PROTOCOL, and what the store reports.
 */
void rounds_sync_service_sign_in_async (RoundsSyncService *self, const char *server, const char *username,
                                        const char *password, GCancellable *cancellable, GAsyncReadyCallback callback,
                                        gpointer data);

gboolean rounds_sync_service_sign_in_finish (RoundsSyncService *self, GAsyncResult *result, GError **error);

/**
 * rounds_sync_service_sign_out:
 * @self: the service
 *
 * Forgets the tokens and stops syncing. The data stays on the device, and so do the changes that are not on the server.
 */
void rounds_sync_service_sign_out (RoundsSyncService *self);

G_END_DECLS
