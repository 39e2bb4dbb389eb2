/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is lost if this fails: one side's edits, when two people changed the same record offline. */

#include "rounds-error.h"
#include "rounds-merge.h"

static RoundsChange *
new_update (RoundsRecord *record, const char *fields, const char *base)
{
  RoundsChange *change = rounds_change_new ();

  change->entity = rounds_record_get_entity (record);
  change->record = *rounds_record_get_id (record);
  change->operation = ROUNDS_OPERATION_UPDATE;
  change->fields = g_strdup (fields);
  change->base = g_strdup (base);
  return change;
}

static void
test_different_fields (void)
{
  g_autoptr (RoundsRecord) person = rounds_record_new (ROUNDS_ENTITY_PERSON);
  g_autoptr (RoundsChange) change = new_update (person, "{\"email\":\"a@example.org\"}", "{\"email\":null}");
  g_auto (RoundsMergeOutcome) outcome = ROUNDS_MERGE_OUTCOME_INIT;
  g_autoptr (GError) error = NULL;

  rounds_record_set_text (person, ROUNDS_PERSON_PHONE, "0612345678");
  g_assert_true (rounds_merge_fields (person, change, ROUNDS_MERGE_ON_SERVER, &outcome, &error));
  g_assert_no_error (error);
  g_assert_null (outcome.conflicts);
  g_assert_cmpstr (rounds_record_get_text (person, ROUNDS_PERSON_EMAIL), ==, "a@example.org");
  g_assert_cmpstr (rounds_record_get_text (person, ROUNDS_PERSON_PHONE), ==, "0612345678");
}

static void
test_same_scalar (void)
{
  g_autoptr (RoundsRecord) person = rounds_record_new (ROUNDS_ENTITY_PERSON);
  g_autoptr (RoundsChange) change = new_update (person, "{\"phone\":\"222\"}", "{\"phone\":\"111\"}");
  g_auto (RoundsMergeOutcome) outcome = ROUNDS_MERGE_OUTCOME_INIT;
  const RoundsMergeConflict *conflict;

  rounds_record_set_text (person, ROUNDS_PERSON_PHONE, "333");
  g_assert_true (rounds_merge_fields (person, change, ROUNDS_MERGE_ON_SERVER, &outcome, NULL));
  g_assert_cmpstr (rounds_record_get_text (person, ROUNDS_PERSON_PHONE), ==, "333");
  g_assert_nonnull (outcome.conflicts);
  g_assert_cmpuint (outcome.conflicts->len, ==, 1);
  conflict = g_ptr_array_index (outcome.conflicts, 0);
  g_assert_cmpuint (conflict->field, ==, ROUNDS_PERSON_PHONE);
  g_assert_cmpstr (conflict->original.as.text, ==, "111");
  g_assert_cmpstr (conflict->mine.as.text, ==, "222");
  g_assert_cmpstr (conflict->theirs.as.text, ==, "333");

  rounds_merge_outcome_clear (&outcome);
  g_assert_true (rounds_merge_fields (person, change, ROUNDS_MERGE_ON_DEVICE, &outcome, NULL));
  g_assert_cmpstr (rounds_record_get_text (person, ROUNDS_PERSON_PHONE), ==, "222");
}

static void
test_equal_new_values (void)
{
  g_autoptr (RoundsRecord) person = rounds_record_new (ROUNDS_ENTITY_PERSON);
  g_autoptr (RoundsChange) change = new_update (person, "{\"phone\":\"222\"}", "{\"phone\":\"111\"}");
  g_auto (RoundsMergeOutcome) outcome = ROUNDS_MERGE_OUTCOME_INIT;

  rounds_record_set_text (person, ROUNDS_PERSON_PHONE, "222");
  g_assert_true (rounds_merge_fields (person, change, ROUNDS_MERGE_ON_SERVER, &outcome, NULL));
  g_assert_null (outcome.conflicts);
  g_assert_false (outcome.merged);
}

