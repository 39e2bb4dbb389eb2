/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rows of entity tables: how one record is put on the disk. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rounds-error.h"
#include "rounds-query-private.h"
#include "rounds-record-feed.h"
#include "rounds-record-store-private.h"

static guint64
fields_with_flag (RoundsEntity entity, RoundsFieldFlags flag)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (entity);
  guint64 fields = 0;

  for (guint f = 0; f < info->n_fields; f++)
    if (info->fields[f].flags & flag)
      fields |= ROUNDS_FIELD_BIT (f);
  return fields;
}

/* Records are inserted with all their fields, and their sort keys if they have any. */
static void
init_insert (RoundsInsert *insert, RoundsEntity entity)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (entity);
  gboolean has_sort_key = rounds_entity_has_flag (entity, ROUNDS_FIELD_SORT);
  g_autoptr (GString) columns = g_string_new (NULL);

  for (guint f = 0; f < info->n_fields; f++)
    g_string_append_printf (columns, "%s\"%s\"", f > 0 ? ", " : "", info->fields[f].name);
  if (has_sort_key)
    g_string_append (columns, ", sort_key");
  rounds_insert_init (insert, info->name, columns->str, info->n_fields + has_sort_key);
}

/*
 * rounds_record_store_check_references:
 * @record: a record that is about to be saved, in the open transaction
 * @changed: the fields in which it differs from what is stored, one bit each
 * @error: (out) (optional): %ROUNDS_ERROR_INVALID with the field for a reference that leads nowhere
 *
 * Where the database does not do so.
 */
gboolean
rounds_record_store_check_references (RoundsRecordStore *self, RoundsRecord *record, guint64 changed, GError **error)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (record));

  for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
    {
      RoundsUuid territory;
      int is_here;

      if (!(changed & ROUNDS_FIELD_BIT (f)) || info->fields[f].type != ROUNDS_TYPE_REFERENCE
          || rounds_record_is_null (record, f))
        continue;
      is_here = rounds_record_store_find_territory (self, info->fields[f].target, rounds_record_get_uuid (record, f),
                                                    &territory, error);
      if (is_here > 0)
        continue;
      if (is_here == 0)
        rounds_set_field_error (error, info->fields[f].name, _ ("%s: the record that this refers to does not exist."),
                                rounds_field_get_label (&info->fields[f]));
      return FALSE;
    }
  return TRUE;
}

/* Hands on @local_error, which a write of @record ended with; if that was a reference, with its field. */
static void
propagate_write_error (RoundsRecordStore *self, RoundsRecord *record, GError **error, GError *local_error)
{
  g_autoptr (GError) owned = local_error;
  g_autoptr (GError) reference_error = NULL;

  if (g_error_matches (owned, ROUNDS_ERROR, ROUNDS_ERROR_INVALID)
      && !rounds_record_store_check_references (self, record, G_MAXUINT64, &reference_error))
    g_propagate_error (error, g_steal_pointer (&reference_error));
  else
    g_propagate_error (error, g_steal_pointer (&owned));
}

/* Binds @record's chosen fields, which stay as they are until the statement is reset, and its sort key if wanted, from
 * @parameter on; returns the next parameter. */
static int
bind_fields (RoundsStatement *statement, RoundsRecord *record, guint64 fields, gboolean with_sort_key, int parameter)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (record));

  for (guint f = 0; f < info->n_fields; f++)
    if (fields & ROUNDS_FIELD_BIT (f))
      rounds_statement_bind_lasting (statement, parameter++, rounds_record_get_value (record, f));
  if (with_sort_key)
    {
      g_autofree char *sort_key = rounds_record_get_sort_key (record);

      rounds_statement_bind_text (statement, parameter++, sort_key);
    }
  return parameter;
}

static gboolean
is_above (const RoundsUuid *a, const RoundsUuid *b)
{
  return memcmp (a->bytes, b->bytes, sizeof a->bytes) > 0;
}

