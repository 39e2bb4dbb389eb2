/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is lost if this fails: a call that was made without a network for somebody whom a colleague has merged away in
 * the meantime; or a person, because two of the team found the same double. */

#include "rounds-error.h"
#include "rounds-person-merge.h"
#include "sync-world.h"

/* Two people who are one, on both devices. */
typedef struct
{
  World *world;
  RoundsRecord *kept;   /* (owned) */
  RoundsRecord *merged; /* (owned) */
} Pair;

static void
pair_clear (Pair *pair)
{
  g_clear_object (&pair->kept);
  g_clear_object (&pair->merged);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pair, pair_clear)

static void
make_pair (Pair *pair, World *world)
{
  pair->world = world;
  pair->kept = peer_add_person (&world->a, "Ama", "Osei");
  pair->merged = peer_add_person (&world->a, "A.", "Osei");
  world_sync_all (world);
}

static void
assert_deleted (Peer *peer, RoundsRecord *like, gboolean deleted)
{
  g_autoptr (RoundsRecord) record = peer_get (peer, like);

  g_assert_cmpint (rounds_record_is_deleted (record), ==, deleted);
}

static void
assert_refers (Peer *peer, RoundsRecord *like, guint field, RoundsRecord *target)
{
  g_autoptr (RoundsRecord) record = peer_get (peer, like);

  g_assert_true (rounds_uuid_equal (rounds_record_get_uuid (record, field), rounds_record_get_id (target)));
}

static RoundsRecord *
add_call (Peer *peer, RoundsRecord *person)
{
  RoundsRecord *call = rounds_record_new (ROUNDS_ENTITY_INTERACTION);

  rounds_record_set_uuid (call, ROUNDS_INTERACTION_PERSON, rounds_record_get_id (person));
  rounds_record_set_text (call, ROUNDS_INTERACTION_HCP_NAME, "Ama Osei");
  rounds_record_set_text (call, ROUNDS_INTERACTION_INTERACTION_TYPE, "Call");
  rounds_record_set_integer (call, ROUNDS_INTERACTION_OCCURRED_AT, G_GINT64_CONSTANT (1700000000000));
  peer_save (peer, call);
  return call;
}

static RoundsRecord *
add_physician (Peer *peer, RoundsRecord *person, const char *npi)
{
  RoundsRecord *physician = rounds_record_new (ROUNDS_ENTITY_PHYSICIAN);

  rounds_record_set_uuid (physician, ROUNDS_PHYSICIAN_PERSON, rounds_record_get_id (person));
  rounds_record_set_text (physician, ROUNDS_PHYSICIAN_NPI, npi);
  peer_save (peer, physician);
  return physician;
}

static RoundsRecord *
add_consent (Peer *peer, RoundsRecord *person, const char *state)
{
  RoundsRecord *consent = rounds_record_new (ROUNDS_ENTITY_CONSENT);

  rounds_record_set_uuid (consent, ROUNDS_CONSENT_PERSON, rounds_record_get_id (person));
  rounds_record_set_text (consent, ROUNDS_CONSENT_STATE, state);
  peer_save (peer, consent);
  return consent;
}

static RoundsRecord *
merge_people (Peer *peer, RoundsRecord *kept, RoundsRecord *merged)
{
  g_autoptr (GError) error = NULL;
  RoundsRecord *merge =
    rounds_person_merge_run (peer->store, rounds_record_get_id (kept), rounds_record_get_id (merged), NULL, &error);

  g_assert_no_error (error);
  return merge;
}

static void
unmerge (Peer *peer, RoundsRecord *merge, RoundsRecord *goes_back)
{
  g_autoptr (GHashTable) go_back = g_hash_table_new (rounds_uuid_hash, rounds_uuid_equal);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) remainders = NULL;

  if (goes_back != NULL)
    g_hash_table_add (go_back, (gpointer) rounds_record_get_id (goes_back));
  remainders = rounds_person_unmerge_run (peer->store, rounds_record_get_id (merge), go_back, &error);
  g_assert_no_error (error);
}

