/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Databases as each released version left them, kept in tests/data/stores/, must open with everything in them: a rep
 * who comes back from a long leave updates and finds the data there.
 *
 *   test-schema-history --make device|server FILE    writes such a file with the schema of this version, for the next
 *                                                    one's tests
 */

#include <string.h>

#include "rounds-record-store.h"
#include "rounds-sqlite-database.h"
#include "rounds-timeline-reader.h"
#include "test-folder.h"

/* Of the kept files alone. */
static const guint8 key[ROUNDS_KEY_LENGTH] = "The key of the files in the test";

#define VISITED_AT G_GINT64_CONSTANT (1705314600000)

/* What each file holds. */
typedef struct
{
  const char *name;
  RoundsStoreRole role;
  guint n_pending;
  gboolean has_colleague;
} KeptFile;

static const KeptFile files[] = {
  { "device-v1.db", ROUNDS_ROLE_DEVICE, 2, FALSE }, { "device-v2.db", ROUNDS_ROLE_DEVICE, 7, TRUE },
  { "device-v3.db", ROUNDS_ROLE_DEVICE, 7, TRUE },  { "device-v4.db", ROUNDS_ROLE_DEVICE, 7, TRUE },
  { "server-v1.db", ROUNDS_ROLE_SERVER, 0, FALSE },
};

static RoundsRecordStore *
open_store (const char *path, RoundsStoreRole role, RoundsOpenFlags flags)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsSqliteDatabase) database = rounds_sqlite_database_open (path, key, flags, &error);
  RoundsRecordStore *store = NULL;

  if (database != NULL)
    store = rounds_record_store_new (ROUNDS_DATABASE (database), role, &error);
  g_assert_no_error (error);
  return store;
}

/* What a server answered to. */
static const char *const reply_device = "01890a5d-ac96-774b-bcce-b302099a8057";
static const char *const reply_group = "01890a5d-ac96-774b-bcce-b302099a8058";

static void
make_draft (RoundsRecordStore *store)
{
  g_autoptr (RoundsRecord) draft = rounds_record_new (ROUNDS_ENTITY_DRAFT);
  g_autoptr (GError) error = NULL;

  rounds_record_set_text (draft, ROUNDS_DRAFT_FORM, "interaction:new");
  rounds_record_set_text (draft, ROUNDS_DRAFT_BODY, "{\"notes\":\"half a w\"}");
  rounds_record_store_save (store, draft, &error);
  g_assert_no_error (error);
}

static void
make_reply (RoundsRecordStore *store)
{
  RoundsUuid device, group;
  g_autoptr (GError) error = NULL;

  g_assert_true (rounds_uuid_parse (reply_device, &device) && rounds_uuid_parse (reply_group, &group));
  rounds_record_store_begin (store, &error);
  g_assert_no_error (error);
  rounds_record_store_put_reply (store, &device, 5, &group, "{\"status\":\"applied\"}");
  rounds_record_store_commit (store, &error);
  g_assert_no_error (error);
}

static RoundsRecord *
make_visit (RoundsRecordStore *store, RoundsRecord *person, gint64 at, const char *notes)
{
  RoundsRecord *visit = rounds_record_new (ROUNDS_ENTITY_INTERACTION);
  g_autoptr (GError) error = NULL;

  rounds_record_set_uuid (visit, ROUNDS_INTERACTION_PERSON, rounds_record_get_id (person));
  rounds_record_set_text (visit, ROUNDS_INTERACTION_HCP_NAME, "Zoë Strauß");
  rounds_record_set_integer (visit, ROUNDS_INTERACTION_OCCURRED_AT, at);
  rounds_record_set_text (visit, ROUNDS_INTERACTION_NOTES, notes);
  rounds_record_store_save (store, visit, &error);
  g_assert_no_error (error);
  return visit;
}

static RoundsRecord *
make_attendee (RoundsRecordStore *store, RoundsRecord *visit, RoundsRecord *person)
{
  RoundsRecord *attendee = rounds_record_new (ROUNDS_ENTITY_INTERACTION_ATTENDEE);
  g_autoptr (GError) error = NULL;

  rounds_record_set_uuid (attendee, ROUNDS_INTERACTION_ATTENDEE_INTERACTION, rounds_record_get_id (visit));
  rounds_record_set_uuid (attendee, ROUNDS_INTERACTION_ATTENDEE_PERSON, rounds_record_get_id (person));
  rounds_record_store_save (store, attendee, &error);
  g_assert_no_error (error);
  return attendee;
}

