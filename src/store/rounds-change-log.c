/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The change log of the record store: on a device its pending rows are the outbox, on the server it is the feed.
 *
 * Lines are kept in memory until just before the commit, so that the counter that numbers them is touched last: where
 * several transactions write at once, its row lock then makes the order of numbers the order of commits.
 *
 * On a device, what a record was created with is written once: while its fields are what they were then, the record
 * itself tells them, and its line has none; before the first of them changes, the line gets them.
 */

#include "rounds-merge-forward-private.h"
#include "rounds-record-store-private.h"
#include "rounds-time.h"

/* What a line begins with; the rest comes when it is answered. */
#define LINE_COLUMNS 13
#define LINE_COLUMN_NAMES \
  "seq, entity, record, operation, base_rev, rev, group_id, actor, device, at, state, fields, base"

/* The chosen fields of @record as a JSON object. */
static char *
fields_to_json (RoundsRecord *record, guint64 fields)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (record));
  yyjson_mut_val *object = yyjson_mut_obj (doc);

  yyjson_mut_doc_set_root (doc, object);
  for (guint f = 0; f < info->n_fields; f++)
    if (fields & ROUNDS_FIELD_BIT (f))
      yyjson_mut_obj_add (object, yyjson_mut_str (doc, info->fields[f].name),
                          rounds_value_to_json (rounds_record_get_value (record, f), &info->fields[f], doc));
  return rounds_json_write (doc, FALSE);
}

/* rounds_record_store_find_filled: the fields with a value, of those that a line of the log may be about. */
guint64
rounds_record_store_find_filled (RoundsRecord *record)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (record));
  guint64 filled = 0;

  for (guint f = ROUNDS_FIELD_TERRITORY; f < info->n_fields; f++)
    if (!rounds_record_is_null (record, f))
      filled |= ROUNDS_FIELD_BIT (f);
  return filled;
}

/* rounds_record_store_describe_creation: (transfer full): what a line says that @record was created with, if it was
 * created as it is. */
char *
rounds_record_store_describe_creation (RoundsRecord *record)
{
  return fields_to_json (record, rounds_record_store_find_filled (record));
}

/* The fields whose values the log holds. It is kept for years: a server's password hashes and tokens have no place
 * there. */
static guint64
get_logged_fields (RoundsEntity entity)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (entity);
  guint64 fields = G_MAXUINT64;

  for (guint f = 0; info->scope == ROUNDS_SCOPE_SERVER && f < info->n_fields; f++)
    if (info->fields[f].flags & ROUNDS_FIELD_HIDDEN)
      fields &= ~ROUNDS_FIELD_BIT (f);
  return fields;
}

/* A device tells that what it edits is in the trash. */
static guint64
get_deletion (RoundsRecordStore *self, RoundsRecord *before)
{
  return self->role == ROUNDS_ROLE_DEVICE && rounds_record_is_deleted (before)
           ? ROUNDS_FIELD_BIT (ROUNDS_FIELD_DELETED_AT)
           : 0;
}

/*
 * rounds_record_store_add_to_log:
 * @record: the record as it is now
 * @before: (nullable): as it was
 * @operation: what happened
 * @changed: the fields that the line is about, one bit each
 *
 * Adds a line to the log of the open transaction. A deletion says who is a part of the person, or what else the record
 * is kept for; on a server, what comes back says whether it did so with something else.
 */
