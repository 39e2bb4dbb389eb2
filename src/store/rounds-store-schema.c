/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-store-schema.h"

#include <glib/gi18n-lib.h>

#include "rounds-error.h"
#include "rounds-query-private.h"
#include "rounds-record-store-private.h"

/* Schema history:
 *   1  every entity of the table, change log, counter, state, stored replies
 *   2  note templates, amendments, merges, import mappings; kinds of follow-ups; reverted imports; replies by group
 *   3  attendees' rows tell when their interaction was
 *   4  a device's log may leave it to a record to tell what it was created with (rounds-change-log.c)
 *
 * A new database is created as of the newest version; the steps bring older ones there. Both ways lead to the same
 * tables (tests/store/test-schema-history.c compares them).
 *
 * Tables of entities come from the entity table. Beside the entity's fields a row has
 *   row_key   what lists and the full-text index know it by, on this database alone
 *   sort_key  the folded name, where the entity has one
 *   attended_at, attended_key  when an attendee's interaction was and its row_key (rounds-record-attendance.c)
 */

/* An index beyond those that the entity table implies, over what is not deleted. */
typedef struct
{
  RoundsEntity entity;
  int fields[3]; /* ended by -1 */
} IndexSource;

static const IndexSource indexes[] = {
  { ROUNDS_ENTITY_INTERACTION, { ROUNDS_INTERACTION_OCCURRED_AT, -1 } },
  { ROUNDS_ENTITY_APPOINTMENT, { ROUNDS_APPOINTMENT_START_AT, -1 } },
  { ROUNDS_ENTITY_APPOINTMENT, { ROUNDS_APPOINTMENT_ICAL_UID, -1 } },
  { ROUNDS_ENTITY_PHYSICIAN, { ROUNDS_PHYSICIAN_NPI, -1 } },
  { ROUNDS_ENTITY_PERSON, { ROUNDS_PERSON_EMAIL, -1 } },
  { ROUNDS_ENTITY_PERSON_ROLE, { ROUNDS_PERSON_ROLE_TYPE, ROUNDS_PERSON_ROLE_PERSON, -1 } },
  { ROUNDS_ENTITY_REMINDER, { ROUNDS_REMINDER_STATE, ROUNDS_REMINDER_DUE_AT, -1 } },
  { ROUNDS_ENTITY_REMINDER, { ROUNDS_REMINDER_SUBJECT, -1 } },
  { ROUNDS_ENTITY_FOLLOW_UP, { ROUNDS_FOLLOW_UP_DUE_ON, -1 } },
  { ROUNDS_ENTITY_CT_JOURNEY, { ROUNDS_CT_JOURNEY_STAGE, -1 } },
  { ROUNDS_ENTITY_EAP_JOURNEY, { ROUNDS_EAP_JOURNEY_STAGE, -1 } },
  { ROUNDS_ENTITY_JOURNEY_STEP, { ROUNDS_JOURNEY_STEP_JOURNEY, ROUNDS_JOURNEY_STEP_ENTERED_AT, -1 } },
  { ROUNDS_ENTITY_MEDICAL_CONDITION, { ROUNDS_MEDICAL_CONDITION_CODE, -1 } },
  { ROUNDS_ENTITY_CONFLICT, { ROUNDS_CONFLICT_RECORD, -1 } },
  { ROUNDS_ENTITY_JOB, { ROUNDS_JOB_STATE, ROUNDS_JOB_RUN_AT, -1 } },
  { ROUNDS_ENTITY_MERGE, { ROUNDS_MERGE_MERGED, -1 } },
};

/* What the index of a reference ends with: by that the records that refer to one record are read, newest first. */
static const char *
get_timeline_columns (RoundsEntity entity, guint field)
{
  switch (entity)
    {
    case ROUNDS_ENTITY_INTERACTION:
      return ", \"occurred_at\"";
    case ROUNDS_ENTITY_APPOINTMENT:
      return ", \"start_at\"";
    case ROUNDS_ENTITY_FOLLOW_UP:
      return ", \"due_on\"";
    case ROUNDS_ENTITY_INTERACTION_ATTENDEE:
      return field == ROUNDS_INTERACTION_ATTENDEE_PERSON ? ", \"attended_at\", \"attended_key\"" : "";
    default:
      return "";
    }
}

