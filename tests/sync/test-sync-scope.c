/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who gets to see what. What is lost if this fails: a patient's privacy, or the notes of somebody who changed
 * territory.
 */

#include "rounds-error.h"
#include "rounds-remote.h"
#include "rounds-sync-scope.h"
#include "rounds-sync-protocol.h"
#include "sync-world.h"

typedef struct
{
  World world;
  RoundsRecord *north;
  RoundsRecord *south;
  RoundsTerritoryScope *sight; /* of who uses device a; device b is a manager's */
} Team;

typedef void (*Story) (Team *team);

static RoundsRecord *
add_territory (Team *team, const char *name)
{
  RoundsRecord *territory = rounds_record_new (ROUNDS_ENTITY_TERRITORY);

  rounds_record_set_text (territory, ROUNDS_TERRITORY_NAME, name);
  peer_save (&team->world.b, territory);
  return territory;
}

static void
see (Team *team, RoundsRecord *first, RoundsRecord *second)
{
  g_clear_pointer (&team->sight, rounds_territory_scope_free);
  team->sight = rounds_territory_scope_new ();
  if (first != NULL)
    rounds_territory_scope_add (team->sight, rounds_record_get_id (first));
  if (second != NULL)
    rounds_territory_scope_add (team->sight, rounds_record_get_id (second));
}

static void
sync_manager (Team *team)
{
  team->world.scope = NULL;
  world_sync (&team->world, &team->world.b, NULL);
}

static RoundsSyncSummary
sync_rep (Team *team)
{
  RoundsSyncSummary summary = { 0 };

  team->world.scope = team->sight;
  world_sync (&team->world, &team->world.a, &summary);
  return summary;
}

static void
run_story (gconstpointer data)
{
  Team team = { 0 };

  world_set_up (&team.world);
  team.north = add_territory (&team, "North");
  team.south = add_territory (&team, "South");
  see (&team, team.north, NULL);
  ((Story) data) (&team);
  g_clear_pointer (&team.sight, rounds_territory_scope_free);
  g_clear_object (&team.north);
  g_clear_object (&team.south);
  world_tear_down (&team.world);
}

static RoundsRecord *
add_person (Peer *peer, const char *family, RoundsRecord *territory)
{
  RoundsRecord *person = rounds_record_new (ROUNDS_ENTITY_PERSON);

  rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, family);
  if (territory != NULL)
    rounds_record_set_uuid (person, ROUNDS_FIELD_TERRITORY, rounds_record_get_id (territory));
  peer_save (peer, person);
  return person;
}

static RoundsRecord *
add_visit (Peer *peer, RoundsRecord *person, const char *notes)
{
  RoundsRecord *visit = rounds_record_new (ROUNDS_ENTITY_INTERACTION);

  rounds_record_set_uuid (visit, ROUNDS_INTERACTION_PERSON, rounds_record_get_id (person));
  rounds_record_set_text (visit, ROUNDS_INTERACTION_HCP_NAME, "Osei");
  rounds_record_set_integer (visit, ROUNDS_INTERACTION_OCCURRED_AT, G_GINT64_CONSTANT (1700000000000));
  rounds_record_set_text (visit, ROUNDS_INTERACTION_NOTES, notes);
  peer_save (peer, visit);
  return visit;
}

static RoundsRecord *
find (Peer *peer, RoundsRecord *like)
{
  return rounds_record_store_get (peer->store, rounds_record_get_entity (like), rounds_record_get_id (like), NULL);
}

static void
move (Peer *peer, RoundsRecord *like, RoundsRecord *territory)
{
  g_autoptr (RoundsRecord) record = find (peer, like);

  g_assert_nonnull (record);
  if (territory != NULL)
    rounds_record_set_uuid (record, ROUNDS_FIELD_TERRITORY, rounds_record_get_id (territory));
  else
    rounds_record_clear_field (record, ROUNDS_FIELD_TERRITORY);
  peer_save (peer, record);
}

static void
assert_here (Peer *peer, RoundsRecord *like, gboolean is_here)
{
  g_autoptr (RoundsRecord) record = find (peer, like);

  g_assert_cmpint (record != NULL, ==, is_here);
}