/* Somebody who was at a visit to @person, and not at another one, as was said first. */
static void
make_colleague (RoundsRecordStore *store, RoundsRecord *person, RoundsRecord *visit)
{
  g_autoptr (RoundsRecord) colleague = rounds_record_new (ROUNDS_ENTITY_PERSON);
  g_autoptr (RoundsRecord) other_visit = make_visit (store, person, VISITED_AT + 1, "Left a brochure");
  g_autoptr (RoundsRecord) attendee = NULL;
  g_autoptr (RoundsRecord) mistaken = NULL;
  g_autoptr (GError) error = NULL;

  rounds_record_set_text (colleague, ROUNDS_PERSON_GIVEN_NAME, "Jonas");
  rounds_record_set_text (colleague, ROUNDS_PERSON_FAMILY_NAME, "Weiß");
  rounds_record_store_save (store, colleague, &error);
  g_assert_no_error (error);
  attendee = make_attendee (store, visit, colleague);
  mistaken = make_attendee (store, other_visit, colleague);
  rounds_record_store_delete (store, ROUNDS_ENTITY_INTERACTION_ATTENDEE, rounds_record_get_id (mistaken), &error);
  g_assert_no_error (error);
}

static void
make (const char *path, RoundsStoreRole role)
{
  g_autoptr (RoundsRecordStore) store = open_store (path, role, ROUNDS_OPEN_CREATE);
  g_autoptr (RoundsRecord) person = rounds_record_new (ROUNDS_ENTITY_PERSON);
  g_autoptr (RoundsRecord) visit = NULL;
  g_autoptr (GError) error = NULL;

  rounds_record_set_text (person, ROUNDS_PERSON_GIVEN_NAME, "Zoë");
  rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, "Strauß");
  rounds_record_set_text (person, ROUNDS_PERSON_BIRTH_DATE, "1970-02-28");
  rounds_record_store_save (store, person, &error);
  g_assert_no_error (error);
  visit = make_visit (store, person, VISITED_AT, "Asked about dosing; send the paper");
  make_colleague (store, person, visit);
  if (role == ROUNDS_ROLE_DEVICE)
    make_draft (store);
  else
    make_reply (store);
  rounds_record_store_set_state (store, "cursor", "0:7", &error);
  g_assert_no_error (error);
}

static RoundsRecord *
find (RoundsRecordStore *store, RoundsEntity entity, const char *words)
{
  g_autoptr (RoundsQuery) query = rounds_query_search (rounds_query_new (entity), words);
  g_autoptr (GError) error = NULL;
  RoundsRecord *record;

  rounds_record_store_find (store, query, &record, &error);
  g_assert_no_error (error);
  g_assert_nonnull (record);
  return record;
}

static void
check_draft (RoundsRecordStore *store)
{
  g_autoptr (RoundsRecord) draft = find (store, ROUNDS_ENTITY_DRAFT, NULL);

  g_assert_cmpstr (rounds_record_get_text (draft, ROUNDS_DRAFT_BODY), ==, "{\"notes\":\"half a w\"}");
}

static void
check_reply (RoundsRecordStore *store)
{
  RoundsUuid device, group;
  g_autofree char *reply = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (rounds_uuid_parse (reply_device, &device) && rounds_uuid_parse (reply_group, &group));
  rounds_record_store_get_reply (store, &device, 5, &group, &reply, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (reply, "\"status\":\"applied\""));
}

/* Who was at a visit finds it in their timeline. */
static void
check_colleague (RoundsRecordStore *store, RoundsRecord *visit)
{
  g_autoptr (RoundsRecord) colleague = find (store, ROUNDS_ENTITY_PERSON, "weiss jonas");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) page = rounds_record_store_list_timeline (store, rounds_record_get_id (colleague),
                                                                  ROUNDS_TIMELINE_INTERACTIONS, NULL, 9, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (page->len, ==, 1);
  g_assert_true (rounds_uuid_equal (rounds_record_get_id (((RoundsTimelineEntry *) page->pdata[0])->record),
                                    rounds_record_get_id (visit)));
}

