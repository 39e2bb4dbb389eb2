/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Contacts as vCards. What the standard has no property for goes into extended ones, as it allows (RFC 6350, 6.10): a
 * card that comes back here has lost nothing that a card can say. */

#include "rounds-vcard-writer.h"

#include <string.h>

#include "rounds-export-columns.h"

#define LONGEST_LINE 75 /* octets, without the line end (RFC 6350, 3.2) */

/**
 * rounds_vcard_escape:
 * @text: (nullable): a text
 *
 * Returns: (transfer full): @text as one component of a value (RFC 6350, 3.4); "" for %NULL
 */
char *
rounds_vcard_escape (const char *text)
{
  GString *escaped = g_string_new (NULL);

  for (const char *p = text != NULL ? text : ""; *p != '\0'; p++)
    switch (*p)
      {
      case '\r': /* a lone one and that of CRLF alike */
        g_string_append (escaped, "\\n");
        if (p[1] == '\n')
          p++;
        break;
      case '\n':
        g_string_append (escaped, "\\n");
        break;
      case '\\':
      case ',':
      case ';':
        g_string_append_c (escaped, '\\');
        g_string_append_c (escaped, *p);
        break;
      default:
        /* Other control characters have no place in a card. */
        if ((guchar) *p >= 0x20 || *p == '\t')
          g_string_append_c (escaped, *p);
      }
  return g_string_free_and_steal (escaped);
}

/* Adds to @card the property @name, which may bring parameters, with @value, which is escaped already. The line is
 * folded where it is too long, between characters: readers that decode before they unfold would otherwise see broken
 * ones. */
static void
append_line (GString *card, const char *name, const char *value)
{
  g_autofree char *line = g_strconcat (name, ":", value, NULL);
  gsize width = 0;

  for (const char *p = line; *p != '\0';)
    {
      gsize length = (gsize) (g_utf8_next_char (p) - p);

      if (width + length > LONGEST_LINE)
        {
          g_string_append (card, "\r\n ");
          width = 1;
        }
      g_string_append_len (card, p, (gssize) length);
      width += length;
      p += length;
    }
  g_string_append (card, "\r\n");
}

/* A property whose value is the escaped components with ";" between; nothing where all are empty. */
static void
append_components (GString *card, const char *name, const char *const *components, guint n_components)
{
  g_autoptr (GString) value = g_string_new (NULL);
  gboolean is_empty = TRUE;

  for (guint i = 0; i < n_components; i++)
    {
      g_autofree char *escaped = rounds_vcard_escape (components[i]);

      g_string_append_printf (value, "%s%s", i > 0 ? ";" : "", escaped);
      is_empty &= *escaped == '\0';
    }
  if (!is_empty)
    append_line (card, name, value->str);
}

static void
append_text (GString *card, const char *name, const char *text)
{
  append_components (card, name, &text, 1);
}

static void
append_names (GString *card, RoundsRecord *person)
{
  const char *given = rounds_record_get_text (person, ROUNDS_PERSON_GIVEN_NAME);
  const char *credentials = rounds_record_get_text (person, ROUNDS_PERSON_CREDENTIALS);
  const char *suffix = rounds_record_get_text (person, ROUNDS_PERSON_SUFFIX);
  g_autofree char *suffixes =
    suffix != NULL && credentials != NULL ? g_strconcat (suffix, " ", credentials, NULL) : NULL;
  const char *name[] = {
    rounds_record_get_text (person, ROUNDS_PERSON_FAMILY_NAME),
    given,
    NULL, /* middle names are among the given ones */
    rounds_record_get_text (person, ROUNDS_PERSON_PREFIX),
    suffixes != NULL ? suffixes
    : suffix != NULL ? suffix
                     : credentials,
  };
  g_autofree char *title = rounds_record_get_title (person);

  append_text (card, "FN", title);
  append_components (card, "N", name, G_N_ELEMENTS (name));
}

/* "2026-01-31" is "20260131" in version 4 (ISO 8601 basic) and stays as it is in version 3. */
static char *
format_date (const char *date, RoundsVcardVersion version)
{
  g_auto (GStrv) parts = g_strsplit (date, "-", -1);

  return version == ROUNDS_VCARD_3 ? g_strdup (date) : g_strjoinv ("", parts);
}

