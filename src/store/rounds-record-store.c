/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The writing half of the record store, and its transactions. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rounds-error.h"
#include "rounds-record-store-private.h"
#include "rounds-store-schema.h"
#include "rounds-time.h"

/* Log lines held back at most: an import of 100,000 rows must not keep them all in memory. */
#define FLUSH_AT 2000

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
      g_free (self->insert_sql[e]);
      g_free (self->words_sql[e]);
    }
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
  self->unlocked = g_hash_table_new_full (rounds_uuid_hash, rounds_uuid_equal, g_free, NULL);
  self->places = g_hash_table_new_full (rounds_uuid_hash, rounds_uuid_equal, g_free, NULL);
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
  if (self->is_remote)
    rounds_database_set_foreign_keys (self->database, TRUE, NULL);
  self->is_remote = FALSE;
  g_ptr_array_set_size (self->log, 0);
  rounds_record_store_forget_locks (self);
  g_array_set_size (self->touched, 0);
  memset (self->touched_many, 0, sizeof self->touched_many);
  memset (self->highest, 0, sizeof self->highest);
  g_hash_table_remove_all (self->places);
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
  if (!rounds_record_store_flush_log (self, error) || !rounds_database_commit (self->database, error))
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

/**
 * rounds_record_store_begin_remote:
 * @error: (out) (optional): as rounds_record_store_begin()
 *
 * Starts a transaction in which references are not checked: for what the server has checked already.
 */
gboolean
rounds_record_store_begin_remote (RoundsRecordStore *self, GError **error)
{
  if (!rounds_database_set_foreign_keys (self->database, FALSE, error))
    return FALSE;
  if (!rounds_record_store_begin (self, error))
    {
      rounds_database_set_foreign_keys (self->database, TRUE, NULL);
      return FALSE;
    }
  self->is_remote = TRUE;
  return TRUE;
}

/* Runs @write in the open transaction, or in one of its own. */
typedef gboolean (*WriteFunc) (RoundsRecordStore *self, gpointer data, GError **error);

static gboolean
in_transaction (RoundsRecordStore *self, WriteFunc write, gpointer data, GError **error)
{
  if (self->in_transaction)
    return write (self, data, error);

  return rounds_record_store_begin (self, error) && rounds_record_store_end (self, write (self, data, error), error);
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

/* Saving */

/* Refuses @record if one of its unique values among @changed belongs to another record that is not deleted. */
static gboolean
check_unique (RoundsRecordStore *self, RoundsRecord *record, guint64 changed, GError **error)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (record));

  if (rounds_record_is_deleted (record))
    return TRUE;
  for (guint f = 0; f < info->n_fields; f++)
    {
      g_autofree char *sql = NULL;
      g_autoptr (RoundsStatement) statement = NULL;
      RoundsStep step;

      if (!(info->fields[f].flags & ROUNDS_FIELD_UNIQUE) || !(changed & BIT (f)) || rounds_record_is_null (record, f)
          || rounds_record_store_is_first (self, record, f))
        continue;
      sql = g_strconcat ("SELECT 1 FROM \"", info->name, "\" WHERE \"", info->fields[f].name,
                         "\" = $1 AND id <> $2 AND deleted_at IS NULL", NULL);
      statement = rounds_database_prepare (self->database, sql, error);
      if (statement == NULL)
        return FALSE;
      rounds_statement_bind_lasting (statement, 1, rounds_record_get_value (record, f));
      rounds_statement_bind_lasting (statement, 2, rounds_record_get_value (record, ROUNDS_FIELD_ID));
      step = rounds_statement_step (statement, error);
      if (step == ROUNDS_STEP_DONE)
        continue;
      if (step == ROUNDS_STEP_ROW)
        {
          rounds_set_field_error (error, info->fields[f].name, _ ("%s: another record has this value already."),
                                  rounds_field_get_label (&info->fields[f]));
          if (error != NULL)
            (*error)->code = ROUNDS_ERROR_EXISTS;
        }
      return FALSE;
    }
  return TRUE;
}

