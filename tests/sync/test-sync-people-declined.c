/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is said of people who are merged, and not done as it was said: it is refused, somebody is asked first, or
 * another came first. What is lost if this fails: a contact whom nobody wanted deleted, a choice, or who may see whom.
 */

#include "people-world.h"
#include "rounds-error.h"
#include "rounds-person-merge.h"

static gboolean
allow_all_but_staff (RoundsRecordStore *store, const RoundsChange *mutation, RoundsRecord *current, gpointer data,
                     GError **error)
{
  if (mutation->entity != ROUNDS_ENTITY_STAFF)
    return TRUE;
  g_set_error_literal (error, ROUNDS_ERROR, ROUNDS_ERROR_FORBIDDEN, "No staff.");
  return FALSE;
}

static gboolean
allow_no_moves (RoundsRecordStore *store, const RoundsChange *mutation, RoundsRecord *current, gpointer data,
                GError **error)
{
  if (mutation->entity != ROUNDS_ENTITY_PERSON || mutation->operation != ROUNDS_OPERATION_UPDATE
      || strstr (mutation->fields, "\"territory\":\"") == NULL)
    return TRUE;
  g_set_error_literal (error, ROUNDS_ERROR, ROUNDS_ERROR_FORBIDDEN, "Not there.");
  return FALSE;
}

/* Who merges a manager into their own contact would get the manager's territories. */
static void
no_way_to_territories (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) staff = rounds_record_new (ROUNDS_ENTITY_STAFF);
  g_autoptr (RoundsRecord) merge = NULL;

  pair_make (&pair, world);
  rounds_record_set_uuid (staff, ROUNDS_STAFF_PERSON, rounds_record_get_id (pair.merged));
  peer_save (&world->b, staff);
  world_sync (world, &world->b, NULL);
  merge = peer_merge (&world->a, pair.kept, pair.merged);
  world->allow = allow_all_but_staff;
  world_sync (world, &world->a, NULL);
  g_assert_cmpint (rounds_record_store_count_changes (world->a.store, ROUNDS_CHANGE_REJECTED, NULL), >, 0);
  peer_assert_refers (&world->server, staff, ROUNDS_STAFF_PERSON, pair.merged);
  peer_assert_deleted (&world->server, pair.merged, FALSE);

  /* Taken apart here as well, there is nothing left to decide, and they stay two. */
  peer_unmerge (&world->a, merge, NULL);
  world_sync (world, &world->a, NULL);
  g_assert_cmpint (rounds_record_store_count_changes (world->a.store, ROUNDS_CHANGE_REJECTED, NULL), ==, 0);
  world->allow = NULL;
  peer_set_text (&world->b, pair.merged, ROUNDS_PERSON_PHONE, "030 901820");
  world_assert_well (world);
  peer_assert_deleted (&world->a, pair.merged, FALSE);
  peer_assert_refers (&world->a, staff, ROUNDS_STAFF_PERSON, pair.merged);
}

/* How many deletions the person at @peer is asked about. */
static gint64
count_asked (Peer *peer)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_CONFLICT);

  rounds_query_where_text (query, ROUNDS_CONFLICT_FIELD, ROUNDS_IS, "deleted_at");
  return rounds_record_store_count (peer->store, query, NULL);
}

/* Two contacts would go, and whoever deleted one had seen one. */
static void
deleted_without_knowing_of_the_merge (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) merge = NULL;

  pair_make (&pair, world);
  peer_delete (&world->b, pair.kept);
  merge = peer_merge (&world->a, pair.kept, pair.merged);
  world_sync (world, &world->a, NULL);
  world_sync (world, &world->b, NULL);
  peer_assert_deleted (&world->server, pair.kept, FALSE);
  g_assert_cmpint (count_asked (&world->b), ==, 1);
}

