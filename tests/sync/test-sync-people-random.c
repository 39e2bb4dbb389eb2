/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two people on the road who merge, take apart, call, edit and sync in any order. What is lost if this fails: a call
 * that belongs to nobody, a contact that is gone on one device and not on the other, a change that the server refuses.
 */

#include "rounds-error.h"
#include "rounds-person-merge.h"
#include "sync-world.h"

#define N_SEEDS 40
#define N_EVENTS 60
#define N_PEOPLE 5

typedef struct
{
  World *world;
  GRand *dice;
  GPtrArray *calls; /* of RoundsRecord, as they were made */
} Day;

static Peer *
roll_device (Day *day)
{
  return g_rand_boolean (day->dice) ? &day->world->a : &day->world->b;
}

/* (transfer full) (nullable): one of those that are there on the device */
static RoundsRecord *
roll_record (Day *day, Peer *peer, RoundsEntity entity)
{
  g_autoptr (GPtrArray) records = peer_list (peer, entity);

  if (records->len == 0)
    return NULL;
  return g_object_ref (records->pdata[g_rand_int_range (day->dice, 0, (gint32) records->len)]);
}

static void
add_call (Day *day, Peer *peer)
{
  g_autoptr (RoundsRecord) person = roll_record (day, peer, ROUNDS_ENTITY_PERSON);
  RoundsRecord *call = rounds_record_new (ROUNDS_ENTITY_INTERACTION);

  rounds_record_set_uuid (call, ROUNDS_INTERACTION_PERSON, rounds_record_get_id (person));
  rounds_record_set_text (call, ROUNDS_INTERACTION_HCP_NAME, "Ama Osei");
  rounds_record_set_integer (call, ROUNDS_INTERACTION_OCCURRED_AT, G_GINT64_CONSTANT (1700000000000));
  peer_save (peer, call);
  g_ptr_array_add (day->calls, call);
}

static void
add_child (Day *day, Peer *peer)
{
  static const struct
  {
    RoundsEntity entity;
    guint person;
  } kinds[] = {
    { ROUNDS_ENTITY_CONSENT, ROUNDS_CONSENT_PERSON },
    { ROUNDS_ENTITY_ADDRESS, ROUNDS_ADDRESS_PERSON },
    { ROUNDS_ENTITY_PATIENT_LEAD, ROUNDS_PATIENT_LEAD_PERSON },
  };
  guint k = (guint) g_rand_int_range (day->dice, 0, G_N_ELEMENTS (kinds));
  g_autoptr (RoundsRecord) person = roll_record (day, peer, ROUNDS_ENTITY_PERSON);
  g_autoptr (RoundsRecord) child = rounds_record_new (kinds[k].entity);

  rounds_record_set_uuid (child, kinds[k].person, rounds_record_get_id (person));
  peer_save (peer, child);
}

static void
add_journey (Day *day, Peer *peer)
{
  g_autoptr (RoundsRecord) patient = roll_record (day, peer, ROUNDS_ENTITY_PATIENT);
  g_autoptr (RoundsRecord) physician = roll_record (day, peer, ROUNDS_ENTITY_PHYSICIAN);
  g_autoptr (RoundsRecord) journey = rounds_record_new (ROUNDS_ENTITY_CT_JOURNEY);

  if (patient == NULL)
    return;
  rounds_record_set_uuid (journey, ROUNDS_CT_JOURNEY_PATIENT, rounds_record_get_id (patient));
  if (physician != NULL)
    rounds_record_set_uuid (journey, ROUNDS_CT_JOURNEY_PHYSICIAN, rounds_record_get_id (physician));
  peer_save (peer, journey);
}

static void
edit (Day *day, Peer *peer)
{
  g_autoptr (RoundsRecord) person = roll_record (day, peer, ROUNDS_ENTITY_PERSON);
  g_autofree char *phone = g_strdup_printf ("030 %06u", g_rand_int (day->dice) % 1000000);

  rounds_record_set_text (person, g_rand_boolean (day->dice) ? ROUNDS_PERSON_PHONE : ROUNDS_PERSON_CREDENTIALS, phone);
  peer_save (peer, person);
}

static void
merge_two (Day *day, Peer *peer)
{
  g_autoptr (RoundsRecord) kept = roll_record (day, peer, ROUNDS_ENTITY_PERSON);
  g_autoptr (RoundsRecord) merged = roll_record (day, peer, ROUNDS_ENTITY_PERSON);
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsRecord) merge =
    rounds_person_merge_run (peer->store, rounds_record_get_id (kept), rounds_record_get_id (merged), NULL, &error);

  if (merge == NULL)
    g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID);
}

static void
unmerge_one (Day *day, Peer *peer)
{
  g_autoptr (RoundsRecord) merge = roll_record (day, peer, ROUNDS_ENTITY_MERGE);
  g_autoptr (GHashTable) go_back = g_hash_table_new (rounds_uuid_hash, rounds_uuid_equal);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) newer = NULL;
  g_autoptr (GPtrArray) remainders = NULL;

  if (merge == NULL || !rounds_record_is_null (merge, ROUNDS_MERGE_UNDONE_AT))
    return;
  newer = rounds_person_unmerge_list_newer (peer->store, merge, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < newer->len; i++)
    if (g_rand_boolean (day->dice))
      g_hash_table_add (go_back, (gpointer) rounds_record_get_id (((RoundsMergeNewer *) newer->pdata[i])->record));
  remainders = rounds_person_unmerge_run (peer->store, rounds_record_get_id (merge), go_back, &error);
  if (remainders == NULL) /* a later merge is to be undone first */
    g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_CONFLICT);
}

