/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-key-file.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

#include "rounds-error.h"
#include "rounds-json.h"
#include "rounds-uuid.h"

#define FORMAT 1
#define LONGEST_FILE 65536

/* What argon2id costs, written into each slot so that it can be raised later.
 *
 * A recovery code has 125 random bits: nobody can try them all however cheap one try is, so libsodium's INTERACTIVE
 * limits (2 passes over 64 MiB, some 100 ms) suffice and old laptops open quickly. A passphrase that a person has
 * thought up can be guessed: it gets the MODERATE limits (3 passes over 256 MiB, under a second). */
#define CODE_PASSES crypto_pwhash_argon2id_OPSLIMIT_INTERACTIVE
#define CODE_MEMORY crypto_pwhash_argon2id_MEMLIMIT_INTERACTIVE
#define PASSPHRASE_PASSES crypto_pwhash_argon2id_OPSLIMIT_MODERATE
#define PASSPHRASE_MEMORY crypto_pwhash_argon2id_MEMLIMIT_MODERATE
/* A file that asks for more than this is damaged or hostile. */
#define MOST_PASSES 16
#define MOST_MEMORY (G_GUINT64_CONSTANT (1) << 30)

#define BOX_LENGTH (ROUNDS_KEY_LENGTH + crypto_secretbox_MACBYTES)

G_STATIC_ASSERT (ROUNDS_KEY_LENGTH == crypto_secretbox_KEYBYTES);

/* The key as secretbox wrapped it, and for a code or passphrase what argon2id was told. */
typedef struct
{
  gboolean present;
  guint64 passes;
  guint64 memory; /* bytes; 0 in a keyring slot, whose secret is a key already */
  guint8 salt[crypto_pwhash_argon2id_SALTBYTES];
  guint8 nonce[crypto_secretbox_NONCEBYTES];
  guint8 box[BOX_LENGTH];
} Slot;

struct _RoundsKeyFile
{
  char *id; /* (owned) */
  gboolean in_use;
  Slot keyring;
  Slot recovery;
};

static void
ensure_sodium (void)
{
  if (sodium_init () < 0)
    g_error ("libsodium has no source of random numbers");
}

static Slot *
find_slot (RoundsKeyFile *self, const char *name)
{
  if (g_str_equal (name, ROUNDS_SLOT_KEYRING))
    return &self->keyring;
  if (g_str_equal (name, ROUNDS_SLOT_RECOVERY))
    return &self->recovery;
  g_return_val_if_reached (NULL);
}

static gboolean
read_hex (yyjson_val *object, const char *name, guint8 *bytes, gsize length)
{
  const char *hex = yyjson_get_str (yyjson_obj_get (object, name));
  const char *end = NULL;
  gsize read = 0;

  return hex != NULL && strlen (hex) == 2 * length
         && sodium_hex2bin (bytes, length, hex, 2 * length, NULL, &read, &end) == 0 && read == length;
}

static void
write_hex (yyjson_mut_doc *doc, yyjson_mut_val *object, const char *name, const guint8 *bytes, gsize length)
{
  g_autofree char *hex = g_malloc (2 * length + 1);

  yyjson_mut_obj_add_strcpy (doc, object, name, sodium_bin2hex (hex, 2 * length + 1, bytes, length));
}

static gboolean
read_slot (yyjson_val *slots, const char *name, gboolean derived, Slot *slot)
{
  yyjson_val *object = yyjson_obj_get (slots, name);

  if (object == NULL)
    return TRUE;

  slot->present = TRUE;
  if (!read_hex (object, "nonce", slot->nonce, sizeof slot->nonce)
      || !read_hex (object, "box", slot->box, sizeof slot->box))
    return FALSE;
  if (!derived)
    return TRUE;

  slot->passes = yyjson_get_uint (yyjson_obj_get (object, "passes"));
  slot->memory = yyjson_get_uint (yyjson_obj_get (object, "memory"));
  return g_strcmp0 (yyjson_get_str (yyjson_obj_get (object, "kdf")), "argon2id13") == 0
         && read_hex (object, "salt", slot->salt, sizeof slot->salt) && slot->passes >= 1 && slot->passes <= MOST_PASSES
         && slot->memory >= crypto_pwhash_argon2id_MEMLIMIT_MIN && slot->memory <= MOST_MEMORY;
}

