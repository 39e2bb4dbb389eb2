/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "rounds-demo-private.h"

/* Phone numbers come from 555-0100 to 555-0199, which are kept for fiction (ATIS-0300115), addresses of email from
 * example.org (RFC 2606), and the NPIs have a check digit that no real one has. */

typedef struct
{
  const char *city;
  const char *region;
  const char *postal_code;
  const char *area_code;
} Place;

static const Place places[] = {
  { "Stamford", "CT", "06902", "203" },     { "Hartford", "CT", "06106", "860" },
  { "New Haven", "CT", "06511", "203" },    { "Albany", "NY", "12208", "518" },
  { "White Plains", "NY", "10601", "914" }, { "Syracuse", "NY", "13210", "315" },
  { "Springfield", "MA", "01199", "413" },  { "Worcester", "MA", "01655", "508" },
  { "Providence", "RI", "02903", "401" },   { "Portland", "ME", "04102", "207" },
  { "Burlington", "VT", "05401", "802" },   { "Manchester", "NH", "03104", "603" },
  { "Trenton", "NJ", "08638", "609" },      { "Newark", "NJ", "07103", "973" },
  { "Bridgeport", "CT", "06604", "203" },   { "Poughkeepsie", "NY", "12601", "845" },
};
static const char *const streets[] = { "Maple Avenue",   "Elm Street",    "Harbor Road", "Lincoln Street",
                                       "College Street", "Mill Lane",     "Park Avenue", "River Road",
                                       "Chapel Street",  "Orchard Drive", "High Street", "Union Square",
                                       "Forest Road",    "Prospect Place" };
static const char *const saints[] = { "St. Anselm", "St. Brigid", "Riverside", "Lakeview", "Northgate", "Fairhaven",
                                      "Old Mill",   "Eastbrook",  "Highfield", "Bayside",  "Greenacre", "Westmoor" };
static const char *const clinics[] = { "Clinic",        "Health Center",        "Family Practice",
                                       "Medical Group", "Neurology Associates", "Oncology Center" };
static const char *const hours[] = {
  "Tue and Thu after 12:30, by appointment", "Mornings before 9:00", "Lunch presentations only, book two weeks ahead",
  "Does not see reps; email first",          "Wed 14:00 to 16:00",   "First Monday of the month"
};
static const char *const jobs[] = { "Attending physician", "Head of department",    "Senior consultant", "Resident",
                                    "Practice owner",      "Principal investigator" };
static const char *const sources[] = { "Landing page", "Patient organization", "Physician referral", "Congress" };

static char *
make_phone (Demo *demo, const char *area_code, guint n)
{
  guint line = 100 + demo_random_below (&demo->random, 100);

  /* A hundred numbers for each area do not go far: further people are on extensions. */
  if (n > 1000)
    return g_strdup_printf ("+1 %s 555 0%u ext. %u", area_code, line, n);
  return g_strdup_printf ("+1 %s 555 0%u", area_code, line);
}

static char *
make_email (Demo *demo, const char *given, const char *family)
{
  g_autofree char *name = g_strconcat (given, ".", family, NULL);
  g_autofree char *folded = rounds_text_fold (name);
  g_autoptr (GString) local = g_string_new (NULL);
  gsize length;

  for (const char *p = folded; *p != '\0'; p++)
    if (g_ascii_isalnum (*p) || *p == '.')
      g_string_append_c (local, *p);
  length = local->len;
  for (guint n = 2; g_hash_table_contains (demo->emails, local->str); n++)
    {
      g_string_truncate (local, length);
      g_string_append_printf (local, "%u", n);
    }
  g_hash_table_add (demo->emails, g_strdup (local->str));
  return g_strconcat (local->str, "@example.org", NULL);
}

