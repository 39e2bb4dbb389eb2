/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How records and times are put into words, the same on every page. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "rounds-display.h"
#include "rounds-field-labels.h"
#include "rounds-json.h"
#include "rounds-phrases.h"
#include "rounds-time.h"
#include "rounds-when.h"

/**
 * rounds_entity_get_person_field:
 * @entity: an entity
 *
 * Returns: the field by which a record of @entity *is* a person (a physician, a patient, a staff member), -1 if it is
 * not
 */
int
rounds_entity_get_person_field (RoundsEntity entity)
{
  switch ((int) entity)
    {
    case ROUNDS_ENTITY_PHYSICIAN:
      return ROUNDS_PHYSICIAN_PERSON;
    case ROUNDS_ENTITY_PATIENT:
      return ROUNDS_PATIENT_PERSON;
    case ROUNDS_ENTITY_STAFF:
      return ROUNDS_STAFF_PERSON;
    default:
      return -1;
    }
}

/**
 * rounds_look_up_of_person:
 * @store: the store
 * @entity: an entity with a person field
 * @person: a person's id
 * @record: (out) (transfer full) (nullable): the record that says what @person is as a physician, patient or staff
 *   member; %NULL if they are none
 * @error: (out) (optional): what the disk says
 *
 * Returns: whether it could be looked up
 */
gboolean
rounds_look_up_of_person (RoundsStore *store, RoundsEntity entity, const RoundsUuid *person, RoundsRecord **record,
                          GError **error)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (entity);

  rounds_query_where_uuid (query, (guint) rounds_entity_get_person_field (entity), ROUNDS_IS, person);
  rounds_query_limit (query, 1);
  return rounds_record_store_find (rounds_store_get_reader (store), query, record, error);
}

/**
 * rounds_find_of_person:
 * @store: the store
 * @entity: an entity with a person field
 * @person: a person's id
 *
 * For what is shown alone; what is saved asks rounds_look_up_of_person().
 *
 * Returns: (transfer full) (nullable): the record that says what @person is; %NULL if they are none, or it cannot be
 *   read
 */
RoundsRecord *
rounds_find_of_person (RoundsStore *store, RoundsEntity entity, const RoundsUuid *person)
{
  RoundsRecord *record = NULL;

  rounds_look_up_of_person (store, entity, person, &record, NULL);
  return record;
}

/**
 * rounds_display_name:
 * @store: the store
 * @record: a record
 *
 * Returns: (transfer full): what people call @record; for a patient or a physician, the person's name
 */
char *
rounds_display_name (RoundsStore *store, RoundsRecord *record)
{
  int field = rounds_entity_get_person_field (rounds_record_get_entity (record));
  g_autoptr (RoundsRecord) person = NULL;

  if (field >= 0 && rounds_record_get_uuid (record, (guint) field) != NULL)
    person = rounds_store_get (store, ROUNDS_ENTITY_PERSON, rounds_record_get_uuid (record, (guint) field), NULL);

  return rounds_record_get_title (person != NULL ? person : record);
}

static char *
join (const char *first, const char *second)
{
  if (first != NULL && second != NULL)
    return g_strconcat (first, " · ", second, NULL);
  return g_strdup (first != NULL ? first : second);
}

static char *
find_specialty (RoundsStore *store, const RoundsUuid *person)
{
  g_autoptr (RoundsRecord) physician = rounds_find_of_person (store, ROUNDS_ENTITY_PHYSICIAN, person);
  g_autoptr (RoundsRecord) specialization = NULL;

  if (physician != NULL && !rounds_record_is_null (physician, ROUNDS_PHYSICIAN_SPECIALIZATION))
    specialization = rounds_store_get (store, ROUNDS_ENTITY_SPECIALIZATION,
                                       rounds_record_get_uuid (physician, ROUNDS_PHYSICIAN_SPECIALIZATION), NULL);
  if (specialization == NULL)
    return NULL;
  return g_strdup (rounds_record_get_text (specialization, ROUNDS_SPECIALIZATION_NAME));
}

static char *
find_city (RoundsStore *store, const RoundsUuid *person)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_ADDRESS);
  g_autoptr (RoundsRecord) address = NULL;

  rounds_query_where_uuid (query, ROUNDS_ADDRESS_PERSON, ROUNDS_IS, person);
  rounds_query_limit (query, 1);
  address = rounds_store_find (store, query, NULL);
  return address != NULL ? g_strdup (rounds_record_get_text (address, ROUNDS_ADDRESS_CITY)) : NULL;
}

