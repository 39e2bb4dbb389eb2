/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The writing half of the record store: creating and changing one record, with its line in the log. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rounds-error.h"
#include "rounds-record-store-private.h"
#include "rounds-store-schema.h"
#include "rounds-time.h"

/* Log lines held back at most: an import of 100,000 rows must not keep them all in memory. */
#define FLUSH_AT 2000

/*
 * rounds_record_store_check_unique:
 * @error: (out) (optional): %ROUNDS_ERROR_EXISTS with the field
 *
 * Refuses @record if one of its unique values among @changed belongs to another record that is not deleted.
 */
gboolean
rounds_record_store_check_unique (RoundsRecordStore *self, RoundsRecord *record, guint64 changed, GError **error)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (record));
  /* What the server has, and nobody has asked for, comes back beside what it has refused. */
  gboolean only_theirs = self->comes_along && rounds_record_get_integer (record, ROUNDS_FIELD_REV) > 0;

  if (rounds_record_is_deleted (record))
    return TRUE;
  for (guint f = 0; f < info->n_fields; f++)
    {
      g_autofree char *sql = NULL;
      g_autoptr (RoundsStatement) statement = NULL;
      RoundsStep step;

      if (!(info->fields[f].flags & ROUNDS_FIELD_UNIQUE) || !(changed & ROUNDS_FIELD_BIT (f))
          || rounds_record_is_null (record, f) || rounds_record_store_is_first (self, record, f))
        continue;
      sql = g_strconcat ("SELECT 1 FROM \"", info->name, "\" WHERE \"", info->fields[f].name,
                         "\" = $1 AND id <> $2 AND deleted_at IS NULL", only_theirs ? " AND rev > 0" : "", NULL);
      statement = rounds_database_prepare (self->database, sql, error);
      if (statement == NULL)
        return FALSE;
      rounds_statement_bind_lasting (statement, 1, rounds_record_get_value (record, f));
      rounds_statement_bind_lasting (statement, 2, rounds_record_get_value (record, ROUNDS_FIELD_ID));
      step = rounds_statement_step (statement, error);
      if (step == ROUNDS_STEP_DONE)
        continue;
      if (step == ROUNDS_STEP_ROW)
        {
          rounds_set_field_error (error, info->fields[f].name, _ ("%s: another record has this value already."),
                                  rounds_field_get_label (&info->fields[f]));
          if (error != NULL)
            (*error)->code = ROUNDS_ERROR_EXISTS;
        }
      return FALSE;
    }
  return TRUE;
}

/* rounds_record_store_finish_write: what follows from a row that was written: its line in the log, and who is told. */
gboolean
rounds_record_store_finish_write (RoundsRecordStore *self, RoundsRecord *record, RoundsRecord *before,
                                  RoundsOperation operation, guint64 changed, GError **error)
{
  if (!rounds_record_store_add_to_log (self, record, before, operation, changed, error))
    return FALSE;
  rounds_record_store_note_lock (self, before, record);
  rounds_record_store_touch (self, rounds_record_get_entity (record), rounds_record_get_id (record));
  return self->holds_log || self->log->len < FLUSH_AT || rounds_record_store_flush_log (self, error);
}

/* rounds_record_store_stamp: sets what the store alone sets; @before is %NULL for a new record. */
void
rounds_record_store_stamp (RoundsRecordStore *self, RoundsRecord *record, RoundsRecord *before)
{
  gint64 now = rounds_time_now ();
  gint64 rev = before != NULL ? rounds_record_get_integer (before, ROUNDS_FIELD_REV) : 0;

  rounds_record_set_integer (record, ROUNDS_FIELD_REV, self->role == ROUNDS_ROLE_SERVER ? rev + 1 : rev);
  if (before != NULL)
    rounds_record_set_value (record, ROUNDS_FIELD_CREATED_AT,
                             rounds_record_get_value (before, ROUNDS_FIELD_CREATED_AT));
  else if (rounds_record_is_null (record, ROUNDS_FIELD_CREATED_AT))
    rounds_record_set_integer (record, ROUNDS_FIELD_CREATED_AT, now);
  rounds_record_set_integer (record, ROUNDS_FIELD_UPDATED_AT, now);
}

/* Among the fields from @first on. */
static guint64
find_changed_fields (RoundsRecord *record, RoundsRecord *before, guint first)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (record));
  guint64 changed = 0;

  for (guint f = first; f < info->n_fields; f++)
    if (!rounds_value_equal (rounds_record_get_value (record, f), rounds_record_get_value (before, f)))
      changed |= ROUNDS_FIELD_BIT (f);
  return changed;
}