static void
check (RoundsRecordStore *store, const KeptFile *file)
{
  g_autoptr (RoundsRecord) person = find (store, ROUNDS_ENTITY_PERSON, "strauss zoe");
  g_autoptr (RoundsRecord) visit = find (store, ROUNDS_ENTITY_INTERACTION, "dosing");
  g_autofree char *cursor = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (rounds_record_get_text (person, ROUNDS_PERSON_BIRTH_DATE), ==, "1970-02-28");
  g_assert_true (
    rounds_uuid_equal (rounds_record_get_uuid (visit, ROUNDS_INTERACTION_PERSON), rounds_record_get_id (person)));
  g_assert_true (rounds_record_store_get_state (store, "cursor", &cursor, NULL));
  g_assert_cmpstr (cursor, ==, "0:7");
  g_assert_cmpint (rounds_record_store_count_changes (store, ROUNDS_CHANGE_PENDING, NULL), ==, file->n_pending);
  if (file->has_colleague)
    check_colleague (store, visit);
  if (file->role == ROUNDS_ROLE_DEVICE)
    check_draft (store);
  else
    check_reply (store);

  /* And goes on being written to. */
  rounds_record_set_text (visit, ROUNDS_INTERACTION_NOTES, "Asked about dosing; sent the paper");
  rounds_record_store_save (store, visit, &error);
  g_assert_no_error (error);
  if (file->role == ROUNDS_ROLE_DEVICE)
    g_assert_cmpint (rounds_record_store_count_changes (store, ROUNDS_CHANGE_PENDING, NULL), ==, file->n_pending + 1);
  g_assert_true (
    rounds_sqlite_database_check (ROUNDS_SQLITE_DATABASE (rounds_record_store_get_database (store)), &error));
  g_assert_no_error (error);
}

/* What makes up a database: each table, index and column by name, in an order that says nothing. */
static char *
describe_schema (RoundsRecordStore *store)
{
  g_autoptr (RoundsStatement) statement = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  statement = rounds_database_prepare (rounds_record_store_get_database (store),
                                       "SELECT s.type || ' ' || s.name || ' '"
                                       " || coalesce (c.name || ' ' || c.type || ' ' || c.\"notnull\", '')"
                                       " || iif (s.type = 'index', coalesce (s.sql, ''), '')"
                                       " FROM sqlite_schema s LEFT JOIN pragma_table_info (s.name) c"
                                       " ORDER BY 1",
                                       &error);
  g_assert_no_error (error);
  while (rounds_statement_step (statement, &error) == ROUNDS_STEP_ROW)
    {
      g_autofree char *line = rounds_statement_dup_text (statement, 0);

      g_string_append_printf (text, "%s\n", line);
    }
  g_assert_no_error (error);
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
test_opens (gconstpointer data)
{
  const KeptFile *file = data;
  g_autofree char *source = g_test_build_filename (G_TEST_DIST, "data", "stores", file->name, NULL);
  char *folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "rounds.db", NULL);
  g_autofree char *content = NULL, *schema = NULL, *new_schema = NULL;
  g_autoptr (RoundsRecordStore) store = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_file_get_contents (source, &content, &length, &error);
  g_assert_no_error (error);
  g_file_set_contents (path, content, (gssize) length, &error);
  g_assert_no_error (error);

  store = open_store (path, file->role, ROUNDS_OPEN_READ_WRITE);
  check (store, file);
  schema = describe_schema (store);
  g_clear_object (&store);
  test_folder_remove_database (path);

  /* And is from now on what a new one is. */
  store = open_store (path, file->role, ROUNDS_OPEN_CREATE);
  new_schema = describe_schema (store);
  g_assert_cmpstr (schema, ==, new_schema);
  g_clear_object (&store);
  test_folder_remove (folder);
}

int
main (int argc, char **argv)
{
  if (argc == 4 && g_str_equal (argv[1], "--make"))
    {
      make (argv[3], g_str_equal (argv[2], "device") ? ROUNDS_ROLE_DEVICE : ROUNDS_ROLE_SERVER);
      return 0;
    }

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_strconcat ("/schema-history/", files[i].name, NULL);

      g_test_add_data_func (path, &files[i], test_opens);
    }
  return g_test_run ();
}