/**
 * rounds_store_keeps:
 *
 * Returns: whether a database of @role has a table for @entity
 */
gboolean
rounds_store_keeps (RoundsStoreRole role, RoundsEntity entity)
{
  switch (rounds_entity_get_info (entity)->scope)
    {
    case ROUNDS_SCOPE_SYNCED:
      return TRUE;
    case ROUNDS_SCOPE_LOCAL:
      return role == ROUNDS_ROLE_DEVICE;
    case ROUNDS_SCOPE_SERVER:
      return role == ROUNDS_ROLE_SERVER;
    default:
      g_assert_not_reached ();
    }
}

/**
 * rounds_store_schema_has_order:
 * @order: a field, or one of ROUNDS_ORDER_
 *
 * Returns: whether records of @entity that are not deleted can be read in that order by an index
 */
gboolean
rounds_store_schema_has_order (RoundsEntity entity, int order)
{
  if (order == ROUNDS_ORDER_NONE || order == ROUNDS_ORDER_NAME)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (indexes); i++)
    if (indexes[i].entity == entity && indexes[i].fields[0] == order)
      return TRUE;
  return FALSE;
}

static gboolean
has_long_text (RoundsEntity entity)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (entity);

  for (guint f = 0; f < info->n_fields; f++)
    if ((info->fields[f].flags & ROUNDS_FIELD_SEARCH) && info->fields[f].type == ROUNDS_TYPE_LONG_TEXT)
      return TRUE;
  return FALSE;
}

/**
 * rounds_store_schema_has_prefix:
 *
 * Returns: whether the full-text index of @entity has lists of what begins with @length letters
 */
gboolean
rounds_store_schema_has_prefix (RoundsEntity entity, guint length)
{
  return length == 3 || (length == 2 && !has_long_text (entity));
}

static const char *
get_column_type (const RoundsFieldInfo *field)
{
  switch (rounds_field_get_kind (field))
    {
    case ROUNDS_VALUE_INTEGER:
      return "INTEGER";
    case ROUNDS_VALUE_REAL:
      return "REAL";
    case ROUNDS_VALUE_UUID:
      return "BLOB";
    case ROUNDS_VALUE_TEXT:
      return "TEXT";
    case ROUNDS_VALUE_NULL:
    default:
      g_assert_not_reached ();
    }
}

static void
append_table (GString *sql, RoundsEntity entity)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (entity);

  g_string_append_printf (sql, "CREATE TABLE \"%s\" (row_key INTEGER PRIMARY KEY", info->name);
  for (guint f = 0; f < info->n_fields; f++)
    {
      const RoundsFieldInfo *field = &info->fields[f];

      g_string_append_printf (sql, ", \"%s\" %s", field->name, get_column_type (field));
      if (f == ROUNDS_FIELD_ID)
        g_string_append (sql, " NOT NULL UNIQUE");
      else if (f == ROUNDS_FIELD_REV || f == ROUNDS_FIELD_CREATED_AT || f == ROUNDS_FIELD_UPDATED_AT
               || (field->flags & ROUNDS_FIELD_REQUIRED))
        g_string_append (sql, " NOT NULL");
      if (field->type == ROUNDS_TYPE_REFERENCE)
        g_string_append_printf (sql, " REFERENCES \"%s\" (id)", rounds_entity_get_info (field->target)->name);
    }
  if (rounds_entity_has_flag (entity, ROUNDS_FIELD_SORT))
    g_string_append (sql, ", sort_key TEXT");
  if (entity == ROUNDS_ENTITY_INTERACTION_ATTENDEE)
    g_string_append (sql, ", attended_at INTEGER, attended_key INTEGER");
  g_string_append (sql, ") STRICT;\n");
}

static void
append_reference_index (GString *sql, RoundsEntity entity, guint f)
{
  const char *table = rounds_entity_get_info (entity)->name;
  const char *column = rounds_entity_get_field (entity, f)->name;

  g_string_append_printf (sql, "CREATE INDEX \"%s_%s\" ON \"%s\" (\"%s\"%s) WHERE \"%s\" IS NOT NULL;\n", table, column,
                          table, column, get_timeline_columns (entity, f), column);
}

