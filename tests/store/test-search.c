/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a user would lose: a note that a search does not find, or the newest one below an older one. A search goes about
 * frequent, middling and rare words in different ways; each must give what reading every record gives. */

#include <string.h>

#include "rounds-record-store.h"
#include "rounds-sqlite-database.h"
#include "test-folder.h"

#define N_NOTES 2000
#define N_PEOPLE 800

typedef struct
{
  char *directory;
  RoundsSqliteDatabase *database;
  RoundsRecordStore *store;
  GPtrArray *notes;  /* of RoundsRecord, those that are not deleted */
  GPtrArray *people; /* the same */
} Fixture;

/* Words and how many records are between two that have them. */
static const struct
{
  const char *word;
  int every;
} vocabulary[] = {
  { "visite", 1 },     { "dosing", 2 },  { "dose", 3 },    { "paper", 10 },   { "Zürich", 17 },    { "Straße", 25 },
  { "follow-up", 40 }, { "d’Arcy", 60 }, { "trial", 150 }, { "apnoea", 700 }, { "unicorn", 1999 },
};

static void
save_all (Fixture *fixture, GPtrArray *records)
{
  g_autoptr (GError) error = NULL;

  rounds_record_store_save_all (fixture->store, records, &error);
  g_assert_no_error (error);
}

/* Every seventh one goes into the trash. */
static void
delete_some (Fixture *fixture, GPtrArray *records)
{
  for (guint i = records->len; i-- > 0;)
    if (i % 7 == 3)
      {
        RoundsRecord *record = records->pdata[i];

        g_assert_true (rounds_record_store_delete (fixture->store, rounds_record_get_entity (record),
                                                   rounds_record_get_id (record), NULL));
        g_ptr_array_remove_index (records, i);
      }
}

/* @shuffled: when it happened has nothing to do with when it was recorded. */
static void
add_notes (Fixture *fixture, gboolean shuffled)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);

  for (int i = 0; i < N_NOTES; i++)
    {
      RoundsRecord *note = rounds_record_new (ROUNDS_ENTITY_INTERACTION);
      g_autoptr (GString) text = g_string_new (NULL);

      for (guint w = 0; w < G_N_ELEMENTS (vocabulary); w++)
        if (g_rand_int_range (random, 0, vocabulary[w].every) == 0)
          g_string_append_printf (text, "%s, ", vocabulary[w].word);
      rounds_record_set_text (note, ROUNDS_INTERACTION_HCP_NAME, i % 5 == 0 ? "Paperboy" : "Borg");
      rounds_record_set_text (note, ROUNDS_INTERACTION_INTERACTION_TYPE, i % 3 == 0 ? "Call" : "Visit");
      rounds_record_set_text (note, ROUNDS_INTERACTION_NOTES, text->str);
      rounds_record_set_integer (note, ROUNDS_INTERACTION_OCCURRED_AT,
                                 shuffled ? g_rand_int_range (random, 0, 1000)
                                          : i * 10 - g_rand_int_range (random, 0, 90));
      g_ptr_array_add (fixture->notes, note);
    }
  save_all (fixture, fixture->notes);
}

static void
add_people (Fixture *fixture)
{
  static const char *const names[] = { "Borg", "Börne", "Boer", "Smith", "Smythe", "Ødegård", "Łuczak", "Ng" };
  g_autoptr (GRand) random = g_rand_new_with_seed (4);

  for (int i = 0; i < N_PEOPLE; i++)
    {
      RoundsRecord *person = rounds_record_new (ROUNDS_ENTITY_PERSON);
      g_autofree char *given =
        g_strdup_printf ("%c%s", 'A' + g_rand_int_range (random, 0, 26), i % 9 == 0 ? "nna" : "li");

      rounds_record_set_text (person, ROUNDS_PERSON_GIVEN_NAME, given);
      rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME,
                              names[g_rand_int_range (random, 0, G_N_ELEMENTS (names))]);
      g_ptr_array_add (fixture->people, person);
    }
  save_all (fixture, fixture->people);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  fixture->directory = test_folder_new ();
  path = g_build_filename (fixture->directory, "rounds.db", NULL);
  fixture->database = rounds_sqlite_database_open (path, NULL, ROUNDS_OPEN_CREATE, &error);
  g_assert_no_error (error);
  fixture->store = rounds_record_store_new (ROUNDS_DATABASE (fixture->database), ROUNDS_ROLE_DEVICE, &error);
  g_assert_no_error (error);
  fixture->notes = g_ptr_array_new_with_free_func (g_object_unref);
  fixture->people = g_ptr_array_new_with_free_func (g_object_unref);
  add_notes (fixture, GPOINTER_TO_INT (data));
  add_people (fixture);
  delete_some (fixture, fixture->notes);
  delete_some (fixture, fixture->people);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->store);
  g_clear_object (&fixture->database);
  g_ptr_array_unref (fixture->notes);
  g_ptr_array_unref (fixture->people);
  test_folder_remove (fixture->directory);
}

