/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-calendar-event.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "forms/rounds-display.h"
#include "forms/rounds-field-labels.h"
#include "rounds-overlap.h"

struct _RoundsCalendarEvent
{
  GObject parent_instance;

  RoundsRecord *record; /* (owned) */
  RoundsInterval interval;
  RoundsDayRange days;
};

G_DEFINE_FINAL_TYPE (RoundsCalendarEvent, rounds_calendar_event, G_TYPE_OBJECT)

static const struct
{
  const char *status;
  const char *icon_name; /* (nullable) */
} icons[] = {
  { "confirmed", "object-select-symbolic" },   { "completed", "checkbox-checked-symbolic" },
  { "cancelled", "window-close-symbolic" },    { "no_show", "action-unavailable-symbolic" },
  { "tentative", "content-loading-symbolic" },
};

static void
rounds_calendar_event_finalize (GObject *object)
{
  RoundsCalendarEvent *self = ROUNDS_CALENDAR_EVENT (object);

  g_clear_object (&self->record);

  G_OBJECT_CLASS (rounds_calendar_event_parent_class)->finalize (object);
}

static void
rounds_calendar_event_class_init (RoundsCalendarEventClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rounds_calendar_event_finalize;
}

static void
rounds_calendar_event_init (RoundsCalendarEvent *self)
{
}

/**
 * rounds_calendar_event_new:
 * @appointment: a stored appointment
 * @zone: the user's IANA zone
 *
 * A whole-day appointment stays on the days that it has in its own zone, wherever the user is.
 *
 * Returns: (transfer full): the event
 */
RoundsCalendarEvent *
rounds_calendar_event_new (RoundsRecord *appointment, const char *zone)
{
  RoundsCalendarEvent *self = g_object_new (ROUNDS_TYPE_CALENDAR_EVENT, NULL);

  self->record = g_object_ref (appointment);
  rounds_appointment_get_interval (appointment, &self->interval);
  rounds_interval_get_days (
    &self->interval,
    rounds_calendar_event_is_all_day (self) ? rounds_record_get_text (appointment, ROUNDS_APPOINTMENT_TIME_ZONE) : zone,
    &self->days);
  return self;
}

/**
 * rounds_calendar_event_get_record:
 * @self: an event
 *
 * Returns: (transfer none): the appointment, not to be changed
 */
RoundsRecord *
rounds_calendar_event_get_record (RoundsCalendarEvent *self)
{
  return self->record;
}

/**
 * rounds_calendar_event_get_interval:
 * @self: an event
 *
 * Returns: (transfer none): from when to before when
 */
const RoundsInterval *
rounds_calendar_event_get_interval (RoundsCalendarEvent *self)
{
  return &self->interval;
}

/**
 * rounds_calendar_event_get_days:
 * @self: an event
 *
 * Returns: (transfer none): the days that it touches
 */
const RoundsDayRange *
rounds_calendar_event_get_days (RoundsCalendarEvent *self)
{
  return &self->days;
}

/**
 * rounds_calendar_event_is_all_day:
 * @self: an event
 *
 * Returns: %TRUE if it has days but no time
 */
gboolean
rounds_calendar_event_is_all_day (RoundsCalendarEvent *self)
{
  return rounds_record_get_boolean (self->record, ROUNDS_APPOINTMENT_ALL_DAY);
}

/**
 * rounds_calendar_event_get_title:
 * @self: an event
 *
 * Returns: what the appointment is called, plain text
 */
const char *
rounds_calendar_event_get_title (RoundsCalendarEvent *self)
{
  const char *title = rounds_record_get_text (self->record, ROUNDS_APPOINTMENT_TITLE);

  return title != NULL ? title : _ ("Appointment");
}

/**
 * rounds_calendar_event_get_status:
 * @self: an event
 *
 * Returns: the status' wire value
 */
const char *
rounds_calendar_event_get_status (RoundsCalendarEvent *self)
{
  const char *status = rounds_record_get_text (self->record, ROUNDS_APPOINTMENT_STATUS);

  return status != NULL ? status : "scheduled";
}

/**
 * rounds_calendar_event_get_status_label:
 * @self: an event
 *
 * Returns: the status in words
 */
const char *
rounds_calendar_event_get_status_label (RoundsCalendarEvent *self)
{
  return rounds_field_get_value_label (rounds_entity_get_field (ROUNDS_ENTITY_APPOINTMENT, ROUNDS_APPOINTMENT_STATUS),
                                       rounds_calendar_event_get_status (self));
}

/**
 * rounds_calendar_event_get_icon_name:
 * @self: an event
 *
 * Returns: (nullable): an icon for the status, so that colour alone says nothing; %NULL for one that is only planned
 */
const char *
rounds_calendar_event_get_icon_name (RoundsCalendarEvent *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (icons); i++)
    if (g_str_equal (icons[i].status, rounds_calendar_event_get_status (self)))
      return icons[i].icon_name;
  return NULL;
}

