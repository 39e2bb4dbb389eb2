/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The record store and its transactions. */

#include "rounds-record-store-private.h"
#include "rounds-store-schema.h"

/* Records of one entity in one transaction that are told one by one; beyond, listeners hear "many". */
#define TOUCHED_ONE_BY_ONE 500

enum
{
  COMMITTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RoundsRecordStore, rounds_record_store, G_TYPE_OBJECT)

static void
rounds_record_store_finalize (GObject *object)
{
  RoundsRecordStore *self = ROUNDS_RECORD_STORE (object);

  if (self->in_transaction)
    rounds_record_store_rollback (self);
  for (int e = 0; e < ROUNDS_N_ENTITIES; e++)
    {
      g_free (self->select_sql[e]);
      g_free (self->get_sql[e]);
      g_free (self->get_by_key_sql[e]);
      g_free (self->text_sql[e]);
      g_free (self->find_sql[e]);
      g_free (self->place_sql[e]);
      g_free (self->words_sql[e]);
      rounds_insert_clear (&self->inserts[e]);
    }
  rounds_insert_clear (&self->log_insert);
  rounds_insert_clear (&self->reply_insert);
  g_ptr_array_unref (self->log);
  g_hash_table_unref (self->unlocked);
  g_hash_table_unref (self->places);
  g_array_unref (self->touched);
  g_clear_object (&self->database);

  G_OBJECT_CLASS (rounds_record_store_parent_class)->finalize (object);
}

