/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a disk may lose when the power goes: everything since a file's last sync, by sectors. */

#include "faults-private.h"

#include <string.h>
#include <unistd.h>

#include <fcntl.h>

#define SECTOR 512

struct _FaultDisk
{
  char *path;
  GHashTable *sectors; /* gint64 number of a sector -> its bytes as they were synced */
  gint64 synced_size;  /* -1: nothing was written since the last sync */
};

static GPtrArray *disks;

static FaultDisk *
disk_new (const char *path)
{
  FaultDisk *self = g_new0 (FaultDisk, 1);

  self->path = g_strdup (path);
  self->sectors = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->synced_size = -1;
  return self;
}

static void
disk_free (gpointer data)
{
  FaultDisk *self = data;

  g_free (self->path);
  g_hash_table_unref (self->sectors);
  g_free (self);
}

/* Only a killed process loses anything, so that the list belongs to a child, or to the parent and does not grow. */
FaultDisk *
fault_disk_get (const char *path)
{
  if (disks == NULL)
    disks = g_ptr_array_new_with_free_func (disk_free);
  for (guint i = 0; i < disks->len; i++)
    {
      FaultDisk *self = g_ptr_array_index (disks, i);

      if (g_str_equal (self->path, path))
        return self;
    }
  g_ptr_array_add (disks, disk_new (path));
  return g_ptr_array_index (disks, disks->len - 1);
}

static void
note_size (FaultDisk *self, sqlite3_file *file)
{
  sqlite3_int64 size = 0;

  if (self->synced_size >= 0)
    return;
  file->pMethods->xFileSize (file, &size);
  self->synced_size = size;
}

static void
note_sectors (FaultDisk *self, sqlite3_file *file, gint64 begin, gint64 end)
{
  for (gint64 sector = begin / SECTOR; sector * SECTOR < MIN (end, self->synced_size); sector++)
    {
      guint8 *bytes;

      if (g_hash_table_contains (self->sectors, &sector))
        continue;
      bytes = g_malloc0 (SECTOR);
      file->pMethods->xRead (file, bytes, SECTOR, sector * SECTOR); /* short at the end, then zeros */
      g_hash_table_insert (self->sectors, g_memdup2 (&sector, sizeof sector), bytes);
    }
}

void
fault_disk_before_write (FaultDisk *self, sqlite3_file *file, sqlite3_int64 offset, int length)
{
  note_size (self, file);
  note_sectors (self, file, offset, offset + length);
}

void
fault_disk_before_truncate (FaultDisk *self, sqlite3_file *file, sqlite3_int64 size)
{
  note_size (self, file);
  note_sectors (self, file, size, self->synced_size);
}

void
fault_disk_synced (FaultDisk *self)
{
  g_hash_table_remove_all (self->sectors);
  self->synced_size = -1;
}

static void
lose (FaultDisk *self, FaultLoss loss, GRand *random)
{
  int file = open (self->path, O_RDWR | O_CLOEXEC);
  off_t size = file >= 0 ? lseek (file, 0, SEEK_END) : 0;
  g_autofree guint8 *nothing = g_malloc0 (SECTOR);

  if (file < 0)
    return; /* deleted since */
  for (gint64 sector = 0; sector * SECTOR < MAX (size, self->synced_size); sector++)
    {
      gint64 offset = sector * SECTOR;
      const guint8 *bytes = g_hash_table_lookup (self->sectors, &sector);

      if (offset >= self->synced_size)
        bytes = nothing;
      if (bytes != NULL && (loss == FAULT_DROPS || g_rand_boolean (random)))
        g_assert_cmpint (pwrite (file, bytes, SECTOR, offset), ==, SECTOR);
    }
  /* A file that had grown may keep its length, with nothing in it. */
  if (loss == FAULT_DROPS || g_rand_boolean (random))
    g_assert_cmpint (ftruncate (file, self->synced_size), ==, 0);
  close (file);
}

/* Puts every file into a state that the disk may be in after the power went. */
void
fault_disk_lose_all (FaultLoss loss, guint seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);

  for (guint i = 0; loss != FAULT_KEEPS && disks != NULL && i < disks->len; i++)
    {
      FaultDisk *self = g_ptr_array_index (disks, i);

      if (self->synced_size >= 0)
        lose (self, loss, random);
    }
}
