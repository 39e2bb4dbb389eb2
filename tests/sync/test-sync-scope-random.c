/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Random days of a rep who comes to and leaves territories, and of a manager who moves contacts between them, on a bad
 * network, each by its seed. What is lost if this fails: what a rep should have, or the privacy of what they should
 * not.
 */

#include <stdlib.h>

#include "rounds-record-feed.h"
#include "rounds-remote.h"
#include "rounds-sync-verifier.h"
#include "sync-world.h"

#define SEEDS 10
#define STEPS 70
#define N_TERRITORIES 3

typedef struct
{
  World world;
  GRand *rand;
  RoundsUuid territories[N_TERRITORIES];
  gboolean member[N_TERRITORIES]; /* whether the rep is one */
  RoundsTerritoryScope *sight;    /* of the rep, who has device a; the manager has b */
  GPtrArray *people;              /* of RoundsUuid */
  GPtrArray *visits;              /* of RoundsUuid */
} Day;

static void
update_sight (Day *day)
{
  g_clear_pointer (&day->sight, rounds_territory_scope_free);
  day->sight = rounds_territory_scope_new ();
  for (guint t = 0; t < N_TERRITORIES; t++)
    if (day->member[t])
      rounds_territory_scope_add (day->sight, &day->territories[t]);
}

static Peer *
any_device (Day *day)
{
  return g_rand_boolean (day->rand) ? &day->world.a : &day->world.b;
}

static const RoundsUuid *
any_of (Day *day, GPtrArray *ids)
{
  return g_ptr_array_index (ids, g_rand_int_range (day->rand, 0, (gint32) ids->len));
}

/* (transfer full) (nullable): one of @ids as @peer has it. */
static RoundsRecord *
any_record (Day *day, Peer *peer, RoundsEntity entity, GPtrArray *ids)
{
  return ids->len > 0 ? rounds_record_store_get (peer->store, entity, any_of (day, ids), NULL) : NULL;
}

static void
set_any_territory (Day *day, RoundsRecord *record)
{
  gint32 t = g_rand_int_range (day->rand, -1, N_TERRITORIES);

  if (t < 0)
    rounds_record_clear_field (record, ROUNDS_FIELD_TERRITORY);
  else
    rounds_record_set_uuid (record, ROUNDS_FIELD_TERRITORY, &day->territories[t]);
}

static void
add_person (Day *day, Peer *peer)
{
  g_autoptr (RoundsRecord) person = rounds_record_new (ROUNDS_ENTITY_PERSON);

  rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, "Osei");
  set_any_territory (day, person);
  peer_save (peer, person);
  g_ptr_array_add (day->people, g_memdup2 (rounds_record_get_id (person), sizeof (RoundsUuid)));
}

static void
add_visit (Day *day, Peer *peer)
{
  g_autoptr (RoundsRecord) person = any_record (day, peer, ROUNDS_ENTITY_PERSON, day->people);
  g_autoptr (RoundsRecord) visit = rounds_record_new (ROUNDS_ENTITY_INTERACTION);
  g_autoptr (RoundsRecord) follow_up = rounds_record_new (ROUNDS_ENTITY_FOLLOW_UP);
  g_autoptr (GPtrArray) group = g_ptr_array_new ();

  if (person == NULL)
    return;
  rounds_record_set_uuid (visit, ROUNDS_INTERACTION_PERSON, rounds_record_get_id (person));
  rounds_record_set_text (visit, ROUNDS_INTERACTION_HCP_NAME, "Osei");
  rounds_record_set_integer (visit, ROUNDS_INTERACTION_OCCURRED_AT, 0);
  rounds_record_set_uuid (follow_up, ROUNDS_FOLLOW_UP_INTERACTION, rounds_record_get_id (visit));
  rounds_record_set_text (follow_up, ROUNDS_FOLLOW_UP_DUE_ON, "2026-01-01");
  rounds_record_set_text (follow_up, ROUNDS_FOLLOW_UP_TEXT, "Call");
  g_ptr_array_add (group, visit);
  g_ptr_array_add (group, follow_up);
  g_assert_true (rounds_record_store_save_all (peer->store, group, NULL));
  g_ptr_array_add (day->visits, g_memdup2 (rounds_record_get_id (visit), sizeof (RoundsUuid)));
}

