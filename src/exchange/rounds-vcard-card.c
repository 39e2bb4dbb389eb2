/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-vcard-card.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "rounds-name-case.h"
#include "rounds-vcard-property.h"

/* In the words by which rounds-import-mapping.c knows columns; those that it does not know are there to be read. */
static const char *const headers[] = {
  [ROUNDS_VCARD_FAMILY_NAME] = "Family name",
  [ROUNDS_VCARD_GIVEN_NAME] = "Given name",
  [ROUNDS_VCARD_MIDDLE_NAME] = "Middle name",
  [ROUNDS_VCARD_PREFIX] = "Prefix",
  [ROUNDS_VCARD_SUFFIX] = "Suffix",
  [ROUNDS_VCARD_CREDENTIALS] = "Credentials",
  [ROUNDS_VCARD_SEX] = "Sex",
  [ROUNDS_VCARD_BIRTH_DATE] = "Date of birth",
  [ROUNDS_VCARD_BIRTHDAY] = "Birthday without year",
  [ROUNDS_VCARD_ORGANISATION] = "Organization",
  [ROUNDS_VCARD_DEPARTMENT] = "Department",
  [ROUNDS_VCARD_JOB_TITLE] = "Job title",
  [ROUNDS_VCARD_SPECIALIZATION] = "Specialty",
  [ROUNDS_VCARD_NPI] = "NPI",
  [ROUNDS_VCARD_LICENCE_NUMBER] = "License number",
  [ROUNDS_VCARD_PHONE] = "Phone",
  [ROUNDS_VCARD_OTHER_PHONES] = "Other phones",
  [ROUNDS_VCARD_EMAIL] = "Email",
  [ROUNDS_VCARD_OTHER_EMAILS] = "Other emails",
  [ROUNDS_VCARD_STREET] = "Street",
  [ROUNDS_VCARD_ADDRESS_LINE_2] = "Address line 2",
  [ROUNDS_VCARD_CITY] = "City",
  [ROUNDS_VCARD_REGION] = "Region",
  [ROUNDS_VCARD_POSTAL_CODE] = "Postal code",
  [ROUNDS_VCARD_COUNTRY] = "Country",
  [ROUNDS_VCARD_OTHER_ADDRESSES] = "Other addresses",
  [ROUNDS_VCARD_NOTE] = "Note",
  [ROUNDS_VCARD_CATEGORIES] = "Categories",
  [ROUNDS_VCARD_UID] = "UID",
  [ROUNDS_VCARD_N_COLUMNS] = NULL,
};

/** rounds_vcard_get_headers: (array length=ROUNDS_VCARD_N_COLUMNS): what the columns are called. */
const char *const *
rounds_vcard_get_headers (void)
{
  return headers;
}

static void
put (char **cells, RoundsVcardColumn column, const char *text)
{
  if (text != NULL && *text != '\0' && cells[column] == NULL)
    cells[column] = g_strdup (text);
}

static void
append (char **cells, RoundsVcardColumn column, const char *text, const char *between)
{
  char *before = cells[column];

  if (text == NULL || *text == '\0')
    return;
  cells[column] = before != NULL ? g_strconcat (before, between, text, NULL) : g_strdup (text);
  g_free (before);
}

static const char *
get_component (char **components, guint index)
{
  return index < g_strv_length (components) ? components[index] : NULL;
}

static gboolean
is (const RoundsVcardProperty *property, const char *name)
{
  return g_str_equal (property->name, name);
}

/* What stands for itself: a column each, the first one if there are several. */
static void
fill_plain (char **cells, const RoundsVcardProperty *property)
{
  static const struct
  {
    const char *name;
    RoundsVcardColumn column;
  } plain[] = {
    { "TITLE", ROUNDS_VCARD_JOB_TITLE }, { "UID", ROUNDS_VCARD_UID },
    { "X-NPI", ROUNDS_VCARD_NPI },       { "X-LICENCE-NUMBER", ROUNDS_VCARD_LICENCE_NUMBER },
    { "X-GENDER", ROUNDS_VCARD_SEX },
  };

  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    if (is (property, plain[i].name))
      {
        g_autofree char *text = rounds_vcard_property_get_text (property);

        put (cells, plain[i].column, text);
      }
}

/* What there can be several of without any being the best. */
static void
fill_lists (char **cells, const RoundsVcardProperty *property)
{
  g_autofree char *text = rounds_vcard_property_get_text (property);

  if (is (property, "NOTE"))
    append (cells, ROUNDS_VCARD_NOTE, text, "\n");
  else if (is (property, "CATEGORIES"))
    append (cells, ROUNDS_VCARD_CATEGORIES, text, ", ");
}

static void
fill_name (char **cells, const RoundsVcardProperty *property)
{
  static const RoundsVcardColumn columns[] = { ROUNDS_VCARD_FAMILY_NAME, ROUNDS_VCARD_GIVEN_NAME,
                                               ROUNDS_VCARD_MIDDLE_NAME, ROUNDS_VCARD_PREFIX, ROUNDS_VCARD_SUFFIX };
  g_auto (GStrv) components = rounds_vcard_property_split (property, " ");

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    put (cells, columns[i], get_component (components, i));
}

