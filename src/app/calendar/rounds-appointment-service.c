/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-appointment-service.h"

#include "rounds-calendar-model.h"
#include "rounds-merge-entered.h"
#include "rounds-overlap.h"
#include "rounds-time.h"

/* More reminders than this no appointment has; the limit keeps a damaged store from being read whole. */
#define MOST_REMINDERS 50
/* Who has more clashes than this is not helped by their names. */
#define MOST_CLASHES 500

/* A task for the database thread. */
typedef struct
{
  RoundsRecord *appointment; /* (owned) (nullable) */
  RoundsRecord *begun;       /* (owned) (nullable): as the form began with it */
  RoundsUuid id;
  GPtrArray *reminders; /* (owned) (nullable) (element-type RoundsRecord) */
  int offset_minutes;
} Work;

static void
work_free (gpointer pointer)
{
  Work *self = pointer;

  g_clear_object (&self->appointment);
  g_clear_object (&self->begun);
  g_clear_pointer (&self->reminders, g_ptr_array_unref);
  g_free (self);
}

static GPtrArray *
list_reminders (RoundsRecordStore *store, const RoundsUuid *id, GError **error)
{
  g_autoptr (RoundsQuery) query = rounds_appointment_reminders_query (id);

  return rounds_record_store_list (store, query, error);
}

/* Whose visit it is in the terms of care: an appointment with a person who is a patient is one of that patient. */
static gboolean
link_patient (RoundsRecordStore *store, RoundsRecord *appointment, GError **error)
{
  const RoundsUuid *person = rounds_record_get_uuid (appointment, ROUNDS_APPOINTMENT_PERSON);
  g_autoptr (RoundsQuery) query = NULL;
  g_autoptr (RoundsRecord) patient = NULL;

  if (person == NULL)
    return TRUE;

  query = rounds_query_new (ROUNDS_ENTITY_PATIENT);
  rounds_query_where_uuid (query, ROUNDS_PATIENT_PERSON, ROUNDS_IS, person);
  if (!rounds_record_store_find (store, query, &patient, error))
    return FALSE;
  if (patient != NULL)
    rounds_record_set_uuid (appointment, ROUNDS_APPOINTMENT_PATIENT, rounds_record_get_id (patient));
  else
    rounds_record_clear_field (appointment, ROUNDS_APPOINTMENT_PATIENT);
  return TRUE;
}

static gboolean
save_together (RoundsRecordStore *store, Work *work, GError **error)
{
  g_autoptr (RoundsRecord) before = NULL;
  g_autoptr (GPtrArray) reminders = NULL;
  g_autoptr (GPtrArray) planned = NULL;
  g_autoptr (GPtrArray) records = g_ptr_array_new ();

  if (!rounds_record_store_look_up (store, ROUNDS_ENTITY_APPOINTMENT, rounds_record_get_id (work->appointment), &before,
                                    error))
    return FALSE;
  reminders = list_reminders (store, rounds_record_get_id (work->appointment), error);
  if (reminders == NULL || !rounds_merge_entered (store, work->begun, work->appointment, error)
      || !link_patient (store, work->appointment, error))
    return FALSE;

  planned = rounds_reminder_plan (work->appointment, before, reminders, work->offset_minutes, rounds_time_now ());
  g_ptr_array_add (records, work->appointment);
  for (guint i = 0; i < planned->len; i++)
    g_ptr_array_add (records, g_ptr_array_index (planned, i));
  return rounds_record_store_save_all (store, records, error);
}

static gpointer
save_on_thread (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  return rounds_record_store_begin (store, error)
             && rounds_record_store_end (store, save_together (store, data, error), error)
           ? GINT_TO_POINTER (TRUE)
           : NULL;
}

static gboolean
delete_together (RoundsRecordStore *store, const RoundsUuid *id, GPtrArray *reminders, GError **error)
{
  g_autoptr (GPtrArray) cancelled = rounds_reminder_plan_cancel (reminders);

  for (guint i = 0; i < cancelled->len; i++)
    if (!rounds_record_store_save (store, g_ptr_array_index (cancelled, i), error))
      return FALSE;
  return rounds_record_store_delete (store, ROUNDS_ENTITY_APPOINTMENT, id, error);
}

