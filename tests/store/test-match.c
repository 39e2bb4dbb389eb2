/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a user would lose: the same physician twice in the list, half of the visits under each; or a list of proposals
 * so long and so wrong that nobody reads it. */

#include "rounds-match.h"
#include "store-fixture.h"

static void
assert_name (const char *given, const char *family, const char *expected)
{
  g_autofree char *folded = rounds_match_fold_name (given, family);

  g_assert_cmpstr (folded, ==, expected);
}

static void
test_names (void)
{
  assert_name ("Zoë", "Müller", "muller|zoe");
  assert_name ("Dr. med. Zoë", "MÜLLER, MD", "muller|zoe");
  assert_name ("Dr.Zoë", "Müller Ph.D.", "muller|zoe");
  assert_name ("Mary-Ann", "O'Brien", "obrien|mary ann");
  assert_name ("Mary Ann", "O’Brien", "obrien|mary ann");
  assert_name ("John A.", "Smith", "smith|john");
  assert_name ("J. Andrew", "Smith Jr.", "smith|j andrew");
  assert_name ("Jo", "Dr", "dr|jo");
  assert_name (NULL, "Smith", NULL);
  assert_name ("  ", "Smith", NULL);
}

/* Rules */

static RoundsUuid
add (RoundsMatchIndex *index, RoundsMatchFacts facts)
{
  RoundsUuid id = rounds_uuid_new ();

  rounds_match_index_add (index, &id, &facts);
  return id;
}

static void
assert_match (RoundsMatchFacts one, RoundsMatchFacts other, RoundsMatchStrength strength, guint reasons)
{
  g_autoptr (RoundsMatchIndex) index = rounds_match_index_new ();
  RoundsUuid id = add (index, one);
  g_autoptr (GArray) found = rounds_match_index_find (index, &other, NULL);
  g_autoptr (GArray) pairs = NULL;
  RoundsUuid second = add (index, other);

  pairs = rounds_match_index_list_pairs (index, ROUNDS_MATCH_HINT, NULL, NULL);
  if (strength == ROUNDS_MATCH_NONE)
    {
      g_assert_cmpuint (found->len, ==, 0);
      g_assert_cmpuint (pairs->len, ==, 0);
      return;
    }
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_true (rounds_uuid_equal (&g_array_index (found, RoundsMatch, 0).person, &id));
  g_assert_cmpint (g_array_index (found, RoundsMatch, 0).strength, ==, strength);
  g_assert_cmpuint (g_array_index (found, RoundsMatch, 0).reasons, ==, reasons);
  g_assert_cmpuint (pairs->len, ==, 1);
  g_assert_true (rounds_uuid_equal (&g_array_index (pairs, RoundsMatchPair, 0).first, &id));
  g_assert_true (rounds_uuid_equal (&g_array_index (pairs, RoundsMatchPair, 0).second, &second));
  g_assert_cmpint (g_array_index (pairs, RoundsMatchPair, 0).strength, ==, strength);
  g_assert_cmpuint (g_array_index (pairs, RoundsMatchPair, 0).reasons, ==, reasons);
}

#define FACTS(...) ((RoundsMatchFacts) { __VA_ARGS__ })
#define ANNA .given_name = "Anna", .family_name = "Bauer"

static void
test_strong (void)
{
  assert_match (FACTS (ANNA, .npi = "1234567893"), FACTS (.family_name = "Baur", .npi = " 1234567893"),
                ROUNDS_MATCH_STRONG, ROUNDS_MATCH_NPI);
  assert_match (FACTS (.email = " Anna.Bauer@Example.ORG"), FACTS (ANNA, .email = "anna.bauer@example.org "),
                ROUNDS_MATCH_STRONG, ROUNDS_MATCH_EMAIL);
  assert_match (FACTS (ANNA, .phone = "+49 30 901820"), FACTS (ANNA, .phone = "030/901820"), ROUNDS_MATCH_STRONG,
                ROUNDS_MATCH_PHONE | ROUNDS_MATCH_NAME);
}

