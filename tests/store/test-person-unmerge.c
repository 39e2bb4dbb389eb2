/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Contacts who turn out to be two long after they were made one. What a user would lose: what was changed, added,
 * thrown away or merged since. */

#include "merge-fixture.h"

#include "rounds-error.h"

/* What somebody corrected since the merge is not overwritten. */
static void
test_changed_fields_stay (MergeFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) merge = merge_fixture_merge_both (fixture);
  g_autoptr (RoundsRecord) kept = merge_fixture_get (fixture, fixture->kept);
  g_autoptr (GPtrArray) remainders = NULL;

  rounds_record_set_text (kept, ROUNDS_PERSON_PHONE, "030 777777");
  store_fixture_save (fixture->store, kept);
  remainders = merge_fixture_unmerge (fixture, merge, NULL);
  merge_fixture_assert_text (fixture, kept, ROUNDS_PERSON_PHONE, "030 777777");
  merge_fixture_assert_text (fixture, fixture->merged, ROUNDS_PERSON_PHONE, "030 901820");
  g_assert_cmpuint (remainders->len, ==, 1);
  g_assert_cmpuint (((RoundsMergeRemainder *) remainders->pdata[0])->field, ==, ROUNDS_PERSON_PHONE);
}

static RoundsRecord *
save_address (MergeFixture *fixture, RoundsRecord *person)
{
  RoundsRecord *address = rounds_record_new (ROUNDS_ENTITY_ADDRESS);

  rounds_record_set_uuid (address, ROUNDS_ADDRESS_PERSON, rounds_record_get_id (person));
  rounds_record_set_text (address, ROUNDS_ADDRESS_KIND, "practice");
  rounds_record_set_text (address, ROUNDS_ADDRESS_CITY, "Berlin");
  store_fixture_save (fixture->store, address);
  return address;
}

static RoundsRecord *
save_consent (MergeFixture *fixture, RoundsRecord *person, const char *state)
{
  RoundsRecord *consent = rounds_record_new (ROUNDS_ENTITY_CONSENT);

  rounds_record_set_uuid (consent, ROUNDS_CONSENT_PERSON, rounds_record_get_id (person));
  rounds_record_set_text (consent, ROUNDS_CONSENT_CHANNEL, "email");
  rounds_record_set_text (consent, ROUNDS_CONSENT_STATE, state);
  store_fixture_save (fixture->store, consent);
  return consent;
}

/* Three contacts become one, two of whom have the same address, which is kept once. One of both is taken out again: the
 * others still have it, and nobody asks whose it is when one who never had it is taken out as well; and each has their
 * own when all are apart. */
static void
test_double_is_needed_again (MergeFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) third = merge_fixture_save_person (fixture, "Anne", NULL);
  g_autoptr (RoundsRecord) fourth = merge_fixture_save_person (fixture, "A.", NULL);
  g_autoptr (RoundsRecord) one = save_address (fixture, fixture->merged);
  g_autoptr (RoundsRecord) other = save_address (fixture, third);
  g_autoptr (RoundsRecord) without = merge_fixture_merge_with (fixture, fixture->kept, fourth, NULL);
  g_autoptr (RoundsRecord) first = merge_fixture_merge_both (fixture);
  g_autoptr (RoundsRecord) second = merge_fixture_merge_with (fixture, fixture->kept, third, NULL);
  g_autoptr (GPtrArray) asked = NULL;

  merge_fixture_assert_refers (fixture, one, ROUNDS_ADDRESS_PERSON, fixture->kept);
  merge_fixture_assert_deleted (fixture, other, TRUE);

  g_ptr_array_unref (merge_fixture_unmerge (fixture, first, NULL));
  merge_fixture_assert_refers (fixture, one, ROUNDS_ADDRESS_PERSON, fixture->merged);
  merge_fixture_assert_refers (fixture, other, ROUNDS_ADDRESS_PERSON, fixture->kept);
  merge_fixture_assert_deleted (fixture, other, FALSE);
  asked = rounds_person_unmerge_list_newer (fixture->store, without, NULL);
  g_assert_cmpuint (asked->len, ==, 0);

  g_ptr_array_unref (merge_fixture_unmerge (fixture, second, NULL));
  merge_fixture_assert_refers (fixture, other, ROUNDS_ADDRESS_PERSON, third);
  merge_fixture_assert_deleted (fixture, other, FALSE);
}

