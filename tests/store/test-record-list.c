/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a user would lose: the place in a long list, the selection, or the truth of what is shown, whenever something is
 * saved, imported or searched for. */

#include "rounds-error.h"
#include "rounds-record-list.h"
#include "test-folder.h"
#include "test-loop.h"

typedef struct
{
  char *directory;
  char *path;
  RoundsStore *store;
  GPtrArray *people;
  GString *heard;
} Fixture;

static void
save_all (Fixture *fixture, GPtrArray *records)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  rounds_store_save_async (fixture->store, records, NULL, test_keep_result_cb, &result);
  rounds_store_save_finish (fixture->store, test_wait_for_result (&result), &error);
  g_assert_no_error (error);
}

static void
save (Fixture *fixture, RoundsRecord *record)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new ();

  g_ptr_array_add (records, record);
  save_all (fixture, records);
}

static RoundsRecord *
new_person (const char *family_name, const char *given_name)
{
  RoundsRecord *person = rounds_record_new (ROUNDS_ENTITY_PERSON);

  rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, family_name);
  rounds_record_set_text (person, ROUNDS_PERSON_GIVEN_NAME, given_name);
  return person;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  guint n = GPOINTER_TO_UINT (data);
  g_autoptr (GError) error = NULL;

  fixture->directory = test_folder_new ();
  fixture->path = g_build_filename (fixture->directory, "rounds.db", NULL);
  fixture->store = rounds_store_open (fixture->path, NULL, ROUNDS_OPEN_CREATE, &error);
  g_assert_no_error (error);
  fixture->people = g_ptr_array_new_with_free_func (g_object_unref);
  fixture->heard = g_string_new (NULL);

  /* Names in steps of ten, so that there is room between two. */
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("Name%05u", i * 10);

      g_ptr_array_add (fixture->people, new_person (name, i % 2 ? "Odd" : "Even"));
    }
  save_all (fixture, fixture->people);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  /* Nothing holds the store back, once what is under way has been answered. */
  test_wait_for_end (g_steal_pointer (&fixture->store));
  test_folder_remove (fixture->directory);
  g_ptr_array_unref (fixture->people);
  g_string_free (fixture->heard, TRUE);
  g_free (fixture->path);
}

static void
items_changed_cb (GListModel *list, guint position, guint removed, guint added, gpointer data)
{
  g_string_append_printf (data, "(%u,%u,%u)", position, removed, added);
}

static RoundsRecordList *
new_list (Fixture *fixture)
{
  g_autoptr (RoundsQuery) query = rounds_query_order_by_name (rounds_query_new (ROUNDS_ENTITY_PERSON));
  RoundsRecordList *list = rounds_record_list_new (fixture->store, query);

  g_signal_connect (list, "items-changed", G_CALLBACK (items_changed_cb), fixture->heard);
  return list;
}

static void
settle (RoundsRecordList *list)
{
  test_wait_while (rounds_record_list_is_loading (list));
}

/* Waits for the next items-changed, then until the main loop is quiet; returns what was heard since. */
static char *
next_change (Fixture *fixture)
{
  char *heard;

  test_wait_while (fixture->heard->len == 0);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  heard = g_strdup (fixture->heard->str);
  g_string_truncate (fixture->heard, 0);
  return heard;
}

static void
assert_next_change (Fixture *fixture, const char *expected)
{
  g_autofree char *heard = next_change (fixture);

  g_assert_cmpstr (heard, ==, expected);
}

static guint
n_items (RoundsRecordList *list)
{
  return g_list_model_get_n_items (G_LIST_MODEL (list));
}

static void
assert_name (RoundsRecordList *list, guint position, const char *expected)
{
  g_autoptr (RoundsRecord) record = g_list_model_get_item (G_LIST_MODEL (list), position);

  g_assert_cmpstr (rounds_record_get_text (record, ROUNDS_PERSON_FAMILY_NAME), ==, expected);
}

