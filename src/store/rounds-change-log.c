/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The change log of the record store: on a device its pending rows are the outbox, on the server it is the feed.
 *
 * Lines are kept in memory until just before the commit, so that the counter that numbers them is touched last: where
 * several transactions write at once, its row lock then makes the order of numbers the order of commits.
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rounds-error.h"
#include "rounds-merge-forward-private.h"
#include "rounds-record-store-private.h"
#include "rounds-time.h"

#define LOG_COLUMNS \
  "seq, entity, record, operation, base_rev, rev, group_id, actor, device, at, state, fields, base, reply," \
  " acknowledged_at"

/* The chosen fields of @record as a JSON object. */
static char *
fields_to_json (RoundsRecord *record, guint64 fields)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (record));
  yyjson_mut_val *object = yyjson_mut_obj (doc);

  yyjson_mut_doc_set_root (doc, object);
  for (guint f = 0; f < info->n_fields; f++)
    if (fields & BIT (f))
      yyjson_mut_obj_add (object, yyjson_mut_str (doc, info->fields[f].name),
                          rounds_value_to_json (rounds_record_get_value (record, f), &info->fields[f], doc));
  return rounds_json_write (doc, FALSE);
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
      fields &= ~BIT (f);
  return fields;
}

/*
 * rounds_record_store_add_to_log:
 * @record: the record as it is now
 * @before: (nullable): as it was
 * @operation: what happened
 * @changed: the fields that the line is about, one bit each
 *
 * Adds a line to the log of the open transaction. The deletion of a person says who is a part of them.
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
  if (operation == ROUNDS_OPERATION_CREATE || operation == ROUNDS_OPERATION_UPDATE)
    change->fields = fields_to_json (record, changed);
  if (operation == ROUNDS_OPERATION_UPDATE)
    change->base = fields_to_json (before, changed);
  if (operation == ROUNDS_OPERATION_DELETE && change->entity == ROUNDS_ENTITY_PERSON && self->role == ROUNDS_ROLE_DEVICE
      && !rounds_merge_parts_format (self, &change->record, &change->base, error))
    return FALSE;

  g_ptr_array_add (self->log, g_steal_pointer (&change));
  return TRUE;
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

/* @statement: (inout): inserts a line; bound anew for each */
static gboolean
write_line (RoundsStatement *statement, const RoundsChange *change, gint64 seq, GError **error)
{
  const RoundsValue values[] = {
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

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    rounds_statement_bind_lasting (statement, (int) i + 1, &values[i]);
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
  g_autoptr (RoundsStatement) statement = NULL;
  gint64 first = 0;

  if (self->log->len == 0)
    return TRUE;
  if (!take_numbers (self, self->log->len, &first, error))
    return FALSE;
  statement = rounds_database_prepare (self->database,
                                       "INSERT INTO change_log (" LOG_COLUMNS ") VALUES"
                                       " ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
                                       error);
  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < self->log->len; i++)
    if (!write_line (statement, self->log->pdata[i], first + i, error))
      return FALSE;
  g_ptr_array_set_size (self->log, 0);
  return TRUE;
}

static RoundsChange *
read_line (RoundsStatement *statement)
{
  RoundsChange *change = rounds_change_new ();
  g_autofree char *entity = rounds_statement_dup_text (statement, 1);
  g_autofree char *operation = rounds_statement_dup_text (statement, 3);

  change->seq = rounds_statement_get_integer (statement, 0);
  change->entity = rounds_entity_from_name (entity);
  rounds_statement_get_uuid (statement, 2, &change->record);
  rounds_operation_from_string (operation, &change->operation);
  change->base_rev = rounds_statement_get_integer (statement, 4);
  change->rev = rounds_statement_get_integer (statement, 5);
  rounds_statement_get_uuid (statement, 6, &change->group);
  rounds_statement_get_uuid (statement, 7, &change->actor);
  rounds_statement_get_uuid (statement, 8, &change->device);
  change->at = rounds_statement_get_integer (statement, 9);
  change->state = (RoundsChangeState) rounds_statement_get_integer (statement, 10);
  change->fields = rounds_statement_dup_text (statement, 11);
  change->base = rounds_statement_dup_text (statement, 12);
  change->reply = rounds_statement_dup_text (statement, 13);
  change->acknowledged_at = rounds_statement_get_integer (statement, 14);
  return change;
}

static GPtrArray *
read_lines (RoundsStatement *statement, GError **error)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify) rounds_change_free);
  RoundsStep step;

  while ((step = rounds_statement_step (statement, error)) == ROUNDS_STEP_ROW)
    g_ptr_array_add (changes, read_line (statement));
  return step == ROUNDS_STEP_DONE ? g_steal_pointer (&changes) : NULL;
}

