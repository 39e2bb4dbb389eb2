/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is in the change log, and what became of it. */

#include "rounds-record-store-private.h"
#include "rounds-time.h"

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

static gboolean
fill_in_creation (RoundsRecordStore *self, RoundsChange *change, GError **error)
{
  g_autoptr (RoundsRecord) record = NULL;

  if (!rounds_change_is_told_by_record (change) || change->entity == ROUNDS_ENTITY_NONE)
    return TRUE;
  if (!rounds_record_store_look_up (self, change->entity, &change->record, &record, error))
    return FALSE;
  if (record != NULL)
    change->fields = rounds_record_store_describe_creation (record);
  return TRUE;
}

/* A line and the record that tells its fields are of one moment: that of @statement, which is not done yet. */
static GPtrArray *
read_lines (RoundsRecordStore *self, RoundsStatement *statement, gboolean whole, GError **error)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify) rounds_change_free);
  RoundsStep step;

  while ((step = rounds_statement_step (statement, error)) == ROUNDS_STEP_ROW)
    {
      RoundsChange *change = read_line (statement);

      g_ptr_array_add (changes, change);
      if (whole && !fill_in_creation (self, change, error))
        return NULL;
    }
  return step == ROUNDS_STEP_DONE ? g_steal_pointer (&changes) : NULL;
}

/* Prepares @sql, whose parameters are an optional id, an optional position and an optional limit, in this order. */
static RoundsStatement *
prepare_lines (RoundsRecordStore *self, const char *sql, const RoundsUuid *record, gint64 after, guint limit,
               GError **error)
{
  RoundsStatement *statement;
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
  return statement;
}

static GPtrArray *
list_lines (RoundsRecordStore *self, const char *sql, const RoundsUuid *record, gint64 after, guint limit,
            GError **error)
{
  g_autoptr (RoundsStatement) statement = prepare_lines (self, sql, record, after, limit, error);

  return statement != NULL ? read_lines (self, statement, TRUE, error) : NULL;
}

#define SELECT_BEHIND "SELECT " ROUNDS_LOG_COLUMNS " FROM change_log WHERE seq > $1 ORDER BY seq LIMIT $2"

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
  return list_lines (self, SELECT_BEHIND, NULL, after_seq, limit, error);
}

/**
 * rounds_record_store_list_lines:
 * @limit: at most so many, more than 0
 *
 * Returns: (transfer full) (element-type RoundsChange) (nullable): as rounds_record_store_list_changes(), but as the
 *   lines are: no record is read for what rounds_change_is_told_by_record()
 */
GPtrArray *
rounds_record_store_list_lines (RoundsRecordStore *self, gint64 after_seq, guint limit, GError **error)
{
  g_autoptr (RoundsStatement) statement = prepare_lines (self, SELECT_BEHIND, NULL, after_seq, limit, error);

  return statement != NULL ? read_lines (self, statement, FALSE, error) : NULL;
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
  return list_lines (self, "SELECT " ROUNDS_LOG_COLUMNS " FROM change_log WHERE record = $1 ORDER BY seq DESC LIMIT $2",
                     record, -1, limit, error);
}

/**
 * rounds_record_store_list_changes_since:
 * @rev: a revision of @record
 *
 * Returns: (transfer full) (element-type RoundsChange) (nullable): what happened to @record here behind @rev, newest
 *   first
 */
GPtrArray *
rounds_record_store_list_changes_since (RoundsRecordStore *self, const RoundsUuid *record, gint64 rev, GError **error)
{
  return list_lines (self,
                     "SELECT " ROUNDS_LOG_COLUMNS " FROM change_log WHERE record = $1 AND rev > $2 ORDER BY seq DESC",
                     record, MAX (rev, 0), 0, error);
}

/* Lines that make a merge of people, or take one back: all else behind them in their groups is a part of that. Which
 * those are is what rounds_sync_people_begins() says. */
#define MERGES \
  "entity = 'merge' AND (operation = 'create'" \
  " OR (operation = 'update' AND json_extract (fields, '$.undone_at') IS NOT NULL))"

/**
 * rounds_record_store_is_by_merge:
 * @change: a line of the log
 *
 * Returns: 1 if it stands behind one of the same group by which people were merged, or taken apart: nobody has entered
 *   it; 0 if not; -1 on error
 */