static guint
count_newer (Peer *peer, RoundsRecord *merge)
{
  g_autoptr (RoundsRecord) record = peer_get (peer, merge);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) newer = rounds_person_unmerge_list_newer (peer->store, record, &error);

  g_assert_no_error (error);
  return newer->len;
}

/* No living record names somebody who is gone, nothing was refused, nobody is asked to choose, all have the same. */
static void
assert_well (World *world)
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

/* What the other device did meanwhile */

static void
merged_for_all (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) call = NULL;
  g_autoptr (RoundsRecord) merge = NULL;

  make_pair (&pair, world);
  call = add_call (&world->b, pair.merged);
  world_sync_all (world);
  merge = merge_people (&world->a, pair.kept, pair.merged);
  assert_well (world);
  assert_deleted (&world->b, pair.merged, TRUE);
  assert_refers (&world->b, call, ROUNDS_INTERACTION_PERSON, pair.kept);
}

/* The call was made without a network, for a contact that is gone. @b_first: whether it reaches the server before the
 * merge that does not know of it. */
static void
call_meanwhile (World *world, gboolean b_first)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) call = NULL;
  g_autoptr (RoundsRecord) merge = NULL;

  make_pair (&pair, world);
  merge = merge_people (&world->a, pair.kept, pair.merged);
  call = add_call (&world->b, pair.merged);
  world_sync (world, b_first ? &world->b : &world->a, NULL);
  world_sync (world, b_first ? &world->a : &world->b, NULL);
  assert_well (world);
  assert_refers (&world->a, call, ROUNDS_INTERACTION_PERSON, pair.kept);
  assert_refers (&world->b, call, ROUNDS_INTERACTION_PERSON, pair.kept);

  /* It was made for the merged person, whenever it came: nobody has to be asked. */
  g_assert_cmpuint (count_newer (&world->a, merge), ==, 0);
  unmerge (&world->b, merge, NULL);
  assert_well (world);
  assert_refers (&world->a, call, ROUNDS_INTERACTION_PERSON, pair.merged);
}

static void
call_after_the_merge (World *world)
{
  call_meanwhile (world, FALSE);
}

static void
call_before_the_merge (World *world)
{
  call_meanwhile (world, TRUE);
}

/* A colleague corrects the telephone of the one who is merged away: the kept one gets it, and the other keeps it. */
static void
edit_meanwhile (World *world, gboolean b_first)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) merge = NULL;

  make_pair (&pair, world);
  peer_set_text (&world->b, pair.merged, ROUNDS_PERSON_PHONE, "030 901820");
  merge = merge_people (&world->a, pair.kept, pair.merged);
  world_sync (world, b_first ? &world->b : &world->a, NULL);
  world_sync (world, b_first ? &world->a : &world->b, NULL);
  assert_well (world);
  assert_deleted (&world->b, pair.merged, TRUE);
  peer_assert_text (&world->b, pair.kept, ROUNDS_PERSON_PHONE, "030 901820");
  unmerge (&world->a, merge, NULL);
  assert_well (world);
  peer_assert_text (&world->b, pair.merged, ROUNDS_PERSON_PHONE, "030 901820");
}

static void
edit_after_the_merge (World *world)
{
  edit_meanwhile (world, FALSE);
}

static void
edit_before_the_merge (World *world)
{
  edit_meanwhile (world, TRUE);
}

/* Both got the physician's particulars, one of them where the merge was not known. */
static void
physician_meanwhile (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) own = NULL;
  g_autoptr (RoundsRecord) other = NULL;
  g_autoptr (RoundsRecord) merge = NULL;

  make_pair (&pair, world);
  own = add_physician (&world->a, pair.kept, NULL);
  other = add_physician (&world->b, pair.merged, "1234567893");
  world_sync (world, &world->b, NULL);
  merge = merge_people (&world->a, pair.kept, pair.merged);
  assert_well (world);
  assert_deleted (&world->a, other, TRUE);
  peer_assert_text (&world->b, own, ROUNDS_PHYSICIAN_NPI, "1234567893");

  peer_set_text (&world->a, pair.kept, ROUNDS_PERSON_GIVEN_NAME, "Amma");
  unmerge (&world->b, merge, NULL);
  assert_well (world);
  assert_refers (&world->a, other, ROUNDS_PHYSICIAN_PERSON, pair.merged);
  peer_assert_text (&world->a, own, ROUNDS_PHYSICIAN_NPI, NULL);
}

