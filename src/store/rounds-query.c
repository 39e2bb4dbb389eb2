/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-query-private.h"

#include <string.h>

G_DEFINE_BOXED_TYPE (RoundsQuery, rounds_query, rounds_query_ref, rounds_query_unref)

static void
condition_clear (gpointer data)
{
  rounds_value_clear (&((RoundsCondition *) data)->value);
}

static void
having_clear (gpointer data)
{
  g_free (((RoundsHaving *) data)->text);
}

static void
sql_condition_clear (gpointer data)
{
  RoundsSqlCondition *condition = data;

  g_free (condition->sql);
  g_array_unref (condition->values);
}

/**
 * rounds_query_new:
 * @entity: what to read
 *
 * Returns: (transfer full): all records of @entity that are not deleted, in the order in which they were recorded
 */
RoundsQuery *
rounds_query_new (RoundsEntity entity)
{
  RoundsQuery *self = g_new0 (RoundsQuery, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->entity = entity;
  self->conditions = g_array_new (FALSE, TRUE, sizeof (RoundsCondition));
  g_array_set_clear_func (self->conditions, condition_clear);
  self->having = g_array_new (FALSE, TRUE, sizeof (RoundsHaving));
  g_array_set_clear_func (self->having, having_clear);
  self->sql_conditions = g_array_new (FALSE, TRUE, sizeof (RoundsSqlCondition));
  g_array_set_clear_func (self->sql_conditions, sql_condition_clear);
  self->order = ROUNDS_ORDER_NONE;
  return self;
}

/** rounds_query_ref: Returns: (transfer full): @self. */
RoundsQuery *
rounds_query_ref (RoundsQuery *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/** rounds_query_unref: lets go of @self. */
void
rounds_query_unref (RoundsQuery *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_array_unref (self->conditions);
  g_array_unref (self->having);
  g_clear_pointer (&self->scope, rounds_territory_scope_free);
  g_free (self->search);
  g_clear_object (&self->after);
  g_array_unref (self->sql_conditions);
  g_clear_pointer (&self->beside, rounds_query_unref);
  g_clear_pointer (&self->then, rounds_query_unref);
  g_free (self);
}

static void
copy_sql_conditions (RoundsQuery *self, RoundsQuery *copy)
{
  for (guint i = 0; i < self->sql_conditions->len; i++)
    {
      RoundsSqlCondition *condition = &g_array_index (self->sql_conditions, RoundsSqlCondition, i);
      GArray *values;

      rounds_query_where_sql (copy, condition->sql);
      values = g_array_index (copy->sql_conditions, RoundsSqlCondition, i).values;
      g_array_set_size (values, condition->values->len);
      for (guint v = 0; v < values->len; v++)
        rounds_value_copy (&g_array_index (condition->values, RoundsValue, v), &g_array_index (values, RoundsValue, v));
    }
}

/**
 * rounds_query_copy:
 *
 * Returns: (transfer full): an equal query that may be changed; the record of rounds_query_after() is shared
 */
RoundsQuery *
rounds_query_copy (RoundsQuery *self)
{
  RoundsQuery *copy = rounds_query_new (self->entity);

  for (guint i = 0; i < self->conditions->len; i++)
    {
      RoundsCondition *condition = &g_array_index (self->conditions, RoundsCondition, i);

      rounds_query_where (copy, condition->field, condition->comparison, &condition->value);
    }
  for (guint i = 0; i < self->having->len; i++)
    {
      RoundsHaving *having = &g_array_index (self->having, RoundsHaving, i);

      rounds_query_having (copy, having->entity, having->through, having->field, having->text);
    }
  rounds_query_within (copy, self->scope);
  copy->search = g_strdup (self->search);
  copy->order = self->order;
  copy->descending = self->descending;
  copy->limit = self->limit;
  copy->deleted = self->deleted;
  g_set_object (&copy->after, self->after);
  copy_sql_conditions (self, copy);
  copy->order_sql = self->order_sql;
  copy->in_sections = self->in_sections;
  copy->beside = self->beside != NULL ? rounds_query_copy (self->beside) : NULL;
  copy->then = self->then != NULL ? rounds_query_ref (self->then) : NULL;
  return copy;
}

/** rounds_query_get_entity: what is read first; rounds_query_reads() knows of the others. */
RoundsEntity
rounds_query_get_entity (RoundsQuery *self)
{
  return self->entity;
}

/**
 * rounds_query_where:
 * @field: a field of the query's entity
 * @comparison: how it must compare; with a null @value only %ROUNDS_IS and %ROUNDS_IS_NOT
 * @value: copied
 *
 * Returns: (transfer none): @self
 */
RoundsQuery *
rounds_query_where (RoundsQuery *self, guint field, RoundsComparison comparison, const RoundsValue *value)
{
  RoundsCondition condition = { field, comparison, ROUNDS_VALUE_INIT };

  g_assert (field < rounds_entity_get_info (self->entity)->n_fields);
  g_assert (!rounds_value_is_null (value) || comparison == ROUNDS_IS || comparison == ROUNDS_IS_NOT);
  rounds_value_copy (value, &condition.value);
  g_array_append_val (self->conditions, condition);
  return self;
}

/** rounds_query_where_text: rounds_query_where() with a text. */
RoundsQuery *
rounds_query_where_text (RoundsQuery *self, guint field, RoundsComparison comparison, const char *text)
{
  g_auto (RoundsValue) value = ROUNDS_VALUE_INIT;

  rounds_value_set_text (&value, text);
  return rounds_query_where (self, field, comparison, &value);
}

/** rounds_query_where_integer: rounds_query_where() with a whole number, which instants and booleans are too. */
RoundsQuery *
rounds_query_where_integer (RoundsQuery *self, guint field, RoundsComparison comparison, gint64 integer)
{
  g_auto (RoundsValue) value = ROUNDS_VALUE_INIT;

  rounds_value_set_integer (&value, integer);
  return rounds_query_where (self, field, comparison, &value);
}

/** rounds_query_where_uuid: rounds_query_where() with an id. */
RoundsQuery *
rounds_query_where_uuid (RoundsQuery *self, guint field, RoundsComparison comparison, const RoundsUuid *uuid)
{
  g_auto (RoundsValue) value = ROUNDS_VALUE_INIT;

  rounds_value_set_uuid (&value, uuid);
  return rounds_query_where (self, field, comparison, &value);
}

/**
 * rounds_query_having:
 * @entity: an entity that refers to the query's
 * @through: its reference field
 * @field: its text or enum field
 * @text: the value that this field must have
 *
 * Returns: (transfer none): @self
 */
RoundsQuery *
rounds_query_having (RoundsQuery *self, RoundsEntity entity, guint through, guint field, const char *text)
{
  RoundsHaving having = { entity, through, field, g_strdup (text) };

  g_assert (rounds_entity_get_field (entity, through)->target == self->entity);
  g_array_append_val (self->having, having);
  return self;
}

/**
 * rounds_query_within:
 * @scope: (nullable): what is to be seen; %NULL is everything
 *
 * Returns: (transfer none): @self
 */
RoundsQuery *
rounds_query_within (RoundsQuery *self, const RoundsTerritoryScope *scope)
{
  g_clear_pointer (&self->scope, rounds_territory_scope_free);
  self->scope = scope != NULL ? rounds_territory_scope_copy (scope) : NULL;
  return self;
}

/* Returns: (transfer full): an FTS5 expression: each word of @text, folded, as a quoted prefix; "" without any word */
static char *
make_search_expression (const char *text)
{
  g_auto (GStrv) words = rounds_search_words (text);
  GString *expression = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    g_string_append_printf (expression, "%s\"%s\"*", i > 0 ? " " : "", words[i]);
  return g_string_free_and_steal (expression);
}

/**
 * rounds_query_search:
 * @text: (nullable): what a person typed; %NULL or blank: no search
 *
 * Every word must begin a word of the record's searchable fields; case and accents do not matter. Text without any
 * letter or digit finds nothing.
 *
 * Returns: (transfer none): @self
 */
RoundsQuery *
rounds_query_search (RoundsQuery *self, const char *text)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text != NULL ? text : ""));

  g_clear_pointer (&self->search, g_free);
  if (*trimmed != '\0')
    self->search = make_search_expression (trimmed);
  return self;
}

