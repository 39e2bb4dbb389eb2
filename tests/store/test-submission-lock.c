/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * If this fails, what was submitted is changed behind the back of those who rely on it, or a rep cannot put a mistake
 * right at all.
 */
#include "rounds-amendment.h"
#include "rounds-error.h"
#include "rounds-record-store.h"
#include "rounds-time.h"
#include "store-fixture.h"

typedef struct
{
  char *folder;
  RoundsRecordStore *store;
  RoundsRecord *person;
  RoundsRecord *visit; /* submitted */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer role)
{
  fixture->store = store_fixture_open (&fixture->folder, GPOINTER_TO_INT (role));

  fixture->person = rounds_record_new (ROUNDS_ENTITY_PERSON);
  rounds_record_set_text (fixture->person, ROUNDS_PERSON_FAMILY_NAME, "Johnson");
  store_fixture_save (fixture->store, fixture->person);
  fixture->visit = rounds_record_new (ROUNDS_ENTITY_INTERACTION);
  rounds_record_set_uuid (fixture->visit, ROUNDS_INTERACTION_PERSON, rounds_record_get_id (fixture->person));
  rounds_record_set_text (fixture->visit, ROUNDS_INTERACTION_HCP_NAME, "Johnson");
  rounds_record_set_integer (fixture->visit, ROUNDS_INTERACTION_OCCURRED_AT, rounds_time_now ());
  rounds_record_set_text (fixture->visit, ROUNDS_INTERACTION_NOTES, "Twice daily");
  store_fixture_save (fixture->store, fixture->visit);
  rounds_record_set_integer (fixture->visit, ROUNDS_INTERACTION_SUBMITTED_AT, rounds_time_now ());
  store_fixture_save (fixture->store, fixture->visit);
}

static void
tear_down (Fixture *fixture, gconstpointer role)
{
  g_clear_object (&fixture->person);
  g_clear_object (&fixture->visit);
  store_fixture_close (&fixture->store, &fixture->folder);
}

static RoundsRecord *
get_visit (Fixture *fixture)
{
  return rounds_record_store_get (fixture->store, ROUNDS_ENTITY_INTERACTION, rounds_record_get_id (fixture->visit),
                                  NULL);
}

static void
assert_refused (Fixture *fixture, RoundsRecord *record)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (rounds_record_store_save (fixture->store, record, &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID);
}

