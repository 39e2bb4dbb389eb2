/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Parsing, formatting and checking of values by the entity table: the same code in the application, the
 * command-line tool and the server. */

#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "rounds-error.h"
#include "rounds-record-private.h"
#include "rounds-time.h"

/* Hours that the day begins earlier somewhere (Kiritimati) than by UTC. */
#define FURTHEST_ZONE 14

static gboolean
is_one_of (const char *const *values, const char *text)
{
  return g_strv_contains (values, text);
}

static gboolean
parse_boolean (const char *text, gint64 *value)
{
  static const char *const yes[] = { "true", "yes", "y", "1", NULL };
  static const char *const no[] = { "false", "no", "n", "0", NULL };
  g_autofree char *lower = g_ascii_strdown (text, -1);

  *value = is_one_of (yes, lower);
  return *value || is_one_of (no, lower);
}

static gboolean
parse_real (const char *text, double *value)
{
  char *end = NULL;

  errno = 0;
  *value = g_ascii_strtod (text, &end);
  return end != text && *end == '\0' && errno == 0 && isfinite (*value);
}

/**
 * rounds_text_to_line:
 * @text: (nullable): what a person or a file says
 *
 * Returns: (transfer full): the same without surrounding blanks and in one line: what was pasted from several lines, or
 *   from cells of a table, has a blank between them; "" for nothing
 */
char *
rounds_text_to_line (const char *text)
{
  char *line = g_strstrip (g_strdup (text != NULL ? text : ""));
  char *end = line;
  gboolean joined = FALSE; /* there is a blank already */

  for (const char *p = line; *p != '\0'; p++)
    {
      gboolean is_control = g_ascii_iscntrl (*p);

      if (joined && (is_control || *p == ' '))
        continue;
      if (is_control && end > line && end[-1] == ' ')
        end--;
      *end++ = is_control ? ' ' : *p;
      joined = is_control;
    }
  *end = '\0';
  return line;
}

/**
 * rounds_field_parse:
 * @field: a field
 * @text: (nullable): what a person or a file says; surrounding blanks do not matter, "" is null
 * @value: (inout): an initialised value that takes the result; null on failure
 * @error: (out) (optional): %ROUNDS_ERROR_INVALID with the field's name
 *
 * Reads the canonical form of @field's type: text in one line, integers and reals with a point, `true`/`false`,
 * `YYYY-MM-DD`, `HH:MM`, RFC 3339 instants, enum values in either case, UUIDs. Rules beyond the form are
 * rounds_field_validate()'s.
 *
 * Returns: %TRUE if @text has the form
 */