/* Writes of a record that is there what the store sets itself, and the fields that are @changed. */
static gboolean
write_update (RoundsRecordStore *self, RoundsRecord *record, RoundsRecord *before, gint64 row_key, guint64 changed,
              GError **error)
{
  return rounds_record_store_update_row (
           self, record, before, row_key,
           changed | ROUNDS_FIELD_BIT (ROUNDS_FIELD_REV) | ROUNDS_FIELD_BIT (ROUNDS_FIELD_UPDATED_AT), error)
         && rounds_record_store_finish_write (self, record, before, ROUNDS_OPERATION_UPDATE, changed, error)
         && (!(changed & ROUNDS_FIELD_BIT (ROUNDS_FIELD_TERRITORY))
             || rounds_record_store_pass_on_territory (self, record, FALSE, error));
}

/* @trusted: what of the record does not change need not be what this version would accept */
static gboolean
update_record (RoundsRecordStore *self, RoundsRecord *record, gint64 row_key, gboolean trusted, GError **error)
{
  g_autoptr (RoundsRecord) before =
    rounds_record_store_get_by_key (self, rounds_record_get_entity (record), row_key, error);
  guint64 changed;

  if (before == NULL || !rounds_record_store_inherit_territory (self, record, error))
    return FALSE;

  changed = find_changed_fields (record, before, ROUNDS_FIELD_TERRITORY);
  if (changed == 0)
    {
      rounds_record_assign (record, before);
      return TRUE;
    }

  rounds_record_store_stamp (self, record, before);
  rounds_record_set_value (record, ROUNDS_FIELD_DELETED_AT, rounds_record_get_value (before, ROUNDS_FIELD_DELETED_AT));
  return (trusted
          || (rounds_record_store_check_lock (self, before, record, changed, error)
              && rounds_record_validate (record, error)
              && rounds_record_store_check_rules (self, record, changed, error)))
         && rounds_record_store_check_unique (self, record, changed, error)
         && (!self->is_bulk || rounds_record_store_check_references (self, record, changed, error))
         && write_update (self, record, before, row_key, changed, error);
}

/*
 * rounds_record_store_move_row:
 * @row_key: a record that belongs to another one, which has moved
 *
 * Writes the record's territory anew, and nothing else of it: it need not be one that this version would accept.
 */
gboolean
rounds_record_store_move_row (RoundsRecordStore *self, RoundsEntity entity, gint64 row_key, GError **error)
{
  g_autoptr (RoundsRecord) before = rounds_record_store_get_by_key (self, entity, row_key, error);
  g_autoptr (RoundsRecord) record = before != NULL ? rounds_record_dup (before) : NULL;

  if (record == NULL || !rounds_record_store_inherit_territory (self, record, error))
    return FALSE;
  if (rounds_value_equal (rounds_record_get_value (record, ROUNDS_FIELD_TERRITORY),
                          rounds_record_get_value (before, ROUNDS_FIELD_TERRITORY)))
    return TRUE;
  rounds_record_store_stamp (self, record, before);
  return write_update (self, record, before, row_key, ROUNDS_FIELD_BIT (ROUNDS_FIELD_TERRITORY), error);
}

/*
 * rounds_record_store_begin_creation:
 * @record: a record whose id is not known
 * @filled: (out): the fields that it has, a bit each
 * @error: (out) (optional): as rounds_record_store_create()
 *
 * What comes before the row is written: all that may be wrong with a new record, and what the store sets.
 */
gboolean
rounds_record_store_begin_creation (RoundsRecordStore *self, RoundsRecord *record, guint64 *filled, GError **error)
{
  if (!rounds_record_store_inherit_territory (self, record, error))
    return FALSE;
  *filled = rounds_record_store_find_filled (record);
  if (!rounds_record_validate (record, error) || !rounds_record_store_check_unique (self, record, *filled, error)
      || !rounds_record_store_check_rules (self, record, *filled, error)
      || !rounds_record_store_check_lock (self, NULL, record, *filled, error)
      || (self->is_bulk && !rounds_record_store_check_references (self, record, *filled, error)))
    return FALSE;
  rounds_record_store_stamp (self, record, NULL);
  return TRUE;
}

/* rounds_record_store_end_creation: what comes after: the line in the log, and what follows the record. */
gboolean
rounds_record_store_end_creation (RoundsRecordStore *self, RoundsRecord *record, guint64 filled, GError **error)
{
  return rounds_record_store_finish_write (self, record, NULL, ROUNDS_OPERATION_CREATE, filled, error)
         && (!(filled & ROUNDS_FIELD_BIT (ROUNDS_FIELD_TERRITORY))
             || rounds_record_store_pass_on_territory (self, record, TRUE, error));
}

/*
 * rounds_record_store_create:
 * @record: a record whose id is not known
 * @error: (out) (optional): as rounds_record_store_save(), and %ROUNDS_ERROR_EXISTS if its id is known
 *
 * Saves a new record inside the open transaction.
 */
