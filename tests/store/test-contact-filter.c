/* SPDX-License-Identifier: GPL-3.0-or-later */

/* If these fail, a rep does not find somebody who is there, or counts people who are not. */

#include <glib/gstdio.h>

#include "rounds-contact-facts.h"
#include "rounds-contact-filter.h"
#include "rounds-error.h"
#include "rounds-record-store-private.h"
#include "rounds-sqlite-database.h"
#include "rounds-time.h"

#define NOW (G_GINT64_CONSTANT (1772323200000)) /* 2026-03-01, midnight UTC */

typedef struct
{
  RoundsRecordStore *store;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsSqliteDatabase) database =
    rounds_sqlite_database_open (":memory:", NULL, ROUNDS_OPEN_CREATE, &error);

  g_assert_no_error (error);
  fixture->store = rounds_record_store_new (ROUNDS_DATABASE (database), ROUNDS_ROLE_DEVICE, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->store);
}

static void
save (Fixture *fixture, RoundsRecord *record)
{
  g_autoptr (GError) error = NULL;

  rounds_record_store_save (fixture->store, record, &error);
  g_assert_no_error (error);
}

static RoundsRecord *
add_person (Fixture *fixture, const char *given, const char *family)
{
  RoundsRecord *person = rounds_record_new (ROUNDS_ENTITY_PERSON);

  rounds_record_set_text (person, ROUNDS_PERSON_GIVEN_NAME, given);
  rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, family);
  save (fixture, person);
  return person;
}

static RoundsRecord *
add_organisation (Fixture *fixture, const char *name)
{
  RoundsRecord *organisation = rounds_record_new (ROUNDS_ENTITY_ORGANISATION);

  rounds_record_set_text (organisation, ROUNDS_ORGANISATION_NAME, name);
  save (fixture, organisation);
  return organisation;
}

static RoundsRecord *
new_part (RoundsEntity entity, guint field, RoundsRecord *of)
{
  RoundsRecord *part = rounds_record_new (entity);

  rounds_record_set_uuid (part, field, rounds_record_get_id (of));
  return part;
}

static void
add_city (Fixture *fixture, RoundsRecord *of, const char *city, const char *postal_code)
{
  guint field =
    rounds_record_get_entity (of) == ROUNDS_ENTITY_PERSON ? ROUNDS_ADDRESS_PERSON : ROUNDS_ADDRESS_ORGANISATION;
  g_autoptr (RoundsRecord) address = new_part (ROUNDS_ENTITY_ADDRESS, field, of);

  rounds_record_set_text (address, ROUNDS_ADDRESS_CITY, city);
  rounds_record_set_text (address, ROUNDS_ADDRESS_POSTAL_CODE, postal_code);
  save (fixture, address);
}

static void
add_visit (Fixture *fixture, RoundsRecord *person, gint64 days_ago, const char *outcome)
{
  g_autoptr (RoundsRecord) visit = new_part (ROUNDS_ENTITY_INTERACTION, ROUNDS_INTERACTION_PERSON, person);

  rounds_record_set_text (visit, ROUNDS_INTERACTION_HCP_NAME, "X");
  rounds_record_set_integer (visit, ROUNDS_INTERACTION_OCCURRED_AT, NOW - days_ago * ROUNDS_DAY);
  rounds_record_set_text (visit, ROUNDS_INTERACTION_OUTCOME, outcome);
  save (fixture, visit);
}

static void
add_consent (Fixture *fixture, RoundsRecord *person, const char *state, gint64 obtained_at)
{
  g_autoptr (RoundsRecord) consent = new_part (ROUNDS_ENTITY_CONSENT, ROUNDS_CONSENT_PERSON, person);

  rounds_record_set_text (consent, ROUNDS_CONSENT_CHANNEL, "email");
  rounds_record_set_text (consent, ROUNDS_CONSENT_STATE, state);
  rounds_record_set_integer (consent, ROUNDS_CONSENT_OBTAINED_AT, obtained_at);
  save (fixture, consent);
}