static void
assert_territory (Peer *peer, RoundsRecord *like, RoundsRecord *territory)
{
  g_autoptr (RoundsRecord) record = find (peer, like);

  g_assert_nonnull (record);
  if (territory == NULL)
    g_assert_true (rounds_record_is_null (record, ROUNDS_FIELD_TERRITORY));
  else
    g_assert_true (
      rounds_uuid_equal (rounds_record_get_uuid (record, ROUNDS_FIELD_TERRITORY), rounds_record_get_id (territory)));
}

static gint64
count_rejected (Peer *peer)
{
  return rounds_record_store_count_changes (peer->store, ROUNDS_CHANGE_REJECTED, NULL);
}

/* A rep gets their territories and what is the team's; a visit is where its contact is, whoever writes it down. */
static void
own_territory_only (Team *team)
{
  Peer *rep = &team->world.a;
  Peer *manager = &team->world.b;
  g_autoptr (RoundsRecord) ours = add_person (manager, "Osei", team->north);
  g_autoptr (RoundsRecord) theirs = add_person (manager, "Mensah", team->south);
  g_autoptr (RoundsRecord) everybodys = add_person (manager, "Annor", NULL);
  g_autoptr (RoundsRecord) their_visit = add_visit (manager, theirs, "Met.");
  g_autoptr (RoundsRecord) visit = NULL;

  assert_territory (manager, their_visit, team->south);
  sync_manager (team);
  sync_rep (team);
  assert_here (rep, ours, TRUE);
  assert_here (rep, everybodys, TRUE);
  assert_here (rep, theirs, FALSE);
  assert_here (rep, their_visit, FALSE);

  visit = add_visit (rep, ours, "Likes tea.");
  assert_territory (rep, visit, team->north);
  sync_rep (team);
  sync_manager (team);
  assert_territory (manager, visit, team->north);

  peer_set_text (manager, theirs, ROUNDS_PERSON_PHONE, "1");
  peer_set_text (manager, ours, ROUNDS_PERSON_PHONE, "2");
  sync_manager (team);
  g_assert_cmpuint (sync_rep (team).pulled, ==, 1);
  assert_here (rep, theirs, FALSE);
}

/* A contact is handed to another territory, with all that belongs to it, trash too; and comes back. */
static void
record_moves (Team *team)
{
  Peer *rep = &team->world.a;
  Peer *manager = &team->world.b;
  g_autoptr (RoundsRecord) person = add_person (manager, "Osei", team->north);
  g_autoptr (RoundsRecord) visit = add_visit (manager, person, "Met.");
  g_autoptr (RoundsRecord) trash = add_visit (manager, person, "Wrong.");
  g_autoptr (RoundsRecord) reminder = rounds_record_new (ROUNDS_ENTITY_REMINDER);
  RoundsSyncSummary summary;

  rounds_record_set_text (reminder, ROUNDS_REMINDER_SUBJECT_TYPE, "interaction");
  rounds_record_set_uuid (reminder, ROUNDS_REMINDER_SUBJECT, rounds_record_get_id (visit));
  rounds_record_set_integer (reminder, ROUNDS_REMINDER_OFFSET_MINUTES, 5);
  rounds_record_set_integer (reminder, ROUNDS_REMINDER_DUE_AT, 0);
  peer_save (manager, reminder);
  assert_territory (manager, reminder, team->north);
  g_assert_true (
    rounds_record_store_delete (manager->store, ROUNDS_ENTITY_INTERACTION, rounds_record_get_id (trash), NULL));
  sync_manager (team);
  sync_rep (team);
  assert_here (rep, reminder, TRUE);
  assert_here (rep, trash, TRUE);

  move (manager, person, team->south);
  assert_territory (manager, reminder, team->south);
  sync_manager (team);
  assert_territory (&team->world.server, trash, team->south);
  summary = sync_rep (team);
  g_assert_cmpuint (summary.removed, ==, 4);
  assert_here (rep, person, FALSE);
  assert_here (rep, visit, FALSE);
  assert_here (rep, trash, FALSE);
  assert_here (rep, reminder, FALSE);

  move (manager, person, NULL);
  sync_manager (team);
  sync_rep (team);
  assert_here (rep, person, TRUE);
  assert_here (rep, reminder, TRUE);
  world_assert_equal (&team->world);
}

