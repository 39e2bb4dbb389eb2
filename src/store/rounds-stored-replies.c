/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a server answered to each mutation of a device: rounds-record-store.h. */

#include "rounds-record-store-private.h"

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
  g_autoptr (RoundsStatement) statement = rounds_database_prepare (
    self->database, "SELECT reply FROM sync_reply WHERE device = $1 AND n = $2 AND group_id = $3", error);
  RoundsStep step;

  *reply = NULL;
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
 * @error: (out) (optional): what the disk says
 *
 * Keeps the answer, in the transaction that applied the mutation.
 *
 * Returns: whether it was kept
 */
gboolean
rounds_record_store_put_reply (RoundsRecordStore *self, const RoundsUuid *device, gint64 n, const RoundsUuid *group,
                               const char *reply, GError **error)
{
  g_autoptr (RoundsStatement) insert = rounds_database_prepare (
    self->database, "INSERT INTO sync_reply (device, n, group_id, reply) VALUES ($1, $2, $3, $4)", error);

  g_assert (self->in_transaction);
  if (insert == NULL)
    return FALSE;
  rounds_statement_bind_uuid (insert, 1, device);
  rounds_statement_bind_integer (insert, 2, n);
  rounds_statement_bind_uuid (insert, 3, group);
  rounds_statement_bind_text (insert, 4, reply);
  return rounds_statement_run (insert, error);
}