static char *
find_role (RoundsStore *store, const RoundsUuid *person)
{
  const RoundsFieldInfo *field = rounds_entity_get_field (ROUNDS_ENTITY_PERSON_ROLE, ROUNDS_PERSON_ROLE_TYPE);
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_PERSON_ROLE);
  g_autoptr (RoundsRecord) role = NULL;

  rounds_query_where_uuid (query, ROUNDS_PERSON_ROLE_PERSON, ROUNDS_IS, person);
  rounds_query_limit (query, 1);
  role = rounds_store_find (store, query, NULL);
  if (role == NULL)
    return NULL;
  return g_strdup (rounds_field_get_value_label (field, rounds_record_get_text (role, ROUNDS_PERSON_ROLE_TYPE)));
}

/**
 * rounds_display_specialty:
 * @store: the store
 * @person: a person
 *
 * Returns: (transfer full) (nullable): the person's specialty as a physician, and their city: "Cardiology · Boston"
 */
char *
rounds_display_specialty (RoundsStore *store, RoundsRecord *person)
{
  g_autofree char *specialty = find_specialty (store, rounds_record_get_id (person));
  g_autofree char *city = find_city (store, rounds_record_get_id (person));

  return join (specialty, city);
}

/* Who has no specialty is told by a role. */
static char *
summarize_person (RoundsStore *store, RoundsRecord *person)
{
  g_autofree char *what = find_specialty (store, rounds_record_get_id (person));
  g_autofree char *city = find_city (store, rounds_record_get_id (person));

  if (what == NULL)
    what = find_role (store, rounds_record_get_id (person));
  return join (what, city);
}

/**
 * rounds_display_summary:
 * @store: the store
 * @record: a record
 *
 * Three or four indexed reads, so for rows that are on the screen only. Main thread.
 *
 * Returns: (transfer full) (nullable): what tells @record from others of the same name: "Cardiology · Boston",
 * "Patient"
 */
char *
rounds_display_summary (RoundsStore *store, RoundsRecord *record)
{
  switch ((int) rounds_record_get_entity (record))
    {
    case ROUNDS_ENTITY_PERSON:
      return summarize_person (store, record);
    case ROUNDS_ENTITY_MEDICAL_CONDITION:
      return join (rounds_record_get_text (record, ROUNDS_MEDICAL_CONDITION_ABBREVIATION),
                   rounds_record_get_text (record, ROUNDS_MEDICAL_CONDITION_CODE));
    case ROUNDS_ENTITY_TRIAL:
      return join (rounds_record_get_text (record, ROUNDS_TRIAL_REGISTRY_ID),
                   rounds_record_get_text (record, ROUNDS_TRIAL_SPONSOR));
    case ROUNDS_ENTITY_EAP_PROGRAM:
      return join (rounds_record_get_text (record, ROUNDS_EAP_PROGRAM_NAME),
                   rounds_record_get_text (record, ROUNDS_EAP_PROGRAM_SPONSOR));
    default:
      return NULL;
    }
}

/**
 * rounds_display_address:
 * @address: an address
 *
 * Returns: (transfer full): its lines as on an envelope, without empty ones; "" for an empty address
 */
char *
rounds_display_address (RoundsRecord *address)
{
  const char *lines = rounds_record_get_text (address, ROUNDS_ADDRESS_LINES);
  const char *city = rounds_record_get_text (address, ROUNDS_ADDRESS_CITY);
  const char *region = rounds_record_get_text (address, ROUNDS_ADDRESS_REGION);
  const char *code = rounds_record_get_text (address, ROUNDS_ADDRESS_POSTAL_CODE);
  const char *country = rounds_record_get_text (address, ROUNDS_ADDRESS_COUNTRY);
  GString *text = g_string_new (lines);

  if (city != NULL || region != NULL || code != NULL)
    {
      if (text->len > 0)
        g_string_append_c (text, '\n');
      g_string_append (text, city != NULL ? city : "");
      if (region != NULL)
        g_string_append_printf (text, "%s%s", city != NULL ? ", " : "", region);
      if (code != NULL)
        g_string_append_printf (text, "%s%s", city != NULL || region != NULL ? " " : "", code);
    }
  if (country != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", country);

  return g_string_free_and_steal (text);
}

/**
 * rounds_display_first_line:
 * @text: (nullable): a text
 *
 * Returns: (transfer full): its first line that is not blank, "" if there is none
 */
char *
rounds_display_first_line (const char *text)
{
  g_autofree char *copy = g_strdup (text != NULL ? text : "");
  char *line = g_strchug (copy);

  line[strcspn (line, "\r\n")] = '\0';
  return g_strdup (g_strchomp (line));
}

/* Days from today in the user's own zone: -1 is yesterday. */
static int
days_from_today (GDateTime *date)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  GDate day, today;

  g_date_set_dmy (&day, (GDateDay) g_date_time_get_day_of_month (date), (GDateMonth) g_date_time_get_month (date),
                  (GDateYear) g_date_time_get_year (date));
  g_date_set_dmy (&today, (GDateDay) g_date_time_get_day_of_month (now), (GDateMonth) g_date_time_get_month (now),
                  (GDateYear) g_date_time_get_year (now));
  return g_date_days_between (&today, &day);
}