/**
 * rounds_query_order_by:
 * @field: a field that is not null in the records that are read, such as a required one
 * @descending: the greatest first
 *
 * Returns: (transfer none): @self
 */
RoundsQuery *
rounds_query_order_by (RoundsQuery *self, guint field, gboolean descending)
{
  g_assert (field < rounds_entity_get_info (self->entity)->n_fields);
  self->order = (int) field;
  self->descending = descending;
  return self;
}

/** rounds_query_order_by_name: for entities with %ROUNDS_FIELD_SORT fields. */
RoundsQuery *
rounds_query_order_by_name (RoundsQuery *self)
{
  g_assert (rounds_entity_has_flag (self->entity, ROUNDS_FIELD_SORT));
  self->order = ROUNDS_ORDER_NAME;
  self->descending = FALSE;
  return self;
}

/**
 * rounds_query_after:
 * @last: (nullable): the last record of the page before
 *
 * Returns: (transfer none): @self, for the page that follows in the same order, whatever was inserted meanwhile
 */
RoundsQuery *
rounds_query_after (RoundsQuery *self, RoundsRecord *last)
{
  g_set_object (&self->after, last);
  return self;
}

RoundsQuery *
rounds_query_limit (RoundsQuery *self, guint limit)
{
  self->limit = limit;
  return self;
}

