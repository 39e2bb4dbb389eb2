/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-reminder-plan.h"

#include "rounds-time.h"

static const char *
get_state (RoundsRecord *reminder)
{
  return rounds_record_get_text (reminder, ROUNDS_REMINDER_STATE);
}

static gboolean
is_desktop (RoundsRecord *reminder)
{
  return g_strcmp0 (rounds_record_get_text (reminder, ROUNDS_REMINDER_CHANNEL), "desktop") == 0;
}

/* What the appointment needs no reminder for: it does not take place, or is over. */
static gboolean
is_settled (RoundsRecord *appointment)
{
  const char *status = rounds_record_get_text (appointment, ROUNDS_APPOINTMENT_STATUS);

  return rounds_record_is_deleted (appointment) || g_strcmp0 (status, "cancelled") == 0
         || g_strcmp0 (status, "no_show") == 0 || g_strcmp0 (status, "completed") == 0;
}

/* Of several desktop reminders of one appointment, which only a merge of two devices makes, the one that is kept. */
static RoundsRecord *
find_current (GPtrArray *reminders)
{
  RoundsRecord *found = NULL;

  for (guint i = 0; i < reminders->len; i++)
    {
      RoundsRecord *reminder = g_ptr_array_index (reminders, i);

      if (!is_desktop (reminder) || rounds_record_is_deleted (reminder))
        continue;
      if (found == NULL || (rounds_reminder_is_open (reminder) && !rounds_reminder_is_open (found)))
        found = reminder;
    }
  return found;
}

/* Called off, by the rep or with its appointment. One that the rep only clicked away keeps the time when it fired. */
static gboolean
is_called_off (RoundsRecord *reminder)
{
  return g_strcmp0 (get_state (reminder), "dismissed") == 0
         && rounds_record_is_null (reminder, ROUNDS_REMINDER_FIRED_AT);
}

static RoundsRecord *
call_off (RoundsRecord *reminder)
{
  RoundsRecord *changed = rounds_record_dup (reminder);

  rounds_record_set_text (changed, ROUNDS_REMINDER_STATE, "dismissed");
  rounds_record_clear_field (changed, ROUNDS_REMINDER_FIRED_AT);
  return changed;
}

static RoundsRecord *
create_reminder (RoundsRecord *appointment)
{
  RoundsRecord *reminder = rounds_record_new (ROUNDS_ENTITY_REMINDER);

  rounds_record_set_text (reminder, ROUNDS_REMINDER_SUBJECT_TYPE, "appointment");
  rounds_record_set_uuid (reminder, ROUNDS_REMINDER_SUBJECT, rounds_record_get_id (appointment));
  rounds_record_set_text (reminder, ROUNDS_REMINDER_CHANNEL, "desktop");
  return reminder;
}

/**
 * rounds_reminder_is_open:
 * @reminder: a reminder
 *
 * Returns: %TRUE if it may still fire
 */
gboolean
rounds_reminder_is_open (RoundsRecord *reminder)
{
  const char *state = get_state (reminder);

  return !rounds_record_is_deleted (reminder)
         && (g_strcmp0 (state, "pending") == 0 || g_strcmp0 (state, "firing") == 0
             || g_strcmp0 (state, "snoozed") == 0);
}

/**
 * rounds_reminder_get_offset:
 * @appointment: an appointment
 * @reminders: (element-type RoundsRecord): its reminders
 *
 * One that has fired or was clicked away counts, so that it comes again when the appointment is moved; one that was
 * called off does not, unless it was with the appointment itself, which may be taken up again.
 *
 * Returns: how many minutes before @appointment the desktop reminds, or %ROUNDS_REMINDER_NONE
 */
int
rounds_reminder_get_offset (RoundsRecord *appointment, GPtrArray *reminders)
{
  RoundsRecord *current = find_current (reminders);

  if (current == NULL || (is_called_off (current) && !is_settled (appointment)))
    return ROUNDS_REMINDER_NONE;
  return (int) rounds_record_get_integer (current, ROUNDS_REMINDER_OFFSET_MINUTES);
}

