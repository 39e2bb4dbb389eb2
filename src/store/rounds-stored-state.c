/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Small facts of the store itself: text by key, in rounds-record-store.h. */

#include "rounds-record-store-private.h"

/**
 * rounds_record_store_get_state:
 * @key: a name
 * @value: (out) (transfer full) (nullable): the text kept under @key; %NULL if there is none
 * @error: (out) (optional): what the disk says
 */
gboolean
rounds_record_store_get_state (RoundsRecordStore *self, const char *key, char **value, GError **error)
{
  g_autoptr (RoundsStatement) statement =
    rounds_database_prepare (self->database, "SELECT value FROM store_state WHERE key = $1", error);
  RoundsStep step;

  *value = NULL;
  if (statement == NULL)
    return FALSE;
  rounds_statement_bind_text (statement, 1, key);
  step = rounds_statement_step (statement, error);
  if (step == ROUNDS_STEP_ROW)
    *value = rounds_statement_dup_text (statement, 0);
  return step != ROUNDS_STEP_ERROR;
}

/* Not by an upsert, for which SQLite opens a savepoint, at which FTS5 writes out the words that it holds. */
static gboolean
write_state (RoundsRecordStore *self, const char *key, const char *value, GError **error)
{
  g_autoptr (RoundsStatement) forget =
    rounds_database_prepare (self->database, "DELETE FROM store_state WHERE key = $1", error);
  g_autoptr (RoundsStatement) insert = NULL;

  if (forget == NULL)
    return FALSE;
  rounds_statement_bind_text (forget, 1, key);
  if (!rounds_statement_run (forget, error))
    return FALSE;
  if (value == NULL)
    return TRUE;
  insert = rounds_database_prepare (self->database, "INSERT INTO store_state (key, value) VALUES ($1, $2)", error);
  if (insert == NULL)
    return FALSE;
  rounds_statement_bind_text (insert, 1, key);
  rounds_statement_bind_text (insert, 2, value);
  return rounds_statement_run (insert, error);
}

/**
 * rounds_record_store_set_state:
 * @key: a name
 * @value: (nullable): %NULL forgets @key
 * @error: (out) (optional): what the disk says
 *
 * Part of the open transaction if there is one.
 *
 * Returns: whether it is kept
 */
gboolean
rounds_record_store_set_state (RoundsRecordStore *self, const char *key, const char *value, GError **error)
{
  if (self->in_transaction)
    return write_state (self, key, value, error);
  return rounds_record_store_begin (self, error)
         && rounds_record_store_end (self, write_state (self, key, value, error), error);
}
