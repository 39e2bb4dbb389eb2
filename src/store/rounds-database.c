/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-database.h"

G_DEFINE_INTERFACE (RoundsDatabase, rounds_database, G_TYPE_OBJECT)

static void
rounds_database_default_init (RoundsDatabaseInterface *iface)
{
}

/**
 * rounds_database_exec:
 * @self: a database
 * @sql: one or more statements without parameters, written by us, never by a user
 * @error: (out) (optional): in the Rounds domain
 */
gboolean
rounds_database_exec (RoundsDatabase *self, const char *sql, GError **error)
{
  return ROUNDS_DATABASE_GET_IFACE (self)->exec (self, sql, error);
}

/**
 * rounds_database_prepare:
 * @self: a database
 * @sql: one statement with the parameters `$1`, `$2` … in this order
 * @error: (out) (optional): in the Rounds domain
 *
 * Returns: (transfer none) (nullable): a statement ready to be bound; the caller hands it back with
 *   rounds_statement_reset(), best by g_autoptr
 */
RoundsStatement *
rounds_database_prepare (RoundsDatabase *self, const char *sql, GError **error)
{
  const RoundsDatabaseInterface *driver = ROUNDS_DATABASE_GET_IFACE (self);
  RoundsStatement *statement = driver->prepare (self, sql, error);

  if (statement != NULL)
    statement->driver = driver;
  return statement;
}

/** rounds_database_begin: starts a transaction that may write: it takes the write lock now or fails (LOCKED). */
gboolean
rounds_database_begin (RoundsDatabase *self, GError **error)
{
  return ROUNDS_DATABASE_GET_IFACE (self)->begin (self, error);
}

/** rounds_database_commit: ends the transaction; on failure it is still open and to be rolled back. */
gboolean
rounds_database_commit (RoundsDatabase *self, GError **error)
{
  return ROUNDS_DATABASE_GET_IFACE (self)->commit (self, error);
}

/** rounds_database_rollback: drops the transaction; without one it does nothing. */
void
rounds_database_rollback (RoundsDatabase *self)
{
  ROUNDS_DATABASE_GET_IFACE (self)->rollback (self);
}

/** rounds_database_is_read_only: whether nothing can be written over this connection. */
gboolean
rounds_database_is_read_only (RoundsDatabase *self)
{
  return ROUNDS_DATABASE_GET_IFACE (self)->is_read_only (self);
}

gint64
rounds_database_get_version (RoundsDatabase *self, GError **error)
{
  return ROUNDS_DATABASE_GET_IFACE (self)->get_version (self, error);
}

gboolean
rounds_database_set_version (RoundsDatabase *self, gint64 version, GError **error)
{
  return ROUNDS_DATABASE_GET_IFACE (self)->set_version (self, version, error);
}

/** rounds_database_set_foreign_keys: outside of a transaction only: whether references are checked from now on. */
gboolean
rounds_database_set_foreign_keys (RoundsDatabase *self, gboolean enforced, GError **error)
{
  return ROUNDS_DATABASE_GET_IFACE (self)->set_foreign_keys (self, enforced, error);
}

/** rounds_statement_bind: gives @parameter (from 1) a copy of @value. */
void
rounds_statement_bind (RoundsStatement *self, int parameter, const RoundsValue *value)
{
  self->driver->bind (self->database, self, parameter, value, FALSE);
}

/** rounds_statement_bind_lasting: without a copy: @value stays where and as it is until the statement has run to its
 * end or is reset. */
void
rounds_statement_bind_lasting (RoundsStatement *self, int parameter, const RoundsValue *value)
{
  self->driver->bind (self->database, self, parameter, value, TRUE);
}

/** rounds_statement_bind_integer: @parameter: from 1 on. */
void
rounds_statement_bind_integer (RoundsStatement *self, int parameter, gint64 integer)
{
  RoundsValue value = { ROUNDS_VALUE_INTEGER, { .integer = integer } };

  rounds_statement_bind (self, parameter, &value);
}

