/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-profile.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "rounds-error.h"
#include "rounds-record-store.h"

struct _RoundsProfile
{
  GObject parent_instance;

  char *directory;     /* (owned) */
  char *database_path; /* (owned) */
  char *key_path;      /* (owned) */
};

G_DEFINE_FINAL_TYPE (RoundsProfile, rounds_profile, G_TYPE_OBJECT)

static void
rounds_profile_finalize (GObject *object)
{
  RoundsProfile *self = ROUNDS_PROFILE (object);

  g_free (self->directory);
  g_free (self->database_path);
  g_free (self->key_path);
  G_OBJECT_CLASS (rounds_profile_parent_class)->finalize (object);
}

static void
rounds_profile_class_init (RoundsProfileClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rounds_profile_finalize;
}

static void
rounds_profile_init (RoundsProfile *self)
{
}

static gboolean
set_file_error (int code, const char *message, GError **error)
{
  g_set_error (error, ROUNDS_ERROR, code == ENOSPC || code == EDQUOT ? ROUNDS_ERROR_NO_SPACE : ROUNDS_ERROR_FAILED,
               "%s: %s", message, g_strerror (code));
  return FALSE;
}

/* The folder, for the user alone: it holds the names of patients, and the sizes of files tell something too. An
 * existing folder's mode is the user's own decision. */
static gboolean
make_directory (RoundsProfile *self, GError **error)
{
  if (g_mkdir_with_parents (self->directory, 0700) == 0)
    return TRUE;
  return set_file_error (errno, _ ("The data folder cannot be made"), error);
}

/* Held while a profile is being made or its key file changed, so that two programs do not each make a key for the
 * other's database. Released by close() or by the end of the process. */
static int
take_lock (RoundsProfile *self, GError **error)
{
  g_autofree char *path = g_build_filename (self->directory, "keyslots.lock", NULL);
  int fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (fd < 0)
    {
      set_file_error (errno, _ ("The data folder cannot be written"), error);
      return -1;
    }
  if (flock (fd, LOCK_EX | LOCK_NB) == 0)
    return fd;

  g_close (fd, NULL);
  g_set_error_literal (error, ROUNDS_ERROR, ROUNDS_ERROR_LOCKED, _ ("Another program is setting up this data folder."));
  return -1;
}

static gboolean
has_database (RoundsProfile *self)
{
  return g_file_test (self->database_path, G_FILE_TEST_EXISTS);
}

/**
 * rounds_profile_new:
 * @directory: (nullable): the data directory, which need not exist; %NULL for `rounds` in the XDG data folder
 *
 * Returns: (transfer full): the profile; nothing is touched yet
 */
RoundsProfile *
rounds_profile_new (const char *directory)
{
  RoundsProfile *self = g_object_new (ROUNDS_TYPE_PROFILE, NULL);

  self->directory = directory != NULL ? g_canonicalize_filename (directory, NULL)
                                      : g_build_filename (g_get_user_data_dir (), "rounds", NULL);
  self->database_path = g_build_filename (self->directory, "rounds.db", NULL);
  self->key_path = g_build_filename (self->directory, "keyslots.json", NULL);
  return self;
}

/** rounds_profile_get_directory: Returns: (transfer none) (type filename): where everything of the profile is. */
const char *
rounds_profile_get_directory (RoundsProfile *self)
{
  return self->directory;
}

/** rounds_profile_get_database_path: Returns: (transfer none) (type filename): the encrypted database. */
const char *
rounds_profile_get_database_path (RoundsProfile *self)
{
  return self->database_path;
}

/** rounds_profile_get_key_path: Returns: (transfer none) (type filename): the key file. */
const char *
rounds_profile_get_key_path (RoundsProfile *self)
{
  return self->key_path;
}

/**
 * rounds_profile_get_state:
 * @error: (out) (optional): for %ROUNDS_PROFILE_DAMAGED what is wrong, for the user: %ROUNDS_ERROR_NOT_FOUND one of the
 *   two files is missing, %ROUNDS_ERROR_CORRUPT, %ROUNDS_ERROR_TOO_NEW the key file cannot be understood
 *
 * Only looks. A key file whose database has never been made, because the program was stopped in between, counts as
 * nothing; a database without a key file never does.
 *
 * Returns: what is in the directory
 */
