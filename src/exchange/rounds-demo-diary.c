/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rep's appointments from four weeks back to four weeks ahead, one after the other on each working day from 8 to
 * 18, with their reminders; the follow-ups that are open; the rep's working hours. */

#include "rounds-demo-private.h"

#define FIRST_DAY -28
#define LAST_DAY 28
#define DAY_START (8 * 60)
#define DAY_END (18 * 60)
#define WEEKS_REMINDED 1

static RoundsRecord *
make_appointment (Demo *demo, const char *title, int day, int start, int minutes)
{
  gint64 start_at = demo_local_instant (demo, day, start);
  RoundsRecord *record =
    demo_record_new (demo, ROUNDS_ENTITY_APPOINTMENT,
                     MIN (demo->now, start_at) - demo_random_between (&demo->random, 2, 12) * ROUNDS_DAY);

  rounds_record_set_text (record, ROUNDS_APPOINTMENT_TITLE, title);
  rounds_record_set_integer (record, ROUNDS_APPOINTMENT_START_AT, start_at);
  rounds_record_set_integer (record, ROUNDS_APPOINTMENT_END_AT, start_at + minutes * ROUNDS_MINUTE);
  rounds_record_set_text (record, ROUNDS_APPOINTMENT_TIME_ZONE, demo->zone_name);
  if (demo->has_staff)
    rounds_record_set_uuid (record, ROUNDS_APPOINTMENT_STAFF, &demo->staff);
  return record;
}

static const char *
choose_status (Demo *demo, gint64 end_at)
{
  guint dice = demo_random_below (&demo->random, 100);

  if (end_at <= demo->now)
    return dice < 82 ? "completed" : dice < 92 ? "no_show" : "cancelled";
  return dice < 50 ? "confirmed" : dice < 90 ? "scheduled" : "tentative";
}

static gboolean
write_reminder (Demo *demo, RoundsRecord *appointment, GError **error)
{
  gint64 start_at = rounds_record_get_integer (appointment, ROUNDS_APPOINTMENT_START_AT);
  int minutes = demo_random_chance (&demo->random, 70) ? 15 : 60;
  gint64 due_at = start_at - minutes * ROUNDS_MINUTE;
  g_autoptr (RoundsRecord) reminder = NULL;

  if (due_at <= demo->now || due_at > demo->now + WEEKS_REMINDED * 7 * ROUNDS_DAY)
    return TRUE;
  reminder = demo_record_new (demo, ROUNDS_ENTITY_REMINDER, demo->now - ROUNDS_DAY);
  rounds_record_set_text (reminder, ROUNDS_REMINDER_SUBJECT_TYPE, "appointment");
  rounds_record_set_uuid (reminder, ROUNDS_REMINDER_SUBJECT, rounds_record_get_id (appointment));
  rounds_record_set_integer (reminder, ROUNDS_REMINDER_OFFSET_MINUTES, minutes);
  rounds_record_set_text (reminder, ROUNDS_REMINDER_CHANNEL, "desktop");
  rounds_record_set_integer (reminder, ROUNDS_REMINDER_DUE_AT, due_at);
  rounds_record_set_text (reminder, ROUNDS_REMINDER_STATE, "pending");
  return demo_save (demo, reminder, error);
}

static char *
make_title (Demo *demo, const DemoPerson *person, int start)
{
  static const char *const visits[] = { "Visit Dr. %s", "Dosing questions, Dr. %s", "Trial referral, Dr. %s" };
  const char *pattern = visits[demo_random_below (&demo->random, G_N_ELEMENTS (visits))];
  g_autoptr (GString) title = g_string_new (pattern);

  switch (person->kind)
    {
    case DEMO_PHYSICIAN:
      if (start >= 12 * 60 && start < 13 * 60)
        g_string_assign (title, "Lunch presentation with Dr. %s");
      g_string_replace (title, "%s", person->name, 1);
      return g_string_free_and_steal (g_steal_pointer (&title));
    case DEMO_PATIENT:
      return g_strconcat ("Call with ", person->name, NULL);
    case DEMO_LEAD:
    case DEMO_CAREGIVER:
    case DEMO_REP:
    default:
      return g_strconcat ("First call with ", person->name, NULL);
    }
}

static const DemoPerson *
choose_person (Demo *demo)
{
  const DemoPerson *person;

  do
    person = &g_array_index (demo->people, DemoPerson, demo_random_below (&demo->random, demo->people->len));
  while (person->kind == DEMO_REP && demo->people->len > 1);
  return person;
}

static gboolean
write_appointment (Demo *demo, int day, int start, int minutes, GError **error)
{
  const DemoPerson *person = choose_person (demo);
  g_autofree char *title = make_title (demo, person, start);
  g_autoptr (RoundsRecord) record = make_appointment (demo, title, day, start, minutes);
  gint64 end_at = rounds_record_get_integer (record, ROUNDS_APPOINTMENT_END_AT);

  rounds_record_set_text (record, ROUNDS_APPOINTMENT_STATUS, choose_status (demo, end_at));
  rounds_record_set_uuid (record, ROUNDS_APPOINTMENT_PERSON, &person->id);
  if (person->kind == DEMO_PATIENT)
    rounds_record_set_uuid (record, ROUNDS_APPOINTMENT_PATIENT, &person->role);
  if (person->organisation >= 0)
    {
      const DemoOrganisation *organisation =
        &g_array_index (demo->organisations, DemoOrganisation, (guint) person->organisation);
      g_autofree char *location = g_strconcat (organisation->name, ", ", organisation->city, NULL);

      rounds_record_set_uuid (record, ROUNDS_APPOINTMENT_ORGANISATION, &organisation->id);
      rounds_record_set_text (record, ROUNDS_APPOINTMENT_LOCATION, location);
    }
  rounds_record_store_begin_group (demo->store);
  return demo_save (demo, record, error) && write_reminder (demo, record, error);
}