/* Reads lines by @sql, whose parameters are an optional id, an optional position and an optional limit, in this order.
 */
static GPtrArray *
list_lines (RoundsRecordStore *self, const char *sql, const RoundsUuid *record, gint64 after, guint limit,
            GError **error)
{
  g_autoptr (RoundsStatement) statement = NULL;
  int parameter = 0;

  if (!rounds_record_store_flush_log (self, error))
    return NULL;
  statement = rounds_database_prepare (self->database, sql, error);
  if (statement == NULL)
    return NULL;
  if (record != NULL)
    rounds_statement_bind_uuid (statement, ++parameter, record);
  if (after >= 0)
    rounds_statement_bind_integer (statement, ++parameter, after);
  if (limit > 0)
    rounds_statement_bind_integer (statement, ++parameter, limit);
  return read_lines (statement, error);
}

/**
 * rounds_record_store_list_changes:
 * @after_seq: 0 for the beginning
 * @limit: at most so many, more than 0
 *
 * Returns: (transfer full) (element-type RoundsChange) (nullable): the log behind @after_seq, oldest first
 */
GPtrArray *
rounds_record_store_list_changes (RoundsRecordStore *self, gint64 after_seq, guint limit, GError **error)
{
  return list_lines (self, "SELECT " LOG_COLUMNS " FROM change_log WHERE seq > $1 ORDER BY seq LIMIT $2", NULL,
                     after_seq, limit, error);
}

/**
 * rounds_record_store_list_record_changes:
 * @limit: at most so many, more than 0
 *
 * Returns: (transfer full) (element-type RoundsChange) (nullable): what happened to @record here, newest first
 */
GPtrArray *
rounds_record_store_list_record_changes (RoundsRecordStore *self, const RoundsUuid *record, guint limit, GError **error)
{
  return list_lines (self, "SELECT " LOG_COLUMNS " FROM change_log WHERE record = $1 ORDER BY seq DESC LIMIT $2",
                     record, -1, limit, error);
}

/**
 * rounds_record_store_list_outbox:
 * @after_seq: 0 for the beginning
 * @limit: at most so many, more than 0
 *
 * Returns: (transfer full) (element-type RoundsChange) (nullable): what is still to be sent, oldest first
 */
GPtrArray *
rounds_record_store_list_outbox (RoundsRecordStore *self, gint64 after_seq, guint limit, GError **error)
{
  return list_lines (self, "SELECT " LOG_COLUMNS " FROM change_log WHERE state = 0 AND seq > $1 ORDER BY seq LIMIT $2",
                     NULL, after_seq, limit, error);
}

/**
 * rounds_record_store_list_rejected:
 *
 * Returns: (transfer full) (element-type RoundsChange) (nullable): what the server refused, oldest first
 */
GPtrArray *
rounds_record_store_list_rejected (RoundsRecordStore *self, GError **error)
{
  return list_lines (self, "SELECT " LOG_COLUMNS " FROM change_log WHERE state = 2 ORDER BY seq", NULL, -1, 0, error);
}

/**
 * rounds_record_store_list_pending_of:
 *
 * Returns: (transfer full) (element-type RoundsChange) (nullable): what is still to be sent about @record, oldest first
 */
GPtrArray *
rounds_record_store_list_pending_of (RoundsRecordStore *self, const RoundsUuid *record, GError **error)
{
  return list_lines (self, "SELECT " LOG_COLUMNS " FROM change_log WHERE record = $1 AND state = 0 ORDER BY seq",
                     record, -1, 0, error);
}

/* Whoever shows the record's receipt hears of it, whether or not the record itself changes. The statement returns the
 * line's entity and record. */
static void
touch_line (RoundsRecordStore *self, RoundsStatement *statement)
{
  g_autofree char *name = rounds_statement_dup_text (statement, 0);
  RoundsEntity entity = rounds_entity_from_name (name);
  RoundsUuid record;

  if (entity != ROUNDS_ENTITY_NONE && rounds_statement_get_uuid (statement, 1, &record))
    rounds_record_store_touch (self, entity, &record);
}