gboolean
rounds_field_parse (const RoundsFieldInfo *field, const char *text, RoundsValue *value, GError **error)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text != NULL ? text : ""));
  gint64 integer;
  double real;
  RoundsUuid uuid;

  rounds_value_clear (value);
  if (*trimmed == '\0')
    return TRUE;

  switch (field->type)
    {
    case ROUNDS_TYPE_TEXT:
      rounds_value_take_text (value, field->flags & ROUNDS_FIELD_MULTILINE ? g_steal_pointer (&trimmed)
                                                                           : rounds_text_to_line (trimmed));
      return TRUE;

    case ROUNDS_TYPE_DATE:
    case ROUNDS_TYPE_LOCAL_TIME:
    case ROUNDS_TYPE_JSON:
      rounds_value_take_text (value, g_steal_pointer (&trimmed));
      return TRUE;

    case ROUNDS_TYPE_LONG_TEXT:
      rounds_value_set_text (value, text);
      return TRUE;

    case ROUNDS_TYPE_ENUM:
      for (guint i = 0; field->values[i] != NULL; i++)
        if (g_ascii_strcasecmp (field->values[i], trimmed) == 0)
          {
            rounds_value_set_text (value, field->values[i]);
            return TRUE;
          }
      rounds_value_take_text (value, g_steal_pointer (&trimmed)); /* refused by the validation, which lists values */
      return TRUE;

    case ROUNDS_TYPE_INTEGER:
      if (g_ascii_string_to_signed (trimmed, 10, G_MININT64, G_MAXINT64, &integer, NULL))
        {
          rounds_value_set_integer (value, integer);
          return TRUE;
        }
      rounds_set_field_error (error, field->name, _ ("%s: a whole number is expected."),
                              rounds_field_get_label (field));
      return FALSE;

    case ROUNDS_TYPE_REAL:
      if (parse_real (trimmed, &real))
        {
          rounds_value_set_real (value, real);
          return TRUE;
        }
      rounds_set_field_error (error, field->name, _ ("%s: a number is expected."), rounds_field_get_label (field));
      return FALSE;

    case ROUNDS_TYPE_BOOLEAN:
      if (parse_boolean (trimmed, &integer))
        {
          rounds_value_set_integer (value, integer);
          return TRUE;
        }
      rounds_set_field_error (error, field->name, _ ("%s: “true” or “false” is expected."),
                              rounds_field_get_label (field));
      return FALSE;

    case ROUNDS_TYPE_INSTANT:
      if (rounds_instant_parse (trimmed, &integer))
        {
          rounds_value_set_integer (value, integer);
          return TRUE;
        }
      rounds_set_field_error (error, field->name,
                              _ ("%s: a date and time with its zone is expected, such as 2026-01-31T09:30:00Z."),
                              rounds_field_get_label (field));
      return FALSE;

    case ROUNDS_TYPE_UUID:
    case ROUNDS_TYPE_REFERENCE:
      if (rounds_uuid_parse (trimmed, &uuid))
        {
          rounds_value_set_uuid (value, &uuid);
          return TRUE;
        }
      rounds_set_field_error (error, field->name, _ ("%s: an id (UUID) is expected."), rounds_field_get_label (field));
      return FALSE;

    default:
      g_assert_not_reached ();
    }
}

/**
 * rounds_field_format:
 * @field: a field
 * @value: a value of that field
 *
 * Returns: (transfer full) (nullable): @value in the form that rounds_field_parse() reads, %NULL if null
 */
char *
rounds_field_format (const RoundsFieldInfo *field, const RoundsValue *value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  switch (value->kind)
    {
    case ROUNDS_VALUE_NULL:
      return NULL;
    case ROUNDS_VALUE_TEXT:
      return g_strdup (value->as.text);
    case ROUNDS_VALUE_REAL:
      return g_strdup (g_ascii_dtostr (buffer, sizeof buffer, value->as.real));
    case ROUNDS_VALUE_UUID:
      return rounds_uuid_to_string (&value->as.uuid);
    case ROUNDS_VALUE_INTEGER:
      if (field->type == ROUNDS_TYPE_BOOLEAN)
        return g_strdup (value->as.integer ? "true" : "false");
      if (field->type == ROUNDS_TYPE_INSTANT)
        return rounds_instant_to_string (value->as.integer);
      return g_strdup_printf ("%" G_GINT64_FORMAT, value->as.integer);
    default:
      g_assert_not_reached ();
    }
}

/* Whether it is @date, which is valid, already, wherever on earth. */
static gboolean
has_come (const char *date)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) furthest = g_date_time_add_hours (now, FURTHEST_ZONE);
  g_autofree char *today = g_date_time_format (furthest, "%Y-%m-%d");

  return strcmp (date, today) <= 0;
}

static gboolean
validate_date (const RoundsFieldInfo *field, const char *text, GError **error)
{
  if (!rounds_date_is_valid (text))
    {
      rounds_set_field_error (error, field->name, _ ("%s: a date such as 2026-01-31 is expected."),
                              rounds_field_get_label (field));
      return FALSE;
    }
  if (!(field->flags & ROUNDS_FIELD_PAST) || has_come (text))
    return TRUE;
  rounds_set_field_error (error, field->name, _ ("%s: this day is still to come."), rounds_field_get_label (field));
  return FALSE;
}