/* What belongs to a record is brought back with it, so that it is looked for in the trash too: where the index of the
 * reference has the living alone, and a plain id has none, there is one of those. */
static void
append_trash_index (GString *sql, RoundsEntity entity, guint f)
{
  const char *table = rounds_entity_get_info (entity)->name;
  const RoundsFieldInfo *field = rounds_entity_get_field (entity, f);

  if ((field->flags & ROUNDS_FIELD_OWNER) && ((field->flags & ROUNDS_FIELD_UNIQUE) || field->type == ROUNDS_TYPE_UUID))
    g_string_append_printf (sql, "CREATE INDEX \"%s_%s_deleted\" ON \"%s\" (\"%s\") WHERE deleted_at IS NOT NULL;\n",
                            table, field->name, table, field->name);
}

static void
append_indexes (GString *sql, RoundsStoreRole role, RoundsEntity entity)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (entity);

  if (rounds_entity_has_flag (entity, ROUNDS_FIELD_SORT))
    g_string_append_printf (sql,
                            "CREATE INDEX \"%s_by_name\" ON \"%s\" (sort_key, row_key, id) WHERE deleted_at IS NULL;\n",
                            info->name, info->name);
  g_string_append_printf (sql, "CREATE INDEX \"%s_deleted\" ON \"%s\" (deleted_at) WHERE deleted_at IS NOT NULL;\n",
                          info->name, info->name);

  for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
    {
      const RoundsFieldInfo *field = &info->fields[f];

      /* Unique among what is not deleted. Devices check it at each save but do not enforce it by an index: what the
       * server has decided must never fail to be stored. */
      if (field->flags & ROUNDS_FIELD_UNIQUE)
        g_string_append_printf (sql, "CREATE %sINDEX \"%s_%s\" ON \"%s\" (\"%s\") WHERE deleted_at IS NULL;\n",
                                role == ROUNDS_ROLE_SERVER ? "UNIQUE " : "", info->name, field->name, info->name,
                                field->name);
      else if (field->type == ROUNDS_TYPE_REFERENCE)
        append_reference_index (sql, entity, f);
      append_trash_index (sql, entity, f);
    }

  for (guint i = 0; i < G_N_ELEMENTS (indexes); i++)
    {
      if (indexes[i].entity != entity)
        continue;
      g_string_append_printf (sql, "CREATE INDEX \"%s_index_%u\" ON \"%s\" (", info->name, i, info->name);
      for (guint n = 0; indexes[i].fields[n] >= 0; n++)
        g_string_append_printf (sql, "%s\"%s\"", n > 0 ? ", " : "", info->fields[indexes[i].fields[n]].name);
      g_string_append (sql, ") WHERE deleted_at IS NULL;\n");
    }
}

static void
append_search_setting (GString *sql, const RoundsEntityInfo *info, const char *name, int value)
{
  g_string_append_printf (sql, "INSERT INTO \"%s_search\" (\"%s_search\", rank) VALUES ('%s', %d);\n", info->name,
                          info->name, name, value);
}

/* The full-text index keeps words only, not the texts. They are folded before they get here (rounds-record-row.c), so
 * that the plain tokenizer will do. Of names even two letters are looked up in an index of their own; of notes, which
 * are many and long, three. An import or a pull collects words of thousands of records before it sorts them.
 *
 * Each commit leaves a piece of index, and those that follow merge the pieces little by little: the fewer there are,
 * the less a search has to look at. A server has more to take in than to look up, and lets more of them gather; a
 * commit that meets twice as many merges them at once. */
static void
append_search (GString *sql, RoundsStoreRole role, RoundsEntity entity)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (entity);

  if (!rounds_entity_has_flag (entity, ROUNDS_FIELD_SEARCH))
    return;

  g_string_append_printf (sql, "CREATE VIRTUAL TABLE \"%s_search\" USING fts5 (", info->name);
  for (guint f = 0; f < info->n_fields; f++)
    if (info->fields[f].flags & ROUNDS_FIELD_SEARCH)
      g_string_append_printf (sql, "\"%s\", ", info->fields[f].name);
  g_string_append_printf (sql, "content='', contentless_delete=1, detail=none, prefix='%s', tokenize=ascii);\n",
                          has_long_text (entity) ? "3" : "2 3");
  append_search_setting (sql, info, "hashsize", 8388608);
  append_search_setting (sql, info, "automerge", role == ROUNDS_ROLE_SERVER ? 16 : 8);
  append_search_setting (sql, info, "crisismerge", role == ROUNDS_ROLE_SERVER ? 32 : 16);
}