/* The telephone that a colleague has just corrected, of the one who was merged away, would go unseen. */
static void
deleted_without_knowing_of_an_edit (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) merge = NULL;

  pair_make (&pair, world);
  peer_set_text (&world->a, pair.kept, ROUNDS_PERSON_PHONE, "030 111");
  peer_set_text (&world->b, pair.merged, ROUNDS_PERSON_PHONE, "030 901820");
  merge = peer_merge (&world->a, pair.kept, pair.merged);
  world_sync (world, &world->a, NULL);
  peer_delete (&world->a, pair.kept);
  world_sync (world, &world->b, NULL);
  world_sync (world, &world->a, NULL);
  peer_assert_deleted (&world->server, pair.kept, FALSE);
  g_assert_cmpint (count_asked (&world->a), ==, 1);
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

  pair_make (&pair, world);
  third = peer_add_person (&world->a, "Anna", "Mensah");
  call = peer_add_call (&world->a, pair.merged);
  other = peer_add_call (&world->a, third);
  world_sync_all (world);
  merge = peer_merge (&world->a, pair.kept, pair.merged);
  world->refused = "merge";
  world_sync (world, &world->a, NULL);
  world->refused = NULL;

  g_ptr_array_add (group, peer_get (&world->a, call));
  g_ptr_array_add (group, peer_get (&world->a, other));
  rounds_record_set_uuid (group->pdata[0], ROUNDS_INTERACTION_PERSON, rounds_record_get_id (third));
  rounds_record_set_text (group->pdata[1], ROUNDS_INTERACTION_NOTES, "Was about both");
  g_assert_true (rounds_record_store_save_all (world->a.store, group, NULL));
  world_assert_well (world);
  peer_assert_deleted (&world->b, pair.merged, TRUE);
  peer_assert_refers (&world->b, call, ROUNDS_INTERACTION_PERSON, third);
  peer_assert_text (&world->b, other, ROUNDS_INTERACTION_NOTES, "Was about both");
}

/* A merge was refused, and what was entered over what it had chosen was taken: that is what there is, and nobody is
 * asked about what it has replaced when the merge goes again. */
static void
entered_over_a_refused_choice (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) merge = NULL;

  pair_make (&pair, world);
  peer_set_text (&world->a, pair.kept, ROUNDS_PERSON_PHONE, "+233 2");
  peer_set_text (&world->a, pair.merged, ROUNDS_PERSON_PHONE, "+233 1");
  world_sync_all (world);
  merge = peer_merge_choosing (&world->a, pair.kept, pair.merged, ROUNDS_PERSON_PHONE);
  world->refused = "merge";
  world_sync (world, &world->a, NULL);
  peer_set_text (&world->a, pair.kept, ROUNDS_PERSON_PHONE, "+233 9");
  world_sync (world, &world->a, NULL);
  peer_assert_text (&world->server, pair.kept, ROUNDS_PERSON_PHONE, "+233 9");
  peer_assert_text (&world->a, pair.kept, ROUNDS_PERSON_PHONE, "+233 9");
  world->refused = NULL;

  peer_unmerge (&world->a, merge, NULL);
  world_assert_well (world);
  peer_assert_text (&world->b, pair.kept, ROUNDS_PERSON_PHONE, "+233 9");
  g_assert_cmpint (peer_count_open_conflicts (&world->a), ==, 0);
}

static void
assert_listed (Peer *peer, RoundsRecord *merge, RoundsOperation operation)
{
  g_autoptr (GPtrArray) acts = rounds_record_store_list_rejected_acts (peer->store, NULL);
  const RoundsChange *act;

  g_assert_cmpuint (acts->len, ==, 1);
  g_assert_cmpint (rounds_record_store_count_rejected_acts (peer->store, NULL), ==, 1);
  act = acts->pdata[0];
  g_assert_true (rounds_uuid_equal (&act->record, rounds_record_get_id (merge)));
  g_assert_cmpint (act->operation, ==, operation);
}

/* A merge that is refused is one thing to decide about, however much it moves: who could take the call back alone would
 * have it with somebody else than the rest. So is its undoing, and both go together. Whoever has undone it is not asked
 * for anything until that is answered: trying the merge again would make one of the two behind their back. */
static void
refused_as_a_whole (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) call = NULL;
  g_autoptr (RoundsRecord) merge = NULL;
  g_autoptr (GPtrArray) acts = NULL;

  pair_make (&pair, world);
  call = peer_add_call (&world->a, pair.merged);
  world_sync_all (world);
  merge = peer_merge (&world->a, pair.kept, pair.merged);
  world->refused = "merge";
  world_sync (world, &world->a, NULL);
  g_assert_cmpint (rounds_record_store_count_changes (world->a.store, ROUNDS_CHANGE_REJECTED, NULL), >, 2);
  assert_listed (&world->a, merge, ROUNDS_OPERATION_CREATE);
  peer_unmerge (&world->a, merge, NULL);
  g_assert_cmpint (rounds_record_store_count_rejected_acts (world->a.store, NULL), ==, 0);
  world_sync (world, &world->a, NULL);
  assert_listed (&world->a, merge, ROUNDS_OPERATION_UPDATE);
  world->refused = NULL;

  acts = rounds_record_store_list_rejected_acts (world->a.store, NULL);
  g_assert_true (rounds_record_store_retry_rejected (world->a.store, ((RoundsChange *) acts->pdata[0])->seq, NULL));
  world_assert_well (world);
  peer_assert_deleted (&world->b, pair.merged, FALSE);
  peer_assert_refers (&world->b, call, ROUNDS_INTERACTION_PERSON, pair.merged);
}