/* Acceptance test 18: merge two people with calls; add a call; un-merge: everything returns, the new call is asked
 * about; what a third person brought along is theirs without a question.
 */
static void
test_newer_records_are_asked_about (MergeFixture *fixture, gconstpointer data)
{
  gboolean goes = GPOINTER_TO_INT (data);
  g_autoptr (RoundsRecord) kept = merge_fixture_save_call (fixture, fixture->kept);
  g_autoptr (RoundsRecord) merged = merge_fixture_save_call (fixture, fixture->merged);
  g_autoptr (RoundsRecord) merge = merge_fixture_merge_both (fixture);
  g_autoptr (RoundsRecord) newer = merge_fixture_save_call (fixture, fixture->kept);
  g_autoptr (RoundsRecord) third = merge_fixture_save_person (fixture, "Anne", NULL);
  g_autoptr (RoundsRecord) brought = merge_fixture_save_call (fixture, third);
  g_autoptr (RoundsRecord) other = merge_fixture_merge_with (fixture, fixture->kept, third, NULL);
  g_autoptr (GHashTable) go_back = g_hash_table_new (rounds_uuid_hash, rounds_uuid_equal);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) asked = rounds_person_unmerge_list_newer (fixture->store, merge, &error);
  g_autoptr (GPtrArray) remainders = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (asked->len, ==, 1);
  g_assert_true (rounds_uuid_equal (rounds_record_get_id (((RoundsMergeNewer *) asked->pdata[0])->record),
                                    rounds_record_get_id (newer)));
  if (goes)
    g_hash_table_add (go_back, (gpointer) rounds_record_get_id (newer));
  remainders = merge_fixture_unmerge (fixture, merge, go_back);
  merge_fixture_assert_refers (fixture, kept, ROUNDS_INTERACTION_PERSON, fixture->kept);
  merge_fixture_assert_refers (fixture, merged, ROUNDS_INTERACTION_PERSON, fixture->merged);
  merge_fixture_assert_refers (fixture, newer, ROUNDS_INTERACTION_PERSON, goes ? fixture->merged : fixture->kept);
  g_ptr_array_unref (merge_fixture_unmerge (fixture, other, NULL));
  merge_fixture_assert_refers (fixture, brought, ROUNDS_INTERACTION_PERSON, third);
}

/* What is in the trash would come back to nobody. */
static void
test_trash_goes_along (MergeFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) call = merge_fixture_save_call (fixture, fixture->merged);
  g_autoptr (RoundsRecord) merge = NULL;
  g_autoptr (GPtrArray) remainders = NULL;

  rounds_record_store_delete (fixture->store, ROUNDS_ENTITY_INTERACTION, rounds_record_get_id (call), NULL);
  merge = merge_fixture_merge_both (fixture);
  merge_fixture_assert_refers (fixture, call, ROUNDS_INTERACTION_PERSON, fixture->kept);
  merge_fixture_assert_deleted (fixture, call, TRUE);
  remainders = merge_fixture_unmerge (fixture, merge, NULL);
  merge_fixture_assert_refers (fixture, call, ROUNDS_INTERACTION_PERSON, fixture->merged);
}

/* Brought back by hand, somebody who was merged has their visits again. */
static void
test_restored (MergeFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) call = merge_fixture_save_call (fixture, fixture->merged);
  g_autofree char *before = merge_fixture_dump (fixture);
  g_autoptr (RoundsRecord) merge = merge_fixture_merge_both (fixture);
  g_autoptr (GError) error = NULL;

  rounds_record_store_restore_whole (fixture->store, ROUNDS_ENTITY_PERSON, rounds_record_get_id (fixture->merged),
                                     &error);
  g_assert_no_error (error);
  merge_fixture_assert_dump (fixture, before);
}

static void
assert_kept_once (MergeFixture *fixture, RoundsRecord *record)
{
  g_autoptr (GError) error = NULL;

  rounds_record_store_restore_whole (fixture->store, rounds_record_get_entity (record), rounds_record_get_id (record),
                                     &error);
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_CONFLICT);
  merge_fixture_assert_deleted (fixture, record, TRUE);
}