/* Whether a word of @text begins with each word of @wanted: by GLib's tokenizer, which is none of ours. */
static gboolean
finds (const char *text, const char *wanted)
{
  g_auto (GStrv) alternates = NULL;
  g_auto (GStrv) words = g_str_tokenize_and_fold (text, "C", &alternates);
  g_auto (GStrv) prefixes = g_strsplit (wanted, " ", -1);
  gboolean all = TRUE;

  for (guint p = 0; prefixes[p] != NULL; p++)
    {
      gboolean found = FALSE;

      for (guint w = 0; words[w] != NULL; w++)
        found |= g_str_has_prefix (words[w], prefixes[p]);
      for (guint w = 0; alternates[w] != NULL; w++)
        found |= g_str_has_prefix (alternates[w], prefixes[p]);
      all &= found;
    }
  return all;
}

static gboolean
is_expected (RoundsRecord *record, const char *wanted, const char *type)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (record));
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint f = 0; f < info->n_fields; f++)
    if (info->fields[f].flags & ROUNDS_FIELD_SEARCH && !rounds_record_is_null (record, f))
      g_string_append_printf (text, "%s\n", rounds_record_get_text (record, f));
  return finds (text->str, wanted)
         && (type == NULL
             || g_strcmp0 (rounds_record_get_text (record, ROUNDS_INTERACTION_INTERACTION_TYPE), type) == 0);
}

typedef struct
{
  RoundsRecord *record;
  gint64 number;
  char *name;
  guint place; /* in the order of recording */
} Expected;

static void
clear_expected (gpointer data)
{
  g_free (((Expected *) data)->name);
}

static int
compare_expected (gconstpointer a, gconstpointer b, gpointer data)
{
  const Expected *left = a, *right = b;
  int direction = GPOINTER_TO_INT (data);
  int result = left->name != NULL ? strcmp (left->name, right->name)
                                  : (left->number > right->number) - (left->number < right->number);

  if (result == 0)
    result = (left->place > right->place) - (left->place < right->place);
  return result * direction;
}

static GArray *
list_expected (Fixture *fixture, RoundsEntity entity, const char *wanted, const char *type, gboolean descending)
{
  GPtrArray *all = entity == ROUNDS_ENTITY_PERSON ? fixture->people : fixture->notes;
  GArray *expected = g_array_new (FALSE, TRUE, sizeof (Expected));

  g_array_set_clear_func (expected, clear_expected);
  for (guint i = 0; i < all->len; i++)
    if (is_expected (all->pdata[i], wanted, type))
      {
        Expected one = { all->pdata[i], 0, NULL, i };

        if (entity == ROUNDS_ENTITY_PERSON)
          one.name = rounds_record_get_sort_key (all->pdata[i]);
        else
          one.number = rounds_record_get_integer (all->pdata[i], ROUNDS_INTERACTION_OCCURRED_AT);
        g_array_append_val (expected, one);
      }
  g_array_sort_with_data (expected, compare_expected, GINT_TO_POINTER (descending ? -1 : 1));
  return expected;
}

/* Searches for @wanted with each limit and without. */
static void
check (Fixture *fixture, RoundsEntity entity, const char *wanted, const char *type, gboolean descending)
{
  static const guint limits[] = { 0, 1, 7, 60, 5000 };
  g_autoptr (GArray) expected = list_expected (fixture, entity, wanted, type, descending);

  for (guint l = 0; l < G_N_ELEMENTS (limits); l++)
    {
      g_autoptr (RoundsQuery) query = rounds_query_search (rounds_query_new (entity), wanted);
      g_autoptr (GPtrArray) found = NULL;
      g_autoptr (GError) error = NULL;

      if (entity == ROUNDS_ENTITY_PERSON)
        rounds_query_order_by_name (query);
      else
        rounds_query_order_by (query, ROUNDS_INTERACTION_OCCURRED_AT, descending);
      if (type != NULL)
        rounds_query_where_text (query, ROUNDS_INTERACTION_INTERACTION_TYPE, ROUNDS_IS, type);
      found = rounds_record_store_list (fixture->store, rounds_query_limit (query, limits[l]), &error);
      g_assert_no_error (error);

      g_test_message ("%s, %s, %u: %u of %u", wanted, type, limits[l], found->len, expected->len);
      g_assert_cmpuint (found->len, ==, limits[l] > 0 ? MIN (limits[l], expected->len) : expected->len);
      for (guint i = 0; i < found->len; i++)
        g_assert_true (rounds_uuid_equal (rounds_record_get_id (found->pdata[i]),
                                          rounds_record_get_id (g_array_index (expected, Expected, i).record)));
    }
}