static void
test_refused (Fixture *fixture, gconstpointer role)
{
  g_autoptr (RoundsRecord) changed = rounds_record_dup (fixture->visit);
  g_autoptr (RoundsRecord) withdrawn = rounds_record_dup (fixture->visit);
  g_autoptr (RoundsRecord) stored = NULL;
  g_autoptr (GError) error = NULL;

  rounds_record_set_text (changed, ROUNDS_INTERACTION_NOTES, "Once daily");
  assert_refused (fixture, changed);
  rounds_record_clear_field (withdrawn, ROUNDS_INTERACTION_SUBMITTED_AT);
  assert_refused (fixture, withdrawn);
  g_assert_false (rounds_record_store_delete (fixture->store, ROUNDS_ENTITY_INTERACTION,
                                              rounds_record_get_id (fixture->visit), &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID);
  g_assert_cmpstr (rounds_error_get_field (error), ==, "submitted_at");

  stored = get_visit (fixture);
  g_assert_cmpstr (rounds_record_get_text (stored, ROUNDS_INTERACTION_NOTES), ==, "Twice daily");
  g_assert_false (rounds_record_is_deleted (stored));
  /* What the program works out is nobody's report. */
  rounds_record_set_real (stored, ROUNDS_INTERACTION_SENTIMENT, 0.5);
  store_fixture_save (fixture->store, stored);
}

static void
test_amended (Fixture *fixture, gconstpointer role)
{
  g_autoptr (RoundsRecord) amendment = rounds_amendment_new (fixture->visit, "Wrong dose", NULL);
  g_autoptr (RoundsRecord) changed = rounds_record_dup (fixture->visit);
  g_autoptr (RoundsRecord) original = NULL;
  g_autoptr (GPtrArray) group = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;

  rounds_record_set_text (changed, ROUNDS_INTERACTION_NOTES, "Once daily");
  g_ptr_array_add (group, g_object_ref (amendment));
  g_ptr_array_add (group, g_object_ref (changed));
  rounds_record_store_save_all (fixture->store, group, &error);
  g_assert_no_error (error);

  original = rounds_amendment_read_original (amendment);
  g_assert_cmpstr (rounds_record_get_text (original, ROUNDS_INTERACTION_NOTES), ==, "Twice daily");
  /* One amendment is for one change. */
  rounds_record_set_text (changed, ROUNDS_INTERACTION_NOTES, "Never");
  assert_refused (fixture, changed);
  /* And it stays as it is. */
  rounds_record_set_text (amendment, ROUNDS_AMENDMENT_REASON, "Another reason");
  assert_refused (fixture, amendment);
  g_assert_false (
    rounds_record_store_delete (fixture->store, ROUNDS_ENTITY_AMENDMENT, rounds_record_get_id (amendment), NULL));
}

static void
test_groups (Fixture *fixture, gconstpointer role)
{
  g_autoptr (RoundsRecord) amendment = rounds_amendment_new (fixture->visit, "Wrong dose", NULL);
  g_autoptr (RoundsRecord) changed = rounds_record_dup (fixture->visit);

  g_assert_true (rounds_record_store_begin (fixture->store, NULL));
  store_fixture_save (fixture->store, amendment);
  rounds_record_store_begin_group (fixture->store);
  rounds_record_set_text (changed, ROUNDS_INTERACTION_NOTES, "Once daily");
  assert_refused (fixture, changed);
  rounds_record_store_rollback (fixture->store);
  assert_refused (fixture, changed);
}

static void
test_attendees (Fixture *fixture, gconstpointer role)
{
  g_autoptr (RoundsRecord) attendee = rounds_record_new (ROUNDS_ENTITY_INTERACTION_ATTENDEE);
  g_autoptr (RoundsRecord) lunch = rounds_record_dup (fixture->visit);
  g_autoptr (GPtrArray) group = g_ptr_array_new_with_free_func (g_object_unref);
  RoundsUuid id = rounds_uuid_new ();
  g_autoptr (GError) error = NULL;

  rounds_record_set_uuid (attendee, ROUNDS_INTERACTION_ATTENDEE_INTERACTION, rounds_record_get_id (fixture->visit));
  rounds_record_set_uuid (attendee, ROUNDS_INTERACTION_ATTENDEE_PERSON, rounds_record_get_id (fixture->person));
  if (GPOINTER_TO_INT (role) == ROUNDS_ROLE_DEVICE)
    assert_refused (fixture, attendee);

  /* One that is submitted at once comes with its attendees. */
  rounds_record_set_uuid (lunch, ROUNDS_FIELD_ID, &id);
  rounds_record_set_uuid (attendee, ROUNDS_INTERACTION_ATTENDEE_INTERACTION, &id);
  g_ptr_array_add (group, g_object_ref (lunch));
  g_ptr_array_add (group, g_object_ref (attendee));
  rounds_record_store_save_all (fixture->store, group, &error);
  g_assert_no_error (error);
  g_assert_false (rounds_record_store_delete (fixture->store, ROUNDS_ENTITY_INTERACTION_ATTENDEE,
                                              rounds_record_get_id (attendee), NULL));
}

/* Two contacts are one: their visits go along, submitted or not. */
static void
test_merge (Fixture *fixture, gconstpointer role)
{
  g_autoptr (RoundsRecord) other = rounds_record_new (ROUNDS_ENTITY_PERSON);
  g_autoptr (RoundsRecord) merge = rounds_record_new (ROUNDS_ENTITY_MERGE);
  g_autoptr (RoundsRecord) moved = rounds_record_dup (fixture->visit);
  g_autoptr (GPtrArray) group = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;

  rounds_record_set_text (other, ROUNDS_PERSON_FAMILY_NAME, "Johnson");
  store_fixture_save (fixture->store, other);
  rounds_record_set_uuid (moved, ROUNDS_INTERACTION_PERSON, rounds_record_get_id (other));
  assert_refused (fixture, moved);

  rounds_record_set_uuid (merge, ROUNDS_MERGE_KEPT, rounds_record_get_id (other));
  rounds_record_set_uuid (merge, ROUNDS_MERGE_MERGED, rounds_record_get_id (fixture->person));
  rounds_record_set_integer (merge, ROUNDS_MERGE_MERGED_AT, rounds_time_now ());
  rounds_record_set_text (merge, ROUNDS_MERGE_SNAPSHOT, "{}");
  g_ptr_array_add (group, g_object_ref (merge));
  g_ptr_array_add (group, g_object_ref (moved));
  rounds_record_store_save_all (fixture->store, group, &error);
  g_assert_no_error (error);
}

/* What is pulled was checked by the server. */
static void
test_pulled (Fixture *fixture, gconstpointer role)
{
  g_autoptr (RoundsRecord) changed = rounds_record_dup (fixture->visit);
  g_autoptr (RoundsRecord) stored = NULL;

  rounds_record_set_text (changed, ROUNDS_INTERACTION_NOTES, "Once daily");
  store_fixture_put_remote (fixture->store, changed);
  stored = get_visit (fixture);
  g_assert_cmpstr (rounds_record_get_text (stored, ROUNDS_INTERACTION_NOTES), ==, "Once daily");
}

#define ADD(path, role, test) g_test_add (path, Fixture, GINT_TO_POINTER (role), set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/store/submission-lock/device/refused", ROUNDS_ROLE_DEVICE, test_refused);
  ADD ("/store/submission-lock/device/amended", ROUNDS_ROLE_DEVICE, test_amended);
  ADD ("/store/submission-lock/device/groups", ROUNDS_ROLE_DEVICE, test_groups);
  ADD ("/store/submission-lock/device/attendees", ROUNDS_ROLE_DEVICE, test_attendees);
  ADD ("/store/submission-lock/device/merge", ROUNDS_ROLE_DEVICE, test_merge);
  ADD ("/store/submission-lock/device/pulled", ROUNDS_ROLE_DEVICE, test_pulled);
  ADD ("/store/submission-lock/server/refused", ROUNDS_ROLE_SERVER, test_refused);
  ADD ("/store/submission-lock/server/amended", ROUNDS_ROLE_SERVER, test_amended);
  ADD ("/store/submission-lock/server/groups", ROUNDS_ROLE_SERVER, test_groups);
  ADD ("/store/submission-lock/server/attendees", ROUNDS_ROLE_SERVER, test_attendees);

  return g_test_run ();
}