/* Ids are by time, so that a new one is above all that there are: once the highest is known, most of what an import or
 * a pull brings need not be looked for. Nobody else writes while the transaction is open. */
static gboolean
read_highest (RoundsRecordStore *self, RoundsEntity entity, GError **error)
{
  g_autofree char *sql =
    g_strdup_printf ("SELECT id FROM \"%s\" ORDER BY id DESC LIMIT 1", rounds_entity_get_info (entity)->name);
  g_autoptr (RoundsStatement) statement = rounds_database_prepare (self->database, sql, error);
  RoundsStep step = statement != NULL ? rounds_statement_step (statement, error) : ROUNDS_STEP_ERROR;

  if (step == ROUNDS_STEP_ROW)
    rounds_statement_get_uuid (statement, 0, &self->highest[entity]);
  return step != ROUNDS_STEP_ERROR;
}

static gboolean
is_highest_known (RoundsRecordStore *self, RoundsEntity entity)
{
  return !rounds_uuid_is_nil (&self->highest[entity]);
}

/* rounds_record_store_is_above_all: whether nothing can be there with @id, as far as the open transaction knows. */
gboolean
rounds_record_store_is_above_all (RoundsRecordStore *self, RoundsEntity entity, const RoundsUuid *id)
{
  return is_highest_known (self, entity) && is_above (id, &self->highest[entity]);
}

static gint64
look_up_row (RoundsRecordStore *self, RoundsEntity entity, const RoundsUuid *id, GError **error)
{
  g_autoptr (RoundsStatement) statement = NULL;

  if (self->find_sql[entity] == NULL)
    self->find_sql[entity] =
      g_strdup_printf ("SELECT row_key FROM \"%s\" WHERE id = $1", rounds_entity_get_info (entity)->name);
  statement = rounds_database_prepare (self->database, self->find_sql[entity], error);
  if (statement == NULL)
    return -1;
  rounds_statement_bind_uuid (statement, 1, id);
  switch (rounds_statement_step (statement, error))
    {
    case ROUNDS_STEP_ROW:
      return rounds_statement_get_integer (statement, 0);
    case ROUNDS_STEP_DONE:
      return 0;
    case ROUNDS_STEP_ERROR:
    default:
      return -1;
    }
}

/*
 * rounds_record_store_find_row:
 *
 * Returns: the row key of the record with @id, deleted or not; 0 if there is none, -1 on error
 */
gint64
rounds_record_store_find_row (RoundsRecordStore *self, RoundsEntity entity, const RoundsUuid *id, GError **error)
{
  gint64 row_key;

  if (rounds_record_store_is_above_all (self, entity, id))
    return 0;
  row_key = look_up_row (self, entity, id, error);
  if (row_key == 0 && self->in_transaction && !is_highest_known (self, entity) && !read_highest (self, entity, error))
    return -1;
  return row_key;
}

/* @row_key: (out): of the last one; the others have those before it */
static gboolean
run_insert (RoundsRecordStore *self, RoundsRecord *const *records, guint n, gint64 *row_key, GError **error)
{
  RoundsEntity entity = rounds_record_get_entity (records[0]);
  gboolean has_sort_key = rounds_entity_has_flag (entity, ROUNDS_FIELD_SORT);
  RoundsInsert *insert = &self->inserts[entity];
  g_autoptr (RoundsStatement) statement = NULL;
  int parameter = 1;

  if (insert->table == NULL)
    init_insert (insert, entity);
  statement = rounds_insert_prepare (insert, self->database, n, error);
  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < n; i++)
    parameter = bind_fields (statement, records[i], G_MAXUINT64, has_sort_key, parameter);
  return rounds_statement_insert (statement, row_key, error);
}