static void
append_own (GString *card, RoundsVcardVersion version, RoundsRecord *person)
{
  static const char *const sexes[][2] = { { "female", "F" }, { "male", "M" }, { "other", "O" }, { "unknown", "U" } };
  const char *birth = rounds_record_get_text (person, ROUNDS_PERSON_BIRTH_DATE);
  const char *sex = rounds_record_get_text (person, ROUNDS_PERSON_SEX);

  append_text (card, version == ROUNDS_VCARD_3 ? "EMAIL;TYPE=INTERNET,WORK" : "EMAIL;TYPE=work",
               rounds_record_get_text (person, ROUNDS_PERSON_EMAIL));
  append_text (card, version == ROUNDS_VCARD_3 ? "TEL;TYPE=WORK,VOICE" : "TEL;TYPE=\"work,voice\"",
               rounds_record_get_text (person, ROUNDS_PERSON_PHONE));
  if (birth != NULL)
    {
      g_autofree char *date = format_date (birth, version);

      append_text (card, "BDAY", date);
    }
  for (guint i = 0; sex != NULL && i < G_N_ELEMENTS (sexes); i++)
    if (g_str_equal (sexes[i][0], sex))
      append_text (card, version == ROUNDS_VCARD_3 ? "X-GENDER" : "GENDER", sexes[i][1]);
  append_text (card, version == ROUNDS_VCARD_3 ? "X-LANGUAGE" : "LANG",
               rounds_record_get_text (person, ROUNDS_PERSON_LANGUAGE));
  /* Version 3 knows offsets alone unless it is told that this is a name. */
  append_text (card, version == ROUNDS_VCARD_3 ? "TZ;VALUE=text" : "TZ",
               rounds_record_get_text (person, ROUNDS_PERSON_TIME_ZONE));
}

static const char *
get_address_type (RoundsRecord *address, RoundsVcardVersion version)
{
  const char *kind = rounds_record_get_text (address, ROUNDS_ADDRESS_KIND);

  if (g_strcmp0 (kind, "home") == 0)
    return version == ROUNDS_VCARD_3 ? "ADR;TYPE=HOME" : "ADR;TYPE=home";
  if (g_strcmp0 (kind, "mailing") == 0)
    return version == ROUNDS_VCARD_3 ? "ADR;TYPE=POSTAL" : "ADR";
  return version == ROUNDS_VCARD_3 ? "ADR;TYPE=WORK" : "ADR;TYPE=work";
}

static gboolean
append_addresses (GString *card, RoundsVcardVersion version, RoundsRecordStore *store, guint owner,
                  RoundsRecord *contact, GError **error)
{
  g_autoptr (GPtrArray) addresses =
    rounds_export_list_current (store, ROUNDS_ENTITY_ADDRESS, owner, rounds_record_get_id (contact), error);

  if (addresses == NULL)
    return FALSE;
  for (guint i = 0; i < addresses->len; i++)
    {
      RoundsRecord *address = addresses->pdata[i];
      const char *components[] = {
        NULL, /* post office box and extended address: kept empty, as RFC 6350 wants it */
        NULL,
        rounds_record_get_text (address, ROUNDS_ADDRESS_LINES),
        rounds_record_get_text (address, ROUNDS_ADDRESS_CITY),
        rounds_record_get_text (address, ROUNDS_ADDRESS_REGION),
        rounds_record_get_text (address, ROUNDS_ADDRESS_POSTAL_CODE),
        rounds_record_get_text (address, ROUNDS_ADDRESS_COUNTRY),
      };

      append_components (card, get_address_type (address, version), components, G_N_ELEMENTS (components));
    }
  return TRUE;
}

static gboolean
append_practices (GString *card, RoundsRecordStore *store, RoundsRecordNames *names, RoundsRecord *person,
                  GError **error)
{
  g_autoptr (GPtrArray) affiliations = rounds_export_list_current (
    store, ROUNDS_ENTITY_AFFILIATION, ROUNDS_AFFILIATION_PERSON, rounds_record_get_id (person), error);

  if (affiliations == NULL)
    return FALSE;
  for (guint i = 0; i < affiliations->len; i++)
    {
      const char *organisation = rounds_record_names_get (
        names, store, ROUNDS_ENTITY_ORGANISATION,
        rounds_record_get_uuid (affiliations->pdata[i], ROUNDS_AFFILIATION_ORGANISATION), error);

      if (organisation == NULL)
        return FALSE;
      append_text (card, "ORG", organisation);
      append_text (card, "TITLE", rounds_record_get_text (affiliations->pdata[i], ROUNDS_AFFILIATION_JOB_TITLE));
    }
  return TRUE;
}

