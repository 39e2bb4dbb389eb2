/* SPDX-License-Identifier: GPL-3.0-or-later */

/* SQLite's files: the usual ones, with faults. Of no version that maps files into memory, which would read around us.
 */

#include "faults-private.h"

typedef struct
{
  sqlite3_file base;
  sqlite3_file *real; /* in the same block, behind this */
  FaultDisk *disk;    /* (nullable): a temporary file */
} FaultFile;

static sqlite3_vfs *real_vfs;
static sqlite3_vfs vfs;

static FaultFile *
cast (sqlite3_file *file)
{
  return (FaultFile *) file;
}

/* Counts an operation; returns @failure, or what the armed fault has instead of it, if it is to fail. */
static int
check (FaultOperation operation, int failure)
{
  const Fault *fault = fault_count (operation);

  if (fault == NULL)
    return SQLITE_OK;
  return fault->effect == FAULT_IS_FULL ? SQLITE_FULL : failure;
}

static int
file_close (sqlite3_file *file)
{
  return cast (file)->real->pMethods->xClose (cast (file)->real);
}

static int
file_read (sqlite3_file *file, void *bytes, int length, sqlite3_int64 offset)
{
  sqlite3_file *real = cast (file)->real;
  int result = check (FAULT_READ, SQLITE_IOERR_READ);

  return result != SQLITE_OK ? result : real->pMethods->xRead (real, bytes, length, offset);
}

static int
write_through (FaultFile *self, const void *bytes, int length, sqlite3_int64 offset)
{
  if (self->disk != NULL)
    fault_disk_before_write (self->disk, self->real, offset, length);
  return self->real->pMethods->xWrite (self->real, bytes, length, offset);
}

static int
file_write (sqlite3_file *file, const void *bytes, int length, sqlite3_int64 offset)
{
  const Fault *fault = fault_count (FAULT_WRITE);

  if (fault == NULL)
    return write_through (cast (file), bytes, length, offset);
  switch (fault->effect)
    {
    case FAULT_FAILS:
      return SQLITE_IOERR_WRITE;
    case FAULT_IS_FULL:
      return SQLITE_FULL;
    case FAULT_IS_SHORT:
      write_through (cast (file), bytes, length / 2, offset);
      return SQLITE_IOERR_WRITE;
    case FAULT_KILLS:
      write_through (cast (file), bytes, length / 2, offset);
      fault_kill ();
    case FAULT_KILLS_AFTER:
    default:
      write_through (cast (file), bytes, length, offset);
      fault_kill ();
    }
}

static int
file_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  FaultFile *self = cast (file);
  int result = check (FAULT_TRUNCATE, SQLITE_IOERR_TRUNCATE);

  if (result != SQLITE_OK)
    return result;
  if (self->disk != NULL)
    fault_disk_before_truncate (self->disk, self->real, size);
  return self->real->pMethods->xTruncate (self->real, size);
}

/* The tests lose no power: what counts as synced is noted, and the disk is left in peace. */
static int
file_sync (sqlite3_file *file, int flags)
{
  const Fault *fault = fault_count (FAULT_SYNC);

  if (fault != NULL && fault->effect == FAULT_KILLS)
    fault_kill ();
  if (fault != NULL && fault->effect == FAULT_FAILS)
    return SQLITE_IOERR_FSYNC;
  if (cast (file)->disk != NULL)
    fault_disk_synced (cast (file)->disk);
  if (fault != NULL && fault->effect == FAULT_KILLS_AFTER)
    fault_kill ();
  return SQLITE_OK;
}

static int
file_size (sqlite3_file *file, sqlite3_int64 *size)
{
  return cast (file)->real->pMethods->xFileSize (cast (file)->real, size);
}

static int
file_lock (sqlite3_file *file, int level)
{
  int result = check (FAULT_LOCK, SQLITE_IOERR_LOCK);

  return result != SQLITE_OK ? result : cast (file)->real->pMethods->xLock (cast (file)->real, level);
}