static const char *
near_day (int days)
{
  if (days == 0)
    return _ ("Today");
  if (days == -1)
    return _ ("Yesterday");
  if (days == 1)
    return _ ("Tomorrow");
  return NULL;
}

static gboolean
is_this_year (GDateTime *date)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return g_date_time_get_year (date) == g_date_time_get_year (now);
}

/**
 * rounds_display_day_format:
 * @style: how much is to be said
 *
 * English is spoken where the day comes before the month, and where it comes after it.
 *
 * Returns: how days are written out where the user lives; see strftime(3)
 */
const char *
rounds_display_day_format (RoundsDayStyle style)
{
  /* Translators: each of these is a day as strftime(3) writes it, first for places that put the day before the month,
   * then for places that put the month first. If your language has one order only, translate both alike. */
  static const char *const formats[][2] = {
    [ROUNDS_DAY_WEEKDAY_SHORT] = { N_ ("%a %-e %b"), N_ ("%a, %b %-e") },
    [ROUNDS_DAY_SHORT] = { N_ ("%-e %b"), N_ ("%b %-e") },
    [ROUNDS_DAY_SHORT_YEAR] = { N_ ("%-e %b %Y"), N_ ("%b %-e, %Y") },
    [ROUNDS_DAY_LONG] = { N_ ("%A, %-e %B"), N_ ("%A, %B %-e") },
    [ROUNDS_DAY_LONG_YEAR] = { N_ ("%A, %-e %B %Y"), N_ ("%A, %B %-e, %Y") },
    [ROUNDS_DAY_YEAR] = { N_ ("%-e %B %Y"), N_ ("%B %-e, %Y") },
  };

  return _ (formats[style][rounds_locale_is_month_first () ? 1 : 0]);
}

static char *
format_short (GDateTime *date)
{
  return g_date_time_format (
    date, rounds_display_day_format (is_this_year (date) ? ROUNDS_DAY_SHORT : ROUNDS_DAY_SHORT_YEAR));
}

/**
 * rounds_display_day:
 * @instant: milliseconds since the epoch, UTC
 *
 * Returns: (transfer full): its day in the user's own zone, short: "Today", "Tuesday" for one of
 *   the past week, "Tue 3 Mar" for one of the coming week, "3 Mar", "3 Mar 2024"; the month first where that is usual
 */
char *
rounds_display_day (gint64 instant)
{
  g_autoptr (GDateTime) date = rounds_instant_to_local (instant, NULL);
  int days = days_from_today (date);

  if (near_day (days) != NULL)
    return g_strdup (near_day (days));
  if (days > -7 && days < 0)
    return g_date_time_format (date, "%A");
  if (days > 0 && days < 7)
    return g_date_time_format (date, rounds_display_day_format (ROUNDS_DAY_WEEKDAY_SHORT));
  return format_short (date);
}

/**
 * rounds_display_long_day:
 * @instant: milliseconds since the epoch, UTC
 *
 * Returns: (transfer full): its day in the user's own zone, as a heading: "Today", "Tuesday, 3 March"
 */
char *
rounds_display_long_day (gint64 instant)
{
  g_autoptr (GDateTime) date = rounds_instant_to_local (instant, NULL);
  const char *near = near_day (days_from_today (date));

  if (near != NULL)
    return g_strdup (near);
  return g_date_time_format (date,
                             rounds_display_day_format (is_this_year (date) ? ROUNDS_DAY_LONG : ROUNDS_DAY_LONG_YEAR));
}

/**
 * rounds_display_time:
 * @instant: milliseconds since the epoch, UTC
 *
 * Returns: (transfer full): its time of day in the user's own zone, in 12 or 24 hours as the locale has it
 */
char *
rounds_display_time (gint64 instant)
{
  g_autoptr (GDateTime) date = rounds_instant_to_local (instant, NULL);

  return rounds_when_format_time (g_date_time_get_hour (date) * 60 + g_date_time_get_minute (date));
}

/**
 * rounds_display_moment:
 * @instant: milliseconds since the epoch, UTC
 *
 * Returns: (transfer full): when something happened lately: "14:03" today, "19 Nov, 14:03" before
 */