/* The particulars were written down for the one who is gone: they add to those of the kept one. */
static void
physician_after_the_merge (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) own = NULL;
  g_autoptr (RoundsRecord) other = NULL;
  g_autoptr (RoundsRecord) hours = rounds_record_new (ROUNDS_ENTITY_AVAILABILITY);
  g_autoptr (RoundsRecord) merge = NULL;

  make_pair (&pair, world);
  own = add_physician (&world->a, pair.kept, NULL);
  merge = merge_people (&world->a, pair.kept, pair.merged);
  world_sync (world, &world->a, NULL);
  other = add_physician (&world->b, pair.merged, "1234567893");
  rounds_record_set_uuid (hours, ROUNDS_AVAILABILITY_PHYSICIAN, rounds_record_get_id (other));
  rounds_record_set_text (hours, ROUNDS_AVAILABILITY_TIME_ZONE, "Europe/Berlin");
  peer_save (&world->b, hours);
  assert_well (world);
  assert_deleted (&world->b, other, TRUE);
  peer_assert_text (&world->b, own, ROUNDS_PHYSICIAN_NPI, "1234567893");
  assert_refers (&world->a, hours, ROUNDS_AVAILABILITY_PHYSICIAN, own);

  unmerge (&world->a, merge, NULL);
  assert_well (world);
  assert_deleted (&world->b, other, FALSE);
  assert_refers (&world->b, other, ROUNDS_PHYSICIAN_PERSON, pair.merged);
  peer_assert_text (&world->a, other, ROUNDS_PHYSICIAN_NPI, "1234567893");
  peer_assert_text (&world->a, own, ROUNDS_PHYSICIAN_NPI, NULL);
  assert_refers (&world->a, hours, ROUNDS_AVAILABILITY_PHYSICIAN, other);
}

/* Two merges */

/* @turned: whether the other device keeps the other one */
static void
merge_twice (World *world, gboolean turned)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) first_consent = NULL;
  g_autoptr (RoundsRecord) second_consent = NULL;
  g_autoptr (RoundsRecord) call = NULL;
  g_autoptr (RoundsRecord) newer = NULL;
  g_autoptr (RoundsRecord) first = NULL;
  g_autoptr (RoundsRecord) second = NULL;

  make_pair (&pair, world);
  first_consent = add_consent (&world->a, pair.kept, "granted");
  second_consent = add_consent (&world->a, pair.merged, "granted");
  call = add_call (&world->a, pair.merged);
  world_sync_all (world);
  first = merge_people (&world->a, pair.kept, pair.merged);
  second = merge_people (&world->b, turned ? pair.merged : pair.kept, turned ? pair.kept : pair.merged);
  newer = add_call (&world->b, turned ? pair.merged : pair.kept);
  assert_well (world);
  assert_deleted (&world->b, pair.kept, FALSE);
  assert_deleted (&world->b, pair.merged, TRUE);
  assert_deleted (&world->b, second, TRUE);
  assert_deleted (&world->b, first_consent, FALSE);
  assert_deleted (&world->b, second_consent, TRUE);
  assert_refers (&world->b, call, ROUNDS_INTERACTION_PERSON, pair.kept);
  assert_refers (&world->a, newer, ROUNDS_INTERACTION_PERSON, pair.kept);

  unmerge (&world->b, first, NULL);
  assert_well (world);
  assert_refers (&world->a, call, ROUNDS_INTERACTION_PERSON, pair.merged);
  assert_deleted (&world->a, second_consent, FALSE);
}

static void
merged_on_both (World *world)
{
  merge_twice (world, FALSE);
}

static void
merged_on_both_the_other_way_round (World *world)
{
  merge_twice (world, TRUE);
}