/* Two managers hand a contact to different territories: one question, not one for each visit as well. */
static void
moved_by_two (Team *team)
{
  Peer *first = &team->world.a;
  Peer *second = &team->world.b;
  g_autoptr (RoundsRecord) person = add_person (second, "Osei", NULL);
  g_autoptr (RoundsRecord) visit = add_visit (second, person, "Met.");
  RoundsSyncSummary summary = { 0 };

  team->world.scope = NULL;
  world_sync_all (&team->world);
  move (first, person, team->north);
  move (second, person, team->south);
  world_sync (&team->world, second, NULL);
  world_sync (&team->world, first, &summary);
  g_assert_cmpuint (summary.conflicts, ==, 1);
  assert_territory (first, person, team->south);
  assert_territory (first, visit, team->south);
  world_sync_all (&team->world);
  world_assert_equal (&team->world);
}

/* A server's data from before visits followed their contacts: they would be the whole team's. */
static void
settled_once (Team *team)
{
  Peer *server = &team->world.server;
  g_autoptr (RoundsRecord) person = add_person (&team->world.b, "Osei", team->south);
  g_autoptr (RoundsRecord) visit = add_visit (&team->world.b, person, "Met.");
  g_autoptr (GError) error = NULL;

  sync_manager (team);
  rounds_database_exec (rounds_record_store_get_database (server->store), "UPDATE interaction SET territory = NULL",
                        &error);
  g_assert_no_error (error);
  sync_rep (team);
  assert_here (&team->world.a, visit, TRUE);
  for (int i = 0; i < 2; i++)
    {
      g_assert_true (rounds_record_store_settle_territories (server->store, &error));
      assert_territory (server, visit, team->south);
    }
  sync_rep (team);
  assert_here (&team->world.a, visit, FALSE);
}

/* The rep joins another territory, in the middle of which the network breaks, and leaves the first one. */
static void
scope_changes (Team *team)
{
  Peer *rep = &team->world.a;
  Peer *manager = &team->world.b;
  g_autoptr (RoundsRecord) first = add_person (manager, "Osei", team->north);
  g_autoptr (RoundsRecord) second = add_person (manager, "Mensah", team->south);
  g_autoptr (RoundsRecord) late = NULL;
  RoundsSyncSummary summary;

  for (int i = 0; i < 20; i++)
    g_object_unref (add_person (manager, "Annor", team->south));
  for (int i = 0; i < 30; i++)
    g_object_unref (add_person (manager, "Boateng", NULL));
  sync_manager (team);
  sync_rep (team);

  see (team, team->north, team->south);
  team->world.scope = team->sight;
  team->world.lose_reply = 2;
  g_assert_false (world_try_sync (&team->world, rep, NULL, NULL));
  late = add_person (manager, "Asante", team->south);
  peer_set_text (manager, second, ROUNDS_PERSON_PHONE, "1");
  sync_manager (team);
  summary = sync_rep (team);
  g_assert_cmpuint (summary.pulled, <, 30); /* only what is new to them */
  world_assert_equal (&team->world);

  see (team, team->south, NULL);
  summary = sync_rep (team);
  g_assert_cmpuint (summary.removed, ==, 1);
  g_assert_cmpuint (summary.pulled, ==, 0);
  assert_here (rep, first, FALSE);
  assert_here (rep, late, TRUE);

  /* Promoted, and back to the ranks. */
  team->world.scope = NULL;
  world_sync (&team->world, rep, NULL);
  world_assert_equal (&team->world);
  summary = sync_rep (team);
  g_assert_cmpuint (summary.removed, ==, 1);
  assert_here (rep, first, FALSE);
}

/* What somebody typed before they heard that they left the territory is refused, and stays with them until they have
 * dealt with it. */
static void
typed_before_leaving (Team *team)
{
  Peer *rep = &team->world.a;
  Peer *manager = &team->world.b;
  g_autoptr (RoundsRecord) person = add_person (manager, "Osei", team->north);
  g_autoptr (RoundsRecord) visit = add_visit (manager, person, "Met.");
  g_autoptr (RoundsRecord) moved = add_person (manager, "Mensah", team->north);
  g_autoptr (RoundsRecord) server = NULL;

  sync_manager (team);
  sync_rep (team);
  peer_set_text (rep, visit, ROUNDS_INTERACTION_NOTES, "Met. Likes tea.");
  peer_set_text (rep, moved, ROUNDS_PERSON_PHONE, "1");
  move (manager, moved, team->south);
  sync_manager (team);
  see (team, NULL, NULL);
  sync_rep (team);

  g_assert_cmpint (count_rejected (rep), ==, 2);
  assert_here (rep, visit, TRUE);
  assert_here (rep, moved, TRUE);
  assert_here (rep, person, FALSE);
  server = find (&team->world.server, visit);
  g_assert_cmpstr (rounds_record_get_text (server, ROUNDS_INTERACTION_NOTES), ==, "Met.");

  /* Discarding a change is putting back what was there. */
  peer_set_text (rep, visit, ROUNDS_INTERACTION_NOTES, "Met.");
  peer_set_text (rep, moved, ROUNDS_PERSON_PHONE, NULL);
  g_assert_cmpuint (sync_rep (team).removed, ==, 2);
  g_assert_cmpint (count_rejected (rep), ==, 0);
  assert_here (rep, visit, FALSE);
  assert_here (rep, moved, FALSE);
}

