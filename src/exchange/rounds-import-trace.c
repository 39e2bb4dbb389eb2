/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an import has touched, told by the change log, and what of it stays when the import is taken back: what has been
 * changed or used since, with what belongs to it. */

#include "config.h"

#include "rounds-import-trace-private.h"

#include <glib/gi18n-lib.h>

#include "rounds-change-effect.h"
#include "rounds-error.h"

#define PAGE 1000
#define STEPS_BETWEEN_PROGRESS 50

/* What was touched */

static void
take_line (RoundsImportTrace *self, const RoundsChange *change)
{
  RoundsImportTouch *touched = g_hash_table_lookup (self->by_id, &change->record);

  if (touched == NULL)
    {
      touched = g_new0 (RoundsImportTouch, 1);
      touched->entity = change->entity;
      touched->id = change->record;
      g_ptr_array_add (self->touched, touched);
      g_hash_table_insert (self->by_id, &touched->id, touched);
    }
  touched->has_fields |= change->fields != NULL;
  switch (change->operation)
    {
    case ROUNDS_OPERATION_CREATE:
      touched->state = ROUNDS_IMPORT_TOUCH_GOING;
      break;
    case ROUNDS_OPERATION_RESTORE:
      touched->state = ROUNDS_IMPORT_TOUCH_RESTORED;
      break;
    case ROUNDS_OPERATION_DELETE:
      touched->state = ROUNDS_IMPORT_TOUCH_DELETED;
      break;
    case ROUNDS_OPERATION_UPDATE:
    default:
      break;
    }
}

static gboolean
read_lines (RoundsImportTrace *self, GError **error)
{
  gint64 after = self->first - 1;

  while (after < self->last)
    {
      g_autoptr (GPtrArray) changes = rounds_record_store_list_lines (self->store, after, PAGE, error);

      if (changes == NULL)
        return FALSE;
      if (changes->len == 0)
        break;
      for (guint i = 0; i < changes->len; i++)
        {
          const RoundsChange *change = changes->pdata[i];

          after = change->seq;
          if (after > self->last)
            break;
          take_line (self, change);
        }
    }
  self->total = (guint64) self->touched->len * 2;
  return TRUE;
}

/* What stays */

static gboolean
is_going (const RoundsImportTouch *touched)
{
  return touched != NULL
         && (touched->state == ROUNDS_IMPORT_TOUCH_GOING || touched->state == ROUNDS_IMPORT_TOUCH_RESTORED);
}

/* @touched: (nullable) */
static void
keep (RoundsImportTrace *self, RoundsImportTouch *touched, gboolean is_used)
{
  if (!is_going (touched))
    return;
  touched->state = touched->state == ROUNDS_IMPORT_TOUCH_GOING ? ROUNDS_IMPORT_TOUCH_KEPT : ROUNDS_IMPORT_TOUCH_STAYING;
  touched->is_used = is_used;
  g_queue_push_tail (&self->kept, touched);
}

/* Whether a record says something else now than when the import was done, or was made since. What an import that was
 * taken back and brought back again has done in between comes to nothing. */
static gboolean
find_changed_since (RoundsImportTrace *self, RoundsEntity entity, const RoundsUuid *id, gboolean *changed,
                    GError **error)
{
  g_auto (RoundsChangeEffect) effect = { 0 };

  if (!rounds_change_effect_read (&effect, self->store, entity, id, self->last + 1, G_MAXINT64, error))
    return FALSE;
  *changed = !rounds_change_effect_is_nothing (&effect, ROUNDS_N_COMMON_FIELDS);
  return TRUE;
}

/* What @other, the @referrer's, means for @touched: something that is not going itself means that it is used. With
 * somebody who was in the trash that is something made or changed since: their visits from before are theirs anyway. */
static gboolean
look_at_reference (RoundsImportTrace *self, RoundsImportTouch *touched, RoundsEntity entity,
                   const RoundsReferrer *referrer, const RoundsImportTouch *other, GError **error)
{
  g_autoptr (RoundsRecord) record = NULL;
  gboolean counts = TRUE;

  if (!is_going (touched) || is_going (other))
    return TRUE;
  if (touched->state == ROUNDS_IMPORT_TOUCH_RESTORED
      && !find_changed_since (self, entity, &referrer->record, &counts, error))
    return FALSE;
  if (!counts)
    return TRUE;
  if (!rounds_record_store_look_up (self->store, touched->entity, &touched->id, &record, error))
    return FALSE;
  if (record == NULL)
    touched->state = ROUNDS_IMPORT_TOUCH_AWAY;
  else if (!rounds_record_is_deleted (record))
    keep (self, touched, TRUE);
  return TRUE;
}

