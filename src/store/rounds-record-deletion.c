/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Deleting records and taking that back, one or many at once. What belongs to them: rounds-record-trash.c.
 *
 * Many are written as rounds-record-groups.c creates them: entity by entity, many rows a statement. */

#include "rounds-error.h"
#include "rounds-record-store-private.h"
#include "rounds-time.h"

typedef struct
{
  RoundsEntity entity;
  const RoundsUuid *id;
  gboolean deleted;
} Deletion;

/* What went together is told by its time, here, on the server and on every other device: rounds-record-trash.c. So no
 * two groups have the same one, however quickly they follow each other. */
static gint64
take_deletion_time (RoundsRecordStore *self)
{
  if (self->deletion_time == 0)
    self->last_deletion = self->deletion_time = MAX (rounds_time_now (), self->last_deletion + 1);
  return self->deletion_time;
}

/* What was freed by the deletion may have been taken since. */
static gboolean
check_free (RoundsRecordStore *self, RoundsRecord *record, GError **error)
{
  return rounds_record_store_check_unique (self, record, G_MAXUINT64, error)
         && rounds_record_store_check_rules (self, record, G_MAXUINT64, error);
}

static RoundsOperation
get_operation (gboolean deleted)
{
  return deleted ? ROUNDS_OPERATION_DELETE : ROUNDS_OPERATION_RESTORE;
}

/* Writes what a deletion, or taking it back, has made of @before. */
static gboolean
write_deletion (RoundsRecordStore *self, RoundsRecord *record, RoundsRecord *before, gint64 row_key, GError **error)
{
  return rounds_record_store_update_row (self, record, before, row_key,
                                         ROUNDS_FIELD_BIT (ROUNDS_FIELD_REV)
                                           | ROUNDS_FIELD_BIT (ROUNDS_FIELD_UPDATED_AT)
                                           | ROUNDS_FIELD_BIT (ROUNDS_FIELD_DELETED_AT),
                                         error)
         && rounds_record_store_finish_write (self, record, before, get_operation (rounds_record_is_deleted (record)),
                                              0, error);
}

static gboolean
set_deleted (RoundsRecordStore *self, gpointer data, GError **error)
{
  const Deletion *deletion = data;
  g_autoptr (RoundsRecord) before = rounds_record_store_get (self, deletion->entity, deletion->id, error);
  g_autoptr (RoundsRecord) record = NULL;
  gint64 row_key;

  if (before == NULL)
    return FALSE;
  row_key = rounds_record_store_find_row (self, deletion->entity, deletion->id, error);
  if (row_key < 0)
    return FALSE;
  if (rounds_record_is_deleted (before) == deletion->deleted)
    return TRUE;
  if (deletion->deleted && !rounds_record_store_check_lock (self, before, before, G_MAXUINT64, error))
    return FALSE;

  record = rounds_record_dup (before);
  rounds_record_store_stamp (self, record, before);
  if (deletion->deleted)
    rounds_record_set_integer (record, ROUNDS_FIELD_DELETED_AT, take_deletion_time (self));
  else
    rounds_record_clear_field (record, ROUNDS_FIELD_DELETED_AT);

  return (deletion->deleted || check_free (self, record, error))
         && write_deletion (self, record, before, row_key, error);
}

/**
 * rounds_record_store_delete:
 * @error: (out) (optional): %ROUNDS_ERROR_NOT_FOUND
 *
 * Makes the record a tombstone: lists and searches leave it out, rounds_record_store_restore() brings it back. What
 * refers to it stays; rounds_record_store_delete_whole() takes along what belongs to it. Deleting twice is no error.
 */
gboolean
rounds_record_store_delete (RoundsRecordStore *self, RoundsEntity entity, const RoundsUuid *id, GError **error)
{
  Deletion deletion = { entity, id, TRUE };

  return rounds_record_store_run (self, set_deleted, &deletion, error);
}

/**
 * rounds_record_store_restore:
 * @error: (out) (optional): %ROUNDS_ERROR_NOT_FOUND; %ROUNDS_ERROR_EXISTS if a unique value has been taken meanwhile
 *
 * Takes a deletion back.
 */
gboolean
rounds_record_store_restore (RoundsRecordStore *self, RoundsEntity entity, const RoundsUuid *id, GError **error)
{
  Deletion deletion = { entity, id, FALSE };

  return rounds_record_store_run (self, set_deleted, &deletion, error);
}