static gboolean
append_physician (GString *card, RoundsRecordStore *store, RoundsRecordNames *names, RoundsRecord *person,
                  GError **error)
{
  g_autoptr (GPtrArray) physicians = rounds_export_list_current (
    store, ROUNDS_ENTITY_PHYSICIAN, ROUNDS_PHYSICIAN_PERSON, rounds_record_get_id (person), error);
  RoundsRecord *physician;
  const char *specialization;

  if (physicians == NULL || physicians->len == 0)
    return physicians != NULL;
  physician = physicians->pdata[0];
  specialization = rounds_record_names_get (names, store, ROUNDS_ENTITY_SPECIALIZATION,
                                            rounds_record_get_uuid (physician, ROUNDS_PHYSICIAN_SPECIALIZATION), error);
  if (specialization == NULL)
    return FALSE;
  append_text (card, "ROLE", specialization);
  append_text (card, "X-NPI", rounds_record_get_text (physician, ROUNDS_PHYSICIAN_NPI));
  append_text (card, "X-LICENCE-NUMBER", rounds_record_get_text (physician, ROUNDS_PHYSICIAN_LICENCE_NUMBER));
  return TRUE;
}

static gboolean
append_roles (GString *card, RoundsRecordStore *store, RoundsRecord *person, GError **error)
{
  g_autoptr (GPtrArray) roles = rounds_export_list_current (store, ROUNDS_ENTITY_PERSON_ROLE, ROUNDS_PERSON_ROLE_PERSON,
                                                            rounds_record_get_id (person), error);
  g_autoptr (GString) list = g_string_new (NULL);

  if (roles == NULL)
    return FALSE;
  for (guint i = 0; i < roles->len; i++)
    g_string_append_printf (list, "%s%s", i > 0 ? "," : "",
                            rounds_record_get_text (roles->pdata[i], ROUNDS_PERSON_ROLE_TYPE));
  if (list->len > 0)
    append_line (card, "CATEGORIES", list->str);
  return TRUE;
}

/* When the card was true, so that of two cards of one person the newer one is known. */
static void
append_revision (GString *card, RoundsRecord *person)
{
  gint64 updated = rounds_record_get_integer (person, ROUNDS_FIELD_UPDATED_AT);
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_utc (updated / 1000);
  g_autofree char *text = moment != NULL ? g_date_time_format (moment, "%Y%m%dT%H%M%SZ") : NULL;

  append_text (card, "REV", text);
}

static gboolean
append_person (GString *card, RoundsVcardVersion version, RoundsRecordStore *store, RoundsRecordNames *names,
               RoundsRecord *person, GError **error)
{
  append_names (card, person);
  append_own (card, version, person);
  return append_addresses (card, version, store, ROUNDS_ADDRESS_PERSON, person, error)
         && append_practices (card, store, names, person, error) && append_physician (card, store, names, person, error)
         && append_roles (card, store, person, error);
}

static gboolean
append_organisation (GString *card, RoundsVcardVersion version, RoundsRecordStore *store, RoundsRecord *organisation,
                     GError **error)
{
  const char *name = rounds_record_get_text (organisation, ROUNDS_ORGANISATION_NAME);

  append_text (card, "FN", name);
  if (version == ROUNDS_VCARD_3)
    append_line (card, "N", ";;;;"); /* which version 3 wants of everybody */
  append_text (card, "ORG", name);
  append_text (card, version == ROUNDS_VCARD_3 ? "TEL;TYPE=WORK,VOICE" : "TEL;TYPE=\"work,voice\"",
               rounds_record_get_text (organisation, ROUNDS_ORGANISATION_PHONE));
  return append_addresses (card, version, store, ROUNDS_ADDRESS_ORGANISATION, organisation, error);
}

/**
 * rounds_vcard_append:
 * @card: grows by a card
 * @names: what practices and specializations are called
 * @contact: a person or an organisation
 * @error: (out) (optional): what the disk says
 *
 * Writes a contact with what is true of them today: addresses, practices, roles, the physician's numbers.
 */
gboolean
rounds_vcard_append (GString *card, RoundsVcardVersion version, RoundsRecordStore *store, RoundsRecordNames *names,
                     RoundsRecord *contact, GError **error)
{
  g_autofree char *id = rounds_uuid_to_string (rounds_record_get_id (contact));
  g_autofree char *urn = g_strconcat ("urn:uuid:", id, NULL);
  gboolean is_person = rounds_record_get_entity (contact) == ROUNDS_ENTITY_PERSON;

  g_string_append (card, "BEGIN:VCARD\r\n");
  append_line (card, "VERSION", version == ROUNDS_VCARD_3 ? "3.0" : "4.0");
  if (version == ROUNDS_VCARD_4)
    append_line (card, "KIND", is_person ? "individual" : "org");
  append_line (card, "UID", urn);
  if (!(is_person ? append_person (card, version, store, names, contact, error)
                  : append_organisation (card, version, store, contact, error)))
    return FALSE;
  append_revision (card, contact);
  g_string_append (card, "END:VCARD\r\n");
  return TRUE;
}