/* What a look at references is for. */
typedef gboolean (*ReferrerFunc) (RoundsImportTrace *self, RoundsEntity entity, const RoundsReferrer *referrer,
                                  GError **error);

/* Whether a record that is going is used. */
static gboolean
look_at_use (RoundsImportTrace *self, RoundsEntity entity, const RoundsReferrer *referrer, GError **error)
{
  return look_at_reference (self, g_hash_table_lookup (self->by_id, &referrer->to), entity, referrer,
                            g_hash_table_lookup (self->by_id, &referrer->record), error);
}

/* What belongs to a record that stays, stays with it; to one that was in the trash, only what came back with it. */
static gboolean
keep_part (RoundsImportTrace *self, RoundsEntity entity, const RoundsReferrer *referrer, GError **error)
{
  const RoundsImportTouch *owner = g_hash_table_lookup (self->by_id, &referrer->to);
  RoundsImportTouch *part = g_hash_table_lookup (self->by_id, &referrer->record);

  if (owner->state == ROUNDS_IMPORT_TOUCH_KEPT || (part != NULL && part->state == ROUNDS_IMPORT_TOUCH_RESTORED))
    keep (self, part, FALSE);
  return TRUE;
}

/* Calls @func with all that refers to the @n records of @target with @ids by fields with @flags. */
static gboolean
look_around (RoundsImportTrace *self, RoundsEntity target, const RoundsUuid *ids, guint n, guint flags,
             ReferrerFunc func, GError **error)
{
  g_autoptr (GArray) referrers = g_array_new (FALSE, FALSE, sizeof (RoundsReferrer));

  for (int e = 0; e < ROUNDS_N_ENTITIES; e++)
    {
      const RoundsEntityInfo *info = rounds_entity_get_info (e);

      g_array_set_size (referrers, 0);
      for (guint f = ROUNDS_N_COMMON_FIELDS; info->scope == ROUNDS_SCOPE_SYNCED && f < info->n_fields; f++)
        if (info->fields[f].type == ROUNDS_TYPE_REFERENCE && info->fields[f].target == target
            && (info->fields[f].flags & flags) == flags
            && !rounds_record_store_list_referrers (self->store, e, f, ids, n, referrers, error))
          return FALSE;
      for (guint i = 0; i < referrers->len; i++)
        if (!func (self, e, &g_array_index (referrers, RoundsReferrer, i), error))
          return FALSE;
    }
  return TRUE;
}

/* Keeps a record that the import took out of the trash if it has been changed since. */
static gboolean
look_at_changes_since (RoundsImportTrace *self, RoundsImportTouch *touched, GError **error)
{
  gboolean changed;

  if (!find_changed_since (self, touched->entity, &touched->id, &changed, error))
    return FALSE;
  if (changed)
    keep (self, touched, FALSE);
  return TRUE;
}

/* Keeps a record that the import created if it has been changed since. While the log leaves it to the record to tell
 * what it was created with, it has not been. */
static gboolean
look_at_changes (RoundsImportTrace *self, RoundsImportTouch *touched, GError **error)
{
  g_autoptr (RoundsRecord) record = NULL;
  g_auto (RoundsChangeEffect) effect = { 0 };

  if (touched->state == ROUNDS_IMPORT_TOUCH_RESTORED)
    return look_at_changes_since (self, touched, error);
  if (touched->state != ROUNDS_IMPORT_TOUCH_GOING || !touched->has_fields)
    return TRUE;
  if (!rounds_record_store_look_up (self->store, touched->entity, &touched->id, &record, error))
    return FALSE;
  if (record == NULL)
    touched->state = ROUNDS_IMPORT_TOUCH_AWAY;
  if (record == NULL || rounds_record_is_deleted (record))
    return TRUE;
  if (!rounds_change_effect_read (&effect, self->store, touched->entity, &touched->id, self->first, self->last, error))
    return FALSE;
  if (!rounds_change_effect_holds (&effect, record))
    keep (self, touched, FALSE);
  return TRUE;
}