/* Ten digits whose check digit is wrong on purpose, so that they are nobody's. */
static char *
make_npi (Demo *demo)
{
  char digits[11] = "1";
  guint sum = 24;

  for (guint i = 1; i < 9; i++)
    digits[i] = (char) ('0' + demo_random_below (&demo->random, 10));
  for (guint i = 0; i < 9; i++)
    {
      guint digit = (guint) (digits[i] - '0');

      if (i % 2 == 0)
        digit = digit > 4 ? 2 * digit - 9 : 2 * digit;
      sum += digit;
    }
  digits[9] = (char) ('0' + (10 - sum % 10 + 5) % 10);
  return g_strdup (digits);
}

static gboolean
write_address (Demo *demo, guint owner_field, const RoundsUuid *owner, const char *kind, const char *lines,
               const char *city, const char *region, const char *postal_code, gint64 at, GError **error)
{
  g_autoptr (RoundsRecord) address = demo_record_new (demo, ROUNDS_ENTITY_ADDRESS, at);

  rounds_record_set_uuid (address, owner_field, owner);
  rounds_record_set_text (address, ROUNDS_ADDRESS_KIND, kind);
  rounds_record_set_text (address, ROUNDS_ADDRESS_LINES, lines);
  rounds_record_set_text (address, ROUNDS_ADDRESS_CITY, city);
  rounds_record_set_text (address, ROUNDS_ADDRESS_REGION, region);
  rounds_record_set_text (address, ROUNDS_ADDRESS_POSTAL_CODE, postal_code);
  rounds_record_set_text (address, ROUNDS_ADDRESS_COUNTRY, "US");
  return demo_save (demo, address, error);
}

