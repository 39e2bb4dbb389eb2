/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a query becomes SQL: one statement, its values always bound. */

#include "rounds-query-private.h"
#include "rounds-record-store-private.h"

static const char *const comparison_operators[] = {
  [ROUNDS_IS] = "IS",     [ROUNDS_IS_NOT] = "IS NOT",       [ROUNDS_LESS] = "<", [ROUNDS_LESS_OR_EQUAL] = "<=",
  [ROUNDS_GREATER] = ">", [ROUNDS_GREATER_OR_EQUAL] = ">=",
};

/* "IS" would keep SQLite from using a partial index that excludes nulls. */
static const char *
get_operator (const RoundsCondition *condition)
{
  if (condition->comparison == ROUNDS_IS && !rounds_value_is_null (&condition->value))
    return "=";
  return comparison_operators[condition->comparison];
}

static void
append_order_column (GString *sql, int order, RoundsEntity entity)
{
  if (order == ROUNDS_ORDER_NAME)
    g_string_append (sql, "sort_key");
  else
    g_string_append_printf (sql, "\"%s\"", rounds_entity_get_field (entity, (guint) order)->name);
}

/* @condition, its "?" counted on from @parameter. */
static void
append_sql_condition (GString *sql, const RoundsSqlCondition *condition, int *parameter)
{
  for (const char *p = condition->sql; *p != '\0'; p++)
    if (*p == '?')
      g_string_append_printf (sql, "$%d", ++*parameter);
    else
      g_string_append_c (sql, *p);
}

/* " WHERE …", its parameters counted on from @parameter; bind_where() binds in the same order. */
static void
append_where (GString *sql, RoundsQuery *query, int *parameter)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (query->entity);

  g_string_append (sql, query->deleted == ROUNDS_DELETED_EXCLUDED ? " WHERE deleted_at IS NULL"
                        : query->deleted == ROUNDS_DELETED_ONLY   ? " WHERE deleted_at IS NOT NULL"
                                                                  : " WHERE 1");

  for (guint i = 0; i < query->conditions->len; i++)
    {
      const RoundsCondition *condition = &g_array_index (query->conditions, RoundsCondition, i);

      g_string_append_printf (sql, " AND \"%s\" %s $%d", info->fields[condition->field].name, get_operator (condition),
                              ++*parameter);
    }
  rounds_territory_scope_append_sql (query->scope, sql, parameter);
  for (guint i = 0; i < query->having->len; i++)
    {
      const RoundsHaving *having = &g_array_index (query->having, RoundsHaving, i);
      const RoundsEntityInfo *other = rounds_entity_get_info (having->entity);

      /* By its own name the table in the subquery would hide the outer one, should they be the same. */
      g_string_append_printf (sql,
                              " AND EXISTS (SELECT 1 FROM \"%s\" AS h WHERE h.\"%s\" = $%d AND h.\"%s\" = \"%s\".id "
                              "AND h.deleted_at IS NULL)",
                              other->name, other->fields[having->field].name, ++*parameter,
                              other->fields[having->through].name, info->name);
    }
  if (query->search != NULL)
    g_string_append_printf (sql, " AND row_key IN (SELECT rowid FROM \"%s_search\" WHERE \"%s_search\" MATCH $%d)",
                            info->name, info->name, ++*parameter);

  for (guint i = 0; i < query->sql_conditions->len; i++)
    {
      g_string_append (sql, " AND ");
      append_sql_condition (sql, &g_array_index (query->sql_conditions, RoundsSqlCondition, i), parameter);
    }
}

/* The page behind @query's last record. */
static void
append_after (GString *sql, RoundsQuery *query, int *parameter)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (query->entity);
  const char *direction = query->descending ? "<" : ">";

  if (query->order == ROUNDS_ORDER_NONE)
    {
      g_string_append_printf (sql, " AND row_key %s (SELECT row_key FROM \"%s\" WHERE id = $%d)", direction, info->name,
                              ++*parameter);
      return;
    }
  g_string_append (sql, " AND (");
  append_order_column (sql, query->order, query->entity);
  g_string_append_printf (sql, ", row_key) %s ($%d, (SELECT row_key FROM \"%s\" WHERE id = $%d))", direction,
                          *parameter + 1, info->name, *parameter + 2);
  *parameter += 2;
}

static void
append_order (GString *sql, RoundsQuery *query)
{
  const char *direction = query->descending ? " DESC" : "";

  g_string_append (sql, " ORDER BY ");
  if (query->order_sql != NULL)
    {
      /* In another direction than that, people of one place or day are by name all the same. */
      g_string_append_printf (sql, "%s%s NULLS LAST, ", query->order_sql, direction);
      direction = "";
    }
  if (query->order != ROUNDS_ORDER_NONE)
    {
      append_order_column (sql, query->order, query->entity);
      g_string_append_printf (sql, "%s, ", direction);
    }
  g_string_append_printf (sql, "row_key%s", direction);
}

