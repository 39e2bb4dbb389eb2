/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fault-state.h"

#include <string.h>

#include "rounds-remote.h"
#include "rounds-sqlite-database.h"
#include "rounds-store-schema.h"

/* Searching for every record of a large import would tell no more. */
#define SEARCHES 12

/* Ids and times are another each time something is made, and say nothing. */
static gboolean
is_compared (const RoundsEntityInfo *info, guint field)
{
  return field != ROUNDS_FIELD_CREATED_AT && field != ROUNDS_FIELD_UPDATED_AT && field != ROUNDS_FIELD_DELETED_AT
         && rounds_field_get_kind (&info->fields[field]) != ROUNDS_VALUE_UUID;
}

static char *
dump_record (RoundsRecord *record)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (record));
  GString *line = g_string_new (info->name);

  if (rounds_record_is_deleted (record))
    g_string_append (line, " deleted");
  for (guint f = 0; f < info->n_fields; f++)
    {
      g_autofree char *text = NULL;

      if (!is_compared (info, f) || rounds_record_is_null (record, f))
        continue;
      text = rounds_field_format (&info->fields[f], rounds_record_get_value (record, f));
      g_string_append_printf (line, " %s=%s", info->fields[f].name, text);
    }
  return g_string_free_and_steal (line);
}

static void
dump_entity (RoundsRecordStore *store, RoundsEntity entity, GPtrArray *lines)
{
  g_autoptr (RoundsQuery) query = rounds_query_include_deleted (rounds_query_new (entity));
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = rounds_record_store_list (store, query, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < records->len; i++)
    g_ptr_array_add (lines, dump_record (records->pdata[i]));
}

static gsize
length (const char *text)
{
  return text != NULL ? strlen (text) : 0;
}

/* The values in a line hold ids, all of one length. */
static void
dump_log (RoundsRecordStore *store, GPtrArray *lines)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) changes = rounds_record_store_list_changes (store, 0, G_MAXINT32, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < changes->len; i++)
    {
      const RoundsChange *change = g_ptr_array_index (changes, i);

      g_ptr_array_add (lines, g_strdup_printf ("log %06" G_GINT64_FORMAT " %s %s state=%d base_rev=%" G_GINT64_FORMAT
                                               " rev=%" G_GINT64_FORMAT " fields=%zu base=%zu reply=%zu",
                                               change->seq, rounds_entity_get_info (change->entity)->name,
                                               rounds_operation_to_string (change->operation), change->state,
                                               change->base_rev, change->rev, length (change->fields),
                                               length (change->base), length (change->reply)));
    }
}

static RoundsStatement *
prepare (RoundsRecordStore *store, const char *sql)
{
  g_autoptr (GError) error = NULL;
  RoundsStatement *statement = rounds_database_prepare (rounds_record_store_get_database (store), sql, &error);

  g_assert_no_error (error);
  return statement;
}

static void
dump_settings (RoundsRecordStore *store, GPtrArray *lines)
{
  g_autoptr (RoundsStatement) statement = prepare (store, "SELECT key, value FROM store_state");
  g_autoptr (GError) error = NULL;

  while (rounds_statement_step (statement, &error) == ROUNDS_STEP_ROW)
    {
      g_autofree char *name = rounds_statement_dup_text (statement, 0);
      g_autofree char *value = rounds_statement_dup_text (statement, 1);

      if (g_str_equal (name, ROUNDS_STATE_VERIFIED)) /* a time, as above */
        g_ptr_array_add (lines, g_strdup_printf ("state %s", name));
      else
        g_ptr_array_add (lines, g_strdup_printf ("state %s=%s", name, value));
    }
  g_assert_no_error (error);
}

/**
 * fault_state_dump:
 *
 * Returns: (transfer full): every record, line of the log and setting, one a line, sorted
 */
char *
fault_state_dump (RoundsRecordStore *store)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (int e = 0; e < ROUNDS_N_ENTITIES; e++)
    if (rounds_store_keeps (rounds_record_store_get_role (store), e))
      dump_entity (store, e, lines);
  dump_log (store, lines);
  dump_settings (store, lines);
  g_ptr_array_sort_values (lines, (GCompareFunc) strcmp);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}

/* Fails if @sql gives a row; @name is for the message. */
static void
assert_no_row (RoundsRecordStore *store, const char *name, const char *what, const char *sql)
{
  g_autoptr (RoundsStatement) statement = prepare (store, sql);
  g_autoptr (GError) error = NULL;
  RoundsStep step = rounds_statement_step (statement, &error);

  g_assert_no_error (error);
  if (step == ROUNDS_STEP_ROW)
    g_error ("%s: %s", name, what);
}