RoundsQuery *
rounds_query_include_deleted (RoundsQuery *self)
{
  self->deleted = ROUNDS_DELETED_INCLUDED;
  return self;
}

/** rounds_query_only_deleted: the trash, what was deleted last first. Returns: (transfer none): @self. */
RoundsQuery *
rounds_query_only_deleted (RoundsQuery *self)
{
  self->deleted = ROUNDS_DELETED_ONLY;
  return rounds_query_order_by (self, ROUNDS_FIELD_DELETED_AT, TRUE);
}

/** rounds_query_in_sections: Returns: (transfer none): @self, ordered by name, whose keys come with their letters. */
RoundsQuery *
rounds_query_in_sections (RoundsQuery *self)
{
  self->in_sections = TRUE;
  return rounds_query_order_by_name (self);
}

/**
 * rounds_query_beside:
 * @other: (transfer full): a query of another entity, without an order, limit or page of its own
 *
 * Returns: (transfer none): @self, which reads the records of both in its own order
 */
RoundsQuery *
rounds_query_beside (RoundsQuery *self, RoundsQuery *other)
{
  RoundsQuery *last = self;

  while (last->beside != NULL)
    last = last->beside;
  last->beside = other;
  return self;
}

/**
 * rounds_query_then:
 * @slower: (transfer full): a query of the same entities
 *
 * Returns: (transfer none): @self, after whose records come those that @slower finds beside them
 */
RoundsQuery *
rounds_query_then (RoundsQuery *self, RoundsQuery *slower)
{
  g_clear_pointer (&self->then, rounds_query_unref);
  self->then = slower;
  return self;
}

/* rounds_query_where_sql: a condition in the store's own words, whose values are added next. Returns: @self. */
RoundsQuery *
rounds_query_where_sql (RoundsQuery *self, const char *sql)
{
  RoundsSqlCondition condition = { g_strdup (sql), g_array_new (FALSE, TRUE, sizeof (RoundsValue)) };

  g_array_set_clear_func (condition.values, (GDestroyNotify) rounds_value_clear);
  g_array_append_val (self->sql_conditions, condition);
  return self;
}

