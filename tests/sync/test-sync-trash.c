/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is lost if this fails: the addresses, follow-ups and journeys of a contact that was deleted by mistake and
 * brought back, perhaps on another device. */

#include "people-world.h"
#include "rounds-trash.h"

static RoundsRecord *
add_follow_up (Peer *peer, RoundsRecord *person, const char *text)
{
  RoundsRecord *follow_up = rounds_record_new (ROUNDS_ENTITY_FOLLOW_UP);

  rounds_record_set_uuid (follow_up, ROUNDS_FOLLOW_UP_PERSON, rounds_record_get_id (person));
  rounds_record_set_text (follow_up, ROUNDS_FOLLOW_UP_DUE_ON, "2026-03-01");
  rounds_record_set_text (follow_up, ROUNDS_FOLLOW_UP_TEXT, text);
  peer_save (peer, follow_up);
  return follow_up;
}

static RoundsRecord *
add_patient (Peer *peer, RoundsRecord *person)
{
  RoundsRecord *patient = rounds_record_new (ROUNDS_ENTITY_PATIENT);

  rounds_record_set_uuid (patient, ROUNDS_PATIENT_PERSON, rounds_record_get_id (person));
  peer_save (peer, patient);
  return patient;
}

static RoundsRecord *
add_journey (Peer *peer, RoundsRecord *patient)
{
  RoundsRecord *journey = rounds_record_new (ROUNDS_ENTITY_CT_JOURNEY);

  rounds_record_set_uuid (journey, ROUNDS_CT_JOURNEY_PATIENT, rounds_record_get_id (patient));
  peer_save (peer, journey);
  return journey;
}

static RoundsRecord *
add_step (Peer *peer, RoundsRecord *journey)
{
  RoundsRecord *step = rounds_record_new (ROUNDS_ENTITY_JOURNEY_STEP);

  rounds_record_set_text (step, ROUNDS_JOURNEY_STEP_JOURNEY_TYPE, "ct");
  rounds_record_set_uuid (step, ROUNDS_JOURNEY_STEP_JOURNEY, rounds_record_get_id (journey));
  rounds_record_set_text (step, ROUNDS_JOURNEY_STEP_STAGE, "inquiry");
  rounds_record_set_integer (step, ROUNDS_JOURNEY_STEP_ENTERED_AT, 1);
  peer_save (peer, step);
  return step;
}

static RoundsRecord *
add_visit (Peer *peer, RoundsRecord *person)
{
  RoundsRecord *visit = visit_new (person, NULL);

  peer_save (peer, visit);
  return visit;
}

static gboolean
is_there (Peer *peer, RoundsRecord *like)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsRecord) record =
    rounds_record_store_get (peer->store, rounds_record_get_entity (like), rounds_record_get_id (like), &error);

  g_assert_no_error (error);
  return !rounds_record_is_deleted (record);
}

static void delete (Peer *peer, RoundsRecord *record)
{
  g_autoptr (GError) error = NULL;

  rounds_record_store_delete_whole (peer->store, rounds_record_get_entity (record), rounds_record_get_id (record),
                                    &error);
  g_assert_no_error (error);
}

static void
restore (Peer *peer, RoundsRecord *record)
{
  g_autoptr (GError) error = NULL;

  rounds_record_store_restore_whole (peer->store, rounds_record_get_entity (record), rounds_record_get_id (record),
                                     &error);
  g_assert_no_error (error);
}

static guint
count_trash (Peer *peer, const char *words)
{
  g_autoptr (RoundsQuery) query = rounds_trash_query (ROUNDS_ENTITY_NONE, words);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = rounds_record_store_list (peer->store, query, &error);

  g_assert_no_error (error);
  return records->len;
}

/* A person with all that hangs on them. */
typedef struct
{
  RoundsRecord *person;
  RoundsRecord *parts[4]; /* what goes along, down to the journey's step */
  RoundsRecord *visit;
  RoundsRecord *done; /* deleted before the person */
} Contact;

