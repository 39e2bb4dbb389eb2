/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rounds-reminder-steps.h"

#include "rounds-time.h"

/* How many reminders are looked at in one go; what is left over comes with the next look. */
#define MOST_AT_ONCE 200
/* How many of those to come are compared with their appointments. */
#define LOOK_AHEAD 50

static void
due_reminder_free (gpointer pointer)
{
  RoundsDueReminder *self = pointer;

  g_clear_object (&self->reminder);
  g_clear_object (&self->subject);
  g_free (self);
}

/**
 * rounds_reminder_harvest_free:
 * @harvest: (transfer full): a RoundsReminderHarvest
 */
void
rounds_reminder_harvest_free (gpointer harvest)
{
  RoundsReminderHarvest *self = harvest;

  g_clear_pointer (&self->due, g_ptr_array_unref);
  g_free (self);
}

static gboolean
is_state (RoundsRecord *reminder, const char *state)
{
  return g_strcmp0 (rounds_record_get_text (reminder, ROUNDS_REMINDER_STATE), state) == 0;
}

/* Whether there is still something to be reminded of. */
static gboolean
takes_place (RoundsRecord *subject)
{
  RoundsEntity entity = rounds_record_get_entity (subject);
  const char *status;

  if (rounds_record_is_deleted (subject))
    return FALSE;
  if (entity == ROUNDS_ENTITY_FOLLOW_UP)
    return rounds_record_is_null (subject, ROUNDS_FOLLOW_UP_DONE_AT);
  if (entity != ROUNDS_ENTITY_APPOINTMENT)
    return TRUE;
  status = rounds_record_get_text (subject, ROUNDS_APPOINTMENT_STATUS);
  return g_strcmp0 (status, "cancelled") != 0 && g_strcmp0 (status, "completed") != 0
         && g_strcmp0 (status, "no_show") != 0;
}

/* @known: (out): whether this version knows that kind of subject
 * @subject: (out) (transfer full) (nullable): the reminder's; NULL if it does not exist or takes place no more */
static gboolean
find_subject (RoundsRecordStore *store, RoundsRecord *reminder, gboolean *known, RoundsRecord **subject, GError **error)
{
  const char *type = rounds_record_get_text (reminder, ROUNDS_REMINDER_SUBJECT_TYPE);
  RoundsEntity entity = type != NULL ? rounds_entity_from_name (type) : ROUNDS_ENTITY_NONE;

  *subject = NULL;
  *known = entity != ROUNDS_ENTITY_NONE;
  if (!*known)
    return TRUE;
  if (!rounds_record_store_look_up (store, entity, rounds_record_get_uuid (reminder, ROUNDS_REMINDER_SUBJECT), subject,
                                    error))
    return FALSE;
  if (*subject != NULL && !takes_place (*subject))
    g_clear_object (subject);
  return TRUE;
}

/* When the reminder is due by its appointment, which another device may have moved without it. Only one that has not
 * been answered follows the appointment. */
static gint64
get_due (RoundsRecord *reminder, RoundsRecord *subject, gint64 now)
{
  gint64 due = rounds_record_get_integer (reminder, ROUNDS_REMINDER_DUE_AT);
  gint64 expected;

  if (!is_state (reminder, "pending") || rounds_record_get_entity (subject) != ROUNDS_ENTITY_APPOINTMENT)
    return due;
  expected = rounds_record_get_integer (subject, ROUNDS_APPOINTMENT_START_AT)
             - rounds_record_get_integer (reminder, ROUNDS_REMINDER_OFFSET_MINUTES) * ROUNDS_MINUTE;
  /* Its time had gone by when it was planned: it was due at once. */
  if (expected < due && due <= now)
    return due;
  return expected;
}

static gboolean
save_state (RoundsRecordStore *store, RoundsRecord *reminder, const char *state, GError **error)
{
  rounds_record_set_text (reminder, ROUNDS_REMINDER_STATE, state);
  return rounds_record_store_save (store, reminder, error);
}

/* One reminder that may fire: sees to it, and says in `due` when it is to come, or that it is due now. */
static gboolean
see_to (RoundsRecordStore *store, RoundsRecord *reminder, gint64 now, RoundsReminderHarvest *harvest, GError **error)
{
  gboolean known;
  g_autoptr (RoundsRecord) subject = NULL;
  RoundsDueReminder *found;
  gint64 due;

  if (!find_subject (store, reminder, &known, &subject, error))
    return FALSE;
  if (subject == NULL && known)
    {
      rounds_record_clear_field (reminder, ROUNDS_REMINDER_FIRED_AT);
      return save_state (store, reminder, "dismissed", error);
    }

  due =
    subject != NULL ? get_due (reminder, subject, now) : rounds_record_get_integer (reminder, ROUNDS_REMINDER_DUE_AT);
  if (due != rounds_record_get_integer (reminder, ROUNDS_REMINDER_DUE_AT))
    {
      rounds_record_set_integer (reminder, ROUNDS_REMINDER_DUE_AT, due);
      if (!rounds_record_store_save (store, reminder, error))
        return FALSE;
    }
  if (due > now)
    {
      if (harvest->next_due == 0 || due < harvest->next_due)
        harvest->next_due = due;
      return TRUE;
    }

  if (!is_state (reminder, "firing") && !save_state (store, reminder, "firing", error))
    return FALSE;
  found = g_new0 (RoundsDueReminder, 1);
  found->reminder = g_object_ref (reminder);
  found->subject = g_steal_pointer (&subject);
  g_ptr_array_add (harvest->due, found);
  return TRUE;
}