static void
rounds_record_store_class_init (RoundsRecordStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rounds_record_store_finalize;

  signals[COMMITTED] = g_signal_new ("committed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, G_TYPE_ARRAY);
}

static void
rounds_record_store_init (RoundsRecordStore *self)
{
  self->log = g_ptr_array_new_with_free_func ((GDestroyNotify) rounds_change_free);
  self->touched = g_array_new (FALSE, FALSE, sizeof (RoundsTouched));
  self->unlocked = rounds_uuid_set_new ();
  self->places = rounds_uuid_set_new ();
}

/**
 * rounds_record_store_new:
 * @database: an open database, of the calling thread
 * @role: whose it is
 * @error: (out) (optional): %ROUNDS_ERROR_TOO_NEW, %ROUNDS_ERROR_CORRUPT and what the database says
 *
 * Returns: (transfer full) (nullable): the store, its schema brought up to date
 */
RoundsRecordStore *
rounds_record_store_new (RoundsDatabase *database, RoundsStoreRole role, GError **error)
{
  g_autoptr (RoundsRecordStore) self = NULL;

  if (!rounds_store_schema_migrate (database, role, error))
    return NULL;

  self = g_object_new (ROUNDS_TYPE_RECORD_STORE, NULL);
  self->database = g_object_ref (database);
  self->role = role;
  return g_steal_pointer (&self);
}

/** rounds_record_store_get_database: Returns: (transfer none): where the records are. */
RoundsDatabase *
rounds_record_store_get_database (RoundsRecordStore *self)
{
  return self->database;
}

/** rounds_record_store_get_role: whose it is. */
RoundsStoreRole
rounds_record_store_get_role (RoundsRecordStore *self)
{
  return self->role;
}

/**
 * rounds_record_store_set_actor:
 * @user: (nullable): who writes from now on
 * @device: (nullable): from where
 */
void
rounds_record_store_set_actor (RoundsRecordStore *self, const RoundsUuid *user, const RoundsUuid *device)
{
  self->actor = user != NULL ? *user : (RoundsUuid) { { 0 } };
  self->device = device != NULL ? *device : (RoundsUuid) { { 0 } };
}

/* Transactions */

/**
 * rounds_record_store_begin:
 * @error: (out) (optional): %ROUNDS_ERROR_LOCKED if another process goes on writing for 5 seconds
 *
 * Starts a transaction, whose changes are one group. They do not nest.
 */
gboolean
rounds_record_store_begin (RoundsRecordStore *self, GError **error)
{
  g_assert (!self->in_transaction);

  if (!rounds_database_begin (self->database, error))
    return FALSE;
  self->in_transaction = TRUE;
  self->group = rounds_uuid_new ();
  self->deletion_time = 0;
  return TRUE;
}

/* Whatever way a transaction went. */
static void
end_transaction (RoundsRecordStore *self)
{
  self->in_transaction = FALSE;
  self->holds_log = FALSE;
  if (self->is_remote || self->is_bulk)
    rounds_database_set_foreign_keys (self->database, TRUE, NULL);
  self->is_remote = FALSE;
  self->is_bulk = FALSE;
  g_ptr_array_set_size (self->log, 0);
  rounds_record_store_drop_replies (self);
  rounds_record_store_drop_words (self);
  rounds_record_store_forget_locks (self);
  g_array_set_size (self->touched, 0);
  memset (self->touched_many, 0, sizeof self->touched_many);
  memset (self->highest, 0, sizeof self->highest);
  rounds_record_store_forget_places (self);
}

/**
 * rounds_record_store_commit:
 * @error: (out) (optional): why nothing of the transaction was kept
 *
 * Ends the transaction. On success all of it is on the disk; on failure none of it.
 */
gboolean
rounds_record_store_commit (RoundsRecordStore *self, GError **error)
{
  g_autoptr (GArray) touched = NULL;

  g_assert (self->in_transaction);
  if (!rounds_record_store_flush_words (self, error) || !rounds_record_store_flush_log (self, error)
      || !rounds_record_store_flush_replies (self, error) || !rounds_database_commit (self->database, error))
    {
      rounds_record_store_rollback (self);
      return FALSE;
    }

  for (int e = 0; e < ROUNDS_N_ENTITIES; e++)
    if (self->touched_many[e])
      {
        RoundsTouched many = { e, { { 0 } } };

        g_array_append_val (self->touched, many);
      }
  touched = g_array_copy (self->touched);
  end_transaction (self);
  if (touched->len > 0)
    g_signal_emit (self, signals[COMMITTED], 0, touched);
  return TRUE;
}

/** rounds_record_store_rollback: drops all that the transaction did. */
void
rounds_record_store_rollback (RoundsRecordStore *self)
{
  g_assert (self->in_transaction);
  rounds_database_rollback (self->database);
  end_transaction (self);
}

/**
 * rounds_record_store_end:
 * @done: whether what the transaction was for went well; if not, @error says why already
 * @error: (out) (optional): what the disk says
 *
 * Commits, or rolls back if not @done. So that all of it is one expression:
 * `rounds_record_store_begin (store, error) && rounds_record_store_end (store, do_this (store, error), error)`
 *
 * Returns: whether it was done and is committed
 */
gboolean
rounds_record_store_end (RoundsRecordStore *self, gboolean done, GError **error)
{
  if (done)
    return rounds_record_store_commit (self, error);
  rounds_record_store_rollback (self);
  return FALSE;
}

/** rounds_record_store_begin_group: what is written from here on is sent and applied as a group of its own. */
void
rounds_record_store_begin_group (RoundsRecordStore *self)
{
  g_assert (self->in_transaction);
  self->group = rounds_uuid_new ();
  rounds_record_store_forget_locks (self);
  self->deletion_time = 0;
}

static gboolean
begin_without_foreign_keys (RoundsRecordStore *self, GError **error)
{
  if (!rounds_database_set_foreign_keys (self->database, FALSE, error))
    return FALSE;
  if (rounds_record_store_begin (self, error))
    return TRUE;
  rounds_database_set_foreign_keys (self->database, TRUE, NULL);
  return FALSE;
}

/**
 * rounds_record_store_begin_remote:
 * @error: (out) (optional): as rounds_record_store_begin()
 *
 * Starts a transaction in which references are not checked: for what the server has checked already.
 */
gboolean
rounds_record_store_begin_remote (RoundsRecordStore *self, GError **error)
{
  self->is_remote = begin_without_foreign_keys (self, error);
  return self->is_remote;
}

/**
 * rounds_record_store_begin_bulk:
 * @error: (out) (optional): as rounds_record_store_begin()
 *
 * Starts a transaction for thousands of records. Its references are checked as in any other, but by the store, which
 * remembers what most of them name; SQLite looks for each, and keeps copies of all pages that many rows at once change
 * in case one of them is refused.
 */
gboolean
rounds_record_store_begin_bulk (RoundsRecordStore *self, GError **error)
{
  self->is_bulk = begin_without_foreign_keys (self, error);
  return self->is_bulk;
}

/*
 * rounds_record_store_run:
 * @write: what to do
 * @data: (nullable): for @write
 *
 * Runs @write in the open transaction, or in one of its own.
 */
gboolean
rounds_record_store_run (RoundsRecordStore *self, RoundsWriteFunc write, gpointer data, GError **error)
{
  if (self->in_transaction)
    return write (self, data, error);

  return rounds_record_store_begin (self, error) && rounds_record_store_end (self, write (self, data, error), error);
}

/*
 * rounds_record_store_run_sql:
 * @sql: a statement without results
 * @id: its parameter
 */
gboolean
rounds_record_store_run_sql (RoundsRecordStore *self, const char *sql, const RoundsUuid *id, GError **error)
{
  g_autoptr (RoundsStatement) statement = rounds_database_prepare (self->database, sql, error);

  if (statement == NULL)
    return FALSE;
  rounds_statement_bind_uuid (statement, 1, id);
  return rounds_statement_run (statement, error);
}

/*
 * rounds_record_store_touch:
 *
 * Notes that something about a record changed, to be told with the commit of the open transaction.
 */
void
rounds_record_store_touch (RoundsRecordStore *self, RoundsEntity entity, const RoundsUuid *id)
{
  RoundsTouched touched = { entity, *id };

  if (self->touched_many[entity])
    return;
  if (self->touched->len >= TOUCHED_ONE_BY_ONE)
    self->touched_many[entity] = TRUE;
  else
    g_array_append_val (self->touched, touched);
}