static void
test_possible_and_hints (void)
{
  assert_match (FACTS (ANNA, .birth_date = "1970-01-02"),
                FACTS (.given_name = "Dr. ANNA", .family_name = "Bauer", .birth_date = "1970-01-02"),
                ROUNDS_MATCH_POSSIBLE, ROUNDS_MATCH_NAME | ROUNDS_MATCH_BIRTH_DATE);
  assert_match (FACTS (ANNA, .organisation = "St. Mary's"), FACTS (ANNA, .organisation = "St Marys"),
                ROUNDS_MATCH_POSSIBLE, ROUNDS_MATCH_NAME | ROUNDS_MATCH_ORGANISATION);
  assert_match (FACTS (ANNA, .postal_code = "90210-1234"), FACTS (ANNA, .postal_code = "902101234"),
                ROUNDS_MATCH_POSSIBLE, ROUNDS_MATCH_NAME | ROUNDS_MATCH_PLACE);
  assert_match (FACTS (ANNA), FACTS (ANNA, .city = "Berlin"), ROUNDS_MATCH_HINT, ROUNDS_MATCH_NAME);
  assert_match (FACTS (ANNA, .city = "Berlin"), FACTS (.given_name = "Ann", .family_name = "Bauer", .city = "Berlin"),
                ROUNDS_MATCH_NONE, 0);
  assert_match (FACTS (.family_name = "Bauer", .city = "Berlin"), FACTS (.family_name = "Bauer", .city = "Berlin"),
                ROUNDS_MATCH_NONE, 0);
}

/* Colleagues share the practice's telephone, father and son the name. */
static void
test_told_apart (void)
{
  assert_match (FACTS (ANNA, .npi = "1234567893", .phone = "030 901820"),
                FACTS (.given_name = "Ben", .family_name = "Adler", .npi = "1245319599", .phone = "030 901820"),
                ROUNDS_MATCH_NONE, 0);
  assert_match (FACTS (ANNA, .birth_date = "1970-01-02", .city = "Berlin"),
                FACTS (ANNA, .birth_date = "2001-03-04", .city = "Berlin"), ROUNDS_MATCH_HINT,
                ROUNDS_MATCH_NAME | ROUNDS_MATCH_PLACE);
  assert_match (FACTS (.phone = "+49 30 901820"), FACTS (.phone = "+43 30 901820"), ROUNDS_MATCH_NONE, 0);
}

/* Everybody in a hospital has its telephone: only those of one name may be one. */
static void
test_shared_telephone (void)
{
  g_autoptr (RoundsMatchIndex) index = rounds_match_index_new ();
  g_autoptr (GArray) pairs = NULL;
  g_autoptr (GArray) found = NULL;

  for (int i = 0; i < 40; i++)
    {
      g_autofree char *family = g_strdup_printf ("Family %d", i % 39);

      add (index, FACTS (.given_name = "Given", .family_name = family, .phone = "030 901820"));
    }
  pairs = rounds_match_index_list_pairs (index, ROUNDS_MATCH_POSSIBLE, NULL, NULL);
  g_assert_cmpuint (pairs->len, ==, 1);
  g_assert_cmpint (g_array_index (pairs, RoundsMatchPair, 0).strength, ==, ROUNDS_MATCH_STRONG);

  found = rounds_match_index_find (
    index, &FACTS (.given_name = "Given", .family_name = "Family 7", .phone = "030 901820"), NULL);
  g_assert_cmpuint (found->len, ==, 1);
}

static void
test_strongest_first (void)
{
  g_autoptr (RoundsMatchIndex) index = rounds_match_index_new ();
  g_autoptr (GArray) found = NULL;
  RoundsUuid self = add (index, FACTS (ANNA, .email = "a@example.org", .city = "Berlin"));
  RoundsUuid hint = add (index, FACTS (ANNA, .city = "Bonn"));
  RoundsUuid possible = add (index, FACTS (ANNA, .city = "berlin"));
  RoundsUuid strong = add (index, FACTS (.family_name = "Someone", .email = "A@example.org"));

  found = rounds_match_index_find (index, &FACTS (ANNA, .email = "a@example.org", .city = "Berlin"), &self);
  g_assert_cmpuint (found->len, ==, 3);
  g_assert_true (rounds_uuid_equal (&g_array_index (found, RoundsMatch, 0).person, &strong));
  g_assert_true (rounds_uuid_equal (&g_array_index (found, RoundsMatch, 1).person, &possible));
  g_assert_true (rounds_uuid_equal (&g_array_index (found, RoundsMatch, 2).person, &hint));
}

