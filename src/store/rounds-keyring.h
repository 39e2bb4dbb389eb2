/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "rounds-key-file.h"

G_BEGIN_DECLS

/* The keyring (libsecret), keyed by the key file's own id. Asynchronous with a limit of 10 seconds;
 * ROUNDS_KEYRING=memory keeps secrets in the process, ROUNDS_KEYRING=none behaves as a desktop without a keyring: both
 * for tests. */
char *rounds_keyring_secret_new (void); /* 32 random bytes in hex; free with rounds_secret_free() */
void rounds_keyring_store_async (RoundsKeyFile *file, const char *secret, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer data);
gboolean rounds_keyring_store_finish (GAsyncResult *result, GError **error); /* UNREACHABLE, CANCELLED */
void rounds_keyring_lookup_async (RoundsKeyFile *file, GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer data);
char *rounds_keyring_lookup_finish (GAsyncResult *result, GError **error); /* NOT_FOUND, UNREACHABLE, CANCELLED */
void rounds_keyring_clear_async (RoundsKeyFile *file, GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer data);
gboolean rounds_keyring_clear_finish (GAsyncResult *result, GError **error); /* UNREACHABLE, CANCELLED */

G_END_DECLS