static gboolean
write_day (Demo *demo, int day, GError **error)
{
  static const int lengths[] = { 30, 30, 30, 45, 45, 60 };
  static const int gaps[] = { 0, 15, 15, 30, 30, 45, 60, 90 };
  /* This week and the next are full, the others lighter; few contacts make quiet days. */
  gboolean near = day >= -7 && day <= 13;
  int most = MIN (near ? 7 : 4, 1 + (int) demo->people->len / 6);
  int start = DAY_START + 15 * demo_random_between (&demo->random, 2, 6);

  for (int n = 0; n < most; n++)
    {
      int minutes = lengths[demo_random_below (&demo->random, G_N_ELEMENTS (lengths))];

      if (start + minutes > DAY_END)
        break;
      if (!write_appointment (demo, day, start, minutes, error))
        return FALSE;
      start += minutes + gaps[demo_random_below (&demo->random, G_N_ELEMENTS (gaps))] + (near ? 0 : 60);
    }
  return TRUE;
}

/* A call of half an hour every Monday at 8, before the day's first appointment, and a congress day next week. */
static gboolean
write_fixtures (Demo *demo, GError **error)
{
  int monday = 1 - g_date_time_get_day_of_week (demo->today);
  g_autoptr (RoundsRecord) call = make_appointment (demo, "Team call", monday - 28, DAY_START, 30);
  g_autoptr (RoundsRecord) congress =
    make_appointment (demo, "Regional neurology congress", monday + 7 + 4, 0, 24 * 60);

  rounds_record_set_text (call, ROUNDS_APPOINTMENT_STATUS, "confirmed");
  rounds_record_set_text (call, ROUNDS_APPOINTMENT_RRULE, "FREQ=WEEKLY;BYDAY=MO");
  rounds_record_set_text (congress, ROUNDS_APPOINTMENT_STATUS, "tentative");
  rounds_record_set_integer (congress, ROUNDS_APPOINTMENT_ALL_DAY, TRUE);
  rounds_record_set_integer (congress, ROUNDS_APPOINTMENT_END_AT, demo_local_instant (demo, monday + 7 + 5, 0));
  return demo_save (demo, call, error) && demo_save (demo, congress, error);
}

static gboolean
write_availability (Demo *demo, GError **error)
{
  for (int weekday = 1; demo->has_staff && weekday <= 5; weekday++)
    {
      g_autoptr (RoundsRecord) hours = demo_record_new (demo, ROUNDS_ENTITY_AVAILABILITY, demo->now - 700 * ROUNDS_DAY);

      rounds_record_set_uuid (hours, ROUNDS_AVAILABILITY_STAFF, &demo->staff);
      rounds_record_set_text (hours, ROUNDS_AVAILABILITY_KIND, "weekly");
      rounds_record_set_integer (hours, ROUNDS_AVAILABILITY_WEEKDAY, weekday);
      rounds_record_set_text (hours, ROUNDS_AVAILABILITY_START_TIME, "08:00");
      rounds_record_set_text (hours, ROUNDS_AVAILABILITY_END_TIME, "18:00");
      rounds_record_set_text (hours, ROUNDS_AVAILABILITY_TIME_ZONE, demo->zone_name);
      if (!demo_save (demo, hours, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_follow_ups (Demo *demo, GError **error)
{
  static const char *const texts[] = { "Send the dosing card for %p",    "Call back about the trial criteria",
                                       "Ask for the formulary decision", "Bring the paper on %p",
                                       "Confirm the lunch presentation", "Send the referral form" };
  guint count = MIN (5 + demo->people->len / 10, 400);

  for (guint i = 0; i < count; i++)
    {
      const DemoPerson *person = choose_person (demo);
      int due = i < 3 ? (int) i - 1 : demo_random_between (&demo->random, -20, 21);
      gint64 at = demo->now - demo_random_between (&demo->random, 1, 20) * ROUNDS_DAY;
      g_autoptr (RoundsRecord) record =
        demo_record_new (demo, ROUNDS_ENTITY_FOLLOW_UP, MIN (at, demo->now + due * ROUNDS_DAY));
      g_autoptr (GString) text = g_string_new (demo_random_pick (&demo->random, texts));
      g_autofree char *due_on = demo_local_date (demo, due);

      g_string_replace (text, "%p", demo_random_word (&demo->random, demo_products, demo_n_products), 0);
      rounds_record_set_uuid (record, ROUNDS_FOLLOW_UP_PERSON, &person->id);
      rounds_record_set_text (record, ROUNDS_FOLLOW_UP_DUE_ON, due_on);
      rounds_record_set_text (record, ROUNDS_FOLLOW_UP_TEXT, text->str);
      /* What was due long ago is mostly done; nobody would look at a list of hundreds. */
      if (i >= 3 && due < 0 && demo_random_chance (&demo->random, 85))
        rounds_record_set_integer (record, ROUNDS_FOLLOW_UP_DONE_AT, demo_local_instant (demo, due, 16 * 60));
      if (!demo_save (demo, record, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
demo_write_diary (Demo *demo, GError **error)
{
  if (demo->people->len == 0)
    return TRUE;
  for (int day = FIRST_DAY; day <= LAST_DAY; day++)
    if (demo_is_workday (demo, day) && (!write_day (demo, day, error) || !demo_step (demo, 1, error)))
      return FALSE;

  rounds_record_store_begin_group (demo->store);
  return write_fixtures (demo, error) && write_availability (demo, error) && write_follow_ups (demo, error);
}
