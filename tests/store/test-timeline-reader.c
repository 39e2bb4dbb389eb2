/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * If these fail, a rep opens somebody's page and does not see what happened with them, or sees it twice, or in the
 * wrong order, or is told of a change that nobody knows.
 */

#include "rounds-record-feed.h"
#include "rounds-record-store-private.h"
#include "rounds-time.h"
#include "rounds-timeline-reader.h"
#include "store-fixture.h"

#define NOON G_GINT64_CONSTANT (1772366400000) /* 2026-03-01T12:00:00Z */

typedef struct
{
  char *folder;
  RoundsRecordStore *store;
  RoundsRecord *person;
} Fixture;

static RoundsRecord *
add_person (Fixture *self, const char *family)
{
  RoundsRecord *person = rounds_record_new (ROUNDS_ENTITY_PERSON);

  rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, family);
  return store_fixture_save (self->store, person);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->store = store_fixture_open (&self->folder, ROUNDS_ROLE_DEVICE);
  self->person = add_person (self, "Johnson");
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_clear_object (&self->person);
  store_fixture_close (&self->store, &self->folder);
}

static RoundsRecord *
add_visit (Fixture *self, RoundsRecord *person, RoundsRecord *patient, gint64 at)
{
  RoundsRecord *visit = rounds_record_new (ROUNDS_ENTITY_INTERACTION);

  if (person != NULL)
    rounds_record_set_uuid (visit, ROUNDS_INTERACTION_PERSON, rounds_record_get_id (person));
  if (patient != NULL)
    rounds_record_set_uuid (visit, ROUNDS_INTERACTION_PATIENT, rounds_record_get_id (patient));
  rounds_record_set_text (visit, ROUNDS_INTERACTION_HCP_NAME, "Johnson");
  rounds_record_set_integer (visit, ROUNDS_INTERACTION_OCCURRED_AT, at);
  return store_fixture_save (self->store, visit);
}

static RoundsRecord *
add_of_person (Fixture *self, RoundsEntity entity, guint field)
{
  RoundsRecord *record = rounds_record_new (entity);

  rounds_record_set_uuid (record, field, rounds_record_get_id (self->person));
  return record;
}

static RoundsRecord *
add_attendee (Fixture *self, RoundsRecord *visit)
{
  RoundsRecord *attendee = add_of_person (self, ROUNDS_ENTITY_INTERACTION_ATTENDEE, ROUNDS_INTERACTION_ATTENDEE_PERSON);

  rounds_record_set_uuid (attendee, ROUNDS_INTERACTION_ATTENDEE_INTERACTION, rounds_record_get_id (visit));
  return store_fixture_save (self->store, attendee);
}

static GPtrArray *
list_page (Fixture *self, RoundsTimelineKinds kinds, const RoundsTimelineMark *after, guint limit)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *page =
    rounds_record_store_list_timeline (self->store, rounds_record_get_id (self->person), kinds, after, limit, &error);

  g_assert_no_error (error);
  return page;
}

static gboolean
has_record (GPtrArray *page, RoundsRecord *record)
{
  for (guint i = 0; i < page->len; i++)
    if (rounds_uuid_equal (rounds_record_get_id (((RoundsTimelineEntry *) page->pdata[i])->record),
                           rounds_record_get_id (record)))
      return TRUE;
  return FALSE;
}