RoundsProfileState
rounds_profile_get_state (RoundsProfile *self, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (RoundsKeyFile) file = rounds_key_file_load (self->key_path, &local);

  if (file != NULL)
    {
      if (has_database (self))
        return ROUNDS_PROFILE_EXISTS;
      if (!rounds_key_file_get_in_use (file))
        return ROUNDS_PROFILE_EMPTY;
      g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_NOT_FOUND,
                   _ ("The key file is there but the database %s is missing."), self->database_path);
      return ROUNDS_PROFILE_DAMAGED;
    }

  if (g_error_matches (local, ROUNDS_ERROR, ROUNDS_ERROR_NOT_FOUND))
    {
      if (!has_database (self))
        return ROUNDS_PROFILE_EMPTY;
      g_set_error (
        error, ROUNDS_ERROR, ROUNDS_ERROR_NOT_FOUND,
        _ ("The database is there but its key file %s is missing. Without it the database cannot be opened."),
        self->key_path);
      return ROUNDS_PROFILE_DAMAGED;
    }

  g_propagate_error (error, g_steal_pointer (&local));
  return ROUNDS_PROFILE_DAMAGED;
}

static gboolean
make_database (RoundsProfile *self, const guint8 key[ROUNDS_KEY_LENGTH], GError **error)
{
  g_autoptr (RoundsSqliteDatabase) database = NULL;
  g_autoptr (RoundsRecordStore) store = NULL;

  database = rounds_sqlite_database_open (self->database_path, key, ROUNDS_OPEN_CREATE, error);
  if (database == NULL)
    return FALSE;
  store = rounds_record_store_new (ROUNDS_DATABASE (database), ROUNDS_ROLE_DEVICE, error);
  if (store == NULL)
    return FALSE;
  if (g_chmod (self->database_path, 0600) != 0)
    return set_file_error (errno, _ ("The database cannot be kept from other users"), error);
  return TRUE;
}

static gboolean
check_is_empty (RoundsProfile *self, GError **error)
{
  g_autoptr (GError) local = NULL;

  switch (rounds_profile_get_state (self, &local))
    {
    case ROUNDS_PROFILE_EMPTY:
      return TRUE;
    case ROUNDS_PROFILE_EXISTS:
      g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_EXISTS, _ ("There is a database in %s already."), self->directory);
      return FALSE;
    case ROUNDS_PROFILE_DAMAGED:
    default:
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
}

/* With the lock held. The order is what makes a crash harmless: the key is on the disk before there is anything that
 * needs it, and the file says so ("in use") only after the database is there. */
static gboolean
create_locked (RoundsProfile *self, const char *recovery, guint8 key[ROUNDS_KEY_LENGTH], GError **error)
{
  g_autoptr (RoundsKeyFile) file = NULL;

  if (!check_is_empty (self, error))
    return FALSE;

  file = rounds_key_file_new (key);
  if (!rounds_key_file_set_slot (file, ROUNDS_SLOT_RECOVERY, key, recovery, error)
      || !rounds_key_file_save (file, self->key_path, error) || !make_database (self, key, error))
    return FALSE;

  rounds_key_file_set_in_use (file, TRUE);
  return rounds_key_file_save (file, self->key_path, error);
}

/**
 * rounds_profile_create:
 * @recovery: a code from rounds_recovery_code_new(), or a passphrase; the person must have it already
 * @key: (out): the new database key, zeroed on failure; wipe it after opening
 * @error: (out) (optional): %ROUNDS_ERROR_EXISTS or what rounds_profile_get_state() says if there is something already;
 *   %ROUNDS_ERROR_LOCKED, %ROUNDS_ERROR_NO_SPACE, %ROUNDS_ERROR_FAILED
 *
 * Makes the key file and an empty database. Takes some 100 ms.
 *
 * Returns: %TRUE if the profile can be opened with @key and with @recovery
 */
gboolean
rounds_profile_create (RoundsProfile *self, const char *recovery, guint8 key[ROUNDS_KEY_LENGTH], GError **error)
{
  gboolean created;
  int lock;

  memset (key, 0, ROUNDS_KEY_LENGTH);
  if (!make_directory (self, error) || (lock = take_lock (self, error)) < 0)
    return FALSE;

  created = create_locked (self, recovery, key, error);
  if (!created)
    sodium_memzero (key, ROUNDS_KEY_LENGTH);
  g_close (lock, NULL);
  return created;
}

