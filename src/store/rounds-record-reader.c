/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The reading half of the record store; queries become SQL in rounds-query-sql.c. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rounds-error.h"
#include "rounds-query-private.h"
#include "rounds-record-store-private.h"

/*
 * rounds_record_store_get_select_sql:
 *
 * Returns: (transfer none): the start of each statement that reads whole records: `SELECT` all fields, then the row
 * key, `FROM` the table
 */
const char *
rounds_record_store_get_select_sql (RoundsRecordStore *self, RoundsEntity entity)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (entity);

  if (self->select_sql[entity] == NULL)
    {
      GString *sql = g_string_new ("SELECT ");

      for (guint f = 0; f < info->n_fields; f++)
        g_string_append_printf (sql, "%s\"%s\"", f > 0 ? ", " : "", info->fields[f].name);
      g_string_append_printf (sql, ", row_key FROM \"%s\"", info->name);
      self->select_sql[entity] = g_string_free_and_steal (sql);
    }
  return self->select_sql[entity];
}

/*
 * rounds_record_store_read_row:
 * @statement: at a row whose columns are @entity's fields
 *
 * Returns: (transfer full): the record
 */
RoundsRecord *
rounds_record_store_read_row (RoundsStatement *statement, RoundsEntity entity)
{
  RoundsRecord *record = rounds_record_new_empty (entity);
  const RoundsEntityInfo *info = rounds_entity_get_info (entity);

  g_object_freeze_notify (G_OBJECT (record));
  for (guint f = 0; f < info->n_fields; f++)
    {
      RoundsValue value = ROUNDS_VALUE_INIT;

      rounds_statement_get (statement, (int) f, rounds_field_get_kind (&info->fields[f]), &value);
      rounds_record_take_value (record, f, &value);
    }
  g_object_thaw_notify (G_OBJECT (record));
  return record;
}

/**
 * rounds_record_store_look_up:
 * @record: (out) (transfer full) (nullable): the record with @id, deleted or not; %NULL if there is none
 * @error: (out) (optional): what the disk says
 *
 * Returns: %FALSE if the store cannot be read
 */
gboolean
rounds_record_store_look_up (RoundsRecordStore *self, RoundsEntity entity, const RoundsUuid *id, RoundsRecord **record,
                             GError **error)
{
  g_autoptr (RoundsStatement) statement = NULL;
  RoundsStep step;

  *record = NULL;
  if (rounds_record_store_is_above_all (self, entity, id))
    return TRUE;
  if (self->get_sql[entity] == NULL)
    self->get_sql[entity] = g_strconcat (rounds_record_store_get_select_sql (self, entity), " WHERE id = $1", NULL);
  statement = rounds_database_prepare (self->database, self->get_sql[entity], error);
  if (statement == NULL)
    return FALSE;
  rounds_statement_bind_uuid (statement, 1, id);
  step = rounds_statement_step (statement, error);
  if (step == ROUNDS_STEP_ROW)
    *record = rounds_record_store_read_row (statement, entity);
  return step != ROUNDS_STEP_ERROR;
}

static void
set_not_found (GError **error)
{
  g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_NOT_FOUND, _ ("There is no such record."));
}

/**
 * rounds_record_store_get:
 * @error: (out) (optional): %ROUNDS_ERROR_NOT_FOUND
 *
 * Returns: (transfer full) (nullable): the record with @id, deleted or not
 */
RoundsRecord *
rounds_record_store_get (RoundsRecordStore *self, RoundsEntity entity, const RoundsUuid *id, GError **error)
{
  RoundsRecord *record;

  if (rounds_record_store_look_up (self, entity, id, &record, error) && record == NULL)
    set_not_found (error);
  return record;
}

/**
 * rounds_record_store_get_by_key:
 * @entity: whose record it is, unless @key says so
 * @key: one of rounds_record_store_list_keys()
 * @error: (out) (optional): %ROUNDS_ERROR_NOT_FOUND
 *
 * Returns: (transfer full) (nullable): the record, deleted or not
 */