/* Everything of a life with a patient is on one page: also what they only attended, and what is about them. */
static void
test_union (Fixture *self, gconstpointer data)
{
  g_autoptr (RoundsRecord) other = add_person (self, "Somebody");
  g_autoptr (RoundsRecord) patient =
    store_fixture_save (self->store, add_of_person (self, ROUNDS_ENTITY_PATIENT, ROUNDS_PATIENT_PERSON));
  g_autoptr (RoundsRecord) with = add_visit (self, self->person, NULL, NOON);
  g_autoptr (RoundsRecord) both = add_visit (self, self->person, patient, NOON + 1);
  g_autoptr (RoundsRecord) about = add_visit (self, other, patient, NOON + 2);
  g_autoptr (RoundsRecord) attended = add_visit (self, other, NULL, NOON + 3);
  g_autoptr (RoundsRecord) foreign = add_visit (self, other, NULL, NOON + 4);
  g_autoptr (RoundsRecord) follow_up = add_of_person (self, ROUNDS_ENTITY_FOLLOW_UP, ROUNDS_FOLLOW_UP_PERSON);
  g_autoptr (RoundsRecord) consent = add_of_person (self, ROUNDS_ENTITY_CONSENT, ROUNDS_CONSENT_PERSON);
  g_autoptr (RoundsRecord) journey = rounds_record_new (ROUNDS_ENTITY_CT_JOURNEY);
  g_autoptr (RoundsRecord) step = rounds_record_new (ROUNDS_ENTITY_JOURNEY_STEP);
  g_autoptr (RoundsRecord) role = add_of_person (self, ROUNDS_ENTITY_PERSON_ROLE, ROUNDS_PERSON_ROLE_PERSON);
  g_autoptr (GPtrArray) page = NULL;

  for (guint i = 0; i < 2; i++)
    g_object_unref (add_attendee (self, attended)); /* twice, as two devices may have written it */
  rounds_record_set_text (follow_up, ROUNDS_FOLLOW_UP_DUE_ON, "2026-03-05");
  rounds_record_set_text (follow_up, ROUNDS_FOLLOW_UP_TEXT, "Send the paper");
  store_fixture_save (self->store, follow_up);
  rounds_record_set_text (consent, ROUNDS_CONSENT_CHANNEL, "email");
  rounds_record_set_integer (consent, ROUNDS_CONSENT_OBTAINED_AT, NOON);
  store_fixture_save (self->store, consent);
  rounds_record_set_uuid (journey, ROUNDS_CT_JOURNEY_PATIENT, rounds_record_get_id (patient));
  store_fixture_save (self->store, journey);
  rounds_record_set_text (step, ROUNDS_JOURNEY_STEP_JOURNEY_TYPE, "ct");
  rounds_record_set_uuid (step, ROUNDS_JOURNEY_STEP_JOURNEY, rounds_record_get_id (journey));
  rounds_record_set_text (step, ROUNDS_JOURNEY_STEP_STAGE, "inquiry");
  rounds_record_set_integer (step, ROUNDS_JOURNEY_STEP_ENTERED_AT, NOON - 1);
  store_fixture_save (self->store, step);
  rounds_record_set_text (role, ROUNDS_PERSON_ROLE_TYPE, "patient");
  rounds_record_set_text (role, ROUNDS_PERSON_ROLE_VALID_FROM, "2024-05-01");
  rounds_record_set_text (role, ROUNDS_PERSON_ROLE_VALID_TO, "2025-05-01");
  store_fixture_save (self->store, role);

  page = list_page (self, ROUNDS_TIMELINE_EVERYTHING & ~ROUNDS_TIMELINE_CHANGES, NULL, 50);
  g_assert_cmpuint (page->len, ==, 9); /* the role's beginning and end are two */
  g_assert_true (has_record (page, with) && has_record (page, both) && has_record (page, about));
  g_assert_true (has_record (page, attended) && has_record (page, follow_up) && has_record (page, consent));
  g_assert_true (has_record (page, step) && has_record (page, role));
  g_assert_false (has_record (page, foreign));
  for (guint i = 1; i < page->len; i++)
    g_assert_cmpint (((RoundsTimelineEntry *) page->pdata[i - 1])->mark.at, >=,
                     ((RoundsTimelineEntry *) page->pdata[i])->mark.at);
  g_assert_true (((RoundsTimelineEntry *) page->pdata[0])->record != NULL);
  g_assert_cmpint (((RoundsTimelineEntry *) page->pdata[0])->kind, ==, ROUNDS_TIMELINE_FOLLOW_UPS);

  g_clear_pointer (&page, g_ptr_array_unref);
  page = list_page (self, ROUNDS_TIMELINE_JOURNEYS, NULL, 50);
  g_assert_cmpuint (page->len, ==, 1);
  g_assert_true (rounds_uuid_equal (rounds_record_get_id (((RoundsTimelineEntry *) page->pdata[0])->about),
                                    rounds_record_get_id (journey)));
}