static void
fill_organisation (char **cells, const RoundsVcardProperty *property)
{
  g_auto (GStrv) components = rounds_vcard_property_split (property, ", ");

  if (cells[ROUNDS_VCARD_ORGANISATION] != NULL)
    return;
  put (cells, ROUNDS_VCARD_ORGANISATION, components[0]);
  for (guint i = 1; components[i] != NULL; i++)
    append (cells, ROUNDS_VCARD_DEPARTMENT, components[i], ", ");
}

/* Version 4 has the sex as a letter, with a text for what the letter does not say. */
static void
fill_gender (char **cells, const RoundsVcardProperty *property)
{
  g_auto (GStrv) components = rounds_vcard_property_split (property, ", ");

  put (cells, ROUNDS_VCARD_SEX, components[0]);
}

/* "1964-02-29", "19640229", each with a time perhaps. What is no whole date is for the reader to see. */
static void
fill_birth_date (char **cells, const RoundsVcardProperty *property)
{
  g_autofree char *text = rounds_vcard_property_get_text (property);
  g_autofree char *digits = g_strdup (text);
  char *to = digits;
  guint date;

  digits[strcspn (digits, "T ")] = '\0';
  for (const char *p = digits; *p != '\0'; p++)
    if (*p != '-')
      *to++ = *p;
  *to = '\0';
  date = strlen (digits) == 8 && strspn (digits, "0123456789") == 8 ? g_ascii_strtoull (digits, NULL, 10) : 0;

  /* Apple writes 1604 for a year that it does not know. */
  if (date / 10000 > 1604 && *text != '-' && g_date_valid_dmy (date % 100, date / 100 % 100, date / 10000))
    {
      g_autofree char *iso = g_strdup_printf ("%04u-%02u-%02u", date / 10000, date / 100 % 100, date % 100);

      put (cells, ROUNDS_VCARD_BIRTH_DATE, iso);
    }
  else
    put (cells, ROUNDS_VCARD_BIRTHDAY, text);
}

/* "tel:+1-555-0100;ext=5" and "mailto:": the values of version 4 may be URIs. */
static char *
get_reachable (const RoundsVcardProperty *property)
{
  g_autofree char *text = rounds_vcard_property_get_text (property);
  const char *start = text;
  char *plain;

  if (g_ascii_strncasecmp (start, "tel:", 4) == 0)
    start += 4;
  else if (g_ascii_strncasecmp (start, "mailto:", 7) == 0)
    start += 7;
  if (start == text)
    return g_steal_pointer (&text);
  plain = g_uri_unescape_string (start, NULL);
  return plain != NULL ? plain : g_strdup (start);
}

/* The best of those of a name: preferred, not a fax, at work, first. */
static const RoundsVcardProperty *
choose (const GPtrArray *properties, const char *name)
{
  const RoundsVcardProperty *best = NULL;
  guint best_rank = G_MAXUINT;

  for (guint i = 0; i < properties->len; i++)
    {
      const RoundsVcardProperty *property = properties->pdata[i];
      guint rank = 4 * property->rank + !rounds_vcard_property_has_type (property, "WORK");

      if (!is (property, name) || property->value[strspn (property->value, "; ")] == '\0')
        continue;
      if (rounds_vcard_property_has_type (property, "FAX") || rounds_vcard_property_has_type (property, "PAGER"))
        rank += 1000;
      if (rank < best_rank)
        {
          best = property;
          best_rank = rank;
        }
    }
  return best;
}

static void
fill_reachable (char **cells, const GPtrArray *properties, const char *name, RoundsVcardColumn column,
                RoundsVcardColumn others)
{
  const RoundsVcardProperty *best = choose (properties, name);

  for (guint i = 0; i < properties->len; i++)
    {
      const RoundsVcardProperty *property = properties->pdata[i];
      g_autofree char *text = is (property, name) ? get_reachable (property) : NULL;

      if (property == best)
        put (cells, column, text);
      else if (text != NULL)
        append (cells, others, text, ", ");
    }
}