/* Returns: the place of the next value of the condition that was added last. */
static RoundsValue *
add_value (RoundsQuery *self)
{
  GArray *values = g_array_index (self->sql_conditions, RoundsSqlCondition, self->sql_conditions->len - 1).values;

  g_array_set_size (values, values->len + 1);
  return &g_array_index (values, RoundsValue, values->len - 1);
}

void
rounds_query_add_text (RoundsQuery *self, const char *text)
{
  rounds_value_set_text (add_value (self), text);
}

void
rounds_query_add_integer (RoundsQuery *self, gint64 integer)
{
  rounds_value_set_integer (add_value (self), integer);
}

void
rounds_query_add_uuid (RoundsQuery *self, const RoundsUuid *uuid)
{
  rounds_value_set_uuid (add_value (self), uuid);
}

/* rounds_query_order_by_sql: by an expression (static), what has none last; then by name. Returns: @self. */
RoundsQuery *
rounds_query_order_by_sql (RoundsQuery *self, const char *sql, gboolean descending)
{
  rounds_query_order_by_name (self);
  self->order_sql = sql;
  self->descending = descending;
  return self;
}

/* rounds_query_is_instant: whether the first rows come from an index as they are, so that the main thread may ask. */
gboolean
rounds_query_is_instant (RoundsQuery *self)
{
  for (RoundsQuery *query = self; query != NULL; query = query->beside)
    if (query->search != NULL || query->sql_conditions->len > 0 || query->order_sql != NULL || query->then != NULL)
      return FALSE;
  return TRUE;
}

/** rounds_query_reads: whether records of @entity are among what @self finds. */
gboolean
rounds_query_reads (RoundsQuery *self, RoundsEntity entity)
{
  for (RoundsQuery *query = self; query != NULL; query = query->beside)
    if (query->entity == entity)
      return TRUE;
  return FALSE;
}

/*
 * rounds_query_reads_words:
 *
 * Returns: whether the answer may depend on a full-text index
 */
gboolean
rounds_query_reads_words (RoundsQuery *self)
{
  for (RoundsQuery *query = self; query != NULL; query = query->beside)
    if (query->search != NULL || query->sql_conditions->len > 0)
      return TRUE;
  return self->then != NULL && rounds_query_reads_words (self->then);
}

/**
 * rounds_search_words:
 * @text: what a person typed
 *
 * Returns: (transfer full): its words, folded: what is not a letter or a digit parts them
 */
char **
rounds_search_words (const char *text)
{
  g_autofree char *folded = rounds_text_fold (text);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  const char *start = NULL;

  for (const char *p = folded;; p = g_utf8_next_char (p))
    {
      gboolean in_word = *p != '\0' && g_unichar_isalnum (g_utf8_get_char (p));

      if (in_word && start == NULL)
        start = p;
      else if (!in_word && start != NULL)
        {
          g_strv_builder_take (words, g_strndup (start, (gsize) (p - start)));
          start = NULL;
        }
      if (*p == '\0')
        break;
    }
  return g_strv_builder_end (words);
}

/*
 * rounds_search_text:
 * @text: (nullable): the text of a searchable field
 *
 * The words are folded here: FTS5's own folding would not find ß by ss or ø by o. What is not a letter or a digit
 * becomes a blank, as the index's tokenizer knows ASCII alone.
 *
 * Returns: (transfer full): the words of @text as the full-text index has them
 */
char *
rounds_search_text (const char *text)
{
  g_autofree char *folded = rounds_text_fold (text);
  GString *words = NULL;

  if (g_str_is_ascii (folded))
    return g_steal_pointer (&folded);

  words = g_string_sized_new (strlen (folded));
  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      g_string_append_unichar (words, g_unichar_isalnum (c) ? c : ' ');
    }
  return g_string_free_and_steal (words);
}