static void
test_first_page (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecordList) list = new_list (fixture);

  /* Before any main loop has run. */
  g_assert_cmpint (n_items (list), ==, 200);
  g_assert_true (rounds_record_list_is_loading (list));
  assert_name (list, 0, "Name00000");
  assert_name (list, 199, "Name01990");
  g_assert_cmpint (fixture->heard->len, ==, 0);

  settle (list);
  g_assert_cmpstr (fixture->heard->str, ==, "(200,0,1000)");
  g_assert_cmpint (n_items (list), ==, 1200);
  assert_name (list, 1199, "Name11990");
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (list), 1200));
  g_assert_cmpint (rounds_record_list_find (list, rounds_record_get_id (fixture->people->pdata[777])), ==, 777);
}

static void
test_small (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecordList) list = new_list (fixture);
  RoundsUuid unknown = rounds_uuid_new ();

  g_assert_false (rounds_record_list_is_loading (list)); /* all of it was on the first page */
  g_assert_cmpint (n_items (list), ==, 10);
  g_assert_cmpint (rounds_record_list_find (list, &unknown), ==, G_MAXUINT);
}

static void
test_exact_changes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecordList) list = new_list (fixture);
  g_autoptr (RoundsRecord) between = new_person ("Name00035", NULL);
  g_autoptr (RoundsRecord) first = new_person ("AAA", NULL);
  g_autoptr (RoundsRecord) last = new_person ("Zzz", NULL);
  g_autoptr (GAsyncResult) deleted = NULL;

  save (fixture, between);
  assert_next_change (fixture, "(4,0,1)");
  assert_name (list, 4, "Name00035");
  save (fixture, last);
  assert_next_change (fixture, "(11,0,1)");
  save (fixture, first);
  assert_next_change (fixture, "(0,0,1)");
  g_assert_cmpint (n_items (list), ==, 13);

  rounds_store_delete_async (fixture->store, ROUNDS_ENTITY_PERSON, rounds_record_get_id (between), NULL,
                             test_keep_result_cb, &deleted);
  assert_next_change (fixture, "(5,1,0)");

  /* From its place to two places further: what lies between moves. */
  rounds_record_set_text (first, ROUNDS_PERSON_FAMILY_NAME, "Name00015");
  save (fixture, first);
  assert_next_change (fixture, "(0,3,3)");
  assert_name (list, 2, "Name00015");
}

static void
test_changed_in_place (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecordList) list = new_list (fixture);
  g_autoptr (RoundsRecord) shown = g_list_model_get_item (G_LIST_MODEL (list), 3);
  g_autoptr (RoundsRecord) again = NULL;
  RoundsRecord *person = fixture->people->pdata[3];

  rounds_record_set_text (person, ROUNDS_PERSON_PHONE, "+31 20 555 0100");
  save (fixture, person);
  assert_next_change (fixture, "(3,1,1)");
  again = g_list_model_get_item (G_LIST_MODEL (list), 3);
  g_assert_true (again != shown);
  g_assert_cmpstr (rounds_record_get_text (again, ROUNDS_PERSON_PHONE), ==, "+31 20 555 0100");
  g_assert_null (rounds_record_get_text (shown, ROUNDS_PERSON_PHONE)); /* never under a row's feet */
}

static void
test_changed_and_inserted (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecordList) list = new_list (fixture);
  g_autoptr (RoundsRecord) other = new_person ("Name00055", NULL);
  g_autoptr (GPtrArray) records = g_ptr_array_new ();

  for (guint i = 0; i < 10; i++)
    g_object_unref (g_list_model_get_item (G_LIST_MODEL (list), i));
  rounds_record_set_text (fixture->people->pdata[8], ROUNDS_PERSON_PHONE, "1");
  rounds_record_set_text (fixture->people->pdata[2], ROUNDS_PERSON_PHONE, "2");
  g_ptr_array_add (records, fixture->people->pdata[8]);
  g_ptr_array_add (records, fixture->people->pdata[2]);
  g_ptr_array_add (records, other);
  save_all (fixture, records);
  assert_next_change (fixture, "(6,0,1)(2,1,1)(9,1,1)");
}