static void
happen (Day *day)
{
  static void (*const acts[]) (Day *, Peer *) = { add_call, add_call, add_child, add_child, add_journey,
                                                  edit,     edit,     merge_two, merge_two, unmerge_one };
  guint act = (guint) g_rand_int_range (day->dice, 0, G_N_ELEMENTS (acts) + 4);

  if (act < G_N_ELEMENTS (acts))
    acts[act](day, roll_device (day));
  else
    world_sync (day->world, roll_device (day), NULL);
}

/* Whom the record names is there. */
static void
assert_not_orphaned (Peer *peer, RoundsRecord *record, guint32 seed)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (record));

  for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
    {
      const RoundsUuid *id = info->fields[f].type == ROUNDS_TYPE_REFERENCE ? rounds_record_get_uuid (record, f) : NULL;
      g_autoptr (RoundsRecord) target =
        id != NULL ? rounds_record_store_get (peer->store, info->fields[f].target, id, NULL) : NULL;

      if (target != NULL && rounds_record_is_deleted (target))
        g_error ("seed %u: %s.%s names a deleted record", seed, info->name, info->fields[f].name);
    }
}

static void
assert_well (Day *day, guint32 seed)
{
  Peer *devices[] = { &day->world->a, &day->world->b };

  world_sync_all (day->world);
  world_sync_all (day->world);
  world_assert_equal (day->world);
  for (guint d = 0; d < G_N_ELEMENTS (devices); d++)
    {
      g_autoptr (GPtrArray) rejected = rounds_record_store_list_rejected (devices[d]->store, NULL);

      if (rejected->len > 0)
        g_error ("seed %u: %s %s was refused: %s", seed,
                 rounds_operation_to_string (((RoundsChange *) rejected->pdata[0])->operation),
                 rounds_entity_get_info (((RoundsChange *) rejected->pdata[0])->entity)->name,
                 ((RoundsChange *) rejected->pdata[0])->reply);
    }
  for (int e = 0; e < ROUNDS_N_ENTITIES; e++)
    {
      g_autoptr (GPtrArray) records =
        rounds_entity_is_synced (e) && e != ROUNDS_ENTITY_MERGE ? peer_list (&day->world->a, e) : NULL;

      for (guint i = 0; records != NULL && i < records->len; i++)
        assert_not_orphaned (&day->world->a, records->pdata[i], seed);
    }
  for (guint i = 0; i < day->calls->len; i++)
    {
      g_autoptr (RoundsRecord) call = rounds_record_store_get (day->world->b.store, ROUNDS_ENTITY_INTERACTION,
                                                               rounds_record_get_id (day->calls->pdata[i]), NULL);

      g_assert_nonnull (call);
      g_assert_false (rounds_record_is_deleted (call));
    }
}

/* What there is one of for a person is there from the beginning: of two that are made at once one is refused. */
static void
add_person (Day *day)
{
  g_autoptr (RoundsRecord) person = peer_add_person (&day->world->a, "Ama", "Osei");
  g_autoptr (RoundsRecord) physician = rounds_record_new (ROUNDS_ENTITY_PHYSICIAN);
  g_autoptr (RoundsRecord) patient = rounds_record_new (ROUNDS_ENTITY_PATIENT);

  rounds_record_set_uuid (physician, ROUNDS_PHYSICIAN_PERSON, rounds_record_get_id (person));
  if (g_rand_boolean (day->dice))
    peer_save (&day->world->a, physician);
  rounds_record_set_uuid (patient, ROUNDS_PATIENT_PERSON, rounds_record_get_id (person));
  if (g_rand_boolean (day->dice))
    peer_save (&day->world->a, patient);
}

static void
live_through (World *world, guint32 seed)
{
  g_autoptr (GRand) dice = g_rand_new_with_seed (seed);
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func (g_object_unref);
  Day day = { world, dice, calls };

  for (guint i = 0; i < N_PEOPLE; i++)
    add_person (&day);
  world_sync_all (world);
  for (guint i = 0; i < N_EVENTS; i++)
    happen (&day);
  assert_well (&day, seed);
}

static void
any_order (World *world)
{
  const char *only = g_getenv ("ROUNDS_TEST_SEED");

  for (guint32 seed = 1; seed <= N_SEEDS; seed++)
    {
      if (only != NULL && seed != (guint32) g_ascii_strtoull (only, NULL, 10))
        continue;
      live_through (world, seed);
      world_tear_down (world);
      world_set_up (world);
    }
}

static const WorldStory stories[] = {
  { "/sync/people/any-order", any_order },
};

int
main (int argc, char **argv)
{
  return world_run_stories (argc, argv, stories, G_N_ELEMENTS (stories));
}