static gpointer
delete_on_thread (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Work *work = data;
  g_autoptr (GPtrArray) reminders = NULL;

  if (!rounds_record_store_begin (store, error))
    return NULL;
  reminders = list_reminders (store, &work->id, error);
  return rounds_record_store_end (store, reminders != NULL && delete_together (store, &work->id, reminders, error),
                                  error)
           ? g_steal_pointer (&reminders)
           : NULL;
}

/* The reminders as they were, unless their time has gone by: then there is nothing to remind of. */
static gboolean
restore_reminders (RoundsRecordStore *store, GPtrArray *reminders, GError **error)
{
  for (guint i = 0; i < reminders->len; i++)
    {
      RoundsRecord *was = g_ptr_array_index (reminders, i);
      g_autoptr (RoundsRecord) stored = NULL;

      if (!rounds_reminder_is_open (was))
        continue;
      stored = rounds_record_store_get (store, ROUNDS_ENTITY_REMINDER, rounds_record_get_id (was), error);
      if (stored == NULL)
        return FALSE;
      rounds_record_set_text (stored, ROUNDS_REMINDER_STATE, rounds_record_get_text (was, ROUNDS_REMINDER_STATE));
      rounds_record_set_value (stored, ROUNDS_REMINDER_FIRED_AT,
                               rounds_record_get_value (was, ROUNDS_REMINDER_FIRED_AT));
      if (!rounds_record_store_save (store, stored, error))
        return FALSE;
    }
  return TRUE;
}

static gpointer
restore_on_thread (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Work *work = data;

  return rounds_record_store_begin (store, error)
             && rounds_record_store_end (
               store,
               rounds_record_store_restore (store, ROUNDS_ENTITY_APPOINTMENT, &work->id, error)
                 && restore_reminders (store, work->reminders, error),
               error)
           ? GINT_TO_POINTER (TRUE)
           : NULL;
}

static gboolean
has_same_owner (RoundsRecord *a, RoundsRecord *b)
{
  const RoundsUuid *first = rounds_record_get_uuid (a, ROUNDS_APPOINTMENT_STAFF);
  const RoundsUuid *second = rounds_record_get_uuid (b, ROUNDS_APPOINTMENT_STAFF);

  return first == NULL || second == NULL || rounds_uuid_equal (first, second);
}

static gpointer
find_clashes_on_thread (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Work *work = data;
  RoundsInterval interval;
  g_autoptr (RoundsQuery) query = NULL;
  g_autoptr (GPtrArray) around = NULL;
  g_autoptr (GPtrArray) own = g_ptr_array_new ();

  rounds_appointment_get_interval (work->appointment, &interval);
  query = rounds_calendar_query_new (&interval);
  rounds_query_limit (query, MOST_CLASHES);
  around = rounds_record_store_list (store, query, error);
  if (around == NULL)
    return NULL;

  for (guint i = 0; i < around->len; i++)
    if (has_same_owner (work->appointment, g_ptr_array_index (around, i)))
      g_ptr_array_add (own, g_ptr_array_index (around, i));
  return rounds_overlap_find (work->appointment, own);
}

/**
 * rounds_appointment_reminders_query:
 * @id: an appointment
 *
 * Returns: (transfer full): its reminders, also those that have fired; small and indexed
 */
RoundsQuery *
rounds_appointment_reminders_query (const RoundsUuid *id)
{
  RoundsQuery *query = rounds_query_new (ROUNDS_ENTITY_REMINDER);

  rounds_query_where_uuid (query, ROUNDS_REMINDER_SUBJECT, ROUNDS_IS, id);
  return rounds_query_limit (query, MOST_REMINDERS);
}

/**
 * rounds_appointment_save_async:
 * @store: the store
 * @appointment: a new or changed appointment; copied
 * @before: (nullable): as the form began with it, so that what came in since stays; copied
 * @offset_minutes: how long before its start the desktop shall remind, or %ROUNDS_REMINDER_NONE
 * @cancellable: (nullable): stops it while it waits in the queue
 * @callback: called on the main thread after the commit
 * @data: for @callback
 *
 * Saves an appointment and what follows from it for its reminders, in one group (see rounds_reminder_plan()).
 */
void
rounds_appointment_save_async (RoundsStore *store, RoundsRecord *appointment, RoundsRecord *before, int offset_minutes,
                               GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  Work *work = g_new0 (Work, 1);

  work->appointment = rounds_record_dup (appointment);
  work->begun = before != NULL ? rounds_record_dup (before) : NULL;
  work->offset_minutes = offset_minutes;
  rounds_store_run_async (store, save_on_thread, work, work_free, NULL, G_PRIORITY_DEFAULT, cancellable, callback,
                          data);
}