static gboolean
finish_write (RoundsRecordStore *self, RoundsRecord *record, RoundsRecord *before, RoundsOperation operation,
              guint64 changed, GError **error)
{
  rounds_record_store_add_to_log (self, record, before, operation, changed);
  rounds_record_store_note_lock (self, before, record);
  rounds_record_store_touch (self, rounds_record_get_entity (record), rounds_record_get_id (record));
  return self->holds_log || self->log->len < FLUSH_AT || rounds_record_store_flush_log (self, error);
}

/* Sets what the store alone sets; @before is %NULL for a new record. */
static void
stamp (RoundsRecordStore *self, RoundsRecord *record, RoundsRecord *before)
{
  gint64 now = rounds_time_now ();
  gint64 rev = before != NULL ? rounds_record_get_integer (before, ROUNDS_FIELD_REV) : 0;

  rounds_record_set_integer (record, ROUNDS_FIELD_REV, self->role == ROUNDS_ROLE_SERVER ? rev + 1 : rev);
  if (before != NULL)
    rounds_record_set_value (record, ROUNDS_FIELD_CREATED_AT,
                             rounds_record_get_value (before, ROUNDS_FIELD_CREATED_AT));
  else if (rounds_record_is_null (record, ROUNDS_FIELD_CREATED_AT))
    rounds_record_set_integer (record, ROUNDS_FIELD_CREATED_AT, now);
  rounds_record_set_integer (record, ROUNDS_FIELD_UPDATED_AT, now);
}

static guint64
find_filled_fields (RoundsRecord *record)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (record));
  guint64 filled = 0;

  for (guint f = ROUNDS_FIELD_TERRITORY; f < info->n_fields; f++)
    if (!rounds_record_is_null (record, f))
      filled |= BIT (f);
  return filled;
}

/* Among the fields from @first on. */
static guint64
find_changed_fields (RoundsRecord *record, RoundsRecord *before, guint first)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (record));
  guint64 changed = 0;

  for (guint f = first; f < info->n_fields; f++)
    if (!rounds_value_equal (rounds_record_get_value (record, f), rounds_record_get_value (before, f)))
      changed |= BIT (f);
  return changed;
}

/* @trusted: what of the record does not change need not be what this version would accept */
static gboolean
update_record (RoundsRecordStore *self, RoundsRecord *record, gint64 row_key, gboolean trusted, GError **error)
{
  g_autoptr (RoundsRecord) before =
    rounds_record_store_get_by_key (self, rounds_record_get_entity (record), row_key, error);
  guint64 changed;

  if (before == NULL || !rounds_record_store_inherit_territory (self, record, error))
    return FALSE;

  changed = find_changed_fields (record, before, ROUNDS_FIELD_TERRITORY);
  if (changed == 0)
    {
      rounds_record_assign (record, before);
      return TRUE;
    }

  stamp (self, record, before);
  rounds_record_set_value (record, ROUNDS_FIELD_DELETED_AT, rounds_record_get_value (before, ROUNDS_FIELD_DELETED_AT));
  return (trusted
          || (rounds_record_store_check_lock (self, before, record, changed, error)
              && rounds_record_validate (record, error)
              && rounds_record_store_check_rules (self, record, changed, error)))
         && check_unique (self, record, changed, error)
         && rounds_record_store_update_row (self, record, row_key,
                                            changed | BIT (ROUNDS_FIELD_REV) | BIT (ROUNDS_FIELD_UPDATED_AT), error)
         && finish_write (self, record, before, ROUNDS_OPERATION_UPDATE, changed, error)
         && (!(changed & BIT (ROUNDS_FIELD_TERRITORY))
             || rounds_record_store_pass_on_territory (self, record, FALSE, error));
}

/*
 * rounds_record_store_move_row:
 * @row_key: a record that belongs to another one, which has moved
 *
 * Writes the record's territory anew, and nothing else of it: it need not be one that this version would accept.
 */
