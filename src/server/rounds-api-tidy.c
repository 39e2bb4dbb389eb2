/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the server keeps for a while and then no longer needs. */

#include "rounds-api-private.h"
#include "rounds-time.h"

/* The answers kept for repeats are JSON that begins with their time (rounds-api-idempotency.c). */
#define OLD_ANSWERS "DELETE FROM store_state WHERE key >= 'idempotency/' AND key < 'idempotency0' AND value < $1"

/* Tokens that nobody can use any longer. Their rows go for good, past the record store: no device and no person ever
 * sees them, and a tombstone for each renewal of each device would outgrow everything else. */
#define OLD_TOKENS "DELETE FROM refresh_token WHERE expires_at < $1"

static gboolean
run (RoundsApi *api, const char *sql, const RoundsValue *limit, GError **error)
{
  g_autoptr (RoundsStatement) statement =
    rounds_database_prepare (rounds_record_store_get_database (api->store), sql, error);

  if (statement == NULL)
    return FALSE;
  rounds_statement_bind (statement, 1, limit);
  return rounds_statement_run (statement, error);
}

/**
 * rounds_api_tidy:
 * @error: (out) (optional): what the database says; nothing is lost by it
 *
 * Removes what has expired; to be called now and then, outside of a request.
 */
gboolean
rounds_api_tidy (RoundsApi *self, GError **error)
{
  g_auto (RoundsValue) answers = ROUNDS_VALUE_INIT;
  g_auto (RoundsValue) tokens = ROUNDS_VALUE_INIT;
  gint64 now = rounds_time_now ();

  rounds_value_take_text (&answers, g_strdup_printf ("{\"at\":%" G_GINT64_FORMAT, now - ROUNDS_IDEMPOTENCY_LIFETIME));
  rounds_value_set_integer (&tokens, now);
  return run (self, OLD_ANSWERS, &answers, error) && run (self, OLD_TOKENS, &tokens, error);
}