static void
write_slot (yyjson_mut_doc *doc, yyjson_mut_val *slots, const char *name, const Slot *slot)
{
  yyjson_mut_val *object;

  if (!slot->present)
    return;

  object = yyjson_mut_obj_add_obj (doc, slots, name);
  if (slot->memory > 0)
    {
      yyjson_mut_obj_add_str (doc, object, "kdf", "argon2id13");
      yyjson_mut_obj_add_uint (doc, object, "passes", slot->passes);
      yyjson_mut_obj_add_uint (doc, object, "memory", slot->memory);
      write_hex (doc, object, "salt", slot->salt, sizeof slot->salt);
    }
  write_hex (doc, object, "nonce", slot->nonce, sizeof slot->nonce);
  write_hex (doc, object, "box", slot->box, sizeof slot->box);
}

static gboolean
parse (RoundsKeyFile *self, const char *text, gsize length, GError **error)
{
  g_autoptr (yyjson_doc) doc = NULL;
  yyjson_val *root, *slots;
  RoundsUuid id;

  if (rounds_json_read (text, (gssize) length, &doc, NULL) && yyjson_is_obj (yyjson_doc_get_root (doc)))
    {
      root = yyjson_doc_get_root (doc);
      slots = yyjson_obj_get (root, "slots");
      if (yyjson_get_uint (yyjson_obj_get (root, "format")) > FORMAT)
        {
          g_set_error_literal (error, ROUNDS_ERROR, ROUNDS_ERROR_TOO_NEW,
                               _ ("The key file was written by a newer version of Rounds."));
          return FALSE;
        }
      self->id = g_strdup (yyjson_get_str (yyjson_obj_get (root, "id")));
      self->in_use = yyjson_get_bool (yyjson_obj_get (root, "in_use"));
      if (yyjson_get_uint (yyjson_obj_get (root, "format")) == FORMAT && self->id != NULL
          && rounds_uuid_parse (self->id, &id) && yyjson_is_obj (slots)
          && read_slot (slots, ROUNDS_SLOT_KEYRING, FALSE, &self->keyring)
          && read_slot (slots, ROUNDS_SLOT_RECOVERY, TRUE, &self->recovery))
        return TRUE;
    }

  g_set_error_literal (error, ROUNDS_ERROR, ROUNDS_ERROR_CORRUPT, _ ("The key file is damaged."));
  return FALSE;
}

/**
 * rounds_key_file_load:
 * @path: the file
 * @error: (out) (optional): %ROUNDS_ERROR_NOT_FOUND, %ROUNDS_ERROR_CORRUPT, %ROUNDS_ERROR_TOO_NEW; %ROUNDS_ERROR_FAILED
 *   if it cannot be read
 *
 * Returns: (transfer full) (nullable): the key file
 */
RoundsKeyFile *
rounds_key_file_load (const char *path, GError **error)
{
  g_autoptr (RoundsKeyFile) self = NULL;
  g_autoptr (GError) local = NULL;
  g_autofree char *text = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, &local))
    {
      gboolean missing = g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOENT);

      g_set_error (error, ROUNDS_ERROR, missing ? ROUNDS_ERROR_NOT_FOUND : ROUNDS_ERROR_FAILED,
                   _ ("The key file cannot be read: %s"), local->message);
      return NULL;
    }
  if (length > LONGEST_FILE)
    {
      g_set_error_literal (error, ROUNDS_ERROR, ROUNDS_ERROR_CORRUPT, _ ("The key file is damaged."));
      return NULL;
    }

  self = g_new0 (RoundsKeyFile, 1);
  if (!parse (self, text, length, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * rounds_key_file_new:
 * @key: (out): a new random key
 *
 * Returns: (transfer full): a key file without a slot
 */
RoundsKeyFile *
rounds_key_file_new (guint8 key[ROUNDS_KEY_LENGTH])
{
  RoundsKeyFile *self = g_new0 (RoundsKeyFile, 1);
  RoundsUuid id = rounds_uuid_new ();

  ensure_sodium ();
  randombytes_buf (key, ROUNDS_KEY_LENGTH);
  self->id = rounds_uuid_to_string (&id);
  return self;
}

/**
 * rounds_key_file_save:
 * @path: where to; replaced in one step, so that a crash leaves the old or the new file
 * @error: (out) (optional): %ROUNDS_ERROR_NO_SPACE, %ROUNDS_ERROR_FAILED
 *
 * Returns: %TRUE when the file is on the disk, readable by its owner alone
 */
gboolean
rounds_key_file_save (RoundsKeyFile *self, const char *path, GError **error)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);
  yyjson_mut_val *slots;
  g_autoptr (GError) local = NULL;
  g_autofree char *text = NULL;

  yyjson_mut_doc_set_root (doc, root);
  yyjson_mut_obj_add_uint (doc, root, "format", FORMAT);
  yyjson_mut_obj_add_str (doc, root, "id", self->id);
  yyjson_mut_obj_add_bool (doc, root, "in_use", self->in_use);
  slots = yyjson_mut_obj_add_obj (doc, root, "slots");
  write_slot (doc, slots, ROUNDS_SLOT_KEYRING, &self->keyring);
  write_slot (doc, slots, ROUNDS_SLOT_RECOVERY, &self->recovery);
  text = rounds_json_write (doc, TRUE);

  if (!g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                 &local)
      || g_chmod (path, 0600) != 0)
    {
      gboolean full = g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOSPC);

      g_set_error (error, ROUNDS_ERROR, full ? ROUNDS_ERROR_NO_SPACE : ROUNDS_ERROR_FAILED,
                   _ ("The key file cannot be written: %s"), local != NULL ? local->message : g_strerror (errno));
      return FALSE;
    }
  return TRUE;
}