RoundsRecord *
rounds_record_store_get_by_key (RoundsRecordStore *self, RoundsEntity entity, gint64 key, GError **error)
{
  g_autoptr (RoundsStatement) statement = NULL;

  entity = rounds_key_get_entity (key, entity);
  if (self->get_by_key_sql[entity] == NULL)
    self->get_by_key_sql[entity] =
      g_strconcat (rounds_record_store_get_select_sql (self, entity), " WHERE row_key = $1", NULL);
  statement = rounds_database_prepare (self->database, self->get_by_key_sql[entity], error);
  if (statement == NULL)
    return NULL;
  rounds_statement_bind_integer (statement, 1, ROUNDS_KEY_ROW (key));
  switch (rounds_statement_step (statement, error))
    {
    case ROUNDS_STEP_ROW:
      return rounds_record_store_read_row (statement, entity);
    case ROUNDS_STEP_DONE:
      set_not_found (error);
      return NULL;
    case ROUNDS_STEP_ERROR:
    default:
      return NULL;
    }
}

/* A search for text without any word finds nothing, and FTS5 has no expression for that. */
static gboolean
finds_nothing (RoundsQuery *query)
{
  return query->search != NULL && *query->search == '\0';
}

/* What the open transaction has written is found as well. */
static gboolean
write_words_for (RoundsRecordStore *self, RoundsQuery *query, GError **error)
{
  return !rounds_query_reads_words (query) || rounds_record_store_flush_words (self, error);
}

/* What no single statement reads: one by one, by their keys. */
static gboolean
list_by_keys (RoundsRecordStore *self, RoundsQuery *query, GPtrArray *records, GError **error)
{
  g_autoptr (GArray) keys = rounds_record_store_list_keys (self, query, error);

  if (keys == NULL)
    return FALSE;
  for (guint i = 0; i < keys->len; i++)
    {
      RoundsRecord *record =
        rounds_record_store_get_by_key (self, query->entity, g_array_index (keys, gint64, i), error);

      if (record == NULL)
        return FALSE;
      g_ptr_array_add (records, record);
    }
  return TRUE;
}

/**
 * rounds_record_store_list:
 * @query: what to read
 * @error: (out) (optional): an error
 *
 * Returns: (transfer full) (element-type RoundsRecord) (nullable): the records in @query's order
 */
GPtrArray *
rounds_record_store_list (RoundsRecordStore *self, RoundsQuery *query, GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (RoundsStatement) statement = NULL;
  RoundsStep step;

  if (finds_nothing (query) && query->then == NULL)
    return g_steal_pointer (&records);
  if (!write_words_for (self, query, error))
    return NULL;
  if (query->beside != NULL || query->then != NULL || rounds_record_store_can_walk (query))
    return list_by_keys (self, query, records, error) ? g_steal_pointer (&records) : NULL;

  statement =
    rounds_query_prepare (query, self->database, rounds_record_store_get_select_sql (self, query->entity), TRUE, error);
  if (statement == NULL)
    return NULL;
  while ((step = rounds_statement_step (statement, error)) == ROUNDS_STEP_ROW)
    g_ptr_array_add (records, rounds_record_store_read_row (statement, query->entity));
  return step == ROUNDS_STEP_DONE ? g_steal_pointer (&records) : NULL;
}

/**
 * rounds_record_store_find:
 * @query: what to read
 * @record: (out) (transfer full) (nullable): the first record of @query; %NULL if there is none
 * @error: (out) (optional): an error
 *
 * Returns: %FALSE if the store cannot be read
 */
gboolean
rounds_record_store_find (RoundsRecordStore *self, RoundsQuery *query, RoundsRecord **record, GError **error)
{
  g_autoptr (RoundsQuery) first = rounds_query_limit (rounds_query_copy (query), 1);
  g_autoptr (GPtrArray) records = rounds_record_store_list (self, first, error);

  *record = records != NULL && records->len > 0 ? g_object_ref (records->pdata[0]) : NULL;
  return records != NULL;
}

/*
 * rounds_record_store_get_referrers_sql:
 * @n: how many records are asked about
 *
 * Returns: (transfer full): the statement that finds what of @entity is not deleted and names $1 … by @field: ids, and
 *   those that they name
 */
char *
rounds_record_store_get_referrers_sql (RoundsEntity entity, guint field, guint n)
{
  const char *name = rounds_entity_get_field (entity, field)->name;
  GString *sql = g_string_new (NULL);

  g_string_append_printf (sql, "SELECT id, \"%s\" FROM \"%s\" WHERE \"%s\" IN (", name,
                          rounds_entity_get_info (entity)->name, name);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (sql, "%s$%u", i > 0 ? ", " : "", i + 1);
  g_string_append (sql, ") AND deleted_at IS NULL");
  return g_string_free_and_steal (sql);
}