/* A call was refused, and the merge taken that led it to the kept contact, which a colleague has undone since: when the
 * call goes again it is the merged one's, for whom it was made. @is_undone: whether it goes as its device undoes the
 * merge as well, or with a new note */
static void
go_again_past_a_merge (World *world, gboolean is_undone)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) call = NULL;
  g_autoptr (RoundsRecord) merge = NULL;

  pair_make (&pair, world);
  call = visit_new (pair.merged, "Unheard of");
  peer_save (&world->a, call);
  merge = peer_merge (&world->a, pair.kept, pair.merged);
  world->refused = "Unheard of";
  world_sync (world, &world->a, NULL);
  g_assert_cmpint (rounds_record_store_count_changes (world->a.store, ROUNDS_CHANGE_REJECTED, NULL), ==, 1);
  world->refused = NULL;
  world_sync (world, &world->b, NULL);
  peer_unmerge (&world->b, merge, NULL);
  world_sync (world, &world->b, NULL);

  if (is_undone)
    peer_unmerge (&world->a, merge, NULL);
  else
    peer_set_text (&world->a, call, ROUNDS_INTERACTION_NOTES, "Asked about dosing");
  world_assert_well (world);
  peer_assert_refers (&world->b, call, ROUNDS_INTERACTION_PERSON, pair.merged);
}

static void
refused_and_led_by_what_was_undone (World *world)
{
  go_again_past_a_merge (world, FALSE);
  go_again_past_a_merge (world, TRUE);
}

/* The kept contact goes to the territory @where (nullable). */
static void
move_kept (World *world, Pair *pair, RoundsRecord *where)
{
  g_autoptr (RoundsRecord) moved = peer_get (&world->a, pair->kept);

  rounds_record_set_uuid (moved, ROUNDS_FIELD_TERRITORY, where != NULL ? rounds_record_get_id (where) : NULL);
  peer_save (&world->a, moved);
}

/* Returns: (transfer full): a territory to which nobody may move anything from here on */
static RoundsRecord *
add_closed_territory (World *world)
{
  RoundsRecord *territory = rounds_record_new (ROUNDS_ENTITY_TERRITORY);

  rounds_record_set_text (territory, ROUNDS_TERRITORY_NAME, "North");
  peer_save (&world->server, territory);
  world_sync_all (world);
  world->allow = allow_no_moves;
  return territory;
}

/* A refused move of a contact stays one to decide about, though their merge record, which moved along, is undone: on
 * this device alone the contact is where nobody else sees them. */
static void
moved_while_merged (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) territory = NULL;
  g_autoptr (RoundsRecord) merge = NULL;
  g_autoptr (GPtrArray) acts = NULL;

  pair_make (&pair, world);
  territory = add_closed_territory (world);
  merge = peer_merge (&world->a, pair.kept, pair.merged);
  move_kept (world, &pair, territory);
  peer_unmerge (&world->a, merge, NULL);
  world_sync (world, &world->a, NULL);

  acts = rounds_record_store_list_rejected_acts (world->a.store, NULL);
  g_assert_cmpuint (acts->len, >, 0);
  g_assert_true (rounds_uuid_equal (&rounds_change_at (acts, 0)->record, rounds_record_get_id (pair.kept)));
}

/* A refused move is taken back after a merge into the contact: what that brought goes back as well, and nothing is left
 * to decide about. */
static void
moved_back_behind_a_merge (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) territory = NULL;
  g_autoptr (RoundsRecord) merge = NULL;
  g_autoptr (RoundsRecord) call = NULL;

  pair_make (&pair, world);
  call = peer_add_call (&world->a, pair.merged);
  territory = add_closed_territory (world);
  move_kept (world, &pair, territory);
  world_sync (world, &world->a, NULL);
  g_assert_cmpint (rounds_record_store_count_rejected_acts (world->a.store, NULL), >, 0);
  merge = peer_merge (&world->a, pair.kept, pair.merged);
  move_kept (world, &pair, NULL);
  world_sync_all (world);
  g_assert_cmpint (rounds_record_store_count_changes (world->a.store, ROUNDS_CHANGE_REJECTED, NULL), ==, 0);
  peer_assert_refers (&world->b, call, ROUNDS_INTERACTION_PERSON, pair.kept);
}