static void
contact_set_up (Contact *self, Peer *peer)
{
  self->person = peer_add_person (peer, "Ama", "Osei");
  self->parts[0] = add_follow_up (peer, self->person, "Send the paper");
  self->parts[1] = add_patient (peer, self->person);
  self->parts[2] = add_journey (peer, self->parts[1]);
  self->parts[3] = add_step (peer, self->parts[2]);
  self->visit = add_visit (peer, self->person);
  self->done = add_follow_up (peer, self->person, "Call back");
}

static void
contact_clear (Contact *self)
{
  g_object_unref (self->person);
  for (guint i = 0; i < G_N_ELEMENTS (self->parts); i++)
    g_object_unref (self->parts[i]);
  g_object_unref (self->visit);
  g_object_unref (self->done);
}

static void
assert_parts (Peer *peer, Contact *contact, gboolean there)
{
  g_assert_cmpint (is_there (peer, contact->person), ==, there);
  for (guint i = 0; i < G_N_ELEMENTS (contact->parts); i++)
    g_assert_cmpint (is_there (peer, contact->parts[i]), ==, there);
  /* What happened has happened; what was in the trash before stays there. */
  g_assert_true (is_there (peer, contact->visit));
  g_assert_false (is_there (peer, contact->done));
}

static void
wait_a_moment (void)
{
  gint64 now = g_get_real_time () / 1000;

  while (g_get_real_time () / 1000 == now)
    g_thread_yield ();
}

static void
here_and_back (World *world)
{
  Contact contact;

  contact_set_up (&contact, &world->a);
  delete (&world->a, contact.done);
  wait_a_moment ();
  delete (&world->a, contact.person);
  assert_parts (&world->a, &contact, FALSE);
  /* The person and what was deleted before; the rest comes back with the person. */
  g_assert_cmpuint (count_trash (&world->a, NULL), ==, 2);
  g_assert_cmpuint (count_trash (&world->a, "ósei"), ==, 1);
  g_assert_cmpuint (count_trash (&world->a, "paper"), ==, 0);
  restore (&world->a, contact.person);
  assert_parts (&world->a, &contact, TRUE);
  g_assert_cmpuint (count_trash (&world->a, NULL), ==, 1);
  contact_clear (&contact);
}

static void
deleted_here_restored_there (World *world)
{
  Contact contact;

  contact_set_up (&contact, &world->a);
  delete (&world->a, contact.done);
  world_sync_all (world);
  delete (&world->a, contact.person);
  world_sync_all (world);
  assert_parts (&world->b, &contact, FALSE);
  g_assert_cmpuint (count_trash (&world->b, NULL), ==, 2);

  restore (&world->b, contact.person);
  assert_parts (&world->b, &contact, TRUE);
  world_sync_all (world);
  world_sync_all (world);
  assert_parts (&world->a, &contact, TRUE);
  world_assert_equal (world);
  contact_clear (&contact);
}

/* Somebody's edit wins over the deletion: all of the contact is there, whoever comes first. The one who deletes it next
 * takes it all along again. */
static void
deleted_here_changed_there (World *world)
{
  for (int edit_first = 0; edit_first < 2; edit_first++)
    {
      Contact contact;

      contact_set_up (&contact, &world->a);
      delete (&world->a, contact.done);
      wait_a_moment ();
      world_sync_all (world);
      delete (&world->a, contact.person);
      peer_set_text (&world->b, contact.person, ROUNDS_PERSON_PHONE, "0612345678");
      world_sync (world, edit_first ? &world->b : &world->a, NULL);
      world_sync_all (world);
      world_sync_all (world);
      assert_parts (&world->server, &contact, TRUE);
      assert_parts (&world->a, &contact, TRUE);
      assert_parts (&world->b, &contact, TRUE);
      peer_assert_text (&world->a, contact.person, ROUNDS_PERSON_PHONE, "0612345678");
      world_assert_equal (world);

      delete (&world->b, contact.person);
      world_sync_all (world);
      assert_parts (&world->a, &contact, FALSE);
      contact_clear (&contact);
    }
}