static void
test_long_text_by_word (void)
{
  g_autoptr (RoundsRecord) visit = rounds_record_new (ROUNDS_ENTITY_INTERACTION);
  g_autoptr (RoundsChange) change = new_update (visit, "{\"notes\":\"Met. Likes tea.\"}", "{\"notes\":\"Met.\"}");
  g_auto (RoundsMergeOutcome) outcome = ROUNDS_MERGE_OUTCOME_INIT;

  rounds_record_set_text (visit, ROUNDS_INTERACTION_NOTES, "Met. Wants samples.");
  g_assert_true (rounds_merge_fields (visit, change, ROUNDS_MERGE_ON_SERVER, &outcome, NULL));
  g_assert_true (outcome.merged);
  g_assert_null (outcome.conflicts);
  g_assert_cmpstr (rounds_record_get_text (visit, ROUNDS_INTERACTION_NOTES), ==, "Met. Wants samples. Likes tea.");
}

/* Two texts that together are longer than the field may be are not cut: one stays, the other is kept as a conflict. */
static void
test_long_text_too_long (void)
{
  g_autoptr (RoundsRecord) visit = rounds_record_new (ROUNDS_ENTITY_INTERACTION);
  g_autofree char *mine = g_strnfill (15000, 'm');
  g_autofree char *theirs = g_strnfill (15000, 't');
  g_autofree char *fields = g_strdup_printf ("{\"notes\":\"%s\"}", mine);
  g_autoptr (RoundsChange) change = new_update (visit, fields, "{\"notes\":null}");
  g_auto (RoundsMergeOutcome) outcome = ROUNDS_MERGE_OUTCOME_INIT;

  rounds_record_set_text (visit, ROUNDS_INTERACTION_NOTES, theirs);
  g_assert_true (rounds_merge_fields (visit, change, ROUNDS_MERGE_ON_SERVER, &outcome, NULL));
  g_assert_cmpstr (rounds_record_get_text (visit, ROUNDS_INTERACTION_NOTES), ==, theirs);
  g_assert_nonnull (outcome.conflicts);
  g_assert_cmpstr (((RoundsMergeConflict *) g_ptr_array_index (outcome.conflicts, 0))->mine.as.text, ==, mine);
}

