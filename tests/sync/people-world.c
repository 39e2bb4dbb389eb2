/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "people-world.h"

#include "rounds-person-merge.h"

void
pair_clear (Pair *pair)
{
  g_clear_object (&pair->kept);
  g_clear_object (&pair->merged);
}

void
pair_make (Pair *pair, World *world)
{
  pair->world = world;
  pair->kept = peer_add_person (&world->a, "Ama", "Osei");
  pair->merged = peer_add_person (&world->a, "A.", "Osei");
  world_sync_all (world);
}

void
peer_assert_deleted (Peer *peer, RoundsRecord *like, gboolean deleted)
{
  g_autoptr (RoundsRecord) record = peer_get (peer, like);

  g_assert_cmpint (rounds_record_is_deleted (record), ==, deleted);
}

void
peer_assert_refers (Peer *peer, RoundsRecord *like, guint field, RoundsRecord *target)
{
  g_autoptr (RoundsRecord) record = peer_get (peer, like);

  g_assert_true (rounds_uuid_equal (rounds_record_get_uuid (record, field), rounds_record_get_id (target)));
}

RoundsRecord *
peer_add_call (Peer *peer, RoundsRecord *person)
{
  RoundsRecord *call = visit_new (person, NULL);

  rounds_record_set_text (call, ROUNDS_INTERACTION_INTERACTION_TYPE, "Call");
  peer_save (peer, call);
  return call;
}

RoundsRecord *
peer_add_attendee (Peer *peer, RoundsRecord *visit, RoundsRecord *person)
{
  RoundsRecord *attendee = rounds_record_new (ROUNDS_ENTITY_INTERACTION_ATTENDEE);

  rounds_record_set_uuid (attendee, ROUNDS_INTERACTION_ATTENDEE_INTERACTION, rounds_record_get_id (visit));
  rounds_record_set_uuid (attendee, ROUNDS_INTERACTION_ATTENDEE_PERSON, rounds_record_get_id (person));
  peer_save (peer, attendee);
  return attendee;
}

/* (transfer full): what @person has agreed to, or not. */
RoundsRecord *
peer_add_consent (Peer *peer, RoundsRecord *person, const char *state)
{
  RoundsRecord *consent = rounds_record_new (ROUNDS_ENTITY_CONSENT);

  rounds_record_set_uuid (consent, ROUNDS_CONSENT_PERSON, rounds_record_get_id (person));
  rounds_record_set_text (consent, ROUNDS_CONSENT_STATE, state);
  peer_save (peer, consent);
  return consent;
}

/* (transfer full): what there is one of for the physician @person is. @text: (nullable): what it says in @field */
RoundsRecord *
peer_add_physician (Peer *peer, RoundsRecord *person, guint field, const char *text)
{
  RoundsRecord *physician = rounds_record_new (ROUNDS_ENTITY_PHYSICIAN);

  rounds_record_set_uuid (physician, ROUNDS_PHYSICIAN_PERSON, rounds_record_get_id (person));
  rounds_record_set_text (physician, field, text);
  peer_save (peer, physician);
  return physician;
}

RoundsRecord *
peer_merge (Peer *peer, RoundsRecord *kept, RoundsRecord *merged)
{
  g_autoptr (GError) error = NULL;
  RoundsRecord *merge =
    rounds_person_merge_run (peer->store, rounds_record_get_id (kept), rounds_record_get_id (merged), NULL, &error);

  g_assert_no_error (error);
  return merge;
}

/* (transfer full): the merge by which @kept gets @merged's @field, and nothing else. */
RoundsRecord *
peer_merge_choosing (Peer *peer, RoundsRecord *kept, RoundsRecord *merged, guint field)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) choices =
    rounds_person_merge_list_choices (peer->store, rounds_record_get_id (kept), rounds_record_get_id (merged), &error);
  RoundsRecord *merge;

  g_assert_no_error (error);
  for (guint i = 0; i < choices->len; i++)
    {
      RoundsMergeChoice *choice = choices->pdata[i];

      choice->take = choice->field == field;
    }
  merge =
    rounds_person_merge_run (peer->store, rounds_record_get_id (kept), rounds_record_get_id (merged), choices, &error);
  g_assert_no_error (error);
  return merge;
}

void
peer_unmerge (Peer *peer, RoundsRecord *merge, RoundsRecord *goes_back)
{
  g_autoptr (GHashTable) go_back = g_hash_table_new (rounds_uuid_hash, rounds_uuid_equal);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) remainders = NULL;

  if (goes_back != NULL)
    g_hash_table_add (go_back, (gpointer) rounds_record_get_id (goes_back));
  remainders = rounds_person_unmerge_run (peer->store, rounds_record_get_id (merge), go_back, &error);
  g_assert_no_error (error);
}

/* No living record names somebody who is gone, nothing was refused, nobody is asked to choose, all have the same. */
void
world_assert_well (World *world)
{
  Peer *devices[] = { &world->a, &world->b };

  world_sync_all (world);
  world_assert_equal (world);
  for (guint d = 0; d < G_N_ELEMENTS (devices); d++)
    {
      g_autoptr (RoundsQuery) conflicts = rounds_query_new (ROUNDS_ENTITY_CONFLICT);

      g_assert_cmpint (rounds_record_store_count_changes (devices[d]->store, ROUNDS_CHANGE_REJECTED, NULL), ==, 0);
      g_assert_cmpint (rounds_record_store_count_changes (devices[d]->store, ROUNDS_CHANGE_PENDING, NULL), ==, 0);
      g_assert_cmpint (rounds_record_store_count (devices[d]->store, conflicts, NULL), ==, 0);
    }
  for (int e = 0; e < ROUNDS_N_ENTITIES; e++)
    {
      const RoundsEntityInfo *info = rounds_entity_get_info (e);
      g_autoptr (RoundsQuery) query = rounds_entity_is_synced (e) ? rounds_query_new (e) : NULL;
      g_autoptr (GPtrArray) records = query != NULL ? rounds_record_store_list (world->a.store, query, NULL) : NULL;

      for (guint i = 0; records != NULL && i < records->len; i++)
        for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
          {
            const RoundsUuid *id = info->fields[f].type == ROUNDS_TYPE_REFERENCE && e != ROUNDS_ENTITY_MERGE
                                     ? rounds_record_get_uuid (records->pdata[i], f)
                                     : NULL;
            g_autoptr (RoundsRecord) target =
              id != NULL ? rounds_record_store_get (world->a.store, info->fields[f].target, id, NULL) : NULL;

            if (target != NULL && rounds_record_is_deleted (target))
              g_error ("%s.%s names a deleted record", info->name, info->fields[f].name);
          }
    }
}