static gboolean
validate_text (const RoundsFieldInfo *field, const char *text, GError **error)
{
  if (!g_utf8_validate (text, -1, NULL))
    {
      rounds_set_field_error (error, field->name, _ ("%s: the text is not valid UTF-8."),
                              rounds_field_get_label (field));
      return FALSE;
    }

  switch (field->type)
    {
    case ROUNDS_TYPE_DATE:
      return validate_date (field, text, error);

    case ROUNDS_TYPE_LOCAL_TIME:
      if (rounds_local_time_is_valid (text))
        return TRUE;
      rounds_set_field_error (error, field->name, _ ("%s: a time such as 09:30 is expected."),
                              rounds_field_get_label (field));
      return FALSE;

    case ROUNDS_TYPE_ENUM:
      if (!is_one_of (field->values, text))
        {
          g_autofree char *values = g_strjoinv (", ", (char **) field->values);

          rounds_set_field_error (error, field->name, _ ("%s: expected is one of %s."), rounds_field_get_label (field),
                                  values);
          return FALSE;
        }
      return TRUE;

    default:
      if (strlen (text) > (gsize) field->max && (double) g_utf8_strlen (text, -1) > field->max)
        {
          rounds_set_field_error (error, field->name,
                                  g_dngettext (GETTEXT_PACKAGE, "%s: at most %d character is possible.",
                                               "%s: at most %d characters are possible.", (gulong) field->max),
                                  rounds_field_get_label (field), (int) field->max);
          return FALSE;
        }
      return TRUE;
    }
}

/**
 * rounds_field_validate:
 * @field: a field
 * @value: a value
 * @error: (out) (optional): %ROUNDS_ERROR_INVALID with the field's name
 *
 * Checks what can be said of one value alone: presence, kind, form, bounds.
 */
gboolean
rounds_field_validate (const RoundsFieldInfo *field, const RoundsValue *value, GError **error)
{
  double number;

  if (value->kind == ROUNDS_VALUE_NULL || (value->kind == ROUNDS_VALUE_TEXT && *value->as.text == '\0'))
    {
      if (!(field->flags & ROUNDS_FIELD_REQUIRED))
        return TRUE;
      rounds_set_field_error (error, field->name, _ ("%s is required."), rounds_field_get_label (field));
      return FALSE;
    }

  if (value->kind != rounds_field_get_kind (field))
    {
      rounds_set_field_error (error, field->name, _ ("%s: the value is of the wrong kind."),
                              rounds_field_get_label (field));
      return FALSE;
    }

  if (value->kind == ROUNDS_VALUE_TEXT)
    return validate_text (field, value->as.text, error);
  if (value->kind == ROUNDS_VALUE_UUID)
    return TRUE;

  number = value->kind == ROUNDS_VALUE_REAL ? value->as.real : (double) value->as.integer;
  if (number >= field->min && number <= field->max)
    return TRUE;
  rounds_set_field_error (error, field->name, _ ("%s: a value between %g and %g is expected."),
                          rounds_field_get_label (field), field->min, field->max);
  return FALSE;
}

/* Refuses @self because of @field unless @holds. @message is translated when it is needed: every record goes through
 * here, and looking up a translation takes longer than all the rest. */
static gboolean
require (RoundsRecord *self, guint field, gboolean holds, const char *message, GError **error)
{
  if (!holds)
    rounds_set_field_error (error, rounds_entity_get_field (rounds_record_get_entity (self), field)->name, "%s",
                            _ (message));
  return holds;
}

static gboolean
is_ordered (RoundsRecord *self, guint from, guint to)
{
  const RoundsValue *a = rounds_record_get_value (self, from);
  const RoundsValue *b = rounds_record_get_value (self, to);

  if (a->kind != b->kind || a->kind == ROUNDS_VALUE_NULL)
    return TRUE;
  return a->kind == ROUNDS_VALUE_TEXT ? strcmp (a->as.text, b->as.text) <= 0 : a->as.integer <= b->as.integer;
}

static gboolean
is_zone (const char *identifier)
{
  g_autoptr (GTimeZone) zone = identifier != NULL ? g_time_zone_new_identifier (identifier) : NULL;

  return zone != NULL || identifier == NULL;
}