static void
append_entity (GString *sql, RoundsStoreRole role, RoundsEntity entity)
{
  if (!rounds_store_keeps (role, entity))
    return;
  append_table (sql, entity);
  append_indexes (sql, role, entity);
  append_search (sql, role, entity);
}

/* A field that has no value yet in the rows that there are. */
static void
append_column (GString *sql, RoundsStoreRole role, RoundsEntity entity, int field)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (entity);

  if (rounds_store_keeps (role, entity))
    g_string_append_printf (sql, "ALTER TABLE \"%s\" ADD COLUMN \"%s\" %s;\n", info->name, info->fields[field].name,
                            get_column_type (&info->fields[field]));
}

#define CREATE_REPLIES \
  "CREATE TABLE sync_reply (device BLOB NOT NULL, n INTEGER NOT NULL, group_id BLOB NOT NULL, reply TEXT NOT NULL," \
  " PRIMARY KEY (device, n, group_id)) STRICT, WITHOUT ROWID;\n"

static gboolean
create_schema (RoundsDatabase *database, RoundsStoreRole role, GError **error)
{
  g_autoptr (GString) sql = g_string_new (NULL);

  for (int entity = 0; entity < ROUNDS_N_ENTITIES; entity++)
    append_entity (sql, role, entity);

  g_string_append (sql,
                   "CREATE TABLE change_log (seq INTEGER PRIMARY KEY, entity TEXT NOT NULL, record BLOB NOT NULL,"
                   " operation TEXT NOT NULL, base_rev INTEGER NOT NULL, rev INTEGER NOT NULL, group_id BLOB NOT NULL,"
                   " actor BLOB, device BLOB, at INTEGER NOT NULL, state INTEGER NOT NULL, fields TEXT, base TEXT,"
                   " reply TEXT, acknowledged_at INTEGER) STRICT;\n"
                   "CREATE INDEX change_log_record ON change_log (record);\n"
                   "CREATE INDEX change_log_outbox ON change_log (seq) WHERE state = 0;\n"
                   "CREATE INDEX change_log_rejected ON change_log (seq) WHERE state = 2;\n"
                   "CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;\n"
                   "INSERT INTO counter (name, value) VALUES ('seq', 0);\n"
                   "CREATE TABLE store_state (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;\n");
  if (role == ROUNDS_ROLE_SERVER)
    g_string_append (sql, CREATE_REPLIES);

  return rounds_database_exec (database, sql->str, error);
}

static gboolean
migrate_to_2 (RoundsDatabase *database, RoundsStoreRole role, GError **error)
{
  g_autoptr (GString) sql = g_string_new (NULL);

  append_entity (sql, role, ROUNDS_ENTITY_NOTE_TEMPLATE);
  append_entity (sql, role, ROUNDS_ENTITY_AMENDMENT);
  append_entity (sql, role, ROUNDS_ENTITY_MERGE);
  append_entity (sql, role, ROUNDS_ENTITY_IMPORT_MAPPING);
  append_column (sql, role, ROUNDS_ENTITY_FOLLOW_UP, ROUNDS_FOLLOW_UP_KIND);
  append_column (sql, role, ROUNDS_ENTITY_IMPORT_BATCH, ROUNDS_IMPORT_BATCH_REVERTED_AT);
  if (role == ROUNDS_ROLE_SERVER)
    g_string_append (sql, "ALTER TABLE sync_reply RENAME TO sync_reply_1;\n" CREATE_REPLIES
                          "INSERT INTO sync_reply SELECT device, n,"
                          " unhex (replace (json_extract (reply, '$.group'), '-', '')), reply FROM sync_reply_1;\n"
                          "DROP TABLE sync_reply_1;\n");
  return rounds_database_exec (database, sql->str, error);
}

