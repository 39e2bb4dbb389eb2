/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Compound files ([MS-CFB]): a file system in a file, in which old versions of Office keep their documents, and new
 * ones those with a password. */

#include "rounds-compound-file.h"

#include <string.h>

#include "rounds-workbook.h"

#define HEADER_SIZE 512
#define ENTRY_SIZE 128
#define N_DIFAT_IN_HEADER 109
#define MAX_REGULAR_SECTOR 0xfffffffa
#define TYPE_STREAM 2
#define TYPE_ROOT 5

typedef struct
{
  const guint8 *file;
  gsize length;
  gsize sector_size;
  gsize mini_size;
  guint32 mini_cutoff;
  GArray *fat;      /* (owned) of guint32: which sector follows */
  GArray *mini_fat; /* (owned) of guint32 */
} CompoundFile;

static guint32
get_u16 (const guint8 *data)
{
  return data[0] | data[1] << 8;
}

static guint32
get_u32 (const guint8 *data)
{
  return get_u16 (data) | get_u16 (data + 2) << 16;
}

/* The last sector of a file may be cut; what is missing is not looked at then, or is damage. */
static const guint8 *
get_sector (CompoundFile *self, guint32 sector, gsize *available)
{
  guint64 start = (guint64) (sector + (guint64) 1) * self->sector_size;

  if (start >= self->length)
    rounds_workbook_fail (ROUNDS_WORKBOOK_DAMAGED);
  *available = MIN (self->sector_size, self->length - start);
  return self->file + start;
}

static void
append_table (CompoundFile *self, GArray *table, guint32 sector)
{
  gsize available;
  const guint8 *data = get_sector (self, sector, &available);

  for (gsize i = 0; i + 4 <= available; i += 4)
    {
      guint32 next = get_u32 (data + i);

      g_array_append_val (table, next);
    }
}

/* Where the table of sectors is: 109 places in the header, the rest in sectors of their own. */
static void
read_fat (CompoundFile *self)
{
  const guint8 *header = self->file;
  guint32 sector = get_u32 (header + 68);
  gsize n_left = self->length / self->sector_size;

  for (guint i = 0; i < N_DIFAT_IN_HEADER; i++)
    if (get_u32 (header + 76 + 4 * i) < MAX_REGULAR_SECTOR)
      append_table (self, self->fat, get_u32 (header + 76 + 4 * i));
  while (sector < MAX_REGULAR_SECTOR)
    {
      gsize available;
      const guint8 *data = get_sector (self, sector, &available);

      if (n_left-- == 0 || available < self->sector_size)
        rounds_workbook_fail (ROUNDS_WORKBOOK_DAMAGED);
      for (gsize i = 0; i + 8 <= available; i += 4)
        if (get_u32 (data + i) < MAX_REGULAR_SECTOR)
          append_table (self, self->fat, get_u32 (data + i));
      sector = get_u32 (data + available - 4);
    }
}

/* Appends the sectors that follow each other from @sector on. */
static void
read_chain (CompoundFile *self, guint32 sector, GByteArray *stream)
{
  gsize n_left = self->length / self->sector_size + 1;

  while (sector < MAX_REGULAR_SECTOR)
    {
      gsize available;
      const guint8 *data = get_sector (self, sector, &available);

      if (n_left-- == 0 || sector >= self->fat->len)
        rounds_workbook_fail (ROUNDS_WORKBOOK_DAMAGED);
      g_byte_array_append (stream, data, available);
      sector = g_array_index (self->fat, guint32, sector);
    }
}

static void
read_mini_chain (CompoundFile *self, const GByteArray *mini, guint32 sector, GByteArray *stream)
{
  gsize n_left = mini->len / self->mini_size + 1;

  while (sector < MAX_REGULAR_SECTOR)
    {
      gsize start = (gsize) sector * self->mini_size;

      if (n_left-- == 0 || sector >= self->mini_fat->len || start + self->mini_size > mini->len)
        rounds_workbook_fail (ROUNDS_WORKBOOK_DAMAGED);
      g_byte_array_append (stream, mini->data + start, self->mini_size);
      sector = g_array_index (self->mini_fat, guint32, sector);
    }
}

/* Names are UTF-16; those that we look for are ASCII. */
static gboolean
is_named (const guint8 *entry, const char *name)
{
  gsize length = strlen (name);

  if (get_u16 (entry + 64) != 2 * (length + 1))
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (get_u16 (entry + 2 * i) > 127 || g_ascii_tolower (entry[2 * i]) != g_ascii_tolower (name[i]))
      return FALSE;
  return TRUE;
}

/* The entries are a tree too; in one row they are found where the tree is broken. */
static const guint8 *
find_entry (const GByteArray *directory, guint8 type, const char *name)
{
  for (gsize at = 0; at + ENTRY_SIZE <= directory->len; at += ENTRY_SIZE)
    {
      const guint8 *entry = directory->data + at;

      if (entry[66] == type && (name == NULL || is_named (entry, name)))
        return entry;
    }
  return NULL;
}

static void
read_mini_stream (CompoundFile *self, const GByteArray *directory, guint32 sector, GByteArray *stream)
{
  g_autoptr (GByteArray) table = g_byte_array_new ();
  g_autoptr (GByteArray) mini = g_byte_array_new ();
  const guint8 *root = find_entry (directory, TYPE_ROOT, NULL);

  if (root == NULL)
    rounds_workbook_fail (ROUNDS_WORKBOOK_DAMAGED);
  read_chain (self, get_u32 (self->file + 60), table);
  for (gsize i = 0; i + 4 <= table->len; i += 4)
    {
      guint32 next = get_u32 (table->data + i);

      g_array_append_val (self->mini_fat, next);
    }
  read_chain (self, get_u32 (root + 116), mini);
  read_mini_chain (self, mini, sector, stream);
}

/**
 * rounds_compound_file_read:
 * @file: (array length=length): a compound file; ends the program if it is damaged
 * @name: a stream's name, in ASCII
 *
 * Returns: (transfer full) (nullable): what is in the stream; %NULL if there is none of that name
 */
GByteArray *
rounds_compound_file_read (const guint8 *file, gsize length, const char *name)
{
  g_autoptr (GArray) fat = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GArray) mini_fat = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GByteArray) directory = g_byte_array_new ();
  g_autoptr (GByteArray) stream = g_byte_array_new ();
  CompoundFile self = { .file = file, .length = length, .fat = fat, .mini_fat = mini_fat };
  const guint8 *entry;
  guint32 size;

  if (length < HEADER_SIZE || get_u16 (file + 30) < 7 || get_u16 (file + 30) > 16 || get_u16 (file + 32) < 2
      || get_u16 (file + 32) > get_u16 (file + 30))
    rounds_workbook_fail (ROUNDS_WORKBOOK_DAMAGED);
  self.sector_size = (gsize) 1 << get_u16 (file + 30);
  self.mini_size = (gsize) 1 << get_u16 (file + 32);
  self.mini_cutoff = get_u32 (file + 56);

  read_fat (&self);
  read_chain (&self, get_u32 (file + 48), directory);
  entry = find_entry (directory, TYPE_STREAM, name);
  if (entry == NULL)
    return NULL;

  size = get_u32 (entry + 120);
  if (size < self.mini_cutoff)
    read_mini_stream (&self, directory, get_u32 (entry + 116), stream);
  else
    read_chain (&self, get_u32 (entry + 116), stream);
  if (stream->len > size)
    g_byte_array_set_size (stream, size);
  return g_steal_pointer (&stream);
}