/* Whoever was at a visit finds it once, patient or not, with them or with somebody else, however often they are named.
 */
static void
test_attended (Fixture *self, gconstpointer data)
{
  g_autoptr (RoundsRecord) other = add_person (self, "Somebody");
  g_autoptr (RoundsRecord) patient = rounds_record_new (ROUNDS_ENTITY_PATIENT);
  g_autoptr (GPtrArray) page = NULL;

  rounds_record_set_uuid (patient, ROUNDS_PATIENT_PERSON, rounds_record_get_id (other));
  store_fixture_save (self->store, patient);
  for (guint i = 0; i < 30; i++)
    {
      g_autoptr (RoundsRecord) visit =
        add_visit (self, i % 10 ? other : self->person, i % 2 ? patient : NULL, NOON - i / 5 * ROUNDS_DAY);

      for (guint n = 0; n < 2; n++)
        g_object_unref (add_attendee (self, visit));
    }
  /* A page is full if there is more. */
  page = list_page (self, ROUNDS_TIMELINE_INTERACTIONS, NULL, 20);
  g_assert_cmpuint (page->len, ==, 20);
  g_clear_pointer (&page, g_ptr_array_unref);
  page = list_page (self, ROUNDS_TIMELINE_INTERACTIONS, NULL, 99);
  g_assert_cmpuint (page->len, ==, 30);
}

/* That the visits that @self's person attended are those at @times, which end with 0, in that order. */
static void
assert_attended (Fixture *self, const gint64 *times)
{
  g_autoptr (GPtrArray) page = list_page (self, ROUNDS_TIMELINE_INTERACTIONS, NULL, 50);

  for (guint i = 0; i < page->len; i++)
    {
      RoundsTimelineEntry *entry = page->pdata[i];

      g_assert_cmpint (rounds_record_get_integer (entry->record, ROUNDS_INTERACTION_OCCURRED_AT), ==, times[i]);
      g_assert_cmpint (entry->mark.at, ==, times[i]);
    }
  g_assert_cmpint (times[page->len], ==, 0);
}

/* Whatever becomes of a visit or of who was there, each has its place at its time. */
static void
test_attended_changes (Fixture *self, gconstpointer data)
{
  g_autoptr (RoundsRecord) other = add_person (self, "Somebody");
  g_autoptr (RoundsRecord) first = add_visit (self, other, NULL, NOON);
  g_autoptr (RoundsRecord) second = add_visit (self, other, NULL, NOON + 1);
  g_autoptr (RoundsRecord) at_first = add_attendee (self, first);
  g_autoptr (RoundsRecord) at_second = add_attendee (self, second);

  assert_attended (self, (gint64[]) { NOON + 1, NOON, 0 });
  rounds_record_set_integer (first, ROUNDS_INTERACTION_OCCURRED_AT, NOON + 2);
  store_fixture_save (self->store, first);
  assert_attended (self, (gint64[]) { NOON + 2, NOON + 1, 0 });

  rounds_record_store_delete (self->store, ROUNDS_ENTITY_INTERACTION, rounds_record_get_id (first), NULL);
  assert_attended (self, (gint64[]) { NOON + 1, 0 });
  rounds_record_store_delete (self->store, ROUNDS_ENTITY_INTERACTION_ATTENDEE, rounds_record_get_id (at_second), NULL);
  assert_attended (self, (gint64[]) { 0 });
  rounds_record_store_restore (self->store, ROUNDS_ENTITY_INTERACTION, rounds_record_get_id (first), NULL);
  assert_attended (self, (gint64[]) { NOON + 2, 0 });
  rounds_record_store_restore (self->store, ROUNDS_ENTITY_INTERACTION_ATTENDEE, rounds_record_get_id (at_second), NULL);
  assert_attended (self, (gint64[]) { NOON + 2, NOON + 1, 0 });

  /* It was said of the wrong one. */
  rounds_record_set_uuid (at_first, ROUNDS_INTERACTION_ATTENDEE_INTERACTION, rounds_record_get_id (second));
  store_fixture_save (self->store, at_first);
  assert_attended (self, (gint64[]) { NOON + 1, 0 });
}