/* What follows from a row that was inserted. */
static gboolean
end_insert (RoundsRecordStore *self, RoundsRecord *record, gint64 row_key, GError **error)
{
  RoundsEntity entity = rounds_record_get_entity (record);

  if (rounds_record_store_is_above_all (self, entity, rounds_record_get_id (record)))
    self->highest[entity] = *rounds_record_get_id (record);
  if (rounds_entity_has_flag (entity, ROUNDS_FIELD_SEARCH)
      && !rounds_record_store_add_words (self, record, row_key, error))
    return FALSE;
  /* Only what the server sends may come after what belongs to it. */
  return (entity == ROUNDS_ENTITY_INTERACTION && !self->is_remote)
         || rounds_record_store_date_attendance (self, entity, rounds_record_get_id (record), G_MAXUINT64, error);
}

/*
 * rounds_record_store_insert_rows:
 * @records: (array length=n): records of one entity whose ids have no rows
 * @n: how many: 1 or %ROUNDS_ROWS_AT_ONCE
 * @error: (out) (optional): %ROUNDS_ERROR_INVALID with the field for a reference of a single one that leads nowhere
 *
 * After a failure some of them may be there: the caller rolls back.
 */
gboolean
rounds_record_store_insert_rows (RoundsRecordStore *self, RoundsRecord *const *records, guint n, GError **error)
{
  GError *local_error = NULL;
  gint64 row_key;

  if (!run_insert (self, records, n, &row_key, &local_error))
    {
      propagate_write_error (self, records[0], error, local_error);
      return FALSE;
    }
  for (guint i = 0; i < n; i++)
    if (!end_insert (self, records[i], row_key - (n - 1 - i), error))
      return FALSE;
  return TRUE;
}

/*
 * rounds_record_store_update_row:
 * @before: as the row has it
 * @row_key: the record's row
 * @changed: the fields to write
 * @error: (out) (optional): %ROUNDS_ERROR_INVALID with the field for a reference that leads nowhere
 */
gboolean
rounds_record_store_update_row (RoundsRecordStore *self, RoundsRecord *record, RoundsRecord *before, gint64 row_key,
                                guint64 changed, GError **error)
{
  RoundsEntity entity = rounds_record_get_entity (record);
  const RoundsEntityInfo *info = rounds_entity_get_info (entity);
  gboolean new_sort_key = (changed & fields_with_flag (entity, ROUNDS_FIELD_SORT)) != 0;
  GError *local_error = NULL;
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (RoundsStatement) statement = NULL;
  int parameter = 0;

  if (changed
      & (ROUNDS_FIELD_BIT (ROUNDS_FIELD_TERRITORY) | ROUNDS_FIELD_BIT (ROUNDS_FIELD_DELETED_AT)
         | fields_with_flag (entity, ROUNDS_FIELD_OWNER)))
    rounds_record_store_forget_places (self);
  if ((changed >> ROUNDS_FIELD_TERRITORY) != 0 && !rounds_record_store_keep_creation (self, before, error))
    return FALSE;
  g_string_append_printf (sql, "UPDATE \"%s\" SET ", info->name);
  for (guint f = 0; f < info->n_fields; f++)
    if (changed & ROUNDS_FIELD_BIT (f))
      {
        parameter++;
        g_string_append_printf (sql, "%s\"%s\" = $%d", parameter > 1 ? ", " : "", info->fields[f].name, parameter);
      }
  if (new_sort_key)
    g_string_append_printf (sql, ", sort_key = $%d", ++parameter);
  g_string_append_printf (sql, " WHERE row_key = $%d", ++parameter);

  statement = rounds_database_prepare (self->database, sql->str, error);
  if (statement == NULL)
    return FALSE;
  parameter = bind_fields (statement, record, changed, new_sort_key, 1);
  rounds_statement_bind_integer (statement, parameter, row_key);
  if (!rounds_statement_run (statement, &local_error))
    {
      propagate_write_error (self, record, error, local_error);
      return FALSE;
    }

  if ((changed & fields_with_flag (entity, ROUNDS_FIELD_SEARCH))
      && !(rounds_record_store_forget_words (self, entity, row_key, error)
           && rounds_record_store_add_words (self, record, row_key, error)))
    return FALSE;
  return rounds_record_store_date_attendance (self, entity, rounds_record_get_id (record), changed, error);
}
