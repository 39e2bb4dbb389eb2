/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-key-list-private.h"

#include "rounds-record-store-private.h"

RoundsKeyList *
rounds_key_list_new (void)
{
  RoundsKeyList *self = g_new0 (RoundsKeyList, 1);

  self->keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->sections = g_array_new (FALSE, FALSE, sizeof (RoundsKeySection));
  return self;
}

/* rounds_key_list_read: Returns: (transfer full) (nullable): the rows of @query, %NULL on error. */
RoundsKeyList *
rounds_key_list_read (RoundsRecordStore *store, RoundsQuery *query, GError **error)
{
  g_autoptr (GArray) sections = g_array_new (FALSE, FALSE, sizeof (RoundsKeySection));
  GArray *keys = rounds_record_store_list_keys_in_sections (store, query, sections, error);
  RoundsKeyList *self;

  if (keys == NULL)
    return NULL;
  self = g_new0 (RoundsKeyList, 1);
  self->keys = keys;
  self->sections = g_steal_pointer (&sections);
  return self;
}

void
rounds_key_list_free (RoundsKeyList *self)
{
  g_array_unref (self->keys);
  g_array_unref (self->sections);
  g_free (self);
}

gint64
rounds_key_list_get (const RoundsKeyList *self, guint position)
{
  return g_array_index (self->keys, gint64, position);
}

guint
rounds_key_list_find (const RoundsKeyList *self, gint64 key)
{
  for (guint i = 0; i < self->keys->len; i++)
    if (rounds_key_list_get (self, i) == key)
      return i;
  return G_MAXUINT;
}

/* rounds_key_list_find_all: Returns: (transfer full) (element-type guint): where @wanted keys are, in ascending order.
 */
GArray *
rounds_key_list_find_all (const RoundsKeyList *self, GArray *wanted)
{
  GArray *positions = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GHashTable) set = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < wanted->len; i++)
    g_hash_table_add (set, &g_array_index (wanted, gint64, i));
  for (guint i = 0; i < self->keys->len && positions->len < wanted->len; i++)
    if (g_hash_table_contains (set, &g_array_index (self->keys, gint64, i)))
      g_array_append_val (positions, i);
  return positions;
}

/*
 * rounds_key_list_get_section:
 * @start: (out): the first row of the section of the row at @position
 * @end: (out): the row after its last one
 *
 * Returns: the section's letter; 0 if there are no sections, which is one that is all of the list
 */
gunichar
rounds_key_list_get_section (const RoundsKeyList *self, guint position, guint *start, guint *end)
{
  const RoundsKeySection *sections = (const RoundsKeySection *) (gpointer) self->sections->data;
  guint low = 0, high = self->sections->len;

  *start = 0;
  *end = self->keys->len;
  if (high == 0)
    return 0;
  while (low + 1 < high)
    {
      guint middle = (low + high) / 2;

      if (sections[middle].start <= position)
        low = middle;
      else
        high = middle;
    }
  *start = sections[low].start;
  if (low + 1 < self->sections->len)
    *end = sections[low + 1].start;
  return sections[low].letter;
}

/*
 * rounds_key_list_compare:
 * @change: (out): the one range in which they differ
 *
 * Returns: whether they differ
 */
gboolean
rounds_key_list_compare (const RoundsKeyList *before, const RoundsKeyList *after, RoundsKeyChange *change)
{
  guint n_before = before->keys->len, n_after = after->keys->len;
  guint shorter = MIN (n_before, n_after);
  guint head = 0, tail = 0;

  while (head < shorter && rounds_key_list_get (before, head) == rounds_key_list_get (after, head))
    head++;
  while (tail < shorter - head
         && rounds_key_list_get (before, n_before - 1 - tail) == rounds_key_list_get (after, n_after - 1 - tail))
    tail++;
  *change = (RoundsKeyChange) { head, n_before - head - tail, n_after - head - tail };
  return change->removed > 0 || change->added > 0;
}