gboolean
rounds_record_store_move_row (RoundsRecordStore *self, RoundsEntity entity, gint64 row_key, GError **error)
{
  g_autoptr (RoundsRecord) before = rounds_record_store_get_by_key (self, entity, row_key, error);
  g_autoptr (RoundsRecord) record = before != NULL ? rounds_record_dup (before) : NULL;
  const guint64 changed = BIT (ROUNDS_FIELD_TERRITORY);

  if (record == NULL || !rounds_record_store_inherit_territory (self, record, error))
    return FALSE;
  if (rounds_value_equal (rounds_record_get_value (record, ROUNDS_FIELD_TERRITORY),
                          rounds_record_get_value (before, ROUNDS_FIELD_TERRITORY)))
    return TRUE;
  stamp (self, record, before);
  return rounds_record_store_update_row (self, record, row_key,
                                         changed | BIT (ROUNDS_FIELD_REV) | BIT (ROUNDS_FIELD_UPDATED_AT), error)
         && finish_write (self, record, before, ROUNDS_OPERATION_UPDATE, changed, error)
         && rounds_record_store_pass_on_territory (self, record, FALSE, error);
}

/*
 * rounds_record_store_create:
 * @record: a record whose id is not known
 * @error: (out) (optional): as rounds_record_store_save(), and %ROUNDS_ERROR_EXISTS if its id is known
 *
 * Saves a new record inside the open transaction.
 */
gboolean
rounds_record_store_create (RoundsRecordStore *self, RoundsRecord *record, GError **error)
{
  guint64 filled;

  if (!rounds_record_store_inherit_territory (self, record, error))
    return FALSE;
  filled = find_filled_fields (record);
  if (!rounds_record_validate (record, error) || !check_unique (self, record, filled, error)
      || !rounds_record_store_check_rules (self, record, filled, error)
      || !rounds_record_store_check_lock (self, NULL, record, filled, error))
    return FALSE;
  stamp (self, record, NULL);
  return rounds_record_store_insert_row (self, record, error)
         && finish_write (self, record, NULL, ROUNDS_OPERATION_CREATE, filled, error)
         && (!(filled & BIT (ROUNDS_FIELD_TERRITORY))
             || rounds_record_store_pass_on_territory (self, record, TRUE, error));
}

static gboolean
save_record (RoundsRecordStore *self, gpointer data, GError **error)
{
  RoundsRecord *record = data;
  gint64 row_key;

  g_assert (rounds_store_keeps (self->role, rounds_record_get_entity (record)));

  row_key =
    rounds_record_store_find_row (self, rounds_record_get_entity (record), rounds_record_get_id (record), error);
  if (row_key < 0)
    return FALSE;
  return row_key > 0 ? update_record (self, record, row_key, FALSE, error)
                     : rounds_record_store_create (self, record, error);
}

/*
 * rounds_record_store_revise:
 * @id: a record that is there
 *
 * Makes a new revision of the record, whose fields stay as they are: something became a part of it. Whoever deletes it
 * and knows the one before alone does not know of that.
 */
gboolean
rounds_record_store_revise (RoundsRecordStore *self, RoundsEntity entity, const RoundsUuid *id, GError **error)
{
  g_autoptr (RoundsRecord) before = rounds_record_store_get (self, entity, id, error);
  g_autoptr (RoundsRecord) record = before != NULL ? rounds_record_dup (before) : NULL;
  gint64 row_key = before != NULL ? rounds_record_store_find_row (self, entity, id, error) : -1;

  if (row_key < 0)
    return FALSE;
  stamp (self, record, before);
  return rounds_record_store_update_row (self, record, row_key, BIT (ROUNDS_FIELD_REV) | BIT (ROUNDS_FIELD_UPDATED_AT),
                                         error)
         && finish_write (self, record, before, ROUNDS_OPERATION_UPDATE, 0, error);
}

/*
 * rounds_record_store_rewrite:
 * @record: a record that is there, deleted or not, of which references or values were changed that are known to be good
 *
 * Saves @record inside the open transaction, even if it is not one that this version would accept as new.
 */
gboolean
rounds_record_store_rewrite (RoundsRecordStore *self, RoundsRecord *record, GError **error)
{
  gint64 row_key;

  g_assert (self->in_transaction);
  row_key =
    rounds_record_store_find_row (self, rounds_record_get_entity (record), rounds_record_get_id (record), error);
  return row_key > 0 && update_record (self, record, row_key, TRUE, error);
}

