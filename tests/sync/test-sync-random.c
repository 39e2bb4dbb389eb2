/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Random days of two people on a bad network, each by its seed. What is lost if this fails: a word, for good. */

#include <stdlib.h>
#include <string.h>

#include "sync-world.h"

#define SEEDS 15
#define STEPS 60

typedef struct
{
  World world;
  GRand *rand;
  GPtrArray *visits; /* of RoundsUuid */
  GPtrArray *words;  /* of Word: everything that was ever typed into notes */
  guint next;
} Day;

typedef struct
{
  RoundsUuid visit;
  char *text;
} Word;

static void
word_free (Word *word)
{
  g_free (word->text);
  g_free (word);
}

static Peer *
any_device (Day *day)
{
  return g_rand_boolean (day->rand) ? &day->world.a : &day->world.b;
}

static void
save (Peer *peer, RoundsRecord *record)
{
  g_autoptr (GError) error = NULL;

  rounds_record_store_save (peer->store, record, &error);
  g_assert_no_error (error);
}

/* A word that is nowhere else, put at a random place between two others. */
static void
type_word (Day *day, RoundsRecord *visit)
{
  const char *notes = rounds_record_get_text (visit, ROUNDS_INTERACTION_NOTES);
  g_auto (GStrv) parts = g_strsplit (notes != NULL ? notes : "", " ", -1);
  guint place = (guint) g_rand_int_range (day->rand, 0, (gint32) g_strv_length (parts) + 1);
  Word *word = g_new0 (Word, 1);
  g_autoptr (GString) text = g_string_new (NULL);

  word->visit = *rounds_record_get_id (visit);
  word->text = g_strdup_printf ("w%u", day->next++);
  for (guint i = 0; i <= g_strv_length (parts); i++)
    {
      if (i == place)
        g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", word->text);
      if (parts[i] != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", parts[i]);
    }
  rounds_record_set_text (visit, ROUNDS_INTERACTION_NOTES, text->str);
  g_ptr_array_add (day->words, word);
}

/* Contact and visit in one group. */
static void
meet (Day *day, Peer *device)
{
  g_autoptr (RoundsRecord) person = rounds_record_new (ROUNDS_ENTITY_PERSON);
  g_autoptr (RoundsRecord) visit = rounds_record_new (ROUNDS_ENTITY_INTERACTION);
  g_autoptr (GPtrArray) group = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, "Osei");
  rounds_record_set_uuid (visit, ROUNDS_INTERACTION_PERSON, rounds_record_get_id (person));
  rounds_record_set_text (visit, ROUNDS_INTERACTION_HCP_NAME, "Osei");
  rounds_record_set_integer (visit, ROUNDS_INTERACTION_OCCURRED_AT, 0);
  type_word (day, visit);
  g_ptr_array_add (group, person);
  g_ptr_array_add (group, visit);
  rounds_record_store_save_all (device->store, group, &error);
  g_assert_no_error (error);
  g_ptr_array_add (day->visits, g_memdup2 (rounds_record_get_id (visit), sizeof (RoundsUuid)));
}

static void
edit (Day *day, Peer *device)
{
  const RoundsUuid *id = g_ptr_array_index (day->visits, g_rand_int_range (day->rand, 0, (gint32) day->visits->len));
  g_autoptr (RoundsRecord) visit = rounds_record_store_get (device->store, ROUNDS_ENTITY_INTERACTION, id, NULL);

  if (visit == NULL)
    return; /* not here yet */
  if (rounds_record_is_deleted (visit))
    {
      if (g_rand_int_range (day->rand, 0, 3) == 0)
        g_assert_true (rounds_record_store_restore (device->store, ROUNDS_ENTITY_INTERACTION, id, NULL));
      return;
    }
  switch (g_rand_int_range (day->rand, 0, 8))
    {
    case 0:
      g_assert_true (rounds_record_store_delete (device->store, ROUNDS_ENTITY_INTERACTION, id, NULL));
      return;
    case 1:
      rounds_record_set_integer (visit, ROUNDS_INTERACTION_DURATION, g_rand_int_range (day->rand, 0, 9));
      break;
    case 2:
      rounds_record_set_integer (visit, ROUNDS_INTERACTION_NO_SHOW, g_rand_boolean (day->rand));
      break;
    default:
      type_word (day, visit);
    }
  save (device, visit);
}

/* The network breaks anywhere, and the program is killed now and then. */
static void
try_sync (Day *day, Peer *device)
{
  day->world.lose_reply = g_rand_int_range (day->rand, 0, 4);
  day->world.lose_request = day->world.lose_reply == 0 ? g_rand_int_range (day->rand, 0, 4) : 0;
  if (!world_try_sync (&day->world, device, NULL, NULL) && g_rand_boolean (day->rand))
    world_reopen (&day->world, device, ROUNDS_ROLE_DEVICE);
  day->world.lose_reply = 0;
  day->world.lose_request = 0;
}

static void
assert_every_word (Day *day)
{
  for (guint i = 0; i < day->words->len; i++)
    {
      const Word *word = g_ptr_array_index (day->words, i);
      g_autoptr (RoundsRecord) visit =
        rounds_record_store_get (day->world.server.store, ROUNDS_ENTITY_INTERACTION, &word->visit, NULL);
      g_autofree char *expression = g_strdup_printf ("\\b%s\\b", word->text);

      g_assert_nonnull (visit);
      if (!g_regex_match_simple (expression, rounds_record_get_text (visit, ROUNDS_INTERACTION_NOTES), 0, 0))
        g_error ("%s is gone from: %s", word->text, rounds_record_get_text (visit, ROUNDS_INTERACTION_NOTES));
    }
}

/* All are equal, nothing waits, nothing was refused, and nobody has anything more to say. */
static void
assert_healed (Day *day)
{
  Peer *const devices[] = { &day->world.a, &day->world.b };
  RoundsSyncSummary summary;

  world_sync_all (&day->world);
  world_assert_equal (&day->world);
  for (guint i = 0; i < G_N_ELEMENTS (devices); i++)
    {
      guint before = day->world.requests;

      world_sync (&day->world, devices[i], &summary);
      g_assert_cmpuint (day->world.requests, ==, before + 1);
      g_assert_cmpuint (summary.pulled, ==, 0);
      g_assert_cmpint (rounds_record_store_count_changes (devices[i]->store, ROUNDS_CHANGE_REJECTED, NULL), ==, 0);
    }
}

static void
live_through (guint32 seed)
{
  Day day = { 0 };

  world_set_up (&day.world);
  day.rand = g_rand_new_with_seed (seed);
  day.visits = g_ptr_array_new_with_free_func (g_free);
  day.words = g_ptr_array_new_with_free_func ((GDestroyNotify) word_free);
  meet (&day, &day.world.a);
  for (int step = 0; step < STEPS; step++)
    {
      Peer *device = any_device (&day);
      int what = g_rand_int_range (day.rand, 0, 10);

      if (what == 0 && day.visits->len < 5)
        meet (&day, device);
      else if (what < 7)
        edit (&day, device);
      else
        try_sync (&day, device);
    }
  assert_healed (&day);
  assert_every_word (&day);

  g_ptr_array_unref (day.words);
  g_ptr_array_unref (day.visits);
  g_rand_free (day.rand);
  world_tear_down (&day.world);
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
  g_test_add_func ("/sync/random-days", test_random_days);
  return g_test_run ();
}
