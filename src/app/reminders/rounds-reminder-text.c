/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rounds-reminder-text.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-display.h"
#include "rounds-reminder-steps.h"
#include "rounds-time.h"

/* More lines than these no desktop shows. */
#define MOST_LINES 3

static gboolean
is_appointment (RoundsRecord *subject)
{
  return subject != NULL && rounds_record_get_entity (subject) == ROUNDS_ENTITY_APPOINTMENT;
}

static gboolean
is_follow_up (RoundsRecord *subject)
{
  return subject != NULL && rounds_record_get_entity (subject) == ROUNDS_ENTITY_FOLLOW_UP;
}

char *
rounds_reminder_text_title (RoundsRecord *subject, gboolean names)
{
  g_autofree char *time = NULL;

  if (is_follow_up (subject))
    return names ? g_strdup (rounds_record_get_text (subject, ROUNDS_FOLLOW_UP_TEXT)) : g_strdup (_ ("Follow-up due"));
  if (!is_appointment (subject))
    return g_strdup (_ ("Reminder"));
  if (names)
    return g_strdup (rounds_record_get_text (subject, ROUNDS_APPOINTMENT_TITLE));
  if (rounds_record_get_boolean (subject, ROUNDS_APPOINTMENT_ALL_DAY))
    return g_strdup (_ ("All-day appointment"));

  time = rounds_display_time (rounds_record_get_integer (subject, ROUNDS_APPOINTMENT_START_AT));
  /* Translators: %s is a time of day. */
  return g_strdup_printf (_ ("Appointment at %s"), time);
}

/* "In 15 minutes", or when it is if that is far off. */
static char *
describe_distance (gint64 start, gint64 now)
{
  /* To the nearest minute, either way. */
  gint64 minutes = (start - now + (start < now ? -1 : 1) * ROUNDS_MINUTE / 2) / ROUNDS_MINUTE;

  if (minutes < 0)
    return g_strdup_printf (ngettext ("Began %d minute ago", "Began %d minutes ago", (gulong) -minutes),
                            (int) -minutes);
  if (minutes == 0)
    return g_strdup (_ ("Now"));
  if (minutes < 100)
    return g_strdup_printf (ngettext ("In %d minute", "In %d minutes", (gulong) minutes), (int) minutes);
  return rounds_display_full_time (start);
}

char *
rounds_reminder_text_body (RoundsRecord *subject, gint64 now, gboolean names)
{
  g_autofree char *distance = NULL;
  const char *location;

  if (!is_appointment (subject))
    return NULL;

  distance = describe_distance (rounds_record_get_integer (subject, ROUNDS_APPOINTMENT_START_AT), now);
  location = rounds_record_get_text (subject, ROUNDS_APPOINTMENT_LOCATION);
  if (!names || location == NULL || *location == '\0')
    return g_steal_pointer (&distance);
  return g_strdup_printf ("%s · %s", distance, location);
}

char *
rounds_reminder_text_missed_title (guint n)
{
  return g_strdup_printf (ngettext ("%u missed reminder", "%u missed reminders", n), n);
}

static char *
describe_missed (RoundsRecord *subject, gboolean names)
{
  g_autofree char *title = NULL;
  g_autofree char *time = NULL;

  if (!is_appointment (subject))
    return rounds_reminder_text_title (subject, names);
  time = rounds_display_full_time (rounds_record_get_integer (subject, ROUNDS_APPOINTMENT_START_AT));
  if (!names)
    return g_steal_pointer (&time);
  title = rounds_reminder_text_title (subject, TRUE);
  return g_strdup_printf ("%s · %s", time, title);
}

char *
rounds_reminder_text_missed_body (GPtrArray *missed, gboolean names)
{
  g_autoptr (GString) body = g_string_new (NULL);

  for (guint i = 0; i < MIN (missed->len, MOST_LINES); i++)
    {
      const RoundsDueReminder *item = g_ptr_array_index (missed, i);
      g_autofree char *line = describe_missed (item->subject, names);

      g_string_append_printf (body, "%s%s", i > 0 ? "\n" : "", line);
    }
  if (missed->len > MOST_LINES)
    {
      g_string_append_c (body, '\n');
      g_string_append_printf (body, ngettext ("and %u more", "and %u more", missed->len - MOST_LINES),
                              missed->len - MOST_LINES);
    }
  return g_string_free_and_steal (g_steal_pointer (&body));
}
