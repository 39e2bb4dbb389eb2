/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "rounds-recovery-code.h"
#include "rounds-sqlite-database.h"

G_BEGIN_DECLS

/**
 * RoundsKeyFile:
 *
 * The key file `keyslots.json` beside the database: the random 256-bit database key, wrapped (libsodium secretbox) in
 * up to two slots: "keyring" by a random 256-bit secret that libsecret keeps, and "recovery" by a recovery code or a
 * passphrase through argon2id. Written to a temporary file, synced and renamed; mode 0600; never holds the key itself.
 * Any thread, one at a time.
 */
typedef struct _RoundsKeyFile RoundsKeyFile;

#define ROUNDS_SLOT_KEYRING "keyring"
#define ROUNDS_SLOT_RECOVERY "recovery"

RoundsKeyFile *rounds_key_file_load (const char *path, GError **error); /* NOT_FOUND, CORRUPT, TOO_NEW */
RoundsKeyFile *rounds_key_file_new (guint8 key[ROUNDS_KEY_LENGTH]);     /* (out) a new random key; no slot yet */
gboolean rounds_key_file_save (RoundsKeyFile *self, const char *path, GError **error); /* NO_SPACE, FAILED */
void rounds_key_file_free (RoundsKeyFile *self);

/* A UUID as text, made with the file: names the entry in the keyring. */
const char *rounds_key_file_get_id (RoundsKeyFile *self);
/* Whether the database that this key is for has been made: only then is its absence a loss. */
gboolean rounds_key_file_get_in_use (RoundsKeyFile *self);
void rounds_key_file_set_in_use (RoundsKeyFile *self, gboolean in_use);

gboolean rounds_key_file_has_slot (RoundsKeyFile *self, const char *slot);
/* Wraps key; secret: the keyring secret (32 bytes hex) or the recovery code / passphrase. */
gboolean rounds_key_file_set_slot (RoundsKeyFile *self, const char *slot, const guint8 key[ROUNDS_KEY_LENGTH],
                                   const char *secret, GError **error);
gboolean rounds_key_file_open_slot (RoundsKeyFile *self, const char *slot, const char *secret,
                                    guint8 key[ROUNDS_KEY_LENGTH], GError **error); /* WRONG_KEY, NOT_FOUND */
/* Takes over another file's slot for the same key, as it is wrapped there. */
void rounds_key_file_copy_slot (RoundsKeyFile *self, RoundsKeyFile *from, const char *slot);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsKeyFile, rounds_key_file_free)

G_END_DECLS

/* Everything that has to do with keys comes with this header. */
#include "rounds-keyring.h"