/**
 * rounds_calendar_event_dup_start_text:
 * @self: an event
 *
 * Returns: (transfer full): when it begins: a time, or "" for a whole day
 */
char *
rounds_calendar_event_dup_start_text (RoundsCalendarEvent *self)
{
  return rounds_calendar_event_is_all_day (self) ? g_strdup ("") : rounds_display_time (self->interval.start);
}

/**
 * rounds_calendar_event_dup_time_text:
 * @self: an event
 *
 * Returns: (transfer full): from when to when
 */
char *
rounds_calendar_event_dup_time_text (RoundsCalendarEvent *self)
{
  g_autofree char *start = NULL;
  g_autofree char *end = NULL;

  if (rounds_calendar_event_is_all_day (self))
    return g_strdup (_ ("All day"));
  start = rounds_display_time (self->interval.start);
  end = rounds_display_time (self->interval.end);
  /* Translators: from a time to a time. */
  return g_strdup_printf (_ ("%s – %s"), start, end);
}

/**
 * rounds_calendar_event_dup_accessible_text:
 * @self: an event
 *
 * Returns: (transfer full): all that the block shows, in words
 */
char *
rounds_calendar_event_dup_accessible_text (RoundsCalendarEvent *self)
{
  g_autofree char *times = rounds_calendar_event_dup_time_text (self);

  /* Translators: an appointment for a screen reader: title, times, status. */
  return g_strdup_printf (_ ("%s, %s, %s"), rounds_calendar_event_get_title (self), times,
                          rounds_calendar_event_get_status_label (self));
}

/**
 * rounds_calendar_event_shows:
 * @self: an event
 * @appointment: (transfer none): an appointment as it is stored
 *
 * Returns: whether @self is that appointment, unchanged
 */
gboolean
rounds_calendar_event_shows (RoundsCalendarEvent *self, RoundsRecord *appointment)
{
  RoundsRecord *shown = rounds_calendar_event_get_record (self);

  return rounds_uuid_equal (rounds_record_get_id (shown), rounds_record_get_id (appointment))
         && rounds_record_get_integer (shown, ROUNDS_FIELD_REV)
              == rounds_record_get_integer (appointment, ROUNDS_FIELD_REV)
         && rounds_record_get_integer (shown, ROUNDS_FIELD_UPDATED_AT)
              == rounds_record_get_integer (appointment, ROUNDS_FIELD_UPDATED_AT);
}

/**
 * rounds_calendar_events_equal:
 * @a: (nullable) (element-type RoundsCalendarEvent): what is shown
 * @b: (element-type RoundsCalendarEvent): what there is
 *
 * Returns: whether they are the very same events, so that a view need not be made anew, nor lose its place
 */
gboolean
rounds_calendar_events_equal (GPtrArray *a, GPtrArray *b)
{
  return a != NULL && a->len == b->len && (a->len == 0 || memcmp (a->pdata, b->pdata, a->len * sizeof (gpointer)) == 0);
}

/**
 * rounds_calendar_event_compare:
 * @a: an event
 * @b: another
 *
 * Returns: below, equal to or above 0 in the order in which a day lists them: whole days first, then by start
 */
int
rounds_calendar_event_compare (RoundsCalendarEvent *a, RoundsCalendarEvent *b)
{
  gboolean a_all_day = rounds_calendar_event_is_all_day (a);
  gboolean b_all_day = rounds_calendar_event_is_all_day (b);

  if (a_all_day != b_all_day)
    return a_all_day ? -1 : 1;
  if (a->interval.start != b->interval.start)
    return a->interval.start < b->interval.start ? -1 : 1;
  if (a->interval.end != b->interval.end)
    return a->interval.end > b->interval.end ? -1 : 1;
  return memcmp (rounds_record_get_id (a->record), rounds_record_get_id (b->record), sizeof (RoundsUuid));
}

/**
 * rounds_calendar_format_date:
 * @date: a valid date
 * @format: as g_date_time_format() has it
 *
 * Returns: (transfer full): @date in the user's language
 */
char *
rounds_calendar_format_date (const GDate *date, const char *format)
{
  g_autoptr (GDateTime) noon =
    g_date_time_new_utc (g_date_get_year (date), (int) g_date_get_month (date), g_date_get_day (date), 12, 0, 0);

  return g_date_time_format (noon, format);
}

/**
 * rounds_calendar_get_today:
 * @date: (out): today in the user's zone
 */
void
rounds_calendar_get_today (GDate *date)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  g_date_clear (date, 1);
  g_date_set_dmy (date, (GDateDay) g_date_time_get_day_of_month (now), (GDateMonth) g_date_time_get_month (now),
                  (GDateYear) g_date_time_get_year (now));
}