gboolean
rounds_record_store_add_to_log (RoundsRecordStore *self, RoundsRecord *record, RoundsRecord *before,
                                RoundsOperation operation, guint64 changed, GError **error)
{
  g_autoptr (RoundsChange) change = NULL;

  /* What a device keeps for itself, drafts above all, has no history: it would hold every half-typed word for years. */
  if (rounds_entity_get_info (rounds_record_get_entity (record))->scope == ROUNDS_SCOPE_LOCAL)
    return TRUE;

  change = rounds_change_new ();
  change->entity = rounds_record_get_entity (record);
  change->record = *rounds_record_get_id (record);
  change->operation = operation;
  change->base_rev = before != NULL ? rounds_record_get_integer (before, ROUNDS_FIELD_REV) : 0;
  change->rev = rounds_record_get_integer (record, ROUNDS_FIELD_REV);
  change->group = self->group;
  change->actor = self->actor;
  change->device = self->device;
  change->at = rounds_time_now ();
  change->state = self->role == ROUNDS_ROLE_SERVER ? ROUNDS_CHANGE_APPLIED : ROUNDS_CHANGE_PENDING;
  changed &= get_logged_fields (change->entity);
  if (operation == ROUNDS_OPERATION_UPDATE
      || (operation == ROUNDS_OPERATION_CREATE && self->role == ROUNDS_ROLE_SERVER))
    change->fields = fields_to_json (record, changed);
  if (operation == ROUNDS_OPERATION_UPDATE)
    change->base = fields_to_json (before, changed | get_deletion (self, before));
  if (operation == ROUNDS_OPERATION_RESTORE && self->role == ROUNDS_ROLE_SERVER && self->comes_along)
    change->base = g_strdup (ROUNDS_CHANGE_ALONG);
  if (operation == ROUNDS_OPERATION_DELETE && self->role == ROUNDS_ROLE_DEVICE
      && !(change->entity == ROUNDS_ENTITY_PERSON
             ? rounds_merge_parts_format (self, &change->record, &change->base, error)
             : rounds_merge_spare_format_alike (self, before != NULL ? before : record, &change->base, error)))
    return FALSE;

  g_ptr_array_add (self->log, g_steal_pointer (&change));
  return TRUE;
}

/* Whether a line that is written already leaves it to @record to tell what it was created with; -1 on error. */
static int
has_line_without_fields (RoundsRecordStore *self, const RoundsUuid *record, GError **error)
{
  g_autoptr (RoundsStatement) statement = rounds_database_prepare (
    self->database, "SELECT 1 FROM change_log WHERE record = $1 AND operation = 'create' AND fields IS NULL LIMIT 1",
    error);
  RoundsStep step;

  if (statement == NULL)
    return -1;
  rounds_statement_bind_uuid (statement, 1, record);
  step = rounds_statement_step (statement, error);
  return step == ROUNDS_STEP_ERROR ? -1 : step == ROUNDS_STEP_ROW;
}

/*
 * rounds_record_store_keep_creation:
 * @before: a record whose fields are about to change, as it is in its row
 *
 * Lets the log tell from now on what the record was created with, if it was created here.
 */
gboolean
rounds_record_store_keep_creation (RoundsRecordStore *self, RoundsRecord *before, GError **error)
{
  const RoundsUuid *id = rounds_record_get_id (before);
  g_autoptr (RoundsStatement) statement = NULL;
  g_autofree char *fields = NULL;
  int has_line;

  if (self->role != ROUNDS_ROLE_DEVICE)
    return TRUE;
  for (guint i = 0; i < self->log->len; i++)
    {
      RoundsChange *change = self->log->pdata[i];

      if (rounds_change_is_told_by_record (change) && rounds_uuid_equal (&change->record, id))
        change->fields = rounds_record_store_describe_creation (before);
    }
  has_line = has_line_without_fields (self, id, error);
  if (has_line <= 0)
    return has_line == 0;
  statement = rounds_database_prepare (
    self->database, "UPDATE change_log SET fields = $1 WHERE record = $2 AND operation = 'create' AND fields IS NULL",
    error);
  if (statement == NULL)
    return FALSE;
  fields = rounds_record_store_describe_creation (before);
  rounds_statement_bind_text (statement, 1, fields);
  rounds_statement_bind_uuid (statement, 2, id);
  return rounds_statement_run (statement, error);
}

static RoundsValue
integer_value (gint64 integer)
{
  return (RoundsValue) { ROUNDS_VALUE_INTEGER, { .integer = integer } };
}