static void
edit_person (Day *day, Peer *peer)
{
  g_autoptr (RoundsRecord) person = any_record (day, peer, ROUNDS_ENTITY_PERSON, day->people);
  g_autofree char *phone = g_strdup_printf ("%u", g_rand_int (day->rand));

  if (person == NULL)
    return;
  if (g_rand_int_range (day->rand, 0, 3) == 0)
    set_any_territory (day, person);
  else
    rounds_record_set_text (person, ROUNDS_PERSON_PHONE, phone);
  peer_save (peer, person);
}

static void
edit_visit (Day *day, Peer *peer)
{
  g_autoptr (RoundsRecord) visit = any_record (day, peer, ROUNDS_ENTITY_INTERACTION, day->visits);
  g_autoptr (RoundsRecord) person = any_record (day, peer, ROUNDS_ENTITY_PERSON, day->people);

  if (visit == NULL)
    return;
  switch (g_rand_int_range (day->rand, 0, 4))
    {
    case 0:
      g_assert_true (
        rounds_record_store_delete (peer->store, ROUNDS_ENTITY_INTERACTION, rounds_record_get_id (visit), NULL));
      return;
    case 1:
      g_assert_true (
        rounds_record_store_restore (peer->store, ROUNDS_ENTITY_INTERACTION, rounds_record_get_id (visit), NULL));
      return;
    case 2:
      if (person != NULL)
        rounds_record_set_uuid (visit, ROUNDS_INTERACTION_PERSON, rounds_record_get_id (person));
      break;
    default:
      rounds_record_set_integer (visit, ROUNDS_INTERACTION_DURATION, g_rand_int_range (day->rand, 0, 90));
    }
  peer_save (peer, visit);
}

static void
choose_scope (Day *day, Peer *peer)
{
  day->world.scope = peer == &day->world.a ? day->sight : NULL;
}

static void
try_sync (Day *day, Peer *peer)
{
  choose_scope (day, peer);
  day->world.lose_reply = g_rand_int_range (day->rand, 0, 4);
  day->world.lose_request = day->world.lose_reply == 0 ? g_rand_int_range (day->rand, 0, 4) : 0;
  if (!world_try_sync (&day->world, peer, NULL, NULL) && g_rand_boolean (day->rand))
    world_reopen (&day->world, peer, ROUNDS_ROLE_DEVICE);
  day->world.lose_reply = 0;
  day->world.lose_request = 0;
}

/* The user has read what was refused, and lets it go: the record is fetched as the server has it. */
static void
give_up_rejected (Peer *peer)
{
  g_autoptr (GPtrArray) rejected = rounds_record_store_list_rejected (peer->store, NULL);

  for (guint i = 0; i < rejected->len; i++)
    {
      const RoundsChange *change = g_ptr_array_index (rejected, i);

      g_assert_true (
        rounds_record_store_set_change_state (peer->store, change->seq, ROUNDS_CHANGE_APPLIED, NULL, NULL));
    }
  if (rejected->len > 0)
    g_assert_true (rounds_record_store_set_state (peer->store, ROUNDS_STATE_CURSOR, NULL, NULL));
}

static GPtrArray *
list (Peer *peer, RoundsEntity entity)
{
  g_autoptr (RoundsQuery) query = rounds_query_include_deleted (rounds_query_new (entity));
  GPtrArray *records = rounds_record_store_list (peer->store, query, NULL);

  g_assert_nonnull (records);
  return records;
}

static void
assert_equal (RoundsRecord *a, RoundsRecord *b)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (a));

  for (guint f = 0; f < info->n_fields; f++)
    if (!rounds_value_equal (rounds_record_get_value (a, f), rounds_record_get_value (b, f)))
      g_error ("%s.%s differs", info->name, info->fields[f].name);
}