/* Looks at what refers to those of the @n records from @begin on that are going. */
static gboolean
look_at_references (RoundsImportTrace *self, guint begin, guint n, GError **error)
{
  for (int e = 0; e < ROUNDS_N_ENTITIES; e++)
    {
      g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (RoundsUuid));

      for (guint i = begin; i < begin + n; i++)
        {
          const RoundsImportTouch *touched = self->touched->pdata[i];

          if (touched->entity == (RoundsEntity) e && is_going (touched))
            g_array_append_val (ids, touched->id);
        }
      if (ids->len > 0
          && !look_around (self, e, (const RoundsUuid *) (void *) ids->data, ids->len, 0, look_at_use, error))
        return FALSE;
    }
  return TRUE;
}

/* Records that the import created or took out of the trash and that have been changed or used since. */
static gboolean
find_kept (RoundsImportTrace *self, GError **error)
{
  for (guint begin = 0, n; begin < self->touched->len; begin += n)
    {
      n = MIN (PAGE, self->touched->len - begin);
      for (guint i = begin; i < begin + n; i++)
        if (!rounds_import_trace_step (self, error) || !look_at_changes (self, self->touched->pdata[i], error))
          return FALSE;
      if (!look_at_references (self, begin, n, error))
        return FALSE;
    }
  return TRUE;
}

/* With a record that stays, stay what it refers to and what belongs to it: a person is never left without its role. */
static gboolean
keep_neighbours (RoundsImportTrace *self, GError **error)
{
  RoundsImportTouch *touched;

  while ((touched = g_queue_pop_head (&self->kept)) != NULL)
    {
      const RoundsEntityInfo *info = rounds_entity_get_info (touched->entity);
      g_autoptr (RoundsRecord) record = NULL;

      if (!rounds_record_store_look_up (self->store, touched->entity, &touched->id, &record, error))
        return FALSE;
      if (record == NULL)
        {
          touched->state = ROUNDS_IMPORT_TOUCH_AWAY;
          continue;
        }
      for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
        if (info->fields[f].type == ROUNDS_TYPE_REFERENCE && !rounds_record_is_null (record, f))
          keep (self, g_hash_table_lookup (self->by_id, rounds_record_get_uuid (record, f)), TRUE);
      if (!look_around (self, touched->entity, &touched->id, 1, ROUNDS_FIELD_OWNER, keep_part, error))
        return FALSE;
    }
  return TRUE;
}

/** rounds_import_trace_init: @self: one that has read nothing; rounds_import_trace_clear() frees what it owns. */
void
rounds_import_trace_init (RoundsImportTrace *self, RoundsRecordStore *store, RoundsProgressFunc progress, gpointer data,
                          GCancellable *cancellable)
{
  *self = (RoundsImportTrace) { .store = store, .progress = progress, .data = data, .cancellable = cancellable };
  self->touched = g_ptr_array_new_with_free_func (g_free);
  self->by_id = g_hash_table_new (rounds_uuid_hash, rounds_uuid_equal);
}

void
rounds_import_trace_clear (RoundsImportTrace *self)
{
  g_clear_pointer (&self->by_id, g_hash_table_unref);
  g_clear_pointer (&self->touched, g_ptr_array_unref);
  g_queue_clear (&self->kept);
}

/** rounds_import_trace_read: finds what the lines from @first to @last have touched, and what becomes of each. */
gboolean
rounds_import_trace_read (RoundsImportTrace *self, gint64 first, gint64 last, GError **error)
{
  self->first = first;
  self->last = last;
  return read_lines (self, error) && find_kept (self, error) && keep_neighbours (self, error);
}

/** rounds_import_trace_step: tells how far it is; %ROUNDS_ERROR_CANCELLED. */
gboolean
rounds_import_trace_step (RoundsImportTrace *self, GError **error)
{
  if (++self->done % STEPS_BETWEEN_PROGRESS != 0)
    return TRUE;
  if (self->progress != NULL)
    self->progress (MIN (self->done, self->total), self->total, self->data);
  if (!g_cancellable_is_cancelled (self->cancellable))
    return TRUE;
  g_set_error_literal (error, ROUNDS_ERROR, ROUNDS_ERROR_CANCELLED, _ ("Stopped. Nothing was changed."));
  return FALSE;
}
