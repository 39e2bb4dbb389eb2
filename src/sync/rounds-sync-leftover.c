/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-sync-leftover.h"

/* One line for each record that is left over: the entity's name, a blank, the id. */
#define STATE_LEFTOVER "leftover"

struct _RoundsSyncLeftover
{
  RoundsRecordStore *store; /* (not owned) */
  GHashTable *waiting;      /* (owned): RoundsTouched (owned), by the record's id */
  gboolean is_changed;
  guint n_removed;
};

static guint
hash_touched (gconstpointer touched)
{
  return rounds_uuid_hash (&((const RoundsTouched *) touched)->record);
}

static gboolean
equal_touched (gconstpointer a, gconstpointer b)
{
  return rounds_uuid_equal (&((const RoundsTouched *) a)->record, &((const RoundsTouched *) b)->record);
}

static void
read_line (RoundsSyncLeftover *self, const char *line)
{
  g_auto (GStrv) parts = g_strsplit (line, " ", 2);
  RoundsTouched touched = { rounds_entity_from_name (parts[0]), { { 0 } } };

  if (rounds_entity_is_synced (touched.entity) && parts[1] != NULL && rounds_uuid_parse (parts[1], &touched.record))
    g_hash_table_add (self->waiting, g_memdup2 (&touched, sizeof touched));
}

/**
 * rounds_sync_leftover_load:
 * @store: a device's store
 * @error: (out) (optional): what the disk says
 *
 * Returns: (transfer full) (nullable): what is left over from before
 */
RoundsSyncLeftover *
rounds_sync_leftover_load (RoundsRecordStore *store, GError **error)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  RoundsSyncLeftover *self;

  if (!rounds_record_store_get_state (store, STATE_LEFTOVER, &text, error))
    return NULL;
  lines = g_strsplit (text != NULL ? text : "", "\n", -1);
  self = g_new0 (RoundsSyncLeftover, 1);
  self->store = store;
  self->waiting = g_hash_table_new_full (hash_touched, equal_touched, g_free, NULL);
  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0')
      read_line (self, lines[i]);
  return self;
}

/** rounds_sync_leftover_free: frees @self. */
void
rounds_sync_leftover_free (RoundsSyncLeftover *self)
{
  g_hash_table_unref (self->waiting);
  g_free (self);
}

/** rounds_sync_leftover_can_finish: 1 if something that was left over is free to go by now, 0 if not, -1 on error. */
int
rounds_sync_leftover_can_finish (RoundsSyncLeftover *self, GError **error)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->waiting);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      int is_open = rounds_record_store_has_open_changes (self->store, &((RoundsTouched *) key)->record, error);

      if (is_open <= 0)
        return is_open < 0 ? -1 : 1;
    }
  return 0;
}

static gboolean
forget (RoundsSyncLeftover *self, RoundsEntity entity, const RoundsUuid *id, GError **error)
{
  gint64 row_key = rounds_record_store_get_row_key (self->store, entity, id, error);

  self->n_removed += row_key > 0;
  return row_key == 0 || (row_key > 0 && rounds_record_store_purge (self->store, entity, id, error));
}

/**
 * rounds_sync_leftover_leave:
 * @id: a record that is not for this device any more
 * @error: (out) (optional): what the disk says
 *
 * Forgets the record, or remembers to do so once nothing of it is open.
 */
gboolean
rounds_sync_leftover_leave (RoundsSyncLeftover *self, RoundsEntity entity, const RoundsUuid *id, GError **error)
{
  RoundsTouched touched = { entity, *id };
  int is_open = rounds_record_store_has_open_changes (self->store, id, error);

  if (is_open < 0)
    return FALSE;
  if (is_open > 0)
    {
      self->is_changed |= g_hash_table_add (self->waiting, g_memdup2 (&touched, sizeof touched));
      return TRUE;
    }
  return forget (self, entity, id, error);
}

/** rounds_sync_leftover_leave_scope: leaves all records that belong to a territory outside of @scope. */
gboolean
rounds_sync_leftover_leave_scope (RoundsSyncLeftover *self, const RoundsTerritoryScope *scope, GError **error)
{
  for (int e = 0; e < ROUNDS_N_ENTITIES && !scope->everything; e++)
    {
      g_autoptr (GArray) ids = NULL;

      if (!rounds_entity_is_synced (e))
        continue;
      ids = rounds_record_store_list_outside (self->store, e, scope, error);
      if (ids == NULL)
        return FALSE;
      for (guint i = 0; i < ids->len; i++)
        if (!rounds_sync_leftover_leave (self, e, &g_array_index (ids, RoundsUuid, i), error))
          return FALSE;
    }
  return TRUE;
}

/** rounds_sync_leftover_keep: the record with @id has come from the server: it is for this device. */
void
rounds_sync_leftover_keep (RoundsSyncLeftover *self, const RoundsUuid *id)
{
  RoundsTouched touched = { ROUNDS_ENTITY_NONE, *id };

  if (g_hash_table_size (self->waiting) > 0)
    self->is_changed |= g_hash_table_remove (self->waiting, &touched);
}

/* Forgets what was left over and has nothing open by now. */
static gboolean
sweep (RoundsSyncLeftover *self, GError **error)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->waiting);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      const RoundsTouched *touched = key;
      int is_open = rounds_record_store_has_open_changes (self->store, &touched->record, error);

      if (is_open < 0
          || (!is_open && !rounds_record_store_purge (self->store, touched->entity, &touched->record, error)))
        return FALSE;
      if (is_open)
        continue;
      self->n_removed++;
      self->is_changed = TRUE;
      g_hash_table_iter_remove (&iter);
    }
  return TRUE;
}

/**
 * rounds_sync_leftover_finish:
 * @removed: (inout): goes up by the number of records that were forgotten
 * @error: (out) (optional): what the disk says
 *
 * Forgets what has become free to go, and notes what is still left over.
 */
gboolean
rounds_sync_leftover_finish (RoundsSyncLeftover *self, guint *removed, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  GHashTableIter iter;
  gpointer key;

  if (!sweep (self, error))
    return FALSE;
  *removed += self->n_removed;
  if (!self->is_changed)
    return TRUE;
  g_hash_table_iter_init (&iter, self->waiting);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      const RoundsTouched *touched = key;
      g_autofree char *id = rounds_uuid_to_string (&touched->record);

      g_string_append_printf (text, "%s %s\n", rounds_entity_get_info (touched->entity)->name, id);
    }
  return rounds_record_store_set_state (self->store, STATE_LEFTOVER, text->len > 0 ? text->str : NULL, error);
}