/* The key file, if there is a database that it can be for. */
static RoundsKeyFile *
load_key_file (RoundsProfile *self, GError **error)
{
  switch (rounds_profile_get_state (self, error))
    {
    case ROUNDS_PROFILE_EXISTS:
      return rounds_key_file_load (self->key_path, error);
    case ROUNDS_PROFILE_EMPTY:
      g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_NOT_FOUND, _ ("There is no database in %s yet."), self->directory);
      return NULL;
    case ROUNDS_PROFILE_DAMAGED:
    default:
      return NULL;
    }
}

/**
 * rounds_profile_unlock:
 * @recovery: the recovery code as typed, or the passphrase
 * @key: (out): the database key, zeroed on failure; wipe it after opening
 * @error: (out) (optional): %ROUNDS_ERROR_WRONG_KEY, %ROUNDS_ERROR_NOT_FOUND, %ROUNDS_ERROR_CORRUPT,
 * %ROUNDS_ERROR_TOO_NEW
 *
 * Takes some 100 ms, which is the key derivation.
 */
gboolean
rounds_profile_unlock (RoundsProfile *self, const char *recovery, guint8 key[ROUNDS_KEY_LENGTH], GError **error)
{
  g_autoptr (RoundsKeyFile) file = load_key_file (self, error);

  memset (key, 0, ROUNDS_KEY_LENGTH);
  return file != NULL && rounds_key_file_open_slot (file, ROUNDS_SLOT_RECOVERY, recovery, key, error);
}

static void
free_key (gpointer key)
{
  sodium_memzero (key, ROUNDS_KEY_LENGTH);
  g_free (key);
}

static void
lookup_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  char *secret = rounds_keyring_lookup_finish (result, &error);
  guint8 *key;

  if (secret == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  key = g_malloc0 (ROUNDS_KEY_LENGTH);
  if (rounds_key_file_open_slot (g_task_get_task_data (task), ROUNDS_SLOT_KEYRING, secret, key, &error))
    g_task_return_pointer (task, key, free_key);
  else
    {
      free_key (key);
      g_task_return_error (task, error);
    }
  rounds_secret_free (secret);
}