/**
 * rounds_appointment_save_finish:
 * @store: the store
 * @result: what the callback was given
 * @error: %ROUNDS_ERROR_INVALID with the field, and others
 *
 * Returns: %TRUE if it is saved
 */
gboolean
rounds_appointment_save_finish (RoundsStore *store, GAsyncResult *result, GError **error)
{
  return rounds_store_run_finish (store, result, error) != NULL;
}

/**
 * rounds_appointment_delete_async:
 * @store: the store
 * @id: a stored appointment
 * @cancellable: (nullable): stops it while it waits in the queue
 * @callback: called on the main thread after the commit
 * @data: for @callback
 *
 * Deletes an appointment and calls off its reminders, in one group.
 */
void
rounds_appointment_delete_async (RoundsStore *store, const RoundsUuid *id, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer data)
{
  Work *work = g_new0 (Work, 1);

  work->id = *id;
  rounds_store_run_async (store, delete_on_thread, work, work_free, (GDestroyNotify) g_ptr_array_unref,
                          G_PRIORITY_DEFAULT, cancellable, callback, data);
}

/**
 * rounds_appointment_delete_finish:
 * @store: the store
 * @result: what the callback was given
 * @error: why it is not deleted
 *
 * Returns: (transfer full) (nullable) (element-type RoundsRecord): the reminders as they were, for undoing; %NULL on
 * error
 */
GPtrArray *
rounds_appointment_delete_finish (RoundsStore *store, GAsyncResult *result, GError **error)
{
  return rounds_store_run_finish (store, result, error);
}

/**
 * rounds_appointment_restore_async:
 * @store: the store
 * @id: a deleted appointment
 * @reminders: (element-type RoundsRecord): its reminders as they were before
 * @cancellable: (nullable): stops it while it waits in the queue
 * @callback: called on the main thread after the commit
 * @data: for @callback
 *
 * Undoes rounds_appointment_delete_async(), in one group.
 */
void
rounds_appointment_restore_async (RoundsStore *store, const RoundsUuid *id, GPtrArray *reminders,
                                  GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  Work *work = g_new0 (Work, 1);

  work->id = *id;
  work->reminders = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < reminders->len; i++)
    g_ptr_array_add (work->reminders, rounds_record_dup (g_ptr_array_index (reminders, i)));
  rounds_store_run_async (store, restore_on_thread, work, work_free, NULL, G_PRIORITY_DEFAULT, cancellable, callback,
                          data);
}

/**
 * rounds_appointment_restore_finish:
 * @store: the store
 * @result: what the callback was given
 * @error: why it is not restored
 *
 * Returns: %TRUE if it is back
 */
gboolean
rounds_appointment_restore_finish (RoundsStore *store, GAsyncResult *result, GError **error)
{
  return rounds_store_run_finish (store, result, error) != NULL;
}

/**
 * rounds_appointment_find_clashes_async:
 * @store: the store
 * @appointment: an appointment, stored or not; copied
 * @cancellable: (nullable): drops the answer
 * @callback: called on the main thread
 * @data: for @callback
 *
 * Looks for other appointments of the same staff member at the same time.
 */
void
rounds_appointment_find_clashes_async (RoundsStore *store, RoundsRecord *appointment, GCancellable *cancellable,
                                       GAsyncReadyCallback callback, gpointer data)
{
  Work *work = g_new0 (Work, 1);

  work->appointment = rounds_record_dup (appointment);
  rounds_store_read_async (store, find_clashes_on_thread, work, work_free, (GDestroyNotify) g_ptr_array_unref,
                           G_PRIORITY_DEFAULT, cancellable, callback, data);
}

/**
 * rounds_appointment_find_clashes_finish:
 * @store: the store
 * @result: what the callback was given
 * @error: why it is not known
 *
 * Returns: (transfer full) (nullable) (element-type RoundsRecord): the clashing appointments, by start; %NULL on error
 */
GPtrArray *
rounds_appointment_find_clashes_finish (RoundsStore *store, GAsyncResult *result, GError **error)
{
  return rounds_store_run_finish (store, result, error);
}