int
rounds_record_store_is_by_merge (RoundsRecordStore *self, const RoundsChange *change, GError **error)
{
  g_autoptr (RoundsStatement) statement =
    rounds_database_prepare (self->database,
                             "SELECT 1 FROM change_log WHERE seq < $1 AND group_id = $2 AND " MERGES
                             " AND seq > coalesce ((SELECT seq FROM change_log"
                             " WHERE seq < $1 AND group_id <> $2 ORDER BY seq DESC LIMIT 1), 0) LIMIT 1",
                             error);
  RoundsStep step;

  if (statement == NULL)
    return -1;
  rounds_statement_bind_integer (statement, 1, change->seq);
  rounds_statement_bind_uuid (statement, 2, &change->group);
  step = rounds_statement_step (statement, error);
  return step == ROUNDS_STEP_ERROR ? -1 : step == ROUNDS_STEP_ROW;
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
  return list_lines (self,
                     "SELECT " ROUNDS_LOG_COLUMNS " FROM change_log WHERE state = 0 AND seq > $1 ORDER BY seq LIMIT $2",
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
  return list_lines (self, "SELECT " ROUNDS_LOG_COLUMNS " FROM change_log WHERE state = 2 ORDER BY seq", NULL, -1, 0,
                     error);
}

#define REJECTED_MERGES "FROM change_log WHERE state = 2 AND " MERGES

#define REJECTED_ACTS \
  "FROM change_log WHERE state = 2 AND (group_id NOT IN (SELECT group_id " REJECTED_MERGES ")" \
  " OR seq IN (SELECT max (seq) " REJECTED_MERGES " AND record NOT IN (SELECT record FROM change_log" \
  " WHERE state = 0 AND " MERGES ") GROUP BY record))"

/**
 * rounds_record_store_list_rejected_acts:
 *
 * What the server refused, as a person did it, who can try it again or take it back. Making one of two people, or two
 * again, is one act: what that moves is not listed by itself, as taking a part of it back would leave a contact's
 * visits with somebody else. It is there as its merge record, is tried again with all that belongs to it, and taken
 * back by taking the two apart; or, where that was refused, by merging them again. Of a merge that was refused and
 * whose undoing was as well, the undoing is there, which takes the merge along. Neither is there while either is still
 * to be sent: whoever did that has dealt with it.
 *
 * Returns: (transfer full) (element-type RoundsChange) (nullable): oldest first
 */
GPtrArray *
rounds_record_store_list_rejected_acts (RoundsRecordStore *self, GError **error)
{
  return list_lines (self, "SELECT " ROUNDS_LOG_COLUMNS " " REJECTED_ACTS " ORDER BY seq", NULL, -1, 0, error);
}

/**
 * rounds_record_store_list_pending_of:
 *
 * Returns: (transfer full) (element-type RoundsChange) (nullable): what is still to be sent about @record, oldest first
 */
GPtrArray *
rounds_record_store_list_pending_of (RoundsRecordStore *self, const RoundsUuid *record, GError **error)
{
  return list_lines (self, "SELECT " ROUNDS_LOG_COLUMNS " FROM change_log WHERE record = $1 AND state = 0 ORDER BY seq",
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

static gboolean
acknowledge_run (RoundsRecordStore *self, gint64 first, gint64 last, GError **error)
{
  g_autoptr (RoundsStatement) statement = rounds_database_prepare (
    self->database, "UPDATE change_log SET state = $1, reply = NULL, acknowledged_at = $2 WHERE seq BETWEEN $3 AND $4",
    error);

  if (statement == NULL)
    return FALSE;
  rounds_statement_bind_integer (statement, 1, ROUNDS_CHANGE_APPLIED);
  rounds_statement_bind_integer (statement, 2, rounds_time_now ());
  rounds_statement_bind_integer (statement, 3, first);
  rounds_statement_bind_integer (statement, 4, last);
  return rounds_statement_run (statement, error);
}

/**
 * rounds_record_store_acknowledge_changes:
 * @changes: (element-type RoundsChange): lines of the log
 * @error: (out) (optional): what the disk says
 *
 * Says that the server has taken @changes, as rounds_record_store_set_change_state() does for one; numbers that follow
 * each other are written at once. Part of the open transaction.
 */
gboolean
rounds_record_store_acknowledge_changes (RoundsRecordStore *self, GPtrArray *changes, GError **error)
{
  g_assert (self->in_transaction);

  for (guint i = 0; i < changes->len;)
    {
      const gint64 first = ((const RoundsChange *) changes->pdata[i])->seq;
      gint64 next = first;

      for (; i < changes->len && ((const RoundsChange *) changes->pdata[i])->seq == next; i++, next++)
        {
          const RoundsChange *change = changes->pdata[i];

          if (change->entity != ROUNDS_ENTITY_NONE)
            rounds_record_store_touch (self, change->entity, &change->record);
        }
      if (!acknowledge_run (self, first, next - 1, error))
        return FALSE;
    }
  return TRUE;
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

/**
 * rounds_record_store_count_rejected_acts:
 *
 * Returns: how many there are of rounds_record_store_list_rejected_acts(), -1 on error
 */
gint64
rounds_record_store_count_rejected_acts (RoundsRecordStore *self, GError **error)
{
  return read_integer (self, "SELECT count(*) " REJECTED_ACTS, error);
}

/** rounds_record_store_get_last_seq: the number of the newest line, 0 for none, -1 on error. */
gint64
rounds_record_store_get_last_seq (RoundsRecordStore *self, GError **error)
{
  return read_integer (self, "SELECT value FROM counter WHERE name = 'seq'", error);
}