/* What two had alike is not had twice, nor by somebody who is no more, because it is taken out of the trash; unless the
 * one that was kept is not there any more. */
static void
test_kept_once (MergeFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) one = save_address (fixture, fixture->kept);
  g_autoptr (RoundsRecord) other = save_address (fixture, fixture->merged);
  g_autoptr (RoundsRecord) granted = save_consent (fixture, fixture->kept, "granted");
  g_autoptr (RoundsRecord) withdrawn = save_consent (fixture, fixture->merged, "withdrawn");
  g_autofree char *before = merge_fixture_dump (fixture);
  g_autoptr (RoundsRecord) merge = merge_fixture_merge_both (fixture);
  g_autoptr (GError) error = NULL;

  assert_kept_once (fixture, other);
  assert_kept_once (fixture, granted);

  rounds_record_store_delete_whole (fixture->store, ROUNDS_ENTITY_ADDRESS, rounds_record_get_id (one), &error);
  g_assert_no_error (error);
  rounds_record_store_restore_whole (fixture->store, ROUNDS_ENTITY_ADDRESS, rounds_record_get_id (other), &error);
  g_assert_no_error (error);
  merge_fixture_assert_refers (fixture, other, ROUNDS_ADDRESS_PERSON, fixture->kept);
  g_ptr_array_unref (merge_fixture_unmerge (fixture, merge, NULL));
  rounds_record_store_restore_whole (fixture->store, ROUNDS_ENTITY_ADDRESS, rounds_record_get_id (one), &error);
  g_assert_no_error (error);
  merge_fixture_assert_dump (fixture, before);
}

/* Chains */

static void
test_chain (MergeFixture *fixture, gconstpointer data)
{
  gboolean inner_first = GPOINTER_TO_INT (data);
  g_autoptr (RoundsRecord) third = merge_fixture_save_person (fixture, "Anne", NULL);
  g_autoptr (RoundsRecord) first_call = merge_fixture_save_call (fixture, fixture->merged);
  g_autoptr (RoundsRecord) second_call = merge_fixture_save_call (fixture, fixture->kept);
  g_autoptr (RoundsRecord) inner = merge_fixture_merge_both (fixture);
  g_autoptr (RoundsRecord) outer = merge_fixture_merge_with (fixture, third, fixture->kept, NULL);
  g_autoptr (GPtrArray) merges = rounds_person_merge_list (fixture->store, rounds_record_get_id (third), NULL);
  RoundsUuid id = *rounds_record_get_id (fixture->merged);
  gboolean forwarded = FALSE;

  g_assert_cmpuint (merges->len, ==, 2);
  merge_fixture_assert_refers (fixture, first_call, ROUNDS_INTERACTION_PERSON, third);
  g_assert_true (rounds_person_merge_forward (fixture->store, ROUNDS_ENTITY_PERSON, &id, &forwarded, NULL));
  g_assert_true (forwarded);
  g_assert_true (rounds_uuid_equal (&id, rounds_record_get_id (third)));

  g_ptr_array_unref (merge_fixture_unmerge (fixture, inner_first ? inner : outer, NULL));
  merge_fixture_assert_refers (fixture, first_call, ROUNDS_INTERACTION_PERSON,
                               inner_first ? fixture->merged : fixture->kept);
  merge_fixture_assert_refers (fixture, second_call, ROUNDS_INTERACTION_PERSON, inner_first ? third : fixture->kept);
  g_ptr_array_unref (merge_fixture_unmerge (fixture, inner_first ? outer : inner, NULL));
  merge_fixture_assert_refers (fixture, first_call, ROUNDS_INTERACTION_PERSON, fixture->merged);
  merge_fixture_assert_refers (fixture, second_call, ROUNDS_INTERACTION_PERSON, fixture->kept);
  merge_fixture_assert_deleted (fixture, fixture->kept, FALSE);
}

/* What was handed on goes back to whose it was, and comes by a merge of their own: it does not go with who had handed
 * it on, when they are taken out. */