static void
deleted_knowingly (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) merge = NULL;

  pair_make (&pair, world);
  merge = peer_merge (&world->a, pair.kept, pair.merged);
  world_sync_all (world);
  peer_delete (&world->b, pair.kept);
  world_assert_well (world);
  peer_assert_deleted (&world->a, pair.kept, TRUE);
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

  peer_set_text (&world->a, pair->kept, ROUNDS_PERSON_PHONE, "+233 2");
  peer_set_text (&world->a, pair->merged, ROUNDS_PERSON_PHONE, "+233 1");
  peer_set_text (&world->a, third, ROUNDS_PERSON_PHONE, "+233 3");
  world_sync_all (world);
  *other = peer_merge (&world->b, third, pair->merged);
  last = peer_merge (&world->b, pair->kept, third);
  world_sync (world, &world->b, NULL);
  return peer_merge_choosing (&world->a, pair->kept, pair->merged, ROUNDS_PERSON_PHONE);
}

static void
second_choice (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) merge = NULL;
  g_autoptr (RoundsRecord) other = NULL;

  pair_make (&pair, world);
  merge = merge_second (&pair, &other);
  world_assert_well (world);
  peer_assert_text (&world->b, pair.kept, ROUNDS_PERSON_PHONE, "+233 1");
  peer_unmerge (&world->b, other, NULL);
  world_assert_well (world);
  peer_assert_text (&world->a, pair.kept, ROUNDS_PERSON_PHONE, "+233 2");
}

static void
second_choice_taken_back (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) merge = NULL;
  g_autoptr (RoundsRecord) other = NULL;

  pair_make (&pair, world);
  merge = merge_second (&pair, &other);
  peer_unmerge (&world->a, merge, NULL);
  world_assert_well (world);
  peer_assert_text (&world->b, pair.kept, ROUNDS_PERSON_PHONE, "+233 2");
  peer_assert_deleted (&world->a, pair.merged, TRUE);
}

/* The telephone that was taken back had come to the whole by way of another one as well, who still has it. */
static void
second_choice_there_by_another_way (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) part = peer_add_person (&world->a, "Anna", "Mensah");
  g_autoptr (RoundsRecord) whole = peer_add_person (&world->a, "Anne", "Mensah");
  g_autoptr (RoundsRecord) first = NULL;
  g_autoptr (RoundsRecord) other = NULL;
  g_autoptr (RoundsRecord) last = NULL;
  g_autoptr (RoundsRecord) merge = NULL;

  pair_make (&pair, world);
  peer_set_text (&world->a, pair.merged, ROUNDS_PERSON_PHONE, "+233 1");
  world_sync_all (world);
  first = peer_merge (&world->b, part, pair.merged);
  other = peer_merge (&world->b, part, pair.kept);
  last = peer_merge (&world->b, whole, part);
  world_sync (world, &world->b, NULL);
  merge = peer_merge (&world->a, pair.kept, pair.merged);
  peer_unmerge (&world->a, merge, NULL);
  world_assert_well (world);
  peer_assert_text (&world->a, whole, ROUNDS_PERSON_PHONE, "+233 1");
}

/* The telephone was chosen with a merge that came to nothing, in the place of one that was entered there before; and
 * then from there for a third one: nobody has changed it meanwhile. */
static void
second_choice_handed_on (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) third = peer_add_person (&world->a, "Anna", "Mensah");
  g_autoptr (RoundsRecord) first = NULL;
  g_autoptr (RoundsRecord) other = NULL;
  g_autoptr (RoundsRecord) reverse = NULL;
  g_autoptr (RoundsRecord) last = NULL;

  pair_make (&pair, world);
  peer_set_text (&world->a, pair.kept, ROUNDS_PERSON_PHONE, "+233 1");
  world_sync_all (world);
  first = peer_merge (&world->a, pair.kept, pair.merged);
  other = peer_merge (&world->a, pair.kept, third);
  world_sync (world, &world->a, NULL);
  peer_set_text (&world->b, pair.merged, ROUNDS_PERSON_PHONE, "+233 2");
  reverse = peer_merge_choosing (&world->b, pair.merged, pair.kept, ROUNDS_PERSON_PHONE);
  last = peer_merge_choosing (&world->b, third, pair.merged, ROUNDS_PERSON_PHONE);
  world_assert_well (world);
  peer_assert_text (&world->a, pair.kept, ROUNDS_PERSON_PHONE, "+233 1");
}