/**
 * rounds_record_store_save:
 * @record: a record; on success it holds what the store set, on failure it may hold part of that
 * @error: (out) (optional): %ROUNDS_ERROR_INVALID or %ROUNDS_ERROR_EXISTS with the field, and what the disk says
 *
 * Creates @record if its id is unknown, else changes what differs from the stored row; an equal record writes
 * nothing. A record that is deleted stays so.
 */
gboolean
rounds_record_store_save (RoundsRecordStore *self, RoundsRecord *record, GError **error)
{
  return in_transaction (self, save_record, record, error);
}

static gboolean
save_records (RoundsRecordStore *self, gpointer data, GError **error)
{
  GPtrArray *records = data;

  for (guint i = 0; i < records->len; i++)
    if (!save_record (self, records->pdata[i], error))
      return FALSE;
  return TRUE;
}

/**
 * rounds_record_store_save_all:
 * @records: (element-type RoundsRecord): parents before what refers to them
 * @error: (out) (optional): as rounds_record_store_save(), for the first that fails
 *
 * Saves @records as one group. Inside of an open transaction a failure leaves it to the caller to roll back.
 */
gboolean
rounds_record_store_save_all (RoundsRecordStore *self, GPtrArray *records, GError **error)
{
  return in_transaction (self, save_records, records, error);
}

/* Deleting */

typedef struct
{
  RoundsEntity entity;
  const RoundsUuid *id;
  gboolean deleted;
} Deletion;

/* What went together is told by its time, here, on the server and on every other device: rounds-record-trash.c. So no
 * two groups have the same one, however quickly they follow each other. */
static gint64
get_deletion_time (RoundsRecordStore *self)
{
  if (self->deletion_time == 0)
    self->last_deletion = self->deletion_time = MAX (rounds_time_now (), self->last_deletion + 1);
  return self->deletion_time;
}

static gboolean
set_deleted (RoundsRecordStore *self, gpointer data, GError **error)
{
  const Deletion *deletion = data;
  g_autoptr (RoundsRecord) before = rounds_record_store_get (self, deletion->entity, deletion->id, error);
  g_autoptr (RoundsRecord) record = NULL;
  gint64 row_key;

  if (before == NULL)
    return FALSE;
  row_key = rounds_record_store_find_row (self, deletion->entity, deletion->id, error);
  if (row_key < 0)
    return FALSE;
  if (rounds_record_is_deleted (before) == deletion->deleted)
    return TRUE;
  if (deletion->deleted && !rounds_record_store_check_lock (self, before, before, G_MAXUINT64, error))
    return FALSE;

  record = rounds_record_dup (before);
  stamp (self, record, before);
  if (deletion->deleted)
    rounds_record_set_integer (record, ROUNDS_FIELD_DELETED_AT, get_deletion_time (self));
  else
    rounds_record_clear_field (record, ROUNDS_FIELD_DELETED_AT);

  /* What was freed by the deletion may have been taken since. */
  if (!deletion->deleted
      && (!check_unique (self, record, G_MAXUINT64, error)
          || !rounds_record_store_check_rules (self, record, G_MAXUINT64, error)))
    return FALSE;
  if (!rounds_record_store_update_row (
        self, record, row_key, BIT (ROUNDS_FIELD_REV) | BIT (ROUNDS_FIELD_UPDATED_AT) | BIT (ROUNDS_FIELD_DELETED_AT),
        error))
    return FALSE;
  return finish_write (self, record, before, deletion->deleted ? ROUNDS_OPERATION_DELETE : ROUNDS_OPERATION_RESTORE, 0,
                       error);
}

/**
 * rounds_record_store_delete:
 * @error: (out) (optional): %ROUNDS_ERROR_NOT_FOUND
 *
 * Makes the record a tombstone: lists and searches leave it out, rounds_record_store_restore() brings it back. What
 * refers to it stays; rounds_record_store_delete_whole() takes along what belongs to it. Deleting twice is no error.
 */
gboolean
rounds_record_store_delete (RoundsRecordStore *self, RoundsEntity entity, const RoundsUuid *id, GError **error)
{
  Deletion deletion = { entity, id, TRUE };

  return in_transaction (self, set_deleted, &deletion, error);
}