/* Nobody has said that the first and the third are one. */
static void
merged_with_somebody_else (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) third = NULL;
  g_autoptr (RoundsRecord) call = NULL;
  g_autoptr (RoundsRecord) first = NULL;
  g_autoptr (RoundsRecord) second = NULL;

  make_pair (&pair, world);
  third = peer_add_person (&world->a, "Anna", "Osei");
  call = add_call (&world->a, pair.merged);
  world_sync_all (world);
  first = merge_people (&world->a, pair.kept, pair.merged);
  second = merge_people (&world->b, third, pair.merged);
  assert_well (world);
  assert_deleted (&world->b, third, FALSE);
  assert_deleted (&world->b, second, TRUE);
  assert_refers (&world->b, call, ROUNDS_INTERACTION_PERSON, pair.kept);
}

/* One device merges the second into the first, the other the third into the second: all three are one. */
static void
chain (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) third = NULL;
  g_autoptr (RoundsRecord) call = NULL;
  g_autoptr (RoundsRecord) late = NULL;
  g_autoptr (RoundsRecord) first = NULL;
  g_autoptr (RoundsRecord) second = NULL;

  make_pair (&pair, world);
  third = peer_add_person (&world->a, "Anna", "Osei");
  call = add_call (&world->a, third);
  world_sync_all (world);
  first = merge_people (&world->a, pair.kept, pair.merged);
  second = merge_people (&world->b, pair.merged, third);
  late = add_call (&world->b, pair.merged);
  assert_well (world);
  assert_deleted (&world->a, third, TRUE);
  assert_refers (&world->a, call, ROUNDS_INTERACTION_PERSON, pair.kept);
  assert_refers (&world->a, late, ROUNDS_INTERACTION_PERSON, pair.kept);

  unmerge (&world->a, second, NULL);
  assert_well (world);
  assert_refers (&world->b, call, ROUNDS_INTERACTION_PERSON, third);
  unmerge (&world->b, first, NULL);
  assert_well (world);
  assert_refers (&world->a, late, ROUNDS_INTERACTION_PERSON, pair.merged);
}

/* Merged, and merged again before anybody else heard of it; a third device's call for the first comes last. */
static void
chain_on_one_device (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) third = NULL;
  g_autoptr (RoundsRecord) call = NULL;
  g_autoptr (RoundsRecord) first = NULL;
  g_autoptr (RoundsRecord) second = NULL;

  make_pair (&pair, world);
  third = peer_add_person (&world->a, "Anna", "Osei");
  world_sync_all (world);
  first = merge_people (&world->a, pair.kept, pair.merged);
  second = merge_people (&world->a, third, pair.kept);
  call = add_call (&world->b, pair.merged);
  world_sync (world, &world->a, NULL);
  assert_well (world);
  assert_refers (&world->a, call, ROUNDS_INTERACTION_PERSON, third);
}

/* Taking it apart */

/* Acceptance test 18, over two devices. */
static void
undone_elsewhere (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) call = NULL;
  g_autoptr (RoundsRecord) newer = NULL;
  g_autoptr (RoundsRecord) merge = NULL;

  make_pair (&pair, world);
  call = add_call (&world->a, pair.merged);
  merge = merge_people (&world->a, pair.kept, pair.merged);
  newer = add_call (&world->a, pair.kept);
  assert_well (world);
  g_assert_cmpuint (count_newer (&world->b, merge), ==, 1);
  unmerge (&world->b, merge, newer);
  assert_well (world);
  assert_deleted (&world->a, pair.merged, FALSE);
  assert_refers (&world->a, call, ROUNDS_INTERACTION_PERSON, pair.merged);
  assert_refers (&world->a, newer, ROUNDS_INTERACTION_PERSON, pair.merged);
}

static void
undone_on_both (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) call = NULL;
  g_autoptr (RoundsRecord) merge = NULL;

  make_pair (&pair, world);
  call = add_call (&world->a, pair.merged);
  merge = merge_people (&world->a, pair.kept, pair.merged);
  assert_well (world);
  unmerge (&world->a, merge, NULL);
  unmerge (&world->b, merge, NULL);
  assert_well (world);
  assert_deleted (&world->a, pair.merged, FALSE);
  assert_refers (&world->a, call, ROUNDS_INTERACTION_PERSON, pair.merged);
}