/* What was chosen stood against what somebody else had written meanwhile: nobody is asked about what is taken back. */
static void
second_choice_disputed_and_taken_back (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) merge = NULL;
  g_autoptr (RoundsRecord) other = NULL;

  pair_make (&pair, world);
  merge = merge_second (&pair, &other);
  peer_set_text (&world->b, pair.kept, ROUNDS_PERSON_PHONE, "+233 9");
  world_sync (world, &world->b, NULL);
  peer_unmerge (&world->a, merge, NULL);
  world_sync_all (world);
  peer_assert_text (&world->a, pair.kept, ROUNDS_PERSON_PHONE, "+233 9");
  g_assert_cmpint (peer_count_open_conflicts (&world->a), ==, 0);
}

/* The kept contact has no telephone, and shall have none. */
static void
left_empty (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) merge = NULL;

  pair_make (&pair, world);
  peer_set_text (&world->a, pair.merged, ROUNDS_PERSON_PHONE, "+233 1");
  world_sync_all (world);
  merge = peer_merge_choosing (&world->a, pair.kept, pair.merged, PEOPLE_NO_FIELD);
  world_assert_well (world);
  peer_assert_text (&world->b, pair.kept, ROUNDS_PERSON_PHONE, NULL);
  peer_unmerge (&world->b, merge, NULL);
  world_assert_well (world);
  peer_assert_text (&world->a, pair.merged, ROUNDS_PERSON_PHONE, "+233 1");
  peer_assert_text (&world->a, pair.kept, ROUNDS_PERSON_PHONE, NULL);
}

/* The kept contact had its telephone from a third one by a merge that came second: the merged one's is not given up for
 * it, @n_before times taken out and merged once more. */
static void
prefer_what_comes_to_nothing (World *world, guint n_before)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) third = peer_add_person (&world->a, "Anna", "Mensah");
  g_autoptr (RoundsRecord) fourth = peer_add_person (&world->a, "Anne", "Mensah");
  g_autoptr (RoundsRecord) first = NULL;
  g_autoptr (RoundsRecord) second = NULL;
  g_autoptr (RoundsRecord) merge = NULL;

  pair_make (&pair, world);
  peer_set_text (&world->a, pair.merged, ROUNDS_PERSON_PHONE, "+233 1");
  peer_set_text (&world->a, third, ROUNDS_PERSON_PHONE, "+233 3");
  world_sync_all (world);
  first = peer_merge (&world->b, fourth, third);
  world_sync (world, &world->b, NULL);
  second = peer_merge (&world->a, pair.kept, third);
  peer_assert_text (&world->a, pair.kept, ROUNDS_PERSON_PHONE, "+233 3");
  for (guint i = 0; i < n_before; i++)
    {
      g_autoptr (RoundsRecord) before = peer_merge_choosing (&world->a, pair.kept, pair.merged, PEOPLE_NO_FIELD);

      peer_unmerge (&world->a, before, NULL);
    }
  merge = peer_merge_choosing (&world->a, pair.kept, pair.merged, PEOPLE_NO_FIELD);
  world_assert_well (world);
  peer_assert_text (&world->b, pair.kept, ROUNDS_PERSON_PHONE, "+233 1");
  peer_assert_text (&world->b, fourth, ROUNDS_PERSON_PHONE, "+233 3");
  peer_unmerge (&world->b, merge, NULL);
  world_assert_well (world);
  peer_assert_text (&world->a, pair.kept, ROUNDS_PERSON_PHONE, NULL);
}

static void
preferred_what_came_to_nothing (World *world)
{
  prefer_what_comes_to_nothing (world, 0);
}

/* What a merge has given and its undoing has taken back nobody has taken away from the kept contact. */
static void
preferred_once_more (World *world)
{
  prefer_what_comes_to_nothing (world, 1);
}

/* When the kept contact sees reps was preferred, and refused: a colleague's particulars of that contact, which do not
 * say it, were first. When the merged one does is not given up for it. */