/* A deletion that is refused and taken back is done with: of what is out of sight, and of what the rep may not delete,
 * which a colleague has changed meanwhile. */
static void
taken_back (Team *team)
{
  Peer *rep = &team->world.a;
  Peer *manager = &team->world.b;
  g_autoptr (RoundsRecord) moved = add_person (manager, "Osei", team->north);
  g_autoptr (RoundsRecord) stays = add_person (manager, "Mensah", team->north);

  sync_manager (team);
  sync_rep (team);
  peer_delete (rep, moved);
  peer_delete (rep, stays);
  move (manager, moved, team->south);
  sync_manager (team);
  team->world.refused = "person";
  sync_rep (team);
  g_assert_cmpint (count_rejected (rep), ==, 2);

  g_assert_true (
    rounds_record_store_restore_whole (rep->store, ROUNDS_ENTITY_PERSON, rounds_record_get_id (moved), NULL));
  g_assert_true (
    rounds_record_store_restore_whole (rep->store, ROUNDS_ENTITY_PERSON, rounds_record_get_id (stays), NULL));
  sync_rep (team);
  g_assert_cmpint (count_rejected (rep), ==, 0);
  assert_here (rep, moved, FALSE);

  /* What is refused whatever it says, and was typed while a colleague typed too. */
  peer_set_text (rep, stays, ROUNDS_PERSON_PHONE, "1");
  sync_rep (team);
  team->world.refused = NULL;
  peer_set_text (manager, stays, ROUNDS_PERSON_PHONE, "2");
  sync_manager (team);
  team->world.refused = "person";
  sync_rep (team);
  peer_set_text (rep, stays, ROUNDS_PERSON_PHONE, NULL);
  sync_rep (team);
  g_assert_cmpint (count_rejected (rep), ==, 0);
  sync_rep (team);
  peer_assert_text (rep, stays, ROUNDS_PERSON_PHONE, "2");
}

/* Nothing is written to, or found out about, what is out of sight. */
static void
nothing_leaks (Team *team)
{
  Peer *rep = &team->world.a;
  Peer *manager = &team->world.b;
  g_autoptr (RoundsRecord) theirs = add_person (manager, "Osei", team->south);
  g_autoptr (RoundsRecord) ours = add_person (manager, "Mensah", team->north);
  g_autoptr (RoundsRecord) copy = NULL;
  g_autoptr (RoundsRecord) physician = rounds_record_new (ROUNDS_ENTITY_PHYSICIAN);
  g_autoptr (RoundsRecord) nowhere = rounds_record_new (ROUNDS_ENTITY_PHYSICIAN);
  RoundsUuid nobody = rounds_uuid_new ();
  g_autoptr (GPtrArray) rejected = NULL;
  const char *first, *second;

  sync_manager (team);
  sync_rep (team);

  /* The rep's device was tampered with: it knows an id. */
  g_assert_true (rounds_record_store_begin_remote (rep->store, NULL));
  rounds_record_set_uuid (physician, ROUNDS_PHYSICIAN_PERSON, rounds_record_get_id (theirs));
  rounds_record_set_uuid (nowhere, ROUNDS_PHYSICIAN_PERSON, &nobody);
  peer_save (rep, physician);
  peer_save (rep, nowhere);
  g_assert_true (rounds_record_store_commit (rep->store, NULL));
  copy = add_person (rep, "Mine now", team->north);
  rounds_record_set_uuid (copy, ROUNDS_FIELD_ID, rounds_record_get_id (theirs));
  peer_save (rep, copy);
  move (rep, ours, team->south);
  sync_rep (team);

  rejected = rounds_record_store_list_rejected (rep->store, NULL);
  g_assert_cmpuint (rejected->len, ==, 4);
  first = ((RoundsChange *) g_ptr_array_index (rejected, 0))->reply;
  second = ((RoundsChange *) g_ptr_array_index (rejected, 1))->reply;
  g_assert_nonnull (first);
  g_assert_true (g_str_has_suffix (second, first) || g_str_has_suffix (first, second));
  assert_territory (&team->world.server, ours, team->north);
  assert_here (&team->world.server, physician, FALSE);
  g_clear_object (&copy);
  copy = find (&team->world.server, theirs);
  g_assert_cmpstr (rounds_record_get_text (copy, ROUNDS_PERSON_FAMILY_NAME), ==, "Osei");
}