/* The names that the filter shows, in its order, joined. */
static char *
show (Fixture *fixture, RoundsContactFilter *filter)
{
  g_autoptr (RoundsQuery) query = rounds_contact_filter_to_query (filter, NOW);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = rounds_record_store_list (fixture->store, query, &error);
  GString *names = g_string_new (NULL);

  g_assert_no_error (error);
  g_assert_cmpint (rounds_record_store_count (fixture->store, query, NULL), ==, records->len);
  for (guint i = 0; i < records->len; i++)
    {
      g_autofree char *name = rounds_record_get_title (records->pdata[i]);

      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", name);
    }
  return g_string_free_and_steal (names);
}

static void
assert_shows (Fixture *fixture, RoundsContactFilter *filter, const char *names)
{
  g_autofree char *shown = show (fixture, filter);

  g_assert_cmpstr (shown, ==, names);
}

static void
assert_found (Fixture *fixture, const char *words, const char *names)
{
  RoundsContactFilter filter = { .words = (char *) words };

  assert_shows (fixture, &filter, names);
}

static void
test_one_list (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) second = add_person (fixture, "Ama", "Osei");
  g_autoptr (RoundsRecord) first = add_person (fixture, "Zoë", "Ávila");
  g_autoptr (RoundsRecord) clinic = add_organisation (fixture, "Mercy Clinic");
  RoundsContactFilter filter = { 0 };
  g_autoptr (RoundsQuery) query = rounds_contact_filter_to_query (&filter, NOW);
  g_autoptr (GArray) sections = g_array_new (FALSE, FALSE, sizeof (RoundsKeySection));
  g_autoptr (GArray) keys = rounds_record_store_list_keys_in_sections (fixture->store, query, sections, NULL);

  assert_shows (fixture, &filter, "Zoë Ávila, Mercy Clinic, Ama Osei");
  g_assert_cmpuint (keys->len, ==, 3);
  g_assert_cmpuint (sections->len, ==, 3);
  g_assert_cmpuint (g_array_index (sections, RoundsKeySection, 1).letter, ==, 'M');
  filter.kind = ROUNDS_CONTACTS_PEOPLE;
  assert_shows (fixture, &filter, "Zoë Ávila, Ama Osei");
  filter.descending = TRUE;
  assert_shows (fixture, &filter, "Ama Osei, Zoë Ávila");
  filter.kind = ROUNDS_CONTACTS_ORGANISATIONS;
  assert_shows (fixture, &filter, "Mercy Clinic");
}

/* By name, organisation, city, email, phone and NPI; names first. */
static void
test_words (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) boston = add_person (fixture, "Zack", "Bostonian");
  g_autoptr (RoundsRecord) person = add_person (fixture, "Ama", "Osei");
  g_autoptr (RoundsRecord) clinic = add_organisation (fixture, "Mercy Clinic");
  g_autoptr (RoundsRecord) works = new_part (ROUNDS_ENTITY_AFFILIATION, ROUNDS_AFFILIATION_PERSON, person);
  g_autoptr (RoundsRecord) physician = new_part (ROUNDS_ENTITY_PHYSICIAN, ROUNDS_PHYSICIAN_PERSON, person);

  rounds_record_set_uuid (works, ROUNDS_AFFILIATION_ORGANISATION, rounds_record_get_id (clinic));
  save (fixture, works);
  rounds_record_set_text (physician, ROUNDS_PHYSICIAN_NPI, "1932106788");
  save (fixture, physician);
  rounds_record_set_text (person, ROUNDS_PERSON_PHONE, "+1 (508) 555-0100");
  rounds_record_set_text (person, ROUNDS_PERSON_EMAIL, "ama@osei.example");
  save (fixture, person);
  add_city (fixture, person, "Boston", "02108");

  assert_found (fixture, "óse", "Ama Osei");
  assert_found (fixture, "bos", "Zack Bostonian, Ama Osei");
  assert_found (fixture, "mercy", "Mercy Clinic, Ama Osei");
  assert_found (fixture, "os mercy", "Ama Osei");
  assert_found (fixture, "boston ama", "Ama Osei");
  assert_found (fixture, "ama@osei", "Ama Osei");
  assert_found (fixture, "508 555-01", "Ama Osei");
  assert_found (fixture, "1932", "Ama Osei");
  assert_found (fixture, "bo", "Zack Bostonian"); /* of two letters there are too many places */
  assert_found (fixture, "worcester", "");
  assert_found (fixture, "%", "");
  assert_found (fixture, "  ", "Zack Bostonian, Mercy Clinic, Ama Osei");
}