/* Those of one state, by the moment they are due: all that are due, and some of those to come. */
static gboolean
see_to_state (RoundsRecordStore *store, const char *state, gint64 now, RoundsReminderHarvest *harvest, GError **error)
{
  for (int to_come = 0; to_come <= 1; to_come++)
    {
      g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_REMINDER);
      g_autoptr (GPtrArray) reminders = NULL;

      rounds_query_where_text (query, ROUNDS_REMINDER_STATE, ROUNDS_IS, state);
      rounds_query_where_text (query, ROUNDS_REMINDER_CHANNEL, ROUNDS_IS, "desktop");
      rounds_query_where_integer (query, ROUNDS_REMINDER_DUE_AT, to_come ? ROUNDS_GREATER : ROUNDS_LESS_OR_EQUAL, now);
      rounds_query_order_by (query, ROUNDS_REMINDER_DUE_AT, FALSE);
      rounds_query_limit (query, to_come ? LOOK_AHEAD : MOST_AT_ONCE);
      reminders = rounds_record_store_list (store, query, error);
      if (reminders == NULL)
        return FALSE;
      for (guint i = 0; i < reminders->len; i++)
        if (!see_to (store, g_ptr_array_index (reminders, i), now, harvest, error))
          return FALSE;
    }
  return TRUE;
}

/**
 * rounds_reminder_harvest_collect:
 * @store: the store
 * @data: gint64: the time, ms UTC
 * @cancellable: not used
 * @error: (out) (optional): what the store reports; nothing is changed then
 *
 * Database thread.
 *
 * Returns: (transfer full): a RoundsReminderHarvest
 */
gpointer
rounds_reminder_harvest_collect (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  static const char *const states[] = { "firing", "pending", "snoozed" };
  g_autoptr (RoundsReminderHarvest) harvest = g_new0 (RoundsReminderHarvest, 1);
  gint64 now = *(gint64 *) data;
  gboolean done = TRUE;

  harvest->due = g_ptr_array_new_with_free_func (due_reminder_free);
  if (!rounds_record_store_begin (store, error))
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (states) && done; i++)
    done = see_to_state (store, states[i], now, harvest, error);
  if (!rounds_record_store_end (store, done, error))
    return NULL;

  return g_steal_pointer (&harvest);
}

static RoundsRecord *
get_reminder (RoundsRecordStore *store, const RoundsUuid *id, GError **error)
{
  return rounds_record_store_get (store, ROUNDS_ENTITY_REMINDER, id, error);
}

/* Unless something was decided about it in between. */
static gboolean
mark_one_fired (RoundsRecordStore *store, const RoundsDueReminder *shown, GError **error)
{
  g_autoptr (RoundsRecord) reminder = get_reminder (store, rounds_record_get_id (shown->reminder), error);

  if (reminder == NULL)
    return FALSE;
  if (rounds_record_is_deleted (reminder) || !is_state (reminder, "firing"))
    return TRUE;
  rounds_record_set_integer (reminder, ROUNDS_REMINDER_FIRED_AT,
                             rounds_record_get_integer (reminder, ROUNDS_REMINDER_DUE_AT));
  return save_state (store, reminder, "fired", error);
}

/**
 * rounds_reminder_mark_fired:
 * @store: the store
 * @data: GPtrArray of RoundsDueReminder
 * @cancellable: not used
 * @error: (out) (optional): what the store reports
 *
 * Database thread.
 *
 * Returns: %NULL
 */
gpointer
rounds_reminder_mark_fired (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  GPtrArray *shown = data;
  gboolean done = TRUE;

  if (!rounds_record_store_begin (store, error))
    return NULL;
  for (guint i = 0; i < shown->len && done; i++)
    done = mark_one_fired (store, g_ptr_array_index (shown, i), error);
  rounds_record_store_end (store, done, error);
  return NULL;
}

/**
 * rounds_reminder_answer:
 * @store: the store
 * @data: a RoundsReminderAnswer
 * @cancellable: not used
 * @error: (out) (optional): NOT_FOUND, and what the store reports
 *
 * Database thread.
 *
 * Returns: %NULL
 */
gpointer
rounds_reminder_answer (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  const RoundsReminderAnswer *answer = data;
  g_autoptr (RoundsRecord) reminder = get_reminder (store, &answer->reminder, error);

  if (reminder == NULL || rounds_record_is_deleted (reminder))
    return NULL;

  if (answer->snooze_until > 0)
    {
      rounds_record_set_integer (reminder, ROUNDS_REMINDER_DUE_AT, answer->snooze_until);
      rounds_record_clear_field (reminder, ROUNDS_REMINDER_FIRED_AT);
      save_state (store, reminder, "snoozed", error);
    }
  else
    {
      /* That it has fired tells one that was clicked away from one that was called off. */
      rounds_record_set_integer (reminder, ROUNDS_REMINDER_FIRED_AT,
                                 rounds_record_get_integer (reminder, ROUNDS_REMINDER_DUE_AT));
      save_state (store, reminder, "dismissed", error);
    }
  return NULL;
}