/**
 * rounds_record_store_list_referrers:
 * @field: a reference of @entity's
 * @ids: (array length=n): records that it may name
 * @referrers: (element-type RoundsReferrer): gets what is not deleted and names one of @ids, in no order
 * @error: (out) (optional): what the disk says
 *
 * Returns: %FALSE if the store cannot be read
 */
gboolean
rounds_record_store_list_referrers (RoundsRecordStore *self, RoundsEntity entity, guint field, const RoundsUuid *ids,
                                    guint n, GArray *referrers, GError **error)
{
  RoundsStep step = ROUNDS_STEP_DONE;

  for (guint i = 0, n_here; i < n && step == ROUNDS_STEP_DONE; i += n_here)
    {
      g_autofree char *sql = NULL;
      g_autoptr (RoundsStatement) statement = NULL;
      RoundsReferrer referrer;

      n_here = rounds_insert_count_rows (n - i);
      sql = rounds_record_store_get_referrers_sql (entity, field, n_here);
      statement = rounds_database_prepare (self->database, sql, error);
      if (statement == NULL)
        return FALSE;
      for (guint k = 0; k < n_here; k++)
        rounds_statement_bind_uuid (statement, (int) k + 1, &ids[i + k]);
      while ((step = rounds_statement_step (statement, error)) == ROUNDS_STEP_ROW)
        {
          rounds_statement_get_uuid (statement, 0, &referrer.record);
          rounds_statement_get_uuid (statement, 1, &referrer.to);
          g_array_append_val (referrers, referrer);
        }
    }
  return step == ROUNDS_STEP_DONE;
}

/*
 * rounds_record_store_get_text_sql:
 *
 * Returns: (transfer none): the statement that reads the searchable fields of the row with key $1
 */
const char *
rounds_record_store_get_text_sql (RoundsRecordStore *self, RoundsEntity entity)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (entity);

  if (self->text_sql[entity] == NULL)
    {
      GString *sql = g_string_new ("SELECT ");
      gsize start = sql->len;

      for (guint f = 0; f < info->n_fields; f++)
        if (info->fields[f].flags & ROUNDS_FIELD_SEARCH)
          g_string_append_printf (sql, "%s\"%s\"", sql->len > start ? ", " : "", info->fields[f].name);
      g_string_append_printf (sql, " FROM \"%s\" WHERE row_key = $1", info->name);
      self->text_sql[entity] = g_string_free_and_steal (sql);
    }
  return self->text_sql[entity];
}

/* rounds_record_store_add_letter: adds a section at @position unless the row in front is of the same letter. */
void
rounds_record_store_add_letter (GArray *sections, guint position, gint64 code)
{
  gunichar letter = g_unichar_isalpha ((gunichar) code) ? g_unichar_toupper ((gunichar) code) : '#';
  RoundsKeySection section = { position, letter };

  if (sections->len == 0 || g_array_index (sections, RoundsKeySection, sections->len - 1).letter != letter)
    g_array_append_val (sections, section);
}

static gboolean
read_keys (RoundsRecordStore *self, RoundsQuery *query, GArray *keys, GArray *sections, GError **error)
{
  g_autoptr (RoundsStatement) statement = NULL;
  gboolean sort = TRUE;
  RoundsStep step;

  if (finds_nothing (query))
    return TRUE;
  if (!write_words_for (self, query, error))
    return FALSE;
  if (rounds_record_store_can_walk (query))
    {
      gboolean found = rounds_record_store_search_keys (self, query, keys, sections, &sort, error);

      if (!sort)
        return found;
      g_array_set_size (keys, 0);
      g_array_set_size (sections, 0);
    }

  statement = rounds_query_prepare_keys (query, self->database, "", error);
  if (statement == NULL)
    return FALSE;
  while ((step = rounds_statement_step (statement, error)) == ROUNDS_STEP_ROW)
    {
      gint64 key = rounds_statement_get_integer (statement, 0);

      if (query->in_sections)
        rounds_record_store_add_letter (sections, keys->len, rounds_statement_get_integer (statement, 1));
      g_array_append_val (keys, key);
    }
  return step == ROUNDS_STEP_DONE;
}