/** rounds_profile_unlock_with_keyring_async: asks the keyring for the key; @callback comes within 10 seconds. */
void
rounds_profile_unlock_with_keyring_async (RoundsProfile *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                          gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  GError *error = NULL;
  RoundsKeyFile *file = load_key_file (self, &error);

  g_task_set_source_tag (task, rounds_profile_unlock_with_keyring_async);
  g_task_set_check_cancellable (task, FALSE);
  if (file == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  g_task_set_task_data (task, file, (GDestroyNotify) rounds_key_file_free);
  if (rounds_key_file_has_slot (file, ROUNDS_SLOT_KEYRING))
    rounds_keyring_lookup_async (file, cancellable, lookup_done_cb, g_steal_pointer (&task));
  else
    g_task_return_new_error_literal (task, ROUNDS_ERROR, ROUNDS_ERROR_NOT_FOUND,
                                     _ ("The keyring was not set up to open this database."));
}

/**
 * rounds_profile_unlock_with_keyring_finish:
 * @key: (out): the database key, zeroed on failure; wipe it after opening
 * @error: (out) (optional): %ROUNDS_ERROR_NOT_FOUND, %ROUNDS_ERROR_UNREACHABLE, %ROUNDS_ERROR_WRONG_KEY,
 *   %ROUNDS_ERROR_CANCELLED, and what rounds_profile_get_state() says
 */
gboolean
rounds_profile_unlock_with_keyring_finish (RoundsProfile *self, GAsyncResult *result, guint8 key[ROUNDS_KEY_LENGTH],
                                           GError **error)
{
  guint8 *found;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  memset (key, 0, ROUNDS_KEY_LENGTH);
  found = g_task_propagate_pointer (G_TASK (result), error);
  if (found == NULL)
    return FALSE;
  memcpy (key, found, ROUNDS_KEY_LENGTH);
  free_key (found);
  return TRUE;
}

/* What rounds_profile_remember_async() holds on to. */
typedef struct
{
  RoundsKeyFile *file; /* (owned) with the new slot, not saved yet */
} Remember;

static void
remember_free (gpointer data)
{
  Remember *remember = data;

  g_clear_pointer (&remember->file, rounds_key_file_free);
  g_free (remember);
}

/* Adds the new slot to the key file as it is now: the recovery code may have been changed while the keyring thought. */
static gboolean
add_keyring_slot (RoundsProfile *self, RoundsKeyFile *with_slot, GError **error)
{
  g_autoptr (RoundsKeyFile) file = NULL;
  gboolean added = FALSE;
  int lock = take_lock (self, error);

  if (lock < 0)
    return FALSE;
  file = load_key_file (self, error);
  if (file != NULL)
    {
      rounds_key_file_copy_slot (file, with_slot, ROUNDS_SLOT_KEYRING);
      added = rounds_key_file_save (file, self->key_path, error);
    }
  g_close (lock, NULL);
  return added;
}

static void
stored_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  RoundsProfile *self = g_task_get_source_object (task);
  Remember *remember = g_task_get_task_data (task);
  GError *error = NULL;

  /* The slot is written after the keyring has the secret. The other way round, a crash in between would leave a slot
   * for a secret that nobody has; this way an old slot meets a new secret, and the recovery code opens both. */
  if (rounds_keyring_store_finish (result, &error) && add_keyring_slot (self, remember->file, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/** rounds_profile_remember_async: lets the keyring open the profile from now on; @callback comes within 10 seconds. */
void
rounds_profile_remember_async (RoundsProfile *self, const guint8 key[ROUNDS_KEY_LENGTH], GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  Remember *remember = g_new0 (Remember, 1);
  GError *error = NULL;
  char *secret = rounds_keyring_secret_new ();

  g_task_set_source_tag (task, rounds_profile_remember_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, remember, remember_free);

  remember->file = load_key_file (self, &error);
  if (remember->file != NULL && rounds_key_file_set_slot (remember->file, ROUNDS_SLOT_KEYRING, key, secret, &error))
    rounds_keyring_store_async (remember->file, secret, cancellable, stored_cb, g_steal_pointer (&task));
  else
    g_task_return_error (task, error);
  rounds_secret_free (secret);
}

/** rounds_profile_remember_finish: %ROUNDS_ERROR_UNREACHABLE if there is no keyring: the code is asked at each start.
 */
gboolean
rounds_profile_remember_finish (RoundsProfile *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Renames a file of the profile into a folder; one that is not there is passed over. */
static gboolean
move_file (const char *path, const char *suffix, const char *folder, GError **error)
{
  g_autofree char *from = g_strconcat (path, suffix, NULL);
  g_autofree char *name = g_path_get_basename (from);
  g_autofree char *to = g_build_filename (folder, name, NULL);

  if (g_rename (from, to) == 0 || errno == ENOENT)
    return TRUE;
  return set_file_error (errno, _ ("The old files cannot be moved aside"), error);
}

/**
 * rounds_profile_move_aside:
 * @where: (out) (optional) (transfer full): the folder that holds the old files now
 * @error: (out) (optional): %ROUNDS_ERROR_LOCKED, %ROUNDS_ERROR_FAILED
 *
 * For a database that nothing opens: keeps everything, so that a code found later still opens it, and makes room for a
 * new one. No program may have the database open. The database goes first, so that it is never found without its log
 * (-wal), and the key file last: stopped half-way, the profile is damaged, not empty, and this can be called again.
 */
gboolean
rounds_profile_move_aside (RoundsProfile *self, char **where, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *name = g_date_time_format (now, "aside-%Y%m%d-%H%M%S-XXXXXX");
  g_autofree char *folder = g_build_filename (self->directory, name, NULL);
  gboolean moved;
  int lock = take_lock (self, error);

  if (lock < 0)
    return FALSE;
  if (g_mkdtemp_full (folder, 0700) == NULL)
    {
      set_file_error (errno, _ ("The old files cannot be moved aside"), error);
      g_close (lock, NULL);
      return FALSE;
    }

  moved = move_file (self->database_path, "", folder, error) && move_file (self->database_path, "-wal", folder, error)
          && move_file (self->database_path, "-shm", folder, error)
          && move_file (self->database_path, "-journal", folder, error)
          && move_file (self->key_path, "", folder, error);
  g_close (lock, NULL);
  if (moved && where != NULL)
    *where = g_steal_pointer (&folder);
  return moved;
}