static void
test_other_entity (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecordList) list = new_list (fixture);
  g_autoptr (RoundsRecord) organisation = rounds_record_new (ROUNDS_ENTITY_ORGANISATION);
  g_autoptr (RoundsRecord) second = rounds_record_new (ROUNDS_ENTITY_ORGANISATION);

  rounds_record_set_text (organisation, ROUNDS_ORGANISATION_NAME, "Clinic");
  rounds_record_set_text (second, ROUNDS_ORGANISATION_NAME, "Other clinic");
  g_object_unref (g_list_model_get_item (G_LIST_MODEL (list), 1));
  g_object_unref (g_list_model_get_item (G_LIST_MODEL (list), 4));
  save (fixture, organisation);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpstr (fixture->heard->str, ==, "");

  /* A watched entity's values are shown in the rows: those that were asked for are shown anew. */
  rounds_record_list_watch (list, ROUNDS_ENTITY_ORGANISATION);
  save (fixture, second);
  assert_next_change (fixture, "(1,1,1)(4,1,1)");
}

static void
test_query_changes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecordList) list = new_list (fixture);
  g_autoptr (RoundsQuery) odd = rounds_query_where_text (
    rounds_query_order_by_name (rounds_query_new (ROUNDS_ENTITY_PERSON)), ROUNDS_PERSON_GIVEN_NAME, ROUNDS_IS, "Odd");
  g_autoptr (RoundsQuery) organisations = rounds_query_new (ROUNDS_ENTITY_ORGANISATION);

  settle (list);
  g_string_truncate (fixture->heard, 0);
  rounds_record_list_set_query (list, odd);
  settle (list);
  g_assert_cmpint (n_items (list), ==, 600);
  assert_name (list, 0, "Name00010");
  assert_name (list, 599, "Name11990");

  rounds_record_list_set_query (list, organisations);
  settle (list);
  g_assert_cmpint (n_items (list), ==, 0);
  {
    gboolean is_empty;

    g_object_get (list, "is-empty", &is_empty, NULL);
    g_assert_true (is_empty);
  }
}

static void
test_late_answer (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecordList) list = new_list (fixture);
  g_autofree char *seen = NULL;

  /* Typing: each word's answer comes after the next one was typed. */
  for (guint i = 0; i < 30; i++)
    {
      g_autofree char *word = g_strdup_printf ("Name%05u", i * 10);
      g_autoptr (RoundsQuery) query =
        rounds_query_search (rounds_query_order_by_name (rounds_query_new (ROUNDS_ENTITY_PERSON)), word);

      rounds_record_list_set_query (list, query);
      if (i % 3 == 0)
        g_main_context_iteration (NULL, FALSE);
    }
  settle (list);
  g_assert_cmpint (n_items (list), ==, 1);
  assert_name (list, 0, "Name00290");
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpint (n_items (list), ==, 1);
  seen = next_change (fixture);
}

static void
test_change_while_typing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecordList) list = new_list (fixture);
  RoundsRecord *person = fixture->people->pdata[5];
  g_autoptr (RoundsRecord) shown = NULL;

  settle (list);
  g_object_unref (g_list_model_get_item (G_LIST_MODEL (list), 5));
  rounds_record_set_text (person, ROUNDS_PERSON_PHONE, "1");
  save (fixture, person);
  /* The reading that was to fetch the changed record is dropped by another query; the record must still become new. */
  {
    g_autoptr (RoundsQuery) query =
      rounds_query_search (rounds_query_order_by_name (rounds_query_new (ROUNDS_ENTITY_PERSON)), "name00050");

    rounds_record_list_set_query (list, query);
  }
  settle (list);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  settle (list);
  shown = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_assert_cmpstr (rounds_record_get_text (shown, ROUNDS_PERSON_PHONE), ==, "1");
}