static void
test_notes (Fixture *fixture, gconstpointer data)
{
  static const char *const searches[] = { "v",    "do",   "dos",     "dose",       "dosing",     "pap",
                                          "pape", "zur",  "zuri",    "strasse",    "fol",        "follow",
                                          "darc", "arcy", "tri",     "trial",      "apn",        "apnoea",
                                          "unic", "x",    "nothing", "dosing tri", "apnoea dose" };

  for (guint s = 0; s < G_N_ELEMENTS (searches); s++)
    {
      check (fixture, ROUNDS_ENTITY_INTERACTION, searches[s], NULL, TRUE);
      check (fixture, ROUNDS_ENTITY_INTERACTION, searches[s], "Call", FALSE);
    }
}

static void
test_names (Fixture *fixture, gconstpointer data)
{
  static const char *const searches[] = { "b", "bo", "bor", "borg", "smy", "n", "ng", "anna bo", "zli ng", "qqq" };

  for (guint s = 0; s < G_N_ELEMENTS (searches); s++)
    check (fixture, ROUNDS_ENTITY_PERSON, searches[s], NULL, FALSE);
}

/* Pages that follow each other are the whole. */
static void
test_pages (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsQuery) query = rounds_query_search (rounds_query_new (ROUNDS_ENTITY_INTERACTION), "dos");
  g_autoptr (GPtrArray) whole = NULL;
  g_autoptr (RoundsRecord) last = NULL;
  guint n = 0;

  rounds_query_order_by (query, ROUNDS_INTERACTION_OCCURRED_AT, TRUE);
  whole = rounds_record_store_list (fixture->store, query, NULL);
  while (TRUE)
    {
      g_autoptr (RoundsQuery) page = rounds_query_limit (rounds_query_copy (query), 97);
      g_autoptr (GPtrArray) records = rounds_record_store_list (fixture->store, rounds_query_after (page, last), NULL);

      for (guint i = 0; i < records->len; i++, n++)
        g_assert_true (
          rounds_uuid_equal (rounds_record_get_id (records->pdata[i]), rounds_record_get_id (whole->pdata[n])));
      if (records->len < 97)
        break;
      g_set_object (&last, records->pdata[96]);
    }
  g_assert_cmpuint (n, ==, whole->len);
}

static void
assert_found (Fixture *fixture, const char *wanted, guint n)
{
  g_autoptr (RoundsQuery) query = rounds_query_search (rounds_query_new (ROUNDS_ENTITY_INTERACTION), wanted);
  g_autoptr (GPtrArray) found = rounds_record_store_list (fixture->store, query, NULL);

  g_assert_cmpuint (found->len, ==, n);
  g_assert_cmpint (rounds_record_store_count (fixture->store, query, NULL), ==, n);
  rounds_query_order_by (query, ROUNDS_INTERACTION_OCCURRED_AT, TRUE);
  g_clear_pointer (&found, g_ptr_array_unref);
  found = rounds_record_store_list (fixture->store, query, NULL);
  g_assert_cmpuint (found->len, ==, n);
}

static void
save_with_notes (Fixture *fixture, RoundsRecord *note, const char *notes)
{
  g_autoptr (GError) error = NULL;

  rounds_record_set_text (note, ROUNDS_INTERACTION_NOTES, notes);
  rounds_record_store_save (fixture->store, note, &error);
  g_assert_no_error (error);
}

/* What a transaction writes it finds, as it was written last; what it drops nobody finds. */
static void
test_transaction (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) first = rounds_record_dup (fixture->notes->pdata[0]);
  g_autoptr (RoundsRecord) second = rounds_record_dup (fixture->notes->pdata[1]);
  g_autofree char *long_text = g_strnfill (15000, 'w');

  g_assert_true (rounds_record_store_begin (fixture->store, NULL));
  save_with_notes (fixture, first, "walrus");
  assert_found (fixture, "walrus", 1);
  save_with_notes (fixture, second, "walrus");
  save_with_notes (fixture, first, "narwhal");
  assert_found (fixture, "walrus", 1);
  assert_found (fixture, "narwhal", 1);
  save_with_notes (fixture, second, "walrus again");
  rounds_record_store_rollback (fixture->store);
  assert_found (fixture, "walrus", 0);

  g_assert_true (rounds_record_store_begin (fixture->store, NULL));
  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *notes = g_strdup_printf ("seal %s narwhal", long_text);

      save_with_notes (fixture, fixture->notes->pdata[i], notes);
    }
  g_assert_true (rounds_record_store_commit (fixture->store, NULL));
  assert_found (fixture, "walrus", 0);
  assert_found (fixture, "seal narw", 200);
}

#define ADD(name, shuffled, func) \
  g_test_add ("/store/search/" name, Fixture, GINT_TO_POINTER (shuffled), set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("notes", FALSE, test_notes);
  ADD ("notes-recorded-later", TRUE, test_notes);
  ADD ("names", FALSE, test_names);
  ADD ("pages", TRUE, test_pages);
  ADD ("transaction", TRUE, test_transaction);
  return g_test_run ();
}
