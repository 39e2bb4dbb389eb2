/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Taking an import back (S2-31, N19), at any time: what it created goes to the trash unless it has been changed or used
 * since, what it changed goes back where it still says what the import wrote. The change log tells both. */

#include "config.h"

#include "rounds-import-revert.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "rounds-change-effect.h"
#include "rounds-error.h"
#include "rounds-import-trace-private.h"
#include "rounds-time.h"

/* Records deleted or restored at once. */
#define AT_ONCE 1000

typedef struct
{
  RoundsRecordStore *store;       /* (not owned) */
  RoundsImportTrace trace;        /* (owned) */
  RoundsImportReversal *reversal; /* (owned) */
  GArray *waiting;                /* (owned) (nullable): of RoundsTouched: to be deleted or restored at once … */
  gboolean waiting_deleted;       /* … which of both */
} Reversal;

static void
reversal_clear (Reversal *self)
{
  rounds_import_trace_clear (&self->trace);
  g_clear_pointer (&self->reversal, rounds_import_reversal_free);
  g_clear_pointer (&self->waiting, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reversal, reversal_clear)

static void
kept_free (gpointer data)
{
  RoundsImportKept *kept = data;

  g_free (kept->title);
  g_free (kept);
}

/** rounds_import_reversal_free: frees @self. */
void
rounds_import_reversal_free (RoundsImportReversal *self)
{
  g_ptr_array_unref (self->kept);
  g_free (self);
}

/* @record: (out) (transfer full) (nullable): %NULL if it is in a territory now that this device does not show: whoever
 * sees it decides about it */
static gboolean
find_record (Reversal *self, const RoundsImportTouch *touched, RoundsRecord **record, GError **error)
{
  return rounds_record_store_look_up (self->store, touched->entity, &touched->id, record, error);
}

/* Whether people would look for it in a list by itself, and not as a part of something else. */
static gboolean
stands_alone (RoundsEntity entity)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (entity);

  for (guint f = 0; f < info->n_fields; f++)
    if (info->fields[f].flags & ROUNDS_FIELD_OWNER)
      return FALSE;
  return TRUE;
}

static void
list_kept (Reversal *self, const RoundsImportTouch *touched, RoundsRecord *record, gboolean is_whole)
{
  RoundsImportKept *kept;

  if (!stands_alone (touched->entity))
    return;
  kept = g_new0 (RoundsImportKept, 1);
  kept->entity = touched->entity;
  kept->id = touched->id;
  kept->title = rounds_record_get_title (record);
  kept->is_used = touched->is_used;
  kept->is_whole = is_whole;
  g_ptr_array_add (self->reversal->kept, kept);
}

/* Doing it */

/* Deletes or restores what is waiting for it. */
static gboolean
write_waiting (Reversal *self, GError **error)
{
  gint64 n;

  if (self->waiting->len == 0)
    return TRUE;
  n = self->waiting_deleted ? rounds_record_store_delete_all (self->store, self->waiting, error)
                            : rounds_record_store_restore_all (self->store, self->waiting, error);
  if (n < 0)
    return FALSE;
  if (self->waiting_deleted)
    self->reversal->trashed += (guint64) n;
  else
    self->reversal->restored += (guint64) n;
  g_array_set_size (self->waiting, 0);
  return TRUE;
}

static gboolean
set_deleted (Reversal *self, const RoundsImportTouch *touched, gboolean deleted, GError **error)
{
  const RoundsTouched record = { touched->entity, touched->id };

  if (self->waiting_deleted != deleted && !write_waiting (self, error))
    return FALSE;
  self->waiting_deleted = deleted;
  g_array_append_val (self->waiting, record);
  return self->waiting->len < AT_ONCE || write_waiting (self, error);
}