gboolean
demo_write_organisations (Demo *demo, guint count, GError **error)
{
  gint64 at = demo->now - 729 * ROUNDS_DAY;

  for (guint i = 0; i < count; i++)
    {
      g_autoptr (RoundsRecord) record = demo_record_new (demo, ROUNDS_ENTITY_ORGANISATION, at);
      const Place *place = &places[demo_random_below (&demo->random, G_N_ELEMENTS (places))];
      gboolean hospital = demo_random_chance (&demo->random, 35);
      const char *first =
        demo_random_chance (&demo->random, 30) ? place->city : demo_random_pick (&demo->random, saints);
      const char *second = hospital ? "Hospital" : demo_random_pick (&demo->random, clinics);
      g_autofree char *phone = make_phone (demo, place->area_code, i);
      DemoOrganisation organisation = { .id = *rounds_record_get_id (record),
                                        .city = place->city,
                                        .region = place->region,
                                        .postal_code = place->postal_code };

      organisation.name = g_strdup_printf ("%s %s", first, second);
      organisation.lines = g_strdup_printf ("%d %s", demo_random_between (&demo->random, 1, 480),
                                            demo_random_pick (&demo->random, streets));
      g_array_append_val (demo->organisations, organisation);

      rounds_record_set_text (record, ROUNDS_ORGANISATION_NAME, organisation.name);
      rounds_record_set_text (record, ROUNDS_ORGANISATION_KIND, hospital ? "hospital" : "clinic");
      rounds_record_set_text (record, ROUNDS_ORGANISATION_PHONE, phone);
      if (!demo_save (demo, record, error)
          || !write_address (demo, ROUNDS_ADDRESS_ORGANISATION, &organisation.id, "practice", organisation.lines,
                             organisation.city, organisation.region, organisation.postal_code, at, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_role (Demo *demo, const DemoPerson *person, const char *type, gint64 at, GError **error)
{
  g_autoptr (RoundsRecord) role = demo_record_new (demo, ROUNDS_ENTITY_PERSON_ROLE, at);

  rounds_record_set_uuid (role, ROUNDS_PERSON_ROLE_PERSON, &person->id);
  rounds_record_set_text (role, ROUNDS_PERSON_ROLE_TYPE, type);
  return demo_save (demo, role, error);
}

static gboolean
write_consents (Demo *demo, const DemoPerson *person, gint64 at, GError **error)
{
  static const char *const channels[] = { "email", "phone", "virtual" };

  for (guint i = 0; i < G_N_ELEMENTS (channels); i++)
    {
      g_autoptr (RoundsRecord) consent = NULL;

      if (!demo_random_chance (&demo->random, 25))
        continue;
      consent = demo_record_new (demo, ROUNDS_ENTITY_CONSENT, at);
      rounds_record_set_uuid (consent, ROUNDS_CONSENT_PERSON, &person->id);
      rounds_record_set_text (consent, ROUNDS_CONSENT_CHANNEL, channels[i]);
      rounds_record_set_text (consent, ROUNDS_CONSENT_PURPOSE, "medical");
      rounds_record_set_text (consent, ROUNDS_CONSENT_STATE,
                              demo_random_chance (&demo->random, 85) ? "granted" : "withdrawn");
      rounds_record_set_integer (consent, ROUNDS_CONSENT_OBTAINED_AT, at);
      rounds_record_set_integer (consent, ROUNDS_CONSENT_EXPIRES_AT, at + 3 * 365 * ROUNDS_DAY);
      rounds_record_set_text (consent, ROUNDS_CONSENT_EVIDENCE, "Signed form");
      if (!demo_save (demo, consent, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_physician (Demo *demo, DemoPerson *person, gint64 at, GError **error)
{
  g_autoptr (RoundsRecord) physician = demo_record_new (demo, ROUNDS_ENTITY_PHYSICIAN, at);
  g_autoptr (RoundsRecord) affiliation = NULL;
  g_autofree char *npi = make_npi (demo);
  const DemoOrganisation *organisation =
    &g_array_index (demo->organisations, DemoOrganisation, (guint) person->organisation);

  person->role = *rounds_record_get_id (physician);
  rounds_record_set_uuid (physician, ROUNDS_PHYSICIAN_PERSON, &person->id);
  rounds_record_set_text (physician, ROUNDS_PHYSICIAN_NPI, npi);
  rounds_record_set_uuid (
    physician, ROUNDS_PHYSICIAN_SPECIALIZATION,
    &g_array_index (demo->specialities, RoundsUuid, demo_random_below (&demo->random, demo->specialities->len)));
  if (demo_random_chance (&demo->random, 40))
    rounds_record_set_text (physician, ROUNDS_PHYSICIAN_SEES_REPS, demo_random_pick (&demo->random, hours));

  affiliation = demo_record_new (demo, ROUNDS_ENTITY_AFFILIATION, at);
  rounds_record_set_uuid (affiliation, ROUNDS_AFFILIATION_PERSON, &person->id);
  rounds_record_set_uuid (affiliation, ROUNDS_AFFILIATION_ORGANISATION, &organisation->id);
  rounds_record_set_text (affiliation, ROUNDS_AFFILIATION_JOB_TITLE, demo_random_pick (&demo->random, jobs));
  rounds_record_set_integer (affiliation, ROUNDS_AFFILIATION_IS_PRIMARY, TRUE);

  return write_role (demo, person, "physician", at, error) && demo_save (demo, physician, error)
         && write_address (demo, ROUNDS_ADDRESS_PERSON, &person->id, "practice", organisation->lines,
                           organisation->city, organisation->region, organisation->postal_code, at, error)
         && demo_save (demo, affiliation, error) && write_consents (demo, person, at, error);
}

/* A physician among those made so far; -1 if there is none yet. */
static int
find_physician (Demo *demo)
{
  for (guint tries = 0; tries < 20 && demo->people->len > 0; tries++)
    {
      guint i = demo_random_below (&demo->random, demo->people->len);

      if (g_array_index (demo->people, DemoPerson, i).kind == DEMO_PHYSICIAN)
        return (int) i;
    }
  return -1;
}

static gboolean
write_patient (Demo *demo, DemoPerson *person, gint64 at, int days_known, GError **error)
{
  g_autoptr (RoundsRecord) patient = demo_record_new (demo, ROUNDS_ENTITY_PATIENT, at);
  g_autofree char *first = demo_local_date (demo, -days_known);
  g_autofree char *consult = demo_local_date (demo, -days_known + 10);
  int physician = find_physician (demo);

  person->role = *rounds_record_get_id (patient);
  rounds_record_set_uuid (patient, ROUNDS_PATIENT_PERSON, &person->id);
  rounds_record_set_uuid (patient, ROUNDS_PATIENT_CONDITION,
                          &g_array_index (demo->conditions, RoundsUuid, (guint) person->condition));
  rounds_record_set_text (patient, ROUNDS_PATIENT_FIRST_CONTACT_DATE, first);
  rounds_record_set_text (patient, ROUNDS_PATIENT_INITIAL_CONSULT_DATE, consult);
  rounds_record_set_text (patient, ROUNDS_PATIENT_STATUS,
                          demo_random_chance (&demo->random, 90) ? "active" : "inactive");
  if (!write_role (demo, person, "patient", at, error) || !demo_save (demo, patient, error))
    return FALSE;

  if (physician >= 0)
    {
      g_autoptr (RoundsRecord) link = demo_record_new (demo, ROUNDS_ENTITY_PATIENT_PHYSICIAN, at);

      rounds_record_set_uuid (link, ROUNDS_PATIENT_PHYSICIAN_PATIENT, &person->role);
      rounds_record_set_uuid (link, ROUNDS_PATIENT_PHYSICIAN_PHYSICIAN,
                              &g_array_index (demo->people, DemoPerson, (guint) physician).role);
      rounds_record_set_text (link, ROUNDS_PATIENT_PHYSICIAN_TYPE, "treating");
      rounds_record_set_integer (link, ROUNDS_PATIENT_PHYSICIAN_IS_PRIMARY, TRUE);
      rounds_record_set_text (link, ROUNDS_PATIENT_PHYSICIAN_VALID_FROM, first);
      if (!demo_save (demo, link, error))
        return FALSE;
    }
  return demo_write_journeys (demo, person, error);
}

static gboolean
write_lead (Demo *demo, const DemoPerson *person, gint64 at, GError **error)
{
  g_autoptr (RoundsRecord) lead = demo_record_new (demo, ROUNDS_ENTITY_PATIENT_LEAD, at);

  rounds_record_set_uuid (lead, ROUNDS_PATIENT_LEAD_PERSON, &person->id);
  rounds_record_set_text (lead, ROUNDS_PATIENT_LEAD_SOURCE, demo_random_pick (&demo->random, sources));
  rounds_record_set_uuid (lead, ROUNDS_PATIENT_LEAD_CONDITION,
                          &g_array_index (demo->conditions, RoundsUuid, (guint) person->condition));
  rounds_record_set_text (lead, ROUNDS_PATIENT_LEAD_STATUS,
                          demo_random_chance (&demo->random, 50) ? "new" : "contacted");
  return write_role (demo, person, "lead", at, error) && demo_save (demo, lead, error);
}

static gboolean
write_rep (Demo *demo, const DemoPerson *person, gint64 at, GError **error)
{
  g_autoptr (RoundsRecord) staff = demo_record_new (demo, ROUNDS_ENTITY_STAFF, at);

  demo->staff = *rounds_record_get_id (staff);
  demo->has_staff = TRUE;
  rounds_record_set_uuid (staff, ROUNDS_STAFF_PERSON, &person->id);
  rounds_record_set_text (staff, ROUNDS_STAFF_ROLE, "rep");
  return write_role (demo, person, "staff", at, error) && demo_save (demo, staff, error);
}

static DemoKind
choose_kind (Demo *demo)
{
  guint dice = demo_random_below (&demo->random, 100);

  return dice < 80 ? DEMO_PHYSICIAN : dice < 92 ? DEMO_PATIENT : dice < 97 ? DEMO_LEAD : DEMO_CAREGIVER;
}

/* The person's own record. */
static RoundsRecord *
make_person (Demo *demo, DemoPerson *person, guint n, gint64 at)
{
  static const char *const credentials[] = { "MD", "MD", "MD", "DO", "MD, PhD", "NP", "PA-C" };
  RoundsRecord *record = demo_record_new (demo, ROUNDS_ENTITY_PERSON, at);
  gboolean female = demo_random_chance (&demo->random, 50);
  const char *area = places[demo_random_below (&demo->random, G_N_ELEMENTS (places))].area_code;
  g_autofree char *phone = make_phone (demo, area, n);
  g_autofree char *email = NULL;
  const char *given;
  const char *family;

  demo_pick_name (&demo->random, female, &given, &family);
  email = make_email (demo, given, family);
  person->id = *rounds_record_get_id (record);
  person->name = g_strdup_printf ("%s %s", given, family);
  rounds_record_set_text (record, ROUNDS_PERSON_GIVEN_NAME, given);
  rounds_record_set_text (record, ROUNDS_PERSON_FAMILY_NAME, family);
  rounds_record_set_text (record, ROUNDS_PERSON_SEX, female ? "female" : "male");
  rounds_record_set_text (record, ROUNDS_PERSON_PHONE, phone);
  if (demo_random_chance (&demo->random, 80))
    rounds_record_set_text (record, ROUNDS_PERSON_EMAIL, email);
  if (person->kind == DEMO_PHYSICIAN)
    {
      rounds_record_set_text (record, ROUNDS_PERSON_PREFIX, "Dr.");
      rounds_record_set_text (record, ROUNDS_PERSON_CREDENTIALS, demo_random_pick (&demo->random, credentials));
    }
  else if (person->kind == DEMO_PATIENT)
    {
      g_autofree char *birth =
        g_strdup_printf ("%d-%02d-%02d", demo_random_between (&demo->random, 1944, 2018),
                         demo_random_between (&demo->random, 1, 12), demo_random_between (&demo->random, 1, 28));

      rounds_record_set_text (record, ROUNDS_PERSON_BIRTH_DATE, birth);
    }
  return record;
}

static gboolean
write_person (Demo *demo, DemoPerson *person, guint n, GError **error)
{
  int days_known = demo_random_between (&demo->random, 40, 720);
  gint64 at = demo->now - days_known * ROUNDS_DAY;
  g_autoptr (RoundsRecord) record = make_person (demo, person, n, at);

  rounds_record_store_begin_group (demo->store);
  if (!demo_save (demo, record, error))
    return FALSE;

  switch (person->kind)
    {
    case DEMO_PHYSICIAN:
      return write_physician (demo, person, at, error);
    case DEMO_PATIENT:
      return write_patient (demo, person, at, days_known, error);
    case DEMO_LEAD:
      return write_lead (demo, person, at, error);
    case DEMO_CAREGIVER:
      return write_role (demo, person, "caregiver", at, error);
    case DEMO_REP:
      return write_rep (demo, person, at, error);
    default:
      g_assert_not_reached ();
    }
}

gboolean
demo_write_people (Demo *demo, guint count, gboolean with_rep, GError **error)
{
  for (guint i = 0; i < count; i++)
    {
      DemoPerson person = { .organisation = -1, .condition = -1 };

      person.kind = i == 0 && with_rep ? DEMO_REP : i < 4 ? DEMO_PHYSICIAN : choose_kind (demo);
      if (person.kind == DEMO_PHYSICIAN)
        person.organisation = (int) demo_random_below (&demo->random, demo->organisations->len);
      if (person.kind == DEMO_PATIENT || person.kind == DEMO_LEAD)
        person.condition = (int) demo_random_below (&demo->random, demo_n_conditions);
      if (!write_person (demo, &person, i, error))
        {
          g_free (person.name);
          return FALSE;
        }
      g_array_append_val (demo->people, person);
      if (!demo_step (demo, 1, error))
        return FALSE;
    }
  return TRUE;
}