/* @peer has what its user gets to see, no less and no more. */
static void
assert_sees (Day *day, Peer *peer, const RoundsTerritoryScope *sight)
{
  for (int e = 0; e < ROUNDS_N_ENTITIES; e++)
    {
      g_autoptr (GPtrArray) here = NULL;
      g_autoptr (GPtrArray) there = NULL;
      guint n = 0;

      if (!rounds_entity_is_synced (e))
        continue;
      here = list (peer, e);
      there = list (&day->world.server, e);
      for (guint i = 0; i < there->len; i++)
        {
          RoundsRecord *record = g_ptr_array_index (there, i);
          g_autoptr (RoundsRecord) mine = rounds_record_store_get (peer->store, e, rounds_record_get_id (record), NULL);

          if (rounds_territory_scope_shows (sight, record) != (mine != NULL))
            g_error ("%s is %s", rounds_entity_get_info (e)->name, mine != NULL ? "here and should not be" : "missing");
          if (mine == NULL)
            continue;
          assert_equal (mine, record);
          n++;
        }
      for (guint i = 0; i < here->len; i++)
        n += rounds_record_get_integer (g_ptr_array_index (here, i), ROUNDS_FIELD_REV) == 0; /* never taken */
      if (here->len != n)
        g_error ("%u %s are here alone", here->len - n, rounds_entity_get_info (e)->name);
    }
}

/* What belongs to a record is where that is, everywhere. */
static void
assert_together (Peer *peer)
{
  g_autoptr (GPtrArray) visits = list (peer, ROUNDS_ENTITY_INTERACTION);
  g_autoptr (GPtrArray) follow_ups = list (peer, ROUNDS_ENTITY_FOLLOW_UP);

  for (guint i = 0; i < visits->len; i++)
    {
      RoundsRecord *visit = g_ptr_array_index (visits, i);
      g_autoptr (RoundsRecord) person = rounds_record_store_get (
        peer->store, ROUNDS_ENTITY_PERSON, rounds_record_get_uuid (visit, ROUNDS_INTERACTION_PERSON), NULL);

      g_assert_nonnull (person);
      g_assert_true (rounds_value_equal (rounds_record_get_value (visit, ROUNDS_FIELD_TERRITORY),
                                         rounds_record_get_value (person, ROUNDS_FIELD_TERRITORY)));
    }
  for (guint i = 0; i < follow_ups->len; i++)
    {
      RoundsRecord *follow_up = g_ptr_array_index (follow_ups, i);
      g_autoptr (RoundsRecord) visit = rounds_record_store_get (
        peer->store, ROUNDS_ENTITY_INTERACTION, rounds_record_get_uuid (follow_up, ROUNDS_FOLLOW_UP_INTERACTION), NULL);

      g_assert_nonnull (visit);
      g_assert_true (rounds_value_equal (rounds_record_get_value (follow_up, ROUNDS_FIELD_TERRITORY),
                                         rounds_record_get_value (visit, ROUNDS_FIELD_TERRITORY)));
    }
}

/* The rep has nothing that is out of their sight but what they have changed and nobody has taken. */
static void
assert_sees_no_more (Day *day)
{
  RoundsRecordStore *store = day->world.a.store;

  for (int e = 0; e < ROUNDS_N_ENTITIES; e++)
    {
      g_autoptr (GPtrArray) here = rounds_entity_is_synced (e) ? list (&day->world.a, e) : g_ptr_array_new ();

      for (guint i = 0; i < here->len; i++)
        {
          const RoundsUuid *id = rounds_record_get_id (g_ptr_array_index (here, i));
          g_autoptr (RoundsRecord) there = rounds_record_store_get (day->world.server.store, e, id, NULL);

          if (there != NULL && !rounds_territory_scope_shows (day->sight, there)
              && rounds_record_store_has_open_changes (store, id, NULL) == 0)
            g_error ("%s should not be here", rounds_entity_get_info (e)->name);
        }
    }
}