static void
preferred_what_was_refused (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) first = NULL;
  g_autoptr (RoundsRecord) refused = NULL;
  g_autoptr (RoundsRecord) other = NULL;
  g_autoptr (RoundsRecord) merge = NULL;

  pair_make (&pair, world);
  first = peer_add_physician (&world->b, pair.kept, ROUNDS_PHYSICIAN_SEES_REPS, NULL);
  refused = peer_add_physician (&world->a, pair.kept, ROUNDS_PHYSICIAN_SEES_REPS, "Mondays");
  other = peer_add_physician (&world->a, pair.merged, ROUNDS_PHYSICIAN_SEES_REPS, "Tuesdays");
  merge = peer_merge_choosing (&world->a, pair.kept, pair.merged, PEOPLE_NO_FIELD);
  world_sync (world, &world->b, NULL);
  world_sync (world, &world->a, NULL);
  g_assert_cmpint (rounds_record_store_count_rejected_acts (world->a.store, NULL), ==, 1);
  peer_assert_text (&world->a, refused, ROUNDS_PHYSICIAN_SEES_REPS, "Mondays");
  peer_assert_text (&world->a, first, ROUNDS_PHYSICIAN_SEES_REPS, "Tuesdays");
  peer_unmerge (&world->a, merge, NULL);
  world_sync (world, &world->a, NULL);
  peer_assert_text (&world->server, first, ROUNDS_PHYSICIAN_SEES_REPS, NULL);
  peer_assert_text (&world->server, other, ROUNDS_PHYSICIAN_SEES_REPS, "Tuesdays");
}

/* A colleague's particulars of the merged contact were first, and what Ana has entered of them is refused: it waits for
 * her, while what the server has is merged, and chosen from.
 * Returns: (transfer full): the merge; @first, @refused, @kept: (out) (transfer full) */
static RoundsRecord *
merge_beside_refused (World *world, Pair *pair, RoundsRecord **first, RoundsRecord **refused, RoundsRecord **kept)
{
  RoundsRecord *merge;

  pair_make (pair, world);
  *first = peer_add_physician (&world->b, pair->merged, ROUNDS_PHYSICIAN_SEES_REPS, "Mondays");
  world_sync (world, &world->b, NULL);
  *refused = peer_add_physician (&world->a, pair->merged, ROUNDS_PHYSICIAN_SEES_REPS, "Tuesdays");
  *kept = peer_add_physician (&world->a, pair->kept, ROUNDS_PHYSICIAN_SEES_REPS, "Fridays");
  world_sync (world, &world->a, NULL);
  merge = peer_merge_choosing (&world->a, pair->kept, pair->merged, ROUNDS_PHYSICIAN_SEES_REPS);
  world_sync (world, &world->a, NULL);
  peer_assert_text (&world->server, *kept, ROUNDS_PHYSICIAN_SEES_REPS, "Mondays");
  return merge;
}

static void
assert_waits (World *world, RoundsRecord *refused)
{
  g_assert_cmpint (rounds_record_store_count_changes (world->a.store, ROUNDS_CHANGE_REJECTED, NULL), ==, 1);
  peer_assert_deleted (&world->a, refused, FALSE);
  peer_assert_text (&world->a, refused, ROUNDS_PHYSICIAN_SEES_REPS, "Tuesdays");
}

static void
merged_beside_what_was_refused (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) first = NULL;
  g_autoptr (RoundsRecord) refused = NULL;
  g_autoptr (RoundsRecord) kept = NULL;
  g_autoptr (RoundsRecord) merge = merge_beside_refused (world, &pair, &first, &refused, &kept);

  assert_waits (world, refused);
  peer_unmerge (&world->a, merge, NULL);
  world_sync (world, &world->a, NULL);
  peer_assert_text (&world->server, first, ROUNDS_PHYSICIAN_SEES_REPS, "Mondays");
  peer_assert_text (&world->server, kept, ROUNDS_PHYSICIAN_SEES_REPS, "Fridays");
  assert_waits (world, refused);
}

/* What waits for Ana does not keep what the server has in the trash when the contact comes back. */
static void
brought_back_beside_what_was_refused (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) first = NULL;
  g_autoptr (RoundsRecord) refused = NULL;
  g_autoptr (RoundsRecord) kept = NULL;
  g_autoptr (RoundsRecord) merge = merge_beside_refused (world, &pair, &first, &refused, &kept);

  peer_delete (&world->a, pair.kept);
  peer_unmerge (&world->a, merge, NULL);
  world_sync (world, &world->a, NULL);
  peer_assert_deleted (&world->server, pair.merged, FALSE);
  peer_assert_deleted (&world->server, first, FALSE);
  peer_assert_deleted (&world->a, first, FALSE);
  assert_waits (world, refused);
}

/* Two were merged into one contact, and the second one's telephone was chosen in place of the first one's. Returns:
 * (transfer full): the second merge; @first: (out) (transfer full) */