static gboolean
put_back (Reversal *self, const RoundsImportTouch *touched, GError **error)
{
  g_autoptr (RoundsRecord) record = NULL;
  g_auto (RoundsChangeEffect) effect = { 0 };
  g_autoptr (GError) local = NULL;
  gboolean complete;

  if (!touched->has_fields)
    return TRUE;
  if (!write_waiting (self, error) || !find_record (self, touched, &record, error)
      || !rounds_change_effect_read (&effect, self->store, touched->entity, &touched->id, self->trace.first,
                                     self->trace.last, error))
    return FALSE;
  if (record == NULL || effect.fields == 0)
    return TRUE;
  /* What somebody has thrown away since stays as it is: the server would take an edit for a wish to have it back. */
  if (rounds_record_is_deleted (record))
    return TRUE;
  complete = rounds_change_effect_take_back (&effect, record);
  if (!complete && touched->state != ROUNDS_IMPORT_TOUCH_STAYING)
    list_kept (self, touched, record, FALSE);
  /* What was valid before may not be by today's rules: then it stays as it is. */
  if (!rounds_record_validate (record, NULL))
    return TRUE;
  if (rounds_record_store_save (self->store, record, &local))
    self->reversal->put_back++;
  else if (!g_error_matches (local, ROUNDS_ERROR, ROUNDS_ERROR_EXISTS))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  return TRUE;
}

static gboolean
tell_kept (Reversal *self, const RoundsImportTouch *touched, gboolean is_whole, GError **error)
{
  g_autoptr (RoundsRecord) record = NULL;

  if (!find_record (self, touched, &record, error))
    return FALSE;
  if (record != NULL && (is_whole || !rounds_record_is_deleted (record)))
    list_kept (self, touched, record, is_whole);
  return TRUE;
}

static gboolean
take_back (Reversal *self, const RoundsImportTouch *touched, GError **error)
{
  switch (touched->state)
    {
    case ROUNDS_IMPORT_TOUCH_UPDATED:
    case ROUNDS_IMPORT_TOUCH_RESTORED:
      return put_back (self, touched, error);
    case ROUNDS_IMPORT_TOUCH_STAYING:
      return tell_kept (self, touched, FALSE, error) && put_back (self, touched, error);
    case ROUNDS_IMPORT_TOUCH_GOING:
      return set_deleted (self, touched, TRUE, error);
    case ROUNDS_IMPORT_TOUCH_DELETED:
      return set_deleted (self, touched, FALSE, error) && put_back (self, touched, error);
    case ROUNDS_IMPORT_TOUCH_KEPT:
      return tell_kept (self, touched, TRUE, error);
    case ROUNDS_IMPORT_TOUCH_AWAY:
    default:
      return TRUE;
    }
}

/* What the import took out of the trash goes back there by itself: what the import added to it goes with the rest, and
 * does not come back with it. */
static gboolean
throw_away_again (Reversal *self, GError **error)
{
  const GPtrArray *touched = self->trace.touched;

  rounds_record_store_begin_group (self->store);
  for (guint i = touched->len; i > 0; i--)
    {
      const RoundsImportTouch *one = touched->pdata[i - 1];

      if (one->state == ROUNDS_IMPORT_TOUCH_RESTORED && !set_deleted (self, one, TRUE, error))
        return FALSE;
    }
  return write_waiting (self, error);
}

static gboolean
take_all_back (Reversal *self, GError **error)
{
  const GPtrArray *touched = self->trace.touched;

  /* What belongs to something goes before it and comes back after it. */
  for (guint i = touched->len; i > 0; i--)
    if (!rounds_import_trace_step (&self->trace, error) || !take_back (self, touched->pdata[i - 1], error))
      return FALSE;
  return write_waiting (self, error) && throw_away_again (self, error);
}

/* Where the lines of the log by which an import was taken back are kept. */
static char *
make_state_key (const RoundsUuid *batch)
{
  g_autofree char *id = rounds_uuid_to_string (batch);

  return g_strconcat ("import-reversal:", id, NULL);
}

/* The lines of the log by which @batch was taken back.
 * @known: (out): whether there are any */