/* Read in small pages, with many at the same time and on the same day, nothing is left out and nothing comes twice. */
static void
test_pages (Fixture *self, gconstpointer data)
{
  g_autoptr (GHashTable) seen = rounds_uuid_set_new ();
  g_autoptr (RoundsRecord) patient =
    store_fixture_save (self->store, add_of_person (self, ROUNDS_ENTITY_PATIENT, ROUNDS_PATIENT_PERSON));
  g_autoptr (RoundsRecord) other = add_person (self, "Somebody");
  RoundsTimelineMark mark = { 0 };
  guint n_pages = 0, n_expected = 0;

  for (guint i = 0; i < 60; i++)
    {
      g_autoptr (RoundsRecord) visit =
        add_visit (self, i % 3 ? self->person : other, patient, NOON - i / 10 * ROUNDS_DAY);
      g_autoptr (RoundsRecord) follow_up = add_of_person (self, ROUNDS_ENTITY_FOLLOW_UP, ROUNDS_FOLLOW_UP_PERSON);
      g_autofree char *day = g_strdup_printf ("2026-02-%02u", 20 + i / 10);

      rounds_record_set_text (follow_up, ROUNDS_FOLLOW_UP_DUE_ON, day);
      rounds_record_set_text (follow_up, ROUNDS_FOLLOW_UP_TEXT, "Ring");
      store_fixture_save (self->store, follow_up);
      n_expected += 2;
    }
  for (;; n_pages++)
    {
      g_autoptr (GPtrArray) page =
        list_page (self, ROUNDS_TIMELINE_INTERACTIONS | ROUNDS_TIMELINE_FOLLOW_UPS, n_pages > 0 ? &mark : NULL, 7);

      for (guint i = 0; i < page->len; i++)
        {
          RoundsTimelineEntry *entry = page->pdata[i];

          g_assert_true (n_pages + i == 0 || rounds_timeline_mark_compare (&mark, &entry->mark) < 0);
          g_assert_true (rounds_uuid_set_add (seen, rounds_record_get_id (entry->record)));
          mark = entry->mark;
        }
      if (page->len < 7)
        break;
    }
  g_assert_cmpuint (g_hash_table_size (seen), ==, n_expected);
}