/* " WHERE … ORDER BY … LIMIT …"; bind_query() binds in the same order. */
static void
append_query (GString *sql, RoundsQuery *query, gboolean ordered)
{
  int parameter = 0;

  append_where (sql, query, &parameter);
  if (query->after != NULL)
    append_after (sql, query, &parameter);
  if (!ordered)
    return;
  append_order (sql, query);
  if (query->limit > 0)
    g_string_append_printf (sql, " LIMIT $%d", ++parameter);
}

/* Several entities in one order: the database walks their indexes side by side. What orders is a column of its own, as
 * the parts of a union have no tables to name. */
static void
append_union (GString *sql, RoundsQuery *query)
{
  const char *direction = query->descending ? " DESC" : "";
  int parameter = 0;

  for (RoundsQuery *part = query; part != NULL; part = part->beside)
    {
      const char *name = rounds_entity_get_info (part->entity)->name;

      g_string_append_printf (sql, "%sSELECT row_key + %" G_GINT64_FORMAT ", %s, ", part != query ? " UNION ALL " : "",
                              ROUNDS_KEY_TAG (part->entity), query->in_sections ? "unicode(sort_key)" : "0");
      if (part->order_sql != NULL)
        g_string_append_printf (sql, "%s, sort_key", part->order_sql);
      else
        append_order_column (sql, query->order, part->entity);
      g_string_append_printf (sql, " FROM \"%s\"", name);
      append_where (sql, part, &parameter);
    }
  g_string_append_printf (sql, " ORDER BY 3%s%s, 1", direction, query->order_sql != NULL ? " NULLS LAST, 4" : "");
  if (query->limit > 0)
    g_string_append_printf (sql, " LIMIT $%d", ++parameter);
}

static void
bind_where (RoundsStatement *statement, RoundsQuery *query, int *parameter)
{
  for (guint i = 0; i < query->conditions->len; i++)
    rounds_statement_bind (statement, ++*parameter, &g_array_index (query->conditions, RoundsCondition, i).value);
  rounds_territory_scope_bind (query->scope, statement, parameter);
  for (guint i = 0; i < query->having->len; i++)
    rounds_statement_bind_text (statement, ++*parameter, g_array_index (query->having, RoundsHaving, i).text);
  if (query->search != NULL)
    rounds_statement_bind_text (statement, ++*parameter, query->search);
  for (guint i = 0; i < query->sql_conditions->len; i++)
    {
      GArray *values = g_array_index (query->sql_conditions, RoundsSqlCondition, i).values;

      for (guint v = 0; v < values->len; v++)
        rounds_statement_bind (statement, ++*parameter, &g_array_index (values, RoundsValue, v));
    }
}

static void
bind_query (RoundsStatement *statement, RoundsQuery *query, gboolean ordered)
{
  int parameter = 0;

  bind_where (statement, query, &parameter);
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

static void
bind_union (RoundsStatement *statement, RoundsQuery *query)
{
  int parameter = 0;

  for (RoundsQuery *part = query; part != NULL; part = part->beside)
    bind_where (statement, part, &parameter);
  if (query->limit > 0)
    rounds_statement_bind_integer (statement, ++parameter, query->limit);
}

/*
 * rounds_query_prepare:
 * @database: where to read
 * @head: what to read, up to the table's name
 * @ordered: whether in @self's order and within its limit
 *
 * Returns: (transfer none) (nullable): a bound statement "@head WHERE …", not stepped yet; without what is beside @self
 */
RoundsStatement *
rounds_query_prepare (RoundsQuery *self, RoundsDatabase *database, const char *head, gboolean ordered, GError **error)
{
  g_autoptr (GString) sql = g_string_new (head);
  RoundsStatement *statement;

  append_query (sql, self, ordered);
  statement = rounds_database_prepare (database, sql->str, error);
  if (statement != NULL)
    bind_query (statement, self, ordered);
  return statement;
}

/*
 * rounds_query_prepare_keys:
 * @prefix: "" or what comes before the statement
 *
 * Returns: (transfer none) (nullable): a bound statement that gives the row keys in @self's order and, of a query in
 *   sections, the first letter of each name
 */
RoundsStatement *
rounds_query_prepare_keys (RoundsQuery *self, RoundsDatabase *database, const char *prefix, GError **error)
{
  g_autoptr (GString) sql = g_string_new (prefix);
  RoundsStatement *statement;

  if (self->beside == NULL)
    {
      g_string_append_printf (sql, "SELECT row_key%s FROM \"%s\"", self->in_sections ? ", unicode(sort_key)" : "",
                              rounds_entity_get_info (self->entity)->name);
      return rounds_query_prepare (self, database, sql->str, TRUE, error);
    }
  append_union (sql, self);
  statement = rounds_database_prepare (database, sql->str, error);
  if (statement != NULL)
    bind_union (statement, self);
  return statement;
}
