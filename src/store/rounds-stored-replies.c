/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a server answered to each mutation of a device: rounds-record-store.h. */

#include "rounds-record-store-private.h"

#define REPLY_COLUMNS 4

typedef struct
{
  RoundsUuid device;
  gint64 n;
  RoundsUuid group;
  char *text; /* (owned) */
} StoredReply;

static void
stored_reply_free (StoredReply *self)
{
  g_free (self->text);
  g_free (self);
}

/** rounds_record_store_get_last_reply: Returns: the highest number that @device got an answer for; 0 if none, -1 on
 * error. */
gint64
rounds_record_store_get_last_reply (RoundsRecordStore *self, const RoundsUuid *device, GError **error)
{
  g_autoptr (RoundsStatement) statement = NULL;

  if (!rounds_record_store_flush_replies (self, error))
    return -1;
  statement = rounds_database_prepare (self->database,
                                       "SELECT n FROM sync_reply WHERE device = $1 ORDER BY n DESC LIMIT 1", error);
  if (statement == NULL)
    return -1;
  rounds_statement_bind_uuid (statement, 1, device);
  switch (rounds_statement_step (statement, error))
    {
    case ROUNDS_STEP_ROW:
      return rounds_statement_get_integer (statement, 0);
    case ROUNDS_STEP_DONE:
      return 0;
    default:
      return -1;
    }
}

/**
 * rounds_record_store_get_reply:
 * @device: a device
 * @n: the number of one of its mutations
 * @group: the group that it came in
 * @reply: (out) (transfer full) (nullable): the answer that it got; %NULL if it is new
 * @error: (out) (optional): what the disk says
 *
 * A number alone does not tell a mutation. A device that went back to a copy of its database gives it to another
 * change, and one that was refused comes again together with what mends it; both are other groups. The first one may
 * still be on its way a second time, and gets its own answer.
 */
gboolean
rounds_record_store_get_reply (RoundsRecordStore *self, const RoundsUuid *device, gint64 n, const RoundsUuid *group,
                               char **reply, GError **error)
{
  g_autoptr (RoundsStatement) statement = NULL;
  RoundsStep step;

  *reply = NULL;
  if (!rounds_record_store_flush_replies (self, error))
    return FALSE;
  statement = rounds_database_prepare (
    self->database, "SELECT reply FROM sync_reply WHERE device = $1 AND n = $2 AND group_id = $3", error);
  if (statement == NULL)
    return FALSE;
  rounds_statement_bind_uuid (statement, 1, device);
  rounds_statement_bind_integer (statement, 2, n);
  rounds_statement_bind_uuid (statement, 3, group);
  step = rounds_statement_step (statement, error);
  if (step == ROUNDS_STEP_ROW)
    *reply = rounds_statement_dup_text (statement, 0);
  return step != ROUNDS_STEP_ERROR;
}

/**
 * rounds_record_store_put_reply:
 * @device: a device
 * @n: the number of one of its mutations, which got no answer yet
 * @group: the group that it came in
 * @reply: the answer
 *
 * Keeps the answer, in the transaction that applied the mutation. It is written with others before the commit.
 */
void
rounds_record_store_put_reply (RoundsRecordStore *self, const RoundsUuid *device, gint64 n, const RoundsUuid *group,
                               const char *reply)
{
  StoredReply *stored = g_new (StoredReply, 1);

  g_assert (self->in_transaction);
  *stored = (StoredReply) { *device, n, *group, g_strdup (reply) };
  if (self->replies == NULL)
    self->replies = g_ptr_array_new_with_free_func ((GDestroyNotify) stored_reply_free);
  g_ptr_array_add (self->replies, stored);
}

static gboolean
write_replies (RoundsRecordStore *self, guint begin, guint n, GError **error)
{
  g_autoptr (RoundsStatement) insert = NULL;
  int parameter = 1;

  if (self->reply_insert.table == NULL)
    rounds_insert_init (&self->reply_insert, "sync_reply", "device, n, group_id, reply", REPLY_COLUMNS);
  insert = rounds_insert_prepare (&self->reply_insert, self->database, n, error);
  if (insert == NULL)
    return FALSE;
  for (guint i = begin; i < begin + n; i++)
    {
      const StoredReply *stored = self->replies->pdata[i];

      rounds_statement_bind_uuid (insert, parameter++, &stored->device);
      rounds_statement_bind_integer (insert, parameter++, stored->n);
      rounds_statement_bind_uuid (insert, parameter++, &stored->group);
      rounds_statement_bind_text (insert, parameter++, stored->text);
    }
  return rounds_statement_run (insert, error);
}

/*
 * rounds_record_store_flush_replies:
 *
 * Writes the answers held back; called before each commit and before one is looked for.
 */
gboolean
rounds_record_store_flush_replies (RoundsRecordStore *self, GError **error)
{
  for (guint i = 0, n; self->replies != NULL && i < self->replies->len; i += n)
    {
      n = rounds_insert_count_rows (self->replies->len - i);
      if (!write_replies (self, i, n, error))
        return FALSE;
    }
  rounds_record_store_drop_replies (self);
  return TRUE;
}

/* rounds_record_store_drop_replies: forgets the answers held back. */
void
rounds_record_store_drop_replies (RoundsRecordStore *self)
{
  g_clear_pointer (&self->replies, g_ptr_array_unref);
}