/* Rules over several fields of one record. */
static gboolean
validate_rules (RoundsRecord *self, GError **error)
{
  switch (rounds_record_get_entity (self))
    {
    case ROUNDS_ENTITY_PERSON:
      {
        const char *email = rounds_record_get_text (self, ROUNDS_PERSON_EMAIL);

        return require (self, ROUNDS_PERSON_FAMILY_NAME,
                        !rounds_record_is_null (self, ROUNDS_PERSON_FAMILY_NAME)
                          || !rounds_record_is_null (self, ROUNDS_PERSON_GIVEN_NAME),
                        N_ ("A family name or a given name is required."), error)
               && require (self, ROUNDS_PERSON_EMAIL,
                           email == NULL || (strchr (email, '@') != NULL && strpbrk (email, " \t\r\n") == NULL),
                           N_ ("Email: must be an address such as name@example.org."), error)
               && require (self, ROUNDS_PERSON_TIME_ZONE,
                           is_zone (rounds_record_get_text (self, ROUNDS_PERSON_TIME_ZONE)),
                           N_ ("Time zone: must be a name such as Europe/Amsterdam."), error);
      }

    case ROUNDS_ENTITY_PHYSICIAN:
      {
        const char *npi = rounds_record_get_text (self, ROUNDS_PHYSICIAN_NPI);

        return require (self, ROUNDS_PHYSICIAN_NPI,
                        npi == NULL || (strlen (npi) == 10 && strspn (npi, "0123456789") == 10),
                        N_ ("NPI: must have ten digits."), error);
      }

    case ROUNDS_ENTITY_ADDRESS:
      return require (self, ROUNDS_ADDRESS_PERSON,
                      rounds_record_is_null (self, ROUNDS_ADDRESS_PERSON)
                        != rounds_record_is_null (self, ROUNDS_ADDRESS_ORGANISATION),
                      N_ ("An address belongs to a person or to an organization."), error);

    case ROUNDS_ENTITY_APPOINTMENT:
      return require (self, ROUNDS_APPOINTMENT_END_AT,
                      rounds_record_get_integer (self, ROUNDS_APPOINTMENT_START_AT)
                        < rounds_record_get_integer (self, ROUNDS_APPOINTMENT_END_AT),
                      N_ ("The end must be after the start."), error)
             && require (self, ROUNDS_APPOINTMENT_TIME_ZONE,
                         is_zone (rounds_record_get_text (self, ROUNDS_APPOINTMENT_TIME_ZONE)),
                         N_ ("Time zone: must be a name such as Europe/Amsterdam."), error);

    case ROUNDS_ENTITY_AVAILABILITY:
      return require (self, ROUNDS_AVAILABILITY_END_TIME,
                      is_ordered (self, ROUNDS_AVAILABILITY_START_TIME, ROUNDS_AVAILABILITY_END_TIME),
                      N_ ("The end must be after the start."), error)
             && require (self, ROUNDS_AVAILABILITY_TO_DATE,
                         is_ordered (self, ROUNDS_AVAILABILITY_FROM_DATE, ROUNDS_AVAILABILITY_TO_DATE),
                         N_ ("The last day must not be before the first."), error);

    case ROUNDS_ENTITY_PERSON_ROLE:
      return require (self, ROUNDS_PERSON_ROLE_VALID_TO,
                      is_ordered (self, ROUNDS_PERSON_ROLE_VALID_FROM, ROUNDS_PERSON_ROLE_VALID_TO),
                      N_ ("The last day must not be before the first."), error);

    case ROUNDS_ENTITY_AFFILIATION:
      return require (self, ROUNDS_AFFILIATION_VALID_TO,
                      is_ordered (self, ROUNDS_AFFILIATION_VALID_FROM, ROUNDS_AFFILIATION_VALID_TO),
                      N_ ("The last day must not be before the first."), error);

    default:
      return TRUE;
    }
}

/**
 * rounds_record_validate:
 * @self: a record
 * @error: (out) (optional): %ROUNDS_ERROR_INVALID with the name of the first field that breaks a rule
 *
 * Checks all that can be said of one record alone. That references exist and unique values are free is the store's
 * to check.
 */
gboolean
rounds_record_validate (RoundsRecord *self, GError **error)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (self));

  if (rounds_record_is_known_valid (self))
    return TRUE;
  for (guint f = 0; f < info->n_fields; f++)
    if (!rounds_field_validate (&info->fields[f], rounds_record_get_value (self, f), error))
      return FALSE;
  if (!validate_rules (self, error))
    return FALSE;

  rounds_record_note_valid (self);
  return TRUE;
}
