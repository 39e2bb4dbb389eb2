/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-journey-service.h"

#include "rounds-merge-entered.h"
#include "rounds-time.h"

/* More steps than this no journey has; the limit keeps a damaged store from being read whole. */
#define MOST_STEPS 500

static char *
get_today (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return g_date_time_format (now, "%Y-%m-%d");
}

/* An active role of a type has no end, or one that is still to come. */
static gboolean
has_patient_role (RoundsRecordStore *store, const RoundsUuid *person, const char *today, gboolean *has, GError **error)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_PERSON_ROLE);
  g_autoptr (GPtrArray) roles = NULL;

  rounds_query_where_uuid (query, ROUNDS_PERSON_ROLE_PERSON, ROUNDS_IS, person);
  rounds_query_where_text (query, ROUNDS_PERSON_ROLE_TYPE, ROUNDS_IS, "patient");
  roles = rounds_record_store_list (store, query, error);
  if (roles == NULL)
    return FALSE;
  *has = FALSE;
  for (guint i = 0; i < roles->len; i++)
    {
      const char *until = rounds_record_get_text (g_ptr_array_index (roles, i), ROUNDS_PERSON_ROLE_VALID_TO);

      *has = *has || until == NULL || g_strcmp0 (until, today) >= 0;
    }
  return TRUE;
}

/* The person's patient record; a person who is none becomes one, with the role that says so (S1-4, S1-12, S1-17). */
static gboolean
link_patient (RoundsRecordStore *store, RoundsJourneyEntry *entry, GPtrArray *group, GError **error)
{
  const RoundsJourneyKind *kind = rounds_journey_kind_get (rounds_record_get_entity (entry->journey));
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_PATIENT);
  g_autoptr (RoundsRecord) patient = NULL;
  g_autofree char *today = get_today ();
  gboolean has_role;

  rounds_query_where_uuid (query, ROUNDS_PATIENT_PERSON, ROUNDS_IS, &entry->person);
  if (!rounds_record_store_find (store, query, &patient, error))
    return FALSE;
  if (patient == NULL)
    {
      patient = rounds_record_new (ROUNDS_ENTITY_PATIENT);
      rounds_record_set_uuid (patient, ROUNDS_PATIENT_PERSON, &entry->person);
      rounds_record_set_text (patient, ROUNDS_PATIENT_FIRST_CONTACT_DATE, today);
      g_ptr_array_add (group, g_object_ref (patient));

      if (!has_patient_role (store, &entry->person, today, &has_role, error))
        return FALSE;
      if (!has_role)
        {
          RoundsRecord *role = rounds_record_new (ROUNDS_ENTITY_PERSON_ROLE);

          rounds_record_set_uuid (role, ROUNDS_PERSON_ROLE_PERSON, &entry->person);
          rounds_record_set_text (role, ROUNDS_PERSON_ROLE_TYPE, "patient");
          rounds_record_set_text (role, ROUNDS_PERSON_ROLE_VALID_FROM, today);
          g_ptr_array_add (group, role);
        }
    }
  rounds_record_set_uuid (entry->journey, kind->patient_field, rounds_record_get_id (patient));
  return TRUE;
}

static void
link_subject (RoundsJourneyEntry *entry, GPtrArray *group)
{
  const RoundsJourneyKind *kind = rounds_journey_kind_get (rounds_record_get_entity (entry->journey));
  RoundsRecord *subject;

  if (entry->new_subject == NULL || *entry->new_subject == '\0')
    return;
  subject = rounds_record_new (kind->subject);
  rounds_record_set_text (subject, kind->subject_title, entry->new_subject);
  rounds_record_set_uuid (entry->journey, kind->subject_field, rounds_record_get_id (subject));
  g_ptr_array_add (group, subject);
}

static gboolean
save_together (RoundsRecordStore *store, RoundsJourneyEntry *entry, GError **error)
{
  g_autoptr (GPtrArray) group = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (RoundsQuery) query = rounds_journey_steps_query (rounds_record_get_id (entry->journey));
  g_autoptr (GPtrArray) steps = NULL;
  g_autoptr (GPtrArray) planned = NULL;
  g_autofree char *today = get_today ();

  if (!rounds_merge_entered (store, entry->before, entry->journey, error)
      || (!rounds_uuid_is_nil (&entry->person) && !link_patient (store, entry, group, error)))
    return FALSE;
  link_subject (entry, group);
  steps = rounds_record_store_list (store, query, error);
  if (steps == NULL)
    return FALSE;

  planned = rounds_journey_plan_steps (entry->journey, steps, entry->note,
                                       rounds_uuid_is_nil (&entry->by) ? NULL : &entry->by, rounds_time_now ());
  rounds_journey_fill_dates (entry->journey, today);
  g_ptr_array_add (group, g_object_ref (entry->journey));
  for (guint i = 0; i < planned->len; i++)
    g_ptr_array_add (group, g_object_ref (g_ptr_array_index (planned, i)));
  return rounds_record_store_save_all (store, group, error);
}

static gpointer
save_on_thread (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  return rounds_record_store_begin (store, error)
             && rounds_record_store_end (store, save_together (store, data, error), error)
           ? GINT_TO_POINTER (TRUE)
           : NULL;
}

/**
 * rounds_journey_steps_query:
 * @journey: a journey of either kind
 *
 * Returns: (transfer full): its steps, newest first; small and indexed
 */
RoundsQuery *
rounds_journey_steps_query (const RoundsUuid *journey)
{
  RoundsQuery *query = rounds_query_new (ROUNDS_ENTITY_JOURNEY_STEP);

  rounds_query_where_uuid (query, ROUNDS_JOURNEY_STEP_JOURNEY, ROUNDS_IS, journey);
  rounds_query_order_by (query, ROUNDS_JOURNEY_STEP_ENTERED_AT, TRUE);
  return rounds_query_limit (query, MOST_STEPS);
}

/**
 * rounds_journey_save_async:
 * @store: the store
 * @entry: what was entered; copied
 * @cancellable: (nullable): stops it while it waits in the queue
 * @callback: called on the main thread after the commit
 * @data: for @callback
 *
 * Saves a journey with all that belongs to it in one group: a person who becomes a patient by it, a trial or program
 * that is new, and the steps of its history (see rounds_journey_plan_steps()). The work is done on the database thread.
 */
void
rounds_journey_save_async (RoundsStore *store, const RoundsJourneyEntry *entry, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer data)
{
  rounds_store_run_async (store, save_on_thread, rounds_journey_entry_copy (entry),
                          (GDestroyNotify) rounds_journey_entry_free, NULL, G_PRIORITY_DEFAULT, cancellable, callback,
                          data);
}

/**
 * rounds_journey_save_finish:
 * @store: the store
 * @result: what the callback was given
 * @error: %ROUNDS_ERROR_INVALID with the field, and others
 *
 * Returns: %TRUE if it is saved
 */
gboolean
rounds_journey_save_finish (RoundsStore *store, GAsyncResult *result, GError **error)
{
  return rounds_store_run_finish (store, result, error) != NULL;
}