/* Not owned by the value. */
static RoundsValue
text_value (const char *text)
{
  return text != NULL ? (RoundsValue) { ROUNDS_VALUE_TEXT, { .text = (char *) text } }
                      : (RoundsValue) ROUNDS_VALUE_INIT;
}

static RoundsValue
uuid_value (const RoundsUuid *uuid)
{
  return rounds_uuid_is_nil (uuid) ? (RoundsValue) ROUNDS_VALUE_INIT
                                   : (RoundsValue) { ROUNDS_VALUE_UUID, { .uuid = *uuid } };
}

/* @values: (out): what @change says, which owns it */
static void
describe_line (const RoundsChange *change, gint64 seq, RoundsValue values[LINE_COLUMNS])
{
  const RoundsValue line[LINE_COLUMNS] = {
    integer_value (seq),
    text_value (rounds_entity_get_info (change->entity)->name),
    uuid_value (&change->record),
    text_value (rounds_operation_to_string (change->operation)),
    integer_value (change->base_rev),
    integer_value (change->rev),
    uuid_value (&change->group),
    uuid_value (&change->actor),
    uuid_value (&change->device),
    integer_value (change->at),
    integer_value (change->state),
    text_value (change->fields),
    text_value (change->base),
  };

  memcpy (values, line, sizeof line);
}

/* Writes the @n lines held back from @begin on, of which the first gets the number @seq. */
static gboolean
write_lines (RoundsRecordStore *self, guint begin, guint n, gint64 seq, GError **error)
{
  RoundsValue values[ROUNDS_ROWS_AT_ONCE][LINE_COLUMNS];
  g_autoptr (RoundsStatement) statement = NULL;
  int parameter = 1;

  if (self->log_insert.table == NULL)
    rounds_insert_init (&self->log_insert, "change_log", LINE_COLUMN_NAMES, LINE_COLUMNS);
  statement = rounds_insert_prepare (&self->log_insert, self->database, n, error);
  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      describe_line (self->log->pdata[begin + i], seq + i, values[i]);
      for (guint v = 0; v < LINE_COLUMNS; v++)
        rounds_statement_bind_lasting (statement, parameter++, &values[i][v]);
    }
  return rounds_statement_run (statement, error);
}

/* Takes @count numbers; sets @first to the least of them. Without RETURNING, for which SQLite opens a savepoint, at
 * which FTS5 writes out the words that it holds. */
static gboolean
take_numbers (RoundsRecordStore *self, guint count, gint64 *first, GError **error)
{
  g_autoptr (RoundsStatement) update =
    rounds_database_prepare (self->database, "UPDATE counter SET value = value + $1 WHERE name = 'seq'", error);
  g_autoptr (RoundsStatement) statement = NULL;

  if (update == NULL)
    return FALSE;
  rounds_statement_bind_integer (update, 1, count);
  if (!rounds_statement_run (update, error))
    return FALSE;
  statement = rounds_database_prepare (self->database, "SELECT value FROM counter WHERE name = 'seq'", error);
  if (statement == NULL || rounds_statement_step (statement, error) != ROUNDS_STEP_ROW)
    return FALSE;
  *first = rounds_statement_get_integer (statement, 0) - count + 1;
  return TRUE;
}

/*
 * rounds_record_store_flush_log:
 *
 * Writes the lines held back; called before each commit and before the log is read.
 */
gboolean
rounds_record_store_flush_log (RoundsRecordStore *self, GError **error)
{
  gint64 first = 0;

  if (self->log->len == 0)
    return TRUE;
  if (!take_numbers (self, self->log->len, &first, error))
    return FALSE;
  for (guint i = 0, n; i < self->log->len; i += n)
    {
      n = rounds_insert_count_rows (self->log->len - i);
      if (!write_lines (self, i, n, first + i, error))
        return FALSE;
    }
  g_ptr_array_set_size (self->log, 0);
  return TRUE;
}