static void
test_handed_on_before (MergeFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) third = merge_fixture_save_person (fixture, "Anne", NULL);
  g_autoptr (RoundsRecord) call = merge_fixture_save_call (fixture, fixture->merged);
  g_autoptr (RoundsRecord) inner = merge_fixture_merge_both (fixture);
  g_autoptr (RoundsRecord) outer = merge_fixture_merge_with (fixture, third, fixture->kept, NULL);
  g_autoptr (RoundsRecord) own = NULL;

  g_ptr_array_unref (merge_fixture_unmerge (fixture, inner, NULL));
  own = merge_fixture_merge_with (fixture, third, fixture->merged, NULL);
  g_ptr_array_unref (merge_fixture_unmerge (fixture, outer, NULL));
  merge_fixture_assert_refers (fixture, call, ROUNDS_INTERACTION_PERSON, third);
  g_ptr_array_unref (merge_fixture_unmerge (fixture, own, NULL));
  merge_fixture_assert_refers (fixture, call, ROUNDS_INTERACTION_PERSON, fixture->merged);
}

/* The same of an address that was kept once, with a fourth one's, and once more after that one was taken out. */
static void
test_double_handed_on_before (MergeFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) third = merge_fixture_save_person (fixture, "Anne", NULL);
  g_autoptr (RoundsRecord) fourth = merge_fixture_save_person (fixture, "A.", NULL);
  g_autoptr (RoundsRecord) one = save_address (fixture, fixture->merged);
  g_autoptr (RoundsRecord) other = save_address (fixture, third);
  g_autoptr (RoundsRecord) like = save_address (fixture, fourth);
  g_autoptr (RoundsRecord) first = merge_fixture_merge_with (fixture, fixture->kept, fourth, NULL);
  g_autoptr (RoundsRecord) inner = merge_fixture_merge_both (fixture);
  g_autoptr (RoundsRecord) outer = NULL;
  g_autoptr (RoundsRecord) own = NULL;

  g_ptr_array_unref (merge_fixture_unmerge (fixture, first, NULL));
  merge_fixture_assert_refers (fixture, like, ROUNDS_ADDRESS_PERSON, fourth);
  merge_fixture_assert_refers (fixture, one, ROUNDS_ADDRESS_PERSON, fixture->kept);
  outer = merge_fixture_merge_with (fixture, third, fixture->kept, NULL);
  merge_fixture_assert_deleted (fixture, one, TRUE);
  g_ptr_array_unref (merge_fixture_unmerge (fixture, inner, NULL));
  own = merge_fixture_merge_with (fixture, fixture->merged, third, NULL);
  g_ptr_array_unref (merge_fixture_unmerge (fixture, outer, NULL));
  merge_fixture_assert_refers (fixture, one, ROUNDS_ADDRESS_PERSON, fixture->merged);
  merge_fixture_assert_deleted (fixture, one, FALSE);
  merge_fixture_assert_deleted (fixture, other, TRUE);
  g_ptr_array_unref (merge_fixture_unmerge (fixture, own, NULL));
  merge_fixture_assert_refers (fixture, other, ROUNDS_ADDRESS_PERSON, third);
  merge_fixture_assert_deleted (fixture, other, FALSE);
}

#define ADD(name, data, test) MERGE_FIXTURE_ADD ("/store/person-unmerge/" name, data, test)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("changed-fields-stay", NULL, test_changed_fields_stay);
  ADD ("double-is-needed-again", NULL, test_double_is_needed_again);
  ADD ("newer-records-stay", GINT_TO_POINTER (FALSE), test_newer_records_are_asked_about);
  ADD ("newer-records-go-back", GINT_TO_POINTER (TRUE), test_newer_records_are_asked_about);
  ADD ("trash-goes-along", NULL, test_trash_goes_along);
  ADD ("restored", NULL, test_restored);
  ADD ("kept-once", NULL, test_kept_once);
  ADD ("chain-from-within", GINT_TO_POINTER (TRUE), test_chain);
  ADD ("chain-from-without", GINT_TO_POINTER (FALSE), test_chain);
  ADD ("handed-on-before", NULL, test_handed_on_before);
  ADD ("double-handed-on-before", NULL, test_double_handed_on_before);
  return g_test_run ();
}