/* Merged by mistake and undone at once, all of it without a network. */
static void
undone_before_it_is_sent (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) call = NULL;
  g_autoptr (RoundsRecord) late = NULL;
  g_autoptr (RoundsRecord) merge = NULL;

  make_pair (&pair, world);
  call = add_call (&world->a, pair.merged);
  merge = merge_people (&world->a, pair.kept, pair.merged);
  unmerge (&world->a, merge, NULL);
  late = add_call (&world->b, pair.merged);
  assert_well (world);
  assert_deleted (&world->b, pair.merged, FALSE);
  assert_refers (&world->b, call, ROUNDS_INTERACTION_PERSON, pair.merged);
  assert_refers (&world->a, late, ROUNDS_INTERACTION_PERSON, pair.merged);
}

/* The answer is lost, and the device says all of it once more. */
static void
said_twice (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) call = NULL;
  g_autoptr (RoundsRecord) merge = NULL;
  g_autoptr (GError) error = NULL;

  make_pair (&pair, world);
  call = add_call (&world->a, pair.merged);
  world_sync_all (world);
  merge = merge_people (&world->a, pair.kept, pair.merged);
  world->lose_reply = 1;
  g_assert_false (world_try_sync (world, &world->a, NULL, &error));
  assert_well (world);
  assert_refers (&world->b, call, ROUNDS_INTERACTION_PERSON, pair.kept);
  assert_deleted (&world->b, merge, FALSE);
}

/* Rights */

static gboolean
allow_no_staff (RoundsRecordStore *store, const RoundsChange *mutation, RoundsRecord *record, gpointer data,
                GError **error)
{
  if (mutation->entity != ROUNDS_ENTITY_STAFF)
    return TRUE;
  g_set_error_literal (error, ROUNDS_ERROR, ROUNDS_ERROR_FORBIDDEN, "Staff is for managers.");
  return FALSE;
}

/* Who merges a manager into their own contact would get the manager's territories. */
static void
no_way_to_territories (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) staff = rounds_record_new (ROUNDS_ENTITY_STAFF);
  g_autoptr (RoundsRecord) merge = NULL;

  make_pair (&pair, world);
  rounds_record_set_uuid (staff, ROUNDS_STAFF_PERSON, rounds_record_get_id (pair.merged));
  peer_save (&world->b, staff);
  world_sync (world, &world->b, NULL);
  merge = merge_people (&world->a, pair.kept, pair.merged);
  world->allow = allow_no_staff;
  world_sync (world, &world->a, NULL);
  g_assert_cmpint (rounds_record_store_count_changes (world->a.store, ROUNDS_CHANGE_REJECTED, NULL), >, 0);
  assert_refers (&world->server, staff, ROUNDS_STAFF_PERSON, pair.merged);
  assert_deleted (&world->server, pair.merged, FALSE);
}

/* How many deletions the person at @peer is asked about. */
static gint64
count_asked (Peer *peer)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_CONFLICT);

  rounds_query_where_text (query, ROUNDS_CONFLICT_FIELD, ROUNDS_IS, "deleted_at");
  return rounds_record_store_count (peer->store, query, NULL);
}

static void
delete_person (Peer *peer, RoundsRecord *person)
{
  g_autoptr (GError) error = NULL;

  rounds_record_store_delete (peer->store, ROUNDS_ENTITY_PERSON, rounds_record_get_id (person), &error);
  g_assert_no_error (error);
}

/* Two contacts would go, and whoever deleted one had seen one. */
static void
deleted_without_knowing_of_the_merge (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) merge = NULL;

  make_pair (&pair, world);
  delete_person (&world->b, pair.kept);
  merge = merge_people (&world->a, pair.kept, pair.merged);
  world_sync (world, &world->a, NULL);
  world_sync (world, &world->b, NULL);
  assert_deleted (&world->server, pair.kept, FALSE);
  g_assert_cmpint (count_asked (&world->b), ==, 1);
}