/* What this device wrote is told in full, in one entry for each time that somebody saved. */
static void
test_changes (Fixture *self, gconstpointer data)
{
  g_autoptr (RoundsRecord) address = add_of_person (self, ROUNDS_ENTITY_ADDRESS, ROUNDS_ADDRESS_PERSON);
  g_autoptr (RoundsRecord) role = add_of_person (self, ROUNDS_ENTITY_PERSON_ROLE, ROUNDS_PERSON_ROLE_PERSON);
  g_autoptr (GPtrArray) together = g_ptr_array_new ();
  g_autoptr (GPtrArray) page = NULL;
  g_autoptr (GError) error = NULL;
  RoundsTimelineEntry *entry;

  rounds_record_set_text (self->person, ROUNDS_PERSON_PHONE, "555-0101");
  rounds_record_set_text (address, ROUNDS_ADDRESS_CITY, "Boston");
  g_ptr_array_add (together, self->person);
  g_ptr_array_add (together, address);
  rounds_record_store_save_all (self->store, together, &error);
  g_assert_no_error (error);

  /* The end of a role has an entry of its own. */
  rounds_record_set_text (role, ROUNDS_PERSON_ROLE_TYPE, "lead");
  store_fixture_save (self->store, role);
  rounds_record_set_text (role, ROUNDS_PERSON_ROLE_VALID_TO, "2026-01-01");
  store_fixture_save (self->store, role);

  page = list_page (self, ROUNDS_TIMELINE_CHANGES, NULL, 50);
  g_assert_cmpuint (page->len, ==, 2);
  entry = page->pdata[0];
  g_assert_cmpint (entry->event, ==, ROUNDS_TIMELINE_CHANGED);
  g_assert_cmpuint (entry->changes->len, ==, 2);
  g_assert_nonnull (strstr (((RoundsChange *) entry->changes->pdata[0])->fields, "555-0101"));
  entry = page->pdata[1];
  g_assert_cmpint (((RoundsChange *) entry->changes->pdata[0])->operation, ==, ROUNDS_OPERATION_CREATE);
}

static void
pull (Fixture *self, RoundsRecord *record, gint64 rev)
{
  rounds_record_set_integer (record, ROUNDS_FIELD_REV, rev);
  if (rounds_record_is_null (record, ROUNDS_FIELD_CREATED_AT))
    rounds_record_set_integer (record, ROUNDS_FIELD_CREATED_AT, NOON);
  if (rounds_record_is_null (record, ROUNDS_FIELD_UPDATED_AT))
    rounds_record_set_integer (record, ROUNDS_FIELD_UPDATED_AT, NOON);
  store_fixture_put_remote (self->store, record);
}

/* A page from the server may end between a visit and who was there, and a device may lose sight of it and see it again.
 */
static void
test_attended_elsewhere (Fixture *self, gconstpointer data)
{
  g_autoptr (RoundsRecord) other = add_person (self, "Somebody");
  g_autoptr (RoundsRecord) visit = add_visit (self, other, NULL, NOON);
  g_autoptr (RoundsRecord) pulled = rounds_record_new (ROUNDS_ENTITY_INTERACTION);
  g_autoptr (RoundsRecord) attendee =
    add_of_person (self, ROUNDS_ENTITY_INTERACTION_ATTENDEE, ROUNDS_INTERACTION_ATTENDEE_PERSON);
  g_autoptr (GError) error = NULL;

  for (guint f = ROUNDS_FIELD_TERRITORY; f < rounds_entity_get_info (ROUNDS_ENTITY_INTERACTION)->n_fields; f++)
    rounds_record_set_value (pulled, f, rounds_record_get_value (visit, f));
  rounds_record_set_integer (pulled, ROUNDS_INTERACTION_OCCURRED_AT, NOON + 5);
  rounds_record_set_uuid (attendee, ROUNDS_INTERACTION_ATTENDEE_INTERACTION, rounds_record_get_id (pulled));
  pull (self, attendee, 1);
  assert_attended (self, (gint64[]) { 0 });
  pull (self, pulled, 1);
  assert_attended (self, (gint64[]) { NOON + 5, 0 });
  rounds_record_set_integer (pulled, ROUNDS_INTERACTION_OCCURRED_AT, NOON + 3);
  pull (self, pulled, 2);
  assert_attended (self, (gint64[]) { NOON + 3, 0 });

  rounds_record_store_begin_remote (self->store, &error);
  g_assert_no_error (error);
  rounds_record_store_purge (self->store, ROUNDS_ENTITY_INTERACTION, rounds_record_get_id (pulled), &error);
  g_assert_no_error (error);
  rounds_record_store_commit (self->store, &error);
  g_assert_no_error (error);
  assert_attended (self, (gint64[]) { 0 });
  g_object_unref (add_visit (self, other, NULL, NOON + 9)); /* in the row that is free */
  assert_attended (self, (gint64[]) { 0 });
  pull (self, pulled, 2);
  assert_attended (self, (gint64[]) { NOON + 3, 0 });
}

