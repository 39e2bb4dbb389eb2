/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "rounds-key-file.h"

G_BEGIN_DECLS

/**
 * RoundsProfile:
 *
 * A data directory: the database `rounds.db` and its key file `keyslots.json`, both for the user alone. Tells what is
 * there, makes a new one, and gets at the key; opening the database with it is rounds_store_open()'s part. Nothing here
 * replaces or deletes a database. Keys are handed out into the caller's array: wipe it with sodium_memzero() after
 * opening. Belongs to one thread.
 */
#define ROUNDS_TYPE_PROFILE (rounds_profile_get_type ())
G_DECLARE_FINAL_TYPE (RoundsProfile, rounds_profile, ROUNDS, PROFILE, GObject)

typedef enum
{
  ROUNDS_PROFILE_EMPTY,   /* nothing yet: create */
  ROUNDS_PROFILE_EXISTS,  /* a database and a key file that can be read: unlock */
  ROUNDS_PROFILE_DAMAGED, /* one of the two is missing or is not what it should be: the error says which */
} RoundsProfileState;

/* directory: NULL for the usual one, `rounds` in the user's data folder. */
RoundsProfile *rounds_profile_new (const char *directory);
const char *rounds_profile_get_directory (RoundsProfile *self);
const char *rounds_profile_get_database_path (RoundsProfile *self);
const char *rounds_profile_get_key_path (RoundsProfile *self);

/* error: set for DAMAGED (CORRUPT, NOT_FOUND, TOO_NEW). */
RoundsProfileState rounds_profile_get_state (RoundsProfile *self, GError **error);

/* Makes key file and database. recovery: a code from rounds_recovery_code_new() or a passphrase, which the person has
 * seen BEFORE this is called: being killed at any moment then leaves nothing, or a database that this opens. Takes some
 * 100 ms. Errors: EXISTS (the profile is not empty), LOCKED (another program is making it), NO_SPACE, FAILED. */
gboolean rounds_profile_create (RoundsProfile *self, const char *recovery, guint8 key[ROUNDS_KEY_LENGTH],
                                GError **error);

/* The key by recovery code or passphrase. Takes some 100 ms. WRONG_KEY, NOT_FOUND, CORRUPT, TOO_NEW. */
gboolean rounds_profile_unlock (RoundsProfile *self, const char *recovery, guint8 key[ROUNDS_KEY_LENGTH],
                                GError **error);
/* The key by the keyring, within 10 seconds. NOT_FOUND: there is no keyring slot or no entry in the keyring.
 * UNREACHABLE: no keyring. WRONG_KEY: the entry does not fit. In each case rounds_profile_unlock() opens the same data.
 */
void rounds_profile_unlock_with_keyring_async (RoundsProfile *self, GCancellable *cancellable,
                                               GAsyncReadyCallback callback, gpointer data);
gboolean rounds_profile_unlock_with_keyring_finish (RoundsProfile *self, GAsyncResult *result,
                                                    guint8 key[ROUNDS_KEY_LENGTH], GError **error);

/* Puts a new secret into the keyring and the key under it into the key file, so that the next start asks nothing. */
void rounds_profile_remember_async (RoundsProfile *self, const guint8 key[ROUNDS_KEY_LENGTH], GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer data);
gboolean rounds_profile_remember_finish (RoundsProfile *self, GAsyncResult *result, GError **error);

/* Moves database and key file as they are into a new folder below the directory, so that the profile is empty.
 * where: (out) (optional): that folder. */
gboolean rounds_profile_move_aside (RoundsProfile *self, char **where, GError **error);

G_END_DECLS
