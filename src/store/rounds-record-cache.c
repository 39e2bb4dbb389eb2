/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-record-cache-private.h"

/* How many of the oldest records are looked at for one that nobody else holds; a screen shows fewer. */
#define EVICTION_DEPTH 64

typedef struct
{
  gint64 key;
  RoundsRecord *record; /* (owned) */
  GList link;           /* in the list by last use */
} Entry;

struct _RoundsRecordCache
{
  guint size;
  GHashTable *entries; /* (owned) gint64* (of the entry) -> Entry (owned) */
  GQueue recent;       /* of Entry by its link, newest first */
  GHashTable *stale;   /* (owned) gint64* -> whether to replace it even if it is equal */
};

static GHashTable *
new_stale (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_object_unref (entry->record);
  g_free (entry);
}

/* Drops the record that was used longest ago and that nobody else holds. Returns: whether there was one. */
static gboolean
evict (RoundsRecordCache *self)
{
  GList *link = self->recent.tail;

  for (guint i = 0; link != NULL && i < EVICTION_DEPTH; i++, link = link->prev)
    {
      Entry *entry = link->data;

      if (g_atomic_int_get ((gint *) &G_OBJECT (entry->record)->ref_count) == 1)
        {
          g_queue_unlink (&self->recent, link);
          g_hash_table_remove (self->entries, &entry->key);
          return TRUE;
        }
    }
  return FALSE;
}

/*
 * rounds_record_cache_new:
 * @size: how many records are kept that nobody else holds
 */
RoundsRecordCache *
rounds_record_cache_new (guint size)
{
  RoundsRecordCache *self = g_new0 (RoundsRecordCache, 1);

  self->size = size;
  self->entries = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, entry_free);
  g_queue_init (&self->recent);
  self->stale = new_stale ();
  return self;
}

void
rounds_record_cache_free (RoundsRecordCache *self)
{
  g_hash_table_unref (self->entries);
  g_hash_table_unref (self->stale);
  g_free (self);
}

void
rounds_record_cache_clear (RoundsRecordCache *self)
{
  g_queue_init (&self->recent);
  g_hash_table_remove_all (self->entries);
  g_hash_table_remove_all (self->stale);
}

/* rounds_record_cache_look_up: the record, which counts as used now. */
RoundsRecord *
rounds_record_cache_look_up (RoundsRecordCache *self, gint64 key)
{
  Entry *entry = g_hash_table_lookup (self->entries, &key);

  if (entry == NULL)
    return NULL;
  g_queue_unlink (&self->recent, &entry->link);
  g_queue_push_head_link (&self->recent, &entry->link);
  return entry->record;
}

void
rounds_record_cache_put (RoundsRecordCache *self, gint64 key, RoundsRecord *record)
{
  Entry *entry = g_hash_table_lookup (self->entries, &key);

  if (entry != NULL)
    {
      g_set_object (&entry->record, record);
      return;
    }

  while (g_hash_table_size (self->entries) >= self->size)
    if (!evict (self))
      break;
  entry = g_new0 (Entry, 1);
  entry->key = key;
  entry->record = g_object_ref (record);
  entry->link.data = entry;
  g_queue_push_head_link (&self->recent, &entry->link);
  g_hash_table_insert (self->entries, &entry->key, entry);
}

/* rounds_record_cache_copy_keys: Returns: (transfer full) (element-type gint64*): the keys of what is there. */
GHashTable *
rounds_record_cache_copy_keys (RoundsRecordCache *self)
{
  GHashTable *keys = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (GList *link = self->recent.head; link != NULL; link = link->next)
    g_hash_table_add (keys, g_memdup2 (&((Entry *) link->data)->key, sizeof (gint64)));
  return keys;
}

/* rounds_record_cache_add_all: @records: gint64* -> RoundsRecord; those that are there already stay. */
void
rounds_record_cache_add_all (RoundsRecordCache *self, GHashTable *records)
{
  GHashTableIter iter;
  gpointer key, record;

  g_hash_table_iter_init (&iter, records);
  while (g_hash_table_iter_next (&iter, &key, &record))
    if (!g_hash_table_contains (self->entries, key))
      rounds_record_cache_put (self, *(gint64 *) key, record);
}

static void
add_stale (RoundsRecordCache *self, gint64 key, gboolean always)
{
  if (always || !g_hash_table_contains (self->stale, &key))
    g_hash_table_replace (self->stale, g_memdup2 (&key, sizeof key), GINT_TO_POINTER (always));
}

/*
 * rounds_record_cache_mark_stale:
 * @ids: (nullable): of the records that changed; %NULL: any
 * @always: to be replaced even if they are equal
 */
void
rounds_record_cache_mark_stale (RoundsRecordCache *self, GPtrArray *ids, gboolean always)
{
  g_autoptr (GHashTable) changed = ids != NULL ? g_hash_table_new (rounds_uuid_hash, rounds_uuid_equal) : NULL;

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    g_hash_table_add (changed, ids->pdata[i]);
  for (GList *link = self->recent.head; link != NULL; link = link->next)
    {
      Entry *entry = link->data;

      if (changed == NULL || g_hash_table_contains (changed, rounds_record_get_id (entry->record)))
        add_stale (self, entry->key, always);
    }
}

gboolean
rounds_record_cache_is_stale (RoundsRecordCache *self)
{
  return g_hash_table_size (self->stale) > 0;
}

/* rounds_record_cache_take_stale: Returns: (transfer full): what is to be read again, which now counts as being read.
 */
GHashTable *
rounds_record_cache_take_stale (RoundsRecordCache *self)
{
  GHashTable *stale = self->stale;

  self->stale = new_stale ();
  return stale;
}

/* rounds_record_cache_put_stale: the reading of @stale came to nothing: it is still to be read again. */
void
rounds_record_cache_put_stale (RoundsRecordCache *self, GHashTable *stale)
{
  GHashTableIter iter;
  gpointer key, always;

  g_hash_table_iter_init (&iter, stale);
  while (g_hash_table_iter_next (&iter, &key, &always))
    if (g_hash_table_contains (self->entries, key))
      add_stale (self, *(gint64 *) key, GPOINTER_TO_INT (always));
}

static gboolean
are_equal (RoundsRecord *a, RoundsRecord *b)
{
  guint n_fields = rounds_entity_get_info (rounds_record_get_entity (a))->n_fields;

  for (guint f = 0; f < n_fields; f++)
    if (!rounds_value_equal (rounds_record_get_value (a, f), rounds_record_get_value (b, f)))
      return FALSE;
  return TRUE;
}

/*
 * rounds_record_cache_renew:
 * @stale: what was read again
 * @fresh: gint64* -> RoundsRecord: as it was read
 *
 * Returns: (transfer full) (element-type gint64): the keys of those that have another record now
 */
GArray *
rounds_record_cache_renew (RoundsRecordCache *self, GHashTable *stale, GHashTable *fresh)
{
  GArray *renewed = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer key, record;

  g_hash_table_iter_init (&iter, fresh);
  while (g_hash_table_iter_next (&iter, &key, &record))
    {
      RoundsRecord *before = rounds_record_cache_look_up (self, *(gint64 *) key);
      gboolean always = GPOINTER_TO_INT (g_hash_table_lookup (stale, key));

      if (before == NULL || (!always && are_equal (before, record)))
        continue;
      rounds_record_cache_put (self, *(gint64 *) key, record);
      g_array_append_val (renewed, *(gint64 *) key);
    }
  return renewed;
}
