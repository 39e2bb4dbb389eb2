/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Forgetting what a device may no longer have, and saying what a server has lost. */

#include "rounds-record-feed.h"
#include "rounds-record-store-private.h"

/**
 * rounds_record_store_list_outside:
 * @scope: what may be seen
 *
 * Returns: (transfer full) (element-type RoundsUuid) (nullable): the records that have a territory which is not in
 * @scope
 */
GArray *
rounds_record_store_list_outside (RoundsRecordStore *self, RoundsEntity entity, const RoundsTerritoryScope *scope,
                                  GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT id, territory FROM \"%s\" WHERE territory IS NOT NULL",
                                          rounds_entity_get_info (entity)->name);
  g_autoptr (RoundsStatement) statement = rounds_database_prepare (self->database, sql, error);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (RoundsUuid));
  RoundsStep step;

  if (statement == NULL)
    return NULL;
  while ((step = rounds_statement_step (statement, error)) == ROUNDS_STEP_ROW)
    {
      RoundsUuid id;
      RoundsUuid territory;

      if (rounds_statement_get_uuid (statement, 0, &id) && rounds_statement_get_uuid (statement, 1, &territory)
          && !rounds_territory_scope_holds (scope, &territory))
        g_array_append_val (ids, id);
    }
  return step == ROUNDS_STEP_DONE ? g_steal_pointer (&ids) : NULL;
}

/**
 * rounds_record_store_has_open_changes:
 *
 * Returns: 1 if something that was done to @record here is not on the server: it waits, was refused, or is one side of
 * a conflict that nobody has decided; 0 if not; -1 on error
 */
int
rounds_record_store_has_open_changes (RoundsRecordStore *self, const RoundsUuid *record, GError **error)
{
  g_autoptr (RoundsStatement) statement = rounds_database_prepare (
    self->database,
    "SELECT 1 FROM change_log WHERE record = $1 AND state <> 1 UNION ALL"
    " SELECT 1 FROM conflict WHERE record = $1 AND resolved_at IS NULL AND deleted_at IS NULL LIMIT 1",
    error);

  if (statement == NULL)
    return -1;
  rounds_statement_bind_uuid (statement, 1, record);
  switch (rounds_statement_step (statement, error))
    {
    case ROUNDS_STEP_ROW:
      return 1;
    case ROUNDS_STEP_DONE:
      return 0;
    case ROUNDS_STEP_ERROR:
    default:
      return -1;
    }
}

/**
 * rounds_record_store_purge:
 * @id: a record, which need not be here
 * @error: (out) (optional): what the disk says
 *
 * Forgets a record as if it had never been here: no tombstone is left, and the log tells no one.
 */
gboolean
rounds_record_store_purge (RoundsRecordStore *self, RoundsEntity entity, const RoundsUuid *id, GError **error)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (entity);
  g_autofree char *sql = g_strdup_printf ("DELETE FROM \"%s\" WHERE id = $1", info->name);
  gint64 row_key = rounds_record_store_find_row (self, entity, id, error);

  g_assert (self->is_remote);
  if (row_key < 0)
    return FALSE;
  if (row_key == 0)
    return TRUE;
  if (rounds_entity_has_flag (entity, ROUNDS_FIELD_SEARCH)
      && !rounds_record_store_forget_words (self, entity, row_key, error))
    return FALSE;
  rounds_record_store_forget_places (self);
  if (!rounds_record_store_run_sql (self, sql, id, error)
      || !rounds_record_store_date_attendance (self, entity, id, G_MAXUINT64, error)
      || !rounds_record_store_run_sql (self, "DELETE FROM \"conflict\" WHERE record = $1", id, error)
      || !rounds_record_store_run_sql (self, "DELETE FROM change_log WHERE record = $1 AND state = 1", id, error))
    return FALSE;
  rounds_record_store_touch (self, entity, id);
  return TRUE;
}

/**
 * rounds_record_store_say_again:
 * @record: a record that is here and that the server has lost
 * @error: (out) (optional): what the disk says
 *
 * Adds a line to the log, and so to the outbox, that makes @record anew. Inside a transaction of
 * rounds_record_store_begin_remote().
 */
gboolean
rounds_record_store_say_again (RoundsRecordStore *self, RoundsRecord *record, GError **error)
{
  g_assert (self->is_remote);
  return rounds_record_store_add_to_log (self, record, NULL, ROUNDS_OPERATION_CREATE,
                                         rounds_record_store_find_filled (record), error)
         && rounds_record_store_flush_log (self, error);
}

/**
 * rounds_record_store_say_field:
 * @record: a record that is here
 * @field: a field of it whose value no server has had
 * @error: (out) (optional): what the disk says
 *
 * Adds a line to the log, and so to the outbox, that gives the empty field its value. Inside a transaction of
 * rounds_record_store_begin_remote().
 */
gboolean
rounds_record_store_say_field (RoundsRecordStore *self, RoundsRecord *record, guint field, GError **error)
{
  g_autoptr (RoundsRecord) before = rounds_record_dup (record);

  g_assert (self->is_remote);
  rounds_record_clear_field (before, field);
  return rounds_record_store_add_to_log (self, record, before, ROUNDS_OPERATION_UPDATE, ROUNDS_FIELD_BIT (field), error)
         && rounds_record_store_flush_log (self, error);
}