/* Of what others wrote it is known that and when, not what; and one's own change is nobody else's. */
static void
test_changes_from_elsewhere (Fixture *self, gconstpointer data)
{
  g_autoptr (RoundsRecord) pulled = rounds_record_new (ROUNDS_ENTITY_PERSON);
  g_autoptr (GPtrArray) page = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (GError) error = NULL;

  rounds_record_set_text (pulled, ROUNDS_PERSON_FAMILY_NAME, "Elsewhere");
  pull (self, pulled, 1);
  g_set_object (&self->person, pulled);
  page = list_page (self, ROUNDS_TIMELINE_CHANGES, NULL, 50);
  g_assert_cmpuint (page->len, ==, 1);
  g_assert_cmpint (((RoundsTimelineEntry *) page->pdata[0])->event, ==, ROUNDS_TIMELINE_ADDED_ELSEWHERE);
  g_assert_cmpint (((RoundsTimelineEntry *) page->pdata[0])->mark.at, ==, NOON);

  /* Ours, which comes back from the server with the next revision. */
  rounds_record_set_text (pulled, ROUNDS_PERSON_PHONE, "555-0101");
  store_fixture_save (self->store, pulled);
  lines = rounds_record_store_list_record_changes (self->store, rounds_record_get_id (pulled), 9, NULL);
  rounds_record_store_set_change_state (self->store, ((RoundsChange *) lines->pdata[0])->seq, ROUNDS_CHANGE_APPLIED,
                                        NULL, &error);
  g_assert_no_error (error);
  pull (self, pulled, 2);
  g_clear_pointer (&page, g_ptr_array_unref);
  page = list_page (self, ROUNDS_TIMELINE_CHANGES, NULL, 50);
  g_assert_cmpuint (page->len, ==, 2);
  g_assert_cmpint (((RoundsTimelineEntry *) page->pdata[0])->event, ==, ROUNDS_TIMELINE_CHANGED);

  /* Then a colleague's. */
  rounds_record_set_text (pulled, ROUNDS_PERSON_PHONE, "555-0202");
  rounds_record_set_integer (pulled, ROUNDS_FIELD_UPDATED_AT, rounds_time_now () + ROUNDS_HOUR);
  pull (self, pulled, 3);
  g_clear_pointer (&page, g_ptr_array_unref);
  page = list_page (self, ROUNDS_TIMELINE_CHANGES, NULL, 50);
  g_assert_cmpuint (page->len, ==, 3);
  g_assert_cmpint (((RoundsTimelineEntry *) page->pdata[0])->event, ==, ROUNDS_TIMELINE_CHANGED_ELSEWHERE);
  g_assert_null (((RoundsTimelineEntry *) page->pdata[0])->changes);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/timeline-reader/union", Fixture, NULL, set_up, test_union, tear_down);
  g_test_add ("/timeline-reader/attended", Fixture, NULL, set_up, test_attended, tear_down);
  g_test_add ("/timeline-reader/attended-changes", Fixture, NULL, set_up, test_attended_changes, tear_down);
  g_test_add ("/timeline-reader/attended-elsewhere", Fixture, NULL, set_up, test_attended_elsewhere, tear_down);
  g_test_add ("/timeline-reader/pages", Fixture, NULL, set_up, test_pages, tear_down);
  g_test_add ("/timeline-reader/changes", Fixture, NULL, set_up, test_changes, tear_down);
  g_test_add ("/timeline-reader/changes-from-elsewhere", Fixture, NULL, set_up, test_changes_from_elsewhere, tear_down);
  return g_test_run ();
}