/**
 * rounds_record_store_restore:
 * @error: (out) (optional): %ROUNDS_ERROR_NOT_FOUND; %ROUNDS_ERROR_EXISTS if a unique value has been taken meanwhile
 *
 * Takes a deletion back.
 */
gboolean
rounds_record_store_restore (RoundsRecordStore *self, RoundsEntity entity, const RoundsUuid *id, GError **error)
{
  Deletion deletion = { entity, id, FALSE };

  return in_transaction (self, set_deleted, &deletion, error);
}

/* A record that was sent comes back with another revision and little else: its words need not be indexed again. */
static gboolean
update_remote (RoundsRecordStore *self, RoundsRecord *record, gint64 row_key, GError **error)
{
  g_autoptr (RoundsRecord) before =
    rounds_record_store_get_by_key (self, rounds_record_get_entity (record), row_key, error);
  guint64 changed = before != NULL ? find_changed_fields (record, before, ROUNDS_FIELD_REV) : 0;

  return before != NULL && (changed == 0 || rounds_record_store_update_row (self, record, row_key, changed, error));
}

/**
 * rounds_record_store_put_remote:
 * @record: as the server has it
 * @error: (out) (optional): what the disk says
 *
 * Stores @record as it is: no validation, no line in the log. Only between rounds_record_store_begin_remote() and the
 * end of that transaction.
 */
gboolean
rounds_record_store_put_remote (RoundsRecordStore *self, RoundsRecord *record, GError **error)
{
  gint64 row_key;

  g_assert (self->is_remote);
  row_key =
    rounds_record_store_find_row (self, rounds_record_get_entity (record), rounds_record_get_id (record), error);
  if (row_key < 0
      || !(row_key > 0 ? update_remote (self, record, row_key, error)
                       : rounds_record_store_insert_row (self, record, error)))
    return FALSE;
  rounds_record_store_touch (self, rounds_record_get_entity (record), rounds_record_get_id (record));
  return TRUE;
}

/* Small things that are not records */

static char *
read_text (RoundsStatement *statement, GError **error)
{
  return rounds_statement_step (statement, error) == ROUNDS_STEP_ROW ? rounds_statement_dup_text (statement, 0) : NULL;
}

/**
 * rounds_record_store_get_state:
 *
 * Returns: (transfer full) (nullable): the text kept under @key; %NULL without an error if there is none
 */
char *
rounds_record_store_get_state (RoundsRecordStore *self, const char *key, GError **error)
{
  g_autoptr (RoundsStatement) statement =
    rounds_database_prepare (self->database, "SELECT value FROM store_state WHERE key = $1", error);

  if (statement == NULL)
    return NULL;
  rounds_statement_bind_text (statement, 1, key);
  return read_text (statement, error);
}

typedef struct
{
  const char *key;
  const char *value; /* (nullable) */
} State;

/* Not by an upsert, for which SQLite opens a savepoint, at which FTS5 writes out the words that it holds. */
static gboolean
write_state (RoundsRecordStore *self, gpointer data, GError **error)
{
  const State *state = data;
  g_autoptr (RoundsStatement) forget =
    rounds_database_prepare (self->database, "DELETE FROM store_state WHERE key = $1", error);
  g_autoptr (RoundsStatement) insert = NULL;

  if (forget == NULL)
    return FALSE;
  rounds_statement_bind_text (forget, 1, state->key);
  if (!rounds_statement_run (forget, error))
    return FALSE;
  if (state->value == NULL)
    return TRUE;
  insert = rounds_database_prepare (self->database, "INSERT INTO store_state (key, value) VALUES ($1, $2)", error);
  if (insert == NULL)
    return FALSE;
  rounds_statement_bind_text (insert, 1, state->key);
  rounds_statement_bind_text (insert, 2, state->value);
  return rounds_statement_run (insert, error);
}

/**
 * rounds_record_store_set_state:
 * @value: (nullable): %NULL forgets @key
 *
 * Part of the open transaction if there is one.
 */
gboolean
rounds_record_store_set_state (RoundsRecordStore *self, const char *key, const char *value, GError **error)
{
  State state = { key, value };

  return in_transaction (self, write_state, &state, error);
}
