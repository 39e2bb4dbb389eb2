/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is said of people who are merged, and refused. What is lost if this fails: what waits, what is told of it, or
 * who may see whom. */

#include "people-world.h"
#include "rounds-error.h"

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

/* A merge of a contact who had others as parts was refused; a colleague takes one of those out, and writes down a new
 * telephone; then the merge is undone as well. It gives nothing back that the server has from others: nobody is asked
 * about that, and the call goes with whom it was about. */
static void
undone_where_it_was_refused (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) whole = peer_add_person (&world->a, "Anna", "Mensah");
  g_autoptr (RoundsRecord) call = NULL;
  g_autoptr (RoundsRecord) inner = NULL;
  g_autoptr (RoundsRecord) outer = NULL;

  pair_make (&pair, world);
  call = peer_add_call (&world->a, pair.merged);
  peer_set_text (&world->a, whole, ROUNDS_PERSON_PHONE, "+233 1");
  peer_set_text (&world->a, pair.kept, ROUNDS_PERSON_PHONE, "+233 2");
  inner = peer_merge (&world->a, pair.kept, pair.merged);
  world_sync_all (world);
  outer = peer_merge_choosing (&world->a, whole, pair.kept, ROUNDS_PERSON_PHONE);
  world->refused = "merge";
  world_sync (world, &world->a, NULL);
  world->refused = NULL;
  g_assert_cmpint (rounds_record_store_count_rejected_acts (world->a.store, NULL), ==, 1);
  peer_unmerge (&world->b, inner, NULL);
  peer_set_text (&world->b, whole, ROUNDS_PERSON_PHONE, "+233 9");
  world_sync (world, &world->b, NULL);

  peer_unmerge (&world->a, outer, NULL);
  world_assert_well (world);
  g_assert_cmpint (peer_count_open_conflicts (&world->a), ==, 0);
  peer_assert_refers (&world->a, call, ROUNDS_INTERACTION_PERSON, pair.merged);
  peer_assert_text (&world->a, whole, ROUNDS_PERSON_PHONE, "+233 9");
  peer_assert_text (&world->b, pair.kept, ROUNDS_PERSON_PHONE, "+233 2");
}

/* A merge was refused, and so was its undoing; both go again with the undoing of another merge into the contact, which
 * the server has: what a colleague had entered for that one's merged contact meanwhile goes back with them. */
static void
undone_with_what_was_refused (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) third = peer_add_person (&world->a, "Anna", "Mensah");
  g_autoptr (RoundsRecord) call = NULL;
  g_autoptr (RoundsRecord) stands = NULL;
  g_autoptr (RoundsRecord) refused = NULL;

  pair_make (&pair, world);
  peer_set_text (&world->a, pair.merged, ROUNDS_PERSON_PHONE, "+233 1");
  peer_set_text (&world->a, third, ROUNDS_PERSON_PHONE, "+233 3");
  world_sync_all (world);
  stands = peer_merge_choosing (&world->a, pair.kept, pair.merged, ROUNDS_PERSON_PHONE);
  world_sync (world, &world->a, NULL);
  refused = peer_merge_choosing (&world->a, pair.kept, third, ROUNDS_PERSON_PHONE);
  world->refused = "merge";
  world_sync (world, &world->a, NULL);
  peer_unmerge (&world->a, refused, NULL);
  world_sync (world, &world->a, NULL);
  world->refused = NULL;
  call = peer_add_call (&world->b, pair.merged);
  world_sync (world, &world->b, NULL);

  peer_unmerge (&world->a, stands, NULL);
  world_assert_well (world);
  peer_assert_refers (&world->b, call, ROUNDS_INTERACTION_PERSON, pair.merged);
  peer_assert_deleted (&world->b, third, FALSE);
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

/* A merge of Ben's had brought the contact another one's particulars, and what Ana has entered of the contact is
 * refused. She merges both into a third one, choosing hers, and Ben undoes his merge: the other one's go back, and hers
 * are the third one's then. */
static void
chosen_where_it_was_refused (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) whole = peer_add_person (&world->a, "Anna", "Mensah");
  g_autoptr (RoundsRecord) theirs = NULL;
  g_autoptr (RoundsRecord) own = NULL;
  g_autoptr (RoundsRecord) first = NULL;
  g_autoptr (RoundsRecord) second = NULL;
  g_autoptr (RoundsRecord) third = NULL;

  pair_make (&pair, world);
  theirs = peer_add_physician (&world->a, pair.merged, ROUNDS_PHYSICIAN_SEES_REPS, "Mondays");
  world_sync_all (world);
  first = peer_merge (&world->b, pair.kept, pair.merged);
  world_sync (world, &world->b, NULL);
  own = peer_add_physician (&world->a, pair.kept, ROUNDS_PHYSICIAN_SEES_REPS, "Fridays");
  second = peer_merge (&world->a, whole, pair.merged);
  third = peer_merge_choosing (&world->a, whole, pair.kept, ROUNDS_PHYSICIAN_SEES_REPS);
  world_sync (world, &world->a, NULL);
  peer_assert_text (&world->server, theirs, ROUNDS_PHYSICIAN_SEES_REPS, "Fridays");
  peer_unmerge (&world->b, first, NULL);
  world_assert_well (world);
  peer_assert_text (&world->a, theirs, ROUNDS_PHYSICIAN_SEES_REPS, "Mondays");
  peer_assert_refers (&world->a, theirs, ROUNDS_PHYSICIAN_PERSON, pair.merged);
  peer_unmerge (&world->b, third, NULL);
  world_assert_well (world);
  peer_assert_deleted (&world->b, own, FALSE);
  peer_assert_text (&world->b, own, ROUNDS_PHYSICIAN_SEES_REPS, "Fridays");
  peer_assert_refers (&world->b, own, ROUNDS_PHYSICIAN_PERSON, pair.kept);
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

static const WorldStory stories[] = {
  { "/sync/people-refused/no-way-to-territories", no_way_to_territories },
  { "/sync/people-refused/decided-after-a-refusal", decided_after_a_refusal },
  { "/sync/people-refused/entered-over-a-refused-choice", entered_over_a_refused_choice },
  { "/sync/people-refused/refused-as-a-whole", refused_as_a_whole },
  { "/sync/people-refused/refused-and-led-by-what-was-undone", refused_and_led_by_what_was_undone },
  { "/sync/people-refused/undone-where-it-was-refused", undone_where_it_was_refused },
  { "/sync/people-refused/undone-with-what-was-refused", undone_with_what_was_refused },
  { "/sync/people-refused/moved-while-merged", moved_while_merged },
  { "/sync/people-refused/moved-back-behind-a-merge", moved_back_behind_a_merge },
  { "/sync/people-refused/preferred-what-was-refused", preferred_what_was_refused },
  { "/sync/people-refused/chosen-where-it-was-refused", chosen_where_it_was_refused },
  { "/sync/people-refused/merged-beside-what-was-refused", merged_beside_what_was_refused },
  { "/sync/people-refused/brought-back-beside-what-was-refused", brought_back_beside_what_was_refused },
};

int
main (int argc, char **argv)
{
  return world_run_stories (argc, argv, stories, G_N_ELEMENTS (stories));
}