static int
file_unlock (sqlite3_file *file, int level)
{
  return cast (file)->real->pMethods->xUnlock (cast (file)->real, level);
}

static int
file_check_lock (sqlite3_file *file, int *is_reserved)
{
  return cast (file)->real->pMethods->xCheckReservedLock (cast (file)->real, is_reserved);
}

static int
file_control (sqlite3_file *file, int what, void *argument)
{
  return cast (file)->real->pMethods->xFileControl (cast (file)->real, what, argument);
}

static int
file_sector_size (sqlite3_file *file)
{
  return cast (file)->real->pMethods->xSectorSize (cast (file)->real);
}

static int
file_device_characteristics (sqlite3_file *file)
{
  return cast (file)->real->pMethods->xDeviceCharacteristics (cast (file)->real);
}

static int
shared_map (sqlite3_file *file, int region, int size, int extend, void volatile **memory)
{
  int result = check (FAULT_SHARED_MEMORY, SQLITE_IOERR_SHMMAP);

  if (result != SQLITE_OK)
    return result;
  return cast (file)->real->pMethods->xShmMap (cast (file)->real, region, size, extend, memory);
}

static int
shared_lock (sqlite3_file *file, int offset, int n, int flags)
{
  int result = (flags & SQLITE_SHM_LOCK) ? check (FAULT_LOCK, SQLITE_IOERR_SHMLOCK) : SQLITE_OK;

  return result != SQLITE_OK ? result : cast (file)->real->pMethods->xShmLock (cast (file)->real, offset, n, flags);
}

static void
shared_barrier (sqlite3_file *file)
{
  cast (file)->real->pMethods->xShmBarrier (cast (file)->real);
}

static int
shared_unmap (sqlite3_file *file, int delete_flag)
{
  return cast (file)->real->pMethods->xShmUnmap (cast (file)->real, delete_flag);
}

static const sqlite3_io_methods methods = {
  .iVersion = 2,
  .xClose = file_close,
  .xRead = file_read,
  .xWrite = file_write,
  .xTruncate = file_truncate,
  .xSync = file_sync,
  .xFileSize = file_size,
  .xLock = file_lock,
  .xUnlock = file_unlock,
  .xCheckReservedLock = file_check_lock,
  .xFileControl = file_control,
  .xSectorSize = file_sector_size,
  .xDeviceCharacteristics = file_device_characteristics,
  .xShmMap = shared_map,
  .xShmLock = shared_lock,
  .xShmBarrier = shared_barrier,
  .xShmUnmap = shared_unmap,
};

static int
vfs_open (sqlite3_vfs *self, sqlite3_filename name, sqlite3_file *file, int flags, int *out_flags)
{
  int result = check (FAULT_OPEN, SQLITE_CANTOPEN);

  file->pMethods = NULL;
  if (result != SQLITE_OK)
    return result;
  cast (file)->real = (sqlite3_file *) (cast (file) + 1);
  cast (file)->disk = name != NULL ? fault_disk_get (name) : NULL;
  result = real_vfs->xOpen (real_vfs, name, cast (file)->real, flags, out_flags);
  if (cast (file)->real->pMethods != NULL)
    file->pMethods = &methods;
  return result;
}

static int
vfs_delete (sqlite3_vfs *self, const char *name, int sync_folder)
{
  int result = check (FAULT_DELETE, SQLITE_IOERR_DELETE);

  if (result != SQLITE_OK)
    return result;
  fault_disk_synced (fault_disk_get (name)); /* nothing of it is left to lose */
  return real_vfs->xDelete (real_vfs, name, sync_folder);
}

void
fault_vfs_install (void)
{
  real_vfs = sqlite3_vfs_find (NULL);
  g_assert_nonnull (real_vfs);
  vfs = *real_vfs;
  vfs.zName = "faults";
  vfs.szOsFile += (int) sizeof (FaultFile);
  vfs.xOpen = vfs_open;
  vfs.xDelete = vfs_delete;
  g_assert_cmpint (sqlite3_vfs_register (&vfs, TRUE), ==, SQLITE_OK);
}