/* Before anybody else has heard of it. */
static void
restored_before_the_answer (World *world)
{
  Contact contact;

  contact_set_up (&contact, &world->a);
  delete (&world->a, contact.done);
  wait_a_moment ();
  world_sync_all (world);
  delete (&world->a, contact.person);
  restore (&world->a, contact.person);
  world_sync_all (world);
  assert_parts (&world->a, &contact, TRUE);
  assert_parts (&world->b, &contact, TRUE);
  world_assert_equal (world);
  contact_clear (&contact);
}

/* One that went with nothing is on its own in the trash. */
static void
a_part_alone (World *world)
{
  g_autoptr (RoundsRecord) person = peer_add_person (&world->a, "Ama", "Osei");
  g_autoptr (RoundsRecord) follow_up = add_follow_up (&world->a, person, "Send the paper");

  delete (&world->a, follow_up);
  g_assert_cmpuint (count_trash (&world->a, "paper"), ==, 1);
  restore (&world->a, follow_up);
  g_assert_cmpuint (count_trash (&world->a, NULL), ==, 0);
}

/* A contact that was merged into another one is not thrown away. */
static void
merged_is_no_trash (World *world)
{
  g_autoptr (RoundsRecord) kept = peer_add_person (&world->a, "Ama", "Osei");
  g_autoptr (RoundsRecord) merged = peer_add_person (&world->a, "A.", "Osei");
  g_autoptr (RoundsRecord) merge = rounds_record_new (ROUNDS_ENTITY_MERGE);

  rounds_record_set_uuid (merge, ROUNDS_MERGE_KEPT, rounds_record_get_id (kept));
  rounds_record_set_uuid (merge, ROUNDS_MERGE_MERGED, rounds_record_get_id (merged));
  rounds_record_set_integer (merge, ROUNDS_MERGE_MERGED_AT, 1);
  rounds_record_set_text (merge, ROUNDS_MERGE_SNAPSHOT, "{}");
  peer_save (&world->a, merge);
  delete (&world->a, merged);
  g_assert_cmpuint (count_trash (&world->a, NULL), ==, 0);
}