/* The telephone that a colleague has just corrected, of the one who was merged away, would go unseen. */
static void
deleted_without_knowing_of_an_edit (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) merge = NULL;

  make_pair (&pair, world);
  peer_set_text (&world->a, pair.kept, ROUNDS_PERSON_PHONE, "030 111");
  peer_set_text (&world->b, pair.merged, ROUNDS_PERSON_PHONE, "030 901820");
  merge = merge_people (&world->a, pair.kept, pair.merged);
  world_sync (world, &world->a, NULL);
  delete_person (&world->a, pair.kept);
  world_sync (world, &world->b, NULL);
  world_sync (world, &world->a, NULL);
  assert_deleted (&world->server, pair.kept, FALSE);
  g_assert_cmpint (count_asked (&world->a), ==, 1);
}

static gboolean
refuse_merges (RoundsRecordStore *store, const RoundsChange *mutation, RoundsRecord *current, gpointer data,
               GError **error)
{
  if (mutation->entity != ROUNDS_ENTITY_MERGE)
    return TRUE;
  g_set_error_literal (error, ROUNDS_ERROR, ROUNDS_ERROR_FORBIDDEN, "No merges.");
  return FALSE;
}

/* A merge was refused, and goes again with what is said next of a call that it had led along: that is done as well, and
 * what was said together with it. */
static void
decided_after_a_refusal (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) third = NULL;
  g_autoptr (RoundsRecord) call = NULL;
  g_autoptr (RoundsRecord) other = NULL;
  g_autoptr (RoundsRecord) merge = NULL;
  g_autoptr (GPtrArray) group = g_ptr_array_new_with_free_func (g_object_unref);

  make_pair (&pair, world);
  third = peer_add_person (&world->a, "Anna", "Mensah");
  call = add_call (&world->a, pair.merged);
  other = add_call (&world->a, third);
  world_sync_all (world);
  merge = merge_people (&world->a, pair.kept, pair.merged);
  world->allow = refuse_merges;
  world_sync (world, &world->a, NULL);
  world->allow = NULL;

  g_ptr_array_add (group, peer_get (&world->a, call));
  g_ptr_array_add (group, peer_get (&world->a, other));
  rounds_record_set_uuid (group->pdata[0], ROUNDS_INTERACTION_PERSON, rounds_record_get_id (third));
  rounds_record_set_text (group->pdata[1], ROUNDS_INTERACTION_NOTES, "Was about both");
  g_assert_true (rounds_record_store_save_all (world->a.store, group, NULL));
  assert_well (world);
  assert_deleted (&world->b, pair.merged, TRUE);
  assert_refers (&world->b, call, ROUNDS_INTERACTION_PERSON, third);
  peer_assert_text (&world->b, other, ROUNDS_INTERACTION_NOTES, "Was about both");
}

static void
deleted_knowingly (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) merge = NULL;

  make_pair (&pair, world);
  merge = merge_people (&world->a, pair.kept, pair.merged);
  world_sync_all (world);
  delete_person (&world->b, pair.kept);
  assert_well (world);
  assert_deleted (&world->a, pair.kept, TRUE);
}

/* The merged one goes to the kept one by way of a third one on one device, and at once on the other, which chooses the
 * merged one's telephone. Returns: (transfer full): the merge of the second; @other: (out): of the merged with the
 * third */
static RoundsRecord *
merge_second (Pair *pair, RoundsRecord **other)
{
  World *world = pair->world;
  g_autoptr (RoundsRecord) third = peer_add_person (&world->a, "Anna", "Mensah");
  g_autoptr (RoundsRecord) last = NULL;
  g_autoptr (GPtrArray) choices = NULL;
  g_autoptr (GError) error = NULL;
  RoundsRecord *second;

  peer_set_text (&world->a, pair->kept, ROUNDS_PERSON_PHONE, "+233 2");
  peer_set_text (&world->a, pair->merged, ROUNDS_PERSON_PHONE, "+233 1");
  peer_set_text (&world->a, third, ROUNDS_PERSON_PHONE, "+233 3");
  world_sync_all (world);
  *other = merge_people (&world->b, third, pair->merged);
  last = merge_people (&world->b, pair->kept, third);
  world_sync (world, &world->b, NULL);

  choices = rounds_person_merge_list_choices (world->a.store, rounds_record_get_id (pair->kept),
                                              rounds_record_get_id (pair->merged), &error);
  g_assert_no_error (error);
  for (guint i = 0; i < choices->len; i++)
    ((RoundsMergeChoice *) choices->pdata[i])->take =
      ((RoundsMergeChoice *) choices->pdata[i])->field == ROUNDS_PERSON_PHONE;
  second = rounds_person_merge_run (world->a.store, rounds_record_get_id (pair->kept),
                                    rounds_record_get_id (pair->merged), choices, &error);
  g_assert_no_error (error);
  return second;
}