static void
heal (Day *day)
{
  Peer *const peers[] = { &day->world.b, &day->world.a, &day->world.b, &day->world.a, &day->world.b, &day->world.a };

  for (guint i = 0; i < G_N_ELEMENTS (peers); i++)
    {
      choose_scope (day, peers[i]);
      world_sync (&day->world, peers[i], NULL);
      if (i == 3)
        assert_sees_no_more (day);
      if (i >= 2)
        give_up_rejected (peers[i]);
    }
  choose_scope (day, &day->world.b);
  world_sync (&day->world, &day->world.b, NULL);
}

/* A check by checksums at the end finds nothing to repair: it is not what holds all this together. */
static void
assert_nothing_to_repair (Day *day, Peer *peer)
{
  RoundsSyncSummary summary = { 0 };

  choose_scope (day, peer);
  g_assert_true (rounds_sync_verifier_make_due (peer->store, FALSE, NULL));
  world_sync (&day->world, peer, &summary);
  g_assert_cmpuint (summary.repaired, ==, 0);
}

static void
take_step (Day *day)
{
  Peer *peer = any_device (day);
  guint t;

  switch (g_rand_int_range (day->rand, 0, 12))
    {
    case 0:
      add_person (day, peer);
      break;
    case 1:
    case 2:
      add_visit (day, peer);
      break;
    case 3:
    case 4:
      edit_person (day, peer);
      break;
    case 5:
    case 6:
      edit_visit (day, peer);
      break;
    case 7:
      t = (guint) g_rand_int_range (day->rand, 0, N_TERRITORIES);
      day->member[t] = !day->member[t];
      update_sight (day);
      break;
    default:
      try_sync (day, peer);
    }
}

static void
set_up (Day *day, guint32 seed)
{
  *day = (Day) { 0 };
  world_set_up (&day->world);
  day->rand = g_rand_new_with_seed (seed);
  day->people = g_ptr_array_new_with_free_func (g_free);
  day->visits = g_ptr_array_new_with_free_func (g_free);
  for (guint t = 0; t < N_TERRITORIES; t++)
    {
      g_autoptr (RoundsRecord) territory = rounds_record_new (ROUNDS_ENTITY_TERRITORY);
      g_autofree char *name = g_strdup_printf ("Territory %u", t);

      rounds_record_set_text (territory, ROUNDS_TERRITORY_NAME, name);
      peer_save (&day->world.b, territory);
      day->territories[t] = *rounds_record_get_id (territory);
    }
  day->member[0] = TRUE;
  update_sight (day);
  world_sync (&day->world, &day->world.b, NULL);
  choose_scope (day, &day->world.a);
  world_sync (&day->world, &day->world.a, NULL);
}

static void
live_through (guint32 seed)
{
  Day day;

  set_up (&day, seed);
  for (int step = 0; step < STEPS; step++)
    take_step (&day);
  heal (&day);
  assert_together (&day.world.server);
  assert_sees (&day, &day.world.b, NULL);
  assert_sees (&day, &day.world.a, day.sight);
  assert_nothing_to_repair (&day, &day.world.a);
  assert_nothing_to_repair (&day, &day.world.b);

  g_ptr_array_unref (day.people);
  g_ptr_array_unref (day.visits);
  g_rand_free (day.rand);
  world_tear_down (&day.world);
  g_clear_pointer (&day.sight, rounds_territory_scope_free);
}

/* ROUNDS_TEST_SEED=N runs that one alone, ROUNDS_TEST_SEEDS=N so many. */
static void
test_random_days (void)
{
  const char *one = g_getenv ("ROUNDS_TEST_SEED");
  const char *many = g_getenv ("ROUNDS_TEST_SEEDS");
  guint32 n = many != NULL ? (guint32) atoi (many) : SEEDS;

  if (one != NULL)
    {
      live_through ((guint32) atoi (one));
      return;
    }
  for (guint32 seed = 1; seed <= n; seed++)
    {
      g_test_message ("seed %u", seed);
      live_through (seed);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync-scope/random-days", test_random_days);
  return g_test_run ();
}
