/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-uuid.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

#include "rounds-time.h"

/* Random bytes by the kernel, in blocks: a system call for each of 2,500 imported rows would be felt. */
static void
fill_random (guint8 *bytes, gsize length)
{
  static GMutex lock;
  static guint8 pool[512];
  static gsize left = 0;

  g_mutex_lock (&lock);
  while (left < length)
    {
      ssize_t got = getrandom (pool, sizeof pool, 0);

      if (got == (ssize_t) sizeof pool)
        left = sizeof pool;
      else if (got < 0 && errno != EINTR)
        g_error ("The system has no random numbers: %s", g_strerror (errno));
    }
  memcpy (bytes, pool + sizeof pool - left, length);
  left -= length;
  g_mutex_unlock (&lock);
}

/**
 * rounds_uuid_new:
 *
 * Makes a UUIDv7 (RFC 9562, 5.7): 48 bits of Unix milliseconds, then a 12-bit counter within the millisecond
 * (method 1 of section 6.2), so that ids made by one process always ascend, then 62 random bits. Any thread.
 *
 * Returns: the new id
 */
RoundsUuid
rounds_uuid_new (void)
{
  static GMutex lock;
  static gint64 last_ms = 0;
  static guint counter = 0;
  RoundsUuid uuid;
  gint64 ms = rounds_time_now ();
  guint count;

  g_mutex_lock (&lock);
  if (ms > last_ms)
    {
      last_ms = ms;
      counter = 0;
    }
  else if (++counter > 0xfff)
    {
      last_ms++;
      counter = 0;
    }
  ms = last_ms;
  count = counter;
  g_mutex_unlock (&lock);

  fill_random (uuid.bytes + 8, 8);
  for (int i = 0; i < 6; i++)
    uuid.bytes[i] = (guint8) (ms >> (40 - 8 * i));
  uuid.bytes[6] = (guint8) (0x70 | (count >> 8));
  uuid.bytes[7] = (guint8) count;
  uuid.bytes[8] = (guint8) (0x80 | (uuid.bytes[8] & 0x3f));
  return uuid;
}

/**
 * rounds_uuid_new_from_name:
 * @space: a UUID that says what kind of names these are
 * @name: a name, in UTF-8
 *
 * Makes a UUIDv5 (RFC 9562, 5.5): the same wherever it is made, for what is known by its name alone.
 *
 * Returns: the id
 */
RoundsUuid
rounds_uuid_new_from_name (const RoundsUuid *space, const char *name)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA1);
  guint8 digest[20];
  gsize length = sizeof digest;
  RoundsUuid uuid;

  g_checksum_update (checksum, space->bytes, sizeof space->bytes);
  g_checksum_update (checksum, (const guchar *) name, (gssize) strlen (name));
  g_checksum_get_digest (checksum, digest, &length);
  memcpy (uuid.bytes, digest, sizeof uuid.bytes);
  uuid.bytes[6] = (guint8) (0x50 | (uuid.bytes[6] & 0x0f));
  uuid.bytes[8] = (guint8) (0x80 | (uuid.bytes[8] & 0x3f));
  return uuid;
}

/* The value of a hexadecimal digit, -1 for any other character. By arithmetic: ids are most of what a sync reads. */
static inline int
digit_value (char digit)
{
  guint decimal = (guint) (guchar) digit - '0';
  guint letter = ((guint) (guchar) digit | 0x20) - 'a';

  return decimal < 10 ? (int) decimal : letter < 6 ? (int) letter + 10 : -1;
}

/**
 * rounds_uuid_parse:
 * @text: (nullable): 36 characters in the form 8-4-4-4-12, either case
 * @uuid: (out): the id, untouched on failure
 *
 * Returns: %TRUE if @text is a UUID of any version
 */
gboolean
rounds_uuid_parse (const char *text, RoundsUuid *uuid)
{
  RoundsUuid result;
  int n = 0;

  if (text == NULL || strlen (text) != ROUNDS_UUID_STRING_LENGTH)
    return FALSE;

  for (int i = 0; i < ROUNDS_UUID_STRING_LENGTH;)
    {
      int high, low;

      if (i == 8 || i == 13 || i == 18 || i == 23)
        {
          if (text[i++] != '-')
            return FALSE;
          continue;
        }
      high = digit_value (text[i]);
      low = digit_value (text[i + 1]);
      if (high < 0 || low < 0)
        return FALSE;
      result.bytes[n++] = (guint8) (high << 4 | low);
      i += 2;
    }

  *uuid = result;
  return TRUE;
}

/**
 * rounds_uuid_format:
 * @uuid: an id
 * @text: (out): room for 36 characters in lower case and the terminating nul
 */
void
rounds_uuid_format (const RoundsUuid *uuid, char text[ROUNDS_UUID_STRING_LENGTH + 1])
{
  static const char hex[] = "0123456789abcdef";
  char *p = text;

  for (int i = 0; i < 16; i++)
    {
      if (i == 4 || i == 6 || i == 8 || i == 10)
        *p++ = '-';
      *p++ = hex[uuid->bytes[i] >> 4];
      *p++ = hex[uuid->bytes[i] & 0xf];
    }
  *p = '\0';
}

/**
 * rounds_uuid_to_string:
 * @uuid: an id
 *
 * Returns: (transfer full): @uuid in its canonical form
 */
char *
rounds_uuid_to_string (const RoundsUuid *uuid)
{
  char *text = g_malloc (ROUNDS_UUID_STRING_LENGTH + 1);

  rounds_uuid_format (uuid, text);
  return text;
}

/** rounds_uuid_equal: a #GEqualFunc over #RoundsUuid pointers. */
gboolean
rounds_uuid_equal (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof (RoundsUuid)) == 0;
}

/** rounds_uuid_hash: a #GHashFunc over the random half of a #RoundsUuid. */
guint
rounds_uuid_hash (gconstpointer uuid)
{
  guint32 word;

  memcpy (&word, ((const RoundsUuid *) uuid)->bytes + 12, sizeof word);
  return word;
}

/** rounds_uuid_is_nil: whether all bits are zero, the nil UUID, which names nothing. */
gboolean
rounds_uuid_is_nil (const RoundsUuid *uuid)
{
  static const RoundsUuid nil = { { 0 } };

  return rounds_uuid_equal (uuid, &nil);
}

/** rounds_uuid_set_new: Returns: (transfer full) (element-type RoundsUuid): an empty set, which owns its members */
GHashTable *
rounds_uuid_set_new (void)
{
  return g_hash_table_new_full (rounds_uuid_hash, rounds_uuid_equal, g_free, NULL);
}

/** rounds_uuid_set_add: adds a copy of @uuid. Returns: whether it was not there */
gboolean
rounds_uuid_set_add (GHashTable *set, const RoundsUuid *uuid)
{
  return g_hash_table_add (set, g_memdup2 (uuid, sizeof *uuid));
}

/** rounds_uuid_set_add_all: adds copies of the keys of @more, which are #RoundsUuid. */
void
rounds_uuid_set_add_all (GHashTable *set, GHashTable *more)
{
  GHashTableIter iter;
  gpointer uuid;

  g_hash_table_iter_init (&iter, more);
  while (g_hash_table_iter_next (&iter, &uuid, NULL))
    rounds_uuid_set_add (set, uuid);
}