/* The same where an import is taken back: there what belongs to the contact is deleted before them. */
static void
import_undone_here_changed_there (World *world)
{
  g_autoptr (RoundsRecord) person = peer_add_person (&world->a, "Ama", "Osei");
  g_autoptr (RoundsRecord) call = add_follow_up (&world->a, person, "Call");
  g_autoptr (RoundsRecord) patient = add_patient (&world->a, person);
  g_autoptr (RoundsRecord) journey = add_journey (&world->a, patient);
  RoundsRecord *imported[] = { journey, patient, call, person };

  world_sync_all (world);
  g_assert_true (rounds_record_store_begin (world->a.store, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (imported); i++)
    g_assert_true (rounds_record_store_delete (world->a.store, rounds_record_get_entity (imported[i]),
                                               rounds_record_get_id (imported[i]), NULL));
  g_assert_true (rounds_record_store_commit (world->a.store, NULL));
  peer_set_text (&world->b, person, ROUNDS_PERSON_PHONE, "0612345678");
  world_sync (world, &world->b, NULL);
  world_sync_all (world);
  world_sync_all (world);
  for (guint i = 0; i < G_N_ELEMENTS (imported); i++)
    {
      g_assert_true (is_there (&world->server, imported[i]));
      g_assert_true (is_there (&world->a, imported[i]));
      g_assert_true (is_there (&world->b, imported[i]));
    }
  world_assert_equal (world);
}

/* What somebody has deleted by itself does not come back with the contact, whom somebody else had deleted meanwhile
 * with all that was there; it comes back out of the trash by itself, with what belongs to it. */
static void
deleted_alone_here_with_the_whole_there (World *world)
{
  Contact contact;

  contact_set_up (&contact, &world->a);
  world_sync_all (world);
  delete (&world->a, contact.done);
  delete (&world->a, contact.parts[2]);
  peer_set_text (&world->a, contact.person, ROUNDS_PERSON_PHONE, "0612345678");
  delete (&world->b, contact.person);
  world_sync (world, &world->b, NULL);
  world_sync_all (world);
  world_sync_all (world);
  world_assert_equal (world);
  g_assert_true (is_there (&world->b, contact.person));
  g_assert_true (is_there (&world->b, contact.parts[0]));
  g_assert_true (is_there (&world->b, contact.parts[1]));
  for (guint i = 2; i < G_N_ELEMENTS (contact.parts); i++)
    g_assert_false (is_there (&world->b, contact.parts[i]));
  g_assert_cmpuint (count_trash (&world->b, NULL), ==, 2);
  restore (&world->b, contact.parts[2]);
  assert_parts (&world->b, &contact, TRUE);
  contact_clear (&contact);
}

/* Two delete the same contact, and each takes along what there is: it is one deletion, in which order ever the second
 * one does it. */
static void
deleted_here_and_there (World *world)
{
  for (int parts_first = 0; parts_first < 2; parts_first++)
    {
      Contact contact;

      contact_set_up (&contact, &world->a);
      delete (&world->a, contact.done);
      wait_a_moment ();
      world_sync_all (world);
      delete (&world->b, contact.person);
      g_assert_true (rounds_record_store_begin (world->a.store, NULL));
      for (guint i = parts_first ? G_N_ELEMENTS (contact.parts) : 0; i > 0; i--)
        delete (&world->a, contact.parts[i - 1]);
      delete (&world->a, contact.person);
      g_assert_true (rounds_record_store_commit (world->a.store, NULL));
      world_sync (world, &world->b, NULL);
      world_sync_all (world);
      world_sync_all (world);
      assert_parts (&world->a, &contact, FALSE);
      restore (&world->a, contact.person);
      assert_parts (&world->a, &contact, TRUE);
      world_sync_all (world);
      world_sync_all (world);
      assert_parts (&world->b, &contact, TRUE);
      world_assert_equal (world);
      contact_clear (&contact);
    }
}

/* The contact alone is in the trash already when somebody's deletion of all of it comes: that brings back all of it,
 * too. Over REST a contact can be deleted by itself. */
static void
deleted_as_a_whole_here_alone_there (World *world)
{
  Contact contact;

  contact_set_up (&contact, &world->a);
  delete (&world->a, contact.done);
  wait_a_moment ();
  world_sync_all (world);
  peer_delete (&world->b, contact.person);
  wait_a_moment ();
  delete (&world->a, contact.person);
  world_sync (world, &world->b, NULL);
  world_sync_all (world);
  world_sync_all (world);
  world_assert_equal (world);
  assert_parts (&world->b, &contact, FALSE);
  g_assert_cmpuint (count_trash (&world->b, NULL), ==, 2);
  restore (&world->b, contact.person);
  assert_parts (&world->b, &contact, TRUE);
  contact_clear (&contact);
}

/* A contact goes to the trash out of whom another one was taken meanwhile: what is the other one's stays with them, or
 * comes back, whichever is heard of first, and what was said to be theirs; whether the contact stays as well, as it was
 * edited, or goes. */
static void
deleted_here_taken_apart_there (World *world)
{
  for (int i = 0; i < 4; i++)
    {
      gboolean edited = i % 2;
      gboolean deleted_first = i / 2;

      g_autoptr (RoundsRecord) kept = peer_add_person (&world->a, "Ama", "Osei");
      g_autoptr (RoundsRecord) merged = peer_add_person (&world->a, "A.", "Osei");
      g_autoptr (RoundsRecord) ours = add_follow_up (&world->a, kept, "Send the study");
      g_autoptr (RoundsRecord) theirs = add_follow_up (&world->a, merged, "Call back");
      g_autoptr (RoundsRecord) merge = peer_merge (&world->a, kept, merged);
      g_autoptr (RoundsRecord) given = add_follow_up (&world->a, kept, "Ask about dosing");

      world_sync_all (world);
      delete (&world->a, kept);
      if (edited)
        peer_set_text (&world->b, kept, ROUNDS_PERSON_PHONE, "030 111");
      peer_unmerge (&world->b, merge, given);
      world_sync (world, deleted_first ? &world->a : &world->b, NULL);
      world_sync_all (world);
      world_sync_all (world);
      world_assert_equal (world);
      g_assert_cmpint (peer_count_open_conflicts (deleted_first ? &world->b : &world->a), ==, edited);
      g_assert_true (is_there (&world->a, kept) == edited);
      g_assert_true (is_there (&world->a, ours) == edited);
      g_assert_true (is_there (&world->a, merged));
      g_assert_true (is_there (&world->a, theirs));
      g_assert_true (is_there (&world->a, given));
      peer_assert_refers (&world->a, theirs, ROUNDS_FOLLOW_UP_PERSON, merged);
      peer_assert_refers (&world->a, given, ROUNDS_FOLLOW_UP_PERSON, merged);
    }
}

/* Two people at a visit, who are one now, are at it once; that was deleted, and what the merge had put into the trash
 * brought back in its place, as the kept contact's. Meanwhile the two have become two again: it is theirs whose it was.
 */
static void
brought_back_here_taken_apart_there (World *world)
{
  g_autoptr (RoundsRecord) host = peer_add_person (&world->a, "Kofi", "Boateng");
  g_autoptr (RoundsRecord) kept = peer_add_person (&world->a, "Ama", "Osei");
  g_autoptr (RoundsRecord) merged = peer_add_person (&world->a, "A.", "Osei");
  g_autoptr (RoundsRecord) visit = add_visit (&world->a, host);
  g_autoptr (RoundsRecord) one = peer_add_attendee (&world->a, visit, kept);
  g_autoptr (RoundsRecord) other = peer_add_attendee (&world->a, visit, merged);
  g_autoptr (RoundsRecord) merge = peer_merge (&world->a, kept, merged);

  world_sync_all (world);
  delete (&world->b, one);
  restore (&world->b, other);
  peer_assert_refers (&world->b, other, ROUNDS_INTERACTION_ATTENDEE_PERSON, kept);
  peer_unmerge (&world->a, merge, NULL);
  world_sync (world, &world->a, NULL);
  world_assert_well (world);
  g_assert_true (is_there (&world->b, other));
  g_assert_false (is_there (&world->b, one));
  peer_assert_refers (&world->b, other, ROUNDS_INTERACTION_ATTENDEE_PERSON, merged);
}

/* A contact goes to the trash with somebody who was merged into them. The patient that the merged one is had become a
 * part of a patient that a colleague had made of the kept one; whoever is taken out of the trash is one again. */
static void
taken_out_with_what_went_along (World *world)
{
  for (int parts_first = 0; parts_first < 2; parts_first++)
    {
      g_autoptr (RoundsRecord) kept = peer_add_person (&world->a, "Ama", "Osei");
      g_autoptr (RoundsRecord) merged = peer_add_person (&world->a, "A.", "Osei");
      g_autoptr (RoundsRecord) patient = add_patient (&world->a, merged);
      g_autoptr (RoundsRecord) others = NULL;
      g_autoptr (RoundsRecord) merge = NULL;

      world_sync_all (world);
      others = add_patient (&world->b, kept);
      world_sync (world, &world->b, NULL);
      merge = peer_merge (&world->a, kept, merged);
      g_assert_true (rounds_record_store_begin (world->a.store, NULL));
      if (parts_first)
        delete (&world->a, patient);
      delete (&world->a, kept);
      g_assert_true (rounds_record_store_commit (world->a.store, NULL));
      world_sync_all (world);
      g_assert_false (is_there (&world->b, patient));
      peer_unmerge (&world->a, merge, NULL);
      world_sync_all (world);
      world_sync_all (world);
      world_assert_equal (world);
      g_assert_true (is_there (&world->b, merged));
      g_assert_true (is_there (&world->b, patient));
    }
}

/* A contact is thrown away, who has been merged by somebody else: they are a part of another one now, who stays, with
 * what was theirs, in which order ever it was deleted. Taken apart, they are whole again. */
static void
thrown_away_here_merged_there (World *world)
{
  for (int parts_first = 0; parts_first < 2; parts_first++)
    {
      g_autoptr (RoundsRecord) kept = peer_add_person (&world->a, "Ama", "Osei");
      g_autoptr (RoundsRecord) merged = peer_add_person (&world->a, "A.", "Osei");
      g_autoptr (RoundsRecord) others = add_patient (&world->a, kept);
      g_autoptr (RoundsRecord) patient = add_patient (&world->a, merged);
      g_autoptr (RoundsRecord) journey = add_journey (&world->a, patient);
      g_autoptr (RoundsRecord) step = add_step (&world->a, journey);
      g_autoptr (RoundsRecord) call = add_follow_up (&world->a, merged, "Call");
      RoundsRecord *theirs[] = { step, journey, patient, call, merged };
      g_autoptr (RoundsRecord) merge = NULL;

      world_sync_all (world);
      merge = peer_merge (&world->b, kept, merged);
      world_sync (world, &world->b, NULL);
      g_assert_true (rounds_record_store_begin (world->a.store, NULL));
      for (guint i = 0; parts_first && i < G_N_ELEMENTS (theirs); i++)
        delete (&world->a, theirs[i]);
      delete (&world->a, merged);
      g_assert_true (rounds_record_store_commit (world->a.store, NULL));
      world_sync_all (world);
      world_sync_all (world);
      world_assert_equal (world);
      g_assert_true (is_there (&world->a, kept));
      g_assert_true (is_there (&world->a, others));
      g_assert_true (is_there (&world->a, journey));
      g_assert_true (is_there (&world->a, step));
      g_assert_true (is_there (&world->a, call));
      peer_unmerge (&world->b, merge, NULL);
      world_sync_all (world);
      world_sync_all (world);
      world_assert_equal (world);
      for (guint i = 0; i < G_N_ELEMENTS (theirs); i++)
        g_assert_true (is_there (&world->a, theirs[i]));
    }
}

int
main (int argc, char **argv)
{
  static const WorldStory stories[] = {
    { "/sync-trash/here-and-back", here_and_back },
    { "/sync-trash/deleted-here-restored-there", deleted_here_restored_there },
    { "/sync-trash/deleted-here-changed-there", deleted_here_changed_there },
    { "/sync-trash/import-undone-here-changed-there", import_undone_here_changed_there },
    { "/sync-trash/deleted-alone-here-with-the-whole-there", deleted_alone_here_with_the_whole_there },
    { "/sync-trash/deleted-here-and-there", deleted_here_and_there },
    { "/sync-trash/deleted-as-a-whole-here-alone-there", deleted_as_a_whole_here_alone_there },
    { "/sync-trash/restored-before-the-answer", restored_before_the_answer },
    { "/sync-trash/a-part-alone", a_part_alone },
    { "/sync-trash/merged-is-no-trash", merged_is_no_trash },
    { "/sync-trash/deleted-here-taken-apart-there", deleted_here_taken_apart_there },
    { "/sync-trash/brought-back-here-taken-apart-there", brought_back_here_taken_apart_there },
    { "/sync-trash/taken-out-with-what-went-along", taken_out_with_what_went_along },
    { "/sync-trash/thrown-away-here-merged-there", thrown_away_here_merged_there },
  };

  return world_run_stories (argc, argv, stories, G_N_ELEMENTS (stories));
}