/**
 * rounds_reminder_plan:
 * @appointment: an appointment as it is about to be saved
 * @before: (nullable): the same as it is stored; %NULL for a new one
 * @reminders: (element-type RoundsRecord): its reminders as they are stored
 * @offset_minutes: how long before the start the desktop shall remind, or %ROUNDS_REMINDER_NONE
 * @now: ms UTC
 *
 * Says which reminders have to be saved in the same group as the appointment, so that none is lost or fires at a time
 * that no longer holds (S2-7, S4-21): a moved appointment takes its reminder along, even one that has fired; what does
 * not take place or is over has none; and where the reminder's time has gone by while the appointment is still ahead,
 * it is due now, once. An appointment saved without being moved leaves its reminder as it is.
 *
 * Returns: (transfer full) (element-type RoundsRecord): the reminders to save; often none
 */
GPtrArray *
rounds_reminder_plan (RoundsRecord *appointment, RoundsRecord *before, GPtrArray *reminders, int offset_minutes,
                      gint64 now)
{
  gint64 start = rounds_record_get_integer (appointment, ROUNDS_APPOINTMENT_START_AT);
  RoundsRecord *current = find_current (reminders);
  RoundsRecord *reminder = NULL;
  gboolean moved, same_offset;
  GPtrArray *planned;

  if (is_settled (appointment) || start <= now)
    return rounds_reminder_plan_cancel (reminders);
  if (offset_minutes < 0)
    {
      planned = rounds_reminder_plan_cancel (reminders);
      if (current != NULL && !rounds_reminder_is_open (current) && !is_called_off (current))
        g_ptr_array_add (planned, call_off (current));
      return planned;
    }

  moved =
    before == NULL || is_settled (before) || rounds_record_get_integer (before, ROUNDS_APPOINTMENT_START_AT) != start;
  same_offset = current != NULL && !is_called_off (current)
                && rounds_record_get_integer (current, ROUNDS_REMINDER_OFFSET_MINUTES) == offset_minutes;
  planned = g_ptr_array_new_with_free_func (g_object_unref);
  if (current != NULL && !moved && same_offset)
    return planned;

  reminder = current != NULL ? rounds_record_dup (current) : create_reminder (appointment);
  rounds_record_set_integer (reminder, ROUNDS_REMINDER_OFFSET_MINUTES, offset_minutes);
  rounds_record_set_integer (reminder, ROUNDS_REMINDER_DUE_AT, MAX (start - offset_minutes * ROUNDS_MINUTE, now));
  rounds_record_set_text (reminder, ROUNDS_REMINDER_STATE, "pending");
  rounds_record_clear_field (reminder, ROUNDS_REMINDER_FIRED_AT);
  g_ptr_array_add (planned, reminder);

  for (guint i = 0; i < reminders->len; i++)
    {
      RoundsRecord *other = g_ptr_array_index (reminders, i);

      if (other != current && is_desktop (other) && rounds_reminder_is_open (other))
        g_ptr_array_add (planned, call_off (other));
    }
  return planned;
}

/**
 * rounds_reminder_plan_cancel:
 * @reminders: (element-type RoundsRecord): the reminders of an appointment that is cancelled or deleted
 *
 * Returns: (transfer full) (element-type RoundsRecord): those that would still fire, as dismissed, to save in the same
 * group
 */
GPtrArray *
rounds_reminder_plan_cancel (GPtrArray *reminders)
{
  GPtrArray *planned = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < reminders->len; i++)
    if (rounds_reminder_is_open (g_ptr_array_index (reminders, i)))
      g_ptr_array_add (planned, call_off (g_ptr_array_index (reminders, i)));
  return planned;
}

/**
 * rounds_appointment_settle:
 * @appointment: an appointment as it is stored
 * @reminders: (element-type RoundsRecord): its reminders as they are stored
 * @took_place: %FALSE if nobody was there
 *
 * What follows for an appointment from an interaction that was logged about it: it is completed, or a no-show, and
 * reminds of nothing any more. One whose status has been settled already stays as it is.
 *
 * Returns: (transfer full) (element-type RoundsRecord): the appointment and reminders to save in the interaction's
 *   group, the appointment first; often none
 */
GPtrArray *
rounds_appointment_settle (RoundsRecord *appointment, GPtrArray *reminders, gboolean took_place)
{
  GPtrArray *planned;
  RoundsRecord *settled;

  if (is_settled (appointment))
    return g_ptr_array_new_with_free_func (g_object_unref);

  planned = rounds_reminder_plan_cancel (reminders);
  settled = rounds_record_dup (appointment);
  rounds_record_set_text (settled, ROUNDS_APPOINTMENT_STATUS, took_place ? "completed" : "no_show");
  g_ptr_array_insert (planned, 0, settled);
  return planned;
}