void
rounds_key_file_free (RoundsKeyFile *self)
{
  g_free (self->id);
  sodium_memzero (self, sizeof *self);
  g_free (self);
}

/** rounds_key_file_get_id: (transfer none): the file's own id, under which the keyring keeps its secret. */
const char *
rounds_key_file_get_id (RoundsKeyFile *self)
{
  return self->id;
}

/** rounds_key_file_get_in_use: whether a database has been made with this key. */
gboolean
rounds_key_file_get_in_use (RoundsKeyFile *self)
{
  return self->in_use;
}

/** rounds_key_file_set_in_use: @in_use: whether a database has been made with this key. */
void
rounds_key_file_set_in_use (RoundsKeyFile *self, gboolean in_use)
{
  self->in_use = in_use;
}

/** rounds_key_file_has_slot: whether a secret of that kind (`ROUNDS_SLOT_`…) opens it. */
gboolean
rounds_key_file_has_slot (RoundsKeyFile *self, const char *slot)
{
  return find_slot (self, slot)->present;
}

/* What argon2id is given: a recovery code in its one form, so that it opens however it was typed; else a passphrase in
 * Unicode's composed form, as keyboards differ. Free it with rounds_secret_free(). */
static char *
prepare_password (const char *secret, gboolean *is_code)
{
  *is_code = rounds_recovery_code_check (secret, NULL);
  if (*is_code)
    return rounds_recovery_code_normalize (secret);
  if (g_utf8_validate (secret, -1, NULL))
    return g_utf8_normalize (secret, -1, G_NORMALIZE_NFC);
  return g_strdup (secret);
}

static gboolean
derive (const Slot *slot, const char *password, guint8 wrapping[crypto_secretbox_KEYBYTES], GError **error)
{
  if (crypto_pwhash_argon2id (wrapping, crypto_secretbox_KEYBYTES, password, strlen (password), slot->salt,
                              slot->passes, slot->memory, crypto_pwhash_argon2id_ALG_ARGON2ID13)
      == 0)
    return TRUE;
  g_set_error_literal (error, ROUNDS_ERROR, ROUNDS_ERROR_FAILED,
                       _ ("There is not enough memory to check the recovery code."));
  return FALSE;
}

static gboolean
read_keyring_secret (const char *secret, guint8 wrapping[crypto_secretbox_KEYBYTES])
{
  gsize length = 0;

  return strlen (secret) == 2 * crypto_secretbox_KEYBYTES
         && sodium_hex2bin (wrapping, crypto_secretbox_KEYBYTES, secret, strlen (secret), NULL, &length, NULL) == 0
         && length == crypto_secretbox_KEYBYTES;
}

static void
set_wrong_key (const char *slot, GError **error)
{
  if (g_str_equal (slot, ROUNDS_SLOT_KEYRING))
    g_set_error_literal (error, ROUNDS_ERROR, ROUNDS_ERROR_WRONG_KEY,
                         _ ("The keyring's entry does not open this database. The recovery code does."));
  else
    g_set_error_literal (error, ROUNDS_ERROR, ROUNDS_ERROR_WRONG_KEY,
                         _ ("The recovery code or passphrase does not open this database."));
}

