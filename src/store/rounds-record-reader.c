/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The reading half of the record store: queries become SQL here. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rounds-error.h"
#include "rounds-query-private.h"
#include "rounds-record-store-private.h"

static const char *const comparison_operators[] = {
  [ROUNDS_IS] = "IS",     [ROUNDS_IS_NOT] = "IS NOT",       [ROUNDS_LESS] = "<", [ROUNDS_LESS_OR_EQUAL] = "<=",
  [ROUNDS_GREATER] = ">", [ROUNDS_GREATER_OR_EQUAL] = ">=",
};

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
 * @error: (out) (optional): what the disk says
 *
 * Returns: (transfer full) (nullable): the record with @id, deleted or not; %NULL without an error if there is none
 */
RoundsRecord *
rounds_record_store_look_up (RoundsRecordStore *self, RoundsEntity entity, const RoundsUuid *id, GError **error)
{
  g_autoptr (RoundsStatement) statement = NULL;

  if (self->get_sql[entity] == NULL)
    self->get_sql[entity] = g_strconcat (rounds_record_store_get_select_sql (self, entity), " WHERE id = $1", NULL);
  statement = rounds_database_prepare (self->database, self->get_sql[entity], error);
  if (statement == NULL)
    return NULL;
  rounds_statement_bind_uuid (statement, 1, id);
  return rounds_statement_step (statement, error) == ROUNDS_STEP_ROW ? rounds_record_store_read_row (statement, entity)
                                                                     : NULL;
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
  GError *local_error = NULL;
  RoundsRecord *record = rounds_record_store_look_up (self, entity, id, &local_error);

  if (local_error != NULL)
    g_propagate_error (error, local_error);
  else if (record == NULL)
    set_not_found (error);
  return record;
}

/**
 * rounds_record_store_get_by_key:
 * @key: one of rounds_record_store_list_keys()
 * @error: (out) (optional): %ROUNDS_ERROR_NOT_FOUND
 *
 * Returns: (transfer full) (nullable): the record, deleted or not
 */
RoundsRecord *
rounds_record_store_get_by_key (RoundsRecordStore *self, RoundsEntity entity, gint64 key, GError **error)
{
  g_autofree char *sql = g_strconcat (rounds_record_store_get_select_sql (self, entity), " WHERE row_key = $1", NULL);
  g_autoptr (RoundsStatement) statement = rounds_database_prepare (self->database, sql, error);

  if (statement == NULL)
    return NULL;
  rounds_statement_bind_integer (statement, 1, key);
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

/* "IS" would keep SQLite from using a partial index that excludes nulls. */
static const char *
get_operator (const RoundsCondition *condition)
{
  if (condition->comparison == ROUNDS_IS && !rounds_value_is_null (&condition->value))
    return "=";
  return comparison_operators[condition->comparison];
}

static void
append_order_column (GString *sql, RoundsQuery *query)
{
  if (query->order == ROUNDS_ORDER_NAME)
    g_string_append (sql, "sort_key");
  else
    g_string_append_printf (sql, "\"%s\"", rounds_entity_get_field (query->entity, (guint) query->order)->name);
}

/* " WHERE … ORDER BY … LIMIT …"; bind_query() binds in the same order. */
static void
append_query (GString *sql, RoundsQuery *query, gboolean ordered)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (query->entity);
  int parameter = 0;

  g_string_append (sql, query->deleted == ROUNDS_DELETED_EXCLUDED ? " WHERE deleted_at IS NULL"
                        : query->deleted == ROUNDS_DELETED_ONLY   ? " WHERE deleted_at IS NOT NULL"
                                                                  : " WHERE 1");

  for (guint i = 0; i < query->conditions->len; i++)
    {
      const RoundsCondition *condition = &g_array_index (query->conditions, RoundsCondition, i);

      g_string_append_printf (sql, " AND \"%s\" %s $%d", info->fields[condition->field].name, get_operator (condition),
                              ++parameter);
    }
  rounds_territory_scope_append_sql (query->scope, sql, &parameter);
  for (guint i = 0; i < query->having->len; i++)
    {
      const RoundsHaving *having = &g_array_index (query->having, RoundsHaving, i);
      const RoundsEntityInfo *other = rounds_entity_get_info (having->entity);

      /* By its own name the table in the subquery would hide the outer one, should they be the same. */
      g_string_append_printf (sql,
                              " AND EXISTS (SELECT 1 FROM \"%s\" AS h WHERE h.\"%s\" = $%d AND h.\"%s\" = \"%s\".id "
                              "AND h.deleted_at IS NULL)",
                              other->name, other->fields[having->field].name, ++parameter,
                              other->fields[having->through].name, info->name);
    }
  if (query->search != NULL)
    g_string_append_printf (sql, " AND row_key IN (SELECT rowid FROM \"%s_search\" WHERE \"%s_search\" MATCH $%d)",
                            info->name, info->name, ++parameter);

  if (query->after != NULL)
    {
      const char *direction = query->descending ? "<" : ">";

      if (query->order == ROUNDS_ORDER_NONE)
        g_string_append_printf (sql, " AND row_key %s (SELECT row_key FROM \"%s\" WHERE id = $%d)", direction,
                                info->name, ++parameter);
      else
        {
          g_string_append (sql, " AND (");
          append_order_column (sql, query);
          g_string_append_printf (sql, ", row_key) %s ($%d, (SELECT row_key FROM \"%s\" WHERE id = $%d))", direction,
                                  parameter + 1, info->name, parameter + 2);
          parameter += 2;
        }
    }

  if (ordered)
    {
      const char *direction = query->descending ? " DESC" : "";

      g_string_append (sql, " ORDER BY ");
      if (query->order != ROUNDS_ORDER_NONE)
        {
          append_order_column (sql, query);
          g_string_append_printf (sql, "%s, ", direction);
        }
      g_string_append_printf (sql, "row_key%s", direction);
      if (query->limit > 0)
        g_string_append_printf (sql, " LIMIT $%d", ++parameter);
    }
}

