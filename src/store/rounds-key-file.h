/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "rounds-sqlite-database.h"

G_BEGIN_DECLS

/**
 * The key file `keyslots.json` beside the database: the random 256-bit database key, wrapped (libsodium secretbox) in
 * up to two slots: "keyring" by a random 256-bit secret that libsecret keeps, and "recovery" by a recovery code or a
 * passphrase through argon2id. Written to a temporary file, synced and renamed; mode 0600; never holds the key itself.
 */
typedef struct _RoundsKeyFile RoundsKeyFile;

RoundsKeyFile *rounds_key_file_load (const char *path, GError **error); /* NOT_FOUND, CORRUPT, TOO_NEW */
RoundsKeyFile *rounds_key_file_new (guint8 key[ROUNDS_KEY_LENGTH]);     /* (out) a new random key; no slot yet */
gboolean rounds_key_file_save (RoundsKeyFile *self, const char *path, GError **error);
void rounds_key_file_free (RoundsKeyFile *self);
gboolean rounds_key_file_has_slot (RoundsKeyFile *self, const char *slot); /* "keyring" or "recovery" */
/* Wraps key; secret: the keyring secret (32 bytes hex) or the recovery code / passphrase. */
gboolean rounds_key_file_set_slot (RoundsKeyFile *self, const char *slot, const guint8 key[ROUNDS_KEY_LENGTH],
                                   const char *secret, GError **error);
gboolean rounds_key_file_open_slot (RoundsKeyFile *self, const char *slot, const char *secret,
                                    guint8 key[ROUNDS_KEY_LENGTH], GError **error); /* WRONG_KEY, NOT_FOUND */

/* A new recovery code: 125 random bits in Crockford's base 32 with a check character, in groups of five, e.g.
 * "K7Q2M-…". Reading forgives case, blanks, hyphens, O for 0, I and L for 1. */
char *rounds_recovery_code_new (void);
gboolean rounds_recovery_code_check (const char *code, GError **error);
char *rounds_recovery_code_normalize (const char *code);

/* The keyring (libsecret), keyed by the key file's own id. Asynchronous with a limit of 10 seconds; tests replace it
 * through ROUNDS_KEYRING=memory|none. */
void rounds_keyring_store_async (RoundsKeyFile *file, const char *secret, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer data);
gboolean rounds_keyring_store_finish (GAsyncResult *result, GError **error);
void rounds_keyring_lookup_async (RoundsKeyFile *file, GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer data);
char *rounds_keyring_lookup_finish (GAsyncResult *result, GError **error); /* NOT_FOUND, UNREACHABLE */
char *rounds_keyring_secret_new (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsKeyFile, rounds_key_file_free)

G_END_DECLS
