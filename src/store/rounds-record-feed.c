/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading whole tables and the log for sync. */

#include "rounds-record-feed.h"

#include "rounds-record-store-private.h"

/**
 * rounds_record_store_scan:
 * @entity: what to read
 * @scope: (nullable): which records; %NULL for all
 * @row_key: (inout): behind which row, 0 for the first; on return the last one that was read
 * @ended: (out): whether there is nothing behind it
 * @func: (scope call): gets each record, tombstones too, in the order of their rows
 * @error: (out) (optional): what the disk says
 *
 * Reads a table by one statement. A row keeps its place for ever and new rows come last, so a scan that is broken off
 * and taken up again sees every row that was there when it began.
 */
gboolean
rounds_record_store_scan (RoundsRecordStore *self, RoundsEntity entity, const RoundsTerritoryScope *scope,
                          gint64 *row_key, gboolean *ended, RoundsRecordFunc func, gpointer data, GError **error)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (entity);
  g_autoptr (GString) sql = g_string_new (rounds_record_store_get_select_sql (self, entity));
  g_autoptr (RoundsStatement) statement = NULL;
  RoundsStep step;
  int parameter = 1;

  g_string_append (sql, " WHERE row_key > $1");
  rounds_territory_scope_append_sql (scope, sql, &parameter);
  g_string_append (sql, " ORDER BY row_key");
  statement = rounds_database_prepare (self->database, sql->str, error);
  if (statement == NULL)
    return FALSE;

  *ended = FALSE;
  rounds_statement_bind_integer (statement, 1, *row_key);
  parameter = 1;
  rounds_territory_scope_bind (scope, statement, &parameter);
  while ((step = rounds_statement_step (statement, error)) == ROUNDS_STEP_ROW)
    {
      *row_key = rounds_statement_get_integer (statement, (int) info->n_fields);
      if (!func (rounds_record_store_read_row (statement, entity), data))
        return TRUE;
    }
  *ended = step == ROUNDS_STEP_DONE;
  return *ended;
}

static gint64
read_integer (RoundsRecordStore *self, const char *sql, GError **error)
{
  g_autoptr (RoundsStatement) statement = rounds_database_prepare (self->database, sql, error);

  if (statement == NULL || rounds_statement_step (statement, error) != ROUNDS_STEP_ROW)
    return -1;
  return rounds_statement_get_integer (statement, 0);
}

/** rounds_record_store_get_row_key: by what the record with @id is known in this database alone, as long as that lives.
 */
gint64
rounds_record_store_get_row_key (RoundsRecordStore *self, RoundsEntity entity, const RoundsUuid *id, GError **error)
{
  return rounds_record_store_find_row (self, entity, id, error);
}

/**
 * rounds_record_store_estimate_size:
 *
 * Returns: about how many synced records there are, tombstones too, without counting them; -1 on error
 */
gint64
rounds_record_store_estimate_size (RoundsRecordStore *self, GError **error)
{
  gint64 size = 0;

  for (int e = 0; e < ROUNDS_N_ENTITIES; e++)
    {
      const RoundsEntityInfo *info = rounds_entity_get_info (e);
      g_autofree char *sql = g_strdup_printf ("SELECT coalesce(max(row_key), 0) FROM \"%s\"", info->name);
      gint64 last = info->scope == ROUNDS_SCOPE_SYNCED ? read_integer (self, sql, error) : 0;

      if (last < 0)
        return -1;
      size += last;
    }
  return size;
}

/* Whether the line that began with @base, the values before, moved the record, and from where. */
static void
read_move (const char *base, RoundsLogMark *mark)
{
  g_autoptr (yyjson_doc) doc = NULL;
  const char *name = rounds_entity_get_field (ROUNDS_ENTITY_TERRITORY, ROUNDS_FIELD_TERRITORY)->name;
  yyjson_val *from;

  if (!rounds_json_read (base, -1, &doc, NULL))
    return;
  from = yyjson_obj_get (yyjson_doc_get_root (doc), name);
  mark->has_moved = from != NULL;
  if (yyjson_is_str (from) && !rounds_uuid_parse (yyjson_get_str (from), &mark->from))
    mark->has_moved = FALSE;
}

/**
 * rounds_record_store_list_marks:
 * @after_seq: 0 for the beginning
 * @limit: at most so many, more than 0
 *
 * Returns: (transfer full) (element-type RoundsLogMark) (nullable): the log behind @after_seq, oldest first
 */
GArray *
rounds_record_store_list_marks (RoundsRecordStore *self, gint64 after_seq, guint limit, GError **error)
{
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (RoundsLogMark));
  g_autoptr (RoundsStatement) statement = NULL;
  RoundsStep step;

  if (!rounds_record_store_flush_log (self, error))
    return NULL;
  statement = rounds_database_prepare (
    self->database,
    "SELECT seq, entity, record, rev, CASE WHEN base LIKE '%\"territory\":%' THEN base END FROM change_log"
    " WHERE seq > $1 ORDER BY seq LIMIT $2",
    error);
  if (statement == NULL)
    return NULL;
  rounds_statement_bind_integer (statement, 1, after_seq);
  rounds_statement_bind_integer (statement, 2, limit);
  while ((step = rounds_statement_step (statement, error)) == ROUNDS_STEP_ROW)
    {
      g_autofree char *entity = rounds_statement_dup_text (statement, 1);
      g_autofree char *base = rounds_statement_dup_text (statement, 4);
      RoundsLogMark mark = { .seq = rounds_statement_get_integer (statement, 0),
                             .rev = rounds_statement_get_integer (statement, 3) };

      mark.entity = rounds_entity_from_name (entity);
      rounds_statement_get_uuid (statement, 2, &mark.record);
      if (base != NULL)
        read_move (base, &mark);
      g_array_append_val (marks, mark);
    }
  return step == ROUNDS_STEP_DONE ? g_steal_pointer (&marks) : NULL;
}

/**
 * rounds_record_store_get_line_group:
 * @seq: a position in the log
 * @group: (out): the group of the line there, which no other log has at that place; nil if the line is not there
 *
 * Returns: %FALSE on error
 */
gboolean
rounds_record_store_get_line_group (RoundsRecordStore *self, gint64 seq, RoundsUuid *group, GError **error)
{
  g_autoptr (RoundsStatement) statement = NULL;
  RoundsStep step;

  *group = (RoundsUuid) { { 0 } };
  if (!rounds_record_store_flush_log (self, error))
    return FALSE;
  statement = rounds_database_prepare (self->database, "SELECT group_id FROM change_log WHERE seq = $1", error);
  if (statement == NULL)
    return FALSE;
  rounds_statement_bind_integer (statement, 1, seq);
  step = rounds_statement_step (statement, error);
  if (step == ROUNDS_STEP_ROW)
    rounds_statement_get_uuid (statement, 0, group);
  return step != ROUNDS_STEP_ERROR;
}

/**
 * rounds_record_store_get_log_floor:
 *
 * Returns: the position behind which nothing is missing from the log: 0 as long as nobody has shortened it; -1 on error
 */
gint64
rounds_record_store_get_log_floor (RoundsRecordStore *self, GError **error)
{
  if (!rounds_record_store_flush_log (self, error))
    return -1;
  return read_integer (self,
                       "SELECT coalesce((SELECT min(seq) - 1 FROM change_log),"
                       " (SELECT value FROM counter WHERE name = 'seq'))",
                       error);
}
