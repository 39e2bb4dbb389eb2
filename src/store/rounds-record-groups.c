/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Many new records at once. Written group by group, each row would be for another table than the one before it, and
 * the pages of that table and of its indexes would have to come back into the processor's cache; entity by entity they
 * stay there. */

#include <stdlib.h>
#include <string.h>

#include "rounds-record-store-private.h"

/* Writes the records of @entity among @groups. Groups that are named in ascending order, as @ids are, can be put back
 * into it. */
static gboolean
create_entity (RoundsRecordStore *self, RoundsEntity entity, GPtrArray *groups, const RoundsUuid *ids, GError **error)
{
  for (guint g = 0; g < groups->len; g++)
    {
      const GPtrArray *records = groups->pdata[g];

      self->group = ids[g];
      for (guint i = 0; i < records->len; i++)
        if (rounds_record_get_entity (records->pdata[i]) == entity
            && !rounds_record_store_create (self, records->pdata[i], error))
          return FALSE;
    }
  return TRUE;
}

static void
find_entities (GPtrArray *groups, gboolean present[ROUNDS_N_ENTITIES])
{
  memset (present, 0, ROUNDS_N_ENTITIES * sizeof *present);
  for (guint g = 0; g < groups->len; g++)
    {
      const GPtrArray *records = groups->pdata[g];

      for (guint i = 0; i < records->len; i++)
        present[rounds_record_get_entity (records->pdata[i])] = TRUE;
    }
  /* What may be done to these depends on what else their group holds. */
  g_assert (!present[ROUNDS_ENTITY_INTERACTION] && !present[ROUNDS_ENTITY_INTERACTION_ATTENDEE]
            && !present[ROUNDS_ENTITY_AMENDMENT] && !present[ROUNDS_ENTITY_MERGE]);
}

static int
compare_ids (const void *a, const void *b)
{
  return memcmp (a, b, sizeof (RoundsUuid));
}

static int
compare_groups (gconstpointer a, gconstpointer b)
{
  const RoundsChange *first = a;
  const RoundsChange *second = b;

  return compare_ids (&first->group, &second->group);
}

/**
 * rounds_record_store_create_groups:
 * @groups: (element-type GPtrArray): of new records, each array a group of its own for the sync; no interactions and
 *   no merges
 * @error: (out) (optional): as rounds_record_store_save(), and %ROUNDS_ERROR_EXISTS if a record is there already
 *
 * Saves what is new in many groups, inside the open transaction, in which the caller goes on with a new group. Parents
 * come before what refers to them, in a group and in the table of entities. After a failure the caller rolls back.
 */
gboolean
rounds_record_store_create_groups (RoundsRecordStore *self, GPtrArray *groups, GError **error)
{
  g_autofree RoundsUuid *ids = g_new (RoundsUuid, groups->len);
  gboolean present[ROUNDS_N_ENTITIES];

  g_assert (self->in_transaction);
  if (groups->len == 0)
    return TRUE;
  /* Only lines of these groups may be among those that are sorted. */
  if (!rounds_record_store_flush_log (self, error))
    return FALSE;
  for (guint g = 0; g < groups->len; g++)
    ids[g] = rounds_uuid_new ();
  /* The clock may have been set back in between. */
  qsort (ids, groups->len, sizeof *ids, compare_ids);
  find_entities (groups, present);

  self->holds_log = TRUE;
  for (int e = 0; e < ROUNDS_N_ENTITIES; e++)
    if (present[e] && !create_entity (self, e, groups, ids, error))
      return FALSE;
  self->holds_log = FALSE;
  g_ptr_array_sort_values (self->log, compare_groups);
  rounds_record_store_begin_group (self);
  return rounds_record_store_flush_log (self, error);
}
