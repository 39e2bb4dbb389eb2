/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-sync-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/file.h>

#include "rounds-error.h"
#include "rounds-sqlite-database.h"

struct _RoundsSyncLock
{
  int fd; /* (owned) -1 for a database that is no file */
};

/**
 * rounds_sync_lock_take:
 * @store: a device's store; on its thread
 * @error: (out) (optional): %ROUNDS_ERROR_LOCKED if another sync is under way, in this program or in another
 *
 * Take it before the refresh token is read from the store: whoever held it before may have renewed it.
 *
 * Returns: (transfer full) (nullable): the lock; to be released by rounds_sync_lock_release(), any thread
 */
RoundsSyncLock *
rounds_sync_lock_take (RoundsRecordStore *store, GError **error)
{
  /* A device's database is always SQLite; "" is one in memory, which nobody else can have. */
  const char *path =
    rounds_sqlite_database_get_path (ROUNDS_SQLITE_DATABASE (rounds_record_store_get_database (store)));
  g_autofree char *lock_path = NULL;
  RoundsSyncLock *self;
  int fd;

  if (*path == '\0')
    fd = -1;
  else
    {
      lock_path = g_strconcat (path, "-sync", NULL);
      fd = g_open (lock_path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
      if (fd < 0)
        {
          g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_FAILED, _ ("The data folder cannot be written: %s"),
                       g_strerror (errno));
          return NULL;
        }
      if (flock (fd, LOCK_EX | LOCK_NB) != 0)
        {
          g_close (fd, NULL);
          g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_LOCKED,
                       _ ("Another program is syncing this store at the moment."));
          return NULL;
        }
    }

  self = g_new0 (RoundsSyncLock, 1);
  self->fd = fd;
  return self;
}

/** rounds_sync_lock_release: lets the next one begin. */
void
rounds_sync_lock_release (RoundsSyncLock *self)
{
  if (self->fd >= 0)
    g_close (self->fd, NULL);
  g_free (self);
}