static void
second_choice (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) merge = NULL;
  g_autoptr (RoundsRecord) other = NULL;

  make_pair (&pair, world);
  merge = merge_second (&pair, &other);
  assert_well (world);
  peer_assert_text (&world->b, pair.kept, ROUNDS_PERSON_PHONE, "+233 1");
  unmerge (&world->b, other, NULL);
  assert_well (world);
  peer_assert_text (&world->a, pair.kept, ROUNDS_PERSON_PHONE, "+233 2");
}

static void
second_choice_taken_back (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) merge = NULL;
  g_autoptr (RoundsRecord) other = NULL;

  make_pair (&pair, world);
  merge = merge_second (&pair, &other);
  unmerge (&world->a, merge, NULL);
  assert_well (world);
  peer_assert_text (&world->b, pair.kept, ROUNDS_PERSON_PHONE, "+233 2");
  assert_deleted (&world->a, pair.merged, TRUE);
}

/* What was chosen stood against what somebody else had written meanwhile: nobody is asked about what is taken back. */
static void
second_choice_disputed_and_taken_back (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) merge = NULL;
  g_autoptr (RoundsRecord) other = NULL;

  make_pair (&pair, world);
  merge = merge_second (&pair, &other);
  peer_set_text (&world->b, pair.kept, ROUNDS_PERSON_PHONE, "+233 9");
  world_sync (world, &world->b, NULL);
  unmerge (&world->a, merge, NULL);
  world_sync_all (world);
  peer_assert_text (&world->a, pair.kept, ROUNDS_PERSON_PHONE, "+233 9");
  g_assert_cmpint (peer_count_open_conflicts (&world->a), ==, 0);
}

static const WorldStory stories[] = {
  { "/sync/people/merged-for-all", merged_for_all },
  { "/sync/people/call-after-the-merge", call_after_the_merge },
  { "/sync/people/call-before-the-merge", call_before_the_merge },
  { "/sync/people/edit-after-the-merge", edit_after_the_merge },
  { "/sync/people/edit-before-the-merge", edit_before_the_merge },
  { "/sync/people/physician-meanwhile", physician_meanwhile },
  { "/sync/people/physician-after-the-merge", physician_after_the_merge },
  { "/sync/people/merged-on-both", merged_on_both },
  { "/sync/people/merged-on-both-the-other-way-round", merged_on_both_the_other_way_round },
  { "/sync/people/merged-with-somebody-else", merged_with_somebody_else },
  { "/sync/people/chain", chain },
  { "/sync/people/chain-on-one-device", chain_on_one_device },
  { "/sync/people/undone-elsewhere", undone_elsewhere },
  { "/sync/people/undone-on-both", undone_on_both },
  { "/sync/people/undone-before-it-is-sent", undone_before_it_is_sent },
  { "/sync/people/said-twice", said_twice },
  { "/sync/people/no-way-to-territories", no_way_to_territories },
  { "/sync/people/deleted-without-knowing-of-the-merge", deleted_without_knowing_of_the_merge },
  { "/sync/people/deleted-without-knowing-of-an-edit", deleted_without_knowing_of_an_edit },
  { "/sync/people/deleted-knowingly", deleted_knowingly },
  { "/sync/people/decided-after-a-refusal", decided_after_a_refusal },
  { "/sync/people/second-choice", second_choice },
  { "/sync/people/second-choice-taken-back", second_choice_taken_back },
  { "/sync/people/second-choice-disputed-and-taken-back", second_choice_disputed_and_taken_back },
};

int
main (int argc, char **argv)
{
  return world_run_stories (argc, argv, stories, G_N_ELEMENTS (stories));
}
