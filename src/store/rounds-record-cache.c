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
};

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
  return self;
}

void
rounds_record_cache_free (RoundsRecordCache *self)
{
  g_hash_table_unref (self->entries);
  g_free (self);
}

void
rounds_record_cache_clear (RoundsRecordCache *self)
{
  g_queue_init (&self->recent);
  g_hash_table_remove_all (self->entries);
}

gboolean
rounds_record_cache_contains (RoundsRecordCache *self, gint64 key)
{
  return g_hash_table_contains (self->entries, &key);
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

/* rounds_record_cache_foreach: all of them, last used first; @func must not touch the cache. */
void
rounds_record_cache_foreach (RoundsRecordCache *self, RoundsRecordCacheFunc func, gpointer data)
{
  for (GList *link = self->recent.head; link != NULL; link = link->next)
    {
      Entry *entry = link->data;

      func (entry->key, entry->record, data);
    }
}