static void
test_held_records_stay_true (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecordList) list = new_list (fixture);
  g_autoptr (RoundsRecord) held = NULL;
  RoundsRecord *person = fixture->people->pdata[7];

  settle (list);
  g_string_truncate (fixture->heard, 0);
  held = g_list_model_get_item (G_LIST_MODEL (list), 7);
  for (guint i = 0; i < n_items (list); i++) /* scrolls through everything */
    if (i != 7)
      g_object_unref (g_list_model_get_item (G_LIST_MODEL (list), i));
  rounds_record_set_text (person, ROUNDS_PERSON_PHONE, "1");
  save (fixture, person);
  assert_next_change (fixture, "(7,1,1)");
}

static void
set_phone (Fixture *fixture, guint position, const char *phone)
{
  rounds_record_set_text (fixture->people->pdata[position], ROUNDS_PERSON_PHONE, phone);
  save (fixture, fixture->people->pdata[position]);
}

/* A view has rows far out of sight. What they are about is read when they are seen, and is what is stored by then; what
 * was seen is replaced when it changes. */
static void
test_rows_read_when_seen (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecordList) list = new_list (fixture);
  g_autoptr (RoundsQuery) organisations = rounds_query_new (ROUNDS_ENTITY_ORGANISATION);
  g_autoptr (RoundsListRow) unseen = rounds_record_list_get_row (list, 2);
  g_autoptr (RoundsListRow) row = rounds_record_list_get_row (list, 3);
  g_autoptr (RoundsListRow) same = rounds_record_list_get_row (list, 3);
  g_autoptr (RoundsListRow) next = NULL;

  g_assert_true (row == same);
  g_assert_null (rounds_record_list_get_row (list, 10));
  set_phone (fixture, 3, "1");
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpstr (fixture->heard->str, ==, "");
  g_assert_cmpstr (rounds_record_get_text (rounds_list_row_get_record (row), ROUNDS_PERSON_PHONE), ==, "1");

  set_phone (fixture, 3, "2");
  assert_next_change (fixture, "(3,1,1)");
  next = rounds_record_list_get_row (list, 3);
  g_assert_true (next != row);
  g_assert_cmpstr (rounds_record_get_text (rounds_list_row_get_record (next), ROUNDS_PERSON_PHONE), ==, "2");
  g_assert_cmpstr (rounds_record_get_text (rounds_list_row_get_record (row), ROUNDS_PERSON_PHONE), ==, "1");

  /* The keys of people are those of organisations, too. */
  rounds_record_list_set_query (list, organisations);
  g_assert_null (rounds_list_row_get_record (unseen));
  g_assert_cmpstr (rounds_record_get_text (rounds_list_row_get_record (next), ROUNDS_PERSON_PHONE), ==, "2");
}

static gpointer
import_many (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  for (guint batch = 0; batch < 20; batch++)
    {
      g_assert_true (rounds_record_store_begin (store, NULL));
      for (guint i = 0; i < 100; i++)
        {
          g_autofree char *name = g_strdup_printf ("Import%05u", batch * 100 + i);
          g_autoptr (RoundsRecord) person = new_person (name, NULL);

          g_assert_true (rounds_record_store_save (store, person, NULL));
        }
      g_assert_true (rounds_record_store_commit (store, NULL));
    }
  return data;
}

static void
test_during_import (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecordList) list = new_list (fixture);
  g_autoptr (GAsyncResult) result = NULL;

  rounds_store_run_async (fixture->store, import_many, fixture, NULL, NULL, G_PRIORITY_DEFAULT, NULL,
                          test_keep_result_cb, &result);
  while (result == NULL || n_items (list) < 2010)
    {
      g_main_context_iteration (NULL, TRUE);
      for (guint i = 0; i < MIN (50, n_items (list)); i++)
        g_object_unref (g_list_model_get_item (G_LIST_MODEL (list), i));
    }
  g_assert_cmpint (n_items (list), ==, 2010);
  assert_name (list, 0, "Import00000");
  assert_name (list, 2000, "Name00000");
}

static gpointer
read_nothing (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  return store;
}