/* What was refused and is discarded; a colleague has written in the same note since. */
static void
test_take_back (void)
{
  g_autoptr (RoundsRecord) visit = rounds_record_new (ROUNDS_ENTITY_INTERACTION);
  g_autoptr (RoundsChange) change = new_update (visit, "{\"notes\":\"We met. Wants data.\",\"hcp_name\":\"Dr Ada\"}",
                                                "{\"notes\":\"We met.\",\"hcp_name\":null}");
  g_autoptr (GError) error = NULL;

  rounds_record_set_text (visit, ROUNDS_INTERACTION_NOTES, "We met. Wants data. She called.");
  rounds_record_set_text (visit, ROUNDS_INTERACTION_HCP_NAME, "Dr Ada");
  g_assert_true (rounds_merge_take_back (visit, change, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (rounds_record_get_text (visit, ROUNDS_INTERACTION_NOTES), ==, "We met. She called.");
  g_assert_true (rounds_record_is_null (visit, ROUNDS_INTERACTION_HCP_NAME));

  rounds_record_set_text (visit, ROUNDS_INTERACTION_NOTES, "We met. She called. Wants data.");
  g_assert_true (rounds_merge_take_back (visit, change, &error));
  g_assert_cmpstr (rounds_record_get_text (visit, ROUNDS_INTERACTION_NOTES), ==, "We met. She called.");
}

static void
test_unknown_and_read_only (void)
{
  g_autoptr (RoundsRecord) person = rounds_record_new (ROUNDS_ENTITY_PERSON);
  RoundsUuid id = *rounds_record_get_id (person);
  g_autoptr (RoundsChange) change = new_update (
    person, "{\"shoe_size\":44,\"rev\":9,\"id\":\"00000000-0000-7000-8000-000000000000\",\"city\":\"x\"}", NULL);
  g_auto (RoundsMergeOutcome) outcome = ROUNDS_MERGE_OUTCOME_INIT;

  g_assert_true (rounds_merge_fields (person, change, ROUNDS_MERGE_ON_SERVER, &outcome, NULL));
  g_assert_cmpint (rounds_record_get_integer (person, ROUNDS_FIELD_REV), ==, 0);
  g_assert_true (rounds_uuid_equal (rounds_record_get_id (person), &id));
}

static void
test_wrong_kind (void)
{
  g_autoptr (RoundsRecord) visit = rounds_record_new (ROUNDS_ENTITY_INTERACTION);
  g_autoptr (RoundsChange) change = new_update (visit, "{\"duration\":\"long\"}", NULL);
  g_auto (RoundsMergeOutcome) outcome = ROUNDS_MERGE_OUTCOME_INIT;
  g_autoptr (GError) error = NULL;

  g_assert_false (rounds_merge_fields (visit, change, ROUNDS_MERGE_ON_SERVER, &outcome, &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID);
  g_assert_cmpstr (rounds_error_get_field (error), ==, "duration");
}

/* The second edit was made on a screen that showed the first: both are still there on top of what arrived. */
static void
test_rebase (void)
{
  g_autoptr (RoundsRecord) server = rounds_record_new (ROUNDS_ENTITY_INTERACTION);
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify) rounds_change_free);
  RoundsChange *deletion;

  rounds_record_set_text (server, ROUNDS_INTERACTION_NOTES, "Met. Wants samples.");
  g_ptr_array_add (changes, new_update (server, "{\"notes\":\"Met. Tea.\"}", "{\"notes\":\"Met.\"}"));
  g_ptr_array_add (changes, new_update (server, "{\"notes\":\"Met. Green tea.\"}", "{\"notes\":\"Met. Tea.\"}"));
  rounds_record_set_integer (server, ROUNDS_FIELD_DELETED_AT, 1000);
  g_assert_true (rounds_merge_rebase (server, changes, FALSE, NULL));
  g_assert_false (rounds_record_is_deleted (server));
  for (guint i = 0; i < 3; i++)
    g_assert_nonnull (g_strstr_len (rounds_record_get_text (server, ROUNDS_INTERACTION_NOTES), -1,
                                    ((const char *[]) { "samples", "Green", "Met" })[i]));

  /* What is in the trash here has only been led to another contact: it does not come back for a moment. */
  rounds_record_set_integer (server, ROUNDS_FIELD_DELETED_AT, 1000);
  g_assert_true (rounds_merge_rebase (server, changes, TRUE, NULL));
  g_assert_true (rounds_record_is_deleted (server));

  deletion = new_update (server, NULL, NULL);
  deletion->operation = ROUNDS_OPERATION_DELETE;
  deletion->at = 2000;
  g_ptr_array_add (changes, deletion);
  g_assert_true (rounds_merge_rebase (server, changes, FALSE, NULL));
  g_assert_true (rounds_record_is_deleted (server));
}

/* A value of three, so that the sides often agree. */
static void
set_random (RoundsRecord *record, guint field, GRand *rand)
{
  const char *const values[] = { NULL, "one", "two" };

  rounds_record_set_text (record, field, values[g_rand_int_range (rand, 0, 3)]);
}

static void
add_member (yyjson_mut_doc *doc, yyjson_mut_val *object, RoundsRecord *record, guint field)
{
  const RoundsFieldInfo *info = rounds_entity_get_field (rounds_record_get_entity (record), field);

  yyjson_mut_obj_add (object, yyjson_mut_str (doc, info->name),
                      rounds_value_to_json (rounds_record_get_value (record, field), info, doc));
}

/* The change that leads from base to mine, as the store logs it. */
static RoundsChange *
diff (RoundsRecord *base, RoundsRecord *mine)
{
  g_autoptr (yyjson_mut_doc) fields = yyjson_mut_doc_new (NULL);
  g_autoptr (yyjson_mut_doc) before = yyjson_mut_doc_new (NULL);
  g_autofree char *fields_text = NULL;
  g_autofree char *before_text = NULL;

  yyjson_mut_doc_set_root (fields, yyjson_mut_obj (fields));
  yyjson_mut_doc_set_root (before, yyjson_mut_obj (before));
  for (guint f = ROUNDS_PERSON_FAMILY_NAME; f <= ROUNDS_PERSON_PHONE; f++)
    if (!rounds_value_equal (rounds_record_get_value (base, f), rounds_record_get_value (mine, f)))
      {
        add_member (fields, yyjson_mut_doc_get_root (fields), mine, f);
        add_member (before, yyjson_mut_doc_get_root (before), base, f);
      }
  fields_text = rounds_json_write (fields, FALSE);
  before_text = rounds_json_write (before, FALSE);
  return new_update (base, fields_text, before_text);
}

static const RoundsMergeConflict *
find_conflict (const RoundsMergeOutcome *outcome, guint field)
{
  for (guint i = 0; outcome->conflicts != NULL && i < outcome->conflicts->len; i++)
    {
      const RoundsMergeConflict *conflict = g_ptr_array_index (outcome->conflicts, i);

      if (conflict->field == field)
        return conflict;
    }
  return NULL;
}

/* Field by field: nobody's new value is gone; where only one fits, the other is in the conflict; merging again changes
 * nothing. */
static void
test_nothing_is_lost (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (int round = 0; round < 5000; round++)
    {
      g_autoptr (RoundsRecord) base = rounds_record_new (ROUNDS_ENTITY_PERSON);
      g_autoptr (RoundsRecord) mine = rounds_record_dup (base);
      g_autoptr (RoundsRecord) theirs = rounds_record_dup (base);
      g_autoptr (RoundsRecord) merged = NULL;
      g_autoptr (RoundsRecord) again = NULL;
      g_autoptr (RoundsChange) change = NULL;
      g_auto (RoundsMergeOutcome) outcome = ROUNDS_MERGE_OUTCOME_INIT;
      g_auto (RoundsMergeOutcome) repeat = ROUNDS_MERGE_OUTCOME_INIT;

      for (guint f = ROUNDS_PERSON_FAMILY_NAME; f <= ROUNDS_PERSON_PHONE; f++)
        {
          set_random (base, f, rand);
          set_random (mine, f, rand);
          set_random (theirs, f, rand);
        }
      change = diff (base, mine);
      merged = rounds_record_dup (theirs);
      g_assert_true (rounds_merge_fields (merged, change, ROUNDS_MERGE_ON_SERVER, &outcome, NULL));

      for (guint f = ROUNDS_PERSON_FAMILY_NAME; f <= ROUNDS_PERSON_PHONE; f++)
        {
          const RoundsValue *b = rounds_record_get_value (base, f);
          const RoundsValue *m = rounds_record_get_value (mine, f);
          const RoundsValue *t = rounds_record_get_value (theirs, f);
          const RoundsValue *result = rounds_record_get_value (merged, f);
          const RoundsMergeConflict *conflict = find_conflict (&outcome, f);

          if (rounds_value_equal (b, t))
            g_assert_true (rounds_value_equal (result, m));
          else
            g_assert_true (rounds_value_equal (result, t));
          g_assert_cmpint (conflict != NULL, ==,
                           !rounds_value_equal (b, m) && !rounds_value_equal (b, t) && !rounds_value_equal (m, t));
          if (conflict != NULL)
            g_assert_true (rounds_value_equal (&conflict->mine, m) && rounds_value_equal (&conflict->theirs, t)
                           && rounds_value_equal (&conflict->original, b));
        }

      again = rounds_record_dup (merged);
      g_assert_true (rounds_merge_fields (again, change, ROUNDS_MERGE_ON_SERVER, &repeat, NULL));
      for (guint f = 0; f < ROUNDS_PERSON_N_FIELDS; f++)
        g_assert_true (rounds_value_equal (rounds_record_get_value (again, f), rounds_record_get_value (merged, f)));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/merge/different-fields", test_different_fields);
  g_test_add_func ("/merge/same-scalar", test_same_scalar);
  g_test_add_func ("/merge/equal-new-values", test_equal_new_values);
  g_test_add_func ("/merge/long-text-by-word", test_long_text_by_word);
  g_test_add_func ("/merge/long-text-too-long", test_long_text_too_long);
  g_test_add_func ("/merge/take-back", test_take_back);
  g_test_add_func ("/merge/unknown-and-read-only", test_unknown_and_read_only);
  g_test_add_func ("/merge/wrong-kind", test_wrong_kind);
  g_test_add_func ("/merge/rebase", test_rebase);
  g_test_add_func ("/merge/nothing-is-lost", test_nothing_is_lost);

  return g_test_run ();
}