static void
test_role (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) now = add_person (fixture, "Ama", "Osei");
  g_autoptr (RoundsRecord) once = add_person (fixture, "Wei", "Chen");
  g_autoptr (RoundsRecord) clinic = add_organisation (fixture, "Mercy Clinic");
  g_autoptr (RoundsRecord) role = new_part (ROUNDS_ENTITY_PERSON_ROLE, ROUNDS_PERSON_ROLE_PERSON, now);
  g_autoptr (RoundsRecord) ended = new_part (ROUNDS_ENTITY_PERSON_ROLE, ROUNDS_PERSON_ROLE_PERSON, once);
  RoundsContactFilter filter = { .role = (char *) "physician" };

  rounds_record_set_text (role, ROUNDS_PERSON_ROLE_TYPE, "physician");
  rounds_record_set_text (ended, ROUNDS_PERSON_ROLE_TYPE, "physician");
  rounds_record_set_text (ended, ROUNDS_PERSON_ROLE_VALID_TO, "2026-01-01");
  save (fixture, role);
  save (fixture, ended);
  assert_shows (fixture, &filter, "Ama Osei");
  filter.words = (char *) "chen";
  assert_shows (fixture, &filter, "");
}

static void
test_place (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = add_person (fixture, "Ama", "Osei");
  g_autoptr (RoundsRecord) other = add_person (fixture, "Wei", "Chen");
  g_autoptr (RoundsRecord) clinic = add_organisation (fixture, "Mercy Clinic");
  RoundsContactFilter filter = { .place = (char *) "new yo" };

  add_city (fixture, person, "New York", "10001");
  add_city (fixture, other, "Zürich", "8001");
  add_city (fixture, clinic, "New York", "10002");
  assert_shows (fixture, &filter, "Mercy Clinic, Ama Osei");
  filter.place = (char *) "Zur";
  assert_shows (fixture, &filter, "Wei Chen");
  filter.place = (char *) "1000";
  assert_shows (fixture, &filter, "Mercy Clinic, Ama Osei");
  filter.place = NULL;
  filter.order = ROUNDS_CONTACTS_BY_PLACE;
  assert_shows (fixture, &filter, "Mercy Clinic, Ama Osei, Wei Chen");
}

static void
add_specialty (Fixture *fixture, RoundsRecord *person, const char *name)
{
  g_autoptr (RoundsRecord) specialty = rounds_record_new (ROUNDS_ENTITY_SPECIALIZATION);
  g_autoptr (RoundsRecord) physician = new_part (ROUNDS_ENTITY_PHYSICIAN, ROUNDS_PHYSICIAN_PERSON, person);

  rounds_record_set_text (specialty, ROUNDS_SPECIALIZATION_NAME, name);
  save (fixture, specialty);
  rounds_record_set_uuid (physician, ROUNDS_PHYSICIAN_SPECIALIZATION, rounds_record_get_id (specialty));
  save (fixture, physician);
}

/* An accent does not put a letter behind all others. */
static void
test_accents (Fixture *fixture, gconstpointer data)
{
  static const char *const cities[] = { "Zagreb", "Évora", "Aarau" };
  static const char *const specialties[] = { "Psychiatry", "Öffentliche Gesundheit", "Cardiology" };
  RoundsContactFilter filter = { .order = ROUNDS_CONTACTS_BY_PLACE };

  for (guint i = 0; i < G_N_ELEMENTS (cities); i++)
    {
      static const char *const names[] = { "Chen", "Mensah", "Osei" };
      g_autoptr (RoundsRecord) person = add_person (fixture, "Dr.", names[i]);

      add_city (fixture, person, cities[i], "1000");
      add_specialty (fixture, person, specialties[i]);
    }
  assert_shows (fixture, &filter, "Dr. Osei, Dr. Mensah, Dr. Chen");
  filter.order = ROUNDS_CONTACTS_BY_SPECIALTY;
  assert_shows (fixture, &filter, "Dr. Osei, Dr. Mensah, Dr. Chen");
}