/* In a store */

static RoundsRecord *
save_person (StoreFixture *fixture, const char *email)
{
  RoundsRecord *person = rounds_record_new (ROUNDS_ENTITY_PERSON);

  rounds_record_set_text (person, ROUNDS_PERSON_GIVEN_NAME, "Anna");
  rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, "Bauer");
  rounds_record_set_text (person, ROUNDS_PERSON_EMAIL, email);
  store_fixture_save (fixture->store, person);
  return person;
}

static void
save_affiliation (StoreFixture *fixture, RoundsRecord *person, RoundsRecord *organisation)
{
  g_autoptr (RoundsRecord) affiliation = rounds_record_new (ROUNDS_ENTITY_AFFILIATION);

  rounds_record_set_uuid (affiliation, ROUNDS_AFFILIATION_PERSON, rounds_record_get_id (person));
  rounds_record_set_uuid (affiliation, ROUNDS_AFFILIATION_ORGANISATION, rounds_record_get_id (organisation));
  store_fixture_save (fixture->store, affiliation);
}

static GArray *
list_proposals (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  GArray *proposals = rounds_match_list_proposals (fixture->store, ROUNDS_MATCH_POSSIBLE, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return proposals;
}

/* A scan finds what is in the tables around the person too, leaves out who is deleted, and keeps to what was said. */
static void
test_proposals (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) clinic = rounds_record_new (ROUNDS_ENTITY_ORGANISATION);
  g_autoptr (RoundsRecord) first = save_person (fixture, "anna@example.org");
  g_autoptr (RoundsRecord) second = save_person (fixture, NULL);
  g_autoptr (RoundsRecord) third = save_person (fixture, "ANNA@example.org");
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) proposals = NULL;

  rounds_record_set_text (clinic, ROUNDS_ORGANISATION_NAME, "Charlottenburg");
  store_fixture_save (fixture->store, clinic);
  save_affiliation (fixture, first, clinic);
  save_affiliation (fixture, second, clinic);

  proposals = list_proposals (fixture);
  g_assert_cmpuint (proposals->len, ==, 2);
  g_assert_cmpint (g_array_index (proposals, RoundsMatchPair, 0).strength, ==, ROUNDS_MATCH_STRONG);
  g_assert_cmpint (g_array_index (proposals, RoundsMatchPair, 1).strength, ==, ROUNDS_MATCH_POSSIBLE);

  rounds_record_store_delete (fixture->store, ROUNDS_ENTITY_PERSON, rounds_record_get_id (third), &error);
  g_assert_no_error (error);
  g_array_unref (proposals);
  proposals = list_proposals (fixture);
  g_assert_cmpuint (proposals->len, ==, 1);

  rounds_match_set_distinct (fixture->store, rounds_record_get_id (second), rounds_record_get_id (first), TRUE, &error);
  g_assert_no_error (error);
  g_array_unref (proposals);
  proposals = list_proposals (fixture);
  g_assert_cmpuint (proposals->len, ==, 0);

  rounds_match_set_distinct (fixture->store, rounds_record_get_id (first), rounds_record_get_id (second), FALSE,
                             &error);
  g_array_unref (proposals);
  proposals = list_proposals (fixture);
  g_assert_cmpuint (proposals->len, ==, 1);
}

static void
test_cancel (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) proposals = NULL;

  g_cancellable_cancel (cancellable);
  proposals = rounds_match_list_proposals (fixture->store, ROUNDS_MATCH_POSSIBLE, NULL, NULL, cancellable, &error);
  g_assert_null (proposals);
  g_assert_nonnull (error);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/match/names", test_names);
  g_test_add_func ("/store/match/strong", test_strong);
  g_test_add_func ("/store/match/possible-and-hints", test_possible_and_hints);
  g_test_add_func ("/store/match/told-apart", test_told_apart);
  g_test_add_func ("/store/match/shared-telephone", test_shared_telephone);
  g_test_add_func ("/store/match/strongest-first", test_strongest_first);
  STORE_FIXTURE_ADD ("/store/match/proposals", ROUNDS_ROLE_DEVICE, test_proposals);
  STORE_FIXTURE_ADD ("/store/match/cancel", ROUNDS_ROLE_DEVICE, test_cancel);
  return g_test_run ();
}