static void
fill_address (char **cells, const GPtrArray *properties)
{
  static const RoundsVcardColumn columns[] = { ROUNDS_VCARD_STREET, ROUNDS_VCARD_CITY, ROUNDS_VCARD_REGION,
                                               ROUNDS_VCARD_POSTAL_CODE, ROUNDS_VCARD_COUNTRY };
  const RoundsVcardProperty *best = choose (properties, "ADR");

  for (guint i = 0; i < properties->len; i++)
    {
      const RoundsVcardProperty *property = properties->pdata[i];
      g_auto (GStrv) components = NULL;

      if (!is (property, "ADR"))
        continue;
      components = rounds_vcard_property_split (property, ", ");
      if (property == best)
        {
          for (guint c = 0; c < G_N_ELEMENTS (columns); c++)
            put (cells, columns[c], get_component (components, c + 2));
          append (cells, ROUNDS_VCARD_ADDRESS_LINE_2, get_component (components, 1), ", ");
          append (cells, ROUNDS_VCARD_ADDRESS_LINE_2, components[0], ", ");
        }
      else
        {
          g_autoptr (GString) whole = g_string_new (NULL);

          for (guint c = 0; components[c] != NULL; c++)
            if (*components[c] != '\0')
              g_string_append_printf (whole, whole->len > 0 ? ", %s" : "%s", components[c]);
          append (cells, ROUNDS_VCARD_OTHER_ADDRESSES, whole->str, "; ");
        }
    }
}

/* Cards of version 4 need not have the name in parts; other programs forget them, or give all of it as one. */
static void
take_name_apart (char **cells, const GPtrArray *properties)
{
  g_auto (RoundsPersonName) name = { 0 };
  const RoundsVcardProperty *formatted = choose (properties, "FN");
  g_autofree char *text = formatted != NULL ? rounds_vcard_property_get_text (formatted) : NULL;

  if (text == NULL || cells[ROUNDS_VCARD_FAMILY_NAME] != NULL || cells[ROUNDS_VCARD_GIVEN_NAME] != NULL)
    return;
  /* The card of an organisation has that name twice. */
  if (g_strcmp0 (text, cells[ROUNDS_VCARD_ORGANISATION]) == 0)
    return;
  rounds_person_name_parse (&name, text);
  put (cells, ROUNDS_VCARD_FAMILY_NAME, name.family);
  put (cells, ROUNDS_VCARD_GIVEN_NAME, name.given);
  put (cells, ROUNDS_VCARD_PREFIX, name.prefix);
  put (cells, ROUNDS_VCARD_SUFFIX, name.suffix);
  put (cells, ROUNDS_VCARD_CREDENTIALS, name.credentials);
}

/* Beside an NPI the role is a specialization, as Rounds writes it; elsewhere it is what somebody does. */
static void
fill_role (char **cells, const GPtrArray *properties)
{
  const RoundsVcardProperty *role = choose (properties, "ROLE");
  g_autofree char *text = role != NULL ? rounds_vcard_property_get_text (role) : NULL;
  gboolean is_physician = cells[ROUNDS_VCARD_NPI] != NULL || cells[ROUNDS_VCARD_LICENCE_NUMBER] != NULL;

  put (cells, is_physician ? ROUNDS_VCARD_SPECIALIZATION : ROUNDS_VCARD_JOB_TITLE, text);
}

static gboolean
is_group (const GPtrArray *properties)
{
  for (guint i = 0; i < properties->len; i++)
    {
      const RoundsVcardProperty *property = properties->pdata[i];

      if ((is (property, "KIND") || is (property, "X-ADDRESSBOOKSERVER-KIND"))
          && g_ascii_strcasecmp (property->value, "group") == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_damaged (const GPtrArray *properties)
{
  for (guint i = 0; i < properties->len; i++)
    if (((const RoundsVcardProperty *) properties->pdata[i])->is_damaged)
      return TRUE;
  return FALSE;
}

/**
 * rounds_vcard_fill_row:
 * @properties: of #RoundsVcardProperty: all that a card says
 * @cells: (out): a text or %NULL for each column
 *
 * Returns: (nullable): a sentence for the user: why the card cannot be trusted
 */
const char *
rounds_vcard_fill_row (const GPtrArray *properties, char *cells[ROUNDS_VCARD_N_COLUMNS])
{
  for (guint i = 0; i < properties->len; i++)
    {
      const RoundsVcardProperty *property = properties->pdata[i];

      fill_plain (cells, property);
      fill_lists (cells, property);
      if (is (property, "N"))
        fill_name (cells, property);
      else if (is (property, "ORG"))
        fill_organisation (cells, property);
      else if (is (property, "GENDER"))
        fill_gender (cells, property);
      else if (is (property, "BDAY"))
        fill_birth_date (cells, property);
    }
  fill_reachable (cells, properties, "TEL", ROUNDS_VCARD_PHONE, ROUNDS_VCARD_OTHER_PHONES);
  fill_reachable (cells, properties, "EMAIL", ROUNDS_VCARD_EMAIL, ROUNDS_VCARD_OTHER_EMAILS);
  fill_address (cells, properties);
  fill_role (cells, properties);
  take_name_apart (cells, properties);

  if (is_group (properties))
    return _ ("The card is a group of contacts, not a contact.");
  if (is_damaged (properties))
    return _ ("The card holds a line that cannot be read.");
  if (cells[ROUNDS_VCARD_FAMILY_NAME] == NULL && cells[ROUNDS_VCARD_GIVEN_NAME] == NULL
      && cells[ROUNDS_VCARD_ORGANISATION] == NULL)
    return _ ("The card has no name.");
  return NULL;
}