static RoundsRecord *
merge_upon_another (Pair *pair, RoundsRecord **first)
{
  World *world = pair->world;
  g_autoptr (RoundsRecord) third = peer_add_person (&world->a, "Anna", "Mensah");
  RoundsRecord *second;

  peer_set_text (&world->a, pair->kept, ROUNDS_PERSON_PHONE, "+233 2");
  peer_set_text (&world->a, pair->merged, ROUNDS_PERSON_PHONE, "+233 1");
  peer_set_text (&world->a, third, ROUNDS_PERSON_PHONE, "+233 3");
  *first = peer_merge_choosing (&world->a, pair->kept, pair->merged, ROUNDS_PERSON_PHONE);
  second = peer_merge_choosing (&world->a, pair->kept, third, ROUNDS_PERSON_PHONE);
  world_sync_all (world);
  peer_assert_text (&world->b, pair->kept, ROUNDS_PERSON_PHONE, "+233 3");
  return second;
}

/* Whoever takes both out again, the first one first, does not leave that one's telephone with the contact. */
static void
taken_out_from_beneath (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) first = NULL;
  g_autoptr (RoundsRecord) second = NULL;

  pair_make (&pair, world);
  second = merge_upon_another (&pair, &first);
  peer_unmerge (&world->b, first, NULL);
  peer_assert_text (&world->b, pair.kept, ROUNDS_PERSON_PHONE, "+233 3");
  peer_unmerge (&world->b, second, NULL);
  peer_assert_text (&world->b, pair.kept, ROUNDS_PERSON_PHONE, "+233 2");
  world_assert_well (world);
  peer_assert_text (&world->a, pair.kept, ROUNDS_PERSON_PHONE, "+233 2");
}

static void
taken_out_by_two (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) first = NULL;
  g_autoptr (RoundsRecord) second = NULL;

  pair_make (&pair, world);
  second = merge_upon_another (&pair, &first);
  peer_unmerge (&world->a, first, NULL);
  peer_unmerge (&world->b, second, NULL);
  world_sync (world, &world->b, NULL);
  world_assert_well (world);
  peer_assert_text (&world->a, pair.kept, ROUNDS_PERSON_PHONE, "+233 2");
  peer_assert_text (&world->b, pair.kept, ROUNDS_PERSON_PHONE, "+233 2");
}

/* Two were merged into a contact without a telephone: the first one had one, and has given it; somebody who had not
 * heard of it writes @number down for the second one. Returns: (transfer full): the merge of the second; @first: (out)
 * (transfer full): that of the first */
static RoundsRecord *
merge_and_write_down (Pair *pair, const char *number, RoundsRecord **first)
{
  World *world = pair->world;
  g_autoptr (RoundsRecord) third = peer_add_person (&world->a, "Anna", "Mensah");
  RoundsRecord *second;

  peer_set_text (&world->a, pair->merged, ROUNDS_PERSON_PHONE, "+233 1");
  world_sync_all (world);
  *first = peer_merge (&world->a, pair->kept, pair->merged);
  second = peer_merge (&world->a, pair->kept, third);
  world_sync (world, &world->a, NULL);
  peer_set_text (&world->b, third, ROUNDS_PERSON_PHONE, number);
  world_assert_well (world);
  peer_assert_text (&world->a, pair->kept, ROUNDS_PERSON_PHONE, "+233 1");
  return second;
}

/* The second one's telephone, @number, lies beneath the first one's: it comes when that goes, and does not stay when
 * the second one is taken out. */
static void
write_down_and_take_out (World *world, const char *number, gboolean first_goes)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) first = NULL;
  g_autoptr (RoundsRecord) second = NULL;

  pair_make (&pair, world);
  second = merge_and_write_down (&pair, number, &first);
  peer_unmerge (&world->a, first_goes ? first : second, NULL);
  world_assert_well (world);
  peer_assert_text (&world->b, pair.kept, ROUNDS_PERSON_PHONE, first_goes ? number : "+233 1");
  peer_unmerge (&world->b, first_goes ? second : first, NULL);
  world_assert_well (world);
  peer_assert_text (&world->a, pair.kept, ROUNDS_PERSON_PHONE, NULL);
}

/* In whatever order; also where both have the same. */
static void
written_down_beneath (World *world)
{
  for (int first_goes = 0; first_goes < 2; first_goes++)
    {
      write_down_and_take_out (world, "+233 3", first_goes);
      write_down_and_take_out (world, "+233 1", first_goes);
    }
}