/** rounds_statement_bind_text: @text: (nullable): copied; %NULL binds null. */
void
rounds_statement_bind_text (RoundsStatement *self, int parameter, const char *text)
{
  RoundsValue value = { ROUNDS_VALUE_NULL, { 0 } };

  if (text != NULL)
    {
      value.kind = ROUNDS_VALUE_TEXT;
      value.as.text = (char *) text;
    }
  rounds_statement_bind (self, parameter, &value);
}

/** rounds_statement_bind_uuid: @uuid: (nullable): copied; %NULL or the nil UUID binds null. */
void
rounds_statement_bind_uuid (RoundsStatement *self, int parameter, const RoundsUuid *uuid)
{
  RoundsValue value = { ROUNDS_VALUE_NULL, { 0 } };

  if (uuid != NULL && !rounds_uuid_is_nil (uuid))
    {
      value.kind = ROUNDS_VALUE_UUID;
      value.as.uuid = *uuid;
    }
  rounds_statement_bind (self, parameter, &value);
}

RoundsStep
rounds_statement_step (RoundsStatement *self, GError **error)
{
  return self->driver->step (self->database, self, error);
}

/** rounds_statement_run: steps a statement that gives no rows, and makes it ready to be bound again. */
gboolean
rounds_statement_run (RoundsStatement *self, GError **error)
{
  return rounds_statement_step (self, error) != ROUNDS_STEP_ERROR;
}

/**
 * rounds_statement_insert:
 * @self: an `INSERT` of one row into a table with a `row_key`
 * @row_key: (out): the new row's key
 * @error: (out) (optional): %ROUNDS_ERROR_EXISTS if a unique value is taken
 */
gboolean
rounds_statement_insert (RoundsStatement *self, gint64 *row_key, GError **error)
{
  return self->driver->insert (self->database, self, row_key, error);
}

/**
 * rounds_statement_get:
 * @column: from 0
 * @kind: the kind to read a value that is not null as
 * @value: (inout): an initialised value that takes the result
 */
void
rounds_statement_get (RoundsStatement *self, int column, RoundsValueKind kind, RoundsValue *value)
{
  self->driver->get (self->database, self, column, kind, value);
}

/** rounds_statement_get_integer: the integer in @column (from 0), 0 for null. */
gint64
rounds_statement_get_integer (RoundsStatement *self, int column)
{
  RoundsValue value = ROUNDS_VALUE_INIT;

  rounds_statement_get (self, column, ROUNDS_VALUE_INTEGER, &value);
  return value.kind == ROUNDS_VALUE_INTEGER ? value.as.integer : 0;
}

/** rounds_statement_dup_text: Returns: (transfer full) (nullable): the text in @column (from 0). */
char *
rounds_statement_dup_text (RoundsStatement *self, int column)
{
  RoundsValue value = ROUNDS_VALUE_INIT;

  rounds_statement_get (self, column, ROUNDS_VALUE_TEXT, &value);
  return value.kind == ROUNDS_VALUE_TEXT ? value.as.text : NULL;
}

/** rounds_statement_get_uuid: @uuid: (out): the id in @column (from 0), nil for null. Returns: whether there is one. */
gboolean
rounds_statement_get_uuid (RoundsStatement *self, int column, RoundsUuid *uuid)
{
  RoundsValue value = ROUNDS_VALUE_INIT;

  rounds_statement_get (self, column, ROUNDS_VALUE_UUID, &value);
  *uuid = value.kind == ROUNDS_VALUE_UUID ? value.as.uuid : (RoundsUuid) { { 0 } };
  return value.kind == ROUNDS_VALUE_UUID;
}

/** rounds_statement_reset: hands the statement back; it must not be used any more. */
void
rounds_statement_reset (RoundsStatement *self)
{
  self->driver->reset (self->database, self);
}