/* Membership comes from the staff record, within its dates; managers see all. */
static void
membership (Team *team)
{
  RoundsRecordStore *store = team->world.server.store;
  g_autoptr (RoundsRecord) user = rounds_record_new (ROUNDS_ENTITY_USER);
  g_autoptr (RoundsRecord) person = rounds_record_new (ROUNDS_ENTITY_PERSON);
  g_autoptr (RoundsRecord) staff = rounds_record_new (ROUNDS_ENTITY_STAFF);
  static const struct
  {
    const char *from;
    const char *to;
    gboolean is_member;
  } times[] = { { NULL, NULL, TRUE },
                { "2001-01-01", "2002-01-01", FALSE },
                { "2001-01-01", "2999-01-01", TRUE },
                { "2998-01-01", NULL, FALSE } };

  sync_manager (team);
  rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, "Osei");
  rounds_record_set_uuid (staff, ROUNDS_STAFF_PERSON, rounds_record_get_id (person));
  rounds_record_set_text (user, ROUNDS_USER_USERNAME, "ama");
  rounds_record_set_text (user, ROUNDS_USER_PASSWORD_HASH, "none");
  rounds_record_set_uuid (user, ROUNDS_USER_PERSON, rounds_record_get_id (person));
  peer_save (&team->world.server, person);
  peer_save (&team->world.server, staff);
  peer_save (&team->world.server, user);

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autoptr (RoundsRecord) member = rounds_record_new (ROUNDS_ENTITY_TERRITORY_MEMBER);
      g_autoptr (RoundsTerritoryScope) scope = NULL;

      rounds_record_set_uuid (member, ROUNDS_TERRITORY_MEMBER_STAFF, rounds_record_get_id (staff));
      rounds_record_set_uuid (member, ROUNDS_FIELD_TERRITORY, rounds_record_get_id (team->south));
      rounds_record_set_text (member, ROUNDS_TERRITORY_MEMBER_VALID_FROM, times[i].from);
      rounds_record_set_text (member, ROUNDS_TERRITORY_MEMBER_VALID_TO, times[i].to);
      peer_save (&team->world.server, member);
      scope = rounds_sync_scope_of_user (store, user, NULL);
      g_assert_cmpint (rounds_territory_scope_holds (scope, rounds_record_get_id (team->south)), ==,
                       times[i].is_member);
      g_assert_false (rounds_territory_scope_holds (scope, rounds_record_get_id (team->north)));
      g_assert_true (rounds_territory_scope_holds (scope, NULL));
      g_assert_true (
        rounds_record_store_delete (store, ROUNDS_ENTITY_TERRITORY_MEMBER, rounds_record_get_id (member), NULL));
    }
  rounds_record_set_text (user, ROUNDS_USER_ROLE, "manager");
  {
    g_autoptr (RoundsTerritoryScope) scope = rounds_sync_scope_of_user (store, user, NULL);

    g_assert_true (rounds_territory_scope_holds (scope, rounds_record_get_id (team->north)));
  }
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    Story story;
  } stories[] = {
    { "/sync-scope/own-territory-only", own_territory_only },
    { "/sync-scope/record-moves", record_moves },
    { "/sync-scope/moved-by-two", moved_by_two },
    { "/sync-scope/settled-once", settled_once },
    { "/sync-scope/scope-changes", scope_changes },
    { "/sync-scope/typed-before-leaving", typed_before_leaving },
    { "/sync-scope/taken-back", taken_back },
    { "/sync-scope/nothing-leaks", nothing_leaks },
    { "/sync-scope/membership", membership },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (stories); i++)
    g_test_add_data_func (stories[i].path, (gconstpointer) stories[i].story, run_story);
  return g_test_run ();
}