gboolean
rounds_record_store_create (RoundsRecordStore *self, RoundsRecord *record, GError **error)
{
  guint64 filled;

  if (!rounds_record_store_begin_creation (self, record, &filled, error)
      || !rounds_record_store_insert_rows (self, &record, 1, error))
    return FALSE;
  rounds_record_store_note_place (self, record);
  return rounds_record_store_end_creation (self, record, filled, error);
}

static gboolean
save_record (RoundsRecordStore *self, gpointer data, GError **error)
{
  RoundsRecord *record = data;
  gint64 row_key;

  g_assert (rounds_store_keeps (self->role, rounds_record_get_entity (record)));

  row_key =
    rounds_record_store_find_row (self, rounds_record_get_entity (record), rounds_record_get_id (record), error);
  if (row_key < 0)
    return FALSE;
  return row_key > 0 ? update_record (self, record, row_key, FALSE, error)
                     : rounds_record_store_create (self, record, error);
}

/*
 * rounds_record_store_rewrite:
 * @record: a record that is there, deleted or not, of which references or values were changed that are known to be good
 *
 * Saves @record inside the open transaction, even if it is not one that this version would accept as new.
 */
gboolean
rounds_record_store_rewrite (RoundsRecordStore *self, RoundsRecord *record, GError **error)
{
  gint64 row_key;

  g_assert (self->in_transaction);
  row_key =
    rounds_record_store_find_row (self, rounds_record_get_entity (record), rounds_record_get_id (record), error);
  return row_key > 0 && update_record (self, record, row_key, TRUE, error);
}

/**
 * rounds_record_store_save:
 * @record: a record; on success it holds what the store set, on failure it may hold part of that
 * @error: (out) (optional): %ROUNDS_ERROR_INVALID or %ROUNDS_ERROR_EXISTS with the field, and what the disk says
 *
 * Creates @record if its id is unknown, else changes what differs from the stored row; an equal record writes
 * nothing. A record that is deleted stays so.
 */
gboolean
rounds_record_store_save (RoundsRecordStore *self, RoundsRecord *record, GError **error)
{
  return rounds_record_store_run (self, save_record, record, error);
}

static gboolean
save_records (RoundsRecordStore *self, gpointer data, GError **error)
{
  GPtrArray *records = data;

  for (guint i = 0; i < records->len; i++)
    if (!save_record (self, records->pdata[i], error))
      return FALSE;
  return TRUE;
}

/**
 * rounds_record_store_save_all:
 * @records: (element-type RoundsRecord): parents before what refers to them
 * @error: (out) (optional): as rounds_record_store_save(), for the first that fails
 *
 * Saves @records as one group. Inside of an open transaction a failure leaves it to the caller to roll back.
 */
gboolean
rounds_record_store_save_all (RoundsRecordStore *self, GPtrArray *records, GError **error)
{
  return rounds_record_store_run (self, save_records, records, error);
}

/* A record that was sent comes back with another revision and little else: its words need not be indexed again. */
static gboolean
update_remote (RoundsRecordStore *self, RoundsRecord *record, RoundsRecord *before, gint64 row_key, GError **error)
{
  g_autoptr (RoundsRecord) read = NULL;
  guint64 changed;

  if (before == NULL)
    before = read = rounds_record_store_get_by_key (self, rounds_record_get_entity (record), row_key, error);
  if (before == NULL)
    return FALSE;
  changed = find_changed_fields (record, before, ROUNDS_FIELD_REV);
  return changed == 0 || rounds_record_store_update_row (self, record, before, row_key, changed, error);
}

/**
 * rounds_record_store_put_remote:
 * @record: as the server has it
 * @before: (nullable): as it is here, if the caller knows
 * @error: (out) (optional): what the disk says
 *
 * Stores @record as it is: no validation, no line in the log. Only between rounds_record_store_begin_remote() and the
 * end of that transaction.
 */
gboolean
rounds_record_store_put_remote (RoundsRecordStore *self, RoundsRecord *record, RoundsRecord *before, GError **error)
{
  gint64 row_key;

  g_assert (self->is_remote);
  row_key =
    rounds_record_store_find_row (self, rounds_record_get_entity (record), rounds_record_get_id (record), error);
  if (row_key < 0
      || !(row_key > 0 ? update_remote (self, record, before, row_key, error)
                       : rounds_record_store_insert_rows (self, &record, 1, error)))
    return FALSE;
  if (row_key == 0)
    rounds_record_store_note_place (self, record);
  rounds_record_store_touch (self, rounds_record_get_entity (record), rounds_record_get_id (record));
  return TRUE;
}