static void
test_specialty_and_territory (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = add_person (fixture, "Ama", "Osei");
  g_autoptr (RoundsRecord) other = add_person (fixture, "Wei", "Chen");
  g_autoptr (RoundsRecord) north = rounds_record_new (ROUNDS_ENTITY_TERRITORY);
  g_autoptr (RoundsRecord) cardiology = rounds_record_new (ROUNDS_ENTITY_SPECIALIZATION);
  g_autoptr (RoundsRecord) physician = new_part (ROUNDS_ENTITY_PHYSICIAN, ROUNDS_PHYSICIAN_PERSON, person);
  RoundsContactFilter filter = { 0 };

  rounds_record_set_text (north, ROUNDS_TERRITORY_NAME, "North");
  rounds_record_set_text (cardiology, ROUNDS_SPECIALIZATION_NAME, "Cardiology");
  save (fixture, north);
  save (fixture, cardiology);
  rounds_record_set_uuid (physician, ROUNDS_PHYSICIAN_SPECIALIZATION, rounds_record_get_id (cardiology));
  save (fixture, physician);
  rounds_record_set_uuid (other, ROUNDS_FIELD_TERRITORY, rounds_record_get_id (north));
  save (fixture, other);

  filter.specialty = *rounds_record_get_id (cardiology);
  assert_shows (fixture, &filter, "Ama Osei");
  filter.territory = *rounds_record_get_id (north);
  assert_shows (fixture, &filter, "");
  filter.specialty = (RoundsUuid) { { 0 } };
  assert_shows (fixture, &filter, "Wei Chen");

  filter.territory = (RoundsUuid) { { 0 } };
  filter.order = ROUNDS_CONTACTS_BY_SPECIALTY;
  assert_shows (fixture, &filter, "Ama Osei, Wei Chen");
  filter.order = ROUNDS_CONTACTS_BY_TERRITORY;
  assert_shows (fixture, &filter, "Wei Chen, Ama Osei");
}

/* What came to nothing is no meeting; who was there as well was seen. */
static void
test_seen (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) lately = add_person (fixture, "A", "Lately");
  g_autoptr (RoundsRecord) once = add_person (fixture, "B", "Once");
  g_autoptr (RoundsRecord) tried = add_person (fixture, "C", "Tried");
  g_autoptr (RoundsRecord) with = add_person (fixture, "D", "With");
  g_autoptr (RoundsRecord) visit = new_part (ROUNDS_ENTITY_INTERACTION, ROUNDS_INTERACTION_PERSON, lately);
  g_autoptr (RoundsRecord) attendee = NULL;
  RoundsContactFilter filter = { .seen = ROUNDS_SEEN_NEVER };

  rounds_record_set_text (visit, ROUNDS_INTERACTION_HCP_NAME, "X");
  rounds_record_set_integer (visit, ROUNDS_INTERACTION_OCCURRED_AT, NOW - 3 * ROUNDS_DAY);
  save (fixture, visit);
  attendee = new_part (ROUNDS_ENTITY_INTERACTION_ATTENDEE, ROUNDS_INTERACTION_ATTENDEE_INTERACTION, visit);
  rounds_record_set_uuid (attendee, ROUNDS_INTERACTION_ATTENDEE_PERSON, rounds_record_get_id (with));
  save (fixture, attendee);
  add_visit (fixture, once, 200, "met");
  add_visit (fixture, tried, 1, "no_access");

  assert_shows (fixture, &filter, "C Tried");
  filter.seen = ROUNDS_SEEN_WITHIN;
  filter.days = 30;
  assert_shows (fixture, &filter, "A Lately, D With");
  filter.seen = ROUNDS_SEEN_NOT_WITHIN;
  assert_shows (fixture, &filter, "B Once, C Tried");
  filter.seen = ROUNDS_SEEN_ANY;
  filter.order = ROUNDS_CONTACTS_BY_LAST_SEEN;
  filter.descending = TRUE;
  assert_shows (fixture, &filter, "A Lately, D With, B Once, C Tried");
  filter.descending = FALSE;
  assert_shows (fixture, &filter, "B Once, A Lately, D With, C Tried");
}