char *
rounds_display_moment (gint64 instant)
{
  g_autoptr (GDateTime) date = rounds_instant_to_local (instant, NULL);
  g_autofree char *time = rounds_display_time (instant);
  g_autofree char *day = NULL;

  if (days_from_today (date) == 0)
    return g_steal_pointer (&time);
  day = format_short (date);
  /* Translators: a day and a time of day: "19 Nov, 14:03". */
  return g_strdup_printf (_ ("%s, %s"), day, time);
}

/**
 * rounds_change_list_fields:
 * @change: a change of a record
 *
 * Returns: (transfer full): what it changed, for people: "Phone, Email"
 */
char *
rounds_change_list_fields (const RoundsChange *change)
{
  g_autoptr (yyjson_doc) doc = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  yyjson_obj_iter iter;
  yyjson_val *key;

  if (change->fields != NULL && rounds_json_read (change->fields, -1, &doc, NULL))
    {
      yyjson_obj_iter_init (yyjson_doc_get_root (doc), &iter);
      while ((key = yyjson_obj_iter_next (&iter)) != NULL)
        {
          int field = rounds_entity_find_field (change->entity, yyjson_get_str (key));

          if (field >= 0)
            g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "",
                                    rounds_field_get_label (rounds_entity_get_field (change->entity, (guint) field)));
        }
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

/**
 * rounds_display_date:
 * @date: a day, `YYYY-MM-DD`
 *
 * Returns: (transfer full): the same as people read it, with its year; @date itself if it is no day
 */
char *
rounds_display_date (const char *date)
{
  g_autofree char *noon = g_strconcat (date, "T12:00:00Z", NULL);
  g_autoptr (GDateTime) day = rounds_date_is_valid (date) ? g_date_time_new_from_iso8601 (noon, NULL) : NULL;

  return day != NULL ? g_date_time_format (day, rounds_display_day_format (ROUNDS_DAY_YEAR)) : g_strdup (date);
}

/**
 * rounds_display_full_time:
 * @instant: milliseconds since the epoch, UTC
 *
 * Returns: (transfer full): day, time and zone without any shortening, for tooltips
 */
char *
rounds_display_full_time (gint64 instant)
{
  g_autoptr (GDateTime) date = rounds_instant_to_local (instant, NULL);
  g_autofree char *time = rounds_display_time (instant);
  g_autofree char *day = g_date_time_format (date, rounds_display_day_format (ROUNDS_DAY_LONG_YEAR));

  /* Translators: day, time, time zone: "Tuesday, 3 March 2026, 9:30 (CET)". */
  return g_strdup_printf (_ ("%s, %s (%s)"), day, time, g_date_time_get_timezone_abbreviation (date));
}

/**
 * rounds_display_value:
 * @store: the store
 * @field: a field
 * @value: its value
 *
 * Returns: (transfer full) (nullable): the value as people read it, references by name; %NULL for no value
 */
char *
rounds_display_value (RoundsStore *store, const RoundsFieldInfo *field, const RoundsValue *value)
{
  g_autofree char *text = NULL;
  g_autoptr (RoundsRecord) target = NULL;

  if (rounds_value_is_null (value))
    return NULL;
  switch ((int) field->type)
    {
    case ROUNDS_TYPE_REFERENCE:
      target = rounds_store_get (store, field->target, &value->as.uuid, NULL);
      return target != NULL ? rounds_display_name (store, target)
                            : g_strdup (_ ("Something that is not on this device"));
    case ROUNDS_TYPE_ENUM:
      return g_strdup (rounds_field_get_value_label (field, value->as.text));
    case ROUNDS_TYPE_DATE:
      return rounds_display_date (value->as.text);
    case ROUNDS_TYPE_INSTANT:
      return rounds_display_moment (value->as.integer);
    case ROUNDS_TYPE_BOOLEAN:
      return g_strdup (value->as.integer ? _ ("Yes") : _ ("No"));
    default:
      text = rounds_field_format (field, value);
      return rounds_display_first_line (text);
    }
}

/**
 * rounds_display_icon:
 * @interaction_type: (nullable): a value of interaction_type
 *
 * Returns: the name of the icon that stands for such interactions everywhere
 */
const char *
rounds_display_icon (const char *interaction_type)
{
  if (g_strcmp0 (interaction_type, "Call") == 0)
    return "call-start-symbolic";
  if (g_strcmp0 (interaction_type, "Virtual") == 0)
    return "camera-video-symbolic";
  return "rounds-interactions-symbolic";
}