/**
 * rounds_record_store_restore_along:
 * @error: (out) (optional): as rounds_record_store_restore()
 *
 * Takes a deletion back as that of something else is, or in place of something else: nobody has asked for this record,
 * and the log says so (rounds_change_is_along()).
 */
gboolean
rounds_record_store_restore_along (RoundsRecordStore *self, RoundsEntity entity, const RoundsUuid *id, GError **error)
{
  gboolean done;

  self->comes_along = TRUE;
  done = rounds_record_store_restore (self, entity, id, error);
  self->comes_along = FALSE;
  return done;
}

/** rounds_record_store_get_deletion_time: Returns: when what the open group has deleted was; 0 if it has deleted
 * nothing yet. */
gint64
rounds_record_store_get_deletion_time (RoundsRecordStore *self)
{
  g_assert (self->in_transaction);
  return self->deletion_time;
}

/* Inside the open transaction: @record (inout), which is in the trash, went there at @at, or, if that is 0, in the open
 * group. */
gboolean
rounds_record_store_move_deletion (RoundsRecordStore *self, RoundsRecord *record, gint64 at, GError **error)
{
  g_autoptr (RoundsRecord) before = rounds_record_dup (record);
  gint64 row_key =
    rounds_record_store_find_row (self, rounds_record_get_entity (record), rounds_record_get_id (record), error);

  g_assert (self->in_transaction && rounds_record_is_deleted (record));
  if (row_key <= 0)
    return FALSE;
  rounds_record_set_integer (record, ROUNDS_FIELD_DELETED_AT, at != 0 ? at : take_deletion_time (self));
  if (rounds_value_equal (rounds_record_get_value (record, ROUNDS_FIELD_DELETED_AT),
                          rounds_record_get_value (before, ROUNDS_FIELD_DELETED_AT)))
    return TRUE;
  rounds_record_store_stamp (self, record, before);
  return write_deletion (self, record, before, row_key, error);
}

/* Many at once */

/* Rows of one entity that are written at once. */
typedef struct
{
  RoundsEntity entity;
  gboolean deleted; /* what they become */
  char *sql[2];     /* (owned) (nullable): for one row and for ROUNDS_ROWS_AT_ONCE */
  gint64 keys[ROUNDS_ROWS_AT_ONCE];
  guint n;
} Rows;