static void
test_consent (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) yes = add_person (fixture, "A", "Yes");
  g_autoptr (RoundsRecord) no_more = add_person (fixture, "B", "Nomore");
  g_autoptr (RoundsRecord) none = add_person (fixture, "C", "None");
  RoundsContactFilter filter = { .consent_channel = (char *) "email", .consent_state = (char *) "granted" };

  add_consent (fixture, yes, "granted", 1000);
  add_consent (fixture, no_more, "granted", 1000);
  add_consent (fixture, no_more, "withdrawn", 2000);
  assert_shows (fixture, &filter, "A Yes");
  filter.consent_state = (char *) "withdrawn";
  assert_shows (fixture, &filter, "B Nomore");
  filter.consent_state = (char *) "none";
  assert_shows (fixture, &filter, "C None");
}

static void
test_json (void)
{
  RoundsContactFilter filter = { .kind = ROUNDS_CONTACTS_PEOPLE,
                                 .words = (char *) "a \"b\"",
                                 .role = (char *) "lead",
                                 .place = (char *) "Zürich",
                                 .seen = ROUNDS_SEEN_NOT_WITHIN,
                                 .days = 90,
                                 .consent_channel = (char *) "sms",
                                 .consent_state = (char *) "none",
                                 .order = ROUNDS_CONTACTS_BY_PLACE,
                                 .descending = TRUE };
  g_autofree char *json = NULL;
  g_autoptr (RoundsContactFilter) read = NULL;
  g_autoptr (GError) error = NULL;

  filter.specialty = rounds_uuid_new ();
  json = rounds_contact_filter_to_json (&filter);
  read = rounds_contact_filter_from_json (json, &error);
  g_assert_no_error (error);
  g_assert_true (rounds_contact_filter_equal (&filter, read));
  g_assert_cmpstr (read->place, ==, "Zürich");
  g_assert_cmpuint (read->days, ==, 90);

  g_clear_pointer (&read, rounds_contact_filter_free);
  read = rounds_contact_filter_from_json ("{\"kind\":\"robots\",\"new\":1,\"role\":\"lead\"}", &error);
  g_assert_no_error (error);
  g_assert_cmpint (read->kind, ==, ROUNDS_CONTACTS_ALL);
  g_assert_cmpstr (read->role, ==, "lead");
  g_assert_null (rounds_contact_filter_from_json ("[]", &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID);
}

static void
test_facts (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = add_person (fixture, "Ama", "Osei");
  g_autoptr (RoundsRecord) clinic = add_organisation (fixture, "Mercy Clinic");
  g_autoptr (RoundsRecord) works = new_part (ROUNDS_ENTITY_AFFILIATION, ROUNDS_AFFILIATION_PERSON, person);
  g_autoptr (RoundsContactFacts) facts = NULL;
  g_autoptr (RoundsContactFacts) of_clinic = NULL;

  rounds_record_set_uuid (works, ROUNDS_AFFILIATION_ORGANISATION, rounds_record_get_id (clinic));
  save (fixture, works);
  add_city (fixture, person, "Boston", NULL);
  add_visit (fixture, person, 10, NULL);
  add_visit (fixture, person, 5, "not_reached");
  facts = rounds_contact_facts_read (fixture->store, person, NULL);
  g_assert_cmpstr (facts->organisation, ==, "Mercy Clinic");
  g_assert_cmpstr (facts->city, ==, "Boston");
  g_assert_cmpint (facts->last_seen, ==, NOW - 10 * ROUNDS_DAY);
  g_assert_null (facts->specialty);
  of_clinic = rounds_contact_facts_read (fixture->store, clinic, NULL);
  g_assert_cmpint (of_clinic->last_seen, ==, NOW - 10 * ROUNDS_DAY);
  g_assert_cmpstr (of_clinic->role, ==, "clinic");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/contact-filter/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("one-list", test_one_list);
  ADD ("words", test_words);
  ADD ("role", test_role);
  ADD ("place", test_place);
  ADD ("accents", test_accents);
  ADD ("specialty-and-territory", test_specialty_and_territory);
  ADD ("seen", test_seen);
  ADD ("consent", test_consent);
  ADD ("facts", test_facts);
  g_test_add_func ("/contact-filter/json", test_json);
  return g_test_run ();
}
