/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Many new records at once. Written group by group, each row would be for another table than the one before it, and
 * the pages of that table and of its indexes would have to come back into the processor's cache; entity by entity they
 * stay there. */

#include <stdlib.h>
#include <string.h>

#include "rounds-record-store-private.h"

/* New records of one entity that are good, but have no rows yet: they get them at once. */
typedef struct
{
  RoundsRecord *records[ROUNDS_ROWS_AT_ONCE]; /* (not owned) */
  RoundsUuid groups[ROUNDS_ROWS_AT_ONCE];
  guint64 filled[ROUNDS_ROWS_AT_ONCE];
  guint n;
} Waiting;

static gboolean
write_waiting (RoundsRecordStore *self, Waiting *waiting, GError **error)
{
  for (guint i = 0, n; i < waiting->n; i += n)
    {
      n = rounds_insert_count_rows (waiting->n - i);
      if (!rounds_record_store_insert_rows (self, &waiting->records[i], n, error))
        return FALSE;
    }
  for (guint i = 0; i < waiting->n; i++)
    {
      self->group = waiting->groups[i];
      if (!rounds_record_store_end_creation (self, waiting->records[i], waiting->filled[i], error))
        return FALSE;
    }
  waiting->n = 0;
  return TRUE;
}

/* Whether it is known, without a look into the table, that no record like @record stands against it. */
static gboolean
is_free (RoundsRecordStore *self, RoundsRecord *record)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (record));

  for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
    if ((info->fields[f].flags & (ROUNDS_FIELD_OWNER | ROUNDS_FIELD_UNIQUE)) && !rounds_record_is_null (record, f)
        && !rounds_record_store_is_first (self, record, f))
      return FALSE;
  return TRUE;
}

static gboolean
create (RoundsRecordStore *self, Waiting *waiting, RoundsRecord *record, const RoundsUuid *group, GError **error)
{
  gboolean may_wait = is_free (self, record);

  if (!may_wait && !write_waiting (self, waiting, error))
    return FALSE;
  self->group = *group;
  if (!rounds_record_store_begin_creation (self, record, &waiting->filled[waiting->n], error))
    return FALSE;
  rounds_record_store_note_place (self, record);
  waiting->records[waiting->n] = record;
  waiting->groups[waiting->n++] = *group;
  return (may_wait && waiting->n < ROUNDS_ROWS_AT_ONCE) || write_waiting (self, waiting, error);
}

/* Writes the records of @entity among @groups. Groups that are named in ascending order, as @ids are, can be put back
 * into it. */
static gboolean
create_entity (RoundsRecordStore *self, RoundsEntity entity, GPtrArray *groups, const RoundsUuid *ids, GError **error)
{
  Waiting waiting = { .n = 0 };

  for (guint g = 0; g < groups->len; g++)
    {
      const GPtrArray *records = groups->pdata[g];

      for (guint i = 0; i < records->len; i++)
        if (rounds_record_get_entity (records->pdata[i]) == entity
            && !create (self, &waiting, records->pdata[i], &ids[g], error))
          return FALSE;
    }
  return write_waiting (self, &waiting, error);
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
 * Saves what is new in many groups, in a transaction of rounds_record_store_begin_bulk(), in which the caller goes on
 * with a new group. Parents come before what refers to them, in a group and in the table of entities. After a failure
 * the caller rolls back.
 */
gboolean
rounds_record_store_create_groups (RoundsRecordStore *self, GPtrArray *groups, GError **error)
{
  g_autofree RoundsUuid *ids = g_new (RoundsUuid, groups->len);
  gboolean present[ROUNDS_N_ENTITIES];

  g_assert (self->is_bulk);
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