static gboolean
write_state (RoundsRecordStore *self, gint64 seq, RoundsChangeState state, const char *reply, GError **error)
{
  g_autoptr (RoundsStatement) statement =
    rounds_database_prepare (self->database,
                             "UPDATE change_log SET state = $1, reply = $2, acknowledged_at = $3 WHERE seq = $4"
                             " RETURNING entity, record",
                             error);
  RoundsStep step;

  if (statement == NULL)
    return FALSE;
  rounds_statement_bind_integer (statement, 1, state);
  rounds_statement_bind_text (statement, 2, reply);
  rounds_statement_bind_integer (statement, 3, rounds_time_now ());
  rounds_statement_bind_integer (statement, 4, seq);
  step = rounds_statement_step (statement, error);
  if (step != ROUNDS_STEP_ROW)
    return step == ROUNDS_STEP_DONE;

  touch_line (self, statement);
  return rounds_statement_step (statement, error) == ROUNDS_STEP_DONE;
}

/**
 * rounds_record_store_set_change_state:
 * @seq: a line of the log
 * @state: what became of it
 * @reply: (nullable): why it was refused, for the user
 *
 * Part of the open transaction if there is one. Counts as a change of the record for "committed".
 */
gboolean
rounds_record_store_set_change_state (RoundsRecordStore *self, gint64 seq, RoundsChangeState state, const char *reply,
                                      GError **error)
{
  if (self->in_transaction)
    return write_state (self, seq, state, reply, error);
  return rounds_record_store_begin (self, error)
         && rounds_record_store_end (self, write_state (self, seq, state, reply, error), error);
}

/**
 * rounds_record_store_forget_revisions:
 * @error: (out) (optional): what the disk says
 *
 * What is to be sent says that it began with the first revision of its record: of the revisions behind it, some may be
 * gone from the server together with what they were, and others may be there under their numbers. Part of the open
 * transaction.
 */
gboolean
rounds_record_store_forget_revisions (RoundsRecordStore *self, GError **error)
{
  return rounds_database_exec (self->database, "UPDATE change_log SET base_rev = 1 WHERE state = 0 AND base_rev > 1",
                               error);
}

static gboolean
requeue_group (RoundsRecordStore *self, gint64 seq, GError **error)
{
  g_autoptr (RoundsStatement) statement =
    rounds_database_prepare (self->database,
                             "UPDATE change_log SET state = 0, reply = NULL, group_id = $1 WHERE state = 2"
                             " AND group_id = (SELECT group_id FROM change_log WHERE seq = $2)"
                             " RETURNING entity, record",
                             error);
  RoundsStep step;

  if (statement == NULL)
    return FALSE;
  rounds_statement_bind_uuid (statement, 1, &self->group);
  rounds_statement_bind_integer (statement, 2, seq);
  while ((step = rounds_statement_step (statement, error)) == ROUNDS_STEP_ROW)
    touch_line (self, statement);
  return step == ROUNDS_STEP_DONE;
}

/**
 * rounds_record_store_retry_rejected:
 * @seq: a line of the log that the server refused
 *
 * Puts it into the outbox once more, with all that was refused together with it. The group gets another name, so that
 * the server does not take it for a repeat of the question that it has answered.
 */
gboolean
rounds_record_store_retry_rejected (RoundsRecordStore *self, gint64 seq, GError **error)
{
  return rounds_record_store_begin (self, error)
         && rounds_record_store_end (self, requeue_group (self, seq, error), error);
}

static gint64
read_integer (RoundsRecordStore *self, const char *sql, GError **error)
{
  g_autoptr (RoundsStatement) statement = NULL;

  if (!rounds_record_store_flush_log (self, error))
    return -1;
  statement = rounds_database_prepare (self->database, sql, error);
  if (statement == NULL || rounds_statement_step (statement, error) != ROUNDS_STEP_ROW)
    return -1;
  return rounds_statement_get_integer (statement, 0);
}

/**
 * rounds_record_store_count_changes:
 * @state: %ROUNDS_CHANGE_PENDING or %ROUNDS_CHANGE_REJECTED, which have an index
 *
 * Returns: the number of lines in @state, -1 on error
 */
gint64
rounds_record_store_count_changes (RoundsRecordStore *self, RoundsChangeState state, GError **error)
{
  g_return_val_if_fail (state == ROUNDS_CHANGE_PENDING || state == ROUNDS_CHANGE_REJECTED, -1);

  return read_integer (self,
                       state == ROUNDS_CHANGE_PENDING ? "SELECT count(*) FROM change_log WHERE state = 0"
                                                      : "SELECT count(*) FROM change_log WHERE state = 2",
                       error);
}

/** rounds_record_store_get_last_seq: the number of the newest line, 0 for none, -1 on error. */
gint64
rounds_record_store_get_last_seq (RoundsRecordStore *self, GError **error)
{
  return read_integer (self, "SELECT value FROM counter WHERE name = 'seq'", error);
}
