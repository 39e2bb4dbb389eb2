/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "merge-fixture.h"

void
merge_fixture_set_up (MergeFixture *fixture, gconstpointer data)
{
  fixture->store = store_fixture_open (&fixture->folder, ROUNDS_ROLE_DEVICE);
  fixture->kept = merge_fixture_save_person (fixture, "Anna", NULL);
  fixture->merged = merge_fixture_save_person (fixture, "A.", "030 901820");
}

void
merge_fixture_tear_down (MergeFixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->kept);
  g_clear_object (&fixture->merged);
  store_fixture_close (&fixture->store, &fixture->folder);
}

RoundsRecord *
merge_fixture_save_person (MergeFixture *fixture, const char *given, const char *phone)
{
  RoundsRecord *person = rounds_record_new (ROUNDS_ENTITY_PERSON);

  rounds_record_set_text (person, ROUNDS_PERSON_GIVEN_NAME, given);
  rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, "Bauer");
  rounds_record_set_text (person, ROUNDS_PERSON_PHONE, phone);
  store_fixture_save (fixture->store, person);
  return person;
}

RoundsRecord *
merge_fixture_save_call (MergeFixture *fixture, RoundsRecord *person)
{
  RoundsRecord *call = rounds_record_new (ROUNDS_ENTITY_INTERACTION);

  rounds_record_set_uuid (call, ROUNDS_INTERACTION_PERSON, rounds_record_get_id (person));
  rounds_record_set_text (call, ROUNDS_INTERACTION_HCP_NAME, "Anna Bauer");
  rounds_record_set_text (call, ROUNDS_INTERACTION_INTERACTION_TYPE, "Call");
  rounds_record_set_integer (call, ROUNDS_INTERACTION_OCCURRED_AT, 1000);
  store_fixture_save (fixture->store, call);
  return call;
}

RoundsRecord *
merge_fixture_get (MergeFixture *fixture, RoundsRecord *record)
{
  g_autoptr (GError) error = NULL;
  RoundsRecord *now =
    rounds_record_store_get (fixture->store, rounds_record_get_entity (record), rounds_record_get_id (record), &error);

  g_assert_no_error (error);
  return now;
}

RoundsRecord *
merge_fixture_merge_with (MergeFixture *fixture, RoundsRecord *kept, RoundsRecord *merged, GPtrArray *choices)
{
  g_autoptr (GError) error = NULL;
  RoundsRecord *merge = rounds_person_merge_run (fixture->store, rounds_record_get_id (kept),
                                                 rounds_record_get_id (merged), choices, &error);

  g_assert_no_error (error);
  return merge;
}

RoundsRecord *
merge_fixture_merge_both (MergeFixture *fixture)
{
  return merge_fixture_merge_with (fixture, fixture->kept, fixture->merged, NULL);
}

GPtrArray *
merge_fixture_unmerge (MergeFixture *fixture, RoundsRecord *merge, GHashTable *go_back)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *remainders = rounds_person_unmerge_run (fixture->store, rounds_record_get_id (merge), go_back, &error);

  g_assert_no_error (error);
  return remainders;
}

void
merge_fixture_assert_refers (MergeFixture *fixture, RoundsRecord *record, guint field, RoundsRecord *target)
{
  g_autoptr (RoundsRecord) now = merge_fixture_get (fixture, record);

  g_assert_true (rounds_uuid_equal (rounds_record_get_uuid (now, field), rounds_record_get_id (target)));
}

void
merge_fixture_assert_deleted (MergeFixture *fixture, RoundsRecord *record, gboolean deleted)
{
  g_autoptr (RoundsRecord) now = merge_fixture_get (fixture, record);

  g_assert_cmpint (rounds_record_is_deleted (now), ==, deleted);
}

void
merge_fixture_assert_text (MergeFixture *fixture, RoundsRecord *record, guint field, const char *text)
{
  g_autoptr (RoundsRecord) now = merge_fixture_get (fixture, record);

  g_assert_cmpstr (rounds_record_get_text (now, field), ==, text);
}

char *
merge_fixture_dump (MergeFixture *fixture)
{
  GString *text = g_string_new (NULL);

  for (int e = 0; e < ROUNDS_N_ENTITIES; e++)
    {
      const RoundsEntityInfo *info = rounds_entity_get_info (e);
      g_autoptr (RoundsQuery) query = NULL;
      g_autoptr (GPtrArray) records = NULL;

      if (!rounds_entity_is_synced (e) || e == ROUNDS_ENTITY_MERGE)
        continue;
      query = rounds_query_new (e);
      records = rounds_record_store_list (fixture->store, query, NULL);
      for (guint i = 0; i < records->len; i++)
        for (guint f = 0; f < info->n_fields; f++)
          {
            g_autofree char *value =
              f == ROUNDS_FIELD_UPDATED_AT
                ? NULL
                : rounds_field_format (&info->fields[f], rounds_record_get_value (records->pdata[i], f));

            g_string_append_printf (text, "%s.%s=%s\n", info->name, info->fields[f].name, value);
          }
    }
  return g_string_free_and_steal (text);
}

void
merge_fixture_assert_dump (MergeFixture *fixture, const char *expected)
{
  g_autofree char *now = merge_fixture_dump (fixture);
  g_auto (GStrv) before = g_strsplit (expected, "\n", -1);
  g_auto (GStrv) after = g_strsplit (now, "\n", -1);

  for (guint i = 0; before[i] != NULL && after[i] != NULL; i++)
    g_assert_cmpstr (after[i], ==, before[i]);
  g_assert_cmpuint (g_strv_length (after), ==, g_strv_length (before));
}