/**
 * rounds_key_file_set_slot:
 * @slot: %ROUNDS_SLOT_KEYRING or %ROUNDS_SLOT_RECOVERY
 * @key: the database key
 * @secret: for the keyring slot from rounds_keyring_secret_new(), else a recovery code or a passphrase
 * @error: (out) (optional): %ROUNDS_ERROR_INVALID if @secret is empty or not a keyring secret
 *
 * Wraps @key under @secret, and puts the slot in place only after it has been opened again: a slot that does not open
 * never replaces one that does. For the recovery slot this takes twice the time of opening.
 *
 * Returns: %TRUE if the slot is set; the file is not saved yet
 */
gboolean
rounds_key_file_set_slot (RoundsKeyFile *self, const char *slot, const guint8 key[ROUNDS_KEY_LENGTH],
                          const char *secret, GError **error)
{
  Slot *place = find_slot (self, slot);
  Slot before = *place;
  Slot next = { .present = TRUE };
  guint8 wrapping[crypto_secretbox_KEYBYTES] = { 0 };
  guint8 opened[ROUNDS_KEY_LENGTH] = { 0 };
  gboolean ready;

  ensure_sodium ();
  if (place == &self->recovery)
    {
      gboolean is_code;
      char *password = prepare_password (secret, &is_code);

      next.passes = is_code ? CODE_PASSES : PASSPHRASE_PASSES;
      next.memory = is_code ? CODE_MEMORY : PASSPHRASE_MEMORY;
      randombytes_buf (next.salt, sizeof next.salt);
      ready = *password != '\0';
      if (ready && !derive (&next, password, wrapping, error))
        {
          rounds_secret_free (password);
          return FALSE;
        }
      rounds_secret_free (password);
    }
  else
    ready = read_keyring_secret (secret, wrapping);

  if (!ready)
    {
      g_set_error_literal (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID, _ ("This cannot be used as a secret."));
      return FALSE;
    }

  randombytes_buf (next.nonce, sizeof next.nonce);
  crypto_secretbox_easy (next.box, key, ROUNDS_KEY_LENGTH, next.nonce, wrapping);
  sodium_memzero (wrapping, sizeof wrapping);

  *place = next;
  ready = rounds_key_file_open_slot (self, slot, secret, opened, error)
          && sodium_memcmp (opened, key, ROUNDS_KEY_LENGTH) == 0;
  sodium_memzero (opened, sizeof opened);
  if (!ready)
    *place = before;
  return ready;
}

/**
 * rounds_key_file_open_slot:
 * @slot: %ROUNDS_SLOT_KEYRING or %ROUNDS_SLOT_RECOVERY
 * @secret: as for rounds_key_file_set_slot()
 * @key: (out): the database key; wipe it after use. Zeroed on failure
 * @error: (out) (optional): %ROUNDS_ERROR_WRONG_KEY; %ROUNDS_ERROR_NOT_FOUND if there is no such slot;
 *   %ROUNDS_ERROR_FAILED if there is not enough memory
 *
 * Returns: %TRUE if @key is the database key
 */
gboolean
rounds_key_file_open_slot (RoundsKeyFile *self, const char *slot, const char *secret, guint8 key[ROUNDS_KEY_LENGTH],
                           GError **error)
{
  const Slot *place = find_slot (self, slot);
  guint8 wrapping[crypto_secretbox_KEYBYTES] = { 0 };
  gboolean ready, opened;

  ensure_sodium ();
  sodium_memzero (key, ROUNDS_KEY_LENGTH);
  if (!place->present)
    {
      g_set_error_literal (error, ROUNDS_ERROR, ROUNDS_ERROR_NOT_FOUND,
                           place == &self->keyring ? _ ("The keyring was not set up to open this database.")
                                                   : _ ("No recovery code was set up for this database."));
      return FALSE;
    }

  if (place == &self->recovery)
    {
      gboolean is_code;
      char *password = prepare_password (secret, &is_code);

      ready = derive (place, password, wrapping, error);
      rounds_secret_free (password);
      if (!ready)
        return FALSE;
    }
  else
    ready = read_keyring_secret (secret, wrapping);

  opened = ready && crypto_secretbox_open_easy (key, place->box, BOX_LENGTH, place->nonce, wrapping) == 0;
  sodium_memzero (wrapping, sizeof wrapping);
  if (!opened)
    {
      sodium_memzero (key, ROUNDS_KEY_LENGTH);
      set_wrong_key (slot, error);
    }
  return opened;
}

/** rounds_key_file_copy_slot: @from is another state of the same file; its @slot replaces this one's. */
void
rounds_key_file_copy_slot (RoundsKeyFile *self, RoundsKeyFile *from, const char *slot)
{
  g_return_if_fail (g_str_equal (self->id, from->id));

  *find_slot (self, slot) = *find_slot (from, slot);
}