/* The full-text index is sound and is about the rows that there are. */
static void
assert_words (RoundsRecordStore *store, const RoundsEntityInfo *info)
{
  RoundsDatabase *database = rounds_record_store_get_database (store);
  g_autofree char *check =
    g_strdup_printf ("INSERT INTO \"%s_search\" (\"%s_search\") VALUES ('integrity-check')", info->name, info->name);
  g_autofree char *missing =
    g_strdup_printf ("SELECT row_key FROM \"%s\" EXCEPT SELECT id FROM \"%s_search_docsize\"", info->name, info->name);
  g_autofree char *surplus =
    g_strdup_printf ("SELECT id FROM \"%s_search_docsize\" EXCEPT SELECT row_key FROM \"%s\"", info->name, info->name);
  g_autoptr (GError) error = NULL;

  rounds_database_exec (database, check, &error);
  g_assert_no_error (error);
  assert_no_row (store, info->name, "a row cannot be found by its words", missing);
  assert_no_row (store, info->name, "words of a row that is not there", surplus);
}

static void
assert_found_by_name (RoundsRecordStore *store)
{
  g_autoptr (RoundsQuery) all = rounds_query_limit (rounds_query_new (ROUNDS_ENTITY_PERSON), SEARCHES);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) people = rounds_record_store_list (store, all, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < people->len; i++)
    {
      g_autofree char *name = rounds_record_get_title (people->pdata[i]);
      g_autoptr (RoundsQuery) query = rounds_query_search (rounds_query_new (ROUNDS_ENTITY_PERSON), name);
      g_autoptr (GPtrArray) found = rounds_record_store_list (store, query, &error);
      gboolean is_there = FALSE;

      g_assert_no_error (error);
      for (guint n = 0; n < found->len; n++)
        is_there |= rounds_uuid_equal (rounds_record_get_id (found->pdata[n]), rounds_record_get_id (people->pdata[i]));
      g_assert_true (is_there);
    }
}

/* What the server has never seen is in the outbox, or among what it refused. */
static void
assert_will_be_sent (RoundsRecordStore *store, const RoundsEntityInfo *info)
{
  g_autofree char *sql = g_strdup_printf ("SELECT 1 FROM \"%s\" WHERE rev = 0 AND id NOT IN"
                                          " (SELECT record FROM change_log WHERE state <> 1 AND entity = '%s')",
                                          info->name, info->name);

  assert_no_row (store, info->name, "a new record that will never be sent", sql);
}

/**
 * fault_state_assert_sound:
 *
 * Every page is what it should be, and so are the rows, their words, their references and the log among each other.
 */
void
fault_state_assert_sound (RoundsRecordStore *store)
{
  RoundsDatabase *database = rounds_record_store_get_database (store);
  g_autoptr (GError) error = NULL;

  rounds_sqlite_database_check (ROUNDS_SQLITE_DATABASE (database), &error);
  g_assert_no_error (error);
  assert_no_row (store, "database", "a reference leads nowhere", "PRAGMA foreign_key_check");
  assert_no_row (store, "interaction_attendee", "it does not hold the interaction that it is about",
                 "SELECT 1 FROM interaction_attendee AS a LEFT JOIN interaction AS i ON i.id = a.interaction"
                 " AND i.deleted_at IS NULL AND a.deleted_at IS NULL"
                 " WHERE a.attended_at IS NOT i.occurred_at OR a.attended_key IS NOT i.row_key");
  assert_no_row (store, "log", "a line with a number that is still to come",
                 "SELECT 1 FROM change_log WHERE seq > (SELECT value FROM counter WHERE name = 'seq')");

  for (int e = 0; e < ROUNDS_N_ENTITIES; e++)
    {
      const RoundsEntityInfo *info = rounds_entity_get_info (e);

      if (!rounds_store_keeps (rounds_record_store_get_role (store), e))
        continue;
      if (rounds_entity_has_flag (e, ROUNDS_FIELD_SEARCH))
        assert_words (store, info);
      if (info->scope == ROUNDS_SCOPE_SYNCED && rounds_record_store_get_role (store) == ROUNDS_ROLE_DEVICE)
        assert_will_be_sent (store, info);
    }
  assert_found_by_name (store);
}