/* The same telephone, and then none after all: the first one's is still there, until that one is taken out. */
static void
written_down_and_struck_out (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) third = peer_add_person (&world->a, "Anna", "Mensah");
  g_autoptr (RoundsRecord) first = NULL;
  g_autoptr (RoundsRecord) second = NULL;

  pair_make (&pair, world);
  peer_set_text (&world->a, pair.merged, ROUNDS_PERSON_PHONE, "+233 1");
  world_sync_all (world);
  first = peer_merge (&world->a, pair.kept, pair.merged);
  second = peer_merge (&world->a, pair.kept, third);
  world_sync (world, &world->a, NULL);
  peer_set_text (&world->b, third, ROUNDS_PERSON_PHONE, "+233 1");
  peer_set_text (&world->b, third, ROUNDS_PERSON_PHONE, NULL);
  world_assert_well (world);
  peer_assert_text (&world->a, pair.kept, ROUNDS_PERSON_PHONE, "+233 1");
  peer_unmerge (&world->a, first, NULL);
  world_assert_well (world);
  peer_assert_text (&world->b, pair.kept, ROUNDS_PERSON_PHONE, NULL);
}

/* Ben had heard of a number, and merged; Ana had merged the two before. Only the number reached the server, where the
 * office saw that it is wrong. What Ben's merge says comes then: it is the same number, of which nobody has to be asked
 * again. */
static void
said_again_after_it_was_replaced (World *world)
{
  g_auto (Pair) pair = { 0 };
  g_autoptr (RoundsRecord) first = NULL;
  g_autoptr (RoundsRecord) second = NULL;

  pair_make (&pair, world);
  first = peer_merge (&world->a, pair.kept, pair.merged);
  world_sync (world, &world->a, NULL);
  peer_set_text (&world->b, pair.merged, ROUNDS_PERSON_PHONE, "+233 1");
  second = peer_merge (&world->b, pair.kept, pair.merged);
  world->push_limit = 1;
  world->lose_request = 2;
  g_assert_false (world_try_sync (world, &world->b, NULL, NULL));
  world->push_limit = 0;
  peer_assert_text (&world->server, pair.kept, ROUNDS_PERSON_PHONE, "+233 1");
  peer_set_text (&world->server, pair.kept, ROUNDS_PERSON_PHONE, "+233 2");
  world_assert_well (world);
  peer_assert_text (&world->b, pair.kept, ROUNDS_PERSON_PHONE, "+233 2");
}

static const WorldStory stories[] = {
  { "/sync/people-declined/no-way-to-territories", no_way_to_territories },
  { "/sync/people-declined/deleted-without-knowing-of-the-merge", deleted_without_knowing_of_the_merge },
  { "/sync/people-declined/deleted-without-knowing-of-an-edit", deleted_without_knowing_of_an_edit },
  { "/sync/people-declined/deleted-knowingly", deleted_knowingly },
  { "/sync/people-declined/decided-after-a-refusal", decided_after_a_refusal },
  { "/sync/people-declined/entered-over-a-refused-choice", entered_over_a_refused_choice },
  { "/sync/people-declined/refused-as-a-whole", refused_as_a_whole },
  { "/sync/people-declined/refused-and-led-by-what-was-undone", refused_and_led_by_what_was_undone },
  { "/sync/people-declined/moved-while-merged", moved_while_merged },
  { "/sync/people-declined/moved-back-behind-a-merge", moved_back_behind_a_merge },
  { "/sync/people-declined/second-choice", second_choice },
  { "/sync/people-declined/second-choice-taken-back", second_choice_taken_back },
  { "/sync/people-declined/second-choice-there-by-another-way", second_choice_there_by_another_way },
  { "/sync/people-declined/second-choice-handed-on", second_choice_handed_on },
  { "/sync/people-declined/second-choice-disputed-and-taken-back", second_choice_disputed_and_taken_back },
  { "/sync/people-declined/left-empty", left_empty },
  { "/sync/people-declined/preferred-what-came-to-nothing", preferred_what_came_to_nothing },
  { "/sync/people-declined/preferred-once-more", preferred_once_more },
  { "/sync/people-declined/preferred-what-was-refused", preferred_what_was_refused },
  { "/sync/people-declined/merged-beside-what-was-refused", merged_beside_what_was_refused },
  { "/sync/people-declined/brought-back-beside-what-was-refused", brought_back_beside_what_was_refused },
  { "/sync/people-declined/taken-out-from-beneath", taken_out_from_beneath },
  { "/sync/people-declined/taken-out-by-two", taken_out_by_two },
  { "/sync/people-declined/said-again-after-it-was-replaced", said_again_after_it_was_replaced },
  { "/sync/people-declined/written-down-beneath", written_down_beneath },
  { "/sync/people-declined/written-down-and-struck-out", written_down_and_struck_out },
};

int
main (int argc, char **argv)
{
  return world_run_stories (argc, argv, stories, G_N_ELEMENTS (stories));
}