/* Adds to @keys what @query finds beside them, as a section of its own. */
static gboolean
add_keys (RoundsRecordStore *self, RoundsQuery *query, GArray *keys, GArray *sections, GError **error)
{
  g_autoptr (GHashTable) there = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GArray) more = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) first = g_array_copy (keys);
  RoundsKeySection section = { 0, ROUNDS_SECTION_FIRST };

  if (!read_keys (self, query, more, sections, error))
    return FALSE;
  g_array_set_size (sections, 0);
  if (keys->len > 0)
    g_array_append_val (sections, section);
  section = (RoundsKeySection) { keys->len, ROUNDS_SECTION_THEN };
  for (guint i = 0; i < first->len; i++)
    g_hash_table_add (there, &g_array_index (first, gint64, i));
  for (guint i = 0; i < more->len; i++)
    if (!g_hash_table_contains (there, &g_array_index (more, gint64, i)))
      g_array_append_val (keys, g_array_index (more, gint64, i));
  if (keys->len > section.start)
    g_array_append_val (sections, section);
  return TRUE;
}

/*
 * rounds_record_store_list_keys_in_sections:
 * @sections: (element-type RoundsKeySection): gets the letters of a query in sections, or what is found first and then
 * @error: (out) (optional): an error
 *
 * Returns: (transfer full) (element-type gint64) (nullable): as rounds_record_store_list_keys()
 */
GArray *
rounds_record_store_list_keys_in_sections (RoundsRecordStore *self, RoundsQuery *query, GArray *sections,
                                           GError **error)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (!read_keys (self, query, keys, sections, error)
      || (query->then != NULL && !add_keys (self, query->then, keys, sections, error)))
    return NULL;
  return g_steal_pointer (&keys);
}

/**
 * rounds_record_store_list_keys:
 * @query: what to read
 * @error: (out) (optional): an error
 *
 * Returns: (transfer full) (element-type gint64) (nullable): the row keys in @query's order, from the index alone
 *   where the query allows; those of a query with others beside it say of which entity they are
 */
GArray *
rounds_record_store_list_keys (RoundsRecordStore *self, RoundsQuery *query, GError **error)
{
  g_autoptr (GArray) sections = g_array_new (FALSE, FALSE, sizeof (RoundsKeySection));

  return rounds_record_store_list_keys_in_sections (self, query, sections, error);
}

/**
 * rounds_record_store_count:
 * @query: what to count; its limit does not matter
 * @error: (out) (optional): an error
 *
 * Reads every match: not for a path on which somebody waits.
 *
 * Returns: the number of records, -1 on error
 */
gint64
rounds_record_store_count (RoundsRecordStore *self, RoundsQuery *query, GError **error)
{
  gint64 count = 0;

  if (query->then != NULL)
    {
      g_autoptr (GArray) keys = rounds_record_store_list_keys (self, query, error);

      return keys != NULL ? (gint64) keys->len : -1;
    }
  if (!write_words_for (self, query, error))
    return -1;
  for (RoundsQuery *part = query; part != NULL; part = part->beside)
    {
      g_autofree char *head =
        g_strdup_printf ("SELECT count(*) FROM \"%s\"", rounds_entity_get_info (part->entity)->name);
      g_autoptr (RoundsStatement) statement = NULL;

      if (finds_nothing (part))
        continue;
      statement = rounds_query_prepare (part, self->database, head, FALSE, error);
      if (statement == NULL || rounds_statement_step (statement, error) != ROUNDS_STEP_ROW)
        return -1;
      count += rounds_statement_get_integer (statement, 0);
    }
  return count;
}

char *
rounds_record_store_explain (RoundsRecordStore *self, RoundsQuery *query, GError **error)
{
  g_autofree char *head =
    g_strconcat ("EXPLAIN QUERY PLAN ", rounds_record_store_get_select_sql (self, query->entity), NULL);
  g_autoptr (RoundsStatement) statement = NULL;
  g_autoptr (GString) plan = g_string_new (NULL);

  if (query->beside != NULL || query->in_sections)
    statement = rounds_query_prepare_keys (query, self->database, "EXPLAIN QUERY PLAN ", error);
  else
    statement = rounds_query_prepare (query, self->database, head, TRUE, error);
  if (statement == NULL)
    return NULL;
  while (rounds_statement_step (statement, error) == ROUNDS_STEP_ROW)
    {
      g_autofree char *step = rounds_statement_dup_text (statement, 3);

      g_string_append_printf (plan, "%s\n", step);
    }
  return g_string_free_and_steal (g_steal_pointer (&plan));
}