static gboolean
get_reversal (RoundsRecordStore *store, RoundsRecord *batch, gint64 *first, gint64 *last, gboolean *known,
              GError **error)
{
  g_autofree char *key = make_state_key (rounds_record_get_id (batch));
  g_autofree char *range = NULL;

  if (!rounds_record_store_get_state (store, key, &range, error))
    return FALSE;
  *known = range != NULL && sscanf (range, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT, first, last) == 2;
  return TRUE;
}

static gboolean
get_range (RoundsRecordStore *store, RoundsRecord *batch, gboolean undo, gint64 *first, gint64 *last, GError **error)
{
  gboolean known;

  if (rounds_record_is_null (batch, ROUNDS_IMPORT_BATCH_REVERTED_AT) == undo)
    {
      g_set_error_literal (error, ROUNDS_ERROR, ROUNDS_ERROR_CONFLICT,
                           undo ? _ ("This import has not been undone.") : _ ("This import has already been undone."));
      return FALSE;
    }
  *first = rounds_record_get_integer (batch, ROUNDS_IMPORT_BATCH_FIRST_CHANGE);
  *last = rounds_record_get_integer (batch, ROUNDS_IMPORT_BATCH_LAST_CHANGE);
  if (!undo)
    return TRUE;
  if (!get_reversal (store, batch, first, last, &known, error))
    return FALSE;
  if (known)
    return TRUE;
  g_set_error_literal (error, ROUNDS_ERROR, ROUNDS_ERROR_NOT_FOUND,
                       _ ("It is no longer known what undoing the import has changed."));
  return FALSE;
}

static gboolean
write_batch (RoundsRecordStore *store, RoundsRecord *batch, gboolean undo, gint64 first, GError **error)
{
  g_autofree char *key = make_state_key (rounds_record_get_id (batch));
  gint64 last = rounds_record_store_get_last_seq (store, error);
  g_autofree char *range = g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT, first, last);

  if (last < 0 || !rounds_record_store_set_state (store, key, undo ? NULL : range, error))
    return FALSE;
  if (undo)
    rounds_record_clear_field (batch, ROUNDS_IMPORT_BATCH_REVERTED_AT);
  else
    rounds_record_set_integer (batch, ROUNDS_IMPORT_BATCH_REVERTED_AT, rounds_time_now ());
  return rounds_record_store_save (store, batch, error);
}

static gboolean
reverse_batch (Reversal *self, const RoundsUuid *id, gboolean undo, GError **error)
{
  g_autoptr (RoundsRecord) batch = rounds_record_store_get (self->store, ROUNDS_ENTITY_IMPORT_BATCH, id, error);
  gint64 first, last, before;

  if (batch == NULL || !get_range (self->store, batch, undo, &first, &last, error))
    return FALSE;
  before = rounds_record_store_get_last_seq (self->store, error);
  return before >= 0 && rounds_import_trace_read (&self->trace, first, last, error) && take_all_back (self, error)
         && write_batch (self->store, batch, undo, before + 1, error);
}

static RoundsImportReversal *
reverse (RoundsRecordStore *store, const RoundsUuid *batch, gboolean undo, RoundsProgressFunc progress, gpointer data,
         GCancellable *cancellable, GError **error)
{
  g_auto (Reversal) self = { .store = store };

  rounds_import_trace_init (&self.trace, store, progress, data, cancellable);
  self.reversal = g_new0 (RoundsImportReversal, 1);
  self.waiting = g_array_new (FALSE, FALSE, sizeof (RoundsTouched));
  self.reversal->kept = g_ptr_array_new_with_free_func (kept_free);

  return rounds_record_store_begin (store, error)
             && rounds_record_store_end (store, reverse_batch (&self, batch, undo, error), error)
           ? g_steal_pointer (&self.reversal)
           : NULL;
}