static void
rows_clear (Rows *self)
{
  g_free (self->sql[0]);
  g_free (self->sql[1]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Rows, rows_clear)

static const char *
get_rows_sql (Rows *self, guint n)
{
  char **sql = &self->sql[n > 1];
  GString *text;

  if (*sql != NULL)
    return *sql;
  text = g_string_new (NULL);
  g_string_append_printf (text, "UPDATE \"%s\" SET updated_at = $1, deleted_at = $2 WHERE row_key IN (",
                          rounds_entity_get_info (self->entity)->name);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s$%u", i > 0 ? ", " : "", i + 3);
  g_string_append_c (text, ')');
  return *sql = g_string_free_and_steal (text);
}

static gboolean
write_rows (RoundsRecordStore *self, Rows *rows, GError **error)
{
  RoundsValue deleted_at = ROUNDS_VALUE_INIT;

  if (rows->deleted)
    deleted_at = (RoundsValue) { ROUNDS_VALUE_INTEGER, { .integer = take_deletion_time (self) } };
  for (guint i = 0, n; i < rows->n; i += n)
    {
      g_autoptr (RoundsStatement) statement = NULL;

      n = rounds_insert_count_rows (rows->n - i);
      statement = rounds_database_prepare (self->database, get_rows_sql (rows, n), error);
      if (statement == NULL)
        return FALSE;
      rounds_statement_bind_integer (statement, 1, rounds_time_now ());
      rounds_statement_bind (statement, 2, &deleted_at);
      for (guint k = 0; k < n; k++)
        rounds_statement_bind_integer (statement, (int) k + 3, rows->keys[i + k]);
      if (!rounds_statement_run (statement, error))
        return FALSE;
    }
  rows->n = 0;
  return TRUE;
}

/* @record: (out) (transfer full) (nullable): as it is to be; %NULL if nothing is to be done about it: it is not here,
 * or is that already, or something has taken its place */
static gboolean
find_row (RoundsRecordStore *self, const RoundsTouched *one, gboolean deleted, gint64 *row_key, RoundsRecord **record,
          GError **error)
{
  g_autoptr (RoundsRecord) found = NULL;
  g_autoptr (GError) local_error = NULL;

  *record = NULL;
  *row_key = rounds_record_store_find_row (self, one->entity, &one->record, error);
  if (*row_key <= 0)
    return *row_key == 0;
  found = rounds_record_store_get_by_key (self, one->entity, *row_key, error);
  if (found == NULL || rounds_record_is_deleted (found) == deleted)
    return found != NULL;
  if (!deleted)
    {
      rounds_record_clear_field (found, ROUNDS_FIELD_DELETED_AT);
      if (!check_free (self, found, &local_error))
        {
          if (g_error_matches (local_error, ROUNDS_ERROR, ROUNDS_ERROR_EXISTS))
            return TRUE;
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
    }
  *record = g_steal_pointer (&found);
  return TRUE;
}

/* @written: gets those of @entity among @records that are written, at their places there */
static gboolean
write_entity (RoundsRecordStore *self, RoundsEntity entity, GArray *records, gboolean deleted, GPtrArray *written,
              GError **error)
{
  /* What comes back one by one is seen by the check of the next one. */
  const guint at_once = deleted ? ROUNDS_ROWS_AT_ONCE : 1;
  g_auto (Rows) rows = { .entity = entity, .deleted = deleted };

  for (guint i = 0; i < records->len; i++)
    {
      const RoundsTouched *one = &g_array_index (records, RoundsTouched, i);
      RoundsRecord *record;

      if (one->entity != entity)
        continue;
      if (!find_row (self, one, deleted, &rows.keys[rows.n], &record, error))
        return FALSE;
      if (record == NULL)
        continue;
      written->pdata[i] = record;
      if (++rows.n == at_once && !write_rows (self, &rows, error))
        return FALSE;
    }
  return write_rows (self, &rows, error);
}

static void
find_entities (GArray *records, gboolean present[ROUNDS_N_ENTITIES])
{
  memset (present, 0, ROUNDS_N_ENTITIES * sizeof *present);
  for (guint i = 0; i < records->len; i++)
    present[g_array_index (records, RoundsTouched, i).entity] = TRUE;
  /* What may be done to these depends on what else their group holds. */
  g_assert (!present[ROUNDS_ENTITY_INTERACTION] && !present[ROUNDS_ENTITY_INTERACTION_ATTENDEE]
            && !present[ROUNDS_ENTITY_AMENDMENT] && !present[ROUNDS_ENTITY_MERGE]);
}

static void
unref_nullable (gpointer record)
{
  g_clear_object (&record);
}

static gint64
set_all_deleted (RoundsRecordStore *self, GArray *records, gboolean deleted, GError **error)
{
  g_autoptr (GPtrArray) written = g_ptr_array_new_with_free_func (unref_nullable);
  gboolean present[ROUNDS_N_ENTITIES];
  gint64 n = 0;

  g_assert (self->in_transaction && self->role == ROUNDS_ROLE_DEVICE);
  g_ptr_array_set_size (written, (int) records->len);
  find_entities (records, present);
  rounds_record_store_forget_places (self);
  for (int e = 0; e < ROUNDS_N_ENTITIES; e++)
    if (present[e] && !write_entity (self, e, records, deleted, written, error))
      return -1;
  for (guint i = 0; i < written->len; i++)
    {
      RoundsRecord *record = written->pdata[i];

      if (record == NULL)
        continue;
      if (!rounds_record_store_finish_write (self, record, record, get_operation (deleted), 0, error))
        return -1;
      n++;
    }
  return n;
}

/**
 * rounds_record_store_delete_all:
 * @self: a device's
 * @records: (element-type RoundsTouched): of any entities but interactions, what belongs to those, and merges
 * @error: (out) (optional): what the disk says; then the caller rolls back
 *
 * Makes tombstones of @records, inside the open transaction and in their order, as rounds_record_store_delete() does of
 * each. What is not here or is one already is passed over.
 *
 * Returns: how many were deleted; -1 on error
 */
gint64
rounds_record_store_delete_all (RoundsRecordStore *self, GArray *records, GError **error)
{
  return set_all_deleted (self, records, TRUE, error);
}

/**
 * rounds_record_store_restore_all:
 * @records: (element-type RoundsTouched): as for rounds_record_store_delete_all()
 * @error: (out) (optional): what the disk says; then the caller rolls back
 *
 * Takes deletions back in the same way. Something whose place has been taken meanwhile stays in the trash.
 *
 * Returns: how many were restored; -1 on error
 */
gint64
rounds_record_store_restore_all (RoundsRecordStore *self, GArray *records, GError **error)
{
  return set_all_deleted (self, records, FALSE, error);
}