static void
bind_query (RoundsStatement *statement, RoundsQuery *query, gboolean ordered)
{
  int parameter = 0;

  for (guint i = 0; i < query->conditions->len; i++)
    rounds_statement_bind (statement, ++parameter, &g_array_index (query->conditions, RoundsCondition, i).value);
  rounds_record_store_bind_scope (statement, query->scope, &parameter);
  for (guint i = 0; i < query->having->len; i++)
    rounds_statement_bind_text (statement, ++parameter, g_array_index (query->having, RoundsHaving, i).text);
  if (query->search != NULL)
    rounds_statement_bind_text (statement, ++parameter, query->search);
  if (query->after != NULL)
    {
      if (query->order == ROUNDS_ORDER_NAME)
        {
          g_autofree char *sort_key = rounds_record_get_sort_key (query->after);

          rounds_statement_bind_text (statement, ++parameter, sort_key);
        }
      else if (query->order != ROUNDS_ORDER_NONE)
        rounds_statement_bind (statement, ++parameter, rounds_record_get_value (query->after, (guint) query->order));
      rounds_statement_bind_uuid (statement, ++parameter, rounds_record_get_id (query->after));
    }
  if (ordered && query->limit > 0)
    rounds_statement_bind_integer (statement, ++parameter, query->limit);
}

/* Returns: (transfer none) (nullable): a bound statement "@head FROM … WHERE …", not stepped yet. */
static RoundsStatement *
prepare_query (RoundsRecordStore *self, const char *head, RoundsQuery *query, gboolean ordered, GError **error)
{
  g_autoptr (GString) sql = g_string_new (head);
  RoundsStatement *statement;

  append_query (sql, query, ordered);
  statement = rounds_database_prepare (self->database, sql->str, error);
  if (statement != NULL)
    bind_query (statement, query, ordered);
  return statement;
}

/* A search for text without any word finds nothing, and FTS5 has no expression for that. */
static gboolean
finds_nothing (RoundsQuery *query)
{
  return query->search != NULL && *query->search == '\0';
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

  if (finds_nothing (query))
    return g_steal_pointer (&records);

  statement = prepare_query (self, rounds_record_store_get_select_sql (self, query->entity), query, TRUE, error);
  if (statement == NULL)
    return NULL;
  while ((step = rounds_statement_step (statement, error)) == ROUNDS_STEP_ROW)
    g_ptr_array_add (records, rounds_record_store_read_row (statement, query->entity));
  return step == ROUNDS_STEP_DONE ? g_steal_pointer (&records) : NULL;
}

/**
 * rounds_record_store_find:
 * @query: what to read
 * @error: (out) (optional): an error
 *
 * Returns: (transfer full) (nullable): the first record of @query, %NULL without an error if there is none
 */
RoundsRecord *
rounds_record_store_find (RoundsRecordStore *self, RoundsQuery *query, GError **error)
{
  g_autoptr (RoundsQuery) first = rounds_query_limit (rounds_query_copy (query), 1);
  g_autoptr (GPtrArray) records = rounds_record_store_list (self, first, error);

  return records != NULL && records->len > 0 ? g_object_ref (records->pdata[0]) : NULL;
}

/**
 * rounds_record_store_list_keys:
 * @query: what to read
 * @error: (out) (optional): an error
 *
 * Returns: (transfer full) (element-type gint64) (nullable): the row keys in @query's order, from the index alone
 *   where the query allows
 */
GArray *
rounds_record_store_list_keys (RoundsRecordStore *self, RoundsQuery *query, GError **error)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *head = g_strdup_printf ("SELECT row_key FROM \"%s\"", rounds_entity_get_info (query->entity)->name);
  g_autoptr (RoundsStatement) statement = NULL;
  RoundsStep step;

  if (finds_nothing (query))
    return g_steal_pointer (&keys);

  statement = prepare_query (self, head, query, TRUE, error);
  if (statement == NULL)
    return NULL;
  while ((step = rounds_statement_step (statement, error)) == ROUNDS_STEP_ROW)
    {
      gint64 key = rounds_statement_get_integer (statement, 0);

      g_array_append_val (keys, key);
    }
  return step == ROUNDS_STEP_DONE ? g_steal_pointer (&keys) : NULL;
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
  g_autofree char *head = g_strdup_printf ("SELECT count(*) FROM \"%s\"", rounds_entity_get_info (query->entity)->name);
  g_autoptr (RoundsStatement) statement = NULL;

  if (finds_nothing (query))
    return 0;

  statement = prepare_query (self, head, query, FALSE, error);
  if (statement == NULL || rounds_statement_step (statement, error) != ROUNDS_STEP_ROW)
    return -1;
  return rounds_statement_get_integer (statement, 0);
}

char *
rounds_record_store_explain (RoundsRecordStore *self, RoundsQuery *query, GError **error)
{
  g_autofree char *head =
    g_strconcat ("EXPLAIN QUERY PLAN ", rounds_record_store_get_select_sql (self, query->entity), NULL);
  g_autoptr (RoundsStatement) statement = prepare_query (self, head, query, TRUE, error);
  g_autoptr (GString) plan = g_string_new (NULL);

  if (statement == NULL)
    return NULL;
  while (rounds_statement_step (statement, error) == ROUNDS_STEP_ROW)
    {
      g_autofree char *step = rounds_statement_dup_text (statement, 3);

      g_string_append_printf (plan, "%s\n", step);
    }
  return g_string_free_and_steal (g_steal_pointer (&plan));
}