/* Rows that nobody sees are left alone, and read once when they are seen again. */
static void
test_unseen (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecordList) list = new_list (fixture);
  g_autoptr (RoundsRecord) first = new_person ("Name00001", "New");
  g_autoptr (RoundsRecord) second = new_person ("Name00002", "New");
  g_autoptr (RoundsQuery) odd = rounds_query_order_by_name (rounds_query_new (ROUNDS_ENTITY_PERSON));
  g_autoptr (GAsyncResult) result = NULL;

  settle (list);
  rounds_record_list_set_held (list, TRUE);
  save (fixture, first);
  save (fixture, second);
  /* Behind whatever the list would have asked for. */
  rounds_store_read_async (fixture->store, read_nothing, NULL, NULL, NULL, G_PRIORITY_LOW, NULL, test_keep_result_cb,
                           &result);
  g_assert_nonnull (rounds_store_run_finish (fixture->store, test_wait_for_result (&result), NULL));
  g_assert_cmpstr (fixture->heard->str, ==, "");
  rounds_record_list_set_held (list, FALSE);
  assert_next_change (fixture, "(1,0,2)");

  /* What is asked for is read all the same. */
  rounds_record_list_set_held (list, TRUE);
  rounds_query_where_text (odd, ROUNDS_PERSON_GIVEN_NAME, ROUNDS_IS, "Odd");
  rounds_record_list_set_query (list, odd);
  settle (list);
  g_assert_cmpuint (n_items (list), ==, 5);
}

static void
test_closed_store (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecordList) list = new_list (fixture);
  g_autoptr (RoundsRecord) item = NULL;

  rounds_store_close (fixture->store);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  item = g_list_model_get_item (G_LIST_MODEL (list), 0); /* a window that is still being taken down */
  g_assert_nonnull (item);
}

static void
count_cb (guint *n)
{
  (*n)++;
}

/* What was typed shows its first rows at once, however many there are; the rest comes when nobody types. A view that
 * marks what was found is told of the answer, once, even if the rows stay. */
static void
test_search_begins_with_a_page (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecordList) list = new_list (fixture);
  g_autoptr (RoundsQuery) query = rounds_query_order_by_name (rounds_query_new (ROUNDS_ENTITY_PERSON));

  g_autoptr (RoundsQuery) longer = NULL;
  guint n_answered = 0;

  settle (list);
  g_string_truncate (fixture->heard, 0);
  g_signal_connect_swapped (list, "answered", G_CALLBACK (count_cb), &n_answered);
  rounds_record_list_set_query (list, rounds_query_search (query, "od"));
  g_free (next_change (fixture));
  g_assert_cmpint (n_items (list), ==, 40);
  g_assert_true (rounds_record_list_is_loading (list));
  g_assert_cmpint (n_answered, ==, 1);
  assert_name (list, 0, "Name00010");
  assert_name (list, 39, "Name00790");

  settle (list);
  g_assert_cmpstr (fixture->heard->str, ==, "(40,0,560)");
  g_assert_cmpint (n_answered, ==, 1);
  assert_name (list, 599, "Name11990");

  longer = rounds_query_search (rounds_query_copy (query), "odd");
  rounds_record_list_set_query (list, longer);
  settle (list);
  g_assert_cmpint (n_answered, ==, 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, n, func) \
  g_test_add ("/store/record-list/" path, Fixture, GUINT_TO_POINTER (n), set_up, func, tear_down)
  ADD ("first-page", 1200, test_first_page);
  ADD ("small", 10, test_small);
  ADD ("exact-changes", 10, test_exact_changes);
  ADD ("changed-in-place", 10, test_changed_in_place);
  ADD ("changed-and-inserted", 10, test_changed_and_inserted);
  ADD ("other-entity", 10, test_other_entity);
  ADD ("query-changes", 1200, test_query_changes);
  ADD ("late-answer", 300, test_late_answer);
  ADD ("change-while-typing", 300, test_change_while_typing);
  ADD ("held-records-stay-true", 1200, test_held_records_stay_true);
  ADD ("rows-read-when-seen", 10, test_rows_read_when_seen);
  ADD ("search-page", 1200, test_search_begins_with_a_page);
  ADD ("during-import", 10, test_during_import);
  ADD ("unseen", 10, test_unseen);
  ADD ("closed-store", 300, test_closed_store);

  return g_test_run ();
}