static gboolean
migrate_to_3 (RoundsDatabase *database, RoundsStoreRole role, GError **error)
{
  g_autoptr (GString) sql =
    g_string_new ("DROP INDEX interaction_attendee_person;\n"
                  "ALTER TABLE interaction_attendee ADD COLUMN attended_at INTEGER;\n"
                  "ALTER TABLE interaction_attendee ADD COLUMN attended_key INTEGER;\n" ROUNDS_DATE_ATTENDANCE ";\n");

  append_reference_index (sql, ROUNDS_ENTITY_INTERACTION_ATTENDEE, ROUNDS_INTERACTION_ATTENDEE_PERSON);
  return rounds_database_exec (database, sql->str, error);
}

/* An index ends with the row's own key, which for the log is "seq". */
static gboolean
migrate_to_4 (RoundsDatabase *database, RoundsStoreRole role, GError **error)
{
  return rounds_database_exec (database,
                               "DROP INDEX change_log_record;\n"
                               "CREATE INDEX change_log_record ON change_log (record);\n",
                               error);
}

static gboolean
migrate_to_5 (RoundsDatabase *database, RoundsStoreRole role, GError **error)
{
  g_autoptr (GString) sql = g_string_new (NULL);

  append_trash_index (sql, ROUNDS_ENTITY_PHYSICIAN, ROUNDS_PHYSICIAN_PERSON);
  append_trash_index (sql, ROUNDS_ENTITY_PATIENT, ROUNDS_PATIENT_PERSON);
  append_trash_index (sql, ROUNDS_ENTITY_REMINDER, ROUNDS_REMINDER_SUBJECT);
  append_trash_index (sql, ROUNDS_ENTITY_JOURNEY_STEP, ROUNDS_JOURNEY_STEP_JOURNEY);
  return rounds_database_exec (database, sql->str, error);
}

/* The steps from each version to the next, in order; each runs in a transaction of its own. */
typedef gboolean (*MigrationStep) (RoundsDatabase *database, RoundsStoreRole role, GError **error);

static const MigrationStep steps[ROUNDS_SCHEMA_VERSION] = {
  [1] = migrate_to_2,
  [2] = migrate_to_3,
  [3] = migrate_to_4,
  [4] = migrate_to_5,
};

/* One step from @version, which is told as it is afterwards. Nobody else writes. */
static gboolean
take_step (RoundsDatabase *database, RoundsStoreRole role, gint64 *version, GError **error)
{
  gint64 next = *version == 0 ? ROUNDS_SCHEMA_VERSION : *version + 1;
  MigrationStep step = *version == 0 ? create_schema : steps[*version];

  if (!step (database, role, error) || !rounds_database_set_version (database, next, error))
    return FALSE;
  *version = next;
  return TRUE;
}

/**
 * rounds_store_schema_migrate:
 * @database: a database
 * @role: whose it is
 * @error: (out) (optional): %ROUNDS_ERROR_TOO_NEW; %ROUNDS_ERROR_CORRUPT if it is not ours
 *
 * Brings the schema to %ROUNDS_SCHEMA_VERSION. A step that fails leaves the database as it was before that step. A
 * read-only database must be at that version already.
 */
gboolean
rounds_store_schema_migrate (RoundsDatabase *database, RoundsStoreRole role, GError **error)
{
  gint64 version = rounds_database_get_version (database, error);

  if (version < 0)
    return FALSE;
  if (version > ROUNDS_SCHEMA_VERSION)
    {
      g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_TOO_NEW,
                   _ ("The database was written by a newer version of Rounds. Nothing was changed; please update."));
      return FALSE;
    }
  if (version < ROUNDS_SCHEMA_VERSION && rounds_database_is_read_only (database))
    {
      g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_NOT_FOUND, _ ("The database is empty or of an older version."));
      return FALSE;
    }

  while (version < ROUNDS_SCHEMA_VERSION)
    {
      if (!rounds_database_begin (database, error))
        return FALSE;

      /* Only now does nobody else write: another process may have taken the step meanwhile. */
      version = rounds_database_get_version (database, error);
      if (version < 0 || (version < ROUNDS_SCHEMA_VERSION && !take_step (database, role, &version, error))
          || !rounds_database_commit (database, error))
        {
          rounds_database_rollback (database);
          return FALSE;
        }
    }
  return TRUE;
}