/**
 * rounds_import_revert:
 * @store: a device's; no transaction is open
 * @batch: the import's record, an import_batch
 * @progress: (nullable)
 * @error: (out) (optional): %ROUNDS_ERROR_NOT_FOUND; %ROUNDS_ERROR_CONFLICT if it was taken back already;
 *   %ROUNDS_ERROR_CANCELLED; what the disk says. Nothing was changed then.
 *
 * Takes an import back, in one transaction: all of it or, after a crash, nothing. It is one group, and another one of
 * what the import took out of the trash. To the server a group beyond its limits goes in parts, each of which is done
 * once, whatever happens in between. Records that the import created go to the trash, unless somebody has changed them
 * or something else refers to them, then they stay with all that belongs to them; so do those that it took out of the
 * trash, unless they were changed or used since. Fields that it changed say again what they said before, where they
 * still say what the import wrote. Blocks; on the store's thread.
 *
 * Returns: (transfer full) (nullable): what was done, and what was left
 */
RoundsImportReversal *
rounds_import_revert (RoundsRecordStore *store, const RoundsUuid *batch, RoundsProgressFunc progress, gpointer data,
                      GCancellable *cancellable, GError **error)
{
  return reverse (store, batch, FALSE, progress, data, cancellable, error);
}

/**
 * rounds_import_revert_undo:
 * @error: (out) (optional): as rounds_import_revert(); %ROUNDS_ERROR_CONFLICT if it was not taken back
 *
 * Brings back an import that was taken back, by the same rules.
 *
 * Returns: (transfer full) (nullable): what was done, and what was left
 */
RoundsImportReversal *
rounds_import_revert_undo (RoundsRecordStore *store, const RoundsUuid *batch, RoundsProgressFunc progress,
                           gpointer data, GCancellable *cancellable, GError **error)
{
  return reverse (store, batch, TRUE, progress, data, cancellable, error);
}

/* Sets @batch to the import that wrote the line @seq and was taken back, %NULL if there is none. */
static gboolean
find_reverted (RoundsRecordStore *store, gint64 seq, RoundsRecord **batch, GError **error)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_IMPORT_BATCH);
  g_auto (RoundsValue) nothing = ROUNDS_VALUE_INIT;

  rounds_query_where_integer (query, ROUNDS_IMPORT_BATCH_FIRST_CHANGE, ROUNDS_LESS_OR_EQUAL, seq);
  rounds_query_where_integer (query, ROUNDS_IMPORT_BATCH_LAST_CHANGE, ROUNDS_GREATER_OR_EQUAL, seq);
  rounds_query_where (query, ROUNDS_IMPORT_BATCH_REVERTED_AT, ROUNDS_IS_NOT, &nothing);
  return rounds_record_store_find (store, query, batch, error);
}

/**
 * rounds_import_revert_has_removed:
 * @record: a record in the trash
 * @removed: (out): whether it is there because the import that created it was taken back, as far as this device knows
 * @error: (out) (optional): what the disk says
 */
gboolean
rounds_import_revert_has_removed (RoundsRecordStore *store, const RoundsUuid *record, gboolean *removed, GError **error)
{
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (RoundsRecord) batch = NULL;
  const RoundsChange *creation, *deletion;
  gint64 first, last;
  gboolean known;

  *removed = FALSE;
  if (rounds_record_store_get_role (store) != ROUNDS_ROLE_DEVICE)
    return TRUE;
  changes = rounds_record_store_list_record_changes (store, record, G_MAXINT, error);
  if (changes == NULL)
    return FALSE;
  if (changes->len == 0)
    return TRUE;
  creation = rounds_change_at (changes, changes->len - 1);
  deletion = rounds_change_at (changes, 0);
  if (creation->operation != ROUNDS_OPERATION_CREATE)
    return TRUE;
  if (!find_reverted (store, creation->seq, &batch, error))
    return FALSE;
  if (batch == NULL)
    return TRUE;
  if (!get_reversal (store, batch, &first, &last, &known, error))
    return FALSE;
  *removed = known && deletion->seq >= first && deletion->seq <= last;
  return TRUE;
}
